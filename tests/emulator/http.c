#include "http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "json.h"
#include "serve.h"

enum { POOL_BYTES = 4 << 20, BODY_MAX = 256 << 20, GZIP_MIN = 200 };

struct http_server {
    struct MHD_Daemon *daemon;
};

typedef struct sending {
    http_response response;
    size_t at;
} sending;

static void *note_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
    (void)cls;
    (void)connection;
    http_request *request = mem_new(1, sizeof *request);
    request->uri = mem_text(uri);
    return request;
}

/* Paths stay as they came: the range is decoded after the path is split. */
static size_t keep_escapes(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static ssize_t send_part(void *cls, uint64_t position, char *out, size_t room)
{
    (void)position;
    sending *s = cls;
    const http_response *r = &s->response;
    size_t end =
        r->delivery == DELIVER_CUT && r->cut_at < r->length ? r->cut_at : r->length;
    if (s->at >= end)
        return r->delivery == DELIVER_CUT ? MHD_CONTENT_READER_END_WITH_ERROR
                                          : MHD_CONTENT_READER_END_OF_STREAM;
    size_t part = end - s->at < room ? end - s->at : room;
    if (r->delivery == DELIVER_DRIP) {
        emu_pause(r->drip_ms);
        part = 1;
    }
    memcpy(out, r->body + s->at, part);
    s->at += part;
    return (ssize_t)part;
}

static void free_sending(void *cls)
{
    sending *s = cls;
    http_response_clear(&s->response);
    free(s);
}

static void pack(http_response *r)
{
    z_stream z = {0};
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    uLong bound = deflateBound(&z, (uLong)r->length);
    char *packed = mem_new(bound + 1, 1);
    z.next_in = (unsigned char *)r->body;
    z.avail_in = (unsigned)r->length;
    z.next_out = (unsigned char *)packed;
    z.avail_out = (unsigned)bound;
    bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
    size_t length = bound - z.avail_out;
    deflateEnd(&z);
    if (!ok) {
        free(packed);
        return;
    }
    free(r->body);
    r->body = packed;
    r->length = length;
    if (!r->headers)
        r->headers = json_object();
    json_object_set_new(r->headers, "Content-Encoding", json_string("gzip"));
}

static void add_headers(struct MHD_Response *out, const http_response *r, const emu *e)
{
    static const char *const fixed[][2] = {
        {"Vary", "X-Origin"},
        {"Vary", "Referer"},
        {"Vary", "Origin,Accept-Encoding"},
        {"Server", "ESF"},
        {"Cache-Control", "private"},
        {"X-XSS-Protection", "0"},
        {"X-Frame-Options", "SAMEORIGIN"},
        {"X-Content-Type-Options", "nosniff"},
        {"Alt-Svc", "h3=\":443\"; ma=2592000,h3-29=\":443\"; ma=2592000"},
        {"accept-ranges", "none"},
    };
    MHD_add_response_header(out, "Content-Type", r->type);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        MHD_add_response_header(out, fixed[i][0], fixed[i][1]);
    char date[64];
    time_t now = (time_t)(emu_now_ms(e) / 1000);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    MHD_add_response_header(out, "Date", date);
    const char *name;
    json_t *value;
    json_object_foreach(r->headers, name, value)
    {
        if (json_is_string(value))
            MHD_add_response_header(out, name, json_string_value(value));
        for (size_t i = 0; i < json_array_size(value); i++) {
            char numbered[64];
            snprintf(numbered, sizeof numbered, "%s-%zu", name, i);
            MHD_add_response_header(out, numbered,
                                    json_string_value(json_array_get(value, i)));
        }
    }
}

static enum MHD_Result answer(emu *e, struct MHD_Connection *connection,
                              const http_request *request)
{
    sending *s = mem_new(1, sizeof *s);
    http_response *r = &s->response;
    serve(e, request, r);
    if (r->delivery == DELIVER_NOTHING) {
        free_sending(s);
        return MHD_NO;
    }
    if (request->accepts_gzip && !r->is_packed && r->length >= GZIP_MIN)
        pack(r);
    /* A cut answer promises its whole length. */
    uint64_t size = r->has_length ? r->length : MHD_SIZE_UNKNOWN;
    int status = r->status;
    struct MHD_Response *out =
        MHD_create_response_from_callback(size, 16384, send_part, s, free_sending);
    if (!out) {
        free_sending(s);
        return MHD_NO;
    }
    add_headers(out, r, e);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)status, out);
    MHD_destroy_response(out);
    return result;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *upload, size_t *upload_size, void **state)
{
    (void)url;
    (void)version;
    http_request *request = *state;
    if (!request->method) {
        const char *who = header(connection, "Authorization");
        const char *coding = header(connection, "Accept-Encoding");
        request->method = mem_text(method);
        request->authorization = who ? mem_text(who) : NULL;
        request->accepts_gzip = coding && strstr(coding, "gzip");
        return MHD_YES;
    }
    if (*upload_size > 0) {
        if (request->body_length + *upload_size > BODY_MAX)
            return MHD_NO;
        buf body = {request->body, request->body_length, request->body_room};
        buf_add(&body, upload, *upload_size);
        request->body = body.data;
        request->body_length = body.length;
        request->body_room = body.room;
        *upload_size = 0;
        return MHD_YES;
    }
    return answer(cls, connection, request);
}

static void finished(void *cls, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code)
{
    (void)cls;
    (void)connection;
    (void)code;
    http_request *request = *state;
    if (!request)
        return;
    http_request_clear(request);
    free(request);
    *state = NULL;
}

http_server *http_start(emu *e, unsigned short *port, const char *cert, const char *key)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
                     MHD_USE_POLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key},
        {MHD_OPTION_END, 0, NULL},
    };
    if (!cert)
        tls[0] = tls[2];
    struct MHD_Daemon *daemon = MHD_start_daemon(
        cert ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, handle, e,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK,
        note_uri, NULL, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, finished, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)POOL_BYTES, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
    if (!daemon)
        return NULL;
    *port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    http_server *server = mem_new(1, sizeof *server);
    server->daemon = daemon;
    return server;
}

void http_stop(http_server *server)
{
    MHD_stop_daemon(server->daemon);
    free(server);
}
