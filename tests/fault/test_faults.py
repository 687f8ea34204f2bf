"""Every allocation and every call of the operating system that can fail is failed: the result is whole, or there is a clear error.

Plainly a sample, another for every build of the program; with FAULT=all (make fault) each of them.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faults import IO, WHOLE, Line, fault_in, reason_to_skip, turn  # noqa: E402
from cli import main, table_text  # noqa: E402

ALLOCATIONS, CALLS = (1, 1) if WHOLE else (139, 11)      # every how manieth
MOST_SHOWN = 5
EARLIER = b"an earlier result\n"
TRACED = {"openat": "EMFILE", "read": "EIO", "newfstatat": "EIO", "fstat": "EIO", "close": "EIO", "write": "ENOSPC", "fsync": "EIO", "rename": "EIO", "unlink": "EIO", "getdents64": "EIO",
          "fchmod": "EPERM", "readlink": "EIO", "lseek": "EIO", "getrandom": "ENOSYS", "mmap": "ENOMEM", "mremap": "ENOMEM", "munmap": "EINVAL"}

STAFF = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Sex at work", "Grade", "Staff Group", "Team", "Assignment Category", "Assignment Status"]
NURSES = "Nursing and Midwifery Registered"
SETTINGS = """
as_at: 2025-03-31
inputs:
  workforce:
    file: staff.csv
    columns: {sex: Sex at work}
    values:
      ethnicity: {Home Counties: A White - British}
    leave_out:
      Team: [Hosted]
  cases: cases.csv
"""
OWN_STANDARD_ID = "wres-2025"


def staff(count=40):
    ethnicities = ("A White - British", "N African", "Home Counties", "J Pakistani", "Z Not Stated", "C Any other White background")
    return [["2025-03-31", "R%s" % ("AA", "BB")[n % 3 == 0], "P%04d" % n, ethnicities[n % 6], ("Female", "Male")[n % 2], ("Band 5", "Band 7", "Band 8a", "Band 8b", "Band 9")[n % 5],
             NURSES, ("North", "South, upper", "Hosted")[n % 3], "Permanent", "Active"] for n in range(count)]


def make_inputs(folder, wres):
    def write(name, text):
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    cases = [["2025-01-%02d" % (n + 1), "C%d" % n, "P%04d" % n, "Disciplinary", "Y"] for n in range(9)]
    recruitment = [["2025-02-01", "V%d" % (n // 4), "A%d" % n, ("A White - British", "N African")[n % 2], ("Shortlisted", "Appointed")[n % 3 == 0]] for n in range(20)]
    known = [row[:3] + ["A White - British" if row[3] == "Home Counties" else row[3]] + row[4:] for row in staff()]
    gender = STAFF[:4] + ["Gender"] + STAFF[5:]
    write("staff.csv", table_text(STAFF, staff()))
    write("cases.csv", table_text(["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal"], cases))
    write("all.yaml", SETTINGS)
    write("exports/workforce-1.csv", table_text(gender, known[:20]))
    write("exports/workforce-2.csv", table_text(gender, known[20:]))
    write("exports/cases.csv", table_text(["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal"], cases))
    write("exports/recruitment.csv", table_text(["Date Shortlisted", "Vacancy", "Applicant", "Ethnic Origin", "Stage"], recruitment))
    write("exports/other.csv", "a,b\n1,2\n")
    write("plain.csv", table_text(gender, known))
    write("snapshots.csv", table_text(gender, [[date, row[1], "P%05d" % n] + row[3:] for date in ("2024-09-30", "2025-03-31") for n, row in enumerate(known * 400)]))
    bad = [row[:] for row in known]
    for n, row in enumerate(bad):
        row[0] = "31/02/2025" if n % 2 else row[0]
        row[3] = "Blue %d" % n
    write("bad.csv", table_text(gender, bad))
    write("empty.csv", "")
    write("mistakes.yaml", "as_at: 2025-13-01\ninput:\n  workforce: staff.csv\nby: [sex, sex]\n")
    write("query.yaml", "inputs:\n  workforce:\n    file: plain.csv\n    columns: {snapshot_date: Effective Date, ethnicity: Ethnic Origin, person_id: Employee Number}\n")
    write("others.csv", table_text(gender, [[row[0], "RC" + row[1][2]] + row[2:] for row in known]))
    write("others-cube.csv", wres("cube", "-q", "workforce=" + os.path.join(folder, "others.csv"), "--as-at", "2025-03-31"))
    write("cube.csv", wres("cube", "-q", "workforce=" + os.path.join(folder, "plain.csv"), "--as-at", "2025-03-31"))
    write("own.yaml", wres("standards", OWN_STANDARD_ID).replace("standard: " + OWN_STANDARD_ID, "standard: own-2025", 1))
    write("own-table.yaml", wres.resource("tables/cases.yaml"))
    write("own-codes.csv", wres("codes", "ethnicity"))


def reports_an_error(ended):
    """The report of a check says what was wrong with its inputs: also that one could not be read."""
    if ended.status != IO or "wres: error: " not in ended.err or ended.output in (None, EARLIER):
        return False
    return any(finding["severity"] == "error" for finding in json.loads(ended.output)["findings"])


def passes_over(ended):
    """'init' looks for exports among whatever files are there: one that cannot be read is none, and that is said."""
    return ended.status == 0 and "passed over: " in ended.err and re.search(rb"(?m)^# Not read: ", ended.output or b"") is not None


def command_lines(folder):
    out = {"output": "out", "earlier": EARLIER}
    lines = [
        Line(folder, "calc, CSV, settings", ["calc", "--settings", "all.yaml", "--format", "csv"]),
        Line(folder, "calc, JSON over a file", ["calc", "--settings", "all.yaml", "--format", "json", "-o", "out"], **out),
        Line(folder, "calc, CSV to a new file", ["calc", "-q", "workforce=plain.csv", "--format", "csv", "-o", "out"], output="out"),
        Line(folder, "a snapshot is let go", ["calc", "-q", "workforce=snapshots.csv", "--threads", "1", "--format", "csv", "-o", "out"], **out),
        Line(folder, "calc, table", ["calc", "-v", "--settings", "all.yaml", "--format", "table", "--hash"]),
        Line(folder, "a folder", ["calc", "exports", "--format", "csv", "-o", "out"], **out),
        Line(folder, "standards and groups", ["calc", "-q", "workforce=plain.csv", "--standard", "wres-2025", "--standard", "mwres-2021", "--groups", "5", "--by", "sex",
                                              "--by", "organisation", "--format", "table", "-o", "out"], **out),
        Line(folder, "standard input", ["calc", "workforce=-", "--format", "json"], stdin="plain.csv"),
        Line(folder, "files of one's own", ["calc", "workforce=plain.csv", "cases=cases.csv", "--standard", "own.yaml", "--table", "own-table.yaml", "--codes", "own-codes.csv",
                                            "--format", "csv", "-o", "out"], **out),
        Line(folder, "goals", ["goals", "workforce=plain.csv", "--turnover", "10", "--by-date", "2028-03-31", "--format", "json", "-o", "out"], **out),
        Line(folder, "goals, table", ["goals", "workforce=plain.csv", "--turnover", "10", "--format", "table"]),
        Line(folder, "many mistakes", ["calc", "workforce=bad.csv", "-o", "out"], **out),
        Line(folder, "an empty file", ["calc", "workforce=empty.csv", "-o", "out"], **out),
        Line(folder, "settings with mistakes", ["calc", "--settings", "mistakes.yaml"]),
        Line(folder, "check", ["check", "exports", "--format", "json", "-o", "out"], told=reports_an_error, **out),
        Line(folder, "check, many mistakes", ["check", "workforce=bad.csv", "--values", "--format", "json", "-o", "out"], told=reports_an_error, **out),
        Line(folder, "init", ["init", "exports", "-o", "out"], output="out", told=passes_over),
        Line(folder, "cube", ["cube", "--settings", "all.yaml", "-o", "out"], **out),
        Line(folder, "calc, counts of a cube", ["calc", "cube=cube.csv", "cube=-", "--format", "csv", "-o", "out"], stdin="others-cube.csv", **out),
        Line(folder, "a query", ["sql", "--dialect", "postgres", "--settings", "query.yaml", "--as-at", "2025-03-31"]),
        Line(folder, "explain", ["explain", "own.yaml"]),
        Line(folder, "standards", ["standards"]),
        Line(folder, "codes", ["codes"]),
        Line(folder, "tables", ["tables", "workforce"]),
        Line(folder, "schema", ["schema"]),
    ]
    only = os.environ.get("FAULT_LINE")
    return [line for line in lines if not only or only == line.name]


def plans_of(calls):
    """Every way in which each of the calls of the operating system is failed."""
    plans = []
    for number, name in enumerate(calls, 1):
        ways = [("", "EIO"), ("", "EACCES"), ("", "ENOSPC"), ("", "EINTR"), ("+", "EIO"), ("+", "ENOMEM"), ("", "kill")]
        if name in ("read", "write"):
            ways += [(more, what) for more in ("", "+") for what in ("short", "EAGAIN")]
        if name == "write":
            ways += [("", "none"), ("+", "none")]
        plans += ["call:%d%s:%s" % (number, more, what) for more, what in ways]
    return plans


class Words:
    """What the program prints itself, for files of one's own."""

    def __call__(self, *words):
        from cli import run
        return run(*words).out.decode()

    @staticmethod
    def resource(name):
        from cli import ROOT
        with open(os.path.join(ROOT, "data", name), encoding="utf-8") as file:
            return file.read()


@unittest.skipIf(reason_to_skip(), reason_to_skip())
class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        place = tempfile.TemporaryDirectory(prefix="wres-fault-")
        cls.addClassCleanup(place.cleanup)
        folder = os.path.join(place.name, "work")
        os.mkdir(folder)
        make_inputs(folder, Words())
        cls.lines = command_lines(folder)

    def check(self, line, faults, normal, prefix_is_allowed=False):
        wrong = [(fault_in(ended, normal, line, prefix_is_allowed), ended) for ended in faults]
        wrong = [(reason, ended) for reason, ended in wrong if reason]
        kinds = {reason: sum(reason == other for other, _ in wrong) for reason, _ in wrong}
        shown, seen = [], {}
        for reason, ended in wrong:
            seen[reason] = seen.get(reason, 0) + 1
            if seen[reason] <= MOST_SHOWN:
                shown.append("  %s: %s" % (reason, ended))
        self.assertFalse(wrong, "%d of %d faults: %s\n%s" % (len(wrong), len(faults), kinds, "\n".join(shown)))

    def plainly(self, line):
        normal = line.start(None)
        again = line.run("count")
        self.assertIn(normal.status, (0, 2, 3), normal)
        self.assertEqual((again.status, again.out, again.err, again.output, again.leaks), (normal.status, normal.out, normal.err, normal.output, []), again)
        return normal

    def test_allocations(self):
        total = 0
        for line in self.lines:
            with self.subTest(line.name):
                begun = time.monotonic()
                normal = self.plainly(line)
                itself, faults = line.each_allocation(ALLOCATIONS, 1 + turn(ALLOCATIONS))
                self.assertEqual((itself.status, itself.out, itself.output), (normal.status, normal.out, normal.output), itself)
                allocations, _ = line.count()
                self.assertEqual(len(faults), 2 * len(range(1 + turn(ALLOCATIONS), allocations + 1, ALLOCATIONS)))
                total += len(faults)
                print("%-26s %6d allocations, %6d failed: %d whole, %d errors, %.1f s" % (
                    line.name, allocations, len(faults), sum(f.status != IO for f in faults), sum(f.status == IO for f in faults), time.monotonic() - begun))
                self.check(line, faults, normal)
        print("%d faults of allocations" % total)

    def test_calls(self):
        total = 0
        for line in self.lines:
            with self.subTest(line.name):
                begun = time.monotonic()
                normal = self.plainly(line)
                _, calls = line.count()
                faults = [line.run(plan) for plan in plans_of(calls)[turn(CALLS)::CALLS]]
                total += len(faults)
                print("%-26s %6d calls, %6d failed: %d whole, %d errors, %.1f s" % (
                    line.name, len(calls), len(faults), sum(f.status != IO for f in faults), sum(f.status == IO for f in faults), time.monotonic() - begun))
                self.check(line, faults, normal, prefix_is_allowed=True)
        print("%d faults of calls" % total)

    @unittest.skipUnless(WHOLE, "only in make fault")
    def test_calls_by_strace(self):
        """As the kernel sees them: also those that the C library makes for its own purposes, and want of memory as mmap."""
        if subprocess.run(["sh", "-c", "strace -o /dev/null true"], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("strace is not here, or not allowed")
        total = 0
        for line in self.lines:
            with self.subTest(line.name):
                begun, normal = time.monotonic(), line.start(None)
                faults = [line.strace(name, number, what) for name, count in line.count_by_strace(TRACED).items() for number in count for what in ("error=" + TRACED[name], "signal=KILL")]
                total += len(faults)
                print("%-26s %6d failed by strace: %d whole, %d errors, %.1f s" % (
                    line.name, len(faults), sum(f.status == normal.status for f in faults), sum(f.status == IO for f in faults), time.monotonic() - begun))
                self.check(line, faults, normal, prefix_is_allowed=True)
        print("%d faults by strace" % total)


if __name__ == "__main__":
    main()
