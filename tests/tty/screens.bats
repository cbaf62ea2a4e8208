#!/usr/bin/env bats
# Screens at 60, 80 and 120 columns, the pager, colours.

load tty

setup() { setup_world; }
teardown() { close_terminal; }

hostile() {
    cxlog log 배송 전화 --at 2024-05-14 --customer '김👩‍👩‍👧하늘' --note '이모지 🚚 와 “따옴표”… ±' >/dev/null
    cxlog log 결제 카카오톡 --at 2024-05-14 --customer "$(printf '\u1100\u1161\u11a8')" --note '조합형' >/dev/null
    cxlog log 환불 게시판 --at 2024-05-07 --note 'a very long note that must be cut on narrow terminals, 아주 긴 메모' >/dev/null
}

@test "no line of a table is wider than the terminal, and numbers are never cut" {
    hostile
    local columns
    for columns in 60 80 120; do
        terminal "$columns" 30
        shell_ready
        fresh 'CXLOG_UI_PAGER=cat cxlog totals 2024-W20'
        shows '^total +2 +1 '
        eventually 10 settled
        unwrapped
        fresh 'CXLOG_UI_PAGER=cat cxlog list 2024-05'
        shows '^#1 '
        eventually 10 settled
        unwrapped
        same 'rows' 3 "$(screen | grep -cE '^#[123] ')"
        close_terminal
    done
}

@test "columns go in their order: first the little chart, then the share, then the average" {
    hostile
    terminal 80 20
    shell_ready
    fresh 'cxlog totals 2024-W20'
    shows 'last 13'
    close_terminal
    terminal 62 20
    shell_ready
    fresh 'cxlog totals 2024-W20'
    shows '^total'
    hasnt "$(screen)" 'last 13|share'
    has "$(screen)" 'a day\(5\)'
}

@test "a long answer goes through the pager, a short one does not stay in it" {
    local i
    for i in $(seq 60); do echo "배송 전화 $i"; done | cxlog log - >/dev/null
    terminal 100 20
    shell_ready
    fresh 'unset PAGER; cxlog list'
    shows '^:$'
    press q
    eventually 10 back_at_shell
    fresh 'cxlog status; echo short'
    shows '^short'
    fresh "PAGER='cat >$WORLD/paged' cxlog list; echo done"
    shows '^done'
    has "$(cat "$WORLD/paged")" '^#60 '
    has "$(cat "$WORLD/paged")" "$(printf '\033')|─"
}

@test "colour only on a terminal, and not with NO_COLOR" {
    cxlog log 배송 전화 >/dev/null
    terminal 100 20
    shell_ready
    fresh "python3 -B $BATS_TEST_DIRNAME/../cli/terminal.py cxlog log 환불 >$WORLD/coloured; echo one"
    shows '^one'
    fresh "NO_COLOR=1 python3 -B $BATS_TEST_DIRNAME/../cli/terminal.py cxlog log 환불 >$WORLD/plain; echo two"
    shows '^two'
    grep -q $'\033\\[32m' "$WORLD/coloured"
    hasnt "$(cat "$WORLD/plain")" $'\033'
    hasnt "$(cxlog status; cxlog list)" $'\033'
}

@test "the pager shows Hangul where the shell has no UTF-8" {
    seq 60 | sed 's/^/배송 전화 메모 /' | cxlog log - >/dev/null
    terminal 100 20
    shell_ready
    fresh 'unset PAGER LESSCHARSET; LC_ALL=C cxlog list'
    shows '^:$'
    has "$(screen)" '배송 +전화'
}
