#!/usr/bin/env bats
# A store that the first version of cxlog left behind, with records in every state (tests/crash/store_v1.sql): any command brings
# it up to date, and nothing about its records changes.

load helper

FACTS='SELECT id, state, mine, effective, edited, pos, batch, root, reason, checksum FROM record ORDER BY num'
PENDING=01M0CWB9CFV19111PY1DWRB9RB
UNKNOWN=01KTD7NZVZ7A03T5PMTSZ1RQ6N
REFUSED=01M2PC41PKHTPSF04PG5Q77PRH

setup() { setup_world; }
teardown() { stop_emulator; }

# grow_old - this agent's store is one of the first version
grow_old() {
    rm -f "$(store)"
    mkdir -p -m 700 "$(dirname "$(store)")"
    sql <"$BATS_TEST_DIRNAME/../crash/store_v1.sql" >/dev/null
    chmod 600 "$(store)"
    BEFORE=$(sql "$FACTS")
    same 'a store of the first version' 1 "$(sql 'PRAGMA user_version')"
}

# brought_up - the store is of today's version and its records are what they were
brought_up() {
    same 'records' "$BEFORE" "$(sql "$FACTS" | head -n "$(grep -c . <<<"$BEFORE")")"
    local version schema='SELECT name FROM sqlite_schema ORDER BY name'
    version=$(sql 'PRAGMA user_version') schema=$(sql "$schema")
    rm "$(store)"
    cxlog log 배송 >/dev/null # a store made today
    same 'its version' "$(sql 'PRAGMA user_version')" "$version"
    same 'its tables' "$(sql 'SELECT name FROM sqlite_schema ORDER BY name')" "$schema"
}

@test "any command brings an old store up to date: list, totals, status, show, log, category" {
    local words
    for words in 'list all' 'totals year' status "show $PENDING" 'log 배송' 'category list'; do
        grow_old
        # shellcheck disable=SC2086 # words of a command
        expect 0 cxlog $words
        brought_up
    done
}

@test "an old store counts the same as before" {
    grow_old
    same 'records that count' 7 "$(records)"
    same 'in all their versions' 10 "$(cxlog list all --all --json | wc -l)"
    same 'waiting, not known, refused' '1 1 1' \
        "$(cxlog status --json | jq -r '"\(.pending) \(.unknown) \(.quarantined)"')"
}

@test "an old store syncs: what waited and what was not known goes out once, what was refused waits for --retry" {
    start_emulator
    join 이도윤
    join 김하늘
    grow_old
    expect 0 cxlog sync --json
    member '[.pushed,.pending,.unknown,.quarantined]' '[2,0,0,1]'
    each_once "$PENDING" "$UNKNOWN"
    expect 0 cxlog sync --retry --json
    member '[.pushed,.quarantined]' '[1,0]'
    each_once "$PENDING" "$UNKNOWN" "$REFUSED"
    expect 0 cxlog sync --json
    member '[.pushed,.requests.write]' '[0,0]'
}

@test "a store of a version to come is refused with 78 and left as it is, by every command" {
    local words sum
    cxlog log 배송 >/dev/null
    sql 'PRAGMA user_version = 9999'
    sum=$(sha256sum "$(store)")
    for words in 'list all' status 'log 배송' 'sync' 'void #1'; do
        # shellcheck disable=SC2086
        refused 78 'newer cxlog' cxlog_env CXLOG_SHEET_ID="$SHEET" CXLOG_GOOGLE_KEY="$WORLD/none" -- $words
        same "the store after $words" "$sum" "$(sha256sum "$(store)")"
    done
}
