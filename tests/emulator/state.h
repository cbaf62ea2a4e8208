/* Everything the emulator knows, and the clock it goes by. */
#ifndef EMU_STATE_H
#define EMU_STATE_H

#include <jansson.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "book.h"

/* A service account and its counted requests of the current minute. */
typedef struct account {
    char *email;
    char *key_id;
    EVP_PKEY *key;
    bool is_disabled;
    bool is_key_revoked;
    int64_t minute;
    int reads, writes;
} account;

typedef struct token {
    char *text;
    account *owner;
    int64_t expires_ms;
} token;

typedef struct emu {
    pthread_mutex_t lock; /* guards all below */
    char *base_url;
    int64_t clock_offset_ms;
    account **accounts;
    int account_count;
    token *tokens;
    int token_count;
    book **books;
    int book_count;
    book **kept; /* snapshots, in the order they were taken */
    int kept_count;
    json_t *requests;  /* every API and token request, in order */
    json_t *apply_log; /* every applied write, in order */
    json_t *faults;    /* see faults.h */
    char *last_body;   /* of the last answer, for the fault `desync` */
    int quota;         /* requests a minute of either kind; 0 = unlimited */
    int token_ttl_s;
    int race_ms;
    bool is_api_disabled;
    bool refuses_missing_metadata;
    const char *locale;
    const char *zone;
    unsigned next_id;
} emu;

void emu_init(emu *e);
void emu_clear(emu *e);

/* Emulated milliseconds since 1970. */
int64_t emu_now_ms(const emu *e);

/* Waits that end at once when the emulator is asked to stop, or to release those that
 * have begun. Call without the lock. */
void emu_pause(int milliseconds);
void emu_release_pauses(void);
void emu_stop_pauses(void);

book *emu_book(const emu *e, const char *id);
book *emu_add_book(emu *e, const char *id, const char *title);
account *emu_account(const emu *e, const char *email);

/* A positive id that no tab, chart or protected range of `b` has. */
json_int_t emu_new_id(emu *e, const book *b);

#endif
