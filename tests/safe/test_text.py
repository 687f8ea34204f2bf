"""Text that means harm, or does it unmeant: formulas, control characters, look-alikes, names of files. docs/reliability.md says which test shows which rule."""
import csv
import io
import json
import os
import re
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, is_sanitized, main, read_rows, run, table_text  # noqa: E402

HEADER = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Team"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"]
STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, *range(128, 160)]))
TERMINAL = "\x1b]0;title\x07\x1b[31mred\x9b2J"
NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def staff(*teams, organisation="RZZ", white="A White - British", bme="N African"):
    """Two people of each team."""
    return [["2025-03-31", organisation, "P%d-%d" % (n, k), (white, bme)[k], "Band %d" % (4 + k), team] for n, team in enumerate(teams) for k in (0, 1)]


def strict(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), "a key twice: %s" % names
    return dict(pairs)


def refuse(word):
    raise AssertionError("%s in JSON" % word)


class Text(Case):
    def workforce(self, rows, header=None, name="staff.csv"):
        return "workforce=" + self.write(name, table_text(header or HEADER, rows))

    def json(self, *arguments, command="calc"):
        outcome = self.wres(command, *arguments, "--format", "json")
        self.assertEqual(outcome.status, 0, outcome)
        text = outcome.out.decode("utf-8", "strict")
        self.assertIsNone(re.search(r"[\x00-\x09\x0b-\x1f]", text), "a raw control character")
        return json.loads(text, object_pairs_hook=strict, parse_constant=refuse)

    def assert_clean(self, text, *line_ends):
        """Nothing that a terminal would obey."""
        found = re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)
        self.assertIsNone(found, repr(text[max(0, found.start() - 60):found.end() + 20]) if found else "")


class Formulas(Text):
    def cells(self, *arguments):
        outcome = self.wres("calc", *arguments, "--format", "csv")
        self.assertEqual(outcome.status, 0, outcome)
        return read_rows(outcome.out)

    def test_team_names(self):
        rows = self.cells(self.workforce(staff(*FORMULAS)), "--by", "team")
        self.assertTrue({"'" + formula for formula in FORMULAS} <= {row["by_value"] for row in rows})
        self.check(rows)

    def check(self, rows):
        for row in rows:
            for name, cell in row.items():
                if name not in NUMBERS:
                    self.assertFalse(cell.startswith(STARTS), (name, cell))

    def test_organisations(self):
        rows = self.cells(self.workforce([row for n, formula in enumerate(FORMULAS) for row in staff("t%d" % n, organisation=formula)]))
        self.assertTrue({"'" + formula for formula in FORMULAS} <= {row["organisation"] for row in rows})
        self.check(rows)

    def test_names_of_a_standard(self):
        own = run("standards", "wres-2025").out.decode("utf-8")
        self.write("own.yaml", re.sub(r"(?m)^(standard|id): wres-2025\b", r"\1: -own", own))
        rows = self.cells(self.workforce(staff("a")), "--standard", "own.yaml")
        self.assertEqual({row["standard"] for row in rows}, {"'-own"})
        self.check(rows)

    def test_names_of_headers(self):
        """They are told in messages only."""
        header = HEADER + ["=HYPERLINK(1)", "@SUM", "\uff1d1", "\tx"]
        rows = self.cells(self.workforce([row + ["1", "2", "3", "4"] for row in staff("a")], header), "-v")
        self.check(rows)
        self.assertNotIn("HYPERLINK", json.dumps(rows))

    def test_in_a_check(self):
        """Names of files, and headers in messages; --raw leaves them."""
        header = HEADER + ["=HYPERLINK(1)", "@SUM"]
        for name in ("=1+1.csv", "+1.csv", "-1.csv", "@x.csv", "\uff1d1.csv"):
            with self.subTest(name):
                words = ["check", self.workforce([row + ["1", "2"] for row in staff("a")], header, name), "--format", "csv"]
                rows = read_rows(self.wres(*words).out)
                self.assertIn("'" + name, {row["file"] for row in rows})
                self.assertTrue([row for row in rows if "=HYPERLINK(1), @SUM" in row["message"]])
                for row in rows:
                    for column, cell in row.items():
                        self.assertFalse(cell.startswith(STARTS), (column, cell))
                self.assertIn(name, {row["file"] for row in read_rows(self.wres(*words, "--raw").out)})

    def test_in_goals(self):
        rows = [row for n, formula in enumerate(FORMULAS) for row in staff("t%d" % n, organisation=formula)]
        outcome = self.wres("goals", self.workforce(rows), "--turnover", "10", "--format", "csv")
        self.assertEqual(outcome.status, 0, outcome)
        rows = read_rows(outcome.out)
        self.assertTrue({"'" + formula for formula in FORMULAS} <= {row["organisation"] for row in rows})
        self.check(rows)

    def test_raw_leaves_them(self):
        rows = self.cells(self.workforce(staff(*FORMULAS)), "--by", "team", "--raw")
        self.assertTrue(set(FORMULAS) <= {row["by_value"] for row in rows})

    def test_numbers_are_left_alone(self):
        """A negative number is no formula: bare, with its sign."""
        workforce = self.workforce([["2025-03-31", "RZZ", "P%d" % n, "N African" if n in (1, 2) else "A White - British", "Band 5", "t"] for n in range(20)])
        board = "board=" + self.write("board.csv", table_text(["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Voting", "Executive"],
                                                              [["2025-03-31", "RZZ", "B%d" % n, "A White - British", "Y", "Y"] for n in range(5)]))
        outcome = self.wres("calc", workforce, board, "--format", "csv")
        values = [row["value"] for row in read_rows(outcome.out) if row["value"].startswith("-")]
        self.assertIn("-10.0", values)
        self.assertIn(b",-10.0,", outcome.out)
        self.assertNotIn(b"'-10", outcome.out)

    def test_text_is_quoted_and_read_back(self):
        names = ['a"b', "a,b", "a\nb", "a;b", "'a", "a'b", '"']
        rows = self.cells(self.workforce(staff(*names)), "--by", "team")
        self.assertTrue(set(names) - {"a\nb"} <= {row["by_value"] for row in rows}, {row["by_value"] for row in rows})


class Json(Text):
    def test_strings(self):
        names = ['"', "\\", "a\tb", "</script>", "\u2028x", "x\u2029", "\U0001f600", TERMINAL, "x" + CONTROLS.replace("\x85", "") + "y"]
        document = self.json(self.workforce(staff(*names)), "--by", "team")
        found = json.dumps(document, ensure_ascii=False)
        for name in ('\\"', "</script>", "\u2028x", "\U0001f600"):
            self.assertIn(name, found)

    def test_numbers(self):
        """No NaN, no infinity, no exponent, no -0, whatever cannot be divided."""
        for rows in (staff("t", white="N African"), staff("t", bme="A White - British"), staff("t", white="", bme=""), staff("t")[:1]):
            outcome = self.wres("calc", self.workforce(rows), "--format", "json", "--decimals", "9")
            self.assertEqual(outcome.status, 0, outcome)
            text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', outcome.out.decode("utf-8"))
            self.assertIsNone(re.search(r"(?i)nan|inf|-0(?![.\d])|-0\.0+(?!\d)|\d[eE][-+\d]", text))
            self.json("workforce=staff.csv")

    def test_of_every_command(self):
        """Strict JSON, each key once, every number a decimal, whatever stands in headers, values and names, and where nothing can be divided."""
        header, name = HEADER + ["x" + CONTROLS.replace("\x85", ""), "</script>", '"'], "a\x1b\\\u2028.csv"
        for white, bme in (("A White - British", "N African"), ("N African", "N African"), ("", "")):
            rows = [row + ["1", "2", "3"] for row in staff("a" + TERMINAL, "b", organisation='R"\x07', white=white, bme=bme)]
            for command, options in (("calc", ["--by", "team"]), ("goals", ["--turnover", "10"]), ("check", ["--values", "-v"])):
                with self.subTest(command, white=white, bme=bme):
                    self.json(self.workforce(rows, header, name), *options, command=command)
                    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', self.wres(command, "workforce=" + name, *options, "--format", "json").out.decode("utf-8"))
                    self.assertIsNone(re.search(r"(?i)nan|inf|-0(?![.\d])|-0\.0+(?!\d)|\d[eE][-+\d]", text))

    def test_names_of_files_not_of_folders(self):
        os.mkdir(self.path("jane.doe"))
        self.workforce(staff("a"), name="jane.doe/staff.csv")
        document = self.json("workforce=" + self.path("jane.doe/staff.csv"))
        self.assertNotIn("jane.doe", json.dumps(document))
        self.assertIn("staff.csv", json.dumps(document))


class Terminal(Text):
    """No message and no table carries what a terminal would obey, wherever it came from."""

    def check(self, *arguments, status=0, shown=(), **more):
        outcome = self.wres(*arguments, **more)
        self.assertEqual(outcome.status, status, outcome)
        self.assert_clean(outcome.err)
        for word in shown:
            self.assertIn(word, outcome.err, outcome)
        return outcome

    def test_in_values(self):
        self.check("calc", self.workforce(staff("a") + staff("b", bme=TERMINAL)), "--allow-unmapped", "-v", shown=("U+001B", "U+0007"))

    def test_in_headers(self):
        rows = [row + ["1", "2"] for row in staff("a")]
        self.check("calc", self.workforce(rows, HEADER + [TERMINAL, "x" + CONTROLS.replace("\x85", "")]), "-v", shown=("U+001B", "U+009B"))

    def test_in_tables(self):
        outcome = self.check("calc", self.workforce(staff(TERMINAL, "x\u202ey", "z" + CONTROLS[:8])), "--by", "team", "--format", "table")
        self.assert_clean(outcome.out.decode("utf-8"))
        self.assertIn("U+001B", outcome.out.decode("utf-8"))

    def test_in_names_of_files(self):
        for name in ("a\x1b[31m.csv", "b\x07.csv", "c\n.csv", "d\u202e.csv", "e\x9b2J.csv"):
            with self.subTest(repr(name)):
                self.check("calc", "workforce=" + name, status=4, shown=("U+",))
                self.workforce(staff("a", bme="Blue"), name=name)
                outcome = self.check("calc", "workforce=" + name, "--strict", status=3, shown=("U+",))
                self.assertEqual([line for line in outcome.err.splitlines() if not line.startswith("wres: ")], [])
                os.unlink(self.path(name))

    def test_in_checks_and_new_settings(self):
        """Headers, values and names of files, in the report and in what init says and writes."""
        os.mkdir(self.path("in"))
        header = HEADER + [TERMINAL, "x\u202ey"]
        self.workforce([row + ["1", "2"] for row in staff("a") + staff("b", bme=TERMINAL[:20]) * 30], header, "in/staff\x1b[31m.csv")
        for arguments in (["check", "workforce=in/staff\x1b[31m.csv", "--values", "-v", "--allow-unmapped", "--format", "table"], ["init", "in"], ["init", "in", "-o", "-"]):
            with self.subTest(arguments):
                outcome = self.check(*arguments)
                self.assert_clean(outcome.out.decode("utf-8"))
                self.assertIn("U+001B", outcome.out.decode("utf-8") + outcome.err)
        self.assert_clean(self.read("in/wres.yaml").decode("utf-8"))
        self.assertIn(b"\\x1B", self.read("in/wres.yaml"))
        self.assertEqual(self.wres("check", "--settings", "in/wres.yaml").status, 3)        # the file is found: its values are in no list

    def test_in_options_and_settings(self):
        self.workforce(staff("a"))
        for arguments in (["calc", "workforce=staff.csv", "--format", TERMINAL], ["calc", "workforce=staff.csv", "--by", TERMINAL], ["calc", "--" + TERMINAL], [TERMINAL], ["explain", TERMINAL],
                          ["calc", "workforce=staff.csv", "--standard", TERMINAL], ["codes", TERMINAL], ["calc", TERMINAL + "=staff.csv"], ["tables", TERMINAL],
                          ["calc", "workforce=staff.csv", "--as-at", TERMINAL]):
            with self.subTest(arguments):
                self.check(*arguments, status=2)
        for content in ('"\\e[31m": x\n', 'format: "\\e[31m"\n', 'inputs:\n  "\\e[31m": x.csv\n', 'inputs:\n  workforce:\n    file: staff.csv\n    columns: {"\\e[31m": x}\n',
                        "format: \x1b[31m\n", 'standard: "\\a"\n', '"a\\nb": 1\n'):
            with self.subTest(content):
                self.write("settings.yaml", content)
                self.check("calc", *[] if "inputs" in content else ["workforce=staff.csv"], "--settings", "settings.yaml", status=2)

    def test_invalid_bytes(self):
        """Bytes that are no UTF-8, in names that come from the command line."""
        self.workforce(staff("a"))
        for name in (b"\xff\xfe.csv", b"\xc3\x28.csv", b"\xed\xa0\x80.csv"):
            with self.subTest(name):
                outcome = self.check("calc", "workforce=" + os.fsdecode(name), status=4)
                self.assertNotIn("\ufffd", outcome.err)


class Messages(Text):
    def test_values_are_cut(self):
        outcome = self.wres("calc", self.workforce(staff("a", bme="x" * 500)), "--strict")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertNotIn("x" * 41, outcome.err)
        self.assertIn("x" * 30, outcome.err)

    def test_they_stay_out_of_the_output(self):
        """What is said of rows is said on standard error: the result is the same however much is said."""
        workforce = self.workforce(staff("a", "b", "c") + staff("d", bme="Blue") * 3)
        for command in (["calc", "--by", "team"], ["goals", "--turnover", "10"]):
            for form in ("csv", "table"):
                with self.subTest(command, form=form):
                    said = [self.wres(*command, workforce, "--allow-unmapped", "--format", form, *options) for options in (["-q"], [], ["-v"])]
                    self.assertNotEqual(said[0].err, said[1].err)
                    self.assertIn("Blue", said[2].err)
                    for outcome in said:
                        self.assertEqual(outcome.status, 0, outcome)
                        self.assertEqual(outcome.out, said[1].out) if form == "csv" else None
                        self.assertNotIn(b"Blue", outcome.out)

    def test_a_thousands_separator_needs_quotes(self):
        """1,976 in quotation marks is a number; without them it is two cells, and never 1 or 976."""
        for cell, status in (('"1,976"', 0), ("1976", 0), ("1,976", 3), ('"19,76"', 3), ('"1,976,5"', 3), ('",976"', 3)):
            with self.subTest(cell):
                self.write("staff.csv", "Effective Date,Ethnic Origin,Count\n2025-03-31,A,%s\n2025-03-31,N,24\n" % cell)
                outcome = self.wres("calc", "workforce=staff.csv", "--format", "csv", "-q")
                self.assertEqual(outcome.status, status, outcome)
                if status == 0:
                    self.assertIn("2000", {row["value"] for row in read_rows(outcome.out)})
                else:
                    self.assertIn("staff.csv:2", outcome.err)

    def test_look_alikes_are_shown(self):
        for character, shown in (("\u200b", "U+200B"), ("\u200d", "U+200D"), ("\u2060", "U+2060"), ("\ufeff", "U+FEFF"), ("\xad", "U+00AD")):
            for value in ("A White - British" + character, "A" + character + " White - British"):
                with self.subTest(shown, value=value):
                    self.write("staff.csv", table_text(HEADER, staff("a", white=value)))
                    outcome = self.wres("calc", "workforce=staff.csv", "--strict")
                    self.assertEqual(outcome.status, 3, outcome)
                    self.assertIn(shown, outcome.err)

    def test_homoglyphs_are_no_code(self):
        """A Greek capital alpha is no A, and a Cyrillic one neither."""
        for letter in "\u0391\u0410\uff21":
            with self.subTest(letter):
                outcome = self.wres("calc", self.workforce(staff("a", white=letter)), "--strict")
                self.assertEqual(outcome.status, 3, outcome)

    def test_blanks_and_dashes_are_normalised(self):
        plain = self.wres("calc", self.workforce(staff("a")), "--format", "csv")
        for value in ("A\xa0White\xa0-\xa0British", "A White \u2013 British", "A White \u2014 British", "\u3000A White - British\u2009", "A  White -  British", "a white - british"):
            with self.subTest(value):
                outcome = self.wres("calc", self.workforce(staff("a", white=value)), "--strict", "--format", "csv")
                self.assertEqual((outcome.status, outcome.out), (0, plain.out), outcome)

    def test_shifted_cells(self):
        """A comma that is not quoted, and an empty cell left out: the same width, the wrong columns."""
        lines = table_text(HEADER, staff("a", "b")).splitlines()
        lines.append("2025-03-31,RZZ,P9,Smith, Jane,Band 5")
        self.write("staff.csv", "\n".join(lines) + "\n")
        outcome = self.wres("calc", "workforce=staff.csv", "--strict")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertRegex(outcome.err, r"staff\.csv:6: ")


class Shapes(Text):
    def test_mark_before_a_quoted_header(self):
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([HEADER] + staff("a"))
        plain = self.wres("calc", self.workforce(staff("a")), "--format", "csv")
        self.write("marked.csv", b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))
        outcome = self.wres("calc", "workforce=marked.csv", "--format", "csv")
        self.assertEqual((outcome.status, outcome.out), (0, plain.out), outcome)

    def test_nothing_to_divide_by(self):
        """All White, all BME, all unknown, one row: counts are there, ratios say that they cannot be."""
        for what, rows in (("white", staff("a", bme="A White - British")), ("bme", staff("a", white="N African")), ("unknown", staff("a", white="", bme="")), ("one", staff("a")[:1])):
            with self.subTest(what):
                found = self.calc(self.workforce(rows))
                for row in found:
                    if row["value"] == "":
                        self.assertIn(row["status"], ("not calculable", "not supplied", "not-calculable", "not-supplied", "off"), row)
                self.assertTrue([row for row in found if row["status"].startswith("not") and row["note"]])
                self.assertTrue([row for row in found if row["value"] == str(len(rows))], "the count of all")

    def test_goals_and_checks_of_nobody(self):
        """The same for goals and checks, and for a header without rows."""
        for what, rows, status in (("white", staff("a", bme="A White - British"), 0), ("bme", staff("a", white="N African"), 0), ("unknown", staff("a", white="", bme=""), 0), ("one", staff("a")[:1], 0),
                                   ("none", [], 3)):
            for command in (["goals", "--turnover", "10", "--format", "csv"], ["check", "--format", "csv"]):
                with self.subTest(what, command=command[0]):
                    outcome = self.wres(*command, self.workforce(rows))
                    self.assertEqual(outcome.status, status, outcome)
                    self.assertNotRegex(outcome.out.decode(), r"(?i)\b(nan|inf)\b")
                    for row in read_rows(outcome.out) if command[0] == "goals" else []:
                        self.assertTrue(row["value"] or row["status"] != "ok" and row["note"], row)

    def test_deep_nesting(self):
        self.workforce(staff("a"))
        for content in ("[" * 20000, "{a: " * 20000, "- " * 20000 + "x\n", "a: " + "[" * 5000 + "]" * 5000 + "\n", "&a [*a]\n", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"):
            with self.subTest(content[:30]):
                self.write("deep.yaml", content)
                outcome = self.wres("calc", "workforce=staff.csv", "--settings", "deep.yaml")
                self.assertEqual(outcome.status, 2, outcome)


class Paths(Text):
    def test_output_is_an_input_by_another_name(self):
        self.workforce(staff("a"))
        os.link(self.path("staff.csv"), self.path("hard.csv"))
        os.symlink("staff.csv", self.path("soft.csv"))
        os.symlink(".", self.path("folder"))
        before = self.read("staff.csv")
        for command in (["calc", "workforce=staff.csv"], ["goals", "workforce=staff.csv", "--turnover", "10"], ["check", "workforce=staff.csv"], ["init", ".", "--force"]):
            for name in ("staff.csv", "./staff.csv", "hard.csv", "soft.csv", "folder/staff.csv", self.path("staff.csv")):
                with self.subTest(name, command=command[0]):
                    outcome = self.wres(*command, "-o", name)
                    self.assertEqual(outcome.status, 2, outcome)
                    self.assertEqual(self.read("staff.csv"), before)

    def test_no_earlier_temporary_name_is_followed(self):
        """Links that wait under names of the same kind stay as they are, and nothing is left beside the output."""
        self.workforce(staff("a"))
        self.write("victim", "kept")
        os.mkdir(self.path("out"))
        for letter in "aA0zZ9":
            os.symlink("../victim", self.path("out/.wres-" + 6 * letter))
        before = sorted(os.listdir(self.path("out")))
        outcome = self.wres("calc", "workforce=staff.csv", "-o", "out/result.csv")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertEqual(self.read("victim"), b"kept")
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(before + ["result.csv"]))

    def test_names_of_unfinished_output(self):
        """A pattern as *.csv does not meet them, nor does a folder that is read."""
        self.workforce(staff("a"))
        os.mkdir(self.path("in"))
        self.write("in/.wres-abcdef", "half a result")
        os.rename(self.path("staff.csv"), self.path("in/workforce.csv"))
        self.assertEqual(self.wres("calc", "in").status, 0)

    def test_mode_follows_the_mask(self):
        self.workforce(staff("a"))
        self.wres("calc", "workforce=staff.csv", "-o", "result.csv", preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(stat.S_IMODE(os.stat(self.path("result.csv")).st_mode), 0o640)

    def test_closed_streams(self):
        """Each of the eight sets of closed standard streams: the output is whole, and no message is in it."""
        self.workforce(staff("a"))
        os.mkdir(self.path("in"))
        self.workforce(staff("a"), name="in/staff.csv")
        commands = (["calc", "workforce=staff.csv"], ["goals", "workforce=staff.csv", "--turnover", "10"], ["check", "workforce=staff.csv"], ["init", "in"])
        for closed, command in [(closed, command) for command in commands for closed in range(8)]:
            streams = [stream for stream in range(3) if closed >> stream & 1]
            if is_sanitized() and 2 in streams:
                continue
            if closed == 0:
                whole = self.wres(*command, "-o", "whole.csv", *(["--force"] if command[0] == "init" else []))
                self.assertEqual(whole.status, 0, whole)
            with self.subTest(command[0], closed=streams):
                outcome = self.wres(*command, "-o", "result.csv", preexec_fn=lambda streams=streams: [os.close(stream) for stream in streams])
                self.assertEqual(outcome.out, b"")
                self.assertEqual(self.read("result.csv"), self.read("whole.csv"))
                os.unlink(self.path("result.csv"))


if __name__ == "__main__":
    main()
