"""Counts that the input hides: what rests on them has no value, and where bounds are printed they are true.

The figures are computed a second time here, with exact fractions, for every number that the hidden counts can be; the program must print the
least and the largest of them, rounded outward. Nothing that it prints may depend on the least alone.
"""
import itertools
import json
import math
import os
import random
import re
import sys
from fractions import Fraction

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import ROOT, Case, by_key, main, read_rows, table_text  # noqa: E402

AS_AT = "2025-03-31"
ETHNICITY = {"white": "White - British", "bme": "African", "unknown": "Not Stated"}
GROUPS = tuple(ETHNICITY)
MARKS = {"<5": (1, 4), "*": (0, 3), "x": (2, 2), "[c]": None}  # None: nobody knows
DECIMALS = {"people": 0, "percent": 1, "percentage points": 1, "ratio": 2}
BOUNDED = ("count", "share", "rate", "ratio", "ratio_if_unknown_white", "ratio_if_unknown_bme")
NURSES, CLERKS = "Nursing and Midwifery Registered", "Administrative and Clerical"
PLACES = (("clinical", "Band 5", NURSES), ("clinical", "Band 8a", NURSES), ("non-clinical", "Band 8a", CLERKS))

HEADERS = {
    "workforce": ["Date", "Ethnicity", "Staff Group", "Pay Band", "Count"],
    "recruitment": ["Date", "Ethnicity", "Stage", "Count"],
    "cases": ["Date", "Ethnicity", "Formal", "Case Type", "Count"],
    "survey": ["Year", "Ethnicity", "Question", "Answer", "Count"],
    "board": ["Date", "Ethnicity", "Voting", "Executive", "Count"],
}


# The same with several organisations, doctors, movements and what the other standards ask for; {} stands for the ethnicity.
DOCTORS = "Medical and Dental"
WIDE = {
    "workforce": (["Date", "Organisation", "Ethnicity", "Staff Group", "Pay Band", "Medical Grade", "Role", "International Recruit"],
                  [[AS_AT, "{org}", "{}", group, band, grade, role, recruit]
                   for group, band, grade, role, recruit in (
                       (NURSES, "Band 5", "", "Nurse", "Yes"), (NURSES, "Band 5", "", "Nurse", "No"), (NURSES, "Band 8a", "", "Nurse", "No"),
                       (CLERKS, "Band 8a", "", "Clerk", "No"), (CLERKS, "Band 9", "", "Clerk", "No"), (DOCTORS, "", "Consultant", "Doctor", "No"),
                       (DOCTORS, "", "Medical Director", "Medical Director", "No"), (DOCTORS, "", "Specialty Doctor", "Clinical Director", "Yes"))]),
    "recruitment": (["Date", "Organisation", "Ethnicity", "Stage", "Staff Group", "Pay Band", "Medical Grade", "International Recruit"],
                    [[AS_AT, "{org}", "{}", stage, group, band, grade, recruit] for stage in ("Applied", "Shortlisted", "Appointed")
                     for group, band, grade, recruit in ((NURSES, "Band 5", "", "Yes"), (CLERKS, "Band 8a", "", "No"), (DOCTORS, "", "Consultant", "No"))]),
    "cases": (["Date", "Organisation", "Ethnicity", "Formal", "Case Type", "Staff Group", "Pay Band", "Medical Grade"],
              [[AS_AT, "{org}", "{}", "Y", "Disciplinary", NURSES, "Band 5", ""], [AS_AT, "{org}", "{}", "Y", "Disciplinary", CLERKS, "Band 8a", ""],
               [AS_AT, "{org}", "{}", "Y", "MHPS", DOCTORS, "", "Consultant"]]),
    "survey": (["Year", "Organisation", "Ethnicity", "Staff Group", "Question", "Answer"],
               [["2024", "{org}", "{}", group, "Q15", answer] for group in (NURSES, DOCTORS) for answer in ("Yes", "No", "Don't know")]),
    "board": (["Date", "Organisation", "Ethnicity", "Voting", "Executive"], [[AS_AT, "{org}", "{}", "Y", "N"], [AS_AT, "{org}", "{}", "Y", "Y"]]),
    "awards": (["Round Year", "Organisation", "Ethnicity", "Stage"], [["2024", "{org}", "{}", stage] for stage in ("Eligible", "Applied", "Awarded")]),
    "referrals": (["Date", "Organisation", "Ethnicity", "Kind", "Staff Group"], [[AS_AT, "{org}", "{}", "Employer", DOCTORS]]),
    "movements": (["Date", "Organisation", "Ethnicity", "Kind", "From Band", "To Band", "Staff Group"],
                  [["%04d-%02d-15" % (2024 + (month < 4), month), "{org}", "{}", kind, from_band, to_band, group] for month in (4, 7, 12, 2)
                   for kind, from_band, to_band, group in (("Leaver", "Band 8a", "", NURSES), ("Leaver", "Band 9", "", CLERKS),
                                                           ("Promotion", "Band 8a", "Band 9", CLERKS), ("Promotion", "Band 8a", "", CLERKS),
                                                           ("Leaver", "Band 5", "", NURSES), ("Leaver", "", "", CLERKS))]),
}
EARLIER = {"workforce": "2024-03-31"}  # rows of this table stand at a second date, too
WIDE_HEADERS = {table: header + ["Count"] for table, (header, _) in WIDE.items()}


class WideRow:
    """A counted row of WIDE."""

    def __init__(self, table, line, cell):
        self.table, self.line, self.cell = table, line, cell

    def cells(self, cell):
        return self.line + [cell]


def wide_rows(chance, marks, part=0.1, organisations=("RA1", "RB2", "RC3")):
    """`part` of the counts are hidden. Exits of which the band is not said are few, so that leaving rates can be believed."""
    rows = []
    for organisation in organisations:
        for table, (_, lines) in WIDE.items():
            for line, group in itertools.product(lines, GROUPS):
                at = [cell.replace("{org}", organisation).replace("{}", ETHNICITY[group]) for cell in line]
                for first in (at[0], EARLIER.get(table)):
                    known = chance.choice((4, 9, 14) if table == "movements" else (0, 3, 12, 60, 140))
                    if table == "movements" and (not line[4] or (line[3] == "Promotion" and not line[5])):
                        known = chance.choice((0, 0, 0, 1))
                    if first:
                        rows.append(WideRow(table, [first] + at[1:], chance.choice(marks) if chance.random() < part else known))
    return rows


class Row:
    """A counted row: a table, a group, what places it, and its count: a number or a mark."""

    def __init__(self, table, group, place, cell):
        self.table, self.group, self.place, self.cell = table, group, place, cell

    def cells(self, cell):
        first = "2024" if self.table == "survey" else AS_AT
        place = {"workforce": self.place[2:] + self.place[1:2], "cases": ("Y", "Disciplinary")}.get(self.table, self.place)
        return [first, ETHNICITY[self.group], *place, cell]


def random_cell(chance, marks):
    return chance.choice(marks) if chance.random() < 0.25 else chance.choice((0, 1, 2, 7, 30, 120))


def random_rows(chance, marks):
    rows = []
    for group in GROUPS:
        rows += [Row("workforce", group, place, random_cell(chance, marks)) for place in PLACES]
        rows += [Row("recruitment", group, (stage,), random_cell(chance, marks)) for stage in ("Applied", "Shortlisted", "Appointed")]
        rows += [Row("cases", group, (), random_cell(chance, marks))]
        rows += [Row("survey", group, ("Q15", answer), random_cell(chance, marks)) for answer in ("Yes", "No", "Don't know")]
        rows += [Row("board", group, part, random_cell(chance, marks)) for part in (("Y", "N"), ("Y", "Y"))]
    return rows


# ---- the figures, a second time -----------------------------------------------------------------------------------------------------


class Figure:
    """A figure: the sums of rows that it is made of, and its formula (None where it has no value)."""

    def __init__(self, sums, formula, above=None, below=None):
        self.sums, self.formula, self.above, self.below = sums, formula, above, below

    def hidden(self):
        return list({id(row): row for rows in self.sums for row in rows if isinstance(row.cell, str)}.values())

    def values(self):
        """Every value it can have; None in the place of the list where nobody knows how large a count is."""
        hidden = self.hidden()
        if any(MARKS[row.cell] is None for row in hidden):
            return None
        found = []
        for numbers in itertools.product(*(range(MARKS[row.cell][0], MARKS[row.cell][1] + 1) for row in hidden)):
            given = {id(row): number for row, number in zip(hidden, numbers)}
            sums = [sum(given.get(id(row), row.cell) for row in rows) for rows in self.sums]
            value = self.formula(*sums)
            if value is not None:
                found.append(value)
        return found


def is_hidden(rows):
    return any(isinstance(row.cell, str) for row in rows)


def share(x, n):
    return Fraction(100 * x, n) if n else None


def ratio(a, m, b, n):
    return Fraction(a * n, m * b) if m and n and b else None


def figures(rows):
    """All of them by (indicator, section, row, group, statistic)."""
    found = {}

    def pick(table, *groups, meets=lambda row: True):
        return [row for row in rows if row.table == table and row.group in (groups or GROUPS) and meets(row)]

    def likelihood(number, events, over, first, second):
        key = (number, "all", "all")
        for group in GROUPS:
            above, below = events(group), over(group)
            found[key + (group, "rate")] = Figure([above, below], share, above, below)
        pair = [events(first), over(first), events(second), over(second)]
        unknown = [events("unknown"), over("unknown")]
        comparison = "%s/%s" % (first, second)
        found[key + (comparison, "ratio")] = Figure(pair, ratio)
        for statistic in ("p_value", "fragility"):
            found[key + (comparison, statistic)] = Figure(pair, None)
        found[key + (comparison, "ratio_if_unknown_" + first)] = Figure([pair[0] + unknown[0], pair[1] + unknown[1], pair[2], pair[3]], ratio)
        found[key + (comparison, "ratio_if_unknown_" + second)] = Figure([pair[0], pair[1], pair[2] + unknown[0], pair[3] + unknown[1]], ratio)

    whole = pick("workforce")
    places = {("all", "all")} | {(s, b) for section, band, _ in PLACES for s in ("all", section) for b in ("all", band)}
    for section, band in places:
        here = [row for row in whole if section in ("all", row.place[0]) and band in ("all", row.place[1])]
        if not any(row.cell for row in here):
            continue  # nobody: no line at all
        for group in GROUPS + ("all",):
            own = [row for row in here if group in ("all", row.group)]
            found["1", section, band, group, "count"] = Figure([own], lambda people: Fraction(people))
            if group != "all":
                found["1", section, band, group, "share"] = Figure([own, here], share, own, here)
        for statistic in ("difference", "p_value"):
            found["1", section, band, "bme", statistic] = Figure([whole], None)
    likelihood("2", lambda g: pick("recruitment", g, meets=lambda r: r.place[0] == "Appointed"),
               lambda g: pick("recruitment", g, meets=lambda r: r.place[0] != "Applied"), "white", "bme")
    likelihood("3", lambda g: pick("cases", g), lambda g: pick("workforce", g), "bme", "white")
    yes = {group: pick("survey", group, meets=lambda r: r.place[1] == "Yes") for group in GROUPS}
    for group in GROUPS:
        found["7", "all", "all", group, "rate"] = Figure([yes[group], pick("survey", group)], share, yes[group], pick("survey", group))
    found["7", "all", "all", "bme-white", "difference"] = Figure(
        [yes["bme"], pick("survey", "bme"), yes["white"], pick("survey", "white")],
        lambda x, m, y, n: Fraction(100 * x, m) - Fraction(100 * y, n) if m and n else None)
    found["7", "all", "all", "bme-white", "p_value"] = Figure([yes["bme"], pick("survey", "bme"), yes["white"], pick("survey", "white")], None)
    parts = {"all": lambda r: True, "voting": lambda r: r.place[0] == "Y", "executive": lambda r: r.place[1] == "Y"}
    for part, meets in parts.items():
        members = pick("board", meets=meets)
        for group in GROUPS:
            own = pick("board", group, meets=meets)
            found["9", "board", part, group, "share"] = Figure([own, members], share, own, members)
        found["9", "all", part, "bme", "difference"] = Figure(
            [pick("board", "bme", meets=meets), members, pick("workforce", "bme"), whole],
            lambda x, m, y, n: Fraction(100 * x, m) - Fraction(100 * y, n) if m and n else None)
    for group in GROUPS:
        found["9", "workforce", "all", group, "share"] = Figure([pick("workforce", group), whole], share, pick("workforce", group), whole)
    return found


def down(value, decimals):
    return Fraction(math.floor(value * 10**decimals), 10**decimals)


def up(value, decimals):
    return Fraction(math.ceil(value * 10**decimals), 10**decimals)


def short(row):
    return tuple(row[name] for name in ("indicator", "section", "row", "group", "statistic"))


class Hidden(Case):
    def settings(self, marks=None, tables=HEADERS):
        """wres.yaml with every mark declared for every table."""
        lines = ["as_at: " + AS_AT, "inputs:"]
        for table in tables:
            lines += ["  %s:" % table, "    file: %s.csv" % table, "    hidden:"]
            for mark, ends in (marks or MARKS).items():
                lines.append('      "%s": %d-%d' % ((mark,) + ends))
        self.write("wres.yaml", "\n".join(lines) + "\n")

    def put(self, rows, assignment=None, tables=HEADERS):
        for table, header in tables.items():
            own = [row for row in rows if row.table == table]
            self.write(table + ".csv", table_text(header, [row.cells((assignment or {}).get(id(row), row.cell)) for row in own]))

    def figures_of(self, *arguments):
        return {short(row): row for row in self.calc("-q", *arguments) if row["statistic"] != "all"}


class Bounds(Hidden):
    def assert_figure(self, key, figure, row):
        hidden = figure.hidden()
        if not hidden:
            self.assertNotEqual(row["status"], "suppressed", (key, row))
            if figure.formula:
                values = figure.values()
                self.assertEqual(row["status"] == "ok", bool(values), (key, row))
                if values:
                    half = Fraction(1, 2 * 10**DECIMALS[row["unit"]])
                    self.assertLessEqual(abs(Fraction(row["value"]) - values[0]), half, (key, row))
            return
        self.assertEqual((row["status"], row["value"], row["flag"]), ("suppressed", "", ""), (key, row))
        told = "rests on %d count%s hidden in the input" % (len(hidden), " that is" if len(hidden) == 1 else "s that are")
        self.assertTrue(row["note"].startswith(told), (key, row, told))
        for column, rows in (("numerator", figure.above), ("denominator", figure.below)):
            known = rows is not None and not is_hidden(rows)
            self.assertEqual(row[column], str(sum(r.cell for r in rows)) if known else "", (key, column, row))
        values = figure.values() if figure.formula and key[4] in BOUNDED + (("difference",) if key[0] in "79" else ()) else None
        if values is None and key[4] == "count":  # at least what is known
            least = sum(row.cell if isinstance(row.cell, int) else (MARKS[row.cell] or (0,))[0] for row in figure.sums[0])
            self.assertEqual((row["lower"], row["upper"]), (str(least), ""), (key, row))
        elif not values:
            self.assertEqual((row["lower"], row["upper"]), ("", ""), (key, row))
        else:
            decimals = DECIMALS[row["unit"]]
            self.assertEqual((Fraction(row["lower"]), Fraction(row["upper"])), (down(min(values), decimals), up(max(values), decimals)), (key, row))
            self.assertIn("between %s and %s (bounds, no confidence interval)" % (row["lower"], row["upper"]), row["note"])

    def check(self, rows):
        self.put(rows)
        got, wanted = self.figures_of(), figures(rows)
        for key, figure in wanted.items():
            if key in got:
                self.assert_figure(key, figure, got[key])
            else:  # only what a standard need not print
                self.assertIn(key[4], ("p_value", "fragility") + BOUNDED[4:], key)
        for key, row in got.items():
            self.assertTrue(key in wanted or row["status"] != "suppressed", row)

    def test_every_assignment(self):
        """60 sets of counts, made at random: every figure that can be."""
        marks = "\n".join('      "%s": %d-%d' % (mark, *ends) for mark, ends in MARKS.items() if ends)
        lines = ["as_at: " + AS_AT, "inputs:"]
        for table in HEADERS:
            lines.append("  %s:\n    file: %s.csv\n    hidden:\n%s" % (table, table, marks))
        self.write("wres.yaml", "\n".join(lines) + "\n")
        for seed in range(60):
            with self.subTest(seed):
                self.check(random_rows(random.Random(seed), ("<5", "*", "x", "<5")))

    def test_nobody_knows(self):
        """The same with a mark of which nothing is known: no bounds but the least of a count."""
        lines = ["as_at: " + AS_AT, "inputs:"]
        for table in HEADERS:
            lines.append('  %s:\n    file: %s.csv\n    hidden: ["[c]"]' % (table, table))
        self.write("wres.yaml", "\n".join(lines) + "\n")
        for seed in range(20):
            with self.subTest(seed):
                self.check(random_rows(random.Random(1000 + seed), ("[c]",)))

    def test_oracle_can_fail(self):
        """The oracle tells a count of 0 to 3 from one of 0 to 4."""
        row, other = Row("cases", "bme", (), "*"), Row("cases", "bme", (), 4)
        figure = Figure([[row], [row, other]], share)
        self.assertEqual((min(figure.values()), max(figure.values())), (0, Fraction(300, 7)))


class Assigned(Hidden):
    """Against the program itself, on files in which the hidden counts are filled in."""

    def run_both(self, rows, assignments, *command, tables=HEADERS):
        self.settings({mark: ends for mark, ends in MARKS.items() if ends}, tables)
        self.put(rows, None, tables)
        hidden = self.rows_of(*command)
        for number, assignment in enumerate(assignments):
            self.put(rows, assignment, tables)
            outcome = self.wres(*command, "--format", "csv", "-q")
            self.assertEqual(outcome.status, 0, outcome)
            self.compare(hidden, by_key(read_rows(outcome.out)), number)
        return hidden

    def compare(self, hidden, filled, number):
        for key, row in filled.items():
            if row["statistic"] == "p_adjusted":
                continue
            self.assertIn(key, hidden, "assignment %d" % number)
            known = hidden[key]
            if known["status"] != "suppressed":
                self.assertEqual(known, row)
            elif row["status"] == "ok":
                for end, sign in (("lower", 1), ("upper", -1)):
                    if known[end]:
                        slack = Fraction(1, 10**9) if "." not in known[end] else Fraction(1, 10 ** len(known[end].split(".")[1]))
                        self.assertLessEqual(sign * Fraction(known[end]), sign * Fraction(row["value"]) + slack, (known, row))
        for key, row in hidden.items():
            self.assertTrue(row["status"] == "suppressed" or key in filled, row)

    def assignments(self, rows, chance, count):
        hidden = [row for row in rows if isinstance(row.cell, str)]
        yield {id(row): MARKS[row.cell][0] for row in hidden}
        yield {id(row): MARKS[row.cell][1] for row in hidden}
        for _ in range(count):
            yield {id(row): chance.randint(*MARKS[row.cell]) for row in hidden}

    def test_indicators(self):
        for seed in range(6):
            for options in ((), ("--by", "band"), ("--stratify", "band", "--unknown", "exclude"), ("--groups", "5", "--by", "section,band"),
                            ("--standard", "disparity", "--standard", "wres-2019", "--standard", "mwres-2021")):
                with self.subTest((seed, options)):
                    chance = random.Random(seed)
                    rows = random_rows(chance, ("<5", "*", "x"))
                    self.run_both(rows, self.assignments(rows, chance, 3), "calc", *options)

    def test_goals(self):
        for seed in range(8):
            for options in ((), ("--turnover", "10", "--reference-scope", "section"), ("--turnover", "8", "--turnover-bme", "12", "--bands", "8a"),
                            ("--turnover", "10", "--turnover-bme", "60")):
                with self.subTest((seed, options)):
                    chance = random.Random(seed)
                    rows = [row for row in random_rows(chance, ("<5", "*"))]
                    for row in rows:  # goals have a row for every band that has staff: let it have some
                        if row.table == "workforce" and row.group == "white" and not isinstance(row.cell, str):
                            row.cell += 40
                    for row in rows:
                        if row.table == "recruitment" and row.place[0] != "Applied" and not isinstance(row.cell, str):
                            row.cell += 5
                    self.suppressed_goals(rows, chance, options)

    def hide_some(self, seed, kept=(), part=0.1):
        """Wide rows in which those of the tables kept are all known."""
        chance = random.Random(seed)
        rows = wide_rows(chance, ("<5", "*", "x"), part)
        for row in rows:
            if row.table in kept and isinstance(row.cell, str):
                row.cell = 12
        return rows, chance

    def test_organisations(self):
        """Several organisations beside each other, doctors, recruits from abroad, and strata that are crossed."""
        found = set()
        for seed in range(2):
            for part in (0.1, 0.01):
                for options in ((), ("--stratify", "band,section"), ("--standard", "mwres-2021"),
                                ("--standard", "international-recruits", "--standard", "disparity")):
                    with self.subTest((seed, part, options)):
                        rows, chance = self.hide_some(seed, part=part)
                        hidden = self.run_both(rows, self.assignments(rows, chance, 2), "calc", *options, tables=WIDE_HEADERS)
                        found |= {(row["statistic"], row["status"]) for row in hidden.values()}
        for statistic in ("difference_from_pooled", "funnel_95", "funnel_998", "funnel_998_overdispersed", "ratio_stratified", "p_homogeneity",
                          "odds_ratio_stratified", "p_homogeneity_odds"):
            self.assertLessEqual({(statistic, "ok"), (statistic, "suppressed")}, found)

    def test_goals_with_movements(self):
        """Hidden are exits, headcounts, or both."""
        found = set()
        for seed in range(2):
            for kept, part in ((("workforce",), 0.02), (("movements",), 0.05), ((), 0.02), ((), 0.2)):
                for options in ((), ("--baseline", "2024-03-31"), ("--bands", "8a,9", "--reference-scope", "section"),
                                ("--by", "staff_group"), ("--reference-base", "known")):
                    with self.subTest((seed, kept, part, options)):
                        rows, chance = self.hide_some(seed, kept, part)
                        hidden = self.suppressed_goals(rows, chance, options, WIDE_HEADERS)
                        found |= {(row["statistic"], row["status"]) for row in hidden.values()}
        for statistic in ("leaving_rate", "share_needed", "years_to_goal", "implied_share", "projected_share", "funnel_95", "difference_from_pooled"):
            self.assertLessEqual({(statistic, "ok"), (statistic, "suppressed")}, found)

    def rows_of(self, *command):
        outcome = self.wres(*command, "--format", "csv", "-q")
        self.assertEqual(outcome.status, 0, outcome)
        return by_key(read_rows(outcome.out))

    def suppressed_goals(self, rows, chance, options, tables=HEADERS):
        """Which figures there are may depend on what is hidden: those that are not suppressed are the same, the others have no value."""
        self.settings({mark: ends for mark, ends in MARKS.items() if ends}, tables)
        self.put(rows, None, tables)
        hidden = self.rows_of("goals", *options)
        for assignment in self.assignments(rows, chance, 2):
            self.put(rows, assignment, tables)
            filled = self.rows_of("goals", *options)
            there = {self.place(row) for row in filled.values() if row["statistic"] == "share"}
            for key, row in hidden.items():
                if row["status"] == "suppressed":
                    self.assertEqual((row["value"], row["flag"]), ("", ""))
                    if key in filled and filled[key]["status"] == "ok" and row["lower"]:
                        self.assertLessEqual(Fraction(row["lower"]), Fraction(filled[key]["value"]) + Fraction(1, 10))
                        self.assertLessEqual(Fraction(filled[key]["value"]), Fraction(row["upper"]) + Fraction(1, 10))
                elif key in filled or (self.place(row) in there and row["statistic"] != "appointments_all"):
                    # not there in the other: a part with nobody in it; all who enter, beside a goal that is out of reach
                    self.assertEqual(self.without_total(row), self.without_total(filled.get(key)), row)
        return hidden

    @staticmethod
    def place(row):
        """The band of a part of an organisation; scenarios have one of their own in by_value."""
        return row["organisation"], row["section"], row["row"], row["by_value"].partition(",")[0] if row["by"] != "scenario" else "all"

    @staticmethod
    def without_total(row):
        """Of the exits of an organisation, which a note beside a rate that is known leaves out where some are hidden."""
        return row and dict(row, note=re.sub(r"organisation's \d+ exits", "organisation's exits", row["note"]))


class Leaks(Hidden):
    """Nothing depends on the numbers that a mark can stand for, but the bounds: neither which rows there are nor a word about them."""

    def outputs(self, ends, command, tables=HEADERS):
        self.settings({"<5": ends, "*": ends}, tables)
        outcome = self.wres(*command)
        self.assertIn(outcome.status, (0, 1), outcome)
        return outcome.out.decode("utf-8"), outcome.err

    def masked(self, text):
        text = re.sub(r"; (between \S+ and \S+|at least \S+) \((bounds|a bound), no confidence interval\)", "", " ".join(text.split()))
        return re.sub(r"\d+ to \d+ \(", "(", text)  # of the finding that says what the marks mean

    def without_bounds(self, content):
        rows = read_rows(content.encode("utf-8"))
        for row in rows:
            if row["status"] == "suppressed":
                row["lower"] = row["upper"] = ""
            row["note"] = self.masked(row["note"])
        return rows

    def data(self, seed, dates=()):
        chance = random.Random(seed)
        rows = random_rows(chance, ("<5", "*"))
        self.put(rows)
        for date in dates:  # an earlier snapshot beside the first
            with open(self.path("workforce.csv"), "a", encoding="utf-8") as file:
                file.write("".join(",".join(str(cell) for cell in [date] + row.cells(random_cell(chance, ("<5", "*")))[1:]) + "\n" for row in rows if row.table == "workforce"))

    def test_every_format(self):
        commands = (
            ("calc",), ("calc", "--by", "band", "--by", "section,band"), ("calc", "--groups", "5", "--unknown", "exclude"),
            ("calc", "--stratify", "band", "--correct", "holm"), ("calc", "--decimals", "6", "--by", "staff_group"),
            ("calc", "--standard", "disparity", "--standard", "mwres-2021", "--standard", "wres-2019", "--standard", "model-employer"),
            ("goals", "--turnover", "10", "--turnover-bme", "12", "--growth", "2"), ("goals", "--turnover", "10", "--baseline", "2024-03-31", "--every", "quarter"),
            ("goals", "--reference-scope", "section", "--baseline", "2024-03-31"), ("goals", "--goal-rounding", "none", "--shortlist-share", "30"),
        )
        for seed in range(4):
            self.data(seed, ("2024-03-31",))
            for command in commands:
                with self.subTest((seed, command)):
                    self.assert_nothing_told(command)

    def assert_nothing_told(self, command, tables=HEADERS):
        first, second = (self.outputs(ends, command + ("--format", "csv", "-v"), tables) for ends in ((0, 9), (4, 5)))
        self.assert_same_rows(self.without_bounds(first[0]), self.without_bounds(second[0]))
        self.assertEqual(self.masked(first[1]), self.masked(second[1]))
        shown = [self.outputs(ends, command + ("--format", "table", "-q"), tables)[0] for ends in ((0, 9), (4, 5))]
        self.assertEqual(self.masked(shown[0]), self.masked(shown[1]))
        for row in read_rows(first[0].encode("utf-8")):
            if row["status"] == "suppressed":
                self.assertNotIn("under 10", row["note"])
        return shown[0]

    def test_organisations_and_movements(self):
        commands = (
            ("calc",), ("calc", "--stratify", "band,section"), ("calc", "--organisation", "RB2", "--stratify", "band,section"),
            ("calc", "--standard", "mwres-2021"), ("calc", "--standard", "international-recruits", "--standard", "disparity"),
            ("calc", "--by", "organisation"), ("goals",), ("goals", "--baseline", "2024-03-31", "--bands", "8a,9"),
            ("goals", "--reference-scope", "section"), ("goals", "--by", "staff_group"), ("goals", "--turnover", "10", "--turnover-bme", "12"),
            ("goals", "--organisation", "RA1", "--pool", "8a,9"), ("goals", "--reference-base", "known"),
        )
        for seed, part in ((0, 0.1), (1, 0.01)):
            self.put(wide_rows(random.Random(seed), ("<5", "*"), part), None, WIDE_HEADERS)
            for command in commands:
                with self.subTest((seed, command)):
                    self.assert_nothing_told(command, WIDE_HEADERS)

    def test_json(self):
        from jsonschema import Draft202012Validator
        with open(os.path.join(ROOT, "docs", "schema", "wres-result.schema.json"), encoding="utf-8") as file:
            validator = Draft202012Validator(json.load(file))
        self.data(3)
        found = []
        for ends in ((0, 9), (4, 5)):
            document = json.loads(self.outputs(ends, ("calc", "--format", "json"))[0])
            self.assertEqual([fault.message for fault in validator.iter_errors(document)], [])
            for row in document["results"]:
                if row["status"] == "suppressed":
                    self.assertIsNone(row["value"])
                    self.assertIsNone(row["flag"])
                    row["lower"] = row["upper"] = None
                row["note"] = self.masked(row["note"])
            for finding in document["data_quality"]:
                finding["message"] = self.masked(finding["message"])
            found.append(document)
        self.assertTrue(any(row["status"] == "suppressed" for row in found[0]["results"]))
        self.assertEqual(found[0], found[1])

    def test_the_test_sees_what_it_looks_for(self):
        """Bounds differ between the two, so that what is masked is there to be masked."""
        self.data(3)
        first, second = (self.outputs(ends, ("calc", "--format", "csv", "-q"))[0] for ends in ((0, 9), (4, 5)))
        self.assertNotEqual(first, second)
        self.assertIn("suppressed", first)


WORKFORCE = [["White", "Band 5", 120], ["BME", "Band 5", 40], ["White", "Band 8a", 20], ["BME", "Band 8a", "<5"], ["Unknown", "Band 5", "-"]]
RECRUITMENT = [["White", "Shortlisted", 200], ["White", "Appointed", 50], ["BME", "Shortlisted", 80], ["BME", "Appointed", "<5"]]


class ByHand(Hidden):
    """A small case reasoned by hand. Of the BME shortlisted 1 of 81 to 4 of 84 were appointed, of the White 50 of 250: the ratio lies
    between 0.2 / (4/84) = 4.2 and 0.2 / (1/81) = 16.2."""

    def setUp(self):
        super().setUp()
        self.write("workforce.csv", table_text(["Date", "Ethnicity", "Staff Group", "Pay Band", "Count"], [[AS_AT, e, NURSES, b, c] for e, b, c in WORKFORCE]))
        self.write("recruitment.csv", table_text(["Date", "Ethnicity", "Stage", "Count"], [[AS_AT, e, s, c] for e, s, c in RECRUITMENT]))
        self.write("wres.yaml", 'as_at: %s\ninputs:\n  workforce: {file: workforce.csv, hidden: {"<5": 1-4}, zero: ["-"]}\n'
                                '  recruitment: {file: recruitment.csv, hidden: {"<5": 1-4}}\n' % AS_AT)

    def test_rows(self):
        rows = self.figures_of()
        rate, odds = rows["2", "all", "all", "bme", "rate"], rows["2", "all", "all", "white/bme", "ratio"]
        self.assertEqual((rate["lower"], rate["upper"], rate["numerator"], rate["denominator"]), ("1.2", "4.8", "", ""))
        self.assertEqual((odds["lower"], odds["upper"], odds["flag"], odds["status"]), ("4.20", "16.20", "", "suppressed"))
        self.assertEqual(odds["note"], "rests on 1 count that is hidden in the input; between 4.20 and 16.20 (bounds, no confidence interval)")
        staff = rows["1", "all", "all", "all", "count"]
        self.assertEqual((staff["value"], staff["lower"], staff["upper"]), ("", "181", "184"))
        self.assertEqual(rows["1", "all", "Band 5", "bme", "share"]["value"], "25.0")
        self.assertEqual(rows["1", "all", "all", "unknown", "count"]["value"], "0")

    def test_table(self):
        text = self.wres("calc", "--format", "table", "-q").out.decode("utf-8")
        wanted = """\
1  Staff by pay band                        [c]     [c]  by row below
   White 140 of [c], BME [c], Unknown 0* of [c]
   National: BME share 28.6% (2024)
2  Appointment from shortlisting          20.0%     [c]  White/BME suppressed           1.62? (2024)
   Suppressed: rests on 1 count that is hidden in the input; between 4.20 and 16.20 (bounds, no
   confidence interval)
   White 50 of 250, BME [c], Unknown 0* of 0 (n/c)
"""
        self.assertIn(wanted, text)
        self.assertIn("""\
All staff               White          BME      Unknown   All  BME pts       p
  Band 5          120   75.0%   40   25.0%    0*   0.0%   160      [c]     [c]
  Band 8a          20     [c]  [c]     [c]    0*    [c]   [c]      [c]     [c]
  Total           140     [c]  [c]     [c]    0*    [c]   [c]      [c]
""", text)
        self.assertEqual(text.count("[c] = suppressed: rests on counts that are hidden in the input"), 1)
        self.assertIn("[c]: suppressed", text)
        self.assertNotIn("Interval 4.20", text)

    def test_side_by_side(self):
        """One of two organisations hides a count: its share, the pooled one, and every limit. The 10 of 40 and 20 of 80 are known."""
        self.write("workforce.csv", table_text(["Date", "Org", "Ethnicity", "Count"], [
            [AS_AT, org, ethnicity, count] for org, ethnicity, count in (("RA1", "White", 60), ("RA1", "BME", 40), ("RB2", "White", 90), ("RB2", "BME", "<5"))]))
        self.write("recruitment.csv", table_text(["Date", "Org", "Ethnicity", "Stage", "Count"], [
            [AS_AT, org, ethnicity, stage, count] for org in ("RA1", "RB2")
            for ethnicity, stage, count in (("White", "Shortlisted", 30), ("White", "Appointed", 10), ("BME", "Shortlisted", 60), ("BME", "Appointed", 20))]))
        text = self.wres("calc", "--format", "table", "-q").out.decode("utf-8")
        shares, ratios = text.split("Indicator 1: Staff by pay band: BME share of all staff\n")[1].split("Indicator 2: Appointment from shortlisting\n")[:2]
        self.assertRegex(shares, r"(?m)^RA1 +40\.0% +40/100 +[\d.]+ to [\d.]+ +\[c\] +\[c\] +\[c\]$")
        self.assertRegex(shares, r"(?m)^RB2(?: +\[c\]){5}$")
        self.assertRegex(shares, r"(?m)^Pooled(?: +\[c\]){2}$")
        self.assertEqual(shares.count("[c] = suppressed: rests on counts that are hidden in the input"), 1)
        self.assertRegex(ratios, r"(?m)^RA1 +10/40 +25\.0% +20/80 +25\.0% +1\.00 .* inside +inside$")
        rows = {(row["organisation"], row["statistic"]): row for row in self.calc("-q") if row["indicator"] == "1" and row["group"] == "bme"}
        for organisation, statistic in itertools.product(("RA1", "RB2"), ("difference_from_pooled", "funnel_95", "funnel_998", "funnel_998_overdispersed")):
            row = rows[organisation, statistic]
            self.assertEqual((row["status"], row["value"], row["lower"], row["upper"], row["flag"], row["note"]),
                             ("suppressed", "", "", "", "", "rests on 1 count that is hidden in the input"))
        self.assertEqual((rows["RB2", "share"]["lower"], rows["RB2", "share"]["upper"]), ("1.0", "4.3"))  # 1 of 91, 4 of 94

    def test_fail_on_sees_no_flag(self):
        self.assertEqual(self.wres("calc", "-q", "--fail-on", "outside").status, 0)

    def test_undeclared_marks_stay_errors(self):
        self.write("wres.yaml", "as_at: %s\ninputs:\n  workforce: {file: workforce.csv, hidden: {\"<5\": 1-4}}\n" % AS_AT)
        outcome = self.wres("calc")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertRegex(outcome.err, r"workforce\.csv:6: count: .*zero: \[\"-\"\]")

    def test_settings_mistakes(self):
        for line, wanted in (('hidden: {"<5": 4-1}', "as 1-4"), ('hidden: {"5": 1-4}', "is a number"), ('zero: ["12"]', "is a number"),
                             ('hidden: ["*", "*"]', "declared twice"), ('zero: ["-"]\n    hidden: ["–"]', "declared twice")):
            with self.subTest(line):
                self.write("bad.yaml", "inputs:\n  workforce:\n    file: workforce.csv\n    %s\n" % line)
                outcome = self.wres("calc", "--settings", "bad.yaml")
                self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
                self.assertRegex(outcome.err, r"bad\.yaml:[45]: .*" + re.escape(wanted))

    def test_findings(self):
        outcome = self.wres("calc", "-v", "--format", "csv")
        self.assertRegex(outcome.err, r"note: workforce\.csv:5: .*'<5' 1 to 4 \(1\)")
        self.write("wres.yaml", 'as_at: %s\ninputs:\n  workforce: {file: workforce.csv, hidden: {"<5": 1-4, "[z]": 0-1}, zero: ["-"]}\n' % AS_AT)
        self.assertRegex(self.wres("calc", "--format", "csv").err, r"warning: workforce\.csv: .*\[z\].*spelt")


if __name__ == "__main__":
    main()
