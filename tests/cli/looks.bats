#!/usr/bin/env bats
# What people see of the sheet: headings, widths, formats, the lists to choose from, the charts.

load helper

setup() {
    setup_world
    start_emulator
    join 김하늘
}
teardown() { stop_emulator; }

# book FIELDS [RANGE] - the spreadsheet as its API gives it
book() {
    curl -sS --fail -G "$API/v4/spreadsheets/$SHEET" -H "Authorization: Bearer $(jq -r .access_token "$XDG_CACHE_HOME"/cxlog/token-*)" \
        --data-urlencode "fields=$1" ${2:+--data-urlencode "ranges=$2"}
}
# formats RANGE - the format of each cell, one JSON value a line
formats() { book 'sheets(data(rowData(values(userEnteredFormat))))' "$1" | jq -c '.sheets[].data[].rowData[].values[].userEnteredFormat'; }
# choices COLUMN - what its second row offers
choices() {
    book 'sheets(data(rowData(values(dataValidation))))' "'상담기록'!${1}2" |
        jq -r '[.. | .dataValidation? // empty | .condition.values[].userEnteredValue] | join(" ")'
}

@test "the headings stay in sight, bold on grey" {
    same 'rows that stay' '상담기록 1 구분 1 유효기록 1' \
        "$(book 'sheets(properties(title,gridProperties(frozenRowCount)))' |
            jq -r '[.sheets[].properties | select(.gridProperties.frozenRowCount) | "\(.title) \(.gridProperties.frozenRowCount)"] | join(" ")')"
    local tab
    for tab in 상담기록!A1:V1 구분!A1:L1; do
        same "$tab" '{"textFormat":{"bold":true},"backgroundColor":{"red":0.93,"green":0.93,"blue":0.93}}' "$(formats "$tab" | sort -u)"
    done
}

@test "each column is as wide as what stands in it needs" {
    same widths '150 90 90 90 90 110 70 70 360 220 70 70 70 70 70 70 120 120 80 80 80 80' \
        "$(book 'sheets(data(columnMetadata(pixelSize)))' '상담기록!A1:V1' | jq -r '[.sheets[].data[].columnMetadata[].pixelSize] | join(" ")')"
}

@test "dates and seconds read as such, notes wrap, and what only machines need is pale" {
    local dim='"textFormat":{"foregroundColor":{"red":0.6,"green":0.6,"blue":0.6}}'
    local time='"numberFormat":{"type":"DATE_TIME","pattern":"yyyy-mm-dd hh:mm:ss"}'
    same 일시 "{$time}" "$(formats '상담기록!A2')"
    same '담당 to 의견' null "$(formats '상담기록!B2:H2' | sort -u)"
    same '내용, 느낌' '{"wrapStrategy":"WRAP"}' "$(formats '상담기록!I2:J2' | sort -u)"
    same '처리, 대기' '{"numberFormat":{"type":"NUMBER","pattern":"#,##0"}}' "$(formats '상담기록!L2:M2' | sort -u)"
    same 기록ID "{$dim}" "$(formats '상담기록!S2')"
    same 기록시각 "{$time,$dim}" "$(formats '상담기록!T2')"
    same '정정, 검증' "{$dim}" "$(formats '상담기록!U2:V2' | sort -u)"
}

@test "the lists to choose from hold what the scheme holds, each in its column, and follow it" {
    local categories='이용방법 결제 배송 환불 오류 회원 도입상담 제안 칭찬 기타'
    local channels='전화 게시판 온라인채팅 카카오톡 인스타그램DM 이메일'
    same 채널 "$channels" "$(choices C)"
    same 구분 "$categories" "$(choices D)"
    same 의견 '긍정 중립 부정' "$(choices H)"
    same 결과 '해결 진행 이관 부재 포기' "$(choices K)"
    cxlog category add 반품 >/dev/null
    cxlog channel add 방문 >/dev/null
    same 'one category more' "$categories 반품" "$(choices D)"
    same 'one channel more' "$channels 방문" "$(choices C)"
    cxlog category retire 반품 >/dev/null
    same 'retired again' "$categories" "$(choices D)"
}

# charts - of the dashboard: title, kind, what it shows by the headings of 누적, how many rows
charts() {
    local heads
    heads=$(sheet 누적 | jq -c '.rows[2]')
    book 'sheets(charts(spec))' | jq -r --argjson heads "$heads" '
        def column: .sourceRange.sources[0] | $heads[.startColumnIndex];
        .sheets[].charts[]?.spec | .basicChart as $b |
        [.title, $b.chartType, ($b.domains[0].domain | column),
         ($b.series[] | "\(.series | column) \(.type // "") \(.targetAxis)"),
         ($b.domains[0].domain.sourceRange.sources[0] | .endRowIndex - .startRowIndex)] | join("|")'
}

@test "the charts show what their titles say, also when people moved the columns" {
    cxlog log 배송 전화 하나 :해결 >/dev/null
    cxlog close >/dev/null
    local due='올해 많은 구분|BAR|많은 구분|올해 건수  BOTTOM_AXIS|11
12주 상담 건수|LINE|주차|주 건수  LEFT_AXIS|13
상담 건수와 1차 해결률|COMBO|주차|주 건수 COLUMN LEFT_AXIS|1차 해결률 LINE RIGHT_AXIS|13'
    same charts "$due" "$(charts)"
    people '"edit":"insert-column","column":15,"header":"메모"' 누적
    cxlog close >/dev/null
    same 'charts after a column was put in' "$due" "$(charts)"
}
