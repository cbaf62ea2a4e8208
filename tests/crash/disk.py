"""disk.py - a disk that may lose power: what can be on it after each call that a program made.

The rules (those of POSIX, not those of one file system's good days):
  * bytes and sizes written to a file are on the disk for certain only after an fsync or fdatasync of that file; until then
    each write is there or not, whatever its neighbours do, and it may be torn at any 512-byte sector;
  * a name made, removed or renamed in a folder is on the disk for certain only after an fsync of that folder; a folder
    that did not last takes along what was made in it.
"""
import hashlib
import os

SECTOR = 512


class Inode:
    def __init__(self, content=b""):
        self.durable = content
        self.pending = []  # [(offset, bytes)] or [(size, None)] for a truncation

    def content(self, survivors):
        """survivors: {index of a pending change: number of its first sectors that lasted, None for all}."""
        data = bytearray(self.durable)
        for index, (place, piece) in enumerate(self.pending):
            if index not in survivors:
                continue
            if piece is None:
                data = data[:place] + bytes(max(0, place - len(data)))
                continue
            sectors = survivors[index]
            if sectors is not None:
                piece = piece[:(place // SECTOR + sectors) * SECTOR - place]
            data += bytes(max(0, place - len(data)))
            data[place:place + len(piece)] = piece
        return bytes(data)

    def sync(self):
        self.durable = self.content(dict.fromkeys(range(len(self.pending))))
        self.pending = []


class Disk:
    """The folder `root` and what is below it, as a trace changes it."""

    def __init__(self, root):
        self.root = root.rstrip("/")
        self.durable = {}    # path below root: Inode, or None for a folder
        self.pending = []    # names not yet certain: [(folders concerned, {path: Inode, None (folder) or False (gone)})]
        for base, folders, files in os.walk(self.root):
            for name in folders:
                self.durable[self.below(os.path.join(base, name))] = None
            for name in files:
                with open(os.path.join(base, name), "rb") as file:
                    self.durable[self.below(os.path.join(base, name))] = Inode(file.read())

    def below(self, path):
        """The path below root, "" for root itself, None outside."""
        if path == self.root:
            return ""
        return path[len(self.root) + 1:] if path.startswith(self.root + "/") else None

    def names(self, survivors):
        """{path: Inode or None} when these of the pending name changes lasted."""
        names = dict(self.durable)
        for index in sorted(survivors):
            for path, what in self.pending[index][1].items():
                if what is False:
                    names.pop(path, None)
                else:
                    names[path] = what
        return {path: what for path, what in names.items()
                if all(parent in names for parent in parents(path))}

    def now(self):
        return self.names(range(len(self.pending)))

    def _name(self, changes):
        self.pending.append(({os.path.dirname(path) for path in changes}, changes))

    def apply(self, call):
        """Take over one call of a trace; False when it changed nothing here."""
        if call.result is None or call.result < 0:
            return False
        step = getattr(self, "_" + call.name, None)
        return bool(step and step(call))

    def _openat(self, call):
        path, flags = self.below(call.path()), call.args[2]
        if path is None:
            return False
        inode = self.now().get(path)
        if "O_CREAT" in flags and inode is None:
            self._name({path: Inode()})
            return True
        if "O_TRUNC" in flags and inode:
            inode.pending.append((0, None))
            return True
        return False

    def _mkdir(self, call):
        path = self.below(call.path())
        if path is None:
            return False
        self._name({path: None})
        return True

    _mkdirat = _mkdir

    def _unlink(self, call):
        path = self.below(call.path())
        if path is None:
            return False
        self._name({path: False})
        return True

    _unlinkat = _unlink

    def _rename(self, call):
        raw = [arg for arg in call.args if '"' in arg]
        old, new = (self.below(quoted(arg)) for arg in raw[:2])
        if old is None or new is None:
            return False
        self._name({old: False, new: self.now()[old]})
        return True

    _renameat = _renameat2 = _rename

    def _inode(self, call):
        path = self.below(call.descriptor()[1])
        return self.now().get(path) if path else None

    def _pwrite64(self, call):
        inode = self._inode(call)
        if inode is None:
            return False
        inode.pending.append((int(call.args[3]), data(call.args[1])[:call.result]))
        return True

    def _write(self, call):
        inode = self._inode(call)
        if inode is None:
            return False
        # The programs write files either with pwrite64 or from the start to the end, never both.
        end = len(inode.content(dict.fromkeys(range(len(inode.pending)))))
        inode.pending.append((end, data(call.args[1])[:call.result]))
        return True

    def _ftruncate(self, call):
        inode = self._inode(call)
        if inode is None:
            return False
        inode.pending.append((int(call.args[1]), None))
        return True

    def _fsync(self, call):
        path = self.below(call.descriptor()[1])
        if path is None:
            return False
        what = self.now().get(path)
        if what:
            what.sync()
            return True
        certain = [change for folders, change in self.pending if path in folders]
        for change in certain:
            for name, inode in change.items():
                if inode is False:
                    self.durable.pop(name, None)
                else:
                    self.durable[name] = inode
        self.pending = [(folders, change) for folders, change in self.pending if path not in folders]
        return bool(certain)

    _fdatasync = _fsync

    def open_changes(self):
        """Every change that may or may not be on the disk: ("name", index) or ("data", Inode, index)."""
        inodes = list({id(what): what for what in [*self.durable.values(), *self.now().values(),
                                                   *(w for _, c in self.pending for w in c.values())] if what}.values())
        return [("name", index) for index in range(len(self.pending))] + \
               [("data", inode, index) for inode in inodes for index in range(len(inode.pending))]

    def state(self, survivors, torn=None):
        """{path: bytes, or None for a folder} when these open changes lasted. torn: (change, sectors): that one in part."""
        names = self.names({change[1] for change in survivors if change[0] == "name"})
        kept = {}
        for change in survivors:
            if change[0] == "data":
                kept.setdefault(id(change[1]), {})[change[2]] = None
        if torn:
            kept.setdefault(id(torn[0][1]), {})[torn[0][2]] = torn[1]
        return {path: what.content(kept.get(id(what), {})) if what else None for path, what in names.items()}

    def states(self, rng, groups):
        """States that the disk may hold now: none, all, each change missing or alone, each file and each prefix, torn
        writes, and `groups` random subsets."""
        open_now = self.open_changes()
        yield self.state(open_now)
        if not open_now:
            return
        yield self.state([])
        for index, change in enumerate(open_now):
            others = open_now[:index] + open_now[index + 1:]
            yield self.state(others)
            yield self.state([change])
            yield self.state(open_now[:index])
            for sectors in tears(change, rng):
                yield self.state(others, (change, sectors))
                yield self.state(open_now[:index], (change, sectors))
        for inode in {id(change[1]): change[1] for change in open_now if change[0] == "data"}.values():
            own = [change for change in open_now if change[0] == "name" or change[1] is inode]
            yield self.state(own)
            yield self.state([change for change in open_now if change[0] == "name" or change[1] is not inode])
        for _ in range(groups):
            yield self.state([change for change in open_now if rng.random() < 0.5])


def tears(change, rng):
    """Numbers of sectors after which a write may be cut: the first, the last but one, one in between."""
    if change[0] == "name" or change[1].pending[change[2]][1] is None:
        return []
    place, piece = change[1].pending[change[2]]
    count = (place + len(piece) - 1) // SECTOR - place // SECTOR + 1
    return sorted({1, count - 1, rng.randrange(1, count)} - {count}) if count > 1 else []


def parents(path):
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        yield path


def quoted(arg):
    return data(arg).decode(errors="replace")


def data(arg):
    """Bytes of a quoted argument of `strace -xx`."""
    begin, end = arg.index('"') + 1, arg.rindex('"')
    return bytes.fromhex(arg[begin:end].replace("\\x", ""))


def digest(state):
    sum_ = hashlib.sha256()
    for path in sorted(state):
        content = state[path]
        sum_.update(path.encode() + (b"/" if content is None else b"\0" + hashlib.sha256(content).digest()))
    return sum_.digest()


def write(state, root):
    """Put a state into the empty folder `root`."""
    for path in sorted(state):
        target = os.path.join(root, path)
        if state[path] is None:
            os.mkdir(target, 0o700)
            continue
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(state[path])
