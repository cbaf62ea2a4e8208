/* Service-account key files. */
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "oauth.h"

static char *private_pem(EVP_PKEY *key)
{
    BIO *out = BIO_new(BIO_s_mem());
    char *text = NULL;
    if (out && PEM_write_bio_PKCS8PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1) {
        char *data;
        long length = BIO_get_mem_data(out, &data);
        text = mem_new((size_t)length + 1, 1);
        memcpy(text, data, (size_t)length);
    }
    BIO_free(out);
    return text;
}

static bool write_file(const char *path, const json_t *value)
{
    size_t length;
    char *text = js_dump(value, true, &length);
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    bool ok = fd >= 0 && write(fd, text, length) == (ssize_t)length;
    if (fd >= 0 && close(fd) != 0)
        ok = false;
    free(text);
    return ok;
}

bool oauth_add_account(emu *e, const char *path)
{
    account *who = mem_new(1, sizeof *who);
    int number = e->account_count + 1;
    who->email = number == 1
                     ? mem_text("cxlog@emulated.iam.gserviceaccount.com")
                     : mem_format("cxlog%d@emulated.iam.gserviceaccount.com", number);
    who->key_id = mem_format("%040x", number);
    who->key = EVP_RSA_gen(2048);
    e->accounts = mem_resize(e->accounts, (size_t)number, sizeof *e->accounts);
    e->accounts[e->account_count++] = who;
    char *pem = who->key ? private_pem(who->key) : NULL;
    if (!pem)
        return false;
    char *token_uri = mem_format("%s/token", e->base_url);
    char *auth_uri = mem_format("%s/o/oauth2/auth", e->base_url);
    char *certs = mem_format("%s/oauth2/v1/certs", e->base_url);
    json_t *key =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "type",
                  "service_account", "project_id", "emulated", "private_key_id",
                  who->key_id, "private_key", pem, "client_email", who->email,
                  "client_id", "100000000000000000001", "auth_uri", auth_uri, "token_uri",
                  token_uri, "auth_provider_x509_cert_url", certs, "client_x509_cert_url",
                  certs, "universe_domain", "googleapis.com");
    bool ok = write_file(path, key);
    json_decref(key);
    free(certs);
    free(auth_uri);
    free(token_uri);
    free(pem);
    return ok;
}
