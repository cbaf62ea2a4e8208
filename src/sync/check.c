/*
 * check.c - the sheet against what was logged: a pull of everything asked for, with an
 * eye on each row.
 */
#include <cxlog/period.h>

#include "sync/check_impl.h"

typedef struct checking {
    cx_sync sync;
    cxlog_check *check;
    cxlog_totals *agents; /* everybody who has records */
    int64_t known;        /* records there were when the check began */
    int64_t first_row;    /* of the first page */
    int64_t last_row;     /* pages overlap by a row */
    unsigned char *seen;  /* a bit a record number */
    size_t seen_bytes;
    cx_mix mix;
} checking;

static void checking_clear(checking *c)
{
    cx_sync_clear(&c->sync);
    cxlog_totals_free(c->agents);
    free(c->seen);
}
CXLOG_AUTO_VALUE_DEFINE(checking, checking_clear);

static void note_name(char names[][CXLOG_SUGGESTION_MAX], size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(names[i], name) == 0)
            return;
    }
    if (*count < CXLOG_NAMES_MAX) {
        cxlog_error holder = {0};
        cxlog_suggest(&holder, name); /* cut at a character */
        memcpy(names[(*count)++], holder.suggestions[0], CXLOG_SUGGESTION_MAX);
    }
}

static bool unknown_agent(const checking *c, const cxlog_entry *seen)
{
    const char *agent = cxlog_entry_text(seen, CXLOG_COL_AGENT);
    if (*agent == '\0')
        return false;
    for (size_t i = 0; i < c->agents->row_count; i++) {
        if (strcmp(c->agents->rows[i].key[0], agent) == 0)
            return false;
    }
    note_name(c->check->agents, &c->check->agent_count, agent);
    return true;
}

/* ---- rows ---- */

static void restart(void *context)
{
    checking *c = context;
    int64_t records = c->check->records;
    cxlog_check_clear(c->check);
    c->check->records = records;
    c->first_row = 0;
    c->last_row = 1;
    if (c->seen)
        memset(c->seen, 0, c->seen_bytes);
}

static void take_header(void *context, char *const *header, size_t count)
{
    checking *c = context;
    for (size_t i = CXLOG_COLUMN_COUNT + c->sync.fields.count; i < count; i++) {
        if (header[i] && *header[i])
            note_name(c->check->outside, &c->check->outside_count, header[i]);
    }
}

/* *second: this record's row came by already. */
static cxlog_status see(checking *c, int64_t number, bool *second, cxlog_error *err)
{
    size_t byte = (size_t)number / 8;
    unsigned char bit = (unsigned char)(1U << (number % 8));
    if (byte >= c->seen_bytes) {
        size_t bytes = byte * 2 + 1024;
        unsigned char *grown = realloc(c->seen, bytes);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        memset(grown + c->seen_bytes, 0, bytes - c->seen_bytes);
        c->seen = grown;
        c->seen_bytes = bytes;
    }
    *second = (c->seen[byte] & bit) != 0;
    c->seen[byte] |= bit;
    return CXLOG_OK;
}

static cxlog_status take_edit(checking *c, const cxlog_seen_row *row,
                              const cxlog_record *held, cxlog_error *err)
{
    cxlog_finding *finding;
    cxlog_status status =
        cx_check_keep(c->check, CXLOG_FOUND_EDITED, row->row, &row->entry, &finding, err);
    if (status != CXLOG_OK || !finding)
        return status;
    memcpy(finding->id, cxlog_entry_text(&held->entry, CXLOG_COL_ID), CXLOG_ID_SIZE);
    finding->mine = held->mine;
    finding->readable = row->readable;
    return CXLOG_OK;
}

static cxlog_status take_plain(checking *c, cxlog_finding_kind kind,
                               const cxlog_seen_row *row, cxlog_error *err)
{
    cxlog_finding *finding;
    cxlog_status status =
        cx_check_keep(c->check, kind, row->row, &row->entry, &finding, err);
    if (status != CXLOG_OK || !finding)
        return status;
    finding->readable = row->readable;
    if (kind == CXLOG_FOUND_TYPED)
        finding->unknown_agent = unknown_agent(c, &row->entry);
    else if (kind != CXLOG_FOUND_OTHER)
        memcpy(finding->id, cxlog_entry_text(&row->entry, CXLOG_COL_ID), CXLOG_ID_SIZE);
    return CXLOG_OK;
}

static cxlog_status take_record(checking *c, const cxlog_seen_row *row, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    bool second = false;
    cxlog_status status = cxlog_store_find(
        c->sync.store, cxlog_entry_text(&row->entry, CXLOG_COL_ID), &held, NULL);
    if (status == CXLOG_ERR_VALUE)
        return take_plain(c, CXLOG_FOUND_UNREADABLE, row, err);
    if (status != CXLOG_OK)
        return cxlog_fail(err, status, "a record could not be read from the store");
    status = see(c, held.number, &second, err);
    if (status != CXLOG_OK)
        return status;
    if (second)
        return take_plain(c, CXLOG_FOUND_DUPLICATE, row, err);
    if (held.number > c->known) /* new people are named, and are no difference */
        (void)unknown_agent(c, &row->entry);
    return held.edited ? take_edit(c, row, &held, err) : CXLOG_OK;
}

/* A contact that somebody typed, also when what stands as its time is none (14:20, 30
 * February): a header or a sum has no agent and channel, or has the headings. */
static bool is_typed(const cxlog_seen_row *row)
{
    static const cxlog_column said[] = {CXLOG_COL_AGENT, CXLOG_COL_CHANNEL,
                                        CXLOG_COL_CATEGORY};
    bool whole = true;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const char *text = cxlog_entry_text(&row->entry, said[i]);
        whole = whole && *text != '\0' &&
                strcmp(text, cxlog_column_get(said[i])->heading) != 0;
    }
    return row->contact_like || whole;
}

static cxlog_status take_page(void *context, const cxlog_seen_page *page,
                              cxlog_error *err)
{
    checking *c = context;
    cxlog_status status = CXLOG_OK;
    if (c->first_row == 0)
        c->first_row = page->first;
    for (size_t i = 0; i < page->count && status == CXLOG_OK; i++) {
        const cxlog_seen_row *row = &page->rows[i];
        if (row->row <= c->last_row || row->kind == CXLOG_SEEN_BLANK)
            continue;
        c->last_row = row->row;
        c->check->rows++;
        if (row->kind == CXLOG_SEEN_RECORD)
            status = take_record(c, row, err);
        else
            status = take_plain(c, is_typed(row) ? CXLOG_FOUND_TYPED : CXLOG_FOUND_OTHER,
                                row, err);
    }
    return status;
}

/* ---- the whole ---- */

/* Rows without a record above the first one of the period are of that period too, when
 * they are not very many: what is typed there has no other. */
static cxlog_status reach_up(checking *c, cxlog_error *err)
{
    char id[CXLOG_ID_SIZE] = "";
    int64_t row = c->sync.from_row;
    int64_t least = row - CX_CHECK_PAGE;
    cxlog_status status = CXLOG_OK;
    while (status == CXLOG_OK && *id == '\0' && row > 1 && row > least)
        status = cxlog_store_id_at(c->sync.store, --row, id, err);
    if (*id || row <= 1)
        c->sync.from_row = row;
    return status;
}

static cxlog_status begin(checking *c, const cxlog_sync_options *options, cxlog_day from,
                          cxlog_error *err)
{
    cxlog_counts counts = {0};
    cxlog_query query = {
        .by = {{.kind = CXLOG_BY_AGENT}}, .by_count = 1, .vs = CXLOG_VS_NONE};
    cxlog_status status = cx_sync_begin(&c->sync, options->sheet_id, err);
    if (status == CXLOG_OK)
        status =
            cxlog_period_parse(&query.period, "all", cxlog_day_of(cxlog_wall_now()), err);
    if (status == CXLOG_OK)
        status = cxlog_store_totals(c->sync.store, &query, &c->agents, err);
    if (status == CXLOG_OK)
        status = cxlog_store_counts(c->sync.store, "", 0, &counts, err);
    c->check->records = counts.confirmed;
    c->known = counts.records;
    c->sync.page_rows = CX_CHECK_PAGE;
    c->sync.from_row = 1;
    if (status == CXLOG_OK && from != CXLOG_NO_DAY)
        status = cxlog_store_first_row(c->sync.store, from, &c->sync.from_row, err);
    return status ? status : reach_up(c, err);
}

static cxlog_status count_missing(const checking *c, int64_t *count, cxlog_error *err)
{
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t found = 0;
    cxlog_status status = cxlog_store_missing(c->sync.store, false, &ids, &found, err);
    free(ids);
    *count = (int64_t)found;
    return status;
}

/* What is not where it was may stand above the first row looked at. */
static cxlog_status read_all(checking *c, cxlog_error *err)
{
    int64_t before = 0, after = 0, sent = 0, looked = 0;
    cxlog_status status = count_missing(c, &before, err);
    if (status == CXLOG_OK)
        status = cx_sync_pull(&c->sync, c->sync.from_row == 1, true, err);
    if (status == CXLOG_OK)
        status = count_missing(c, &after, err);
    if (status == CXLOG_OK)
        status = cx_sync_unseen(&c->sync, &sent, &looked, err);
    bool all_seen = after <= before && sent <= looked;
    if (status == CXLOG_OK && !all_seen && c->sync.from_row != 1) {
        c->sync.from_row = 1;
        status = cx_sync_pull(&c->sync, true, false, err);
    }
    return status ? status : cx_sync_looked(&c->sync, err);
}

static cxlog_status add_missing(checking *c, cxlog_error *err)
{
    char(*ids)[CXLOG_ID_SIZE] = NULL;
    size_t count = 0;
    cxlog_status status = cxlog_store_missing(c->sync.store, false, &ids, &count, err);
    for (size_t i = 0; status == CXLOG_OK && i < count; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) held;
        cxlog_record_init(&held);
        cxlog_finding *finding;
        status = cx_check_keep(c->check, CXLOG_FOUND_MISSING, 0, NULL, &finding, err);
        if (status == CXLOG_OK && finding)
            status = cxlog_store_find(c->sync.store, ids[i], &held, err);
        if (status != CXLOG_OK || !finding)
            continue;
        memcpy(finding->id, ids[i], CXLOG_ID_SIZE);
        finding->mine = held.mine;
    }
    free(ids);
    return status;
}

/* The correction that somebody made of an edit may stand far below it: only now is it
 * known which edits are dealt with. *drop: this one is. */
static cxlog_status weigh_edit(checking *c, cxlog_finding *finding, bool *drop,
                               cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_record) held;
    cxlog_record_init(&held);
    cxlog_adoption adoption = {0};
    cxlog_status status = cxlog_store_find(c->sync.store, finding->id, &held, err);
    if (status == CXLOG_OK)
        status = cxlog_store_adoption(c->sync.store, &finding->seen, &adoption, err);
    if (status != CXLOG_OK)
        return status;
    *drop = adoption.done && finding->readable;
    if (*drop)
        return cxlog_store_settled(c->sync.store, held.number, err);
    finding->columns = cx_check_columns(&held.entry, &finding->seen);
    finding->superseded = adoption.superseded;
    finding->unknown_agent = (finding->columns & (UINT32_C(1) << CXLOG_COL_AGENT)) != 0 &&
                             unknown_agent(c, &finding->seen);
    cx_mix_add(&c->mix, finding->columns, &held.entry, &finding->seen);
    return CXLOG_OK;
}

static cxlog_status weigh_edits(checking *c, cxlog_error *err)
{
    cxlog_check *check = c->check;
    size_t kept = 0;
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < check->count; i++) {
        bool drop = false;
        if (check->findings[i].kind == CXLOG_FOUND_EDITED && status == CXLOG_OK)
            status = weigh_edit(c, &check->findings[i], &drop, err);
        if (drop) {
            check->counts[CXLOG_FOUND_EDITED]--;
            cxlog_entry_clear(&check->findings[i].seen);
        } else {
            check->findings[kept++] = check->findings[i];
        }
    }
    check->count = kept;
    return status;
}

bool cx_check_many(const cxlog_check *check, int64_t more)
{
    int64_t limit = check->records / CX_MANY_PARTS;
    if (limit < CX_MANY_ROWS)
        limit = CX_MANY_ROWS;
    int64_t changes = check->counts[CXLOG_FOUND_EDITED] + more;
    for (size_t i = 0; i < check->count; i++)
        changes -= check->findings[i].superseded;
    return check->mixed >= 0 || changes > limit;
}

cxlog_status cxlog_check_run(cxlog_store *store, cxlog_remote *remote,
                             const cxlog_sync_options *options, cxlog_day from,
                             cxlog_check *check, cxlog_sync_result *result,
                             cxlog_error *err)
{
    cxlog_check_clear(check);
    CXLOG_AUTO_VALUE(checking)
    c = {.sync = {.store = store, .remote = remote, .options = options}, .check = check};
    const cx_watch watch = {restart, take_page, take_header, &c};
    cxlog_status status = begin(&c, options, from, err);
    c.sync.watch = &watch;
    if (status == CXLOG_OK)
        status = read_all(&c, err);
    if (status == CXLOG_OK)
        status = weigh_edits(&c, err);
    if (status == CXLOG_OK)
        status = cx_check_formulas(&c.sync, check, c.first_row, c.last_row, err);
    if (status == CXLOG_OK)
        status = add_missing(&c, err);
    check->mixed = cx_mix_column(&c.mix);
    check->many = cx_check_many(check, check->counts[CXLOG_FOUND_MISSING]);
    cxlog_status counted = cx_sync_fill_result(&c.sync, result, status ? NULL : err);
    return status ? status : counted;
}
