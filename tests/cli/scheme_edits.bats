#!/usr/bin/env bats
# Random hand-edits of the tab 구분 (scheme_edits.py; 80 of them, 500 under scripts/test --full): the harmful ones are found and mended, the others raise no alarm.

load helper

setup() { setup_world; }
teardown() { stop_emulator; }

@test "random hand-edits of 구분: every harmful one is found before anything is written, no other one alarms" {
    command -v python3 >/dev/null || skip 'needs python3'
    start_emulator
    join 김하늘
    cxlog category add 파일럿 배송/해외 --reason "주간 회의" >/dev/null
    cxlog category rename 파일럿 시범 --from 2040-H1 --reason "이름을 고름" >/dev/null
    cxlog log 배송 전화 >/dev/null
    python3 "$BATS_TEST_DIRNAME/scheme_edits.py" "$CXLOG_BIN" "$API" "$SHEET" "${EDITS:-80}" 3>&- 4>&-
}
