#!/usr/bin/env bats
# The constitution of the categories over a year, told as a transcript: what a team may do, what it is told, and that
# no past number moves.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

# The clock of cxlog, not of the tests. The emulator's follows.
cxlog() { at_clock "$(printf %+d "$AHEAD")" "$CXLOG_BIN/cxlog" "$@"; }
# on DAY - 10:00 in Seoul
on() {
    DAY=$1
    local before=${AHEAD:-0}
    AHEAD=$(($(date -d "$DAY 01:00:00Z" +%s) - $(date +%s)))
    state "{\"clock_advance_s\":$((AHEAD - before))}"
}

# tell WHO WORD… - run it and write it down: the day, who, the words, the answer, the exit code unless it is 0
tell() {
    local code=0
    become "$1"
    printf '%s %s$ cxlog %s\n' "$DAY" "$1" "${*:2}" >>"$WORLD/transcript"
    cxlog "${@:2}" >"$WORLD/answer" 2>&1 </dev/null || code=$?
    sed -E 's/^[0-9A-HJKMNP-TV-Z]{26}$/(ID)/; s/[[:space:]]+$//' "$WORLD/answer" >>"$WORLD/transcript"
    [ "$code" -eq 0 ] || printf '(exit %d)\n' "$code" >>"$WORLD/transcript"
}
# many COUNT WHO WORD… - the same several times, not written down
many() {
    local count=$1
    become "$2"
    for _ in $(seq "$count"); do cxlog "${@:3}" >/dev/null; done
}
# counts WORD… - "배송 3, 환불 2 = 5" of a totals
counts() {
    printf '%s %s$ totals %s: ' "$DAY" "$CXLOG_AGENT_NAME" "$*" >>"$WORLD/transcript"
    cxlog totals "$@" --json | jq -r '([.rows[] | select(.count > 0) | "\(.key | join("·")) \(.count)"] | sort | join(", ")) + " = \(.total.count)"' \
        >>"$WORLD/transcript"
}

@test "a year of a team" {
    : >"$WORLD/transcript"
    start_emulator
    on 2026-01-05
    join 김하늘
    join 이바다

    # January: what a meeting decides is added at once.
    tell 김하늘 category add 구독 배송/해외 --reason "주간 회의"
    tell 김하늘 category add 배송문의
    tell 이바다 sync -q
    many 4 이바다 log 배송/해외 전화
    many 3 김하늘 log 배송 게시판
    many 2 김하늘 log 구독 전화
    many 2 이바다 log 오류 온라인채팅
    many 2 이바다 log 도입상담 전화
    many 1 이바다 log 제안 이메일
    tell 이바다 log 구둑 전화

    # May: a used name does not change in mid-half-year; it is planned instead.
    on 2026-05-11
    tell 김하늘 category rename 배송 물류 --reason "조직 개편"
    tell 김하늘 category retire 구독
    tell 김하늘 category rename 배송 물류 --from 2027-H1
    tell 김하늘 category rename 배송 물류 --from 2027-H1 --reason "조직 개편"
    tell 김하늘 category rename 배송 유통 --from 2026-H2 --reason "다시"
    tell 김하늘 category log 배송 --plain
    tell 김하늘 log 배송 전화

    # June: a merge and a split for the next half-year, and a plan that is withdrawn.
    on 2026-06-15
    tell 이바다 sync -q
    tell 김하늘 sync -q
    tell 김하늘 category merge 도입상담 제안 --from 2026-H2 --reason "하나로 본다"
    tell 김하늘 category split 오류 앱오류 웹오류 --code ㅇㅇㄹ,ㅇㅂㅇ --from 2026-07-01 --reason "나누어 본다"
    tell 김하늘 category retire 구독 --from 2026-H2 --reason "끝난 일"
    tell 김하늘 category withdraw 81
    tell 김하늘 log 오류 전화
    become 김하늘
    counts 2026-H1
    counts 2026-H1 --as mapped
    counts 2026-H1 --by category,channel

    # July: the changes are in force; whoever has not heard of them yet logs as before.
    on 2026-07-02
    tell 김하늘 log 도입상담 전화
    tell 김하늘 log 오류 전화
    tell 김하늘 log 앱오류 온라인채팅
    tell 김하늘 log 구독 전화
    tell 김하늘 sync -q
    tell 이바다 log 도입상담 전화
    tell 이바다 sync -q
    tell 이바다 log 도입상담 전화
    tell 김하늘 sync -q
    for who in 김하늘 이바다; do
        become $who
        same "old names that $who is told of" 1 "$(cxlog status --json | jq .retired)"
    done
    become 김하늘
    counts 2026-H1
    counts 2026 --as logged
    counts 2026 --as mapped

    # January again: the rename is in force, the details have followed, last year reads as it did.
    on 2027-01-04
    tell 이바다 sync -q
    tell 이바다 log 배송 전화
    tell 이바다 log 물류/해외 전화
    tell 이바다 sync -q
    tell 김하늘 sync -q
    tell 김하늘 category verify
    become 김하늘
    counts 2026-H1
    counts 2026-H1 --by category,channel
    counts all
    counts all --as mapped
    tell 김하늘 category list --at 2026-06-30 --plain
    become 이바다
    counts all --as mapped

    sed -i -E 's/\(ends [0-9a-f]{12}…\)/(ends …)/' "$WORLD/transcript"
    diff -u "$BATS_TEST_DIRNAME/constitution.transcript" "$WORLD/transcript"
}
