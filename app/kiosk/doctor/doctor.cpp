// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/doctor/doctor.h"

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

}  // namespace

int run_command(const shell::Options& options, const base::Clock& clock) {
  auto patient = patient_in_time(options);
  const bool disk_hangs = !patient;
  if (disk_hangs) patient = unknown_patient(options);
  auto report = runtime::doctor::run(all_checks(std::move(patient), clock), patience_with_checks);
  report.left_behind = report.left_behind || disk_hangs;
  return runtime::doctor::tell(report, options.json);
}

}  // namespace halte::kiosk::doctor
