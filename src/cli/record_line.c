#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/scheme_view.h"

const char *cli_duration_text(char buffer[CLI_DURATION_TEXT], int64_t seconds)
{
    long long hours = seconds / 3600;
    long long minutes = seconds / 60 % 60;
    long long rest = seconds % 60;
    if (hours > 0 && minutes > 0)
        (void)snprintf(buffer, CLI_DURATION_TEXT, _("%lldh%lldm"), hours, minutes);
    else if (hours > 0)
        (void)snprintf(buffer, CLI_DURATION_TEXT, _("%lldh"), hours);
    else if (minutes > 0 && rest > 0)
        (void)snprintf(buffer, CLI_DURATION_TEXT, _("%lldm%llds"), minutes, rest);
    else if (minutes > 0)
        (void)snprintf(buffer, CLI_DURATION_TEXT, _("%lldm"), minutes);
    else
        (void)snprintf(buffer, CLI_DURATION_TEXT, _("%llds"), rest);
    return buffer;
}

cxlog_status cli_category_text(char **out, const cxlog_entry *entry, cxlog_error *err)
{
    const char *category = cxlog_entry_text(entry, CXLOG_COL_CATEGORY);
    const char *detail = cxlog_entry_text(entry, CXLOG_COL_DETAIL);
    return cli_value_path(out, detail[0] != '\0' ? category : "",
                          detail[0] != '\0' ? detail : category, err);
}

static void part(FILE *stream, bool *any, const char *sign, const char *text)
{
    if (text[0] == '\0')
        return;
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(text, true);
    (void)fprintf(stream, "%s%s%s", *any ? " · " : "", sign, safe ? safe : "?");
    *any = true;
}

static void write_line(FILE *stream, const cxlog_entry *entry, const char *category)
{
    char duration[CLI_DURATION_TEXT] = "";
    if (entry->number[CXLOG_COL_HANDLE_S] != CXLOG_BLANK)
        (void)cli_duration_text(duration, entry->number[CXLOG_COL_HANDLE_S]);
    bool any = false;
    part(stream, &any, "", category);
    part(stream, &any, "", cxlog_entry_text(entry, CXLOG_COL_CHANNEL));
    part(stream, &any, "", cxlog_entry_text(entry, CXLOG_COL_REGION));
    part(stream, &any, "", cxlog_entry_text(entry, CXLOG_COL_RESULT));
    part(stream, &any, "", cxlog_entry_text(entry, CXLOG_COL_SENTIMENT));
    part(stream, &any, "", duration);
    part(stream, &any, "@", cxlog_entry_text(entry, CXLOG_COL_CUSTOMER));
    part(stream, &any, "+", cxlog_entry_text(entry, CXLOG_COL_TAGS));
    const char *note = cxlog_entry_text(entry, CXLOG_COL_NOTE);
    CXLOG_AUTO_TEXT safe = cxlog_text_escape(note, true);
    if (note[0] != '\0')
        (void)fprintf(stream, "   %s", safe ? safe : "?");
}

cxlog_status cli_record_line(char **out, const cxlog_record *record, cxlog_error *err)
{
    *out = NULL;
    CXLOG_AUTO_TEXT category = NULL;
    cxlog_status status = cli_category_text(&category, &record->entry, err);
    if (status != CXLOG_OK)
        return status;
    size_t size = 0;
    FILE *stream = open_memstream(out, &size);
    if (!stream)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    write_line(stream, &record->entry, category);
    return cli_text_end(stream, out, true, err);
}
