"""Several organisations side by side: every figure of the tables is computed here a second time from the example's files.

The formulas of the marks are written out from Spiegelhalter (2005), Statistics in Medicine 24:1185-1202; nothing is shared with the
program, and no expected figure was copied from it.
"""
import csv
import fcntl
import math
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import unicodedata
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
import formulas  # noqa: E402
from cli import ROOT, WRES, Case, by_key, main, read_rows, table_text  # noqa: E402

SYSTEM = os.path.join(ROOT, "data", "examples", "system")
TABLES = ("workforce", "recruitment", "cases")
Z95, Z998 = 1.959963984540054, 3.090232306167813
SENIOR = ("Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM")
POOLED = "Pooled"


# ---- the example's files, added up -------------------------------------------------------------------------------

def records(table):
    with open(os.path.join(SYSTEM, table + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def group_of(ethnicity):
    return "white" if ethnicity[0] in "ABC" else "unknown" if ethnicity[0] == "Z" else "bme"


class Sums:
    """Counts by (organisation, group): staff, senior staff, shortlisted, appointed, disciplined; POOLED has all of them."""

    def __init__(self, only=None):
        self.of = {}
        self.codes = sorted({row["Org Code"] for row in records("workforce")} & set(only or [row["Org Code"] for row in records("workforce")]))
        for row in records("workforce"):
            for what in ["staff"] + ["senior"] * (row["AfC Band"] in SENIOR) + [row["AfC Band"]] * (row["AfC Band"] in SENIOR):
                self.add(what, row, int(row["Headcount"]))
        for row in records("recruitment"):
            for what in {"Applied": [], "Shortlisted": ["shortlisted"], "Appointed": ["shortlisted", "appointed"]}[row["Stage"]]:
                self.add(what, row, int(row["Applications"]))
        for row in records("cases"):
            if (row["Case Type"], row["Formal"]) == ("Disciplinary", "Y"):
                self.add("disciplined", row, 1)

    def add(self, what, row, count):
        if row["Org Code"] in self.codes:
            for organisation in (row["Org Code"], POOLED):
                key = (what, organisation, group_of(row["Ethnic Origin"]))
                self.of[key] = self.of.get(key, 0) + count

    def __call__(self, what, organisation, *groups):
        return sum(self.of.get((what, organisation, group), 0) for group in groups or ("white", "bme", "unknown"))

    def share(self, what, organisation):
        return self(what, organisation, "bme"), self(what, organisation)

    def pair(self, event, people, organisation, first, second):
        return self(event, organisation, first), self(people, organisation, first), self(event, organisation, second), self(people, organisation, second)


# ---- funnels -----------------------------------------------------------------------------------------------------

def quantile(values, part):
    """Between neighbours, as R's type 7."""
    values, place = sorted(values), part * (len(values) - 1)
    low = math.floor(place)
    return values[low] + (place - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def variance_between(scores, weights):
    low, high = quantile(scores, .1), quantile(scores, .9)
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)
    return max(0.0, (len(scores) * phi - (len(scores) - 1)) / (sum(weights) - sum(w * w for w in weights) / sum(weights)))


def side(value, limits):
    return "below" if value < limits[0] else "above" if value > limits[1] else "within"


def limits_around(centre, error):
    return centre - error, centre + error


def share_places(parts, whole):
    """For each organisation the (limits, side) of the three statistics; parts: {code: (x, n)}."""
    centre, angle = whole[0] / whole[1], lambda p: math.asin(math.sqrt(p))
    tau2 = variance_between([(angle(x / n) - angle(centre)) * 2 * math.sqrt(n) for x, n in parts.values()], [4 * n for _, n in parts.values()])
    found = {}
    for code, (x, n) in parts.items():
        error = math.sqrt(centre * (1 - centre) / n)
        reach = Z998 * math.sqrt(1 / (4 * n) + tau2)
        wide = tuple(math.sin(min(max(angle(centre) + s * reach, 0), math.pi / 2)) ** 2 for s in (-1, 1))
        limits = [tuple(min(max(l, 0), 1) for l in limits_around(centre, z * error)) for z in (Z95, Z998)] + [wide]
        found[code] = [([100 * l for l in pair], side(x / n, pair)) for pair in limits]
    return found


def ratio_places(parts, whole):
    """Likewise of (x1, n1, x2, n2); an organisation without a ratio has none."""
    centre = math.log(whole[0] / whole[1] / (whole[2] / whole[3]))
    at = {}
    for code, (x1, n1, x2, n2) in parts.items():
        if not (n1 and n2 and x2):
            continue
        if x1 == 0:
            x1, n1, x2, n2 = x1 + .5, n1 + .5, x2 + .5, n2 + .5
        at[code] = math.log(x1 / n1 / (x2 / n2)), math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
    tau2 = variance_between([(y - centre) / s for y, s in at.values()], [1 / s ** 2 for _, s in at.values()])
    found = {}
    for code, (y, s) in at.items():
        limits = [limits_around(centre, Z95 * s), limits_around(centre, Z998 * s), limits_around(centre, Z998 * math.sqrt(s * s + tau2))]
        found[code] = [([math.exp(l) for l in pair], side(y, pair)) for pair in limits]
    return found


def counted(x, n):
    """A count under 10 has a mark."""
    return "%d%s/%d" % (x, "*" if x < 10 else "", n)


def mark(places):
    """The two words of the table."""
    if places is None:
        return []
    (_, narrow), (_, wide), (_, scattered) = places
    word = wide + " 99.8%" if wide != "within" else narrow + " 95%" if narrow != "within" else "inside"
    return [word, scattered if scattered != "within" else "inside"]


# ---- the table ---------------------------------------------------------------------------------------------------

def percent(x, n):
    return formulas.rounded(Fraction(100 * x, n), 1) + "%"


def points(number):
    text = formulas.rounded(number, 1)
    return text if text.startswith("-") or not text.strip("0.") else "+" + text


def interval(pair, decimals, scale=1):
    return " to ".join(formulas.rounded(scale * limit, decimals) for limit in pair)


def width_of(text):
    """Columns of a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def tables_of(text):
    """{title: (headings, rows)}: the lines between two rules, and the one behind them, cut where two blanks are."""
    lines, found = text.split("\n"), {}
    rules = [n for n, line in enumerate(lines) if re.fullmatch("-{30,}", line)]
    for first, second in zip(rules[::2], rules[1::2]):
        top = max(n for n in range(first) if lines[n].startswith(("Indicator ", "Goals: ")))
        found[lines[top]] = (lines[top + 1:first], [re.split(r"\s{2,}", line.strip()) for line in lines[first + 1:second] + [lines[second + 1]]])
    return found


class Beside(Case):
    def setUp(self):
        super().setUp()
        for name in [table + ".csv" for table in TABLES] + ["wres.yaml"]:
            shutil.copy(os.path.join(SYSTEM, name), self.folder)

    def text(self, *words, command="calc", **more):
        outcome = self.wres(command, *words, "--format", "table", "-q", **more)
        self.assertEqual(outcome.status, 0, outcome)
        return outcome.out.decode("utf-8")

    def tables(self, *words, **more):
        text = self.text(*words, **more)
        return tables_of(text[:text.index("Funnel: whether")])

    def terminal(self, columns, *words, **environment):
        """What a terminal of so many columns shows."""
        try:
            ours, theirs = pty.openpty()
        except OSError:
            self.skipTest("a machine without pseudo-terminals")
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        with subprocess.Popen([WRES, *words, "-q"], cwd=self.folder, stdout=theirs, env=dict(os.environ, TERM="xterm", **environment)):
            os.close(theirs)
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
        return shown.decode("utf-8").replace("\r", "")

    def keep(self, codes):
        """The example with these organisations alone."""
        for table in TABLES:
            rows = records(table)
            self.write(table + ".csv", table_text(list(rows[0]), [list(row.values()) for row in rows if row["Org Code"] in codes]))


def share_rows(sums):
    whole = sums.share("staff", POOLED)
    places = share_places({code: sums.share("staff", code) for code in sums.codes}, whole)
    for code in sums.codes + [POOLED]:
        x, n = sums.share("staff", code)
        against = [] if code == POOLED else [points(100 * (Fraction(x, n) - Fraction(*whole)))]
        yield [code, percent(x, n), counted(x, n), interval(formulas.wilson(x, n), 1, 100)] + against + mark(places.get(code))


def ratio_rows(sums, event, people, first, second):
    """Without the counts, for which a page of 100 columns may have no room."""
    parts = {code: sums.pair(event, people, code, first, second) for code in sums.codes + [POOLED]}
    places = ratio_places({code: parts[code] for code in sums.codes}, parts[POOLED])
    for code, (x1, n1, x2, n2) in parts.items():
        rates = {first: percent(x1, n1), second: percent(x2, n2)}
        row = [code, rates["white"], rates["bme"]]
        if x2 == 0:
            yield row + ["n/c"]
            continue
        ratio = Fraction(x1 * n2, n1 * x2)
        flag = "▼ below" if ratio < Fraction(4, 5) else "▲ above" if ratio > Fraction(5, 4) else "● within"
        yield row + [formulas.rounded(ratio, 2), interval(formulas.katz(x1, n1, x2, n2), 2) if x1 else "0.00 to " + formulas.rounded(formulas.katz(x1, n1, x2, n2)[1], 2), flag] + mark(places.get(code))


def without_counts(rows):
    return [[cell for cell in row if not re.fullmatch(r"\d+\*?/\d+", cell)] for row in rows]


class Figures(Beside):
    """The twelve trusts of the example."""

    def check(self, tables, sums):
        self.assertEqual(tables["Indicator 1: Staff by pay band: BME share of all staff"][1], list(share_rows(sums)))
        for title, words in (("Indicator 2: Appointment from shortlisting", ("appointed", "shortlisted", "white", "bme")), ("Indicator 3: Formal disciplinary process", ("disciplined", "staff", "bme", "white"))):
            with self.subTest(title):
                self.assertEqual(without_counts(tables[title][1]), list(ratio_rows(sums, *words)))

    def test_every_figure(self):
        tables = self.tables()
        self.assertEqual(len(tables), 3)
        self.check(tables, Sums())
        self.assertEqual(len(tables["Indicator 1: Staff by pay band: BME share of all staff"][1]), 13)

    def test_counts_on_a_wide_terminal(self):
        sums, text = Sums(), self.terminal(140, "calc", NO_COLOR="1")
        rows = tables_of(text)["Indicator 2: Appointment from shortlisting"][1]
        for row in rows:
            x1, n1, x2, n2 = sums.pair("appointed", "shortlisted", row[0], "white", "bme")
            self.assertEqual((row[1], row[3]), (counted(x1, n1), counted(x2, n2)))

    def test_rows_of_limits(self):
        """The same limits in CSV, rounded once: every organisation and statistic, and no other funnel row."""
        sums, wanted = Sums(), {}
        statistics = ("funnel_95", "funnel_998", "funnel_998_overdispersed")
        share = sums.share("staff", POOLED)
        for indicator, group, decimals, centre, places in (
                ("1", "bme", 1, Fraction(100 * share[0], share[1]), share_places({c: sums.share("staff", c) for c in sums.codes}, share)),
                ("2", "white/bme", 2, None, self.ratios(sums, "appointed", "shortlisted", "white", "bme")),
                ("3", "bme/white", 2, None, self.ratios(sums, "disciplined", "staff", "bme", "white"))):
            if centre is None:
                x1, n1, x2, n2 = sums.pair(*(("appointed", "shortlisted", POOLED, "white", "bme") if indicator == "2" else ("disciplined", "staff", POOLED, "bme", "white")))
                centre = Fraction(x1 * n2, n1 * x2)
            for code, three in places.items():
                for statistic, (limits, where) in zip(statistics, three):
                    wanted[indicator, code, group, statistic] = [formulas.rounded(centre, decimals)] + [formulas.rounded(l, decimals) for l in limits] + [where]
        rows = self.calc("-q")
        found = {(row["indicator"], row["organisation"], row["group"], row["statistic"]): [row[name] for name in ("value", "lower", "upper", "flag")] for row in rows if row["statistic"].startswith("funnel")}
        self.assertEqual(found, wanted)
        self.assertEqual(len(found), 3 * (12 + 12 + 11))        # RZC has no ratio of cases
        for row in rows:
            if row["statistic"].startswith("funnel"):
                self.assertIn("not part of the standard", row["note"])

    @staticmethod
    def ratios(sums, event, people, first, second):
        return ratio_places({c: sums.pair(event, people, c, first, second) for c in sums.codes}, sums.pair(event, people, POOLED, first, second))

    def test_the_one_out_of_line(self):
        """What the example was made to show."""
        rows = {row[0]: row for row in self.tables()["Indicator 2: Appointment from shortlisting"][1]}
        self.assertEqual([code for code, row in rows.items() if "above 99.8%" in row], ["RZ7"])

    def test_two_of_them(self):
        self.keep(["RZ2", "RZ7"])
        tables = self.tables()
        sums = Sums(["RZ2", "RZ7"])
        self.assertEqual(sums.codes, ["RZ2", "RZ7"])
        self.check(tables, sums)

    def test_no_key_twice(self):
        for words in ((), ("--by", "organisation"), ("--by", "staff_group"), ("--groups", "16"), ("--standard", "disparity", "--standard", "wres-2025"), ("--correct", "holm", "--stratify", "band")):
            with self.subTest(words):
                rows = self.calc("-q", *words)
                self.assertEqual(len(by_key(rows)), len(rows))

    def test_marks_are_no_reason_to_fail(self):
        """--fail-on outside asks for the four-fifths range; a share outside the funnel is no ratio."""
        self.assertEqual(self.wres("calc", "--settings", "none.yaml", "-q").status, 4)
        self.write("none.yaml", "as_at: 2025-03-31\n")
        outcome = self.wres("calc", "--settings", "none.yaml", "workforce=workforce.csv", "--format", "csv", "-q", "--fail-on", "outside")
        self.assertEqual(outcome.status, 0, outcome)
        self.assertIn("below", {row["flag"] for row in read_rows(outcome.out)})


class Goals(Beside):
    def rows(self, what, turnover):
        sums = Sums()
        places = share_places({code: sums.share(what, code) for code in sums.codes}, sums.share(what, POOLED))
        for code in sums.codes + [POOLED]:
            (x, n), (bme, staff) = sums.share(what, code), sums.share("staff", code)
            share, now = Fraction(bme, staff), Fraction(x, n)
            goal = math.floor(share * n + Fraction(1, 2))
            needed = (share - turnover * now) / (1 - turnover)
            yield [code, percent(bme, staff), str(n), str(x), percent(x, n), str(goal), str(max(0, goal - x)), "out of reach" if needed > 1 else formulas.rounded(100 * needed, 1) + "%"] + mark(places.get(code))

    def test_senior_bands_together(self):
        """Nine tenths stay each year, three years long."""
        tables = self.tables("--turnover", "10", command="goals")
        self.assertEqual(list(tables), ["Goals: BME share of 8a+"])
        rows = tables["Goals: BME share of 8a+"][1]
        self.assertEqual(rows, list(self.rows("senior", Fraction(9, 10) ** 3)))
        self.assertIn("out of reach", [row[7] for row in rows])

    def test_bands_asked_for(self):
        tables = self.tables("--turnover", "10", "--bands", "8a", "--pool", "8a+", command="goals")
        self.assertEqual(list(tables), ["Goals: BME share of Band 8a", "Goals: BME share of 8a+"])
        self.assertEqual(tables["Goals: BME share of Band 8a"][1], list(self.rows("Band 8a", Fraction(9, 10) ** 3)))

    def test_without_a_leaving_rate(self):
        text = self.text(command="goals")
        self.assertIn("n/s = not supplied: needs the leaving rate of the band: --turnover PERCENT, or movements", text)

    def test_each_staff_group(self):
        """Every staff group has a share of its own: there is no line of all, and each organisation has its report as before."""
        text = self.text("--reference-scope", "staff-group", command="goals")
        self.assertNotIn("side by side", text)
        self.assertIn("Model Employer Goals, RZ7, at 2025-03-31", text)


class Layout(Beside):
    def test_what_stands_where(self):
        text = self.text()
        self.assertTrue(text.startswith("Workforce Race Equality Standard, 2025, 12 organisations side by side, at 2025-03-31\n"))
        self.assertEqual(text.count("all organisations together, at"), 1)
        self.assertNotIn("2025, RZ1, at", text)
        self.assertIn("--organisation CODE", text)

    def test_one_organisation(self):
        for words in (("--organisation", "RZ7"), ()):
            with self.subTest(words):
                if not words:
                    self.keep(["RZ7"])
                text, rows = self.text(*words), self.calc("-q", *words)
                self.assertNotIn("side by side", text)
                self.assertNotIn("Funnel", text)
                self.assertIn("2025, RZ7, at 2025-03-31", text)
                self.assertFalse([row for row in rows if "funnel" in row["statistic"] or "pooled" in row["statistic"]])

    def test_a_ratio_without_a_test(self):
        """Nothing stands between the counts and what the ratio hangs on."""
        self.assertIn("White 0* of 257, BME 0* of 30, Unknown 0* of 13 (0.0%). If the unknown were all White n/c, all BME n/c", " ".join(self.text("--organisation", "RZC").split()))

    def test_widths(self):
        for columns in (72, 80, 100, 160):
            for command in ("calc", "goals"):
                with self.subTest((columns, command)):
                    text = self.terminal(columns, command, NO_COLOR="1")
                    self.assertLessEqual(max(map(width_of, text.split("\n"))), columns)
                    self.assertIn("above 95%", text)
                    self.assertNotIn("\033", text)
                    self.assertEqual("Adj." in text.split("Indicator 2")[-1].split("RZ1")[0], command == "goals" or columns >= 80)

    def test_colour_is_never_alone(self):
        text = self.terminal(80, "calc")
        self.assertRegex(text, "\033\\[1;31m *above 99.8%\033\\[0m")
        self.assertRegex(text, "\033\\[1;34m *below 99.8%\033\\[0m")
        self.assertEqual(re.sub("\033\\[[0-9;]*m", "", text), self.terminal(80, "calc", NO_COLOR="1"))

    NAMES = ["RZ1", "Ysbyty G\u0175yr", "Cafe\u0301 Trust", "\u6771\u4eac\u75c5\u9662", "=1+1", "A/B-C", "Royal Berkshire and Oxfordshire Mental Health and Community Care NHS Foundation Trust of the Far West",
             "\u00c5" * 30, "Pooled", "x" * 150]

    def test_odd_names(self):
        """Every figure stands in its column, whatever the name; a long name has a line of its own."""
        rows = [["2025-03-31", name, ethnicity, band, 30 + n] for n, name in enumerate(self.NAMES) for ethnicity in "AH" for band in ("Band 5", "8a")]
        self.write("staff.csv", table_text(["Date", "Organisation", "Ethnicity", "Band", "Count"], rows))
        self.write("none.yaml", "as_at: 2025-03-31\n")
        for columns in (72, 80, 120):
            for command in ("calc", "goals"):
                with self.subTest((columns, command)):
                    text = self.terminal(columns, command, "--settings", "none.yaml", "workforce=staff.csv", "--format", "table", NO_COLOR="1")
                    self.assertLessEqual(max(map(width_of, text.split("\n"))), columns)
                    lines = text.split("\n")
                    rules = [n for n, line in enumerate(lines) if re.fullmatch("-{30,}", line)][:2]
                    block = lines[rules[0] + 1:rules[1] + 2]
                    figures = [line for line in block if "%" in line]
                    self.assertEqual(len(figures), len(self.NAMES) + 1)
                    for pattern in (r"\d+\.\d%", "inside"):
                        ends = {width_of(line[:re.search(pattern, line).end()]) for line in figures[:-1]}
                        self.assertEqual(len(ends), 1, (pattern, figures))
                    for name in self.NAMES[:9]:
                        if width_of(name) < columns:
                            self.assertEqual(sum(line.startswith(name) for line in block), 1 + (name == "Pooled"), name)
                    self.assertTrue(any(line.startswith("x" * (columns - 1)) and len(line) == columns or line.startswith("x" * 150 + " ") for line in block))

    def test_two_hundred(self):
        rows = [["2025-03-31", "T%03d" % n, ethnicity, "8a" if n % 3 else "Band 5", 1 + (7 * n + 13 * k) % 40] for n in range(200) for k, ethnicity in enumerate("AHZ")]
        self.write("staff.csv", table_text(["Date", "Organisation", "Ethnicity", "Band", "Count"], rows))
        self.write("none.yaml", "as_at: 2025-03-31\n")
        sums = {}
        for _, code, ethnicity, _, count in rows:
            for key in (code, POOLED):
                bme, people = sums.get(key, (0, 0))
                sums[key] = bme + count * (ethnicity == "H"), people + count
        places = share_places({code: part for code, part in sums.items() if code != POOLED}, sums[POOLED])
        shown = self.tables("--settings", "none.yaml", "workforce=staff.csv")["Indicator 1: Staff by pay band: BME share of all staff"][1]
        self.assertEqual([row[0] for row in shown], sorted(code for code in sums if code != POOLED) + [POOLED])
        for row in shown:
            x, n = sums[row[0]]
            self.assertEqual(row[1:3], [percent(x, n), counted(x, n)])
            self.assertEqual(row[5:], mark(places.get(row[0])))

    def test_many_reasons_are_counted(self):
        """Eleven trusts without a BME case: each has its own reason."""
        rows = [["2025-03-31", "T%02d" % n, ethnicity, 10 + n] for n in range(12) for ethnicity in "AH"]
        self.write("staff.csv", table_text(["Date", "Organisation", "Ethnicity", "Count"], rows))
        self.write("cases.csv", table_text(["Organisation", "Date Entered", "Ethnicity", "Case Type", "Formal"], [["T00", "2024-06-01", e, "Disciplinary", "Y"] for e in "AH"]))
        self.write("none.yaml", "as_at: 2025-03-31\n")
        text = self.text("--settings", "none.yaml", "workforce=staff.csv", "cases=cases.csv")
        self.assertIn("n/c = not calculable: BME 0 of 11, White 0 of 11 (T01)", text)
        self.assertIn("and 3 more reasons, in the csv and json formats", text)


class Others(Beside):
    def test_what_one_has_and_others_lack(self):
        """Events that name no organisation belong to all together: the others have no line of figures, and one reason says why."""
        rows = records("recruitment")
        self.write("recruitment.csv", table_text(list(rows[0])[1:], [list(row.values())[1:] for row in rows]))
        self.write("wres.yaml", self.read("wres.yaml").decode("utf-8").replace("  recruitment:\n    file: recruitment.csv\n    columns:\n      organisation: Org Code\n", "  recruitment:\n    file: recruitment.csv\n    columns:\n"))
        text = self.text()
        tables = tables_of(text)
        lines = tables["Indicator 2: Appointment from shortlisting"][1]
        self.assertEqual([line[1:] for line in lines[:-1]], [["n/s"]] * 12)
        self.assertEqual(text.count("n/s = not supplied: the recruitment data names no organisation"), 1)

    def test_disparity(self):
        """A table for each step in each section, with Woolf's interval."""
        titles = list(self.tables("--standard", "disparity"))
        self.assertEqual(len(titles), 9)
        self.assertIn("Indicator disparity: Race disparity ratio, clinical, lower-upper", titles)

    def test_finer_groups(self):
        """A table for each group."""
        titles = list(self.tables("--groups", "5"))
        self.assertIn("Indicator 1: Staff by pay band: Asian share of all staff", titles)
        self.assertIn("Indicator 2: Appointment from shortlisting: White/Asian", titles)

    def test_board_and_survey(self):
        """Shares of two boards beside those of the staff, and percentages of answers with their difference; boards have no mark."""
        self.write("staff.csv", table_text(["Date", "Organisation", "Ethnicity", "Count"], [["2025-03-31", o, e, n] for o, e, n in (("RAA", "A", 80), ("RAA", "H", 20), ("RBB", "A", 60), ("RBB", "H", 40))]))
        self.write("board.csv", table_text(["Date", "Organisation", "Ethnicity", "Voting", "Executive"], [["2025-03-31", o, e, "Y", "N"] for o, e in zip(["RAA"] * 10 + ["RBB"] * 8, "AAAAAAAAAHAAAAAAHH")]))
        answers = {"RAA": (60, 40, 10, 90), "RBB": (20, 80, 10, 90)}
        self.write("survey.csv", table_text(["Year", "Organisation", "Ethnicity", "Question", "Answer", "Count"], [
            ["2024", o, e, "Q16b", a, n] for o, four in answers.items() for (e, a), n in zip((("H", "Yes"), ("H", "No"), ("A", "Yes"), ("A", "No")), four)]))
        self.write("none.yaml", "as_at: 2025-03-31\n")
        tables = self.tables("--settings", "none.yaml", "workforce=staff.csv", "board=board.csv", "survey=survey.csv")
        self.assertEqual(tables["Indicator 9: Board against workforce"][1], [["RAA", "10.0%", "1*/10", "20.0%", "-10.0"], ["RBB", "25.0%", "2*/8", "40.0%", "-15.0"], [POOLED, "16.7%", "3*/18", "30.0%", "-13.3"]])
        rows = without_counts(tables["Indicator 8: Discrimination at work"][1])
        # Pooled 40% and 10%: 30 points, error sqrt(.24/100 + .09/100) = 5.745; +-11.3 and +-17.8. RAA has 50 points, RBB 10.
        self.assertEqual([row[:4] for row in rows], [["RAA", "10.0%", "60.0%", "+50.0"], ["RBB", "10.0%", "20.0%", "+10.0"], [POOLED, "10.0%", "40.0%", "+30.0"]])
        self.assertEqual([row[5:] for row in rows], [["above 99.8%", "inside"], ["below 99.8%", "inside"], []])


if __name__ == "__main__":
    main()
