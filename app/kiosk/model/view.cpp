// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/model/session.h"
#include "app/kiosk/model/timers.h"
#include "app/kiosk/model/views.h"
#include "core/base/visit.h"

namespace halte::kiosk::model {
namespace {

// One call of view(): everything the small builders need.
class Builder {
 public:
  Builder(const State& state, const Context& context, const Say& say)
      : s_(state), c_(context), say_(say), asked_(questions(state, context)) {}

  View build() const;

 private:
  std::string t(const char* id) const { return say_(id, s_.language); }
  const site::Settings& settings() const { return c_.configuration.settings; }
  const base::Json* answer_to(const Question& question) const;
  int chosen(const Question& question) const;

  std::string name() const;
  HeaderView header() const;
  FooterView footer() const;
  WayView way(const Question& question) const;
  WayView back_and_next() const;
  QuestionText text_of(const Question& question, const std::string& hint = {}) const;
  std::string choice_hint(const Question& question) const;
  std::string placeholder(const Question& question) const;
  std::string label_of(const Choice& choice) const;
  std::vector<std::string> labels(const Question& question) const;

  Body body() const;
  Body question(const Question& question) const;
  std::optional<std::size_t> photo() const;
  Body rate(const Question& question) const;
  Body chips(const Question& question) const;
  Body numbers(const Question& question) const;
  Body stars(const Question& question) const;
  Body writing(const Question& question) const;
  Body yes_no(const Question& question) const;
  Body invitation() const;
  Body age_gate() const;
  Body purposes_body() const;
  Body contact() const;
  Body thanks(const Thanks& thanks) const;
  Body privacy() const;
  Body aids() const;
  Body message(Mood mood, const char* title, const char* detail, bool can_close) const;
  std::optional<StillThereView> still_there() const;

  const State& s_;
  const Context& c_;
  const Say& say_;
  std::vector<const Question*> asked_;
};

const base::Json* Builder::answer_to(const Question& question) const {
  if (!s_.session) return nullptr;
  auto found = s_.session->response.answers.find(question.name);
  return found == s_.session->response.answers.end() ? nullptr : &*found;
}

int Builder::chosen(const Question& question) const {
  const base::Json* value = answer_to(question);
  if (!value) return -1;
  auto found = std::ranges::find(question.choices, *value, &Choice::value);
  return found == question.choices.end() ? -1 : int(found - question.choices.begin());
}

std::string Builder::name() const {
  if (s_.sheet) return *s_.sheet == Sheet::privacy ? "privacy" : "aids";
  const bool out = s_.service != Service::open && !s_.session;
  return std::visit(base::Visitor{[&](const Attract&) { return std::string(out ? "service" : "rate"); },
                                  [&](const Asking& asking) {
                                    const bool first = asking.question == asked_.front()->name;
                                    return first ? std::string("rate") : "question/" + asking.question;
                                  },
                                  [](const Invitation&) { return std::string("invitation"); },
                                  [](const AgeGate&) { return std::string("age"); },
                                  [](const Purposes&) { return std::string("purposes"); },
                                  [](const Contact&) { return std::string("contact"); },
                                  [](const Saving&) { return std::string("saving"); },
                                  [](const Thanks&) { return std::string("thanks"); },
                                  [](const Sorry&) { return std::string("sorry"); },
                                  [&](const ClosedNow&) { return std::string(out ? "service" : "closed"); }},
                    s_.screen);
}

HeaderView Builder::header() const {
  HeaderView header{.name = c_.configuration.organisation.name, .languages = settings().languages};
  auto here = std::ranges::find(header.languages, s_.language);
  header.selected = here == header.languages.end() ? 0 : int(here - header.languages.begin());
  return header;
}

FooterView Builder::footer() const {
  // Not where a name is asked for, nor after it was given.
  const bool is_anonymous = std::holds_alternative<Attract>(s_.screen) ||
                            std::holds_alternative<Asking>(s_.screen) ||
                            std::holds_alternative<ClosedNow>(s_.screen);
  FooterView footer{.privacy = t("Privacy"),
                    .line = is_anonymous ? t("Anonymous · no camera · no names") : "",
                    .aids = t("Accessibility"),
                    .has_aids = s_.aids != Aids{}};
  auto asking = std::get_if<Asking>(&s_.screen);
  if (!asking || asked_.size() < 2) return footer;
  footer.count = int(asked_.size());
  if (asking)
    footer.step = int(std::ranges::find(asked_, asking->question, &Question::name) - asked_.begin());
  return footer;
}

QuestionText Builder::text_of(const Question& question, const std::string& hint) const {
  std::string description = pick(question.description, s_.language);
  if (description.empty()) description = hint;
  return {question.name, pick(question.title, s_.language), description};
}

std::string Builder::choice_hint(const Question& question) const {
  if (question.kind == Kind::single_choice) return t("Choose one.");
  const std::string least = std::to_string(question.least),
                    most = std::to_string(question.most.value_or(question.choices.size()));
  if (question.least > 1 && question.least == question.most) return fill(t("Choose {count}."), "count", most);
  if (question.least > 1 && question.most)
    return fill(fill(t("Choose {least} to {most}."), "least", least), "most", most);
  if (question.least > 1) return fill(t("Choose at least {count}."), "count", least);
  if (question.most) return fill(t("Choose at most {count}."), "count", most);
  return t("Choose as many as you like.");
}

std::string Builder::label_of(const Choice& choice) const {
  if (!choice.label.empty()) return pick(choice.label, s_.language);
  return choice.value.is_string() ? choice.value.get<std::string>() : base::to_text(choice.value);
}

std::vector<std::string> Builder::labels(const Question& question) const {
  std::vector<std::string> all;
  for (const Choice& choice : question.choices) all.push_back(label_of(choice));
  return all;
}

WayView Builder::way(const Question& question) const {
  if (!s_.session) return {};
  WayView way;
  const bool first = question.name == asked_.front()->name;
  const bool answered = answer_to(question) || question.kind == Kind::statement;
  if (!first) way.back = t("Back");
  if (first && !s_.advance_at && answered) way.next = t("Next");
  if (first) return way;
  const bool turns_itself = is_one_tap(question.kind) && !answered;
  if (!question.required && question.kind != Kind::statement) way.skip = t("Skip");
  if (!turns_itself || question.required) way.next = t(is_text(question.kind) ? "Send" : "Next");
  way.can_go_on = can_go_on(*s_.session, question);
  return way;
}

WayView Builder::back_and_next() const { return {.back = t("Back"), .skip = "", .next = t("Next")}; }

// Calmer than the languages: every second turn.
std::optional<std::size_t> Builder::photo() const {
  const std::size_t count = settings().pictures.size();
  if (s_.session || count == 0) return {};
  return std::size_t(s_.turns / 2) % count;
}

Body Builder::rate(const Question& question) const {
  RateView rate{.question = text_of(question, t("Tap the face that fits best.")),
                .labels = labels(question),
                .selected = chosen(question),
                .worst_first = settings().scale_direction == site::ScaleDirection::negative_first,
                .title_before = "",
                .turned = s_.rotated,
                .photo = photo(),
                .way = way(question)};
  const auto& languages = settings().languages;
  auto here = std::ranges::find(languages, s_.language);
  if (!s_.session && !s_.language_chosen && languages.size() > 1 && here != languages.end())
    rate.title_before = pick(question.title, here == languages.begin() ? languages.back() : *(here - 1));
  return rate;
}

Body Builder::chips(const Question& question) const {
  const bool single = question.kind == Kind::single_choice;
  ChipsView chips{.question = text_of(question, choice_hint(question)),
                  .labels = labels(question),
                  .selected = {},
                  .single = single,
                  .mood = {},
                  .way = way(question)};
  const base::Json* value = answer_to(question);
  for (const Choice& choice : question.choices)
    chips.selected.push_back(
        value && (single ? *value == choice.value : std::ranges::find(*value, choice.value) != value->end()));
  const Question& first = *asked_.front();
  if (first.kind == Kind::faces && chosen(first) >= 0 && first.choices.size() > 1)
    chips.mood = 4.f * float(chosen(first)) / float(first.choices.size() - 1);
  return chips;
}

Body Builder::numbers(const Question& question) const {
  NumbersView numbers{.question = text_of(question),
                      .low = question.choices.front().value.get<int>(),
                      .high = question.choices.back().value.get<int>(),
                      .selected = {},
                      .low_label = pick(question.low_label, s_.language),
                      .high_label = pick(question.high_label, s_.language),
                      .worst_first = settings().scale_direction == site::ScaleDirection::negative_first,
                      .way = way(question)};
  if (const base::Json* value = answer_to(question)) numbers.selected = value->get<int>();
  return numbers;
}

Body Builder::stars(const Question& question) const {
  return StarsView{.question = text_of(question),
                   .count = int(question.choices.size()),
                   .selected = chosen(question) + 1,
                   .low_label = pick(question.low_label, s_.language),
                   .high_label = pick(question.high_label, s_.language),
                   .way = way(question)};
}

std::string Builder::placeholder(const Question& question) const {
  if (!question.placeholder.empty()) return pick(question.placeholder, s_.language);
  return question.typing == ui::Typing::words ? t("Your words …") : "";
}

Body Builder::writing(const Question& question) const {
  const bool is_number = question.typing == ui::Typing::number;
  WritingView writing{.question = text_of(question),
                      .text = {},
                      .placeholder = placeholder(question),
                      .warning = is_number ? ""
                                           : t("Please leave out names, phone numbers and other personal "
                                               "details."),
                      .max_length = question.max_length,
                      .one_line = question.kind == Kind::line,
                      .typing = question.typing,
                      .language = s_.language,
                      .space = t("space"),
                      .done = t("Done"),
                      .keyboard = s_.session ? s_.session->keyboard : ui::KeyboardState{},
                      .way = way(question)};
  if (s_.session) writing.text = typed_text(*s_.session, question);
  return writing;
}

Body Builder::yes_no(const Question& question) const {
  return DecisionView{.question = text_of(question),
                      .above = "",
                      .no = question.choices[0].label.empty() ? t("No") : label_of(question.choices[0]),
                      .yes = question.choices[1].label.empty() ? t("Yes") : label_of(question.choices[1]),
                      .selected = chosen(question),
                      .on_no = Choose{0},
                      .on_yes = Choose{1},
                      .way = way(question)};
}

Body Builder::question(const Question& question) const {
  switch (question.kind) {
    case Kind::faces: return rate(question);
    case Kind::stars: return stars(question);
    case Kind::numbers: return numbers(question);
    case Kind::single_choice:
    case Kind::multiple_choice: return chips(question);
    case Kind::yes_no: return yes_no(question);
    case Kind::line:
    case Kind::comment: return writing(question);
    case Kind::statement: break;
  }
  return StatementView{text_of(question), way(question)};
}

Body Builder::invitation() const {
  std::string detail = t("You may say no. Your feedback counts just as much.");
  for (const site::Notice& notice : c_.configuration.notices)
    if (notice.purpose == contact_purpose) detail = notice_text(notice, s_.language) + "\n" + detail;
  return DecisionView{.question = {"invitation", t("May we contact you about it?"), detail},
                      .above = s_.session && s_.session->unsaved == 0 ? t("Your feedback is saved.") : "",
                      .no = t("No, thanks"),
                      .yes = t("Yes, please"),
                      .selected = -1,
                      .on_no = AnswerInvitation{false},
                      .on_yes = AnswerInvitation{true},
                      .way = {.back = t("Back"), .skip = "", .next = ""}};
}

Body Builder::age_gate() const {
  const std::string age = std::to_string(c_.configuration.contact.age_gate);
  return DecisionView{.question = {"age", fill(t("Are you {age} or older?"), "age", age),
                                   t("Only people of that age may leave contact details here.")},
                      .above = "",
                      .no = t("No"),
                      .yes = t("Yes"),
                      .selected = -1,
                      .on_no = AnswerAge{false},
                      .on_yes = AnswerAge{true},
                      .way = {.back = t("Back"), .skip = "", .next = ""}};
}

Body Builder::purposes_body() const {
  PurposesView view{
      .question = {"purposes", t("What may we do?"), t("Everything is off until you switch it on.")},
      .purposes = {},
      .way = back_and_next()};
  for (const site::Notice* notice : purposes(*s_.session, c_.configuration)) {
    auto found = s_.session->switches.find(notice->purpose);
    view.purposes.push_back({notice->purpose, notice_text(*notice, s_.language),
                             found != s_.session->switches.end() && found->second});
  }
  return view;
}

Body Builder::contact() const {
  const Session& session = *s_.session;
  const auto fields = contact_fields(c_.configuration);
  ContactView view{.title = t("How can we reach you?"),
                   .fields = {},
                   .focus = int(session.focus),
                   .typing = typing_of(fields[session.focus]),
                   .mistake = "",
                   .language = s_.language,
                   .space = t("space"),
                   .done = session.focus + 1 < fields.size() ? t("Next") : "",  // after the last one is Send
                   .keyboard = session.keyboard,
                   .way = {.back = t("Back"), .skip = "", .next = t("Send")}};
  constexpr const char* labels[] = {"Name", "E-mail", "Phone"};
  for (Field field : fields)
    view.fields.push_back(
        {t(labels[std::size_t(field)]), session.fields[std::size_t(field)], field == Field::email});
  switch (contact_mistake(session, c_.configuration)) {
    case Mistake::none: break;
    case Mistake::email: view.mistake = t("Please type an e-mail address like name@example.com."); break;
    case Mistake::name: view.mistake = t("Please type the name without digits."); break;
    case Mistake::phone:
      view.mistake = fill(t("Please type the whole phone number, with at least {count} digits."), "count",
                          std::to_string(least_phone_digits));
      break;
    case Mistake::nothing: view.mistake = t("Please fill in an e-mail address or a phone number."); break;
  }
  return view;
}

Body Builder::thanks(const Thanks& thanks) const {
  const bool can_withdraw = !thanks.given.empty() && !thanks.receipt_hash.empty();
  std::optional<ui::QrCode> qr;
  if (auto made = ui::make_qr(thanks.link); made && !thanks.link.empty()) qr = std::move(*made);
  return ThanksView{
      .title = t("Thank you!"),
      .detail = t("Your answer is saved."),
      .receipt = thanks.code.empty() ? "" : t("With this code you can see or erase your answer later."),
      .code = thanks.code,
      .qr = std::move(qr),
      .withdraw = can_withdraw ? t("Undo my consent") : "",
      .withdrawn = thanks.withdrawn ? t("Your consent is withdrawn.") : "",
      .close = t("Close")};
}

Body Builder::privacy() const {
  const site::Configuration& configuration = c_.configuration;
  PrivacyView view{.title = t("What happens with your answer"),
                   .paragraphs = {},
                   .page = s_.page,
                   .next = t("Next"),
                   .close = t("Close")};
  view.paragraphs = {
      fill(t("{organisation} asks for your opinion to improve this place."), "organisation",
           configuration.organisation.name),
      t("Your rating is anonymous. This kiosk has no camera and no microphone, and times are rounded."),
      fill(t("Words that you type are kept for {days} days at most. E-mail addresses and phone numbers in "
             "them "
             "are removed first."),
           "days", std::to_string(settings().retention.free_text_days))};
  if (configuration.contact.enabled)
    view.paragraphs.push_back(
        fill(t("Contact details are kept only if you agree, encrypted, for {days} days at most."), "days",
             std::to_string(settings().retention.contact_days)));
  if (settings().receipts && !configuration.receipt_url.empty())
    view.paragraphs.push_back(
        t("With the code on the last screen you can see or erase your answer at any time."));
  return view;
}

Body Builder::aids() const {
  return AidsView{.title = t("Make this screen easier to use"),
                  .aids = {{Aid::large_text, t("Larger text"), s_.aids.large_text},
                           {Aid::high_contrast, t("Higher contrast"), s_.aids.high_contrast},
                           {Aid::reach, t("Everything within reach"), s_.aids.reach},
                           {Aid::calm, t("Less movement"), s_.aids.calm},
                           {Aid::more_time, t("More time"), s_.aids.more_time},
                           {Aid::read_aloud, t("Read aloud"), s_.aids.read_aloud}},
                  .close = t("Close")};
}

Body Builder::message(Mood mood, const char* title, const char* detail, bool can_close) const {
  return MessageView{mood, t(title), *detail ? t(detail) : "", can_close ? t("Close") : ""};
}

Body Builder::body() const {
  if (s_.sheet) return *s_.sheet == Sheet::privacy ? privacy() : aids();
  if (s_.service != Service::open && !s_.session &&
      (std::holds_alternative<Attract>(s_.screen) || std::holds_alternative<ClosedNow>(s_.screen)))
    return service_view(s_.service, s_.language, say_).body;
  return std::visit(
      base::Visitor{
          [&](const Attract&) { return question(*asked_.front()); },
          [&](const Asking& asking) {
            const Question* found = find_question(asked_, asking.question);
            return question(found ? *found : *asked_.front());
          },
          [&](const Invitation&) { return invitation(); }, [&](const AgeGate&) { return age_gate(); },
          [&](const Purposes&) { return purposes_body(); }, [&](const Contact&) { return contact(); },
          [&](const Saving&) { return message(Mood::busy, "One moment …", "", false); },
          [&](const Thanks& shown) { return thanks(shown); },
          [&](const Sorry&) {
            return message(Mood::sorry, "Sorry, that did not work.",
                           "Your answer could not be saved completely. Please tell a member of staff.", true);
          },
          [&](const ClosedNow&) {
            return message(Mood::closed, "We are closed right now.",
                           "You can still leave your feedback: touch the screen.", false);
          }},
      s_.screen);
}

std::optional<StillThereView> Builder::still_there() const {
  if (!s_.asked_still) return {};
  return StillThereView{.title = t("Are you still there?"),
                        .detail = t("Otherwise this screen starts again for the next visitor."),
                        .stay = t("Continue"),
                        .finish = t("Finish"),
                        .since = *s_.asked_still,
                        .until = *s_.asked_still + patience(s_, settings().timeouts.still_there)};
}

View Builder::build() const {
  return {.name = name(),
          .drawn = s_.drawn,
          .language = s_.language,
          .header = header(),
          .footer = footer(),
          .body = body(),
          .still_there = still_there()};
}

}  // namespace

View view(const State& state, const Context& context, const Say& say) {
  return Builder(state, context, say).build();
}

View service_view(Service service, const std::string& language, const Say& say) {
  auto t = [&](const char* id) { return say(id, language); };
  auto message = [&]() -> MessageView {
    switch (service) {
      case Service::not_enrolled:
        return {Mood::not_set_up, t("This kiosk is not set up yet."),
                t("For staff: make a code at headquarters and start halte-kiosk with --server and --enrol."),
                ""};
      case Service::no_configuration:
        return {Mood::not_set_up, t("This kiosk is not set up yet."),
                t("Waiting for the settings from headquarters."), ""};
      case Service::paused:
        return {Mood::closed, t("This kiosk is not in use for a moment."), t("Please try again later."), ""};
      case Service::open:
      case Service::storage_full: break;
    }
    return {Mood::out_of_service, t("Temporarily out of service"), t("Please try again later."), ""};
  };
  return {.name = "service",
          .language = language,
          .header = {},
          .footer = {},
          .body = message(),
          .still_there = {}};
}

BlockedView blocked_view(const std::string& language, const Say& say) {
  return {say("Something lies on the glass.", language),
          say("Take it away, please, or wipe the glass dry.", language)};
}

}  // namespace halte::kiosk::model
