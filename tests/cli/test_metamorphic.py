"""What must not matter does not: the example trust, its files turned and twisted, against itself."""
import csv
import io
import json
import os
import random
import shutil
import sys
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from cli import EXAMPLE, KEY, ROOT, Case, by_key, main, read_rows, run, table_text  # noqa: E402
from formulas import rounded  # noqa: E402
from oracle import CodeList  # noqa: E402

TABLES = ("workforce", "recruitment", "cases", "training", "survey", "board")
PERSON = {"workforce": "Employee Number", "recruitment": "Applicant ID", "cases": "Employee Number", "training": "Employee Number", "survey": "Respondent ID"}
OPTIONS = ("--by", "sex", "--by", "team", "--groups", "5")


def load(table, folder=EXAMPLE):
    """Header and rows of a file of the example."""
    with open(os.path.join(folder, table + ".csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


ORIGINAL = {table: load(table) for table in TABLES}
ETHNICITIES = CodeList(os.path.join(ROOT, "data", "codes", "ethnicity.csv"))


def group_of(text):
    return ETHNICITIES.look_up(text)["group2"]


class Twisted(Case):
    """A copy of the example in the test's folder."""

    def setUp(self):
        super().setUp()
        for name in os.listdir(EXAMPLE):
            if name == "wres.yaml" or name.endswith(".csv"):
                shutil.copy(os.path.join(EXAMPLE, name), self.folder)

    def put(self, table, header, rows, name=None):
        self.write(name or table + ".csv", table_text(header, rows))

    def result(self, *options):
        outcome = self.wres("calc", *options, "--format", "csv", "-q")
        self.assertEqual(outcome.status, 0, outcome)
        return outcome.out

    @classmethod
    def original(cls, *options):
        """The result of the example as it is, once for each set of options."""
        if options not in cls.originals:
            cls.originals[options] = run("calc", *options, "--format", "csv", "-q", folder=EXAMPLE).out
        return cls.originals[options]

    originals = {}

    def unchanged(self, *options):
        """The whole result, byte by byte, is that of the example as it is."""
        for words in {tuple(options), OPTIONS + tuple(options)}:
            got, want = self.result(*words), self.original(*words)
            if got != want:
                different = [(a, b) for a, b in zip(want.decode().splitlines(), got.decode().splitlines()) if a != b]
                self.fail("%d rows differ (or %d for %d rows), first: %s" % (len(different), got.count(b"\n"), want.count(b"\n"), different[:2]))


class Order(Twisted):
    def test_rows_shuffled(self):
        for seed in (1, 2, 3):
            with self.subTest(seed):
                for table, (header, rows) in ORIGINAL.items():
                    shuffled = list(rows)
                    random.Random(seed).shuffle(shuffled)
                    self.put(table, header, shuffled)
                self.unchanged()

    def test_rows_backwards(self):
        for table, (header, rows) in ORIGINAL.items():
            self.put(table, header, rows[::-1])
        self.unchanged()

    def test_rows_shuffled_without_persons(self):
        """Counted tables, each line some people, under an earlier date too."""
        os.unlink(self.path("wres.yaml"))
        for table in ("workforce", "recruitment", "survey"):
            self.put(table, *counted(table))
        names = ("workforce=workforce.csv", "recruitment=recruitment.csv", "survey=survey.csv", "board=board.csv", "--by", "sex")
        first = self.result(*names)
        for seed in (1, 2):
            for table in ("workforce", "recruitment", "survey"):
                header, rows = counted(table)
                random.Random(seed).shuffle(rows)
                self.put(table, header, rows)
            self.assertEqual(self.result(*names), first)
            self.result("--as-at", "2024-09-30", *names)

    def test_columns_reordered(self):
        for table, (header, rows) in ORIGINAL.items():
            places = list(range(len(header)))
            random.Random(4).shuffle(places)
            self.put(table, [header[p] for p in places], [[row[p] for p in places] for row in rows])
        self.unchanged()

    def test_columns_added(self):
        for table, (header, rows) in ORIGINAL.items():
            self.put(table, ["Remarks"] + header + ["Notes of the line manager"], [['say "no",\nthen'] + row + ["x" * (n % 50)] for n, row in enumerate(rows)])
        self.unchanged()

    def test_empty_columns_behind_the_last(self):
        for table in TABLES:
            lines = self.read(table + ".csv").decode("utf-8").splitlines(keepends=True)
            whole = "".join(lines[:1] + [line for line in lines[1:]])
            self.write(table + ".csv", "\n".join(line + ",," if n else line for n, line in enumerate(table_text(*self.flat(whole)).splitlines())) + "\n")
        self.unchanged()

    @staticmethod
    def flat(text):
        """The rows with no line break in a cell."""
        rows = list(csv.reader(io.StringIO(text, newline="")))
        return rows[0], [[cell.replace("\n", " ").replace("\r", " ") for cell in row] for row in rows[1:]]


def counted(table):
    """The example's file without persons, equal rows counted."""
    header, rows = ORIGINAL[table]
    leave = {PERSON[table], "Vacancy Ref", "Team", "Position Title", "FTE", "Primary Assignment", "Application Date"}
    keep = [n for n, name in enumerate(header) if name not in leave]
    counts = {}
    for row in rows:
        if row[0] == "Total":
            continue
        key = tuple(row[n] for n in keep)
        counts[key] = counts.get(key, 0) + 1
    names = [{"Non-Exec Director/Chair": "non-executive"}.get(header[n], header[n]) for n in keep] + ["Count"]
    return names, [list(key) + [str(count)] for key, count in counts.items()]


class Bytes(Twisted):
    def test_line_ends_and_marks(self):
        plain = {table: table_text(*ORIGINAL[table]) for table in TABLES}
        for name, change in (("LF", lambda text: text), ("CRLF", lambda text: text.replace("\n", "\r\n")), ("CR", lambda text: text.replace("\n", "\r")), ("mark", lambda text: "\ufeff" + text),
                             ("mark and CRLF", lambda text: "\ufeff" + text.replace("\n", "\r\n")), ("no end of the last line", lambda text: text.rstrip("\n")),
                             ("blank lines", lambda text: text.replace("\n2", "\n\n2", 30) + "\n\n")):
            with self.subTest(name):
                for table in TABLES:
                    self.write(table + ".csv", change(plain[table]))
                self.unchanged()

    def test_every_cell_quoted(self):
        for name, mark, end in (("LF", "", "\n"), ("CRLF", "", "\r\n"), ("mark", "\ufeff", "\n")):
            with self.subTest(name):
                for table, (header, rows) in ORIGINAL.items():
                    out = io.StringIO()
                    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([header] + rows)
                    self.write(table + ".csv", mark + out.getvalue())
                self.unchanged()

    def test_blanks_and_capitals(self):
        """Blanks around every cell, coded cells in capitals."""
        coded = {"Ethnic Origin", "Ethnicity", "Gender", "Grade", "Medical Grade", "Staff Group", "Assignment Category", "Stage", "Case Type", "Training Type", "Answer", "Question"}
        for table, (header, rows) in ORIGINAL.items():
            self.put(table, header, [["  %s " % (cell.upper() if header[n] in coded else cell) for n, cell in enumerate(row)] for row in rows])
        self.unchanged()


class Files(Twisted):
    def test_two_files_of_a_table(self):
        for table in TABLES:
            header, rows = ORIGINAL[table]
            for place, names in ((1, ["one.csv", "two.csv"]), (len(rows) // 2, ["two.csv", "one.csv"]), (len(rows) // 2, ["one.csv", "two.csv"])):
                with self.subTest(table=table, place=place, first=names[0]):
                    self.put(table, header, rows[:place], "one.csv")
                    self.put(table, header, rows[place:], "two.csv")
                    others = ["%s=%s.csv" % (t, t) for t in TABLES if t != table]
                    result = self.result(*["%s=%s" % (table, name) for name in names], *others, *OPTIONS)
                    self.assertEqual(result, self.original(*OPTIONS))

    def test_the_same_file_twice(self):
        """With person_id a second copy changes nothing but the accounts."""
        header, rows = ORIGINAL["workforce"]
        named = [row for row in rows if row[header.index("Employee Number")].strip()]
        self.put("workforce", header, named)
        once = self.result(*OPTIONS)
        document = self.document()
        for table in TABLES:
            header, rows = ORIGINAL[table]
            if table in PERSON:
                rows = named if table == "workforce" else rows
                self.put(table, header, [copy for row in rows for copy in (row, row)])
        self.assertEqual(self.result(*OPTIONS), once)
        for before, after in zip(document["inputs"], self.document()["inputs"]):
            with self.subTest(before["table"]):
                double = 2 if before["table"] in PERSON else 1
                self.assertEqual(after["rows_read"], double * before["rows_read"])
                self.assertEqual(after["rows_used"], before["rows_used"])
                self.assertEqual(after["rows_read"], after["rows_used"] + sum(after["rows_left_out"].values()))

    def document(self):
        outcome = self.wres("calc", "--format", "json", "-q")
        self.assertEqual(outcome.status, 0, outcome)
        return json.loads(outcome.out)

    def test_two_organisations_pooled(self):
        """One trust under two codes, nobody in both. Pooled, every indicator is what it was: all are made of counts. Tables without the
        column belong to the pool; with it, to one of the two."""
        original = by_key(read_rows(self.original("--by", "sex")), "organisation")
        code = lambda text: "RZ" + "AB"[sum(map(ord, text)) % 2]  # noqa: E731
        header, rows = ORIGINAL["workforce"]
        place, person = header.index("Organisation"), header.index("Employee Number")
        self.put("workforce", header, [row[:place] + [code(row[person])] + row[place + 1:] for row in rows])
        for with_column in (False, True):
            with self.subTest(with_column=with_column):
                if with_column:
                    for table, key in (("recruitment", "Vacancy Ref"), ("cases", "Employee Number"), ("training", "Employee Number"), ("survey", "Respondent ID"), ("board", None)):
                        header, rows = ORIGINAL[table]
                        self.put(table, header + ["Organisation"], [row + [code(row[header.index(key)].strip() if key else str(n))] for n, row in enumerate(rows)])
                rows = read_rows(self.result("--by", "sex"))
                pooled = by_key([row for row in rows if row["organisation"] == "all"], "organisation")
                self.assertEqual(set(pooled), set(original))
                for key, row in original.items():
                    self.assertEqual(pooled[key], dict(row, organisation="all"))
                parts = {row["organisation"] for row in rows if row["indicator"] == "1"}
                self.assertEqual(parts, {"all", "RZA", "RZB"})
                self.parts_add_up(rows)

    def parts_add_up(self, rows):
        """Counts, numerators and denominators of the two are those of the pool."""
        sums, pool = {}, {}
        for row in rows:
            if row["indicator"] != "1" or row["statistic"] not in ("count", "share"):
                continue
            key = tuple(row[name] for name in KEY if name != "organisation")
            numbers = [int(row["numerator"] or row["value"] or 0), int(row["denominator"] or 0)]
            into = pool if row["organisation"] == "all" else sums
            into[key] = [a + b for a, b in zip(into.get(key, [0, 0]), numbers)]
        self.assertEqual(sums, pool)


class Numbers(Twisted):
    def test_scaled_counts(self):
        """k times as many people of every kind: the same shares, rates and ratios, k times the counts."""
        os.unlink(self.path("wres.yaml"))
        names = ["workforce=workforce.csv", "recruitment=recruitment.csv"]
        for table in ("workforce", "recruitment"):
            self.put(table, *counted(table))
        first = by_key(read_rows(self.result(*names, "--by", "sex")))
        for k in (7, 1000, 1000003):
            with self.subTest(k):
                for table in ("workforce", "recruitment"):
                    header, rows = counted(table)
                    self.put(table, header, [row[:-1] + [str(k * int(row[-1]))] for row in rows])
                scaled = by_key(read_rows(self.result(*names, "--by", "sex")))
                self.assertEqual(set(scaled), set(first))
                for key, row in scaled.items():
                    for name in ("numerator", "denominator"):
                        self.assertEqual(row[name], str(k * int(first[key][name])) if first[key][name] else "", key)
                    if row["statistic"] == "count":
                        self.assertEqual(row["value"], str(k * int(first[key]["value"])), key)
                    elif row["statistic"] not in ("p_value", "fragility"):      # more people, more events to move
                        self.assertEqual([row[n] for n in ("value", "unit", "flag", "status")], [first[key][n] for n in ("value", "unit", "flag", "status")], key)

    def one_ethnicity_each(self):
        """The example with every person's ethnicity the same in all rows, so that nothing depends on the order of the code list."""
        tables = {}
        for table in ("workforce", "recruitment", "survey", "board"):
            header, rows = ORIGINAL[table]
            place = header.index("Ethnicity" if "Ethnicity" in header else "Ethnic Origin")
            person, known = header.index(PERSON[table]) if table in PERSON else None, {}
            made = []
            for number, row in enumerate(rows):
                key = row[person] if person is not None and row[person] else number
                if key not in known or group_of(known[key]) == "Unknown":
                    known[key] = row[place]
            for number, row in enumerate(rows):
                key = row[person] if person is not None and row[person] else number
                made.append(row[:place] + [known[key]] + row[place + 1:])
            tables[table] = (header, place, made)
        return tables

    def test_white_and_bme_swapped(self):
        tables = self.one_ethnicity_each()
        for table, (header, place, rows) in tables.items():
            self.put(table, header, rows)
        first = by_key(read_rows(self.result("--decimals", "6", "--by", "sex")))
        for table, (header, place, rows) in tables.items():
            other = {"White": "N", "BME": "A"}
            self.put(table, header, [row[:place] + [other.get(group_of(row[place]), row[place])] + row[place + 1:] for row in rows])
        second = by_key(read_rows(self.result("--decimals", "6", "--by", "sex")))
        swap = {"white": "bme", "bme": "white"}
        other_flag = {"above": "below", "below": "above", "within": "within", "": ""}
        compared = {"ratio": 0, "rate": 0, "difference": 0}
        for key, row in second.items():
            names = dict(zip(KEY, key))
            twin = first.get(tuple(dict(names, group=swap.get(names["group"], names["group"])).values()))
            if names["statistic"] in ("count", "share", "rate"):
                self.assertEqual([row[n] for n in ("value", "numerator", "denominator")], [twin[n] for n in ("value", "numerator", "denominator")], key)
                compared["rate"] += 1
            elif names["statistic"] == "ratio":
                rate = lambda rows, g: Fraction(*(int(rows[tuple(dict(names, group=g, statistic="rate").values())][n]) for n in ("numerator", "denominator")))  # noqa: E731
                above, below = names["group"].split("/")
                if row["status"] != "ok":
                    continue
                self.assertEqual(row["value"], rounded(rate(first, below) / rate(first, above), 6), key)
                if first[key]["status"] == "ok":
                    self.assertEqual(row["flag"], other_flag[first[key]["flag"]], key)
                compared["ratio"] += 1
            elif names["statistic"] == "difference" and names["indicator"] in "5678" and row["status"] == "ok":
                self.assertEqual(row["value"].lstrip("-"), first[key]["value"].lstrip("-"), key)
                self.assertTrue(row["value"].startswith("-") != first[key]["value"].startswith("-") or not row["value"].strip("0."), key)
                compared["difference"] += 1
        self.assertGreaterEqual(min(compared.values()), 8, compared)

    def test_unknowns_added(self):
        """People of unknown ethnicity are in the base of shares and nowhere else."""
        first = by_key(read_rows(self.result()))
        header, rows = ORIGINAL["workforce"]
        more = []
        for number in range(500):
            row = dict(zip(header, [""] * len(header)), **{"Effective Date": "2025-03-31", "Organisation": "RZZ", "Employee Number": "3%07d" % number, "Ethnic Origin": ("Z", "", "Not Stated")[number % 3],
                                                          "Grade": "Band 5", "Staff Group": "Nursing and Midwifery Registered", "Assignment Category": "Permanent"})
            more.append([row[name] for name in header])
        self.put("workforce", header, rows + more)
        for table, extra in (("recruitment", ["V%d", "X%d", "2025-01-31", "Not Stated", "Appointed", "External"]), ("cases", ["31/01/2025", "C%d", "3%07d", "Disciplinary", "Y"]),
                             ("training", ["2025-01-31", "3%07d", "Non-mandatory"])):
            header, rows = ORIGINAL[table]
            blanks = [""] * (len(header) - len(extra))
            self.put(table, header, rows + [[cell % n if "%" in cell else cell for cell in extra] + blanks for n in range(100)])
        header, rows = ORIGINAL["survey"]
        self.put("survey", header, rows + [["2024", "X%d" % n, "Prefer not to say", question, "Yes"] + [""] * (len(header) - 5) for n in range(100) for question in ("Q14a", "Q14b", "Q15", "Q16b")])
        second = by_key(read_rows(self.result()))
        self.assertEqual(set(second), set(first))
        same = changed = 0
        for key, row in second.items():
            names = dict(zip(KEY, key))
            if names["indicator"] in "2345678" and names["group"] != "unknown" and "_if_unknown_" not in names["statistic"] or names["statistic"] == "count" and names["group"] in ("white", "bme"):
                self.assertEqual(row, first[key], key)
                same += 1
            elif names["group"] == "unknown" and names["section"] == "all" and names["row"] == "all" and names["statistic"] in ("count", "rate"):
                self.assertNotEqual(row, first[key], key)
                changed += 1
        self.assertGreater(same, 50)
        self.assertEqual(changed, 8)        # indicator 1's count and the rates of 2 to 8


if __name__ == "__main__":
    main()
