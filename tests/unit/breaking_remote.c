/* A remote in front of another one: each answer may get lost, and with that of a write
 * the write itself or not. */
#include "breaking.h"

static const cxlog_remote_ops *inner;

/* What happens inside does not fail. */
#define INSIDE(out, call)                                                                \
    do {                                                                                 \
        bool going = breaking_pause();                                                   \
        (out) = (call);                                                                  \
        breaking_go_on(going);                                                           \
    } while (0)

#define READS(call, what)                                                                \
    cxlog_status status;                                                                 \
    if (breaking_point(BREAK_ANSWERS, what))                                             \
        return cxlog_fail(err, CXLOG_ERR_RETRY, "no answer");                            \
    INSIDE(status, call);                                                                \
    return status

#define WRITES(call, what)                                                               \
    cxlog_status status;                                                                 \
    if (breaking_point(BREAK_ANSWERS, what ": not carried out"))                         \
        return no_answer(answer, err);                                                   \
    INSIDE(status, call);                                                                \
    return breaking_point(BREAK_ANSWERS, what ": carried out") ? no_answer(answer, err)  \
                                                               : status

static cxlog_status no_answer(cxlog_answer *answer, cxlog_error *err)
{
    cxlog_error_clear(err);
    *answer = (cxlog_answer){.outcome = CXLOG_OUTCOME_UNKNOWN, .bad_record = -1};
    return cxlog_fail(err, CXLOG_ERR_RETRY, "no answer");
}

static cxlog_status describe(cxlog_remote *remote, cxlog_book **out, cxlog_error *err)
{
    *out = NULL;
    READS(inner->describe(remote, out, err), "describe");
}

static cxlog_status create_tabs(cxlog_remote *remote, bool log, bool scheme,
                                const char *zone, int32_t *log_tab, int32_t *scheme_tab,
                                cxlog_answer *answer, cxlog_error *err)
{
    WRITES(
        inner->create_tabs(remote, log, scheme, zone, log_tab, scheme_tab, answer, err),
        "create_tabs");
}

static cxlog_status prove_write(cxlog_remote *remote, cxlog_error *err)
{
    READS(inner->prove_write(remote, err), "prove_write");
}

static cxlog_status read_sheet(cxlog_remote *remote, const cxlog_read *what,
                               cxlog_reading **out, cxlog_error *err)
{
    *out = NULL;
    READS(inner->read(remote, what, out, err), "read");
}

static cxlog_status push(cxlog_remote *remote, const cxlog_push *what,
                         cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->push(remote, what, answer, err), "push");
}

static cxlog_status push_scheme(cxlog_remote *remote, const cxlog_scheme_push *what,
                                cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->push_scheme(remote, what, answer, err), "push_scheme");
}

static cxlog_status rewrite_scheme(cxlog_remote *remote, const cxlog_scheme_rewrite *what,
                                   cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->rewrite_scheme(remote, what, answer, err), "rewrite_scheme");
}

static cxlog_status marker(cxlog_remote *remote, int32_t id, char **value,
                           cxlog_error *err)
{
    *value = NULL;
    READS(inner->marker(remote, id, value, err), "marker");
}

static cxlog_status survey(cxlog_remote *remote, cxlog_survey **out, cxlog_error *err)
{
    *out = NULL;
    READS(inner->survey(remote, out, err), "survey");
}

static cxlog_status look(cxlog_remote *remote, const cxlog_area *areas, size_t count,
                         cxlog_grid *out, bool *gone, cxlog_error *err)
{
    READS(inner->look(remote, areas, count, out, gone, err), "look");
}

static cxlog_status formulas(cxlog_remote *remote, int32_t tab, int64_t first,
                             int64_t last, int64_t columns, cxlog_formula_row **out,
                             size_t *count, cxlog_error *err)
{
    *out = NULL;
    *count = 0;
    READS(inner->formulas(remote, tab, first, last, columns, out, count, err),
          "formulas");
}

static cxlog_status edit(cxlog_remote *remote, const cxlog_edit *edits, size_t count,
                         cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->edit(remote, edits, count, answer, err), "edit");
}

static cxlog_status mark(cxlog_remote *remote, const cxlog_fills *fills,
                         cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->mark(remote, fills, answer, err), "mark");
}

static cxlog_status marked(cxlog_remote *remote, const cxlog_fills *fills,
                           cxlog_reading **out, cxlog_error *err)
{
    *out = NULL;
    READS(inner->marked(remote, fills, out, err), "marked");
}

static cxlog_status fill(cxlog_remote *remote, const cxlog_fills *fills,
                         cxlog_answer *answer, cxlog_error *err)
{
    WRITES(inner->fill(remote, fills, answer, err), "fill");
}

void breaking_remote(cxlog_remote *remote)
{
    static cxlog_remote_ops outer;
    if (remote->ops == &outer)
        return;
    inner = remote->ops;
    outer = *inner; /* what counts, and closing */
    outer.describe = describe;
    outer.create_tabs = create_tabs;
    outer.prove_write = prove_write;
    outer.read = read_sheet;
    outer.push = push;
    outer.push_scheme = push_scheme;
    outer.rewrite_scheme = rewrite_scheme;
    outer.marker = marker;
    outer.survey = survey;
    outer.look = look;
    outer.formulas = formulas;
    outer.edit = edit;
    outer.mark = mark;
    outer.marked = marked;
    outer.fill = fill;
    remote->ops = &outer;
}
