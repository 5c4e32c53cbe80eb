// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/manager/model/print_view.h"
#include "app/runtime/messages.h"

// Days of a shop as the kiosk counted them, for the print of the day.
namespace halte::manager::test {

inline constexpr const char* zone = "Europe/Amsterdam";
inline const std::vector<std::string> languages{"nl", "en", "de", "fr", "tr", "pl", "ar"};

inline base::Instant closing_time() { return *base::parse_rfc3339("2026-11-27T16:15:00Z"); }  // a Friday
inline base::Instant printed_at() { return *base::parse_rfc3339("2026-11-27T16:22:10Z"); }

using Rows = std::vector<response::CountRow>;

struct Counted {
  std::string measures, bin;
  std::int64_t n = 0;
  int band = 0;
  bool flagged = false;
};

inline void add(Rows& rows, base::Instant at, const Counted& counted) {
  response::CountRow row;
  row.survey = "visit";
  row.survey_version = 1;
  row.question = counted.measures.empty() ? std::string(response::ended_question) : counted.measures;
  row.measures = counted.measures;
  row.bin = counted.bin;
  row.band = counted.band;
  row.flagged = counted.flagged;
  row.hour = base::hours_since_epoch(at);
  row.n = counted.n;
  if (row.n > 0) rows.push_back(row);
}

// One hour in which `crowd` times a good mixture of people answered `metrics`; with a queue it is a worse
// one.
inline void add_hour(Rows& rows, base::Instant at, int crowd, bool queue,
                     const std::vector<std::string>& metrics) {
  const std::array<int, 5> faces = queue ? std::array{3, 4, 3, 3, 2} : std::array{1, 1, 2, 5, 6};
  for (const std::string& metric : metrics) {
    if (metric == "nps") {
      for (const auto& [value, n] :
           std::map<int, int>{{3, 1}, {6, queue ? 4 : 1}, {7, 2}, {8, 3}, {9, 3}, {10, 3}})
        add(rows, at, {metric, std::to_string(value), n * crowd});
      continue;
    }
    const int least = metric == "ces" ? 3 : 1;
    for (int face = 0; face < 5; ++face)
      add(rows, at, {metric, std::to_string(face + least), faces[std::size_t(face)] * crowd});
  }
  for (const auto& [reason, n] : std::map<std::string, int>{
           {"staff", 6}, {"speed", 3}, {"choice", 4}, {"price", 2}, {"help", 2}, {"clean", 1}})
    add(rows, at, {"reason", reason, n * crowd, 3});
  for (const auto& [reason, n] :
       std::map<std::string, int>{{"wait", queue ? 5 : 1}, {"price", 1}, {"choice", 1}})
    add(rows, at, {"reason", reason, n * crowd, 1});
  for (const auto& [how, n] : std::map<std::string, int>{{"complete", 13}, {"timeout", 2}})
    add(rows, at, {"", how, n * crowd});
}

// `day` days before that of closing_time(): from nine to five, hardly anybody in the first hour.
inline Rows busy_day(const std::vector<std::string>& metrics, int day = 0) {
  Rows rows;
  const base::Instant midnight = *base::start_of_day(closing_time(), zone, -day);
  for (int hour = 9; hour <= 16; ++hour) {
    const base::Instant at = midnight + std::chrono::hours(hour);
    if (hour == 9)
      add(rows, at, {metrics.front(), "4", 3});
    else if (hour != 12)
      add_hour(rows, at, hour < 13 ? 1 : 2, hour == 16 || day > 0, metrics);
  }
  for (const char* bin : {"1", "2"})
    if (day == 0 && metrics.front() != "nps")
      add(rows, midnight + std::chrono::hours(11), {metrics.front(), bin, 9, 0, true});
  return rows;
}

// Nine answers, one fewer than may be shown.
inline Rows quiet_day() {
  Rows rows;
  const base::Instant at = *base::start_of_day(closing_time(), zone) + std::chrono::hours(10);
  for (const auto& [face, n] : std::map<int, int>{{1, 2}, {4, 4}, {5, 3}})
    add(rows, at, {"emotion", std::to_string(face), n});
  add(rows, at, {"reason", "staff", 7, 3});
  add(rows, at, {"reason", "wait", 2, 1});
  add(rows, at, {"", "complete", 9});
  return rows;
}

inline model::Snapshot snapshot_of(const Rows& today, const Rows& yesterday, std::int64_t k = 10) {
  model::Snapshot snapshot;
  snapshot.is_configured = true;
  snapshot.at = closing_time();
  for (std::size_t i = 0; i < model::periods.size(); ++i) {
    const auto period = figures::period_of(model::periods[i], snapshot.at, zone);
    snapshot.figures[i].report = figures::report_of(period, today, yesterday, stats::Threshold(k), zone);
    snapshot.figures[i].coverage = {std::chrono::minutes(420), std::chrono::minutes(20),
                                    std::chrono::minutes(35)};
  }
  snapshot.outbox = {.captured = 1329,
                     .acknowledged = 1322,
                     .pending = 5,
                     .parked = 2,
                     .oldest_pending = closing_time() - std::chrono::minutes(45),
                     .next_due = {}};
  snapshot.identity = {"Balie 1",
                       "Utrecht Centraal",
                       "Servicebalie",
                       "utrecht-balie-1",
                       "https://hq.halte.example",
                       "halte 0.1.0",
                       zone,
                       27'400'000'000};
  return snapshot;
}

inline model::Snapshot busy() {
  return snapshot_of(busy_day({"emotion", "nps"}), busy_day({"emotion", "nps"}, 1));
}
inline model::Snapshot quiet() { return snapshot_of(quiet_day(), {}); }
inline model::Snapshot empty() {
  auto snapshot = snapshot_of({}, {});
  snapshot.outbox = {};
  return snapshot;
}
// All that a survey can ask for.
inline model::Snapshot full() {
  const std::vector<std::string> all{"emotion", "nps", "csat", "ces", "stars"};
  return snapshot_of(busy_day(all), busy_day(all, 1));
}

inline model::Snapshot long_names() {
  auto snapshot = full();
  snapshot.identity.branch = "Amsterdam Bijlmer ArenA Winkelboulevard Zuidoost";
  snapshot.identity.touchpoint = "Servicebalie naast de hoofdingang aan de Hoogoorddreef";
  return snapshot;
}

inline std::string reason_words(const figures::Reason& reason, const std::string& language) {
  using ByLanguage = std::map<std::string, std::string>;
  static const std::map<std::string, ByLanguage> words{
      {"staff",
       {{"nl", "Vriendelijk personeel"},
        {"de", "Freundliches Personal"},
        {"en", "Friendly staff"},
        {"ar", "موظفون ودودون"}}},
      {"wait",
       {{"nl", "Wachttijd"},
        {"de", "Wartezeit an der Kasse"},
        {"en", "Waiting time"},
        {"ar", "وقت الانتظار"}}},
      {"speed",
       {{"nl", "Snelle hulp"}, {"de", "Schnelle Hilfe"}, {"en", "Quick help"}, {"ar", "مساعدة سريعة"}}},
      {"choice",
       {{"nl", "Ruime keuze"}, {"de", "Große Auswahl"}, {"en", "Wide choice"}, {"ar", "تشكيلة واسعة"}}},
      {"help", {{"nl", "Goede uitleg"}, {"de", "Gute Erklärung"}, {"en", "Good advice"}, {"ar", "شرح جيد"}}},
      {"clean",
       {{"nl", "Schone winkel"}, {"de", "Saubere Filiale"}, {"en", "Clean shop"}, {"ar", "متجر نظيف"}}},
      {"price", {{"nl", "Prijzen"}, {"de", "Preise"}, {"en", "Prices"}, {"ar", "الأسعار"}}}};
  const ByLanguage& in = words.at(reason.share.reason);
  return in.contains(language) ? in.at(language) : in.at("en");
}

// The program's own words, and the prints made with them.
class Office {
 public:
  Office() {
    auto messages = runtime::Messages::create(std::filesystem::path(HALTE_BINARY_DIR) / "share/halte/locale",
                                              "halte-manager", languages);
    REQUIRE(messages);
    messages_.emplace(std::move(*messages));
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  model::Words words() const { return {say_, reason_, languages}; }
  model::PrintView view(const model::Snapshot& snapshot, const std::string& language) const {
    return model::print_view(snapshot, words(), language, printed_at());
  }

  std::vector<std::string> asked;  // ids of sentences

 private:
  std::optional<runtime::Messages> messages_;
  model::Say say_ = [this](const std::string& id, const std::string& language) {
    asked.push_back(id);
    return messages_->text(id, language);
  };
  model::ReasonLabel reason_ = reason_words;
};

}  // namespace halte::manager::test
