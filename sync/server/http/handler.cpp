// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/handler.h"

#include <cassert>

#include "sync/server/http/problem.h"

namespace halte::http {

Reply::~Reply() {
  if (send_) send_(problem(Problem::internal));
}

void Reply::operator()(Response response) {
  assert(send_ && "a reply is called once");
  std::exchange(send_, nullptr)(std::move(response));
}

Handler at_once(std::function<Response(const Request&)> answer) {
  return [answer = std::move(answer)](const Request& request, Reply reply) { reply(answer(request)); };
}

}  // namespace halte::http
