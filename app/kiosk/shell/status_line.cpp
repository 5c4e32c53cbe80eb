// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/status_line.h"

#include <fmt/format.h>

#include <string_view>

namespace halte::kiosk::shell {
namespace {

std::string_view words(model::Service service) {
  switch (service) {
    case model::Service::open: return "in service";
    case model::Service::not_enrolled: return "waits to be enrolled (halte-kiosk --help: --enrol)";
    case model::Service::no_configuration: return "waits for its first configuration";
    case model::Service::paused: return "paused by headquarters";
    case model::Service::storage_full: break;
  }
  return "out of service: the disk is full";
}

}  // namespace

std::string status_line(model::Service service, const std::optional<client::SyncStatus>& synced) {
  if (!synced) return std::string(words(service));
  return fmt::format("{}; {} answers delivered, {} waiting", words(service), synced->acknowledged,
                     synced->pending);
}

}  // namespace halte::kiosk::shell
