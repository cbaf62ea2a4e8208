#include "control.h"

#include <stdlib.h>
#include <string.h>

#include "area.h"
#include "cell.h"
#include "faults.h"
#include "json.h"
#include "uri.h"

typedef struct order {
    emu *e;
    const json_t *body;
    const json_t *query;
    json_t *answer; /* new reference; NULL: {"ok":true} */
    char *wrong;    /* owned; NULL: all is well */
} order;

book *control_place(const emu *e, const json_t *asked, int *tab, api_error *err)
{
    const char *id = js_text(asked, "id", NULL);
    book *b = id ? emu_book(e, id) : e->book_count > 0 ? e->books[0] : NULL;
    const json_t *wanted = json_object_get(asked, "tab");
    if (!b) {
        api_fail(err, 404, "no such document");
        return NULL;
    }
    *tab = !wanted                  ? 0
           : json_is_number(wanted) ? book_find_tab(b, json_integer_value(wanted))
                                    : book_find_title(b, json_string_value(wanted));
    if (*tab < 0) {
        api_fail(err, 404, "no such tab");
        return NULL;
    }
    return b;
}

static void add_fault(order *o)
{
    if (!json_is_array(o->body)) {
        o->wrong = fault_add(o->e, o->body);
        return;
    }
    size_t i;
    json_t *fault;
    json_array_foreach(js_mutable(o->body), i, fault)
    {
        if (!o->wrong)
            o->wrong = fault_add(o->e, fault);
    }
}

static void list_faults(order *o)
{
    o->answer = json_pack("{s:O}", "faults", o->e->faults);
}

static void clear_faults(order *o)
{
    json_array_clear(o->e->faults);
}

static void list_requests(order *o)
{
    o->answer = json_pack("{s:O}", "requests", o->e->requests);
}

static void reset_requests(order *o)
{
    json_array_clear(o->e->requests);
}

static void list_applied(order *o)
{
    o->answer = json_pack("{s:O}", "applied", o->e->apply_log);
}

static void reset_applied(order *o)
{
    json_array_clear(o->e->apply_log);
}

static void edit(order *o)
{
    o->wrong = people_edit(o->e, o->body);
}

static void prefill(order *o)
{
    o->wrong = people_prefill(o->e, o->body);
}

/* The query of GET /_emu/sheet as the object that control_place reads. */
static json_t *asked_place(const order *o)
{
    static const char *const names[] = {"id", "tab"};
    json_t *asked = json_object();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_t *first = json_array_get(json_object_get(o->query, names[i]), 0);
        if (first)
            json_object_set(asked, names[i], first);
    }
    return asked;
}

static json_t *all_rows(const grid_tab *t)
{
    json_t *rows = json_array();
    int used = tab_used_rows(t);
    for (int r = 0; r < used; r++) {
        json_t *line = json_array();
        for (int k = 0; t->rows[r] && k < t->rows[r]->count; k++) {
            const grid_cell *c = tab_cell(t, r, k);
            if (cell_is_blank(c))
                continue;
            while (json_array_size(line) < (size_t)k)
                json_array_append_new(line, json_null());
            json_array_append(line, c->v);
        }
        json_array_append_new(rows, line);
    }
    return rows;
}

static void show_sheet(order *o)
{
    api_error err = {0};
    int index;
    json_t *asked = asked_place(o);
    const book *b = control_place(o->e, asked, &index, &err);
    json_decref(asked);
    if (!b) {
        o->wrong = mem_text(err.message);
        api_error_clear(&err);
        return;
    }
    json_t *tabs = json_array();
    for (int i = 0; i < b->tab_count; i++)
        json_array_append_new(tabs, json_pack("{s:I, s:s}", "sheetId", b->tabs[i]->id,
                                              "title", b->tabs[i]->title));
    const grid_tab *t = b->tabs[index];
    o->answer = json_pack("{s:s, s:I, s:s, s:i, s:i, s:o, s:O, s:O, s:o}", "id", b->id,
                          "sheetId", t->id, "title", t->title, "rowCount", t->row_count,
                          "columnCount", t->column_count, "rows", all_rows(t), "metadata",
                          b->metadata, "parts", t->parts, "tabs", tabs);
}

static void take_snapshot(order *o)
{
    emu *e = o->e;
    const char *id = js_text(o->body, "id", NULL);
    book *b = id ? emu_book(e, id) : e->book_count > 0 ? e->books[0] : NULL;
    if (!b) {
        o->wrong = mem_text("no such document");
        return;
    }
    e->kept = mem_resize(e->kept, (size_t)e->kept_count + 1, sizeof(book *));
    e->kept[e->kept_count] = book_fork(b);
    o->answer = json_pack("{s:i}", "snapshot", e->kept_count++);
}

static void restore(order *o)
{
    json_int_t number = js_int(o->body, "snapshot", -1);
    book *b = number >= 0 && number < o->e->kept_count
                  ? emu_book(o->e, o->e->kept[number]->id)
                  : NULL;
    if (b)
        book_commit(b, book_fork(o->e->kept[number]));
    else
        o->wrong = mem_text("no such snapshot");
}

static void show_accounts(order *o)
{
    o->answer = json_object();
    json_t *list = json_array();
    for (int i = 0; i < o->e->account_count; i++)
        json_array_append_new(list, json_string(o->e->accounts[i]->email));
    json_object_set_new(o->answer, "accounts", list);
}

static void set_accounts(order *o)
{
    const char *who = js_text(o->body, "account", NULL);
    for (int i = 0; i < o->e->account_count; i++) {
        account *a = o->e->accounts[i];
        if (who && strcmp(who, a->email) != 0)
            continue;
        a->is_disabled = js_bool(o->body, "account_disabled", a->is_disabled);
        a->is_key_revoked = js_bool(o->body, "key_revoked", a->is_key_revoked);
    }
}

/* What keeps the state from being set; the caller frees it. */
static char *wrong_state(const order *o)
{
    static const char *const members[] = {"clock_advance_s",
                                          "quota",
                                          "token_ttl_s",
                                          "race_ms",
                                          "api_disabled",
                                          "account",
                                          "account_disabled",
                                          "key_revoked",
                                          "xlsx",
                                          "xlsx_on",
                                          "metadata_delete_missing",
                                          "base_url",
                                          "release",
                                          NULL};
    const char *stranger = js_stranger(o->body, members);
    const char *office = js_text(o->body, "xlsx", NULL);
    const char *who = js_text(o->body, "account", NULL);
    if (stranger)
        return mem_format("unknown member \"%s\" of the state", stranger);
    if (office && !emu_book(o->e, office))
        return mem_text("no such document");
    if (who && !emu_account(o->e, who))
        return mem_text("no such account");
    return NULL;
}

static void set_state(order *o)
{
    emu *e = o->e;
    o->wrong = wrong_state(o);
    if (o->wrong)
        return;
    const char *office = js_text(o->body, "xlsx", NULL);
    const char *missing = js_text(o->body, "metadata_delete_missing", NULL);
    e->clock_offset_ms += (int64_t)(js_real(o->body, "clock_advance_s", 0) * 1000.0);
    e->is_api_disabled = js_bool(o->body, "api_disabled", e->is_api_disabled);
    e->token_ttl_s = (int)js_int(o->body, "token_ttl_s", e->token_ttl_s);
    e->race_ms = (int)js_int(o->body, "race_ms", e->race_ms);
    e->quota = (int)js_int(o->body, "quota", e->quota);
    const char *base = js_text(o->body, "base_url", NULL);
    if (base) {
        free(e->base_url);
        e->base_url = mem_text(base);
    }
    if (js_bool(o->body, "release", false))
        emu_release_pauses();
    if (missing)
        e->refuses_missing_metadata = strcmp(missing, "refuse") == 0;
    if (office)
        emu_book(e, office)->is_office_file = js_bool(o->body, "xlsx_on", true);
    set_accounts(o);
    o->answer = json_pack("{s:I, s:i, s:i}", "now_ms", (json_int_t)emu_now_ms(e),
                          "token_ttl_s", e->token_ttl_s, "quota", e->quota);
}

static const struct {
    const char *method;
    const char *path;
    void (*run)(order *o);
} orders[] = {
    {"POST", "/_emu/fault", add_fault},
    {"GET", "/_emu/faults", list_faults},
    {"DELETE", "/_emu/faults", clear_faults},
    {"GET", "/_emu/requests", list_requests},
    {"POST", "/_emu/requests/reset", reset_requests},
    {"GET", "/_emu/apply-log", list_applied},
    {"POST", "/_emu/apply-log/reset", reset_applied},
    {"GET", "/_emu/sheet", show_sheet},
    {"POST", "/_emu/snapshot", take_snapshot},
    {"POST", "/_emu/restore", restore},
    {"GET", "/_emu/accounts", show_accounts},
    {"POST", "/_emu/prefill", prefill},
    {"POST", "/_emu/people", edit},
    {"POST", "/_emu/state", set_state},
};

void control_run(emu *e, const http_request *request, const char *path,
                 http_response *response)
{
    const char *mark = strchr(request->uri, '?');
    json_t *query = uri_query(mark ? mark + 1 : "");
    json_t *body = json_loadb(request->body ? request->body : "", request->body_length,
                              JSON_ALLOW_NUL, NULL);
    order o = {e, body, query, NULL, NULL};
    size_t i = 0;
    size_t count = sizeof orders / sizeof orders[0];
    while (i < count && (strcmp(orders[i].path, path) != 0 ||
                         strcmp(orders[i].method, request->method) != 0))
        i++;
    if (i == count)
        o.wrong = mem_text("no such control");
    else if (request->body_length > 0 && !body)
        o.wrong = mem_text("the body is not JSON");
    else
        orders[i].run(&o);
    json_t *answer = o.wrong    ? json_pack("{s:s}", "error", o.wrong)
                     : o.answer ? json_incref(o.answer)
                                : json_pack("{s:b}", "ok", 1);
    http_response_json(response, o.wrong ? 400 : 200, answer, false);
    response->has_length = true;
    json_decref(answer);
    json_decref(o.answer);
    free(o.wrong);
    json_decref(body);
    json_decref(query);
}
