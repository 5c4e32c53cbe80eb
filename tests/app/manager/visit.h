// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "app/manager/model/update.h"

namespace halte::tests {

using namespace manager::model;
using namespace std::chrono_literals;

// A manager at the glass; what the shell would do is answered by hand.
struct Visit {
  base::Millis now{1h};
  State state = first_state("nl", base::Millis{0});
  std::vector<Effect> effects;

  void send(const Intent& intent) {
    Step step = update(std::move(state), intent, now);
    state = std::move(step.state);
    effects = std::move(step.effects);
  }
  void type(const char* digits) {
    for (; *digits; ++digits) send(PressDigit{*digits - '0'});
  }
  void write(const char* text) { send(Type{{ui::InsertText{text}}}); }
  void erase(int letters) { send(Type{std::vector<ui::KeyPress>(std::size_t(letters), ui::DeleteBack{})}); }
  void open(const site::Pin& pin = {"hash", 1, false, 0}) {
    send(Open{});
    send(Arrived{pin, true, "https://hq.example.nl", {}});
  }
  // A kiosk that is nobody's.
  void open_new(const std::string& server) {
    send(Open{});
    send(Arrived{std::nullopt, false, server, {}});
  }
  void go_by_proxy() {
    send(FillIn{Form::network});
    write("proxy.example:3128");
    send(Submit{});
  }
  void submit_code() {
    write("ABCD-EFGH-JKMN-PQRS");
    send(Submit{});
  }
  void fail(int failures) {
    type("483921");
    send(Enter{});
    send(PinChecked{{false, {"hash", 1, false, failures}}});
  }
  void enter() {
    type("483920");
    send(Enter{});
    send(PinChecked{{true, {"hash", 1, false, 0}}});
  }
  template <class T>
  bool on() const {
    return std::holds_alternative<T>(state.screen);
  }
  template <class T>
  bool wants() const {
    return std::ranges::any_of(effects, [](const Effect& e) { return std::holds_alternative<T>(e); });
  }
};

}  // namespace halte::tests
