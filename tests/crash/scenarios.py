"""scenarios.py - the commands that the sweeps break, and what has to be true after each."""
import shutil
import time

import checker
import world


class Case:
    """One command about to be broken. ids: the IDs it has been told to use (it promises them by printing them).
    again: codes with which the same command may answer when it is run a second time, unbroken."""

    def __init__(self, agent, *args, ids=(), stdin="", again=(0,)):
        self.agent, self.args, self.ids, self.stdin, self.again = agent, args, list(ids), stdin, again
        self.seconds = 0.0
        self.expect = None  # what stdout is whenever the answer is 0

    def run(self, under=(), env=None):
        begin = time.monotonic()
        result = self.agent.run(*self.args, stdin=self.stdin, under=under, env=env)
        self.seconds = time.monotonic() - begin
        return result

    def __str__(self):
        return "cxlog " + " ".join(self.args)


def lines(keys):
    """Entries of these IDs for `log -`."""
    return "".join(f'{{"id":"{key}","category":"배송","channel":"전화","note":"줄 {n}"}}\n'
                   for n, key in enumerate(keys))


class Scenario:
    """A world in which one case after the other is broken and repaired. Subclasses say how a case is made."""
    name, online = "", False
    size, warm, most = 150, 2, None  # cases in one world; cases before the points are counted; points tried at most
    slack = 0.0  # see Tally.points
    local = True  # the command changes the store alone: a broken run may say "not saved" only when nothing is there

    def __init__(self, place):
        self.place, self.number = place, 0
        self.acknowledged, self.attempted = set(), set()
        self.agents, self.promises, self.told = [], 0, set()
        self.begin()

    def begin(self):
        self.agent = self.join("김하늘")
        self.log(self.agent)

    def join(self, name):
        agent = self.place.agent(name)
        self.agents.append(agent)
        return agent

    def log(self, agent, *words):
        """An unbroken log; its ID is promised."""
        key = self.place.id()
        agent.must("log", "--id", key, *(words or ("배송", "전화", f"기록 {self.number}")))
        self.promise([key])
        return key

    def log_many(self, agent, count):
        keys = [self.place.id() for _ in range(count)]
        agent.must("log", "-", stdin=lines(keys))
        self.promise(keys)

    def promise(self, keys):
        """These were acknowledged: from now on every place has to have them, once."""
        self.acknowledged.update(keys)
        self.promises += len(keys)

    def forget(self):
        """A machine on which nothing ever ran, again."""
        self.agent.forget()
        self.acknowledged, self.attempted = set(), set()

    def case(self):
        self.number += 1
        return self.make()

    def present(self, case):
        """Is what the case does there? None: that cannot be told apart from before."""
        answers = [case.agent.run("show", key, "--json") for key in case.ids]
        if any(answer.code not in (0, 65, 66) for answer in answers):
            raise RuntimeError("; ".join(map(str, answers)))
        return bool(answers) and all(answer.code == 0 for answer in answers)

    def broken(self):
        """Right after the break, before anybody looks through the program: sentences about what must never be."""
        return []

    def learn(self, case):
        """After the repair: take in IDs that the case made by itself. Returns sentences about what is wrong."""
        return []

    def settle(self):
        """Every so often, and at the end: sync all; what the places hold, and findings."""
        places, findings = {}, []
        if self.online:
            findings += self.sync()
            places["sheet"] = checker.ids_of_sheet(self.place.emulator.sheet())
        for agent in self.agents:
            places[agent.name], faults = checker.ids_of_store(agent.store)
            findings += faults
        return places, findings

    def misdated(self, agent):
        """Every record is of this hour in the team's zone (Asia/Seoul): a zone that was not found must not pass for UTC."""
        here = int(time.time()) + 9 * 3600
        found = {key: f"it is dated {moment - here} s from now" for key, moment in agent.rows(
            f"SELECT id, contacted_at FROM record WHERE abs(contacted_at - {here}) > 3600")}
        fresh = [found[key] for key in found.keys() - self.told]
        self.told |= found.keys()
        return fresh

    def sync(self):
        findings = []
        for agent in self.agents * 2:
            result = agent.run("sync")
            if result.code != 0:
                findings.append(str(result))
        before = self.place.emulator.writes()
        for agent in self.agents:
            agent.run("sync")
        if self.place.emulator.writes() != before:
            findings.append("a third sync still wrote")
        return findings


class Log(Scenario):
    name, online = "log", True

    def make(self):
        key = self.place.id()
        return Case(self.agent, "log", "--id", key, "배송", "전화", f"부서질 것 {self.number}", "+태그", ids=[key])


class FirstLog(Scenario):
    """The first command ever on a machine: folders, store, starter scheme."""
    name, size = "first-log", 10 ** 6

    def make(self):
        self.forget()
        key = self.place.id()
        return Case(self.agent, "log", "--id", key, "배송", "전화", "첫 기록", ids=[key])


class Migrate(Scenario):
    """The first command of a new cxlog on a store that an older one left, with records in every state."""
    name, size = "migrate", 10 ** 6
    indexes = {"value_name", "value_code", "value_renamed", "alias_name", "record_sum"}  # what came after the first version
    today = 3
    facts = "SELECT id, state, mine, effective, batch IS NULL, reason, checksum FROM record ORDER BY num"

    def begin(self):
        self.agent = self.join("김하늘")
        self.agent.grow_old()
        self.before = self.agent.rows(self.facts)

    def make(self):
        self.agent.grow_old()
        self.acknowledged, self.attempted = set(), set()
        self.promise([row[0] for row in self.before])
        key = self.place.id()
        return Case(self.agent, "log", "--id", key, "배송", "전화", "옮긴 뒤", ids=[key])

    def broken(self):
        """Old or new, never half. A copy is looked at: what a journal holds is the program's to undo."""
        copy = world.Agent(self.place.bin_dir, self.place.root, "copy")
        shutil.rmtree(copy.home)
        shutil.copytree(self.agent.home, copy.home)
        return self.whole(copy, (1, self.today))

    def whole(self, agent, versions):
        version = agent.rows("PRAGMA user_version")[0][0]
        names = {row[0] for row in agent.rows("SELECT name FROM sqlite_schema WHERE type = 'index'")}
        findings = [] if version in versions else [f"the store has version {version}"]
        if names & self.indexes != (self.indexes if version == self.today else set()):
            findings.append(f"version {version} has {sorted(names & self.indexes)}")
        if agent.rows(self.facts)[:len(self.before)] != self.before:
            findings.append("records changed their state or content")
        return findings

    def learn(self, case):
        return self.whole(self.agent, (self.today,))

    def misdated(self, agent):
        return []  # the old records are of their day


class Correction(Scenario):
    """A correction makes its own ID: what it made is found by the record that it names."""
    online = True

    def make(self):
        self.record = self.log(self.agent)
        return Case(self.agent, *self.words(), again=(0, 65))

    def present(self, case):
        return bool(self.made())

    def made(self):
        return [row[0] for row in self.agent.rows(f"SELECT id FROM record WHERE corrects LIKE '%{self.record}'")]

    def learn(self, case):
        made = self.made()
        self.promise(made)
        return [] if len(made) == 1 else [f"{self.record} was corrected {len(made)} times"]


class Amend(Correction):
    name = "amend"

    def words(self):
        return "amend", self.record, "--note", f"고침 {self.number}"


class Void(Correction):
    name = "void"

    def words(self):
        return "void", self.record


class LogLines(Scenario):
    """Five entries in one transaction: all of them or none."""
    name, online = "log-lines", True

    def make(self):
        keys = [self.place.id() for _ in range(5)]
        return Case(self.agent, "log", "-", ids=keys, stdin=lines(keys))


class Init(Scenario):
    name, size = "init", 10 ** 6

    def make(self):
        self.forget()
        return Case(self.agent, "init", "--no-input", "--name", self.agent.name)

    def present(self, case):
        return None

    def learn(self, case):
        self.log(self.agent)
        return []


class Category(Scenario):
    name = "category-add"

    def begin(self):
        super().begin()
        self.codes = set()

    def make(self):
        # A second name with the same four initials is refused, rightly: their code is taken.
        while True:
            self.value = "".join(chr(self.place.rng.randrange(0xAC00, 0xD7A4)) for _ in range(4))
            code = tuple((ord(syllable) - 0xAC00) // 588 for syllable in self.value)
            if code not in self.codes:
                break
        self.codes.add(code)
        return Case(self.agent, "category", "add", f"배송/{self.value}", "--new", again=(0, 65))

    def present(self, case):
        return bool(self.agent.rows(f"SELECT 1 FROM event WHERE name = '{self.value}'"))

    def learn(self, case):
        made = self.agent.rows(f"SELECT number FROM event WHERE name = '{self.value}'")
        findings = [] if len(made) == 1 else [f"{self.value} was added {len(made)} times"]
        chain = self.agent.run("category", "verify")
        return findings if chain.code == 0 else [*findings, str(chain)]


class Sync(Scenario):
    """Two of one's own to push, now and then one of a colleague's to pull."""
    name, online, local, size, own = "sync", True, False, 60, 2
    slack = 0.1  # an answer arrives in more or fewer pieces

    def begin(self):
        super().begin()
        self.other = self.join("이도윤")
        self.log(self.other)
        self.other.must("sync")

    def make(self):
        if self.own:
            self.log_many(self.agent, self.own)
        if self.number % 3 == 0:
            self.log(self.other)
            self.other.must("sync")
        return Case(self.agent, "sync")

    def present(self, case):
        """Nothing is left that waits for Google or for being seen in the sheet (states before `confirmed`)."""
        return not self.agent.rows("SELECT 1 FROM record WHERE state < 3 LIMIT 1")


class SyncLost(Sync):
    """The answer to an earlier push was lost after it took effect: this sync has to find that out."""
    name = "sync-unknown"

    def make(self):
        case = super().make()
        self.place.emulator.ask("POST", "fault", {"on": "push", "kind": "drop-after", "times": 1})
        self.place.emulator.ask("POST", "fault", {"on": "any", "kind": "status", "code": 503, "at": 2, "times": -1})
        case.agent.run("sync", env={"CXLOG_SYNC_DEADLINE": "1"})
        self.place.emulator.ask("DELETE", "faults")
        return case


class SyncNothing(Sync):
    """Only a pull."""
    name, own = "sync-pull", 0


class SyncMany(Sync):
    """More than one write request. (Its points are mostly one row after the other: a part of them will do.)"""
    name, size, own, warm, most = "sync-many", 10, 501, 1, 300


class CategoryShared(Category):
    name, online, local, size = "category-add-shared", True, False, 60
    slack = 0.1  # an answer arrives in more or fewer pieces

    def begin(self):
        super().begin()
        self.other = self.join("이도윤")

    def learn(self, case):
        findings = super().learn(case)
        rows = [row for row in self.place.emulator.sheet("구분") if self.value in row]
        if len(rows) != 1:
            findings.append(f"{self.value} stands {len(rows)} times in the sheet")
        return findings


class InitJoin(Scenario):
    """A new machine joins a used sheet."""
    name, online, local, size = "init-join", True, False, 60
    slack = 0.1  # an answer arrives in more or fewer pieces

    def begin(self):
        self.first = self.join("이도윤")
        self.log(self.first)
        self.first.must("sync")
        self.agent = self.place.agent("김하늘", join=False)

    def make(self):
        self.agent.forget()
        emulator = self.place.emulator
        return Case(self.agent, "init", "--no-input", "--name", self.agent.name, "--sheet", world.SHEET,
                    "--key", emulator.key, "--api", emulator.url)

    def present(self, case):
        return None

    def learn(self, case):
        self.log(self.agent)
        synced = self.agent.run("sync")
        return [] if synced.code == 0 else [str(synced)]


class InitEmpty(InitJoin):
    """The first machine sets up an empty spreadsheet."""
    name, size, warm = "init-empty", 1, 0

    def begin(self):
        self.agent = self.place.agent("김하늘", join=False)

    def learn(self, case):
        findings = super().learn(case)
        tabs = [self.place.emulator.sheet(tab) for tab in (world.LOG_TAB, "구분")]
        if len(tabs[0]) != 1:
            findings.append(f"{len(tabs[0])} rows in the log after one record")
        self.agents = [self.agent]
        return findings


class Reading(Scenario):
    """Commands that only look: they fail cleanly or answer, and change nothing."""
    local = False

    def begin(self):
        super().begin()
        for _ in range(4):
            self.log(self.agent, "환불", "이메일")

        self.expect = self.agent.must(*self.words)

    def make(self):
        case = Case(self.agent, *self.words)
        case.expect = self.expect
        return case

    def present(self, case):
        return None


class List(Reading):
    name, words = "list", ("list", "all", "--json")


class Totals(Reading):
    name, words = "totals", ("totals", "month", "--by", "구분,채널", "--json")


ALL = [Log, FirstLog, Migrate, Amend, Void, LogLines, Init, Category, Sync, SyncLost, SyncNothing, SyncMany, CategoryShared,
       InitJoin, InitEmpty, List, Totals]
