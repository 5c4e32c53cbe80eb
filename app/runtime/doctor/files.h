// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/runtime/doctor/finding.h"

namespace halte::runtime::doctor {

struct FileFacts {
  std::string path;
  unsigned owner = 0;  // user id
  unsigned mode = 0;   // the permissions alone
};
std::optional<FileFacts> file_facts(const std::filesystem::path& path);

// Whose the files are, in words.
struct Keeper {
  std::string program;  // "halte-kiosk"
  std::string who;      // "the kiosk"
};
// Whether a folder and what lies in it are its owner's alone. `user`: who looks.
Findings judge_files(const Keeper& keeper, unsigned user, const FileFacts& folder,
                     const std::vector<FileFacts>& files);

}  // namespace halte::runtime::doctor
