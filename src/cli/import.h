/*
 * import.h - contacts of another system, from CSV: reading, mapping, a row as an entry,
 * scheme values on the way.
 */
#ifndef CX_CLI_IMPORT_H
#define CX_CLI_IMPORT_H

#include <stdio.h>

#include "cli/cli.h"

/* ---- CSV (import_csv.c, home of libcsv) ---- */

#define CLI_CSV_CELL_MAX                                                                 \
    (16U << 20) /* bytes of one cell; more is a quote that was never closed */

typedef struct cli_csv_row {
    int64_t line;          /* of the file, where the row begins; 1 and up */
    char *const *cells;    /* count of them, each ends with NUL */
    const size_t *lengths; /* bytes, so that a NUL within is noticed */
    size_t count;
    const char
        *trouble; /* not NULL: the row could not be read to its end; no cells then */
} cli_csv_row;

/* Any status but ok ends the reading. */
typedef cxlog_status (*cli_csv_fn)(void *data, const cli_csv_row *row, cxlog_error *err);

/*
 * Read RFC 4180 from the stream's start to its end: BOM skipped, CRLF or LF, newlines in
 * quotes, empty lines left out. Errors: ERR_VALUE (UTF-16, a cell of more than
 * CLI_CSV_CELL_MAX), ERR_IO, ERR_NOMEM, those of `each`.
 */
cxlog_status cli_csv_read(FILE *file, cli_csv_fn each, void *data, cxlog_error *err);

/* ---- mapping (import_map.c) ---- */

typedef struct cli_import_map {
    int column[CXLOG_COLUMN_COUNT]; /* index of the cell, -1: not mapped */
    char **field_names;             /* owned; of team fields */
    int *field_columns;
    size_t field_count;
    int key;      /* index of the key's cell, -1 */
    size_t width; /* cells of the header */
    bool own;     /* mapped by our own headings: an apostrophe before a formula is ours */
} cli_import_map;

/*
 * specs: values of --map ("field=Column,field=Column…"), NULL-terminated, or NULL: the
 * header's own words are field names or headings of cxlog. key: the column that --key
 * names, or NULL. header: clean UTF-8. Errors: ERR_USAGE (form, unknown field, a field
 * twice, no time or category), ERR_VALUE (no such column, unknown team field).
 */
cxlog_status cli_import_map_make(cli_import_map *out, const char *const *specs,
                                 const char *key, char *const *header, size_t count,
                                 const cxlog_scheme *scheme, cxlog_error *err);
void cli_import_map_clear(cli_import_map *map);
CXLOG_AUTO_VALUE_DEFINE(cli_import_map, cli_import_map_clear);

/* ---- scheme values (import_scheme.c) ---- */

/* A value that rows name and the scheme lacks. */
typedef struct cli_import_value {
    cxlog_dim dim;
    char *name, *parent; /* owned */
    bool coded;          /* its own code is free */
} cli_import_value;

typedef struct cli_import_names {
    cxlog_scheme *scheme; /* owned: as stored, and as it will be with `fresh` */
    char chain[CXLOG_CHAIN_SIZE];
    bool add;     /* --add-scheme */
    bool slashed; /* a name in the file had a '/' */
    const char *author;
    cxlog_wall now;
    cli_import_value *fresh; /* owned, in order */
    size_t fresh_count, fresh_room;
} cli_import_names;

cxlog_status cli_import_names_load(cli_import_names *names, cxlog_store *store,
                                   cxlog_error *err);
void cli_import_names_clear(cli_import_names *names); /* keeps add, author and now */
CXLOG_AUTO_VALUE_DEFINE(cli_import_names, cli_import_names_clear);

/* A name as it may stand in the scheme: '/' becomes U+2215, cleaned, bounded; "" stays.
 * out: free(). Errors: ERR_VALUE. */
cxlog_status cli_import_name(char **out, const char *text, const char *what,
                             cxlog_error *err);

/* The value's own name, by name or alias only; with `add` a missing one is noted for the
 * scheme. Borrowed from names. Errors: ERR_VALUE (unknown, not in use on that day,
 * refused by the rules). */
cxlog_status cli_import_resolve(cli_import_names *names, cxlog_dim dim,
                                const char *parent, const char *name, cxlog_day day,
                                const char **out, cxlog_error *err);

/* Write what is fresh as events, and load the scheme anew. *written: events. again:
 * somebody else was first with some: collect anew. */
cxlog_status cli_import_propose(cli_import_names *names, cli_ctx *ctx, const char *reason,
                                size_t *written, bool *again, cxlog_error *err);

/* ---- one row (import_row.c) ---- */

typedef struct cli_import_rules {
    const cli_import_map *map;
    cli_import_names *names;
    const char *source; /* --source; NULL when IDs are mapped */
    const char *date_format;
    const char *agent; /* for rows without one */
    cxlog_wall now;
} cli_import_rules;

/* An entry, checked and sealed. Errors: ERR_VALUE (the row is bad), ERR_NOMEM. */
cxlog_status cli_import_entry(cxlog_entry *out, const cli_import_rules *rules,
                              const cli_csv_row *row, cxlog_error *err);
/* Text of a mapped cell, "" when not mapped. Borrowed from the row. */
const char *cli_import_cell(const cli_import_map *map, const cli_csv_row *row,
                            int column);

/* ---- rows into the store (import_add.c) ---- */

typedef struct cli_import_counts {
    int64_t rows, added, existing, bad;
} cli_import_counts;

typedef struct cli_import_adder cli_import_adder;

/* dry_run: only look which are there. */
cxlog_status cli_import_adder_new(cli_import_adder **out, cxlog_store *store,
                                  bool dry_run, cli_import_counts *counts,
                                  cxlog_error *err);
void cli_import_adder_free(cli_import_adder *adder);
CXLOG_AUTO_DEFINE(cli_import_adder, cli_import_adder_free);
/* key: the row's key, NULL when IDs are mapped. any_agent: the row names no agent, so the
 * contact is the same when another agent has brought it in. Takes the entry's content
 * over. A second row of a key: ERR_VALUE unless equal. */
cxlog_status cli_import_adder_put_take(cli_import_adder *adder, cxlog_entry *entry,
                                       const char *key, bool any_agent, int64_t line,
                                       cxlog_error *err);
/* Make durable what is still waiting. */
cxlog_status cli_import_adder_end(cli_import_adder *adder, cxlog_error *err);

/* "line 12: reason" on stderr, and counted. */
void cli_import_bad_row(cli_import_counts *counts, int64_t line, const cxlog_error *why);

#endif
