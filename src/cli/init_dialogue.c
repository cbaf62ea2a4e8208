#include "cli/init_dialogue.h"

#include <string.h>

static cxlog_status stopped(cxlog_error *err)
{
    (void)fputc('\n', stderr);
    return cxlog_fail(
        err, CXLOG_ERR_INTERRUPT,
        "stopped; what was answered is kept: cxlog init goes on from there");
}

static void say_end(const cli_init *init)
{
    bool wanted = !init->without_sheet && cli_has_sheet(init->ctx);
    if (!init->connected)
        cli_init_say("!", wanted || cli_has_sheet(init->ctx)
                              ? _("the sheet is not connected yet: cxlog init goes on "
                                  "from there; until then "
                                  "everything stays on this machine")
                              : _("no spreadsheet: everything stays on this machine "
                                  "until cxlog init is run again"));
    cli_out("%s\n", _("✓ done.   try: cxlog log 배송 전화 첫 기록\n"
                      "          take it back: cxlog undo   check: cxlog doctor"));
}

cxlog_status cli_init_dialogue(cli_init *init, cxlog_error *err)
{
    static cxlog_status (*const steps[])(cli_init *, cli_step *, cxlog_error *) = {
        cli_init_ask_name,  cli_init_ask_channel, cli_init_ask_key,
        cli_init_ask_sheet, cli_init_show_scheme, cli_init_offer_comfort,
    };
    /* From here on ^C ends a question, not the process: no half copied key stays behind.
     */
    cli_stop_watch();
    (void)fprintf(stderr, "%s\n",
                  _("cxlog, first set-up (3 minutes)\n"
                    "Enter: what stands in [ ]   <: back   h: help   Ctrl-C: stop, "
                    "answers are kept"));
    size_t at = 0;
    while (at < sizeof steps / sizeof steps[0]) {
        cli_step step = CLI_STEP_NEXT;
        cxlog_status status = steps[at](init, &step, err);
        if (status == CXLOG_OK && (step == CLI_STEP_END || *cli_stop_flag()))
            status = stopped(err);
        if (status != CXLOG_OK)
            return status;
        if (step == CLI_STEP_NEXT)
            at++;
        else if (at > 0)
            at--;
    }
    say_end(init);
    return cli_out_end_done(init->ctx, NULL, err);
}
