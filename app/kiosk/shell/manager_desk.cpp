// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/manager_desk.h"

#include "app/manager/certificates.h"
#include "app/manager/export.h"
#include "app/manager/print/print.h"
#include "app/runtime/removable.h"
#include "core/base/visit.h"
#include "core/consent/receipt.h"
#include "core/site/pin.h"
#include "sync/client/server_url.h"

namespace halte::kiosk::shell {
namespace {

using manager::model::Answer;
using manager::model::Intent;
using manager::model::Trouble;
using IntentResult = base::Result<Intent>;

base::Instant coarse(base::Instant at, const Setup& setup) {
  return base::coarsen(at, std::chrono::minutes(setup.configuration.settings.coarsening_minutes));
}

base::Result<manager::model::Figures> read_figures(store::kiosk::KioskStore& store, const Setup& setup,
                                                   figures::PeriodKind kind, base::Instant now) {
  const site::Configuration& c = setup.configuration;
  const figures::Period period = figures::period_of(kind, now, c.branch.zone);
  auto rows = store.local_counts({c.branch.id, c.touchpoint.id, period.from, period.to});
  auto before = store.local_counts({c.branch.id, c.touchpoint.id, period.before, period.from});
  auto spans = store.coverage(period.from, period.to);
  if (!rows) return std::unexpected(rows.error());
  if (!before) return std::unexpected(before.error());
  if (!spans) return std::unexpected(spans.error());
  return manager::model::Figures{
      figures::report_of(period, *rows, *before, stats::Threshold(c.settings.k), c.branch.zone),
      site::coverage_of(*spans, period.from, period.to, c.branch.opening_hours, c.branch.zone)};
}

// `server`: the subject of everything that goes wrong on the way there.
Answer answer_of(const base::Error& error, const std::string& server) {
  switch (error.kind) {
    case base::ErrorKind::invalid: return Answer::not_a_code;
    case base::ErrorKind::conflict: return Answer::undelivered;
    case base::ErrorKind::not_found: return Answer::codes_only;
    case base::ErrorKind::refused:
      return error.subject == "enrolment code" ? Answer::code_refused : Answer::not_trusted;
    default: return error.subject == server ? Answer::unreachable : Answer::store_failed;
  }
}

base::Status read_configured(store::kiosk::KioskStore& store, const Setup& setup, base::Instant now,
                             manager::model::Snapshot& snapshot) {
  const site::Configuration& c = setup.configuration;
  snapshot.at = coarse(now, setup);
  for (std::size_t i = 0; i < manager::model::periods.size(); ++i) {
    auto figures = read_figures(store, setup, manager::model::periods[i], snapshot.at);
    if (!figures) return std::unexpected(figures.error());
    snapshot.figures[i] = std::move(*figures);
  }
  snapshot.is_configured = true;
  snapshot.is_paused = c.paused;
  snapshot.identity.name = c.kiosk_name;
  snapshot.identity.branch = c.branch.name;
  snapshot.identity.touchpoint = c.touchpoint.name;
  snapshot.identity.zone = c.branch.zone;
  return {};
}

// Everything that the view shows, read in one go. Without `setup` it is what a kiosk knows that has nothing
// to ask yet.
base::Result<std::shared_ptr<const manager::model::Snapshot>> read_snapshot(store::kiosk::KioskStore& store,
                                                                            const Setup* setup,
                                                                            manager::model::Link link,
                                                                            base::Instant now,
                                                                            const std::string& software) {
  auto enrolment = store.enrolment();
  auto outbox = store.status();
  auto parked = store.parked();
  if (!enrolment) return std::unexpected(enrolment.error());
  if (!outbox) return std::unexpected(outbox.error());
  if (!parked) return std::unexpected(parked.error());
  manager::model::Snapshot snapshot{
      .figures = {},
      .outbox = *outbox,
      .parked = std::move(*parked),
      .link = std::move(link),
      .identity = {.software = software, .free_disk_bytes = store.free_bytes()}};
  if (*enrolment) {
    snapshot.identity.kiosk_id = (*enrolment)->kiosk_id;
    snapshot.identity.server_url = (*enrolment)->server_url;
  }
  if (setup)
    if (auto read = read_configured(store, *setup, now, snapshot); !read)
      return std::unexpected(read.error());
  return std::make_shared<const manager::model::Snapshot>(std::move(snapshot));
}

}  // namespace

template <class Work>
void ManagerDesk::answer(Work work, bool pokes) {
  p_.post([this, work = std::move(work), pokes]() mutable {
    IntentResult result = work();
    p_.ui.post([this, result = std::move(result), pokes] {
      if (!result) p_.log->error("{}", base::to_string(result.error()));
      if (result && pokes) p_.poke();
      p_.to_model(result ? *result : Intent(manager::model::Failed{Trouble::store}));
    });
  });
}

void ManagerDesk::load() {
  answer([this, setup = p_.setup(), link = p_.link(), now = p_.clock.now()]() -> IntentResult {
    auto snapshot = read_snapshot(p_.store, setup.get(), link, now, p_.software);
    if (!snapshot) return std::unexpected(snapshot.error());
    return manager::model::Loaded{std::move(*snapshot)};
  });
}

void ManagerDesk::erase(const std::string& code) {
  const auto setup = p_.setup();
  if (!setup) return p_.to_model(manager::model::Answered{Answer::unknown_code});
  auto hash = consent::receipt_hash(code, setup->enrolment.receipt_key);
  if (!hash) return p_.to_model(manager::model::Answered{Answer::not_a_code});
  answer(
      [this, hash = std::move(*hash), at = coarse(p_.clock.now(), *setup)]() -> IntentResult {
        auto erased = p_.store.erase_by_receipt(hash, at);
        if (erased) return manager::model::Answered{Answer::done};
        if (erased.error().kind != base::ErrorKind::not_found) return std::unexpected(erased.error());
        return manager::model::Answered{Answer::unknown_code};
      },
      true);
}

void ManagerDesk::export_parked() {
  const auto setup = p_.setup();
  if (!setup) return;
  answer([this, setup, at = coarse(p_.clock.now(), *setup)]() -> IntentResult {
    auto parked = p_.store.parked();
    if (!parked) return std::unexpected(parked.error());
    const auto folder = stick();
    if (!folder) return manager::model::Failed{Trouble::no_stick};
    auto saved = manager::save_parked(*folder, *parked, setup->surveys, setup->configuration.kiosk_id, at);
    if (saved) return manager::model::Exported{*saved};
    p_.log->error("{}", base::to_string(saved.error()));
    return manager::model::Failed{Trouble::stick};
  });
}

void ManagerDesk::print() {
  const auto view = p_.print();
  if (!view) return;
  answer([this, view = *view]() -> IntentResult {
    const auto folder = stick();
    if (!folder) return manager::model::Failed{Trouble::no_stick};
    auto saved = manager::save_print(*folder, view);
    if (saved) return manager::model::Printed{*saved};
    p_.log->error("{}", base::to_string(saved.error()));
    return manager::model::Failed{Trouble::stick};
  });
}

void ManagerDesk::arrive() {
  answer([this]() -> IntentResult {
    auto pin = p_.store.pin();
    auto enrolment = p_.store.enrolment();
    auto adjustments = p_.store.adjustments();
    if (!pin) return std::unexpected(pin.error());
    if (!enrolment) return std::unexpected(enrolment.error());
    if (!adjustments) return std::unexpected(adjustments.error());
    return manager::model::Arrived{std::move(*pin), enrolment->has_value(),
                                   *enrolment ? (*enrolment)->server_url : p_.server, std::move(*adjustments),
                                   p_.proxy};
  });
}

void ManagerDesk::check(const std::string& typed) {
  answer([this, digits = typed]() mutable -> IntentResult {
    auto result = site::try_pin(p_.store, digits);
    base::wipe(digits);
    if (!result) return std::unexpected(result.error());
    if (!result->opens) p_.log->warn("wrong PIN, {} in a row", result->pin.failures);
    return manager::model::PinChecked{std::move(*result)};
  });
}

void ManagerDesk::save_pin(const std::string& typed) {
  answer([this, digits = typed]() mutable -> IntentResult {
    auto saved = site::change_pin(p_.store, digits);
    base::wipe(digits);
    if (!saved) return std::unexpected(saved.error());
    p_.log->info("the manager's PIN was changed");
    return manager::model::PinSaved{};
  });
}

void ManagerDesk::adjust(const site::Adjustments& adjustments) {
  p_.adjust(adjustments);
  p_.post([this, adjustments] {
    auto saved = p_.store.save_adjustments(adjustments);
    if (saved) return;
    p_.ui.post([this, error = saved.error()] {
      p_.log->error("{}", base::to_string(error));
      p_.to_model(manager::model::Failed{Trouble::store});
    });
  });
}

void ManagerDesk::enrol(const std::string& server, const std::string& code) {
  using enum Answer;
  const auto url = client::parse_server_url(server);
  if (!url)
    return p_.to_model(
        manager::model::Answered{url.error().kind == base::ErrorKind::refused ? not_secure : not_an_address});
  p_.enrol(*url, code, [this, server = *url](const base::Status& status) {
    if (!status) p_.log->warn("{}", base::to_string(status.error()));
    p_.to_model(manager::model::Answered{status ? done : answer_of(status.error(), server)});
  });
}

void ManagerDesk::ask_approval(const std::string& server) {
  using enum Answer;
  const auto url = client::parse_server_url(server);
  if (!url)
    return p_.to_model(
        manager::model::NotHeard{url.error().kind == base::ErrorKind::refused ? not_secure : not_an_address});
  p_.ask_approval(*url, [this, server = *url](const base::Result<std::optional<client::Waiting>>& heard) {
    if (!heard) {
      p_.log->warn("{}", base::to_string(heard.error()));
      return p_.to_model(manager::model::NotHeard{answer_of(heard.error(), server)});
    }
    if (!*heard) return p_.to_model(manager::model::Approved{});
    const client::Waiting& waiting = **heard;
    const std::string letters = base::to_crockford(waiting.fingerprint);
    p_.to_model(
        manager::model::Waits{base::in_groups(letters), waiting.page + "#" + letters, waiting.ask_again});
  });
}

std::optional<std::filesystem::path> ManagerDesk::stick() const {
  return p_.export_folder.empty() ? runtime::first_stick() : std::optional(p_.export_folder);
}

void ManagerDesk::read_certificates() {
  answer([this]() -> IntentResult {
    const auto folder = stick();
    if (!folder) return manager::model::Answered{Answer::no_stick};
    std::string pem = manager::find_certificates(*folder);
    if (pem.empty()) return manager::model::Answered{Answer::no_certificate};
    return manager::model::CertificatesTaken{std::move(pem)};
  });
}

void ManagerDesk::perform(const manager::model::Effect& effect) {
  using namespace manager::model;
  std::visit(base::Visitor{
                 [&](const Arrive&) { arrive(); }, [&](const CheckPin& check) { this->check(check.digits); },
                 [&](const SavePin& save) { save_pin(save.digits); }, [&](const Load&) { load(); },
                 [&](const UnparkAll&) {
                   answer(
                       [this]() -> IntentResult {
                         auto items = p_.store.unpark();
                         if (!items) return std::unexpected(items.error());
                         return Unparked{*items};
                       },
                       true);
                 },
                 [&](const ExportParked&) { export_parked(); },
                 [&](const EraseReceipt& receipt) { erase(receipt.code); },
                 [&](const Enrol& wish) { enrol(wish.server, wish.code); },
                 [&](const AskApproval& wish) { ask_approval(wish.server); },
                 [&](const ReadCertificates&) { read_certificates(); }, [&](const SavePrint&) { print(); },
                 [&](const Adjust& wish) { adjust(wish.adjustments); },
                 [&](const Try& wish) { p_.adjust(wish.adjustments); }, [&](const Speak&) { p_.speak(); },
                 [&](const EndProgram&) { p_.end(); }, [&](const Forget&) { p_.forget(); }},
             effect);
}

}  // namespace halte::kiosk::shell
