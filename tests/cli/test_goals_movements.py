"""wres goals with leaving rates from movements, against a computation of its own: a trust of five quarters made by make_example.py, the
people told apart by tests/support/oracle.py, exits and rates in fractions, the share year by year and the small bands' chain step by step."""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
from fractions import Fraction
from math import comb

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import oracle  # noqa: E402
from cli import EXAMPLE, ROOT, Case, main, read_rows, table_text  # noqa: E402

BANDS = ["Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"]
LISTS = dict({band: {band} for band in BANDS}, **{"8a+": set(BANDS), "5+": {"Band 5", "Band 6", "Band 7", *BANDS}})
SHORTLISTED, LIKELIHOOD = Fraction(3, 10), Fraction(6, 5)
APPOINTED = SHORTLISTED / (SHORTLISTED + LIKELIHOOD * (1 - SHORTLISTED))
STAFF = [["2024-03-31", "A", "8a", 80], ["2024-03-31", "N", "8a", 20], ["2025-03-31", "A", "8a", 90], ["2025-03-31", "N", "8a", 30],
         ["2025-03-31", "A", "8b", 20], ["2025-03-31", "N", "8b", 10], ["2024-03-31", "A", "5", 100], ["2025-03-31", "N", "5", 60]]
MOVES = [["2024-05-01", "A", "Leaver", "8a", "", 5], ["2024-06-01", "N", "Leaver", "8a", "", 2], ["2024-07-01", "A", "Promotion", "8a", "8b", 3],
         ["2024-08-01", "N", "Promotion", "8a", "8b", 1], ["2024-09-01", "A", "Leaver", "8b", "", 1], ["2024-10-01", "N", "Transfer", "8b", "8a", 1]]
STAFF_HEADER, MOVES_HEADER = ["Date", "Ethnicity", "Band", "Count"], ["Date", "Ethnicity", "Kind", "From Band", "To Band", "Count"]
RATES = ("--shortlist-share", "30", "--likelihood", "1.2")


def chain(places, held, years, members, others, share):
    """The law of the number of members after so many years, through every way in which it can come about."""
    def binomial(n, p):
        return [comb(n, k) * p ** k * (1 - p) ** (n - k) for k in range(n + 1)]
    law = [float(k == held) for k in range(places + 1)]
    for _ in range(years):
        after = [0.0] * (places + 1)
        for k, chance in enumerate(law):
            vacancies = [0.0] * (places + 1)
            for gone, a in enumerate(binomial(k, members)):
                for left, b in enumerate(binomial(places - k, others)):
                    for won, c in enumerate(binomial(gone + left, share)):
                        after[k - gone + won] += chance * a * b * c
        law = after
    return law


class Trust:
    """Headcounts and exits of the trust by band and group (white, bme, unknown), from the files alone."""

    def __init__(self, folder):
        run = oracle.Run(argparse.Namespace(data=folder, codes=os.path.join(ROOT, "data", "codes"), by=[], groups=2, unknown="include",
                                            as_at=None, decimals=None))
        self.workforce, self.as_at = run.workforce, run.as_at
        self.first, self.last = run.window()
        self.opening = self.as_at.replace(year=self.as_at.year - 1)
        with open(os.path.join(folder, "movements.csv"), encoding="utf-8-sig", newline="") as file:
            self.moves = [row for row in csv.DictReader(file) if self.first.isoformat() <= row["Date"] <= self.last.isoformat()]

    @staticmethod
    def group(person):
        return person.ethnicity["group2"].lower() if person else "unknown"

    def link(self, number):
        """Where somebody was staff last; 'left out' for who never was, None for who is nowhere."""
        days = [day for day in sorted(self.workforce.rows, reverse=True) if day <= self.as_at]
        for day in days:
            if number in self.workforce.counted[day]:
                return self.workforce.counted[day][number]
        return "left out" if any(number in self.workforce.rows[day] for day in days) else None

    def staff(self, day, bands, group=None):
        people = [p for p in self.workforce.counted[day].values() if p.row in bands]
        return sum(group in (None, self.group(p)) for p in people)

    def exits(self, bands, group=None):
        count = 0
        for move in self.moves:
            who = self.link(move["Employee Number"])
            leaves = move["Kind"] == "Leaver" or (move["Kind"] == "Promotion" and move["To Band"] not in bands)
            if who != "left out" and move["From Band"] in bands and leaves and group in (None, self.group(who)):
                count += 1
        return count


class Recomputed(Case):
    def setUp(self):
        super().setUp()
        script = os.path.join(EXAMPLE, "make_example.py")
        subprocess.run([sys.executable, script, "--out", self.folder, "--staff", "1500", "--quarters", "5"], check=True, capture_output=True)
        self.trust = Trust(self.folder)
        with open(os.path.join(EXAMPLE, "wres.yaml"), encoding="utf-8") as file:
            self.write("wres.yaml", file.read())
        outcome = self.wres("goals", "--format", "csv", "--decimals", "9", "--pool", "5+", *RATES)
        self.assertEqual(outcome.status, 0, outcome)
        self.rows = read_rows(outcome.out)

    def row(self, band, group, statistic, scenario="all"):
        found = [r for r in self.rows if (r["row"], r["group"], r["statistic"], r["by_value"]) == (band, group, statistic, scenario)
                 and r["period"] == self.trust.as_at.isoformat()]
        self.assertLessEqual(len(found), 1)
        return found[0] if found else None

    def test_rates_and_what_becomes_of_them(self):
        trust, seen = self.trust, {"rates": 0, "shares": 0, "chances": 0, "own": 0}
        for band, bands in LISTS.items():
            rates = {}
            for group in (None, "white", "bme", "unknown"):
                exits, base = trust.exits(bands, group), trust.staff(trust.opening, bands, group) + trust.staff(trust.as_at, bands, group)
                rates[group] = (exits, base)
                row = self.row(band, group or "all", "leaving_rate")
                if group == "unknown" or (group and not base):
                    self.assertTrue(row is None or row["status"] == "not calculable", row)
                    continue
                with self.subTest(band=band, group=group):
                    self.assertEqual((int(row["numerator"]), Fraction(row["denominator"])), (exits, Fraction(base, 2)), row)
                    self.assertAlmostEqual(float(row["value"]), float(Fraction(200 * exits, base)), 8)
                    seen["rates"] += 1
            self.check_outlook(band, bands, rates, seen)
        self.assertGreaterEqual(seen["rates"], 18, seen)
        self.assertGreaterEqual(min(seen.values()), 2, seen)

    def check_outlook(self, band, bands, counts, seen):
        trust = self.trust
        people, members = trust.staff(trust.as_at, bands), trust.staff(trust.as_at, bands, "bme")
        (exits, base), (bme_exits, bme_base) = counts[None], counts["bme"]
        everybody = Fraction(2 * exits, base)
        own = (Fraction(2 * bme_exits, bme_base), Fraction(2 * (exits - bme_exits), base - bme_base)) if bme_base else (everybody, everybody)
        if not exits or max(own) >= 1:
            self.assertEqual(self.row(band, "bme", "share_needed")["status"], "not calculable")
            return
        seen["own"] += own[0] != own[1]
        for scenario, (tau, others), share in (("nothing changes", own, APPOINTED), ("RL = 1", own, SHORTLISTED),
                                               ("equal retention", (everybody, everybody), APPOINTED)):
            if scenario == "equal retention" and not bme_base:
                self.assertEqual(self.row(band, "bme", "projected_share", scenario)["status"], "not calculable")
                continue
            inside, outside = Fraction(members), Fraction(people - members)
            for _ in range(3):      # to 31 March 2028
                enter = tau * inside + others * outside
                inside, outside = inside - tau * inside + share * enter, outside - others * outside + (1 - share) * enter
            with self.subTest(band=band, scenario=scenario):
                self.assertAlmostEqual(float(self.row(band, "bme", "projected_share", scenario)["value"]), float(100 * inside / people), 7)
                seen["shares"] += 1
                chance = self.row(band, "bme", "chance_of_goal", scenario)
                self.assertEqual(chance is not None, people < 50)
                if chance:
                    least = -(-sum(trust.staff(trust.as_at, {b}, "bme") for b in oracle.ROWS) * people // trust_size(trust))
                    law = chain(people, members, 3, float(tau), float(others), float(share))
                    self.assertAlmostEqual(float(chance["value"]), sum(law[least:]), 8)
                    seen["chances"] += 1


def trust_size(trust):
    return len(trust.workforce.counted[trust.as_at])


class Example(Case):
    def test_the_example_covers_nine_months_and_says_so(self):
        outcome = self.wres("goals", "--settings", os.path.join(EXAMPLE, "wres.yaml"), "--format", "csv")
        rows = [r for r in read_rows(outcome.out) if r["statistic"] == "leaving_rate"]
        self.assertEqual(len(rows), 7)
        for row in rows:
            self.assertEqual((row["status"], row["value"], row["group"]), ("not calculable", "", "all"))
            self.assertRegex(row["note"], "no exit in 3 of the 12 months to 2025-03-31.*--turnover")


class Counted(Case):
    """Counts made by hand."""

    def setUp(self):
        super().setUp()
        self.write("wres.yaml", "decimals: 6\n")
        self.write("staff.csv", table_text(STAFF_HEADER, STAFF))

    def outcome(self, moves, *options, staff="staff.csv", header=MOVES_HEADER):
        self.write("moves.csv", table_text(header, moves))
        return self.wres("goals", "workforce=" + staff, "movements=moves.csv", *RATES, *options)

    def rows(self, moves, *options, **more):
        outcome = self.outcome(moves, "--format", "csv", "--allow-unmapped", *options, **more)
        self.assertEqual(outcome.status, 0, outcome)
        return read_rows(outcome.out)

    def rate(self, rows, band="Band 8a", group="all"):
        found = [r for r in rows if (r["row"], r["group"], r["statistic"]) == (band, group, "leaving_rate")]
        self.assertEqual(len(found), 1)
        return found[0]

    def test_numerator_and_denominator(self):
        rows = self.rows(MOVES)
        for group, exits, base, value in (("all", "11", "110", "10.000000"), ("white", "8", "85", "9.411765"), ("bme", "3", "25", "12.000000")):
            row = self.rate(rows, group=group)
            self.assertEqual((row["numerator"], row["denominator"], row["value"], row["unit"], row["status"]), (exits, base, value, "percent", "ok"))
        self.assertEqual(self.rate(rows, "Band 8b")["denominator"], "15")

    def test_halves(self):
        self.write("odd.csv", table_text(STAFF_HEADER, STAFF + [["2025-03-31", "A", "8a", 1]]))
        document = json.loads(self.outcome(MOVES, "--format", "json", staff="odd.csv").out)
        row = next(r for r in document["results"] if (r["statistic"], r["row"], r["group"]) == ("leaving_rate", "Band 8a", "all"))
        self.assertEqual((row["numerator"], row["denominator"]), (11, 110.5))

    def test_order_of_rows(self):
        wanted = self.rows(MOVES)
        for seed in range(3):
            moves, staff = MOVES[:], STAFF[:]
            random.Random(seed).shuffle(moves)
            random.Random(seed).shuffle(staff)
            self.write("shuffled.csv", table_text(STAFF_HEADER, staff))
            self.assert_same_rows(self.rows(moves, staff="shuffled.csv"), wanted)

    def test_white_and_bme_swapped(self):
        """With the other letter everywhere, what was said of White people is said of BME people."""
        other = {"A": "N", "N": "A"}
        self.write("swapped.csv", table_text(STAFF_HEADER, [[date, other[e], *rest] for date, e, *rest in STAFF]))
        plain, swapped = self.rows(MOVES), self.rows([[date, other[e], *rest] for date, e, *rest in MOVES], staff="swapped.csv")
        for band in ("Band 8a", "Band 8b", "8a+"):
            for one, two in (("white", "bme"), ("bme", "white"), ("all", "all")):
                for column in ("value", "numerator", "denominator", "status"):
                    self.assertEqual(self.rate(plain, band, one)[column], self.rate(swapped, band, two)[column])

    def test_rows_that_are_no_exits_change_nothing(self):
        wanted = [r["value"] for r in self.rows(MOVES)]
        more = [["2024-05-01", "A", "Joiner", "", "8a", 9], ["2024-05-01", "N", "Transfer", "8a", "8a", 9], ["2023-05-01", "N", "Leaver", "8a", "", 9],
                ["2024-05-01", "N", "Leaver", "5", "", 9]]
        self.assertEqual([r["value"] for r in self.rows(MOVES + more)], wanted)

    def test_the_option_wins(self):
        rows = self.rows(MOVES, "--turnover", "20")
        self.assertFalse([r for r in rows if r["statistic"] == "leaving_rate"])
        without = self.wres("goals", "workforce=staff.csv", *RATES, "--turnover", "20", "--format", "csv")
        self.assert_same_rows(rows, read_rows(without.out))

    def test_settings_and_notes_say_which(self):
        for options, turnover, used in (((), "as the movements of the 12 months to the as-at date say, by band", [8, 6]), (("--turnover", "20"), "20", [5, 0])):
            document = json.loads(self.outcome(MOVES, "--format", "json", *options).out)
            self.assertEqual(document["settings"]["turnover"], turnover)
            self.assertEqual([i["rows_used"] for i in document["inputs"]], used)
            note = next(r["note"] for r in document["results"] if r["statistic"] == "appointments_all")
            self.assertIn("the leaving rate of the settings" if options else "the leaving rate of the movements in the 12 months to 2025-03-31", note)
        table = " ".join(self.outcome(MOVES, "--format", "table").out.decode().split())
        self.assertIn("leaving rate in percent a year: as the movements", table)
        self.assertIn("Band 8a 11 110 10.000000% 3 25 12.000000% 8 85 9.411765%", table)

    def test_calc_has_the_same(self):
        self.write("moves.csv", table_text(MOVES_HEADER, MOVES))
        rows = self.calc("workforce=staff.csv", "movements=moves.csv", "--standard", "model-employer")
        self.assertEqual(self.rate(rows)["value"], "10.000000")
        five = self.calc("workforce=staff.csv", "movements=moves.csv", "--standard", "model-employer", "--groups", "5")
        self.assertEqual(self.rate(five, group="black")["numerator"], "3")

    def assert_refused(self, moves, words, **more):
        rows = self.rows(moves, **more)
        row = self.rate(rows)
        self.assertEqual((row["status"], row["value"]), ("not calculable", ""))
        self.assertRegex(row["note"], words)
        self.assertFalse([r for r in rows if r["row"] == "Band 8a" and r["statistic"] in ("projected_share", "share_needed") and r["value"]])

    def test_bad_movements(self):
        self.assert_refused([[*m[:3], "", *m[4:]] for m in MOVES], "13 of 13 leavers and moves do not say from which band")
        self.assert_refused([[*m[:3], m[4], m[5]] for m in MOVES], "13 of 13", header=["Date", "Ethnicity", "Kind", "To Band", "Count"])
        self.assert_refused([[*m[:2], "Vanished", *m[3:]] for m in MOVES], "moves from the band do not say to which")
        self.assert_refused(MOVES + [["2024-05-01", "A", "Vanished", "8a", "", 1]], "1 moves from the band do not say to which")
        self.assert_refused([[m[0].replace("2024", "2022"), *m[1:]] for m in MOVES], "another year's file")
        outcome = self.outcome([[*m[:2], "Vanished", *m[3:]] for m in MOVES])
        self.assertEqual((outcome.status, outcome.out), (3, b""))
        self.assertRegex(outcome.err, "kind: 13 of 13 are in no code list")
        self.assertRegex(outcome.err, "'Vanished' is not in the code list movement_kinds")

    def test_ethnicity_must_come_from_somewhere(self):
        outcome = self.outcome([[m[0], *m[2:]] for m in MOVES], header=["Date", "Kind", "From Band", "To Band", "Count"])
        self.assertEqual((outcome.status, outcome.out), (3, b""), outcome)
        self.assertRegex(outcome.err, "ethnicity")


if __name__ == "__main__":
    main()
