// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace halte::base {

// A function for each alternative of a variant, for std::visit.
template <class... Functions>
struct Visitor : Functions... {
  using Functions::operator()...;
};

}  // namespace halte::base
