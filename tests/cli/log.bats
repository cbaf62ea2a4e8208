#!/usr/bin/env bats
# cxlog log with words and flags: what a line means, what it answers, what it refuses.

load helper

setup() { setup_world; }

# parsed WORD… - the members that a line sets, as one compact object of what is not blank
parsed() {
    cxlog log --dry-run --json "$@" | jq -c '{category,detail,channel,customer,region,sentiment,result,note,hunch,handle_s,wait_s,csat,nps,ces,link,tags}
        | with_entries(select(.value != "" and .value != null and .value != []))'
}
means() {
    local expected=$1
    shift
    same "log $*" "$expected" "$(parsed "$@")"
}

@test "log answers with the ID of a record that is durable, and with nothing else" {
    quietly 0 cxlog log 배송 전화 3일째 미도착
    valid_id "$output"
    same 'row in the store' 1 "$(sql "SELECT count(*) FROM record WHERE id = '$output'")"
    quietly 0 cxlog list --json
    member '[.id,.state,.category,.channel,.note,.agent]' "[\"$(jq -r .id <<<"$output")\",\"pending\",\"배송\",\"전화\",\"3일째 미도착\",\"김하늘\"]"
}

@test "the words of a line: category, detail, channel, note" {
    means '{"category":"배송"}' 배송
    means '{"category":"배송","channel":"전화"}' 배송 전화
    means '{"category":"배송","detail":"지연","channel":"카카오톡","note":"안 와요"}' 배송/지연 카톡 안 와요
    means '{"category":"배송","note":"언제 와요 전화 주세요"}' 배송 언제 와요 전화 주세요
    means '{"category":"배송","channel":"전화","note":"전화 또 함"}' 배송 전화 전화 또 함
}

@test "names are found by code, by alias, by beginning, and with the keyboard in the wrong mode" {
    means '{"category":"배송","channel":"전화"}' ㅂㅅ ㅈㅎ
    means '{"category":"환불","channel":"온라인채팅","note":"a"}' 환 채팅 a
    means '{"category":"배송","channel":"전화"}' qothd wjsghk
}

@test "the sigils: +tag @customer :result :sentiment %region, anywhere before or after the note" {
    means '{"category":"배송","customer":"한빛상사","region":"부산","sentiment":"부정","result":"이관","note":"늦어요","tags":["vip","재발송"]}' \
        배송 +vip @한빛상사 늦어요 :이관 :부정 %부산 +재발송
    means '{"category":"배송","result":"해결","note":"됐나요"}' 배송 :해 됐나요
}

@test "a duration with a unit is the handling time, a clock time is when it was" {
    means '{"category":"배송","channel":"전화","note":"끊김","handle_s":360}' 배송 전화 끊김 6분
    means '{"category":"배송","handle_s":5400}' 배송 1시간30분
    means '{"category":"배송","handle_s":45}' 배송 45s
    expect 0 cxlog log 배송 00:00 메모 --dry-run --json
    member '[(.contacted_at | .[11:16]), .note]' '["00:00","메모"]'
}

@test "what only looks like an attribute stays in the note" {
    means '{"category":"배송","note":"-5도 보관"}' 배송 -5도 보관
    means '{"category":"배송","note":"고마워요 :)"}' 배송 고마워요 ':)'
    means '{"category":"배송","note":"+1 @ 100% 할인"}' 배송 +1 @ 100% 할인
    means '{"category":"배송","note":"%없는곳 문의"}' 배송 %없는곳 문의
    means '{"category":"배송","note":"--아직 안 옴"}' 배송 --아직 안 옴
    means '{"category":"배송","note":"6분 기다림 그리고 끊음"}' 배송 -- 6분 기다림 그리고 끊음
}

@test "after -- all is note" {
    means '{"category":"배송","channel":"전화","note":"+vip @a :해결 --channel 14:20"}' 배송 전화 -- +vip @a :해결 --channel 14:20
}

@test "flags, wherever they stand, win over words" {
    means '{"category":"배송","channel":"이메일","note":"a b"}' 배송 -C 이메일 a b
    means '{"category":"배송","channel":"이메일","note":"a b"}' 배송 a b --channel=이메일
    means '{"category":"배송","channel":"이메일","note":"a b"}' --channel 이메일 배송 a b
    means '{"category":"환불","detail":"해지","customer":"갑","region":"서울","sentiment":"긍정","result":"해결","note":"내용","hunch":"느낌","handle_s":90,"wait_s":3600,"csat":5,"nps":0,"ces":7,"link":"https://example.com/a?b=1","tags":["x","y"]}' \
        -c 환불 -d 해지 -@ 갑 -r 서울 -s 긍정 -R 해결 -t x -t y --handle 1m30 --wait 1h --csat 5 --nps 0 --ces 7 \
        --link 'https://example.com/a?b=1' --hunch 느낌 --note 내용
    means '{"category":"배송","customer":"갑"}' 배송 @을 --customer 갑
    means '{"category":"배송","result":"진행"}' 배송 :해결 --result 진행
}

@test "text arrives unchanged: quotes, formulas, backslashes, percent, SQL, newlines, emoji" {
    local text
    for text in "=IMPORTXML(\"http://x\",\"//a\")" "+82-10-1234" "it's \"quoted\"; DROP TABLE record;--" '100%n%s\t\\' \
        $'두 줄\n둘째\t탭' '👨‍👩‍👧‍👦 ok' '007' '  안쪽  두 칸'; do
        expect 0 cxlog log 배송 --note "$text" --json
        local trimmed=${text#"${text%%[![:space:]]*}"}
        same note "$trimmed" "$(jq -r .note <<<"$output")"
        expect 0 cxlog show "$(jq -r .id <<<"$output")" --json
        same 'note, read back' "$trimmed" "$(jq -r .note <<<"$output")"
    done
}

@test "Hangul typed in pieces (NFD) is stored composed" {
    local nfd=$'\xe1\x84\x80\xe1\x85\xa1'
    expect 0 cxlog log 배송 --note "$nfd" --customer "$nfd" --json
    member '[.note,.customer]' '["가","가"]'
}

@test "invalid UTF-8 is refused with its byte offset and not sent to the terminal" {
    refused 65 'byte 3: ".*\\xff' cxlog log 배송 --note $'abc\xff'
    refused 65 'byte 0' cxlog log 배송 $'\xc0\xaf'
    refused 65 'byte 1' cxlog log 배송 $'a\xed\xa0\x80'
    hasnt "$stderr" $'\xed'
    same 'records' 0 "$(records)"
}

@test "an unknown or ambiguous name is refused with the near ones" {
    refused 65 '"배숑"' cxlog log 배숑 전화
    has "$stderr" '^    배송$'
    refused 65 '"없는것"' cxlog log 없는것
    refused 65 '"지욘"' cxlog log 배송/지욘
    has "$stderr" '^    .*지연$'
    refused 65 '.' cxlog log ㄱ
    has "$stderr" '^    결제$'
    refused 65 '.' cxlog log 배송 --channel 팩스
    refused 65 '.' cxlog log 배송 --region 아틀란티스
    same 'records' 0 "$(records)"
}

@test "a choice of sixty syllables is suggested in whole characters" {
    local long
    long=$(printf '가%.0s' {1..60})
    cxlog field add 등급 --kind "choice:A,x$long" -q
    refused 65 등급 cxlog log 배송 --field 등급=B
    has "$stderr" '^    x(가)+$'
    hasnt "$stderr" '\\x'
}

@test "bounds are kept at log time" {
    local long
    long=$(printf '가%.0s' {1..50000})
    expect 0 cxlog_in "{\"category\":\"배송\",\"note\":\"$long\"}" log -
    refused 65 '50,?001.*50,?000|50,?000.*50,?001' cxlog_in "{\"category\":\"배송\",\"note\":\"${long}가\"}" log -
    refused 65 '.' cxlog log 배송 --csat 6
    refused 65 '.' cxlog log 배송 --csat 0
    refused 65 '.' cxlog log 배송 --nps 11
    refused 65 '.' cxlog log 배송 --ces 8
    refused 65 '.' cxlog log 배송 --customer "$(printf 'a%.0s' {1..201})"
    refused 65 '.' cxlog log 배송 --handle 25h
    refused 65 '.' cxlog log 배송 --link 'javascript:alert(1)'
    refused 65 '.' cxlog log 배송 --sentiment 좋음
    refused 65 '.' cxlog log 배송 --result 완료
}

@test "numbers have one exact grammar" {
    local bad
    for bad in 1e0 ١ 0x1 1_0 ' 5' 5. +5 -1 05x; do
        refused 65 '.' cxlog log 배송 --csat "$bad"
    done
    means '{"category":"배송","csat":5}' 배송 --csat 5
}

@test "a contact cannot lie in the future, and times have the forms of the manual" {
    refused 65 'future' cxlog log 배송 --at '2099-01-01 10:00'
    refused 65 '.' cxlog log 배송 --at 25:00
    refused 65 '.' cxlog log 배송 --at '2025-02-30 10:00'
    local yesterday
    yesterday=$(TZ=Asia/Seoul date -d yesterday +%F)
    expect 0 cxlog log 배송 --at '어제 17:30' --json
    member .contacted_at "${yesterday}T17:30:00+09:00"
    expect 0 cxlog log 배송 --at '2025-11-20 14:20' --json
    member .contacted_at 2025-11-20T14:20:00+09:00
    expect 0 cxlog log 배송 --at 2025-11-20T05:20:30Z --json
    member .contacted_at 2025-11-20T14:20:30+09:00
}

@test "the same --id again adds nothing, with other content it is refused" {
    local id=01ARZ3NDEKTSV4RRFFQ69G5FAV
    quietly 0 cxlog log 배송 전화 a --id $id
    same 'stdout' $id "$output"
    quietly 0 cxlog log 배송 전화 a --id $id
    same 'stdout of the repeat' $id "$output"
    refused 65 "$id" cxlog log 배송 전화 b --id $id
    refused 65 ULID cxlog log 배송 --id 12345
    same 'records' 1 "$(records)"
}

@test "a full disk under stdout: the record is saved, and the answer says so with its ID" {
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log 배송 전화 a >/dev/full'
    same 'exit code' 74 "$status"
    local id
    id=$(cxlog list --json | jq -r .id)
    has "$stderr" "^cxlog: log is done \\(ID $id\\), but its output could not be written"
    same 'records' 1 "$(records)"
}

@test "closed standard files do no harm" {
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log 배송 a <&-'
    same 'stdin closed' 0 "$status"
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log 배송 b >&-'
    same 'stdout closed' 0 "$status"
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log 배송 c 2>&-'
    same 'stderr closed' 0 "$status"
    run --separate-stderr bash -c '"$CXLOG_BIN/cxlog" log 배송 d <&- >&- 2>&-'
    same 'all closed' 0 "$status"
    same 'records' 4 "$(records)"
    same 'store intact' ok "$(sql 'PRAGMA integrity_check')"
}

@test "--dry-run shows the record and writes nothing" {
    quietly 0 cxlog log 배송 전화 a -n
    has "$output" 배송
    quietly 0 cxlog log 배송 전화 a --dry-run --json
    member '[.category,.note]' '["배송","a"]'
    same 'records' 0 "$(records)"
}

@test "the answer in JSON has the members of the contract, numbers as numbers" {
    quietly 0 cxlog log 배송/지연 전화 @갑 %서울 :긍정 :해결 +b +a 메모 --handle 6m --csat 4 --json
    member 'keys_unsorted[0:3]' '["schema","id","state"]'
    member '[.schema,.state,.agent,.channel,.category,.detail,.customer,.region,.sentiment,.note,.hunch,.result]' \
        '[1,"pending","김하늘","전화","배송","지연","갑","서울","긍정","메모","","해결"]'
    member '[.handle_s,.wait_s,.csat,.nps,.ces,.tags,.link,.corrects,.fields]' '[360,null,4,null,null,["b","a"],"","",{}]'
    member '.contacted_at == .logged_at and (.logged_at | test("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00$"))' true
    same 'lines' 1 "${#lines[@]}"
}

@test "an agent without a name is told how to get one" {
    unset CXLOG_AGENT_NAME
    refused 78 'cxlog init --name' cxlog log 배송
}

@test "defaults.channel fills a channel that is not named" {
    export CXLOG_DEFAULTS_CHANNEL=전화
    means '{"category":"배송","channel":"전화","note":"a"}' 배송 a
    means '{"category":"배송","channel":"이메일","note":"a"}' 배송 이메일 a
    CXLOG_DEFAULTS_CHANNEL=팩스 expect 65 cxlog log 배송 a
    has "$stderr" 'defaults\.channel'
}

@test "errors with --json are one object on stderr" {
    expect 65 cxlog log 배숑 --json
    same stdout '' "$output"
    member '[.schema,.error.code,.error.name,(.error.message|type),.error.suggestions[0]]' '[1,65,"value","string","배송"]' "$stderr"
}

@test "the Korean and short names are the same command" {
    quietly 0 cxlog 기록 배송 a
    quietly 0 cxlog l 배송 b
    same 'records' 2 "$(records)"
}
