#!/usr/bin/env bats
# close and doctor on a terminal: gaps filled one by one.

load tty

setup() {
    command -v tmux >/dev/null || skip "no tmux"
    setup_world
    start_emulator
}
teardown() {
    close_terminal
    stop_emulator
}

@test "close asks for the blank results one by one and corrects the records" {
    join 김하늘
    cxlog log 환불 전화 '언제 되나요?' >/dev/null
    cxlog log 결제 전화 '두 번 결제됨' >/dev/null
    cxlog log 배송 전화 '해결됨' :해결 >/dev/null
    terminal
    shell_ready
    line 'cxlog close'
    shows '#1 .*언제 되나요'
    shows '1 해결 +2 진행 +3 이관'
    line '9'
    shows 'cannot be|must be|one of'
    line '1'
    shows '#2 .*두 번 결제됨'
    press Enter
    shows 'closed: 3 records'
    shows '1 records still have blank fields'
    same 'result' 해결 "$(field '#1' result)"
    same 'left blank' '' "$(field '#2' result)"
    same 'rows' 4 "$(sheet_ids | wc -l)"
}

@test "the end of input ends the questions, not the close" {
    join 김하늘
    cxlog log 환불 전화 하나 >/dev/null
    cxlog log 환불 전화 둘 >/dev/null
    terminal
    shell_ready
    line 'cxlog close'
    shows '1 해결'
    press C-d
    shows 'closed: 2 records'
    same 'rows' 2 "$(sheet_ids | wc -l)"
}

@test "doctor keeps within 80 columns" {
    join 김하늘
    terminal
    shell_ready
    line 'clear; cxlog doctor'
    shows 'problems 0'
    shows 'it can be written'
}
