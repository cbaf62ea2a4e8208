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

@test "-n writes nothing" {
    start_emulator
    forget_requests
    quietly 0 cxlog init -n --no-input --name 김하늘 --sheet "$SHEET" --key "$WORLD/key.json"
    has "$output" 'would set agent.name = 김하늘'
    [ ! -e "$XDG_CONFIG_HOME/cxlog/config.ini" ]
    [ ! -e "$(store)" ]
    same 'requests' 0 "$(emu GET requests | jq '.requests | length')"
}
