#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "google/cells.h"
#include "google/grid.h"
#include "seeded.h"
#include "wire_records.h"

#define ROUNDS 2000

/* What Google gives back under UNFORMATTED_VALUE for cells written so. json_decref(). */
static json_t *as_read(json_t *row_data)
{
    json_t *row = json_array();
    const json_t *cells = json_object_get(row_data, "values");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *cell = json_array_get(cells, i);
        json_t *value = json_object_get(cell, "userEnteredValue");
        assert_null(json_object_get(value, "formulaValue"));
        json_t *found = json_object_get(value, "stringValue");
        found = found ? found : json_object_get(value, "numberValue");
        assert_int_equal(
            json_array_append_new(row, found ? json_incref(found) : json_string("")), 0);
    }
    size_t used = json_array_size(row);
    while (used > 0 && json_is_string(json_array_get(row, used - 1)) &&
           json_string_length(json_array_get(row, used - 1)) == 0)
        (void)json_array_remove(row, --used);
    char *text = json_dumps(row, JSON_COMPACT);
    json_decref(row);
    row = json_loads(text, 0, NULL);
    assert_non_null(row);
    free(text);
    return row;
}

static char *random_text(seeded *random)
{
    static const char *const parts[] = {
        "가",   "배송", "=1+1", "+82", "-5", "@a", "'0123", "007", "1-2",
        "TRUE", "#N/A", "\"",   ",",   "\n", "\t", " ",     "é",   "\xf0\x9f\x98\x80",
        "12",   "a",    "0.5",  "1e5"};
    char text[256] = "";
    size_t used = 0;
    for (int64_t n = seeded_between(random, 1, 6); n > 0; n--) {
        const char *part = parts[seeded_between(random, 0, 21)];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", part);
    }
    return strdup(text);
}

static void random_entry(cxlog_record *record, seeded *random, int seed)
{
    wire_record(record, seed);
    cxlog_entry *entry = &record->entry;
    for (int c = 0; c < CXLOG_COLUMN_COUNT; c++) {
        cxlog_column_kind kind = cxlog_column_get((cxlog_column)c)->kind;
        bool text = kind == CXLOG_KIND_LINE || kind == CXLOG_KIND_NOTE;
        if (text && c != CXLOG_COL_ID && c != CXLOG_COL_AGENT &&
            c != CXLOG_COL_CHECKSUM && c != CXLOG_COL_CORRECTS) {
            free(entry->text[c]);
            entry->text[c] = seeded_between(random, 0, 3) ? random_text(random) : NULL;
        }
    }
    static const char *const values[] = {"007",      "12", "-3.5",
                                         "010-1234", "",   "123456789012345678"};
    assert_int_equal(
        cxlog_entry_set_extra(entry, "주문", values[seeded_between(random, 0, 5)], NULL),
        CXLOG_OK);
    assert_int_equal(
        cxlog_entry_set_extra(entry, "가격", values[seeded_between(random, 0, 5)], NULL),
        CXLOG_OK);
    assert_int_equal(cxlog_entry_seal(entry, NULL), CXLOG_OK);
}

static void any_record_comes_back_as_it_was_written(void **state)
{
    (void)state;
    static const char *const fields[] = {"주문", "가격"};
    seeded random = seeded_start("cells");
    for (int i = 0; i < ROUNDS; i++) {
        cxlog_record record;
        json_t *written = NULL;
        cxlog_seen_row seen;
        random_entry(&record, &random, i);
        assert_int_equal(cx_cells_record(&written, &record.entry, fields, 2, NULL),
                         CXLOG_OK);
        json_t *row = as_read(written);
        assert_int_equal(cx_cells_seen(&seen, row, 7, fields, 2, NULL), CXLOG_OK);
        assert_int_equal(seen.kind, CXLOG_SEEN_RECORD);
        assert_true(seen.readable);
        wire_same(&seen.entry, &record.entry);
        cxlog_entry_clear(&seen.entry);
        cxlog_record_clear(&record);
        json_decref(row);
        json_decref(written);
    }
}

static void times_are_serials_with_a_format_and_texts_never_formulas(void **state)
{
    (void)state;
    cxlog_record record;
    json_t *written = NULL;
    wire_record(&record, 1); /* its note begins with '=' */
    assert_int_equal(cx_cells_record(&written, &record.entry, NULL, 0, NULL), CXLOG_OK);
    const json_t *cells = json_object_get(written, "values");
    assert_int_equal(json_array_size(cells), CXLOG_COLUMN_COUNT);
    const json_t *time = json_array_get(cells, CXLOG_COL_CONTACTED_AT);
    const json_t *format =
        json_object_get(json_object_get(time, "userEnteredFormat"), "numberFormat");
    assert_string_equal(json_string_value(json_object_get(format, "type")), "DATE_TIME");
    const json_t *note_cell = json_array_get(cells, CXLOG_COL_NOTE);
    const json_t *note = json_object_get(note_cell, "userEnteredValue");
    format =
        json_object_get(json_object_get(note_cell, "userEnteredFormat"), "numberFormat");
    assert_string_equal(json_string_value(json_object_get(format, "type")), "TEXT");
    assert_non_null(json_object_get(note, "stringValue"));
    assert_int_equal(json_object_size(note), 1);
    json_decref(written);
    cxlog_record_clear(&record);
}

static void text_that_is_not_utf8_is_an_error(void **state)
{
    (void)state;
    cxlog_record record;
    json_t *written = NULL;
    cxlog_error err = {0};
    wire_record(&record, 1);
    record.entry.text[CXLOG_COL_NOTE][0] = (char)0xff;
    assert_int_equal(cx_cells_record(&written, &record.entry, NULL, 0, &err),
                     CXLOG_ERR_VALUE);
    assert_null(written);
    assert_non_null(strstr(err.message, "note"));
    cxlog_record_clear(&record);
}

/* The row of record 2 with one cell replaced by JSON text, as seen. */
static void seen_with(cxlog_seen_row *out, size_t column, const char *json)
{
    cxlog_record record;
    json_t *written = NULL;
    wire_record(&record, 2);
    assert_int_equal(cx_cells_record(&written, &record.entry, NULL, 0, NULL), CXLOG_OK);
    json_t *row = as_read(written);
    json_t *cell = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_int_equal(json_array_set_new(row, column, cell), 0);
    assert_int_equal(cx_cells_seen(out, row, 9, NULL, 0, NULL), CXLOG_OK);
    json_decref(row);
    json_decref(written);
    cxlog_record_clear(&record);
}

static void edits_by_hand_are_read_with_tolerance(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        cxlog_column column;
        bool readable;
    } cases[] = {
        {"\"5\"", CXLOG_COL_CSAT, true},
        {"5.0", CXLOG_COL_CSAT, true},
        {"4.5", CXLOG_COL_CSAT, false},
        {"0", CXLOG_COL_CSAT, false},
        {"9", CXLOG_COL_CSAT, false},
        {"\"good\"", CXLOG_COL_CSAT, false},
        {"\"#REF!\"", CXLOG_COL_CSAT, false},
        {"true", CXLOG_COL_CSAT, false},
        {"\"2026-11-20 14:32:00\"", CXLOG_COL_CONTACTED_AT, true},
        {"\"2026-11-20\"", CXLOG_COL_CONTACTED_AT, true},
        {"\"yesterday\"", CXLOG_COL_CONTACTED_AT, false},
        {"\"\"", CXLOG_COL_CONTACTED_AT, false},
        {"1e300", CXLOG_COL_CONTACTED_AT, false},
        {"\"\"", CXLOG_COL_LOGGED_AT, false},
        {"\"\"", CXLOG_COL_CATEGORY, false},
        {"123", CXLOG_COL_CUSTOMER, true},
        {"true", CXLOG_COL_CUSTOMER, true},
        {"\"#REF!\"", CXLOG_COL_NOTE, false},
        {"\"another\"", CXLOG_COL_NOTE, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_seen_row seen;
        seen_with(&seen, cases[i].column, cases[i].json);
        if (seen.kind != CXLOG_SEEN_RECORD || seen.readable != cases[i].readable)
            fail_msg("%s = %s", cxlog_column_get(cases[i].column)->field, cases[i].json);
        cxlog_entry_clear(&seen.entry);
    }
}

static void numbers_in_text_columns_have_no_decimals(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"123", "123"},
                                           {"123.0", "123"},
                                           {"12.5", "12.5"},
                                           {"-0.25", "-0.25"},
                                           {"1e3", "1000"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cxlog_seen_row seen;
        seen_with(&seen, CXLOG_COL_CUSTOMER, cases[i][0]);
        assert_string_equal(cxlog_entry_text(&seen.entry, CXLOG_COL_CUSTOMER),
                            cases[i][1]);
        cxlog_entry_clear(&seen.entry);
    }
}

static void decomposed_hangul_is_composed(void **state)
{
    (void)state;
    cxlog_seen_row seen;
    seen_with(&seen, CXLOG_COL_CATEGORY, "\"\xe1\x84\x80\xe1\x85\xa1\"");
    assert_string_equal(cxlog_entry_text(&seen.entry, CXLOG_COL_CATEGORY), "가");
    cxlog_entry_clear(&seen.entry);
}

static void rows_without_a_good_id_are_foreign_or_blank(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        cxlog_seen_kind kind;
        bool contact;
    } cases[] = {
        {"[]", CXLOG_SEEN_BLANK, false},
        {"[\"\",\"\",null]", CXLOG_SEEN_BLANK, false},
        {"[46346.6,\"김\",\"전화\",\"배송\"]", CXLOG_SEEN_FOREIGN, true},
        {"[\"2026-11-20\",\"\",\"\",\"배송\"]", CXLOG_SEEN_FOREIGN, true},
        {"[\"합계\",\"\",\"\",412]", CXLOG_SEEN_FOREIGN, false},
        {"[46346.6,\"\",\"\",412]", CXLOG_SEEN_FOREIGN, false},
        {"[46346.6,\"\",\"\",\"#REF!\"]", CXLOG_SEEN_FOREIGN, false},
        {"[\"일시\",\"담당\",\"채널\",\"구분\"]", CXLOG_SEEN_FOREIGN, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *row = json_loads(cases[i].json, 0, NULL);
        cxlog_seen_row seen;
        assert_int_equal(cx_cells_seen(&seen, row, 3, NULL, 0, NULL), CXLOG_OK);
        if (seen.kind != cases[i].kind || seen.contact_like != cases[i].contact)
            fail_msg("%s", cases[i].json);
        cxlog_entry_clear(&seen.entry);
        json_decref(row);
    }
}

static void scheme_events_come_back_with_their_chain(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0;
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    for (size_t i = 0; i < count; i++) {
        json_t *written = NULL;
        cxlog_scheme_row got;
        events[i].from = i % 2 ? cxlog_day_make(2027, 1, 1) : CXLOG_NO_DAY;
        assert_int_equal(cx_cells_event(&written, &events[i], NULL), CXLOG_OK);
        json_t *row = as_read(written);
        assert_int_equal(cx_cells_scheme_row(&got, row, (int64_t)i + 2, NULL), CXLOG_OK);
        assert_true(got.readable);
        wire_same_event(&got.event, &events[i]);
        cxlog_event_clear(&got.event);
        free(got.raw);
        json_decref(row);
        json_decref(written);
    }
    cxlog_events_free(events, count);
}

static void damaged_scheme_rows_keep_only_their_text(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "[\"번호\",\"일시\"]", "[1.5,46346,\"a\",\"추가\",\"구분\",\"배송\"]",
        "[1,46346,\"a\",\"추가\",\"구분\",\"배송\",\"\",\"\",\"\",\"\",\"\",\"abc\"]"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        json_t *row = json_loads(bad[i], 0, NULL);
        cxlog_scheme_row got;
        assert_int_equal(cx_cells_scheme_row(&got, row, 2, NULL), CXLOG_OK);
        assert_false(got.readable);
        assert_null(got.event.name);
        assert_non_null(strstr(got.raw, " | "));
        free(got.raw);
        json_decref(row);
    }
}

static void answers_are_matched_by_their_echoed_filter(void **state)
{
    (void)state;
    static const char text[] =
        "{\"valueRanges\":["
        "{\"valueRange\":{\"range\":\"'구분'!A13:L14\",\"values\":[[13]]},"
        "\"dataFilters\":[{\"gridRange\":{\"sheetId\":8,\"startRowIndex\":12}}]},"
        "{\"valueRange\":{\"range\":\"Sheet1!A1:Z1\"},"
        "\"dataFilters\":[{\"gridRange\":{\"startRowIndex\":0,\"endRowIndex\":1}}]}]}";
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    const cx_window windows[] = {{.tab = 0, .first = 1, .last = 1},
                                 {.tab = 8, .first = 13, .last = CX_OPEN, .columns = 12}};
    cx_found found[2] = {{0}};
    assert_true(cx_grid_match(root, windows, 2, found));
    assert_null(found[0].rows);
    assert_int_equal(json_array_size(found[1].rows), 1);
    assert_int_equal(found[1].grid_rows, 14);
    const cx_window other = {.tab = 8, .first = 12, .last = CX_OPEN};
    assert_false(cx_grid_match(root, &other, 1, found));
    json_decref(root);
}

static void last_row_is_read_from_any_range_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t row;
    } cases[] = {{"'상담기록'!A2:V500", 500}, {"Sheet1!A1", 1}, {"'a!b:9'!A1:Z77", 77},
                 {"Sheet1!A1:Z", 0},          {"", 0},          {"Sheet1!A1:Z0", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cx_grid_last_row(cases[i].text) != cases[i].row)
            fail_msg("%s", cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_record_comes_back_as_it_was_written),
        cmocka_unit_test(times_are_serials_with_a_format_and_texts_never_formulas),
        cmocka_unit_test(text_that_is_not_utf8_is_an_error),
        cmocka_unit_test(edits_by_hand_are_read_with_tolerance),
        cmocka_unit_test(numbers_in_text_columns_have_no_decimals),
        cmocka_unit_test(decomposed_hangul_is_composed),
        cmocka_unit_test(rows_without_a_good_id_are_foreign_or_blank),
        cmocka_unit_test(scheme_events_come_back_with_their_chain),
        cmocka_unit_test(damaged_scheme_rows_keep_only_their_text),
        cmocka_unit_test(answers_are_matched_by_their_echoed_filter),
        cmocka_unit_test(last_row_is_read_from_any_range_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
