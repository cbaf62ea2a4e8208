#!/usr/bin/env bats
# The open prompt, at a real terminal: one line is one record, and Hangul is edited as one sees it.

load tty

setup() {
    setup_world
    export CXLOG_DEFAULTS_CHANNEL=전화
    terminal 100 40
    shell_ready
}

teardown() { close_terminal; }

open_prompt() {
    line cxlog
    shows '^[0-9]{2}:[0-9]{2} \[전화\]>'
}

count_is() { [ "$(records)" = "$1" ]; }
notes() { cxlog list --json | jq -r .note; }

@test "a line is a record: category by 초성, default channel, note" {
    open_prompt
    line 'ㅂㅅ 3일째 미도착'
    shows '✓ #1 .*배송 · 전화   3일째 미도착'
    line 'ㅎㅂ 카톡 언제 되나요? 규정 링크 보냄 :해결'
    shows '✓ #2 .*환불 · 카카오톡 · 해결   언제 되나요\? 규정 링크 보냄'
    press C-d
    shows '^today 2 \((배송|환불) 1 · (배송|환불) 1\)'
    same 'records' 2 "$(records)"
}

@test "with a note and the default channel a record is nineteen keys" {
    local line='ㅂㅅ 3일째 미도착' keys
    keys=$("$CXLOG_BIN/keys_typed" --hangul "$line")
    [ "$keys" -le 19 ] || { echo "$keys keys" >&2; return 1; }
    open_prompt
    line "$line"
    shows '✓ #1 '
    same record '["배송","전화","3일째 미도착"]' "$(cxlog list --json | jq -c '[.category,.channel,.note]')"
}

@test "what a shell would break arrives as it was typed" {
    local note typed='감사합니다!!
왜 안 오나요?
주문 #123 배송
$100 ~3일 =완료
환불 & 교환
냉장 -5도 보관
언제   오나요
(VIP) [긴급] 고객'"'"'님 "따옴표"'
    open_prompt
    while read -r note; do
        line "기타 $note"
        shows "✓ .*기타"
        press C-l
    done <<<"$typed"
    eventually 10 count_is 8
    same notes "$typed" "$(notes)"
}

@test "Backspace takes one syllable away, on the screen and in the record" {
    open_prompt
    keys '배송 안녕하세요요요'
    press BSpace BSpace
    shows '> 배송 안녕하세요$'
    press Enter
    shows '✓ #1'
    same note 안녕하세요 "$(notes)"
}

@test "a word that may mean several is picked by number, and the note asked for" {
    open_prompt
    line 'ㄱ'
    shows '1\) .*2\) '
    shows 'number, or more letters'
    line 1
    shows '  note:$'
    line '카드 두 번 결제됨'
    shows '✓ #1 .*카드 두 번 결제됨'
    same note '카드 두 번 결제됨' "$(notes)"
}

@test "giving up at the question saves nothing" {
    open_prompt
    line '배숑 안 와요'
    shows '1\) 배송'
    press Enter
    shows '✗ .*배숑'
    same records 0 "$(records)"
}

@test "Tab after ㅂㅅ puts the name in; with several it lists them and keeps what was typed" {
    open_prompt
    keys 'ㅂㅅ'
    press Tab
    shows '> 배송 $|> 배송$'
    keys '반품 문의'
    press Enter
    shows '✓ #1 .*배송 · 전화   반품 문의'
    keys 'ㄱ'
    press Tab
    shows '결제 .*기타'
    shows '> ㄱ$'
}

@test "u takes the last record back, also as ㅕ" {
    open_prompt
    line '배송 하나'
    shows '✓ #1'
    line '배송 둘'
    shows '✓ #2'
    line ㅕ
    shows '↶ #2'
    eventually 10 count_is 1
    same note 하나 "$(notes)"
}

@test "< re-opens the last record; what is changed becomes a correction" {
    open_prompt
    line '배송 카톡 어제 주문 :진행 6분'
    shows '✓ #1'
    line '<'
    shows '#1> 배송 카카오톡 :진행 6분 어제 주문$'
    press BSpace BSpace
    line '교환'
    shows '✓ #2 .*어제 교환'
    same record '["배송","카카오톡","진행",360,"어제 교환"]' \
        "$(cxlog list --json | jq -c '[.category,.channel,.result,.handle_s,.note]')"
}

@test "< keeps the blanks of a note that is lined up" {
    open_prompt
    line '배송 하나   둘'
    shows '✓ #1'
    line '<'
    shows '#1> 배송 전화 하나   둘$'
    keys '   셋'
    press Enter
    shows '✓ #2 .*하나   둘   셋'
    same note '하나   둘   셋' "$(notes)"
}

@test ". repeats the last category and channel" {
    open_prompt
    line '환불 게시판 하나'
    shows '✓ #1'
    line '. . 둘'
    shows '✓ #2 .*환불 · 게시판   둘'
}

@test "without a default channel the last one is offered, not taken by itself" {
    unset CXLOG_DEFAULTS_CHANNEL
    cxlog log 배송 게시판 >/dev/null
    line 'unset CXLOG_DEFAULTS_CHANNEL; clear'
    line cxlog
    shows '^[0-9:]{5}>'
    line '환불 문의'
    shows '  channel \[게시판\]:'
    press Enter
    shows '✓ #2 .*환불 · 게시판   문의'
    line '환불 또'
    shows '  channel \[게시판\]:$'
    line -
    shows '✓ #3 .*환불   또'
}

@test "? lists categories with their codes, channels and templates" {
    cxlog template add 송장 배송 전화 송장 안내 2>/dev/null
    open_prompt
    line '?'
    shows '배송 ㅂㅅ'
    shows '카카오톡 ㅋㅋㅇㅌ'
    shows '%송장'
}

@test "the history file is 0600 and holds no note and no customer" {
    open_prompt
    line 'ㅂㅅ @홍길동 :진행 비밀 이야기'
    shows '✓ #1'
    press C-d
    shows '^today 1'
    local file=$XDG_STATE_HOME/cxlog/history
    same mode 600 "$(stat -c %a "$file")"
    same history '배송 전화 :진행' "$(cat "$file")"
}

@test "ui.history all keeps the lines, none keeps no file" {
    CXLOG_UI_HISTORY=all
    mux set-environment CXLOG_UI_HISTORY all
    line 'export CXLOG_UI_HISTORY=all'
    open_prompt
    line 'ㅂㅅ 메모까지'
    shows '✓ #1'
    press C-d
    shows '^today 1'
    same history 'ㅂㅅ 메모까지' "$(cat "$XDG_STATE_HOME/cxlog/history")"
    rm "$XDG_STATE_HOME/cxlog/history"
    fresh 'export CXLOG_UI_HISTORY=none'
    open_prompt
    line 'ㅂㅅ 둘'
    shows '✓ #2'
    press C-d
    shows '^today 2'
    [ ! -e "$XDG_STATE_HOME/cxlog/history" ]
}

@test "the arrow brings the whole line back" {
    open_prompt
    line 'ㅂㅅ 다시 부를 줄'
    shows '✓ #1'
    press Up
    shows '> ㅂㅅ 다시 부를 줄$'
    press Enter
    shows '✓ #2 .*다시 부를 줄'
}

@test "only attributes: the category is asked for" {
    open_prompt
    line '@홍길동 :해결'
    shows '  category:$'
    line 칭찬
    shows '✓ #1 .*칭찬 · 전화 · 해결 · @홍길동'
}

# paste TEXT - as from the clipboard, all at once
paste() {
    mux set-buffer -- "$1"
    mux paste-buffer
}
# no_default - a prompt without a default channel
no_default() {
    line 'unset CXLOG_DEFAULTS_CHANNEL; clear'
    line cxlog
    shows '^[0-9:]{5}> *$'
}
both() { cxlog list --json | jq -c '[.category,.channel,.note]'; }
both_are() { [ "$(both)" = "$1" ]; }

@test "Tab puts in the code of a name with a blank: it is one word" {
    cxlog category add '반품 교환' -q
    cxlog category add '반품 교환/단순 변심' -q
    cxlog channel add '네이버 톡톡' -q
    open_prompt
    keys 'ㅂㅍ'
    press Tab
    shows '> ㅂㅍㄱㅎ $|> ㅂㅍㄱㅎ$'
    keys '네이'
    press Tab
    shows '> ㅂㅍㄱㅎ ㄴㅇㅂㅌㅌ'
    line '전화 주세요'
    shows '✓ #1 .*반품 교환 · 네이버 톡톡   전화 주세요'
    keys '반품/단'
    press Tab
    shows '> ㅂㅍㄱㅎ/ㄷㅅㅂㅅ'
    press Enter
    shows '✓ #2 .*반품 교환/단순 변심 · 전화'
    same records '["반품 교환","네이버 톡톡","전화 주세요"]
["반품 교환","전화",""]' "$(both)"
    press C-d
    shows '^today 2'
    same history 'ㅂㅍㄱㅎ ㄴㅇㅂㅌㅌ
ㅂㅍㄱㅎ/ㄷㅅㅂㅅ 전화' "$(cat "$XDG_STATE_HOME/cxlog/history")"
}

@test "lines that are pasted are records each, whatever is asked meanwhile" {
    unset CXLOG_DEFAULTS_CHANNEL
    no_default
    paste $'배송 첫째 줄\n환불 둘째 줄\n결제 게시판 셋째 줄\n기타 넷째 줄\n회원 다섯째 줄\n'
    shows '✓ #4 '
    shows '  channel \[-\]:$'
    line 이메일
    eventually 10 both_are '["배송","","첫째 줄"]
["환불","","둘째 줄"]
["결제","게시판","셋째 줄"]
["기타","","넷째 줄"]
["회원","이메일","다섯째 줄"]'
}

@test "behind a word that may mean several, a pasted line is a record and no answer" {
    open_prompt
    paste $'ㄱ 첫째 줄\n배송 둘째 줄\n:해결\n환불 셋째 줄\n'
    shows '✓ #2 .*셋째 줄'
    shows '✗ no category was chosen'
    same records '["배송","전화","둘째 줄"]
["환불","전화","셋째 줄"]' "$(both)"
    press Up Up Up Up
    shows '> ㄱ 첫째 줄$'
}

@test "a channel mistyped three times saves nothing, and the line is a key away" {
    unset CXLOG_DEFAULTS_CHANNEL
    no_default
    line '배송 메모'
    shows 'channel \[-\]:'
    line 저놔
    line 없음
    shows '없음'
    line 팩스
    shows '✗ no channel was chosen: nothing was saved'
    same records 0 "$(records)"
    press Up
    shows '> 배송 메모$'
}

@test "a channel of forty syllables is shown in part, not in half a character" {
    local long
    long=$(printf '가나다라%.0s' 1 2 3 4 5 6 7 8 9 10)
    cxlog channel add "$long" -q
    CXLOG_DEFAULTS_CHANNEL=$long cxlog log 배송 >/dev/null
    unset CXLOG_DEFAULTS_CHANNEL
    no_default
    line '환불 메모'
    shows 'channel \[가나다라(가나다라)*\]:'
    press Enter
    shows '✓ #2 .*환불 · 가나다라'
    press C-d
    shows '^today 2'
    fresh "CXLOG_DEFAULTS_CHANNEL=$long cxlog"
    shows '^[0-9:]{5} \[가나다라(가나다라)*\]> *$'
    line '결제 끝'
    shows '✓ #3 .*결제 · 가나다라'
}

@test "with -n nothing that is typed changes anything, nor its history" {
    cxlog log 배송 하나 >/dev/null
    line 'cxlog -n prompt'
    shows '\[전화\]> *$'
    line u
    shows 'would save: '
    line '환불 둘'
    shows 'would save: 환불'
    line '<'
    shows '#1> 배송 전화 하나$'
    line ' 셋'
    shows 'would save: 배송 .*하나 셋'
    press C-d
    shows '^today 1'
    same rows 1 "$(sql 'select count(*) from record')"
    [ ! -s "$XDG_STATE_HOME/cxlog/history" ]
}

@test "u u takes back two, and < then opens the one that stands" {
    open_prompt
    line '배송 하나'
    shows '✓ #1'
    line '환불 둘'
    shows '✓ #2'
    line '결제 셋'
    shows '✓ #3'
    line u
    shows '↶ #3'
    line 'u '
    shows '↶ #2'
    line '<'
    shows '#1> 배송 전화 하나$'
    press Enter
    shows 'nothing was changed'
    line '. . 넷'
    shows '✓ #6 .*배송 · 전화   넷'
    same notes '하나
넷' "$(notes)"
}

@test "what is asked is seen, with -q too, and not without a screen" {
    fresh 'cxlog -q prompt'
    shows '\[전화\]> *$'
    line 'ㄱ'
    shows '1\) .*2\) '
    press Enter C-d
    shows '^today 0'
    fresh 'cxlog -q log ㄱ'
    shows '1\) .*2\) '
    press Enter
    shows '^\$ *$'
    fresh "cxlog prompt >$WORLD/out"
    shows 'needs a terminal'
}

@test "off a terminal there is no prompt" {
    expect 64 cxlog </dev/null
    same stdout '' "$output"
    refused 64 terminal cxlog prompt
    refused 64 terminal cxlog edit '#1' || { cxlog log 배송 >/dev/null && refused 64 terminal cxlog edit '#1'; }
}
