// SPDX-License-Identifier: Apache-2.0
#include "sync/client/worker.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace halte::client {
namespace {

constexpr base::Millis longest_pause{60 * 60'000};
constexpr base::Millis store_retry{5'000};     // the kiosk's own disk
constexpr base::Millis shortest_sleep{1'000};  // for an item that is due but could not be claimed

constexpr const char* numbers_used_twice =
    "an older copy of this kiosk's database was put back, or a copy of it runs on another machine: numbers "
    "were used twice. It goes on with new ones, and every answer that is here will arrive";

bool changed_state(const DeviceState& now, const DeviceState& then) {
  return now.screen != then.screen || now.database != then.database;
}

}  // namespace

Worker::Worker(const Ports& ports, ConfigurationCheck check, const Schedule& schedule)
    : ports_(ports),
      schedule_(schedule),
      uploader_(ports.outbox, ports.http, ports.clock, ports.random),
      fetcher_(ports.identity, ports.http, ports.clock, std::move(check)) {}

base::Millis Worker::step(const DeviceState& device) {
  auto done = work(device);
  if (done) done = publish();
  if (done) return until_next();
  ports_.log->error("{}", base::to_string(done.error()));
  status_.state = SyncState::failed;
  status_.reason = base::to_string(done.error());
  tell();
  return store_retry;
}

void Worker::link_came_up() {
  for (Job* job : {&upload_, &heartbeat_, &configuration_})
    if (job->trouble && job->trouble->state == SyncState::offline) job->due = {};
}

void Worker::route_changed() {
  for (Job* job : {&upload_, &heartbeat_, &configuration_})
    if (job->trouble && job->trouble->status == 0) job->due = {};
}

base::Status Worker::work(const DeviceState& device) {
  more_ = false;
  if (auto met = meet_enrolment(); !met || !enrolment_) return met;
  base::Millis now = ports_.clock.steady();
  if (now >= std::max(upload_.due, paused_until_))
    if (auto done = upload(device); !done) return done;
  if (now >= heartbeat_.due || !told_ || changed_state(device, *told_))
    if (auto done = beat(device); !done) return done;
  if (now >= configuration_.due) return fetch();
  return {};
}

// At the start, and with another identity, everything begins anew: what was refused before, by a server that
// has been mended since or by another one, is asked once more.
base::Status Worker::meet_enrolment() {
  auto enrolment = ports_.identity.enrolment();
  if (!enrolment) return std::unexpected(enrolment.error());
  if (*enrolment == enrolment_) return {};
  auto configuration = stored_configuration(ports_.identity);  // one that cannot be read is none
  if (auto freed = ports_.outbox.unpark(); !freed) return std::unexpected(freed.error());
  enrolment_ = std::move(*enrolment);
  upload_ = heartbeat_ = configuration_ = {};
  paused_until_ = {};
  told_.reset();
  coverage_until_.reset();
  status_.configuration_version = configuration && *configuration ? (*configuration)->version : 0;
  status_.configuration_problem.clear();
  return {};
}

base::Status Worker::upload(const DeviceState& device) {
  auto epoch = ports_.identity.epoch();
  if (!epoch) return std::unexpected(epoch.error());
  auto report = uploader_.cycle(*enrolment_, *epoch, device.clock_synced);
  if (!report) return std::unexpected(report.error());
  status_.delivered += report->delivered;
  if (report->delivered > 0) upload_.failures = 0;
  if (report->new_epoch) ports_.log->warn(numbers_used_twice);
  if (report->parked > 0) ports_.log->warn("{} items parked: the server refused them", report->parked);
  if (report->trouble) {
    back_off(upload_, *report->trouble);
    upload_.due = ports_.clock.steady() +
                  schedule_.retry.delay(upload_.failures, upload_.trouble->retry_after, ports_.random);
    return {};
  }
  more_ = report->claimed > 0;
  if (report->requests > 0) in_contact(upload_);
  return {};
}

base::Status Worker::add_coverage(protocol::Heartbeat& heartbeat, const DeviceState& device) {
  if (!device.clock_synced || !coverage_until_) return {};
  auto spans = ports_.coverage.coverage(*coverage_until_, ports_.clock.now());
  if (!spans) return std::unexpected(spans.error());
  std::erase_if(*spans, [](const site::CoverageSpan& span) { return span.began == span.ended; });
  spans->resize(std::min(spans->size(), protocol::max_coverage_spans));
  heartbeat.coverage = std::move(*spans);
  return {};
}

base::Status Worker::beat(const DeviceState& device) {
  auto epoch = ports_.identity.epoch();
  if (!epoch) return std::unexpected(epoch.error());
  auto outbox = ports_.outbox.status();
  if (!outbox) return std::unexpected(outbox.error());
  auto heartbeat = make_heartbeat(device, *outbox, *epoch, status_.configuration_version,
                                  status_.clock_offset, ports_.clock.now());
  if (auto added = add_coverage(heartbeat, device); !added) return added;
  auto answer = send_heartbeat(heartbeat, *enrolment_, ports_.http, ports_.clock);
  told_ = device;
  base::Millis now = ports_.clock.steady();
  heartbeat_.due = now + schedule_.heartbeat;
  if (!answer) {
    back_off(heartbeat_, answer.error());
    base::Millis asked =
        std::min(answer.error().retry_after.value_or(base::Millis{0}), schedule_.retry.longest_retry_after);
    heartbeat_.due = now + std::max(schedule_.heartbeat, asked);
    return {};
  }
  in_contact(heartbeat_);
  status_.clock_offset = answer->clock_offset;
  coverage_until_ = answer->reply.coverage_until;
  std::int64_t pause_s = std::min(answer->reply.pause_s, std::int64_t{longest_pause.count() / 1000});
  paused_until_ = now + std::chrono::seconds(pause_s);
  if (answer->reply.new_epoch) {
    ports_.log->warn(numbers_used_twice);
    if (auto begun = ports_.outbox.begin_epoch(outbox::make_epoch(ports_.random)); !begun) return begun;
  }
  if (!answer->reply.erased.empty()) ports_.listener.on_erased(answer->reply.erased);
  return {};
}

base::Status Worker::fetch() {
  auto report = fetcher_.fetch(*enrolment_);
  if (!report) return std::unexpected(report.error());
  base::Millis now = ports_.clock.steady();
  if (report->trouble) {
    back_off(configuration_, *report->trouble);
    configuration_.due =
        now + schedule_.retry.delay(configuration_.failures, report->trouble->retry_after, ports_.random);
    return {};
  }
  const std::string problem = report->refused.empty() ? report->picture_missing : report->refused;
  const int failures = report->picture_missing.empty() ? 0 : configuration_.failures + 1;
  in_contact(configuration_);
  configuration_.failures = failures;
  configuration_.due = now + (failures == 0 ? schedule_.configuration
                                            : schedule_.retry.delay(failures, std::nullopt, ports_.random));
  if (!problem.empty() && problem != status_.configuration_problem) ports_.log->warn("{}", problem);
  status_.configuration_problem = problem;
  if (report->replaced_by) {
    status_.configuration_version = report->replaced_by->version;
    ports_.listener.on_configuration(report->replaced_by);
  }
  return {};
}

void Worker::in_contact(Job& job) {
  job.failures = 0;
  job.trouble.reset();
  status_.last_contact = ports_.clock.now();
  // An answer to anything means that the link is up: batches that wait for it go at once.
  if (upload_.trouble && upload_.trouble->state == SyncState::offline) {
    upload_.due = {};
    more_ = true;
  }
}

void Worker::back_off(Job& job, const Trouble& trouble) {
  ++job.failures;
  if (!job.trouble || job.trouble->reason != trouble.reason)
    ports_.log->info("server: {}, {} ({} in a row)", to_string(trouble.state), trouble.reason, job.failures);
  job.trouble = trouble;
}

base::Status Worker::publish() {
  auto outbox = ports_.outbox.status();
  if (!outbox) return std::unexpected(outbox.error());
  outbox_ = *outbox;
  if (outbox_.pending == 0) upload_.trouble.reset();
  status_.captured = outbox_.captured;
  status_.acknowledged = outbox_.acknowledged;
  status_.pending = outbox_.pending;
  status_.parked = outbox_.parked;
  status_.oldest_pending = outbox_.oldest_pending;
  std::tie(status_.state, status_.reason) = standing();
  tell();
  return {};
}

std::pair<SyncState, std::string> Worker::standing() const {
  if (!enrolment_) return {SyncState::must_enrol, "not enrolled yet"};
  for (const Job* job : {&upload_, &heartbeat_})
    if (job->trouble) return {job->trouble->state, job->trouble->reason};
  if (ports_.clock.steady() < paused_until_) return {SyncState::paused, "the server asked for a pause"};
  if (!status_.last_contact) return {SyncState::offline, "no contact yet"};
  return {SyncState::ok, ""};
}

void Worker::tell() {
  if (published_ && *published_ == status_) return;
  published_ = std::make_shared<const SyncStatus>(status_);
  ports_.listener.on_status(published_);
}

base::Millis Worker::until_next() const {
  if (more_) return base::Millis{0};
  if (!enrolment_) return schedule_.heartbeat;
  base::Millis now = ports_.clock.steady();
  base::Millis next = std::min(heartbeat_.due, configuration_.due);
  if (outbox_.next_due) {
    base::Millis item = std::max(*outbox_.next_due - ports_.clock.now(), shortest_sleep);
    next = std::min(next, std::max({upload_.due, paused_until_, now + item}));
  }
  return std::max(next - now, base::Millis{0});
}

}  // namespace halte::client
