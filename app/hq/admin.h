// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/hq/hq_store.h"

namespace halte::hq {

// The accounts, for whoever may use the server's machine: what is left when nobody can sign in any more.
struct AdminCommand {
  std::string what;                // "create", "link", "list" or "remove"
  std::string email;               // of all but list
  std::vector<std::string> roles;  // of create
};
base::Json to_json(const AdminCommand& command);
AdminCommand admin_command_from(const base::Json& json);

// What it works on: the store of the server itself, or of a stopped one.
struct Office {
  store::hq::HqStore& store;
  const base::Clock& clock;
  base::Random& random;
  std::string public_url;  // for links
};
// What there is to print. No such account, one that is there already, the last administrator: an Error.
base::Result<std::string> administer(const AdminCommand& command, const Office& office);

// `halte-hq admin`: asks the server that has the database open, else opens it itself. Prints.
base::Status run_admin(const AdminCommand& command, const std::filesystem::path& database,
                       const std::string& public_url);
// Where a server takes such commands.
std::filesystem::path control_path(const std::filesystem::path& database);
// A server's answer to one.
base::Json answer_admin(const base::Json& question, const Office& office);

// The first run without a browser, by the variables HALTE_BOOTSTRAP_EMAIL, _PASSWORD_FILE and _ORG.
struct Bootstrap {
  std::string email, password_file, organisation;
  bool is_wanted() const { return !email.empty() || !password_file.empty() || !organisation.empty(); }
};
Bootstrap bootstrap_of_environment();
// Nothing where an organisation is set up already. The key that opens contact details is written into
// `folder`
// ("recovery-key.txt", 0600), for somebody to take away: this server must not be able to read them.
base::Status set_up(const Bootstrap& bootstrap, const Office& office, const std::filesystem::path& folder,
                    const base::Log& log);

}  // namespace halte::hq
