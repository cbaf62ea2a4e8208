#!/usr/bin/env bats
# sync when the network or Google fails: nothing is lost, nothing is doubled, and the sentence names the mend. The emulator's sheet
# is the judge.

load helper

setup() {
    setup_world
    start_emulator
    join 김하늘
    A=$(cxlog log 배송 전화 a)
    B=$(cxlog log 환불 이메일 b)
}
teardown() { stop_emulator; }

# settled - after the fault has passed, any number of syncs leaves each record once and all confirmed
settled() {
    emu DELETE faults >/dev/null
    quietly 0 cxlog sync --json
    member '[.pending,.unknown,.quarantined]' '[0,0,0]'
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled,.confirmed,.requests.write]' '[0,0,0,0]'
    each_once "$A" "$B"
    same 'confirmed' 2 "$(cxlog status --json | jq .confirmed)"
}

@test "an answer lost after the push was applied: found out in the same run, nothing doubled" {
    fault '{"on":"push","kind":"drop-after"}'
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed,.unknown]' '[2,2,0]'
    each_once "$A" "$B"
    settled
}

@test "a connection lost before the push was applied: sent again, once" {
    fault '{"on":"push","kind":"drop-before"}'
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed,.unknown]' '[2,2,0]'
    settled
}

@test "500 before and after it was applied, 503, 502 with HTML: one run settles each" {
    local kind
    for kind in '"status","code":500' '"status-after","code":500' '"status","code":503' '"html"' '"html","after":true'; do
        fault "{\"on\":\"push\",\"kind\":$kind}"
        expect 0 cxlog sync --json
        fired
        member '[.pending,.unknown]' '[0,0]'
        cxlog void "$A" >/dev/null
        A=$(cxlog log 배송 "nach $kind")
    done
    expect 0 cxlog sync
    same 'each once' "$(sheet_ids | sort -u)" "$(sheet_ids | sort)"
    same 'five voided, two left' 2 "$(records)"
}

@test "answers cut short, empty, garbage, of wrong types: looked up, not believed, not sent twice" {
    local kind
    for kind in cut-body empty garbage wrong-types; do
        fault "{\"on\":\"push\",\"kind\":\"$kind\"}"
        expect 0 cxlog sync --json
        fired
        member '[.pending,.unknown]' '[0,0]'
        cxlog log 배송 "nach $kind" >/dev/null
    done
    expect 0 cxlog sync
    same 'each once' "$(sheet_ids | sort -u)" "$(sheet_ids | sort)"
    same 'rows' 6 "$(sheet_ids | wc -l)"
}

@test "an outcome that cannot be found out stays unknown, is said, and is never sent blindly" {
    fault '[{"on":"push","kind":"drop-after","times":-1},{"on":"pull","kind":"drop-before","times":-1,"at":2},{"on":"marker","kind":"drop-before","times":-1}]'
    CXLOG_SYNC_DEADLINE=2 refused 75 '.' cxlog sync
    same 'unknown' 2 "$(cxlog status --json | jq .unknown)"
    expect 3 cxlog totals today --json
    member '[.total.count,.basis.unknown]' '[2,2]'
    each_once "$A" "$B"
    settled
}

@test "a push applied late, after the client left: not doubled by the next run" {
    fault '{"on":"push","kind":"drop-then-apply","ms":300}'
    run cxlog sync --json
    eventually 5 bash -c '[ "$(curl -sS "$1/_emu/apply-log" | jq ".applied | length")" -ge 2 ]' _ "$API"
    settled
}

@test "one record alone, refused for a long cell that is none of its own: set aside, the next ones go" {
    quietly 0 cxlog sync
    fault '{"on":"push","kind":"status","code":400,"message":"Your input contains more than the maximum of 50000 characters in a single cell."}'
    cxlog log 기타 c >/dev/null
    quietly 0 cxlog sync --json
    member '[.pushed,.pending,.quarantined]' '[0,0,1]'
    quietly 0 cxlog sync --retry --json
    member '[.pushed,.pending,.quarantined]' '[1,0,0]'
}

@test "429: waits as asked and goes on; a storm ends in 75 with everything safe" {
    fault '{"on":"push","kind":"retry-after","seconds":1}'
    expect 0 cxlog sync --json
    member .pushed 2
    A2=$(cxlog log 기타 c)
    fault '{"on":"push","kind":"status","code":429,"times":-1}'
    CXLOG_SYNC_DEADLINE=2 refused 75 '.' cxlog sync
    same 'safe here' "$A2" "$(cxlog list --unsent --json | jq -r .id)"
    same 'not in the sheet' 2 "$(sheet_ids | wc -l)"
    emu DELETE faults >/dev/null
    quietly 0 cxlog sync
    each_once "$A" "$B" "$A2"
}

@test "no network: 75, the records are safe, log still answers 0" {
    stop_emulator
    refused 75 '.' cxlog sync
    expect 75 cxlog sync --json
    member '[.error.code,.error.name]' '[75,"retry"]' "$stderr"
    quietly 0 cxlog log 배송 c
    same 'unsent' 3 "$(cxlog list --unsent --json | jq -s length)"
    has "$(cxlog status --json | jq -r .trouble)" '.'
}

@test "the trouble of the last sync is shown by status until one goes well" {
    fault '{"on":"any","kind":"status","code":403,"times":-1,"message":"The caller does not have permission"}'
    expect 77 cxlog sync
    has "$(cxlog status)" 'trouble'
    emu DELETE faults >/dev/null
    cxlog sync >/dev/null
    same 'trouble' null "$(cxlog status --json | jq -r .trouble)"
    hasnt "$(cxlog status)" 'trouble'
}

@test "a spreadsheet that is not shared: 77 with the address to share it with" {
    people '"edit":"unshare"'
    refused 77 'cxlog@emulated\.iam\.gserviceaccount\.com|share' cxlog sync
    has "$stderr" 'cxlog@emulated\.iam\.gserviceaccount\.com'
    same 'nothing was written' '' "$(sheet_rows)"
    people '"edit":"share"'
    settled
}

@test "a spreadsheet shared for reading only: 77, and nothing is taken for sent" {
    people '"edit":"viewer-only"'
    refused 77 '.' cxlog sync
    has "$stderr" 'cxlog@emulated\.iam\.gserviceaccount\.com'
    same 'unsent' 2 "$(cxlog list --unsent --json | jq -s length)"
    people '"edit":"share"'
    settled
}

@test "a disabled API, an Excel file, a disabled account: each has its own sentence" {
    state '{"api_disabled":true}'
    expect 77 cxlog sync
    has "$stderr" 'https?://'
    state '{"api_disabled":false}'
    state "{\"xlsx\":\"$SHEET\"}"
    run --separate-stderr cxlog sync
    [ "$status" -ne 0 ]
    has "$stderr" '[Ee]xcel|Office'
    state "{\"xlsx\":\"$SHEET\",\"xlsx_on\":false}"
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    state '{"account_disabled":true}'
    expect 77 cxlog sync
    state '{"account_disabled":false}'
    settled
}

@test "a key that others may read is refused before it is used" {
    chmod 644 "$WORLD/key.json"
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    forget_requests
    refused 77 'chmod|600' cxlog sync
    same 'requests' 0 "$(emu GET requests | jq '.requests | length')"
    chmod 600 "$WORLD/key.json"
    settled
}

@test "a key that is none: missing, a folder, a FIFO, not JSON, another kind, another server's" {
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    local key=$WORLD/bad.json
    export CXLOG_GOOGLE_KEY=$key
    bad_key() {
        run --separate-stderr timeout 20 "$CXLOG_BIN/cxlog" sync
        case $status in 65 | 66 | 77 | 78) ;; *) printf 'exit %s for %s\n' "$status" "$1" >&2; return 1 ;; esac
        has "$stderr" '^cxlog: ' && hasnt "$stderr" 'PRIVATE KEY'
    }
    bad_key missing
    mkdir "$key"
    bad_key folder
    rmdir "$key"
    mkfifo "$key"
    chmod 600 "$key"
    bad_key FIFO
    rm "$key"
    printf 'nonsense' >"$key"
    chmod 600 "$key"
    bad_key 'no JSON'
    printf '{"type":"authorized_user"}' >"$key"
    bad_key 'a user'
    jq '.private_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"' "$WORLD/key.json" >"$key"
    bad_key 'a broken key'
    jq '.token_uri = "https://evil.example/token"' "$WORLD/key.json" >"$key"
    bad_key 'a token_uri elsewhere'
    unset CXLOG_GOOGLE_KEY
    settled
}

@test "a token that ran out is renewed once, unseen" {
    quietly 0 cxlog sync
    C=$(cxlog log 기타 c)
    fault '{"on":"push","kind":"token-expired"}'
    forget_requests
    expect 0 cxlog sync --json
    member '[.pushed,.requests.token]' '[1,1]'
    each_once "$A" "$B" "$C"
}

@test "a clock that is wrong is named with how much it is wrong" {
    state '{"clock_advance_s":7200}'
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    refused 77 'clock is 12[0-9] min.* behind' cxlog sync
    state '{"clock_advance_s":-7200}'
    settled
}

@test "killed in the middle of a push: the next run needs no help" {
    fault '{"on":"push","kind":"delay","ms":60000}'
    "$CXLOG_BIN/cxlog-sync" sync 3>&- 4>&- &
    local pid=$!
    eventually 5 fired
    kill -9 "$pid"
    wait "$pid" || true
    settled
}

@test "answers of a megaflood, a zip bomb, a depth of 100,000: refused in bounded memory" {
    ! grep -qa __asan_init "$CXLOG_BIN/cxlog" || skip 'a sanitizer reserves terabytes'
    local kind
    for kind in '"huge","mib":64' '"gzip-bomb","mib":200' '"deep"' '"header-flood"'; do
        fault "{\"on\":\"pull\",\"kind\":$kind,\"times\":-1}"
        run --separate-stderr bash -c 'ulimit -v 400000; CXLOG_SYNC_DEADLINE=3 timeout 60 "$CXLOG_BIN/cxlog" sync'
        case $status in 69 | 75 | 76) ;; *) printf 'exit %s for %s: %s\n' "$status" "$kind" "$stderr" >&2; false ;; esac
        emu DELETE faults >/dev/null
    done
    settled
}
