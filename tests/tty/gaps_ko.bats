#!/usr/bin/env bats
# The end of the day in Korean, as it stands on the screen: blank results are filled, then everything is sent.

load tty
load transcript

setup() { team_terminal; }
teardown() { end_terminal; }

@test "close asks for the blank results of the day one by one" {
    join 김하늘
    cxlog log 환불 카카오톡 '언제 되나요?' >/dev/null
    cxlog log 결제 전화 '카드 두 번 결제됨' >/dev/null
    cxlog log 배송 전화 '3일째 미도착' :해결 >/dev/null
    korean_terminal
    line 'cxlog close'
    shows '#1'
    line '9'
    shows '해결.*진행.*이관'
    line '1'
    shows '#2'
    line '진행'
    shows '마감'
    eventually 10 settled
    transcript gaps.ko
}
