// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "app/ui/registry.h"
#include "core/base/error.h"

namespace halte::kiosk::shell {

// Tells a test or a demonstration what is on the glass and what became durable: one JSON object a line,
// appended. Never what was typed: keys are all called "key". Does nothing where no file was named. A line is
// whole: saving(), saved() and save_failed() may be called from any thread, the rest from the UI thread.
class Announcer {
 public:
  // Empty path: silent.
  static base::Result<Announcer> create(const std::filesystem::path& path);

  // A screen at rest with its targets, in pixels, and of the staff's pages the words. The same picture twice
  // is told once.
  void screen(const std::string& name, const std::string& language, const ui::Registry& registry);
  void tap(const std::string& target);
  // A frame took that much of a processor to build, and what changed is on the glass now, by the machine's
  // steady clock. `touched`: a finger did something since the frame before.
  void drawn(std::chrono::nanoseconds build, bool touched);
  // What the voice was given; `focused`: the target it is about, nullptr for a screen. Keys are not told.
  void spoken(const std::string& language, const std::string& text, const ui::Element* focused);
  void saving(const std::string& id);
  void saved(const std::string& id, bool closed, std::uint64_t seq);
  void save_failed(const std::string& cause);
  void synced(std::uint64_t pending, std::uint64_t acknowledged, const std::string& state);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit Announcer(std::unique_ptr<std::FILE, Close> file) : file_(std::move(file)) {}
  void write(const std::string& line);

  std::unique_ptr<std::FILE, Close> file_;
  std::string last_screen_;
};

}  // namespace halte::kiosk::shell
