#include <cxlog/entry.h>

#include <assert.h>
#include <string.h>

#include "core/digest.h"
#include "core/seam.h"

#define ULID_TIME_MAX ((INT64_C(1) << 48) - 1)
#define ULID_TAIL 10
#define STEP_BYTES 5

typedef struct ulid {
    int64_t ms;
    uint8_t tail[ULID_TAIL];
} ulid;

CXLOG_AUTO_DEFINE(cx_digest, cx_digest_free);

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* 130 bits of 26 digits for 128 of content: the first digit holds three bits. */
static void write_id(char out[CXLOG_ID_SIZE], const ulid *id)
{
    uint64_t time = (uint64_t)id->ms;
    for (int i = 9; i >= 0; i--, time >>= 5)
        out[i] = digits[time & 31];
    uint32_t held = 0;
    int bits = 0;
    size_t at = 10;
    for (size_t i = 0; i < ULID_TAIL; i++) {
        held = (held << 8 | id->tail[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            out[at++] = digits[held >> (bits - 5) & 31];
    }
    assert(at == CXLOG_ID_LENGTH);
    out[at] = '\0';
}

/* Adds the big-endian number in step, and one. False when the tail ran over. */
static bool add_step(uint8_t tail[ULID_TAIL], const uint8_t step[STEP_BYTES])
{
    unsigned carry = 1;
    for (size_t i = 0; i < ULID_TAIL; i++) {
        size_t place = ULID_TAIL - 1 - i;
        unsigned added = i < STEP_BYTES ? step[STEP_BYTES - 1 - i] : 0;
        unsigned sum = tail[place] + added + carry;
        tail[place] = (uint8_t)(sum & 0xff);
        carry = sum >> 8;
    }
    return carry == 0;
}

/*
 * Within one millisecond, or after the clock went back, the last ID goes up by a random
 * step: by one would give a process and its fork the same next ID.
 */
cxlog_status cxlog_id_new(char out[CXLOG_ID_SIZE], cxlog_error *err)
{
    static ulid last = {.ms = -1};
    int64_t now = cx_utc_ms();
    ulid next = {.ms = now < 0 ? 0 : now & ULID_TIME_MAX};
    cxlog_status status = cx_random(next.tail, sizeof next.tail, err);
    if (status != CXLOG_OK)
        return status;
    if (next.ms <= last.ms) {
        uint8_t step[STEP_BYTES];
        memcpy(step, next.tail, sizeof step);
        memcpy(next.tail, last.tail, sizeof next.tail);
        next.ms = last.ms + !add_step(next.tail, step);
    }
    last = next;
    write_id(out, &next);
    return CXLOG_OK;
}

cxlog_status cxlog_id_derive(char out[CXLOG_ID_SIZE], cxlog_wall at, const char *source,
                             const char *key, cxlog_error *err)
{
    CXLOG_AUTO(cx_digest) *digest = cx_digest_new();
    if (!digest)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    uint8_t hash[CX_SHA256_SIZE];
    cx_digest_add(digest, source, strlen(source));
    cx_digest_add(digest, "\x1f", 1);
    cx_digest_add(digest, key, strlen(key));
    cx_digest_finish(digest, hash);
    bool beyond = at > ULID_TIME_MAX / 1000;
    ulid id = {.ms = at < 0 ? 0 : beyond ? ULID_TIME_MAX : at * 1000};
    memcpy(id.tail, hash, sizeof id.tail);
    write_id(out, &id);
    return CXLOG_OK;
}

bool cxlog_id_valid(const char *id)
{
    return id && strlen(id) == CXLOG_ID_LENGTH && id[0] <= '7' &&
           strspn(id, digits) == CXLOG_ID_LENGTH;
}
