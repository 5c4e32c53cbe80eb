// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/kiosk/model/views.h"
#include "app/ui/registry.h"

// What a person hears who does not see the glass. Pure; the words are those of the screen and of the
// catalogues.
namespace halte::kiosk::voice {

// All that a screen says, in reading order, without what can be tapped. `is_private`: only the visitor hears
// it; then a receipt's code is spelled, else a sentence says why it is not.
std::vector<std::string> sentences(const model::View& view, bool is_private, const model::Say& say);

// One target: its words, what it is, and its state. What somebody has typed is never in it, only how long it
// is.
std::string spoken(const ui::Element& element, const ui::Registry& glass, const std::string& language,
                   const model::Say& say);

// Something is typed here, or a code stands here, that is nobody else's business.
bool is_personal(const model::View& view);

}  // namespace halte::kiosk::voice
