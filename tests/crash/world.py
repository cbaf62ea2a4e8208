"""world.py - the sealed world of the sweeps: a home of its own, the programs, the emulator."""
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

TIMEOUT = 20  # seconds; a command that takes longer hangs
START_TIMEOUT = 60  # of the emulator: making its key takes a while on a busy machine
SHEET = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
LOG_TAB = "상담기록"
OLD_STORE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "store_v1.sql")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(rng):
    """A ULID whose time lies in 2026 and whose rest comes from the sweep's seed."""
    moment = 1_780_000_000_000 + rng.randrange(10_000_000_000)
    number = moment << 80 | rng.getrandbits(80)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


class Result:
    """What a shell sees of one run. code < 0: killed by that signal; hung: cut off after TIMEOUT."""

    def __init__(self, argv, code, out, err, hung=False):
        self.argv, self.code, self.out, self.err, self.hung = argv, code, out, err, hung

    def __str__(self):
        words = [os.path.basename(word) for word in self.argv]
        words = words[words.index("cxlog"):] if "cxlog" in words else words
        return f"{' '.join(words)}: {'hung' if self.hung else self.code}; {self.err.strip()!r}"


def run(argv, env, stdin=""):
    """Run to the end, or for TIMEOUT seconds; then its whole process group is killed."""
    child = subprocess.Popen(argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, start_new_session=True)
    hung = False
    try:
        out, err = child.communicate(stdin.encode(), timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        hung = True
        os.killpg(child.pid, signal.SIGKILL)
        out, err = child.communicate()
    return Result(argv, child.returncode, out.decode(errors="replace"), err.decode(errors="replace"), hung)


def scratch():
    """A new folder, in memory where there is room: what a disk would add is power.py's business."""
    base = os.environ.get("CXLOG_SWEEP_TMP") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    return tempfile.mkdtemp(prefix="cxlog-sweep-", dir=base)


class Agent:
    """One person's machine: home, settings, store."""

    def __init__(self, bin_dir, root, name, api=None):
        self.home, self.name = os.path.join(root, name), name
        self.cxlog = os.path.join(bin_dir, "cxlog")
        self.store = os.path.join(self.home, "data", "cxlog", "cxlog.db")
        self.env = {
            "HOME": self.home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "TMPDIR": root,
            "CXLOG_AGENT_NAME": name, "CXLOG_UI_LANG": "en", "CXLOG_SYNC_AUTO": "no", "CXLOG_SYNC_BACKOFF": "1",
        }
        for kind in ("config", "data", "state", "cache"):
            self.env[f"XDG_{kind.upper()}_HOME"] = os.path.join(self.home, kind)
        if api:
            self.env["CXLOG_GOOGLE_API"] = api
        os.makedirs(self.home, mode=0o700, exist_ok=True)

    def run(self, *args, stdin="", env=None, under=()):
        return run([*under, self.cxlog, *args], {**self.env, **(env or {})}, stdin)

    def must(self, *args, stdin=""):
        """A run that has to answer 0; its stdout."""
        result = self.run(*args, stdin=stdin)
        if result.code != 0 or result.hung:
            raise RuntimeError(f"preparation failed: {result}")
        return result.out

    def rows(self, sql):
        """What the store's file holds, read past the program. Empty when there is no store."""
        if not os.path.exists(self.store):
            return []
        with sqlite3.connect(f"file:{self.store}?mode=rw", uri=True) as db:
            try:
                return db.execute(sql).fetchall()
            finally:
                db.rollback()

    def forget(self):
        """Back to a machine on which cxlog never ran."""
        shutil.rmtree(self.home)
        os.makedirs(self.home, mode=0o700)

    def grow_old(self):
        """A machine whose store an older cxlog left behind (store_v1.sql)."""
        self.forget()
        os.makedirs(os.path.dirname(self.store), mode=0o700)
        with open(OLD_STORE, encoding="utf-8") as file, sqlite3.connect(self.store) as db:
            db.executescript(file.read())
        db.close()
        os.chmod(self.store, 0o600)


class Emulator:
    """cxlog-emulator with one empty, shared spreadsheet."""

    def __init__(self, bin_dir, root):
        self.key, ready = os.path.join(root, "key.json"), os.path.join(root, "ready.json")
        program = os.path.join(bin_dir, "cxlog-emulator")
        self.process = subprocess.Popen(
            [program, "--port", "0", "--ready-file", ready, "--key-out", self.key, "--sheet", SHEET],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_TIMEOUT
        while not os.path.exists(ready):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                raise RuntimeError(f"{program} did not start")
            time.sleep(0.005)
        with open(ready, encoding="utf-8") as file:
            facts = json.load(file)
        self.url, self.port = facts["url"], facts["port"]

    def ask(self, method, path, body=None, **query):
        if query:
            path += "?" + urllib.parse.urlencode(query)
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            wire.request(method, "/_emu/" + path, json.dumps(body) if body is not None else None,
                         {"Content-Type": "application/json"})
            answer = wire.getresponse()
            text = answer.read()
        finally:
            wire.close()
        if answer.status != 200:
            raise RuntimeError(f"emulator: {method} {path}: {answer.status} {text[:200]!r}")
        return json.loads(text) if text.strip() else None

    def sheet(self, tab=LOG_TAB):
        """Data rows of a tab, blank ones left out."""
        rows = self.ask("GET", "sheet", id=SHEET, tab=tab)["rows"]
        return [row for row in rows[1:] if any(cell not in (None, "") for cell in row)]

    def writes(self):
        return sum(1 for request in self.ask("GET", "requests")["requests"] if request["kind"] == "write")

    def stop(self):
        self.process.terminate()
        self.process.wait(TIMEOUT)


class World:
    """Agents and, when asked for, the team's sheet. `with` cleans up."""

    def __init__(self, bin_dir, seed, online=False):
        self.bin_dir, self.root, self.rng = bin_dir, scratch(), random.Random(seed)
        try:
            self.emulator = Emulator(bin_dir, self.root) if online else None
        except BaseException:
            shutil.rmtree(self.root, ignore_errors=True)
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.emulator:
            self.emulator.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def id(self):
        return ulid(self.rng)

    def agent(self, name, join=True):
        """A new machine; with a sheet it is set up for it unless join is False."""
        agent = Agent(self.bin_dir, self.root, name, self.emulator.url if self.emulator else None)
        if join and self.emulator:
            agent.must("init", "--no-input", "--name", name, "--sheet", SHEET, "--key", self.emulator.key,
                       "--api", self.emulator.url)
        return agent
