// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/speaker.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "app/platform/speech.h"
#include "core/base/crypto.h"

namespace halte::kiosk::shell {

struct Speaker::Desk {
  explicit Desk(base::Log l) : log(std::move(l)) {}
  void run();
  void say(const voice::Utterance& utterance);
  void drop_wish();

  base::Log log;
  std::mutex mutex;
  std::condition_variable changed;
  // Under the mutex.
  std::optional<voice::Utterance> wish;
  bool silence = false, ending = false, ended = false;
  // The thread's own.
  platform::Speech speech;
  bool told = false;
};

void Speaker::Desk::run() {
  std::unique_lock lock(mutex);
  while (true) {
    changed.wait(lock, [this] { return wish || silence || ending; });
    if (ending) break;
    std::optional<voice::Utterance> now = std::exchange(wish, std::nullopt);
    const bool quiet = std::exchange(silence, false);
    lock.unlock();
    if (quiet && !now) speech.stop();
    if (now) say(*now);
    if (now) base::wipe(now->text);
    lock.lock();
  }
  ended = true;
  changed.notify_all();
}

void Speaker::Desk::say(const voice::Utterance& utterance) {
  auto said = speech.say(utterance.text, utterance.language, utterance.volume, utterance.rate);
  if (!said && !std::exchange(told, true)) log->warn("{}", base::to_string(said.error()));
  if (said) told = false;
}

// Nobody hears it any more.
void Speaker::Desk::drop_wish() {
  if (wish) base::wipe(wish->text);
  wish.reset();
}

Speaker::Speaker(base::Log log) : desk_(std::make_shared<Desk>(std::move(log))) {
  std::thread([desk = desk_] { desk->run(); }).detach();
}

Speaker::~Speaker() {
  std::unique_lock lock(desk_->mutex);
  desk_->ending = true;
  desk_->changed.notify_all();
  desk_->changed.wait_for(lock, std::chrono::seconds(1), [this] { return desk_->ended; });
}

void Speaker::say(voice::Utterance utterance) {
  const std::lock_guard lock(desk_->mutex);
  desk_->drop_wish();
  desk_->wish = std::move(utterance);
  desk_->changed.notify_all();
}

void Speaker::stop() {
  const std::lock_guard lock(desk_->mutex);
  desk_->drop_wish();
  desk_->silence = true;
  desk_->changed.notify_all();
}

}  // namespace halte::kiosk::shell
