"""Exports as they come, each beside a clean twin that holds the same facts: whatever the file was saved as, however it is laid out and its
dates and numbers are written, the results are the same, byte for byte.
"""
import csv
import gzip
import io
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main, table_text  # noqa: E402

WORKFORCE = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Medical Grade", "Staff Group", "Team", "Assignment Category"]
RECRUITMENT = ["Vacancy Ref", "Applicant ID", "Application Date", "Ethnic Origin", "Stage"]
CASES = ["Date Entered", "Case ID", "Employee Number", "Case Type", "Formal"]
COUNTED = ["Effective Date", "Organisation", "Ethnic Origin", "Grade", "Staff Group", "Count"]
NURSES, CLERKS, DOCTORS = "Nursing and Midwifery Registered", "Administrative and Clerical", "Medical and Dental"
ETHNICITIES = ["A White - British", "C White – Any other White background", "N African", "H Indian", "Z Not Stated"]


def workforce():
    rows = []
    for date in ("2024-03-31", "2025-03-31"):
        for n in range(60):
            group = (NURSES, CLERKS, DOCTORS)[n % 3]
            band, grade = ("", "Consultant") if group == DOCTORS else ("Band %d" % (2 + n % 6), "")
            rows.append([date, "RZZ", "%07d" % n, ETHNICITIES[n % 5], "FM"[n % 2], band, grade, group, "Café Ward" if n % 4 else "Überwachung", "Bank" if n % 20 == 19 else "Permanent"])
    return rows


def recruitment():
    return [["V%d" % (n % 9), "P%03d" % n, "2024-%02d-%02d" % (4 + n % 9, 1 + n % 28), ETHNICITIES[n % 5], ("Applied", "Shortlisted", "Appointed")[n * 7 % 3]] for n in range(120)]


def cases():
    return [["2025-01-%02d" % (1 + n), "C%d" % n, "%07d" % (n * 3), "Disciplinary", "NY"[n % 4 > 0]] for n in range(20)]


def counted():
    return [["2025-03-31", "RZZ", e, band, NURSES, str(count + 1200 * (band == "Band 5"))] for band in ("Band 5", "Band 6", "Band 8a") for e, count in zip(ETHNICITIES, (40, 12, 30, 9, 3))]


def written(header, rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\n"):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, delimiter=delimiter, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def with_dates(rows, column, change):
    return [row[:column] + [change(row[column])] + row[column + 1:] for row in rows]


def parts(date):
    year, month, day = date.split("-")
    return year, month, day


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DATES = {
    "d/m/y": lambda d: "%s/%s/%s" % parts(d)[::-1],
    "d/m/y without zeros": lambda d: "%d/%d/%s" % (int(parts(d)[2]), int(parts(d)[1]), parts(d)[0]),
    "d-m-y": lambda d: "%s-%s-%s" % parts(d)[::-1],
    "d.m.y": lambda d: "%s.%s.%s" % parts(d)[::-1],
    "30-Jun-2025": lambda d: "%s-%s-%s" % (parts(d)[2], MONTHS[int(parts(d)[1]) - 1], parts(d)[0]),
    "30 JUN 2025": lambda d: "%s %s %s" % (parts(d)[2], MONTHS[int(parts(d)[1]) - 1].upper(), parts(d)[0]),
    "20250630": lambda d: d.replace("-", ""),
    "midnight": lambda d: "%s/%s/%s 00:00" % parts(d)[::-1],
    "midnight to the second": lambda d: d + " 00:00:00.000",
    "ISO with T": lambda d: d + "T00:00:00Z",
}
MONTH_ENDS = {
    "2017-SEP": lambda d: "%s-%s" % (parts(d)[0], MONTHS[int(parts(d)[1]) - 1].upper()),
    "Sep 2017": lambda d: "%s %s" % (MONTHS[int(parts(d)[1]) - 1], parts(d)[0]),
    "SEP-2017": lambda d: "%s-%s" % (MONTHS[int(parts(d)[1]) - 1].upper(), parts(d)[0]),
}


class Twins(Case):
    @classmethod
    def clean(cls):
        return {"workforce": table_text(WORKFORCE, workforce()), "recruitment": table_text(RECRUITMENT, recruitment()), "cases": table_text(CASES, cases())}

    def setUp(self):
        super().setUp()
        for table, text in self.clean().items():
            self.write(table + ".csv", text)
        self.write("counted.csv", table_text(COUNTED, counted()))
        self.expected = self.result()
        self.assertIn(b'"count",', self.expected)
        self.expected_counted = self.result(tables=("counted",))

    def command(self, tables):
        return ["%s=%s.csv" % ("workforce" if name == "counted" else name, name) for name in tables] + ["--by", "team" if "workforce" in tables else "band"]

    def result(self, *more, tables=("workforce", "recruitment", "cases"), said=()):
        outcome = self.wres("calc", *self.command(tables), "--format", "csv", "-v", *more)
        self.assertEqual(outcome.status, 0, outcome)
        for pattern in said:
            self.assertRegex(outcome.err, pattern)
        return outcome.out

    def assert_twin(self, table, content, *more, said=(), clean=None):
        """The table's file in this form gives what its clean twin gives."""
        name = table + ".csv"
        before = self.read(name)
        self.write(name, content)
        tables = ("counted",) if table == "counted" else ("workforce", "recruitment", "cases")
        got = self.result(*more, tables=tables, said=said)
        self.write(name, before)
        self.assertEqual(got, clean or (self.expected_counted if table == "counted" else self.expected), table)

    def assert_each(self, change, said=()):
        """change(text) of each of the three files alone."""
        for table, text in self.clean().items():
            with self.subTest(table=table):
                self.assert_twin(table, change(text), said=said)


class Encodings(Twins):
    def test_byte_order_marks(self):
        for name, encode, said in (("UTF-8", lambda t: b"\xef\xbb\xbf" + t.encode(), []), ("UTF-8 twice", lambda t: b"\xef\xbb\xbf\xef\xbb\xbf" + t.encode(), []),
                                   ("UTF-16LE", lambda t: b"\xff\xfe" + t.encode("utf-16-le"), [r"read as UTF-16LE"]), ("UTF-16BE", lambda t: b"\xfe\xff" + t.encode("utf-16-be"), [r"read as UTF-16BE"]),
                                   ("UTF-32LE", lambda t: b"\xff\xfe\0\0" + t.encode("utf-32-le"), [r"read as UTF-32LE"]), ("UTF-32BE", lambda t: b"\0\0\xfe\xff" + t.encode("utf-32-be"), [r"read as UTF-32BE"])):
            with self.subTest(name):
                self.assert_each(encode, said)

    def test_unicode_text_of_a_spreadsheet(self):
        """UTF-16LE with its mark, tabs, CRLF."""
        for table, header, rows in (("workforce", WORKFORCE, workforce()), ("recruitment", RECRUITMENT, recruitment()), ("cases", CASES, cases())):
            with self.subTest(table):
                self.assert_twin(table, b"\xff\xfe" + written(header, rows, "\t", end="\r\n").encode("utf-16-le"), said=[r"UTF-16LE", r"separated by tabs"])

    def test_windows_1252(self):
        for table in ("workforce", "recruitment"):                         # the cases have ASCII alone
            with self.subTest(table):
                self.assert_twin(table, self.clean()[table].encode("cp1252"), said=[r"note: %s\.csv:3: .*Windows-1252" % table if table == "recruitment" else r"note: workforce\.csv:2: .*Windows-1252"])

    def test_named_encodings(self):
        for encoding, codec in (("UTF-8", "utf-8"), ("Windows-1252", "cp1252"), ("UTF-16LE", "utf-16-le"), ("UTF-16BE", "utf-16-be"), ("Macintosh", "mac_roman")):
            with self.subTest(encoding):
                self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, encoding: %s}\n  recruitment: recruitment.csv\n  cases: cases.csv\n" % encoding)
                self.write("workforce.csv", self.clean()["workforce"].encode(codec))
                outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual(outcome.out, self.expected)

    def test_gzip(self):
        self.assert_each(lambda text: gzip.compress(text.encode(), mtime=0))
        self.assert_each(lambda text: b"".join(gzip.compress(line.encode(), mtime=0) for line in text.splitlines(True)))
        self.assert_each(lambda text: gzip.compress(b"\xff\xfe" + text.encode("utf-16-le"), mtime=0))

    def test_through_a_pipe(self):
        for name, content in (("gzip", gzip.compress(self.clean()["workforce"].encode(), mtime=0)), ("UTF-16", b"\xff\xfe" + self.clean()["workforce"].encode("utf-16-le"))):
            with self.subTest(name):
                outcome = self.wres("calc", "workforce=-", *self.command(("recruitment", "cases"))[:2], "--by", "team", "--format", "csv", stdin=content)
                self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)

    def test_sum_is_of_the_file(self):
        """sha256sum of the file itself, packed as it is."""
        import hashlib
        content = gzip.compress(self.clean()["workforce"].encode(), mtime=0)
        self.write("workforce.csv", content)
        document = json.loads(self.result("--format", "json"))
        self.assertEqual(document["inputs"][0]["sha256"], hashlib.sha256(content).hexdigest())

    def test_definitions(self):
        """Settings, standards and code lists in other encodings, too."""
        standard = self.wres("standards", "wres-2025").out.decode()
        codes = self.wres("codes", "ethnicity").out.decode()
        settings = "standard: standard.yaml\ncodes: ethnicity.csv\nby: team\ninputs: {workforce: workforce.csv, recruitment: recruitment.csv, cases: cases.csv}\n# é\n"
        for name, encode in (("UTF-8", lambda t: t.encode()), ("UTF-16", lambda t: b"\xff\xfe" + t.encode("utf-16-le")), ("with a mark", lambda t: b"\xef\xbb\xbf" + t.encode()), ("gzip", lambda t: gzip.compress(t.encode(), mtime=0)),
                             ("Windows-1252", lambda t: t.encode("cp1252", "ignore"))):
            with self.subTest(name):
                self.write("standard.yaml", encode(standard))
                self.write("ethnicity.csv", encode(codes))
                self.write("mine.yaml", encode(settings))
                outcome = self.wres("calc", "--settings", "mine.yaml", "--format", "csv")
                self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)
        self.write("mine.yaml", b"PK\x03\x04")
        outcome = self.wres("calc", "--settings", "mine.yaml")
        self.assertEqual(outcome.status, 2, outcome)
        self.assertRegex(outcome.err, r"mine\.yaml:1: the file is an Excel workbook or a zip archive, not text")


class Layouts(Twins):
    def test_line_ends(self):
        for name, end in (("CRLF", "\r\n"), ("CR", "\r")):
            with self.subTest(name):
                self.assert_each(lambda text: text.replace("\n", end))
        self.assert_each(lambda text: "\r\n".join(text.split("\n", 7)))        # mixed

    def test_delimiters(self):
        for delimiter, name in (("\t", "tabs"), (";", "semicolons"), ("~", "'~'"), ("|", r"'\|'")):
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                for table, header, rows in (("workforce", WORKFORCE, workforce()), ("recruitment", RECRUITMENT, recruitment()), ("cases", CASES, cases())):
                    with self.subTest(delimiter=delimiter, quoting=quoting, table=table):
                        self.assert_twin(table, written(header, rows, delimiter, quoting), said=[r"%s\.csv:1: cells are separated by %s" % (table, name)])

    def test_delimiters_of_the_settings(self):
        for delimiter, key in (("\t", "tab"), (";", "semicolon"), ("~", "'~'"), ("|", "pipe"), (",", "comma")):
            with self.subTest(key):
                self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, delimiter: %s}\n  recruitment: recruitment.csv\n  cases: cases.csv\n" % key)
                self.write("workforce.csv", written(WORKFORCE, workforce(), delimiter))
                outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
                self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)

    def test_values_with_bars(self):
        """ESR writes bars into values; with commas between the cells they are no delimiter."""
        rows = [row[:5] + ["NHS|XR%02d|Review Body %s" % (int(row[5][5:]), row[5]) if row[5] else ""] + row[6:] for row in workforce()]
        self.assert_twin("workforce", table_text(WORKFORCE, rows))

    def test_titles_above_the_header(self):
        for name, titles in (("one", ["Staff in post"]), ("several", ["Trust: RZZ", "", "Report of 31/03/2025, with 'quotes'", "", "Run by: someone"]), ("stray quotes", ['Staff "in post', '5" nail', '"never closed']),
                             ("a header's word alone", ["Ethnicity"]), ("blank rows", [",,,,,,,,,", "  ", ""]), ("merged headers", [",,Staff,,,Pay,,,Place,"]), ("sep=", ["sep=,"]), ("many", ["line"] * 58)):
            with self.subTest(name):
                self.assert_each(lambda text: "\n".join(titles) + "\n" + text, [r"the header is in line %d: %d lines before it are passed over" % (len(titles) + 1, len(titles))])

    def test_blank_lines_above_the_header(self):
        self.assert_each(lambda text: "\n\r\n  \n" + text)

    def test_header_line_of_the_settings(self):
        title = "Effective Date,Ethnic Origin,Grade\n"                          # fits the table, but is not the header
        self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, header_line: 2}\n  recruitment: recruitment.csv\n  cases: cases.csv\n")
        self.write("workforce.csv", title + self.clean()["workforce"])
        outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)
        self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, header_line: 300}\n  recruitment: recruitment.csv\n  cases: cases.csv\n")
        self.write("workforce.csv", "x" * 500 + "\n" + 'a "title"\r\n' * 298 + self.clean()["workforce"])
        outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)

    def test_empty_headers_and_columns(self):
        rows = workforce()
        for name, header, rows in (("behind the last", WORKFORCE + ["", "", ""], [row + ["", "", ""] for row in rows]), ("of the header alone", WORKFORCE + ["", ""], rows), ("of the rows alone", WORKFORCE, [row + ["", ""] for row in rows]),
                                   ("in the midst", WORKFORCE[:2] + [""] + WORKFORCE[2:], [row[:2] + ["x"] + row[2:] for row in rows]), ("in front", [""] + WORKFORCE, [[n] + row for n, row in enumerate(rows)]),
                                   ("with values behind", WORKFORCE + [""], [row + ["note"] for row in rows])):
            with self.subTest(name):
                self.assert_twin("workforce", table_text(header, rows))

    def test_duplicate_headers(self):
        """Of columns that nothing reads; and where the settings say which."""
        rows = [row + ["x", "y"] for row in workforce()]
        self.assert_twin("workforce", table_text(WORKFORCE + ["Note", "Note"], rows), said=[r"not read: Note, Note"])
        self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, columns: {ethnicity: Ethnic Origin}}\n  recruitment: recruitment.csv\n  cases: cases.csv\n")
        self.write("workforce.csv", table_text(WORKFORCE + ["Ethnicity"], [row + ["Z"] for row in workforce()]))
        outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)

    def test_headers_of_two_lines_in_a_cell(self):
        header = [name.replace(" ", "\n", 1) for name in WORKFORCE]
        self.assert_twin("workforce", "Title\n" + table_text(header, workforce()))

    def test_empty_rows(self):
        for name, row in (("commas", ",,,,,,,,,"), ("blanks", "  , ,"), ("nothing", "")):
            with self.subTest(name):
                lines = self.clean()["workforce"].split("\n")
                self.assert_twin("workforce", "\n".join(lines[:9] + [row] + lines[9:-1] + [row] * 50) + "\n")

    def test_padded_values(self):
        for pad in (" " * 100, "\u00a0" * 3, "\t"):
            with self.subTest(repr(pad[:2])):
                rows = [[cell if cell == "" else pad + cell + pad for cell in row] for row in workforce()]
                self.assert_twin("workforce", written(WORKFORCE, rows, quoting=csv.QUOTE_ALL))
                self.assert_twin("workforce", written([pad + name + pad for name in WORKFORCE], rows))

    def test_no_line_end(self):
        self.assert_each(lambda text: text[:-1], [r"warning: .*no line end: the file may have been cut off"])

    def test_footers(self):
        for name, footer, warned in (("a line", "Source: ESR, run on 31/03/2025".replace(",", ""), False), ("several", "\nNotes\n* Bank staff are in\n\nSource: ESR on 31 March 2025", True), ("a row of cells", "Source: ESR on 31 March 2025,,,", False),
                                     ("a full row", "Report ends here,,,,,,,,,", False), ("quoted", '"Source: ESR, run on 31 March"', False), ("one word", "END", True)):
            with self.subTest(name):
                for table in ("workforce", "recruitment", "cases"):
                    columns = {"workforce": 10, "recruitment": 5, "cases": 5}[table]
                    text = self.clean()[table]
                    line = footer.replace(",,,,,,,,,", "," * (columns - 1))
                    self.assert_twin(table, text + line + "\n", said=[r"%s: %s\.csv:\d+: .*a footer: left out" % ("warning" if warned else "note", table)])

    def test_rows_that_the_settings_keep(self):
        rows = [row + ["Organisation"] for row in workforce()] + [row + ["Trust and below"] for row in workforce()]
        self.write("mine.yaml", "inputs:\n  workforce: {file: workforce.csv, keep: {Level: organisation}}\n  recruitment: recruitment.csv\n  cases: cases.csv\n")
        self.write("workforce.csv", table_text(WORKFORCE + ["Level"], rows))
        outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)


class Dates(Twins):
    def test_styles(self):
        for name, change in DATES.items():
            with self.subTest(name):
                self.assert_twin("workforce", table_text(WORKFORCE, with_dates(workforce(), 0, change)))
                self.assert_twin("recruitment", table_text(RECRUITMENT, with_dates(recruitment(), 2, change)))
                self.assert_twin("cases", table_text(CASES, with_dates(cases(), 0, change)))

    def test_styles_mixed(self):
        """One order, many spellings: no person writes so, but exports that were joined do."""
        changes = list(DATES.values())
        rows = [[row[0], row[1], changes[n % len(changes)](row[2])] + row[3:] for n, row in enumerate(recruitment())]
        self.assert_twin("recruitment", table_text(RECRUITMENT, rows))

    def test_months(self):
        """The state at a month's end."""
        for name, change in MONTH_ENDS.items():
            with self.subTest(name):
                self.assert_twin("workforce", table_text(WORKFORCE, with_dates(workforce(), 0, change)))

    def test_month_first_when_told(self):
        self.write("mine.yaml", "inputs:\n  workforce: workforce.csv\n  recruitment: {file: recruitment.csv, dates: m/d/y}\n  cases: cases.csv\n")
        self.write("recruitment.csv", table_text(RECRUITMENT, with_dates(recruitment(), 2, lambda d: "%s/%s/%s" % (parts(d)[1], parts(d)[2], parts(d)[0]))))
        outcome = self.wres("calc", "--settings", "mine.yaml", "--by", "team", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)

    def test_dates_in_doubt_when_told(self):
        rows = with_dates(recruitment(), 2, lambda d: d[:8] + "%02d" % (1 + int(d[8:]) % 12))
        self.write("recruitment.csv", table_text(RECRUITMENT, rows))
        clean = self.result()
        self.assert_twin("recruitment", table_text(RECRUITMENT, with_dates(rows, 2, DATES["d/m/y"])), "--dates", "d/m/y", clean=clean)
        self.assert_twin("recruitment", table_text(RECRUITMENT, with_dates(rows, 2, lambda d: "%s/%s/%s" % (parts(d)[1], parts(d)[2], parts(d)[0]))), "--dates", "m/d/y", clean=clean)


class Numbers(Twins):
    def test_thousands_separators(self):
        for form in ("%s", " %s ", "%s" + " " * 20):
            with self.subTest(form):
                rows = [row[:-1] + [form % format(int(row[-1]), ",")] for row in counted()]
                self.assert_twin("counted", table_text(COUNTED, rows))
                self.assert_twin("counted", written(COUNTED, rows, ";"), said=["semicolons"])

    def test_leading_zeros(self):
        self.assert_twin("counted", table_text(COUNTED, [row[:-1] + [row[-1].zfill(9)] for row in counted()]))


class Totals(Twins):
    total = staticmethod(lambda rows: str(sum(int(row[-1]) for row in rows)))

    def test_a_grand_total(self):
        rows = counted()
        for word in ("Total", "TOTAL", "Grand Total", "Total:", "Totals", "Sub-total", "Subtotal", "Overall", "All", "Staff total", "Total staff"):
            for row in ([word, "", "", "", "", self.total(rows)], ["2025-03-31", "RZZ", word, "", "", self.total(rows)], ["2025-03-31", "RZZ", word, word, word, self.total(rows)]):
                with self.subTest(row):
                    self.assert_twin("counted", table_text(COUNTED, rows + [row]), said=[r"warning: counted\.csv:17: .*totals.*leave_out.*\(1\)"])

    def test_a_short_total(self):
        self.assert_twin("counted", table_text(COUNTED, counted()) + "Total,123\n", said=[r"warning: counted\.csv:17: .*totals"])

    def test_a_total_without_a_word(self):
        rows = counted()
        self.assert_twin("counted", table_text(COUNTED, rows + [["2025-03-31", "", "", "", "", self.total(rows)]]), said=[r"warning: counted\.csv:17: .*totals"])

    def test_totals_of_each_group(self):
        """Naively added, three times the staff."""
        rows = counted()
        by_ethnicity = [["2025-03-31", "RZZ", e, "Total", "", self.total([r for r in rows if r[2] == e])] for e in ETHNICITIES]
        by_band = [["2025-03-31", "RZZ", "All", band, NURSES, self.total([r for r in rows if r[3] == band])] for band in ("Band 5", "Band 6", "Band 8a")]
        outcome = self.assert_twin("counted", table_text(COUNTED, by_band + rows + by_ethnicity), said=[r"warning: counted\.csv:2: .*totals.*\(8\)"])
        self.assertIsNone(outcome)

    def test_subtotals_that_add_up_are_not_doubted(self):
        rows = counted()
        some = table_text(COUNTED, rows[:5] + [["Subtotal", "", "", "", "", self.total(rows[:5])]] + rows[5:] + [["Subtotal", "", "", "", "", self.total(rows[5:])], ["Total", "", "", "", "", self.total(rows)]])
        self.write("counted.csv", some)
        outcome = self.wres("calc", *self.command(("counted",)), "--format", "csv", "-v")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected_counted), outcome)
        self.assertNotIn("add up", outcome.err)

    def test_a_total_that_differs_is_doubted(self):
        self.assert_twin("counted", table_text(COUNTED, counted() + [["Total", "", "", "", "", "4,000"]]), said=[r"warning: counted\.csv:17: the total in this line is 4000, but the rows before it add up to %s" % self.total(counted())])

    def test_totals_that_the_settings_leave_out_are_silent(self):
        self.write("mine.yaml", "by: band\ninputs:\n  workforce: {file: counted.csv, leave_out: {Ethnic Origin: [All], Effective Date: [Total]}}\n")
        self.write("counted.csv", table_text(COUNTED, counted() + [["2025-03-31", "RZZ", "All", "Band 5", NURSES, "3694"], ["Total", "", "", "", "", "9"]]))
        outcome = self.wres("calc", "--settings", "mine.yaml", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected_counted), outcome)
        self.assertNotIn("totals", outcome.err)

    def test_what_is_a_value_is_no_total(self):
        """A value that the settings map, a team of that name, an identifier."""
        self.write("mine.yaml", "by: team\ninputs:\n  workforce: {file: workforce.csv, values: {ethnicity: {All: A}}}\n  recruitment: recruitment.csv\n  cases: cases.csv\n")
        self.write("workforce.csv", self.clean()["workforce"].replace("A White - British", "All"))
        outcome = self.wres("calc", "--settings", "mine.yaml", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, self.expected), outcome)
        self.write("workforce.csv", self.clean()["workforce"].replace("Café Ward", "Total"))
        rows = self.calc(*self.command(("workforce", "recruitment", "cases")))
        self.assertIn("Total", {row["by_value"] for row in rows})

    def test_rows_without_a_group_are_said(self):
        self.write("counted.csv", table_text(COUNTED, counted() + [["2025-03-31", "", "", "", "", "17"]]))
        outcome = self.wres("calc", *self.command(("counted",)), "--format", "csv")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertRegex(outcome.err, r"warning: counted\.csv:17: rows in which no group is named.*\(1\)")
        self.assertNotEqual(outcome.out, self.expected_counted)

    def test_every_row_is_accounted_for(self):
        rows = counted()
        self.write("counted.csv", "Title\n" + table_text(COUNTED, rows + [["", "", "", "", "", ""], ["Total", "", "", "", "", self.total(rows)]]) + "Source: ESR on 31 March\nEND OF REPORT\n")
        document = json.loads(self.result("--format", "json", tables=("counted",)))
        account = document["inputs"][0]
        self.assertEqual((account["rows_read"], account["rows_used"]), (19, 15))
        self.assertEqual(account["rows_left_out"], {"blank row": 1, "a total": 1, "a footer": 2})


if __name__ == "__main__":
    main()
