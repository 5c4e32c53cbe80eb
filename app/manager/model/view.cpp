// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/manager/model/figures_view.h"
#include "app/manager/model/update.h"
#include "app/manager/model/views.h"
#include "core/base/visit.h"

namespace halte::manager::model {
namespace {

// "hq.example.nl" of "https://hq.example.nl"
std::string host_of(const std::string& url) {
  const std::size_t at = url.find("://");
  return at == url.npos ? url : url.substr(at + 3);
}

// The screens that are no figures: the lock, a new PIN, a receipt code, delivery and the kiosk itself.
class Builder {
 public:
  Builder(const State& state, const Words& words, base::Millis now) : s_(state), w_(words), now_(now) {}

  View build() const;

 private:
  std::string t(const char* id) const { return w_.say(id, s_.language); }
  HeaderView header() const;
  Body lock(const Locked& locked) const;
  Body new_pin(const ChoosingPin& choosing) const;
  Body code(const TypingCode& typing) const;
  Body looking(const Looking& looking, View& view) const;
  Body delivery(const Looking& looking) const;
  Body kiosk(const Looking& looking) const;
  std::string said(const Looking& looking) const;

  const State& s_;
  const Words& w_;
  base::Millis now_;
};

HeaderView Builder::header() const {
  HeaderView header{.title = t("This kiosk"), .detail = {}, .languages = w_.languages, .leave = t("Close")};
  auto here = std::ranges::find(w_.languages, s_.language);
  header.selected = here == w_.languages.end() ? 0 : int(here - w_.languages.begin());
  if (!s_.snapshot) return header;
  const Identity& identity = s_.snapshot->identity;
  header.title = identity.branch + " · " + identity.touchpoint;
  header.detail = fill(t("as of {time}"), "time", clock_time(s_.snapshot->at, identity.zone));
  return header;
}

Body Builder::lock(const Locked& locked) const {
  LockView view{.title = t("PIN of the store manager"),
                .detail = {},
                .entered = int(locked.digits.size()),
                .places = std::max(int(locked.digits.size()), int(site::least_pin_digits)),
                .leave = t("Close")};
  const auto left = std::chrono::ceil<std::chrono::seconds>(wait_left(s_, now_)).count();
  if (!locked.has_pin) {
    view.title = t("This kiosk has no PIN yet");
    view.detail = t("Headquarters gives one out: in its list of kiosks, choose New PIN.");
    view.takes_digits = false;
  } else if (left > 0) {
    view.detail =
        fill(t("Too many wrong tries. Wait {time}."), "time", fmt::format("{}:{:02}", left / 60, left % 60));
    view.is_mistake = true;
    view.takes_digits = false;
  } else if (locked.was_wrong) {
    view.detail = t("That PIN is not right. Forgotten? Headquarters can give out a new one.");
    view.is_mistake = true;
  }
  if (locked.digits.size() >= site::least_pin_digits && !locked.checking) view.enter = t("Open");
  return view;
}

Body Builder::new_pin(const ChoosingPin& choosing) const {
  const bool again = !choosing.first.empty();
  LockView view{.title = again ? t("The new PIN once more") : t("Choose a PIN of your own"),
                .detail = again ? "" : t("6 to 12 digits that nobody guesses: no plain row, no birthday."),
                .entered = int(choosing.digits.size()),
                .places = std::max(int(choosing.digits.size()), int(site::least_pin_digits)),
                .leave = choosing.must ? t("Close") : t("Back")};
  if (choosing.mistake == ChoosingPin::Mistake::weak) {
    view.detail = t("That one is too easy: 6 to 12 digits, no plain row.");
    view.is_mistake = true;
  }
  if (choosing.mistake == ChoosingPin::Mistake::different) {
    view.detail = t("The two were not the same. Choose again.");
    view.is_mistake = true;
  }
  if (choosing.digits.size() >= site::least_pin_digits && !choosing.saving)
    view.enter = again ? t("Save") : t("Next");
  return view;
}

Body Builder::code(const TypingCode& typing) const {
  CodeView view{
      .title = t("A customer's receipt code"),
      .detail = t("Everything that was answered under this code is erased, here and at headquarters."),
      .code = typing.code,
      .language = "en",
      .space = t("space"),
      .done = t("Erase"),
      .keyboard = typing.keyboard,
      .leave = t("Back"),
      .erase = t("Erase"),
      .can_erase = !typing.code.empty() && !typing.asking};
  if (!typing.answer) return view;
  view.is_mistake = *typing.answer != Erasure::done;
  switch (*typing.answer) {
    case Erasure::done:
      view.detail = t("Erased here. Headquarters is told as soon as it can be reached.");
      break;
    case Erasure::not_a_code:
      view.detail = t("That is no receipt code: 16 letters and digits, as on the receipt.");
      break;
    case Erasure::unknown:
      view.detail =
          t("This kiosk does not know that code. The address on the receipt works for every kiosk.");
      break;
  }
  return view;
}

std::string Builder::said(const Looking& looking) const {
  if (!looking.said) return {};
  switch (looking.said->what) {
    case Said::What::unparked: return fill(t("Tried again: {count}"), "count", looking.said->detail);
    case Said::What::exported: return fill(t("Saved on the stick: {file}"), "file", looking.said->detail);
    case Said::What::store_failed:
      return t("The kiosk's storage does not answer. Restart it; if that does not help, call headquarters.");
    case Said::What::no_stick: return t("No USB stick found. Put one in and try again.");
    case Said::What::stick_failed: return t("The USB stick cannot be written. Take another one.");
  }
  return {};
}

Body Builder::delivery(const Looking& looking) const {
  const Snapshot& snapshot = *s_.snapshot;
  const std::string& zone = snapshot.identity.zone;
  auto at = [&](const std::optional<base::Instant>& when, const char* none) {
    return when ? day_and_time(*when, zone) : t(none);
  };
  ListView list{.title = t("Delivery to headquarters"), .facts = {}, .said = said(looking)};
  list.is_trouble = looking.said && looking.said->what != Said::What::unparked &&
                    looking.said->what != Said::What::exported;
  list.facts = {{t("Connection"), snapshot.link.state == "ok"    ? t("In order")
                                  : snapshot.link.reason.empty() ? t("Not yet")
                                                                 : snapshot.link.reason},
                {t("Last contact"), at(snapshot.link.last_contact, "Not since the start")},
                {t("Waiting to be delivered"), std::to_string(snapshot.outbox.pending)},
                {t("Oldest of them"), at(snapshot.outbox.oldest_pending, "–")},
                {t("Delivered"), std::to_string(snapshot.outbox.acknowledged)},
                {t("Refused, kept here"), std::to_string(snapshot.outbox.parked)}};
  for (std::size_t i = 0; i < std::min<std::size_t>(snapshot.parked.size(), 3); ++i)
    list.facts.push_back({fill(t("Number {number}"), "number", std::to_string(snapshot.parked[i].seq)),
                          snapshot.parked[i].reason});
  if (!snapshot.parked.empty()) {
    list.actions.push_back({"unpark", t("Try again"), Unpark{}});
    list.actions.push_back({"export", t("To a USB stick"), Export{}});
  }
  return list;
}

Body Builder::kiosk(const Looking& looking) const {
  const Identity& identity = s_.snapshot->identity;
  ListView list{
      .title = t("This kiosk"), .facts = {}, .said = said(looking), .is_trouble = looking.said.has_value()};
  list.facts = {{t("Name"), identity.name},
                {t("Branch"), identity.branch},
                {t("Place"), identity.touchpoint},
                {t("Enrolled at"), host_of(identity.server_url)},
                {t("Enrolled as"), identity.kiosk_id},
                {t("Settings from headquarters"), std::to_string(s_.snapshot->link.configuration_version)},
                {t("Free on the disk"), fmt::format("{} GB", identity.free_disk_bytes / 1'000'000'000)},
                {t("Program"), identity.software}};
  list.actions = {{"change-pin", t("New PIN"), ChangePin{}},
                  {"enter-code", t("Erase by code"), EnterCode{}},
                  {"restart", t("Restart"), Restart{}}};
  return list;
}

Body Builder::looking(const Looking& looking, View& view) const {
  view.pages = {{t("Score"), t("Hours"), t("Reasons"), t("Delivery"), t("Kiosk")}, int(looking.page)};
  if (!s_.snapshot) return ListView{.title = t("One moment …")};
  if (looking.page == Page::delivery) return delivery(looking);
  if (looking.page == Page::kiosk) return kiosk(looking);
  view.periods = {{t("Today"), t("This week"), t("This month")}, int(looking.period)};
  view.forms = {{t("Chart"), t("Table")}, looking.as_table ? 1 : 0};
  const FiguresWords words{w_, s_.language, s_.snapshot->figures[std::size_t(looking.period)]};
  if (looking.as_table) return table_of(looking.page, looking.table_page, words);
  if (looking.page == Page::hours) return hours_of(words);
  if (looking.page == Page::reasons) return reasons_of(words);
  return scores_of(words);
}

std::string name_of(const State& state) {
  constexpr std::array pages{"score", "hours", "reasons", "delivery", "kiosk"};
  return std::visit(
      base::Visitor{[](const Closed&) { return std::string("manager/closed"); },
                    [](const Locked&) { return std::string("manager/locked"); },
                    [](const ChoosingPin& choosing) {
                      return std::string(choosing.first.empty() ? "manager/pin" : "manager/pin-again");
                    },
                    [](const TypingCode&) { return std::string("manager/code"); },
                    [&](const Looking& looking) {
                      return std::string("manager/") + pages[std::size_t(looking.page)] +
                             (looking.as_table ? "-table" : "");
                    }},
      state.screen);
}

View Builder::build() const {
  View view{.name = name_of(s_), .language = s_.language, .header = header()};
  view.body = std::visit(base::Visitor{[](const Closed&) -> Body { return ListView{}; },
                                       [&](const Locked& locked) { return lock(locked); },
                                       [&](const ChoosingPin& choosing) { return new_pin(choosing); },
                                       [&](const TypingCode& typing) { return code(typing); },
                                       [&](const Looking& page) { return looking(page, view); }},
                         s_.screen);
  return view;
}

}  // namespace

View view(const State& state, const Words& words, base::Millis now) {
  return Builder(state, words, now).build();
}

}  // namespace halte::manager::model
