/* So many texts are on their way at any time: the next is said when everybody has got one. */
#include "generator.h"
#include <stdio.h>

static uint64_t window;

static void fill(void) {
  while (in_flight < window) say_next(received_at, false);
}

void run_closed_loop(void) {
  prepare_members(options.members);
  join_quietly(options.members);
  expected = options.members;
  on_complete = fill;
  printf("{\"windows\":[");
  for (int i = 0; i < options.in_flight_count; i++) {
    window = (uint64_t)options.in_flight[i];
    fill();
    pump(now() + seconds(options.warm), NULL);
    nanoseconds begun = now();
    uint64_t delivered = deliveries;
    double server = server_cpu_seconds(), own = own_cpu_seconds();
    pump(begun + seconds(options.measure), NULL);
    double took = (double)(now() - begun) / (double)SECOND;
    printf("%s{\"inFlight\":%lu,\"seconds\":%.4f,\"deliveries\":%lu,\"serverCpu\":%.3f,\"generatorCpu\":%.3f}", i ? "," : "",
           window, took, deliveries - delivered, server_cpu_seconds() - server, own_cpu_seconds() - own);
  }
  window = 0;
  pump(now() + seconds(options.drain), everybody_has_everything);
  printf("],\"said\":%lu,\"complete\":%s}\n", said_count, everybody_has_everything() ? "true" : "false");
}
