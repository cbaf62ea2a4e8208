/* What the emulator's own tests use to start it and to speak to it. */
#ifndef EMU_CLIENT_H
#define EMU_CLIENT_H

#include <jansson.h>
#include <stddef.h>

/* Starts the emulator ($CXLOG_EMULATOR, or the path the build knows) with two accounts,
 * the document "S1", a locale of en_US and up to two more arguments (NULL: none), and
 * gets a token of the first. The test fails when that takes more than 10 s. */
void client_start(const char *option, const char *value);
/* From now on account 0 or 1 speaks. */
void client_be(int account);
void client_stop(void);
/* Both as cmocka's group calls them. */
int client_before(void **state);
int client_after(void **state);

/* One API request under the token. `body` (may be NULL) is taken over. The answer is a
 * new reference: what JSON it was, else its text as a string, or NULL when the connection
 * ended without an answer. *status is then 0. */
json_t *client_call(const char *method, const char *path, json_t *body, long *status);

/* The same for /_emu/..., where anything but 200 fails the test. */
json_t *client_control(const char *method, const char *path, json_t *body);
/* A POST there that must be refused: the sentence, which the caller frees. */
char *client_control_refused(const char *path, const char *body);

/* The bytes of an answer as they came. The caller frees them. */
char *client_bytes(const char *path);

/* A signed token request: *status and the answer. `claims` is taken over. */
json_t *client_token(json_t *claims, long *status);
/* Claims that are right; change what the test is about. New reference. */
json_t *client_claims(void);

/* POST S1:batchUpdate of the requests in JSON text; fails the test unless it is 200. */
json_t *client_batch(const char *requests);
/* The error message of a batch that must be refused with `status`; the caller frees it.
 */
char *client_refused(const char *requests, long status);

#endif
