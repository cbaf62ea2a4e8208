#include "google/key.h"

#include <openssl/pem.h>
#include <string.h>

#include <cxlog/text.h>

#include "google/json_text.h"
#include "google/openssl_memory.h"
#include "net/wipe.h"

#define BITS_MIN 2048
#define BITS_MAX 8192
#define BOM "\xef\xbb\xbf"

void cx_key_clear(cx_key *key)
{
    free(key->email);
    free(key->id);
    free(key->token_uri);
    EVP_PKEY_free(key->pair);
    memset(key, 0, sizeof *key);
}

static int no_password(char *buffer, int size, int writing, void *place)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)place;
    return -1; /* OpenSSL's own function would ask on the terminal */
}

static void release_bio(BIO **bio)
{
    BIO_free(*bio);
}

static EVP_PKEY *read_pair(const char *pem, bool *lacked)
{
    __attribute__((cleanup(release_bio))) BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *pair = bio ? PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL) : NULL;
    *lacked = cx_openssl_lacked_memory();
    return pair;
}

static cxlog_status unreadable_pair(const char *pem, cxlog_error *err)
{
    if (strstr(pem, "\\n"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "private_key of the key file holds \\n where line ends should be: it was "
            "escaped twice; download the key again");
    if (strstr(pem, "ENCRYPTED"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "private_key of the key file is encrypted with a pass phrase: Google's "
            "keys are not; download the key again");
    if (strstr(pem, "BEGIN PUBLIC KEY") || strstr(pem, "BEGIN RSA PUBLIC KEY") ||
        strstr(pem, "BEGIN CERTIFICATE"))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "private_key of the key file is a public key or certificate");
    return cxlog_fail(
        err, CXLOG_ERR_CONFIG,
        "private_key of the key file is not a private key in PEM form (cut off?)");
}

static cxlog_status take_pair(cx_key *key, const char *pem, cxlog_error *err)
{
    if (!pem)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "the key file has no \"private_key\"");
    bool lacked = false;
    key->pair = read_pair(pem, &lacked);
    if (!key->pair && lacked)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (!key->pair)
        return unreadable_pair(pem, err);
    /* The first asks a provider, which may lack memory for the answer. */
    if (!EVP_PKEY_is_a(key->pair, "RSA") &&
        EVP_PKEY_get_base_id(key->pair) != EVP_PKEY_RSA)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "private_key of the key file is no RSA key: Google signs in with RSA only");
    int bits = EVP_PKEY_get_bits(key->pair);
    if (bits < BITS_MIN || bits > BITS_MAX)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "private_key of the key file has %d bits: %d to %d are taken",
                          bits, BITS_MIN, BITS_MAX);
    return CXLOG_OK;
}

static cxlog_status check_type(const json_t *root, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    if (json_object_get(root, "installed") || json_object_get(root, "web"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "the key file is an OAuth client (\"installed\" or \"web\"): make a key of a "
            "service account instead");
    const char *type = json_string_value(json_object_get(root, "type"));
    if (!type)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the key file has no \"type\": it is no service-account key");
    if (strcmp(type, "service_account") != 0)
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "the key file is of type %s: a key of type \"service_account\" is needed",
            cxlog_quote(quoted, type));
    return CXLOG_OK;
}

static bool printable(const char *text, size_t max)
{
    size_t length = strlen(text);
    if (length > max)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~' || text[i] == '"' || text[i] == '\\')
            return false;
    }
    return true;
}

static cxlog_status take_names(cx_key *key, const json_t *root, cxlog_error *err)
{
    const char *email = json_string_value(json_object_get(root, "client_email"));
    const char *id = json_string_value(json_object_get(root, "private_key_id"));
    if (!email || !printable(email, 254) || !strchr(email, '@'))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the key file has no usable \"client_email\"");
    if (id && !printable(id, 200))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "\"private_key_id\" of the key file is damaged");
    key->email = strdup(email);
    key->id = strdup(id ? id : "");
    if (!key->email || !key->id)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    return CXLOG_OK;
}

/* A signed assertion is as good as a password: it goes to Google, or to the emulator that
 * is used as a whole. */
static cxlog_status take_token_uri(cx_key *key, const json_t *root, const cx_origin *api,
                                   cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    const char *uri = json_string_value(json_object_get(root, "token_uri"));
    if (!uri)
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "the key file has no \"token_uri\"");
    if (strcmp(uri, CX_GOOGLE_TOKEN_URI) != 0) {
        cx_origin origin;
        cxlog_error ignored = {0};
        cxlog_status parsed = cx_origin_parse(&origin, uri, "token_uri", &ignored);
        if (parsed == CXLOG_ERR_NOMEM)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        if (!api->loopback || parsed != CXLOG_OK || strcmp(origin.text, api->text) != 0)
            return cxlog_fail(err, CXLOG_ERR_CONFIG,
                              "\"token_uri\" of the key file is %s: only %s is trusted",
                              cxlog_quote(quoted, uri), CX_GOOGLE_TOKEN_URI);
    }
    key->token_uri = strdup(uri);
    return key->token_uri ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cx_key_parse(cx_key *out, const char *text, size_t length,
                          const cx_origin *api, cxlog_error *err)
{
    memset(out, 0, sizeof *out);
    if (length >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
        text += strlen(BOM);
        length -= strlen(BOM);
    }
    int line = 0;
    json_auto_t *root = NULL;
    cxlog_status status = cx_json_read(&root, text, length, &line, err);
    if (status != CXLOG_OK)
        return status;
    if (!json_is_object(root)) /* jansson's own text would quote the file */
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "the key file is not the JSON file that Google made (line %d)",
                          line);
    CXLOG_AUTO_VALUE(cx_key) key = {0};
    const char *pem = json_string_value(json_object_get(root, "private_key"));
    status = check_type(root, err);
    if (status == CXLOG_OK)
        status = take_names(&key, root, err);
    if (status == CXLOG_OK)
        status = take_token_uri(&key, root, api, err);
    if (status == CXLOG_OK)
        status = take_pair(&key, pem, err);
    if (status == CXLOG_OK) {
        *out = key;
        key = (cx_key){0};
    }
    return status;
}

cxlog_status cx_key_load(cx_key *out, const char *path, const cx_origin *api,
                         cxlog_error *err)
{
    memset(out, 0, sizeof *out);
    CX_SECRET text = NULL;
    size_t length = 0;
    cxlog_status status = cx_key_file(&text, &length, path, err);
    if (status != CXLOG_OK)
        return status;
    return cx_key_parse(out, text, length, api, err);
}
