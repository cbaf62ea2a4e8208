#!/usr/bin/env bats
# doctor: one line a check, in order of dependence, with the mend.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

check() { jq -r ".checks[] | select(.name == \"$1\") | .state" <<<"$output"; }

@test "everything in order" {
    start_emulator
    join 김하늘
    quietly 0 cxlog doctor --json
    member .problems 0
    for name in version file name key store sheet write scheme; do
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
