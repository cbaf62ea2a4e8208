#!/usr/bin/env bats
# Work beyond a second says what it is at, on stderr: here the sheet answers late. (When exactly: test_progress.c.)

load helper

setup() {
    setup_world
    start_emulator
    join 김하늘
    cxlog log 배송 전화 >/dev/null
}
teardown() { stop_emulator; }

late() { fault "{\"on\":\"$1\",\"kind\":\"delay\",\"ms\":2500}"; }

# on_terminal WORD… - with stderr on a terminal, whose text is in $WORLD/screen, and stdout in $WORLD/out
on_terminal() {
    COLUMNS=80 TERM=dumb at_terminal bash -c '"$CXLOG_BIN/cxlog" "$@" >"$WORLD/out"' - "$@" >"$WORLD/screen"
}

@test "a terminal sees one line, rewritten and gone at the end; stdout does not" {
    needs_terminal
    late pull
    on_terminal sync
    has "$(cat "$WORLD/screen")" 'reading the sheet · [1-3] s'
    same 'newlines on the terminal' 0 "$(wc -l <"$WORLD/screen")"
    same 'what stands there in the end' '' "$(tr '\r' '\n' <"$WORLD/screen" | tail -1 | tr -d ' ')"
    has "$(cat "$WORLD/out")" '^✓ sent 1 '
    hasnt "$(cat "$WORLD/out")" 'reading'
}

@test "writing and signing in are called by their names, in Korean too" {
    needs_terminal
    rm -rf "$XDG_CACHE_HOME"
    late token
    late push
    CXLOG_UI_LANG=ko on_terminal sync
    has "$(cat "$WORLD/screen")" '구글에 로그인하는 중 · [1-3]초'
    has "$(cat "$WORLD/screen")" '시트에 쓰는 중 · [3-6]초'
}

@test "verify and close say it too" {
    needs_terminal
    cxlog sync >/dev/null
    late pull
    on_terminal verify
    has "$(cat "$WORLD/screen")" 'reading the sheet'
    late pull
    on_terminal close --no-input
    has "$(cat "$WORLD/screen")" 'reading the sheet'
}

# quick - a sync on a terminal that sees nothing of it; on a busy machine one may take its second
quick() { on_terminal sync && [ ! -s "$WORLD/screen" ]; }

@test "not with --quiet, not with --json, not on a terminal when it is quick" {
    needs_terminal
    late pull
    on_terminal sync -q
    same 'quiet' '' "$(cat "$WORLD/screen")"
    late pull
    on_terminal sync --json
    same 'json' '' "$(cat "$WORLD/screen")"
    eventually 5 quick
}

@test "off a terminal less than ten seconds say nothing" {
    late pull
    quietly 0 cxlog sync
}

@test "an error stands on a line of its own" {
    needs_terminal
    rm -rf "$XDG_CACHE_HOME"
    late token
    fault '{"on":"pull","kind":"status","code":403,"message":"The caller does not have permission"}'
    on_terminal verify || true
    has "$(cat "$WORLD/screen")" 'signing in to Google'
    has "$(tr '\r' '\n' <"$WORLD/screen")" '^cxlog: '
}
