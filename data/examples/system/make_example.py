#!/usr/bin/env python3
"""Makes the example exports of a system of twelve fictional trusts, organisation codes RZ1 to RZ9 and RZA to RZC.

    python3 make_example.py                          the files beside this script
    python3 make_example.py --out DIR

Nobody in these files exists. Every row is a count, as a region's reporting tool gives them, except in cases.csv, where it is a
case. Every choice comes from Random(number).random(), so that the bytes are the same everywhere.
"""

import argparse
import csv
import datetime
import os
import random

AS_AT = "2025-03-31"

# code, kind, people, BME share, White / BME likelihood of appointment, BME / White likelihood of a disciplinary case
TRUSTS = [
    ("RZ1", "acute", 3000, .31, 1.45, 1.2),
    ("RZ2", "acute", 2600, .42, 1.30, 1.1),
    ("RZ3", "acute", 2200, .18, 1.50, 1.3),
    ("RZ4", "acute", 1900, .24, 1.50, 1.0),
    ("RZ5", "mental health", 1700, .33, 1.40, 1.5),
    ("RZ6", "community", 1400, .15, 1.55, 1.2),
    ("RZ7", "acute", 2400, .29, 4.20, 1.3),          # plainly out of line in indicator 2
    ("RZ8", "specialist", 900, .22, 1.35, 1.1),
    ("RZ9", "ambulance", 1200, .07, 1.60, 1.4),
    ("RZA", "community", 700, .27, 1.45, 1.2),
    ("RZB", "specialist", 500, .38, 1.25, 1.0),
    ("RZC", "care", 300, .12, 1.50, 1.2),
]

NURSING, SUPPORT, ALLIED = "Nursing and Midwifery Registered", "Additional Clinical Services", "Allied Health Professionals"
CLERICAL, ESTATES, MEDICAL = "Administrative and Clerical", "Estates and Ancillary", "Medical and Dental"
POSTS = [  # staff group, band, medical grade, weight, BME share against the trust's
    (SUPPORT, "Band 2", "", 90, 1.15), (SUPPORT, "Band 3", "", 75, 1.05), (SUPPORT, "Band 4", "", 25, .95),
    (NURSING, "Band 5", "", 135, 1.35), (NURSING, "Band 6", "", 90, .95), (NURSING, "Band 7", "", 45, .65),
    (NURSING, "Band 8a", "", 14, .5), (NURSING, "Band 8b", "", 5, .4), (NURSING, "Band 8c", "", 2, .35),
    (ALLIED, "Band 5", "", 22, .9), (ALLIED, "Band 6", "", 34, .75), (ALLIED, "Band 7", "", 22, .6), (ALLIED, "Band 8a", "", 7, .45),
    (CLERICAL, "Band 2", "", 55, .75), (CLERICAL, "Band 3", "", 45, .7), (CLERICAL, "Band 4", "", 32, .65), (CLERICAL, "Band 5", "", 22, .6),
    (CLERICAL, "Band 6", "", 18, .6), (CLERICAL, "Band 7", "", 14, .55), (CLERICAL, "Band 8a", "", 9, .5), (CLERICAL, "Band 8b", "", 5, .45),
    (CLERICAL, "Band 8c", "", 4, .4), (CLERICAL, "Band 8d", "", 2, .35), (CLERICAL, "Band 9", "", 1.5, .3), (CLERICAL, "VSM", "", 2, .35),
    (ESTATES, "Band 2", "", 60, .9), (ESTATES, "Band 3", "", 15, .7),
    (MEDICAL, "", "Consultant", 45, 1.35), (MEDICAL, "", "Specialty Doctor", 12, 1.9), (MEDICAL, "", "Specialty Registrar", 38, 1.6),
]
NO_DOCTORS = ("ambulance", "care")

WHITE = [("A White - British", 86), ("B White - Irish", 3), ("C White - Any other White background", 11)]
BME = [("H Asian or Asian British - Indian", 26), ("J Asian or Asian British - Pakistani", 9), ("L Asian or Asian British - Any other Asian background", 16),
       ("M Black or Black British - Caribbean", 9), ("N Black or Black British - African", 24), ("G Mixed - Any other mixed background", 6),
       ("S Any Other Ethnic Group", 10)]
UNKNOWN = [("Z Not Stated", 1)]


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def chance(self, p):
        return self.random() < p

    def below(self, n):
        return int(self.random() * n)

    def weighted(self, pairs):
        left = self.random() * sum(weight for _, weight in pairs)
        for value, weight in pairs:
            left -= weight
            if left < 0:
                return value
        return pairs[-1][0]


def ethnicity(draw, share):
    """(text, group)"""
    if draw.chance(.035):
        return draw.weighted(UNKNOWN), "unknown"
    return (draw.weighted(BME), "bme") if draw.chance(share) else (draw.weighted(WHITE), "white")


def staff_of(number, trust):
    """Counts by (ethnicity, band, medical grade, staff group), and headcounts by group."""
    code, kind, people, share, _, _ = trust
    draw, counts, heads = Draw(100 + number), {}, {"white": 0, "bme": 0, "unknown": 0}
    posts = [(post, post[3]) for post in POSTS if post[0] != MEDICAL or kind not in NO_DOCTORS]
    for _ in range(people):
        group, band, grade, _, against = draw.weighted(posts)
        text, who = ethnicity(draw, min(.9, share * against))
        heads[who] += 1
        key = (text, band, grade, group)
        counts[key] = counts.get(key, 0) + 1
    return counts, heads


def applications_of(number, trust):
    """Counts by (first of the month, ethnicity, stage)."""
    code, kind, people, share, ratio, _ = trust
    draw, counts = Draw(200 + number), {}
    for _ in range(people * 3 // 2):
        month = (4 + draw.below(12) - 1) % 12 + 1
        date = datetime.date(2024 if month > 3 else 2025, month, 15).isoformat()
        text, who = ethnicity(draw, min(.7, share * 1.5))
        stage = "Applied"
        if draw.chance({"white": .48, "bme": .40}.get(who, .44)):
            likely = .30 if who == "white" else .30 / ratio if who == "bme" else .25
            stage = "Appointed" if draw.chance(likely) else "Shortlisted"
        key = (date, text, stage)
        counts[key] = counts.get(key, 0) + 1
    return counts


def cases_of(number, trust, heads):
    code, kind, people, share, _, ratio = trust
    draw, rows = Draw(300 + number), []
    for who, texts in (("white", WHITE), ("bme", BME), ("unknown", UNKNOWN)):
        likely = .009 * (ratio if who == "bme" else 1)
        for _ in range(heads[who]):
            if draw.chance(likely):
                day = datetime.date(2024, 4, 1) + datetime.timedelta(days=draw.below(365))
                rows.append([code, day.isoformat(), draw.weighted(texts), "Disciplinary", "Y"])
            if draw.chance(.004):
                day = datetime.date(2024, 4, 1) + datetime.timedelta(days=draw.below(365))
                rows.append([code, day.isoformat(), draw.weighted(texts), draw.weighted([("Grievance", 60), ("Capability", 40)]), draw.weighted([("N", 6), ("Y", 4)])])
    return sorted(rows)


def write(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)), help="folder (default: beside this script)")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    workforce, recruitment, cases = [], [], []
    for number, trust in enumerate(TRUSTS):
        counts, heads = staff_of(number, trust)
        workforce += [[AS_AT, trust[0], *key, counts[key]] for key in sorted(counts)]
        counts = applications_of(number, trust)
        recruitment += [[trust[0], *key, counts[key]] for key in sorted(counts)]
        cases += cases_of(number, trust, heads)
    write(options.out, "workforce.csv", ["Snapshot Date", "Org Code", "Ethnic Origin", "AfC Band", "Medical Grade", "Staff Group", "Headcount"], workforce)
    write(options.out, "recruitment.csv", ["Org Code", "Date", "Ethnic Origin", "Stage", "Applications"], recruitment)
    write(options.out, "cases.csv", ["Org Code", "Date Entered", "Ethnic Origin", "Case Type", "Formal"], cases)


if __name__ == "__main__":
    main()
