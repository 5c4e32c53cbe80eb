// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/screens/screens.h"

#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/face.h"
#include "app/ui/widgets/icons.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

Mm pills_width(const Frame& frame, const model::HeaderView& view) {
  return view.languages.size() > 1 ? language_pills_width(frame.theme, int(view.languages.size())) : 0;
}

// On a narrow glass many languages get a row of their own, below the name.
bool has_two_rows(const Frame& frame, const model::HeaderView& view) {
  return !view.name.empty() && pills_width(frame, view) > frame.display.safe_area().w * .66f;
}

Mm header_height(const Frame& frame, const model::HeaderView& view) {
  const Mm name = brand_header_height(frame.theme), pills = language_pills_height(frame.theme);
  if (view.name.empty()) return pills;
  return has_two_rows(frame, view) ? name + frame.theme.space.s + pills : std::max(name, pills);
}

Wish draw_languages(Frame& frame, const Rect& box, const model::HeaderView& view) {
  const auto tapped = language_pills(frame, box, {.languages = view.languages, .selected = view.selected});
  if (!tapped) return {};
  return model::ChooseLanguage{view.languages[std::size_t(*tapped)]};
}

Wish draw_header(Frame& frame, Rect box, const model::HeaderView& view) {
  Wish wish;
  if (view.languages.size() > 1) {
    const bool below = has_two_rows(frame, view);
    const Mm width = std::min(pills_width(frame, view), box.w), height = language_pills_height(frame.theme);
    const Rect place = below ? take_bottom(box, height, frame.theme.space.s)
                             : take_end(box, width, frame.direction, frame.theme.space.m);
    wish = draw_languages(frame, centred(place, width, height), view);
  }
  if (!view.name.empty()) brand_header(frame, box, view.name);
  return wish;
}

// A quiet link of a control's size: nobody's answer, so smaller than a button.
bool draw_privacy_link(Frame& frame, const Rect& box, const std::string& label, const TextStyle& style) {
  const bool tapped = frame.target({.id = "privacy", .rect = box, .role = Role::link, .label = label});
  const auto pressed = frame.press("privacy", box);
  Rect rest = box;
  const Rect sign = take_start(rest, style.size * 1.5f, frame.direction, frame.theme.space.xxs);
  icon(frame, Icon::lock, sign.centre(), style.size * 1.1f, frame.theme.palette.ink);
  frame.label(rest, {.text = label,
                     .style = style,
                     .color = frame.theme.palette.ink,
                     .background = frame.theme.palette.background_low});
  return tapped;
}

Label promise(const Theme& theme, const model::FooterView& view) {
  return {.text = view.line,
          .style = theme.type.small,
          .color = theme.palette.ink_soft,
          .background = theme.palette.background_low,
          .align = Align::centre,
          .least = theme.type.small.size * .55f};
}

Wish draw_footer(Frame& frame, Rect box, const model::FooterView& view) {
  const Theme& theme = frame.theme;
  const Mm side = theme.touch.secondary;
  Wish wish;
  TextStyle link = theme.type.small;
  link.weight = Weight::semibold;
  const Mm width = frame.text.measure(link, view.privacy) + link.size * 1.6f + theme.space.xxs + .5f;
  if (draw_privacy_link(frame, take_start(box, width, frame.direction, theme.space.s), view.privacy, link))
    wish = model::OpenSheet{model::Sheet::privacy};
  const Rect aids = take_end(box, side, frame.direction, theme.space.s);
  if (icon_button(frame, centred(aids, side, side),
                  {.id = "aids", .icon = Icon::access, .label = view.aids, .on = view.has_aids}))
    wish = model::OpenSheet{model::Sheet::aids};
  if (view.line.empty()) return wish;
  // In the middle of the glass where there is room for it, else of what is left.
  const Mm middle = frame.display.bounds().centre().x;
  const Mm half = std::min(middle - box.x, box.right() - middle);
  const Rect centre{middle - half, box.y, 2 * half, box.h};
  const bool fits_whole = half > 0 && frame.text.measure(theme.type.small, view.line) <= centre.w;
  const Rect place = fits_whole ? centre : box;
  if (frame.fits(place.w, promise(theme, view))) frame.label(place, promise(theme, view));
  return wish;
}

Wish draw_body(Frame& frame, const Rect& area, const model::Body& body) {
  struct Draw {
    Frame& frame;
    const Rect& area;
    Wish operator()(const model::RateView& view) const { return draw_rate(frame, area, view); }
    Wish operator()(const model::ChipsView& view) const { return draw_chips(frame, area, view); }
    Wish operator()(const model::NumbersView& view) const { return draw_numbers(frame, area, view); }
    Wish operator()(const model::StarsView& view) const { return draw_stars(frame, area, view); }
    Wish operator()(const model::WritingView& view) const { return draw_writing(frame, area, view); }
    Wish operator()(const model::StatementView& view) const { return draw_statement(frame, area, view); }
    Wish operator()(const model::DecisionView& view) const { return draw_decision(frame, area, view); }
    Wish operator()(const model::PurposesView& view) const { return draw_purposes(frame, area, view); }
    Wish operator()(const model::ContactView& view) const { return draw_contact(frame, area, view); }
    Wish operator()(const model::ThanksView& view) const { return draw_thanks(frame, area, view); }
    Wish operator()(const model::MessageView& view) const { return draw_message(frame, area, view); }
    Wish operator()(const model::PrivacyView& view) const { return draw_privacy(frame, area, view); }
    Wish operator()(const model::AidsView& view) const { return draw_aids(frame, area, view); }
  };
  return std::visit(Draw{frame, area}, body);
}

std::optional<float> mood_of(const model::Body& body) {
  if (auto rate = std::get_if<model::RateView>(&body))
    return rate->selected < 0 ? 2.f : face_position(rate->selected, int(rate->labels.size()));
  if (auto chips = std::get_if<model::ChipsView>(&body)) return chips->mood;
  if (std::holds_alternative<model::ThanksView>(body)) return 3.f;
  return {};
}

// A tablet lying across, or large text on a wide panel: header, footer and the answers do not fit at once.
bool is_low(const Frame& frame) {
  return is_wide(frame) && frame.display.usable().h / frame.theme.scale < 230;
}

bool is_typing(const model::View& view) {
  return std::holds_alternative<model::WritingView>(view.body) ||
         std::holds_alternative<model::ContactView>(view.body);
}

bool is_sheet(const model::View& view) {
  return std::holds_alternative<model::PrivacyView>(view.body) ||
         std::holds_alternative<model::AidsView>(view.body);
}

// A keyboard needs the room of a small glass, and so do large letters: name and footer give way.
bool is_crowded(const Frame& frame, const model::View& view) {
  const bool is_small = frame.display.panel() == PanelClass::small, is_large = frame.theme.least_text > 0;
  if (is_typing(view)) return is_small || is_large;
  return is_large && !is_wide(frame) && frame.display.usable().h / frame.theme.scale < 360;
}

bool has_footer(const Frame& frame, const model::View& view) {
  if (view.footer.privacy.empty() || is_sheet(view)) return false;
  if (is_typing(view)) return !is_wide(frame) && !is_crowded(frame, view);
  return !(is_low(frame) || is_crowded(frame, view)) ||
         view.name == "rate" ||  // the notice can be reached from the first screen
         std::holds_alternative<model::MessageView>(view.body);
}

bool has_header(const Frame& frame, const model::View& view) {
  const bool is_small = frame.display.panel() == PanelClass::small, is_large = frame.theme.least_text > 0;
  if (is_sheet(view) && (is_small || is_large)) return false;  // they need the room
  if (is_low(frame) && is_large) return view.name == "rate";
  if (is_typing(view) && is_large && is_small) return false;
  return !is_low(frame) || !(is_typing(view) || is_sheet(view));
}

}  // namespace

std::optional<model::Intent> draw(Frame& frame, const model::View& view) {
  const Spacing& space = frame.theme.space;
  const Rect bounds = frame.display.bounds();
  const bool wide = has_columns(frame);
  const float side = !wide ? .5f : frame.is_rtl() ? .8f : .2f;  // where the question stands
  background(frame, {.mood = mood_of(view.body),
                     .glow_at = {bounds.w * side, bounds.h * .28f},
                     .glow_radius = bounds.w * (wide ? .32f : .62f)});
  Rect area = frame.display.safe_area();
  model::HeaderView head = view.header;
  if (has_two_rows(frame, head) && (is_crowded(frame, view) || is_low(frame))) head.name.clear();
  const Mm header_h = header_height(frame, head);
  Rect header;
  if (has_header(frame, view)) header = take_top(area, header_h, is_low(frame) ? space.xs : space.m);
  Rect footer;
  if (has_footer(frame, view)) footer = take_bottom(area, frame.theme.touch.secondary, space.m);
  // The first screen keeps the room for them before there is anybody: nothing moves under a finger.
  const bool has_dots = view.footer.count > 1;
  if ((has_dots || view.name == "rate") && !footer.empty() && !is_low(frame) && !is_crowded(frame, view)) {
    const Rect dots = take_bottom(area, 4, space.m);
    if (has_dots) progress_dots(frame, dots.centre(), view.footer.step, view.footer.count);
  }
  Wish wish;
  {
    const float in = frame.entering();
    const auto moved = frame.paint.moved({(1 - in) * 6 * (frame.is_rtl() ? -1.f : 1.f), 0}, in);
    wish = draw_body(frame, area, view.body);
  }
  if (!header.empty())
    if (auto header_wish = draw_header(frame, header, head)) wish = header_wish;
  if (!footer.empty())
    if (auto footer_wish = draw_footer(frame, footer, view.footer)) wish = footer_wish;
  if (view.still_there) wish = draw_still_there(frame, *view.still_there);
  if (view.blocked) draw_blocked(frame, *view.blocked);
  return wish;
}

}  // namespace halte::kiosk::screens
