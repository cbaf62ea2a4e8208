#!/usr/bin/env bats
# The sheet for people: init and sheet refresh make it fit to live in, and undo nothing that a person made.

load helper

setup() {
    setup_world
    start_emulator
}
teardown() { stop_emulator; }

lead() { cxlog_env CXLOG_SHEET_LEADS='lead@example.com, other@example.com' -- "$@"; }
guards() { sheet "$1" | jq -c '[.parts.protectedRanges[]? | .protectedRangeId]'; }
token() { jq -r '.token // .access_token // empty' "$XDG_CACHE_HOME"/cxlog/token-* 2>/dev/null || cat "$XDG_CACHE_HOME"/cxlog/token-*; }

@test "init makes tabs with a frozen header, protections, a filter and 유효기록, in few writes" {
    forget_requests
    join 김하늘
    same 'header' 1 "$(sheet | jq '.parts.protectedRanges | length')"
    same 'header guard' '[1700021]' "$(guards 상담기록)"
    same 'scheme guard' '[1700022]' "$(guards 구분)"
    same 'filter' true "$(sheet | jq '.parts | has("basicFilter")')"
    has "$(sheet 유효기록 | jq -r '.rows[0][0]')" '.'
    [ "$(requests write)" -le 4 ] || same writes 'at most 4' "$(requests write)"
}

@test "sheet refresh right after init writes nothing" {
    join 김하늘
    forget_requests
    quietly 0 cxlog sheet refresh --json
    member .written false
    same writes 0 "$(requests write)"
}

@test "a dry run of sheet refresh writes nothing, in words and as JSON" {
    join 김하늘
    people '"edit":"unprotect"'
    forget_requests
    quietly 0 cxlog sheet refresh --dry-run
    has "$output" '^would bring'
    quietly 0 cxlog sheet refresh -n --json
    member '[.dry_run, .written]' '[true,false]'
    same requests 0 "$(emu GET requests | jq '.requests | length')"
    same 'header guards' '[]' "$(guards 상담기록)"
}

@test "what a person made is not undone" {
    join 김하늘
    people '"edit":"rename-tab","name":"우리 기록"'
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"유효기록\",\"edit\":\"rename-tab\",\"name\":\"보기\"}" >/dev/null
    quietly 0 cxlog sheet refresh --json
    member .written false
    has "$(sheet '우리 기록' | jq -r '.rows[0][0]')" 일시
    has "$(sheet 보기 | jq -r '.rows[0][0]')" '.'
}

@test "유효기록 deleted comes back" {
    join 김하늘
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"유효기록\",\"edit\":\"delete-tab\"}" >/dev/null
    quietly 0 cxlog sheet refresh --json
    member .written true
    has "$(sheet 유효기록 | jq -r '.rows[0][0]')" '.'
}

@test "leads may edit the protected parts" {
    join 김하늘
    expect 0 lead sheet refresh
    has "$(sheet 구분 | jq -c '.parts.protectedRanges[0].editors.users')" 'lead@example.com.*other@example.com'
    expect 0 lead sheet refresh --json
    member .written false
}

@test "protections are made with the leads in one write, and the next refresh writes nothing" {
    join 김하늘
    people '"edit":"unprotect"'
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"구분\",\"edit\":\"unprotect\"}" >/dev/null
    forget_requests
    expect 0 lead sheet refresh --json
    member .written true
    same 'writes of the first' 1 "$(requests write)"
    has "$(sheet 구분 | jq -c '.parts.protectedRanges[0].editors.users')" 'cxlog@.*lead@example.com.*other@example.com'
    forget_requests
    expect 0 lead sheet refresh --json
    member .written false
    same 'writes of the second' 0 "$(requests write)"
}

# formula - of 유효기록
formula() {
    curl -sS -G "$API/v4/spreadsheets/$SHEET/values/%EC%9C%A0%ED%9A%A8%EA%B8%B0%EB%A1%9D!A1" \
        -H "Authorization: Bearer $(token)" -d valueRenderOption=FORMULA | jq -r '.values[0][0]'
}

@test "유효기록 grows with the team fields, in one write" {
    join 김하늘
    cxlog field add 등급 --kind text >/dev/null
    cxlog field add 지점 --kind text >/dev/null
    same 'before' 22 "$(sheet 유효기록 | jq .columnCount)"
    has "$(formula)" 'A1:V,'
    forget_requests
    quietly 0 cxlog sheet refresh --json
    member .written true
    same writes 1 "$(requests write)"
    same 'columns' 24 "$(sheet 유효기록 | jq .columnCount)"
    has "$(formula)" 'A1:X,'
    forget_requests
    quietly 0 cxlog sheet refresh --json
    member .written false
    same 'writes of the second' 0 "$(requests write)"
}

@test "close widens 유효기록 for a new team field, too; one that was deleted stays so" {
    join 김하늘
    cxlog field add 등급 --kind text >/dev/null
    quietly 0 cxlog close
    same 'columns' 23 "$(sheet 유효기록 | jq .columnCount)"
    has "$(formula)" 'A1:W,'
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"유효기록\",\"edit\":\"delete-tab\"}" >/dev/null
    cxlog field add 지점 --kind text >/dev/null
    quietly 0 cxlog close
    hasnt "$(sheet | jq -r '.tabs[].title')" 유효기록
}

@test "a formula that a person put into 유효기록 stays as long as its columns suffice" {
    join 김하늘
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"유효기록\",\"edit\":\"set-cell\",\"row\":0,\"column\":0,\"value\":\"내 보기\"}" >/dev/null
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"유효기록\",\"edit\":\"insert-column\",\"column\":22}" >/dev/null
    cxlog field add 등급 --kind text >/dev/null
    quietly 0 cxlog sheet refresh --json
    same 'as the person left it' '내 보기' "$(sheet 유효기록 | jq -r '.rows[0][0]')"
    same 'columns' 23 "$(sheet 유효기록 | jq .columnCount)"
}

@test "drop-downs follow the scheme" {
    join 김하늘
    local before
    before=$(emu GET apply-log | jq '[.applied[].kinds[]? | select(. == "setDataValidation")] | length')
    same 'at init' 4 "$before"
    emu POST apply-log/reset >/dev/null
    cxlog category add 반품 >/dev/null
    same 'after category add' 4 "$(emu GET apply-log | jq '[.applied[].kinds[]? | select(. == "setDataValidation")] | length')"
    emu POST apply-log/reset >/dev/null
    expect 0 cxlog close
    same 'known to be there' 0 "$(emu GET apply-log | jq '[.applied[].kinds[]? | select(. == "setDataValidation")] | length')"
}

# drop_downs ID - how many were written to that spreadsheet
drop_downs() { emu GET apply-log | jq --arg id "$1" '[.applied[] | select(.id == $id) | .kinds[]? | select(. == "setDataValidation")] | length'; }

@test "another spreadsheet gets its drop-downs too, and keeps them known" {
    local other=1ZzZdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg
    stop_emulator
    rm "$WORLD/emu.json"
    start_emulator --sheet "$other"
    join 김하늘
    SHEET=$other join 김하늘
    same 'of the other' 4 "$(drop_downs "$other")"
    SHEET=$other quietly 0 cxlog sheet refresh
    same 'known to be there' 4 "$(drop_downs "$other")"
}

@test "a log that was deleted and made again by init has its drop-downs" {
    join 김하늘
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"상담기록\",\"edit\":\"delete-tab\"}" >/dev/null
    emu POST apply-log/reset >/dev/null
    join 김하늘
    same 'of the new log' 4 "$(drop_downs "$SHEET")"
}

@test "a locale that writes dates neither as Korean nor as English is told" {
    local locale odd
    while read -r locale odd; do
        stop_emulator
        rm "$WORLD/emu.json"
        start_emulator --locale "$locale"
        join 김하늘
        quietly 0 cxlog sheet refresh --json
        member .locale_odd "$odd"
    done <<<$'en_US false\nja_JP true'
}

@test "sheet takes one verb" {
    join 김하늘
    refused 64 'refresh' cxlog sheet paint
}
