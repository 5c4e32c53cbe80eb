// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the small documents share: text to a struct, all problems in one Error of kind invalid. Keys that
// this version does not know are passed over, since the other end may be one version newer.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/json_reader.h"

namespace halte::protocol {

constexpr std::int64_t max_exact_integer = (std::int64_t{1} << 53) - 1;  // what every JSON reader keeps exact

// `read` takes a base::ObjectReader& and returns the struct.
template <class Read>
auto read_document(std::string_view text, const std::string& subject, Read read)
    -> base::Result<decltype(read(std::declval<base::ObjectReader&>()))> {
  auto json = base::parse_json(text, subject, 16);
  if (!json) return std::unexpected(json.error());
  base::Problems problems;
  base::ObjectReader reader(*json, "", problems);
  auto document = read(reader);
  if (!problems.empty())
    return base::fail(subject, base::to_string(problems), "reading it", base::ErrorKind::invalid);
  return document;
}

// Required base64url of exactly `size` bytes.
inline base::Bytes read_bytes(base::ObjectReader& reader, const std::string& key, std::size_t size) {
  auto bytes = base::from_base64url(reader.text(key));
  if (bytes && bytes->size() == size) return *bytes;
  reader.problem(key, "is not base64url of " + std::to_string(size) + " bytes");
  return {};
}

// Required, not empty, at most `limit` bytes.
inline std::string read_name(base::ObjectReader& reader, const std::string& key, std::size_t limit) {
  std::string text = reader.text(key);
  if (text.size() > limit) reader.problem(key, "is longer than " + std::to_string(limit) + " bytes");
  return text;
}

}  // namespace halte::protocol
