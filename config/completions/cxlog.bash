# bash completion of cxlog: the program itself says what may stand here, 초성 too (ㅂㅅ<Tab>).

_cxlog() {
    COMPREPLY=()
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} value about
    local -a typed=()
    [[ $current == *[\"\']* ]] && return # within quotes nothing can be put in safely
    # shellcheck disable=SC2162 # not -r: a blank behind a backslash is part of the word
    read -a typed <<<"$line"
    [[ $line == *[[:space:]] && $line != *\\[[:space:]] ]] && typed+=("")
    case ${typed[0]} in
    ㄱ | c) typed=(cxlog log "${typed[@]:1}") ;;
    esac
    # bash also breaks words at : = and @; only what stands behind the last of them is replaced.
    [[ $current == [:=@] ]] && current=
    local word=${typed[${#typed[@]} - 1]}
    local kept=${word%"${current//\\/}"}
    while IFS=$'\t' read -r value about; do
        value=${value#"$kept"}
        # What others wrote into the sheet is text, whatever the shell would make of it.
        [[ $value == *[[:space:]\;\&\|\<\>\(\)\$\`\\\"\'\*\?\[\!\#\~\{]* ]] && printf -v value %q "$value"
        COMPREPLY+=("$value")
    done < <(command cxlog __complete -- "${typed[@]:1}" 2>/dev/null)
}
complete -F _cxlog cxlog ㄱ c
