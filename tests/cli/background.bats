#!/usr/bin/env bats
# The push in the background after log: log waits for nothing, one process at a time, trouble only in status.

load helper

setup() {
    setup_world
    start_emulator
    join 김하늘
    export CXLOG_SYNC_AUTO=yes CXLOG_SYNC_LINGER=0
}
teardown() {
    stop_emulator
    eventually 20 nobody_syncs
}

# syncers - the processes of cxlog-sync that work on this test's world
syncers() {
    local pid
    for pid in $(pgrep -x cxlog-sync); do
        ! tr '\0' '\n' <"/proc/$pid/environ" 2>/dev/null | grep -qxF "TMPDIR=$WORLD" || echo "$pid"
    done
}
nobody_syncs() { [ -z "$(syncers)" ]; }
rows_are() { [ "$(sheet_ids | wc -l)" -eq "$1" ]; }
somebody_syncs() { [ -n "$(syncers)" ]; }
at_most() { [ "$(syncers | wc -l)" -le "$1" ]; }
# own_session PID - it leads one; it says so itself, a moment after its start
own_session() { [ "$(awk '{print $6}' "/proc/$1/stat")" = "$1" ]; }

@test "a logged record appears in the sheet by itself" {
    quietly 0 cxlog log 배송 전화 a
    local a=$output
    eventually 15 rows_are 1
    each_once "$a"
    eventually 15 nobody_syncs
    same 'confirmed' 1 "$(cxlog status --json | jq .confirmed)"
}

@test "amend, void and undo are pushed as well" {
    local a
    a=$(cxlog log 배송 a)
    eventually 15 rows_are 1
    cxlog amend "$a" --note b >/dev/null
    eventually 15 rows_are 2
    cxlog void "$a" >/dev/null
    eventually 15 rows_are 3
    cxlog undo >/dev/null 2>&1
    eventually 15 rows_are 4
}

@test "log does not wait for the network, nor hold its reader's pipe open" {
    fault '{"on":"any","kind":"delay","ms":8000,"times":-1}'
    local before=$SECONDS
    run bash -c '"$CXLOG_BIN/cxlog" log 배송 a 3>&- 4>&- | cat'
    valid_id "$output"
    same 'less than the delay' yes "$([ $((SECONDS - before)) -lt 6 ] && echo yes)"
    emu DELETE faults >/dev/null
}

@test "many logs in a row: one process at a time, and the lingering one collects them" {
    export CXLOG_SYNC_LINGER=2
    forget_requests
    local i before=$SECONDS most
    for i in {1..10}; do
        cxlog log 배송 "메모 $i" >/dev/null
        eventually 10 at_most 2 # one that lingers, one that finds it and leaves
    done
    most=$((2 + (SECONDS - before) / CXLOG_SYNC_LINGER))
    eventually 20 rows_are 10
    eventually 20 nobody_syncs
    same 'no row twice' 10 "$(sheet_ids | sort -u | wc -l)"
    [ "$(requests write)" -le "$most" ] || same 'pushes of ten records' "at most $most" "$(requests write)"
}

@test "a record logged while the push is on its way is not left behind" {
    fault '{"on":"push","kind":"delay","ms":800}'
    cxlog log 배송 a >/dev/null
    eventually 10 fired
    cxlog log 배송 b >/dev/null
    eventually 20 rows_are 2
    eventually 20 nobody_syncs
    same 'unsent' '' "$(cxlog list --unsent --json)"
}

@test "trouble shows in status, not on the terminal, and log goes on answering 0" {
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"상담기록\",\"edit\":\"unshare\"}" >/dev/null
    quietly 0 cxlog log 배송 a
    eventually 15 bash -c '[ "$("$CXLOG_BIN/cxlog" status --json | jq .trouble)" != null ]'
    eventually 15 nobody_syncs
    has "$(cxlog status)" trouble
    quietly 0 cxlog log 배송 b
    same 'both are safe' 2 "$(cxlog list --unsent --json | jq -s length)"
}

@test "on a terminal nothing of the background push is seen, and closing the terminal does not end it" {
    needs_terminal
    fault '{"on":"push","kind":"delay","ms":500}'
    run at_terminal "$CXLOG_BIN/cxlog" log 배송 a --color never
    same 'lines on the terminal: the record, the day, the ID' 3 "$(grep -c . <<<"$output")"
    eventually 15 rows_are 1
}

@test "the background process holds no terminal, no descriptor of its parent, and its own session" {
    export CXLOG_SYNC_LINGER=3
    exec 7>"$WORLD/held"
    "$CXLOG_BIN/cxlog" log 배송 a >/dev/null 3>&- 4>&- 7>&-
    exec 7>&-
    eventually 5 somebody_syncs
    local pid
    pid=$(syncers | head -1)
    same 'stdin, stdout, stderr' '/dev/null /dev/null /dev/null' "$(readlink "/proc/$pid/fd/0" "/proc/$pid/fd/1" "/proc/$pid/fd/2" | paste -sd' ' -)"
    eventually 10 own_session "$pid"
    eventually 20 rows_are 1
}

@test "sync.auto=no starts nothing; without a sheet nothing is started either" {
    CXLOG_SYNC_AUTO=no cxlog log 배송 a >/dev/null
    same 'processes' '' "$(syncers)"
    become 이바다
    cxlog log 배송 b >/dev/null
    same 'processes' '' "$(syncers)"
}

@test "a sync by hand during the lingering takes the records; nothing is sent twice" {
    export CXLOG_SYNC_LINGER=2
    local a
    a=$(cxlog log 배송 a)
    expect 0 cxlog sync --json
    eventually 20 nobody_syncs
    each_once "$a"
}
