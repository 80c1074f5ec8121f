/* A member's side of TLS 1.3, with a certificate of its own making (rule I2). */
#include "generator.h"
#include <errno.h>

void *X509_new(void);
void X509_free(void *);
int X509_set_version(void *, long);
void *X509_get_serialNumber(void *);
int ASN1_INTEGER_set(void *, long);
void *X509_getm_notBefore(const void *);
void *X509_getm_notAfter(const void *);
void *X509_gmtime_adj(void *, long);
int X509_set_pubkey(void *, void *);
int X509_sign(void *, void *key, const void *digest);
const void *EVP_sha256(void);
void *TLS_client_method(void);
void *SSL_CTX_new(const void *);
long SSL_CTX_ctrl(void *, int, long, void *);
void *SSL_new(void *);
void SSL_free(void *);
int SSL_set_fd(void *, int);
void SSL_set_connect_state(void *);
int SSL_set_alpn_protos(void *, const unsigned char *, unsigned);
int SSL_use_certificate(void *, void *);
int SSL_use_PrivateKey(void *, void *);
int SSL_do_handshake(void *);
int SSL_read(void *, void *, int);
int SSL_write(void *, const void *, int);
int SSL_get_error(const void *, int);

#define WANT_READ 2
#define WANT_WRITE 3
#define CTRL_MODE 33
/* A write may be tried again from elsewhere, and buffers that are empty are given back. */
#define MODES (0x2 | 0x10)
#define DAY 86400L
/* What a member says that it speaks, behind its length. */
static const unsigned char ALPN[] = "\x09" "lanyard/2";

static void *certificate_of(const struct key *key) {
  void *certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -DAY);
  X509_gmtime_adj(X509_getm_notAfter(certificate), DAY);
  X509_set_pubkey(certificate, key_handle(key));
  if (!X509_sign(certificate, key_handle(key), EVP_sha256())) fail("libcrypto makes no certificates.");
  return certificate;
}

struct tls *tls_over(int fd, const struct key *key) {
  static void *context;
  if (!context) {
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_ctrl(context, CTRL_MODE, MODES, NULL);
  }
  void *tls = SSL_new(context), *certificate = certificate_of(key);
  if (!tls || !SSL_use_certificate(tls, certificate) || !SSL_use_PrivateKey(tls, key_handle(key)) || !SSL_set_fd(tls, fd))
    fail("libssl makes no connections.");
  X509_free(certificate);
  if (SSL_set_alpn_protos(tls, ALPN, sizeof ALPN - 1)) fail("libssl says no ALPN.");
  SSL_set_connect_state(tls);
  return tls;
}

int tls_handshake(struct tls *tls) {
  int result = SSL_do_handshake(tls);
  if (result == 1) return 1;
  int error = SSL_get_error(tls, result);
  return error == WANT_READ || error == WANT_WRITE ? 0 : -1;
}

static long outcome(struct tls *tls, int result) {
  if (result > 0) return result;
  int error = SSL_get_error(tls, result);
  if (error != WANT_READ && error != WANT_WRITE) return 0;
  errno = EAGAIN;
  return -1;
}

long tls_read(struct tls *tls, char *into, size_t size) {
  return outcome(tls, SSL_read(tls, into, (int)size));
}

long tls_write(struct tls *tls, const char *data, size_t length) {
  return outcome(tls, SSL_write(tls, data, (int)length));
}

void tls_end(struct tls *tls) {
  SSL_free(tls);
}
