#!/usr/bin/env bats
# Tab in real shells, and the short names that init --shell writes.

load tty

# The shells are other people's programs and say to nobody when they are ready for the next key: a second try is given,
# and told. CXLOG_TRIES=1 takes it away.
BATS_TEST_RETRIES=$((${CXLOG_TRIES:-2} - 1))

setup() {
    [ "${BATS_TEST_TRY_NUMBER:-1}" = 1 ] || echo "# second try: $BATS_TEST_DESCRIPTION" >&3
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

@test "fish: names complete" {
    start_shell fish
    tab 'cxlog log 배'
    shows 'cxlog log 배송'
}

@test "fish: initials expand at Space" {
    start_shell fish
    keys 'cxlog log -n ㅂㅅ '
    shows 'cxlog log -n 배송'
}

# What others wrote into the sheet comes back as text: completed and entered, it runs nothing.
hostile() {
    cxlog log 배송 전화 -t "vip;touch\${IFS}$WORLD/ran" a >/dev/null
    cxlog log 배송 전화 -t "old\$(touch\${IFS}$WORLD/ran)" a >/dev/null
    cxlog log 배송 전화 -t "key\`touch\${IFS}$WORLD/ran\`'\"" a >/dev/null
    cxlog category add "가;touch\${IFS}ran" --code ㅋㅌ -q
    cd "$WORLD" || return
    cxlog category add '반품 교환' -q
}
# completed SHELL - each hostile value is completed and its line entered, and found nothing but its own record
completed() {
    local tag
    for tag in v o k; do
        tab "clear; echo run $tag; cxlog list --plain --tag $tag"
        shows 'tag .*touch'
        press Enter
        shows "^run $tag\$"
        shows '배송.*전화'
        [ ! -e "$WORLD/ran" ] || { echo "$1 ran what $tag stands for" >&2; return 1; }
    done
}

@test "bash: a completed value is text, whatever stands in the sheet" {
    hostile
    start_shell bash
    completed bash
}

@test "bash: within quotes nothing is put in" {
    hostile
    start_shell bash
    tab 'cxlog list --tag "v'
    keys '"; echo done'
    press Enter
    shows '^done'
    hasnt "$(screen)" touch
}

@test "bash: a name with a blank is one word, also when more words follow" {
    hostile
    start_shell bash
    tab 'ㄱ 반품'
    shows 'ㄱ 반품\\ 교환$'
    tab '카카'
    shows 'ㄱ 반품\\ 교환 카카오톡$'
    line ''
    shows '✓ #5 .*반품 교환 · 카카오톡'
}

@test "zsh: a completed value is text, whatever stands in the sheet" {
    hostile
    start_shell zsh
    completed zsh
}

@test "fish: a completed value is text, whatever stands in the sheet" {
    hostile
    start_shell fish
    completed fish
    line clear
    keys 'cxlog log --json -n ㅋㅌ '
    shows "log --json -n .*가.*;touch"
    press Enter
    shows '"dry_run":true'
    [ ! -e "$WORLD/ran" ]
}
