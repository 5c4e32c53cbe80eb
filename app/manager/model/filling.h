// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/manager/model/state.h"
#include "app/ui/widgets/keyboard.h"

namespace halte::manager::model {

// The forms: what can be typed in each of their fields, and what was meant by it. Pure.

// Filled with what is known already.
Filling fresh_form(Form form, const State& state, bool is_new);

ui::Typing typing_of(const Filling& filling);  // of the field that the keyboard writes in
std::size_t most_of(Form form, int field);     // code points
void choose_field(Filling& filling, int field);
// True: that was the last of it.
bool type(Filling& filling, const ui::KeyPress& press);
bool can_submit(const Filling& filling);

// The one in force; empty: none.
std::string proxy_of(const State& state);
// Of the form of that kind. An address without its beginning gets it: nobody likes to type "https://".
std::string server_of(const Filling& filling);
std::optional<std::string> proxy_of(const Filling& filling);  // nullopt: none; empty: to be without

}  // namespace halte::manager::model
