/* The emulator as a child process, and its control door, for wire tests. */
#ifndef EMULATOR_CHILD_H
#define EMULATOR_CHILD_H

#include <jansson.h>
#include <sys/types.h>

#include "net/http.h"

#define EMULATOR_SHEET "1EmulatedSheetOfTheWireTests-000000000000000"

typedef struct emulator {
    pid_t pid;
    char directory[64]; /* temporary; holds key.json, the cache and the ready file */
    char url[64];
    char key[96];
    cx_http *http;
} emulator;

/* Starts it with one account and one empty spreadsheet; with TLS when cert and cert_key
 * name PEM files, else both NULL. cert is borrowed for the child's life. Fails the test
 * when it does not come up. */
void emulator_start(emulator *child, const char *program, const char *cert,
                    const char *cert_key);
void emulator_stop(emulator *child);

/* A control request: body NULL is GET. Answer: json_decref(). */
json_t *emulator_ask(emulator *child, const char *path, const char *body);
/* The same, answer dropped. */
void emulator_tell(emulator *child, const char *path, const char *body);
/* Values of a tab, as the emulator holds them: array of rows. json_decref(). */
json_t *emulator_rows(emulator *child, const char *title);
/* Number of requests of a kind ("read", "write", "token") seen since the last reset. */
int emulator_count(emulator *child, const char *kind);

#endif
