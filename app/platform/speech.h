// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace halte::platform {

// A voice from speech-dispatcher, which is reached when it is first needed and again after it was gone. One
// thread at a time; each call waits for the daemon, though not for the end of what is said.
class Speech {
 public:
  Speech();
  ~Speech();
  // Cuts off what is being said. Volume and rate as steps from how the machine is set. No daemon: kind
  // lacking.
  base::Status say(const std::string& text, const std::string& language, int volume, int rate);
  void stop();

 private:
  struct Connection;  // the library's, which cannot be named ahead
  base::Status connect();
  std::unique_ptr<Connection> connection_;
};

struct SpeechFacts {
  std::vector<std::string> modules;    // that could open the sound: "espeak-ng"
  std::vector<std::string> languages;  // of the voices: "nl", "en-US"
};

// What speech-dispatcher can say; it starts by itself as for Speech. No daemon: kind lacking.
base::Result<SpeechFacts> look_at_speech();

// Whether somebody listens by a headset: then nobody else hears what is said. false where no jack tells.
bool has_headset();

}  // namespace halte::platform
