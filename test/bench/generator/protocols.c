/* The peers' protocols: what each calls joining, saying and what was said. */
#include "generator.h"
#include <stdio.h>
#include <string.h>

const struct protocol *protocol;
size_t (*heard_other)(struct member *, const char *, size_t, bool);

static size_t hear(struct member *member, const char *piece, size_t length, bool last) {
  return heard_other ? heard_other(member, piece, length, last) : length;
}

static bool starts(const char *payload, size_t length, const char *with) {
  size_t wanted = strlen(with);
  return length >= wanted && memcmp(payload, with, wanted) == 0;
}

static void upgrade_named(struct member *member) {
  char path[64];
  snprintf(path, sizeof path, "/?name=member-%05d", member->number);
  upgrade(member, path, NULL);
}

/* JSON objects, as the naive hub has them. */

static void json_payload(struct member *member, const char *payload, size_t length) {
  if (starts(payload, length, "{\"type\":\"said\"")) receive_entry(member, payload, length);
  else hear(member, payload, length, true);
}

static void json_say(struct member *member, const char *text, size_t length, uint64_t number) {
  (void)number;
  char payload[8192];
  int size = snprintf(payload, sizeof payload, "{\"type\":\"say\",\"text\":\"%.*s\"}", (int)length, text);
  send_text(member, payload, (size_t)size);
}

/* Bare texts, several to a frame, a line each, as the chat in Go has them. */

static void lines_payload(struct member *member, const char *payload, size_t length) {
  for (const char *end = payload + length; payload < end;) {
    const char *newline = memchr(payload, '\n', (size_t)(end - payload));
    size_t line = (size_t)((newline ? newline : end) - payload);
    if (starts(payload, line, "n=")) receive_entry(member, payload, line);
    else hear(member, payload, line, true);
    payload += line + 1;
  }
}

static void lines_say(struct member *member, const char *text, size_t length, uint64_t number) {
  (void)number;
  send_text(member, text, length);
}

/* Socket.IO over Engine.IO 4. */

static void socket_io_upgrade(struct member *member) {
  char path[96];
  snprintf(path, sizeof path, "/socket.io/?EIO=4&transport=websocket&name=member-%05d", member->number);
  upgrade(member, path, NULL);
}

static void socket_io_payload(struct member *member, const char *payload, size_t length) {
  if (starts(payload, length, "42[\"said\"")) receive_entry(member, payload, length);
  else if (starts(payload, length, "2")) send_text(member, "3", 1);
  else if (starts(payload, length, "0{")) send_text(member, "40", 2);
  else if (starts(payload, length, "40{")) has_joined(member);
  else hear(member, payload, length, true);
}

static void socket_io_say(struct member *member, const char *text, size_t length, uint64_t number) {
  (void)number;
  char payload[8192];
  int size = snprintf(payload, sizeof payload, "42[\"say\",\"%.*s\"]", (int)length, text);
  send_text(member, payload, (size_t)size);
}

static void nothing(struct member *member) {
  (void)member;
}

/* A length and a text over bare TCP. */

static void raw_say(struct member *member, const char *text, size_t length, uint64_t number) {
  (void)number;
  char message[8192];
  uint32_t size = (uint32_t)length;
  memcpy(message, &size, 4);
  memcpy(message + 4, text, length);
  write_bytes(member, message, 4 + length);
}

static const struct protocol others[] = {
    {"json", upgrade_named, has_joined, take_websocket, json_payload, hear, 0, json_say},
    {"lines", upgrade_named, has_joined, take_websocket, lines_payload, hear, 0, lines_say},
    {"socket.io", socket_io_upgrade, nothing, take_websocket, socket_io_payload, hear, 0, socket_io_say},
    {"raw", has_joined, nothing, take_lengths, receive_entry, hear, 0, raw_say},
};

void choose_protocol(const char *name) {
  if (!strcmp(name, lanyard.name)) protocol = &lanyard;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (!strcmp(name, others[i].name)) protocol = &others[i];
  if (!protocol) fail("There is no protocol '%s'.", name);
}
