/* The emulator's own interface under /_emu/: faults, logs, state, people at work. */
#ifndef EMU_CONTROL_H
#define EMU_CONTROL_H

#include "api_error.h"
#include "serve.h"

/* Answers a control request. Call with the lock held. */
void control_run(emu *e, const http_request *request, const char *path,
                 http_response *response);

/* The document and tab that an order means by "id" (default: the first document) and
 * "tab" (title or number; default: the first tab). NULL with `err` set. */
book *control_place(const emu *e, const json_t *order, int *tab, api_error *err);

/* One edit by a person: {"id","tab","edit",...}. NULL, or what is wrong (the caller
 * frees). */
char *people_edit(emu *e, const json_t *order);

/* Fills a tab: {"id","tab","rows":[[...]]} or {"generate":N,"template":[...]}, from "row"
 * (default: after the last used one). As above. */
char *people_prefill(emu *e, const json_t *order);

#endif
