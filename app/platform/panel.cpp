// SPDX-License-Identifier: Apache-2.0
// A translation unit of its own keeps Xlib's macros out, and ours come first: Status is one of them.
#include "app/platform/panel.h"

#define GLFW_EXPOSE_NATIVE_X11
#include <GLFW/glfw3.h>
#include <GLFW/glfw3native.h>
#include <X11/extensions/Xrandr.h>
#include <X11/extensions/dpms.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace halte::platform {
namespace {

// Xlib's own handler would end the program for what X refuses, such as a monitor that was unplugged between
// two questions. What was asked is answered when this ends.
class Lenient {
 public:
  explicit Lenient(Display* display)
      : display_(display), strict_(XSetErrorHandler([](Display*, XErrorEvent*) { return 0; })) {}
  ~Lenient() {
    XSync(display_, False);
    XSetErrorHandler(strict_);
  }
  Lenient(const Lenient&) = delete;
  Lenient& operator=(const Lenient&) = delete;

 private:
  Display* display_;
  XErrorHandler strict_;
};

struct ResourcesFreer {
  void operator()(XRRScreenResources* resources) const { XRRFreeScreenResources(resources); }
};
struct CrtcFreer {
  void operator()(XRRCrtcInfo* crtc) const { XRRFreeCrtcInfo(crtc); }
};
struct GammaFreer {
  void operator()(XRRCrtcGamma* gamma) const { XRRFreeGamma(gamma); }
};

bool has_ramps(Display* display) {
  int event = 0, error = 0, major = 0, minor = 0;
  return XRRQueryExtension(display, &event, &error) && XRRQueryVersion(display, &major, &minor) &&
         major * 100 + minor >= 102;
}

struct Ramps {
  RRCrtc crtc;
  int size;
};

// A server without a panel may name a size and keep no values; all black is no picture that anybody sees.
bool keeps_values(Display* display, RRCrtc crtc) {
  const std::unique_ptr<XRRCrtcGamma, GammaFreer> gamma(XRRGetCrtcGamma(display, crtc));
  return gamma && gamma->size > 1 && gamma->green[gamma->size - 1] > 0;
}

// Of each part of the card that shows a picture and can be given any.
std::vector<Ramps> find_ramps(Display* display) {
  std::vector<Ramps> found;
  if (!has_ramps(display)) return found;
  const std::unique_ptr<XRRScreenResources, ResourcesFreer> resources(
      XRRGetScreenResourcesCurrent(display, DefaultRootWindow(display)));
  if (!resources) return found;
  for (int i = 0; i < resources->ncrtc; ++i) {
    const RRCrtc crtc = resources->crtcs[i];
    const std::unique_ptr<XRRCrtcInfo, CrtcFreer> shown(XRRGetCrtcInfo(display, resources.get(), crtc));
    if (!shown || shown->mode == None) continue;
    if (!keeps_values(display, crtc)) continue;
    found.push_back({crtc, XRRGetCrtcGammaSize(display, crtc)});
  }
  return found;
}

void set_ramps(Display* display, const Ramps& ramps, int percent) {
  const std::unique_ptr<XRRCrtcGamma, GammaFreer> gamma(XRRAllocGamma(ramps.size));
  if (!gamma) return;
  const long steps = (ramps.size - 1) * 100L;
  for (int i = 0; i < ramps.size; ++i)
    gamma->red[i] = gamma->green[i] = gamma->blue[i] =
        static_cast<unsigned short>((65535L * i * percent + steps / 2) / steps);
  XRRSetCrtcGamma(display, ramps.crtc, gamma.get());
}

bool has_dpms(Display* display) {
  int event = 0, error = 0;
  return DPMSQueryExtension(display, &event, &error) && DPMSCapable(display);
}

// No clock of X's own puts it out, and X lays nothing over the picture meanwhile: GLFW asks for that in full
// screen, and it would cost a repaint at the touch that wakes it.
void forbid_own_ways(Display* display) {
  DPMSSetTimeouts(display, 0, 0, 0);
  XSetScreenSaver(display, 0, 0, PreferBlanking, DontAllowExposures);
}

bool is_off(Display* display) {
  CARD16 level = DPMSModeOn;
  BOOL is_enabled = False;
  return DPMSInfo(display, &level, &is_enabled) && is_enabled && level != DPMSModeOn;
}

}  // namespace

base::Result<void> Panel::set_brightness(int percent) {
  percent = std::clamp(percent, darkest, brightest);
  if (const auto light = find_backlight(lights_)) return set_backlight(*light, percent);
  Display* display = glfwGetX11Display();
  const Lenient lenient(display);
  const auto ramps = find_ramps(display);
  if (ramps.empty())
    return base::fail("panel", "there is neither a backlight to write nor a colour ramp",
                      "setting the brightness", base::ErrorKind::lacking);
  for (const Ramps& each : ramps) set_ramps(display, each, percent);
  return {};
}

std::string Panel::brightness_source() const {
  if (const auto light = find_backlight(lights_)) return "backlight " + light->folder.filename().string();
  Display* display = glfwGetX11Display();
  const Lenient lenient(display);
  return find_ramps(display).empty() ? "" : "colour ramps of X";
}

base::Result<void> Panel::sleep() {
  const auto failed = [](const char* cause, base::ErrorKind kind) {
    return base::fail("panel", cause, "switching it off", kind);
  };
  Display* display = glfwGetX11Display();
  const Lenient lenient(display);
  if (!has_dpms(display)) return failed("this X server has no DPMS", base::ErrorKind::lacking);
  forbid_own_ways(display);
  DPMSEnable(display);
  DPMSForceLevel(display, DPMSModeOff);
  if (!is_off(display)) return failed("X leaves it on", base::ErrorKind::failed);
  return {};
}

void Panel::wake() {
  Display* display = glfwGetX11Display();
  const Lenient lenient(display);
  if (!has_dpms(display)) return;
  forbid_own_ways(display);
  // Refused where DPMS is switched off, and then it is lit.
  DPMSForceLevel(display, DPMSModeOn);
}

bool Panel::is_asleep() const {
  Display* display = glfwGetX11Display();
  const Lenient lenient(display);
  return has_dpms(display) && is_off(display);
}

}  // namespace halte::platform
