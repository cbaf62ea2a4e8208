"""field.py - what the programs of this folder share: a team's world (tests/crash/world.py), their arguments, their count.

A world holds an emulated sheet and people's machines. Every ID whose `log` answered 0 is promised; judge() asks
the history checker (tests/crash/checker.py) for it in the sheet, in the emulator's apply log and in the stores.
"""
import argparse
import datetime
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "crash"))
# pylint: disable=wrong-import-position
import checker  # noqa: E402
import world  # noqa: E402

BUILT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build/test/bin")


def arguments(description, sample, also=None):
    """--all, --seed and the folder of the programs; also: adds a program's own."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=sample, metavar="N", help="so many cases (default %(default)s)")
    parser.add_argument("--all", action="store_true", help="every case")
    parser.add_argument("--only", metavar="WORD", help="only cases whose name contains this: repeats one finding")
    parser.add_argument("--seed", type=int, default=int(datetime.date.today().strftime("%Y%m%d")),
                        help="what decides the sample and everything random (default: today's date)")
    parser.add_argument("--bin", default=os.environ.get("CXLOG_BIN", BUILT),
                        help="folder of the programs (default $CXLOG_BIN, else what scripts/build test made)")
    if also:
        also(parser)
    args = parser.parse_args()
    args.bin = os.path.abspath(args.bin)
    if not os.access(os.path.join(args.bin, "cxlog"), os.X_OK):
        parser.error(f"there is no cxlog in {args.bin}: build first")
    return args


def sample(cases, args):
    """What --only, --all and --sample leave of the cases, in their order; the seed draws."""
    cases = [case for case in cases if not args.only or args.only in str(case)]
    if args.all or args.sample >= len(cases):
        return cases
    kept = set(random.Random(args.seed).sample(range(len(cases)), args.sample))
    return [case for index, case in enumerate(cases) if index in kept]


class Count(checker.Findings):
    """The numbers that a program prints at its end, and its findings."""

    def __init__(self, name, args):
        super().__init__()
        self.name, self.args = name, args
        self.cases = self.injected = self.fired = self.promised = 0
        self.begin, self.notes = time.monotonic(), []

    def close(self, least=1):
        """Print all; the exit code. least: faults that must have fired, or the run proves nothing."""
        self.show()
        for line in self.notes:
            print(f"  {line}")
        print(f"faults {self.name}: cases {self.cases}, injected {self.injected}, fired {self.fired}, "
              f"acknowledged {self.promised}, lost {self.lost}, duplicated {self.duplicated}, corrupt {self.corrupt}, "
              f"unexpected {self.unexpected} (seed {self.args.seed}; {time.monotonic() - self.begin:.0f} s)")
        sys.stdout.flush()
        if self.fired < least or self.fired != self.injected:
            print(f"  {self.fired} of {self.injected} faults fired, at least {least} and all of them should have")
            return 1
        return 1 if self.bad() else 0


class Team:
    """A sealed world with a sheet; promised: IDs whose log answered 0; attempted: all that may be there."""

    def __init__(self, args, seed):
        self.place = world.World(args.bin, seed, online=True)
        self.sheet, self.agents = self.place.emulator, []
        self.promised, self.attempted = set(), set()

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        self.place.__exit__(*rest)

    def join(self, name, **env):
        agent = self.place.agent(name)
        agent.env.update(env)
        self.agents.append(agent)
        return agent

    def log(self, agent, count=1):
        """Records by `log -`, which have to be acknowledged. Their IDs."""
        lines = "".join(f"배송 전화 기록 {index}\n" for index in range(count))
        keys = checker.ids_in(agent.must("log", "-", stdin=lines))
        if len(keys) != count:
            raise RuntimeError(f"log - of {count} lines acknowledged {len(keys)}")
        self.promised.update(keys)
        return keys

    def places(self, agents=()):
        """Where the records are, and what is damaged: sheet, apply log, the stores of the agents given."""
        rows = self.sheet.sheet()
        places = {"sheet": [key for key in checker.ids_of_sheet(rows)], "apply log": self.applied()}
        damage = []
        for agent in agents:
            places[agent.name], faults = checker.ids_of_store(agent.store)
            damage += faults
        return places, damage

    def applied(self):
        """The ID of every row that any request ever wrote into the log: one that came twice shows here even when the
        sheet shows it once."""
        found = []
        for entry in self.sheet.ask("GET", "apply-log")["applied"]:
            for step in entry["ops"]:
                if step["op"] == "updateCells":
                    found += [row[checker.ID_COLUMN] for row in step["values"]
                              if len(row) > checker.ID_COLUMN and checker.ID.fullmatch(str(row[checker.ID_COLUMN]))]
        return found

    def judge(self, agents=None):
        places, damage = self.places(self.agents if agents is None else agents)
        return checker.judge(self.promised, self.attempted, places, damage)

    def writes_nothing(self, agent):
        """A clean sync: a sentence when it fails or sends a write, else None."""
        before = self.sheet.writes()
        result = agent.run("sync")
        if result.code != 0 or result.hung:
            return f"clean sync: {result}"
        after = self.sheet.writes()
        return f"a further sync wrote {after - before} times" if after > before else None
