"""Published WRES figures (tests/backtest/wres.csv) through the program, as aggregated input with a count column.

`reproduces = yes`: the program prints the published figure at the published number of decimals; `no` (a known error of the
source): it does not.
"""
import csv
import os
import subprocess
import sys
import tempfile

WRES = os.environ["WRES"]
VECTORS = "tests/backtest/wres.csv"


def whole(text):
    return text == "" or text.isdigit()


def chosen(row):
    counts = (row["white_num"], row["white_den"], row["bme_num"], row["bme_den"], row["unknown_num"], row["unknown_den"])
    kinds = {"1": ("percent",), "2": ("ratio",), "3": ("ratio", "percent")}
    # V13 counts trusts and V31 is a composition: neither is a rate of staff.
    return (all(whole(c) for c in counts) and row["published_kind"] in kinds.get(row["indicator"], ()) and
            row["id"] not in ("V13", "V31"))


def write(folder, name, header, rows):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def groups_of_share(row):
    """White, BME and Unknown headcounts that hold the printed count over the printed base, and the group it is of."""
    for group in ("bme", "unknown", "white"):
        if row[group + "_num"] and row[group + "_den"]:
            part, base = int(row[group + "_num"]), int(row[group + "_den"])
            other = "bme" if group == "white" else "white"
            return {group: part, other: base - part}, group
    raise ValueError(row["id"])


def inputs(folder, row):
    """The files, and the (group, statistic) of the figure."""
    labels = {"white": "White", "bme": "BME", "unknown": "Unknown"}
    if row["indicator"] == "1":
        counts, group = groups_of_share(row)
        staff = write(folder, "workforce.csv", ["Ethnicity", "Count"], [[labels[g], n] for g, n in counts.items()])
        return [f"workforce={staff}"], (group, "share")
    used = [g for g in ("white", "bme") if row[g + "_den"]]
    if row["indicator"] == "2":
        rows = []
        for g in used:
            rows += [[labels[g], "Appointed", row[g + "_num"]], [labels[g], "Shortlisted", int(row[g + "_den"]) - int(row[g + "_num"])]]
        files = [f"recruitment={write(folder, 'recruitment.csv', ['Ethnicity', 'Stage', 'Count'], rows)}"]
        return files, ("white/bme", "ratio")
    staff = write(folder, "workforce.csv", ["Ethnicity", "Count"], [[labels[g], row[g + "_den"]] for g in used])
    cases = write(folder, "cases.csv", ["Ethnicity", "Count"], [[labels[g], row[g + "_num"]] for g in used])
    return [f"workforce={staff}", f"cases={cases}"], ("bme/white", "ratio") if row["published_kind"] == "ratio" else ("bme", "rate")


def value_of(row):
    decimals = len(row["published_value"].partition(".")[2])
    with tempfile.TemporaryDirectory() as folder:
        files, (group, statistic) = inputs(folder, row)
        command = [WRES, "calc", "-q", "--format", "csv", "--as-at", f"{row['year']}-03-31", "--decimals", str(decimals), *files]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = [r for r in csv.DictReader(text.splitlines())
             if (r["indicator"], r["section"], r["row"], r["group"], r["statistic"]) == (row["indicator"], "all", "all", group, statistic)]
    assert len(found) == 1, (row["id"], found)
    return found[0]["value"]


def main():
    faults, cases = [], 0
    with open(VECTORS, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not chosen(row):
                continue
            cases += 1
            value = value_of(row)
            if (value == row["published_value"]) != (row["reproduces"] == "yes"):
                faults.append(f"{row['id']}: {value}, published {row['published_value']}, reproduces = {row['reproduces']}")
    print("\n".join(faults))
    print(f"{cases} cases")
    sys.exit(1 if faults or cases < 12 else 0)


main()
