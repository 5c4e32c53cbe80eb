// SPDX-License-Identifier: Apache-2.0
#pragma once

// A running server and the commands beside it. Only one process may write a database (two that check-point
// one write-ahead log can ruin it in SQLite before 3.51.3), so a command asks the server to do its work.

#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace halte::hq {

// A socket in the data folder that its owner alone may use; one question a connection, answered in turn.
class ControlSocket {
 public:
  // `answer` is called on a thread of its own.
  using Answer = std::function<base::Json(const base::Json&)>;
  static base::Result<std::unique_ptr<ControlSocket>> create(const std::filesystem::path& path, Answer answer,
                                                             base::Log log);
  ~ControlSocket();  // the question at hand is answered first

 private:
  struct Ends;
  ControlSocket(std::filesystem::path path, std::unique_ptr<Ends> ends);
  void run(const Answer& answer, const base::Log& log);

  std::filesystem::path path_;
  std::unique_ptr<Ends> ends_;
  std::thread thread_;
};

// Waits for the answer for up to 30 s. unavailable: nobody answers there.
base::Result<base::Json> ask(const std::filesystem::path& path, const base::Json& question);

}  // namespace halte::hq
