"""Several snapshots in one workforce: the figures are those of the one that is asked for alone, whatever else stands in the file and in what
order. Rows of snapshots that nothing asks for are let go while the file is read, once a later date has 15,000 rows; so most
of these files have more.
"""
import json
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main, table_text  # noqa: E402

HEADER = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Gender", "Grade", "Staff Group", "Assignment Category"]
DATES = ["2024-09-30", "2024-12-31", "2025-03-31"]
ETHNICITIES = ["A White - British"] * 6 + ["H Asian or Asian British - Indian", "N Black or Black British - African", "Z Not Stated"]
BANDS = ["Band 2", "Band 5", "Band 5", "Band 6", "Band 7", "Band 8a", "VSM"]
ENOUGH = 15_000
ORDERS = {
    "as time goes": lambda chance, rows: rows.sort(key=lambda row: row[0]),
    "the newest first": lambda chance, rows: rows.sort(key=lambda row: row[0], reverse=True),
    "the newest in the middle": lambda chance, rows: rows.sort(key=lambda row: DATES.index(row[0]) * 2 % 3),
    "in no order": lambda chance, rows: chance.shuffle(rows),
}


def staff(chance, date, count):
    """Rows of one date: people come twice, some with another group; some have no number, some are bank staff."""
    made = []
    for _ in range(count):
        person = "" if chance.random() < 0.002 else "%08d" % chance.randrange(10 ** 7, 10 ** 7 + count * 3 // 4)
        made.append([date, chance.choice(["RYY", "RZZ", "RZZ"]), person, chance.choice(ETHNICITIES), chance.choice(["Female", "Male"]), chance.choice(BANDS),
                     "Nursing and Midwifery Registered", "Bank" if chance.random() < 0.02 else "Permanent"])
    return made


def written(rows, ids):
    return table_text([name if ids or name != "Employee Number" else "Assignment Number" for name in HEADER], rows)


class Snapshots(Case):
    def document(self, command, *arguments, **more):
        outcome = self.wres(command, *arguments, "--format", "json", "-q", **more)
        self.assertEqual(outcome.status, 0, outcome)
        return json.loads(outcome.out)

    def assert_is_that_of(self, date, whole, ids, *options):
        """The document of all rows beside that of those of one date, by which the expectation is independent of what is let go."""
        alone = [row for row in whole if row[0] == date]
        self.write("all.csv", written(whole, ids))
        self.write("alone.csv", written(alone, ids))
        wanted = self.document("calc", "workforce=alone.csv", "--as-at", date, *options)
        for block, threads in (("0", "1"), ("", "1"), ("", "2"), ("40000", "3")):
            with self.subTest(block=block, threads=threads):
                got = self.document("calc", "workforce=all.csv", "--threads", threads, *options, environment={"WRES_BLOCK": block} if block else {})
                self.assertEqual(got["results"], wanted["results"])
                self.assertGreater(len(got["results"]), 100)
                self.assert_accounts(got["inputs"][0], wanted["inputs"][0], len(whole) - len(alone), options)
                for check in ("conflicting-groups", "blank-identifier"):
                    self.assertEqual([f["count"] for f in got["data_quality"] if f["check"] == check], [f["count"] for f in wanted["data_quality"] if f["check"] == check], check)
        return wanted

    def assert_accounts(self, got, wanted, others, options):
        """Every row of another date was left out for that; of those of the date as many as ever."""
        self.assertEqual(got["rows_read"], wanted["rows_read"] + others)
        self.assertEqual(got["rows_used"], wanted["rows_used"])
        left_out = dict(got["rows_left_out"])
        if "--organisation" not in options:
            self.assertEqual(left_out.pop("another snapshot, survey or list"), others)
            self.assertEqual(left_out, wanted["rows_left_out"])
        self.assertEqual(got["rows_used"] + sum(got["rows_left_out"].values()), got["rows_read"])

    def test_the_latest_is_taken(self):
        for number, (order, arrange) in enumerate(ORDERS.items()):
            for ids in (True, False):
                with self.subTest(order, ids=ids):
                    chance = random.Random(number)
                    rows = [row for date, count in zip(DATES, (ENOUGH + 900, ENOUGH + 700, ENOUGH + 800)) for row in staff(chance, date, count)]
                    arrange(chance, rows)
                    wanted = self.assert_is_that_of(DATES[2], rows, ids)
                    if ids:
                        self.assertTrue([f for f in wanted["data_quality"] if f["check"] == "conflicting-groups" and f["count"] > 100])
                        self.assertTrue([f for f in wanted["data_quality"] if f["check"] == "blank-identifier" and f["count"] > 10])

    def test_any_other_can_be_asked_for(self):
        chance = random.Random(7)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 500)]
        chance.shuffle(rows)
        for date in DATES:
            for ids in (True, False):
                with self.subTest(date, ids=ids):
                    self.assert_is_that_of(date, rows, ids, "--as-at", date)

    def test_of_one_organisation(self):
        """A row of another organisation is left out for that, whatever its date."""
        chance = random.Random(8)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 500)]
        for ids in (True, False):
            with self.subTest(ids=ids):
                self.assert_is_that_of(DATES[2], rows, ids, "--organisation", "RYY")
                left_out = self.document("calc", "workforce=all.csv", "--organisation", "RYY")["inputs"][0]["rows_left_out"]
                self.assertEqual(left_out["another organisation"], sum(row[1] != "RYY" for row in rows))
                self.assertEqual(left_out["another snapshot, survey or list"], sum(row[1] == "RYY" and row[0] != DATES[2] for row in rows))

    def test_fte(self):
        chance = random.Random(9)
        rows = [row + [chance.choice(["1.0", "0.6", "0.55"])] for date in DATES for row in staff(chance, date, ENOUGH + 100)]
        header = HEADER + ["FTE"]
        self.write("all.csv", table_text(header, rows))
        self.write("alone.csv", table_text(header, [row for row in rows if row[0] == DATES[2]]))
        self.assertEqual(self.document("calc", "workforce=all.csv", "--weight", "fte")["results"], self.document("calc", "workforce=alone.csv", "--weight", "fte")["results"])

    def test_a_cube_keeps_all(self):
        chance = random.Random(10)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 100)]
        self.write("all.csv", written(rows, True))
        self.assertEqual(self.wres("cube", "workforce=all.csv", "-o", "c.csv").status, 0)
        for date in DATES:
            with self.subTest(date):
                self.assertEqual(self.document("calc", "cube=c.csv", "--as-at", date)["results"], self.document("calc", "workforce=all.csv", "--as-at", date)["results"])

    def test_a_baseline_is_kept(self):
        chance = random.Random(11)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 100)]
        self.write("all.csv", written(rows, True))
        self.write("two.csv", written([row for row in rows if row[0] != DATES[1]], True))
        options = ("--baseline", DATES[0], "--turnover", "10")
        got = self.document("goals", "workforce=all.csv", *options)
        self.assertEqual(got["results"], self.document("goals", "workforce=two.csv", *options)["results"])
        self.assertNotEqual(got["results"], self.document("goals", "workforce=all.csv", "--turnover", "10")["results"])

    def test_goals_without_a_baseline(self):
        chance = random.Random(12)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 100)]
        self.write("all.csv", written(rows, True))
        self.write("alone.csv", written([row for row in rows if row[0] == DATES[2]], True))
        self.assertEqual(self.document("goals", "workforce=all.csv", "--turnover", "10")["results"], self.document("goals", "workforce=alone.csv", "--turnover", "10")["results"])

    def test_who_left_is_found_in_an_earlier_snapshot(self):
        """Where other tables are given, nobody is let go."""
        chance = random.Random(13)
        rows = [row for date in DATES for row in staff(chance, date, ENOUGH + 100)]
        rows.insert(0, [DATES[0], "RZZ", "99999999", "N Black or Black British - African", "Female", "Band 5", "Nursing and Midwifery Registered", "Permanent"])
        self.write("all.csv", written(rows, True))
        self.write("cases.csv", "Date,Organisation,Employee Number\n2024-11-05,RZZ,99999999\n")
        document = self.document("calc", "workforce=all.csv", "cases=cases.csv")
        self.assertFalse([f for f in document["data_quality"] if f["check"] == "person-not-found"])
        cases = [r for r in document["results"] if r["indicator"] == "3" and r["group"] == "bme" and r["statistic"] == "rate" and r["organisation"] in ("RZZ", "all")]
        self.assertTrue(cases)
        for result in cases:
            self.assertEqual(result["numerator"], 1)

    def test_many_rows_are_no_slip(self):
        """Under a hundredth of the largest, and fewer than 15,000: not taken, with a word. A hundredth or 15,000: taken."""
        many = "".join("2025-03-31,%s\n" % group for group in "ABH" * 500_040)
        for late, taken in ((ENOUGH - 1, False), (ENOUGH, True)):
            for first in (True, False):
                with self.subTest(late=late, first=first):
                    few = "2025-09-30,H\n" * late
                    self.write("all.csv", "Date,Ethnicity\n" + (few + many if first else many + few))
                    document = self.document("calc", "workforce=all.csv", "--allow-unmapped")
                    self.assertEqual({r["period"] for r in document["results"]}, {"2025-09-30" if taken else "2025-03-31"})
                    self.assertEqual(document["inputs"][0]["rows_used"], late if taken else 3 * 500_040)
                    self.assertEqual([f["count"] for f in document["data_quality"] if f["check"] == "thin-snapshot"], [] if taken else [late])


if __name__ == "__main__":
    main()
