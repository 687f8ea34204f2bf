"""What is wrong is refused, said where and why, and leaves nothing behind: no output, no temporary file, no name of a person.

Every case is run three times: to standard output, to a new file, and over an earlier file of that name.
"""
import gzip
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main, table_text  # noqa: E402

USAGE, DATA, IO = 2, 3, 4
SECRET = "SECRET123"            # stands in every cell that no message may quote
EARLIER = b"an earlier result\n"

STAFF = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Staff Group", "Team", "Job Role"]
COUNTED = ["Effective Date", "Organisation", "Ethnic Origin", "Grade", "Staff Group", "Team", "Count"]
NURSES = "Nursing and Midwifery Registered"


def person(number, ethnicity="A White - British", band="Band 5", date="2025-03-31", organisation="RZZ"):
    return [date, organisation, "%s-%04d" % (SECRET, number), ethnicity, "Female", band, NURSES, SECRET + " ward", SECRET + " nurse"]


def staff(count=20, **given):
    """Rows of people, every fourth of them BME."""
    return [person(n, **dict({"ethnicity": "N African" if n % 4 == 3 else "A White - British"}, **given)) for n in range(count)]


def counted(*counts):
    return [["2025-03-31", "RZZ", "N African" if n % 2 else "A White - British", "Band 5", NURSES, SECRET + " ward", count]
            for n, count in enumerate(counts)]


class Refusals(Case):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", table_text(STAFF, staff()))

    def check_message(self, outcome, status, patterns):
        self.assertEqual(outcome.status, status, outcome)
        self.assertEqual(outcome.out, b"", outcome)
        self.assertRegex(outcome.err, r"(?m)^wres: error: ", outcome)
        for line in outcome.err.splitlines():
            self.assertRegex(line, r"^wres: (error|warning): ", outcome)
        for pattern in patterns:
            self.assertRegex(outcome.err, pattern, outcome)
        self.assertNotIn(SECRET, outcome.err, outcome)
        self.assertIsNone(re.search(r"[\x00-\x09\x0b-\x1f\x7f]", outcome.err), outcome)

    def refused(self, status, patterns, *arguments, stdin=b"", to_file=True):
        """wres calc with these arguments ends with the status, says what the patterns ask for, and changes no file."""
        before = {name: self.read(name) for name in os.listdir(self.folder) if os.path.isfile(self.path(name))}
        names = sorted(os.listdir(self.folder))
        self.check_message(self.wres("calc", *arguments, stdin=stdin), status, patterns)
        self.checked(status, arguments, stdin)
        if to_file:
            outcome = self.wres("calc", *arguments, "-o", "new.csv", stdin=stdin)
            self.check_message(outcome, status, patterns)
            self.assertFalse(os.path.exists(self.path("new.csv")), outcome)
            self.write("earlier.csv", EARLIER)
            self.check_message(self.wres("calc", *arguments, "-o", "earlier.csv", stdin=stdin), status, patterns)
            self.assertEqual(self.read("earlier.csv"), EARLIER, outcome)
            os.unlink(self.path("earlier.csv"))
        self.assertEqual(sorted(os.listdir(self.folder)), names, "files left behind")
        for name, content in before.items():
            self.assertEqual(self.read(name), content, "an input was changed")

    def checked(self, status, arguments, stdin):
        """What a calculation refuses of the data, a check finds; and it names nobody either."""
        if not {"--by", "--groups", "--decimals", "--chinese", "--unknown", "--stratify"}.isdisjoint(arguments):
            return
        outcome = self.wres("check", *arguments, stdin=stdin)
        self.assertIn(outcome.status, (DATA, IO) if status in (DATA, IO) else (0, USAGE, DATA, IO), outcome)
        self.assertNotIn(SECRET, outcome.out.decode() + outcome.err, outcome)
        if status == DATA and "-o" not in arguments:
            self.assertIn(b"error", outcome.out.lower(), outcome)

    def refused_content(self, content, *patterns, status=DATA, table="workforce", more=()):
        self.write("bad.csv", content)
        self.refused(status, patterns, "%s=bad.csv" % table, *more)
        self.refused(status, [p.replace(r"bad\.csv", ".*") for p in patterns], "%s=-" % table, *more, stdin=self.read("bad.csv"))


class Files(Refusals):
    def test_missing_file(self):
        self.refused(IO, [r"gone\.csv", r"No such file"], "workforce=gone.csv")

    def test_one_of_two_missing(self):
        self.refused(IO, [r"gone\.csv"], "workforce=staff.csv", "cases=gone.csv")

    def test_folder_for_a_file(self):
        os.mkdir(self.path("exports"))
        self.refused(IO, [r"exports", r"(?i)directory|folder"], "workforce=exports")

    def test_empty_file(self):
        self.refused_content("", r"bad\.csv", r"empty|no header|no row")

    def test_byte_order_mark_alone(self):
        self.refused_content(b"\xef\xbb\xbf", r"bad\.csv", r"empty|no header|no row")

    def test_blank_lines_alone(self):
        self.refused_content("\n\n\r\n", r"bad\.csv", r"empty|no header|no row")

    def test_header_only(self):
        self.refused_content(",".join(STAFF) + "\n", r"bad\.csv", r"no row|no record|only a header|header")

    def test_nul_byte(self):
        text = table_text(STAFF, staff()).replace("Female", "Fem\0ale", 1)
        self.refused_content(text, r"bad\.csv:2: ", r"NUL", r"CSV UTF-8")

    def test_nul_byte_in_an_identifier(self):
        text = table_text(STAFF, staff()).replace("-0004", "-00\0" + "04")
        self.refused_content(text, r"bad\.csv:6: ", r"NUL")

    def test_utf_16(self):
        text = table_text(STAFF, staff())
        for name, encoding in (("little", "UTF-16LE"), ("big", "UTF-16BE")):
            with self.subTest(name):
                self.refused_content(text.encode(encoding), r"bad\.csv:1: ", r"UTF-16 without", r"'encoding: %s'" % encoding, r"CSV UTF-8")
        for name, content, line in (("cut in a character", b"\xff\xfe" + text.encode("utf-16-le")[:-1], 21), ("half a surrogate", (b"\xff\xfe" + text.encode("utf-16-le")).replace("Female".encode("utf-16-le"), b"\0\xd8" * 6, 1), 2)):
            with self.subTest(name):
                self.refused_content(content, r"bad\.csv:%d: " % line, r"not UTF-16LE", r"byte order mark")

    def test_other_kinds_of_file(self):
        packed = gzip.compress(table_text(STAFF, staff()).encode(), mtime=0)
        for name, content, words in (("xlsx", b"PK\x03\x04\x14\x00\x06\x00", ["Excel|zip", "CSV UTF-8"]), ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1", ["Excel", "CSV UTF-8"]),
                                     ("gzip cut off", packed[:-1], ["gzip", "cut off"]), ("gzip cut in the midst", packed[:len(packed) // 2], ["gzip", "cut off"]), ("gzip damaged", packed[:40] + b"\xff\xff\xff" + packed[43:], ["gzip", "damaged"]),
                                     ("gzip with a wrong sum", packed[:-8] + b"\0\0\0\0" + packed[-4:], ["gzip", "damaged"]), ("gzip and more", packed + b"more", ["gzip", "damaged|cut off"]), ("gzip twice", gzip.compress(packed), ["packed twice"]),
                                     ("bzip2", b"BZh91AY&SY", ["bzip2", "gzip is"]), ("pdf", b"%PDF-1.7\n", ["PDF"]), ("web page below a blank line", b"\n <!DOCTYPE html>", ["HTML"]), ("packed web page", gzip.compress(b"<html></html>"), ["HTML"])):
            with self.subTest(name):
                self.refused_content(content, r"bad\.csv", *words)

    def test_byte_that_no_encoding_has(self):
        text = table_text(STAFF, staff()).encode()
        for byte in (0x81, 0x8d, 0x8f, 0x90, 0x9d):
            with self.subTest("%02x" % byte):
                self.refused_content(text.replace(b"N African", b"N Afric%cn" % byte, 1), r"bad\.csv:5: ", r"neither UTF-8 nor Windows-1252", r"encoding")
        self.refused_content(text.replace(b"Gender", b"Gend\x81r", 1), r"bad\.csv:1: ", r"neither UTF-8 nor Windows-1252")

    def test_encoding_of_the_settings_that_does_not_fit(self):
        text = table_text(STAFF, staff())
        for encoding, content, patterns in (("UTF-8", text.encode().replace(b"N African", b"N Afric\xe9n", 1), [r"staff\.csv:5: ", r"not UTF-8", r"settings"]),
                                            ("Windows-1252", text.encode().replace(b"N African", b"N Afric\x81n", 1), [r"staff\.csv:5: ", r"not Windows-1252", r"settings"]),
                                            ("Windows-1252", b"\xef\xbb\xbf" + text.encode(), [r"staff\.csv:1: ", r"byte order mark of UTF-8", r"encoding"]),
                                            ("UTF-16LE", b"\xfe\xff" + text.encode("utf-16-be"), [r"staff\.csv:1: ", r"byte order mark of UTF-16BE"]),
                                            ("UTF-16BE", text.encode("utf-16-be") + b"\0", [r"staff\.csv:22: ", r"not UTF-16BE"])):
            with self.subTest(encoding=encoding, content=content[:4]):
                self.write("staff.csv", content)
                self.write("wres.yaml", "inputs:\n  workforce: {file: staff.csv, encoding: %s}\n" % encoding)
                self.refused(DATA, patterns)

    def test_name_with_control_characters(self):
        name = "gone\x1b[31m\x07\n.csv"
        self.refused(IO, [r"No such file", r"U\+001B"], "workforce=" + name)


class Headers(Refusals):
    def without(self, *names):
        keep = [i for i, name in enumerate(STAFF) if name not in names]
        return table_text([STAFF[i] for i in keep], [[row[i] for i in keep] for row in staff()])

    def test_no_ethnicity(self):
        self.refused_content(self.without("Ethnic Origin", "Employee Number"), r"bad\.csv:1: ethnicity: ", r"missing", r"Ethnic Origin", r"columns")

    def test_nearest_header(self):
        rows = [["2025-03-01", "A White - British", "Y"]]
        self.refused_content(table_text(["Date", "Etnic Orign", "Voting"], rows), r"bad\.csv:1: ethnicity: ", r"nearest.*'Etnic Orign'", table="board", more=("--as-at", "2025-03-31"))

    def test_workforce_cannot_be_linked_to_itself(self):
        self.refused_content(self.without("Ethnic Origin"), r"bad\.csv:1: ethnicity: ", r"missing", r"Ethnic Origin")
        renamed = table_text(["Etnic Orign" if name == "Ethnic Origin" else name for name in STAFF], staff())
        self.refused_content(renamed, r"bad\.csv:1: ethnicity: ", r"nearest.*'Etnic Orign'")

    def test_no_stage(self):
        rows = [["V1", SECRET, "2025-01-02", "A White - British"]]
        self.refused_content(table_text(["Vacancy Ref", "Applicant ID", "Application Date", "Ethnic Origin"], rows), r"bad\.csv:1: stage: ",
                             r"missing", r"shortlisted", table="recruitment", more=("--as-at", "2025-03-31"))

    def test_no_ethnicity_and_no_person(self):
        self.refused_content(table_text(["Date Entered", "Case ID"], [["2025-01-02", SECRET]]), r"bad\.csv:1: ethnicity: ", r"person_id",
                             table="cases", more=("--as-at", "2025-03-31"))

    def test_survey_without_question_or_answer(self):
        rows = [["2024", SECRET, "A White - British", SECRET]]
        self.refused_content(table_text(["Survey Year", "Respondent ID", "Ethnicity", "Comment"], rows), r"bad\.csv:1: question: ",
                             r"bad\.csv:1: answer: .*percent", table="survey", more=("--as-at", "2025-03-31"))

    def test_the_same_header_twice(self):
        rows = [row + ["Band 6"] for row in staff()]
        self.refused_content(table_text(STAFF + ["Grade"], rows), r"bad\.csv:1: pay_band: ", r"two columns", r"'Grade' and 'Grade'", r"remove|Say which")

    def test_two_headers_of_one_field(self):
        rows = [row + ["N"] for row in staff()]
        self.refused_content(table_text(STAFF + ["Ethnicity"], rows), r"bad\.csv:1: ethnicity: ", r"two columns", r"'Ethnic Origin' and 'Ethnicity'", r"columns")

    def test_a_title_above_a_header_without_what_is_needed(self):
        self.refused_content("Staff in post at 31 March 2025\n\n" + self.without("Ethnic Origin"), r"bad\.csv:3: ethnicity: ", r"missing")
        self.refused_content("Staff in post at 31 March 2025\n" * 61 + table_text(STAFF, staff()), r"bad\.csv:1: ethnicity: ", r"missing")

    def test_header_line_that_does_not_fit(self):
        text = "Staff\n\n" + table_text(STAFF, staff())
        for line, patterns in ((1, [r"staff\.csv:1: ", r"line 2", r"'header_line: 1'", r"stands in line 3"]), (2, [r"staff\.csv:2: ", r"stands in line 3"]),
                               (4, [r"staff\.csv:4: ", r"stands in line 3"]), (100, [r"'header_line: 100'", r"line 3"])):
            with self.subTest(line):
                self.write("staff.csv", text)
                self.write("wres.yaml", "inputs:\n  workforce: {file: staff.csv, header_line: %d}\n" % line)
                self.refused(DATA, patterns)
        self.write("staff.csv", self.without("Ethnic Origin"))
        self.write("wres.yaml", "inputs:\n  workforce: {file: staff.csv, header_line: 30}\n")
        self.refused(DATA, [r"'header_line: 30'", r"only 21 lines"])
        self.write("wres.yaml", "inputs:\n  workforce: {file: staff.csv, header_line: 1}\n")
        self.refused(DATA, [r"staff\.csv:1: ethnicity: ", r"missing"])

    def test_delimiter_that_does_not_fit(self):
        self.write("wres.yaml", "inputs:\n  workforce: {file: staff.csv, delimiter: tab}\n")
        self.refused(DATA, [r"staff\.csv: ", r"'delimiter: tab'", r"separated by commas"])

    def test_a_second_line_of_the_header(self):
        for line in ("(dd/mm/yyyy),(code),(number),(code),M or F,(AfC),(ESR),text,text", "Date,Org,Number,Code,Description,Band,Group,Team,Role", ",,,code,,,,,", ",,,ETH_DESC,,,,,ROLE"):
            with self.subTest(line):
                header, rows = table_text(STAFF, staff()).split("\n", 1)
                self.refused_content("%s\n%s\n%s" % (header, line, rows), r"bad\.csv:2: ", r"second line of the header", r"leave_out")

    def test_merged_headers_above_half_a_header(self):
        """The names of some columns in one line, those of others in the next: no line is the header."""
        text = "Effective Date,Organisation,Ethnicity,,Staff,\n,,Code,Description,Grade,Staff Group\n" + "2025-03-31,RZZ,A,White,Band 5,Nursing\n" * 20
        self.refused_content(text, r"bad\.csv:2: ", r"second line of the header")

    def test_a_column_of_the_settings_is_not_there(self):
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: staff.csv\n    columns:\n      ethnicity: Ethnic Orig\n")
        self.refused(DATA, [r"staff\.csv:1: ethnicity: ", r"line 5", r"'Ethnic Orig'", r"nearest.*'Ethnic Origin'"])

    def test_a_column_of_the_settings_is_there_twice(self):
        self.write("staff.csv", table_text(STAFF + ["Grade"], [row + ["Band 6"] for row in staff()]))
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: staff.csv\n    columns:\n      pay_band: Grade\n")
        self.refused(DATA, [r"staff\.csv:1: pay_band: ", r"line 5", r"2 times", r"rename"])

    def test_leave_out_of_a_column_that_is_not_there(self):
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: staff.csv\n    leave_out:\n      Grad: [Total]\n")
        self.refused(DATA, [r"staff\.csv:1: ", r"line 5", r"'Grad'", r"nearest.*'Grade'"])


class Rows(Refusals):
    def changed(self, line, old, new, count=1):
        lines = table_text(STAFF, staff()).split("\n")
        assert old in lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(old, new, count)
        return "\n".join(lines)

    def test_unterminated_quote(self):
        self.refused_content(self.changed(7, SECRET + " ward", '"' + SECRET + " ward"), r"bad\.csv:7: ", r"quotation mark.*never closed", r"[Cc]lose it|double it")

    def test_unterminated_quote_in_the_last_line(self):
        text = table_text(STAFF, staff())[:-1] + ',"' + SECRET
        self.refused_content(text, r"bad\.csv:21: ", r"quotation mark.*never closed")

    def test_unterminated_quote_in_the_header(self):
        self.refused_content(table_text(STAFF, staff()).replace("Team", '"Team', 1), r"bad\.csv:1: ", r"quotation mark")

    def test_unterminated_quote_behind_a_cell_of_two_lines(self):
        lines = table_text(STAFF, staff()).split("\n")
        lines[3] = lines[3].replace(SECRET + " ward", '"%s\nward"' % SECRET)
        lines[8] = lines[8].replace(SECRET + " ward", '"%s ward' % SECRET)
        self.refused_content("\n".join(lines), r"bad\.csv:10: ", r"quotation mark.*never closed")

    def test_stray_quote(self):
        self.refused_content(self.changed(5, "N African", 'N "African"'), r"bad\.csv:5: ", r"quotation mark", r"double")

    def test_text_behind_a_closing_quote(self):
        self.refused_content(self.changed(5, "N African", '"N" African'), r"bad\.csv:5: ", r"quotation mark", r"double")

    def test_short_row(self):
        self.refused_content(self.changed(9, "," + SECRET + " nurse", ""), r"bad\.csv:9: ", r"8 cells", r"9", r"quotation marks")

    def test_long_row(self):
        self.refused_content(self.changed(9, SECRET + " nurse", SECRET + ", nurse"), r"bad\.csv:9: ", r"10 cells", r"9", r"quotation marks")

    def test_line_numbers_behind_a_cell_of_three_lines(self):
        lines = table_text(STAFF, staff()).split("\n")
        lines[3] = lines[3].replace(SECRET + " nurse", '"%s\nand\nnurse"' % SECRET)
        lines[8] = lines[8].replace("2025-03-31", "2025-02-31")
        for name, end in (("LF", "\n"), ("CRLF", "\r\n")):
            with self.subTest(name):
                self.refused_content("\n".join(lines).replace("\n", end), r"bad\.csv:11: snapshot_date: ")

    def test_line_numbers_behind_blank_lines(self):
        text = table_text(STAFF, staff()).replace("2025-03-31", "2025-02-31", 1)
        self.refused_content("\n\n" + text.replace("\n", "\n\n", 1), r"bad\.csv:5: snapshot_date: ")

    def test_impossible_dates(self):
        for date in ("31/02/2025", "2025-13-01", "29/02/2025", "00/03/2025", "31-Foo-2025", "45747", "1899-12-31", "2101-01-01",
                     "31/03/25", "Mar-25", "March", "03-2025", "2025-03-31x"):
            with self.subTest(date):
                self.refused_content(self.changed(12, "2025-03-31", date), r"bad\.csv:12: snapshot_date: ", r"date")

    def test_number_of_a_spreadsheet_for_a_date(self):
        for date in ("45747", "45747.5", "36526"):
            with self.subTest(date):
                self.refused_content(self.changed(12, "2025-03-31", date), r"bad\.csv:12: snapshot_date: ", r"spreadsheet counts days", r"2025-03-31")

    def test_dates_in_doubt(self):
        header = ["Date Entered", "Ethnic Origin", "Formal"]
        rows = [["2024-12-31", "A", "Y"], ["01/01/2025", "A", "Y"], ["04/03/2025", "A", "Y"], ["05-02-2025", "A", "Y"], ["31-Mar-2025", "A", "Y"]]
        for date in ("04/03/2025", "04-03-2025", "4.3.2025", "04/03/2025 00:00"):
            with self.subTest(date):
                rows[2][0] = date
                self.refused_content(table_text(header, rows), r"bad\.csv:4: date_entered: ", r"day/month/year or month/day/year\?", r"dates: d/m/y", r"--dates", table="cases", more=("--as-at", "2025-03-31"))
        for told in (["--dates", "d/m/y"], ["--dates", "m/d/y"]):
            outcome = self.wres("calc", "cases=bad.csv", "--as-at", "2025-03-31", *told)
            self.assertEqual(outcome.status, 0, outcome)
        self.refused(USAGE, [r"--dates: 'y/m/d'", r"d/m/y, m/d/y"], "workforce=staff.csv", "--dates", "y/m/d")

    def test_dates_of_both_kinds(self):
        header = ["Date Entered", "Ethnic Origin", "Formal"]
        rows = [["01/02/2025", "A", "Y"], ["13/02/2025", "A", "Y"], ["02/14/2025", "A", "Y"]]
        self.refused_content(table_text(header, rows), r"bad\.csv:4: date_entered: month/day/year stands in this line and day/month/year in line 3", table="cases", more=("--as-at", "2025-03-31"))

    def test_whose_word_on_dates_holds(self):
        """The command line before the settings of the file, these before the settings of all files."""
        self.write("cases.csv", table_text(["Date Entered", "Ethnic Origin", "Formal"], [["04/12/2024", "A", "Y"]] * 3))           # 4 December 2024, or 12 April
        settings = "as_at: 2024-11-30\n%sinputs:\n  cases: {file: cases.csv%s}\n"
        for of_all, of_file, flag, used in (("", ", dates: d/m/y", [], 0), ("", ", dates: m/d/y", [], 3), ("dates: d/m/y\n", "", [], 0), ("dates: m/d/y\n", "", [], 3),
                                            ("dates: d/m/y\n", ", dates: m/d/y", [], 3), ("dates: m/d/y\n", ", dates: d/m/y", [], 0),
                                            ("dates: m/d/y\n", ", dates: m/d/y", ["--dates", "d/m/y"], 0), ("", ", dates: d/m/y", ["--dates", "m/d/y"], 3)):
            with self.subTest(of_all=of_all, of_file=of_file, flag=flag):
                self.write("wres.yaml", settings % (of_all, of_file))
                outcome = self.wres("calc", "--format", "json", *flag)
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual(json.loads(outcome.out)["inputs"][0]["rows_used"], used)

    def test_month_first(self):
        self.refused_content(self.changed(12, "2025-03-31", "03/31/2025"), r"bad\.csv:12: snapshot_date: ", r"dates: m/d/y")

    def test_no_date_in_a_workforce_row(self):
        self.refused_content(self.changed(12, "2025-03-31", ""), r"bad\.csv:12: snapshot_date: ", r"Fill it in|remove")

    def test_impossible_date_of_an_event(self):
        text = table_text(["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal"],
                          [["2025-01-31", SECRET, SECRET + "-0003", "Disciplinary", "Y"], ["31/04/2024", SECRET, SECRET + "-0004", "Disciplinary", "Y"]])
        self.write("cases.csv", text)
        self.refused(DATA, [r"cases\.csv:3: date_entered: "], "workforce=staff.csv", "cases=cases.csv")

    def test_survey_year(self):
        for year in ("24", "20 24", "2024/25", "3024"):
            with self.subTest(year):
                rows = [[year, SECRET, "A White - British", "Q14a", "Yes"]]
                self.refused_content(table_text(["Survey Year", "Respondent ID", "Ethnicity", "Question", "Answer"], rows),
                                     r"bad\.csv:2: survey_year: ", r"year", table="survey", more=("--as-at", "2025-03-31"))

    def test_counts_that_are_none(self):
        for count in ("<5", "[c]", "4.5", "*", "-", "-1", "", " ", "5*", "43+", "1e3", "0x10", "1,97", "five", "nan", "99999999999999999999", "٣"):
            with self.subTest(count):
                text = table_text(COUNTED, counted(40, 10, 7, count, 3))
                self.refused_content(text, r"bad\.csv:5: count: ", r"whole number", r"hidden", r"leave_out|[Cc]orrect")

    def test_percent_that_is_none(self):
        header = ["Survey Year", "Ethnicity", "Question", "Percent", "Base"]
        for percent in ("101", "-3", "<5", "27,5", "[c]", "x"):
            with self.subTest(percent):
                rows = [["2024", "White", "Q14a", "25.0", "612"], ["2024", "BME", "Q14a", percent, "100"]]
                self.refused_content(table_text(header, rows), r"bad\.csv:3: percent: ", r"0 to 100", table="survey", more=("--as-at", "2025-03-31"))

    def test_percentages_that_are_fractions(self):
        header = ["Survey Year", "Ethnicity", "Question", "Percent", "Base"]
        rows = [["2024", "White", "Q14a", "0", "612"], ["2024", "BME", "Q14a", "0.25", "100"], ["2024", "White", "Q15", "1", "612"]]
        self.refused_content(table_text(header, rows), r"bad\.csv:3: percent: ", r"0\.25 means 25", table="survey", more=("--as-at", "2025-03-31"))

    def test_percent_without_base(self):
        rows = [["2024", "White", "Q14a", "25.0"]]
        self.refused_content(table_text(["Survey Year", "Ethnicity", "Question", "Percent"], rows), r"bad\.csv:2: percent: ", r"base",
                             table="survey", more=("--as-at", "2025-03-31"))

    def test_identifiers_that_a_spreadsheet_cut(self):
        text = re.sub(SECRET + "-00..", "2.00E+07", table_text(STAFF, staff()))
        self.refused_content(text, r"bad\.csv:2: person_id: ", r"spreadsheet", r"Export")

    def test_long_identifiers_that_a_spreadsheet_cut(self):
        rows = staff()
        for n, row in enumerate(rows): row[2] = "1234567890123%02d0" % n
        self.refused_content(table_text(STAFF, rows), r"bad\.csv:2: person_id: ", r"end in 0", r"spreadsheet", r"Export")
        rows[7][2] = "1234567890123071"
        self.write("good.csv", table_text(STAFF, rows))
        self.assertEqual(self.wres("calc", "workforce=good.csv").status, 0)

    def test_codes_that_a_spreadsheet_made_numbers(self):
        self.refused_content(self.changed(9, "RZZ", "5.00E+01"), r"bad\.csv:9: organisation: ", r"spreadsheet", r"Export")

    def test_footer_before_records(self):
        lines = table_text(STAFF, staff()).split("\n")
        for footer in ("Source: ESR on 31 March", "Source: ESR on 31 March,,,,,,,,", "Notes"):
            with self.subTest(footer):
                self.refused_content("\n".join(lines[:9] + [footer] + lines[9:]), r"bad\.csv:10: ", r"footer", r"records follow")

    def test_cut_off_in_the_last_row(self):
        """Wherever the last row of a file ends, there is a word about it."""
        whole = table_text(STAFF, staff())
        last = whole.rstrip("\n").rfind("\n") + 1
        for cut in range(last + 1, len(whole)):
            with self.subTest(whole[last:cut]):
                self.write("bad.csv", whole[:cut])
                outcome = self.wres("calc", "workforce=bad.csv")
                self.assertIn(outcome.status, (0, DATA), outcome)
                self.assertRegex(outcome.err, r"wres: (error|warning): bad\.csv(:21)?: ", outcome)

    def test_nothing_but_totals(self):
        rows = [["2025-03-31", "RZZ", "Total", "Band 5", NURSES, "", "10"], ["Total", "", "", "", "", "", "10"]]
        self.refused_content(table_text(COUNTED, rows), r"bad\.csv:2: ", r"every row is called a total", r"values")

    def test_the_same_file_twice(self):
        self.write("counted.csv", table_text(COUNTED, counted(40, 10)))
        self.write("again.csv", b"\xef\xbb\xbf" + self.read("counted.csv"))
        self.refused(DATA, [r"again\.csv: ", r"same as that of counted\.csv", r"twice"], "workforce=counted.csv", "workforce=again.csv")
        self.write("same.csv", self.read("staff.csv"))
        outcome = self.wres("calc", "workforce=staff.csv", "workforce=same.csv")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertRegex(outcome.err, r"wres: warning: same\.csv: .*same as that of staff\.csv")

    def test_many_mistakes_are_counted(self):
        text = table_text(STAFF, staff(5000, date="2025-02-30"))
        self.write("bad.csv", text)
        outcome = self.wres("calc", "workforce=bad.csv")
        self.check_message(outcome, DATA, [r"bad\.csv:2: snapshot_date: ", r"and \d+ more of this kind"])
        lines = outcome.err.splitlines()
        self.assertLess(len(lines), 200, outcome)
        more = int(re.search(r"and (\d+) more of this kind", outcome.err).group(1))
        self.assertEqual(more + len([line for line in lines if "bad.csv:" in line and "error" in line]), 5000, outcome)

    def test_a_cell_without_end(self):
        self.refused_content(self.changed(5, SECRET + " ward", '"' + SECRET + "x" * 1200000), r"bad\.csv:5: ", r"1 MiB|never closed")

    def test_values_in_no_list(self):
        for field, old, new in (("ethnicity", "A White - British", "Blue"), ("pay_band", "Band 5", "Band 5x")):
            with self.subTest(field):
                text = table_text(STAFF, staff()).replace(old, new, 3)
                self.refused_content(text, r"bad\.csv: %s: " % field, r"3 of 20", r"5%", r"values", r"--allow-unmapped", r"'%s'" % new)

    def test_one_value_in_no_list_under_strict(self):
        text = table_text(STAFF, staff(40)).replace("A White - British", "Blue", 1)
        self.refused_content(text, r"bad\.csv: ethnicity: ", r"1 of 40", r"--strict", more=("--strict",))

    def test_allowed_values_in_no_list(self):
        self.write("bad.csv", table_text(STAFF, staff()).replace("A White - British", "Blue", 3))
        outcome = self.wres("calc", "workforce=bad.csv", "--allow-unmapped")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertRegex(outcome.err, r"wres: warning: bad\.csv: ethnicity: 3 of 20 ")
        self.write("few.csv", table_text(STAFF, staff()).replace("A White - British", "Blue", 1))
        outcome = self.wres("calc", "workforce=few.csv")               # 1 of 20 is not over 5%
        self.assertEqual(outcome.status, 0, outcome)
        self.assertRegex(outcome.err, r"wres: warning: few\.csv:2: ethnicity: 'Blue' ")

    def test_the_wrong_column_as_ethnicity(self):
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: staff.csv\n    columns: {ethnicity: Gender}\n")
        self.refused(DATA, [r"staff\.csv: ethnicity: 20 of 20 ", r"right column"])

    def test_two_files_that_differ(self):
        for field, header, rows in (("person_id", [n for n in STAFF if n != "Employee Number"], [r[:2] + r[3:] for r in staff()]),
                                    ("count", STAFF + ["Count"], [r + ["1"] for r in staff()])):
            self.write("other.csv", table_text(header, rows))
            for order in (["staff.csv", "other.csv"], ["other.csv", "staff.csv"]):
                with self.subTest(field=field, order=order):
                    self.refused(DATA, [r"(staff|other)\.csv: %s: " % field, r"staff\.csv", r"other\.csv", r"both|neither"], *["workforce=" + name for name in order])

    def test_as_at_that_is_no_snapshot(self):
        self.write("staff.csv", table_text(STAFF, staff() + staff(date="2024-12-31")))
        self.refused(DATA, [r"2025-01-31", r"2024-12-31, 2025-03-31", r"--as-at"], "workforce=staff.csv", "--as-at", "2025-01-31")

    def test_organisation_that_is_not_there(self):
        self.refused(DATA, [r"'RYY'", r"RZZ"], "workforce=staff.csv", "--organisation", "RYY")

    def test_survey_number_of_another_year(self):
        rows = [["2019", SECRET, "White", "Q15", "Yes"]]
        self.refused_content(table_text(["Survey Year", "Respondent ID", "Ethnicity", "Question", "Answer"], rows), r"bad\.csv:2: question: ",
                             r"2019", table="survey", more=("--as-at", "2020-03-31"))


class CommandLine(Refusals):
    def test_no_command(self):
        for words, patterns in (((), [r"wres --help"]), (("clac",), [r"'clac'", r"calc"]), (("calculate-all-of-it",), [r"wres --help"])):
            with self.subTest(words):
                outcome = self.wres(*words)
                self.check_message(outcome, USAGE, patterns)

    def test_no_input(self):
        self.refused(USAGE, [r"no input", r"TABLE=FILE", r"--settings"])

    def test_unknown_table(self):
        self.refused(USAGE, [r"workforse", r"workforce"], "workforse=staff.csv")
        self.refused(USAGE, [r"salaries", r"wres tables|workforce"], "salaries=staff.csv")

    def test_a_word_that_is_no_input(self):
        self.refused(USAGE, [r"'staff\.csv'", r"workforce=staff\.csv"], "staff.csv")

    def test_folder_without_tables(self):
        os.mkdir(self.path("exports"))
        with open(self.path("exports/staff.csv"), "w", encoding="utf-8") as file:
            file.write(table_text(STAFF, staff()))
        self.refused(USAGE, [r"exports", r"workforce\*\.csv", r"wres tables"], "exports")

    def test_unknown_options(self):
        for words, near in ((["--formt", "csv"], "--format"), (["--organization", "RZZ"], "--organisation"), (["--decimal5"], "--decimals"), (["--groops=5"], "--groups"),
                            (["-x"], "--help"), (["--frobnicate"], "--help"), (["--s=x"], "--help")):
            with self.subTest(words):
                self.refused(USAGE, [re.escape(words[0]), near], "workforce=staff.csv", *words)

    def test_value_missing(self):
        for option in ("--as-at", "--format", "-o", "--by"):
            with self.subTest(option):
                self.refused(USAGE, [r"value", option], "workforce=staff.csv", option, to_file=False)

    def test_values_that_are_not_allowed(self):
        for option, value, allowed in (("format", "xml", "table, json, csv"), ("groups", "3", "2, 5, 16"), ("unknown", "maybe", "exclude, include|include, exclude"),
                                       ("decimals", "10", "0 to 9"), ("decimals", "-1", "0 to 9"), ("decimals", "two", "0 to 9"), ("decimals", "", "0 to 9"),
                                       ("fail-on", "never", "outside, behind, warning"), ("chinese", "white", "other, asian, apart"),
                                       ("as-at", "31/02/2025", "date"), ("as-at", "yesterday", "date"), ("as-at", "", "date"), ("format", "", "table, json, csv")):
            with self.subTest(option=option, value=value):
                self.refused(USAGE, [r"--%s: '%s'" % (option, re.escape(value)), allowed], "workforce=staff.csv", "--" + option, value)

    def test_unknown_field_to_break_down_by(self):
        self.refused(USAGE, [r"sexx", r"\bsex\b"], "workforce=staff.csv", "--by", "sexx")
        self.refused(USAGE, [r"sexx", r"\bsex\b"], "workforce=staff.csv", "--by", "team,sexx")
        self.refused(USAGE, [r"shoe_size"], "workforce=staff.csv", "--by", "shoe_size")
        self.refused(USAGE, [r"--by", r"''"], "workforce=staff.csv", "--by", "")
        self.refused(USAGE, [r"--by", r"once"], "workforce=staff.csv", "--by", "sex", "--by", "sex")

    def test_unknown_standard(self):
        self.refused(USAGE, [r"wres-2026", r"wres-2025"], "workforce=staff.csv", "--standard", "wres-2026")
        self.refused(USAGE, [r"standard", r"once"], "workforce=staff.csv", "--standard", "wres-2025", "--standard", "wres-2025")

    def test_events_without_a_date(self):
        text = table_text(["Date Entered", "Case ID", "Ethnic Origin", "Formal"], [["2025-01-31", SECRET, "N", "Y"]])
        self.write("cases.csv", text)
        self.refused(USAGE, [r"--as-at"], "cases=cases.csv")

    def test_workforce_without_a_date(self):
        self.refused_content(table_text(STAFF[1:], [row[1:] for row in staff()]), r"bad\.csv: snapshot_date: ", r"--as-at", status=USAGE)

    def test_words_too_many(self):
        for words in (("standards", "wres-2025", "x"), ("codes", "sex", "x"), ("tables", "cases", "x"), ("schema", "x"), ("standards", "wres-205"), ("codes", "ethnicty"),
                      ("tables", "case"), ("explain", "wres-2024"), ("explain", "wres-2025", "10")):
            with self.subTest(words):
                self.check_message(self.wres(*words), USAGE, [])


class Settings(Refusals):
    def settings(self, text, *patterns, status=USAGE):
        self.write("wres.yaml", text)
        self.refused(status, patterns)

    def test_unknown_keys(self):
        self.settings("standrad: wres-2025\ninputs:\n  workforce: staff.csv\n", r"wres\.yaml:1: standrad: ", r"did you mean standard", r"inputs")
        self.settings("inputs:\n  workforce:\n    file: staff.csv\n    colums:\n      ethnicity: Ethnic Origin\n", r"wres\.yaml:5?4?: colums: ", r"did you mean columns")

    def test_unknown_field(self):
        self.settings("inputs:\n  workforce:\n    file: staff.csv\n    columns:\n      ethnicty: Ethnic Origin\n", r"wres\.yaml:5: ", r"ethnicty", r"ethnicity")
        self.settings("inputs:\n  workforce:\n    file: staff.csv\n    values:\n      ethnicty:\n        Blue: A\n", r"wres\.yaml:[56]: ", r"ethnicty", r"ethnicity")

    def test_value_mapped_to_nothing(self):
        self.settings("inputs:\n  workforce:\n    file: staff.csv\n    values:\n      ethnicity:\n        Blue: Whitish\n",
                      r"wres\.yaml:6: ", r"'Whitish'", r"ethnicity", r"wres codes")

    def test_unknown_table(self):
        self.settings("inputs:\n  workforse:\n    file: staff.csv\n", r"workforse", r"workforce")

    def test_no_yaml(self):
        for name, text, line in (("list left open", "by: [sex, team\ninputs: {workforce: staff.csv}\n", r"\d+"), ("tab", "inputs:\n\tworkforce: staff.csv\n", "2"),
                                 ("empty", "", r"\d+"), ("text alone", "workforce\n", "1")):
            with self.subTest(name):
                self.settings(text, r"wres\.yaml:%s: " % line)

    def test_duplicate_keys(self):
        self.settings("groups: 2\ngroups: 5\ninputs:\n  workforce: staff.csv\n", r"wres\.yaml:2: groups: ", r"twice|again|already")
        self.settings("inputs:\n  workforce:\n    file: staff.csv\n    file: other.csv\n", r"wres\.yaml:4: file: ", r"twice|again|already")

    def test_shapes(self):
        for name, text in (("inputs as a text", "inputs: staff.csv\n"), ("no file", "inputs:\n  workforce:\n    columns: {team: Team}\n"),
                           ("groups as a list", "groups: [2]\ninputs: {workforce: staff.csv}\n"), ("dates", "inputs:\n  workforce: {file: staff.csv, dates: m/y/d}\n"),
                           ("strict", "strict: perhaps\ninputs: {workforce: staff.csv}\n"), ("columns as a text", "inputs:\n  workforce: {file: staff.csv, columns: Team}\n")):
            with self.subTest(name):
                self.settings(text, r"wres\.yaml:\d+: ")

    def test_wrong_values_of_options(self):
        for text, option in (("groups: 3\n", "groups"), ("decimals: many\n", "decimals"), ("as_at: 2025-02-30\n", "as-at"), ("format: xml\n", "format")):
            with self.subTest(option):
                self.settings(text + "inputs: {workforce: staff.csv}\n", option.replace("-", "[-_]"), r"allowed")

    def test_missing_settings(self):
        self.refused(IO, [r"gone\.yaml"], "--settings", "gone.yaml")

    def test_missing_file_of_the_settings(self):
        self.settings("inputs:\n  workforce: gone.csv\n", r"gone\.csv", status=IO)

    def test_standard_file(self):
        from_program = self.wres("standards", "wres-2025").out.decode()
        for name, old, new, patterns in (
                ("unknown key", "owner: NHS England", "ownr: NHS England", [r"ownr", r"owner"]),
                ("unknown table", "table: recruitment", "table: recruitmnt", [r"recruitmnt", r"recruitment"]),
                ("unknown field", "stage >= appointed", "stag >= appointed", [r"stag\b"]),
                ("unknown value", "stage >= appointed", "stage >= apointed", [r"apointed"]),
                ("no condition", "stage >= appointed", "stage is appointed", [r"stage is appointed|operator|condition"]),
                ("unknown measure", "measure: likelihood", "measure: likelyhood", [r"likelyhood", r"likelihood"]),
                ("no order", "formal in yes", "formal >= yes", [r"order"]),
                ("no yaml", "owner: NHS England", "owner: [NHS England", [])):
            with self.subTest(name):
                self.assertIn(old, from_program)
                self.write("mine.yaml", from_program.replace(old, new, 1))
                self.refused(USAGE, [r"mine\.yaml:\d+: "] + patterns, "workforce=staff.csv", "--standard", "mine.yaml")
        self.refused(IO, [r"gone\.yaml"], "workforce=staff.csv", "--standard", "gone.yaml")

    def test_code_list_file(self):
        self.write("ethnicity.csv", "spelling,code\nWhite,A\n")
        self.refused(USAGE, [r"ethnicity\.csv"], "workforce=staff.csv", "--codes", "ethnicity.csv")
        self.refused(IO, [r"gone\.csv"], "workforce=staff.csv", "--codes", "gone.csv")

    def test_table_file(self):
        self.write("mine.yaml", "table: workforce\ntitle: Mine\nrows_are: x\npeople: staff\ntime: sometimes\nfields: []\n")
        self.refused(USAGE, [r"mine\.yaml:\d+: "], "workforce=staff.csv", "--table", "mine.yaml")


class Output(Refusals):
    def test_output_is_an_input(self):
        os.symlink("staff.csv", self.path("link.csv"))
        os.link(self.path("staff.csv"), self.path("hard.csv"))
        for given, output in (("staff.csv", "staff.csv"), ("staff.csv", "./staff.csv"), ("staff.csv", "link.csv"), ("link.csv", "staff.csv"), ("staff.csv", "hard.csv")):
            with self.subTest(given=given, output=output):
                self.refused(USAGE, [re.escape(given), r"-o|output"], "workforce=" + given, "-o", output, to_file=False)

    def test_output_is_an_input_of_the_settings(self):
        self.write("wres.yaml", "output: staff.csv\ninputs: {workforce: staff.csv}\n")
        self.refused(USAGE, [r"staff\.csv", r"-o|output"], to_file=False)

    def test_output_of_another_format(self):
        for name in ("out.xlsx", "out.XLS", "out.html", "out.pdf"):
            with self.subTest(name):
                self.refused(USAGE, [re.escape(name), r"\.csv", r"\.json", r"\.txt", r"--format"], "workforce=staff.csv", "-o", name, to_file=False)
        self.assertEqual(self.wres("calc", "workforce=staff.csv", "-o", "out.html", "--format", "table").status, 0)

    def test_output_folder_is_missing(self):
        self.refused(IO, [r"gone/out\.csv", r"No such file"], "workforce=staff.csv", "-o", "gone/out.csv", to_file=False)

    def test_output_is_a_folder(self):
        os.mkdir(self.path("exports"))
        self.refused(IO, [r"exports", r"directory"], "workforce=staff.csv", "-o", "exports", to_file=False)

    def test_full_disk(self):
        for format_ in ("csv", "json", "table"):
            with self.subTest(format_):
                with open("/dev/full", "wb") as full:
                    outcome = self.wres("calc", "workforce=staff.csv", "--format", format_, stdout=full)
                self.check_message(outcome, IO, [r"standard output", r"No space"])
                self.refused(IO, [r"/dev/full", r"No space"], "workforce=staff.csv", "--format", format_, "-o", "/dev/full", to_file=False)

    def test_full_disk_of_other_commands(self):
        for words in (["--help"], ["calc", "--help"], ["--version"], ["schema"], ["tables"], ["codes", "ethnicity"], ["standards"], ["explain"]):
            with self.subTest(words):
                with open("/dev/full", "wb") as full:
                    self.check_message(self.wres(*words, stdout=full), IO, [r"standard output"])

    def test_file_size_limit(self):
        if "coverage" in os.environ.get("WRES", ""):
            self.skipTest("the limit would meet the files of the coverage count, too")
        import resource
        self.write("out.json", EARLIER)
        limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # noqa: E731
        outcome = self.wres("calc", "workforce=staff.csv", "-o", "out.json", preexec_fn=limited)
        self.check_message(outcome, IO, [r"out\.json", r"untouched"])
        self.assertEqual(self.read("out.json"), EARLIER)
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.json", "staff.csv"])

    def test_closed_pipe(self):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            outcome = self.wres("calc", "workforce=staff.csv", stdout=pipe)
        self.check_message(outcome, IO, [r"standard output", r"[Bb]roken pipe"])

    def test_closed_standard_input(self):
        outcome = self.wres("calc", "workforce=-", stdin_file=None, preexec_fn=lambda: os.close(0))
        self.assertIn(outcome.status, (DATA, IO), outcome)
        self.assertEqual(outcome.out, b"", outcome)

    def test_closed_standard_error(self):
        whole = self.wres("calc", "workforce=staff.csv", "-o", "one.csv")
        self.assertEqual(whole.status, 0, whole)
        self.wres("calc", "workforce=staff.csv", "-o", "two.csv", stderr=None, preexec_fn=lambda: (os.close(2), os.close(0)))
        self.assertEqual(self.read("two.csv"), self.read("one.csv"), "messages in the output file")

    def test_identifiers_stay_out_of_every_message(self):
        self.write("cases.csv", table_text(["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal", "Outcome"],
                                           [["2025-01-31", SECRET, SECRET + "-9999", "Disciplinary", "Y", SECRET], ["2025-01-31", SECRET, SECRET + "-0003", "Odd type", "Y", SECRET]] + [["2025-01-31", SECRET, SECRET + "-0007", "Capability", "Y", SECRET]] * 20 + [
                                            ["", SECRET, SECRET + "-0004", "Disciplinary", "Y", SECRET]]))
        rows = staff(30) + [person(3, "A White - British", "Band 6")] + [["2025-03-31", "RZZ", ""] + person(0)[3:]]
        self.write("staff.csv", table_text(STAFF, rows))
        outcome = self.wres("calc", "workforce=staff.csv", "cases=cases.csv", "--verbose", "--format", "json")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertNotIn(SECRET, outcome.err)
        self.assertNotIn(SECRET.encode(), outcome.out)

    def test_no_warning_is_no_condition(self):
        """That the result is not for publication is no warning about the data."""
        rows = [row + ["Permanent", "Active"] for row in staff()]
        self.write("whole.csv", table_text(STAFF + ["Assignment Category", "Assignment Status"], rows))
        self.write("blue.csv", table_text(STAFF + ["Assignment Category", "Assignment Status"], rows).replace("A White - British", "Blue", 1))
        for name, status in (("whole.csv", 0), ("blue.csv", 1)):
            for more in ([], ["-q"], ["-v"]):
                with self.subTest(name=name, more=more):
                    outcome = self.wres("calc", "workforce=" + name, "--fail-on", "warning", *more)
                    self.assertEqual(outcome.status, status, outcome)
                    self.assertNotEqual(outcome.out, b"")

    def test_condition_met(self):
        self.write("staff.csv", table_text(STAFF, staff(100)))
        self.write("cases.csv", table_text(["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal"],
                                           [["2025-01-31", n, "%s-%04d" % (SECRET, n), "Disciplinary", "Y"] for n in (3, 7, 11, 15, 2)]))
        for more, status in (((), 0), (("--fail-on", "outside"), 1), (("--fail-on", "warning"), 1)):        # of the columns that are not there
            with self.subTest(more):
                outcome = self.wres("calc", "workforce=staff.csv", "cases=cases.csv", "-o", "out.csv", *more)
                self.assertEqual(outcome.status, status, outcome)
                self.assertIn(b'"bme/white","ratio",12.00,', self.read("out.csv"))


if __name__ == "__main__":
    main()
