/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into the kiosk: the kernel says that its clock is set, as on a machine with a time service. A container
   has none, and a kiosk follows no plan by a clock that nobody has set. */
#include <sys/timex.h>

int adjtimex(struct timex* question) {
  (void)question;
  return TIME_OK;
}
