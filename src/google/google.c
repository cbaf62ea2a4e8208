#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>

#include <cxlog/text.h>

#include "core/seam.h"
#include "google/api.h"
#include "google/openssl_memory.h"
#include "net/wipe.h"

#define DEADLINE_MS (15LL * 60 * 1000)
#define BACKOFF_MS 1000

static const cxlog_requests *get_requests(const cxlog_remote *remote)
{
    return &((const cx_google *)remote)->requests;
}

static int64_t time_left(const cxlog_remote *remote)
{
    return cx_wire_left((const cx_google *)remote);
}

static const char *address(const cxlog_remote *remote)
{
    return ((const cx_google *)remote)->key.email;
}

static const char *libraries(cxlog_remote *remote)
{
    cx_google *google = (cx_google *)remote;
    (void)snprintf(google->libraries, sizeof google->libraries, "libcurl %s, OpenSSL %s",
                   cx_http_library(), OpenSSL_version(OPENSSL_VERSION_STRING));
    return google->libraries;
}

static bool get_skew(const cxlog_remote *remote, int64_t *seconds)
{
    *seconds = ((const cx_google *)remote)->skew_s;
    return *seconds != CXLOG_BLANK;
}

static void google_free(cx_google *google)
{
    if (!google)
        return;
    cx_http_close(google->http);
    cx_wipe_free(google->token);
    cx_key_clear(&google->key);
    free(google->sheet_id);
    free(google->api);
    free(google->ca);
    free(google->cache_dir);
    free(google->proxy);
    free(google);
}
CXLOG_AUTO_DEFINE(cx_google, google_free);

static void close_remote(cxlog_remote *remote)
{
    google_free((cx_google *)remote);
}

static const cxlog_remote_ops ops = {
    .name = "google",
    .describe = cx_google_describe,
    .create_tabs = cx_google_create_tabs,
    .prove_write = cx_google_prove_write,
    .read = cx_google_read,
    .push = cx_google_push,
    .push_scheme = cx_google_push_scheme,
    .rewrite_scheme = cx_google_rewrite_scheme,
    .marker = cx_google_marker,
    .requests = get_requests,
    .time_left = time_left,
    .address = address,
    .close = close_remote,
    .survey = cx_google_survey,
    .look = cx_google_look,
    .formulas = cx_google_formulas,
    .edit = cx_google_edit,
    .mark = cx_google_mark,
    .marked = cx_google_marked,
    .fill = cx_google_fill,
    .libraries = libraries,
    .skew = get_skew,
};

static bool copy(char **out, const char *text)
{
    *out = text ? strdup(text) : NULL;
    return *out || !text;
}

static bool id_characters(const char *id)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_";
    return id && id[0] != '\0' && strspn(id, allowed) == strlen(id);
}

/* Key, token and assertion pass through jansson: what it frees is overwritten. */
static void prepare_jansson(void)
{
    json_malloc_t take;
    json_get_alloc_funcs(&take, NULL);
    json_set_alloc_funcs(take, cx_wipe_free);
    json_object_seed(0);
}

static cxlog_status check_api(const cxlog_google_options *options, cx_origin *origin,
                              cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    cxlog_status status = cx_origin_parse(origin, options->api, "google.api", err);
    if (status != CXLOG_OK)
        return status;
    if (strcmp(origin->path, "/") != 0 || options->api[strlen(options->api) - 1] == '/')
        return cxlog_fail(err, CXLOG_ERR_CONFIG,
                          "google.api must be a server's address without a path, not %s",
                          cxlog_quote(quoted, options->api));
    if (!id_characters(options->sheet_id))
        return cxlog_fail(
            err, CXLOG_ERR_CONFIG, "sheet.id %s is no spreadsheet id",
            cxlog_quote(quoted, options->sheet_id ? options->sheet_id : ""));
    return CXLOG_OK;
}

cxlog_status cxlog_google_open(cxlog_remote **out, const cxlog_google_options *options,
                               cxlog_error *err)
{
    *out = NULL;
    cx_origin origin;
    cx_openssl_watch();
    prepare_jansson();
    cxlog_status status = check_api(options, &origin, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO(cx_google) *google = calloc(1, sizeof *google);
    if (!google || !copy(&google->sheet_id, options->sheet_id) ||
        !copy(&google->api, options->api) || !copy(&google->ca, options->ca) ||
        !copy(&google->cache_dir, options->cache_dir) ||
        !copy(&google->proxy, options->proxy))
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    status = cx_key_load(&google->key, options->key_path, &origin, err);
    if (status != CXLOG_OK)
        return status;
    google->remote.ops = &ops;
    google->skew_s = CXLOG_BLANK;
    google->log_tab = google->scheme_tab = -1;
    google->backoff_ms = options->backoff_ms > 0 ? options->backoff_ms : BACKOFF_MS;
    google->until_ms =
        cx_mono_ms() + (options->deadline_ms > 0 ? options->deadline_ms : DEADLINE_MS);
    google->stop = options->stop;
    google->progress = options->progress;
    const cx_http_options http = {.ca = google->ca,
                                  .proxy = google->proxy,
                                  .until_ms = google->until_ms,
                                  .stop = google->stop,
                                  .progress = google->progress};
    status = cx_http_open(&google->http, &http, err);
    if (status != CXLOG_OK)
        return status;
    cx_google *done = CXLOG_TAKE(google);
    *out = &done->remote;
    return CXLOG_OK;
}
