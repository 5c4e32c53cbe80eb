// SPDX-License-Identifier: Apache-2.0
// Translations from anywhere: reading them must hold for any bytes, and what is read is written so that it
// reads the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/base/po.h"
#include "core/survey/texts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  static const auto definition = halte::base::Json::parse(
      R"({"locale":"nl","pages":[{"name":"p","title":"Kop","elements":[{"type":"comment","name":"a"}]}]})");
  if (auto translated = halte::survey::import_texts(definition, input);
      translated && !halte::survey::parse(halte::base::to_text(translated->definition)))
    std::abort();
  auto file = halte::base::read_po(input, "input");
  if (!file) return 0;
  auto again = halte::base::read_po(halte::base::write_po(*file), "written");
  if (!again || again->entries.size() != file->entries.size()) std::abort();
  for (std::size_t i = 0; i < file->entries.size(); ++i) {
    again->entries[i].line = file->entries[i].line;
    if (!(again->entries[i] == file->entries[i])) std::abort();
  }
  return 0;
}
