"""Counts in the place of records: a calculation on cubes is that on the records, byte for byte; cubes add up; what is no cube, or not the
cube for what is asked, is refused with its line.
"""
import csv
import io
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import exports  # noqa: E402
from cli import ROOT, Case, main, read_rows, run, table_text  # noqa: E402

EXAMPLES = os.path.join(ROOT, "data", "examples")
BUILT_IN = [line.split()[0] for line in run("standards").out.decode().splitlines() if line.strip()]
HEADER = ("record,id,name,value,organisation,date,group,count,hidden_counts,hidden_open,hidden_room,hidden_least,percent,"
          + ",".join("axis_%d" % n for n in range(1, 14)))


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def text_of(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def blank(**cells):
    return dict({name: "" for name in HEADER.split(",")}, **cells)


class Equal(Case):
    """Results on a cube and on the records it was made from."""

    def assert_equal(self, folder, for_both, for_calc=(), command="calc", standard=()):
        cube = self.path("made.csv")
        made = self.wres("cube", "-q", "-o", cube, *for_both, *standard, folder=folder)
        self.assertEqual(made.status, 0, made)
        options = [*for_both, *for_calc, "--format", "csv", "--raw"]
        records = self.wres(command, *options, folder=folder)
        counts = self.wres(command, *options, "cube=" + cube, folder=folder)
        self.assertEqual(records.status, 0, records)
        self.assertEqual(counts.status, 0, counts)
        self.assertGreater(len(records.out), 500)
        self.assertTrue(records.out == counts.out, (folder, for_both, for_calc))
        self.assertEqual(sorted(records.err.splitlines()), sorted(counts.err.splitlines()))

    def test_a_cube_of_one_standard(self):
        for standard in ("wres-2025", "mwres-2021"):
            with self.subTest(standard):
                self.assert_equal(os.path.join(EXAMPLES, "trust"), ["--standard", standard])

    def test_every_standard_from_one_cube(self):
        each = [word for standard in BUILT_IN for word in ("--standard", standard)]
        folder, cube = os.path.join(EXAMPLES, "trust"), self.path("all.csv")
        self.assertEqual(self.wres("cube", "-q", "-o", cube, *each, folder=folder).status, 0)
        for standard in BUILT_IN:
            with self.subTest(standard):
                counts = self.wres("calc", "--standard", standard, "cube=" + cube, "--format", "csv")
                records = self.wres("calc", "--standard", standard, "--format", "csv", folder=folder)
                self.assertTrue(counts.out == records.out, counts)

    def test_every_example(self):
        for name in sorted(os.listdir(EXAMPLES)):
            with self.subTest(name):
                self.assert_equal(os.path.join(EXAMPLES, name), [])

    def test_breakdowns_and_what_is_asked_of_them(self):
        trust = os.path.join(EXAMPLES, "trust")
        for both, calc in ((["--by", "sex", "--by", "team", "--by", "sex,band"], ["--groups", "16"]),
                           (["--stratify", "band,section"], ["--unknown", "exclude", "--correct", "holm"]),
                           (["--as-at", "2024-06-30"], ["--groups", "5", "--chinese", "asian"]),
                           (["--by", "organisation"], ["--decimals", "4"])):
            with self.subTest(both):
                self.assert_equal(trust, both, calc)

    def test_one_of_the_organisations(self):
        for both, calc in (([], ["--organisation", "RZ7"]), (["--organisation", "RZ7"], []), (["--by", "band"], ["--groups", "5"])):
            with self.subTest((both, calc)):
                self.assert_equal(os.path.join(EXAMPLES, "system"), both, calc)

    def test_goals(self):
        for options in ([], ["--turnover", "10", "--every", "quarter"], ["--baseline", "2024-06-30"]):
            with self.subTest(options):
                self.assert_equal(os.path.join(EXAMPLES, "trust"), [], options, "goals", ["--standard", "model-employer"]) \
                    if not options else self.assert_goals(options)

    def assert_goals(self, options):
        folder, cube = os.path.join(EXAMPLES, "trust"), self.path("goals.csv")
        self.assertEqual(self.wres("cube", "-q", "-o", cube, "--standard", "model-employer", folder=folder).status, 0)
        records = self.wres("goals", *options, "--format", "csv", folder=folder)
        counts = self.wres("goals", *options, "--format", "csv", "cube=" + cube, folder=folder)
        self.assertEqual(records.status, 0, records)
        self.assertTrue(records.out == counts.out, counts)

    def test_counts_that_are_hidden_and_percentages_without_counts(self):
        self.write("workforce.csv", "Snapshot Date,Ethnicity,Band,Staff Group,Count\n" + "".join(
            "2025-03-31,%s,Band %d,Nursing and Midwifery Registered,%s\n" % (ethnicity, band, count)
            for band in (5, 6, 7) for ethnicity, count in (("White - British", 40 * band), ("Indian", "<5" if band == 6 else 12), ("Not stated", "[c]"))))
        self.write("survey.csv", "Survey Year,Ethnicity,Question,Percent,Base\n" + "".join(
            "2024,%s,harassment_public,%s,%s\n" % row for row in (("White", "27.5", "612"), ("BME", "*", "88"))))
        self.write("wres.yaml", 'standard: wres-2025\ninputs:\n  workforce:\n    file: workforce.csv\n    hidden: {"<5": 1-4, "[c]": ""}\n  survey: survey.csv\n')
        settings = self.read("wres.yaml").decode().replace('"[c]": ""', '"[c]": 0-9')
        self.write("wres.yaml", settings)
        self.assert_equal(self.folder, [])
        self.assertIn(b",suppressed,", self.wres("calc", "cube=made.csv", "--format", "csv").out.replace(b'"', b""))

    def test_the_document_says_where_the_counts_come_from(self):
        trust = os.path.join(EXAMPLES, "trust")
        self.wres("cube", "-q", "-o", self.path("c.csv"), folder=trust)
        records = json.loads(self.wres("calc", "--format", "json", folder=trust).out)
        counts = json.loads(self.wres("calc", "--format", "json", "cube=" + self.path("c.csv"), folder=trust).out)
        self.assertEqual(records["results"], counts["results"])
        self.assertEqual(records["data_quality"], counts["data_quality"])
        self.assertEqual(counts["inputs"][0]["table"], "cube")
        self.assertEqual(counts["inputs"][0]["file"], "c.csv")
        self.assertEqual(counts["inputs"][1:], records["inputs"])
        for entry in counts["inputs"]:
            self.assertEqual(entry["rows_read"], entry["rows_used"] + sum(entry["rows_left_out"].values()))


class Merged(Case):
    def setUp(self):
        super().setUp()
        self.system = os.path.join(EXAMPLES, "system")
        self.cubes = []
        codes = set()
        tables = {}
        for table in ("workforce", "recruitment", "cases"):
            with open(os.path.join(self.system, table + ".csv"), newline="") as file:
                tables[table] = list(csv.DictReader(file))
            codes |= {row["Org Code"] for row in tables[table]}
        for code in sorted(codes):
            os.mkdir(self.path(code))
            shutil.copy(os.path.join(self.system, "wres.yaml"), self.path(code))
            for table, rows in tables.items():
                with open(os.path.join(self.path(code), table + ".csv"), "w", newline="") as file:
                    writer = csv.DictWriter(file, list(rows[0]))
                    writer.writeheader()
                    writer.writerows(row for row in rows if row["Org Code"] == code)
            made = self.wres("cube", "-q", "-o", self.path(code + ".csv"), "--by", "band", folder=self.path(code))
            self.assertEqual(made.status, 0, made)
            self.cubes.append("cube=%s.csv" % code)

    def test_twelve_trusts_are_the_system(self):
        self.assertEqual(len(self.cubes), 12)
        for options in ([], ["--by", "band", "--groups", "5"], ["--organisation", "RZ3"]):
            with self.subTest(options):
                records = self.wres("calc", *options, "--format", "csv", folder=self.system)
                counts = self.wres("calc", *options, "--format", "csv", *self.cubes)
                self.assertEqual(records.status, 0, records)
                self.assertTrue(records.out == counts.out, counts)
                backwards = self.wres("calc", *options, "--format", "csv", *reversed(self.cubes))
                self.assertTrue(records.out == backwards.out, backwards)

    def test_a_cube_of_cubes(self):
        merged = self.wres("cube", "-q", "--by", "band", *self.cubes)
        whole = self.wres("cube", "-q", "--by", "band", folder=self.system)
        cells = [[row for row in rows_of(made.out) if row["record"] in ("cell", "tally", "snapshot", "latest")] for made in (merged, whole)]
        self.assertGreater(len(cells[0]), 1000)
        self.assertEqual(cells[0], cells[1])
        self.write("merged.csv", merged.out)
        counts = self.wres("calc", "--by", "band", "--format", "csv", "cube=merged.csv")
        self.assertTrue(counts.out == self.wres("calc", "--by", "band", "--format", "csv", folder=self.system).out)

    def test_cubes_of_other_dates_do_not_add_up(self):
        with open(os.path.join(self.path("RZ1"), "workforce.csv")) as file:
            self.write("RZ1/workforce.csv", file.read().replace("2025-03-31", "2024-03-31"))
        self.assertEqual(self.wres("cube", "-q", "-o", self.path("RZ1.csv"), "--as-at", "2024-03-31", folder=self.path("RZ1")).status, 0)
        outcome = self.wres("calc", "cube=RZ2.csv", "cube=RZ1.csv")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertIn("as at 2024-03-31, and RZ2.csv as at 2025-03-31", outcome.err)

    def test_a_cube_twice(self):
        outcome = self.wres("calc", "cube=RZ2.csv", "cube=RZ2.csv")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertIn("given twice", outcome.err)

    def test_counts_of_one_organisation_in_two_cubes_add_up_and_it_is_said(self):
        content = self.read("RZ2.csv").decode()
        self.write("again.csv", content.replace("workforce.csv", "workforce2.csv"))
        outcome = self.wres("calc", "cube=RZ2.csv", "cube=again.csv", "--format", "csv")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertIn("organisation RZ2 is in RZ2.csv, too: the counts of both are added up", outcome.err)
        total = [[row["value"] for row in read_rows(run("calc", *cubes, "--format", "csv", folder=self.folder).out)
                  if row["indicator"] == "1" and row["statistic"] == "count" and (row["section"], row["row"], row["group"]) == ("all", "all", "white")]
                 for cubes in (["cube=RZ2.csv"], ["cube=RZ2.csv", "cube=again.csv"])]
        self.assertEqual(2 * int(total[0][0]), int(total[1][0]))


class Persons(Case):
    """Cells of people told apart by identifiers."""

    def setUp(self):
        super().setUp()
        exports.trust(self.folder)
        made = self.wres("cube", "-q", "-o", "cube.csv", "--settings", "wres.yaml")
        self.assertEqual(made.status, 0, made)
        self.cube = self.read("cube.csv")

    def test_no_identifier_and_no_free_text(self):
        self.assertNotIn(exports.SECRET.encode(), self.cube)
        text = "\n".join(",".join(row[name] for name in ("organisation", "group", "value", "name", "id") if row["name"] not in ("sha256",))
                         for row in rows_of(self.cube) if row["record"] != "definition")
        self.assertIsNone(exports.IDENTIFIER.search(text))
        self.assertIn(b"small ones among them: not for publication; no person", self.cube)

    def test_windows_are_dated(self):
        windows = [row["value"] for row in rows_of(self.cube) if row["name"] == "window"]
        self.assertTrue(windows)
        self.assertIn("2024-04-01 to 2025-03-31", windows)  # of a year
        self.assertIn("2020-04-01 to 2025-03-31", windows)  # of five
        self.assertEqual({window[-10:] for window in windows}, {"2025-03-31"})

    def test_the_same_people_in_two_cubes(self):
        self.write("again.csv", self.cube.replace(b"workforce.csv", b"workforce2.csv"))
        outcome = self.wres("calc", "--settings", "wres.yaml", "cube=cube.csv", "cube=again.csv")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertIn("people who are in both would count twice", outcome.err)

    def test_another_date_has_the_workforce_and_no_window(self):
        at = sorted(row["date"] for row in rows_of(self.cube) if row["record"] == "snapshot")[0]
        self.assertNotEqual(at, "2025-03-31")
        counts = self.calc("--standard", "wres-2025", "cube=cube.csv", "--as-at", at)
        records = self.calc("--settings", "wres.yaml", "--standard", "wres-2025", "--as-at", at)
        self.assert_same_rows([row for row in counts if row["indicator"] == "1"], [row for row in records if row["indicator"] == "1"])
        others = [row for row in counts if row["indicator"] != "1"]
        self.assertEqual({row["indicator"] for row in others}, set("23456789"))
        self.assertEqual({row["status"] for row in others}, {"not calculable"})
        self.assertTrue(all("as at 2025-03-31" in row["note"] for row in others))
        outcome = self.wres("calc", "--standard", "wres-2025", "cube=cube.csv", "--as-at", "2019-03-31")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertIn("there is no snapshot of 2019-03-31", outcome.err)

    def test_order_of_rows_says_nothing(self):
        rows = rows_of(self.cube)
        self.write("backwards.csv", text_of(reversed(rows)))
        one, other = (self.wres("calc", "--standard", "wres-2025", "--format", "csv", "cube=" + name) for name in ("cube.csv", "backwards.csv"))
        self.assertEqual(one.status, 0, one)
        self.assertTrue(one.out == other.out, other)
        self.assertEqual(one.err, other.err)

    def test_row_order_of_the_records_says_nothing_either(self):
        with open(self.path("workforce.csv"), encoding="utf-8-sig", newline="") as file:
            records = list(csv.reader(file))
        self.write("workforce.csv", table_text(records[0], records[:0:-1]))
        again = self.wres("cube", "-q", "-o", "-", "--settings", "wres.yaml")
        self.assertEqual(again.status, 0, again)
        kept = [[row for row in rows_of(content) if row["record"] not in ("input", "finding")] for content in (self.cube, again.out)]
        self.assertEqual(*kept)

    def test_a_later_minor_version_reads(self):
        rows = rows_of(self.cube)
        later = [dict(row, added="x") for row in rows] + [dict(blank(record="cube", name="mood", value="good"), added="y"),
                                                         dict(blank(record="weather", id="1", value="rain"), added="z"),
                                                         dict(blank(record="tally", id=next(r["id"] for r in rows if r["record"] == "tally"), name="colour", value="blue"), added="")]
        out = io.StringIO()
        writer = csv.DictWriter(out, ["added"] + HEADER.split(","), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(dict(row, value="1.7") if row["record"] == "cube" and row["name"] == "format" else row for row in later)
        self.write("later.csv", out.getvalue())
        one, other = (self.wres("calc", "--standard", "wres-2025", "--format", "csv", "cube=" + name) for name in ("cube.csv", "later.csv"))
        self.assertEqual(other.status, 0, other)
        self.assertTrue(one.out == other.out)

    def test_from_standard_input(self):
        one = self.wres("calc", "--standard", "wres-2025", "--format", "csv", "cube=cube.csv")
        other = self.wres("calc", "--standard", "wres-2025", "--format", "csv", "cube=-", stdin=self.cube)
        self.assertTrue(one.out == other.out, other)

    def test_not_what_was_counted(self):
        for options, status, part in (
                (["--standard", "nationality"], 2, "the cube has no counts of 'workforce"),
                (["--standard", "wres-2025", "--by", "sex"], 2, "make it again with --by sex"),
                (["--standard", "wres-2025", "--organisation", "NOBODY"], 3, "no row belongs to the organisation 'NOBODY'"),
                (["--standard", "wres-2025", "workforce=workforce.csv"], 2, "cubes and records cannot be read together")):
            with self.subTest(options):
                outcome = self.wres("calc", "cube=cube.csv", *options)
                self.assertEqual(outcome.status, status, outcome)
                self.assertIn(part, outcome.err)
                self.assertEqual(outcome.out, b"")
        checked = self.wres("check", "cube=cube.csv")
        self.assertEqual(checked.status, 2, checked)
        self.assertIn("a cube holds no records to check", checked.err)

    def test_a_table_that_was_not_there_is_not_supplied(self):
        settings = self.read("wres.yaml").decode()
        self.assertIn("inputs:", settings)
        made = self.wres("cube", "-q", "-o", "few.csv", "--settings", "wres.yaml", "workforce=workforce.csv", "--standard", "wres-2025")
        self.assertEqual(made.status, 0, made)
        counts = self.calc("--standard", "wres-2025", "cube=few.csv")
        missing = {row["indicator"]: (row["status"], row["note"]) for row in counts if row["indicator"] in "234"}
        self.assertEqual(missing, {"2": ("not supplied", "no recruitment data was given"), "3": ("not supplied", "no cases data was given"),
                                   "4": ("not supplied", "no training data was given")})


class Damaged(Case):
    """What is wrong is said with its line, and nothing is computed."""

    def setUp(self):
        super().setUp()
        self.write("workforce.csv", "Snapshot Date,Organisation,Person ID,Ethnicity,Band,Staff Group\n" + "".join(
            "2025-03-31,RZ%d,%d,%s,Band %d,Nursing and Midwifery Registered\n" % (n % 2, n, ("White - British", "Indian", "African")[n % 3], 2 + n % 6) for n in range(60)))
        made = self.wres("cube", "-q", "-o", "good.csv", "workforce=workforce.csv", "--standard", "wres-2025")
        self.assertEqual(made.status, 0, made)
        self.rows = rows_of(self.read("good.csv"))

    def place(self, **wanted):
        return next(n for n, row in enumerate(self.rows) if all(row[name] == value for name, value in wanted.items()))

    def refused(self, content, part, line=None, status=3):
        self.write("bad.csv", content)
        outcome = self.wres("calc", "--standard", "wres-2025", "cube=bad.csv")
        self.assertEqual(outcome.status, status, outcome)
        self.assertIn(part, outcome.err)
        if line:
            self.assertIn("bad.csv:%d: " % line, outcome.err)
        self.assertEqual(outcome.out, b"")

    def changed(self, place, **cells):
        rows = [dict(row) for row in self.rows]
        rows[place].update(cells)
        return text_of(rows)

    def test_good_is_good(self):
        self.write("same.csv", text_of(self.rows))
        self.assertEqual(self.wres("calc", "--standard", "wres-2025", "cube=same.csv", "--format", "csv").status, 0)

    def test_no_cube_at_all(self):
        self.refused("", "not even a header")
        self.refused(self.read("workforce.csv"), "this is no cube", 1)
        self.refused(HEADER + "\n", "does not say its format")
        self.refused("standard,indicator\nwres-2025,1\n", "this is no cube", 1)

    def test_cut(self):
        good = self.read("good.csv")
        lines = good.splitlines(keepends=True)
        self.refused(b"".join(lines[:-1]), "it is cut, or was changed")
        self.refused(b"".join(lines[:-1]) + lines[-1][:len(lines[-1]) // 2].rstrip(b",\n").split(b",", 1)[0] + b"\n", "not as many cells as the header", len(lines))
        for keep in range(1, len(lines) - 1, 9):
            self.write("bad.csv", b"".join(lines[:keep]))
            outcome = self.wres("calc", "--standard", "wres-2025", "cube=bad.csv")
            self.assertIn(outcome.status, (2, 3), (keep, outcome))

    def test_other_formats(self):
        place = self.place(record="cube", name="format")
        self.refused(self.changed(place, value="3.0"), "a cube of format 3; this program (0.1.0) reads formats 1 and 2. Use a later one", place + 2)
        self.refused(self.changed(place, value="one"), "two numbers, as 1.0", place + 2)

    def test_numbers(self):
        place = self.place(record="cell")
        for bad in ("", "-1", "1.5", "<5", "*", "1e3", "1000000000000", "NaN"):
            with self.subTest(bad):
                self.refused(self.changed(place, count=bad), "no whole number below 1,000,000,000,000", place + 2)
        self.refused(self.changed(place, count="999999999999"), "add up to over 1,000,000,000,000")
        self.refused(self.changed(place, hidden_counts="1", hidden_open="2"), "more than there are hidden counts", place + 2)

    def test_texts(self):
        place = self.place(record="cell")
        self.refused(self.changed(place, group="Martian"), "the code list here has no such member", place + 2, 2)
        self.refused(self.changed(place, axis_1="upstairs"), "the code list here has no such member", place + 2, 2)
        self.refused(self.changed(place, date="31 June 2025"), "no date from 1900 to 2100", place + 2)
        self.refused(self.changed(place, id="nothing-00000000"), "does not say what this cell counts", place + 2)

    def test_a_cell_twice(self):
        place = self.place(record="cell")
        rows = self.rows + [self.rows[place]]
        head = self.place(record="cube", name="cells")
        rows[head] = dict(rows[head], value=str(int(rows[head]["value"]) + 1))
        self.refused(text_of(rows), "stands here a second time", len(rows) + 1)

    def test_two_files_in_one(self):
        good = self.read("good.csv")
        self.refused(good + good, "it is cut, or was changed")

    def test_rows_that_do_not_add_up(self):
        place = self.place(record="input", name="read")
        self.refused(self.changed(place, value="61"), "are not those that were read")
        self.refused(self.changed(place, id="0"), "a number from 1 to 100,000", place + 2)

    def test_as_at(self):
        place = self.place(record="cube", name="as_at")
        self.refused(self.changed(place, value=""), "does not say its as-at date", place + 2)
        self.refused(self.changed(place, value="2024-03-31"), "there is no snapshot of 2024-03-31")

    def test_an_error_that_the_query_found(self):
        finding = [blank(record="finding", id="9", name=name, value=value) for name, value in
                   (("severity", "error"), ("check", "unmapped"), ("table", "workforce"), ("count", "40"), ("message", "40 of 60 ethnicities are in no code list"))]
        self.refused(text_of(self.rows + finding), "40 of 60 ethnicities are in no code list")

    def test_texts_that_a_spreadsheet_would_run(self):
        self.write("workforce.csv", self.read("workforce.csv").replace(b"RZ0", b"=cmd()").replace(b"RZ1", b"'quoted"))
        self.assertEqual(self.wres("cube", "-q", "-o", "guarded.csv", "workforce=workforce.csv").status, 0)
        self.assertIn(b'"\'=cmd()"', self.read("guarded.csv"))
        for line in self.read("guarded.csv").splitlines():
            self.assertFalse(any(cell[:1] in "=+-@" and cell for cell in next(csv.reader([line.decode()]))), line)
        counts, records = (self.wres("calc", "--format", "csv", "--raw", name) for name in ("cube=guarded.csv", "workforce=workforce.csv"))
        self.assertEqual(counts.status, 0, counts)
        self.assertTrue(counts.out == records.out)
        self.assertIn(b'"=cmd()"', counts.out)


if __name__ == "__main__":
    main()
