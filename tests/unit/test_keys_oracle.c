/* libhangul, the engine behind the Linux input methods, as oracle: typing cxlog_keys()
 * gives the word back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hangul.h>
#include <unistr.h>

#include <cxlog/auto.h>
#include <cxlog/match.h>

static size_t append(ucschar *out, size_t count, const ucschar *more)
{
    while (*more)
        out[count++] = *more++;
    out[count] = 0;
    return count;
}

static void type_keys(HangulInputContext *ic, const char *keys, ucschar *out)
{
    size_t count = append(out, 0, (const ucschar[]){0});
    for (; *keys; keys++) {
        bool used = hangul_ic_process(ic, *keys);
        count = append(out, count, hangul_ic_get_commit_string(ic));
        assert_true(used);
    }
    append(out, count, hangul_ic_flush(ic));
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void typing_the_keys_gives_the_word_back(void **state)
{
    (void)state;
    HangulInputContext *ic = hangul_ic_new("2");
    assert_non_null(ic);
    uint32_t seed = 20261120;
    for (int round = 0; round < 20000; round++) {
        ucs4_t word[6];
        size_t length = 1 + next_random(&seed) % 5;
        for (size_t i = 0; i < length; i++)
            word[i] = 0xAC00 + next_random(&seed) % 11172;
        uint8_t text[32];
        size_t bytes = sizeof text - 1;
        assert_ptr_equal(u32_to_u8(word, length, text, &bytes), text);
        text[bytes] = '\0';

        CXLOG_AUTO_TEXT keys = NULL;
        assert_int_equal(cxlog_keys(&keys, (const char *)text, NULL), CXLOG_OK);
        ucschar typed[64];
        type_keys(ic, keys, typed);
        word[length] = 0;
        if (memcmp(typed, word, (length + 1) * sizeof word[0]) != 0)
            fail_msg("%s typed as %s gives another word", (const char *)text, keys);
    }
    hangul_ic_delete(ic);
}

static void every_syllable_is_typed_as_its_keys(void **state)
{
    (void)state;
    HangulInputContext *ic = hangul_ic_new("2");
    assert_non_null(ic);
    for (ucs4_t syllable = 0xAC00; syllable <= 0xD7A3; syllable++) {
        uint8_t text[7];
        int bytes = u8_uctomb(text, syllable, 6);
        assert_int_equal(bytes, 3);
        text[3] = '\0';
        CXLOG_AUTO_TEXT keys = NULL;
        assert_int_equal(cxlog_keys(&keys, (const char *)text, NULL), CXLOG_OK);
        ucschar typed[16];
        type_keys(ic, keys, typed);
        if (typed[0] != syllable || typed[1] != 0)
            fail_msg("%s is not typed as %s", (const char *)text, keys);
    }
    hangul_ic_delete(ic);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typing_the_keys_gives_the_word_back),
        cmocka_unit_test(every_syllable_is_typed_as_its_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
