#include "keys.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

#include "jamo.h"
#include "utf8.h"

static bool is_ascii_letter(uint32_t uc)
{
    return (uc >= 'a' && uc <= 'z') || (uc >= 'A' && uc <= 'Z');
}

void cx_keys_clear(cx_keys *keys)
{
    free(keys->bytes);
    free(keys->folded);
    free(keys->hangul);
    *keys = (cx_keys){0};
}

static bool reserve(cx_keys *keys, size_t room)
{
    keys->length = 0;
    if (keys->bytes && room <= keys->room)
        return true;
    cx_keys_clear(keys);
    keys->bytes = malloc(room);
    keys->folded = malloc(room);
    keys->hangul = malloc(room * sizeof *keys->hangul);
    if (!keys->bytes || !keys->folded || !keys->hangul) {
        cx_keys_clear(keys);
        return false;
    }
    keys->room = room;
    return true;
}

static void push(cx_keys *keys, char byte, bool hangul)
{
    keys->bytes[keys->length] = byte;
    if (!hangul)
        byte = cx_lower(byte);
    keys->folded[keys->length] = byte;
    keys->hangul[keys->length] = hangul;
    keys->length++;
}

static void push_hangul(cx_keys *keys, const char *typed)
{
    while (*typed)
        push(keys, *typed++, true);
}

static void push_syllable(cx_keys *keys, uint32_t syllable)
{
    uint32_t index = syllable - 0xAC00;
    push_hangul(keys, cx_initial_keys(cx_syllable_initial(syllable)));
    push_hangul(keys, cx_vowel_keys(index / 28 % 21));
    push_hangul(keys, cx_final_keys(index % 28));
}

static void push_other(cx_keys *keys, uint32_t uc, bool fold)
{
    uint8_t bytes[6];
    int count = u8_uctomb(bytes, fold && uc >= 0x80 ? uc_tolower(uc) : uc, sizeof bytes);
    for (int i = 0; i < count; i++)
        push(keys, (char)bytes[i], false);
}

static void push_keys(cx_keys *keys, const char *text, bool fold)
{
    size_t left = strlen(text);
    keys->initials_only = true;
    while (left > 0) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, text, left);
        const char *letter = cx_letter_keys(uc);
        if (cx_is_syllable(uc))
            push_syllable(keys, uc);
        else if (letter)
            push_hangul(keys, letter);
        else if (!cx_is_blank(uc))
            push_other(keys, uc, fold);
        if (!cx_is_consonant(uc) && !is_ascii_letter(uc) && !cx_is_blank(uc))
            keys->initials_only = false;
        text += used;
        left -= used;
    }
}

static void push_initials(cx_keys *keys, const char *text)
{
    size_t left = strlen(text);
    bool word_done = false; /* the run of ASCII letters and digits has given its letter */
    while (left > 0) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, text, left);
        bool letter = is_ascii_letter(uc);
        if (cx_is_syllable(uc))
            push_hangul(keys, cx_initial_keys(cx_syllable_initial(uc)));
        else if (cx_is_consonant(uc))
            push_hangul(keys, cx_letter_keys(uc));
        else if (letter && !word_done)
            push(keys, cx_lower((char)uc), false);
        word_done = letter || (word_done && uc >= '0' && uc <= '9');
        text += used;
        left -= used;
    }
}

typedef enum shape { KEYS, FOLDED_KEYS, INITIALS } shape;

static cxlog_status read_as(cx_keys *keys, const char *text, shape wanted,
                            cxlog_error *err)
{
    CXLOG_AUTO_TEXT nfc = NULL;
    if (!cx_is_plainly_nfc(text, strlen(text))) {
        cxlog_status status = cxlog_text_nfc(&nfc, text, err);
        if (status != CXLOG_OK)
            return status;
        text = nfc;
    }
    /* The longest growth: a syllable of 3 bytes is up to 5 keys; lower case may take a
     * byte more. */
    if (!reserve(keys, 2 * strlen(text) + 1))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (wanted == INITIALS)
        push_initials(keys, text);
    else
        push_keys(keys, text, wanted == FOLDED_KEYS);
    keys->bytes[keys->length] = '\0';
    keys->folded[keys->length] = '\0';
    return CXLOG_OK;
}

cxlog_status cx_keys_read(cx_keys *keys, const char *text, cxlog_error *err)
{
    return read_as(keys, text, FOLDED_KEYS, err);
}

cxlog_status cx_initials_read(cx_keys *keys, const char *text, cxlog_error *err)
{
    return read_as(keys, text, INITIALS, err);
}

cxlog_status cxlog_keys(char **out, const char *text, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_VALUE(cx_keys) keys = {0};
    cxlog_status status = read_as(&keys, text, KEYS, err);
    if (status == CXLOG_OK)
        *out = CXLOG_TAKE(keys.bytes);
    return status;
}

cxlog_status cxlog_code_of(char **out, const char *name, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT nfc = NULL;
    cxlog_status status = cxlog_text_nfc(&nfc, name, err);
    if (status != CXLOG_OK)
        return status;
    size_t left = strlen(nfc);
    char *code = malloc(left + 1); /* a syllable and a letter are 3 bytes each */
    if (!code)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    size_t count = 0;
    for (const char *at = nfc; left > 0;) {
        uint32_t uc;
        size_t used = cx_utf8_read(&uc, at, left);
        if (cx_is_syllable(uc)) {
            memcpy(code + count, cx_initial_letter(cx_syllable_initial(uc)), 3);
            count += 3;
        }
        at += used;
        left -= used;
    }
    code[count] = '\0';
    *out = code;
    return CXLOG_OK;
}
