// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/hq/hq_store.h"
#include "core/store/sqlite.h"

namespace halte::store::hq {

// Of a database of any version; inside guarded().
Erasures read_erasures(Database& database);
// Whether it still holds what one of them takes away. The same.
bool holds_any_of(Database& database, const Erasures& erasures);

}  // namespace halte::store::hq
