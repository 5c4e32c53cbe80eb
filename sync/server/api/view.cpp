// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/view.h"

#include <algorithm>
#include <charconv>

namespace halte::api {

using base::Json;
using stats::Metric;

namespace {

constexpr int longest_days = 1100;
constexpr unsigned place_bit = 1, touchpoint_bit = 2, language_bit = 4, variant_bit = 8;

http::Response wrong(std::string detail) {
  return http::problem(http::Problem::invalid_parameter, std::move(detail));
}

std::optional<std::string> asked(const http::Request& request, std::string_view key) {
  auto value = request.query.get(key);
  return value && !value->empty() ? std::optional<std::string>(*value) : std::nullopt;
}

bool sees_everything(const auth::Session& person) {
  return auth::may(person.roles, auth::access::headquarters);
}

// The place of the link; of a branch manager, never more than the own branches.
std::optional<http::Response> read_place(const http::Request& request, const auth::Session& person,
                                         const World& world, View& view) {
  view.region = asked(request, "region");
  view.branch = asked(request, "branch");
  if (view.branch && !world.branch(*view.branch)) return wrong("branch: there is none of that id");
  if (view.region &&
      std::ranges::find(world.regions, *view.region, &store::hq::RegionRecord::id) == world.regions.end())
    return wrong("region: there is none of that id");
  const auto tree = world.tree();
  if (view.branch) {
    view.branches = {*view.branch};
  } else if (view.region) {
    view.branches.emplace();
    for (const auto& branch : world.branches)
      if (tree.is_in(branch.id, *view.region)) view.branches->push_back(branch.id);
  }
  if (!sees_everything(person)) {
    const auto is_foreign = [&](const std::string& id) {
      return std::ranges::find(person.branches, id) == person.branches.end();
    };
    if (!view.branches) view.branches = person.branches;
    if (std::ranges::any_of(*view.branches, is_foreign)) return http::problem(http::Problem::forbidden);
    if (!view.branch && person.branches.size() == 1) view.branch = person.branches.front();
  }
  view.zone = view.branch ? tree.zone_of(*view.branch) : world.organisation.own.value("zone", "");
  if (view.zone.empty())
    view.zone = world.branches.empty() ? "Etc/UTC" : tree.zone_of(world.branches.front().id);
  return std::nullopt;
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The hour in which that local day begins.
int first_hour(std::chrono::year_month_day date, const std::string& zone, int days_later) {
  const base::Instant noon{std::chrono::sys_days{date} + std::chrono::hours(12)};
  return base::hours_since_epoch(*base::start_of_day(noon, zone, days_later));
}

std::expected<Period, http::Response> dates_of(const http::Request& request, const std::string& zone) {
  const auto from = base::parse_date(request.query.get_or("from", ""));
  const auto to = base::parse_date(request.query.get_or("to", ""));
  if (!from || !to) return std::unexpected(wrong("from and to: two days, as 2026-11-01"));
  const auto days = (std::chrono::sys_days{*to} - std::chrono::sys_days{*from}).count() + 1;
  if (days < 1 || days > longest_days)
    return std::unexpected(wrong("from and to: between 1 and 1100 days, the earlier one first"));
  return Period{first_hour(*from, zone, 0), first_hour(*to, zone, 1), int(days)};
}

// Whole days up to and with today; of today, the hours up to now.
std::expected<Period, http::Response> last_days(const http::Request& request, const std::string& zone,
                                                base::Instant now) {
  const auto days = whole(request.query.get_or("days", "30"));
  if (!days || *days < 1 || *days > longest_days)
    return std::unexpected(wrong("days: a whole number from 1 to 1100"));
  return Period{base::hours_since_epoch(*base::start_of_day(now, zone, 1 - *days)),
                base::hours_since_epoch(now) + 1, *days};
}

figures::Meaning meaning_of(const Services& s, const store::hq::CountRow& row) {
  auto known = s.catalogue.find(row.survey, row.survey_version);
  return known ? known->meaning_of(row.question) : figures::Meaning{};
}

// Which filters select the row; one that is not set selects everything.
unsigned selected_by(const View& view, const store::hq::CountRow& row) {
  unsigned part = 0;
  if (!view.touchpoint || row.touchpoint == *view.touchpoint) part |= touchpoint_bit;
  if (!view.language || row.locale == *view.language) part |= language_bit;
  if (!view.variant || row.variant == *view.variant) part |= variant_bit;
  return part;
}

template <class Named>
Json named(const std::optional<std::string>& id, Named name) {
  return id ? Json{{"id", *id}, {"name", name(*id)}} : Json(nullptr);
}

}  // namespace

std::expected<View, http::Response> view_of(const http::Request& request, const auth::Session& person,
                                            const World& world, const base::Clock& clock) {
  View view;
  if (auto refused = read_place(request, person, world, view)) return std::unexpected(std::move(*refused));
  const bool by_dates = request.query.get("from") || request.query.get("to");
  auto period = by_dates ? dates_of(request, view.zone) : last_days(request, view.zone, clock.now());
  if (!period) return std::unexpected(std::move(period.error()));
  view.period = *period;
  view.touchpoint = asked(request, "touchpoint");
  if (view.touchpoint && !world.touchpoint(*view.touchpoint))
    return std::unexpected(wrong("touchpoint: there is none of that id"));
  view.language = asked(request, "language");
  view.variant = asked(request, "variant");
  const auto metric = stats::metric_named(request.query.get_or("metric", "nps"));
  if (!metric) return std::unexpected(wrong("metric: nps, emotion, csat, ces or stars"));
  view.metric = *metric;
  return view;
}

Json to_json(const View& view, const World& world) {
  Json json{{"period", to_json(view.period)},
            {"zone", view.zone},
            {"metric", stats::name_of(view.metric)},
            {"region", named(view.region, [&](const auto& id) { return world.region_name(id); })},
            {"branch", named(view.branch, [&](const auto& id) { return world.branch_name(id); })},
            {"touchpoint", named(view.touchpoint, [&](const auto& id) { return world.touchpoint_name(id); })},
            {"language", view.language ? Json(*view.language) : Json(nullptr)},
            {"variant", view.variant ? Json(*view.variant) : Json(nullptr)}};
  return json;
}

base::Status for_each_count(Services& s, const View& view, const Period& period, store::hq::Grain grain,
                            const std::function<void(const ViewRow&)>& take) {
  store::hq::CountFilter filter{.branches = view.branches,
                                .from_hour = period.from_hour,
                                .to_hour = period.to_hour,
                                .by_audience = true};
  const unsigned all_selected = place_bit | touchpoint_bit | language_bit | variant_bit;
  auto here = s.store.counts(filter, grain);
  if (!here) return std::unexpected(here.error());
  for (const auto& row : *here) {
    const unsigned part = selected_by(view, row) | place_bit;
    take({row, meaning_of(s, row), part, part == all_selected, 1});
    if (view.branches) take({row, meaning_of(s, row), part & ~place_bit, false, -1});
  }
  if (!view.branches) return {};
  filter.branches.reset();
  filter.by_branch = false;
  auto everywhere = s.store.counts(filter, grain);
  if (!everywhere) return std::unexpected(everywhere.error());
  for (const auto& row : *everywhere) take({row, meaning_of(s, row), selected_by(view, row), false, 1});
  return {};
}

void ViewCell::add(const ViewRow& r) {
  if (r.row.question == response::ended_question) parts.add_responses(r.part, r.sign * r.row.n);
  if (r.meaning.metric) parts.add(*r.meaning.metric, r.part, r.sign * r.row.n);
  if (r.is_selected) counted.add(r.row, r.meaning);
}

figures::Counted ViewCell::released(stats::Threshold threshold) const {
  figures::Counted shown = counted;
  for (auto* summary : {&shown.clean, &shown.flagged, &shown.all}) {
    std::erase_if(summary->scores,
                  [&](const auto& score) { return !parts.releases(score.first, threshold); });
    if (parts.releases_responses(threshold)) continue;
    summary->ended.clear();
    summary->reasons.clear();
  }
  return shown;
}

const base::LocalTime& LocalHours::at(const std::string& branch, int hour) {
  auto [known, fresh] = known_.try_emplace({branch, hour});
  if (fresh)
    known->second = base::to_local(base::Instant{std::chrono::hours(hour)},
                                   branch.empty() ? zone_ : tree_.zone_of(branch))
                        .value_or(base::LocalTime{});
  return known->second;
}

}  // namespace halte::api
