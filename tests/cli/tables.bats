#!/usr/bin/env bats
# Every table on a terminal of 60, 80 and 120 columns, with texts of every width, for both answers to ambiguous width.

load helper

setup_file() {
    load helper
    shared_home
    local nfd when
    nfd=$(printf '\341\204\207\341\205\242\341\204\211\341\205\251\341\206\274\341\204\222\341\205\241\341\206\257') # 배송할, decomposed
    local names=('📦🚚 특수배송 (해외·도서산간·새벽 배송 문의 모음)' "$nfd" '“인용”… ±×' '가족 결합 🇰🇷 ☎' 배송 결제 환불)
    local name
    for name in "${names[@]:0:4}"; do cxlog category add "$name" --new --reason '주간 회의 ★ 결정' 2>/dev/null; done
    cxlog category alias 배송 '택배 🚚 “퀵”' 2>/dev/null
    cxlog channel add '카톡 💬 상담·문의 창구' --new 2>/dev/null
    cxlog template add 송장★ 배송 전화 '송장 “조회” 안내 … 🚚' 2>/dev/null
    local i=0
    for when in 2025-10-07 2025-11-04 2025-11-11 2025-11-12 "$(TZ=Asia/Seoul date +%F)"; do
        for name in "${names[@]}" 배송 배송 결제; do
            i=$((i + 1))
            jq -nc --arg at "${when}T00:00:0$((i % 10))+09:00" --arg name "$name" --argjson i "$i" '{contacted_at:$at,category:$name,
                channel:(["전화","카카오톡","온라인채팅","게시판","이메일","카톡 💬 상담·문의 창구"][$i % 6]), tags:["급함★","vip"][0:($i % 3)],
                customer:(if $i % 3 == 0 then "김👩‍👩‍👧하늘" else "甲…" end), result:(if $i % 2 == 0 then "해결" else "" end),
                note:"이모지 🚚 와 “따옴표”… ± × ★ ☎️ ① 그리고 아주 긴 메모가 이어진다, and on it goes until the line ends"}'
        done
    done | cxlog log - >/dev/null
    cxlog amend '#3' --note '고친 “메모” 🚚 …' 2>/dev/null >/dev/null
}

setup() { own_copy; }

# on COLUMNS WORD… - what cxlog shows on a terminal of so many columns
on() {
    local columns=$1
    shift
    COLUMNS=$columns TERM=dumb CXLOG_UI_PAGER=cat at_terminal --apart "$CXLOG_BIN/cxlog" "$@"
}

# even TABLES WORD… - every line of these tables is as wide as the next, at every width of the terminal
even() {
    local tables=$1 columns ambiguous
    shift
    for columns in 60 80 120; do
        for ambiguous in narrow wide; do
            export CXLOG_UI_AMBIGUOUS=$ambiguous CXLOG_UI_LANG=ko
            [ "$ambiguous" = narrow ] || export CXLOG_UI_LANG=en # its words are the longer ones
            same "$* at $columns columns, $ambiguous" '' \
                "$(on "$columns" "$@" | python3 "$BATS_TEST_DIRNAME/table_lines.py" "$columns" "$ambiguous" "$tables")"
        done
    done
}

@test "totals: one dimension" {
    needs_terminal
    even 1 totals 2025-W46
    even 1 totals 2025-11 --top 2 --vs year --customer '김👩‍👩‍👧하늘' --grep '이모지 🚚 와 “따옴표”'
    even 1 totals 2025 --cumulative --by tag
}

@test "totals: two dimensions" {
    needs_terminal
    even 1 totals 2025 --by 구분,채널
    even 1 totals 2025 --by 고객,구분
    even 1 totals 2025 --by 태그,요일
}

@test "totals: several periods" {
    needs_terminal
    even 1 totals 2025-11 -n 6
    even 1 totals month -n 3 --cumulative
    even 1 totals 2025-11 -n 13 --by 구분
}

@test "totals, rows and columns exchanged" {
    needs_terminal
    even 1 totals 2025-11 --transpose
    even 1 totals 2025 --by 구분,채널 --transpose
    even 1 totals 2025 --by 태그,요일 --transpose
    even 1 totals 2025-11 -n 13 --transpose
    even 1 totals 2025-11 -n 13 --by 구분 --transpose
}

@test "settings and where they come from" {
    needs_terminal
    settings '[defaults]' 'channel = 카톡 💬 상담·문의 창구'
    even 1 config list --origin
}

@test "list, with the state of a sheet and without" {
    needs_terminal
    even 1 list 2025-11
    even 1 list all --all -n 20
    export CXLOG_SHEET_ID=$SHEET CXLOG_SYNC_AUTO=no
    even 1 list all
}

@test "the scheme, its events, templates" {
    needs_terminal
    even 1 category list
    even 1 category list --all
    even 1 channel list
    even 1 category log
    even 1 template list
}

@test "the history of one record" {
    needs_terminal
    local columns
    for columns in 60 80 120; do
        same "show at $columns columns" '' "$(on "$columns" show '#3' | sed '1,/^ *#  /{/^ *#  /!d}' |
            python3 "$BATS_TEST_DIRNAME/table_lines.py" "$columns" narrow 1)"
    done
}

@test "status and doctor: no line is wider than the terminal, bars stand one below the other" {
    needs_terminal
    even lines status
    even lines doctor --offline
    export CXLOG_SHEET_ID=$SHEET CXLOG_SYNC_AUTO=no
    even lines status
    local ambiguous
    for ambiguous in narrow wide; do
        export CXLOG_UI_AMBIGUOUS=$ambiguous
        same "bars, $ambiguous" 7 "$(on 60 status | grep -c █)"
        same "lines of bars, $ambiguous" '' "$(on 60 status | grep █ | python3 "$BATS_TEST_DIRNAME/table_lines.py" 60 "$ambiguous" one)"
    done
}

@test "numbers are never cut, and the columns go in their order: chart, share, average, percent, change, year" {
    needs_terminal
    export CXLOG_UI_AMBIGUOUS=narrow CXLOG_UI_LANG=en
    local columns shown all='year|change|%|day|share|last 13' wanted
    local order=('last 13' share 'a day' '%' change 'year to date') lost former=0
    for columns in 120 110 104 96 88 80 72 64 60 50 40; do
        shown=$(on "$columns" totals 2025-W46 | tr -d '\r' | sed -n '/^category  /p')
        lost=0
        for wanted in "${order[@]}"; do # what is missing is the beginning of the order
            if grep -qF "  $wanted" <<<"$shown"; then break; fi
            lost=$((lost + 1))
        done
        for wanted in "${order[@]:lost}"; do has "$shown" "  $wanted"; done
        [ "$lost" -ge "$former" ]
        former=$lost
        has "$(on "$columns" totals 2025-W46)" '^total .* 20 '
    done
    [ "$former" -gt 3 ]
}

@test "off a terminal nothing is cut and nothing is broken" {
    export COLUMNS=40
    has "$(cxlog totals 2025-W46)" '📦🚚 특수배송 \(해외·도서산간·새벽 배송 문의 모음\) '
    has "$(cxlog totals 2025-W46)" '^2025-W46 · .* against 2025-W45$'
    has "$(cxlog list 2025-11)" 'until the line ends'
}
