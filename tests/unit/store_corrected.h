/* store_corrected.h - records of which two were corrected, for tests of what counts and
 * of what is listed. */
#ifndef CX_TESTS_STORE_CORRECTED_H
#define CX_TESTS_STORE_CORRECTED_H

#include "store_case.h"

/* Two groups: a corrected record, a voided one; and a plain record. */
typedef struct groups {
    cxlog_entry first, amended, again, voided, the_void, plain;
} groups;

static inline void groups_clear(groups *g)
{
    cxlog_entry *all = &g->first;
    for (size_t i = 0; i < sizeof *g / sizeof *all; i++)
        cxlog_entry_clear(&all[i]);
}
CXLOG_AUTO_VALUE_DEFINE(groups, groups_clear);

static inline void groups_make(store_case *c, groups *g)
{
    entry_start(&g->first, AT(DAY0 + 1, 100), "배송", "전화");
    entry_start(&g->voided, AT(DAY0 + 1, 200), "환불", "전화");
    entry_start(&g->plain, AT(DAY0 + 2, 300), "결제", "이메일");
    seal(&g->first);
    seal(&g->voided);
    seal(&g->plain);
    entry_correct(&g->amended, &g->first, false, "오류", 50);
    entry_correct(&g->again, &g->amended, false, "회원",
                  50); /* names the correction, not the first */
    entry_correct(&g->the_void, &g->voided, true, NULL, 50);
    const cxlog_entry *const order[] = {&g->first, &g->amended,  &g->voided,
                                        &g->again, &g->the_void, &g->plain};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        MUST(cxlog_store_add(c->store, order[i], 1, NULL, &c->err));
}

#endif
