"""The official headcounts of England come out as published (June 2022), and every other date agrees with a sum made here."""
import csv
import os
import subprocess
import sys

WRES = os.environ["WRES"]
SETTINGS = "data/examples/england/wres.yaml"
DATA = "data/examples/england/nhs_england_ethnicity_grade_2009_2022.csv"
KNOWN = {"White": "white", "Asian": "bme", "Black": "bme", "Chinese": "bme", "Mixed": "bme", "Other": "bme"}
ROWS = {"Very Senior Manager": "VSM", "Non Afc Grade": "Non AfC grade", "Associate Specialist": "Non-consultant career grade",
        "Specialty Doctor": "Non-consultant career grade", "Staff Grade": "Non-consultant career grade",
        "Core Training": "Trainee grade", "Foundation Doctor Year 1": "Trainee grade", "Foundation Doctor Year 2": "Trainee grade",
        "Specialty Registrar": "Trainee grade", "Hospital Practitioner / Clinical Assistant": "Other",
        "Other And Local Hchs Doctor Grades": "Other"}

# The figures published for June 2022: White, BME, unknown, discontinued; BME % of all, of those known.
PUBLISHED = {
    "all": (986722, 339488, 61525, 78, "24.46", "25.60"),
    "Band 5": (142095, 83858, 12864, 11, "35.11", "37.11"),
    "Band 8a": (45115, 9178, 1659, 3, "16.40", "16.90"),
    "VSM": (2010, 189, 152, 0, "8.04", "8.59"),
    "Consultant": (31009, 22585, 3343, 11, "39.66", "42.14"),
}


def calc(*options):
    command = [WRES, "calc", "-q", "--settings", SETTINGS, "--format", "csv", *options]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {(r["section"], r["row"], r["group"], r["statistic"]): r for r in csv.DictReader(text.splitlines())
            if r["indicator"] == "1" and r["by"] == "all"}


def check(faults, what, got, want):
    if str(got) != str(want):
        faults.append(f"{what}: {got}, expected {want}")
    return 1


def published_figures(faults):
    of_all, of_known = calc("--as-at", "2022-06-01", "--decimals", "2"), calc("--as-at", "2022-06-01", "--decimals", "2", "--unknown", "exclude")
    cases = 0
    for row, (white, bme, unknown, discontinued, share, share_known) in PUBLISHED.items():
        for group, want in (("white", white), ("bme", bme), ("unknown", unknown + discontinued)):
            cases += check(faults, f"{row} {group}", of_all["all", row, group, "count"]["value"], want)
        cases += check(faults, f"{row} BME % of all", of_all["all", row, "bme", "share"]["value"], share)
        cases += check(faults, f"{row} BME % of known", of_known["all", row, "bme", "share"]["value"], share_known)
    cases += check(faults, "discontinued codes", of_all["all", "all", "unknown", "count"]["note"], "of which 78 discontinued code")
    cases += check(faults, "Band 8a at one decimal", calc("--as-at", "2022-06-01")["all", "Band 8a", "bme", "share"]["value"], "16.4")
    cases += check(faults, "Non AfC grade is its own row", of_all["all", "Non AfC grade", "all", "count"]["value"], 14001)
    return cases


def every_date(faults):
    sums = {}
    with open(DATA, encoding="utf-8-sig", newline="") as file:
        for record in csv.DictReader(file):
            if record["Ethnicity"].startswith("All") or record["Grade"] == "All Grades":
                continue
            key = (record["Time"], ROWS.get(record["Grade"], record["Grade"]), KNOWN.get(record["Ethnicity"], "unknown"))
            sums[key] = sums.get(key, 0) + int(record["Value"])
    cases = 0
    for date in sorted({key[0] for key in sums}):
        results = calc("--as-at", date)
        for (time, row, group), want in sums.items():
            if time == date and want:
                cases += check(faults, f"{date} {row} {group}", results["all", row, group, "count"]["value"], want)
    return cases


def main():
    faults = []
    cases = published_figures(faults)
    dates = every_date(faults)
    print("\n".join(faults))
    print(f"{cases + dates} cases")
    sys.exit(1 if faults or cases < 28 or dates < 800 else 0)


main()
