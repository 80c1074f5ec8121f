/* generator SCENARIO name=value…; prints one line of JSON. See options.c. */
#include "generator.h"
#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...) {
  char sentence[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  fprintf(stderr, "%s\n", sentence);
  exit(1);
}

int main(int count, char **words) {
  /* Long messages come by the thousand: their memory is used again, not given back. */
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  static const struct {
    const char *name;
    void (*run)(void);
  } scenarios[] = {
      {"closed-loop", run_closed_loop}, {"schedule", run_schedule},  {"joins", run_joins},
      {"hold", run_hold},               {"stopped-reader", run_stopped_reader}, {"returning", run_returning},
  };
  signal(SIGPIPE, SIG_IGN);
  read_options(count, words);
  choose_protocol(options.protocol);
  for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
    if (strcmp(scenarios[i].name, options.scenario) != 0) continue;
    scenarios[i].run();
    return 0;
  }
  fail("There is no scenario '%s'.", options.scenario);
}
