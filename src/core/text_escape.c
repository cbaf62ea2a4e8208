#include <cxlog/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>

#include "utf8.h"

#define QUOTE_CELLS 60
#define ESCAPE_MAX 11 /* \U0010ffff and NUL */

/* What a terminal must not get raw: it acts on it, reorders by it, or shows nothing.
 * Variation selectors 1 to 16 stay, since emoji need them. */
static bool is_hostile(uint32_t uc)
{
    if (uc < 0x7F)
        return uc < 0x20;
    if (cx_is_syllable(uc) || (uc >= 0xFE00 && uc <= 0xFE0F))
        return false;
    if (cx_is_control(uc) || uc == 0x2028 || uc == 0x2029 || uc == UINT32_MAX)
        return true;
    return uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Cf) ||
           uc_is_property_default_ignorable_code_point(uc);
}

static const char *visible(char out[ESCAPE_MAX], uint32_t uc, unsigned char byte)
{
    int written;
    if (uc == '\n' || uc == '\t' || uc == '\r')
        written = snprintf(out, ESCAPE_MAX, "\\%c",
                           uc == '\n'   ? 'n'
                           : uc == '\t' ? 't'
                                        : 'r');
    else if (uc == UINT32_MAX || uc < 0x80)
        written = snprintf(out, ESCAPE_MAX, "\\x%02x", byte);
    else if (uc <= 0xFFFF)
        written = snprintf(out, ESCAPE_MAX, "\\u%04x", (unsigned)uc);
    else
        written = snprintf(out, ESCAPE_MAX, "\\U%08x", (unsigned)uc);
    return written > 0 && written < ESCAPE_MAX ? out : "?";
}

/* Fill out with as much of text, escaped, as fits into size bytes with NUL. Returns true
 * when all did. */
static bool escape_into(char *out, size_t size, const char *text, bool one_line)
{
    size_t length = strlen(text);
    size_t at = 0;
    for (size_t i = 0; i < length;) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, text + i, length - i);
        char buffer[ESCAPE_MAX];
        const char *piece = text + i;
        size_t count = used;
        if (is_hostile(uc) && (one_line || uc != '\n')) {
            piece = visible(buffer, uc, (unsigned char)text[i]);
            count = strlen(piece);
        }
        if (count >= size - at) {
            out[at] = '\0';
            return false;
        }
        memcpy(out + at, piece, count);
        at += count;
        i += used;
    }
    out[at] = '\0';
    return true;
}

char *cxlog_text_escape(const char *text, bool one_line)
{
    size_t length = strlen(text);
    if (length > (SIZE_MAX - 1) / 4)
        return NULL;
    size_t size = 4 * length + 1; /* the worst: \x1b for one byte */
    char *out = malloc(size);
    if (!out)
        return NULL;
    escape_into(out, size, text, one_line);
    char *shrunk = realloc(out, strlen(out) + 1);
    if (!shrunk)
        return out;
    return shrunk;
}

const char *cxlog_quote(char buffer[CXLOG_QUOTE_MAX], const char *text)
{
    static const char cut_end[] = "…\"";
    char *inner = buffer + 1;
    bool whole = escape_into(inner, CXLOG_QUOTE_MAX - sizeof cut_end, text, true);
    buffer[0] = '"';
    size_t fit = cxlog_text_fit(inner, QUOTE_CELLS, false);
    if (whole && inner[fit] == '\0') {
        memcpy(inner + fit, "\"", 2);
        return buffer;
    }
    if (inner[fit] != '\0')
        fit = cxlog_text_fit(inner, QUOTE_CELLS - 1, false);
    memcpy(inner + fit, cut_end, sizeof cut_end);
    return buffer;
}

/* Escaped into `out`. False when it is longer than so many cells, or than the buffer. */
static bool quote_fits(char *out, size_t size, const char *text, size_t cells)
{
    return escape_into(out, size, text, true) &&
           out[cxlog_text_fit(out, cells, false)] == '\0';
}

const char *cxlog_quote_path(char buffer[CXLOG_QUOTE_MAX], const char *path)
{
    static const char cut_start[] = "\"…";
    char *inner = buffer + strlen(cut_start);
    size_t room = CXLOG_QUOTE_MAX - sizeof cut_start - 1, length = strlen(path);
    if (quote_fits(inner, room, path, QUOTE_CELLS))
        return cxlog_quote(buffer, path);
    const char *tail = path + (length > room ? length - room : 0);
    while ((*tail & 0xc0) == 0x80 || !quote_fits(inner, room, tail, QUOTE_CELLS - 1))
        tail++;
    memcpy(buffer, cut_start, strlen(cut_start));
    memcpy(inner + strlen(inner), "\"", 2);
    return buffer;
}
