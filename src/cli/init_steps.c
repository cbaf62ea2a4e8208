#include <stdlib.h>
#include <string.h>

#include <cxlog/text.h>

#include "cli/init_dialogue.h"

#define CHANNELS_MAX 9

/* Take and save. *good false: the answer was refused, and why was said. */
static cxlog_status accept(cli_init *init, cli_key key, const char *value, bool *good,
                           cxlog_error *err)
{
    cxlog_error said = {0};
    cxlog_status status = cli_init_take(init, key, false, value, &said);
    *good = status == CXLOG_OK;
    if (status == CXLOG_ERR_NOMEM)
        return cxlog_fail(err, status, "%s", said.message);
    if (!*good) {
        cli_init_say_trouble(&said);
        return CXLOG_OK;
    }
    return cli_init_save(init, err);
}

cxlog_status cli_init_ask_name(cli_init *init, cli_step *step, cxlog_error *err)
{
    const cli_settings *settings = &init->ctx->settings;
    *step = CLI_STEP_NEXT;
    if (init->given[CLI_KEY_AGENT_NAME])
        return cli_init_save(init, err);
    for (bool good = false; !good;) {
        CXLOG_AUTO_TEXT text = NULL;
        const char *old = cli_setting(settings, CLI_KEY_AGENT_NAME);
        cli_question question = {
            .step = _("1/6 name"),
            .text = _("your name, as it stands in the sheet"),
            .fallback = old,
            .help = _("It goes into the column 담당 of each of your records, and totals "
                      "go by it:\n"
                      "write it the same way on every machine, and differently from your "
                      "colleagues."),
        };
        cli_reply reply = cli_init_question(&question, &text);
        *step = cli_init_way(reply);
        if (reply == CLI_REPLY_BACK || (reply == CLI_REPLY_EMPTY && !old))
            continue;
        if (reply == CLI_REPLY_END)
            return CXLOG_OK;
        cxlog_status status =
            accept(init, CLI_KEY_AGENT_NAME, text ? text : old, &good, err);
        if (status != CXLOG_OK)
            return status;
    }
    return CXLOG_OK;
}

/* ---- the channel ---- */

typedef struct channels {
    cxlog_scheme *scheme;
    const char *names[CHANNELS_MAX]; /* the first ones, for numbers */
    size_t count;
} channels;

static void channels_clear(channels *c)
{
    cxlog_scheme_free(c->scheme);
}
CXLOG_AUTO_VALUE_DEFINE(channels, channels_clear);

static cxlog_status read_channels(channels *out, cli_ctx *ctx, cxlog_error *err)
{
    cxlog_status status = ctx->store ? CXLOG_OK : cli_store_open(ctx, err);
    if (status == CXLOG_OK)
        status = cxlog_store_scheme(ctx->store, &out->scheme, err);
    for (size_t i = 0; status == CXLOG_OK && i < cxlog_scheme_count(out->scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(out->scheme, i);
        if (value->dim == CXLOG_DIM_CHANNEL && out->count < CHANNELS_MAX &&
            cxlog_value_in_use(value, ctx->today))
            out->names[out->count++] = value->name;
    }
    return status;
}

/* What the answer stands for: a number of the list, a name in short. NULL: nothing known.
 */
static const char *channel_of(const channels *c, const char *typed, cxlog_day today,
                              cxlog_error *err)
{
    size_t number = typed[0] >= '1' && typed[0] <= '9' && typed[1] == '\0'
                        ? (size_t)(typed[0] - '0')
                        : 0;
    if (number > 0 && number <= c->count)
        return c->names[number - 1];
    const cxlog_value *value = NULL;
    return cxlog_scheme_resolve(c->scheme, CXLOG_DIM_CHANNEL, "", typed, today, &value,
                                err) == CXLOG_OK
               ? value->name
               : NULL;
}

/* The team's sheet may know a channel that this store will only hear of later. */
static const char *keep_anyway(const cxlog_error *trouble, const char *typed)
{
    cli_init_say_trouble(trouble);
    return cli_init_confirm(
               _("keep it all the same (the team's sheet may have it)?"), CLI_NO,
               _("This machine hears of the team's own channels once the sheet is "
                 "connected.")) == CLI_YES
               ? typed
               : NULL;
}

cxlog_status cli_init_ask_channel(cli_init *init, cli_step *step, cxlog_error *err)
{
    cli_ctx *ctx = init->ctx;
    CXLOG_AUTO_VALUE(channels) c = {0};
    cxlog_status status = read_channels(&c, ctx, err);
    for (bool good = false; status == CXLOG_OK && !good;) {
        CXLOG_AUTO_TEXT text = NULL;
        cxlog_error said = {0};
        const char *old = cli_setting(&ctx->settings, CLI_KEY_DEFAULTS_CHANNEL);
        cli_question question = {
            .step = _("2/6 channel"),
            .text = old ? _("channel of records that name none: number or name "
                            "(-: none)")
                        : _("channel of records that name none: number or name "
                            "(Enter: none)"),
            .choices = c.names,
            .choice_count = c.count,
            .own_line = true,
            .fallback = old,
            .help = _("Whoever mostly answers the phone need not type 전화 each time.\n"
                      "A record may still name another channel: cxlog log 배송 카톡 …"),
        };
        cli_reply reply = cli_init_question(&question, &text);
        *step = cli_init_way(reply);
        if (reply != CLI_REPLY_TEXT && (reply != CLI_REPLY_EMPTY || !question.fallback))
            return CXLOG_OK;
        if (text && old && strcmp(text, "-") == 0) {
            cli_init_drop(init, CLI_KEY_DEFAULTS_CHANNEL);
            return cli_init_save(init, err);
        }
        const char *name =
            text ? channel_of(&c, text, ctx->today, &said) : question.fallback;
        if (!name)
            name = keep_anyway(&said, text);
        if (name)
            status = accept(init, CLI_KEY_DEFAULTS_CHANNEL, name, &good, err);
    }
    return status;
}

/* ---- what the scheme holds now ---- */

cxlog_status cli_init_show_scheme(cli_init *init, cli_step *step, cxlog_error *err)
{
    CXLOG_AUTO(cxlog_scheme) *scheme = NULL;
    char counts[256];
    size_t categories = 0, channel_count = 0;
    *step = CLI_STEP_NEXT;
    cxlog_status status = cxlog_store_scheme(init->ctx->store, &scheme, err);
    if (status != CXLOG_OK)
        return status;
    for (size_t i = 0; i < cxlog_scheme_count(scheme); i++) {
        const cxlog_value *value = cxlog_scheme_at(scheme, i);
        bool counts_here =
            value->parent[0] == '\0' && cxlog_value_in_use(value, init->ctx->today);
        categories += counts_here && value->dim == CXLOG_DIM_CATEGORY;
        channel_count += counts_here && value->dim == CXLOG_DIM_CHANNEL;
    }
    const char *tabs = !init->connected ? _("to begin with")
                       : init->result.made_log || init->result.made_scheme
                           ? _("tabs made: 상담기록, 구분")
                           : _("tabs are there: 상담기록, 구분");
    (void)snprintf(counts, sizeof counts,
                   _("%s · %zu categories, %zu channels (v%lld)\n"), tabs, categories,
                   channel_count, (long long)cxlog_scheme_version(scheme));
    cli_init_step(_("5/6 scheme"), counts);
    return CXLOG_OK;
}
