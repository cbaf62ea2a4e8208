#include "serve.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "faults.h"
#include "json.h"
#include "method.h"
#include "oauth.h"
#include "route.h"

static pthread_mutex_t late_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t late_done = PTHREAD_COND_INITIALIZER;
static int late_count;

void http_request_clear(http_request *request)
{
    free(request->method);
    free(request->uri);
    free(request->authorization);
    free(request->body);
    *request = (http_request){0};
}

void http_response_clear(http_response *response)
{
    free(response->body);
    json_decref(response->headers);
    *response = (http_response){0};
}

void http_response_json(http_response *response, int status, const json_t *body,
                        bool pretty)
{
    response->status = status;
    response->type = "application/json; charset=UTF-8";
    response->body = js_dump(body, pretty, &response->length);
}

typedef struct exchange {
    emu *e;
    const http_request *request;
    http_response *response;
    char *path; /* without the query */
    route to;
    json_t *entry; /* of the request log; borrowed from it */
    json_t *fault; /* borrowed from the fault list; kept by an own reference */
} exchange;

static void perform(exchange *x)
{
    if (strcmp(x->to.target, "token") == 0 && strcmp(x->request->method, "POST") == 0) {
        json_t *answer = NULL;
        int code = oauth_token(x->e, x->request->body ? x->request->body : "", &answer);
        http_response_json(x->response, code, answer, true);
        json_decref(answer);
        return;
    }
    method_run(x->e, &x->to, x->request, x->entry, x->response);
}

static http_request copy_request(const http_request *from)
{
    http_request copy = *from;
    copy.method = mem_text(from->method);
    copy.uri = mem_text(from->uri);
    copy.authorization = from->authorization ? mem_text(from->authorization) : NULL;
    copy.body = mem_new(from->body_length + 1, 1);
    if (from->body_length > 0)
        memcpy(copy.body, from->body, from->body_length);
    return copy;
}

typedef struct late {
    emu *e;
    http_request request;
    json_t *entry;
    int wait_ms;
} late;

static void *apply_late(void *argument)
{
    late *job = argument;
    http_response unsent = {0};
    emu_pause(job->wait_ms);
    pthread_mutex_lock(&job->e->lock);
    char *path = mem_text(job->request.uri);
    path[strcspn(path, "?")] = '\0';
    exchange x = {
        job->e,     &job->request, &unsent, path, route_find(job->request.method, path),
        job->entry, NULL};
    perform(&x);
    pthread_mutex_unlock(&job->e->lock);
    route_clear(&x.to);
    free(path);
    http_response_clear(&unsent);
    http_request_clear(&job->request);
    json_decref(job->entry);
    free(job);
    pthread_mutex_lock(&late_lock);
    late_count--;
    pthread_cond_broadcast(&late_done);
    pthread_mutex_unlock(&late_lock);
    return NULL;
}

static void start_late(exchange *x)
{
    late *job = mem_new(1, sizeof *job);
    *job = (late){x->e, copy_request(x->request), json_incref(x->entry),
                  (int)js_int(x->fault, "ms", 100)};
    pthread_t thread;
    pthread_mutex_lock(&late_lock);
    late_count++;
    pthread_mutex_unlock(&late_lock);
    if (pthread_create(&thread, NULL, apply_late, job) != 0)
        abort();
    pthread_detach(thread);
}

void serve_finish(void)
{
    pthread_mutex_lock(&late_lock);
    while (late_count > 0)
        pthread_cond_wait(&late_done, &late_lock);
    pthread_mutex_unlock(&late_lock);
}

static void wait_unlocked(exchange *x)
{
    pthread_mutex_unlock(&x->e->lock);
    emu_pause((int)js_int(x->fault, "ms", 1000));
    pthread_mutex_lock(&x->e->lock);
}

static void spoil(const exchange *x)
{
    spoiling s = {x->fault, x->e->last_body, x->to.is_write, emu_now_ms(x->e),
                  x->e->quota};
    fault_spoil(&s, x->response);
}

static void under_fault(exchange *x)
{
    switch (fault_when(x->fault)) {
    case FAULT_BEFORE:
        spoil(x);
        return;
    case FAULT_AFTER:
        perform(x);
        spoil(x);
        return;
    case FAULT_WAIT_BEFORE:
        wait_unlocked(x);
        perform(x);
        return;
    case FAULT_WAIT_AFTER:
        perform(x);
        wait_unlocked(x);
        return;
    case FAULT_LATE:
        start_late(x);
        spoil(x);
        return;
    }
}

static json_t *new_entry(exchange *x)
{
    const char *kind = strcmp(x->to.target, "token") == 0    ? "token"
                       : strcmp(x->to.target, "marker") == 0 ? "marker"
                       : x->to.is_write                      ? "write"
                                                             : "read";
    json_t *entry =
        json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:n, s:i, s:I, s:I, s:n}", "n",
                  (json_int_t)json_array_size(x->e->requests) + 1, "at",
                  (json_int_t)emu_now_ms(x->e), "method", x->request->method, "path",
                  x->request->uri, "kind", kind, "target", x->to.target, "account",
                  "status", 0, "bytes_in", (json_int_t)x->request->body_length,
                  "bytes_out", (json_int_t)0, "fault");
    json_array_append(x->e->requests, entry);
    return entry;
}

static void close_entry(exchange *x)
{
    bool is_sent = x->response->delivery != DELIVER_NOTHING;
    size_t sent =
        x->response->delivery == DELIVER_CUT ? x->response->cut_at : x->response->length;
    json_object_set_new(x->entry, "status",
                        json_integer(is_sent ? x->response->status : 0));
    json_object_set_new(x->entry, "bytes_out",
                        json_integer(is_sent ? (json_int_t)sent : 0));
    if (x->response->body) {
        free(x->e->last_body);
        x->e->last_body =
            mem_text(x->response->length < 1 << 20 ? x->response->body : "");
    }
}

void serve(emu *e, const http_request *request, http_response *response)
{
    char *path = mem_text(request->uri);
    path[strcspn(path, "?")] = '\0';
    pthread_mutex_lock(&e->lock);
    if (strncmp(path, "/_emu/", 6) == 0) {
        control_run(e, request, path, response);
    } else {
        exchange x = {e,    request, response, path, route_find(request->method, path),
                      NULL, NULL};
        x.entry = new_entry(&x);
        x.fault = json_incref(fault_take(e, x.to.target, path, request->body));
        if (x.fault) {
            json_object_set(x.entry, "fault", json_object_get(x.fault, "kind"));
            under_fault(&x);
        } else {
            perform(&x);
        }
        close_entry(&x);
        json_decref(x.fault);
        json_decref(x.entry);
        route_clear(&x.to);
    }
    pthread_mutex_unlock(&e->lock);
    free(path);
}
