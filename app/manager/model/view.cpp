// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/manager/model/delivery_view.h"
#include "app/manager/model/figures_view.h"
#include "app/manager/model/settings_view.h"
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

// The screens that are no figures: the lock, a new PIN, delivery and the kiosk itself.
class Builder {
 public:
  Builder(const State& state, const Words& words, base::Millis now) : s_(state), w_(words), now_(now) {}

  View build() const;

 private:
  std::string t(const char* id) const { return w_.say(id, s_.language); }
  HeaderView header() const;
  Body lock(const Locked& locked) const;
  Body new_pin(const ChoosingPin& choosing) const;
  Body looking(const Looking& looking, View& view) const;
  ListView list_of(std::string title, const Looking& looking) const;
  Body unasked(const Looking& looking) const;
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
  if (!s_.snapshot || !s_.snapshot->is_configured) return header;
  const Identity& identity = s_.snapshot->identity;
  header.title = identity.branch + " · " + identity.touchpoint;
  header.detail = fill(t("as of {time}"), "time", clock_time(s_.snapshot->at, identity.zone));
  if (s_.snapshot->is_paused) header.detail = t("Paused by headquarters") + " · " + header.detail;
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

bool is_good_news(const Said& said) {
  using enum Said::What;
  return said.what == unparked || said.what == exported || said.what == printed || said.what == touch_tested;
}

std::string Builder::said(const Looking& looking) const {
  if (!looking.said) return {};
  switch (looking.said->what) {
    case Said::What::unparked: return fill(t("Tried again: {count}"), "count", looking.said->detail);
    case Said::What::exported:
    case Said::What::printed: return fill(t("Saved on the stick: {file}"), "file", looking.said->detail);
    case Said::What::store_failed:
      return t("The kiosk's storage does not answer. Restart it; if that does not help, call headquarters.");
    case Said::What::no_stick: return t("No USB stick found. Put one in and try again.");
    case Said::What::stick_failed: return t("The USB stick cannot be written. Take another one.");
    case Said::What::touch_tested:
      return fill(t("Fields of the glass that answered: {count}"), "count", looking.said->detail);
  }
  return {};
}

// With what the last button brought, and nothing else yet.
ListView Builder::list_of(std::string title, const Looking& looking) const {
  return {.title = std::move(title),
          .facts = {},
          .said = said(looking),
          .is_trouble = looking.said && !is_good_news(*looking.said)};
}

// A kiosk to which headquarters has not said yet what to ask, or not since it was enrolled anew: why, and
// what is to be done about it. Its settings are there as ever.
Body Builder::unasked(const Looking& looking) const {
  const Snapshot& snapshot = *s_.snapshot;
  ListView list = list_of(t("One moment …"), looking);
  list.facts = connection_facts({w_, s_}, snapshot);
  if (list.said.empty() && snapshot.link.state == "ok")
    list.said = t("Enrolled. One moment: the questions are on their way.");
  list.facts.push_back({t("Enrolled at"), host_of(snapshot.identity.server_url)});
  list.facts.push_back({t("Enrolled as"), snapshot.identity.kiosk_id});
  list.facts.push_back({t("Program"), snapshot.identity.software});
  list.actions = {{"change-pin", t("New PIN"), ChangePin{}}, {"restart", t("Restart"), Restart{}}};
  return list;
}

Body Builder::delivery(const Looking& looking) const {
  const Snapshot& snapshot = *s_.snapshot;
  ListView list = list_of(t("Delivery to headquarters"), looking);
  list.facts = connection_facts({w_, s_}, snapshot);
  std::ranges::move(delivery_facts(w_, s_.language, snapshot), std::back_inserter(list.facts));
  if (!snapshot.parked.empty()) {
    for (const FactView& refused : refusal_facts({w_, s_}, snapshot)) list.facts.push_back(refused);
    list.actions.push_back({"unpark", t("Try again"), Unpark{}});
    list.actions.push_back({"export", t("To a USB stick"), Export{}});
  }
  list.actions.push_back({"print", t("Print of the day"), PrintDay{}});
  return list;
}

Body Builder::kiosk(const Looking& looking) const {
  const Identity& identity = s_.snapshot->identity;
  ListView list = list_of(t("This kiosk"), looking);
  list.facts = {{t("Name"), identity.name},
                {t("Branch"), identity.branch},
                {t("Place"), identity.touchpoint},
                {t("Enrolled at"), host_of(identity.server_url)},
                {t("Enrolled as"), identity.kiosk_id},
                {t("Settings from headquarters"), std::to_string(s_.snapshot->link.configuration_version)},
                {t("Free on the disk"), fmt::format("{} GB", identity.free_disk_bytes / 1'000'000'000)},
                {t("Program"), identity.software}};
  list.actions = {{"change-pin", t("New PIN"), ChangePin{}},
                  {"enter-code", t("Erase by code"), FillIn{Form::receipt}},
                  {"restart", t("Restart"), Restart{}}};
  return list;
}

Body Builder::looking(const Looking& looking, View& view) const {
  view.pages = {{t("Score"), t("Hours"), t("Reasons"), t("Delivery"), t("Kiosk"), t("Settings")},
                int(looking.page)};
  if (looking.page == Page::settings)
    return settings_of({w_, s_}, said(looking), looking.said && !is_good_news(*looking.said));
  if (!s_.snapshot) return ListView{.title = t("One moment …")};
  if (!s_.snapshot->is_configured) return unasked(looking);
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
  constexpr std::array pages{"score", "hours", "reasons", "delivery", "kiosk", "settings"};
  constexpr std::array forms{"code", "enrolment", "network"};
  return std::visit(
      base::Visitor{
          [](const Closed&) { return std::string("manager/closed"); },
          [](const Locked&) { return std::string("manager/locked"); },
          [](const ChoosingPin& choosing) {
            return std::string(choosing.first.empty() ? "manager/pin" : "manager/pin-again");
          },
          [&](const Filling& filling) { return std::string("manager/") + forms[std::size_t(filling.form)]; },
          [](const Seeking&) { return std::string("manager/approval"); },
          [](const Measuring&) { return std::string("manager/measure"); },
          [](const TestingTouch&) { return std::string("manager/touch"); },
          [&](const Looking& looking) {
            return std::string("manager/") + pages[std::size_t(looking.page)] +
                   (looking.as_table ? "-table" : "");
          }},
      state.screen);
}

View Builder::build() const {
  View view{.name = name_of(s_), .language = s_.language, .header = header()};
  view.body = std::visit(
      base::Visitor{[](const Closed&) -> Body { return ListView{}; },
                    [&](const Locked& locked) { return lock(locked); },
                    [&](const ChoosingPin& choosing) { return new_pin(choosing); },
                    [&](const Filling& filling) -> Body { return form_of({w_, s_}, filling); },
                    [&](const Seeking& seeking) -> Body { return approval_of({w_, s_}, seeking); },
                    [&](const Measuring& m) -> Body { return measure_of({w_, s_}, m); },
                    [&](const TestingTouch& test) -> Body { return touch_test_of({w_, s_}, test); },
                    [&](const Looking& page) { return looking(page, view); }},
      s_.screen);
  return view;
}

}  // namespace

View view(const State& state, const Words& words, base::Millis now) {
  return Builder(state, words, now).build();
}

}  // namespace halte::manager::model
