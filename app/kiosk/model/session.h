// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/kiosk/model/update.h"

namespace halte::kiosk::model {

// The time as it may be kept.
base::Instant coarse_now(const Context& context);

// The life of one visit's data: made at the first answer, redacted and sealed on submission, wiped at the
// end.

// One of what holds now, by a fair coin where there are two: what shows on the glass and who touched it
// before have no part in it. So of the visits, however many begin with either, half are of each.
Drawn draw(const Context& context);
const site::SurveyReference& survey_of(const State& state, const Context& context);

Session start_session(const State& state, const Context& context);

// The questions of this visit, without the one it was not drawn for.
std::vector<const Question*> questions(const State& state, const Context& context);
const Question* find_question(const std::vector<const Question*>& questions, const std::string& name);

// What is being typed for a text question; the second finds nothing where nothing was.
std::string& typed_text(Session& session, const Question& question);
std::string_view typed_text(const Session& session, const Question& question);
// Whether the question may be left with Next: what is required is there, and of several choices enough.
bool can_go_on(const Session& session, const Question& question);
// Moves what was typed into the answers: words redacted, a number as a number. Without any it counts as
// skipped.
void submit_text(Session& session, const Question& question);
void skip(Session& session, const std::string& question);
void answer(Session& session, const std::string& question, base::Json value);

// Marks for play and ballot stuffing, from the ratings of the last seconds.
void mark(Session& session, const std::vector<site::Tap>& taps, const Context& context);

// As it goes to the disk while it is open: without the visitor's own words if they need a consent, which is
// not given yet.
response::Response open_response(const Session& session, const Context& context);

// Fills in the end of the state's session: times, consents, sealed contact, receipt. Any end but `complete`
// gives no consent.
void finish_session(State& state, response::Ended ended, const Context& context);

// What a visitor may agree to, in the configuration's order: contact only after the invitation and the age
// gate, the comment only where there is one.
std::vector<const site::Notice*> purposes(const Session& session, const site::Configuration& configuration);
const std::string& notice_text(const site::Notice& notice, const std::string& language);

enum class Mistake { none, name, email, phone, nothing };
inline constexpr int least_phone_digits = 8;
// What is wrong with the contact fields; `none` also while the visitor has not tried to go on.
Mistake contact_mistake(const Session& session, const site::Configuration& configuration);
// The place among the configured fields of what has to be mended; where nothing was given, of the first way
// to reach somebody.
std::size_t mistaken_field(Mistake mistake, const site::Configuration& configuration);
std::vector<Field> contact_fields(const site::Configuration& configuration);
ui::Typing typing_of(Field field);
bool is_phone(std::string_view text);

// Overwrites every word of the visitor before the memory goes back.
void wipe(Session& session);
void wipe(Thanks& thanks);

}  // namespace halte::kiosk::model
