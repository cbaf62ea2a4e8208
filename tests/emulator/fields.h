/* Field masks: which members of an answer are wanted, which of a request are meant. */
#ifndef EMU_FIELDS_H
#define EMU_FIELDS_H

#include <jansson.h>

#include "api_error.h"

/* Reads `a.b,c(d,e/f)` or `*`, checked against message `type`. A tree of objects: an
 * empty object picks all below it. Steps are `.` or `/`. New reference; NULL with `err`
 * set when a path has no field. */
json_t *fields_parse(const char *text, const char *type, api_error *err);

/* The part of `value` that the tree picks. New reference. */
json_t *fields_pick(const json_t *value, const json_t *tree);

/* Makes the picked members of `to` those of `from`; picked and absent in `from`: removed.
 */
void fields_merge(json_t *to, const json_t *from, const json_t *tree);

/* Whether the tree picks (part of) the member. */
bool fields_has(const json_t *tree, const char *name);

#endif
