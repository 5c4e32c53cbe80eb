// SPDX-License-Identifier: Apache-2.0
#include "app/platform/speech.h"

#include <libspeechd.h>

#include <algorithm>
#include <cstdlib>

namespace halte::platform {
namespace {

int level(int base, int steps) { return std::clamp(base + steps, -100, 100); }

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
  char* cause = nullptr;
  // One thread of ours and none of the library's; the daemon starts by itself where it may.
  SPDConnection* daemon = spd_open2("halte-kiosk", "visitor", nullptr, SPD_MODE_SINGLE, nullptr, 1, &cause);
  if (daemon != nullptr) connection_ = std::make_unique<Connection>(daemon);
  const std::string why = cause != nullptr ? cause : "no answer";
  std::free(cause);
  if (connection_) return {};
  return base::fail("speech-dispatcher", why, "reading aloud", base::ErrorKind::lacking);
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

}  // namespace halte::platform
