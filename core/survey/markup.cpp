// SPDX-License-Identifier: Apache-2.0
#include "core/survey/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/survey/text.h"

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

// Those that pages in Halte's languages are full of; as text they need no entity.
constexpr std::pair<std::string_view, std::string_view> kMoreEntities[] = {
    {"agrave", "à"}, {"aacute", "á"}, {"acirc", "â"},  {"auml", "ä"},     {"ccedil", "ç"}, {"egrave", "è"},
    {"eacute", "é"}, {"ecirc", "ê"},  {"euml", "ë"},   {"icirc", "î"},    {"iuml", "ï"},   {"ocirc", "ô"},
    {"oacute", "ó"}, {"ouml", "ö"},   {"ugrave", "ù"}, {"ucirc", "û"},    {"uuml", "ü"},   {"szlig", "ß"},
    {"Agrave", "À"}, {"Auml", "Ä"},   {"Ccedil", "Ç"}, {"Eacute", "É"},   {"Egrave", "È"}, {"Ouml", "Ö"},
    {"Uuml", "Ü"},   {"euro", "€"},   {"ndash", "–"},  {"mdash", "—"},    {"hellip", "…"}, {"lsquo", "‘"},
    {"rsquo", "’"},  {"ldquo", "“"},  {"rdquo", "”"},  {"laquo", "«"},    {"raquo", "»"},  {"copy", "©"},
    {"apos", "’"},   {"middot", "·"}, {"bull", "•"},   {"shy", "\u00AD"},
};

// A tag's name in small letters, with the slash of a closing one: "/p", "br".
std::string tag_name(std::string_view inside) {
  std::size_t end = inside.starts_with('/') ? 1 : 0;
  while (end < inside.size() && std::isalnum(static_cast<unsigned char>(inside[end]))) ++end;
  return lower_case(inside.substr(0, end));
}

class MarkupSimplifier {
 public:
  explicit MarkupSimplifier(std::string_view html) : rest_(html) {}

  std::string simplify() {
    while (!rest_.empty()) {
      const char c = rest_.front();
      if ((c == '<' && take_tag()) || (c == '&' && take_entity())) continue;
      if (is_blank(c))
        blank_ = true;
      else
        append(c == '<' ? "&lt;" : c == '&' ? "&amp;" : rest_.substr(0, 1));
      rest_.remove_prefix(1);
    }
    while (!open_.empty()) close();
    return has_text_ ? std::move(out_) : std::string();
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  bool take_tag() {
    const auto end = tags_follow_ ? rest_.find('>') : std::string_view::npos;
    tags_follow_ = end != std::string_view::npos;
    if (!tags_follow_) return false;
    const auto inside = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    tag(tag_name(inside));
    return true;
  }

  bool take_entity() {
    const auto end = rest_.substr(0, 12).find(';');
    if (end == std::string_view::npos) return false;
    const auto whole = rest_.substr(0, end + 1), name = rest_.substr(1, end - 1);
    const auto* kept =
        std::ranges::find(kEntities, whole, &std::pair<std::string_view, std::string_view>::first);
    const auto* more =
        std::ranges::find(kMoreEntities, name, &std::pair<std::string_view, std::string_view>::first);
    if (name == "nbsp")
      blank_ = true;
    else if (kept != std::end(kEntities))
      append(whole);
    else if (more != std::end(kMoreEntities))
      append(more->second);
    else
      return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  // Line ends and blanks wait for text, so that none stand at the beginning or the end, nor twice.
  void flush() {
    if (has_text_ && line_end_)
      out_ += "<br>";
    else if (has_text_ && blank_)
      out_ += ' ';
    line_end_ = blank_ = false;
  }
  void append(std::string_view text) {
    flush();
    has_text_ = true;
    out_ += text;
  }

  void open(char style) {
    if (open_.find(style) != std::string::npos) return;
    flush();
    open_ += style;
    out_ += fmt::format("<{}>", style);
  }
  void close() {
    out_ += fmt::format("</{}>", open_.back());
    open_.pop_back();
  }

  void tag(const std::string& name) {
    static constexpr std::string_view kBlocks[] = {"br",  "p",   "/p",  "/div", "div", "/li", "li",  "ul",
                                                   "/ul", "h1",  "h2",  "h3",   "h4",  "h5",  "h6",  "/h1",
                                                   "/h2", "/h3", "/h4", "/h5",  "/h6", "tr",  "/tr", "hr"};
    if (name == "script" || name == "style") {
      auto end = rest_.find("</");
      while (end != std::string_view::npos && tag_name(rest_.substr(end + 1)) != "/" + name)
        end = rest_.find("</", end + 2);
      rest_.remove_prefix(std::min(end, rest_.size()));
    } else if (std::ranges::find(kBlocks, name) != std::end(kBlocks)) {
      line_end_ = true;
    } else if (name == "b" || name == "strong") {
      open('b');
    } else if (name == "i" || name == "em") {
      open('i');
    } else if (name == "/b" || name == "/strong" || name == "/i" || name == "/em") {
      char style = name == "/b" || name == "/strong" ? 'b' : 'i';
      if (open_.find(style) == std::string::npos) return;
      while (open_.back() != style) close();  // <b><i></b>: the outer one closes both
      close();
    }
  }

  std::string_view rest_;
  std::string out_;
  std::string open_;         // styles, outermost first
  bool tags_follow_ = true;  // until a < that nothing closes
  bool has_text_ = false, blank_ = false, line_end_ = false;
};

}  // namespace

std::string simplified_markup(std::string_view html) { return MarkupSimplifier(html).simplify(); }

std::expected<std::vector<StyledRun>, std::string> parse_markup(std::string_view html) {
  return MarkupReader(html).read();
}

}  // namespace halte::survey
