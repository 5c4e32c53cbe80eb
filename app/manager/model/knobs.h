// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/manager/model/intent.h"

namespace halte::manager::model {

// What a knob is turned to, a step at a time: within its range, around the clock, or around a ring of
// choices.
void turn(site::Adjustments& set, const TurnKnob& knob);

}  // namespace halte::manager::model
