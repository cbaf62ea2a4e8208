#!/usr/bin/env bats
# 누적 and 대시보드: numbers that a recount confirms, whatever people do to the tabs; and what a close costs.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

CHARTS='[.parts.charts[]? | .chartId] | sort | join(" ")'

# contacts - records of this year and last, with corrections and a void
contacts() {
    local day when
    for day in 0 1 2 6 8 20 35 70 100 170 200 300 400; do
        when=$(TZ=Asia/Seoul date -d "-$day days" +%F)T00:00:00+09:00
        jq -nc --arg at "$when" '["배송","전화"], ["환불","카카오톡"], ["오류","이메일"] |
            {contacted_at: $at, category: .[0], channel: .[1], result: "해결"}'
    done | cxlog log - >/dev/null
    for day in 1 3 8 20 40 90 120 200 380; do
        cxlog log 결제 전화 "지난 $day" --at "$(TZ=Asia/Seoul date -d "-$day days" +%F) 10:00" :진행 >>"$WORLD/ids"
    done
    cxlog amend "$(sed -n 1p "$WORLD/ids")" --category 환불 >/dev/null
    cxlog void "$(sed -n 3p "$WORLD/ids")" >/dev/null
}

recount() {
    sheet >"$WORLD/log.json"
    sheet 누적 >"$WORLD/totals.json"
    python3 "$BATS_TEST_DIRNAME/recount.py" "$WORLD/log.json" "$WORLD/totals.json"
}

team() {
    start_emulator
    join 김하늘
    contacts
    cxlog close >/dev/null
}

@test "every number of 누적 is a recount's, and totals says the same" {
    team
    recount
    same '올해 합계' "$(cxlog totals year --json | jq .total.count)" \
        "$(sheet 누적 | jq '(.rows[2] | index("올해")) as $c | [.rows[3:][] | select(.[0] == "합계")][0][$c]')"
    people '"edit":"set-cell","row":2,"column":3,"value":"기타"'
    expect 0 cxlog close
    recount
}

@test "the dashboard has three charts over 누적, made once" {
    team
    same charts '1700011 1700012 1700013' "$(sheet 대시보드 | jq -r "$CHARTS")"
    has "$(sheet 대시보드 | jq -r '.rows[0][0]')" '^알림 .* 없음'
    cxlog log 배송 전화 더 :해결 >/dev/null
    expect 0 cxlog close
    same charts '1700011 1700012 1700013' "$(sheet 대시보드 | jq -r "$CHARTS")"
    recount
}

@test "누적 deleted: the next close makes it again and keeps the dashboard" {
    team
    people '"edit":"delete-tab"' 누적
    quietly 0 cxlog close --json
    member .totals_written true
    recount
    same charts '1700011 1700012 1700013' "$(sheet 대시보드 | jq -r "$CHARTS")"
}

@test "대시보드 deleted: the next close makes it again" {
    team
    people '"edit":"delete-tab"' 대시보드
    expect 0 cxlog close
    same charts '1700011 1700012 1700013' "$(sheet 대시보드 | jq -r "$CHARTS")"
    recount
}

@test "both deleted and a tab of that name made by hand: cxlog takes another title" {
    team
    people '"edit":"rename-tab","name":"우리 누적"' 누적
    cxlog log 배송 전화 더 :해결 >/dev/null
    expect 0 cxlog close
    has "$(sheet '우리 누적' | jq -r '.rows[0][0]')" '기준'
    same '새 누적' null "$(emu GET "sheet?id=$SHEET" | jq '[.tabs[]? | select(.title == "누적")][0]')"
}

@test "a column that people put between ours stays as it is" {
    team
    people '"edit":"insert-column","column":3,"header":"메모"' 누적
    people '"edit":"set-cell","row":3,"column":3,"value":"내 메모"' 누적
    cxlog log 배송 전화 더 :해결 >/dev/null
    expect 0 cxlog close
    same '메모' '내 메모' "$(sheet 누적 | jq -r '.rows[3][3]')"
    recount
}

@test "headings that people overwrote are put back" {
    team
    people '"edit":"set-cell","row":2,"column":0,"value":"카테고리"' 누적
    expect 0 cxlog close
    recount
}

@test "a number that people overwrote is put right" {
    team
    people '"edit":"set-cell","row":3,"column":1,"value":999' 누적
    expect 0 cxlog close
    recount
}

@test "alerts of the settings show in status, close and the dashboard, and change no exit code" {
    start_emulator
    join 김하늘
    for day in 10 20 30; do
        cxlog log 오류 전화 전 --at "$(TZ=Asia/Seoul date -d "-$day days" +%F) 10:00" :해결 >/dev/null
    done
    for n in 1 2 3 4; do cxlog log 오류 전화 "$n" :해결 >/dev/null; done
    printf '[alert]\n오류 = 1.5x12w\ntotal = 100x4w\n' >>"$XDG_CONFIG_HOME/cxlog/config.ini"
    quietly 0 cxlog status --json
    member '.alerts[0].name' 오류
    member '.alerts | length' 1
    quietly 0 cxlog close --json
    member '.alerts[0].count' 4
    has "$(sheet 대시보드 | jq -r '.rows[0][0]')" '^알림 .*오류 최근 7일 4건'
    expect 0 cxlog status
    has "$output" '! 오류: 4'
    recount
}

@test "a rule that is none is refused with file and line" {
    settings '[alert]' '오류 = often'
    refused 78 'config.ini:2: alert.오류: must be a factor and weeks' cxlog status
    settings '[alert]' '오류 = 1.5x12w' '오류 = 2x4w'
    refused 78 'config.ini:3' cxlog status
}

# A half-year with more than 20,000 rows of a colleague.
@test "close of a normal day takes at most 12 requests, 2 writes beyond the push" {
    start_emulator
    join 박지민
    seq 20500 | sed 's/.*/배송 전화 & :해결/' | cxlog log - >/dev/null
    expect 0 cxlog sync
    join 김하늘
    expect 0 cxlog close
    for i in $(seq 25); do echo "환불 전화 $i :해결"; done | cxlog log - >/dev/null
    rm -rf "$XDG_CACHE_HOME"
    forget_requests
    quietly 0 cxlog close --json
    member .pushed 25
    member .team_today 20525
    local all writes
    all=$(emu GET requests | jq '.requests | length')
    writes=$(requests write)
    [ "$all" -le 12 ] || same 'requests' 'at most 12' "$all"
    [ "$writes" -le 3 ] || same 'writes' 'push and at most 2' "$writes"
    forget_requests
    quietly 0 cxlog close --json
    member .totals_written false
    same 'writes of a second close' 0 "$(requests write)"
}

@test "the real contacts as one half-year: close, close again, edits by hand, close" {
    local csv=$SHARED/data/complaints.csv
    [ -r "$csv" ] || skip 'the real contacts are not here'
    sqlite3 "$WORLD/c.db" ".import --csv $csv c" \
        "UPDATE c SET \"Date received\" = date('now', '-' || (rowid % 60) || ' days')"
    sqlite3 -csv -header "$WORLD/c.db" 'SELECT * FROM c' >"$WORLD/half.csv"
    start_emulator
    join 김하늘
    cxlog import "$WORLD/half.csv" --source cfpb --key 'Complaint ID' --add-scheme \
        --map 'contacted_at=Date received,category=Product,detail=Issue,channel=Submitted via,region=State,note=Consumer complaint narrative,customer=Company,tags=Tags' >/dev/null
    expect 0 cxlog close --no-input
    recount
    forget_requests
    quietly 0 cxlog close --json
    member .totals_written false
    same writes 0 "$(requests write)"
    local other
    other=$(sheet | jq -r '[.rows[1:][][3]] | unique[0]')
    for row in 5 50 500; do
        people "\"edit\":\"set-cell\",\"row\":$row,\"column\":3,\"value\":\"$other\""
        people "\"edit\":\"clear-cell\",\"row\":$row,\"column\":4"
    done
    people '"edit":"sort","column":3'
    expect 0 cxlog close --json
    [ "$(jq .taken <<<"$output")" -ge 2 ] || same taken 'at least 2' "$(jq .taken <<<"$output")"
    recount
    expect 0 cxlog verify
}
