"""moves.py - the sheet of one history: what two agents do with cxlog, and what people do to the rows by hand.

Rows and columns count from 0, row 0 is the header. Rows that no agent could make in the order wanted (equal 기록시각, a correction
older than its record) are put there as another machine's.
"""
import glob
import json
import os
import sys
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "crash"))
import world  # noqa: E402 pylint: disable=wrong-import-position

WHEN, CATEGORY, NOTE, ID, LOGGED, CORRECTS, COLUMNS = 0, 3, 8, 18, 19, 20, 22
CATEGORIES = ("배송", "환불", "결제", "회원", "오류")
NOTES = ("안 와요", "", "=1+1", "'따옴표\" 둘", "*", "취소:", "?~", "#N/A", "007", "TRUE", "줄\n바꿈")
PLAIN_NOTES = (None, "안 와요", "=1+1", "*", "취소:", "007")  # without a checksum, #N/A is taken for an error
TITLES = ("팀's 'ㄱ''ㄴ' 상담", "기록(2) & 표", '상담 "기록"', "2026-H2")
VOID = "취소:"
ID_LENGTH = 26


class History:
    """One sheet, two agents, whatever the generator draws."""

    def __init__(self, place):
        self.place, self.rng, self.sheet, self.title = place, place.rng, place.emulator, world.LOG_TAB
        self.agents = [place.agent("김하늘"), place.agent("이보람")]

    # ---- what is there ----

    def people(self, edit, tab=None, **order):
        self.sheet.ask("POST", "people", {"id": world.SHEET, "tab": tab or self.title, "edit": edit, **order})

    def rows(self):
        """Of the log, header first, every row as wide as the header."""
        rows = self.sheet.ask("GET", "sheet", id=world.SHEET, tab=self.title)["rows"]
        width = len(rows[0])
        return [(row + [None] * width)[:width] for row in rows]

    def records(self):
        """Row number and cells of every row with an ID."""
        return [(at, row) for at, row in enumerate(self.rows()) if isinstance(row[ID], str) and len(row[ID]) == ID_LENGTH]

    def agent(self):
        return self.rng.choice(self.agents)

    def formula(self):
        """As the cell of 유효기록 holds it, read the way a person's browser would."""
        token_file = glob.glob(self.agents[0].env["XDG_CACHE_HOME"] + "/cxlog/token-*")[0]
        with open(token_file, encoding="utf-8") as file:
            token = json.load(file)["access_token"]
        where = urllib.parse.quote("'유효기록'!A1")
        request = urllib.request.Request(
            f"{self.sheet.url}/v4/spreadsheets/{world.SHEET}/values/{where}?valueRenderOption=FORMULA",
            headers={"Authorization": "Bearer " + token})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["values"][0][0]

    # ---- what agents do ----

    def entry(self):
        return [self.rng.choice(CATEGORIES), "전화", "--note", self.rng.choice(NOTES)]

    def any_id(self):
        """A record's, a correction's, a void's; a new record's when there is none."""
        found = self.records()
        if not found:
            self.log()
            found = self.records()
        return self.rng.choice(found)[1][ID]

    def log(self):
        agent = self.agent()
        agent.must("log", *self.entry())
        agent.must("sync")

    def amend(self, key=None):
        agent, key = self.agent(), key or self.any_id()
        agent.must("sync")
        change = self.rng.choice((["--category", self.rng.choice(CATEGORIES)], ["--note", self.rng.choice(NOTES)]))
        agent.run("amend", key, *change)  # a void record is refused
        agent.must("sync")

    def amend_twice(self):
        """The second names the first: a correction of a correction."""
        key = self.any_id()
        self.amend(key)
        made = [row[ID] for _, row in self.records() if row[CORRECTS] == key]
        self.amend(made[-1] if made else key)

    def void(self, key=None):
        agent, key = self.agent(), key or self.any_id()
        agent.must("sync")
        agent.run("void", "--yes", key)
        agent.must("sync")

    def void_correction(self):
        made = [row[ID] for _, row in self.records() if row[CORRECTS]]
        self.void(self.rng.choice(made) if made else None)

    def undo(self):
        agent = self.agent()
        agent.run("undo")
        agent.must("sync")

    def both_amend(self):
        """Two who did not see each other."""
        key = self.any_id()
        for agent in self.agents:
            agent.must("sync")
        for agent in self.agents:
            agent.run("amend", key, "--category", self.rng.choice(CATEGORIES))
        for agent in self.agents:
            agent.must("sync")

    # ---- rows of another machine ----

    def put(self, corrects=None, logged=None, key=None):
        row = [None] * COLUMNS
        row[WHEN] = 46000 + self.rng.randrange(86400) / 86400
        row[1], row[2], row[CATEGORY], row[NOTE] = "박나래", "전화", self.rng.choice(CATEGORIES), self.rng.choice(PLAIN_NOTES)
        row[ID] = key or self.place.id()
        row[LOGGED] = round((logged or 46000 + self.rng.randrange(90000) / 86400) * 86400) / 86400
        row[CORRECTS] = corrects
        self.sheet.ask("POST", "prefill", {"id": world.SHEET, "tab": self.title, "rows": [row]})
        return row

    def root(self):
        found = [row for _, row in self.records() if not row[CORRECTS]]
        return self.rng.choice(found) if found else self.put()

    def tie(self):
        """Corrections of one second: the later ID counts. Sometimes the void is the earlier of them."""
        root = self.root()
        logged = root[LOGGED] + self.rng.choice((0, 1 / 86400, 20))
        void = self.rng.randrange(4)
        for number in range(self.rng.randint(2, 3)):
            self.put(VOID + root[ID] if number == void else root[ID], logged)

    def older_correction(self):
        """A correction that was logged before its record, by a clock that is wrong."""
        root = self.root()
        self.put(root[ID], root[LOGGED] - 1)

    def orphan(self):
        """Corrections of a record that never came."""
        gone = self.place.id()
        for _ in range(self.rng.randint(1, 2)):
            self.put(self.rng.choice((gone, gone, VOID + gone)))

    def plain(self):
        for _ in range(self.rng.randint(1, 4)):
            self.put()

    # ---- what people do to the rows ----

    def paste(self, edit=False):
        """A row copied to a place above, below, or over an empty row; edit: and made into something else."""
        found = self.records()
        if not found:
            return
        at, _ = self.rng.choice(found)
        to = self.rng.randint(1, len(self.rows()))
        if to < len(self.rows()):
            self.people("insert-blank-rows", row=to, count=1)
            at += at >= to
        self.people("duplicate-row", row=at, to=to)
        if edit:
            self.people("set-cell", row=to, column=CATEGORY, value=self.rng.choice(CATEGORIES))
            self.people("set-cell", row=to, column=NOTE, value="베낀 줄을 고침")

    def paste_edited(self):
        self.paste(edit=True)

    def blank(self):
        self.people("insert-blank-rows", row=self.rng.randint(1, len(self.rows())), count=self.rng.randint(1, 3))

    def type_contact(self):
        """By hand, without an ID: no record before `close` gives it one."""
        self.people("type-row", values=[46100.5, "손님", "전화", self.rng.choice(CATEGORIES), None, None, None, None, "손으로"])

    def type_sum(self):
        self.people("type-row", values=["합계", None, None, 12])

    def type_remark(self):
        """In the column of the IDs."""
        self.people("type-row", values=[None] * ID + [self.rng.choice(("확인 필요", 12, True, "*"))])

    def second_header(self):
        self.people("duplicate-row", row=0)

    def error_cell(self, column=None):
        """#REF! where the ID of a row by hand would be, or where its 정정 would."""
        self.type_contact()
        at = len(self.rows()) - 1
        self.people("set-cell", row=at, column=column or self.rng.choice((ID, CORRECTS)), formula="=#REF!", shown="#REF!")

    def error_id(self):
        self.error_cell(ID)

    def error_mark(self):
        self.error_cell(CORRECTS)

    def sort(self):
        self.people("sort", column=self.rng.choice((WHEN, CATEGORY, NOTE, ID)), descending=self.rng.random() < 0.5, header_rows=1)

    def close(self):
        agent = self.agent()
        agent.run("close", "--no-input")
        agent.must("sync")

    def edit_and_close(self):
        found = self.records()
        if found:
            at, _ = self.rng.choice(found)
            self.people("set-cell", row=at, column=CATEGORY, value=self.rng.choice(CATEGORIES))
            self.close()

    def rename(self, title=None):
        """A title that needs care in a formula; 유효기록 made anew for it."""
        title = title or self.rng.choice([each for each in TITLES if each != self.title])
        self.people("rename-tab", name=title)
        self.title = title
        self.people("delete-tab", tab="유효기록")
        self.agents[0].must("sheet", "refresh")

    def rename_quoted(self):
        self.rename(TITLES[0])

    def fields(self):
        """Columns of the team's own, up to AA; 유효기록 made anew for them."""
        for name in ("주문", "지점", "기기", "등급", "할인"):
            self.agents[0].must("field", "add", name)
        self.agents[0].must("sync")
        self.rename()
        for value in ("ㄱ", "=1"):
            self.agents[0].must("log", *self.entry(), "--field", f"주문={value}", "--field", f"할인={value}")
        self.agents[0].must("sync")
