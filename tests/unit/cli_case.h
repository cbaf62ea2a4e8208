/*
 * cli_case.h - what the tests of the command line share: a settings file of their own, a
 * scheme, a line's words.
 */
#ifndef CLI_CASE_H
#define CLI_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/commands.h"

#define NOON 1795262400 /* 2026-11-21 12:00:00 on the wall */

/* Write `text` into a fresh file of that mode; the path stays valid until the next call.
 */
static inline const char *case_file(const char *text, size_t length, mode_t mode)
{
    static char path[64];
    memcpy(path, "/tmp/cxlog-case-XXXXXX", sizeof "/tmp/cxlog-case-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, length), (ssize_t)length);
    assert_int_equal(fchmod(fd, mode), 0);
    assert_int_equal(close(fd), 0);
    return path;
}

/* The starter scheme, folded. */
static inline cxlog_scheme *case_scheme(void)
{
    cxlog_event *events;
    size_t count;
    cxlog_scheme *scheme;
    cxlog_error err = {0};
    assert_int_equal(cxlog_scheme_starter(&events, &count, &err), CXLOG_OK);
    assert_int_equal(cxlog_scheme_new(&scheme, &err), CXLOG_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cxlog_scheme_apply(scheme, &events[i], &err), CXLOG_OK);
    cxlog_events_free(events, count);
    return scheme;
}

/* Cut a line at blanks into at most `room` words; '~' in a word stands for a blank.
 * Returns their number. */
static inline int case_words(char *line, char **words, int room)
{
    int count = 0;
    for (char *word = strtok(line, " "); word && count < room; word = strtok(NULL, " ")) {
        for (char *at = strchr(word, '~'); at; at = strchr(at, '~'))
            *at = ' ';
        words[count++] = word;
    }
    return count;
}

#endif
