/*
 * folder.h - a new folder for a test, and copies of files.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

/* In TMPDIR, or in /tmp where `size` has no room for that. */
static inline void folder_make(char *out, size_t size, const char *name)
{
    const char *base = getenv("TMPDIR");
    int length = snprintf(out, size, "%s/cxlog-%s-XXXXXX", base ? base : "/tmp", name);
    if (length < 0 || (size_t)length >= size)
        snprintf(out, size, "/tmp/cxlog-%s-XXXXXX", name); /* mkdtemp fills in the end */
    if (!mkdtemp(out))
        fail_msg("%s cannot be made", out);
}

static inline void copy_file(const char *from, const char *to)
{
    char block[1 << 16];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    size_t count;
    assert_non_null(in);
    assert_non_null(out);
    while ((count = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, count, out), count);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(to, 0600), 0);
}

#endif
