"""Four official files, read through their settings alone, give the published sums, and shares and ratios computed apart.

The published sums are written here; everything else is recomputed from the raw file with csv and fractions. England's file has more tests of
its own in test_england.py.
"""
import csv
import gzip
import io
import json
import os
import sys
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from cli import ROOT, Case, main, read_rows, run  # noqa: E402

POLICE = os.path.join(ROOT, "data", "examples", "police")
ENGLAND = os.path.join(ROOT, "data", "examples", "england")
ORGANISATIONS = os.path.join(os.path.dirname(HERE), "realdata")
RANKS = {"Constable": "Band 5", "Sergeant": "Band 6", "Inspector": "Band 7", "Chief Inspector": "Band 8a", "Superintendent": "Band 8b",
         "Chief Superintendent": "Band 8c", "Chief Officer": "VSM"}
TIERS = {"lower": ["Constable"], "middle": ["Sergeant", "Inspector"], "upper": ["Chief Inspector", "Superintendent", "Chief Superintendent", "Chief Officer"]}
STEPS = (("lower", "middle"), ("middle", "upper"), ("lower", "upper"))
GROUPS = {"White": "white", "Black, Asian and Minority Ethnic": "bme", "Not stated": "unknown"}


def rounded(value, decimals):
    """Half away from zero, as text."""
    scaled = abs(value) * 10 ** decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = "%s%d" % ("-" if value < 0 and whole else "", whole // 10 ** decimals)
    return text + ".%0*d" % (decimals, whole % 10 ** decimals)


def records(path):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def count(text):
    text = text.strip().replace(",", "")
    return 0 if text == "-" else int(text)


class Police(Case):
    @classmethod
    def setUpClass(cls):
        cls.sums = {}                               # year, force, rank, sex, group: officers; "all" for any of them but year and group
        for record in records(os.path.join(POLICE, "police_force_rank_ethnicity_2003_2006.csv.gz")):
            year, group, number = record["As at 31 March..."], GROUPS[record["Ethnic group"]], count(record["Total (headcount)"])
            for force in (record["Force Name"], "all"):
                for rank in (record["Rank description"], "all"):
                    for sex in (record["Gender"], "all"):
                        key = (year, force, rank, sex, group)
                        cls.sums[key] = cls.sums.get(key, 0) + number
        cls.forces = sorted({key[1] for key in cls.sums} - {"all"})

    def results(self, year, standard, *options):
        outcome = run("calc", "-q", "--as-at", year + "-03-31", "--standard", standard, "--format", "csv", *options, folder=POLICE)
        self.assertEqual(outcome.status, 0, outcome)
        rows = {}
        for row in read_rows(outcome.out):
            key = tuple(row[name] for name in ("organisation", "section", "row", "by_value", "group", "statistic"))
            if row["indicator"] in ("1", "ranks", "disparity"):
                self.assertNotIn((row["indicator"],) + key, rows)
                rows[(row["indicator"],) + key] = row
        return rows

    def people(self, year, force, rank, sex="all"):
        return {group: self.sums.get((year, force, rank, sex, group), 0) for group in GROUPS.values()}

    def test_the_published_sums_of_2006(self):
        rows = self.results("2006", "wres-2025")
        for group, published in (("white", 136322), ("bme", 5277), ("unknown", 1755)):
            self.assertEqual(rows["1", "all", "all", "all", "all", group, "count"]["value"], str(published))
        self.assertEqual(len({key[1] for key in rows} - {"all"}), 43)

    def assert_shares(self, rows, key, people, whole):
        total = sum(people.values())
        for group, number in people.items():
            row = rows.get(key + (group, "count"))
            self.assertEqual(row["value"] if row else "0", str(number), key)
        if not total:
            return
        for group, number in people.items():
            share = rows[key + (group, "share")]
            self.assertEqual((share["numerator"], share["denominator"]), (str(number), str(total)), key)
            self.assertEqual(share["value"], rounded(Fraction(100 * number, total), 1), key)
        difference = Fraction(100 * people["bme"], total) - Fraction(100 * whole["bme"], sum(whole.values()))
        self.assertEqual(rows[key + ("bme", "difference")]["value"], rounded(difference, 1), key)

    def test_shares_of_every_rank_and_year(self):
        for year in ("2003", "2004", "2005", "2006"):
            rows = self.results(year, "police-ranks.yaml")
            for force in ["all"] + self.forces:
                whole = self.people(year, force, "all")
                self.assert_shares(rows, ("ranks", force, "all", "all", "all"), whole, whole)
                for rank in RANKS:
                    self.assert_shares(rows, ("ranks", force, "all", rank, "all"), self.people(year, force, rank), whole)

    def test_shares_through_the_mapping_alone(self):
        """A standard that is built in, and ranks that the settings set beside its bands."""
        rows = self.results("2006", "wres-2025")
        whole = self.people("2006", "all", "all")
        for rank, band in RANKS.items():
            self.assert_shares(rows, ("1", "all", "all", band, "all"), self.people("2006", "all", rank), whole)

    def ratio(self, year, force, lower, upper):
        def officers(tier, group):
            return sum(self.people(year, force, rank)[group] for rank in TIERS[tier])
        white, bme = [(officers(upper, group), officers(lower, group)) for group in ("white", "bme")]
        if not (white[1] and bme[1] and bme[0]):
            return None
        return Fraction(white[0], white[1]) / Fraction(bme[0], bme[1])

    def assert_ratios(self, rows, year, names):
        seen = 0
        for force in ["all"] + self.forces:
            for lower, upper in STEPS:
                row, want = rows["disparity", force, "all", names(lower, upper), "all", "white/bme", "ratio"], self.ratio(year, force, lower, upper)
                if want is None:
                    self.assertEqual((row["status"], row["value"]), ("not calculable", ""), (force, lower, upper))
                else:
                    self.assertEqual((row["status"], row["value"]), ("ok", rounded(want, 2)), (force, lower, upper))
                    seen += 1
        self.assertGreater(seen, 40, "hardly a ratio was there to compare")

    def test_disparity_ratios_through_the_mapping_alone(self):
        for year in ("2003", "2004", "2005", "2006"):
            self.assert_ratios(self.results(year, "disparity"), year, lambda lower, upper: "%s-%s" % (lower, upper))

    def test_disparity_ratios_by_rank(self):
        words = {"lower": "constables", "middle": "sergeants and inspectors", "upper": "higher ranks"}
        self.assert_ratios(self.results("2006", "police-ranks.yaml"), "2006", lambda lower, upper: "%s-%s" % (words[lower], words[upper]))

    def test_by_sex(self):
        rows = self.results("2006", "police-ranks.yaml", "--by", "sex")
        for sex in ("Female", "Male"):
            for rank in ("all", "Constable", "Chief Officer"):
                for group, number in self.people("2006", "all", rank, sex).items():
                    row = rows.get(("ranks", "all", "all", rank, sex, group, "count"))
                    self.assertEqual(row["value"] if row else "0", str(number), (sex, rank, group))

    def test_a_dash_is_nothing_without_the_settings(self):
        """In another file it hides a number: this one's meaning stands in its settings."""
        with open(os.path.join(POLICE, "wres.yaml"), encoding="utf-8") as file:
            settings = file.read()
        self.assertIn("    zero: [", settings)
        self.write("wres.yaml", "".join(line for line in settings.splitlines(True) if not line.startswith("    zero:")))
        with open(os.path.join(POLICE, "police_force_rank_ethnicity_2003_2006.csv.gz"), "rb") as file:
            self.write("police_force_rank_ethnicity_2003_2006.csv.gz", file.read())
        outcome = self.wres("calc")
        self.assertEqual(outcome.status, 3, outcome)
        self.assertRegex(outcome.err, r"police_force_rank_ethnicity_2003_2006\.csv\.gz:2: count: ")


class England(Case):
    def test_june_2022(self):
        outcome = run("calc", "-q", "--as-at", "2022-06-01", "--format", "csv", folder=ENGLAND)
        self.assertEqual(outcome.status, 0, outcome)
        rows = {(r["row"], r["group"], r["statistic"]): r["value"] for r in read_rows(outcome.out) if r["indicator"] == "1" and r["section"] == "all"}
        for group, published in (("white", 986722), ("bme", 339488), ("unknown", 61525 + 78)):
            self.assertEqual(rows["all", group, "count"], str(published))
        self.assertEqual(rows["all", "bme", "share"], "24.5")


class Organisations(Case):
    """Files without ethnicity: a check reads them, says that nothing can be computed, and what is in the columns."""

    def columns(self, settings, file):
        outcome = run("check", "--settings", settings, "--format", "json", folder=ORGANISATIONS)
        self.assertEqual(outcome.status, 3, outcome)
        report = json.loads(outcome.out)
        errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
        self.assertEqual([(error["file"], error["field"]) for error in errors], [(file, "ethnicity")], outcome)
        return {column["field"]: column for column in report["columns"]}

    def compared(self, settings, file, keep, grade, published_fte, published_organisations):
        raw = [record for record in records(os.path.join(ORGANISATIONS, file)) if keep(record)]
        columns = self.columns(settings, file)
        whole = sum(Fraction(record["FTE"]) for record in raw)
        self.assertEqual(Fraction(str(columns["fte"]["sum"])), whole)
        self.assertEqual(rounded(whole, 1), published_fte)
        self.assertEqual(columns["organisation"]["distinct"], published_organisations)
        self.assertEqual(columns["organisation"]["distinct"], len({record["ORG_CODE"] for record in raw}))
        self.assertEqual((columns["snapshot_date"]["earliest"], columns["snapshot_date"]["latest"]), ("2017-09-30", "2017-09-30"))
        self.assertEqual((columns[grade]["filled"], columns[grade]["unmapped"]), (len(raw), 0))

    def weighed(self, settings, file, keep, published_fte, organisations):
        """The cells of a cube add up to what the rows do, organisation by organisation, to the last decimal."""
        outcome = run("cube", "--weight", "fte", "-q", "--settings", settings, folder=ORGANISATIONS)
        self.assertEqual(outcome.status, 0, outcome)
        sums, own = {}, {}
        for cell in csv.DictReader(io.StringIO(outcome.out.decode())):
            if cell["record"] == "cell":
                sums[cell["organisation"]] = sums.get(cell["organisation"], 0) + Fraction(cell["count"])
        for record in records(os.path.join(ORGANISATIONS, file)):
            if keep(record):
                own[record["ORG_CODE"]] = own.get(record["ORG_CODE"], 0) + Fraction(record["FTE"])
        self.assertEqual(sums, own)
        self.assertEqual(rounded(sum(sums.values()), 1), published_fte)
        self.assertEqual(len(sums), organisations)

    def test_weighed(self):
        doctors, others = "nhs_org_medical_grade_2017.csv.gz", "nhs_org_nonmedical_afcband_2017.csv.gz"
        self.weighed("medical.yaml", doctors, lambda record: True, "109002.3", 357)
        self.weighed("consultants.yaml", doctors, lambda record: record["GRADE"].startswith("Consultant"), "45824.9", 253)
        self.weighed("non-medical.yaml", others, lambda record: True, "943960.8", 429)

    def test_doctors(self):
        file = "nhs_org_medical_grade_2017.csv.gz"
        self.compared("medical.yaml", file, lambda record: True, "medical_grade", "109002.3", 357)

    def test_consultants(self):
        """45,824.9 FTE, as published; the 357 organisations are those of all doctors, and 253 of them have consultants."""
        file = "nhs_org_medical_grade_2017.csv.gz"
        self.compared("consultants.yaml", file, lambda record: record["GRADE"].startswith("Consultant"), "medical_grade", "45824.9", 253)

    def test_other_staff(self):
        file = "nhs_org_nonmedical_afcband_2017.csv.gz"
        self.compared("non-medical.yaml", file, lambda record: True, "pay_band", "943960.8", 429)


if __name__ == "__main__":
    main()
