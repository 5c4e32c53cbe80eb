// SPDX-License-Identifier: Apache-2.0
#include "core/base/po.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace halte::base {
namespace {

constexpr std::pair<char, char> kEscapes[] = {
    {'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {'"', '"'}, {'\\', '\\'}};

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    if (size == 0 || at + size > text.size()) return false;
    char32_t point = size == 1 ? lead : lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      if ((byte & 0xC0) != 0x80) return false;
      point = (point << 6) | (byte & 0x3F);
    }
    const bool too_long = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    if (too_long || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
    at += size;
  }
  return true;
}

class PoReader {
 public:
  PoReader(std::string_view text, std::string subject) : rest_(text), subject_(std::move(subject)) {}

  Result<PoFile> read() {
    if (rest_.size() > PoLimits::bytes) wrong(fmt::format("is larger than {} bytes", PoLimits::bytes));
    while (!rest_.empty() && !problem_) {
      ++line_;
      const auto end = rest_.find('\n');
      auto line = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      read_line(line);
    }
    finish_entry();
    if (!problem_ && !has_header_) wrong("has no header");
    if (problem_) return fail(subject_, *problem_, "reading translations", ErrorKind::invalid);
    return std::move(file_);
  }

 private:
  void wrong(std::string cause) {
    if (!problem_) problem_ = fmt::format("line {}: {}", line_, cause);
  }

  void read_line(std::string_view line) {
    if (!is_utf8(line)) return wrong("is not UTF-8");
    if (std::ranges::any_of(line, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; }))
      return wrong("holds a control character");
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    line.remove_prefix(begin);
    if (line.starts_with('#')) return comment(line);
    if (line.starts_with('"')) {
      if (!into_) return wrong("text without a keyword before it");
      return append(line);
    }
    const auto end = line.find_first_of(" \t\"");
    const auto keyword = line.substr(0, end);
    if (!begin_text(keyword)) return;
    const auto quote = line.find('"');
    if (quote == std::string_view::npos ||
        line.substr(end, quote - end).find_first_not_of(" \t") != std::string_view::npos)
      return wrong(fmt::format("a text in quotes is expected behind {}", keyword));
    append(line.substr(quote));
  }

  void comment(std::string_view line) {
    if (line.starts_with("#~")) return;
    if (has_translation_) finish_entry();
    if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos) entry_.fuzzy = true;
  }

  // Where the text behind the keyword goes; false after noting what is wrong.
  bool begin_text(std::string_view keyword) {
    if (keyword == "msgid_plural" || keyword.starts_with("msgstr["))
      return wrong("plural forms are not used here"), false;
    if (keyword == "msgctxt" || keyword == "msgid") {
      if (has_translation_) finish_entry();
      const bool again = keyword == "msgctxt" ? has_context_ || has_text_ : has_text_;
      if (again) return wrong(fmt::format("{} before the msgstr of the entry above", keyword)), false;
      (keyword == "msgctxt" ? has_context_ : has_text_) = true;
      if (keyword == "msgid") entry_.line = line_;
      into_ = keyword == "msgctxt" ? &entry_.context : &entry_.text;
    } else if (keyword == "msgstr") {
      if (!has_text_ || has_translation_) return wrong("msgstr without a msgid"), false;
      has_translation_ = true;
      into_ = &entry_.translation;
    } else {
      return wrong(fmt::format("\"{}\" is no keyword of a .po file", keyword.substr(0, 40))), false;
    }
    return true;
  }

  void append(std::string_view quoted) {
    std::size_t at = 1;
    for (; at < quoted.size() && quoted[at] != '"'; ++at) {
      if (quoted[at] != '\\') {
        *into_ += quoted[at];
        continue;
      }
      const char* escape = nullptr;
      if (++at < quoted.size())
        for (const auto& known : kEscapes)
          if (known.first == quoted[at]) escape = &known.second;
      if (!escape) return wrong("an escape that is none of \\n \\t \\r \\\" \\\\");
      *into_ += *escape;
    }
    if (at >= quoted.size()) return wrong("the quote is not closed");
    if (quoted.find_first_not_of(" \t", at + 1) != std::string_view::npos)
      wrong("something stands behind the quote");
  }

  void finish_entry() {
    if (problem_) return;
    if (!has_translation_) {
      if (has_context_ || has_text_) wrong("the last entry has no msgstr");
      return;
    }
    if (!has_context_ && entry_.text.empty())
      read_header();
    else if (!has_header_)
      wrong("an entry before the header");
    else if (!seen_.emplace(entry_.context, entry_.text).second)
      wrong(fmt::format("the entry of line {} is there twice", entry_.line));
    else if (file_.entries.size() == PoLimits::entries)
      wrong(fmt::format("has more than {} entries", PoLimits::entries));
    else
      file_.entries.push_back(std::move(entry_));
    entry_ = {};
    into_ = nullptr;
    has_context_ = has_text_ = has_translation_ = false;
  }

  void read_header() {
    if (has_header_) return wrong("a second header");
    has_header_ = true;
    std::string_view rest = entry_.translation;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const auto line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) return wrong("a header line without a colon");
      const auto value = line.find_first_not_of(' ', colon + 1);
      file_.header[std::string(line.substr(0, colon))] =
          value == std::string_view::npos ? "" : line.substr(value);
    }
    std::string type = file_.header["Content-Type"];
    std::ranges::transform(type, type.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    if (!type.ends_with("charset=utf-8")) wrong("the header's Content-Type does not end in charset=UTF-8");
  }

  std::string_view rest_;
  std::string subject_;
  std::size_t line_ = 0;
  std::optional<std::string> problem_;
  PoFile file_;
  PoEntry entry_;
  std::string* into_ = nullptr;  // the text of entry_ that is being read
  bool has_header_ = false, has_context_ = false, has_text_ = false, has_translation_ = false;
  std::set<std::pair<std::string, std::string>> seen_;
};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    const auto* escape = std::ranges::find(kEscapes, c, &std::pair<char, char>::second);
    if (escape == std::end(kEscapes))
      out += c;
    else
      (out += '\\') += escape->first;
  }
  return out += '"';
}

// Several lines as one quoted line each, below an empty one, as gettext's own programs write them.
std::string lines(std::string_view keyword, std::string_view text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos || end + 1 == text.size())
    return fmt::format("{} {}\n", keyword, quoted(text));
  std::string out = fmt::format("{} \"\"\n", keyword);
  while (!text.empty()) {
    const auto length = std::min(text.find('\n'), text.size() - 1) + 1;
    out += quoted(text.substr(0, length)) + "\n";
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

Result<PoFile> read_po(std::string_view text, std::string subject) {
  return PoReader(text, std::move(subject)).read();
}

std::string write_po(const PoFile& file) {
  constexpr std::pair<std::string_view, std::string_view> kHeader[] = {
      {"Project-Id-Version", "halte"},
      {"PO-Revision-Date", ""},
      {"Last-Translator", ""},
      {"Language-Team", ""},
      {"Language", ""},
      {"MIME-Version", "1.0"},
      {"Content-Type", "text/plain; charset=UTF-8"},
      {"Content-Transfer-Encoding", "8bit"},
  };
  std::string header;
  for (const auto& [key, fallback] : kHeader) {
    const auto found = file.header.find(key);
    header +=
        fmt::format("{}: {}\n", key, found == file.header.end() ? fallback : std::string_view(found->second));
  }
  std::string out = "msgid \"\"\n" + lines("msgstr", header);
  for (const PoEntry& entry : file.entries) {
    out += entry.fuzzy ? "\n#, fuzzy\n" : "\n";
    out += lines("msgctxt", entry.context) + lines("msgid", entry.text) + lines("msgstr", entry.translation);
  }
  return out;
}

}  // namespace halte::base
