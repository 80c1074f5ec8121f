/* 64 steps to each doubling, from 1 µs on. */
#include "generator.h"

#define STEPS 64

static int place_of(uint64_t micros) {
  if (micros < STEPS) return (int)micros;
  int doubling = 63 - __builtin_clzll(micros) - 6;
  return (doubling + 1) * STEPS + (int)((micros >> doubling) - STEPS);
}

static double middle_of(int place) {
  if (place < STEPS) return (double)place;
  int doubling = place / STEPS - 1;
  return ((double)(place % STEPS + STEPS) + 0.5) * (double)(1ull << doubling);
}

void histogram_add(struct histogram *histogram, nanoseconds took) {
  histogram->counts[place_of(took / 1000)]++;
  histogram->total++;
}

double histogram_ms(const struct histogram *histogram, double percentile) {
  uint64_t rank = (uint64_t)((double)histogram->total * percentile / 100), passed = 0;
  for (int place = 0; place < STEPS * 64; place++) {
    passed += histogram->counts[place];
    if (passed > rank) return middle_of(place) / 1000;
  }
  return 0;
}
