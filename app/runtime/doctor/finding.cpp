// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/doctor/finding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

namespace halte::runtime::doctor {
namespace {

// Of that level, each subject once.
std::vector<std::string> subjects(const Findings& findings, Level level) {
  std::vector<std::string> found;
  for (const Finding& finding : findings)
    if (finding.level == level && std::ranges::find(found, finding.subject) == found.end())
      found.push_back(finding.subject);
  return found;
}

std::string counted(const Findings& findings, Level level, std::string_view one, std::string_view many) {
  const auto count = std::ranges::count(findings, level, &Finding::level);
  if (count == 0) return {};
  return fmt::format("{} {} ({}), ", count, count == 1 ? one : many,
                     fmt::join(subjects(findings, level), ", "));
}

}  // namespace

std::string_view to_string(Level level) {
  switch (level) {
    case Level::ok: return "ok";
    case Level::warning: return "warning";
    case Level::wrong: return "wrong";
  }
  return {};
}

Report run(std::vector<Check> checks, base::Millis patience) {
  std::vector<std::future<Findings>> answers;
  for (const Check& check : checks) {
    std::packaged_task<Findings()> task(check.run);
    answers.push_back(task.get_future());
    std::thread(std::move(task)).detach();
  }
  const auto end = std::chrono::steady_clock::now() + patience;
  Report report;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (answers[i].wait_until(end) == std::future_status::ready) {
      for (Finding& finding : answers[i].get()) report.findings.push_back(std::move(finding));
    } else {
      report.left_behind = true;
      report.findings.push_back({Level::wrong, checks[i].subject,
                                 fmt::format("gave no answer within {} s", patience.count() / 1000),
                                 checks[i].when_silent});
    }
  }
  return report;
}

bool has_wrong(const Findings& findings) {
  return std::ranges::find(findings, Level::wrong, &Finding::level) != findings.end();
}

std::string line(const Finding& finding) {
  return fmt::format("{:<9}{}: {}{}{}", to_string(finding.level), finding.subject, finding.cause,
                     finding.mend.empty() ? "" : "; ", finding.mend);
}

std::string summary(const Findings& findings) {
  return counted(findings, Level::wrong, "wrong", "wrong") +
         counted(findings, Level::warning, "warning", "warnings") +
         fmt::format("{} ok", std::ranges::count(findings, Level::ok, &Finding::level));
}

base::Json to_json(const Findings& findings) {
  const auto count = [&](Level level) { return std::ranges::count(findings, level, &Finding::level); };
  base::Json json{{"findings", base::Json::array()},
                  {"wrong", count(Level::wrong)},
                  {"warnings", count(Level::warning)},
                  {"ok", count(Level::ok)}};
  for (const Finding& finding : findings)
    json["findings"].push_back({{"level", to_string(finding.level)},
                                {"subject", finding.subject},
                                {"cause", finding.cause},
                                {"mend", finding.mend}});
  return json;
}

int tell(const Report& report, bool json) {
  if (json) {
    fmt::print("{}\n", base::to_text(to_json(report.findings)));
  } else {
    for (const Finding& finding : report.findings) fmt::print("{}\n", line(finding));
    fmt::print("{}\n", summary(report.findings));
  }
  const int status = int(has_wrong(report.findings) ? base::ExitStatus::failed : base::ExitStatus::done);
  if (std::fflush(stdout); report.left_behind) std::_Exit(status);
  return status;
}

}  // namespace halte::runtime::doctor
