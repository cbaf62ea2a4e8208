/*
 * store_model.h - random records with corrections, voids, duplicates and out-of-order
 * arrival, in a store and beside it as a plain array that can be recounted without SQL.
 */
#ifndef STORE_MODEL_H
#define STORE_MODEL_H

#include "seeded.h"
#include "store/store_impl.h"
#include "store_case.h"

#define RECORDS 700
#define DAYS 430 /* more than a year, from 2025-11 on */
#define FIRST_DAY (DAY0 - 61)

static const char *const categories[] = {"배송", "환불", "결제", "오류"};
static const char *const details[] = {"", "해외", "지연"};
static const char *const channels[] = {"전화", "이메일", ""};
static const char *const regions[] = {"서울", "부산", ""};
static const char *const agents[] = {"김하늘", "이바다"};
static const char *const sentiments[] = {"긍정", "부정", ""};
static const char *const results[] = {"해결", "진행", ""};
static const char *const tags[] = {"", "급함", "급함, 재문의", "vip"};
static const char *const customers[] = {"", "하나상사", "두리"};
#define PICK(random, list)                                                               \
    (list)[(size_t)seeded_between(random, 0,                                             \
                                  (int64_t)(sizeof(list) / sizeof((list)[0])) - 1)]

/* The model: everything that happened, in no order. */
typedef struct model {
    cxlog_entry entry[RECORDS];
    size_t group[RECORDS]; /* index of the first of its group */
    size_t count;
} model;

static inline void fill(cxlog_entry *e, seeded *random)
{
    put(e, CXLOG_COL_CATEGORY, PICK(random, categories));
    put(e, CXLOG_COL_DETAIL, PICK(random, details));
    put(e, CXLOG_COL_CHANNEL, PICK(random, channels));
    put(e, CXLOG_COL_REGION, PICK(random, regions));
    put(e, CXLOG_COL_AGENT, PICK(random, agents));
    put(e, CXLOG_COL_SENTIMENT, PICK(random, sentiments));
    put(e, CXLOG_COL_RESULT, PICK(random, results));
    put(e, CXLOG_COL_TAGS, PICK(random, tags));
    put(e, CXLOG_COL_CUSTOMER, PICK(random, customers));
    if (seeded_between(random, 0, 2) == 0)
        put(e, CXLOG_COL_NOTE, "Lost parcel");
    cxlog_error err = {0};
    if (seeded_between(random, 0, 1) &&
        cxlog_entry_set_extra(e, "등급", seeded_between(random, 0, 1) ? "골드" : "실버",
                              &err) != CXLOG_OK)
        fail_msg("%s", err.message);
}

static inline void make_model(model *m, seeded *random)
{
    for (m->count = 0; m->count < RECORDS; m->count++) {
        cxlog_entry *e = &m->entry[m->count];
        cxlog_wall at = AT(FIRST_DAY + seeded_between(random, 0, DAYS),
                           seeded_between(random, 0, 86399));
        entry_start(e, at, "배송", "전화");
        fill(e, random);
        e->number[CXLOG_COL_LOGGED_AT] = AT(FIRST_DAY + 500, 0) + (int64_t)m->count / 30;
        m->group[m->count] = m->count;
        if (m->count > 0 && seeded_between(random, 0, 3) == 0) {
            int64_t near = m->count > 20 ? (int64_t)m->count - 20 : 0;
            size_t old = (size_t)seeded_between(
                random, seeded_between(random, 0, 1) ? near : 0, (int64_t)m->count - 1);
            bool is_void = seeded_between(random, 0, 2) == 0;
            char text[64];
            snprintf(text, sizeof text, "%s%s", is_void ? CXLOG_VOID_PREFIX : "",
                     id_of(&m->entry[old]));
            put(e, CXLOG_COL_CORRECTS, text);
            m->group[m->count] = m->group[old];
        }
        seal(e);
    }
}

static inline void clear_model(model *m)
{
    for (size_t i = 0; i < m->count; i++)
        cxlog_entry_clear(&m->entry[i]);
}
CXLOG_AUTO_VALUE_DEFINE(model, clear_model);

/* NULL when its group is void, or another record of it counts. */
static inline bool counts_in(const model *m, size_t index)
{
    const cxlog_entry *last = &m->entry[index];
    for (size_t i = 0; i < m->count; i++) {
        const cxlog_entry *e = &m->entry[i];
        int64_t by = e->number[CXLOG_COL_LOGGED_AT] - last->number[CXLOG_COL_LOGGED_AT];
        if (m->group[i] == m->group[index] &&
            (by > 0 || (by == 0 && strcmp(id_of(e), id_of(last)) > 0)))
            return false;
    }
    const char *corrects = cxlog_entry_text(last, CXLOG_COL_CORRECTS);
    return strncmp(corrects, CXLOG_VOID_PREFIX, strlen(CXLOG_VOID_PREFIX)) != 0;
}

/* All of it as a sheet's rows, shuffled, some twice, taken over page by page; a part is
 * logged here before. */
static inline void store_model(store_case *c, const model *m, seeded *random)
{
    size_t order[RECORDS + 40];
    size_t count = 0;
    for (; count < m->count; count++)
        order[count] = count;
    for (; count < m->count + 40; count++)
        order[count] = (size_t)seeded_between(random, 0, RECORDS - 1);
    for (size_t i = count - 1; i > 0; i--) {
        size_t j = (size_t)seeded_between(random, 0, (int64_t)i);
        size_t held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
    size_t mine = 0;
    for (size_t i = 0; i < count;
         i += 7) { /* what cannot follow its group is left to the sheet */
        cxlog_error ignored = {0};
        mine +=
            cxlog_store_add(c->store, &m->entry[order[i]], 1, NULL, &ignored) == CXLOG_OK;
    }
    assert_true(mine > 50);
    for (size_t start = 0; start < count; start += 100) {
        size_t rows = count - start < 100 ? count - start : 100;
        cxlog_seen_row *row = calloc(rows, sizeof *row);
        for (size_t i = 0; i < rows; i++)
            row[i] = (cxlog_seen_row){.row = (int64_t)(start + i) + 2,
                                      .kind = CXLOG_SEEN_RECORD,
                                      .entry = m->entry[order[start + i]],
                                      .readable = true};
        cxlog_seen_page page = {.first = (int64_t)start + 2,
                                .last = (int64_t)(start + rows) + 1,
                                .rows = row,
                                .count = rows};
        cxlog_seen_result result;
        MUST(cxlog_store_see(c->store, &page, &result, &c->err));
        free(row);
    }
}

static inline bool any_of(const char *const *values, const char *text)
{
    while (values && *values && strcmp(*values, text) != 0)
        values++;
    return values && *values != NULL;
}

/* "배송/" is no value of the random data's filters; of tags the first is looked at. */
static inline bool model_takes(const cxlog_entry *e, cxlog_column column,
                               const char *const *values)
{
    char full[64];
    const char *text = cxlog_entry_text(e, column);
    snprintf(full, sizeof full, "%s/%s", text, cxlog_entry_text(e, CXLOG_COL_DETAIL));
    if (column == CXLOG_COL_CATEGORY)
        return any_of(values, text) || any_of(values, full);
    if (column == CXLOG_COL_TAGS)
        return values && strstr(text, values[0]);
    return any_of(values, text);
}

static inline bool model_passes(const cxlog_entry *e, const cxlog_filter *f)
{
    const cxlog_filter_values *o = &f->only, *w = &f->without;
    const struct {
        cxlog_column column;
        const char *const *only, *const *without;
    } rows[] = {{CXLOG_COL_CATEGORY, o->category, w->category},
                {CXLOG_COL_CHANNEL, o->channel, w->channel},
                {CXLOG_COL_REGION, o->region, w->region},
                {CXLOG_COL_AGENT, o->agent, w->agent},
                {CXLOG_COL_SENTIMENT, o->sentiment, w->sentiment},
                {CXLOG_COL_RESULT, o->result, w->result},
                {CXLOG_COL_TAGS, o->tag, w->tag},
                {CXLOG_COL_CUSTOMER, o->customer, w->customer}};
    bool passes = !f->grep || e->text[CXLOG_COL_NOTE];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        passes = passes &&
                 (!rows[i].only || model_takes(e, rows[i].column, rows[i].only)) &&
                 !model_takes(e, rows[i].column, rows[i].without);
    return passes;
}

static inline void model_key(char out[64], const cxlog_entry *e, const cxlog_by *by)
{
    static const int columns[CXLOG_BY_KIND_COUNT] = {
        [CXLOG_BY_CATEGORY] = CXLOG_COL_CATEGORY,
        [CXLOG_BY_CHANNEL] = CXLOG_COL_CHANNEL,
        [CXLOG_BY_REGION] = CXLOG_COL_REGION,
        [CXLOG_BY_AGENT] = CXLOG_COL_AGENT,
        [CXLOG_BY_SENTIMENT] = CXLOG_COL_SENTIMENT,
        [CXLOG_BY_RESULT] = CXLOG_COL_RESULT,
        [CXLOG_BY_CUSTOMER] = CXLOG_COL_CUSTOMER};
    cxlog_wall at = e->number[CXLOG_COL_CONTACTED_AT];
    int day = (int)(at / 86400);
    if (by->kind == CXLOG_BY_DETAIL)
        snprintf(out, 64, "%s/%s", cxlog_entry_text(e, CXLOG_COL_CATEGORY),
                 cxlog_entry_text(e, CXLOG_COL_DETAIL));
    else if (by->kind == CXLOG_BY_HOUR)
        snprintf(out, 64, "%02d", (int)(at % 86400) / 3600);
    else if (by->kind == CXLOG_BY_WEEKDAY)
        snprintf(out, 64, "%d", (day + 3) % 7 + 1); /* 1970-01-01 was a Thursday */
    else if (by->kind == CXLOG_BY_FIELD)
        snprintf(out, 64, "%s", cxlog_entry_extra(e, by->field));
    else if (by->kind >= CXLOG_BY_DAY && by->kind <= CXLOG_BY_YEAR)
        cxlog_period_label(out, (cxlog_period_kind)(by->kind - CXLOG_BY_DAY), day);
    else
        snprintf(out, 64, "%s", cxlog_entry_text(e, (cxlog_column)columns[by->kind]));
}

/* Keys of one dimension: several for tags. */
static inline size_t model_keys(char out[4][64], const cxlog_entry *e, const cxlog_by *by)
{
    if (by->kind != CXLOG_BY_TAG) {
        model_key(out[0], e, by);
        return 1;
    }
    const char *text = cxlog_entry_text(e, CXLOG_COL_TAGS);
    if (strcmp(text, "급함, 재문의") == 0) {
        strcpy(out[0], "급함");
        strcpy(out[1], "재문의");
        return 2;
    }
    strcpy(out[0], text);
    return 1;
}

static inline int64_t model_count(const model *m, const bool *effective,
                                  const cxlog_query *q, const char *const *key,
                                  cxlog_day from, cxlog_day to)
{
    int64_t count = 0;
    for (size_t i = 0; i < m->count; i++) {
        const cxlog_entry *e = &m->entry[i];
        int64_t day = e->number[CXLOG_COL_CONTACTED_AT] / 86400;
        if (!effective[i] || day < from || day > to || !model_passes(e, &q->filter))
            continue;
        bool match = true;
        for (size_t k = 0; key && k < q->by_count; k++) {
            char keys[4][64];
            size_t n = model_keys(keys, e, &q->by[k]);
            bool has = false;
            for (size_t j = 0; j < n; j++)
                has = has || strcmp(keys[j], key[k]) == 0;
            match = match && has;
        }
        count += match;
    }
    return count;
}

static inline void check_against_model(store_case *c, const model *m,
                                       const bool *effective, const cxlog_query *q,
                                       const cxlog_totals *t)
{
    cxlog_period before = cxlog_period_before(&q->period, 1);
    cxlog_day year = cxlog_period_year_start(&q->period);
    (void)c;
    assert_int_equal(t->total.count,
                     model_count(m, effective, q, NULL, q->period.from, q->period.to));
    assert_int_equal(t->total.previous,
                     model_count(m, effective, q, NULL, before.from, before.to));
    assert_int_equal(t->total.cumulative,
                     model_count(m, effective, q, NULL, year, q->period.to));
    int64_t sum = 0;
    bool tagged = false;
    for (size_t i = 0; i < t->row_count; i++) {
        const cxlog_total_row *row = &t->rows[i];
        const char *key[CXLOG_BY_MAX] = {row->key[0], row->key[1]};
        if (row->count !=
                model_count(m, effective, q, key, q->period.from, q->period.to) ||
            row->previous != model_count(m, effective, q, key, before.from, before.to) ||
            row->cumulative != model_count(m, effective, q, key, year, q->period.to))
            fail_msg("by %s: \"%s\" counted %d", cxlog_by_word(q->by[0].kind), key[0],
                     (int)row->count);
        sum += row->count;
    }
    for (size_t k = 0; k < q->by_count; k++)
        tagged = tagged || q->by[k].kind == CXLOG_BY_TAG;
    if (!tagged)
        assert_int_equal(sum, t->total.count);
}

typedef struct world {
    model m;
    bool effective[RECORDS];
} world;

static inline void build(store_case *c, world *w, const char *name)
{
    /* Nobody pulls the plug here. */
    sqlite3_exec(c->store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    seeded random = seeded_start(name);
    make_model(&w->m, &random);
    store_model(c, &w->m, &random);
    for (size_t i = 0; i < w->m.count; i++)
        w->effective[i] = counts_in(&w->m, i);
}

#endif
