/* Percent-encoded text: paths and form bodies. */
#ifndef EMU_URI_H
#define EMU_URI_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The decoded text; the caller frees it. `plus_is_blank` as in forms and queries. */
char *uri_decode(const char *text, size_t length, bool plus_is_blank);

/* `a=1&b=2&a=3` as {"a": ["1", "3"], "b": ["2"]}. Text that is not UTF-8 reads as "". New
 * reference. */
json_t *uri_query(const char *text);

#endif
