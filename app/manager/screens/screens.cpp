// SPDX-License-Identifier: Apache-2.0
#include "app/manager/screens/screens.h"

#include <algorithm>
#include <array>

#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/surfaces.h"
#include "core/base/visit.h"

namespace halte::manager::screens {

using namespace ui;
using model::View;

namespace {

constexpr std::array page_icons{Icon::gauge,  Icon::calendar, Icon::list,
                                Icon::upload, Icon::tablet,   Icon::gear};

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

bool draw_leave(Frame& frame, const Rect& place, const std::string& label) {
  const Mm side = frame.theme.touch.secondary;
  return icon_button(frame, centred(place, side, side), {.id = "leave", .icon = Icon::cross, .label = label});
}

// The kiosk and as of when, and the way out. On a low glass one line: the way out stands below the pages.
Wish draw_header(Frame& frame, Rect& area, const model::HeaderView& view) {
  const Theme& theme = frame.theme;
  const Palette& p = theme.palette;
  if (is_low(frame)) {
    const std::string line = view.detail.empty() ? view.title : view.title + " · " + view.detail;
    const Label title = on_glass(frame, line, theme.type.small, p.ink_soft);
    frame.label(take_top(area, frame.label_height(area.w, title), theme.space.s), title);
    return {};
  }
  const Label title = on_glass(frame, view.title, theme.type.label, p.ink);
  const Label detail = on_glass(frame, view.detail, theme.type.small, p.ink_soft);
  const Mm title_h = frame.label_height(area.w, title);
  const Mm detail_h = view.detail.empty() ? 0 : frame.label_height(area.w, detail);
  Rect box = take_top(area, std::max(theme.touch.secondary, title_h + detail_h), theme.space.m);
  Wish wish;
  if (draw_leave(frame, take_end(box, theme.touch.secondary, frame.direction, theme.space.m), view.leave))
    wish = model::Leave{};
  Rect rows = centred(box, box.w, title_h + detail_h);
  frame.label(take_top(rows, title_h), title);
  if (detail_h > 0) frame.label(rows, detail);
  return wish;
}

Wish draw_languages(Frame& frame, const Rect& box, const model::HeaderView& view) {
  const Mm width = std::min(language_pills_width(frame.theme, int(view.languages.size())), box.w);
  const auto tapped = language_pills(frame, centred(box, width, language_pills_height(frame.theme)),
                                     {.languages = view.languages, .selected = view.selected});
  if (!tapped) return {};
  return model::ChooseLanguage{view.languages[std::size_t(*tapped)]};
}

Wish draw_pages(Frame& frame, Rect& area, const model::ChoiceView& pages, const std::string& leave) {
  std::vector<TabView> entries;
  for (std::size_t i = 0; i < pages.labels.size(); ++i) entries.push_back({pages.labels[i], page_icons[i]});
  const TabsView view{.id = "page", .tabs = entries, .selected = pages.selected};
  const bool wide = is_wide(frame);
  const Mm size = tabs_size(frame, view, wide);
  Rect place = wide ? take_start(area, size, frame.direction, frame.theme.space.l)
                    : take_bottom(area, size, frame.theme.space.m);
  Wish wish;
  if (is_low(frame) &&
      draw_leave(frame, take_bottom(place, frame.theme.touch.secondary, frame.theme.space.m), leave))
    wish = model::Leave{};
  if (auto tapped = tabs(frame, place, view, wide)) wish = model::ShowPage{model::Page(*tapped)};
  return wish;
}

// The period, and whether it is drawn or written: two words side by side, or one button where they have no
// room.
Wish draw_choices(Frame& frame, Rect& area, const View& view) {
  const Theme& theme = frame.theme;
  Rect row = take_top(area, segments_height(theme), theme.space.m);
  const auto period_labels = views_of(view.periods.labels), form_labels = views_of(view.forms.labels);
  const bool is_roomy = row.w > 230 * theme.scale;
  const Rect forms = take_end(row, is_roomy ? row.w * .34f : theme.touch.secondary, frame.direction,
                              is_roomy ? theme.space.l : std::max(theme.space.s, theme.touch.gap));
  const bool is_table = view.forms.selected == 1;
  Wish wish;
  if (auto tapped =
          segments(frame, row, {.id = "period", .labels = period_labels, .selected = view.periods.selected}))
    wish = model::ShowPeriod{model::periods[std::size_t(*tapped)]};
  if (is_roomy) {
    if (auto tapped =
            segments(frame, forms, {.id = "form", .labels = form_labels, .selected = view.forms.selected}))
      wish = model::ShowAs{*tapped == 1};
  } else if (icon_button(frame, centred(forms, theme.touch.secondary, theme.touch.secondary),
                         {.id = "form",
                          .icon = is_table ? Icon::chart : Icon::table,
                          .label = form_labels[is_table ? 0 : 1]})) {
    wish = model::ShowAs{!is_table};
  }
  return wish;
}

Wish draw_body(Frame& frame, const Rect& area, const model::Body& body) {
  return std::visit(
      base::Visitor{[&](const model::LockView& view) { return draw_lock(frame, area, view); },
                    [&](const model::ScoresView& view) { return draw_scores(frame, area, view), Wish{}; },
                    [&](const model::HoursView& view) { return draw_hours(frame, area, view), Wish{}; },
                    [&](const model::ReasonsView& view) { return draw_reasons(frame, area, view), Wish{}; },
                    [&](const model::ListView& view) { return draw_list(frame, area, view); },
                    [&](const model::SettingsView& view) { return draw_settings(frame, area, view); },
                    [&](const model::FormView& view) { return draw_form(frame, area, view); },
                    [&](const model::ApprovalView& view) { return draw_approval(frame, area, view); },
                    [&](const model::MeasureView& view) { return draw_measure(frame, area, view); },
                    [&](const model::TouchTestView& view) { return draw_touch_test(frame, area, view); },
                    [&](const model::TableView& view) { return draw_table(frame, area, view); }},
      body);
}

// Where a language can be chosen: before the PIN, and on the page of the kiosk's own things.
bool has_languages(const Frame& frame, const View& view) {
  if (view.header.languages.size() < 2) return false;
  const bool is_kiosk_page = view.pages.selected == int(model::Page::kiosk) && !is_low(frame);
  // Out of its box it stands in the program's language.
  return std::holds_alternative<model::LockView>(view.body) || is_kiosk_page ||
         (std::holds_alternative<model::ApprovalView>(view.body) && !is_low(frame));
}

}  // namespace

bool is_low(const Frame& frame) {
  return is_wide(frame) && frame.display.usable().h / frame.theme.scale < 230;
}

bool is_tight(const Frame& frame) { return is_low(frame) || frame.display.panel() == PanelClass::small; }

bool is_wide(const Frame& frame) { return frame.display.orientation() == Orientation::landscape; }

Label on_glass(const Frame& frame, std::string_view text, const TextStyle& style, Color color, int lines) {
  return {.text = text,
          .style = style,
          .color = color,
          .background = frame.theme.palette.background,
          .max_lines = lines,
          .least = style.size * .55f,
          .balanced = lines > 1};
}

Label on_card(const Frame& frame, std::string_view text, const TextStyle& style, int lines) {
  return {.text = text,
          .style = style,
          .color = frame.theme.palette.ink,
          .background = frame.theme.palette.card,
          .max_lines = lines,
          .least = style.size * .55f,
          .balanced = lines > 1};
}

Label soft_on_card(const Frame& frame, std::string_view text, const TextStyle& style, int lines) {
  Label label = on_card(frame, text, style, lines);
  label.color = frame.theme.palette.ink_soft;
  return label;
}

void put(Frame& frame, Rect& rest, const Label& label, Mm gap) {
  if (label.text.empty()) return;
  const Mm height = frame.label_height(rest.w, label);
  if (height <= rest.h) frame.label(take_top(rest, height, gap), label);
}

Wish draw(Frame& frame, const View& view) {
  const Spacing& space = frame.theme.space;
  background(frame);
  Rect area = frame.display.safe_area();
  Wish wish;
  auto take = [&wish](Wish wished) {
    if (wished) wish = std::move(wished);
  };
  const bool has_header = !view.pages.labels.empty();
  if (has_header && !is_low(frame)) take(draw_header(frame, area, view.header));
  if (has_header) take(draw_pages(frame, area, view.pages, view.header.leave));
  if (has_header && is_low(frame)) take(draw_header(frame, area, view.header));
  if (has_languages(frame, view))
    take(draw_languages(frame, take_top(area, language_pills_height(frame.theme), space.m), view.header));
  if (!view.periods.labels.empty()) take(draw_choices(frame, area, view));
  take(draw_body(frame, area, view.body));
  return wish;
}

}  // namespace halte::manager::screens
