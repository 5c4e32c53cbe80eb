// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/filling.h"

#include <algorithm>

namespace halte::manager::model {
namespace {

constexpr std::size_t code_length = 24;  // as people type it, with dashes and spaces
constexpr std::size_t address_length = 120;

bool is_code(Form form, int field) {
  return form == Form::receipt || (form == Form::enrolment && field == 1);
}

std::string with_scheme(const std::string& text, const char* scheme) {
  return text.empty() || text.find("://") != text.npos ? text : scheme + text;
}

}  // namespace

std::size_t most_of(Form form, int field) { return is_code(form, field) ? code_length : address_length; }

ui::Typing typing_of(const Filling& filling) {
  return is_code(filling.form, filling.field) ? ui::Typing::code : ui::Typing::address;
}

Filling fresh_form(Form form, const State& state, bool is_new) {
  Filling filling{.form = form, .texts = {""}, .keyboard = {}, .answer = {}, .is_new = is_new};
  if (form == Form::network) filling.texts = {proxy_of(state)};
  if (form == Form::enrolment) filling.texts = {state.server, ""};
  choose_field(filling, form == Form::enrolment && !state.server.empty() ? 1 : 0);
  return filling;
}

void choose_field(Filling& filling, int field) {
  filling.field = std::clamp(field, 0, int(filling.texts.size()) - 1);
  filling.keyboard = ui::fresh_keyboard(typing_of(filling));
}

bool type(Filling& filling, const ui::KeyPress& press) {
  filling.answer.reset();
  std::string& text = filling.texts[std::size_t(filling.field)];
  ui::edit_text(text, press, most_of(filling.form, filling.field));
  filling.keyboard = ui::after_press(filling.keyboard, press, text, typing_of(filling));
  if (!std::holds_alternative<ui::PressDone>(press)) return false;
  if (filling.field + 1 == int(filling.texts.size())) return true;
  choose_field(filling, filling.field + 1);
  return false;
}

bool can_submit(const Filling& filling) {
  if (filling.asking) return false;
  if (filling.form == Form::enrolment) return !filling.texts[0].empty();
  return filling.form == Form::network ||
         std::ranges::none_of(filling.texts, [](const std::string& text) { return text.empty(); });
}

std::string proxy_of(const State& state) { return state.adjustments.proxy.value_or(state.machine_proxy); }

std::string server_of(const Filling& filling) { return with_scheme(filling.texts[0], "https://"); }

std::optional<std::string> proxy_of(const Filling& filling) {
  const std::string proxy = with_scheme(filling.texts[0], "http://");
  if (!proxy.empty() && !site::is_proxy(proxy)) return std::nullopt;
  return proxy;
}

}  // namespace halte::manager::model
