#include <stdbool.h>
#include <string.h>

#include "google/json_text.h"

#define DEPTH_MAX 32

/* An object that is not closed yet. full: a value has been seen in it. */
typedef struct opened {
    size_t at;
    bool full;
} opened;

/* Index of the quote that ends the text which begins at `at`; length when none does. */
static size_t text_end(const char *bytes, size_t length, size_t at)
{
    for (size_t i = at + 1; i < length; i++) {
        if (bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            return i;
    }
    return length;
}

static void blank(char *bytes, size_t from, size_t to)
{
    bytes[from] = '0';
    memset(bytes + from + 1, ' ', to - from);
}

void cx_json_lean(char *bytes, size_t length)
{
    opened stack[DEPTH_MAX + 1] = {{.full = true}}; /* what stands in no object */
    size_t depth = 0;
    for (size_t i = 0; i < length; i++) {
        switch (bytes[i]) {
        case '{':
            if (depth == DEPTH_MAX)
                return;
            stack[++depth] = (opened){.at = i};
            break;
        case '}':
            if (depth == 0)
                return;
            if (stack[depth].full)
                stack[depth - 1].full = true;
            else
                blank(bytes, stack[depth].at, i);
            depth--;
            break;
        case '"':
            i = text_end(bytes, length, i);
            if (i + 1 >= length || bytes[i + 1] != ':')
                stack[depth].full = true;
            break;
        case ':':
        case ',':
        case ']':
            break;
        default: /* a number, a word, an array; a blank does no harm */
            stack[depth].full = true;
            break;
        }
    }
}
