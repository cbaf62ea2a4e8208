/* Replays public recordings of Google's own server, where they are at hand
 * ($CXLOG_SHARED/recorded_values_calls.txt or ../shared beside the sources), and compares
 * the answers. Calls that the file leaves out are seen as gaps in its numbers; what
 * differs after a gap is counted, not failed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "json.h"
#include "uri.h"

enum { LINE_MAX_BYTES = 1 << 16, MATCHED_MIN = 165 };

typedef struct record {
    char name[128];
    int number;
    char method[8];
    char *path; /* after "ID" */
    json_t *body;
    long status;
    json_t *answer;
} record;

typedef struct tally {
    int matched, inferred, skipped, differed;
} tally;

typedef struct block {
    char name[128];
    char *id;
    char *title;
    int last_number;
    bool has_gap;
} block;

static void set_id(json_t *value, const char *id)
{
    const char *key;
    json_t *member;
    void *next;
    json_object_foreach_safe(value, next, key, member)
    {
        if (strcmp(key, "spreadsheetId") == 0)
            json_object_set_new(value, key, json_string(id));
        else
            set_id(member, id);
    }
    size_t i;
    json_array_foreach(value, i, member)
    {
        set_id(member, id);
    }
}

/* The decoded range of ".../values/RANGE[:verb][?...]", or NULL. */
static char *range_of(const char *path)
{
    const char *at = strstr(path, "/values/");
    if (!at)
        return NULL;
    at += strlen("/values/");
    return uri_decode(at, strcspn(at, "?:"), false);
}

static char *title_of(const char *range)
{
    char *title = mem_text(range[0] == '\'' ? range + 1 : range);
    title[strcspn(title, range[0] == '\'' ? "'" : "!")] = '\0';
    return title;
}

static void open_block(block *b, const record *r)
{
    char *range = range_of(r->path);
    free(b->id);
    free(b->title);
    *b = (block){.last_number = r->number - 1, .title = mem_text("Sheet1")};
    snprintf(b->name, sizeof b->name, "%s", r->name);
    if (range) {
        free(b->title);
        b->title = title_of(range);
    }
    free(range);
    long status;
    json_t *doc = client_call("POST", "/v4/spreadsheets",
                              json_pack("{s:[{s:{s:i, s:s}}]}", "sheets", "properties",
                                        "sheetId", 0, "title", b->title),
                              &status);
    assert_int_equal(status, 200);
    b->id = mem_text(js_text(doc, "spreadsheetId", ""));
    json_decref(doc);
}

/* Gives the tab the grid that the recorded range shows. */
static bool infer_grid(const block *b, const json_t *wanted)
{
    const json_t *first = json_array_get(json_object_get(wanted, "valueRanges"), 0);
    const char *range = js_text(first ? first : wanted, "range", "");
    const char *end = strrchr(range, ':');
    int columns = 0;
    if (!end)
        return false;
    for (end++; *end >= 'A' && *end <= 'Z'; end++)
        columns = columns * 26 + (*end - 'A' + 1);
    json_t *grid = json_pack("{s:i}", "rowCount", (int)strtol(end, NULL, 10));
    if (!first)
        json_object_set_new(grid, "columnCount", json_integer(columns));
    json_t *body =
        json_pack("{s:[{s:{s:{s:i, s:o}, s:s}}]}", "requests", "updateSheetProperties",
                  "properties", "sheetId", 0, "gridProperties", grid, "fields",
                  first ? "gridProperties.rowCount"
                        : "gridProperties.rowCount,gridProperties.columnCount");
    char *path = mem_format("/v4/spreadsheets/%s:batchUpdate", b->id);
    long status;
    json_decref(client_call("POST", path, body, &status));
    free(path);
    return status == 200;
}

static bool same(const block *b, const record *r, json_t **got)
{
    long status;
    char *path = mem_format("/v4/spreadsheets/%s%s", b->id, r->path);
    *got = client_call(r->method, path, json_incref(r->body), &status);
    free(path);
    set_id(*got, "ID");
    return status == r->status && json_equal(*got, r->answer);
}

static bool is_open_read(const record *r)
{
    char *range = range_of(r->path);
    bool is_whole = range && !strrchr(range, '!');
    bool is_open = strstr(r->path, "%3A") && !is_whole; /* A1:C and the like */
    bool is_batch = strstr(r->path, "values:batchGet") != NULL;
    free(range);
    return strcmp(r->method, "GET") == 0 && (is_whole || is_open || is_batch);
}

static void replay(block *b, const record *r, tally *count)
{
    bool is_opening = strcmp(b->name, r->name) != 0;
    if (is_opening)
        open_block(b, r);
    if (r->number != b->last_number + 1)
        b->has_gap = true;
    b->last_number = r->number;
    json_t *got;
    bool ok = same(b, r, &got);
    if (!ok && is_open_read(r) && infer_grid(b, r->answer)) {
        json_decref(got);
        ok = same(b, r, &got);
        count->inferred += ok;
    }
    /* A block that opens with a read of what nobody wrote: its writes are not in the
     * file. */
    if (is_opening && !ok && strcmp(r->method, "GET") == 0)
        b->has_gap = true;
    if (ok) {
        count->matched++;
    } else if (b->has_gap) {
        count->skipped++;
    } else {
        size_t length;
        print_error("%s %d %s %s\n  got %s", r->name, r->number, r->method, r->path,
                    js_dump(got, false, &length));
        count->differed++;
    }
    json_decref(got);
}

static void record_clear(record *r)
{
    free(r->path);
    json_decref(r->body);
    json_decref(r->answer);
    *r = (record){0};
}

static void replay_file(FILE *in, tally *count)
{
    char *line = mem_new(LINE_MAX_BYTES, 1);
    record r = {0};
    block b = {0};
    while (fgets(line, LINE_MAX_BYTES, in)) {
        line[strcspn(line, "\n")] = '\0';
        char *path = strstr(line, " ID");
        if (strncmp(line, "--- ", 4) == 0 && path) {
            record_clear(&r);
            r.path = mem_text(path + 3);
            if (sscanf(line, "--- %127s %d %7s", r.name, &r.number, r.method) != 3)
                record_clear(&r);
        } else if (strncmp(line, "  REQ ", 6) == 0) {
            r.body = json_loads(line + 6, 0, NULL);
            if (!r.body)
                record_clear(&r); /* cut in the file */
        } else if (strncmp(line, "  RSP ", 6) == 0 && r.path) {
            char *text;
            r.status = strtol(line + 6, &text, 10);
            r.answer = json_loads(text, 0, NULL);
            if (r.answer && !strstr(text, "IDange"))
                replay(&b, &r, count);
            else
                count->skipped++;
        }
    }
    record_clear(&r);
    free(b.id);
    free(b.title);
    free(line);
}

static void recorded_answers_are_given_again(void **state)
{
    (void)state;
    const char *shared = getenv("CXLOG_SHARED");
    char *path =
        mem_format("%s/recorded_values_calls.txt", shared ? shared : SHARED_FOLDER);
    FILE *in = fopen(path, "r");
    free(path);
    if (!in) {
        print_message("no recordings here: skipped\n");
        skip();
    }
    tally count = {0};
    client_start(NULL, NULL);
    replay_file(in, &count);
    fclose(in);
    client_stop();
    print_message(
        "%d answers equal (%d after the grid was inferred), %d skipped for unknown "
        "earlier calls, %d differ\n",
        count.matched, count.inferred, count.skipped, count.differed);
    assert_int_equal(count.differed, 0);
    assert_true(count.matched >= MATCHED_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_answers_are_given_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
