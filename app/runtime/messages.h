// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <locale>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace halte::runtime {

// The program's own sentences in its languages, from gettext catalogues
// (`folder/<language>/LC_MESSAGES/<domain>.mo`). The message id is the English text, so English needs no
// catalogue and a missing translation shows English. Immutable after create(): any thread may ask.
class Messages {
 public:
  // Languages are two-letter codes; each gets a std::locale value of its own, the global one is not
  // touched. A catalogue that is missing for a language other than English is an error.
  static base::Result<Messages> create(const std::filesystem::path& folder, const std::string& domain,
                                       const std::vector<std::string>& languages);

  // `id` in `language`; English for a language that was not asked for.
  std::string text(const std::string& id, const std::string& language) const;

 private:
  Messages() = default;
  std::map<std::string, std::locale> locales_;
};

}  // namespace halte::runtime
