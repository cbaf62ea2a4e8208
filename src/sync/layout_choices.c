/*
 * layout_choices.c - the drop-downs of the log, in step with the scheme.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sync/tabs_impl.h"

void cx_choices_clear(cx_choices *choices)
{
    for (size_t i = 0; i < CX_CHOICE_EDITS; i++)
        free(choices->lists[i]);
    cxlog_scheme_free(choices->scheme);
    *choices = (cx_choices){0};
}

static const char **names_of(const cxlog_scheme *scheme, cxlog_dim dim, cxlog_day day)
{
    size_t count = 0;
    size_t all = cxlog_scheme_count(scheme);
    const char **names = calloc(all + 1, sizeof *names);
    for (size_t i = 0; names && i < all; i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim == dim && value->parent[0] == '\0' &&
            cxlog_value_in_use(value, day))
            names[count++] = value->name;
    }
    return names;
}

static bool add(cx_choices *choices, const cx_sync *sync, cxlog_column column,
                const char *const *texts)
{
    if (!texts)
        return false;
    if (!texts[0]) /* a drop-down without choices is refused */
        return true;
    choices->edits[choices->count++] = (cxlog_edit){
        .kind = CXLOG_EDIT_CHOICES,
        .area = {.tab = sync->log_tab, .row = 1, .column = (int64_t)column, .columns = 1},
        .texts = texts};
    return true;
}

/* FNV-1a; the end of the text counts, too. */
static uint64_t add_text(uint64_t sum, const char *text)
{
    for (const char *c = text; *c; c++)
        sum = (sum ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return sum * UINT64_C(1099511628211);
}

/* Names come and go with the day, without a change of the scheme. */
static void set_mark(cx_choices *choices, const cx_sync *sync)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < choices->count; i++) {
        for (size_t k = 0; choices->edits[i].texts[k]; k++)
            sum = add_text(sum, choices->edits[i].texts[k]);
        sum = add_text(sum, "");
    }
    (void)snprintf(choices->mark, sizeof choices->mark,
                   "%" PRId32 " %" PRId64 " %" PRIx64, sync->log_tab,
                   cxlog_scheme_version(choices->scheme), sum);
}

cxlog_status cx_choices_load(cx_choices *out, const cx_sync *sync, cxlog_error *err)
{
    cx_choices_clear(out);
    cxlog_day day = cxlog_day_of(cxlog_wall_now());
    cxlog_status status = cxlog_store_scheme(sync->store, &out->scheme, err);
    if (status != CXLOG_OK)
        return status;
    out->lists[0] = names_of(out->scheme, CXLOG_DIM_CATEGORY, day);
    out->lists[1] = names_of(out->scheme, CXLOG_DIM_CHANNEL, day);
    bool good =
        add(out, sync, CXLOG_COL_CATEGORY, out->lists[0]) &&
        add(out, sync, CXLOG_COL_CHANNEL, out->lists[1]) &&
        add(out, sync, CXLOG_COL_SENTIMENT, cxlog_column_choices(CXLOG_COL_SENTIMENT)) &&
        add(out, sync, CXLOG_COL_RESULT, cxlog_column_choices(CXLOG_COL_RESULT));
    if (!good)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    set_mark(out, sync);
    return CXLOG_OK;
}

cxlog_status cx_choices_known(const cx_choices *choices, const cx_sync *sync, bool *known,
                              cxlog_error *err)
{
    CXLOG_AUTO_TEXT shown = NULL;
    cxlog_status status = cxlog_store_get(sync->store, CX_META_CHOICES, &shown, err);
    *known = shown && strcmp(shown, choices->mark) == 0;
    return status;
}

cxlog_status cx_choices_shown(const cx_choices *choices, const cx_sync *sync,
                              cxlog_error *err)
{
    return cxlog_store_set(sync->store, CX_META_CHOICES, choices->mark, err);
}

cxlog_status cxlog_layout_choices(cxlog_store *store, cxlog_remote *remote,
                                  const cxlog_sync_options *options, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cx_sync)
    sync = {.store = store, .remote = remote, .options = options};
    CXLOG_AUTO_VALUE(cx_choices) choices = {0};
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    bool known = false;
    cxlog_status status = cx_sync_begin(&sync, options->sheet_id, err);
    if (status == CXLOG_OK)
        status = cx_choices_load(&choices, &sync, err);
    if (status == CXLOG_OK)
        status = cx_choices_known(&choices, &sync, &known, err);
    if (status != CXLOG_OK || known)
        return status;
    status = remote->ops->edit(remote, choices.edits, choices.count, &answer, err);
    return status ? status : cx_choices_shown(&choices, &sync, err);
}
