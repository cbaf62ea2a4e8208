#!/usr/bin/env bats
# The first set-up in Korean, as it stands on the screen: from nothing to a sheet that was written.

load tty
load transcript

setup() {
    setup_world
    SHEET=1AbCdEfGhIj # short: a pasted address must fit into a line
    unset CXLOG_AGENT_NAME
    export SHELL=/bin/bash XDG_RUNTIME_DIR=$WORLD/none
}
teardown() { end_terminal; }

@test "init from nothing, with a wrong key and a sheet that is shared only while it waits" {
    start_emulator
    local account
    account=$(emu GET accounts | jq -r '.accounts[0]')
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"unshare\",\"account\":\"$account\"}" >/dev/null
    mkdir "$HOME/Downloads"
    echo '{"installed":{"client_id":"x"}}' >"$HOME/Downloads/oauth.json"
    cp "$WORLD/key.json" "$HOME/Downloads/cx-log-1a2b.json"
    chmod 644 "$HOME"/Downloads/*
    korean_terminal
    line 'cxlog init'
    shows '시트에 적힐 이름: *$'
    line '김하늘'
    shows '^    > *$'
    line '1'
    shows '3/6'
    line '~/Downloads/oauth.json'
    shows 'OAuth'
    line '~/Downloads/cx-log-1a2b.json'
    shows '복사할까요'
    press Enter
    shows '지울까요'
    press Enter
    shows '4/6'
    line "https://docs.google.com/spreadsheets/d/$SHEET/edit#gid=0"
    shows '기다리는 중'
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"share\",\"account\":\"$account\"}" >/dev/null
    shows '다음|한 줄'
    line 'ㅛ'
    shows '✓ 끝'
    eventually 10 settled
    transcript init.ko
}

@test "the help of each question" {
    start_emulator
    cp "$WORLD/key.json" "$HOME"
    korean_terminal
    line 'cxlog init'
    shows '1/6'
    line 'h'
    shows '담당 열에'
    line '김하늘'
    shows '2/6'
    line 'ㅗ'
    shows '매번'
    press Enter
    shows '3/6'
    line '?'
    shows '언제든'
    line '~/key.json'
    shows '복사할까요'
    line 'h'
    shows '다운로드'
    line 'n'
    shows '4/6'
    line 'h'
    shows '알림 보내기'
    line 's'
    shows '6/6'
    line 'h'
    shows 'Tab'
    line 'n'
    shows '✓ 끝'
    eventually 10 settled
    transcript init-help.ko
}
