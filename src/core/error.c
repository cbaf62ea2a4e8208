#include <cxlog/error.h>

#include <assert.h>
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* End text[0..length) at a character boundary: a cut sequence at its end is dropped. */
static void cut_clean(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)text[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)text[start - 1];
        size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (length - (start - 1) < needed)
            length = start - 1;
    }
    text[length] = '\0';
}

static void copy_cut(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length < size) {
        memcpy(out, text, length + 1);
        return;
    }
    memcpy(out, text, size - 1);
    cut_clean(out, size - 1);
}

CXLOG_PRINTF(2, 0)
static void render(char out[CXLOG_MESSAGE_MAX], const char *format, va_list args)
{
    int length = vsnprintf(out, CXLOG_MESSAGE_MAX, dgettext("cxlog", format), args);
    if (length < 0)
        copy_cut(out, CXLOG_MESSAGE_MAX, format);
    else if (length >= CXLOG_MESSAGE_MAX)
        cut_clean(out, CXLOG_MESSAGE_MAX - 1);
}

cxlog_status cxlog_fail(cxlog_error *err, cxlog_status status, const char *format, ...)
{
    assert(status != CXLOG_OK);
    if (!err || err->status != CXLOG_OK)
        return status;
    va_list args;
    va_start(args, format);
    render(err->message, format, args);
    va_end(args);
    err->status = status;
    return status;
}

cxlog_status cxlog_wrap(cxlog_error *err, const char *format, ...)
{
    if (!err)
        return CXLOG_ERR_BUG;
    char context[CXLOG_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    render(context, format, args);
    va_end(args);
    if (err->status == CXLOG_OK) /* nothing to wrap must not read as success */
        return cxlog_fail(err, CXLOG_ERR_BUG, "%s", context);

    char joined[2 * CXLOG_MESSAGE_MAX + 2];
    snprintf(joined, sizeof joined, "%s: %s", context, err->message);
    copy_cut(err->message, sizeof err->message, joined);
    return err->status;
}

void cxlog_suggest(cxlog_error *err, const char *candidate)
{
    if (!err || err->suggestion_count == CXLOG_SUGGESTIONS_MAX)
        return;
    copy_cut(err->suggestions[err->suggestion_count++], CXLOG_SUGGESTION_MAX, candidate);
}

void cxlog_error_clear(cxlog_error *err)
{
    if (!err)
        return;
    err->status = CXLOG_OK;
    err->message[0] = '\0';
    err->suggestion_count = 0;
}

int cxlog_exit_code(cxlog_status status)
{
    static const int codes[] = {
#define X(name, code, word, text) [CXLOG_##name] = (code),
        CXLOG_STATUSES(X)
#undef X
    };
    return codes[status];
}

const char *cxlog_status_name(cxlog_status status)
{
    static const char *const names[] = {
#define X(name, code, word, text) [CXLOG_##name] = (word),
        CXLOG_STATUSES(X)
#undef X
    };
    return names[status];
}

const char *cxlog_status_text(cxlog_status status)
{
    static const char *const texts[] = {
#define X(name, code, word, text) [CXLOG_##name] = (text),
        CXLOG_STATUSES(X)
#undef X
    };
    return texts[status];
}
