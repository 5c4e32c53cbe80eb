// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/messages.h"

#include <boost/locale.hpp>

namespace halte::runtime {

base::Result<Messages> Messages::create(const std::filesystem::path& folder, const std::string& domain,
                                        const std::vector<std::string>& languages) {
  Messages messages;
  // The standard library's backend needs no installed system locale for messages, unlike the POSIX one.
  auto backends = boost::locale::localization_backend_manager::global();
  backends.select("std");
  for (const std::string& language : languages) {
    const auto catalogue = folder / language / "LC_MESSAGES" / (domain + ".mo");
    if (language != "en" && !std::filesystem::exists(catalogue))
      return base::fail(catalogue.string(), "is missing", "loading translations", base::ErrorKind::not_found);
    try {
      boost::locale::generator generator(backends);
      generator.categories(boost::locale::category_t::message);
      generator.characters(boost::locale::char_facet_t::char_f);
      generator.add_messages_path(folder.string());
      generator.add_messages_domain(domain);
      messages.locales_.emplace(language, generator(language + ".UTF-8"));
    } catch (const std::exception& error) {
      return base::fail(catalogue.string(), error.what(), "loading translations");
    }
  }
  return messages;
}

std::string Messages::text(const std::string& id, const std::string& language) const {
  auto found = locales_.find(language);
  if (found == locales_.end()) return id;
  return boost::locale::gettext(id.c_str(), found->second);
}

}  // namespace halte::runtime
