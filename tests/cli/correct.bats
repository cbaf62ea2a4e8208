#!/usr/bin/env bats
# amend, void, undo, show: records are never changed, a correction stands beside them, and totals follow.

load helper

setup() {
    setup_world
    ID=$(cxlog log 배송/지연 전화 @갑 +a 원래 메모 --at '2025-03-04 10:00')
}

# total [PERIOD] - how many count
total() { cxlog totals "${1:-all}" --json | jq .total.count; }
by_category() { cxlog totals all --json | jq -c '[.rows[] | select(.count > 0) | {(.key[0]): .count}] | add // {}'; }

@test "amend answers with the ID of the correction, and what is not named stays" {
    quietly 0 cxlog amend "$ID" --result 해결 --note '새 메모'
    valid_id "$output"
    [ "$output" != "$ID" ]
    expect 0 now "$ID"
    member '[.category,.detail,.channel,.customer,.note,.result,.tags,.contacted_at]' \
        '["배송","지연","전화","갑","새 메모","해결",["a"],"2025-03-04T10:00:00+09:00"]'
    expect 0 cxlog show "$ID" --json
    member '[.note, .effective, (.history[] | .note)]' '["원래 메모",false,"원래 메모","새 메모"]'
    member '.history[1].corrects' "$ID"
    same 'total' 1 "$(total)"
}

@test "a correction moves a record to another category and period, and totals follow at once" {
    quietly 0 cxlog amend "$ID" --category 환불 --at '2025-04-05 10:00'
    same 'by category' '{"환불":1}' "$(by_category)"
    same 'March' 0 "$(total 2025-03)"
    same 'April' 1 "$(total 2025-04)"
    same 'the old detail went with its category' '' "$(field "$ID" detail)"
}

@test "corrections of corrections: the last one counts" {
    local i
    for i in 1 2 3 4 5; do quietly 0 cxlog amend "$ID" --note "메모 $i"; done
    local last=$output
    same 'by the first ID' '메모 5' "$(field "$ID" note)"
    same 'by the last ID' '메모 5' "$(field "$last" note)"
    same 'every correction names the first record' "$ID" "$(cxlog show "$ID" --json | jq -r '[.history[1:][].corrects] | unique | .[]')"
    same 'total' 1 "$(total)"
}

@test "an empty value blanks, and tags are added by +word or replaced by --tag" {
    quietly 0 cxlog amend "$ID" --note '' --customer '' --detail ''
    same 'blank' '["","",""]' "$(now "$ID" | jq -c '[.note,.customer,.detail]')"
    quietly 0 cxlog amend "$ID" +b
    same 'added' '["a","b"]' "$(now "$ID" | jq -c '.tags | sort')"
    quietly 0 cxlog amend "$ID" --tag c
    same 'replaced' '["c"]' "$(now "$ID" | jq -c .tags)"
}

@test "amend refuses to change nothing, to blank the category, and what is no record" {
    refused 65 'nothing to change' cxlog amend "$ID"
    refused 65 'nothing to change' cxlog amend "$ID" --note '원래 메모'
    refused 65 '.' cxlog amend "$ID" --category ''
    refused 65 '.' cxlog amend 01ARZ3NDEKTSV4RRFFQ69G5FAV --note x
    refused 65 '.' cxlog amend '#99' --note x
    refused 64 'ID' cxlog amend
    refused 64 'note' cxlog amend "$ID" 그냥 글
    same 'versions' 1 "$(cxlog show "$ID" --json | jq '.history | length')"
}

@test "void takes a record out of every total and keeps it in the history" {
    cxlog log 환불 b >/dev/null
    quietly 0 cxlog void "$ID" --reason '두 번 기록'
    valid_id "$output"
    same 'by category' '{"환불":1}' "$(by_category)"
    same 'list' 1 "$(records)"
    expect 0 cxlog show "$ID" --json
    member '.history[1].corrects' "취소:$ID"
    has "$(jq -r '.history[1].note' <<<"$output")" '두 번 기록'
    refused 65 'already void' cxlog void "$ID"
    refused 65 'already void' cxlog amend "$ID" --note x
}

@test "three or more records at once are voided only with --yes when nobody can be asked" {
    local b c
    b=$(cxlog log 배송 b) c=$(cxlog log 배송 c)
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" void "$@" </dev/null' _ "$ID" "$b" "$c"
    same 'exit code' 64 "$status"
    has "$stderr" '--yes'
    same 'total' 3 "$(total)"
    quietly 0 cxlog void "$ID" "$b" "$c" --yes
    same 'IDs' 3 "${#lines[@]}"
    same 'total' 0 "$(total)"
}

@test "void of several records is all or nothing" {
    refused 65 '.' cxlog void "$ID" '#99'
    refused 65 'twice' cxlog void "$ID" '#1'
    same 'total' 1 "$(total)"
}

@test "undo takes back a log, an amend and a void, one after the other" {
    local id
    id=$(cxlog log 배송 b)
    expect 0 cxlog undo
    valid_id "$output"
    has "$stderr" '#2'
    same 'log undone' 1 "$(total)"
    cxlog void "$ID" >/dev/null
    same 'voided' 0 "$(total)"
    expect 0 cxlog undo
    same 'void undone' 1 "$(total)"
    same 'content is back' '원래 메모' "$(field "$ID" note)"
    cxlog amend "$ID" --note '새 메모' >/dev/null
    expect 0 cxlog undo --json
    member .note '원래 메모'
    same 'amend undone' '원래 메모' "$(field "$ID" note)"
}

@test "undo goes on to the change before, redo comes back the same way" {
    cxlog log 배송 b >/dev/null
    cxlog log 환불 c >/dev/null
    cxlog amend "$ID" --note '새 메모' >/dev/null
    cxlog undo -q >/dev/null
    same 'the amend' '원래 메모' "$(field "$ID" note)"
    expect 0 cxlog undo
    has "$stderr" 'taken out:'
    has "$stderr" '↶ #3 .*환불   c'
    expect 0 cxlog undo
    has "$stderr" '↶ #2 .*배송   b'
    quietly 0 cxlog undo -q
    same 'all of today' 0 "$(total)"
    refused 65 'taken back already' cxlog undo
    expect 0 cxlog redo
    has "$stderr" 'put back:'
    quietly 0 cxlog redo -q
    quietly 0 cxlog redo -q
    same 'three are back' '["원래 메모","b","c"]' "$(cxlog list all --json | jq -sc 'map(.note)')"
    quietly 0 cxlog redo -q
    same 'and the amend' '새 메모' "$(field "$ID" note)"
    refused 65 redo cxlog redo
    quietly 0 cxlog undo -q
    same 'undo of a redo' '원래 메모' "$(field "$ID" note)"
    quietly 0 cxlog undo -q
    cxlog log 기타 d >/dev/null
    cxlog undo -q >/dev/null
    quietly 0 cxlog undo -q
    same 'what was taken back before stays so' '["원래 메모"]' "$(cxlog list all --json | jq -sc 'map(.note)')"
}

@test "a second undo does not touch what somebody else changed since" {
    cxlog log 배송 b >/dev/null
    cxlog log 환불 c >/dev/null
    cxlog amend '#2' --note '다른 손' >/dev/null
    sql 'UPDATE record SET mine = 0, state = 3 WHERE num = 4' # as a sync brings it
    quietly 0 cxlog undo -q
    refused 65 'somebody changed' cxlog undo
    same 'their text' '다른 손' "$(field '#2' note)"
}

@test "a clock alone in amend is of the record's own day" {
    cxlog amend "$ID" 23:50 >/dev/null
    same 'by word' 2025-03-04T23:50:00+09:00 "$(field "$ID" contacted_at)"
    cxlog amend "$ID" --at 00:10 >/dev/null
    same 'by flag' 2025-03-04T00:10:00+09:00 "$(field "$ID" contacted_at)"
    same 'that day' 1 "$(total 2025-03-04)"
    refused 65 future cxlog amend "$(cxlog log 배송)" --at '2099-01-01 10:00'
}

@test "undo refuses when there is nothing of today and this agent" {
    export CXLOG_AGENT_NAME=이바다
    refused 65 'nothing today' cxlog undo
    refused 64 '.' cxlog undo "$ID"
}

@test "--dry-run of amend, void and undo changes nothing" {
    expect 0 cxlog amend "$ID" --note x --dry-run
    has "$output" x
    expect 0 cxlog void "$ID" --dry-run
    expect 0 cxlog undo --dry-run
    same 'versions' 1 "$(cxlog show "$ID" --json | jq '.history | length')"
    same 'total' 1 "$(total)"
}

@test "a record is named by ULID, by a unique ending of four or more, by #N, in any case" {
    local end=${ID: -6}
    same 'ending' "$ID" "$(field "$end" id)"
    same 'lower case' "$ID" "$(field "${end,,}" id)"
    same 'number' "$ID" "$(field '#1' id)"
    refused 65 '.' cxlog show "${ID: -3}"
    refused 65 '.' cxlog show '#0'
    refused 65 '.' cxlog show 1
    refused 64 'ID' cxlog show
    refused 64 '.' cxlog show '#1' '#1'
}

@test "an ending that several records share is refused with the candidates" {
    cxlog log 배송 x --id 01ARZ3NDEKTSV4RRFFQ69G5FAV >/dev/null
    cxlog log 배송 y --id 01BRZ3NDEKTSV4RRFFQ69G5FAV >/dev/null
    refused 65 '.' cxlog show G5FAV
    has "$stderr" 01ARZ3NDEKTSV4RRFFQ69G5FAV
    has "$stderr" 01BRZ3NDEKTSV4RRFFQ69G5FAV
}

@test "show says what a record is, where it stands, and every version of it" {
    cxlog amend "$ID" --note '새 메모' >/dev/null
    quietly 0 cxlog show "$ID"
    has "$output" "$ID"
    has "$output" '새 메모'
    has "$output" '원래 메모'
    has "$output" '2025-03-04 10:00'
    quietly 0 cxlog show "$ID" --json
    member '[.schema,.state,.history[].state]' '[1,"pending","pending","pending"]'
}
