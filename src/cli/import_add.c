#include "cli/import.h"
#include "cli/progress.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#define BATCH 500
#define BATCH_BYTES (8U << 20)

/* A key that a row had, and the ID made from it. */
typedef struct seen {
    int64_t line;
    char id[CXLOG_ID_SIZE];
    char key[];
} seen;

struct cli_import_adder {
    cxlog_store *store;
    cli_import_counts *counts;
    bool dry_run;
    void *keys; /* tsearch() tree of seen */
    cxlog_entry entries[BATCH];
    int64_t lines[BATCH];
    bool any_agent[BATCH];
    bool again[BATCH]; /* its key stood on an earlier line */
    size_t count, bytes;
};

void cli_import_bad_row(cli_import_counts *counts, int64_t line, const cxlog_error *why)
{
    counts->bad++;
    cli_progress_hush();
    CXLOG_AUTO_TEXT reason = cxlog_text_escape(why->message, true);
    (void)fprintf(stderr, _("line %lld: %s"), (long long)line,
                  reason ? reason : why->message);
    (void)fputc('\n', stderr);
}

static int compare(const void *a, const void *b)
{
    const seen *left = a;
    const seen *right = b;
    return strcmp(left->key, right->key);
}

cxlog_status cli_import_adder_new(cli_import_adder **out, cxlog_store *store,
                                  bool dry_run, cli_import_counts *counts,
                                  cxlog_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    (*out)->store = store;
    (*out)->dry_run = dry_run;
    (*out)->counts = counts;
    return CXLOG_OK;
}

static void forget(cli_import_adder *adder)
{
    for (size_t i = 0; i < adder->count; i++)
        cxlog_entry_clear(&adder->entries[i]);
    adder->count = 0;
    adder->bytes = 0;
}

void cli_import_adder_free(cli_import_adder *adder)
{
    if (!adder)
        return;
    forget(adder);
    while (adder->keys) {
        seen *one = *(seen **)adder->keys; /* the root's datum comes first in a node */
        (void)tdelete(one, &adder->keys, compare);
        free(one);
    }
    free(adder);
}

static void count_added(cli_import_adder *adder, const cxlog_added *added, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (added[i].existed)
            adder->counts->existing++;
        else
            adder->counts->added++;
    }
}

/* Give the entry the agent of the record that is there under its ID. false: there is
 * none, or it is the same agent. */
static bool take_agent(cli_import_adder *adder, cxlog_entry *entry)
{
    CXLOG_AUTO_VALUE(cxlog_record) there;
    cxlog_record_init(&there);
    const char *id = cxlog_entry_text(entry, CXLOG_COL_ID);
    if (cxlog_store_find(adder->store, id, &there, NULL) != CXLOG_OK)
        return false;
    const char *agent = cxlog_entry_text(&there.entry, CXLOG_COL_AGENT);
    return strcmp(agent, cxlog_entry_text(entry, CXLOG_COL_AGENT)) != 0 &&
           cxlog_entry_set(entry, CXLOG_COL_AGENT, agent, NULL) == CXLOG_OK &&
           cxlog_entry_seal(entry, NULL) == CXLOG_OK;
}

/* One that the store refuses is a bad row; what is wrong with the store itself ends the
 * import. */
static cxlog_status add_one(cli_import_adder *adder, size_t index, cxlog_error *err)
{
    cxlog_added added = {0};
    cxlog_error said = {0};
    cxlog_status status =
        cxlog_store_add(adder->store, &adder->entries[index], 1, &added, &said);
    if (status == CXLOG_ERR_VALUE && adder->any_agent[index] &&
        take_agent(adder, &adder->entries[index])) {
        said = (cxlog_error){0};
        status = cxlog_store_add(adder->store, &adder->entries[index], 1, &added, &said);
    }
    if (status == CXLOG_OK) {
        count_added(adder, &added, 1);
        return CXLOG_OK;
    }
    if (status == CXLOG_ERR_VALUE || status == CXLOG_ERR_BUG) {
        cli_import_bad_row(adder->counts, adder->lines[index], &said);
        return CXLOG_OK;
    }
    if (err)
        *err = said;
    return status;
}

static cxlog_status add_all(cli_import_adder *adder, cxlog_error *err)
{
    cxlog_added added[BATCH] = {{0}};
    cxlog_error said = {0};
    cxlog_status status =
        cxlog_store_add(adder->store, adder->entries, adder->count, added, &said);
    if (status == CXLOG_OK) {
        count_added(adder, added, adder->count);
        return CXLOG_OK;
    }
    if (status != CXLOG_ERR_VALUE && status != CXLOG_ERR_BUG) {
        if (err)
            *err = said;
        return status;
    }
    status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < adder->count; i++)
        status = add_one(adder, i, err);
    return status;
}

/* What would happen: IDs that are there are taken to be the same records. */
static cxlog_status look_all(cli_import_adder *adder, cxlog_error *err)
{
    for (size_t i = 0; i < adder->count; i++) {
        CXLOG_AUTO_VALUE(cxlog_record) there;
        cxlog_record_init(&there);
        cxlog_error said = {0};
        const char *id = cxlog_entry_text(&adder->entries[i], CXLOG_COL_ID);
        cxlog_status status = cxlog_store_find(adder->store, id, &there, &said);
        if (adder->again[i] || status == CXLOG_OK)
            adder->counts->existing++;
        else if (status == CXLOG_ERR_VALUE)
            adder->counts->added++;
        else {
            if (err)
                *err = said;
            return status;
        }
    }
    return CXLOG_OK;
}

cxlog_status cli_import_adder_end(cli_import_adder *adder, cxlog_error *err)
{
    if (adder->count == 0)
        return CXLOG_OK;
    cxlog_status status = adder->dry_run ? look_all(adder, err) : add_all(adder, err);
    forget(adder);
    return status;
}

/* The same key with the same time gives the same ID, and the store then compares the
 * contents. */
static cxlog_status check_key(cli_import_adder *adder, const char *key, const char *id,
                              int64_t line, bool *again, cxlog_error *err)
{
    *again = false;
    size_t length = strlen(key);
    seen *one = malloc(sizeof *one + length + 1);
    if (!one)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    one->line = line;
    (void)snprintf(one->id, sizeof one->id, "%s", id);
    memcpy(one->key, key, length + 1);
    void *node = tsearch(one, &adder->keys, compare);
    if (!node) {
        free(one);
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    const seen *first = *(seen **)node;
    if (first == one)
        return CXLOG_OK;
    free(one);
    *again = strcmp(first->id, id) == 0;
    if (*again)
        return CXLOG_OK;
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, CXLOG_ERR_VALUE, "key %s stands on line %lld already",
                      cxlog_quote(quoted, key), (long long)first->line);
}

static size_t bytes_of(const cxlog_entry *entry)
{
    return strlen(cxlog_entry_text(entry, CXLOG_COL_NOTE)) +
           strlen(cxlog_entry_text(entry, CXLOG_COL_HUNCH)) + 1000;
}

cxlog_status cli_import_adder_put_take(cli_import_adder *adder, cxlog_entry *entry,
                                       const char *key, bool any_agent, int64_t line,
                                       cxlog_error *err)
{
    bool again = false;
    if (key) {
        cxlog_status status = check_key(adder, key, cxlog_entry_text(entry, CXLOG_COL_ID),
                                        line, &again, err);
        if (status != CXLOG_OK)
            return status;
    }
    adder->bytes += bytes_of(entry);
    adder->entries[adder->count] = *entry;
    adder->any_agent[adder->count] = any_agent;
    adder->again[adder->count] = again;
    adder->lines[adder->count++] = line;
    cxlog_entry_init(entry);
    if (adder->count < BATCH && adder->bytes < BATCH_BYTES)
        return CXLOG_OK;
    return cli_import_adder_end(adder, err);
}
