// SPDX-License-Identifier: Apache-2.0
#include <sys/timex.h>

#include "app/runtime/machine.h"

namespace halte::runtime {

bool clock_is_synced() {
  timex question{};
  const int state = adjtimex(&question);
  return state >= 0 && state != TIME_ERROR;
}

}  // namespace halte::runtime
