/* Where the values stand, and the index from words to them. */
#include <cxlog/scheme.h>

#include "hash.h"
#include "scheme_state.h"

static cxlog_status no_memory(cxlog_error *err)
{
    return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
}

cxlog_status cxlog_scheme_new(cxlog_scheme **out, cxlog_error *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? CXLOG_OK : no_memory(err);
}

void cxlog_scheme_free(cxlog_scheme *scheme)
{
    if (!scheme)
        return;
    for (size_t i = 0; i < scheme->count; i++)
        cx_value_clear(&scheme->nodes[i].value);
    free(scheme->nodes);
    free(scheme->slots);
    free(scheme->renamed);
    free(scheme);
}

static uint64_t hash_of(cxlog_dim dim, size_t under, const char *word)
{
    uint64_t start = CX_HASH_START ^ ((uint64_t)dim << 56) ^ (uint64_t)under;
    return cx_hash_end(cx_hash_text(start, word));
}

static bool has_word(const cxlog_value *value, const char *word)
{
    if (strcmp(value->name, word) == 0 || strcmp(value->code, word) == 0)
        return true;
    for (char **alias = value->aliases; alias && *alias; alias++)
        if (strcmp(*alias, word) == 0)
            return true;
    return false;
}

cx_node *cx_scheme_word(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                        const char *word)
{
    if (scheme->slot_count == 0 || word[0] == '\0')
        return NULL;
    uint64_t hash = hash_of(dim, under, word);
    size_t mask = scheme->slot_count - 1;
    for (size_t i = (size_t)hash & mask; scheme->slots[i].node != 0; i = (i + 1) & mask) {
        cx_node *node = &scheme->nodes[scheme->slots[i].node - 1];
        if (scheme->slots[i].hash == hash && node->value.dim == dim &&
            node->under == under && has_word(&node->value, word))
            return node;
    }
    return NULL;
}

cx_node *cx_scheme_name(const cxlog_scheme *scheme, cxlog_dim dim, size_t under,
                        const char *name)
{
    cx_node *node = cx_scheme_word(scheme, dim, under, name);
    return node && strcmp(node->value.name, name) == 0 ? node : NULL;
}

bool cx_scheme_family(const cxlog_scheme *scheme, cxlog_dim dim, const char *parent,
                      size_t *family)
{
    *family = CX_NONE;
    if (!parent || parent[0] == '\0')
        return true;
    const cx_node *node = cx_scheme_name(scheme, dim, CX_NONE, parent);
    if (node)
        *family = node->family;
    return node != NULL;
}

static void fill_slot(cxlog_scheme *scheme, cx_slot slot)
{
    size_t mask = scheme->slot_count - 1;
    size_t i = (size_t)slot.hash & mask;
    while (scheme->slots[i].node != 0)
        i = (i + 1) & mask;
    scheme->slots[i] = slot;
}

/* At least half of the slots stay empty. */
static cxlog_status reserve_words(cxlog_scheme *scheme, size_t more, cxlog_error *err)
{
    size_t wanted = scheme->slot_count ? scheme->slot_count : 64;
    while (wanted < 2 * (scheme->word_count + more))
        wanted *= 2;
    if (wanted == scheme->slot_count)
        return CXLOG_OK;
    cx_slot *old = scheme->slots;
    size_t old_count = scheme->slot_count;
    scheme->slots = calloc(wanted, sizeof *scheme->slots);
    if (!scheme->slots) {
        scheme->slots = old;
        return no_memory(err);
    }
    scheme->slot_count = wanted;
    for (size_t i = 0; i < old_count; i++)
        if (old[i].node != 0)
            fill_slot(scheme, old[i]);
    free(old);
    return CXLOG_OK;
}

static void index_word(cxlog_scheme *scheme, const cx_node *node, const char *word)
{
    if (word[0] == '\0')
        return;
    scheme->word_count++;
    fill_slot(scheme, (cx_slot){.hash = hash_of(node->value.dim, node->under, word),
                                .node = (size_t)(node - scheme->nodes) + 1});
}

static size_t family_of(const cxlog_scheme *scheme, const cx_node *node)
{
    for (size_t i = 0; i < scheme->renamed_count; i++) {
        const cx_node *old = &scheme->nodes[scheme->renamed[i]];
        if (old->value.retired_by == node->value.added_by)
            return old->family;
    }
    return (size_t)(node - scheme->nodes);
}

cxlog_status cx_scheme_note_rename(cxlog_scheme *scheme, const cx_node *node,
                                   cxlog_error *err)
{
    if (scheme->renamed_count == scheme->renamed_capacity) {
        size_t capacity = scheme->renamed_capacity ? 2 * scheme->renamed_capacity : 16;
        size_t *renamed = realloc(scheme->renamed, capacity * sizeof *renamed);
        if (!renamed)
            return no_memory(err);
        scheme->renamed = renamed;
        scheme->renamed_capacity = capacity;
    }
    scheme->renamed[scheme->renamed_count++] = (size_t)(node - scheme->nodes);
    return CXLOG_OK;
}

/* Find the node's family and index its words. The parent and the former name come earlier
 * in the array. */
static cxlog_status place(cxlog_scheme *scheme, cx_node *node, cxlog_error *err)
{
    size_t words = 2;
    for (char **alias = node->value.aliases; alias && *alias; alias++)
        words++;
    cxlog_status status = reserve_words(scheme, words, err);
    if (status != CXLOG_OK)
        return status;
    if (!cx_scheme_family(scheme, node->value.dim, node->value.parent, &node->under))
        return cxlog_fail(err, CXLOG_ERR_TAMPERED,
                          "the scheme has a detail without its category");
    node->family = family_of(scheme, node);
    index_word(scheme, node, node->value.name);
    if (strcmp(node->value.code, node->value.name) != 0)
        index_word(scheme, node, node->value.code);
    for (char **alias = node->value.aliases; alias && *alias; alias++)
        index_word(scheme, node, *alias);
    if (node->value.retired_by != 0 && node->value.retired_how == CXLOG_ACTION_RENAME)
        return cx_scheme_note_rename(scheme, node, err);
    return CXLOG_OK;
}

cxlog_status cx_scheme_insert_take(cxlog_scheme *scheme, cxlog_value *value,
                                   cxlog_error *err)
{
    if (scheme->count == scheme->capacity) {
        size_t capacity = scheme->capacity ? 2 * scheme->capacity : 64;
        cx_node *nodes = realloc(scheme->nodes, capacity * sizeof *nodes);
        if (!nodes)
            return no_memory(err);
        scheme->nodes = nodes;
        scheme->capacity = capacity;
    }
    cx_node *node = &scheme->nodes[scheme->count];
    *node = (cx_node){.value = *value, .family = scheme->count, .under = CX_NONE};
    cxlog_status status = place(scheme, node, err);
    if (status != CXLOG_OK)
        return status;
    scheme->count++;
    *value = (cxlog_value){0};
    return CXLOG_OK;
}

cxlog_status cx_scheme_alias(cxlog_scheme *scheme, cx_node *node, const char *alias,
                             cxlog_error *err)
{
    size_t count = 0;
    while (node->value.aliases && node->value.aliases[count])
        count++;
    char **aliases = realloc(node->value.aliases, (count + 2) * sizeof *aliases);
    if (!aliases)
        return no_memory(err);
    node->value.aliases = aliases;
    aliases[count] = strdup(alias);
    aliases[count + 1] = NULL;
    if (!aliases[count])
        return no_memory(err);
    cxlog_status status = reserve_words(scheme, 1, err);
    if (status != CXLOG_OK)
        return status;
    index_word(scheme, node, alias);
    return CXLOG_OK;
}

cxlog_status cx_scheme_drop(cxlog_scheme *scheme, int64_t added_by, const cx_node *except,
                            cxlog_error *err)
{
    size_t kept = 0;
    size_t spared = (size_t)(except - scheme->nodes);
    for (size_t i = 0; i < scheme->count; i++) {
        if (scheme->nodes[i].value.added_by == added_by && i != spared)
            cx_value_clear(&scheme->nodes[i].value);
        else
            scheme->nodes[kept++] = scheme->nodes[i];
    }
    memset(scheme->slots, 0, scheme->slot_count * sizeof *scheme->slots);
    scheme->word_count = 0;
    scheme->renamed_count = 0;
    scheme->count = kept;
    for (size_t i = 0; i < kept; i++) {
        cxlog_status status = place(scheme, &scheme->nodes[i], err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

cx_node *cx_scheme_retired_by(const cxlog_scheme *scheme, int64_t number)
{
    for (size_t i = 0; i < scheme->count; i++)
        if (scheme->nodes[i].value.retired_by == number)
            return &scheme->nodes[i];
    return NULL;
}
