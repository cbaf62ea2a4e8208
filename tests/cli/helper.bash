# helper.bash - the sealed world of the CLI tests. Each .bats file: `load helper`.
#
# CXLOG_BIN (set by ctest) is the folder with cxlog, cxlog-sync and cxlog-emulator. Every test has its own HOME and nothing of the
# caller's environment that could matter.

bats_require_minimum_version 1.5.0

setup_world() {
    # No test sees the day end: records of today would be yesterday's.
    local clock
    clock=$(TZ=Asia/Seoul date +%H:%M:%S)
    [[ $clock < 23:59:00 ]] || sleep $((61 - 10#${clock##*:}))
    : "${CXLOG_BIN:?run by ctest, or set CXLOG_BIN to the folder of the programs}"
    export WORLD=$BATS_TEST_TMPDIR
    SHEET=1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg
    local bin=$CXLOG_BIN shared=${CXLOG_SHARED:-}
    unset "${!CXLOG_@}" 2>/dev/null || true
    export CXLOG_BIN=$bin
    SHARED=${shared:-$BATS_TEST_DIRNAME/../../../shared}
    export LC_ALL=C TZ=UTC TMPDIR=$WORLD COLUMNS=80
    unset LANGUAGE NO_COLOR CLICOLOR_FORCE HTTPS_PROXY https_proxy ALL_PROXY
    export PAGER=cat
    become 김하늘
}

# shared_home - in setup_file: what is logged now, own_copy in setup gives to each test of the file
shared_home() {
    setup_world
    WORLD=$BATS_FILE_TMPDIR
    become 김하늘
}
own_copy() {
    setup_world
    cp -r "$BATS_FILE_TMPDIR/home-김하늘" "$WORLD/"
}

# become NAME - this agent's own home, settings and store from here on
become() {
    export HOME=$WORLD/home-$1
    export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
    export XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
    mkdir -p "$HOME"
    export CXLOG_AGENT_NAME=$1
}

# Background syncs must not inherit the descriptors that bats waits for.
cxlog() { "$CXLOG_BIN/cxlog" "$@" 3>&- 4>&-; }
# cxlog_in TEXT WORD… - with TEXT on stdin
cxlog_in() {
    local text=$1
    shift
    printf '%s' "$text" | cxlog "$@"
}
# cxlog_env NAME=VALUE… -- WORD… - with a changed environment (-u NAME takes one out)
cxlog_env() {
    local changes=()
    while [ "$1" != -- ]; do
        changes+=("$1")
        shift
    done
    shift
    env "${changes[@]}" "$CXLOG_BIN/cxlog" "$@" 3>&- 4>&-
}
# traced OPTION… COMMAND… - by strace, under which the leak check of a sanitizer cannot run
traced() { ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 strace "$@"; }
# closes_by_itself - the timer is enabled for this user
closes_by_itself() {
    mkdir -p "$XDG_CONFIG_HOME/systemd/user/timers.target.wants"
    ln -s "$(realpath "$BATS_TEST_DIRNAME/../../config/systemd/cxlog-close.timer")" "$XDG_CONFIG_HOME/systemd/user/timers.target.wants/"
}
# at_clock MOMENT COMMAND… - a program for which it is then: "@2026-11-19 05:30:00" (UTC), or so many seconds on: "+3600"
at_clock() {
    local moment=$1 pid code=0
    shift
    ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME=$moment \
        LD_PRELOAD=$(echo /usr/lib/*/faketime/libfaketime.so.1) "$@" 3>&- 4>&- <&0 &
    pid=$!
    wait "$pid" || code=$?
    # The library leaves these behind a program that gives way to another, as cxlog sync does.
    rm -f "/dev/shm/faketime_shm_$pid" "/dev/shm/sem.faketime_sem_$pid"
    return "$code"
}
# settings LINE… - the settings file of this agent, 0600
settings() {
    mkdir -p "$XDG_CONFIG_HOME/cxlog"
    printf '%s\n' "$@" >"$XDG_CONFIG_HOME/cxlog/config.ini"
    chmod 600 "$XDG_CONFIG_HOME/cxlog/config.ini"
}

# The store's file, for looking inside with sqlite3.
store() { echo "$XDG_DATA_HOME/cxlog/cxlog.db"; }
sql() { sqlite3 "$(store)" "$@"; }
# records [PERIOD…] - how many count
records() {
    local all
    all=$(cxlog list --json "${@:-all}") && jq -n '[inputs] | length' <<<"$all"
}
# now ID - the version of a record that counts, as JSON; field ID NAME - one member of it
now() { cxlog show "$1" --json | jq -c '[.history[] | select(.effective)][-1]'; }
field() { now "$1" | jq -r ".$2"; }

# ---- the emulator ----

start_emulator() {
    "$CXLOG_BIN/cxlog-emulator" --port 0 --ready-file "$WORLD/emu.json" --key-out "$WORLD/key.json" \
        --sheet "$SHEET" "$@" >"$WORLD/emu.log" 2>&1 3>&- 4>&- &
    EMULATOR=$!
    for _ in $(seq 3000); do # a minute: making its key takes a while on a busy machine
        [ -s "$WORLD/emu.json" ] && break
        sleep 0.02
    done
    API=$(jq -r .url "$WORLD/emu.json")
    export CXLOG_GOOGLE_API=$API CXLOG_SYNC_AUTO=no CXLOG_SYNC_BACKOFF=1
}

stop_emulator() {
    [ -z "${EMULATOR:-}" ] || { kill "$EMULATOR" 2>/dev/null; wait "$EMULATOR" 2>/dev/null; } || true
    EMULATOR=
}

# join NAME - an agent with the team's sheet set up
join() {
    become "$1"
    cxlog init --no-input --name "$1" --sheet "$SHEET" --key "$WORLD/key.json" --api "$API" >/dev/null
}

emu() { curl -sS --fail-with-body -X "$1" ${3:+-H 'Content-Type: application/json' -d "$3"} "$API/_emu/$2"; }
fault() { emu POST fault "$1" >/dev/null; }
# fired - the last of the faults has struck
fired() { [ "$(emu GET faults | jq '.faults[-1].fired')" -ge 1 ]; }
# people EDIT [TAB] - an edit by hand (JSON members)
people() { emu POST people "{\"id\":\"$SHEET\",\"tab\":\"${2:-상담기록}\",$1}" >/dev/null; }
state() { emu POST state "$1" >/dev/null; }
# let_go PID - what the emulator holds back goes on, and that process has ended
let_go() {
    state '{"release":true}'
    ! kill -0 "$1" 2>/dev/null
}
# sheet [TAB] - the tab as the emulator holds it, header and all
sheet() { curl -sS --fail -G "$API/_emu/sheet" -d "id=$SHEET" --data-urlencode "tab=${1:-상담기록}"; }
# sheet_rows [TAB] - data rows of a tab, one JSON array a line, header and blank rows left out
sheet_rows() { sheet "$@" | jq -c '.rows[1:][] | select(any(.[]; . != null and . != ""))'; }
sheet_ids() { sheet_rows | jq -r '.[18] // empty'; }
# each_once ID… - the sheet holds exactly these records, each in one row
each_once() {
    same 'record IDs in the sheet' "$(printf '%s\n' "$@" | sort)" "$(sheet_ids | sort)"
}
# requests KIND - how many of read, write, token, marker since forget_requests
requests() { emu GET requests | jq "[.requests[] | select(.kind == \"$1\")] | length"; }
forget_requests() { emu POST requests/reset >/dev/null; }

# ---- waiting for a condition, never for a time ----

# eventually SECONDS COMMAND… - until it succeeds; on a busy machine six times as long
eventually() {
    local end=$((SECONDS + $1 * 6))
    shift
    until "$@"; do
        if [ "$SECONDS" -ge "$end" ]; then
            echo "never came true: $*" >&2
            return 1
        fi
        sleep 0.05
    done
}

# ---- saying what is expected ----

# expect CODE COMMAND… - run it; $output is stdout, $stderr stderr. Beware: bats' run leaves something else in $i.
expect() {
    local code=$1
    shift
    run --separate-stderr "$@"
    if [ "$status" -ne "$code" ]; then
        echo "exit code $status, expected $code: $*" >&2
        echo "stdout: $output" >&2
        echo "stderr: $stderr" >&2
        return 1
    fi
}

# quietly CODE COMMAND… - the same, and nothing on stderr
quietly() {
    expect "$@" && same "stderr of ${*:2}" '' "$stderr"
}

# refused CODE PATTERN COMMAND… - that exit code, nothing on stdout, one sentence on stderr that matches the extended regex
refused() {
    local code=$1 pattern=$2
    shift 2
    expect "$code" "$@" || return 1
    same "stdout of a refusal: $*" '' "$output" || return 1
    same "sentences on stderr: $*" 1 "$(grep -c '^cxlog: ' <<<"$stderr")" || return 1
    same "lines on stderr that are neither sentence nor suggestion: $*" '' "$(grep -v -e '^cxlog: ' -e '^    ' <<<"$stderr" || true)" || return 1
    has "$stderr" "$pattern"
}

# same WHAT EXPECTED GOT
same() {
    [ "$2" = "$3" ] && return
    printf '%s\nexpected: %s\ngot:      %s\n' "$1" "$2" "$3" >&2
    return 1
}

# has TEXT PATTERN - an extended regex, found in any line
has() {
    grep -qE -- "$2" <<<"$1" && return
    printf 'not found: %s\nin: %s\n' "$2" "$1" >&2
    return 1
}

# hasnt TEXT PATTERN
hasnt() {
    grep -qE -- "$2" <<<"$1" || return 0
    printf 'found: %s\nin: %s\n' "$2" "$1" >&2
    return 1
}

# member FILTER EXPECTED [JSON] - a jq filter over $output (or the JSON given)
member() { same "$1" "$2" "$(jq -rc "$1" <<<"${3:-$output}")"; }

# valid_id TEXT - one ULID, nothing else
valid_id() {
    [[ $1 =~ ^[0-7][0-9A-HJKMNP-TV-Z]{25}$ ]] || {
        printf 'not one ULID: %s\n' "$1" >&2
        return 1
    }
}

# ---- a terminal ----

# A chroot without /dev/pts has no terminals to give.
needs_terminal() { python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip 'no pseudo-terminal to be had here'; }
# at_terminal [--columns N] [--apart] COMMAND… - what a terminal is sent by it, stderr too unless --apart; its exit code
at_terminal() { python3 -B "$BATS_TEST_DIRNAME/../cli/terminal.py" "$@" 3>&- 4>&-; }
