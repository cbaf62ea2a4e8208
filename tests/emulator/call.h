/* One API call: what came in, and what goes out. */
#ifndef EMU_CALL_H
#define EMU_CALL_H

#include "api_error.h"
#include "area.h"
#include "cell.h"
#include "state.h"

typedef struct call {
    emu *e;
    account *who;
    book *b;
    json_t *query;       /* object: name -> array of texts */
    const char *range;   /* last path segment where the method has one, decoded */
    json_t *body;        /* parsed request body, or NULL */
    json_t *answer;      /* new reference of the method's answer */
    json_t *ops;         /* array: what was written, for the apply log */
    json_t *append_rows; /* race: object sheetId -> row chosen before the wait, or NULL */
    api_error err;
} call;

/* The first value of a query parameter, or `fallback`. */
const char *call_query(const call *c, const char *name, const char *fallback);
bool call_query_bool(const call *c, const char *name);

/* The body read as message `type`; NULL with c->err set when refused. New reference. */
json_t *call_body(call *c, const char *type, const char *path);

/* Adds an entry to the ops of this call. Takes the reference. */
void call_op(call *c, json_t *op);

/* Whether this account may write there. Errors: 400 with Google's sentence about
 * protected cells. */
bool call_may_edit(call *c, const book *b, const area *a);
/* The same for the tab as such (its title, its place), which only a protection of the
 * whole of it guards. */
bool call_may_edit_tab(call *c, const book *b, int tab);
/* The same for one ProtectedRange. */
bool call_may_edit_rule(call *c, const json_t *rule);
/* Sets requestingUserCanEdit in a Spreadsheet that is about to be shown. */
void call_show_rights(const call *c, json_t *view);

#endif
