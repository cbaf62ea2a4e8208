/*
 * scheme_push.c - scheme events on their way to the sheet: a compare-and-swap, since each
 * event's metadata id can be made only once.
 */
#include <inttypes.h>

#include "core/seam.h"
#include "sync/sync_impl.h"

typedef enum place {
    PLACE_EMPTY, /* no row stands where these events would go */
    PLACE_OURS,
    PLACE_OTHERS
} place;

typedef struct scheme_send {
    cx_sync *sync;
    cxlog_scheme_push push;
    const char *names[CX_SCHEME_BATCH];
    int losses, waits;
    bool done, lost;
    cxlog_answer answer;
    cxlog_status status;
    cxlog_error said;
} scheme_send;

/* Rows of 구분 from event `number` on: *skip rows of the reading stand before it, *rows
 * are all that it has. */
static cxlog_status read_from(const cx_sync *sync, int64_t number, cxlog_reading **out,
                              size_t *skip, size_t *rows, cxlog_error *err)
{
    bool first = number == 1;
    *skip = first ? 0 : 1; /* the row of the event before is always inside the grid */
    cxlog_read what = {
        .log_tab = sync->log_tab,
        .scheme_tab = sync->scheme_tab,
        .scheme_from = first ? 2 : number,
    };
    cxlog_status status = sync->remote->ops->read(sync->remote, &what, out, err);
    if (status == CXLOG_OK)
        *rows = (*out)->scheme_beyond ? 0 : cx_sync_chain_rows(*out);
    return status;
}

/* What stands at the rows of these events. */
static cxlog_status look(const scheme_send *go, place *found, cxlog_error *err)
{
    const cxlog_event *events = go->push.events;
    size_t skip, rows = 0;
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    cxlog_status status =
        read_from(go->sync, events[0].number, &reading, &skip, &rows, err);
    if (status != CXLOG_OK)
        return status;
    *found = rows > skip ? PLACE_OURS : PLACE_EMPTY;
    for (size_t i = 0; *found == PLACE_OURS && i < go->push.count; i++) {
        if (skip + i >= rows ||
            strcmp(reading->scheme[skip + i].event.chain, events[i].chain) != 0)
            *found = PLACE_OTHERS;
    }
    return CXLOG_OK;
}

/* The markers of events up to CXLOG_EVENT_MARKERS_KEPT below these go; those of this very
 * batch stay. */
static void set_window(cxlog_scheme_push *push)
{
    int64_t first = push->events[0].number;
    int64_t last = first + (int64_t)push->count - 1;
    push->drop_from =
        first > CXLOG_EVENT_MARKERS_KEPT ? first - CXLOG_EVENT_MARKERS_KEPT : 1;
    push->drop_to = last - CXLOG_EVENT_MARKERS_KEPT;
}

static void set_fields(scheme_send *go, size_t fields_before)
{
    cxlog_scheme_push *push = &go->push;
    for (size_t i = 0; i < push->count; i++) {
        if (push->events[i].dim == CXLOG_DIM_FIELD &&
            push->events[i].action == CXLOG_ACTION_ADD)
            go->names[push->new_field_count++] = push->events[i].name;
    }
    push->new_fields = go->names;
    push->first_field_column = CXLOG_COLUMN_COUNT + (int)fields_before;
}

static cxlog_status kept(const scheme_send *go, cxlog_error *err)
{
    cxlog_status stopped = cx_sync_stopped(go->sync, err);
    if (stopped != CXLOG_OK)
        return stopped;
    if (go->status == CXLOG_OK)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "the sheet did not take the change");
    return cx_sync_hand_over(err, &go->said, go->status);
}

static cxlog_status not_found_out(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_RETRY,
                      "no answer came, and it could not be found out whether the scheme "
                      "change arrived: "
                      "run cxlog sync, then look before trying again");
}

static cxlog_status answer_lost(scheme_send *go, cxlog_error *err)
{
    place found = PLACE_EMPTY;
    go->losses++;
    go->push.drop_from = 1;
    go->push.drop_to = 0; /* the lost attempt may have deleted them */
    if (!cx_sync_wait(go->sync,
                      cx_sync_jitter(go->sync->options->backoff_ms, go->losses - 1)))
        return not_found_out(err);
    if (look(go, &found, NULL) != CXLOG_OK)
        return not_found_out(err);
    go->done = found != PLACE_EMPTY;
    go->lost = found == PLACE_OTHERS;
    if (!go->done && go->losses >= CX_SYNC_TRIES)
        return not_found_out(err);
    return CXLOG_OK;
}

static cxlog_status event_taken(scheme_send *go, cxlog_error *err)
{
    place found = PLACE_OTHERS;
    go->done = true;
    /* With no answer lost before, it cannot be ours. */
    cxlog_status status = go->losses > 0 ? look(go, &found, err) : CXLOG_OK;
    go->lost = found != PLACE_OURS;
    return status;
}

static cxlog_status not_applied(scheme_send *go, cxlog_error *err)
{
    if (go->answer.marker_taken)
        return event_taken(go, err);
    if (go->answer.drop_missing && go->push.drop_from <= go->push.drop_to) {
        go->push.drop_from = 1;
        go->push.drop_to = 0;
        return CXLOG_OK;
    }
    int64_t wait = go->answer.wait_ms;
    if (go->status != CXLOG_ERR_RETRY || wait <= 0 || ++go->waits > CX_SYNC_TRIES ||
        !cx_sync_wait(go->sync, wait))
        return go->losses > 0 ? not_found_out(err) : kept(go, err);
    return CXLOG_OK;
}

cxlog_status cx_sync_scheme_send(cx_sync *sync, const cxlog_event *events, size_t count,
                                 size_t fields_before, bool *lost, cxlog_error *err)
{
    *lost = false;
    scheme_send go = {.sync = sync};
    go.push.log_tab = sync->log_tab;
    go.push.scheme_tab = sync->scheme_tab;
    go.push.events = events;
    go.push.count = count;
    set_window(&go.push);
    set_fields(&go, fields_before);
    cxlog_status status = CXLOG_OK;
    while (status == CXLOG_OK && !go.done) {
        go.answer = (cxlog_answer){.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
        go.said = (cxlog_error){0};
        cx_fault("sync.scheme.before");
        go.status =
            sync->remote->ops->push_scheme(sync->remote, &go.push, &go.answer, &go.said);
        cx_fault("sync.scheme.after");
        if (go.status == CXLOG_OK && go.answer.outcome == CXLOG_OUTCOME_APPLIED)
            go.done = true;
        else if (go.answer.outcome == CXLOG_OUTCOME_NOT_APPLIED)
            status = not_applied(&go, err);
        else
            status = answer_lost(&go, err);
    }
    *lost = go.lost;
    return status;
}

cxlog_status cx_sync_scheme_lost_for_good(cx_sync *sync, int64_t number, cxlog_error *err)
{
    CXLOG_AUTO_TEXT value = NULL;
    CXLOG_AUTO(cxlog_reading) *reading = NULL;
    size_t skip = 0, rows = 0;
    /* Both are made at once: whoever writes between these two looks must not seem to have
     * a marker and no row. */
    cxlog_status status = sync->remote->ops->marker(
        sync->remote, (int32_t)(CXLOG_EVENT_MARKER + number), &value, err);
    if (status == CXLOG_OK)
        status = read_from(sync, number, &reading, &skip, &rows, err);
    if (status != CXLOG_OK)
        return status;
    if (value && rows <= skip)
        return cxlog_fail(
            err, CXLOG_ERR_TAMPERED,
            "event %" PRId64
            " of tab %s was written, but its row is gone; nothing was written",
            number, CXLOG_TAB_SCHEME);
    return cxlog_fail(err, CXLOG_ERR_RETRY,
                      "others keep changing the scheme at this moment; nothing was "
                      "changed here: try again");
}
