"""What must not matter, and what must turn the figures in a known way, for every command that reads records and every standard that is
built in: the example trust, all ten tables of it, and a set of counts, against themselves.

calc with all standards, goals, check and init are asked before and after; explain, standards, codes, tables and schema of what they
print themselves. The larger test of one standard, with every row looked at, is test_metamorphic.py.
"""
import csv
import gzip
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import exports  # noqa: E402
from cli import KEY, ROOT, Case, by_key, is_sanitized, main, read_rows, run  # noqa: E402

SYSTEM = os.path.join(ROOT, "data", "examples", "system")
STANDARDS = [line.split()[0] for line in run("standards").out.decode().splitlines()]
ALL = [word for name in STANDARDS for word in ("--standard", name)]
IDENTIFIERS = {"Employee Number", "Applicant ID", "Vacancy Ref", "Case ID", "Respondent ID"}
COUNTED_STANDARDS = [name for name in STANDARDS if name not in ("nationality", "positive-action", "wdes-2023")]       # the counted set has no such columns
LINES = ("line", "lines")


def commands():
    """Arguments of runs that answer the whole of what a command can say of the folder."""
    yield "calc", ["calc", *ALL, "--by", "sex", "--by", "team", "--decimals", "4", "--format", "csv", "-q"]
    yield "goals", ["goals", "--turnover", "10", "--format", "csv", "-q"]
    yield "goals of movements", ["goals", "--format", "csv", "-q"]
    yield "check", ["check", *ALL, "--values", "--format", "csv", "-q"]
    yield "init", ["init", ".", "-o", "-", "-q"]


class Trust(Case):
    """A trust of 300 people in the test's folder; its tables as exports.Table."""

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="wres-test-")
        cls.addClassCleanup(cls.place.cleanup)
        exports.trust(cls.place.name)
        cls.names = sorted(name[:-4] for name in os.listdir(cls.place.name) if name.endswith(".csv"))
        cls.before = {name: cls.answer(arguments, cls.place.name) for name, arguments in commands()}

    @staticmethod
    def answer(arguments, folder):
        outcome = run(*arguments, folder=folder)
        assert outcome.status == 0, outcome
        assert outcome.out.count(b"\n") > 20, outcome
        return outcome.out

    def setUp(self):
        super().setUp()
        for name in os.listdir(self.place.name):
            shutil.copy(os.path.join(self.place.name, name), self.folder)
        self.tables = {name: exports.Table(self.read(name + ".csv")) for name in self.names}

    def put(self, name, table=None, file=None):
        self.write(file or name + ".csv", (table or self.tables[name]).content())

    def findings(self, content, *without):
        rows = read_rows(content)
        for row in rows:
            for name in without:
                row[name] = ""
        return sorted(tuple(row.items()) for row in rows)

    def unchanged(self, *leave_out, check_without=()):
        """Every command says byte by byte what it said before, but those left out; of check's rows the named columns and their order may
        differ."""
        for name, arguments in commands():
            if name in leave_out:
                continue
            with self.subTest(name):
                got, want = self.answer(arguments, self.folder), self.before[name]
                if name == "check" and check_without:
                    self.assertEqual(self.findings(got, *check_without), self.findings(want, *check_without))
                elif got != want:
                    self.fail("differs, first: %s" % ([(a, b) for a, b in zip(want.splitlines(), got.splitlines()) if a != b][:2] or [want[-200:], got[-200:]]))


class Order(Trust):
    def test_of_rows(self):
        for seed in (1,) if is_sanitized() else (1, 2):
            for name, table in self.tables.items():
                random.Random(seed).shuffle(table.rows)
                self.put(name)
            with self.subTest(seed):
                self.unchanged(check_without=LINES)

    def test_of_columns(self):
        for name, table in self.tables.items():
            places = list(range(len(table.header)))
            random.Random(3).shuffle(places)
            table.header = [table.header[p] for p in places]
            table.rows = [[row[p] for p in places] for row in table.rows]
            self.put(name)
        self.unchanged("init", check_without=("order",))
        # Where two columns are as good, the first is taken: the inputs are told alike but for these comments.
        lines = lambda text: sorted(re.sub(r" *#.*", "", line) for line in text.decode().splitlines())  # noqa: E731
        arguments = dict(commands())["init"]
        self.assertEqual(lines(self.answer(arguments, self.folder)), lines(self.before["init"]))

    def test_of_files(self):
        """The inputs of the settings backwards, and named on the command line in any order."""
        head, inputs = re.split(r"(?m)^inputs:\n", self.read("wres.yaml").decode(), maxsplit=1)
        parts = re.split(r"(?m)^(?=  \w)", inputs)
        self.assertGreaterEqual(len(parts), len(self.names))
        self.write("wres.yaml", head + "inputs:\n" + "".join(part.rstrip("\n") + "\n" for part in parts[::-1] if part.strip()))
        self.unchanged("init")
        words = ["%s=%s.csv" % (name, name) for name in self.names]
        for seed in (4, 5):
            random.Random(seed).shuffle(words)
            for name, arguments in commands():
                if name != "init":
                    with self.subTest(name, seed=seed):
                        self.assertEqual(self.answer(arguments + words, self.folder), self.before[name])


class Files(Trust):
    def test_one_in_two(self):
        """Each table cut in two, the halves read in one order or the other; together they are the table again."""
        for turn, name in enumerate(self.names[::3] if is_sanitized() else self.names):
            table = self.tables[name]
            middle = len(table.rows) // 2
            first, second = ("one.csv", "two.csv") if turn % 2 else ("two.csv", "one.csv")
            for rows, file in ((table.rows[:middle], first), (table.rows[middle:], second)):
                part = exports.Table(table.content())
                part.rows = rows
                self.put(name, part, file)
            words = ["%s=%s.csv" % (t, t) for t in self.names if t != name] + ["%s=one.csv" % name, "%s=two.csv" % name]
            for command, arguments in commands():
                if command == "init":
                    continue
                with self.subTest(table=name, first=first, command=command):
                    got = self.answer(arguments + words, self.folder)
                    if command == "check":
                        self.assertEqual(self.counted(got), self.counted(self.before["check"]))
                    else:
                        self.assertEqual(got, self.before[command])

    @staticmethod
    def counted(content):
        """Of what is found in rows, how often in the table; what is said of a file as such is said of each part."""
        found = {}
        for row in read_rows(content):
            if row["check"] in ("unmapped-value", "needs-care", "blank-identifier", "after-as-at", "person-not-found", "several-assignments", "duplicate-row", "not-staff"):
                key = (row["check"], row["table"], row["field"])
                found[key] = found.get(key, 0) + int(row["count"] or 0)
        assert len(found) > 8, found
        return found

    def test_however_they_are_saved(self):
        """Delimiters, encodings and gzip: the figures, what is found in the data, and what init makes of it are the same."""
        forms = {"semicolon": lambda t: t.text(delimiter=";").encode(), "tab and UTF-16": lambda t: b"\xff\xfe" + t.text(delimiter="\t", end="\r\n").encode("utf-16-le"),
                 "mark and CRLF": lambda t: b"\xef\xbb\xbf" + t.text(end="\r\n").encode(), "all quoted": lambda t: t.text(quoting=csv.QUOTE_ALL).encode(), "gzip": lambda t: gzip.compress(t.content()),
                 "bar": lambda t: t.text(delimiter="|").encode()}
        for form, change in forms.items():
            for name, table in self.tables.items():
                self.write(name + ".csv", change(table))
            with self.subTest(form):
                self.unchanged("init", "check")
                # Blanks around a cell are a spelling of their own where it is quoted, and the lines are the first of each spelling.
                got, want = (self.findings(content, *LINES) for content in (self.answer(dict(commands())["check"], self.folder), self.before["check"]))
                said = {dict(row)["check"] for row in set(got) ^ set(want)}
                self.assertLessEqual(said, {"encoding", "layout"}, said)
                inputs = lambda text: [line for line in text.decode().splitlines() if not line.strip().startswith("#")]  # noqa: E731
                got = inputs(self.answer(dict(commands())["init"], self.folder))
                self.assertEqual([line for line in got if not re.match(r" +(encoding|delimiter):", line)], inputs(self.before["init"]))


class Rows(Trust):
    def test_identifiers_renamed(self):
        """Everybody, every case and every vacancy under another name, the same in all tables."""
        names = {}

        def renamed(cell):
            if not cell.strip() or cell.strip() in ("Total",):
                return cell
            return names.setdefault(cell.strip(), "N%07d" % (len(names) * 7919 % 9999991))
        for name, table in self.tables.items():
            for header in IDENTIFIERS & set(table.header):
                table.change(header, renamed)
            self.put(name)
        self.assertGreater(len(names), 500)
        self.unchanged()

    def test_a_column_that_means_nothing(self):
        for name, table in self.tables.items():
            table.header = ["Colour of the Folder"] + table.header + ["Shelf"]
            table.rows = [["blue"] + row + ["7 b"] for row in table.rows]
            self.put(name)
        self.unchanged("check", "init")
        got, want = (self.findings(content, *LINES) for content in (self.answer(dict(commands())["check"], self.folder), self.before["check"]))
        unused = [dict(row)["message"] for row in got if dict(row)["check"] == "unused-columns"]
        self.assertEqual(len(unused), len(self.names))
        for message in unused:
            self.assertRegex(message, "Colour of the Folder.*Shelf")
        self.assertEqual(*([row for row in found if dict(row)["check"] != "unused-columns"] for found in (got, want)))
        lines = self.answer(dict(commands())["init"], self.folder).decode()
        inputs = lambda text: [re.sub(r" *#.*", "", line) for line in text.splitlines() if not line.strip().startswith("#")]  # noqa: E731
        self.assertEqual(inputs(lines), inputs(self.before["init"].decode()))

    def test_outside_the_window(self):
        """Events of long ago, of the day after, of another survey, a snapshot of twenty years before: no figure moves."""
        for name, column, dates in (("recruitment", "Application Date", ("2004-05-01", "2025-04-01")), ("cases", "Date Entered", ("01/05/2004", "01/04/2025")),
                                    ("training", "Completion Date", ("2004-05-01", "2025-04-01")), ("survey", "Survey Year", ("2023", "2025")), ("board", "Date", ("2004-05-01", "2025-04-01")),
                                    ("referrals", "Date", ("2004-05-01", "2025-04-01")), ("movements", "Date", ("2004-05-01", "2025-04-01")), ("committee", "Date", ("2004-05-01", "2025-04-01")),
                                    ("workforce", "Effective Date", ("2004-03-31",))):
            table = self.tables[name]
            rows = [list(row) for row in table.rows if row[0] != "Total"]
            for turn, date in enumerate(dates):
                for number, row in enumerate(rows[::2]):
                    row = list(row)
                    row[table.at(column)] = date
                    for header in ("Case ID", "Vacancy Ref"):
                        if header in table.header:
                            row[table.at(header)] = "OLD%d%04d" % (turn, number)
                    table.rows.append(row)
            self.put(name)
        for name, arguments in commands():
            if name in ("calc", "goals", "goals of movements"):
                with self.subTest(name):
                    self.assertEqual(self.answer(arguments + ["--as-at", "2025-03-31"], self.folder), self.before[name])


class Organisations(Case):
    """The system of twelve trusts."""

    TABLES = ("workforce", "recruitment", "cases")
    OPTIONS = ["--decimals", "5", "--format", "csv", "-q"]

    def setUp(self):
        super().setUp()
        for name in self.TABLES + ("wres",):
            file = name + (".yaml" if name == "wres" else ".csv")
            shutil.copy(os.path.join(SYSTEM, file), self.folder)
        self.tables = {name: exports.Table(self.read(name + ".csv")) for name in self.TABLES}
        self.column = {name: table.at("Org Code") for name, table in self.tables.items()}
        self.codes = sorted({row[self.column["workforce"]] for row in self.tables["workforce"].rows})

    def answer(self, *arguments):
        outcome = self.wres(*arguments, *self.OPTIONS)
        self.assertEqual(outcome.status, 0, outcome)
        return outcome.out

    def test_alone(self):
        """The files of one organisation say what --organisation says of the files of all."""
        self.assertGreater(len(self.codes), 8)
        commands_of = {"calc": ["calc", "--standard", "wres-2025", "--standard", "disparity", "--by", "sex"], "goals": ["goals", "--turnover", "10"]}
        for code in self.codes[:3]:
            chosen = {name: self.answer(*words, "--organisation", code) for name, words in commands_of.items()}
            for name, table in self.tables.items():
                part = exports.Table(table.content())
                part.rows = [row for row in table.rows if row[self.column[name]] == code]
                self.write(name + ".csv", part.content())
            for name, words in commands_of.items():
                with self.subTest(name, organisation=code):
                    self.assertGreater(len(chosen[name].splitlines()), 20)
                    self.assertEqual(self.answer(*words), chosen[name])
            for name, table in self.tables.items():
                self.write(name + ".csv", table.content())

    def test_permuted(self):
        """Organisations change names with one another: their figures go with them, and those of all together stay."""
        words = ("calc", "--standard", "wres-2025", "--standard", "disparity")
        first = by_key(read_rows(self.answer(*words)))
        goals = by_key(read_rows(self.answer("goals", "--turnover", "10")))
        others = dict(zip(self.codes, self.codes[5:] + self.codes[:5]))
        for name, table in self.tables.items():
            for row in table.rows:
                row[self.column[name]] = others[row[self.column[name]]]
            self.write(name + ".csv", table.content())
        place = KEY.index("organisation")
        for before, after in ((first, by_key(read_rows(self.answer(*words)))), (goals, by_key(read_rows(self.answer("goals", "--turnover", "10"))))):
            self.assertEqual(len(before), len(after))
            self.assertGreater(len({key[place] for key in after}), len(self.codes))
            for key, row in before.items():
                moved = others.get(key[place], key[place])
                got = after[key[:place] + (moved,) + key[place + 1:]]
                self.assertEqual(dict(got, organisation="", note=""), dict(row, organisation="", note=""), key)


class Counts(Case):
    """Counts of people, answers and cases, without identifiers."""

    OPTIONS = ["--decimals", "9", "--format", "csv", "-q"]
    CALC = ["calc"] + [word for name in COUNTED_STANDARDS for word in ("--standard", name)]

    def setUp(self):
        super().setUp()
        exports.counted(self.folder)
        self.tables = {name[:-4]: exports.Table(self.read(name)) for name in sorted(os.listdir(self.folder)) if name.endswith(".csv")}
        self.count = {name: next((h for h in table.header if h in ("Headcount", "Number of Applicants", "Number of Cases", "Number of Staff", "Members")), None) for name, table in self.tables.items()}

    def answer(self, words):
        outcome = self.wres(*words, *self.OPTIONS)
        self.assertEqual(outcome.status, 0, outcome)
        self.assertGreater(outcome.out.count(b"\n"), 50)
        return outcome.out

    def put(self):
        for name, table in self.tables.items():
            self.write(name + ".csv", table.content())

    def test_as_rows(self):
        """A count of n is n rows."""
        before = {words[0]: self.answer(words) for words in (self.CALC, ["goals", "--turnover", "10"])}
        people = self.tables["workforce"]
        people.change("Headcount", lambda cell: str(int(cell) % 23))
        self.put()
        counted = {words[0]: self.answer(words) for words in (self.CALC, ["goals", "--turnover", "10"])}
        self.assertNotEqual(before, counted)
        for name, table in self.tables.items():
            if not self.count[name]:
                continue
            place = table.at(self.count[name])
            table.rows = [row[:place] + row[place + 1:] for row in table.rows for _ in range(int(row[place]))]
            del table.header[place]
        self.put()
        for words in (self.CALC, ["goals", "--turnover", "10"]):
            with self.subTest(words[0]):
                self.assertEqual(self.answer(words), counted[words[0]])

    def test_counts_in_parts(self):
        """A row of n is rows of 1, of n - 1 and of none."""
        before = {words[0]: self.answer(words) for words in (self.CALC, ["goals", "--turnover", "10"])}
        for name, table in self.tables.items():
            if self.count[name]:
                place = table.at(self.count[name])
                table.rows = [row[:place] + [str(part)] + row[place + 1:] for row in table.rows
                              for part in ((0, int(row[place])) if int(row[place]) < 2 else (1, int(row[place]) - 1, 0))]
        self.put()
        for words in (self.CALC, ["goals", "--turnover", "10"]):
            with self.subTest(words[0]):
                self.assertEqual(self.answer(words), before[words[0]])

    def test_doubled(self):
        """Twice everybody: twice every count, the same shares, rates, ratios and differences; flags stay; intervals are narrower."""
        first = by_key(read_rows(self.answer(self.CALC)))
        for name, table in self.tables.items():
            for header in (self.count[name], "Base"):
                if header in table.header:
                    table.change(header, lambda cell: str(2 * int(cell)) if cell else cell)
        self.put()
        second = by_key(read_rows(self.answer(self.CALC)))
        self.assertEqual(set(first), set(second))
        seen = {"count": 0, "ratio": 0, "share": 0, "difference": 0, "rate": 0}
        for key, row in second.items():
            was, statistic = first[key], key[-1]
            self.assertEqual([row[n] for n in ("status", "unit", "flag")], [was[n] for n in ("status", "unit", "flag")], key)
            if statistic not in seen or row["status"] != "ok":
                continue
            seen[statistic] += 1
            self.assertEqual(row["value"], str(2 * int(was["value"])) if statistic == "count" else was["value"], key)
            for name in ("numerator", "denominator"):
                self.assertEqual(row[name] and Fraction(row[name]), was[name] and 2 * Fraction(was[name]), key)
            if row["lower"] and row["value"].strip("0.") and was["lower"] != was["upper"] and statistic != "count":
                self.assertLess(Fraction(row["upper"]) - Fraction(row["lower"]), Fraction(was["upper"]) - Fraction(was["lower"]), key)
        self.assertGreater(min(seen.values()), 4, seen)

    SWAP = {"white": "bme", "bme": "white"}

    def test_white_and_bme_swapped(self):
        """Everybody of the one group becomes one of the other: ratios and their intervals are inverted, differences change sign, flags
        change sides, tests stay."""
        for table in self.tables.values():
            for place, header in enumerate(table.header):
                if header == "Ethnic Group":
                    for row in table.rows:
                        row[place] = "Indian" if row[place] == "African" else row[place]
        self.put()
        first = by_key(read_rows(self.answer(self.CALC)))
        other = {"White - British": "Indian", "Indian": "White - British", "White": "BME", "BME": "White"}
        for table in self.tables.values():
            table.change("Ethnic Group", lambda cell: other.get(cell, cell))
        self.put()
        second = by_key(read_rows(self.answer(self.CALC)))
        self.assertEqual(set(first), set(second))
        flags, seen = {"above": "below", "below": "above"}, dict.fromkeys(("ratio", "rate", "p_value", "difference", "count"), 0)
        for key, row in second.items():
            names = dict(zip(KEY, key))
            was = first[key]
            twin = first.get(tuple(dict(names, group=self.SWAP.get(names["group"], names["group"])).values()))
            if row["status"] != "ok" or was["status"] != "ok" or names["statistic"] not in seen:
                continue
            if names["statistic"] in ("count", "rate"):
                self.assertEqual([row[n] for n in ("value", "lower", "upper", "numerator", "denominator")], [twin[n] for n in ("value", "lower", "upper", "numerator", "denominator")], key)
            elif names["statistic"] == "ratio" and "/" in names["group"]:
                for here, there in (("value", "value"), ("lower", "upper"), ("upper", "lower")):
                    if Fraction(was[there]):
                        self.assertLess(abs(Fraction(row[here]) * Fraction(was[there]) - 1), Fraction(1, 10 ** 7), (key, row[here], was[there]))
                self.assertEqual(row["flag"], flags.get(was["flag"], was["flag"]), key)
            elif names["statistic"] == "p_value" and "/" in names["group"]:
                self.assertLessEqual(abs(Fraction(row["value"]) - Fraction(was["value"])), Fraction(1, 10 ** 9), key)
            elif names["statistic"] == "difference" and names["group"] == "bme-white":
                for here, there in (("value", "value"), ("lower", "upper"), ("upper", "lower")):
                    self.assertEqual(Fraction(row[here]), -Fraction(was[there]), key)
            else:
                continue
            seen[names["statistic"]] += 1
        self.assertGreater(min(seen.values()), 4, seen)


class Definitions(Case):
    """Commands that read no records: what they print is what the program has in it."""

    def said(self, *words, **more):
        outcome = self.wres(*words, **more)
        self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
        self.assertGreater(len(outcome.out), 100)
        return outcome.out

    def test_a_printed_standard_is_the_standard(self):
        exports.trust(self.folder)
        for name in STANDARDS:
            with self.subTest(name):
                self.write(name + ".yaml", self.said("standards", name))
                self.assertEqual(self.said("explain", name + ".yaml"), self.said("explain", name))
                one, other = (self.wres("calc", "--standard", which, "--format", "csv", "-q") for which in (name, name + ".yaml"))
                self.assertEqual((one.status, one.out, one.err), (other.status, other.out, other.err))
                self.assertEqual(one.status, 0)

    def test_a_printed_list_is_the_list(self):
        exports.counted(self.folder)
        names = [line.split()[0] for line in self.said("codes").decode().splitlines()]
        self.assertGreater(len(names), 10)
        words, whole = [], self.said("calc", "--format", "csv", "-q")
        for name in names:
            self.write(name + ".csv", self.said("codes", name))
            words += ["--codes", name + ".csv"]
        self.assertEqual(self.said("calc", "--settings", "wres.yaml", *words, "--format", "csv", "-q"), whole)

    def test_a_printed_table_is_the_table(self):
        exports.counted(self.folder)
        whole = self.said("calc", "--format", "csv", "-q")
        with tempfile.TemporaryDirectory(dir=os.path.join(self.folder)) as place:
            for name in os.listdir(os.path.join(ROOT, "data", "tables")):
                shutil.copy(os.path.join(ROOT, "data", "tables", name), place)
                name = name[:-5]
                file = os.path.join(place, name + ".yaml")
                with self.subTest(name):
                    self.assertEqual(self.said("tables", "--table", file, name), self.said("tables", name))
            words = [word for name in sorted(os.listdir(place)) for word in ("--table", os.path.join(place, name))]
            self.assertEqual(self.said("calc", *words, "--format", "csv", "-q"), whole)

    def test_the_place_does_not_matter(self):
        """Folder, language and time zone."""
        exports.counted(self.folder)
        os.unlink(self.path("wres.yaml"))
        for words in (["explain", "wres-2025"], ["standards"], ["standards", "wres-2025"], ["codes"], ["codes", "ethnicity"], ["tables"], ["tables", "workforce"], ["schema"], ["schema", "check"]):
            with self.subTest(" ".join(words)):
                whole = run(*words, folder=ROOT).out
                self.assertEqual(self.said(*words), whole)
                for language, zone in (("tr_TR.UTF-8", "Asia/Kathmandu"), ("C", "UTC"), ("de_DE.UTF-8", "America/St_Johns")):
                    self.assertEqual(self.said(*words, environment={"LC_ALL": language, "LANG": language, "TZ": zone}), whole)

    def test_schemas_are_json(self):
        for words in (["schema"], ["schema", "check"]):
            self.assertIn("$schema", json.loads(self.said(*words)))


if __name__ == "__main__":
    main()
