#include "cli_case.h"

#include "cli/entry_words.h"

static cxlog_scheme *scheme;

static void add(cxlog_dim dim, const char *parent, const char *name, const char *code)
{
    const cxlog_proposal proposal = {.action = CXLOG_ACTION_ADD,
                                     .dim = dim,
                                     .name = name,
                                     .parent = parent,
                                     .code = code,
                                     .from = CXLOG_NO_DAY,
                                     .force_new = true,
                                     .author = "김하늘",
                                     .now = NOON};
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(chain);
    cxlog_event event;
    cxlog_event_init(&event);
    cxlog_error err = {0};
    if (cxlog_scheme_propose(&event, scheme, chain, &proposal, &err) != CXLOG_OK ||
        cxlog_scheme_apply(scheme, &event, &err) != CXLOG_OK)
        fail_msg("%s: %s", name, err.message);
    cxlog_event_clear(&event);
}

static int open_scheme(void **state)
{
    (void)state;
    scheme = case_scheme();
    add(CXLOG_DIM_CATEGORY, "", "반품 교환", NULL);
    add(CXLOG_DIM_CATEGORY, "반품 교환", "단순 변심", NULL);
    add(CXLOG_DIM_CATEGORY, "", "무명 구분", "");
    add(CXLOG_DIM_CHANNEL, "", "네이버 톡톡", NULL);
    add(CXLOG_DIM_CHANNEL, "", "무명 채널", "");
    add(CXLOG_DIM_REGION, "", "미국 서부", NULL);
    return 0;
}

static int close_scheme(void **state)
{
    (void)state;
    cxlog_scheme_free(scheme);
    return 0;
}

/* The columns that a line can say, in their order. */
static const cxlog_column columns[] = {
    CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL, CXLOG_COL_CHANNEL, CXLOG_COL_REGION,
    CXLOG_COL_RESULT,   CXLOG_COL_TAGS,   CXLOG_COL_NOTE};
#define COLUMNS (sizeof columns / sizeof columns[0])

static void fill(cxlog_entry *entry, const char *const *values)
{
    cxlog_entry_init(entry);
    entry->number[CXLOG_COL_CONTACTED_AT] = NOON - 86400;
    for (size_t i = 0; i < COLUMNS; i++)
        assert_int_equal(
            cxlog_entry_set(entry, columns[i], values[i] ? values[i] : "", NULL),
            CXLOG_OK);
}

typedef struct saying {
    const char *values[COLUMNS];
    const char *line; /* NULL: none */
} saying;

static const saying sayings[] = {
    {{"배송", "지연", "전화", "서울", "진행", "vip", "메모"},
     "배송/지연 전화 :진행 %서울 +vip 메모"},
    {{"배송", NULL, NULL, NULL, NULL, NULL, "전화 주세요"}, "배송 -- 전화 주세요"},
    {{"반품 교환", NULL, "전화", NULL, NULL, NULL, "물건이 다름"},
     "ㅂㅍㄱㅎ 전화 물건이 다름"},
    {{"반품 교환", "단순 변심", "네이버 톡톡", "미국 서부", NULL, NULL, "전화 내일"},
     "ㅂㅍㄱㅎ/ㄷㅅㅂㅅ ㄴㅇㅂㅌㅌ %ㅁㄱㅅㅂ 전화 내일"},
    {{"배송", NULL, "무명 채널", NULL, NULL, NULL, "전화 내일"}, "배송 -- 전화 내일"},
    {{"배송", NULL, "없어진채널", NULL, NULL, NULL, "메모"}, "배송 -- 메모"},
    {{"무명 구분", NULL, "전화", NULL, NULL, NULL, "메모"}, NULL},
    {{"없어진구분", NULL, "전화", NULL, NULL, NULL, "메모"}, NULL},
    {{"배송", "없어진세부", "전화", NULL, NULL, NULL, "메모"}, NULL},
    {{"배송", NULL, "전화", NULL, NULL, "급한 것", "메모"}, NULL},
    {{"배송", NULL, "전화", NULL, NULL, NULL, "두\n줄"}, NULL},
};
#define SAYINGS (sizeof sayings / sizeof sayings[0])

static void an_entry_is_the_line_one_would_type_or_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAYINGS; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        CXLOG_AUTO_TEXT line = NULL;
        fill(&entry, sayings[i].values);
        assert_int_equal(cli_entry_words(&line, &entry, scheme, true, NULL), CXLOG_OK);
        const char *wanted = sayings[i].line ? sayings[i].line : "(none)";
        if (strcmp(line ? line : "(none)", wanted) != 0)
            fail_msg("got %s, wanted %s", line ? line : "(none)", wanted);
    }
}

/* Whatever else is changed in the line, every other column stays as it is. */
static void what_is_typed_behind_the_line_changes_the_note_alone(void **state)
{
    (void)state;
    char name[] = "김하늘";
    cli_ctx ctx = {.cmd = cli_cmd_find("edit"), .now = NOON};
    ctx.settings.value[CLI_KEY_AGENT_NAME] = name;
    for (size_t i = 0; i < SAYINGS; i++) {
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        CXLOG_AUTO_VALUE(cxlog_entry) wanted;
        char after[256], note[128];
        cxlog_error err = {0};
        if (!sayings[i].line)
            continue;
        fill(&entry, sayings[i].values);
        fill(&wanted, sayings[i].values);
        (void)snprintf(note, sizeof note, "%s 끝", sayings[i].values[COLUMNS - 1]);
        (void)snprintf(after, sizeof after, "%s 끝", sayings[i].line);
        assert_int_equal(cxlog_entry_set(&wanted, CXLOG_COL_NOTE, note, NULL), CXLOG_OK);
        if (cli_entry_rewrite(&entry, &ctx, scheme, sayings[i].line, after, &err) !=
            CXLOG_OK)
            fail_msg("%s: %s", after, err.message);
        if (!cxlog_entry_same(&entry, &wanted))
            fail_msg("%s changed more than the note", after);
        cxlog_entry_clear(&entry);
        cxlog_entry_clear(&wanted);
    }
}

static void a_clock_is_of_the_records_own_day(void **state)
{
    (void)state;
    char name[] = "김하늘";
    cli_ctx ctx = {.cmd = cli_cmd_find("edit"), .now = NOON};
    ctx.settings.value[CLI_KEY_AGENT_NAME] = name;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    fill(&entry, sayings[0].values);
    assert_int_equal(cli_entry_rewrite(&entry, &ctx, scheme, "배송", "배송 23:30", NULL),
                     CXLOG_OK);
    assert_int_equal(entry.number[CXLOG_COL_CONTACTED_AT], NOON - 86400 + 41400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_the_line_one_would_type_or_none),
        cmocka_unit_test(what_is_typed_behind_the_line_changes_the_note_alone),
        cmocka_unit_test(a_clock_is_of_the_records_own_day),
    };
    return cmocka_run_group_tests(tests, open_scheme, close_scheme);
}
