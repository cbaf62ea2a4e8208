/* Events as plain values: their words, headings, copies. */
#include <libintl.h>

#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "scheme_state.h"

static const char *const dim_sheets[] = {
#define X(name, sheet, word) sheet,
    CXLOG_DIMS(X)
#undef X
};

static const char *const dim_words[] = {
#define X(name, sheet, word) word,
    CXLOG_DIMS(X)
#undef X
};

static const char *const action_sheets[] = {
#define X(name, sheet, word) sheet,
    CXLOG_ACTIONS(X)
#undef X
};

static const char *const action_words[] = {
#define X(name, sheet, word) word,
    CXLOG_ACTIONS(X)
#undef X
};

static const char *const headings[CXLOG_EVENT_COLUMNS + 1] = {
    "번호", "일시",   "작성자", "동작", "차원", "이름", "상위",
    "코드", "시행일", "대상",   "사유", "사슬", NULL,
};

const char *cxlog_dim_sheet(cxlog_dim dim)
{
    return dim_sheets[dim];
}

const char *cxlog_dim_word(cxlog_dim dim)
{
    return dim_words[dim];
}

const char *cxlog_action_sheet(cxlog_action action)
{
    return action_sheets[action];
}

const char *cxlog_action_word(cxlog_action action)
{
    return action_words[action];
}

const char *cx_dim_noun(cxlog_dim dim)
{
    return dgettext("cxlog", dim_words[dim]);
}

static int find_word(const char *const *sheets, const char *const *words, int count,
                     const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(sheets[i], word) == 0 || strcmp(words[i], word) == 0)
            return i;
    return -1;
}

int cxlog_dim_find(const char *word)
{
    return find_word(dim_sheets, dim_words, CXLOG_DIM_COUNT, word);
}

int cxlog_action_find(const char *word)
{
    return find_word(action_sheets, action_words, CXLOG_ACTION_COUNT, word);
}

const char *const *cxlog_event_headings(void)
{
    return headings;
}

const char *cxlog_event_text(const cxlog_event *event, size_t column)
{
    const char *const texts[CXLOG_EVENT_COLUMNS] = {
        [2] = event->author,
        [3] = cxlog_action_sheet(event->action),
        [4] = cxlog_dim_sheet(event->dim),
        [5] = event->name,
        [6] = event->parent,
        [7] = event->code,
        [9] = event->target,
        [10] = event->reason,
        [11] = event->chain,
    };
    return texts[column];
}

void cxlog_event_init(cxlog_event *event)
{
    *event = (cxlog_event){.from = CXLOG_NO_DAY};
}

void cxlog_event_clear(cxlog_event *event)
{
    free(event->author);
    free(event->name);
    free(event->parent);
    free(event->code);
    free(event->target);
    free(event->reason);
    cxlog_event_init(event);
}

void cxlog_events_free(cxlog_event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cxlog_event_clear(&events[i]);
    free(events);
}

cxlog_status cx_text_set(char **place, const char *text, cxlog_error *err)
{
    char *copy = NULL;
    if (text && text[0] != '\0') {
        copy = strdup(text);
        if (!copy)
            return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    }
    free(*place);
    *place = copy;
    return CXLOG_OK;
}

cxlog_status cxlog_event_copy(cxlog_event *out, const cxlog_event *from, cxlog_error *err)
{
    CXLOG_AUTO_VALUE(cxlog_event) copy;
    cxlog_event_init(&copy);
    copy.number = from->number;
    copy.at = from->at;
    copy.action = from->action;
    copy.dim = from->dim;
    copy.from = from->from;
    memcpy(copy.chain, from->chain, sizeof copy.chain);
    const struct {
        char **to;
        const char *text;
    } texts[] = {
        {&copy.author, from->author}, {&copy.name, from->name},
        {&copy.parent, from->parent}, {&copy.code, from->code},
        {&copy.target, from->target}, {&copy.reason, from->reason},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cxlog_status status = cx_text_set(texts[i].to, texts[i].text, err);
        if (status != CXLOG_OK)
            return status;
    }
    *out = copy;
    cxlog_event_init(&copy);
    return CXLOG_OK;
}
