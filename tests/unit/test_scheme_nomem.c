/* Without memory the scheme says so, loses nothing, leaks nothing: each allocation fails
 * once. */
#include "scheme_team.h"

/* The n-th allocation from now on fails; 0: none does. Linked with --wrap. */
static size_t fail_at;
static size_t allocations;

static bool fails_now(void)
{
    return fail_at != 0 && ++allocations == fail_at;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails_now() ? NULL : __real_strdup(text);
}

/* Fold and propose as a team would; the first failure ends it. */
static cxlog_status propose(cxlog_scheme *scheme, cxlog_proposal p, bool fold,
                            cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_event) event;
    cxlog_event_init(&event);
    char root[CXLOG_CHAIN_SIZE];
    cxlog_chain_root(root);
    p.now = (cxlog_wall)cxlog_day_make(2026, 5, 20) * 86400;
    cxlog_status status = cxlog_scheme_propose(&event, scheme, root, &p, err);
    return status == CXLOG_OK && fold ? cxlog_scheme_apply(scheme, &event, err) : status;
}

static cxlog_status put_back(const cxlog_scheme *from, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_status status = cxlog_scheme_new(&scheme, err);
    for (size_t i = 0; status == CXLOG_OK && i < cxlog_scheme_count(from); i++)
        status = cxlog_scheme_put(scheme, cxlog_scheme_at(from, i), err);
    return status;
}

static cxlog_status resolve_unknown(const cxlog_scheme *scheme, cxlog_error *err)
{
    const cxlog_value *value = NULL;
    cxlog_status status =
        cxlog_scheme_resolve(scheme, CXLOG_DIM_CATEGORY, "", "배숑", 20600, &value, err);
    return status == CXLOG_ERR_VALUE ? CXLOG_OK : status;
}

static cxlog_status life(const cxlog_event *events, size_t count, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_VALUE(cxlog_event) copy = {0};
    cxlog_status status = cxlog_event_copy(&copy, &events[count - 1], err);
    if (status == CXLOG_OK)
        status = cxlog_scheme_as_of(&scheme, events, count, 30000, err);
    if (status == CXLOG_OK)
        status = propose(
            scheme, change(CXLOG_ACTION_SPLIT, "기타", "가나, 다라", 2027, 1), true, err);
    if (status == CXLOG_OK)
        status = propose(scheme, change(CXLOG_ACTION_RENAME, "배송", "물류", 2027, 1),
                         true, err);
    if (status == CXLOG_OK)
        status = put_back(scheme, err);
    if (status == CXLOG_OK)
        status =
            propose(scheme, change(CXLOG_ACTION_WITHDRAW, NULL, "77", 0, 0), true, err);
    if (status == CXLOG_OK)
        status = resolve_unknown(scheme, err);
    cxlog_proposal near = {
        .action = CXLOG_ACTION_ADD, .name = "배송문의", .from = CXLOG_NO_DAY};
    if (status == CXLOG_OK && propose(scheme, near, false, err) == CXLOG_ERR_NOMEM)
        status = CXLOG_ERR_NOMEM;
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    cxlog_event *events = NULL;
    size_t count = 0, failures = 0;
    cxlog_error err = {0};
    assert_int_equal(cxlog_scheme_starter(&events, &count, NULL), CXLOG_OK);
    for (fail_at = 1;; fail_at++) {
        allocations = 0;
        cxlog_error_clear(&err);
        cxlog_status status = life(events, count, &err);
        if (allocations < fail_at)
            break;
        /* OK: memory that is not given back in part is no failure (cxlog_text_escape). */
        if (status != CXLOG_ERR_NOMEM && status != CXLOG_OK)
            fail_msg("allocation %zu: status %d (%s)", fail_at, (int)status, err.message);
        failures += status == CXLOG_ERR_NOMEM;
    }
    fail_at = 0;
    assert_true(failures > 300);
    cxlog_events_free(events, count);
}

static void a_starter_scheme_without_memory_is_none(void **state)
{
    (void)state;
    for (fail_at = 1;; fail_at++) {
        cxlog_event *events = NULL;
        size_t count = 0;
        allocations = 0;
        cxlog_status status = cxlog_scheme_starter(&events, &count, NULL);
        if (allocations < fail_at) {
            cxlog_events_free(events, count);
            break;
        }
        assert_int_equal(status, CXLOG_ERR_NOMEM);
        assert_null(events);
    }
    fail_at = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_starter_scheme_without_memory_is_none),
    };
    return cmocka_run_group_tests_name("scheme_nomem", tests, NULL, NULL);
}
