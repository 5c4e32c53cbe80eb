// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace halte::base {

// What a caller may do about a failure; the message is for people, the kind is for code.
enum class ErrorKind {
  failed,   // it did not work this time
  invalid,  // the input is wrong and stays wrong
  not_found,
  conflict,     // something else is there already
  refused,      // a newer or a foreign file, a portal's answer: hands off
  unavailable,  // disk full, locked, network gone: may work later
  lacking,      // the machine has no display, no OpenGL, no free port
};

// Three parts that a person needs: what it is about, what is wrong, during what.
struct Error {
  std::string subject;
  std::string cause;
  std::string context;
  ErrorKind kind = ErrorKind::failed;
};

// "outbox.db: disk is full, while saving a response"
std::string to_string(const Error& error);

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(std::string subject, std::string cause, std::string context = {},
                                   ErrorKind kind = ErrorKind::failed) {
  return std::unexpected(Error{std::move(subject), std::move(cause), std::move(context), kind});
}

// What each program returns to the shell.
enum class ExitStatus { done = 0, failed = 1, usage = 2, refused = 3, lacking = 4 };

ExitStatus exit_status(ErrorKind kind);

}  // namespace halte::base
