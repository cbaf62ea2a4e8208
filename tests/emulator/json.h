/* JSON text in Google's layout, and short accessors for members of an object. */
#ifndef EMU_JSON_H
#define EMU_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The text of `value`, with one trailing newline; the caller frees it. Two blanks of
 * indent when `pretty`, else one line. Members stay in their order, UTF-8 stays as it is,
 * and numbers have the fewest digits that read back the same. *length excludes the final
 * NUL. */
char *js_dump(const json_t *value, bool pretty, size_t *length);

/* The text of a number as Google writes it, into `buffer` of at least 40 bytes. */
void js_number_text(char *buffer, size_t size, double value);

/* An integer where `value` is whole and below 2^53, else a real. New reference. */
json_t *js_number(double value);

/* Member `key` of `object`, or `fallback` when it is absent or of another type. */
json_int_t js_int(const json_t *object, const char *key, json_int_t fallback);
double js_real(const json_t *object, const char *key, double fallback);
bool js_bool(const json_t *object, const char *key, bool fallback);
const char *js_text(const json_t *object, const char *key, const char *fallback);
bool js_has(const json_t *object, const char *key);

/* A member of `object` that `known` (up to a NULL) does not name, or NULL. */
const char *js_stranger(const json_t *object, const char *const *known);

/* A printf-made JSON string. New reference. */
json_t *js_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* jansson counts references through non-const pointers; the value itself is not changed.
 */
static inline json_t *js_mutable(const json_t *value)
{
    return (json_t *)(uintptr_t)value;
}

/* As malloc, realloc and strdup, but the program ends when memory does: this is a test
 * tool. */
void *mem_new(size_t count, size_t size);
void *mem_resize(void *block, size_t count, size_t size);
char *mem_text(const char *text);
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Characters, not bytes, of UTF-8. */
size_t mem_characters(const char *text);

/* Bytes that grow. `data` always ends in a NUL that is not counted. */
typedef struct buf {
    char *data;
    size_t length;
    size_t room;
} buf;

void buf_add(buf *out, const void *bytes, size_t length);
void buf_text(buf *out, const char *text);
void buf_clear(buf *out);

#endif
