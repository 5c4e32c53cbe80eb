// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/speaker.h"

namespace halte::kiosk::shell {

void Speaker::say(const voice::Utterance& utterance) {
  worker_.post([this, utterance, number = ++newest_] {
    if (number != newest_) return;
    auto said = speech_.say(utterance.text, utterance.language, utterance.volume, utterance.rate);
    if (!said && !std::exchange(told_, true)) log_->warn("{}", base::to_string(said.error()));
    if (said) told_ = false;
  });
}

void Speaker::stop() {
  ++newest_;
  worker_.post([this] { speech_.stop(); });
}

}  // namespace halte::kiosk::shell
