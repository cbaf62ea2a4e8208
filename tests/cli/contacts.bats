#!/usr/bin/env bats
# The main job on real contacts: imported by two agents half each, synced while answers get lost, counted by a third; the totals equal
# those that the sqlite3 shell computes from the CSV. The contacts are not part of the project: without them this is skipped.

load helper

setup() {
    setup_world
    CSV=$SHARED/data/complaints.csv
    [ -r "$CSV" ] || skip 'the real contacts are not here'
    sqlite3 "$WORLD/c.db" ".import --csv $CSV c"
    # A name of the scheme holds no slash: import puts U+2215 there.
    sqlite3 "$WORLD/c.db" 'CREATE VIEW v AS SELECT replace("Product", "/", "∕") category, replace("Submitted via", "/", "∕") channel,
        replace("State", "/", "∕") region, substr("Date received", 1, 7) month, "Complaint ID" id FROM c'
    sqlite3 -csv -header "$WORLD/c.db" 'SELECT * FROM c WHERE rowid % 2 = 0' >"$WORLD/half-0.csv"
    sqlite3 -csv -header "$WORLD/c.db" 'SELECT * FROM c WHERE rowid % 2 = 1' >"$WORLD/half-1.csv"
    ALL=$(sqlite3 "$WORLD/c.db" 'SELECT count(*) FROM c')
    start_emulator
}
teardown() { stop_emulator; }

# take FILE - import it as this agent
take() {
    cxlog import "$1" --source cfpb --key 'Complaint ID' --add-scheme --json \
        --map 'contacted_at=Date received,category=Product,detail=Issue,channel=Submitted via,region=State,note=Consumer complaint narrative,customer=Company,tags=Tags'
}

# by_csv COLUMN[,COLUMN] - key<tab>count from the CSV; by_cxlog DIM - the same from cxlog
by_csv() { sqlite3 -separator $'\t' "$WORLD/c.db" "SELECT $1, count(*) FROM v GROUP BY $1" | LC_ALL=C sort; }
by_cxlog() { cxlog totals all --by "$1" --json | jq -r '.rows[] | [.key[], .count] | @tsv' | LC_ALL=C sort; }

@test "two agents import half each, sync through lost answers, and the lead counts what sqlite3 counts" {
    local half rows who=(김하늘 이바다)
    for half in 0 1; do
        join "${who[$half]}"
        quietly 0 take "$WORLD/half-$half.csv"
        rows=$(sqlite3 "$WORLD/c.db" "SELECT count(*) FROM c WHERE rowid % 2 = $half")
        member '[.schema,.rows,.added,.existing,.bad]' "[1,$rows,$rows,0,0]"
    done
    fault '[{"on":"push","kind":"drop-after","at":1},{"on":"push","kind":"drop-before","at":2},{"on":"push","kind":"status-after","code":503,"at":4},{"on":"pull","kind":"drop-before","at":3}]'
    for half in 0 1; do
        become "${who[$half]}"
        expect 0 cxlog sync --json
        member '[.pending,.unknown,.quarantined]' '[0,0,0]'
    done
    same 'faults that struck' '[1,1,1,1]' "$(emu GET faults | jq -c '[.faults[].fired]')"
    emu DELETE faults >/dev/null
    same 'rows in the sheet' "$ALL" "$(sheet_ids | wc -l)"
    same 'different rows' "$ALL" "$(sheet_ids | sort -u | wc -l)"

    join 팀장
    quietly 0 cxlog sync --json
    member '[.pulled,.foreign,.duplicate]' "[$ALL,0,0]"
    quietly 0 cxlog totals all --json
    member .total.count "$ALL"
    local dim
    for dim in channel category region month; do
        same "by $dim" "$(by_csv $dim)" "$(by_cxlog $dim)"
    done
    same 'by category and channel' "$(by_csv category,channel)" "$(by_cxlog category,channel)"
    same 'of one month' "$(sqlite3 "$WORLD/c.db" "SELECT count(*) FROM v WHERE month = '2023-08'")" "$(cxlog totals 2023-08 --json | jq .total.count)"
    same 'the narratives' "$(sqlite3 -json "$WORLD/c.db" 'SELECT "Consumer complaint narrative" n FROM c WHERE n <> ""' | jq -r '.[].n | gsub("\r\n"; "\n") | sub("^\\s+"; "") | sub("\\s+$"; "")' | sort | sha256sum)" \
        "$(cxlog list all --json | jq -r 'select(.note != "") | .note' | sort | sha256sum)"
}

@test "a second import and a second sync add and write nothing, wherever they run" {
    join 김하늘
    take "$WORLD/half-0.csv" >/dev/null
    cxlog sync >/dev/null
    join 이바다
    take "$WORLD/half-1.csv" >/dev/null
    cxlog sync >/dev/null
    forget_requests
    quietly 0 take "$CSV"
    member '[.rows,.added,.existing,.bad,.scheme_added]' "[$ALL,0,$ALL,0,0]"
    quietly 0 cxlog sync --json
    member '[.pushed,.pulled,.requests.write]' '[0,0,0]'
    become 김하늘
    quietly 0 take "$CSV"
    member '.added + .existing' "$ALL"
    quietly 0 cxlog sync --json
    same 'writes, as the server counts' 0 "$(emu GET requests | jq '[.requests[] | select(.kind == "write")] | length')"
    same 'rows in the sheet' "$ALL" "$(sheet_ids | wc -l)"
}
