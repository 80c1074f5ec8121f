/* Many come back at once and ask for what they missed, while the talk goes on among others. */
#include "generator.h"
#include <stdio.h>

#define LIMIT_SECONDS 60

static bool all_are_back(void) {
  for (int i = options.members; i < options.members + options.returning; i++)
    if (members[i].state != IN || members[i].fetching) return false;
  return true;
}

void run_returning(void) {
  static struct histogram histogram;
  int all = options.members + options.returning;
  prepare_members(all);
  join_quietly(options.members);
  expected = options.members;
  say_on_schedule(options.warm, false);
  if (base_seq < (uint64_t)options.behind) fail("The room has %lu entries, fewer than %d.", base_seq, options.behind);
  latencies = &histogram;
  nanoseconds begun = now(), limit = begun + seconds(LIMIT_SECONDS);
  double cpu = server_cpu_seconds();
  for (int i = options.members; i < all; i++) {
    members[i].fetching = true;
    members[i].have = base_seq - (uint64_t)options.behind;
    connect_member(&members[i]);
  }
  while (!all_are_back() && now() < limit) say_on_schedule(0.1, true);
  if (!all_are_back()) fail("Not everybody had caught up after %d s.", LIMIT_SECONDS);
  double took = (double)(now() - begun) / (double)SECOND, cpu_after = server_cpu_seconds();
  latencies = NULL;
  say_on_schedule(0.5, false);
  pump(now() + seconds(0.5), NULL);
  for (int i = 0; i < all; i++)
    if (members[i].next != said_count) fail("Member %d has %lu of %lu new entries.", i, members[i].next, said_count);
  printf("{\"seconds\":%.3f,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f,\"bytes\":%lu,\"serverCpu\":%.3f}\n", took,
         histogram_ms(&histogram, 50), histogram_ms(&histogram, 99), histogram_ms(&histogram, 99.999), bytes_received, cpu_after - cpu);
}
