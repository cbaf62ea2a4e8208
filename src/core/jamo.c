#include "jamo.h"

#include <stddef.h>

static const char initials[19][2] = {"r", "R", "s", "e", "E", "f", "a", "q", "Q", "t",
                                     "T", "d", "w", "W", "c", "z", "x", "v", "g"};

static const char vowels[21][3] = {"k",  "o",  "i",  "O",  "j",  "p",  "u",
                                   "P",  "h",  "hk", "ho", "hl", "y",  "n",
                                   "nj", "np", "nl", "b",  "m",  "ml", "l"};

static const char finals[28][3] = {
    "",   "r",  "R", "rt", "s",  "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx",
    "fv", "fg", "a", "q",  "qt", "t",  "T",  "d", "w", "c",  "z",  "x",  "v",  "g"};

/* U+3131 ㄱ to U+314E ㅎ; the vowels after them stand in the order of `vowels`. */
static const char compatibility[30][3] = {
    "r",  "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv",
    "fg", "a", "q",  "Q", "qt", "t",  "T", "d", "w", "W",  "c",  "z",  "x",  "v",  "g"};

static const char letters[19][4] = {"ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ",
                                    "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ",
                                    "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"};

const char *cx_initial_keys(uint32_t index)
{
    return initials[index];
}

const char *cx_vowel_keys(uint32_t index)
{
    return vowels[index];
}

const char *cx_final_keys(uint32_t index)
{
    return finals[index];
}

uint32_t cx_syllable_initial(uint32_t syllable)
{
    return (syllable - 0xAC00) / (21 * 28);
}

const char *cx_initial_letter(uint32_t index)
{
    return letters[index];
}

const char *cx_letter_keys(uint32_t uc)
{
    if (uc >= 0x3131 && uc <= 0x314E)
        return compatibility[uc - 0x3131];
    if (uc >= 0x314F && uc <= 0x3163)
        return vowels[uc - 0x314F];
    if (uc >= 0x1100 && uc <= 0x1112)
        return initials[uc - 0x1100];
    if (uc >= 0x1161 && uc <= 0x1175)
        return vowels[uc - 0x1161];
    if (uc >= 0x11A8 && uc <= 0x11C2)
        return finals[uc - 0x11A7];
    return NULL;
}

bool cx_is_consonant(uint32_t uc)
{
    return (uc >= 0x3131 && uc <= 0x314E) || (uc >= 0x1100 && uc <= 0x1112);
}
