/* Which method of the API a request means. */
#ifndef EMU_ROUTE_H
#define EMU_ROUTE_H

#include "call.h"

typedef struct route {
    bool (*run)(call *c); /* NULL: no such method */
    bool is_write;
    bool needs_book;
    const char *target; /* what faults call it: push, pull, marker, get, token, other */
    char *book_id;      /* owned */
    char *rest;         /* range or metadata id, decoded; owned */
    const char *type;   /* message type of the answer for `fields`, "?" = unchecked */
} route;

/* `path` as it came, without the query. */
route route_find(const char *method, const char *path);
void route_clear(route *r);

#endif
