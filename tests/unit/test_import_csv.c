#include "cli/import.h"
#include "cli_case.h"

typedef struct heard {
    char text[1024]; /* "line:cell|cell;" a row */
    size_t lengths;  /* bytes of all cells */
    cxlog_status answer;
} heard;

static cxlog_status hear(void *data, const cli_csv_row *row, cxlog_error *err)
{
    heard *h = data;
    (void)err;
    size_t at = strlen(h->text);
    at += (size_t)snprintf(h->text + at, sizeof h->text - at,
                           "%lld:", (long long)row->line);
    if (row->trouble)
        at += (size_t)snprintf(h->text + at, sizeof h->text - at, "!");
    for (size_t i = 0; i < row->count; i++) {
        h->lengths += row->lengths[i];
        at += (size_t)snprintf(h->text + at, sizeof h->text - at, "%s%.100s",
                               i ? "|" : "", row->cells[i]);
    }
    (void)snprintf(h->text + at, sizeof h->text - at, ";");
    return h->answer;
}

static cxlog_status read_bytes(heard *out, const void *bytes, size_t length,
                               cxlog_error *err)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    cxlog_status status = cli_csv_read(file, hear, out, err);
    (void)fclose(file);
    return status;
}

static void rows_come_with_the_line_they_begin_on(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"a,b\n1,2\n", "1:a|b;2:1|2;"},
        {"a,b\r\n1,2", "1:a|b;2:1|2;"},
        {"\xef\xbb\xbf"
         "a\r\n\r\n\r\nb\r\n",
         "1:a;4:b;"},
        {"a,\"x\ny\"\nb,c\n", "1:a|x\ny;3:b|c;"},
        {"\"\n\n\",1\n2,3\n", "1:\n\n|1;4:2|3;"},
        {"\"say \"\"hi\"\"\",,\n", "1:say \"hi\"||;"},
        {"a\n\"never closed\nmore", "1:a;2:!;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        heard h = {.answer = CXLOG_OK};
        cxlog_error err = {0};
        if (read_bytes(&h, cases[i].text, strlen(cases[i].text), &err) != CXLOG_OK)
            fail_msg("case %zu: %s", i, err.message);
        if (strcmp(h.text, cases[i].expected) != 0)
            fail_msg("case %zu: got %s, expected %s", i, h.text, cases[i].expected);
    }
}

static void a_nul_byte_is_not_lost(void **state)
{
    (void)state;
    heard h = {.answer = CXLOG_OK};
    assert_int_equal(read_bytes(&h, "a\0b,c\n", 6, NULL), CXLOG_OK);
    assert_int_equal(h.lengths, 4);
}

static void a_file_in_utf16_is_refused_by_name(void **state)
{
    (void)state;
    heard h = {.answer = CXLOG_OK};
    cxlog_error err = {0};
    assert_int_equal(read_bytes(&h,
                                "\xff\xfe"
                                "a\0",
                                4, &err),
                     CXLOG_ERR_VALUE);
    assert_non_null(strstr(err.message, "UTF-16"));
}

static void reading_ends_when_the_reader_says_so(void **state)
{
    (void)state;
    heard h = {.answer = CXLOG_ERR_IO};
    assert_int_equal(read_bytes(&h, "a\nb\nc\n", 6, NULL), CXLOG_ERR_IO);
    assert_string_equal(h.text, "1:a;");
}

static void cells_longer_than_a_chunk_arrive_whole(void **state)
{
    (void)state;
    size_t length = 300000;
    CXLOG_AUTO_TEXT text = malloc(length + 3);
    assert_non_null(text);
    memset(text, 'x', length + 3);
    text[0] = '"';
    text[length + 1] = '"';
    text[length + 2] = '\n';
    heard h = {.answer = CXLOG_OK};
    assert_int_equal(read_bytes(&h, text, length + 3, NULL), CXLOG_OK);
    assert_int_equal(h.lengths, length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_with_the_line_they_begin_on),
        cmocka_unit_test(a_nul_byte_is_not_lost),
        cmocka_unit_test(a_file_in_utf16_is_refused_by_name),
        cmocka_unit_test(reading_ends_when_the_reader_says_so),
        cmocka_unit_test(cells_longer_than_a_chunk_arrive_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
