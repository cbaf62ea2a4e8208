#!/usr/bin/env bats
# A day and a period that still run, beside others up to the same moment. The clock stands: Thursday 2026-11-19, 14:30 in Seoul.

load helper

setup() { setup_world; }

cxlog() { at_clock '@2026-11-19 05:30:00' "$CXLOG_BIN/cxlog" "$@"; }
# contacts AGENT MOMENT… - one of 배송 at each moment of Seoul
contacts() {
    local agent=$1
    shift
    printf '%s\n' "$@" | jq -Rc --arg agent "$agent" '{agent: $agent, category: "배송", channel: "전화", contacted_at: (. + ":00+09:00")}' |
        cxlog log - >/dev/null
}
# weeks - a team's last weeks
weeks() {
    contacts 김하늘 2026-11-19T09:00 2026-11-19T10:00 2026-11-19T14:00
    contacts 이바다 2026-11-19T11:00
    contacts 김하늘 2026-11-18T09:00 2026-11-18T10:00 2026-11-18T11:00 2026-11-18T14:30 2026-11-18T14:31
    contacts 이바다 2026-11-18T09:00
    contacts 김하늘 2026-11-12T09:00 2026-11-12T14:00 2026-11-12T18:00 2026-11-13T09:00
    contacts 김하늘 2026-11-05T09:00
    contacts 김하늘 2026-10-22T09:00 2026-10-22T09:30 2026-10-22T10:00
    contacts 김하늘 2026-10-15T09:00 2026-10-15T10:00 2026-10-15T11:00 2026-10-15T12:00
}

@test "today stands beside yesterday and the same weekday of four weeks, each up to this minute" {
    weeks
    has "$(cxlog status)" '^today +3   team 4   yesterday by now 4 \(▼ 1\)   same weekday by now, mean of 4: 1\.5$'
    has "$(CXLOG_UI_LANG=ko cxlog status)" '^오늘 +3   팀 4   어제 같은 때 4 \(▼ 1\)   최근 4주 같은 요일 같은 때 평균 1\.5$'
    has "$(CXLOG_AGENT_NAME=이바다 cxlog status)" '^today +1   team 4   yesterday by now 1$'
    unset CXLOG_AGENT_NAME
    has "$(cxlog status)" '^today +4   yesterday by now 5 \(▼ 1\)   same weekday by now, mean of 4: 1\.5$'
    contacts 이바다 2026-11-19T12:00 2026-11-19T12:30
    has "$(cxlog status)" '^today +6   yesterday by now 5 \(▲ 1\)'
}

@test "what there is nothing of to compare with is not shown" {
    contacts 김하늘 2026-11-19T09:00 2026-11-18T18:00
    has "$(cxlog status)" '^today +1   team 1$'
}

@test "a period that still runs says so and is compared up to the same working day" {
    weeks
    local shown
    shown=$(cxlog totals week)
    has "$shown" '^2026-W47 .* · still running   category · against 2026-W46 up to the same working day \(4\)$'
    has "$shown" '^total +10 +3 +▲ 7 '
    has "$(CXLOG_UI_LANG=ko cxlog totals week)" '^2026-W47 .* · 진행   구분 · 2026-W46 대비 같은 영업일\(4일\)까지$'
    shown=$(cxlog totals month)
    has "$shown" '^2026-11 .* · still running   .* up to the same working day \(14\)$'
    has "$shown" '^total +15 +4 +▲ 11 '
    shown=$(cxlog totals month -n 2)
    has "$shown" '^2026-10 +7 '
    has "$shown" '^2026-11\* +15 +▲ 11 '
    has "$shown" '^\* still running: compared up to the same working day \(14\)$'
    has "$(CXLOG_UI_LANG=ko cxlog totals month -n 2)" '^\* 진행 중: 같은 영업일\(14일\)까지와 비교$'
}

@test "a period that has ended says nothing of it and is compared whole" {
    weeks
    local shown
    shown=$(cxlog totals last-week)
    has "$shown" '^2026-W46 .*   category · against 2026-W45$'
    hasnt "$shown" 'running'
    has "$shown" '^total +4 +1 +▲ 3 '
}
