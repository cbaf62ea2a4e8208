"""tracing.py - programs under strace: what they asked of the kernel, and where that can be broken."""
import collections
import re

# Calls whose moment matters: before each of them the program may die.
KILL = ("openat", "unlink", "unlinkat", "rename", "renameat2", "mkdir", "mkdirat", "pwrite64", "write", "writev",
        "fsync", "fdatasync", "ftruncate", "fcntl", "chmod", "fchmod", "close", "execve", "exit_group",
        "socket", "connect", "sendto", "sendmsg", "recvfrom", "recvmsg")

# What the kernel may truthfully answer to each call.
DISK = ("ENOSPC", "EIO", "EDQUOT")
ERRORS = {
    "openat": ("ENOSPC", "EIO", "EDQUOT", "EMFILE", "EINTR"),
    "pwrite64": DISK + ("EINTR",), "write": DISK + ("EINTR",), "writev": DISK,
    "fsync": DISK + ("EINTR",), "fdatasync": DISK + ("EINTR",), "ftruncate": ("EIO", "EINTR"),
    "pread64": ("EIO",), "read": ("EIO", "EINTR"), "unlink": ("EIO",), "rename": DISK, "renameat2": DISK,
    "mkdir": DISK, "mkdirat": DISK, "fcntl": ("EINTR", "ENOLCK", "EIO"), "close": ("EIO", "ENOSPC"),
    "socket": ("EMFILE",), "connect": ("EINTR", "ECONNREFUSED", "ETIMEDOUT"),
    "sendto": ("EINTR", "ECONNRESET", "EPIPE"), "recvfrom": ("EINTR", "ECONNRESET"),
    "getrandom": ("EINTR", "ENOSYS"),
}
# Only ever passing: to these the C library and SQLite rightly ask again (ENOLCK counts as somebody else's lock, which is
# waited for).
PASSING = ("EINTR", "ENOLCK")

# The loader's and the C library's own files: nothing of ours has begun, or ours would not be concerned. The zone file
# is: a program that cannot read it must not take the time for another zone's.
SYSTEM = re.compile(r"/(usr/(?!share/zoneinfo)|lib|etc/(ld\.so|locale|localtime)|proc/|sys/|dev/(null|urandom))")

CALL = re.compile(r"^(\d+) +(\w+)\((.*?)(?:\) += (-?\d+|\?)(.*)| <unfinished \.\.\.>)$")
HEX = re.compile(r"\\x([0-9a-f]{2})")


class Call:
    """One system call: process, name, raw arguments, result (None: never came back)."""

    def __init__(self, match):
        self.pid, self.name = int(match[1]), match[2]
        self.args = match[3].split(", ")
        self.result = int(match[4]) if match[4] not in (None, "?") else None
        self.tail = match[5] or ""

    def path(self):
        """What the first file argument is: a path, or what a descriptor stands for ("" when unknown)."""
        first = self.args[1] if self.name in ("openat", "unlinkat", "mkdirat") and len(self.args) > 1 \
            else self.args[0]
        return text(first)

    def descriptor(self):
        """(number, what it stands for) of the first argument."""
        match = re.match(r"(-?\d+)(?:<(.*)>)?$", self.args[0])
        return (int(match[1]), unescape(match[2] or "").decode(errors="replace")) if match else (-1, "")


def unescape(raw):
    """Bytes of a string as `strace -xx` prints it."""
    return bytes.fromhex("".join(HEX.findall(raw)))


def text(raw):
    quoted = re.search(r'"(.*)"', raw) or re.search(r"<(.*)>", raw)
    return unescape(quoted[1]).decode(errors="replace") if quoted else ""


def calls(path):
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            match = CALL.match(line.rstrip("\n"))
            if match:
                yield Call(match)


def strace(output, names, *extra):
    """The words to put before a command: trace `names` into the file `output`. (No --seccomp-bpf: strace 6.1 then
    leaves out injected signals.)"""
    return ["strace", "-f", "-qq", "-y", "-xx", "-o", output,
            "-e", "trace=" + ",".join("?" + name for name in names), *extra]


def relevant(path, names):
    """(Call, k) for each k-th call of the traced process; those of loader and C library are passed over."""
    seen, first = collections.Counter(), None
    for call in calls(path):
        first = first or call.pid
        if call.pid != first or call.name not in names:
            continue
        seen[call.name] += 1
        if not SYSTEM.match(call.path()):
            yield call, seen[call.name]


def points(path, names):
    """[(name of the call, k)]"""
    return [(call.name, k) for call, k in relevant(path, names)]


def errors(call):
    """What the kernel may answer to this call."""
    every = ERRORS[call.name]
    if call.name == "openat" and "O_CREAT" not in call.args[2]:
        return [error for error in every if error not in ("ENOSPC", "EDQUOT")]
    return every
