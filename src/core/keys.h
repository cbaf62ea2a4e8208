/*
 * keys.h - a text as keystrokes that remember what they came from.
 */
#ifndef CX_KEYS_H
#define CX_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include <cxlog/auto.h>
#include <cxlog/error.h>

/* Keystrokes. A zeroed struct is empty; filling it again reuses its memory; release with
 * cx_keys_clear(). */
typedef struct cx_keys {
    char *bytes; /* as cxlog_keys() gives them, NUL-terminated, but other scripts in lower
                    case */
    char *folded; /* the same with the letters of ASCII words in lower case; Hangul's keys
                     untouched */
    bool *hangul; /* for each byte: typed by a Hangul letter */
    size_t length; /* bytes */
    size_t room;
    bool initials_only; /* nothing but consonants standing alone, and ASCII letters */
} cx_keys;

void cx_keys_clear(cx_keys *keys);

/* Keys of text. Errors: ERR_NOMEM, ERR_VALUE (not UTF-8). */
CXLOG_MUST_USE cxlog_status cx_keys_read(cx_keys *keys, const char *text,
                                         cxlog_error *err);

/* Initials of text: one keystroke a syllable; compatibility jamo (ㅄ as ㅂㅅ) taken
 * apart; an ASCII word gives its first letter in lower case; others skipped. Errors: as
 * above. */
CXLOG_MUST_USE cxlog_status cx_initials_read(cx_keys *keys, const char *text,
                                             cxlog_error *err);

CXLOG_AUTO_VALUE_DEFINE(cx_keys, cx_keys_clear);

#endif
