// SPDX-License-Identifier: Apache-2.0
#include "app/tool/demo_organisation.h"

#include <algorithm>
#include <vector>

#include "core/base/file.h"

namespace halte::tool {

using base::Json;
using base::Result;

namespace {

Result<Json> read_asset(const char* path) {
  auto text = base::read_file(base::asset_folder() / path);
  if (!text) return std::unexpected(text.error());
  return base::parse_json(*text, path);
}

Result<Json> demo_document() {
  auto document = read_asset("demo/organisation.json");
  auto survey = read_asset("surveys/visit.json");
  auto journey = read_asset("journeys/supermarket.json");
  for (const auto* part : {&document, &survey, &journey})
    if (!*part) return std::unexpected(part->error());
  Json metrics{{"nps", "nps"}, {"emotion", "visit"}, {"reasons", {"went_well", "could_be_better"}}};
  (*document)["surveys"] =
      Json::array({{{"id", "visit"}, {"version", 1}, {"definition", *survey}, {"metrics", metrics}}});
  (*document)["journeys"] = Json::array({*journey});
  return document;
}

Result<std::string> send_picture(ApiSession& api, const std::filesystem::path& file, const char* use) {
  auto drawing = base::read_file(file);
  if (!drawing) return std::unexpected(drawing.error());
  auto kept =
      api.send("POST", std::string("/api/v1/pictures?use=") + use, "image/svg+xml", std::move(*drawing));
  if (!kept) return std::unexpected(kept.error());
  return (*kept)["id"].get<std::string>();
}

// The logo, and what stands above the first question, in the order of the files' names.
base::Status send_pictures(ApiSession& api, Json& settings) {
  const std::filesystem::path folder = base::asset_folder() / "demo";
  auto logo = send_picture(api, folder / "logo.svg", "logo");
  if (!logo) return std::unexpected(logo.error());
  settings["logo"] = *logo;
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "pictures", none))
    files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    auto id = send_picture(api, file, "attract");
    if (!id) return std::unexpected(id.error());
    settings["pictures"].push_back(*id);
  }
  return {};
}

}  // namespace

Result<Json> set_up_demo(ApiSession& api, const std::string& set_up_link, base::Random& random) {
  auto document = demo_document();
  if (!document) return document;
  auto at = set_up_link.find('#');
  std::string token = at == std::string::npos ? set_up_link : set_up_link.substr(at + 1);
  std::string password = base::to_base64url(random.bytes(24));  // nobody needs it: the demo signs in by link
  auto done = api.call("POST", "/api/v1/setup",
                       {{"token", token},
                        {"organisation", (*document)["name"]},
                        {"email", "demo@halte.example"},
                        {"password", password},
                        {"demo", true}});
  if (!done) return std::unexpected(done.error());
  if (auto sent = send_pictures(api, (*document)["settings"]); !sent) return std::unexpected(sent.error());
  if (auto put = api.call("PUT", "/api/v1/organisation", *document); !put)
    return std::unexpected(put.error());
  return (*document)["kiosks"];
}

Result<std::string> enrolment_code(ApiSession& api, const std::string& kiosk) {
  auto code = api.call("POST", "/api/v1/kiosks/" + kiosk + "/enrolment-codes", Json::object());
  if (!code) return std::unexpected(code.error());
  return (*code)["code"].get<std::string>();
}

}  // namespace halte::tool
