#include "cli/commands.h"
#include "cli/import.h"
#include "cli/progress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include <cxlog/text.h>

#define ROUNDS 4 /* of adding to the scheme while others add too */

const cli_option cli_import_options[] = {
    {"map", 'm', "field=Column,…",
     N_("where each field comes from: contacted_at, category, detail, channel, customer, "
        "region, note, result, …, field:NAME")},
    {"source", 0, "NAME", N_("name of the system that the contacts come from")},
    {"key", 0, "COLUMN",
     N_("column that names each contact there; with --source it makes "
        "a second import add nothing")},
    {"date-format", 0, "FORMAT",
     N_("iso (default), ymd, mdy, dmy, or %d.%m.%Y and such")},
    {"add-scheme", 0, NULL,
     N_("add categories, details, channels and regions that are new")},
    {NULL, 0, NULL, NULL},
};

typedef enum pass { PASS_COLLECT, PASS_ADD } pass;

typedef struct importer {
    cli_ctx *ctx;
    const cli_args *args;
    FILE *file;
    pass pass;
    bool mapped;
    cli_import_map map;
    cli_import_names names;
    cli_import_rules rules;
    cli_import_counts counts;
    cli_import_adder *adder;
    size_t scheme_added;
} importer;

static void importer_clear(importer *m)
{
    if (m->file)
        (void)fclose(m->file);
    cli_import_map_clear(&m->map);
    cli_import_names_clear(&m->names);
    cli_import_adder_free(m->adder);
}
CXLOG_AUTO_VALUE_DEFINE(importer, importer_clear);

/* ---- the file ---- */

/* The file is read twice, which a pipe does not allow: an unnamed copy does. */
static cxlog_status copy_stream(FILE **out, FILE *from, cxlog_error *err)
{
    FILE *copy = tmpfile();
    char chunk[16384];
    size_t length = 0;
    bool good = copy != NULL;
    while (good && (length = fread(chunk, 1, sizeof chunk, from)) > 0)
        good = fwrite(chunk, 1, length, copy) == length;
    if (good && !ferror(from) && fflush(copy) == 0) {
        *out = copy;
        return CXLOG_OK;
    }
    int code = errno;
    if (copy)
        (void)fclose(copy);
    return cxlog_fail(err, CXLOG_ERR_IO, "cannot make a copy of the input: %s",
                      strerror(code));
}

static cxlog_status no_input(const char *path, int code, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_NOINPUT, "cannot read %s: %s",
                      cxlog_quote(quoted, path), strerror(code));
}

static cxlog_status open_file(FILE **out, const char *path, cxlog_error *err)
{
    if (strcmp(path, "-") == 0)
        return copy_stream(out, stdin, err);
    FILE *file = fopen(path, "r");
    if (!file)
        return no_input(path, errno, err);
    struct stat about;
    if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode)) {
        *out = file;
        return CXLOG_OK;
    }
    cxlog_status status = S_ISDIR(about.st_mode) ? no_input(path, EISDIR, err)
                                                 : copy_stream(out, file, err);
    (void)fclose(file);
    return status;
}

/* ---- rows ---- */

/* Column names as texts of ours. */
static cxlog_status take_header(importer *m, const cli_csv_row *row, cxlog_error *err)
{
    const char **specs = NULL;
    char **header = calloc(row->count + 1, sizeof *header);
    cxlog_status status = header ? cli_args_all(m->args, "map", &specs, err)
                                 : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (status == CXLOG_OK && row->trouble)
        status = cxlog_fail(err, CXLOG_ERR_VALUE, "the header: %s", row->trouble);
    for (size_t i = 0; status == CXLOG_OK && i < row->count; i++) {
        status = cxlog_text_clean(&header[i], row->cells[i], row->lengths[i],
                                  CXLOG_TEXT_LINE, 1000, "a column's name", err);
        if (status != CXLOG_OK)
            (void)cxlog_wrap(err, "the header (is the file saved as \"CSV UTF-8\"?)");
    }
    if (status == CXLOG_OK)
        status = cli_import_map_make(&m->map, specs, cli_args_get(m->args, "key"), header,
                                     row->count, m->names.scheme, err);
    if (status == CXLOG_OK && m->map.column[CXLOG_COL_ID] < 0 &&
        (!m->rules.source || m->map.key < 0))
        status = cxlog_fail(err, CXLOG_ERR_USAGE,
                            "say --source NAME and --key COLUMN, so that importing again "
                            "adds nothing twice");
    for (size_t i = 0; header && i < row->count; i++)
        free(header[i]);
    free(header);
    free(specs);
    m->mapped = status == CXLOG_OK;
    return status;
}

static cxlog_status add_row(importer *m, cxlog_entry *entry, const cli_csv_row *row,
                            cxlog_error *err)
{
    const char *key = m->map.column[CXLOG_COL_ID] < 0
                          ? cli_import_cell(&m->map, row, m->map.key)
                          : NULL;
    const char *agent = cli_import_cell(&m->map, row, m->map.column[CXLOG_COL_AGENT]);
    return cli_import_adder_put_take(m->adder, entry, key, agent[0] == '\0', row->line,
                                     err);
}

static cxlog_status take_row(void *data, const cli_csv_row *row, cxlog_error *err)
{
    importer *m = data;
    if (!m->mapped)
        return take_header(m, row, err);
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    cxlog_error why = {0};
    if (m->pass == PASS_ADD)
        m->counts.rows++;
    cli_progress_rows(N_("importing"), m->counts.rows);
    cxlog_status status = cli_import_entry(&entry, &m->rules, row, &why);
    if (status == CXLOG_OK && m->pass == PASS_ADD)
        status = add_row(m, &entry, row, &why);
    if (status == CXLOG_ERR_VALUE) {
        if (m->pass == PASS_ADD)
            cli_import_bad_row(&m->counts, row->line, &why);
        return CXLOG_OK;
    }
    if (status != CXLOG_OK && err)
        *err = why;
    return status;
}

static cxlog_status read_file(importer *m, pass which, cxlog_error *err)
{
    m->pass = which;
    m->mapped = false;
    cli_import_map_clear(&m->map);
    cxlog_status status = cli_csv_read(m->file, take_row, m, err);
    if (status == CXLOG_OK && !m->mapped)
        return cxlog_fail(err, CXLOG_ERR_NOINPUT, "the file is empty");
    return status;
}

/* ---- the scheme first ---- */

static cxlog_status extend_scheme(importer *m, cxlog_error *err)
{
    char reason[CXLOG_REASON_MAX];
    const char *source = m->rules.source ? m->rules.source : "CSV";
    (void)snprintf(reason, sizeof reason, "import %s", source);
    int64_t cut = cxlog_text_invalid_at(reason, strlen(reason));
    if (cut >= 0)
        reason[cut] = '\0';
    bool again = true;
    for (int round = 0; again && round < ROUNDS; round++) {
        cxlog_status status = read_file(m, PASS_COLLECT, err);
        if (status != CXLOG_OK)
            return status;
        again = false;
        if (m->ctx->dry_run || m->names.fresh_count == 0)
            break;
        status =
            cli_import_propose(&m->names, m->ctx, reason, &m->scheme_added, &again, err);
        if (status != CXLOG_OK)
            return status;
    }
    if (again)
        return cxlog_fail(err, CXLOG_ERR_RETRY,
                          "others are changing the scheme right now: nothing was "
                          "imported, try again");
    if (m->ctx->dry_run)
        m->scheme_added = m->names.fresh_count;
    m->names.add = m->ctx->dry_run;
    return CXLOG_OK;
}

/* ---- the whole ---- */

static cxlog_status summary(const importer *m, cxlog_error *err)
{
    const cli_import_counts *c = &m->counts;
    bool dry = m->ctx->dry_run;
    if (m->ctx->json) {
        json_t *answer =
            json_pack("{s:i, s:I, s:I, s:I, s:I, s:I, s:b}", "schema", 1, "rows",
                      (json_int_t)c->rows, "added", (json_int_t)c->added, "existing",
                      (json_int_t)c->existing, "bad", (json_int_t)c->bad, "scheme_added",
                      (json_int_t)m->scheme_added, "dry_run", (int)dry);
        cxlog_status status = cli_out_json_take(answer, err);
        return status == CXLOG_OK ? cli_out_end_done(m->ctx, NULL, err) : status;
    }
    cli_say(m->ctx, "%s", dry ? _("This would be done (nothing was written):\n") : "");
    cli_say(m->ctx,
            _("%lld rows: %lld added, %lld there already, %lld bad; %lld names added to "
              "the scheme\n"),
            (long long)c->rows, (long long)c->added, (long long)c->existing,
            (long long)c->bad, (long long)m->scheme_added);
    if (m->scheme_added > 0 && m->names.slashed)
        cli_say(m->ctx,
                _("A name holds no '/': it became '∕' (U+2215) in the scheme.\n"));
    if (!dry && c->added > 0)
        cli_say(m->ctx, "%s",
                cli_has_sheet(m->ctx) ? _("Next: cxlog sync\n")
                                      : _("Next: cxlog totals all\n"));
    return CXLOG_OK;
}

static cxlog_status import(importer *m, cxlog_error *err)
{
    cli_progress_start(m->ctx);
    cxlog_status status = cli_import_names_load(&m->names, m->ctx->store, err);
    if (status == CXLOG_OK && m->names.add)
        status = extend_scheme(m, err);
    if (status == CXLOG_OK)
        status = cli_import_adder_new(&m->adder, m->ctx->store, m->ctx->dry_run,
                                      &m->counts, err);
    if (status == CXLOG_OK)
        status = read_file(m, PASS_ADD, err);
    if (m->adder) { /* what was read well goes in, even when the file ended badly */
        cxlog_status ended =
            cli_import_adder_end(m->adder, status == CXLOG_OK ? err : NULL);
        status = status == CXLOG_OK ? ended : status;
    }
    return status;
}

static cxlog_status prepare(importer *m, cxlog_error *err)
{
    if (m->args->word_count != 1)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "name one CSV file, or - for standard input");
    const char *format = cli_args_get(m->args, "date-format");
    const char *source = cli_args_get(m->args, "source");
    if (source && source[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--source needs a name");
    cxlog_status status = cli_agent(m->ctx, &m->rules.agent, err);
    if (status != CXLOG_OK)
        return status;
    m->rules.map = &m->map;
    m->rules.names = &m->names;
    m->rules.source = source;
    m->rules.date_format = format ? format : "iso";
    m->rules.now = m->ctx->now;
    m->names.add = cli_args_has(m->args, "add-scheme");
    m->names.author = m->rules.agent;
    m->names.now = m->ctx->now;
    return open_file(&m->file, m->args->words[0], err);
}

cxlog_status cli_cmd_import(cli_ctx *ctx, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cli_args) args = {0};
    CXLOG_AUTO_VALUE(importer) m = {.ctx = ctx, .args = &args};
    cxlog_status status = cli_args_parse(&args, ctx, err);
    if (status == CXLOG_OK)
        status = prepare(&m, err);
    if (status == CXLOG_OK)
        status = import(&m, err);
    if (m.counts.added > 0 && !ctx->dry_run)
        cli_background_sync(ctx);
    if (status != CXLOG_OK && m.counts.rows == 0)
        return status;
    cxlog_status told = summary(&m, status == CXLOG_OK ? err : NULL);
    if (status != CXLOG_OK || told != CXLOG_OK)
        return status != CXLOG_OK ? status : told;
    if (m.counts.bad > 0)
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "%lld of %lld rows are bad and were left out",
                          (long long)m.counts.bad, (long long)m.counts.rows);
    return CXLOG_OK;
}
