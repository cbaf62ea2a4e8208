#!/usr/bin/env bats
# The store: what is no store of ours is refused with its bytes unchanged; many at once lose nothing.

load helper

setup() {
    setup_world
    mkdir -p "$(dirname "$(store)")"
    chmod 700 "$(dirname "$(store)")"
}

# untouched CODE PATTERN - log and list are refused, and the store's bytes and its folder stay as they are
untouched() {
    local before after cmd
    before=$(sha256sum "$(store)" && ls -A "$(dirname "$(store)")")
    for cmd in 'log 배송 a' list totals status undo 'category add 파일럿'; do
        # shellcheck disable=SC2086 # command and arguments
        refused "$1" "$2" cxlog $cmd || return 1
    done
    after=$(sha256sum "$(store)" && ls -A "$(dirname "$(store)")")
    same 'bytes of the store' "$before" "$after"
}

@test "a text file is no store" {
    printf 'my diary\nsecond line\n' >"$(store)"
    chmod 600 "$(store)"
    untouched 78 '\.local/share/cxlog'
}

@test "a database of another program is no store" {
    sql 'CREATE TABLE photos (name TEXT); INSERT INTO photos VALUES ("a")'
    chmod 600 "$(store)"
    untouched 78 '\.local/share/cxlog'
}

@test "an empty file is not taken over" {
    : >"$(store)"
    chmod 600 "$(store)"
    local got
    run --separate-stderr cxlog log 배송 a
    got=$status
    [ "$got" -eq 78 ] || { [ "$got" -eq 0 ] && same 'records' 1 "$(records)"; }
}

@test "a store of a newer version is refused by the older program" {
    cxlog log 배송 a >/dev/null
    sql "PRAGMA user_version = $(($(sql 'PRAGMA user_version') + 1))"
    untouched 78 'newer'
}

@test "a damaged store is noticed and not written to" {
    seq -f '배송 메모 %g' 500 | cxlog log - >/dev/null
    printf 'garbage' | dd of="$(store)" bs=1 seek=16 conv=notrunc status=none
    local before
    before=$(sha256sum "$(store)")
    run --separate-stderr cxlog log 배송 a
    [ "$status" -eq 74 ] || [ "$status" -eq 78 ]
    same 'bytes of the store' "$before" "$(sha256sum "$(store)")"
}

@test "a symbolic or a second hard link in place of the store is refused" {
    cxlog log 배송 a >/dev/null
    mv "$(store)" "$WORLD/elsewhere.db"
    ln -s "$WORLD/elsewhere.db" "$(store)"
    local before
    before=$(sha256sum "$WORLD/elsewhere.db")
    refused 78 '.' cxlog log 배송 b
    same 'target' "$before" "$(sha256sum "$WORLD/elsewhere.db")"
    rm "$(store)"
    ln "$WORLD/elsewhere.db" "$(store)"
    untouched 78 '\.local/share/cxlog'
}

@test "a store that others may read is refused before any row is read" {
    cxlog log 배송 a >/dev/null
    chmod 644 "$(store)"
    untouched 77 '600|chmod'
    chmod 600 "$(store)"
    same 'records' 1 "$(records)"
}

@test "a store that belongs to somebody else is refused" {
    [ "$(id -u)" -eq 0 ] || skip 'needs root to give a file away'
    cxlog log 배송 a >/dev/null
    chown 65534 "$(store)"
    untouched 77 '\.local/share/cxlog'
}

@test "a folder, a FIFO or a device in place of the store is refused" {
    mkdir "$(store)"
    expect 78 cxlog log 배송 a
    rmdir "$(store)"
    mkfifo "$(store)"
    expect 78 timeout 10 "$CXLOG_BIN/cxlog" log 배송 a
}

@test "where no store can be made, the path is named" {
    export CXLOG_STORE_PATH=/dev/null/x/cxlog.db
    refused 73 '/dev/null/x' cxlog log 배송 a
}

@test "the store and what is beside it are the owner's alone, whatever the umask" {
    rm -r "$(dirname "$(store)")"
    umask 000
    cxlog log 배송 a >/dev/null
    same 'store' 600 "$(stat -c %a "$(store)")"
    same 'folder' 700 "$(stat -c %a "$(dirname "$(store)")")"
    same 'nothing open to others' '' "$(find "$HOME" -type f -perm /077)"
}

@test "twelve first runs at once: one store, twelve records" {
    local i pids=()
    for i in {1..12}; do
        cxlog log 배송 "첫 $i" >"$WORLD/out-$i" 2>"$WORLD/err-$i" &
        pids+=($!)
    done
    for i in {0..11}; do wait "${pids[$i]}"; done
    same 'stderr' '' "$(cat "$WORLD"/err-*)"
    same 'records' 12 "$(records)"
    same 'IDs printed are IDs kept' "$(cat "$WORLD"/out-* | sort)" "$(cxlog list --json | jq -r .id | sort)"
    same 'one starter scheme' 75 "$(cxlog status --json | jq .scheme_version)"
    same 'numbers' "$(seq 12)" "$(cxlog list --json | jq .number | sort -n)"
}

@test "eight writers of fifty records each while others read: all four hundred, nobody is told of locks" {
    local i pids=()
    writer() {
        local n
        for n in {1..50}; do cxlog log 배송 "작가 $1 $n" || return 1; done
    }
    for i in {1..8}; do
        writer "$i" >"$WORLD/out-$i" 2>"$WORLD/err-$i" &
        pids+=($!)
    done
    for i in {1..10}; do quietly 0 cxlog totals today --json; done
    for i in {0..7}; do wait "${pids[$i]}"; done
    same 'stderr' '' "$(cat "$WORLD"/err-*)"
    same 'records' 400 "$(records)"
    same 'IDs' "$(cat "$WORLD"/out-* | sort)" "$(cxlog list --json | jq -r .id | sort)"
    same 'total' 400 "$(cxlog totals today --json | jq .total.count)"
    same 'store intact' ok "$(sql 'PRAGMA integrity_check')"
}

@test "a writer that waits in vain says that nothing was saved" {
    cxlog log 배송 a >/dev/null
    coproc HOLDER { sqlite3 "$(store)"; }
    printf 'BEGIN EXCLUSIVE;\nSELECT "held";\n' >&"${HOLDER[1]}"
    local word
    read -r word <&"${HOLDER[0]}"
    refused 75 'nothing was saved' cxlog log 배송 b
    printf 'ROLLBACK;\n.quit\n' >&"${HOLDER[1]}"
    wait "$HOLDER_PID"
    same 'records' 1 "$(records)"
}

@test "a full disk: not saved, said so, and what was there is readable" {
    unshare -rm true 2>/dev/null || skip 'needs user namespaces'
    seq -f '배송 메모 %g' 100 | cxlog log - >/dev/null
    mkdir "$WORLD/small"
    run --separate-stderr unshare -rm bash -c '
        mount -t tmpfs -o size=320k tmpfs "$1/small" || exit 99
        cp "$2" "$1/small/cxlog.db" && chmod 600 "$1/small/cxlog.db"
        export CXLOG_STORE_PATH=$1/small/cxlog.db
        yes "배송 $(printf "긴 글 %.0s" {1..500})" | head -400 | "$CXLOG_BIN/cxlog" log - ; echo "code $?"
        "$CXLOG_BIN/cxlog" list all --json | wc -l' _ "$WORLD" "$(store)"
    [ "$status" -ne 99 ] || skip 'cannot mount'
    has "$output" '^code 74$'
    has "$stderr" 'nothing was saved'
    has "$output" '^100$'
}
