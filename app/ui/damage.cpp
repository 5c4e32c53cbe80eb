// SPDX-License-Identifier: Apache-2.0
#include "app/ui/damage.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace halte::ui {
namespace {

using Strokes = std::span<const Stroke>;

long area(const PixelRect& r) { return long{r.w} * r.h; }

// What drawing one rectangle costs besides its pixels, in pixels.
constexpr long fixed_cost = 4'096;

constexpr std::size_t most_parts = 8;  // before what they share is taken off

// What is drawn for nothing if two become one.
long waste(const PixelRect& a, const PixelRect& b) { return area(unite(a, b)) - area(a) - area(b); }

// What is left of them outside a hole: above, below and on both sides.
std::vector<PixelRect> without(const std::vector<PixelRect>& parts, const PixelRect& hole) {
  std::vector<PixelRect> left;
  const auto keep = [&](const PixelRect& r) {
    if (!r.empty()) left.push_back(r);
  };
  for (const PixelRect& p : parts) {
    const PixelRect common = intersect(p, hole);
    if (common.empty()) {
      left.push_back(p);
      continue;
    }
    keep({p.x, p.y, p.w, common.y - p.y});
    keep({p.x, common.bottom(), p.w, p.bottom() - common.bottom()});
    keep({p.x, common.y, common.x - p.x, common.h});
    keep({common.right(), common.y, p.right() - common.right(), common.h});
  }
  return left;
}

class Parts {
 public:
  // Joins it to those that it is near to, and what has grown to its new neighbours.
  void add(PixelRect part) {
    while (auto other = nearest(part)) {
      if (waste(parts_[*other], part) > fixed_cost && parts_.size() < most_parts) break;
      part = unite(parts_[*other], part);
      parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(*other));
    }
    parts_.push_back(part);
  }
  std::vector<PixelRect> take() const {
    std::vector<PixelRect> apart;
    for (const PixelRect& part : parts_) {
      std::vector<PixelRect> rest{part};
      for (const PixelRect& taken : apart) rest = without(rest, taken);
      apart.insert(apart.end(), rest.begin(), rest.end());
    }
    return apart;
  }

 private:
  std::optional<std::size_t> nearest(const PixelRect& part) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (!best || waste(parts_[i], part) < waste(parts_[*best], part)) best = i;
    }
    return best;
  }
  std::vector<PixelRect> parts_;
};

// Both without what they begin and end with alike.
void strip_common_ends(Strokes& before, Strokes& now) {
  const auto same = [](const Stroke& a, const Stroke& b) { return a.print == b.print; };
  const auto head = static_cast<std::size_t>(std::ranges::mismatch(before, now, same).in1 - before.begin());
  before = before.subspan(head);
  now = now.subspan(head);
  std::size_t tail = 0;
  while (tail < std::min(before.size(), now.size()) &&
         same(before[before.size() - 1 - tail], now[now.size() - 1 - tail]))
    ++tail;
  before = before.first(before.size() - tail);
  now = now.first(now.size() - tail);
}

}  // namespace

std::vector<PixelRect> damage(Strokes before, Strokes now, const PixelRect& glass) {
  strip_common_ends(before, now);
  std::unordered_multimap<std::uint64_t, std::size_t> places;
  for (std::size_t i = 0; i < before.size(); ++i) places.emplace(before[i].print, i);

  Parts parts;
  const auto add = [&](const PixelRect& box) {
    const PixelRect seen = intersect(box, glass);
    if (!seen.empty()) parts.add(seen);
  };
  std::size_t next = 0;  // those of `before` up to here are matched or gone
  for (const Stroke& stroke : now) {
    std::optional<std::size_t> found;
    const auto [first, last] = places.equal_range(stroke.print);
    for (auto place = first; place != last; ++place) {
      if (place->second >= next && (!found || place->second < *found)) found = place->second;
    }
    if (!found) {
      add(stroke.box);
      continue;
    }
    for (; next < *found; ++next) add(before[next].box);
    next = *found + 1;
  }
  for (; next < before.size(); ++next) add(before[next].box);
  return parts.take();
}

}  // namespace halte::ui
