/* The client's side of RFC 6455, as far as a chat needs it. */
#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A larger message is heard in pieces as it comes. */
#define KEPT_WHOLE (8 * 1024)
#define HEADER_MAX 14
#define SENT_MAX 8192

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

void upgrade(struct member *member, const char *path, const char *subprotocol) {
  char request[512];
  int length = snprintf(request, sizeof request,
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
      path, options.port, subprotocol ? "Sec-WebSocket-Protocol: " : "", subprotocol ? subprotocol : "", subprotocol ? "\r\n" : "");
  member->state = UPGRADING;
  write_bytes(member, request, (size_t)length);
}

static void send_frame(struct member *member, int opcode, const char *payload, size_t length) {
  static uint32_t key = 0x9e3779b9;
  char frame[HEADER_MAX + SENT_MAX];
  size_t head = 2;
  if (length > SENT_MAX) fail("A text of %zu bytes is too long for the bench.", length);
  frame[0] = (char)(0x80 | opcode);
  if (length < 126) {
    frame[1] = (char)(0x80 | length);
  } else {
    frame[1] = (char)(0x80 | 126);
    frame[2] = (char)(length >> 8);
    frame[3] = (char)length;
    head = 4;
  }
  key = key * 1664525 + 1013904223;
  memcpy(frame + head, &key, 4);
  const char *mask = frame + head;
  for (size_t i = 0; i < length; i++) frame[head + 4 + i] = payload[i] ^ mask[i & 3];
  write_bytes(member, frame, head + 4 + length);
}

void send_text(struct member *member, const char *payload, size_t length) {
  send_frame(member, TEXT, payload, length);
}

static size_t take_answer(struct member *member, char *data, size_t length) {
  char *end = memmem(data, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (length < 12 || memcmp(data, "HTTP/1.1 101", 12) != 0)
    fail("Member %d was not let in: %.*s", member->number, 24, data);
  member->state = GREETING;
  protocol->opened(member);
  return (size_t)(end + 4 - data);
}

static void add_fragment(struct member *member, const char *payload, size_t length) {
  member->fragments = realloc(member->fragments, member->fragments_length + length);
  memcpy(member->fragments + member->fragments_length, payload, length);
  member->fragments_length += length;
}

/* All its fragments are here. They may be many and long: none are kept. */
static void take_message(struct member *member) {
  char *message = member->fragments;
  size_t length = member->fragments_length;
  member->fragments = NULL;
  member->fragments_length = 0;
  protocol->payload(member, message, length);
  free(message);
}

static void take_frame(struct member *member, bool final, int opcode, char *payload, size_t length) {
  switch (opcode) {
    case CONTINUATION:
    case TEXT:
    case BINARY:
      frames++;
      if (final && !member->fragments_length) {
        protocol->payload(member, payload, length);
        break;
      }
      add_fragment(member, payload, length);
      if (final) take_message(member);
      break;
    case PING:
      send_frame(member, PONG, payload, length);
      break;
    case CLOSE: {
      int code = length >= 2 ? (unsigned char)payload[0] << 8 | (unsigned char)payload[1] : 0;
      fail("The hub closed member %d with %d %.*s.", member->number, code, length > 2 ? (int)length - 2 : 0, payload + 2);
    }
  }
}

/* A large part of a message in fragments: taken together with the others. */
static size_t take_fragment_piece(struct member *member, const char *piece, size_t length) {
  if (length > member->streaming) length = member->streaming;
  add_fragment(member, piece, length);
  member->streaming -= length;
  if (member->streaming) return length;
  if (member->streaming_final) take_message(member);
  member->streaming_fragment = false;
  return length;
}

static size_t take_piece(struct member *member, const char *piece, size_t length) {
  if (member->streaming_fragment) return take_fragment_piece(member, piece, length);
  bool last = length >= member->streaming;
  if (last) length = member->streaming;
  size_t used = protocol->hear(member, piece, length, last);
  member->streaming -= last ? length : used;
  return last ? length : used;
}

size_t take_websocket(struct member *member, char *data, size_t length) {
  size_t used = 0;
  if (member->state == UPGRADING) {
    used = take_answer(member, data, length);
    if (used == 0) return 0;
  }
  while (used < length) {
    if (member->streaming) {
      used += take_piece(member, data + used, length - used);
      if (member->streaming) return used;
      continue;
    }
    unsigned char *frame = (unsigned char *)data + used;
    size_t left = length - used, head = 2;
    if (left < 2) return used;
    uint64_t size = frame[1] & 127;
    if (size == 126) head = 4;
    if (size == 127) head = 10;
    if (left < head) return used;
    if (head > 2) {
      size = 0;
      for (size_t i = 2; i < head; i++) size = size << 8 | frame[i];
    }
    if (size > KEPT_WHOLE) {
      frames++;
      member->streaming = size;
      member->streaming_final = frame[0] & 0x80;
      member->streaming_fragment = frame[0] != (0x80 | TEXT);
      used += head;
      continue;
    }
    if (left < head + size) return used;
    take_frame(member, frame[0] & 0x80, frame[0] & 15, data + used + head, size);
    if (member->state == OUT) return length;
    used += head + size;
  }
  return used;
}

/* Not WebSocket at all: four bytes of length, least significant first, and the text. */
size_t take_lengths(struct member *member, char *data, size_t length) {
  size_t used = 0;
  while (length - used >= 4) {
    uint32_t size;
    memcpy(&size, data + used, 4);
    if (length - used < 4 + size) break;
    frames++;
    protocol->payload(member, data + used + 4, size);
    used += 4 + size;
  }
  return used;
}
