/* Records and events for tests of the Google room. */
#ifndef WIRE_RECORDS_H
#define WIRE_RECORDS_H

#include <cxlog/remote.h>

/* A sealed record with every kind of column filled; different for each seed. */
void wire_record(cxlog_record *out, int seed);
/* Fail the test unless every column and team field is equal. */
void wire_same(const cxlog_entry *got, const cxlog_entry *expected);
void wire_same_event(const cxlog_event *got, const cxlog_event *expected);

#endif
