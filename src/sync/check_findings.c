/*
 * check_findings.c - what a check has found, kept within bounds.
 */
#include <libintl.h>
#include <stdarg.h>
#include <stdio.h>

#include "sync/check_impl.h"

#define OTHER_MAX 100 /* rows of which nothing is ever done may be thousands */

const char *cxlog_finding_word(cxlog_finding_kind kind)
{
    static const char *const words[CXLOG_FOUND_KIND_COUNT] = {
        "edited", "missing", "duplicate", "typed", "other", "unreadable"};
    return words[kind];
}

void cxlog_check_clear(cxlog_check *check)
{
    for (size_t i = 0; i < check->count; i++)
        cxlog_entry_clear(&check->findings[i].seen);
    free(check->findings);
    *check = (cxlog_check){.mixed = -1};
}

bool cxlog_check_differs(const cxlog_check *check)
{
    int64_t differences = 0;
    for (int i = 0; i < CXLOG_FOUND_KIND_COUNT; i++)
        differences += i == CXLOG_FOUND_OTHER ? 0 : check->counts[i];
    return differences > 0;
}

static int64_t most(cxlog_finding_kind kind)
{
    return kind == CXLOG_FOUND_OTHER ? OTHER_MAX : CXLOG_FINDINGS_MAX;
}

cxlog_status cx_check_keep(cxlog_check *check, cxlog_finding_kind kind, int64_t row,
                           const cxlog_entry *seen, cxlog_finding **out, cxlog_error *err)
{
    *out = NULL;
    if (++check->counts[kind] > most(kind))
        return CXLOG_OK;
    if ((check->count & (check->count - 1)) == 0) { /* room for the next power of two */
        size_t room = check->count ? check->count * 2 : 1;
        cxlog_finding *grown = realloc(check->findings, room * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        check->findings = grown;
    }
    cxlog_finding *finding = &check->findings[check->count];
    *finding = (cxlog_finding){.kind = kind, .row = row};
    cxlog_entry_init(&finding->seen);
    check->count++;
    *out = finding;
    bool whole = kind == CXLOG_FOUND_EDITED || kind == CXLOG_FOUND_TYPED ||
                 kind == CXLOG_FOUND_UNREADABLE;
    return seen && whole ? cxlog_entry_copy(&finding->seen, seen, err) : CXLOG_OK;
}

void cx_check_leave(cxlog_finding *finding, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    /* The catalogue's form has the same conversions. */
    int length = vsnprintf(finding->reason, sizeof finding->reason,
                           dgettext("cxlog", format), args);
    va_end(args);
    if (length < 0)
        finding->reason[0] = '\0';
    finding->fate = CXLOG_FATE_LEFT;
}
