// SPDX-License-Identifier: Apache-2.0
#include "app/platform/renderer.h"

#define GLFW_INCLUDE_GLEXT
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "app/platform/png.h"

namespace halte::platform {
namespace {

// The few entry points beyond OpenGL 1.1; 3.0 has them all.
struct Functions {
  PFNGLGENFRAMEBUFFERSPROC gen_framebuffers = nullptr;
  PFNGLDELETEFRAMEBUFFERSPROC delete_framebuffers = nullptr;
  PFNGLBINDFRAMEBUFFERPROC bind_framebuffer = nullptr;
  PFNGLFRAMEBUFFERTEXTURE2DPROC framebuffer_texture = nullptr;
  PFNGLCHECKFRAMEBUFFERSTATUSPROC check_framebuffer = nullptr;
  PFNGLBLITFRAMEBUFFERPROC blit_framebuffer = nullptr;
  PFNGLGENERATEMIPMAPPROC generate_mipmap = nullptr;
  PFNGLGETGRAPHICSRESETSTATUSARBPROC reset_status = nullptr;  // where there is one

  template <class F>
  static void load(F& function, const char* name) {
    const GLFWglproc found = glfwGetProcAddress(name);
    static_assert(sizeof(function) == sizeof(found));
    std::memcpy(&function, &found, sizeof(function));
  }
  bool load_all() {
    load(gen_framebuffers, "glGenFramebuffers");
    load(delete_framebuffers, "glDeleteFramebuffers");
    load(bind_framebuffer, "glBindFramebuffer");
    load(framebuffer_texture, "glFramebufferTexture2D");
    load(check_framebuffer, "glCheckFramebufferStatus");
    load(blit_framebuffer, "glBlitFramebuffer");
    load(generate_mipmap, "glGenerateMipmap");
    return gen_framebuffers != nullptr && delete_framebuffers != nullptr && bind_framebuffer != nullptr &&
           framebuffer_texture != nullptr && check_framebuffer != nullptr && blit_framebuffer != nullptr &&
           generate_mipmap != nullptr;
  }
};

GLuint make_texture(GLint filter) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  return texture;
}

// One byte of coverage a texel, read as white with that alpha.
GLuint make_glyph_texture(const ui::AtlasView& atlas) {
  const GLuint texture = make_texture(GL_LINEAR);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas.width, atlas.height, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
  const GLint swizzle[4] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, swizzle);
  return texture;
}

// Black of alpha 0 to 2 of 255: enough to break the steps of an 8-bit gradient, too little to be seen.
GLuint make_dither_texture() {
  constexpr int side = 256;
  std::vector<std::uint8_t> texels(static_cast<std::size_t>(side) * side * 4, 0);
  std::uint32_t random = 12345;
  for (std::size_t i = 3; i < texels.size(); i += 4) {
    random = random * 1664525u + 1013904223u;
    texels[i] = static_cast<std::uint8_t>(((random >> 24) & 1u) + ((random >> 16) & 1u));
  }
  const GLuint texture = make_texture(GL_NEAREST);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, side, side, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels.data());
  return texture;
}

}  // namespace

struct Renderer::Impl {
  Impl(Window& w, ui::Stage& s) : window(w), stage(s) {}
  ~Impl();
  bool make_picture(int new_width, int new_height);
  void drop_picture();
  void upload_glyphs() const;
  void draw(std::span<const ui::PixelRect> parts);
  void copy_to_back() const;
  bool shows_parts() const;
  base::Status state() const;
  void clear(const ui::PixelRect& part) const;
  void sharpen_shapes() const;
  ui::PaintImage upload(const Image& image) const;
  void drop(ui::PaintImage image) const;
  void drop_images() const;

  Window& window;
  ui::Stage& stage;
  Functions gl;
  GLuint glyphs = 0, dither = 0, picture = 0, framebuffer = 0;
  int width = 0, height = 0;
};

Renderer::Impl::~Impl() {
  drop_picture();
  drop_images();
  glDeleteTextures(1, &glyphs);
  glDeleteTextures(1, &dither);
  stage.paint().make_current();
  ImGui_ImplOpenGL3_Shutdown();
}

bool Renderer::Impl::make_picture(int new_width, int new_height) {
  drop_picture();
  stage.paint().forget_picture();
  width = new_width;
  height = new_height;
  picture = make_texture(GL_NEAREST);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  gl.gen_framebuffers(1, &framebuffer);
  gl.bind_framebuffer(GL_FRAMEBUFFER, framebuffer);
  gl.framebuffer_texture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, picture, 0);
  return gl.check_framebuffer(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

void Renderer::Impl::drop_picture() {
  if (framebuffer != 0) gl.delete_framebuffers(1, &framebuffer);
  if (picture != 0) glDeleteTextures(1, &picture);
  framebuffer = picture = 0;
}

void Renderer::Impl::upload_glyphs() const {
  const ui::AtlasView atlas = stage.text().atlas();
  if (atlas.dirty_top == atlas.dirty_bottom) return;
  glBindTexture(GL_TEXTURE_2D, glyphs);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, atlas.dirty_top, atlas.width, atlas.dirty_bottom - atlas.dirty_top,
                  GL_RED, GL_UNSIGNED_BYTE,
                  atlas.pixels + static_cast<std::ptrdiff_t>(atlas.dirty_top) * atlas.width);
  stage.text().clean_atlas();
}

void Renderer::Impl::draw(std::span<const ui::PixelRect> parts) {
  upload_glyphs();
  // Where parts are shown the back buffer keeps what it holds: it is the picture, and nothing need be copied.
  gl.bind_framebuffer(GL_FRAMEBUFFER, shows_parts() ? 0 : framebuffer);
  glViewport(0, 0, width, height);
  for (const ui::PixelRect& part : parts) clear(part);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (shows_parts()) {
    for (const ui::PixelRect& part : parts) window.show(part);
    return;
  }
  copy_to_back();
  window.swap();
}

bool Renderer::Impl::shows_parts() const {
  const ui::Display& display = window.display();
  return window.shows_parts() && display.width_px == width && display.height_px == height;
}

// A lost context takes every call and does nothing: without this question the last picture would stand for
// ever.
base::Status Renderer::Impl::state() const {
  constexpr const char* doing = "showing the picture";
  if (gl.reset_status != nullptr && gl.reset_status() != GL_NO_ERROR)
    return base::fail("graphics", "the driver has lost the OpenGL context", doing);
  if (glGetError() == GL_OUT_OF_MEMORY) return base::fail("graphics", "out of memory", doing);
  return {};
}

void Renderer::Impl::clear(const ui::PixelRect& part) const {
  glEnable(GL_SCISSOR_TEST);
  for (const ui::Paint::Band& band : stage.paint().bands()) {
    const int top = std::max(part.y, band.top), bottom = std::min(part.bottom(), band.bottom);
    if (top >= bottom) continue;
    glScissor(part.x, height - bottom, part.w, bottom - top);
    glClearColor(band.color.r, band.color.g, band.color.b, 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }
  glDisable(GL_SCISSOR_TEST);
}

void Renderer::Impl::copy_to_back() const {
  gl.bind_framebuffer(GL_READ_FRAMEBUFFER, framebuffer);
  gl.bind_framebuffer(GL_DRAW_FRAMEBUFFER, 0);
  gl.blit_framebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

// Shapes take their colour from one white pixel: nothing to blend, and the nearest is cheaper in software.
void Renderer::Impl::sharpen_shapes() const {
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(stage.paint().shapes_texture()));
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

// Smaller on the glass than they are: without the steps in between, fine lines would flicker and break.
ui::PaintImage Renderer::Impl::upload(const Image& image) const {
  const GLuint texture = make_texture(GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               image.rgba.data());
  gl.generate_mipmap(GL_TEXTURE_2D);
  return {texture, image.width, image.height};
}

void Renderer::Impl::drop(ui::PaintImage image) const {
  const auto texture = static_cast<GLuint>(image.texture);
  if (image) glDeleteTextures(1, &texture);
}

void Renderer::Impl::drop_images() const {
  const ui::PaintTextures& textures = stage.paint().textures();
  drop(textures.logo);
  for (const ui::PaintImage& photo : textures.photos) drop(photo);
  stage.paint().set_textures({glyphs, dither});
}

void Renderer::set_images(const Image& logo, std::span<const Image> photos) {
  impl_->drop_images();
  const auto texture_of = [&](const Image& image) {
    return image.rgba.empty() ? ui::PaintImage{} : impl_->upload(image);
  };
  ui::PaintTextures textures{impl_->glyphs, impl_->dither, texture_of(logo)};
  for (const Image& photo : photos) textures.photos.push_back(texture_of(photo));
  impl_->stage.paint().set_textures(std::move(textures));
  impl_->stage.paint().forget_picture();
}

Renderer::Renderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Renderer::~Renderer() = default;

base::Result<std::unique_ptr<Renderer>> Renderer::create(Window& window, ui::Stage& stage) {
  const auto lacking = [](const char* cause) {
    return base::fail("graphics", cause, "starting the renderer", base::ErrorKind::lacking);
  };
  stage.paint().make_current();
  Functions gl;
  if (!gl.load_all()) return lacking("this OpenGL has no framebuffer objects: 3.0 or newer is needed");
  if (glfwExtensionSupported("GL_ARB_robustness") != GLFW_FALSE)
    gl.load(gl.reset_status, "glGetGraphicsResetStatusARB");
  if (!ImGui_ImplOpenGL3_Init(window.glsl_version())) return lacking("OpenGL 3.0 or newer is needed");
  auto impl = std::make_unique<Impl>(window, stage);
  impl->gl = gl;
  ImGui_ImplOpenGL3_NewFrame();  // makes the shaders
  impl->sharpen_shapes();
  impl->glyphs = make_glyph_texture(stage.text().atlas());
  impl->dither = make_dither_texture();
  stage.paint().set_textures({impl->glyphs, impl->dither});
  const ui::Display& display = stage.display();
  if (!impl->make_picture(display.width_px, display.height_px)) return lacking("no memory for the picture");
  return std::unique_ptr<Renderer>(new Renderer(std::move(impl)));
}

base::Status Renderer::present() {
  const ui::Display& display = impl_->stage.display();
  const bool resized = display.width_px != impl_->width || display.height_px != impl_->height;
  if (resized && !impl_->make_picture(display.width_px, display.height_px))
    return base::fail("graphics", "no memory for the picture", "resizing the window");
  const std::vector<ui::PixelRect> parts = impl_->stage.paint().take_changes();
  if (parts.empty()) return {};
  impl_->draw(parts);
  return impl_->state();
}

base::Status Renderer::check() const {
  impl_->window.ask();
  glFinish();
  return impl_->state();
}

base::Millis Renderer::frame_time() const {
  return base::Millis{impl_->window.is_software_renderer() ? 50 : 16};
}

base::Status Renderer::save_png(const std::string& path) {
  const auto row = static_cast<std::size_t>(impl_->width) * 3;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(impl_->height));
  impl_->gl.bind_framebuffer(GL_READ_FRAMEBUFFER, impl_->shows_parts() ? 0 : impl_->framebuffer);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, impl_->width, impl_->height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  impl_->gl.bind_framebuffer(GL_READ_FRAMEBUFFER, 0);
  // OpenGL counts rows from the bottom.
  auto top = pixels.begin(), bottom = pixels.end() - static_cast<std::ptrdiff_t>(row);
  for (; top < bottom; top += static_cast<std::ptrdiff_t>(row), bottom -= static_cast<std::ptrdiff_t>(row))
    std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), bottom);
  return write_png(path, impl_->width, impl_->height, pixels);
}

}  // namespace halte::platform
