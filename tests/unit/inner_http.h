/*
 * inner_http.h - the emulator without its socket: cx_http_send() and its kin, which
 * net/http.c defines elsewhere, hand the request straight to it. All above (token,
 * retries, protocol) is the program's own.
 */
#ifndef INNER_HTTP_H
#define INNER_HTTP_H

#include "emulator/state.h"

/* Requests below its base_url go to `server`: `arrive` is called before it serves one,
 * `leave` after that (NULL: nothing is). */
void inner_http_use(emu *server, void (*arrive)(void), void (*leave)(void));

#endif
