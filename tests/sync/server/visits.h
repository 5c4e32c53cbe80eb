// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/support/responses.h"

namespace halte::tests {

struct Scores {
  int visit, nps;
};

inline response::Response a_visit(base::Random& random, Scores scores,
                                  const std::string& branch = "utrecht") {
  auto r = a_response(random);
  r.branch = branch;
  r.answers = {{"visit", scores.visit}, {"nps", scores.nps}};
  r.answers[scores.visit >= 4 ? "went_well" : "could_be_better"] = {"staff", "wait"};
  return r;
}

inline std::vector<response::Response> visits(base::Random& random, const std::vector<Scores>& all,
                                              const std::string& branch = "utrecht") {
  std::vector<response::Response> responses;
  for (Scores scores : all) responses.push_back(a_visit(random, scores, branch));
  return responses;
}

}  // namespace halte::tests
