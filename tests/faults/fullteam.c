/*
 * fullteam.c - a full team at 17:00: so many machines, one service account, 60 reads and
 * 60 writes a minute. Each machine runs the program's own close as its timer does, with
 * token, retries and jitter (cxlog_spread_ms), against the emulator, in emulated time;
 * one has close.lead and closes whole at the end of the span, for all.
 *
 *     fullteam [--machines N] [--span MINUTES] [--seed S]
 *
 * Exit 1 unless every record is in by 17:20, refusals stay under 1 % of the requests, no
 * machine was left without a finished close, the whole one among them.
 *
 * In such a team a close that nobody watches only sends (sync/crowd.c); a whole one reads
 * 6 times and once for every 5,000 rows. To send one batch is 2 reads (pull, confirm) and
 * 1 write; with more than 200 agents the confirming read is the next run's
 * (sync/crowd.c). Measured, seed 1, no Retry-After, as Google's answers have none:
 *
 *     machines  span    reads each  refused  last record in  starved
 *          200  15 min  2            0.00 %  17:14:59         0
 *          500  none    1           62.67 %  17:08:59         0  (retries alone)
 *          500  10 min  1            0.00 %  17:10:01         0
 *          500  15 min  1            0.00 %  17:15:00         0
 *          500  15 min  2           44.88 %  17:27:02        58  (confirmed at once)
 *         1000  20 min  1 or 2      13.26 %  17:23:59         0
 *
 * 2,000 machines do not fit: 2,000 pulls take 33 minutes of 60 reads, and 67 where more
 * than 2,000 rows are new since the machine's last pull (a page of the log). They need
 * four service accounts of one project, one for every 500 machines: 33 reads and 33
 * writes a minute each, 133 of the project's 300. Each store also keeps one marker of 15
 * characters in the tab's 30,000, so 2,000 stores are the most that fit into one sheet
 * (google/sweep.c removes those of machines that never came back).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/close.h>
#include <cxlog/wall.h>

#include "core/seam.h"
#include "fullteam.h"

#define MINUTE_MS INT64_C(60000)
#define OPEN_MS INT64_C(1795248000000) /* 2026-11-21 17:00 in Seoul */
#define CLOSE_MS (OPEN_MS + 20 * MINUTE_MS)
#define QUOTA 60
#define RECORDS_MOST 4

static struct {
    int machines;
    int64_t span_ms;
    uint64_t seed;
} args = {.machines = 500, .span_ms = 15 * MINUTE_MS, .seed = 1};

static char folder[64], key_path[96], template_path[96];
static int64_t logged, starved, whole;

static void must(cxlog_status status, const cxlog_error *err)
{
    if (status == CXLOG_OK)
        return;
    fprintf(stderr, "fullteam: %s: %s\n", cxlog_status_name(status), err->message);
    exit(2);
}

static cxlog_store *open_store(const char *path)
{
    const cxlog_store_options options = {.path = path, .busy_ms = 1000, .create = true};
    cxlog_store *store;
    cxlog_error err = {0};
    must(cxlog_store_open(&store, &options, &err), &err);
    return store;
}

static cxlog_remote *open_remote(void)
{
    const cxlog_google_options options = {
        .sheet_id = OFFICE_SHEET, .key_path = key_path, .api = OFFICE_URL};
    cxlog_remote *remote;
    cxlog_error err = {0};
    must(cxlog_google_open(&remote, &options, &err), &err);
    return remote;
}

static const cxlog_sync_options sync_options = {
    .sheet_id = OFFICE_SHEET, .zone = "Asia/Seoul", .backoff_ms = 1000};

static void log_records(cxlog_store *store, int number, int count)
{
    cxlog_error err = {0};
    for (int i = 0; i < count; i++) {
        char id[CXLOG_ID_SIZE], agent[32];
        CXLOG_AUTO_VALUE(cxlog_entry) entry;
        cxlog_entry_init(&entry);
        snprintf(agent, sizeof agent, "상담원 %d", number);
        must(cxlog_id_new(id, &err), &err);
        entry.number[CXLOG_COL_CONTACTED_AT] = cxlog_wall_now();
        entry.number[CXLOG_COL_LOGGED_AT] = cxlog_wall_now();
        must(cxlog_entry_set(&entry, CXLOG_COL_ID, id, &err), &err);
        must(cxlog_entry_set(&entry, CXLOG_COL_AGENT, agent, &err), &err);
        must(cxlog_entry_set(&entry, CXLOG_COL_CATEGORY, "배송", &err), &err);
        must(cxlog_entry_set(&entry, CXLOG_COL_CHANNEL, "전화", &err), &err);
        must(cxlog_entry_seal(&entry, &err), &err);
        must(cxlog_store_add(store, &entry, 1, NULL, &err), &err);
    }
}

/* One store is set up and knows a record of everybody; the machines' are copies of it. */
static void prepare(int number)
{
    (void)number;
    cxlog_error err = {0};
    CXLOG_AUTO(cxlog_store) *store = open_store(template_path);
    CXLOG_AUTO(cxlog_remote) *remote = open_remote();
    cxlog_setup_result made;
    must(cxlog_sync_setup(store, remote, &sync_options, false, &made, &err), &err);
    for (int i = 0; i < args.machines; i++)
        log_records(store, i, 1);
    cxlog_sync_result result;
    for (int round = 0; round < 2; round++)
        must(cxlog_sync_run(store, remote, &sync_options, &result, &err), &err);
}

static void copy_store(const char *path)
{
    char block[1 << 16];
    FILE *from = fopen(template_path, "rb");
    FILE *to = fopen(path, "wb");
    size_t count;
    while (from && to && (count = fread(block, 1, sizeof block, from)) > 0)
        fwrite(block, 1, count, to);
    if (!from || !to || fclose(from) != 0 || fclose(to) != 0 || chmod(path, 0600) != 0)
        exit(2);
}

/* One machine's 17:00: its turn, then a close. The lead's, number 0, comes last. */
static void machine(int number)
{
    char path[96], seed[48];
    int64_t delay;
    cxlog_error err = {0};
    snprintf(path, sizeof path, "%s/%d.db", folder, number);
    snprintf(seed, sizeof seed, "%" PRIu64 " 상담원 %d", args.seed, number);
    must(cxlog_spread_ms(&delay, seed, args.span_ms, &err), &err);
    cx_sleep_ms(number == 0 ? args.span_ms + MINUTE_MS : delay);
    copy_store(path);
    CXLOG_AUTO(cxlog_store) *store = open_store(path);
    int count = 1 + (int)(crowd_chance() % RECORDS_MOST);
    log_records(store, number, count);
    logged += count;
    CXLOG_AUTO(cxlog_remote) *remote = open_remote();
    const cxlog_close_options options = {.sync = &sync_options,
                                         .agent = "상담원",
                                         .day = cxlog_day_of(cxlog_wall_now()),
                                         .modest = number != 0};
    CXLOG_AUTO_VALUE(cxlog_close_result) result = {0};
    cxlog_status status = cxlog_close_run(store, remote, &options, &result, &err);
    whole += status == CXLOG_OK && !result.sent_only;
    if (status != CXLOG_OK || result.sync.pending + result.sync.unknown > 0) {
        starved++;
        printf("  machine %d: %s\n", number, err.message);
    }
    unlink(path);
}

static bool read_args(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        int64_t value = strtoll(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--machines") == 0)
            args.machines = (int)value;
        else if (strcmp(argv[i], "--span") == 0)
            args.span_ms = value * MINUTE_MS;
        else if (strcmp(argv[i], "--seed") == 0)
            args.seed = (uint64_t)value;
        else
            return false;
    }
    return argc % 2 == 1 && args.machines > 0;
}

static int tell(void)
{
    office_report r = office_tell();
    int64_t requests = r.reads + r.writes;
    double refused = 100.0 * (double)r.refused / (double)requests;
    int64_t last_s = (r.last_push_ms - OPEN_MS) / 1000;
    int64_t end_s = (crowd_now_ms() - OPEN_MS) / 1000;
    printf("full team: machines %d, span %" PRId64 " min, records %" PRId64
           ", in the sheet %" PRId64 ", reads %" PRId64 ", writes %" PRId64
           ", refused %" PRId64 " (%.2f %%), busiest minute %" PRId64 " reads %" PRId64
           " writes, last record in 17:%02" PRId64 ":%02" PRId64
           ", last run over 17:%02" PRId64 ":%02" PRId64 ", whole closes %" PRId64
           ", starved %" PRId64 " (seed %" PRIu64 ")\n",
           args.machines, args.span_ms / MINUTE_MS, logged, r.records, r.reads, r.writes,
           r.refused, refused, r.read_peak, r.write_peak, last_s / 60, last_s % 60,
           end_s / 60, end_s % 60, whole, starved, args.seed);
    bool good = r.records == logged && r.pushes == args.machines && starved == 0 &&
                whole > 0 && r.last_push_ms <= CLOSE_MS && refused < 1.0;
    return good ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (!read_args(argc, argv)) {
        fputs("usage: fullteam [--machines N] [--span MINUTES] [--seed S]\n", stderr);
        return 64;
    }
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, sizeof folder, "%s/cxlog-team-XXXXXX", base);
    if (!mkdtemp(folder))
        return 2;
    snprintf(key_path, sizeof key_path, "%s/key.json", folder);
    snprintf(template_path, sizeof template_path, "%s/template.db", folder);
    cxlog_error err = {0};
    must(cxlog_zone_use("Asia/Seoul", &err), &err);
    crowd_seed(args.seed);
    office_open(key_path, 0);
    crowd_run(1, OPEN_MS - 60 * MINUTE_MS, prepare);
    (void)office_tell();
    office_quota(QUOTA);
    crowd_run(args.machines, OPEN_MS, machine);
    int code = tell();
    office_close();
    unlink(template_path);
    unlink(key_path);
    rmdir(folder);
    return code;
}
