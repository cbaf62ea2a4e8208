/* What each statement of the store reads: all that goes through a table, or a range of
 * it, stands here with the reason why it may. */
#include "store/store_impl.h"
#include "store_case.h"

/* Where SQLite reads more than the rows of one value: "" is the table itself. */
typedef struct wide {
    cx_sql which;
    const char *table, *index, *why;
} wide;

#define FEW "an index of few: what is wrong or waits"
#define ODD "rows of the sheet that are no record's: few"
#define OPEN "batches: one open, few before it"
#define SCHEME "the scheme is read or written whole"
#define USED "asked once, before a name of the scheme changes"

static const wide allowed[] = {
    {CX_SQL_RECORD_LAST_OF, "record", "", "back from the newest until one is found"},
    {CX_SQL_RECORD_ENDING, "record", "sqlite_autoindex_record_1", "an ending: all IDs"},
    {CX_SQL_FACT_SCAN, "record", "record_at", "what no rollup counts: all of the days"},
    {CX_SQL_COUNTS, "record", "record_open", FEW},
    {CX_SQL_COUNTS, "record", "record_gone", FEW},
    {CX_SQL_COUNTS, "record", "record_edited", FEW},
    {CX_SQL_COUNTS, "odd_row", "", ODD},
    {CX_SQL_COUNTS, "odd_row", "", ODD},
    {CX_SQL_BASIS, "odd_row", "", ODD},
    {CX_SQL_BASIS, "odd_row", "", ODD},
    {CX_SQL_BASIS, "record", "record_edited", FEW},
    {CX_SQL_BASIS, "record", "record_gone", FEW},
    {CX_SQL_BATCH_OPEN, "batch", "", OPEN},
    {CX_SQL_BATCH_MARKERS, "batch", "", OPEN},
    {CX_SQL_BATCH_SETTLE, "batch", "", OPEN},
    {CX_SQL_BATCH_DROP_EMPTY, "batch", "", OPEN},
    {CX_SQL_SEALED_AS, "record", "record_open", FEW},
    {CX_SQL_WINDOW, "record", "record_pos", "the rows of one page"},
    {CX_SQL_ODD_CLEAR, "odd_row", "", "the rows of one page"},
    {CX_SQL_LAST_ROW, "record", "record_pos", "its end"},
    {CX_SQL_MISSING, "record", "record_gone", FEW},
    {CX_SQL_RESTORE, "record", "record_gone", FEW},
    {CX_SQL_FIRST_ROW, "record", "record_pos", "rows until the first of the day"},
    {CX_SQL_EVENT_UP_TO, "event", "", "its end"},
    {CX_SQL_EVENT_RANGE, "event", "", "the events asked for"},
    {CX_SQL_EVENT_CUT, "event", "", "the events to go"},
    {CX_SQL_VALUE_CLEAR, "value", "", SCHEME},
    {CX_SQL_VALUE_ALL, "value", "", SCHEME},
    {CX_SQL_ALIAS_CLEAR, "alias", "alias_name", SCHEME},
    {CX_SQL_USED_CATEGORY, "record", "", USED},
    {CX_SQL_USED_DETAIL, "record", "", USED},
    {CX_SQL_USED_CHANNEL, "record", "", USED},
    {CX_SQL_USED_REGION, "record", "", USED},
    {CX_SQL_USED_FIELD, "extra", "", USED},
};
#define ALLOWED (sizeof allowed / sizeof allowed[0])

static bool is_table(const char *name, size_t length)
{
    static const char *const tables[] = {"record", "extra", "roll",  "odd_row", "batch",
                                         "event",  "value", "alias", "meta"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (strlen(tables[i]) == length && strncmp(tables[i], name, length) == 0)
            return true;
    }
    return false;
}

/* "SCAN record USING COVERING INDEX x", "SEARCH record USING INDEX x (at>? AND at<?)". */
static bool read_line(const char *line, char table[64], char index[64])
{
    const char *at = strchr(line, ' ');
    bool scan = strncmp(line, "SCAN ", 5) == 0;
    bool range =
        strncmp(line, "SEARCH ", 7) == 0 && strchr(line, '(') && !strstr(line, "=?");
    if (!at || (!scan && !range))
        return false;
    size_t length = strcspn(++at, " ");
    const char *named = strstr(line, " INDEX ");
    snprintf(table, 64, "%.*s", (int)length, at);
    snprintf(index, 64, "%.*s", named ? (int)strcspn(named + 7, " ") : 0,
             named ? named + 7 : "");
    return is_table(at, length);
}

static void take_line(cx_sql which, const char *line, bool found[ALLOWED])
{
    char table[64], index[64];
    if (!read_line(line, table, index))
        return;
    for (size_t i = 0; i < ALLOWED; i++) {
        if (!found[i] && allowed[i].which == which &&
            strcmp(allowed[i].table, table) == 0 &&
            strcmp(allowed[i].index, index) == 0) {
            found[i] = true;
            return;
        }
    }
    fail_msg("%s\n    of %.200s", line, cx_sql_text[which]);
}

static void only_what_has_a_reason_reads_more_than_the_rows_of_one_value(void **state)
{
    store_case *c = *state;
    bool found[ALLOWED] = {false};
    for (int i = 0; i < CX_SQL_COUNT; i++) {
        char sql[8192];
        sqlite3_stmt *stmt = NULL;
        snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", cx_sql_text[i]);
        assert_int_equal(sqlite3_prepare_v2(c->store->db, sql, -1, &stmt, NULL),
                         SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW)
            take_line((cx_sql)i, (const char *)sqlite3_column_text(stmt, 3), found);
        sqlite3_finalize(stmt);
    }
    for (size_t i = 0; i < ALLOWED; i++) {
        if (!found[i])
            fail_msg("no more %s %s\n    of %.200s", allowed[i].table, allowed[i].index,
                     cx_sql_text[allowed[i].which]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            only_what_has_a_reason_reads_more_than_the_rows_of_one_value, case_start,
            case_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
