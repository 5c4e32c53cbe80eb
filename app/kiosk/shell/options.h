// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "app/runtime/settings.h"
#include "core/base/time.h"
#include "core/site/adjustments.h"
#include "sync/net/curl_http_client.h"

namespace halte::kiosk::shell {

// How this one machine is set; everything about the survey comes from the server.
struct Options {
  std::string data = "/var/lib/halte-kiosk";  // folder of kiosk.db
  std::string server, enrol, name;            // --enrol trades its code before anything is shown
  bool enrols_now = false;                    // the code is a flag: somebody waits for what comes of it
  std::string size = "1080x1920";             // window, pixels
  bool fullscreen = false;
  double diagonal_in = 0;     // 0: as the configuration or the panel says
  std::string motion, theme;  // empty: as the configuration says
  std::string language = "en";
  std::string headset = "auto";
  double sleep_after_min = 10;  // minutes, above 0
  std::string ca_file, proxy;
  std::string export_folder;  // empty: the first USB stick
  std::string announce, shots, only, describe;
  std::string log = "info";
  bool doctor = false, json = false;  // the command "doctor", and how it tells what it finds

  int width = 0, height = 0;  // from `size`
  // Set at the glass only.
  std::string authorities;        // certificates (PEM) that weigh more than ca_file
  std::optional<int> brightness;  // nothing: as the machine has it
  int volume = 0;
  site::Sleep sleep;  // of the panel
  // How long nothing is touched before the panel may go dark.
  base::Millis sleep_after() const;
};

std::expected<Options, runtime::Stop> read_options(const std::string& version,
                                                   const std::vector<std::string>& arguments,
                                                   const runtime::Environment& environment);

// How it reaches the server.
net::CurlHttpClient::Options http_options(const Options& options, std::string user_agent);

// With what was set at the glass over it.
Options with_adjustments(Options options, const site::Adjustments& adjustments);

}  // namespace halte::kiosk::shell
