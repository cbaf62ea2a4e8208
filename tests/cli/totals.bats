#!/usr/bin/env bats
# cxlog totals: every period and dimension, comparisons, forms, and the basis that every number stands on.

load helper

setup_file() {
    load helper
    shared_home
    cxlog field add 등급 --kind text >/dev/null
    {
        # time|agent|channel|category|detail|customer|region|sentiment|result|tags|등급
        cat <<'ROWS'
2024-01-01T00:00:00|김하늘|전화|배송||||||
2024-12-30T09:00:00|김하늘|전화|배송||||||
2025-01-01T00:00:00|김하늘|전화|배송|지연|갑|서울|긍정|해결|vip+new|A
2025-01-06T09:30:00|이바다|카카오톡|배송|지연|갑|부산|부정|진행|vip|B
2025-01-07T10:00:00|이바다|카카오톡|배송|파손|을||||
2025-03-31T23:59:59|김하늘|전화|환불||||||
2025-04-01T00:00:00|김하늘|이메일|환불|해지|||||
2025-06-30T12:00:00|김하늘|이메일|오류||||||
2025-07-01T12:00:00|김하늘||오류||||||
2025-12-31T23:59:59|이바다|게시판|기타||||||
ROWS
    } | while IFS='|' read -r when agent channel category detail customer region sentiment result tags grade; do
        jq -nc --arg a "${when}+09:00" --arg b "$agent" --arg c "$channel" --arg d "$category" --arg e "$detail" --arg f "$customer" \
            --arg g "$region" --arg h "$sentiment" --arg i "$result" --arg t "$tags" --arg k "$grade" \
            '{contacted_at:$a,agent:$b,channel:$c,category:$d,detail:$e,customer:$f,region:$g,sentiment:$h,result:$i,tags:($t|split("+")),fields:(if $k == "" then {} else {"등급":$k} end)}'
    done | cxlog log - >/dev/null
}

# Every test reads its own copy: some change it.
setup() { own_copy; }

# counts WORD… - the rows of totals as key=count, blank keys as -
counts() { cxlog totals "$@" --json | jq -r '.rows[] | select(.count > 0) | (.key | map(if . == "" then "-" else . end) | join("/")) + "=" + (.count | tostring)' | paste -sd' ' -; }
total() { cxlog totals "$@" --json | jq .total.count; }

@test "every kind of period counts its own records" {
    same 'all' 10 "$(total all)"
    same '전체' 10 "$(total 전체)"
    same 'year' 8 "$(total 2025)"
    same 'first half' 6 "$(total 2025-H1)"
    same 'second half' 2 "$(total 2025-H2)"
    same 'quarters' '4 2 1 1' "$(for q in 1 2 3 4; do total 2025-Q$q; done | paste -sd' ' -)"
    same 'month' 3 "$(total 2025-01)"
    same 'the week over the turn of the year' 2 "$(total 2025-W01)"
    same 'a week' 2 "$(total 2025-W02)"
    same 'a day' 1 "$(total 2025-03-31)"
    same 'a range' 2 "$(total 2025-03-31..2025-04-01)"
}

@test "the periods of words: this one, the last one, in both languages" {
    cxlog log 제안 heute >/dev/null
    local word korean kind
    while read -r word korean kind; do
        quietly 0 cxlog totals "$word" --json
        member '[.period.kind,.total.count]' "[\"$kind\",1]"
        local here=$output
        quietly 0 cxlog totals "$korean" --json
        same "$korean" "$here" "$output"
        quietly 0 cxlog totals "last-$word" --json
        member '[.period.kind,.period.label]' "$(jq -c '[.previous_period.kind,.previous_period.label]' <<<"$here")"
        quietly 0 cxlog totals 지난"$korean" --json
        member '[.period.kind,.period.label]' "$(jq -c '[.previous_period.kind,.previous_period.label]' <<<"$here")"
    done <<<'week 주 week
month 월 month
quarter 분기 quarter
half 반기 half
year 연 year'
    same 'today' "$(cxlog totals today --json)" "$(cxlog totals 오늘 --json)"
    same 'yesterday' 0 "$(total 어제)"
    quietly 0 cxlog totals --json
    member .period.kind week
}

@test "every dimension, by its English and its Korean name" {
    local english korean expected
    while read -r english korean expected; do
        same "by $english" "$expected" "$(counts 2025 --by "$english")"
        same "by $korean" "$expected" "$(counts 2025 --by "$korean")"
    done <<'DIMS'
category 구분 배송=3 오류=2 환불=2 기타=1
detail 세부 배송/지연=2 오류/=2 기타/=1 배송/파손=1 환불/=1 환불/해지=1
channel 채널 이메일=2 전화=2 카카오톡=2 -=1 게시판=1
region 지역 -=6 부산=1 서울=1
agent 담당 김하늘=5 이바다=3
sentiment 의견 -=6 긍정=1 부정=1
result 결과 -=6 진행=1 해결=1
tag 태그 -=6 vip=2 new=1
customer 고객 -=5 갑=2 을=1
field:등급 필드:등급 -=6 A=1 B=1
DIMS
}

@test "dimensions of time stand in their own order" {
    same 'weekdays' '[3,3,2]' "$(cxlog totals 2025 --by weekday --json | jq -c '[.rows[] | select(.count>0) | .count]')"
    same 'hours' '[2,1,1,2,2]' "$(cxlog totals 2025 --by hour --json | jq -c '[.rows[] | select(.count>0) | .count]')"
    same 'days' '2025-01-01=1 2025-01-06=1 2025-01-07=1' "$(counts 2025-01 --by day)"
    same 'weeks' '2025-W01=1 2025-W02=2' "$(counts 2025-01 --by week)"
    same 'months' '2025-01=3 2025-03=1 2025-04=1 2025-06=1 2025-07=1 2025-12=1' "$(counts 2025 --by month)"
    same 'quarters' '2025-Q1=4 2025-Q2=2 2025-Q3=1 2025-Q4=1' "$(counts 2025 --by quarter)"
    same 'halves' '2025-H1=6 2025-H2=2' "$(counts 2025 --by half)"
    same 'years' '2024=2 2025=8' "$(counts all --by year)"
    local english korean
    while read -r english korean; do
        same "$english and $korean" "$(counts all --by "$english")" "$(counts all --by "$korean")"
    done <<<'weekday 요일
hour 시간
day 일
week 주
month 월
quarter 분기
half 반기
year 연'
}

@test "what is no dimension is refused with the near ones" {
    refused 65 '"categry"' cxlog totals --by categry
    has "$stderr" '^    category$'
    refused 64 'at most two' cxlog totals --by category,channel,region
    refused 64 '.' cxlog totals --by category,category
    refused 64 '.' cxlog totals --by ''
    refused 65 '.' cxlog totals --by field:없음
}

@test "the JSON has the members and types of the contract" {
    quietly 0 cxlog totals 2025-01 --by category --json
    member '{schema,period,by}' '{"schema":1,"period":{"kind":"month","label":"2025-01","from":"2025-01-01","to":"2025-01-31"},"by":["category"]}'
    member '.rows[0] | {key,count,previous,cumulative}' '{"key":["배송"],"count":3,"previous":1,"cumulative":3}'
    member .total '{"count":3,"previous":1,"cumulative":3}'
    member '.basis | [.zone,.last_sync,.pending,.unknown,.scheme_version]' "[\"Asia/Seoul\",null,3,0,$(cxlog status --json | jq .scheme_version)]"
    member '[.. | numbers | . == floor] | all' true
}

@test "cumulative runs from 1 January of the period's year to the period's end" {
    quietly 0 cxlog totals 2025-Q2 --json
    member '[.total.count,.total.cumulative]' '[2,6]'
    member '[.rows[] | select(.key == ["배송"]) | .count, .previous, .cumulative]' '[0,3,3]'
    quietly 0 cxlog totals 2025-12-31 --json
    member .total.cumulative 8
    quietly 0 cxlog totals 2025-W01 --json
    member '[.period.from,.period.to,.total.count]' '["2024-12-30","2025-01-05",2]'
}

@test "--vs compares with the period before, the year before, or nothing" {
    quietly 0 cxlog totals 2025-01 --vs prev --json
    member '[.total.count,.total.previous]' '[3,1]'
    local plain=$output
    quietly 0 cxlog totals 2025-01 --json
    same 'prev is what is meant without --vs' "$plain" "$output"
    quietly 0 cxlog totals 2025-01 --vs year --json
    member '[.total.previous,.previous_period.label]' '[1,"2024-01"]'
    quietly 0 cxlog totals 2025-01 --vs none --json
    member '[.total.previous,.rows[0].previous]' '[null,null]'
    refused 64 '.' cxlog totals --vs never
}

@test "-n gives that many periods, oldest first, each of them whole" {
    quietly 0 cxlog totals 2025-03 -n 3 --json
    member '[.schema,(.periods | length),(.periods[] | .period.label)]' '[1,3,"2025-01","2025-02","2025-03"]'
    member '[.periods[].total.count]' '[3,0,1]'
    member '[.periods[].total.cumulative]' '[3,3,4]'
    local single
    single=$(cxlog totals 2025-02 --json | jq -c '{period,by,rows,total}')
    member '.periods[1] | {period,by,rows,total}' "$single"
    quietly 0 cxlog totals 2025-03 -n 3 --cumulative
    has "$output" 2025-02
    refused 64 '.' cxlog totals -n 0
    refused 64 '.' cxlog totals -n x
}

@test "two dimensions: keys of two, rows and columns add up to the total" {
    same 'counts' '배송/카카오톡=2 배송/전화=1 오류/-=1 오류/이메일=1 환불/이메일=1 환불/전화=1 기타/게시판=1' "$(counts 2025 --by 구분,채널)"
    quietly 0 cxlog totals 2025 --by category,channel --json
    member '[.by,(.rows | map(.count) | add),.total.count]' '[["category","channel"],8,8]'
    expect 0 cxlog totals 2025 --by category,channel
    has "$output" '^배송 .* 3 *$'
    has "$output" '^total .* 8 *$'
}

@test "two team fields: every record under the values of both" {
    cxlog field add 색 >/dev/null
    for colour in 빨강 빨강 파랑; do
        cxlog log 제안 --at '2023-03-01 10:00' --field 등급=A --field "색=$colour" >/dev/null
    done
    same 'both' 'A/빨강=2 A/파랑=1' "$(counts 2023 --by field:등급,field:색)"
    same 'the other way' '빨강/A=2 파랑/A=1' "$(counts 2023 --by field:색,field:등급)"
    same 'beside a category' '제안/빨강=2 제안/파랑=1' "$(counts 2023 --by 구분,field:색)"
}

@test "a team field with the longest name is counted by, under its name and its alias" {
    local long
    long=$(printf '긴%.0s' $(seq 100))
    cxlog field add "$long" >/dev/null
    cxlog field alias "$long" 짧 >/dev/null
    cxlog log 제안 --at '2023-03-01 10:00' --field "$long=값" >/dev/null
    same 'by name' '값=1' "$(counts 2023 --by "field:$long")"
    same 'by alias' '값=1' "$(counts 2023 --by field:짧)"
    expect 0 cxlog totals 2023 --by "field:$long,채널"
    has "$output" "$long"
}

@test "tags are not summed: the total counts each record once" {
    quietly 0 cxlog totals 2025 --by tag --json
    member '[(.rows | map(.count) | add),.total.count]' '[9,8]'
}

@test "a tag as long as tags may be is counted" {
    local long
    long=$(printf '긴%.0s' $(seq 990))
    quietly 0 cxlog log 제안 긴 태그 --at '2023-05-05 10:00' --tag "vip,$long"
    quietly 0 cxlog totals 2023 --by tag --json
    member '[.rows[] | select(.count == 1) | .key[0] | length] | sort' '[3,990]'
}

@test "--top folds the rest into one row, the total stays" {
    quietly 0 cxlog totals 2025 --top 2 --json
    member '[.rows[].count]' '[3,2,3]'
    member '[.rows[2].folded,.total.count]' '[2,8]'
    expect 0 cxlog totals 2025 --top 2
    has "$output" '\(2\)'
    refused 64 '.' cxlog totals --top 0
}

@test "--sum makes one period of several, compared with as many before" {
    quietly 0 cxlog totals 2025-04 -n 2 --sum --json
    member '[.period.kind,.period.label,.total.count]' '["range","2025-03-01..2025-04-30",2]'
    member '[.previous_period.label,.total.previous]' '["2025-01-01..2025-02-28",3]'
    member '[.rows[] | select(.key == ["배송"]) | .count, .previous]' '[0,3]'
    quietly 0 cxlog totals 2025-02 -n 2 --sum --vs year --json
    member '[.total.count,.previous_period.label,.total.previous]' '[3,"2024-01-01..2024-02-29",1]'
    quietly 0 cxlog totals 2025-W02 -n 2 --sum --by 구분,채널 --json
    member '[.period.from,.period.to,.total.count]' '["2024-12-30","2025-01-12",4]'
    refused 64 '-n' cxlog totals 2025 --sum
}

@test "the rows of --sum add up to its total, also in the period before" {
    quietly 0 cxlog totals 2026-H1 -n 1 --sum --json
    member '[(.rows | map(.previous) | add),.total.previous]' '[2,2]'
    member '[.rows[] | .key[0]] | sort' '["기타","오류"]'
    same 'by two' 2 "$(cxlog totals 2026-H1 -n 1 --sum --by 구분,채널 --json | jq '.rows | map(.previous) | add')"
}

@test "--sort: by count, by name, as the scheme has them; time keeps its own order; a fold stays last" {
    order() { cxlog totals 2025 "$@" --json | jq -r '.rows[].key | join("/")' | paste -sd' ' -; }
    same 'count' '배송 오류 환불 기타' "$(order)"
    same 'count, said' '배송 오류 환불 기타' "$(order --sort count)"
    same 'name' '기타 배송 오류 환불' "$(order --sort name)"
    same 'scheme' '배송 환불 오류 기타' "$(order --sort scheme)"
    same 'channels as the scheme has them, blank last' '전화 게시판 카카오톡 이메일 ' "$(order --sort scheme --by channel)"
    same 'details with their category' '배송/지연 배송/파손 배송/ 환불/해지 환불/ 오류/ 기타/' "$(order --sort scheme --by detail)"
    same 'months' "$(order --by month)" "$(order --by month --sort name)"
    same 'a fold is made of the smallest, and stands last' '배송 오류 ' "$(order --sort name --top 2)"
    same 'columns too' $'category \\\\ channel\t전화\t게시판\t카카오톡\t이메일\t\ttotal' \
        "$(cxlog totals 2025 --by 구분,채널 --sort scheme --plain 2>/dev/null | head -1)"
    same 'rows of several periods too' '기타 배송 오류 환불' \
        "$(cxlog totals 2025 -n 2 --by 구분 --sort name --plain 2>/dev/null | sed '1d;$d' | cut -f1 | paste -sd' ' -)"
    refused 64 'count, scheme or name' cxlog totals --sort cuont
}

@test "--hide-empty leaves out what has no record in the period, and nothing from the total" {
    quietly 0 cxlog totals 2025-Q2 --json
    member '[.rows[] | select(.count == 0)] | length' 1
    quietly 0 cxlog totals 2025-Q2 --hide-empty --json
    member '[.rows[] | select(.count == 0)] | length' 0
    member .total '{"count":2,"previous":4,"cumulative":6}'
    hasnt "$(cxlog totals 2025-Q2 --hide-empty)" '^배송'
    has "$(cxlog totals 2025-Q2 --hide-empty --cumulative)" '^배송'
    hasnt "$(cxlog totals 2025-Q2 --by 구분,채널 --hide-empty)" '^배송'
}

@test "--percent: of the row, of the column, of all" {
    percent() { cxlog totals 2025 "$@" --plain 2>/dev/null | sed -n 's/^배송\t//p; s/^total\t//p'; }
    local header
    header=$(cxlog totals 2025 --by 구분,채널 --plain 2>/dev/null | head -1)
    has "$header" $'\t이메일\t전화\t카카오톡\t'
    same 'row' "$(printf '0.0\t33.3\t66.7\t0.0\t0.0\t100.0\n25.0\t25.0\t25.0\t12.5\t12.5\t100.0')" "$(percent --by 구분,채널 --percent row)"
    same 'col' "$(printf '0.0\t50.0\t100.0\t0.0\t0.0\t37.5\n100.0\t100.0\t100.0\t100.0\t100.0\t100.0')" "$(percent --by 구분,채널 --percent col)"
    same 'all' "$(printf '0.0\t12.5\t25.0\t0.0\t0.0\t37.5\n25.0\t25.0\t25.0\t12.5\t12.5\t100.0')" "$(percent --by 구분,채널 --percent all)"
    same 'periods, row' "$(printf '40.0\t60.0\n20.0\t80.0')" "$(percent -n 2 --by 구분 --percent row)"
    same 'periods, col' "$(printf '100.0\t37.5\n100.0\t100.0')" "$(percent -n 2 --by 구분 --percent col)"
    same 'periods, all' "$(printf '20.0\t30.0\n20.0\t80.0')" "$(percent -n 2 --by 구분 --percent all)"
    has "$(cxlog totals 2025 --by 구분,채널 --percent row)" 'percent of the row'
    refused 64 'two dimensions' cxlog totals 2025 --percent row
    refused 64 'several tags' cxlog totals 2025 --by 태그,구분 --percent row
    expect 64 cxlog totals 2025 --by 구분,채널 --percent row --json
}

@test "filters narrow every number, cumulative and previous too" {
    quietly 0 cxlog totals 2025-01 --agent 이바다 --json
    member .total '{"count":2,"previous":0,"cumulative":2}'
    same 'category' '배송/지연=2 배송/파손=1' "$(counts 2025 --category 배송 --by detail)"
    same 'channel and region' 1 "$(total 2025 --channel 카톡 --region 부산)"
    same 'tag' 2 "$(total 2025 --tag vip)"
    same 'grep' 1 "$(total 2025 --grep 을)"
    expect 0 cxlog totals 2025 --agent 이바다
    has "$output" '이바다'
}

@test "corrections count once, in their new place" {
    cxlog amend '#3' --category 환불 --at '2025-02-01 10:00' >/dev/null
    cxlog void '#4' >/dev/null
    same 'January' 1 "$(total 2025-01)"
    same 'February' '환불=1' "$(counts 2025-02)"
    same 'year' '환불=3 오류=2 기타=1 배송=1' "$(counts 2025)"
}

@test "the table stands on its basis line; no data is a table too" {
    quietly 0 cxlog totals 2025-W02
    has "$output" '2025-W02'
    has "$output" '^배송 +2 '
    has "$output" '^total +2 '
    has "$output" 'basis: .*scheme v[0-9]+'
    quietly 0 cxlog totals 2001
    has "$output" 'basis: '
}

@test "--csv, --plain and --md carry raw numbers, the basis goes to stderr or below" {
    expect 0 cxlog totals 2025 --vs none --plain
    same 'header' $'category\tcount\tshare\tcumulative' "${lines[0]}"
    same 'row' $'배송\t3\t37.5\t3' "${lines[1]}"
    has "$stderr" 'basis: '
    expect 0 cxlog totals 2025 --vs none --csv
    same 'BOM' $'\xef\xbb\xbf' "${lines[0]:0:3}"
    has "${lines[1]}" '^배송,3,37\.5,3'
    quietly 0 cxlog totals 2025 --vs none --md
    has "$output" '^\| 배송 \| 3 \|'
    has "$output" 'basis: '
    refused 64 '.' cxlog totals --csv --md
}

@test "--csv has negative numbers as numbers" {
    expect 0 cxlog totals 2025-02 --csv
    has "$output" '^배송,0,3,-3,'
    hasnt "$output" "'-"
}

# blocks ROW WORD… - the little chart of a row
blocks() { cxlog totals "${@:2}" | sed -n "s/^$1 .* \([·▁▂▃▄▅▆▇█]*\) *\$/\1/p"; }

@test "the chart of the total shows records, also where they bear several tags" {
    local n
    for n in 1 2; do cxlog log 제안 --at '2023-01-05 10:00' --tag a,b,c --note "$n" >/dev/null; done
    for n in 1 2 3 4; do cxlog log 제안 --at '2023-02-05 10:00' --note "$n" >/dev/null; done
    same 'twice as many' '···········▄█' "$(blocks total 2023-02 --by tag)"
    same 'a tag' '···········█·' "$(blocks a 2023-02 --by tag)"
    same 'a fold is what is not shown' '···········█·' "$(blocks 'others(3)' 2023-02 --by tag --top 1)"
}

@test "of several periods every row, the fold and the total are what each period says by itself" {
    local month
    expect 0 cxlog totals 2025-06 -n 6 --by customer --top 1 --plain
    same 'fold' 'others(2)' "$(sed -n '3s/\t.*//p' <<<"$output")"
    for month in 1 2 3 4 5 6; do
        same "month $month" "$(cxlog totals 2025-0$month --json | jq .total.count)" "$(sed -n 's/^total\t//p' <<<"$output" | cut -f"$month")"
        same "sum of month $month" "$(cut -f$((month + 1)) <<<"$output" | sed '1d;$d' | paste -sd+ - | bc)" \
            "$(sed -n 's/^total\t//p' <<<"$output" | cut -f"$month")"
    done
}

@test "an average of nearly nothing is not told as nothing" {
    cxlog log 제안 --at '2023-03-01 10:00' >/dev/null
    has "$(cxlog totals 2023-H1)" '^제안 .* <0\.1 '
}

@test "without a sheet totals are complete; with one, unsent records make the exit code 3" {
    expect 0 cxlog totals 2025
    export CXLOG_SHEET_ID=$SHEET
    expect 3 cxlog totals 2025 --json
    same stderr '' "$stderr"
    member '[.total.count,.basis.pending]' '[8,8]'
    expect 3 cxlog totals 2025
    has "$output" '^total +8 '
    has "$output" '8 unsent'
    expect 0 cxlog totals 2001
}

@test "totals is the same, and the same bytes, however often it is asked" {
    local first
    first=$(cxlog totals 2025 --by 구분,채널 --json)
    local i
    for i in 1 2 3 4 5; do same 'totals' "$first" "$(cxlog totals 2025 --by 구분,채널 --json)"; done
    same 'short and Korean names' "$first" "$(cxlog t 2025 --by 구분,채널 --json)"
    same 'short and Korean names' "$first" "$(cxlog 집계 2025 --by 구분,채널 --json)"
}
