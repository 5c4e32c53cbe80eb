// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace halte::auth {

enum class Role { administrator, analyst, reviewer, case_handler, branch_manager, privacy_officer, reader };

inline constexpr std::array<std::pair<Role, std::string_view>, 7> role_names{
    {{Role::administrator, "administrator"},
     {Role::analyst, "analyst"},
     {Role::reviewer, "reviewer"},
     {Role::case_handler, "case_handler"},
     {Role::branch_manager, "branch_manager"},
     {Role::privacy_officer, "privacy_officer"},
     {Role::reader, "reader"}}};

std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);

// Who may call a route; the names stand in the route table. `headquarters` sees live figures of every
// branch; a branch manager does not (G16), and gets views of the own branches in an issue of its own.
namespace access {
inline constexpr std::string_view anyone = "anyone";              // no account: sign in, receipts, health
inline constexpr std::string_view kiosk = "kiosk";                // a kiosk's token
inline constexpr std::string_view signed_in = "signed in";        // any role
inline constexpr std::string_view headquarters = "headquarters";  // every role but branch_manager
inline constexpr std::string_view administrator = "administrator";
}  // namespace access

bool may(Role role, std::string_view access);

}  // namespace halte::auth
