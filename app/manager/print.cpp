// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print.h"

#include <algorithm>
#include <utility>

#include "app/manager/print_paper.h"
#include "core/base/file.h"

namespace halte::manager {
namespace {

using model::BarLine;
using model::FactView;
using model::HourCell;
using model::PrintView;
using model::ScoreView;

constexpr double gap = 8, section_gap = 22;  // points

// All bars of one list: words, a bar on its track, and the figure.
double draw_bars(Paper& paper, Box box, const std::vector<BarLine>& bars) {
  constexpr double row = 19, bar = 9;
  const double words = box.w * .42, figure = box.w * .28, track = box.w - words - figure - 2 * gap;
  double y = box.y;
  for (const BarLine& line : bars) {
    const double height = paper.text({box.x, y, words, 0}, line.label, {.size = 10});
    const double x = box.x + words + gap;
    paper.fill({x, y + 3, track, bar}, Ink::track);
    paper.fill({x, y + 3, track * std::clamp(double(line.share), 0., 1.), bar}, Ink::accent);
    paper.text({box.x + box.w - figure, y, figure, 0}, line.figure, {.size = 10, .end = true});
    y += std::max(row, height + 4);
  }
  return y - box.y;
}

// The value, large, and under it how sure it is, how it changed, and what it is made of.
double draw_score(Paper& paper, Box box, const ScoreView& score) {
  double y = box.y;
  const auto line = [&](const std::string& text, const Style& style, double below = 2) {
    if (!text.empty()) y += paper.text({box.x, y, box.w, 0}, text, style) + below;
  };
  line(score.name, {.size = 12, .bold = true});
  line(score.too_few, {.size = 10.5, .ink = Ink::soft});
  line(score.value, {.size = 38, .bold = true, .ink = Ink::accent}, 0);
  line(score.interval, {.size = 10.5});
  line(score.change, {.size = 10.5});
  line(score.marked, {.size = 10, .ink = Ink::soft});
  y += 6;
  return y - box.y + draw_bars(paper, {box.x, y, box.w, 0}, score.spread);
}

double draw_facts(Paper& paper, Box box, const std::vector<FactView>& facts) {
  double y = box.y;
  for (const FactView& fact : facts) {
    const double words = paper.text({box.x, y, box.w * .55, 0}, fact.label, {.size = 10.5, .ink = Ink::soft});
    const double value =
        paper.text({box.x + box.w * .55, y, box.w * .45, 0}, fact.value, {.size = 10.5, .end = true});
    y += std::max(words, value) + 5;
  }
  return y - box.y;
}

double draw_title(Paper& paper, Box box, const std::string& title) {
  return paper.text(box, title, {.size = 12, .bold = true}) + 6;
}

// Light to dark, as the figure goes.
double draw_hours(Paper& paper, Box box, const PrintView& view) {
  double y = box.y + draw_title(paper, box, view.hours_title);
  constexpr double height = 30;
  const double width = std::min(box.w / double(view.cells.size()), 64.);
  for (std::size_t i = 0; i < view.cells.size(); ++i) {
    const HourCell& cell = view.cells[i];
    const double x = box.x + width * double(i);
    paper.text({x, y, width, 0}, view.hours[i], {.size = 9, .ink = Ink::soft, .centred = true});
    const Box place{x + 1, y + 14, width - 2, height};
    const bool has_value = cell.kind == HourCell::Kind::value;
    if (has_value)
      paper.shade(place, cell.value);
    else
      paper.fill(place, Ink::track);
    const std::string words = has_value ? cell.text : cell.kind == HourCell::Kind::too_few ? "…" : "";
    paper.text({place.x, place.y + 7, place.w, 0}, words,
               {.size = 9,
                .bold = true,
                .ink = has_value && cell.value > .5f ? Ink::white : Ink::ink,
                .centred = true});
  }
  return y - box.y + 14 + height;
}

double draw_reasons(Paper& paper, Box box, const std::string& title, const std::vector<BarLine>& reasons,
                    const std::string& none) {
  const double head = draw_title(paper, box, title);
  const Box rest{box.x, box.y + head, box.w, 0};
  if (reasons.empty()) return head + paper.text(rest, none, {.size = 10.5, .ink = Ink::soft});
  return head + draw_bars(paper, rest, reasons);
}

// Whether all of it had room.
bool draw_page(Paper& paper, const PrintView& view) {
  const Box page = paper.inside();
  const double half = (page.w - section_gap) / 2, right = page.x + half + section_gap;
  double y = page.y;
  y += paper.text({page.x, y, page.w, 0}, view.title, {.size = 22, .bold = true}) + 2;
  y += paper.text({page.x, y, page.w, 0}, view.subtitle, {.size = 11, .ink = Ink::soft}) + gap;
  paper.rule(y);
  y += section_gap;
  for (std::size_t i = 0; i < view.scores.scores.size(); i += 2) {
    double height = draw_score(paper, {page.x, y, half, 0}, view.scores.scores[i]);
    if (i + 1 < view.scores.scores.size())
      height = std::max(height, draw_score(paper, {right, y, half, 0}, view.scores.scores[i + 1]));
    y += height + section_gap;
  }
  if (!view.cells.empty()) y += draw_hours(paper, {page.x, y, page.w, 0}, view) + section_gap;
  const model::ReasonsView& r = view.reasons;
  y += std::max(draw_reasons(paper, {page.x, y, half, 0}, r.happy, r.happy_reasons, r.none),
                draw_reasons(paper, {right, y, half, 0}, r.unhappy, r.unhappy_reasons, r.none)) +
       section_gap;
  paper.rule(y);
  y += gap;
  const double head = draw_title(paper, {right, y, half, 0}, view.delivery_title);
  y += std::max(draw_facts(paper, {page.x, y, half, 0}, view.scores.facts),
                head + draw_facts(paper, {right, y + head, half, 0}, view.delivery));
  const double foot = page.y + page.h - 10;
  paper.text({page.x, foot, page.w * .78, 0}, view.note, {.size = 7.5, .ink = Ink::soft});
  paper.text({page.x + page.w * .78, foot, page.w * .22, 0}, view.program,
             {.size = 7.5, .ink = Ink::soft, .end = true});
  return y + gap <= foot;
}

}  // namespace

std::string print_pdf(const PrintView& view, base::Instant at) {
  constexpr double smaller = .93, least = .5;
  for (double scale = 1;; scale *= smaller) {
    Paper paper(
        {.title = view.title, .language = view.language, .made = base::to_rfc3339(at), .scale = scale});
    if (draw_page(paper, view) || scale < least) return std::move(paper).bytes();
  }
}

base::Result<std::string> save_print(const std::filesystem::path& folder, const PrintView& view,
                                     base::Instant at) {
  if (auto saved = base::write_file(folder / view.file, print_pdf(view, at)); !saved)
    return std::unexpected(saved.error());
  return view.file;
}

}  // namespace halte::manager
