#include "store/store_impl.h"

const char *cxlog_store_engine(void)
{
    return sqlite3_libversion();
}
