// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/messages.h"

#include <doctest/doctest.h>

using namespace halte;

namespace {
const std::filesystem::path catalogues = std::filesystem::path(HALTE_BINARY_DIR) / "share/halte/locale";
}

TEST_CASE("messages: a sentence comes back in the language asked for, English without a catalogue") {
  auto messages =
      runtime::Messages::create(catalogues, "halte-kiosk", {"en", "nl", "de", "fr", "tr", "pl", "ar"});
  REQUIRE(messages);
  CHECK(messages->text("Next", "en") == "Next");
  CHECK(messages->text("Next", "nl") == "Volgende");
  CHECK(messages->text("Next", "de") == "Weiter");
  CHECK(messages->text("Next", "fr") == "Suivant");
}

TEST_CASE("messages: an unknown sentence and an unknown language show the English text") {
  auto messages = runtime::Messages::create(catalogues, "halte-kiosk", {"en", "nl"});
  REQUIRE(messages);
  CHECK(messages->text("No such sentence", "nl") == "No such sentence");
  CHECK(messages->text("Next", "xx") == "Next");
}

TEST_CASE("messages: a missing catalogue is an error that names the file") {
  auto messages = runtime::Messages::create(catalogues, "halte-kiosk", {"en", "tlh"});
  REQUIRE_FALSE(messages);
  CHECK(messages.error().subject.find("tlh/LC_MESSAGES/halte-kiosk.mo") != std::string::npos);
}
