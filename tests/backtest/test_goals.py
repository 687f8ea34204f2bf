"""Goals, gaps and trajectories come out as the check values of goals.csv have them, from the counts that each row states.

England's rows are computed from data/examples/england itself. A row of goals.csv without counts is a statement of policy, and is
only counted here. Every point of England's trajectories is also made here from the file, in fractions.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

WRES = os.environ["WRES"]
HERE = os.path.dirname(os.path.abspath(__file__))
ENGLAND = os.path.join(HERE, "..", "..", "data", "examples", "england")
DATA = os.path.join(ENGLAND, "nhs_england_ethnicity_grade_2009_2022.csv")
SETTINGS = os.path.join(ENGLAND, "wres.yaml")
BANDS = ["Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"]
ROW = dict({"VSM": "VSM", "8a+ total": "8a+"}, **{name[5:]: name for name in BANDS[:5]})
HORIZON = {"2018-09-01": "2028-09-01", "2021-03-01": "2025-03-01"}
SCOPES = {"": (), "known-only": ("--reference-base", "known"), "AfC+VSM scope": ("--reference-scope", "afc"),
          "rest=AfC bands 1-7": ("--reference-scope", "afc-1-7")}

faults, cases = [], 0


def check(what, got, want):
    global cases
    cases += 1
    if str(got) != str(want):
        faults.append(f"{what}: {got}, expected {want}")


def near(what, got, want, within):
    global cases
    cases += 1
    if got in ("", None) or abs(float(got) - float(want)) > within:
        faults.append(f"{what}: {got}, expected {want}")


def goals(*options):
    command = [WRES, "goals", "-q", "--format", "csv", "--decimals", "6", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr}")
    return {(r["by_value"], r["row"], r["statistic"], r["period"]): r for r in csv.DictReader(done.stdout.splitlines())}


# ---- the rows of goals.csv ----------------------------------------------------------------------

ROLE_GROUPS = """inputs:
  workforce:
    file: "%s"
    columns: {snapshot_date: Time, ethnicity: Ethnicity, pay_band: Grade, medical_grade: Grade, staff_group: Role_Group, count: Value}
    leave_out:
      Ethnicity: [All, "All - Including Unknown, Not Stated And Discontinued Codes"]
      Grade: [All Grades]
"""


def write_role_groups(folder):
    """Settings and a code list in which every role group of the publication is a staff group of its own."""
    with open(DATA, encoding="utf-8-sig", newline="") as file:
        names = sorted({record["Role_Group"] for record in csv.DictReader(file)})
    with open(os.path.join(folder, "staff_groups.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["spelling", "code", "staff_group", "section"])
        out.writerows([name, "", name, "medical" if name == "Hchs Doctors" else "clinical"] for name in names)
        out.writerows([blank, "", "None", "unknown"] for blank in ("(blank)", "(unmapped)"))
    with open(os.path.join(folder, "wres.yaml"), "w", encoding="utf-8") as file:
        file.write(ROLE_GROUPS % os.path.abspath(DATA))
    return ("--settings", os.path.join(folder, "wres.yaml"), "--codes", os.path.join(folder, "staff_groups.csv"),
            "--reference-scope", "staff-group")


def run_of(row, role_groups, runs={}):
    """The program's results for the reference share, baseline and date that the row states, and the breakdown it is about."""
    name = row["organisation"]
    scope = re.search(r"\[(.*)\]", name)
    group = name.split(": ", 1)[1] if ": " in name else "all"
    options = list(role_groups) if group != "all" else ["--settings", SETTINGS, *SCOPES[scope.group(1) if scope else ""]]
    if "actual vs Sep-2018" in row["note"]:
        options += ["--baseline", "2018-09-01", "--by-date", HORIZON["2018-09-01"]]
    else:
        options += ["--by-date", HORIZON.get(row["year"], "2032-09-01")]
    key = (row["year"], *options)
    if key not in runs:
        runs[key] = goals("--as-at", row["year"], *options)
    return runs[key], group


def check_row(row, results, group):
    year, band = row["year"], ROW[row["band"]]
    what = f"{row['organisation']} {year} {row['band']}"

    def value(statistic, period=year, column="value", at=band):
        return results.get((group, at, statistic, period), {}).get(column)

    base = int(row["total"]) - (int(row["unknown"]) if "scope=known" in row["note"] else 0)
    check(f"{what} BME", value("share", column="numerator"), row["bme"])
    check(f"{what} staff", value("share", column="denominator"), base)
    near(f"{what} reference share", value("reference_share", at="all"), row["overall_bme_pct"], 5.1e-7)
    check(f"{what} goal", value("goal"), row["target"])
    check(f"{what} gap", value("gap"), row["gap"])
    unrounded = re.search(r"unrounded ([\d.]+)", row["note"])
    if unrounded:
        near(f"{what} unrounded goal", value("goal_unrounded"), unrounded.group(1), 5.1e-5)
    total = re.search(r"per-band rounded targets=(\d+)", row["note"])
    if total:
        check(f"{what} sum of goals", sum(int(value("goal", at=one) or 0) for one in BANDS), total.group(1))
    if row["trajectory_value"]:
        date = row["trajectory_year"] if "-" in row["trajectory_year"] else row["trajectory_year"] + year[4:]
        near(f"{what} trajectory at {date}", value("trajectory", date), row["trajectory_value"], 5.1e-7)


def check_rows(folder):
    role_groups, derived, published = write_role_groups(folder), 0, 0
    with open(os.path.join(HERE, "goals.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["note"].startswith("PUBLISHED"):
                published += 1
                continue
            derived += 1
            check_row(row, *run_of(row, role_groups))
    check("rows of goals.csv", (derived, published), (150, 11))


def check_published(folder):
    """The two published shares that come with counts."""
    path = os.path.join(folder, "counted.csv")

    def share(rows, *options):
        with open(path, "w", encoding="utf-8") as file:
            file.write("Date,Ethnicity,Band,Count\n" + "".join(f"2025-03-31,{code},5,{count}\n" for code, count in rows))
        return goals(f"workforce={path}", "--settings", os.path.join(folder, "none.yaml"), *options)["all", "all", "reference_share", "2025-03-31"]["value"]

    with open(os.path.join(folder, "none.yaml"), "w", encoding="utf-8") as file:
        file.write("decimals: 6\n")
    trust = [("A", 6307), ("N", 990), ("Z", 125)]
    near("North Cumbria, all", share(trust), 13.338723, 5.1e-7)
    near("North Cumbria, known", share(trust, "--reference-base", "known"), 13.5672, 5.1e-5)
    near("Gloucestershire", share([("A", 336), ("N", 25)]), 6.9252, 5.1e-5)


# ---- England, every band and year ---------------------------------------------------------------

KNOWN = {"White": 0, "Asian": 1, "Black": 1, "Chinese": 1, "Mixed": 1, "Other": 1}


def headcounts(date):
    """Band -> [White, BME, unknown], and that of everybody."""
    counts = {}
    with open(DATA, encoding="utf-8-sig", newline="") as file:
        for record in csv.DictReader(file):
            if record["Time"] != date or record["Ethnicity"].startswith("All") or record["Grade"] == "All Grades":
                continue
            band = "VSM" if record["Grade"] == "Very Senior Manager" else record["Grade"]
            for key in {band, "all"} | ({"8a+"} if band in BANDS else set()):
                counts.setdefault(key, [0, 0, 0])[KNOWN.get(record["Ethnicity"], 2)] += int(record["Value"])
    return counts


def check_england():
    then, now = headcounts("2018-09-01"), headcounts("2022-06-01")
    results = goals("--settings", SETTINGS, "--as-at", "2022-06-01", "--baseline", "2018-09-01", "--by-date", "2028-09-01")
    share_then, share_now = (Fraction(c["all"][1], sum(c["all"])) for c in (then, now))
    for band in [*BANDS, "8a+"]:
        frozen = share_then * sum(then[band])
        for year in range(2018, 2029):
            line = then[band][1] + (frozen - then[band][1]) * (year - 2018) / 10
            near(f"{band} in {year}", results["all", band, "trajectory", f"{year}-09-01"]["value"], float(line), 5.1e-7)
        line = then[band][1] + (frozen - then[band][1]) * Fraction(45, 120)
        near(f"{band} ahead", results["all", band, "ahead_of_trajectory", "2022-06-01"]["value"], float(now[band][1] - line), 5.1e-7)
        for name, exact in (("goal_frozen", frozen), ("goal_baseline_share", share_then * sum(now[band])),
                            ("goal", share_now * sum(now[band]))):
            check(f"{band} {name}", results["all", band, name, "2022-06-01"]["value"], int(exact + Fraction(1, 2)))
    frozen = results["all", "Band 8a", "trajectory", "2022-06-01"]["value"]
    check("8a, June 2022: in post, frozen line, short of today's goal",
          (now["Band 8a"][1], round(float(frozen)), results["all", "Band 8a", "gap", "2022-06-01"]["value"]), (9178, 6550, "4510"))


# ---- projections --------------------------------------------------------------------------------

def check_projections(folder):
    england = ("--settings", SETTINGS, "--as-at", "2018-09-01")
    for turnover, by, want in (("10", "2028-09-01", 22.447981), ("5", "2028-09-01", 28.188934), ("10", "2024-09-01", 26.041290)):
        results = goals(*england, "--turnover", turnover, "--by-date", by)
        near(f"share needed, {turnover}% by {by}", results["all", "Band 8a", "share_needed", "2018-09-01"]["value"], want, 5.1e-7)
        if (turnover, by) == ("10", "2028-09-01"):
            check("net", results["all", "Band 8a", "appointments_net", "2018-09-01"]["value"], "2538")
            check("gross", results["all", "Band 8a", "appointments_gross", "2018-09-01"]["value"], "9494")
    for ratio, want in (("1.25", 34.782609), ("1.6", 29.411765), ("2", 25)):
        results = goals(*england, "--turnover", "10", "--shortlist-share", "40", "--likelihood", ratio)
        near(f"share from a ratio of {ratio}", results["all", "Band 8a", "recruitment_share", "2018-09-01"]["value"], want, 5.1e-7)
    check_gaps_by_scope(england)
    path = os.path.join(folder, "counted.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Date,Ethnicity,Band,Count\n2020-03-31,A,8a,67\n2020-03-31,N,8a,33\n2020-03-31,A,8c,13\n2020-03-31,N,8c,2\n")
    empty = ("--settings", os.path.join(folder, "none.yaml"), f"workforce={path}")
    results = goals(*empty, "--reference-scope", "50", "--by-date", "2030-03-31", "--turnover", "13.77072546")
    near("a third to a half in ten years", results["all", "Band 8a", "share_needed", "2020-03-31"]["value"], 55, 1e-6)
    results = goals(*empty, "--reference-scope", "25", "--by-date", "2023-03-31", "--turnover", "12", "--shortlist-share", "25", "--likelihood", "1")
    near("mean of a small band", results["nothing changes", "Band 8c", "projected", "2020-03-31"]["value"], 2.557424, 5.1e-7)
    near("chance of a small band", results["all", "Band 8c", "chance_of_goal", "2020-03-31"]["value"], 0.190414, 5.1e-7)


def check_gaps_by_scope(england):
    """The choice of the reference set alone moves the gap at 8a+ from 4,120 to 5,850."""
    for options, want in (((), 5705), (("--reference-scope", "afc"), 4120), (("--reference-base", "known"), 5850)):
        check(f"gap at 8a+ {options}", goals(*england, *options)["all", "8a+", "gap", "2018-09-01"]["value"], want)


def main():
    with tempfile.TemporaryDirectory(prefix="wres-test-") as folder:
        check_rows(folder)
        check_published(folder)
        check_england()
        check_projections(folder)
    print("\n".join(faults))
    print(f"{cases} cases")
    sys.exit(1 if faults or cases < 1000 else 0)


main()
