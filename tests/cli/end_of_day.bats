#!/usr/bin/env bats
# The 17:00 script and its schedules.

load helper

EOD=$BATS_TEST_DIRNAME/../../scripts/end-of-day.sh
UNITS=$BATS_TEST_DIRNAME/../../config/systemd

setup() {
    setup_world
    command -v flock >/dev/null || skip "no flock"
}
teardown() { stop_emulator; }

# eod NAME=VALUE… - the script with nothing in its environment but what cron gives, umask 000
eod() {
    (
        umask 000
        env -i PATH=/usr/bin:/bin CXLOG="$CXLOG_BIN/cxlog" CXLOG_CONFIG="$XDG_CONFIG_HOME/cxlog/config.ini" \
            CXLOG_STORE_PATH="$(store)" CXLOG_EOD_STATE="$WORLD/state" \
            "$@" "$EOD" 3>&- 4>&-
    )
}

ready() {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 하나 :해결 >/dev/null
}

@test "under an empty environment the script closes the day and says nothing" {
    ready
    quietly 0 eod
    same stdout '' "$output"
    same 'records in the sheet' 1 "$(sheet_ids | wc -l)"
    has "$(cat "$WORLD/state/end-of-day.log")" 'exit=0'
    same 'mode of the log' 600 "$(stat -c %a "$WORLD/state/end-of-day.log")"
}

@test "closed standard files and no HOME are no obstacle" {
    ready
    eod 0<&- 1>&- 2>&-
    same 'records in the sheet' 1 "$(sheet_ids | wc -l)"
}

@test "cxlog's exit code and words are passed on" {
    ready
    stop_emulator
    expect 75 eod CXLOG_SYNC_BACKOFF=1
    has "$output" 'cxlog: '
    has "$output" 'ended with 75'
    has "$(cat "$WORLD/state/end-of-day.log")" 'exit=75'
}

@test "two runs at once: the second leaves at once" {
    ready
    mkdir -p "$WORLD/state"
    exec 8>>"$WORLD/state/end-of-day.lock"
    flock -n 8
    expect 75 eod
    has "$stderr" 'another run'
    exec 8>&-
}

# handed NAME=VALUE… - what the script hands to the program
handed() {
    rm -rf "$WORLD/state"
    printf '#!/bin/sh\necho "handed: $*"\n' >"$WORLD/echo"
    chmod +x "$WORLD/echo"
    quietly 0 env -i CXLOG="$WORLD/echo" CXLOG_EOD_STATE="$WORLD/state" "$@" "$EOD" --accept
    sed -n 's/^handed: //p' "$WORLD/state/end-of-day.log"
}

@test "the script begins at once and tries once; the crontab sample spreads the team over 15 minutes and tries until 18:30" {
    same 'by itself' 'close --no-input --accept' "$(handed)"
    mapfile -t told < <(grep '^CXLOG_' "$UNITS/../crontab.sample")
    same 'as in the sample' 'close --no-input --retry 90m --spread 15m --accept' "$(handed "${told[@]}")"
    same 'other times' 'close --no-input --retry 1h --spread 40s --accept' \
        "$(handed CXLOG_EOD_SPREAD=40 CXLOG_EOD_RETRY=1h)"
    same 'at once and once' 'close --no-input --accept' "$(handed CXLOG_EOD_SPREAD=0 CXLOG_EOD_RETRY=0)"
}

@test "the timers spread over 15 minutes, each machine at its own moment, and their services end by 18:30" {
    local unit
    for unit in "$UNITS"/*.timer; do
        has "$(<"$unit")" 'RandomizedDelaySec=15min'
        has "$(<"$unit")" 'FixedRandomDelay=true'
    done
    for unit in "$UNITS"/*.service; do
        has "$(<"$unit")" '^ExecStart=cxlog close --no-input --retry 75m$' # wherever systemd finds it: /usr/local too
    done
}

@test "without the program the script says so" {
    expect 78 env -i CXLOG=/nonexistent "$EOD"
}

@test "the program is found in PATH, wherever that leads" {
    ready
    mkdir "$WORLD/own"
    ln -s "$CXLOG_BIN/cxlog" "$WORLD/own/cxlog"
    quietly 0 eod CXLOG= PATH="$WORLD/own:/usr/bin:/bin"
    same 'records in the sheet' 1 "$(sheet_ids | wc -l)"
}

@test "a lock that cannot be opened is named: 73" {
    mkdir -p "$WORLD/state/end-of-day.lock"
    expect 73 eod
    same stderr "end-of-day: cannot open the lock $WORLD/state/end-of-day.lock" "$stderr"
}

@test "systemd accepts the units and the calendar" {
    command -v systemd-analyze >/dev/null || skip "no systemd-analyze"
    mkdir "$WORLD/units"
    for unit in "$UNITS"/*; do
        sed 's#=cxlog close#=true close#' "$unit" >"$WORLD/units/${unit##*/}"
    done
    cd "$WORLD/units"
    run systemd-analyze --man=no verify ./cxlog-close.service ./cxlog-close.timer ./cxlog-close@a.service ./cxlog-close@a.timer
    # Outside a booted machine it may miss its own surroundings, but never dislike a line of ours.
    hasnt "$output" 'cxlog-close.*(not executable|Unknown|Failed to parse|Invalid|ignoring|not recognized)'
    local calendar
    calendar=$(sed -n 's/^OnCalendar=//p' "$UNITS/cxlog-close.timer")
    run systemd-analyze calendar "$calendar"
    same 'exit code' 0 "$status"
    has "$output" 'Normalized form: Mon..Fri \*-\*-\* 17:00:00 Asia/Seoul'
}
