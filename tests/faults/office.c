/*
 * office.c - the emulator as the team's server, some way off, and what it was asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/seam.h"
#include "emulator/book.h"
#include "emulator/json.h"
#include "emulator/oauth.h"
#include "fullteam.h"
#include "unit/inner_http.h"

#define TRAVEL_MS 60    /* each way, at least */
#define TRAVEL_MORE 400 /* and up to so much more */

static emu server;

static void travel(void)
{
    cx_sleep_ms(TRAVEL_MS + (int64_t)(crowd_chance() % TRAVEL_MORE));
}

/* The emulator's clock is the crowd's. */
static void set_clock(void)
{
    server.clock_offset_ms += crowd_now_ms() - emu_now_ms(&server);
}

static void arrive(void)
{
    travel();
    set_clock();
}

void office_open(const char *key_path, int quota)
{
    emu_init(&server);
    inner_http_use(&server, arrive, travel);
    server.quota = quota;
    free(server.base_url);
    server.base_url = mem_text(OFFICE_URL);
    const book *b = NULL;
    if (oauth_add_account(&server, key_path))
        b = emu_add_book(&server, OFFICE_SHEET, "full team");
    if (!b)
        exit(2);
    json_object_set_new(b->shares, server.accounts[0]->email, json_string("writer"));
}

void office_close(void)
{
    emu_clear(&server);
}

void office_quota(int quota)
{
    server.quota = quota;
}

typedef struct minute {
    int64_t number, reads, writes;
} minute;

static void count_request(office_report *report, minute *now, const json_t *request)
{
    const char *kind = js_text(request, "kind", "");
    bool writes = strcmp(kind, "write") == 0;
    if (strcmp(kind, "token") == 0)
        return;
    int64_t number = js_int(request, "at", 0) / 60000;
    if (number != now->number)
        *now = (minute){.number = number};
    int64_t *here = writes ? &now->writes : &now->reads;
    int64_t *peak = writes ? &report->write_peak : &report->read_peak;
    (*here)++;
    if (*here > *peak)
        *peak = *here;
    (*(writes ? &report->writes : &report->reads))++;
    report->refused += js_int(request, "status", 0) == 429;
}

static void count_push(office_report *report, const json_t *applied)
{
    json_int_t n = js_int(applied, "request", 1) - 1;
    const json_t *request = json_array_get(server.requests, (size_t)n);
    bool marked = false; /* a batch of records has a marker; 누적 has none */
    int64_t rows = 0;
    size_t i;
    json_t *op;
    json_array_foreach(json_object_get(js_mutable(applied), "ops"), i, op)
    {
        const char *kind = js_text(op, "op", "");
        marked = marked || strcmp(kind, "createDeveloperMetadata") == 0;
        if (strcmp(kind, "updateCells") == 0)
            rows += (int64_t)json_array_size(json_object_get(op, "values"));
    }
    if (!marked)
        return;
    report->pushes++;
    report->records += rows;
    report->last_push_ms = js_int(request, "at", 0);
}

office_report office_tell(void)
{
    office_report report = {0};
    minute now = {0};
    size_t i;
    json_t *entry;
    json_array_foreach(server.requests, i, entry)
    {
        count_request(&report, &now, entry);
    }
    json_array_foreach(server.apply_log, i, entry)
    {
        count_push(&report, entry);
    }
    json_array_clear(server.requests);
    json_array_clear(server.apply_log);
    return report;
}
