"""Runs of wres with the shim: what it did, and whether that is allowed."""
import hashlib
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import WRES, is_sanitized  # noqa: E402

SHIM = os.environ.get("FAULT_SHIM", os.path.join(os.path.dirname(WRES), "tests", "fault", "shim.so"))
WHOLE = os.environ.get("FAULT", "") == "all"
IO = 4
SIGKILL = 9
UNFINISHED = re.compile(r"^\.wres-\w{6}$")
# libyaml 0.2.5 (yaml_parser_load_sequence, -_mapping): where its stack of nodes cannot grow, the stack it had made for the children is lost.
LIBYAML = re.compile(r"^leak (64|128) libyaml")
MESSAGE = re.compile(r"^wres: (error|warning|note|disclosure control|check|init): \S")


def reason_to_skip():
    if is_sanitized() or "coverage" in WRES:
        return "a build with sanitizers or coverage has allocations and files of its own"
    return None if os.access(SHIM, os.R_OK) else "no shim at %s" % SHIM


def turn(step):
    """Where a sample begins: the same for the same program, another for another."""
    with open(WRES, "rb") as file:
        return int.from_bytes(hashlib.sha256(file.read()).digest()[:4], "big") % step


class Ended:
    """What became of a run."""

    def __init__(self, what, status, out, err, output, left=(), leaks=(), log=""):
        self.what, self.status, self.out, self.err = what, status, out, err.decode("utf-8", "replace")
        self.output = output            # the bytes of the file of -o, None where there is none
        self.left, self.leaks, self.log = list(left), list(leaks), log
        self.silent = False             # messages could not be written

    def __str__(self):
        return "%s: status %s, stdout %d bytes, -o %s, left %s, leaks %s\n    %s\n    %s" % (
            self.what, self.status, len(self.out), "none" if self.output is None else "%d bytes" % len(self.output), self.left, self.leaks[:4], self.log.strip(),
            "\n    ".join(self.err[:600].splitlines()))


class Line:
    """A command line in a folder with its inputs; output: the file of -o, over which earlier stands; told: whether an end at which the output
    is another, whole one tells of the fault in it."""

    def __init__(self, folder, name, words, output=None, earlier=None, stdin=None, told=None):
        self.folder, self.name, self.words, self.output, self.earlier, self.stdin, self.told = folder, name, words, output, earlier, stdin, told
        self.log = os.path.join(folder, "..", "log")

    def path(self, name):
        return os.path.join(self.folder, name)

    def set_up(self):
        if os.path.exists(self.log):
            os.unlink(self.log)
        for name in os.listdir(self.folder):
            if name.startswith(".wres-"):
                os.unlink(self.path(name))
        if self.output and os.path.lexists(self.path(self.output)):
            os.unlink(self.path(self.output))
        if self.earlier is not None:
            with open(self.path(self.output), "wb") as file:
                file.write(self.earlier)

    def read(self, name):
        if not name or not os.path.exists(self.path(name)):
            return None
        with open(self.path(name), "rb") as file:
            return file.read()

    def read_log(self):
        with open(self.log, "rb") as file:
            return file.read()

    def start(self, fault, step=1, first=1, prefix=()):
        self.set_up()
        names = set(os.listdir(self.folder))
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "WRES_UNCONFINED": "1"}   # the shim opens files of its own
        if fault:
            environment.update(LD_PRELOAD=SHIM, WRES_FAULT=fault, WRES_FAULT_LOG=self.log, WRES_FAULT_STEP=str(step), WRES_FAULT_FIRST=str(first))
        stdin = open(self.path(self.stdin), "rb") if self.stdin else subprocess.DEVNULL
        try:
            done = subprocess.run(list(prefix) + [WRES] + self.words, cwd=self.folder, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=1800)
        finally:
            if self.stdin:
                stdin.close()
        left = sorted(set(os.listdir(self.folder)) - names - {self.output})
        return Ended("%s, %s" % (self.name, fault or "plainly"), done.returncode, done.stdout, done.stderr, self.read(self.output), left)

    def run(self, fault):
        ended = self.start(fault)
        lines = self.read_log().decode().splitlines() if os.path.exists(self.log) else []
        ended.leaks = [line for line in lines if line.startswith("leak")]
        ended.log = "; ".join(line for line in lines if line.startswith("met"))
        return ended

    def count(self):
        """Numbers of the allocations and the names of the calls of the operating system."""
        self.start("count")
        calls, allocations = [], 0
        for line in self.read_log().decode().splitlines():
            words = line.split(" ", 3)
            if words[0] == "call":
                calls.append(words[2])
            if words[0] == "end":
                allocations = int(words[1])
        return allocations, calls

    def count_by_strace(self, names):
        """Of each call of the kernel by its name the numbers that the program itself makes: what comes before its first prctl belongs to the loader."""
        trace = os.path.join(self.folder, "..", "trace")
        self.start(None, prefix=["strace", "-o", trace, "-e", "trace=prctl," + ",".join("?" + name for name in names)])
        numbers, seen, begun = {}, {}, False
        with open(trace, encoding="utf-8", errors="replace") as file:
            for text in file:
                name = text.split("(")[0]
                begun = begun or name == "prctl"
                seen[name] = seen.get(name, 0) + 1
                if begun and name in names:
                    numbers.setdefault(name, []).append(seen[name])
        return numbers

    def strace(self, name, number, what):
        ended = self.start(None, prefix=["strace", "-o", "/dev/null", "-e", "trace=" + name, "-e", "inject=%s:%s:when=%d" % (name, what, number)])
        ended.what = "%s, strace %s %d %s" % (self.name, name, number, what.replace("signal=KILL", "kill"))
        ended.silent = name == "write"          # a message, it may be
        return ended

    def each_allocation(self, step, first):
        """Every step-th allocation failed, once and with all behind it: what became of each, and of the run itself."""
        itself = self.start("alloc:each", step, first)
        log, at, faults = self.read_log(), 0, []
        while log.startswith(b"fault", at):
            head = log[at:log.index(b"\n", at)]
            at += len(head) + 1
            _, number, status, signal, ending, *sizes = head.decode().split()
            parts = []
            for size in sizes:
                parts.append(log[at:at + int(size)])
                at += int(size)
            out, err, notes, made = parts
            notes = notes.decode().splitlines()
            output = {"renamed": made}.get(ending, self.earlier)
            faults.append(Ended("%s, alloc:%s" % (self.name, number), int(status) if int(signal) == 0 else -int(signal), out, err, output,
                                ["unfinished"] if ending == "left" else [], [n for n in notes if n.startswith("leak")] if any(n.startswith("end") for n in notes) else ["no end"]))
        return itself, faults


def fault_in(ended, normal, line, prefix_is_allowed):
    """What is wrong with the end of a run in which something failed, or None: it must be whole or a clear error."""
    is_killed = ended.status == -SIGKILL
    if ended.status < 0 and not (is_killed and "kill" in ended.what):
        return "it died of signal %d" % -ended.status
    told = line.told is not None and not is_killed and line.told(ended)
    if ended.output not in (line.earlier, normal.output) and not told:
        return "the file of -o is neither the earlier one nor the new one"
    if is_killed:
        return None if all(UNFINISHED.match(name) for name in ended.left) and normal.out.startswith(ended.out) else "files left behind, or other output"
    if ended.left:
        return "a file is left behind"
    if ended.leaks and not (len(ended.leaks) == 1 and LIBYAML.match(ended.leaks[0]) and ended.status == IO):
        return "memory is not freed"
    if ended.status == normal.status and ended.out == normal.out and ended.output == normal.output:
        return None if ended.err == normal.err or ended.silent else "a whole result with other messages"
    if told:
        return None if not ended.out and all(MESSAGE.match(text) for text in ended.err.splitlines()) else "no clear message"
    if ended.status != IO:
        return "neither the whole result nor status 4"
    if not ended.silent and not all(MESSAGE.match(text) for text in ended.err.splitlines()) or not ended.silent and "wres: error: " not in ended.err:
        return "no clear message"
    if ended.out and not (prefix_is_allowed and normal.out.startswith(ended.out)):
        return "output in spite of the error"
    if "nothing was written" in ended.err and (ended.out or (ended.output != line.earlier)):
        return "it says that nothing was written"
    if "untouched" in ended.err and ended.output != line.earlier:
        return "it says that the earlier file is untouched"
    return None
