#!/usr/bin/env python3
"""soak.py - 8 writers and a syncer on one store, and a colleague on another machine, under SIGKILL at random moments and
faults on 30 % of the requests, for as long as asked; then the faults end, all sync, and the history is judged.

    soak.py [--minutes M] [--seed S]

A writer that was killed before it answered promised nothing; its record may be there, once. Fails also when too few
faults were injected to prove anything.
"""
import os
import random
import signal
import subprocess
import sys
import threading
import time

import field
import network_kinds as kinds

WRITERS = 8
KILL_SHARE = 0.1       # of the writers' runs
SYNC_KILL_SHARE = 0.3  # of the syncer's
FAULT_SHARE = 0.3      # of the requests
REQUESTS_PLANNED = 12  # for one sync
SYNC_DEADLINE = "5"    # seconds: the writers never pause, so a sync without one would not end before they do
LEAST_A_SECOND = 1     # faults and kills


class Soak:
    def __init__(self, args, count, team):
        self.args, self.count, self.team = args, count, team
        self.over, self.lock = threading.Event(), threading.Lock()
        self.agent, self.colleague = team.join("김하늘"), team.join("이보람")
        self.kills = self.runs = self.syncs = self.struck = 0
        self.codes = {}
        self.quick = [kind.fault for kind in kinds.KINDS if not kind.held and not kind.quarantines
                      and kind.fault["kind"] not in ("huge", "gzip-bomb") and kind.fault.get("seconds") != 1]

    def run_or_kill(self, rng, share, agent, *args, stdin=None):
        """(exit code or None when killed, stdout)"""
        env = {**agent.env, "CXLOG_SYNC_DEADLINE": SYNC_DEADLINE}
        child = subprocess.Popen([agent.cxlog, *args], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, start_new_session=True)
        if rng.random() >= share:
            out, err = child.communicate(stdin, timeout=60)
            return child.returncode, out.decode(), err.decode()
        time.sleep(rng.random() * 0.02)
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        out, err = child.communicate()
        with self.lock:
            self.kills += child.returncode == -signal.SIGKILL
        return (None if child.returncode == -signal.SIGKILL else child.returncode), out.decode(), err.decode()

    def write(self, number):
        rng = random.Random(self.args.seed * 100 + number)
        while not self.over.is_set():
            key = field.world.ulid(rng)
            with self.lock:
                self.team.attempted.add(key)
                self.runs += 1
            code, out, err = self.run_or_kill(rng, KILL_SHARE, self.agent, "log", "--id", key, "배송", "전화", "담금질")
            said = field.checker.ids_in(out)
            if code == 0 and said == [key] or (code is None and said == [key]):
                with self.lock:
                    self.team.promised.add(key)
            elif code is not None:
                self.count.strange("log", f"{code}: {err.strip()}")

    def plan_faults(self, rng):
        """30 % of the next requests go wrong."""
        plan = [{**rng.choice(self.quick), "on": "any", "at": at + 1}
                for at in range(REQUESTS_PLANNED) if rng.random() < FAULT_SHARE]
        self.take_faults()
        self.team.sheet.ask("POST", "fault", plan)

    def take_faults(self):
        faults = self.team.sheet.ask("GET", "faults")["faults"]
        self.struck += sum(fault["fired"] for fault in faults)
        self.team.sheet.ask("DELETE", "faults")

    def sync(self):
        rng = random.Random(self.args.seed * 100 + 99)
        while not self.over.is_set():
            self.plan_faults(rng)
            agent = self.colleague if rng.random() < 0.2 else self.agent
            code, _, err = self.run_or_kill(rng, SYNC_KILL_SHARE, agent, "sync")
            self.syncs += 1
            self.codes[code] = self.codes.get(code, 0) + 1
            if code not in (None, 0, 69, 75, 76, 77):
                self.count.strange("sync", f"{code}: {err.strip()}")

    def play(self, seconds):
        threads = [threading.Thread(target=self.write, args=(number,)) for number in range(WRITERS)]
        threads.append(threading.Thread(target=self.sync))
        for thread in threads:
            thread.start()
        self.over.wait(seconds)
        self.over.set()
        for thread in threads:
            thread.join()
        self.take_faults()
        self.settle()

    def settle(self):
        """No faults any more: two rounds at most, then nobody writes and nothing is open."""
        time.sleep(0.2)
        for agent in self.team.agents * 2:
            result = agent.run("sync")
            if result.code != 0:
                self.count.strange("clean sync", result)
        for agent in self.team.agents:
            trouble = self.team.writes_nothing(agent)
            if trouble:
                self.count.strange(agent.name, trouble)
        open_ones = self.agent.rows("SELECT count(*) FROM record WHERE state <> 3")[0][0]
        if open_ones:
            self.count.strange("store", f"{open_ones} records are still not confirmed")
        verdict = self.team.judge()
        self.count.judged("soak", verdict)
        self.count.cases = self.runs + self.syncs
        self.count.injected = self.count.fired = self.struck + self.kills
        self.count.promised = len(self.team.promised)
        self.count.notes.append(f"{self.runs} logs, {self.syncs} syncs, {self.struck} faults, {self.kills} kills, "
                                f"{len(verdict.recovered)} recovered; syncs ended {dict(sorted(self.codes.items(), key=str))}")


def main():
    args = field.arguments(__doc__, 0, lambda parser: parser.add_argument(
        "--minutes", type=float, default=0.2, help="how long (default 12 seconds; --all: 10 minutes)"))
    minutes = 10 if args.all and args.minutes == 0.2 else args.minutes
    count = field.Count("soak", args)
    print(f"seed {args.seed}: {minutes:g} minutes", flush=True)
    with field.Team(args, args.seed) as team:
        Soak(args, count, team).play(minutes * 60)
    return count.close(least=int(minutes * 60 * LEAST_A_SECOND))


if __name__ == "__main__":
    sys.exit(main())
