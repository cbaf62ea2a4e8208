#!/usr/bin/env bats
# doctor in Korean, as it stands on the screen.

load tty
load transcript

setup() {
    # What depends on the machine and not on the test.
    [ ! -e "/var/lib/systemd/linger/$(id -un)" ] || skip 'timers of this user run without a login'
    team_terminal
    closes_by_itself
}
teardown() { end_terminal; }

# Paths (cut to the same length wherever they begin), versions, sizes and seconds.
machine() { sed -E 's/"[^"]*(config\.ini|cxlog\.db|…)"/"PATH"/; s/[0-9]+(\.[0-9]+)+/VERSION/g; s/[0-9,]+ ?([MG]i?B)/N \1/; s/ [0-9]+초/ N초/'; }

@test "doctor of a set-up that works" {
    join 김하늘
    cxlog log 배송 전화 >/dev/null
    cxlog sync >/dev/null
    korean_terminal
    line 'cxlog doctor'
    eventually 10 settled
    transcript doctor.ko
}

@test "doctor of a sheet that may only be read: what depends on it is not tried" {
    join 김하늘
    emu POST people "{\"id\":\"$SHEET\",\"edit\":\"viewer-only\",\"account\":\"$(emu GET accounts | jq -r '.accounts[0]')\"}" >/dev/null
    korean_terminal
    line 'cxlog doctor'
    eventually 10 settled
    transcript doctor-viewer.ko
}
