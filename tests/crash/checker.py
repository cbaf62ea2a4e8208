#!/usr/bin/env python3
"""checker.py - the history checker: what was promised against what the sheet and the stores hold.

    checker.py --acknowledged FILE --attempted FILE --sheet FILE [--store FILE.db]…

FILE of IDs: one a line (other lines are left out); --sheet: the answer of the emulator's GET /_emu/sheet.
Exit 1 when anything was lost, doubled, made up or damaged. `recovered` is allowed: a record whose `log`
was cut off before it could answer, and which is there once.
"""
import argparse
import collections
import json
import re
import sqlite3
import sys

ID_COLUMN = 18
ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
SHOWN = 25  # kinds of findings printed
PARTICULAR = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|\"[^\"]*\"|\d+|E[A-Z]{3,}|once|ever|[가-힣]+")  # what differs from case to case


class Verdict:
    """Sorted IDs by finding; corrupt: sentences."""

    def __init__(self):
        self.lost, self.duplicated, self.unexpected, self.recovered, self.corrupt = [], [], [], [], []

    def bad(self):
        return bool(self.lost or self.duplicated or self.unexpected or self.corrupt)

    def __str__(self):
        parts = [f"{name} {', '.join(map(str, found[:5]))}{' …' if len(found) > 5 else ''}"
                 for name, found in vars(self).items() if found and name != "recovered"]
        return "; ".join(parts) or "every record once"


class Findings:
    """What a program that breaks things counted, and its findings: words that repeat the case, and what was wrong there."""

    def __init__(self):
        self.lost = self.duplicated = self.corrupt = self.unexpected = 0
        self.findings = []

    def judged(self, where, verdict):
        self.lost += len(verdict.lost)
        self.duplicated += len(verdict.duplicated)
        self.corrupt += len(verdict.corrupt)
        self.unexpected += len(verdict.unexpected)
        if verdict.bad():
            self.noted(where, verdict)

    def strange(self, where, what):
        self.unexpected += 1
        self.noted(where, what)

    def noted(self, where, what):
        """Told, but not counted here."""
        self.findings.append((str(where), str(what)))

    def bad(self):
        return self.lost + self.duplicated + self.corrupt + self.unexpected

    def show(self):
        """One of each kind."""
        kinds = {}
        for where, what in self.findings:
            kinds.setdefault(PARTICULAR.sub("", what), []).append(f"{where}: {what}")
        for alike in list(kinds.values())[:SHOWN]:
            print(f"  {alike[0]}" + (f" (and {len(alike) - 1} more like this)" if len(alike) > 1 else ""))
        if len(kinds) > SHOWN:
            print(f"  … and {len(kinds) - SHOWN} more kinds")


def judge(acknowledged, attempted, places, corrupt=()):
    """acknowledged, attempted: sets of IDs. places: {name: list of IDs found there}; every acknowledged ID must
    stand in each of them, no ID twice in any, none that nobody attempted."""
    verdict = Verdict()
    acknowledged, attempted = set(acknowledged), set(attempted) | set(acknowledged)
    lost, doubled, strange, recovered = set(), set(), set(), set()
    for found in places.values():
        counted = collections.Counter(found)
        lost |= acknowledged - counted.keys()
        doubled |= {key for key, times in counted.items() if times > 1}
        strange |= counted.keys() - attempted
        recovered |= counted.keys() & (attempted - acknowledged)
    verdict.lost, verdict.duplicated = sorted(lost), sorted(doubled)
    verdict.unexpected, verdict.recovered = sorted(strange), sorted(recovered)
    verdict.corrupt = list(corrupt)
    return verdict


def ids_in(text):
    """The IDs that a command's stdout names: plain lines, or JSON objects with an `id`."""
    found = []
    for line in text.splitlines():
        word = line.strip()
        if word.startswith("{"):
            try:
                word = json.loads(word).get("id", "")
            except ValueError:
                continue
        if ID.fullmatch(word):
            found.append(word)
    return found


def ids_of_sheet(rows):
    """The ID cell of every data row; a row without one counts as the text of its cells, which nobody attempted."""
    return [row[ID_COLUMN] if len(row) > ID_COLUMN and ID.fullmatch(str(row[ID_COLUMN])) else "row " + repr(row)
            for row in rows]


def ids_of_store(path):
    """(IDs, findings of the integrity check) of a store's file."""
    try:
        with sqlite3.connect(f"file:{path}?mode=rw", uri=True) as db:
            faults = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
            return [row[0] for row in db.execute("SELECT id FROM record")], faults
    except sqlite3.Error as error:
        return [], [f"{path}: {error}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acknowledged", required=True)
    parser.add_argument("--attempted", required=True)
    parser.add_argument("--sheet")
    parser.add_argument("--store", action="append", default=[])
    args = parser.parse_args()

    def read(path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    places, corrupt = {}, []
    if args.sheet:
        places["sheet"] = ids_of_sheet([row for row in json.loads(read(args.sheet))["rows"][1:]
                                        if any(cell not in (None, "") for cell in row)])
    for path in args.store:
        places[path], faults = ids_of_store(path)
        corrupt += faults
    verdict = judge(ids_in(read(args.acknowledged)), ids_in(read(args.attempted)), places, corrupt)
    print(f"lost {len(verdict.lost)}, duplicated {len(verdict.duplicated)}, corrupt {len(verdict.corrupt)}, "
          f"unexpected {len(verdict.unexpected)}, recovered {len(verdict.recovered)}: {verdict}")
    return 1 if verdict.bad() else 0


if __name__ == "__main__":
    sys.exit(main())
