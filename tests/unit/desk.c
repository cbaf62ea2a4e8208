#include "desk.h"

#include <stdio.h>
#include <unistd.h>

#include "core/seam.h"
#include "emulator/book.h"
#include "emulator/control.h"
#include "emulator/json.h"
#include "emulator/oauth.h"
#include "folder.h"
#include "inner_http.h"
#include "seeded.h"

#define URL "http://127.0.0.1:1"
#define START_MS INT64_C(1795225920000) /* 2026-11-21 */

static emu server;
static book *kept;
static int64_t now_ms;
static seeded chance;

/* ---- the world ---- */

static int64_t desk_clock(void)
{
    return now_ms;
}

static int draw(void *buffer, size_t count)
{
    unsigned char *bytes = buffer;
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)seeded_next(&chance);
    return 0;
}

static void nap(int64_t ms)
{
    now_ms += ms;
}

/* ---- the server ---- */

/* The server's clock is the desk's. */
static void set_clock(void)
{
    server.clock_offset_ms += now_ms - emu_now_ms(&server);
}

static void open_server(const char *key_path)
{
    emu_init(&server);
    inner_http_use(&server, set_clock, NULL);
    free(server.base_url);
    server.base_url = mem_text(URL);
    server.zone = "Etc/GMT";
    assert_true(oauth_add_account(&server, key_path));
    const book *b = emu_add_book(&server, DESK_SHEET, "CX 상담");
    assert_non_null(b);
    json_object_set_new(b->shares, server.accounts[0]->email, json_string("writer"));
}

/* ---- the machine ---- */

static void must(cxlog_status status, const cxlog_error *err)
{
    if (status != CXLOG_OK)
        fail_msg("%s: %s", cxlog_status_name(status), err->message);
}

static void open_store(desk *d)
{
    const cxlog_store_options options = {
        .path = d->path, .busy_ms = 1000, .create = true};
    d->err = (cxlog_error){0};
    must(cxlog_store_open(&d->store, &options, &d->err), &d->err);
}

static void open_remote(desk *d)
{
    const cxlog_google_options options = {.sheet_id = DESK_SHEET,
                                          .key_path = d->key_path,
                                          .api = URL,
                                          .deadline_ms = INT64_C(1000) << 40};
    must(cxlog_google_open(&d->remote, &options, &d->err), &d->err);
}

cxlog_status desk_sets_up(desk *d, cxlog_setup_result *result)
{
    d->err = (cxlog_error){0};
    return cxlog_sync_setup(d->store, d->remote, &d->options, false, result, &d->err);
}

static void set_up(desk *d)
{
    cxlog_setup_result made;
    must(desk_sets_up(d, &made), &d->err);
}

desk *desk_new(void)
{
    static const cx_seam seam = {desk_clock, desk_clock, draw, nap};
    cx_seam_use(&seam);
    now_ms = START_MS;
    chance.state = 1;
    cxlog_error err = {0};
    must(cxlog_zone_use("Asia/Seoul", &err), &err);
    desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    folder_make(d->folder, sizeof d->folder, "desk");
    snprintf(d->path, sizeof d->path, "%s/cxlog.db", d->folder);
    snprintf(d->kept_path, sizeof d->kept_path, "%s/kept.db", d->folder);
    snprintf(d->key_path, sizeof d->key_path, "%s/key.json", d->folder);
    d->options = (cxlog_sync_options){
        .sheet_id = DESK_SHEET, .zone = "Asia/Seoul", .backoff_ms = 1000};
    open_server(d->key_path);
    open_store(d);
    open_remote(d);
    return d;
}

desk *desk_open(void)
{
    desk *d = desk_new();
    set_up(d);
    return d;
}

void desk_forgets(desk *d)
{
    cxlog_store_close(d->store);
    unlink(d->path);
    open_store(d);
}

void desk_close(desk *d)
{
    static const char *const names[] = {"cxlog.db", "cxlog.db-journal", "kept.db",
                                        "key.json"};
    cxlog_store_close(d->store);
    cxlog_remote_close(d->remote);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", d->folder, names[i]);
        unlink(path);
    }
    rmdir(d->folder);
    free(d);
    if (kept)
        book_free(kept);
    kept = NULL;
    emu_clear(&server);
    cx_seam_use(NULL);
}

void desk_reopens(desk *d)
{
    cxlog_store_close(d->store);
    open_store(d);
}

void desk_keep(desk *d)
{
    if (kept)
        book_free(kept);
    kept = book_fork(server.books[0]);
    copy_file(d->path, d->kept_path);
}

void desk_back(desk *d)
{
    cxlog_store_close(d->store);
    copy_file(d->kept_path, d->path);
    book_commit(server.books[0], book_fork(kept));
    json_array_clear(server.requests);
    json_array_clear(server.apply_log);
    now_ms = START_MS + 3600000;
    chance.state = 7;
    open_store(d);
}

desk *desk_with_records(void)
{
    static const char *const notes[] = {"하나", "둘", "셋", "넷"};
    desk *d = desk_open();
    for (size_t i = 0; i < 4; i++)
        desk_log(d, i % 2 ? "바다" : "하늘", "배송", notes[i]);
    desk_syncs(d);
    return d;
}

cxlog_day desk_today(void)
{
    return cxlog_day_of(cxlog_wall_now());
}

void desk_log(desk *d, const char *agent, const char *category, const char *note)
{
    char id[CXLOG_ID_SIZE];
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    cxlog_entry_init(&entry);
    must(cxlog_id_new(id, &d->err), &d->err);
    entry.number[CXLOG_COL_CONTACTED_AT] = cxlog_wall_now();
    entry.number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    must(cxlog_entry_set(&entry, CXLOG_COL_ID, id, &d->err), &d->err);
    must(cxlog_entry_set(&entry, CXLOG_COL_AGENT, agent, &d->err), &d->err);
    must(cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, category, &d->err), &d->err);
    must(cxlog_entry_set(&entry, CXLOG_COL_CHANNEL, "전화", &d->err), &d->err);
    must(cxlog_entry_set(&entry, CXLOG_COL_RESULT, "해결", &d->err), &d->err);
    must(cxlog_entry_set(&entry, CXLOG_COL_NOTE, note, &d->err), &d->err);
    must(cxlog_entry_seal(&entry, &d->err), &d->err);
    must(cxlog_store_add(d->store, &entry, 1, NULL, &d->err), &d->err);
}

void desk_syncs(desk *d)
{
    cxlog_sync_result result;
    must(cxlog_sync_run(d->store, d->remote, &d->options, &result, &d->err), &d->err);
}

cxlog_remote_ops *desk_between(desk *d, const cxlog_remote_ops **inner)
{
    static cxlog_remote_ops outer;
    *inner = d->remote->ops;
    outer = **inner;
    d->remote->ops = &outer;
    return &outer;
}

/* ---- the person ---- */

void desk_person(const char *tab, const char *order)
{
    json_t *edit = json_loads(order, 0, NULL);
    assert_non_null(edit);
    json_object_set_new(edit, "id", json_string(DESK_SHEET));
    json_object_set_new(edit, "tab", json_string(tab));
    char *wrong = people_edit(&server, edit);
    if (wrong)
        fail_msg("%s: %s", order, wrong);
    json_decref(edit);
}

void desk_cut(const char *tab, int rows)
{
    book *b = server.books[0];
    grid_tab *t = book_tab(b, book_find_title(b, tab));
    tab_resize(t, rows, t->column_count);
}

void desk_add_tab(int32_t id, const char *title)
{
    book_insert_tab(server.books[0], tab_new(id, title, 10, 5), 0);
}

void desk_retitle(const char *title)
{
    json_object_set_new(server.books[0]->props, "title", json_string(title));
}

void desk_drop_charts(const char *tab)
{
    book *b = server.books[0];
    json_object_del(book_tab(b, book_find_title(b, tab))->parts, "charts");
}

static const grid_cell *cell_of(const char *tab, int row, int column)
{
    const book *b = server.books[0];
    int index = book_find_title(b, tab);
    if (index < 0)
        fail_msg("there is no tab %s (the last of %d is %s)", tab, b->tab_count,
                 b->tabs[b->tab_count - 1]->title);
    return tab_cell(b->tabs[index], row, column);
}

const char *desk_cell(const char *tab, int row, int column)
{
    const grid_cell *cell = cell_of(tab, row, column);
    const char *text = cell && cell->v ? json_string_value(cell->v) : NULL;
    return text ? text : "";
}

bool desk_number(const char *tab, int row, int column, double *out)
{
    const grid_cell *cell = cell_of(tab, row, column);
    if (!cell || !json_is_number(cell->v))
        return false;
    *out = json_number_value(cell->v);
    return true;
}

bool desk_has_choices(const char *tab, int row, int column)
{
    const grid_cell *cell = cell_of(tab, row, column);
    return cell && js_has(cell->x, "dataValidation");
}

static void show(buf *out, const char *what, const json_t *value)
{
    if (!value)
        return;
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS);
    assert_non_null(text);
    buf_text(out, what);
    buf_text(out, text);
    buf_text(out, "\n");
    free(text);
}

static void show_tab(buf *out, const grid_tab *tab)
{
    buf_text(out, tab->title);
    buf_text(out, "\n");
    show(out, "props ", tab->props);
    show(out, "parts ", tab->parts);
    show(out, "columns ", tab->columns);
    for (int row = 0; row < tab->row_count; row++) {
        for (int column = 0; column < tab->column_count; column++) {
            const grid_cell *cell = tab_cell(tab, row, column);
            char place[64];
            if (!cell)
                continue;
            snprintf(place, sizeof place, "%s %d,%d ", tab->title, row, column);
            show(out, place, cell->v);
            show(out, place, cell->x);
        }
    }
}

char *desk_picture(void)
{
    const book *b = server.books[0];
    buf out = {0};
    show(&out, "", b->props);
    for (int i = 0; i < b->tab_count; i++)
        show_tab(&out, b->tabs[i]);
    return out.data;
}

int desk_writes(void)
{
    int writes = (int)json_array_size(server.apply_log);
    json_array_clear(server.apply_log);
    return writes;
}

cxlog_close_result desk_closes(desk *d, bool accept, cxlog_status wanted)
{
    cxlog_close_result result = {0};
    const cxlog_close_options options = {
        .sync = &d->options, .agent = "하늘", .day = desk_today(), .accept = accept};
    d->err = (cxlog_error){0};
    cxlog_status status =
        cxlog_close_run(d->store, d->remote, &options, &result, &d->err);
    if (status != wanted)
        fail_msg("%s: %s", cxlog_status_name(status), d->err.message);
    return result;
}

int desk_setup(void **state)
{
    *state = desk_with_records();
    return 0;
}

int desk_teardown(void **state)
{
    desk_close(*state);
    return 0;
}
