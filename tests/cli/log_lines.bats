#!/usr/bin/env bats
# cxlog log -: many records from stdin, as words or as JSON objects, all of them or none.

load helper

setup() { setup_world; }

@test "one entry a line: the IDs come back in order, blank lines count for nothing" {
    quietly 0 cxlog_in $'배송 전화 하나\n\n환불/해지 카톡 @갑 둘 :해결\r\n  \n기타 셋' log -
    same 'IDs' 3 "${#lines[@]}"
    local id
    for id in "${lines[@]}"; do valid_id "$id"; done
    same 'one' '하나' "$(field "${lines[0]}" note)"
    same 'two' '["환불","해지","카카오톡","갑","둘","해결"]' \
        "$(cxlog show "${lines[1]}" --json | jq -c '[.category,.detail,.channel,.customer,.note,.result]')"
    same 'three' '셋' "$(field "${lines[2]}" note)"
}

@test "lines are not shell: quotes, dollars and backslashes are text" {
    quietly 0 cxlog_in $'배송 전화 it\'s "x" $HOME `id` \\n' log -
    same note 'it'"'"'s "x" $HOME `id` \n' "$(field "$output" note)"
}

@test "JSON objects may stand among lines of words, with every field of the contract" {
    quietly 0 cxlog_in '배송 전화 a
{"contacted_at":"2025-03-04T05:06:07+09:00","agent":"이바다","channel":"이메일","category":"환불","detail":"해지","customer":"갑","region":"부산","sentiment":"부정","note":"n\nm","hunch":"h","result":"이관","handle_s":60,"wait_s":5,"csat":1,"nps":10,"ces":3,"tags":["x","y"],"link":"https://example.com/","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}
' log - --json
    same 'objects' 2 "${#lines[@]}"
    member '[.contacted_at,.agent,.channel,.category,.detail,.customer,.region,.sentiment,.note,.hunch,.result]' \
        '["2025-03-04T05:06:07+09:00","이바다","이메일","환불","해지","갑","부산","부정","n\nm","h","이관"]' "${lines[1]}"
    member '[.handle_s,.wait_s,.csat,.nps,.ces,.tags,.link,.id]' \
        '[60,5,1,10,3,["x","y"],"https://example.com/","01ARZ3NDEKTSV4RRFFQ69G5FAV"]' "${lines[1]}"
}

@test "what log --json prints, log - reads, and the same ID adds nothing" {
    quietly 0 cxlog log 배송/지연 전화 @갑 %서울 메모 +a --handle 6m --json
    local taken
    taken=$(jq -c '{id,contacted_at,agent,channel,category,detail,customer,region,sentiment,note,hunch,result,handle_s,wait_s,csat,nps,ces,tags,link,fields}' <<<"$output")
    quietly 0 cxlog_in "$taken" log -
    same 'ID' "$(jq -r .id <<<"$taken")" "$output"
    same 'records' 1 "$(records)"
}

@test "one bad line keeps all out, and is named" {
    refused 65 '^cxlog: line 3: ' cxlog_in $'배송 a\n환불 b\n배숑 c\n기타 d' log -
    has "$stderr" '^    배송$'
    same 'records' 0 "$(records)"
    refused 65 '^cxlog: line 2: .*kategorie' cxlog_in $'배송 a\n{"kategorie":"배송"}' log -
    refused 65 '^cxlog: line 1: ' cxlog_in '{"category":"배송"' log -
    refused 65 '^cxlog: line 1: ' cxlog_in '["배송"]' log -
    refused 65 '^cxlog: line 1: .*csat' cxlog_in '{"category":"배송","csat":1.5}' log -
    refused 65 '^cxlog: line 1: .*csat' cxlog_in '{"category":"배송","csat":true}' log -
    refused 65 '^cxlog: line 1: ' cxlog_in '{"category":"배송","category":"환불"}' log -
    refused 65 '^cxlog: line 1: .*future' cxlog_in '{"category":"배송","contacted_at":"2099-01-01T00:00:00Z"}' log -
    same 'records' 0 "$(records)"
}

@test "invalid UTF-8 and NUL are refused with the byte's place" {
    run --separate-stderr bash -c 'printf "배송 a\n배송 \xffb\n" | "$CXLOG_BIN/cxlog" log -'
    same 'exit code' 65 "$status"
    has "$stderr" '^cxlog: line 2: not UTF-8 at byte 7 \(byte 16 of the input\)'
    run --separate-stderr bash -c 'printf "배송 a\0b\n" | "$CXLOG_BIN/cxlog" log -'
    same 'exit code' 65 "$status"
    has "$stderr" '^cxlog: line 1: '
    run --separate-stderr bash -c 'printf "{\"category\":\"배송\",\"note\":\"a\\\\u0000b\"}\n" | "$CXLOG_BIN/cxlog" log -'
    same 'exit code' 65 "$status"
    same 'records' 0 "$(records)"
}

@test "two records of one ID with different content are refused, the same twice is one" {
    local a='{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","category":"배송","contacted_at":"2025-01-01T00:00:00Z"'
    expect 65 cxlog_in "$a,\"note\":\"a\"}"$'\n'"$a,\"note\":\"b\"}" log -
    refused 65 '.' cxlog_in "$a,\"note\":\"a\"}"$'\n'"$a,\"note\":\"b\"}" log - --sync # says nothing of a sync
    same 'records' 0 "$(records)"
    quietly 0 cxlog_in "$a,\"note\":\"a\"}"$'\n'"$a,\"note\":\"a\"}" log -
    same 'records' 1 "$(records)"
}

@test "nothing on stdin is no input" {
    refused 66 'stdin' cxlog_in '' log -
    refused 66 'stdin' cxlog_in $'\n \n' log -
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log - <&-'
    same 'exit code of closed stdin' 66 "$status"
}

@test "a stdin that cannot be read is a local fault" {
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log - </'
    same 'exit code' 74 "$status"
    same 'records' 0 "$(records)"
}

@test "log - takes nothing from the line" {
    refused 64 'stdin' cxlog_in '배송 a' log - 배송
    refused 64 'stdin' cxlog_in '배송 a' log - --channel 전화
    same 'records' 0 "$(records)"
}

@test "log - --dry-run checks every line and saves none" {
    quietly 0 cxlog_in $'배송 a\n환불 b' log - --dry-run --json
    same 'objects' 2 "${#lines[@]}"
    refused 65 'line 2' cxlog_in $'배송 a\n배숑 b' log - --dry-run
    same 'records' 0 "$(records)"
}

@test "two thousand lines go in at once and are numbered in order" {
    local many
    many=$(seq -f '배송 전화 메모 %g' 2000)
    quietly 0 cxlog_in "$many" log -
    same 'IDs' 2000 "${#lines[@]}"
    same 'different IDs' 2000 "$(printf '%s\n' "${lines[@]}" | sort -u | wc -l)"
    same 'last' '메모 2000' "$(field '#2000' note)"
}

@test "a full disk under stdout of log -: all saved, and said so" {
    run --separate-stderr bash -c 'printf "배송 a\n환불 b\n" | "$CXLOG_BIN/cxlog" log - >/dev/full'
    same 'exit code' 74 "$status"
    has "$stderr" '^cxlog: log is done'
    same 'records' 2 "$(records)"
}

@test "a reader of stdout that went away does not keep the records from being saved" {
    run --separate-stderr bash -c 'seq -f "배송 메모 %g" 3000 | "$CXLOG_BIN/cxlog" log - | head -1'
    same 'exit code' 0 "$status"
    valid_id "$output"
    same 'records' 3000 "$(records)"
}
