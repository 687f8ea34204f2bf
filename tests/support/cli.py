"""What the command-line tests share: a folder for each test, runs of wres, results as rows, and the closing count.

The program is the one that the environment variable WRES names. A test is a unittest.TestCase made of Case; a file ends in main().
"""
import csv
import io
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
EXAMPLE = os.path.join(ROOT, "data", "examples", "trust")
WRES = os.environ.get("WRES", os.path.join(ROOT, "build", "wres"))

KEY = ("standard", "indicator", "organisation", "period", "section", "row", "by", "by_value", "group", "statistic")
COLUMNS = KEY + ("value", "lower", "upper", "numerator", "denominator", "unit", "flag", "status", "note")
DISCLOSURE = "none: contains small numbers, not for publication"


def is_sanitized():
    """A build with sanitizers has a memory of its own kind."""
    return "asan" in WRES or "tsan" in WRES


def is_watched():
    """A build that is watched from inside (sanitizers, coverage, valgrind) is neither hardened nor confined."""
    return is_sanitized() or "coverage" in WRES or "valgrind" in WRES or bool(os.environ.get("WRES_UNCONFINED"))


class Outcome:
    """A run that has ended: its status, standard output (bytes) and standard error (text)."""

    def __init__(self, arguments, status, out, err):
        self.arguments, self.status, self.out = arguments, status, out
        self.err = err.decode("utf-8", "replace")

    def __str__(self):
        return "wres %s\n  status %s\n  stdout %d bytes: %.200r\n  stderr:\n    %s" % (
            " ".join(self.arguments), self.status, len(self.out), self.out, "\n    ".join(self.err[:3000].splitlines()))


def run(*arguments, folder=None, stdin=b"", environment=None, **more):
    """Runs wres in the folder. more: stdout, preexec_fn and the like, as subprocess.run takes them."""
    words = [str(word) for word in arguments]
    surroundings = dict(os.environ, **(environment or {}))
    feed = {} if "stdin_file" in more else {"input": stdin}
    if "stdin_file" in more:
        feed["stdin"] = more.pop("stdin_file")
    if "stdout" not in more:
        more["stdout"] = subprocess.PIPE
    if "stderr" not in more:
        more["stderr"] = subprocess.PIPE
    done = subprocess.run([WRES] + words, cwd=folder, env=surroundings, timeout=120, **feed, **more)
    return Outcome(words, done.returncode, done.stdout or b"", done.stderr or b"")


def table_text(header, rows):
    """CSV out of rows of cells, each quoted only where it must be."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def read_rows(content):
    """The rows of a result, as dictionaries."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def key_of(row):
    return tuple(row[name] for name in KEY)


def by_key(rows, *leave_out):
    """Rows by what names them (all columns of KEY but those left out), every name once."""
    names = [name for name in KEY if name not in leave_out]
    found = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        assert key not in found, "two rows are called %s" % (key,)
        found[key] = row
    return found


class Case(unittest.TestCase):
    """A test with a folder of its own (self.folder) that is gone afterwards."""

    longMessage = True
    maxDiff = 4000

    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="wres-test-")
        self.addCleanup(place.cleanup)
        self.folder = place.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return name

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def wres(self, *arguments, **more):
        more.setdefault("folder", self.folder)
        return run(*arguments, **more)

    def calc(self, *arguments, **more):
        """The rows of a calculation that must work."""
        outcome = self.wres("calc", *arguments, "--format", "csv", **more)
        self.assertEqual(outcome.status, 0, outcome)
        return read_rows(outcome.out)

    def assert_same_rows(self, first, second, what=""):
        """The same rows in the same order, every column."""
        self.assertEqual(len(first), len(second), what)
        for one, other in zip(first, second):
            self.assertEqual(one, other, what)


class Counting(unittest.TextTestResult):
    """Counts the parts of a test (subTest), too."""

    parts = 0

    def addSubTest(self, test, part, error):
        self.parts += 1
        super().addSubTest(test, part, error)


def main():
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    if not os.access(WRES, os.X_OK):
        sys.exit("no program at WRES=%s" % WRES)
    runner = unittest.TextTestRunner(stream=sys.stdout, resultclass=Counting, verbosity=1)
    result = runner.run(tests)
    for test, reason in result.skipped:
        print("skipped: %s: %s" % (test, reason))
    print("%d cases" % (result.testsRun + result.parts))
    sys.exit(0 if result.wasSuccessful() else 1)
