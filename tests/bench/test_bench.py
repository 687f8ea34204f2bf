"""The benchmark itself: its files are what they are said to be, the count beside which answers are held is that of wres on all of them, and
an answer that is wrong in one cell is found. Nothing is timed here.
"""
import collections
import csv
import os
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]
import answer  # noqa: E402
import report  # noqa: E402
from cli import Case, main  # noqa: E402

PROGRAMS = os.path.join(os.environ.get("BUILD", os.path.join(answer.ROOT, "build")), "tests", "bench")
GENERATOR, TIMED = os.path.join(PROGRAMS, "staff"), os.path.join(PROGRAMS, "timed")
ROWS, TRUSTS = 6000, 7


class Bench(Case):
    def staff(self, *words, rows=ROWS, trusts=TRUSTS):
        """The path of a generated file."""
        path = self.path("-".join(("staff", str(rows), str(trusts)) + words) + ".csv")
        with open(path, "wb") as file:
            subprocess.run([GENERATOR, str(rows), str(trusts), *words], stdout=file, check=True)
        return path

    def lookup(self):
        path = self.path("lookup.csv")
        if not os.path.exists(path):
            answer.write_lookup(GENERATOR, path)
        return path

    def counted(self, path, distinct):
        """The answer of Python's csv, by way of the file that it writes."""
        out = self.path("counted.csv")
        with open(out, "w", newline="") as file:
            answer.write(answer.count(path, answer.read_lookup(self.lookup()), distinct), file)
        return answer.read_peer(out)

    def of_wres(self, path, read, *words):
        done = self.wres(words[0], "-q", *words[1:], "workforce=" + path)
        self.assertEqual(done.status, 0, done)
        return read(self.path(self.write("wres.csv", done.out)))

    def calc(self, path):
        return self.of_wres(path, answer.read_calc, "calc", "--format", "csv")

    def cube(self, path):
        groups = answer.groups_of_categories()
        return self.of_wres(path, lambda file: answer.read_cube(file, groups), "cube")


class Files(Bench):
    def rows(self, path):
        with open(path, newline="") as file:
            return list(csv.reader(file))

    def test_the_same_bytes_each_time(self):
        with open(self.staff("ids"), "rb") as first:
            before = first.read()
        with open(self.staff("ids"), "rb") as second:
            self.assertTrue(before == second.read())

    def test_shape(self):
        rows = self.rows(self.staff())
        self.assertEqual(len(rows), ROWS + 1)
        self.assertEqual({len(row) for row in rows}, {12})
        self.assertEqual(len({row[1] for row in rows[1:]}), TRUSTS)
        self.assertTrue(all("," in row[10] for row in rows[1:]))
        size = os.path.getsize(self.staff())
        self.assertTrue(110 < size / ROWS < 130, size)

    def test_one_organisation_after_another(self):
        """But for those who stand there a second time later on."""
        rows = self.rows(self.staff("ordered"))[1:]
        turns = sum(before[1] != row[1] for before, row in zip(rows, rows[1:]))
        self.assertEqual({row[1] for row in rows}, {row[1] for row in self.rows(self.staff())[1:]})
        self.assertLess(turns, 2 * ROWS * 0.04)

    def test_variants_hold_the_same_cells(self):
        plain = self.rows(self.staff())
        self.assertEqual(self.rows(self.staff("quoted")), plain)
        self.assertEqual(self.rows(self.staff("crlf")), plain)
        self.assertEqual(self.rows(self.staff("ids"))[1:], plain[1:])
        with open(self.staff("quoted")) as file:
            self.assertTrue(all(line.count('"') == 24 for line in file))

    def test_some_persons_stand_there_twice(self):
        rows = self.rows(self.staff("ids"))[1:]
        times = collections.Counter(map(tuple, rows))
        self.assertTrue(20 < sum(number - 1 for number in times.values()) < 120, "rows repeated")
        persons = collections.Counter(row[2] for row in rows)
        banks = [row for row in rows if row[8] == "Bank" and persons[row[2]] > 1]
        self.assertTrue(50 < len(banks) < 240, len(banks))


class Answers(Bench):
    def test_wres_and_the_independent_count(self):
        for words, distinct in (((), False), (("ids",), True), (("quoted",), False), (("ordered", "quoted", "ids", "crlf"), True)):
            for trusts in (1, TRUSTS):
                with self.subTest(words=words, trusts=trusts):
                    path = self.staff(*words, trusts=trusts)
                    expected = self.counted(path, distinct)
                    self.assertGreater(len(expected.counts), 60)
                    self.assertEqual(answer.differences(self.calc(path), expected), [])
                    self.assertEqual(answer.differences(self.cube(path), expected), [])

    def test_persons_count_once(self):
        path = self.staff("ids")
        self.assertNotEqual(answer.differences(self.calc(path), self.counted(path, False)), [])

    def test_what_is_wrong_is_found(self):
        expected = self.counted(self.staff(), False)
        self.assertEqual(answer.differences(expected, expected), [])
        some = sorted(expected.counts)[17]

        def changed(**what):
            made = answer.Answer()
            made.counts, made.shares = dict(expected.counts), dict(expected.shares)
            if "count" in what:
                made.counts[some] += what["count"]
            if "share" in what:
                share, half = made.shares[some]
                made.shares[some] = (share + what["share"] * half, half)
            if what.get("missing"):
                del made.counts[some], made.shares[some]
            if what.get("more"):
                other = ("2025-03-31", "X99") + some[2:]
                made.counts[other], made.shares[other] = 1, (100, made.shares[some][1])
            if what.get("unshared"):
                del made.shares[some]
            if what.get("earlier"):
                made.counts = {("2024-03-31",) + key[1:]: people for key, people in made.counts.items()}
                made.shares = {}
            return answer.differences(made, expected)

        for what in ({"count": 1}, {"count": -1}, {"share": 3}, {"share": -3}, {"missing": True}, {"more": True}, {"unshared": True},
                     {"earlier": True}):
            with self.subTest(what):
                self.assertNotEqual(changed(**what), [])

    def test_which_periods(self):
        """Every period must be answered, by `wres calc` the latest alone."""
        expected = self.counted(self.staff(), False)
        earlier = {("2024-03-31",) + key[1:]: people for key, people in expected.counts.items()}
        both = answer.Answer()
        both.counts = {**expected.counts, **earlier}
        for latest_only in (False, True):
            made = answer.Answer(latest_only)
            made.counts = dict(expected.counts)
            self.assertEqual(answer.differences(made, both) == [], latest_only)
            self.assertNotEqual(answer.differences(both, expected), [])

    def test_shares_to_the_printed_digit(self):
        """1 of 16 is 6.25%: 6.3 half away from zero, 6.25 and 6.250000 as they are; nothing else."""
        for text, right in (("6.3", True), ("6.2", False), ("6.4", False), ("6.25", True), ("6.250000", True), ("6.25001", False)):
            with self.subTest(text):
                made = answer.Answer()
                rest = ("2025-03-31", "R", "clinical", "Band 5", "white")
                key = rest[:4] + ("bme",)
                made.counts, made.shares = {key: 1, rest: 15}, {key: answer.decimals_of(text), rest: answer.decimals_of("93.75")}
                self.assertEqual(answer.differences(made, made) == [], right)

    @unittest.skipUnless(shutil.which("mawk"), "mawk is not there")
    def test_a_peer_that_is_wrong_is_found(self):
        """mawk takes the files apart at commas: right as long as the quoted field comes last, wrong where all fields are quoted."""
        for words, right in (((), True), (("quoted",), False)):
            path, out = self.staff(*words), self.path("mawk.csv")
            subprocess.run(["mawk", "-v", "LOOKUP=" + self.lookup(), "-v", "OUT=" + out, "-v", "DISTINCT=0",
                            "-f", os.path.join(HERE, "peers", "count.awk"), path], check=True)
            self.assertEqual(answer.differences(answer.read_peer(out), self.counted(path, False)) == [], right)


class Measuring(Bench):
    def test_memory_is_of_the_process_alone(self):
        large = bytearray(b"x") * 200000000
        done = subprocess.run([TIMED, self.path("out"), os.devnull, "sh", "-c", "echo said; exit 3"], stdout=subprocess.PIPE, check=True)
        wall, _, _, peak, status = done.stdout.split()
        self.assertEqual(int(status), 3)
        self.assertEqual(self.read("out"), b"said\n")
        self.assertGreater(float(wall), 0)
        self.assertLess(int(peak), len(large) // 2048)

    def results(self, wall, peak):
        def case(rows, own, peer):
            return {"rows": rows, "nothing": {"node": {"wall": 0.1}}, "tools": {report.MEASURED: {"wall": own, "peak": peak * 1024, "fault": ""},
                                            report.PEER: {"wall": peer, "peak": 99, "fault": ""}}}
        return {"cases": {"full": case(1500000, wall, 1.1), "large": case(15000000, 13 * wall, 11)}}

    def test_bars(self):
        bars = {(row[0], row[1].split(",")[0]): row[3:] for row in report.bars(self.results(0.2, 20))}
        self.assertEqual(bars["1.5 million rows", "wall time"], ["0.182", "0.200", "held"])
        self.assertEqual(bars["1.5 million rows", "peak memory"], ["20.0", "", "not held"])
        self.assertEqual(bars["15 million rows", "wall time"], ["0.236", "0.239", "not held"])
        self.assertEqual(bars["15 million rows", "time per row"], ["1.300", "", "not held"])
        self.assertEqual(bars["10,000 rows", "wall time"], ["", "", "not measured"])

    def test_a_wrong_answer_holds_no_bar(self):
        results = self.results(0.1, 10)
        results["cases"]["full"]["tools"][report.MEASURED]["fault"] = "differs in 1 cells"
        self.assertEqual([row[5] for row in report.bars(results)][0], "wrong answer")

    def test_the_page_has_its_place_for_results(self):
        with open(os.path.join(answer.ROOT, "docs", "performance.md"), encoding="utf-8") as file:
            text = file.read()
        self.assertEqual((text.count(report.BEGIN + "\n"), text.count(report.END + "\n")), (1, 1))
        self.assertLess(text.index(report.BEGIN), text.index(report.END))


if __name__ == "__main__":
    main()
