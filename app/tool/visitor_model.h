// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/crypto.h"
#include "core/response/response.h"

namespace halte::tool {

// One simulated kiosk and what its place is like.
struct SimulatedKiosk {
  std::string id, branch, touchpoint, zone;
  double visitors_a_day = 40;  // who answer, on an ordinary weekday
  double quality = 0;          // of the place, in standard deviations of mood
};

// Believable visitors: busier at lunch, after work and on Saturdays; waiting makes them less happy; people
// who are happy recommend; some leave after one tap. Same random source, same visitors.
class VisitorModel {
 public:
  explicit VisitorModel(base::Random& random) : random_(random) {}

  // Every response of a kiosk on the local day that starts at `midnight`, in order of time. Times are
  // coarsened as a kiosk coarsens them. None on a future hour.
  std::vector<response::Response> day(const SimulatedKiosk& kiosk, base::Instant midnight, int weekday,
                                      base::Instant now);
  response::Response visit(const SimulatedKiosk& kiosk, base::Instant at, double crowd);

 private:
  double normal();
  int poisson(double mean);
  std::string pick(const std::vector<std::pair<std::string, double>>& weighted);
  void answer(response::Response& r, double mood, double crowd);

  base::Random& random_;
};

}  // namespace halte::tool
