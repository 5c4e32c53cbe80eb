// SPDX-License-Identifier: Apache-2.0
// A translation unit of its own keeps Xlib's macros out, and ours come first: Status is one of them.
#include "app/platform/screen_facts.h"

#include "app/platform/window.h"

#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
#include <X11/extensions/Xrandr.h>

#include <cstdlib>

namespace halte::platform {
namespace {

struct Glfw {
  Glfw() = default;
  ~Glfw() {
    if (runs) glfwTerminate();
  }
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
  const bool runs = glfwInit() == GLFW_TRUE;
};

std::unexpected<base::Error> lacking(const char* what, std::string cause) {
  return base::fail(what, std::move(cause), "looking at the screen", base::ErrorKind::lacking);
}

std::string words_of_glfw() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words != nullptr ? words : "no reason given";
}

int degrees(Rotation rotation) {
  if ((rotation & RR_Rotate_90) != 0) return 90;
  if ((rotation & RR_Rotate_180) != 0) return 180;
  return (rotation & RR_Rotate_270) != 0 ? 270 : 0;
}

int turned(GLFWmonitor* monitor) {
  Display* display = glfwGetX11Display();
  XRRScreenResources* resources = XRRGetScreenResourcesCurrent(display, DefaultRootWindow(display));
  if (resources == nullptr) return 0;
  int angle = 0;
  if (XRRCrtcInfo* picture = XRRGetCrtcInfo(display, resources, glfwGetX11Adapter(monitor))) {
    angle = degrees(picture->rotation);
    XRRFreeCrtcInfo(picture);
  }
  XRRFreeScreenResources(resources);
  return angle;
}

void read_monitor(GLFWmonitor* monitor, ScreenFacts& facts) {
  if (const char* name = glfwGetMonitorName(monitor)) facts.monitor = name;
  glfwGetMonitorPos(monitor, &facts.x, &facts.y);
  glfwGetMonitorPhysicalSize(monitor, &facts.width_mm, &facts.height_mm);
  if (const GLFWvidmode* mode = glfwGetVideoMode(monitor)) {
    facts.width_px = mode->width;
    facts.height_px = mode->height;
  }
  Display* display = glfwGetX11Display();
  facts.desktop_width_px = DisplayWidth(display, DefaultScreen(display));
  facts.desktop_height_px = DisplayHeight(display, DefaultScreen(display));
  facts.turned = turned(monitor);
}

// What the kiosk's window asks for first, or whatever there is.
GLFWwindow* open_unseen() {
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  if (GLFWwindow* window = glfwCreateWindow(64, 64, "Halte", nullptr, nullptr)) return window;
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  return glfwCreateWindow(64, 64, "Halte", nullptr, nullptr);
}

// An OpenGL that is too old is named and not only absent.
bool read_graphics(ScreenFacts& facts) {
  GLFWwindow* window = open_unseen();
  if (window == nullptr) return false;
  glfwMakeContextCurrent(window);
  if (const auto* name = glGetString(GL_RENDERER)) facts.renderer = reinterpret_cast<const char*>(name);
  facts.gl_major = glfwGetWindowAttrib(window, GLFW_CONTEXT_VERSION_MAJOR);
  facts.gl_minor = glfwGetWindowAttrib(window, GLFW_CONTEXT_VERSION_MINOR);
  facts.is_software = is_software_renderer(facts.renderer);
  glfwDestroyWindow(window);
  return true;
}

}  // namespace

base::Result<ScreenFacts> look_at_screen() {
#ifdef GLFW_PLATFORM
  glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
  const char* name = std::getenv("DISPLAY");
  if (name == nullptr || *name == '\0') return lacking("display", "DISPLAY is not set");
  const Glfw glfw;
  if (!glfw.runs) return lacking("display", std::string("no X server answers at ") + name);
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return lacking("display", "X knows no monitor that is connected");
  ScreenFacts facts;
  read_monitor(monitor, facts);
  if (!read_graphics(facts)) return lacking("graphics", "no OpenGL: " + words_of_glfw());
  return facts;
}

}  // namespace halte::platform
