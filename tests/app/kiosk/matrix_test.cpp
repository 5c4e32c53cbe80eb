// SPDX-License-Identifier: Apache-2.0
// Every screen in every language, theme, size of glass and size of text, by what --describe writes of it.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "app/kiosk/shell/pictures.h"
#include "tests/app/kiosk/catalogues.h"

using namespace halte;
using namespace halte::kiosk;

namespace {

constexpr double tolerance = 0.3;        // a pixel of rounding on the coarsest panel
constexpr double capital_height = .727;  // of Inter's size

// What is wrong, once per screen and fault: the first picture that shows it.
class Findings {
 public:
  void add(const std::string& picture, const std::string& fault) {
    if (seen_.insert(picture.substr(0, picture.find('|')) + fault).second && ++count_ <= most)
      FAIL_CHECK(picture << ": " << fault);
  }
  int count() const { return count_; }

 private:
  static constexpr int most = 1500;
  std::set<std::string> seen_;
  int count_ = 0;
};

double least_side(const std::string& role) {
  if (role == "face") return 22;
  if (role == "key") return 13;
  return role == "image" ? 0 : 15;
}

double least_contrast(const std::string& role, const std::string& theme) {
  if (role == "face" || role == "choice") return 3;  // parts of a picture, with words beside them
  return theme == "contrast" ? 7 : 4.5;
}

void check_target(const base::Json& e, const std::string& name, const base::Json& picture,
                  Findings& findings) {
  const std::string role = e["role"], id = e["id"];
  const double least = least_side(role) - tolerance;
  if (e["hit_mm"][2] < least || e["hit_mm"][3] < least)
    findings.add(name, id + " is " + base::to_text(e["hit_mm"]) + " mm");
  if (role == "image") return;
  if (e["spoken"].get<std::string>().empty()) findings.add(name, id + " cannot be said");
  if (e["fg"].is_null() || e["bg"].is_null()) return findings.add(name, id + " has no colours");
  const double ratio = ui::contrast(*ui::parse_color(e["fg"].get<std::string>()),
                                    *ui::parse_color(e["bg"].get<std::string>()));
  if (e["focus"] >= 0 && ratio < least_contrast(role, picture["theme"]))
    findings.add(name, id + " has a contrast of " + std::to_string(ratio));
}

void check_text(const base::Json& e, const std::string& name, const base::Json& picture, Findings& findings) {
  const std::string label = e["label"];
  if (e["cut"]) findings.add(name, "\"" + label + "\" does not fit");
  const double ratio = ui::contrast(*ui::parse_color(e["fg"].get<std::string>()),
                                    *ui::parse_color(e["bg"].get<std::string>()));
  if (ratio < least_contrast("text", picture["theme"]))
    findings.add(name, "\"" + label + "\" has a contrast of " + std::to_string(ratio));
  if (picture["text"] != "large") return;
  const double least = picture["class"] == "small" ? 4.9 : 7.3;
  if (e["size_mm"].get<double>() * capital_height < least - .01)
    findings.add(name, "\"" + label + "\" has capitals of " +
                           std::to_string(e["size_mm"].get<double>() * capital_height) + " mm");
}

void check_focus(const base::Json& elements, const std::string& name, Findings& findings) {
  std::set<int> places;
  for (const base::Json& e : elements)
    if (e["focus"] >= 0 && !places.insert(e["focus"].get<int>()).second)
      findings.add(name, "two with one focus");
  if (!places.empty() && *places.rbegin() + 1 != int(places.size())) findings.add(name, "a gap in the focus");
}

void check(const base::Json& picture, const std::vector<std::string>& complaints, bool in_reach,
           Findings& findings) {
  const auto word = [&](const char* key) { return picture[key].get<std::string>(); };
  const std::string name = word("screen") + " " + word("panel") + " " + word("orientation") + " " +
                           word("text") + (in_reach ? " reach" : "") + "|" + word("language") + " " +
                           word("theme");
  for (const base::Json& e : picture["elements"])
    (e["role"] == "text" ? check_text : check_target)(e, name, picture, findings);
  check_focus(picture["elements"], name, findings);
  for (const std::string& complaint : complaints) findings.add(name, complaint);
}

void check_matrix(const shell::PictureWish& wish, std::size_t least_pictures) {
  const runtime::Messages messages = test::catalogues(), staff = test::catalogues("halte-manager");
  const model::Say say = test::say_with(messages);
  Findings findings;
  std::size_t pictures = 0;
  auto done = shell::draw_pictures(
      test::setup_of(test::default_survey()), test::sentences_of(messages, staff), wish,
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        ++pictures;
        check(shell::describe(picture, stage, say), ui::complaints(stage.registry(), stage.display()),
              wish.reach, findings);
        return {};
      });
  REQUIRE(done);
  CHECK(pictures >= least_pictures);
  CHECK(findings.count() == 0);
}

}  // namespace

// Their millimetres are those of the nearest of the sizes below, larger or smaller.
TEST_CASE("matrix: sizes, gaps, text and focus hold on a glass of any size between and below") {
  check_matrix({.themes = {"light"}, .panels = {"7", "10.1 wide", "11.6", "12.1"}}, 7 * 4 * 2 * 2 * 20);
}
TEST_CASE("matrix: sizes, gaps, text and focus hold on a glass of any size and shape above") {
  check_matrix({.themes = {"light"}, .panels = {"13.3", "15 4:3", "17 5:4", "24", "55"}}, 7 * 5 * 2 * 2 * 20);
}
TEST_CASE("matrix: sizes, gaps, contrast, text and focus hold on 10.1 inches") {
  check_matrix({.panels = {"10.1"}}, 7 * 3 * 2 * 2 * 20);
}
TEST_CASE("matrix: sizes, gaps, contrast, text and focus hold on 15.6 inches") {
  check_matrix({.panels = {"15.6"}}, 7 * 3 * 2 * 2 * 20);
}
TEST_CASE("matrix: sizes, gaps, contrast, text and focus hold on 21.5 inches") {
  check_matrix({.panels = {"21.5"}}, 7 * 3 * 2 * 2 * 20);
}
TEST_CASE("matrix: sizes, gaps, contrast, text and focus hold on 32 inches") {
  check_matrix({.panels = {"32"}}, 7 * 3 * 2 * 2 * 20);
}

TEST_CASE(
    "matrix: within reach, every target of a tall glass is in its lower half and the rest still holds") {
  const shell::PictureWish wish{
      .themes = {"light"}, .panels = {"15.6", "21.5", "32"}, .texts = {"normal"}, .reach = true};
  check_matrix(wish, 7 * 3 * 2 * 20);
  const runtime::Messages messages = test::catalogues(), staff = test::catalogues("halte-manager");
  auto done = shell::draw_pictures(
      test::setup_of(test::default_survey()), test::sentences_of(messages, staff), wish,
      [](ui::Stage*) -> base::Status { return {}; },
      [&](const shell::Picture& picture, ui::Stage& stage) -> base::Status {
        const ui::Rect glass = stage.display().bounds();
        if (glass.h <= 300) return {};
        for (const ui::Element& e : ui::reachable(stage.registry()))
          CHECK_MESSAGE(e.rect_mm.y >= glass.h / 2, picture.name << " " << e.id);
        return {};
      });
  REQUIRE(done);
}
