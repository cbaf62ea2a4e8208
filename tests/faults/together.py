#!/usr/bin/env python3
"""together.py - many at once: writers beside a running sync, first runs, two syncs of one store, stores of a team on
one sheet whose requests overlap, writers whose knowledge of the sheet is out of date. Nothing lost, nothing twice.

--all: 8 writers with 1,000 records each, 100 times 12 first runs; else 50 and 10 times.
"""
import concurrent.futures
import os
import random
import shutil
import sys
import tempfile
import threading
import time

import field

HELD_MS = 60_000  # what is held back stays so until the scene lets it go
PEOPLE = ("가은", "나래", "다솜", "라온", "마루", "바다", "사랑", "아라", "자람", "차오름")


def at_once(jobs):
    """Run callables in threads of their own; their answers, in order. The first failure is raised."""
    with concurrent.futures.ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


class Scenes:
    def __init__(self, args, count):
        self.args, self.count, self.rng = args, count, random.Random(args.seed)

    def team(self):
        return field.Team(self.args, self.rng.randrange(1 << 30))

    def must(self, where, result, codes=(0,)):
        if result.code not in codes or result.hung:
            self.count.strange(where, result)

    def settle(self, team, where, rounds=2):
        """Everybody syncs until all know all; then nobody writes any more, and the judge looks."""
        for _ in range(rounds):
            for agent in team.agents:
                self.must(where, agent.run("sync"))
        for agent in team.agents:
            trouble = team.writes_nothing(agent)
            if trouble:
                self.count.strange(where, trouble)
        self.count.judged(where, team.judge())
        self.count.promised += len(team.promised)

    def struck(self, happened, where, what):
        """An overlap that the scene is about did (not) come about."""
        self.count.injected += 1
        self.count.fired += bool(happened)
        if not happened:
            self.count.noted(where, what)

    # ---- scenes ----

    def writers_beside_a_sync(self):
        """8 processes log into one store while another syncs it without a pause."""
        each, where = 1000 if self.args.all else 50, "writers beside a sync"
        with self.team() as team:
            agent, lock, busy, syncs = team.join("김하늘"), threading.Lock(), threading.Event(), []

            def write(number):
                for index in range(each):
                    result = agent.run("log", "배송", "전화", f"{number}-{index}")
                    keys = field.checker.ids_in(result.out)
                    if result.code != 0 or len(keys) != 1:
                        self.count.strange(where, result)
                    with lock:
                        team.promised.update(keys)

            def sync():
                while not busy.is_set() or len(syncs) < 3:  # a quick machine ends its writers first
                    syncs.append(agent.run("sync").code)

            syncer = threading.Thread(target=sync)
            syncer.start()
            at_once([lambda number=number: write(number) for number in range(8)])
            busy.set()
            syncer.join()
            if set(syncs) - {0}:
                self.count.strange(where, f"syncs ended with {sorted(set(syncs))}")
            if len(team.promised) != 8 * each:
                self.count.strange(where, f"{len(team.promised)} acknowledged of {8 * each}")
            self.struck(len(syncs) > 2, where, f"only {len(syncs)} syncs ran meanwhile")
            self.settle(team, where)

    def first_runs(self):
        """12 processes find no store, and each makes it. A shell starts them: nothing is quicker."""
        where = "first runs"
        start = 'i=0; while [ $i -lt 12 ]; do "$0" log 배송 전화 처음 & i=$((i + 1)); done; wait'
        for _ in range(100 if self.args.all else 10):
            with tempfile.TemporaryDirectory() as root:
                agent = field.world.Agent(self.args.bin, root, "처음")
                result = field.world.run(["sh", "-c", start, agent.cxlog], agent.env)
                keys = set(field.checker.ids_in(result.out))
                self.struck(not result.hung, where, "hung")
                if len(keys) != 12 or result.err:
                    self.count.strange(where, f"{len(keys)} of 12 were saved: {result.err.strip()}")
                stored, damage = field.checker.ids_of_store(agent.store)
                self.count.judged(where, field.checker.judge(keys, (), {"store": stored}, damage))
                self.count.promised += len(keys)

    def two_syncs(self):
        """While one sync waits for an answer, a second of the same store ends at once and asks nothing."""
        where = "two syncs"
        with self.team() as team:
            agent = team.join("김하늘")
            team.log(agent, 3)
            team.sheet.ask("POST", "fault", {"on": "push", "kind": "delay", "ms": HELD_MS})
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                first = pool.submit(agent.run, "sync")
                self.struck(self.wait_for_pushes(team, 1, [first]), where, "the first sync never pushed")
                before = len(team.sheet.ask("GET", "requests")["requests"])
                second = agent.run("sync")
                after = len(team.sheet.ask("GET", "requests")["requests"])
                still = not first.done()
                self.let_go(team, [first])
                self.must(where, first.result())
            self.must(where, second, codes=(75,))
            self.struck(still, where, "the first sync was over before the second was")
            if after != before:
                self.count.strange(where, f"the second sent {after - before} requests")
            self.settle(team, where)

    @staticmethod
    def wait_for_pushes(team, number, runs):
        """So many pushes have arrived, one of them held back. False when all runs ended before."""
        while not all(run.done() for run in runs):
            pushes = [one for one in team.sheet.ask("GET", "requests")["requests"] if one["target"] == "push"]
            if len(pushes) >= number and any(one["status"] == 0 and one["fault"] in ("delay", "delay-apply") for one in pushes):
                return True
            time.sleep(0.005)
        return False

    @staticmethod
    def let_go(team, runs):
        """Again and again: the emulator may have noted a push and not yet begun to wait with it."""
        while concurrent.futures.wait(runs, timeout=0.02).not_done:
            team.sheet.ask("POST", "state", {"release": True})

    def a_team(self):
        """10 stores push and pull at once, and the emulator lets what overlaps overlap."""
        where, rounds = "a team", 20 if self.args.all else 3
        with self.team() as team:
            for name in PEOPLE:
                team.join(name, CXLOG_SYNC_BACKOFF="20")
            team.sheet.ask("POST", "state", {"race_ms": 15})
            for _ in range(rounds):
                for agent in team.agents:
                    team.log(agent, self.rng.randint(1, 6))
                for result in at_once([lambda agent=agent: agent.run("sync") for agent in team.agents]):
                    self.must(where, result, codes=(0, 75))
            team.sheet.ask("POST", "state", {"race_ms": 0})
            asked = [one["at"] for one in team.sheet.ask("GET", "requests")["requests"]]
            self.struck(len(asked) > 3 * rounds * len(PEOPLE), where, "too few requests")
            self.settle(team, where)

    def old_row_count(self):
        """A push is held back; meanwhile others push, sort, delete and insert rows, so that it lands where its sender
        did not mean it to. Nobody's row is overwritten."""
        where = "an old row count"
        meanwhile = (
            ("others push", lambda team, other: (team.log(other, 5), other.must("sync"))),
            ("sorted", lambda team, other: self.people(team, edit="sort", column=18, descending=True, header_rows=1)),
            ("blank rows", lambda team, other: self.people(team, edit="insert-blank-rows", row=2, count=3)),
            ("typed row", lambda team, other: self.type_row(team)),
            ("fewer rows", lambda team, other: self.people(team, edit="delete-rows", row=self.rows(team) - 4, count=4)),
        )
        for name, act in meanwhile:
            with self.team() as team:
                agent, other = team.join("김하늘"), team.join("이보람")
                gone = set(team.log(other, 6)[-4:])
                other.must("sync")
                agent.must("sync")
                team.log(agent, 4)
                team.sheet.ask("POST", "requests/reset")
                team.sheet.ask("POST", "fault", {"on": "push", "kind": "delay-apply", "ms": HELD_MS})
                with concurrent.futures.ThreadPoolExecutor(1) as pool:
                    held = pool.submit(agent.run, "sync")
                    pushed = self.wait_for_pushes(team, 1, [held])
                    act(team, other)
                    self.struck(pushed and not held.done(), f"{where}: {name}", "the push was not held back")
                    self.let_go(team, [held])
                    self.must(f"{where}: {name}", held.result(), codes=(0, 75))
                if name == "fewer rows":
                    self.without(team, gone, f"{where}: {name}")
                else:
                    self.settle(team, f"{where}: {name}")

    def copied_stores(self):
        """A machine is cloned with records still to be sent; a backup is put back that knows nothing of later sends; one
        that was made while nobody knew whether a push had arrived. The IDs decide: nothing goes twice."""
        for name, prepare, meanwhile in (
                ("clone", lambda team, one: team.log(one, 3), lambda team, one: team.log(one)),
                ("old backup", lambda team, one: (team.log(one, 2), one.must("sync")),
                 lambda team, one: (team.log(one, 3), one.must("sync"))),
                ("backup of pending records", lambda team, one: team.log(one, 2), lambda team, one: one.must("sync")),
                ("backup of an open push", self.open_push,
                 lambda team, one: (one.must("sync"), team.log(one), one.must("sync"), team.log(one), one.must("sync")))):
            where = f"copied store: {name}"
            with self.team() as team:
                one = team.join("김하늘")
                prepare(team, one)
                copy = one.store + ".copy"
                shutil.copyfile(one.store, copy)
                meanwhile(team, one)
                self.count.injected += 1
                self.count.fired += 1
                if name == "clone":
                    two = team.join("김하늘의 복제")
                    os.replace(copy, two.store)
                    os.chmod(two.store, 0o600)
                    team.log(two)
                else:
                    os.replace(copy, one.store)
                    os.chmod(one.store, 0o600)
                self.settle(team, where)

    def copies_at_once(self):
        """A machine and its clone send the same records at the same moment: the first push is held back until the second
        is there. Then a third machine counts."""
        where = "copies at once"
        for name, more in (("the same records", 0), ("and the clone one more", 1)):
            with self.team() as team:
                one, third = team.join("김하늘"), team.join("이보람")
                team.log(one, 3)
                two = team.join("김하늘의 복제")
                shutil.copyfile(one.store, two.store)
                os.chmod(two.store, 0o600)
                if more:
                    team.log(two, more)
                team.sheet.ask("POST", "requests/reset")
                team.sheet.ask("POST", "fault", {"on": "push", "kind": "delay-apply", "ms": HELD_MS})
                with concurrent.futures.ThreadPoolExecutor(2) as pool:
                    runs = [pool.submit(agent.run, "sync") for agent in (one, two)]
                    self.struck(self.wait_for_pushes(team, 2, runs), f"{where}: {name}", "the two pushes did not overlap")
                    self.let_go(team, runs)
                    for run in runs:
                        self.must(f"{where}: {name}", run.result())
                self.settle(team, f"{where}: {name}")
                counted = third.must("list", "all", "--json").count("\n")
                if counted != 3 + more:
                    self.count.strange(f"{where}: {name}", f"a third machine counts {counted} records")
                verified = third.run("verify")
                if verified.code != 0:
                    self.count.strange(f"{where}: {name}", verified)

    @staticmethod
    def open_push(team, one):
        """A push was carried out, its answer lost, and the marker could not be looked up."""
        team.log(one, 2)
        team.sheet.ask("POST", "fault", [{"on": "push", "kind": "drop-after"},
                                         {"on": "marker", "kind": "status", "code": 500, "times": 3}])
        one.run("sync")
        team.sheet.ask("DELETE", "faults")

    def without(self, team, gone, where):
        """Rows that a person deleted are gone from the sheet, and nothing else is."""
        for agent in team.agents * 2:
            self.must(where, agent.run("sync"))
        places, damage = team.places()
        del places["apply log"]
        self.count.judged(where, field.checker.judge(team.promised - gone, gone, places, damage))
        self.count.promised += len(team.promised)

    def type_row(self, team):
        values = [45000, "손", "전화", "배송"]
        self.people(team, edit="type-row", values=values)
        team.attempted.update(field.checker.ids_of_sheet([values]))

    @staticmethod
    def rows(team):
        return len(team.sheet.ask("GET", "sheet", id=field.world.SHEET, tab=field.world.LOG_TAB)["rows"])

    @staticmethod
    def people(team, **edit):
        team.sheet.ask("POST", "people", {"id": field.world.SHEET, "tab": field.world.LOG_TAB, **edit})


def main():
    args = field.arguments(__doc__, 0)
    count = field.Count("together", args)
    scenes = Scenes(args, count)
    for scene in (scenes.writers_beside_a_sync, scenes.first_runs, scenes.two_syncs, scenes.a_team, scenes.old_row_count,
                  scenes.copied_stores, scenes.copies_at_once):
        if args.only and args.only not in scene.__name__:
            continue
        count.cases += 1
        begin = time.monotonic()
        scene()
        count.notes.append(f"{scene.__name__}: {time.monotonic() - begin:.1f} s")
    return count.close()


if __name__ == "__main__":
    sys.exit(main())
