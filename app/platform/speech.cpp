// SPDX-License-Identifier: Apache-2.0
#include "app/platform/speech.h"

#include <libspeechd.h>

#include <algorithm>
#include <cstdlib>

namespace halte::platform {
namespace {

int level(int base, int steps) { return std::clamp(base + steps, -100, 100); }

base::Result<SPDConnection*> open_daemon() {
  char* cause = nullptr;
  // One thread of ours and none of the library's; the daemon starts by itself where it may.
  SPDConnection* daemon = spd_open2("halte-kiosk", "visitor", nullptr, SPD_MODE_SINGLE, nullptr, 1, &cause);
  const std::string why = cause != nullptr ? cause : "no answer";
  std::free(cause);
  if (daemon != nullptr) return daemon;
  return base::fail("speech-dispatcher", why, "reading aloud", base::ErrorKind::lacking);
}

}  // namespace

struct Speech::Connection {
  explicit Connection(SPDConnection* opened) : daemon(opened) {}
  ~Connection() { spd_close(daemon); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  SPDConnection* daemon;
  const int volume = spd_get_volume(daemon), rate = spd_get_voice_rate(daemon);  // as the machine is set
};

Speech::Speech() = default;
Speech::~Speech() = default;

base::Status Speech::connect() {
  if (connection_) return {};
  auto daemon = open_daemon();
  if (!daemon) return std::unexpected(daemon.error());
  connection_ = std::make_unique<Connection>(*daemon);
  return {};
}

base::Status Speech::say(const std::string& text, const std::string& language, int volume, int rate) {
  if (auto connected = connect(); !connected) return connected;
  SPDConnection* daemon = connection_->daemon;
  spd_cancel(daemon);
  const bool said = spd_set_language(daemon, language.c_str()) == 0 &&
                    spd_set_volume(daemon, level(connection_->volume, volume)) == 0 &&
                    spd_set_voice_rate(daemon, level(connection_->rate, rate)) == 0 &&
                    spd_say(daemon, SPD_TEXT, text.c_str()) >= 0;
  if (said) return {};
  connection_.reset();
  return base::fail("speech-dispatcher", "it does not take what is to be said", "reading aloud",
                    base::ErrorKind::lacking);
}

void Speech::stop() {
  if (connection_ && spd_cancel(connection_->daemon) != 0) connection_.reset();
}

base::Result<SpeechFacts> look_at_speech() {
  auto opened = open_daemon();
  if (!opened) return std::unexpected(opened.error());
  const std::unique_ptr<SPDConnection, decltype(&spd_close)> daemon(*opened, &spd_close);
  SpeechFacts facts;
  if (char** modules = spd_list_modules(daemon.get())) {
    for (char** name = modules; *name != nullptr; ++name) facts.modules.emplace_back(*name);
    free_spd_modules(modules);
  }
  if (SPDVoice** voices = spd_list_synthesis_voices(daemon.get())) {
    for (SPDVoice** voice = voices; *voice != nullptr; ++voice)
      if ((*voice)->language != nullptr) facts.languages.emplace_back((*voice)->language);
    free_spd_voices(voices);
  }
  return facts;
}

}  // namespace halte::platform
