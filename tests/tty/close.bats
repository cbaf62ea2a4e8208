#!/usr/bin/env bats
# close and doctor on a terminal: gaps filled one by one.

load tty

setup() { team_terminal; }
teardown() { end_terminal; }

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

@test "close takes for a blank field what log takes, and asks again for a name that is none" {
    join 김하늘
    export CXLOG_CLOSE_REQUIRED=region,detail
    cxlog log 배송 전화 하나 :해결 >/dev/null
    terminal
    shell_ready
    line 'cxlog close'
    shows '지역: *$'
    line '없는곳'
    shows '지역: 없는곳'
    shows '"없는곳"'
    line 'ㅅㅇ'
    shows '세부: *$'
    line '지현'
    shows '^ +지연$'
    press Enter
    shows 'closed: 1 records'
    same 'region, detail' '["서울",""]' "$(now '#1' | jq -c '[.region, .detail]')"
    same 'in the sheet' '서울' "$(sheet_rows | tail -1 | jq -r '.[6]')"
}

@test "fix asks again for a name that is none, too, and leaves blank what is skipped" {
    join 김하늘
    export CXLOG_CLOSE_REQUIRED=detail,handle_s
    cxlog log 배송 전화 하나 :해결 >/dev/null
    terminal
    shell_ready
    line 'cxlog fix'
    shows '세부'
    line '없는세부'
    shows '"없는세부"'
    line 'ㅈㅇ'
    shows '처리'
    line '6분'
    shows '✓ #2'
    same 'detail, time' '["지연",360]' "$(now '#1' | jq -c '[.detail, .handle_s]')"
    same 'records' 2 "$(sql 'select count(*) from record')"
}

@test "doctor keeps within 80 columns" {
    join 김하늘
    terminal
    shell_ready
    fresh 'cxlog doctor'
    shows 'problems 0'
    shows 'it can be written'
    eventually 10 settled
    unwrapped
}
