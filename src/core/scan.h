/*
 * scan.h - reading numbers, words and clock times off the front of a text. Every function
 * moves *at past what it read, or leaves *at alone and answers false.
 */
#ifndef CX_SCAN_H
#define CX_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* min to max (<= 9) decimal digits with no further digit behind them. */
bool cx_scan_number(const char **at, size_t min, size_t max, int *out);

/* One of the characters of set (not NUL). */
bool cx_scan_char(const char **at, const char *set);

/* The word; its ASCII letters in either case. Does not look at what follows. */
bool cx_scan_word(const char **at, const char *word);

/* Blanks and tabs. False when there are none. */
bool cx_scan_blanks(const char **at);

/* "14:20", "9:00:05", "14:20:05.123" (fraction dropped), "2:20 PM", "오후 2:20": seconds
 * of the day. */
bool cx_scan_clock(const char **at, int *second);

/* "Z", "+09:00", "+0900", "+09": seconds east of UTC, at most 18 hours. */
bool cx_scan_offset(const char **at, int32_t *offset);

#endif
