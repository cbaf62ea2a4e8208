/* Words against words: taken, free, near. In keystroke space, where they would be mixed
 * up. */
#include <stdio.h>

#include <cxlog/match.h>
#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

#define CONTAINED_LEAST 2 /* characters of a name within another that make one ask */
#define NUMBER_LAST 99

/* One word to compare others with. */
typedef struct probe {
    const char *word;
    char *keys;
} probe;

static void probe_clear(probe *p)
{
    free(p->keys);
}

CXLOG_AUTO_VALUE_DEFINE(probe, probe_clear);

typedef cxlog_status (*compare)(bool *hit, const probe *p, const char *word,
                                cxlog_error *err);

static cxlog_status same_keys(bool *hit, const probe *p, const char *word,
                              cxlog_error *err)
{
    CXLOG_AUTO_TEXT keys = NULL;
    cxlog_status status = cxlog_keys(&keys, word, err);
    *hit = status == CXLOG_OK && strcmp(keys, p->keys) == 0;
    return status;
}

static bool within(const char *small, const char *large)
{
    return cxlog_text_chars(small) >= CONTAINED_LEAST && strstr(large, small) != NULL;
}

static cxlog_status nearly(bool *hit, const probe *p, const char *word, cxlog_error *err)
{
    *hit = within(p->word, word) || within(word, p->word);
    if (*hit)
        return CXLOG_OK;
    CXLOG_AUTO_TEXT keys = NULL;
    cxlog_status status = cxlog_keys(&keys, word, err);
    *hit = status == CXLOG_OK && cxlog_key_distance(keys, p->keys, 1) <= 1;
    return status;
}

/* Name, aliases and, if wished, code of a value. */
static cxlog_status any_word(bool *hit, const cxlog_value *value, bool with_code,
                             compare like, const probe *p, cxlog_error *err)
{
    *hit = false;
    cxlog_status status = like(hit, p, value->name, err);
    for (char **alias = value->aliases; status == CXLOG_OK && !*hit && alias && *alias;
         alias++)
        status = like(hit, p, *alias, err);
    if (status == CXLOG_OK && !*hit && with_code && value->code[0] != '\0')
        status = like(hit, p, value->code, err);
    return status;
}

cxlog_status cx_word_taken(const cx_node **out, const cxlog_scheme *scheme, cxlog_dim dim,
                           size_t under, const char *word, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(probe) p = {.word = word};
    cxlog_status status = cxlog_keys(&p.keys, word, err);
    for (size_t i = 0; status == CXLOG_OK && !*out && i < scheme->count; i++) {
        const cx_node *node = &scheme->nodes[i];
        bool hit = false;
        if (node->value.dim == dim && node->under == under)
            status = any_word(&hit, &node->value, true, same_keys, &p, err);
        if (hit)
            *out = node;
    }
    return status;
}

cxlog_status cx_word_near(const cx_node **out, const cxlog_scheme *scheme, cxlog_dim dim,
                          size_t under, const char *name, const cx_node *self,
                          cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(probe) p = {.word = name};
    cxlog_status status = cxlog_keys(&p.keys, name, err);
    for (size_t i = 0; status == CXLOG_OK && !*out && i < scheme->count; i++) {
        const cx_node *node = &scheme->nodes[i];
        bool hit = false;
        if (node != self && node->value.dim == dim && node->under == under)
            status = any_word(&hit, &node->value, false, nearly, &p, err);
        if (hit)
            *out = node;
    }
    return status;
}

/* A place to look for a free code, and the tries made from one name. */
typedef struct search {
    const cxlog_scheme *scheme;
    cxlog_dim dim;
    size_t under;
    char **out;
} search;

static cxlog_status try_code(const search *s, const char *code, cxlog_error *err)
{
    const cx_node *owner = NULL;
    if (*s->out)
        return CXLOG_OK;
    cxlog_status status = cx_word_taken(&owner, s->scheme, s->dim, s->under, code, err);
    if (status != CXLOG_OK || owner)
        return status;
    *s->out = strdup(code);
    return *s->out ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

size_t cx_chars_bytes(const char *text, size_t chars)
{
    size_t length = 0;
    while (text[length] != '\0') {
        bool starts = ((unsigned char)text[length] & 0xc0U) != 0x80U;
        if (starts && chars-- == 0)
            break;
        length++;
    }
    return length;
}

/* The last syllable's final consonant as a letter: 배상 -> ㅇ; "" when there is none. */
static const char *last_final(const char *name)
{
    static const char *const finals[28] = {
        "",   "ㄱ", "ㄲ", "ㄳ", "ㄴ", "ㄵ", "ㄶ", "ㄷ", "ㄹ", "ㄺ",
        "ㄻ", "ㄼ", "ㄽ", "ㄾ", "ㄿ", "ㅀ", "ㅁ", "ㅂ", "ㅄ", "ㅅ",
        "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
    };
    size_t length = strlen(name);
    if (length < 3)
        return "";
    const unsigned char *last = (const unsigned char *)name + length - 3;
    uint32_t uc =
        ((last[0] & 0x0fU) << 12) | ((last[1] & 0x3fU) << 6) | (last[2] & 0x3fU);
    bool syllable = (last[0] & 0xf0U) == 0xe0U && uc >= 0xac00 && uc <= 0xd7a3;
    return syllable ? finals[(uc - 0xac00) % 28] : "";
}

cxlog_status cx_code_free(char **out, const cxlog_scheme *scheme, cxlog_dim dim,
                          size_t under, const char *name, cxlog_error *err)
{
    *out = NULL;
    search s = {.scheme = scheme, .dim = dim, .under = under, .out = out};
    CXLOG_AUTO_TEXT full = NULL;
    cxlog_status status = cxlog_code_of(&full, name, err);
    if (status != CXLOG_OK || full[0] == '\0')
        return status;
    char code[3 * CXLOG_CODE_MAX + 16];
    size_t chars = cxlog_text_chars(full);
    size_t most = chars < CXLOG_CODE_MAX ? chars : CXLOG_CODE_MAX;
    for (size_t n = most < 2 ? most : 2; status == CXLOG_OK && n <= most; n++) {
        (void)snprintf(code, sizeof code, "%.*s", (int)cx_chars_bytes(full, n), full);
        status = try_code(&s, code, err);
    }
    int stem = (int)cx_chars_bytes(full, CXLOG_CODE_MAX - 2);
    if (status == CXLOG_OK) {
        (void)snprintf(code, sizeof code, "%.*s%s", stem, full, last_final(name));
        status = try_code(&s, code, err);
    }
    for (int n = 2; status == CXLOG_OK && n <= NUMBER_LAST; n++) {
        (void)snprintf(code, sizeof code, "%.*s%d", stem, full, n);
        status = try_code(&s, code, err);
    }
    return status;
}
