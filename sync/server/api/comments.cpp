// SPDX-License-Identifier: Apache-2.0
// What visitors wrote, for reviewers alone (G18): what of it may be read is core/figures/comments.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>

#include "core/base/fold.h"
#include "core/figures/comments.h"
#include "sync/server/api/tables.h"

namespace halte::api {
namespace {

using base::Json;
using figures::CommentShelf;
using store::hq::CommentFilter;
using store::hq::CommentKey;
using store::hq::CommentRecord;
using store::hq::CommentStatus;

constexpr std::array<std::pair<std::string_view, CommentStatus>, 4> status_names{
    {{"new", CommentStatus::fresh},
     {"read", CommentStatus::read},
     {"to_do", CommentStatus::to_do},
     {"done", CommentStatus::done}}};
constexpr int page_usual = 50, page_most = 200;
constexpr std::size_t search_most = 200, tags_most = 10, tag_most = 60;  // bytes; tags: how many

http::Response wrong(std::string detail) {
  return http::problem(http::Problem::invalid_parameter, std::move(detail));
}
http::Response none_of_that_id() {
  return http::problem(http::Problem::not_found, "there is no comment of that id to read");
}

std::string_view name_of(CommentStatus status) {
  return std::ranges::find(status_names, status, &std::pair<std::string_view, CommentStatus>::second)->first;
}

std::string date_of(int day) {
  return base::to_text(std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}});
}

// Local. The hour of a period may begin before its day does, in zones of half hours, and its last one is not
// included.
int day_of(int hour, std::chrono::minutes later, const std::string& zone) {
  const auto local = base::to_local(base::Instant{std::chrono::hours(hour) + later}, zone);
  if (!local) return hour / 24;
  const std::chrono::year_month_day date{std::chrono::year{local->year},
                                         std::chrono::month(unsigned(local->month)),
                                         std::chrono::day(unsigned(local->day))};
  return int(std::chrono::sys_days{date}.time_since_epoch().count());
}

figures::CommentView comment_view(const View& view) {
  using std::chrono::minutes;
  return {view.branches, view.touchpoint, view.language,
          day_of(view.period.from_hour, minutes(59), view.zone),
          day_of(view.period.to_hour, minutes(-1), view.zone)};
}

base::Result<CommentShelf> read_shelf(Services& s, const World& world, const figures::CommentView& view) {
  auto days =
      s.store.comment_days(figures::quarter_of(view.from_day).from, figures::quarter_of(view.to_day).to);
  if (!days) return std::unexpected(days.error());
  return figures::shelf_of(*days, view, world.threshold());
}

// ---- what is asked

struct Asked {
  View view;
  figures::CommentView shelf_view;
  CommentShelf shelf;
  CommentFilter filter;
  std::optional<CommentKey> after;
  int most = page_usual;
};

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "20789.20780.…32 hex digits…"
std::optional<CommentKey> parse_cursor(std::string_view text) {
  const auto first = text.find('.'), second = text.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto to = whole(text.substr(0, first)), from = whole(text.substr(first + 1, second - first - 1));
  auto ref = base::from_hex(text.substr(second + 1));
  if (!to || !from || !ref || ref->size() != 16) return std::nullopt;
  return CommentKey{*to, *from, std::move(*ref)};
}

std::string cursor_after(const CommentRecord& comment) {
  return fmt::format("{}.{}.{}", comment.to_day, comment.from_day, base::to_hex(comment.ref));
}

std::optional<http::Response> read_filter(const http::Request& request, CommentFilter& filter) {
  const auto asked = [&](std::string_view key) -> std::optional<std::string> {
    auto value = request.query.get(key);
    return value && !value->empty() ? std::optional<std::string>(*value) : std::nullopt;
  };
  if (const auto name = asked("score")) {
    const auto band = stats::band_named(*name);
    if (!band) return wrong("score: low, middle or high");
    filter.band = int(*band) + 1;
  }
  if (const auto name = asked("status")) {
    const auto* at =
        std::ranges::find(status_names, *name, &std::pair<std::string_view, CommentStatus>::first);
    if (at == status_names.end()) return wrong("status: new, read, to_do or done");
    filter.status = at->second;
  }
  filter.reason = asked("reason");
  filter.tag = asked("tag");
  const std::string sought = asked("q").value_or("");
  if (sought.size() > search_most) return wrong("q: at most 200 bytes");
  filter.words = base::folded_words(sought);
  return std::nullopt;
}

std::expected<Asked, http::Response> read_asked(Services& s, const http::Request& request,
                                                const auth::Session& person, const World& world) {
  auto view = view_of(request, person, world, s.clock);
  if (!view) return std::unexpected(std::move(view.error()));
  Asked asked{.view = std::move(*view)};
  asked.shelf_view = comment_view(asked.view);
  if (auto refused = read_filter(request, asked.filter)) return std::unexpected(std::move(*refused));
  if (auto limit = request.query.get("limit")) {
    const auto most = whole(*limit);
    if (!most || *most < 1 || *most > page_most)
      return std::unexpected(wrong("limit: a whole number from 1 to 200"));
    asked.most = *most;
  }
  if (auto cursor = request.query.get("cursor")) {
    asked.after = parse_cursor(*cursor);
    if (!asked.after) return std::unexpected(wrong("cursor: as the page before gave it"));
  }
  auto shelf = read_shelf(s, world, asked.shelf_view);
  if (!shelf) return std::unexpected(http::problem_for(shelf.error()));
  asked.filter.cells = shelf->cells;
  asked.shelf = std::move(*shelf);
  return asked;
}

// ---- what is told

// Labels as the survey has them, in the language of the page.
class Words {
 public:
  Words(const Services& s, std::string locale) : s_(s), locale_(std::move(locale)) {}

  Json reasons(const CommentRecord& comment) const {
    const auto known = s_.catalogue.find(comment.survey, comment.survey_version);
    Json list = Json::array();
    for (const std::string& id : comment.said.reasons)
      list.push_back({{"id", id}, {"label", known ? label_of(*known, id) : id}});
    return list;
  }
  std::string question(const CommentRecord& comment) const {
    const auto known = s_.catalogue.find(comment.survey, comment.survey_version);
    return known ? title_of(*known, comment.said.question) : comment.said.question;
  }
  // All that can be named as a reason, once each, in the words of the newest version.
  Json all_reasons() const {
    std::vector<std::string> order;
    std::map<std::string, Json> by_id;
    for (const auto& known : s_.catalogue.all())
      for (const std::string& name : known->metrics.reasons)
        for (const std::string& value : figures::choices_of(*known, name)) {
          const std::string id = name + ":" + value;
          if (!by_id.contains(id)) order.push_back(id);
          by_id[id] = {{"id", id}, {"label", label_of(*known, id)}, {"question", title_of(*known, name)}};
        }
    Json list = Json::array();
    for (const std::string& id : order) list.push_back(std::move(by_id[id]));
    return list;
  }

 private:
  std::string title_of(const figures::KnownSurvey& known, const std::string& name) const {
    const auto* asked = survey::find_question(known.survey, name);
    const std::array chain{locale_};
    return asked ? std::string(asked->title.in(chain)) : name;
  }
  // Of response::Comment::reasons.
  std::string label_of(const figures::KnownSurvey& known, const std::string& id) const {
    for (const std::string& name : known.metrics.reasons)
      if (id.starts_with(name + ":"))
        if (auto label = figures::choice_label(known, name, id.substr(name.size() + 1), locale_))
          return *label;
    return id;
  }

  const Services& s_;
  std::string locale_;
};

Json to_json(const CommentRecord& comment, const World& world, const Words& words) {
  const response::Comment& said = comment.said;
  const auto place = [](const std::string& id, const std::string& name) {
    return Json{{"id", id}, {"name", name}};
  };
  return {{"id", base::to_hex(comment.ref)},
          {"from", date_of(comment.from_day)},
          {"to", date_of(comment.to_day)},
          {"branch",
           comment.branch.empty() ? Json(nullptr) : place(comment.branch, world.branch_name(comment.branch))},
          {"touchpoint", place(comment.touchpoint, world.touchpoint_name(comment.touchpoint))},
          {"language", comment.language},
          {"question", words.question(comment)},
          {"text", said.text},
          {"score", said.metric.empty() ? Json(nullptr)
                                        : Json{{"metric", said.metric},
                                               {"value", said.score},
                                               {"band", stats::name_of(stats::Band(said.band - 1))}}},
          {"reasons", words.reasons(comment)},
          {"status", name_of(comment.status)},
          {"tags", comment.tags}};
}

Json hidden_json(const CommentShelf& shelf, const figures::CommentView& view) {
  if (!shelf.hides_some) return nullptr;
  return {{"at_least", shelf.hidden_at_least},
          {"from", date_of(figures::quarter_of(view.from_day).from)},
          {"to", date_of(figures::quarter_of(view.to_day).to)}};
}

std::string joined(const Json& list, const char* member = nullptr) {
  std::string text;
  for (const Json& one : list)
    text += (text.empty() ? "" : "; ") + (member ? one[member] : one).get<std::string>();
  return text;
}

http::Response export_file(const World& world, const Asked& asked, Json rows, Format format,
                           const std::string& locale, base::Instant now) {
  for (Json& row : rows) {
    row["reasons"] = joined(row["reasons"], "label");
    row["tags"] = joined(row["tags"]);
  }
  sheet::Sheet sheet = table("comments", rows,
                             {{"from", "/from"},
                              {"to", "/to"},
                              {"branch", "/branch/name"},
                              {"touchpoint", "/touchpoint/name"},
                              {"language", "/language"},
                              {"metric", "/score/metric"},
                              {"score", "/score/value", sheet::Kind::whole},
                              {"band", "/score/band"},
                              {"reasons", "/reasons"},
                              {"question", "/question"},
                              {"comment", "/text"},
                              {"status", "/status"},
                              {"tags", "/tags"}});
  sheet.notes = place_notes(asked.view, world, locale);
  sheet.notes.push_back(fmt::format(
      fmt::runtime(locale == "nl" ? "Zonder opmerkingen met minder dan {} bij elkaar: niet getoond."
                                  : "Without comments that have fewer than {} together: not shown."),
      world.threshold().answers()));
  return as_file(sheet, format, "halte-comments", now);
}

// ---- routes

// The audit log tells who has read of which place and time, not what was sought: that may be a name.
base::Status note_reading(Services& s, const auth::Session& person, const Asked& asked, bool as_file) {
  const View& view = asked.view;
  const std::string place = view.branch.value_or(view.region.value_or("all branches"));
  return s.store.audit({person.email, as_file ? "export" : "comments read",
                        fmt::format("{}{}, {}, {} to {}", as_file ? "comments: " : "", place,
                                    view.touchpoint.value_or("all touchpoints"),
                                    date_of(asked.shelf_view.from_day), date_of(asked.shelf_view.to_day))},
                       s.clock.now());
}

struct Found {
  Json comments = Json::array();
  std::string next;  // page's cursor; empty: there is none
};

http::Response page(Services& s, const http::Request& request, const World& world, const Asked& asked,
                    Found found, const Words& words) {
  auto by_status = s.store.comments_by_status(asked.filter);
  if (!by_status) return http::problem_for(by_status.error());
  auto tags = s.store.comment_tags(asked.shelf.cells);
  if (!tags) return http::problem_for(tags.error());
  Json statuses = Json::object();
  for (const auto& [name, status] : status_names) statuses[name] = (*by_status)[status];
  auto reply = http::Response::json(200, {{"comments", std::move(found.comments)},
                                          {"next", found.next.empty() ? Json(nullptr) : Json(found.next)},
                                          {"statuses", std::move(statuses)},
                                          {"hidden", hidden_json(asked.shelf, asked.shelf_view)},
                                          {"tags", std::move(*tags)},
                                          {"reasons", words.all_reasons()},
                                          {"view", to_json(asked.view, world)},
                                          {"k", world.threshold().answers()}});
  if (found.next.empty()) return reply;
  std::string link = "</api/v1/comments?";
  for (const auto& [key, value] : request.query.all())
    if (key != "cursor") link += http::percent_encode(key) + "=" + http::percent_encode(value) + "&";
  reply.headers.add("Link", link + "cursor=" + found.next + ">; rel=\"next\"");
  return reply;
}

http::Response list(Services& s, const http::Request& request, const auth::Session& person) {
  const auto format = format_of(request);
  if (!format) return http::problem(http::Problem::not_acceptable, "JSON, CSV and XLSX are there");
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  auto asked = read_asked(s, request, person, *world);
  if (!asked) return std::move(asked.error());
  const bool as_page = *format == Format::json;
  // Nothing is read that the log does not know of.
  if (auto noted = note_reading(s, person, *asked, !as_page); !noted) return http::problem_for(noted.error());

  // One more than is shown tells whether there is a next page.
  auto comments = as_page ? s.store.comments(asked->filter, asked->after, asked->most + 1)
                          : s.store.comments(asked->filter, std::nullopt, std::numeric_limits<int>::max());
  if (!comments) return http::problem_for(comments.error());
  Found found;
  if (as_page && comments->size() > std::size_t(asked->most)) {
    comments->pop_back();
    found.next = cursor_after(comments->back());
  }
  const std::string locale = page_locale(request);
  const Words words(s, locale);
  for (const CommentRecord& comment : *comments) found.comments.push_back(to_json(comment, *world, words));
  if (as_page) return page(s, request, *world, *asked, std::move(found), words);
  return export_file(*world, *asked, std::move(found.comments), *format, locale, s.clock.now());
}

// One that may be read; else the answer to give.
std::expected<CommentRecord, http::Response> find_readable(Services& s, const World& world,
                                                           const base::Bytes& ref) {
  auto day = s.store.day_of_comment(ref);
  if (!day) return std::unexpected(http::problem_for(day.error()));
  if (!*day) return std::unexpected(none_of_that_id());
  auto shelf = read_shelf(s, world, {.from_day = **day, .to_day = **day});
  if (!shelf) return std::unexpected(http::problem_for(shelf.error()));
  auto found = s.store.comments({.cells = shelf->cells, .ref = ref}, std::nullopt, 1);
  if (!found) return std::unexpected(http::problem_for(found.error()));
  if (found->empty()) return std::unexpected(none_of_that_id());
  return std::move(found->front());
}

std::expected<store::hq::CommentReview, http::Response> read_review(const http::Request& request) {
  auto body = json_body(request);
  if (!body) return std::unexpected(std::move(body.error()));
  base::Problems problems;
  base::ObjectReader o(*body, "", problems);
  store::hq::CommentReview review;
  if (o.has("status")) review.status = o.choice("status", status_names, CommentStatus::fresh);
  if (o.has("tags")) {
    std::vector<std::string> tags;
    for (const std::string& tag : o.texts("tags")) {
      const std::string trimmed(http::trim(tag));
      if (trimmed.empty() || trimmed.size() > tag_most)
        o.problem("tags", "a tag has 1 to 60 bytes");
      else if (std::ranges::find(tags, trimmed) == tags.end())
        tags.push_back(trimmed);
    }
    if (tags.size() > tags_most) o.problem("tags", "a comment has at most 10");
    review.tags = std::move(tags);
  }
  if (!review.status && !review.tags) o.problem("", "names neither status nor tags");
  o.refuse_unknown_keys();
  if (!problems.empty())
    return std::unexpected(http::problem(http::Problem::invalid_content, base::to_string(problems)));
  return review;
}

http::Response review(Services& s, const http::Request& request, const auth::Session& person) {
  auto ref = base::from_hex(request.path_parameters.get_or("id", ""));
  if (!ref || ref->size() != 16) return none_of_that_id();
  auto review = read_review(request);
  if (!review) return std::move(review.error());
  auto world = read_world(s);
  if (!world) return http::problem_for(world.error());
  auto comment = find_readable(s, *world, *ref);
  if (!comment) return std::move(comment.error());
  auto reviewed = s.store.review_comment(*ref, *review);
  if (!reviewed) return http::problem_for(reviewed.error());
  if (!*reviewed) return none_of_that_id();  // erased meanwhile
  // Not the tags themselves: they may be about a person, and go with the comment.
  const std::string change =
      review->status ? "comment: " + std::string(name_of(*review->status)) : "comment tagged";
  (void)s.store.audit({person.email, change, base::to_hex(*ref)}, s.clock.now());
  if (review->status) comment->status = *review->status;
  if (review->tags) comment->tags = std::move(*review->tags);
  return http::Response::json(200, to_json(*comment, *world, Words(s, page_locale(request))));
}

}  // namespace

void add_comment_routes(http::Router& router, Services& s) {
  router.add(for_person(s, "GET", "/api/v1/comments", auth::access::comments,
                        [&s](const auto& request, const auto& person) { return list(s, request, person); }));
  router.add(
      for_person(s, "PATCH", "/api/v1/comments/{id}", auth::access::comments,
                 [&s](const auto& request, const auto& person) { return review(s, request, person); }));
}

}  // namespace halte::api
