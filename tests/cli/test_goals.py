"""wres goals: its options and settings, what it refuses, its three formats, and that it never calls a setting official."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import EXAMPLE, ROOT, Case, by_key, main, read_rows, table_text  # noqa: E402

HEADER = ["Date", "Organisation", "Ethnicity", "Band", "Count"]
STAFF = [["2024-03-31", "RAA", "A", "8a", 90], ["2024-03-31", "RAA", "N", "8a", 10], ["2024-03-31", "RAA", "A", "5", 60],
         ["2024-03-31", "RAA", "N", "5", 40], ["2025-03-31", "RAA", "A", "8a", 95], ["2025-03-31", "RAA", "N", "8a", 15],
         ["2025-03-31", "RAA", "A", "5", 60], ["2025-03-31", "RAA", "N", "5", 40], ["2025-03-31", "RAA", "A", "VSM", 4],
         ["2024-03-31", "RAA", "A", "VSM", 4]]
OFFICIAL = ("Settings: goals by 2028-03-31 (the policy names 2028)", "No official rule for rounding, leaving or growth was seen.",
            "No official rule was seen for")


class Goals(Case):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", table_text(HEADER, STAFF))

    def goals(self, *arguments, status=0):
        outcome = self.wres("goals", *arguments, "--format", "csv")
        self.assertEqual(outcome.status, status, outcome)
        return read_rows(outcome.out)

    def value(self, rows, row, statistic, period="2025-03-31", by="all", by_value="all", column="value"):
        found = [r for r in rows if (r["row"], r["statistic"], r["period"], r["by"], r["by_value"]) == (row, statistic, period, by, by_value)]
        self.assertEqual(len(found), 1, (row, statistic, period, by_value))
        return found[0][column]

    def refused(self, status, text, *arguments):
        outcome = self.wres("goals", "workforce=staff.csv", *arguments)
        self.assertEqual((outcome.status, outcome.out), (status, b""), outcome)
        self.assertRegex(outcome.err, text, outcome)

    # ---- results

    def test_every_result_is_called_model_employer(self):
        rows = self.goals("workforce=staff.csv", "--turnover", "10", "--baseline", "2024-03-31")
        self.assertEqual({(r["standard"], r["indicator"]) for r in rows}, {("model-employer", "goals")})
        by_key(rows)
        self.assertEqual(self.value(rows, "all", "reference_share", column="numerator"), "55")
        self.assertEqual(self.value(rows, "all", "reference_share", "2024-03-31", column="denominator"), "204")
        self.assertEqual(self.value(rows, "Band 8a", "goal"), "28")

    def test_options_change_the_goal(self):
        for options, goal in (((), "28"), (("--reference-scope", "afc-1-7"), "44"), (("--reference-scope", "22.5"), "25"),
                              (("--reference-scope", "22.1%", "--goal-rounding", "least"), "25"),
                              (("--goal-rounding", "none", "--decimals", "2"), "28.27"), (("--as-at", "2024-03-31"), "25")):
            rows = self.goals("workforce=staff.csv", *options)
            period = "2024-03-31" if "--as-at" in options else "2025-03-31"
            self.assertEqual(self.value(rows, "Band 8a", "goal", period), goal, options)

    def test_bands_and_pools(self):
        rows = self.goals("workforce=staff.csv", "--bands", "8a", "--bands", "VSM,5", "--pool", "8a+", "--pool", "5,8a")
        names = list(dict.fromkeys(r["row"] for r in rows))
        self.assertEqual(names, ["all", "Band 5", "Band 8a", "VSM", "Band 5, Band 8a, VSM", "8a+", "Band 5, Band 8a"])
        self.assertEqual(self.value(rows, "8a+", "share", column="denominator"), "114")

    def test_trajectory_by_quarter(self):
        rows = self.goals("workforce=staff.csv", "--every", "quarter", "--by-date", "31/03/2026")
        dates = [r["period"] for r in rows if (r["row"], r["statistic"]) == ("Band 8a", "trajectory")]
        self.assertEqual(dates, ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31"])
        steps = [int(r["value"]) for r in rows if (r["row"], r["statistic"]) == ("Band 8a", "trajectory_steps")]
        self.assertEqual((steps[0], steps[-1]), (15, 28))
        self.assertEqual(sum(b - a for a, b in zip(steps, steps[1:])), int(self.value(rows, "Band 8a", "gap")))

    def test_scenarios_are_told_apart(self):
        rows = self.goals("workforce=staff.csv", "--turnover", "10", "--turnover-bme", "14", "--baseline", "2024-03-31",
                          "--shortlist-share", "35", "--likelihood", "1.5")
        found = [r["by_value"] for r in rows if (r["row"], r["statistic"], r["by"]) == ("Band 8a", "projected_share", "scenario")]
        self.assertEqual(found, ["nothing changes", "RL = 1", "equal retention"])
        self.assertEqual(self.value(rows, "VSM", "chance_of_goal", column="status"), "ok")

    def test_each_organisation_and_all(self):
        self.write("more.csv", table_text(HEADER, STAFF + [["2025-03-31", "RBB", "A", "8a", 10], ["2025-03-31", "RBB", "N", "5", 10]]))
        rows = self.goals("workforce=more.csv")
        goal = {r["organisation"]: r["value"] for r in rows if (r["row"], r["statistic"]) == ("Band 8a", "goal")}
        self.assertEqual(goal, {"all": "33", "RAA": "28", "RBB": "5"})
        self.assertEqual({r["organisation"] for r in self.goals("workforce=more.csv", "--organisation", "RBB")}, {"RBB"})

    def test_staff_groups(self):
        rows = self.goals("--settings", os.path.join(EXAMPLE, "wres.yaml"), "--reference-scope", "staff-group")
        self.assertTrue({r["by"] for r in rows} <= {"staff_group", "staff_group,scenario"})
        rows = self.goals("--settings", os.path.join(EXAMPLE, "wres.yaml"), "--reference-scope", "section")
        self.assertEqual({r["section"] for r in rows}, {"non-clinical", "clinical"})

    def test_no_workforce_is_not_supplied(self):
        self.write("applications.csv", "Date,Ethnicity,Stage\n2025-03-01,A,Appointed\n")
        rows = self.goals("recruitment=applications.csv", "--as-at", "2025-03-31")
        self.assertEqual([(r["status"], r["note"]) for r in rows], [("not supplied", "no workforce data was given")])

    # ---- settings

    def test_settings_hold_every_option(self):
        options = {"bands": "[8a, VSM]", "pool": '["8a,VSM"]', "baseline": "2024-03-31", "by_date": "2030-03-31", "every": "quarter",
                   "reference_base": "known", "reference_scope": "afc", "goal_rounding": "least", "turnover": "11.5",
                   "turnover_bme": "12", "growth": "1", "shortlist_share": "30", "likelihood": "1.4", "decimals": "3",
                   "standard": "wres-2025"}
        self.write("wres.yaml", "inputs: {workforce: staff.csv}\n" + "".join(f"{k}: {v}\n" for k, v in options.items()))
        from_file = self.goals()
        words = []
        for key, value in options.items():
            for one in ["8a,VSM"] if key in ("bands", "pool") else [] if key == "standard" else [value]:
                words += ["--" + key.replace("_", "-"), one]
        self.write("none.yaml", "decimals: 1\n")
        self.assert_same_rows(from_file, self.goals("workforce=staff.csv", "--settings", "none.yaml", *words))
        self.assertEqual(self.value(from_file, "Band 8a", "trajectory", "2030-03-31")[-4:-3], ".")

    def test_settings_name_the_near_miss(self):
        self.write("wres.yaml", "turn_over: 10\n")
        self.refused(2, r"wres.yaml:1: turn_over: .*turnover")

    def test_json_says_every_setting(self):
        outcome = self.wres("goals", "workforce=staff.csv", "--format", "json", "--turnover", "10", "--pool", "8c+")
        document = json.loads(outcome.out)
        self.assertEqual(document["settings"]["bands"], "Band 8a; Band 8b; Band 8c; Band 8d; Band 9; VSM; 8a+; 8c+")
        for key in ("baseline", "by_date", "every", "reference_base", "reference_scope", "goal_rounding", "turnover", "growth"):
            self.assertTrue(document["settings"][key], key)
        self.assertEqual([s["id"] for s in document["standards"]], ["model-employer"])
        self.assertIn("No official rule was seen", document["indicators"][0]["source"])
        try:
            import jsonschema
        except ImportError:
            return
        with open(os.path.join(ROOT, "docs", "schema", "wres-result.schema.json"), encoding="utf-8") as file:
            jsonschema.validate(document, json.load(file))

    def test_used_rows_are_those_of_both_snapshots(self):
        for options, used in (((), 5), (("--baseline", "2024-03-31"), 10)):
            document = json.loads(self.wres("goals", "workforce=staff.csv", "--format", "json", *options).out)
            self.assertEqual(document["inputs"][0]["rows_used"], used)

    # ---- the table

    def test_table_for_a_board(self):
        outcome = self.wres("goals", "workforce=staff.csv", "--format", "table", "--turnover", "10", "--baseline", "2024-03-31")
        text = " ".join(outcome.out.decode("utf-8").split())
        self.assertEqual(outcome.status, 0, outcome)
        for words in OFFICIAL + ("Reference share at 2025-03-31: 25.7% BME (55 of 214); scope: all staff, medical staff included",
                                 "Reference share at 2024-03-31: 24.5% BME (50 of 204)", "Band 8a 110 15 13.6% 28 13", "Three lines",
                                 "Trajectory", "Scenarios", "nothing changes"):
            self.assertIn(words, text)
        for line in outcome.out.decode("utf-8").splitlines():
            self.assertLessEqual(len(line), 100, line)

    def test_table_of_calc_has_the_same_goals(self):
        one = self.wres("calc", "workforce=staff.csv", "--standard", "model-employer", "--standard", "wres-2025", "--format", "table")
        self.assertIn("Reference share at 2025-03-31: 25.7% BME (55 of 214)", one.out.decode("utf-8"))
        self.assertIn("Staff by pay band", one.out.decode("utf-8"))

    def test_fail_on_behind(self):
        self.goals("workforce=staff.csv", "--fail-on", "behind", status=1)
        self.goals("workforce=staff.csv", "--fail-on", "behind", "--reference-scope", "0", status=0)

    def test_help_begins_with_examples(self):
        outcome = self.wres("goals", "--help")
        self.assertTrue(outcome.out.startswith(b"Examples:\n  wres goals "), outcome)
        self.assertIn(b"--reference-scope", outcome.out)
        self.assertNotIn(b"--turnover", self.wres("calc", "--help").out)

    # ---- refusals

    def test_bad_values(self):
        for option, value, text in (
                ("turnover", "100", "0 to 99"), ("turnover", "-1", "0 to 99"), ("turnover", "ten", "0 to 99"), ("turnover", "10%", "0 to 99"),
                ("turnover-bme", "10", "only together with --turnover"), ("growth", "101", "-50 to 100"), ("growth", "-51", "-50 to 100"),
                ("shortlist-share", "100.1", "0 to 100"), ("likelihood", "0", "above 0"), ("likelihood", "x", "above 0"),
                ("every", "month", "year, quarter"), ("reference-base", "some", "known, all"), ("goal-rounding", "up", "half-up, least, none"),
                ("reference-scope", "101", "between 0 and 100"), ("reference-scope", "sections", "Did you mean section"),
                ("reference-scope", "", "between 0 and 100"), ("reference-scope", "%", "between 0 and 100"),
                ("by-date", "2028", "2028-03-31"), ("by-date", "2028-02-30", "2028-03-31"), ("by-date", "4712-12-31", "2028-03-31"),
                ("standard", "no-such", "no-such"), ("baseline", "spring", "2028-03-31"),
                ("bands", "8e", "is no band: did you mean|is no band; the bands"), ("pool", "8a,,8b", "is no band"),
                ("bands", "Band 8", "is no band"), ("standard", "wres-2025", "measure: goal"), ("fail-on", "never", "outside, behind, warning")):
            self.refused(2, f"--{option}: .*({text})", f"--{option}", value)

    def test_staff_group_scope_is_a_breakdown_already(self):
        self.refused(2, "--by: 'sex' .*staff-group", "--by", "sex", "--reference-scope", "staff-group")

    def test_standards_of_ones_own(self):
        with open(os.path.join(ROOT, "data", "standards", "model-employer.yaml"), encoding="utf-8") as file:
            own = file.read().replace("standard: model-employer", "standard: own-goals")
        self.write("own.yaml", own)
        rows = self.goals("workforce=staff.csv", "--standard", "own.yaml")
        self.assertEqual({r["standard"] for r in rows}, {"own-goals"})
        self.assertEqual(self.value(rows, "Band 8a", "goal"), "28")

    def test_too_many_breakdowns(self):
        self.refused(2, "--by: .*at most four fields that are crossed", "--by", "sex,team,disability,role,staff_group")
        fields = "sex team disability role staff_group nationality organisation section band pay_band medical_grade programme sex,team " \
                 "sex,role team,role sex,band team,band"
        self.refused(2, "--by: 'team,band' .*at most 16 breakdowns", *[word for field in fields.split() for word in ("--by", field)])
        self.refused(2, "--by: .*each breakdown once", "--by", "sex", "--by", "sex")

    def test_near_misses(self):
        self.refused(2, "--turn-over.*--turnover", "--turn-over", "3")
        self.assertRegex(self.wres("goal").err, "there is no command 'goal': did you mean goals")
        self.refused(2, "no option '--groups'", "--groups", "5")

    def test_baseline_must_be_an_earlier_snapshot(self):
        self.refused(3, "no snapshot of 2023-03-31.*2024-03-31, 2025-03-31.*--baseline", "--baseline", "2023-03-31")
        self.refused(3, "lies after the as-at date 2024-03-31", "--as-at", "2024-03-31", "--baseline", "2025-03-31")


if __name__ == "__main__":
    main()
