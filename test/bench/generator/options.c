#include "generator.h"
#include <stdlib.h>
#include <string.h>

struct options options = {.scenario = "", .protocol = "lanyard", .members = 10, .body = 100, .warm = 1, .measure = 1, .rate = 20, .drain = 10};

static void read_list(const char *text) {
  char *rest;
  for (options.in_flight_count = 0; options.in_flight_count < 8; text = rest + 1) {
    options.in_flight[options.in_flight_count++] = (int)strtol(text, &rest, 10);
    if (*rest != ',') return;
  }
}

void read_options(int count, char **words) {
  if (count > 1) options.scenario = words[1];
  for (int i = 2; i < count; i++) {
    char *value = strchr(words[i], '=');
    if (!value) fail("'%s' is no option: they are name=value.", words[i]);
    *value++ = 0;
    const char *name = words[i];
    if (!strcmp(name, "protocol")) options.protocol = value;
    else if (!strcmp(name, "port")) options.port = atoi(value);
    else if (!strcmp(name, "members")) options.members = atoi(value);
    else if (!strcmp(name, "pid")) options.pid = atoi(value);
    else if (!strcmp(name, "tls")) options.tls = atoi(value) == 1;
    else if (!strcmp(name, "body")) options.body = atoi(value);
    else if (!strcmp(name, "in-flight")) read_list(value);
    else if (!strcmp(name, "warm")) options.warm = atof(value);
    else if (!strcmp(name, "measure")) options.measure = atof(value);
    else if (!strcmp(name, "rate")) options.rate = atof(value);
    else if (!strcmp(name, "drain")) options.drain = atof(value);
    else if (!strcmp(name, "behind")) options.behind = atoi(value);
    else if (!strcmp(name, "returning")) options.returning = atoi(value);
    else fail("There is no option '%s'.", name);
  }
}
