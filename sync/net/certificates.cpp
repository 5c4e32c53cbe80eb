// SPDX-License-Identifier: Apache-2.0
#include "sync/net/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>

namespace halte::net {

int count_certificates(std::string_view pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new_mem_buf(pem.data(), int(pem.size())),
                                                       &BIO_free);
  int count = 0;
  while (X509* certificate = text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr) {
    X509_free(certificate);
    ++count;
  }
  ERR_clear_error();  // the end of the text is one
  return count;
}

}  // namespace halte::net
