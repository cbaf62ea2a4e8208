#include "cli/complete_values.h"

void cli_help_topics(const cli_wanted *w)
{
    (void)w;
}
