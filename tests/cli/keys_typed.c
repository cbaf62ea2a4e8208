/*
 * How many keys a line costs on a two-set (두벌식) keyboard: those of each letter, Shift,
 * one for every change of 한/영, and Enter. keys_typed [--hangul] LINE; the keyboard
 * begins in English, with --hangul in Hangul.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/auto.h>
#include <cxlog/match.h>

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool needs_shift(char key)
{
    return (key >= 'A' && key <= 'Z') || strchr("~!@#$%^&*()_+{}|:\"<>?", key) != NULL;
}

/* Bytes of the character that the text begins with. */
static size_t character(char out[8], const char *text)
{
    size_t bytes = 1;
    while (((unsigned char)text[bytes] & 0xC0) == 0x80 && bytes < 7)
        bytes++;
    (void)snprintf(out, 8, "%.*s", (int)bytes, text);
    return bytes;
}

/* The keys of one character; false when no such keyboard types it. */
static bool count(unsigned *keys, bool *hangul, const char *letter)
{
    CXLOG_AUTO_TEXT typed = NULL;
    if (cxlog_keys(&typed, letter, NULL) != CXLOG_OK)
        return false;
    bool ascii = (unsigned char)letter[0] < 0x80;
    /* cxlog_keys() leaves out blanks, and leaves as it is what has no key. */
    const char *pressed = ascii ? letter : typed;
    if (!ascii && strcmp(typed, letter) == 0)
        return false;
    if (ascii ? is_latin(letter[0]) && *hangul : !*hangul) {
        *hangul = !ascii;
        ++*keys;
    }
    for (; *pressed != '\0'; pressed++)
        *keys += needs_shift(*pressed) ? 2 : 1;
    return true;
}

int main(int argc, char **argv)
{
    bool hangul = argc > 2 && strcmp(argv[1], "--hangul") == 0;
    if (argc != (hangul ? 3 : 2))
        return 64;
    unsigned keys = 1; /* Enter */
    for (const char *at = argv[argc - 1]; *at != '\0';) {
        char letter[8];
        at += character(letter, at);
        if (!count(&keys, &hangul, letter))
            return 65;
    }
    return printf("%u\n", keys) < 0;
}
