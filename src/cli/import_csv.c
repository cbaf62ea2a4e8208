#include "cli/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#define CHUNK (64U << 10)

typedef struct reader {
    struct csv_parser parser;
    cli_csv_fn each;
    void *data;
    cxlog_error *err;
    cxlog_status status; /* of `each`, or ERR_NOMEM */
    int64_t line;        /* being fed */
    int64_t row_line;    /* where the row being fed began */
    bool in_row;
    char *text; /* cells of the row, each with its NUL */
    size_t used, room;
    size_t *starts, *lengths;
    char **cells;
    size_t count, cell_room;
} reader;

static void reader_clear(reader *r)
{
    csv_free(&r->parser);
    free(r->text);
    free(r->starts);
    free(r->lengths);
    free(r->cells);
}
CXLOG_AUTO_VALUE_DEFINE(reader, reader_clear);

static bool room_for_cell(reader *r)
{
    if (r->count < r->cell_room)
        return true;
    size_t room = r->cell_room ? r->cell_room * 2 : 32;
    size_t *starts = realloc(r->starts, room * sizeof *starts);
    if (starts)
        r->starts = starts;
    size_t *lengths = realloc(r->lengths, room * sizeof *lengths);
    if (lengths)
        r->lengths = lengths;
    char **cells = realloc(r->cells, room * sizeof *cells);
    if (cells)
        r->cells = cells;
    if (!starts || !lengths || !cells)
        return false;
    r->cell_room = room;
    return true;
}

static bool room_for_text(reader *r, size_t length)
{
    if (r->room - r->used > length)
        return true;
    size_t room = (r->used + length + 1) * 2;
    char *text = realloc(r->text, room);
    if (!text)
        return false;
    r->text = text;
    r->room = room;
    return true;
}

static void take_cell(void *field, size_t length, void *data)
{
    reader *r = data;
    if (r->status != CXLOG_OK)
        return;
    if (!room_for_cell(r) || !room_for_text(r, length)) {
        r->status = cxlog_fail(r->err, CXLOG_ERR_NOMEM, "out of memory");
        return;
    }
    r->starts[r->count] = r->used;
    r->lengths[r->count++] = length;
    if (length > 0)
        memcpy(r->text + r->used, field, length);
    r->used += length;
    r->text[r->used++] = '\0';
}

static void give_row(reader *r, const char *trouble)
{
    for (size_t i = 0; i < r->count; i++)
        r->cells[i] = r->text + r->starts[i];
    const cli_csv_row row = {.line = r->row_line,
                             .cells = r->cells,
                             .lengths = r->lengths,
                             .count = trouble ? 0 : r->count,
                             .trouble = trouble};
    r->status = r->each(r->data, &row, r->err);
}

static void take_row(int end, void *data)
{
    (void)end;
    reader *r = data;
    r->in_row = false;
    if (r->status == CXLOG_OK)
        give_row(r, NULL);
    r->count = 0;
    r->used = 0;
    r->row_line = r->line + 1; /* should two rows share a fed piece */
}

static cxlog_status too_long(const reader *r)
{
    return cxlog_fail(r->err, CXLOG_ERR_VALUE,
                      "line %lld: a cell of more than %u MiB: is a quote never closed?",
                      (long long)r->row_line, CLI_CSV_CELL_MAX >> 20);
}

/* A piece that ends with a newline, or a part of a longer line. */
static cxlog_status feed(reader *r, const char *piece, size_t length)
{
    bool blank = strspn(piece, "\r\n") >= length;
    if (!r->in_row && !blank) {
        r->row_line = r->line;
        r->in_row = true;
    }
    size_t eaten = csv_parse(&r->parser, piece, length, take_cell, take_row, r);
    if (r->status != CXLOG_OK)
        return r->status;
    if (eaten != length)
        return cxlog_fail(r->err, CXLOG_ERR_NOMEM, "line %lld: %s", (long long)r->line,
                          csv_strerror(csv_error(&r->parser)));
    if (csv_get_buffer_size(&r->parser) > CLI_CSV_CELL_MAX)
        return too_long(r);
    if (piece[length - 1] == '\n')
        r->line++;
    return CXLOG_OK;
}

static cxlog_status feed_chunk(reader *r, char *chunk, size_t length)
{
    chunk[length] = '\0'; /* for strspn() */
    while (length > 0) {
        const char *newline = memchr(chunk, '\n', length);
        size_t piece = newline ? (size_t)(newline - chunk) + 1 : length;
        cxlog_status status = feed(r, chunk, piece);
        if (status != CXLOG_OK)
            return status;
        chunk += piece;
        length -= piece;
    }
    return CXLOG_OK;
}

/* Bytes of a mark at the file's start. */
static cxlog_status check_mark(const char *start, size_t length, size_t *skip,
                               cxlog_error *err)
{
    *skip = length >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (length >= 2 &&
        (memcmp(start, "\xff\xfe", 2) == 0 || memcmp(start, "\xfe\xff", 2) == 0))
        return cxlog_fail(err, CXLOG_ERR_VALUE,
                          "the file is UTF-16: save it as \"CSV UTF-8\"");
    return CXLOG_OK;
}

static cxlog_status read_all(reader *r, FILE *file)
{
    CXLOG_AUTO_TEXT chunk = malloc(CHUNK + 1);
    if (!chunk)
        return cxlog_fail(r->err, CXLOG_ERR_NOMEM, "out of memory");
    bool first = true;
    for (;;) {
        size_t length = fread(chunk, 1, CHUNK, file);
        size_t skip = 0;
        if (first) {
            cxlog_status status = check_mark(chunk, length, &skip, r->err);
            if (status != CXLOG_OK)
                return status;
        }
        first = false;
        if (ferror(file))
            return cxlog_fail(r->err, CXLOG_ERR_IO, "cannot read the file: %s",
                              strerror(errno));
        if (length == 0)
            return CXLOG_OK;
        cxlog_status status = feed_chunk(r, chunk + skip, length - skip);
        if (status != CXLOG_OK)
            return status;
    }
}

cxlog_status cli_csv_read(FILE *file, cli_csv_fn each, void *data, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(reader)
    r = {.each = each, .data = data, .err = err, .line = 1, .row_line = 1};
    if (csv_init(&r.parser, 0) != 0)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    csv_set_blk_size(&r.parser, CHUNK);
    rewind(file);
    cxlog_status status = read_all(&r, file);
    if (status != CXLOG_OK)
        return status;
    /* Lenient with a quote inside a cell, but not with one that swallowed the rest. */
    (void)csv_set_opts(&r.parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&r.parser, take_cell, take_row, &r) != 0)
        give_row(&r, _("a quote is never closed"));
    return r.status;
}
