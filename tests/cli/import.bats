#!/usr/bin/env bats
# cxlog import: RFC 4180 in all its corners, mapping, dates, scheme, bad rows, and never twice.

load helper

setup() { setup_world; }

# csv LINES (printf escapes) - the file to import
csv() {
    # shellcheck disable=SC2059 # the escapes are the point
    printf "$1" >"$WORLD/in.csv"
}
map='contacted_at=When,category=Type,channel=Via,note=Text'
take() { cxlog import "$WORLD/in.csv" --source zendesk --key Nr --map "$map" --json "$@"; }
notes() { cxlog list all --json | jq -c '.note' | paste -sd, -; }
counts() { member '[.schema,.rows,.added,.existing,.bad,.scheme_added]' "[1,$1]"; }

@test "quotes, commas, doubled quotes, line breaks, CRLF, BOM, empty lines and a missing last newline" {
    csv '\xef\xbb\xbfNr,When,Type,Via,Text\r\n1,2025-03-04 10:00,배송,전화,"a, ""b""\r\nc"\r\n\r\n2,2025-03-04 11:00,"환불","카톡",\r\n"3","2025-03-04","배송","","=1+1"'
    quietly 0 take
    counts 3,3,0,0,0
    same 'notes' '"=1+1","a, \"b\"\nc",""' "$(notes)"
    same 'channels' '["","전화","카카오톡"]' "$(cxlog list all --json | jq -sc '[.[].channel]')"
}

@test "a second import adds nothing; changed content under the same key is not taken over silently" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,a\n2,2025-03-04 11:00,환불,전화,b\n'
    quietly 0 take
    counts 2,2,0,0,0
    quietly 0 take
    counts 2,0,2,0,0
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,CHANGED\n3,2025-03-04 11:00,환불,전화,c\n'
    expect 65 take
    counts 2,1,0,1,0
    has "$stderr" '2'
    same 'records' 3 "$(records)"
}

@test "the IDs are the same on every machine, so two who import the same file make no doubles" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,a\n'
    take >/dev/null
    local first
    first=$(cxlog list all --json | jq -r .id)
    become 이바다
    CXLOG_TIME_ZONE=Asia/Seoul TZ=America/New_York take >/dev/null
    same 'ID' "$first" "$(cxlog list all --json | jq -r .id)"
}

@test "bad rows are named with line and reason, the others go in, and the exit code is 65" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,good\n2,2025-13-04,배송,전화,month\n3,2025-03-04,없는구분,전화,type\n4,2099-01-01,배송,전화,future\n5,2025-03-04,배송\n,2025-03-04,배송,전화,nokey\n7,,배송,전화,nodate\n8,2025-03-04 12:00,배송,전화,"also\ngood"\n9,2025-03-04,배송,전화,\xff\n'
    expect 65 take
    counts 9,2,0,7,0
    same 'notes' '"good","also\ngood"' "$(notes)"
    local line
    for line in 3 4 5 6 7 8 11; do has "$stderr" "line $line: "; done
    hasnt "$stderr" 'line (2|9): '
    hasnt "$stderr" $'\xff'
}

@test "a quote never closed is a bad row, and what came before it is in" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,good\n2,2025-03-04,배송,전화,"open\n3,2025-03-04,배송,전화,inside\n'
    expect 65 take
    has "$stderr" 'line 3: '
    same 'notes' '"good"' "$(notes)"
}

@test "a key twice in one file: the same content is one record, other content is a bad row" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,a\n1,2025-03-04 10:00,배송,전화,a\n1,2025-03-04 10:00,배송,전화,b\n'
    expect 65 take
    same 'records' 1 "$(records)"
    has "$stderr" 'line 4: '
}

@test "dates: ISO by itself, other orders when named" {
    local format text expected
    while IFS='|' read -r format text expected; do
        rm -rf "$XDG_DATA_HOME"
        csv "Nr,When,Type,Via,Text\n1,$text,배송,전화,a\n"
        # shellcheck disable=SC2046 # two words or none
        quietly 0 take $([ -z "$format" ] || echo --date-format "$format")
        same "$format $text" "$expected" "$(cxlog list all --json | jq -r .contacted_at)"
    done <<'DATES'
|2025-03-04|2025-03-04T00:00:00+09:00
|2025-03-04 05:06|2025-03-04T05:06:00+09:00
|2025-03-04T05:06:07Z|2025-03-04T14:06:07+09:00
iso|2025-03-04T05:06:07+02:00|2025-03-04T12:06:07+09:00
mdy|3/4/2025|2025-03-04T00:00:00+09:00
dmy|4/3/2025|2025-03-04T00:00:00+09:00
ymd|2025/3/4|2025-03-04T00:00:00+09:00
%d.%m.%Y|04.03.2025|2025-03-04T00:00:00+09:00
DATES
}

@test "without --add-scheme an unknown name is a bad row; with it the name becomes a recorded event" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,Billing,Fax,a\n2,2025-03-04 11:00,배송,전화,b\n'
    expect 65 take
    counts 2,1,0,1,0
    quietly 0 take --add-scheme
    counts 2,1,1,0,2
    same 'event of the category' Billing "$(cxlog category log --json | jq -r '.[-1].name')"
    same 'event of the channel' Fax "$(cxlog channel log --json | jq -r '.[-1].name')"
    quietly 0 cxlog category verify
    quietly 0 take --add-scheme
    counts 2,0,2,0,0
}

@test "a source of two hundred syllables is cut between two of them" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,Billing,전화,a\n'
    local shift=
    for shift in '' a aa; do # whatever byte it is cut at
        expect 0 cxlog_env CXLOG_STORE_PATH="$WORLD/s$shift.db" -- import "$WORLD/in.csv" --key Nr --map "$map" \
            --source "$shift$(printf '가%.0s' {1..200})" --add-scheme
    done
    has "$(cxlog_env CXLOG_STORE_PATH="$WORLD/saa.db" -- category log --json | jq -r '.[-1].reason')" '^import aa(가)+$'
}

@test "names match by name and alias only, never by likeness" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04,배송,카톡,a\n2,2025-03-04,배숑,전화,b\n3,2025-03-04,배,전화,c\n'
    expect 65 take
    counts 3,1,0,2,0
    same 'channel by alias' 카카오톡 "$(cxlog list all --json | jq -r .channel)"
}

@test "category and detail may come from two columns, with a slash in a name" {
    csv 'Nr,When,Type,Sub,Text\n1,2025-03-04,Cards,Debit/Credit,a\n'
    quietly 0 cxlog import "$WORLD/in.csv" --source s --key Nr --add-scheme --json --map 'contacted_at=When,category=Type,detail=Sub,note=Text'
    same 'path' '["Cards","Debit∕Credit"]' "$(cxlog list all --json | jq -c '[.category,.detail]')"
}

@test "--dry-run tells the same counts and changes nothing" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,Billing,전화,a\n2,2025-03-04 11:00,Billing,전화,b\n1,2025-03-04 10:00,Billing,전화,a\n'
    expect 0 take --add-scheme --dry-run
    member '[.rows,.added,.existing,.scheme_added]' '[3,2,1,1]'
    same 'records' 0 "$(records)"
    same 'version' 75 "$(cxlog status --json | jq .scheme_version)"
    expect 0 take --add-scheme
    member '[.rows,.added,.existing,.scheme_added]' '[3,2,1,1]'
}

@test "- is stdin" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,a\n'
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" import - --source z --key Nr --map "$1" --json <"$2"' _ "$map" "$WORLD/in.csv"
    same 'exit code' 0 "$status"
    counts 1,1,0,0,0
}

@test "a mapping that cannot be is refused before anything is read in" {
    csv 'Nr,When,Type,Via,Text\n1,2025-03-04 10:00,배송,전화,a\n'
    refused 65 'Betreff' cxlog import "$WORLD/in.csv" --source z --key Nr --map 'contacted_at=When,category=Type,note=Betreff'
    refused 64 'kategorie' cxlog import "$WORLD/in.csv" --source z --key Nr --map 'contacted_at=When,kategorie=Type'
    refused 64 '.' cxlog import "$WORLD/in.csv" --source z --key Nr --map 'category=Type'
    refused 64 '.' cxlog import "$WORLD/in.csv" --key Nr --map "$map"
    refused 64 '.' cxlog import "$WORLD/in.csv" --source z --map "$map"
    refused 65 'Nummer' cxlog import "$WORLD/in.csv" --source z --key Nummer --map "$map"
    refused 66 '.' cxlog import "$WORLD/none.csv" --source z --key Nr --map "$map"
    refused 64 '.' cxlog import
    same 'records' 0 "$(records)"
}

@test "what export wrote, import takes back under the same IDs, text unchanged" {
    cxlog log 배송/지연 전화 @갑 %서울 :부정 :해결 +a --note $'=1+1 "x", y\nz' --hunch '+82' --handle 6m --csat 5 --link https://example.com >/dev/null
    cxlog log 환불 b >/dev/null
    local before
    before=$(cxlog list all --json | jq -c '{id,contacted_at,agent,channel,category,detail,customer,region,sentiment,note,hunch,result,handle_s,csat,tags,link}')
    cxlog export -o "$WORLD/back.csv"
    become 이바다
    quietly 0 cxlog import "$WORLD/back.csv" --json
    counts 2,2,0,0,0
    same 'records' "$before" "$(cxlog list all --json | jq -c '{id,contacted_at,agent,channel,category,detail,customer,region,sentiment,note,hunch,result,handle_s,csat,tags,link}')"
}

@test "a file of 3,000 rows goes in by itself, in order, quickly enough for a test" {
    { echo 'Nr,When,Type,Via,Text'; seq -f '%g,2025-03-04 10:00,배송,전화,메모' 3000; } >"$WORLD/in.csv"
    quietly 0 take
    counts 3000,3000,0,0,0
    quietly 0 take
    counts 3000,0,3000,0,0
}
