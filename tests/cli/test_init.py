"""wres init: settings out of a folder of exports: what is sure is in force, what is not is a comment that a person answers.

A question is answered here as its comment says: "# " is taken from the line that is right, and from the keys it stands below.
"""
import csv
import gzip
import io
import os
import pty
import re
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from cli import EXAMPLE, ROOT, WRES, Case, by_key, main, read_rows, run, table_text  # noqa: E402

OK, CONDITION, USAGE, DATA, IO = range(5)
EXAMPLES = os.path.join(ROOT, "data", "examples")
REALDATA = os.path.join(os.path.dirname(HERE), "realdata")
POLICE = os.path.join(EXAMPLES, "police")
COMMENT = re.compile(r"^( *)# ( *)(\S.*)$")


def indent_of(line):
    match = COMMENT.match(line)
    return len(match[1]) + len(match[2]) if match else len(line) - len(line.lstrip())


def answered(text, *answers):
    """The settings with the lines in force that begin as the answers do; an answer may be a pair: the line, and what it becomes."""
    lines = text.split("\n")
    for answer in answers:
        begins, becomes = answer if isinstance(answer, tuple) else (answer, None)
        found = [n for n, line in enumerate(lines) if COMMENT.match(line) and COMMENT.match(line)[3].startswith(begins)]
        assert len(found) == 1, "%s: %d lines" % (begins, len(found))
        at, need = found[0], None
        while True:
            match = COMMENT.match(lines[at])
            indent = indent_of(lines[at])
            if need is None or (indent < need and re.match(r'^("[^"]*"|[^"#:]+):(   #.*)?$', match[3] if match else "")):
                need = indent
                lines[at] = " " * indent + (becomes if becomes and at == found[0] else match[3])
            at -= 1
            if need == 0 or at < 0 or (lines[at].strip() and not COMMENT.match(lines[at]) and indent_of(lines[at]) < need):
                break
    return "\n".join(lines)


def put_in_force(text):
    """A block that is commented out as a whole, without its outer "# "."""
    lines = text.split("\n")
    start = lines.index("# inputs:")
    return "\n".join(lines[:start] + [re.sub(r"^# ?", "", line) for line in lines[start:]])


def questions(text):
    return len(re.findall(r"# Question: ", text))


class Initialising(Case):
    def init(self, *arguments, status=OK, **more):
        outcome = self.wres("init", *(arguments or (".",)), **more)
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def settings(self, *arguments, **more):
        self.init(*arguments, **more)
        return self.read("wres.yaml").decode("utf-8")

    def example(self, name):
        for file in os.listdir(os.path.join(EXAMPLES, name)):
            if file.endswith((".csv", ".csv.gz")):
                shutil.copy(os.path.join(EXAMPLES, name, file), self.folder)

    def result(self, settings, *arguments, status=OK):
        self.write("answered.yaml", settings)
        outcome = self.wres("calc", "-q", "--settings", "answered.yaml", "--format", "csv", *arguments)
        self.assertEqual(outcome.status, status, outcome)
        return outcome.out

    def shipped(self, name, *arguments):
        outcome = run("calc", "-q", "--settings", os.path.join(EXAMPLES, name, "wres.yaml"), "--format", "csv", *arguments)
        self.assertEqual(outcome.status, OK, outcome)
        return outcome.out

    def mapping(self, text):
        """The lines in force, without what they remark."""
        return [re.sub(r"   # .*", "", line) for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]


class Examples(Initialising):
    def test_system_needs_no_answer(self):
        self.example("system")
        text = self.settings()
        self.assertEqual(questions(text), 0)
        self.assertEqual(self.result(text), self.shipped("system"))

    def test_primary_care(self):
        self.example("primary-care")
        text = self.settings()
        self.assertEqual(questions(text), 1)
        self.assertIn("Standards besides whose tables are all here: primary-care-survey\n", text)
        self.result(text, status=USAGE)
        self.assertEqual(self.result(answered(text, "as_at: 2025-03-31"), "--standard", "primary-care-survey"), self.shipped("primary-care"))

    def test_england(self):
        self.example("england")
        text = self.settings()
        self.assertEqual(questions(text), 1)
        self.result(text, status=DATA)  # half of all people are in totals
        done = answered(text, "Ethnicity: [", "Grade: [")
        for day in ("2022-06-01", "2009-09-01"):
            self.assertEqual(self.result(done, "--as-at", day), self.shipped("england", "--as-at", day))
        self.assertIn("# as_at: 2022-06-01", text)

    def test_trust(self):
        self.example("trust")
        text = self.settings()
        self.assertIn("10 of 10 files in force, 3 open questions", self.init(".", "-o", "-").err)
        self.assertEqual(questions(text), 3)  # ethnicities, a band, a course that no list has
        done = answered(text, "CPD Study Leave:")
        self.assertEqual(self.result(done), self.shipped("trust"))
        more = ("--standard", "mwres-2021", "--standard", "wdes-2023", "--standard", "positive-action", "--by", "team")
        self.assertEqual(self.result(done, *more), self.shipped("trust", *more))

    def test_trust_without_answers(self):
        """The course that is not mapped is the only difference: it stops the run, and where that is allowed it tells in indicator 4."""
        self.example("trust")
        text = self.settings()
        self.result(text, status=DATA)
        ours, theirs = (by_key(read_rows(out)) for out in (self.result(text, "--allow-unmapped"), self.shipped("trust")))
        self.assertEqual(set(ours), set(theirs))
        self.assertEqual({key[1] for key in ours if ours[key] != theirs[key]}, {"4"})

    def test_check_reads_them(self):
        for name, answers in (("system", ()), ("england", ("Ethnicity: [", "Grade: [")), ("primary-care", ("as_at: ",)), ("trust", ("CPD Study",))):
            with self.subTest(name):
                shutil.rmtree(self.folder)
                os.mkdir(self.folder)
                self.example(name)
                self.write("wres.yaml", answered(self.settings(), *answers))
                outcome = self.wres("check", "-q", "--format", "csv")
                self.assertEqual([row for row in csv.DictReader(io.StringIO(outcome.out.decode())) if row["severity"] == "error"], [])
                self.assertEqual(outcome.status, OK, outcome)

    def test_custom_is_not_taken_for_what_it_is_not(self):
        self.example("custom")
        text = self.settings()
        self.assertIn("# inputs:\n", text)
        self.assertEqual(len(re.findall(r"Question: is this the table", text)), 2)


class RealFiles(Initialising):
    def test_organisations_have_no_ethnicity(self):
        """Nothing is in force, the settings load, and put in force the missing column is all that a check complains about."""
        for name in ("nhs_org_medical_grade_2017.csv.gz", "nhs_org_nonmedical_afcband_2017.csv.gz"):
            with self.subTest(name):
                shutil.rmtree(self.folder)
                os.mkdir(self.folder)
                shutil.copy(os.path.join(REALDATA, name), self.folder)
                outcome = self.init()
                self.assertIn("workforce, but a column it needs was not found: in force for 'wres check' alone, 1 question", outcome.err)
                text = self.read("wres.yaml").decode()
                found = self.wres("check", "-q", "--format", "csv")
                errors = [row for row in csv.DictReader(io.StringIO(found.out.decode())) if row["severity"] == "error"]
                self.assertEqual([(row["check"], row["field"]) for row in errors], [("header", "ethnicity")])
                self.assertIn("fte: FTE", text)
                self.assertIn("organisation: ORG_CODE", text)

    @unittest.skipUnless(os.path.isdir(POLICE), "the example of police officers is not there")
    def test_police(self):
        shutil.copy(os.path.join(POLICE, "police_force_rank_ethnicity_2003_2006.csv.gz"), self.folder)
        text = self.settings()
        self.assertEqual(questions(text), 3)
        self.result(text, status=DATA)
        done = answered(text, "snapshot_date: As at", "ethnicity: Ethnicity", "zero: ", '"2003": 2003-03-31', '"2004":', '"2005":', '"2006": 2006-03-31')
        rows = read_rows(self.result(done, "--standard", "disparity", "--standard", "wres-2025"))
        people = {row["group"]: row["value"] for row in rows if row["indicator"] == "1" and row["statistic"] == "count"
                  and (row["section"], row["row"], row["organisation"]) == ("all", "all", "all")}
        self.assertEqual(int(people["white"]), 136322)  # as published for 2006
        self.assertEqual(rows[0]["period"], "2006-03-31")


STAFF = ("Employee Number", "Ethnic Origin", "AfC Band", "Staff Group", "Snapshot Date")


def staff(count=40, day="2025-03-31", first=20000000):
    return [[str(first + n), ("White - British", "Indian")[n % 2], "Band %d" % (2 + n % 6), "Nursing and Midwifery Registered", day] for n in range(count)]


class Shapes(Initialising):
    def test_twins(self):
        """However a file was saved, the same columns are found, and the results are the same."""
        plain = table_text(STAFF, staff())
        self.write("staff.csv", plain)
        want, figures = self.mapping(self.settings()), self.result(self.read("wres.yaml"))
        semicolons = plain.replace(",", ";")
        twins = {
            "titles": "Staff in post\nprinted by the trust\n\n" + plain,
            "semicolons": semicolons,
            "utf-16": plain.replace(",", "\t").encode("utf-16"),
            "all at once": ("Staff in post\n\n" + semicolons).replace("\n", "\r\n").encode("utf-16"),
            "packed": gzip.compress(plain.encode(), mtime=0),
            "windows": ("Staff \x96 in post\n" + plain).encode("latin-1"),
        }
        for name, content in twins.items():
            with self.subTest(name):
                self.write("staff.csv", content)
                self.assertEqual(self.mapping(self.settings("--force", ".")), want)
                self.assertEqual(self.result(self.read("wres.yaml")), figures)

    def test_what_was_found_is_said(self):
        self.write("staff.csv", ("Staff in post\n\n" + table_text(STAFF, staff()).replace(",", ";")).encode("utf-16"))
        self.assertRegex(self.settings(), r"# staff.csv: 40 rows; cells separated by semicolons; header in line 3; read as UTF-16")

    def test_ambiguous_dates(self):
        self.write("er.csv", "Date Entered,Employee Number,Case Type,Formal,Ethnicity\n06/06/2024,1,Disciplinary,Y,A\n04/05/2024,2,Disciplinary,Y,A\n")
        text = self.settings()
        self.assertIn("# dates: d/m/y   # or m/d/y: line 3 could be either", text)
        self.assertEqual(self.wres("calc", "--as-at", "2025-03-31").status, DATA)
        done = answered(text, "dates: d/m/y", ("as_at:", "as_at: 2025-03-31"))
        self.result(done)
        self.result(answered(text, ("dates:", "dates: m/d/y"), ("as_at:", "as_at: 2025-03-31")))

    def test_date_of_events_alone(self):
        self.write("er.csv", "Date Entered,Employee Number,Case Type,Formal,Ethnicity\n2024-06-16,1,Disciplinary,Y,A\n")
        self.assertIn("# as_at: 2025-03-31\n", self.settings())

    def test_two_tables(self):
        self.write("january.csv", "Date,Employee Number,Ethnicity\n2025-01-31,1,A\n")
        outcome = self.init()
        self.assertIn("january.csv: workforce, or another table: left out until that is answered, 1 question", outcome.err)
        text = self.read("wres.yaml").decode()
        self.assertRegex(text, r"Question: is this the table workforce\? Most speaks for it\. It could be .*cases")
        self.write("wres.yaml", put_in_force(text))
        self.assertEqual(self.wres("calc", "-q").status, OK)

    def test_two_columns(self):
        self.write("staff.csv", table_text(("Emp No", "Ethnic Group", "Ethnic Origin", "Band"), [["1", "BME", "White - British", "Band 5"], ["2", "White", "Indian", "Band 5"]]))
        text = self.settings()
        self.assertRegex(self.wres("calc", "--as-at", "2025-03-31").err, "two columns mean this field")
        for header in ("Ethnic Origin", "Ethnic Group"):
            self.result(answered(text, "ethnicity: " + header), "--as-at", "2025-03-31")

    def test_marks(self):
        def counted(*counts):
            return table_text(("Snapshot Date", "Ethnicity", "AfC Band", "Headcount"), [["2025-03-31", "White", "Band 5", n] for n in counts])

        for counts, lines in ((("12", " - ", "3"), ['# zero: ["-"]', '# hidden: ["-"]']), (("12", "*", "[c]"), ['# hidden: ["*", "[c]"]']),
                              (("12", "<5"), ["# hidden:", '#   "<5": "1-4"']), (("12", "<5", "*"), ["# hidden:", '#   "<5": "1-4"', '#   "*": "???"'])):
            with self.subTest(counts):
                self.write("staff.csv", counted(*counts))
                text = self.settings("--force", ".")
                self.assertEqual(questions(text), 1)
                for line in lines:
                    self.assertIn("    " + line, text)
        self.write("staff.csv", counted("12", "Jane Roe", "4 1/2"))
        self.assertNotIn("Jane", self.settings("--force", "."))

    def test_values(self):
        rows = staff()
        for n, value in enumerate(("Mancunian", "Mancunian", "White - Britsh", "12345678", "Indian: other # x")):
            rows[n][1] = value
        self.write("staff.csv", table_text(STAFF, rows))
        text = self.settings()
        self.assertIn('    #     Mancunian: "???"   # 2 rows\n', text)
        self.assertIn("    #     White - Britsh: White - British   # 1 row\n", text)
        self.assertNotIn("12345678", text)
        self.assertIn("and 1 more; 'wres check --values' shows those that may be shown", text)
        self.assertEqual(self.wres("calc", "-q", "--allow-unmapped").status, OK)
        bad = answered(text, 'Mancunian: "???"')
        self.assertEqual(self.wres("calc", "--settings", self.write("bad.yaml", bad)).status, USAGE)  # a question that is left open is refused
        done = answered(text, ('Mancunian: "???"', "Mancunian: White - Any other White background"), "White - Britsh:", ('"Indian: other # x"', '"Indian: other # x": Indian'))
        people = [row["value"] for row in read_rows(self.result(done)) if row["statistic"] == "count" and row["row"] == row["section"] == "all" and row["group"] == "unknown"]
        self.assertEqual(people, ["1"])

    def test_what_is_open_is_no_value(self):
        for name in os.listdir(os.path.join(ROOT, "data", "codes")):
            with open(os.path.join(ROOT, "data", "codes", name), encoding="utf-8", newline="") as file:
                self.assertNotIn("???", {cell.strip() for row in csv.reader(file) for cell in row}, name)

    def test_nothing_of_anybody(self):
        """Identifiers, names and what people wrote are in the file nowhere."""
        self.example("trust")
        cells = set()
        for name in os.listdir(self.folder):
            with open(self.path(name), encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    cells |= {value for header, value in row.items() if header in (
                        "Employee Number", "Applicant ID", "Respondent ID", "Case ID", "Vacancy Ref", "Position Title", "Team", "Organisation", "Outcome") and len(value) > 2}
        text = self.settings()
        words = {word for word in cells if re.search(r"(?<!\w)%s(?!\w)" % re.escape(word), text)}
        self.assertGreater(len(cells), 5000)
        self.assertEqual(words, set())

    def test_awkward_headers(self):
        headers = ("Emp: No #1", "Ethnicity\nas_at: 2001-01-01\n# x", "- [Band]", "\"quoted\", it's", "Gr\u00e4de \u2028as_at: 2001-01-01", "tab\there", " ")
        rows = [["1", "White - British", "Band 5", "x", "y", "z", ""], ["2", "Indian", "Band 6", "x", "y", "z", ""]]
        self.write("staff.csv", table_text(headers, rows * 5))
        text = self.settings()
        self.assertEqual(self.wres("calc", "-q", "--as-at", "2025-03-31", "--allow-unmapped").status, OK)
        for line in text.splitlines():
            self.assertFalse(line.startswith("as_at: 2001"), line)
        self.assertIn('ethnicity: "Ethnicity\\x0Aas_at: 2001-01-01\\x0A# x"   # found by its values', text)

    def test_a_name_twice(self):
        self.write("staff.csv", "Emp No,Ethnicity,ETHNICITY,Band\n1,A,B,Band 5\n")
        self.assertIn("rename one in the file", self.settings())


class Several(Initialising):
    def test_snapshots_in_files(self):
        header, figures = ("Snapshot Date", "Ethnicity", "AfC Band", "Headcount"), [["White", "Band 5", "12"], ["Indian", "Band 5", "7"]]
        for day in ("2024-03-31", "2025-03-31"):
            self.write("staff-%s.csv" % day, table_text(header, [[day] + row for row in figures]))
        outcome = self.init()
        self.assertIn("2 of 2 files in force, 0 open questions", outcome.err)
        self.assertEqual(len(re.findall(r"^    - file: staff-", self.read("wres.yaml").decode(), re.M)), 2)
        self.assertEqual(self.wres("calc", "-q").status, OK)
        self.write("staff-copy.csv", table_text(header, [["2025-03-31"] + row for row in figures] + [["2025-03-31", "Caribbean", "Band 5", "1"]]))
        outcome = self.init("--force", ".")
        self.assertIn("2 of 3 files in force, 1 open question", outcome.err)
        self.assertEqual(self.wres("calc", "-q").status, OK)

    def test_people_are_recognised(self):
        self.write("staff-a.csv", table_text(STAFF, staff()))
        self.write("staff-b.csv", table_text(STAFF, staff(first=20000020)))
        self.assertIn("2 of 2 files in force, 0 open questions", self.init().err)

    def test_rows_of_another_kind(self):
        self.write("staff-a.csv", table_text(STAFF, staff()))
        self.write("staff-b.csv", table_text(("Snapshot Date", "Ethnicity", "AfC Band", "Headcount"), [["2025-03-31", "White", "Band 5", "12"]]))
        self.assertIn("staff-b.csv: workforce, but its rows stand for something else than those of staff-a.csv: left out", self.init().err)
        self.assertEqual(self.wres("calc", "-q").status, OK)

    def test_files_that_are_none(self):
        self.write("staff.csv", table_text(STAFF, staff()))
        self.write("book.xlsx", b"PK\x03\x04....")
        self.write("empty.csv", "")
        self.write("notes.txt", "Some notes.\n")
        self.write("readme.md", "no export\n")
        self.write(".hidden.csv", table_text(STAFF, staff()))
        os.mkdir(self.path("more.csv"))
        self.wres("calc", "workforce=staff.csv", "-o", "result.csv")
        self.wres("check", "workforce=staff.csv", "-o", "found.csv")
        outcome = self.init()
        for name, reason in (("book.xlsx", "an Excel workbook"), ("empty.csv", "passed over: it is empty"), ("notes.txt", "fits no table"),
                             ("result.csv", "a result of wres"), ("found.csv", "a result of wres")):
            self.assertRegex(outcome.err, r"init: %s: .*%s" % (name, reason))
            self.assertRegex(self.read("wres.yaml").decode(), r"# Not read: %s: " % name)
        self.assertIn("1 of 6 files in force", outcome.err)
        self.assertNotIn("more.csv", outcome.err)
        self.assertNotIn("hidden", outcome.err)

    def test_in_order_and_again(self):
        for name in ("c", "a", "B"):
            self.write("staff-%s.csv" % name, table_text(STAFF, staff()))
        first = self.settings()
        self.assertEqual(re.findall(r"file: staff-(.)", first), ["B", "a", "c"])
        for environment in ({"LC_ALL": "C", "TZ": "Asia/Tokyo", "MALLOC_PERTURB_": "7"}, {}):
            self.assertEqual(self.settings("--force", ".", environment=environment), first)


class Output(Initialising):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("exports"))
        self.write("exports/staff.csv", table_text(STAFF, staff()))

    def test_beside_the_exports(self):
        outcome = self.init("exports")
        self.assertEqual(outcome.out, b"")
        self.assertIn("wres: init: next: wres check --settings exports/wres.yaml", outcome.err)
        self.assertEqual(self.wres("calc", "-q", "--settings", "exports/wres.yaml").status, OK)
        self.assertEqual(os.listdir(self.path("exports")).count(".wres"), 0)
        self.assertEqual(sorted(os.listdir(self.path("exports"))), ["staff.csv", "wres.yaml"])

    def test_an_earlier_file_stays(self):
        self.write("exports/wres.yaml", "as_at: 2025-03-31\n")
        outcome = self.init("exports", status=USAGE)
        self.assertRegex(outcome.err, r"exports/wres.yaml: this file is there already.*--force")
        self.assertEqual(self.read("exports/wres.yaml"), b"as_at: 2025-03-31\n")
        self.init("--force", "exports")
        self.assertIn(b"inputs:", self.read("exports/wres.yaml"))
        self.write("other.yaml", "mine")
        self.init("exports", "-o", "other.yaml", status=USAGE)
        self.assertEqual(self.read("other.yaml"), b"mine")

    def test_elsewhere(self):
        os.makedirs(self.path("a/b"))
        for output, path in (("mine.yaml", "exports/staff.csv"), ("a/b/mine.yaml", "../../exports/staff.csv"), ("exports/mine.yaml", "staff.csv"), (self.path("abs.yaml"), "exports/staff.csv")):
            with self.subTest(output):
                self.init("exports", "-o", output)
                self.assertRegex(self.read(output).decode(), r'\n    file: "?%s"?\n' % re.escape(path))
                self.assertEqual(self.wres("calc", "-q", "--settings", output).status, OK)

    def test_to_standard_output(self):
        shown = self.init("exports", "-o", "-").out
        self.assertFalse(os.path.exists(self.path("exports/wres.yaml")))
        self.init("exports")
        self.assertEqual(shown, self.read("exports/wres.yaml"))

    def test_quiet(self):
        self.assertEqual(self.init("-q", "exports").err, "")

    def test_an_export_is_not_overwritten(self):
        before = self.read("exports/staff.csv")
        outcome = self.init("exports", "--force", "-o", "exports/staff.csv", status=USAGE)
        self.assertIn("would be overwritten", outcome.err)
        self.assertEqual(self.read("exports/staff.csv"), before)

    def test_where_nothing_can_be_written(self):
        self.init("exports", "-o", "none/wres.yaml", status=IO)
        self.init("exports", "--force", "-o", "/dev/full", status=IO)
        with open("/dev/full", "wb") as full:
            self.init("exports", "-o", "-", stdout=full, status=IO)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_is_read_only(self):
        os.chmod(self.path("exports"), 0o555)
        self.addCleanup(os.chmod, self.path("exports"), 0o755)
        self.assertIn("cannot be written", self.init("exports", status=IO).err)

    def test_usage(self):
        for arguments, status, words in (((), USAGE, "name the folder"), (("exports", "more"), USAGE, "'more' is one word too many"), (("none",), IO, "there is no such folder"),
                                         (("exports/staff.csv",), USAGE, "this is a file"), (("exports", "--format", "json"), USAGE, "no option '--format'"),
                                         (("exports", "-o", "exports"), USAGE, "this is a folder")):
            with self.subTest(arguments):
                outcome = self.wres("init", *arguments)
                self.assertEqual(outcome.status, status, outcome)
                self.assertIn(words, outcome.err)
        self.assertFalse(os.path.exists(self.path("exports/wres.yaml")))
        self.assertEqual(self.wres("calc", "--force").status, USAGE)

    def test_nothing_to_read(self):
        os.mkdir(self.path("empty"))
        self.assertIn("no export is in this folder", self.init("empty", status=DATA).err)
        self.write("empty/book.csv", b"PK\x03\x04....")
        outcome = self.init("empty", status=DATA)
        self.assertRegex(outcome.err, r"book.csv: the file is an Excel workbook(.|\n)*no file of this folder can be read: nothing was written")
        self.assertEqual(os.listdir(self.path("empty")), ["book.csv"])

    def test_help(self):
        outcome = self.wres("init", "--help")
        self.assertEqual(outcome.status, OK)
        self.assertIn(b"wres init exports/", outcome.out)
        self.assertIn(b"--force", outcome.out)
        self.assertIn(b"init ", self.wres("--help").out)


def has_terminals():
    try:
        for end in pty.openpty():
            os.close(end)
        return True
    except OSError:
        return False


@unittest.skipUnless(has_terminals(), "there are no terminals")
class Dialogue(Initialising):
    def talk(self, answers, *arguments):
        """What stood on the terminal, and the settings. The answers are typed ahead."""
        master, slave = pty.openpty()
        child = subprocess.Popen([WRES, "init", *arguments, "."], cwd=self.folder, stdin=slave, stderr=slave, stdout=subprocess.PIPE)
        os.close(slave)
        os.write(master, answers.encode())
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        child.stdout.read()
        child.stdout.close()
        os.close(master)
        self.assertEqual(child.wait(timeout=60), OK, shown.decode())
        return shown.decode().replace("\r\n", "\n"), self.read("wres.yaml").decode()

    def setUp(self):
        super().setUp()
        rows = [["20000001", "BME", "Mancunian", "Band 5", "04/05/2024"], ["20000002", "White", "White - Britsh", "Band 5", "04/05/2024"]]
        self.write("staff.csv", table_text(("Emp No", "Ethnic Group", "Ethnic Origin", "Band", "Snapshot Date"), rows))

    def test_answers_get_into_force(self):
        shown, text = self.talk("2\n1\nWhite - Any other White background\n1\n")
        self.assertIn("staff.csv: ethnicity (Ethnic category as recorded): several columns are called so. Which is it?\n  1  Ethnic Group\n  2  Ethnic Origin\n", shown)
        self.assertIn("Line 2 could be either", shown)
        self.assertEqual(questions(text), 0)
        for line in ("      ethnicity: Ethnic Origin\n", "    dates: d/m/y\n", "        Mancunian: White - Any other White background", "        White - Britsh: White - British"):
            self.assertIn(line, text)
        rows = read_rows(self.result(text))
        self.assertEqual([row["value"] for row in rows if (row["statistic"], row["section"], row["row"], row["group"]) == ("count", "all", "all", "white")], ["2"])
        self.assertEqual(rows[0]["period"], "2024-05-04")

    def test_enter_leaves_it_open(self):
        self.assertEqual(self.talk("\n" * 9)[1], self.init("--force", "-o", "-", ".").out.decode())
        self.assertGreater(questions(self.read("wres.yaml").decode()), 1)

    def test_q_and_the_end_leave_all(self):
        want = self.init("-o", "-", ".").out.decode()
        for answers in ("q\n", "\x04"):
            shown, text = self.talk(answers, "--force")
            self.assertEqual(text, want)
            self.assertEqual(shown.count("Enter to leave it open"), 1)

    def test_nonsense_is_asked_again(self):
        shown, text = self.talk("9\nblue\n2\n1\nMartian\nIndian\n1\n")
        self.assertEqual(shown.count("That is none of the numbers."), 2)
        self.assertEqual(shown.count("Neither one of the numbers nor a value of the list."), 1)
        self.assertIn("        Mancunian: Indian", text)

    def test_long_nonsense(self):
        self.assertIn("      ethnicity: Ethnic Origin\n", self.talk("x" * 1000 + "\n2\nq\n")[1])

    def test_month_first(self):
        self.assertIn("    dates: m/d/y\n", self.talk("2\n2\n\n\n")[1])
        self.assertIn("# as_at: 2024-04-05", self.read("wres.yaml").decode())

    def test_quiet_does_not_ask(self):
        shown, text = self.talk("", "-q")
        self.assertEqual(shown, "")
        self.assertGreater(questions(text), 1)

    def test_tables_counts_totals_and_the_date(self):
        os.remove(self.path("staff.csv"))
        self.write("a.csv", "Date,Employee Number,Ethnicity\n2025-01-31,1,A\n")
        self.write("b.csv", "Question,Answer,Ethnicity,Total\nQ14a,Yes,White,12\nQ14a,All answers,White,*\nQ14a,No,White,-\n")
        shown, text = self.talk("q\n")
        tables = re.findall(r"^  (\d+)  (\w+): ", shown, re.M)
        number = dict((table, n) for n, table in tables)["cases"]
        shown, text = self.talk("%s\n2\n1\n1\n2024-12-31\n" % number, "--force")
        self.assertIn("  cases:\n    file: a.csv", text)
        self.assertIn('    zero: ["-"]\n    hidden: ["*"]\n    leave_out:\n      Answer: [All answers]\n', text)
        self.assertIn("\nas_at: 2024-12-31\n", text)
        self.assertEqual(questions(text), 0)

    def test_rows_of_two_files(self):
        os.remove(self.path("staff.csv"))
        for name, people in (("a", "12"), ("b", "13")):
            self.write("staff-%s.csv" % name, "Snapshot Date,Ethnicity,AfC Band,Headcount\n2025-03-31,White,Band 5,%s\n" % people)
        shown, text = self.talk("1\n")
        self.assertIn("nothing tells their rows apart. Do both count?", shown)
        self.assertEqual(len(re.findall(r"^    - file: ", text, re.M)), 2)


if __name__ == "__main__":
    main()
