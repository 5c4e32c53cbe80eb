// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/recorder.h"

namespace halte::kiosk::shell {

void Recorder::tell(const response::Id& id, bool closed, base::Result<std::uint64_t> done) {
  ui_.post([this, id, closed, done = std::move(done)] {
    if (done) {
      news_.saved(id, closed, *done);
      news_.to_model(model::Saved{id, closed});
    } else {
      news_.failed(done.error());
      news_.to_model(model::SaveFailed{id});
    }
  });
}

void Recorder::perform(const model::SaveOpen& effect) {
  worker_.post([this, response = effect.response] {
    const base::Status saved = repository_.save_open(response);
    tell(response.id, false, saved ? base::Result<std::uint64_t>(0) : std::unexpected(saved.error()));
  });
}

void Recorder::perform(const model::Close& effect) {
  worker_.post([this, response = effect.response] { tell(response.id, true, repository_.close(response)); });
}

void Recorder::perform(const model::Withdraw& effect) {
  worker_.post([this, effect] {
    base::Status done;
    for (const std::string& purpose : effect.purposes)
      if (done) done = repository_.withdraw_by_receipt(effect.receipt_hash, purpose, clock_.now());
    ui_.post([this, done] {
      if (!done) news_.failed(done.error());
      news_.to_model(model::Withdrawn{done.has_value()});
    });
  });
}

}  // namespace halte::kiosk::shell
