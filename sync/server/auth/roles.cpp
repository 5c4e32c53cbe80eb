// SPDX-License-Identifier: Apache-2.0
#include "sync/server/auth/roles.h"

namespace halte::auth {

std::string_view name_of(Role role) {
  for (const auto& [candidate, name] : role_names)
    if (candidate == role) return name;
  return {};
}

std::optional<Role> role_named(std::string_view name) {
  for (const auto& [role, candidate] : role_names)
    if (candidate == name) return role;
  return std::nullopt;
}

bool may(Role role, std::string_view access) {
  if (access == access::signed_in) return true;
  if (access == access::headquarters) return role != Role::branch_manager;
  if (access == access::administrator) return role == Role::administrator;
  return false;
}

}  // namespace halte::auth
