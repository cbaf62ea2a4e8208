/*
 * api.h - the Google remote's inside: one call with its token, retries and words. Shared
 * by the files of this room.
 */
#ifndef CX_API_H
#define CX_API_H

#include <jansson.h>

#include <cxlog/remote.h>

#include "google/key.h"
#include "net/http.h"
#include "net/retry.h"

typedef struct cx_google {
    cxlog_remote remote; /* first */
    char *sheet_id, *api, *ca, *cache_dir, *proxy;
    cx_key key;
    char *token; /* NULL: none yet */
    int64_t token_until_s;
    int32_t log_tab, scheme_tab; /* as last asked for: for sentences; -1 */
    bool renewed;                /* the one renewal after a 401 is used up */
    bool has_read; /* Google let this account read the spreadsheet in this run */
    cx_http *http;
    int failures;    /* passing faults in a row, over all requests */
    int quota_tries; /* 429s in a row */
    cxlog_requests requests;
    int64_t until_ms, backoff_ms;
    int64_t skew_s; /* Google's clock minus this one, as last told; CXLOG_BLANK: never */
    char libraries[80];
    const volatile int *stop;
    cxlog_progress progress;
} cx_google;

/* ---- wire.c: tries ---- */

typedef struct cx_tries {
    int passing; /* of one request */
} cx_tries;

/* May another request leave? Errors: ERR_INTERRUPT, ERR_RETRY (deadline, breaker). */
CXLOG_MUST_USE cxlog_status cx_wire_ready(const cx_google *google, cxlog_error *err);
/* Send once, counted. Errors: those of cx_http_send(). */
CXLOG_MUST_USE cxlog_status cx_wire_send(cx_google *google,
                                         const cx_http_request *request,
                                         cx_http_answer *answer, cxlog_error *err);
/* After a failed try of a request that may be repeated: has been waited, try again? */
bool cx_wire_again(cx_google *google, cx_tries *tries, cx_retry_class class,
                   const cx_http_answer *answer);
/* How long to wait after this 429. */
int64_t cx_wire_quota_wait(cx_google *google, const cx_http_answer *answer);
int64_t cx_wire_left(const cx_google *google);
/* First sentence wins, as in cxlog_fail(). */
void cx_keep_error(cxlog_error *err, const cxlog_error *from);

/* ---- token.c ---- */

/* A token with at least 4 minutes left stands in google->token. Errors: of all remotes.
 */
CXLOG_MUST_USE cxlog_status cx_token_ready(cx_google *google, cxlog_error *err);
/* Forget the token after a 401. False: the one renewal of the run is used up. */
bool cx_token_renew(cx_google *google);
/* The answer of the token endpoint. *out: cx_wipe_free(). Errors: ERR_SHEET naming the
 * member. */
CXLOG_MUST_USE cxlog_status cx_token_parse(char **out, int64_t *life_s, const char *body,
                                           size_t length, cxlog_error *err);
/* Its refusal as a sentence. *passing: another try may help. */
cxlog_status cx_token_refused(const cx_http_answer *answer, const char *email,
                              bool *passing, cxlog_error *err);

/* ---- token_cache.c: <cache_dir>/token-<hash of account, key, scope, token_uri> ---- */

/* *out NULL: none that can be used. */
void cx_token_cache_load(char **out, int64_t *until_s, const char *directory,
                         const cx_key *key);
/* Failing to keep it is no failure. */
void cx_token_cache_save(const char *token, int64_t until_s, const char *directory,
                         const cx_key *key);
void cx_token_cache_drop(const char *directory, const cx_key *key);

/* ---- api.c ---- */

typedef struct cx_reply {
    cx_http_answer http;
    json_t *root; /* the body, when it is a JSON object */
    bool lean;    /* in: objects without a value are read as zeros */
} cx_reply;
void cx_reply_clear(cx_reply *reply);
CXLOG_AUTO_VALUE_DEFINE(cx_reply, cx_reply_clear);

/* Parts of Google's error object; "" when not there. Borrowed. */
const char *cx_reply_message(const cx_reply *reply);
const char *cx_reply_word(const cx_reply *reply);   /* "PERMISSION_DENIED" */
const char *cx_reply_reason(const cx_reply *reply); /* "SERVICE_DISABLED" */
bool cx_reply_is_quota(const cx_reply *reply);      /* 429, or a 403 that means it */
bool cx_reply_says(const cx_reply *reply, const char *part); /* ASCII case ignored */
/* Is a tab missing that a request names by its id? */
bool cx_reply_tab_gone(const cx_reply *reply);

/*
 * A read, repeated as retry.h says. suffix: what follows the spreadsheet's id in the
 * path. body: NULL for GET; borrowed. OK: answered 200 with a JSON object. reply is
 * filled as far as an answer came, also on error.
 */
CXLOG_MUST_USE cxlog_status cx_api_read(cx_google *google, const char *suffix,
                                        json_t *body, cx_reply *reply, cxlog_error *err);

/* A read of the spreadsheet itself, for its description. suffix: the fields asked for.
 * reply has this spreadsheet's id and an array "sheets". */
CXLOG_MUST_USE cxlog_status cx_api_book(cx_google *google, const char *suffix,
                                        cx_reply *reply, cxlog_error *err);

/*
 * A batchUpdate, sent once (twice only after a 401, which is decided before anything is
 * done). requests: array, borrowed. answer: outcome and wait_ms are set; the rest is the
 * caller's, by cx_write_detail().
 */
CXLOG_MUST_USE cxlog_status cx_api_write(cx_google *google, json_t *requests,
                                         cx_reply *reply, cxlog_answer *answer,
                                         cxlog_error *err);

/* The same for values:batchUpdateByDataFilter. data: array of DataFilterValueRange,
 * written as they are, not parsed. */
CXLOG_MUST_USE cxlog_status cx_api_write_values(cx_google *google, json_t *data,
                                                cx_reply *reply, cxlog_answer *answer,
                                                cxlog_error *err);

/* ---- outcome.c (pure) ---- */

/* What an answer proves about a batch of `count` requests to spreadsheet `sheet_id`. */
cxlog_outcome cx_write_outcome(const cx_reply *reply, const char *sheet_id, size_t count);
/* … about a write of values. */
cxlog_outcome cx_values_outcome(const cx_reply *reply, const char *sheet_id);
/* Does the answer to a batch name the metadata entry that its first request made? An
 * answer to another batch may look the same otherwise. */
bool cx_write_marked(const cx_reply *reply, int32_t marker);

/* Where the requests of a batch stand, to read "requests[7]" in a refusal. */
typedef struct cx_batch_shape {
    size_t drop_first, drop_count; /* deleteDeveloperMetadata */
    size_t records;                /* rows of the updateCells */
    size_t cells;                  /* where that stands */
} cx_batch_shape;
void cx_write_detail(cxlog_answer *answer, const cx_reply *reply,
                     const cx_batch_shape *shape);

/* ---- sweep.c ---- */

/* Delete markers of pushes that are older than 30 days, at most 200. *swept: some were.
 * One read, one write. Errors: of all remotes. */
CXLOG_MUST_USE cxlog_status cx_sweep_markers(cx_google *google, bool *swept,
                                             cxlog_error *err);

/* ---- errors.c ---- */

/* A refusal of Google in one sentence that names the mend. */
cxlog_status cx_google_refused(const cx_google *google, const cx_reply *reply,
                               bool writing, cxlog_error *err);
/* A 200 that is not what is documented. */
cxlog_status cx_google_strange(const cx_google *google, const char *what,
                               cxlog_error *err);

/* ---- the operations: describe.c, read.c, push.c, rewrite.c, setup.c ---- */

cxlog_status cx_google_describe(cxlog_remote *remote, cxlog_book **out, cxlog_error *err);
cxlog_status cx_google_read(cxlog_remote *remote, const cxlog_read *what,
                            cxlog_reading **out, cxlog_error *err);
cxlog_status cx_google_marker(cxlog_remote *remote, int32_t id, char **value,
                              cxlog_error *err);
cxlog_status cx_google_push(cxlog_remote *remote, const cxlog_push *push,
                            cxlog_answer *answer, cxlog_error *err);
cxlog_status cx_google_push_scheme(cxlog_remote *remote, const cxlog_scheme_push *push,
                                   cxlog_answer *answer, cxlog_error *err);
cxlog_status cx_google_rewrite_scheme(cxlog_remote *remote,
                                      const cxlog_scheme_rewrite *rewrite,
                                      cxlog_answer *answer, cxlog_error *err);
cxlog_status cx_google_create_tabs(cxlog_remote *remote, bool log, bool scheme,
                                   const char *zone, int32_t *log_tab,
                                   int32_t *scheme_tab, cxlog_answer *answer,
                                   cxlog_error *err);
cxlog_status cx_google_prove_write(cxlog_remote *remote, cxlog_error *err);

/* ---- tabs for people: survey.c, look.c, formulas.c, edit.c ---- */

cxlog_status cx_google_survey(cxlog_remote *remote, cxlog_survey **out, cxlog_error *err);
cxlog_status cx_google_look(cxlog_remote *remote, const cxlog_area *areas, size_t count,
                            cxlog_grid *out, bool *gone, cxlog_error *err);
cxlog_status cx_google_formulas(cxlog_remote *remote, int32_t tab, int64_t first,
                                int64_t last, int64_t columns, cxlog_formula_row **out,
                                size_t *count, cxlog_error *err);
cxlog_status cx_google_edit(cxlog_remote *remote, const cxlog_edit *edits, size_t count,
                            cxlog_answer *answer, cxlog_error *err);

/* ---- rows written in place: marked.c ---- */

cxlog_status cx_google_mark(cxlog_remote *remote, const cxlog_fills *fills,
                            cxlog_answer *answer, cxlog_error *err);
cxlog_status cx_google_marked(cxlog_remote *remote, const cxlog_fills *fills,
                              cxlog_reading **out, cxlog_error *err);
cxlog_status cx_google_fill(cxlog_remote *remote, const cxlog_fills *fills,
                            cxlog_answer *answer, cxlog_error *err);

#endif
