// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/charts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/surfaces.h"
#include "tests/app/ui/stages.h"

using namespace halte;
using namespace halte::ui;
using namespace halte::ui::test;
using base::Millis;

namespace {

// The words of one language, as the staff's view has them.
struct Sample {
  Direction direction;
  std::array<std::string_view, 4> reasons;
  std::array<std::string_view, 2> ends;
  std::array<std::string_view, 3> days;
  std::array<std::string_view, 4> columns;
  std::array<std::string_view, 3> periods;
  std::array<std::string_view, 7> pages;
};

constexpr auto ltr = Direction::left_to_right, rtl = Direction::right_to_left;
constexpr Sample samples[] = {
    {ltr,
     {"Personeel", "Wachttijd", "Bereikbaarheid", "Iets anders"},
     {"heel slecht", "heel goed"},
     {"ma", "di", "wo"},
     {"Dag", "Antwoorden", "Score", "Tevreden"},
     {"Vandaag", "Deze week", "Vier weken"},
     {"Score", "Per uur", "Redenen", "Levering", "Toestel", "Export", "Instellingen"}},
    {ltr,
     {"Personnel", "Temps d’attente", "Accessibilité", "Autre chose"},
     {"très mauvais", "très bien"},
     {"lun.", "mar.", "mer."},
     {"Jour", "Réponses", "Score", "Satisfaits"},
     {"Aujourd’hui", "Cette semaine", "Quatre semaines"},
     {"Score", "Par heure", "Raisons", "Livraison", "Appareil", "Export", "Réglages"}},
    {ltr,
     {"Mitarbeiter", "Wartezeit", "Öffnungszeiten", "Etwas anderes"},
     {"sehr schlecht", "sehr gut"},
     {"Mo", "Di", "Mi"},
     {"Tag", "Antworten", "Note", "Zufrieden"},
     {"Heute", "Diese Woche", "Vier Wochen"},
     {"Ergebnis", "Nach Stunde", "Gründe", "Übertragung", "Gerät", "Export", "Einstellungen"}},
    {ltr,
     {"Staff", "Waiting time", "Accessibility", "Something else"},
     {"very bad", "very good"},
     {"Mon", "Tue", "Wed"},
     {"Day", "Answers", "Score", "Satisfied"},
     {"Today", "This week", "Four weeks"},
     {"Score", "By hour", "Reasons", "Delivery", "Device", "Export", "Settings"}},
    {ltr,
     {"Çalışanlar", "Bekleme süresi", "Ulaşılabilirlik", "Başka bir şey"},
     {"çok kötü", "çok iyi"},
     {"Pzt", "Sal", "Çar"},
     {"Gün", "Yanıtlar", "Puan", "Memnun"},
     {"Bugün", "Bu hafta", "Dört hafta"},
     {"Puan", "Saatlik", "Nedenler", "Gönderim", "Cihaz", "Aktarma", "Ayarlar"}},
    {ltr,
     {"Obsługa", "Czas oczekiwania", "Dostępność", "Coś innego"},
     {"bardzo źle", "bardzo dobrze"},
     {"pon.", "wt.", "śr."},
     {"Dzień", "Odpowiedzi", "Wynik", "Zadowoleni"},
     {"Dzisiaj", "Ten tydzień", "Cztery tygodnie"},
     {"Wynik", "Godziny", "Powody", "Wysyłka", "Urządzenie", "Eksport", "Ustawienia"}},
    {rtl,
     {"الموظفون", "وقت الانتظار", "سهولة الوصول", "شيء آخر"},
     {"سيئة جدًا", "ممتازة"},
     {"الاثنين", "الثلاثاء", "الأربعاء"},
     {"اليوم", "الإجابات", "النتيجة", "راضون"},
     {"اليوم", "هذا الأسبوع", "أربعة أسابيع"},
     {"النتيجة", "حسب الساعة", "الأسباب", "الإرسال", "الجهاز", "تصدير", "الإعدادات"}},
};

constexpr std::array<std::string_view, 12> hours{"9",  "10", "11", "12", "13", "14",
                                                 "15", "16", "17", "18", "19", "20"};

// A card at the top of the safe area that holds something of this height; what is inside it.
Rect on_card(Frame& f, Mm height) {
  const Rect safe = narrowed(f.display.safe_area(), 420);
  const Rect plate{safe.x, safe.y, safe.w, std::min(safe.h, height + 2 * f.theme.space.s)};
  card(f, plate);
  return inset(plate, f.theme.space.s);
}

void draw_interval(Frame& f, const Sample& words) {
  interval_bar(f, on_card(f, interval_bar_height(f.theme)),
               {.lowest = 1,
                .highest = 5,
                .value = 3.9f,
                .low = 3.7f,
                .high = 4.1f,
                .before = 3.8f,
                .lowest_label = words.ends[0],
                .highest_label = words.ends[1]});
}

void draw_bars(Frame& f, const Sample& words) {
  std::vector<BarView> bars;
  for (const std::string_view reason : words.reasons)
    bars.push_back({.label = reason, .figure = "34 % (28–41)", .share = .5f, .low = .4f, .high = .6f});
  bars.back().color = f.theme.palette.faces[2];
  bar_list(f, on_card(f, bar_list_height(f.theme, 4)), bars);
}

void draw_heat_map(Frame& f, const Sample& words) {
  std::vector<HeatCell> cells;
  for (int i = 0; i < 36; ++i) {
    cells.push_back({HeatCell::Kind::value, static_cast<float>(i) / 35, "4,2"});
    if (i % 7 == 0) cells.back() = {HeatCell::Kind::too_few, 0, "1,0"};
  }
  heat_map(f, on_card(f, heat_map_height(f.theme, 3)),
           {.rows = words.days,
            .columns = hours,
            .cells = cells,
            .low = f.theme.palette.faces[0],
            .high = f.theme.palette.faces[4]});
}

std::vector<std::vector<std::string>> table_rows(const Sample& words) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 1; i <= 31; ++i)
    rows.push_back(
        {std::string(words.days[0]) + " " + std::to_string(i), std::to_string(i * 37), "3,9", "71 %"});
  return rows;
}

int draw_table(Frame& f, const Sample& words, int page = 0) {
  const auto rows = table_rows(words);
  return table(f, on_card(f, table_height(f.theme, 31)),
               {.columns = words.columns, .rows = rows, .page = page});
}

std::optional<int> draw_segments(Frame& f, const Sample& words, int selected = 0) {
  Rect safe = narrowed(f.display.safe_area(), 420);
  return segments(f, take_top(safe, segments_height(f.theme)),
                  {.labels = words.periods, .selected = selected});
}

constexpr std::array page_icons{Icon::gauge,  Icon::calendar, Icon::list, Icon::upload,
                                Icon::tablet, Icon::usb,      Icon::gear};

std::optional<int> draw_tabs(Frame& f, const Sample& words, bool vertical, int selected = 0) {
  std::vector<TabView> views;
  for (std::size_t i = 0; i < page_icons.size(); ++i) views.push_back({words.pages[i], page_icons[i]});
  const TabsView view{.tabs = views, .selected = selected};
  Rect safe = f.display.safe_area();
  const Mm size = tabs_size(f, view, vertical);
  return tabs(f, vertical ? take_start(safe, size, f.direction) : take_bottom(safe, size), view, vertical);
}

// Where the picture has changed since this was last asked, in millimetres.
Rect changes(Stage& stage) {
  PixelRect all{};
  for (const PixelRect& part : stage.paint().take_changes()) all = unite(all, part);
  const float k = stage.display().px_per_mm;
  return {float(all.x) / k, float(all.y) / k, float(all.w) / k, float(all.h) / k};
}

// … when the second is drawn after the first.
template <class First, class Second>
Rect difference(Stage& stage, First&& first, Second&& second, Direction direction = ltr) {
  frame(stage, first, 0, {}, direction);
  changes(stage);
  frame(stage, second, 16, {}, direction);
  return changes(stage);
}

constexpr Mm pixels = .75f;  // three of them: edges are rounded and soft

bool is_near(Mm a, Mm b) { return std::abs(a - b) <= pixels; }

}  // namespace

TEST_CASE("charts: no rule of the layout is broken on any panel, in any language, theme and size of text") {
  for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::high_contrast}) {
    for (const Display& display : panels) {
      for (const bool large_text : {false, true}) {
        Stage stage = make_stage(display, {.scheme = scheme, .large_text = large_text});
        CAPTURE(display.width_px);
        CAPTURE(display.px_per_mm);
        CAPTURE(large_text);
        const bool wide = display.orientation() == Orientation::landscape;
        for (const Sample& words : samples) {
          CAPTURE(words.reasons[0]);
          const auto check = [&](const auto& draw) {
            frame(stage, draw, 0, {}, words.direction);
            check_layout(stage);
          };
          check([&](Frame& f) { draw_interval(f, words); });
          check([&](Frame& f) { draw_bars(f, words); });
          check([&](Frame& f) { draw_heat_map(f, words); });
          check([&](Frame& f) { draw_table(f, words); });
          check([&](Frame& f) { draw_segments(f, words); });
          check([&](Frame& f) { draw_tabs(f, words, wide); });
        }
      }
    }
  }
}

TEST_CASE("charts: words are read on every colour, and the edge of every colour is seen on every card") {
  constexpr int steps = 9;
  for (int i = 0; i < steps * steps * steps; ++i) {
    const auto part = [&](int by) { return static_cast<float>(i / by % steps) / (steps - 1); };
    const Color color{part(1), part(steps), part(steps * steps)};
    CHECK(contrast(words_on(color), color) >= 4.5);
    for (const Scheme scheme : {Scheme::light, Scheme::dark, Scheme::high_contrast}) {
      const Palette palette = palette_of(scheme);
      CHECK(contrast(edge_color(palette, color), palette.card) >= 2.99);
    }
  }
}

TEST_CASE("bars: a bar is as long as its share of the longest, from where reading starts") {
  for (const Direction direction : {ltr, rtl}) {
    Stage stage = make_stage(panels[0]);
    const auto draw = [](float share) {
      return [share](Frame& f) {
        const BarView bar{.label = "Wachttijd", .figure = "34 %", .share = share};
        bar_list(f, {20, 50, 200, 20}, std::span(&bar, 1));
      };
    };
    const auto bar_of = [&](float share) { return difference(stage, draw(0), draw(share), direction); };
    const Rect longest = bar_of(1), half = bar_of(.5f), tenth = bar_of(.1f);
    CHECK(longest.w > 100);
    CHECK(is_near(half.w, longest.w * .5f));
    CHECK(is_near(tenth.w, longest.w * .1f));
    for (const Rect& bar : {half, tenth})
      CHECK((direction == ltr ? is_near(bar.x, longest.x) : is_near(bar.right(), longest.right())));
    CHECK(is_near(bar_of(7).w, longest.w));

    // The longest fills the track, which is all that has another colour now.
    frame(stage, draw(0), 32, {}, direction);
    changes(stage);
    Theme other = stage.theme();
    other.palette.tint = other.palette.ok;
    stage.set_theme(other);
    frame(stage, draw(0), 48, {}, direction);
    const Rect track = changes(stage);
    CHECK(is_near(track.x, longest.x));
    CHECK(is_near(track.w, longest.w));
  }
}

TEST_CASE("bars: the whisker lies from the low to the high end of the interval") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](std::optional<float> low, std::optional<float> high) {
    return [=](Frame& f) {
      const BarView bar{.label = "Prijs", .figure = "34 %", .share = .5f, .low = low, .high = high};
      bar_list(f, {20, 50, 200, 20}, std::span(&bar, 1));
    };
  };
  const Rect all = difference(stage, draw({}, {}), draw(0.f, 1.f));
  const Rect part = difference(stage, draw({}, {}), draw(.25f, .75f));
  CHECK(is_near(part.x - all.x, all.w * .25f));
  CHECK(is_near(all.right() - part.right(), all.w * .25f));
}

TEST_CASE("interval: the band lies where its ends say, on the scale and in the reading direction") {
  for (const Direction direction : {ltr, rtl}) {
    Stage stage = make_stage(panels[0]);
    const auto draw = [](float low, float high) {
      return [=](Frame& f) {
        interval_bar(f, {20, 50, 200, 20}, {.lowest = 1, .highest = 5, .value = 3, .low = low, .high = high});
      };
    };
    const Rect scale = difference(stage, draw(2.9f, 3.1f), draw(1, 5), direction);
    CHECK(scale.w > 150);
    CHECK(is_near(scale.x - 20, 220 - scale.right()));  // in the middle of its rectangle
    const Rect middle = difference(stage, draw(2.9f, 3.1f), draw(2, 4), direction);
    CHECK(is_near(middle.x - scale.x, scale.w / 4));
    CHECK(is_near(scale.right() - middle.right(), scale.w / 4));
    const Rect lower = difference(stage, draw(2.9f, 3.1f), draw(2, 3.1f), direction);
    CHECK((direction == ltr ? is_near(lower.x - scale.x, scale.w / 4)
                            : is_near(scale.right() - lower.right(), scale.w / 4)));
  }
}

TEST_CASE("interval: the mark of the period before stands at its value, and beyond the scale at its end") {
  Stage stage = make_stage(panels[0]);
  const auto draw = [](std::optional<float> before) {
    return [=](Frame& f) {
      interval_bar(f, {20, 50, 200, 20},
                   {.lowest = 0, .highest = 100, .value = 80, .low = 70, .high = 90, .before = before});
    };
  };
  const auto middle_of = [&](float before) { return difference(stage, draw({}), draw(before)).centre().x; };
  const Mm first = middle_of(0), last = middle_of(100);
  CHECK(is_near(middle_of(25), first + (last - first) / 4));
  CHECK(is_near(middle_of(400), last));
}

TEST_CASE("heat map: a hatched cell and a blank one show no figure, whatever it would be") {
  Stage stage = make_stage(panels[0]);
  constexpr std::array<HeatCell, 3> cells{{{HeatCell::Kind::value, .5f, "4,2"},
                                           {HeatCell::Kind::too_few, .9f, "5,0"},
                                           {HeatCell::Kind::none, .1f, "1,0"}}};
  constexpr std::array<std::string_view, 1> rows{"ma"};
  const auto draw = [&](Frame& f) {
    heat_map(f, {20, 50, 200, 40},
             {.rows = rows,
              .columns = std::span(hours).first(3),
              .cells = cells,
              .low = rgb(0xFFFFFF),
              .high = f.theme.palette.accent});
  };
  frame(stage, draw);
  std::set<std::string> seen;
  for (const TextElement& text : stage.registry().texts) seen.insert(text.text);
  CHECK(seen == std::set<std::string>{"ma", "9", "10", "11", "4,2"});
}

TEST_CASE("heat map: hours run in the reading direction, and those that do not fit are left out evenly") {
  for (const Direction direction : {ltr, rtl}) {
    Stage stage = make_stage(panels[5]);
    constexpr std::array<std::string_view, 1> rows{"ma"};
    frame(
        stage,
        [&](Frame& f) {
          const std::array<HeatCell, 12> cells{};
          heat_map(f, {20, 50, 60, 30},
                   {.rows = rows, .columns = hours, .cells = cells, .low = {}, .high = {}});
        },
        0, {}, direction);
    check_layout(stage);
    std::vector<int> shown;
    std::vector<Mm> places;
    for (const TextElement& text : stage.registry().texts) {
      if (text.text == "ma") continue;
      shown.push_back(std::stoi(text.text));
      places.push_back(text.rect_mm.x);
    }
    REQUIRE(shown.size() >= 3);
    CHECK(shown.size() < hours.size());
    for (std::size_t i = 2; i < shown.size(); ++i) CHECK(shown[i] - shown[i - 1] == shown[1] - shown[0]);
    CHECK(std::ranges::is_sorted(shown));
    if (direction == rtl) std::ranges::reverse(places);
    CHECK(std::ranges::is_sorted(places));
  }
}

TEST_CASE("heat map: where figures do not fit, the mark of a higher value is larger") {
  Stage stage = make_stage(panels[0]);
  constexpr std::array<std::string_view, 1> rows{"ma"}, columns{"9"};
  const auto draw = [&](float value) {
    return [&, value](Frame& f) {
      const HeatCell cell{HeatCell::Kind::value, value, "a figure that is far too long for its cell"};
      // One colour for all: what changes is the mark.
      heat_map(f, {20, 50, 40, 30},
               {.rows = rows, .columns = columns, .cells = std::span(&cell, 1), .low = {}, .high = {}});
    };
  };
  const Mm low = difference(stage, draw(0), draw(.2f)).w, high = difference(stage, draw(0), draw(.9f)).w;
  CHECK(low > 0);
  CHECK(high > low + 1);
}

TEST_CASE("hatch: it stays inside its rectangle and reaches every edge of it") {
  for (const Rect& rect : {Rect{20, 50, 60, 12}, Rect{20, 50, 12, 60}, Rect{20, 50, 10, 10}}) {
    Stage stage = make_stage(panels[0]);
    const Rect drawn = difference(stage, [](Frame&) {}, [&](Frame& f) { hatch(f, rect); });
    CHECK(grow(rect, pixels).contains(drawn));
    CHECK(drawn.w > rect.w - 3);
    CHECK(drawn.h > rect.h - 3);
  }
}

TEST_CASE("table: the pages hold every row once and in order, on any panel and in large text") {
  on_every_panel([](Stage& stage, const Display&) {
    for (const Sample& words : {samples[0], samples[6]}) {
      const auto rows = table_rows(words);
      std::vector<std::string> seen;
      int pages = 1;
      for (int page = 0; page < pages; ++page) {
        frame(stage, [&](Frame& f) { pages = draw_table(f, words, page); }, 0, {}, words.direction);
        check_layout(stage);
        for (const TextElement& text : stage.registry().texts) {
          if (std::ranges::any_of(rows, [&](const auto& row) { return row[0] == text.text; }))
            seen.push_back(text.text);
        }
      }
      std::vector<std::string> names;
      for (const auto& row : rows) names.push_back(row[0]);
      CHECK(seen == names);
    }
  });
}

TEST_CASE(
    "table: words begin at one edge of their column, figures end with their last digits below each other") {
  for (const Direction direction : {ltr, rtl}) {
    Stage stage = make_stage(panels[0]);
    constexpr std::array<std::string_view, 2> columns{"Dag", "Antwoorden"};
    const std::vector<std::vector<std::string>> rows{{"maandag", "7"}, {"di", "1 234"}, {"woensdag"}};
    frame(
        stage, [&](Frame& f) { table(f, {20, 50, 200, 120}, {.columns = columns, .rows = rows}); }, 0, {},
        direction);
    std::map<std::string, Rect> at;
    for (const TextElement& text : stage.registry().texts) at[text.text] = text.rect_mm;
    CHECK(at.size() == 7);
    const auto start = [&](const char* text) { return direction == ltr ? at[text].x : at[text].right(); };
    const auto end = [&](const char* text) { return direction == ltr ? at[text].right() : at[text].x; };
    CHECK(start("maandag") == doctest::Approx(start("di")));
    CHECK(start("maandag") == doctest::Approx(start("Dag")));
    CHECK(is_near(at["7"].right(), at["1 234"].right()));
    CHECK(is_near(end("1 234"), end("Antwoorden")));
    CHECK((end("7") > start("di")) == (direction == ltr));
  }
}

TEST_CASE("table: one without rows is its header on one page, and a page beyond the last is the last") {
  Stage stage = make_stage(panels[0]);
  constexpr std::array<std::string_view, 2> columns{"Dag", "Antwoorden"};
  int pages = 0;
  frame(stage, [&](Frame& f) { pages = table(f, {20, 50, 200, 60}, {.columns = columns, .rows = {}}); });
  CHECK(pages == 1);
  CHECK(stage.registry().texts.size() == 2);
  frame(stage, [&](Frame& f) { pages = draw_table(f, samples[0], 99); });
  const auto& texts = stage.registry().texts;
  CHECK(std::ranges::any_of(texts, [](const TextElement& text) { return text.text == "ma 31"; }));
}

TEST_CASE("segments and tabs: the one tapped is named, on every panel and in both directions") {
  on_every_panel([](Stage& stage, const Display&) {
    long ms = 0;
    for (const Sample& words : {samples[2], samples[6]}) {
      std::optional<int> period, across, down;
      const auto tap = [&](std::string_view id, const auto& draw) {
        frame(stage, draw, ms += 1000, {}, words.direction);
        ms += 1000;
        frame(stage, draw, ms, tap_on(stage.registry(), id, Millis{ms - 10}), words.direction);
      };
      tap("segment/2", [&](Frame& f) { period = draw_segments(f, words); });
      tap("tab/5", [&](Frame& f) { across = draw_tabs(f, words, false); });
      tap("tab/6", [&](Frame& f) { down = draw_tabs(f, words, true); });
      CHECK(period == 2);
      CHECK(across == 5);
      CHECK(down == 6);
      CHECK(stage.registry().find("tab/0")->selected);
      CHECK_FALSE(stage.registry().find("tab/6")->selected);
    }
  });
}

TEST_CASE("tabs: where a row has no room for all words, those of the selected page are still there") {
  Stage stage = make_stage(panels[2], {.large_text = true});
  frame(stage, [&](Frame& f) { draw_tabs(f, samples[2], false, 3); });
  REQUIRE(stage.registry().texts.size() == 1);
  CHECK(stage.registry().texts[0].text == "Übertragung");
  CHECK(stage.registry().find("tab/6")->label == "Einstellungen");
  check_layout(stage);
}
