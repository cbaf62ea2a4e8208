#include "cli/cli.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/paths.h"

void cli_locale_start(void)
{
    (void)setlocale(LC_CTYPE, "");
    (void)setlocale(LC_MESSAGES, "");
    /* cron and systemd start programs in the C locale, where Hangul becomes question
     * marks. */
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        (void)setlocale(LC_CTYPE, "C.UTF-8");
}

/* The catalogue beside an installed program (in bin or libexec/cxlog), else the one of
 * the build tree. */
static void bind_messages(void)
{
    static const char *const beside[] = {"/../share/locale", "/../../share/locale",
                                         "/../locale"};
    char folder[PATH_MAX];
    if (!cli_path_program_folder(folder, sizeof folder - 32))
        return;
    size_t length = strlen(folder);
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        memcpy(folder + length, beside[i], strlen(beside[i]) + 1);
        if (access(folder, X_OK) != 0)
            continue;
        (void)bindtextdomain("cxlog", folder);
        (void)bind_textdomain_codeset("cxlog", "UTF-8");
        (void)textdomain("cxlog");
        return;
    }
}

static bool messages_are_c(void)
{
    const char *name = setlocale(LC_MESSAGES, NULL);
    return !name || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

void cli_locale_language(const char *lang)
{
    bool korean = strcmp(lang, "ko") == 0;
    if (korean || strcmp(lang, "en") == 0)
        (void)setenv("LANGUAGE", lang, 1);
    /* gettext answers in the C locale without looking at LANGUAGE; in C.UTF-8 it looks.
     */
    if (korean && messages_are_c())
        (void)setlocale(LC_MESSAGES, "C.UTF-8");
    if (strcmp(lang, "en") != 0 && !messages_are_c())
        bind_messages();
}
