#!/usr/bin/env python3
"""Who may include whom. Prints what breaks the rules; exit 1 when anything does.

Rooms (DESIGN.md 6): cli -> sync, report -> store, google -> net -> core. cli and report know only include/cxlog.
"""
import pathlib
import re
import sys

ROOMS = {  # room: rooms whose internal headers it may include (besides include/cxlog)
    "core": set(),
    "store": {"core"},
    "net": {"core"},
    "google": {"net", "core"},
    "sync": {"core"},
    "report": set(),
    "cli": set(),
}
HOMES = {  # third-party header: rooms it may be included in
    r"sqlite3\.h": {"store"},
    r"curl/.*": {"net"},
    r"openssl/.*": {"google"},
    r"jansson\.h": {"google", "cli"},
    r"ini\.h": {"cli"},
    r"csv\.h": {"cli"},
    r"histedit\.h": {"cli"},
    r"libsmartcols.*": {"report"},
    r"(uni(str|norm|width|case|ctype|grbrk)|unitypes)\.h": {"core"},
    r"sha2\.h|sha256\.h": {"core"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    bad = []
    for path in sorted(root.glob("src/*/*.[ch]")):
        room = path.parent.name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            name = match.group(1)
            where = f"{path.relative_to(root)}:{number}"
            other = name.split("/")[0]
            if other in ROOMS and "/" in name and other != room and other not in ROOMS[room]:
                bad.append(f"{where}: {room} may not include {name}")
            for pattern, homes in HOMES.items():
                if re.fullmatch(pattern, name) and room not in homes:
                    bad.append(f"{where}: <{name}> belongs in {', '.join(sorted(homes))}")
            if room != "core" and name in ("stdio.h",) and room not in ("cli",):
                text = path.read_text(encoding="utf-8")
                if re.search(r"(?<![a-z_])(printf|puts|perror)\s*\(|fprintf\s*\(\s*std(out|err)", text):
                    bad.append(f"{where}: the library never prints")
        if room not in ("cli",) and "getenv" in path.read_text(encoding="utf-8") and path.name not in ("seam.c",):
            bad.append(f"{path.relative_to(root)}: the library reads no environment")
    for path in sorted(root.glob("include/cxlog/*.h")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match and "/" in match.group(1) and not match.group(1).startswith("cxlog/"):
                bad.append(f"{path.relative_to(root)}:{number}: public headers include only cxlog/ and the C library")
    print("\n".join(dict.fromkeys(bad)))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
