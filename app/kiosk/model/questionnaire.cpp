// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/questionnaire.h"

namespace halte::kiosk::model {

const std::string& pick(const Text& text, const std::string& language) {
  static const std::string nothing;
  for (const std::string& key : {language, std::string("default"), std::string("en")})
    if (auto found = text.find(key); found != text.end()) return found->second;
  return text.empty() ? nothing : text.begin()->second;
}

bool is_text(Kind kind) { return kind == Kind::line || kind == Kind::comment; }

bool is_rating(Kind kind) { return kind == Kind::faces || kind == Kind::stars || kind == Kind::numbers; }

bool is_one_tap(Kind kind) { return is_rating(kind) || kind == Kind::single_choice || kind == Kind::yes_no; }

}  // namespace halte::kiosk::model
