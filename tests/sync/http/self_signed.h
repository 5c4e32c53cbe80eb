// SPDX-License-Identifier: Apache-2.0
#pragma once

// A certificate and key of the test's own, made anew each time: no file in the tree that expires.

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/crypto.h"
#include "sync/server/http/server.h"
#include "tests/support/temporary_folder.h"

namespace halte::http {

class SelfSigned {
 public:
  // `name` is the subject's alternative name, in OpenSSL's form: "IP:127.0.0.1", "DNS:elsewhere.example".
  // Valid from and until so many seconds after now.
  explicit SelfSigned(const std::string& name, long from = -60, long until = 3'600) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509* x509 = certificate.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), from);
    X509_gmtime_adj(X509_getm_notAfter(x509), until);
    X509_set_pubkey(x509, key.get());
    X509_NAME* subject = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("Halte test"), -1, -1, 0);
    X509_set_issuer_name(x509, subject);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str());
    X509_add_ext(x509, names, -1);
    X509_EXTENSION_free(names);
    REQUIRE(X509_sign(x509, key.get(), EVP_sha256()) > 0);
    write("certificate.pem", [&](std::FILE* file) { PEM_write_X509(file, x509); });
    write("key.pem", [&](std::FILE* file) {
      PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    pin_ = pin_of(key.get());
  }

  Tls tls() const { return {certificate(), folder_ / "key.pem"}; }
  std::filesystem::path certificate() const { return folder_ / "certificate.pem"; }
  const std::string& pin() const { return pin_; }  // "sha256//…"

 private:
  template <class Body>
  void write(const char* name, Body body) const {
    std::FILE* file = std::fopen((folder_ / name).c_str(), "w");
    REQUIRE(file != nullptr);
    body(file);
    std::fclose(file);
  }

  static std::string pin_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    const auto hash = base::sha256({der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    std::string text(45, '\0');
    text.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), hash.data(), 32)));
    return "sha256//" + text;
  }

  tests::TemporaryFolder folder_;
  std::string pin_;
};

}  // namespace halte::http
