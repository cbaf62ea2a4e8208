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
# choices COLUMN - texts of the drop-down in row 2
choices() {
    emu GET requests >/dev/null
    curl -sS -G "$API/v4/spreadsheets/$SHEET" -H "Authorization: Bearer $(token)" \
        --data-urlencode "ranges='상담기록'!${1}2" \
        --data-urlencode 'fields=sheets(data(rowData(values(dataValidation))))' |
        jq -r '[.. | .dataValidation? // empty | .condition.values[].userEnteredValue] | join(" ")'
}
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

@test "sheet takes one verb" {
    join 김하늘
    refused 64 'refresh' cxlog sheet paint
}
