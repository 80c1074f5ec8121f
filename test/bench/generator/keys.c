/* Who a member is: a key on P-256 (rule I1). OpenSSL's headers are not needed: this is all of it. */
#include "generator.h"
#include <stdlib.h>
#include <string.h>

void *EVP_PKEY_Q_keygen(void *library, const char *properties, const char *type, ...);
int EVP_PKEY_get_octet_string_param(const void *key, const char *name, unsigned char *into, size_t size, size_t *length);
void *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(void *);
int EVP_DigestSignInit_ex(void *context, void **key_context, const char *digest, void *library, const char *properties, void *key, const void *parameters);
int EVP_DigestSign(void *context, unsigned char *signature, size_t *length, const unsigned char *data, size_t data_length);

struct key {
  void *pair;
  char id[ID_LENGTH + 1];
};

struct key *make_key(void) {
  struct key *key = calloc(1, sizeof *key);
  unsigned char point[65];
  size_t length = 0;
  key->pair = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
  if (!key->pair || !EVP_PKEY_get_octet_string_param(key->pair, "encoded-pub-key", point, sizeof point, &length) || length != 65)
    fail("libcrypto makes no keys on P-256.");
  point[0] = 2 + (point[64] & 1);
  base64url(point, 33, key->id);
  return key;
}

const char *key_id(const struct key *key) {
  return key->id;
}

void *key_handle(const struct key *key) {
  return key->pair;
}

/* A number of DER, to 32 bytes. Returns what is behind it. */
static const unsigned char *der_number(const unsigned char *der, unsigned char number[32]) {
  size_t length = der[1];
  const unsigned char *digits = der + 2, *end = digits + length;
  while (length > 32) digits++, length--;
  memset(number, 0, 32);
  memcpy(number + 32 - length, digits, length);
  return end;
}

void sign(const struct key *key, const char *text, char signature[SIGNATURE_LENGTH + 1]) {
  unsigned char der[80], raw[64];
  size_t length = sizeof der;
  void *context = EVP_MD_CTX_new();
  if (!EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, key->pair, NULL) ||
      !EVP_DigestSign(context, der, &length, (const unsigned char *)text, strlen(text)))
    fail("libcrypto does not sign.");
  EVP_MD_CTX_free(context);
  der_number(der_number(der + 2, raw), raw + 32);
  base64url(raw, sizeof raw, signature);
}
