#!/usr/bin/env python3
"""sweep.py NAME - break commands at every point, repair by running them again, and judge what is left.

    kill        killed before every system call that matters (strace)
    kill-twice  killed, run again and killed again
    fault       ended at every fault point (needs a -DCXLOG_FAULTS=ON build)
    error       every system call answers once, and for ever, with each error that it may have
    memory      every allocation fails, once and for ever

After each: what was printed as saved is there; the same command run again succeeds and adds nothing twice; sync brings every
record to the sheet once; a further sync writes nothing; no file is damaged. A run that is not killed ends by itself with one line
and an honest exit code.
"""
import argparse
import sys

sys.dont_write_bytecode = True

import checker
import injectors
import scenarios
import tally
import world

SETTLE = 10  # cases between two looks at the sheet

WHERE = {
    "kill": ("log", "first-log", "migrate", "amend", "void", "log-lines", "init", "category-add", "sync", "sync-unknown",
             "sync-pull", "sync-many", "category-add-shared", "init-join", "init-empty"),
    "kill-twice": ("log", "sync"),
    "fault": ("log", "first-log", "migrate", "amend", "void", "log-lines", "category-add", "sync", "sync-unknown",
              "category-add-shared", "init-empty"),
    "error": ("log", "first-log", "migrate", "amend", "void", "log-lines", "init", "category-add", "sync", "sync-unknown",
              "sync-pull", "category-add-shared", "init-join", "list", "totals"),
    "memory": ("log", "first-log", "migrate", "list", "totals", "category-add", "sync"),
}

# What a run may say that failed although its record is there.
ADMITS = ("outcome unknown", "is done", "not known")


def honest(injector, scenario, case, point, result, saved):
    """Findings about how a run that was not killed ended. saved: what it was to do is there now (None: cannot be told)."""
    if result.hung:
        return [f"hangs: {result}"]
    if injector.allowed is None:
        return []
    if result.code < 0:
        return [f"crashed: {result}"]
    if "error while loading shared libraries" in result.err:  # an error for ever met the loader of cxlog-sync
        return []
    mute = point[0] in ("write", "writev") and point[-1] == "ever"  # not even stderr can be written
    if result.code not in (0, *injector.allowed):
        return [f"exit code {result.code}: {result}"]
    findings = []
    if result.code != 0:
        lines = [line for line in result.err.splitlines() if not line.startswith(" ")]
        if len(lines) != 1 and not mute:
            findings.append(f"{len(lines)} lines on stderr: {result}")
        if scenario.local and saved and not mute and not any(words in result.err for words in ADMITS):
            findings.append(f"is there, but the run failed without saying so: {result}")
    elif saved is False:
        findings.append(f"answered 0, but it is not there: {result}")
    if result.code == 0 and case.expect not in (None, result.out):
        findings.append(f"answered 0 with something else: {result}")
    if result.code == 0 and sorted(checker.ids_in(result.out)) != sorted(case.ids) and case.ids:
        findings.append(f"answered 0 without printing the ID: {result}")
    return findings


class Sweep:
    def __init__(self, injector, kind, args, count):
        self.injector, self.kind, self.args, self.count = injector, kind, args, count
        self.where = kind.name

    def run(self, share):
        with self.world("survey") as place:
            scenario = self.kind(place)
            for _ in range(self.kind.warm):
                scenario.case().run()
            points = self.injector.survey(scenario.case())
        self.count.points(self.where, len(points), max(self.injector.slack, self.kind.slack))
        if self.args.point:
            chosen = [point for point in points if self.injector.text(point) == self.args.point]
        else:
            chosen = tally.choose(points, min(filter(None, (share, self.kind.most)), default=None), self.args.seed)
        self.count.chosen += len(chosen)
        for start in range(0, len(chosen), self.kind.size):
            with self.world(start) as place:
                self.walk(self.kind(place), chosen[start:start + self.kind.size])

    def world(self, start):
        return world.World(self.args.bin, f"{self.args.seed}/{self.where}/{start}", self.kind.online)

    def walk(self, scenario, points):
        for index, point in enumerate(points):
            where = f"{self.where} {self.injector.text(point)}"
            try:
                self.strike(scenario, point, where)
                if index % SETTLE == SETTLE - 1 or point is points[-1] or scenario.size >= 10 ** 6:
                    self.settle(scenario, where)
            except (RuntimeError, ValueError, OSError) as error:
                self.count.strange(where, error)
                break  # this world can no longer be judged
        self.count.acknowledged += scenario.promises

    def strike(self, scenario, point, where):
        case = scenario.case()
        scenario.attempted.update(case.ids)
        result, injected = self.injector.strike(case, point)
        self.count.injected += injected
        self.count.slow(where, case.seconds)
        for finding in scenario.broken():
            self.count.strange(where, finding)
        promised = [key for key in checker.ids_in(result.out) if key in case.ids]
        if not case.ids:  # the command chooses its IDs: from now on those that it printed have to be everywhere
            scenario.promise(checker.ids_in(result.out))
        saved = scenario.present(case) if promised or self.injector.allowed else None
        if promised and not saved:
            self.count.judged(where, checker.judge(promised, (), {"store": []}))
        for finding in honest(self.injector, scenario, case, point, result, saved):
            self.count.strange(where, finding)
        if not (self.injector.lazy and isinstance(scenario, scenarios.Sync)):
            self.repair(scenario, case, where)
        for finding in scenario.misdated(case.agent):
            self.count.strange(where, finding)

    def repair(self, scenario, case, where):
        """The same command again, nothing in its way."""
        again = case.run()
        if again.code not in case.again or again.hung:
            self.count.strange(where, f"run again: {again}")
        elif again.code == 0:
            scenario.promise(case.ids)
            if case.ids and sorted(checker.ids_in(again.out)) != sorted(case.ids):
                self.count.strange(where, f"run again, it does not name its records: {again}")
        for finding in scenario.learn(case):
            self.count.strange(where, finding)

    def settle(self, scenario, where):
        places, findings = scenario.settle()
        verdict = checker.judge(scenario.acknowledged, scenario.attempted, places, findings)
        self.count.judged(f"up to {where}", verdict)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(injectors.ALL))
    args = tally.arguments(__doc__, parser)
    injector = injectors.ALL[args.name](args)
    count = tally.Tally(args.name, args)
    kinds = [kind for kind in scenarios.ALL if kind.name in WHERE[args.name]]
    kinds = [kind for kind in kinds if kind.name == args.only] or \
            [kind for kind in kinds if kind.name.startswith(args.only or "")]
    for kind in kinds:
        try:
            Sweep(injector, kind, args, count).run(None if args.all else max(1, args.sample // len(kinds)))
        except RuntimeError as error:
            count.strange(kind.name, error)
    return count.close()


if __name__ == "__main__":
    sys.exit(main())
