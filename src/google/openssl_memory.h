/*
 * openssl_memory.h - tells a lack of memory inside OpenSSL from what it says instead
 * ("unsupported", "no start line").
 */
#ifndef CX_OPENSSL_MEMORY_H
#define CX_OPENSSL_MEMORY_H

#include <stdbool.h>

/* Take over OpenSSL's allocations, if it has made none yet; what it frees is
 * overwritten. */
void cx_openssl_watch(void);
/* Has it ever lacked memory? Empties its queue of errors. */
bool cx_openssl_lacked_memory(void);

#endif
