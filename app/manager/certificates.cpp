// SPDX-License-Identifier: Apache-2.0
#include "app/manager/certificates.h"

#include <algorithm>
#include <vector>

#include "core/base/file.h"
#include "sync/net/certificates.h"

namespace halte::manager {
namespace {

constexpr std::size_t most_bytes = 1 << 20, most_files = 100;

bool is_candidate(const std::filesystem::directory_entry& entry) {
  std::error_code trouble;
  const std::string ending = entry.path().extension().string();
  return (ending == ".pem" || ending == ".crt") && entry.is_regular_file(trouble) &&
         entry.file_size(trouble) <= most_bytes && !trouble;
}

}  // namespace

std::string find_certificates(const std::filesystem::path& folder) {
  std::error_code trouble;
  std::vector<std::filesystem::path> files;
  // A stick can be pulled at any step.
  for (std::filesystem::directory_iterator entry(folder, trouble), end; !trouble && entry != end;
       entry.increment(trouble))
    if (is_candidate(*entry) && files.size() < most_files) files.push_back(entry->path());
  std::ranges::sort(files);
  std::string all;
  for (const auto& file : files) {
    const auto text = base::read_file(file, most_bytes);
    if (!text || text->find("PRIVATE KEY") != text->npos) continue;
    const std::string certificates = net::read_certificates(*text).pem;
    if (all.size() + certificates.size() < most_bytes) all += certificates;
  }
  return all;
}

}  // namespace halte::manager
