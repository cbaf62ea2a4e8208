#!/usr/bin/env bats
# Typing less: completion, short names, templates, ".", undo and redo, commands in the wrong 한/영 mode.

load helper

setup() { setup_world; }

offers() { cxlog __complete -- "$@" | cut -f1; }
offer() {
    local expected=$1
    shift
    same "choices for: $*" "$expected" "$(offers "$@" | paste -sd ' ')"
}

@test "completion finds by 초성, ㅄ, a half-typed syllable and the wrong mode" {
    cxlog log 기타 >/dev/null
    local typed
    for typed in ㅂㅅ ㅄ 뱃 배ㅅ qt qothd; do offer 배송 log "$typed"; done
    offer '결제 기타' log ㄱ
    offer '카카오톡' log 배송 카톡
    offer '배송/지연 배송/주소변경' log ㅂㅅ/ㅈ
}

@test "completion follows the position on the line" {
    cxlog log 기타 +긴급 >/dev/null
    offer ':해결' log 배송 전화 :해
    offer '%서울' log 배송 %서
    offer '+긴급' log 배송 +ㄱ
    offer '' log 배송 전화 메
    offer 'bash' completion b
    offer 'prev' totals --vs p
    offer '--vs=year' totals --vs=y
    offer 'category,channel' totals --by category,chan
    offer '--cumulative' totals --cum
    offer 'totals' tot
    offer '집계' 집
    offer 'last-half' totals last-h
    offer '긴급' list --tag 긴
    offer 'add' category ad
}

@test "completion counts words as log does: attributes none, a template for what it says" {
    cxlog template add 송장 배송 전화 송장 조회 -q
    cxlog template add 빈칸 배송 -q
    local categories channels
    categories=$(offers log '' | paste -sd ' ')
    channels=$(offers log 배송 '' | paste -sd ' ')
    has "$channels" 전화
    offer "$categories" log 6분 ''
    offer "$categories" log 14:20 @홍길동 ''
    offer "$channels" log 배송 6분 ''
    offer "$channels" log %빈칸 ''
    offer '' log %송장 ''
    offer "$categories" log %서울 ''
    CXLOG_DEFAULTS_CHANNEL=이메일 offer "$channels" log %빈칸 ''
}

@test "completion says the text of today's records beside their IDs" {
    local id
    id=$(cxlog log 배송 전화 미도착)
    same line "${id: -6}	#1 배송 · 전화   미도착" "$(cxlog __complete -- amend '')"
}

@test "completion is silent and successful whatever is wrong, and makes no store" {
    quietly 0 cxlog __complete -- log ㅂㅅ
    same stdout '' "$output"
    [ ! -e "$(store)" ]
    settings 'nonsense'
    quietly 0 cxlog __complete -- log ㅂㅅ
    quietly 0 cxlog __complete -- tot
    same commands totals "$(cut -f1 <<<"$output")"
    quietly 0 cxlog __complete
    quietly 0 cxlog __complete -- $'\xff'
}

@test "completion with 2,000 scheme values reads the scheme once and asks nobody" {

    seq -f 'v%g' 2000 | xargs -n 50 "$CXLOG_BIN/cxlog" category add --new >/dev/null
    offer 'v1999' log v1999
    traced -f -o "$WORLD/trace" "$CXLOG_BIN/cxlog" __complete -- log v1 >"$WORLD/out" 3>&- 4>&-
    same 'choices' 1111 "$(wc -l <"$WORLD/out")"
    hasnt "$(cat "$WORLD/trace")" ' (socket|v?fork|clone3?|fsync|fdatasync)\(|execve\("[^"]*cxlog-'
}

@test "a template stands for its words; words that are typed win, a note goes on" {
    quietly 0 cxlog template add 송장 배송 전화 송장 조회 안내 -q
    expect 0 cxlog log %송장 --json
    member '[.category,.channel,.note]' '["배송","전화","송장 조회 안내"]'
    expect 0 cxlog log %ㅅㅈ 카톡 :해결 3일째 --json
    member '[.category,.channel,.result,.note]' '["배송","카카오톡","해결","송장 조회 안내 3일째"]'
    expect 0 cxlog log %송장 -c 환불 --note 다른 --json
    member '[.category,.channel,.note]' '["환불","전화","다른"]'
    expect 0 cxlog template list --json
    member '.templates[0].words | join(" ")' '배송 전화 송장 조회 안내'
    quietly 0 cxlog template remove 송장
    refused 65 송장 cxlog log %송장
}

@test "a template must hold when it is made, and not bear a region's name" {
    refused 65 없는구분 cxlog template add 나쁨 없는구분 전화
    refused 65 서울 cxlog template add 서울 배송 전화
    refused 64 template cxlog template add 이름만
    refused 65 '없는것' cxlog template remove 없는것
    expect 0 cxlog template list --json
    member '.templates' '[]'
}

@test ". is the category and the channel of the last record of today" {
    refused 65 'none yet' cxlog log . .
    cxlog log 환불/해지 게시판 >/dev/null
    expect 0 cxlog log . . 또 --json
    member '[.category,.detail,.channel,.note]' '["환불","해지","게시판","또"]'
    expect 0 cxlog log 배송 . --json
    member '[.category,.detail,.channel]' '["배송","","게시판"]'
}

@test "defaults.result fills a result that is not named" {
    export CXLOG_DEFAULTS_RESULT=해결
    expect 0 cxlog log 배송 --json
    member .result 해결
    expect 0 cxlog log 배송 :진행 --json
    member .result 진행
    refused 78 'defaults.result' cxlog_env CXLOG_DEFAULTS_RESULT=아마 -- log 배송
}

@test "a region by its name is no template whose name begins so" {
    cxlog template add 서울역 환불 전화 유실물 -q
    expect 0 cxlog log %서울 배송 --json
    member '[.category,.region,.note]' '["배송","서울",""]'
    expect 0 cxlog log %서울역 --json
    member '[.category,.region,.note]' '["환불","","유실물"]'
    expect 0 cxlog log %ㅅㅇㅇ --json
    member .note 유실물
}

@test "a template is removed by its name however it was typed in" {
    local nfd=$'\xe1\x84\x80\xe1\x85\xa1'
    cxlog template add 가 배송 -q
    quietly 0 cxlog template remove "$nfd"
    refused 65 '"가"' cxlog template remove 가
}

@test ". repeats the record that stands, not the one just taken back" {
    cxlog log 배송 전화 >/dev/null
    cxlog log 환불 이메일 >/dev/null
    cxlog undo -q >/dev/null
    expect 0 cxlog log . . 점 --json
    member '[.category,.channel]' '["배송","전화"]'
}

@test "redo does again what undo took back, once, and only right after" {
    cxlog log 배송 하나 >/dev/null
    refused 65 redo cxlog redo
    cxlog undo -q >/dev/null
    same records 0 "$(records today)"
    cxlog redo -q >/dev/null
    same records 1 "$(records today)"
    refused 65 redo cxlog redo
    cxlog undo -q >/dev/null
    cxlog log 환불 둘 >/dev/null
    refused 65 redo cxlog redo
}

@test "a command typed in the wrong 한/영 mode runs: its keys are the same" {
    expect 0 cxlog ㅣㅐㅎ 배송 --json
    member .category 배송
    expect 0 cxlog rlfhr 배송 --json
    expect 0 cxlog 샛민 today --json
    member .total.count 2
}

@test "a mistyped value names the near one, also of the wrong 한/영 mode, and writes nothing" {
    cxlog log 배송 전화 >/dev/null
    local code meant line
    while IFS='|' read -r code meant line; do
        # shellcheck disable=SC2086 # words
        refused "$code" "^    $meant\$" cxlog $line </dev/null || { echo "cxlog $line" >&2; return 1; }
    done <<'LINES'
64|previous|totals --vs prevous
64|year|totals --vs=yaer
64|prev|totals --vs ㅔㄱㄷㅍ
64|mapped|totals --as maped
64|always|list --color alwyas
65|category|totals --by categry
65|category|totals --by 구븐
65|channel|totals --by category,chanel
65|week|totals wek
65|last-week|totals last-wek
65|지난주|list 지난쥬
65|yesterday|close yestreday
65|어제|list 어재..오늘
65|today|list 2026-01-01..todya
65|어제|log 배송 --at 어재
65|number|field add 등급 --kind nubmer
65|choice|field add 등급 --kind chioce:A,B
65|해결|log 배송 --result 헤결
65|중립|list --sentiment 즁립
65|전화|list --channel 저놔
65|배송|totals --category 배숑
64|--channel|log 배송 --chanel 전화
64|add|category ad
64|추가|template 츄가
64|periods|help perods
64|totals|totlas
LINES
    same records 1 "$(records)"
    same fields '' "$(cxlog field list --plain | grep 등급 || true)"
}

@test "init --shell adds one line, once, and nothing else" {
    printf 'alias x=y' >"$HOME/.bashrc"
    quietly 0 cxlog init --shell bash -q
    quietly 0 cxlog init --shell bash -q
    same '.bashrc' "alias x=y
eval \"\$(cxlog completion bash --aliases)\"  # cxlog" "$(cat "$HOME/.bashrc")"
    refused 65 fish cxlog init --shell tcsh
    [ ! -e "$(store)" ]
}

@test "completion prints each shell's script, with the short names when asked" {
    local shell
    for shell in bash zsh fish; do
        quietly 0 cxlog completion "$shell"
        has "$output" __complete
        hasnt "$output" '^alias'
        quietly 0 cxlog completion "$shell" --aliases
        has "$output" '^alias ㄱ'
    done
    has "$(cxlog completion zsh --aliases)" "alias ㄱ='noglob cxlog log'"
    bash -n <(cxlog completion bash --aliases)
}

@test "fix off a terminal names the records and how to mend them" {
    cxlog log 배송 전화 :해결 >/dev/null
    quietly 0 cxlog fix
    cxlog log 배송 >/dev/null
    refused 64 'gaps' cxlog fix
    has "$stderr" "amend '#2'"
}

@test "the editor needs a terminal" {
    refused 64 terminal cxlog log -e
}
