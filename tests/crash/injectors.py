"""injectors.py - ways to break a run at a chosen point. Each finds its points in an unbroken run, and breaks one.

    survey(case) -> points (each with a text that --point repeats)   strike(case, point) -> (Result, was it really broken)
"""
import os
import random
import struct

import tracing


class Injector:
    """allowed: exit codes that a broken run may end with (None: it dies). slack: see Tally.points. lazy: a broken sync is not
    repaired at once, but with the next nine."""
    allowed, slack, lazy = None, 0.0, False

    def __init__(self, args):
        self.args = args

    @staticmethod
    def text(point):
        return "@".join(map(str, point))


class Kill(Injector):
    """Killed (SIGKILL) right before a system call."""
    name = "kill"

    def survey(self, case):
        trace = case.agent.home + ".trace"
        case.run(under=tracing.strace(trace, tracing.KILL))
        return tracing.points(trace, tracing.KILL)

    def strike(self, case, point):
        call, k = point
        trace = case.agent.home + ".trace"
        result = case.run(under=tracing.strace(trace, (call,), "-e", f"inject={call}:signal=SIGKILL:when={k}"))
        return result, result.code == -9


class Twice(Kill):
    """Killed, run again, and killed in that run too: what a killed run left behind is met by another kill."""
    name = "kill-twice"
    most = 6000  # pairs

    def survey(self, case):
        points = super().survey(case)
        pairs = [one + two for one in points for two in points]
        return random.Random(1).sample(pairs, self.most) if len(pairs) > self.most else pairs

    def strike(self, case, point):
        first, struck = super().strike(case, point[:2])
        second, also = super().strike(case, point[2:])
        second.out = first.out + second.out
        return second, struck and also


class Fault(Injector):
    """Ended at a fault point of a -DCXLOG_FAULTS=ON build."""
    name = "fault"

    def survey(self, case):
        log = case.agent.home + ".points"
        if os.path.exists(log):
            os.unlink(log)
        case.run(env={"CXLOG_FAULT_LOG": log})
        if not os.path.exists(log):
            raise RuntimeError("no fault point was passed: is this a -DCXLOG_FAULTS=ON build?")
        with open(log, encoding="ascii") as file:
            passed = file.read().split()
        return [(point, passed[:index + 1].count(point)) for index, point in enumerate(passed)]

    def strike(self, case, point):
        result = case.run(env={"CXLOG_FAULT": self.text(point)})
        return result, result.code == 100


class Error(Injector):
    """A system call answers with an error, once or from then on for ever."""
    name = "error"
    allowed = (70, 73, 74, 75, 77)

    def survey(self, case):
        trace = case.agent.home + ".trace"
        case.run(under=tracing.strace(trace, tuple(tracing.ERRORS)))
        found = []
        for call, k in tracing.relevant(trace, tuple(tracing.ERRORS)):
            for error in tracing.errors(call):
                found.append((call.name, k, error, "once"))
                if error not in tracing.PASSING:
                    found.append((call.name, k, error, "ever"))
        return found

    def strike(self, case, point):
        call, k, error, how = point
        trace = case.agent.home + ".trace"
        when = f"{k}+" if how == "ever" else str(k)
        result = case.run(under=tracing.strace(trace, (call,), "-e", f"inject={call}:error={error}:when={when}"))
        with open(trace, encoding="ascii", errors="replace") as file:
            return result, "(INJECTED)" in file.read()


class Memory(Injector):
    """The k-th allocation fails (oom.c), once or from then on for ever."""
    name = "memory"
    allowed = (70, 74, 75, 77)
    slack = 0.1  # compilers and libraries differ by a few
    lazy = True  # a sync allocates 20,000 times

    def _run(self, case, **settings):
        counts = case.agent.home + ".counts"
        with open(counts, "wb") as file:
            file.write(bytes(16))
        library = os.path.join(self.args.bin, "crash_oom.so")
        result = case.run(env={"LD_PRELOAD": library, "OOM_FILE": counts, **settings})
        with open(counts, "rb") as file:
            return result, struct.unpack("QQ", file.read(16))

    def survey(self, case):
        result, (asked, _) = self._run(case)
        if result.code != 0 or asked == 0:
            raise RuntimeError(f"the allocations cannot be counted: {result}")
        # Most of a sync's allocations are OpenSSL reading its own tables: from k on for ever is tried at every tenth of them.
        step = 1 if asked < 10000 else 10
        return [(k, how) for k in range(1, asked + 1) for how in ("once", "ever") if how == "once" or k % step == 0]

    def strike(self, case, point):
        k, how = point
        settings = {"OOM_AT": str(k), **({"OOM_EVER": "1"} if how == "ever" else {})}
        result, (_, failed) = self._run(case, **settings)
        return result, failed > 0


ALL = {kind.name: kind for kind in (Kill, Twice, Fault, Error, Memory)}
