/* Service accounts and the token endpoint. */
#ifndef EMU_OAUTH_H
#define EMU_OAUTH_H

#include "state.h"

/* Makes a service account with an RSA-2048 key and writes its complete key file (0600) to
 * `path`; false when that cannot be done. The first is cxlog@..., the next cxlog2@... */
bool oauth_add_account(emu *e, const char *path);

/* Answers POST /token: the HTTP status, and the body as a new reference. */
int oauth_token(emu *e, const char *form, json_t **answer);

/* The account of an Authorization header whose token is known, fresh and of an account in
 * good standing; else NULL. */
account *oauth_bearer(emu *e, const char *authorization);

#endif
