"""Every mistake in a settings file is said with its line, what was met, and what could stand there: exit 2, and nothing is written.

A case is a settings file with one mistake; `@@` marks the line that must be named and is taken out.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main, table_text  # noqa: E402

USAGE, DATA, IO = 2, 3, 4
SECRET = "SECRET123"
EARLIER = b"an earlier result\n"
STAFF = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Team", "Local Code"]
TOP = "inputs:\n  workforce:\n    file: staff.csv\n"

# name, settings (the mistake under or on the line marked with @@), what the message must say, and what may follow: status, file
TOP_LEVEL = [
    ("unknown key", "@@standrad: wres-2025\n" + TOP, ["standrad", "standard"]),
    ("unknown key at the end", TOP + "@@decimal: 2\n", ["decimal", "decimals"]),
    ("key of an input at the top", "@@columns: {ethnicity: Ethnic Origin}\n" + TOP, ["columns"]),
    ("unknown key without a near one", "@@zebra: 1\n" + TOP, ["zebra", "inputs"]),
    ("the same key twice", "groups: 2\n@@groups: 5\n" + TOP, ["groups", "twice|again|already|line 1"]),
    ("inputs twice", TOP + "@@inputs:\n  cases: cases.csv\n", ["inputs", "twice|again|already|line 1"]),
    ("groups", "@@groups: 3\n" + TOP, ["groups", "'3'", "2, 5, 16"]),
    ("groups as a list", "@@groups: [2]\n" + TOP, ["groups"]),
    ("decimals", "@@decimals: many\n" + TOP, ["decimals", "'many'", "0 to 9"]),
    ("decimals too many", "@@decimals: 10\n" + TOP, ["decimals", "'10'", "0 to 9"]),
    ("as-at date that is none", "@@as_at: 2025-02-30\n" + TOP, ["as_at|as-at", "'2025-02-30'", "date"]),
    ("as-at date as a word", "@@as_at: yesterday\n" + TOP, ["as_at|as-at", "'yesterday'", "date"]),
    ("format", "@@format: xml\n" + TOP, ["format", "'xml'", "table, json, csv"]),
    ("unknown", "@@unknown: maybe\n" + TOP, ["unknown", "'maybe'", "include"]),
    ("chinese", "@@chinese: white\n" + TOP, ["chinese", "'white'", "other, asian, apart"]),
    ("correct", "@@correct: twice\n" + TOP, ["correct", "'twice'", "holm"]),
    ("fail_on", "@@fail_on: never\n" + TOP, ["fail[_-]on", "'never'", "outside"]),
    ("strict", "@@strict: perhaps\n" + TOP, ["strict", "'perhaps'", "yes"]),
    ("hash", "@@hash: 2\n" + TOP, ["hash", "'2'", "yes"]),
    ("raw as a mapping", "@@raw: {a: b}\n" + TOP, ["raw"]),
    ("by a field that is in no table", "@@by: sexx\n" + TOP, ["sexx", r"\bsex\b"]),
    ("by a crossing with such a field", "@@by: \"sex,teem\"\n" + TOP, ["teem", r"\bteam\b"]),
    ("by in a list", "by:\n  - sex\n@@  - teem\n" + TOP, ["teem", r"\bteam\b"]),
    ("by a crossing in a list", "by: [sex,\n@@  \"sex,teem\"]\n" + TOP, ["teem", r"\bteam\b"]),
    ("by twice in a list", "by:\n  - sex\n  - team\n@@  - sex\n" + TOP, ["'sex'", "once"]),
    ("stratify", "@@stratify: \"band,sektion\"\n" + TOP, ["stratify", "sektion", r"\bsection\b"]),
    ("standard twice in a list", "standard:\n  - wres-2025\n@@  - wres-2025\n" + TOP, ["wres-2025", "once"]),
    ("standard that is not built in", "@@standard: wres-2026\n" + TOP, ["wres-2026", "wres-2025"]),
    ("standard in a list", "standard:\n  - wres-2025\n@@  - mwres-2012\n" + TOP, ["mwres-2012", "mwres-2021"]),
    ("dates", "@@dates: y/m/d\n" + TOP, ["dates", "'y/m/d'", "d/m/y", "m/d/y"]),
    ("organisation as a list", "@@organisation: [RZZ, RYY]\n" + TOP, ["organisation"]),
    ("text alone", "@@workforce\n", ["settings|keys|mapping|key"]),
    ("a list", "@@- workforce\n", ["settings|keys|mapping|key"]),
    ("a tab", "inputs:\n@@\tworkforce: staff.csv\n", ["tab|token|YAML|indent"]),
    ("a bracket left open", "by: [sex, team\n" + TOP, ["YAML|expected|bracket|,"], {"line": r"\d+"}),
    ("a quote left open", "organisation: \"RZZ\n" + TOP, ["YAML|quote|end of|scalar"], {"line": r"\d+"}),
    ("a colon too many", "@@organisation: RZZ: RYY\n" + TOP, ["YAML|mapping"]),
    ("indented too little", "inputs:\n  workforce:\n    file: staff.csv\n@@   dates: d/m/y\n", ["YAML|block|indent|expected"], {"line": r"[1-4]"}),
    ("empty", "", ["empty|settings"], {"line": r"\d+"}),
]

INPUTS = [
    ("unknown table", "inputs:\n@@  workforse:\n    file: staff.csv\n", ["workforse", "workforce"]),
    ("unknown table with a list", "inputs:\n@@  workforse:\n    - staff.csv\n", ["workforse", "workforce"]),
    ("unknown table among others", TOP + "@@  case: cases.csv\n", ["'case'|case:", "cases"]),
    ("inputs as a text", "@@inputs: staff.csv\n", ["inputs"]),
    ("inputs as a list", "@@inputs: [staff.csv]\n", ["inputs"], {"line": "1"}),
    ("a table twice", TOP + "@@  workforce: other.csv\n", ["workforce", "twice|again|already|line 2"]),
    ("no file", "inputs:\n@@  workforce:\n    columns: {team: Team}\n", ["file"], {"line": "[23]"}),
    ("nothing", "inputs:\n@@  workforce:\n", ["workforce|file"]),
    ("nothing among others", TOP + "@@  cases:\n  board: board.csv\n", ["cases", "file"]),
    ("no entry", TOP + "@@  cases: []\n", ["cases", "empty", "file"]),
    ("an empty entry", "inputs:\n  workforce:\n    - staff.csv\n@@    -\n", ["workforce", "file"]),
    ("an empty file", "inputs:\n  workforce:\n@@    file:\n", ["file", "empty"]),
    ("unknown key", TOP + "@@    colums: {team: Team}\n", ["colums", "columns"]),
    ("unknown key without a near one", TOP + "@@    zebra: 1\n", ["zebra", "columns"]),
    ("key of the top in an input", TOP + "@@    groups: 5\n", ["groups"]),
    ("a key twice", TOP + "@@    file: other.csv\n", ["file", "twice|again|already|line 3"]),
    ("file as a mapping", "inputs:\n  workforce:\n@@    file: {a: b}\n", ["file"]),
    ("file and files", TOP + "@@    files: [staff.csv]\n", ["file"], {"line": "[34]"}),
    ("an entry of a list without a file", "inputs:\n  workforce:\n    - staff.csv\n@@    - columns: {team: Team}\n", ["file"]),
    ("columns as a text", TOP + "@@    columns: Team\n", ["columns"]),
    ("columns as a list", TOP + "@@    columns: [Team]\n", ["columns"]),
    ("unknown field in columns", TOP + "    columns:\n@@      ethnicty: Ethnic Origin\n", ["ethnicty", "ethnicity"]),
    ("field of another table in columns", TOP + "    columns:\n@@      stage: Grade\n", ["stage"]),
    ("a field twice in columns", TOP + "    columns:\n      team: Team\n@@      team: Grade\n", ["team", "twice|again|already|line 5"]),
    ("a list for a header", TOP + "    columns:\n@@      team: [Team, Grade]\n", ["team"]),
    ("unknown field in values", TOP + "    values:\n@@      ethnicty:\n        Blue: A\n", ["ethnicty", "ethnicity"], {"line": "[56]"}),
    ("value that is in no list", TOP + "    values:\n      ethnicity:\n@@        Blue: Whitish\n", ["'Whitish'", "ethnicity", "wres codes"]),
    ("second value that is in no list", TOP + "    values:\n      ethnicity:\n        Green: A\n        Grey: N\n@@        Blue: Whitish\n", ["'Whitish'", "ethnicity"]),
    ("value of another list", TOP + "    values:\n      pay_band:\n@@        Porter: Consultant\n", ["'Consultant'", "pay_band"]),
    ("values as a text", TOP + "@@    values: ethnicity\n", ["values"]),
    ("values of a field as a text", TOP + "    values:\n@@      ethnicity: A\n", ["ethnicity"]),
    ("a spelling twice", TOP + "    values:\n      ethnicity:\n        Blue: A\n@@        Blue: N\n", ["Blue", "twice|again|already|line 6"]),
    ("a spelling twice in other letters", TOP + "    values:\n      ethnicity:\n        Blue: A\n@@        BLUE: N\n", ["(?i)blue", "twice|again|already|line 6"]),
    ("a spelling twice with one value", TOP + "    values:\n      ethnicity:\n        Blue: A\n@@        \" blue\": A\n", ["(?i)blue", "twice", "line 6"]),
    ("dates", TOP + "@@    dates: m/y/d\n", ["dates", "'m/y/d'", "d/m/y", "m/d/y"]),
    ("dates as a list", TOP + "@@    dates: [d/m/y]\n", ["dates"]),
    ("encoding", TOP + "@@    encoding: Klingon-7\n", ["encoding", "'Klingon-7'"]),
    ("encoding as a list", TOP + "@@    encoding: [UTF-8]\n", ["encoding"]),
    ("delimiter of two characters", TOP + "@@    delimiter: \",,\"\n", ["delimiter", "comma|tab"]),
    ("delimiter as a word", TOP + "@@    delimiter: coma\n", ["delimiter", "'coma'", "comma"]),
    ("delimiter that cannot be one", TOP + "@@    delimiter: '\"'\n", ["delimiter"]),
    ("delimiter of letters", TOP + "@@    delimiter: x\n", ["delimiter", "'x'"]),
    ("header_line zero", TOP + "@@    header_line: 0\n", ["header_line", "whole number"]),
    ("header_line negative", TOP + "@@    header_line: -3\n", ["header_line", "whole number"]),
    ("header_line as a word", TOP + "@@    header_line: first\n", ["header_line", "whole number"]),
    ("header_line with decimals", TOP + "@@    header_line: 1.5\n", ["header_line", "whole number"]),
    ("zero as a mapping", TOP + "@@    zero: {\"-\": 0}\n", ["zero"]),
    ("a number that means zero", TOP + "@@    zero: [\"-\", \"5\"]\n", ["zero|5"]),
    ("hidden without numbers", TOP + "@@    hidden: {\"<5\": few}\n", ["hidden|<5", "least"]),
    ("hidden the wrong way round", TOP + "@@    hidden: {\"<5\": 4-1}\n", ["hidden|<5", "least"]),
    ("hidden below zero", TOP + "@@    hidden: {\"<5\": -1-4}\n", ["hidden|<5", "least"]),
    ("a number that hides", TOP + "@@    hidden: [\"7\"]\n", ["hidden|7"]),
    ("one mark twice", TOP + "    hidden:\n      \"<5\": 1-4\n@@      \"<5\": 0-4\n", ["<5", "twice|again|already|line 5"]),
    ("one mark as zero and hidden", TOP + "    zero: [\"*\"]\n@@    hidden: [\"*\"]\n", [r"\*", "zero|both|twice|already"], {"line": "[45]"}),
    ("leave_out as a list", TOP + "@@    leave_out: [Total]\n", ["leave_out"]),
    ("leave_out with a mapping", TOP + "    leave_out:\n@@      Grade: {a: b}\n", ["Grade|leave_out"]),
    ("keep as a text", TOP + "@@    keep: Grade\n", ["keep"]),
    ("keep of nothing", TOP + "    keep:\n@@      Grade: []\n", ["Grade", "keep", "empty"]),
    ("keep without columns", TOP + "@@    keep: {}\n", ["keep", "columns"]),
    ("leave_out of nothing", TOP + "    leave_out:\n      Team: [x]\n@@      Grade: []\n", ["Grade", "leave_out", "empty"]),
    ("leave_out without columns", TOP + "@@    leave_out: {}\n", ["leave_out", "columns"]),
    ("a near key of keep", TOP + "@@    kep: {Grade: [Band 5]}\n", ["kep", "keep"]),
    ("a near key of header_line", TOP + "@@    headerline: 2\n", ["headerline", "header_line"]),
]

# What the settings name must be there. Columns are looked for in the file, so that its header is where the mistake shows: exit 3 names both.
NOT_THERE = [
    ("file", "inputs:\n@@  workforce: gone.csv\n", IO, [r"gone\.csv", "No such file"]),
    ("second file of a list", "inputs:\n  workforce:\n@@    files: [staff.csv, gone.csv]\n", IO, [r"gone\.csv", "No such file"]),
    ("standard file", "@@standard: gone.yaml\n" + TOP, IO, [r"gone\.yaml", "No such file"]),
    ("code list file", "@@codes: gone.csv\n" + TOP, IO, [r"gone\.csv", "No such file"]),
    ("table file", "@@table: [gone.yaml]\n" + TOP, IO, [r"gone\.yaml", "No such file"]),
    ("column", TOP + "    columns:\n@@      ethnicity: Ethnic Orign\n", DATA, [r"staff\.csv:1: ethnicity: ", "line 5", "'Ethnic Orign'", "'Ethnic Origin'"]),
    ("second column", TOP + "    columns:\n      team: Team\n@@      pay_band: Grad\n", DATA, [r"staff\.csv:1: pay_band: ", "line 6", "'Grad'", "'Grade'"]),
    ("column of leave_out", TOP + "    leave_out:\n@@      Grad: [Total]\n", DATA, [r"staff\.csv:1: ", "line 5", "'Grad'", "'Grade'"]),
    ("column of keep", TOP + "    keep:\n@@      Grad: [Band 5]\n", DATA, [r"staff\.csv:1: ", "line 5", "'Grad'", "'Grade'"]),
    ("line of the header", TOP + "@@    header_line: 400\n", DATA, [r"staff\.csv", "400"]),
    ("organisation", "@@organisation: RYY\n" + TOP, DATA, ["'RYY'", "RZZ"]),
    ("as-at date", "@@as_at: 2024-03-31\n" + TOP, DATA, ["2024-03-31", "2025-03-31"]),
]


def marked(text):
    """The text without its mark, and the line on which it stood."""
    if "@@" not in text:
        return text, None
    return text.replace("@@", "", 1), str(text[:text.index("@@")].count("\n") + 1)


class Mistakes(Case):
    def setUp(self):
        super().setUp()
        rows = [["2025-03-31", "RZZ", "%s-%d" % (SECRET, n), "N African" if n % 3 else "A White - British", "Female", "Band 5", SECRET, "x"] for n in range(30)]
        self.write("staff.csv", table_text(STAFF, rows))
        self.write("cases.csv", "Date Entered,Ethnic Origin,Case Type,Formal\n2025-01-02,A,Disciplinary,Y\n")

    def run_with(self, text):
        self.write("wres.yaml", text)
        self.write("out.csv", EARLIER)
        names = sorted(os.listdir(self.folder))
        outcome = self.wres("calc", "-o", "out.csv")
        self.assertEqual(sorted(os.listdir(self.folder)), names, outcome)
        self.assertEqual(outcome.out, b"", outcome)
        self.assertNotIn(SECRET, outcome.err, outcome)
        return outcome

    def assert_refused(self, text, outcome, status, first, words):
        what = "%s\n%s" % (text, outcome)
        self.assertEqual(outcome.status, status, what)
        self.assertEqual(self.read("out.csv"), EARLIER, what)
        errors = [line for line in outcome.err.splitlines() if line.startswith("wres: error: ")]
        about = [error for error in errors if re.search("^wres: error: " + first, error) and all(re.search(word, error) for word in words)]
        self.assertTrue(about, "no error that begins with %s and says all of %s\n%s" % (first, words, what))

    def mistake(self, text, words, line=None):
        text, at = marked(text)
        self.assert_refused(text, self.run_with(text), USAGE, r"wres\.yaml:(?:%s): " % (line or at), words)

    def test_a_good_file_is_taken(self):
        """The cases below are refused for their mistake alone."""
        for text in (TOP, "groups: 2\nas_at: 2025-03-31\ndates: d/m/y\nby: [sex, team]\n" + TOP + "    columns: {team: Team}\n    dates: m/d/y\n    encoding: UTF-8\n"
                     "    delimiter: comma\n    header_line: 1\n    keep: {Grade: [Band 5]}\n    leave_out: {Grade: [Total]}\n    values: {ethnicity: {Blue: A}}\n"):
            with self.subTest(text):
                outcome = self.run_with(text)
                self.assertEqual(outcome.status, 0, outcome)

    def test_the_sound_rest_of_hidden_and_zero(self):
        rows = [["2025-03-31", "A", "Band 5", "12"], ["2025-03-31", "N", "Band 5", "-"], ["2025-03-31", "N", "Band 6", "9"]]
        self.write("staff.csv", table_text(["Effective Date", "Ethnic Origin", "Grade", "Count"], rows))
        outcome = self.run_with(TOP + "    zero: [\"-\", nil]\n    hidden: {\"<5\": 1-4, \"*\": 0-7}\n")
        self.assertEqual(outcome.status, 0, outcome)

    def test_a_value_map_to_no_date(self):
        """What the settings put in the place of a cell must be a date as much as what stands there: at the latest where it is met."""
        text = TOP + "    values:\n      snapshot_date:\n        \"2025-03-31\": 2025-31-31\n"
        outcome = self.run_with(text)
        self.assertIn(outcome.status, (USAGE, DATA), outcome)
        self.assertRegex(outcome.err, r"(?m)^wres: error: (?:wres\.yaml:6: |staff\.csv:2: snapshot_date: ).*date", outcome)

    def test_a_file_named_twice(self):
        """Rows with identifiers would count once, others twice: either it is refused, or it is said."""
        text, line = marked("inputs:\n  workforce:\n@@    files: [staff.csv, staff.csv]\n")
        outcome = self.run_with(text)
        self.assertIn(outcome.status, (0, USAGE, DATA), outcome)
        self.assertRegex(outcome.err, r"(?m)^wres: (?:warning|error): (?:wres\.yaml:%s|staff\.csv|workforce).*(?:twice|same|once)" % line, outcome)

    def test_code_list_without_its_rows(self):
        self.write("ethnicity.csv", "spelling,code,group2\nWhite,A,White\n")
        outcome = self.run_with("codes: ethnicity.csv\n" + TOP)
        self.assert_refused("", outcome, USAGE, r"ethnicity\.csv(?::\d+)?: ", [r"\(blank\)|\(unmapped\)"])

    def test_code_list_that_no_field_has(self):
        """A list under a name that no field asks for would be left aside: that must be said, or be an error."""
        self.write("shoes.csv", "spelling,code,size\n41,A,41\n(blank),,0\n(unmapped),,0\n")
        self.write("ethnicty.csv", "spelling,code,size\n41,A,41\n(blank),,0\n(unmapped),,0\n")
        for text, words in (("codes: shoes.csv\n", ["'shoes'", r"shoes\.csv", r"\bethnicity\b"]), ("codes:\n@@  - ethnicty.csv\n", [r"did you mean ethnicity\.csv"])):
            with self.subTest(text):
                self.mistake(("" if "@@" in text else "@@") + text + TOP, words)

    def test_code_list_of_a_table_of_ones_own(self):
        """A list that no built-in table has is used where a given table has it."""
        self.write("shoes.csv", "spelling,code,size\n41,A,41\n(blank),,0\n(unmapped),,0\n")
        table = "table: boots\ntitle: Boots\nrows_are: pairs\npeople: staff\ntime: window\ndate: bought\nneeds:\n  - [size]\nfields:\n"
        self.write("boots.yaml", table + "  - {name: bought, type: date, title: Day, headers: [Bought]}\n  - {name: size, type: code, list: shoes, title: Size, headers: [Size]}\n")
        outcome = self.run_with("codes: shoes.csv\ntable: boots.yaml\n" + TOP)
        self.assertEqual(outcome.status, 0, outcome)

    def test_options_are_reported_as_such(self):
        """What stands on the command line is not looked for in the settings, even where they say the same."""
        self.write("wres.yaml", "by: teem\nstandard: wres-2026\ncodes: shoes.csv\nstratify: teem\npool: 8x\n" + TOP)
        self.write("shoes.csv", "spelling,code,size\n41,A,41\n(blank),,0\n(unmapped),,0\n")
        good = {"--by": "team", "--standard": "wres-2025", "--codes": "ethnicity.csv", "--stratify": "band"}
        self.write("ethnicity.csv", self.wres("codes", "ethnicity").out)
        for option, word in (("--by", "teem"), ("--standard", "wres-2026"), ("--codes", "shoes.csv"), ("--stratify", "teem")):
            with self.subTest(option):
                words = [w for pair in dict(good, **{option: word}).items() for w in pair]
                outcome = self.wres("calc", "-o", "out.csv", *words)
                self.assertEqual(outcome.status, USAGE, outcome)
                self.assertRegex(outcome.err, r"(?m)^wres: error: %s: .*'%s'" % (option, word.replace(".csv", "")), outcome)
                self.assertNotIn("wres.yaml", outcome.err, outcome)

    def test_settings_of_another_folder_by_their_name(self):
        """Each kind of mistake calls the file alike, without the folder, which may hold the name of a user."""
        os.mkdir(self.path("jane.doe"))
        for text, command in (("zebra: 1\n", "calc"), ("by: teem\n", "calc"), ("as_at: never\n", "calc"), ("pool: [8x]\n", "goals"),
                              ("inputs: {workforce: {file: ../staff.csv, columns: {teem: Team}}}\n", "calc")):
            with self.subTest(text):
                self.write("jane.doe/wres.yaml", text + ("" if "inputs" in text else "inputs: {workforce: ../staff.csv}\n"))
                outcome = self.wres(command, "--settings", "jane.doe/wres.yaml", "-o", "out.csv")
                self.assertEqual(outcome.status, USAGE, outcome)
                self.assertRegex(outcome.err, r"(?m)^wres: error: wres\.yaml:1: ", outcome)
                self.assertNotIn("jane", outcome.err, outcome)

    def test_settings_that_are_no_text(self):
        outcome = self.run_with(b"groups: 2\0\n" + TOP.encode())
        self.assertEqual(outcome.status, USAGE, outcome)
        self.assertRegex(outcome.err, r"(?m)^wres: error: wres\.yaml:\d+: ", outcome)

    def test_several_mistakes_are_said_in_one_run(self):
        for text, lines in (("zebra: 1\n" + TOP + "    colums: {team: Team}\n    zeroes: [x]\n", [1, 5, 6]),
                            (TOP + "    columns: {ethnicty: A, teem: B}\n    values:\n      ethnicity:\n        Blue: Whitish\n        Red: Reddish\n", [4, 4, 7, 8])):
            outcome = self.run_with(text)
            self.assertEqual(outcome.status, USAGE, outcome)
            self.assertEqual([int(line) for line in re.findall(r"(?m)^wres: error: wres\.yaml:(\d+): ", outcome.err)], lines, outcome)


def add(group, name, test):
    title = "test_%s_%s" % (group, re.sub(r"\W+", "_", name.lower()))
    assert not hasattr(Mistakes, title), title
    setattr(Mistakes, title, test)


for group, cases in (("top", TOP_LEVEL), ("input", INPUTS)):
    for each in cases:
        add(group, each[0], lambda self, each=each: self.mistake(each[1], each[2], **(each[3] if len(each) > 3 else {})))


def not_there(name, text, status, words):
    def test(self):
        plain, _ = marked(text)
        self.assert_refused(plain, self.run_with(plain), status, "", words)
    add("not_there", name, test)


for each in NOT_THERE:
    not_there(*each)

assert len(TOP_LEVEL) + len(INPUTS) + len(NOT_THERE) >= 90

if __name__ == "__main__":
    main()
