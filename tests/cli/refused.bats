#!/usr/bin/env bats
# Records that Google refuses for good without saying which of a request it is: the others are not held up, and the refused ones
# have a way back.

load helper

RULE='{"on":"push","kind":"status","code":400,"message":"Invalid requests[2].updateCells: not of its rule",
    "holds":"forbidden word","times":-1}'

setup() {
    setup_world
    start_emulator
    join 김하늘
    fault "$RULE"
}
teardown() { stop_emulator; }
obeys() { emu DELETE faults >/dev/null; } # the sheet takes every record again

# log_nine - nine records, the fifth with the text that the sheet does not take: $BAD, the others $GOOD
log_nine() {
    local i
    GOOD=()
    for i in 1 2 3 4 5 6 7 8 9; do
        if [ $i = 5 ]; then
            BAD=$(cxlog log 배송 전화 'a forbidden word')
        else
            GOOD+=("$(cxlog log 환불 전화 "nr $i")")
        fi
    done
}

@test "one refused record among nine is set aside, the others go in the same run" {
    log_nine
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed,.pending,.quarantined]' '[8,8,0,1]'
    each_once "${GOOD[@]}"
    same 'its state' '"quarantined"' "$(now "$BAD" | jq .state)"
    has "$(cxlog show "$BAD")" 'not of its rule'
    has "$(cxlog show "$BAD")" 'cxlog sync --retry'
}

@test "what waits for a person is named with its way back: sync, status, list, doctor" {
    log_nine
    quietly 0 cxlog sync
    has "$output" 'refused: 1'
    has "$output" 'cxlog sync --retry'
    has "$(cxlog status)" 'cxlog sync --retry'
    expect 0 cxlog list --unsent
    has "$output" 'forbidden word'
    has "$stderr" 'cxlog sync --retry'
    has "$(cxlog doctor --offline)" 'cxlog sync --retry'
}

@test "sync alone does not try a refused record again, sync --retry does" {
    log_nine
    cxlog sync >/dev/null
    obeys
    quietly 0 cxlog sync --json
    member '[.pushed,.quarantined]' '[0,1]'
    quietly 0 cxlog sync --retry --dry-run
    has "$output" 'send 1 '
    same 'still aside' 1 "$(cxlog status --json | jq .quarantined)"
    quietly 0 cxlog sync --retry --json
    member '[.pushed,.confirmed,.quarantined,.retried]' '[1,1,0,1]'
    each_once "${GOOD[@]}" "$BAD"
    quietly 0 cxlog sync --retry
    has "$output" 'tried again: 0'
}

@test "sync --retry of a record that is refused again sets it aside again, and holds nothing up" {
    log_nine
    cxlog sync >/dev/null
    GOOD+=("$(cxlog log 환불 전화 later)")
    quietly 0 cxlog sync --retry --json
    member '[.pushed,.quarantined,.retried]' '[1,1,1]'
    each_once "${GOOD[@]}"
}

@test "amending a refused record sends the correction; the refused one counts nowhere and waits for nobody" {
    log_nine
    cxlog sync >/dev/null
    MENDED=$(cxlog amend "$BAD" --note 'a better word')
    quietly 0 cxlog sync --json
    member '[.pushed,.pending,.quarantined]' '[1,0,0]'
    each_once "${GOOD[@]}" "$MENDED"
    quietly 0 cxlog sync --retry --json
    member '[.pushed,.retried]' '[0,0]'
    same 'counted here' 9 "$(records)"
    hasnt "$(cxlog status)" 'retry'
    quietly 0 cxlog verify
    join 박바다
    cxlog sync >/dev/null
    same 'counted by another' 9 "$(records)"
    same 'its text there' 'a better word' "$(field "$MENDED" note)"
}

@test "voiding a refused record leaves nothing to do" {
    log_nine
    cxlog sync >/dev/null
    cxlog void "$BAD" >/dev/null
    quietly 0 cxlog sync --json
    member '[.pushed,.quarantined]' '[1,0]'
    same 'counted here' 8 "$(records)"
    quietly 0 cxlog verify
    join 박바다
    cxlog sync >/dev/null
    same 'counted by another' 8 "$(records)"
}

@test "a void that is refused is listed as it is counted, with its way back" {
    local id void
    id=$(cxlog log 배송 전화 '둘째')
    cxlog sync >/dev/null
    fault "${RULE/forbidden word/취소:}"
    void=$(cxlog void "$id")
    quietly 0 cxlog sync
    same 'counted' 1 "$(cxlog status --json | jq .quarantined)"
    same 'listed' "$void" "$(cxlog list --unsent --json | jq -r .id)"
    expect 0 cxlog list --unsent
    has "$output" 'refused'
    has "$stderr" 'cxlog sync --retry'
}

@test "a deleted tab is named in the sentence" {
    cxlog log 배송 >/dev/null
    people '"edit":"delete-tab"'
    refused 76 'tab 상담기록 is not in the spreadsheet' cxlog sync
    same 'nothing is lost' 1 "$(cxlog status --json | jq .pending)"
}
