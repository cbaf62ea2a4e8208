/*
 * sync_breaks.h - a person's piece of work on the fake sheet, done again and again with
 * one call failing each time; the same again, as a new process, ends as if nothing had.
 */
#ifndef SYNC_BREAKS_H
#define SYNC_BREAKS_H

#include "breaking.h"
#include "sync_team.h"

typedef struct work {
    const char *name;
    size_t people;
    bool set_up;
    void (*prepare)(sync_team *team);
    cxlog_status (*act)(person *who);
    void (*check)(sync_team *team); /* NULL: the team is whole */
} work;

static inline bool good(const work *w, person *who)
{
    for (int i = 0; i < 5; i++) {
        person_reopens(who);
        if (w->act(who) == CXLOG_OK)
            return true;
        team_pass(300);
    }
    return false;
}

static inline void attempt(void *context)
{
    const work *w = context;
    CXLOG_AUTO(sync_team) *team = team_start(w->people, w->set_up);
    person *who = &team->people[0];
    if (w->prepare)
        w->prepare(team);
    breaking_remote(&who->remote.base);
    who->err = (cxlog_error){0};
    breaking_start();
    cxlog_status status = w->act(who);
    bool struck = breaking_stop();
    if (status != CXLOG_OK && (!struck || !*who->err.message))
        fail_msg("%s, %s: %s \"%s\"", w->name, breaking_what(), cxlog_status_name(status),
                 who->err.message);
    if (!good(w, who))
        fail_msg("%s, %s: again: %s", w->name, breaking_what(), who->err.message);
    if (w->check)
        w->check(team);
    else
        team_is_whole(team);
}

static inline void breaks(const work *w, size_t least)
{
    size_t ways =
        breaking_each(BREAK_MEMORY | BREAK_SQLITE | BREAK_CHANCE | BREAK_ANSWERS, attempt,
                      (void *)(uintptr_t)w);
    assert_true(ways >= least);
}

#endif
