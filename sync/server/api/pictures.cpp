// SPDX-License-Identifier: Apache-2.0
#include "core/site/pictures.h"

#include <algorithm>
#include <array>

#include "sync/server/api/services.h"
#include "sync/server/media/pictures.h"

namespace halte::api {
namespace {

constexpr std::size_t most_upload_bytes = 16u << 20;  // a photo as a camera makes it
constexpr std::array<std::string_view, 3> picture_types{"image/png", "image/jpeg", "image/svg+xml"};

std::optional<site::PictureUse> use_of(const http::Request& request) {
  const std::string use = request.query.get_or("use", "");
  if (use == "logo") return site::PictureUse::logo;
  if (use == "attract") return site::PictureUse::attract;
  return {};
}

http::Response import(Services& s, const http::Request& request, const auth::Session& person) {
  const auto use = use_of(request);
  if (!use) return http::problem(http::Problem::invalid_content, "use must be logo or attract");
  if (std::ranges::all_of(picture_types, [&](auto type) { return wrong_type(request, type).has_value(); }))
    return http::problem(http::Problem::unsupported_media_type, "PNG, JPEG and SVG are what is read here");
  auto picture = media::import_picture(base::as_bytes(request.body), *use);
  if (!picture) return http::problem(http::Problem::invalid_content, base::to_string(picture.error()));
  const std::string id = site::picture_id(picture->content);
  const std::size_t bytes = picture->content.size();
  if (auto saved = s.store.save_picture({id, picture->type, std::move(picture->content)}, s.clock.now());
      !saved)
    return http::problem_for(saved.error());
  (void)s.store.audit({person.email, "picture added", id}, s.clock.now());
  return http::Response::json(201, {{"id", id},
                                    {"type", picture->type},
                                    {"width", picture->width},
                                    {"height", picture->height},
                                    {"bytes", bytes}});
}

http::Response picture_for_kiosk(Services& s, const http::Request& request) {
  auto kiosk = authenticated_kiosk(s, request);
  if (!kiosk) return std::move(kiosk.error());
  auto picture = s.store.picture(request.path_parameters.get_or("id", ""));
  if (!picture) return http::problem_for(picture.error());
  if (!*picture) return http::problem(http::Problem::not_found, "there is no picture of that id");
  const base::Bytes& content = (*picture)->content;
  http::Response answer = http::Response::text(200, std::string(content.begin(), content.end()));
  answer.headers.set("Content-Type", (*picture)->type);
  return answer;
}

}  // namespace

void add_picture_routes(http::Router& router, Services& s) {
  http::Route post =
      for_person(s, "POST", "/api/v1/pictures", auth::access::organisation,
                 [&s](const auto& request, const auto& person) { return import(s, request, person); });
  post.body_limit = most_upload_bytes;
  router.add(std::move(post));
  router.add(
      {"GET", "/api/v1/kiosk/pictures/{id}", std::string(auth::access::kiosk),
       s.workers.handler([&s](const http::Request& request) { return picture_for_kiosk(s, request); })});
}

}  // namespace halte::api
