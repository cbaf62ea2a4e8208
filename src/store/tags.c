#include "core/utf8.h"
#include "store/store_impl.h"

#define UTF8_MAX 4 /* bytes of a character */

/* The next tag from *at on, which moves behind it. *length 0: there is none. */
static const char *next_tag(const char **at, size_t *length)
{
    const char *p = *at;
    const char *tag = p;
    const char *end = p; /* of what is no blank */
    while (*p && (*p != ',' || end == tag)) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, p, strnlen(p, UTF8_MAX));
        bool blank = *p == ',' || cx_is_blank(uc);
        p += used;
        if (!blank)
            end = p;
        else if (end == tag)
            tag = end = p;
    }
    *at = p;
    *length = (size_t)(end - tag);
    return tag;
}

void cx_tags_clear(cx_tags *tags)
{
    free(tags->text);
    free((void *)tags->tag);
    *tags = (cx_tags){0};
}

static int in_order(const void *a, const void *b)
{
    const char *const *first = a;
    const char *const *second = b;
    return strcmp(*first, *second);
}

static void drop_doubles(cx_tags *tags)
{
    size_t kept = 0;
    if (tags->count > 1)
        qsort((void *)tags->tag, tags->count, sizeof *tags->tag, in_order);
    for (size_t i = 0; i < tags->count; i++) {
        if (kept == 0 || strcmp(tags->tag[kept - 1], tags->tag[i]) != 0)
            tags->tag[kept++] = tags->tag[i];
    }
    tags->count = kept;
}

cxlog_status cx_tags_of(cx_tags *out, const char *text, cxlog_error *err)
{
    size_t room = 1;
    size_t length = 0;
    for (const char *p = text; *p; p++)
        room += *p == ',';
    out->text = strdup(text);
    out->tag = calloc(room, sizeof *out->tag);
    if (!out->text || !out->tag)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    const char *at = text;
    for (;;) {
        const char *tag = next_tag(&at, &length);
        if (length == 0)
            break;
        char *own = out->text + (tag - text);
        own[length] = '\0';
        out->tag[out->count++] = own;
    }
    drop_doubles(out);
    return CXLOG_OK;
}

bool cx_tags_have(const char *text, const char *tag)
{
    size_t wanted = strlen(tag);
    size_t length = 0;
    const char *one = next_tag(&text, &length);
    if (wanted == 0)
        return length == 0;
    while (length > 0 && (length != wanted || memcmp(one, tag, length) != 0))
        one = next_tag(&text, &length);
    return length > 0;
}
