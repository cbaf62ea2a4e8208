/* TLS as it must be: verified, with google.ca added, and nothing sent to a server that is
 * not to be trusted. */
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "wire_remote.h"

static char directory[64], cert_path[96], key_path[96];

static void add_extension(X509 *cert, int id, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, id, value);
    assert_non_null(extension);
    assert_int_equal(X509_add_ext(cert, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

/* A certificate that vouches for itself, for the address 127.0.0.1. */
static void make_certificate(void)
{
    EVP_PKEY *pair = EVP_RSA_gen(2048);
    X509 *cert = X509_new();
    assert_true(pair && cert);
    X509_NAME *name = X509_get_subject_name(cert);
    (void)X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                     (const unsigned char *)"test", -1, -1, 0);
    (void)X509_set_version(cert, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    (void)X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
    (void)X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    (void)X509_set_issuer_name(cert, name);
    (void)X509_set_pubkey(cert, pair);
    add_extension(cert, NID_subject_alt_name, "IP:127.0.0.1");
    assert_true(X509_sign(cert, pair, EVP_sha256()) > 0);
    FILE *cert_file = fopen(cert_path, "w");
    FILE *key_file = fopen(key_path, "w");
    assert_true(cert_file && key_file && PEM_write_X509(cert_file, cert) == 1);
    assert_int_equal(PEM_write_PrivateKey(key_file, pair, NULL, NULL, 0, NULL, NULL), 1);
    assert_int_equal(fclose(cert_file), 0);
    assert_int_equal(fclose(key_file), 0);
    X509_free(cert);
    EVP_PKEY_free(pair);
}

static int start(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof directory, "%s", "/tmp/cxlog-tls-XXXXXX");
    if (!mkdtemp(directory))
        return -1;
    (void)snprintf(cert_path, sizeof cert_path, "%s/cert.pem", directory);
    (void)snprintf(key_path, sizeof key_path, "%s/key.pem", directory);
    make_certificate();
    emulator_start(&wire_child, CXLOG_EMULATOR, cert_path, key_path);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    emulator_stop(&wire_child);
    (void)unlink(cert_path);
    (void)unlink(key_path);
    return rmdir(directory);
}

static cxlog_status describe(const char *api, const char *ca, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_remote) *remote = NULL;
    CXLOG_AUTO(cxlog_book) *book = NULL;
    const cxlog_google_options options = {.sheet_id = EMULATOR_SHEET,
                                          .key_path = wire_child.key,
                                          .api = api,
                                          .ca = ca,
                                          .backoff_ms = 1};
    cxlog_status status = cxlog_google_open(&remote, &options, err);
    return status == CXLOG_OK ? remote->ops->describe(remote, &book, err) : status;
}

static void server_of_the_extra_ca_is_trusted(void **state)
{
    (void)state;
    cxlog_error err = {0};
    if (describe(wire_child.url, cert_path, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static void unknown_certificate_gets_no_request(void **state)
{
    (void)state;
    cxlog_error err = {0};
    emulator_tell(&wire_child, "requests/reset", "{}");
    assert_int_equal(describe(wire_child.url, NULL, &err), CXLOG_ERR_SHEET);
    assert_non_null(strstr(err.message, "google.ca"));
    assert_int_equal(emulator_count(&wire_child, "token"), 0);
}

static void unreadable_ca_file_is_a_matter_of_configuration(void **state)
{
    (void)state;
    cxlog_error err = {0};
    assert_int_equal(describe(wire_child.url, "/nonexistent/ca.pem", &err),
                     CXLOG_ERR_CONFIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(server_of_the_extra_ca_is_trusted),
        cmocka_unit_test(unknown_certificate_gets_no_request),
        cmocka_unit_test(unreadable_ca_file_is_a_matter_of_configuration),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
