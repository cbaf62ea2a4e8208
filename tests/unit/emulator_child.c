#include "emulator_child.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/seam.h"

#define START_MS 20000

static void path_in(char *out, size_t size, const emulator *child, const char *name)
{
    assert_true(snprintf(out, size, "%s/%s", child->directory, name) < (int)size);
}

static void wait_ready(emulator *child, const char *ready)
{
    for (int64_t end = cx_mono_ms() + START_MS; access(ready, R_OK) != 0;) {
        if (cx_mono_ms() > end)
            fail_msg("the emulator does not start");
        cx_sleep_ms(5);
    }
    json_t *root = json_load_file(ready, 0, NULL);
    const char *url = json_string_value(json_object_get(root, "url"));
    assert_non_null(url);
    assert_true(snprintf(child->url, sizeof child->url, "%s", url) <
                (int)sizeof child->url);
    json_decref(root);
}

static void add(char **words, size_t *count, const char *word)
{
    assert_non_null(word);
    words[*count] = strdup(word);
    assert_non_null(words[*count]);
    (*count)++;
}

static void spawn(emulator *child, const char *program, const char *const *given)
{
    char *words[16] = {NULL};
    char *no_environment[] = {NULL};
    size_t count = 0;
    do
        add(words, &count, given[count]);
    while (given[count]);
    assert_int_equal(posix_spawn(&child->pid, program, NULL, NULL, words, no_environment),
                     0);
    for (size_t i = 0; i < count; i++)
        free(words[i]);
}

void emulator_start(emulator *child, const char *program, const char *cert,
                    const char *cert_key)
{
    char ready[96];
    memset(child, 0, sizeof *child);
    (void)snprintf(child->directory, sizeof child->directory, "%s",
                   "/tmp/cxlog-wire-XXXXXX");
    assert_non_null(mkdtemp(child->directory));
    path_in(ready, sizeof ready, child, "ready");
    path_in(child->key, sizeof child->key, child, "key.json");
    const char *const words[] = {program,
                                 "--port",
                                 "0",
                                 "--ready-file",
                                 ready,
                                 "--key-out",
                                 child->key,
                                 "--sheet",
                                 EMULATOR_SHEET,
                                 cert ? "--tls-cert" : NULL,
                                 cert,
                                 "--tls-key",
                                 cert_key,
                                 NULL};
    spawn(child, program, words);
    wait_ready(child, ready);
    const cx_http_options options = {.ca = cert, .until_ms = INT64_MAX / 2};
    assert_int_equal(cx_http_open(&child->http, &options, NULL), CXLOG_OK);
}

static void remove_folder(const char *folder)
{
    char path[512];
    DIR *open_folder = opendir(folder);
    if (!open_folder)
        return;
    for (const struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)unlink(path); /* "." and ".." stay */
    }
    (void)closedir(open_folder);
    (void)rmdir(folder);
}

void emulator_stop(emulator *child)
{
    int how = 0;
    char cache[96];
    cx_http_close(child->http);
    (void)kill(child->pid, SIGTERM);
    (void)waitpid(child->pid, &how, 0);
    path_in(cache, sizeof cache, child, "cache");
    remove_folder(cache);
    remove_folder(child->directory);
}

json_t *emulator_ask(emulator *child, const char *path, const char *body)
{
    char url[256];
    assert_true(snprintf(url, sizeof url, "%s/_emu/%s", child->url, path) <
                (int)sizeof url);
    const cx_http_request request = {.kind = CX_HTTP_READ,
                                     .url = url,
                                     .content_type = "application/json",
                                     .body = body,
                                     .length = body ? strlen(body) : 0};
    cx_http_answer answer;
    cxlog_error err = {0};
    if (cx_http_send(child->http, &request, &answer, &err) != CXLOG_OK)
        fail_msg("%s: %s", path, err.message);
    json_t *root = json_loadb(answer.body, answer.length, 0, NULL);
    if (answer.status != 200 || !root)
        fail_msg("%s %s: HTTP %ld %s", path, body ? body : "", answer.status,
                 answer.body);
    cx_http_answer_clear(&answer);
    return root;
}

void emulator_tell(emulator *child, const char *path, const char *body)
{
    json_decref(emulator_ask(child, path, body));
}

json_t *emulator_rows(emulator *child, const char *title)
{
    char path[256];
    int used = snprintf(path, sizeof path, "sheet?id=%s&tab=", EMULATOR_SHEET);
    for (const char *c = title; *c && (size_t)used + 4 < sizeof path; c++)
        used += snprintf(path + used, 4, "%%%02X", (unsigned char)*c);
    json_t *root = emulator_ask(child, path, NULL);
    json_t *rows = json_incref(json_object_get(root, "rows"));
    json_decref(root);
    return rows;
}

int emulator_count(emulator *child, const char *kind)
{
    json_t *root = emulator_ask(child, "requests", NULL);
    const json_t *list = json_object_get(root, "requests");
    int count = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *found =
            json_string_value(json_object_get(json_array_get(list, i), "kind"));
        count += found && strcmp(found, kind) == 0;
    }
    json_decref(root);
    return count;
}
