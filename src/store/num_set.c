#include "store/num_set.h"

void cx_num_set_clear(cx_num_set *set)
{
    free(set->slot);
    *set = (cx_num_set){0};
}

/* Where it is, or would be. The set has a free slot. */
static size_t find(const cx_num_set *set, int64_t num)
{
    size_t i = (size_t)((uint64_t)num * 0x9e3779b97f4a7c15u >> 20) & (set->size - 1);
    while (set->slot[i] != 0 && set->slot[i] != num)
        i = (i + 1) & (set->size - 1);
    return i;
}

static cxlog_status grow(cx_num_set *set, cxlog_error *err)
{
    cx_num_set larger = {.size = set->size ? set->size * 2 : 64, .count = set->count};
    larger.slot = calloc(larger.size, sizeof *larger.slot);
    if (!larger.slot)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < set->size; i++) {
        if (set->slot[i] != 0)
            larger.slot[find(&larger, set->slot[i])] = set->slot[i];
    }
    free(set->slot);
    *set = larger;
    return CXLOG_OK;
}

cxlog_status cx_num_set_add(cx_num_set *set, int64_t num, cxlog_error *err)
{
    if (set->count * 2 >= set->size) {
        cxlog_status status = grow(set, err);
        if (status)
            return status;
    }
    size_t i = find(set, num);
    if (set->slot[i] == 0) {
        set->slot[i] = num;
        set->count++;
    }
    return CXLOG_OK;
}

bool cx_num_set_has(const cx_num_set *set, int64_t num)
{
    return set->size > 0 && set->slot[find(set, num)] == num;
}

bool cx_num_set_next(const cx_num_set *set, size_t *place, int64_t *num)
{
    while (*place < set->size) {
        *num = set->slot[(*place)++];
        if (*num != 0)
            return true;
    }
    return false;
}
