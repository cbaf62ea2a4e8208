#!/usr/bin/env bats
# doctor: one line a check, in order of dependence, with the mend.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

text_of() { jq -r ".checks[] | select(.name == \"$1\") | .text" <<<"$output"; }
check() { jq -r ".checks[] | select(.name == \"$1\") | .state" <<<"$output"; }

@test "everything in order" {
    start_emulator
    join 김하늘
    quietly 0 cxlog doctor --json
    member .problems 0
    for name in version libraries file name key_file key store room network clock sheet write scheme; do
        same "$name" ok "$(check $name | sort -u)"
    done
}

@test "without a sheet the machine, the settings and the store are looked at" {
    quietly 0 cxlog doctor
    has "$output" 'cxlog 0'
    hasnt "$output" '✗'
}

@test "--offline leaves Google out" {
    start_emulator
    join 김하늘
    forget_requests
    quietly 0 cxlog doctor --offline --json
    same sheet '' "$(check sheet)"
    same 'requests' 0 "$(emu GET requests | jq '.requests | length')"
}

@test "a key that others may read is a problem, and what depends on it is not tried" {
    start_emulator
    join 김하늘
    chmod 644 "$WORLD/key.json"
    expect 77 cxlog doctor --json
    member '.checks[] | select(.state == "problem") | .mend' "chmod 600 $WORLD/key.json"
    same sheet skipped "$(check sheet)"
    same write skipped "$(check write)"
}

@test "a sheet that may only be read is a problem with the address to share it with" {
    start_emulator
    join 김하늘
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"viewer-only\",\"account\":\"$(emu GET accounts | jq -r '.accounts[0]')\"}" >/dev/null
    expect 77 cxlog doctor --json
    same sheet ok "$(check sheet)"
    same write problem "$(check write)"
    same scheme skipped "$(check scheme)"
}

@test "an API that is switched off is not mended by sharing" {
    start_emulator
    join 김하늘
    state '{"api_disabled":true}'
    expect 77 cxlog doctor --json
    has "$(text_of sheet)" 'API is switched off'
    member '.checks[] | select(.name == "sheet") | .mend' null
}

@test "a store that is not bound to its spreadsheet is a problem, as it is for close" {
    start_emulator
    join 김하늘
    become 이바다
    export CXLOG_SHEET_ID=$SHEET CXLOG_GOOGLE_KEY=$WORLD/key.json
    cxlog log 배송 전화 하나 :해결 >/dev/null
    expect 78 cxlog close
    expect 78 cxlog doctor --json
    same scheme problem "$(check scheme)"
    member '.checks[] | select(.name == "scheme") | .mend' 'cxlog init'
    become 김하늘
    sql "UPDATE meta SET value = '1Other' WHERE key = 'sheet.id'"
    expect 78 cxlog doctor --json
    has "$(text_of scheme)" 'belongs to spreadsheet 1Other'
    member '.checks[] | select(.name == "scheme") | .mend' 'cxlog init --sheet 1Other'
}

@test "records that went out of the sheet are not vouched for" {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 하나 :해결 >/dev/null
    cxlog log 배송 전화 둘 :해결 >/dev/null
    expect 0 cxlog sync
    people '"edit":"delete-rows","row":2,"count":1'
    expect 4 cxlog close --no-input
    quietly 0 cxlog doctor --json
    has "$(text_of unsent)" '^1 records in the sheet'
    same missing warning "$(check missing)"
    member '.checks[] | select(.name == "missing") | .mend' 'cxlog sync --restore'
    same backup '' "$(check backup)"
}

@test "cxlog-sync takes over before anything is looked at" {
    command -v strace >/dev/null || skip 'no strace'
    start_emulator
    join 김하늘
    traced -f -e trace=openat -o "$WORLD/trace" "$CXLOG_BIN/cxlog" doctor >/dev/null
    same 'times the store was opened' 1 "$(grep -c 'cxlog/cxlog.db",' "$WORLD/trace")"
}

@test "no network is a problem of Google's section alone" {
    start_emulator
    join 김하늘
    stop_emulator
    expect 75 cxlog doctor --json
    same store ok "$(check store)"
    same sheet problem "$(check sheet)"
}

@test "bad settings are a line, not the end" {
    settings '[agent]' 'nmae = x'
    expect 78 cxlog doctor --json
    same file problem "$(check file)"
    same store skipped "$(check store)"
    expect 78 cxlog doctor
    has "$output" '✗'
}

@test "the report names no secret" {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 '비밀 이야기' @홍길동 >/dev/null
    quietly 0 cxlog doctor --report
    hasnt "$output" "김하늘|홍길동|비밀|$SHEET|BEGIN|gserviceaccount"
    has "$output" '^sheet.id = \(set\)'
    has "$output" '^store: ok'
}

@test "the report names each check once, and is as silent in JSON" {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 '비밀 이야기' @홍길동 >/dev/null
    quietly 0 cxlog doctor --report
    same 'names that stand twice' '' "$(sed -n 's/^\([a-z_]*\): .*/\1/p' <<<"$output" | sort | uniq -d)"
    quietly 0 cxlog doctor --report --json
    hasnt "$output" "김하늘|홍길동|비밀|$SHEET|BEGIN|gserviceaccount"
    member '.settings["sheet.id"]' '(set)'
    same store ok "$(check store)"
    has "$(text_of room)" MiB
}

@test "the report names versions, disk and clocks as they are" {
    start_emulator
    join 김하늘
    quietly 0 cxlog doctor --report
    has "$output" '^libraries: ok · SQLite [0-9.]+, jansson [0-9.]+, libunistring [0-9.]+$'
    has "$output" '^network: ok · libcurl [0-9.]+, OpenSSL [0-9.]+'
    has "$output" '^room: ok · [0-9]+ MiB'
    has "$output" '^clock: ok · .* [0-9]+ s$'
}

@test "a clock that is off is measured, and named with the sign-in that it spoils" {
    start_emulator
    join 김하늘
    state '{"clock_advance_s":600}'
    quietly 0 cxlog doctor --json
    same clock warning "$(check clock)"
    has "$(text_of clock)" 'is (10 min [0-9]+|9 min 5[0-9]) s behind'
    state '{"clock_advance_s":-1200}'
    rm -rf "$XDG_CACHE_HOME"
    expect 77 cxlog doctor --json
    same clock warning "$(check clock)"
    same sheet problem "$(check sheet)"
    has "$(text_of sheet)" "(10 min [0-9]+|9 min 5[0-9]) s ahead of Google's"
}

@test "what is unsent is dated, and a day without a copy is a warning" {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 하나 :해결 >/dev/null
    quietly 0 cxlog doctor --offline --json
    has "$(text_of unsent)" '1 to send, the oldest of 20'
    same backup ok "$(check backup)"
    sql 'UPDATE record SET logged_at = logged_at - 2 * 86400'
    quietly 0 cxlog doctor --offline --json
    same backup warning "$(check backup)"
    sql 'UPDATE record SET logged_at = logged_at + 2 * 86400'
    expect 0 cxlog sync
    quietly 0 cxlog doctor --offline --json
    same backup ok "$(check backup)"
}

@test "a full disk is a problem, said before it is one" {
    unshare -rm true 2>/dev/null || skip 'no namespaces of mounts here'
    small() { # MiB WORD… - with a data folder that is so small
        local size=$1
        shift
        mkdir -p "$XDG_DATA_HOME"
        unshare -rm sh -c 'mount -t tmpfs -o size="$1"m tmpfs "$2" || exit 99; shift 2; exec "$@"' sh "$size" "$XDG_DATA_HOME" \
            "$CXLOG_BIN/cxlog" "$@"
    }
    run small 300 doctor --json
    [ "$status" -ne 99 ] || skip 'no mounts here'
    same room ok "$(check room)"
    run small 100 doctor --json
    same room warning "$(check room)"
    expect 74 small 8 doctor --json
    same room problem "$(check room)"
}

@test "an enabled timer is found, with its hours as they stand in its unit" {
    quietly 0 cxlog doctor --json
    has "$(text_of timer)" 'neither a systemd timer nor cron'
    closes_by_itself
    quietly 0 cxlog doctor --json
    has "$(text_of timer)" '^cxlog-close.timer \(Mon..Fri 17:00 Asia/Seoul\)'
}

@test "the last close is told, and days of work without one are counted" {
    closes_by_itself
    cxlog log 배송 전화 하나 :해결 >/dev/null
    quietly 0 cxlog doctor --json
    same 'before the first' '' "$(check last_close)"
    expect 0 cxlog close
    quietly 0 cxlog doctor --json
    same last_close ok "$(check last_close)"
    sql "UPDATE meta SET value = value - 14 * 86400 WHERE key = 'close.last'"
    quietly 0 cxlog doctor --json
    same last_close warning "$(check last_close)"
    has "$(text_of last_close)" ': (9|10) working days'
}

@test "a schedule that has never closed a day is named once a day of work is over" {
    closes_by_itself
    cxlog log 배송 전화 하나 :해결 >/dev/null
    sql 'UPDATE record SET logged_at = logged_at - 7 * 86400'
    quietly 0 cxlog doctor --json
    same last_close warning "$(check last_close)"
    has "$(text_of last_close)" 'never'
    rm -r "$XDG_CONFIG_HOME/systemd"
    quietly 0 cxlog doctor --json
    same 'without a schedule' '' "$(check last_close)"
}

@test "without a sheet nothing is said about sending" {
    cxlog log 배송 전화 하나 :해결 >/dev/null
    quietly 0 cxlog doctor --json
    same unsent '1 records, on this machine alone' "$(text_of unsent)"
    same backup '' "$(check backup)"
}

@test "a mend names a path whole, or cuts it between characters and shows that" {
    local name long key
    long=$(printf '다%.0s' {1..80})
    export CXLOG_SHEET_ID=$SHEET
    for name in 열쇠 "$long/열쇠" "a$long/열쇠" "ab$long/열쇠"; do
        key=$WORLD/$name/$name.json
        mkdir -p "$(dirname "$key")"
        echo '{}' >"$key"
        chmod 644 "$key"
        CXLOG_GOOGLE_KEY=$key expect 77 cxlog doctor --offline --json
        if [ "$name" = 열쇠 ]; then
            member '.checks[] | select(.name == "key_file").mend' "chmod 600 $key"
        else
            has "$(jq -r '.checks[] | select(.name == "key_file").mend' <<<"$output")" '^chmod 600 /.*다…$'
        fi
    done
}
