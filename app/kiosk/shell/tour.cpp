// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/tour.h"

#include <set>

namespace halte::kiosk::shell {
namespace {

using model::Intent;

// A kiosk with a clock of its own that stands still, and nobody behind it.
class Guide {
 public:
  Guide(std::shared_ptr<const Setup> setup, const std::string& language, const model::Say& say)
      : kiosk_({.clock = clock_,
                .random = random_,
                .clock_is_synced = [] { return true; },
                .perform =
                    [this](const model::Effect& effect) {
                      if (auto open = std::get_if<model::SaveOpen>(&effect)) id_ = open->response.id;
                    },
                .say = say,
                .language = language}) {
    kiosk_.set_service(model::Service::open);
    if (setup) kiosk_.set_setup(std::move(setup));
    kiosk_.send(model::ChooseLanguage{language});
  }

  Kiosk& kiosk() { return kiosk_; }
  const std::string& name() const { return kiosk_.view().name; }
  void send(const Intent& intent) { kiosk_.send(intent); }
  void wait(base::Millis time) {
    clock_.advance(time);
    kiosk_.tick();
  }
  void type(const std::string& text) {
    for (char c : text) send(model::Type{{ui::InsertText{std::string(1, c)}}});
  }
  void saved() { send(model::Saved{id_, true}); }
  void failed() { send(model::SaveFailed{id_}); }
  // Answers what is on the glass in a plausible way.
  void go_on(std::size_t face);

 private:
  base::ManualClock clock_{base::Instant{std::chrono::hours(24 * 365 * 56)}};
  base::SeededRandom random_{5};
  response::Id id_;
  Kiosk kiosk_;
};

void Guide::go_on(std::size_t face) {
  const model::Body& body = kiosk_.view().body;
  if (auto rate = std::get_if<model::RateView>(&body)) {
    send(model::Choose{std::min(face, rate->labels.size() - 1)});
    return wait(model::advance_time);
  }
  if (auto chips = std::get_if<model::ChipsView>(&body)) {
    send(model::Choose{0});
    if (chips->single) return wait(model::advance_time);
    return send(model::Next{});
  }
  if (std::holds_alternative<model::NumbersView>(body) || std::holds_alternative<model::StarsView>(body) ||
      (std::holds_alternative<model::DecisionView>(body) && name().starts_with("question/"))) {
    send(model::Choose{1});
    return wait(model::advance_time);
  }
  send(model::Next{});
}

using Show = std::function<void(const std::string&, const Kiosk&)>;

void walk_questions(Guide& guide, std::size_t face, std::set<std::string>& seen, const Show& show) {
  auto show_once = [&](const std::string& name) {
    if (seen.insert(name).second) show(name, guide.kiosk());
  };
  while (guide.name() == "rate" || guide.name().starts_with("question/")) {
    show_once(guide.name());
    if (std::holds_alternative<model::ChipsView>(guide.kiosk().view().body)) {
      guide.send(model::Choose{1});
      show_once(guide.name() + "-chosen");
      guide.send(model::Choose{1});
    }
    if (auto writing = std::get_if<model::WritingView>(&guide.kiosk().view().body)) {
      guide.type(writing->typing == ui::Typing::number ? "12"
                 : writing->one_line                   ? "Halte 24"
                                     : "The staff at the till took their time to help me, thank you!");
      show_once(guide.name() + "-typed");
    }
    guide.go_on(face);
  }
}

void walk_consent(Guide& guide, const Show& show) {
  if (guide.name() == "invitation") {
    show("invitation", guide.kiosk());
    guide.send(model::AnswerInvitation{true});
  }
  if (guide.name() == "age") {
    show("age", guide.kiosk());
    guide.send(model::AnswerAge{true});
  }
  if (guide.name() == "purposes") {
    show("purposes", guide.kiosk());
    guide.send(model::SwitchPurpose{model::contact_purpose});
    show("purposes-on", guide.kiosk());
    guide.send(model::Next{});
  }
  if (guide.name() == "contact") {
    guide.send(model::Next{});
    show("contact-mistake", guide.kiosk());
    guide.send(model::FocusField{0});
    guide.type("Sam Jansen");
    guide.send(model::FocusField{1});
    guide.type("sam@example.org");
    show("contact", guide.kiosk());
    guide.send(model::FocusField{2});
    guide.type("+31301234567");
    show("contact-phone", guide.kiosk());
    guide.send(model::Next{});
  }
}

}  // namespace

base::Result<std::shared_ptr<const Setup>> sample_setup(const std::string& survey_json,
                                                        const std::string& receipt_url) {
  auto survey = base::parse_json(survey_json, "survey");
  if (!survey) return std::unexpected(survey.error());
  site::Configuration c;
  c.version = 1;
  c.organisation = {"halte", "Halte"};
  c.branch.id = "utrecht";
  c.branch.name = "Utrecht Centraal";
  c.branch.zone = "Europe/Amsterdam";
  c.touchpoint = {"exit", "Exit", {}};
  c.surveys = {{"visit", 1, *survey, {}}};
  c.asks = {{{}, {{0, ""}}}};
  c.settings.languages = {"nl", "en", "de", "fr", "tr", "pl", "ar"};
  c.contact = {.enabled = true, .fields = {"name", "email", "phone"}, .age_gate = 16};
  c.notices = {{"contact",
                1,
                "contact",
                {{"en", "Halte may contact me once about my visit. My details are erased after 30 days."},
                 {"nl",
                  "Halte mag eenmalig contact met mij opnemen over mijn bezoek. Mijn gegevens worden na 30 "
                  "dagen gewist."},
                 {"de",
                  "Halte darf mich einmal zu meinem Besuch kontaktieren. Meine Angaben werden nach 30 Tagen "
                  "gelöscht."},
                 {"fr",
                  "Halte peut me contacter une fois au sujet de ma visite. Mes données sont effacées après "
                  "30 jours."},
                 {"tr",
                  "Halte, ziyaretim hakkında benimle bir kez iletişime geçebilir. Bilgilerim 30 gün sonra "
                  "silinir."},
                 {"pl",
                  "Halte może skontaktować się ze mną jeden raz w sprawie mojej wizyty. Moje dane zostaną "
                  "usunięte po 30 dniach."},
                 {"ar", "يجوز لـ Halte التواصل معي مرة واحدة بشأن زيارتي. تُحذف بياناتي بعد 30 يومًا."}}},
               {"panel",
                1,
                "panel",
                {{"en", "Halte may invite me to a customer panel."},
                 {"nl", "Halte mag mij uitnodigen voor een klantenpanel."},
                 {"de", "Halte darf mich zu einem Kundenpanel einladen."},
                 {"fr", "Halte peut m’inviter à un panel de clients."},
                 {"tr", "Halte beni bir müşteri paneline davet edebilir."},
                 {"pl", "Halte może zaprosić mnie do panelu klientów."},
                 {"ar", "يجوز لـ Halte دعوتي إلى مجموعة رأي للعملاء."}}}};
  c.receipt_url = receipt_url;
  base::SeededRandom random(9);
  site::Enrolment enrolment;
  enrolment.sealing_key_id = "sample";
  enrolment.sealing_public_key = base::make_sealing_key_pair(random).public_key;
  enrolment.receipt_key = random.bytes(32);
  return Setup::create(std::move(c), std::move(enrolment));
}

void walk_screens(std::shared_ptr<const Setup> setup, const std::string& language, const model::Say& say,
                  const Show& show) {
  std::set<std::string> seen;
  Guide happy(setup, language, say), unhappy(setup, language, say);
  happy.send(model::OpenSheet{model::Sheet::privacy});
  show("privacy", happy.kiosk());
  happy.send(model::OpenSheet{model::Sheet::aids});
  show("aids", happy.kiosk());
  happy.send(model::CloseSheet{});
  walk_questions(happy, 4, seen, show);
  walk_consent(happy, show);
  if (happy.name() == "saving") show("saving", happy.kiosk());
  happy.saved();
  show("thanks", happy.kiosk());
  happy.send(model::Withdrawn{true});
  show("thanks-withdrawn", happy.kiosk());

  unhappy.send(model::Choose{0});
  show("rate-chosen", unhappy.kiosk());
  unhappy.wait(model::advance_time);
  walk_questions(unhappy, 0, seen, show);
  unhappy.wait(std::chrono::minutes(1));
  show("still-there", unhappy.kiosk());
  unhappy.send(model::Finish{});
  unhappy.failed();
  show("sorry", unhappy.kiosk());

  Guide idle(setup, language, say);
  idle.kiosk().set_blocked(true);
  show("rate-blocked", idle.kiosk());
  idle.kiosk().set_blocked(false);
  for (auto [service, name] : {std::pair{model::Service::storage_full, "service-full"},
                               std::pair{model::Service::paused, "service-paused"},
                               std::pair{model::Service::not_enrolled, "service-not-enrolled"},
                               std::pair{model::Service::no_configuration, "service-waiting"}}) {
    idle.kiosk().set_service(service);
    show(name, idle.kiosk());
  }
}

}  // namespace halte::kiosk::shell
