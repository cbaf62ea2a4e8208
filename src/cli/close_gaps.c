#include "cli/close_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/gaps.h"
#include "cli/saved.h"

typedef struct gaps {
    cli_ctx *ctx;
    cxlog_column columns[CXLOG_COLUMN_COUNT]; /* that close.required names */
    size_t column_count;
    char (*ids)[CXLOG_ID_SIZE]; /* of records that lack one */
    size_t count;
    bool asking;
} gaps;

static void gaps_clear(gaps *g)
{
    free(g->ids);
}
CXLOG_AUTO_VALUE_DEFINE(gaps, gaps_clear);

static bool has_gap(const gaps *g, const cxlog_entry *entry)
{
    for (size_t i = 0; i < g->column_count; i++) {
        if (cli_gap_in(entry, g->columns[i]))
            return true;
    }
    return false;
}

static cxlog_status keep(gaps *g, const cxlog_record *record, cxlog_error *err)
{
    char(*grown)[CXLOG_ID_SIZE] = realloc(g->ids, (g->count + 1) * sizeof *grown);
    if (!grown)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    g->ids = grown;
    memcpy(g->ids[g->count++], cxlog_entry_text(&record->entry, CXLOG_COL_ID),
           CXLOG_ID_SIZE);
    return CXLOG_OK;
}

static cxlog_status collect(gaps *g, const char *agent, cxlog_day day, cxlog_error *err)
{
    const char *const agents[] = {agent, NULL};
    cxlog_list_query query = {.from = day, .to = day, .filter = {.agent = agents}};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    cxlog_status status = cxlog_store_list(g->ctx->store, &query, &cursor, err);
    while (status == CXLOG_OK) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        bool more = false;
        status = cxlog_cursor_next(cursor, &record, &more, err);
        if (status != CXLOG_OK || !more)
            break;
        if (has_gap(g, &record.entry))
            status = keep(g, &record, err);
    }
    return status;
}

static void print_choices(cxlog_column column)
{
    const char *const *choices = cxlog_column_choices(column);
    (void)fprintf(stderr, "      %s:", cxlog_column_get(column)->heading);
    for (size_t i = 0; choices && choices[i]; i++)
        (void)fprintf(stderr, "  %zu %s", i + 1, choices[i]);
    (void)fprintf(stderr, "  %s\n", _("Enter: leave blank"));
}

/* A number of the list stands for its choice. */
static const char *choice_of(cxlog_column column, const char *answer)
{
    const char *const *choices = cxlog_column_choices(column);
    size_t number = answer[0] >= '1' && answer[0] <= '9' && answer[1] == '\0'
                        ? (size_t)(answer[0] - '0')
                        : 0;
    for (size_t i = 0; choices && choices[i]; i++) {
        if (i + 1 == number)
            return choices[i];
    }
    return answer;
}

/* *end: no more answers are to be had. */
static cxlog_status ask_field(cxlog_entry *entry, cxlog_column column, bool *changed,
                              bool *end, cxlog_error *err)
{
    char question[64];
    (void)snprintf(question, sizeof question, "      %s",
                   cxlog_column_get(column)->heading);
    for (;;) {
        CXLOG_AUTO_TEXT answer = NULL;
        cxlog_error said = {0};
        cxlog_status status = cli_ask(&answer, question, NULL, err);
        *end = status != CXLOG_OK || !answer;
        if (*end || answer[0] == '\0')
            return status;
        status = cxlog_entry_set(entry, column, choice_of(column, answer), &said);
        *changed = *changed || status == CXLOG_OK;
        if (status != CXLOG_ERR_VALUE)
            return status ? cxlog_fail(err, status, "%s", said.message) : status;
        (void)fprintf(stderr, "      %s\n", said.message);
    }
}

static cxlog_status save(gaps *g, cxlog_entry *entry, const char *root, cxlog_error *err)
{
    cxlog_status status = cli_entry_correct(entry, g->ctx, root, false, err);
    return status ? status : cxlog_store_add(g->ctx->store, entry, 1, NULL, err);
}

static cxlog_status fill(gaps *g, const char *id, bool *left, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_record_init(&record);
    cxlog_entry_init(&entry);
    CXLOG_AUTO_TEXT line = NULL;
    bool changed = false;
    cxlog_status status = cxlog_store_find(g->ctx->store, id, &record, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(&entry, &record.entry, err);
    if (status == CXLOG_OK)
        status = cli_record_line(&line, &record, err);
    if (status != CXLOG_OK)
        return status;
    (void)fprintf(stderr, "  #%lld %s\n", (long long)record.number, line);
    for (size_t i = 0; i < g->column_count && g->asking && status == CXLOG_OK; i++) {
        bool end = false;
        if (!cli_gap_in(&entry, g->columns[i]))
            continue;
        print_choices(g->columns[i]);
        status = ask_field(&entry, g->columns[i], &changed, &end, err);
        g->asking = !end;
    }
    *left = has_gap(g, &entry);
    return status == CXLOG_OK && changed ? save(g, &entry, record.root, err) : status;
}

cxlog_status cli_close_gaps(cli_ctx *ctx, const char *agent, cxlog_day day,
                            int64_t *remaining, cxlog_error *err)
{
    *remaining = 0;
    CXLOG_AUTO_VALUE(gaps) g = {.ctx = ctx, .asking = cli_may_ask(ctx) && !ctx->json};
    g.column_count = cli_gaps_required(g.columns, ctx);
    cxlog_status status = g.column_count ? collect(&g, agent, day, err) : CXLOG_OK;
    if (status != CXLOG_OK || g.count == 0 || !g.asking || ctx->dry_run) {
        *remaining = (int64_t)g.count;
        return status;
    }
    (void)fprintf(stderr, _("%zu records with blank fields\n"), g.count);
    for (size_t i = 0; i < g.count && status == CXLOG_OK; i++) {
        bool left = true;
        if (g.asking)
            status = fill(&g, g.ids[i], &left, err);
        *remaining += left;
    }
    return status;
}
