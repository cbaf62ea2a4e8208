/*
 * wall.h - the team's clock: zone, days, times and durations as people write them.
 */
#ifndef CXLOG_WALL_H
#define CXLOG_WALL_H

#include <stdbool.h>

#include <cxlog/error.h>

CXLOG_BEGIN_DECLS

/*
 * Use an IANA zone ("Asia/Seoul") for every function below, for the whole process. Call
 * once at start. TZ and the C library's own zone are neither read nor set. Errors:
 * ERR_CONFIG  the name has no zone file (Asia/Seoul and UTC work without zone files)
 *         ERR_IO      its zone file cannot be read, or is damaged; the zone in force
 * stays
 */
CXLOG_MUST_USE cxlog_status cxlog_zone_use(const char *zone, cxlog_error *err);
const char *cxlog_zone_name(void);

cxlog_wall cxlog_wall_now(void);
int64_t cxlog_utc_now(void);    /* Unix seconds */
int64_t cxlog_utc_now_ms(void); /* Unix milliseconds */
cxlog_wall cxlog_wall_from_utc(int64_t utc);
int32_t cxlog_wall_offset(cxlog_wall at); /* seconds east of UTC at that wall time */

cxlog_day cxlog_day_of(cxlog_wall at);
int cxlog_second_of_day(cxlog_wall at); /* 0..86399 */
void cxlog_day_civil(cxlog_day day, int *year, int *month, int *mday);
cxlog_day cxlog_day_make(int year, int month,
                         int mday);                  /* arguments must be a real date */
bool cxlog_day_valid(int year, int month, int mday); /* years 1900 to 9999 */
int cxlog_day_weekday(cxlog_day day);                /* 0 = Monday .. 6 = Sunday */
void cxlog_day_iso_week(cxlog_day day, int *year, int *week);

/* "2026-11-20T14:32:00+09:00", "2026-11-20 14:32:00", "2026-11-20". Buffers of
 * CXLOG_WALL_TEXT bytes; returned. */
#define CXLOG_WALL_TEXT 32
const char *cxlog_wall_iso(char buffer[CXLOG_WALL_TEXT], cxlog_wall at);
const char *cxlog_wall_text(char buffer[CXLOG_WALL_TEXT], cxlog_wall at);
const char *cxlog_day_text(char buffer[CXLOG_WALL_TEXT], cxlog_day day);

/* Sheet serial number (days since 1899-12-30) <-> wall seconds, exact to the second. */
double cxlog_wall_to_serial(cxlog_wall at);
bool cxlog_wall_from_serial(cxlog_wall *out,
                            double serial); /* false: not in years 1900..9999 */

/*
 * TIME as in CLI.md: "14:20", "14:20:05", "어제 17:30", "오늘 9:00", "yesterday 17:30",
 * "2026-11-20 14:20", "2026-11-20T14:20:00+09:00", "…Z", "2026-11-20" (00:00). `now` is
 * the base of relative ones. Does not refuse the future: callers do. Errors: ERR_VALUE;
 * *out untouched.
 */
CXLOG_MUST_USE cxlog_status cxlog_wall_parse(cxlog_wall *out, const char *text,
                                             cxlog_wall now, cxlog_error *err);

/* A date by a named order for imports: "iso" (YYYY-MM-DD[ HH:MM[:SS]]), "ymd", "mdy",
 * "dmy" with any of . / - or blanks between, optional time, or a strptime format that
 * begins with '%'. Errors: ERR_VALUE. */
CXLOG_MUST_USE cxlog_status cxlog_wall_parse_as(cxlog_wall *out, const char *text,
                                                const char *format, cxlog_error *err);

/*
 * DUR as in CLI.md: "45s 45초 6m 6분 1h 1시간 1h30 1h30m 1시간30분 6m30", 0 to 24 h. A
 * number without any unit is refused. Errors: ERR_VALUE; *seconds untouched.
 */
CXLOG_MUST_USE cxlog_status cxlog_duration_parse(int64_t *seconds, const char *text,
                                                 cxlog_error *err);

CXLOG_END_DECLS

#endif
