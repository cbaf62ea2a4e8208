#include "cli/commands.h"
#include "cli/lead.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/report.h>

const cli_option cli_list_options[] = {
    {"limit", 'n', "N", N_("only the newest N")},
    {"unsent", 0, NULL, N_("only records that are not in the sheet yet")},
    {"all", 0, NULL, N_("every version: corrected and voided records too")},
    {"csv", 0, NULL, N_("every column as CSV, as export does")},
    CLI_FILTER_OPTIONS,
    {NULL, 0, NULL, NULL},
};

typedef enum form { FORM_TEXT, FORM_PLAIN, FORM_CSV, FORM_JSON } form;

#define HELD 2000 /* rows of a table; when there are more, each is read twice */

typedef struct lister {
    form form;
    cxlog_table_style style;
    bool one_day;
    bool with_sheet;
    bool with_state; /* there is a difference to show */
    int year;        /* of today: left out of times */
    cli_fields fields;
    cxlog_table *table;
    size_t held;  /* rows in it */
    bool is_long; /* it has held more: they are measured, and gone */
    bool headed;  /* its header is printed */
    int64_t shown, refused;
} lister;

static void lister_clear(lister *l)
{
    cli_fields_clear(&l->fields);
    cxlog_table_free(l->table);
}
CXLOG_AUTO_VALUE_DEFINE(lister, lister_clear);

/* ---- one record ---- */

/* Does it wait for a person? One that was replaced does not. */
static bool is_refused(const cxlog_record *record)
{
    bool is_void = false;
    (void)cxlog_entry_target(&record->entry, &is_void);
    return record->state == CXLOG_STATE_QUARANTINED && (is_void || record->effective);
}

static const char *state_word(const lister *l, const cxlog_record *record)
{
    bool is_void = false;
    bool corrects = cxlog_entry_target(&record->entry, &is_void)[0] != '\0';
    if (is_void)
        return is_refused(record) ? _("refused") : _("void");
    if (!record->effective)
        return _("replaced");
    if (record->edited)
        return _("edited");
    static const char *const words[] = {
        [CXLOG_STATE_PENDING] = N_("to send"),
        [CXLOG_STATE_UNKNOWN] = N_("on its way"),
        [CXLOG_STATE_SENT] = N_("sent"),
        [CXLOG_STATE_CONFIRMED] = N_("in the sheet"),
        [CXLOG_STATE_QUARANTINED] = N_("refused"),
    };
    if (l->with_sheet)
        return _(words[record->state]);
    return corrects ? _("corrected") : "";
}

static const char *when_text(char buffer[CXLOG_WALL_TEXT], const lister *l, cxlog_wall at)
{
    int year;
    int month;
    int mday;
    cxlog_day_civil(cxlog_day_of(at), &year, &month, &mday);
    (void)cxlog_wall_text(buffer, at);
    buffer[strlen("2026-11-20 14:32")] = '\0';
    if (l->one_day)
        return buffer + strlen("2026-11-20 ");
    return year == l->year ? buffer + strlen("2026-") : buffer;
}

static cxlog_status add_row(lister *l, const cxlog_record *record, cxlog_error *err)
{
    CXLOG_AUTO_TEXT category = NULL;
    const cxlog_entry *entry = &record->entry;
    cxlog_status status = cli_category_text(&category, entry, err);
    if (status != CXLOG_OK)
        return status;
    char number[24];
    char buffer[CXLOG_WALL_TEXT];
    (void)snprintf(number, sizeof number, "#%lld", (long long)record->number);
    const char *cells[] = {
        number,
        when_text(buffer, l, entry->number[CXLOG_COL_CONTACTED_AT]),
        category,
        cxlog_entry_text(entry, CXLOG_COL_CHANNEL),
        cxlog_entry_text(entry, CXLOG_COL_CUSTOMER),
        cxlog_entry_text(entry, CXLOG_COL_RESULT),
        cxlog_entry_text(entry, CXLOG_COL_NOTE),
        state_word(l, record),
    };
    l->held++;
    return cxlog_table_row(l->table, cells, err);
}

static cxlog_status put_table(lister *l, const cxlog_record *record, cxlog_error *err)
{
    cxlog_status status = add_row(l, record, err);
    if (status != CXLOG_OK || l->held < HELD)
        return status;
    l->held = 0;
    l->is_long = true;
    return cxlog_table_measure(l->table, &l->style, err);
}

static cxlog_status print_held(lister *l, cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = cxlog_table_part(&text, l->table, &l->style, !l->headed, err);
    if (status == CXLOG_OK)
        cli_out_text(text);
    l->held = 0;
    l->headed = true;
    return status;
}

static cxlog_status put_measured(void *data, const cxlog_record *record, cxlog_error *err)
{
    lister *l = data;
    cxlog_status status = add_row(l, record, err);
    return status == CXLOG_OK && l->held == HELD ? print_held(l, err) : status;
}

static bool put_plain_cell(const char *text)
{
    CXLOG_AUTO_TEXT cell = cxlog_plain_cell(text);
    if (!cell)
        return false;
    cli_out_text("\t");
    cli_out_text(cell);
    return true;
}

static const cxlog_column plain_columns[] = {
    CXLOG_COL_CATEGORY, CXLOG_COL_DETAIL, CXLOG_COL_CHANNEL, CXLOG_COL_CUSTOMER,
    CXLOG_COL_AGENT,    CXLOG_COL_RESULT, CXLOG_COL_NOTE,    CXLOG_COL_ID,
};
#define PLAIN_COLUMNS (sizeof plain_columns / sizeof plain_columns[0])

static cxlog_status put_plain(const cxlog_record *record, cxlog_error *err)
{
    char buffer[CXLOG_WALL_TEXT];
    cli_out("%lld", (long long)record->number);
    bool good = put_plain_cell(
        cxlog_wall_iso(buffer, record->entry.number[CXLOG_COL_CONTACTED_AT]));
    for (size_t i = 0; good && i < PLAIN_COLUMNS; i++)
        good = put_plain_cell(cxlog_entry_text(&record->entry, plain_columns[i]));
    good = good && put_plain_cell(cxlog_state_name(record->state));
    cli_out_text("\n");
    return good ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static cxlog_status put_csv(const lister *l, const cxlog_record *record, cxlog_error *err)
{
    CXLOG_AUTO_TEXT line = NULL;
    cxlog_status status = cli_csv_record(&line, record, &l->fields, err);
    if (status == CXLOG_OK)
        cli_out_text(line);
    return status;
}

static cxlog_status put_json(const cxlog_record *record, cxlog_error *err)
{
    CXLOG_AUTO_TEXT line = NULL;
    cxlog_status status = cli_record_json(&line, record, err);
    if (status == CXLOG_OK)
        cli_out("%s\n", line);
    return status;
}

static cxlog_status put_record(void *data, const cxlog_record *record, cxlog_error *err)
{
    lister *l = data;
    l->shown++;
    l->refused += is_refused(record);
    switch (l->form) {
    case FORM_TEXT:
        return put_table(l, record, err);
    case FORM_PLAIN:
        return put_plain(record, err);
    case FORM_CSV:
        return put_csv(l, record, err);
    case FORM_JSON:
        return put_json(record, err);
    }
    return CXLOG_OK;
}

/* ---- before and after ---- */

static cxlog_status begin(lister *l, cxlog_error *err)
{
    if (l->form == FORM_CSV) {
        CXLOG_AUTO_TEXT header = NULL;
        cxlog_status status = cli_csv_header(&header, &l->fields, err);
        if (status == CXLOG_OK)
            cli_out_text(header);
        return status;
    }
    if (l->form == FORM_PLAIN) {
        cli_out_text("number\tcontacted_at");
        for (size_t i = 0; i < PLAIN_COLUMNS; i++)
            cli_out("\t%s", cxlog_column_get(plain_columns[i])->field);
        cli_out_text("\tstate\n");
    }
    const cxlog_column_spec columns[] = {
        {"#", CXLOG_ALIGN_RIGHT, false, 0},
        {_("time"), CXLOG_ALIGN_LEFT, false, 0},
        {_("category"), CXLOG_ALIGN_LEFT, true, 0},
        {_("channel"), CXLOG_ALIGN_LEFT, true, 0},
        {_("customer"), CXLOG_ALIGN_LEFT, true, 2},
        {_("result"), CXLOG_ALIGN_LEFT, false, 3},
        {_("note"), CXLOG_ALIGN_LEFT, true, 0},
        {_("state"), CXLOG_ALIGN_LEFT, false, 1},
    };
    size_t count = sizeof columns / sizeof columns[0] - (l->with_state ? 0 : 1);
    if (l->form == FORM_TEXT)
        return cxlog_table_new(&l->table, columns, count, err);
    return CXLOG_OK;
}

/* With what was asked for beside the period: a name mistyped is seen as such. */
static cxlog_status say_none(const cli_ctx *ctx, const cxlog_list_query *query,
                             const cxlog_period *period, cxlog_error *err)
{
    CXLOG_AUTO_TEXT words = NULL;
    cxlog_status status = cli_filter_words(&words, &query->filter, err);
    if (status != CXLOG_OK)
        return status;
    cli_say(ctx, _("no records in %s\n"), period->label);
    if (words[0] != '\0')
        cli_say(ctx, "%s\n", words);
    return cli_out_end(err);
}

/* All rows are measured: now they are read again, and printed as they come. */
static cxlog_status print_long(const cli_ctx *ctx, lister *l,
                               const cxlog_list_query *query, int64_t skip,
                               cxlog_error *err)
{
    l->held = 0;
    cxlog_status status = cxlog_table_measure(l->table, &l->style, err);
    if (status == CXLOG_OK)
        status = cli_feed(ctx->store, query, skip, put_measured, l, err);
    return status == CXLOG_OK && l->held > 0 ? print_held(l, err) : status;
}

static cxlog_status end(const cli_ctx *ctx, lister *l, const cxlog_list_query *query,
                        int64_t skip, const cxlog_period *period, cxlog_error *err)
{
    if (l->form != FORM_TEXT)
        return cli_out_end(err);
    if (l->shown == 0)
        return say_none(ctx, query, period, err);
    CXLOG_AUTO_TEXT text = NULL;
    cxlog_status status = l->is_long ? print_long(ctx, l, query, skip, err)
                                     : cxlog_table_text(&text, l->table, &l->style, err);
    if (text)
        cli_out_text(text);
    if (status != CXLOG_OK)
        return status;
    if (l->refused > 0)
        cli_say(ctx, "%s\n",
                _("cxlog show ID says why, cxlog sync --retry sends it again"));
    return cli_out_end(err);
}

static cxlog_status list(cli_ctx *ctx, lister *l, const cli_args *args,
                         cxlog_list_query *query, const cxlog_period *period,
                         cxlog_error *err)
{
    int64_t limit = 0;
    int64_t skip = 0;
    cxlog_status status = cli_number_arg(&limit, args, "limit", 1, 1000000000, err);
    if (status == CXLOG_OK && limit > 0)
        status = cli_feed_newest(&skip, ctx->store, query, limit, err);
    if (status == CXLOG_OK)
        status = begin(l, err);
    if (status == CXLOG_OK)
        status = cli_feed(ctx->store, query, skip, put_record, l, err);
    return status == CXLOG_OK ? end(ctx, l, query, skip, period, err) : status;
}

static form form_of(const cli_ctx *ctx, const cli_args *args)
{
    return ctx->json                   ? FORM_JSON
           : cli_args_has(args, "csv") ? FORM_CSV
           : ctx->plain                ? FORM_PLAIN
                                       : FORM_TEXT;
}

cxlog_status cli_cmd_list(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_VALUE(cli_filter) filter = {0};
    CXLOG_AUTO_VALUE(lister) l = {.with_sheet = cli_has_sheet(ctx)};
    cxlog_period period;
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &scheme, err);
    /* What is unsent is wanted whenever it was: a day would hide yesterday's. */
    const char *fallback = cli_args_has(&args, "unsent") ? "all" : "today";
    if (status == CXLOG_OK)
        status = cli_period_args(&period, &args, fallback, ctx->today, err);
    if (status == CXLOG_OK)
        status = cli_filter_parse(&filter, &args, scheme, err);
    if (status == CXLOG_OK)
        status = cli_fields_of(&l.fields, scheme, err);
    if (status != CXLOG_OK)
        return status;
    int month;
    int mday;
    cxlog_day_civil(ctx->today, &l.year, &month, &mday);
    l.form = form_of(ctx, &args);
    l.style = (cxlog_table_style){.width = cli_width(),
                                  .ambiguous_wide = cli_ambiguous_wide(ctx)};
    l.with_state =
        l.with_sheet || cli_args_has(&args, "all") || cli_args_has(&args, "unsent");
    l.one_day = period.from == period.to;
    cxlog_list_query query = {.from = period.from,
                              .to = period.to,
                              .filter = filter.filter,
                              .unsent = cli_args_has(&args, "unsent"),
                              .all_versions = cli_args_has(&args, "all")};
    return list(ctx, &l, &args, &query, &period, err);
}
