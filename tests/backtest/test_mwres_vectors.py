"""Published figures about doctors (tests/backtest/mwres.csv) through the whole program: counts in, the printed figure out.

Every row of the file goes one of these ways, and the test says how many went each:

built in    an indicator of a standard that is built in, with the row's own groups: White and BME, or a group of the code list
own         a standard that is written here, for what no standard defines, with the row's own groups
standing in the row compares what no column can tell apart (everybody in one figure; White British against all others): the two sides are
            entered as White and BME, which shows the arithmetic and nothing else
rates only  the source has rates without counts: counts out of 100, 1,000 or 10,000 that have exactly these rates
cannot      there is no figure, or none that the program computes; the reason stands in CANNOT

`reproduces = yes`: the printed value has as many decimals as the published one, and is the same. `n/a`: the value of the note
("recomputed 4.3462"), with its decimals. Only one row is marked `no`, and it has no counts.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

WRES = os.environ["WRES"]
VECTORS = "tests/backtest/mwres.csv"

GROUPS = "compare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\n"
REGIONS = "compare: {field: qualification_region, reference: UK, group: international, unknown: unknown}\n"


def standard(compare, indicator):
    return "standard: published\ntitle: Published\ncertainty: U\n" + compare + "indicators:\n  - id: x\n    title: X\n    certainty: U\n" + indicator


def likelihood(events, over):
    return ("    measure: likelihood\n    ratio: reference / group\n    words: {people: applicants, event: to get so far}\n"
            f"    events: {{table: recruitment, where: [stage >= {events}]}}\n    over: {{table: recruitment, where: [stage >= {over}]}}\n")


RATE_OF_ANSWERS = ("    measure: rate\n    words: {people: people, event: of whom it is so}\n"
                   "    events: {table: outcomes, where: [outcome in counted]}\n    over: {table: outcomes}\n")
OUTCOMES = """table: outcomes
people: people
time: window
fields:
  - {name: ethnicity, type: code, list: ethnicity, headers: [Ethnicity]}
  - {name: qualification_region, type: code, list: qualification_regions, headers: [Qualification]}
  - {name: sex, type: code, list: sex, headers: [Sex]}
  - {name: outcome, type: text, headers: [Outcome]}
  - {name: count, type: count, headers: [Count]}
"""
OWN = {
    "offered": standard(GROUPS, likelihood("offered", "applied")),
    "offered of shortlisted": standard(GROUPS, likelihood("offered", "shortlisted")),
    "appointed": standard(GROUPS, likelihood("appointed", "applied")),
    "applications": standard(GROUPS, "    measure: share\n    of: {table: recruitment}\n"),
    "outcomes": standard(GROUPS, RATE_OF_ANSWERS),
    "outcomes by region": standard(REGIONS, RATE_OF_ANSWERS),
    "outcomes by sex": standard("compare: {field: sex, reference: Female, group: Male, unknown: Unknown}\n", RATE_OF_ANSWERS),
    "awards": standard(GROUPS, "    measure: gap\n    of: {table: awards, where: [stage >= awarded]}\n"
                               "    against: {table: workforce, where: [section in medical]}\n    parts: [{row: all}]\n"),
}


def pairs(row, one, other):
    """What is entered for the two sides of the row; a side without a base is left out."""
    sides = {one: (row["white_num"], row["white_den"]), other: (row["bme_num"], row["bme_den"])}
    return {name: (int(n), int(of)) for name, (n, of) in sides.items() if of}


def scaled(row, one, other, factor):
    """Rates per 100 as counts out of 100 * factor."""
    def whole(text):
        count = round(float(text) * factor)
        assert abs(count - float(text) * factor) < 1e-9, row["id"]
        return count
    assert row["white_den"] == row["bme_den"] == "100", row["id"]
    return {one: (whole(row["white_num"]), 100 * factor), other: (whole(row["bme_num"]), 100 * factor)}


def stages(counts, reached, before):
    """The posts are entered as a consultant's, which indicator 2 of the standard asks for: the sources speak of doctors' posts."""
    return {"recruitment": [["Ethnicity", "Medical Grade", "Stage", "Count"]] + [
        line for name, (n, of) in counts.items() for line in ([name, "Consultant", reached, n], [name, "Consultant", before, of - n])]}


def outcomes(counts, column="Ethnicity"):
    """The own table beside a workforce of nobody that counts: the groups are a column of the table itself."""
    return {"outcomes": [[column, "Outcome", "Count"]] + [
        line for name, (n, of) in counts.items() for line in ([name, "counted", n], [name, "not", of - n])]}


def doctors(counts):
    return {"workforce": [["Ethnicity", "Staff Group", "Count"]] + [[name, "Medical and Dental", n] for name, n in counts.items()]}


def members(table, part, of):
    """BME members of a body."""
    more = {"awards": (["Stage"], ["awarded"]), "committee": ([], []), "board": ([], [])}[table]
    return {table: [["Ethnicity"] + more[0] + ["Count"], ["BME"] + more[1] + [part], ["White"] + more[1] + [of - part]]}


def referrals(counts):
    files = doctors({name: of for name, (n, of) in counts.items()})
    files["referrals"] = [["Ethnicity", "Kind", "Staff Group", "Count"]] + [
        [name, "employer", "Medical and Dental", n] for name, (n, of) in counts.items()]
    return files


def share_of_doctors(row, name, group, more=()):
    """One group of the doctors in MWRES 1a; all others are entered as not stated, which is in the base."""
    side = "white" if row["published_kind"] == "pct_white" else "bme"
    part, base = int(row[side + "_num"]), int(row[side + "_den"])
    return doctors({name: part, "Not stated": base - part}), "mwres-2021", ("1a", "all", "all", group, "share"), more


def recruited(row, one, other, indicator, reached, group, statistic, more=(), before="Applied"):
    return stages(pairs(row, one, other), reached, before), indicator, ("x", None, "all", group, statistic), more


def shortlisted(row, one, other, group, more=()):
    return (stages(pairs(row, one, other), "Shortlisted", "Applied"), "mwres-2021", ("2", "all", "shortlisted-applied", group, "rate"), more)


def rate_of(row, group, name=None):
    return outcomes(pairs(row, "White", name or "BME")), "outcomes", ("x", "all", "all", group, "rate"), ()


def by_region(row, group):
    return outcomes(pairs(row, "UK", "Non-EEA"), "Qualification"), "outcomes by region", ("x", "all", "all", group, "rate"), ()


def workforce_2025(row):
    counts = {"White": 6307, "BME": 990, "Not stated": 125}
    assert sum(counts.values()) == 7422 and "990+6307+125=7422" in BY_ID["V39"]["note"]
    return {"workforce": [["Ethnicity", "Count"]] + [[k, v] for k, v in counts.items()]}


FIVE, SIXTEEN = ("--groups", "5"), ("--groups", "16")
DIFFERENCE = ("x", "all", "all", "bme-white", "difference")

# Row -> its way, and how it is entered: files, standard, (indicator, section, row, group, statistic), options.
WAYS = {
    "V01": ("built in", lambda r: shortlisted(r, "White", "BME", "white")),
    "V03": ("built in", lambda r: shortlisted(r, "White", "Asian", "asian", FIVE)),
    "V05": ("own", lambda r: recruited(r, "White", "BME", "offered", "Offered", "white", "rate")),
    "V07": ("own", lambda r: recruited(r, "White", "Asian", "offered", "Offered", "asian", "rate", FIVE)),
    "V09": ("own", lambda r: recruited(r, "White", "Black", "offered", "Offered", "white/black", "ratio", FIVE)),
    "V11": ("own", lambda r: recruited(r, "White", "Mixed", "offered", "Offered", "white/mixed", "ratio", FIVE)),
    "V13": ("own", lambda r: recruited(r, "White", "BME", "offered", "Offered", "white/bme", "ratio")),
    "V15": ("own", lambda r: recruited(r, "White", "Black", "offered of shortlisted", "Offered", "black", "rate", FIVE, "Shortlisted")),
    "V17": ("own", lambda r: recruited(r, "White", "BME", "appointed", "Appointed", "white", "rate")),
    "V19": ("own", lambda r: recruited(r, "White", "BME", "appointed", "Appointed", "white/bme", "ratio")),
    "V21": ("rates only", lambda r: recruited(r, "White", "BME", "offered", "Offered", "white/bme", "ratio")),
    "V23": ("rates only", lambda r: shortlisted(r, "White", "BME", "white/bme")[:2] + (("2", "all", "shortlisted-applied", "white/bme", "ratio"), ())),
    "V25": ("standing in", lambda r: recruited(r, "White", "BME", "appointed", "Appointed", "bme", "rate")),
    "V27": ("own", lambda r: (outcomes({"Male": (int(r["bme_num"]), int(r["bme_den"]))}, "Sex"), "outcomes by sex", ("x", "all", "all", "male", "rate"), ())),
    "V29": ("own", lambda r: recruited(r, "White", "Black", "offered", "Offered", "black", "rate", FIVE)),
    "V31": ("own", lambda r: ({"recruitment": [["Ethnicity", "Stage", "Count"], ["Black African", "Applied", r["bme_num"]],
                                               ["Not stated", "Applied", int(r["bme_den"]) - int(r["bme_num"])]]}, "applications",
                              ("x", "all", "all", "black or black british - african", "share"), SIXTEEN)),
    "V33": ("own", lambda r: recruited(r, "White", "BME", "offered", "Offered", "white/bme", "ratio")),
    "V37": ("built in", lambda r: (workforce_2025(r), "wres-2025", ("1", "all", "all", "bme", "share"), ())),
    "V39": ("built in", lambda r: (workforce_2025(r), "wres-2025", ("1", "all", "all", "unknown", "share"), ())),
    # Unknown is left out: 830 is White and BME.
    "V41": ("built in", lambda r: (doctors({"White": 548, "BME": 282, "Not stated": 500}), "mwres-2021", ("1a", "all", "all", "bme", "share"), ("--unknown", "exclude"))),
    "V43": ("built in", lambda r: share_of_doctors(r, "Chinese", "other ethnic groups - chinese", SIXTEEN)),
    "V45": ("built in", lambda r: share_of_doctors(r, "Mixed", "mixed", FIVE)),
    "V47": ("built in", lambda r: share_of_doctors(r, "Pakistani", "asian or asian british - pakistani", SIXTEEN)),
    "V49": ("built in", lambda r: share_of_doctors(r, "White British", "white - british", SIXTEEN)),
    "V51": ("built in", lambda r: share_of_doctors(r, "Any other White background", "white - any other white background", SIXTEEN)),
    "V53": ("built in", lambda r: (doctors({"White": 88, "BME": 39, "Not stated": 61}), "mwres-2021", ("1a", "all", "all", "bme", "share"), ())),
    "V55": ("built in", lambda r: share_of_doctors(r, "BME", "bme")),
    "V57": ("built in", lambda r: (dict(doctors({"White": 80, "BME": 20}), **members("committee", 7, 81)), "mwres-2021", ("9", "committee", "all", "bme", "share"), ())),
    "V59": ("rates only", lambda r: (dict({"workforce": [["Ethnicity", "Count"], ["BME", r["white_num"]], ["White", 100 - int(r["white_num"])]]},
                                          **members("board", int(r["bme_num"]), 100)), "wres-2025", ("9", "all", "all", "bme", "difference"), ())),
    "V61": ("rates only", lambda r: (referrals(scaled(r, "White", "BME", 100)), "mwres-2021", ("3c", "all", "all", "bme-white", "difference"), ())),
    "V63": ("rates only", lambda r: (referrals(scaled(r, "White", "BME", 100)), "mwres-2021", ("3c", "all", "all", "bme-white", "difference"), ())),
    "V65": ("own", lambda r: by_region(r, "uk")),
    "V67": ("own", lambda r: by_region(r, "international")),
    "V69": ("own", lambda r: by_region(r, "uk")),
    **{v: ("own", lambda r: rate_of(r, "bme")) for v in ("V73", "V75", "V77", "V79", "V81")},
    "V83": ("rates only", lambda r: (outcomes(scaled(r, "White", "BME", 1)), "outcomes", DIFFERENCE, ())),
    "V85": ("rates only", lambda r: (outcomes(scaled(r, "White", "BME", 10)), "outcomes", DIFFERENCE, ())),
    "V87": ("rates only", lambda r: (dict(doctors({"BME": 129, "White": 871}), **members("awards", 96, 1000)), "awards", ("x", "all", "all", "bme", "difference"), ())),
    "V91": ("built in", lambda r: ({"workforce": [["Ethnicity", "Disability", "Count"], ["White", "Yes", r["bme_num"]],
                                                  ["White", "No", int(r["bme_den"]) - int(r["bme_num"])]]}, "wdes-2023",
                                   ("1", "all", "all", "disabled", "share"), ())),
}
CANNOT = {
    "V35": "the source has no denominator",
    "V71": "counts of cases alone: nobody's ethnicity was held, and there is no rate",
    "V89": "pay is in no table, and the published figure does not come from the rounded pay that is printed",
    "V93": "three percentages without counts, printed a hundred times too small: an error of the source",
    "V95": "a worded ratio without counts, of unclear direction",
}
EXPECTED = {"built in": 14, "own": 20, "standing in": 1, "rates only": 8, "cannot": 5}

with open(VECTORS, encoding="utf-8", newline="") as vectors:
    ROWS = list(csv.DictReader(vectors))
BY_ID = {row["id"]: row for row in ROWS}


def wanted_of(row):
    """The figure to reach, as it is printed."""
    if row["reproduces"] == "yes":
        return row["published_value"]
    return re.match(r"recomputed (-?[0-9.]+)", row["note"]).group(1)


def value_of(row, decimals):
    files, name, key, more = WAYS[row["id"]][1](row)
    with tempfile.TemporaryDirectory() as folder:
        command = [WRES, "calc", "-q", "--format", "csv", "--as-at", "2025-03-31", "--decimals", str(decimals), *more]
        if name in OWN:
            for file, text in (("published.yaml", OWN[name]), ("outcomes.yaml", OUTCOMES)):
                with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                    out.write(text)
            command += ["--standard", os.path.join(folder, "published.yaml"), "--table", os.path.join(folder, "outcomes.yaml")]
        else:
            command += ["--standard", name]
        for table, rows in files.items():
            path = os.path.join(folder, table + ".csv")
            with open(path, "w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(rows)
            command.append(f"{table}={path}")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (row["id"], done.stderr)
    indicator, section, line, group, statistic = key
    found = [r for r in csv.DictReader(done.stdout.splitlines())
             if (r["indicator"], r["row"], r["by"], r["group"], r["statistic"]) == (indicator, line, "all", group, statistic)
             and r["section"] == (section or "all")]
    assert len(found) == 1 and found[0]["status"] == "ok", (row["id"], key, found, done.stdout)
    return found[0]["value"]


def main():
    faults, went = [], dict.fromkeys(EXPECTED, 0)
    for row in ROWS:
        if row["id"] in CANNOT:
            went["cannot"] += 1
            continue
        went[WAYS[row["id"]][0]] += 1
        wanted = wanted_of(row)
        value = value_of(row, len(wanted.partition(".")[2]))
        if row["published_kind"] == "gap_pp_white_minus_bme":      # the program says BME minus White
            value = value[1:] if value.startswith("-") else "-" + value
        if value != wanted:
            faults.append(f"{row['id']}: {value}, published or recomputed {wanted}")
    if went != EXPECTED or set(WAYS) | set(CANNOT) != set(BY_ID) or set(WAYS) & set(CANNOT):
        faults.append(f"rows went {went}, not {EXPECTED}")
    print("\n".join(faults))
    print(", ".join(f"{way} {n}" for way, n in went.items()) + "; " + "; ".join(f"{i}: {why}" for i, why in CANNOT.items()))
    print(f"{sum(went.values()) - went['cannot']} cases")
    sys.exit(1 if faults else 0)


main()
