#!/usr/bin/env python3
"""network.py - every request of a sync times every fault of the network, at the first, second and third try and for
ever; connections refused from the n-th request on; and several faults at once, drawn by the seed.

After each broken run: its exit code is one that this fault may have, it ended in time, and after one clean sync
every acknowledged record is in the sheet once and was written once (the emulator's apply log is the judge); a
further sync writes nothing.
"""
import os
import random
import shutil
import sys
import time

import field
import gate
import network_kinds as kinds

TARGETS = ("token", "pull", "push", "confirm", "marker")
EVER = 4            # "attempt": from the first try on, for ever
CASES_A_WORLD = 60
COMBINATIONS = 400  # of --all
SLACK_S = 4         # beyond the deadline, on a busy machine
LONGEST_S = 10      # of a run whose deadline is the usual 15 minutes
PRELUDE = {"kind": "status", "code": 503}
CODES = {0, 69, 75, 76, 77}


class Case:
    """One request under one fault."""

    def __init__(self, target, kind, attempt):
        self.target, self.kind, self.attempt = target, kind, attempt
        self.held = kind.held or (attempt == EVER and kind.quota)
        self.late_ms = kind.late_ms
        self.signs_in = target == "token"

    def __str__(self):
        return f"{self.target}: {self.kind.name}: " + ("for ever" if self.attempt == EVER else f"try {self.attempt}")

    def faults(self, rng):
        """Faults in the emulator's words: those that lead there, then the one in question."""
        on = {"confirm": "pull"}.get(self.target, self.target)
        first = 2 if self.target == "confirm" else 1
        leading = []
        if self.target == "marker":
            leading.append({"on": "push", "kind": rng.choice(("drop-before", "drop-after"))})
        if self.attempt == EVER:
            return [*leading, {**self.kind.fault, "on": on, "at": first, "times": -1}]
        if self.attempt > 1:
            leading.append({**PRELUDE, "on": on, "at": first, "times": self.attempt - 1})
        return [*leading, {**self.kind.fault, "on": on, "at": first + self.attempt - 1}]

    def may_end(self, code):
        ends = self.kind.ends[self.target]
        if ends in (kinds.PASSING, kinds.ANSWERED) and self.target == "push":
            # What was carried out before its answer was spoilt is found by its marker.
            return code in ((0, 75, 76, 77) if self.attempt == EVER else (0, 75, 76))
        if self.attempt == EVER and ends == kinds.ANSWERED:
            return code in (75, 77)
        if ends == kinds.PASSING:
            return code == (75 if self.attempt >= 3 else 0) or (code == 0 and self.kind.silent)
        return code in ends


class Combination:
    """Two to five faults on any requests; the run may end in every way that says so honestly."""
    target, late_ms = "any", 100

    def __init__(self, number):
        self.number = number
        self.held = False
        self.signs_in = number % 3 == 0

    def __str__(self):
        return f"combination {self.number}"

    def faults(self, rng):
        quick = [one for one in kinds.KINDS if not one.held]
        found = [{**rng.choice(quick).fault, "on": "pull", "at": rng.randint(1, 2)},
                 {**rng.choice(quick).fault, "on": "push"}]
        for _ in range(rng.randint(0, 3)):
            found.append({**rng.choice(quick).fault, "on": rng.choice(("push", "pull", "marker", "any")),
                          "at": rng.randint(1, 4), "times": rng.choice((1, 1, 2))})
        return found

    @staticmethod
    def may_end(code):
        return code in CODES


class Refused:
    """Nobody listens from the n-th request of the run on. lost: the last one let through has no answer either."""
    held, late_ms = False, 0

    def __init__(self, after, signs_in, lost):
        self.after, self.signs_in, self.lost = after, signs_in, lost

    def __str__(self):
        return (f"refused after {self.after} requests" + (", the sign-in first" if self.signs_in else "")
                + (", the push unanswered" if self.lost else ""))

    def faults(self, _):
        return [{"on": "push", "kind": self.lost}] if self.lost else []

    @staticmethod
    def may_end(code):
        return code == 75


def all_cases():
    singles = [Case(target, kind, attempt) for target in TARGETS for kind in kinds.KINDS for attempt in (1, 2, 3, EVER)]
    refused = [Refused(after, False, None) for after in range(3)] + [Refused(after, True, None) for after in range(4)]
    refused += [Refused(2, False, lost) for lost in ("drop-before", "drop-after")]
    return singles + refused + [Combination(number) for number in range(COMBINATIONS)]


class Matrix:
    """One world for a stretch of cases."""

    def __init__(self, args, count, number):
        self.count, self.rng = count, random.Random(args.seed * 1000 + number)
        self.team = field.Team(args, args.seed + number)
        self.agent = self.team.join("김하늘")
        self.gate = gate.Gate(self.team.sheet.port)
        self.aside = 0
        self.cache = os.path.join(self.agent.env["XDG_CACHE_HOME"], "cxlog")

    def environment(self, case):
        env = {"CXLOG_SYNC_DEADLINE": str(kinds.DEADLINE_S)} if case.held else {}
        if isinstance(case, Refused):
            env.update({"CXLOG_GOOGLE_API": self.gate.url(), "CXLOG_GOOGLE_KEY": self.gate.key(self.team.sheet.key)})
            if not case.signs_in:
                # A first run through the gate leaves a token that fits its key.
                self.team.sheet.ask("POST", "state", {"base_url": self.gate.url()})
                self.gate.open(None)
                self.agent.run("sync", env=env)
            self.gate.open(case.after)
            self.team.sheet.ask("POST", "state", {"base_url": self.gate.url()})
        return env

    def break_it(self, case):
        """The broken run: its result and duration."""
        env = self.environment(case)
        self.team.log(self.agent, self.rng.randint(1, 3))
        if case.signs_in:
            shutil.rmtree(self.cache, ignore_errors=True)
        faults = case.faults(self.rng)
        if faults:
            self.team.sheet.ask("POST", "fault", faults)
        begin = time.monotonic()
        result = self.agent.run("sync", env=env)
        return result, time.monotonic() - begin

    def note_fired(self, case):
        """Did what should go wrong go wrong? Of a combination's faults one may prevent the others."""
        struck = [fault["fired"] > 0 for fault in self.team.sheet.ask("GET", "faults")["faults"]]
        self.team.sheet.ask("DELETE", "faults")
        if isinstance(case, Refused):
            struck.append(self.gate.refused)
            self.gate.shut()
            self.team.sheet.ask("POST", "state", {"base_url": self.team.sheet.url})
        if isinstance(case, Combination):
            struck = [True] * sum(struck) or [False]
        asked, hits = len(struck), sum(struck)
        self.count.injected += asked
        self.count.fired += hits
        return hits == asked

    def run(self, case):
        self.count.cases += 1
        result, seconds = self.break_it(case)
        if not self.note_fired(case):
            self.count.noted(case, f"the fault did not fire: {result}")
        limit = kinds.DEADLINE_S + SLACK_S if case.held else LONGEST_S
        if result.hung or not case.may_end(result.code):
            self.count.strange(case, f"ended as it may not: {result}")
        if seconds > limit:
            self.count.strange(case, f"took {seconds:.1f} s")
        if len(result.err.strip().splitlines()) > 1 or (result.code != 0) != bool(result.err.strip()):
            self.count.strange(case, f"an error is one line, success none: {result}")
        self.repair(case)

    def repair(self, case):
        clean = self.agent.run("sync")
        if clean.code != 0:
            self.count.strange(case, f"clean sync: {clean}")
        if case.late_ms:
            time.sleep(case.late_ms / 1000)
        trouble = self.team.writes_nothing(self.agent)
        if trouble:
            self.count.strange(case, trouble)
        self.set_aside(case)
        self.count.judged(case, self.team.judge())

    def set_aside(self, case):
        """Records that Google refuses for good wait in the store with their reason; nothing else may put them there."""
        kind = getattr(case, "kind", None)
        for key, reason in self.agent.rows("SELECT id, reason FROM record WHERE state = 4"):
            if key not in self.team.promised:
                continue
            if not reason or (kind and not kind.quarantines):
                self.count.strange(case, f"quarantined: {key}: {reason}")
            self.team.promised.discard(key)
            self.team.attempted.add(key)
            self.aside += 1

    def close(self):
        if self.aside:
            self.count.notes.append(f"{self.aside} records refused for good by a 400 wait in quarantine, none of them lost")
        self.count.promised += len(self.team.promised) + self.aside
        self.gate.shut()
        self.team.__exit__()


def main():
    args = field.arguments(__doc__, 110)
    count = field.Count("network", args)
    cases = field.sample(all_cases(), args)
    print(f"seed {args.seed}: {len(cases)} of {len(all_cases())} cases")
    for start in range(0, len(cases), CASES_A_WORLD):
        matrix = Matrix(args, count, start)
        try:
            for case in cases[start:start + CASES_A_WORLD]:
                matrix.run(case)
        finally:
            matrix.close()
    return count.close()


if __name__ == "__main__":
    sys.exit(main())
