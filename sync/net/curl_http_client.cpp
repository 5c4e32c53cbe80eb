// SPDX-License-Identifier: Apache-2.0
#include "sync/net/curl_http_client.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace halte::net {

namespace {

constexpr std::size_t max_header_bytes = 64u << 10;

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

struct Target {
  std::string name;  // "host:port"
  std::string host;
  bool tls = false;
};

// What one transfer collects, and why it was broken off.
struct Transfer {
  std::size_t limit;
  HttpReply reply;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool is_loopback(const std::string& host) {
  std::array<unsigned char, 4> bytes;
  if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) return bytes[0] == 127;
  return host == "localhost" || host == "[::1]";
}

base::Result<Target> parse_target(const std::string& text) {
  const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
  const CURLUcode code = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
  const std::string scheme = code == CURLUE_OK ? part(url.get(), CURLUPART_SCHEME) : "";
  if (scheme != "http" && scheme != "https") {
    return base::fail(text, "is not an http or https address", {}, base::ErrorKind::invalid);
  }
  Target target;
  target.host = part(url.get(), CURLUPART_HOST);
  target.name = target.host + ":" + part(url.get(), CURLUPART_PORT);
  target.tls = scheme == "https";
  if (!target.tls && !is_loopback(target.host)) {
    return base::fail("http://" + target.name, "plain HTTP is only allowed to this machine, use https", {},
                      base::ErrorKind::refused);
  }
  return target;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  transfer.header_bytes += size;
  if (transfer.header_bytes > max_header_bytes) {
    transfer.too_large = true;
    return 0;
  }
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  // An interim answer (100) comes before the real one: the last status line counts.
  if (line.starts_with("HTTP/")) transfer.reply.headers.clear();
  const auto colon = line.find(':');
  if (colon != line.npos && !line.starts_with("HTTP/")) {
    const auto value = line.find_first_not_of(" \t", colon + 1);
    transfer.reply.headers.emplace_back(line.substr(0, colon), value == line.npos ? "" : line.substr(value));
  }
  return size;
}

std::size_t take_body(char* data, std::size_t, std::size_t size, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  if (transfer.reply.body.size() + size > transfer.limit) {
    transfer.too_large = true;
    return 0;
  }
  transfer.reply.body.append(data, size);
  return size;
}

base::ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: return base::ErrorKind::refused;
    default: return base::ErrorKind::unavailable;
  }
}

Reached reached_by(CURL* easy, CURLcode code, bool tls) {
  const auto took = [&](CURLINFO which) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, which, &microseconds);
    return microseconds > 0;
  };
  const char* peer = nullptr;  // an address once TCP has connected; curl's time of that waits for TLS
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &peer);
  if (code == CURLE_OK) return Reached::reply;
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY) return Reached::nothing;
  if (code == CURLE_COULDNT_CONNECT) return Reached::address;
  if (took(tls ? CURLINFO_APPCONNECT_TIME_T : CURLINFO_CONNECT_TIME_T)) return Reached::trust;
  if (peer && *peer) return Reached::connection;
  return took(CURLINFO_NAMELOOKUP_TIME_T) ? Reached::address : Reached::nothing;
}

CertificateFault fault_of(CURL* easy, CURLcode code) {
  if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_SSL_ISSUER_ERROR)
    return CertificateFault::other;
  if (code != CURLE_PEER_FAILED_VERIFICATION) return CertificateFault::none;
  long verdict = 0;  // OpenSSL's, by its number: curl has no names for them
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
  switch (verdict) {
    case 0:  // the chain holds, and curl itself refused the name …
    case 1:  // … which it does before it writes OpenSSL's verdict down
    case 62:
    case 64: return CertificateFault::other_name;
    case 9: return CertificateFault::not_yet_valid;
    case 10: return CertificateFault::expired;
    case 2:
    case 18:
    case 19:
    case 20:
    case 21: return CertificateFault::unknown_issuer;
    default: return CertificateFault::other;
  }
}

// "Issuer:C = NL, O = Example", "Start date:Nov 27 13:00:00 2026 GMT", … of the first of the chain.
std::optional<Certificate> certificate_of(CURL* easy) {
  const curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1)
    return std::nullopt;
  Certificate certificate;
  const auto date = [](std::string_view text) {
    return base::Instant(std::chrono::seconds(curl_getdate(std::string(text).c_str(), nullptr)));
  };
  for (const curl_slist* field = chain->certinfo[0]; field; field = field->next) {
    const std::string_view line = field->data;
    const auto value = line.substr(std::min(line.find(':'), line.size() - 1) + 1);
    if (line.starts_with("Issuer:")) certificate.issuer = value;
    if (line.starts_with("Start date:")) certificate.not_before = date(value);
    if (line.starts_with("Expire date:")) certificate.not_after = date(value);
  }
  return certificate;
}

bool char_ignoring_case(char a, char b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b);
}

}  // namespace

std::optional<std::string_view> HttpReply::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (std::ranges::equal(key, name, char_ignoring_case)) return value;
  }
  return std::nullopt;
}

struct CurlHttpClient::Handle {
  CURL* easy = curl_easy_init();
  // Only to be woken from another thread: an easy handle by itself looks up once a second.
  CURLM* multi = curl_multi_init();
  std::array<char, CURL_ERROR_SIZE> words{};

  Handle() = default;
  ~Handle() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(easy, option, value);
  }

  void prepare(const Options& options, bool tls);
  List describe(const HttpRequest& request);
  void collect(Transfer& transfer);
  CURLcode perform(const std::atomic<bool>& aborted);
  std::string words_of(CURLcode code) const;
  int status() const;
};

// Everything about trust and about what the environment may not change.
void CurlHttpClient::Handle::prepare(const Options& options, bool tls) {
  curl_easy_reset(easy);  // keeps the connection
  words.front() = '\0';
  set(CURLOPT_ERRORBUFFER, words.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // an abort does not wait for the name's lookup
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // Empty values, since absent ones would let the environment speak. Plain HTTP stays on this machine.
  set(CURLOPT_PROXY, tls ? options.proxy.value_or("").c_str() : "");
  set(CURLOPT_NOPROXY, "");
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_USERAGENT, options.user_agent.c_str());
  // For the server, and for a proxy that speaks TLS itself.
  if (options.ca_file && !options.authorities) {
    set(CURLOPT_CAINFO, options.ca_file->c_str());
    set(CURLOPT_PROXY_CAINFO, options.ca_file->c_str());
  }
  if (options.authorities) {
    curl_blob pem{const_cast<char*>(options.authorities->data()), options.authorities->size(),
                  CURL_BLOB_COPY};
    set(CURLOPT_CAINFO, nullptr);
    set(CURLOPT_CAINFO_BLOB, &pem);
    set(CURLOPT_PROXY_CAINFO, nullptr);
    set(CURLOPT_PROXY_CAINFO_BLOB, &pem);
  }
  if (options.ca_file || options.authorities) {
    set(CURLOPT_CAPATH, nullptr);
    set(CURLOPT_PROXY_CAPATH, nullptr);
  }
  if (options.public_key_pin) set(CURLOPT_PINNEDPUBLICKEY, options.public_key_pin->c_str());
}

List CurlHttpClient::Handle::describe(const HttpRequest& request) {
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_timeout.count()));
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET" || !request.body.empty()) {
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  curl_slist* list = nullptr;
  for (const auto& [name, value] : request.headers) {
    list = curl_slist_append(list, (name + (value.empty() ? ";" : ": " + value)).c_str());
  }
  // curl would wait a second for "100 Continue", and call every body a form.
  list = curl_slist_append(list, "Expect:");
  const bool typed = std::ranges::any_of(request.headers, [](const auto& field) {
    return std::ranges::equal(field.first, std::string_view("Content-Type"), char_ignoring_case);
  });
  if (!typed) list = curl_slist_append(list, "Content-Type:");
  set(CURLOPT_HTTPHEADER, list);
  return List(list);
}

void CurlHttpClient::Handle::collect(Transfer& transfer) {
  set(CURLOPT_HEADERFUNCTION, &take_header);
  set(CURLOPT_HEADERDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, &take_body);
  set(CURLOPT_WRITEDATA, &transfer);
}

std::string CurlHttpClient::Handle::words_of(CURLcode code) const {
  return words.front() ? words.data() : curl_easy_strerror(code);
}

int CurlHttpClient::Handle::status() const {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

CURLcode CurlHttpClient::Handle::perform(const std::atomic<bool>& aborted) {
  curl_multi_add_handle(multi, easy);
  CURLcode code = CURLE_ABORTED_BY_CALLBACK;
  int running = 1;
  while (running > 0 && !aborted) {
    curl_multi_perform(multi, &running);
    if (running > 0) curl_multi_poll(multi, nullptr, 0, 1'000, nullptr);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) code = message->data.result;
  }
  curl_multi_remove_handle(multi, easy);
  return code;
}

base::Result<std::unique_ptr<CurlHttpClient>> CurlHttpClient::create(Options options) {
  // curl counts these calls itself, and locks from 7.84 on.
  curl_global_init(CURL_GLOBAL_DEFAULT);
  auto handle = std::make_unique<Handle>();
  if (!handle->easy || !handle->multi) return base::fail("curl", "could not be started");
  if (options.ca_file && !std::filesystem::exists(*options.ca_file)) {
    return base::fail(*options.ca_file, "there is no such file", "reading the certificate authorities",
                      base::ErrorKind::not_found);
  }
  return std::unique_ptr<CurlHttpClient>(new CurlHttpClient(std::move(handle), std::move(options)));
}

CurlHttpClient::CurlHttpClient(std::unique_ptr<Handle> handle, Options options)
    : handle_(std::move(handle)), options_(std::move(options)) {}
CurlHttpClient::~CurlHttpClient() = default;

void CurlHttpClient::abort() {
  aborted_ = true;
  curl_multi_wakeup(handle_->multi);
}

base::Result<HttpReply> CurlHttpClient::send(const HttpRequest& request) {
  const auto target = parse_target(request.url);
  if (!target) return std::unexpected(target.error());
  const std::string during = request.method + " over " + (target->tls ? "https" : "http");
  if (aborted_) return base::fail(target->name, "aborted", during, base::ErrorKind::unavailable);

  Transfer transfer{request.max_reply_bytes, {}};
  handle_->prepare(options_, target->tls);
  const List headers = handle_->describe(request);
  handle_->collect(transfer);
  const CURLcode code = handle_->perform(aborted_);

  if (transfer.too_large) {
    return base::fail(target->name, "the reply is larger than allowed", during, base::ErrorKind::refused);
  }
  if (aborted_) return base::fail(target->name, "aborted", during, base::ErrorKind::unavailable);
  if (code != CURLE_OK) return base::fail(target->name, handle_->words_of(code), during, kind_of(code));
  transfer.reply.status = handle_->status();
  return std::move(transfer.reply);
}

base::Result<Probe> CurlHttpClient::probe(const HttpRequest& request) {
  const auto target = parse_target(request.url);
  if (!target) return std::unexpected(target.error());
  Transfer transfer{request.max_reply_bytes, {}};
  handle_->prepare(options_, target->tls);
  const List headers = handle_->describe(request);
  handle_->collect(transfer);
  handle_->set(CURLOPT_FRESH_CONNECT, 1L);  // curl tells the certificates of a connection that it makes
  handle_->set(CURLOPT_CERTINFO, 1L);
  const CURLcode code = handle_->perform(aborted_);

  Probe probe{.reached = reached_by(handle_->easy, code, target->tls)};
  if (code == CURLE_OK) {
    probe.certificate = certificate_of(handle_->easy);
    transfer.reply.status = handle_->status();
    probe.reply = std::move(transfer.reply);
    return probe;
  }
  probe.cause = transfer.too_large ? "the reply is larger than allowed" : handle_->words_of(code);
  probe.fault = fault_of(handle_->easy, code);
  if (probe.fault != CertificateFault::none) probe.certificate = read_certificate(request);
  return probe;
}

// The handshake that failed told nothing of it. This one believes everybody, and so nobody is told anything:
// it ends where a request would begin.
std::optional<Certificate> CurlHttpClient::read_certificate(const HttpRequest& request) {
  handle_->prepare(options_, true);
  handle_->set(CURLOPT_URL, request.url.c_str());
  handle_->set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  handle_->set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  handle_->set(CURLOPT_CONNECT_ONLY, 1L);
  handle_->set(CURLOPT_FRESH_CONNECT, 1L);
  handle_->set(CURLOPT_FORBID_REUSE, 1L);  // least of all for a request that must be trusted
  handle_->set(CURLOPT_SSL_VERIFYPEER, 0L);
  handle_->set(CURLOPT_SSL_VERIFYHOST, 0L);
  handle_->set(CURLOPT_PINNEDPUBLICKEY, nullptr);
  handle_->set(CURLOPT_CERTINFO, 1L);
  return handle_->perform(aborted_) == CURLE_OK ? certificate_of(handle_->easy) : std::nullopt;
}

}  // namespace halte::net
