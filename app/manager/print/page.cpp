// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print/page.h"

#include <algorithm>
#include <utility>

#include "app/manager/print/charts.h"

namespace halte::manager::print {
namespace {

constexpr Mm margin = 15, gutter = 9;
constexpr Mm inner = Paper::width - 2 * margin, column = (inner - gutter) / 2;
constexpr Mm bottom = Paper::height - margin;

// How large everything is, and how the room that is left is shared out.
struct Fit {
  float k = 1, air = 1;  // of words, and of the white between them
  Mm chart = 16;         // of the hours
  Mm gap = 6;            // between sections
};

class Page {
 public:
  Page(Paper& paper, const model::PrintView& view, const Fit& fit)
      : p_(paper), v_(view), fit_(fit), s_{.k = fit.k, .air = fit.air} {}

  // Where the last section ends.
  Mm draw_sections();
  // Where the foot, which stands on the bottom margin, begins.
  Mm draw_foot();

 private:
  Mm header(Mm y);
  Mm facts(Mm y);
  Mm scores(Mm y);
  Mm narrow_score(const Rect& box, const model::ScoreView& score);
  Mm wide_score(Mm y, const model::ScoreView& score);
  Mm value_and_scale(const Rect& box, const model::ScoreView& score);
  Mm remarks(const Rect& box, const model::ScoreView& score);
  Mm spread(const Rect& box, const model::ScoreView& score);
  Mm hours(Mm y);
  Mm reasons(Mm y);
  Mm reason_list(Mm x, Mm y, const std::string& title, const std::vector<model::BarLine>& bars, Color color);
  Mm delivery(Mm y);
  // A thin line, and below it the title of what comes. Returns where it begins.
  Mm title(Mm x, Mm y, Mm width, const std::string& words);
  // Of what is said in the place of figures.
  Type none() const {
    Type type = s_.body();
    type.color = s_.palette.ink_soft;
    return type;
  }
  float k() const { return fit_.k; }
  Mm air(Mm space) const { return space * fit_.k * fit_.air; }

  Paper& p_;
  const model::PrintView& v_;
  Fit fit_;
  Style s_;
};

Mm Page::title(Mm x, Mm y, Mm width, const std::string& words) {
  p_.line({x, y}, {x + width, y}, .25f, s_.palette.outline);
  y += air(2.2f);
  return y + p_.text({x, y, width, 0}, words, s_.heading()) + air(1.6f);
}

// The kiosk's faces, so that it is seen from afar what lies there.
Mm Page::header(Mm y) {
  const Mm radius = 3.4f, pitch = radius * 1.75f;
  const Mm faces = 4 * pitch + 2 * radius;
  for (int mood = 4; mood >= 0; --mood) {
    const Point centre{margin + inner - radius - float(4 - mood) * pitch, y + radius + .6f};
    p_.disc(centre, radius + .45f, s_.palette.card);
    p_.face(centre, radius, float(mood), s_.palette.faces[std::size_t(mood)], s_.palette.face_ink);
  }
  Type name{.size = 7.2f, .weight = Weight::bold, .color = s_.palette.ink, .display = true};
  Type when = s_.body();
  when.size = 3.9f;
  when.color = s_.palette.ink_soft;
  const Mm words = inner - faces - gutter;
  // A little smaller rather than on two lines, much smaller rather than on three.
  const Mm wide = p_.text_width(v_.title, name);
  if (wide > words && wide * .8f <= words) name.size *= words / wide * .99f;
  constexpr Mm least = 4.4f;
  while (name.size > least && p_.text_height(words, v_.title, name) > 2.9f * name.size) name.size *= .95f;
  y += p_.text({margin, y, words, 0}, v_.title, name) + .8f;
  y += p_.text({margin, y, words, 0}, v_.date + " · " + v_.as_of, when) + 2.6f;
  p_.fill({margin, y, inner, 1}, .5f, s_.palette.accent);
  return y + 1;
}

// "94 %" large, "off for 0:35" small below it.
Mm Page::facts(Mm y) {
  const Mm each = (inner - 2 * gutter) / 3;
  const Type large{.size = 6.2f * k(), .weight = Weight::semibold, .color = s_.palette.ink, .display = true};
  Mm lowest = y;
  for (std::size_t i = 0; i < v_.facts.size(); ++i) {
    const Mm x = margin + float(i) * (each + gutter);
    const std::string& value = v_.facts[i].value;
    const std::size_t cut = std::min(value.find(" ("), value.find(" · "));
    Type head = large;
    // Words, as "too few", are no figure.
    head.figure = !value.empty() && value.front() >= '0' && value.front() <= '9';
    if (!head.figure) head.size *= .75f;
    Mm at = y + p_.text({x, y, each, 0}, v_.facts[i].label, s_.small()) + .6f * k();
    at += p_.text({x, at, each, 0}, value.substr(0, cut), head);
    if (cut != value.npos) {
      const bool is_list = value[cut + 1] != '(';
      Type tail = s_.small();
      tail.figure = !is_list && value.find(':', cut) == value.npos;
      at += p_.text({x, at, each, 0}, value.substr(cut + (is_list ? 4 : 1)), tail);
    }
    lowest = std::max(lowest, at);
  }
  return lowest;
}

Mm Page::value_and_scale(const Rect& box, const model::ScoreView& score) {
  const Type large{.size = (8 + 5 * fit_.air) * k(),
                   .weight = Weight::bold,
                   .color = s_.palette.ink,
                   .display = true,
                   .figure = true};
  const Mm wide = p_.text_width(score.value, large) + .5f, tall = p_.text_height(wide, score.value, large);
  p_.text({box.x, box.y, wide, 0}, score.value, large);
  const Mm beside = box.w - wide - 4 * k();
  std::string interval = score.interval;
  const std::size_t cut = interval.find(" · ");
  // Broken where the sentence is, not where the line ends.
  // Piece by piece: GCC 12 takes replace() at -O2 for a copy onto itself.
  if (cut != interval.npos && p_.text_width(interval, s_.body()) > beside)
    interval = interval.substr(0, cut).append(1, '\n').append(interval, cut + 4);
  p_.text_in_middle({box.x + wide + 4 * k(), box.y, beside, tall}, interval, s_.body());
  Mm y = box.y + tall + air(.4f);
  y += draw_scale(p_, {box.x, y, box.w, 0}, score.scale, s_) + air(2);
  return y - box.y;
}

// What changed, a proven change in bold; and what the marked answers would make of it.
Mm Page::remarks(const Rect& box, const model::ScoreView& score) {
  Type change = s_.body();
  if (score.is_better) {
    change.weight = Weight::semibold;
    change.color = *score.is_better ? s_.palette.ok : s_.palette.error;
  }
  Mm y = box.y + p_.text(box, score.change, change);
  if (!score.marked.empty())
    y += .8f * k() + p_.text({box.x, y + .8f * k(), box.w, 0}, score.marked, s_.small());
  return y - box.y;
}

Mm Page::spread(const Rect& box, const model::ScoreView& score) {
  std::vector<Color> colors;
  for (const float mood : score.moods) colors.push_back(ui::face_color(s_.palette, mood));
  if (score.spread.empty() || colors.empty()) return 0;
  return draw_bars(p_, box, score.spread, colors, s_);
}

Mm Page::narrow_score(const Rect& box, const model::ScoreView& score) {
  Mm y = title(box.x, box.y, box.w, score.name);
  if (score.value.empty()) return y + p_.text({box.x, y, box.w, 0}, score.too_few, none()) - box.y;
  y += value_and_scale({box.x, y, box.w, 0}, score);
  y += remarks({box.x, y, box.w, 0}, score) + air(1.6f);
  return y + spread({box.x, y, box.w, 0}, score) - box.y;
}

Mm Page::wide_score(Mm y, const model::ScoreView& score) {
  y = title(margin, y, inner, score.name);
  if (score.value.empty()) return y + p_.text({margin, y, inner, 0}, score.too_few, none());
  Mm left = y + value_and_scale({margin, y, column, 0}, score);
  left += remarks({margin, left, column, 0}, score);
  const Mm right = y + air(2);
  return std::max(left, right + spread({margin + column + gutter, right, column, 0}, score));
}

// In pairs; where one is over, the first, which the reasons go with, has a row of its own.
Mm Page::scores(Mm y) {
  std::size_t i = v_.scores.size() % 2;
  if (i == 1) y = wide_score(y, v_.scores.front());
  for (; i + 1 < v_.scores.size(); i += 2) {
    if (i > 0) y += fit_.gap;
    const Mm left = narrow_score({margin, y, column, 0}, v_.scores[i]);
    const Mm right = narrow_score({margin + column + gutter, y, column, 0}, v_.scores[i + 1]);
    y += std::max(left, right);
  }
  return y;
}

Mm Page::hours(Mm y) {
  const Mm top = y + air(2.2f);
  y = title(margin, y, inner, v_.hours.title);
  if (v_.hours.days.empty()) return y + p_.text({margin, y, inner, 0}, v_.hours.none, none());
  if (!v_.hours_too_few.empty()) {
    Type words = s_.small();
    words.align = Align::end;
    const Mm wide = p_.text_width(v_.hours_too_few, words) + .2f, box = 4.5f * k(), high = 3.2f * k();
    const Mm tall = p_.text_height(inner, v_.hours_too_few, words), x = margin + inner - wide;
    p_.text({x, top, wide, 0}, v_.hours_too_few, words);
    draw_too_few(p_, {x - box - 1.6f * k(), top + (tall - high) / 2, box, high}, s_);
  }
  return y + draw_hours(p_, {margin, y, inner, 0}, v_.hours, fit_.chart, s_);
}

Mm Page::reason_list(Mm x, Mm y, const std::string& name, const std::vector<model::BarLine>& bars,
                     Color color) {
  y = title(x, y, column, name);
  if (bars.empty()) return y + p_.text({x, y, column, 0}, v_.reasons.none, none());
  return y + draw_bars(p_, {x, y, column, 0}, bars, {color}, s_);
}

Mm Page::reasons(Mm y) {
  const model::ReasonsView& r = v_.reasons;
  const Mm left = reason_list(margin, y, r.happy, r.happy_reasons, s_.palette.faces[4]);
  const Mm right =
      reason_list(margin + column + gutter, y, r.unhappy, r.unhappy_reasons, s_.palette.faces[1]);
  return std::max(left, right);
}

Mm Page::delivery(Mm y) {
  y = title(margin, y, inner, v_.delivery);
  const Mm n = Mm(v_.delivery_facts.size()), each = (inner - (n - 1) * 5) / n;
  Mm labels = 0, values = 0;
  for (const model::FactView& fact : v_.delivery_facts)
    labels = std::max(labels, p_.text_height(each, fact.label, s_.small()));
  for (std::size_t i = 0; i < v_.delivery_facts.size(); ++i) {
    Type value = s_.body();
    value.weight = Weight::semibold;
    value.figure = true;
    const Mm x = margin + float(i) * (each + 5);
    p_.text({x, y, each, 0}, v_.delivery_facts[i].label, s_.small());
    values =
        std::max(values, p_.text({x, y + labels + .4f * k(), each, 0}, v_.delivery_facts[i].value, value));
  }
  return y + labels + .4f * k() + values;
}

Mm Page::draw_sections() {
  Mm y = header(margin) + fit_.gap * .8f;
  y = facts(y) + fit_.gap;
  y = scores(y) + fit_.gap;
  y = hours(y) + fit_.gap;
  y = reasons(y) + fit_.gap;
  return delivery(y);
}

Mm Page::draw_foot() {
  const Type words{.size = 2.5f, .color = s_.palette.ink_soft};
  Type imprint = words;
  imprint.align = Align::end;
  const Mm left = inner * .62f, right = inner - left - 4;
  std::string notes;
  for (const std::string& note : v_.notes) notes += (notes.empty() ? "" : "\n") + note;
  const Mm tall = std::max(p_.text_height(left, notes, words), p_.text_height(right, v_.imprint, imprint));
  const Mm top = bottom - tall;
  p_.line({margin, top - 1.8f}, {margin + inner, top - 1.8f}, .25f, s_.palette.outline);
  p_.text({margin, top, left, 0}, notes, words);
  p_.text({margin + inner - right, top, right, 0}, v_.imprint, imprint);
  return top - 1.8f;
}

}  // namespace

void draw_page(Paper& paper, const model::PrintView& view) {
  // First the white goes, then the words become smaller.
  constexpr std::pair<float, float> tries[]{{1.12f, 1.f}, {1.06f, 1.f}, {1.f, 1.f},  {1.f, .8f},
                                            {.95f, .7f},  {.92f, .6f},  {.88f, .5f}, {.84f, .45f},
                                            {.78f, .4f},  {.72f, .4f},  {.66f, .4f}, {.6f, .35f}};
  constexpr Mm above_foot = 4, tallest_chart = 32;
  constexpr float gaps = 6;
  const bool has_columns = std::ranges::any_of(
      view.hours.cells, [](const auto& cell) { return cell.kind == model::HourCell::Kind::value; });
  paper.rehearse(true);
  Fit fit;
  Mm left_over = 0;
  for (const auto& [k, air] : tries) {
    fit = {.k = k, .air = air, .chart = (has_columns ? 8 + 8 * air : 8) * k, .gap = 6.5f * air * k};
    Page page(paper, view, fit);
    left_over = page.draw_foot() - above_foot - page.draw_sections();
    if (left_over >= 0) break;
  }
  if (left_over > 0) {
    const Mm taller = has_columns ? std::min(left_over * .5f, tallest_chart - fit.chart) : 0;
    fit.chart += taller;
    fit.gap += std::min((left_over - taller) / gaps, 5.f);
  }
  paper.rehearse(false);
  Page page(paper, view, fit);
  page.draw_sections();
  page.draw_foot();
}

}  // namespace halte::manager::print
