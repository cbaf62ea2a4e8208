/* The message types of the API: which members exist, of which type, in which order. */
#ifndef EMU_SCHEMA_H
#define EMU_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

#include "api_error.h"

/* members: "name:type ..." where type is s (text), g (field mask), i (int), n (number),
 * b (bool), e (enum), ? (anything), the name of a type, or one of these in brackets. */
typedef struct schema_type {
    const char *name;
    const char *members;
} schema_type;

extern const schema_type schema_requests[];
extern const schema_type schema_charts[];
extern const schema_type schema_types[];

/* Check `input` against `type` as Google's JSON reader does and give back a clean copy in
 * proto order: lowerCamel names, numbers and bools typed, nulls gone. `path` is how the
 * error names the place ("" for the body itself). NULL with `err` set when refused.
 * Errors: 400 for unknown names, values of a wrong type, unknown enum names. */
json_t *schema_read(const char *type, const json_t *input, const char *path,
                    api_error *err);

/* The type of member `name` (camel or snake) of `type`, copied to `out` of 64 bytes
 * without brackets; false when there is none. */
bool schema_member(const char *type, const char *name, char *out);

#endif
