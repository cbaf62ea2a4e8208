#!/usr/bin/env python3
"""Random hand-edits of the tab 구분: every one that changes what the rows say is found before anything is written, and mended;
formatting, width, filters and notes beside the columns raise no alarm.

scheme_edits.py BIN API SHEET COUNT - in the world of an agent who is set up, has one more record to send, and whose token is in the
cache. The judge is the emulator's own view of the cells, not cxlog's.
"""
import glob
import json
import os
import random
import subprocess
import sys
import urllib.error
import urllib.request

TAB = "구분"
COLUMNS = 12


class World:
    def __init__(self, binary, api, sheet, rng):
        self.binary, self.api, self.sheet, self.rng = binary, api, sheet, rng

    def call(self, path, body=None, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.api + path, data=data, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def people(self, **order):
        self.call("/_emu/people", {"id": self.sheet, "tab": TAB, **order})

    def google(self, *requests):
        with open(glob.glob(os.environ["XDG_CACHE_HOME"] + "/cxlog/token-*")[0], encoding="utf-8") as file:
            token = json.load(file)["access_token"]
        self.call(f"/v4/spreadsheets/{self.sheet}:batchUpdate", {"requests": list(requests)}, token)

    def view(self):
        return self.call(f"/_emu/sheet?id={self.sheet}&tab={urllib.request.quote(TAB)}")

    def rows(self):
        """What the rows below the header say: the twelve columns, blanks at the end left out."""
        said = []
        for row in self.view()["rows"][1:]:
            cells = ["" if cell is None else cell for cell in row[:COLUMNS]]
            said.append(cells + [""] * (COLUMNS - len(cells)))
        while said and not any(cell != "" for cell in said[-1]):
            said.pop()
        return said

    def writes(self):
        return len(self.call("/_emu/apply-log")["applied"])

    def cxlog(self, *words):
        done = subprocess.run([self.binary, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        return done.returncode, done.stdout, done.stderr


def tab_id(world):
    return next(tab["sheetId"] for tab in world.view()["tabs"] if tab["title"] == TAB)


def area(world, height, rng, width=COLUMNS):
    row, column = rng.randint(0, height - 1), rng.randint(0, width - 1)
    return {"sheetId": tab_id(world), "startRowIndex": row, "endRowIndex": row + rng.randint(1, 5),
            "startColumnIndex": column, "endColumnIndex": min(width, column + rng.randint(1, 4))}


def harmful(world, rows, rng):
    """One edit that may hurt; whether it did, the cells tell."""
    height = len(rows)
    row, column = rng.randint(1, height), rng.randint(0, COLUMNS - 1)
    cell = rows[row - 1][column]
    other = rows[rng.randint(0, height - 1)][column]
    text = rng.choice(["고침", "", " 배송", "배송 ", "x", "2026-01-01", "=1+1", "추가", "👍", str(cell) + "1", other])
    kind = rng.choice(["set", "set", "set", "set", "number", "clear", "delete", "duplicate", "type", "below", "sort", "sort-column",
                       "blank", "swap", "replace", "cut-tail", "delete-header", "delete-column", "insert-column", "move-column", "merge"])
    if kind == "set":
        world.people(edit="set-cell", row=row, column=column, value=text, typed=rng.random() < 0.5)
    elif kind == "number":
        value = cell + rng.choice([-1, 1, 0.5]) if isinstance(cell, (int, float)) else rng.randint(0, 99)
        world.people(edit="set-cell", row=row, column=column, value=value)
    elif kind == "clear":
        world.people(edit="clear-cell", row=row, column=column)
    elif kind == "delete":
        world.people(edit="delete-rows", row=row, count=min(rng.randint(1, 3), height - row + 1))
    elif kind == "duplicate":
        world.people(edit="duplicate-row", row=row, to=rng.choice([row + 1, height + 1]))
    elif kind == "type":
        world.people(edit="type-row", row=rng.choice([row, height + 1]), values=rng.choice([["메모"], rows[row - 1]]))
    elif kind == "below":
        world.people(edit="note-far-below", gap=rng.randint(1, 20), text="회의에서 정할 것", column=column)
    elif kind in ("sort", "sort-column"):
        world.people(edit=kind, column=column, descending=rng.random() < 0.5)
    elif kind == "blank":
        world.people(edit="insert-blank-rows", row=row, count=rng.randint(1, 3))
    elif kind == "swap":
        a, b = rng.sample(range(1, height + 1), 2)
        for at, values in ((a, rows[b - 1]), (b, rows[a - 1])):
            for index, value in enumerate(values):
                world.people(edit="set-cell", row=at, column=index, value=value, typed=False)
    elif kind == "replace":
        world.people(edit="find-replace", find=rng.choice(["배송", "추가", "처음", "결", "가"]), replace=rng.choice(["물류", "", "갸"]))
    elif kind == "cut-tail":
        count = rng.randint(1, min(10, height - 1))
        world.people(edit="delete-rows", row=height - count + 1, count=count)
    elif kind == "delete-header":
        world.people(edit="delete-header")
    elif kind == "delete-column":
        world.people(edit="delete-column", column=column)
    elif kind == "insert-column":
        world.people(edit="insert-column", column=column, header="비고")
    elif kind == "move-column":
        world.people(edit="move-column", column=column, to=rng.randint(0, COLUMNS))
    elif kind == "merge":
        world.people(edit="merge", row=row, rows=2, column=column, columns=rng.randint(1, 2))
    return kind


def harmless(world, rows, rng):
    height = len(rows)
    kind = rng.choice(["bold", "number-format", "width", "height", "filter", "filtered", "condition", "protect", "same", "aside", "hide",
                       "rename-tab", "freeze"])
    where = area(world, height + 1, rng)
    lines = {"sheetId": where["sheetId"], "dimension": "COLUMNS", "startIndex": where["startColumnIndex"],
             "endIndex": where["endColumnIndex"]}
    if kind == "bold":
        world.google({"repeatCell": {"range": where, "fields": "userEnteredFormat(textFormat,backgroundColor)", "cell": {
            "userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}}}}})
    elif kind == "number-format":
        world.google({"repeatCell": {"range": where, "fields": "userEnteredFormat.numberFormat", "cell": {
            "userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "0.00"}}}}})
    elif kind == "width":
        world.google({"updateDimensionProperties": {"range": lines, "properties": {"pixelSize": 321}, "fields": "pixelSize"}})
    elif kind in ("height", "hide"):
        lines.update(dimension="ROWS", startIndex=where["startRowIndex"], endIndex=where["endRowIndex"])
        change = {"pixelSize": 55} if kind == "height" else {"hiddenByUser": True}
        world.google({"updateDimensionProperties": {"range": lines, "properties": change, "fields": next(iter(change))}})
    elif kind in ("filter", "filtered"):
        shown = {"range": {"sheetId": where["sheetId"], "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": COLUMNS}}
        if kind == "filtered":
            shown["criteria"] = {"4": {"hiddenValues": ["채널"]}}
        world.google({"setBasicFilter": {"filter": shown}})
    elif kind == "condition":
        world.google({"addConditionalFormatRule": {"index": 0, "rule": {"ranges": [where], "booleanRule": {
            "condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"italic": True}}}}}})
    elif kind == "protect":
        world.google({"addProtectedRange": {"protectedRange": {"range": where, "warningOnly": True}}})
    elif kind == "same":
        row, column = rng.randint(1, height), rng.randint(0, COLUMNS - 1)
        world.people(edit="set-cell", row=row, column=column, value=rows[row - 1][column], typed=False)
    elif kind == "aside":
        columns = world.view()["columnCount"]
        if columns <= COLUMNS:
            world.google({"appendDimension": {"sheetId": where["sheetId"], "dimension": "COLUMNS", "length": 1}})
        world.people(edit="set-cell", row=rng.randint(0, height), column=COLUMNS, value="내 메모")
    elif kind == "rename-tab":
        world.google({"updateSheetProperties": {"properties": {"sheetId": where["sheetId"], "title": TAB}, "fields": "title"}})
    elif kind == "freeze":
        world.google({"updateSheetProperties": {"properties": {"sheetId": where["sheetId"], "gridProperties": {
            "frozenColumnCount": rng.randint(0, 3)}}, "fields": "gridProperties.frozenColumnCount"}})
    return kind


def meaning(rows):
    """A date typed as text says what the date says: cxlog reads both alike, and neither alters an event."""
    return [[46023 if column in (1, 8) and cell == "2026-01-01" else cell for column, cell in enumerate(row)] for row in rows]


def one_edit(world, number, tally):
    rng, right = world.rng, world.rows()
    try:
        kind = (harmful if rng.random() < 0.7 else harmless)(world, right, rng)
    except urllib.error.HTTPError as error:
        tally["refused by the emulator"] = tally.get("refused by the emulator", 0) + 1
        if error.code != 400:
            raise
        return None
    wrong = meaning(world.rows()) != meaning(right)
    before = world.writes()
    code, out, said = world.cxlog("sync")
    wrote = world.writes() - before
    key = ("harmful " if wrong else "harmless ") + kind
    tally[key] = tally.get(key, 0) + 1
    if not wrong:
        world.cxlog("log", "배송", "전화")
        return None if code == 0 else f"edit {number} ({kind}) is no harm, but sync answered {code}: {said}"
    if code != 4 or wrote:
        return f"edit {number} ({kind}) passed: sync answered {code} and wrote {wrote} times: {out}{said}"
    code, out, said = world.cxlog("category", "restore", "--yes")
    if code != 0 or meaning(world.rows()) != meaning(right):
        return f"edit {number} ({kind}) was not mended: restore answered {code}: {out}{said}"
    return None


def main():
    binary, api, sheet, count = sys.argv[1:5]
    seed = int(os.environ.get("CXLOG_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"scheme edits: CXLOG_SEED={seed}")
    world = World(binary + "/cxlog", api, sheet, random.Random(seed))
    tally = {}
    for number in range(int(count)):
        trouble = one_edit(world, number, tally)
        if trouble:
            sys.exit(trouble)
    for kind in sorted(tally):
        print(f"{tally[kind]:5} {kind}")


if __name__ == "__main__":
    main()
