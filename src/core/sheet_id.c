#include <string.h>

#include <cxlog/remote.h>
#include <cxlog/text.h>

#define ID_MAX 128
#define ID_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

static cxlog_status take_id(char **out, const char *text, size_t length, cxlog_error *err)
{
    *out = malloc(length + 1);
    if (!*out)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    memcpy(*out, text, length);
    (*out)[length] = '\0';
    return CXLOG_OK;
}

/* Addresses people paste that are something else. */
static cxlog_status other_thing(const char *text, cxlog_error *err)
{
    if (strstr(text, "/folders/") || strstr(text, "/drive/my-drive"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "that is the address of a folder: open the spreadsheet in it and copy its "
            "address");
    if (strstr(text, "/document/"))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "that is the address of a document, not of a spreadsheet");
    if (strstr(text, "/presentation/"))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "that is the address of a presentation, not of a spreadsheet");
    if (strstr(text, "/forms/"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "that is the address of a form: open the spreadsheet of its answers");
    if (strstr(text, "/d/e/"))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG,
            "that is the address of a published copy: open the spreadsheet itself and "
            "copy its address");
    return CXLOG_OK;
}

/* Where the id begins in an address: behind /d/, id= or key=. NULL: nowhere. */
static const char *id_in(const char *text)
{
    static const char *const before[] = {"/d/", "?id=", "&id=", "?key=", "&key="};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        const char *at = strstr(text, before[i]);
        if (at)
            return at + strlen(before[i]);
    }
    return NULL;
}

cxlog_status cxlog_sheet_id(char **out, const char *text, cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    *out = NULL;
    text += strspn(text, " \t\r\n");
    size_t length = strspn(text, ID_CHARACTERS);
    size_t rest = length + strspn(text + length, " \t\r\n");
    if (length > 0 && length <= ID_MAX && text[rest] == '\0')
        return take_id(out, text, length, err);
    if (text[0] == '\0')
        return cxlog_fail(err, CXLOG_ERR_CONFIG, "the spreadsheet's address is empty");
    cxlog_status status = other_thing(text, err);
    if (status != CXLOG_OK)
        return status;
    const char *id = strstr(text, "google.com/") ? id_in(text) : NULL;
    length = id ? strspn(id, ID_CHARACTERS) : 0;
    if (length == 0 || length > ID_MAX || !strchr("/?#& \t\r\n", id[length]))
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "%s is no spreadsheet's address: copy it from the browser "
                          "(https://docs.google.com/spreadsheets/d/...)",
                          cxlog_quote(quoted, text));
    return take_id(out, id, length, err);
}
