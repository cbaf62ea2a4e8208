#!/usr/bin/env bats
# A morning at the prompt in Korean, of an installed cxlog, as it stands on the screen.

load tty
load transcript

setup() {
    setup_world
    cmake --install "$CXLOG_BIN/.." --prefix "$WORLD/installed" >/dev/null
    export CXLOG_DEFAULTS_CHANNEL=전화
}
teardown() { close_terminal; }
machine() { sed -E 's/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/ID/'; }

@test "one line, then the prompt: a channel, a question, the end of the day" {
    korean_terminal 40
    line "export PATH=$WORLD/installed/bin:\$PATH; clear"
    line 'cxlog log ㅂㅅ ㅈㅎ 3일째 미도착, 재발송 안내 :진행 6분'
    shows '✓ #1 '
    line cxlog
    shows '\[전화\]> *$'
    line 'ㅎㅂ 카톡 언제 되나요? 규정 링크 보냄 :해결'
    shows '✓ #2 '
    line 'ㄱ'
    shows '번호'
    line '1'
    shows '메모'
    line '카드 두 번 결제됨'
    shows '✓ #3 '
    line u
    shows '↶'
    press C-d
    shows '^오늘 2 '
    eventually 10 settled
    transcript prompt.ko
}
