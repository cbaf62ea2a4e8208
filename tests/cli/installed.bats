#!/usr/bin/env bats
# What `cmake --install` puts somewhere works from there.

load helper

setup_file() {
    cmake --install "$CXLOG_BIN/.." --prefix "$BATS_FILE_TMPDIR/usr/local" >/dev/null
    DESTDIR=$BATS_FILE_TMPDIR/package cmake --install "$CXLOG_BIN/.." --prefix /usr >/dev/null
}

setup() {
    setup_world
    INSTALLED=$BATS_FILE_TMPDIR/usr/local
}

@test "Korean is found by cxlog and by the programs that it starts" {
    export CXLOG_UI_LANG=ko
    "$INSTALLED/bin/cxlog" log 배송 전화 >/dev/null
    has "$("$INSTALLED/bin/cxlog" totals today)" '^합계'
    has "$("$INSTALLED/bin/cxlog" doctor --offline)" '^이 컴퓨터'
}

@test "nothing of the build stands in what is installed" {
    same 'headers' '' "$(find "$INSTALLED" -name '*.h')"
    same 'programs' 'bin/cxlog libexec/cxlog/cxlog-prompt libexec/cxlog/cxlog-sync share/cxlog/end-of-day.sh' \
        "$(cd "$INSTALLED" && find . -type f -perm -100 -printf '%P\n' | sort | paste -sd' ' -)"
}

@test "zsh finds its completion in /usr/local, and that of a package in /usr" {
    [ -s "$INSTALLED/share/zsh/site-functions/_cxlog" ]
    [ -s "$BATS_FILE_TMPDIR/package/usr/share/zsh/vendor-completions/_cxlog" ]
}
