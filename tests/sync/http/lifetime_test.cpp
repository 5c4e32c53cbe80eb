// SPDX-License-Identifier: Apache-2.0

// Deadlines, limits and the end.

#include <sys/resource.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "sync/server/http/compression.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;
using Clock = std::chrono::steady_clock;

namespace {

Options short_deadlines() {
  Options options;
  options.deadlines = {.header = base::Millis{200},
                       .body = base::Millis{300},
                       .write = base::Millis{500},
                       .idle = base::Millis{250},
                       .heartbeat = base::Millis{100}};
  return options;
}

// A byte every 20 ms until the server hangs up: what a slow attacker does.
void drip(const RawClient& client, std::string_view bytes) {
  for (const char c : bytes) {
    if (!client.send({&c, 1})) return;
    std::this_thread::sleep_for(base::Millis{20});
  }
}

}  // namespace

TEST_CASE("deadlines: bytes that drip do not extend the header's") {
  const TestServer test(short_deadlines());
  auto client = test.connect();
  const auto start = Clock::now();
  std::jthread attack(
      [&] { drip(client, "GET /healthz HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"); });
  CHECK(status_of(client.reply()) == 408);
  CHECK(elapsed_since(start) >= base::Millis{190});
  CHECK(elapsed_since(start) < base::Millis{600});
}

TEST_CASE("deadlines: bytes that drip do not extend the body's") {
  const TestServer test(short_deadlines());
  auto client = test.connect();
  const auto start = Clock::now();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  std::jthread attack([&] { drip(client, std::string(40, 'x')); });
  CHECK(status_of(client.reply()) == 408);
  CHECK(elapsed_since(start) >= base::Millis{290});
  CHECK(elapsed_since(start) < base::Millis{700});
}

TEST_CASE("deadlines: an idle connection is closed without a word, also before its first request") {
  const TestServer test(short_deadlines());
  auto silent = test.connect();
  auto idle = test.connect();
  idle.send(get("/healthz"));
  CHECK(status_of(idle.reply()) == 200);
  const auto start = Clock::now();
  CHECK(silent.until_closed() == "");
  CHECK(idle.until_closed() == "");
  CHECK(elapsed_since(start) < base::Millis{600});
}

TEST_CASE("deadlines: a handler may take longer than the header's and the body's") {
  const TestServer test(short_deadlines());
  auto client = test.connect();
  client.send(get("/slow"));
  CHECK(body_of(client.reply()) == "slow");
}

TEST_CASE("deadlines: 1,000 slow connections do not slow the honest one") {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::max<rlim_t>(files.rlim_cur, 4'096);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &files) == 0);
  Options options;
  options.limits.connections_per_address = 2'000;
  const TestServer test(options);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 1'000; ++i) {
    slow.push_back(std::make_unique<RawClient>(test.server->port()));
    slow.back()->send("GET /healthz HTTP/1.1\r\nHo");
  }
  base::Millis slowest{0};
  for (int i = 0; i < 100; ++i) {
    const auto start = Clock::now();
    auto honest = test.connect();
    honest.send(get("/healthz"));
    CHECK(status_of(honest.reply()) == 200);
    slowest = std::max(slowest, elapsed_since(start));
  }
  CHECK(slowest < base::Millis{1'000});
  CHECK(test.server->connections() >= 1'000);
}

TEST_CASE("limits: one address beyond its connections gets 503 with Retry-After, and room comes back") {
  Options options;
  options.limits.connections_per_address = 2;
  const TestServer test(options);
  auto first = test.connect();
  first.send(get("/healthz"));
  first.reply();
  {
    auto second = test.connect();
    second.send(get("/healthz"));
    CHECK(status_of(second.reply()) == 200);
    auto third = test.connect();
    third.send(get("/healthz"));
    const auto reply = third.reply();
    CHECK(status_of(reply) == 503);
    CHECK(has_field(reply, "Retry-After: 5"));
    CHECK(third.closed());
  }
  for (int i = 0; i < 100 && test.server->connections() > 1; ++i)
    std::this_thread::sleep_for(base::Millis{10});
  auto fourth = test.connect();
  fourth.send(get("/healthz"));
  CHECK(status_of(fourth.reply()) == 200);
}

TEST_CASE("limits: a trusted proxy counts in the total and not by its address") {
  Options options;
  options.limits.connections_per_address = 1;
  options.limits.connections = 3;
  options.trusted_proxies = {"127.0.0.1"};
  const TestServer test(options);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::make_unique<RawClient>(test.server->port()));
    clients.back()->send(get("/healthz"));
    CHECK(status_of(clients.back()->reply()) == (i < 3 ? 200 : 503));
  }
}

TEST_CASE("limits: bodies beyond the memory for them get 503, and the memory comes back") {
  Options options;
  options.limits.bodies_in_memory = 10'000;
  const TestServer test(options);
  const std::string packed = compress("gzip", std::string(10'001, 'x'));
  for (int i = 0; i < 3; ++i) {
    for (int wait = 0; wait < 100 && test.server->connections() > 0; ++wait) {
      std::this_thread::sleep_for(base::Millis{10});
    }
    auto client = test.connect();
    client.send(post("/echo", std::string(6'000, 'x')));
    CHECK(status_of(client.reply()) == 200);
    client.send(post("/echo", packed, "Content-Encoding: gzip\r\n"));
    CHECK(status_of(client.reply()) == 503);
    auto announcer = test.connect();  // takes no memory from anybody: nothing of its body has come
    announcer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nx");
    announcer.until("nothing comes", 50);
    client.send(post("/echo", std::string(6'000, 'x')));
    CHECK(status_of(client.reply()) == 200);
    auto holder = test.connect();
    holder.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6000\r\n\r\n" + std::string(5'999, 'x'));
    holder.until("nothing comes", 50);
    client.send(post("/echo", std::string(6'000, 'x')));
    const auto reply = client.reply();
    CHECK(status_of(reply) == 503);
    CHECK(has_field(reply, "Retry-After: 2"));
  }
}

TEST_CASE("limits: large bodies that stall take no memory from the others") {
  Options options;
  options.limits.large_bodies_in_memory = 3u << 20;
  const TestServer test(options);
  auto holder = test.connect();
  holder.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" +
              std::string(2'900'000, 'x'));
  holder.until("nothing comes", 50);
  auto uploader = test.connect();
  uploader.send(post("/large", std::string(2'000'000, 'x')));
  CHECK(status_of(uploader.reply()) == 503);
  auto kiosk = test.connect();
  kiosk.send(post("/echo", std::string(900'000, 'x')));
  CHECK(status_of(kiosk.reply()) == 200);
}

TEST_CASE("workers: a full queue answers 503 with Retry-After, the others are served") {
  const TestServer test;  // 2 threads, 8 places
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 14; ++i) {
    clients.push_back(std::make_unique<RawClient>(test.server->port()));
    clients.back()->send(get("/slow"));
  }
  int served = 0;
  int busy = 0;
  for (const auto& client : clients) {
    const auto reply = client->reply();
    served += status_of(reply) == 200;
    busy += status_of(reply) == 503 && has_field(reply, "Retry-After: 2");
  }
  CHECK(served >= 8);
  CHECK(busy >= 1);
  CHECK(served + busy == 14);
}

TEST_CASE("stop: idle ones close at once, the one in flight is answered with Connection: close") {
  TestServer test;
  auto idle = test.connect();
  idle.send(get("/healthz"));
  idle.reply();
  auto stream = test.connect();
  stream.send(get("/events"));
  stream.until("retry");
  auto in_flight = test.connect();
  in_flight.send(get("/held"));
  std::this_thread::sleep_for(base::Millis{100});
  const auto start = Clock::now();
  std::jthread stopper([&] { test.server->stop(base::Millis{5'000}); });
  // While the other one is still held: they wait for neither its answer nor the grace.
  CHECK(idle.closed(4'000));
  CHECK(stream.closed(4'000));
  test.held.release();
  const auto reply = in_flight.reply();
  CHECK(body_of(reply) == "held");
  CHECK(has_field(reply, "Connection: close"));
  stopper.join();
  CHECK(elapsed_since(start) < base::Millis{4'500});
  CHECK_FALSE(test.connect().connected());
}

TEST_CASE("stop: what is not done within the grace is cut, and a late reply does no harm") {
  TestServer test;
  auto client = test.connect();
  client.send(get("/held"));
  std::this_thread::sleep_for(base::Millis{50});
  test.server->stop(base::Millis{50});  // returns although the handler never does
  CHECK(client.until_closed() == "");
  test.server.reset();  // the worker still holds the reply of a server that is gone
  test.held.release();
}

TEST_CASE("stop: with clients that come, ask and go all the while") {
  for (int round = 0; round < 5; ++round) {
    TestServer test;
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([port = test.server->port()] {
        for (int request = 0; request < 30; ++request) {
          RawClient client(port);
          if (!client.connected() || !client.send(get("/healthz"))) return;
          client.reply(1'000);
        }
      });
    }
    std::this_thread::sleep_for(base::Millis{5 * round});
    test.server->stop(base::Millis{1'000});
    CHECK(test.server->connections() == 0);
  }
}
