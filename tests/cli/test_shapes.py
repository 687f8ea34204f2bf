"""The same facts in the shapes in which exports come: one row for each person, counted rows, flags, percentages; one organisation or several."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, by_key, main, table_text  # noqa: E402
from formulas import rounded  # noqa: E402

AS_AT = ("--as-at", "2025-03-31")
NURSES, CLERKS, DOCTORS = "Nursing and Midwifery Registered", "Administrative and Clerical", "Medical and Dental"

# Furthest stages: White 200 shortlisted in all, 60 of them appointed; BME 100 and 20; the others were not shortlisted.
STAGES = {"Applied": (300, 250, 20), "Longlisted": (10, 9, 0), "Shortlisted": (90, 50, 4), "Interviewed": (40, 25, 1), "Offered": (10, 5, 0), "Appointed": (60, 20, 2)}
ORDER = list(STAGES)
GROUPS = ("White - British", "African", "Not Stated")

# Of each row of indicator 1: band, medical grade, staff group, and heads of White, BME and unknown.
STAFF = (("Band 2", "", CLERKS, 40, 12, 3), ("Band 5", "", NURSES, 110, 70, 6), ("Band 5", "", CLERKS, 20, 5, 0), ("Band 8a", "", NURSES, 18, 2, 1), ("VSM", "", CLERKS, 7, 1, 0),
         ("", "Consultant", DOCTORS, 21, 17, 1), ("", "Foundation Year 1", DOCTORS, 8, 9, 0))

# Answers of yes and of no, White and BME.
ANSWERS = {"Q14a": ((27, 73), (14, 36)), "Q14bc": ((20, 80), (15, 35)), "Q15": ((58, 42), (20, 30)), "Q16b": ((7, 93), (8, 42))}


class Shapes(Case):
    def indicator(self, number, *arguments, **more):
        return [row for row in self.calc(*arguments, "-q", **more) if row["indicator"] == number]

    def value(self, rows, group, statistic, **names):
        names = dict({"section": "all", "row": "all", "by": "all"}, group=group, statistic=statistic, **names)
        found = [row for row in rows if all(row[name] == wanted for name, wanted in names.items())]
        self.assertEqual(len(found), 1, names)
        return found[0]

    def assert_rate(self, rows, group, x, n, **names):
        row = self.value(rows, group, "rate", **names)
        self.assertEqual((row["numerator"], row["denominator"]), (str(x), str(n)), row)


class Recruitment(Shapes):
    header = ["Application Date", "Ethnic Origin"]

    def applications(self):
        """(ethnicity, furthest stage), one for each application."""
        return [(ethnicity, stage) for stage, counts in STAGES.items() for ethnicity, count in zip(GROUPS, counts) for _ in range(count)]

    def expected(self, rows):
        self.assert_rate(rows, "white", 60, 200)
        self.assert_rate(rows, "bme", 20, 100)
        self.assert_rate(rows, "unknown", 2, 7)
        ratio = self.value(rows, "white/bme", "ratio")
        self.assertEqual((ratio["value"], ratio["flag"]), ("1.50", "above"))

    def test_shapes(self):
        flags = ORDER[:1] + ORDER[2:]
        each = self.applications()
        shapes = {
            "stages": (self.header + ["Stage"], [["2025-01-31", e, s] for e, s in each]),
            "stages of persons": (self.header + ["Vacancy Ref", "Applicant ID", "Stage"], [["2025-01-31", e, "V%d" % (n % 40), "P%d" % n, s] for n, (e, s) in enumerate(each)]),
            "every stage a row": (self.header + ["Vacancy Ref", "Applicant ID", "Stage"], [["2025-01-31", e, "V%d" % (n % 40), "P%d" % n, reached] for n, (e, s) in enumerate(each)
                                                                                           for reached in ORDER[:ORDER.index(s) + 1]]),
            "flags": (self.header + flags, [["2025-01-31", e] + ["Y" if ORDER.index(f) <= ORDER.index(s) else "N" for f in flags] for e, s in each]),
            "flags of the furthest stage alone": (self.header + flags, [["2025-01-31", e] + ["Yes" if f == s else "" for f in flags] for e, s in each]),
            "two flags": (self.header + ["Shortlisted", "Appointed"], [["2025-01-31", e, int(ORDER.index(s) >= 2), int(s == "Appointed")] for e, s in each]),
            "counts": (self.header + ["Stage", "Count"], [["2025-01-31", e, s, count] for s, counts in STAGES.items() for e, count in zip(GROUPS, counts)]),
            "counts in several rows": (self.header + ["Stage", "Count"], [["2024-%02d-15" % month, e, s, part] for s, counts in STAGES.items() for e, count in zip(GROUPS, counts)
                                                                          for month, part in ((4, count // 2), (12, count - count // 2))]),
            "counted flags": (self.header + flags + ["Count"], [["2025-01-31", e] + ["Y" if ORDER.index(f) <= ORDER.index(s) else "N" for f in flags] + [count]
                                                                for s, counts in STAGES.items() for e, count in zip(GROUPS, counts)]),
            "no date": (["Ethnic Origin", "Stage", "Count"], [[e, s, count] for s, counts in STAGES.items() for e, count in zip(GROUPS, counts)]),
        }
        first = None
        for name, (header, rows) in shapes.items():
            with self.subTest(name):
                self.write("recruitment.csv", table_text(header, rows))
                result = self.indicator("2", "recruitment=recruitment.csv", *AS_AT)
                self.expected(result)
                first = first or result
                self.assert_same_rows(result, first)

    def test_window(self):
        """(31 March 2024, 31 March 2025], by the date of the application."""
        for day, inside in (("2024-03-31", False), ("2024-04-01", True), ("2025-03-31", True), ("2025-04-01", False)):
            with self.subTest(day):
                rows = [[day, "African", "Appointed", 5], ["2024-10-01", "African", "Shortlisted", 10], ["2024-10-01", "White - British", "Appointed", 10]]
                self.write("recruitment.csv", table_text(self.header + ["Stage", "Count"], rows))
                self.assert_rate(self.indicator("2", "recruitment=recruitment.csv", *AS_AT), "bme", 5 if inside else 0, 15 if inside else 10)

    def test_zero_rates(self):
        for white, bme, status, value, flag in (((0, 10), (5, 10), "ok", "0.00", "below"), ((5, 10), (0, 10), "not calculable", "", ""), ((0, 10), (0, 10), "not calculable", "", ""),
                                                ((0, 0), (5, 10), "not calculable", "", ""), ((5, 10), (0, 0), "not calculable", "", ""), ((8, 10), (10, 10), "ok", "0.80", "within"),
                                                ((10, 10), (8, 10), "ok", "1.25", "within"), ((79999, 100000), (1, 1), "ok", "0.80", "below"), ((125001, 1000000), (1, 10), "ok", "1.25", "above")):
            with self.subTest(white=white, bme=bme):
                rows = [["2025-01-31", e, s, n] for e, (x, all_) in (("White - British", white), ("African", bme)) for s, n in (("Appointed", x), ("Shortlisted", all_ - x))]
                self.write("recruitment.csv", table_text(self.header + ["Stage", "Count"], rows + [["2025-01-31", "Not Stated", "Shortlisted", 1]]))
                ratio = self.value(self.indicator("2", "recruitment=recruitment.csv", *AS_AT), "white/bme", "ratio")
                self.assertEqual((ratio["status"], ratio["value"], ratio["flag"]), (status, value, flag), ratio)
                self.assertTrue(ratio["note"])
                if value == "0.00":
                    self.assertIn("adjusted", ratio["note"])
                    self.assertTrue(ratio["lower"] and ratio["upper"])


class Survey(Shapes):
    def expected(self, rows, indicators="5678", counts=True):
        for indicator, question in zip("5678", ("Q14a", "Q14bc", "Q15", "Q16b")):
            if indicator not in indicators:
                continue
            own = [row for row in rows if row["indicator"] == indicator]
            shares = []
            for group, (yes, no) in zip(("white", "bme"), ANSWERS[question]):
                row = self.value(own, group, "rate")
                self.assertEqual(row["value"], rounded(100 * yes / (yes + no), 1), row)
                self.assertEqual((row["numerator"], row["denominator"]), (str(yes) if counts else "", str(yes + no)), row)
                shares.append(yes / (yes + no))
            self.assertEqual(self.value(own, "bme-white", "difference")["value"], rounded(100 * (shares[1] - shares[0]), 1))
            tests = [row for row in own if row["statistic"] == "p_value"]
            self.assertEqual(len(tests), 1 if counts else 0)

    def respondents(self):
        """One row for each answer. Q14bc is Q14b and Q14c: half of those who said yes did so in one, a quarter in both; one was left blank."""
        rows = []
        for group, (ethnicity, answers) in enumerate((("White - British", [ANSWERS[q][0] for q in ANSWERS]), ("African", [ANSWERS[q][1] for q in ANSWERS]))):
            for place, question in enumerate(ANSWERS):
                yes, no = answers[place]
                for n in range(yes + no):
                    who = "%d-%d" % (group, n)
                    if question != "Q14bc":
                        rows.append(["2024", who, ethnicity, question, ("Yes" if question != "Q14a" else "3-5") if n < yes else ("No" if question != "Q14a" else "Never")])
                        continue
                    first, second = ("1-2", "Never") if n % 4 < 2 else ("Never", "More than 10") if n % 4 == 2 else ("1-2", "6-10")
                    rows.append(["2024", who, ethnicity, "Q14b", first if n < yes else "Never" if n % 3 else ""])
                    rows.append(["2024", who, ethnicity, "Q14c", second if n < yes else "Never"])
        return rows

    def survey(self, header, rows):
        self.write("survey.csv", table_text(header, rows))
        return self.calc("survey=survey.csv", *AS_AT, "-q")

    def counted(self, question):
        return [["2024", ethnicity, question, answer, n] for ethnicity, counts in zip(("White", "BME"), ANSWERS[question]) for answer, n in zip(("Yes", "No"), counts)]

    def test_respondents(self):
        self.expected(self.survey(["Survey Year", "Respondent ID", "Ethnicity", "Question", "Answer"], self.respondents()))

    def test_counted_answers(self):
        rows = [row for question in ANSWERS for row in self.counted(question)]
        self.expected(self.survey(["Survey Year", "Ethnicity", "Question", "Answer", "Count"], rows))

    def test_percentages(self):
        rows = [["2024", ethnicity, question, "%.1f" % (100 * yes / (yes + no)), yes + no] for question in ANSWERS for ethnicity, (yes, no) in zip(("White", "BME"), ANSWERS[question])]
        header = ["Survey Year", "Ethnicity", "Question", "Percent", "Base"]
        self.expected(self.survey(header, rows), counts=False)
        self.expected(self.survey(header, [row[:3] + [row[3] + "%"] + row[4:] for row in rows]), counts=False)

    def test_hidden_percentage(self):
        rows = [["2024", "White", "Q14a", "27.0", 100], ["2024", "BME", "Q14a", "*", 9]]
        own = [row for row in self.survey(["Survey Year", "Ethnicity", "Question", "Percent", "Base"], rows) if row["indicator"] == "5"]
        hidden = self.value(own, "bme", "rate")
        self.assertEqual((hidden["status"], hidden["value"], hidden["numerator"]), ("suppressed", "", ""))
        self.assertEqual(self.value(own, "bme-white", "difference")["status"], "suppressed")
        self.assertEqual(self.value(own, "white", "rate")["value"], "27.0")

    def test_two_counted_questions_do_not_join(self):
        header = ["Survey Year", "Ethnicity", "Question", "Answer", "Count"]
        rows = [["2024", e, question, answer, 20] for e in ("White", "BME") for question in ("Q14b", "Q14c") for answer in ("Yes", "No")]
        own = [row for row in self.survey(header, rows) if row["indicator"] == "6"]
        self.assertEqual([(row["status"], row["value"], row["group"]) for row in own], [("not calculable", "", "all")])
        self.assertIn("respondent_id", own[0]["note"])

    def test_year(self):
        """The latest survey before the as-at year."""
        header = ["Survey Year", "Ethnicity", "Question", "Answer", "Count"]
        rows = [[year, e, "Q14a", answer, n] for year, n in (("2022", 5), ("2023", 10), ("2025", 30)) for e in ("White", "BME") for answer in ("Yes", "No")]
        own = [row for row in self.survey(header, rows) if row["indicator"] == "5"]
        self.assert_rate(own, "white", 10, 20)


class Workforce(Shapes):
    def test_shapes(self):
        header = ["Effective Date", "Organisation", "Grade", "Medical Grade", "Staff Group", "Ethnic Origin"]
        people = [["2025-03-31", "RGX", band, grade, group, e] for band, grade, group, *counts in STAFF for e, n in zip(GROUPS, counts) for _ in range(n)]
        sums = [["2025-03-31", "RGX", band, grade, group, e, n] for band, grade, group, *counts in STAFF for e, n in zip(GROUPS, counts)]
        shapes = {
            "records": (header + ["Employee Number"], [row + ["P%d" % n] for n, row in enumerate(people)]),
            "records without identifier": (header, people),
            "records each counted 1": (header + ["Count"], [row + [1] for row in people]),
            "records twice": (header + ["Employee Number"], [row + ["P%d" % n] for n, row in enumerate(people)] * 2),
            "counted": (header + ["Headcount"], sums),
            "counted in halves": (header + ["Headcount"], [row[:-1] + [part] for row in sums for part in (row[-1] // 2, row[-1] - row[-1] // 2)]),
            "counted, without date": (header[1:] + ["Headcount"], [row[1:] for row in sums]),
            "one grade column": (["Effective Date", "Organisation", "Grade", "Staff Group", "Ethnic Origin", "Headcount"], [row[:2] + [row[2] or row[3]] + row[4:] for row in sums]),
        }
        first = None
        for name, (header, rows) in shapes.items():
            with self.subTest(name):
                self.write("workforce.csv", table_text(header, rows))
                if name == "one grade column":
                    self.write("wres.yaml", "inputs:\n  workforce:\n    file: workforce.csv\n    columns: {pay_band: Grade, medical_grade: Grade}\n")
                result = self.indicator("1", "workforce=workforce.csv", *AS_AT)
                first = first or result
                self.assert_same_rows(result, first, name)
        rows = by_key(first, "standard", "indicator", "organisation", "period", "by", "by_value")
        for section, row, white, bme, unknown in (("all", "all", 224, 116, 11), ("all", "Band 5", 130, 75, 6), ("clinical", "Band 5", 110, 70, 6), ("non-clinical", "Band 5", 20, 5, 0),
                                                  ("clinical", "all", 128, 72, 7), ("non-clinical", "all", 67, 18, 3), ("medical", "all", 29, 26, 1), ("medical", "Trainee grade", 8, 9, 0)):
            for group, count in (("white", white), ("bme", bme), ("unknown", unknown), ("all", white + bme + unknown)):
                self.assertEqual(rows[section, row, group, "count"]["value"], str(count), (section, row, group))

    def test_blanks_around_counts(self):
        header = ["Effective Date", "Ethnic Origin", "Grade", "Staff Group", "Count"]
        self.write("workforce.csv", table_text(header, [["2025-03-31", "White - British", "Band 5", NURSES, " 12 "], ["2025-03-31", "African", "Band 5", NURSES, "0"]]))
        rows = self.indicator("1", "workforce=workforce.csv")
        self.assertEqual(self.value(rows, "white", "count")["value"], "12")
        self.assertEqual(self.value(rows, "bme", "count")["value"], "0")


class Organisations(Shapes):
    """Three trusts: counts of White and BME staff, and of them in cases, training, shortlisting and appointment."""

    TRUSTS = {"RAA": (80, 20), "RBB": (50, 50), "RCC": (30, 10)}
    CASES = {"RAA": (4, 3), "RBB": (2, 4), "RCC": (0, 1)}
    HIRED = {"RAA": ((10, 40), (4, 30)), "RBB": ((6, 20), (5, 25)), "RCC": ((3, 9), (1, 4))}
    BOARD = {"RAA": ("2025-03-01", 9, 1), "RBB": ("2024-11-01", 6, 4), "RCC": ("2025-01-01", 5, 0)}

    def setUp(self):
        super().setUp()
        self.people = []
        for trust, counts in self.TRUSTS.items():
            for ethnicity, count, mark in zip(GROUPS, counts, "WB"):
                self.people += [["2025-03-31", trust, "%s%s%d" % (trust, mark, n), ethnicity, "Band 5", NURSES] for n in range(count)]
        self.write("workforce.csv", table_text(["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group"], self.people))
        self.put_cases(True)
        rows = [["2025-01-31", trust, e, stage, n] for trust, parts in self.HIRED.items() for e, (x, all_) in zip(GROUPS, parts) for stage, n in (("Appointed", x), ("Shortlisted", all_ - x))]
        self.write("recruitment.csv", table_text(["Date", "Organisation", "Ethnicity", "Stage", "Count"], rows))
        rows = [[date, trust, e, "Y", "N", n] for trust, (date, *counts) in self.BOARD.items() for e, n in zip(GROUPS, counts)] + [["2024-03-01", "RAA", "African", "Y", "Y", 9]]
        self.write("board.csv", table_text(["Date", "Organisation", "Ethnicity", "Voting", "Executive", "Count"], rows))

    def put_cases(self, with_organisation):
        header = ["Date Entered", "Organisation", "Employee Number", "Case Type", "Formal"]
        rows = [["2025-01-31", trust, "%s%s%d" % (trust, mark, n), "Disciplinary", "Y"] for trust, counts in self.CASES.items() for mark, count in zip("WB", counts) for n in range(count)]
        keep = [0, 2, 3, 4] if not with_organisation else range(5)
        self.write("cases.csv", table_text([header[n] for n in keep], [[row[n] for n in keep] for row in rows]))

    def rows(self, *more):
        return self.calc("workforce=workforce.csv", "cases=cases.csv", "recruitment=recruitment.csv", "board=board.csv", "-q", *more)

    def check(self, rows, trusts, organisation, cases=True):
        """The figures of some trusts together, under one code."""
        own = [row for row in rows if row["organisation"] == organisation]
        add = lambda numbers: [sum(column) for column in zip(*numbers)]  # noqa: E731
        white, bme = add([self.TRUSTS[t] for t in trusts])
        first = [row for row in own if row["indicator"] == "1"]
        self.assertEqual([self.value(first, g, "count")["value"] for g in ("white", "bme", "all")], [str(white), str(bme), str(white + bme)])
        second = [row for row in own if row["indicator"] == "2"]
        for group, (x, n) in zip(("white", "bme"), [add([self.HIRED[t][g] for t in trusts]) for g in (0, 1)]):
            self.assert_rate(second, group, x, n)
        third = [row for row in own if row["indicator"] == "3"]
        if cases:
            for group, x, n in zip(("white", "bme"), add([self.CASES[t] for t in trusts]), (white, bme)):
                self.assert_rate(third, group, x, n)
        ninth = [row for row in own if row["indicator"] == "9"]
        members = add([self.BOARD[t][1:] for t in trusts])
        row = self.value(ninth, "bme", "share", section="board")
        self.assertEqual((row["numerator"], row["denominator"]), (str(members[1]), str(sum(members))))

    def test_each_and_pooled(self):
        rows = self.rows()
        self.assertEqual({row["organisation"] for row in rows}, {"all", "RAA", "RBB", "RCC"})
        self.check(rows, list(self.TRUSTS), "all")
        for trust in self.TRUSTS:
            with self.subTest(trust):
                self.check(rows, [trust], trust)

    def test_one_of_them(self):
        whole = self.rows()
        for trust in self.TRUSTS:
            with self.subTest(trust):
                rows = [row for row in self.rows("--organisation", trust) if row["status"] != "not supplied"]
                self.assertEqual({row["organisation"] for row in rows}, {trust})
                self.check(rows, [trust], trust)
                beside = ("difference_from_pooled", "funnel_95", "funnel_998", "funnel_998_overdispersed")     # need the others
                self.assert_same_rows(rows, [row for row in whole if row["organisation"] == trust and row["statistic"] not in beside])

    def test_events_without_organisation(self):
        """Several trusts: such events belong to all of them together; one trust: to that one."""
        self.put_cases(False)
        self.check(self.rows(), list(self.TRUSTS), "all")
        self.write("workforce.csv", table_text(["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group"], [row for row in self.people if row[1] == "RBB"]))
        self.CASES = dict(self.CASES, RAA=(0, 0), RCC=(0, 0))
        self.put_cases(False)
        rows = self.calc("workforce=workforce.csv", "cases=cases.csv", "-q")
        self.assertEqual({row["organisation"] for row in rows if row["status"] != "not supplied"}, {"RBB"})
        self.assert_rate([row for row in rows if row["indicator"] == "3"], "bme", 4, 50)

    def test_person_of_two_organisations(self):
        """Counted once in each of them, and twice in the pool."""
        self.people.append(["2025-03-31", "RBB"] + self.people[0][2:])
        self.write("workforce.csv", table_text(["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group"], self.people))
        rows = [row for row in self.rows() if row["indicator"] == "1"]
        self.assertEqual([self.value(rows, "white", "count", organisation=o)["value"] for o in ("RAA", "RBB", "RCC", "all")], ["80", "51", "30", "161"])


class International(Shapes):
    """A campaign abroad appoints nearly all of those it shortlists; how the others fare is seen without it."""

    COUNTS = {("White - British", "No"): (30, 100), ("White - British", ""): (10, 20), ("White - British", "Yes"): (4, 5),
              ("African", "No"): (8, 50), ("African", "Yes"): (45, 50)}

    def rows(self, *arguments):
        rows = [["2025-01-31", ethnicity, mark, "Appointed" if n < appointed else "Shortlisted"]
                for (ethnicity, mark), (appointed, shortlisted) in self.COUNTS.items() for n in range(shortlisted)]
        self.write("recruitment.csv", table_text(["Application Date", "Ethnic Origin", "International Recruit", "Stage"], rows))
        return self.indicator("2", "recruitment=recruitment.csv", "--standard", "international-recruits", *AS_AT, *arguments)

    def test_side_by_side(self):
        rows = self.rows()
        for row, white, bme, ratio in (("all applicants", (44, 125), (53, 100), "0.66"), ("without international recruits", (40, 120), (8, 50), "2.08"),
                                       ("international recruits", (4, 5), (45, 50), "0.89")):
            self.assert_rate(rows, "white", *white, row=row)
            self.assert_rate(rows, "bme", *bme, row=row)
            self.assertEqual(self.value(rows, "white/bme", "ratio", row=row)["value"], ratio)

    def test_table_has_a_line_each(self):
        self.rows()
        table = self.wres("calc", "recruitment=recruitment.csv", "--standard", "international-recruits", *AS_AT, "--format", "table").out.decode("utf-8")
        lines = [" ".join(line.split()) for line in table.splitlines()]
        self.assertIn("without international recruits 33.3% 16.0% White/BME 2.08 \u25b2 above", lines)
        self.assertIn("international recruits 80.0% 90.0% White/BME 0.89 \u25cf within", lines)
        self.assertNotIn("Other figures", lines)


if __name__ == "__main__":
    main()
