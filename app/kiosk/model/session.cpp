// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/session.h"

#include <algorithm>
#include <charconv>

#include "core/consent/receipt.h"
#include "core/consent/redaction.h"
#include "core/survey/validate.h"

namespace halte::kiosk::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(std::string_view text) { return text.find_first_not_of(" \n\t") == text.npos; }

bool comment_needs_consent(const site::Configuration& configuration) {
  return std::ranges::any_of(configuration.notices,
                             [](const site::Notice& n) { return n.purpose == comment_purpose; });
}

bool is_on(const Session& session, const std::string& purpose) {
  auto found = session.switches.find(purpose);
  return found != session.switches.end() && found->second;
}

// All that was typed, whether or not its question is visible under the answers of this moment.
void drop_texts(response::Response& response, const Session& session) {
  for (const auto& [question, text] : session.typed) response.answers.erase(question);
}

// Answers to questions that later answers made invisible are not the visitor's any more.
void drop_invisible(State& state, const Context& context) {
  base::Json kept = base::Json::object();
  response::Response& response = state.session->response;
  for (const Question* question : questions(state, context))
    if (auto found = response.answers.find(question->name); found != response.answers.end())
      kept[question->name] = *found;
  response.answers = std::move(kept);
}

std::vector<std::string> typed_questions(const Session& session) {
  std::vector<std::string> names;
  for (const auto& [question, text] : session.typed) names.push_back(question);
  return names;
}

std::vector<response::Consent> consents(const Session& session, const Context& context) {
  std::vector<response::Consent> all;
  for (const site::Notice& notice : context.configuration.notices) {
    if (!session.shown.contains(notice.purpose)) continue;
    const bool given = is_on(session, notice.purpose);
    all.push_back({.purpose = notice.purpose,
                   .state = given ? response::ConsentState::given : response::ConsentState::refused,
                   .notice_id = notice.id,
                   .notice_version = int(notice.version),
                   .notice_hash = consent::notice_hash(notice_text(notice, session.response.locale)),
                   .locale = session.response.locale,
                   .at = coarse_now(context),
                   .method = given ? "switch" : session.refusal,
                   .covers = given && notice.purpose == comment_purpose ? typed_questions(session)
                                                                        : std::vector<std::string>{}});
  }
  return all;
}

std::optional<response::SealedContact> sealed_contact(const Session& session, const Context& context) {
  const site::Enrolment& keys = context.enrolment;
  if (!is_on(session, contact_purpose) || keys.sealing_public_key.empty()) return {};
  constexpr const char* names[] = {"name", "email", "phone"};
  base::Json details = base::Json::object();
  for (Field field : contact_fields(context.configuration))
    if (const std::string& text = session.fields[std::size_t(field)]; !text.empty())
      details[names[std::size_t(field)]] = text;
  std::string plain = base::to_text(details);
  for (auto& [name, value] : details.items()) base::wipe(value.get_ref<std::string&>());
  response::SealedContact sealed{keys.sealing_key_id,
                                 base::seal(base::as_bytes(plain), keys.sealing_public_key)};
  base::wipe(plain);
  return sealed;
}

void add_receipt(Session& session, const Context& context) {
  const site::Configuration& configuration = context.configuration;
  if (!configuration.settings.receipts || configuration.receipt_url.empty() ||
      context.enrolment.receipt_key.empty())
    return;
  std::string code = consent::make_receipt_code(context.random);
  auto hash = consent::receipt_hash(code, context.enrolment.receipt_key);
  if (!hash) return;  // a receipt key of a wrong length: no receipt rather than no answer
  session.receipt_hash = *hash;
  session.response.receipt_hash = *hash;
  session.link = configuration.receipt_url + "#" + code;
  session.code = std::move(code);
}

void submit_number(Session& session, const std::string& question, std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return skip(session, question);
  answer(session, question, number);
}

}  // namespace

base::Instant coarse_now(const Context& context) {
  return base::coarsen(context.now, std::chrono::minutes(context.configuration.settings.coarsening_minutes));
}

Drawn draw(const Context& context) {
  const std::size_t step = site::step_at(context.configuration, context.now, context.clock_synced);
  const std::vector<site::AskedSurvey>& asked = context.configuration.asks[step].asked;
  const auto place = std::size_t(context.random.uniform() * double(asked.size()));
  return {step, asked[std::min(place, asked.size() - 1)]};
}

const site::SurveyReference& survey_of(const State& state, const Context& context) {
  return context.configuration.surveys[state.drawn.asked.survey];
}

Session start_session(const State& state, const Context& context) {
  const site::Configuration& configuration = context.configuration;
  Session session;
  response::Response& response = session.response;
  response.started = response.submitted = coarse_now(context);
  response.id = response::make_id(response.started, context.random);
  response.survey = survey_of(state, context).id;
  response.survey_version = int(survey_of(state, context).version);
  response.variant = state.drawn.asked.variant;
  response.branch = configuration.branch.id;
  response.touchpoint = configuration.touchpoint.id;
  response.locale = state.language;
  response.zone = configuration.branch.zone;
  response.clock_synced = context.clock_synced;
  response.scale_direction = configuration.settings.scale_direction == site::ScaleDirection::negative_first
                                 ? response::ScaleDirection::negative_left
                                 : response::ScaleDirection::positive_left;
  session.without_recommend = context.random.uniform() >= configuration.settings.recommend_share;
  return session;
}

std::vector<const Question*> questions(const State& state, const Context& context) {
  const auto& session = state.session;
  auto visible = context.questionnaires[state.drawn.asked.survey]->visible(session ? session->response.answers
                                                                                   : base::Json::object());
  const auto& recommend = survey_of(state, context).metrics.nps;
  if (session && session->without_recommend && recommend && visible.front()->name != *recommend)
    std::erase_if(visible, [&](const Question* question) { return question->name == *recommend; });
  return visible;
}

const Question* find_question(const std::vector<const Question*>& questions, const std::string& name) {
  auto found = std::ranges::find(questions, name, &Question::name);
  return found == questions.end() ? nullptr : *found;
}

void answer(Session& session, const std::string& question, base::Json value) {
  session.response.answers[question] = std::move(value);
  std::erase(session.response.skipped, question);
}

void skip(Session& session, const std::string& question) {
  session.response.answers.erase(question);
  for (auto* all : {&session.typed, &session.digits}) {
    auto typed = all->find(question);
    if (typed == all->end()) continue;
    base::wipe(typed->second);
    all->erase(typed);
  }
  if (std::ranges::find(session.response.skipped, question) == session.response.skipped.end())
    session.response.skipped.push_back(question);
}

std::string& typed_text(Session& session, const Question& question) {
  return (question.typing == ui::Typing::number ? session.digits : session.typed)[question.name];
}

std::string_view typed_text(const Session& session, const Question& question) {
  const auto& all = question.typing == ui::Typing::number ? session.digits : session.typed;
  auto typed = all.find(question.name);
  return typed == all.end() ? std::string_view{} : std::string_view(typed->second);
}

bool can_go_on(const Session& session, const Question& question) {
  if (is_text(question.kind)) return !question.required || !is_blank(typed_text(session, question));
  auto answer = session.response.answers.find(question.name);
  if (answer == session.response.answers.end()) return !question.required || question.kind == Kind::statement;
  return question.kind != Kind::multiple_choice || answer->size() >= question.least;
}

void submit_text(Session& session, const Question& question) {
  std::string& typed = typed_text(session, question);
  if (is_blank(typed)) return skip(session, question.name);
  if (question.typing == ui::Typing::number) return submit_number(session, question.name, typed);
  answer(session, question.name,
         consent::redact(typed, std::min(question.max_length, consent::free_text_limit)).text);
  // What comes back with Back is what was kept.
  base::wipe(typed);
  typed = session.response.answers[question.name].get<std::string>();
}

void mark(Session& session, const std::vector<site::Tap>& taps, const Context& context) {
  const site::Configuration& configuration = context.configuration;
  session.response.flags.clear();
  for (const site::Flag& flag : site::flags_of_last(taps, configuration.branch.opening_hours,
                                                    site::wall_clock(configuration, context.now)))
    session.response.flags.push_back({flag.rule, flag.version});
}

response::Response open_response(const Session& session, const Context& context) {
  response::Response response = session.response;
  if (comment_needs_consent(context.configuration)) drop_texts(response, session);
  return response;
}

void finish_session(State& state, response::Ended ended, const Context& context) {
  Session& session = *state.session;
  response::Response& response = session.response;
  response.ended = ended;
  response.submitted = coarse_now(context);
  response.locale = state.language;
  if (ended != response::Ended::complete) {
    for (auto& [purpose, on] : session.switches) on = false;
    session.refusal = ended == response::Ended::timeout ? "timeout" : "exit";
  }
  drop_invisible(state, context);
  response.consents = consents(session, context);
  response.contact = sealed_contact(session, context);
  if (comment_needs_consent(context.configuration) && !is_on(session, comment_purpose))
    drop_texts(response, session);
  if (ended != response::Ended::timeout) add_receipt(session, context);  // nobody would see the code
}

std::vector<const site::Notice*> purposes(const Session& session, const site::Configuration& configuration) {
  const bool has_text = std::ranges::any_of(session.typed, [](const auto& t) { return !t.second.empty(); });
  std::vector<const site::Notice*> shown;
  for (const site::Notice& notice : configuration.notices) {
    if (notice.purpose == contact_purpose && !session.leaves_contact) continue;
    if (notice.purpose == comment_purpose && !has_text) continue;
    shown.push_back(&notice);
  }
  return shown;
}

const std::string& notice_text(const site::Notice& notice, const std::string& language) {
  return pick(notice.texts, language);
}

std::vector<Field> contact_fields(const site::Configuration& configuration) {
  std::vector<Field> fields;
  for (const std::string& name : configuration.contact.fields)
    fields.push_back(name == "name" ? Field::name : name == "email" ? Field::email : Field::phone);
  return fields;
}

bool is_phone(std::string_view text) {
  const bool shape = text.find_first_not_of("0123456789+-./() ") == text.npos && text.rfind('+') + 1 <= 1;
  const auto digits = std::ranges::count_if(text, is_digit);
  return shape && digits >= least_phone_digits && digits <= 15;  // E.164: at most 15
}

Mistake contact_mistake(const Session& session, const site::Configuration& configuration) {
  if (!session.fields_checked) return Mistake::none;
  bool any = false, wants_way_back = false;
  for (Field field : contact_fields(configuration)) {
    const std::string& text = session.fields[std::size_t(field)];
    if (field == Field::name && std::ranges::any_of(text, is_digit)) return Mistake::name;
    if (field == Field::name) continue;
    wants_way_back = true;
    if (text.empty()) continue;
    any = true;
    if (field == Field::email && !survey::is_email(text)) return Mistake::email;
    if (field == Field::phone && !is_phone(text)) return Mistake::phone;
  }
  return any || !wants_way_back ? Mistake::none : Mistake::nothing;
}

std::size_t mistaken_field(Mistake mistake, const site::Configuration& configuration) {
  const auto is_it = [mistake](Field field) {
    switch (mistake) {
      case Mistake::name: return field == Field::name;
      case Mistake::email: return field == Field::email;
      case Mistake::phone: return field == Field::phone;
      case Mistake::nothing: return field != Field::name;
      case Mistake::none: break;
    }
    return false;
  };
  const auto fields = contact_fields(configuration);
  const auto found = std::ranges::find_if(fields, is_it);
  return found == fields.end() ? 0 : std::size_t(found - fields.begin());
}

ui::Typing typing_of(Field field) {
  switch (field) {
    case Field::email: return ui::Typing::email;
    case Field::phone: return ui::Typing::phone;
    case Field::name: break;
  }
  return ui::Typing::words;
}

void wipe(Session& session) {
  for (auto* all : {&session.typed, &session.digits})
    for (auto& [name, text] : *all) base::wipe(text);
  for (std::string& text : session.fields) base::wipe(text);
  for (auto& [name, value] : session.response.answers.items())
    if (value.is_string()) base::wipe(value.get_ref<std::string&>());
  base::wipe(session.code);
  base::wipe(session.link);
  session = Session{};
}

void wipe(Thanks& thanks) {
  base::wipe(thanks.code);
  base::wipe(thanks.link);
  thanks = Thanks{};
}

}  // namespace halte::kiosk::model
