#!/usr/bin/env bats
# Settings: where they come from, which wins, and what a settings file may not hold.

load helper

setup() {
    setup_world
    unset CXLOG_AGENT_NAME
}

agent() { cxlog status --json "$@" | jq -r .agent; }

# raw BYTES - the settings file, byte for byte (printf escapes)
raw() {
    mkdir -p "$XDG_CONFIG_HOME/cxlog"
    # shellcheck disable=SC2059 # the escapes are the point
    printf "$1" >"$XDG_CONFIG_HOME/cxlog/config.ini"
    chmod 600 "$XDG_CONFIG_HOME/cxlog/config.ini"
}

config_refused() { refused 78 "config\\.ini:$1: .*$2" cxlog status; }

@test "the environment wins over the file, the file over the built-in" {
    settings '[time]' 'zone = Europe/Berlin' '[agent]' 'name = 파일'
    same 'from the file' 파일 "$(agent)"
    expect 0 cxlog log 배송 --at '2025-07-01 12:00' --json
    member .contacted_at 2025-07-01T12:00:00+02:00
    expect 0 cxlog_env CXLOG_TIME_ZONE=Asia/Tokyo CXLOG_AGENT_NAME=환경 -- log 배송 --at '2025-07-01 12:00' --json
    member '[.agent,.contacted_at]' '["환경","2025-07-01T12:00:00+09:00"]'
    rm "$XDG_CONFIG_HOME/cxlog/config.ini"
    expect 0 cxlog_env CXLOG_AGENT_NAME=환경 -- log 배송 --at '2025-07-01 12:00' --json
    member .contacted_at 2025-07-01T12:00:00+09:00
}

@test "a flag wins over the environment" {
    export CXLOG_AGENT_NAME=환경 CXLOG_DEFAULTS_CHANNEL=전화
    expect 0 cxlog log 배송 --json
    member .channel 전화
    expect 0 cxlog log 배송 --channel 이메일 --json
    member .channel 이메일
    expect 0 cxlog init --no-input --name 깃발 --json
    member .agent 깃발
}

@test "--config names the file, before CXLOG_CONFIG, before the user's own" {
    settings '[agent]' 'name = 집'
    printf '[agent]\nname = 깃발\n' >"$WORLD/flag.ini"
    printf '[agent]\nname = 변수\n' >"$WORLD/env.ini"
    export CXLOG_CONFIG=$WORLD/env.ini
    same 'CXLOG_CONFIG' 변수 "$(agent)"
    same '--config' 깃발 "$(agent --config "$WORLD/flag.ini")"
    unset CXLOG_CONFIG
    same 'user file' 집 "$(agent)"
    refused 78 'no settings file' cxlog status --config "$WORLD/missing.ini"
}

@test "an empty variable counts as unset" {
    settings '[agent]' 'name = 파일'
    expect 0 cxlog_env CXLOG_AGENT_NAME= CXLOG_TIME_ZONE= -- status --json
    member .agent 파일
}

@test "an unknown key is refused with file, line and the key that was meant" {
    settings '[agent]' 'name = a' '[sync]' 'autoo = yes'
    config_refused 4 'sync\.autoo'
    has "$stderr" '^    sync\.auto$'
    settings '[agent]' 'name = a' '[sheets]' 'id = x'
    config_refused 3 section
}

@test "a doubled key and a doubled section are refused" {
    settings '[agent]' 'name = a' 'name = b'
    config_refused 3 'agent\.name stands twice'
    settings '[agent]' 'name = a' '[ui]' 'lang = ko' '[agent]'
    config_refused 5 twice
}

@test "a line too long for the parser is refused, not cut" {
    settings '[agent]' "name = $(printf 'a%.0s' {1..250})"
    config_refused 2 'longer than'
    settings '[agent]' 'name = a' "# $(printf 'a%.0s' {1..250})"
    config_refused 3 'longer than'
}

@test "a byte order mark is welcome at the start and nowhere else" {
    raw '\xef\xbb\xbf[agent]\r\nname = 가\r\n'
    same 'BOM and CRLF' 가 "$(agent)"
    raw '[agent]\n\xef\xbb\xbfname = 가\n'
    config_refused 2 'byte order mark'
}

@test "NUL, control characters and bytes that are no UTF-8 are refused" {
    raw '[agent]\nname = a\000b\n'
    config_refused 2 NUL
    raw '[agent]\nname = a\033[2Jb\n'
    config_refused 2 control
    raw '[agent]\nname = \377\n'
    config_refused 2 UTF-8
}

@test "an indented line and a comment behind a value are refused, they would change the value" {
    settings '[agent]' 'name = a' '  name2 = b'
    config_refused 3 blank
    settings '[agent]' 'name = abc ;def'
    config_refused 2 comment
    settings '[agent]' 'just words'
    config_refused 2 'name = value'
}

@test "a file that others may write is refused: it could send the records elsewhere" {
    settings '[agent]' 'name = a'
    chmod 622 "$XDG_CONFIG_HOME/cxlog/config.ini"
    refused 77 'chmod go-w' cxlog status
    chmod 620 "$XDG_CONFIG_HOME/cxlog/config.ini"
    refused 77 'chmod go-w' cxlog status
    chmod 644 "$XDG_CONFIG_HOME/cxlog/config.ini"
    quietly 0 cxlog status --json
}

@test "a folder, a FIFO and a huge file are no settings file" {
    mkdir -p "$XDG_CONFIG_HOME/cxlog/config.ini"
    refused 78 'no regular file' cxlog status
    rmdir "$XDG_CONFIG_HOME/cxlog/config.ini"
    mkfifo "$XDG_CONFIG_HOME/cxlog/config.ini"
    refused 78 'no regular file' timeout 10 "$CXLOG_BIN/cxlog" status
    rm "$XDG_CONFIG_HOME/cxlog/config.ini"
    settings "$(yes '# comment' | head -c 70000)"
    refused 78 'too long' cxlog status
}

@test "every value is checked: a bad one is named with its line, in the environment with its variable" {
    settings '[time]' 'zone = Mars/Olympus'
    expect 78 cxlog status
    settings '[sync]' 'auto = maybe'
    config_refused 2 'yes or no'
    settings '[sync]' 'linger = 1e5'
    config_refused 2 'number from 0 to 3600'
    settings '[ui]' 'lang = fr'
    config_refused 2 'auto, ko or en'
    settings '[sheet]' 'id = ../../token'
    config_refused 2 ''
    settings '[store]' 'path = relative.db'
    config_refused 2 'begins with /'
    rm "$XDG_CONFIG_HOME/cxlog/config.ini"
    refused 78 '^cxlog: CXLOG_UI_LANG: ' cxlog_env CXLOG_UI_LANG=fr -- status
}

@test "google.api takes Google and this machine, and nothing that only looks like them" {
    local bad
    for bad in https://evil.example http://127.0.0.1.evil.example http://localhost:1@evil.example \
        http://127.0.0.1:80/path http://sheets.googleapis.com https://sheets.googleapis.com.evil.example \
        http://127.0.0.1:99999 'http://[::1]x' file:///etc/passwd; do
        refused 78 'CXLOG_GOOGLE_API' cxlog_env CXLOG_GOOGLE_API="$bad" -- status
    done
    local good
    for good in https://sheets.googleapis.com http://127.0.0.1:1234 'http://[::1]:1234' http://localhost:8080; do
        quietly 0 cxlog_env CXLOG_GOOGLE_API="$good" -- status --json
    done
}

@test "the sheet is known by its id, or by the address as pasted from the browser" {
    export CXLOG_SHEET_ID="https://docs.google.com/spreadsheets/d/$SHEET/edit?gid=0#gid=0"
    expect 0 cxlog status --json
    member .sheet "$SHEET"
    CXLOG_SHEET_ID=$SHEET expect 0 cxlog status --json
    member .sheet "$SHEET"
}

@test "store.path and its ~ are followed" {
    export CXLOG_AGENT_NAME=a CXLOG_STORE_PATH='~/elsewhere/cx.db'
    quietly 0 cxlog log 배송
    [ -f "$HOME/elsewhere/cx.db" ]
    [ ! -e "$(store)" ]
}

@test "relative XDG folders are ignored" {
    cd "$WORLD"
    export CXLOG_AGENT_NAME=a XDG_DATA_HOME=data XDG_CONFIG_HOME=config
    quietly 0 cxlog log 배송
    [ ! -e "$WORLD/data" ]
    [ -f "$HOME/.local/share/cxlog/cxlog.db" ]
}

@test "cron's bare environment is enough: no HOME, no TERM, umask 000, deleted folder" {
    mkdir "$WORLD/gone" && cd "$WORLD/gone" && rmdir "$WORLD/gone"
    umask 000
    quietly 0 env -i CXLOG_AGENT_NAME=a CXLOG_STORE_PATH="$WORLD/cron/cx.db" "$CXLOG_BIN/cxlog" log 배송 전화
    valid_id "$output"
    same 'mode of the store' 600 "$(stat -c %a "$WORLD/cron/cx.db")"
    same 'mode of its folder' 700 "$(stat -c %a "$WORLD/cron")"
}

@test "without HOME the home of the account is used" {
    local home
    home=$(getent passwd "$(id -u)" | cut -d: -f6)
    # For cxlog the settings of whoever runs the tests are not there.
    expect 0 strace -f -P "$home/.config/cxlog/config.ini" -e inject=openat:error=ENOENT -o "$WORLD/trace" \
        env -i ASAN_OPTIONS=detect_leaks=0 CXLOG_STORE_PATH="$WORLD/x.db" "$CXLOG_BIN/cxlog" status --json
    has "$(cat "$WORLD/trace")" 'config\.ini.*INJECTED'
}

@test "the day is that of time.zone, whatever TZ says" {
    export CXLOG_AGENT_NAME=a
    local zone
    for zone in UTC Asia/Seoul :bad America/New_York; do
        expect 0 cxlog_env TZ="$zone" -- log 배송 --at '2025-03-01T15:30:00Z' --json
        member .contacted_at 2025-03-02T00:30:00+09:00
    done
    expect 0 cxlog list 2025-03-02 --json
    same 'records of that day in Seoul' 4 "${#lines[@]}"
}

@test "ui.lang chooses the language, without a Korean locale on the machine" {
    expect 64 cxlog_env CXLOG_UI_LANG=en -- totlas
    has "$stderr" 'there is no command'
    expect 0 cxlog_env CXLOG_UI_LANG=ko -- status
    has "$output" '오늘'
}

@test "init writes what it was told, keeps comments and order, and is safe to repeat" {
    settings '# mine' '[ui]' 'lang = en' '# of the agent' '[agent]' 'name = 옛이름'
    quietly 0 cxlog init --no-input --name 새이름
    same 'file' "$(printf '%s\n' '# mine' '[ui]' 'lang = en' '# of the agent' '[agent]' 'name = 새이름')" \
        "$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")"
    same mode 600 "$(stat -c %a "$XDG_CONFIG_HOME/cxlog/config.ini")"
    local before
    before=$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")
    quietly 0 cxlog init --no-input --name 새이름
    same 'file after a second init' "$before" "$(cat "$XDG_CONFIG_HOME/cxlog/config.ini")"
}

@test "init says what is missing instead of asking" {
    refused 64 '--name' cxlog init --no-input
    refused 78 '--key' cxlog init --no-input --name a --sheet "$SHEET"
    refused 66 'no file' cxlog init --no-input --name a --sheet "$SHEET" --key "$WORLD/none.json"
    refused 78 'sheet' cxlog init --no-input --name a --sheet 'https://example.com/x'
    expect 64 setsid "$CXLOG_BIN/cxlog" init </dev/null
}
