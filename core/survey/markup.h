// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace halte::survey {

// A stretch of text in one style; a line end inside is '\n'.
struct StyledRun {
  std::string text;
  bool bold = false;
  bool italic = false;

  friend bool operator==(const StyledRun&, const StyledRun&) = default;
};

// The HTML of an `html` question: text, <b>, <i>, <br> and the entities &amp; &lt; &gt; &quot; &#39;
// &nbsp;. Anything else is refused with the reason, naming the tag. Tags close in order.
std::expected<std::vector<StyledRun>, std::string> parse_markup(std::string_view html);

// Any page's HTML as markup that parse_markup() reads: b, i, strong, em and br stay, the ends of paragraphs, items and
// headings become a <br>, every other tag goes, scripts and styles with what is in them. Blank if no text
// is left.
std::string simplified_markup(std::string_view html);

}  // namespace halte::survey
