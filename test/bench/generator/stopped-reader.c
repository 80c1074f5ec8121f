/* One member of many stops reading; with returning=0 everybody reads, for comparison. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <string.h>

#define AFTER_CUT_SECONDS 0.5

static nanoseconds cut_at;

static size_t hear_cut(struct member *member, const char *piece, size_t length, bool last) {
  (void)member, (void)last;
  if (!cut_at && memmem(piece, length, "\"too-slow\"", 10)) cut_at = received_at;
  return length;
}

static struct member *stopped;
static bool is_back(void) {
  return !stopped->fetching;
}

void run_stopped_reader(void) {
  static struct histogram histogram;
  heard_other = hear_cut;
  prepare_members(options.members);
  join_quietly(options.members);
  expected = options.members;
  stopped = &members[options.members - 1];
  silent = stopped->number;
  say_on_schedule(options.warm, false);
  long memory_before = server_memory_bytes(), memory_most = memory_before;
  latencies = &histogram;
  nanoseconds begun = now();
  if (options.returning) {
    stop_reading(stopped);
    expected--;
  }
  nanoseconds end = begun + seconds(options.measure);
  while (now() < end && !(cut_at && now() > cut_at + seconds(AFTER_CUT_SECONDS))) {
    say_on_schedule(0.05, true);
    long memory = server_memory_bytes();
    if (memory > memory_most) memory_most = memory;
  }
  latencies = NULL;
  double back_ms = 0;
  uint64_t missed = 0;
  if (options.returning) {
    if (!cut_at) fail("The member that stopped reading was not let go within %.0f s.", options.measure);
    uint64_t had = base_seq + stopped->next;
    disconnect_member(stopped);
    stopped->fetching = true;
    stopped->have = had;
    nanoseconds back = now();
    connect_member(stopped);
    pump(back + seconds(options.drain), is_back);
    if (!is_back()) fail("It came back and did not catch up within %.0f s.", options.drain);
    back_ms = (double)(now() - back) / (double)MILLISECOND;
    missed = stopped->have - had;
    expected++;
    silent = -1;
    say_on_schedule(0.5, false);
  }
  pump(now() + seconds(0.5), NULL);
  for (int i = 0; i < options.members; i++)
    if (members[i].next != said_count) fail("Member %d has %lu of %lu entries.", i, members[i].next, said_count);
  printf("{\"p50\":%.3f,\"p99\":%.3f,\"cutMs\":%.0f,\"memoryGrowth\":%ld,\"backMs\":%.1f,\"missed\":%lu}\n", histogram_ms(&histogram, 50),
         histogram_ms(&histogram, 99), cut_at ? (double)(cut_at - begun) / (double)MILLISECOND : 0, memory_most - memory_before,
         back_ms, missed);
}
