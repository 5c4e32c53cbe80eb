// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

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

// Whether somebody listens by a headset: then nobody else hears what is said. false where no jack tells.
bool has_headset();

}  // namespace halte::platform
