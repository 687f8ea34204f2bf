"""Compares two result CSVs field by field on the columns both compute: python3 compare.py EXPECTED ACTUAL.

EXPECTED comes from oracle.py, which computes neither intervals nor tests nor notes; those rows and columns are not compared.
"""
import csv
import sys

KEY = ["indicator", "organisation", "period", "section", "row", "by", "by_value", "group", "statistic"]
COMPUTED = {"count", "share", "rate", "ratio", "difference", "all"}     # the statistics of the standard itself
COMPARED = ["value", "numerator", "denominator", "unit", "flag", "status"]


def read(path):
    rows = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statistic"] not in COMPUTED:
                continue
            key = tuple(row[k] for k in KEY)
            if key in rows:
                sys.exit(f"{path}: two rows with the key {key}")
            rows[key] = row
    return rows


def main():
    expected, actual = read(sys.argv[1]), read(sys.argv[2])
    faults = []
    for key in expected.keys() | actual.keys():
        if key not in actual:
            faults.append(f"missing: {key}")
        elif key not in expected:
            faults.append(f"unexpected: {key}")
        else:
            for column in COMPARED:
                want, got = expected[key][column], actual[key][column]
                if want != got:
                    faults.append(f"{key}: {column} is {got!r}, expected {want!r}")
    for fault in sorted(faults)[:40]:
        print(fault)
    print(f"{len(expected)} expected rows, {len(actual)} actual rows, {len(faults)} differences")
    sys.exit(1 if faults or not expected else 0)


main()
