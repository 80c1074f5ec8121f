#include "generator.h"
#include <time.h>

nanoseconds now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (nanoseconds)t.tv_sec * SECOND + (nanoseconds)t.tv_nsec;
}

nanoseconds seconds(double count) {
  return (nanoseconds)(count * (double)SECOND);
}

uint64_t since_1970_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / MILLISECOND;
}
