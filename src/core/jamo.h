/*
 * jamo.h - Hangul letters and the keys that type them on the two-set (두벌식) keyboard.
 */
#ifndef CX_JAMO_H
#define CX_JAMO_H

#include <stdbool.h>
#include <stdint.h>

/* Keys of a first consonant (0..18), vowel (0..20) and last consonant (0 is none, ..27),
 * in Unicode's order. */
const char *cx_initial_keys(uint32_t index);
const char *cx_vowel_keys(uint32_t index);
const char *cx_final_keys(uint32_t index);

/* The first consonant (0..18) of a precomposed syllable, and such a consonant as a
 * compatibility letter (ㅂ). */
uint32_t cx_syllable_initial(uint32_t syllable);
const char *cx_initial_letter(uint32_t index);

/* Keys of a letter that stands alone, a compatibility letter (ㅄ -> "qt") or a conjoining
 * one; NULL for anything else. */
const char *cx_letter_keys(uint32_t uc);

/* True for letters standing alone that are consonants. */
bool cx_is_consonant(uint32_t uc);

#endif
