// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/manager_desk.h"

#include "app/manager/export.h"
#include "app/runtime/removable.h"
#include "core/base/visit.h"
#include "core/consent/receipt.h"
#include "core/site/pin.h"

namespace halte::kiosk::shell {
namespace {

using manager::model::Erasure;
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

}  // namespace

base::Result<std::shared_ptr<const manager::model::Snapshot>> read_snapshot(store::kiosk::KioskStore& store,
                                                                            const Setup& setup,
                                                                            manager::model::Link link,
                                                                            base::Instant now,
                                                                            const std::string& software) {
  const site::Configuration& c = setup.configuration;
  manager::model::Snapshot snapshot{.at = coarse(now, setup), .figures = {}, .link = std::move(link)};
  for (std::size_t i = 0; i < manager::model::periods.size(); ++i) {
    auto figures = read_figures(store, setup, manager::model::periods[i], snapshot.at);
    if (!figures) return std::unexpected(figures.error());
    snapshot.figures[i] = std::move(*figures);
  }
  auto outbox = store.status();
  auto parked = store.parked();
  if (!outbox) return std::unexpected(outbox.error());
  if (!parked) return std::unexpected(parked.error());
  snapshot.outbox = *outbox;
  snapshot.parked = std::move(*parked);
  snapshot.identity = {c.kiosk_name, c.branch.name, c.touchpoint.name, c.kiosk_id, setup.enrolment.server_url,
                       software,     c.branch.zone, store.free_bytes()};
  return std::make_shared<const manager::model::Snapshot>(std::move(snapshot));
}

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
  const auto setup = p_.setup();
  if (!setup) return;
  answer([this, setup, link = p_.link(), now = p_.clock.now()]() -> IntentResult {
    auto snapshot = read_snapshot(p_.store, *setup, link, now, p_.software);
    if (!snapshot) return std::unexpected(snapshot.error());
    return manager::model::Loaded{std::move(*snapshot)};
  });
}

void ManagerDesk::erase(const std::string& code) {
  const auto setup = p_.setup();
  if (!setup) return p_.to_model(manager::model::CodeAnswered{Erasure::unknown});
  auto hash = consent::receipt_hash(code, setup->enrolment.receipt_key);
  if (!hash) return p_.to_model(manager::model::CodeAnswered{Erasure::not_a_code});
  answer(
      [this, hash = std::move(*hash), at = coarse(p_.clock.now(), *setup)]() -> IntentResult {
        auto erased = p_.store.erase_by_receipt(hash, at);
        if (erased) return manager::model::CodeAnswered{Erasure::done};
        if (erased.error().kind != base::ErrorKind::not_found) return std::unexpected(erased.error());
        return manager::model::CodeAnswered{Erasure::unknown};
      },
      true);
}

void ManagerDesk::export_parked() {
  const auto setup = p_.setup();
  if (!setup) return;
  answer([this, setup, at = coarse(p_.clock.now(), *setup)]() -> IntentResult {
    auto parked = p_.store.parked();
    if (!parked) return std::unexpected(parked.error());
    const auto folder = p_.export_folder.empty() ? runtime::first_stick() : std::optional(p_.export_folder);
    if (!folder) return manager::model::Failed{Trouble::no_stick};
    auto saved = manager::save_parked(*folder, *parked, setup->survey, setup->configuration.kiosk_id, at);
    if (saved) return manager::model::Exported{*saved};
    p_.log->error("{}", base::to_string(saved.error()));
    return manager::model::Failed{Trouble::stick};
  });
}

void ManagerDesk::perform(const manager::model::Effect& effect) {
  using namespace manager::model;
  std::visit(base::Visitor{[&](const LoadPin&) {
                             answer([this]() -> IntentResult {
                               auto pin = p_.store.pin();
                               if (!pin) return std::unexpected(pin.error());
                               return PinLoaded{std::move(*pin)};
                             });
                           },
                           [&](const CheckPin& check) {
                             answer([this, digits = check.digits]() mutable -> IntentResult {
                               auto result = site::try_pin(p_.store, digits);
                               base::wipe(digits);
                               if (!result) return std::unexpected(result.error());
                               if (!result->opens)
                                 p_.log->warn("wrong PIN, {} in a row", result->pin.failures);
                               return PinChecked{std::move(*result)};
                             });
                           },
                           [&](const SavePin& save) {
                             answer([this, digits = save.digits]() mutable -> IntentResult {
                               auto saved = site::change_pin(p_.store, digits);
                               base::wipe(digits);
                               if (!saved) return std::unexpected(saved.error());
                               p_.log->info("the manager's PIN was changed");
                               return PinSaved{};
                             });
                           },
                           [&](const Load&) { load(); },
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
                           [&](const EndProgram&) { p_.end(); }, [&](const Forget&) { p_.forget(); }},
             effect);
}

}  // namespace halte::kiosk::shell
