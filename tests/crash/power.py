#!/usr/bin/env python3
"""power.py - power loss: every state that a disk may hold after it, opened and judged.

A run is recorded (strace, all bytes), replayed on disk.py's model, and each state that the disk may hold at each moment
is written out and opened by the program itself: what was promised before that moment has to be there, whole, and the
store has to take the next record. States of `sync` meet the sheet as it was at that moment, before and after each write
request that was on its way, and are synced again: the sheet must then hold each promised record once.
"""
import os
import random
import shutil
import sys

sys.dont_write_bytecode = True

import checker
import disk
import tally
import tracing
import world

RECORD = ("openat", "mkdir", "mkdirat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "pwrite64", "write",
          "ftruncate", "fsync", "fdatasync", "sendto")
FORBIDDEN = ("pwritev", "writev", "fallocate", "link", "symlink", "truncate", "copy_file_range", "sendfile", "msync")
GROUPS = {False: 4, True: 60}  # random subsets at each moment: in a sample, in a full run


class Recording:
    """A folder as it was, and the calls of the commands that were run since."""

    def __init__(self, root, promised=()):
        """promised: IDs that were acknowledged before."""
        self.root, self.disk, self.calls, self.promised = root, disk.Disk(root), [], frozenset(promised)
        self.trace = root + ".trace"

    def run(self, argv, env, stdin="", codes=(0,), inject=()):
        words = tracing.strace(self.trace, RECORD + FORBIDDEN, "-s", "1000000", *inject)
        result = world.run([*words, *argv], env, stdin)
        if result.code not in codes:
            raise RuntimeError(f"recording failed: {result}")
        for call in tracing.calls(self.trace):
            if call.name in FORBIDDEN and call.descriptor()[0] > 2 and self.disk.below(call.descriptor()[1]):
                raise RuntimeError(f"the disk model does not know {call.name}")
            self.calls.append(call)
        return result

    def moments(self):
        """(disk, IDs promised so far, write requests carried out so far, is one leaving) before each sync, before and after each
        write request and at the end: between two of these the possible states only grow."""
        acknowledged, sheet = set(self.promised), 0
        for call in self.calls:
            leaving = writes_sheet(call)
            if leaving or call.name in ("fsync", "fdatasync"):
                yield self.disk, frozenset(acknowledged), sheet, leaving
            if leaving:
                sheet += 1
                yield self.disk, frozenset(acknowledged), sheet, leaving
            if call.name == "write" and call.descriptor()[0] == 1 and call.result:
                acknowledged.update(checker.ids_in(disk.data(call.args[1]).decode(errors="replace")))
            self.disk.apply(call)
        yield self.disk, frozenset(acknowledged), sheet, False


def writes_sheet(call):
    """Does the first part of a write request leave here?"""
    return call.name == "sendto" and b":batchUpdate" in disk.data(call.args[1]).split(b"\n", 1)[0]


def survey(recording, seed, groups):
    """{(digest, sheet): IDs promised when it was last possible} of every state; and which of them no sample leaves out: a
    write request was leaving."""
    worst, always, rng = {}, set(), random.Random(seed)
    for now, acknowledged, sheet, leaving in recording.moments():
        for state in now.states(rng, groups):
            key = disk.digest(state), sheet
            worst[key] = acknowledged
            if leaving:
                always.add(key)
    return worst, always


def examine(make, seed, groups, share, check):
    """make() gives a fresh Recording of the same calls. check(state, IDs promised, sheet) -> (IDs there, findings).
    Yields (ordinal, IDs promised, IDs there, findings) for each chosen state; first the numbers (found, chosen)."""
    worst, always = survey(make(), seed, groups)
    # Only a state with something promised can lose it: these get two thirds of a sample.
    promised = [key for key, ids in worst.items() if ids]
    rest = [key for key, ids in worst.items() if not ids]
    least = share and min(len(rest), max(share // 3, share - len(promised)))
    chosen = {*tally.choose(promised, share and share - least, seed), *tally.choose(rest, least, seed), *always}
    yield len(worst), len(chosen)
    rng, done = random.Random(seed), set()
    for now, _, sheet, _ in make().moments():
        for ordinal, state in enumerate(now.states(rng, groups)):
            key = disk.digest(state), sheet
            if key in chosen and key not in done:
                done.add(key)
                there, findings = check(state, worst[key], sheet)
                yield ordinal, worst[key], there, findings


def replayer(recording):
    """A function that gives the same calls over the same first disk, any number of times."""
    first = {path: None if what is None else what.durable for path, what in recording.disk.durable.items()}

    def make():
        copy = Recording.__new__(Recording)
        copy.root, copy.calls, copy.promised = recording.root, recording.calls, recording.promised
        copy.disk = disk.Disk.__new__(disk.Disk)
        copy.disk.root, copy.disk.pending = recording.disk.root, []
        copy.disk.durable = {path: None if what is None else disk.Inode(what) for path, what in first.items()}
        return copy
    return make


# ---- stand-ins: the enumerator's own test ----

def standin(bin_dir, journal, synchronous, when, seed):
    """The verdict over a stand-in that commits three records in the given mode (test_disk.py)."""
    with world.World(bin_dir, seed) as place:
        root = os.path.join(place.root, "disk")
        os.mkdir(root)
        recording, ids = Recording(root), [place.id() for _ in range(3)]
        file = os.path.join(root, "s.db")
        recording.run([os.path.join(bin_dir, "crash_standin"), file, journal, synchronous, when, *ids], {})

        def check(state, promised, sheet):
            shutil.rmtree(root)
            os.mkdir(root)
            disk.write(state, root)
            if not state.get("s.db"):
                return [], []
            there, findings = checker.ids_of_store(file)
            return there, [] if findings and "no such table" in findings[0] else findings

        verdict = checker.Verdict()
        numbers = None
        for step in examine(replayer(recording), seed, 4, None, check):
            if numbers is None:
                numbers = step
                continue
            _, promised, there, findings = step
            merge(verdict, checker.judge(promised, ids, {"store": there}, findings))
        return verdict


def merge(whole, part):
    for name, found in vars(part).items():
        getattr(whole, name).extend(found)


# ---- cxlog ----

class Machine:
    """One agent whose home is recorded, and the place where states of it are opened."""

    def __init__(self, place, online):
        self.place, self.online = place, online
        self.agent = place.agent("김하늘", join=False)
        self.copy = place.agent("copy", join=False)
        self.copy.env["CXLOG_AGENT_NAME"] = self.agent.name
        self.attempted, self.recording, self.checks = set(), None, 0
        self.sheets = []  # snapshots: before any write request of the recording, after the first…

    def begin(self, promised=()):
        self.attempted.update(promised)
        self.recording = Recording(self.agent.home, promised)
        if self.online:
            self.sheets = [self.place.emulator.ask("POST", "snapshot", {})["snapshot"]]

    def step(self, *args, stdin="", codes=(0,)):
        writes = self.online and self.place.emulator.writes()
        result = self.recording.run([self.agent.cxlog, *args], self.agent.env, stdin, codes)
        self.attempted.update(checker.ids_in(result.out))
        if self.online and self.place.emulator.writes() > writes:
            if self.place.emulator.writes() > writes + 1:
                raise RuntimeError("a snapshot of the sheet is taken after each step: one write request at most")
            self.sheets.append(self.place.emulator.ask("POST", "snapshot", {})["snapshot"])
        return result

    def log(self, *words):
        self.attempted.add(key := self.place.id())
        return self.step("log", "--id", key, *words)

    def check(self, state, promised, sheet):
        """Open a state as the program does after a power cut; the IDs it shows, and what is wrong."""
        shutil.rmtree(self.copy.home)
        os.mkdir(self.copy.home, 0o700)
        disk.write(state, self.copy.home)
        self.checks += 1
        listed = self.copy.run("list", "all", "--all", "--json")
        if listed.code not in (0, 66):
            return [], [str(listed)]
        there = checker.ids_in(listed.out)
        findings = []
        if listed.code == 0:
            stored, findings = checker.ids_of_store(self.copy.store)
            if sorted(stored) != sorted(there):
                findings.append(f"list shows {len(there)} records, the store holds {len(stored)}")
        findings += self.sync_again(promised, sheet) if self.online else self.go_on()
        return there, findings

    def go_on(self):
        """The store takes the next record."""
        if self.checks % 5:
            return []
        result = self.copy.run("log", "배송", "전화", "전원 뒤")
        return [] if result.code == 0 else [f"next record: {result}"]

    def sync_again(self, promised, sheet):
        """The sheet of that moment ends with each record once, and then nothing is written any more."""
        emulator = self.place.emulator
        emulator.ask("POST", "restore", {"snapshot": self.sheets[sheet]})
        result = self.copy.run("sync")
        if not os.path.exists(self.copy.store) or result.code == 78:  # its set-up did not last
            return [f"sync: {result}"] if promised else []
        findings = [] if result.code == 0 else [f"sync: {result}"]
        before = emulator.writes()
        again = self.copy.run("sync")
        if again.code != 0 or emulator.writes() != before:
            findings.append(f"a further sync: {again}, {emulator.writes() - before} writes")
        verdict = checker.judge(promised, self.attempted, {"sheet": checker.ids_of_sheet(emulator.sheet())})
        if verdict.bad():
            findings.append(f"sheet: {verdict}")
        return findings


def first_log(machine):
    """The very first record makes folders, store and starter scheme."""
    machine.begin()
    machine.log("배송", "전화", "첫 기록")
    machine.log("결제", "이메일", "둘째 기록")


def killed_before(call, k):
    """The very first run is killed before its k-th such call; the next one succeeds; then the power fails. What the killed run made
    but never synced is still as uncertain as it was."""
    def tell(machine):
        machine.begin()
        machine.recording.run([machine.agent.cxlog, "log", "배송", "전화", "끊긴 기록"], machine.agent.env, codes=(-9,),
                              inject=("-e", f"inject={call}:signal=SIGKILL:when={k}"))
        machine.log("배송", "전화", "첫 기록")
    return tell


def more_logs(machine):
    machine.agent.must("log", "배송", "전화", "먼저")
    machine.attempted.update(row[0] for row in machine.agent.rows("SELECT id FROM record"))
    machine.begin()
    machine.log("배송", "전화", "하나", "+태그", "@가나상사")
    machine.log("환불", "카카오톡", "둘", "6분")
    first = machine.step("log", "오류", "전화", "셋").out.strip()
    machine.step("amend", first, "--note", "고침")
    machine.step("void", first)


def log_lines(machine):
    machine.agent.must("log", "배송", "전화", "먼저")
    machine.attempted.update(row[0] for row in machine.agent.rows("SELECT id FROM record"))
    machine.begin()
    machine.step("log", "-", stdin="".join(f"배송 전화 줄 {n}\n" for n in range(40)))


def init(machine):
    machine.begin()
    machine.step("init", "--no-input", "--name", machine.agent.name)
    machine.log("배송", "전화", "첫 기록")


def scheme(machine):
    machine.begin()
    machine.log("배송", "전화", "먼저")
    machine.step("category", "add", "배송/해외")
    machine.log("배송/해외", "전화", "새 구분")


def migrate(machine):
    """The first command of a new cxlog on a store of the first version."""
    machine.agent.grow_old()
    machine.begin([row[0] for row in machine.agent.rows("SELECT id FROM record")])
    machine.log("배송", "전화", "옮긴 뒤")


def sync(machine):
    """Marked as on their way, sent, confirmed; another's record comes in; and once more, with the first marker deleted on the
    way."""
    place = machine.place
    other = place.agent("이도윤")
    machine.agent = place.agent(machine.agent.name)
    theirs = checker.ids_in(other.must("log", "결제", "전화", "남의 기록"))
    other.must("sync")
    machine.attempted.update(theirs)
    machine.begin()
    machine.log("배송", "전화", "보낼 것 하나")
    machine.log("배송", "전화", "보낼 것 둘")
    machine.step("sync")
    machine.log("환불", "전화", "보낼 것 셋")
    machine.step("sync")
    machine.step("sync")


SCENARIOS = {"first-log": (first_log, False), "logs": (more_logs, False), "log-lines": (log_lines, False),
             "init": (init, False), "scheme": (scheme, False), "migrate": (migrate, False), "sync": (sync, True)}
KILLS = (("mkdir", 2), ("fsync", 1), ("fsync", 2), ("fsync", 3), ("fdatasync", 1), ("fdatasync", 2), ("fdatasync", 4), ("unlink", 1),
         ("fdatasync", 8))
SCENARIOS.update((f"killed-{call}-{k}", (killed_before(call, k), False)) for call, k in KILLS)


def cut(name, args, count, share):
    """One scenario: recorded once, then cut off everywhere."""
    tell, online = SCENARIOS[name]
    with world.World(args.bin, args.seed, online) as place:
        machine = Machine(place, online)
        tell(machine)
        again = replayer(machine.recording)
        # Random subsets differ with the seed: what must not shrink is the number of calls that touch the disk.
        touched = touching(again())
        # (What an answer or the clock decides in a sync is a transaction more or less.)
        count.per_scenario[name] = (touched, int(touched * (0.9 if online else 1)))
        walk = examine(again, args.seed, GROUPS[args.all], share, machine.check)
        found, chosen = next(walk)
        count.found += found
        count.chosen += chosen
        for ordinal, promised, there, findings in walk:
            count.injected += 1
            count.acknowledged += len(promised)
            verdict = checker.judge(promised, machine.attempted, {"store": there}, findings)
            count.judged(f"{name}, state {ordinal}", verdict)


def touching(recording):
    return sum(recording.disk.apply(call) for call in recording.calls)


def main():
    args = tally.arguments(__doc__)
    count = tally.Tally("power", args)
    names = [name for name in SCENARIOS if name.startswith(args.only or "")]
    share = None if args.all else max(1, args.sample // len(names))
    for name in names:
        try:
            cut(name, args, count, share)
        except RuntimeError as error:
            count.strange(name, error)
    return count.close()


if __name__ == "__main__":
    sys.exit(main())
