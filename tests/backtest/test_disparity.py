"""Race disparity ratios from official headcounts: the ratios and Woolf's limits as computed apart, and those of England's file."""
import csv
import os
import subprocess
import sys

WRES = os.environ["WRES"]
SETTINGS = "data/examples/england/wres.yaml"
STEPS = (("lower-middle", "dr_lower_middle", "lm"), ("middle-upper", "dr_middle_upper", "mu"), ("lower-upper", "dr_lower_upper", "lu"))
BANDS = (("lower", "Band 5"), ("middle", "Band 6"), ("upper", "Band 8a"))
ENGLAND = {"2018-09-01": ("1.232371", "1.414472", "1.743155"), "2022-06-01": ("1.366471", "1.392485", "1.902791")}


def calc(*options, data=None):
    command = [WRES, "calc", "-q", "--standard", "disparity", "--format", "csv", *options]
    text = subprocess.run(command, input=data, capture_output=True, text=True, check=True).stdout
    return {(r["section"], r["row"]): r for r in csv.DictReader(text.splitlines()) if r["statistic"] == "ratio" and r["by"] == "all"}


def workforce(record, staff_group):
    lines = ["Ethnicity,Grade,Staff Group,Count"]
    for tier, band in BANDS:
        for group, code in (("white", "A"), ("bme", "H")):
            lines.append(f"{code},{band},{staff_group},{record[f'{tier}_{group}']}")
    return "\n".join(lines) + "\n"


def vectors(faults):
    cases = 0
    with open("tests/backtest/disparity.csv", encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            clerical = record["scope"].startswith("non-clinical")
            data = workforce(record, "Administrative and Clerical" if clerical else "Nursing and Midwifery Registered")
            rows = calc("--decimals", "8", "--as-at", record["year"], "workforce=-", data=data)
            for section in ("all", "non-clinical" if clerical else "clinical"):
                for step, ratio, limits in STEPS:
                    row = rows[section, step]
                    for column, want in (("value", ratio), ("lower", limits + "_lo95"), ("upper", limits + "_hi95")):
                        cases += 1
                        if abs(float(row[column]) - float(record[want])) > 1e-6:
                            faults.append(f"{record['organisation']} {record['year']} {section} {step} {column}: {row[column]}, expected {record[want]}")
    return cases


def england(faults):
    cases = 0
    for date, wanted in ENGLAND.items():
        rows = calc("--settings", SETTINGS, "--as-at", date, "--decimals", "6")
        for (step, _, _), want in zip(STEPS, wanted):
            cases += 1
            if rows["all", step]["value"] != want:
                faults.append(f"England {date} {step}: {rows['all', step]['value']}, expected {want}")
    return cases


def main():
    faults = []
    cases = vectors(faults) + england(faults)
    for fault in faults:
        print(fault)
    print(f"{cases} cases")
    sys.exit(1 if faults or cases < 100 else 0)


main()
