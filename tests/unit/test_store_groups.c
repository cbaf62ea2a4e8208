/* Groups of corrections come out the same in whatever order their rows arrive, and
 * whatever had been done to the rows before this store first saw them and was undone. */
#include "seeded.h"
#include "store_sheet.h"

#define END INT64_MAX

static void is_effective(store_case *c, const sheet *s, size_t row, bool wanted)
{
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s->row[row].entry));
    if (record.effective != wanted)
        fail_msg("row %zu %s", row, wanted ? "does not count" : "counts");
}

static void a_correction_whose_link_was_blanked_and_restored_takes_its_place(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_correction(&s, 0, false, 60);
    put(&s.row[1].entry, CXLOG_COL_CORRECTS, NULL);
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 1);
    put(&s.row[1].entry, CXLOG_COL_CORRECTS, id_of(&s.row[0].entry));
    for (int look = 0; look < 3; look++) {
        assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
        assert_int_equal(total_count(c), 1);
    }
    is_effective(c, &s, 0, false);
    is_effective(c, &s, 1, true);
}

static void a_correction_whose_time_was_set_back_and_restored_counts_again(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_correction(&s, 0, false, 60);
    s.row[1].entry.number[CXLOG_COL_LOGGED_AT] -= 3600;
    sheet_see(c, &s, 2, END);
    is_effective(c, &s, 0, true);
    s.row[1].entry.number[CXLOG_COL_LOGGED_AT] += 3600;
    sheet_see(c, &s, 2, END);
    is_effective(c, &s, 0, false);
    is_effective(c, &s, 1, true);
}

static void a_void_that_was_overwritten_by_a_contact_and_restored_is_a_void(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_correction(&s, 0, true, 60);
    cxlog_entry *row = &s.row[1].entry;
    char *link = row->text[CXLOG_COL_CORRECTS];
    row->text[CXLOG_COL_CORRECTS] = NULL;
    put(row, CXLOG_COL_CATEGORY, "결제");
    row->number[CXLOG_COL_CONTACTED_AT] = AT(DAY0, 500);
    sheet_see(c, &s, 2, END);
    assert_int_equal(total_count(c), 2);
    row->text[CXLOG_COL_CORRECTS] = link;
    put(row, CXLOG_COL_CATEGORY, NULL);
    row->number[CXLOG_COL_CONTACTED_AT] = CXLOG_BLANK;
    assert_int_equal(sheet_see(c, &s, 2, END).edited, 0);
    assert_int_equal(total_count(c), 0);
}

static void what_names_a_correction_follows_it_out_of_a_wrong_group(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "결제");
    sheet_add_correction(&s, 0, false, 60);
    sheet_add_correction(&s, 2, false, 60);
    sheet_add_correction(&s, 3, true, 60);
    put(&s.row[2].entry, CXLOG_COL_CORRECTS, id_of(&s.row[1].entry));
    sheet_see(c, &s, 2, END);
    is_effective(c, &s, 0, true);
    is_effective(c, &s, 1, false);
    put(&s.row[2].entry, CXLOG_COL_CORRECTS, id_of(&s.row[0].entry));
    sheet_see(c, &s, 2, END);
    is_effective(c, &s, 0, false);
    is_effective(c, &s, 1, true);
    for (size_t i = 2; i < 5; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(&s.row[i].entry));
        assert_string_equal(record.root, id_of(&s.row[0].entry));
    }
}

static void a_record_that_names_itself_leaves_the_group_it_was_edited_into(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(sheet) s = {0};
    sheet_add_other(&s, AT(DAY0, 1), "배송");
    sheet_add_other(&s, AT(DAY0, 2), "결제");
    cxlog_entry *row = &s.row[1].entry;
    put(row, CXLOG_COL_CORRECTS, id_of(row));
    seal(row);
    put(row, CXLOG_COL_CORRECTS, id_of(&s.row[0].entry));
    sheet_see(c, &s, 2, END);
    assert_int_equal(total_count(c), 1);
    put(row, CXLOG_COL_CORRECTS, id_of(row));
    sheet_see(c, &s, 2, END);
    assert_int_equal(total_count(c), 2);
    CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(row));
    assert_string_equal(record.root, id_of(row));
}

/* ---- any rows, any edits ---- */

#define ROWS 12
#define ROUNDS 60

typedef struct team {
    sheet s;
    size_t root[ROWS];
} team;

static void make_team(team *t, seeded *random)
{
    t->s.count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        t->root[i] = i;
        if (i < 2 || seeded_between(random, 0, 2) == 0) {
            sheet_add_other(&t->s, AT(DAY0 + seeded_between(random, 0, 40), 1), "배송");
            continue;
        }
        size_t of = (size_t)seeded_between(random, 0, (int64_t)i - 1);
        sheet_add_correction(&t->s, of, seeded_between(random, 0, 2) == 0,
                             seeded_between(random, 0, 9));
        cxlog_entry *entry = &t->s.row[i].entry;
        if (entry->number[CXLOG_COL_CONTACTED_AT] == CXLOG_BLANK &&
            !cxlog_entry_text(entry, CXLOG_COL_CORRECTS)[CXLOG_ID_LENGTH])
            entry->number[CXLOG_COL_CONTACTED_AT] = AT(DAY0, 1); /* corrects a void */
        seal(entry);
        t->root[i] = t->root[of];
    }
}

static void spoil(cxlog_entry *entry, const team *t, seeded *random)
{
    const cxlog_entry *other =
        &t->s.row[(size_t)seeded_between(random, 0, ROWS - 1)].entry;
    char text[64];
    switch (seeded_between(random, 0, 4)) {
    case 0:
        put(entry, CXLOG_COL_CORRECTS, NULL);
        put(entry, CXLOG_COL_CATEGORY, "오류");
        entry->number[CXLOG_COL_CONTACTED_AT] = AT(DAY0 + 3, 7);
        break;
    case 1:
        put(entry, CXLOG_COL_CORRECTS, id_of(other));
        put(entry, CXLOG_COL_CATEGORY, "결제");
        entry->number[CXLOG_COL_CONTACTED_AT] = AT(DAY0 + 9, 7);
        break;
    case 2:
        snprintf(text, sizeof text, "%s%s", CXLOG_VOID_PREFIX, id_of(other));
        put(entry, CXLOG_COL_CORRECTS, text);
        break;
    case 3:
        entry->number[CXLOG_COL_LOGGED_AT] += seeded_between(random, -90000, 90000);
        break;
    default:
        put(entry, CXLOG_COL_TAGS, "급함");
        break;
    }
}

/* The rows in another order, page by page, some of them spoiled. */
static void see_spoiled(store_case *c, const team *t, seeded *random)
{
    CXLOG_AUTO_VALUE(sheet) s = {0};
    for (size_t i = 0; i < ROWS; i++) {
        sheet_add(&s, CXLOG_SEEN_RECORD, &t->s.row[i].entry);
        if (seeded_between(random, 0, 1))
            spoil(&s.row[i].entry, t, random);
    }
    for (size_t i = ROWS - 1; i > 0; i--) {
        size_t j = (size_t)seeded_between(random, 0, (int64_t)i);
        cxlog_seen_row held = s.row[i];
        s.row[i] = s.row[j];
        s.row[j] = held;
    }
    for (int64_t first = 2; first <= ROWS + 1; first += 4)
        sheet_see(c, &s, first, first + 3);
}

static bool is_last(const team *t, size_t row)
{
    const cxlog_entry *one = &t->s.row[row].entry;
    for (size_t i = 0; i < ROWS; i++) {
        const cxlog_entry *e = &t->s.row[i].entry;
        int64_t by = e->number[CXLOG_COL_LOGGED_AT] - one->number[CXLOG_COL_LOGGED_AT];
        if (t->root[i] == t->root[row] &&
            (by > 0 || (by == 0 && strcmp(id_of(e), id_of(one)) > 0)))
            return false;
    }
    bool is_void = false;
    (void)cxlog_entry_target(one, &is_void);
    return !is_void;
}

static int64_t count_as_written(store_case *c, const team *t)
{
    int64_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        const cxlog_entry *wanted = &t->s.row[i].entry;
        CXLOG_AUTO_VALUE(cxlog_record) record = record_of(c, id_of(wanted));
        assert_true(cxlog_entry_same(&record.entry, wanted));
        assert_int_equal(record.entry.number[CXLOG_COL_LOGGED_AT],
                         wanted->number[CXLOG_COL_LOGGED_AT]);
        assert_string_equal(record.root, id_of(&t->s.row[t->root[i]].entry));
        assert_false(record.edited);
        is_effective(c, &t->s, i, is_last(t, i));
        count += record.effective;
    }
    return count;
}

static void rows_edited_before_they_were_seen_and_restored_count_as_written(void **state)
{
    store_case *c = *state;
    seeded random = seeded_start("groups");
    int64_t count = 0;
    for (int round = 0; round < ROUNDS; round++) {
        team t;
        make_team(&t, &random);
        see_spoiled(c, &t, &random);
        sheet_see(c, &t.s, 2, END);
        sheet_see(c, &t.s, 2, END);
        count += count_as_written(c, &t);
        assert_int_equal(total_count(c), count);
        sheet_clear(&t.s);
    }
}

/* ---- where a void stands ---- */

static int64_t listed_on(store_case *c, cxlog_day day)
{
    const cxlog_list_query query = {.from = day, .to = day, .all_versions = true};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    MUST(cxlog_store_list(c->store, &query, &cursor, &c->err));
    int64_t count = 0;
    for (bool more = true; more;) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        MUST(cxlog_cursor_next(cursor, &record, &more, &c->err));
        count += more;
    }
    return count;
}

static void a_void_stands_with_the_first_of_its_group_whatever_came_first(void **state)
{
    store_case *c = *state;
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        const cxlog_day day = DAY0 + 10 * (cxlog_day)i;
        CXLOG_AUTO_VALUE(sheet) s = {0};
        CXLOG_AUTO_VALUE(sheet) mixed = {0};
        sheet_add_other(&s, AT(day, 1), "배송");
        sheet_add_correction(&s, 0, false, 60);
        s.row[1].entry.number[CXLOG_COL_CONTACTED_AT] = AT(day + 3, 1);
        seal(&s.row[1].entry);
        sheet_add_correction(&s, 1, true, INT64_C(5) * 86400);
        for (size_t row = 0; row < 3; row++)
            sheet_add(&mixed, CXLOG_SEEN_RECORD, &s.row[orders[i][row]].entry);
        for (int64_t row = 2; row < 5; row++)
            sheet_see(c, &mixed, row, row);
        assert_int_equal(listed_on(c, day), 2);
        assert_int_equal(listed_on(c, day + 3), 1);
        assert_int_equal(listed_on(c, day + 5), 0);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_correction_whose_link_was_blanked_and_restored_takes_its_place),
        T(a_correction_whose_time_was_set_back_and_restored_counts_again),
        T(a_void_that_was_overwritten_by_a_contact_and_restored_is_a_void),
        T(what_names_a_correction_follows_it_out_of_a_wrong_group),
        T(a_record_that_names_itself_leaves_the_group_it_was_edited_into),
        T(rows_edited_before_they_were_seen_and_restored_count_as_written),
        T(a_void_stands_with_the_first_of_its_group_whatever_came_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
