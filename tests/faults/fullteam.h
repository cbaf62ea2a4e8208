/*
 * fullteam.h - machines that believe they run at the same time: one of them runs at a
 * time, on a clock that only sleeping moves; and the emulator as the server they all ask.
 */
#ifndef FULLTEAM_H
#define FULLTEAM_H

#include <stdbool.h>
#include <stdint.h>

/* ---- crowd.c ---- */

/* Run `count` machines, each body(number) in a thread of its own, from `start_ms` (Unix
 * time) on until all have returned. Inside, cxlog's clock and its sleep are virtual. */
void crowd_run(int count, int64_t start_ms, void (*body)(int number));
int64_t crowd_now_ms(void);
/* A draw of the simulation's own, from the seed given. */
void crowd_seed(uint64_t seed);
uint32_t crowd_chance(void);

/* ---- office.c: the server ---- */

#define OFFICE_SHEET "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
#define OFFICE_URL "http://127.0.0.1:1"

void office_open(const char *key_path,
                 int quota); /* quota: requests of a kind a minute */
void office_close(void);
void office_quota(int quota);

typedef struct office_report {
    int64_t reads, writes, refused; /* requests of the API; refused: 429 */
    int64_t read_peak, write_peak;  /* in any minute, refused ones included */
    int64_t last_push_ms;           /* the last batch carried out */
    int64_t pushes, records;        /* carried out; rows of records written */
} office_report;
/* Of the requests since the last report. */
office_report office_tell(void);

#endif
