#!/usr/bin/env python3
"""recount.py SHEET.json TOTALS.json: does 누적 say what a recount of 상담기록 says?

Both are the emulator's answers to /_emu/sheet. Shares no code with cxlog: reads rows, takes the last correction of each group by
(기록시각, 기록ID), drops voids, counts by category and by channel in the periods that 누적 names. Prints differences; exit 1 when any.
"""
import datetime
import json
import sys

EPOCH = datetime.date(1899, 12, 30)
AT, CHANNEL, CATEGORY, ID, LOGGED, CORRECTS = 0, 2, 3, 18, 19, 20
HEADINGS = ["오늘", "전일", "주", "지난주", "월", "지난달", "분기", "지난 분기", "반기", "지난 반기", "올해", "지난해"]


def effective(rows):
    groups = {}
    for row in rows:
        row = row + [None] * (CORRECTS + 1 - len(row))
        if not isinstance(row[ID], str) or len(row[ID]) != 26:
            continue
        mark = row[CORRECTS] or ""
        root = mark.removeprefix("취소:") or row[ID]
        groups.setdefault(root, {})[row[ID]] = row
    for versions in groups.values():
        last = max(versions.values(), key=lambda row: (row[LOGGED], row[ID]))
        if not (last[CORRECTS] or "").startswith("취소:"):
            yield last


def bounds(label):
    """First and last day of 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026."""
    year, rest = int(label[:4]), label[5:]
    if not rest:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if rest[0] == "W":
        first = datetime.date.fromisocalendar(year, int(rest[1:]), 1)
        return first, first + datetime.timedelta(days=6)
    if rest[0] in "QH":
        length = 3 if rest[0] == "Q" else 6
        month = (int(rest[1:]) - 1) * length + 1
    elif len(rest) == 5:
        day = datetime.date.fromisoformat(label)
        return day, day
    else:
        month, length = int(rest), 1
    first = datetime.date(year, month, 1)
    past = datetime.date(year + (month + length - 1) // 12, (month + length - 1) % 12 + 1, 1)
    return first, past - datetime.timedelta(days=1)


def counts(records, column, first, last):
    tally = {}
    for row in records:
        day = EPOCH + datetime.timedelta(days=int(row[AT]))
        if first <= day <= last:
            key = row[column] or "(없음)"
            tally[key] = tally.get(key, 0) + 1
    return tally


def blocks(rows, key):
    """The category block and the channel block: name -> row."""
    found, block = [], {}
    for row in rows[3:]:
        name = row[key] if key < len(row) else None
        if name == "채널" or not name:
            continue
        if name == "합계":
            block[name] = row
            found.append(block)
            block = {}
        else:
            block[name] = row
    return found


def main():
    log = json.load(open(sys.argv[1], encoding="utf-8"))["rows"]
    totals = json.load(open(sys.argv[2], encoding="utf-8"))["rows"]
    records = list(effective(log[1:]))
    heads = totals[2]
    key = heads.index("구분")
    bad = []
    found = blocks(totals, key)
    if len(found) != 2:
        bad.append(f"{len(found)} blocks instead of 2")
    for block, column in zip(found, (CATEGORY, CHANNEL)):
        for heading in HEADINGS:
            at = heads.index(heading)
            first, last = bounds(totals[1][at])
            truth = counts(records, column, first, last)
            if block["합계"][at] != sum(truth.values()):
                bad.append(f"{heading} 합계: {block['합계'][at]} instead of {sum(truth.values())}")
            for name in set(block) | set(truth):
                if name == "합계":
                    continue
                have = block[name][at] if name in block else None
                if have != truth.get(name, 0):
                    bad.append(f"{heading} {name}: {have} instead of {truth.get(name, 0)}")
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
