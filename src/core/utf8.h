/*
 * utf8.h - walking UTF-8 with libunistring, for the files of core.
 */
#ifndef CX_UTF8_H
#define CX_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unistr.h>

/*
 * The code point that begins at text and its bytes; length is what is left, at least 1.
 * An invalid byte gives UINT32_MAX and 1.
 */
static inline size_t cx_utf8_read(uint32_t *uc, const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        *uc = first;
        return 1;
    }
    ucs4_t read;
    int used = u8_mbtoucr(&read, (const uint8_t *)text, length);
    *uc = used > 0 ? read : UINT32_MAX;
    return used > 0 ? (size_t)used : 1;
}

/* Precomposed Hangul: U+AC00..U+D7A3. */
static inline bool cx_is_syllable(uint32_t uc)
{
    return uc >= 0xAC00 && uc <= 0xD7A3;
}

/* Lower case of an ASCII letter, whatever the locale. */
static inline char cx_lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

/* Unicode white space, and the two that are blank without having the property: U+200B,
 * U+FEFF. */
bool cx_is_blank(uint32_t uc);

/* Control characters: C0, DEL, C1. */
static inline bool cx_is_control(uint32_t uc)
{
    return uc < 0x20 || (uc >= 0x7F && uc <= 0x9F);
}

/* True when text[0..length) is in NFC for sure by looking at each character alone; false:
 * may or may not be. */
bool cx_is_plainly_nfc(const char *text, size_t length);

#endif
