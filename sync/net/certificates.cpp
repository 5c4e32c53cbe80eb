// SPDX-License-Identifier: Apache-2.0
#include "sync/net/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>

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

}  // namespace

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
