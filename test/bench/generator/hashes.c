/* SHA-256 and how bytes are written. OpenSSL's headers are not needed: this is all of it. */
#include "generator.h"

#define HASH_BYTES 32

void *EVP_MD_fetch(void *library, const char *algorithm, const char *properties);
int EVP_Digest(const void *data, size_t count, unsigned char *into, unsigned *size, const void *type, void *engine);

void base64url(const unsigned char *data, size_t length, char *text) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned bits = 0, held = 0;
  for (size_t i = 0; i < length; i++) {
    bits = bits << 8 | data[i];
    for (held += 8; held >= 6; held -= 6) *text++ = digits[bits >> (held - 6) & 63];
  }
  if (held) *text++ = digits[bits << (6 - held) & 63];
  *text = 0;
}

void hash(const char *text, size_t length, char into[HASH_LENGTH + 1]) {
  static void *sha256;
  unsigned char bytes[HASH_BYTES];
  if (!sha256) sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
  if (!sha256 || !EVP_Digest(text, length, bytes, NULL, sha256, NULL)) fail("libcrypto does not hash.");
  base64url(bytes, sizeof bytes, into);
}
