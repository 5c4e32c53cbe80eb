// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/doctor/doctor.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

#include "app/kiosk/doctor/checks.h"

namespace halte::kiosk::doctor {
namespace {

// Together less than the 15 s that are promised.
constexpr std::chrono::seconds patience_with_disk{3};
constexpr base::Millis patience_with_checks{10'000};

// Nothing: the disk hangs, and the thread that reads it is left.
std::shared_ptr<const Patient> patient_in_time(const shell::Options& options) {
  std::packaged_task<std::shared_ptr<const Patient>()> task([options] { return read_patient(options); });
  auto patient = task.get_future();
  std::thread(std::move(task)).detach();
  return patient.wait_for(patience_with_disk) == std::future_status::ready ? patient.get() : nullptr;
}

void print(const Findings& findings, bool json) {
  if (json) return fmt::print("{}\n", base::to_text(to_json(findings)));
  for (const Finding& finding : findings) fmt::print("{}\n", line(finding));
  fmt::print("{}\n", summary(findings));
}

}  // namespace

int run_command(const shell::Options& options, const base::Clock& clock) {
  auto patient = patient_in_time(options);
  const bool disk_hangs = !patient;
  if (disk_hangs) patient = unknown_patient(options);
  const Report report = run(all_checks(std::move(patient), clock), patience_with_checks);
  print(report.findings, options.json);
  const int status = int(has_wrong(report.findings) ? base::ExitStatus::failed : base::ExitStatus::done);
  // No destructor may wait for, or pull the ground from under, what still hangs.
  if (std::fflush(stdout); disk_hangs || report.left_behind) std::_Exit(status);
  return status;
}

}  // namespace halte::kiosk::doctor
