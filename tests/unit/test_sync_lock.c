/* Locks: one holder at a time, named by its pid, gone with its process. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/seam.h"
#include "sync_team.h"

typedef struct place {
    char folder[64];
    char store[96];
} place;

static int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "/tmp/cxlog-lock-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->store, sizeof p->store, "%s/s.db", p->folder);
    *state = p;
    return 0;
}

static int drop_place(void **state)
{
    place *p = *state;
    char file[128];
    snprintf(file, sizeof file, "%s.lock", p->store);
    unlink(file);
    rmdir(p->folder);
    free(p);
    return 0;
}

static bool take(const char *store, cxlog_lock_kind kind, cxlog_lock **out,
                 int64_t *holder)
{
    cxlog_error err = {0};
    if (cxlog_lock_take(out, store, kind, 0, holder, &err) != CXLOG_OK)
        fail_msg("%s", err.message);
    return *out != NULL;
}

/* A child that holds the lock until its pipe is closed. Returns its pid. */
static pid_t hold_in_child(const char *store, cxlog_lock_kind kind, int *pipe_out)
{
    int ready[2], end[2];
    assert_int_equal(pipe(ready) | pipe(end), 0);
    pid_t child = fork();
    if (child == 0) {
        cxlog_lock *lock;
        int64_t holder;
        char byte = 'x';
        close(end[1]);
        if (cxlog_lock_take(&lock, store, kind, 0, &holder, NULL) != CXLOG_OK || !lock)
            _exit(1);
        if (write(ready[1], &byte, 1) != 1)
            _exit(2);
        _exit(read(end[0], &byte, 1) == 0 ? 0 : 3);
    }
    char byte;
    close(ready[1]);
    close(end[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    *pipe_out = end[1];
    return child;
}

static void end_child(pid_t child, int pipe_end)
{
    int status;
    close(pipe_end);
    assert_int_equal(waitpid(child, &status, 0), child);
}

static void another_process_is_kept_out_and_told_who(void **state)
{
    const place *p = *state;
    cxlog_lock *lock = NULL;
    int64_t holder = 0;
    int end;
    pid_t child = hold_in_child(p->store, CXLOG_LOCK_WORK, &end);
    assert_false(take(p->store, CXLOG_LOCK_WORK, &lock, &holder));
    assert_int_equal(holder, child);
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK), child);
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WAITER), 0);
    end_child(child, end);
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK), 0);
    assert_true(take(p->store, CXLOG_LOCK_WORK, &lock, &holder));
    cxlog_lock_drop(lock);
}

static void asking_who_holds_it_drops_no_lock_of_ours(void **state)
{
    const place *p = *state;
    cxlog_lock *work = NULL;
    cxlog_lock *waiter = NULL;
    int64_t holder = 0;
    assert_true(take(p->store, CXLOG_LOCK_WAITER, &waiter, &holder));
    assert_true(take(p->store, CXLOG_LOCK_WORK, &work, &holder));
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK), getpid());
    cxlog_lock_drop(work);
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK), 0);
    pid_t child = fork();
    if (child == 0) /* does the other lock still keep others out? */
        _exit(cxlog_lock_take(&work, p->store, CXLOG_LOCK_WAITER, 0, &holder, NULL) ==
                          CXLOG_OK &&
                      !work
                  ? 0
                  : 1);
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    cxlog_lock_drop(waiter);
}

static void a_process_does_not_get_its_own_lock_twice(void **state)
{
    const place *p = *state;
    cxlog_lock *first = NULL;
    cxlog_lock *second = NULL;
    int64_t holder = 0;
    assert_true(take(p->store, CXLOG_LOCK_WORK, &first, &holder));
    assert_false(take(p->store, CXLOG_LOCK_WORK, &second, &holder));
    assert_int_equal(holder, getpid());
    cxlog_lock_drop(first);
}

static void locks_of_two_stores_are_dropped_in_any_order(void **state)
{
    const place *p = *state;
    char other[128], file[160];
    snprintf(other, sizeof other, "%s/t.db", p->folder);
    snprintf(file, sizeof file, "%s.lock", other);
    for (int last_first = 0; last_first < 2; last_first++) {
        cxlog_lock *first = NULL, *last = NULL;
        int64_t holder = 0;
        assert_true(take(p->store, CXLOG_LOCK_WORK, &first, &holder));
        assert_true(take(other, CXLOG_LOCK_WORK, &last, &holder));
        cxlog_lock_drop(last_first ? last : first);
        assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK),
                         last_first ? getpid() : 0);
        assert_int_equal(cxlog_lock_holder(other, CXLOG_LOCK_WORK),
                         last_first ? 0 : getpid());
        cxlog_lock_drop(last_first ? first : last);
    }
    assert_int_equal(cxlog_lock_holder(p->store, CXLOG_LOCK_WORK), 0);
    unlink(file);
}

static void nobody_holds_a_lock_of_a_store_that_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(cxlog_lock_holder("/nonexistent/s.db", CXLOG_LOCK_WORK), 0);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    cxlog_lock *lock = NULL;
    int64_t holder = 0;
    cxlog_error err = {0};
    assert_int_equal(
        cxlog_lock_take(&lock, "/nonexistent/s.db", CXLOG_LOCK_WORK, 0, &holder, &err),
        CXLOG_ERR_CREATE);
    assert_null(lock);
}

static pid_t holding;
static int holding_pipe;
static int64_t slept_ms;

/* The holder ends while somebody waits for it. */
static void sleep_once(int64_t ms)
{
    slept_ms += ms;
    if (holding)
        end_child(holding, holding_pipe);
    holding = 0;
}

static int64_t slept(void)
{
    return slept_ms;
}

static int no_random(void *buffer, size_t count)
{
    (void)buffer;
    (void)count;
    return -1;
}

static void who_waits_gets_it_as_soon_as_it_is_free(void **state)
{
    const place *p = *state;
    static const cx_seam seam = {slept, slept, no_random, sleep_once};
    cxlog_lock *lock = NULL;
    int64_t holder = 0;
    holding = hold_in_child(p->store, CXLOG_LOCK_WORK, &holding_pipe);
    cx_seam_use(&seam);
    cxlog_status status =
        cxlog_lock_take(&lock, p->store, CXLOG_LOCK_WORK, 20, &holder, NULL);
    cx_seam_use(NULL);
    assert_int_equal(status, CXLOG_OK);
    assert_non_null(lock);
    assert_int_equal(slept_ms, 20);
    cxlog_lock_drop(lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_process_is_kept_out_and_told_who,
                                        make_place, drop_place),
        cmocka_unit_test_setup_teardown(asking_who_holds_it_drops_no_lock_of_ours,
                                        make_place, drop_place),
        cmocka_unit_test_setup_teardown(a_process_does_not_get_its_own_lock_twice,
                                        make_place, drop_place),
        cmocka_unit_test_setup_teardown(locks_of_two_stores_are_dropped_in_any_order,
                                        make_place, drop_place),
        cmocka_unit_test(nobody_holds_a_lock_of_a_store_that_is_not_there),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
        cmocka_unit_test_setup_teardown(who_waits_gets_it_as_soon_as_it_is_free,
                                        make_place, drop_place),
    };
    return cmocka_run_group_tests_name("sync_lock", tests, NULL, NULL);
}
