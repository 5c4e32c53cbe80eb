// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/response/counts.h"

namespace halte::response {

// What a receipt code opens on this kiosk.
enum class ReceiptState { unknown, pending, delivered, erased };
struct ReceiptView {
  ReceiptState state = ReceiptState::unknown;
  std::optional<Response> response;  // while the kiosk still has it
};

// The kiosk's responses, on disk. Called from one thread at a time; every call that returns without
// error is durable (COMMIT with synchronous=FULL). After an error nothing has changed.
class Repository {
 public:
  virtual ~Repository() = default;

  // An open response: written at the first tap, again at each answer. Replaces the one with that id.
  // Holds no free text and no contact: those stay in memory until the visitor submits them.
  virtual base::Status save_open(const Response& response) = 0;

  // One transaction: the open row goes; the frozen body, its consents and its receipt come into the
  // outbox under the next number, and the tally into the kiosk's own counts. Returns that number. Closing the
  // same id twice is a conflict.
  virtual base::Result<std::uint64_t> close(const Response& response, const Tally& tally) = 0;

  // When nobody is there: what a kill, a power cut or a full disk left open is closed as `restart`. Returns
  // how many. Here and below `at` is coarsened already, as the settings of the site say.
  virtual base::Result<int> close_left_open(base::Instant at, const Tallier& tallier) = 0;

  virtual base::Result<ReceiptView> find_by_receipt(base::ByteView receipt_hash) = 0;

  // Not yet sent: the body is overwritten and a tombstone takes its number. Sent: an erasure (or the
  // withdrawal of one purpose) goes to the outbox. Erased, it is counted back. Unknown code: not_found.
  virtual base::Status erase_by_receipt(base::ByteView receipt_hash, base::Instant at) = 0;
  virtual base::Status withdraw_by_receipt(base::ByteView receipt_hash, const std::string& purpose,
                                           base::Instant at) = 0;
};

}  // namespace halte::response
