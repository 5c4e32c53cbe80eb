// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <utility>

#include "sync/server/http/message.h"

namespace halte::http {

// The right and the duty to answer one request. Called once, from any thread; a Reply that is dropped
// uncalled answers 500. It may outlive the connection and the server: then the answer goes nowhere.
class Reply {
 public:
  explicit Reply(std::move_only_function<void(Response)> send) : send_(std::move(send)) {}
  Reply(Reply&& other) noexcept : send_(std::exchange(other.send_, nullptr)) {}
  Reply& operator=(Reply&&) = delete;
  ~Reply();
  void operator()(Response response);

 private:
  std::move_only_function<void(Response)> send_;
};

// Runs on an I/O thread: it returns at once, so what blocks goes through Workers (workers.h).
// A lambda may take the request as `const Request&`.
using Handler = std::function<void(Request, Reply)>;

// A handler that answers at once, for what needs no more than memory.
Handler at_once(std::function<Response(const Request&)> answer);

}  // namespace halte::http
