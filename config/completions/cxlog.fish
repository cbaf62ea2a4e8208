# fish completion of cxlog: the program itself says what may stand here.

function __cxlog_words
    set -l words (commandline -opc)
    switch $words[1]
        case ㄱ c
            set words cxlog log $words[2..]
    end
    set -q words[2]; and printf '%s\n' $words[2..] # echo would take a word like -n for its own
end

function __cxlog_complete
    set -l words (__cxlog_words)
    command cxlog __complete -- $words (commandline -ct) 2>/dev/null
end

# fish filters what it is given, so initials are expanded when Space is pressed instead.
function __cxlog_initials
    set -l first (commandline -opc)[1]
    contains -- "$first" cxlog ㄱ c; or return 1
    set -l words (__cxlog_words)
    test "$words[-1]" = "$argv[1]"; and set -e words[-1] # it stands on the line already
    set -l found (command cxlog __complete -- $words $argv[1] 2>/dev/null)
    test (count $found) -eq 1; or return 1
    string escape -- (string split -f 1 \t -- $found[1])
end

complete -c cxlog -f -a '(__cxlog_complete)'
abbr --add cxlog_initials --position anywhere --regex '[ㄱ-ㅎ]+' --function __cxlog_initials
