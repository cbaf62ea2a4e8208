#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

/* How well a line breaks before the blank at text[at]. */
static int break_worth(const char *text, size_t at)
{
    static const char dot[] = "·";
    const size_t size = sizeof dot - 1;
    if (text[at + 1] == ' ')
        return 3;
    if (at >= size && strncmp(text + at - size, dot, size) == 0)
        return 2;
    return 1;
}

/* Bytes of the first line that `text` is broken into. */
static size_t line_length(const char *text, size_t length, size_t room, bool wide)
{
    CXLOG_AUTO_TEXT line = strndup(text, length);
    if (!line)
        return length;
    size_t fits = cxlog_text_fit(line, room, wide);
    if (fits >= length)
        return length;
    size_t best = 0;
    int worth = 0;
    for (size_t i = 1; i <= fits; i++) {
        if (line[i] != ' ' || line[i - 1] == ' ' || break_worth(line, i) < worth)
            continue;
        best = i;
        worth = break_worth(line, i);
    }
    return best ? best : fits ? fits : length;
}

static void put_lines(FILE *stream, const char *text, size_t width, size_t used,
                      size_t indent, bool wide)
{
    size_t margin = used;
    bool broken = false;
    while (*text != '\0') {
        size_t whole = strcspn(text, "\n");
        size_t length = line_length(text, whole, width - margin, wide);
        (void)fprintf(stream, "%*s%.*s", broken ? (int)indent : 0, "", (int)length, text);
        text += length;
        if (length < whole)
            text += strspn(text, " ");
        broken = *text != '\n' && *text != '\0';
        margin = broken ? indent : 0;
        if (broken)
            (void)fputc('\n', stream);
        else if (*text == '\n')
            (void)fputc(*text++, stream);
    }
}

cxlog_status cli_wrap(char **out, const char *text, size_t width, size_t used,
                      size_t indent, bool wide, cxlog_error *err)
{
    size_t size = 0;
    *out = NULL;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (width <= 2 * used || width <= 2 * indent)
        (void)fputs(text, stream);
    else
        put_lines(stream, text, width, used, indent, wide);
    return cli_text_end(stream, out, true, err);
}

cxlog_status cli_out_wrapped(const cli_ctx *ctx, const char *text, size_t used,
                             size_t indent, cxlog_error *err)
{
    CXLOG_AUTO_TEXT lines = NULL;
    cxlog_status status =
        cli_wrap(&lines, text, cli_width(), used, indent, cli_ambiguous_wide(ctx), err);
    if (status == CXLOG_OK)
        cli_out_text(lines);
    return status;
}

cxlog_status cli_line_start(cli_line *line, cxlog_error *err)
{
    line->stream = open_memstream(&line->text, &line->size);
    return line->stream ? CXLOG_OK : cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cli_line_end(cli_line *line, const cli_ctx *ctx, size_t indent,
                          cxlog_error *err)
{
    (void)fputc('\n', line->stream);
    cxlog_status status = cli_text_end(line->stream, &line->text, true, err);
    line->stream = NULL;
    return status == CXLOG_OK ? cli_out_wrapped(ctx, line->text, 0, indent, err) : status;
}

void cli_line_clear(cli_line *line)
{
    if (line->stream)
        (void)fclose(line->stream); /* abandoned: its text is not used */
    free(line->text);
    *line = (cli_line){0};
}

static void put_blanks(FILE *stream, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        (void)fputc(' ', stream);
}

void cli_put_padded(FILE *stream, const cli_ctx *ctx, const char *text, size_t cells)
{
    CXLOG_AUTO_TEXT escaped = cxlog_text_escape(text, true);
    const char *safe = escaped ? escaped : "?";
    (void)fputs(safe, stream);
    put_blanks(stream, cxlog_text_width(safe, cli_ambiguous_wide(ctx)), cells);
}

void cli_put_cut(FILE *stream, const cli_ctx *ctx, const char *text, size_t cells)
{
    bool wide = cli_ambiguous_wide(ctx);
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    size_t dots = cxlog_text_width("…", wide);
    if (!safe || cxlog_text_width(safe, wide) <= cells || cells < dots) {
        cli_put_padded(stream, ctx, text, cells);
        return;
    }
    safe[cxlog_text_fit(safe, cells - dots, wide)] = '\0';
    (void)fprintf(stream, "%s…", safe);
    put_blanks(stream, cxlog_text_width(safe, wide) + dots, cells);
}
