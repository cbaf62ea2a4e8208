#include "cli/filter.h"
#include "cli/lead.h"

#include <stdlib.h>

#include <cxlog/text.h>

static void put_values(FILE *stream, const char *what, const char *const *values,
                       bool *first)
{
    if (!values)
        return;
    (void)fprintf(stream, "%s%s ", *first ? "" : " · ", what);
    *first = false;
    for (size_t i = 0; values[i]; i++) {
        CXLOG_AUTO_TEXT shown = cxlog_text_escape(values[i], true);
        (void)fprintf(stream, "%s%s", i ? ", " : "",
                      values[i][0] == '\0' ? _("(blank)")
                      : shown              ? shown
                                           : "");
    }
}

/* "category 배송, 환불 · channel 전화"; grep NULL: none. */
static cxlog_status side_words(char **out, const cxlog_filter_values *values,
                               const char *grep, cxlog_error *err)
{
    const char *const *lists[CLI_FILTERS];
    cli_filter_lists(lists, values);
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool first = true;
    for (size_t i = 0; i < CLI_FILTERS; i++)
        put_values(stream, _(cxlog_by_word(cli_filter_fields[i].by)), lists[i], &first);
    const char *const text[] = {grep, NULL};
    put_values(stream, _("text"), grep ? text : NULL, &first);
    return cli_text_end(stream, out, true, err);
}

cxlog_status cli_filter_words(char **out, const cxlog_filter *filter, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT taken = NULL;
    CXLOG_AUTO_TEXT left = NULL;
    cxlog_status status = side_words(&taken, &filter->only, filter->grep, err);
    if (status == CXLOG_OK)
        status = side_words(&left, &filter->without, NULL, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    if (taken[0] != '\0')
        (void)fprintf(stream, _("only: %s"), taken);
    if (taken[0] != '\0' && left[0] != '\0')
        (void)fputs(" · ", stream);
    if (left[0] != '\0')
        (void)fprintf(stream, _("not: %s"), left);
    return cli_text_end(stream, out, true, err);
}
