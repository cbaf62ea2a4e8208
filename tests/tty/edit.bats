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
    eventually 10 becomes '[.note,.handle_s,.tags]' '["+82 10 이 번호로 6분 뒤",null,""]' ||
        becomes '[.note,.handle_s]' '["+82 10 이 번호로 6분 뒤",null]'
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
