/* Everybody comes at once; how long until every member's list of people is right. */
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>

#define LIMIT_SECONDS 60
#define AFTER_SECONDS 0.3

static uint64_t *seen; /* a bit for each person, for each member */
static int *seen_count, right_count;
static nanoseconds right_at;

static void person_here(struct member *member, uint64_t person) {
  if (person >= (uint64_t)options.members) fail("Member %d was told of member-%05lu.", member->number, person);
  size_t words = (size_t)options.members / 64 + 1;
  uint64_t *word = &seen[(size_t)member->number * words + person / 64], bit = 1ull << person % 64;
  if (*word & bit) return;
  *word |= bit;
  if (++seen_count[member->number] < options.members) return;
  right_count++;
  right_at = received_at;
}

static size_t hear_names(struct member *member, const char *piece, size_t length, bool last) {
  return scan("member-", protocol->names_apart, piece, length, last, person_here, member);
}

static bool all_are_right(void) {
  return right_count == options.members;
}

void run_joins(void) {
  size_t count = (size_t)options.members;
  seen = calloc(count * (count / 64 + 1), sizeof *seen);
  seen_count = calloc(count, sizeof *seen_count);
  heard_other = hear_names;
  prepare_members(options.members);
  double cpu = server_cpu_seconds(), own = own_cpu_seconds();
  nanoseconds begun = now();
  for (int i = 0; i < options.members; i++) connect_member(&members[i]);
  pump(begun + seconds(LIMIT_SECONDS), all_are_right);
  if (!all_are_right()) fail("After %d s %d are in, and %d of %d know who is here.", LIMIT_SECONDS, in_count, right_count, options.members);
  double cpu_after = server_cpu_seconds(), own_after = own_cpu_seconds();
  pump(now() + seconds(AFTER_SECONDS), NULL);
  printf("{\"ms\":%.1f,\"frames\":%lu,\"bytes\":%lu,\"serverCpu\":%.3f,\"generatorCpu\":%.3f}\n",
         (double)(right_at - begun) / (double)MILLISECOND, frames, bytes_received, cpu_after - cpu, own_after - own);
}
