// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without a fuzzer: over its corpus, and over as many mutations of it as fit into the
// given seconds. Same seed, same inputs. ./dev fuzz runs the same targets under libFuzzer.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::mt19937_64;

void feed(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutated(std::string input, const std::vector<std::string>& corpus, Random& random) {
  for (int edits = 1 + int(random() % 6); edits > 0; --edits) {
    std::size_t at = input.empty() ? 0 : random() % input.size();
    switch (random() % 5) {
      case 0:
        if (!input.empty()) input[at] = char(random());
        break;
      case 1: input.insert(at, 1, char(random())); break;
      case 2: input.erase(at, 1 + random() % 8); break;
      case 3: input.resize(at); break;
      default: {
        const std::string& other = corpus[random() % corpus.size()];
        std::size_t from = other.empty() ? 0 : random() % other.size();
        input.insert(at, other.substr(from, random() % 64));
      }
    }
  }
  return input;
}

}  // namespace

int main(int count, char** values) {
  if (count != 4) return std::fprintf(stderr, "use: replay CORPUS SECONDS SEED\n"), 2;
  std::vector<std::string> corpus{""};
  if (!std::filesystem::is_directory(values[1])) return std::fprintf(stderr, "%s: no corpus\n", values[1]), 1;
  for (const auto& entry : std::filesystem::directory_iterator(values[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  for (const std::string& input : corpus) feed(input);
  Random random{std::strtoull(values[3], nullptr, 10)};
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(values[2]));
  long runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs)
    feed(mutated(corpus[random() % corpus.size()], corpus, random));
  std::printf("%zu inputs of the corpus, %ld mutations, seed %s: no crash\n", corpus.size(), runs, values[3]);
}
