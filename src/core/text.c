#include <cxlog/text.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include <cxlog/auto.h>

#include "utf8.h"

bool cx_is_blank(uint32_t uc)
{
    if (uc < 0x80)
        return uc == ' ' || (uc >= '\t' && uc <= '\r');
    return uc == 0x200B || uc == 0xFEFF || uc_is_property_white_space(uc);
}

/* Ranges whose every character is its own NFC, has combining class 0 and never composes
 * with the character before it (tests/unit/test_text.c proves it against libunistring's
 * tables). */
static bool never_changes(uint32_t uc)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x0000, 0x02FF},   {0x2010, 0x205F}, {0x20A0, 0x20BF}, {0x2190, 0x2328},
        {0x232B, 0x27FF},   {0x3000, 0x3029}, {0x3131, 0x318E}, {0x3200, 0x33FF},
        {0x4E00, 0x9FFF},   {0xAC00, 0xD7A3}, {0xFE00, 0xFE0F}, {0xFF01, 0xFFEE},
        {0x1F300, 0x1FAFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (uc <= ranges[i].last)
            return uc >= ranges[i].first;
    }
    return false;
}

bool cx_is_plainly_nfc(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t uc;
        i += cx_utf8_read(&uc, text + i, length - i);
        if (!never_changes(uc))
            return false;
    }
    return true;
}

int64_t cxlog_text_invalid_at(const char *text, size_t length)
{
    const char *nul = memchr(text, 0, length);
    size_t before = nul ? (size_t)(nul - text) : length;
    const uint8_t *bad = u8_check((const uint8_t *)text, before);
    if (bad)
        return bad - (const uint8_t *)text;
    return nul ? (int64_t)before : -1;
}

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

static cxlog_status normalise(char **out, const char *text, size_t length,
                              cxlog_error *err)
{
    if (cx_is_plainly_nfc(text, length)) {
        *out = copy_text(text, length);
        return *out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    size_t count = 0;
    uint8_t *nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)text, length, NULL, &count);
    if (!nfc && errno != ENOMEM)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "text cannot be normalised to NFC");
    char *grown = nfc ? realloc(nfc, count + 1) : NULL;
    if (!grown) {
        free(nfc);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    grown[count] = '\0';
    *out = grown;
    return CXLOG_OK;
}

cxlog_status cxlog_text_nfc(char **out, const char *text, cxlog_error *err)
{
    *out = NULL;
    size_t length = strlen(text);
    int64_t bad = cxlog_text_invalid_at(text, length);
    if (bad >= 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE, "text is not valid UTF-8 at byte %lld",
                          (long long)bad);
    return normalise(out, text, length, err);
}

/* Move *text and *length past white space at both ends. */
static void trim(const char **text, size_t *length)
{
    const char *start = *text;
    size_t left = *length;
    for (uint32_t uc; left > 0;) {
        size_t used = cx_utf8_read(&uc, start, left);
        if (!uc_is_property_white_space(uc))
            break;
        start += used;
        left -= used;
    }
    while (left > 0) {
        size_t last = left - 1;
        while (last > 0 && ((unsigned char)start[last] & 0xC0) == 0x80)
            last--;
        uint32_t uc;
        cx_utf8_read(&uc, start + last, left - last);
        if (!uc_is_property_white_space(uc))
            break;
        left = last;
    }
    *text = start;
    *length = left;
}

/* In place: CR LF becomes LF. Returns the new length. */
static size_t unify_newlines(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\r' && i + 1 < length && text[i + 1] == '\n')
            continue;
        text[kept++] = text[i];
    }
    text[kept] = '\0';
    return kept;
}

static cxlog_status refuse_controls(const char *text, size_t length, cxlog_text_kind kind,
                                    const char *what, cxlog_error *err)
{
    size_t position = 0;
    for (size_t i = 0; i < length;) {
        uint32_t uc;
        i += cx_utf8_read(&uc, text + i, length - i);
        position++;
        if (!cx_is_control(uc))
            continue;
        if (kind == CXLOG_TEXT_NOTE && (uc == '\n' || uc == '\t'))
            continue;
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%s has a control character, U+%04X, as its character %zu",
                          what, (unsigned)uc, position);
    }
    return CXLOG_OK;
}

static cxlog_status refuse_invalid(const char *text, size_t length, const char *what,
                                   cxlog_error *err)
{
    int64_t bad = cxlog_text_invalid_at(text, length);
    if (bad < 0)
        return CXLOG_OK;
    if (text[bad] == '\0')
        return cxlog_fail(err, CXLOG_ERR_VALUE, "%s has a NUL at byte %lld", what,
                          (long long)bad);
    return cxlog_fail(err, CXLOG_ERR_VALUE, "%s is not valid UTF-8 at byte %lld", what,
                      (long long)bad);
}

cxlog_status cxlog_text_clean(char **out, const char *text, size_t length,
                              cxlog_text_kind kind, size_t max_chars, const char *what,
                              cxlog_error *err)
{
    cxlog_status status = refuse_invalid(text, length, what, err);
    if (status != CXLOG_OK)
        return status;
    trim(&text, &length);
    CXLOG_AUTO_TEXT copy = copy_text(text, length);
    if (!copy)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (kind == CXLOG_TEXT_NOTE)
        length = unify_newlines(copy, length);
    status = refuse_controls(copy, length, kind, what, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_TEXT nfc = NULL;
    status = normalise(&nfc, copy, length, err);
    if (status != CXLOG_OK)
        return status;
    size_t chars = cxlog_text_chars(nfc);
    if (chars > max_chars)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%s is too long: %zu characters, at most %zu are possible",
                          what, chars, max_chars);
    *out = CXLOG_TAKE(nfc);
    return CXLOG_OK;
}

size_t cxlog_text_chars(const char *text)
{
    size_t count = 0;
    for (; *text; text++) {
        if (((unsigned char)*text & 0xC0) != 0x80)
            count++;
    }
    return count;
}

size_t cxlog_text_fit_bytes(const char *text, size_t bytes)
{
    size_t length = strnlen(text, bytes + 1);
    if (length <= bytes)
        return length;
    length = bytes;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

bool cxlog_text_formula_like(const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, text, left);
        switch (uc) {
        case '=':
        case '+':
        case '-':
        case '@':
        case '\t':
        case '\r':
        case '\n':
        case 0xFF1D: /* ＝ */
        case 0xFF0B: /* ＋ */
        case 0xFF0D: /* － */
        case 0xFF20: /* ＠ */
            return true;
        default:
            if (!cx_is_blank(uc))
                return false;
        }
        text += used;
        left -= used;
    }
    return false;
}
