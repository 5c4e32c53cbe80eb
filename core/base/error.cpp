// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

namespace halte::base {

std::string to_string(const Error& error) {
  std::string text = error.subject.empty() ? error.cause : error.subject + ": " + error.cause;
  if (!error.context.empty()) text += ", while " + error.context;
  return text;
}

ExitStatus exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return ExitStatus::usage;
    case ErrorKind::refused: return ExitStatus::refused;
    case ErrorKind::lacking: return ExitStatus::lacking;
    case ErrorKind::failed:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::unavailable: return ExitStatus::failed;
  }
  return ExitStatus::failed;
}

}  // namespace halte::base
