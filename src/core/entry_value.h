/*
 * entry_value.h - values of single columns, shared by core's entry files.
 */
#ifndef CX_ENTRY_VALUE_H
#define CX_ENTRY_VALUE_H

#include <cxlog/entry.h>

#define CX_EXTRA_NAME_CHARS 100
#define CX_EXTRA_VALUE_CHARS 2000

/* Does number[] hold the column (TIME, NUMBER), not text[]? */
bool cx_column_is_number(cxlog_column column);

/* Smallest value of a NUMBER column: 1 for CSAT and CES, else 0. */
int64_t cx_column_least(cxlog_column column);

/* Text of a column as the checksum takes it. Borrowed from the entry or the buffer. */
#define CX_CANONICAL_MAX 32
const char *cx_entry_canonical(char buffer[CX_CANONICAL_MAX], const cxlog_entry *entry,
                               cxlog_column column);

/* http:// or https://, a host, no blanks. */
bool cx_link_valid(const char *link);

#endif
