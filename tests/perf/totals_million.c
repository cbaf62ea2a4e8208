/*
 * A store of a million records: how long totals take, and how much memory.
 *     totals_million FILE [RECORDS]
 * The file is filled when it is missing (as pages of a sheet, which is how a team's
 * million arrives).
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include <cxlog/store.h>

#define PAGE 10000
#define DAY0 20089 /* 2025-01-01 */
#define DAYS 690

static const char *const categories[] = {"배송",     "환불", "결제", "오류",     "회원",
                                         "이용방법", "제안", "칭찬", "도입상담", "기타"};
static const char *const details[] = {"해외", "지연", "파손", "취소"};
static const char *const channels[] = {"전화",     "게시판",       "온라인채팅",
                                       "카카오톡", "인스타그램DM", "이메일"};
static const char *const regions[] = {"서울", "부산", "대구", "인천", "광주", "대전",
                                      "울산", "세종", "경기", "강원", "해외", "미상"};

static double now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static uint32_t draw(uint32_t below)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

#define DRAW(list) (list)[draw(sizeof(list) / sizeof((list)[0]))]

static void set(cxlog_entry *entry, cxlog_column column, const char *text)
{
    entry->text[column] = strdup(text);
}

static cxlog_status make_row(cxlog_seen_row *row, int64_t number, int64_t records,
                             cxlog_error *err)
{
    cxlog_entry *e = &row->entry;
    char id[CXLOG_ID_SIZE], agent[32];
    *row =
        (cxlog_seen_row){.row = number + 2, .kind = CXLOG_SEEN_RECORD, .readable = true};
    cxlog_entry_init(e);
    int64_t at = (DAY0 + number * DAYS / records) * 86400 + 32400 + draw(30000);
    cxlog_status status = cxlog_id_new(id, err);
    snprintf(agent, sizeof agent, "상담원%02u", draw(20));
    e->number[CXLOG_COL_CONTACTED_AT] = e->number[CXLOG_COL_LOGGED_AT] = at;
    set(e, CXLOG_COL_ID, id);
    set(e, CXLOG_COL_AGENT, agent);
    set(e, CXLOG_COL_CATEGORY, DRAW(categories));
    set(e, CXLOG_COL_DETAIL, DRAW(details));
    set(e, CXLOG_COL_CHANNEL, DRAW(channels));
    set(e, CXLOG_COL_REGION, DRAW(regions));
    set(e, CXLOG_COL_NOTE,
        "3일째 미도착이라고 하심. 송장 조회는 정상, 내일 다시 연락하기로 함");
    return status ? status : cxlog_entry_seal(e, err);
}

static cxlog_status fill(cxlog_store *store, int64_t records, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (int64_t done = 0; !status && done < records; done += PAGE) {
        cxlog_seen_page page = {.first = done + 2, .last = done + PAGE + 1};
        cxlog_seen_result result;
        page.rows = calloc(PAGE, sizeof *page.rows);
        if (!page.rows)
            return CXLOG_ERR_NOMEM;
        while (!status && page.count < PAGE && done + (int64_t)page.count < records) {
            status = make_row(&page.rows[page.count], done + (int64_t)page.count, records,
                              err);
            page.count++;
        }
        if (!status)
            status = cxlog_store_see(store, &page, &result, err);
        cxlog_seen_page_clear(&page);
    }
    return status;
}

static cxlog_status measure(cxlog_store *store, const char *what, const char *period,
                            const char *by, const cxlog_filter *filter, cxlog_error *err)
{
    cxlog_query query = {.by_count = 1};
    if (filter)
        query.filter = *filter;
    double best = 1e9;
    int64_t counted = 0;
    for (int i = 0; i < 5; i++) {
        CXLOG_AUTO(cxlog_totals) *totals = NULL;
        double start = now_ms();
        cxlog_status status = cxlog_by_parse(&query.by[0], by, err);
        if (!status)
            status = cxlog_period_parse(&query.period, period, DAY0 + DAYS - 1, err);
        if (!status)
            status = cxlog_store_totals(store, &query, &totals, err);
        if (status)
            return status;
        double took = now_ms() - start;
        best = took < best ? took : best;
        counted = totals->total.count;
    }
    printf("%-42s %9.2f ms   %lld counted\n", what, best, (long long)counted);
    return CXLOG_OK;
}

static cxlog_status measure_all(cxlog_store *store, cxlog_error *err)
{
    static const char *const none[] = {"부산", NULL};
    const cxlog_filter region = {.only.region = none};
    cxlog_status status = measure(store, "totals month", "month", "category", NULL, err);
    if (!status)
        status = measure(store, "totals year --by detail", "year", "detail", NULL, err);
    if (!status)
        status = measure(store, "totals year --by day", "year", "day", NULL, err);
    if (!status)
        status = measure(store, "totals all --by agent", "all", "agent", NULL, err);
    if (!status)
        status = measure(store, "totals all --by category", "all", "category", NULL, err);
    if (!status)
        status = measure(store, "totals month --region 부산 (full scan)", "month",
                         "category", &region, err);
    cxlog_counts counts;
    double start = now_ms();
    if (!status)
        status = cxlog_store_counts(store, "상담원01", DAY0 + DAYS - 1, &counts, err);
    printf("%-42s %9.2f ms\n", "counts of status", now_ms() - start);
    return status;
}

int main(int argc, char **argv)
{
    cxlog_error err = {0};
    struct stat there;
    if (argc < 2)
        return 64;
    bool fresh = stat(argv[1], &there) != 0;
    cxlog_store_options options = {.path = argv[1], .busy_ms = 10000, .create = true};
    CXLOG_AUTO(cxlog_store) *store = NULL;
    cxlog_status status = cxlog_zone_use("Asia/Seoul", &err);
    if (!status)
        status = cxlog_store_open(&store, &options, &err);
    double start = now_ms();
    if (!status && fresh) {
        status = fill(store, argc > 2 ? atoll(argv[2]) : 1000000, &err);
        printf("filled in %.1f s\n", (now_ms() - start) / 1e3);
    }
    if (!status)
        status = measure_all(store, &err);
    struct rusage used;
    if (!status && getrusage(RUSAGE_SELF, &used) == 0)
        printf("memory at most %ld KiB\n", used.ru_maxrss);
    if (status)
        fprintf(stderr, "totals_million: %s\n", err.message);
    return cxlog_exit_code(status);
}
