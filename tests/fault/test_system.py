"""Trouble with the system around a run, each case by its name. (Full devices, closed streams and outputs that are inputs: tests/cli/test_bad_input.py.)"""
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faults import SHIM, WHOLE, reason_to_skip  # noqa: E402
from cli import WRES, Case, is_sanitized, main, read_rows, table_text  # noqa: E402

USAGE, DATA, IO = 2, 3, 4
EARLIER = b"an earlier result\n"
HEADER = ["Effective Date", "Ethnic Origin", "Grade", "Staff Group", "Assignment Category", "Assignment Status"]
NURSES = "Nursing and Midwifery Registered"
BLOCK = 256 * 1024              # how much of a file is read at once
MIB, GIB = 1 << 20, 1 << 30
NOBODY = 65534


def row(number=0):
    return ["2025-03-31", "N African" if number % 4 == 3 else "A White - British", "Band 5", NURSES, "Permanent", "Active"]


def lines_of(count):
    return table_text(HEADER, [row(n) for n in range(count)])


LARGE = lines_of(2 * BLOCK // len(",".join(row())))      # two blocks, about


def heads(content):
    """Staff in all, as a result has them."""
    return [int(r["value"]) for r in read_rows(content) if (r["indicator"], r["section"], r["row"], r["by"], r["group"], r["statistic"]) == ("1", "all", "all", "all", "all", "count")]


class System(Case):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", lines_of(20))

    def assert_refused(self, outcome, status, *patterns, names=None):
        self.assertEqual((outcome.status, outcome.out), (status, b""), outcome)
        for pattern in ("(?m)^wres: error: ",) + patterns:
            self.assertRegex(outcome.err, pattern, outcome)
        if names is not None:
            self.assertEqual(sorted(os.listdir(self.folder)), sorted(names), outcome)


class Output(System):
    def test_file_size_limit_at_each_byte(self):
        """The disk that is full at byte N: the earlier file stays, until there is room for the whole of the new one."""
        if "coverage" in WRES:
            self.skipTest("the limit would meet the files of the coverage count, too")
        whole = self.wres("calc", "workforce=staff.csv", "--format", "csv").out
        for limit in (0, 1, 511, 4095, 4096, 4097, len(whole) - 1, len(whole)):
            with self.subTest(limit):
                self.write("out.csv", EARLIER)
                outcome = self.wres("calc", "workforce=staff.csv", "-o", "out.csv", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))  # noqa: B023
                fits = limit >= len(whole)
                self.assertEqual(outcome.status, 0 if fits else IO, outcome)
                self.assertEqual(self.read("out.csv"), whole if fits else EARLIER)
                self.assertEqual(sorted(os.listdir(self.folder)), ["out.csv", "staff.csv"])

    def test_links(self):
        """A link stays a link, over several steps and where its target is not there yet; the target is what is replaced."""
        whole = self.wres("calc", "workforce=staff.csv", "--format", "csv").out
        os.mkdir(self.path("there"))
        for name, target in (("there/target.csv", None), ("middle.csv", "there/target.csv"), ("first.csv", "middle.csv")):
            if target:
                os.symlink(target, self.path(name))
        for there in (True, False):
            with self.subTest(there=there):
                if there:
                    self.write("there/target.csv", EARLIER)
                else:
                    os.unlink(self.path("there/target.csv"))
                outcome = self.wres("calc", "workforce=staff.csv", "-o", "first.csv")
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual([os.path.islink(self.path(name)) for name in ("first.csv", "middle.csv", "there/target.csv")], [True, True, False])
                self.assertEqual(self.read("there/target.csv"), whole)
                self.assertEqual(os.listdir(self.path("there")), ["target.csv"])

    def test_links_in_a_circle(self):
        os.symlink("b.csv", self.path("a.csv"))
        os.symlink("a.csv", self.path("b.csv"))
        self.assert_refused(self.wres("calc", "workforce=staff.csv", "-o", "a.csv"), IO, r"a\.csv", "levels of symbolic links", names=["a.csv", "b.csv", "staff.csv"])

    def test_hard_link(self):
        """Another name of the earlier file keeps the earlier result: a new file takes the name of -o."""
        self.write("out.csv", EARLIER)
        os.link(self.path("out.csv"), self.path("kept.csv"))
        self.assertEqual(self.wres("calc", "workforce=staff.csv", "-o", "out.csv").status, 0)
        self.assertEqual(self.read("kept.csv"), EARLIER)
        self.assertNotEqual(self.read("out.csv"), EARLIER)

    def test_read_only_folder(self):
        os.mkdir(self.path("fixed"))
        self.write("fixed/out.csv", EARLIER)
        as_user = None
        if os.geteuid() == 0:       # whom permissions do not bind
            as_user = lambda: (os.setgid(NOBODY), os.setuid(NOBODY))  # noqa: E731
            os.chmod(self.folder, 0o755)
            try:
                if self.wres("--version", preexec_fn=as_user).status != 0:
                    self.skipTest("the program cannot be run as another user here")
            except (PermissionError, subprocess.SubprocessError):
                self.skipTest("the program cannot be run as another user here")
        os.chmod(self.path("fixed"), 0o555)
        outcome = self.wres("calc", "workforce=staff.csv", "-o", "fixed/out.csv", preexec_fn=as_user)
        os.chmod(self.path("fixed"), 0o755)
        self.assert_refused(outcome, IO, r"fixed/out\.csv: cannot be written: Permission denied")
        self.assertEqual((os.listdir(self.path("fixed")), self.read("fixed/out.csv")), (["out.csv"], EARLIER))

    def test_reader_that_goes_away(self):
        """wres ... | head -1: an error, said, and no signal."""
        self.write("large.csv", lines_of(20))
        pipe = subprocess.Popen([WRES, "calc", "workforce=large.csv", "--format", "json"], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pipesize=4096)
        self.assertEqual(pipe.stdout.read(1), b"{")
        pipe.stdout.close()
        said = pipe.stderr.read().decode()
        pipe.stderr.close()
        self.assertEqual(pipe.wait(), IO, said)
        self.assertRegex(said, r"standard output: cannot be written: Broken pipe")

    def test_standard_error_on_a_full_device(self):
        """Messages that cannot be written do not change the result."""
        whole = self.wres("calc", "workforce=staff.csv", "--format", "csv")
        with open("/dev/full", "wb") as full:
            outcome = self.wres("calc", "workforce=staff.csv", "--format", "csv", stderr=full)
            wrong = self.wres("calc", "workforce=none.csv", stderr=full)
        self.assertEqual((outcome.status, outcome.out), (0, whole.out))
        self.assertEqual((wrong.status, wrong.out), (IO, b""))


@unittest.skipIf(reason_to_skip(), reason_to_skip())
class Moments(System):
    """What happens between two calls of the program: it is stopped there, or gets a signal there."""

    def begin(self, fault, *words):
        environment = dict(os.environ, LD_PRELOAD=SHIM, WRES_FAULT=fault, WRES_FAULT_LOG=self.path("log"), LC_ALL="C.UTF-8", WRES_UNCONFINED="1")
        return subprocess.Popen([WRES] + list(words), cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)

    def calls(self, *words):
        self.begin("count", *words).communicate()
        names = [line.split()[2] for line in self.read("log").decode().splitlines() if line.startswith("call")]
        os.unlink(self.path("log"))
        return names

    def changed_at(self, number, change, *words):
        """The outcome (status, standard output, standard error) of a run in which change() happens right before a call."""
        process = self.begin("call:%d:stop" % number, *words)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        self.assertTrue(os.WIFSTOPPED(status), status)
        change()
        os.kill(process.pid, signal.SIGCONT)
        out, err = process.communicate()
        return process.returncode, out, err.decode()

    def second_read(self):
        words = ("calc", "workforce=large.csv", "--format", "csv")
        names = self.calls(*words)
        return [n for n, name in enumerate(names, 1) if name == "read"][1], words

    def assert_changed_is_said(self, change):
        self.write("large.csv", LARGE)
        number, words = self.second_read()
        status, out, err = self.changed_at(number, change, *words)
        self.assertEqual((status, out), (IO, b""), err)
        self.assertRegex(err, r"(?m)^wres: error: large\.csv: cannot be read: it was changed meanwhile")

    def test_a_file_that_grows(self):
        def change():
            with open(self.path("large.csv"), "a", encoding="utf-8") as file:
                file.write(",".join(row()) + "\n")
        self.assert_changed_is_said(change)

    def test_a_file_that_is_cut_at_a_line(self):
        """Nothing is wrong with what is left, and that is all that can be seen of it."""
        self.assert_changed_is_said(lambda: os.truncate(self.path("large.csv"), LARGE.index("\n", BLOCK) + 1))

    def test_a_file_that_is_cut_in_its_last_cell(self):
        self.assert_changed_is_said(lambda: os.truncate(self.path("large.csv"), LARGE.index("\n", BLOCK) - 2))

    def test_a_file_that_is_written_over(self):
        """Bytes for bytes: only the time of the change tells."""
        def change():
            time.sleep(0.02)
            with open(self.path("large.csv"), "r+b") as file:
                file.seek(LARGE.index("N African", BLOCK + 1000))
                file.write(b"A British")
        self.assert_changed_is_said(change)

    def test_a_file_that_vanishes_or_is_replaced_while_it_is_read(self):
        """What was opened is read to its end: the result is that of the file of the beginning."""
        self.write("large.csv", LARGE)
        number, words = self.second_read()
        whole = self.wres(*words).out

        def replace():
            self.write("new.csv", lines_of(5))
            os.rename(self.path("new.csv"), self.path("large.csv"))

        for change in (replace, lambda: os.unlink(self.path("large.csv"))):
            with self.subTest(change):
                status, out, err = self.changed_at(number, change, *words)
                self.assertEqual((status, out), (0, whole), err)
                self.write("large.csv", LARGE)

    def test_a_file_that_vanishes_before_it_is_opened(self):
        words = ("calc", "workforce=staff.csv", "--format", "csv")
        number = self.calls(*words).index("open64") + 1
        status, out, err = self.changed_at(number, lambda: os.unlink(self.path("staff.csv")), *words)
        self.assertEqual((status, out), (IO, b""), err)
        self.assertRegex(err, r"staff\.csv: cannot be opened: No such file")

    def test_a_folder_that_takes_the_name_of_the_output(self):
        words = ("calc", "workforce=staff.csv", "--format", "csv", "-o", "out.csv")
        number = self.calls(*words).index("rename") + 1
        os.unlink(self.path("out.csv"))
        status, _, err = self.changed_at(number, lambda: os.mkdir(self.path("out.csv")), *words)
        self.assertEqual(status, IO, err)
        self.assertRegex(err, r"out\.csv: cannot be written: Is a directory")
        self.assertEqual(sorted(os.listdir(self.folder)), ["log", "out.csv", "staff.csv"])

    def test_terminated_at_each_call(self):
        """SIGTERM: it dies of it, and the earlier output stays, or the new one is there; nothing else is left."""
        words = ("calc", "workforce=staff.csv", "--format", "csv", "-o", "out.csv")
        whole = self.wres(*words)
        new = self.read("out.csv")
        self.assertEqual(whole.status, 0, whole)
        for number, name in enumerate(self.calls(*words), 1):
            with self.subTest("%d %s" % (number, name)):
                self.write("out.csv", EARLIER)
                process = self.begin("call:%d:term" % number, *words)
                process.communicate()
                self.assertEqual(process.returncode, -signal.SIGTERM)
                self.assertIn(self.read("out.csv"), (EARLIER, new))
                self.assertEqual(sorted(set(os.listdir(self.folder)) - {"log"}), ["out.csv", "staff.csv"])


class Sizes(System):
    def stream(self, pieces, *words, limit=None):
        """A run that reads standard input from a pipe; limit: of its memory."""
        bounded = (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit and not is_sanitized() else None
        process = subprocess.Popen([WRES] + list(words), cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=bounded)
        got = []
        reader = threading.Thread(target=lambda: got.extend((process.stdout.read(), process.stderr.read())))
        reader.start()
        try:
            for piece in pieces:
                process.stdin.write(piece)
        except BrokenPipeError:         # it has seen enough
            pass
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        reader.join()
        process.stdout.close()
        process.stderr.close()
        return process.wait(), got[0], got[1].decode()

    def test_a_cell_of_100_mb(self):
        for quote in (b'"', b""):
            with self.subTest(quote):
                cell = [lines_of(3).encode(), b"2025-03-31," + quote] + [b"x" * MIB] * 100 + [quote + b",Band 5,,,\n"]
                status, out, err = self.stream(cell, "calc", "workforce=-", limit=100 * MIB)
                self.assertEqual((status, out), (DATA, b""), err)
                self.assertRegex(err, r"standard input:5: .*over 1 MiB")
                self.assertLess(len(err), 1000)

    def test_columns(self):
        """10,000 and not one more, in the header and in a row."""
        for columns, more, status in ((10_000, 0, 0), (10_001, 0, DATA), (10_000, 1, DATA), (10_000, -1, DATA)):
            with self.subTest(columns=columns, more=more):
                rows = [row(n) + ["x"] * (columns + more - len(HEADER)) for n in range(20)]
                self.write("wide.csv", table_text(HEADER + ["column %d" % n for n in range(columns - len(HEADER))], rows))
                begun = time.monotonic()
                outcome = self.wres("calc", "workforce=wide.csv", "--format", "csv", preexec_fn=lambda: is_sanitized() or resource.setrlimit(resource.RLIMIT_AS, (60 * MIB, 60 * MIB)))
                self.assertEqual(outcome.status, status, outcome)
                self.assertLess(time.monotonic() - begun, 20)
                if status == 0:
                    self.assertEqual(heads(outcome.out), [20])
                else:
                    self.assert_refused(outcome, DATA, r"wide\.csv:%d: " % (1 if columns > 10_000 else 2))

    def test_memory_that_runs_out_on_threads(self):
        """With every limit the whole result or an error: while a file is read, results are computed and rows are made on several threads."""
        if is_sanitized():
            self.skipTest("a build with sanitizers needs memory of its own")
        bands = ["Band %d" % band for band in range(2, 8)]
        rows = [row(n // 60)[:2] + [bands[n // 60 % len(bands)]] + row()[3:] + ["R%02d" % (n % 60)] for n in range(60 * 400)]
        self.write("many.csv", table_text(HEADER + ["Organisation"], rows))
        words = ["calc", "-q", "workforce=many.csv", "--format", "csv", "--threads", "3"]
        whole, ends = self.wres(*words).out, set()
        self.assertGreater(len(whole), MIB)
        for limit in range(16 * MIB, 48 * MIB, MIB // 2 if WHOLE else 2 * MIB):
            with self.subTest(limit):
                outcome = self.wres(*words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
                ends.add(outcome.status)
                if outcome.status == 0:
                    self.assertEqual(outcome.out, whole)
                else:
                    self.assert_refused(outcome, IO, "out of memory")
        self.assertEqual(ends, {0, IO})

    def test_counts_beyond_64_bits(self):
        """Of one cell, and of their sum: refused, and never wrapped round to a small number."""
        header = HEADER + ["Count"]
        for counts, pattern in (([2 ** 64 + 5], r"bad\.csv:2: count: "), ([2 ** 63], r"bad\.csv:2: count: "), ([10 ** 12], r"bad\.csv:2: count: "), (["9" * 400], r"bad\.csv:2: count: "),
                                ([999_999_999_999, 999_999_999_999], "add up to over")):
            with self.subTest(str(counts)[:30]):
                self.write("bad.csv", table_text(header, [row() + [count] for count in counts]))
                self.assert_refused(self.wres("calc", "workforce=bad.csv"), DATA, pattern)

    def test_more_than_4_gib(self):
        """Through a pipe, in little memory: every row counts, and the line of a mistake at the end is right."""
        if not WHOLE:
            self.skipTest("only in make fault: 4 GiB of rows, twice")
        line = (",".join(row()) + "\n").encode()
        at_once = MIB // len(line)
        turns = 4 * GIB // (at_once * len(line)) + 2
        head = (",".join(HEADER) + "\n").encode()
        begun = time.monotonic()
        status, out, err = self.stream([head] + [line * at_once] * turns, "calc", "workforce=-", "--format", "csv", limit=100 * MIB)
        self.assertEqual(status, 0, err)
        self.assertEqual(heads(out), [at_once * turns])
        print("%.2f GiB in %.0f s" % (at_once * turns * len(line) / GIB, time.monotonic() - begun))
        status, out, err = self.stream([head] + [line * at_once] * turns + [b"31/02/2025," + line.split(b",", 1)[1]], "calc", "workforce=-", limit=100 * MIB)
        self.assertEqual((status, out), (DATA, b""), err)
        self.assertRegex(err, r"standard input:%d: " % (at_once * turns + 2))

    def test_a_sparse_file_of_5_gib(self):
        """A hole reads as NUL bytes: refused at its first, without reading the rest."""
        with open(self.path("hole.csv"), "wb") as file:
            file.write(lines_of(3).encode())
            file.truncate(5 * GIB)
        begun = time.monotonic()
        self.assert_refused(self.wres("calc", "workforce=hole.csv"), DATA, r"hole\.csv:5: .*NUL")
        self.assertLess(time.monotonic() - begun, 20)


if __name__ == "__main__":
    main()
