/* Texts are said at their times, however the hub fares; what is late counts from when it was due. */
#include "generator.h"
#include <stdio.h>

void say_on_schedule(double for_seconds, bool measured) {
  nanoseconds begun = now(), end = begun + seconds(for_seconds);
  for (uint64_t i = 0;; i++) {
    nanoseconds due = begun + (nanoseconds)((double)i * (double)SECOND / options.rate);
    if (due >= end) break;
    pump(due, NULL);
    say_next(due, measured);
  }
  pump(end, NULL);
}

void run_schedule(void) {
  static struct histogram histogram;
  prepare_members(options.members);
  join_quietly(options.members);
  expected = options.members;
  say_on_schedule(options.warm, false);
  latencies = &histogram;
  nanoseconds begun = now();
  uint64_t said_before = said_count;
  double cpu = server_cpu_seconds(), own = own_cpu_seconds();
  say_on_schedule(options.measure, true);
  double took = (double)(now() - begun) / (double)SECOND;
  double cpu_after = server_cpu_seconds(), own_after = own_cpu_seconds();
  uint64_t measured = said_count - said_before;
  pump(now() + seconds(options.drain), everybody_has_everything);
  printf("{\"seconds\":%.4f,\"said\":%lu,\"delivered\":%lu,\"complete\":%s,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f,"
         "\"serverCpu\":%.3f,\"generatorCpu\":%.3f}\n",
         took, measured, histogram.total, everybody_has_everything() ? "true" : "false", histogram_ms(&histogram, 50),
         histogram_ms(&histogram, 99), histogram_ms(&histogram, 99.999), cpu_after - cpu, own_after - own);
}
