"""Faults that were found by use and mended: each test failed before."""
import json
import os
import random
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(__file__))
from cli import ROOT, Case, main, read_rows, run, table_text  # noqa: E402
import test_bad_input  # noqa: E402

USAGE, DATA, IO = 2, 3, 4
SECRET = test_bad_input.SECRET
STAFF = test_bad_input.STAFF + ["Assignment Category", "Assignment Status"]


def staff(count=20):
    return [row + ["Permanent", "Active"] for row in test_bad_input.staff(count)]


class Faults(test_bad_input.Refusals):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", table_text(STAFF, staff()))

    def test_03_position_decides_in_two_organisations(self):
        """A person in two organisations, events without organisation: the first row in the file wins (find_person in tally.c)."""
        header = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group", "Assignment Category"]
        rows = [["2025-03-31", o, p, e, "Band 5", test_bad_input.NURSES, "Permanent"] for o, p, e in (("RAA", "P1", "A"), ("RBB", "P1", "N"), ("RAA", "P2", "A"), ("RBB", "P3", "N"))]
        self.write("cases.csv", "Date Entered,Employee Number,Case Type,Formal\n2025-01-01,P1,Disciplinary,Y\n")
        outs = []
        for order in (rows, rows[::-1]):
            self.write("w.csv", table_text(header, order))
            outs.append(self.wres("calc", "workforce=w.csv", "cases=cases.csv", "--format", "csv").out)
        self.assertEqual(outs[0], outs[1])

    def test_04_closed_standard_output(self):
        """wres calc ... >&-  ends with 0 and the result is nowhere (descriptor 1 becomes a writable /dev/null)."""
        outcome = self.wres("calc", "workforce=staff.csv", stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(outcome.status, IO, outcome)

    def test_06_other_kinds_of_file(self):
        for content, word in ((b"<!DOCTYPE html><html><table></table></html>", "HTML"), (b'{"rows": []}\n', "JSON")):
            with self.subTest(word):
                self.refused_content(content, r"bad\.csv", word)

    def test_07_unterminated_quote_before_other_quotes(self):
        """The quote of line 3 is never closed; line 12 has a quoted cell. The message names line 12 alone."""
        lines = table_text(STAFF, staff()).split("\n")
        lines[2] = lines[2].replace(SECRET + " ward", '"' + SECRET + " ward")
        lines[11] = lines[11].replace(SECRET + " ward", '"' + SECRET + ' ward"')
        self.refused_content("\n".join(lines), r"line 3|bad\.csv:3: ")

    def test_08_settings_file_as_output(self):
        self.write("wres.yaml", "inputs: {workforce: staff.csv}\n")
        outcome = self.wres("calc", "--settings", "wres.yaml", "-o", "wres.yaml")
        self.assertEqual(self.read("wres.yaml"), b"inputs: {workforce: staff.csv}\n", outcome)

    def test_08b_standard_file_as_output(self):
        text = self.wres("standards", "wres-2025").out
        self.write("mine.yaml", text)
        outcome = self.wres("calc", "workforce=staff.csv", "--standard", "mine.yaml", "-o", "mine.yaml")
        self.assertEqual(self.read("mine.yaml"), text, outcome)

    def test_09_standard_input_as_output(self):
        before = self.read("staff.csv")
        with open(self.path("staff.csv"), "rb") as file:
            outcome = self.wres("calc", "workforce=-", "-o", "staff.csv", stdin_file=file)
        self.assertEqual((outcome.status, self.read("staff.csv")), (USAGE, before), outcome)

    def test_10_values_of_a_field_without_list(self):
        """Values mapped for a field that has no code list and is never mapped (person_id) are ignored without a word."""
        self.write("wres.yaml", "inputs:\n  workforce:\n    file: staff.csv\n    values:\n      person_id:\n        a: b\n")
        self.refused(USAGE, [r"wres\.yaml:[56]: ", r"person_id"])

    def test_11_explain_takes_any_word(self):
        self.check_message(self.wres("explain", "wres-2025", "1", "2"), USAGE, [r"too many"])

    def test_12_not_calculable_without_note(self):
        """Indicator 9's own workforce shares of a by_value that has board members and no staff: status without a note; the JSON fails its schema."""
        from jsonschema import Draft202012Validator
        self.write("board.csv", "Date,Ethnicity,Voting,Executive\n2025-03-01,White - British,Y,Y\n")
        outcome = self.wres("calc", "workforce=staff.csv", "board=board.csv", "--by", "sex", "--format", "json")
        with open(os.path.join(ROOT, "docs", "schema", "wres-result.schema.json"), encoding="utf-8") as file:
            faults = [(list(f.path), f.message) for f in Draft202012Validator(json.load(file)).iter_errors(json.loads(outcome.out))]
        self.assertEqual(faults, [])

    def test_14_sha256_is_no_finding(self):
        """The hash of each input stands in data_quality, too."""
        document = json.loads(self.wres("calc", "workforce=staff.csv", "--format", "json").out)
        self.assertEqual(document["data_quality"], [])

    def test_15_standard_input_twice(self):
        outcome = self.wres("calc", "workforce=-", "cases=-", stdin=self.read("staff.csv"))
        self.check_message(outcome, USAGE, [r"standard input|'-'", r"once|one"])

    def test_16_settings_option_error_names_the_file(self):
        self.write("wres.yaml", "groups: 3\ninputs: {workforce: staff.csv}\n")
        self.refused(USAGE, [r"wres\.yaml:1: groups: "])

    def test_17_blanks_at_line_ends_of_explain(self):
        for line in self.wres("explain", "wres-2025", "2").out.decode().splitlines():
            self.assertEqual(line, line.rstrip())

    def test_18_marks_of_nothing_are_no_person(self):
        """#N/A, NULL and the like in the column of identifiers are empty cells, not one person with many posts."""
        rows = [row[:] for row in staff(12)]
        place = STAFF.index(next(name for name in STAFF if "Employee" in name or "Number" in name))
        for row, mark in zip(rows, ("#N/A", "#N/A", "NULL", "NULL", "-", "-", "####", "####")):
            row[place] = mark
        self.write("marks.csv", table_text(STAFF, rows))
        outcome = self.wres("calc", "workforce=marks.csv", "--format", "csv")
        count = [r for r in read_rows(outcome.out) if (r["indicator"], r["section"], r["row"], r["group"], r["statistic"]) == ("1", "all", "all", "all", "count")]
        self.assertEqual(count[0]["value"], "12", outcome)
        self.assertRegex(outcome.err, r"empty identifier.*\(8\)")

    def test_19_a_header_in_the_midst(self):
        text = table_text(STAFF, staff(6))
        self.write("two.csv", text + text)
        outcome = self.wres("calc", "workforce=two.csv")
        self.assertEqual((outcome.status, outcome.out), (DATA, b""), outcome)
        self.assertRegex(outcome.err, r"two\.csv:8: .*repeats the header")

    def organisations(self, dates):
        header = ["Effective Date", "Organisation", "Employee Number", "Ethnic Origin", "Grade", "Staff Group", "Assignment Category", "Assignment Status"]
        rows = [[date, name, f"{name}{n}", "AN"[n % 2], "Band 5", test_bad_input.NURSES, "Permanent", "Active"] for name, date in dates.items() for n in range(6)]
        self.write("several.csv", table_text(header, rows))

    def test_20_an_organisation_of_another_date(self):
        self.organisations({"RAA": "2025-03-31", "RBB": "2025-02-28"})
        self.assertRegex(self.wres("calc", "workforce=several.csv").err, r"organisation RBB has rows, but none at the date")

    def test_21_events_that_name_no_organisation(self):
        """Of several organisations none can be said to have had no cases."""
        self.organisations({"RAA": "2025-03-31", "RBB": "2025-03-31"})
        self.write("cases.csv", "Date Entered,Employee Number,Case Type,Formal\n2025-01-01,RAA0,Disciplinary,Y\n2025-01-02,RBB1,Disciplinary,Y\n")
        rows = [r for r in read_rows(self.wres("calc", "workforce=several.csv", "cases=cases.csv", "--format", "csv").out) if r["indicator"] == "3"]
        self.assertEqual({r["status"] for r in rows if r["organisation"] != "all"}, {"not supplied"})
        self.assertEqual([r["numerator"] for r in rows if r["organisation"] == "all" and r["statistic"] == "rate" and r["group"] == "white"], ["1"])


del test_bad_input.Refusals
if __name__ == "__main__":
    main()
