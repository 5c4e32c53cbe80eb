// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <qrcodegen.hpp>

#include "app/ui/widgets/surfaces.h"

namespace halte::ui {

base::Result<QrCode> make_qr(std::string_view content) {
  try {
    const auto symbol =
        qrcodegen::QrCode::encodeText(std::string(content).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    QrCode code{.size = symbol.getSize(), .dark = {}};
    code.dark.reserve(static_cast<std::size_t>(code.size * code.size));
    for (int y = 0; y < code.size; ++y)
      for (int x = 0; x < code.size; ++x) code.dark.push_back(symbol.getModule(x, y));
    return code;
  } catch (const std::exception& e) {
    return base::fail("QR code", e.what(), "encoding an address", base::ErrorKind::invalid);
  }
}

}  // namespace halte::ui
