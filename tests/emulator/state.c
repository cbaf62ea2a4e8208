#include "state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "json.h"

static pthread_mutex_t pause_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pause_over = PTHREAD_COND_INITIALIZER;
static bool is_stopping;
static unsigned released;

void emu_init(emu *e)
{
    *e = (emu){.token_ttl_s = 3599, .locale = "ko_KR", .zone = "Asia/Seoul"};
    pthread_mutex_init(&e->lock, NULL);
    e->base_url = mem_text("");
    e->last_body = mem_text("");
    e->requests = json_array();
    e->apply_log = json_array();
    e->faults = json_array();
    e->next_id = 1;
}

void emu_clear(emu *e)
{
    for (int i = 0; i < e->account_count; i++) {
        free(e->accounts[i]->email);
        free(e->accounts[i]->key_id);
        EVP_PKEY_free(e->accounts[i]->key);
        free(e->accounts[i]);
    }
    for (int i = 0; i < e->token_count; i++)
        free(e->tokens[i].text);
    for (int i = 0; i < e->book_count; i++)
        book_free(e->books[i]);
    for (int i = 0; i < e->kept_count; i++)
        book_free(e->kept[i]);
    free(e->kept);
    free(e->accounts);
    free(e->tokens);
    free(e->books);
    free(e->base_url);
    free(e->last_body);
    json_decref(e->requests);
    json_decref(e->apply_log);
    json_decref(e->faults);
    pthread_mutex_destroy(&e->lock);
}

int64_t emu_now_ms(const emu *e)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + e->clock_offset_ms;
}

void emu_pause(int milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&pause_lock);
    unsigned mine = released;
    int result = 0;
    while (!is_stopping && mine == released && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&pause_over, &pause_lock, &until);
    pthread_mutex_unlock(&pause_lock);
}

void emu_release_pauses(void)
{
    pthread_mutex_lock(&pause_lock);
    released++;
    pthread_cond_broadcast(&pause_over);
    pthread_mutex_unlock(&pause_lock);
}

void emu_stop_pauses(void)
{
    pthread_mutex_lock(&pause_lock);
    is_stopping = true;
    pthread_cond_broadcast(&pause_over);
    pthread_mutex_unlock(&pause_lock);
}

book *emu_book(const emu *e, const char *id)
{
    for (int i = 0; i < e->book_count; i++) {
        if (strcmp(e->books[i]->id, id) == 0)
            return e->books[i];
    }
    return NULL;
}

book *emu_add_book(emu *e, const char *id, const char *title)
{
    e->books = mem_resize(e->books, (size_t)e->book_count + 1, sizeof(book *));
    book *b = book_new(id, title, e->locale, e->zone);
    e->books[e->book_count++] = b;
    return b;
}

account *emu_account(const emu *e, const char *email)
{
    for (int i = 0; i < e->account_count; i++) {
        if (strcmp(e->accounts[i]->email, email) == 0)
            return e->accounts[i];
    }
    return NULL;
}

json_int_t emu_new_id(emu *e, const book *b)
{
    json_int_t id;
    do {
        /* Knuth's multiplicative hash: spread out like Google's, yet the same in each
         * run. */
        id = (json_int_t)((e->next_id++ * 2654435761U) & 0x7fffffffU);
    } while (id == 0 || book_has_object_id(b, id));
    return id;
}
