// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/recorder.h"

namespace halte::kiosk::shell {

void Recorder::save(const response::Response& response, const std::optional<response::Tally>& tally) {
  const bool closes = tally.has_value();
  news_.saving(response.id);
  base::Result<std::uint64_t> done = 0;
  if (closes) {
    done = repository_.close(response, *tally);
  } else if (auto saved = repository_.save_open(response); !saved) {
    done = std::unexpected(saved.error());
  }
  if (done) news_.saved(response.id, closes, *done);
  ui_.post([this, id = response.id, closes, done = std::move(done)] {
    if (!done) news_.failed(done.error());
    news_.to_model(done ? model::Intent(model::Saved{id, closes}) : model::Intent(model::SaveFailed{id}));
  });
}

void Recorder::perform(const model::SaveOpen& effect) {
  worker_.post([this, response = effect.response] { save(response, {}); });
}

void Recorder::perform(const model::Close& effect) {
  worker_.post(
      [this, response = effect.response, tally = news_.tally(effect.response)] { save(response, tally); });
}

void Recorder::perform(const model::Withdraw& effect) {
  worker_.post([this, effect] {
    base::Status done;
    for (const std::string& purpose : effect.purposes)
      if (done) done = repository_.withdraw_by_receipt(effect.receipt_hash, purpose, effect.at);
    ui_.post([this, done] {
      if (!done) news_.failed(done.error());
      news_.to_model(model::Withdrawn{done.has_value()});
    });
  });
}

}  // namespace halte::kiosk::shell
