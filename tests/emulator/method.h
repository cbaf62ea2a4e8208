/* One method of the API run for one request: who asks, may they, how often, and the call.
 */
#ifndef EMU_METHOD_H
#define EMU_METHOD_H

#include "route.h"
#include "serve.h"

/* Fills the response and the account of the log entry; adds to the apply log what was
 * written. Call with the lock held. */
void method_run(emu *e, const route *to, const http_request *request, json_t *entry,
                http_response *response);

#endif
