#!/usr/bin/env bats
# Screens for people, in both languages, as files under golden/. Set GOLDEN=write to make them anew, then read the diff.

load helper

setup() {
    setup_world
    export CXLOG_DEFAULTS_CHANNEL=전화
}

# golden NAME TEXT - dates and clock times of today stand as DATE and TIME
golden() {
    local file=$BATS_TEST_DIRNAME/golden/$1.txt text year day half
    year=$(TZ=Asia/Seoul date +%Y)
    day=$year-07-01 half=$year-H2
    [ "$(TZ=Asia/Seoul date +%-m)" -le 6 ] || day=$((year + 1))-01-01 half=$((year + 1))-H1
    text=$(sed -E "s/$(TZ=Asia/Seoul date +%F)/DATE/; s/[0-9]{2}:[0-9]{2}/TIME/g; s/01[0-9A-Z]{24}/ID/; s/$day/NEXT-HALF/; s/$half/NEXT-HALF/; s/ +\$//" <<<"$2")
    [ "${GOLDEN:-}" != write ] || printf '%s\n' "$text" >"$file"
    diff -u "$file" - <<<"$text"
}

# both NAME COMMAND… - stdout and stderr in English, then in Korean
both() {
    local name=$1 language
    shift
    for language in en ko; do
        golden "$name.$language" "$(CXLOG_UI_LANG=$language "$@" 2>&1)"
    done
}

# A half-year of a small team, the same every time.
half_year() {
    awk 'BEGIN {
        split("배송 결제 이용방법 환불 회원 오류 기타", category, " ")
        split("전화 카카오톡 온라인채팅 게시판 이메일", channel, " ")
        seed = 7
        for (day = 0; day < 140; day++) {
            if (day % 7 >= 5) continue
            for (i = 0; i < 9; i++) {
                seed = (seed * 1103515245 + 12345) % 2147483648
                c = category[1 + int(seed / 65536) % (1 + int(seed / 4096) % 7)]
                h = channel[1 + int(seed / 1024) % 5]
                # 2024-01-01 was a Monday
                month = 1; left = day + 1
                split("31 29 31 30 31", length_of, " ")
                while (left > length_of[month]) left -= length_of[month++]
                printf "{\"category\":\"%s\",\"channel\":\"%s\",\"contacted_at\":\"2024-%02d-%02d 10:%02d\"}\n", c, h, month, left, i
            }
        }
    }' | cxlog log - >/dev/null
}

@test "log and status" {
    cxlog log 배송 전화 3일째 미도착, 재발송 안내 :진행 6분 >/dev/null
    cxlog log 환불 카톡 언제 되나요? :해결 >/dev/null
    cxlog log 배송 >/dev/null
    both log cxlog log 결제 카드 두 번 결제됨 -n
    both status cxlog status
}

# on_screen WORD… - what a terminal shows of cxlog
on_screen() { TERM=dumb at_terminal --columns 80 "$CXLOG_BIN/cxlog" "$@" | tr -d '\r'; }

@test "what a terminal shows after log, after a correction, and after undo" {
    needs_terminal
    for CXLOG_UI_LANG in en ko; do
        export CXLOG_UI_LANG
        become "$CXLOG_UI_LANG"
        golden "logged.$CXLOG_UI_LANG" "$(
            on_screen log 배송 전화 3일째 미도착, 재발송 안내 :진행 6분
            on_screen amend '#1' :해결
            on_screen undo
            on_screen undo
        )"
    done
}

@test "totals of a week, by two dimensions, month after month" {
    half_year
    both totals-week cxlog totals 2024-W20
    both totals-pivot cxlog totals 2024-W20 --by 구분,채널
    both totals-months cxlog totals 2024-05 -n 5 --cumulative
    both totals-top cxlog totals 2024-Q1 --top 3 --vs none
}

@test "a category that is refused: similar, in use, unknown, ambiguous" {
    cxlog log 배송 >/dev/null
    both refused-similar cxlog category add 배송문의
    both refused-rename cxlog category rename 배송 물류
    both refused-unknown cxlog log 배숑 전화 안 와요
    both refused-ambiguous cxlog log ㄱ 전화 안 와요
}

@test "help: all commands, one command, a topic" {
    both help cxlog help
    both help-undo cxlog help undo
    both help-exit-codes cxlog help exit-codes
    both help-periods cxlog help periods
    same 'Korean topic' "$(cxlog help periods)" "$(cxlog help 기간)"
}

@test "what an exit code means is told in the person's language" {
    export CXLOG_UI_LANG=ko
    same 'codes told in English' '' "$(cxlog help exit-codes | LC_ALL=C.UTF-8 grep -v '[가-힣]' || true)"
}

@test "Korean needs no Korean locale, and LC_ALL=C shows Hangul" {
    cxlog log 배송 >/dev/null
    has "$(cxlog totals week)" '^배송 '
    has "$(cxlog_env LC_ALL= LANG=C.UTF-8 LANGUAGE=ko -- totals week)" '^합계'
    has "$(cxlog_env CXLOG_UI_LANG=ko LC_ALL=C -- totals week)" '^합계'
    has "$(cxlog_env CXLOG_UI_LANG=en LC_ALL= LANG=C.UTF-8 LANGUAGE=ko -- totals week)" '^total'
}

@test "--json, --plain and exit codes are the same in every language" {
    half_year
    local form
    for form in --json --plain; do
        same "totals $form" "$(CXLOG_UI_LANG=en cxlog totals 2024-W20 "$form" 2>/dev/null)" \
            "$(CXLOG_UI_LANG=ko cxlog totals 2024-W20 "$form" 2>/dev/null)"
    done
    CXLOG_UI_LANG=ko expect 65 cxlog log 없는구분
    CXLOG_UI_LANG=ko expect 64 cxlog totals --nonsense
}

@test "the catalogue is complete and has no fuzzy entry" {
    command -v msgattrib >/dev/null || skip 'gettext is not installed'
    local po=$BATS_TEST_DIRNAME/../../config/po/ko.po
    same untranslated '' "$(msgattrib --untranslated --no-obsolete "$po" | grep '^msgid' || true)"
    same fuzzy '' "$(msgattrib --only-fuzzy "$po" | grep '^msgid' || true)"
}

@test "--plain of schemes and of one record: tab-separated, and no word of it is translated" {
    local words
    cxlog field add 등급 >/dev/null
    cxlog category alias 배송 택배 --reason 'x' >/dev/null
    cxlog category rename 결제 정산 --from 2027-H1 --reason 개편 >/dev/null
    cxlog log 배송 전화 $'탭\t줄\r' --handle 6m --field 등급=A >/dev/null
    cxlog void '#1' >/dev/null
    for words in 'category list' 'category list --all' 'category log' 'field list' 'show #1'; do
        # shellcheck disable=SC2086 # command and arguments
        same "$words" "$(CXLOG_UI_LANG=en cxlog $words --plain 2>/dev/null)" "$(CXLOG_UI_LANG=ko cxlog $words --plain 2>/dev/null)"
    done
    expect 0 cxlog show '#1' --plain
    has "$output" $'^handle_s\t360$'
    has "$output" $'^field:등급\tA$'
    has "$output" $'^effective\tfalse$'
    same 'lines of the record without key and value' '' "$(sed '/^$/,$d' <<<"$output" | awk -F'\t' 'NF != 2')"
}
