# transcript.bash - a screen as a file under golden/, compared exactly. Set GOLDEN=write to make it anew, then read the diff.
#
# Beside the comparison: no line is wider than the terminal, none was wrapped by it, and no character was broken.

# korean_terminal [LINES] - 80 columns, as a Korean colleague has it: no Korean locale on the machine
korean_terminal() {
    terminal 80 "${1:-60}"
    shell_ready
    keys 'export LC_ALL= LANG=C.UTF-8 LANGUAGE=ko; clear'
    shows 'ko; clear$'
    press Enter
    eventually 10 on_screen '^\$ *$'
}

# machine - takes out what differs from machine to machine; a test may have its own
machine() { cat; }
# masked - without what differs from run to run, trailing blanks and the empty rest of the screen
masked() {
    sed -E "s|$WORLD|WORLD|g; s/$(TZ=Asia/Seoul date +%F)/DATE/g; s/[0-9]{2}:[0-9]{2}(:[0-9]{2})?/TIME/g; s/ +\$//" |
        machine | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

# transcript NAME - the screen from the first prompt on
transcript() {
    local file=$BATS_TEST_DIRNAME/golden/$1.txt text wide
    unwrapped
    wide=$(screen | python3 -c '
import sys, unicodedata
for line in sys.stdin:
    cells = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
    if cells > 80 or "\ufffd" in line:
        print(line, end="")')
    same 'lines wider than 80 cells, or with broken characters' '' "$wide"
    text=$(screen | masked)
    [ "${GOLDEN:-}" != write ] || printf '%s\n' "$text" >"$file"
    diff -u "$file" - <<<"$text"
}
