#!/usr/bin/env bats
# Manual pages against the command table: neither drifts from the other.

load helper

setup() {
    setup_world
    MAN=$BATS_TEST_DIRNAME/../../config/man
    cxlog help --json >"$WORLD/table.json"
}

@test "every command has its page in both languages, and every page its command" {
    local language
    for language in en ko; do
        same "pages in $language" "$(jq -r '.commands[].name' "$WORLD/table.json" | sort)" \
            "$(cd "$MAN/$language" && ls cxlog-*.1.scd | sed 's/^cxlog-//; s/\.1\.scd$//' | sort)"
    done
}

@test "a page names the options of its command, all and no others, with their letters and arguments" {
    local language name
    for name in $(jq -r '.commands[].name' "$WORLD/table.json"); do
        jq -r --arg n "$name" '.commands[] | select(.name == $n) | .options[] |
            (if .letter == "" then "" else "*-\(.letter)*, " end) + "*--\(.name)*" + (if .arg then " \(.arg)" else "" end)' \
            "$WORLD/table.json" | sort >"$WORLD/wanted"
        for language in en ko; do
            grep -E '^\*--?[a-z@A-Z]' "$MAN/$language/cxlog-$name.1.scd" | grep -E '\*--' | sed 's/\\//g' | sort >"$WORLD/found"
            diff -u "$WORLD/wanted" "$WORLD/found" || { echo "$language/cxlog-$name" >&2; return 1; }
        done
    done
}

@test "a page shows usage and every alias of its command" {
    local language name alias args
    for name in $(jq -r '.commands[].name' "$WORLD/table.json"); do
        for language in en ko; do
            local page
            page=$(sed 's/\\//g' "$MAN/$language/cxlog-$name.1.scd")
            args=$(jq -r --arg n "$name" '.commands[] | select(.name == $n) | .args' "$WORLD/table.json")
            grep -qF -- "*cxlog $name* $args" <<<"$page" || { echo "$language/$name: usage" >&2; return 1; }
            for alias in $(jq -r --arg n "$name" '.commands[] | select(.name == $n) | .aliases[]' "$WORLD/table.json"); do
                grep -qxF -- "*cxlog $alias*" <<<"$page" || { echo "$language/$name: alias $alias" >&2; return 1; }
            done
        done
    done
}

@test "cxlog(1) lists every command and every common option" {
    local language name
    for language in en ko; do
        for name in $(jq -r '.commands[].name' "$WORLD/table.json"); do
            grep -q "^\*cxlog-$name\*(1)" "$MAN/$language/cxlog.1.scd"
        done
        for name in $(jq -r '.common[].name' "$WORLD/table.json"); do
            grep -q -- "\*--$name\*" "$MAN/$language/cxlog.1.scd"
        done
    done
}

@test "cxlog-config(5) has every setting of the sample file" {
    local language key
    for key in $(awk -F'[][]' '/^\[/ {s = $2} /^#[a-z_]+ = / {split(substr($0, 2), p, " "); print s "." p[1]}' \
        "$MAN/../cxlog.ini"); do
        for language in en ko; do
            sed 's/\\//g' "$MAN/$language/cxlog-config.5.scd" | grep -q "^\*$key\*" || { echo "$language: $key" >&2; return 1; }
        done
    done
}

@test "help shows the page's text" {
    local text
    text=$(cxlog help undo)
    has "$text" '^NAME$'
    has "$text" "Takes back this agent's last change of today"
    has "$(CXLOG_UI_LANG=ko cxlog help undo)" '^이름$'
    has "$(cxlog help 설정)" 'agent.name'
}

@test "no line of help is wider than 80 cells, and none is cut" {
    local language name widest
    for language in en ko; do
        export CXLOG_UI_LANG=$language
        for name in $(jq -r '.commands[].name' "$WORLD/table.json") periods entry config exit-codes dimensions; do
            cxlog help "$name" >"$WORLD/page"
            cxlog "$name" -h >>"$WORLD/page" 2>/dev/null || true
            widest=$(LC_ALL=C.UTF-8 wc -L <"$WORLD/page")
            [ "$widest" -le 80 ] || { echo "$language/$name: $widest cells" >&2; return 1; }
        done
        cxlog help >"$WORLD/page"
        widest=$(LC_ALL=C.UTF-8 wc -L <"$WORLD/page")
        [ "$widest" -le 80 ] || { echo "$language: $widest cells" >&2; return 1; }
        # every word of a page is there, in its order
        same words "$(sed '1,2d; s/^# //; /^```/d; s/[\\*\t]/ /g' "$MAN/$language/cxlog-edit.1.scd" | tr -d ' \n')" \
            "$(cxlog help edit | tr -d ' \n')"
    done
}

@test "scdoc takes every page" {
    command -v scdoc >/dev/null || skip 'scdoc is not installed'
    local page
    for page in "$MAN"/*/*.scd; do scdoc <"$page" >/dev/null || { echo "$page" >&2; return 1; }; done
}

@test "mandoc finds nothing to warn of in the pages as they are installed" {
    command -v mandoc >/dev/null || skip 'mandoc is not installed'
    local pages=$CXLOG_BIN/../man page count=0
    [ -d "$pages" ] || skip 'built without manual pages'
    for page in "$pages"/man?/*.gz "$pages"/ko/man?/*.gz; do
        zcat "$page" >"$WORLD/$(basename "$page" .gz)"
        (cd "$WORLD" && mandoc -Tlint -Wwarning "$(basename "$page" .gz)") || { echo "$page" >&2; return 1; }
        count=$((count + 1))
    done
    same pages "$(find "$MAN" -name '*.scd' | wc -l)" "$count"
}
