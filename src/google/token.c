#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cxlog/text.h>

#include "core/seam.h"
#include "google/api.h"
#include "google/json_text.h"
#include "google/jwt.h"
#include "net/wipe.h"

#define LEFT_S 240
#define LIFE_MAX_S 3600
#define TOKEN_TYPE "application/x-www-form-urlencoded"
#define GRANT                                                                            \
    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="

static bool token_characters(const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c <= ' ' || *c > '~')
            return false;
    }
    return text[0] != '\0';
}

static cxlog_status strange(const char *member, cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_SHEET,
                      "the token answer has no usable \"%s\": is a proxy in between?",
                      member);
}

cxlog_status cx_token_parse(char **out, int64_t *life_s, const char *body, size_t length,
                            cxlog_error *err)
{
    *out = NULL;
    json_auto_t *root = NULL;
    cxlog_status status = cx_json_read(&root, body, length, NULL, err);
    if (status != CXLOG_OK)
        return status;
    const char *token = json_string_value(json_object_get(root, "access_token"));
    const char *type = json_string_value(json_object_get(root, "token_type"));
    const json_t *life = json_object_get(root, "expires_in");
    if (!token || !token_characters(token))
        return strange("access_token", err);
    if (!type || strcasecmp(type, "Bearer") != 0)
        return strange("token_type", err);
    if (!json_is_integer(life) || json_integer_value(life) <= 0)
        return strange("expires_in", err);
    *life_s =
        json_integer_value(life) < LIFE_MAX_S ? json_integer_value(life) : LIFE_MAX_S;
    *out = strdup(token);
    return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status clock_is_off(int64_t skew_s, cxlog_error *err)
{
    long long off = skew_s < 0 ? -(long long)skew_s : (long long)skew_s;
    if (skew_s > 0)
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "this computer's clock is %lld min %lld s behind Google's, so Google refuses "
            "the sign-in: set the clock right",
            off / 60, off % 60);
    return cxlog_fail(
        err, CXLOG_ERR_PERMISSION,
        "this computer's clock is %lld min %lld s ahead of Google's, so Google refuses "
        "the sign-in: set the clock right",
        off / 60, off % 60);
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(word, *list) == 0)
            return true;
    }
    return false;
}

cxlog_status cx_token_refused(const cx_http_answer *answer, const char *email,
                              bool *passing, cxlog_error *err)
{
    static const char *const server[] = {"internal_failure", "server_error",
                                         "temporarily_unavailable", NULL};
    static const char *const client[] = {"invalid_client", "deleted_client",
                                         "disabled_client", NULL};
    char quoted[CXLOG_QUOTE_MAX];
    json_auto_t *root = NULL;
    *passing = false;
    cxlog_status status = cx_json_read(&root, answer->body, answer->length, NULL, err);
    if (status != CXLOG_OK)
        return status;
    const char *word = json_string_value(json_object_get(root, "error"));
    const char *text = json_string_value(json_object_get(root, "error_description"));
    text = text ? text : "";
    *passing = word && (is_one_of(word, server) || is_one_of(text, server));
    if (*passing || answer->status == 408 || answer->status == 429 ||
        answer->status >= 500)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "Google's sign-in has a problem (HTTP %ld): try again later, "
                          "records are safe",
                          answer->status);
    if (!word)
        return cxlog_fail(
            err, CXLOG_ERR_SHEET,
            "the sign-in answers HTTP %ld without Google's reason: is a proxy or "
            "login page in between?",
            answer->status);
    bool skewed =
        answer->skew_s != CXLOG_BLANK && (answer->skew_s > 60 || answer->skew_s < -60);
    if (strcmp(word, "invalid_grant") == 0 && skewed && strstr(text, "iat"))
        return clock_is_off(answer->skew_s, err);
    if (strcmp(word, "invalid_grant") == 0 && strstr(text, "account not found"))
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "the service account %s was deleted or disabled: make a new "
                          "one, or enable it",
                          email);
    if (strcmp(word, "invalid_grant") == 0 && strstr(text, "Signature"))
        return cxlog_fail(
            err, CXLOG_ERR_PERMISSION,
            "the key of %s was deleted or disabled at Google: make a new key file",
            email);
    if (is_one_of(word, client))
        return cxlog_fail(err, CXLOG_ERR_PERMISSION,
                          "Google has disabled the service account %s or its project",
                          email);
    return cxlog_fail(err, CXLOG_ERR_PERMISSION, "Google refuses to sign %s in: %s",
                      email, cxlog_quote(quoted, text[0] ? text : word));
}

static char *form_of(const char *assertion)
{
    size_t size = sizeof GRANT + strlen(assertion);
    char *form = malloc(size);
    if (form)
        (void)snprintf(form, size, "%s%s", GRANT, assertion);
    return form;
}

/* One try; *class says whether another may help. */
static cxlog_status fetch_once(cx_google *google, cx_http_answer *answer,
                               cx_retry_class *class, cxlog_error *err)
{
    int64_t now = cx_utc_ms() / 1000;
    CX_SECRET assertion = NULL;
    *class = CX_RETRY_NEVER;
    cxlog_status status = cx_jwt_make(&assertion, &google->key, now, err);
    if (status != CXLOG_OK)
        return status;
    CX_SECRET form = form_of(assertion);
    if (!form)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const cx_http_request request = {.kind = CX_HTTP_TOKEN,
                                     .url = google->key.token_uri,
                                     .content_type = TOKEN_TYPE,
                                     .body = form,
                                     .length = strlen(form)};
    status = cx_wire_send(google, &request, answer, err);
    if (status != CXLOG_OK) {
        *class = status == CXLOG_ERR_RETRY ? CX_RETRY_PASSING : CX_RETRY_NEVER;
        return status;
    }
    *class = cx_retry_classify(answer);
    if (*class != CX_RETRY_FINE) {
        bool passing = false;
        status = cx_token_refused(answer, google->key.email, &passing, err);
        *class = passing ? CX_RETRY_PASSING : *class;
        return status;
    }
    int64_t life = 0;
    status = cx_token_parse(&google->token, &life, answer->body, answer->length, err);
    google->token_until_s = now + life;
    return status;
}

static void forget(cx_google *google)
{
    cx_wipe_free(google->token);
    google->token = NULL;
}

cxlog_status cx_token_ready(cx_google *google, cxlog_error *err)
{
    int64_t now = cx_utc_ms() / 1000;
    if (!google->token)
        cx_token_cache_load(&google->token, &google->token_until_s, google->cache_dir,
                            &google->key);
    if (google->token && google->token_until_s - now >= LEFT_S)
        return CXLOG_OK;
    forget(google);
    cx_tries tries = {0};
    for (;;) {
        cxlog_error local = {0};
        CXLOG_AUTO_VALUE(cx_http_answer) answer = {0};
        cx_retry_class class = CX_RETRY_NEVER;
        cxlog_status status = cx_wire_ready(google, &local);
        if (status == CXLOG_OK)
            status = fetch_once(google, &answer, &class, &local);
        if (status == CXLOG_OK) {
            cx_token_cache_save(google->token, google->token_until_s, google->cache_dir,
                                &google->key);
            return CXLOG_OK;
        }
        if (!cx_wire_again(google, &tries, class, &answer)) {
            cx_keep_error(err, &local);
            return status;
        }
    }
}

bool cx_token_renew(cx_google *google)
{
    forget(google);
    cx_token_cache_drop(google->cache_dir, &google->key);
    if (google->renewed)
        return false;
    google->renewed = true;
    return true;
}
