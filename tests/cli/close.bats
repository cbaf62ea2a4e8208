#!/usr/bin/env bats
# close: gaps, check, exchange, running totals; safe to run twice.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

# team - an emulator and an agent who has logged three contacts
team() {
    start_emulator
    join 김하늘
    for note in 하나 둘 셋; do
        cxlog log 배송 전화 "$note" :해결 >>"$WORLD/ids"
    done
}

@test "close sends the day's records, writes the totals and says so in JSON" {
    team
    quietly 0 cxlog close --json
    member .pushed 3
    member .confirmed 3
    member .agent_today 3
    member .team_today 3
    member .gaps 0
    member .year_to_date 3
    member .missing 0
    same 'records in the sheet' 3 "$(sheet_ids | wc -l)"
    has "$(sheet 누적 | jq -r '.rows[0][0]')" '기준 .*미전송 0건 · 구분표 v'
}

@test "a second close right after writes nothing at all" {
    team
    expect 0 cxlog close
    sheet 누적 >"$WORLD/before"
    forget_requests
    quietly 0 cxlog close --json
    member .pushed 0
    member .totals_written false
    same 'writes' 0 "$(requests write)"
    same '누적' "$(jq -c .rows "$WORLD/before")" "$(sheet 누적 | jq -c .rows)"
}

@test "without a terminal close says one line" {
    team
    quietly 0 cxlog close
    same lines 1 "${#lines[@]}"
    has "$output" '^cxlog close 20[0-9-]+ agent=김하늘 today=3 sent=3 confirmed=3 gaps=0 taken=0 total=3$'
}

@test "without a sheet close counts and ends well" {
    cxlog log 배송 전화 하나 :해결 >/dev/null
    cxlog log 배송 전화 둘 >/dev/null
    quietly 0 cxlog close --json
    member .agent_today 2
    member .gaps 1
    member .stopped false
}

@test "without a sheet close says of unsent records and the scheme what status says" {
    cxlog log 배송 전화 하나 :해결 >/dev/null
    quietly 0 cxlog close --json
    member '[.pending, .unknown, .quarantined, .scheme_version]' \
        "$(cxlog status --json | jq -c '[.pending, .unknown, .quarantined, .scheme_version]')"
    member .pending 1
    member .mixed null
}

@test "-q: a close that ends well says nothing at all" {
    team
    quietly 0 cxlog close --no-input -q
    same 'stdout' '' "$output"
    each_once $(cat "$WORLD/ids")
    people '"edit":"delete-rows","row":2,"count":1'
    refused 4 'vanished' cxlog close --no-input -q
}

@test "a dry run as JSON says what would be, and nothing for people" {
    quietly 0 cxlog close --dry-run --json --retry 90m
    member '[.schema, .dry_run, .gaps, .retry_s]' '[1,true,0,5400]'
}

@test "close.required decides which blank fields are gaps" {
    cxlog log 배송 전화 하나 >/dev/null
    settings '[close]' 'required = result, region'
    quietly 0 cxlog close --json
    member .gaps 1
    settings '[close]' 'required = none'
    quietly 0 cxlog close --json
    member .gaps 0
    settings '[close]' 'required = nonsense'
    refused 78 'close.required' cxlog close
}

@test "without network close ends with 75, keeps the records and names what to do next" {
    team
    stop_emulator
    expect 75 cxlog close
    has "$stderr" 'cxlog close'
    same unsent 3 "$(cxlog status --json | jq .pending)"
}

@test "what a failed close suggests closes the day that was asked for" {
    team
    stop_emulator
    local yesterday
    yesterday=$(TZ=Asia/Seoul date -d yesterday +%F)
    expect 75 cxlog close yesterday
    has "$stderr" "^    cxlog close $yesterday\$"
    expect 75 cxlog close yesterday --json
    same 'suggestions' "[\"cxlog close $yesterday\"]" "$(jq -c .error.suggestions <<<"$stderr")"
    expect 75 cxlog close today --json
    same 'suggestions of today' '["cxlog close"]' "$(jq -c .error.suggestions <<<"$stderr")"
}

@test "a failed close of another day does not promise that a timer closes it" {
    team
    stop_emulator
    closes_by_itself
    export CXLOG_UI_LANG=en
    expect 75 cxlog close
    has "$stderr" '^by itself: '
    expect 75 cxlog close yesterday
    has "$stderr" '^3 records wait safely on this machine'
    hasnt "$stderr" 'by itself'
}

@test "few edits in the sheet become corrections with the sheet as author, and are listed" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":3,"value":"환불"'
    quietly 0 cxlog close --json
    member .taken 1
    member '.findings[0] | [.kind, .fate, .author, .fields[0]] | join(" ")' 'edited taken sheet category'
    same 'rows' 4 "$(sheet_ids | wc -l)"
    same '환불' 1 "$(cxlog totals today --json | jq '.rows[] | select(.key[0] == "환불") | .count')"
    same 'author' sheet "$(cxlog show "$(sed -n 2p "$WORLD/ids")" --json | jq -r '.history[-1].author')"
    same 'agent keeps the contact' 3 "$(cxlog status --json | jq .today)"
    same 'edited' 0 "$(cxlog status --json | jq .edited)"
    quietly 0 cxlog close --json
    member .taken 0
    member .totals_written false
    expect 0 cxlog totals today
}

@test "an edit that is taken back in the sheet is taken back in the totals" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":3,"value":"환불"'
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":3,"value":"배송"'
    quietly 0 cxlog close --json
    member .taken 1
    same '배송' 3 "$(cxlog totals today --json | jq '.rows[] | select(.key[0] == "배송") | .count')"
    quietly 0 cxlog close --json
    member .taken 0
}

@test "two agents who close after an edit take it over once" {
    team
    expect 0 cxlog close
    join 박지민
    expect 0 cxlog close
    people '"edit":"set-cell","row":3,"column":10,"value":"이관"'
    expect 0 cxlog close
    become 김하늘
    quietly 0 cxlog close --json
    member .taken 0
    member .edited 0
    same 'rows' 4 "$(sheet_ids | wc -l)"
    same 'IDs' 4 "$(sheet_ids | sort -u | wc -l)"
}

@test "an edit to a name outside the scheme is left and named" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":3,"value":"없는 구분"'
    quietly 0 cxlog close --json
    member .taken 0
    member '.findings[0].fate' left
    has "$output" 'not in the scheme'
}

@test "a formula in a record's row is never taken over" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":8,"formula":"=RAND()","shown":0.5'
    quietly 0 cxlog close --json
    member .taken 0
    member '.findings[0].formula' true
}

@test "a formula that gives just what was logged is found, and --restore takes it out again" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":2,"column":8,"formula":"=\"둘\"","shown":"둘"'
    expect 4 cxlog verify
    quietly 0 cxlog close --json
    member .taken 0
    member '.findings | length' 1
    member '.findings[0] | [.kind, .row, .fate, .fields[0], .formula, .mine] | join(" ")' 'edited 3 left note true true'
    expect 0 cxlog close
    has "$output" 'edited by hand · row 3 · .* · formula · a cell of the row is a formula'
    quietly 0 cxlog close --restore --json
    member .restored 1
    expect 0 cxlog verify
    same 'note' 둘 "$(sheet_rows | sed -n 2p | jq -r '.[8]')"
}

@test "formulas too long for one answer are asked for in parts" {
    team
    expect 0 cxlog close
    people '"edit":"set-cell","row":3,"column":8,"formula":"=\"셋\"","shown":"셋"'
    forget_requests
    fault '{"on":"get","kind":"huge","mib":17,"at":1,"times":1}'
    expect 4 cxlog verify --json
    member '.findings | map(.row) | join(" ")' 4
    same 'reads of formulas' 4 "$(emu GET requests | jq '[.requests[] | select(.target == "get")] | length')"
}

@test "a contact typed by hand gets an ID once and is counted" {
    team
    expect 0 cxlog close
    local now
    now=$(TZ=Asia/Seoul date +'%Y-%m-%d 00:00:00')
    people "\"edit\":\"type-row\",\"values\":[\"$now\",\"박지민\",\"전화\",\"환불\",\"\",\"\",\"\",\"\",\"손으로 적음\"]"
    quietly 0 cxlog close --json
    member .given 1
    member .team_today 4
    member '.findings[0] | [.kind, .fate] | join(" ")' 'typed given'
    member '.unknown_agents[0]' 박지민
    same 'IDs' 4 "$(sheet_ids | sort -u | wc -l)"
    quietly 0 cxlog close --json
    member .given 0
    member .foreign 0
    member .team_today 4
}

@test "a contact typed with a time that is none is named, until a person mends it" {
    team
    expect 0 cxlog close
    local time
    for time in 14:20 2026-02-30; do
        people "\"edit\":\"type-row\",\"values\":[\"$time\",\"김하늘\",\"전화\",\"환불\"]"
    done
    quietly 0 cxlog close --json
    member '[.given, .other]' '[0,0]'
    member '[.findings[] | [.kind, .fate, .reason] | join(" ")] | unique' '["typed left 일시 is no date with a time"]'
    expect 4 cxlog verify
    has "$output" 'row 6'
    people "\"edit\":\"set-cell\",\"row\":4,\"column\":0,\"value\":\"$(TZ=Asia/Seoul date +%F)\"" 
    people "\"edit\":\"set-cell\",\"row\":5,\"column\":0,\"value\":\"$(TZ=Asia/Seoul date +%F)\""
    quietly 0 cxlog close --json
    member .given 2
    expect 0 cxlog verify
}

@test "rows that are no contacts are left alone" {
    team
    expect 0 cxlog close
    people '"edit":"type-row","values":["합계","","",3]'
    quietly 0 cxlog close --json
    member .other 1
    member .given 0
    expect 0 cxlog verify
}

@test "a deleted record is reported with its ID and put back once on demand" {
    team
    expect 0 cxlog close
    people '"edit":"delete-rows","row":2,"count":1'
    expect 4 cxlog close --json
    member .missing 1
    member '.findings[0].id' "$(sed -n 2p "$WORLD/ids")"
    expect 4 cxlog close
    same 'not put back unasked' 2 "$(sheet_ids | wc -l)"
    quietly 0 cxlog sync --restore --json
    member .restored 1
    each_once $(cat "$WORLD/ids")
    quietly 0 cxlog sync --restore --json
    member .restored 0
    each_once $(cat "$WORLD/ids")
    expect 0 cxlog close
}

@test "records that vanished are reported by a close that is one all the same" {
    team
    expect 0 cxlog close
    cxlog log 배송 전화 넷 :해결 >/dev/null
    people '"edit":"delete-rows","row":2,"count":1'
    expect 4 cxlog close
    hasnt "$output" stopped
    people '"edit":"delete-rows","row":2,"count":1'
    expect 4 cxlog close --json
    member .stopped false
    same pending 0 "$(cxlog status --json | jq .pending)"
}

@test "an accepted deletion is taken out of the totals everywhere" {
    team
    expect 0 cxlog close
    join 박지민
    expect 0 cxlog sync
    become 김하늘
    people '"edit":"delete-rows","row":2,"count":1'
    quietly 0 cxlog close --accept --json
    member .taken 1
    member .year_to_date 2
    expect 0 cxlog verify
    become 박지민
    expect 0 cxlog sync
    quietly 0 cxlog close --json
    member .year_to_date 2
    member .missing 0
}

many_records() {
    for i in $(seq "$1"); do echo "배송 전화 $i번째 :해결"; done | cxlog log - >"$WORLD/ids"
}

@test "many edits stop every write until a person restores" {
    start_emulator
    join 김하늘
    many_records 60
    expect 0 cxlog close
    people '"edit":"find-replace","find":"배송","replace":"환불"'
    forget_requests
    cxlog log 결제 전화 나중 :해결 >/dev/null
    expect 4 cxlog close
    has "$stderr" 'cxlog close --restore'
    has "$stderr" 'cxlog close --accept'
    expect 4 cxlog close yesterday
    has "$stderr" "cxlog close $(TZ=Asia/Seoul date -d yesterday +%F) --restore"
    expect 4 cxlog sync
    same 'writes' 0 "$(requests write)"
    quietly 0 cxlog close --restore --json
    member .restored 60
    same 'categories' 배송 "$(sheet_rows | jq -r '.[3]' | sort | uniq | grep -v 결제)"
    same 'pending' 0 "$(cxlog status --json | jq .pending)"
    expect 0 cxlog verify
}

@test "many edits are taken over when a person accepts" {
    start_emulator
    join 김하늘
    many_records 30
    expect 0 cxlog close
    people '"edit":"find-replace","find":"배송","replace":"환불"'
    expect 4 cxlog close
    quietly 0 cxlog close --accept --json
    member .taken 30
    same '환불' 30 "$(cxlog totals today --json | jq '.total.count')"
    same 'keys' 환불 "$(cxlog totals today --json | jq -r '.rows[] | select(.count > 0) | .key[0]')"
    quietly 0 cxlog close --json
    member .taken 0
}

@test "one column sorted alone is recognised and stops every write" {
    start_emulator
    join 김하늘
    for c in 환불 배송 결제 회원 배송 오류; do cxlog log "$c" 전화 "$c" :해결 >/dev/null; done
    expect 0 cxlog close
    people '"edit":"sort-column","column":3'
    expect 4 cxlog close --json
    member .mixed category
    quietly 0 cxlog close --restore --json
    expect 0 cxlog verify
}

# six_sorted - one column of six closed records is sorted alone, and a record waits to be sent
six_sorted() {
    start_emulator
    join 김하늘
    for c in 환불 배송 결제 회원 배송 오류; do cxlog log "$c" 전화 "$c" :해결 >/dev/null; done
    cxlog close >/dev/null
    cxlog log 배송 전화 나중 :해결 >/dev/null
    people '"edit":"sort-column","column":3'
}

@test "a close that was stopped says so to machines" {
    six_sorted
    expect 4 cxlog close
    has "$output" '^cxlog close 20.* sent=0 .* stopped=1$'
    expect 4 cxlog close --json
    member '[.stopped, .pending, .totals_written]' '[true,1,false]'
    expect 0 cxlog close --restore
    hasnt "$output" stopped
}

@test "a close that a broken history of the scheme stops says so, too" {
    team
    emu POST people "{\"id\":\"$SHEET\",\"tab\":\"구분\",\"edit\":\"set-cell\",\"row\":3,\"column\":5,\"value\":\"다른 것\"}" >/dev/null
    expect 4 cxlog close --json
    member '[.stopped, .pushed]' '[true,0]'
}

@test "on a terminal a close that was stopped does not say that it closed" {
    needs_terminal
    six_sorted
    run at_terminal "$CXLOG_BIN/cxlog" close
    same 'exit code' 4 "$status"
    has "$output" '20[0-9-]+ is not closed'
    hasnt "$output" 'closed:'
    expect 0 cxlog close --restore
    run at_terminal "$CXLOG_BIN/cxlog" close
    has "$output" 'closed: 7 records'
}

@test "rows sorted as wholes are no difference" {
    start_emulator
    join 김하늘
    for c in 환불 배송 결제 회원; do cxlog log "$c" 전화 "$c" :해결 >/dev/null; done
    expect 0 cxlog close
    people '"edit":"sort","column":3'
    quietly 0 cxlog close --json
    member '.findings | length' 0
    expect 0 cxlog verify
}

@test "close of an earlier day counts that day and leaves newer totals" {
    team
    cxlog log 환불 전화 어제일 :해결 --at '어제 10:00' >/dev/null
    expect 0 cxlog close
    local line
    line=$(sheet 누적 | jq -r '.rows[0][0]' | cut -c1-10)
    quietly 0 cxlog close yesterday --json
    member .agent_today 1
    same 'day of 누적' "$line" "$(sheet 누적 | jq -r '.rows[0][0]' | cut -c1-10)"
    refused 65 'has not come' cxlog close 2999-01-01
    refused 64 'one day' cxlog close week
}

# edge - the day with which the half-year before this one begins
edge() { TZ=Asia/Seoul date +'%Y %-m' | (read -r year month; [ "$month" -gt 6 ] && echo "$year-01-01" || echo "$((year - 1))-07-01"); }
# day N - so many days after the edge
day() { date -d "$(edge) $1 days" +%F; }

@test "what people did to the last rows of a half-year after its last close, the next one takes over" {
    start_emulator
    join 김하늘
    OLD=$(cxlog log 배송 전화 마지막 :해결 --at "$(day -1) 16:00")
    expect 0 cxlog close "$(day -1)"
    people "\"edit\":\"type-row\",\"values\":[\"$(day -1) 17:30:00\",\"박지민\",\"전화\",\"환불\"]"
    people '"edit":"set-cell","row":1,"column":8,"value":"고친 내용"'
    cxlog log 배송 전화 처음 :해결 --at "$(day 3) 10:00" >/dev/null
    cxlog sync >/dev/null
    quietly 0 cxlog close "$(day 3)" --json
    member '[.taken, .given]' '[1,1]'
    same 'the correction' '고친 내용' "$(field "$OLD" note)"
    quietly 0 cxlog verify
}

@test "a day long past that is closed again is no close for doctor" {
    team
    expect 0 cxlog close
    sql "UPDATE meta SET value = 1000 WHERE key = 'close.last'"
    expect 0 cxlog close "$(day 0)"
    same 'last close' 1000 "$(sql "SELECT value FROM meta WHERE key = 'close.last'")"
    expect 0 cxlog close yesterday
    hasnt "$(sql "SELECT value FROM meta WHERE key = 'close.last'")" '^1000$'
}

@test "on a terminal a close of an earlier year calls the year by its number" {
    needs_terminal
    cxlog log 배송 전화 하나 :해결 --at '2025-06-30 10:00' >/dev/null
    run at_terminal "$CXLOG_BIN/cxlog" close 2025-06-30
    has "$output" 'closed: 1 records, the team 1, 1 in 2025'
    run at_terminal "$CXLOG_BIN/cxlog" close
    has "$output" 'this year 0'
}

# turn_of NAME - seconds until this agent's machine begins
turn_of() {
    become "$1"
    cxlog close --no-input --spread 15m --dry-run | sed -n 's/^would begin \([0-9]*\) s .*/\1/p'
}

@test "the moment within the spread is each store's own, the same every time" {
    local name turns
    for name in 김하늘 박지민 이서연 최도윤 정하은; do turns+="$(turn_of $name) "; done
    same 'again' "${turns%% *}" "$(turn_of 김하늘)"
    [ "$(tr ' ' '\n' <<<"$turns" | grep . | sort -u | wc -l)" -ge 3 ] || same 'different turns' 'at least 3' "$turns"
    for name in $turns; do [ "$name" -lt 900 ] || same 'turn' 'within 15 minutes' "$name"; done
}

@test "a dry run tells how long it would go on trying, and waits for nothing" {
    quietly 0 cxlog close --spread 10h --retry 90m --dry-run
    has "$output" 'again every 300 s for 90 min'
    quietly 0 cxlog close --dry-run
    hasnt "$output" 'would begin'
    refused 65 '--spread: ' cxlog close --spread soon
    refused 65 '--retry: ' cxlog close --retry 90
}

@test "on a terminal close waits for nothing" {
    needs_terminal
    team
    at_terminal "$CXLOG_BIN/cxlog" close --spread 24h >/dev/null
    each_once $(cat "$WORLD/ids")
}

@test "a close that waits for its turn ends at once when it is told to" {
    team
    "$CXLOG_BIN/cxlog" close --spread 24h 3>&- 4>&- </dev/null &
    kill $!
    local ended=0
    wait $! || ended=$?
    same 'ended by the signal' 143 "$ended"
    same 'records in the sheet' 0 "$(sheet_ids | wc -l)"
    quietly 0 cxlog close --spread 1s
    each_once $(cat "$WORLD/ids")
}

@test "a close that Google did not answer tries again by itself until it is done" {
    team
    fault '{"on":"any","kind":"status","code":503,"at":1,"times":3}'
    quietly 0 cxlog close --retry 10h --json
    member .confirmed 3
    same 'tries' 3 "$(emu GET faults | jq '[.. | .fired? // empty] | add')"
    each_once $(cat "$WORLD/ids")
}

@test "when the time is over it ends with 75 and says how often it tried" {
    team
    stop_emulator
    expect 75 cxlog close --retry 1s
    has "$stderr" 'after [0-9]+ tries: '
    has "$stderr" '3 records wait safely'
    same unsent 3 "$(cxlog status --json | jq .pending)"
}

@test "what needs a person is not tried again" {
    team
    chmod 644 "$WORLD/key.json"
    expect 77 cxlog close --retry 10h
    hasnt "$stderr" 'tries'
}

trouble() { cxlog status --json | jq -r .trouble; }

@test "a close that the key stops shows in status until one ends well" {
    team
    chmod 644 "$WORLD/key.json"
    expect 77 cxlog close
    has "$(trouble)" 'key.json'
    chmod 600 "$WORLD/key.json"
    expect 0 cxlog close
    same 'trouble' null "$(trouble)"
}

@test "running totals that could not be written show in status" {
    team
    fault '{"on":"push","kind":"status","code":500,"at":2,"times":-1}'
    expect 75 cxlog close
    has "$(trouble)" '누적'
    same 'sent all the same' 0 "$(cxlog status --json | jq .pending)"
}

@test "without network close tells who closes by itself, or that nobody does" {
    team
    stop_emulator
    expect 75 cxlog close
    has "$stderr" 'no timer closes the day here'
    closes_by_itself
    expect 75 cxlog close
    has "$stderr" 'by itself: cxlog-close.timer \(Mon..Fri 17:00 Asia/Seoul\), then every 5 minutes'
    expect 75 cxlog close --json
    same 'lines of JSON' 1 "$(wc -l <<<"$stderr")"
}
