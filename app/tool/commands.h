// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace halte::tool {

// One command, one file. Each takes the words after its name and returns the exit status.
int validate(const std::vector<std::string>& arguments);
int survey(const std::vector<std::string>& arguments);
int simulate(const std::vector<std::string>& arguments);
int bench(const std::vector<std::string>& arguments);

}  // namespace halte::tool
