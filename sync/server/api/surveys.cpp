// SPDX-License-Identifier: Apache-2.0
// Surveys: drafts that are written, versions that are published and never change, and the way in and out.
#include <algorithm>
#include <charconv>
#include <set>

#include "core/base/file.h"
#include "core/survey/survey.h"
#include "core/survey/surveyjs.h"
#include "core/survey/templates.h"
#include "core/survey/texts.h"
#include "sync/server/api/world.h"

namespace halte::api {
namespace {

using base::Json;
using store::hq::SurveyDraft;
using store::hq::SurveyRecord;

constexpr std::size_t id_most = 64;

// a-z, 0-9 and dashes: ids stand in addresses and files.
bool is_survey_id(const std::string& id) {
  return !id.empty() && id.size() <= id_most && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string id_of(const http::Request& request) {
  return std::string(request.path_parameters.get_or("id", ""));
}

template <class Problems>
Json problems_json(const Problems& problems) {
  Json list = Json::array();
  for (const auto& problem : problems)
    list.push_back({{"pointer", problem.pointer}, {"reason", problem.reason}});
  return list;
}

http::Response refused(const std::vector<survey::Problem>& problems) {
  const std::string detail =
      problems.empty() ? "" : problems.front().pointer + ": " + problems.front().reason;
  return http::problem(http::Problem::invalid_content, detail, {{"problems", problems_json(problems)}});
}

// The newest version of that id; nothing: none was published.
base::Result<std::optional<SurveyRecord>> newest(Services& s, const std::string& id) {
  auto all = s.store.surveys();
  if (!all) return std::unexpected(all.error());
  std::optional<SurveyRecord> found;
  for (auto& record : *all)
    if (record.id == id) found = std::move(record);  // in the order of their versions
  return found;
}

Json title_of(const Json& definition) { return definition.value("title", Json("")); }

// What stands against publishing it, and which texts it lacks in its languages.
Json judged(const SurveyDraft& draft) {
  auto parsed = survey::parse_template(
      {{"id", draft.id}, {"version", 1}, {"definition", draft.definition}, {"metrics", draft.metrics}});
  Json json{{"problems", Json::array()}, {"missing", Json::array()}};
  if (!parsed) {
    json["problems"] = problems_json(parsed.error());
    return json;
  }
  std::set<std::string> locales{parsed->survey.locale};
  for (const auto& [locale, text] : parsed->survey.title.by_locale) locales.insert(locale);
  const std::vector<std::string> list(locales.begin(), locales.end());
  for (const auto& text : survey::missing_translations(parsed->survey, list))
    json["missing"].push_back({{"pointer", text.pointer}, {"locale", text.locale}});
  return json;
}

Json to_json(const SurveyDraft& draft) {
  Json json = judged(draft);
  json["id"] = draft.id;
  json["revision"] = draft.revision;
  json["definition"] = draft.definition;
  json["metrics"] = draft.metrics;
  json["author"] = draft.author;
  json["at"] = base::to_rfc3339(draft.at);
  return json;
}

http::Response with_revision(int status, Json json, int revision) {
  http::Response answer = http::Response::json(status, json);
  answer.headers.set("ETag", "\"" + std::to_string(revision) + "\"");
  return answer;
}

http::Response list(Services& s) {
  auto surveys = s.store.surveys();
  auto drafts = s.store.survey_drafts();
  auto world = read_world(s);
  if (!surveys) return http::problem_for(surveys.error());
  if (!drafts) return http::problem_for(drafts.error());
  if (!world) return http::problem_for(world.error());
  std::map<std::string, Json> by_id;
  for (const auto& record : *surveys)
    by_id[record.id] = {{"id", record.id},
                        {"title", title_of(record.definition)},
                        {"version", record.version},
                        {"draft", nullptr},
                        {"touchpoints", Json::array()}};
  for (const auto& draft : *drafts) {
    auto [at, fresh] = by_id.try_emplace(draft.id, Json{{"id", draft.id},
                                                        {"title", title_of(draft.definition)},
                                                        {"version", nullptr},
                                                        {"touchpoints", Json::array()}});
    at->second["draft"] = {
        {"revision", draft.revision}, {"author", draft.author}, {"at", base::to_rfc3339(draft.at)}};
  }
  for (const auto& touchpoint : world->touchpoints)
    if (auto at = by_id.find(touchpoint.survey); at != by_id.end())
      at->second["touchpoints"].push_back({{"id", touchpoint.id}, {"name", touchpoint.name}});
  Json all = Json::array();
  for (auto& [id, survey] : by_id) all.push_back(std::move(survey));
  return http::Response::json(200, {{"surveys", std::move(all)}});
}

http::Response templates() {
  auto all = survey::load_templates(base::asset_folder() / "surveys" / "templates");
  if (!all) return http::problem_for(all.error());
  Json list = Json::array();
  for (const auto& one : *all)
    list.push_back({{"id", one.id}, {"definition", one.definition}, {"metrics", one.metrics}});
  return http::Response::json(200, {{"templates", std::move(list)}});
}

http::Response versions(Services& s, const http::Request& request) {
  auto all = s.store.surveys();
  if (!all) return http::problem_for(all.error());
  Json list = Json::array();
  for (const auto& record : *all)
    if (record.id == id_of(request))
      list.push_back(
          {{"version", record.version}, {"definition", record.definition}, {"metrics", record.metrics}});
  if (list.empty()) return http::problem(http::Problem::not_found, "no survey of that id was published");
  return http::Response::json(200, {{"id", id_of(request)}, {"versions", std::move(list)}});
}

http::Response draft_of(Services& s, const http::Request& request) {
  auto draft = s.store.survey_draft(id_of(request));
  if (!draft) return http::problem_for(draft.error());
  if (!*draft) return http::problem(http::Problem::not_found, "nobody is writing on it");
  return with_revision(200, to_json(**draft), (*draft)->revision);
}

// If-Match says the revision that it was made from; without it, that there was none.
std::optional<int> revision_of(const http::Request& request) {
  std::string text(request.headers.get("If-Match").value_or("\"0\""));
  std::erase(text, '"');
  int revision = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), revision);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(revision) : std::nullopt;
}

http::Response saved(Services& s, SurveyDraft draft, const auth::Session& person) {
  draft.author = person.email;
  draft.at = base::coarsen(s.clock.now(), std::chrono::minutes(1));
  auto revision = s.store.save_survey_draft(draft);
  if (!revision && revision.error().kind == base::ErrorKind::conflict)
    return http::problem(http::Problem::precondition_failed, revision.error().cause);
  if (!revision) return http::problem_for(revision.error());
  draft.revision = *revision;
  return with_revision(200, to_json(draft), *revision);
}

// A draft may be unfinished: what stands against publishing it is in the answer.
http::Response save_draft(Services& s, const http::Request& request, const auth::Session& person) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  const auto revision = revision_of(request);
  if (!revision) return http::problem(http::Problem::invalid_parameter, "If-Match: the ETag of the draft");
  if (!is_survey_id(id_of(request)))
    return http::problem(http::Problem::invalid_parameter, "id: at most 64 of a-z, 0-9 and dashes");
  base::Problems problems;
  base::ObjectReader o(*body, "", problems);
  SurveyDraft draft{id_of(request), *revision, Json::object(), Json::object(), "", {}};
  if (const Json* definition = o.value("definition")) draft.definition = *definition;
  if (const Json* metrics = o.value("metrics")) draft.metrics = *metrics;
  if (!draft.definition.is_object()) o.problem("definition", "must be an object");
  if (!draft.metrics.is_object()) o.problem("metrics", "must be an object");
  o.refuse_unknown_keys();
  if (!problems.empty()) return http::problem(http::Problem::invalid_content, base::to_string(problems));
  return saved(s, std::move(draft), person);
}

http::Response drop_draft(Services& s, const http::Request& request, const auth::Session&) {
  if (auto dropped = s.store.drop_survey_draft(id_of(request)); !dropped)
    return http::problem_for(dropped.error());
  return http::Response::empty(204);
}

// Questions of both versions that are put in other words now: their trends have a break here.
Json breaks_between(const std::optional<SurveyRecord>& before, const figures::KnownSurvey& now) {
  Json breaks = Json::array();
  if (!before) return breaks;
  auto parsed = survey::parse(base::to_text(before->definition));
  if (!parsed) return breaks;
  const figures::KnownSurvey earlier{before->id, before->version, std::move(*parsed), {}};
  for (const auto& page : now.survey.pages)
    for (const auto& question : page.questions)
      if (survey::find_question(earlier.survey, question.name) &&
          !figures::asks_the_same(earlier, now, question.name))
        breaks.push_back(question.name);
  return breaks;
}

// The draft becomes the next version, which never changes again, and is no draft any more.
http::Response publish(Services& s, const http::Request& request, const auth::Session& person) {
  auto draft = s.store.survey_draft(id_of(request));
  if (!draft) return http::problem_for(draft.error());
  if (!*draft) return http::problem(http::Problem::not_found, "nobody is writing on it");
  auto before = newest(s, id_of(request));
  if (!before) return http::problem_for(before.error());
  const int version = *before ? (*before)->version + 1 : 1;
  auto parsed = survey::parse_template({{"id", (*draft)->id},
                                        {"version", version},
                                        {"definition", (*draft)->definition},
                                        {"metrics", (*draft)->metrics}});
  if (!parsed) return refused(parsed.error());
  const Json breaks = breaks_between(*before, {parsed->id, version, parsed->survey, {}});
  store::hq::Provision change;
  change.surveys = {{(*draft)->id, version, (*draft)->definition, (*draft)->metrics}};
  if (auto written = s.store.provision(change); !written) return http::problem_for(written.error());
  if (auto fresh = s.catalogue.refresh(); !fresh) return http::problem_for(fresh.error());
  if (auto dropped = s.store.drop_survey_draft((*draft)->id); !dropped)
    s.log->warn("{}", base::to_string(dropped.error()));
  (void)s.store.audit({person.email, "survey published", (*draft)->id + " " + std::to_string(version)},
                      s.clock.now());
  return http::Response::json(201, {{"id", (*draft)->id}, {"version", version}, {"breaks", breaks}});
}

// SurveyJS JSON of whoever made it becomes a draft; what the kiosk makes nothing of stays in it, and is told.
http::Response import_document(Services& s, const http::Request& request, const auth::Session& person) {
  if (auto refusal = wrong_type(request)) return std::move(*refusal);
  const auto revision = revision_of(request);
  if (!revision || !is_survey_id(id_of(request)))
    return http::problem(http::Problem::invalid_parameter,
                         "id: a-z, 0-9, dashes; If-Match: the ETag of the draft");
  auto imported = survey::import_surveyjs(request.body);
  if (!imported) return refused(imported.error());
  http::Response answer =
      saved(s, {id_of(request), *revision, std::move(imported->definition), Json::object(), "", {}}, person);
  if (answer.status != 200) return answer;
  auto json = base::parse_json(answer.body, "a draft");
  if (!json) return http::problem_for(json.error());
  (*json)["remarks"] = Json::array();
  for (const auto& remark : imported->remarks)
    (*json)["remarks"].push_back({{"kind", remark.kind == survey::Remark::Kind::kept ? "kept" : "changed"},
                                  {"pointer", remark.pointer},
                                  {"reason", remark.reason}});
  answer.body = base::to_text(*json);
  return answer;
}

// Of the draft, else of the newest version; else the answer to give.
std::expected<SurveyDraft, http::Response> written(Services& s, const std::string& id) {
  auto draft = s.store.survey_draft(id);
  if (!draft) return std::unexpected(http::problem_for(draft.error()));
  if (*draft) return std::move(**draft);
  auto published = newest(s, id);
  if (!published) return std::unexpected(http::problem_for(published.error()));
  if (!*published) return std::unexpected(http::problem(http::Problem::not_found, "no survey of that id"));
  return SurveyDraft{id, 0, (*published)->definition, (*published)->metrics, "", {}};
}

http::Response export_document(Services& s, const http::Request& request) {
  auto survey = written(s, id_of(request));
  if (!survey) return std::move(survey.error());
  auto document = survey::export_surveyjs(survey->definition);
  if (!document) return refused(document.error());
  return http::Response::file(survey->id + ".json", "application/json", base::to_text(document->document));
}

http::Response export_po(Services& s, const http::Request& request) {
  auto survey = written(s, id_of(request));
  if (!survey) return std::move(survey.error());
  const std::string language(request.query.get_or("language", ""));
  auto po = survey::export_texts(survey->definition, language);
  if (!po) return refused(po.error());
  return http::Response::file(survey->id + "." + language + ".po", "text/x-gettext-translation",
                              std::move(*po));
}

// Into what stands there now; with If-Match, only if that is what was translated.
http::Response import_po(Services& s, const http::Request& request, const auth::Session& person) {
  if (auto refusal = wrong_type(request, "text/x-gettext-translation")) return std::move(*refusal);
  auto survey = written(s, id_of(request));
  if (!survey) return std::move(survey.error());
  if (request.headers.has("If-Match") && revision_of(request) != survey->revision)
    return http::problem(http::Problem::precondition_failed);
  auto translated = survey::import_texts(survey->definition, request.body);
  if (!translated) return refused(translated.error());
  survey->definition = std::move(translated->definition);
  http::Response answer = saved(s, std::move(*survey), person);
  if (answer.status != 200) return answer;
  return http::Response::json(200, {{"language", translated->language},
                                    {"applied", translated->applied},
                                    {"untranslated", translated->untranslated},
                                    {"left_out", problems_json(translated->left_out)}});
}

}  // namespace

void add_survey_routes(http::Router& router, Services& s) {
  const auto read = [&](const char* path, auto handler) {
    router.add(for_person(s, "GET", path, auth::access::surveys,
                          [handler](const auto& request, const auto&) { return handler(request); }));
  };
  const auto change = [&](const char* method, const char* path, auto handler) {
    router.add(for_person(
        s, method, path, auth::access::surveys,
        [&s, handler](const auto& request, const auto& person) { return handler(s, request, person); }));
  };
  read("/api/v1/surveys", [&s](const auto&) { return list(s); });
  read("/api/v1/survey-templates", [](const auto&) { return templates(); });
  read("/api/v1/surveys/{id}", [&s](const auto& request) { return versions(s, request); });
  read("/api/v1/surveys/{id}/draft", [&s](const auto& request) { return draft_of(s, request); });
  change("PUT", "/api/v1/surveys/{id}/draft", save_draft);
  change("DELETE", "/api/v1/surveys/{id}/draft", drop_draft);
  change("POST", "/api/v1/surveys/{id}/publication", publish);
  read("/api/v1/surveys/{id}/document", [&s](const auto& request) { return export_document(s, request); });
  change("PUT", "/api/v1/surveys/{id}/document", import_document);
  read("/api/v1/surveys/{id}/texts", [&s](const auto& request) { return export_po(s, request); });
  change("PUT", "/api/v1/surveys/{id}/texts", import_po);
}

}  // namespace halte::api
