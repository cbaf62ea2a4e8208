#!/usr/bin/env bats
# close and init on a terminal: gaps filled one by one, a first set-up that mends what is wrong.

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

@test "init asks again until an answer is good, and works without a key" {
    unset CXLOG_AGENT_NAME CXLOG_GOOGLE_API
    terminal
    shell_ready
    line 'cxlog init'
    shows '1/4 name'
    line '김하늘'
    shows '2/4 channel'
    line '전화'
    shows '3/4 key'
    line "$WORLD/none.json"
    shows '✗ there is no file'
    press Enter
    shows 'no spreadsheet'
    same 'name' 김하늘 "$(cxlog doctor --json | jq -r '.checks[] | select(.name == "name") | .text' | grep -o 김하늘)"
    cxlog log 배송 하나 >/dev/null
    same 'channel' 전화 "$(field '#1' channel)"
}

@test "init recognises a wrong key and a sheet that is not shared, waits, and goes on by itself" {
    local account
    account=$(emu GET accounts | jq -r '.accounts[0]')
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"unshare\",\"account\":\"$account\"}" >/dev/null
    echo '{"installed":{"client_id":"x"}}' >"$WORLD/oauth.json"
    chmod 600 "$WORLD/oauth.json"
    unset CXLOG_AGENT_NAME
    terminal
    shell_ready
    line 'cxlog init'
    shows '1/4 name'
    line '김하늘'
    shows '2/4 channel'
    press Enter
    shows '3/4 key'
    line "$WORLD/oauth.json"
    shows '4/4 sheet'
    line "https://docs.google.com/spreadsheets/d/$SHEET/edit#gid=0"
    shows 'service-account key file'
    line "$WORLD/key.json"
    shows 'waiting until it is shared'
    shows "$account"
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"share\",\"account\":\"$account\"}" >/dev/null
    shows 'spreadsheet opened and written'
    has "$(sheet | jq -r '.rows[0][0]')" 일시
}

@test "doctor keeps within 80 columns" {
    join 김하늘
    terminal
    shell_ready
    line 'clear; cxlog doctor'
    shows 'problems 0'
    shows 'it can be written'
}
