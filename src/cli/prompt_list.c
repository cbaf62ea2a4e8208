#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/prompt.h"
#include "cli/template.h"

#define DAY_PARTS 4 /* categories named in the day's line */

/* Items side by side, wrapped at the terminal's width. */
typedef struct shelf {
    const cli_ctx *ctx;
    size_t used, width;
} shelf;

static void put(shelf *s, const char *name, const char *code)
{
    CXLOG_AUTO_TEXT text = cxlog_text_escape(name, true);
    bool wide = cli_ambiguous_wide(s->ctx);
    size_t cells = cxlog_text_width(text ? text : "?", wide) +
                   (code[0] != '\0' ? 1 + cxlog_text_width(code, wide) : 0) + 3;
    if (s->used > 0 && s->used + cells > s->width) {
        cli_out_text("\n");
        s->used = 0;
    }
    cli_out("%s%s%s%s%s%s", s->used == 0 ? "  " : "   ", text ? text : "?",
            cli_style(s->ctx, stdout, "dim"), code[0] != '\0' ? " " : "", code,
            cli_style(s->ctx, stdout, "reset"));
    s->used += cells;
}

static shelf begin(const cli_ctx *ctx, const char *title)
{
    size_t width = cli_width();
    cli_out("%s\n", title);
    return (shelf){.ctx = ctx, .width = width ? width : 80};
}

static void list_dim(const cli_prompt *prompt, cxlog_dim dim, const char *title)
{
    shelf s = begin(prompt->ctx, title);
    for (size_t i = 0; i < cxlog_scheme_count(prompt->scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(prompt->scheme, i);
        if (value->dim == dim && value->parent[0] == '\0' &&
            cxlog_value_in_use(value, prompt->ctx->today))
            put(&s, value->name, value->code);
    }
    cli_out_text("\n");
}

static cxlog_status list_templates(const cli_prompt *prompt, cxlog_error *err)
{
    json_t *all = NULL;
    cxlog_status status = cli_templates_read(&all, prompt->ctx, err);
    if (status == CXLOG_OK && json_object_size(all) > 0) {
        shelf s = begin(prompt->ctx, _("templates"));
        const char *name;
        json_t *words;
        json_object_foreach(all, name, words)
        {
            char shown[512];
            (void)snprintf(shown, sizeof shown, "%%%.500s", name);
            put(&s, shown, "");
        }
        cli_out_text("\n");
    }
    json_decref(all);
    return status;
}

cxlog_status cli_prompt_list(cli_prompt *prompt, cxlog_error *err)
{
    list_dim(prompt, CXLOG_DIM_CATEGORY, _("categories"));
    list_dim(prompt, CXLOG_DIM_CHANNEL, _("channels"));
    cxlog_status status = list_templates(prompt, err);
    cli_out("%s\n", _("then, in any order: :result :sentiment @customer %region +tag 6분 "
                      "14:20, and the note; . is the same as last time"));
    return status;
}

cxlog_status cli_prompt_day(cli_prompt *prompt, cxlog_error *err)
{
    cli_ctx *ctx = prompt->ctx;
    const char *agent;
    cli_ctx_tick(ctx);
    cxlog_status status = cli_agent(ctx, &agent, err);
    if (status != CXLOG_OK)
        return status;
    const char *const agents[] = {agent, NULL};
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_DAY, ctx->today),
                         .by = {{.kind = CXLOG_BY_CATEGORY}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE,
                         .filter.only.agent = agents};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    status = cxlog_store_totals(ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    int64_t rest = totals->total.count;
    bool any = false;
    cli_out("%s %lld", _("today"), (long long)totals->total.count);
    for (size_t i = 0; i < totals->row_count && i < DAY_PARTS; i++) {
        CXLOG_AUTO_TEXT name = cxlog_text_escape(totals->rows[i].key[0], true);
        if (totals->rows[i].count == 0)
            break;
        cli_out("%s%s %lld", any ? " · " : " (", name ? name : "?",
                (long long)totals->rows[i].count);
        rest -= totals->rows[i].count;
        any = true;
    }
    if (rest > 0 && any)
        cli_out(" · %s %lld", _("others"), (long long)rest);
    cli_out("%s\n", any ? ")" : "");
    return CXLOG_OK;
}
