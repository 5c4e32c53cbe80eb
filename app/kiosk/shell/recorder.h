// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "app/kiosk/model/effect.h"
#include "app/kiosk/model/intent.h"
#include "app/runtime/mailbox.h"
#include "app/runtime/worker.h"
#include "core/base/log.h"
#include "core/response/repository.h"

namespace halte::kiosk::shell {

// Does the model's effects on the store thread and posts what came of them to the UI thread. In the order
// they were handed over, so a close never overtakes its own open save.
class Recorder {
 public:
  struct News {
    // On the store thread, around the transaction: a test that kills the program between the two must be
    // told at once, not when the UI thread has drawn its picture.
    std::function<void(const response::Id&)> saving;
    std::function<void(const response::Id&, bool closed, std::uint64_t seq)> saved;
    // On the UI thread: what a closed response adds to the kiosk's own counts.
    response::Tallier tally;
    // On the UI thread, out of its mailbox.
    std::function<void(const model::Intent&)> to_model;
    std::function<void(const base::Error&)> failed;
  };

  // All arguments outlive the recorder.
  Recorder(response::Repository& repository, runtime::Mailbox& ui, News news)
      : repository_(repository), ui_(ui), news_(std::move(news)) {}

  // UI thread. Forget is the screen's own affair and is not taken here.
  void perform(const model::SaveOpen& effect);
  void perform(const model::Close& effect);
  void perform(const model::Withdraw& effect);
  // Runs on the store thread, after what was handed over before.
  void post(runtime::Worker::Job job) { worker_.post(std::move(job)); }
  // Everything handed over is done when this returns.
  void stop() { worker_.stop(); }

 private:
  // Closes it where there is a tally.
  void save(const response::Response& response, const std::optional<response::Tally>& tally);

  response::Repository& repository_;
  runtime::Mailbox& ui_;
  News news_;
  runtime::Worker worker_;  // last: its thread uses the members above
};

}  // namespace halte::kiosk::shell
