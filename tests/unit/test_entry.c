#include <string.h>

#include "entry_case.h"

#define ID_A "01ARZ3NDEKTSV4RRFFQ69G5FAV"
#define ID_B "01ARZ3NDEKTSV4RRFFQ69G5FAW"

static void put(cxlog_entry *entry, cxlog_column column, const char *text)
{
    cxlog_error err = {0};
    if (cxlog_entry_set(entry, column, text, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static void put_extra(cxlog_entry *entry, const char *name, const char *value)
{
    cxlog_error err = {0};
    if (cxlog_entry_set_extra(entry, name, value, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static void fill(cxlog_entry *entry)
{
    static const struct {
        cxlog_column column;
        const char *text;
    } values[] = {
        {CXLOG_COL_CONTACTED_AT, "2026-11-20 14:32:00"},
        {CXLOG_COL_AGENT, "김하늘"},
        {CXLOG_COL_CHANNEL, "전화"},
        {CXLOG_COL_CATEGORY, "배송"},
        {CXLOG_COL_NOTE, "3일째 미도착\n재발송"},
        {CXLOG_COL_RESULT, "해결"},
        {CXLOG_COL_HANDLE_S, "360"},
        {CXLOG_COL_TAGS, "vip,급함"},
        {CXLOG_COL_ID, ID_A},
        {CXLOG_COL_LOGGED_AT, "2026-11-20 14:33:01"},
    };
    cxlog_entry_init(entry);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        put(entry, values[i].column, values[i].text);
}

/* { printf '2026-11-20 14:32:00\037김하늘\037전화\037배송\037\037\037\037\0373일째
 * 미도착\n재발송\37\37해결\037360' printf '\37\37\37\37\37vip, 급함\37\37%s\0372026-11-20
 * 14:33:01\37\37' ID_A; } | sha256sum | cut -c-16 */
static void the_checksum_is_that_of_the_canonical_content(void **state)
{
    (void)state;
    char checksum[CXLOG_CHECKSUM_SIZE];
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry);
    assert_int_equal(cxlog_entry_checksum(checksum, &entry, NULL), CXLOG_OK);
    assert_string_equal(checksum, "d57c6b82cdd88063");
}

/* The same and printf '금액\36100\37송장\36A-1\37'. */
static void the_checksum_takes_team_fields_in_the_order_of_their_names(void **state)
{
    (void)state;
    char checksum[CXLOG_CHECKSUM_SIZE];
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry);
    put_extra(&entry, "송장", "A-1");
    put_extra(&entry, "금액", "100");
    assert_int_equal(cxlog_entry_checksum(checksum, &entry, NULL), CXLOG_OK);
    assert_string_equal(checksum, "2d0f617f0826fec3");
}

static void a_change_of_any_column_changes_the_checksum(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    char before[CXLOG_CHECKSUM_SIZE];
    char after[CXLOG_CHECKSUM_SIZE];
    fill(&entry);
    for (int i = 0; i < CXLOG_COL_CHECKSUM; i++) {
        cxlog_column_kind kind = cxlog_column_get((cxlog_column)i)->kind;
        assert_int_equal(cxlog_entry_checksum(before, &entry, NULL), CXLOG_OK);
        if (kind == CXLOG_KIND_TIME || kind == CXLOG_KIND_NUMBER) {
            entry.number[i] = 1;
        } else {
            free(entry.text[i]);
            entry.text[i] = strdup("x");
        }
        assert_int_equal(cxlog_entry_checksum(after, &entry, NULL), CXLOG_OK);
        if (strcmp(before, after) == 0)
            fail_msg("column %s does not count",
                     cxlog_column_get((cxlog_column)i)->field);
    }
}

static void sealing_stores_the_checksum_and_does_not_count_it(void **state)
{
    (void)state;
    char checksum[CXLOG_CHECKSUM_SIZE];
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry);
    assert_int_equal(cxlog_entry_seal(&entry, NULL), CXLOG_OK);
    assert_int_equal(cxlog_entry_checksum(checksum, &entry, NULL), CXLOG_OK);
    assert_string_equal(cxlog_entry_text(&entry, CXLOG_COL_CHECKSUM), checksum);
    assert_int_equal(cxlog_entry_check(&entry, NOW, NULL), CXLOG_OK);
}

static void a_copy_is_the_same_and_stands_alone(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    CXLOG_AUTO_VALUE(cxlog_entry) copy;
    fill(&entry);
    put_extra(&entry, "송장", "A-1");
    assert_int_equal(cxlog_entry_copy(&copy, &entry, NULL), CXLOG_OK);
    assert_true(cxlog_entry_same(&entry, &copy));
    put(&entry, CXLOG_COL_NOTE, "other");
    assert_false(cxlog_entry_same(&entry, &copy));
    assert_string_equal(cxlog_entry_text(&copy, CXLOG_COL_NOTE), "3일째 미도착\n재발송");
}

static void sameness_ignores_only_logged_at_and_checksum(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) a;
    CXLOG_AUTO_VALUE(cxlog_entry) b;
    fill(&a);
    fill(&b);
    assert_int_equal(cxlog_entry_seal(&b, NULL), CXLOG_OK);
    put(&b, CXLOG_COL_LOGGED_AT, "2026-11-20 15:00");
    assert_true(cxlog_entry_same(&a, &b));
    put_extra(&b, "송장", "A-1");
    assert_false(cxlog_entry_same(&a, &b));
    put_extra(&b, "송장", "");
    put(&b, CXLOG_COL_CSAT, "5");
    assert_false(cxlog_entry_same(&a, &b));
}

static void corrections_name_their_target(void **state)
{
    (void)state;
    bool is_void = true;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    assert_string_equal(cxlog_entry_target(&entry, &is_void), "");
    assert_false(is_void);
    put(&entry, CXLOG_COL_CORRECTS, ID_A);
    assert_string_equal(cxlog_entry_target(&entry, &is_void), ID_A);
    assert_false(is_void);
    put(&entry, CXLOG_COL_CORRECTS, CXLOG_VOID_PREFIX ID_B);
    assert_string_equal(cxlog_entry_target(&entry, &is_void), ID_B);
    assert_true(is_void);
}

typedef struct break_case {
    const char *named;   /* the sentence has to say it */
    cxlog_column column; /* gets text or number */
    const char *text;
    int64_t number;
} break_case;

static const break_case breaks[] = {
    {"id", CXLOG_COL_ID, NULL, 0},
    {"id", CXLOG_COL_ID, "not an id", 0},
    {"id", CXLOG_COL_ID, "01arz3ndektsv4rrffq69g5fav", 0},
    {"agent", CXLOG_COL_AGENT, NULL, 0},
    {"category", CXLOG_COL_CATEGORY, NULL, 0},
    {"agent", CXLOG_COL_AGENT, " 김하늘", 0},
    {"agent", CXLOG_COL_AGENT, "", 0},
    {"agent", CXLOG_COL_AGENT, "김\n하늘", 0},
    {"note", CXLOG_COL_NOTE, "bell \a", 0},
    {"note", CXLOG_COL_NOTE, "\xff", 0},
    {"result", CXLOG_COL_RESULT, "해결됨", 0},
    {"sentiment", CXLOG_COL_SENTIMENT, "좋음", 0},
    {"link", CXLOG_COL_LINK, "javascript:alert(1)", 0},
    {"corrects", CXLOG_COL_CORRECTS, "취소:", 0},
    {"corrects", CXLOG_COL_CORRECTS, "ID", 0},
    {"checksum", CXLOG_COL_CHECKSUM, "ABCDEF0123456789", 0},
    {"contacted_at", CXLOG_COL_CONTACTED_AT, NULL, CXLOG_BLANK},
    {"logged_at", CXLOG_COL_LOGGED_AT, NULL, CXLOG_BLANK},
    {"contacted_at", CXLOG_COL_CONTACTED_AT, NULL, NOW + 61},
    {"contacted_at", CXLOG_COL_CONTACTED_AT, NULL, INT64_C(-3000000000)},
    {"logged_at", CXLOG_COL_LOGGED_AT, NULL, INT64_MAX},
    {"csat", CXLOG_COL_CSAT, NULL, 0},
    {"csat", CXLOG_COL_CSAT, NULL, 6},
    {"nps", CXLOG_COL_NPS, NULL, -1},
    {"nps", CXLOG_COL_NPS, NULL, 11},
    {"ces", CXLOG_COL_CES, NULL, 0},
    {"ces", CXLOG_COL_CES, NULL, 8},
    {"handle_s", CXLOG_COL_HANDLE_S, NULL, 86401},
};

static void an_incomplete_or_unbounded_record_is_refused_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        const break_case *one = &breaks[i];
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_error err = {0};
        fill(&entry);
        entry.number[one->column] = one->number;
        free(entry.text[one->column]);
        entry.text[one->column] = one->text ? strdup(one->text) : NULL;
        if (cxlog_entry_check(&entry, NOW, &err) != CXLOG_ERR_VALUE)
            fail_msg("case %zu (%s) passed", i, one->named);
        if (!strstr(err.message, one->named))
            fail_msg("case %zu: %s", i, err.message);
    }
}

static void a_clock_one_minute_ahead_is_forgiven(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry);
    entry.number[CXLOG_COL_CONTACTED_AT] = NOW + 60;
    assert_int_equal(cxlog_entry_check(&entry, NOW, NULL), CXLOG_OK);
}

static void a_void_needs_only_id_time_and_agent(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    put(&entry, CXLOG_COL_ID, ID_B);
    put(&entry, CXLOG_COL_CORRECTS, CXLOG_VOID_PREFIX ID_A);
    put(&entry, CXLOG_COL_LOGGED_AT, "14:30");
    assert_int_equal(cxlog_entry_check(&entry, NOW, NULL), CXLOG_ERR_VALUE);
    put(&entry, CXLOG_COL_AGENT, "김하늘");
    assert_int_equal(cxlog_entry_check(&entry, NOW, NULL), CXLOG_OK);
}

static void team_fields_out_of_order_are_refused(void **state)
{
    (void)state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry);
    put_extra(&entry, "a", "1");
    put_extra(&entry, "b", "2");
    cxlog_extra first = entry.extra[0];
    entry.extra[0] = entry.extra[1];
    entry.extra[1] = first;
    assert_int_equal(cxlog_entry_check(&entry, NOW, NULL), CXLOG_ERR_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_is_that_of_the_canonical_content),
        cmocka_unit_test(the_checksum_takes_team_fields_in_the_order_of_their_names),
        cmocka_unit_test(a_change_of_any_column_changes_the_checksum),
        cmocka_unit_test(sealing_stores_the_checksum_and_does_not_count_it),
        cmocka_unit_test(a_copy_is_the_same_and_stands_alone),
        cmocka_unit_test(sameness_ignores_only_logged_at_and_checksum),
        cmocka_unit_test(corrections_name_their_target),
        cmocka_unit_test(an_incomplete_or_unbounded_record_is_refused_by_name),
        cmocka_unit_test(a_clock_one_minute_ahead_is_forgiven),
        cmocka_unit_test(a_void_needs_only_id_time_and_agent),
        cmocka_unit_test(team_fields_out_of_order_are_refused),
    };
    return cmocka_run_group_tests_name("entry", tests, fix_the_clock, NULL);
}
