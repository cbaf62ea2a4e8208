#include "wire_records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The store room's: the Google room needs no store to link, and neither do its tests. */
void cxlog_record_clear(cxlog_record *record)
{
    cxlog_entry_clear(&record->entry);
    free(record->reason);
    record->reason = NULL;
}

static void set(cxlog_entry *entry, cxlog_column column, const char *text)
{
    entry->text[column] = strdup(text);
    assert_non_null(entry->text[column]);
}

void wire_record(cxlog_record *out, int seed)
{
    static const char *const notes[] = {
        "3일째 미도착", "=IMPORTXML(\"http://x\")", "+82-10-1",
        "007",          "두 줄\n두 번째 \"줄\"",    "\xf0\x9f\x98\x80 #N/A"};
    char id[32];
    memset(out, 0, sizeof *out);
    cxlog_entry_init(&out->entry);
    (void)snprintf(id, sizeof id, "01J%023d", seed);
    cxlog_wall at = (cxlog_wall)cxlog_day_make(2026, 11, 20) * 86400 + 50400 +
                    (cxlog_wall)(seed * 61 % 36000);
    out->entry.number[CXLOG_COL_CONTACTED_AT] = at;
    out->entry.number[CXLOG_COL_LOGGED_AT] = at + 77;
    out->entry.number[CXLOG_COL_HANDLE_S] = seed % 86400;
    out->entry.number[CXLOG_COL_CSAT] = 1 + seed % 5;
    out->entry.number[CXLOG_COL_NPS] = seed % 11;
    set(&out->entry, CXLOG_COL_AGENT, "김서연");
    set(&out->entry, CXLOG_COL_CHANNEL, "전화");
    set(&out->entry, CXLOG_COL_CATEGORY, "배송");
    set(&out->entry, CXLOG_COL_CUSTOMER, seed % 2 ? "01012345678" : "-5도");
    set(&out->entry, CXLOG_COL_NOTE, notes[seed % 6]);
    set(&out->entry, CXLOG_COL_LINK, "https://example.com/?a=1&b=2");
    set(&out->entry, CXLOG_COL_ID, id);
    assert_int_equal(cxlog_entry_seal(&out->entry, NULL), CXLOG_OK);
}

void wire_same(const cxlog_entry *got, const cxlog_entry *expected)
{
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        const cxlog_column_info *info = cxlog_column_get((cxlog_column)c);
        if (info->kind == CXLOG_KIND_TIME || info->kind == CXLOG_KIND_NUMBER) {
            if (got->number[c] != expected->number[c])
                fail_msg("%s: %lld, expected %lld", info->field,
                         (long long)got->number[c], (long long)expected->number[c]);
        } else if (strcmp(cxlog_entry_text(got, (cxlog_column)c),
                          cxlog_entry_text(expected, (cxlog_column)c)) != 0) {
            fail_msg("%s: %s, expected %s", info->field,
                     cxlog_entry_text(got, (cxlog_column)c),
                     cxlog_entry_text(expected, (cxlog_column)c));
        }
    }
    assert_int_equal(got->extra_count, expected->extra_count);
    for (size_t i = 0; i < got->extra_count; i++) {
        assert_string_equal(got->extra[i].name, expected->extra[i].name);
        assert_string_equal(got->extra[i].value, expected->extra[i].value);
    }
}

static void same_text(const char *got, const char *expected)
{
    assert_string_equal(got ? got : "", expected ? expected : "");
}

void wire_same_event(const cxlog_event *got, const cxlog_event *expected)
{
    assert_int_equal(got->number, expected->number);
    assert_int_equal(got->at, expected->at);
    assert_int_equal(got->action, expected->action);
    assert_int_equal(got->dim, expected->dim);
    assert_int_equal(got->from, expected->from);
    same_text(got->author, expected->author);
    same_text(got->name, expected->name);
    same_text(got->parent, expected->parent);
    same_text(got->code, expected->code);
    same_text(got->target, expected->target);
    same_text(got->reason, expected->reason);
    assert_string_equal(got->chain, expected->chain);
}
