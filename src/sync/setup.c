/*
 * setup.c - bind a store to a spreadsheet: find or make the tabs, prove that writing is
 * allowed, bring the schemes together.
 */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/text.h>

#include "sync/sync_impl.h"

#define LOG_TAB_ID 1700001
#define SCHEME_TAB_ID 1700002
#define ROUNDS 5 /* of describing and making, while others do the same */

typedef cxlog_status header_check(const cxlog_tab *tab, cxlog_error *err);

typedef struct setup {
    cx_sync sync;
    cxlog_setup_result *result;
    cxlog_book *book;
    int64_t known_log,
        known_scheme; /* from an earlier set-up with this spreadsheet; -1 */
    bool anew;        /* the store leaves another spreadsheet */
} setup;

static void setup_clear(setup *s)
{
    cxlog_book_free(s->book);
    cx_sync_clear(&s->sync);
}
CXLOG_AUTO_VALUE_DEFINE(setup, setup_clear);

static cxlog_status check_log_tab(const cxlog_tab *tab, cxlog_error *err)
{
    const cx_fields none = {0};
    return cx_sync_header_check(tab->header, tab->header_count, &none, err);
}

static cxlog_status check_scheme_tab(const cxlog_tab *tab, cxlog_error *err)
{
    return cx_sync_scheme_header_check(tab->header, tab->header_count, err);
}

/* By id, by header (of several: the one with the title), by title. *out NULL: there is
 * none. */
static cxlog_status find_tab(const cxlog_book *book, int64_t known, const char *title,
                             header_check *check, const cxlog_tab **out, cxlog_error *err)
{
    const cxlog_tab *by_header = NULL;
    const cxlog_tab *by_title = NULL;
    *out = NULL;
    for (size_t i = 0; i < book->count; i++) {
        const cxlog_tab *tab = &book->tabs[i];
        bool titled = strcmp(tab->title, title) == 0;
        if (tab->id == known) {
            *out = tab;
            return check(tab, err);
        }
        if (check(tab, NULL) == CXLOG_OK && (!by_header || titled))
            by_header = tab;
        if (titled)
            by_title = tab;
    }
    *out = by_header ? by_header : by_title;
    return *out ? check(*out, err) : CXLOG_OK;
}

static int32_t free_id(const cxlog_book *book, int32_t wanted)
{
    for (size_t i = 0; i < book->count;) {
        bool taken = book->tabs[i].id == wanted;
        wanted += taken ? 2 : 0; /* the log's ids stay odd, the scheme's even */
        i = taken ? 0 : i + 1;
    }
    return wanted;
}

static bool is_new(const cxlog_book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        for (size_t k = 0; k < book->tabs[i].header_count; k++) {
            if (book->tabs[i].header[k] && *book->tabs[i].header[k])
                return false;
        }
    }
    return true;
}

/* *made: both tabs are there now. Not made and no error: somebody else may have made
 * them; look again. */
static cxlog_status make_tabs(setup *s, const cxlog_tab *log, const cxlog_tab *scheme,
                              int round, bool *made, cxlog_error *err)
{
    cxlog_remote *remote = s->sync.remote;
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
    cxlog_error said = {0};
    int32_t log_id = log ? log->id : free_id(s->book, LOG_TAB_ID);
    int32_t scheme_id = scheme ? scheme->id : free_id(s->book, SCHEME_TAB_ID);
    bool set_zone = !log && !scheme && is_new(s->book);
    cxlog_status status = remote->ops->create_tabs(
        remote, !log, !scheme, set_zone ? s->sync.options->zone : NULL, &log_id,
        &scheme_id, &answer, &said);
    *made = status == CXLOG_OK && answer.outcome == CXLOG_OUTCOME_APPLIED;
    if (*made) {
        s->sync.log_tab = log_id;
        s->sync.scheme_tab = scheme_id;
        s->result->made_log = !log;
        s->result->made_scheme = !scheme;
        s->result->zone_differs = s->result->zone_differs && !set_zone;
        return CXLOG_OK;
    }
    bool passing = answer.outcome == CXLOG_OUTCOME_UNKNOWN || answer.marker_taken ||
                   answer.wait_ms > 0;
    int64_t wait = answer.wait_ms > 0
                       ? answer.wait_ms
                       : cx_sync_jitter(s->sync.options->backoff_ms, round);
    if (passing && cx_sync_wait(&s->sync, wait))
        return CXLOG_OK;
    if (status == CXLOG_OK)
        return cxlog_fail(err, CXLOG_ERR_RETRY, "the tabs could not be made: try again");
    return cx_sync_hand_over(err, &said, status);
}

static void copy_text(char *out, size_t size, const char *text)
{
    size_t length = text ? cxlog_text_fit_bytes(text, size - 1) : 0;
    if (length > 0)
        memcpy(out, text, length);
    out[length] = '\0';
}

/* *made: by this call. */
static cxlog_status settle_tabs(setup *s, bool *made, cxlog_error *err)
{
    cxlog_remote *remote = s->sync.remote;
    *made = false;
    for (int round = 0; round < ROUNDS; round++) {
        const cxlog_tab *log = NULL;
        const cxlog_tab *scheme = NULL;
        cxlog_book_free(s->book);
        s->book = NULL;
        cxlog_status status = cx_sync_stopped(&s->sync, err);
        if (status == CXLOG_OK)
            status = remote->ops->describe(remote, &s->book, err);
        if (status == CXLOG_OK)
            status =
                find_tab(s->book, s->known_log, CXLOG_TAB_LOG, check_log_tab, &log, err);
        if (status == CXLOG_OK)
            status = find_tab(s->book, s->known_scheme, CXLOG_TAB_SCHEME,
                              check_scheme_tab, &scheme, err);
        if (status != CXLOG_OK)
            return status;
        copy_text(s->result->title, sizeof s->result->title, s->book->title);
        copy_text(s->result->zone, sizeof s->result->zone, s->book->zone);
        s->result->zone_differs = strcmp(s->result->zone, s->sync.options->zone) != 0;
        if (log && scheme) {
            s->sync.log_tab = log->id;
            s->sync.scheme_tab = scheme->id;
            return CXLOG_OK;
        }
        status = make_tabs(s, log, scheme, round, made, err);
        if (status != CXLOG_OK || *made)
            return status;
    }
    return cxlog_fail(err, CXLOG_ERR_RETRY, "the tabs could not be made: try again");
}

cxlog_status cxlog_sync_may_bind(cxlog_store *store, const char *sheet_id,
                                 cxlog_error *err)
{
    CXLOG_AUTO_TEXT bound = NULL;
    cxlog_status status = cxlog_store_get(store, CXLOG_META_SHEET, &bound, err);
    if (status != CXLOG_OK || !bound || strcmp(bound, sheet_id) == 0)
        return status;
    cxlog_counts counts;
    status = cxlog_store_counts(store, "", cxlog_day_of(cxlog_wall_now()), &counts, err);
    if (status == CXLOG_OK && counts.confirmed + counts.sent + counts.unknown > 0)
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "this store holds records of spreadsheet %s: use a store of "
                          "its own (store.path) for %s",
                          bound, sheet_id);
    return status;
}

static cxlog_status check_bound(setup *s, cxlog_error *err)
{
    cxlog_store *store = s->sync.store;
    CXLOG_AUTO_TEXT bound = NULL;
    cxlog_status status = cxlog_store_get(store, CXLOG_META_SHEET, &bound, err);
    if (status != CXLOG_OK || !bound)
        return status;
    s->anew = strcmp(bound, s->sync.options->sheet_id) != 0;
    if (s->anew)
        return cxlog_sync_may_bind(store, s->sync.options->sheet_id, err);
    status = cx_sync_meta_number(store, CXLOG_META_LOG_TAB, &s->known_log, err);
    return status
               ? status
               : cx_sync_meta_number(store, CXLOG_META_SCHEME_TAB, &s->known_scheme, err);
}

/* The spreadsheet's id comes last: until it is there, the store counts as not set up. */
static cxlog_status bind_store(const setup *s, cxlog_error *err)
{
    cxlog_store *store = s->sync.store;
    cxlog_status status = CXLOG_OK;
    if (s->anew)
        status = cxlog_store_set(store, CXLOG_META_SHEET, NULL, err);
    if (status == CXLOG_OK)
        status = cx_sync_meta_set_number(store, CXLOG_META_LOG_TAB, s->sync.log_tab, err);
    if (status == CXLOG_OK)
        status = cx_sync_meta_set_number(store, CXLOG_META_SCHEME_TAB, s->sync.scheme_tab,
                                         err);
    if (status == CXLOG_OK)
        status = cxlog_store_set(store, CXLOG_META_TITLE, s->result->title, err);
    if (status == CXLOG_OK)
        status = cxlog_store_set(store, CXLOG_META_SHEET, s->sync.options->sheet_id, err);
    return status;
}

cxlog_status cxlog_sync_setup(cxlog_store *store, cxlog_remote *remote,
                              const cxlog_sync_options *options, bool extend,
                              cxlog_setup_result *result, cxlog_error *err)
{
    *result = (cxlog_setup_result){0};
    CXLOG_AUTO_VALUE(setup)
    s = {
        .sync = {.store = store, .remote = remote, .options = options},
        .result = result,
        .known_log = -1,
        .known_scheme = -1,
    };
    bool made = false;
    char chain[CXLOG_CHAIN_SIZE];
    int64_t shared;
    cxlog_status status = check_bound(&s, err);
    if (status == CXLOG_OK)
        status = settle_tabs(&s, &made, err);
    if (status == CXLOG_OK && !made)
        status = remote->ops->prove_write(remote, err);
    if (status == CXLOG_OK)
        status = cx_sync_join(&s.sync, result->made_scheme, s.anew, extend, result, err);
    if (status == CXLOG_OK)
        status = cxlog_store_chain(store, &result->scheme_version, chain, &shared, err);
    return status ? status : bind_store(&s, err);
}
