// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/consent/receipt.h"
#include "sync/server/api/figures.h"

namespace halte::api {
namespace {

using base::Json;
using State = store::hq::ReceiptRecord::State;

// The receipt's hash, or the answer to give. A code is all that is asked: no account, no cookie.
struct Asked {
  Json body;
  base::Bytes hash;
};
std::expected<Asked, http::Response> read(Services& s, const http::Request& request) {
  if (!s.receipt_tries.allows(request.remote_address))
    return std::unexpected(
        http::problem_retry(http::Problem::too_many_requests, "too many codes were tried", 60));
  auto body = json_body(request);
  if (!body) return std::unexpected(std::move(body.error()));
  auto organisation = s.store.organisation();
  if (!organisation) return std::unexpected(http::problem_for(organisation.error()));
  if (!*organisation) return std::unexpected(http::problem(http::Problem::not_found));
  std::string code =
      body->contains("code") && (*body)["code"].is_string() ? (*body)["code"].get<std::string>() : "";
  auto hash = consent::receipt_hash(code, (*organisation)->receipt_key);
  if (!hash) return std::unexpected(http::problem(http::Problem::invalid_parameter, hash.error().cause));
  return Asked{std::move(*body), std::move(*hash)};
}

std::string words_of(const Json& value, const survey::Question* question, const std::string& locale) {
  std::array chain{locale};
  if (value.is_array()) {
    std::string all;
    for (const Json& one : value) all += (all.empty() ? "" : ", ") + words_of(one, question, locale);
    return all;
  }
  if (question) {
    if (auto* rating = std::get_if<survey::Rating>(&question->kind))
      for (const auto& item : rating->items)
        if (Json(item.value) == value && !item.text.empty()) return std::string(item.text.in(chain));
    if (auto* checkbox = std::get_if<survey::Checkbox>(&question->kind))
      for (const auto& choice : checkbox->choices)
        if (choice.value == value) return std::string(choice.text.in(chain));
    if (auto* radio = std::get_if<survey::Radiogroup>(&question->kind))
      for (const auto& choice : radio->choices)
        if (choice.value == value) return std::string(choice.text.in(chain));
  }
  return value.is_string() ? value.get<std::string>() : base::to_text(value);
}

bool is_free_text(const survey::Question* question) {
  return question && (std::holds_alternative<survey::Comment>(question->kind) ||
                      std::holds_alternative<survey::TextInput>(question->kind));
}

Json answers_json(const response::Response& r, const survey::Survey* survey, bool& has_comment) {
  Json answers = Json::array();
  std::array chain{r.locale};
  for (const auto& [name, value] : r.answers.items()) {
    const survey::Question* question = survey ? survey::find_question(*survey, name) : nullptr;
    has_comment |= is_free_text(question);
    std::string title = question ? std::string(question->title.in(chain)) : name;
    answers.push_back({{"question", title}, {"answer", words_of(value, question, r.locale)}});
  }
  return answers;
}

template <class Record>
std::string name_by_id(const base::Result<std::vector<Record>>& all, const std::string& id) {
  if (all)
    for (const auto& record : *all)
      if (record.id == id) return record.name;
  return id;
}

// The text that the visitor saw, in the language in which it was shown.
std::string notice_text(const std::vector<store::hq::NoticeRecord>& notices,
                        const response::Consent& consent) {
  for (const auto& n : notices)
    if (n.id == consent.notice_id && n.version == consent.notice_version)
      if (auto text = n.texts.find(consent.locale); text != n.texts.end()) return text->second;
  return "";
}

http::Response show(Services& s, const base::Bytes& hash) {
  auto found = s.store.find_by_receipt(hash);
  if (!found) return http::problem_for(found.error());
  if (found->state == State::unknown)
    return http::Response::json(200, {{"found", false}, {"state", "pending"}});
  if (found->state == State::erased) return http::Response::json(200, {{"found", true}, {"state", "erased"}});
  const response::Response& r = *found->response;
  auto known = s.catalogue.find(r.survey, r.survey_version);
  auto notices = s.store.notices();
  if (!notices) return http::problem_for(notices.error());
  bool has_comment = false;
  Json answers = answers_json(r, known ? &known->survey : nullptr, has_comment);
  Json consents = Json::array();
  for (const auto& consent : r.consents)
    consents.push_back({{"purpose", consent.purpose},
                        {"text", notice_text(*notices, consent)},
                        {"state", response::to_string(consent.state)}});
  return http::Response::json(200, {{"found", true},
                                    {"state", "stored"},
                                    {"response",
                                     {{"day", base::to_rfc3339(r.submitted).substr(0, 10)},
                                      {"branch", name_by_id(s.store.branches(), r.branch)},
                                      {"touchpoint", name_by_id(s.store.touchpoints(), r.touchpoint)},
                                      {"answers", std::move(answers)},
                                      {"has_comment", has_comment},
                                      {"has_contact", r.contact.has_value()}}},
                                    {"consents", std::move(consents)}});
}

http::Response look_up(Services& s, const http::Request& request) {
  auto asked = read(s, request);
  return asked ? show(s, asked->hash) : std::move(asked.error());
}

http::Response withdraw(Services& s, const http::Request& request) {
  auto asked = read(s, request);
  if (!asked) return std::move(asked.error());
  auto named = asked->body.find("purpose");
  std::string purpose = named != asked->body.end() && named->is_string() ? named->get<std::string>() : "";
  auto notices = s.store.notices();
  if (!notices) return http::problem_for(notices.error());
  if (std::ranges::find(*notices, purpose, &store::hq::NoticeRecord::purpose) == notices->end())
    return http::problem(http::Problem::invalid_parameter, "purpose: which consent to withdraw");
  if (auto done = s.store.withdraw_by_receipt(asked->hash, purpose); !done)
    return http::problem_for(done.error());
  (void)s.store.audit({"receipt holder", "consent withdrawn", purpose}, s.clock.now());
  return show(s, asked->hash);
}

http::Response erase(Services& s, const http::Request& request) {
  auto asked = read(s, request);
  if (!asked) return std::move(asked.error());
  auto touched = s.store.erase_by_receipt(asked->hash, [&](const auto& r) { return s.catalogue.tally(r); });
  if (!touched) return http::problem_for(touched.error());
  (void)s.store.audit({"receipt holder", "response erased", ""}, s.clock.now());
  if (*touched)
    s.events.publish(
        {"counts",
         base::to_text({{"touchpoints", {(*touched)->touchpoint}}, {"branches", {(*touched)->branch}}}), ""});
  return http::Response::json(200, {{"state", *touched ? "erased" : "pending"}});
}

}  // namespace

void add_receipt_routes(http::Router& router, Services& s) {
  router.add(for_anyone(s, "POST", "/api/v1/receipts/look-up",
                        [&s](const auto& request) { return look_up(s, request); }));
  router.add(for_anyone(s, "POST", "/api/v1/receipts/withdraw",
                        [&s](const auto& request) { return withdraw(s, request); }));
  router.add(for_anyone(s, "POST", "/api/v1/receipts/erase",
                        [&s](const auto& request) { return erase(s, request); }));
}

}  // namespace halte::api
