#!/usr/bin/env bats
# cxlog totals --transpose: rows and columns change places, in every form that is a table.

load helper

setup_file() {
    load helper
    shared_home
    {
        # time|channel|category|tags
        cat <<'ROWS'
2025-01-06T09:30:00|카카오톡|배송|vip
2025-01-07T10:00:00|카카오톡|배송|
2025-02-03T10:00:00|전화|배송|vip
2025-02-04T10:00:00|전화|환불|
2025-03-03T10:00:00|전화|배송|
2025-03-04T10:00:00|이메일|환불|
2025-03-05T10:00:00|전화|배송|급함
ROWS
    } | while IFS='|' read -r when channel category tags; do
        jq -nc --arg a "${when}+09:00" --arg b "$channel" --arg c "$category" --arg t "$tags" \
            '{contacted_at:$a,channel:$b,category:$c,tags:($t|split("+"))}'
    done | cxlog log - >/dev/null
}

setup() { own_copy; }

# turned TEXT - a tab-separated table with rows and columns exchanged, by other means
turned() {
    awk -F'\t' '{ for (i = 1; i <= NF; i++) cell[NR, i] = $i; if (NF > most) most = NF }
        END { for (i = 1; i <= most; i++) { line = cell[1, i]; for (r = 2; r <= NR; r++) line = line "\t" cell[r, i]; print line } }' <<<"$1"
}

# exchanged CORNER WORD… - --plain is the other table with its rows as columns, but for what the corner names
exchanged() {
    local corner=$1 straight
    shift
    straight=$(cxlog totals "$@" --plain 2>/dev/null)
    expect 0 cxlog totals "$@" --plain --transpose
    same "$*" "$corner	$(turned "$straight" | cut -f2- | sed 1q)
$(turned "$straight" | sed 1d)" "$output"
}

@test "--plain: one dimension, two, periods alone, periods by a dimension" {
    exchanged category 2025-03
    exchanged category 2025 --cumulative
    exchanged 'channel \\ category' 2025 --by 구분,채널
    exchanged 'channel \\ tag' 2025 --by 태그,채널
    exchanged period 2025-03 -n 3
    exchanged 'period \\ category' 2025-03 -n 3 --by 구분
}

@test "--plain, number by number" {
    expect 0 cxlog totals 2025 --by 구분,채널 --plain --transpose
    same table "$(printf '%s\t%s\t%s\t%s\n' 'channel \\ category' 배송 환불 total 전화 3 1 4 카카오톡 2 0 2 이메일 0 1 1 total 5 2 7)" "$output"
}

@test "--csv and --md exchange them too" {
    expect 0 cxlog totals 2025-03 -n 3 --by 구분 --csv --transpose
    same csv "$(printf '\357\273\277period \\ category,배송,환불,total\r\n2025-01,2,0,2\r\n2025-02,1,1,2\r\n2025-03,2,1,3\r')" "$output"
    expect 0 cxlog totals 2025-03 -n 3 --by 구분 --md --transpose
    has "$output" '^\| period \\ category \| 배송 \| 환불 \| total \|$'
    has "$output" '^\| --- \| ---: \| ---: \| ---: \|$'
    has "$output" '^\| 2025-03 \| 2 \| 1 \| 3 \|$'
}

@test "for people: no chart and no bars, a rule above the sums, the basis below" {
    expect 0 cxlog totals 2025-03 --transpose
    hasnt "$output" 'last 13|▁|█'
    has "$output" '^this +2 +1 +3 *$'
    has "$output" '^basis: '
    expect 0 cxlog totals 2025-03 -n 3 --transpose
    hasnt "$output" '█'
    has "$output" '^period +2025-01 +2025-02 +2025-03 *$'
    expect 0 cxlog totals 2025 --by 구분,채널 --transpose
    same 'the line above the sums' '─' "$(tail -n +3 <<<"$output" | grep -B1 '^total' | head -c 3)"
}

@test "--percent row is of the rows as they are shown" {
    expect 0 cxlog totals 2025 --by 구분,채널 --percent row --plain --transpose
    has "$output" '^카카오톡	100.0	0.0	100.0$'
    expect 0 cxlog totals 2025 --by 구분,채널 --percent col --plain --transpose
    has "$output" '^카카오톡	40.0	0.0	28.6$'
    expect 0 cxlog totals 2025-03 -n 3 --by 구분 --percent row --plain --transpose
    has "$output" '^2025-01	100.0	0.0	100.0$'
    expect 0 cxlog totals 2025-03 -n 3 --by 구분 --percent col --plain --transpose
    has "$output" '^2025-01	40.0	0.0	28.6$'
    expect 0 cxlog totals 2025 --by 구분,채널 --percent all --plain --transpose
    has "$output" '^카카오톡	28.6	0.0	28.6$'
}

@test "a period without a record transposes to its total alone" {
    expect 0 cxlog totals 2020-01 --plain --transpose --hide-empty
    has "$output" '^category	total$'
    has "$output" '^count	0$'
}

@test "--json has no rows and columns to exchange" {
    expect 64 cxlog totals 2025 --transpose --json
    same stdout '' "$output"
    has "$(jq -r .error.message <<<"$stderr")" '^--transpose is for tables'
}

@test "on a narrow terminal the last columns go and are counted below, the total stays" {
    needs_terminal
    local i shown
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "{\"contacted_at\":\"2025-03-0${i}T11:00:00+09:00\",\"category\":\"배송\",\"channel\":\"전화\",\"customer\":\"고객번호$i\"}"
    done | cxlog log - >/dev/null
    shown=$(COLUMNS=60 TERM=dumb at_terminal --apart "$CXLOG_BIN/cxlog" totals 2025-03 --by 고객,채널 --transpose | tr -d '\r')
    has "$shown" '^channel.* 고객번호1 .* total *$'
    hasnt "$shown" '고객번호9'
    has "$shown" '^total .* 12 *$'
    has "$shown" 'too narrow for some columns \([5-9]\); --csv has'
    shown=$(COLUMNS=60 TERM=dumb at_terminal --apart "$CXLOG_BIN/cxlog" totals 2025-12 -n 12 --transpose | tr -d '\r')
    has "$shown" '^period.* 2025-11 +2025-12 *$'
    has "$shown" 'too narrow for [0-9] older periods'
}
