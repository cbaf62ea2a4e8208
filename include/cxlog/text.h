/*
 * text.h - Korean text: validity, NFC, width, escaping. libunistring behind it.
 *
 * Four different counts: bytes (strlen), code points ("characters", what Google's limit
 * of 50,000 a cell counts), cells (columns on a terminal) and syllables. Functions name
 * theirs.
 */
#ifndef CXLOG_TEXT_H
#define CXLOG_TEXT_H

#include <stdbool.h>

#include <cxlog/error.h>

CXLOG_BEGIN_DECLS

/* Byte offset of the first byte that is not valid UTF-8 (NUL included), or -1 when all is
 * well. */
int64_t cxlog_text_invalid_at(const char *text, size_t length);

/* How cxlog_text_clean() treats blanks and control characters. */
typedef enum cxlog_text_kind {
    CXLOG_TEXT_LINE, /* names, customers…: no control characters; inner runs of blanks
                        kept */
    CXLOG_TEXT_NOTE  /* notes: newline and tab allowed, CR LF becomes LF, other controls
                        refused */
} cxlog_text_kind;

/*
 * Make outside text ours: check UTF-8, normalise to NFC, trim blanks (Unicode white
 * space) at both ends, refuse control characters, refuse more than max_chars code points.
 *
 * out        out: owned text, release with free(). Unset on error.
 * what       in:  the field's name for the sentence ("note").
 * Errors: ERR_VALUE (UTF-8: names the byte offset; length: names both counts), ERR_NOMEM
 */
CXLOG_MUST_USE cxlog_status cxlog_text_clean(char **out, const char *text, size_t length,
                                             cxlog_text_kind kind, size_t max_chars,
                                             const char *what, cxlog_error *err);

/* NFC of valid UTF-8, nothing else changed. out: free(). Errors: ERR_NOMEM, ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cxlog_text_nfc(char **out, const char *text,
                                           cxlog_error *err);

/* Code points of valid UTF-8. */
size_t cxlog_text_chars(const char *text);

/* Terminal cells of valid UTF-8, NFC or not. ambiguous_wide: East Asian ambiguous width
 * is 2. */
size_t cxlog_text_width(const char *text, bool ambiguous_wide);

/* Bytes of the longest start of text that fits into `cells`, never cutting a grapheme
 * cluster. */
size_t cxlog_text_fit(const char *text, size_t cells, bool ambiguous_wide);

/* Bytes of the longest start of valid UTF-8 of at most `bytes`, never cutting a
 * character: for "%.*s" into a buffer. */
size_t cxlog_text_fit_bytes(const char *text, size_t bytes);

/*
 * Safe for a terminal: controls (C0, DEL, C1), bidi controls (U+202A..E, U+2066..9,
 * U+200E/F), zero-width characters, U+2028/9, and invalid bytes become \n, \t, \x1b,
 * \u202e… as visible text. one_line false keeps newlines. out: free(). NULL on lack of
 * memory.
 */
char *cxlog_text_escape(const char *text, bool one_line);

/*
 * For error sentences: text escaped as above, cut to about 60 cells with "…", in double
 * quotes. buffer: CXLOG_QUOTE_MAX bytes; returned.
 */
#define CXLOG_QUOTE_MAX 384
const char *cxlog_quote(char buffer[CXLOG_QUOTE_MAX], const char *text);
/* The same for the path of a file: a long one loses its beginning, so that the file's
 * name is told. */
const char *cxlog_quote_path(char buffer[CXLOG_QUOTE_MAX], const char *path);

/* True when the text, blanks skipped, begins like a formula: = + - @ tab CR LF or
 * full-width ＝＋－＠. */
bool cxlog_text_formula_like(const char *text);

/* The version of libunistring in use, "1.0". buffer returned. */
#define CXLOG_TEXT_ENGINE_MAX 24
const char *cxlog_text_engine(char buffer[CXLOG_TEXT_ENGINE_MAX]);

CXLOG_END_DECLS

#endif
