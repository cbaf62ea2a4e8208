#include "key_maker.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

EVP_PKEY *key_pair(void)
{
    static EVP_PKEY *pair;
    if (!pair)
        pair = EVP_RSA_gen(2048);
    assert_non_null(pair);
    return pair;
}

static char *taken(BIO *bio)
{
    char *data = NULL;
    long length = BIO_get_mem_data(bio, &data);
    char *text = calloc((size_t)length + 1, 1);
    assert_non_null(text);
    memcpy(text, data, (size_t)length);
    BIO_free(bio);
    return text;
}

char *key_pem(EVP_PKEY *pair, const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());
    int length = password ? (int)strlen(password) : 0;
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(bio, pair,
                                                   password ? EVP_aes_128_cbc() : NULL,
                                                   password, length, NULL, NULL),
                     1);
    return taken(bio);
}

char *key_public_pem(EVP_PKEY *pair)
{
    BIO *bio = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_PUBKEY(bio, pair), 1);
    return taken(bio);
}

json_t *key_object(const char *pem)
{
    json_t *object =
        json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "type", "service_account", "project_id",
                  "cx-log", "private_key_id", "0123456789abcdef", "private_key", pem,
                  "client_email", "cxlog@cx-log.iam.gserviceaccount.com", "token_uri",
                  "https://oauth2.googleapis.com/token");
    assert_non_null(object);
    return object;
}

const char *key_text(void)
{
    static char *text;
    if (!text) {
        char *pem = key_pem(key_pair(), NULL);
        json_t *object = key_object(pem);
        text = json_dumps(object, 0);
        json_decref(object);
        free(pem);
    }
    return text;
}
