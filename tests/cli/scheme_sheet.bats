#!/usr/bin/env bats
# 구분 in the sheet: what hands do to it is found before anything is written, and mended; team fields; joining a used sheet.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

starter=75
writes() { emu GET apply-log | jq '.applied | length'; }

@test "an edited cell: verify, sync and a change exit 4 with event, column and both sides; restore asks, then mends" {
    start_emulator
    join 김하늘
    cxlog category add 파일럿 --reason "주간 회의" >/dev/null
    cxlog log 배송 전화 >/dev/null
    people "\"edit\":\"set-cell\",\"row\":$((starter + 1)),\"column\":10,\"value\":\"다른 까닭\"" 구분
    local before
    before=$(writes)
    for words in 'category verify' sync 'category add 웨비나' 'category retire 파일럿'; do
        # shellcheck disable=SC2086 # words are words
        refused 4 '사유 of event 76 .*파일럿.*"다른 까닭" in the sheet.*"주간 회의" in this store' cxlog $words
        has "$stderr" '^    cxlog category restore$'
    done
    expect 64 cxlog category restore --no-input
    has "$stderr" 'row 77'
    expect 0 cxlog category restore --dry-run --json
    member '[.restored,(.differences | length),.differences[0].row]' '[false,1,77]'
    same 'writes so far' "$before" "$(writes)"
    expect 0 cxlog category restore --yes
    has "$output" '76 events again'
    has "$stderr" '다른 까닭'
    has "$stderr" '주간 회의'
    quietly 0 cxlog category verify
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed]' '[1,1]'
    quietly 0 cxlog category restore --json
    member '[.restored,.differences]' '[false,[]]'
}

@test "a broken chain is told in whole characters, however long the names are" {
    start_emulator
    join 김하늘
    cxlog category add 'a가나다라마바사아자차카타파하거너더러머버서어저처커터' --reason '주간 회의' >/dev/null
    people "\"edit\":\"set-cell\",\"row\":$((starter + 1)),\"column\":10,\"value\":\"다른 까닭\"" 구분
    people "\"edit\":\"set-cell\",\"row\":$((starter + 1)),\"column\":9,\"value\":\"이바다\"" 구분
    expect 4 cxlog sync
    has "$stderr" 'a가나다라마.* in the sheet'
    hasnt "$stderr" '[\]x'
}

@test "restore keeps what others added meanwhile, and only the author's machine can bring back what nobody else saw" {
    start_emulator
    join 이바다
    join 김하늘
    become 이바다
    cxlog category add 파일럿 >/dev/null
    people '"edit":"sort","column":5' 구분
    become 김하늘
    expect 0 cxlog category restore --yes
    quietly 0 cxlog category verify
    quietly 0 cxlog log 파일럿
    become 이바다
    cxlog category add 웨비나 >/dev/null
    people "\"edit\":\"delete-rows\",\"row\":$((starter + 2)),\"count\":1" 구분
    people '"edit":"clear-cell","row":3,"column":5' 구분
    become 김하늘
    refused 4 'the machine that added it' cxlog category restore --yes -q
    become 이바다
    expect 0 cxlog category restore --yes
    become 김하늘
    quietly 0 cxlog sync
    quietly 0 cxlog log 웨비나
}

@test "a sheet set back to an older state, and one that went another way" {
    start_emulator
    join 이바다
    join 김하늘
    cxlog category add 파일럿 >/dev/null
    cxlog category add 웨비나 >/dev/null
    people "\"edit\":\"delete-rows\",\"row\":$((starter + 1)),\"count\":2" 구분
    refused 4 'event 76 is nothing in the sheet' cxlog sync
    become 이바다
    quietly 0 cxlog sync
    refused 4 'was written, but its row is gone' cxlog category add 교육
    become 김하늘
    expect 0 cxlog category restore --yes
    become 이바다
    quietly 0 cxlog category add 교육
    become 김하늘
    quietly 0 cxlog sync
    quietly 0 cxlog category verify
}

@test "init into a used sheet brings along only what extends it, after showing it" {
    start_emulator
    join 이바다
    cxlog category add 파일럿 >/dev/null
    become 김하늘
    for name in 하나 둘째 셋째것 넷째 다섯째 여섯째 일곱째 여덟번 아홉번 열번째; do cxlog category add "$name" --new >/dev/null; done
    cxlog category add 파일럿 >/dev/null
    local before
    before=$(writes)
    set -- init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API"
    expect 65 cxlog "$@"
    has "$stderr" '10 scheme changes'
    for name in 하나 열번째; do has "$stderr" "$name"; done
    hasnt "$stderr" 파일럿
    has "$stderr" '--extend'
    expect 0 cxlog "$@" --extend
    quietly 0 cxlog category verify
    same 'events' $((starter + 11)) "$(sheet_rows 구분 | wc -l)"
    become 이바다
    quietly 0 cxlog sync
    quietly 0 cxlog log 열번째
}

@test "a plan of one's own that keeps init from binding is withdrawn here" {
    start_emulator
    join 이바다
    cxlog log 배송 전화 >/dev/null
    cxlog category rename 배송 물류 --reason 조직 --from 2037-H1 -q
    become 김하늘
    cxlog log 배송 전화 >/dev/null
    cxlog category rename 배송 택배 --reason 개편 --from 2037-H1 -q
    set -- init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API" --extend
    refused 65 "event $((starter + 1)) of this store does not go with the sheet's scheme" cxlog "$@"
    export CXLOG_SHEET_ID=$SHEET CXLOG_GOOGLE_KEY=$WORLD/key.json CXLOG_GOOGLE_API=$API
    refused 78 'not bound' cxlog category add 파일럿
    quietly 0 cxlog category withdraw $((starter + 1)) --reason "시트의 계획이 앞선다" -q
    same 'writes to 구분' $((starter + 1)) "$(sheet_rows 구분 | wc -l)"
    expect 0 cxlog "$@"
    quietly 0 cxlog category verify
}

@test "a team field: its column comes with its event; an older machine writes its columns and clears nothing" {
    start_emulator
    join 이바다
    join 김하늘
    forget_requests
    quietly 0 cxlog field add 등급 --kind choice:일반,VIP
    same 'one write made event and column' 1 "$(requests write)"
    quietly 0 cxlog log 배송 전화 --field 등급=VIP --json
    local id
    id=$(jq -r .id <<<"$output")
    quietly 0 cxlog sync
    become 이바다
    quietly 0 cxlog log 환불 전화
    quietly 0 cxlog sync
    quietly 0 cxlog log 환불 전화 --field 등급=일반
    quietly 0 cxlog sync
    same 'column 등급' 'VIP||일반' "$(sheet_rows | jq -r '.[22] // ""' | paste -sd'|')"
    become 김하늘
    quietly 0 cxlog amend "$id" --field 등급=일반
    quietly 0 cxlog sync
    quietly 0 cxlog totals all --by field:등급 --json
    member '[.rows[] | [.key[0], .count]] | sort' '[["",1],["일반",2]]'
    refused 65 '일반' cxlog log 배송 전화 --field 등급=금
    refused 65 '.' cxlog amend "$id" --field 등급=금
    quietly 0 cxlog field add 금액 --kind number
    refused 65 'number' cxlog log 배송 --field 금액=많이
    same 'headings' '등급,금액' "$(sheet | jq -r '.rows[0][22:24] | join(",")')"
}

@test "reading the scheme takes no request of its own, however long it is" {
    start_emulator
    join 김하늘
    for i in $(seq 1 5); do
        # shellcheck disable=SC2046 # many names
        cxlog category add --new $(seq -f "n${i}_%03g" 190) >/dev/null
    done
    cxlog log 배송 전화 >/dev/null
    forget_requests
    quietly 0 cxlog sync --json
    member '[.requests.write,.requests.read]' '[1,2]'
    forget_requests
    quietly 0 cxlog sync --json
    member '[.requests.write,.requests.read,.scheme_version]' "[0,1,$((starter + 950))]"
}
