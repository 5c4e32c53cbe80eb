// SPDX-License-Identifier: Apache-2.0
#include "app/hq/admin.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/hq/control.h"
#include "app/runtime/settings.h"
#include "core/base/file.h"
#include "core/store/hq/inspection.h"
#include "sync/server/auth/new_organisation.h"
#include "sync/server/auth/sessions.h"

namespace halte::hq {
namespace {

using auth::Role;
using base::ErrorKind;
using store::hq::UserRecord;

constexpr const char* operator_name = "operator";

bool is_administrator(const UserRecord& user) {
  return auth::roles_named(user.roles).contains(Role::administrator);
}

base::Result<UserRecord> account(const Office& office, const std::string& email) {
  auto user = office.store.user_by_email(email);
  if (!user) return std::unexpected(user.error());
  if (!*user)
    return base::fail(email, "there is no such account; see halte-hq admin list", "", ErrorKind::not_found);
  return std::move(**user);
}

base::Result<std::string> link_for(const Office& office, const UserRecord& user) {
  auth::Sessions sessions(office.store, office.clock, office.random);
  auto token = sessions.make_link(store::hq::LinkPurpose::sign_in, user.row);
  if (!token) return token;
  if (auto noted = office.store.audit({operator_name, "sign-in link made", user.email}, office.clock.now());
      !noted)
    return std::unexpected(noted.error());
  return fmt::format("{} signs in with this link, once, within 24 hours, and chooses a password: {}/link#{}",
                     user.email, office.public_url, *token);
}

base::Status check_roles(const std::vector<std::string>& roles) {
  for (const std::string& role : roles) {
    if (!auth::role_named(role))
      return base::fail(
          "--role " + role,
          fmt::format("is none of {}",
                      fmt::join(auth::names_of({Role::administrator, Role::analyst, Role::reviewer,
                                                Role::case_handler, Role::privacy_officer, Role::reader}),
                                ", ")),
          "", ErrorKind::invalid);
    if (role == auth::name_of(Role::branch_manager))
      return base::fail("--role " + role, "has branches, which an administrator names at headquarters", "",
                        ErrorKind::invalid);
  }
  return {};
}

base::Result<std::string> create(const AdminCommand& command, const Office& office) {
  if (auto known = check_roles(command.roles); !known) return std::unexpected(known.error());
  if (command.email.find('@') == std::string::npos)
    return base::fail(command.email, "is no e-mail address", "", ErrorKind::invalid);
  auto organisation = office.store.organisation();
  if (!organisation) return std::unexpected(organisation.error());
  if (!*organisation)
    return base::fail("the organisation",
                      "is not set up yet; use the link that the server prints at its start",
                      "making an account", ErrorKind::refused);
  auto known = office.store.user_by_email(command.email);
  if (!known) return std::unexpected(known.error());
  if (*known)
    return base::fail(command.email, "has an account already; halte-hq admin link gives it a link", "",
                      ErrorKind::conflict);
  UserRecord user{0, command.email, "", command.roles, {}, ""};
  auto row = office.store.save_user(user);
  if (!row) return std::unexpected(row.error());
  user.row = *row;
  if (auto noted = office.store.audit({operator_name, "person added", user.email}, office.clock.now());
      !noted)
    return std::unexpected(noted.error());
  return link_for(office, user);
}

base::Result<std::string> list(const Office& office) {
  auto users = office.store.users();
  if (!users) return std::unexpected(users.error());
  std::string text;
  for (const UserRecord& user : *users)
    text += fmt::format("{}{}: {}{}", text.empty() ? "" : "\n", user.email, fmt::join(user.roles, ", "),
                        user.password_hash.empty() ? ", no password yet" : "");
  return text.empty() ? "there are no accounts" : text;
}

base::Result<std::string> remove(const Office& office, const std::string& email) {
  auto user = account(office, email);
  if (!user) return std::unexpected(user.error());
  auto users = office.store.users();
  if (!users) return std::unexpected(users.error());
  if (is_administrator(*user) && std::ranges::count_if(*users, is_administrator) == 1)
    return base::fail(email, "is the last administrator; make another one first", "", ErrorKind::conflict);
  if (auto removed = office.store.remove_user(user->row); !removed) return std::unexpected(removed.error());
  if (auto noted = office.store.audit({operator_name, "person removed", user->email}, office.clock.now());
      !noted)
    return std::unexpected(noted.error());
  return fmt::format("{} has no account any more, and is signed out everywhere", user->email);
}

}  // namespace

base::Json to_json(const AdminCommand& command) {
  return {{"what", command.what}, {"email", command.email}, {"roles", command.roles}};
}

AdminCommand admin_command_from(const base::Json& json) {
  AdminCommand command;
  if (!json.is_object()) return command;
  const auto text = [&](const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
  };
  command.what = text("what");
  command.email = text("email");
  if (json.contains("roles") && json["roles"].is_array())
    for (const base::Json& role : json["roles"])
      if (role.is_string()) command.roles.push_back(role.get<std::string>());
  return command;
}

base::Result<std::string> administer(const AdminCommand& command, const Office& office) {
  if (command.what == "create") return create(command, office);
  if (command.what == "list") return list(office);
  if (command.what == "remove") return remove(office, command.email);
  if (command.what != "link") return base::fail(command.what, "is no command of this version");
  auto user = account(office, command.email);
  return user ? link_for(office, *user) : std::unexpected(user.error());
}

std::filesystem::path control_path(const std::filesystem::path& database) {
  return std::filesystem::path(database).replace_extension(".sock");
}

base::Json answer_admin(const base::Json& question, const Office& office) {
  auto done = administer(admin_command_from(question), office);
  if (done) return {{"text", *done}};
  const base::Error& error = done.error();
  return {{"subject", error.subject},
          {"cause", error.cause},
          {"context", error.context},
          {"kind", int(error.kind)}};
}

base::Status run_admin(const AdminCommand& command, const std::filesystem::path& database,
                       const std::string& public_url) {
  if (store::hq::server_of(database)) {
    auto answer = ask(control_path(database), to_json(command));
    if (!answer) return std::unexpected(answer.error());
    if (!answer->contains("text"))
      return base::fail(answer->value("subject", ""), answer->value("cause", ""),
                        answer->value("context", ""), ErrorKind(answer->value("kind", 0)));
    fmt::print("{}\n", answer->value("text", ""));
    return {};
  }
  if (!std::filesystem::exists(database))
    return base::fail(database.string(), "is not there; name the server's folder with --data", "",
                      ErrorKind::not_found);
  auto store = store::hq::HqStore::create_sqlite(database, 1);
  if (!store) return std::unexpected(store.error());
  base::SystemClock clock;
  base::SystemRandom random;
  auto text = administer(command, {**store, clock, random, public_url});
  if (!text) return std::unexpected(text.error());
  fmt::print("{}\n", *text);
  return {};
}

Bootstrap bootstrap_of_environment() {
  const auto variables = runtime::process_environment();
  const auto value = [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
  return {value("HALTE_BOOTSTRAP_EMAIL"), value("HALTE_BOOTSTRAP_PASSWORD_FILE"),
          value("HALTE_BOOTSTRAP_ORG")};
}

base::Status set_up(const Bootstrap& bootstrap, const Office& office, const std::filesystem::path& folder,
                    const base::Log& log) {
  constexpr const char* subject = "HALTE_BOOTSTRAP_EMAIL, _PASSWORD_FILE and _ORG";
  auto has_users = office.store.has_users();
  if (!has_users) return std::unexpected(has_users.error());
  if (*has_users) return {};
  if (bootstrap.email.find('@') == std::string::npos || bootstrap.password_file.empty() ||
      bootstrap.organisation.empty())
    return base::fail(subject, "go together: an e-mail address, a file and a name", "setting up",
                      ErrorKind::invalid);
  auto password = base::read_file(bootstrap.password_file, 4096);
  if (!password) return std::unexpected(password.error());
  while (!password->empty() && (password->back() == '\n' || password->back() == '\r')) password->pop_back();
  if (const auto weak = auth::Sessions::weakness(*password))
    return base::fail(bootstrap.password_file, *weak, "setting up", ErrorKind::invalid);

  const auto sealing = base::make_sealing_key_pair(office.random);
  const auto key_file = folder / "recovery-key.txt";
  // First: an organisation whose contacts nobody can open would be worse than a file of no use.
  const std::string key = base::in_groups(base::to_crockford(sealing.secret_key)) + "\n";
  if (auto kept = base::write_file(key_file, key); !kept) return kept;
  auto made = office.store.create_organisation(
      auth::new_organisation(bootstrap.organisation, false, sealing.public_key, office.random));
  if (!made) return made;
  auth::Sessions sessions(office.store, office.clock, office.random);
  auto hash = sessions.hash_password(*password);
  if (!hash) return std::unexpected(hash.error());
  auto user = office.store.save_user(
      {0, bootstrap.email, *hash, {std::string(auth::name_of(Role::administrator))}, {}, ""});
  if (!user) return std::unexpected(user.error());
  log->warn("{} opens the contact details that visitors leave: take it away from this machine, and keep it",
            key_file.string());
  return office.store.audit({operator_name, "organisation set up", bootstrap.organisation},
                            office.clock.now());
}

}  // namespace halte::hq
