// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace halte::manager {

// Points (1/72 inch) from the upper left corner of the page.
struct Box {
  double x = 0, y = 0, w = 0, h = 0;
};

// Those that also print well in grey. track: under a bar.
enum class Ink { ink, soft, accent, track, white };

struct Style {
  double size = 9;  // points
  bool bold = false;
  Ink ink = Ink::ink;
  bool end = false;  // at the side where reading ends
  bool centred = false;
};

// A page of A4, upright, that becomes a PDF. In a language that is read from the right everything is
// mirrored: a box is always said as if it were read from the left.
class Paper {
 public:
  struct About {
    std::string title, language;
    std::string made;  // RFC 3339
    double scale = 1;  // of everything: below 1 there is room for more
  };
  explicit Paper(const About& about);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  Box inside() const;  // the margins of 15 mm, in points of the scale
  // In lines as wide as the box, from its top. Returns how high they are.
  double text(const Box& box, const std::string& words, const Style& style);
  void fill(const Box& box, Ink ink);
  void shade(const Box& box, double share);  // 0 … 1: light to dark
  void rule(double y);                       // a thin line across
  std::string bytes() &&;                    // the page is done

 private:
  struct Sheet;  // the library's
  Box mirrored(const Box& box) const;
  std::unique_ptr<Sheet> sheet_;
};

}  // namespace halte::manager
