/* The chain over the events, and its check. */
#include <inttypes.h>
#include <stdio.h>

#include <cxlog/scheme.h>
#include <cxlog/text.h>

#include "digest.h"
#include "scheme_state.h"

#define SEPARATOR '\x1f'

CXLOG_AUTO_DEFINE(cx_digest, cx_digest_free);

static void finish_hex(char out[CXLOG_CHAIN_SIZE], cx_digest *digest)
{
    uint8_t bytes[CX_SHA256_SIZE];
    cx_digest_finish(digest, bytes);
    cx_hex(out, bytes, sizeof bytes);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

static bool chain_bytes(uint8_t out[CX_SHA256_SIZE], const char *chain)
{
    for (size_t i = 0; i < CX_SHA256_SIZE; i++) {
        int high = hex_digit(chain[2 * i]);
        int low = high < 0 ? -1 : hex_digit(chain[2 * i + 1]);
        if (low < 0)
            return false;
        out[i] = (uint8_t)(high * 16 + low);
    }
    return chain[CXLOG_CHAIN_SIZE - 1] == '\0';
}

/* SHA-256(0x00 || "cxlog scheme 1"): a constant, so that it needs no memory that could be
 * lacking. */
void cxlog_chain_root(char out[CXLOG_CHAIN_SIZE])
{
    static const char root[CXLOG_CHAIN_SIZE] =
        "bb315832aac2042ebfeec61f5a548e4187e926207f8dbf42413d996d2068f437";
    memcpy(out, root, sizeof root);
}

typedef struct cells {
    const char *text[CXLOG_EVENT_COLUMNS - 1];
    char number[24];
    char at[CXLOG_WALL_TEXT];
    char from[CXLOG_WALL_TEXT];
} cells;

static void cells_of(cells *out, const cxlog_event *event)
{
    (void)snprintf(out->number, sizeof out->number, "%" PRId64, event->number);
    const char *const texts[CXLOG_EVENT_COLUMNS - 1] = {
        out->number,
        cxlog_wall_text(out->at, event->at),
        event->author,
        cxlog_action_sheet(event->action),
        cxlog_dim_sheet(event->dim),
        event->name,
        event->parent,
        event->code,
        event->from == CXLOG_NO_DAY ? "" : cxlog_day_text(out->from, event->from),
        event->target,
        event->reason,
    };
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS - 1; i++)
        out->text[i] = texts[i] ? texts[i] : "";
}

cxlog_status cxlog_event_chain(char out[CXLOG_CHAIN_SIZE],
                               const char previous[CXLOG_CHAIN_SIZE],
                               const cxlog_event *event, cxlog_error *err)
{
    uint8_t link[1 + CX_SHA256_SIZE + 8] = {0x01};
    if (!chain_bytes(link + 1, previous))
        return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                          "the chain before scheme event %" PRId64
                          " is not 64 hexadecimal digits",
                          event->number);
    cells row = {0};
    cells_of(&row, event);
    uint64_t length = 0;
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS - 1; i++) {
        /* A separator inside a cell would let two different rows have one canonical form.
         */
        if (strchr(row.text[i], SEPARATOR))
            return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                              "scheme event %" PRId64 " holds a control character (0x1f)",
                              event->number);
        length += strlen(row.text[i]) + 1;
    }
    for (size_t i = 0; i < 8; i++)
        link[1 + CX_SHA256_SIZE + i] = (uint8_t)(length >> (56 - 8 * i));

    CXLOG_AUTO(cx_digest) *digest = cx_digest_new();
    if (!digest)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    cx_digest_add(digest, link, sizeof link);
    for (size_t i = 0; i < CXLOG_EVENT_COLUMNS - 1; i++) {
        cx_digest_add(digest, row.text[i], strlen(row.text[i]));
        cx_digest_add(digest, &(const char){SEPARATOR}, 1);
    }
    finish_hex(out, digest);
    return CXLOG_OK;
}

static cxlog_status verify_one(const cxlog_event *event, int64_t number,
                               char chain[CXLOG_CHAIN_SIZE], cxlog_error *err)
{
    if (event->number != number)
        return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                          "the scheme's event %" PRId64 " is missing: event %" PRId64
                          " stands in its place",
                          number, event->number);
    char expected[CXLOG_CHAIN_SIZE];
    cxlog_status status = cxlog_event_chain(expected, chain, event, err);
    if (status != CXLOG_OK)
        return status;
    if (strncmp(event->chain, expected, sizeof expected) != 0) {
        char quoted[CXLOG_QUOTE_MAX];
        return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                          "scheme event %" PRId64
                          " was changed: its chain says %s, its content gives %s",
                          number, cxlog_quote(quoted, event->chain), expected);
    }
    memcpy(chain, expected, sizeof expected);
    return CXLOG_OK;
}

cxlog_status cxlog_events_verify(const cxlog_event *events, size_t count, int64_t number,
                                 const char chain[CXLOG_CHAIN_SIZE], size_t *bad,
                                 cxlog_error *err)
{
    char head[CXLOG_CHAIN_SIZE];
    memcpy(head, chain, sizeof head);
    for (*bad = 0; *bad < count; ++*bad) {
        cxlog_status status =
            verify_one(&events[*bad], number + 1 + (int64_t)*bad, head, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}
