/* Opening: made once by whoever comes first, and what is not a cxlog store stays as it
 * is. */
#include <errno.h>
#include <fcntl.h>
#include <sys/vfs.h>
#include <sys/wait.h>

#include "store/store_impl.h"
#include "store_case.h"

/* Linked with --wrap=statfs: a network file system on demand. */
static long pretended_type;
int __real_statfs(const char *path, struct statfs *out);
int __wrap_statfs(const char *path, struct statfs *out);
int __wrap_statfs(const char *path, struct statfs *out)
{
    int failed = __real_statfs(path, out);
    if (!failed && pretended_type)
        out->f_type = pretended_type;
    return failed;
}

/* Linked with --wrap=fsync: what a file system says to a folder that is to be synced. */
static int sync_error;
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    if (!sync_error)
        return __real_fsync(fd);
    errno = sync_error;
    return -1;
}

static void write_file(const char *path, const void *bytes, size_t count)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, count), (ssize_t)count);
    close(fd);
}

#define IMAGE_MAX 200000
static size_t read_file(const char *path, char *out)
{
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t count = read(fd, out, IMAGE_MAX);
    close(fd);
    assert_true(count >= 0 && count < IMAGE_MAX);
    return (size_t)count;
}

static void execute(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    chmod(path, 0600);
}

static void expect_refused(store_case *c, cxlog_status expected, const char *why)
{
    static char before[IMAGE_MAX], after[IMAGE_MAX];
    size_t size = read_file(c->path, before);
    cxlog_status status = case_reopen(c, true);
    if (status != expected)
        fail_msg("%s: status %d: %s", why, (int)status, c->err.message);
    assert_null(c->store);
    assert_int_equal(read_file(c->path, after), size);
    assert_memory_equal(before, after, size);
}

static void
a_missing_store_is_made_private_with_its_folders_and_the_starter_scheme(void **state)
{
    store_case *c = *state;
    struct stat there;
    snprintf(c->path, sizeof c->path, "%s/deep/er/cxlog.db", c->folder);
    mode_t mask = umask(0);
    cxlog_status status = case_reopen(c, true);
    umask(mask);
    MUST(status);
    assert_int_equal(stat(c->path, &there), 0);
    assert_int_equal(there.st_mode & 0777, 0600);
    char folder[96];
    snprintf(folder, sizeof folder, "%s/deep", c->folder);
    assert_int_equal(stat(folder, &there), 0);
    assert_int_equal(there.st_mode & 0777, 0700);
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    MUST(cxlog_store_scheme(c->store, &scheme, &c->err));
    assert_non_null(cxlog_scheme_get(scheme, CXLOG_DIM_CATEGORY, "", "배송"));
    MUST(cxlog_store_check(c->store, &c->err));
    assert_string_equal(cxlog_store_path(c->store), c->path);
}

static void a_missing_store_is_not_made_unasked(void **state)
{
    store_case *c = *state;
    assert_int_equal(case_reopen(c, false), CXLOG_ERR_NOINPUT);
    assert_int_equal(access(c->path, F_OK), -1);
}

static void an_empty_file_of_our_own_becomes_a_store(void **state)
{
    store_case *c = *state;
    write_file(c->path, "", 0);
    assert_int_equal(case_reopen(c, false), CXLOG_ERR_NOINPUT);
    MUST(case_reopen(c, true));
}

static void the_connection_has_the_settings_that_survive_a_power_cut(void **state)
{
    store_case *c = *state;
    MUST(case_reopen(c, true));
    static const struct {
        const char *pragma;
        int64_t value;
    } cases[] = {
        {"PRAGMA synchronous", 3},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA secure_delete", 1},
        {"PRAGMA cell_size_check", 1},
        {"PRAGMA temp_store", 2},
        {"PRAGMA trusted_schema", 0},
        {"PRAGMA user_version", 3},
        {"PRAGMA application_id", 0x63786c67},
        {"SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'truncate'", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t got = -1;
        MUST(cx_pragma_number(&got, c->store, cases[i].pragma, &c->err));
        if (got != cases[i].value)
            fail_msg("%s is %d", cases[i].pragma, (int)got);
    }
    int defensive = 0;
    sqlite3_db_config(c->store->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
    assert_int_equal(defensive, 1);
}

static void what_is_not_a_store_is_refused_and_left_as_it_is(void **state)
{
    store_case *c = *state;
    static const char text[] = "this is a diary, not a database; hands off, please\n";
    write_file(c->path, text, sizeof text - 1);
    expect_refused(c, CXLOG_ERR_CONFIG, "text");
    char block[8192];
    memset(block, 'x', sizeof block);
    write_file(c->path, block, sizeof block);
    expect_refused(c, CXLOG_ERR_CONFIG, "block of text");
    unlink(c->path);
    execute(c->path, "CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)");
    expect_refused(c, CXLOG_ERR_CONFIG, "other database");
    execute(c->path, "PRAGMA application_id = 77");
    expect_refused(c, CXLOG_ERR_CONFIG, "other application");
    unlink(c->path);
    execute(c->path, "PRAGMA user_version = 1; CREATE TABLE record(x)");
    expect_refused(c, CXLOG_ERR_CONFIG, "other database with our version");
    unlink(c->path);
    execute(c->path, "PRAGMA journal_mode = WAL; CREATE TABLE theirs(x)");
    expect_refused(c, CXLOG_ERR_CONFIG, "WAL database");
}

static void a_store_of_a_newer_version_is_refused_and_left_as_it_is(void **state)
{
    store_case *c = *state;
    MUST(case_reopen(c, true));
    cxlog_store_close(c->store);
    c->store = NULL;
    execute(c->path, "PRAGMA user_version = 9999");
    expect_refused(c, CXLOG_ERR_CONFIG, "newer");
    assert_non_null(strstr(c->err.message, "9999"));
}

static void other_names_of_the_file_are_refused(void **state)
{
    store_case *c = *state;
    char other[96];
    MUST(case_reopen(c, true));
    snprintf(other, sizeof other, "%s/other.db", c->folder);
    assert_int_equal(link(c->path, other), 0);
    expect_refused(c, CXLOG_ERR_CONFIG, "hard link");
    assert_int_equal(rename(c->path, other),
                     0); /* two names of one file: nothing happens */
    assert_int_equal(unlink(c->path), 0);
    assert_int_equal(symlink(other, c->path), 0);
    expect_refused(c, CXLOG_ERR_CONFIG, "symbolic link");
    assert_int_equal(unlink(c->path), 0);
    assert_int_equal(mkdir(c->path, 0700), 0);
    assert_int_equal(case_reopen(c, true), CXLOG_ERR_CONFIG);
    assert_int_equal(rmdir(c->path), 0);
}

static void a_link_in_its_folder_does_no_harm(void **state)
{
    store_case *c = *state;
    char link_path[96];
    snprintf(link_path, sizeof link_path, "%s/link.db", c->folder);
    assert_int_equal(symlink(c->folder, link_path), 0);
    snprintf(c->path, sizeof c->path, "%s/link.db/cxlog.db", c->folder);
    MUST(case_reopen(c, true));
    log_one(c, NULL, AT(DAY0, 1), "배송", "전화");
}

static void a_file_that_others_may_read_is_refused(void **state)
{
    store_case *c = *state;
    MUST(case_reopen(c, true));
    static const mode_t modes[] = {0640, 0604, 0660, 0601};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        assert_int_equal(chmod(c->path, modes[i]), 0);
        expect_refused(c, CXLOG_ERR_PERMISSION, "mode");
    }
    if (geteuid() != 0)
        return;
    assert_int_equal(chmod(c->path, 0600), 0);
    assert_int_equal(chown(c->path, 65534, (gid_t)-1), 0);
    expect_refused(c, CXLOG_ERR_PERMISSION, "owner");
}

static void a_network_file_system_is_refused(void **state)
{
    store_case *c = *state;
    static const long types[] = {0x6969,           0x517b,     (long)0xfe534d42,
                                 (long)0xff534d42, 0x01021997, 0x65735546};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        pretended_type = types[i];
        cxlog_status status = case_reopen(c, true);
        pretended_type = 0;
        if (status != CXLOG_ERR_CONFIG)
            fail_msg("type %lx accepted", (unsigned long)types[i]);
    }
    assert_int_equal(access(c->path, F_OK), -1);
}

static void a_migration_that_was_cut_off_begins_again(void **state)
{
    store_case *c = *state;
    /* As left by a first run that died before its commit: an empty file with an unused
     * journal. */
    write_file(c->path, "", 0);
    char journal[128];
    snprintf(journal, sizeof journal, "%s-journal", c->path);
    write_file(journal, "", 0);
    MUST(case_reopen(c, true));
    MUST(cxlog_store_check(c->store, &c->err));
}

static void damage_is_found_by_check_and_never_taken_for_a_store(void **state)
{
    store_case *c = *state;
    MUST(case_reopen(c, true));
    for (int i = 0; i < 30; i++)
        log_one(c, NULL, AT(DAY0, i), "배송", "전화");
    cxlog_store_close(c->store);
    c->store = NULL;
    struct stat there;
    assert_int_equal(stat(c->path, &there), 0);
    assert_int_equal(truncate(c->path, there.st_size - 4096), 0);
    cxlog_status status = case_reopen(c, true);
    if (status == CXLOG_OK)
        status = cxlog_store_check(c->store, &c->err);
    assert_int_equal(status, CXLOG_ERR_IO);
    assert_non_null(strstr(c->err.message, "damaged"));
}

#define PROCESSES 12

static int first_run(const char *path, int gate)
{
    char byte;
    while (read(gate, &byte, 1) < 0 && errno == EINTR)
        ;
    store_case c = {0};
    snprintf(c.path, sizeof c.path, "%s", path);
    if (case_reopen(&c, true) != CXLOG_OK) {
        print_error("%s\n", c.err.message);
        return 1;
    }
    cxlog_entry entry;
    entry_start(&entry, AT(DAY0, 1), "배송", "전화");
    seal(&entry);
    cxlog_status status = cxlog_store_add(c.store, &entry, 1, NULL, &c.err);
    cxlog_entry_clear(&entry);
    cxlog_store_close(c.store);
    return status == CXLOG_OK ? 0 : 1;
}

static void twelve_first_runs_at_once_all_succeed(void **state)
{
    store_case *c = *state;
    for (int round = 0; round < 10; round++) {
        int gate[2];
        assert_int_equal(pipe(gate), 0);
        for (int i = 0; i < PROCESSES; i++) {
            pid_t child = fork();
            assert_true(child >= 0);
            if (child == 0) {
                close(gate[1]);
                _exit(first_run(c->path, gate[0]));
            }
        }
        close(gate[0]);
        close(gate[1]); /* all at once */
        int failures = 0;
        for (int i = 0; i < PROCESSES; i++) {
            int status = 0;
            assert_true(wait(&status) > 0);
            failures += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        }
        assert_int_equal(failures, 0);
        MUST(case_reopen(c, false));
        assert_int_equal(total_count(c), PROCESSES);
        int64_t number = 0, shared = 0, events = 0;
        char chain[CXLOG_CHAIN_SIZE];
        MUST(cxlog_store_chain(c->store, &number, chain, &shared, &c->err));
        MUST(cx_pragma_number(&events, c->store, "SELECT count(*) FROM event", &c->err));
        assert_int_equal(number, events);
        cxlog_store_close(c->store);
        c->store = NULL;
        unlink(c->path);
    }
}

/* As somebody who may write to the folder and not read it. */
static int run_unreading(store_case *c)
{
    if (geteuid() == 0 && (chown(c->folder, 65534, 65534) != 0 || setuid(65534) != 0))
        return 2;
    if (chmod(c->folder, 0300) != 0)
        return 2; /* a folder above it keeps that user out */
    return case_reopen(c, true) == CXLOG_OK ? 0 : 1;
}

static void a_first_run_needs_no_more_of_its_folder_than_the_second(void **state)
{
    store_case *c = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(run_unreading(c));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(c->folder, 0700), 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
        skip();
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void a_file_system_that_cannot_sync_a_folder_holds_a_store(void **state)
{
    store_case *c = *state;
    sync_error = EINVAL;
    cxlog_status status = case_reopen(c, true);
    sync_error = 0;
    MUST(status);
    MUST(case_reopen(c, false));
}

static void a_folder_that_fails_to_be_synced_holds_none(void **state)
{
    store_case *c = *state;
    sync_error = EIO;
    cxlog_status status = case_reopen(c, true);
    sync_error = 0;
    assert_int_equal(status, CXLOG_ERR_IO);
    assert_int_equal(case_reopen(c, false), CXLOG_ERR_NOINPUT);
    MUST(case_reopen(c, true));
}

#define T(name) cmocka_unit_test_setup_teardown(name, case_folder, case_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_missing_store_is_made_private_with_its_folders_and_the_starter_scheme),
        T(a_missing_store_is_not_made_unasked),
        T(an_empty_file_of_our_own_becomes_a_store),
        T(the_connection_has_the_settings_that_survive_a_power_cut),
        T(what_is_not_a_store_is_refused_and_left_as_it_is),
        T(a_store_of_a_newer_version_is_refused_and_left_as_it_is),
        T(other_names_of_the_file_are_refused),
        T(a_link_in_its_folder_does_no_harm),
        T(a_file_that_others_may_read_is_refused),
        T(a_network_file_system_is_refused),
        T(a_migration_that_was_cut_off_begins_again),
        T(damage_is_found_by_check_and_never_taken_for_a_store),
        T(twelve_first_runs_at_once_all_succeed),
        T(a_file_system_that_cannot_sync_a_folder_holds_a_store),
        T(a_folder_that_fails_to_be_synced_holds_none),
        T(a_first_run_needs_no_more_of_its_folder_than_the_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
