#!/usr/bin/env python3
"""histories.py - 유효기록 shows the records that count: its formula, evaluated over many sheets.

For each history (moves.py) the text of the formula, as the cell holds it, is evaluated over the log's rows: by a spreadsheet engine
(evaluate.mjs says what of it is the engine's) and by second.py. Both have to give the header and, each once and whole, the records
that a machine lists which sees this sheet for the first time, and as many of each category as its `totals`. Then mistakes are made
in the formula on purpose: each has to be seen by either.

Without node or the engine (scripts/setup installs it) only second.py looks, and the exit code is 77: skipped.
"""
import argparse
import collections
import datetime
import json
import os
import random
import shutil
import subprocess
import sys

import moves
import second

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, os.pardir, os.pardir)
SKIPPED = 77

# What always is looked at, by name.
CASES = {
    "no record": [],
    "one record": ["put"],
    "one record, voided": ["put", "void"],
    "a correction of a correction": ["log", "amend_twice"],
    "a void of a correction": ["log", "amend", "void_correction"],
    "an undone void": ["log", "void", "undo"],
    "a tie": ["put", "tie"],
    "ties": ["plain", "tie", "tie", "tie"],
    "an older correction": ["plain", "older_correction"],
    "corrections of nothing": ["orphan", "orphan", "plain"],
    "pasted rows": ["put", "paste", "paste"],
    "pasted and edited rows": ["plain", "amend", "paste_edited", "paste_edited"],
    "rows that are no records": ["plain", "type_contact", "type_sum", "type_remark", "second_header", "blank"],
    "errors in rows by hand": ["plain", "amend", "error_id", "error_mark"],
    "edits that close takes over": ["plain", "edit_and_close", "edit_and_close"],
    "a typed contact that close takes over": ["plain", "type_contact", "close"],
    "a title with quotes": ["rename_quoted", "plain", "amend"],
    "team fields": ["plain", "fields", "amend"],
}

# A drawn history: so often each.
WEIGHTS = {
    "log": 4, "plain": 4, "amend": 5, "amend_twice": 3, "void": 3, "void_correction": 2, "undo": 2, "both_amend": 2, "tie": 3,
    "older_correction": 1, "orphan": 1, "paste": 2, "paste_edited": 2, "blank": 2, "type_contact": 1, "type_sum": 1,
    "type_remark": 1, "second_header": 1, "error_cell": 1, "sort": 1, "edit_and_close": 1, "close": 1, "rename": 1,
}

# Mistakes that a hand might make in the formula: what is there, what is put instead.
MISTAKES = {
    "the earlier ID wins a tie": (",3,FALSE,2,FALSE)", ",3,FALSE,2,TRUE)"),
    "the oldest correction counts": (",3,FALSE,2,FALSE)", ",3,TRUE,2,FALSE)"),
    "corrected records count too": ("*(newest=id)", ""),
    "voids count": ('*(LEFT(mark,3)<>"취소:")', ""),
    "a void names no record": ('SUBSTITUTE(mark,"취소:","")', "mark"),
    "rows pasted again count again": ('kept<>ARRAY_CONSTRAIN(VSTACK("",kept),ROWS(kept),1)', 'kept<>""'),
    "any text is an ID": ("FILTER(data,(LEN(id)=26)", 'FILTER(data,(id<>"")'),
    "an error in 기록ID spoils it": ("id,ARRAYFORMULA(IFERROR(", "id,ARRAYFORMULA(IF(TRUE,"),
    "no record, no header": ("IF(ISERROR(INDEX(found,1,19)),head,", "IF(FALSE,head,"),
    "the last column is missing": (":V,head", ":U,head"),
}


def say(agent, *words):
    """What a report prints: 3 is that there is nothing, 4 that rows of the sheet could not be taken."""
    result = agent.run(*words)
    if result.hung or result.code not in (0, 3, 4):
        raise RuntimeError(str(result))
    return result.out


class Sheet:
    """What a history came to: the formula, the rows, and what cxlog says of them."""

    def __init__(self, name, history):
        self.name, self.formula, self.tabs = name, history.formula(), {history.title: history.rows()}
        self.header = self.tabs[history.title][0]
        self.first = {}
        for _, row in history.records():
            self.first.setdefault(row[moves.ID], row)
        newcomer = history.place.agent("최나중")
        newcomer.must("sync")
        self.records = [json.loads(line) for line in say(newcomer, "list", "all", "--json").splitlines()]
        totals = json.loads(say(newcomer, "totals", "all", "--by", "구분", "--json"))
        self.totals = {row["key"][0]: row["count"] for row in totals["rows"]}

    def wrong(self, shown):
        """A sentence for each difference between what the formula shows and what counts."""
        shown = [[None if cell == "" else cell for cell in row] for row in shown]
        if not shown or shown[0] != self.header:
            yield f"the header is {shown[:1]}"
            return
        keys = [row[moves.ID] if len(row) > moves.ID else None for row in shown[1:]]
        due = {record["id"]: record for record in self.records}
        for key, times in collections.Counter(keys).items():
            if key not in due:
                yield f"{key} is shown and does not count"
            elif times > 1:
                yield f"{key} is shown {times} times"
        for key in due.keys() - set(keys):
            yield f"{key} counts and is not shown"
        for key, row in zip(keys, shown[1:]):
            if key in due and row != self.first[key]:
                yield f"{key} is shown as {row}"
            if key in due and [row[moves.CATEGORY], row[moves.NOTE] or ""] != [due[key]["category"], due[key].get("note") or ""]:
                yield f"{key} is listed as {due[key]}"
        counted = collections.Counter(row[moves.CATEGORY] for row in shown[1:])
        if dict(counted) != {name: count for name, count in self.totals.items() if count}:
            yield f"totals says {self.totals}, COUNTIF {dict(counted)}"


def drawn(rng):
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    return rng.choices(names, weights, k=rng.randint(4, 16))


def play(bin_dir, seed, name, steps):
    with moves.world.World(bin_dir, seed, online=True) as place:
        history = moves.History(place)
        for step in steps:
            getattr(history, step)()
        for agent in history.agents:
            agent.must("sync")
        return Sheet(name, history)


def engine_shows(engine, orders):
    """The rows that each (formula, tabs) shows."""
    lines = "".join(json.dumps({"formula": formula, "tabs": tabs}) + "\n" for formula, tabs in orders)
    done = subprocess.run(["node", os.path.join(HERE, "evaluate.mjs"), engine], input=lines, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the engine failed: {done.stderr[-2000:]}")
    return [json.loads(line)["rows"] for line in done.stdout.splitlines()]


def second_shows(orders):
    return [second.show(formula, tabs) for formula, tabs in orders]


def judge(name, shows, sheets):
    """How many sheets are shown wrong."""
    bad = 0
    for sheet, shown in zip(sheets, shows([(sheet.formula, sheet.tabs) for sheet in sheets])):
        found = list(sheet.wrong(shown))
        bad += bool(found)
        for sentence in found[:5]:
            print(f"  {name}: {sheet.name}: {sentence}")
    return bad


def unseen(name, shows, sheets):
    """How many mistakes in the formula no sheet betrays."""
    spoilt = [(mistake, sheet, sheet.formula.replace(*change)) for mistake, change in MISTAKES.items() for sheet in sheets
              if change[0] in sheet.formula]
    shown = shows([(formula, sheet.tabs) for _, sheet, formula in spoilt])
    left = MISTAKES.keys() - {mistake for (mistake, sheet, _), rows in zip(spoilt, shown) if any(sheet.wrong(rows))}
    for mistake in sorted(left):
        print(f"  {name}: not seen: {mistake}")
    return len(left)


def find_engine():
    """Folder that scripts/setup installed the engine into; None when there is none."""
    root = os.path.join(SOURCE, os.environ.get("CXLOG_BUILD_ROOT", "build"))
    engine = os.path.abspath(os.path.join(root, "formula"))
    return engine if shutil.which("node") and os.path.isdir(os.path.join(engine, "node_modules", "@univerjs")) else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drawn", type=int, default=6, metavar="N", help="so many drawn histories besides the named (default %(default)s)")
    parser.add_argument("--only", metavar="WORD", help="only histories whose name contains this")
    parser.add_argument("--seed", type=int, default=int(datetime.date.today().strftime("%Y%m%d")), help="default: today's date")
    parser.add_argument("--bin", default=os.environ.get("CXLOG_BIN", os.path.join(SOURCE, "build/test/bin")),
                        help="folder of the programs (default $CXLOG_BIN, else what scripts/build test made)")
    args = parser.parse_args()
    engine = find_engine()
    opinions = {"second": second_shows}
    if engine:
        opinions["engine"] = lambda orders: engine_shows(engine, orders)
    plans = dict(CASES)
    for number in range(args.drawn):
        plans[f"drawn {number}"] = drawn(random.Random(f"{args.seed} {number}"))
    sheets = [play(os.path.abspath(args.bin), f"{args.seed} {name}", name, steps)
              for name, steps in plans.items() if not args.only or args.only in name]
    bad = sum(judge(name, shows, sheets) for name, shows in opinions.items())
    missed = 0 if args.only else sum(unseen(name, shows, sheets[:len(CASES)]) for name, shows in opinions.items())
    rows = sum(len(rows) for sheet in sheets for rows in sheet.tabs.values())
    print(f"formula, by {' and '.join(opinions)}: {len(sheets)} histories, {rows} rows, {sum(len(sheet.records) for sheet in sheets)} "
          f"records that count; wrong {bad}; mistakes not seen {missed} (seed {args.seed})")
    if bad or missed:
        return 1
    if not engine:
        print("skipped: no node, or no engine (scripts/setup installs it where there is npm): only second.py looked")
        return SKIPPED
    return 0


if __name__ == "__main__":
    sys.exit(main())
