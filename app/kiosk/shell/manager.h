// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/manager/model/print_view.h"
#include "app/manager/model/update.h"
#include "app/manager/model/views.h"
#include "core/base/time.h"

namespace halte::kiosk::shell {

// The languages of the staff's view, in the order of their buttons: Dutch first.
std::vector<std::string> manager_languages();

// The staff's view in motion: holds its one State, feeds it intents, hands its effects on, keeps the View of
// it. UI thread only.
class Manager {
 public:
  struct Ports {
    const base::Clock& clock;
    std::function<void(const manager::model::Effect&)> perform;  // hand on and return
    manager::model::Say say;
    manager::model::ReasonLabel reason;
    std::vector<std::string> languages;
    std::string language;
  };

  explicit Manager(Ports ports);

  void send(const manager::model::Intent& intent);
  void tick() { send(manager::model::Tick{}); }
  std::optional<base::Millis> next_deadline() const;
  bool is_open() const { return manager::model::is_open(state_); }
  // The day as a page, in the words of the view; nothing where it has no figures.
  std::optional<manager::model::PrintView> print() const;
  // Good until the next call of send() or tick().
  const manager::model::View& view() const { return view_; }
  unsigned views() const { return views_; }  // see Kiosk

 private:
  void look();
  manager::model::Words words() const { return {ports_.say, ports_.reason, ports_.languages}; }

  Ports ports_;
  manager::model::State state_;
  manager::model::View view_;
  unsigned views_ = 0;
};

}  // namespace halte::kiosk::shell
