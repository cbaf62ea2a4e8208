#include "cli/line_edit.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, NULL, &cli_line_edit_open);
}
