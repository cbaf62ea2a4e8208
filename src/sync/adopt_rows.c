/*
 * adopt_rows.c - contacts that somebody typed into the sheet get an ID, after a second
 * look at the very row: it may have moved or changed since it was read.
 */
#include <inttypes.h>
#include <stdio.h>

#include "sync/check_impl.h"

#define ROWS_AT_ONCE 100

/* What an ID is made of must not change between two machines that see the same row: its
 * content, and which of several equal rows it is. */
static cxlog_status derive_id(const cx_adopting *a, cxlog_finding *finding,
                              cxlog_error *err)
{
    const cxlog_check *check = &a->result->check;
    char checksum[CXLOG_CHECKSUM_SIZE], other[CXLOG_CHECKSUM_SIZE];
    char key[64];
    int equal = 0;
    cxlog_status status = cxlog_entry_checksum(checksum, &finding->seen, err);
    for (size_t i = 0; status == CXLOG_OK && &check->findings[i] != finding; i++) {
        if (check->findings[i].kind != CXLOG_FOUND_TYPED)
            continue;
        status = cxlog_entry_checksum(other, &check->findings[i].seen, err);
        equal += status == CXLOG_OK && strcmp(checksum, other) == 0;
    }
    (void)snprintf(key, sizeof key, "typed:%s:%d", checksum, equal);
    return status ? status
                  : cxlog_id_derive(finding->new_id,
                                    finding->seen.number[CXLOG_COL_CONTACTED_AT],
                                    CXLOG_SHEET_AUTHOR, key, err);
}

static cxlog_status fill(cxlog_entry *entry, const char *id, cxlog_error *err)
{
    struct {
        cxlog_column column;
        const char *text;
    } cells[] = {{CXLOG_COL_ID, id}, {CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR}};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        if (cells[i].column == CXLOG_COL_AGENT && entry->text[CXLOG_COL_AGENT])
            continue;
        char *copy = strdup(cells[i].text);
        if (!copy)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        free(entry->text[cells[i].column]);
        entry->text[cells[i].column] = copy;
    }
    free(entry->text[CXLOG_COL_CORRECTS]);
    entry->text[CXLOG_COL_CORRECTS] = NULL;
    entry->number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    return cxlog_entry_seal(entry, err);
}

/* *good: the row can become a record. Its entry is complete then, and the finding keeps
 * what was read. */
static cxlog_status prepare(const cx_adopting *a, cxlog_finding *finding,
                            cxlog_entry *entry, bool *good, cxlog_error *err)
{
    *good = false;
    if (finding->formula)
        cx_check_leave(finding, "a cell of the row is a formula");
    else if (!finding->readable)
        cx_check_leave(finding, "a cell of the row cannot be read");
    else if (cxlog_entry_text(&finding->seen, CXLOG_COL_ID)[0] != '\0')
        cx_check_leave(finding, "the cell of its ID holds something else");
    else
        *good = cx_adopt_names_known(a, finding);
    if (!*good)
        return CXLOG_OK;
    cxlog_error said = {0};
    cxlog_status status = derive_id(a, finding, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(entry, &finding->seen, err);
    if (status == CXLOG_OK)
        status = fill(entry, finding->new_id, err);
    if (status != CXLOG_OK)
        return status;
    *good = cxlog_entry_check(entry, cxlog_wall_now(), &said) == CXLOG_OK;
    if (!*good)
        cx_check_leave(finding, "%s", said.message);
    return CXLOG_OK;
}

static cxlog_status read_rows(const cx_adopting *a, int64_t first, int64_t last,
                              cxlog_reading **out, cxlog_error *err)
{
    const cx_sync *sync = &a->sync;
    cxlog_read what = {
        .log_tab = sync->log_tab,
        .scheme_tab = sync->scheme_tab,
        .log_from = first,
        .log_to = last,
        .fields = (const char *const *)sync->fields.names,
        .field_count = sync->fields.count,
    };
    return sync->remote->ops->read(sync->remote, &what, out, err);
}

static bool stands(const cxlog_reading *reading, const cxlog_finding *finding)
{
    for (size_t i = 0; i < reading->page.count; i++) {
        const cxlog_seen_row *row = &reading->page.rows[i];
        if (row->row == finding->row)
            return cxlog_entry_same(&row->entry, &finding->seen);
    }
    return false;
}

/* Findings stand in rising order: as many as fit into a page are read at once. */
cxlog_status cx_adopt_look_again(cx_adopting *a, cxlog_finding *const *findings,
                                 size_t count, bool *same, cxlog_error *err)
{
    for (size_t first = 0, end; first < count; first = end) {
        end = first + 1;
        while (end < count && findings[end]->row - findings[first]->row < CX_SYNC_PAGE)
            end++;
        CXLOG_AUTO(cxlog_reading) *reading = NULL;
        cxlog_status status =
            read_rows(a, findings[first]->row, findings[end - 1]->row, &reading, err);
        if (status != CXLOG_OK)
            return status;
        for (size_t i = first; i < end; i++)
            same[i] = stands(reading, findings[i]);
    }
    return CXLOG_OK;
}

typedef struct giving {
    cxlog_finding *findings[ROWS_AT_ONCE];
    cxlog_entry entries[ROWS_AT_ONCE];
    bool same[ROWS_AT_ONCE];
    size_t count;
} giving;

static void giving_clear(giving *g)
{
    for (size_t i = 0; i < ROWS_AT_ONCE; i++)
        cxlog_entry_clear(&g->entries[i]);
    free(g);
}
CXLOG_AUTO_DEFINE(giving, giving_clear);

/* Agent, when it was blank, and the columns from the ID on: nothing that a person wrote
 * is written over. */
static size_t edits_of(const cx_adopting *a, const giving *g, size_t index,
                       cxlog_edit *edits)
{
    const cxlog_finding *finding = g->findings[index];
    size_t count = 0;
    const struct {
        int first, columns;
        bool needed;
    } parts[] = {
        {CXLOG_COL_AGENT, 1, !finding->seen.text[CXLOG_COL_AGENT]},
        {CXLOG_COL_ID, CXLOG_COLUMN_COUNT - CXLOG_COL_ID, true},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!parts[i].needed)
            continue;
        edits[count++] = (cxlog_edit){
            .kind = CXLOG_EDIT_RECORD,
            .area = {a->sync.log_tab, finding->row - 1, 1, parts[i].first,
                     parts[i].columns},
            .entry = &g->entries[index],
            .fields = (const char *const *)a->sync.fields.names,
            .field_count = a->sync.fields.count,
        };
    }
    return count;
}

/* The next pull must not begin below them, be it that of a later run. Findings stand in
 * rising order, so what is noted already stands above. */
static cxlog_status note_given(const cx_adopting *a, const giving *g, cxlog_error *err)
{
    int64_t noted = 0;
    size_t first = 0;
    cxlog_status status = cx_sync_meta_number(a->sync.store, CX_META_GIVEN, &noted, err);
    if (status != CXLOG_OK || noted > 0)
        return status;
    while (!g->same[first])
        first++;
    return cx_sync_meta_set_number(a->sync.store, CX_META_GIVEN, g->findings[first]->row,
                                   err);
}

static cxlog_status give(cx_adopting *a, giving *g, cxlog_error *err)
{
    cxlog_edit edits[2 * ROWS_AT_ONCE];
    size_t count = 0;
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    cxlog_status status = cx_adopt_look_again(a, g->findings, g->count, g->same, err);
    for (size_t i = 0; status == CXLOG_OK && i < g->count; i++) {
        if (g->same[i])
            count += edits_of(a, g, i, edits + count);
        else
            cx_check_leave(g->findings[i], "the row changed while it was looked at");
    }
    if (status != CXLOG_OK || count == 0)
        return status;
    status = note_given(a, g, err);
    if (status == CXLOG_OK)
        status = a->sync.remote->ops->edit(a->sync.remote, edits, count, &answer, err);
    for (size_t i = 0; status == CXLOG_OK && i < g->count; i++) {
        if (g->same[i])
            g->findings[i]->fate = CXLOG_FATE_GIVEN;
        a->result->given += g->same[i];
    }
    return status;
}

static cxlog_status gather(cx_adopting *a, giving *g, size_t *next, cxlog_error *err)
{
    cxlog_check *check = &a->result->check;
    for (; *next < check->count && g->count < ROWS_AT_ONCE; (*next)++) {
        cxlog_finding *finding = &check->findings[*next];
        bool good = false;
        if (finding->kind != CXLOG_FOUND_TYPED)
            continue;
        cxlog_status status = prepare(a, finding, &g->entries[g->count], &good, err);
        if (status != CXLOG_OK)
            return status;
        if (!good)
            cxlog_entry_clear(&g->entries[g->count]);
        else
            g->findings[g->count++] = finding;
    }
    return CXLOG_OK;
}

cxlog_status cx_adopt_rows(cx_adopting *a, cxlog_error *err)
{
    cxlog_check *check = &a->result->check;
    cxlog_status status = CXLOG_OK;
    size_t next = 0;
    while (status == CXLOG_OK && next < check->count) {
        CXLOG_AUTO(giving) *g = calloc(1, sizeof *g);
        if (!g)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        for (size_t i = 0; i < ROWS_AT_ONCE; i++)
            cxlog_entry_init(&g->entries[i]);
        status = gather(a, g, &next, err);
        if (status == CXLOG_OK && g->count > 0)
            status = give(a, g, err);
    }
    return status;
}
