/*
 * restore.c - 구분 as this store knows it, written over what people made of it. Events
 * that others added meanwhile are found wherever they stand, and kept.
 */
#include <inttypes.h>

#include "sync/sync_impl.h"

#define ROUNDS 5

typedef struct restoring {
    cx_sync sync;
    cx_own_events own;   /* what this store knows to be in the sheet */
    cxlog_event *target; /* own and what follows on from it: the texts are borrowed */
    size_t target_count;
    cxlog_reading *reading;
} restoring;

static void forget_reading(restoring *r)
{
    free(r->target);
    r->target = NULL;
    r->target_count = 0;
    cxlog_reading_free(r->reading);
    r->reading = NULL;
}

static void restoring_clear(restoring *r)
{
    forget_reading(r);
    cx_own_events_clear(&r->own);
    cx_sync_clear(&r->sync);
}
CXLOG_AUTO_VALUE_DEFINE(restoring, restoring_clear);

void cxlog_restore_result_clear(cxlog_restore_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        free(result->differences[i].there);
        free(result->differences[i].here);
    }
    free(result->differences);
    *result = (cxlog_restore_result){0};
}

/* The row that holds the event which follows on from the target so far; NULL: none does.
 */
static const cxlog_event *follower(const restoring *r, const char *chain)
{
    int64_t number = (int64_t)r->target_count + 1;
    for (size_t i = 0; i < r->reading->scheme_count; i++) {
        const cxlog_scheme_row *row = &r->reading->scheme[i];
        char next[CXLOG_CHAIN_SIZE];
        if (row->readable && row->event.number == number &&
            cxlog_event_chain(next, chain, &row->event, NULL) == CXLOG_OK &&
            strcmp(next, row->event.chain) == 0)
            return &row->event;
    }
    return NULL;
}

/* A row that was made up by hand may have a chain, but not a place in the scheme. */
static cxlog_status add_followers(restoring *r, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_status status =
        cxlog_store_scheme_at(r->sync.store, (int64_t)r->own.count, &scheme, err);
    cxlog_chain_root(chain);
    if (r->own.count > 0)
        memcpy(chain, r->own.events[r->own.count - 1].chain, sizeof chain);
    for (const cxlog_event *next; status == CXLOG_OK && (next = follower(r, chain));) {
        if (cxlog_scheme_apply(scheme, next, NULL) != CXLOG_OK)
            break;
        r->target[r->target_count++] = *next;
        memcpy(chain, next->chain, sizeof chain);
    }
    return status;
}

static cxlog_status look(restoring *r, cxlog_error *err)
{
    cx_sync *sync = &r->sync;
    cxlog_read what = {
        .log_tab = sync->log_tab, .scheme_tab = sync->scheme_tab, .scheme_from = 2};
    forget_reading(r);
    cxlog_status status = cx_sync_stopped(sync, err);
    if (status == CXLOG_OK)
        status = sync->remote->ops->read(sync->remote, &what, &r->reading, err);
    if (status != CXLOG_OK)
        return status;
    size_t most = r->own.count + r->reading->scheme_count;
    r->target = calloc(most + 1, sizeof *r->target);
    if (!r->target)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < r->own.count; i++)
        r->target[r->target_count++] = r->own.events[i];
    return add_followers(r, err);
}

static const cxlog_scheme_row *row_at(const restoring *r, int64_t number)
{
    for (size_t i = 0; i < r->reading->scheme_count; i++) {
        const cxlog_scheme_row *row = &r->reading->scheme[i];
        if (row->row == number && !cx_sync_chain_blank(row))
            return row;
    }
    return NULL;
}

static bool same(const cxlog_scheme_row *row, const cxlog_event *event)
{
    CXLOG_AUTO_TEXT there = row && row->readable ? cx_sync_chain_line(&row->event) : NULL;
    CXLOG_AUTO_TEXT here = event ? cx_sync_chain_line(event) : NULL;
    return (!row && !event) || (there && here && strcmp(there, here) == 0);
}

static char *row_line(const cxlog_scheme_row *row)
{
    return row->readable ? cx_sync_chain_line(&row->event)
                         : strdup(row->raw ? row->raw : "");
}

static cxlog_status differ(cxlog_restore_result *result, int64_t number,
                           const cxlog_scheme_row *row, const cxlog_event *event,
                           cxlog_error *err)
{
    size_t size = (result->count + 1) * sizeof *result->differences;
    cxlog_scheme_difference *grown = realloc(result->differences, size);
    if (grown)
        result->differences = grown;
    char *there = row ? row_line(row) : NULL;
    char *here = event ? cx_sync_chain_line(event) : NULL;
    if (grown && (there || !row) && (here || !event)) {
        grown[result->count++] = (cxlog_scheme_difference){number, there, here};
        return CXLOG_OK;
    }
    free(there);
    free(here);
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

static int64_t last_row(const restoring *r)
{
    size_t count = r->reading->scheme_count;
    return count > 0 ? r->reading->scheme[count - 1].row : 1;
}

static cxlog_status compare(const restoring *r, cxlog_restore_result *result,
                            cxlog_error *err)
{
    int64_t end = (int64_t)r->target_count + 1;
    cxlog_status status = CXLOG_OK;
    end = last_row(r) > end ? last_row(r) : end;
    for (int64_t number = 2; status == CXLOG_OK && number <= end; number++) {
        const cxlog_scheme_row *row = row_at(r, number);
        size_t index = (size_t)number - 2;
        const cxlog_event *event = index < r->target_count ? &r->target[index] : NULL;
        if (!same(row, event))
            status = differ(result, number, row, event, err);
    }
    return status;
}

/* What the grid lacks. The header of 구분 is looked at here too: it is in no pull. */
static cxlog_status look_at_tab(const restoring *r, cxlog_scheme_rewrite *rewrite,
                                bool *header_differs, cxlog_error *err)
{
    cxlog_remote *remote = r->sync.remote;
    CXLOG_AUTO(cxlog_book) *book = NULL;
    cxlog_status status = remote->ops->describe(remote, &book, err);
    for (size_t i = 0; status == CXLOG_OK && i < book->count; i++) {
        const cxlog_tab *tab = &book->tabs[i];
        int64_t rows = (int64_t)r->target_count + 1;
        if (tab->id != r->sync.scheme_tab)
            continue;
        rewrite->add_rows = rows > tab->rows ? rows - tab->rows : 0;
        rewrite->add_columns =
            CXLOG_EVENT_COLUMNS > tab->columns ? CXLOG_EVENT_COLUMNS - tab->columns : 0;
        *header_differs =
            cx_sync_scheme_header_check(tab->header, tab->header_count, NULL) != CXLOG_OK;
        return CXLOG_OK;
    }
    return status ? status
                  : cxlog_fail(err, CXLOG_ERR_SHEET,
                               "tab %s is not in the spreadsheet any more: run cxlog "
                               "init to make it again",
                               CXLOG_TAB_SCHEME);
}

static cxlog_status author_has_it(const restoring *r, cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                      "event %zu of tab %s was written, but its row is gone and this "
                      "store never saw it: run cxlog category restore on the machine "
                      "that added it; nothing was written",
                      r->target_count + 1, CXLOG_TAB_SCHEME);
}

/* No error: look again. */
static cxlog_status send(restoring *r, const cxlog_scheme_rewrite *rewrite, int round,
                         cxlog_error *err)
{
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
    cxlog_error said = {0};
    cxlog_remote *remote = r->sync.remote;
    cxlog_status status = remote->ops->rewrite_scheme(remote, rewrite, &answer, &said);
    if (status == CXLOG_OK && answer.outcome == CXLOG_OUTCOME_APPLIED)
        return CXLOG_OK;
    bool passing = answer.outcome == CXLOG_OUTCOME_UNKNOWN || answer.wait_ms > 0 ||
                   answer.beyond_grid;
    if (answer.marker_taken)
        return round > 0 ? author_has_it(r, err) : CXLOG_OK;
    int64_t wait = answer.wait_ms > 0
                       ? answer.wait_ms
                       : cx_sync_jitter(r->sync.options->backoff_ms, round);
    if (passing && cx_sync_wait(&r->sync, wait))
        return CXLOG_OK;
    if (status == CXLOG_OK)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "tab %s could not be restored: try again",
                          CXLOG_TAB_SCHEME);
    return cx_sync_hand_over(err, &said, status);
}

/* The sheet as it is now, into the store: what others added may be new here. */
static cxlog_status take(restoring *r, cxlog_restore_result *result, cxlog_error *err)
{
    size_t grew;
    cxlog_status status = cx_sync_chain_take(&r->sync, r->reading, 2, &grew, err);
    if (status == CXLOG_OK)
        result->scheme_version = (int64_t)r->target_count;
    return status;
}

/* Look, and as long as something differs write, until a look finds nothing. */
static cxlog_status restore(restoring *r, bool write, cxlog_restore_result *result,
                            cxlog_error *err)
{
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO_VALUE(cxlog_restore_result) now = {0};
        cxlog_scheme_rewrite rewrite = {.scheme_tab = r->sync.scheme_tab};
        bool header = false;
        cxlog_status status = look(r, err);
        if (status == CXLOG_OK)
            status = compare(r, round == 0 ? result : &now, err);
        if (status == CXLOG_OK)
            status = look_at_tab(r, &rewrite, &header, err);
        if (status == CXLOG_OK && header && round == 0)
            status = differ(result, 1, NULL, NULL, err);
        if (status != CXLOG_OK)
            return status;
        bool wrong = header || (round == 0 ? result : &now)->count > 0;
        if (!wrong)
            return take(r, result, err);
        if (!write)
            return CXLOG_OK;
        rewrite.events = r->target;
        rewrite.count = r->target_count;
        rewrite.last_row = last_row(r);
        status = send(r, &rewrite, round, err);
        if (status != CXLOG_OK)
            return status;
        result->written = true; /* by this or, had its answer been lost, as good as */
    }
    return cxlog_fail(err, CXLOG_ERR_RETRY,
                      "tab %s is being changed while it is restored: try again",
                      CXLOG_TAB_SCHEME);
}

cxlog_status cxlog_sync_restore_scheme(cxlog_store *store, cxlog_remote *remote,
                                       const cxlog_sync_options *options, bool write,
                                       cxlog_restore_result *result, cxlog_error *err)
{
    *result = (cxlog_restore_result){0};
    CXLOG_AUTO_VALUE(restoring)
    r = {.sync = {.store = store, .remote = remote, .options = options}};
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_status status = cx_sync_begin(&r.sync, options->sheet_id, err);
    if (status == CXLOG_OK)
        status = cxlog_store_chain(store, &number, chain, &shared, err);
    if (status == CXLOG_OK)
        status = cxlog_store_events(store, 1, shared, &r.own.events, &r.own.count, err);
    return status ? status : restore(&r, write, result, err);
}
