// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/timers.h"

#include <algorithm>

#include "app/kiosk/model/session.h"

namespace halte::kiosk::model {

base::Millis patience(const State& state, int seconds) {
  constexpr int more_time_factor = 4;
  return std::chrono::seconds(seconds) * (state.aids.more_time ? more_time_factor : 1);
}

namespace {

bool has_keyboard(const State& state, const Context& context) {
  if (std::holds_alternative<Contact>(state.screen) || std::holds_alternative<Purposes>(state.screen))
    return true;
  auto asking = std::get_if<Asking>(&state.screen);
  if (!asking || !state.session) return false;
  const Question* question = find_question(questions(state, context), asking->question);
  return question && is_text(question->kind);
}

// Not while somebody is there: what they began stays what it is.
std::optional<base::Millis> next_change(const State& state, const Context& context) {
  if (!is_clean(state)) return {};
  const site::Configuration& c = context.configuration;
  const std::size_t step = site::step_at(c, context.now, context.clock_synced);
  if (step != state.drawn.step) return context.steady;
  if (!context.clock_synced || step + 1 == c.asks.size()) return {};
  return context.steady + (*c.asks[step + 1].from - context.now);
}

bool is_closed(const Context& context) {
  const auto local = site::wall_clock(context.configuration, context.now);
  return local && !context.configuration.branch.opening_hours.is_open(*local);
}

bool is_open_again_in_view(const State& state, const Context& context) {
  return std::holds_alternative<ClosedNow>(state.screen) && !is_closed(context);
}

void set_visit_timers(Timers& timers, const State& state, const Context& context) {
  const site::Timeouts& limits = context.configuration.settings.timeouts;
  timers.advance = state.advance_at;
  if (std::holds_alternative<Saving>(state.screen)) return;
  if (state.asked_still)
    timers.time_out = *state.asked_still + patience(state, limits.still_there);
  else
    timers.ask_still =
        state.touched + patience(state, has_keyboard(state, context) ? limits.keyboard : limits.answer);
}

void set_attract_timers(Timers& timers, const State& state, const Context& context) {
  const site::Settings& settings = context.configuration.settings;
  if (!is_clean(state)) {
    timers.leave = state.touched + patience(state, settings.timeouts.keyboard);
    return;
  }
  if (settings.languages.size() > 1 || settings.pictures.size() > 1)
    timers.rotate = state.rotated + rotation_time;
  if (is_closed(context)) timers.close_up = state.touched + closed_wake_time;
}

}  // namespace

Timers timers_of(const State& state, const Context& context) {
  Timers timers;
  const site::Timeouts& limits = context.configuration.settings.timeouts;
  timers.change = next_change(state, context);
  if (state.session) {
    set_visit_timers(timers, state, context);
  } else if (state.sheet && !std::holds_alternative<Attract>(state.screen)) {
    timers.leave = state.touched + patience(state, limits.keyboard);
  } else if (auto* thanks = std::get_if<Thanks>(&state.screen)) {
    timers.leave =
        state.touched + patience(state, thanks->code.empty() ? limits.thanks : limits.thanks_with_qr);
  } else if (std::holds_alternative<Sorry>(state.screen)) {
    timers.leave = state.touched + sorry_time;
  } else if (std::holds_alternative<Attract>(state.screen)) {
    set_attract_timers(timers, state, context);
  } else if (is_open_again_in_view(state, context)) {
    timers.leave = context.steady;
  } else if (std::holds_alternative<ClosedNow>(state.screen)) {
    timers.rotate = state.rotated + rotation_time;
  }
  return timers;
}

std::optional<base::Millis> next_deadline(const State& state, const Context& context) {
  const Timers timers = timers_of(state, context);
  std::optional<base::Millis> first;
  for (const auto& at : {timers.advance, timers.ask_still, timers.time_out, timers.leave, timers.rotate,
                         timers.change, timers.close_up})
    if (at && (!first || *at < *first)) first = at;
  return first;
}

}  // namespace halte::kiosk::model
