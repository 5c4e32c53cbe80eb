// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/event_hub.h"

#include <thread>

#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;

namespace {

bool soon(const std::function<bool()>& holds) {
  for (int i = 0; i < 300; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(base::Millis{10});
  }
  return false;
}

}  // namespace

TEST_CASE("events: an event's bytes can't be forged by its name or its data") {
  CHECK(to_wire({"changed", "{\"a\":1}", ""}) == "event: changed\ndata: {\"a\":1}\n\n");
  CHECK(to_wire({"a\ndata: x", "one\r\ntwo\n", ""}) == "event: adata: x\ndata: one\ndata: two\ndata: \n\n");
}

TEST_CASE("events: each client gets what its filter lets through, in order") {
  TestServer test;
  auto north = test.connect();
  auto south = test.connect();
  north.send(get("/events?audience=north"));
  south.send(get("/events?audience=south"));
  const auto head = north.until("retry: 3000\n\n");
  CHECK(has_field(head, "Content-Type: text/event-stream"));
  CHECK(has_field(head, "Cache-Control: no-store"));
  CHECK(head.find("Content-Length") == std::string::npos);
  south.until("retry: 3000\n\n");
  test.hub.publish({"changed", "1", "north"});
  test.hub.publish({"changed", "2", "south"});
  test.hub.publish({"changed", "3", "north"});
  CHECK(north.until("data: 3\n\n") == "event: changed\ndata: 1\n\nevent: changed\ndata: 3\n\n");
  CHECK(south.until("data: 2\n\n") == "event: changed\ndata: 2\n\n");
}

TEST_CASE("events: a client that leaves is forgotten, at once") {
  TestServer test;
  {
    auto client = test.connect();
    client.send(get("/events"));
    client.until("retry");
    CHECK(test.hub.subscribers() == 1);
  }
  CHECK(soon([&] { return test.hub.subscribers() == 0 && test.server->connections() == 0; }));
}

TEST_CASE("events: a silent stream carries a comment as heartbeat") {
  Options options;
  options.deadlines.heartbeat = base::Millis{50};
  TestServer test(options);
  auto client = test.connect();
  client.send(get("/events"));
  client.until("retry: 3000\n\n");
  CHECK(client.until(":\n\n:\n\n", 1'000).starts_with(":\n\n:\n\n"));
}

TEST_CASE("events: who lags behind the limit is dropped, and others are not") {
  EventHub hub(3);
  const auto slow = hub.subscribe({});
  const auto quick = hub.subscribe({});
  for (int i = 0; i < 4; ++i) {
    hub.publish({"changed", std::to_string(i), ""});
    CHECK(quick->take().has_value());
  }
  CHECK(slow->closed());
  CHECK_FALSE(slow->take().has_value());
  CHECK_FALSE(quick->closed());
  CHECK(hub.subscribers() == 1);
}

TEST_CASE("events: a client that stops reading is dropped by the write deadline") {
  Options options;
  options.deadlines.write = base::Millis{200};
  TestServer test(options);
  auto client = test.connect();
  client.send(get("/events"));
  client.until("retry");
  const std::string large(1u << 20, 'x');
  CHECK(soon([&] {
    test.hub.publish({"changed", large, ""});
    return test.hub.subscribers() == 0;
  }));
}

TEST_CASE("events: closing the hub ends the streams, and later ones end at once") {
  TestServer test;
  auto client = test.connect();
  client.send(get("/events"));
  client.until("retry");
  test.hub.close();
  CHECK(client.closed());
  auto late = test.connect();
  late.send(get("/events"));
  CHECK(status_of(late.until_closed()) == 200);
}

TEST_CASE("events: publishers on many threads and clients that come and go") {
  TestServer test;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&test] {
      for (int event = 0; event < 200; ++event) test.hub.publish({"changed", std::to_string(event), ""});
    });
  }
  for (int i = 0; i < 10; ++i) {
    auto client = test.connect();
    client.send(get("/events"));
    CHECK(client.until("retry").find("text/event-stream") != std::string::npos);
  }
  threads.clear();
  CHECK(soon([&] { return test.hub.subscribers() == 0; }));
}
