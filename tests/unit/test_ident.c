#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cxlog/entry.h>

#include "core/digest.h"
#include "core/seam.h"

static int64_t clock_ms;
static uint8_t random_byte;

static int64_t fixed_clock(void)
{
    return clock_ms;
}

static int one_byte_random(void *buffer, size_t count)
{
    memset(buffer, random_byte, count);
    return 0;
}

static int no_random(void *buffer, size_t count)
{
    (void)buffer;
    (void)count;
    return -1;
}

static void use_fixed(int64_t ms, uint8_t byte)
{
    static const cx_seam fixed = {.utc_ms = fixed_clock, .random = one_byte_random};
    clock_ms = ms;
    random_byte = byte;
    cx_seam_use(&fixed);
}

static int real_seam_again(void **state)
{
    (void)state;
    cx_seam_use(NULL);
    return 0;
}

static void new_id(char out[CXLOG_ID_SIZE])
{
    cxlog_error err = {0};
    if (cxlog_id_new(out, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

/* Time part of the ULID specification's example, 01ARZ3NDEK; the digits of 80 bits are
 * known. */
static void a_new_id_spells_time_and_random_bits(void **state)
{
    (void)state;
    char id[CXLOG_ID_SIZE];
    use_fixed(INT64_C(1469922850259), 0xff);
    new_id(id);
    assert_string_equal(id, "01ARZ3NDEKZZZZZZZZZZZZZZZZ");
    use_fixed(INT64_C(1469922850260), 0x00);
    new_id(id);
    assert_string_equal(id, "01ARZ3NDEM0000000000000000");
}

static void ids_rise_within_one_millisecond(void **state)
{
    (void)state;
    char before[CXLOG_ID_SIZE];
    char after[CXLOG_ID_SIZE];
    use_fixed(INT64_C(1790000000000), 0x81);
    new_id(before);
    for (int i = 0; i < 1000; i++) {
        new_id(after);
        if (strcmp(before, after) >= 0)
            fail_msg("%s is followed by %s", before, after);
        memcpy(before, after, sizeof before);
    }
}

static void ids_rise_when_the_random_part_runs_over(void **state)
{
    (void)state;
    char before[CXLOG_ID_SIZE];
    char after[CXLOG_ID_SIZE];
    use_fixed(INT64_C(1790000000100), 0xff);
    new_id(before);
    new_id(after);
    if (strcmp(before, after) >= 0)
        fail_msg("%s is followed by %s", before, after);
}

static void ids_rise_when_the_clock_goes_back(void **state)
{
    (void)state;
    char before[CXLOG_ID_SIZE];
    char after[CXLOG_ID_SIZE];
    use_fixed(INT64_C(1790000001000), 0x20);
    new_id(before);
    use_fixed(INT64_C(1780000000000), 0x20);
    new_id(after);
    if (strcmp(before, after) >= 0)
        fail_msg("%s is followed by %s", before, after);
}

static void real_ids_are_valid_and_differ(void **state)
{
    (void)state;
    char a[CXLOG_ID_SIZE];
    char b[CXLOG_ID_SIZE];
    new_id(a);
    new_id(b);
    assert_true(cxlog_id_valid(a));
    assert_true(cxlog_id_valid(b));
    assert_string_not_equal(a, b);
}

static void without_randomness_there_is_no_id(void **state)
{
    (void)state;
    static const cx_seam broken = {.utc_ms = fixed_clock, .random = no_random};
    char id[CXLOG_ID_SIZE] = "untouched";
    cxlog_error err = {0};
    cx_seam_use(&broken);
    assert_int_equal(cxlog_id_new(id, &err), CXLOG_ERR_BUG);
    assert_string_equal(id, "untouched");
}

/* printf 'crm\x1f4711' | sha256sum, its first 80 bits in base 32. */
static void a_derived_id_is_the_same_everywhere(void **state)
{
    (void)state;
    char id[CXLOG_ID_SIZE];
    cxlog_error err = {0};
    assert_int_equal(cxlog_id_derive(id, INT64_C(1469922850), "crm", "4711", &err),
                     CXLOG_OK);
    assert_string_equal(id, "01ARZ3ND6GZZ22B9CZTMSTCG5W");
}

static void derived_ids_differ_by_source_key_and_time(void **state)
{
    (void)state;
    static const struct {
        cxlog_wall at;
        const char *source, *key;
    } cases[] = {
        {1000, "crm", "1"}, {1000, "crm", "2"}, {1000, "desk", "1"},
        {1001, "crm", "1"}, {1000, "cr", "m1"},
    };
    enum { COUNT = sizeof cases / sizeof cases[0] };
    char ids[COUNT][CXLOG_ID_SIZE];
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(
            cxlog_id_derive(ids[i], cases[i].at, cases[i].source, cases[i].key, NULL),
            CXLOG_OK);
        assert_true(cxlog_id_valid(ids[i]));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(ids[i], ids[j]);
    }
}

static void a_time_before_1970_derives_a_valid_id(void **state)
{
    (void)state;
    char id[CXLOG_ID_SIZE];
    assert_int_equal(cxlog_id_derive(id, -5, "crm", "1", NULL), CXLOG_OK);
    assert_memory_equal(id, "0000000000", 10);
}

static void only_crockford_ulids_are_valid(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        bool valid;
    } cases[] = {
        {"01ARZ3NDEKTSV4RRFFQ69G5FAV", true},
        {"7ZZZZZZZZZZZZZZZZZZZZZZZZZ", true},
        {"8ZZZZZZZZZZZZZZZZZZZZZZZZZ", false},
        {"01arz3ndektsv4rrffq69g5fav", false},
        {"01ARZ3NDEKTSV4RRFFQ69G5FA", false},
        {"01ARZ3NDEKTSV4RRFFQ69G5FAVV", false},
        {"01ARZ3NDEKTSV4RRFFQ69G5FAU", false},
        {"01ARZ3NDEKTSV4RRFFQ69G5FAI", false},
        {"", false},
        {NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cxlog_id_valid(cases[i].id) != cases[i].valid)
            fail_msg("\"%s\"", cases[i].id ? cases[i].id : "(none)");
    }
}

static void sha256_gives_the_known_answers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t hash[CX_SHA256_SIZE];
        char hex[2 * CX_SHA256_SIZE + 1];
        cx_digest *digest = cx_digest_new();
        assert_non_null(digest);
        cx_digest_add(digest, cases[i].text, strlen(cases[i].text));
        cx_digest_finish(digest, hash);
        cx_digest_free(digest);
        cx_hex(hex, hash, sizeof hash);
        assert_string_equal(hex, cases[i].hex);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_new_id_spells_time_and_random_bits, real_seam_again),
        cmocka_unit_test_teardown(ids_rise_within_one_millisecond, real_seam_again),
        cmocka_unit_test_teardown(ids_rise_when_the_random_part_runs_over,
                                  real_seam_again),
        cmocka_unit_test_teardown(ids_rise_when_the_clock_goes_back, real_seam_again),
        cmocka_unit_test(real_ids_are_valid_and_differ),
        cmocka_unit_test_teardown(without_randomness_there_is_no_id, real_seam_again),
        cmocka_unit_test(a_derived_id_is_the_same_everywhere),
        cmocka_unit_test(derived_ids_differ_by_source_key_and_time),
        cmocka_unit_test(a_time_before_1970_derives_a_valid_id),
        cmocka_unit_test(only_crockford_ulids_are_valid),
        cmocka_unit_test(sha256_gives_the_known_answers),
    };
    return cmocka_run_group_tests_name("ident", tests, NULL, NULL);
}
