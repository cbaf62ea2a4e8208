#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/seam.h"
#include "google/api.h"
#include "key_maker.h"
#include "net/wipe.h"

static char directory[64];
static cx_key key;

static int start(void **state)
{
    (void)state;
    cx_origin api;
    (void)snprintf(directory, sizeof directory, "%s", "/tmp/cxlog-token-XXXXXX");
    if (!mkdtemp(directory) ||
        cx_origin_parse(&api, "https://sheets.googleapis.com", "api", NULL) != CXLOG_OK)
        return -1;
    return cx_key_parse(&key, key_text(), strlen(key_text()), &api, NULL);
}

static int stop(void **state)
{
    (void)state;
    cx_key_clear(&key);
    return rmdir(directory);
}

static int64_t now_s(void)
{
    return cx_utc_ms() / 1000;
}

static void token_answers_of_wrong_shape_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "[]",
        "<html>",
        "{\"access_token\":\"t\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"t\",\"expires_in\":\"3599\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"t\",\"expires_in\":-1,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"t\",\"expires_in\":1e308,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"t\",\"expires_in\":3599,\"token_type\":\"mac\"}",
        "{\"access_token\":\"\",\"expires_in\":3599,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"SECRET\\r\\n\",\"expires_in\":9,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"SECRET\",\"access_token\":\"\",\"expires_in\":9}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CX_SECRET token = NULL;
        int64_t life = 0;
        cxlog_error err = {0};
        if (cx_token_parse(&token, &life, bad[i], strlen(bad[i]), &err) !=
                CXLOG_ERR_SHEET ||
            token)
            fail_msg("accepted %s", bad[i]);
        assert_null(strstr(err.message, "SECRET"));
    }
}

static void token_lives_an_hour_at_most(void **state)
{
    (void)state;
    static const char text[] = "{\"access_token\":\"ya29.c\",\"expires_in\":999999,"
                               "\"token_type\":\"bearer\",\"scope\":\"s\"}";
    CX_SECRET token = NULL;
    int64_t life = 0;
    assert_int_equal(cx_token_parse(&token, &life, text, strlen(text), NULL), CXLOG_OK);
    assert_int_equal(life, 3600);
    assert_string_equal(token, "ya29.c");
}

static void refusals_of_the_sign_in_name_the_mend(void **state)
{
    (void)state;
    static const struct {
        long http;
        int64_t skew;
        const char *body, *part;
        cxlog_status status;
        bool passing;
    } cases[] = {
        {400, 600,
         "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must "
         "be a "
         "short-lived token (60 minutes) and in a reasonable timeframe. Check your iat "
         "and "
         "exp values in the JWT claim.\"}",
         "10 min 0 s behind", CXLOG_ERR_PERMISSION, false},
        {400, -3725, "{\"error\":\"invalid_grant\",\"error_description\":\"check iat\"}",
         "62 min 5 s ahead", CXLOG_ERR_PERMISSION, false},
        {400, 1,
         "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}",
         "new key file", CXLOG_ERR_PERMISSION, false},
        {400, 1,
         "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid grant: account "
         "not found\"}",
         "deleted or disabled", CXLOG_ERR_PERMISSION, false},
        {401, 1, "{\"error\":\"disabled_client\"}", "has disabled", CXLOG_ERR_PERMISSION,
         false},
        {400, 1, "{\"error\":\"invalid_scope\",\"error_description\":\"\\u001b[2J\"}",
         "\\x1b", CXLOG_ERR_PERMISSION, false},
        {400, 1,
         "{\"error\":\"internal_failure\",\"error_description\":\"Backend Error\"}",
         "try again later", CXLOG_ERR_RETRY, true},
        {503, 1, "<html>", "HTTP 503", CXLOG_ERR_RETRY, false},
        {403, 1, "<html>", "proxy", CXLOG_ERR_SHEET, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_error err = {0};
        bool passing = false;
        char *body = strdup(cases[i].body);
        const cx_http_answer answer = {.fate = CX_HTTP_ANSWERED,
                                       .status = cases[i].http,
                                       .body = body,
                                       .length = strlen(body),
                                       .skew_s = cases[i].skew};
        cxlog_status status = cx_token_refused(&answer, "a@b.c", &passing, &err);
        if (status != cases[i].status || passing != cases[i].passing ||
            !strstr(err.message, cases[i].part))
            fail_msg("%s: %s", cases[i].body, err.message);
        free(body);
    }
}

static const char *cache_path(void)
{
    static char path[160];
    char pattern[96];
    glob_t found;
    (void)snprintf(pattern, sizeof pattern, "%s/token-*.json", directory);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, 1);
    (void)snprintf(path, sizeof path, "%s", found.gl_pathv[0]);
    globfree(&found);
    return path;
}

static bool cached(void)
{
    CX_SECRET token = NULL;
    int64_t until = 0;
    cx_token_cache_load(&token, &until, directory, &key);
    return token && strcmp(token, "ya29.canary") == 0;
}

static void cached_token_comes_back_and_its_file_is_private(void **state)
{
    (void)state;
    struct stat facts;
    mode_t old = umask(0);
    cx_token_cache_save("ya29.canary", now_s() + 3000, directory, &key);
    (void)umask(old);
    assert_true(cached());
    assert_int_equal(stat(cache_path(), &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
    cx_token_cache_drop(directory, &key);
    assert_false(cached());
}

static void token_of_another_key_is_not_used(void **state)
{
    (void)state;
    char *const own[] = {key.email, key.id, key.token_uri};
    char **const places[] = {&key.email, &key.id, &key.token_uri};
    static char other[] = "x@y";
    cx_token_cache_save("ya29.canary", now_s() + 3000, directory, &key);
    for (size_t i = 0; i < 3; i++) {
        *places[i] = other;
        assert_false(cached());
        *places[i] = own[i];
    }
    assert_true(cached());
    cx_token_cache_drop(directory, &key);
}

static void planted_link_is_replaced_and_its_target_untouched(void **state)
{
    (void)state;
    char path[160], target[160];
    cx_token_cache_save("ya29.canary", now_s() + 3000, directory, &key);
    (void)snprintf(path, sizeof path, "%s", cache_path());
    (void)snprintf(target, sizeof target, "%s/target", directory);
    assert_int_equal(rename(path, target), 0);
    assert_int_equal(symlink(target, path), 0);
    assert_false(cached());
    cx_token_cache_save("ya29.canary", now_s() + 2000, directory, &key);
    assert_true(cached());
    struct stat facts;
    assert_int_equal(lstat(path, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_int_equal(unlink(target), 0);
    cx_token_cache_drop(directory, &key);
}

static void damaged_or_open_cache_is_ignored(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "{",
        "garbage",
        "{\"access_token\":7,\"until\":1}",
        "{\"access_token\":\"ya29.canary\",\"until\":\"9\"}",
        "{\"access_token\":\"ya29.canary\",\"until\":99999999999}"};
    cx_token_cache_save("ya29.canary", now_s() + 3000, directory, &key);
    char path[160];
    (void)snprintf(path, sizeof path, "%s", cache_path());
    assert_int_equal(chmod(path, 0644), 0);
    assert_false(cached());
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(chmod(path, 0600), 0);
        FILE *file = fopen(path, "w");
        assert_true(file && fputs(bad[i], file) >= 0 && fclose(file) == 0);
        if (cached())
            fail_msg("used %s", bad[i]);
    }
    cx_token_cache_drop(directory, &key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(token_answers_of_wrong_shape_are_refused),
        cmocka_unit_test(token_lives_an_hour_at_most),
        cmocka_unit_test(refusals_of_the_sign_in_name_the_mend),
        cmocka_unit_test(cached_token_comes_back_and_its_file_is_private),
        cmocka_unit_test(token_of_another_key_is_not_used),
        cmocka_unit_test(planted_link_is_replaced_and_its_target_untouched),
        cmocka_unit_test(damaged_or_open_cache_is_ignored),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
