/*
 * adopt_rows.c - contacts that somebody typed into the sheet get an ID, and rows of
 * records get theirs back, after a second look at the very row: it may have moved or
 * changed since it was read.
 */
#include "sync/check_impl.h"

static cxlog_status fill(cxlog_entry *entry, const char *id, cxlog_error *err)
{
    cxlog_status status = cx_adopt_text(entry, CXLOG_COL_ID, id, err);
    if (status == CXLOG_OK && !entry->text[CXLOG_COL_AGENT])
        status = cx_adopt_text(entry, CXLOG_COL_AGENT, CXLOG_SHEET_AUTHOR, err);
    if (status != CXLOG_OK)
        return status;
    free(entry->text[CXLOG_COL_CORRECTS]);
    entry->text[CXLOG_COL_CORRECTS] = NULL;
    entry->number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
    return cxlog_entry_seal(entry, err);
}

/* A row that can become a record: its entry is complete then. */
static cxlog_status complete(const cx_adopting *a, cxlog_finding *finding,
                             cxlog_entry *entry, bool *good, cxlog_error *err)
{
    cxlog_error said = {0};
    *good = false;
    if (finding->seen.number[CXLOG_COL_CONTACTED_AT] == CXLOG_BLANK)
        cx_check_leave(finding, "%s is no date with a time",
                       cxlog_column_get(CXLOG_COL_CONTACTED_AT)->heading);
    else if (!finding->readable)
        cx_check_leave(finding, "a cell of the row cannot be read");
    else
        *good = cx_adopt_names_known(a, finding);
    if (!*good)
        return CXLOG_OK;
    cxlog_status status = fill(entry, finding->new_id, err);
    if (status != CXLOG_OK)
        return status;
    *good = cxlog_entry_check(entry, cxlog_wall_now(), &said) == CXLOG_OK;
    if (!*good)
        cx_check_leave(finding, "%s", said.message);
    return CXLOG_OK;
}

/* Agent, when it was blank, and the columns from the ID on: nothing that a person wrote
 * is written over. */
static uint32_t columns_of(const cxlog_finding *finding)
{
    uint32_t columns = 0;
    for (int i = CXLOG_COL_ID; i < CXLOG_COLUMN_COUNT; i++)
        columns |= UINT32_C(1) << i;
    if (!finding->seen.text[CXLOG_COL_AGENT])
        columns |= UINT32_C(1) << CXLOG_COL_AGENT;
    return columns;
}

/* *columns to be written, out of the entry; 0: the row is left, and the finding says why.
 * The finding keeps what was read. */
static cxlog_status prepare(const cx_adopting *a, cxlog_finding *finding,
                            cxlog_entry *entry, uint32_t *columns, cxlog_error *err)
{
    bool own = false, good = false;
    *columns = 0;
    if (finding->formula)
        cx_check_leave(finding, "a cell of the row is a formula");
    else if (cxlog_entry_text(&finding->seen, CXLOG_COL_ID)[0] != '\0')
        cx_check_leave(finding, "the cell of its ID holds something else");
    else
        good = true;
    if (!good)
        return CXLOG_OK;
    cxlog_status status = cx_adopt_id(a, finding, &own, err);
    if (status == CXLOG_OK)
        status = cxlog_entry_copy(entry, &finding->seen, err);
    if (status != CXLOG_OK || finding->new_id[0] == '\0')
        return status;
    if (own) {
        *columns = UINT32_C(1) << CXLOG_COL_ID;
        return cx_adopt_text(entry, CXLOG_COL_ID, finding->new_id, err);
    }
    status = complete(a, finding, entry, &good, err);
    if (good)
        *columns = columns_of(finding);
    else
        finding->new_id[0] = '\0';
    return status;
}

typedef struct giving {
    cx_rows rows;
    cxlog_entry entries[CX_ROWS_AT_ONCE];
} giving;

static void giving_clear(giving *g)
{
    for (size_t i = 0; i < CX_ROWS_AT_ONCE; i++)
        cxlog_entry_clear(&g->entries[i]);
    free(g);
}
CXLOG_AUTO_DEFINE(giving, giving_clear);

/* The next pull must not begin below them, be it that of a later run. Findings stand in
 * rising order, so what is noted already stands above. */
static cxlog_status note_given(const cx_adopting *a, const cx_rows *rows,
                               cxlog_error *err)
{
    int64_t noted = 0;
    cxlog_status status = cx_sync_meta_number(a->sync.store, CX_META_GIVEN, &noted, err);
    if (status != CXLOG_OK || noted > 0)
        return status;
    return cx_sync_meta_set_number(a->sync.store, CX_META_GIVEN, rows->findings[0]->row,
                                   err);
}

/* A record that seemed gone stands in the sheet again. */
static void found_again(cxlog_check *check, const char *id)
{
    for (size_t i = 0; i < check->count; i++) {
        cxlog_finding *finding = &check->findings[i];
        if (finding->kind == CXLOG_FOUND_MISSING && strcmp(finding->id, id) == 0)
            finding->fate = CXLOG_FATE_RESTORED;
    }
}

static cxlog_status give(cx_adopting *a, cx_rows *rows, cxlog_error *err)
{
    cxlog_status status = note_given(a, rows, err);
    if (status == CXLOG_OK)
        status = cx_adopt_write(a, rows, err);
    for (size_t i = 0; i < rows->count; i++) {
        cxlog_finding *finding = rows->findings[i];
        if (status != CXLOG_OK || !rows->same[i]) {
            finding->new_id[0] = '\0';
            continue;
        }
        finding->fate = CXLOG_FATE_GIVEN;
        found_again(&a->result->check, finding->new_id);
        a->result->given++;
    }
    return status;
}

static cxlog_status gather(cx_adopting *a, giving *g, size_t *next, cxlog_error *err)
{
    cxlog_check *check = &a->result->check;
    cx_rows *rows = &g->rows;
    for (; *next < check->count && rows->count < CX_ROWS_AT_ONCE; (*next)++) {
        cxlog_finding *finding = &check->findings[*next];
        cxlog_entry *entry = &g->entries[rows->count];
        uint32_t columns = 0;
        if (finding->kind != CXLOG_FOUND_TYPED)
            continue;
        cxlog_status status = prepare(a, finding, entry, &columns, err);
        if (status != CXLOG_OK)
            return status;
        if (columns == 0) {
            cxlog_entry_clear(entry);
            continue;
        }
        rows->findings[rows->count] = finding;
        rows->fills[rows->count++] =
            (cxlog_fill){.row = finding->row, .columns = columns, .entry = entry};
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
        for (size_t i = 0; i < CX_ROWS_AT_ONCE; i++)
            cxlog_entry_init(&g->entries[i]);
        status = gather(a, g, &next, err);
        if (status == CXLOG_OK && g->rows.count > 0)
            status = give(a, &g->rows, err);
    }
    return status;
}
