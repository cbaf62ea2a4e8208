#include "google/openssl_memory.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdlib.h>

#include "net/wipe.h"

static bool lacked;

static void *take(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    void *block = size > 0 ? malloc(size) : NULL;
    lacked = lacked || (size > 0 && !block);
    return block;
}

static void give_back(void *block, const char *file, int line)
{
    (void)file;
    (void)line;
    cx_wipe_free(block);
}

static void *retake(void *block, size_t size, const char *file, int line)
{
    if (size == 0) {
        give_back(block, file, line);
        return NULL;
    }
    void *moved = cx_wipe_realloc(block, size);
    lacked = lacked || !moved;
    return moved;
}

void cx_openssl_watch(void)
{
    (void)CRYPTO_set_mem_functions(take, retake, give_back);
}

bool cx_openssl_lacked_memory(void)
{
    /* Never forgotten: what a provider could not set up fails much later. */
    for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error())
        lacked = lacked || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
    return lacked;
}
