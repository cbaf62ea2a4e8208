#!/usr/bin/env bats
# The shape of every command: help, version, mistakes on the line, streams, colour, exit codes.

load helper

setup() { setup_world; }

commands='log amend void undo redo edit fix prompt template config completion show status sync init list totals export import category channel region field'

@test "every command answers --help, -h and help CMD on stdout with usage, and does nothing" {
    local cmd
    for cmd in $commands; do
        quietly 0 cxlog "$cmd" --help
        has "$output" "^  cxlog $cmd"
        has "$output" '--json'
        local text=$output
        quietly 0 cxlog "$cmd" -h
        same "-h of $cmd" "$text" "$output"
        quietly 0 cxlog help "$cmd"
        has "$output" "cxlog $cmd"
    done
    [ ! -e "$(store)" ]
}

@test "-h anywhere on the line shows help and logs nothing" {
    quietly 0 cxlog log 배송 전화 안 와요 -h
    has "$output" 'Usage:'
    quietly 0 cxlog log 배송 --note -h
    quietly 0 cxlog -h log 배송 안 와요
    has "$output" '^  cxlog log'
    same 'records' '["-h"]' "$(cxlog list --json | jq -sc '[.[].note]')"
}

@test "-V and --version say the version, help alone lists every command" {
    quietly 0 cxlog -V
    same 'version' "$(grep -oE '^cxlog [0-9]+\.[0-9]+\.[0-9]+$' <<<"$output")" "$output"
    quietly 0 cxlog --version
    quietly 0 cxlog help
    local cmd text=$output
    for cmd in $commands; do has "$text" "^  $cmd "; done
    quietly 0 cxlog --help
    same 'help and --help' "$text" "$output"
}

@test "no command off a terminal: short help on stderr and a usage error" {
    expect 64 cxlog </dev/null
    same stdout '' "$output"
    has "$stderr" 'Usage:'
    has "$stderr" '^cxlog: '
}

@test "an unknown command is refused with the one that was meant" {
    refused 64 '"totlas"' cxlog totlas
    has "$stderr" '^    totals$'
    refused 64 '"lgo"' cxlog lgo
    has "$stderr" '^    log$'
    refused 64 '"집게"' cxlog 집게
    has "$stderr" '^    집계$'
    refused 64 '.' cxlog xyzzy
    refused 64 '.' cxlog help xyzzy
    [ ! -e "$(store)" ]
}

@test "an unknown option is refused with the one that was meant" {
    refused 64 '--periode' cxlog totals --periode 3
    has "$stderr" '^    --periods$'
    refused 64 '--unsend' cxlog list --unsend
    has "$stderr" '^    --unsent$'
    refused 64 '--chanel' cxlog log 배송 a --chanel 전화
    has "$stderr" '^    --channel$'
    refused 64 '.' cxlog status -x
    refused 64 'needs a value' cxlog list --category
    refused 64 'takes no value' cxlog list --unsent=yes
    refused 64 'auto, always or never' cxlog status --color=sometimes
}

@test "common flags stand before or behind the command" {
    quietly 0 cxlog --json status
    member .schema 1
    quietly 0 cxlog status --json
    member .schema 1
    printf '[agent]\nname = 깃발\n' >"$WORLD/f.ini"
    unset CXLOG_AGENT_NAME
    quietly 0 cxlog --config "$WORLD/f.ini" --json status
    member .agent 깃발
    quietly 0 cxlog status --json --config="$WORLD/f.ini"
    member .agent 깃발
}

@test "short flags may be clustered, and --name=value is --name value" {
    quietly 0 cxlog list -qn1
    cxlog log 배송 a >/dev/null
    cxlog log 환불 b >/dev/null
    quietly 0 cxlog list --json -n1
    same 'one record' 1 "${#lines[@]}"
    quietly 0 cxlog list --json --category=환불
    member .note b
}

@test "words that a command does not take are a usage error" {
    refused 64 '.' cxlog status now
    refused 64 '.' cxlog sync now
    refused 64 '.' cxlog undo now
    refused 64 '.' cxlog init now
}

@test "-q keeps quiet about what went well, not about data" {
    cxlog log 배송 a >/dev/null
    quietly 0 cxlog undo -q
    valid_id "$output"
    quietly 0 cxlog list -q
    quietly 0 cxlog totals -q
}

@test "no escape sequence leaves cxlog off a terminal, nor under NO_COLOR" {
    needs_terminal
    cxlog log 배송 전화 a >/dev/null
    local cmd
    for cmd in status list totals 'show #1'; do
        # shellcheck disable=SC2086 # command and argument
        expect 0 cxlog $cmd
        hasnt "$output" $'\x1b'
    done
    export TERM=xterm
    run at_terminal "$CXLOG_BIN/cxlog" totals
    has "$output" $'\x1b\\[2m'
    NO_COLOR=1 run at_terminal "$CXLOG_BIN/cxlog" totals
    has "$output" '배송'
    hasnt "$output" $'\x1b'
}

@test "CLICOLOR_FORCE colours off a terminal too, unless it is 0 or somebody wants none" {
    cxlog log 배송 전화 a >/dev/null
    has "$(CLICOLOR_FORCE=1 cxlog totals)" $'\x1b\\[2m'
    hasnt "$(CLICOLOR_FORCE=0 cxlog totals)" $'\x1b'
    hasnt "$(CLICOLOR_FORCE=1 NO_COLOR=1 cxlog totals)" $'\x1b'
    hasnt "$(CLICOLOR_FORCE=1 cxlog totals --color never)" $'\x1b'
}

@test "text from people is shown escaped: no record can move the cursor or forge a line" {
    local evil=$'a\x1b[2Jb\xe2\x80\xaec\xc2\x9bd'
    expect 65 cxlog log 배송 --note "$evil"
    hasnt "$stderr" $'\x1b'
    expect 65 cxlog "log" $'\x1b]52;c;AAAA\x07' </dev/null
    hasnt "$stderr" $'\x1b'
    expect 64 cxlog $'\x1b[2J'
    hasnt "$stderr" $'\x1b'
    expect 64 cxlog list $'--\x1b[2J'
    hasnt "$stderr" $'\x1b'
    cxlog log 배송 --note $'한 줄\n둘째 \u202e gnp' >/dev/null
    expect 0 cxlog list
    same 'lines: header, rule, record' 3 "${#lines[@]}"
    hasnt "$output" $'\xe2\x80\xae'
    expect 0 cxlog show '#1'
    hasnt "$output" $'\xe2\x80\xae'
}

@test "LC_ALL=C, C.UTF-8 and no locale at all give the same bytes" {
    cxlog log 배송/지연 전화 --at '2025-03-04 10:00' 안 와요 --id 01ARZ3NDEKTSV4RRFFQ69G5FAV >/dev/null
    local form
    for form in 'list all --json' 'list all --plain' 'list all --csv' 'list all' 'totals 2025-03 --json' 'totals 2025-03' 'export' 'status --json'; do
        # shellcheck disable=SC2086 # command and arguments
        same "$form" "$(LC_ALL=C "$CXLOG_BIN/cxlog" $form 2>&1)" "$(LC_ALL=C.UTF-8 "$CXLOG_BIN/cxlog" $form 2>&1)"
        # shellcheck disable=SC2086
        same "$form" "$(LC_ALL=C "$CXLOG_BIN/cxlog" $form 2>&1)" "$(env -u LC_ALL -u LANG "$CXLOG_BIN/cxlog" $form 2>&1)"
    done
    has "$(LC_ALL=C cxlog list all)" '안 와요'
}

@test "on a terminal log says what it did and how to take it back, on stderr" {
    needs_terminal
    run at_terminal bash -c '"$CXLOG_BIN/cxlog" log 배송 전화 안 와요 >"$WORLD/out"'
    has "$output" '✓.*#1'
    has "$output" '배송 · 전화'
    has "$output" 'cxlog undo'
    valid_id "$(cat "$WORLD/out")"
}

@test "every error with --json is one object with code, name and message" {
    local words
    for words in xyzzy 'list --json nonsense' 'show --json #9' 'totals --json --by nothing' 'sync --json'; do
        # shellcheck disable=SC2086
        run --separate-stderr cxlog $words --json
        [ "$status" -ne 0 ]
        same "code of: $words" "$status" "$(jq -r .error.code <<<"$stderr")"
        member '[.schema,(.error.name|type),(.error.message|type),(.error.suggestions|type)]' '[1,"string","string","array"]' "$stderr"
    done
}

@test "nothing is run from PATH and nothing is asked when nobody is there" {
    mkdir "$WORLD/bin"
    printf '#!/bin/sh\necho run >>"%s/ran"\n' "$WORLD" >"$WORLD/bin/cxlog-sync"
    chmod +x "$WORLD/bin/cxlog-sync"
    PATH=$WORLD/bin:$PATH expect 78 cxlog sync
    [ ! -e "$WORLD/ran" ]
    unset CXLOG_AGENT_NAME
    refused 64 '--name' timeout 10 setsid "$CXLOG_BIN/cxlog" init
    refused 64 'category' timeout 10 setsid "$CXLOG_BIN/cxlog" log
}

@test "help heeds the pager of the settings, of the environment, and CXLOG_NO_INPUT" {
    needs_terminal
    export PAGER="sed s/^/paged:/"
    has "$(at_terminal "$CXLOG_BIN/cxlog" help periods)" '^paged:'
    hasnt "$(CXLOG_UI_PAGER=cat at_terminal "$CXLOG_BIN/cxlog" help periods)" '^paged:'
    hasnt "$(CXLOG_NO_INPUT=1 at_terminal "$CXLOG_BIN/cxlog" help periods)" '^paged:'
    settings '[ui]' 'pager = cat'
    hasnt "$(at_terminal "$CXLOG_BIN/cxlog" help periods)" '^paged:'
    has "$(at_terminal "$CXLOG_BIN/cxlog" help periods)" 2026
}

@test "a settings file that is named, on the line or in CXLOG_CONFIG, must be there" {
    refused 78 'no settings file' cxlog --config "$WORLD/none.ini" log 배송
    CXLOG_CONFIG=$WORLD/none.ini refused 78 'no settings file' cxlog log 배송
    same 'stores made' no "$([ -e "$(store)" ] && echo yes || echo no)"
}
