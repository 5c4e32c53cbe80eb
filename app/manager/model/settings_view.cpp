// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/settings_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/manager/model/figures_view.h"
#include "app/manager/model/filling.h"

namespace halte::manager::model {
namespace {

KnobView knob(const SettingsWords& w, Knob which, const std::string& id, int value, int low, int high) {
  return {.label = {},
          .value = {},
          .less = {id + "-less", w.t("Less"), TurnKnob{which, -1}},
          .more = {id + "-more", w.t("More"), TurnKnob{which, 1}},
          .has_less = value > low,
          .has_more = value < high};
}

KnobView brightness(const SettingsWords& w) {
  const int value = w.state.adjustments.brightness.value_or(site::most_brightness);
  KnobView view =
      knob(w, Knob::brightness, "brightness", value, site::least_brightness, site::most_brightness);
  view.label = w.t("Brightness");
  view.value = percent(value / 100.);
  return view;
}

KnobView volume(const SettingsWords& w) {
  const int value = w.state.adjustments.volume;
  KnobView view = knob(w, Knob::volume, "volume", value, -site::most_volume, site::most_volume);
  view.label = w.t("Loudness of the voice");
  const int steps = value / site::volume_step;
  view.value = steps == 0 ? "0" : steps > 0 ? fmt::format("+{}", steps) : fmt::format("−{}", -steps);
  return view;
}

KnobView sleep_mode(const SettingsWords& w) {
  KnobView view = knob(w, Knob::sleep, "sleep", 1, 0, 2);
  view.is_choice = true;
  view.label = w.t("Screen sleeps");
  switch (w.state.adjustments.sleep.mode) {
    case site::Sleep::Mode::when_closed: view.value = w.t("when closed"); break;
    case site::Sleep::Mode::never: view.value = w.t("never"); break;
    case site::Sleep::Mode::hours: view.value = w.t("at set hours"); break;
  }
  return view;
}

KnobView sleep_time(const SettingsWords& w, Knob which, const char* id, const char* label, int minute) {
  KnobView view = knob(w, which, id, 1, 0, 2);
  view.label = w.t(label);
  view.value = fmt::format("{}:{:02}", minute / 60, minute % 60);
  return view;
}

std::string answer_text(const SettingsWords& w, Form form, Answer answer) {
  switch (answer) {
    case Answer::done:
      if (form == Form::receipt)
        return w.t("Erased here. Headquarters is told as soon as it can be reached.");
      if (form == Form::enrolment) return w.t("Enrolled. One moment: the questions are on their way.");
      return w.t("Saved, and in use from now on.");
    case Answer::not_a_code:
      if (form == Form::enrolment)
        return w.t("That is no code: 16 letters and digits, as headquarters shows it.");
      return w.t("That is no receipt code: 16 letters and digits, as on the receipt.");
    case Answer::unknown_code:
      return w.t("This kiosk does not know that code. The address on the receipt works for every kiosk.");
    case Answer::not_an_address: return w.t("That is no address. One looks like this: hq.example.nl");
    case Answer::not_secure: return w.t("Only https goes to another machine. Leave http:// away.");
    case Answer::code_refused:
      return w.t(
          "Headquarters does not take that code: it is wrong, was used before, or is older than an hour.");
    case Answer::not_trusted:
      return w.t(
          "That server is not who it should be. Check the address. Does headquarters have a certificate of "
          "its "
          "own? Then take it from a USB stick, under Network.");
    case Answer::unreachable:
      return w.t("Nobody answers at that address. Check it, and the cable or the proxy, under Network.");
    case Answer::undelivered:
      return w.t("Answers still wait to be delivered under the old enrolment. They go first: see Delivery.");
    case Answer::codes_only:
      return w.t("That headquarters is an older one: it gives out a code, to be typed here.");
    case Answer::not_a_proxy:
      return w.t("That is no proxy. One looks like this: http://proxy.example.nl:3128");
    case Answer::no_certificate:
      return w.t("No certificate on the stick. It is a file whose name ends in .pem or .crt.");
    case Answer::store_failed:
      return w.t(
          "The kiosk's storage does not answer. Restart it; if that does not help, call headquarters.");
    case Answer::no_stick: return w.t("No USB stick found. Put one in and try again.");
  }
  return {};
}

// "http://proxy:3128" of "http://user:word@proxy:3128": the page is for whoever stands there.
std::string without_password(const std::string& proxy, const SettingsWords& w) {
  if (proxy.empty()) return w.t("none");
  const std::size_t scheme = proxy.find("://"), at = proxy.rfind('@');
  if (scheme == proxy.npos || at == proxy.npos) return proxy;
  return proxy.substr(0, scheme + 3) + proxy.substr(at + 1);
}

// The way there that somebody set, or the machine has: whoever types an address and a code sends them by it.
std::string way_there(const SettingsWords& w) {
  std::string way;
  if (!proxy_of(w.state).empty()) way += "\n" + w.t("Proxy") + ": " + without_password(proxy_of(w.state), w);
  if (!w.state.adjustments.authorities.empty())
    way += "\n" + w.t("Certificates") + ": " + w.t("from a stick");
  return way;
}

void describe(const SettingsWords& w, const Filling& filling, FormView& view) {
  switch (filling.form) {
    case Form::receipt:
      view.title = w.t("A customer's receipt code");
      view.detail = w.t("Everything that was answered under this code is erased, here and at headquarters.");
      view.submit = w.t("Erase");
      view.fields = {{.id = "code", .label = view.title, .text = {}}};
      return;
    case Form::enrolment:
      view.title = w.t("Enrol this kiosk");
      view.detail =
          w.t("Headquarters gives out a code in its list of kiosks. It is good once, and for an hour.") +
          way_there(w);
      view.submit = filling.texts[1].empty() ? w.t("Without a code") : w.t("Enrol");
      view.fields = {{.id = "server", .label = w.t("Address of headquarters"), .text = {}},
                     {.id = "code", .label = w.t("Code"), .text = {}}};
      view.actions = {{"network", w.t("Network"), FillIn{Form::network}}};
      return;
    case Form::network:
      view.title = w.t("Network");
      view.detail =
          w.t("Leave the proxy empty where there is none. A certificate is needed only where headquarters or "
              "the proxy has one of its own.");
      view.submit = w.t("Save");
      view.fields = {{.id = "proxy", .label = w.t("Proxy"), .text = {}}};
      view.actions = {{"take-certificates", w.t("Certificate from a stick"), TakeCertificates{}}};
      if (!w.state.adjustments.authorities.empty())
        view.actions.push_back({"drop-certificates", w.t("Without certificate"), DropCertificates{}});
      return;
  }
}

}  // namespace

SettingsView settings_of(const SettingsWords& w, std::string said, bool is_trouble) {
  const site::Adjustments& set = w.state.adjustments;
  SettingsView view{.title = w.t("Settings of this kiosk"),
                    .knobs = {brightness(w), volume(w)},
                    .facts = {},
                    .said = std::move(said),
                    .is_trouble = is_trouble,
                    .actions = {}};
  view.knobs.push_back(sleep_mode(w));
  if (set.sleep.mode == site::Sleep::Mode::hours) {
    view.knobs.push_back(sleep_time(w, Knob::sleep_from, "sleep-from", "Sleeps from", set.sleep.from));
    view.knobs.push_back(sleep_time(w, Knob::sleep_until, "sleep-until", "Sleeps until", set.sleep.until));
  }
  view.facts = {
      {w.t("Proxy"), set.proxy ? without_password(*set.proxy, w) : w.t("as the machine is set up")},
      {w.t("Certificates"), set.authorities.empty() ? w.t("as the machine is set up") : w.t("from a stick")}};
  view.actions = {{"measure", w.t("Measure the glass"), MeasureGlass{}},
                  {"touch-test", w.t("Test the touch"), TestTouch{}},
                  {"network", w.t("Network"), FillIn{Form::network}},
                  {"enrol", w.t("Enrol anew"), FillIn{Form::enrolment}}};
  return view;
}

FormView form_of(const SettingsWords& w, const Filling& filling) {
  FormView view{.fields = {},
                .selected = filling.field,
                .language = w.state.language,
                .space = w.t("space"),
                .keyboard = filling.keyboard,
                .typing = typing_of(filling),
                .leave = filling.is_new && !filling.from_seeking && filling.form == Form::enrolment
                             ? w.t("Close")
                             : w.t("Back"),
                .can_submit = can_submit(filling),
                .actions = {}};
  describe(w, filling, view);
  for (std::size_t i = 0; i < view.fields.size(); ++i) {
    view.fields[i].text = filling.texts[i];
    view.fields[i].most = most_of(filling.form, int(i));
  }
  const bool is_last = filling.field + 1 == int(view.fields.size());
  view.done = is_last ? view.submit : w.t("Next");
  if (filling.asking && !filling.answer) view.detail = w.t("One moment …");
  if (!filling.answer) return view;
  view.is_mistake = *filling.answer != Answer::done;
  view.detail = answer_text(w, filling.form, *filling.answer);
  return view;
}

ApprovalView approval_of(const SettingsWords& w, const Seeking& seeking) {
  ApprovalView view{.title = w.t("Enrol this kiosk"),
                    .steps = {w.t("Read this code with a phone, and sign in there as an administrator."),
                              w.t("Compare these characters with those on the phone."),
                              w.t("Choose which kiosk this is. It begins by itself.")},
                    .qr = {},
                    .fingerprint = seeking.fingerprint,
                    .said = w.t("One moment …"),
                    .leave = seeking.is_new ? w.t("Close") : w.t("Back"),
                    .actions = {{"network", w.t("Network"), FillIn{Form::network}},
                                {"enrolment", w.t("Type a code"), FillIn{Form::enrolment}}}};
  if (auto qr = ui::make_qr(seeking.link); qr && !seeking.link.empty()) view.qr = std::move(*qr);
  if (view.qr) view.said = w.t("Waits until somebody approves it.") + way_there(w);
  if (!seeking.answer) return view;
  view.is_trouble = *seeking.answer != Answer::done;
  view.said = answer_text(w, Form::enrolment, *seeking.answer);
  if (!view.is_trouble) view.actions.clear();
  return view;
}

MeasureView measure_of(const SettingsWords& w, const Measuring& measuring) {
  return {.title = w.t("Hold a bank card against the glass"),
          .detail = w.t(
              "Make the outline exactly as wide as the card. Everything on the glass is then as large as it "
              "should be."),
          .width = w.state.language == "en" || w.state.language == "ar" ? "85.6 mm" : "85,6 mm",
          .factor = measuring.factor,
          .steps = {{"much-smaller", "− −", Resize{1 / 1.05f}},
                    {"smaller", "−", Resize{1 / 1.005f}},
                    {"larger", "+", Resize{1.005f}},
                    {"much-larger", "+ +", Resize{1.05f}}},
          .leave = w.t("Back"),
          .keep = w.t("It fits"),
          .forget = w.state.adjustments.diagonal_in ? w.t("Forget it") : ""};
}

TouchTestView touch_test_of(const SettingsWords& w, const TestingTouch& test) {
  const int all = test.columns * test.rows, done = int(test.touched.size());
  TouchTestView view{.title = w.t("Wipe over the whole glass"),
                     .detail = w.t("Every field that a finger is felt on changes its colour."),
                     .touched = &test.touched,
                     .leave = w.t("Done")};
  if (all > 0 && done == all) view.detail = w.t("Every field of the glass answers.");
  return view;
}

}  // namespace halte::manager::model
