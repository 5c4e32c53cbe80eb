// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print/print.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>
#include <sstream>

#include "app/manager/model/update.h"
#include "core/base/file.h"
#include "tests/app/manager/print_days.h"
#include "tests/support/temporary_folder.h"

// fontconfig forgets 288 bytes when it reads its configuration, once a program. Asked for by ASan alone.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so"; }

using namespace halte;
using namespace halte::manager;
using namespace halte::manager::test;

namespace {

using Texts = std::vector<std::string>;

void add(Texts& texts, const std::vector<model::BarLine>& bars) {
  for (const model::BarLine& bar : bars) texts.insert(texts.end(), {bar.label, bar.figure});
}

Texts texts_of(const std::vector<model::FactView>& facts) {
  Texts texts;
  for (const model::FactView& fact : facts) texts.insert(texts.end(), {fact.label, fact.value});
  return texts;
}

Texts texts_of(const std::vector<model::ScoreView>& scores) {
  Texts texts;
  for (const model::ScoreView& s : scores) {
    texts.insert(texts.end(), {s.name, s.value, s.interval, s.change, s.marked, s.too_few});
    texts.insert(texts.end(), {s.scale.lowest_label, s.scale.highest_label});
    add(texts, s.spread);
  }
  return texts;
}

Texts texts_of(const model::ReasonsView& reasons) {
  Texts texts{reasons.happy, reasons.unhappy, reasons.none};
  add(texts, reasons.happy_reasons);
  add(texts, reasons.unhappy_reasons);
  return texts;
}

// Every word of the sheet.
Texts texts_of(const model::PrintView& v) {
  Texts texts{v.title, v.date, v.as_of, v.hours.title, v.hours.none, v.hours_too_few, v.delivery, v.imprint};
  for (const Texts& part : {texts_of(v.facts), texts_of(v.scores), texts_of(v.reasons),
                            texts_of(v.delivery_facts), v.notes, v.hours.days, v.hours.hours})
    texts.insert(texts.end(), part.begin(), part.end());
  for (const model::HourCell& cell : v.hours.cells) texts.push_back(cell.text);
  return texts;
}

// What the screen shows of the day on one page.
template <class BodyView>
BodyView on_screen(const Office& office, const model::Snapshot& snapshot, const std::string& language,
                   model::Page page) {
  model::State state{.screen = model::Looking{.page = page, .said = {}},
                     .language = language,
                     .snapshot = std::make_shared<model::Snapshot>(snapshot)};
  return std::get<BodyView>(model::view(state, office.words(), base::Millis{0}).body);
}

// What a program of poppler-utils says of the sheet.
std::string ask(const std::string& command, const std::string& pdf) {
  tests::TemporaryFolder folder;
  REQUIRE(base::write_file(folder / "day.pdf", pdf));
  const std::string path = (folder / "day.pdf").string();
  std::string line = command;
  line.replace(line.find("FILE"), 4, "'" + path + "'");
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(line.c_str(), "r"), ::pclose);
  REQUIRE(pipe);
  std::string said;
  char block[4096];
  for (std::size_t n; (n = std::fread(block, 1, sizeof block, pipe.get())) > 0;) said.append(block, n);
  return said;
}

std::string words_in(const std::string& pdf) { return ask("pdftotext -layout FILE -", pdf); }

// As pdftotext writes it: a space that keeps words together is a space.
std::string plain(std::string text) {
  constexpr std::string_view tight = "\u00A0";
  for (std::size_t at; (at = text.find(tight)) != text.npos;) text.replace(at, tight.size(), " ");
  return text;
}

struct Box {
  double left, top, right, bottom;
};

// The words' boxes in points, from pdftotext's lines of XML.
std::vector<Box> boxes_in(const std::string& pdf) {
  std::vector<Box> boxes;
  std::istringstream lines(ask("pdftotext -bbox FILE -", pdf));
  for (std::string line; std::getline(lines, line);) {
    Box b{};
    if (std::sscanf(line.c_str(), " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &b.left,
                    &b.top, &b.right, &b.bottom) == 4)
      boxes.push_back(b);
  }
  return boxes;
}

// pdftotext takes the height of a word from its font, which is more than the ink: their middles tell.
bool lie_on_each_other(const Box& a, const Box& b) {
  const double across = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double apart = std::abs((a.top + a.bottom) - (b.top + b.bottom)) / 2;
  return across > 1 && apart < .4 * std::min(a.bottom - a.top, b.bottom - b.top);
}

// How many points of the sheet are dark outside of the margins.
int ink_in_margins(const std::string& pdf) {
  constexpr int margin = 42;  // 15 mm, less what a letter's edge is smeared over
  std::istringstream picture(ask("pdftoppm -r 72 -gray FILE", pdf));
  std::string kind;
  int width = 0, height = 0, most = 0, dark = 0;
  picture >> kind >> width >> height >> most;
  REQUIRE(kind == "P5");
  picture.get();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool inside = x >= margin && x < width - margin && y >= margin && y < height - margin;
      if (picture.get() < 160 && !inside) ++dark;
    }
  return dark;
}

std::string pdf_of(const model::PrintView& view) {
  auto pdf = to_pdf(view);
  REQUIRE_MESSAGE(pdf, (pdf ? "" : base::to_string(pdf.error())));
  return *pdf;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("print: every figure on it is the one on the screen, in every language") {
  Office office;
  for (const auto& snapshot : {busy(), quiet(), empty(), full()})
    for (const std::string& language : languages) {
      const auto print = office.view(snapshot, language);
      const auto scores = on_screen<model::ScoresView>(office, snapshot, language, model::Page::score);
      CHECK(texts_of(print.scores) == texts_of(scores.scores));
      CHECK(texts_of(print.facts) == texts_of(scores.facts));
      CHECK(texts_of(print.reasons) ==
            texts_of(on_screen<model::ReasonsView>(office, snapshot, language, model::Page::reasons)));
      const auto delivery = on_screen<model::ListView>(office, snapshot, language, model::Page::delivery);
      const Texts shown = texts_of(delivery.facts), printed = texts_of(print.delivery_facts);
      CHECK(std::ranges::search(shown, printed).size() == printed.size());
      const auto map = on_screen<model::HoursView>(office, snapshot, language, model::Page::hours);
      CHECK(print.hours.hours == map.hours);
      CHECK(print.hours.none == map.none);
      CHECK(print.hours.cells.size() == map.hours.size());
      for (std::size_t i = 0; i < print.hours.cells.size(); ++i) {
        const model::HourCell& cell = map.cells[4 * map.hours.size() + i];  // a Friday
        CHECK(print.hours.cells[i].text == cell.text);
        CHECK(print.hours.cells[i].kind == cell.kind);
      }
    }
}

TEST_CASE("print: the marked answers are told beside the score, and so is what yesterday was") {
  Office office;
  const auto view = office.view(busy(), "en");
  REQUIRE(view.scores.size() == 2);
  CHECK(view.scores[0].marked == "With the 18 answers that look like play: 3.5");
  CHECK(view.scores[0].change == "+0.9 since yesterday: a proven difference.");
  CHECK(view.notes.size() == 2);
  CHECK(office.view(quiet(), "en").notes.size() == 1);
}

TEST_CASE("print: a figure that is too small to show is nowhere in it") {
  Office office;
  // With a threshold of five the nine answers are shown: what stands there may not stand on the other one.
  const auto told = office.view(snapshot_of(quiet_day(), {}, 5), "en");
  REQUIRE(told.scores.front().value == "3.7");
  const auto view = office.view(quiet(), "en");
  const std::string words = words_in(pdf_of(view));
  Texts secrets{told.scores.front().value, "Friendly staff", "Waiting time", "9 answers",
                told.scores.front().interval};
  for (const auto& bar : told.scores.front().spread)
    if (bar.figure != "0 %") secrets.push_back(bar.figure);
  for (const std::string& secret : secrets) {
    CHECK_MESSAGE(!has(words, secret), secret);
    for (const std::string& text : texts_of(view)) CHECK_MESSAGE(!has(text, secret), text);
  }
  CHECK(has(words, "Fewer than 10 answers: too few to show."));
  CHECK(has(words, "Figures of fewer than 10 answers are not shown."));
  for (const model::HourCell& cell : view.hours.cells) CHECK(cell.kind != model::HourCell::Kind::value);
}

TEST_CASE("print: the date is written as the language writes it, on the branch's clock") {
  Office office;
  auto snapshot = busy();
  CHECK(office.view(snapshot, "nl").date == "vrijdag 27 november 2026");
  CHECK(office.view(snapshot, "en").date == "Friday 27 November 2026");
  CHECK(office.view(snapshot, "de").date == "Freitag, 27. November 2026");
  CHECK(office.view(snapshot, "fr").date == "vendredi 27 novembre 2026");
  CHECK(office.view(snapshot, "tr").date == "27 Kasım 2026 Cuma");
  CHECK(office.view(snapshot, "pl").date == "piątek, 27 listopada 2026");
  CHECK(office.view(snapshot, "ar").date == "الجمعة، 27 نوفمبر 2026");
  CHECK(office.view(snapshot, "en").as_of == "as of 17:15");
  CHECK(office.view(snapshot, "en").imprint == "Printed 27-11-2026 17:22 by halte 0.1.0");
  // Half past eleven in London is the next day in Utrecht.
  snapshot.at = *base::parse_rfc3339("2026-11-30T23:30:00Z");
  snapshot.figures[0].report.period = figures::period_of(figures::PeriodKind::day, snapshot.at, zone);
  CHECK(office.view(snapshot, "fr").date == "mardi 1er décembre 2026");
  CHECK(office.view(snapshot, "fr").file == "halte-utrecht-balie-1-2026-12-01.pdf");
}

TEST_CASE("print: every sentence of it is in every catalogue") {
  Office office;
  for (const auto& snapshot : {busy(), quiet(), empty(), full()}) office.view(snapshot, "nl");
  std::set<std::string> asked(office.asked.begin(), office.asked.end());
  asked.erase("–");
  // Those of the days and months that are not in these snapshots.
  for (const char* id : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday",   "Saturday", "Sunday",
                         "1",      "January", "February",  "March",    "April",    "May",      "June",
                         "July",   "August",  "September", "October",  "November", "December"})
    asked.insert(id);
  for (const std::string& language : languages) {
    if (language == "en") continue;
    auto catalogue = base::read_file(std::filesystem::path(HALTE_SOURCE_DIR) / "assets/strings/manager" /
                                     (language + ".po"));
    REQUIRE(catalogue);
    for (const std::string& id : asked) {
      const std::string entry = "msgid \"" + id + "\"\nmsgstr \"";
      CHECK_MESSAGE(has(*catalogue, entry), language << ": " << id);
      CHECK_MESSAGE(!has(*catalogue, entry + "\""), language << ": " << id);
    }
  }
}

TEST_CASE(
    "print: one A4 sheet with words that can be found, in every language and however much there is to say") {
  Office office;
  for (const auto& snapshot : {busy(), quiet(), empty(), full()})
    for (const std::string& language : languages) {
      const auto view = office.view(snapshot, language);
      const std::string pdf = pdf_of(view);
      const std::string about = ask("pdfinfo FILE", pdf);
      CHECK(has(about, "Pages:           1\n"));
      CHECK(has(about, "(A4)"));
      CHECK(has(about, "Utrecht Centraal · Servicebalie"));
      CHECK(has(about, "halte 0.1.0"));
      const std::string words = words_in(pdf);
      CHECK(has(words, "Utrecht Centraal"));
      for (const model::ScoreView& score : view.scores)
        if (!score.value.empty()) CHECK_MESSAGE(has(words, score.value), language << ": " << score.value);
      if (language == "ar") continue;  // pdftotext brings joined letters back in another order
      CHECK(has(words, view.date));
      for (const model::ScoreView& score : view.scores) CHECK_MESSAGE(has(words, score.name), score.name);
      for (const std::string& note : view.notes) CHECK_MESSAGE(has(words, plain(note)), note);
    }
}

TEST_CASE(
    "print: nothing is printed in the margins of 15 mm or over another word, whatever the branch is called") {
  Office office;
  for (const auto& snapshot : {busy(), quiet(), empty(), full(), long_names()})
    for (const std::string& language : languages) {
      const std::string pdf = pdf_of(office.view(snapshot, language));
      CHECK_MESSAGE(ink_in_margins(pdf) == 0, language);
      const auto boxes = boxes_in(pdf);
      CHECK(boxes.size() > 40);
      int collisions = 0;
      for (std::size_t i = 0; i < boxes.size(); ++i)
        for (std::size_t j = i + 1; j < boxes.size(); ++j)
          collisions += lie_on_each_other(boxes[i], boxes[j]);
      CHECK_MESSAGE(collisions == 0, language);
    }
}

TEST_CASE("print: in Arabic the sheet begins at the right") {
  Office office;
  // Of the title, which is the highest line.
  const auto title_edge = [](const std::vector<Box>& boxes, bool leftmost) {
    double edge = leftmost ? 1e9 : 0;
    for (const Box& box : boxes)
      if (box.top < 75) edge = leftmost ? std::min(edge, box.left) : std::max(edge, box.right);
    return edge;
  };
  const auto dutch = boxes_in(pdf_of(office.view(busy(), "nl"))),
             arabic = boxes_in(pdf_of(office.view(busy(), "ar")));
  CHECK(title_edge(dutch, true) < 50);
  CHECK(title_edge(arabic, false) > 545);
  CHECK(title_edge(arabic, true) > 150);
}

TEST_CASE("print: the same day at the same time makes the same bytes") {
  Office office;
  const auto view = office.view(busy(), "ar");
  const std::string pdf = pdf_of(view);
  CHECK(pdf == pdf_of(view));
  auto later = view;
  later.printed += std::chrono::hours(1);
  CHECK(pdf != pdf_of(later));
  CHECK(has(ask("TZ=UTC pdfinfo -isodates FILE", pdf), "CreationDate:    2026-11-27T16:22:10Z"));
}

TEST_CASE("print: it lies on the stick under the kiosk's name and the day, and an older one is replaced") {
  Office office;
  tests::TemporaryFolder folder;
  auto view = office.view(busy(), "nl");
  for (int i = 0; i < 2; ++i) {
    auto saved = save_print(folder.path(), view);
    REQUIRE_MESSAGE(saved, (saved ? "" : base::to_string(saved.error())));
    CHECK(*saved == "halte-utrecht-balie-1-2026-11-27.pdf");
    CHECK(*base::read_file(folder / *saved) == pdf_of(view));
    view.printed += std::chrono::hours(1);
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("print: a kiosk's id is a plain file name, whatever stands in it") {
  Office office;
  auto snapshot = busy();
  snapshot.identity.kiosk_id = "../a b/ü:1";
  CHECK(office.view(snapshot, "nl").file == "halte----a-b----1-2026-11-27.pdf");
}

TEST_CASE(
    "print: a folder that cannot be written is an error that names the file, and nothing half is left") {
  Office office;
  const auto view = office.view(busy(), "nl");
  auto nowhere = save_print("/proc/nowhere", view);
  REQUIRE_FALSE(nowhere);
  CHECK(has(base::to_string(nowhere.error()), "/proc/nowhere/halte-utrecht-balie-1-2026-11-27.pdf"));
  // A folder stands where the file should: everything goes well until the last step.
  tests::TemporaryFolder folder;
  std::filesystem::create_directory(folder / view.file);
  auto blocked = save_print(folder.path(), view);
  REQUIRE_FALSE(blocked);
  CHECK(has(base::to_string(blocked.error()), view.file));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}
