// SPDX-License-Identifier: Apache-2.0
#include "sync/server/auth/roles.h"

#include <algorithm>

namespace halte::auth {

namespace {

using enum Role;

constexpr Role all[]{administrator, analyst, reviewer, case_handler, branch_manager, privacy_officer, reader};
constexpr Role all_but_managers[]{administrator, analyst, reviewer, case_handler, privacy_officer, reader};
constexpr Role writers[]{administrator, analyst};
constexpr Role administrators[]{administrator};
constexpr Role reviewers[]{reviewer};
constexpr Role case_handlers[]{case_handler};
constexpr Role privacy_officers[]{privacy_officer};

// Nobody gets at visitors' words or contact details by being administrator alone: they can give themselves
// that role, and the audit log says so.
constexpr Permission table[]{
    {access::figures, all},
    {access::headquarters, all_but_managers},
    {access::surveys, writers},
    {access::organisation, administrators},
    {access::comments, reviewers},
    {access::contacts, case_handlers},
    {access::privacy, privacy_officers},
};

}  // namespace

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

std::vector<std::string> names_of(const Roles& roles) {
  std::vector<std::string> names;
  for (Role role : roles) names.emplace_back(name_of(role));
  return names;
}

Roles roles_named(const std::vector<std::string>& names) {
  Roles roles;
  for (const auto& name : names)
    if (auto role = role_named(name)) roles.insert(*role);
  return roles;
}

std::span<const Permission> permissions() { return table; }

bool may(const Roles& roles, std::string_view access) {
  if (access == access::signed_in) return !roles.empty();
  const auto* line = std::ranges::find(table, access, &Permission::access);
  return line != std::end(table) &&
         std::ranges::any_of(line->roles, [&](Role role) { return roles.contains(role); });
}

}  // namespace halte::auth
