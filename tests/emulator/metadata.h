/* Developer metadata: looking it up, and the places it stands for. */
#ifndef EMU_METADATA_H
#define EMU_METADATA_H

#include "call.h"

/* The index in b->metadata of an id, or -1. */
int metadata_find(const book *b, json_int_t id);

/* Indices (array of integers) of the entries that a DeveloperMetadataLookup names, in the
 * order of their creation. New reference; NULL with `err` set when refused. */
json_t *metadata_lookup(const book *b, const json_t *lookup, api_error *err);

/* Adds to `places` the GridRange of each place that a DataFilter names. */
bool metadata_places(const book *b, const json_t *filter, json_t *places, api_error *err);

/* The entries at a location ("spreadsheet", or a tab by id with is_tab). New reference.
 */
json_t *metadata_at_spreadsheet(const book *b);
json_t *metadata_at_tab(const book *b, json_int_t sheet);

/* Stores an entry as createDeveloperMetadata does. The reference returned is borrowed;
 * NULL with c->err set when refused: no key, visibility or location, id in use, storage
 * full, a place that is not there. */
const json_t *metadata_create(call *c, book *b, const json_t *entry);

/* Whether the storage of its place holds `entry` beside the others there. Errors: 400. */
bool metadata_fits(call *c, const book *b, const json_t *entry);

/* A DataFilter as answers echo it: what is zero is left out. New reference. */
json_t *metadata_filter_shown(const json_t *filter);

bool metadata_get(call *c);
bool metadata_search(call *c);

#endif
