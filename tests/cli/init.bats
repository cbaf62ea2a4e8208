#!/usr/bin/env bats
# init where nobody can be asked: flags, one answer, exit codes.

load helper

setup() {
    setup_world
    unset CXLOG_AGENT_NAME
}
teardown() { stop_emulator; }

@test "without a terminal nothing is asked and stdin is left alone" {
    local rest
    rest=$(printf 'name\nchannel\n' | { "$CXLOG_BIN/cxlog" init --name 김하늘 >/dev/null 3>&- && cat; })
    same 'stdin' "$(printf 'name\nchannel')" "$rest"
}

@test "--no-input asks nothing on a terminal either" {
    needs_terminal
    local said
    said=$(at_terminal "$CXLOG_BIN/cxlog" init --no-input --name 김하늘 && at_terminal "$CXLOG_BIN/cxlog" init --no-input --json --name 김하늘)
    has "$said" '김하늘'
    hasnt "$said" '/6|\[Y/n\]|\[y/N\]'
}

@test "a key named by a flag stays where it is, as it is" {
    start_emulator
    quietly 0 cxlog init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    has "$output" 'opened and written'
    has "$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")" "^key = $WORLD/key.json\$"
    [ -e "$WORLD/key.json" ]
    [ ! -e "$XDG_CONFIG_HOME/cxlog/key.json" ]
}

@test "a sheet that is not shared: 77, and the address to share it with" {
    start_emulator
    local account
    account=$(emu GET accounts | jq -r '.accounts[0]')
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"unshare\",\"account\":\"$account\"}" >/dev/null
    refused 77 'not shared' cxlog init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    has "$stderr" "^    $account\$"
}

@test "the address is no mend of what sharing does not mend" {
    start_emulator
    state '{"api_disabled":true}'
    refused 77 'API is switched off' cxlog init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    hasnt "$stderr" gserviceaccount
}

@test "a store that holds records of a sheet is not set to another one" {
    start_emulator
    join 김하늘
    local before
    cxlog log 배송 전화 하나 :해결 >/dev/null
    expect 0 cxlog sync
    before=$(<"$XDG_CONFIG_HOME/cxlog/config.ini")
    refused 78 "holds records of spreadsheet $SHEET" cxlog init --no-input --sheet "${SHEET/1A/1Z}"
    same 'settings' "$before" "$(<"$XDG_CONFIG_HOME/cxlog/config.ini")"
    expect 0 cxlog close
}

@test "a store that was only set up may go to another sheet" {
    start_emulator
    join 김하늘
    refused 69 'no spreadsheet' cxlog init --no-input --sheet "${SHEET/1A/1Z}"
    has "$(<"$XDG_CONFIG_HOME/cxlog/config.ini")" "^id = ${SHEET/1A/1Z}$"
}

@test "a name that the file cannot hold is refused before anything is written" {
    refused 78 'cannot stand in the settings file' cxlog init --no-input --name '홍 ;길동'
    [ ! -e "$XDG_CONFIG_HOME/cxlog/config.ini" ]
}

@test "a spreadsheet in another zone and another country's way of writing is told" {
    start_emulator --locale de_DE
    join 이바다
    become 김하늘
    CXLOG_TIME_ZONE=Asia/Tokyo quietly 0 cxlog init --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    same 'about the zone' 1 "$(grep -c "^! the spreadsheet's time zone is Asia/Seoul, the team's Asia/Tokyo" <<<"$output")"
    has "$output" "^! the spreadsheet's locale is de_DE"
}

@test "-n --json is an object that says so" {
    quietly 0 cxlog init -n --json --no-input --name 김하늘
    member . '{"schema":1,"dry_run":true,"would_set":{"agent.name":"김하늘"},"would_set_up_sheet":false}'
}

@test "-n writes nothing" {
    start_emulator
    forget_requests
    quietly 0 cxlog init -n --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    has "$output" 'would set agent.name = 김하늘'
    [ ! -e "$XDG_CONFIG_HOME/cxlog/config.ini" ]
    [ ! -e "$(store)" ]
    same 'requests' 0 "$(emu GET requests | jq '.requests | length')"
}
