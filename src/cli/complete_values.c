#include "cli/complete_values.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <cxlog/period.h>
#include <cxlog/text.h>

#include "cli/template.h"

#define RECORDS_MAX 50
#define ENDING 6 /* characters of an ID that are shown and typed */

static void add(const cli_wanted *w, const char *value, const char *about)
{
    char whole[512];
    int length = snprintf(whole, sizeof whole, "%s%s", w->before, value);
    if (w->one_word && strpbrk(whole, " \t"))
        return;
    if (length > 0 && (size_t)length < sizeof whole)
        cli_choices_add(w->out, whole, about);
}

void cli_want_one(const cli_wanted *w, const char *value, const char *code,
                  const char *about)
{
    cxlog_candidate candidate = {.name = value, .code = code};
    if (cli_choice_fits(w->typed, &candidate))
        add(w, value, about);
}

void cli_want_list(const cli_wanted *w, const char *const *values)
{
    for (; *values; values++)
        cli_want_one(w, *values, NULL, NULL);
}

/* What stands for the value, as one word if need be. */
static const char *word_for(const cli_wanted *w, const cxlog_value *value)
{
    bool blank = strpbrk(value->name, " \t") != NULL;
    return w->one_word && blank && value->code[0] != '\0' ? value->code : value->name;
}

static void want_names_of(const cli_wanted *w, const cxlog_scheme *scheme, cxlog_dim dim,
                          const char *parent)
{
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        if (value->dim != dim || !cxlog_value_in_use(value, w->ctx->today) ||
            strcmp(cxlog_scheme_parent(scheme, value, w->ctx->today), parent) != 0)
            continue;
        cxlog_candidate candidate = {.name = value->name,
                                     .code = value->code,
                                     .aliases = (const char *const *)value->aliases};
        const char *word = word_for(w, value);
        if (cli_choice_fits(w->typed, &candidate))
            add(w, word, word == value->name ? value->code : value->name);
    }
}

void cli_want_names(const cli_wanted *w, cxlog_dim dim, const char *parent)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    if (w->ctx->store && cxlog_store_scheme(w->ctx->store, &scheme, NULL) == CXLOG_OK)
        want_names_of(w, scheme, dim, parent);
}

/* "ㅂㅅ/지": the category may be typed in short, its details follow its name. */
static void want_details(const cli_wanted *w, const char *slash)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    CXLOG_AUTO_TEXT typed = strndup(w->typed, (size_t)(slash - w->typed));
    if (!typed || !w->ctx->store ||
        cxlog_store_scheme(w->ctx->store, &scheme, NULL) != CXLOG_OK)
        return;
    const cxlog_value *value =
        cxlog_scheme_try(scheme, CXLOG_DIM_CATEGORY, "", typed, w->ctx->today);
    char before[CXLOG_SUGGESTION_MAX * 4];
    if (!value)
        return;
    int length = snprintf(before, sizeof before, "%s%s/", w->before, word_for(w, value));
    if (length < 0 || (size_t)length >= sizeof before)
        return;
    cli_wanted details = *w;
    details.before = before;
    details.typed = slash + 1;
    want_names_of(&details, scheme, CXLOG_DIM_CATEGORY, value->name);
}

void cli_want_category(const cli_wanted *w)
{
    const char *slash = strchr(w->typed, '/');
    if (slash)
        want_details(w, slash);
    else
        cli_want_names(w, CXLOG_DIM_CATEGORY, "");
}

void cli_want_used(const cli_wanted *w, cxlog_by_kind kind)
{
    cxlog_query query = {.period = cxlog_period_of(CXLOG_PERIOD_MONTH, w->ctx->today),
                         .by = {{.kind = kind}},
                         .by_count = 1,
                         .vs = CXLOG_VS_PREVIOUS};
    CXLOG_AUTO(cxlog_totals) *totals = NULL;
    if (!w->ctx->store ||
        cxlog_store_totals(w->ctx->store, &query, &totals, NULL) != CXLOG_OK)
        return;
    for (size_t i = 0; i < totals->row_count; i++) {
        if (totals->rows[i].key[0][0] != '\0')
            cli_want_one(w, totals->rows[i].key[0], NULL, NULL);
    }
}

void cli_want_templates(const cli_wanted *w)
{
    json_t *all = NULL;
    const char *name;
    json_t *words;
    if (!w->ctx->store || cli_templates_read(&all, w->ctx, NULL) != CXLOG_OK)
        return;
    json_object_foreach(all, name, words)
    {
        CXLOG_AUTO_TEXT line = NULL;
        if (cli_template_line(&line, words, NULL) == CXLOG_OK)
            cli_want_one(w, name, NULL, line);
    }
    json_decref(all);
}

size_t cli_template_slots(const cli_wanted *w, const char *word)
{
    cli_ctx bare = *w->ctx; /* without the channel that would be there anyway */
    bare.settings.value[CLI_KEY_DEFAULTS_CHANNEL] = NULL;
    char *words[1];
    memcpy(&words[0], &word,
           sizeof word); /* read only, but cli_args holds what argv holds */
    cli_args args = {.words = words, .word_count = 1, .note_from = 1};
    CXLOG_AUTO_VALUE(cli_template) template = {0};
    CXLOG_AUTO_VALUE(cxlog_entry) entry;
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    cxlog_entry_init(&entry);
    if (word[0] != '%' || !bare.store ||
        cxlog_store_scheme(bare.store, &scheme, NULL) != CXLOG_OK)
        return 0;
    cli_entry_input input = {.args = &args, .scheme = scheme, .ctx = &bare};
    if (cli_template_named(&template, &input, NULL) != CXLOG_OK || !template.name)
        return 0;
    input.args = &template.args;
    cxlog_status status = cli_entry_build(&entry, &input, false, NULL);
    return status == CXLOG_OK && entry.text[CXLOG_COL_CHANNEL] ? 2 : 1;
}

void cli_want_periods(const cli_wanted *w)
{
    static const char *const english[] = {
        "today",     "yesterday", "week",      "month",      "quarter",
        "half",      "year",      "last-week", "last-month", "last-quarter",
        "last-half", "last-year", "all",       NULL};
    static const char *const korean[] = {
        "오늘",   "어제",   "주",       "월",       "분기",   "반기", "연", "지난주",
        "지난달", "지난월", "지난분기", "지난반기", "지난연", "전체", NULL};
    if ((unsigned char)w->typed[0] < 0x80)
        cli_want_list(w, english);
    if ((unsigned char)w->typed[0] >= 0x80)
        cli_want_list(w, korean);
}

void cli_want_dims(const cli_wanted *w)
{
    const char *comma = strrchr(w->typed, ',');
    char before[256];
    cli_wanted part = *w;
    if (comma) {
        int length = snprintf(before, sizeof before, "%s%.*s", w->before,
                              (int)(comma + 1 - w->typed), w->typed);
        if (length < 0 || (size_t)length >= sizeof before)
            return;
        part.before = before;
        part.typed = comma + 1;
    }
    for (int kind = 0; kind < CXLOG_BY_KIND_COUNT; kind++) {
        if (kind == CXLOG_BY_FIELD)
            continue;
        const char *word = cxlog_by_word((cxlog_by_kind)kind);
        const char *korean = cxlog_by_korean((cxlog_by_kind)kind);
        bool hangul = (unsigned char)part.typed[0] >= 0x80;
        cli_want_one(&part, hangul ? korean : word, NULL, hangul ? word : korean);
    }
    cli_wanted fields = part;
    char field[300];
    (void)snprintf(field, sizeof field, "%.250sfield:", part.before);
    static const char start[] = "field:";
    if (strncmp(part.typed, start, sizeof start - 1) != 0)
        return;
    fields.before = field;
    fields.typed = part.typed + sizeof start - 1;
    cli_want_names(&fields, CXLOG_DIM_FIELD, "");
}

static void add_record(const cli_wanted *w, const cxlog_record *record)
{
    CXLOG_AUTO_TEXT line = NULL;
    const char *id = cxlog_entry_text(&record->entry, CXLOG_COL_ID);
    if (strlen(id) != CXLOG_ID_LENGTH || cli_record_line(&line, record, NULL) != CXLOG_OK)
        return;
    const char *ending = id + CXLOG_ID_LENGTH - ENDING;
    char about[300];
    (void)snprintf(about, sizeof about, "#%lld %.*s", (long long)record->number,
                   (int)cxlog_text_fit(line, 60, true), line);
    if (strncmp(ending, w->typed, strlen(w->typed)) == 0)
        add(w, ending, about);
}

void cli_want_records(const cli_wanted *w)
{
    cxlog_list_query query = {.from = w->ctx->today, .to = w->ctx->today};
    CXLOG_AUTO(cxlog_cursor) *cursor = NULL;
    cli_choices found = {0};
    cli_wanted all = *w;
    all.out = &found;
    if (!w->ctx->store ||
        cxlog_store_list(w->ctx->store, &query, &cursor, NULL) != CXLOG_OK)
        return;
    for (bool more = true; more;) {
        CXLOG_AUTO_VALUE(cxlog_record) record;
        cxlog_record_init(&record);
        if (cxlog_cursor_next(cursor, &record, &more, NULL) != CXLOG_OK)
            break;
        if (more)
            add_record(&all, &record);
    }
    for (size_t i = found.count; i > 0 && found.count - i < RECORDS_MAX; i--)
        cli_choices_add(w->out, found.items[i - 1].value, found.items[i - 1].about);
    cli_choices_clear(&found);
}
