// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/router.h"

#include <algorithm>
#include <cassert>

namespace halte::http {

namespace {

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return segments;
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == path.npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

bool Router::Segment::same_shape(const Segment& other) const {
  return kind == other.kind && (kind != literal || text == other.text);
}

Router::Pattern Router::parse(std::string_view pattern) {
  assert(pattern.starts_with('/'));
  Pattern parsed;
  for (const auto segment : split_path(pattern)) {
    assert(parsed.empty() || parsed.back().kind != Segment::rest);
    if (!segment.starts_with('{')) {
      parsed.push_back({Segment::literal, std::string(segment)});
    } else if (segment.ends_with("...}")) {
      parsed.push_back({Segment::rest, std::string(segment.substr(1, segment.size() - 5))});
    } else {
      assert(segment.ends_with('}'));
      parsed.push_back({Segment::parameter, std::string(segment.substr(1, segment.size() - 2))});
    }
  }
  return parsed;
}

std::optional<Parameters> Router::fit(const Pattern& pattern, const std::vector<std::string>& segments) {
  Parameters parameters;
  std::size_t i = 0;
  for (const auto& [kind, text] : pattern) {
    if (kind == Segment::rest) {
      std::string rest;
      for (; i < segments.size(); ++i) rest += (rest.empty() ? "" : "/") + segments[i];
      parameters.add(text, std::move(rest));
      return parameters;
    }
    if (i == segments.size()) return std::nullopt;
    if (kind == Segment::literal && text != segments[i]) return std::nullopt;
    if (kind == Segment::parameter) {
      if (segments[i].empty()) return std::nullopt;
      parameters.add(text, segments[i]);
    }
    ++i;
  }
  if (i != segments.size()) return std::nullopt;
  return parameters;
}

bool Router::more_literal(const Pattern& a, const Pattern& b) {
  return std::ranges::lexicographical_compare(a, b, {}, &Segment::kind, &Segment::kind);
}

bool Router::same_shape(const Pattern& a, const Pattern& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return x.same_shape(y); });
}

void Router::add(Route route) {
  Pattern pattern = parse(route.pattern);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    assert(!(routes_[i].method == route.method && same_shape(patterns_[i], pattern)));
  }
  routes_.push_back(std::move(route));
  patterns_.push_back(std::move(pattern));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  std::vector<std::string> segments;
  for (const auto segment : split_path(path)) {
    auto decoded = percent_decode(segment);
    if (!decoded) return {};
    segments.push_back(std::move(*decoded));
  }
  const Pattern* best = nullptr;
  for (const auto& pattern : patterns_) {
    if (fit(pattern, segments) && (!best || more_literal(pattern, *best))) best = &pattern;
  }
  if (!best) return {};

  Match match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!same_shape(patterns_[i], *best)) continue;
    match.allow += routes_[i].method + ", ";
    if (routes_[i].method == "GET") match.allow += "HEAD, ";
    if (routes_[i].method == wanted) {
      match.route = &routes_[i];
      match.parameters = *fit(patterns_[i], segments);
    }
  }
  match.allow += "OPTIONS";
  return match;
}

}  // namespace halte::http
