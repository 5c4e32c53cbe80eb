// SPDX-License-Identifier: Apache-2.0
#include "app/tool/visitor_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace halte::tool {
namespace {

constexpr int open_hour = 8, close_hour = 21;

// Share of a day's visitors by local hour, 8 to 20: lunch and the hours after work stand out.
constexpr std::array<double, 13> hour_weights{3, 5, 7, 8, 10, 9, 7, 7, 9, 13, 12, 7, 3};
// Monday to Sunday.
constexpr std::array<double, 7> weekday_weights{0.82, 0.85, 0.92, 1.0, 1.18, 1.42, 0.81};

const std::vector<std::pair<std::string, double>> languages{
    {"nl", 0.74}, {"en", 0.14}, {"de", 0.07}, {"fr", 0.05}};
const std::vector<std::pair<std::string, double>> happy_reasons{
    {"staff", 0.34}, {"range", 0.22}, {"price", 0.16}, {"tidy", 0.16}, {"wait", 0.12}};
const std::vector<std::pair<std::string, double>> unhappy_reasons{
    {"wait", 0.40}, {"price", 0.22}, {"range", 0.16}, {"staff", 0.12}, {"tidy", 0.10}};

const std::map<std::string, std::array<std::vector<std::string>, 2>> comments{
    {"nl",
     {{{"Lange rij bij de kassa.", "Maar één kassa open.", "De bananen waren op.",
        "Winkelwagens stonden buiten in de regen.", "Op zaterdag is het hier niet te doen, zo druk.",
        "Prijs op het schap klopte niet met de bon.", "Zelfscan deed het weer niet, en niemand om te helpen.",
        "Ik zocht havermelk en kon niemand vinden om het te vragen.",
        "Het brood was om vijf uur al uitverkocht.",
        "Pad bij de zuivel stond vol met rolcontainers. Met een kinderwagen kom je er niet langs."},
       {"Heel vriendelijk geholpen!", "Fijne winkel, altijd netjes.", "Snel klaar, dank je wel.",
        "Lekker vers brood.", "De jongen bij de groente wist precies hoe je een granaatappel kiest.",
        "Ruim assortiment, ook voor wie geen gluten eet.", "Binnen tien minuten weer buiten, top.",
        "Fijn dat er weer een echte kassa is naast de zelfscan.",
        "Ze liepen met mij mee naar het schap. Dat maak je niet vaak meer mee."}}}},
    {"en",
     {{{"The queue was too long.", "Could not find the oat milk.",
        "Self-checkout kept asking for assistance.", "No English on the deposit machine."},
       {"Very friendly staff.", "Clean and well organised.", "Great choice of vegetables.",
        "Someone helped me find the right flour, thank you!"}}}},
    {"de",
     {{{"Zu lange gewartet.", "Das Leergutgerät war kaputt.", "Der Käse war ausverkauft."},
       {"Sehr freundliche Bedienung.", "Gute Auswahl.", "Schön übersichtlich und größer als früher."}}}},
    {"fr",
     {{{"Trop d'attente en caisse.", "Rayon vide.", "Les prix ne sont pas affichés partout."},
       {"Personnel très aimable.", "Magasin propre.", "Très bon pain, même le soir."}}}}};

}  // namespace

double VisitorModel::normal() {
  double u = std::max(random_.uniform(), 1e-12);
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * random_.uniform());
}

// Knuth's product method; means here stay below 30.
int VisitorModel::poisson(double mean) {
  double limit = std::exp(-mean), product = random_.uniform();
  int n = 0;
  for (; product > limit; ++n) product *= random_.uniform();
  return n;
}

std::string VisitorModel::pick(const std::vector<std::pair<std::string, double>>& weighted) {
  double at = random_.uniform();
  for (const auto& [value, weight] : weighted)
    if ((at -= weight) < 0) return value;
  return weighted.front().first;
}

std::vector<response::Response> VisitorModel::day(const SimulatedKiosk& kiosk, base::Instant midnight,
                                                  int weekday, base::Instant now) {
  double total = 0;
  for (double weight : hour_weights) total += weight;
  double busiest = *std::ranges::max_element(hour_weights);
  std::vector<response::Response> visits;
  for (int hour = open_hour; hour < close_hour; ++hour) {
    double weight = hour_weights[std::size_t(hour - open_hour)] * weekday_weights[std::size_t(weekday)];
    for (int n = poisson(kiosk.visitors_a_day * weight / total); n > 0; --n) {
      auto at = midnight + std::chrono::hours(hour) + std::chrono::seconds(int(random_.uniform() * 3600));
      if (at < now) visits.push_back(visit(kiosk, at, weight / busiest));
    }
  }
  std::ranges::sort(visits, {}, &response::Response::submitted);
  return visits;
}

response::Response VisitorModel::visit(const SimulatedKiosk& kiosk, base::Instant at, double crowd) {
  response::Response r;
  base::Instant coarse = base::coarsen(at, std::chrono::minutes(15));
  r.id = response::make_id(coarse, random_);
  r.survey = "visit";
  r.survey_version = 1;
  r.branch = kiosk.branch;
  r.touchpoint = kiosk.touchpoint;
  r.locale = pick(languages);
  r.started = r.submitted = coarse;
  r.zone = kiosk.zone;
  r.clock_synced = true;
  // Waiting in a full shop costs about half a standard deviation of mood.
  answer(r, normal() + 1.0 + kiosk.quality - 0.5 * crowd, crowd);
  return r;
}

void VisitorModel::answer(response::Response& r, double mood, double crowd) {
  constexpr std::array<double, 4> cuts{-1.35, -0.55, 0.15, 1.05};
  int face = 1 + int(std::ranges::count_if(cuts, [&](double cut) { return mood > cut; }));
  r.answers["visit"] = face;
  bool happy = face >= 4;
  auto leave = [&](response::Ended how) { r.ended = how; };
  if (random_.uniform() < 0.16) return leave(response::Ended::timeout);
  if (random_.uniform() < 0.62) {
    std::string reason =
        !happy && random_.uniform() < 0.3 * crowd ? "wait" : pick(happy ? happy_reasons : unhappy_reasons);
    r.answers[happy ? "went_well" : "could_be_better"] = base::Json::array({reason});
  } else {
    r.skipped.push_back(happy ? "went_well" : "could_be_better");
  }
  if (random_.uniform() < 0.12) return leave(response::Ended::timeout);
  r.answers["nps"] = std::clamp(int(std::lround(7.2 + 1.5 * mood + 1.1 * normal())), 0, 10);
  if (random_.uniform() < 0.05) {
    const auto& texts = comments.at(r.locale)[happy ? 1 : 0];
    r.answers["comment"] = texts[std::size_t(random_.uniform() * double(texts.size()))];
  } else {
    r.skipped.push_back("comment");
  }
  leave(random_.uniform() < 0.04 ? response::Ended::exit : response::Ended::complete);
}

}  // namespace halte::tool
