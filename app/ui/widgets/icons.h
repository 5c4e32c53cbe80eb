// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/frame.h"

namespace halte::ui {

enum class Icon {
  check,
  cross,
  back,
  forward,
  backspace,
  shift,
  shift_on,
  enter,
  globe,
  lock,
  info,
  warning,
  access,
  heart,
  clock,
  pencil,
  mail,
  gauge,
  calendar,
  list,
  chart,
  table,
  upload,
  tablet,
  gear,
  usb,
  power,
  restart,
  person,
  receipt,
  minus,
  plus
};

// Drawn from strokes in a square of `size`.
void icon(Frame& frame, Icon icon, Point centre, Mm size, Color color);

}  // namespace halte::ui
