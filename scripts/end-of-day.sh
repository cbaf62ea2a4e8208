#!/bin/sh
# scripts/end-of-day.sh [CLOSE-OPTION…] - the 17:00 script: cxlog close for cron and timers.
#
# Works with the environment of cron (no HOME, TERM, locale), any umask, closed standard files. One run at a time; every run is
# added to the log. Exit code: cxlog's own (75: try again later, records are safe; a second run at the same time: 75). Prints nothing
# when all is well, else what happened: cron mails it.
#
# By hand it begins at once and tries once. The crontab sample tells it to begin at a moment of this machine's own, so that a team does
# not start in the same second, and to go on trying every five minutes while Google does not answer.
#
# CXLOG              the program (default: cxlog beside this script, in PATH, in /usr/local/bin or in /usr/bin)
# CXLOG_EOD_STATE    folder of lock and log (default: systemd's STATE_DIRECTORY, else $XDG_STATE_HOME/cxlog, else ~/.local/state/cxlog)
# CXLOG_EOD_SPREAD   begin within this time (15m; default: at once)
# CXLOG_EOD_RETRY    give up after this time, counted from the start (90m; default: after the first try)
set -u
umask 077
# Closed standard files would be taken by the next file that is opened.
: 0<&0 2>/dev/null || exec 0</dev/null
: 1>&1 2>/dev/null || exec 1>/dev/null
: 2>&2 2>/dev/null || exec 2>/dev/null
cd / || exit 74

in_path=$(command -v cxlog) || in_path=
PATH=/usr/local/bin:/usr/bin:/bin
export PATH
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
    [ -n "$HOME" ] || HOME=/nonexistent
    export HOME
fi
[ -n "${LC_ALL:-}${LANG:-}" ] || { LANG=C.UTF-8; export LANG; }

here=${0%/*}
[ "$here" != "$0" ] || here=.
case $here in /*) ;; *) here=${OLDPWD:-/}/$here ;; esac
program=${CXLOG:-}
for candidate in "$here/cxlog" "$in_path" /usr/local/bin/cxlog /usr/bin/cxlog; do
    [ -n "$program" ] || { [ -x "$candidate" ] && program=$candidate; }
done
if [ -z "$program" ] || [ ! -x "$program" ]; then
    echo "end-of-day: there is no program cxlog; set CXLOG to its path" >&2
    exit 78
fi

state=${CXLOG_EOD_STATE:-${STATE_DIRECTORY:-${XDG_STATE_HOME:-$HOME/.local/state}/cxlog}}
state=${state%%:*}
if ! mkdir -p "$state" 2>/dev/null; then
    echo "end-of-day: cannot make the folder $state" >&2
    exit 73
fi
log=$state/end-of-day.log

# The lock goes with its holder, however that ends.
lock=$state/end-of-day.lock
if ! (exec 9>>"$lock") 2>/dev/null; then
    echo "end-of-day: cannot open the lock $lock" >&2
    exit 73
fi
exec 9>>"$lock"
if ! flock -n 9; then
    echo "end-of-day: another run is not finished yet" >&2
    exit 75
fi

spread=${CXLOG_EOD_SPREAD:-0}
case $spread in
    0) ;;
    *[!0-9]*) set -- --spread "$spread" "$@" ;;
    *) set -- --spread "${spread}s" "$@" ;;
esac
retry=${CXLOG_EOD_RETRY:-0}
case $retry in
    0) ;;
    *[!0-9]*) set -- --retry "$retry" "$@" ;;
    *) set -- --retry "${retry}s" "$@" ;;
esac

# A log that is kept for ever is read by nobody.
if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt 1000000 ]; then
    mv -f "$log" "$log.1"
fi

said=$("$program" close --no-input "$@" </dev/null 2>&1 9>&-)
code=$?
printf '%s exit=%d\n%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$code" "$said" >>"$log" 2>/dev/null
if [ "$code" -ne 0 ]; then
    printf '%s\n' "$said"
    printf 'end-of-day: cxlog close ended with %d; log: %s\n' "$code" "$log"
fi
exit "$code"
