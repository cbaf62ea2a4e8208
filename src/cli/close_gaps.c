#include "cli/close_view.h"

#include <stdlib.h>

#include "cli/gaps.h"
#include "cli/saved.h"

typedef struct filling {
    cli_ctx *ctx;
    cxlog_scheme *scheme;
    cli_gaps found;
    bool asking;
} filling;

static void filling_clear(filling *f)
{
    cli_gaps_clear(&f->found);
    cxlog_scheme_free(f->scheme);
}
CXLOG_AUTO_VALUE_DEFINE(filling, filling_clear);

static void print_choices(cxlog_column column)
{
    const char *const *choices = cxlog_column_choices(column);
    (void)fprintf(stderr, "      %s:", cxlog_column_get(column)->heading);
    for (size_t i = 0; choices && choices[i]; i++)
        (void)fprintf(stderr, "  %zu %s", i + 1, choices[i]);
    (void)fprintf(stderr, "  %s\n", _("Enter: leave blank"));
}

/* Until it is right, or skipped by Enter. */
static cxlog_status ask_field(filling *f, cxlog_entry *entry, cxlog_column column,
                              cxlog_error *err)
{
    char question[64];
    (void)snprintf(question, sizeof question, "      %s",
                   cxlog_column_get(column)->heading);
    print_choices(column);
    for (;;) {
        CXLOG_AUTO_TEXT answer = NULL;
        cxlog_error trouble = {0};
        cxlog_status status = cli_ask(&answer, question, NULL, err);
        f->asking = status == CXLOG_OK && answer;
        if (!f->asking || answer[0] == '\0')
            return status;
        status = cli_gap_set(entry, column, f->scheme, answer, &trouble);
        if (status == CXLOG_OK)
            return CXLOG_OK;
        if (!cli_gap_again(&trouble, "      ")) {
            if (err)
                *err = trouble;
            return status;
        }
    }
}

static cxlog_status save(filling *f, cxlog_entry *entry, const char *root,
                         cxlog_error *err)
{
    cxlog_status status = cli_entry_correct(entry, f->ctx, root, false, err);
    return status ? status : cxlog_store_add(f->ctx->store, entry, 1, NULL, err);
}

static cxlog_status fill(filling *f, const cxlog_record *record, bool *left,
                         cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    CXLOG_AUTO_TEXT line = NULL;
    cxlog_entry_init(&entry);
    cxlog_status status = cxlog_entry_copy(&entry, &record->entry, err);
    if (status == CXLOG_OK)
        status = cli_record_line(&line, record, err);
    if (status != CXLOG_OK)
        return status;
    (void)fprintf(stderr, "  #%lld %s\n", (long long)record->number, line);
    for (size_t i = 0; i < f->found.column_count && f->asking && status == CXLOG_OK;
         i++) {
        if (cli_gap_in(&entry, f->found.columns[i]))
            status = ask_field(f, &entry, f->found.columns[i], err);
    }
    *left = cli_gaps_lack(&f->found, &entry);
    if (status != CXLOG_OK || cxlog_entry_same(&entry, &record->entry))
        return status;
    return save(f, &entry, record->root, err);
}

cxlog_status cli_close_gaps(cli_ctx *ctx, const char *agent, cxlog_day day,
                            int64_t *remaining, cxlog_error *err)
{
    *remaining = 0;
    CXLOG_AUTO_VALUE(filling)
    f = {.ctx = ctx,
         .found = {.all = true},
         .asking = cli_may_ask(ctx) && !ctx->json && !ctx->dry_run};
    cxlog_status status = cli_gaps_find(&f.found, ctx, agent, day, err);
    if (status != CXLOG_OK || f.found.count == 0 || !f.asking) {
        *remaining = (int64_t)f.found.count;
        return status;
    }
    status = cxlog_store_scheme(ctx->store, &f.scheme, err);
    if (status != CXLOG_OK)
        return status;
    (void)fprintf(stderr, _("%zu records with blank fields\n"), f.found.count);
    for (size_t i = 0; i < f.found.count && status == CXLOG_OK; i++) {
        bool left = true;
        if (f.asking)
            status = fill(&f, &f.found.records[i], &left, err);
        *remaining += left;
    }
    return status;
}
