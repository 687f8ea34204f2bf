"""wres check: each check with a file that has the fault and one that has not; the planted blemishes, all of them and nothing else; that it goes
on where a calculation stops, says what a calculation says, and names nobody."""
import csv
import io
import json
import os
import random
import re
import subprocess
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import DISCLOSURE, EXAMPLE, ROOT, Case, main, table_text  # noqa: E402

OK, CONDITION, USAGE, DATA, IO = range(5)
STAFF = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group", "Assignment Category", "Assignment Status", "FTE"]
NURSES = "Nursing and Midwifery Registered"
NOW, BEFORE, YEAR = "2025-03-31", "2024-12-31", "2024-03-31"
HEADER = "severity,check,table,file,line,field,count,share,message,what_to_do,lines".split(",")


def person(number, ethnicity=None, date=NOW, organisation="RZZ", band="Band 5", fte="1.0"):
    return [date, organisation, "ID%05d" % number, ethnicity or ("N African" if number % 4 == 3 else "A White - British"), band, NURSES, "Permanent", "Active", fte]


def staff(count=40, **given):
    return [person(number, **given) for number in range(count)]


class Checking(Case):
    def setUp(self):
        super().setUp()
        self.schema = json.loads(self.wres("schema", "check").out)

    def check(self, *arguments, status=None, **more):
        """The findings, as rows of CSV."""
        outcome = self.wres("check", *arguments, "--format", "csv", **more)
        self.assertIn(outcome.status, (OK, DATA, IO, CONDITION) if status is None else (status,), outcome)
        lines = outcome.out.decode().splitlines()
        self.assertEqual(lines[0].split(","), HEADER, outcome)
        return list(csv.DictReader(io.StringIO(outcome.out.decode(), newline="")))

    def document(self, *arguments):
        outcome = self.wres("check", *arguments, "--format", "json")
        document = json.loads(outcome.out)
        jsonschema.validate(document, self.schema)
        return document

    def of(self, check, rows):
        return [row for row in rows if row["check"] == check]

    def found(self, check, table, rows, header=STAFF, more=(), severity="warning", line="", field=""):
        """The one finding of this check in this table."""
        self.write(table + ".csv", table_text(header, rows))
        found = self.of(check, self.check("%s=%s.csv" % (table, table), *more))
        self.assertEqual(len(found), 1, found)
        self.assertEqual((found[0]["severity"], found[0]["line"], found[0]["field"]), (severity, str(line), field))
        self.assertNotEqual(found[0]["what_to_do"], "")
        return found[0]

    def not_found(self, check, table, rows, header=STAFF, more=()):
        self.write(table + ".csv", table_text(header, rows))
        self.assertEqual(self.of(check, self.check("%s=%s.csv" % (table, table), *more)), [])


class Planted(Checking):
    """The example generator's own list of what it planted."""

    @classmethod
    def setUpClass(cls):
        import tempfile
        cls.place = tempfile.TemporaryDirectory(prefix="wres-check-")
        cls.addClassCleanup(cls.place.cleanup)
        generator = os.path.join(ROOT, "data", "examples", "trust", "make_example.py")
        for kind in ("clean", "blemishes"):
            subprocess.run([sys.executable, "-B", generator, "--" + kind, os.path.join(cls.place.name, kind), "--staff", "400"], check=True)

    def places(self, kind, name):
        rows = self.check(folder=os.path.join(self.place.name, kind, name))
        return sorted((row["severity"], row["check"], row["table"], row["file"], row["line"], row["field"]) for row in rows if row["severity"] != "information")

    def planted(self, name):
        with open(os.path.join(self.place.name, "blemishes", name, "planted.csv"), encoding="utf-8", newline="") as file:
            return sorted(tuple(row.values()) for row in csv.DictReader(file))

    def test_every_blemish_and_nothing_else(self):
        for name, least in (("trust", 20), ("counted", 10)):
            with self.subTest(name):
                planted = self.planted(name)
                self.assertGreater(len(planted), least)
                self.assertEqual(self.places("blemishes", name), planted)

    def test_nothing_on_the_clean_example(self):
        for name in ("trust", "counted"):
            with self.subTest(name):
                self.assertEqual(self.places("clean", name), [])
                folder = os.path.join(self.place.name, "clean", name)
                outcome = self.wres("check", "--fail-on", "warning", folder=folder)
                self.assertEqual(outcome.status, OK, outcome)
                self.assertEqual(self.wres("calc", folder=folder).status, OK)

    def test_each_blemish_is_one_row(self):
        """None of them hides behind another: a planted one stands for one row or person, or for the whole column."""
        for row in self.check(folder=os.path.join(self.place.name, "blemishes", "trust")):
            if row["severity"] == "warning" and row["line"] and row["check"] != "board-size":
                self.assertEqual((row["count"], row["lines"]), ("1", row["line"]), row)

    def test_identifiers_are_nowhere(self):
        folder = os.path.join(self.place.name, "blemishes", "trust")
        identifiers = set()
        for name in ("workforce", "cases", "recruitment", "survey", "movements"):
            with open(os.path.join(folder, name + ".csv"), encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    identifiers |= {row.get(column, "").strip() for column in ("Employee Number", "Applicant ID", "Respondent ID", "Case ID", "Vacancy Ref")}
        identifiers -= {""}
        self.assertGreater(len(identifiers), 1000)
        for words in (["--format", "table", "-v"], ["--format", "csv"], ["--format", "json", "--values"]):
            outcome = self.wres("check", *words, folder=folder)
            words_seen = set(re.findall(r"[\w-]+", outcome.out.decode() + outcome.err))
            self.assertEqual(words_seen & identifiers, set())

    def test_rows_in_another_order(self):
        """Only first lines may differ."""
        for name, tables in (("trust", ("workforce", "cases", "training", "board")), ("counted", ("workforce", "survey", "recruitment"))):
            folder = os.path.join(self.place.name, "blemishes", name)
            for table in tables:
                with open(os.path.join(folder, table + ".csv"), encoding="utf-8-sig", newline="") as file:
                    rows = list(csv.reader(file))
                body = rows[1:]
                random.Random(7).shuffle(body)
                self.write(table + ".csv", table_text(rows[0], body))
            self.write("wres.yaml", open(os.path.join(folder, "wres.yaml"), encoding="utf-8").read())
            for other in os.listdir(folder):
                if other.endswith(".csv") and other[:-4] not in tables:
                    self.write(other, open(os.path.join(folder, other), "rb").read())
            with self.subTest(name):
                plain, shuffled = ([{key: row[key] for key in HEADER if key not in ("line", "lines")} for row in self.check(folder=where)] for where in (folder, self.folder))
                self.assertEqual(sorted(map(str, plain)), sorted(map(str, shuffled)))


class GoingOn(Checking):
    """Where a calculation stops, a check goes on."""

    def test_everything_in_one_run(self):
        self.write("staff.csv", table_text(STAFF, staff() + [person(50, date="2025-02-31"), person(51)[:-1], person(52, "Martian")]))
        self.write("cases.csv", table_text(["Date Entered", "Employee Number"], [["31/04/2024", "ID00001"]]))
        self.write("survey.csv", table_text(["Survey Year", "Ethnicity", "Question"], [["2024", "White", "Q15"]]))
        rows = self.check("workforce=staff.csv", "cases=cases.csv", "survey=survey.csv", "board=gone.csv", status=IO)
        errors = {(row["check"], row["table"], row["file"], row["line"], row["field"]) for row in rows if row["severity"] == "error"}
        self.assertEqual(errors, {("date", "workforce", "staff.csv", "42", "snapshot_date"), ("row", "workforce", "staff.csv", "43", ""),
                                  ("date", "cases", "cases.csv", "2", "date_entered"), ("header", "survey", "survey.csv", "1", "answer"), ("file", "", "gone.csv", "", "")})
        self.assertEqual([row["line"] for row in self.of("unmapped-value", rows)], ["44"])

    def test_a_file_without_ethnicity_has_its_columns(self):
        rows = [[NOW, "R0%d" % (n % 7), "Consultant" if n % 3 else "Specialty Doctor", "%d.%05d" % (n % 9, n)] for n in range(50)]
        self.write("staff.csv", table_text(["Date", "Org Code", "Medical Grade", "FTE"], rows))
        outcome = self.wres("check", "workforce=staff.csv", "--values", "--format", "json")
        self.assertEqual(outcome.status, DATA, outcome)
        document = json.loads(outcome.out)
        jsonschema.validate(document, self.schema)
        columns = {column["field"]: column for column in document["columns"]}
        from decimal import Decimal
        parsed = {column["field"]: column for column in json.loads(outcome.out, parse_float=Decimal)["columns"]}
        self.assertEqual(parsed["fte"]["sum"], sum(Decimal(row[3]) for row in rows))
        self.assertEqual(columns["organisation"]["distinct"], 7)
        values = {value["value"]: value for value in parsed["medical_grade"]["values"]}
        self.assertEqual(values["Consultant"]["sum"], sum(Decimal(row[3]) for row in rows if row[2] == "Consultant"))
        self.assertEqual(values["Consultant"]["rows"], sum(row[2] == "Consultant" for row in rows))
        self.assertEqual([(f["check"], f["field"]) for f in document["findings"] if f["severity"] == "error"], [("header", "ethnicity")])

    def test_what_a_calculation_refuses(self):
        """Whatever is an error here stops a calculation, and the other way round."""
        whole = table_text(STAFF, staff())
        cases = {"bad date": whole.replace(NOW, "2025-02-31", 1), "half a quote": whole.replace("Band 5", '"Band 5', 1), "no rows": whole.split("\n")[0] + "\n", "nothing": "",
                 "NUL": whole.replace("Band 5", "Band\0 5", 1), "short row": whole.replace(",1.0", "", 1), "no ethnicity": whole.replace("Ethnic Origin", "Shoe Size"),
                 "twice": whole.replace("Staff Group", "Ethnicity"), "all unmapped": whole.replace("A White", "Blue White"), "spoilt": re.sub(r"ID000\d\d", "1.23E+07", whole),
                 "one unmapped": whole.replace("A White - British", "Martian", 1), "whole": whole, "two exports": whole + whole, "no date": whole.replace(NOW, "", 1)}
        for name, content in cases.items():
            with self.subTest(name):
                self.write("staff.csv", content)
                calc, check = (self.wres(command, "workforce=staff.csv", "--format", "csv") for command in ("calc", "check"))
                self.assertEqual(calc.status, check.status, "%s\n%s" % (calc, check))
                self.assertEqual(b'"error"' in check.out, check.status == DATA, check)

    def test_standard_input(self):
        rows = self.check("workforce=-", stdin=table_text(STAFF, staff() + [person(3)]).encode())
        self.assertEqual([row["line"] for row in self.of("duplicate-row", rows)], ["42"])

    def test_no_date_at_all(self):
        self.write("cases.csv", table_text(["Date Entered", "Ethnicity", "Case Type", "Formal"], [["2024-06-01", "White", "Disciplinary", "Y"]]))
        for words, expected in ((["cases=cases.csv"], ["as-at"]), (["cases=cases.csv", "--as-at", NOW], [])):
            self.assertEqual([row["check"] for row in self.of("as-at", self.check(*words, status=OK))], expected)
        self.write("staff.csv", table_text(STAFF[1:], [row[1:] for row in staff()]))
        self.assertEqual(len(self.of("as-at", self.check("workforce=staff.csv", status=OK))), 1)

    def test_many_errors_are_one_finding(self):
        self.write("staff.csv", table_text(STAFF, staff(500, date="2025-02-31") + staff()))
        row, = self.of("date", self.check("workforce=staff.csv", status=DATA))
        self.assertEqual((row["count"], row["line"], row["lines"]), ("500", "2", "2 3 4 5 6 7 8 9 10 11"))

    def test_many_values_are_cut(self):
        self.write("staff.csv", table_text(STAFF, staff(2000) + [person(3000 + n, "Planet %02d" % (n % 40)) for n in range(60)]))
        rows = self.of("unmapped-value", self.check("workforce=staff.csv"))
        self.assertEqual(len(rows), 21)
        self.assertEqual(sum(int(row["count"]) for row in rows), 60)
        listed = [row for row in rows if "Planet" in row["message"]]
        self.assertEqual(len(listed), 20)
        self.assertEqual({row["count"] for row in listed}, {"2"}, "those of most people are listed")

    def test_the_wrong_column_is_not_shown(self):
        self.write("staff.csv", table_text(STAFF, staff(200)))
        self.write("wres.yaml", "inputs: {workforce: {file: staff.csv, columns: {ethnicity: Employee Number}}}\n")
        for words in (["check", "-v", "--format", "table"], ["check", "--format", "json", "--values"], ["calc"]):
            outcome = self.wres(*words)
            self.assertEqual(outcome.status, DATA, outcome)
            self.assertNotIn("ID00", outcome.out.decode() + outcome.err)

    def test_free_text_is_not_shown(self):
        rows = [["2024-06-01", "ID00001", "Disciplinary", "Y", "SECRET words"], ["2024-06-02", "ID00002", "Disciplinary", "Y", "Dismissed"]]
        self.write("staff.csv", table_text(STAFF, staff()))
        self.write("cases.csv", table_text(["Date Entered", "Employee Number", "Case Type", "Formal", "Outcome"], rows))
        for words in (["-v", "--format", "table"], ["--format", "json", "--values"], ["--format", "csv"]):
            outcome = self.wres("check", "workforce=staff.csv", "cases=cases.csv", *words)
            self.assertNotIn("SECRET", outcome.out.decode() + outcome.err)

    def test_what_calc_says(self):
        """The findings of a calculation are those of a check."""
        for folder in (EXAMPLE, os.path.join(ROOT, "data", "examples", "england"), os.path.join(ROOT, "data", "examples", "system")):
            if not os.path.exists(os.path.join(folder, "wres.yaml")):
                continue
            with self.subTest(folder):
                names = ("severity", "check", "table", "file", "line", "field", "message")
                calc, check = (json.loads(self.wres(command, "--format", "json", folder=folder).out) for command in ("calc", "check"))
                said = {tuple(f[name] for name in names) for f in calc["data_quality"] if "not listed" not in f["message"]}
                found = {tuple(f[name] for name in names) for f in check["findings"]}
                self.assertEqual(said - found, set())
                self.assertGreater(len(said), 3)


class Workforce(Checking):
    def test_duplicate_row(self):
        self.found("duplicate-row", "workforce", staff() + [person(3)], line=42)
        self.not_found("duplicate-row", "workforce", staff() + [person(3, band="Band 6")])

    def test_rows_without_identifiers_are_no_duplicates(self):
        keep = [i for i, name in enumerate(STAFF) if name != "Employee Number"]
        self.not_found("duplicate-row", "workforce", [[row[i] for i in keep] for row in staff()], [STAFF[i] for i in keep])

    def test_conflicting_groups(self):
        self.found("conflicting-groups", "workforce", staff() + [person(4, "N African", band="Band 6")], line=42, field="ethnicity")
        self.not_found("conflicting-groups", "workforce", staff() + [person(4, band="Band 6"), person(5, "Not Stated", band="Band 6")])

    def test_several_organisations(self):
        rows = staff() + staff(organisation="RYY")[:0] + [person(100 + n, organisation="RYY") for n in range(20)]
        self.found("several-organisations", "workforce", rows + [person(4, organisation="RYY")], line=62, field="organisation")
        self.not_found("several-organisations", "workforce", rows + [person(4, organisation="RYY", date=BEFORE)])

    def test_many_assignments(self):
        posts = [person(4, band="Band %d" % band) for band in (2, 3, 4, 6)]
        self.found("many-assignments", "workforce", staff() + posts, line=45, field="person_id")
        self.not_found("many-assignments", "workforce", staff() + posts[:-1])
        self.not_found("many-assignments", "workforce", staff() + posts[:-1] + [posts[0]])      # that one is a duplicate

    def test_several_assignments(self):
        row = self.found("several-assignments", "workforce", staff() + [person(4, band="Band 6"), person(5, band="Band 6"), person(4, band="Band 7")],
                         severity="information", field="person_id")
        self.assertEqual(row["count"], "2")
        self.not_found("several-assignments", "workforce", staff())

    def test_fte(self):
        for fte in ("1.01", "37.5", "0", "-0.5", "0.00"):
            with self.subTest(fte):
                self.found("fte-range", "workforce", staff() + [person(60, fte=fte)], line=42, field="fte")
        for fte in ("1", "1.00", "0.01", ""):
            with self.subTest(fte):
                self.not_found("fte-range", "workforce", staff() + [person(60, fte=fte)])
        self.found("no-number", "workforce", staff() + [person(60, fte="half")], line=42, field="fte")
        self.not_found("no-number", "workforce", staff() + [person(60, fte=" 0.5 ")])

    def test_snapshots_of_no_months_end(self):
        self.found("no-month-end", "workforce", staff(date="2025-03-30"), line=2, field="snapshot_date")
        self.found("no-month-end", "workforce", staff(date="2025-03-01"), line=2, field="snapshot_date", severity="information")
        self.not_found("no-month-end", "workforce", staff(date="2024-02-29"))

    def test_unknown_rise(self):
        def snapshots(before, now):
            return [person(n, "Not Stated" if n < unknown else None, date=date) for date, unknown in ((BEFORE, before), (NOW, now)) for n in range(200)]
        row = self.found("unknown-rise", "workforce", snapshots(4, 14), field="ethnicity")                      # 2% and 7%
        self.assertEqual((row["count"], row["share"]), ("14", "7.0"))
        self.not_found("unknown-rise", "workforce", snapshots(4, 13))
        self.not_found("unknown-rise", "workforce", snapshots(14, 4))

    def test_unknown_share(self):
        def snapshot(unknown):
            return [person(n, "Not Stated" if n < unknown else None) for n in range(200)]
        self.assertEqual(self.found("unknown-share", "workforce", snapshot(21), field="ethnicity")["share"], "10.5")
        self.assertEqual(self.found("unknown-share", "workforce", snapshot(20), field="ethnicity", severity="information")["share"], "10.0")
        self.not_found("unknown-share", "workforce", snapshot(0))

    def test_unknown_rise_needs_a_whole_snapshot(self):
        self.not_found("unknown-rise", "workforce", [person(n, date=BEFORE) for n in range(99)] + [person(n, "Not Stated" if n < 20 else None) for n in range(200)])

    def test_groups_swapped(self):
        def swapped(share, then, now=NOW):
            return [person(n, "N African" if (n < share) != (date == now) else "A White - British", date=date) for date in (then, now) for n in range(200)]
        for then in (BEFORE, YEAR):
            with self.subTest(then):
                row = self.found("groups-swapped", "workforce", swapped(50, then), field="ethnicity")
                self.assertIn("25.0%", row["message"])
                self.assertIn("75.0%", row["message"])
        rows = swapped(50, YEAR) + [row for row in swapped(50, YEAR, BEFORE) if row[0] == BEFORE]
        self.found("groups-swapped", "workforce", rows, field="ethnicity")             # exchanged in the snapshot before, too
        self.not_found("groups-swapped", "workforce", swapped(85, BEFORE))              # moves by 15 points
        grown = [person(n, "N African" if n < share else "A White - British", date=date) for date, share in ((BEFORE, 20), (NOW, 80)) for n in range(200)]
        self.not_found("groups-swapped", "workforce", grown)                             # by 30, and fits no exchange

    def test_groups_swapped_in_an_organisation(self):
        rows = [person(n + 1000 * place, "N African" if (n < 50) != (date == NOW and organisation == "RYY") else "A White - British", date=date, organisation=organisation)
                for place, organisation in enumerate(("RZZ", "RYY")) for date in (BEFORE, NOW) for n in range(200)]
        self.assertTrue(self.found("groups-swapped", "workforce", rows, field="ethnicity")["message"].startswith("RYY: "))

    def test_empty_column(self):
        row = self.found("empty-column", "workforce", [r[:-1] + [""] for r in staff()], field="fte")
        self.assertEqual(row["count"], "40")
        self.not_found("empty-column", "workforce", [r[:-1] + [""] for r in staff()[1:]] + staff()[:1])

    def test_no_rows_are_no_empty_columns(self):
        self.not_found("empty-column", "workforce", [])

    def test_columns_for_conditions(self):
        self.write("whole.csv", table_text(STAFF, staff()))
        self.write("less.csv", table_text(STAFF[:6], [row[:6] for row in staff()]))
        self.assertEqual(self.of("condition-not-tested", self.check("workforce=whole.csv")), [])
        self.assertEqual({row["field"] for row in self.of("condition-not-tested", self.check("workforce=less.csv"))}, {"assignment_category", "assignment_status"})

    def test_same_file(self):
        self.write("one.csv", table_text(STAFF, staff()))
        self.write("two.csv", table_text(STAFF, staff()))
        self.write("three.csv", table_text(STAFF, staff(date=BEFORE)))
        row, = self.of("same-file", self.check("workforce=one.csv", "workforce=three.csv", "workforce=two.csv"))
        self.assertEqual((row["file"], "the same as that of one.csv" in row["message"]), ("two.csv", True))
        row, = self.of("same-file", self.check("workforce=one.csv", "cases=two.csv"))
        self.assertEqual((row["table"], row["file"], "workforce=one.csv" in row["message"]), ("cases", "two.csv", True))
        self.assertEqual(self.of("same-file", self.check("workforce=one.csv", "workforce=three.csv")), [])


class Events(Checking):
    CASES = ["Date Entered", "Employee Number", "Case Type", "Formal"]
    MOVEMENTS = ["Date", "Employee Number", "Kind"]

    def setUp(self):
        super().setUp()
        self.write("staff.csv", table_text(STAFF, [person(n, date=date) for date, first in ((YEAR, 0), (BEFORE, 0), (NOW, 0)) for n in range(first, 40)] +
                                           [person(50, date=NOW), person(51, date=NOW), person(51, date=BEFORE)]))

    def case(self, date, number, check, found, more=()):
        self.write("cases.csv", table_text(self.CASES, [["2024-06-03", "ID00001", "Disciplinary", "Y"], [date, "ID%05d" % number, "Disciplinary", "Y"]]))
        rows = self.of(check, self.check("workforce=staff.csv", "cases=cases.csv", *more))
        self.assertEqual([(row["table"], row["line"]) for row in rows], [("cases", "3")] if found else [], (date, number, check))
        return rows

    def test_before_the_first_snapshot(self):
        self.case(BEFORE, 50, "before-start", True)             # who is not in that snapshot
        self.case("2025-01-01", 50, "before-start", False)
        self.case(YEAR, 51, "before-start", True)
        self.case("2024-04-01", 51, "before-start", False)
        self.case("2023-01-01", 2, "before-start", False)       # there from the first snapshot on: nobody knows since when

    def test_before_joining(self):
        self.write("movements.csv", table_text(self.MOVEMENTS, [["2025-02-10", "ID00050", "Joiner"], ["2025-02-20", "ID00002", "Joiner"], ["2025-03-01", "ID00051", "Promotion"]]))
        more = ["movements=movements.csv"]
        self.case("2025-02-09", 50, "before-start", True, more)
        self.case("2025-02-10", 50, "before-start", False, more)
        self.case("2024-05-05", 2, "before-start", False, more)  # joined, but was there before
        self.case("2025-02-01", 51, "before-start", False, more)

    def test_a_snapshot_of_a_few_proves_nothing(self):
        self.write("staff.csv", table_text(STAFF, staff() + [person(1, date=BEFORE), person(2, date=BEFORE)]))
        self.case("2024-06-03", 20, "before-start", False)

    def test_person_not_found(self):
        row, = self.case("2025-01-08", 999, "person-not-found", True)
        self.assertEqual((row["field"], row["count"]), ("person_id", "1"))
        self.case("2025-01-08", 39, "person-not-found", False)

    def test_after_the_date(self):
        for date, severity in (("2025-04-01", "information"), ("2026-03-31", "information"), ("2026-04-01", "warning")):
            with self.subTest(date):
                row, = self.case(date, 3, "after-as-at", True)
                self.assertEqual(row["severity"], severity)
        self.case(NOW, 3, "after-as-at", False)

    def test_blank_date(self):
        self.case("", 3, "blank-date", True)

    def test_small_denominator(self):
        """Nine BME staff are few, ten are not."""
        for bme, found in ((9, True), (10, False)):
            self.write("staff.csv", table_text(STAFF, [person(n, "N African" if n < bme else "A White - British") for n in range(60)]))
            self.write("cases.csv", table_text(self.CASES, [["2024-06-03", "ID00001", "Disciplinary", "Y"]]))
            rows = self.of("small-denominator", self.check("workforce=staff.csv", "cases=cases.csv"))
            self.assertEqual([row["count"] for row in rows], ["9"] if found else [])

    def test_flags(self):
        header = ["Date", "Vacancy ID", "Applicant ID", "Ethnicity", "Applied", "Shortlisted", "Interviewed", "Appointed"]
        good = [["2024-06-01", "V1", "A%d" % n, "White", "Y", "Y" if n < 4 else "N", "Y" if n < 2 else "N", "Y" if n < 1 else "N"] for n in range(9)]
        for flags, field in ((["Y", "N", "N", "Y"], "shortlisted"), (["N", "Y", "N", "N"], "applied"), (["Y", "Y", "N", "Y"], "interviewed")):
            with self.subTest(flags):
                self.found("flags-contradict", "recruitment", good + [["2024-06-01", "V1", "A99", "White"] + flags], header, ["--as-at", NOW], line=11, field=field)
        for flags in (["Y", "", "", "Y"], ["", "Y", "", "Y"], ["Y", "Y", "Y", "Y"]):
            with self.subTest(flags):
                self.not_found("flags-contradict", "recruitment", good + [["2024-06-01", "V1", "A99", "White"] + flags], header, ["--as-at", NOW])

    def test_more_appointed_than_shortlisted(self):
        header = ["Date", "Vacancy ID", "Applicant ID", "Ethnicity", "Shortlisted", "Appointed"]
        good = [["2024-06-01", "V1", "A%d" % n, "White", "Y", "Y" if n < 1 else "N"] for n in range(9)]
        more = [["2024-06-01", "V2", "A90", "White", "Y", "N"], ["2024-06-01", "V2", "A91", "White", "", "Y"], ["2024-06-01", "V2", "A92", "White", "", "Y"]]
        self.found("more-appointed-than-shortlisted", "recruitment", good + more, header, ["--as-at", NOW], line=12, field="appointed")
        self.not_found("more-appointed-than-shortlisted", "recruitment", good + more[:-1], header, ["--as-at", NOW])


class Lists(Checking):
    SURVEY = ["Survey Year", "Question", "Ethnicity", "Percent", "Base"]
    BOARD = ["Date", "Ethnicity", "Voting", "Executive"]

    def test_percent_that_cannot_be(self):
        for percent, base, found in (("27.5", 3, True), ("33.3", 3, False), ("33", 3, False), ("34", 3, True), ("27.5", 612, False), ("0", 5, False), ("100.0", 7, False),
                                     ("0.1", 5, True), ("13", 8, False), ("12", 8, False), ("14", 8, True), ("66.67", 3, False), ("66.68", 3, True), ("12.5", 8, False), ("12.4", 8, True), ("99.95", 2000, False), ("12", 0, True),
                                     ("0", 0, False), ("*", 3, False)):
            with self.subTest(percent=percent, base=base):
                rows = [["2024", "Q15", "White", "50.0", "600"], ["2024", "Q15", "BME", percent, base]]
                if found:
                    self.found("percent-impossible", "survey", rows, self.SURVEY, ["--as-at", NOW], line=3, field="percent")
                else:
                    self.not_found("percent-impossible", "survey", rows, self.SURVEY, ["--as-at", NOW])

    def survey(self, then, now):
        """White and BME, percent and base, in two years."""
        return [[year, "Q16b", group, percent, base] for year, both in (("2023", then), ("2024", now)) for group, (percent, base) in zip(("White", "BME"), both)]

    def test_groups_swapped_in_a_survey(self):
        usual = [(6.0, 600), (16.0, 200)]
        for now in ([(16.0, 600), (6.0, 200)], [(6.0, 200), (16.0, 600)], [(16.0, 200), (6.0, 600)]):
            with self.subTest(now):
                self.found("groups-swapped", "survey", self.survey(usual, now), self.SURVEY, ["--as-at", NOW], line=4, field="ethnicity")
        for now in (usual, [(7.0, 580), (15.0, 230)], [(10.5, 600), (11.5, 200)], [(16.0, 600), (16.0, 200)]):
            with self.subTest(now):
                self.not_found("groups-swapped", "survey", self.survey(usual, now), self.SURVEY, ["--as-at", NOW])

    def test_more_answers_than_staff(self):
        self.write("staff.csv", table_text(STAFF, staff()))
        for base, found in ((31, True), (30, False)):
            self.write("survey.csv", table_text(self.SURVEY, [["2024", "Q15", "White", "50", base], ["2024", "Q15", "BME", "50", "10"]]))
            rows = self.of("more-answers-than-staff", self.check("workforce=staff.csv", "survey=survey.csv"))
            self.assertEqual([(row["count"], row["line"], row["field"]) for row in rows], [("41", "2", "question")] if found else [])
        parts = [["2024", "Q15", group, "50", base, part] for group, base in (("White", 30), ("BME", 10)) for part in ("", NURSES)]
        self.write("survey.csv", table_text(self.SURVEY + ["Staff Group"], parts))      # beside the whole
        self.assertEqual(self.of("more-answers-than-staff", self.check("workforce=staff.csv", "survey=survey.csv")), [])

    def test_board(self):
        def board(white, bme):
            return [[NOW, "White", "Y", "Y"]] * white + [[NOW, "BME", "Y", "N"]] * bme
        more = ["--as-at", NOW]
        self.assertEqual(self.found("board-size", "board", board(35, 6), self.BOARD, more, line=2)["count"], "41")
        self.not_found("board-size", "board", board(35, 5), self.BOARD, more)
        self.found("board-groups", "board", board(0, 9), self.BOARD, more, line=2, field="ethnicity")
        self.found("board-groups", "board", board(9, 0), self.BOARD, more, line=2, field="ethnicity", severity="information")
        self.not_found("board-groups", "board", board(9, 1), self.BOARD, more)


class Output(Checking):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", table_text(STAFF, staff() + [person(3), person(70, "=1+1")]))
        self.write("bad.csv", table_text(STAFF, staff() + [person(70, date="2025-02-31"), person(3)]))
        self.write("good.csv", table_text(STAFF, staff()))

    def test_exit_statuses(self):
        for name, more, status in (("staff.csv", [], OK), ("staff.csv", ["--fail-on", "warning"], CONDITION), ("staff.csv", ["--fail-on", "error"], OK), ("good.csv", ["--fail-on", "warning"], OK),
                                   ("bad.csv", [], DATA), ("bad.csv", ["--fail-on", "error"], DATA), ("staff.csv", ["--strict"], DATA), ("good.csv", ["--strict"], OK),
                                   ("gone.csv", [], IO), ("staff.csv", ["--fail-on", "outside"], USAGE), ("staff.csv", ["--by", "sex"], USAGE)):
            with self.subTest(name=name, more=more):
                self.assertEqual(self.wres("check", "workforce=" + name, *more).status, status)

    def test_table(self):
        outcome = self.wres("check", "workforce=bad.csv", "--format", "table")
        text = outcome.out.decode()
        self.assertRegex(text, r"(?m)^  ERROR    bad\.csv:42, snapshot_date: date \(1\)$")
        self.assertRegex(text, r"(?m)^ +To do: ")
        self.assertRegex(text, r"(?m)^  ethnicity +Ethnic Origin +100\.0% +2 +0$")
        self.assertRegex(text, r"(?m)^1 error, 1 warning, 0 notes\. A calculation would stop")
        self.assertLess(text.index("ERROR"), text.index("  warning  bad.csv:43"))
        brief = self.wres("check", "workforce=staff.csv", "--format", "table", "-q")
        self.assertNotIn("note ", brief.out.decode().rsplit("\n", 2)[0])
        self.assertNotIn("Ethnic Origin", brief.out.decode())
        self.assertEqual(brief.err, "")
        self.assertNotIn("\x1b", text)

    def test_values(self):
        plain, values = (self.wres("check", "workforce=staff.csv", "--format", "table", *more).out.decode() for more in ([], ["--values"]))
        self.assertNotIn("N African", plain)
        self.assertRegex(values, r"(?m)^    N African +11 +line 5 +sum 11$")
        document = self.document("workforce=staff.csv", "--values")
        ethnicity, = [column for column in document["columns"] if column["field"] == "ethnicity"]
        self.assertEqual([(v["value"], v["found"], v["rows"], v["line"]) for v in ethnicity["values"]],
                         [("A White - British", "listed", 30, 2), ("N African", "listed", 11, 5), ("=1+1", "unmapped", 1, 43)])
        self.assertNotIn("values", self.document("workforce=staff.csv")["columns"][0])

    def test_columns(self):
        columns = {column["field"]: column for column in self.document("workforce=staff.csv")["columns"]}
        self.assertEqual((columns["snapshot_date"]["earliest"], columns["snapshot_date"]["latest"], columns["snapshot_date"]["distinct"]), (NOW, NOW, 1))
        self.assertEqual((columns["person_id"]["filled"], columns["person_id"]["distinct"], columns["person_id"]["looked_up"]), (42, 41, None))
        self.assertEqual((columns["ethnicity"]["unmapped"], columns["ethnicity"]["looked_up"]), (1, 42))
        self.assertEqual(columns["fte"]["sum"], 42)
        self.assertEqual(list(columns)[:3], ["snapshot_date", "organisation", "person_id"])

    def test_formulas(self):
        """A header of the file can be in a message; no cell of the output begins as a formula does."""
        self.write("odd.csv", table_text(STAFF + ["=cmd()"], [row + ["x"] for row in staff()]))
        outcome = self.wres("check", "workforce=odd.csv", "--format", "csv")
        for row in csv.reader(io.StringIO(outcome.out.decode())):
            for cell in row:
                self.assertFalse(cell[:1] in "=+-@\t\r" and cell != "", cell)

    def test_files_and_settings(self):
        self.write("wres.yaml", "output: result.json\nfail_on: outside\ninputs: {workforce: staff.csv}\n")
        outcome = self.wres("check")
        self.assertEqual(outcome.status, OK, outcome)
        self.assertFalse(os.path.exists(self.path("result.json")), "the output of the settings is for results")
        self.assertIn(b"duplicate-row", outcome.out)
        self.assertEqual(self.wres("check", "-o", "found.json").status, OK)
        jsonschema.validate(json.loads(self.read("found.json")), self.schema)
        self.assertEqual(self.wres("check", "-o", "staff.csv").status, USAGE)
        self.assertRegex(self.wres("check", "-o", "found.csv").err, r"wres: check: errors 0, warnings 2, notes \d")
        self.write("wres.yaml", "inputs: {workforce: {file: staff.csv, columns: {nothing: x}}}\n")
        self.assertEqual(self.wres("check").status, USAGE)

    def test_full_disk(self):
        for format_ in ("csv", "json", "table"):
            with open("/dev/full", "wb") as full:
                self.assertEqual(self.wres("check", "workforce=staff.csv", "--format", format_, stdout=full).status, IO)

    def test_organisation(self):
        self.write("two.csv", table_text(STAFF, staff() + [person(100 + n, organisation="RYY") for n in range(20)] + [person(100, organisation="RYY")]))
        self.assertEqual(len(self.of("duplicate-row", self.check("workforce=two.csv"))), 1)
        self.assertEqual(self.of("duplicate-row", self.check("workforce=two.csv", "--organisation", "RZZ")), [])
        self.assertEqual(len(self.of("organisation", self.check("workforce=two.csv", "--organisation", "RXX", status=DATA))), 1)

    def test_same_bytes(self):
        for format_ in ("table", "json", "csv"):
            one, other = (self.wres("check", "workforce=staff.csv", "--format", format_, environment=environment).out for environment in ({}, {"LC_ALL": "C", "TZ": "Asia/Tokyo", "MALLOC_PERTURB_": "7"}))
            self.assertEqual(one, other)

    def test_disclosure(self):
        self.assertEqual(self.document("workforce=staff.csv")["disclosure"], DISCLOSURE)


class Example(Checking):
    """The example trust, whose faults are there on purpose, against a count of them that shares no code with the program."""

    def rows_of(self, name):
        with open(os.path.join(EXAMPLE, name + ".csv"), encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header, line = next(reader), reader.line_num
            for cells in reader:
                yield line + 1, dict(zip(header, (cell.strip() for cell in cells)))
                line = reader.line_num

    def setUp(self):
        super().setUp()
        self.rows = self.check(folder=EXAMPLE, status=OK)

    def one(self, check, table):
        found, = [row for row in self.rows if (row["check"], row["table"]) == (check, table)]
        return found["line"], int(found["count"])

    def test_duplicates(self):
        for table in ("workforce", "training"):
            seen, again = set(), []
            for line, row in self.rows_of(table):
                key = tuple(row.values())
                if key in seen and row["Employee Number"]:
                    again.append(line)
                seen.add(key)
            self.assertEqual(self.one("duplicate-row", table), (str(again[0]), len(again)))

    def test_events_before_their_time(self):
        dates, joined = {}, {}
        for _, row in self.rows_of("workforce"):
            dates.setdefault(row["Employee Number"], set()).add(row["Effective Date"])
        for _, row in self.rows_of("movements"):
            if row["Kind"] == "Joiner":
                joined[row["Employee Number"]] = min(row["Date"], joined.get(row["Employee Number"], "9"))
        snapshots = sorted(set().union(*dates.values()))
        for table, column in (("cases", "Date Entered"), ("training", "Completion Date"), ("referrals", "Date")):
            early, seen = [], set()
            for line, row in self.rows_of(table):
                number, date = row["Employee Number"], row[column]
                date = "-".join(reversed(date.split("/")))
                if number not in dates or tuple(row.values()) in seen:
                    continue
                seen.add(tuple(row.values()))
                first = min(dates[number])
                before = [day for day in snapshots if day < first]
                start = joined.get(number, "9")
                if (start <= first and date < start) or (start > first and before and date <= before[-1]):
                    early.append(line)
            self.assertEqual(self.one("before-start", table), (str(early[0]), len(early)), table)

    def test_what_the_readme_lists(self):
        """Its tables of what is wrong on purpose, and no check besides."""
        found = {(row["check"], row["table"]) for row in self.rows if row["severity"] == "warning"}
        self.assertEqual(found, {("blank-identifier", "workforce"), ("condition-not-tested", "workforce"), ("conflicting-groups", "workforce"), ("duplicate-row", "workforce"),
                                 ("unmapped-value", "workforce"), ("before-start", "cases"), ("person-not-found", "cases"), ("before-start", "referrals"),
                                 ("before-start", "training"), ("duplicate-row", "training"), ("person-not-found", "training")})
        self.assertEqual({row["message"].split("'")[1] for row in self.of("unmapped-value", self.rows)}, {"European", "Mancunian", "Human race", "See paper form", "North East", "Band 8"})
        self.assertEqual(self.one("person-not-found", "cases")[1], 3)
        self.assertEqual(self.one("blank-identifier", "workforce")[1], 2)


class Names(Checking):
    def names_in_the_source(self):
        names = set()
        for folder, _, files in os.walk(os.path.join(ROOT, "src")):
            for name in files:
                if not name.endswith(".c"):
                    continue
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    text = file.read()
                names |= set(re.findall(r'WRES_(?:ERROR|WARNING|INFORMATION),\s*"([^"]*)"', text))
                names |= set(re.findall(r'(?:issue|warn)\((?:w->)?\w+, [^;]*?"([a-z]+(?:-[a-z]+)+)"', text))
        with open(os.path.join(ROOT, "src", "config", "table.c"), encoding="utf-8") as file:
            types = re.search(r"type_names?\[\][^{]*\{([^}]*)\}", file.read())
        return names | set(re.findall(r'"(\w+)"', types.group(1)))

    def table(self):
        with open(os.path.join(ROOT, "data", "checks", "checks.csv"), encoding="utf-8", newline="") as file:
            return {row["check"]: row for row in csv.DictReader(file)}

    def test_each_check_says_what_to_do(self):
        table = self.table()
        names = self.names_in_the_source()
        self.assertGreater(len(names), 60)
        self.assertEqual(names - set(table), set(), "no row in data/checks/checks.csv")
        for name, row in table.items():
            self.assertTrue(all(row.values()), name)
            self.assertIn(row["severity"], ("error", "warning", "information", "error or warning", "information or warning"), name)

    def test_each_check_is_in_the_document(self):
        outcome = subprocess.run([sys.executable, os.path.join(ROOT, "docs", "make_checks.py"), "--check"], capture_output=True, text=True)
        self.assertEqual(outcome.returncode, 0, outcome.stdout + outcome.stderr)


if __name__ == "__main__":
    main()
