/*
 * Within a tier the text as typed comes before the same keys in the same script, and
 * these before a hit that needs the wrong 한/영 mode to be assumed: the code ㅂㅅ wins
 * over a name "QT" for ㅂㅅ, and loses for QT.
 */
#include <cxlog/match.h>

#include <assert.h>

#include <string.h>

#include <cxlog/text.h>

#include "keys.h"
#include "utf8.h"

typedef enum fit { FIT_VERBATIM, FIT_KEYS, FIT_OTHER_MODE, FIT_COUNT } fit;

/* Smaller is better; a tier's ranks lie together. */
#define RANK(tier, fit) ((unsigned)(tier)*FIT_COUNT + (unsigned)(fit))
#define RANK_NONE RANK(CXLOG_TIER_NONE, 0)

typedef struct search {
    char *query; /* NFC */
    cx_keys typed;
    cx_keys keys;     /* of the name looked at */
    cx_keys initials; /* of the name looked at */
} search;

static void search_clear(search *s)
{
    free(s->query);
    cx_keys_clear(&s->typed);
    cx_keys_clear(&s->keys);
    cx_keys_clear(&s->initials);
}

CXLOG_AUTO_VALUE_DEFINE(search, search_clear);

/* Shift is only forgiven on the five keys where it doubles a consonant: "AS" must not
 * read as ㅁㄴ. */
static char undouble(char key)
{
    switch (key) {
    case 'Q':
        return 'q';
    case 'W':
        return 'w';
    case 'E':
        return 'e';
    case 'R':
        return 'r';
    case 'T':
        return 't';
    default:
        return key;
    }
}

/* Does what was typed stand in name from `at` on? *mode tells whether the scripts agree.
 */
static bool stands_at(const cx_keys *name, size_t at, const cx_keys *typed, bool loose,
                      fit *mode)
{
    if (at > name->length || typed->length > name->length - at)
        return false;
    *mode = FIT_KEYS;
    for (size_t i = 0; i < typed->length; i++) {
        char wanted = name->bytes[at + i], got = typed->bytes[i];
        bool hangul = name->hangul[at + i];
        bool same = !hangul ? cx_lower(wanted) == cx_lower(got)
                    : loose ? undouble(wanted) == undouble(got)
                            : wanted == got;
        if (!same)
            return false;
        if (hangul != typed->hangul[i])
            *mode = FIT_OTHER_MODE;
    }
    return true;
}

/* Rank by the start of keys or initials: `whole` when all of it was typed, `begun` when
 * only the start. */
static unsigned rank_start(const cx_keys *name, const cx_keys *typed, bool loose,
                           cxlog_tier whole, cxlog_tier begun)
{
    fit mode;
    if (!stands_at(name, 0, typed, loose, &mode))
        return RANK_NONE;
    cxlog_tier tier = name->length == typed->length ? whole : begun;
    /* One key in the wrong mode says too little: "a" is a word before it is a ㅁ. */
    if (mode == FIT_OTHER_MODE && typed->length < 2 && tier != CXLOG_TIER_EXACT)
        return RANK_NONE;
    return RANK(tier, mode);
}

static bool contains(const cx_keys *name, const cx_keys *typed)
{
    fit mode;
    for (size_t at = 0; at + typed->length <= name->length; at++) {
        if (stands_at(name, at, typed, false, &mode))
            return true;
    }
    return false;
}

static bool is_near(const cx_keys *name, const cx_keys *typed)
{
    if (typed->length < 2)
        return false;
    unsigned limit = typed->length > 6 ? 2 : 1;
    return cxlog_key_distance(name->folded, typed->bytes, limit) <= limit ||
           cxlog_key_distance(name->folded, typed->folded, limit) <= limit;
}

/* Rank of a name or an alias; ranks that are not better than `best` may come back as
 * RANK_NONE. */
static cxlog_status rank_name(unsigned *rank, search *s, const char *name, unsigned best,
                              cxlog_error *err)
{
    *rank = RANK(CXLOG_TIER_EXACT, FIT_VERBATIM);
    if (strcmp(name, s->query) == 0)
        return CXLOG_OK;
    cxlog_status status = cx_keys_read(&s->keys, name, err);
    if (status != CXLOG_OK)
        return status;
    *rank = rank_start(&s->keys, &s->typed, false, CXLOG_TIER_EXACT, CXLOG_TIER_PREFIX);
    if (*rank != RANK_NONE)
        return CXLOG_OK;
    if (s->typed.initials_only && best >= RANK(CXLOG_TIER_INITIALS, 0)) {
        status = cx_initials_read(&s->initials, name, err);
        if (status != CXLOG_OK)
            return status;
        *rank = rank_start(&s->initials, &s->typed, true, CXLOG_TIER_INITIALS,
                           CXLOG_TIER_INITIALS_PREFIX);
    }
    if (*rank != RANK_NONE || best < RANK(CXLOG_TIER_SUBSTRING, 0))
        return CXLOG_OK;
    if (contains(&s->keys, &s->typed))
        *rank = RANK(CXLOG_TIER_SUBSTRING, 0);
    else if (best >= RANK(CXLOG_TIER_NEAR, 0) && is_near(&s->keys, &s->typed))
        *rank = RANK(CXLOG_TIER_NEAR, 0);
    return CXLOG_OK;
}

static cxlog_status rank_code(unsigned *rank, search *s, const char *code,
                              cxlog_error *err)
{
    *rank = RANK(CXLOG_TIER_EXACT, FIT_VERBATIM);
    if (strcmp(code, s->query) == 0)
        return CXLOG_OK;
    cxlog_status status = cx_keys_read(&s->keys, code, err);
    if (status != CXLOG_OK)
        return status;
    *rank = rank_start(&s->keys, &s->typed, false, CXLOG_TIER_EXACT, CXLOG_TIER_NONE);
    return CXLOG_OK;
}

static cxlog_status rank_candidate(unsigned *rank, search *s,
                                   const cxlog_candidate *candidate, unsigned best,
                                   cxlog_error *err)
{
    unsigned one;
    cxlog_status status = rank_name(rank, s, candidate->name, best, err);
    if (status != CXLOG_OK)
        return status;
    if (candidate->code && candidate->code[0]) {
        status = rank_code(&one, s, candidate->code, err);
        if (status != CXLOG_OK)
            return status;
        *rank = one < *rank ? one : *rank;
    }
    for (const char *const *alias = candidate->aliases; alias && *alias; alias++) {
        status = rank_name(&one, s, *alias, best, err);
        if (status != CXLOG_OK)
            return status;
        *rank = one < *rank ? one : *rank;
    }
    return CXLOG_OK;
}

static void note_hit(cxlog_match *out, size_t index, bool first)
{
    if (first)
        out->count = 0;
    if (out->count < CXLOG_MATCH_MAX)
        out->hits[out->count] = index;
    out->count++;
}

cxlog_status cxlog_match_find(cxlog_match *out, const char *query,
                              const cxlog_candidate *candidates, size_t count,
                              cxlog_error *err)
{
    *out = (cxlog_match){.tier = CXLOG_TIER_NONE};
    CXLOG_AUTO_VALUE(search) s = {0};
    cxlog_status status = cxlog_text_nfc(&s.query, query, err);
    if (status == CXLOG_OK)
        status = cx_keys_read(&s.typed, query, err);
    if (status != CXLOG_OK || s.typed.length == 0)
        return status;

    cxlog_match found = {.tier = CXLOG_TIER_NONE};
    unsigned best = RANK_NONE;
    for (size_t i = 0; i < count; i++) {
        unsigned rank;
        status = rank_candidate(&rank, &s, &candidates[i], best, err);
        if (status != CXLOG_OK)
            return status;
        if (rank >= RANK_NONE || rank > best)
            continue;
        note_hit(&found, i, rank < best);
        best = rank;
    }
    found.tier = (cxlog_tier)(best / FIT_COUNT);
    *out = found;
    return CXLOG_OK;
}

void cxlog_match_suggest(const char *typed, const char *const *words, cxlog_error *err)
{
    cxlog_candidate candidates[CXLOG_MATCH_WORDS] = {{0}};
    cxlog_match match;
    size_t count = 0;
    for (; words[count]; count++) {
        assert(count < CXLOG_MATCH_WORDS);
        candidates[count].name = words[count];
    }
    if (cxlog_match_find(&match, typed, candidates, count, NULL) != CXLOG_OK)
        return; /* the sentence stands without them */
    for (size_t i = 0; i < match.count && i < CXLOG_MATCH_MAX; i++)
        cxlog_suggest(err, words[match.hits[i]]);
}
