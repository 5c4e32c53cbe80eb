// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace halte::manager {

// What the files in this folder (not below it) whose names end in .pem or .crt hold of certificates, one
// after the other, as PEM; empty: none. Of at most 100 such files, and less than 1 MiB in all: the rest is
// passed over, and so is one with a private key in it, which has no business on a kiosk.
std::string find_certificates(const std::filesystem::path& folder);

}  // namespace halte::manager
