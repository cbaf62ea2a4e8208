#!/usr/bin/env bats
# cxlog list and export: periods, filters, forms.

load helper

# put TIME WORD… - one record at that time
put() { cxlog log --at "$1" "${@:2}" >/dev/null; }
# notes WORD… - the notes of what list finds, in its order
notes() { cxlog list "$@" --json | jq -r .note | paste -sd, -; }

setup() {
    setup_world
    put '2024-12-31 23:59' 배송 전화 a
    put '2025-01-01 00:00' 배송/지연 카톡 b +vip @한빛 %서울
    put '2025-01-06 09:00' 환불 전화 c :해결 :긍정 +vip +new
    put '2025-06-30 23:59' 환불/해지 이메일 d :이관 :부정 @갑
    put '2025-07-01 00:00' 오류 e
    CXLOG_AGENT_NAME=이바다 put '2025-12-31 12:00' 기타 게시판 'Fox 여우' --hunch 느낌 @갑
}

@test "every period of the manual finds its records, in English and in Korean" {
    same 'all' 'a,b,c,d,e,Fox 여우' "$(notes all)"
    same '전체' 'a,b,c,d,e,Fox 여우' "$(notes 전체)"
    same 'a day' b "$(notes 2025-01-01)"
    same 'an ISO week, over the turn of the year' a,b "$(notes 2025-W01)"
    same 'the next week' c "$(notes 2025-W02)"
    same 'a month' b,c "$(notes 2025-01)"
    same 'a quarter' b,c "$(notes 2025-Q1)"
    same 'a half' b,c,d "$(notes 2025-H1)"
    same 'the other half' 'e,Fox 여우' "$(notes 2025-H2)"
    same 'a year' 'b,c,d,e,Fox 여우' "$(notes 2025)"
    same 'a range' b,c "$(notes 2025-01-01..2025-01-06)"
    same 'a range of one day' a "$(notes 2024-12-31..2024-12-31)"
}

@test "words for periods: today and what came before it" {
    local now word korean
    put "$(TZ=Asia/Seoul date -d yesterday '+%F 12:00')" 제안 gestern
    cxlog log 제안 heute >/dev/null
    same 'no period is today' heute "$(notes)"
    now=$(TZ=Asia/Seoul date +%F)
    same 'today' heute "$(notes today)"
    same '오늘' heute "$(notes 오늘)"
    same 'yesterday' gestern "$(notes yesterday)"
    same '어제' gestern "$(notes 어제)"
    same 'today by date' heute "$(notes "$now")"
    while read -r word korean; do
        has "$(notes "$word")" heute
        same "$word and $korean" "$(notes "$word")" "$(notes "$korean")"
        hasnt "$(notes "last-$word")" heute
        same "last-$word and 지난$korean" "$(notes "last-$word")" "$(notes "지난$korean")"
        same "last-$word and 지난 $korean" "$(notes "last-$word")" "$(notes 지난 "$korean")"
    done <<<'week 주
month 월
quarter 분기
half 반기
year 연'
}

@test "what is no period is refused with its forms" {
    local bad
    for bad in 2025-13 2025-02-30 2025-W54 2025-Q5 2025-H3 2025-01-02..2025-01-01 nonsense 20250101; do
        refused 65 '.' cxlog list "$bad"
    done
    refused 65 '.' cxlog list wek
    has "$stderr" '^    week$'
}

@test "filters are alternatives within one, and together all must hold" {
    same 'category' a,b "$(notes all --category 배송)"
    same 'by code' a,b "$(notes all --category ㅂㅅ)"
    same 'category and detail' b "$(notes all --category 배송/지연)"
    same 'two categories' a,b,e "$(notes all --category 배송 --category 오류)"
    same 'channel' a,c "$(notes all --channel 전화)"
    same 'region' b "$(notes all --region 서울)"
    same 'agent' 'Fox 여우' "$(notes all --agent 이바다)"
    same 'sentiment' d "$(notes all --sentiment 부정)"
    same 'result' c "$(notes all --result 해결)"
    same 'tag' b,c "$(notes all --tag vip)"
    same 'customer' 'd,Fox 여우' "$(notes all --customer 갑)"
    same 'grep in the note, case ignored' 'Fox 여우' "$(notes all --grep fOX)"
    same 'grep in the hunch' 'Fox 여우' "$(notes all --grep 느낌)"
    same 'grep in the customer' b "$(notes all --grep 한빛)"
    same 'grep is no pattern' '' "$(notes all --grep '%')"
    same 'together' c "$(notes all --tag vip --channel 전화)"
    same 'nothing' '' "$(notes all --tag vip --agent 이바다)"
    refused 65 '.' cxlog list all --category 배숑
    has "$stderr" '^    배송$'
    refused 65 '.' cxlog list all --result 완료
}

@test "--limit shows the newest, newest last" {
    same 'two' 'e,Fox 여우' "$(notes all -n 2)"
    same 'more than there are' 'a,b,c,d,e,Fox 여우' "$(notes all --limit 100)"
    refused 64 '.' cxlog list all -n 0
    refused 64 '.' cxlog list all -n 1e1
}

@test "--limit counts from the end over years, filters, and what stands behind the last that counts" {
    put '2019-02-03 10:00' 제안 old
    cxlog void "$(cxlog log 제안 today)" >/dev/null
    same 'the newest of all' 'Fox 여우' "$(notes all -n 1)"
    same 'far apart' 'old,a' "$(notes 2019-01-01..2024-12-31 -n 2)"
    same 'a filter' old "$(notes all -n 3 --category 제안)"
    put '2025-12-31 09:00' 제안 morning
    same 'a part of a day' 'Fox 여우' "$(notes 2025 -n 1)"
    same 'versions that do not count' 'today' "$(notes all --all --category 제안 -n 2 | cut -d, -f1)"
    same 'every version' "$(cxlog list all --all --json | jq -s length)" "$(cxlog list all --all -n 100 --json | jq -s length)"
}

# many FROM TO - records in one go, their notes numbered
many() { seq "$1" "$2" | sed 's/.*/{"category":"배송","channel":"전화","customer":"고객 &","note":"n&","contacted_at":"2023-05-01T09:00:00+09:00"}/' | cxlog log - -q >/dev/null; }

@test "a list longer than a table is held: one header, every row once and in order, every line even" {
    many 1 4100
    cxlog list 2023 >"$WORLD/long"
    same 'lines' 4102 "$(wc -l <"$WORLD/long")"
    same 'rows' "$(seq -f n%.0f 4100)" "$(grep -oE ' n[0-9]+ *$' "$WORLD/long" | tr -d ' ')"
    same 'widths' 1 "$(sed 1,2d "$WORLD/long" | awk '{print length($0)}' | sort -u | wc -l)"
    same 'the newest of them' "$(seq -f n%.0f 1099 4100)" "$(cxlog list 2023 -n 3002 | grep -oE ' n[0-9]+ *$' | tr -d ' ')"
}

# most WORD… - the most memory that cxlog took, in KiB
most() { python3 -B -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$CXLOG_BIN/cxlog" "$@"; }

@test "a table of many records takes no more memory than one of few" {
    ! grep -q __asan_init "$CXLOG_BIN/cxlog" || skip 'a sanitizer keeps what is freed'
    many 1 4000
    local few
    few=$(most list 2023)
    many 4001 24000
    same 'less than 8 MiB more' yes "$([ "$(most list 2023)" -lt $((few + 8192)) ] && echo yes)"
}

@test "--unsent finds what is not in the sheet, of every day" {
    same 'all of them' 6 "$(cxlog list --unsent --json | jq -s length)"
    same 'of a period' b,c "$(notes 2025-01 --unsent)"
}

@test "corrected and voided records are left out, --all shows them" {
    cxlog amend '#2' --note b2 >/dev/null
    cxlog void '#3' >/dev/null
    same 'effective' 'a,b2,d,e,Fox 여우' "$(notes all)"
    same 'versions' 8 "$(cxlog list all --all --json | jq -s length)"
    same 'effective among them' 5 "$(cxlog list all --all --json | jq -s '[.[] | select(.effective)] | length')"
}

@test "--json is one object a line with the members of log" {
    quietly 0 cxlog list 2025-01-01 --json
    same 'lines' 1 "${#lines[@]}"
    member '[.schema,.state,.contacted_at,.agent,.channel,.category,.detail,.customer,.region,.tags,.note,.handle_s]' \
        '[1,"pending","2025-01-01T00:00:00+09:00","김하늘","카카오톡","배송","지연","한빛","서울",["vip"],"b",null]'
    local listed=$output
    quietly 0 cxlog log 배송 x --json
    same 'members' "$(jq -c keys_unsorted <<<"$output")" "$(jq -c keys_unsorted <<<"$listed")"
}

@test "--plain has one line a record and stable columns, tabs and newlines escaped" {
    put '2025-08-01 10:00' 배송 --note $'a\tb\nc\\d'
    quietly 0 cxlog list 2025-08-01 --plain
    same 'lines' 2 "${#lines[@]}"
    same 'header' $'number\tcontacted_at\tcategory\tdetail\tchannel\tcustomer\tagent\tresult\tnote\tid\tstate' "${lines[0]}"
    same 'cells' 11 "$(awk -F'\t' '{print NF}' <<<"${lines[1]}")"
    same 'note' 'a\tb\nc\\d' "$(cut -f9 <<<"${lines[1]}")"
}

@test "the table is aligned at every mix of Hangul, and says when there is nothing" {
    quietly 0 cxlog list all
    local width line
    for line in "${lines[@]}"; do
        width=$(LC_ALL=C.UTF-8 bash -c 'printf "%s" "$1" | wc -L' _ "$line")
        same "width of: $line" "$(LC_ALL=C.UTF-8 bash -c 'printf "%s" "$1" | wc -L' _ "${lines[1]}")" "$width"
    done
    expect 0 cxlog list 2001
    same stdout '' "$output"
    has "$stderr" 2001
    quietly 0 cxlog list 2001 --json
    same 'stdout of --json' '' "$output"
}

@test "where there is nothing, what was asked for is named" {
    expect 0 cxlog list 2025 --agent 이바닥 --tag $'a\xe2\x80\xaeb'
    same 'the period and the filter, escaped' $'no records in 2025\nonly: agent 이바닥 · tag a\\u202eb' "$stderr"
    expect 0 cxlog list 2001
    same 'without a filter' 'no records in 2001' "$stderr"
}

@test "on a narrow terminal every line fits" {
    needs_terminal
    put '2025-08-01 10:00' 배송 전화 "$(printf '긴 글 %.0s' {1..40})"
    local cells
    for cells in 60 80 120; do
        COLUMNS=$cells run at_terminal --columns "$cells" "$CXLOG_BIN/cxlog" list all --color never
        same "widest line at $cells" yes "$([ "$(tr -d '\r' <<<"$output" | LC_ALL=C.UTF-8 wc -L)" -le "$cells" ] && echo yes)"
    done
}

@test "a reader that goes away ends list quietly" {
    local i
    seq -f '배송 메모 %g' 5000 | cxlog log - >/dev/null
    for i in '' --json --csv --plain; do
        # shellcheck disable=SC2086 # none or one
        run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" list all '$i' | head -1; exit "${PIPESTATUS[0]}"'
        same "stderr of list $i" '' "$stderr"
        [ "$status" -eq 0 ] || [ "$status" -eq 141 ]
        same "lines of list $i" 1 "${#lines[@]}"
    done
}

@test "a full disk under list is an error" {
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" list all >/dev/full'
    same 'exit code' 74 "$status"
    has "$stderr" '^cxlog: the output could not be written'
}

# csv_rows - RFC 4180 on stdin as one JSON array a record
csv_rows() { python3 -c 'import csv,json,sys,io
text = sys.stdin.buffer.read().decode("utf-8")
assert text.startswith("\ufeff"), "no BOM"
for row in csv.reader(io.StringIO(text[1:], newline=""), strict=True): print(json.dumps(row, ensure_ascii=False))'; }

@test "export is RFC 4180 with BOM and CRLF, every column under its heading, safe for spreadsheets" {
    command -v python3 >/dev/null || skip 'needs python3'
    put '2025-08-01 10:00' 배송 --note $'=1+1, "quoted"\nsecond' --hunch '+82-10' --customer '-갑'
    cxlog export 2025-08-01 >"$WORLD/x.csv"
    same 'line ends' 1 "$(grep -c $'검증\r$' "$WORLD/x.csv")"
    same 'headings' '["일시","담당","채널","구분","세부","고객","지역","의견","내용","느낌","결과","처리(초)","대기(초)","CSAT","NPS","CES","태그","링크","기록ID","기록시각","정정","검증"]' \
        "$(csv_rows <"$WORLD/x.csv" | head -1 | jq -c .)"
    same 'cells that begin like a formula are disarmed' '["'"'"'-갑","'"'"'=1+1, \"quoted\"\nsecond","'"'"'+82-10"]' \
        "$(csv_rows <"$WORLD/x.csv" | tail -1 | jq -c '[.[5],.[8],.[9]]')"
}

@test "export -o appears whole, readable by its owner alone; --json is NDJSON" {
    quietly 0 cxlog export -o "$WORLD/all.csv"
    same 'mode' 600 "$(stat -c %a "$WORLD/all.csv")"
    same 'records and header' 7 "$(wc -l <"$WORLD/all.csv")"
    quietly 0 cxlog export --json
    same 'records' 6 "${#lines[@]}"
    refused 73 '.' cxlog export -o "$WORLD/none/x.csv"
    same 'nothing is left lying about' "$WORLD/all.csv" "$(ls -d "$WORLD"/all.csv*)"
}
