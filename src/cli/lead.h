/*
 * lead.h - what the reading commands (list, totals, export) share: periods and numbers
 * from the command line, records page by page, records as CSV, a place to write to.
 */
#ifndef CX_CLI_LEAD_H
#define CX_CLI_LEAD_H

#include "cli/cli.h"

#include <cxlog/period.h>

/* ---- arguments (period_args.c) ---- */

/* All words of the line, joined by blanks, as one PERIOD; `fallback` when there is none.
 * Errors: ERR_VALUE, ERR_NOMEM. */
cxlog_status cli_period_args(cxlog_period *out, const cli_args *args,
                             const char *fallback, cxlog_day today, cxlog_error *err);

/* A whole number from least to most; *out untouched when the option was not given.
 * Errors: ERR_USAGE. */
cxlog_status cli_number_arg(int64_t *out, const cli_args *args, const char *option,
                            int64_t least, int64_t most, cxlog_error *err);

/* At most one of these options may stand on the line. names: NULL-terminated. Errors:
 * ERR_USAGE naming both. */
cxlog_status cli_only_one_of(const cli_args *args, const char *const *names,
                             cxlog_error *err);

/* "only: category 배송, 환불 · channel 전화 · not: tag vip", escaped; "" when nothing is
 * filtered. out: free(). */
cxlog_status cli_filter_words(char **out, const cxlog_filter *filter, cxlog_error *err);

/* ---- records page by page (record_feed.c) ---- */

/* Called with the store closed to no one: at most a page of records is in memory, and no
 * read transaction is open meanwhile (but within one day of more than a page). */
typedef cxlog_status (*cli_record_fn)(void *data, const cxlog_record *record,
                                      cxlog_error *err);

/* Give every record of the query to `each`, in its order, leaving out the first `skip`. A
 * status of `each` that is not ok ends it. */
cxlog_status cli_feed(cxlog_store *store, const cxlog_list_query *query, int64_t skip,
                      cli_record_fn each, void *data, cxlog_error *err);
/* What to feed so that the newest `limit` come: query->from moves there, *skip is how
 * many to leave out before them. Reads about as many again, from the end. */
cxlog_status cli_feed_newest(int64_t *skip, cxlog_store *store, cxlog_list_query *query,
                             int64_t limit, cxlog_error *err);

/* ---- a place to write to (sink.c) ---- */

/* stdout, or a file that appears whole or not at all: written beside, 0600, synced,
 * renamed. */
typedef struct cli_sink {
    FILE *file;   /* NULL: stdout, through cli_out_text() */
    char *path;   /* owned */
    char *beside; /* owned */
} cli_sink;

/* path NULL or "-": stdout. Errors: ERR_CREATE. */
cxlog_status cli_sink_open(cli_sink *out, const char *path, cxlog_error *err);
/* Errors: ERR_IO. */
cxlog_status cli_sink_put(cli_sink *sink, const char *text, cxlog_error *err);
/* Everything written: now the file takes its name. stdout: cli_out_end(). Errors: ERR_IO.
 */
cxlog_status cli_sink_end(cli_sink *sink, cxlog_error *err);
/* Without cli_sink_end() before: what was written is thrown away. */
void cli_sink_close(cli_sink *sink);
CXLOG_AUTO_VALUE_DEFINE(cli_sink, cli_sink_close);

/* ---- records as CSV (record_csv.c) ---- */

/* The team fields of a scheme in the order of their columns. names: borrowed from the
 * scheme, the array is owned. */
typedef struct cli_fields {
    const char **names;
    size_t count;
} cli_fields;
cxlog_status cli_fields_of(cli_fields *out, const cxlog_scheme *scheme, cxlog_error *err);
void cli_fields_clear(cli_fields *fields);
CXLOG_AUTO_VALUE_DEFINE(cli_fields, cli_fields_clear);

/* The header line with a BOM before it, and one record as a line (CRLF): every column by
 * its heading, then the team fields. Cells that begin like a formula get an apostrophe
 * before them; cli_csv_disarm() takes it off again. out: free(). */
cxlog_status cli_csv_header(char **out, const cli_fields *fields, cxlog_error *err);
cxlog_status cli_csv_record(char **out, const cxlog_record *record,
                            const cli_fields *fields, cxlog_error *err);
/* The text that a cell of our own CSV stands for. Borrowed from cell. */
const char *cli_csv_disarm(const char *cell);

#endif
