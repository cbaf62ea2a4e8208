"""tally.py - what all sweeps share: their arguments, the choice of points, the count, the checked-in table."""
import argparse
import datetime
import os
import random
import sys

import checker

BUILT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build")
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "points.tsv")


def arguments(description, parser=None):
    parser = parser or argparse.ArgumentParser(description=description)
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--sample", type=int, metavar="N", help="N points, spread over the scenarios (default 60)")
    amount.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--seed", type=int, help="what decides the sample (default: today's date)")
    parser.add_argument("--only", metavar="SCENARIO", help="only scenarios whose name begins with this")
    parser.add_argument("--point", metavar="CALL@K", help="only this point: repeats one finding")
    parser.add_argument("--bin", default=os.environ.get("CXLOG_BIN"),
                        help="folder of the programs (default $CXLOG_BIN, else of scripts/build)")
    parser.add_argument("--record", action="store_true", help="write the numbers of points found into points.tsv")
    args = parser.parse_args()
    preset = "faults" if getattr(args, "name", "") == "fault" else "test"
    args.bin = os.path.abspath(args.bin or os.path.join(BUILT, preset, "bin"))
    if not os.access(os.path.join(args.bin, "cxlog"), os.X_OK):
        parser.error(f"there is no cxlog in {args.bin}: build first")
    args.sample = args.sample or 60
    if args.seed is None:
        args.seed = int(datetime.date.today().strftime("%Y%m%d"))
    return args


def choose(points, share, seed):
    """`share` of the points, in order; every part of the run is met (one of each stretch)."""
    if share is None or share >= len(points):
        return points
    if share == 0:
        return []
    rng = random.Random(seed)
    bounds = [round(index * len(points) / share) for index in range(share + 1)]
    return [points[rng.randrange(low, high)] for low, high in zip(bounds, bounds[1:]) if high > low]


class Tally(checker.Findings):
    """Counts of one sweep, and what went wrong."""

    def __init__(self, name, args):
        super().__init__()
        self.name, self.args = name, args
        self.found = self.injected = self.acknowledged = 0
        self.per_scenario, self.chosen = {}, 0
        self.slowest = (0.0, "")

    def points(self, scenario, count, slack=0.0):
        """slack: the share by which the count may differ from run to run; so much less is put on record."""
        self.per_scenario[scenario] = (count, int(count * (1 - slack)))
        self.found += count

    def slow(self, where, seconds):
        """Remember the slowest broken run: for people, not a test."""
        self.slowest = max(self.slowest, (seconds, where))

    def shrunk(self):
        """Scenarios that found fewer points than the table says, once they were counted."""
        table = read_table()
        return [f"{scenario}: {count} points, {table[self.name, scenario]} are on record"
                for scenario, (count, _) in self.per_scenario.items()
                if count < table.get((self.name, scenario), 0)]

    def close(self):
        """Print the findings and the summary line; the exit code."""
        if self.args.record:
            least = {(self.name, scenario): least for scenario, (_, least) in self.per_scenario.items()}
            write_table({**read_table(), **least})
        self.show()
        shrunk = self.shrunk()
        for line in shrunk:
            print(f"  fewer than before: {line}")
        print(f"sweep {self.name}: points found {self.found}, injected {self.injected}, acknowledged {self.acknowledged}, "
              f"lost {self.lost}, duplicated {self.duplicated}, corrupt {self.corrupt}, unexpected {self.unexpected}"
              f" (seed {self.args.seed}; slowest {self.slowest[0]:.2f} s{': ' * bool(self.slowest[1])}{self.slowest[1]})")
        sys.stdout.flush()
        if self.chosen and not self.injected:
            print("  nothing was injected: this sweep proves nothing")
            return 1
        return 1 if self.bad() or shrunk else 0


def read_table():
    table = {}
    if os.path.exists(TABLE):
        with open(TABLE, encoding="utf-8") as file:
            for line in file:
                if line.strip() and not line.startswith("#"):
                    sweep, scenario, count = line.rstrip("\n").split("\t")
                    table[sweep, scenario] = int(count)
    return table


def write_table(table):
    with open(TABLE, "w", encoding="utf-8") as file:
        file.write("# Points that each sweep finds at least; `--record` writes it. Fewer is a failure: a sweep must not shrink unseen.\n"
                   "# sweep\tscenario\tpoints\n")
        for (sweep, scenario), count in sorted(table.items()):
            file.write(f"{sweep}\t{scenario}\t{count}\n")
