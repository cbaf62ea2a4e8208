#!/usr/bin/env python3
"""people.py - what people do to the sheet by hand (people_edits.py), each on a sheet of its own with two machines at
work and a third that comes later.

After each edit both machines log and sync. Held: a sync ends as this edit allows; what was there stays as the people
left it; new rows stand under the right headings, once; totals of exit code 0 are the right numbers; where people
mend the sheet, everything arrives.
"""
import collections
import json
import sys

import field
import people_edits as edits

CATEGORIES = ("배송", "환불", "결제")
HEADINGS = ("일시", "담당", "채널", "구분", "세부", "고객", "지역", "의견", "내용", "느낌", "결과", "처리(초)", "대기(초)", "CSAT",
            "NPS", "CES", "태그", "링크", "기록ID", "기록시각", "정정", "검증")
ROWS = 12


class Scene:
    """One sheet, two machines, `ROWS` records known to both."""

    def __init__(self, args, count, case):
        self.count, self.case = count, case
        self.team = field.Team(args, args.seed)
        self.truth, self.known, self.tab = {}, set(), None

    def begin(self):
        self.one, self.two = self.team.join("김하늘"), self.team.join("이보람")
        for index in range(ROWS):
            self.log((self.one, self.two)[index % 2])
        for agent in (self.one, self.two, self.one):
            agent.must("sync")
        self.known = set(self.truth)

    def strange(self, what):
        self.count.strange(self.case, what)

    def log(self, agent):
        number = len(self.truth)
        category, note = CATEGORIES[number % 3], f"기록 {number}"
        key = field.checker.ids_in(agent.must("log", category, "전화", "--handle", "60s", note))[0]
        self.truth[key] = (category, note, agent.name)
        return key

    def people(self, orders):
        for order in orders:
            self.team.sheet.ask("POST", "people", {"id": field.world.SHEET, "tab": self.tab, **order})

    def find_tab(self):
        """The log's tab by its number: its title may change."""
        self.tab = self.view(tab=field.world.LOG_TAB)["sheetId"]

    def view(self, **which):
        return self.team.sheet.ask("GET", "sheet", id=field.world.SHEET, **which)

    def title(self):
        """Of the log's tab; None when it is gone."""
        return next((tab["title"] for tab in self.view()["tabs"] if tab["sheetId"] == self.tab), None)

    def content(self):
        """Rows of the log, header first."""
        return self.view(tab=self.title())["rows"]

    # ---- what is held ----

    def sync(self, agent):
        """True when it answered 0. A refusal has to be one of this edit's, and must not have written a row."""
        before = len(self.team.applied())
        result = agent.run("sync")
        if result.hung or result.code not in self.case.ends:
            self.strange(f"{agent.name}: {result}")
        if result.code != 0 and len(self.team.applied()) != before:
            self.strange(f"{agent.name} wrote although it refused: {result}")
        return result.code == 0

    def new_rows_stand_right(self, keys):
        """Records logged after the edit: each once, under the headings of the contract."""
        rows = self.content()
        found = collections.defaultdict(list)
        for row in rows[1:]:
            if len(row) > edits.ID:
                found[row[edits.ID]].append(row)
        for key in keys:
            category, note, agent = self.truth[key]
            if len(found[key]) != 1:
                self.strange(f"{key} stands {len(found[key])} times")
            elif [found[key][0][at] for at in (edits.AGENT, edits.CATEGORY, edits.NOTE)] != [agent, category, note]:
                self.strange(f"a shifted row: {found[key][0]}")
        header = [cell for cell in rows[0][:edits.COLUMNS]]
        if self.case.ends == edits.FINE and header != list(HEADINGS):
            self.strange(f"the header changed: {header}")

    def old_rows_are_left(self, before):
        """Nothing that people left in the sheet was overwritten: their rows are all still there."""
        after = collections.Counter(json.dumps(row) for row in self.content())
        for row, times in collections.Counter(json.dumps(row) for row in before).items():
            if row != "[]" and after[row] < times:
                self.strange(f"overwritten: {json.loads(row)}")

    def totals(self, agent, expected, free=False):
        """Exit code 0 only with the right numbers; 3 says that something is open. free: other numbers are right too."""
        result = agent.run("totals", "all", "--by", "구분", "--json")
        if result.code not in (0, 3, 4) or result.hung:
            self.strange(f"totals of {agent.name}: {result}")
            return
        told = json.loads(result.out)
        counts = {row["key"][0]: row["count"] for row in told["rows"]}
        right = collections.Counter(category for category, _, _ in expected)
        if result.code == 0 and not free and (counts != dict(right) or told["total"]["count"] != sum(right.values())):
            self.strange(f"{agent.name} counts {counts}, right is {dict(right)}, and answers 0")
        elif told["total"]["count"] > sum(right.values()) and not self.case.spoilt:
            self.strange(f"{agent.name} counts {counts}: more than there are ({dict(right)})")

    def newcomer(self):
        """A machine that sees the sheet for the first time."""
        third = field.world.Agent(self.team.place.bin_dir, self.team.place.root, "최나중", self.team.sheet.url)
        joined = third.run("init", "--no-input", "--name", "최나중", "--sheet", field.world.SHEET, "--key", self.team.sheet.key,
                           "--api", self.team.sheet.url)
        if joined.code != 0 or third.run("sync").code != 0:
            return
        self.totals(third, self.truth.values(), free=self.case.torn and not self.case.spoilt)

    def play(self):
        self.begin()
        self.find_tab()
        self.people(self.case.orders)
        self.count.injected += 1
        self.count.fired += 1
        gone = self.title() is None
        before = [] if gone else self.content()
        fresh = [self.log(self.one), self.log(self.two)]
        ended = [self.sync(agent) for agent in (self.one, self.two, self.one, self.two)]
        if not gone:
            self.old_rows_are_left(before)
        if all(ended):
            self.new_rows_stand_right(fresh)
        for agent in (self.one, self.two):
            mine = [facts for key, facts in self.truth.items() if all(ended) or key in self.known or facts[2] == agent.name]
            self.totals(agent, mine)
        if all(ended):
            self.newcomer()
        if self.case.mend:
            self.mended(fresh)
        self.count.promised += len(self.truth)

    def mended(self, fresh):
        self.people(self.case.mend)
        for agent in (self.one, self.two, self.one):
            result = agent.run("sync")
            if result.code != 0:
                self.strange(f"after mending: {result}")
        self.new_rows_stand_right(fresh)
        for agent in (self.one, self.two):
            self.totals(agent, self.truth.values())
            trouble = self.team.writes_nothing(agent)
            if trouble:
                self.strange(trouble)


def main():
    args = field.arguments(__doc__, 25)
    count = field.Count("people", args)
    for case in field.sample(edits.EDITS, args):
        count.cases += 1
        scene = Scene(args, count, case)
        with scene.team:
            scene.play()
    return count.close()


if __name__ == "__main__":
    sys.exit(main())
