// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/runtime/mailbox.h"
#include "app/runtime/worker.h"

using namespace halte::runtime;

TEST_CASE("mailbox: jobs run in the order they came, on the thread that asks") {
  int wakes = 0;
  Mailbox mailbox([&] { ++wakes; });
  std::vector<int> order;
  for (int i = 0; i < 3; ++i) mailbox.post([&order, i] { order.push_back(i); });
  CHECK(order.empty());
  CHECK(mailbox.run() == 3);
  CHECK(order == std::vector{0, 1, 2});
  CHECK(wakes == 3);
}

TEST_CASE("mailbox: a job that posts again does not run in the same turn") {
  Mailbox mailbox([] {});
  int runs = 0;
  mailbox.post([&] {
    ++runs;
    mailbox.post([&] { ++runs; });
  });
  CHECK(mailbox.run() == 1);
  CHECK(runs == 1);
  CHECK(mailbox.run() == 1);
  CHECK(runs == 2);
}

TEST_CASE("mailbox: nothing is lost when several threads post while one runs") {
  Mailbox mailbox([] {});
  std::atomic<int> posting = 4;
  std::vector<std::thread> threads;
  int count = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) mailbox.post([&count] { ++count; });
      --posting;
    });
  while (posting > 0) mailbox.run();
  for (auto& thread : threads) thread.join();
  mailbox.run();
  CHECK(count == 4000);
}

TEST_CASE("worker: stop runs everything that was posted before it, in order") {
  std::vector<int> order;
  Worker worker;
  for (int i = 0; i < 100; ++i) worker.post([&order, i] { order.push_back(i); });
  worker.stop();
  REQUIRE(order.size() == 100);
  CHECK(order.front() == 0);
  CHECK(order.back() == 99);
  worker.post([&order] { order.push_back(100); });
  CHECK(order.size() == 100);
}
