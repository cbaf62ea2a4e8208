#include "google/jwt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/rand.h>

#include "google/json_text.h"
#include "google/openssl_memory.h"
#include "net/wipe.h"

#define EARLY_S 30
#define LIFE_S 3600

char *cx_base64url(const unsigned char *data, size_t length)
{
    char *text = malloc((length + 2) / 3 * 4 + 1);
    if (!text)
        return NULL;
    int end = EVP_EncodeBlock((unsigned char *)text, data, (int)length);
    while (end > 0 && text[end - 1] == '=')
        end--;
    text[end] = '\0';
    for (char *c = text; *c; c++) {
        if (*c == '+')
            *c = '-';
        else if (*c == '/')
            *c = '_';
    }
    return text;
}

static char *coded(json_t *value)
{
    CX_SECRET text = cx_json_text(value);
    return text ? cx_base64url((const unsigned char *)text, strlen(text)) : NULL;
}

/* "header.claims", NULL on lack of memory. */
static char *unsigned_part(const cx_key *key, int64_t now_s)
{
    json_auto_t *header =
        key->id[0]
            ? json_pack("{s:s,s:s,s:s}", "alg", "RS256", "typ", "JWT", "kid", key->id)
            : json_pack("{s:s,s:s}", "alg", "RS256", "typ", "JWT");
    json_auto_t *claims =
        json_pack("{s:s,s:s,s:s,s:I,s:I}", "iss", key->email, "scope", CX_GOOGLE_SCOPE,
                  "aud", key->token_uri, "iat", (json_int_t)(now_s - EARLY_S), "exp",
                  (json_int_t)(now_s - EARLY_S + LIFE_S));
    CX_SECRET first = coded(header);
    CX_SECRET second = coded(claims);
    if (!first || !second)
        return NULL;
    size_t size = strlen(first) + strlen(second) + 2;
    char *text = malloc(size);
    if (text)
        (void)snprintf(text, size, "%s.%s", first, second);
    return text;
}

static char *sign(EVP_PKEY *pair, const char *text, bool *lacked)
{
    size_t length = (size_t)EVP_PKEY_get_size(pair);
    unsigned char *signature = malloc(length);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    char *result = NULL;
    if (signature && context &&
        EVP_DigestSignInit_ex(context, NULL, "SHA256", NULL, NULL, pair, NULL) == 1 &&
        EVP_DigestSign(context, signature, &length, (const unsigned char *)text,
                       strlen(text)) == 1)
        result = cx_base64url(signature, length);
    *lacked = cx_openssl_lacked_memory() || !signature;
    EVP_MD_CTX_free(context);
    cx_wipe_free(signature);
    return result;
}

cxlog_status cx_jwt_make(char **out, const cx_key *key, int64_t now_s, cxlog_error *err)
{
    *out = NULL;
    CX_SECRET text = unsigned_part(key, now_s);
    if (!text)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool lacked = false;
    CX_SECRET signature = sign(key->pair, text, &lacked);
    if (!signature && lacked)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (!signature && RAND_status() != 1) /* RSA is blinded: it draws, too */
        return cxlog_fail(err, CXLOG_ERR_BUG, "the system gives no random numbers");
    if (!signature)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "OpenSSL does not sign with this key (RSA, SHA-256): is a FIPS policy in "
            "force without its provider?");
    size_t size = strlen(text) + strlen(signature) + 2;
    char *whole = malloc(size);
    if (!whole)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (void)snprintf(whole, size, "%s.%s", text, signature);
    *out = whole;
    return CXLOG_OK;
}
