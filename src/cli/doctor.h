/*
 * doctor.h - checks in order of dependence, and what was found.
 */
#ifndef CX_CLI_DOCTOR_H
#define CX_CLI_DOCTOR_H

#include "cli/cli.h"

typedef enum doctor_state {
    DOCTOR_GOOD,
    DOCTOR_WARN,
    DOCTOR_FAIL,
    DOCTOR_SKIPPED
} doctor_state;

typedef struct doctor_line {
    const char *section; /* N_() */
    const char *name;    /* for machines */
    doctor_state state;
    cxlog_status status; /* of a failure */
    bool open;           /* for the report as it stands */
    char text[CXLOG_MESSAGE_MAX];
    char mend[CXLOG_SUGGESTION_MAX * 2]; /* "" when there is none to name */
} doctor_line;

#define DOCTOR_LINES 40

typedef struct doctor {
    cli_ctx *ctx;
    bool offline;
    cxlog_error no_sync; /* why cxlog-sync could not take over */
    doctor_line lines[DOCTOR_LINES];
    size_t count;
} doctor;

/* text: outside text is escaped by the caller. Returns the line, for its mend. */
doctor_line *doctor_say(doctor *d, const char *section, const char *name,
                        doctor_state state, const char *format, ...) CXLOG_PRINTF(5, 6);
/* A failure with its sentence; the first suggestion is the mend. */
void doctor_fail(doctor *d, const char *section, const char *name,
                 const cxlog_error *err);
/* Its text names nothing of the team's: it stands in the report too. Returns the line. */
doctor_line *doctor_open(doctor_line *line);
void doctor_mend(doctor_line *line, const char *format, ...) CXLOG_PRINTF(2, 3);
/* A path as a mend's command names it. What does not fit ends in "…", so that it is no
 * other file's. buffer returned. */
#define DOCTOR_PATH (CXLOG_SUGGESTION_MAX * 2 - 16)
const char *doctor_path(char buffer[DOCTOR_PATH], const char *path);
bool doctor_failed(const doctor *d);

void doctor_machine(doctor *d);
void doctor_settings(doctor *d);
/* Opens ctx->store when it can. */
void doctor_store(doctor *d);
void doctor_google(doctor *d);
void doctor_schedule(doctor *d);

#endif
