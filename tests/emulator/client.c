#include "client.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "json.h"

static const char *const key_files[] = {"key.json", "key2.json"};

static pid_t child;
static char folder[64];
static json_t *key;
static char *base;
static char *bearer;
static CURL *curl;

static char *in_folder(const char *name)
{
    return mem_format("%s/%s", folder, name);
}

static size_t keep(char *data, size_t size, size_t count, void *out)
{
    buf_add(out, data, size * count);
    return size * count;
}

static buf fetch(const char *method, const char *path, const char *body, size_t length,
                 const char *type, long *status)
{
    buf out = {0};
    char *url = mem_format("%s%s", base, path);
    struct curl_slist *headers = curl_slist_append(NULL, type);
    headers = curl_slist_append(headers, "Expect:");
    if (bearer)
        headers = curl_slist_append(headers, bearer);
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &out);
    if (body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    }
    *status = 0;
    CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_slist_free_all(headers);
    free(url);
    if (!out.data)
        buf_text(&out, "");
    return out;
}

static json_t *as_json(buf *bytes)
{
    json_t *value = json_loadb(bytes->data, bytes->length, 0, NULL);
    if (!value)
        value = json_string(bytes->data);
    buf_clear(bytes);
    return value;
}

json_t *client_call(const char *method, const char *path, json_t *body, long *status)
{
    size_t length = 0;
    char *text = body ? js_dump(body, false, &length) : NULL;
    json_decref(body);
    buf out = fetch(method, path, text, length, "Content-Type: application/json", status);
    free(text);
    if (*status != 0)
        return as_json(&out);
    buf_clear(&out);
    return NULL;
}

char *client_bytes(const char *path)
{
    long status;
    buf out = fetch("GET", path, NULL, 0, "Accept: */*", &status);
    assert_int_equal(status, 200);
    return out.data;
}

json_t *client_control(const char *method, const char *path, json_t *body)
{
    long status;
    json_t *answer = client_call(method, path, body, &status);
    if (status != 200)
        fail_msg("%s %s: %ld %s", method, path, status, js_text(answer, "error", ""));
    return answer;
}

char *client_control_refused(const char *path, const char *body)
{
    long status;
    json_t *answer = client_call("POST", path, json_loads(body, 0, NULL), &status);
    if (status != 400)
        fail_msg("%s %s: %ld", path, body, status);
    char *text = mem_text(js_text(answer, "error", ""));
    json_decref(answer);
    return text;
}

static char *base64url(const unsigned char *bytes, size_t length)
{
    char *text = mem_new(length * 4 / 3 + 8, 1);
    EVP_EncodeBlock((unsigned char *)text, bytes, (int)length);
    text[strcspn(text, "=")] = '\0';
    for (char *p = text; *p; p++)
        *p = *p == '+' ? '-' : *p == '/' ? '_' : *p;
    return text;
}

static char *encode_json(json_t *value)
{
    size_t length;
    char *text = js_dump(value, false, &length);
    json_decref(value);
    char *coded = base64url((unsigned char *)text, length - 1);
    free(text);
    return coded;
}

static char *sign(const char *text)
{
    const char *pem = js_text(key, "private_key", "");
    BIO *in = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *private_key = PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
    BIO_free(in);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char bytes[512];
    size_t length = sizeof bytes;
    assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, private_key),
                     1);
    assert_int_equal(EVP_DigestSign(context, bytes, &length, (const unsigned char *)text,
                                    strlen(text)),
                     1);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(private_key);
    return base64url(bytes, length);
}

json_t *client_claims(void)
{
    json_int_t now = (json_int_t)time(NULL);
    return json_pack("{s:s, s:s, s:s, s:I, s:I}", "iss", js_text(key, "client_email", ""),
                     "scope", "https://www.googleapis.com/auth/spreadsheets", "aud",
                     js_text(key, "token_uri", ""), "iat", now, "exp", now + 3600);
}

json_t *client_token(json_t *claims, long *status)
{
    char *header = encode_json(json_pack("{s:s, s:s, s:s}", "alg", "RS256", "typ", "JWT",
                                         "kid", js_text(key, "private_key_id", "")));
    char *middle = encode_json(claims);
    char *both = mem_format("%s.%s", header, middle);
    char *signature = sign(both);
    char *form = mem_format("grant_type=urn%%3Aietf%%3Aparams%%3Aoauth%%3Agrant-type"
                            "%%3Ajwt-bearer&assertion=%s.%s",
                            both, signature);
    buf out = fetch("POST", "/token", form, strlen(form),
                    "Content-Type: application/x-www-form-urlencoded", status);
    free(form);
    free(signature);
    free(both);
    free(middle);
    free(header);
    return as_json(&out);
}

static void wait_ready(const char *path)
{
    json_t *ready = NULL;
    for (int i = 0; i < 1000 && !ready; i++) {
        ready = json_load_file(path, 0, NULL);
        if (!ready)
            nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    if (!ready)
        fail_msg("the emulator was not ready within 10 s");
    base = mem_text(js_text(ready, "url", ""));
    json_decref(ready);
}

/* A failed test leaves by longjmp, past client_stop(). */
static void kill_child(void)
{
    if (child > 0)
        kill(child, SIGKILL);
}

void client_be(int account)
{
    char *path = in_folder(key_files[account]);
    json_decref(key);
    key = json_load_file(path, 0, NULL);
    free(path);
    assert_non_null(key);
    free(bearer);
    bearer = NULL;
    long status;
    json_t *answer = client_token(client_claims(), &status);
    assert_int_equal(status, 200);
    bearer = mem_format("Authorization: Bearer %s", js_text(answer, "access_token", ""));
    json_decref(answer);
}

void client_start(const char *option, const char *value)
{
    const char *program = getenv("CXLOG_EMULATOR");
    strcpy(folder, "/tmp/cxlog-emulator-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char *ready = in_folder("ready.json");
    char *first = in_folder(key_files[0]);
    char *second = in_folder(key_files[1]);
    atexit(kill_child);
    child = fork();
    if (child == 0) {
        execl(program ? program : EMULATOR_PATH, "cxlog-emulator", "--ready-file", ready,
              "--key-out", first, "--key-out", second, "--sheet", "S1", "--locale",
              "en_US", option, value, (char *)NULL);
        _exit(127);
    }
    wait_ready(ready);
    free(ready);
    free(first);
    free(second);
    curl = curl_easy_init();
    client_be(0);
}

void client_stop(void)
{
    const char *const files[] = {"ready.json", key_files[0], key_files[1]};
    int status = 0;
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    child = 0;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *path = in_folder(files[i]);
        unlink(path);
        free(path);
    }
    rmdir(folder);
    curl_easy_cleanup(curl);
    json_decref(key);
    key = NULL;
    free(base);
    free(bearer);
    bearer = NULL;
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int client_before(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    return 0;
}

int client_after(void **state)
{
    (void)state;
    client_stop();
    return 0;
}

static json_t *batch_body(const char *requests)
{
    json_error_t where;
    json_t *list = json_loads(requests, 0, &where);
    if (!list)
        fail_msg("the test's own JSON: %s", where.text);
    return json_pack("{s:o}", "requests", list);
}

json_t *client_batch(const char *requests)
{
    long status;
    json_t *answer = client_call("POST", "/v4/spreadsheets/S1:batchUpdate",
                                 batch_body(requests), &status);
    if (status != 200)
        fail_msg("%s: %ld %s", requests, status,
                 js_text(json_object_get(answer, "error"), "message", ""));
    return answer;
}

char *client_refused(const char *requests, long status)
{
    long got;
    json_t *answer = client_call("POST", "/v4/spreadsheets/S1:batchUpdate",
                                 batch_body(requests), &got);
    if (got != status)
        fail_msg("%s: %ld, not %ld", requests, got, status);
    char *text = mem_text(js_text(json_object_get(answer, "error"), "message", ""));
    json_decref(answer);
    return text;
}
