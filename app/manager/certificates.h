// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace halte::manager {

// What the files in this folder (not below it) whose names end in .pem or .crt hold of certificates, one
// after the other, as PEM; empty: none. A file of more than 1 MiB is passed over, and so is one with a
// private key in it: that has no business on a kiosk.
std::string find_certificates(const std::filesystem::path& folder);

}  // namespace halte::manager
