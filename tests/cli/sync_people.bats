#!/usr/bin/env bats
# sync after people worked in the sheet by hand: sorted, deleted, typed, doubled rows; changed columns; renamed tabs.

load helper

setup() {
    setup_world
    start_emulator
    join 이바다
    join 김하늘
    IDS=()
    local i
    for i in 1 2 3 4 5; do IDS+=("$(cxlog log 배송 전화 "메모 $i" --at "2025-01-0$i 10:00")"); done
    cxlog sync >/dev/null
}
teardown() { stop_emulator; }

# header_refused PATTERN - 76, expected and found named, nothing written
header_refused() {
    local before id
    id=$(cxlog log 환불 neu)
    before=$(sheet | jq -cS .rows)
    forget_requests
    refused 76 "$1" cxlog sync || return 1
    same 'sheet' "$before" "$(sheet | jq -cS .rows)" || return 1
    same 'writes' 0 "$(requests write)" || return 1
    same 'still to send' "$id" "$(cxlog list --unsent --json | jq -r .id)"
}

@test "a renamed heading: 76 naming what was expected and what was found, nothing written" {
    people '"edit":"rename-header","column":3,"name":"분류"'
    header_refused '구분.*분류'
    people '"edit":"rename-header","column":3,"name":"구분"'
    quietly 0 cxlog sync
    same 'rows' 6 "$(sheet_ids | wc -l)"
}

@test "an inserted column: 76, no shifted row" {
    people '"edit":"insert-column","column":3,"header":"메모"'
    header_refused '메모'
}

@test "a deleted column: 76, no shifted row" {
    people '"edit":"delete-column","column":5'
    header_refused '고객'
}

@test "two columns swapped: 76, no shifted row" {
    people '"edit":"move-column","column":3,"to":6'
    header_refused '구분'
}

@test "a deleted header row: 76, nothing written" {
    people '"edit":"delete-header"'
    header_refused '.'
}

@test "sorted rows: no complaint, the same totals, later records arrive" {
    people '"edit":"sort","column":0,"descending":true'
    local new
    new=$(cxlog log 환불 neu)
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed,.missing,.edited,.foreign,.duplicate]' '[1,1,0,0,0,0]'
    each_once "${IDS[@]}" "$new"
    become 이바다
    quietly 0 cxlog sync --json
    member .pulled 6
    same 'records of the other' 6 "$(records)"
}

@test "a blank row inserted in the middle, a renamed and a moved tab: no complaint" {
    people '"edit":"insert-blank-rows","row":2,"count":2'
    people '"edit":"rename-tab","name":"2026 기록"'
    local new
    new=$(cxlog log 환불 neu)
    quietly 0 cxlog sync
    same 'IDs' "$(printf '%s\n' "${IDS[@]}" "$new" | sort)" "$(sheet_rows '2026 기록' | jq -r '.[18] // empty' | sort)"
    become 이바다
    quietly 0 cxlog sync --json
    member .pulled 6
}

@test "a row typed by hand is reported, never counted, never overwritten" {
    people '"edit":"type-row","values":["2025-01-06 10:00","박팀장","전화","배송",null,null,null,null,"손으로"]'
    local new
    new=$(cxlog log 환불 neu --at '2025-01-06 11:00')
    expect 0 cxlog sync --json
    member .foreign 1
    same 'the typed row is still there' 1 "$(sheet_rows | grep -c '손으로')"
    same 'records' 6 "$(records)"
    expect 3 cxlog totals 2025-01-06 --json
    member '[.total.count,.basis.foreign]' '[1,1]'
    each_once "${IDS[@]}" "$new"
}

@test "a total row of the team's own below the records does no harm" {
    people '"edit":"type-row","values":["합계",null,null,"=COUNTA(D2:D6)"]'
    local new
    new=$(cxlog log 환불 neu)
    expect 0 cxlog sync --json
    member '[.pushed,.confirmed]' '[1,1]'
    each_once "${IDS[@]}" "$new"
    same 'the total row is still there' 1 "$(sheet_rows | grep -c '합계')"
}

@test "a row doubled by paste counts once and is reported" {
    people '"edit":"duplicate-row","row":2'
    expect 0 cxlog sync --json
    member .duplicate 1
    become 이바다
    expect 0 cxlog sync --json
    member '[.pulled,.duplicate]' '[5,1]'
    same 'total' 5 "$(cxlog totals all --json | jq .total.count)"
}

@test "hostile cells typed by people reach no terminal" {
    people '"edit":"set-cell","row":2,"column":8,"value":"a\u001b[2J\u202eb","typed":false'
    become 이바다
    expect 0 cxlog sync
    hasnt "$output$stderr" $'\x1b'
    run cxlog list all
    hasnt "$output" $'\x1b|\xe2\x80\xae'
    run cxlog totals all --by customer
    hasnt "$output" $'\x1b'
}

@test "a deleted tab: 76, and it is not made anew behind the team's back" {
    people '"edit":"delete-tab"'
    local new
    new=$(cxlog log 환불 neu)
    refused 76 'tab' cxlog sync
    same 'still to send' "$new" "$(cxlog list --unsent --json | jq -r .id)"
    hasnt "$(curl -sS --fail -G "$API/_emu/sheet" -d "id=$SHEET" --data-urlencode tab=구분 | jq -r '.tabs[].title')" '상담기록'
}

@test "an event of the scheme changed by hand stops all writes with 4, for who knew the chain and for who joins" {
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"구분\",\"edit\":\"set-cell\",\"row\":5,\"column\":5,\"value\":\"바뀐이름\",\"typed\":false}" >/dev/null
    local before
    before="$(sheet 구분 | jq -cS .rows) $(sheet | jq -cS .rows)"
    cxlog log 환불 neu >/dev/null
    refused 4 '바뀐이름.*인스타그램DM' cxlog sync
    refused 4 '바뀐이름' cxlog category verify
    refused 4 '바뀐이름' cxlog category add 파일럿
    become 이바다
    rm -rf "$XDG_DATA_HOME"
    refused 4 '바뀐이름' cxlog init --no-input --name 이바다 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API"
    same 'the sheet' "$before" "$(sheet 구분 | jq -cS .rows) $(sheet | jq -cS .rows)"
}

# ---- whose row is it ----

# contacts COUNT - so many count, on every machine
contacts() {
    local name
    for name in 이바다 김하늘; do
        become "$name"
        cxlog sync >/dev/null || return 1
        same "contacts of $name" "$1" "$(cxlog totals all --json | jq .total.count)" || return 1
    done
}
# types_contact - a colleague types one into the sheet, always the same
types_contact() { people '"edit":"type-row","values":["2026-01-05 10:00","박팀장","전화","환불"]'; }
# row_of ID - its row of the sheet, from 0
row_of() { sheet | jq --arg id "$1" '[.rows[][18]] | index($id)'; }

@test "the same line typed again after a close is another contact" {
    local count
    for count in 6 7 8; do
        types_contact
        expect 0 cxlog close 2026-01-05
        has "$output" 'given an ID'
        contacts "$count"
    done
    same 'each with an ID of its own' 8 "$(sheet_ids | sort -u | wc -l)"
}

@test "a typed contact whose row was deleted, with the deletion accepted, can be typed again" {
    types_contact
    cxlog close 2026-01-05 >/dev/null
    people '"edit":"delete-rows","row":6,"count":1'
    cxlog close 2026-01-05 --accept >/dev/null
    contacts 5
    types_contact
    expect 0 cxlog close 2026-01-05
    contacts 6
}

@test "a typed contact whose row was deleted is put back by any machine that knows it" {
    types_contact
    cxlog close 2026-01-05 >/dev/null
    become 이바다
    cxlog sync >/dev/null
    people '"edit":"delete-rows","row":6,"count":1'
    expect 0 cxlog close 2026-01-05 --restore
    has "$output" 'missing in the sheet .* put back'
    become 김하늘
    expect 0 cxlog sync --restore
    same 'rows' 6 "$(sheet_rows | wc -l)"
    contacts 6
    quietly 0 cxlog verify
}

@test "the accepted deletion of a row that was corrected since leaves the correction counting" {
    local second
    second=$(cxlog amend "${IDS[0]}" --result 해결)
    cxlog sync >/dev/null
    cxlog amend "${IDS[0]}" --category 환불 >/dev/null
    cxlog sync >/dev/null
    people "\"edit\":\"delete-rows\",\"row\":$(row_of "${IDS[0]}"),\"count\":1"
    expect 4 cxlog close
    expect 0 cxlog close --accept
    contacts 5
    same 'the one that counts' 환불 "$(field "${IDS[0]}" category)"
    people "\"edit\":\"delete-rows\",\"row\":$(row_of "$second"),\"count\":1"
    expect 4 cxlog close
    expect 0 cxlog close --accept
    contacts 5
    quietly 0 cxlog close
    quietly 0 cxlog verify
    join 새사람
    same 'contacts of a new machine' 5 "$(cxlog sync >/dev/null && cxlog totals all --json | jq .total.count)"
}

@test "the row that counts, deleted after another of its record was accepted, is missed again" {
    local new
    new=$(cxlog amend "${IDS[0]}" --result 해결)
    cxlog sync >/dev/null
    people "\"edit\":\"delete-rows\",\"row\":$(row_of "${IDS[0]}"),\"count\":1"
    expect 0 cxlog close --accept
    people "\"edit\":\"delete-rows\",\"row\":$(row_of "$new"),\"count\":1"
    expect 4 cxlog close
    has "$output" "missing in the sheet · $new"
    expect 0 cxlog close --accept
    contacts 4
}

@test "a changed ID and then sync --restore: one contact, on machines that knew it and on new ones" {
    people '"edit":"set-cell","row":2,"column":18,"value":"01M800T1WXETEC2PMY8GWEP551"'
    expect 4 cxlog close --accept
    has "$output" 'its row is still there without its ID: row 3'
    expect 0 cxlog sync --restore
    contacts 5
    join 새사람
    cxlog sync >/dev/null
    same 'contacts of a new machine' 5 "$(cxlog totals all --json | jq .total.count)"
}

@test "a cleared ID cell gets its record's ID back, whatever the close was asked for" {
    local option
    for option in '' --accept --restore; do
        people '"edit":"clear-cell","row":2,"column":18'
        expect 0 cxlog close 2025-01-05 $option
        has "$output" "typed by hand · row 3 · ${IDS[1]} · given an ID"
        each_once "${IDS[@]}"
        contacts 5
        quietly 0 cxlog verify
    done
}

@test "a cleared ID and then sync --restore: the copy is named and counts nowhere until its checksum is cleared" {
    people '"edit":"clear-cell","row":2,"column":18'
    expect 0 cxlog sync --restore
    each_once "${IDS[@]}"
    expect 0 cxlog close --accept
    has "$output" "row 3 · it is a copy of ${IDS[1]}: delete the row, or clear its 검증"
    contacts 5
    people '"edit":"clear-cell","row":2,"column":21'
    expect 0 cxlog close --accept
    become 이바다
    expect 0 cxlog close --accept
    contacts 6
}
