#!/usr/bin/env bats
# What must never be seen: the key and the token. What cxlog itself must never do: open a socket, read the key.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

# canaries - texts of the key and the token that must not be found anywhere
canaries() {
    jq -r .private_key "$WORLD/key.json" | sed -n 3p
    jq -r '.private_key_id' "$WORLD/key.json"
    find "$HOME" -type f -name '*token*' -exec cat {} + 2>/dev/null | grep -aoE '[A-Za-z0-9._-]{20,}' | grep -v emulated || true
}

# clean FILE… - none of the canaries in these files
clean() {
    canaries >"$WORLD/canaries"
    [ "$(wc -l <"$WORLD/canaries")" -ge 2 ] || return 1
    ! grep -aFf "$WORLD/canaries" "$@" /dev/null || return 1
    ! grep -aE -e 'BEGIN (RSA )?PRIVATE KEY|Bearer [A-Za-z0-9]|eyJhbGciOi' "$@" /dev/null
}

@test "cxlog is linked with neither libcurl nor OpenSSL" {
    run ldd "$CXLOG_BIN/cxlog"
    same 'exit code' 0 "$status"
    hasnt "$output" 'libcurl|libssl|libcrypto|libgnutls|libnss'
}

@test "cxlog log with sync.auto=no opens no socket and does not read the key" {
    start_emulator
    join 김하늘
    expect 0 traced -f -o "$WORLD/trace" "$CXLOG_BIN/cxlog" log 배송 전화 a
    valid_id "$output"
    same 'traced' true "$(grep -q 'openat' "$WORLD/trace" && echo true)"
    hasnt "$(cat "$WORLD/trace")" 'socket\(|connect\(|sendto\('
    hasnt "$(cat "$WORLD/trace")" 'key\.json'
    same 'processes started' 1 "$(grep -c 'execve(' "$WORLD/trace")"
}

@test "reading commands open no socket either, sheet or not" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    local cmd
    for cmd in list 'totals week' status 'show #1' 'category list' export; do
        # shellcheck disable=SC2086 # command and arguments
        traced -f -o "$WORLD/trace" "$CXLOG_BIN/cxlog" $cmd >/dev/null || [ $? -eq 3 ]
        hasnt "$(cat "$WORLD/trace")" 'socket\(.*AF_INET|key\.json'
    done
}

@test "with sync.auto the pusher is started and log itself still opens no socket" {
    start_emulator
    join 김하늘
    export CXLOG_SYNC_AUTO=yes CXLOG_SYNC_LINGER=0
    traced -o "$WORLD/trace" "$CXLOG_BIN/cxlog" log 배송 a >/dev/null 3>&- 4>&-
    hasnt "$(cat "$WORLD/trace")" 'socket\(|key\.json'
    eventually 15 bash -c '[ -n "$(curl -sS -G "$1/_emu/sheet" -d "id=$2" --data-urlencode tab=상담기록 | jq -r ".rows[1][18] // empty")" ]' _ "$API" "$SHEET"
}

@test "key and token stand in no output, at no verbosity, in no error" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog sync -v -v >"$WORLD/out-1" 2>"$WORLD/err-1"
    CXLOG_TRACE=http,sql,sync cxlog sync -vvv --json >"$WORLD/out-2" 2>"$WORLD/err-2"
    cxlog status -v >"$WORLD/out-3" 2>&1
    fault '{"on":"any","kind":"token-expired","times":-1}'
    run cxlog sync -vv
    printf '%s\n' "$output" >"$WORLD/out-4"
    emu DELETE faults >/dev/null
    fault '{"on":"any","kind":"desync","times":-1}'
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    CXLOG_SYNC_DEADLINE=3 run cxlog sync -vv
    printf '%s\n' "$output" >"$WORLD/out-5"
    emu DELETE faults >/dev/null
    cxlog sync >"$WORLD/out-6" 2>&1 || true
    clean "$WORLD"/out-* "$WORLD"/err-*
}

@test "key and token stand in no store, no settings file, no lock, and the token's file is the owner's alone" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog sync >/dev/null
    local tokens
    tokens=$(find "$HOME" -type f -name '*token*')
    [ -n "$tokens" ]
    same 'mode of the token' 600 "$(stat -c %a "$tokens")"
    find "$HOME" -type f ! -name '*token*' >"$WORLD/files"
    mapfile -t files <"$WORLD/files"
    clean "${files[@]}"
    same 'nothing readable by others' '' "$(find "$HOME" -type f -perm /077)"
}

@test "key and token stand in no argument and no environment of a process" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    expect 0 traced -f -v -s 4096 -e trace=execve -o "$WORLD/trace" "$CXLOG_BIN/cxlog" sync
    same 'programs' 2 "$(grep -c 'execve(' "$WORLD/trace")"
    clean "$WORLD/trace"
}

@test "cxlog-sync cannot be read by a debugger of the same user, and leaves no core" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    expect 0 traced -f -e trace=prctl,prlimit64,setrlimit -o "$WORLD/trace" "$CXLOG_BIN/cxlog" sync
    has "$(cat "$WORLD/trace")" 'PR_SET_DUMPABLE, (0|SUID_DUMP_DISABLE)'
    has "$(cat "$WORLD/trace")" 'RLIMIT_CORE, \{rlim_cur=0, rlim_max=0\}'
}

@test "a key whose token_uri leads elsewhere is never signed with" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    rm -rf "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    local uri
    for uri in https://evil.example/token http://127.0.0.1:1/token http://169.254.169.254/token; do
        jq --arg u "$uri" '.token_uri = $u' "$WORLD/key.json" >"$WORLD/bent.json"
        chmod 600 "$WORLD/bent.json"
        forget_requests
        CXLOG_GOOGLE_KEY=$WORLD/bent.json run --separate-stderr traced -f -e trace=connect -o "$WORLD/trace" "$CXLOG_BIN/cxlog" sync
        [ "$status" -ne 0 ]
        has "$stderr" 'token_uri'
        hasnt "$(cat "$WORLD/trace")" 'AF_INET'
    done
}

@test "no proxy of the environment gets the traffic" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    export HTTP_PROXY=http://127.0.0.1:9 http_proxy=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 ALL_PROXY=http://127.0.0.1:9
    quietly 0 cxlog sync
}

@test "no redirect is followed with the token" {
    start_emulator
    join 김하늘
    cxlog log 배송 a >/dev/null
    fault '{"on":"any","kind":"redirect","times":-1,"location":"http://127.0.0.1:9/elsewhere"}'
    export CXLOG_SYNC_DEADLINE=3
    expect 0 traced -f -e trace=connect -o "$WORLD/trace" bash -c '"$CXLOG_BIN/cxlog" sync >/dev/null 2>&1; [ $? -ne 0 ]'
    hasnt "$(cat "$WORLD/trace")" 'htons\(9\)'
}
