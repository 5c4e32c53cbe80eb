// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/enrol.h"

#include "app/runtime/machine.h"
#include "core/figures/known_survey.h"
#include "sync/client/configuration_fetcher.h"

namespace halte::kiosk::shell {
namespace {

response::Tallier tallier_of(std::vector<figures::KnownSurvey> surveys) {
  return [surveys = std::move(surveys)](const response::Response& response) {
    return figures::tally(surveys, response);
  };
}

void close_as_enrolled(const Enrolling& with) {
  auto configuration = client::stored_configuration(with.store);
  const bool is_there = configuration && *configuration;
  const int step = is_there ? (*configuration)->settings.coarsening_minutes : 15;
  auto closed = with.store.close_left_open(
      base::coarsen(with.clock.now(), std::chrono::minutes(step)),
      tallier_of(is_there ? figures::known_surveys(**configuration) : std::vector<figures::KnownSurvey>{}));
  if (!closed) with.log->error("{}", base::to_string(closed.error()));
}

void tell(const Enrolling& with, const client::Enrolled& enrolled) {
  if (enrolled.delivered_before > 0)
    with.log->info("answers that had waited, delivered first as the kiosk that this was: {}",
                   enrolled.delivered_before);
  with.log->info("enrolled as {}", enrolled.enrolment.kiosk_id);
}

}  // namespace

base::Result<client::Enrolled> enrol(const Enrolling& with, client::EnrolmentWish wish) {
  close_as_enrolled(with);
  wish.clock_synced = runtime::clock_is_synced();
  auto enrolled = client::enrol(wish, with.store, with.store, with.http, with.clock, with.random);
  if (enrolled) tell(with, *enrolled);
  return enrolled;
}

base::Result<std::optional<client::Waiting>> ask_approval(const Enrolling& with, client::ApprovalWish wish,
                                                          client::Asking& asking) {
  if (asking.server_url.empty()) close_as_enrolled(with);
  wish.clock_synced = runtime::clock_is_synced();
  auto answer =
      client::ask_approval(wish, asking, with.store, with.store, with.http, with.clock, with.random);
  if (!answer) return std::unexpected(answer.error());
  if (auto* waiting = std::get_if<client::Waiting>(&*answer)) return std::move(*waiting);
  tell(with, std::get<client::Enrolled>(*answer));
  return std::nullopt;
}

}  // namespace halte::kiosk::shell
