#!/usr/bin/env python3
"""Mutation testing of src/stats and src/indicator: `make mutate`.

Each mutant (mutants.py) is compiled alone into a shared object that is loaded before the library, so that its functions take the
places of the library's: nothing else is compiled or linked again. The unit tests of the layer come first, those that have killed most of
this function's and this file's mutants, and take least time, before others; then a few tests of the whole program. Of the tests in C only
those cases are run that come to the lines of the mutant's statement, as gcov tells (cases.c). What these let through they meet again with
the mutant under AddressSanitizer and UndefinedBehaviorSanitizer, as in `make check-asan`.

A mutant is killed when a test fails, crashes or does not end in time. One whose optimised assembly is that of the source is none, and
counted out, as is one that does not compile. The others have survived; tests/mutate/equivalent.txt says of them why no test can tell.

Environment:
    BUILD   where all is built; verdicts are remembered there by the text of the mutant and of its tests
    FILE    these files only (blanks between); FOLDERS the folders, src/stats and src/indicator by default
    SAMPLE  every n-th mutant only        JOBS  mutants at once, 1 by default
    FAST    1: neither sanitizers nor tests of the whole program: what these would kill survives. SANITIZE 1: sanitizers after all
    MOST    at most so many tests a mutant, for a first look
    KEEP    1: a mutant that was killed stays killed where only tests changed
    FRESH   1: nothing remembered counts (for changes in other sources than the mutant's own)
    LIST    1: lists the mutants and runs none

Exit status 1 where a folder's score is under 90%, or an entry of equivalent.txt belongs to no survivor.
"""
import collections
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import threading
import time

import mutants as m

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("BUILD", "build/mutate"))
CC = os.environ.get("CC", "cc")
FLAGS = "-std=c11 -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 -DWRES_UNCONFINED -w -Iinclude -Isrc".split()
LIBRARIES = "-lcsv -lcjson -lyaml -lcrypto -lz -lm".split()
EQUIVALENT = os.path.join(ROOT, "tests", "mutate", "equivalent.txt")
BAR = 90.0
SANITIZED = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
RUNTIME = subprocess.run([CC, "-print-file-name=libasan.so"], capture_output=True, text=True, check=True).stdout.strip()
DEADLIEST = 6
LIMIT = 1, 4, 4  # seconds of processor time that a test may take, and how often what it takes on the source as it is; those in C at most

# Tests of the whole program, quick ones, by layer; a word behind the file is a class of it.
PROGRAM_TESTS = {
    "stats": ["tests/backtest/test_disparity.py", "tests/backtest/test_wres_vectors.py"],
    "indicator": ["tests/backtest/test_disparity.py", "tests/backtest/test_wres_vectors.py", "tests/backtest/test_mwres_vectors.py",
                  "tests/cli/test_goals.py", "tests/backtest/test_goals.py", "tests/cli/test_golden.py"],
}
OTHER_TESTS = {"stats": ["tests/backtest/test_statistics.c"], "indicator": ["tests/unit/test_mended_figures.c"]}


GUARDED = re.compile("/test_(indicator_|mended_figures)")  # as in the Makefile


def option(name):
    return os.environ.get(name, "")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def digest(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:20]


def shared_support():
    return "".join(read(path) for path in sorted(glob.glob("tests/support/*", root_dir=ROOT)) if path.endswith((".h", ".py", "guard.c")))


class Test:
    """A test program: how it is run, and how long that takes on the source as it is."""

    def __init__(self, path, support):
        self.path, self.seconds = path, None
        self.name = os.path.basename(path).rsplit(".", 1)[0]
        self.is_c = path.endswith(".c")
        self.key = digest(read(path), support)
        self.program = os.path.join(BUILD, f"{self.name}-{digest(self.key, built_with())}")
        self.lock = threading.Lock()

    def ready(self, ending="", flags=()):
        """Builds and tries it, where that was not done before: with nothing loaded first it must pass."""
        program = self.program + ending
        seconds = program + ".seconds"
        if not os.path.exists(seconds):
            parts = [self.path, "tests/mutate/cases.c"] + (["tests/support/guard.c"] if GUARDED.search(self.path) else [])
            must(compile_to(program, parts, ["-O1", *flags, "-DGUARD_BEFORE_LIBRARY", "-Itests/support", "-L" + BUILD, "-Wl,-rpath," + BUILD],
                            [f"-l:libwres{ending}.so", "-lcmocka", *LIBRARIES]) if self.is_c else "")
            scratch = scratch_of("trying")
            if (self.run_sanitized if ending else self.run)("", scratch, None) is not None:
                sys.exit(f"mutate: {self.path} fails on the sources as they are")
            with open(seconds, "w", encoding="utf-8") as file:
                file.write(f"{SPENT.seconds}\n")
        with open(seconds, encoding="utf-8") as file:
            return float(file.read())

    def cases(self):
        done = subprocess.run([self.program], env=dict(os.environ, MUTATE_CASES="?"), capture_output=True, text=True, check=True)
        return [line[len("case "):] for line in done.stdout.splitlines() if line.startswith("case ")]

    def run(self, preload, scratch, limit=None, **more):
        """What fails (failure) with this object loaded first."""
        environment = dict(os.environ, WRES_TESTS="tests", LC_ALL="C.UTF-8", TMPDIR=scratch, PYTHONDONTWRITEBYTECODE="1", **more)
        if self.is_c:
            command = [self.program]
            environment["LD_PRELOAD"] = preload
        else:
            command = [sys.executable, self.path]
            environment["WRES"] = wrapper("wres", preload, scratch)
            environment["STATS_CLI"] = wrapper("stats_cli", preload, scratch)
        return failure(command, environment, limit)

    def run_sanitized(self, preload, scratch, limit, **more):
        """The same with the mutant, and the blocks of memory that the test hands out (guard.c), under the sanitizers."""
        environment = dict(os.environ, WRES_TESTS="tests", LC_ALL="C.UTF-8", TMPDIR=scratch, ASAN_OPTIONS="detect_leaks=0",
                           LD_PRELOAD=f"{RUNTIME} {preload}", **more)
        return failure([self.program + ".sanitized"], environment, limit, memory=None)


def wrapper(program, preload, scratch):
    path = os.path.join(scratch, program)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\nLD_PRELOAD='{preload}' exec '{BUILD}/{program}' \"$@\"\n")
    os.chmod(path, 0o755)
    return path


def limits(seconds, memory):
    def apply():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    return apply


SPENT = threading.local()


def ended(process):
    """How it ended; the processor time that it took is in SPENT."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    SPENT.seconds = usage.ru_utime + usage.ru_stime
    return process.returncode


def failure(command, environment, seconds, memory=1 << 30):
    """Runs to the first failure that the output tells of, or the end, or the limit of processor time (thrice that on the clock). None
    where all is well, else the case that failed, or "" where none is named."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT,
                               env=environment, start_new_session=True, preexec_fn=limits(seconds, memory))
    end = time.monotonic() + (3 * seconds + 10 if seconds else 600)
    seen = b""
    try:
        while True:
            ready, _, _ = select.select([process.stdout], [], [], max(0, end - time.monotonic()))
            piece = os.read(process.stdout.fileno(), 65536) if ready else b""
            seen = seen[-256:] + piece
            failed = re.search(rb"\[  FAILED  \] (\w+)\n", seen)
            if failed:
                return failed.group(1).decode()
            if not piece:
                return None if ready and ended(process) == 0 else ""
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.stdout.close()
        if process.returncode is None:
            ended(process)


def compile_to(target, sources, flags=(), libraries=()):
    done = subprocess.run([CC, *flags, *FLAGS, "-o", target, *sources, *libraries], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr


def must(error):
    if error:
        sys.exit("mutate: " + error)


def assembly(sources, flags):
    """What the optimising compiler makes of them; None where they do not compile."""
    texts = []
    for source in sources:
        done = subprocess.run([CC, *flags, *FLAGS, "-O2", "-S", "-o", "-", source], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        texts.append(re.sub(r'^\s*\.file.*$', "", done.stdout, flags=re.M))
    return "".join(texts)


class Library:
    """All of src as a shared library, the program and stats_cli linked with it, and the tests as they are wanted."""

    def __init__(self):
        os.makedirs(BUILD, exist_ok=True)
        archive, shared = os.path.join(BUILD, "libwres.a"), os.path.join(BUILD, "libwres.so")
        if not os.path.exists(shared) or os.path.getmtime(shared) < os.path.getmtime(archive):
            must(compile_to(shared, [], ["-shared", "-Wl,--whole-archive", archive, "-Wl,--no-whole-archive"], LIBRARIES))
        self.support = shared_support()
        self.tests, self.layers, self.has_programs = {}, {}, False
        self.lock = threading.Lock()
        if option("SANITIZE") or not option("FAST"):
            self.sanitized(shared)

    def sanitized(self, plain):
        """What mutants call is watched, too: it may be there that they read behind an end."""
        shared = os.path.join(BUILD, "libwres.sanitized.so")
        if os.path.exists(shared) and os.path.getmtime(shared) >= os.path.getmtime(plain):
            return
        objects = fresh(os.path.join(BUILD, "sanitized"))
        sources = [path for path in sorted(glob.glob("src/*/*.c", root_dir=ROOT)) if not path.startswith("src/cli/")]
        for number, source in enumerate([*sources, os.path.join(BUILD, "resources.c")]):
            must(compile_to(os.path.join(objects, f"{number}.o"), ["-c", source], ["-O1", "-fPIC", *SANITIZED]))
        must(compile_to(shared, sorted(glob.glob(objects + "/*.o")), ["-shared", *SANITIZED], LIBRARIES))

    def programs(self):
        """wres and stats_cli, when a test of the whole program is wanted for the first time."""
        linked = ["-O1", "-L" + BUILD, "-Wl,-rpath," + BUILD]
        must(compile_to(os.path.join(BUILD, "wres"), sorted(glob.glob("src/cli/*.c", root_dir=ROOT)), linked, ["-lwres", *LIBRARIES]))
        must(compile_to(os.path.join(BUILD, "stats_cli"), ["tests/support/stats_cli.c"], linked, ["-lwres", *LIBRARIES]))
        self.has_programs = True

    def reached(self, layer):
        with self.lock:
            if layer not in self.layers:
                self.layers[layer] = Reached(layer)
            return self.layers[layer]

    def test(self, path):
        with self.lock:
            if path not in self.tests:
                self.tests[path] = Test(path, self.support)
            test = self.tests[path]
            if not test.is_c and not self.has_programs:
                self.programs()
        with test.lock:
            if test.seconds is None:
                test.seconds = test.ready()
        return test


class Way(collections.namedtuple("Way", "test cases seconds")):
    """The cases of a test that come to a statement, None for all, and how long they take."""

    def limit(self):
        seconds = LIMIT[0] + LIMIT[1] * self.seconds
        return min(seconds, LIMIT[2]) if self.test.is_c else seconds

    def chosen(self):
        return {} if self.cases is None else {"MUTATE_CASES": f",{','.join(self.cases)},"}


class Reached:
    """The lines of a layer that each case of a test in C comes to, told by a build of the layer that counts them."""

    def __init__(self, layer):
        self.sources = sorted(glob.glob(f"src/{layer}/*.c", root_dir=ROOT))
        self.key = digest(*(read(path) for path in self.sources + sorted(glob.glob(f"src/{layer}/*.h", root_dir=ROOT))))
        self.folder = os.path.join(BUILD, "reached-" + layer)
        self.known = {}
        self.lock = threading.Lock()

    def built(self):
        """The shared object, made once for these sources."""
        counting = os.path.join(self.folder, self.key, "layer.so")
        if not os.path.exists(counting):
            fresh(self.folder)
            os.makedirs(os.path.dirname(counting))
            for source in self.sources:
                must(compile_to(self.place(source, "o"), ["-c", source], ["-O0", "-fPIC", "--coverage"]))
            must(compile_to(counting, [self.place(source, "o") for source in self.sources], ["-shared", "--coverage"]))
        return counting

    def place(self, source, ending):
        return os.path.join(self.folder, self.key, os.path.basename(source)[:-1] + ending)

    def by(self, test):
        """[[case, seconds, {file: lines come to}, {file: lines that are counted}]] of a test."""
        with self.lock:
            counting = self.built()
        with test.lock:
            if test.path not in self.known:
                path = os.path.join(self.folder, self.key, f"{test.name}-{test.key}.cases")
                if not os.path.exists(path):
                    with open(path + ".now", "w", encoding="utf-8") as file:
                        json.dump([[case, *self.counted(test, case, counting)] for case in test.cases()], file)
                    os.replace(path + ".now", path)
                with open(path, encoding="utf-8") as file:
                    self.known[test.path] = json.load(file)
            return self.known[test.path]

    def counted(self, test, case, counting):
        scratch = scratch_of("reached")
        if test.run(counting, scratch, GCOV_PREFIX=scratch, MUTATE_CASES=f",{case},") is not None:
            sys.exit(f"mutate: {test.path}: {case} fails alone on the sources as they are, with counters")
        seconds = SPENT.seconds
        data = [scratch + self.place(source, "gcda") for source in self.sources if os.path.exists(scratch + self.place(source, "gcda"))]
        come_to, counted = {}, {}
        if data:
            for path in data:
                os.symlink(os.path.join(self.folder, self.key, os.path.basename(path)[:-2] + "no"), path[:-2] + "no")
            done = subprocess.run(["gcov", "--json-format", "--stdout", *data], cwd=ROOT, capture_output=True, text=True, check=True)
            for file in (file for row in done.stdout.splitlines() if row for file in json.loads(row)["files"]):
                name = file["file"]
                if name.startswith("src/"):
                    counted[name] = sorted({line["line_number"] for line in file["lines"]} | set(counted.get(name, ())))
                    come_to[name] = sorted({line["line_number"] for line in file["lines"] if line["count"]} | set(come_to.get(name, ())))
        return seconds, come_to, counted

    def way(self, test, file, mutant):
        """The cases that come to the mutant's statement, as far as can be told."""
        statement = set(range(mutant.lines[0], mutant.lines[1] + 1))
        cases, seconds = [], 0
        for case, lasts, come_to, counted in self.by(test):
            if (mutant.function == "(file)" or statement.intersection(come_to.get(file, ()))
                    or not statement.intersection(counted.get(file, ()))):
                cases.append(case)
                seconds += lasts
        return Way(test, cases, seconds)


def built_with():
    """What test programs are built with, besides their own sources: the library stands for its headers, too."""
    with open(os.path.join(BUILD, "libwres.so"), "rb") as file:
        return read("tests/mutate/cases.c") + hashlib.sha256(file.read()).hexdigest()


def scratch_of(what):
    """A folder of this thread, empty."""
    return fresh(os.path.join(BUILD, f"scratch-{what}-{threading.get_ident()}"))


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


class Memory:
    """Verdicts of earlier runs and the tests that killed, in BUILD."""

    def __init__(self):
        self.path = os.path.join(BUILD, "verdicts.json")
        self.verdicts, self.kills = {}, {}
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as file:
                stored = json.load(file)
            self.kills = stored["kills"]
            self.verdicts = {} if option("FRESH") else stored["verdicts"]

    def save(self):
        with open(self.path + ".now", "w", encoding="utf-8") as file:
            json.dump({"verdicts": dict(self.verdicts), "kills": {of: dict(known) for of, known in self.kills.items()}}, file)
        os.replace(self.path + ".now", self.path)

    def kill(self, file, function, test, case):
        for of in (file, f"{file} {function}"):
            known = self.kills.setdefault(of, {})
            for what in (test.path, f"{test.path} {case}"):
                known[what] = known.get(what, 0) + 1

    def killed(self, file, function, what):
        """How often this test, or a case of it, has killed, a kill in the same function counting tenfold."""
        return self.kills.get(file, {}).get(what, 0) + 9 * self.kills.get(f"{file} {function}", {}).get(what, 0)


class File:
    """A source file under test. A header's mutants are compiled in all the sources that include it."""

    def __init__(self, path):
        self.path, self.text = path, read(path)
        self.layer = path.split("/")[1]
        stem = os.path.basename(path).rsplit(".", 1)[0]
        headers = [read(header) for header in glob.glob("include/wres/*.h", root_dir=ROOT) + glob.glob("src/*/*.h", root_dir=ROOT)]
        self.mutants = m.mutants_of(self.text, m.types_of(headers + [self.text]))
        self.sources = [path] if path.endswith(".c") else including(path)
        included = "".join(read(header) for header in sorted(glob.glob(f"src/{self.layer}/*.h", root_dir=ROOT)) if header != path)
        self.key = digest(included, "" if path.endswith(".c") else "".join(map(read, self.sources)))
        self.unit = sorted(glob.glob(f"tests/unit/test_{self.layer}_*.c", root_dir=ROOT)) + OTHER_TESTS[self.layer]
        own = re.compile(rf"tests/unit/test_{self.layer}_{stem}(_values)?\.c")
        self.own = [test for test in self.unit if own.fullmatch(test)]

    def ways(self, mutant, library, memory):
        """The tests that may notice this mutant, in the order in which they are tried."""
        def dear(way):
            path = way.test.path
            return way.seconds / (1 + memory.killed(self.path, mutant.function, path) + (3 if path in self.own else 0))
        reached = library.reached(self.layer)
        unit = sorted((way for way in (reached.way(library.test(path), self.path, mutant) for path in self.unit) if way.cases), key=dear)
        program = [] if option("FAST") else [library.test(path) for path in PROGRAM_TESTS[self.layer]]
        return self.deadliest_first(unit, mutant, memory) + sorted((Way(test, None, test.seconds) for test in program), key=dear)

    def deadliest_first(self, ways, mutant, memory):
        """The few cases that have killed most in this function come before the others of all tests."""
        kills = {(way.test, case): memory.killed(self.path, mutant.function, f"{way.test.path} {case}") for way in ways for case in way.cases}
        chosen = sorted((which for which in kills if kills[which]), key=kills.get, reverse=True)[:DEADLIEST]
        first, rest = [], []
        for way in ways:
            for part, cases in ((first, [case for case in way.cases if (way.test, case) in chosen]),
                                (rest, [case for case in way.cases if (way.test, case) not in chosen])):
                if cases:
                    part.append(Way(way.test, cases, way.seconds * len(cases) / len(way.cases)))
        return sorted(first, key=lambda way: -max(kills[way.test, case] for case in way.cases)) + rest


def including(header):
    """The sources that see a header of their layer, through other headers too."""
    folder = os.path.dirname(header)
    wanted = {header[len("src/"):]}
    while True:
        more = {path[len("src/"):] for path in glob.glob(f"{folder}/*.h", root_dir=ROOT) if any(f'"{name}"' in read(path) for name in wanted)}
        if more <= wanted:
            return [path for path in sorted(glob.glob(f"{folder}/*.c", root_dir=ROOT)) if any(f'"{name}"' in read(path) for name in wanted)]
        wanted |= more


class Trial:
    """One mutant of one file."""

    def __init__(self, file, mutant, library, memory):
        self.file, self.mutant, self.library, self.memory = file, mutant, library, memory
        self.key = digest(file.key, file.path, mutant.text)

    def verdict(self):
        """killed, equivalent, invalid or survived."""
        stored = self.memory.verdicts.get(self.key, {"passed": {}})
        kind = stored.get("kind")
        if kind in ("equivalent", "invalid") or (kind == "killed" and self.stands(stored)):
            return kind
        scratch = scratch_of("trial")
        verdict = self.tried(scratch, stored)
        self.memory.verdicts[self.key] = verdict
        return verdict["kind"]

    def stands(self, stored):
        killer = stored["by"]
        return os.path.exists(os.path.join(ROOT, killer)) and (option("KEEP") or self.library.test(killer).key == stored["key"])

    def tried(self, scratch, passed):
        preload = os.path.join(scratch, "mutant.so")
        flags, sources = self.laid(scratch)
        if compile_to(preload, sources, [*flags, "-O0", "-fPIC", "-shared"]):
            return {"kind": "invalid"}
        ways = self.file.ways(self.mutant, self.library, self.memory)
        ways = ways[:int(option("MOST") or len(ways))]
        verdict = {"kind": "survived", "passed": dict(passed.get("passed", {})), "sanitized": dict(passed.get("sanitized", {}))}
        for way in ways:
            if passed.get("passed", {}).get(way.test.path) == way.test.key:
                continue
            case = way.test.run(preload, scratch, way.limit(), **way.chosen())
            if case is not None:
                return self.killed(way.test, case)
        if not option("MOST"):
            verdict["passed"].update({way.test.path: way.test.key for way in ways})
        if assembly(sources, flags) == self.library.plain[self.file.path]:
            return {"kind": "equivalent"}
        if option("FAST") and not option("SANITIZE"):
            return verdict
        sanitized = os.path.join(scratch, "sanitized.so")
        must(compile_to(sanitized, sources, [*flags, *SANITIZED, "-O0", "-fPIC", "-shared"]))
        for way in ways:
            if not way.test.is_c or verdict["sanitized"].get(way.test.path) == way.test.key:
                continue
            with way.test.lock:
                way.test.ready(".sanitized", SANITIZED)
            case = way.test.run_sanitized(sanitized, scratch, 4 * way.limit(), **way.chosen())
            if case is not None:
                return self.killed(way.test, case)
        verdict["sanitized"].update({way.test.path: way.test.key for way in ways})
        return verdict

    def killed(self, test, case):
        self.memory.kill(self.file.path, self.mutant.function, test, case)
        return {"kind": "killed", "by": test.path, "key": test.key}

    def laid(self, scratch):
        """The mutant written, and how to compile it: a header is put where it is found before the one in src."""
        path = os.path.join(scratch, self.file.path[len("src/"):])
        os.makedirs(os.path.dirname(path))
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.mutant.text)
        return ([], [path]) if self.file.path.endswith(".c") else (["-I" + scratch], self.file.sources)


Reason = collections.namedtuple("Reason", "file function before after why line")


def reasons():
    """equivalent.txt: blocks of a line "FILE FUNCTION", lines "- as it is" and "+ as the mutant has it", and the reason."""
    found = []
    line = 1
    for block in (read(EQUIVALENT) if os.path.exists(EQUIVALENT) else "").split("\n\n"):
        rows = [row for row in block.split("\n") if row and not row.startswith("#")]
        why = " ".join(row for row in rows[1:] if row[:2] not in ("- ", "+ "))
        before = None
        for row in rows[1:]:
            if row.startswith("- "):
                before = m.squeezed(row[2:])
            elif row.startswith("+ "):
                if before is None or not why:
                    sys.exit(f"mutate: {EQUIVALENT}:{line}: the block lacks its '- ' line or a reason")
                found.append(Reason(*rows[0].split(), before, m.squeezed(row[2:]), why, line))
        line += block.count("\n") + 2
    return found


def explained(file, mutant, all_reasons):
    key = (file.path, mutant.function, mutant.before, mutant.after)
    return next((reason for reason in all_reasons if reason[:4] == key), None)


def score(killed, survived):
    return 100.0 if killed + survived == 0 else 100.0 * killed / (killed + survived)


def run_file(file, library, memory, all_reasons, pool):
    step = int(option("SAMPLE") or 1)
    chosen = file.mutants[::step]
    library.plain[file.path] = assembly(file.sources, [])
    collections.deque(pool.map(lambda path: library.reached(file.layer).by(library.test(path)), file.unit))
    trials = [Trial(file, mutant, library, memory) for mutant in chosen]
    counts, survivors, met = collections.Counter(), [], set()
    for trial, kind in zip(trials, pool.map(Trial.verdict, trials)):
        counts[kind] += 1
        if sum(counts.values()) % 10 == 0:
            memory.save()
        if kind == "survived":
            reason = explained(file, trial.mutant, all_reasons)
            survivors.append((trial.mutant, reason))
            met.add(reason)
    memory.save()
    return counts, survivors, met


def say(file, counts, survivors):
    known = sum(1 for _, reason in survivors if reason)
    print("%-32s %5d %7d %7d %10d %9d %10d %6.1f%%" % (
        file, sum(counts.values()), counts["invalid"], counts["killed"], counts["equivalent"], counts["survived"], known,
        score(counts["killed"], counts["survived"])), flush=True)


def shown(file, mutant):
    return f"{file.path}:{mutant.line} {mutant.function} {mutant.kind}\n- {mutant.before}\n+ {mutant.after}"


def chosen_files(folders):
    if option("FILE"):
        return option("FILE").split()
    found = [path for folder in folders for path in sorted(glob.glob(folder + "/*.[ch]", root_dir=ROOT))]
    return found


def main():
    folders = (option("FOLDERS") or "src/stats src/indicator").split()
    files = [file for file in map(File, chosen_files(folders)) if file.mutants]
    if option("LIST"):
        for file in files:
            for mutant in file.mutants:
                print(shown(file, mutant))
        return 0
    os.chdir(ROOT)
    library, memory, all_reasons = Library(), Memory(), reasons()
    library.plain = {}
    totals, met = collections.defaultdict(lambda: (collections.Counter(), [])), set()
    with open(os.path.join(BUILD, "survivors.txt"), "w", encoding="utf-8"):
        pass
    print("%-32s %5s %7s %7s %10s %9s %10s %7s" % ("file", "all", "invalid", "killed", "equivalent", "survived", "explained", "score"), flush=True)
    with concurrent.futures.ThreadPoolExecutor(int(option("JOBS") or 1)) as pool:
        for file in files:
            counts, survivors, used = run_file(file, library, memory, all_reasons, pool)
            say(file.path, counts, survivors)
            with open(os.path.join(BUILD, "survivors.txt"), "a", encoding="utf-8") as listing:
                listing.writelines(f"\n{shown(file, mutant)}\n" for mutant, reason in survivors if not reason)
            met |= used
            folder = os.path.dirname(file.path)
            totals[folder][0].update(counts)
            totals[folder][1].extend(survivors)
    for folder, (counts, survivors) in totals.items():
        say(folder, counts, survivors)
    with open(os.path.join(BUILD, "survivors.txt"), encoding="utf-8") as listing:
        print(listing.read(), end="")
    paths = {file.path for file in files}
    stale = [] if option("SAMPLE") else [reason for reason in all_reasons if reason.file in paths and reason not in met]
    for reason in stale:
        print(f"\nstale: {os.path.relpath(EQUIVALENT, ROOT)}:{reason.line}: {reason.file} {reason.function}\n"
              f"- {reason.before}\n+ {reason.after}")
    under = [folder for folder, (counts, _) in totals.items() if score(counts["killed"], counts["survived"]) < BAR]
    for folder in under:
        print(f"\n{folder}: under {BAR:g}%")
    return 1 if under or stale else 0


if __name__ == "__main__":
    sys.exit(main())
