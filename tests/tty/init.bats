#!/usr/bin/env bats
# init on a terminal: each answer is checked and kept before the next question, and what is wrong is mended on the way.

load tty

setup() {
    setup_world
    unset CXLOG_AGENT_NAME
    export SHELL=/bin/sh XDG_RUNTIME_DIR=$WORLD/none
    KEPT=$XDG_CONFIG_HOME/cxlog/key.json
}
teardown() { end_terminal; }

# begin [OPTION…] - the dialogue, up to its first question that is not answered by an option
begin() {
    terminal 100 60
    shell_ready
    line "cxlog init $*"
    shows 'first set-up'
}
# to_key - name and channel answered
to_key() {
    shows '1/6 name'
    line 김하늘
    shows '2/6 channel'
    press Enter
    shows '3/6 key'
}
# to_sheet - and a key, used where it lies
to_sheet() {
    to_key
    line "$WORLD/key.json"
    shows 'copy it into'
    line n
    shows '4/6 sheet'
}
address() { emu GET accounts | jq -r '.accounts[0]'; }
share() { emu POST people "{\"id\":\"$SHEET\",\"edit\":\"$1\",\"account\":\"$(address)\"}" >/dev/null; }
url() { echo "https://docs.google.com/spreadsheets/d/${1:-$SHEET}/edit?usp=sharing#gid=1234"; }
setting() { sed -n "s/^$1 = //p" "$XDG_CONFIG_HOME/cxlog/config.ini"; }
no_copy_left() { same 'files beside the settings' '' "$(cd "$XDG_CONFIG_HOME/cxlog" && ls | grep -v -e '^config.ini$' -e '^key.*\.json$')"; }

@test "without a key everything stays here, and logging works" {
    unset CXLOG_GOOGLE_API
    begin
    shows '1/6 name'
    press Enter # there must be a name
    line 김하늘
    shows '2/6 channel'
    line ㅋㅋㅇ
    shows '3/6 key'
    line "$WORLD/none.json"
    shows '✗ there is no file'
    press Enter
    shows 'no spreadsheet'
    shows '✓ done'
    cxlog log 배송 하나 >/dev/null
    same 'agent' 김하늘 "$(field '#1' agent)"
    same 'channel' 카카오톡 "$(field '#1' channel)"
}

@test "a name that the settings file cannot hold is asked for again" {
    begin
    shows '1/6 name'
    line '홍 ;길동'
    shows '✗ agent.name cannot stand'
    line '"홍"'
    eventually 10 eval '[ "$(screen | grep -c "cannot stand")" = 2 ]'
    line 김하늘
    shows '2/6 channel'
    same 'name' 김하늘 "$(setting name)"
}

@test "a channel of one's own can be taken away again" {
    begin
    shows '1/6 name'
    line 김하늘
    shows '2/6 channel.*Enter: none'
    line 전화
    shows '3/6 key'
    same 'channel' 전화 "$(setting channel)"
    line '<'
    shows '2/6 channel.*\(-: none\)'
    line -
    eventually 10 eval '[ "$(screen | grep -c 3/6)" = 2 ]'
    same 'channel' '' "$(setting channel)"
    line '<'
    eventually 10 eval '[ "$(screen | grep -c "Enter: none")" = 2 ]'
}

@test "a store that holds records of a sheet keeps it, and the address is asked for again" {
    start_emulator
    join 김하늘
    cxlog log 배송 전화 >/dev/null
    cxlog sync >/dev/null
    unset CXLOG_AGENT_NAME
    begin
    shows '1/6'
    press Enter
    shows '2/6'
    press Enter
    shows '3/6'
    press Enter
    shows '4/6'
    line "$(url 1OtherOtherOtherOtherOtherOtherOtherOther)"
    shows '✗ this store holds records'
    eventually 10 eval '[ "$(screen | grep -c 4/6)" = 2 ]'
    same 'id' "$SHEET" "$(setting id)"
    press Enter
    shows '✓ done'
    has "$(screen)" 'opened and written'
}

@test "with stdout away the text is folded at the terminal's own width" {
    start_emulator
    share unshare
    terminal 50 60
    shell_ready
    line "cxlog init --name 김하늘 --key $WORLD/key.json --sheet $SHEET >$WORLD/out"
    shows '2/6'
    press Enter
    shows 'waiting'
    same 'lines of the sentences that the terminal broke' '' \
        "$(diff <(screen) <(mux capture-pane -p -J | sed 's/ *$//') | grep -E '^[<>].*(shared|Share|waiting)' || true)"
}

@test "a channel that nobody knows is kept only after asking" {
    begin
    shows '1/6 name'
    line 김하늘
    shows '2/6 channel'
    line 매장
    shows 'keep it all the same'
    press Enter
    eventually 10 eval '[ "$(screen | grep -c 2/6)" = 2 ]'
    line 매장
    eventually 10 eval '[ "$(screen | grep -c "keep it all the same")" = 2 ]'
    line y
    shows '3/6 key'
    same 'channel' 매장 "$(setting channel)"
}

@test "a pasted address, a sheet that is shared only later: it goes on by itself and has written" {
    start_emulator
    share unshare
    begin
    to_sheet
    line "$(url)"
    shows 'waiting, and going on by itself'
    shows "^ +$(address)\$"
    share share
    shows '✓ spreadsheet opened and written'
    shows 'tabs made'
    shows '✓ done'
    has "$(sheet | jq -r '.rows[0][0]')" 일시
    same 'id' "$SHEET" "$(setting id)"
}

@test "what is pasted while it waits is the next address" {
    start_emulator
    share unshare
    local other=1OtherOtherOtherOtherOtherOtherOtherOther
    begin
    to_sheet
    line "$(url $other)"
    shows '✗ there is no spreadsheet'
    line "$(url)"
    shows 'waiting'
    share share
    press Enter
    shows 'opened and written'
    same 'id' "$SHEET" "$(setting id)"
}

@test "an Excel file in Drive is recognised" {
    start_emulator
    state "{\"xlsx\":\"$SHEET\"}"
    begin
    to_sheet
    line "$(url)"
    shows '✗ the file is an Excel file'
    state "{\"xlsx\":\"$SHEET\",\"xlsx_on\":false}"
    press Enter
    shows 'opened and written'
}

@test "going on without the sheet ends well, and the next init goes on from there" {
    start_emulator
    share unshare
    begin
    to_sheet
    line "$(url)"
    shows 'waiting'
    line s
    shows 'not connected yet'
    shows '✓ done'
    eventually 10 back_at_shell
    cxlog log 배송 전화 >/dev/null
    share share
    fresh 'cxlog init'
    shows '1/6 name .*\[김하늘\]'
    press Enter
    shows '2/6'
    press Enter
    shows '3/6'
    press Enter
    shows '4/6'
    shows "\\[$SHEET\\]"
    press Enter
    shows 'opened and written'
}

@test "a wrong kind of key is named, and asked for again" {
    start_emulator
    echo '{"installed":{"client_id":"x"}}' >"$WORLD/client.json"
    echo '{"type":"authorized_user","refresh_token":"x"}' >"$WORLD/user.json"
    printf '\x30\x82\x09\x2a\x02\x01' >"$WORLD/old.p12"
    begin
    to_key
    line "$WORLD/client.json"
    shows '✗ the key file is an OAuth client'
    line "$WORLD/user.json"
    shows '✗ the key file is of type "authorized_user"'
    line "$WORLD/old.p12"
    shows '✗ .*P12'
    line "'$WORLD/key.json'" # as dropped on the terminal
    shows '✓ service-account key: cxlog@'
    no_copy_left
}

@test "a downloaded key goes into the settings folder for this person alone, and is never shown" {
    start_emulator
    mkdir "$HOME/Downloads"
    cp "$WORLD/key.json" "$HOME/Downloads/cx log.json"
    chmod 644 "$HOME/Downloads/cx log.json"
    begin
    to_key
    line '~/Downloads/cx\ log.json'
    shows 'copy it into'
    press Enter
    shows '✓ key copied: ~/.config/cxlog/key.json'
    shows 'delete the downloaded file'
    press Enter
    shows '4/6'
    cmp "$WORLD/key.json" "$KEPT"
    same 'mode' 600 "$(stat -c %a "$KEPT")"
    same 'setting' "$KEPT" "$(setting key)"
    [ ! -e "$HOME/Downloads/cx log.json" ]
    hasnt "$(mux capture-pane -p -S - -J)" 'PRIVATE|private'
    no_copy_left
}

@test "a key that lies in the settings folder is never replaced by another one" {
    start_emulator --key-out "$WORLD/second.json"
    mkdir -p "$XDG_CONFIG_HOME/cxlog"
    install -m 600 "$WORLD/second.json" "$KEPT"
    begin
    to_key
    line "$WORLD/key.json"
    shows 'copy it into'
    press Enter
    shows 'key copied: ~/.config/cxlog/key-2.json'
    line n
    shows '4/6'
    cmp "$WORLD/second.json" "$KEPT"
    cmp "$WORLD/key.json" "${KEPT%.json}-2.json"
    line '<'
    shows 'key-2.json'
    line "$WORLD/key.json" # the same once more
    eventually 10 eval '[ "$(screen | grep -c "copy it into")" = 2 ]'
    press Enter
    eventually 10 eval '[ "$(screen | grep -c "key copied: ~/.config/cxlog/key-2.json")" = 2 ]'
}

@test "a link, and a key of somebody else, are refused" {
    start_emulator
    ln -s "$WORLD/key.json" "$WORLD/link.json"
    begin
    to_key
    line "$WORLD/link.json"
    shows '✗ .*is a link'
    [ "$(id -u)" = 0 ] || skip 'only root can give a file away'
    install -m 644 -o nobody "$WORLD/key.json" "$WORLD/theirs.json"
    line "$WORLD/theirs.json"
    shows 'belongs to another user'
    no_copy_left
}

@test "a key that stays where it lies is made readable for this person alone, or not used" {
    start_emulator
    chmod 644 "$WORLD/key.json"
    begin
    to_key
    line "$WORLD/key.json"
    shows 'copy it into'
    line n
    shows 'make the key file readable for you alone'
    line n
    shows '✗ other users may read the key file'
    line "$WORLD/key.json"
    eventually 10 eval '[ "$(screen | grep -c "copy it into")" = 2 ]'
    line n
    eventually 10 eval '[ "$(screen | grep -c "for you alone? \[Y/n\]")" = 4 ]'
    press Enter
    shows '4/6'
    same 'mode' 600 "$(stat -c %a "$WORLD/key.json")"
}

@test "a key that Google does not take any more is asked for again" {
    start_emulator --key-out "$WORLD/second.json"
    state "{\"key_revoked\":true,\"account\":\"$(address)\"}"
    begin
    to_sheet
    line "$(url)"
    shows '✗ .*(deleted or disabled|key)'
    eventually 10 eval '[ "$(screen | grep -c 3/6)" = 2 ]'
    line "$WORLD/second.json"
    eventually 10 eval '[ "$(screen | grep -c "copy it into")" = 2 ]'
    line n
    shows 'opened and written'
    same 'setting' "$WORLD/second.json" "$(setting key)"
}

@test "names that the team's sheet does not have go into it only after asking" {
    start_emulator
    join 이바다
    become 김하늘
    unset CXLOG_AGENT_NAME
    CXLOG_AGENT_NAME=김하늘 cxlog category add 파일럿 >/dev/null
    begin
    to_sheet
    line "$(url)"
    shows 'add these names'
    line y
    shows 'opened and written'
    has "$(sheet_rows 구분 | jq -r '.[5]')" 파일럿
}

@test "^C at any question keeps what was answered, and leaves no copy of the key" {
    start_emulator
    share unshare
    begin
    shows '1/6'
    line 김하늘
    shows '2/6'
    press C-c
    shows 'stopped; what was answered is kept'
    eventually 10 back_at_shell
    same 'name' 김하늘 "$(setting name)"
    fresh 'cxlog init'
    shows '1/6 name .*\[김하늘\]'
    press Enter
    shows '2/6'
    line 1
    shows '3/6'
    line "$WORLD/key.json"
    shows 'copy it into'
    press C-c
    shows 'stopped'
    eventually 10 back_at_shell
    same 'channel' 전화 "$(setting channel)"
    same 'key' '' "$(setting key)"
    no_copy_left
    fresh 'cxlog init; echo code $?'
    shows '1/6'
    press Enter
    shows '\[전화\]'
    press Enter
    shows '3/6'
    line "$WORLD/key.json"
    shows 'copy it into'
    line n
    shows '4/6'
    line "$(url)"
    shows 'waiting'
    press C-c
    shows 'stopped'
    shows 'code 130'
    same 'id' "$SHEET" "$(setting id)"
    cxlog log 배송 >/dev/null
}

@test "a second init with Enter alone leaves the settings file as it is" {
    start_emulator
    join 김하늘
    local before
    cxlog init --no-input --name 김하늘 >/dev/null
    before=$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")
    unset CXLOG_AGENT_NAME
    forget_requests
    begin
    shows '1/6 name .*\[김하늘\]'
    press Enter
    shows '2/6'
    press Enter
    shows '3/6'
    press Enter
    shows '4/6'
    press Enter
    shows '✓ done'
    same 'file' "$before" "$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")"
    shows 'tabs are there'
}

@test "< goes back to the question before" {
    begin
    shows '1/6 name'
    line 김하늘
    shows '2/6'
    line '<'
    shows '1/6 name .*\[김하늘\]'
    line 이바다
    shows '이바다'
    eventually 10 eval '[ "$(screen | grep -c 2/6)" = 2 ]'
    same 'name' 이바다 "$(setting name)"
}

@test "what an option says is not asked" {
    start_emulator
    begin "--name 김하늘 --key $WORLD/key.json --sheet $SHEET --shell bash"
    shows '2/6'
    press Enter
    shows '✓ done'
    hasnt "$(screen)" '1/6|3/6|4/6|6/6'
    same 'id' "$SHEET" "$(setting id)"
}

# comfort - the dialogue up to what makes cxlog comfortable: the key and the sheet are there
comfort() {
    begin --name 김하늘 --key "$WORLD/key.json" --sheet "$SHEET"
    shows '2/6'
    press Enter
}

# a_systemd STATE - one that knows the timer in that state, and notes what it is told
a_systemd() {
    export XDG_RUNTIME_DIR=$WORLD/run PATH=$WORLD/stub:$PATH
    mkdir -p "$WORLD/run/systemd" "$WORLD/stub"
    printf '#!/bin/sh\necho "$*" >>%s/told\ncase $2 in show) echo %s ;; *) exit %s ;; esac\n' "$WORLD" "$1" "${2:-0}" >"$WORLD/stub/systemctl"
    chmod +x "$WORLD/stub/systemctl"
}

@test "short names and the timer are offered, and left alone when refused" {
    start_emulator
    join 김하늘
    export SHELL=/bin/bash
    a_systemd disabled
    comfort
    shows 'one line into ~/.bashrc'
    line n
    shows 'workdays at 17:00\?'
    line n
    shows '✓ done'
    [ ! -e "$HOME/.bashrc" ]
    hasnt "$(cat "$WORLD/told")" enable
}

@test "taken, the short names stand in the shell's file and the timer is on" {
    start_emulator
    join 김하늘
    export SHELL=/bin/bash
    a_systemd disabled
    comfort
    shows 'one line into ~/.bashrc'
    press Enter
    shows 'workdays at 17:00\?'
    press Enter
    shows '✓ done'
    has "$(cat "$HOME/.bashrc")" 'cxlog completion bash --aliases'
    has "$(cat "$WORLD/told")" '--user enable --now cxlog-close.timer'
    has "$(screen)" '✓ workdays at 17:00'
}

@test "what cannot be made comfortable does not fail the set-up" {
    start_emulator
    join 김하늘
    export SHELL=/bin/bash
    mkdir "$HOME/.bashrc"
    a_systemd disabled 1
    comfort
    shows 'one line into ~/.bashrc'
    press Enter
    shows '! cannot write'
    shows 'workdays at 17:00\?'
    press Enter
    shows '! systemd refused'
    shows '✓ done'
}

@test "a timer that is on is not offered, nor one that is not installed" {
    start_emulator
    join 김하늘
    a_systemd enabled
    comfort
    shows '✓ done'
    has "$(screen)" '✓ workdays at 17:00'
    close_terminal
    a_systemd ''
    comfort
    shows '✓ done'
    hasnt "$(screen)" 'workdays'
    hasnt "$(cat "$WORLD/told")" enable
}
