/*
 * Width by grapheme cluster: the widths of a cluster's code points added up, at most 2
 * cells (emoji joined by U+200D, flags, Hangul from jamo), and 2 when U+FE0F asks for the
 * emoji (UAX #11, 4.2). Controls have none.
 */
#include <cxlog/text.h>

#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <uniwidth.h>

#include "utf8.h"

static size_t char_width(uint32_t uc, bool ambiguous_wide)
{
    if (uc >= 0x20 && uc < 0x7F)
        return 1;
    if (cx_is_syllable(uc))
        return 2;
    if (uc == UINT32_MAX)
        return 1;
    int width = uc_width(uc, ambiguous_wide ? "EUC-KR" : "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

/* A character that ends its cluster when one of its kind follows: most text, without
 * table look-ups. */
static bool stands_alone(uint32_t uc)
{
    return (uc >= 0x20 && uc < 0x7F) || cx_is_syllable(uc);
}

static bool is_regional(uint32_t uc)
{
    return uc >= 0x1F1E6 && uc <= 0x1F1FF;
}

/* Does next begin a new cluster? Two rules look back further than one character: flags
 * are pairs, and U+200D joins two pictures. libunistring 1.0's u8_grapheme_next() knows
 * neither. */
static bool breaks(uint32_t first, size_t position, uint32_t previous, uint32_t next)
{
    if (is_regional(previous) && is_regional(next))
        return !(is_regional(first) && position == 1);
    if (previous == 0x200D && uc_is_property_extended_pictographic(first) &&
        uc_is_property_extended_pictographic(next))
        return false;
    return uc_is_grapheme_break(previous, next);
}

/* Bytes of the cluster at text, and its width. */
static size_t cluster(const char *text, size_t length, bool ambiguous_wide, size_t *width)
{
    uint32_t first;
    size_t used = cx_utf8_read(&first, text, length);
    *width = char_width(first, ambiguous_wide);
    uint32_t previous = first;
    for (size_t position = 1; used < length; position++) {
        uint32_t next;
        size_t more = cx_utf8_read(&next, text + used, length - used);
        if (stands_alone(next) && stands_alone(previous))
            break;
        if (breaks(first, position, previous, next))
            break;
        *width += char_width(next, ambiguous_wide);
        if (*width > 2 || (next == 0xFE0F && uc_is_property_emoji(first)))
            *width = 2;
        previous = next;
        used += more;
    }
    return used;
}

size_t cxlog_text_width(const char *text, bool ambiguous_wide)
{
    size_t cells = 0;
    size_t length = strlen(text);
    for (size_t i = 0; i < length;) {
        size_t width;
        i += cluster(text + i, length - i, ambiguous_wide, &width);
        cells += width;
    }
    return cells;
}

size_t cxlog_text_fit(const char *text, size_t cells, bool ambiguous_wide)
{
    size_t length = strlen(text);
    size_t taken = 0;
    while (taken < length) {
        size_t width;
        size_t used = cluster(text + taken, length - taken, ambiguous_wide, &width);
        if (width > cells)
            break;
        cells -= width;
        taken += used;
    }
    return taken;
}
