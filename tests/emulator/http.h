/* The HTTP server: bytes in, bytes out. The only file that knows libmicrohttpd. */
#ifndef EMU_HTTP_H
#define EMU_HTTP_H

#include "state.h"

typedef struct http_server http_server;

/* Listens on 127.0.0.1:port (0 = any; the one taken is stored). `cert` and `key` are PEM
 * texts for TLS, or NULL. NULL when it cannot. */
http_server *http_start(emu *e, unsigned short *port, const char *cert, const char *key);

/* Ends all connections; call emu_stop_pauses() before. */
void http_stop(http_server *server);

#endif
