#!/usr/bin/env bats
# Two leads at one moment, an answer that never comes, a line that is down: the chain of events has no gap and no double.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

version() { cxlog status --json | jq .scheme_version; }
starter=75
# each names of its own, far from the other's
adds() {
    local i
    for i in $(seq 100 149); do
        cxlog category add "$1$i" --new --reason "동시에" >/dev/null || return
    done
}
# whole COUNT - 구분 holds events 1..COUNT in order, and this store has the very same chain
whole() {
    same 'numbers in the sheet' "$(seq "$1" | paste -sd' ')" "$(sheet_rows 구분 | jq -r '.[0]' | paste -sd' ')"
    quietly 0 cxlog category verify --json
    member '[.events,.sheet_version]' "[$1,$1]"
    same 'chain of sheet and store' "$(sheet_rows 구분 | jq -r '.[11]')" "$(cxlog category log --all --json | jq -r '.[].chain')"
}

arrived() { sheet_rows 구분 | grep -q "$1"; }

@test "two who add 50 names each at once: 100 events, numbered without gap or double, one chain" {
    start_emulator
    join 이바다
    join 김하늘
    adds lead &
    local other=$!
    become 이바다
    adds head
    wait "$other"
    for who in 김하늘 이바다; do
        become $who
        cxlog sync >/dev/null
        whole $((starter + 100))
        same 'names added' 100 "$(cxlog category list --json | jq '[.values[] | select(.name | test("^(lead|head)1[0-4][0-9]$"))] | length')"
    done
}

@test "an answer that is lost is looked up: the name stands once" {
    start_emulator
    join 김하늘
    fault '{"on":"push","kind":"drop-after","times":1}'
    quietly 0 cxlog category add 파일럿
    whole $((starter + 1))
    fault '{"on":"push","kind":"drop-before","times":1}'
    quietly 0 cxlog category add 웨비나
    whole $((starter + 2))
}

@test "when it cannot be found out, 75 says so; the next try finds it and adds nothing" {
    start_emulator
    join 김하늘
    fault '[{"on":"push","kind":"drop-after","times":1},{"on":"pull","kind":"drop-before","at":2,"times":-1}]'
    refused 75 'could not be found out' cxlog category add 파일럿
    emu DELETE faults >/dev/null
    refused 65 '파일럿' cxlog category add 파일럿
    whole $((starter + 1))
}

@test "killed in the middle of a change: the next run knows, and adds nothing twice" {
    start_emulator
    join 김하늘
    fault '{"on":"push","kind":"delay","ms":60000,"after":true,"times":1}'
    "$CXLOG_BIN/cxlog" category add 파일럿 >/dev/null 2>&1 3>&- 4>&- &
    local run=$!
    eventually 20 arrived 파일럿
    kill -9 "$run"
    wait "$run" || true
    emu DELETE faults >/dev/null
    same 'version known here' $starter "$(version)"
    refused 65 '파일럿' cxlog category add 파일럿
    whole $((starter + 1))
}

@test "offline and behind a refusing server nothing changes, for every kind of change" {
    start_emulator
    join 김하늘
    cxlog category add 파일럿 >/dev/null
    cxlog log 배송 전화 >/dev/null
    fault '{"on":"any","kind":"status","code":503,"times":-1}'
    refused 75 '.' cxlog category add 웨비나
    stop_emulator
    refused 75 '.' cxlog category add 웨비나
    refused 75 '.' cxlog category alias 배송 택배
    refused 75 '.' cxlog category retire 파일럿
    refused 75 '.' cxlog category rename 배송 물류 --from 2040-H1 --reason 개편
    refused 75 '.' cxlog category merge 배송 환불 --from 2040-H1 --reason 개편
    refused 75 '.' cxlog category split 배송 국내 국외 --from 2040-H1 --reason 개편
    refused 75 '.' cxlog field add 등급
    refused 75 '.' cxlog category verify
    refused 75 '.' cxlog category restore --yes
    same 'version' $((starter + 1)) "$(version)"
}
