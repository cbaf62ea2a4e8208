/*
 * totals_cells.c - what 누적 says: counts of today and of the running periods with the
 * like ones before, per category and per channel, and the tables behind the charts.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "sync/tabs_impl.h"

#define PERIODS 6

static const struct {
    cxlog_period_kind kind;
    const char *now, *before;
} periods[PERIODS] = {
    {CXLOG_PERIOD_DAY, "오늘", "전일"},       {CXLOG_PERIOD_WEEK, "주", "지난주"},
    {CXLOG_PERIOD_MONTH, "월", "지난달"},     {CXLOG_PERIOD_QUARTER, "분기", "지난 분기"},
    {CXLOG_PERIOD_HALF, "반기", "지난 반기"}, {CXLOG_PERIOD_YEAR, "올해", "지난해"},
};

typedef struct counting {
    cx_board *board;
    cxlog_store *store;
    cxlog_day day;
    cxlog_scheme *scheme;
    cxlog_totals *totals[PERIODS];
} counting;

static void counting_clear(counting *c)
{
    cxlog_scheme_free(c->scheme);
    for (size_t i = 0; i < PERIODS; i++)
        cxlog_totals_free(c->totals[i]);
}
CXLOG_AUTO_VALUE_DEFINE(counting, counting_clear);

void cx_board_clear(cx_board *board)
{
    for (size_t i = 0; i < board->owned_count; i++)
        free(board->owned[i]);
    free(board->owned);
    free(board->cells);
    *board = (cx_board){0};
}

const char *cx_totals_heading(size_t column)
{
    if (column == CX_TOTALS_KEY)
        return "구분";
    if (column < CX_TOTALS_GAP) {
        size_t at = column - CX_TOTALS_FIRST;
        return at % 2 == 0 ? periods[at / 2].now : periods[at / 2].before;
    }
    switch (column) {
    case CX_TOTALS_TOP:
        return "많은 구분";
    case CX_TOTALS_TOP_COUNT:
        return "올해 건수";
    case CX_TOTALS_WEEK:
        return "주차";
    case CX_TOTALS_WEEK_COUNT:
        return "주 건수";
    case CX_TOTALS_FCR:
        return "1차 해결률";
    default:
        return "";
    }
}

/* ---- cells ---- */

static cxlog_status need_row(cx_board *board, size_t row, cxlog_error *err)
{
    if (row >= board->room) {
        size_t room = (row + 1) * 2;
        cxlog_cell *grown =
            realloc(board->cells, room * CX_TOTALS_COLUMNS * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        memset(grown + board->room * CX_TOTALS_COLUMNS, 0,
               (room - board->room) * CX_TOTALS_COLUMNS * sizeof *grown);
        board->cells = grown;
        board->room = room;
    }
    if (row >= board->rows)
        board->rows = row + 1;
    return CXLOG_OK;
}

static cxlog_status put(cx_board *board, size_t row, size_t column, cxlog_cell cell,
                        cxlog_error *err)
{
    cxlog_status status = need_row(board, row, err);
    if (status != CXLOG_OK)
        return status;
    if (cell.text) {
        char **grown = realloc(board->owned, (board->owned_count + 1) * sizeof *grown);
        if (!grown)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        board->owned = grown;
        char *copy = strdup(cell.text);
        if (!copy)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
        grown[board->owned_count++] = copy;
        cell.text = copy;
    }
    board->cells[row * CX_TOTALS_COLUMNS + column] = cell;
    return CXLOG_OK;
}

static cxlog_status put_text(cx_board *board, size_t row, size_t column, const char *text,
                             bool strong, cxlog_error *err)
{
    return put(board, row, column,
               (cxlog_cell){.kind = CXLOG_CELL_TEXT, .text = text, .strong = strong},
               err);
}

static cxlog_status put_number(cx_board *board, size_t row, size_t column, int64_t number,
                               bool strong, cxlog_error *err)
{
    return put(board, row, column,
               (cxlog_cell){.kind = CXLOG_CELL_NUMBER,
                            .number = (double)(number == CXLOG_BLANK ? 0 : number),
                            .strong = strong},
               err);
}

/* ---- counts ---- */

static cxlog_status count_all(counting *c, cxlog_by_kind by, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < PERIODS && status == CXLOG_OK; i++) {
        cxlog_query query = {.period = cxlog_period_of(periods[i].kind, c->day),
                             .by = {{.kind = by}},
                             .by_count = 1,
                             .vs = CXLOG_VS_PREVIOUS};
        cxlog_totals_free(c->totals[i]);
        c->totals[i] = NULL;
        status = cxlog_store_totals(c->store, &query, &c->totals[i], err);
    }
    return status;
}

static const cxlog_total_row *find_row(const cxlog_totals *totals, const char *key)
{
    for (size_t i = 0; i < totals->row_count; i++) {
        if (strcmp(totals->rows[i].key[0], key) == 0)
            return &totals->rows[i];
    }
    return NULL;
}

/* key NULL: the totals' own. */
static cxlog_status put_counts(counting *c, size_t row, const char *key, cxlog_error *err)
{
    cxlog_status status = put_text(c->board, row, CX_TOTALS_KEY,
                                   !key   ? CX_TOTALS_SUM
                                   : *key ? key
                                          : "(없음)",
                                   !key, err);
    for (size_t i = 0; i < PERIODS && status == CXLOG_OK; i++) {
        const cxlog_total_row *found =
            key ? find_row(c->totals[i], key) : &c->totals[i]->total;
        size_t column = CX_TOTALS_FIRST + 2 * i;
        status = put_number(c->board, row, column, found ? found->count : 0, !key, err);
        if (status == CXLOG_OK)
            status = put_number(c->board, row, column + 1, found ? found->previous : 0,
                                !key, err);
    }
    return status;
}

/* Names in the scheme's order, those in use even without a count; then what else was
 * counted. *row: the next one. */
static cxlog_status put_block(counting *c, size_t *row, cxlog_dim dim, cxlog_error *err)
{
    const cxlog_totals *year = c->totals[PERIODS - 1];
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < cxlog_scheme_count(c->scheme) && status == CXLOG_OK; i++) {
        const cxlog_value *value = cxlog_scheme_at(c->scheme, i);
        if (value->dim != dim || value->parent[0] != '\0')
            continue;
        if (cxlog_value_in_use(value, c->day) || find_row(year, value->name))
            status = put_counts(c, (*row)++, value->name, err);
    }
    for (size_t i = 0; i < year->row_count && status == CXLOG_OK; i++) {
        const char *key = year->rows[i].key[0];
        if (!cxlog_scheme_get(c->scheme, dim, "", key))
            status = put_counts(c, (*row)++, key, err);
    }
    return status ? status : put_counts(c, (*row)++, NULL, err);
}

static cxlog_status put_headings(counting *c, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < PERIODS && status == CXLOG_OK; i++) {
        size_t column = CX_TOTALS_FIRST + 2 * i;
        status = put_text(c->board, CX_TOTALS_HEAD - 1, column,
                          c->totals[i]->period.label, false, err);
        if (status == CXLOG_OK)
            status = put_text(c->board, CX_TOTALS_HEAD - 1, column + 1,
                              c->totals[i]->previous.label, false, err);
    }
    for (size_t i = 0; i < CX_TOTALS_COLUMNS && status == CXLOG_OK; i++) {
        if (*cx_totals_heading(i))
            status =
                put_text(c->board, CX_TOTALS_HEAD, i, cx_totals_heading(i), true, err);
    }
    return status;
}

/* ---- behind the charts ---- */

/* The year's totals are sorted by count. */
static cxlog_status put_top(counting *c, cxlog_error *err)
{
    const cxlog_totals *year = c->totals[PERIODS - 1];
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; i < CX_TOTALS_TOP_ROWS && status == CXLOG_OK; i++) {
        size_t row = CX_TOTALS_HEAD + 1 + i;
        if (i >= year->row_count || year->rows[i].count == 0)
            break;
        status = put_text(c->board, row, CX_TOTALS_TOP, year->rows[i].key[0], false, err);
        if (status == CXLOG_OK)
            status = put_number(c->board, row, CX_TOTALS_TOP_COUNT, year->rows[i].count,
                                false, err);
    }
    return status;
}

/* Resolved at the first contact: 해결 among those whose result is known. */
static cxlog_status put_week(counting *c, size_t row, const cxlog_period *week,
                             cxlog_error *err)
{
    cxlog_query query = {.period = *week,
                         .by = {{.kind = CXLOG_BY_RESULT}},
                         .by_count = 1,
                         .vs = CXLOG_VS_NONE};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    cxlog_status status = cxlog_store_totals(c->store, &query, &totals, err);
    if (status == CXLOG_OK)
        status = put_text(c->board, row, CX_TOTALS_WEEK, week->label, false, err);
    if (status == CXLOG_OK)
        status = put_number(c->board, row, CX_TOTALS_WEEK_COUNT, totals->total.count,
                            false, err);
    if (status != CXLOG_OK)
        return status;
    const cxlog_total_row *solved = find_row(totals, "해결");
    const cxlog_total_row *blank = find_row(totals, "");
    int64_t known = totals->total.count - (blank ? blank->count : 0);
    if (known <= 0)
        return CXLOG_OK;
    return put(
        c->board, row, CX_TOTALS_FCR,
        (cxlog_cell){.kind = CXLOG_CELL_SHARE,
                     .number = (double)(solved ? solved->count : 0) / (double)known},
        err);
}

static cxlog_status put_weeks(counting *c, cxlog_error *err)
{
    cxlog_period this_week = cxlog_period_of(CXLOG_PERIOD_WEEK, c->day);
    cxlog_status status = CXLOG_OK;
    for (int i = 0; i < CX_TOTALS_WEEKS && status == CXLOG_OK; i++) {
        cxlog_period week = cxlog_period_before(&this_week, CX_TOTALS_WEEKS - 1 - i);
        status = put_week(c, CX_TOTALS_HEAD + 1 + (size_t)i, &week, err);
    }
    return status;
}

/* ---- the basis line ---- */

static cxlog_status put_basis(counting *c, cxlog_error *err)
{
    const cxlog_basis *basis = &c->totals[PERIODS - 1]->basis;
    char line[256];
    char day[CXLOG_WALL_TEXT], now[CXLOG_WALL_TEXT];
    int64_t unsent = basis->pending + basis->sent + basis->unknown + basis->quarantined;
    (void)snprintf(line, sizeof line,
                   "%s 기준 (%s에 씀) · 미전송 %" PRId64 "건 · 구분표 v%" PRId64
                   " · 주는 월요일부터 · %s",
                   cxlog_day_text(day, c->day), cxlog_wall_text(now, cxlog_wall_now()),
                   unsent, basis->scheme_version, basis->zone);
    return put_text(c->board, 0, CX_TOTALS_KEY, line, false, err);
}

cxlog_day cx_totals_day(const char *basis)
{
    static const char form[] = "0000-00-00 기준";
    char number[9] = "";
    size_t digits = 0;
    for (size_t i = 0; form[i]; i++) {
        bool digit = basis[i] >= '0' && basis[i] <= '9';
        if (form[i] == '0' ? !digit : basis[i] != form[i])
            return CXLOG_NO_DAY;
        if (form[i] == '0')
            number[digits++] = basis[i];
    }
    long date = strtol(number, NULL, 10);
    int year = (int)(date / 10000), month = (int)(date / 100 % 100);
    int mday = (int)(date % 100);
    return cxlog_day_valid(year, month, mday) ? cxlog_day_make(year, month, mday)
                                              : CXLOG_NO_DAY;
}

bool cx_totals_same_basis(const char *a, const char *b)
{
    const char *rest_a = strchr(a, ')');
    const char *rest_b = strchr(b, ')');
    return rest_a && rest_b && cx_totals_day(a) == cx_totals_day(b) &&
           strcmp(rest_a, rest_b) == 0;
}

cxlog_status cx_totals_build(cx_board *board, cxlog_store *store, cxlog_day day,
                             cxlog_error *err)
{
    cx_board_clear(board);
    CXLOG_AUTO_VALUE(counting) c = {.board = board, .store = store, .day = day};
    size_t row = CX_TOTALS_HEAD + 1;
    cxlog_status status = cxlog_store_scheme(store, &c.scheme, err);
    if (status == CXLOG_OK)
        status = count_all(&c, CXLOG_BY_CATEGORY, err);
    if (status == CXLOG_OK)
        status = put_basis(&c, err);
    if (status == CXLOG_OK)
        status = put_headings(&c, err);
    if (status == CXLOG_OK)
        status = put_block(&c, &row, CXLOG_DIM_CATEGORY, err);
    if (status == CXLOG_OK)
        status = put_top(&c, err);
    if (status == CXLOG_OK)
        status = put_weeks(&c, err);
    row++;
    if (status == CXLOG_OK)
        status = put_text(board, row++, CX_TOTALS_KEY, "채널", true, err);
    if (status == CXLOG_OK)
        status = count_all(&c, CXLOG_BY_CHANNEL, err);
    return status ? status : put_block(&c, &row, CXLOG_DIM_CHANNEL, err);
}
