/*
 * filter.h - filters as words: FIELD:VALUE, +TAG, @CUSTOMER; with a dash before them they
 * leave out what they take.
 */
#ifndef CX_CLI_FILTER_H
#define CX_CLI_FILTER_H

#include "cli/cli.h"

/* What is filtered by; the option is called as the dimension. */
typedef struct cli_filter_field {
    cxlog_by_kind by;
    cxlog_column column;
    int dim; /* cxlog_dim, or -1: not a name of the scheme */
} cli_filter_field;
extern const cli_filter_field cli_filter_fields[CLI_FILTERS];

/* In the order of cli_filter_fields. Borrowed. */
void cli_filter_lists(const char *const *out[CLI_FILTERS],
                      const cxlog_filter_values *values);

typedef struct cli_term {
    size_t field; /* of cli_filter_fields */
    bool without;
    const char *value; /* borrowed from the word; "": blank */
} cli_term;

/* Among words that are no options: does it look like a filter? No period does. */
bool cli_term_like(const char *word);
/* A word with a dash before it that is a filter, not an option: "-구분:기타", "-+vip".
 * Also one that is nearly so, to be refused: "-chanel:카톡" is no category "hanel:카톡".
 */
bool cli_term_dashed(const char *word);
/* Errors: ERR_USAGE: no such field (with the near ones), or nothing behind + or @. */
cxlog_status cli_term_read(cli_term *out, const char *word, cxlog_error *err);

/* For Tab: the field's index and where the value begins, when the word names a field and
 * its colon, or is +TAG. false: it is not that far. */
bool cli_term_begun(size_t *field, const char **value, const char *word);

#endif
