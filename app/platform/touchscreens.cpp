// SPDX-License-Identifier: Apache-2.0
// A translation unit of its own keeps Xlib's macros out, and ours come first: Status is one of them.
#include "app/platform/screen_facts.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>

#include <cstring>
#include <memory>

namespace halte::platform {
namespace {

struct Closer {
  void operator()(Display* display) const { XCloseDisplay(display); }
};
struct DeviceFreer {
  void operator()(XIDeviceInfo* devices) const { XIFreeDeviceInfo(devices); }
};
struct DataFreer {
  void operator()(unsigned char* data) const { XFree(data); }
};

// Touched is where it is shown; a touchpad's touches are dependent on a pointer.
bool is_touchscreen(const XIDeviceInfo& device) {
  for (int i = 0; i < device.num_classes; ++i) {
    const XIAnyClassInfo* any = device.classes[i];
    if (any->type == XITouchClass && reinterpret_cast<const XITouchClassInfo*>(any)->mode == XIDirectTouch)
      return true;
  }
  return false;
}

void read_matrix(Display* display, int device, std::array<float, 9>& matrix) {
  const Atom property = XInternAtom(display, "Coordinate Transformation Matrix", True);
  const Atom wanted = XInternAtom(display, "FLOAT", True);
  if (property == None || wanted == None) return;
  Atom type = None;
  int format = 0;
  unsigned long count = 0, left = 0;
  unsigned char* data = nullptr;
  if (XIGetProperty(display, device, property, 0, 9, False, wanted, &type, &format, &count, &left, &data) !=
      Success)
    return;
  const std::unique_ptr<unsigned char, DataFreer> owner(data);
  // Of format 32, each value has four bytes here: XInput 2 does not pad to long as the core protocol does.
  if (type == wanted && format == 32 && count == matrix.size())
    std::memcpy(matrix.data(), data, sizeof matrix);
}

}  // namespace

std::shared_ptr<void> hold_display() {
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) return nullptr;
  return {display, [](void* held) { XCloseDisplay(static_cast<Display*>(held)); }};
}

base::Result<std::vector<Touchscreen>> find_touchscreens() {
  const auto lacking = [](const char* cause) {
    return base::fail("touch", cause, "asking for touchscreens", base::ErrorKind::lacking);
  };
  const std::unique_ptr<Display, Closer> display(XOpenDisplay(nullptr));
  if (!display) return lacking("no display");
  int opcode = 0, event = 0, error = 0, major = 2, minor = 2;
  if (!XQueryExtension(display.get(), "XInputExtension", &opcode, &event, &error) ||
      XIQueryVersion(display.get(), &major, &minor) != Success || major * 100 + minor < 202)
    return lacking("this X server knows nothing of touch (XInput before 2.2)");
  // A device that is unplugged between two questions must not end the program, as Xlib's own handler does.
  auto* const strict = XSetErrorHandler([](Display*, XErrorEvent*) { return 0; });
  int count = 0;
  const std::unique_ptr<XIDeviceInfo, DeviceFreer> devices(
      XIQueryDevice(display.get(), XIAllDevices, &count));
  std::vector<Touchscreen> found;
  for (int i = 0; i < count; ++i) {
    const XIDeviceInfo& device = devices.get()[i];
    // A master pointer takes over the classes of the device that moved it last.
    if (device.use == XIMasterPointer || device.use == XIMasterKeyboard || !is_touchscreen(device)) continue;
    found.push_back({device.name, device.enabled != False});
    read_matrix(display.get(), device.deviceid, found.back().matrix);
  }
  XSync(display.get(), False);
  XSetErrorHandler(strict);
  return found;
}

}  // namespace halte::platform
