#!/usr/bin/env bats
# cxlog config: every setting as it is in force, and where its value comes from.

load helper

setup() {
    setup_world
    unset CXLOG_AGENT_NAME
}

file() { echo "$XDG_CONFIG_HOME/cxlog/config.ini"; }

# row KEY WORD… - the line of config list for that setting, tab-separated
row() {
    local key=$1
    shift
    cxlog config list --plain "$@" | awk -F'\t' -v key="$key" '$1 == key'
}

@test "each level of precedence is named: default, file, variable, and the file that --config or CXLOG_CONFIG names" {
    settings '[agent]' 'name = 파일' '[time]' 'zone = Asia/Tokyo'
    export CXLOG_TIME_ZONE=Asia/Seoul
    same 'default' "$(printf 'sync.linger\t10\tdefault\t')" "$(row sync.linger --origin)"
    same 'file' "$(printf 'agent.name\t파일\tfile\t%s' "$(file)")" "$(row agent.name --origin)"
    same 'variable' "$(printf 'time.zone\tAsia/Seoul\tenvironment\tCXLOG_TIME_ZONE')" "$(row time.zone --origin)"
    printf '[agent]\nname = 변수\n' >"$WORLD/env.ini"
    printf '[agent]\nname = 깃발\n' >"$WORLD/flag.ini"
    chmod 600 "$WORLD"/*.ini
    export CXLOG_CONFIG=$WORLD/env.ini
    same 'CXLOG_CONFIG' "$(printf 'agent.name\t변수\tfile\t%s' "$WORLD/env.ini")" "$(row agent.name --origin)"
    same '--config' "$(printf 'agent.name\t깃발\tfile\t%s' "$WORLD/flag.ini")" "$(row agent.name --origin --config "$WORLD/flag.ini")"
    export CXLOG_AGENT_NAME=
    same 'an empty variable counts as unset' "$(printf 'agent.name\t깃발\tfile\t%s' "$WORLD/flag.ini")" \
        "$(row agent.name --origin --config "$WORLD/flag.ini")"
}

@test "list has every setting of the manual page, also what is not set" {
    local key
    quietly 0 cxlog config list --plain
    same 'title' "$(printf 'key\tvalue')" "${lines[0]}"
    for key in $(sed 's/\\//g' "$BATS_TEST_DIRNAME/../../config/man/en/cxlog-config.5.scd" | grep -oE '^\*[a-z]+\.[a-z]+\*' | tr -d '*'); do
        [ "$key" = alert.total ] || has "$output" "^$key	"
    done
    same 'not set' "$(printf 'sheet.id\t')" "$(row sheet.id)"
    same 'list is what config alone does' "$output" "$(cxlog config --plain)"
}

@test "the JSON of list says where each value comes from, without --origin too" {
    settings '[agent]' 'name = 김하늘' '[alert]' '배송 = 1.5x4w'
    quietly 0 cxlog config list --json
    member .schema 1
    member '.settings[] | select(.key == "agent.name")' \
        "{\"key\":\"agent.name\",\"value\":\"김하늘\",\"origin\":\"file\",\"from\":\"$(file)\"}"
    member '.settings[] | select(.key == "sheet.id")' '{"key":"sheet.id","value":null,"origin":"default","from":null}'
    member '.settings[-1] | [.key, .value, .origin] | join(" ")' 'alert.배송 1.5x4w file'
    same '--origin changes nothing' "$output" "$(cxlog config list --json --origin)"
}

@test "get shows one value alone, with --origin where it comes from" {
    export CXLOG_AGENT_NAME=김하늘
    quietly 0 cxlog config get agent.name
    same value 김하늘 "$output"
    quietly 0 cxlog config get agent.name --origin
    same origin "$(printf '김하늘\tenvironment\tCXLOG_AGENT_NAME')" "$output"
    quietly 0 cxlog config get sheet.id
    same 'not set' '' "$output"
    quietly 0 cxlog config get agent.name --json
    member '[.schema, .key, .value, .origin, .from]' '[1,"agent.name","김하늘","environment","CXLOG_AGENT_NAME"]'
    quietly 0 cxlog 설정 값 agent.name
    same 'in Korean' 김하늘 "$output"
}

@test "the store's place is told when nobody set it" {
    quietly 0 cxlog config get store.path
    same store "$(store)" "$output"
    [ ! -e "$(store)" ]
}

@test "a password in the proxy's address is never shown" {
    local form
    for proxy in 'http://kim:s3cret@proxy.example:3128' 'http://kim:s3c@ret@proxy.example:3128'; do
        settings '[google]' "proxy = $proxy"
        for form in 'list' 'list --origin' 'list --plain' 'list --json' 'get google.proxy' 'get google.proxy --json'; do
            # shellcheck disable=SC2086 # words are words
            quietly 0 cxlog config $form
            has "$output" '\*\*\*@proxy\.example:3128'
            hasnt "$output" 's3c|ret@'
        done
    done
    settings '[google]' 'proxy = http://proxy.example:3128'
    quietly 0 cxlog config get google.proxy
    same 'without a password' http://proxy.example:3128 "$output"
}

@test "for people the home folder is ~, the source is the path or the variable, in both languages" {
    settings '[time]' 'zone = Asia/Seoul'
    export CXLOG_UI_LANG=ko
    quietly 0 cxlog config list --origin
    has "$output" '^설정 +값 +출처'
    has "$output" '^store\.path +~/\.local/share/cxlog/cxlog\.db +기본값 *$'
    has "$output" '^time\.zone +Asia/Seoul +~/\.config/cxlog/config\.ini *$'
    has "$output" '^ui\.lang +ko +CXLOG_UI_LANG *$'
    has "$output" '^sheet\.id +· +기본값 *$'
    CXLOG_UI_LANG=en quietly 0 cxlog config list --origin
    has "$output" '^store\.path +~/\.local/share/cxlog/cxlog\.db +default *$'
}

@test "an unknown setting is refused with the near ones, a mistyped verb with the verbs" {
    refused 65 'no setting "agent.nam"' cxlog config get agent.nam
    has "$stderr" '^    agent.name$'
    refused 64 'verbs list and get' cxlog config lst
    has "$stderr" '^    list$'
    refused 64 'one setting' cxlog config get
    refused 64 'one setting' cxlog config get agent.name time.zone
    refused 64 'config get does' cxlog config list agent.name
}

@test "settings that cannot be read are refused as everywhere" {
    settings '[agent]' 'nam = 김하늘'
    refused 78 'config\.ini:2' cxlog config list
    refused 78 'no settings file' cxlog config list --config "$WORLD/missing.ini"
}

@test "Tab offers the verbs, then the settings" {
    same verbs 'get list' "$(cxlog __complete config '' | cut -f1 | sort | paste -sd' ' -)"
    same settings 'sync.auto sync.backoff sync.deadline sync.linger' "$(cxlog __complete config get sync. | cut -f1 | sort | paste -sd' ' -)"
}
