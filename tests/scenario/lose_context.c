/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program: as soon as the file that HALTE_LOSE_CONTEXT names exists, the OpenGL driver says that it has
   lost the context, which a driver in software never does by itself. GLFW asks the dynamic linker for OpenGL's own
   question for functions, so that is where this steps in. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void* (*Ask)(void*, const char*);
typedef void (*(*AskGl)(const unsigned char*))(void);

static AskGl ask_gl;

static unsigned reset_status(void) {
  const char* mark = getenv("HALTE_LOSE_CONTEXT");
  const unsigned no_error = 0, unknown_context_reset = 0x8255;
  return mark && access(mark, F_OK) == 0 ? unknown_context_reset : no_error;
}

static void (*function(const unsigned char* name))(void) {
  if (strcmp((const char*)name, "glGetGraphicsResetStatusARB") == 0) return (void (*)(void))reset_status;
  return ask_gl(name);
}

void* dlsym(void* restrict handle, const char* restrict name) {
  Ask ask = (Ask)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
  void* found = ask(handle, name);
  if (!found || strcmp(name, "glXGetProcAddress") != 0) return found;
  ask_gl = (AskGl)found;
  return (void*)function;
}
