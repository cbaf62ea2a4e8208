/* Disk errors, locks and lack of memory: "not saved" is said only when it is known. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "store/store_impl.h"
#include "store_case.h"

/* One of SQLite's system calls fails from the n-th on, once or for ever. */
static struct {
    int countdown; /* 0: nothing fails */
    bool for_ever, after_effect;
    int error, hits;
} fault;

static bool fails_now(void)
{
    if (fault.countdown == 0)
        return false;
    if (fault.countdown > 1) {
        fault.countdown--;
        return false;
    }
    if (!fault.for_ever)
        fault.countdown = 0;
    fault.hits++;
    errno = fault.error;
    return true;
}

static ssize_t failing_write(int fd, const void *bytes, size_t count)
{
    return fails_now() ? -1 : write(fd, bytes, count);
}

static ssize_t failing_pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return fails_now() ? -1 : pwrite(fd, bytes, count, at);
}

static int failing_ftruncate(int fd, off_t size)
{
    int done = fault.after_effect ? ftruncate(fd, size) : 0;
    if (fails_now())
        return -1;
    return fault.after_effect ? done : ftruncate(fd, size);
}

static void replace(const char *name, sqlite3_syscall_ptr call)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
    (void)vfs->xSetSystemCall(vfs, name, call); /* not every build has all of them */
}

#define CALL(function) ((sqlite3_syscall_ptr)(function))

static void fault_set(const char *name, int nth, int error, bool for_ever)
{
    fault.countdown = nth;
    fault.error = error;
    fault.for_ever = for_ever;
    fault.hits = 0;
    if (strcmp(name, "write") == 0) {
        replace("write", CALL(failing_write));
        replace("pwrite", CALL(failing_pwrite));
        replace("pwrite64", CALL(failing_pwrite));
    } else {
        replace("ftruncate", CALL(failing_ftruncate));
    }
}

static int fault_end(void)
{
    static const char *const names[] = {"write", "pwrite", "pwrite64", "ftruncate"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        replace(names[i], NULL);
    int hits = fault.hits;
    memset(&fault, 0, sizeof fault);
    return hits;
}

static bool is_there(store_case *c, const char *id)
{
    CXLOG_AUTO_VALUE(cxlog_record) record;
    cxlog_record_init(&record);
    return cxlog_store_find(c->store, id, &record, NULL) == CXLOG_OK;
}

static char said[CXLOG_MESSAGE_MAX]; /* the sentence of the last add_under() */

/* Add under a fault; afterwards reopen and see whether what was said is true. Returns how
 * often the fault struck. */
static int add_under(store_case *c, const char *name, int nth, int error, bool for_ever)
{
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, nth), "배송", "전화");
    put(&entry, CXLOG_COL_NOTE, "3일째 미도착");
    seal(&entry);
    MUST(case_reopen(c, false));
    bool after_effect = fault.after_effect;
    fault_set(name, nth, error, for_ever);
    fault.after_effect = after_effect;
    cxlog_status status = cxlog_store_add(c->store, &entry, 1, NULL, &c->err);
    int hits = fault_end();
    memcpy(said, c->err.message, sizeof said);
    MUST(case_reopen(c, false));
    bool there = is_there(c, id_of(&entry));
    bool not_saved = strstr(said, "nothing was saved") != NULL;
    bool unknown = strstr(said, "outcome unknown") != NULL;
    if (status == CXLOG_OK ? !there : status != CXLOG_ERR_IO || not_saved == unknown)
        fail_msg("%s %d: status %d, there %d: %s", name, nth, (int)status, there, said);
    if (not_saved && there)
        fail_msg("%s %d: it is there, and the sentence was: %s", name, nth, said);
    MUST(cxlog_store_check(c->store, &c->err));
    MUST(cxlog_store_add(c->store, &entry, 1, NULL,
                         &c->err)); /* again: adds nothing twice */
    assert_true(is_there(c, id_of(&entry)));
    return hits;
}

static void each_write_that_fails_leaves_all_or_nothing_and_says_which(void **state)
{
    store_case *c = *state;
    static const int errors[] = {ENOSPC, EIO};
    int points = 0;
    for (size_t e = 0; e < 2; e++) {
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            int nth = 1;
            while (add_under(c, "write", nth, errors[e], for_ever) > 0) {
                nth++;
                points++;
            }
        }
    }
    assert_true(points >= 40);
}

static void a_commit_that_took_effect_and_failed_is_never_called_not_saved(void **state)
{
    store_case *c = *state;
    fault.after_effect = true;
    assert_true(add_under(c, "ftruncate", 1, EIO, true) > 0);
    assert_non_null(strstr(said, "outcome unknown"));
    assert_int_equal(total_count(c), 1);
}

static int refuse_commit(void *unused)
{
    (void)unused;
    return 1;
}

static void a_refused_commit_saves_nothing_and_ends_the_handle(void **state)
{
    store_case *c = *state;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    seal(&entry);
    sqlite3_commit_hook(c->store->db, refuse_commit, NULL);
    assert_int_equal(cxlog_store_add(c->store, &entry, 1, NULL, &c->err), CXLOG_ERR_IO);
    assert_non_null(strstr(c->err.message, "nothing was saved"));
    cxlog_error_clear(&c->err);
    assert_int_equal(cxlog_store_set(c->store, "k", "v", &c->err), CXLOG_ERR_IO);
    cxlog_counts counts;
    assert_int_equal(cxlog_store_counts(c->store, "", DAY0, &counts, NULL), CXLOG_ERR_IO);
    assert_int_equal(cxlog_store_check(c->store, NULL), CXLOG_ERR_IO);
    MUST(case_reopen(c, false));
    assert_int_equal(total_count(c), 0);
}

static void a_commit_without_a_record_to_look_for_is_of_unknown_outcome(void **state)
{
    store_case *c = *state;
    sqlite3_commit_hook(c->store->db, refuse_commit, NULL);
    assert_int_equal(cxlog_store_set(c->store, "k", "v", &c->err), CXLOG_ERR_IO);
    assert_non_null(strstr(c->err.message, "outcome unknown"));
}

static void what_a_refused_commit_did_not_restore_is_not_counted(void **state)
{
    store_case *c = *state;
    cxlog_seen_row row = {.row = 2, .kind = CXLOG_SEEN_RECORD, .readable = true};
    cxlog_seen_page page = {.first = 2, .last = INT64_MAX, .rows = &row, .count = 1};
    cxlog_seen_result result;
    entry_start(&row.entry, AT(DAY0, 1), "배송", "전화");
    seal(&row.entry);
    MUST(cxlog_store_add(c->store, &row.entry, 1, NULL, &c->err));
    MUST(cxlog_store_see(c->store, &page, &result, &c->err));
    page.count = 0;
    MUST(cxlog_store_see(c->store, &page, &result, &c->err));
    cxlog_entry_clear(&row.entry);
    sqlite3_commit_hook(c->store->db, refuse_commit, NULL);
    int64_t count = -1;
    assert_int_equal(cxlog_store_restore(c->store, &count, &c->err), CXLOG_ERR_IO);
    assert_int_equal(count, 0);
    MUST(case_reopen(c, false));
    MUST(cxlog_store_restore(c->store, &count, &c->err));
    assert_int_equal(count, 1);
}

static void a_lock_held_too_long_is_try_again_with_nothing_saved(void **state)
{
    store_case *c = *state;
    sqlite3 *other = NULL;
    static const char *const holds[] = {"BEGIN IMMEDIATE",
                                        "BEGIN; SELECT count(*) FROM record"};
    assert_int_equal(sqlite3_open(c->path, &other), SQLITE_OK);
    sqlite3_busy_timeout(c->store->db, 20);
    for (size_t i = 0; i < 2; i++) { /* a writer, and a reader that blocks the commit */
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        entry_start(&entry, AT(DAY0, 1), "배송", "전화");
        seal(&entry);
        assert_int_equal(sqlite3_exec(other, holds[i], NULL, NULL, NULL), SQLITE_OK);
        cxlog_error_clear(&c->err);
        cxlog_status status = cxlog_store_add(c->store, &entry, 1, NULL, &c->err);
        sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
        if (status != CXLOG_ERR_RETRY || !strstr(c->err.message, "nothing was saved"))
            fail_msg("%s: status %d: %s", holds[i], (int)status, c->err.message);
        MUST(cxlog_store_add(c->store, &entry, 1, NULL,
                             &c->err)); /* the handle is as good as before */
    }
    sqlite3_close(other);
    assert_int_equal(total_count(c), 2);
}

static void a_file_that_may_not_grow_is_an_io_error(void **state)
{
    store_case *c = *state;
    struct stat there;
    struct rlimit old, small;
    assert_int_equal(stat(c->path, &there), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = (rlim_t)there.st_size;
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    char *note = calloc(1, 40001);
    memset(note, 'x', 40000);
    put(&entry, CXLOG_COL_NOTE, note);
    free(note);
    seal(&entry);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    cxlog_status status = cxlog_store_add(c->store, &entry, 1, NULL, &c->err);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, CXLOG_ERR_IO);
    MUST(case_reopen(c, false));
    assert_int_equal(total_count(c), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_start, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_write_that_fails_leaves_all_or_nothing_and_says_which),
        T(a_commit_that_took_effect_and_failed_is_never_called_not_saved),
        T(a_refused_commit_saves_nothing_and_ends_the_handle),
        T(a_commit_without_a_record_to_look_for_is_of_unknown_outcome),
        T(what_a_refused_commit_did_not_restore_is_not_counted),
        T(a_lock_held_too_long_is_try_again_with_nothing_saved),
        T(a_file_that_may_not_grow_is_an_io_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
