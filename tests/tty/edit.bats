#!/usr/bin/env bats
# Changing records at a terminal: edit, fix, log -e, and a category that is picked.

load tty

setup() {
    setup_world
    terminal 100 40
    shell_ready
}
teardown() { close_terminal; }

now_of() { cxlog list --json | jq -c "$1"; }
becomes() { [ "$(now_of "$1")" = "$2" ]; }

@test "edit re-opens the last record as a line; fields that are no words stay" {
    cxlog log 배송 전화 :진행 어제 주문 --hunch '느낌 둘' --link https://a.example/x >/dev/null
    line 'cxlog edit'
    shows '#1> 배송 전화 :진행 어제 주문$'
    line ' 취소'
    eventually 10 becomes '[.note,.hunch,.link,.result]' '["어제 주문 취소","느낌 둘","https://a.example/x","진행"]'
}

@test "edit ID with nothing changed adds nothing" {
    cxlog log 배송 전화 하나 >/dev/null
    line "cxlog edit '#1'"
    shows '#1> 배송 전화 하나$'
    press Enter
    shows 'nothing was changed'
    same rows 1 "$(sql 'select count(*) from record')"
}

@test "a note that would read as attributes is kept as it is" {
    cxlog log 배송 전화 -- +82 10 이 번호로 6분 >/dev/null
    line 'cxlog edit'
    shows '#1> 배송 전화 -- \+82 10 이 번호로 6분$'
    line ' 뒤'
    eventually 10 becomes '[.note,.handle_s,.tags]' '["+82 10 이 번호로 6분 뒤",null,[]]'
}

@test "fix asks for what is blank only, by number, and skips on Enter" {
    cxlog log 배송 전화 :해결 다됨 >/dev/null
    cxlog log 환불 전화 결과없음 >/dev/null
    cxlog log 결제 전화 이것도 >/dev/null
    line 'cxlog fix'
    shows '#2 .*결과없음'
    shows '결과  1 해결  2 진행'
    line 2
    shows '✓ #4 .*진행'
    shows '#3 .*이것도'
    press Enter
    shows '^\$ *$'
    same results '{"결제":"","배송":"해결","환불":"진행"}' \
        "$(cxlog list --json | jq -scS 'map({(.category): .result}) | add')"
}

@test "log -e logs what was saved in the editor, notes of several lines too" {
    cat >"$WORLD/editor" <<'X'
#!/bin/sh
sed -i -e 's/^구분:.*/구분: ㅂㅅ/' -e 's/^결과:.*/결과: 해결/' "$1"
printf '첫 줄\n둘째 줄\n' >>"$1"
X
    chmod +x "$WORLD/editor"
    line "EDITOR=$WORLD/editor cxlog log -e"
    shows '✓ #1 .*배송 · 해결'
    same record '["배송","해결","첫 줄\n둘째 줄"]' "$(now_of '[.category,.result,.note]')"
}

@test "an editor that changes nothing or fails logs nothing and leaves no file" {
    line "EDITOR=true TMPDIR=$WORLD/tmp; mkdir -p \$TMPDIR; export TMPDIR EDITOR; cxlog log -e"
    shows 'nothing was logged'
    line 'EDITOR=false cxlog log -e'
    shows 'did not end well'
    same records 0 "$(records)"
    same files 0 "$(find "$WORLD/tmp" -name 'cxlog-*' | wc -l)"
}

@test "a wrong value in the editor is said, and can be mended without typing all again" {
    cat >"$WORLD/editor" <<'X'
#!/bin/sh
if grep -q '없는것' "$1"; then sed -i 's/없는것/환불/' "$1"; else sed -i 's/^구분:.*/구분: 없는것/' "$1"; fi
X
    chmod +x "$WORLD/editor"
    line "EDITOR=$WORLD/editor cxlog log -e"
    shows '없는것'
    shows 'edit it again\? \[y/N\]'
    line y
    shows '✓ #1 .*환불'
}

@test "at a terminal an ambiguous category is picked by number, the most used first" {
    cxlog log 기타 >/dev/null
    line 'cxlog log ㄱ 전화 메모'
    shows '1\) 기타 .*2\) 결제'
    line 2
    shows '✓ #2 .*결제 · 전화   메모'
}

# blanks - names that are two words, and a record that bears them
blanks() {
    cxlog category add '반품 교환' -q
    cxlog channel add '네이버 톡톡' -q
    cxlog log -c "$1" -C '네이버 톡톡' -- 전화 주세요 내일 >/dev/null
}

@test "a name with a blank stands as its code, and the note keeps its words" {
    blanks '반품 교환'
    line 'cxlog edit'
    shows '#1> ㅂㅍㄱㅎ ㄴㅇㅂㅌㅌ 전화 주세요 내일$'
    press BSpace BSpace
    line 모레
    eventually 10 becomes '[.category,.channel,.note]' '["반품 교환","네이버 톡톡","전화 주세요 모레"]'
}

@test "a note that begins like a channel stays a note when the channel cannot be said" {
    cxlog channel add '네이버 톡톡' --code '' -q
    cxlog log -c 배송 -C '네이버 톡톡' -- 전화 주세요 내일 >/dev/null
    line 'cxlog edit'
    shows '#1> 배송 -- 전화 주세요 내일$'
    press BSpace BSpace
    line 모레
    eventually 10 becomes '[.channel,.note]' '["네이버 톡톡","전화 주세요 모레"]'
}

@test "a category or a tag that no line can say is changed in the editor" {
    cxlog category add '반품 교환' --code '' -q
    cxlog log '반품 교환' 전화 처음 >/dev/null
    fresh "export EDITOR='sed -i s/처음/나중/'; cxlog edit"
    shows '✓ #2 .*반품 교환 · 전화   나중'
    cxlog log 배송 전화 처음 -t '급한 것' >/dev/null
    fresh 'cxlog edit'
    shows '✓ #4 .*배송 · 전화 · \+급한 것   나중'
    same tags '["급한 것"]' "$(field '#3' tags | jq -c .)"
}

@test "a clock in a correction is of the record's own day" {
    local yesterday
    yesterday=$(TZ=Asia/Seoul date -d yesterday +%F)
    cxlog log 배송 전화 메모 --at '어제 10:00' >/dev/null
    line "cxlog edit '#1'"
    shows '#1> 배송 전화 메모$'
    line ' 23:59'
    shows '✓ #2  23:59'
    same at "${yesterday}T23:59:00+09:00" "$(field '#1' contacted_at)"
}

@test "edit opens the record that stands, not the one just taken back" {
    cxlog log 배송 전화 하나 >/dev/null
    cxlog log 환불 전화 둘 >/dev/null
    cxlog undo -q >/dev/null
    line 'cxlog edit'
    shows '#1> 배송 전화 하나$'
}

# editor LINE… - a script that stands for $EDITOR; "$1" in it is the file
editor() {
    printf '%s\n' '#!/bin/sh' "$@" >"$WORLD/editor"
    chmod +x "$WORLD/editor"
    line "export EDITOR=$WORLD/editor TMPDIR=$WORLD/tmp; mkdir -p \$TMPDIR; clear"
    shows '^\$ *$'
}
texts() { find "$WORLD/tmp" -name 'cxlog-*'; }

@test "what was typed in the editor is kept when it is refused, and its file named" {
    editor 'sed -i "s/^구분:.*/구분: 없는것/" "$1"; echo "긴 메모" >>"$1"'
    line 'cxlog log -e'
    shows 'edit it again\? \[y/N\]'
    press Enter
    shows 'your text is kept in'
    has "$(mux capture-pane -p -J)" "your text is kept in .*$(basename "$(texts)")"
    same mode 600 "$(stat -c %a "$(texts)")"
    has "$(cat "$(texts)")" '긴 메모'
    same records 0 "$(records)"
}

@test "a text without a category is given back, not thrown away" {
    editor 'if grep -q 메모 "$1"; then sed -i "s/^구분:.*/구분: 배송/" "$1"; else echo "긴 메모" >>"$1"; fi'
    line 'cxlog log -e'
    shows 'needs a category'
    line y
    shows '✓ #1 .*배송   긴 메모'
    same files '' "$(texts)"
}

@test "the clock goes on while the editor is open" {
    editor 'while [ "$(TZ=Asia/Seoul date +%S)" = "$(cat '"$WORLD"'/second)" ]; do sleep 0.1; done' \
        'sed -i -e "s/^일시:.*/일시: $(TZ=Asia/Seoul date "+%F %T")/" -e "s/^구분:.*/구분: 배송/" "$1"'
    line "TZ=Asia/Seoul date +%S >$WORLD/second; cxlog log -e"
    shows '✓ #1 .*배송'
}

@test "^C is for the editor: neither the record nor the text is lost" {
    editor 'trap : INT; sed -i "s/^구분:.*/구분: 배송/" "$1"; touch '"$WORLD"'/open; read -r x' 'read -r x'
    line 'cxlog log -e'
    eventually 10 test -e "$WORLD/open"
    press C-c
    press Enter Enter
    shows '✓ #1 .*배송'
    editor 'sed -i "s/^구분:.*/구분: 환불/" "$1"; touch '"$WORLD"'/again; read -r x'
    line 'cxlog log -e'
    eventually 10 test -e "$WORLD/again"
    press C-c
    shows 'your text is kept in'
    has "$(cat "$(texts)")" '구분: 환불'
    same records 1 "$(records)"
}

@test "the editor shows team fields too, blank ones as well" {
    cxlog field add 등급 --kind choice:A,B -q
    cxlog field add 메모수 --kind number -q
    cxlog log 배송 전화 --field 등급=A >/dev/null
    editor "cp \"\$1\" $WORLD/shown; sed -i -e 's/^등급: A/등급: B/' -e 's/^메모수:.*/메모수: 3/' \"\$1\""
    line 'cxlog edit -e'
    shows '✓ #2 '
    has "$(cat "$WORLD/shown")" '^등급: A$'
    has "$(cat "$WORLD/shown")" '^메모수: $'
    same fields '{"등급":"B","메모수":"3"}' "$(field '#1' fields | jq -c .)"
}
