#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "google/jwt.h"
#include "google/key.h"
#include "key_maker.h"
#include "net/wipe.h"

static char directory[64];
static cx_origin google_api, local_api;

static int start(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof directory, "%s", "/tmp/cxlog-key-XXXXXX");
    if (!mkdtemp(directory))
        return -1;
    return cx_origin_parse(&google_api, "https://sheets.googleapis.com", "api", NULL) ||
           cx_origin_parse(&local_api, "http://127.0.0.1:8080", "api", NULL);
}

static int stop(void **state)
{
    (void)state;
    return rmdir(directory);
}

static const char *put_file(const char *text, mode_t mode)
{
    static char path[96];
    (void)snprintf(path, sizeof path, "%s/key.json", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static cxlog_status load(const char *path, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_key) key = {0};
    return cx_key_load(&key, path, &google_api, err);
}

/* Never a byte of the key in a sentence. */
static void expect(cxlog_status got, cxlog_status status, const char *part,
                   const cxlog_error *err)
{
    if (got != status || !strstr(err->message, part))
        fail_msg("%s (expected %s, \"%s\"): %s", cxlog_status_name(got),
                 cxlog_status_name(status), part, err->message);
    if (strstr(err->message, "BEGIN") || strstr(err->message, "MII"))
        fail_msg("a sentence holds the key: %s", err->message);
}

static void good_key_file_is_taken(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cx_key) key = {0};
    cxlog_error err = {0};
    const char *path = put_file(key_text(), 0600);
    if (cx_key_load(&key, path, &google_api, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    assert_string_equal(key.email, "cxlog@cx-log.iam.gserviceaccount.com");
    assert_string_equal(key.id, "0123456789abcdef");
    assert_int_equal(unlink(path), 0);
}

static void key_file_others_may_read_is_refused_with_the_chmod(void **state)
{
    (void)state;
    static const mode_t modes[] = {0640, 0604, 0660, 0777};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        cxlog_error err = {0};
        const char *path = put_file(key_text(), modes[i]);
        expect(load(path, &err), CXLOG_ERR_PERMISSION, "chmod 600", &err);
        assert_int_equal(unlink(path), 0);
    }
}

static void directory_open_to_all_is_refused(void **state)
{
    (void)state;
    cxlog_error err = {0};
    const char *path = put_file(key_text(), 0600);
    assert_int_equal(chmod(directory, 0777), 0);
    expect(load(path, &err), CXLOG_ERR_PERMISSION, "directory", &err);
    assert_int_equal(chmod(directory, 0700), 0);
    assert_int_equal(unlink(path), 0);
}

static void what_is_no_plain_file_is_refused_at_once(void **state)
{
    (void)state;
    char path[96];
    (void)snprintf(path, sizeof path, "%s/fifo", directory);
    assert_int_equal(mkfifo(path, 0600), 0);
    cxlog_error fifo = {0};
    expect(load(path, &fifo), CXLOG_ERR_CONFIG, "not a file", &fifo);
    assert_int_equal(unlink(path), 0);
    cxlog_error folder = {0};
    expect(load(directory, &folder), CXLOG_ERR_CONFIG, "not a file", &folder);
    cxlog_error missing = {0};
    expect(load(path, &missing), CXLOG_ERR_NOINPUT, "no key file", &missing);
    cxlog_error empty = {0};
    expect(load(put_file("", 0600), &empty), CXLOG_ERR_CONFIG, "0 bytes", &empty);
    char *large = calloc(CX_KEY_FILE_MAX + 2, 1);
    assert_non_null(large);
    memset(large, ' ', CX_KEY_FILE_MAX + 1);
    cxlog_error err = {0};
    const char *file = put_file(large, 0600);
    expect(load(file, &err), CXLOG_ERR_CONFIG, "65537 bytes", &err);
    free(large);
    assert_int_equal(unlink(file), 0);
}

static cxlog_status parse(const char *text, const cx_origin *api, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_key) key = {0};
    return cx_key_parse(&key, text, strlen(text), api, err);
}

static void other_json_is_named_for_what_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"{\"installed\":{\"client_id\":\"x\"}}", "OAuth client"},
        {"{\"web\":{}}", "OAuth client"},
        {"{\"type\":\"authorized_user\"}", "authorized_user"},
        {"{\"type\":\"external_account\",\"credential_source\":{\"executable\":{}}}",
         "external_account"},
        {"{\"type\":\"\\u001b[31m\"}", "\\x1b"},
        {"{}", "no \"type\""},
        {"[]", "not the JSON file"},
        {"{\"type\":\"service_account\",\"type\":\"service_account\"}",
         "not the JSON file"},
        {"{\"type\":\"service_account\",\"private_key\":\"-----BEGIN MIISECRET",
         "not the JSON file"},
        {"{\"type\":\"service_account\"}", "client_email"},
        {"{\"type\":\"service_account\",\"client_email\":\"a@b\"}", "token_uri"},
        {"{\"type\":\"service_account\",\"client_email\":\"a@b\",\"token_uri\":"
         "\"" CX_GOOGLE_TOKEN_URI "\"}",
         "private_key"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_error err = {0};
        expect(parse(cases[i].text, &google_api, &err), CXLOG_ERR_CONFIG, cases[i].part,
               &err);
    }
}

/* key_object() with one member changed, as text. free(). */
static char *changed(const char *pem, const char *name, const char *value)
{
    json_t *object = key_object(pem);
    assert_int_equal(json_object_set_new(object, name, json_string(value)), 0);
    char *text = json_dumps(object, 0);
    assert_non_null(text);
    json_decref(object);
    return text;
}

static void refuse_pem(const char *pem, const char *part)
{
    cxlog_error err = {0};
    CXLOG_AUTO_TEXT text = changed(pem, "private_key", pem);
    expect(parse(text, &google_api, &err), CXLOG_ERR_CONFIG, part, &err);
}

static void unfit_private_keys_are_refused_with_the_reason(void **state)
{
    (void)state;
    EVP_PKEY *curve = EVP_EC_gen("P-256");
    EVP_PKEY *small = EVP_RSA_gen(1024);
    CXLOG_AUTO_TEXT curve_pem = key_pem(curve, NULL);
    CXLOG_AUTO_TEXT small_pem = key_pem(small, NULL);
    CXLOG_AUTO_TEXT locked_pem = key_pem(key_pair(), "pass");
    CXLOG_AUTO_TEXT public_pem = key_public_pem(key_pair());
    EVP_PKEY_free(curve);
    EVP_PKEY_free(small);
    refuse_pem(curve_pem, "no RSA key");
    refuse_pem(small_pem, "1024 bits");
    refuse_pem(locked_pem, "pass phrase");
    refuse_pem(public_pem, "public key");
    refuse_pem("-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n",
               "escaped twice");
    refuse_pem("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
               "not a private key");
    refuse_pem("", "not a private key");
}

static void line_ends_and_a_byte_order_mark_do_not_matter(void **state)
{
    (void)state;
    CXLOG_AUTO_TEXT pem = key_pem(key_pair(), NULL);
    CXLOG_AUTO_TEXT windows = calloc(2 * strlen(pem) + 1, 1);
    char *to = windows;
    for (const char *from = pem; *from; from++) {
        if (*from == '\n')
            *to++ = '\r';
        *to++ = *from;
    }
    CXLOG_AUTO_TEXT text = changed(pem, "private_key", windows);
    cxlog_error err = {0};
    assert_int_equal(parse(text, &google_api, &err), CXLOG_OK);
    pem[strlen(pem) - 1] = '\0';
    CXLOG_AUTO_TEXT unended = changed(pem, "private_key", pem);
    assert_int_equal(parse(unended, &google_api, &err), CXLOG_OK);
    CXLOG_AUTO_TEXT marked = calloc(strlen(text) + 4, 1);
    (void)snprintf(marked, strlen(text) + 4, "\xef\xbb\xbf%s", text);
    assert_int_equal(parse(marked, &google_api, &err), CXLOG_OK);
}

static void assertion_goes_only_to_google_or_to_the_loopback_api(void **state)
{
    (void)state;
    static const struct {
        const char *uri;
        bool local, good;
    } cases[] = {
        {"https://oauth2.googleapis.com/token", false, true},
        {"https://oauth2.googleapis.com/token", true, true},
        {"http://127.0.0.1:8080/token", true, true},
        {"http://127.0.0.1:8080/token", false, false},
        {"http://127.0.0.1:8081/token", true, false},
        {"http://localhost:8080/token", true, false},
        {"https://oauth2.googleapis.com.evil.example/token", false, false},
        {"https://oauth2.googleapis.com/token?x", false, false},
        {"http://oauth2.googleapis.com/token", false, false},
        {"https://sheets.googleapis.com/token", false, false},
        {"http://user@127.0.0.1:8080/token", true, false},
        {"file:///etc/passwd", true, false},
    };
    CXLOG_AUTO_TEXT pem = key_pem(key_pair(), NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_error err = {0};
        CXLOG_AUTO_TEXT text = changed(pem, "token_uri", cases[i].uri);
        cxlog_status status =
            parse(text, cases[i].local ? &local_api : &google_api, &err);
        if ((status == CXLOG_OK) != cases[i].good)
            fail_msg("%s: %s", cases[i].uri, err.message);
    }
}

static unsigned char *decoded(const char *from, size_t length, size_t *size)
{
    char *padded = calloc(length + 5, 1);
    unsigned char *data = calloc(length + 5, 1);
    assert_non_null(padded);
    assert_non_null(data);
    size_t n = 0;
    for (; n < length; n++)
        padded[n] = (char)(from[n] == '-' ? '+' : from[n] == '_' ? '/' : from[n]);
    while (n % 4 != 0)
        padded[n++] = '=';
    int got = EVP_DecodeBlock(data, (const unsigned char *)padded, (int)n);
    assert_true(got >= 0);
    *size = (size_t)got - (n - length);
    free(padded);
    return data;
}

static void assertion_is_signed_by_the_key_and_lives_an_hour(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cx_key) key = {0};
    CX_SECRET text = NULL;
    size_t size = 0;
    assert_int_equal(
        cx_key_parse(&key, key_text(), strlen(key_text()), &google_api, NULL), CXLOG_OK);
    assert_int_equal(cx_jwt_make(&text, &key, 1800000000, NULL), CXLOG_OK);
    char *first = strchr(text, '.');
    char *second = strrchr(text, '.');
    assert_true(first && second && first < second);
    unsigned char *signature = decoded(second + 1, strlen(second + 1), &size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key_pair()),
                     1);
    assert_int_equal(EVP_DigestVerify(context, signature, size, (unsigned char *)text,
                                      (size_t)(second - text)),
                     1);
    EVP_MD_CTX_free(context);
    free(signature);
    unsigned char *claims = decoded(first + 1, (size_t)(second - first - 1), &size);
    json_t *root = json_loadb((const char *)claims, size, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(root, "iat")), 1800000000 - 30);
    assert_int_equal(json_integer_value(json_object_get(root, "exp")),
                     1800000000 - 30 + 3600);
    assert_string_equal(json_string_value(json_object_get(root, "aud")),
                        CX_GOOGLE_TOKEN_URI);
    json_decref(root);
    free(claims);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_key_file_is_taken),
        cmocka_unit_test(key_file_others_may_read_is_refused_with_the_chmod),
        cmocka_unit_test(directory_open_to_all_is_refused),
        cmocka_unit_test(what_is_no_plain_file_is_refused_at_once),
        cmocka_unit_test(other_json_is_named_for_what_it_is),
        cmocka_unit_test(unfit_private_keys_are_refused_with_the_reason),
        cmocka_unit_test(line_ends_and_a_byte_order_mark_do_not_matter),
        cmocka_unit_test(assertion_goes_only_to_google_or_to_the_loopback_api),
        cmocka_unit_test(assertion_is_signed_by_the_key_and_lives_an_hour),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
