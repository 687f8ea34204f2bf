"""What a staff file of the benchmark amounts to: the table by which peers turn texts into codes, a count that shares nothing with wres,
and whether an answer is that of another tool.

    python3 answer.py FILE LOOKUP OUT DISTINCT     counts the rows, or persons if DISTINCT is 1, with nothing but Python's csv

An answer is CSV with the columns of COLUMNS: a row for each period, organisation, section, row and WRES group that has people, with the
percentage of the people of the row.
"""
import collections
import csv
import fractions
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COLUMNS = ["period", "organisation", "section", "row", "group", "count", "share"]

# Of each column that a code list knows: the list, and what of a member the work asks for.
LISTS = {"ethnicity": ("ethnicity", "group2"), "pay_band": ("pay_bands", "row"), "medical_grade": ("medical_grades", "row"),
         "staff_group": ("staff_groups", "section"), "assignment_category": ("assignment_categories", "category")}
NOT_STAFF = {"bank", "honorary", "agency", "non-executive", "student", "volunteer", "contractor"}     # wres-2025, population


def code_lists():
    """The paths of the code lists that the look-up comes from."""
    return [os.path.join(ROOT, "data", "codes", name + ".csv") for name, _ in LISTS.values()]


def write_lookup(generator, path):
    """field, text, value for every text that the generator writes, from data/codes by the rules of docs/guide.md.

    The value of an assignment category is `in` or `out`.
    """
    sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
    from oracle import CodeList, normal
    lists = {field: CodeList(path) for field, path in zip(LISTS, code_lists())}
    texts = subprocess.run([generator, "texts"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["field", "text", "value"])
        for row in csv.DictReader(texts):
            codes = lists[row["field"]]
            if row["text"] and codes.known(normal(row["text"])) is None:
                raise SystemExit("the generator writes %r, which stands in no list" % row)
            value = codes.look_up(row["text"])[LISTS[row["field"]][1]]
            if row["field"] == "assignment_category":
                value = "out" if value in NOT_STAFF else "in"
            writer.writerow([row["field"], row["text"], value])


def read_lookup(path):
    lookup = {field: {} for field in LISTS}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            lookup[row["field"]][row["text"]] = row["value"]
    return lookup


def count(path, lookup, distinct):
    """{(period, organisation, section, row, group): people}; with distinct, each identifier once in a key."""
    tally, seen = collections.Counter(), collections.defaultdict(set)
    group, band, grade = lookup["ethnicity"], lookup["pay_band"], lookup["medical_grade"]
    section, staff = lookup["staff_group"], lookup["assignment_category"]
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for period, organisation, person, ethnic, _, band_text, grade_text, staff_group, category, _, _, _ in rows:
            if staff[category] == "out":
                continue
            key = (period, organisation, section[staff_group], grade[grade_text] if grade_text else band[band_text], group[ethnic])
            if distinct:
                seen[key].add(int(person))
            else:
                tally[key] += 1
    return {key: len(persons) for key, persons in seen.items()} if distinct else tally


def write(tally, out):
    whole = collections.Counter()
    for key, people in tally.items():
        whole[key[:4]] += people
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, people in sorted(tally.items()):
        writer.writerow(key + (people, "%.6f" % (100 * people / whole[key[:4]])))


class Answer:
    """Counts by key, shares by key with as many decimals as they were printed with."""

    def __init__(self, latest_only=False):
        self.counts, self.shares, self.latest_only = {}, {}, latest_only

    def add(self, table, key, value):
        if key in table:
            raise ValueError("%s stands there twice" % (key,))
        table[key] = value


def decimals_of(text):
    """The number, and half of what its last printed digit is worth; of a floating-point number with many digits a millionth."""
    number = fractions.Fraction(text)
    digits = len(text.partition(".")[2]) if "e" not in text.lower() else 12
    return number, fractions.Fraction(1, 2 * 10 ** min(digits, 6))


def read_peer(path):
    """The answer in a peer's file."""
    answer = Answer()
    with open(path, newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        if header != COLUMNS:
            raise ValueError("the columns are %s" % header)
        for row in rows:
            key = tuple(row[:4]) + (row[4].lower(),)
            answer.add(answer.counts, key, int(row[5]))
            answer.add(answer.shares, key, decimals_of(row[6]))
    return answer


def read_calc(path):
    """What `wres calc --format csv` says of single organisations, sections and rows. Groups of nobody are left away."""
    answer = Answer(latest_only=True)
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if (row["indicator"] != "1" or row["group"] == "all" or row["statistic"] not in ("count", "share")
                    or "all" in (row["organisation"], row["section"], row["row"])):
                continue
            key = tuple(row[name] for name in COLUMNS[:5])
            if row["statistic"] == "count":
                answer.add(answer.counts, key, int(row["value"]))
            else:
                answer.add(answer.shares, key, decimals_of(row["value"]))
    for key in [key for key, people in answer.counts.items() if people == 0]:
        share = answer.shares.pop(key)
        if share[0] != 0:
            raise ValueError("%s: nobody, but a share" % (key,))
        del answer.counts[key]
    return answer


def read_cube(path, groups):
    """What a file of `wres cube` counts of the workforce; groups turns its ethnic categories into WRES groups."""
    answer = Answer()
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["record"] == "cell" and row["id"].startswith("workforce"):
                group = groups[row["group"].partition(" {")[0]]
                key = (row["date"], row["organisation"], row["axis_1"], row["axis_2"], group.lower())
                answer.counts[key] = answer.counts.get(key, 0) + int(row["count"])
    return answer


def groups_of_categories():
    with open(os.path.join(ROOT, "data", "codes", "ethnicity.csv"), encoding="utf-8-sig", newline="") as file:
        return {row["category"]: row["group2"] for row in csv.DictReader(file)}


def differences(answer, expected):
    """Where an answer is not the expected one: sentences, none if they agree.

    Counts must be equal cell for cell. A printed share must be what the counts make it, to its last digit (half away from zero).
    """
    latest = max(key[0] for key in expected.counts)
    wanted = {key: people for key, people in expected.counts.items() if key[0] == latest or not answer.latest_only}
    found = ["%s: %s instead of %s" % (" ".join(key), answer.counts.get(key, "missing"), wanted.get(key, "nothing"))
             for key in sorted(set(answer.counts) | set(wanted)) if answer.counts.get(key) != wanted.get(key)]
    if answer.shares and set(answer.shares) != set(answer.counts):
        found.append("there are %d shares of %d counts" % (len(answer.shares), len(answer.counts)))
    whole = collections.Counter()
    for key, people in answer.counts.items():
        whole[key[:4]] += people
    for key, (share, half) in answer.shares.items():
        exact = fractions.Fraction(100 * answer.counts.get(key, 0), max(1, whole[key[:4]]))
        if abs(share - exact) > half or (exact - share == half and half > fractions.Fraction(1, 10 ** 6)):
            found.append("%s: %s%% instead of %s" % (" ".join(key), float(share), float(exact)))
    return found


def main():
    path, lookup, out, distinct = sys.argv[1:5]
    with open(out, "w", newline="") as file:
        write(count(path, read_lookup(lookup), distinct == "1"), file)


if __name__ == "__main__":
    main()
