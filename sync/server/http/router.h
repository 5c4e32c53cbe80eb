// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/server/http/handler.h"

namespace halte::http {

struct Route {
  std::string method;   // "GET", "POST", "PUT", "PATCH" or "DELETE"
  std::string pattern;  // "/api/v1/branches/{id}"; a last "{name...}" takes the rest of the path, or nothing
  std::string access;   // who may call it, in the server's own words; the router only keeps it
  Handler handler;
  std::size_t body_limit = 0;  // bytes, packed and unpacked; 0: the server's limits
};

// Filled once, then read by any thread. Among patterns that fit a path the most literal one counts, segment
// by segment; only then the method is asked, so a catch-all never answers for a path that has a route.
class Router {
 public:
  // Asserts on a malformed pattern and on a second route of that method and shape.
  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }

  struct Match {
    const Route* route = nullptr;  // null: no such path, or `allow` says which methods it has
    Parameters parameters;
    std::string allow;  // "GET, HEAD, OPTIONS"; empty: no such path
  };
  // `path` without the query, still encoded. HEAD finds the GET route.
  Match match(std::string_view method, std::string_view path) const;

 private:
  struct Segment {
    enum Kind { literal, parameter, rest } kind;
    std::string text;  // the literal or the name
    bool same_shape(const Segment& other) const;
  };
  using Pattern = std::vector<Segment>;

  static Pattern parse(std::string_view pattern);
  static std::optional<Parameters> fit(const Pattern& pattern, const std::vector<std::string>& segments);
  static bool more_literal(const Pattern& a, const Pattern& b);
  static bool same_shape(const Pattern& a, const Pattern& b);

  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // beside routes_
};

}  // namespace halte::http
