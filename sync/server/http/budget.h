// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace halte::http {

// How many bytes of bodies may be in memory at once. Any thread; outlives its shares.
class Budget {
 public:
  // Bytes taken out, given back when it goes.
  class Share {
   public:
    Share() = default;
    Share(Share&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    Share& operator=(Share&&) = delete;
    ~Share() {
      if (budget_) budget_->used_ -= bytes_;
    }

    // To this many bytes in all, of that budget; false, and unchanged, when they are not there.
    bool grow_to(std::size_t bytes, Budget& budget) {
      if (bytes <= bytes_) return true;
      const std::size_t more = bytes - bytes_;
      if (budget.used_.fetch_add(more) + more > budget.limit_) {
        budget.used_ -= more;
        return false;
      }
      budget_ = &budget;
      bytes_ = bytes;
      return true;
    }

   private:
    Budget* budget_ = nullptr;
    std::size_t bytes_ = 0;
  };

  explicit Budget(std::size_t limit) : limit_(limit) {}
  std::size_t used() const { return used_; }

 private:
  const std::size_t limit_;
  std::atomic<std::size_t> used_ = 0;
};

}  // namespace halte::http
