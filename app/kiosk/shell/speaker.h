// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "app/kiosk/voice/reader.h"
#include "app/platform/speech.h"
#include "app/runtime/worker.h"
#include "core/base/log.h"

namespace halte::kiosk::shell {

// The voice on a thread of its own, so that a slow daemon never holds a picture up. Called on the UI thread;
// the newest wins: what was asked for and not yet begun is dropped. Without a daemon it is silent, and the
// log says so once.
class Speaker {
 public:
  explicit Speaker(base::Log log) : log_(std::move(log)) {}
  ~Speaker() { worker_.stop(); }

  void say(const voice::Utterance& utterance);
  void stop();

 private:
  base::Log log_;
  platform::Speech speech_;  // the worker's
  bool told_ = false;        // the worker's
  std::atomic<unsigned> newest_ = 0;
  runtime::Worker worker_;
};

}  // namespace halte::kiosk::shell
