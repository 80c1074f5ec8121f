/* Lanyard's protocol, as a member speaks it. Rule ids are those of PROTOCOL.md. */
#include "generator.h"
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 8192
#define SALT_BYTES 16
#define SALT_LENGTH 22

static void connected(struct member *member) {
  upgrade(member, "/", "lanyard.2");
}

/* H1, H5, I4; `nonce` is null where TLS proves the key. */
static void send_hello(struct member *member, const char *nonce) {
  char proof[256] = "", resume[320] = "", hello[768];
  if (nonce) {
    char signed_text[128], signature[SIGNATURE_LENGTH + 1];
    snprintf(signed_text, sizeof signed_text, "lanyard hello 1\n%s", nonce);
    sign(member->key, signed_text, signature);
    snprintf(proof, sizeof proof, ",\"key\":\"%s\",\"proof\":\"%s\"", key_id(member->key), signature);
  }
  if (member->fetching) resume_of(member, resume, sizeof resume);
  int length = snprintf(hello, sizeof hello, "{\"type\":\"hello\",\"version\":2,\"name\":\"member-%05d\",\"resume\":[%s]%s}",
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

/* Another for every text (E2); here it need not be hard to guess. */
static void make_salt(uint64_t number, char salt[SALT_LENGTH + 1]) {
  uint64_t words[SALT_BYTES / 8] = {now(), number};
  base64url((const unsigned char *)words, sizeof words, salt);
}

/* S1, S2, E1 to E3. */
static void post(struct member *member, const char *text, size_t length, uint64_t number) {
  static char signature[SIGNATURE_LENGTH + 1];
  char salt[SALT_LENGTH + 1], digest[HASH_LENGTH + 1], id[HASH_LENGTH + 1];
  char hashed[TEXT_MAX + 512], payload[TEXT_MAX + 1024];
  const char *key = key_id(member->key);
  uint64_t written = since_1970_ms();
  make_salt(number, salt);
  int size = snprintf(hashed, sizeof hashed, "lanyard body 2\n%s\n{\"text\":\"%.*s\"}", salt, (int)length, text);
  hash(hashed, (size_t)size, digest);
  size = snprintf(hashed, sizeof hashed, "lanyard event 2\n%s\n%s\nmessage/text\n%s\n%s\n%lu\n\n%s", room_id, talk, key, key, written, digest);
  hash(hashed, (size_t)size, id);
  /* The hub checks no signature (E1), so one will do. */
  if (!*signature) sign(member->key, hashed, signature);
  size = snprintf(payload, sizeof payload,
      "{\"type\":\"post\",\"id\":\"%s\",\"event\":{\"conversation\":\"%s\",\"kind\":\"message/text\",\"person\":\"%s\",\"written\":%lu,"
      "\"salt\":\"%s\",\"body\":\"{\\\"text\\\":\\\"%.*s\\\"}\",\"signature\":\"%s\"}}",
      id, talk, key, written, salt, (int)length, text, signature);
  send_text(member, payload, (size_t)size);
}

static bool begins(const char *payload, size_t length, const char *with) {
  size_t wanted = strlen(with);
  return length >= wanted && memcmp(payload, with, wanted) == 0;
}

static void payload(struct member *member, const char *payload, size_t length) {
  if (begins(payload, length, "{\"type\":\"challenge\"")) answer_challenge(member, payload, length);
  else if (begins(payload, length, "{\"type\":\"refused\"")) fail("The hub refused: %.*s", (int)length, payload);
  else hear_message(member, payload, length, true);
}

/* A key and a time (W3). */
#define NAMES_APART 60

const struct protocol lanyard = {"lanyard", connected, opened, take_websocket, payload, hear_message, NAMES_APART, post};
