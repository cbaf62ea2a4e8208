#!/usr/bin/env bats
# Tab in real shells, and the short names that init --shell writes.

load tty

setup() {
    setup_world
    cxlog log 기타 >/dev/null # the store is there
}
teardown() { close_terminal; }

# start_shell NAME - with what `init --shell` wrote into its start-up file
start_shell() {
    command -v "$1" >/dev/null || skip "$1 is not installed"
    quietly 0 cxlog init --shell "$1" -q
    case $1 in
    bash) SHELL_COMMAND='exec bash --noprofile --rcfile ~/.bashrc' ;;
    zsh) SHELL_COMMAND='exec zsh -d' ;;
    fish) SHELL_COMMAND='exec fish' ;;
    esac
    terminal 100 30
    [ "$1" = fish ] || shell_ready
    [ "$1" != fish ] || shows '[>#] *$'
}

tab() {
    keys "$1"
    press Tab
}

@test "bash: Tab after ㅂㅅ puts 배송 in, also after the short names" {
    start_shell bash
    tab 'cxlog log ㅂㅅ'
    shows 'cxlog log 배송$'
    press C-u
    tab 'ㄱ ㅂㅅ'
    shows 'ㄱ 배송$'
    press C-u
    tab 'c qt'
    shows 'c 배송$'
}

@test "bash: several hits keep what was typed and list them" {
    start_shell bash
    keys 'ㄱ ㄱ'
    press Tab Tab
    shows '결제 +기타'
    shows 'ㄱ ㄱ$'
}

@test "bash: behind a colon only what follows it is replaced" {
    start_shell bash
    tab 'ㄱ 배송 전화 :해'
    shows 'ㄱ 배송 전화 :해결$'
}

@test "bash: options, periods and dimensions complete" {
    start_shell bash
    tab 'cxlog totals --cumu'
    shows 'totals --cumulative$'
    press C-u
    tab 'cxlog totals --by 구분,채'
    shows '구분,채널$'
    press C-u
    tab 'cxlog totals last-q'
    shows 'last-quarter$'
}

@test "bash: ㄱ ㅂㅅ logs in six keys, 한/영 and Enter among them" {
    export CXLOG_DEFAULTS_CHANNEL=전화
    start_shell bash
    [ "$("$CXLOG_BIN/keys_typed" 'ㄱ ㅂㅅ')" -le 6 ]
    line 'ㄱ ㅂㅅ'
    shows '✓ #2 .*배송 · 전화'
}

@test "zsh: Tab after ㅂㅅ puts 배송 in; several hits do not eat what was typed" {
    start_shell zsh
    tab 'cxlog log ㅂㅅ'
    shows 'cxlog log 배송$'
    press C-u
    tab 'ㄱ ㄱ'
    shows '결제'
    shows '기타'
    shows 'ㄱ (ㄱ|결제|기타)$'
}

@test "zsh: a question mark in a note is no pattern behind the short name" {
    start_shell zsh
    line 'ㄱ 배송 전화 왜 안 오나요? [긴급]'
    shows '✓ #2 .*왜 안 오나요\? \[긴급\]'
}

@test "fish: names complete, initials expand at Space" {
    start_shell fish
    tab 'cxlog log 배'
    shows 'cxlog log 배송'
    press C-c
    keys 'cxlog log ㅂㅅ '
    shows 'cxlog log 배송'
}
