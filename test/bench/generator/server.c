#include "generator.h"
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static size_t read_proc(const char *file, char *into, size_t size) {
  if (options.pid == 0) return 0;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", options.pid, file);
  FILE *stream = fopen(path, "r");
  if (!stream) fail("The server ended: there is no %s.", path);
  size_t length = fread(into, 1, size - 1, stream);
  fclose(stream);
  into[length] = 0;
  return length;
}

/* User and system time of all its threads. */
double server_cpu_seconds(void) {
  char text[1024];
  if (read_proc("stat", text, sizeof text) == 0) return 0;
  /* The name in parentheses may hold anything. */
  const char *rest = strrchr(text, ')');
  unsigned long user = 0, system = 0;
  if (!rest || sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    fail("/proc/%d/stat cannot be read.", options.pid);
  return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

double own_cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

long server_memory_bytes(void) {
  char text[8192];
  if (read_proc("status", text, sizeof text) == 0) return 0;
  const char *line = strstr(text, "VmRSS:");
  long kilobytes = 0;
  if (!line || sscanf(line, "VmRSS: %ld kB", &kilobytes) != 1)
    fail("/proc/%d/status cannot be read.", options.pid);
  return kilobytes * 1024;
}
