# tty.bash - a terminal for tests: tmux, sealed. Loads the CLI helper too.

load ../cli/helper

# terminal [COLUMNS] [LINES] - one that is bare but for what the test sends; its shell has the world of the test
terminal() {
    needs_terminal
    command -v tmux >/dev/null || skip 'no tmux'
    export TMUX_TMPDIR=$WORLD TERM=xterm-256color
    TERMINALS=$((${TERMINALS:-0} + 1))
    SOCKET=$WORLD/tmux$TERMINALS # a server that is going away still holds its socket
    unset COLUMNS
    PATH=$CXLOG_BIN:$PATH LC_ALL=C.UTF-8 tmux -S "$SOCKET" -f /dev/null new-session -d -x "${1:-80}" -y "${2:-40}" \
        "${SHELL_COMMAND:-exec bash --norc --noprofile}" 3>&- 4>&-
    mux set-option -g status off
    mux set-option -g escape-time 0
}

mux() { tmux -S "$SOCKET" "$@" 3>&- 4>&-; }
close_terminal() { [ -z "${SOCKET:-}" ] || mux kill-server 2>/dev/null || true; }

# team_terminal, end_terminal - setup and teardown of a test with the team's sheet
team_terminal() {
    setup_world
    start_emulator
}
end_terminal() {
    close_terminal
    stop_emulator
}

# keys TEXT - typed as it is; press KEY… - by tmux's names (Enter, BSpace, Tab, C-d)
keys() { mux send-keys -l -- "$1"; }
press() { mux send-keys "$@"; }
line() {
    keys "$1"
    press Enter
}
screen() { mux capture-pane -p; }
on_screen() { screen | grep -qE -- "$1"; }
# shows PATTERN - within ten seconds
shows() {
    eventually 10 on_screen "$1" && return
    screen | grep -v "^$" >&2
    return 1
}
# back_at_shell - the shell asks; settled - it asks again below what was printed
back_at_shell() { screen | grep -v '^$' | tail -1 | grep -qE '^\$ *$'; }
settled() { screen | grep -v '^$' | sed 1d | tail -1 | grep -qE '^\$ *$'; }
# unwrapped - no line was too long for the terminal
unwrapped() {
    same 'lines that the terminal wrapped' '' "$(diff <(screen) <(mux capture-pane -p -J | sed 's/ *$//') | grep '^[<>]' || true)"
}
# fresh COMMAND - entered on an empty screen when the shell asks, so that what shows is the command's own
fresh() {
    eventually 10 back_at_shell
    mux send-keys -R
    line "clear; $1"
}
# shell_ready - the shell's prompt is there
shell_ready() {
    keys "PS1='\$ '; clear"
    press Enter
    eventually 10 on_screen '^\$ *$'
}
