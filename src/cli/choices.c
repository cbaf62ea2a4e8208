#include "cli/choices.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

void cli_choices_clear(cli_choices *choices)
{
    for (size_t i = 0; i < choices->count; i++) {
        free(choices->items[i].value);
        free(choices->items[i].about);
    }
    free(choices->items);
    *choices = (cli_choices){0};
}

static bool make_room(cli_choices *choices)
{
    if (choices->count < choices->room)
        return true;
    size_t room = choices->room ? 2 * choices->room : 32;
    cli_choice *items = realloc(choices->items, room * sizeof *items);
    if (!items)
        return false;
    choices->items = items;
    choices->room = room;
    return true;
}

void cli_choices_add(cli_choices *choices, const char *value, const char *about)
{
    if (!make_room(choices))
        return;
    cli_choice item = {.value = strdup(value), .about = strdup(about ? about : "")};
    if (item.value && item.about) {
        choices->items[choices->count++] = item;
        return;
    }
    free(item.value);
    free(item.about);
}

bool cli_choice_fits(const char *typed, const cxlog_candidate *candidate)
{
    if (typed[0] == '\0' || strncmp(candidate->name, typed, strlen(typed)) == 0)
        return true;
    cxlog_match match;
    return cxlog_match_find(&match, typed, candidate, 1, NULL) == CXLOG_OK &&
           match.tier <= CXLOG_TIER_INITIALS_PREFIX;
}

char *cli_choices_common(const cli_choices *choices)
{
    if (choices->count == 0)
        return NULL;
    const char *first = choices->items[0].value;
    size_t length = strlen(first);
    for (size_t i = 1; i < choices->count; i++) {
        size_t same = 0;
        while (same < length && first[same] == choices->items[i].value[same])
            same++;
        length = same;
    }
    while (length > 0 && ((unsigned char)first[length] & 0xC0) == 0x80)
        length--; /* not into a character */
    return strndup(first, length);
}
