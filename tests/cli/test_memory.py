"""Memory does not grow with rows, and by a few bytes only for each person: peaks of wres on streamed tables of two sizes.

The rows come through a pipe, so that nothing of the file is in the figures. Not measured where the build has sanitizers.
"""
import ctypes
import os
import subprocess
import sys
import threading
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import WRES, Case, is_sanitized, main, read_rows  # noqa: E402

ETHNICITIES = ("A White - British", "B White - Irish", "N Black or Black British - African", "H Asian or Asian British - Indian", "Z Not Stated")
BANDS = ("Band 2", "Band 5", "Band 6", "Band 7", "Band 8a")
HEADER = "Effective Date,Organisation,Employee Number,Ethnic Origin,Gender,Grade,Staff Group,Assignment Category,Team\n"
FEW, MANY = 100_000, 400_000
KIB = 1024
SET_CHILD_SUBREAPER = 36        # prctl: orphans below us become our children


def records(count, with_person):
    """The table in pieces of 10,000 rows."""
    yield HEADER if with_person else HEADER.replace("Employee Number,", "")
    for start in range(0, count, 10_000):
        yield "".join("2025-03-31,RGX,%s%s,%s,%s,Nursing and Midwifery Registered,Permanent,Ward %d\n" % (
            "%08d," % n if with_person else "", ETHNICITIES[n % 5], ("Female", "Male")[n % 2], BANDS[n // 5 % 5], n % 40) for n in range(start, start + 10_000))


def again():
    """Four rows of each person."""
    for turn in range(4):
        pieces = records(FEW, True)
        if turn:
            next(pieces)
        yield from pieces


def quarters(count, with_person):
    """Fifty thousand people of each, as time goes."""
    for quarter in range(count):
        pieces = records(50_000, with_person)
        header = next(pieces)
        if quarter == 0:
            yield header
        for piece in pieces:
            yield piece.replace("2025-03-31", "20%02d-%02d-28" % (15 + quarter // 4, 3 * (quarter % 4 + 1)))


def organisations(count):
    """Twenty-five people of each: of every ethnicity in every band."""
    yield HEADER.replace("Employee Number,", "")
    for start in range(0, count, 100):
        yield "".join("2025-03-31,R%05d,%s,Female,%s,Nursing and Midwifery Registered,Permanent,Ward\n" % (n, ethnicity, band)
                      for n in range(start, start + 100) for ethnicity in ETHNICITIES for band in BANDS)


def packed(pieces):
    """The same as gzip has it."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    for piece in pieces:
        yield packer.compress(piece.encode())
    yield packer.flush()


def peak(pieces, *options, command="calc"):
    """Peak memory in bytes and the rows of the result.

    A process that starts another hands its own peak on to it, and Python's is larger than that of wres. So a shell starts wres and
    ends, and wres becomes our child (main sets that up): what wait4 says of it is its own."""
    words = [WRES, command] + (["workforce=-", "--format", "csv", "-q"] if command != "init" else []) + list(options)
    shell = subprocess.Popen(["/bin/sh", "-c", 'exec 3<&0; "$@" <&3 & echo $! >&2', "sh"] + words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    number = int(shell.stderr.readline())
    shell.wait()
    output = []
    reader = threading.Thread(target=lambda: output.append(shell.stdout.read()))
    reader.start()
    for piece in pieces:
        shell.stdin.write(piece if isinstance(piece, bytes) else piece.encode())
    shell.stdin.close()
    reader.join()
    _, status, usage = os.wait4(number, 0)
    said = shell.stderr.read().decode()
    shell.stdout.close()
    shell.stderr.close()
    assert os.waitstatus_to_exitcode(status) == 0, said
    return usage.ru_maxrss * KIB, read_rows(output[0])


def everybody(rows):
    return [row["value"] for row in rows if (row["indicator"], row["section"], row["row"], row["by"], row["group"], row["statistic"]) == ("1", "all", "all", "all", "all", "count")]


class Memory(Case):
    def grows(self, with_person, *options):
        """Bytes by which the peak of the many lies over that of the few."""
        peaks = []
        for count in (FEW, MANY):
            used, rows = peak(records(count, with_person), *options)
            self.assertEqual(everybody(rows), [str(count)])
            peaks.append(used)
        print("%s: %.1f MB, %.1f MB" % (("persons" if with_person else "rows alone") + " " + " ".join(options), *(used / 1e6 for used in peaks)))
        return peaks[1] - peaks[0]

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_rows_without_person(self):
        self.assertLess(self.grows(False), 1_000_000)
        self.assertLess(self.grows(False, "--by", "sex,team"), 1_000_000)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_persons(self):
        self.assertLess(self.grows(True) / (MANY - FEW), 80)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_the_same_persons_again(self):
        """Four rows of each: what is kept is the person."""
        few, _ = peak(records(FEW, True))
        many, rows = peak(again())
        self.assertEqual(everybody(rows), [str(FEW)])
        self.assertLess(many - few, 1_000_000)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_snapshots(self):
        """Of those that are not asked for nothing stays: ten quarters take the memory of two (one with the beginning of the next)."""
        for with_person in (True, False):
            for command, options in (("calc", []), ("calc", ["--as-at", "2017-06-28"]), ("goals", ["--turnover", "10"])):
                with self.subTest(command, with_person=with_person, options=options):
                    peaks = []
                    for count in (2, 10):
                        used, rows = peak(quarters(count, with_person), *([] if count == 2 and command == "calc" else options), command=command)
                        self.assertIn(str(50_000 // 5), " ".join(str(sorted(row.items())) for row in rows))
                        peaks.append(used)
                    print("snapshots, %s%s: %.1f MB, %.1f MB" % (command, " with persons" if with_person else "", *(used / 1e6 for used in peaks)))
                    self.assertLess(peaks[1] - peaks[0], 1_000_000)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_every_command(self):
        """Nothing of a row stays: plain through a pipe, and packed."""
        for command in ("calc", "goals", "check"):
            options = {"goals": ["--turnover", "10"], "check": ["--values"]}.get(command, [])
            for form in (list, packed):
                with self.subTest(command, form=form.__name__):
                    peaks = [peak(form(records(count, False)), *options, command=command) for count in (FEW, MANY)]
                    said = " ".join(str(sorted(row.items())) for row in peaks[1][1])
                    self.assertRegex(said, r"\b%d\b" % (MANY // 5), "all rows were read")
                    print("%s %s: %.1f MB, %.1f MB" % (command, form.__name__, *(used / 1e6 for used, _ in peaks)))
                    self.assertLess(peaks[1][0] - peaks[0][0], 1_000_000)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_every_command_with_persons(self):
        """What is kept is for persons: some bytes each, and none more for the same persons again."""
        for command, most in (("goals", 80), ("check", 250)):
            options = {"goals": ["--turnover", "10"]}.get(command, [])
            with self.subTest(command):
                few, many = (peak(records(count, True), *options, command=command)[0] for count in (FEW, MANY))
                print("%s: %.0f bytes for each person" % (command, (many - few) / (MANY - FEW)))
                self.assertLess((many - few) / (MANY - FEW), most)
                self.assertLess(peak(again(), *options, command=command)[0] - few, 1_000_000)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_results(self):
        """Some bytes for each result, with the cells it is made of and its organisation; nothing of the output stays. A result has 130 characters."""
        for options, most in ((["--format", "csv"], 80), (["--format", "json"], 80), (["--format", "csv", "--correct", "bh"], 160)):
            with self.subTest(options):
                few, many = (peak(organisations(count), *options)[0] for count in (100, 2000))
                results = sum(1 for row in peak(organisations(100))[1] if row["organisation"] == "R00007") * 1900
                print("%s: %.0f bytes for each of %d results" % (" ".join(options), (many - few) / results, results))
                self.assertGreater(results, 150_000)
                self.assertLess((many - few) / results, most)

    @unittest.skipIf(is_sanitized(), "a build with sanitizers has a memory of its own")
    def test_init(self):
        peaks = []
        for count in (FEW, MANY):
            with open(self.path("staff.csv.gz"), "wb") as file:
                file.writelines(packed(records(count, False)))
            used, lines = peak([], self.folder, "-o", "-", "-q", command="init")
            self.assertIn("%d rows" % count, str(lines))
            peaks.append(used)
        print("init: %.1f MB, %.1f MB" % tuple(used / 1e6 for used in peaks))
        self.assertLess(peaks[1] - peaks[0], 1_000_000)

    def test_large_counts(self):
        """What the rows stand for does not matter either."""
        rows = "Effective Date,Ethnic Origin,Grade,Staff Group,Count\n" + "".join(
            "2025-03-31,%s,Band 5,Nursing and Midwifery Registered,%d\n" % (e, 90_000_000_000 + n) for n, e in enumerate(ETHNICITIES))
        _, result = peak([rows])
        self.assertEqual(everybody(result), [str(5 * 90_000_000_000 + 10)])


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    main()
