// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/announcer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/base/json.h"

namespace halte::kiosk::shell {
namespace {

// A key's number would tell what was typed.
std::string public_name(const std::string& target) {
  return target.starts_with("key") || target.starts_with("pin") ? "key" : target;
}

// The staff's pages, where nothing of a visitor and no code is typed.
bool shows_figures(const std::string& screen) {
  return screen.starts_with("manager/") && screen != "manager/code" && screen != "manager/enrolment";
}

}  // namespace

base::Result<Announcer> Announcer::create(const std::filesystem::path& path) {
  if (path.empty()) return Announcer(nullptr);
  std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "ae"));
  if (!file) return base::fail(path.string(), std::strerror(errno), "opening it for announcements");
  return Announcer(std::move(file));
}

void Announcer::write(const std::string& line) {
  if (!file_) return;
  std::fprintf(file_.get(), "%s\n", line.c_str());
  std::fflush(file_.get());
}

void Announcer::screen(const std::string& name, const std::string& language, const ui::Registry& registry) {
  if (!file_) return;
  base::Json targets = base::Json::object();
  for (const ui::Element& element : registry.elements) {
    if (!element.enabled || element.role == ui::Role::scrim || element.id.starts_with("key")) continue;
    const ui::Rect& r = element.rect_px;
    targets[element.id] = {int(r.x), int(r.y), int(r.w), int(r.h)};
  }
  base::Json event{
      {"event", "screen"}, {"name", name}, {"language", language}, {"targets", std::move(targets)}};
  if (shows_figures(name))
    for (const ui::TextElement& text : registry.texts) event["texts"].push_back(text.text);
  const std::string line = base::to_text(event);
  if (line == last_screen_) return;
  last_screen_ = line;
  write(line);
}

void Announcer::tap(const std::string& target) {
  write(base::to_text({{"event", "tap"}, {"target", public_name(target)}}));
}

void Announcer::drawn(std::chrono::nanoseconds build, bool touched) {
  if (!file_) return;
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now());
  write(base::to_text({{"event", "drawn"},
                       {"build_us", double(build.count()) / 1'000},
                       {"touched", touched},
                       {"at_us", now.time_since_epoch().count()}}));
}

void Announcer::spoken(const std::string& language, const std::string& text, const ui::Element* focused) {
  const bool is_key = focused != nullptr && focused->role == ui::Role::key;
  write(base::to_text({{"event", "spoken"},
                       {"language", language},
                       {"focus", focused != nullptr ? public_name(focused->id) : ""},
                       {"text", is_key ? "key" : text}}));
}

void Announcer::saving(const std::string& id) { write(base::to_text({{"event", "saving"}, {"id", id}})); }

void Announcer::saved(const std::string& id, bool closed, std::uint64_t seq) {
  base::Json line{{"event", closed ? "saved" : "saved_open"}, {"id", id}};
  if (closed) line["seq"] = seq;
  write(base::to_text(line));
}

void Announcer::save_failed(const std::string& cause) {
  write(base::to_text({{"event", "save_failed"}, {"cause", cause}}));
}

void Announcer::synced(std::uint64_t pending, std::uint64_t acknowledged, const std::string& state) {
  write(base::to_text(
      {{"event", "synced"}, {"pending", pending}, {"acknowledged", acknowledged}, {"state", state}}));
}

}  // namespace halte::kiosk::shell
