/*
 * scheme_team.h - a team that writes its scheme, for tests: proposals by the rules,
 * folded as they come.
 */
#ifndef SCHEME_TEAM_H
#define SCHEME_TEAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include <cxlog/scheme.h>

typedef struct team {
    cxlog_scheme *scheme;
    cxlog_event *events;
    size_t count;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_day today;
    cxlog_error err; /* of the last proposal */
} team;

static inline void team_clear(team *t)
{
    cxlog_scheme_free(t->scheme);
    cxlog_events_free(t->events, t->count);
}

CXLOG_AUTO_VALUE_DEFINE(team, team_clear);

static inline team team_begin(int year, int month, int mday)
{
    team t = {.today = cxlog_day_make(year, month, mday)};
    assert_int_equal(cxlog_scheme_new(&t.scheme, NULL), CXLOG_OK);
    cxlog_chain_root(t.chain);
    return t;
}

/* Fold an event in and keep it. */
static inline void team_keep(team *t, cxlog_event *event)
{
    cxlog_error err = {0};
    if (cxlog_scheme_apply(t->scheme, event, &err) != CXLOG_OK)
        fail_msg("event %d: %s", (int)event->number, err.message);
    cxlog_event *events = realloc(t->events, (t->count + 1) * sizeof *events);
    assert_non_null(events);
    t->events = events;
    events[t->count++] = *event;
    memcpy(t->chain, event->chain, sizeof t->chain);
}

/* Propose as of `today`; an accepted event is folded in. The refusal is in t->err. */
static inline cxlog_status team_propose(team *t, cxlog_proposal p)
{
    cxlog_event event;
    cxlog_event_init(&event);
    p.now = (cxlog_wall)t->today * 86400 + 36000;
    p.author = "하늘";
    cxlog_error_clear(&t->err);
    cxlog_status status = cxlog_scheme_propose(&event, t->scheme, t->chain, &p, &t->err);
    if (status == CXLOG_OK)
        team_keep(t, &event);
    return status;
}

static inline void team_must(team *t, cxlog_proposal p)
{
    if (team_propose(t, p) != CXLOG_OK)
        fail_msg("%s %s: %s", cxlog_action_word(p.action), p.name ? p.name : "",
                 t->err.message);
}

static inline void team_add(team *t, const char *parent, const char *name)
{
    team_must(t, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                                  .name = name,
                                  .parent = parent,
                                  .from = CXLOG_NO_DAY});
}

/* A category change; year 0: at once. */
static inline cxlog_proposal change(cxlog_action action, const char *name,
                                    const char *target, int year, int month)
{
    return (cxlog_proposal){
        .action = action,
        .name = name,
        .target = target,
        .from = year ? cxlog_day_make(year, month, 1) : CXLOG_NO_DAY,
        .used = year != 0,
        .reason = year ? "회의" : NULL,
        .force_new = true,
    };
}

static inline void expect_refusal(team *t, cxlog_proposal p, const char *part)
{
    int64_t version = cxlog_scheme_version(t->scheme);
    if (team_propose(t, p) != CXLOG_ERR_VALUE)
        fail_msg("accepted %s %s", cxlog_action_word(p.action), p.name ? p.name : "");
    if (!strstr(t->err.message, part))
        fail_msg("\"%s\" does not say \"%s\"", t->err.message, part);
    assert_int_equal(cxlog_scheme_version(t->scheme), version);
}

static inline void expect_suggestion(const team *t, const char *command)
{
    for (size_t i = 0; i < t->err.suggestion_count; i++)
        if (strcmp(t->err.suggestions[i], command) == 0)
            return;
    for (size_t i = 0; i < t->err.suggestion_count; i++)
        print_message("  suggested: %s\n", t->err.suggestions[i]);
    fail_msg("not suggested: %s", command);
}

/* The value that `typed` resolves to on a day, or NULL. */
static inline const char *resolved(const team *t, const char *parent, const char *typed,
                                   cxlog_day day)
{
    const cxlog_value *value = NULL;
    cxlog_error err = {0};
    if (cxlog_scheme_resolve(t->scheme, CXLOG_DIM_CATEGORY, parent, typed, day, &value,
                             &err) != CXLOG_OK)
        return NULL;
    return value->name;
}

#endif
