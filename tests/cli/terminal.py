#!/usr/bin/env python3
"""terminal.py [--columns N] [--apart] COMMAND… - the command on a terminal of its own, at which nobody types.

Prints what the terminal was sent, to the last byte, and ends with the command's exit code. --apart: stderr is not the
terminal but the caller's. script(1) would do but for this: it gives the last output 10 ms after the command's end, which
on a busy machine is not enough, and then all of it is gone.
"""
import argparse
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

PATIENCE = 60  # seconds for a command, should it wait for a key
DRAIN = 2  # seconds for what a process that it left behind still holds open


def start(args):
    apart = os.dup(2)
    pid, master = pty.fork()
    if pid == 0:
        if args.apart:
            os.dup2(apart, 2)
        os.close(apart)
        if args.columns:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 40, args.columns, 0, 0))
        try:
            os.execvp(args.command[0], args.command)
        except OSError as error:
            os.write(2, f"{args.command[0]}: {error.strerror}\n".encode())
        os._exit(127)
    os.close(apart)
    return pid, master


def show(master, seconds):
    """What the terminal is sent in that time; whether nothing has it open any more."""
    until = time.monotonic() + seconds
    while select.select([master], [], [], max(0.0, until - time.monotonic()))[0]:
        try:
            said = os.read(master, 65536)
        except OSError:  # EIO: and the kernel has handed out all that was written before
            return True
        sys.stdout.buffer.write(said)
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--columns", type=int)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    pid, master = start(args)
    end, ended, status, closed = time.monotonic() + PATIENCE, 0, 0, False
    while not closed and time.monotonic() < end:
        closed = show(master, 0.1)
        if not ended:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                end = time.monotonic() + DRAIN
    if closed and not ended:
        ended, status = os.waitpid(pid, 0)
    sys.stdout.flush()
    if not ended:
        sys.exit(f"terminal.py: still there after {PATIENCE} s: {' '.join(args.command)}")
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
