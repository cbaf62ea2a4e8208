#include "cli/totals_view.h"
#include "cli_case.h"

static cli_ctx ctx;
static const cli_totals_view people = {.ctx = &ctx, .form = CLI_TOTALS_TEXT};
static const cli_totals_view machine = {.ctx = &ctx, .form = CLI_TOTALS_CSV};

static void counts_have_separators_for_people_only(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        const char *people, *machine;
    } cases[] = {{0, "·", "0"},
                 {7, "7", "7"},
                 {999, "999", "999"},
                 {1000, "1,000", "1000"},
                 {16384, "16,384", "16384"},
                 {1234567, "1,234,567", "1234567"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[CLI_CELL];
        assert_string_equal(cli_cell_count(buffer, &people, cases[i].count),
                            cases[i].people);
        assert_string_equal(cli_cell_count(buffer, &machine, cases[i].count),
                            cases[i].machine);
    }
}

typedef struct comparison {
    int64_t now, before;
    const char *change, *percent, *raw_change, *raw_percent;
} comparison;

static void changes_are_told_without_percent_of_too_few(void **state)
{
    (void)state;
    static const comparison cases[] = {{128, 97, "▲ 31", "+32%", "31", "32.0"},
                                       {61, 66, "▼ 5", "-8%", "-5", "-7.6"},
                                       {5, 5, "·", "+0%", "0", "0.0"},
                                       {9, 4, "▲ 5", "", "5", ""},
                                       {9, 0, "▲ 9", "new", "9", ""},
                                       {0, 0, "·", "", "0", ""},
                                       {0, 10, "▼ 10", "-100%", "-10", "-100.0"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const comparison *c = &cases[i];
        char buffer[CLI_CELL];
        assert_string_equal(cli_cell_change(buffer, &people, c->now, c->before),
                            c->change);
        assert_string_equal(cli_cell_percent(buffer, &people, c->now, c->before),
                            c->percent);
        assert_string_equal(cli_cell_change(buffer, &machine, c->now, c->before),
                            c->raw_change);
        assert_string_equal(cli_cell_percent(buffer, &machine, c->now, c->before),
                            c->raw_percent);
    }
}

static void shares_round_and_never_say_nothing_of_something(void **state)
{
    (void)state;
    char buffer[CLI_CELL];
    assert_string_equal(cli_cell_share(buffer, &people, 128, 412), "31%");
    assert_string_equal(cli_cell_share(buffer, &machine, 128, 412), "31.1");
    assert_string_equal(cli_cell_share(buffer, &people, 1, 1000), "<1%");
    assert_string_equal(cli_cell_share(buffer, &people, 0, 10), "·");
    assert_string_equal(cli_cell_share(buffer, &people, 0, 0), "");
}

static void totals_are_incomplete_only_where_a_sheet_lacks_something(void **state)
{
    (void)state;
    static const cxlog_basis bases[] = {
        {.sheet = true, .pending = 1},     {.sheet = true, .unknown = 1},
        {.sheet = true, .quarantined = 1}, {.sheet = true, .foreign = 1},
        {.sheet = true, .edited = 2},      {.sheet = false, .pending = 1},
        {.sheet = true, .sent = 1},
    };
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        assert_int_equal(cli_totals_incomplete(&bases[i]), i < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_have_separators_for_people_only),
        cmocka_unit_test(changes_are_told_without_percent_of_too_few),
        cmocka_unit_test(shares_round_and_never_say_nothing_of_something),
        cmocka_unit_test(totals_are_incomplete_only_where_a_sheet_lacks_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
