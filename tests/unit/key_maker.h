/* Service-account keys for tests, made with OpenSSL while they run. */
#ifndef KEY_MAKER_H
#define KEY_MAKER_H

#include <jansson.h>
#include <openssl/evp.h>

/* One RSA-2048 pair for the whole program. Borrowed. */
EVP_PKEY *key_pair(void);
/* PKCS#8 PEM, encrypted when a password is given. free(). */
char *key_pem(EVP_PKEY *pair, const char *password);
char *key_public_pem(EVP_PKEY *pair);
/* The JSON object that Google would make around a PEM text. json_decref(). */
json_t *key_object(const char *pem);
/* The JSON text of key_object(key_pem(key_pair())). Borrowed. */
const char *key_text(void);

#endif
