"""A small set of exports, small enough to count by hand, and everything that wres must print of it.

golden/input holds 20 members of staff in three rows of indicator 1, ten applications, four cases, six courses, eight answers and four
board members. golden/expected.csv was counted by hand and with tests/support/oracle.py; its intervals and p-values come from
tests/support/formulas.py, which is asked again here.
"""
import csv
import hashlib
import json
import os
import pty
import re
import shutil
import stat
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import formulas  # noqa: E402
from cli import COLUMNS, DISCLOSURE, ROOT, Case, main, read_rows, run  # noqa: E402

GOLDEN = os.path.join(HERE, "golden")
INPUT = os.path.join(GOLDEN, "input")
TABLES = ("workforce", "recruitment", "cases", "training", "survey", "board")
SCHEMA = os.path.join(ROOT, "docs", "schema", "wres-result.schema.json")


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as file:
        return file.read()


def squeezed(text):
    return " ".join(text.split())


def expected_rows():
    with open(os.path.join(GOLDEN, "expected.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Golden(Case):
    """Runs in a folder with a copy of the input under exports/."""

    def setUp(self):
        super().setUp()
        shutil.copytree(INPUT, self.path("exports"))

    def make(self, *arguments, **more):
        outcome = self.wres("calc", *arguments, **more)
        self.assertEqual(outcome.status, 0, outcome)
        return outcome.out


class Figures(Golden):
    def test_every_row(self):
        rows, wanted = read_rows(self.make("exports", "--format", "csv")), expected_rows()
        self.assertEqual(tuple(rows[0]), COLUMNS)
        for row, want in zip(rows, wanted):
            self.assertEqual(row, want)
        self.assertEqual(len(rows), len(wanted))

    def test_expected_intervals(self):
        """The intervals of the golden file, from its counts by formula."""
        parts = {(r["indicator"], r["section"], r["row"], r["group"]): (int(r["numerator"]), int(r["denominator"]))
                 for r in expected_rows() if r["statistic"] in ("share", "rate")}
        checked = 0
        for r in expected_rows():
            own = (r["indicator"], r["section"], r["row"])
            if not r["lower"]:
                continue
            if r["statistic"] in ("share", "rate"):
                wanted = [formulas.rounded(100 * v, 1) for v in formulas.wilson(*parts[own + (r["group"],)])]
            elif r["statistic"] == "ratio":
                wanted = [formulas.rounded(v, 2) for v in formulas.katz(*[n for g in r["group"].split("/") for n in parts[own + (g,)]])]
            elif r["indicator"] == "1":
                wanted = [formulas.rounded(100 * v, 1) for v in formulas.part_of_whole(*parts[own + ("bme",)], *parts["1", "all", "all", "bme"])]
            else:
                wanted = [formulas.rounded(100 * v, 1) for v in formulas.newcombe(*[n for g in r["group"].split("-") for n in parts[own + (g,)]])]
            self.assertEqual([r["lower"], r["upper"]], wanted, r)
            checked += 1
        self.assertGreater(checked, 50)

    def test_csv_bytes(self):
        out = self.make("exports", "--format", "csv").decode("utf-8")
        self.assertNotIn("\r", out)
        self.assertTrue(out.endswith("\n"))
        lines = out.splitlines()
        self.assertEqual(lines[0], ",".join(COLUMNS))
        self.assertEqual(lines[5], '"wres-2025","1","RGX","2025-03-31","all","all","all","all","white","share",60.0,38.7,78.1,12,20,"percent",,"ok",')

    def test_decimals(self):
        for decimals, share, ratio, p_value in (("0", "35", "3", "0.5232"), ("4", "35.0000", "3.4286", "0.5232"), ("6", "35.000000", "3.428571", "0.523220")):
            with self.subTest(decimals):
                rows = self.calc("exports", "--decimals", decimals)
                find = lambda i, g, s: next(r["value"] for r in rows if (r["indicator"], r["group"], r["statistic"], r["section"], r["row"]) == (i, g, s, "all", "all"))  # noqa: E731
                self.assertEqual(find("1", "bme", "share"), share)
                self.assertEqual(find("3", "bme/white", "ratio"), ratio)
                self.assertEqual(find("3", "bme/white", "p_value"), p_value)
                self.assertEqual(find("1", "bme", "count"), "7")

    def test_unknown_out_of_the_base(self):
        rows = self.calc("exports", "--unknown", "exclude")
        share = [r for r in rows if (r["indicator"], r["section"], r["row"], r["group"], r["statistic"]) == ("1", "all", "all", "bme", "share")]
        self.assertEqual([(r["value"], r["numerator"], r["denominator"]) for r in share], [("36.8", "7", "19")])

    def test_two_standards(self):
        rows = self.calc("exports", "--standard", "wres-2025", "--standard", "wres-2019")
        self.assertEqual({r["standard"] for r in rows}, {"wres-2025", "wres-2019"})
        self.assert_same_rows([r for r in rows if r["standard"] == "wres-2025"], expected_rows())

    def test_one_table_alone(self):
        rows = self.calc("workforce=exports/workforce.csv")
        self.assert_same_rows([r for r in rows if r["indicator"] == "1"], [r for r in expected_rows() if r["indicator"] == "1"])
        for indicator in "23456789":
            missing = [r for r in rows if r["indicator"] == indicator]
            self.assertEqual([(r["status"], r["value"], r["group"], r["statistic"], r["section"], r["row"]) for r in missing],
                             [("not supplied", "", "all", "all", "all", "all")])
            self.assertTrue(missing[0]["note"])


class Json(Golden):
    def document(self, *arguments, **more):
        content = self.make(*arguments, "--format", "json", **more)
        return json.loads(content, parse_float=str, parse_int=str), json.loads(content)

    def test_schema(self):
        from jsonschema import Draft202012Validator
        schema = json.loads(text_of(SCHEMA))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for arguments in (["exports"], ["exports", "--groups", "16", "--unknown", "exclude"],
                          ["workforce=exports/workforce.csv", "recruitment=exports/recruitment.csv", "--by", "sex", "--by", "sex,team"],
                          ["workforce=exports/workforce.csv"], ["board=exports/board.csv", "--as-at", "2025-03-31"], ["exports", "--standard", "wres-2019"]):
            with self.subTest(arguments):
                faults = [str(fault.message) for fault in validator.iter_errors(self.document(*arguments)[1])]
                self.assertEqual(faults, [])

    def test_printed_schema(self):
        outcome = self.wres("schema")
        self.assertEqual((outcome.status, outcome.out.decode("utf-8"), outcome.err), (0, text_of(SCHEMA), ""))

    def test_results(self):
        document, _ = self.document("exports")
        rows = [{name: "" if row[name] is None else row[name] for name in COLUMNS} for row in document["results"]]
        self.assert_same_rows(rows, expected_rows())

    def test_around_the_results(self):
        wanted = json.loads(text_of(GOLDEN, "document.json"))
        _, document = self.document("exports")
        for name in ("schema_version", "settings", "disclosure"):
            self.assertEqual(document[name], wanted[name], name)
        self.assertEqual([finding for finding in document["data_quality"] if finding["severity"] != "information"], [])
        self.assertEqual(document["disclosure"], DISCLOSURE)
        self.assertEqual(document["tool"]["name"], "wres")
        self.assertEqual(["wres " + document["tool"]["version"] + "\n"], [self.wres("--version").out.decode()])
        self.assertEqual({entry["id"]: entry["measure"] for entry in document["indicators"]}, wanted["measures"])
        self.assertEqual([entry["id"] for entry in document["standards"]], ["wres-2025"])
        for entry in document["indicators"]:
            for name in ("title", "direction", "definition", "numerator", "denominator", "source", "certainty"):
                self.assertTrue(entry[name], (entry["id"], name))

    def test_inputs(self):
        wanted = json.loads(text_of(GOLDEN, "document.json"))["inputs"]
        _, document = self.document("exports")
        for entry, want in zip(document["inputs"], wanted):
            with open(os.path.join(INPUT, want["file"]), "rb") as file:
                self.assertEqual(entry.pop("sha256"), hashlib.sha256(file.read()).hexdigest())
            self.assertEqual(entry, want)
            self.assertEqual(entry["rows_read"], entry["rows_used"] + sum(entry["rows_left_out"].values()))
        self.assertEqual(len(document["inputs"]), len(wanted))

    def test_settings_in_force(self):
        self.write("wres.yaml", "unknown: exclude\ndecimals: 3\nby: [sex]\ninputs: {workforce: exports/workforce.csv}\n")
        _, document = self.document("--decimals", "1", "--groups", "5", "--as-at", "2024-12-31", "--organisation", "RGX", "--allow-unmapped")
        for name, value in (("settings", "wres.yaml"), ("unknown", "exclude"), ("decimals", "1"), ("by", "sex"), ("groups", "5"), ("as_at", "2024-12-31"),
                            ("organisation", "RGX"), ("allow_unmapped", "yes"), ("strict", "no")):
            self.assertEqual(document["settings"][name], value, name)

    def test_warnings_are_in_it(self):
        content = text_of(INPUT, "workforce.csv").replace("Z Not Stated", "Mancunian")
        self.write("exports/workforce.csv", content)
        _, document = self.document("exports", "--allow-unmapped")
        self.assertTrue(any("Mancunian" in finding["message"] for finding in document["data_quality"]), document["data_quality"])

    def test_no_path_in_it(self):
        content = self.make("workforce=" + self.path("exports/workforce.csv"), "--format", "json").decode()
        self.assertNotIn(self.folder, content)


class Text(Golden):
    def in_order(self, lines, text):
        """Each line occurs, one behind the other; blanks and line breaks do not matter."""
        rest = squeezed(text)
        for line in lines:
            self.assertIn(squeezed(line), rest)
            rest = rest[rest.index(squeezed(line)):]

    def test_table(self):
        self.in_order(text_of(GOLDEN, "table.txt").splitlines(), self.make("exports", "--format", "table").decode("utf-8"))

    def test_table_width(self):
        for line in self.make("exports", "--format", "table").decode("utf-8").splitlines():
            self.assertLessEqual(len(line), 100, line)
            self.assertEqual(line, line.rstrip(), "blanks at the end of a line")

    def test_explain(self):
        outcome = self.wres("explain", "wres-2025", "2")
        self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
        self.in_order(text_of(GOLDEN, "explain.txt").splitlines(), outcome.out.decode("utf-8"))
        self.assertNotIn("Indicator 3", outcome.out.decode("utf-8"))

    def test_explain_all(self):
        for words in ((), ("wres-2025",), ("wres-2019",)):
            with self.subTest(words):
                outcome = self.wres("explain", *words)
                self.assertEqual(outcome.status, 0, outcome)
                self.assertEqual(re.findall(r"^Indicator (\w+):", outcome.out.decode("utf-8"), re.M), list("123456789"))

    def test_standards(self):
        listing = self.wres("standards")
        names = sorted(name[:-5] for name in os.listdir(os.path.join(ROOT, "data", "standards")))
        self.assertEqual([line.split()[0] for line in listing.out.decode().splitlines()], names)
        for name in names:
            self.assertEqual(self.wres("standards", name).out.decode(), text_of(ROOT, "data", "standards", name + ".yaml"))

    def test_codes(self):
        listing = self.wres("codes")
        names = sorted(name[:-4] for name in os.listdir(os.path.join(ROOT, "data", "codes")))
        self.assertEqual([line.split()[0] for line in listing.out.decode().splitlines()], names)
        for name in names:
            self.assertEqual(self.wres("codes", name).out.decode(), text_of(ROOT, "data", "codes", name + ".csv"))

    def test_tables(self):
        listing = self.wres("tables")
        names = sorted(name[:-5] for name in os.listdir(os.path.join(ROOT, "data", "tables")))
        self.assertEqual([line.split()[0] for line in listing.out.decode().splitlines()], names)
        for name in names:
            shown = self.wres("tables", name).out.decode()
            for field in re.findall(r"^  - name: (\w+)", text_of(ROOT, "data", "tables", name + ".yaml"), re.M):
                self.assertRegex(shown, r"(?m)^%s \(" % field)
        self.assertIn("Ethnic Origin", self.wres("tables", "workforce").out.decode())

    def test_help(self):
        for words in ((), ("calc",), ("explain",), ("standards",), ("codes",), ("tables",), ("schema",)):
            for flag in ("--help", "-h"):
                with self.subTest(words=words, flag=flag):
                    outcome = self.wres(*words, flag)
                    self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
                    text = outcome.out.decode()
                    self.assertTrue(text.startswith("Examples:\n  wres "), text[:80])
                    self.assertIn("Exit status:", text)

    def test_commands_of_the_help(self):
        commands = re.findall(r"^  (\w+)  +", self.wres("--help").out.decode().split("Commands:")[1].split("\n\n")[0], re.M)
        self.assertEqual(len(commands), len(set(commands)))
        for name in commands:
            self.assertEqual(self.wres(name, "--help").status, 0, name)

    def test_version(self):
        for words in (("--version",), ("-V",), ("calc", "--version")):
            outcome = self.wres(*words)
            self.assertEqual((outcome.status, outcome.err), (0, ""))
            self.assertRegex(outcome.out.decode(), r"\Awres \d+\.\d+\.\d+\n\Z")

    def test_messages(self):
        self.write("exports/training.csv", text_of(INPUT, "training.csv").replace("Training Type", "Training Type,Course").replace("andatory\n", "andatory,\n").replace("CPD\n", "CPD,x\n"))
        quiet, plain, verbose = (self.wres("calc", "exports", *more) for more in (["-q"], [], ["-v"]))
        self.assertEqual(quiet.err, "")
        self.assertIn(DISCLOSURE, plain.err)
        self.assertIn("wres: note: ", verbose.err)
        self.assertEqual(quiet.out, plain.out)
        self.assertEqual(verbose.out, plain.out)


class Ways(Golden):
    """Ways to the same result: files, folders, streams, settings."""

    def setUp(self):
        super().setUp()
        self.whole = {name: self.make("exports", "--format", name) for name in ("csv", "json", "table")}

    def test_output_files(self):
        for name, format_ in (("out.json", "json"), ("out.csv", "csv"), ("out.txt", "table")):
            with self.subTest(name):
                self.assertEqual(self.make("exports", "-o", name), b"")
                self.assertEqual(self.read(name), self.whole[format_])
                self.assertEqual(self.make("exports", "--output=" + name), b"")        # over the earlier one
                self.assertEqual(self.read(name), self.whole[format_])
                for other in ("csv", "json", "table"):
                    self.make("exports", "-o", name, "--format", other)
                    self.assertEqual(self.read(name), self.whole[other])
        self.assertEqual(sorted(os.listdir(self.folder)), ["exports", "out.csv", "out.json", "out.txt"])

    def test_permissions(self):
        for mask, mode in ((0o022, 0o644), (0o077, 0o600)):
            name = "out%o.csv" % mask
            self.make("exports", "-o", name, preexec_fn=lambda mask=mask: os.umask(mask))
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), mode)

    def test_output_through_a_link(self):
        self.write("real.csv", "earlier\n")
        os.symlink("real.csv", self.path("link.csv"))
        self.make("exports", "-o", "link.csv")
        self.assertTrue(os.path.islink(self.path("link.csv")))
        self.assertEqual(self.read("real.csv"), self.whole["csv"])

    def test_standard_output_by_name(self):
        self.assertEqual(self.make("exports", "-o", "-"), self.whole["csv"])
        self.assertEqual(self.make("exports", "-o", "/dev/stdout", "--format", "csv"), self.whole["csv"])

    def test_csv_without_a_terminal(self):
        self.assertEqual(self.make("exports"), self.whole["csv"])

    def test_table_on_a_terminal(self):
        for environment, coloured in (({"TERM": "xterm"}, None), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
            with self.subTest(environment):
                try:
                    ours, theirs = pty.openpty()
                except OSError:
                    self.skipTest("a machine without pseudo-terminals")
                outcome = self.wres("calc", "exports", "-q", stdout=theirs, environment=environment)
                os.close(theirs)
                self.assertEqual(outcome.status, 0, outcome)
                shown = b""
                while True:
                    try:
                        piece = os.read(ours, 65536)
                    except OSError:
                        break
                    if not piece:
                        break
                    shown += piece
                os.close(ours)
                self.assertNotIn(b"wres-2025,", shown)
                self.assertIn("▲ above", shown.decode("utf-8"))
                if coloured is False:
                    self.assertNotIn(b"\x1b", shown)

    def test_named_files(self):
        names = ["%s=exports/%s.csv" % (table, table) for table in TABLES]
        self.assertEqual(self.make(*names), self.whole["csv"])
        self.assertEqual(self.make(*reversed(names)), self.whole["csv"])
        self.assertEqual(self.make("exports/"), self.whole["csv"])
        self.assertEqual(self.make("exports", "--as-at", "31/03/2025"), self.whole["csv"])

    def test_standard_input(self):
        for table in TABLES:
            with self.subTest(table):
                names = ["%s=%s" % (t, "-" if t == table else "exports/%s.csv" % t) for t in TABLES]
                self.assertEqual(self.make(*names, stdin=self.read("exports/%s.csv" % table)), self.whole["csv"])

    def test_settings_of_the_folder(self):
        self.write("wres.yaml", "inputs:\n" + "".join("  %s: exports/%s.csv\n" % (table, table) for table in TABLES))
        self.assertEqual(self.make(), self.whole["csv"])
        self.write("exports/mine.yaml", "inputs:\n" + "".join("  %s: {file: %s.csv}\n" % (table, table) for table in TABLES))
        self.assertEqual(self.make("--settings", "exports/mine.yaml"), self.whole["csv"])    # relative to the settings file
        self.write("wres.yaml", "no key of ours: 1\n")
        self.assertEqual(self.make("--settings", "exports/mine.yaml"), self.whole["csv"])    # and no other file is read

    def test_options_in_the_settings(self):
        inputs = "inputs:\n" + "".join("  %s: exports/%s.csv\n" % (table, table) for table in TABLES)
        for line, flags in (("by: [sex, team]\n", ["--by", "sex", "--by", "team"]), ('by: "sex,team"\n', ["--by", "sex,team"]), ("groups: 5\n", ["--groups", "5"]),
                            ("groups: 5\nchinese: asian\n", ["--groups", "5", "--chinese", "asian"]), ("unknown: exclude\n", ["--unknown", "exclude"]), ("decimals: 4\n", ["--decimals", "4"]), ("as_at: 2024-12-31\n", ["--as-at", "2024-12-31"]),
                            ("organisation: RGX\n", ["--organisation", "RGX"]), ("standard: wres-2019\n", ["--standard", "wres-2019"]),
                            ("format: json\n", None), ("format: table\n", None)):
            with self.subTest(line):
                self.write("wres.yaml", line + inputs)
                if flags:
                    self.assertEqual(self.make(), self.make("exports", *flags, folder=self.folder))
                else:
                    self.assertEqual(self.make()[:1], self.make("exports", "--format", line.split()[1])[:1])

    def test_flags_win(self):
        inputs = "inputs:\n" + "".join("  %s: exports/%s.csv\n" % (table, table) for table in TABLES)
        self.write("wres.yaml", "by: [sex]\ngroups: 16\nunknown: exclude\ndecimals: 4\nas_at: 2024-12-31\nstandard: wres-2019\nformat: json\n" + inputs)
        settled = self.make("--by", "team", "--groups", "5", "--unknown", "include", "--decimals", "1", "--as-at", "2025-03-31", "--standard", "wres-2025", "--format", "csv")
        os.unlink(self.path("wres.yaml"))
        self.assertEqual(settled, self.make("exports", "--by", "team", "--groups", "5", "--unknown", "include", "--decimals", "1"))

    def test_inputs_on_the_command_line_replace_those_of_the_settings(self):
        self.write("wres.yaml", "inputs:\n" + "".join("  %s: exports/%s.csv\n" % (table, table) for table in TABLES))
        rows = read_rows(self.make("workforce=exports/workforce.csv"))
        self.assertEqual({r["indicator"] for r in rows if r["status"] == "not supplied"}, set("23456789"))

    def test_columns_of_the_settings_hold_for_a_named_file(self):
        self.write("other.csv", text_of(INPUT, "workforce.csv").replace("Ethnic Origin", "Column D").replace("Permanent", "Ordinary"))
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: gone.csv\n    columns: {ethnicity: Column D}\n    values: {assignment_category: {Ordinary: permanent}}\n")
        names = ["%s=exports/%s.csv" % (table, table) for table in TABLES if table != "workforce"]
        self.assertEqual(self.make("workforce=other.csv", *names), self.whole["csv"])

    def test_leave_out(self):
        text = text_of(INPUT, "recruitment.csv") + "Total,,,,,10\n"
        self.write("recruitment.csv", text)
        self.write("wres.yaml", "inputs:\n  recruitment:\n    file: recruitment.csv\n    leave_out:\n      Vacancy Ref: [total]\n"
                   + "".join("  %s: exports/%s.csv\n" % (table, table) for table in TABLES if table != "recruitment"))
        self.assertEqual(self.make(), self.whole["csv"])
        document = json.loads(self.make("--format", "json"))
        account = next(entry for entry in document["inputs"] if entry["table"] == "recruitment")
        self.assertEqual((account["rows_read"], account["rows_left_out"]["left out by the settings"]), (11, 1))

    def test_raw(self):
        self.write("exports/workforce.csv", text_of(INPUT, "workforce.csv").replace(",Ward 1\n", ",=1+1\n").replace(",Ward 2\n", ',"@a ""b"""\n'))
        for more, values in (([], {"'=1+1", "'@a \"b\"", "Finance", "all", "unknown"}), (["--raw"], {"=1+1", '@a "b"', "Finance", "all", "unknown"})):
            with self.subTest(more):
                self.assertEqual({r["by_value"] for r in self.calc("exports", "--by", "team", *more)}, values)


class Surroundings(Golden):
    def test_same_bytes_everywhere(self):
        arguments = ["exports", "--by", "sex", "--by", "team", "--groups", "5"]
        formats = ("csv", "json", "table")
        wanted = {format_: self.wres("calc", *arguments, "--format", format_) for format_ in formats}
        for environment in ({"LC_ALL": "de_DE.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C"}, {"LC_ALL": "", "LANG": "tr_TR"}, {"TZ": "Pacific/Kiritimati"}, {"TZ": "America/Adak"},
                            {"MALLOC_PERTURB_": "85"}, {"MALLOC_PERTURB_": "170"}, {"NO_COLOR": "1"}, {"COLUMNS": "40"}, {"SOURCE_DATE_EPOCH": "0"}, {"POSIXLY_CORRECT": "1"}):
            for format_ in formats:
                with self.subTest(environment=environment, format=format_):
                    words = ["--format", format_] + arguments[1:] + arguments[:1]
                    outcome = self.wres("calc", *words, environment=environment)
                    self.assertEqual((outcome.status, outcome.out, outcome.err), (0, wanted[format_].out, wanted[format_].err))

    def test_without_an_environment(self):
        outcome = run("calc", "exports", folder=self.folder, environment={name: "" for name in os.environ if not name.startswith(("ASAN", "UBSAN", "LSAN"))})
        self.assertEqual(outcome.out, self.make("exports"))


if __name__ == "__main__":
    main()
