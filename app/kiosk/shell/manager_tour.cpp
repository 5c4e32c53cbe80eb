// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/manager_tour.h"

#include <array>
#include <map>

#include "app/kiosk/shell/manager.h"
#include "app/manager/model/update.h"

namespace halte::kiosk::shell {
namespace {

using namespace manager::model;
using Show = std::function<void(const std::string&, const View&)>;

constexpr const char* zone = "Europe/Amsterdam";
constexpr const char* sample_server = "https://hq.halte.example";

base::Instant afternoon() { return *base::parse_rfc3339("2026-11-26T15:15:00Z"); }  // a Thursday

response::CountRow row(int hour, std::string measures, std::string bin, std::int64_t n, int band = 0) {
  response::CountRow row;
  row.survey = "visit";
  row.survey_version = 1;
  row.question = measures;
  row.measures = std::move(measures);
  row.bin = std::move(bin);
  row.hour = hour;
  row.band = band;
  row.n = n;
  return row;
}

// A shop from nine to six, busier in the afternoon, with a queue before closing time.
void add_hour(std::vector<response::CountRow>& rows, int hour, int local, int crowd) {
  const bool is_queue = local >= 16;
  const std::array<int, 5> faces = is_queue ? std::array{3, 4, 3, 4, 3} : std::array{1, 1, 2, 5, 6};
  for (int face = 1; face <= 5; ++face)
    rows.push_back(row(hour, "emotion", std::to_string(face), faces[std::size_t(face - 1)] * crowd));
  for (const auto& [value, n] : std::map<int, int>{{3, 1}, {6, 1}, {7, 2}, {8, 3}, {9, 3}, {10, 3}})
    rows.push_back(row(hour, "nps", std::to_string(value), n * crowd));
  for (const auto& [reason, n] :
       std::map<std::string, int>{{"staff", 6}, {"speed", 3}, {"choice", 4}, {"price", 2}})
    rows.push_back(row(hour, "reason", reason, n * crowd, 3));
  for (const auto& [reason, n] : std::map<std::string, int>{{"wait", is_queue ? 5 : 1}, {"price", 1}})
    rows.push_back(row(hour, "reason", reason, n * crowd, 1));
  for (const auto& [how, n] : std::map<std::string, int>{{"complete", 13}, {"timeout", 2}}) {
    auto ended = row(hour, "", how, n * crowd);
    ended.question = response::ended_question;
    rows.push_back(ended);
  }
}

std::vector<response::CountRow> shop(base::Instant from, base::Instant to) {
  std::vector<response::CountRow> rows;
  for (base::Instant at = from; at < to; at += std::chrono::hours(1)) {
    const auto local = *base::to_local(at, zone);
    const int hour = local.minute_of_day / 60;
    if (local.weekday == 6 || hour < 9 || hour > 17) continue;
    add_hour(rows, base::hours_since_epoch(at), hour, hour == 9 ? 0 : hour < 13 ? 1 : 2);
    if (hour != 9) continue;
    rows.push_back(row(base::hours_since_epoch(at), "emotion", "4", 3));
    rows.push_back(row(base::hours_since_epoch(at), "", "complete", 3));
    rows.back().question = response::ended_question;
  }
  return rows;
}

std::shared_ptr<const Snapshot> sample_snapshot() {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->is_configured = true;
  snapshot->at = afternoon();
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const auto period = figures::period_of(periods[i], snapshot->at, zone);
    auto before = shop(period.before, period.from);
    for (auto& counted : before) counted.n = (counted.n + 1) / 2;
    snapshot->figures[i].report =
        figures::report_of(period, shop(period.from, period.to), before, stats::Threshold(10), zone);
    snapshot->figures[i].coverage = {std::chrono::minutes(370), std::chrono::minutes(i == 0 ? 0 : 35),
                                     std::chrono::minutes(20)};
  }
  snapshot->outbox = {.captured = 1329,
                      .acknowledged = 1322,
                      .pending = 5,
                      .parked = 2,
                      .oldest_pending = afternoon(),
                      .next_due = {}};
  snapshot->parked = {
      {.seq = 811, .type = outbox::ItemType::response, .id = {}, .reason = "rejected: conflict", .body = {}},
      {.seq = 1204,
       .type = outbox::ItemType::response,
       .id = {},
       .reason = "rejected: malformed",
       .body = {}}};
  snapshot->link = {"ok", "", afternoon(), 20788};
  snapshot->identity = {"Balie 1",     "Utrecht Centraal", "Servicebalie", "utrecht-balie-1",
                        sample_server, "halte 0.1.0",      zone,           27'400'000'000};
  return snapshot;
}

// Of a day on which nobody came.
std::shared_ptr<const Snapshot> quiet_snapshot() {
  auto empty = std::make_shared<Snapshot>(*sample_snapshot());
  for (std::size_t i = 0; i < periods.size(); ++i)
    empty->figures[i].report = figures::report_of(figures::period_of(periods[i], empty->at, zone), {}, {},
                                                  stats::Threshold(10), zone);
  return empty;
}

// Enrolled, and headquarters has nothing to ask, or does not answer.
std::shared_ptr<const Snapshot> waiting_snapshot() {
  auto waiting = std::make_shared<Snapshot>();
  waiting->link = {"offline", "no route", std::nullopt, 0};
  waiting->identity.kiosk_id = "utrecht-balie-1";
  waiting->identity.server_url = sample_server;
  waiting->identity.software = "halte 0.1.0";
  return waiting;
}

std::string sample_reason(const figures::Reason& reason, const std::string& language) {
  static const std::map<std::string, std::map<std::string, std::string>> words{
      {"staff", {{"nl", "Vriendelijk personeel"}, {"de", "Freundliches Personal"}, {"en", "Friendly staff"}}},
      {"wait", {{"nl", "Wachttijd"}, {"de", "Wartezeit"}, {"en", "Waiting time"}}},
      {"speed", {{"nl", "Snelle hulp"}, {"de", "Schnelle Hilfe"}, {"en", "Quick help"}}},
      {"choice", {{"nl", "Ruime keuze"}, {"de", "Große Auswahl"}, {"en", "Wide choice"}}},
      {"price", {{"nl", "Prijzen"}, {"de", "Preise"}, {"en", "Prices"}}}};
  const auto& in = words.at(reason.share.reason);
  return in.contains(language) ? in.at(language) : in.at("en");
}

// A view with a clock that stands still, and nobody behind it.
class Guide {
 public:
  Guide(const std::string& language, const Say& say) : say_(say), state_(first_state(language, now_)) {}

  void send(const Intent& intent) { state_ = update(std::move(state_), intent, now_).state; }
  void type(const char* digits) {
    for (; *digits; ++digits) send(PressDigit{*digits - '0'});
  }
  void wait(base::Millis time) { now_ += time; }
  View look() const { return view(state_, {say_, reason_, languages_}, now_); }

 private:
  const Say& say_;
  ReasonLabel reason_ = sample_reason;
  std::vector<std::string> languages_ = manager_languages();
  base::Millis now_{3'600'000};
  State state_;
};

void open(Guide& guide, bool must_change = false) {
  guide.send(Open{});
  guide.send(Arrived{site::Pin{"hash", 1, must_change, 0}, true, sample_server, {}});
  guide.type("483920");
  guide.send(Enter{});
  guide.send(PinChecked{{true, {"hash", 1, must_change, 0}}});
}

// A kiosk out of its box that knows where its headquarters is.
void show_approval(const std::string& language, const Say& say, const Show& show) {
  Guide guide(language, say);
  guide.send(Open{});
  guide.send(Arrived{std::nullopt, false, sample_server, {}});
  guide.send(NotHeard{Answer::unreachable});
  show("manager/approval-unheard", guide.look());
  guide.wait(std::chrono::minutes(1));
  guide.send(Tick{});
  guide.send(Waits{"7Q4K-M2XD-9RTB-5HNE", std::string(sample_server) + "/enrol#7Q4KM2XD9RTB5HNE",
                   std::chrono::seconds(5)});
  show("manager/approval", guide.look());
  guide.wait(std::chrono::minutes(1));
  guide.send(Tick{});
  guide.send(NotHeard{Answer::not_trusted});
  show("manager/approval-lost", guide.look());
  guide.send(Approved{});
  show("manager/approval-done", guide.look());
}

// A kiosk out of its box.
void show_enrolment(const std::string& language, const Say& say, const Show& show) {
  Guide guide(language, say);
  guide.send(Open{});
  guide.send(Arrived{std::nullopt, false, "", {}});
  show("manager/enrolment", guide.look());
  guide.send(Type{{ui::InsertText{"hq.halte.example"}, ui::PressDone{}}});
  show("manager/enrolment-code", guide.look());
  guide.send(Type{{ui::InsertText{"ABCD-EFGH-JKMN-PQRS"}, ui::PressDone{}}});
  guide.send(Answered{Answer::not_trusted});
  show("manager/enrolment-refused", guide.look());
  guide.send(FillIn{Form::network});
  guide.send(Type{{ui::InsertText{"proxy.halte.example:3128"}, ui::PressDone{}}});
  guide.send(Leave{});
  show("manager/enrolment-proxy", guide.look());
}

void show_settings(Guide& guide, const Show& show) {
  guide.send(ShowPage{Page::settings});
  guide.send(TurnKnob{Knob::brightness, -3});
  show("manager/settings", guide.look());
  for (int i = 0; i < 2; ++i) guide.send(TurnKnob{Knob::sleep, 1});
  show("manager/settings-hours", guide.look());
  guide.send(MeasureGlass{});
  show("manager/measure", guide.look());
  guide.send(KeepSize{21.5});
  guide.send(MeasureGlass{});
  show("manager/measure-again", guide.look());
  guide.send(Leave{});
  guide.send(TestTouch{});
  guide.send(TouchFields{4, 8, {0, 1, 4, 5, 9, 10}});
  show("manager/touch", guide.look());
  guide.send(Leave{});
  show("manager/settings-tested", guide.look());
  guide.send(FillIn{Form::network});
  guide.send(CertificatesTaken{"-----BEGIN CERTIFICATE-----"});
  show("manager/network", guide.look());
}

}  // namespace

void walk_manager(const std::string& language, const Say& say, const Show& show) {
  Guide locked(language, say);
  locked.send(Open{});
  locked.send(Arrived{std::nullopt, true, sample_server, {}});
  show("manager/no-pin", locked.look());
  locked.send(Arrived{site::Pin{"hash", 1, false, 0}, true, sample_server, {}});
  locked.type("4839");
  show("manager/locked", locked.look());
  locked.type("21");
  locked.send(Enter{});
  locked.send(PinChecked{{false, {"hash", 1, false, 1}}});
  show("manager/wrong-pin", locked.look());
  locked.send(PinChecked{{false, {"hash", 1, false, 7}}});
  show("manager/wait", locked.look());

  Guide first(language, say);
  open(first, true);
  show("manager/pin", first.look());
  first.type("123456");
  first.send(Enter{});
  show("manager/pin-weak", first.look());

  Guide waiting(language, say);
  open(waiting);
  waiting.send(Loaded{waiting_snapshot()});
  show("manager/unasked", waiting.look());

  Guide guide(language, say);
  open(guide);
  guide.send(Loaded{sample_snapshot()});
  for (const auto& [period, name] :
       {std::pair{figures::PeriodKind::day, "score"}, {figures::PeriodKind::month, "score-month"}}) {
    guide.send(ShowPeriod{period});
    show(std::string("manager/") + name, guide.look());
  }
  for (const auto& [page, name] : {std::pair{Page::hours, "hours"}, {Page::reasons, "reasons"}}) {
    guide.send(ShowPage{page});
    show(std::string("manager/") + name, guide.look());
  }
  guide.send(ShowAs{true});
  for (const auto& [page, name] : {std::pair{Page::score, "score-table"},
                                   {Page::hours, "hours-table"},
                                   {Page::reasons, "reasons-table"}}) {
    guide.send(ShowPage{page});
    show(std::string("manager/") + name, guide.look());
  }
  for (const auto& [page, name] : {std::pair{Page::delivery, "delivery"}, {Page::kiosk, "kiosk"}}) {
    guide.send(ShowPage{page});
    show(std::string("manager/") + name, guide.look());
  }
  guide.send(FillIn{Form::receipt});
  guide.send(Type{{ui::InsertText{"TQFR-FVQ3"}}});
  show("manager/code", guide.look());
  guide.send(Leave{});

  show_settings(guide, show);
  show_enrolment(language, say, show);
  show_approval(language, say, show);

  Guide quiet(language, say);
  open(quiet);
  quiet.send(Loaded{quiet_snapshot()});
  show("manager/score-quiet", quiet.look());
}

PrintView sample_print(const std::string& language, const Say& say, bool is_quiet) {
  const auto snapshot = is_quiet ? quiet_snapshot() : sample_snapshot();
  const ReasonLabel reason = sample_reason;
  const std::vector<std::string> languages = manager_languages();
  return print_view(*snapshot, {say, reason, languages}, language, snapshot->at);
}

}  // namespace halte::kiosk::shell
