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

cxlog_status cli_filter_words(char **out, const cxlog_filter *filter, cxlog_error *err)
{
    *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    bool first = true;
    put_values(stream, _("category"), filter->category, &first);
    put_values(stream, _("channel"), filter->channel, &first);
    put_values(stream, _("region"), filter->region, &first);
    put_values(stream, _("agent"), filter->agent, &first);
    put_values(stream, _("sentiment"), filter->sentiment, &first);
    put_values(stream, _("result"), filter->result, &first);
    put_values(stream, _("tag"), filter->tag, &first);
    put_values(stream, _("customer"), filter->customer, &first);
    const char *const grep[] = {filter->grep, NULL};
    put_values(stream, _("text"), filter->grep ? grep : NULL, &first);
    return cli_text_end(stream, out, true, err);
}
