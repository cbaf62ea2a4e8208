/*
 * totals_tab.c - 누적 and 대시보드 brought up to date: one read, and one write when
 * anything is not as it should be. Whatever people did to the tabs, they are found by
 * their ids, made again when gone, and columns in between are left alone.
 */
#include <stdio.h>

#include "sync/tabs_impl.h"

#define LOOK_COLUMNS 40 /* ours and people's own among them */
#define TAB_ROWS 200
#define DASHBOARD_COLUMNS 20
#define DASHBOARD_ROWS 60
#define EDITS_MAX 64
#define ROUNDS 3

/* One round of bringing the tabs up to date. */
typedef struct update {
    cx_sync *sync;
    const cxlog_close_options *options;
    cxlog_close_result *result;
    cxlog_grid grids[2];  /* of 누적 and 대시보드 as they stand */
    cxlog_survey *survey; /* NULL: both tabs are there, as far as is known */
    cx_board board;
    cx_choices choices;
    cx_effective effective;
    char *line; /* of the dashboard */
    char *titles[2];
    int64_t place[CX_TOTALS_COLUMNS];
    cxlog_chart charts[3];
    cxlog_edit edits[EDITS_MAX];
    size_t count;
    cxlog_cell *runs[CX_TOTALS_COLUMNS]; /* cells of the edits */
    size_t run_count;
    cxlog_cell alert;
} update;

static void update_free(update *u)
{
    if (!u)
        return;
    cxlog_grid_clear(&u->grids[0]);
    cxlog_grid_clear(&u->grids[1]);
    cxlog_survey_free(u->survey);
    cx_board_clear(&u->board);
    cx_choices_clear(&u->choices);
    cx_effective_clear(&u->effective);
    for (size_t i = 0; i < u->run_count; i++)
        free(u->runs[i]);
    free(u->titles[0]);
    free(u->titles[1]);
    free(u->line);
    free(u);
}
CXLOG_AUTO_DEFINE(update, update_free);

static const char *cell(const cxlog_grid *grid, size_t row, size_t column)
{
    return row < grid->rows && column < grid->columns
               ? grid->text[row * grid->columns + column]
               : "";
}

static cxlog_edit *add(update *u, cxlog_edit edit)
{
    u->edits[u->count] = edit;
    return &u->edits[u->count++];
}

/* ---- where our columns stand ---- */

/* Gaps follow the column before them. False: a heading is gone, or out of order. */
static bool find_places(update *u)
{
    int64_t next = 0;
    for (size_t i = 0; i < CX_TOTALS_COLUMNS; i++) {
        const char *heading = cx_totals_heading(i);
        int64_t at = next;
        while (*heading && at < LOOK_COLUMNS &&
               strcmp(cell(&u->grids[0], CX_TOTALS_HEAD, (size_t)at), heading) != 0)
            at++;
        if (at >= LOOK_COLUMNS)
            return false;
        u->place[i] = at;
        next = at + 1;
    }
    return true;
}

static void place_anew(update *u)
{
    for (size_t i = 0; i < CX_TOTALS_COLUMNS; i++)
        u->place[i] = (int64_t)i;
}

/* Rows that an earlier close has filled: to its last sum, or the end of the tables. */
static size_t filled_rows(const update *u)
{
    size_t rows = CX_TOTALS_HEAD + 1 + CX_TOTALS_WEEKS;
    for (size_t i = 0; i < u->grids[0].rows; i++) {
        if (i + 1 > rows &&
            strcmp(cell(&u->grids[0], i, (size_t)u->place[0]), CX_TOTALS_SUM) == 0)
            rows = i + 1;
    }
    return rows;
}

/* ---- what differs ---- */

static bool same_cell(const cxlog_cell *want, const char *have)
{
    char text[40];
    switch (want->kind) {
    case CXLOG_CELL_BLANK:
        return *have == '\0';
    case CXLOG_CELL_TEXT:
    case CXLOG_CELL_FORMULA:
        return strcmp(want->text, have) == 0;
    case CXLOG_CELL_NUMBER:
        (void)snprintf(text, sizeof text, "%.0f", want->number);
        return strcmp(text, have) == 0;
    case CXLOG_CELL_SHARE:
        break;
    }
    double difference = strtod(have, NULL) - want->number;
    return *have != '\0' && difference < 1e-9 && difference > -1e-9;
}

static const cxlog_cell *wanted(const update *u, size_t row, size_t column)
{
    static const cxlog_cell blank = {.kind = CXLOG_CELL_BLANK};
    return row < u->board.rows ? &u->board.cells[row * CX_TOTALS_COLUMNS + column]
                               : &blank;
}

static bool totals_differ(const update *u, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < CX_TOTALS_COLUMNS; i++) {
            const cxlog_cell *want = wanted(u, row, i);
            const char *have = cell(&u->grids[0], row, (size_t)u->place[i]);
            bool basis = row == 0 && i == CX_TOTALS_KEY;
            if (basis ? !cx_totals_same_basis(want->text, have) : !same_cell(want, have))
                return true;
        }
    }
    return false;
}

/* ---- edits ---- */

/* Our columns that stand side by side, as one edit. */
static cxlog_status add_run(update *u, size_t first, size_t count, size_t rows,
                            cxlog_error *err)
{
    cxlog_cell *cells = calloc(rows * count, sizeof *cells);
    if (!cells)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    u->runs[u->run_count++] = cells;
    for (size_t i = 0; i < rows * count; i++)
        cells[i] = *wanted(u, i / count, first + i % count);
    (void)add(u, (cxlog_edit){.kind = CXLOG_EDIT_CELLS,
                              .area = {CXLOG_TOTALS_TAB_ID, 0, (int64_t)rows,
                                       u->place[first], (int64_t)count},
                              .cells = cells});
    return CXLOG_OK;
}

static cxlog_status add_totals(update *u, size_t rows, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    int64_t known = u->survey ? 0 : u->grids[0].grid_rows; /* else it has its room */
    if (known > 0 && known < (int64_t)rows)
        (void)add(u, (cxlog_edit){.kind = CXLOG_EDIT_GROW,
                                  .area = {.tab = CXLOG_TOTALS_TAB_ID,
                                           .rows = (int64_t)rows - known}});
    for (size_t first = 0, end; first < CX_TOTALS_COLUMNS && status == CXLOG_OK;
         first = end) {
        end = first + 1;
        while (end < CX_TOTALS_COLUMNS && u->place[end] == u->place[end - 1] + 1)
            end++;
        status = add_run(u, first, end - first, rows, err);
    }
    return status;
}

static cxlog_status add_tab(update *u, size_t which, const char *title, int32_t id,
                            int64_t rows, int64_t columns, int64_t frozen,
                            cxlog_error *err)
{
    cxlog_status status = cx_survey_title(&u->titles[which], u->survey, title, err);
    (void)add(u, (cxlog_edit){.kind = CXLOG_EDIT_TAB,
                              .area = {.tab = id, .rows = rows, .columns = columns},
                              .text = u->titles[which],
                              .number = frozen});
    return status;
}

/* A tab that people made smaller than what is written. */
static void add_room(update *u, const cxlog_tab *tab, int64_t rows, int64_t columns)
{
    if (tab->rows < rows || tab->columns < columns)
        (void)add(u,
                  (cxlog_edit){.kind = CXLOG_EDIT_GROW,
                               .area = {.tab = tab->id,
                                        .rows = rows > tab->rows ? rows - tab->rows : 0,
                                        .columns = columns > tab->columns
                                                       ? columns - tab->columns
                                                       : 0}});
}

/* Tabs that are not there, before anything is written to them. */
static cxlog_status add_missing_tabs(update *u, size_t rows, cxlog_error *err)
{
    if (!u->survey)
        return CXLOG_OK;
    const cxlog_tab *totals = cx_survey_tab(u->survey, CXLOG_TOTALS_TAB_ID);
    const cxlog_tab *dashboard = cx_survey_tab(u->survey, CXLOG_DASHBOARD_TAB_ID);
    int64_t need = (int64_t)rows > TAB_ROWS ? (int64_t)rows : TAB_ROWS;
    cxlog_status status = CXLOG_OK;
    if (totals)
        add_room(u, totals, (int64_t)rows, LOOK_COLUMNS);
    else
        status = add_tab(u, 0, CXLOG_TAB_TOTALS, CXLOG_TOTALS_TAB_ID, need, LOOK_COLUMNS,
                         CX_TOTALS_HEAD + 1, err);
    if (status == CXLOG_OK && dashboard)
        add_room(u, dashboard, 1, 1);
    else if (status == CXLOG_OK)
        status = add_tab(u, 1, CXLOG_TAB_DASHBOARD, CXLOG_DASHBOARD_TAB_ID,
                         DASHBOARD_ROWS, DASHBOARD_COLUMNS, 0, err);
    return status;
}

/* Charts go with a new dashboard; those of an old one learn where a new 누적 has its
 * columns. */
static void add_charts(update *u)
{
    bool totals = u->survey && !cx_survey_tab(u->survey, CXLOG_TOTALS_TAB_ID);
    bool dashboard = u->survey && !cx_survey_tab(u->survey, CXLOG_DASHBOARD_TAB_ID);
    if (dashboard || totals)
        u->count += cx_dashboard_charts(u->edits + u->count, u->charts, u->place,
                                        dashboard ? NULL : u->survey);
}

/* The line of alerts stands where it stood, else in the first row of column A that is
 * free. */
static cxlog_status add_alerts(update *u, cxlog_day day, cxlog_error *err)
{
    const cxlog_grid *grid = &u->grids[1];
    size_t row = 0, free_row = CX_DASHBOARD_LOOK;
    while (row < CX_DASHBOARD_LOOK && strncmp(cell(grid, row, 0), "알림 ", 7) != 0) {
        if (free_row == CX_DASHBOARD_LOOK && *cell(grid, row, 0) == '\0')
            free_row = row;
        row++;
    }
    bool found = row < CX_DASHBOARD_LOOK;
    if ((found && u->options->rule_count == 0) ||
        (!found && free_row == CX_DASHBOARD_LOOK))
        return CXLOG_OK;
    row = found ? row : free_row;
    cxlog_status status =
        cx_dashboard_line(&u->line, u->result->alerts, u->result->alert_count, day, err);
    if (status != CXLOG_OK || strcmp(cell(grid, row, 0), u->line) == 0)
        return status;
    u->alert = (cxlog_cell){
        .kind = CXLOG_CELL_TEXT, .text = u->line, .strong = u->result->alert_count > 0};
    (void)add(u, (cxlog_edit){.kind = CXLOG_EDIT_CELLS,
                              .area = {CXLOG_DASHBOARD_TAB_ID, (int64_t)row, 1, 0, 1},
                              .cells = &u->alert});
    return CXLOG_OK;
}

/* What follows the scheme, when it has grown: drop-downs, and 유효기록's width. A
 * 유효기록 that people deleted stays deleted (`sheet refresh` makes it again). */
static cxlog_status add_scheme(update *u, cxlog_error *err)
{
    bool known = false;
    cxlog_status status = cx_choices_load(&u->choices, u->sync, err);
    if (status == CXLOG_OK)
        status = cx_choices_known(&u->choices, u->sync, &known, err);
    if (status != CXLOG_OK || known)
        return status;
    for (size_t i = 0; i < u->choices.count; i++)
        (void)add(u, u->choices.edits[i]);
    if (u->sync->fields.count > 0 && !u->survey)
        status = u->sync->remote->ops->survey(u->sync->remote, &u->survey, err);
    return status || !u->survey ? status
                                : cx_effective_edits(&u->effective, u->sync, u->survey,
                                                     false, u->edits, &u->count, err);
}

/* ---- a round ---- */

static cxlog_status look(update *u, bool survey, cxlog_error *err)
{
    const cxlog_remote_ops *ops = u->sync->remote->ops;
    const cxlog_area areas[2] = {
        {.tab = CXLOG_TOTALS_TAB_ID, .columns = LOOK_COLUMNS},
        {.tab = CXLOG_DASHBOARD_TAB_ID, .rows = CX_DASHBOARD_LOOK, .columns = 1}};
    bool gone = false;
    cxlog_status status = cx_sync_stopped(u->sync, err);
    if (status == CXLOG_OK)
        status = ops->look(u->sync->remote, areas, 2, u->grids, &gone, err);
    if (status != CXLOG_OK || !(gone || survey))
        return status;
    status = ops->survey(u->sync->remote, &u->survey, err);
    if (status != CXLOG_OK || !gone)
        return status;
    /* One of the two is there perhaps. */
    for (size_t i = 0; i < 2 && status == CXLOG_OK; i++) {
        if (cx_survey_tab(u->survey, areas[i].tab))
            status = ops->look(u->sync->remote, &areas[i], 1, &u->grids[i], &gone, err);
    }
    return status;
}

static cxlog_status gather(update *u, cxlog_error *err)
{
    cxlog_day day = u->options->day;
    bool placed = find_places(u);
    if (!placed)
        place_anew(u);
    cxlog_day stands = cx_totals_day(cell(&u->grids[0], 0, (size_t)u->place[0]));
    /* An earlier day that is closed late must not take the newer numbers away. */
    if (stands != CXLOG_NO_DAY && stands > day &&
        stands <= cxlog_day_of(cxlog_wall_now()))
        day = stands;
    cxlog_status status = cx_totals_build(&u->board, u->sync->store, day, err);
    size_t before = filled_rows(u);
    size_t rows = u->board.rows > before ? u->board.rows : before;
    if (status == CXLOG_OK)
        status = add_missing_tabs(u, rows, err);
    if (status == CXLOG_OK && (!placed || totals_differ(u, rows)))
        status = add_totals(u, rows, err);
    if (status == CXLOG_OK)
        add_charts(u);
    if (status == CXLOG_OK)
        status = add_alerts(u, day, err);
    u->result->totals_written = u->count > 0;
    return status ? status : add_scheme(u, err);
}

/* *again: the tabs are not what they seemed; look closer. */
static cxlog_status send(update *u, bool *again, cxlog_error *err)
{
    cxlog_answer answer = {.outcome = CXLOG_OUTCOME_UNKNOWN};
    cxlog_error said = {0};
    *again = false;
    if (u->count == 0)
        return CXLOG_OK;
    cxlog_status status =
        u->sync->remote->ops->edit(u->sync->remote, u->edits, u->count, &answer, &said);
    if (status == CXLOG_OK)
        return cx_choices_shown(&u->choices, u->sync, err);
    *again = answer.outcome == CXLOG_OUTCOME_NOT_APPLIED &&
             (answer.tab_gone || answer.beyond_grid || answer.marker_taken);
    return *again ? CXLOG_OK : cx_sync_hand_over(err, &said, status);
}

cxlog_status cx_close_tabs(cx_sync *sync, const cxlog_close_options *options,
                           cxlog_close_result *result, cxlog_error *err)
{
    for (int round = 0; round < ROUNDS; round++) {
        CXLOG_AUTO(update) *u = calloc(1, sizeof *u);
        bool again = false;
        if (!u)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        u->sync = sync;
        u->options = options;
        u->result = result;
        cxlog_status status = look(u, round > 0, err);
        if (status == CXLOG_OK)
            status = gather(u, err);
        if (status == CXLOG_OK)
            status = send(u, &again, err);
        if (status != CXLOG_OK || !again)
            return status;
    }
    return cxlog_fail(err, CXLOG_ERR_RETRY,
                      "tab %s keeps changing while it is written: try again",
                      CXLOG_TAB_TOTALS);
}
