#!/usr/bin/env python3
"""full.py BIN FAULTS_BIN - every sweep of tests/crash and tests/faults over every point, as many at once as there are
processors; then one table.

BIN are the programs that users get, FAULTS_BIN those of a -DCXLOG_FAULTS=ON build. Takes hours.
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FAULTS = os.path.join(HERE, os.pardir, "faults")
# The longest first. (name, its program, words before --all)
SWEEPS = (("memory", "sweep.py", ["memory"]), ("kill-twice", "sweep.py", ["kill-twice"]), ("error", "sweep.py", ["error"]),
          ("power", "power.py", []), ("network", os.path.join(FAULTS, "network.py"), []), ("kill", "sweep.py", ["kill"]),
          ("people", os.path.join(FAULTS, "people.py"), []), ("together", os.path.join(FAULTS, "together.py"), []),
          ("fault", "sweep.py", ["fault"]))
# A case of network, people or together is what a point is to the others.
# What all of it must strike at least, or the sweeps have shrunk: sweeps whose points are one sum, and that sum.
LEAST = ((("kill", "kill-twice"), 10_000), (("error",), 10_000), (("power",), 5_000), (("network",), 1_000))
COLUMNS = ("points found", "injected", "acknowledged", "lost", "duplicated", "corrupt", "unexpected")


def run(name, program, words, bin_dir):
    """(name, output, exit code, seconds)"""
    begin = time.monotonic()
    argv = [sys.executable, "-B", os.path.join(HERE, program), *words, "--all", "--bin", bin_dir]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return name, done.stdout + done.stderr, done.returncode, time.monotonic() - begin


def numbers(output):
    """The counts of a summary line; "?" where it has none."""
    lines = [line for line in output.splitlines() if line.startswith(("sweep ", "faults "))]
    summary = lines[-1].replace("cases", "points found") if lines else ""
    found = {column: re.search(rf"{column} (\d+)", summary) for column in COLUMNS}
    return [match[1] if match else "?" for match in found.values()]


def too_few(rows):
    """A line for each sum of points struck that is below what it must be."""
    struck = {row[0]: int(row[2]) if row[2].isdigit() else 0 for row in rows}
    sums = [(names, sum(struck.get(name, 0) for name in names), least) for names, least in LEAST]
    return [f"{' and '.join(names)}: {got} points struck, {least} is the least" for names, got, least in sums if got < least]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    rows, worst = [], 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(run, name, program, words, sys.argv[2 if name == "fault" else 1]) for name, program, words in SWEEPS]
        for each in concurrent.futures.as_completed(runs):
            name, output, code, seconds = each.result()
            print(output, end="", flush=True)
            rows.append([name, *numbers(output), f"{seconds / 60:.0f} min", "ok" if code == 0 else "FAILED"])
            worst = max(worst, code)
    table = [["sweep", *COLUMNS, "time", ""], *sorted(rows)]
    widths = [max(len(row[index]) for row in table) for index in range(len(table[0]))]
    for row in table:
        print("  ".join(cell.ljust(width) if index == 0 else cell.rjust(width)
                        for index, (cell, width) in enumerate(zip(row, widths))).rstrip())
    missing = too_few(rows)
    print("".join(f"{line}\n" for line in missing), end="")
    return worst or bool(missing)


if __name__ == "__main__":
    sys.exit(main())
