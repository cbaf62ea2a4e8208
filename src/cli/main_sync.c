#include <sys/prctl.h>
#include <sys/resource.h>

#include "cli/cli.h"

/* This process holds the key: no core file, and no debugger of the same user. */
static void close_curtains(void)
{
    struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int main(int argc, char **argv)
{
    close_curtains();
    return cli_main(argc, argv, &cxlog_google_open, NULL);
}
