"""--weight fte: shares of the workforce by full-time equivalents. Every expected figure is a sum of fractions made here from the rows."""
import csv
import io
import json
import os
import random
import sys
from fractions import Fraction

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main, read_rows  # noqa: E402

HEADER = "Date,Organisation,Employee Number,Ethnicity,Staff Group,Pay Band,Medical Grade,Sex,FTE\n"
GROUPS = {"A": "white", "C3": "white", "H": "bme", "N": "bme", "Z": "unknown"}
UNITS = 10 ** 9


def billionths(text):
    """Rounded half up to nine decimals."""
    value = Fraction(text.replace(",", "") or "0") * UNITS
    return Fraction((value * 2 + 1).numerator // (2 * (value * 2 + 1).denominator), UNITS)


def plain(value):
    """A fraction of nine decimals at most, without zeros at the end."""
    whole, rest = divmod(int(value * UNITS), UNITS)
    return ("%d.%09d" % (whole, rest)).rstrip("0").rstrip(".")


def rounded(value, decimals):
    """Half away from zero."""
    scaled = abs(value) * 10 ** decimals
    number = int(scaled) + (scaled - int(scaled) >= Fraction(1, 2))
    digits = str(number).rjust(decimals + 1, "0")
    text = digits[:-decimals] + "." + digits[-decimals:]
    return ("-" if value < 0 and number else "") + text


def people(count=400, seed=7, organisations=("RX1", "RX2"), ftes=("1", "1.00", "0.8", "0.53333", ".5", "000.50", "0.1", "0.000000001", "1,000.5", "0")):
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        group, band, grade = draw.choice([("Nursing", "Band 5", ""), ("Nursing", "Band 6", ""), ("Admin and Clerical", "Band 5", ""),
                                          ("Medical and Dental", "", "Consultant")])
        fte = draw.choice(ftes)
        rows.append(["2025-03-31", draw.choice(organisations), "E%d" % draw.randrange(1, count), draw.choice(list(GROUPS)), group, band, grade,
                     draw.choice(["Female", "Male"]), '"%s"' % fte if "," in fte else fte])
    return rows


def text(rows, header=HEADER):
    return header + "".join(",".join(row) + "\n" for row in rows)


def fte_of(row):
    return billionths(row[8].strip('"'))


class Weight(Case):
    def calc(self, *arguments, status=0, **more):
        outcome = self.wres("calc", "--weight", "fte", "--format", "csv", *arguments, **more)
        self.assertEqual(outcome.status, status, outcome)
        return outcome

    def results(self, *arguments, **more):
        rows = read_rows(self.calc(*arguments, **more).out)
        return {(r["indicator"], r["organisation"], r["section"], r["row"], r["by"], r["by_value"], r["group"], r["statistic"]): r for r in rows}

    def expect_line(self, results, rows, whole, key):
        """counts, shares and points of the rows of one line, which is part of the whole."""
        def of(group, some):
            return sum((fte_of(r) for r in some if group in ("all", GROUPS[r[3]])), Fraction(0))
        for group in ("white", "bme", "unknown", "all"):
            count = results[("1", *key, group, "count")]
            self.assertEqual((count["value"], count["unit"]), (plain(of(group, rows)), "FTE"))
            if group == "all":
                continue
            share = results[("1", *key, group, "share")]
            self.assertEqual((share["numerator"], share["denominator"]), (plain(of(group, rows)), plain(of("all", rows))))
            self.assertEqual(share["value"], rounded(100 * of(group, rows) / of("all", rows), 1))
        points = results[("1", *key, "bme", "difference")]
        self.assertEqual(points["value"], rounded(100 * (of("bme", rows) / of("all", rows) - of("bme", whole) / of("all", whole)), 1))

    def test_shares_of_every_line(self):
        rows = people()
        self.write("w.csv", text(rows))
        results = self.results("workforce=w.csv", "--by", "sex")
        for organisation in ("all", "RX1", "RX2"):
            own = [r for r in rows if organisation in ("all", r[1])]
            self.expect_line(results, own, own, (organisation, "all", "all", "all", "all"))
            for section, group in (("clinical", "Nursing"), ("non-clinical", "Admin and Clerical"), ("medical", "Medical and Dental")):
                self.expect_line(results, [r for r in own if r[4] == group], own, (organisation, section, "all", "all", "all"))
            self.expect_line(results, [r for r in own if r[5] == "Band 5"], own, (organisation, "all", "Band 5", "all", "all"))
            for sex in ("Female", "Male"):
                part = [r for r in own if r[7] == sex]
                self.expect_line(results, part, part, (organisation, "all", "all", "sex", sex))
                self.expect_line(results, [r for r in part if r[5] == "Band 6"], part, (organisation, "all", "Band 6", "sex", sex))

    def test_no_interval_no_test_no_flag(self):
        self.write("w.csv", text(people()))
        rows = list(self.results("workforce=w.csv", "--by", "organisation", "--correct", "holm").values())
        self.assertEqual({r["statistic"] for r in rows}, {"count", "share", "difference", "all"})
        self.assertEqual({(r["lower"], r["upper"], r["flag"]) for r in rows}, {("", "", "")})
        self.assertFalse([r for r in rows if "under 10" in r["note"]])

    def test_share_at_a_tie(self):
        """0.0125 of 10: 0.125 %, half of the last place, goes up; 0.3755 is 3.755 %."""
        rows = [["2025-03-31", "R", "1", "H", "", "Band 5", "", "", "0.0125"], ["2025-03-31", "R", "2", "A", "", "Band 5", "", "", "9.9875"]]
        self.write("w.csv", text(rows))
        key = ("1", "R", "all", "all", "all", "all", "bme", "share")
        self.assertEqual(self.results("workforce=w.csv", "--decimals", "2")[key]["value"], "0.13")
        self.assertEqual(self.results("workforce=w.csv", "--decimals", "3")[key]["value"], "0.125")
        self.assertEqual(self.results("workforce=w.csv", "--decimals", "9")[key]["value"], "0.125000000")

    def test_many_decimals_are_rounded_and_said(self):
        cells = ["0.533333333333333", "0.5333333335", "0.53333333349", "1.0000000000", "0.9999999999"]
        rows = [["2025-03-31", "R", str(i), "H", "", "Band 5", "", "", fte] for i, fte in enumerate(cells)]
        self.write("w.csv", text(rows))
        outcome = self.calc("workforce=w.csv")
        self.assertIn("w.csv:2: fte: rows with an FTE of more than nine decimals: each is rounded to nine before it is summed (4)", outcome.err)
        whole = [r for r in read_rows(outcome.out) if r["statistic"] == "count" and r["group"] == "bme"][0]
        self.assertEqual(whole["value"], plain(Fraction("0.533333333") + Fraction("0.533333334") + Fraction("0.533333333") + 2))

    def test_bad_values_have_their_line(self):
        for cell, words in (("-0.5", "a negative FTE"), ("full time", "no full-time equivalent"), ("1.2.3", "no full-time"), ("5.", "no full-time"),
                            ("1e-5", "no full-time"), ("1000000000", "no full-time"), ("-", "no full-time"), ("#N/A", "no full-time"), ('"1.5,3"', "no full-time")):
            rows = people(50, organisations=("R",))
            rows[30][8] = cell
            self.write("w.csv", text(rows))
            outcome = self.calc("workforce=w.csv", status=3)
            self.assertRegex(outcome.err, r"error: w\.csv:32: fte: %s" % words)
            self.assertEqual(outcome.out, b"")
            self.assertNotIn("full time\n", outcome.err)
            self.assertEqual(self.wres("calc", "workforce=w.csv").status, 0)
            check = self.wres("check", "--weight", "fte", "--format", "csv", "workforce=w.csv")
            self.assertEqual(check.status, 3)
            self.assertIn(b'"error","decimal"', check.out)

    def test_check_accepts_the_spellings_that_are_summed(self):
        rows = [["2025-03-31", "R", str(i), "H", "", "Band 5", "", "", fte] for i, fte in enumerate((".5", "0.533333333333333", "1"))]
        self.write("w.csv", text(rows))
        outcome = self.wres("check", "--weight", "fte", "--format", "json", "workforce=w.csv")
        self.assertEqual(outcome.status, 0, outcome)
        report = json.loads(outcome.out)
        self.assertEqual([f["count"] for f in report["findings"] if f["check"] == "fte-rounded"], [1])
        self.assertNotIn("no-number", {f["check"] for f in report["findings"]})
        self.assertEqual([c["sum"] for c in report["columns"] if c["field"] == "fte"], [2.033333333])
        self.assertEqual(report["settings"]["weight"], "fte")

    def test_blank_cells_add_nothing_up_to_a_twentieth(self):
        for blanks, status, words in ((1, 0, "warning: w.csv: fte: 1 of 20 rows that count have no FTE: they add nothing (1)"),
                                      (2, 3, "error: w.csv: fte: 2 of 20 rows that count have no FTE: they add nothing. Over 5%")):
            rows = [["2025-03-31", "R", str(i), "H", "", "Band 5", "", "", " " if i < blanks else "0.5"] for i in range(20)]
            # of another snapshot, of nobody who is staff, and left out: none of these rows counts
            rows += [["2024-03-31", "R", str(i), "H", "", "Band 5", "", "", ""] for i in range(5)]
            self.write("w.csv", text(rows))
            outcome = self.calc("workforce=w.csv", status=status)
            self.assertIn(words, outcome.err)
            cube = self.wres("cube", "--weight", "fte", "workforce=w.csv")
            self.assertEqual(cube.status, status)
        allowed = self.calc("workforce=w.csv", "--allow-unmapped")
        self.assertIn("warning: w.csv: fte: 2 of 20 rows that count have no FTE: they add nothing. Over 5%, allowed", allowed.err)
        self.assertEqual([r["value"] for r in read_rows(allowed.out) if r["statistic"] == "count" and r["group"] == "bme"][0], "9")

    def test_who_is_staff_and_whose_rows_count(self):
        """Each row of a person in its own band; who is none is left out row by row; a known ethnicity is not carried over."""
        header = "Date,Employee Number,Ethnicity,Pay Band,Assignment Category,Primary Assignment,FTE\n"
        self.write("w.csv", header + "2025-03-31,1,H,Band 5,Permanent,Yes,0.6\n2025-03-31,1,Z,Band 7,Permanent,No,0.4\n"
                                     "2025-03-31,1,H,Band 5,Bank,No,0.3\n2025-03-31,2,A,Band 5,Fixed Term,Yes,1\n")
        results = self.results("workforce=w.csv")
        of = {(key[3], key[6]): r["value"] for key, r in results.items() if key[2] == "all" and key[7] == "count"}
        self.assertEqual((of["Band 5", "bme"], of["Band 7", "unknown"], of["Band 7", "bme"], of["all", "all"]), ("0.6", "0.4", "0", "2"))
        told = self.calc("-v", "workforce=w.csv")
        self.assertIn("a person's rows are not put together", told.err)
        self.assertNotIn("nobody is recognised", told.err)

    def test_with_a_count_the_fte_is_the_rows(self):
        self.write("w.csv", "Date,Ethnicity,Count,FTE\n2025-03-31,H,40,30.25\n2025-03-31,A,60,50.5\n2025-03-31,Z,0,0\n")
        results = self.results("workforce=w.csv")
        key = ("1", "all", "all", "all", "all", "all")
        self.assertEqual(results[(*key, "bme", "count")]["value"], "30.25")
        self.assertEqual(results[(*key, "bme", "share")]["value"], rounded(100 * Fraction("30.25") / Fraction("80.75"), 1))

    def test_no_column(self):
        self.write("w.csv", "Date,Ethnicity\n2025-03-31,H\n")
        outcome = self.calc("workforce=w.csv", status=3)
        self.assertIn("error: w.csv: fte: the file has no such column, and --weight fte sums it. Accepted headers: fte, FTE, Full Time Equivalent, WTE", outcome.err)

    def test_too_much_is_an_error(self):
        self.write("w.csv", "Date,Ethnicity,FTE\n" + "2025-03-31,H,999999999\n" * 2)
        self.assertIn("the full-time equivalents add up to over 1,000,000,000", self.calc("workforce=w.csv", status=3).err)
        self.write("w.csv", "Date,Ethnicity,FTE\n" + "2025-03-31,H,999999999\n" * 40000)
        self.assertIn("the full-time equivalents add up to over 1,000,000,000", self.calc("workforce=w.csv", status=3).err)
        self.write("w.csv", "Date,Ethnicity,FTE\n2025-03-31,H,333333333.333333333\n2025-03-31,A,666666666.666666665\n")
        share = self.results("workforce=w.csv", "--decimals", "9")[("1", "all", "all", "all", "all", "all", "bme", "share")]
        self.assertEqual(share["value"], rounded(100 * Fraction("333333333.333333333") / Fraction("999999999.999999998"), 9))

    def test_threads_blocks_and_row_by_row(self):
        rows = people(3000, seed=3, ftes=("1", "0.8", "0.60", "", "0.123456789", "0.1234567891", "1,000.25", "1.0 ", ".75"))
        rows = [r if i % 97 else r[:3] + ["Martian"] + r[4:] for i, r in enumerate(rows)]
        self.write("w.csv", text(rows))
        for bad in (False, True):
            if bad:
                rows[1500][8] = rows[2500][8] = "x"
                self.write("w.csv", text(rows))
            asked = ["calc", "-v", "--weight", "fte", "--by", "sex", "--format", "json", "--allow-unmapped"]
            first = self.wres(*asked, "workforce=w.csv", environment={"WRES_BLOCK": "0"})
            self.assertEqual(first.status, 3 if bad else 0, first)
            for threads in (1, 2, 3, 7):
                for block in ("300", "5000", "1000000"):
                    other = self.wres(*asked, "--threads", threads, "workforce=w.csv", environment={"WRES_BLOCK": block})
                    self.assertEqual((other.out, other.err), (first.out, first.err), (threads, block))
            piped = self.wres(*asked, "workforce=-", stdin=text(rows).encode())
            self.assertEqual(piped.out.replace(b"standard input", b"w.csv"), first.out) if not bad else self.assertEqual(piped.status, 3)
        shuffled = [r for r in rows if r[8] != "x"]
        self.write("w.csv", text(shuffled))
        one = self.calc("-q", "--allow-unmapped", "workforce=w.csv")
        random.Random(1).shuffle(shuffled)
        self.write("w.csv", text(shuffled))
        self.assertEqual(self.calc("-q", "--allow-unmapped", "workforce=w.csv").out, one.out)

    def test_cube_and_back(self):
        rows = people()
        self.write("w.csv", text(rows))
        self.write("1.csv", text([r for r in rows if r[1] == "RX1"]))
        self.write("2.csv", text([r for r in rows if r[1] == "RX2"]))
        records = self.calc("-q", "--by", "sex", "workforce=w.csv").out
        for name in ("w", "1", "2"):
            made = self.wres("cube", "-q", "--weight", "fte", "--by", "sex", "workforce=%s.csv" % name, "-o", "%s.cube" % name)
            self.assertEqual(made.status, 0, made)
        cells = [r for r in csv.DictReader(io.StringIO(self.read("w.cube").decode())) if r["record"] == "cell"]
        self.assertEqual(sum(Fraction(c["count"]) for c in cells), sum(fte_of(r) for r in rows))
        about = [r for r in csv.DictReader(io.StringIO(self.read("w.cube").decode())) if r["record"] == "cube"]
        self.assertEqual({r["name"]: r["value"] for r in about if r["name"] in ("weight", "format")}, {"weight": "fte", "format": "2.0"})
        self.assertEqual(self.calc("-q", "--by", "sex", "cube=w.cube").out, records)
        self.assertEqual(self.calc("-q", "--by", "sex", "cube=1.cube", "cube=2.cube").out, records)
        both = self.wres("cube", "-q", "--weight", "fte", "--by", "sex", "cube=1.cube", "cube=2.cube", "-o", "both.cube")
        self.assertEqual(both.status, 0, both)
        self.assertEqual(self.calc("-q", "--by", "sex", "cube=both.cube").out, records)

    def test_people_and_fte_are_not_mixed(self):
        rows = people()
        self.write("w.csv", text(rows))
        for weight in ("fte", "head"):
            self.assertEqual(self.wres("cube", "-q", "--weight", weight, "workforce=w.csv", "-o", weight + ".cube").status, 0)
        for arguments, words in ((["calc", "cube=fte.cube"], "the cube holds full-time equivalents, and people are asked for"),
                                 (["goals", "cube=fte.cube"], "the cube holds full-time equivalents, and people are asked for"),
                                 (["calc", "--weight", "fte", "cube=head.cube"], "the cube counts people, and full-time equivalents are asked for"),
                                 (["cube", "--weight", "fte", "cube=fte.cube", "cube=head.cube"], "the cube counts people"),
                                 (["cube", "cube=head.cube", "cube=fte.cube"], "the cube holds full-time"),
                                 (["calc", "--weight", "fte", "cube=fte.cube", "workforce=w.csv"], "cubes and records cannot be read together")):
            outcome = self.wres(*arguments)
            self.assertEqual(outcome.status, 2, outcome)
            self.assertIn(words, outcome.err)
            self.assertEqual(outcome.out, b"")
        whole = self.read("fte.cube").decode()
        for old, new, words in (("cube,,weight,fte", "cube,,weight,head", "format 1 is of cubes that count people"),
                                ("cube,,format,2.0", "cube,,format,1.0", "format 1 is of cubes that count people"),
                                ("cube,,format,2.0", "cube,,format,3.0", "a cube of format 3")):
            self.write("x.cube", whole.replace(old, new))
            outcome = self.wres("calc", "--weight", "fte", "cube=x.cube")
            self.assertEqual(outcome.status, 3, outcome)
            self.assertIn(words, outcome.err)
        lines = whole.splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith("cell,"))
        for count in ("1.0000000001", "-1", "x", "", "1000000000"):
            cells = lines[at].split(",")
            cells[7] = count
            self.write("x.cube", "\n".join(lines[:at] + [",".join(cells)] + lines[at + 1:]) + "\n")
            outcome = self.wres("calc", "--weight", "fte", "cube=x.cube")
            self.assertEqual(outcome.status, 3, outcome)
            self.assertIn("x.cube:%d: count: no full-time equivalent below 1,000,000,000" % (at + 1), outcome.err)

    def test_what_counts_people_is_not_calculable(self):
        self.write("w.csv", text(people()))
        self.write("board.csv", "Date,Organisation,Ethnicity\n2025-03-31,RX1,H\n")
        self.write("cases.csv", "Date,Organisation,Ethnicity\n2025-03-01,RX1,H\n")
        results = self.results("workforce=w.csv", "board=board.csv", "cases=cases.csv", "--standard", "wres-2025", "--by", "sex")
        for indicator in "23456789":
            own = [(key, r) for key, r in results.items() if key[0] == indicator]
            self.assertEqual(len(own), 1)
            key, row = own[0]
            self.assertEqual(set(key[1:]), {"all"})
            self.assertEqual((row["status"], row["value"], row["unit"]), ("not calculable", "", ""))
            self.assertIn("--weight head", row["note"])

    def test_disparity_is_not_calculable(self):
        self.write("w.csv", text(people()))
        standards = self.wres("standards").out.decode()
        self.assertIn("disparity", standards)
        rows = read_rows(self.calc("workforce=w.csv", *(["--standard", "disparity"])).out) if "\ndisparity " in "\n" + standards else []
        self.assertFalse([r for r in rows if r["statistic"] == "ratio"])

    def test_commands_and_words(self):
        self.write("w.csv", text(people()))
        for arguments, words in ((["goals", "--weight", "fte", "workforce=w.csv"], "goals and appointments are numbers of people"),
                                 (["sql", "--weight", "fte", "--dialect", "duckdb", "--as-at", "2025-03-31", "workforce=w"], "the query counts people"),
                                 (["calc", "--weight", "wte", "workforce=w.csv"], "'wte' is not allowed; allowed: head, fte")):
            outcome = self.wres(*arguments)
            self.assertEqual(outcome.status, 2, outcome)
            self.assertIn(words, outcome.err)
        self.write("wres.yaml", "weight: fte\ninputs:\n  workforce: w.csv\n")
        self.assertEqual(self.wres("calc", "--format", "csv", "-q").out, self.calc("-q", "workforce=w.csv").out)
        goals = self.wres("goals")
        self.assertEqual(goals.status, 2, goals)
        self.assertIn("wres.yaml:1: weight: goals and appointments are numbers of people", goals.err)
        self.assertEqual(self.wres("goals", "--weight", "head").status, 0)
        heads = self.wres("calc", "--weight", "head", "--format", "csv", "-q")
        self.assertEqual({r["unit"] for r in read_rows(heads.out) if r["statistic"] == "count"}, {"people"})

    def test_a_page_shows_one_decimal(self):
        """0.533333333 and twice 0.8: 2.133333333, exact in CSV and rounded on a page; 0.25 is 0.3, half away from zero."""
        self.write("w.csv", "snapshot_date,ethnicity,pay_band,fte\n2025-03-31,A,Band 5,0.533333333\n" + 2 * "2025-03-31,A,Band 5,0.8\n" +
                   "2025-03-31,H,Band 5,0.25\n")
        call = ["calc", "--weight", "fte", "--standard", "wres-2025", "workforce=w.csv", "-q", "--format"]
        counts = {r["group"]: r["value"] for r in read_rows(self.wres(*call, "csv").out) if r["statistic"] == "count" and r["row"] == "Band 5" and r["section"] == "all"}
        self.assertEqual((counts["white"], counts["bme"], counts["all"]), ("2.133333333", "0.25", "2.383333333"))
        table = self.wres(*call, "table").out.decode()
        self.assertIn("White 2.1 of 2.4, BME 0.3 of 2.4", table)
        self.assertRegex(table, r"Band 5 +2\.1 +89\.5% +0\.3 +10\.5% +0\.0 +0\.0% +2\.4 +0\.0\n")
        self.assertNotIn(".133", table)
        self.assertIn("National, of people:", table)

    def test_table_and_json(self):
        self.write("w.csv", text(people()))
        table = self.wres("calc", "--weight", "fte", "--format", "table", "workforce=w.csv").out.decode()
        self.assertIn("(FTE and shares of the row)", table)
        self.assertIn("FTE: counts and shares are of full-time equivalents, not of people.", table)
        self.assertNotIn("a count under 10", table)
        document = json.loads(self.wres("calc", "--weight", "fte", "--format", "json", "workforce=w.csv").out, parse_float=str)
        self.assertEqual(document["settings"]["weight"], "fte")
        own = self.results("workforce=w.csv")
        for r in document["results"]:
            key = (r["indicator"], r["organisation"], r["section"], r["row"], r["by"], r["by_value"], r["group"], r["statistic"])
            for column in ("value", "numerator", "denominator"):
                self.assertEqual("" if r[column] is None else str(r[column]), own[key][column])
        heads = json.loads(self.wres("calc", "--format", "json", "workforce=w.csv").out)
        self.assertEqual(heads["settings"]["weight"], "head")


if __name__ == "__main__":
    main()
