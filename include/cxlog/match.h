/*
 * match.h - finding a name by what fingers typed (UX.md 2.3): keystroke space.
 *
 * Every name and query becomes two ASCII strings: *keys*, the two-set (두벌식) keystrokes
 * of the whole text, and *initials*, the keystroke of each syllable's first consonant.
 * 배송 = "qothd", "qt"; so NFC, NFD, ㅂㅅ, ㅄ, 뱃, qothd and qt all meet.
 */
#ifndef CXLOG_MATCH_H
#define CXLOG_MATCH_H

#include <stdbool.h>

#include <cxlog/error.h>

CXLOG_BEGIN_DECLS

/* Keys of text: Hangul to keystrokes, ASCII kept (case kept: Shift is a keystroke), other
 * characters kept as they are, blanks dropped. out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_keys(char **out, const char *text, cxlog_error *err);

/* The frozen short code a new name gets: its 초성 as compatibility jamo (배송 -> ㅂㅅ).
 * Empty when the name has no Hangul syllable. Doubled consonants stay doubled (빠른 ->
 * ㅃㄹ). out: free(). */
CXLOG_MUST_USE cxlog_status cxlog_code_of(char **out, const char *name, cxlog_error *err);

/* One thing that can be meant. Borrowed texts. */
typedef struct cxlog_candidate {
    const char *name;
    const char *code;           /* may be NULL or empty */
    const char *const *aliases; /* may be NULL; NULL-terminated */
} cxlog_candidate;

typedef enum cxlog_tier {
    CXLOG_TIER_EXACT,  /* 0 name, alias or code, also typed in the wrong 한/영 mode, any
                          normal form */
    CXLOG_TIER_PREFIX, /* 1 keys begin with the query's keys */
    CXLOG_TIER_INITIALS,        /* 2 initials equal */
    CXLOG_TIER_INITIALS_PREFIX, /* 3 initials begin with the query's */
    CXLOG_TIER_SUBSTRING,       /* 4 keys contain the query's keys */
    CXLOG_TIER_NEAR, /* 5 Damerau-Levenshtein distance <= 1 (<= 2 above 6 keys) */
    CXLOG_TIER_NONE
} cxlog_tier;

#define CXLOG_MATCH_MAX 8

typedef struct cxlog_match {
    cxlog_tier tier;              /* the best tier that has hits */
    size_t hits[CXLOG_MATCH_MAX]; /* indexes into the candidates, in their order */
    size_t count;                 /* how many hits that tier has (may exceed the array) */
} cxlog_match;

/* Find the best tier. A caller acts on tiers 0 to 3 when count is 1 and only suggests
 * otherwise. */
CXLOG_MUST_USE cxlog_status cxlog_match_find(cxlog_match *out, const char *query,
                                             const cxlog_candidate *candidates,
                                             size_t count, cxlog_error *err);

/* Put into err which of the words may have been meant, of the best tier that has hits,
 * also one that only suggests. Nothing when none is near. words ends with NULL; at most
 * CXLOG_MATCH_WORDS of them. */
#define CXLOG_MATCH_WORDS 32
void cxlog_match_suggest(const char *typed, const char *const *words, cxlog_error *err);

/* Damerau-Levenshtein distance in bytes of two key strings, or limit + 1 when it is more
 * than limit (<= 3). */
unsigned cxlog_key_distance(const char *a, const char *b, unsigned limit);

CXLOG_END_DECLS

#endif
