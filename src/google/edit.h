/*
 * edit.h - one cxlog_edit as requests of a batchUpdate. Each function appends to
 * `requests`; false: no memory, or text that is not UTF-8.
 */
#ifndef CX_EDIT_H
#define CX_EDIT_H

#include <jansson.h>

#include <cxlog/remote.h>

/* ---- edit_range.c: ranges, looks, rules ---- */

/* A GridRange; NULL on lack of memory. */
json_t *cx_edit_range(const cxlog_area *area);
bool cx_edit_tab(json_t *requests, const cxlog_edit *edit);
bool cx_edit_grow(json_t *requests, const cxlog_edit *edit);
bool cx_edit_freeze(json_t *requests, const cxlog_edit *edit);
bool cx_edit_width(json_t *requests, const cxlog_edit *edit);
bool cx_edit_style(json_t *requests, const cxlog_edit *edit);
bool cx_edit_choices(json_t *requests, const cxlog_edit *edit);
bool cx_edit_guard(json_t *requests, const cxlog_edit *edit);
bool cx_edit_editors(json_t *requests, const cxlog_edit *edit);
bool cx_edit_filter(json_t *requests, const cxlog_edit *edit);

/* ---- edit_cells.c ---- */

bool cx_edit_cells(json_t *requests, const cxlog_edit *edit);

/* ---- edit_chart.c ---- */

bool cx_edit_chart(json_t *requests, const cxlog_edit *edit);
bool cx_edit_chart_spec(json_t *requests, const cxlog_edit *edit);

#endif
