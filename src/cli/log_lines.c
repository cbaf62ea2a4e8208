#include "cli/log_lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/saved.h"

/* Records of one run, growing. */
typedef struct pile {
    cxlog_entry *entries;
    size_t count, room;
} pile;

static void pile_clear(pile *p)
{
    for (size_t i = 0; i < p->count; i++)
        cxlog_entry_clear(&p->entries[i]);
    free(p->entries);
}
CXLOG_AUTO_VALUE_DEFINE(pile, pile_clear);

static cxlog_entry *pile_next(pile *p)
{
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 64;
        cxlog_entry *entries = realloc(p->entries, room * sizeof *entries);
        if (!entries)
            return NULL;
        p->entries = entries;
        p->room = room;
    }
    cxlog_entry *entry = &p->entries[p->count++];
    cxlog_entry_init(entry);
    return entry;
}

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* All of stdin, NUL added. */
static cxlog_status read_input(char **out, size_t *length, cxlog_error *err)
{
    size_t room = 1 << 16;
    size_t have = 0;
    CXLOG_AUTO_TEXT text = malloc(room + 1);
    while (text) {
        have += fread(text + have, 1, room - have, stdin);
        if (have < room)
            break;
        if (room > CLI_LINES_BYTES)
            return cxlog_fail(err, CXLOG_ERR_VALUE, "the input is longer than 64 MiB");
        room *= 2;
        char *more = realloc(text, room + 1);
        if (!more)
            return no_memory(err);
        text = more;
    }
    if (!text)
        return no_memory(err);
    if (ferror(stdin))
        return cxlog_fail(err, CXLOG_ERR_IO, "cannot read stdin: %s", strerror(errno));
    text[have] = '\0';
    *length = have;
    *out = CXLOG_TAKE(text);
    return CXLOG_OK;
}

static cxlog_status take_line(pile *p, cli_ctx *ctx, const cxlog_scheme *scheme,
                              const char *line, cxlog_error *err)
{
    cxlog_entry *entry = pile_next(p);
    if (!entry)
        return no_memory(err);
    cxlog_status status = cli_entry_from_line(entry, ctx, scheme, line, err);
    if (status == CXLOG_OK)
        status = cli_log_identify(entry, ctx, err);
    return status == CXLOG_OK ? cli_entry_seal(entry, ctx, err) : status;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t")] == '\0';
}

static cxlog_status check_bytes(const char *line, size_t bytes, size_t at,
                                cxlog_error *err)
{
    int64_t offset = cxlog_text_invalid_at(line, bytes);
    if (offset < 0)
        return CXLOG_OK;
    return cxlog_fail(err, CXLOG_ERR_VALUE,
                      "not UTF-8 at byte %lld (byte %lld of the input)",
                      (long long)offset, (long long)offset + (long long)at);
}

static cxlog_status take_all(pile *p, cli_ctx *ctx, char *text, size_t length,
                             cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_store_scheme(ctx->store, &scheme, err);
    size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (long long number = 1; status == CXLOG_OK && at < length; number++) {
        char *line = text + at;
        char *end = memchr(line, '\n', length - at);
        size_t bytes = end ? (size_t)(end - line) : length - at;
        status = check_bytes(line, bytes, at, err);
        at += bytes + 1;
        if (bytes > 0 && line[bytes - 1] == '\r')
            bytes--;
        line[bytes] = '\0';
        if (status == CXLOG_OK && p->count == CLI_LINES_MAX)
            status = cxlog_fail(err, CXLOG_ERR_VALUE, "more than 100,000 lines");
        if (status == CXLOG_OK && !is_blank(line))
            status = take_line(p, ctx, scheme, line, err);
        if (status != CXLOG_OK)
            (void)cxlog_wrap(err, "line %lld", number);
    }
    return status;
}

static cxlog_status print_dry(const pile *p, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < p->count; i++)
        status = cli_print_dry(&p->entries[i], ctx, err);
    return status == CXLOG_OK ? cli_out_end(err) : status;
}

/* They are saved: an answer that could not be written holds up no sync. */
static cxlog_status tell(cli_ctx *ctx, const cli_args *args, const pile *p,
                         const cxlog_added *added, cxlog_error *err)
{
    cxlog_status status = cli_saved_print(ctx, p->entries, added, p->count, err);
    if (status == CXLOG_OK && cli_stderr_is_terminal() && !ctx->json)
        cli_say(ctx, _("✓ %zu records saved\n"), p->count);
    cli_log_sync(ctx, args);
    return status;
}

cxlog_status cli_log_lines(cli_ctx *ctx, const cli_args *args, cxlog_error *err)
{
    size_t others = args->given_count - (cli_args_has(args, "sync") ? 1 : 0);
    if (args->word_count > 1 || others > 0)
        return cxlog_fail(err, CXLOG_ERR_USAGE,
                          "log - takes its records from stdin and nothing from the line");
    CXLOG_AUTO_TEXT text = NULL;
    CXLOG_AUTO_VALUE(pile) records = {0};
    size_t length = 0;
    cxlog_status status = read_input(&text, &length, err);
    if (status == CXLOG_OK)
        status = take_all(&records, ctx, text, length, err);
    if (status != CXLOG_OK)
        return status;
    if (records.count == 0)
        return cxlog_fail(err, CXLOG_ERR_NOINPUT, "no records on stdin");
    if (ctx->dry_run)
        return print_dry(&records, ctx, err);
    cxlog_added *added = calloc(records.count, sizeof *added);
    if (!added)
        return no_memory(err);
    status = cxlog_store_add(ctx->store, records.entries, records.count, added, err);
    if (status == CXLOG_OK)
        status = tell(ctx, args, &records, added, err);
    free(added);
    return status;
}
