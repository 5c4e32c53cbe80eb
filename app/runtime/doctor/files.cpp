// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/doctor/files.h"

#include <fmt/format.h>
#include <sys/stat.h>

namespace halte::runtime::doctor {
namespace {

constexpr unsigned others_write = 0022, others_any = 0077;

Findings judge_folder(const Keeper& keeper, unsigned user, const FileFacts& folder) {
  if ((folder.mode & others_write) != 0)
    return {{Level::wrong, "files",
             fmt::format("others may write into {} (mode {:04o})", folder.path, folder.mode),
             fmt::format("keep them out: chmod 700 '{}'", folder.path)}};
  if (user != 0 && user != folder.owner)
    return {{Level::wrong, "files",
             fmt::format("{} belongs to user {}, and you are user {}", folder.path, folder.owner, user),
             fmt::format("run it as that user: sudo -u '#{}' {}", folder.owner, keeper.program)}};
  if ((folder.mode & others_any) != 0)
    return {{Level::warning, "files",
             fmt::format("others may look into {} (mode {:04o})", folder.path, folder.mode),
             fmt::format("keep them out: chmod 700 '{}'", folder.path)}};
  return {};
}

}  // namespace

std::optional<FileFacts> file_facts(const std::filesystem::path& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return FileFacts{path.string(), found.st_uid, found.st_mode & 0777};
}

Findings judge_files(const Keeper& keeper, unsigned user, const FileFacts& folder,
                     const std::vector<FileFacts>& files) {
  Findings findings = judge_folder(keeper, user, folder);
  for (const FileFacts& file : files) {
    if (file.owner != folder.owner)
      findings.push_back({Level::wrong, "files",
                          fmt::format("{} belongs to user {} and its folder to user {}, so {} cannot open it",
                                      file.path, file.owner, folder.owner, keeper.who),
                          fmt::format("give it back: chown {} '{}'", folder.owner, file.path)});
    if ((file.mode & others_any) != 0)
      findings.push_back({Level::wrong, "files",
                          fmt::format("others may read {} (mode {:04o}), where {}'s keys and answers are",
                                      file.path, file.mode, keeper.who),
                          fmt::format("keep them out: chmod 600 '{}'", file.path)});
  }
  if (findings.empty()) findings.push_back({Level::ok, "files", folder.path + " is its owner's alone", {}});
  return findings;
}

}  // namespace halte::runtime::doctor
