// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is found out about a kiosk, and what it means. Pure: facts in, findings out. Only facts of a kind that
// could not be had come as an Error.

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/screen_facts.h"
#include "app/platform/speech.h"
#include "app/runtime/doctor/files.h"
#include "app/runtime/doctor/finding.h"
#include "core/site/configuration.h"
#include "core/site/enrolment.h"
#include "core/store/kiosk/inspection.h"
#include "sync/client/exchange.h"
#include "sync/net/http_client.h"

namespace halte::kiosk::doctor {

using runtime::doctor::FileFacts;
using runtime::doctor::Finding;
using runtime::doctor::Findings;
using runtime::doctor::Level;

// `diagonal_in`: as configured; absent: the panel is believed.
Findings judge_display(const base::Result<platform::ScreenFacts>& screen, std::optional<double> diagonal_in);

Findings judge_touch(const base::Result<std::vector<platform::Touchscreen>>& touchscreens,
                     const base::Result<platform::ScreenFacts>& screen);

Findings judge_audio(const base::Result<platform::SpeechFacts>& speech,
                     const std::vector<std::string>& languages);

struct FontFacts {
  base::Status files;
  std::vector<std::string> missing;  // letters of the configuration that no font has
};
Findings judge_fonts(const FontFacts& fonts);

struct ClockFacts {
  base::Instant here;
  std::optional<base::Instant> there;  // the server's, at the same moment
  bool synced = false;                 // by the kernel's own account
};
Findings judge_clock(const ClockFacts& clock);

// Did Halte's server answer, and not something on the way?
bool is_halte(const net::HttpReply& health);
// `url` without a path; the probe was of its /healthz. `enrol`: the command that enrols this kiosk.
Findings judge_network(const std::string& url, const net::Probe& health, const std::string& enrol);
Findings judge_certificate(const std::string& url, const net::Probe& health, base::Instant now);

struct EnrolmentFacts {
  base::Result<std::optional<site::Enrolment>> enrolment;  // as the kiosk's database has it
  // What the server said to its token; absent: it was not asked.
  std::optional<std::expected<void, client::Trouble>> token;
};
Findings judge_enrolment(const EnrolmentFacts& facts, const std::string& enrol);
Findings judge_configuration(const base::Result<std::optional<site::Configuration>>& configuration,
                             base::Instant now);

struct StorageFacts {
  std::string folder;
  unsigned user = 0;  // who looks
  std::optional<FileFacts> folder_facts;
  std::vector<FileFacts> files;  // of the kiosk
  struct Stranger {
    std::string path;
    std::int64_t bytes = 0;
  };
  std::vector<Stranger> strangers;  // whatever else lies in the folder, the largest first
  std::int64_t free_bytes = 0;
  base::Result<store::kiosk::Soundness> database;
};
Findings judge_storage(const StorageFacts& storage);

}  // namespace halte::kiosk::doctor
