# bash completion of cxlog: the program itself says what may stand here, 초성 too (ㅂㅅ<Tab>).

_cxlog() {
    COMPREPLY=()
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} value about
    local -a typed=()
    read -ra typed <<<"$line"
    [[ $line == *[[:space:]] ]] && typed+=("")
    case ${typed[0]} in
    ㄱ | c) typed=(cxlog log "${typed[@]:1}") ;;
    esac
    # bash also breaks words at : = and @; only what stands behind the last of them is replaced.
    [[ $current == [:=@] ]] && current=
    local word=${typed[${#typed[@]} - 1]}
    local kept=${word%"$current"}
    while IFS=$'\t' read -r value about; do
        value=${value#"$kept"}
        COMPREPLY+=("${value// /\\ }")
    done < <(command cxlog __complete -- "${typed[@]:1}" 2>/dev/null)
}
complete -F _cxlog cxlog ㄱ c
