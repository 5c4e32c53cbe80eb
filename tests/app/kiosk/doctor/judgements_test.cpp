// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/doctor/judgements.h"

#include <doctest/doctest.h>

#include "core/store/kiosk/kiosk_store.h"

using namespace halte;
using namespace halte::kiosk::doctor;
using namespace std::chrono_literals;
using net::CertificateFault;
using net::Reached;
using platform::ScreenFacts;
using platform::Touchscreen;

namespace {

// A portrait 21.5" panel that tells its true size.
ScreenFacts a_screen() {
  return {.monitor = "HDMI-1",
          .width_px = 1080,
          .height_px = 1920,
          .desktop_width_px = 1080,
          .desktop_height_px = 1920,
          .width_mm = 268,
          .height_mm = 476,
          .gl_major = 4,
          .gl_minor = 5,
          .renderer = "Intel"};
}

base::Instant at(const char* text) { return *base::parse_rfc3339(text); }
const base::Instant now = at("2026-11-27T12:00:00Z");
const std::string url = "https://hq.example.nl";
const std::string enrol = "halte-kiosk --enrol CODE";

net::Probe halte_answer(base::Instant not_after = now + 24h * 90) {
  return {.reached = Reached::reply,
          .certificate = net::Certificate{"CN = R11", now - 24h, not_after},
          .reply = net::HttpReply{200, {{"Content-Type", "text/plain; charset=utf-8"}}, "ok\n"}};
}

// The worst of them says this of cause and mend.
bool tells(const Findings& findings, Level level, const std::string& cause, const std::string& mend = "") {
  bool found = false;
  for (const Finding& f : findings) {
    CAPTURE(line(f));
    found = found || (f.level == level && f.cause.find(cause) != std::string::npos &&
                      f.mend.find(mend) != std::string::npos);
    // Each of them is one line, and whatever is not right says what to do.
    CHECK(line(f).find('\n') == std::string::npos);
    CHECK(f.mend.empty() == (f.level == Level::ok));
  }
  for (const Finding& f : findings)
    if (!found) MESSAGE(line(f));
  return found;
}

StorageFacts a_storage() {
  StorageFacts s{.folder = "/data", .user = 1000, .folder_facts = FileFacts{"/data", 1000, 0700}};
  s.files = {{"/data/kiosk.db", 1000, 0600}};
  s.free_bytes = std::int64_t(8) << 30;
  s.database = store::kiosk::Soundness{.rows = 3};
  return s;
}

}  // namespace

TEST_CASE("doctor: a display that is as it should be is ok, and drawing in software is said") {
  CHECK_FALSE(has_wrong(judge_display(a_screen(), std::nullopt)));
  CHECK(tells(judge_display(a_screen(), 21.5), Level::ok, "21.5 inches"));
  auto s = a_screen();
  s.is_software = true;
  CHECK(tells(judge_display(s, std::nullopt), Level::ok, "in software"));
}

TEST_CASE("doctor: no display, no OpenGL and an old one are told apart") {
  const base::Error display{"display", "DISPLAY is not set", "", base::ErrorKind::lacking};
  const base::Error graphics{"graphics", "no OpenGL: GLX", "", base::ErrorKind::lacking};
  CHECK(tells(judge_display(std::unexpected(display), {}), Level::wrong, "DISPLAY is not set", "DISPLAY=:0"));
  CHECK(tells(judge_display(std::unexpected(graphics), {}), Level::wrong, "no OpenGL", "libgl1-mesa-dri"));
  auto s = a_screen();
  s.gl_major = 2;
  s.gl_minor = 1;
  CHECK(tells(judge_display(s, {}), Level::wrong, "OpenGL 2.1 by Intel, and the kiosk needs 3.0",
              "LIBGL_ALWAYS_SOFTWARE=1"));
}

TEST_CASE(
    "doctor: a diagonal that no glass of those pixels has is wrong, one against the panel's word a doubt") {
  CHECK(tells(judge_display(a_screen(), 5), Level::wrong, "diagonal of 5.0 inches", "--diagonal"));
  CHECK(tells(judge_display(a_screen(), 120), Level::wrong, "120.0 inches"));
  CHECK(tells(judge_display(a_screen(), 32), Level::warning, "the panel itself tells 21.5",
              "corner to corner"));
  CHECK(tells(judge_display(a_screen(), 22), Level::ok, "22.0 inches"));
}

TEST_CASE("doctor: a glass too small for its screens is a doubt, with how small they become") {
  CHECK_FALSE(tells(judge_display(a_screen(), 22), Level::warning, "is small"));
  auto s = a_screen();
  s.width_px = 800;
  s.height_px = 480;
  s.width_mm = s.height_mm = 0;
  CHECK(tells(judge_display(s, 7), Level::warning,
              "7.0 inches is small: all stands at 67 % of the size that it has on 10 inches, and a key of "
              "the keyboard is 9 mm",
              "10 inches"));
}

TEST_CASE("doctor: a panel that lies about its size is not held against the configured one") {
  struct Case {
    int width_mm, height_mm;
  };
  // Nothing; X's own 96 and 100 dots an inch; a size of no panel; another shape than its pixels'.
  for (const Case c : {Case{0, 0}, {286, 508}, {274, 488}, {1600, 900}, {476, 268}}) {
    CAPTURE(c.width_mm);
    auto s = a_screen();
    s.width_mm = c.width_mm;
    s.height_mm = c.height_mm;
    CHECK(tells(judge_display(s, 32), Level::ok, "32.0 inches"));
    CHECK(tells(judge_display(s, {}), Level::warning, "not to be believed", "diagonal_in"));
  }
}

TEST_CASE("doctor: a touchscreen over the whole display is enough, whatever else there is") {
  CHECK(tells(judge_touch(std::vector<Touchscreen>{{"ILITEK"}}, a_screen()), Level::ok, "'ILITEK' covers"));
  Touchscreen half{"half"};
  half.matrix = {0.5f, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK_FALSE(has_wrong(judge_touch(std::vector{half, Touchscreen{"whole"}}, a_screen())));
}

TEST_CASE("doctor: no touchscreen, one that is off and one beside the display are named with what to do") {
  CHECK(tells(judge_touch(std::vector<Touchscreen>{}, a_screen()), Level::wrong, "knows no touchscreen",
              "xinput list"));
  Touchscreen off{"ILITEK", false};
  CHECK(tells(judge_touch(std::vector{off}, a_screen()), Level::wrong, "off", "xinput enable 'ILITEK'"));
  Touchscreen half{"ILITEK"};
  half.matrix = {0.5f, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(tells(judge_touch(std::vector{half}, a_screen()), Level::wrong, "covers 540 x 1920 pixels at 0,0",
              "xinput map-to-output 'ILITEK' HDMI-1"));
  // Two monitors side by side, and the finger is spread over both.
  auto second = a_screen();
  second.x = 1920;
  second.desktop_width_px = 3000;
  CHECK(tells(judge_touch(std::vector<Touchscreen>{{"ILITEK"}}, second), Level::wrong, "3000 x 1920"));
}

TEST_CASE("doctor: a picture that is turned under a touchscreen that is not is a doubt") {
  auto turned = a_screen();
  turned.turned = 90;
  Touchscreen touch{"ILITEK"};
  CHECK(tells(judge_touch(std::vector{touch}, turned), Level::warning, "turned by 90 degrees",
              "map-to-output"));
  touch.matrix = {0, -1, 1, 1, 0, 0, 0, 0, 1};
  CHECK(tells(judge_touch(std::vector{touch}, turned), Level::ok, "covers"));
  turned.turned = 270;
  touch.matrix = {0, 1, 0, -1, 0, 1, 0, 0, 1};
  CHECK(tells(judge_touch(std::vector{touch}, turned), Level::ok, "covers"));
}

TEST_CASE("doctor: a voice for each language is wanted, and regions of a language speak it") {
  CHECK(tells(judge_audio(platform::SpeechFacts{{"espeak-ng"}, {"nl-BE", "en-GB"}}, {"nl", "en"}), Level::ok,
              "speaks nl, en"));
  CHECK(tells(judge_audio(platform::SpeechFacts{{"espeak-ng"}, {"en"}}, {"nl", "en", "tr"}), Level::warning,
              "no voice speaks nl, tr", "spd-say -L"));
}

TEST_CASE("doctor: no daemon and a daemon without a sound are told apart") {
  const base::Error none{"speech-dispatcher", "Can't connect", "", base::ErrorKind::lacking};
  CHECK(
      tells(judge_audio(std::unexpected(none), {"nl"}), Level::wrong, "does not answer", "apt-get install"));
  for (const auto& modules : {std::vector<std::string>{}, {"dummy"}})
    CHECK(tells(judge_audio(platform::SpeechFacts{modules, {}}, {"nl"}), Level::wrong,
                "no voice that can open", "aplay -l"));
}

TEST_CASE("doctor: a clock a minute off is wrong, and which way is said") {
  CHECK(tells(judge_clock({now, now + 59s, true}), Level::ok, "agrees"));
  CHECK(tells(judge_clock({now + 24h * 400, now, true}), Level::wrong, "400 days ahead of the server's",
              "timedatectl"));
  CHECK(tells(judge_clock({now - 90s, now, true}), Level::wrong, "90 seconds behind"));
}

TEST_CASE("doctor: without a server to compare with, a clock before this program was made is wrong") {
  CHECK(tells(judge_clock({at("1970-01-02T00:00:00Z"), {}, true}), Level::wrong, "it shows 1970-01-02"));
  CHECK(tells(judge_clock({now, {}, true}), Level::ok, "could not be compared"));
  CHECK(tells(judge_clock({now, {}, false}), Level::warning, "follows no time server", "timedatectl"));
}

TEST_CASE("doctor: how far the network reaches is told by the step that fails") {
  const auto at_step = [](Reached reached) {
    return judge_network(url, {.reached = reached, .cause = "timed out"}, enrol);
  };
  CHECK(tells(judge_network("", {}, enrol), Level::wrong, "no server is known", enrol));
  CHECK(tells(at_step(Reached::nothing), Level::wrong, "hq.example.nl has no address",
              "getent hosts hq.example.nl"));
  CHECK(tells(at_step(Reached::address), Level::wrong, "port 443 lets nobody in", "firewall"));
  CHECK(tells(at_step(Reached::connection), Level::wrong, "speaks no TLS", "openssl s_client"));
  CHECK(tells(at_step(Reached::trust), Level::wrong, "does not answer", "halte-hq"));
  CHECK(tells(judge_network(url, halte_answer(), enrol), Level::ok, "answers as Halte's server"));
}

TEST_CASE("doctor: a log-in page of the network is not taken for the server") {
  const auto answered = [](net::HttpReply reply) {
    return judge_network(url, {.reached = Reached::reply, .reply = std::move(reply)}, enrol);
  };
  const net::HttpReply page{200, {{"Content-Type", "text/html"}}, "ok\n"};
  const net::HttpReply redirect{302, {{"Location", "http://portal.example/"}}, ""};
  const net::HttpReply text{200, {{"Content-Type", "text/plain"}}, "welcome\n"};
  CHECK(tells(answered(page), Level::wrong, "captive portal", "log this machine in"));
  CHECK(tells(answered(redirect), Level::wrong, "HTTP 302 to http://portal.example/"));
  CHECK(tells(answered(text), Level::wrong, "something else answers"));
  CHECK(tells(answered({502, {}, ""}), Level::wrong, "Halte behind it does not run", "halte-hq"));
}

TEST_CASE("doctor: each fault of a certificate has its own cause and its own mend") {
  const auto with = [](CertificateFault fault) {
    return judge_certificate(url,
                             {.reached = Reached::connection,
                              .cause = "bad",
                              .fault = fault,
                              .certificate = net::Certificate{"CN = Proxy", now - 24h * 100, now - 24h * 10}},
                             now);
  };
  CHECK(tells(with(CertificateFault::expired), Level::wrong, "expired on 2026-11-17", "renewed"));
  CHECK(tells(with(CertificateFault::not_yet_valid), Level::wrong, "not valid yet", "clock"));
  CHECK(tells(with(CertificateFault::other_name), Level::wrong, "for another name than hq.example.nl"));
  CHECK(tells(with(CertificateFault::unknown_issuer), Level::wrong, "(CN = Proxy)", "--ca-file"));
  CHECK(tells(with(CertificateFault::other), Level::wrong, "not accepted: bad",
              "openssl s_client -connect hq.example.nl:443"));
  // The network itself did its part.
  CHECK(tells(judge_network(url, {.reached = Reached::connection, .fault = CertificateFault::expired}, enrol),
              Level::ok, "is reached"));
}

TEST_CASE("doctor: a certificate is a doubt in its last 14 days") {
  const auto left = [](std::chrono::hours time) {
    return judge_certificate(url, halte_answer(now + time), now);
  };
  CHECK(tells(left(24h * 13 + 23h), Level::warning, "13 days more", "renewed"));
  CHECK(tells(left(24h * 14), Level::ok, "valid until 2026-12-11"));
  CHECK(tells(judge_certificate("http://127.0.0.1:8080", {}, now), Level::ok, "none is needed"));
}

TEST_CASE("doctor: a token that the server takes no more means enrolling again, with the answers kept") {
  site::Enrolment enrolment;
  enrolment.kiosk_id = "k1";
  enrolment.server_url = url;
  const auto told = [&](client::SyncState state) {
    return judge_enrolment({enrolment, std::expected<void, client::Trouble>(std::unexpected(client::Trouble{
                                           .state = state, .status = 401, .reason = "HTTP 401"}))},
                           enrol);
  };
  CHECK(
      tells(told(client::SyncState::must_enrol), Level::wrong, "revoked", "answers that wait here are kept"));
  CHECK(tells(told(client::SyncState::busy), Level::warning, "HTTP 401"));
  CHECK(tells(judge_enrolment({enrolment, std::expected<void, client::Trouble>{}}, enrol), Level::ok,
              "the server takes it"));
  CHECK(tells(judge_enrolment({enrolment, {}}, enrol), Level::warning, "could not be asked"));
  CHECK(tells(judge_enrolment({std::optional<site::Enrolment>{}, {}}, enrol), Level::wrong,
              "no kiosk of any server", enrol));
  const base::Error damaged{"kiosk.db", "damaged", "", base::ErrorKind::refused};
  CHECK(tells(judge_enrolment({std::unexpected(damaged), {}}, enrol), Level::warning, "could not be read"));
}

TEST_CASE("doctor: an expired configuration is a doubt, one that cannot be used is wrong") {
  site::Configuration c;
  c.version = 7;
  c.kiosk_name = "Balie";
  c.expires = now + 1h;
  CHECK(tells(judge_configuration(std::optional(c), now), Level::ok, "version 7 for 'Balie'"));
  c.expires = now - 1h;
  CHECK(tells(judge_configuration(std::optional(c), now), Level::warning, "expired on 2026-11-27"));
  const base::Error forged{"configuration", "its signature is not by this server's key", ""};
  CHECK(tells(judge_configuration(std::unexpected(forged), now), Level::wrong, "signature"));
  CHECK(
      tells(judge_configuration(std::optional<site::Configuration>{}, now), Level::wrong, "nothing to ask"));
}

TEST_CASE("doctor: a folder and files that are their owner's alone are ok, for root as well") {
  CHECK_FALSE(has_wrong(judge_storage(a_storage())));
  auto s = a_storage();
  s.user = 0;
  CHECK(tells(judge_storage(s), Level::ok, "its owner's alone"));
}

TEST_CASE("doctor: who may read or write too much is named with the chmod or chown that mends it") {
  auto s = a_storage();
  s.folder_facts->mode = 0777;
  CHECK(tells(judge_storage(s), Level::wrong, "(mode 0777)", "chmod 700 '/data'"));
  s.folder_facts->mode = 0755;
  CHECK(tells(judge_storage(s), Level::warning, "others may look into /data", "chmod 700 '/data'"));
  s = a_storage();
  s.files[0].mode = 0644;
  CHECK(
      tells(judge_storage(s), Level::wrong, "others may read /data/kiosk.db", "chmod 600 '/data/kiosk.db'"));
  s = a_storage();
  s.files[0].owner = 0;
  CHECK(tells(judge_storage(s), Level::wrong, "belongs to user 0", "chown 1000 '/data/kiosk.db'"));
  s = a_storage();
  s.user = 1001;
  CHECK(tells(judge_storage(s), Level::wrong, "you are user 1001", "sudo -u '#1000'"));
}

TEST_CASE("doctor: a folder that is no kiosk's gets no chmod") {
  auto s = a_storage();
  s.files.clear();
  s.folder_facts->mode = 0777;
  for (const Finding& finding : judge_storage(s)) CHECK(finding.subject != "files");
}

TEST_CASE("doctor: a full disk is named with what to delete") {
  auto s = a_storage();
  s.free_bytes = store::kiosk::reserve_bytes - 1;
  s.strangers = {{"/data/film.mp4", 70 << 20}, {"/data/b", 3}, {"/data/c", 2}, {"/data/d", 1}};
  const auto full = judge_storage(s);
  CHECK(tells(full, Level::wrong, "out of service", "rm '/data/film.mp4' (70 MB)"));
  CHECK(tells(full, Level::wrong, "full", "never kiosk.db"));
  CHECK_FALSE(line(full[1]).find("/data/d") != std::string::npos);
  s.free_bytes = store::kiosk::reserve_bytes + (20 << 20);
  CHECK(tells(judge_storage(s), Level::warning, "room for about 10240 answers"));
}

TEST_CASE("doctor: of a database, none, a newer, a foreign and a damaged one are told apart") {
  auto s = a_storage();
  CHECK(tells(judge_storage(s), Level::ok, "no kiosk runs on it now"));
  s.database->holder = 714;
  CHECK(tells(judge_storage(s), Level::ok, "a kiosk runs on it (process 714)"));
  s.database->changed = 2;
  CHECK(tells(judge_storage(s), Level::wrong, "2 of 3 answers", "cp -a '/data' '/data.damaged'"));
  s.database->faults = {"row 1 missing from index x"};
  CHECK(tells(judge_storage(s), Level::wrong, "row 1 missing", "enrol it again"));
  const auto failed = [&](base::ErrorKind kind, std::string cause) {
    s.database = base::fail("/data/kiosk.db", std::move(cause), "opening it", kind);
    return judge_storage(s);
  };
  CHECK(tells(failed(base::ErrorKind::not_found, "there is no such file"), Level::wrong, "no kiosk ever ran",
              "--data"));
  CHECK(tells(failed(base::ErrorKind::refused, "was written by a newer halte-kiosk; install that version"),
              Level::wrong, "newer", "install that version"));
  CHECK(tells(failed(base::ErrorKind::refused, "damaged: malformed"), Level::wrong, "malformed", "cp -a"));
  CHECK(tells(failed(base::ErrorKind::failed, "unable to open"), Level::wrong, "unable to open", "dmesg"));
}

TEST_CASE("doctor: fonts that are missing and letters that no font has are told apart") {
  CHECK(tells(judge_fonts({}), Level::ok, "every letter"));
  CHECK(tells(judge_fonts({.files = {}, .missing = {"漢", "字"}}), Level::warning, "漢 字"));
  CHECK(tells(judge_fonts({.files = base::fail("/usr/share/Inter.otf", "not found"), .missing = {}}),
              Level::wrong, "/usr/share/Inter.otf", "fonts-inter"));
}
