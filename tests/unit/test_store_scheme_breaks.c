/* Whatever call fails in the middle of it, work on the scheme, or on a store that is
 * being opened, is done whole or not at all, and again when asked again. */
#include "store_breaks.h"

static cxlog_event next[1]; /* follow on from the template */
static int64_t version;

static void propose(store_case *c, cxlog_event *out, cxlog_proposal p)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    char chain[CXLOG_CHAIN_SIZE];
    int64_t shared;
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    MUST(cxlog_store_chain(c->store, &version, chain, &shared, &c->err));
    p.author = "팀장";
    p.reason = "주간 회의";
    p.now = AT(DAY0 + 5, 36000);
    p.force_new = true;
    cxlog_event_init(out);
    MUST(cxlog_scheme_propose(out, scheme, chain, &p, &c->err));
    version++;
}

static void change(store_case *c, cxlog_proposal p)
{
    CXLOG_AUTO_VALUE(cxlog_event) event;
    propose(c, &event, p);
    MUST(cxlog_store_events_add(c->store, &event, 1, false, &c->err));
}

#define HALF (DAY0 + 181) /* 1 July */

static int start(void **state)
{
    (void)breaking_stop();
    if (case_start(state) != 0)
        return -1;
    store_case *c = *state;
    use_still_world();
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_FIELD,
                               .name = "등급",
                               .target = "choice:골드,실버",
                               .from = CXLOG_NO_DAY});
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_REGION,
                               .name = "남부",
                               .from = CXLOG_NO_DAY});
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                               .dim = CXLOG_DIM_CATEGORY,
                               .name = "분실",
                               .parent = "배송",
                               .from = CXLOG_NO_DAY});
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_ALIAS,
                               .dim = CXLOG_DIM_CATEGORY,
                               .name = "배송",
                               .target = "딜리버리",
                               .from = CXLOG_NO_DAY});
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_RENAME,
                               .dim = CXLOG_DIM_CATEGORY,
                               .name = "배송",
                               .target = "배달",
                               .used = true,
                               .from = HALF});
    change(c, (cxlog_proposal){.action = CXLOG_ACTION_RETIRE,
                               .dim = CXLOG_DIM_REGION,
                               .name = "남부",
                               .used = true,
                               .from = HALF});
    MUST(cxlog_store_events_shared(c->store, version - 1, &c->err));
    propose(c, &next[0],
            (cxlog_proposal){.action = CXLOG_ACTION_ADD,
                             .dim = CXLOG_DIM_CATEGORY,
                             .name = "설치",
                             .from = CXLOG_NO_DAY});
    log_one(c, NULL, AT(HALF + 3, 1), "배송", "전화");
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(HALF + 4, 1), "환불", "전화");
    put(&entry, CXLOG_COL_REGION, "남부");
    seal(&entry);
    MUST(cxlog_store_add(c->store, &entry, 1, NULL, &c->err));
    cxlog_store_close(c->store);
    c->store = NULL;
    copy_file(c->path, template_of(c));
    return 0;
}

static int end(void **state)
{
    cxlog_event_clear(&next[0]);
    cx_seam_use(NULL);
    return case_end(state);
}

/* ---- reading ---- */

static cxlog_status read_scheme(store_case *c)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    return cxlog_store_scheme(c->store, &scheme, &c->err);
}

static cxlog_status read_part(store_case *c)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    return cxlog_store_scheme_for(c->store, "환불", true, &scheme, &c->err);
}

static cxlog_status read_old_state(store_case *c)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    return cxlog_store_scheme_at(c->store, version, &scheme, &c->err);
}

static cxlog_status read_events(store_case *c)
{
    int64_t number, shared;
    char chain[CXLOG_CHAIN_SIZE];
    cxlog_event *events = NULL;
    size_t count = 0;
    cxlog_status status = cxlog_store_chain(c->store, &number, chain, &shared, &c->err);
    if (!status)
        status = cxlog_store_events(c->store, 1, INT64_MAX, &events, &count, &c->err);
    cxlog_events_free(events, count);
    return status;
}

static cxlog_status ask_what_is_used(store_case *c)
{
    bool used;
    cxlog_status status =
        cxlog_store_used(c->store, CXLOG_DIM_CATEGORY, "배송", "분실", &used, &c->err);
    for (int dim = 0; !status && dim < CXLOG_DIM_COUNT; dim++)
        status = cxlog_store_used(c->store, (cxlog_dim)dim, NULL, "남부", &used, &c->err);
    return status;
}

static cxlog_status count_late_names(store_case *c)
{
    int64_t count = 0;
    cxlog_status status = cxlog_store_late_names(c->store, &count, &c->err);
    assert_true(status || count == 2);
    return status;
}

/* ---- writing ---- */

static cxlog_status done_before(cxlog_status status, store_case *c)
{
    bool there = status == CXLOG_ERR_RETRY && strstr(c->err.message, "first");
    return there ? CXLOG_OK : status;
}

static cxlog_status append(store_case *c)
{
    return done_before(cxlog_store_events_add(c->store, next, 1, true, &c->err), c);
}

static cxlog_status share(store_case *c)
{
    return cxlog_store_events_shared(c->store, version - 1, &c->err);
}

static cxlog_status rebase(store_case *c)
{
    return cxlog_store_events_rebase(c->store, version - 1, next, 1, false, &c->err);
}

WORK(read_scheme, 12)
WORK(read_part, 9)
WORK(read_old_state, 12)
WORK(read_events, 9)
WORK(ask_what_is_used, 12)
WORK(count_late_names, 12)
WORK(append, 18)
WORK(share, 4)
WORK(rebase, 18)

/* ---- opening ---- */

typedef struct opening {
    store_case *c;
    const char *path;
    bool create;
} opening;

static void open_it(void *context)
{
    opening *o = context;
    store_case *c = o->c;
    cxlog_store *store = NULL;
    const cxlog_store_options options = {
        .path = o->path, .busy_ms = 20000, .create = o->create};
    if (o->create) {
        char journal[200];
        snprintf(journal, sizeof journal, "%s-journal", o->path);
        unlink(o->path);
        unlink(journal);
    }
    cxlog_error_clear(&c->err);
    breaking_start();
    cxlog_status status = cxlog_store_open(&store, &options, &c->err);
    bool struck = breaking_stop();
    cxlog_store_close(store);
    if (!struck)
        MUST(status);
    if (status && (store || !*c->err.message))
        fail_msg("%s: status %d without a sentence", breaking_what(), (int)status);
    cxlog_error_clear(&c->err);
    MUST(cxlog_store_open(&store, &options, &c->err));
    MUST(cxlog_store_check(store, &c->err));
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    MUST(cxlog_store_scheme(store, &scheme, &c->err));
    cxlog_store_close(store);
    assert_non_null(cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "", "배송"));
}

#define ANYTHING (BREAK_MEMORY | BREAK_SQLITE | BREAK_FILES | BREAK_CHANCE)

static void a_store_that_could_not_be_opened_is_opened_the_next_time(void **state)
{
    opening o = {.c = *state, .path = template_of(*state)};
    size_t ways = breaking_each(ANYTHING, open_it, &o);
    assert_true(ways >= 15);
}

static void a_store_that_could_not_be_made_is_made_the_next_time(void **state)
{
    store_case *c = *state;
    opening o = {.c = c, .path = c->path, .create = true};
    size_t ways = breaking_each(ANYTHING, open_it, &o);
    assert_true(ways >= 60);
}

static void make_with_folders(void *context)
{
    opening *o = context;
    char folder[160];
    open_it(o);
    unlink(o->path);
    snprintf(folder, sizeof folder, "%s/deep/er", o->c->folder);
    rmdir(folder);
    snprintf(folder, sizeof folder, "%s/deep", o->c->folder);
    rmdir(folder);
}

static void folders_that_could_not_be_made_are_made_the_next_time(void **state)
{
    store_case *c = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/deep/er/cxlog.db", c->folder);
    opening o = {.c = c, .path = path, .create = true};
    size_t ways = breaking_each(BREAK_FILES | BREAK_MEMORY, make_with_folders, &o);
    assert_true(ways >= 30);
}

#define W(name)                                                                          \
    cmocka_unit_test_setup_teardown(name##_breaks_whole_or_not_at_all, start, end)
#define T(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
    breaking_in_memory();
    const struct CMUnitTest tests[] = {
        W(read_scheme),
        W(read_part),
        W(read_old_state),
        W(read_events),
        W(ask_what_is_used),
        W(count_late_names),
        W(append),
        W(share),
        W(rebase),
        T(a_store_that_could_not_be_opened_is_opened_the_next_time),
        T(a_store_that_could_not_be_made_is_made_the_next_time),
        T(folders_that_could_not_be_made_are_made_the_next_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
