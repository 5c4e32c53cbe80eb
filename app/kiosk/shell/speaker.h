// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/kiosk/voice/reader.h"
#include "core/base/log.h"

namespace halte::kiosk::shell {

// The voice on a thread of its own, so that a slow daemon never holds a picture up. Called on the UI thread;
// only the newest wish counts, what was asked for before it and not yet begun is dropped. Without a daemon it
// is silent, and the log says so once. A daemon that hangs is left behind at the end after a second: it must
// not keep a kiosk from ending.
class Speaker {
 public:
  explicit Speaker(base::Log log);
  ~Speaker();
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;

  void say(voice::Utterance utterance);
  void stop();

 private:
  struct Desk;  // shared with the thread, which may outlive this
  std::shared_ptr<Desk> desk_;
};

}  // namespace halte::kiosk::shell
