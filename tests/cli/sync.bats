#!/usr/bin/env bats
# init with a sheet, and sync when all goes well: what stands in the sheet, what comes back, how many requests it takes.

load helper

setup() {
    setup_world
    start_emulator
}
teardown() { stop_emulator; }

headings='["일시","담당","채널","구분","세부","고객","지역","의견","내용","느낌","결과","처리(초)","대기(초)","CSAT","NPS","CES","태그","링크","기록ID","기록시각","정정","검증"]'

@test "init makes the tabs and the starter scheme in an empty spreadsheet" {
    become 김하늘
    quietly 0 cxlog init --no-input --name 김하늘 --sheet "https://docs.google.com/spreadsheets/d/$SHEET/edit#gid=0" --key "$WORLD/key.json" --api "$API" --json
    member '[.schema,.agent,.sheet,.made_log,.made_scheme,.scheme_version]' "[1,\"김하늘\",\"$SHEET\",true,true,75]"
    same 'header of 상담기록' "$headings" "$(sheet | jq -c '.rows[0]')"
    same 'no spare rows or columns' '[2,22]' "$(sheet | jq -c '[.rowCount,.columnCount]')"
    same 'events in 구분' 75 "$(sheet_rows 구분 | wc -l)"
    same 'no record was made' '' "$(sheet_rows)"
}

@test "init again changes nothing, and says so" {
    join 김하늘
    local before after
    before=$(sheet 구분 | jq -S .rows)
    quietly 0 cxlog init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API" --json
    member '[.made_log,.made_scheme,.events_shared,.events_taken]' '[false,false,0,0]'
    after=$(sheet 구분 | jq -S .rows)
    same '구분' "$before" "$after"
    same 'tabs' '상담기록 구분 유효기록' "$(sheet | jq -r '.tabs[].title' | grep -v -e 시트1 -e Sheet1 | paste -sd' ' -)"
}

@test "init adopts a used sheet: its records and its scheme come along" {
    join 김하늘
    cxlog category add 파일럿 >/dev/null
    cxlog log 파일럿 a >/dev/null
    cxlog sync >/dev/null
    become 이바다
    quietly 0 cxlog init --no-input --name 이바다 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API" --json
    member '[.made_log,.made_scheme,.events_taken]' '[false,false,1]'
    quietly 0 cxlog sync --json
    member '[.pulled,.pushed,.scheme_version]' '[1,0,76]'
    same 'note' a "$(cxlog list --json | jq -r .note)"
}

@test "records logged before there was a sheet go out at the first sync" {
    become 김하늘
    local a b
    a=$(cxlog log 배송 a)
    b=$(cxlog log 배송 b)
    join 김하늘
    quietly 0 cxlog sync --json
    member '[.pushed,.confirmed]' '[2,2]'
    each_once "$a" "$b"
}

@test "every field arrives typed: text as text, numbers as numbers, time as a serial date" {
    join 김하늘
    local id
    id=$(cxlog log 배송/지연 전화 %서울 :부정 :해결 +b +a --customer 010 --note '=IMPORTXML("http://x")' --hunch '+82-10' --handle 6m --wait 5s \
        --csat 1 --nps 0 --ces 7 --link https://example.com/ --at '2025-11-20 12:00')
    cxlog sync >/dev/null
    same 'A to R' '[45981.5,"김하늘","전화","배송","지연","010","서울","부정","=IMPORTXML(\"http://x\")","+82-10","해결",360,5,1,0,7,"b, a","https://example.com/"]' \
        "$(sheet_rows | jq -c '.[0:18]')"
    same 'S' "$id" "$(sheet_ids)"
    same 'V' 16 "$(sheet_rows | jq -r '.[21] | length')"
}

@test "the JSON has exactly the members of the contract, as integers" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    quietly 0 cxlog sync --json
    member 'keys_unsorted' '["schema","pushed","pulled","confirmed","pending","unknown","quarantined","missing","edited","duplicate","foreign","scheme_version","requests"]'
    member '.requests | keys_unsorted' '["token","read","write"]'
    member '[.. | numbers | . == floor] | all' true
    member '[.schema,.pushed,.pulled,.confirmed,.pending,.unknown,.requests.write]' '[1,1,0,1,0,0,1]'
    same 'the count is that of the server' "$(emu GET requests | jq '[.requests[] | select(.kind == "write")] | length > 0')" true
}

@test "a sync with nothing to do makes one read and no write" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog sync >/dev/null
    forget_requests
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled,.confirmed]' '[0,0,0]'
    member .requests '{"token":0,"read":1,"write":0}'
    same 'as the server counts' '1 0 0' "$(requests read) $(requests write) $(requests token)"
}

@test "n pending records take as many writes as there are five hundreds in n" {
    join 김하늘
    local n writes
    while read -r n writes; do
        seq -f '배송 메모 %g' "$n" | cxlog log - >/dev/null
        forget_requests
        quietly 0 cxlog sync --json
        member '[.pushed,.confirmed,.requests.write]' "[$n,$n,$writes]"
        same "writes for $n, as the server counts" "$writes" "$(requests write)"
    done <<<'1 1
500 1
501 2
1200 3'
    same 'rows' 2202 "$(sheet_ids | sort -u | wc -l)"
    same 'no row twice' 2202 "$(sheet_ids | wc -l)"
}

@test "two agents: each has the other's records, every record stands once" {
    join 김하늘
    local a b c
    a=$(cxlog log 배송 전화 a)
    cxlog sync >/dev/null
    join 이바다
    b=$(cxlog log 환불 이메일 b)
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled]' '[1,1]'
    become 김하늘
    c=$(cxlog amend "$a" --result 해결)
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled]' '[1,1]'
    become 이바다
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled]' '[0,1]'
    each_once "$a" "$b" "$c"
    local who
    for who in 김하늘 이바다; do
        become $who
        quietly 0 cxlog totals all --by 구분,결과 --json
        member '[.rows[] | [.key[],.count]]' '[["배송","해결",1],["환불","",1]]'
        same "of $who" 0 "$(cxlog status --json | jq '.pending + .unknown + .sent')"
    done
}

@test "a void travels, and a later correction of the other agent wins" {
    join 이바다
    join 김하늘
    local a
    a=$(cxlog log 배송 a)
    cxlog sync >/dev/null
    become 이바다
    cxlog sync >/dev/null
    cxlog void "$a" >/dev/null
    cxlog sync >/dev/null
    become 김하늘
    cxlog sync >/dev/null
    same 'total' 0 "$(cxlog totals all --json | jq .total.count)"
    refused 65 'void' cxlog amend "$a" --note x
}

@test "two agents syncing at the same time: every record once, both mirrors whole" {
    join 이바다
    seq -f '배송 바다 %g' 120 | cxlog log - >"$WORLD/ids-b"
    join 김하늘
    seq -f '환불 하늘 %g' 120 | cxlog log - >"$WORLD/ids-a"
    cxlog sync --json >"$WORLD/a.json" &
    local other=$!
    become 이바다
    cxlog sync --json >"$WORLD/b.json"
    wait "$other"
    same 'IDs in the sheet' "$(sort "$WORLD/ids-a" "$WORLD/ids-b")" "$(sheet_ids | sort)"
    local who
    for who in 김하늘 이바다; do
        become $who
        quietly 0 cxlog sync --json
        member '[.pending,.unknown,.missing,.duplicate,.foreign]' '[0,0,0,0,0]'
        same "records of $who" 240 "$(records)"
        expect 0 cxlog totals all --json
        member '[.rows[] | [.key[0],.count]]' '[["배송",120],["환불",120]]'
    done
}

# sealed_rows N - the order to the emulator for N records of 이바다, with their checksums as the header entry.h has it
sealed_rows() {
    python3 - "$SHEET" "$1" <<'PY'
import hashlib, json, sys

digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
rows = []
for n in range(int(sys.argv[2])):
    tail = "".join(digits[n >> 5 * i & 31] for i in range(6))[::-1]
    row = [45981.5, "이바다", "전화", "배송", *[None] * 4, f"메모 {n}", *[None] * 9, "01ARZ3NDEKTSV4RRFF00" + tail, 45981.5, None]
    text = ["2025-11-20 12:00:00" if cell == 45981.5 else cell or "" for cell in row]
    row.append(hashlib.sha256("".join(cell + "\x1f" for cell in text).encode()).hexdigest()[:16])
    rows.append(row)
json.dump({"id": sys.argv[1], "tab": "상담기록", "rows": rows}, sys.stdout)
PY
}

@test "ten new records in a sheet of 100,000 cost at most two requests and 64 KiB; the first pull works by pages" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog sync >/dev/null
    sealed_rows 100000 >"$WORLD/rows.json"
    emu POST prefill "@$WORLD/rows.json" >/dev/null
    become 이바다
    cxlog init --no-input --name 이바다 --sheet "$SHEET" --key "$WORLD/key.json" --api "$API" >/dev/null
    quietly 0 cxlog sync --json
    member '[.pulled,.edited,.foreign]' '[100001,0,0]'
    become 김하늘
    quietly 0 cxlog sync -q
    seq -f '환불 메모 %g' 10 | cxlog log - >/dev/null
    quietly 0 cxlog sync -q
    become 이바다
    forget_requests
    quietly 0 cxlog sync --json
    member .pulled 10
    same 'requests at most two' true "$(emu GET requests | jq '.requests | length <= 2')"
    same 'bytes at most 64 KiB' true "$(emu GET requests | jq '[.requests[].bytes_out] | add <= 65536')"
}

@test "log --sync sends at once; when that fails the record is safe and log has done its work" {
    join 김하늘
    expect 0 cxlog log 배송 a --sync
    local a=$output
    each_once "$a"
    stop_emulator
    expect 0 cxlog log 배송 b --sync
    valid_id "$output"
    has "$stderr" '^cxlog: '
    same 'unsent' 1 "$(cxlog list --unsent --json | jq -s length)"
}

@test "totals stand complete after a sync, incomplete when something is unsent, and say so" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    expect 3 cxlog totals today --json
    member '[.basis.pending,.basis.last_sync]' '[1,null]'
    cxlog sync >/dev/null
    quietly 0 cxlog totals today --json
    member '[.basis.pending,(.basis.last_sync|type)]' '[0,"string"]'
}

@test "status tells what was confirmed, and when" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog sync >/dev/null
    cxlog log 배송 b >/dev/null
    quietly 0 cxlog status --json
    member '[.schema,.today,.pending,.sent,.unknown,.quarantined,.confirmed,.scheme_version,.sheet]' "[1,2,1,0,0,0,1,75,\"$SHEET\"]"
    member '.last_sync | test("^\\d{4}-\\d\\d-\\d\\dT.*\\+09:00$")' true
    quietly 0 cxlog sync -q
    same 'stdout of -q' '' "$output"
}

@test "a dry run as JSON tells what would go, and what would be put back" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    cxlog log 배송 b >/dev/null
    cxlog sync >/dev/null
    cxlog log 배송 c >/dev/null
    quietly 0 cxlog sync -n --json
    member . '{"schema":1,"dry_run":true,"would_send":1}'
    people '"edit":"delete-rows","row":1,"count":1'
    expect 4 cxlog verify
    quietly 0 cxlog sync -n --restore --json
    member . '{"schema":1,"dry_run":true,"would_send":1,"would_restore":1}'
    quietly 0 cxlog sync -n --restore
    has "$output" 'would send 1 records'
    has "$output" 'put back your own records that vanished: 1 '
    same 'rows as they were' 1 "$(sheet_ids | wc -l)"
}

@test "two syncs of one store at once: the second leaves with 75" {
    join 김하늘
    cxlog log 배송 a >/dev/null
    fault '{"on":"push","kind":"delay","ms":60000}'
    cxlog sync >/dev/null &
    local first=$!
    eventually 10 fired
    refused 75 'another cxlog .* is talking to the sheet' cxlog sync
    eventually 10 let_go "$first"
    wait "$first"
    same 'rows' 1 "$(sheet_ids | wc -l)"
}
