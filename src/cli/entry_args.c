#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/entry_values.h"
#include "cli/template.h"

/* One entry in the making. */
typedef struct builder {
    cxlog_entry *entry;
    const cli_entry_input *in;
    bool flag[CXLOG_COLUMN_COUNT]; /* set by a flag, which wins */
    bool word[CXLOG_COLUMN_COUNT]; /* set by a word: a second one is text */
    char **note;                   /* owned array of borrowed words */
    size_t note_count;
    char *tags;          /* owned; joined by commas */
    char *template_note; /* owned */
    bool template;       /* the entry holds a template's values already */
} builder;

static void builder_clear(builder *b)
{
    free(b->note);
    free(b->tags);
    free(b->template_note);
}
CXLOG_AUTO_VALUE_DEFINE(builder, builder_clear);

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

/* ---- tags: flags and +words together ---- */

static cxlog_status add_tag(builder *b, const char *tag, cxlog_error *err)
{
    size_t have = b->tags ? strlen(b->tags) : 0;
    size_t size = have + strlen(tag) + 2;
    char *joined = malloc(size);
    if (!joined)
        return no_memory(err);
    (void)snprintf(joined, size, "%s%s%s", b->tags ? b->tags : "", have > 0 ? "," : "",
                   tag);
    free(b->tags);
    b->tags = joined;
    return CXLOG_OK;
}

/* ---- flags ---- */

static cxlog_status set_field_flag(builder *b, const char *pair, cxlog_error *err)
{
    const char *equals = strchr(pair, '=');
    char quoted[CXLOG_QUOTE_MAX];
    if (!equals || equals == pair)
        return cxlog_fail(err, CXLOG_ERR_USAGE, "--field takes NAME=VALUE: got %s",
                          cxlog_quote(quoted, pair));
    CXLOG_AUTO_TEXT name = strndup(pair, (size_t)(equals - pair));
    if (!name)
        return no_memory(err);
    return cli_set_field(b->entry, b->in->scheme, name, equals + 1, err);
}

/* Flags in the order in which they depend on one another: the time decides which names
 * are in use, the category its details. */
static const struct {
    const char *name;
    cxlog_column column;
} flags[] = {
    {"at", CXLOG_COL_CONTACTED_AT},
    {"category", CXLOG_COL_CATEGORY},
    {"detail", CXLOG_COL_DETAIL},
    {"channel", CXLOG_COL_CHANNEL},
    {"customer", CXLOG_COL_CUSTOMER},
    {"region", CXLOG_COL_REGION},
    {"sentiment", CXLOG_COL_SENTIMENT},
    {"result", CXLOG_COL_RESULT},
    {"handle", CXLOG_COL_HANDLE_S},
    {"wait", CXLOG_COL_WAIT_S},
    {"csat", CXLOG_COL_CSAT},
    {"nps", CXLOG_COL_NPS},
    {"ces", CXLOG_COL_CES},
    {"link", CXLOG_COL_LINK},
    {"hunch", CXLOG_COL_HUNCH},
    {"note", CXLOG_COL_NOTE},
};

static cxlog_status set_flag(builder *b, cxlog_column column, const char *value,
                             cxlog_error *err)
{
    const cxlog_scheme *scheme = b->in->scheme;
    if (column == CXLOG_COL_CONTACTED_AT)
        return cli_set_at(b->entry, value, b->in->ctx->now, err);
    if (column == CXLOG_COL_CATEGORY)
        return cli_set_category(b->entry, scheme, value, err);
    if (column == CXLOG_COL_DETAIL)
        return cli_set_detail(b->entry, scheme, value, err);
    if (column == CXLOG_COL_CHANNEL || column == CXLOG_COL_REGION)
        return cli_set_named(b->entry, column, scheme, value, err);
    if (column == CXLOG_COL_HANDLE_S || column == CXLOG_COL_WAIT_S)
        return cli_set_duration(b->entry, column, value, err);
    return cxlog_entry_set(b->entry, column, value, err);
}

static cxlog_status take_repeated(builder *b, cxlog_error *err)
{
    const cli_args *args = b->in->args;
    for (size_t i = 0; i < args->given_count; i++) {
        const cli_given *given = &args->given[i];
        cxlog_status status = CXLOG_OK;
        if (strcmp(given->option->name, "tag") == 0) {
            b->flag[CXLOG_COL_TAGS] = true;
            status = add_tag(b, given->value, err);
        } else if (strcmp(given->option->name, "field") == 0) {
            status = set_field_flag(b, given->value, err);
        }
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* A detail given by flag is set later, when a word names the category. */
static cxlog_status take_flags(builder *b, bool *late_detail, cxlog_error *err)
{
    const cli_args *args = b->in->args;
    *late_detail = false;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        const char *value = cli_args_get(args, flags[i].name);
        if (!value)
            continue;
        cxlog_column column = flags[i].column;
        b->flag[column] = true;
        if (column == CXLOG_COL_DETAIL && !b->in->amend && !b->flag[CXLOG_COL_CATEGORY]) {
            *late_detail = true;
            continue;
        }
        cxlog_status status = set_flag(b, column, value, err);
        if (status != CXLOG_OK)
            return status;
    }
    return take_repeated(b, err);
}

/* ---- words that are attributes ---- */

static bool is_letter(const char *at)
{
    unsigned char c = (unsigned char)*at;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "14:20", "9:05". */
static bool is_clock(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    const char *rest = word + digits;
    return digits >= 1 && digits <= 2 && rest[0] == ':' && is_digit(rest[1]) &&
           is_digit(rest[2]) && rest[3] == '\0';
}

/* "6분", "1h30": a number with a unit. */
static bool is_duration(const char *word)
{
    int64_t seconds;
    return is_digit(word[0]) && cxlog_duration_parse(&seconds, word, NULL) == CXLOG_OK;
}

/* Exact names of the closed list first; else what cxlog_entry_set makes of it. */
static bool reads_as(cxlog_column column, const char *word, bool *exact)
{
    *exact = false;
    for (const char *const *choice = cxlog_column_choices(column); *choice; choice++)
        *exact = *exact || strcmp(*choice, word) == 0;
    CXLOG_AUTO_VALUE(cxlog_entry) scratch;
    cxlog_entry_init(&scratch);
    return cxlog_entry_set(&scratch, column, word, NULL) == CXLOG_OK;
}

static cxlog_status set_by_word(builder *b, cxlog_column column, const char *value,
                                bool *taken, cxlog_error *err)
{
    *taken = b->flag[column] || !b->word[column];
    if (b->flag[column] || b->word[column])
        return CXLOG_OK;
    b->word[column] = true;
    if (column == CXLOG_COL_CONTACTED_AT) {
        cxlog_status status = cli_set_at(b->entry, value, b->in->ctx->now, err);
        if (status != CXLOG_OK)
            cxlog_suggest(err, _("as part of the note it goes after --"));
        return status;
    }
    if (column == CXLOG_COL_HANDLE_S)
        return cli_set_duration(b->entry, column, value, err);
    return cxlog_entry_set(b->entry, column, value, err);
}

/* ":해결", ":긍정"; a word of neither list is text, like ":)". */
static cxlog_status take_colon(builder *b, const char *word, bool *taken,
                               cxlog_error *err)
{
    bool exact_result, exact_sentiment;
    bool result = reads_as(CXLOG_COL_RESULT, word, &exact_result);
    bool sentiment = reads_as(CXLOG_COL_SENTIMENT, word, &exact_sentiment);
    *taken = false;
    if (result && sentiment && exact_result == exact_sentiment) {
        char quoted[CXLOG_QUOTE_MAX];
        return cxlog_fail(
            err, CXLOG_ERR_VALUE,
            "%s may be a result or a sentiment: use --result or --sentiment",
            cxlog_quote(quoted, word));
    }
    if (result && !exact_sentiment)
        return set_by_word(b, CXLOG_COL_RESULT, word, taken, err);
    if (sentiment)
        return set_by_word(b, CXLOG_COL_SENTIMENT, word, taken, err);
    return CXLOG_OK;
}

static cxlog_status take_sigil(builder *b, const char *word, bool *taken,
                               cxlog_error *err)
{
    *taken = false;
    if (word[0] == '\0' || !is_letter(word + 1))
        return CXLOG_OK;
    if (word[0] == '+') {
        *taken = true;
        return add_tag(b, word + 1, err);
    }
    if (word[0] == '@')
        return set_by_word(b, CXLOG_COL_CUSTOMER, word + 1, taken, err);
    if (word[0] == ':')
        return take_colon(b, word + 1, taken, err);
    if (word[0] != '%')
        return CXLOG_OK;
    cxlog_day day = cxlog_day_of(b->entry->number[CXLOG_COL_CONTACTED_AT]);
    const cxlog_value *region =
        cxlog_scheme_try(b->in->scheme, CXLOG_DIM_REGION, "", word + 1, day);
    return region ? set_by_word(b, CXLOG_COL_REGION, region->name, taken, err) : CXLOG_OK;
}

bool cli_word_is_attribute(const char *word)
{
    return is_clock(word) || is_duration(word) ||
           (word[0] != '\0' && strchr("+@:%", word[0]) && is_letter(word + 1));
}

/* timed: may "6분" and "14:20" act here? In the middle of a sentence they are part of it.
 */
static cxlog_status take_attribute(builder *b, const char *word, bool timed, bool *taken,
                                   cxlog_error *err)
{
    *taken = false;
    if (timed && is_clock(word))
        return set_by_word(b, CXLOG_COL_CONTACTED_AT, word, taken, err);
    if (timed && is_duration(word))
        return set_by_word(b, CXLOG_COL_HANDLE_S, word, taken, err);
    return take_sigil(b, word, taken, err);
}

/* ---- words by position ---- */

/* Category and channel, with attributes before, between and after them. *at: the first
 * word of the note. */
static cxlog_status take_slots(builder *b, size_t end, size_t *at, cxlog_error *err)
{
    const cli_entry_input *in = b->in;
    bool category = !in->amend && !b->flag[CXLOG_COL_CATEGORY] && !b->template;
    bool channel = !in->amend && !b->flag[CXLOG_COL_CHANNEL];
    for (*at = 0; *at < end; (*at)++) {
        const char *word = in->args->words[*at];
        bool taken;
        cxlog_status status = take_attribute(b, word, true, &taken, err);
        if (status == CXLOG_OK && !taken && (category || channel) &&
            strcmp(word, ".") == 0) {
            taken = true;
            status = cli_set_same(b->entry, in->ctx, category, err);
            b->word[CXLOG_COL_CHANNEL] = b->word[CXLOG_COL_CHANNEL] || !category;
            channel = channel && category;
            category = false;
        } else if (status == CXLOG_OK && !taken && category) {
            category = false;
            taken = true;
            status = cli_set_category(b->entry, in->scheme, word, err);
        } else if (status == CXLOG_OK && !taken && channel) {
            cxlog_day day = cxlog_day_of(b->entry->number[CXLOG_COL_CONTACTED_AT]);
            const cxlog_value *value =
                cxlog_scheme_try(in->scheme, CXLOG_DIM_CHANNEL, "", word, day);
            channel = false;
            taken = value != NULL;
            b->word[CXLOG_COL_CHANNEL] = taken;
            if (value)
                status = cxlog_entry_set(b->entry, CXLOG_COL_CHANNEL, value->name, err);
        }
        if (status != CXLOG_OK || !taken)
            return status;
    }
    return CXLOG_OK;
}

/* The note of a template begins the note: what was typed goes on. */
static cxlog_status begin_note(builder *b, cxlog_error *err)
{
    const char *note = cxlog_entry_text(b->entry, CXLOG_COL_NOTE);
    if (!b->template || note[0] == '\0')
        return CXLOG_OK;
    b->template_note = strdup(note);
    if (!b->template_note)
        return no_memory(err);
    b->note[b->note_count++] = b->template_note;
    return CXLOG_OK;
}

static cxlog_status take_words(builder *b, cxlog_error *err)
{
    const cli_args *args = b->in->args;
    size_t end = args->note_from;
    size_t at;
    cxlog_status status = take_slots(b, end, &at, err);
    size_t tail = end;
    while (tail > at && cli_word_is_attribute(args->words[tail - 1]))
        tail--;
    for (; status == CXLOG_OK && at < args->word_count; at++) {
        bool taken = false;
        if (at < end)
            status = take_attribute(b, args->words[at], at >= tail, &taken, err);
        if (!taken)
            b->note[b->note_count++] = args->words[at];
    }
    return status;
}

/* ---- putting it together ---- */

static cxlog_status set_note(builder *b, cxlog_error *err)
{
    if (b->note_count == 0 || b->flag[CXLOG_COL_NOTE])
        return CXLOG_OK;
    char quoted[CXLOG_QUOTE_MAX];
    if (b->in->amend && b->in->args->note_from == b->in->args->word_count)
        return cxlog_fail(
            err, CXLOG_ERR_USAGE,
            "amend does not know what to do with %s: a new note is --note TEXT",
            cxlog_quote(quoted, b->note[0]));
    CXLOG_AUTO_TEXT note = cli_line_join(b->in->args, b->note, b->note_count);
    return note ? cxlog_entry_set(b->entry, CXLOG_COL_NOTE, note, err) : no_memory(err);
}

/* amend: +words add to the tags that are there, --tag replaces them. */
static cxlog_status set_tags(builder *b, cxlog_error *err)
{
    if (!b->tags)
        return CXLOG_OK;
    const char *before = cxlog_entry_text(b->entry, CXLOG_COL_TAGS);
    if ((b->in->amend || b->template) && !b->flag[CXLOG_COL_TAGS] && before[0] != '\0') {
        cxlog_status status = add_tag(b, before, err);
        if (status != CXLOG_OK)
            return status;
    }
    return cxlog_entry_set(b->entry, CXLOG_COL_TAGS, b->tags, err);
}

static cxlog_status check_texts(const cli_args *args, cxlog_error *err)
{
    cxlog_status status = CXLOG_OK;
    for (size_t i = 0; status == CXLOG_OK && i < args->word_count; i++)
        status = cli_text_check(args->words[i], "the text", err);
    for (size_t i = 0; status == CXLOG_OK && i < args->given_count; i++)
        status = cli_text_check(args->given[i].value, args->given[i].option->name, err);
    return status;
}

cxlog_status cli_entry_build(cxlog_entry *entry, const cli_entry_input *input,
                             bool template, cxlog_error *err)
{
    cxlog_status status = check_texts(input->args, err);
    if (status != CXLOG_OK)
        return status;
    CXLOG_AUTO_VALUE(builder) b = {.entry = entry, .in = input, .template = template};
    b.note = calloc(input->args->word_count + 2, sizeof *b.note);
    if (!b.note)
        return no_memory(err);
    bool timed = entry->number[CXLOG_COL_CONTACTED_AT] != CXLOG_BLANK;
    if (!input->amend && (template || !timed))
        entry->number[CXLOG_COL_CONTACTED_AT] = input->ctx->now;
    bool late_detail;
    status = take_flags(&b, &late_detail, err);
    if (status == CXLOG_OK)
        status = begin_note(&b, err);
    if (status == CXLOG_OK)
        status = take_words(&b, err);
    if (status == CXLOG_OK && late_detail)
        status = cli_set_detail(entry, input->scheme, cli_args_get(input->args, "detail"),
                                err);
    if (status == CXLOG_OK)
        status = set_note(&b, err);
    if (status == CXLOG_OK)
        status = set_tags(&b, err);
    if (status != CXLOG_OK || input->amend)
        return status;
    bool channel = b.flag[CXLOG_COL_CHANNEL] || b.word[CXLOG_COL_CHANNEL] ||
                   (template && entry->text[CXLOG_COL_CHANNEL]);
    return cli_entry_complete(entry, input->ctx, input->scheme, channel, err);
}
