// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

#include "core/base/crypto.h"
#include "core/base/time.h"
#include "core/store/hq/hq_store.h"
#include "sync/server/auth/roles.h"
#include "sync/server/http/message.h"

namespace halte::auth {

inline constexpr std::string_view session_cookie = "__Host-halte";
inline constexpr std::string_view csrf_header = "X-Halte-Csrf";
inline constexpr std::chrono::minutes idle_limit{30};
inline constexpr std::chrono::hours absolute_limit{8};
inline constexpr std::chrono::hours link_life{24};
inline constexpr std::size_t password_least = 8, password_most = 128;

struct Session {
  std::int64_t user = 0;
  std::string email;
  Roles roles;
  std::vector<std::string> branches;  // a branch manager's own
  std::string csrf;
  bool is_program = false;  // by an API key: no browser brings it along unasked
};

// Sign-in by password or by one-time link, and what a request's cookie stands for. Secrets are 256 random
// bits and lie hashed in the store. Called from any worker thread.
class Sessions {
 public:
  Sessions(store::hq::HqStore& store, const base::Clock& clock, base::Random& random);

  // The account behind the cookie, or the program behind the API key in Authorization; nothing when there is
  // none, or it was idle for 30 minutes or lives 8 h.
  base::Result<std::optional<Session>> find(const http::Request& request);
  // What the browser itself says; a program that is none says nothing.
  static bool comes_from_elsewhere(const http::Request& request);
  // True for a request that cannot come from another site: Fetch metadata or Origin says so, and the
  // session's own token stands in its header; a program's carries its key.
  static bool is_same_site(const http::Request& request, const Session& session);

  // A new key for the record, with its id in it; told once and kept as a hash.
  base::Result<std::string> make_api_key(store::hq::ApiKeyRecord& record);

  struct SignedIn {
    Session session;
    std::string cookie;  // to set
  };
  // Takes as long for an unknown e-mail as for a wrong password; after 5 failures an account waits, for
  // times that double up to 15 minutes. nullopt: wrong. Error of kind unavailable: throttled.
  base::Result<std::optional<SignedIn>> by_password(const std::string& email, const std::string& password);
  // `password`: the one that is chosen with it; empty: the one before stays.
  base::Result<std::optional<SignedIn>> by_link(const std::string& token, const std::string& password);
  base::Status sign_out(const http::Request& request);

  base::Result<std::string> make_link(store::hq::LinkPurpose purpose, std::optional<std::int64_t> user);
  base::Result<bool> link_is_open(const std::string& token, store::hq::LinkPurpose purpose);
  base::Result<bool> use_set_up_link(const std::string& token);
  // Between 8 and 128 characters and not one that everybody tries: else the reason, for people.
  static std::optional<std::string> weakness(const std::string& password);
  // For any secret that a person types. Waits: few are hashed at a time, with those that are checked here.
  base::Result<std::string> hash_password(const std::string& password);
  base::Result<SignedIn> create_user(const std::string& email, const std::string& password,
                                     const Roles& roles);

 private:
  struct Failures {
    int count = 0;
    base::Millis wait_until{0};  // steady
  };

  base::Result<std::optional<Session>> find_program(std::string_view key);
  base::Result<SignedIn> open(const store::hq::UserRecord& user);
  bool is_throttled(const std::string& account);
  void note_failure(const std::string& account);
  bool check_password(const std::string& password, const std::string& hash);

  store::hq::HqStore& store_;
  const base::Clock& clock_;
  base::Random& random_;
  std::string decoy_hash_;
  std::counting_semaphore<2> hashing_{2};  // 19 MiB each
  std::mutex mutex_;
  std::map<std::string, Failures> failures_;
};

}  // namespace halte::auth
