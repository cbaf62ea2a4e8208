#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/init_dialogue.h"
#include "cli/sheet_looks.h"

#define POLL_MS 3000

/* What the person, or the passing of time, made of a sheet that cannot be used yet. */
typedef enum outcome { AGAIN, WITHOUT, BACK, END } outcome;

typedef struct waiting {
    char said[CXLOG_MESSAGE_MAX]; /* the trouble that stands on the screen */
} waiting;

static const char *help(void)
{
    return _("Make a new, empty spreadsheet once for the team, or take the team's:\n"
             "https://sheets.google.com/create\n"
             "Copy the whole address out of the browser and put it here. An Excel file\n"
             "in Drive must first become a Google spreadsheet: File, Save as Google\n"
             "Sheets.\n"
             "Then press Share in the sheet and add the service account's address as an\n"
             "editor, without notifying: nobody reads its mail.");
}

/* ---- waiting ---- */

static void explain(const cxlog_error *trouble, const char *address, bool watching)
{
    cli_init_say("✗", trouble->message);
    if (address && strstr(trouble->message, address)) {
        cli_init_say(" ", _("in the sheet, press Share at the top right and add this "
                            "address as an editor, without notifying:"));
        cli_init_say_whole(address);
    } else {
        for (size_t i = 0; i < trouble->suggestion_count; i++)
            cli_init_say_whole(trouble->suggestions[i]);
    }
    if (watching)
        cli_init_say(" ", _("waiting, and going on by itself … (Enter: now, s: no sheet, "
                            "or another address)"));
    else
        cli_init_say(" ",
                     _("(Enter: try again, s: without the sheet, or another address)"));
}

static bool typed_something(bool watching)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&in, 1, watching ? POLL_MS : -1) != 0;
}

static cxlog_status take_address(cli_init *init, const char *text, bool *good,
                                 cxlog_error *err)
{
    cxlog_error said = {0};
    cxlog_status status = cli_init_check_sheet(init, text, &said);
    if (status == CXLOG_OK)
        status = cli_init_take(init, CLI_KEY_SHEET_ID, false, text, &said);
    *good = status == CXLOG_OK;
    if (*good)
        return cli_init_save(init, err);
    if (status == CXLOG_ERR_NOMEM)
        return cxlog_fail(err, status, "%s", said.message);
    cli_init_say_trouble(&said);
    return CXLOG_OK;
}

static cxlog_status wait_for(cli_init *init, waiting *w, const cxlog_error *trouble,
                             const char *address, outcome *out, cxlog_error *err)
{
    bool watching = address && trouble->status == CXLOG_ERR_PERMISSION;
    *out = AGAIN;
    if (strcmp(w->said, trouble->message) != 0 || !watching)
        explain(trouble, address, watching);
    memcpy(w->said, trouble->message, sizeof w->said);
    if (!typed_something(watching))
        return CXLOG_OK;
    CXLOG_AUTO_TEXT text = NULL;
    bool good;
    switch (cli_init_reply(&text, true)) {
    case CLI_REPLY_TEXT:
        w->said[0] = '\0';
        return take_address(init, text, &good, err);
    case CLI_REPLY_HELP:
        cli_init_help(help());
        break;
    case CLI_REPLY_EMPTY:
        w->said[0] = '\0'; /* an answer to Enter, be it the same */
        break;
    case CLI_REPLY_SKIP:
        *out = WITHOUT;
        break;
    case CLI_REPLY_BACK:
        *out = BACK;
        break;
    case CLI_REPLY_END:
        *out = END;
        break;
    }
    return CXLOG_OK;
}

/* ---- what went wrong, and who can mend it ---- */

static bool is_ours(cxlog_status status)
{
    return status == CXLOG_ERR_NOMEM || status == CXLOG_ERR_BUG ||
           status == CXLOG_ERR_IO || status == CXLOG_ERR_CREATE ||
           status == CXLOG_ERR_INTERRUPT || status == CXLOG_ERR_TAMPERED;
}

/* Google did not take the key, or it could not be read at all. */
static bool is_keys(const cli_init_contact *contact, cxlog_status status)
{
    return !contact->signed_in &&
           (status == CXLOG_ERR_PERMISSION || status == CXLOG_ERR_NOINPUT ||
            (status == CXLOG_ERR_CONFIG && !contact->address));
}

static cxlog_status another_key(cli_init *init, const cxlog_error *trouble, outcome *out,
                                cxlog_error *err)
{
    cli_step step = CLI_STEP_NEXT;
    cli_init_say_trouble(trouble);
    cxlog_status status = cli_init_ask_key_again(init, &step, err);
    *out = step == CLI_STEP_END    ? END
           : step == CLI_STEP_BACK ? BACK
           : init->without_sheet   ? WITHOUT
                                   : AGAIN;
    return status;
}

static outcome ask_for_names(cli_init *init, const cxlog_error *trouble)
{
    cli_init_say_trouble(trouble);
    cli_consent consent = cli_init_confirm(
        _("add these names to the team's sheet?"), CLI_NO,
        _("They are in this machine's scheme only. Added, they stay in the team's scheme "
          "for good.\nn: go on without the sheet; cxlog init asks again."));
    init->extend = consent == CLI_YES;
    return consent == CLI_YES ? AGAIN : consent == CLI_NO ? WITHOUT : END;
}

static cxlog_status mend(cli_init *init, waiting *w, const cxlog_error *trouble,
                         const cli_init_contact *contact, outcome *out, cxlog_error *err)
{
    if (is_ours(trouble->status)) {
        if (err)
            *err = *trouble;
        return trouble->status;
    }
    if (is_keys(contact, trouble->status))
        return another_key(init, trouble, out, err);
    if (trouble->status == CXLOG_ERR_VALUE && !init->extend) {
        *out = ask_for_names(init, trouble);
        return CXLOG_OK;
    }
    return wait_for(init, w, trouble, contact->address, out, err);
}

static void say_connected(const cli_init *init)
{
    const cxlog_setup_result *result = &init->result;
    char text[256];
    cli_init_say_of("✓", _("spreadsheet opened and written"), result->title);
    if (result->events_shared > 0) {
        (void)snprintf(text, sizeof text, _("%lld entries of the scheme brought along"),
                       (long long)result->events_shared);
        cli_init_say("✓", text);
    }
    if (result->events_taken > 0) {
        (void)snprintf(text, sizeof text, _("%lld entries of the scheme taken over"),
                       (long long)result->events_taken);
        cli_init_say("✓", text);
    }
    cli_sheet_warnings warnings;
    size_t count = cli_sheet_warnings_of(&warnings, init->ctx, &init->looks);
    for (size_t i = 0; i < count; i++)
        cli_init_say("!", warnings.text[i]);
}

static cxlog_status connect_sheet(cli_init *init, outcome *out, cxlog_error *err)
{
    waiting w = {{0}};
    CXLOG_AUTO_VALUE(cli_init_contact) contact = {0};
    *out = AGAIN;
    while (*out == AGAIN) {
        cxlog_error trouble = {0};
        cxlog_status status = cli_init_connect(init, &contact, &trouble);
        init->connected = status == CXLOG_OK;
        if (init->connected) {
            say_connected(init);
            return CXLOG_OK;
        }
        trouble.status = status;
        status = mend(init, &w, &trouble, &contact, out, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* ---- the step ---- */

/* *ready: there is an address now. */
static cxlog_status ask_address(cli_init *init, bool *ready, cli_step *step,
                                cxlog_error *err)
{
    CXLOG_AUTO_TEXT text = NULL;
    const char *old = cli_setting(&init->ctx->settings, CLI_KEY_SHEET_ID);
    cli_question question = {
        .step = _("4/6 sheet"),
        .text = _("the sheet's address, as it stands in the browser (s: no sheet yet)"),
        .fallback = old,
        .help = help(),
        .own_line = true,
        .may_skip = true,
    };
    cli_reply reply = cli_init_question(&question, &text);
    *ready = reply == CLI_REPLY_EMPTY && old;
    *step = cli_init_way(reply);
    init->without_sheet = reply == CLI_REPLY_SKIP || (reply == CLI_REPLY_EMPTY && !old);
    const char *answer = *ready ? old : text;
    return answer ? take_address(init, answer, ready, err) : CXLOG_OK;
}

cxlog_status cli_init_ask_sheet(cli_init *init, cli_step *step, cxlog_error *err)
{
    bool ready = init->given[CLI_KEY_SHEET_ID];
    *step = CLI_STEP_NEXT;
    cxlog_status status = CXLOG_OK;
    while (status == CXLOG_OK && !ready && !init->without_sheet && *step == CLI_STEP_NEXT)
        status = ask_address(init, &ready, step, err);
    if (status != CXLOG_OK || *step != CLI_STEP_NEXT || init->without_sheet)
        return status;
    outcome out = AGAIN;
    status = connect_sheet(init, &out, err);
    init->without_sheet = out == WITHOUT;
    *step = out == BACK ? CLI_STEP_BACK : out == END ? CLI_STEP_END : CLI_STEP_NEXT;
    return status;
}
