"""docs/standard-format.md: its files are written, its commands run, and what it shows is what is printed; and the figures are counted
again from the example's own records."""
import csv
import datetime
import os
import re
import shlex
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import oracle  # noqa: E402
from cli import EXAMPLE, ROOT, Case, main, read_rows  # noqa: E402

PAGE = os.path.join(ROOT, "docs", "standard-format.md")
CUSTOM = os.path.join(ROOT, "data", "examples", "custom")
CODES = os.path.join(ROOT, "data", "codes")
AS_AT = datetime.date(2025, 3, 31)


def blocks():
    """The fenced blocks of the page in order: what they are, and their text."""
    with open(PAGE, encoding="utf-8") as page:
        return re.findall(r"^```(\w*)\n(.*?)^```$", page.read(), re.M | re.S)


def in_window(text):
    return datetime.date(2024, 3, 31) < oracle.day_of(text[:10]) <= AS_AT


class Page(Case):
    def setUp(self):
        super().setUp()
        os.symlink(os.path.join(ROOT, "data"), self.path("data"))
        self.files = []
        for kind, text in blocks():
            if kind == "yaml" and text.startswith("# "):
                self.files.append(self.write(text.splitlines()[0][2:], text))

    def test_files(self):
        self.assertEqual(self.files, ["our-trust.yaml", "patients.yaml", "restraints.yaml", "restraint.yaml"])

    def test_commands_print_what_the_page_shows(self):
        ran, shown = 0, 0
        last = ""
        for kind, text in blocks():
            if kind == "sh":
                for line in text.splitlines():
                    words = shlex.split(line)
                    self.assertEqual(words[0], "wres")
                    outcome = self.wres(*words[1:])
                    self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
                    last = outcome.out.decode("utf-8")
                    ran += 1
            elif kind == "":
                for line in text.splitlines():
                    if line != "…":
                        self.assertIn("\n" + line + "\n", last)
                        shown += 1
        self.assertEqual((ran, shown), (4, 10))

    def test_snippets_are_good(self):
        """Parts and steps as the page has them, in an indicator."""
        head = "standard: s\ntitle: S\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}\nindicators:\n"
        begin = "  - id: x\n    title: X\n    certainty: U\n"
        seen = 0
        for kind, text in blocks():
            if kind != "yaml" or text.startswith("# "):
                continue
            share = "    measure: share\n    of: {table: workforce}\n"
            likelihood = "    measure: likelihood\n    ratio: reference / group\n    words: {people: p, event: e}\n"
            self.write("x.yaml", head + begin + (share if "parts:" in text else likelihood) + text)
            outcome = self.wres("explain", "x.yaml")
            self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
            seen += 1
        self.assertEqual(seen, 2)

    def test_every_key_has_its_place(self):
        """The keys that the program names in its messages are the keys of the page."""
        with open(PAGE, encoding="utf-8") as page:
            told = set(re.findall(r"`([a-z_]+)[`:]", page.read()))
        self.write("bad.yaml", "zz: 1\n")
        self.write("bad-table.yaml", "zz: 1\nfields: [{zz: 1}]\n")
        begin = "standard: s\ntitle: S\ncertainty: U\ncompare: {zz: 1}\nindicators:\n"
        runs = [("explain", "bad.yaml"), ("tables", "--table", "bad-table.yaml")]
        for measure in ("share", "likelihood", "rate", "gap", "disparity", "goal"):
            self.write(measure + ".yaml", begin + "  - {id: x, title: x, certainty: U, measure: %s, zz: 1, words: {zz: 1}, of: {zz: 1}, events: {zz: 1}, "
                       "parts: [{zz: 1}], tiers: [{zz: 1}], scopes: [{zz: 1}], steps: [{zz: 1}]}\n" % measure)
            runs.append(("explain", measure + ".yaml"))
        keys = set()
        for arguments in runs:
            for listed in re.findall(r"zz: not a key of .*?; the keys are (.*)", self.wres(*arguments).err):
                keys |= set(listed.split(", "))
        self.assertGreater(len(keys), 40)
        self.assertEqual(sorted(keys - told), [])

    def test_promotions_counted_again(self):
        data = oracle.Data(EXAMPLE, CODES)
        workforce = oracle.Workforce(data, [])
        staff = workforce.counted[AS_AT]
        over, events, nurses = {}, {}, {}
        for person in staff.values():
            over[person.ethnicity["group2"]] = over.get(person.ethnicity["group2"], 0) + 1
        with open(os.path.join(EXAMPLE, "movements.csv"), encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                person = workforce.link(row["Employee Number"].strip(), AS_AT)
                if row["Kind"] == "Promotion" and in_window(row["Date"]) and person and person != "left out":
                    events[person.ethnicity["group2"]] = events.get(person.ethnicity["group2"], 0) + 1
        rows = self.calc("-q", "--settings", "data/examples/trust/wres.yaml", "--standard", "our-trust.yaml")
        printed = {r["group"]: (float(r["numerator"]), int(r["denominator"])) for r in rows if r["indicator"] == "promotion" and r["statistic"] == "rate"}
        self.assertEqual(printed, {g.lower(): (events.get(g, 0), over[g]) for g in over})
        for line, bands in (("Band 7 and above", {"Band 7", "Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"}),
                            ("Band 8a and above", {"Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"})):
            nurses[line] = {}
            for identifier, person in staff.items():
                chosen = [r for r in workforce.rows[AS_AT][identifier] if workforce.is_staff(r)]
                groups = {oracle.name_of(r["staff_group"]) for r in chosen}
                if groups == {"nursing and midwifery registered"} and person.row in bands:
                    nurses[line][person.ethnicity["group2"].lower()] = nurses[line].get(person.ethnicity["group2"].lower(), 0) + 1
            counts = {r["group"]: int(r["value"]) for r in rows if (r["indicator"], r["row"], r["statistic"]) == ("nurses", line, "count")}
            self.assertEqual(counts.pop("all"), sum(nurses[line].values()))
            self.assertEqual(counts, nurses[line])

    def test_restraints_counted_again(self):
        ethnicities = oracle.CodeList(os.path.join(CODES, "ethnicity.csv"))
        counts = {}
        for table, day in (("patients", "Admission Date"), ("restraints", "Event Date")):
            people = {}
            with open(os.path.join(CUSTOM, table + ".csv"), encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    if in_window(row[day]):
                        people.setdefault(row["Patient ID"], set()).add(ethnicities.look_up(row["Ethnic Origin"])["group2"])
            counts[table] = dict.fromkeys(("white", "bme", "unknown"), 0)
            for groups in people.values():
                known = sorted(groups - {"Unknown"} or groups)
                self.assertEqual(len(known), 1)
                counts[table][known[0].lower()] += 1
        rows = self.calc("-q", "--standard", "restraint.yaml", "--table", "patients.yaml", "--table", "restraints.yaml", "--as-at", "2025-03-31",
                         "patients=data/examples/custom/patients.csv", "restraints=data/examples/custom/restraints.csv")
        printed = {r["group"]: (int(r["numerator"]), int(r["denominator"])) for r in rows if r["statistic"] == "rate"}
        self.assertEqual(printed, {g: (counts["restraints"][g], counts["patients"][g]) for g in ("white", "bme", "unknown")})
        with_settings = self.calc("-q", "--settings", "data/examples/custom/wres.yaml")
        self.assert_same_rows(rows, with_settings)


main()
