/* Lines for people: broken where they read well, never wider than the terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/screen.h"

static void check(const char *text, size_t width, size_t used, size_t indent,
                  const char *wanted)
{
    CXLOG_AUTO_TEXT got = NULL;
    assert_int_equal(cli_wrap(&got, text, width, used, indent, false, NULL), CXLOG_OK);
    assert_string_equal(got, wanted);
}

static void a_line_that_fits_stays_as_it_is(void **state)
{
    (void)state;
    check("오늘 25건\n", 9, 0, 2, "오늘 25건\n");
    check("", 9, 0, 2, "");
    check("a\n\nb\n", 9, 0, 2, "a\n\nb\n");
}

static void off_a_terminal_nothing_is_broken(void **state)
{
    (void)state;
    check("one two three four\n", 0, 0, 2, "one two three four\n");
    check("one two three four\n", 4, 0, 2, "one two three four\n");
}

static void several_blanks_and_dots_are_better_places_than_one_blank(void **state)
{
    (void)state;
    check("one two   three four\n", 16, 0, 2, "one two\n  three four\n");
    check("one two · three four\n", 16, 0, 2, "one two ·\n  three four\n");
    check("one two three four\n", 14, 0, 2, "one two three\n  four\n");
}

static void every_line_of_the_text_is_broken_by_itself(void **state)
{
    (void)state;
    check("one two three\nfour five six\n", 9, 0, 1,
          "one two\n three\nfour five\n six\n");
}

static void what_stands_on_the_first_line_already_counts(void **state)
{
    (void)state;
    check("one two three", 12, 5, 4, "one two\n    three");
    check("one two three", 13, 0, 4, "one two three");
}

static void a_word_without_blanks_is_cut_between_characters(void **state)
{
    (void)state;
    check("가나다라마", 6, 0, 2, "가나다\n  라마");
}

static void no_line_is_wider_than_asked_whatever_the_text(void **state)
{
    (void)state;
    static const char text[] =
        "2025-W46 · 11월 2주차 (2025-11-10 월 – 2025-11-16 일)   구분 · 2025-W45 대비\n"
        "👩‍👩‍👧‍👦 🇰🇷🇯🇵 ☎️ “따옴표”… ± ÷ "
        "averyveryverylongwordthatgoesonandonandon\n";
    for (size_t width = 10; width < 90; width++)
        for (int wide = 0; wide < 2; wide++) {
            CXLOG_AUTO_TEXT got = NULL;
            assert_int_equal(cli_wrap(&got, text, width, 0, 3, wide == 1, NULL),
                             CXLOG_OK);
            for (char *rest = NULL, *line = strtok_r(got, "\n", &rest); line;
                 line = strtok_r(NULL, "\n", &rest)) {
                if (cxlog_text_width(line, wide == 1) > width)
                    fail_msg("more than %zu cells: %s", width, line);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_fits_stays_as_it_is),
        cmocka_unit_test(off_a_terminal_nothing_is_broken),
        cmocka_unit_test(several_blanks_and_dots_are_better_places_than_one_blank),
        cmocka_unit_test(every_line_of_the_text_is_broken_by_itself),
        cmocka_unit_test(what_stands_on_the_first_line_already_counts),
        cmocka_unit_test(a_word_without_blanks_is_cut_between_characters),
        cmocka_unit_test(no_line_is_wider_than_asked_whatever_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
