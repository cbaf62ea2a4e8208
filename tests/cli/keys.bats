#!/usr/bin/env bats
# What a record costs in keys on a two-set keyboard, Shift, 한/영 and Enter counted; each line is then typed into cxlog and judged by
# the record that it makes. tests/tty/prompt.bats does the same at the open prompt.

load helper

setup() { setup_world; }

keys_of() { "$CXLOG_BIN/keys_typed" "$@"; }

# at_most KEYS [--hangul] LINE - and says how many where it is more
at_most() {
    local most=$1 keys
    shift
    keys=$(keys_of "$@")
    [ "$keys" -le "$most" ] || { echo "$keys keys, at most $most: ${*: -1}" >&2; return 1; }
}

# in_bash LINE - with the short names that init --shell sets up
in_bash() {
    # shellcheck disable=SC2016 # for the inner shell
    printf '%s\n' 'eval "$(cxlog completion bash --aliases)"' "$1" |
        PATH=$CXLOG_BIN:$PATH bash --norc -O expand_aliases >/dev/null 3>&- 4>&-
}

# made CATEGORY CHANNEL NOTE - by the last line
made() { same record "$(jq -nc '$ARGS.positional' --args "$@")" "$(cxlog list --json | tail -n 1 | jq -c '[.category,.channel,.note]')"; }

@test "the counter counts as one counts by hand" {
    local keys line
    while IFS='|' read -r keys line; do
        same "$line" "$keys" "$(keys_of "$line")"
    done <<'LINES'
1|
7|배송
5|째
11|log 배송
10|a가b나
50|task add project:배송 +전화 3일째 미도착
50|timew track :day 배송 전화 '3일째 미도착'
40|jrnl 3일째 미도착 @배송 @전화.
74|cxlog log --category 배송 --channel 전화 --note '3일째 미도착'
40|cxlog log 배송 전화 3일째 미도착
33|cxlog log ㅂㅅ ㅈㅎ 3일째 미도착
LINES
    same 'with Hangul on already' 6 "$(keys_of --hangul 배송)"
}

@test "category and channel: nine keys, eight with the keyboard in English" {
    at_most 9 'ㄱ ㅂㅅ ㅈㅎ'
    in_bash 'ㄱ ㅂㅅ ㅈㅎ'
    made 배송 전화 ''
    cxlog log 기타 >/dev/null
    at_most 8 'c qt wg'
    in_bash 'c qt wg'
    made 배송 전화 ''
}

@test "category and the default channel: six keys" {
    export CXLOG_DEFAULTS_CHANNEL=전화
    at_most 6 'ㄱ ㅂㅅ'
    in_bash 'ㄱ ㅂㅅ'
    made 배송 전화 ''
}

@test "with a note: nineteen keys where lines are read, twenty-two in the shell" {
    export CXLOG_DEFAULTS_CHANNEL=전화
    at_most 19 --hangul 'ㅂㅅ 3일째 미도착'
    cxlog_in 'ㅂㅅ 3일째 미도착' log - >/dev/null
    made 배송 전화 '3일째 미도착'
    at_most 22 'ㄱ ㅂㅅ 3일째 미도착'
    in_bash 'ㄱ ㅂㅅ 3일째 미도착'
    made 배송 전화 '3일째 미도착'
}
