// SPDX-License-Identifier: Apache-2.0
#include "core/survey/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace halte::survey {
namespace {

constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
    {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\u00A0"},
};

class MarkupReader {
 public:
  explicit MarkupReader(std::string_view html) : rest_(html) {}

  std::expected<std::vector<StyledRun>, std::string> read() {
    while (!rest_.empty() && problem_.empty()) {
      if (rest_.front() == '<') {
        tag();
      } else if (rest_.front() == '&') {
        entity();
      } else {
        auto end = std::min(rest_.find_first_of("<&"), rest_.size());
        append(rest_.substr(0, end));
        rest_.remove_prefix(end);
      }
    }
    if (problem_.empty() && !open_.empty()) problem_ = fmt::format("<{}> is not closed", open_.back());
    if (!problem_.empty()) return std::unexpected(std::move(problem_));
    return std::move(runs_);
  }

 private:
  void append(std::string_view text) {
    bool bold = std::ranges::count(open_, 'b') > 0;
    bool italic = std::ranges::count(open_, 'i') > 0;
    if (runs_.empty() || runs_.back().bold != bold || runs_.back().italic != italic)
      runs_.push_back({"", bold, italic});
    runs_.back().text += text;
  }

  void tag() {
    auto end = rest_.find('>');
    if (end == std::string_view::npos) {
      problem_ = "a < is not closed; a plain one is written &lt;";
      return;
    }
    auto name = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (name == "br" || name == "br/" || name == "br /") {
      append("\n");
    } else if (name == "b" || name == "i") {
      open_ += name;
    } else if ((name == "/b" || name == "/i") && !open_.empty() && open_.back() == name[1]) {
      open_.pop_back();
    } else if (name == "/b" || name == "/i") {
      problem_ = fmt::format("<{}> closes nothing, or in the wrong order", name);
    } else {
      problem_ = fmt::format("<{}> is not supported: only b, i and br, without attributes", name);
    }
  }

  void entity() {
    const auto* entity =
        std::ranges::find_if(kEntities, [&](auto& entry) { return rest_.starts_with(entry.first); });
    if (entity == std::end(kEntities)) {
      problem_ = "an & begins an entity that is not supported; a plain one is written &amp;";
      return;
    }
    append(entity->second);
    rest_.remove_prefix(entity->first.size());
  }

  std::string_view rest_;
  std::string open_;  // the tags that are open, outermost first
  std::vector<StyledRun> runs_;
  std::string problem_;
};

}  // namespace

std::expected<std::vector<StyledRun>, std::string> parse_markup(std::string_view html) {
  return MarkupReader(html).read();
}

}  // namespace halte::survey
