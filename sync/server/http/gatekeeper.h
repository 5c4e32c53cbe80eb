// SPDX-License-Identifier: Apache-2.0
#pragma once

// Stands before the parser: a request whose framing two programs could read in two ways is refused, not
// interpreted (request smuggling; RFC 9112 sections 2, 3, 5, 6 and 11).

#include <cstddef>
#include <optional>
#include <string_view>

namespace halte::http {

// Why a head is refused, in words for the problem's detail; nullopt lets it through. `head` is everything
// up to and including the empty line. Pure.
std::optional<std::string_view> refuse_head(std::string_view head);

// Where the head ends (one past the empty line), or nullopt when more bytes are needed. An empty line of
// bare line feeds counts too, so that refuse_head sees it at once instead of at the deadline.
std::optional<std::size_t> end_of_head(std::string_view bytes);

}  // namespace halte::http
