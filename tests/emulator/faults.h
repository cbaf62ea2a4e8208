/* Faults by script: which request fails how. A fault is a JSON object:
 * {"on","kind","at","times", parameters..., "seen","fired"}. */
#ifndef EMU_FAULTS_H
#define EMU_FAULTS_H

#include "serve.h"

/* Checks and stores a fault. NULL, or the sentence that says what is wrong with it (the
 * caller frees). */
char *fault_add(emu *e, const json_t *fault);

/* The fault that strikes this request (a borrowed reference), or NULL. `target` is push,
 * pull, token, marker, get or other; `body` may be NULL. */
json_t *fault_take(emu *e, const char *target, const char *path, const char *body);

typedef enum fault_phase {
    FAULT_BEFORE,      /* the request is not executed */
    FAULT_AFTER,       /* executed, then the answer is spoilt */
    FAULT_WAIT_BEFORE, /* wait, execute, answer */
    FAULT_WAIT_AFTER,  /* execute, wait, answer */
    FAULT_LATE,        /* close at once, execute later */
} fault_phase;

fault_phase fault_when(const json_t *fault);

typedef struct spoiling {
    const json_t *fault;
    const char *last_body; /* of the answer before */
    bool is_write;
    int64_t now_ms;
    int quota; /* 0 = unlimited */
} spoiling;

/* Makes the answer what the fault wants it to be. */
void fault_spoil(const spoiling *s, http_response *response);

#endif
