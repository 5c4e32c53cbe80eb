// SPDX-License-Identifier: Apache-2.0
#pragma once

// Who may do what: one table, which every route names a line of.

#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

// In a small shop one person has several.
using Roles = std::set<Role>;

std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);
std::vector<std::string> names_of(const Roles& roles);
Roles roles_named(const std::vector<std::string>& names);  // without those that are none

// What a route asks for. The names stand in the route table and in the API's description.
namespace access {
inline constexpr std::string_view anyone = "anyone";        // no account: sign in, receipts, health
inline constexpr std::string_view kiosk = "kiosk";          // a kiosk's token
inline constexpr std::string_view signed_in = "signed in";  // any role
// Figures, and kiosks as far as they explain them. A branch manager: of the own branches, in steps of 15
// minutes (G16).
inline constexpr std::string_view figures = "figures";
inline constexpr std::string_view headquarters = "headquarters";  // live, and of every branch
inline constexpr std::string_view surveys = "surveys";  // writes surveys, maps and what happened when
inline constexpr std::string_view organisation = "organisation";  // places, kiosks, people, settings
inline constexpr std::string_view comments = "comments";          // reads what visitors wrote (G18)
inline constexpr std::string_view contacts = "contacts";          // opens sealed contact details (G21)
inline constexpr std::string_view privacy = "privacy";            // audit log, erasures, retention
inline constexpr std::string_view metrics = "metrics token";      // a program that measures
}  // namespace access

struct Permission {
  std::string_view access;
  std::span<const Role> roles;
};
// Every access that a person can have but `signed_in`, with its roles.
std::span<const Permission> permissions();

bool may(const Roles& roles, std::string_view access);

}  // namespace halte::auth
