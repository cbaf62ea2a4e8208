#!/usr/bin/env bats
# category, channel, region, field: the scheme grows by recorded events, locally and through the sheet.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

version() { cxlog status --json | jq .scheme_version; }
names() { cxlog "$1" list --json | jq -r '[.values[] | select(.parent == "") | .name] | join(",")'; }

@test "a new store knows the starter scheme" {
    same 'channels' '전화,게시판,온라인채팅,카카오톡,인스타그램DM,이메일' "$(names channel)"
    same 'categories' '이용방법,결제,배송,환불,오류,회원,도입상담,제안,칭찬,기타' "$(names category)"
    same 'regions' 19 "$(cxlog region list --json | jq '.values | length')"
    has "$(names region)" '^서울,.*,해외,미상$'
    same 'fields' '' "$(names field)"
    local before
    before=$(version)
    become 이바다
    same 'every store begins with the same events' "$before" "$(version)"
}

@test "add takes a name, a detail, a code and a reason, and the name can be used at once" {
    quietly 0 cxlog category add 배송/해외 --code ㅎㅇ --reason 요청
    has "$output" '^✓ #76 .*배송/해외'
    quietly 0 cxlog log 배송/ㅎㅇ a --json
    member '[.category,.detail]' '["배송","해외"]'
    quietly 0 cxlog channel add 팩스 --json
    member '.[0] | [.number,.action,.dim,.name,.author]' '[77,"add","channel","팩스","김하늘"]'
    quietly 0 cxlog log 배송 팩스 b --json
    member .channel 팩스
    same 'version' 77 "$(version)"
}

@test "several names are added in one go, or none of them" {
    quietly 0 cxlog category add 파일럿 웨비나 --json
    member '[.[].name]' '["파일럿","웨비나"]'
    refused 65 '배송' cxlog category add 교육 배송
    hasnt "$(names category)" 교육
    same 'version' 77 "$(version)"
}

@test "a name that is there, or near one that is, is refused with what to do instead" {
    local before
    before=$(version)
    refused 65 '배송' cxlog category add 배송
    refused 65 '배송' cxlog category add 배송문의
    has "$stderr" '^    cxlog category add 배송/문의$'
    has "$stderr" '^    cxlog category alias 배송 배송문의$'
    has "$stderr" '--new'
    refused 65 '지연' cxlog category add 배송/지연
    same 'version' "$before" "$(version)"
    quietly 0 cxlog category add 배송문의 --new
}

@test "names with a slash too many, control characters, nothing, or too much in them are refused" {
    refused 65 '/' cxlog category add a/b/c
    refused 65 'control' cxlog category add $'a\x1bb'
    refused 65 'blank' cxlog category add ''
    refused 65 '.' cxlog category add "$(printf '가%.0s' {1..101})"
    refused 65 '.' cxlog category add 없는구분/세부
    refused 65 '.' cxlog channel add 전화/내선
    refused 65 'UTF-8' cxlog category add $'\xff'
    refused 64 '.' cxlog category add
    refused 64 '.' cxlog category nonsense
    same 'version' 75 "$(version)"
}

@test "an alias leads to its value, and an alias in use is refused" {
    quietly 0 cxlog category alias 배송 물류
    quietly 0 cxlog log 물류 a --json
    member .category 배송
    refused 65 '.' cxlog category alias 환불 물류
    refused 65 '.' cxlog category alias 환불 배송
    refused 65 '.' cxlog category alias 없는것 별칭
}

@test "a code that another value bears is refused" {
    refused 65 'ㅂㅅ' cxlog category add 법무 --code ㅂㅅ
    same 'version' 75 "$(version)"
}

@test "team fields check what is logged" {
    quietly 0 cxlog field add 등급 --kind choice:A,B
    quietly 0 cxlog field add 점수 --kind number
    quietly 0 cxlog field add 메모2 --kind text
    quietly 0 cxlog log 배송 --field 등급=A --field 점수=-3.5 --field 메모2='=1+1' --json
    member .fields '{"등급":"A","메모2":"=1+1","점수":"-3.5"}'
    refused 65 'A,B' cxlog log 배송 --field 등급=C
    refused 65 'number' cxlog log 배송 --field 점수=1e5
    refused 65 '없음' cxlog log 배송 --field 없음=1
    refused 64 'NAME=VALUE' cxlog log 배송 --field 등급
    refused 65 '.' cxlog field add 이상 --kind colour
    refused 65 '.' cxlog field add 담당 --kind text
}

@test "log tells every event in order, and verify follows the chain" {
    cxlog category add 파일럿 --reason '시험 삼아' >/dev/null
    quietly 0 cxlog category log --json
    member '[length > 0, .[-1].action, .[-1].name, .[-1].reason, (.[-1].chain | test("^[0-9a-f]{64}$"))]' '[true,"add","파일럿","시험 삼아",true]'
    member '[.[].number] | . == sort' true
    quietly 0 cxlog category log
    has "$output" '시험 삼아'
    quietly 0 cxlog category verify
    has "$output" '76 events'
}

@test "what has been used is not renamed or retired in mid-half-year" {
    cxlog log 배송 a >/dev/null
    refused 65 'January|July' cxlog category rename 배송 물류
    has "$stderr" '--from'
    refused 65 '.' cxlog category retire 배송
    cxlog category add 오타난이름 >/dev/null
    quietly 0 cxlog category retire 오타난이름 --reason 오타
    refused 65 '.' cxlog log 오타난이름
}

@test "--dry-run says what would be added and adds nothing" {
    expect 0 cxlog category add 파일럿 --dry-run
    has "$output" 파일럿
    same 'version' 75 "$(version)"
}

@test "the Korean names of the commands and of their verbs" {
    quietly 0 cxlog 구분 추가 파일럿
    expect 0 cxlog 채널 목록
    has "$output" 전화
    expect 0 cxlog 지역 목록
    has "$output" 미상
    quietly 0 cxlog 필드 추가 등급 --kind text
    quietly 0 cxlog 구분 기록
    has "$output" 파일럿
    quietly 0 cxlog 구분 별칭 파일럿 시범
    quietly 0 cxlog 구분 대조
}

@test "with a sheet an addition stands in 구분 at once, and the others have it after a sync" {
    start_emulator
    join 이바다
    join 김하늘
    quietly 0 cxlog category add 파일럿 --reason 요청
    same 'row in the sheet' 1 "$(sheet_rows 구분 | grep -c '"파일럿"')"
    quietly 0 cxlog field add 등급 --kind text
    same 'column W' 등급 "$(sheet | jq -r '.rows[0][22]')"
    become 이바다
    refused 65 '.' cxlog log 파일럿 a
    quietly 0 cxlog sync
    quietly 0 cxlog log 파일럿 a --field 등급=A
    quietly 0 cxlog sync
    same 'cell W' A "$(sheet_rows | jq -r '.[22]')"
}

@test "two who add at once: both additions stand, on one chain" {
    start_emulator
    join 이바다
    join 김하늘
    cxlog category add 하나 >/dev/null &
    local other=$!
    become 이바다
    quietly 0 cxlog category add 둘
    wait "$other"
    same 'rows' '["하나"] ["둘"]' "$(sheet_rows 구분 | jq -c '[.[] | select(. == "하나" or . == "둘")] | select(. != [])' | sort -r | paste -sd' ' -)"
    quietly 0 cxlog sync
    quietly 0 cxlog category verify
    become 김하늘
    quietly 0 cxlog sync
    quietly 0 cxlog category verify
    has "$(names category)" 하나
    has "$(names category)" 둘
}

@test "without the network nothing is added when a sheet is set up" {
    start_emulator
    join 김하늘
    stop_emulator
    refused 75 '.' cxlog category add 파일럿
    same 'version' 75 "$(version)"
}

nfd() { python3 -c 'import sys, unicodedata; sys.stdout.write(unicodedata.normalize("NFD", sys.argv[1]))' "$1"; }

@test "verbs are known however the keyboard composes Hangul, and need the sheet all the same" {
    expect 0 cxlog 구분 "$(nfd 목록)"
    has "$output" 배송
    quietly 0 cxlog 구분 "$(nfd 추가)" 파일럿
    export CXLOG_SHEET_ID=$SHEET
    same 'add with a sheet and without a key' "$(cxlog 구분 추가 파일럿2 2>&1 || echo "$?")" "$(cxlog 구분 "$(nfd 추가)" 파일럿2 2>&1 || echo "$?")"
}

@test "the parts of a split get codes of their own, or those of --code, one a part" {
    quietly 0 cxlog category split 오류 오류1 오류2 오류3 --from 2027-07-01 --reason 세분 --dry-run
    has "$output" '\(ㅇㄹ2, ㅇㄹ3, ㅇㄹ4\)'
    quietly 0 cxlog category split 오류 오류1 오류2 --code ㄱㄱ,ㄴㄴ --from 2027-07-01 --reason 세분 --dry-run
    has "$output" '\(ㄱㄱ, ㄴㄴ\)'
    refused 65 'different codes' cxlog category split 오류 오류1 오류2 --code ㄱㄱ,ㄱㄱ --from 2027-07-01 --reason 세분
    quietly 0 cxlog category split 오류 오류1 오류2 --from 2027-07-01 --reason 세분
    quietly 0 cxlog category verify
}
