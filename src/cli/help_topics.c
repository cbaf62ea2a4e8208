#include "cli/help_topics.h"

#include <string.h>

#include <cxlog/match.h>

#include "cli/complete_values.h"
#include "cli/texts.h"

/* Names of dimensions are looked up by variable; here translators find them. */
static const char *const dimensions[] = {
    N_("category"),  N_("detail"), N_("channel"), N_("region"),   N_("agent"),
    N_("sentiment"), N_("result"), N_("tag"),     N_("customer"), N_("weekday"),
    N_("hour"),      N_("day"),    N_("week"),    N_("month"),    N_("quarter"),
    N_("half"),      N_("year"),   N_("field")};

/* The same for what the exit codes mean. */
static const char *const meanings[] = {
    N_("done"),
    N_("totals honest but incomplete"),
    N_("sheet or scheme history was tampered with"),
    N_("usage"),
    N_("bad or ambiguous value"),
    N_("no input"),
    N_("Google refuses for good"),
    N_("internal error"),
    N_("out of memory"),
    N_("cannot create"),
    N_("local I/O, not saved"),
    N_("try again later, records safe"),
    N_("sheet not as expected"),
    N_("no permission or credentials"),
    N_("configuration"),
    N_("interrupted"),
};

static const cli_topic topics[] = {
    {"periods", "기간", "cxlog-periods.7", N_("periods, dates, times and durations")},
    {"entry", "입력", "cxlog-entry.7",
     N_("what a line of log may hold, and how names are found")},
    {"config", "설정", "cxlog-config.5", N_("settings: file, environment, flags")},
    {"exit-codes", "종료코드", NULL, N_("what the exit codes mean")},
    {"environment", "환경", "cxlog-config.5", N_("variables that cxlog looks at")},
    {"dimensions", "차원", NULL, N_("what totals can be counted by")},
};
#define TOPICS (sizeof topics / sizeof topics[0])

const cli_topic *cli_topic_at(size_t index)
{
    return index < TOPICS ? &topics[index] : NULL;
}

const cli_topic *cli_topic_find(const char *word)
{
    for (size_t i = 0; i < TOPICS; i++) {
        if (strcmp(topics[i].name, word) == 0 || strcmp(topics[i].korean, word) == 0)
            return &topics[i];
    }
    return NULL;
}

void cli_topic_suggest(const char *word, cxlog_error *err)
{
    const char *words[2 * TOPICS + 1] = {NULL};
    for (size_t i = 0; i < TOPICS; i++) {
        words[i] = topics[i].name;
        words[TOPICS + i] = topics[i].korean;
    }
    cxlog_match_suggest(word, words, err);
}

void cli_help_topics(const cli_wanted *w)
{
    bool hangul = (unsigned char)w->typed[0] >= 0x80;
    for (size_t i = 0; i < TOPICS; i++)
        cli_want_one(w, hangul ? topics[i].korean : topics[i].name, NULL,
                     _(topics[i].about));
}

static void exit_codes(void)
{
#define X(name, code, word, text) {code, word, N_(text)},
    static const struct {
        int code;
        const char *word, *text;
    } rows[] = {CXLOG_STATUSES(X)};
#undef X
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cli_out("  %3d  %-11s %s\n", rows[i].code, rows[i].word, _(rows[i].text));
}

static void by_words(void)
{
    for (int kind = 0; kind < CXLOG_BY_KIND_COUNT; kind++)
        cli_out("  %-10s %s\n", cxlog_by_word((cxlog_by_kind)kind),
                cxlog_by_korean((cxlog_by_kind)kind));
    cli_out_text("\n  ");
    cli_help_text(stdout,
                  _("field:NAME counts by a team field; two dimensions make a table: "
                    "--by category,channel"),
                  2);
}

void cli_help_topic(const cli_topic *topic)
{
    (void)dimensions;
    (void)meanings;
    if (topic->page)
        cli_help_page(topic->page);
    else if (strcmp(topic->name, "exit-codes") == 0)
        exit_codes();
    else
        by_words();
}
