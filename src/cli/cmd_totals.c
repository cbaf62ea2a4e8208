#include "cli/commands.h"
#include "cli/lead.h"
#include "cli/totals_view.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/match.h>
#include <cxlog/text.h>

const cli_option cli_totals_options[] = {
    {"by", 'b', "DIM[,DIM]",
     N_("category, detail, channel, region, agent, sentiment, result, tag, customer, "
        "field:NAME, weekday, hour, day, week, month, quarter, half or year")},
    {"periods", 'n', "N", N_("this period and those before it, N in all")},
    {"cumulative", 0, NULL, N_("running totals of the year instead of counts")},
    {"vs", 0, "WHAT", N_("compare with: prev (period), year (before), none")},
    {"sum", 0, NULL, N_("with -n: the N periods as one")},
    {"top", 0, "N", N_("fold all but the N biggest into one row")},
    {"sort", 0, "ORDER", N_("order of the rows: count (biggest first), scheme or name")},
    {"hide-empty", 0, NULL, N_("leave out rows without a record in the period")},
    {"percent", 0, "OF", N_("with two dimensions: parts of the row, col or all")},
    {"transpose", 0, NULL, N_("rows and columns change places")},
    {"as", 0, "HOW", N_("names as logged, or mapped to what they are called today")},
    {"csv", 0, NULL, N_("as CSV")},
    {"md", 0, NULL, N_("as Markdown")},
    CLI_FILTER_OPTIONS,
    {NULL, 0, NULL, NULL},
};

void cli_totals_view_clear(cli_totals_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        cxlog_totals_free(view->each[i]);
    free(view->each);
    free(view->filter_words);
    cli_totals_extras_clear(&view->extras);
    *view = (cli_totals_view){0};
}

bool cli_totals_incomplete(const cxlog_basis *basis)
{
    return basis->sheet && basis->pending + basis->unknown + basis->quarantined +
                                   basis->foreign + basis->edited >
                               0;
}

/* ---- arguments ---- */

/* Index of the word in the list; ERR_USAGE naming the choices. */
static cxlog_status choose(size_t *out, const cli_args *args, const char *option,
                           const char *const *words, const char *choices,
                           cxlog_error *err)
{
    const char *given = cli_args_get(args, option);
    *out = 0;
    if (!given)
        return CXLOG_OK;
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], given) == 0) {
            *out = i;
            return CXLOG_OK;
        }
    }
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cxlog_fail(err, CXLOG_ERR_USAGE, "--%s is %s: got %s", option,
                                     _(choices), cxlog_quote(quoted, given));
    cxlog_match_suggest(given, words, err);
    return status;
}

/* The field's own name, so that records are found by it. */
static cxlog_status resolve_field(cxlog_by *by, const cxlog_scheme *scheme, cxlog_day day,
                                  cxlog_error *err)
{
    if (by->kind != CXLOG_BY_FIELD)
        return CXLOG_OK;
    const cxlog_value *value = cxlog_scheme_get(scheme, CXLOG_DIM_FIELD, "", by->field);
    cxlog_status status = CXLOG_OK;
    if (!value)
        status = cxlog_scheme_resolve(scheme, CXLOG_DIM_FIELD, "", by->field, day, &value,
                                      err);
    if (status != CXLOG_OK)
        return status;
    (void)snprintf(by->field, sizeof by->field, "%s", value->name); /* CXLOG_NAME_MAX */
    return CXLOG_OK;
}

static cxlog_status parse_by(cli_totals_view *view, const char *text,
                             const cxlog_scheme *scheme, cxlog_error *err)
{
    CXLOG_AUTO_TEXT copy = strdup(text);
    if (!copy)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    char *rest = NULL;
    cxlog_query *query = &view->query;
    query->by_count = 0;
    for (char *word = strtok_r(copy, ",", &rest); word;
         word = strtok_r(NULL, ",", &rest)) {
        if (query->by_count == CXLOG_BY_MAX)
            return cxlog_fail(err, CXLOG_ERR_USAGE,
                              "--by takes at most two dimensions: ask twice for more");
        cxlog_by *by = &query->by[query->by_count++];
        cxlog_status status = cxlog_by_parse(by, word, err);
        if (status == CXLOG_OK)
            status = resolve_field(by, scheme, view->ctx->today, err);
        if (status != CXLOG_OK)
            return status;
    }
    if (query->by_count == 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--by needs a dimension, like category");
    if (query->by_count == 2 && query->by[0].kind == query->by[1].kind &&
        strcmp(query->by[0].field, query->by[1].field) == 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--by names one dimension twice");
    return CXLOG_OK;
}

static cxlog_status parse_form(cli_totals_view *view, const cli_args *args,
                               cxlog_error *err)
{
    static const char *const forms[] = {"csv", "md", NULL};
    cxlog_status status = cli_only_one_of(args, forms, err);
    view->form = view->ctx->json             ? CLI_TOTALS_JSON
                 : cli_args_has(args, "csv") ? CLI_TOTALS_CSV
                 : cli_args_has(args, "md")  ? CLI_TOTALS_MARKDOWN
                 : view->ctx->plain          ? CLI_TOTALS_PLAIN
                                             : CLI_TOTALS_TEXT;
    return status;
}

static cxlog_status parse_choices(cli_totals_view *view, const cli_args *args,
                                  cxlog_error *err)
{
    static const char *const vs_words[] = {"prev", "year", "none", "previous", NULL};
    static const cxlog_vs vs[] = {CXLOG_VS_PREVIOUS, CXLOG_VS_YEAR, CXLOG_VS_NONE,
                                  CXLOG_VS_PREVIOUS};
    static const char *const as_words[] = {"logged", "mapped", NULL};
    size_t index = 0;
    int64_t top = 0;
    cxlog_status status =
        choose(&index, args, "vs", vs_words, N_("prev, year or none"), err);
    view->query.vs = vs[index];
    if (status == CXLOG_OK)
        status = choose(&index, args, "as", as_words, N_("logged or mapped"), err);
    view->query.mapped = index == 1;
    if (status == CXLOG_OK)
        status = cli_number_arg(&top, args, "top", 1, 1000000, err);
    view->top = (size_t)top;
    view->cumulative = cli_args_has(args, "cumulative");
    return status == CXLOG_OK ? parse_form(view, args, err) : status;
}

/* The first of each list of words is what is meant without the option. */
static cxlog_status parse_shape(cli_totals_view *view, const cli_args *args,
                                cxlog_error *err)
{
    static const char *const orders[] = {"count", "scheme", "name", NULL};
    static const cli_totals_order order[] = {CLI_ORDER_COUNT, CLI_ORDER_SCHEME,
                                             CLI_ORDER_NAME};
    static const char *const wholes[] = {"row", "col", "all", NULL};
    static const cli_totals_percent percent[] = {CLI_PERCENT_ROW, CLI_PERCENT_COLUMN,
                                                 CLI_PERCENT_ALL};
    size_t index = 0;
    cxlog_status status =
        choose(&index, args, "sort", orders, N_("count, scheme or name"), err);
    view->order = order[index];
    if (status == CXLOG_OK)
        status = choose(&index, args, "percent", wholes, N_("row, col or all"), err);
    if (cli_args_has(args, "percent"))
        view->percent = percent[index];
    view->hide_empty = cli_args_has(args, "hide-empty");
    view->transpose = cli_args_has(args, "transpose");
    if (status == CXLOG_OK && view->transpose && view->form == CLI_TOTALS_JSON)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "--transpose is for tables: --json names what it counts");
    return status;
}

/* Parts need something across, and what they are parts of. */
static cxlog_status check_percent(const cli_totals_view *view, cxlog_error *err)
{
    const cxlog_query *query = &view->query;
    if (view->percent == CLI_PERCENT_NONE)
        return CXLOG_OK;
    if (view->form == CLI_TOTALS_JSON)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "--percent is for tables: --json has the counts");
    if (query->by_count < 2 && !(view->series && view->by_given))
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "--percent needs two dimensions, or -n with --by");
    for (size_t i = 0; i < query->by_count; i++) {
        if (query->by[i].kind == CXLOG_BY_TAG)
            return cxlog_fail(err, CXLOG_ERR_USAGE,
                              "a record may bear several tags: there is no --percent "
                              "of them");
    }
    return CXLOG_OK;
}

static cxlog_status parse_count(cli_totals_view *view, const cli_args *args,
                                int64_t *count, cxlog_error *err)
{
    *count = 1;
    cxlog_status status =
        cli_number_arg(count, args, "periods", 1, CLI_TOTALS_PERIODS_MAX, err);
    bool sum = cli_args_has(args, "sum");
    view->series = cli_args_has(args, "periods") && !sum;
    if (status == CXLOG_OK && sum && !cli_args_has(args, "periods"))
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--sum needs -n N: how many periods");
    if (status != CXLOG_OK || !cli_args_has(args, "periods"))
        return status;
    if (view->query.period.kind == CXLOG_PERIOD_ALL)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "there is nothing before all records: -n needs a period");
    if (view->query.by_count == 2 && view->form != CLI_TOTALS_JSON && !sum)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "-n with two dimensions is a table of three: leave one out, or "
                          "ask for --json");
    return CXLOG_OK;
}

static cxlog_status parse(cli_totals_view *view, const cli_args *args,
                          const cxlog_scheme *scheme, int64_t *count, cxlog_error *err)
{
    const char *by = cli_args_get(args, "by");
    view->by_given = by != NULL;
    cxlog_status status =
        cli_period_args(&view->query.period, args, "week", view->ctx->today, err);
    if (status == CXLOG_OK)
        status = parse_choices(view, args, err);
    if (status == CXLOG_OK)
        status = parse_by(view, by ? by : "category", scheme, err);
    if (status == CXLOG_OK)
        status = parse_count(view, args, count, err);
    if (status == CXLOG_OK)
        status = parse_shape(view, args, err);
    if (status == CXLOG_OK)
        status = check_percent(view, err);
    if (status == CXLOG_OK && cli_args_has(args, "sum")) {
        status = cli_totals_sum(view, *count, err);
        *count = 1;
    }
    if (view->query.period.kind == CXLOG_PERIOD_ALL)
        view->query.vs = CXLOG_VS_NONE; /* nothing came before */
    return status;
}

/* ---- asking the store ---- */

static cxlog_status ask_one(cli_totals_view *view, int steps, cxlog_error *err)
{
    cxlog_query query = view->query;
    cxlog_period whole = {0};
    cxlog_period part = {0};
    query.period = cxlog_period_before(&view->query.period, steps);
    cli_totals_against(view, &query.period, &whole, &part);
    query.against = &part;
    cxlog_totals *totals = NULL;
    cxlog_status status = cxlog_store_totals(view->ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    totals->basis.sheet = cli_has_sheet(view->ctx);
    totals->previous = whole;
    view->each[view->count++] = totals;
    cli_totals_hide(view, totals);
    bool table_folds = view->series && view->form != CLI_TOTALS_JSON;
    if (view->top && !table_folds)
        status = cxlog_totals_fold(totals, view->top, err);
    return status == CXLOG_OK ? cli_totals_sort(view, totals, err) : status;
}

/* The basis of several periods: of the range that they cover. */
static cxlog_status ask_basis(cli_totals_view *view, cxlog_error *err)
{
    const cxlog_totals *last = view->each[view->count - 1];
    if (view->count == 1) {
        view->basis = last->basis;
        return CXLOG_OK;
    }
    cxlog_query query = view->query;
    query.period = last->period;
    query.period.kind = CXLOG_PERIOD_RANGE;
    query.period.from = view->each[0]->period.from;
    query.vs = CXLOG_VS_NONE;
    query.no_cumulative = true;
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(view->ctx->store, &query, &totals, err);
    if (status != CXLOG_OK)
        return status;
    view->basis = totals->basis;
    view->basis.sheet = cli_has_sheet(view->ctx);
    return CXLOG_OK;
}

static cxlog_status ask(cli_totals_view *view, int64_t count, cxlog_error *err)
{
    view->each = calloc((size_t)count, sizeof *view->each);
    if (!view->each)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cxlog_status status = cli_workdays_load(&view->extras.days, view->ctx, err);
    for (int steps = (int)count - 1; status == CXLOG_OK && steps >= 0; steps--)
        status = ask_one(view, steps, err);
    if (status == CXLOG_OK)
        status = cli_totals_trail(view, err);
    return status == CXLOG_OK ? ask_basis(view, err) : status;
}

cxlog_status cli_cmd_totals(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    CXLOG_AUTO_VALUE(cli_totals_view) view = {.ctx = ctx};
    int64_t count = 1;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &scheme, err);
    view.scheme = scheme;
    if (status == CXLOG_OK)
        status = parse(&view, &args, scheme, &count, err);
    if (status == CXLOG_OK)
        status = cli_filter_parse(&filter, &args, scheme, err);
    view.query.filter = filter.filter;
    if (status == CXLOG_OK)
        status = cli_filter_words(&view.filter_words, &filter.filter, err);
    if (status == CXLOG_OK)
        status = ask(&view, count, err);
    if (status == CXLOG_OK)
        status = view.form == CLI_TOTALS_JSON ? cli_totals_json(&view, err)
                                              : cli_totals_print(&view, err);
    /* The numbers were told, and what they lack: there is no sentence to add. */
    return status == CXLOG_OK && cli_totals_incomplete(&view.basis) ? CXLOG_ERR_INCOMPLETE
                                                                    : status;
}
