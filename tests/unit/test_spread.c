/* When a machine's turn is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <cxlog/sync.h>

#define SPAN INT64_C(900000)

static int64_t turn_of(int machine, int64_t span)
{
    char seed[32];
    cxlog_error err = {0};
    int64_t turn = -1;
    snprintf(seed, sizeof seed, "machine %d", machine);
    assert_int_equal(cxlog_spread_ms(&turn, seed, span, &err), CXLOG_OK);
    return turn;
}

static void a_machines_turn_is_the_same_every_day(void **state)
{
    (void)state;
    assert_int_equal(turn_of(7, SPAN), turn_of(7, SPAN));
    assert_int_not_equal(turn_of(7, SPAN), turn_of(8, SPAN));
}

static void turns_fill_the_span_evenly_and_nothing_else(void **state)
{
    (void)state;
    int quarter[4] = {0};
    for (int i = 0; i < 4000; i++) {
        int64_t turn = turn_of(i, SPAN);
        assert_in_range(turn, 0, SPAN - 1);
        quarter[turn * 4 / SPAN]++;
    }
    for (int i = 0; i < 4; i++)
        assert_in_range(quarter[i], 900, 1100);
}

static void no_span_is_no_wait(void **state)
{
    (void)state;
    assert_int_equal(turn_of(1, 0), 0);
    assert_int_equal(turn_of(1, -5), 0);
    assert_int_equal(turn_of(1, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machines_turn_is_the_same_every_day),
        cmocka_unit_test(turns_fill_the_span_evenly_and_nothing_else),
        cmocka_unit_test(no_span_is_no_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
