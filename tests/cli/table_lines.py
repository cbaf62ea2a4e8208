"""The tables on stdin: every line of each as wide as the next, none wider than the terminal.

Usage: table_lines.py COLUMNS narrow|wide TABLES. Widths are of Unicode's own tables, not of cxlog's measure. Prints
what is amiss. TABLES: how many there must be; `lines`: only the terminal's width is looked at; `one`: all lines are one.
"""
import sys
import unicodedata


def is_flag(char):
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def width(text, wide):
    cells = 0
    last = 0  # cells of the character before
    joined = flags = 0
    for char in text:
        east = unicodedata.east_asian_width(char)
        if char == "\u200d":
            joined = 1
            continue
        if joined:  # one picture with what stands before
            joined = 0
            continue
        if char == "\ufe0f":
            cells += 2 - last
            last = 2
            continue
        if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
            continue
        flags = flags + 1 if is_flag(char) else 0
        if flags == 2:  # a pair is one flag
            cells += 2 - last
            flags = last = 0
            continue
        last = 2 if east in "WF" or (east == "A" and wide) else 1
        cells += last
    return cells


def tables(lines):
    """Header, rule, rows: from the line before the first rule to the blank line or the end."""
    at = 0
    while at < len(lines):
        if at > 0 and lines[at].startswith("─"):
            end = at
            while end < len(lines) and lines[end].strip():
                end += 1
            yield lines[at - 1 : end]
            at = end
        at += 1


def main():
    columns, wide, wanted = int(sys.argv[1]), sys.argv[2] == "wide", sys.argv[3]
    lines = sys.stdin.read().replace("\r", "").split("\n")
    bad = [f"{width(line, wide)} cells of {columns}: {line}" for line in lines if width(line, wide) > columns]
    found = [] if wanted == "lines" else [lines[:-1]] if wanted == "one" else list(tables(lines))
    if wanted.isdigit() and len(found) != int(wanted):
        bad.append(f"{len(found)} tables, not {wanted}:" + "\n".join(lines))
    for table in found:
        cells = {width(line, wide) for line in table}
        if len(cells) > 1:
            bad += [f"{width(line, wide)}: {line}|" for line in table]
    print("\n".join(bad), end="")


main()
