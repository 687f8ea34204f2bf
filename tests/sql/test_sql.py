"""Queries of wres sql, run by the databases they are for: the cube is that of the same records as CSV, cell for cell, and the results are the
same, byte for byte. An engine that is not installed is skipped, and this is said.
"""
import csv
import io
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "support"), HERE]
from cli import ROOT, Case, main, run  # noqa: E402
from engines import MODULES, engines, shards_of  # noqa: E402

EXAMPLES = os.path.join(ROOT, "data", "examples")
COUNTED = ("cell", "snapshot", "latest", "tally")
ENGINES = engines()


def counted(content):
    rows = [row for row in csv.reader(io.StringIO(content.decode(), newline="")) if row[0] in COUNTED and row[2] not in ("counts",) and "lacked by" not in row[2]]
    return sorted(rows)


class Same(Case):
    def same(self, folder, tables, options=(), standards=("wres-2025",), calc=()):
        """The cube and the results of all engines are those of the files."""
        asked = [word for standard in standards for word in ("--standard", standard)] + list(options)
        files = ["%s=%s" % pair for pair in sorted(tables.items())]
        made = self.wres("cube", "-q", *asked, "--settings", os.path.join(folder, "wres.yaml"), *files, folder=folder)
        self.assertEqual(made.status, 0, made)
        wanted = counted(made.out)
        self.assertGreater(len(wanted), 50)
        records = self.wres("calc", "-q", *asked, *calc, "--settings", os.path.join(folder, "wres.yaml"), "--format", "csv", *files, folder=folder)
        self.assertEqual(records.status, 0, records)
        for engine in ENGINES:
            with self.subTest(type(engine).__name__):
                query = self.wres("sql", "-q", "--dialect", engine.dialect, *asked, "--settings", os.path.join(folder, "wres.yaml"), *["%s=%s" % (name, name) for name in tables], folder=folder)
                self.assertEqual(query.status, 0, query)
                result = engine.ask(query.out, {name: os.path.join(folder, path) for name, path in tables.items()}, self.folder)
                got = counted(result)
                one, other = set(map(tuple, wanted)), set(map(tuple, got))
                self.assertEqual(sorted(one - other)[:5], sorted(other - one)[:5])
                self.assertEqual(wanted, got)
                counts = self.wres("calc", "-q", *asked, *calc, "--format", "csv", "cube=-", stdin=result, folder=self.folder)
                self.assertEqual(counts.status, 0, counts)
                self.assertTrue(counts.out == records.out, counts)


class Trust(Same):
    """The example trust: people with several assignments, blank identifiers, spellings of all kinds, events of people who have left."""

    folder_of = os.path.join(EXAMPLES, "trust")
    every = {name: name + ".csv" for name in ("workforce", "recruitment", "cases", "training", "survey", "board", "awards", "referrals", "movements", "committee")}

    def some(self, *names):
        return {name: self.every[name] for name in names}

    def test_the_workforce(self):
        self.same(self.folder_of, self.some("workforce"), ["--as-at", "2025-03-31"])

    def test_all_of_the_wres(self):
        self.same(self.folder_of, self.some("workforce", "recruitment", "cases", "training", "survey", "board"), ["--as-at", "2025-03-31"])

    def test_another_date_and_breakdowns(self):
        self.same(self.folder_of, self.some("workforce", "recruitment", "cases", "training", "board"), ["--as-at", "2024-12-31", "--by", "sex", "--by", "team"], calc=["--groups", "5"])

    def test_every_table_and_standard(self):
        self.same(self.folder_of, self.every, ["--as-at", "2025-03-31"], ["wres-2025", "mwres-2021", "wdes-2023", "positive-action", "model-employer", "nationality", "international-recruits"])


class Spark(Case):
    """Its grammar takes the query; no Spark is run."""

    def test_grammar(self):
        if not os.path.isdir(os.path.join(MODULES, "node_modules", "dt-sql-parser")):
            self.skipTest("npm's dt-sql-parser is not under SQL_MODULES (make deps-sql)")
        trust = os.path.join(EXAMPLES, "trust")
        query = self.wres("sql", "-q", "--dialect", "spark", "--as-at", "2025-03-31", "workforce=hr.gold.staff", "cases=hr.gold.cases", folder=trust)
        self.assertEqual(query.status, 0, query)
        for text, good in ((query.out, True), (query.out.replace(b"LEFT JOIN", b"LEFT LEFT"), False)):
            self.write("query.sql", text)
            done = subprocess.run(["node", os.path.join(HERE, "spark.mjs"), self.path("query.sql")], capture_output=True, timeout=600)
            self.assertEqual(done.returncode == 0, good, done.stderr)


class Halves(Case):
    """What makes the test of two shards one: people of the example trust have rows on both."""

    def test_people_on_both_shards(self):
        people = []
        for part in shards_of(os.path.join(EXAMPLES, "trust", "workforce.csv"), self.folder):
            with open(part, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertGreater(len(rows), 100)
            column = next(name for name in rows[0] if "employee" in name.lower() or "person" in name.lower())
            people.append({row[column] for row in rows if row[column]})
        self.assertGreater(len(people[0] & people[1]), 50)


class System(Same):
    """Counted rows of several organisations."""

    folder_of = os.path.join(EXAMPLES, "system")

    def test_counts(self):
        tables = {name: name + ".csv" for name in ("workforce", "recruitment", "cases")}
        self.same(self.folder_of, tables, ["--as-at", "2025-03-31", "--by", "band"])
        self.same(self.folder_of, tables, ["--as-at", "2025-03-31", "--organisation", "RZ7"])


class Faults(Case):
    """What a reader of files would stop at, wres calc stops at, too."""

    def ask(self, rows, *options):
        self.write("workforce.csv", "snapshot_date,person_id,ethnicity,pay_band\n" + "".join(rows))
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: workforce.csv\n    columns: {snapshot_date: snapshot_date, person_id: person_id, ethnicity: ethnicity, pay_band: pay_band}\n")
        for engine in ENGINES:
            with self.subTest(type(engine).__name__):
                query = self.wres("sql", "-q", "--dialect", engine.dialect, "--as-at", "2025-03-31", "workforce=workforce", *options)
                self.assertEqual(query.status, 0, query)
                yield self.wres("calc", "--standard", "wres-2025", "--format", "csv", "cube=-", stdin=engine.ask(query.out, {"workforce": self.path("workforce.csv")}, self.folder))

    def test_a_tenth_in_no_list(self):
        rows = ["2025-03-31,%d,%s,Band 5\n" % (n, "Klingon" if n % 10 == 0 else "White - British") for n in range(1, 201)]
        for outcome in self.ask(rows):
            self.assertEqual(outcome.status, 3, outcome)
            self.assertIn("20 of 200 are in no code list", outcome.err)
        for outcome in self.ask(rows, "--allow-unmapped"):
            self.assertEqual(outcome.status, 0, outcome)
            self.assertIn("20 of 200 are in no code list", outcome.err)
        for outcome in self.ask(rows[:1] + rows[10:12], "--strict"):
            self.assertEqual(outcome.status, 0, outcome)

    def test_no_date_and_another_date(self):
        for outcome in self.ask(["2025-03-31,1,Indian,Band 5\n", ",2,Indian,Band 5\n"]):
            self.assertEqual(outcome.status, 3, outcome)
            self.assertIn("rows without a date belong to no snapshot", outcome.err)
        for outcome in self.ask(["2024-03-31,1,Indian,Band 5\n"]):
            self.assertEqual(outcome.status, 3, outcome)
            self.assertIn("there is no snapshot of 2025-03-31", outcome.err)

    def test_texts_of_every_kind(self):
        """Blanks, dashes, capitals, codes with labels, parts between bars, two-character codes, quotes: as the reader of files takes them."""
        spellings = ["a", "A White - British", "A-White - British", "  WHITE\u00a0\u2013 british ", "White-British", "C5", "D9", "NHS|Indian", "NHS|H|", "| |", "", " ", "(blank)", "Asian & Asian British - Indian", "O'Brien", "\u201cIndian\u201d",
                     "Black or Black British \u2014 African", "\tIndian", "a b", "Z", "zz", "1", "\u00c9ire"]
        rows = ["2025-03-31,%d,\"%s\",Band %d\n" % (n + 1, text, 2 + n % 6) for n, text in enumerate(spellings)]
        for content, _ in zip(self.ask(rows, "--allow-unmapped"), ENGINES):
            made = self.wres("calc", "-q", "--standard", "wres-2025", "--allow-unmapped", "--groups", "16", "--as-at", "2025-03-31", "--format", "csv", "workforce=workforce.csv")
            self.assertEqual(made.status, 0, made)
            self.assertEqual(content.status, 0, content)
        for engine in ENGINES:
            with self.subTest(type(engine).__name__):
                query = self.wres("sql", "-q", "--dialect", engine.dialect, "--as-at", "2025-03-31", "--allow-unmapped", "workforce=workforce")
                cube = self.wres("cube", "-q", "--as-at", "2025-03-31", "--allow-unmapped", "workforce=workforce.csv")
                self.assertEqual(counted(engine.ask(query.out, {"workforce": self.path("workforce.csv")}, self.folder)), counted(cube.out))


SETTINGS = """standard: wres-2025
inputs:
  workforce:
    file: workforce.csv
    columns: {snapshot_date: snapshot_date, organisation: organisation, person_id: person_id, ethnicity: ethnicity, pay_band: pay_band, medical_grade: medical_grade, staff_group: staff_group, sex: sex, assignment_category: assignment_category, primary_assignment: primary_assignment}
  cases:
    file: cases.csv
    columns: {date_entered: date_entered, organisation: organisation, person_id: person_id, case_type: case_type, formal: formal}
"""


class Million(Same):
    """A million and a half assignments of 200 organisations at two snapshots, and cases of these people. WRES_SQL_ROWS makes it smaller."""

    def test_one_and_a_half_million_rows(self):
        total = int(os.environ.get("WRES_SQL_ROWS", "1500000"))
        draw = random.Random(7)
        ethnicities = ["A White - British", "White - Irish", "  c white \u2013 any other white background", "Indian", "J", "N African", "Z Not Stated", "", "Caribbean"]
        posts = [("Band %d" % band, "", "Nursing and Midwifery Registered") for band in (5, 6, 7)] + [("BAND 8A", "", "Administrative and Clerical"), ("", "Consultant", "Medical and Dental"), ("Band 3", "", "Estates & Ancillary")]
        with open(self.path("workforce.csv"), "w", encoding="utf-8", newline="") as file:
            file.write("snapshot_date,organisation,person_id,ethnicity,pay_band,medical_grade,staff_group,sex,assignment_category,primary_assignment\n")
            for n in range(total):
                band, grade, group = posts[draw.randrange(len(posts))]
                person = draw.randrange(total // 3)
                file.write("%s,R%03d,%s,%s,%s,%s,%s,%s,%s,%s\n" % ("2025-03-31" if n % 2 else "2024-03-31", person % 200, "" if n % 5000 == 0 else person, ethnicities[draw.randrange(len(ethnicities))], band, grade, group,
                                                                 "FM"[person % 2], "Bank" if n % 25 == 0 else "Permanent", "YN"[draw.randrange(2)]))
        with open(self.path("cases.csv"), "w", encoding="utf-8", newline="") as file:
            file.write("date_entered,organisation,person_id,case_type,formal\n")
            for n in range(total // 50):
                person = draw.randrange(total // 3 + 1000)
                file.write("%d-%02d-%02d,R%03d,%d,%s,%s\n" % (draw.choice((2024, 2025)), draw.randrange(1, 13), draw.randrange(1, 29), person % 200 if n % 7 else (person + 1) % 200, person, draw.choice(("Disciplinary", "Grievance")), "YN"[draw.randrange(2)]))
        self.write("wres.yaml", SETTINGS)
        self.same(self.folder, {"workforce": "workforce.csv", "cases": "cases.csv"}, ["--as-at", "2025-03-31", "--by", "sex"])


if __name__ == "__main__":
    try:
        main()
    finally:
        for engine in ENGINES:
            engine.close()
