// SPDX-License-Identifier: Apache-2.0
#include "sync/net/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>
#include <memory>

namespace halte::net {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

// After a block that is no certificate there may be another one.
bool is_end() {
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

using X509Owner = std::unique_ptr<X509, decltype(&X509_free)>;

X509Owner first_certificate(std::string_view text) {
  const Bio in(BIO_new_mem_buf(text.data(), int(text.size())), &BIO_free);
  X509Owner one(in ? PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr) : nullptr, &X509_free);
  ERR_clear_error();
  return one;
}

std::unexpected<base::Error> no_certificate() {
  return base::fail("certificate", "is not one in PEM", "reading it", base::ErrorKind::invalid);
}

base::Instant to_instant(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return base::Instant{std::chrono::seconds(::timegm(&parts))};
}

std::string name_of(const X509_NAME* name) {
  const Bio out(BIO_new(BIO_s_mem()), &BIO_free);
  if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) < 0) return {};
  char* written = nullptr;
  const long size = BIO_get_mem_data(out.get(), &written);
  return size > 0 ? std::string(written, std::size_t(size)) : std::string();
}

// None has a password: nobody is there to type one.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

base::Result<Certificate> read_certificate(std::string_view text) {
  const X509Owner one = first_certificate(text);
  if (!one) return no_certificate();
  return Certificate{name_of(X509_get_issuer_name(one.get())), to_instant(X509_get0_notBefore(one.get())),
                     to_instant(X509_get0_notAfter(one.get()))};
}

base::Result<bool> is_key_of(std::string_view certificate, std::string_view key) {
  const X509Owner one = first_certificate(certificate);
  if (!one) return no_certificate();
  const Bio in(BIO_new_mem_buf(key.data(), int(key.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> read(
      in ? PEM_read_bio_PrivateKey(in.get(), nullptr, no_password, nullptr) : nullptr, &EVP_PKEY_free);
  const bool matches = read && X509_check_private_key(one.get(), read.get()) == 1;
  ERR_clear_error();
  if (!read)
    return base::fail("key", "is not one in PEM without a password", "reading it", base::ErrorKind::invalid);
  return matches;
}

Certificates read_certificates(std::string_view text) {
  const Bio in(BIO_new_mem_buf(text.data(), int(text.size())), &BIO_free),
      out(BIO_new(BIO_s_mem()), &BIO_free);
  Certificates read;
  if (!in || !out) return read;
  while (true) {
    const std::unique_ptr<X509, decltype(&X509_free)> one(
        PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), &X509_free);
    if (!one && (is_end() || BIO_eof(in.get()) == 1)) break;
    if (one && PEM_write_bio_X509(out.get(), one.get()) == 1) ++read.count;
  }
  char* written = nullptr;
  const long size = BIO_get_mem_data(out.get(), &written);
  if (size > 0) read.pem.assign(written, std::size_t(size));
  return read;
}

}  // namespace halte::net
