#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unictype.h>
#include <uninorm.h>

#include <core/utf8.h>
#include <cxlog/auto.h>
#include <cxlog/text.h>

/* 배송지연 in NFD: what macOS makes of it. */
#define NFD_BAESONG "\u1107\u1162\u1109\u1169\u11bc"
#define NFD_JIYEON "\u110c\u1175\u110b\u1167\u11ab"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static char *repeat(const char *head, const char *part, size_t times)
{
    size_t start = strlen(head), length = strlen(part);
    char *text = malloc(start + length * times + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < times; i++)
        memcpy(text + start + i * length, part, length);
    text[start + length * times] = '\0';
    return text;
}

static void invalid_bytes_are_found_at_their_offset(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        int64_t at;
    } cases[] = {
        {"", 0, -1},
        {"배송", 6, -1},
        {"배송\xff", 7, 6},
        {"a\xc0\xaf", 3, 1},        /* overlong / */
        {"ab\xed\xa0\x80", 5, 2},   /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"abc\xeb\xb0", 5, 3},      /* cut short */
        {"ab\0cd", 5, 2},           /* NUL */
        {"\x80", 1, 0},             /* stray continuation */
        {"\xeb\xb0\0", 3, 0},       /* cut by a NUL */
        {"\xf0\x9f\x98\x80\xfe", 5, 4},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int64_t at = cxlog_text_invalid_at(cases[i].text, cases[i].length);
        if (at != cases[i].at)
            fail_msg("case %zu: offset %lld, not %lld", i, (long long)at,
                     (long long)cases[i].at);
    }
}

static void assert_cleans(const char *text, cxlog_text_kind kind, const char *expected)
{
    CXLOG_AUTO_TEXT out = NULL;
    cxlog_error err = {0};
    if (cxlog_text_clean(&out, text, strlen(text), kind, 100, "note", &err) != CXLOG_OK)
        fail_msg("refused \"%s\": %s", text, err.message);
    assert_string_equal(out, expected);
}

static void clean_normalises_trims_and_keeps_the_rest(void **state)
{
    (void)state;
    assert_cleans(NFD_BAESONG NFD_JIYEON, CXLOG_TEXT_LINE, "배송지연");
    assert_cleans("\u3000 배송  지연\u00a0\n", CXLOG_TEXT_LINE, "배송  지연");
    assert_cleans("  ", CXLOG_TEXT_LINE, "");
    assert_cleans("a\r\nb\tc\n\nd\r\n", CXLOG_TEXT_NOTE, "a\nb\tc\n\nd");
    assert_cleans("=1+1\u2028x", CXLOG_TEXT_NOTE, "=1+1\u2028x");
    assert_cleans("cafe\u0301", CXLOG_TEXT_LINE, "caf\u00e9");
}

static void assert_refuses(const char *text, size_t length, cxlog_text_kind kind,
                           const char *sentence)
{
    cxlog_error err = {0};
    char *out = NULL;
    assert_int_equal(cxlog_text_clean(&out, text, length, kind, 5, "note", &err),
                     CXLOG_ERR_VALUE);
    assert_string_equal(err.message, sentence);
    assert_null(out);
}

static void clean_says_why_it_refuses(void **state)
{
    (void)state;
    assert_refuses("ab\xff", 3, CXLOG_TEXT_LINE, "note is not valid UTF-8 at byte 2");
    assert_refuses("ab\0c", 4, CXLOG_TEXT_NOTE, "note has a NUL at byte 2");
    assert_refuses("배\nb", 5, CXLOG_TEXT_LINE,
                   "note has a control character, U+000A, as its character 2");
    assert_refuses("a\rb", 3, CXLOG_TEXT_NOTE,
                   "note has a control character, U+000D, as its character 2");
    assert_refuses("a\xc2\x9b!", 4, CXLOG_TEXT_NOTE,
                   "note has a control character, U+009B, as its character 2");
    assert_refuses("가나다라마바", 18, CXLOG_TEXT_LINE,
                   "note is too long: 6 characters, at most 5 are possible");
}

static void the_limit_counts_characters_after_normalising(void **state)
{
    (void)state;
    char *out = NULL;
    const char *five = NFD_BAESONG NFD_JIYEON "!"; /* 11 code points before, 5 after */
    assert_int_equal(
        cxlog_text_clean(&out, five, strlen(five), CXLOG_TEXT_LINE, 5, "note", NULL),
        CXLOG_OK);
    assert_int_equal(cxlog_text_chars(out), 5);
    free(out);
}

static void nfc_refuses_what_is_not_utf8(void **state)
{
    (void)state;
    cxlog_error err = {0};
    char *out;
    assert_int_equal(cxlog_text_nfc(&out, "a\xff", &err), CXLOG_ERR_VALUE);
    assert_string_equal(err.message, "text is not valid UTF-8 at byte 1");
}

static void fill_utf8(char out[7], uint32_t uc)
{
    int count = u8_uctomb((uint8_t *)out, uc, 6);
    assert_true(count > 0);
    out[count] = '\0';
}

/* The quick check looks at one character at a time, so no character it lets through may
 * be changed by NFC, reordered, or composed with the one before it. */
static void the_quick_nfc_check_agrees_with_the_unicode_tables(void **state)
{
    (void)state;
    for (uint32_t uc = 1; uc <= 0x10FFFF; uc++) {
        if (uc >= 0xD800 && uc <= 0xDFFF)
            continue;
        char text[7];
        fill_utf8(text, uc);
        if (cx_is_plainly_nfc(text, strlen(text))) {
            uint8_t nfc[16];
            size_t count = sizeof nfc;
            uint8_t *got =
                u8_normalize(UNINORM_NFC, (uint8_t *)text, strlen(text), nfc, &count);
            if (got != nfc || count != strlen(text) || memcmp(got, text, count) != 0 ||
                uc_combining_class(uc) != 0)
                fail_msg("U+%04X is changed by NFC", (unsigned)uc);
        }
        ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
        if (uc_canonical_decomposition(uc, parts) != 2 ||
            uc_composition(parts[0], parts[1]) != uc)
            continue;
        fill_utf8(text, parts[1]);
        if (cx_is_plainly_nfc(text, strlen(text)))
            fail_msg("U+%04X composes to U+%04X", (unsigned)parts[1], (unsigned)uc);
    }
}

static void widths_are_terminal_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells, wide;
    } cases[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"배송지연", 8, 8},
        {NFD_BAESONG NFD_JIYEON, 8, 8},
        {"ㅂㅅ", 4, 4},
        {"▁", 1, 2},
        {"▲│…“”", 5, 10},
        {"caf\u00e9", 4, 5},
        {"cafe\u0301", 4, 4},
        {"😀", 2, 2},
        {"\U0001F468\u200d\U0001F469\u200d\U0001F467", 2, 2}, /* family */
        {"\U0001F1F0\U0001F1F7", 2, 2},                       /* flag */
        {"\U0001F1F0\U0001F1F7\U0001F1EF\U0001F1F5", 4, 4},
        {"\U0001F44D\U0001F3FD", 2, 2}, /* skin tone */
        {"\xff\xeb", 2, 2},
        {"\u2764\ufe0f", 2, 2}, /* heart as emoji */
        {"a\ufe0f", 1, 1},
        {"a\u200bb", 2, 2},
        {"ＡＢ", 4, 4},
        {"\n", 0, 0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t cells = cxlog_text_width(cases[i].text, false);
        size_t wide = cxlog_text_width(cases[i].text, true);
        if (cells != cases[i].cells || wide != cases[i].wide)
            fail_msg("\"%s\": %zu and %zu cells, not %zu and %zu", cases[i].text, cells,
                     wide, cases[i].cells, cases[i].wide);
    }
}

static void fit_never_cuts_a_cluster(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells, bytes;
    } cases[] = {
        {"배송", 0, 0},
        {"배송", 1, 0},
        {"배송", 3, 3},
        {"배송", 4, 6},
        {"배송", 9, 6},
        {NFD_BAESONG, 2, 6},
        {NFD_BAESONG, 3, 6},
        {"e\u0301e\u0301", 1, 3},
        {"\U0001F468\u200d\U0001F469x", 2, 11},
        {"\U0001F468\u200d\U0001F469x", 1, 0},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t bytes = cxlog_text_fit(cases[i].text, cases[i].cells, false);
        if (bytes != cases[i].bytes)
            fail_msg("\"%s\" in %zu cells: %zu bytes, not %zu", cases[i].text,
                     cases[i].cells, bytes, cases[i].bytes);
    }
}

static void fit_bytes_never_cuts_a_character(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t most, bytes;
    } cases[] = {
        {"", 4, 0},      {"배송", 0, 0},        {"배송", 2, 0},
        {"배송", 3, 3},  {"배송", 5, 3},        {"배송", 6, 6},
        {"배송", 99, 6}, {"a배송", 6, 4},       {"\u00e9\u00e9", 3, 2},
        {"abc", 2, 2},   {"\U0001F468x", 3, 0}, {"\U0001F468x", 4, 4},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        size_t bytes = cxlog_text_fit_bytes(cases[i].text, cases[i].most);
        if (bytes != cases[i].bytes)
            fail_msg("\"%s\" in %zu bytes: %zu, not %zu", cases[i].text, cases[i].most,
                     bytes, cases[i].bytes);
    }
}

static void hostile_text_becomes_visible(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"배송 😀 \u2764\ufe0f \\ \"", "배송 😀 \u2764\ufe0f \\ \""},
        {"\x1b[2J", "\\x1b[2J"},
        {"\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"},
        {"\xc2\x9b[2J", "\\u009b[2J"},
        {"a\u202egnp.exe", "a\\u202egnp.exe"}, /* NOLINT(misc-misleading-bidirectional):
                                                  is what is escaped */
        {"\u2066x\u2069\u200e\u200f\u061c", "\\u2066x\\u2069\\u200e\\u200f\\u061c"},
        {"ok\rlie", "ok\\rlie"},
        {"a\nb\tc", "a\\nb\\tc"},
        {"\x7f", "\\x7f"},
        {"a\u200bb\u200c\u200d\u2060\ufeff", "a\\u200bb\\u200c\\u200d\\u2060\\ufeff"},
        {"\u2028\u2029\xc2\x85\u00ad\u3164", "\\u2028\\u2029\\u0085\\u00ad\\u3164"},
        {"\U000e0041", "\\U000e0041"},
        {"a\xff\xc0z", "a\\xff\\xc0z"},
        {"\xeb\xb0", "\\xeb\\xb0"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CXLOG_AUTO_TEXT shown = cxlog_text_escape(cases[i].text, true);
        assert_string_equal(shown, cases[i].shown);
    }
}

static void newlines_stay_when_several_lines_are_shown(void **state)
{
    (void)state;
    CXLOG_AUTO_TEXT shown = cxlog_text_escape("a\nb\r\x1b", false);
    assert_string_equal(shown, "a\nb\\r\\x1b");
}

static void quotes_are_short_escaped_and_whole(void **state)
{
    (void)state;
    char buffer[CXLOG_QUOTE_MAX];
    assert_string_equal(cxlog_quote(buffer, "배숑"), "\"배숑\"");
    assert_string_equal(cxlog_quote(buffer, ""), "\"\"");
    assert_string_equal(cxlog_quote(buffer, "a\x1b[2Jb"), "\"a\\x1b[2Jb\"");

    CXLOG_AUTO_TEXT sixty = repeat("", "송", 30);
    cxlog_quote(buffer, sixty);
    assert_int_equal(strlen(buffer), 92);

    CXLOG_AUTO_TEXT longer = repeat("", "송", 50000);
    cxlog_quote(buffer, longer);
    assert_int_equal(cxlog_text_width(buffer, false),
                     61); /* 29 syllables, … and quotes */
    assert_string_equal(buffer + strlen(buffer) - strlen("…\""), "…\"");
}

static void a_long_path_is_quoted_with_its_end(void **state)
{
    (void)state;
    char buffer[CXLOG_QUOTE_MAX];
    assert_string_equal(cxlog_quote_path(buffer, "/home/a/cxlog.db"),
                        "\"/home/a/cxlog.db\"");
    assert_string_equal(cxlog_quote_path(buffer, ""), "\"\"");
    assert_string_equal(cxlog_quote_path(buffer, "/a\x1b[2J/x"), "\"/a\\x1b[2J/x\"");

    CXLOG_AUTO_TEXT longer = repeat("/", "상담/", 100);
    CXLOG_AUTO_TEXT path = malloc(strlen(longer) + 16);
    assert_non_null(path);
    (void)snprintf(path, strlen(longer) + 16, "%scxlog.db", longer);
    cxlog_quote_path(buffer, path);
    assert_memory_equal(buffer, "\"…", strlen("\"…"));
    assert_string_equal(buffer + strlen(buffer) - strlen("/cxlog.db\""), "/cxlog.db\"");
    assert_true(cxlog_text_width(buffer, false) <= 62);
    assert_true(cxlog_text_width(buffer, false) >= 59);
    assert_int_equal(cxlog_text_invalid_at(buffer, strlen(buffer)), -1);

    CXLOG_AUTO_TEXT controls = repeat("/", "\x01", 4000); /* four cells each */
    cxlog_quote_path(buffer, controls);
    assert_true(cxlog_text_width(buffer, false) <= 62);
}

static void a_quote_of_endless_marks_stays_in_its_buffer(void **state)
{
    (void)state;
    struct {
        char buffer[CXLOG_QUOTE_MAX];
        char guard[8];
    } box;
    memset(&box, 'x', sizeof box);
    CXLOG_AUTO_TEXT marks = repeat("e", "\u0301", 10000);
    cxlog_quote(box.buffer, marks);
    assert_non_null(memchr(box.buffer, 0, sizeof box.buffer));
    assert_int_equal(cxlog_text_invalid_at(box.buffer, strlen(box.buffer)), -1);
    assert_memory_equal(box.guard, "xxxxxxxx", 8);
}

static void formulas_are_recognised_behind_blanks(void **state)
{
    (void)state;
    static const char *const formulas[] = {"=1",  "+1",   "-1",       "@a",  "\tx",
                                           "\rx", "\nx",  "＝1",      "＋1", "－1",
                                           "＠a", "  =1", "\u3000=1", " \t", "\ufeff=1"};
    static const char *const others[] = {"", " ", "a=1", "배송", "1-1", "'=1"};
    for (size_t i = 0; i < LENGTH(formulas); i++) {
        if (!cxlog_text_formula_like(formulas[i]))
            fail_msg("\"%s\" went through", formulas[i]);
    }
    for (size_t i = 0; i < LENGTH(others); i++) {
        if (cxlog_text_formula_like(others[i]))
            fail_msg("\"%s\" was taken for a formula", others[i]);
    }
}

/* With quadratic time anywhere this would run into the test's time limit. */
static void huge_texts_take_linear_time(void **state)
{
    (void)state;
    static const char *const parts[] = {"\u0301",          "\u0300\u0323", "가",
                                        "\u1100",          "\u200d",       "\U0001F1F0",
                                        "\U0001F468\u200d"};
    for (size_t i = 0; i < LENGTH(parts); i++) {
        CXLOG_AUTO_TEXT text = repeat("e", parts[i], 500000);
        CXLOG_AUTO_TEXT clean = NULL;
        assert_int_equal(cxlog_text_clean(&clean, text, strlen(text), CXLOG_TEXT_NOTE,
                                          2000000, "note", NULL),
                         CXLOG_OK);
        assert_true(cxlog_text_width(clean, false) > 0);
        assert_true(cxlog_text_fit(clean, 2000000, true) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_bytes_are_found_at_their_offset),
        cmocka_unit_test(clean_normalises_trims_and_keeps_the_rest),
        cmocka_unit_test(clean_says_why_it_refuses),
        cmocka_unit_test(the_limit_counts_characters_after_normalising),
        cmocka_unit_test(nfc_refuses_what_is_not_utf8),
        cmocka_unit_test(the_quick_nfc_check_agrees_with_the_unicode_tables),
        cmocka_unit_test(widths_are_terminal_cells),
        cmocka_unit_test(fit_never_cuts_a_cluster),
        cmocka_unit_test(fit_bytes_never_cuts_a_character),
        cmocka_unit_test(hostile_text_becomes_visible),
        cmocka_unit_test(newlines_stay_when_several_lines_are_shown),
        cmocka_unit_test(quotes_are_short_escaped_and_whole),
        cmocka_unit_test(a_long_path_is_quoted_with_its_end),
        cmocka_unit_test(a_quote_of_endless_marks_stays_in_its_buffer),
        cmocka_unit_test(formulas_are_recognised_behind_blanks),
        cmocka_unit_test(huge_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
