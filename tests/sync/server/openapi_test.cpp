// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <sstream>

#include "sync/server/http/problem.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

// Read by its indentation, which the document keeps: a path at 2, a method at 4, its members at 6.
struct Description {
  std::set<std::string> calls;       // "GET /api/v1/me (signed in)"
  std::set<std::string> problems;    // "/problems/201"
  std::set<std::string> references;  // "Figure"
  std::set<std::string> schemas;
};

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::toupper(c)); });
  return text;
}

std::string after(const std::string& line, const std::string& mark, const std::string& ends) {
  auto at = line.find(mark);
  if (at == std::string::npos) return "";
  auto from = at + mark.size();
  return line.substr(from, line.find_first_of(ends, from) - from);
}

Description read_description() {
  Description d;
  std::istringstream lines(must(base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/openapi.yaml")));
  std::string path, method;
  bool in_schemas = false;
  for (std::string line; std::getline(lines, line);) {
    auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || line[indent] == '#') continue;
    std::string key = line.substr(indent, line.find(':') - indent);
    if (indent == 2) in_schemas = key == "schemas";
    if (indent == 2 && key.starts_with('/')) path = key;
    if (indent == 4 && !path.empty()) method = upper(key);
    if (indent == 4 && in_schemas) d.schemas.insert(key);
    if (indent == 6 && key == "x-halte-access")
      d.calls.insert(method + " " + path + " (" + line.substr(line.find(": ") + 2) + ")");
    if (auto problem = after(line, "const: /problems/", ","); !problem.empty()) d.problems.insert(problem);
    for (auto at = line.find("schemas/"); at != std::string::npos; at = line.find("schemas/", at + 1))
      d.references.insert(after(line.substr(at), "schemas/", "'"));
  }
  return d;
}

std::set<std::string> missing(const std::set<std::string>& wanted, const std::set<std::string>& there) {
  std::set<std::string> left;
  std::ranges::set_difference(wanted, there, std::inserter(left, left.end()));
  return left;
}

std::string joined(const std::set<std::string>& all) {
  std::string text;
  for (const auto& one : all) text += one + "; ";
  return text;
}

}  // namespace

TEST_CASE("openapi: it describes every call with its access, and no call that there is not") {
  NewServer hq;
  std::set<std::string> served;
  for (const http::Route& route : hq.server->routes().routes())
    if (!route.pattern.ends_with("...}"))  // what answers for unknown paths is no call
      served.insert(route.method + " " + route.pattern + " (" + route.access + ")");
  std::set<std::string> described = read_description().calls;
  CHECK(joined(missing(served, described)) == "");
  CHECK(joined(missing(described, served)) == "");
  CHECK(described.size() >= 20);
}

TEST_CASE("openapi: its table of problems is the server's") {
  std::set<std::string> served;
  for (const auto& entry : http::problems()) served.insert(std::to_string(int(entry.problem)));
  CHECK(joined(served) == joined(read_description().problems));
}

TEST_CASE("openapi: every schema that is named is there, and every one that is there is named") {
  Description d = read_description();
  CHECK(joined(missing(d.references, d.schemas)) == "");
  CHECK(joined(missing(d.schemas, d.references)) == "");
}

TEST_CASE("openapi: it keeps to the subset of JSON Schema that every reader knows") {
  std::string text = must(base::read_file(std::string(HALTE_SOURCE_DIR) + "/assets/openapi.yaml"));
  for (const std::string keyword : {"$dynamicRef", "unevaluatedProperties", "prefixItems"})
    CHECK_MESSAGE(text.find(keyword) == std::string::npos, keyword);
}

}  // namespace halte::tests
