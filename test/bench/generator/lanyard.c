/* Lanyard's protocol, as a member speaks it. Rule ids are those of PROTOCOL.md. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEQ "\"seq\":"
#define PAGE "200"

uint64_t base_seq;
static char epoch[65];

static void connected(struct member *member) {
  upgrade(member, "/", "lanyard.1");
}

/* H1, H5, I4; `nonce` is null where TLS proves the key. */
static void send_hello(struct member *member, const char *nonce) {
  char proof[256] = "", resume[160] = "", hello[640];
  if (nonce) {
    char signed_text[128], signature[SIGNATURE_LENGTH + 1];
    snprintf(signed_text, sizeof signed_text, "lanyard hello 1\n%s", nonce);
    sign(member->key, signed_text, signature);
    snprintf(proof, sizeof proof, ",\"key\":\"%s\",\"proof\":\"%s\"", key_id(member->key), signature);
  }
  if (member->fetching)
    snprintf(resume, sizeof resume, ",\"resume\":{\"epoch\":\"%s\",\"seq\":%lu}", epoch, member->have);
  int length = snprintf(hello, sizeof hello, "{\"type\":\"hello\",\"version\":1,\"name\":\"member-%05d\"%s%s}",
                        member->number, resume, proof);
  send_text(member, hello, (size_t)length);
}

static void opened(struct member *member) {
  if (options.tls) send_hello(member, NULL);
}

static void answer_challenge(struct member *member, const char *payload, size_t length) {
  char nonce[96];
  if (length > 100 || sscanf(payload, "{\"type\":\"challenge\",\"nonce\":\"%95[^\"]", nonce) != 1)
    fail("The challenge cannot be read: %.*s", (int)length, payload);
  send_hello(member, nonce);
}

static void said(struct member *member, const char *text, size_t length, uint64_t number) {
  static char signature[SIGNATURE_LENGTH + 1];
  char payload[8192];
  /* The hub checks no signature (E3), so one will do. */
  if (!*signature) sign(member->key, text, signature);
  /* Ids begin with the time, as those of the app do. */
  uint64_t id = since_1970_ms() << 20 | (number & 0xfffff);
  int size = snprintf(payload, sizeof payload,
      "{\"type\":\"say\",\"id\":\"%016lx%06lx\",\"text\":\"%.*s\",\"written\":%lu,\"signature\":\"%s\"}",
      id, number, (int)length, text, since_1970_ms(), signature);
  send_text(member, payload, (size_t)size);
}

static uint64_t seq_in(const char *payload, size_t length) {
  const char *seq = memmem(payload, length, SEQ, sizeof SEQ - 1);
  if (!seq) fail("An entry has no seq: %.*s", (int)length, payload);
  return strtoull(seq + sizeof SEQ - 1, NULL, 10);
}

/* S4. What others have already is compared with theirs and needs no reading. */
static void entry(struct member *member, const char *payload, size_t length) {
  if (member->fetching) return; /* L4: it asks for everything in between. */
  uint64_t last = base_seq + member->next;
  if (member->came_back || is_news(member)) {
    uint64_t seq = seq_in(payload, length);
    if (member->came_back && seq <= last) return;
    if (seq != last + 1) fail("Member %d got seq %lu after %lu.", member->number, seq, last);
  }
  receive_entry(member, payload, length);
}

static void payload(struct member *member, const char *payload, size_t length) {
  if (length > 15 && memcmp(payload, "{\"type\":\"entry\"", 15) == 0) {
    entry(member, payload, length);
  } else if (length > 19 && memcmp(payload, "{\"type\":\"challenge\"", 19) == 0) {
    answer_challenge(member, payload, length);
  } else if (length > 17 && memcmp(payload, "{\"type\":\"refused\"", 17) == 0) {
    fail("The hub refused: %.*s", (int)length, payload);
  } else {
    protocol->hear(member, payload, length, true);
  }
}

static bool has(const char *piece, size_t length, const char *what) {
  return memmem(piece, length, what, strlen(what)) != NULL;
}

static void read_position(const char *piece, size_t length, bool last) {
  if (*epoch) return;
  const char *log = memmem(piece, length, "\"log\":{\"epoch\":\"", 16);
  char read[65];
  uint64_t seq;
  if (!log || (!last && (size_t)(piece + length - log) < SCAN_OVERLAP / 2)) return;
  if (sscanf(log, "\"log\":{\"epoch\":\"%64[^\"]\",\"seq\":%lu", read, &seq) != 2) return;
  strcpy(epoch, read);
  base_seq = seq;
}

static void fetched(struct member *member, uint64_t seq) {
  if (seq == member->have + 1) {
    member->have = seq;
  } else if (!member->knows_end) {
    /* One number of a welcome is where the log ends (W5). */
    member->knows_end = true;
  } else {
    fail("Member %d was given seq %lu after %lu.", member->number, seq, member->have);
  }
}

/* L3. */
static void ask_for_more(struct member *member) {
  char request[128];
  int length = snprintf(request, sizeof request, "{\"type\":\"history\",\"id\":\"after-%lu\",\"after\":%lu,\"limit\":" PAGE "}",
                        member->have, member->have);
  send_text(member, request, (size_t)length);
}

static void caught_up(struct member *member) {
  if (member->have < base_seq) fail("Member %d was told that seq %lu is the end.", member->number, member->have);
  member->fetching = false;
  member->came_back = true;
  member->next = member->have - base_seq;
}

/* What somebody who fetches was sent, a page or the welcome before the first. */
static size_t hear_page(struct member *member, const char *piece, size_t length, bool last) {
  if (has(piece, length, "\"resumed\":true") || has(piece, length, "\"more\":true")) member->goes_on = true;
  if (has(piece, length, "\"resumed\":false")) fail("Member %d could not resume.", member->number);
  if (has(piece, length, "\"more\":false")) member->at_end = true;
  size_t used = scan(SEQ, 0, piece, length, last, fetched, member);
  if (!last) return used;
  bool goes_on = member->goes_on, at_end = member->at_end;
  member->goes_on = member->at_end = false;
  if (member->state == GREETING) has_joined(member);
  if (goes_on) ask_for_more(member);
  if (at_end) caught_up(member);
  return used;
}

static size_t hear(struct member *member, const char *piece, size_t length, bool last) {
  size_t used = last ? length : length > SCAN_OVERLAP ? length - SCAN_OVERLAP : 0;
  if (member->state == GREETING) read_position(piece, length, last);
  if (member->fetching) return hear_page(member, piece, length, last);
  if (heard_other) used = heard_other(member, piece, length, last);
  if (last && member->state == GREETING) has_joined(member);
  return used;
}

/* A key and a time (W3). */
#define NAMES_APART 60

const struct protocol lanyard = {"lanyard", connected, opened, take_websocket, payload, hear, NAMES_APART, said};
