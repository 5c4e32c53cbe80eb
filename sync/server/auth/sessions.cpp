// SPDX-License-Identifier: Apache-2.0
#include "sync/server/auth/sessions.h"

#include <algorithm>
#include <array>

namespace halte::auth {

using base::Result;
using base::Status;
using store::hq::LinkPurpose;

namespace {

constexpr int free_failures = 5;
constexpr base::Millis first_wait = std::chrono::seconds(30);
constexpr base::Millis longest_wait = std::chrono::minutes(15);
constexpr std::string_view api_key_prefix = "halte_";  // so that a scanner for leaked secrets knows it
constexpr std::size_t most_watched_accounts = 10'000;
constexpr std::size_t email_most = 254;  // RFC 5321, 4.5.3.1.3 with its brackets taken off

// The start of every published list of common passwords, as far as they have 8 characters.
constexpr std::array<std::string_view, 24> common_passwords{
    "12345678",    "123456789", "1234567890", "password",      "password1", "qwertyuiop",
    "qwerty123",   "11111111",  "00000000",   "abcd1234",      "iloveyou",  "sunshine",
    "princess",    "football",  "baseball",   "welkom01",      "welkom123", "wachtwoord",
    "wachtwoord1", "geheim123", "admin123",   "administrator", "letmein1",  "passwort"};

base::Bytes hash_of(const std::string& secret) { return base::sha256(base::as_bytes(secret)); }

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

std::string new_secret(base::Random& random) { return base::to_base64url(random.bytes(32)); }

}  // namespace

Sessions::Sessions(store::hq::HqStore& store, const base::Clock& clock, base::Random& random)
    : store_(store), clock_(clock), random_(random) {
  // What an unknown e-mail is compared with, so that the answer takes as long.
  decoy_hash_ = base::hash_password(new_secret(random)).value_or("");
}

Result<std::optional<Session>> Sessions::find_program(std::string_view key) {
  auto found = store_.use_api_key(hash_of(std::string(key)), clock_.now());
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::nullopt;
  Session session{.user = 0,
                  .email = "API key " + (*found)->name,
                  .roles = roles_named((*found)->roles),
                  .branches = (*found)->branches,
                  .csrf = {},
                  .is_program = true};
  return session;
}

Result<std::string> Sessions::make_api_key(store::hq::ApiKeyRecord& record) {
  std::string key = std::string(api_key_prefix) + new_secret(random_);
  record.id = base::to_hex(random_.bytes(6));
  record.created = clock_.now();
  if (auto saved = store_.save_api_key(record, hash_of(key)); !saved) return std::unexpected(saved.error());
  return key;
}

Result<std::optional<Session>> Sessions::find(const http::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto authorization = request.headers.get("Authorization");
  if (authorization && authorization->starts_with(scheme))
    return find_program(authorization->substr(scheme.size()));
  auto secret = http::cookie(request, session_cookie);
  if (!secret) return std::nullopt;
  base::Bytes hash = hash_of(std::string(*secret));
  auto found = store_.session(hash);
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::nullopt;
  const auto& record = **found;
  base::Instant now = clock_.now();
  Roles roles = roles_named(record.user.roles);
  if (roles.empty() || now - record.used > idle_limit || now - record.created > absolute_limit) {
    if (auto dropped = store_.drop_session(hash); !dropped) return std::unexpected(dropped.error());
    return std::nullopt;
  }
  // Once a minute is enough to tell idle from not, and spares a write at each request.
  if (now - record.used > std::chrono::minutes(1))
    if (auto kept = store_.touch_session(hash, now); !kept) return std::unexpected(kept.error());
  return Session{record.user.row, record.user.email, std::move(roles), record.user.branches, record.csrf};
}

bool Sessions::comes_from_elsewhere(const http::Request& request) {
  auto site = request.headers.get("Sec-Fetch-Site");
  return site && *site != "same-origin" && *site != "none";
}

bool Sessions::is_same_site(const http::Request& request, const Session& session) {
  if (comes_from_elsewhere(request)) return false;
  if (session.is_program) return true;
  auto token = request.headers.get(csrf_header);
  return token && base::equal_constant_time(base::as_bytes(*token), base::as_bytes(session.csrf));
}

Result<Sessions::SignedIn> Sessions::open(const store::hq::UserRecord& user) {
  SignedIn in{
      {user.row, user.email, roles_named(user.roles), user.branches, base::to_base64url(random_.bytes(16))},
      new_secret(random_)};
  if (auto saved = store_.save_session(hash_of(in.cookie), user.row, in.session.csrf, clock_.now()); !saved)
    return std::unexpected(saved.error());
  (void)store_.audit({user.email, "sign-in", ""}, clock_.now());
  return in;
}

bool Sessions::check_password(const std::string& password, const std::string& hash) {
  hashing_.acquire();
  bool right = base::verify_password(password, hash);
  hashing_.release();
  return right;
}

bool Sessions::is_throttled(const std::string& account) {
  std::lock_guard lock(mutex_);
  auto at = failures_.find(account);
  return at != failures_.end() && clock_.steady() < at->second.wait_until;
}

void Sessions::note_failure(const std::string& account) {
  std::lock_guard lock(mutex_);
  if (failures_.size() >= most_watched_accounts)
    std::erase_if(failures_, [&](const auto& f) { return f.second.wait_until <= clock_.steady(); });
  if (failures_.size() >= most_watched_accounts) failures_.clear();
  Failures& failures = failures_[account];
  ++failures.count;
  if (failures.count < free_failures) return;
  int doublings = std::min(failures.count - free_failures, 10);
  failures.wait_until = clock_.steady() + std::min(longest_wait, first_wait * (1 << doublings));
}

Result<std::optional<Sessions::SignedIn>> Sessions::by_password(const std::string& email,
                                                                const std::string& password) {
  if (email.size() > email_most) return std::nullopt;
  std::string account = lower_case(email);  // as the store compares addresses: one account, one waiting time
  if (is_throttled(account))
    return base::fail("sign-in", "too many failures, wait some minutes", "", base::ErrorKind::unavailable);
  auto user = store_.user_by_email(email);
  if (!user) return std::unexpected(user.error());
  bool has_password = *user && !(*user)->password_hash.empty();
  bool right =
      check_password(password.substr(0, password_most), has_password ? (*user)->password_hash : decoy_hash_);
  if (!right || !has_password) {
    note_failure(account);
    return std::nullopt;
  }
  {
    std::lock_guard lock(mutex_);
    failures_.erase(account);
  }
  auto in = open(**user);
  if (!in) return std::unexpected(in.error());
  return std::optional(std::move(*in));
}

Result<std::optional<Sessions::SignedIn>> Sessions::by_link(const std::string& token,
                                                            const std::string& password) {
  auto used = store_.use_link(hash_of(token), LinkPurpose::sign_in, clock_.now());
  if (!used) return std::unexpected(used.error());
  if (!*used || !**used) return std::nullopt;
  auto user = store_.user(***used);
  if (!user) return std::unexpected(user.error());
  if (!*user) return std::nullopt;
  if (!password.empty()) {
    auto hash = hash_password(password);
    if (!hash) return std::unexpected(hash.error());
    (*user)->password_hash = std::move(*hash);
    if (auto saved = store_.save_user(**user); !saved) return std::unexpected(saved.error());
  }
  auto in = open(**user);
  if (!in) return std::unexpected(in.error());
  return std::optional(std::move(*in));
}

Status Sessions::sign_out(const http::Request& request) {
  auto secret = http::cookie(request, session_cookie);
  return secret ? store_.drop_session(hash_of(std::string(*secret))) : Status{};
}

Result<std::string> Sessions::make_link(LinkPurpose purpose, std::optional<std::int64_t> user) {
  std::string token = new_secret(random_);
  if (auto saved = store_.save_link(hash_of(token), purpose, user, clock_.now() + link_life); !saved)
    return std::unexpected(saved.error());
  return token;
}

Result<bool> Sessions::link_is_open(const std::string& token, LinkPurpose purpose) {
  return store_.link_is_open(hash_of(token), purpose, clock_.now());
}

Result<bool> Sessions::use_set_up_link(const std::string& token) {
  auto used = store_.use_link(hash_of(token), LinkPurpose::set_up, clock_.now());
  if (!used) return std::unexpected(used.error());
  return used->has_value();
}

std::optional<std::string> Sessions::weakness(const std::string& password) {
  if (password.size() < password_least) return "the password needs at least 8 characters";
  if (password.size() > password_most) return "the password has more than 128 characters";
  if (std::ranges::find(common_passwords, lower_case(password)) != common_passwords.end())
    return "everybody tries this password first";
  return std::nullopt;
}

Result<std::string> Sessions::hash_password(const std::string& password) {
  hashing_.acquire();
  auto hash = base::hash_password(password);
  hashing_.release();
  return hash;
}

Result<Sessions::SignedIn> Sessions::create_user(const std::string& email, const std::string& password,
                                                 const Roles& roles) {
  auto hash = hash_password(password);
  if (!hash) return std::unexpected(hash.error());
  store::hq::UserRecord user{0, email, *hash, names_of(roles), {}, ""};
  auto row = store_.save_user(user);
  if (!row) return std::unexpected(row.error());
  user.row = *row;
  return open(user);
}

}  // namespace halte::auth
