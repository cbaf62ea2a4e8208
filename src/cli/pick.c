#include "cli/pick.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/entry_values.h"

#define TRIES 5

/* Counts of this year, for the order of candidates; NULL when they cannot be had: the
 * order is a courtesy. */
static cxlog_totals *usage_of_year(const cli_ctx *ctx)
{
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_YEAR, ctx->today),
                         .by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    cxlog_totals *totals = NULL;
    return cxlog_store_totals(ctx->store, &query, &totals, NULL) == CXLOG_OK ? totals
                                                                             : NULL;
}

static int64_t count_of(const cxlog_totals *totals, const char *name)
{
    for (size_t i = 0; totals && i < totals->row_count; i++) {
        if (strcmp(totals->rows[i].key[0], name) == 0)
            return totals->rows[i].count;
    }
    return 0;
}

static void most_used_first(cxlog_error *err, const cli_ctx *ctx)
{
    CXLOG_AUTO(cxlog_totals) *totals = usage_of_year(ctx);
    for (size_t i = 1; i < err->suggestion_count; i++) {
        char moved[CXLOG_SUGGESTION_MAX];
        memcpy(moved, err->suggestions[i], sizeof moved);
        size_t at = i;
        for (; at > 0 &&
               count_of(totals, err->suggestions[at - 1]) < count_of(totals, moved);
             at--)
            memcpy(err->suggestions[at], err->suggestions[at - 1], sizeof moved);
        memcpy(err->suggestions[at], moved, sizeof moved);
    }
}

/* Also for --quiet: without the list nobody knows what is asked. */
static void show_candidates(const cli_picker *p, const cxlog_error *trouble)
{
    CXLOG_AUTO_TEXT sentence = cxlog_text_escape(trouble->message, true);
    (void)fprintf(stderr, "%s✗%s %s\n ", cli_style(p->ctx, stderr, "warn"),
                  cli_style(p->ctx, stderr, "reset"), sentence ? sentence : "?");
    for (size_t i = 0; i < trouble->suggestion_count; i++) {
        CXLOG_AUTO_TEXT name = cxlog_text_escape(trouble->suggestions[i], true);
        (void)fprintf(stderr, " %zu) %s  ", i + 1, name ? name : "?");
    }
    (void)fputc('\n', stderr);
}

/* "배송/지" with the part that was meant in place of the one that was typed. */
static char *put_together(const char *word, const char *meant, bool detail)
{
    const char *slash = strchr(word, '/');
    size_t kept = detail && slash ? (size_t)(slash - word) + 1 : 0;
    const char *tail = !detail && slash ? slash : "";
    size_t size = kept + strlen(meant) + strlen(tail) + 1;
    char *whole = malloc(size);
    if (whole)
        (void)snprintf(whole, size, "%.*s%s%s", (int)kept, word, meant, tail);
    return whole;
}

/* A number of the list, or another name. NULL: gave up. */
static const char *meant_by(const char *answer, const cxlog_error *trouble)
{
    size_t digits = strspn(answer, "0123456789");
    if (answer[0] == '\0' || strchr(answer, '\033'))
        return NULL;
    if (answer[digits] != '\0')
        return answer;
    unsigned long number = strtoul(answer, NULL, 10);
    return number >= 1 && number <= trouble->suggestion_count
               ? trouble->suggestions[number - 1]
               : NULL;
}

static cxlog_status give_up(cxlog_error *err, const cxlog_error *trouble)
{
    if (err)
        *err = *trouble;
    return CXLOG_ERR_VALUE;
}

static bool category_is_known(const cli_picker *p, const char *word)
{
    char name[CXLOG_SUGGESTION_MAX * 3];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "/"), word);
    return cxlog_scheme_try(p->scheme, CXLOG_DIM_CATEGORY, "", name, p->ctx->today);
}

static cxlog_status try_word(const cli_picker *p, const char *word, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    entry.number[CXLOG_COL_CONTACTED_AT] = p->ctx->now;
    return cli_set_category(&entry, p->scheme, word, err);
}

static cxlog_status ask_once(char **word, const cli_picker *p, cxlog_error *trouble,
                             cxlog_error *err)
{
    bool detail = strchr(*word, '/') && category_is_known(p, *word);
    if (!detail)
        most_used_first(trouble, p->ctx);
    show_candidates(p, trouble);
    CXLOG_AUTO_TEXT answer = NULL;
    cxlog_status status =
        p->ask(p->data, _("number, or more letters (Enter: leave it)"), &answer, err);
    if (status != CXLOG_OK)
        return status;
    const char *meant = answer ? meant_by(answer, trouble) : NULL;
    if (!meant)
        return give_up(err, trouble);
    char *next = put_together(*word, meant, detail);
    if (!next)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (p->keep && strpbrk(answer, " \t") && try_word(p, next, NULL) != CXLOG_OK) {
        p->keep(p->data, &answer);
        free(next);
        return give_up(err, trouble);
    }
    free(*word);
    *word = next;
    return CXLOG_OK;
}

static cxlog_status settle(char **word, bool *asked, const cli_picker *p,
                           cxlog_error *err)
{
    for (int tries = 0; tries < TRIES; tries++) {
        cxlog_error trouble = {0};
        cxlog_status status = try_word(p, *word, &trouble);
        if (status == CXLOG_OK)
            return CXLOG_OK;
        if (status != CXLOG_ERR_VALUE || trouble.suggestion_count == 0)
            return give_up(err, &trouble);
        *asked = true;
        status = ask_once(word, p, &trouble, err);
        if (status != CXLOG_OK)
            return status;
    }
    return cxlog_fail(err, CXLOG_ERR_VALUE, "no category was chosen");
}

static size_t category_index(const cli_args *args)
{
    size_t at = 0;
    while (at < args->note_from && cli_word_is_attribute(args->words[at]))
        at++;
    return at;
}

cxlog_status cli_pick_category(char **owned, cli_args *args, const cli_picker *picker,
                               cxlog_error *err)
{
    *owned = NULL;
    size_t at = category_index(args);
    if (at >= args->note_from || strcmp(args->words[at], ".") == 0 ||
        args->words[at][0] == '\0' ||
        cxlog_text_invalid_at(args->words[at], strlen(args->words[at])) >= 0)
        return CXLOG_OK;
    CXLOG_AUTO_TEXT word = strdup(args->words[at]);
    bool asked = false;
    if (!word)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = settle(&word, &asked, picker, err);
    if (status != CXLOG_OK || !asked)
        return status;
    args->words[at] = word;
    *owned = CXLOG_TAKE(word);
    return CXLOG_OK;
}

cxlog_status cli_pick_ask(void *data, const char *question, char **answer,
                          cxlog_error *err)
{
    (void)data;
    return cli_ask(answer, question, NULL, err);
}
