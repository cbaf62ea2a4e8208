#!/usr/bin/env python3
"""The sweeps' teeth: over stand-ins with known habits they have to find their losses, and none where there are none."""
import os
import random
import sys
import types
import unittest

sys.dont_write_bytecode = True

import checker
import disk
import injectors
import power
import scenarios
import sweep
import tally
import tracing
import world

BIN = os.environ.get("CXLOG_BIN", "")


class Call:
    """A call as tracing.py gives it, made by hand."""

    def __init__(self, name, *args, result=0):
        self.name, self.args, self.result = name, list(args), result

    def path(self):
        return disk.quoted(self.args[1] if self.name == "openat" else self.args[0])

    def descriptor(self):
        return 3, self.args[0]


def hexed(text):
    return '"' + "".join(f"\\x{byte:02x}" for byte in text.encode()) + '"'


class DiskModel(unittest.TestCase):
    def setUp(self):
        self.root = world.scratch()
        self.disk = disk.Disk(self.root)
        self.file = self.root + "/a"
        self.disk.apply(Call("openat", "AT_FDCWD", hexed(self.file), "O_RDWR|O_CREAT", result=3))

    def tearDown(self):
        os.rmdir(self.root)

    def write(self, text, place):
        self.disk.apply(Call("pwrite64", self.file, hexed(text), str(len(text)), str(place), result=len(text)))

    def states(self):
        return [state.get("a") for state in self.disk.states(random.Random(1), 8)]

    def test_a_name_is_uncertain_until_its_folder_is_synced(self):
        self.assertIn(None, self.states())
        self.disk.apply(Call("fsync", self.root))
        self.assertEqual(set(self.states()), {b""})

    def test_a_write_is_uncertain_until_its_file_is_synced(self):
        self.disk.apply(Call("fsync", self.root))
        self.write("one", 0)
        self.assertEqual(set(self.states()), {b"", b"one"})
        self.disk.apply(Call("fdatasync", self.file))
        self.assertEqual(set(self.states()), {b"one"})

    def test_a_later_write_may_last_without_an_earlier_one(self):
        self.disk.apply(Call("fsync", self.root))
        self.write("one", 0)
        self.write("two", 3)
        self.assertIn(b"\0\0\0two", self.states())

    def test_a_write_is_torn_at_sectors_only(self):
        self.disk.apply(Call("fsync", self.root))
        self.write("x" * 1200, 0)
        self.assertEqual({len(state) for state in self.states()}, {0, 512, 1024, 1200})

    def test_a_truncation_is_uncertain_until_its_file_is_synced(self):
        self.disk.apply(Call("fsync", self.root))
        self.write("one", 0)
        self.disk.apply(Call("fdatasync", self.file))
        self.disk.apply(Call("ftruncate", self.file, "0"))
        self.assertEqual(set(self.states()), {b"", b"one"})


class StandIns(unittest.TestCase):
    """Losses that power-loss enumeration found in SQLite's modes (and in a program that promises too early)."""

    def found(self, journal, synchronous, when="late"):
        return power.standin(BIN, journal, synchronous, when, seed=1)

    def test_truncate_with_extra_loses_nothing(self):
        self.assertFalse(self.found("TRUNCATE", "EXTRA").bad())

    def test_delete_with_extra_loses_nothing(self):
        self.assertFalse(self.found("DELETE", "EXTRA").bad())

    def test_delete_with_full_loses_an_acknowledged_record(self):
        verdict = self.found("DELETE", "FULL")
        self.assertTrue(verdict.lost)
        self.assertFalse(verdict.corrupt)

    def test_delete_with_normal_may_be_damaged_or_lose(self):
        self.assertTrue(self.found("DELETE", "NORMAL").bad())

    def test_without_any_sync_the_file_is_damaged(self):
        self.assertTrue(self.found("DELETE", "OFF").corrupt)

    def test_a_promise_before_the_commit_is_found(self):
        self.assertTrue(self.found("TRUNCATE", "EXTRA", "early").lost)


class StandInCase(scenarios.Case):
    """The stand-in instead of cxlog: it commits one ID in a good mode, and promises it late or early."""
    when = "late"

    def run(self, under=(), env=None):
        file = os.path.join(self.agent.home, "s.db")
        program = os.path.join(BIN, "crash_standin")
        return world.run([*under, program, file, "TRUNCATE", "EXTRA", self.when, *self.ids], env or {})


class StandInScenario(scenarios.Scenario):
    name, when = "standin", "late"

    def begin(self):
        self.agent = self.place.agent("standin", join=False)
        self.agent.store = os.path.join(self.agent.home, "s.db")
        self.agents = [self.agent]

    def make(self):
        case = StandInCase(self.agent, "log", ids=[self.place.id()])
        case.when = self.when
        return case

    def present(self, case):
        return case.ids[0] in checker.ids_of_store(self.agent.store)[0]

    def misdated(self, agent):
        return []


class EarlyScenario(StandInScenario):
    when = "early"


class Sweeps(unittest.TestCase):
    def swept(self, injector, kind, share=None):
        args = types.SimpleNamespace(bin=BIN, seed=1, point=None, record=False)
        count = tally.Tally("test", args)
        sweep.Sweep(injectors.ALL[injector](args), kind, args, count).run(share)
        return count

    def test_a_program_that_promises_after_its_commit_loses_nothing(self):
        for injector, least in (("kill", 25), ("memory", 40)):
            count = self.swept(injector, StandInScenario, 60)
            self.assertGreater(count.injected, least)
            self.assertEqual((count.lost, count.duplicated, count.corrupt), (0, 0, 0), count.findings)

    def test_a_program_that_promises_before_its_commit_is_found_by_killing_it(self):
        self.assertGreater(self.swept("kill", EarlyScenario).lost, 0)

    def test_a_program_that_promises_before_its_commit_is_found_by_disk_errors(self):
        self.assertGreater(self.swept("error", EarlyScenario, 80).lost, 0)

    def test_a_failing_program_is_repaired_or_reported(self):
        class Broken(StandInScenario):
            def make(self):
                case = super().make()
                case.run = lambda under=(), env=None: world.run([*under, "/bin/false"], env or {})
                return case
        self.assertGreater(self.swept("kill", Broken).unexpected, 0)


class Checker(unittest.TestCase):
    def test_each_finding_has_its_name(self):
        verdict = checker.judge({"A", "B"}, {"C", "D"}, {"sheet": ["A", "A", "C", "X"]})
        self.assertEqual((verdict.lost, verdict.duplicated, verdict.unexpected, verdict.recovered),
                         (["B"], ["A"], ["X"], ["C"]))

    def test_every_place_is_judged(self):
        verdict = checker.judge({"A"}, set(), {"sheet": ["A"], "store": []})
        self.assertEqual(verdict.lost, ["A"])

    def test_a_recovered_record_is_no_fault(self):
        self.assertFalse(checker.judge(set(), {"A"}, {"sheet": ["A"]}).bad())

    def test_ids_are_read_from_lines_and_from_json(self):
        one, two = world.ulid(random.Random(1)), world.ulid(random.Random(2))
        self.assertEqual(checker.ids_in(f'{one}\nnoise\n{{"id":"{two}"}}\n'), [one, two])


class Traces(unittest.TestCase):
    def test_a_call_is_read_with_its_path_and_result(self):
        line = '7 openat(AT_FDCWD<\\x2f>, "\\x2f\\x61", O_RDWR|O_CREAT, 0600) = 3<\\x2f\\x61>'
        call = tracing.Call(tracing.CALL.match(line))
        self.assertEqual((call.name, call.path(), call.result), ("openat", "/a", 3))


if __name__ == "__main__":
    sys.exit(unittest.main())
