#define _GNU_SOURCE
#include "CStreams.h"

#include <stdio.h>

#ifdef __GLIBC__

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

static void (*told)(void);

// The cookie is the number of the descriptor. Fewer bytes than asked for mean that the rest is lost.
static ssize_t put(void *cookie, const char *bytes, size_t count) {
  told();
  size_t written = 0;
  while (written < count) {
    ssize_t result = write((int)(intptr_t)cookie, bytes + written, count - written);
    if (result < 0 && errno == EINTR) continue;
    if (result <= 0) break;
    written += (size_t)result;
  }
  told();
  return (ssize_t)written;
}

static FILE *opened(intptr_t number) {
  cookie_io_functions_t functions = {.write = put};
  FILE *stream = fopencookie((void *)number, "w", functions);
  if (stream) setvbuf(stream, NULL, _IONBF, 0);
  return stream;
}

int labkit_watch_streams(void (*tell)(void)) {
  FILE *output = opened(STDOUT_FILENO);
  FILE *error = opened(STDERR_FILENO);
  if (!output || !error) return 0;
  fflush(NULL);
  told = tell;
  // In glibc both are variables.
  stdout = output;
  stderr = error;
  return 1;
}

#else

int labkit_watch_streams(void (*tell)(void)) { return 0; }

#endif
