#!/usr/bin/env bats
# Filters as words: FIELD:VALUE, +TAG, @CUSTOMER, each with a dash before it to leave out, in list, totals and export.

load helper

# put TIME WORD… - one record at that time
put() { cxlog log --at "$1" "${@:2}" >/dev/null; }
# notes WORD… - the notes of what list finds, in its order
notes() { cxlog list --json "$@" | jq -r .note | paste -sd, -; }
# total WORD… - how many records totals counts
total() { cxlog totals "$@" --vs none --json | jq .total.count; }

setup_file() {
    shared_home
    put '2025-01-01 09:00' 배송 전화 a
    put '2025-01-02 09:00' 배송/지연 카톡 b +vip @한빛 %서울
    put '2025-02-06 09:00' 환불 전화 c :해결 :긍정 +vip +new
    put '2025-02-28 09:00' 환불/해지 이메일 d :이관 :부정 @갑
    CXLOG_AGENT_NAME=이바다 put '2025-03-01 09:00' 기타 게시판 e @갑
}
setup() { own_copy; }

@test "a word filters as its option does, by Korean and English names, and values as they are typed" {
    same category a,b "$(notes 2025 구분:배송)"
    same 'in English, by code' a,b "$(notes 2025 category:ㅂㅅ)"
    same 'in the wrong mode' a,b "$(notes 2025 구분:qothd)"
    same detail b "$(notes 2025 구분:배송/지연)"
    same alias b "$(notes 2025 채널:카톡)"
    same region b "$(notes 2025 지역:서울)"
    same agent e "$(notes 2025 담당:이바다)"
    same 'agent, otherwise' e "$(notes 2025 상담사:이바다)"
    same sentiment d "$(notes 2025 감성:부정)"
    same 'sentiment, as totals calls it' d "$(notes 2025 의견:부정)"
    same result c "$(notes 2025 result:해결)"
    same tag b,c "$(notes 2025 +vip)"
    same 'tag, by its name' c "$(notes 2025 태그:new)"
    same customer d,e "$(notes 2025 @갑)"
    same 'customer, by its name' d,e "$(notes 2025 customer:갑)"
    same blank a,c,d,e "$(notes 2025 지역:)"
}

@test "a dash before it leaves out what the word takes" {
    same category c,d,e "$(notes 2025 -구분:배송)"
    same detail a,c,d,e "$(notes 2025 -category:배송/지연)"
    same 'an English name is no option -c' b,d,e "$(notes 2025 -channel:전화)"
    same 'an English name is no option -r' a,c,d,e "$(notes 2025 -region:서울)"
    same tag a,d,e "$(notes 2025 -+vip)"
    same 'tag, by its name' a,d,e "$(notes 2025 -태그:vip)"
    same 'no tag at all' b,c "$(notes 2025 -태그:)"
    same 'any of them' d,e "$(notes 2025 -구분:배송 -+new)"
    same 'two of one field' e "$(notes 2025 -구분:배송 -구분:환불)"
    same 'wins over what takes it' '' "$(notes 2025 구분:배송 -구분:배송)"
}

@test "words of one field are alternatives, fields must all hold, and options count among them" {
    same 'two channels' a,b,c "$(notes 2025 채널:전화 채널:카톡)"
    same 'option and word' a,b,c "$(notes 2025 --channel 전화 채널:카톡)"
    same 'two fields' b "$(notes 2025 +vip 구분:배송)"
    same 'with grep' d "$(notes 2025 @갑 --grep d)"
    same 'all of it' c "$(notes 2025 +vip -채널:카톡 -c 환불)"
}

@test "--not is the dash as an option, and may be repeated" {
    same field c,d,e "$(notes 2025 --not 구분:배송)"
    same repeated d,e "$(notes 2025 --not 구분:배송 --not=+new)"
    same customer a,b,c "$(notes 2025 --not @갑)"
    refused 64 'FIELD:VALUE' cxlog list 2025 --not 배송
    refused 64 'dash' cxlog list 2025 --not -구분:배송
}

@test "words stand in any order around the period, and behind -- as well" {
    same 'before it' b "$(notes 채널:카톡 2025)"
    same 'on both sides' b "$(notes 채널:카톡 2025-01 -구분:환불)"
    same 'without a period' "$(notes)" "$(notes 구분:배송)"
    same 'between the words of a period' "$(notes 지난 주)" "$(notes 지난 -구분:배송 주)"
    same 'behind --' c,d,e "$(notes 2025 -- -구분:배송)"
    same 'a customer is left out there, where -@ is no option' a,b,c "$(notes 2025 -- -@갑)"
    same 'where it is one' d,e "$(notes 2025 -@갑)"
}

@test "a word of an unknown field: 64, with the word as it should be" {
    refused 64 '"채넓"' cxlog list 2025 채넓:카톡
    has "$stderr" '^    채널:카톡$'
    refused 64 '"채넓"' cxlog totals 2025 -채넓:카톡
    has "$stderr" '^    -채널:카톡$'
    refused 64 '"chanel"' cxlog list 2025 -chanel:카톡
    has "$stderr" '^    -channel:카톡$'
    refused 64 'category, channel' cxlog list 요일:월
    refused 64 'category, channel' cxlog export 14:20
    refused 65 배숑 cxlog list 2025 구분:배숑
    has "$stderr" '^    배송$'
    refused 65 . cxlog list 2025 구분
}

@test "totals counts what passes, from rollups and from records alike" {
    same rollup 3 "$(total 2025 -구분:배송)"
    same 'another rollup' 4 "$(total 2025 -담당:이바다 --by 담당)"
    same 'records' 2 "$(total 2025 -구분:배송 -+vip)"
    same 'two dimensions' 4 "$(total 2025 -지역:서울 --by 구분,채널)"
    same 'nothing left out' 5 "$(total 2025)"
}

@test "totals says what is left out above the table, in Markdown and in JSON" {
    expect 0 cxlog totals 2025 채널:카톡 -구분:기타 -+new --vs none
    has "$output" '^only: channel 카카오톡 · not: category 기타 · tag new$'
    expect 0 cxlog totals 2025 -구분:기타 --vs none --md
    has "$output" '^not: category 기타$'
    CXLOG_UI_LANG=ko expect 0 cxlog totals 2025 채널:카톡 -구분:기타 -담당: --vs none
    has "$output" '^다음만: 채널 카카오톡 · 제외: 구분 기타 · 담당 \(빈칸\)$'
    expect 0 cxlog totals 2025 채널:카톡 -구분:기타 --grep b --vs none --json
    member .filter '{"only":{"channel":["카카오톡"],"grep":"b"},"not":{"category":["기타"]}}'
    expect 0 cxlog totals 2025 --vs none --json
    member 'has("filter")' false
}

@test "an empty list says what was left out" {
    expect 0 cxlog list 2024 구분:배송 -채널:카톡
    same stderr $'no records in 2024\nonly: category 배송 · not: channel 카카오톡' "$stderr"
}

@test "export and list --csv write what passes, and nothing else" {
    same export c,d "$(cxlog export 2025 -구분:배송 -담당:이바다 --json | jq -r .note | paste -sd, -)"
    same 'lines of list --csv' 3 "$(cxlog list 2025 -구분:배송 -담당:이바다 --csv | wc -l)"
}

@test "Tab offers the values of a field behind its colon, and tags behind +" {
    offers() { cxlog __complete -- "$@" | cut -f1 | paste -sd ' '; }
    cxlog log 기타 +긴급 >/dev/null
    same value 채널:카카오톡 "$(offers list 채널:카)"
    same 'by 초성, left out' -구분:배송 "$(offers totals month -구분:ㅂㅅ)"
    same detail '구분:배송/지연 구분:배송/주소변경' "$(offers export 구분:ㅂㅅ/ㅈ)"
    same 'a closed list' result:해결 "$(offers list result:해)"
    same tag +긴급 "$(offers list +ㄱ)"
    same 'tag, left out' '-+긴급 ' "$(offers list -+긴) "
    same 'behind --not' 지역:서울 "$(offers list --not 지역:서)"
    same 'the period, still' last-half "$(offers totals 채널:카톡 last-h)"
    same 'no such field' '' "$(offers list 요일:)"
    same 'no filter of log' '' "$(offers log 배송 전화 채널:카)"
}
