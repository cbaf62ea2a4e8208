#include "google/edit.h"

#include "google/api.h"

static bool add(json_t *requests, const cxlog_edit *edit)
{
    switch (edit->kind) {
    case CXLOG_EDIT_TAB:
        return cx_edit_tab(requests, edit);
    case CXLOG_EDIT_GROW:
        return cx_edit_grow(requests, edit);
    case CXLOG_EDIT_CELLS:
        return cx_edit_cells(requests, edit);
    case CXLOG_EDIT_FREEZE:
        return cx_edit_freeze(requests, edit);
    case CXLOG_EDIT_WIDTH:
        return cx_edit_width(requests, edit);
    case CXLOG_EDIT_STYLE:
        return cx_edit_style(requests, edit);
    case CXLOG_EDIT_CHOICES:
        return cx_edit_choices(requests, edit);
    case CXLOG_EDIT_GUARD:
        return cx_edit_guard(requests, edit);
    case CXLOG_EDIT_EDITORS:
        return cx_edit_editors(requests, edit);
    case CXLOG_EDIT_FILTER:
        return cx_edit_filter(requests, edit);
    case CXLOG_EDIT_CHART:
        return cx_edit_chart(requests, edit);
    case CXLOG_EDIT_CHART_SPEC:
        return cx_edit_chart_spec(requests, edit);
    }
    return false;
}

static void explain(cxlog_answer *answer, const cx_reply *reply)
{
    const cx_batch_shape none = {0};
    cx_write_detail(answer, reply, &none);
    answer->marker_taken = answer->marker_taken ||
                           cx_reply_says(reply, "already exists") ||
                           cx_reply_says(reply, "already has sheet protection");
    answer->tab_gone = cx_reply_tab_gone(reply) ||
                       cx_reply_says(reply, "No chart with id") ||
                       cx_reply_says(reply, "No protected range with id");
}

cxlog_status cx_google_edit(cxlog_remote *remote, const cxlog_edit *edits, size_t count,
                            cxlog_answer *answer, cxlog_error *err)
{
    cx_google *google = (cx_google *)remote;
    *answer = (cxlog_answer){
        .outcome = CXLOG_OUTCOME_NOT_APPLIED, .wait_ms = -1, .bad_record = -1};
    json_auto_t *requests = json_array();
    bool good = requests != NULL;
    for (size_t i = 0; good && i < count; i++)
        good = add(requests, &edits[i]);
    if (!good)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    CXLOG_AUTO_VALUE(cx_reply) reply = {0};
    cxlog_status status = cx_api_write(google, requests, &reply, answer, err);
    if (answer->outcome == CXLOG_OUTCOME_NOT_APPLIED && reply.http.status == 400)
        explain(answer, &reply);
    return status;
}
