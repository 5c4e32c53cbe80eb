// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/survey/projection.h"

namespace halte::survey {

// The document with what an editor changed in its definition: `before` is what the document says,
// `wanted` (which parse() accepts) what it should say. Pages and questions are known by their names; what
// stays keeps everything that the kiosk makes nothing of. What the document cannot say is left out.
base::Json with_edits(base::Json document, const Projection& before, const base::Json& wanted);

}  // namespace halte::survey
