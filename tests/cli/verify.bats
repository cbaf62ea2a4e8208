#!/usr/bin/env bats
# verify: reads everything, changes nothing, reports every difference.

load helper

setup() {
    setup_world
    start_emulator
    join 김하늘
    for i in 1 2 3 4; do
        cxlog log 배송 전화 "$i번째" :해결 >>"$WORLD/ids"
    done
    cxlog sync >/dev/null
}
teardown() { stop_emulator; }

untouched() {
    local before
    before=$(sheet | jq -c .rows)
    forget_requests
    "$@"
    same writes 0 "$(requests write)"
    same 'the log' "$before" "$(sheet | jq -c .rows)"
}

@test "a sheet as it was logged is no difference" {
    quietly 0 cxlog verify --json
    member .rows 4
    member '.findings | length' 0
    member .edited 0
    quietly 0 cxlog verify
    has "$output" '✓ 4'
}

@test "a deleted row is named by its ID, and nothing is written" {
    people '"edit":"delete-rows","row":3,"count":1'
    untouched expect 4 cxlog verify --json
    member .missing 1
    member '.findings[] | select(.kind == "missing") | .id' "$(sed -n 3p "$WORLD/ids")"
    has "$stderr" 'differs'
}

@test "an edited cell is named by row and column" {
    people '"edit":"set-cell","row":2,"column":8,"value":"다른 말"'
    untouched expect 4 cxlog verify --json
    member .edited 1
    member '.findings[0] | [.kind, .row, .fields[0], .fate] | join(" ")' 'edited 3 note left'
}

@test "the close that is suggested is one that sees the difference" {
    people '"edit":"set-cell","row":2,"column":8,"value":"다른 말"'
    expect 4 cxlog verify
    same 'suggested' '    cxlog close' "$(tail -1 <<<"$stderr")"
    become 박지민
    join 박지민
    cxlog log 배송 전화 '오래 전' :해결 --at '2025-03-03 10:00' >/dev/null
    cxlog log 배송 전화 '조금 전' :해결 --at '2025-09-09 10:00' >/dev/null
    cxlog close >/dev/null
    people '"edit":"sort","column":0'
    people '"edit":"set-cell","row":2,"column":8,"value":"고친 말"'
    expect 4 cxlog verify
    same 'suggested' '    cxlog close 2025-12-31' "$(tail -1 <<<"$stderr")"
    quietly 0 cxlog close 2025-12-31 --json
    member '.findings | map(.row)' '[3]'
    quietly 0 cxlog verify
}

@test "a copied row is named once" {
    people '"edit":"duplicate-row","row":1,"to":5'
    untouched expect 4 cxlog verify --json
    member .duplicate 1
    member '.findings[0].kind' duplicate
}

@test "a changed ID is one missing record and one row typed by hand" {
    people '"edit":"set-cell","row":2,"column":18,"value":"x"'
    untouched expect 4 cxlog verify --json
    member .missing 1
    member .typed 1
}

@test "an error value in a record is a difference" {
    people '"edit":"set-cell","row":2,"column":11,"value":"#REF!"'
    untouched expect 4 cxlog verify --json
    member .edited 1
}

@test "a total row below is named as no contact and is no difference" {
    people '"edit":"type-row","values":["합계","","",4]'
    untouched expect 0 cxlog verify --json
    member .other 1
}

@test "columns of people right of the contract's are named" {
    people '"edit":"insert-column","column":22,"header":"메모"'
    untouched expect 0 cxlog verify --json
    member '.outside[0]' 메모
}

@test "a moved column is refused with 76" {
    people '"edit":"move-column","column":3,"to":6'
    refused 76 'column' cxlog verify
}

@test "a name in 담당 that nobody has is named" {
    people '"edit":"set-cell","row":2,"column":1,"value":"김하눌"'
    untouched expect 4 cxlog verify --json
    member '.unknown_agents[0]' 김하눌
    member '.findings[0].unknown_agent' true
}

@test "verify without a sheet says what to do" {
    become 박지민
    refused 78 'init' cxlog verify
}
