/* Everybody is here and silent; what that takes of the server's memory. */
#include "generator.h"
#include <stdio.h>

void run_hold(void) {
  long before = server_memory_bytes(), least = 0;
  prepare_members(options.members);
  join_quietly(options.members);
  long joined = server_memory_bytes();
  /* What joining left behind is collected in time: the least counts. */
  for (nanoseconds end = now() + seconds(options.measure); now() < end;) {
    pump(now() + seconds(0.1), NULL);
    long memory = server_memory_bytes();
    if (!least || memory < least) least = memory;
  }
  printf("{\"before\":%ld,\"joined\":%ld,\"least\":%ld,\"bytesPerMember\":%.0f}\n", before, joined, least,
         (double)(least - before) / options.members);
}
