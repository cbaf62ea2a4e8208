#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/auto.h>
#include <cxlog/match.h>

#include "core/keys.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define NFD_BAESONG "\u1107\u1162\u1109\u1169\u11bc"

typedef cxlog_status mapping(char **out, const char *text, cxlog_error *err);

static void assert_maps(mapping *map, const char *text, const char *expected)
{
    CXLOG_AUTO_TEXT got = NULL;
    assert_int_equal(map(&got, text, NULL), CXLOG_OK);
    if (strcmp(got, expected) != 0)
        fail_msg("\"%s\" gives \"%s\", not \"%s\"", text, got, expected);
}

static cxlog_status initials(char **out, const char *text, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_keys) keys = {0};
    cxlog_status status = cx_initials_read(&keys, text, err);
    *out = status == CXLOG_OK ? CXLOG_TAKE(keys.bytes) : NULL;
    return status;
}

static void keys_are_what_the_fingers_type(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"배송", "qothd"},
        {NFD_BAESONG, "qothd"},
        {"ㅂㅅ", "qt"},
        {"ㅄ", "qt"},
        {"뱃", "qot"},
        {"배ㅅ", "qot"},
        {"환불", "ghksqnf"},
        {"qothd", "qothd"},
        {"빠른", "Qkfms"},
        {"쌟", "Tofq"},
        {"읽 었ㄲ", "dlfrdjTR"},
        {"의외 웨 워 위 왜 예 얘", "dmldhldnpdnjdnldhodPdO"},
        {"ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅃㅙ", "rtswsgfrfafqftfxfvfgQho"},
        {"넋앉않읽삶밟곬핥읊꿇값", "sjrtdkswdksgdlfrtkfaqkfqrhftgkfxdmfvRnfgrkqt"},
        {"VIP 상담-1", "VIPtkdeka-1"},
        {"\u00c9t\u00e9", "\u00c9t\u00e9"},
        {"E\u0301", "\u00c9"},
        {" \u3000\t", ""},
        {"\u1107\u1162\u1109", "qot"}, /* 배 and a first consonant alone, NFD */
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_maps(cxlog_keys, cases[i][0], cases[i][1]);
}

static void initials_are_one_key_a_syllable(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"배송", "qt"},
        {NFD_BAESONG, "qt"},
        {"배송지연", "qtwd"},
        {"ㅄ", "qt"},
        {"빠른배송", "Qfqt"},
        {"인스타그램DM", "dtxrfd"},
        {"B2B 도입 상담", "bedte"},
        {"3일째", "dW"},
        {"A/S", "as"},
        {"ㅏ배", "q"},
        {"123", ""},
        {"Web Chat", "wc"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_maps(initials, cases[i][0], cases[i][1]);
}

static void codes_are_first_consonants_as_letters(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"배송", "ㅂㅅ"},
        {NFD_BAESONG, "ㅂㅅ"},
        {"빠른", "ㅃㄹ"},
        {"VIP", ""},
        {"인스타그램DM", "ㅇㅅㅌㄱㄹ"},
        {"까따빠싸짜", "ㄲㄸㅃㅆㅉ"},
        {"온라인 채팅", "ㅇㄹㅇㅊㅌ"},
        {"", ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_maps(cxlog_code_of, cases[i][0], cases[i][1]);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    char *out = NULL;
    cxlog_match match;
    static const cxlog_candidate one = {.name = "배송"};
    assert_int_equal(cxlog_keys(&out, "\xff", NULL), CXLOG_ERR_VALUE);
    assert_int_equal(cxlog_code_of(&out, "\xff", NULL), CXLOG_ERR_VALUE);
    assert_int_equal(cxlog_match_find(&match, "\xff", &one, 1, NULL), CXLOG_ERR_VALUE);
    assert_int_equal(match.count, 0);
}

static const cxlog_candidate team[] = {
    {.name = "배송"},     {.name = "배송지연"}, {.name = "환불"},
    {.name = "빠른배송"}, {.name = "오류"},     {.name = "결제"},
    {.name = "교환"},     {.name = "기타"},     {.name = "VIP상담"},
};

/* Names of the hits, in order, joined by commas. */
static void join_hits(char out[256], const cxlog_match *match,
                      const cxlog_candidate *candidates)
{
    out[0] = '\0';
    for (size_t i = 0; i < match->count && i < CXLOG_MATCH_MAX; i++) {
        strcat(out, i ? "," : "");
        strcat(out, candidates[match->hits[i]].name);
    }
}

typedef struct expectation {
    const char *query;
    cxlog_tier tier;
    const char *hits;
} expectation;

static void assert_finds(const expectation *expected, const cxlog_candidate *candidates,
                         size_t count)
{
    cxlog_match match;
    char hits[256];
    assert_int_equal(cxlog_match_find(&match, expected->query, candidates, count, NULL),
                     CXLOG_OK);
    join_hits(hits, &match, candidates);
    if (match.tier != expected->tier || strcmp(hits, expected->hits) != 0)
        fail_msg("\"%s\": tier %d \"%s\", not tier %d \"%s\"", expected->query,
                 (int)match.tier, hits, (int)expected->tier, expected->hits);
}

static void what_is_typed_finds_the_name(void **state)
{
    (void)state;
    static const expectation cases[] = {
        {"배송", CXLOG_TIER_EXACT, "배송"},
        {NFD_BAESONG, CXLOG_TIER_EXACT, "배송"},
        {"qothd", CXLOG_TIER_EXACT, "배송"},
        {"ghksqnf", CXLOG_TIER_EXACT, "환불"},
        {"뱃", CXLOG_TIER_PREFIX, "배송,배송지연"},
        {"배ㅅ", CXLOG_TIER_PREFIX, "배송,배송지연"},
        {"배송ㅈ", CXLOG_TIER_PREFIX, "배송지연"},
        {"ㄱ", CXLOG_TIER_PREFIX, "결제,교환,기타"},
        {"ㅂㅅ", CXLOG_TIER_INITIALS, "배송"},
        {"ㅄ", CXLOG_TIER_INITIALS, "배송"},
        {"qt", CXLOG_TIER_INITIALS, "배송"},
        {"ㅂㅅㅈㅇ", CXLOG_TIER_INITIALS, "배송지연"},
        {"ㅂㅅㅈ", CXLOG_TIER_INITIALS_PREFIX, "배송지연"},
        {"ㅃㄹ", CXLOG_TIER_INITIALS_PREFIX, "빠른배송"},
        {"ㅂㄹ", CXLOG_TIER_INITIALS_PREFIX, "빠른배송"},
        {"qf", CXLOG_TIER_INITIALS_PREFIX, "빠른배송"},
        {"Qf", CXLOG_TIER_INITIALS_PREFIX, "빠른배송"},
        {"지연", CXLOG_TIER_SUBSTRING, "배송지연"},
        {"wldus", CXLOG_TIER_SUBSTRING, "배송지연"},
        {"배쏭", CXLOG_TIER_NEAR, "배송"},
        {"배숑", CXLOG_TIER_NEAR, "배송"},
        {"오료", CXLOG_TIER_NEAR, "오류"},
        {"vip상담", CXLOG_TIER_EXACT, "VIP상담"},
        {"vip", CXLOG_TIER_PREFIX, "VIP상담"},
        {"ㅍㅑㅔ", CXLOG_TIER_PREFIX, "VIP상담"},
        {"없는것", CXLOG_TIER_NONE, ""},
        {"", CXLOG_TIER_NONE, ""},
        {" \u3000", CXLOG_TIER_NONE, ""},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], team, LENGTH(team));
}

static void words_in_latin_letters_do_not_act_as_hangul(void **state)
{
    (void)state;
    static const cxlog_candidate names[] = {
        {.name = "메뉴"}, {.name = "포장"}, {.name = "전화"}, {.name = "카카오톡"}};
    static const char *const words[] = {"a",    "A",  "AS",    "x",      "PC",     "v",
                                        "W",    "w",  "hello", "please", "refund", "MS",
                                        "APP1", "z!", "Z",     "WG"};
    for (size_t i = 0; i < LENGTH(words); i++) {
        cxlog_match match;
        assert_int_equal(cxlog_match_find(&match, words[i], names, LENGTH(names), NULL),
                         CXLOG_OK);
        if (match.tier <= CXLOG_TIER_INITIALS_PREFIX)
            fail_msg("\"%s\" acts as %s", words[i], names[match.hits[0]].name);
    }
}

static void a_frozen_code_wins_over_the_initials_of_others(void **state)
{
    (void)state;
    static const cxlog_candidate names[] = {{.name = "배상", .code = "ㅂㅅㅇ"},
                                            {.name = "배송", .code = "ㅂㅅ"},
                                            {.name = "보상", .code = ""}};
    static const expectation cases[] = {
        {"ㅂㅅ", CXLOG_TIER_EXACT, "배송"}, {"ㅄ", CXLOG_TIER_EXACT, "배송"},
        {"qt", CXLOG_TIER_EXACT, "배송"},   {"ㅂㅅㅇ", CXLOG_TIER_EXACT, "배상"},
        {"ㅄㅇ", CXLOG_TIER_EXACT, "배상"}, {"qtd", CXLOG_TIER_EXACT, "배상"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], names, LENGTH(names));
}

static void the_script_that_was_typed_wins_over_the_wrong_mode(void **state)
{
    (void)state;
    static const cxlog_candidate names[] = {{.name = "배송", .code = "ㅂㅅ"},
                                            {.name = "QT"},
                                            {.name = "해외"},
                                            {.name = "Google"}};
    static const expectation cases[] = {
        {"ㅂㅅ", CXLOG_TIER_EXACT, "배송"},  {"qt", CXLOG_TIER_EXACT, "QT"},
        {"go", CXLOG_TIER_PREFIX, "Google"}, {"해", CXLOG_TIER_PREFIX, "해외"},
        {"godh", CXLOG_TIER_PREFIX, "해외"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], names, LENGTH(names));
}

static void
a_name_typed_exactly_wins_over_one_that_differs_in_blanks_or_case(void **state)
{
    (void)state;
    static const cxlog_candidate names[] = {{.name = "온라인 채팅"},
                                            {.name = "온라인채팅"},
                                            {.name = "vip"},
                                            {.name = "VIP"}};
    static const expectation cases[] = {
        {"온라인채팅", CXLOG_TIER_EXACT, "온라인채팅"},
        {"온라인 채팅", CXLOG_TIER_EXACT, "온라인 채팅"},
        {"VIP", CXLOG_TIER_EXACT, "VIP"},
        {"Vip", CXLOG_TIER_EXACT, "vip,VIP"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], names, LENGTH(names));
}

static void aliases_are_names_too(void **state)
{
    (void)state;
    static const char *const aliases[] = {"택배", "Delivery", NULL};
    static const cxlog_candidate names[] = {{.name = "환불"},
                                            {.name = "배송", .aliases = aliases}};
    static const expectation cases[] = {
        {"택배", CXLOG_TIER_EXACT, "배송"},   {"delivery", CXLOG_TIER_EXACT, "배송"},
        {"deli", CXLOG_TIER_PREFIX, "배송"},  {"ㅌㅂ", CXLOG_TIER_INITIALS, "배송"},
        {"delivry", CXLOG_TIER_NEAR, "배송"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], names, LENGTH(names));
}

static void commands_typed_in_the_wrong_mode_are_found(void **state)
{
    (void)state;
    static const cxlog_candidate commands[] = {
        {.name = "log"}, {.name = "totals"}, {.name = "report"}, {.name = "list"}};
    static const expectation cases[] = {
        {"샛민", CXLOG_TIER_EXACT, "totals"},
        {"ㅣㅐㅎ", CXLOG_TIER_EXACT, "log"},
        {"ㄱ데ㅐㄳ", CXLOG_TIER_EXACT, "report"},
        {"totlas", CXLOG_TIER_NEAR, "totals"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_finds(&cases[i], commands, LENGTH(commands));
}

static void more_hits_than_fit_are_still_counted(void **state)
{
    (void)state;
    enum { MANY = 2000 };
    static char names[MANY][32];
    static cxlog_candidate many[MANY];
    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "배송%zu", i);
        many[i] = (cxlog_candidate){.name = names[i]};
    }
    cxlog_match match;
    assert_int_equal(cxlog_match_find(&match, "뱃", many, MANY, NULL), CXLOG_OK);
    assert_int_equal(match.tier, CXLOG_TIER_PREFIX);
    assert_int_equal(match.count, MANY);
    assert_int_equal(match.hits[7], 7);
}

static void distance_counts_edits_up_to_its_limit(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned limit, distance;
    } cases[] = {
        {"", "", 0, 0},
        {"a", "a", 0, 0},
        {"a", "b", 0, 1},
        {"", "abc", 3, 3},
        {"abc", "", 3, 3},
        {"abcd", "", 3, 4},
        {"qothd", "qoThd", 1, 1},
        {"abcd", "abdc", 1, 1},
        {"abcd", "badc", 2, 2},
        {"abcdef", "bcdefa", 3, 2},
        {"abc", "xyz", 2, 3},
        {"abc", "xyz", 3, 3},
        {"abcdefgh", "xbcdyfgz", 3, 3},
        {"abcdefgh", "xbcdyfgz", 2, 3},
        {"kitten", "sitting", 3, 3},
        {"aaaa", "bbbb", 3, 4},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        unsigned there = cxlog_key_distance(cases[i].a, cases[i].b, cases[i].limit);
        unsigned back = cxlog_key_distance(cases[i].b, cases[i].a, cases[i].limit);
        if (there != cases[i].distance || back != there)
            fail_msg("%s, %s: %u and %u, not %u", cases[i].a, cases[i].b, there, back,
                     cases[i].distance);
    }
}

/* Whole table, no band: the plain definition. */
static unsigned plain_distance(const char *a, const char *b)
{
    unsigned d[16][16] = {{0}};
    for (size_t i = 0; i <= strlen(a); i++) {
        for (size_t j = 0; j <= strlen(b); j++) {
            if (i == 0 || j == 0) {
                d[i][j] = (unsigned)(i + j);
                continue;
            }
            unsigned best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[strlen(a)][strlen(b)];
}

static void random_word(char out[12], uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    size_t length = (*seed >> 24) % 11;
    for (size_t i = 0; i < length; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        out[i] = (char)('a' + (*seed >> 24) % 3);
    }
    out[length] = '\0';
}

static void distance_agrees_with_the_plain_definition(void **state)
{
    (void)state;
    uint32_t seed = 20261120;
    for (int round = 0; round < 20000; round++) {
        char a[12], b[12];
        random_word(a, &seed);
        random_word(b, &seed);
        unsigned limit = (unsigned)round % 4;
        unsigned plain = plain_distance(a, b);
        unsigned expected = plain > limit ? limit + 1 : plain;
        if (cxlog_key_distance(a, b, limit) != expected)
            fail_msg("%s, %s, limit %u: %u, not %u", a, b, limit,
                     cxlog_key_distance(a, b, limit), expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_what_the_fingers_type),
        cmocka_unit_test(initials_are_one_key_a_syllable),
        cmocka_unit_test(codes_are_first_consonants_as_letters),
        cmocka_unit_test(text_that_is_not_utf8_is_refused),
        cmocka_unit_test(what_is_typed_finds_the_name),
        cmocka_unit_test(words_in_latin_letters_do_not_act_as_hangul),
        cmocka_unit_test(a_frozen_code_wins_over_the_initials_of_others),
        cmocka_unit_test(the_script_that_was_typed_wins_over_the_wrong_mode),
        cmocka_unit_test(
            a_name_typed_exactly_wins_over_one_that_differs_in_blanks_or_case),
        cmocka_unit_test(aliases_are_names_too),
        cmocka_unit_test(commands_typed_in_the_wrong_mode_are_found),
        cmocka_unit_test(more_hits_than_fit_are_still_counted),
        cmocka_unit_test(distance_counts_edits_up_to_its_limit),
        cmocka_unit_test(distance_agrees_with_the_plain_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
