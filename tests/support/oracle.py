#!/usr/bin/env python3
"""Computes WRES indicators 1 to 9 of the example trust a second time, from the documents alone, in exact fractions.

    python3 oracle.py [--data DIR] [--codes DIR] [--by FIELD]... [--groups 2|5|16] [--unknown include|exclude]
                      [--as-at DATE] [--decimals N]

Prints the columns of the output contract as CSV; lower, upper and note stay empty. It shares no code and no standard file with the
program: the definitions are written out below. The tests compare organisation, period, section, row, by, by_value, group, statistic,
value, numerator, denominator, unit, flag and status with what `wres calc` prints.

Where the documents leave something open, this reading was taken:

 1. Headcount ties (same primary mark, same row, same section): the row with a known ethnicity, the first in the code list's order,
    then the least text of the row's other fields. It decides only --by fields and finer groups.
 2. Several rows marked primary: the choice goes on among those. A primary mark on a row that is no staff row has no effect.
 3. Staff group "Medical and Dental" with a band and no grade: the band decides the row, the staff group the section (medical).
    Both filled and a staff group in no list: as without one, the grade decides.
 4. A --by field that a person's chosen row leaves blank is `unknown`; a coded one (sex) prints its code-list name, a team its text
    with the blanks around it removed. Found-nowhere people, applicants, respondents and board members without the field are
    `unknown`.
 5. With --by the `all` rows are printed as well. Within a breakdown everything is recomputed on the subset: indicator 1's points are
    against the overall share of the same by_value. A value is printed for an indicator if it has anyone in it above or below the line.
 6. Indicator 1's points are printed for every row, `all`/`all` (0.0) included.
 7. --unknown exclude takes Unknown out of the base of shares (indicators 1 and 9, and their points): no share row for it then;
    counts and rates keep it.
 8. --groups 5 and 16: the finer groups replace white and bme, White is the reference of each: `white/asian`, `asian/white`,
    `asian-white`, and in indicators 1 and 9 the group's own name. In 16 the reference is White as a whole, which gets rows too.
    A finer group to which nobody belongs in any file is left out.
 9. Repeated rows of one application: the furthest stage; a known ethnicity wins over an unknown one; of several known ones that of
    the row at the furthest stage, else the first in the code list's order.
10. A case or training record is of the person in the as-at snapshot if any row of theirs is there, else in the latest earlier one.
    Somebody who is there only in rows that are no staff rows is left out, even if they were staff before.
11. A rounded zero carries no sign.
12. No board list on or before the as-at date, no survey year before it: `not supplied`, as if the table were absent.
"""

import argparse
import csv
import datetime
import os
import re
import sys
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# What wres.yaml says: the columns behind the fields, the spellings it adds, the rows it drops.
COLUMNS = {
    "workforce": {"snapshot_date": "Effective Date", "organisation": "Organisation", "person_id": "Employee Number",
                  "ethnicity": "Ethnic Origin", "sex": "Gender", "pay_band": "Grade", "medical_grade": "Medical Grade",
                  "staff_group": "Staff Group", "assignment_category": "Assignment Category",
                  "primary_assignment": "Primary Assignment", "fte": "FTE", "team": "Team"},
    "recruitment": {"vacancy_id": "Vacancy Ref", "person_id": "Applicant ID", "date": "Application Date",
                    "ethnicity": "Ethnic Origin", "stage": "Stage", "source": "Source"},
    "cases": {"date_entered": "Date Entered", "case_id": "Case ID", "person_id": "Employee Number", "case_type": "Case Type",
              "formal": "Formal"},
    "training": {"date": "Completion Date", "person_id": "Employee Number", "training_type": "Training Type"},
    "survey": {"survey_year": "Survey Year", "respondent_id": "Respondent ID", "ethnicity": "Ethnicity", "question": "Question",
               "answer": "Answer"},
    "board": {"date": "Date", "ethnicity": "Ethnicity", "voting": "Voting", "executive": "Executive"},
}
VALUES = {
    "workforce": {"assignment_category": {"Non-Exec Director/Chair": "non-executive"}},
    "training": {"training_type": {"CPD Study Leave": "non-mandatory"}},
}
LEAVE_OUT = {"recruitment": {"Vacancy Ref": ["Total"]}}

LIST_OF = {"ethnicity": "ethnicity", "sex": "sex", "pay_band": "pay_bands", "medical_grade": "medical_grades",
           "staff_group": "staff_groups", "assignment_category": "assignment_categories", "primary_assignment": "yes_no",
           "stage": "stages", "case_type": "case_types", "formal": "yes_no", "training_type": "training_types",
           "answer": "answers", "voting": "yes_no", "executive": "yes_no"}

NOT_STAFF = {"bank", "honorary", "agency", "non-executive", "student", "volunteer", "contractor"}
SECTIONS = ["all", "non-clinical", "clinical", "medical", "unknown"]
ROWS = (["all", "Under Band 1"] + ["Band %d" % n for n in range(1, 8)] + ["Band 8" + c for c in "abcd"] + ["Band 9", "VSM"]
        + ["Consultant", "Non-consultant career grade", "Trainee grade", "Other", "Non AfC grade", "Unmapped"])
# The row a person with several is counted in: medical grades, then bands from the top, then the rest.
PREFERENCE = ROWS[15:19] + ROWS[14:0:-1] + ROWS[19:]
QUESTIONS = {"5": ["q14a"], "6": ["q14b", "q14c"], "7": ["q15"], "8": ["q16b"]}     # survey years from 2021

OUTPUT = ["standard", "indicator", "organisation", "period", "section", "row", "by", "by_value", "group", "statistic", "value",
          "lower", "upper", "numerator", "denominator", "unit", "flag", "status", "note"]


# ------------------------------------------------------------------------------------------------------------- texts to codes

def normal(text):
    """Trimmed, lower case, runs of blanks as one, any dash as '-' without blanks beside it, & as and."""
    text = re.sub("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]", "-", text.lower())
    text = " ".join(text.replace("&", " and ").split())
    return re.sub(" ?- ?", "-", text)


class CodeList:
    """data/codes/NAME.csv; a member is a dictionary of its attributes with its place in the list."""

    def __init__(self, path):
        self.by_spelling, self.by_code, members = {}, {}, {}
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                made = {name: row[name] for name in row if name not in ("spelling", "code", "source")}
                key = tuple(sorted(made.items()))
                member = members.setdefault(key, dict(made, place=len(members)))
                if normal(row["spelling"]) in self.by_spelling:
                    assert self.by_spelling[normal(row["spelling"])] is member, (path, row["spelling"])
                self.by_spelling[normal(row["spelling"])] = member
                if row.get("code"):
                    self.by_code.setdefault(normal(row["code"]), member)
        self.blank = self.by_spelling["(blank)"]
        self.unmapped = self.by_spelling["(unmapped)"]
        self.one_letter = any(len(code) == 1 for code in self.by_code)

    def known(self, text):
        """The member of a normalised text, or None."""
        found = self.by_spelling.get(text) or self.by_code.get(text)
        if found:
            return found
        code = re.match("([^ -]+)[ -](.+)$", text)
        if code:
            of_code, of_rest = self.by_code.get(code.group(1)), self.by_spelling.get(code.group(2))
            if of_code and of_code is of_rest:
                return of_code
        if self.one_letter and re.match("[a-z][a-z0-9]$", text):
            return self.by_code.get(text[0])
        return None

    def look_up(self, text):
        whole = normal(text)
        if not whole:
            return self.blank
        found = self.known(whole)
        if not found and "|" in text:
            parts = [normal(part) for part in text.split("|")]
            found = self.by_spelling.get(parts[-1])
            for part in parts[1:-1]:
                found = found or self.by_code.get(part)
        return found or self.unmapped


def day_of(text):
    text = text.strip()
    slashed = re.match(r"(\d+)/(\d+)/(\d{4})$", text)
    if slashed:
        return datetime.date(*(int(slashed.group(n)) for n in (3, 2, 1)))
    return datetime.date.fromisoformat(text)


# -------------------------------------------------------------------------------------------------------------------- reading

class Data:
    """The records of every table: a list of dictionaries by canonical field, or None for a table that is not there."""

    def __init__(self, folder, codes):
        self.folder, self.codes, self.lists, self.seen = folder, codes, {}, {}
        self.tables = {name: self.read(name) for name in COLUMNS}

    def list(self, name):
        if name not in self.lists:
            self.lists[name] = CodeList(os.path.join(self.codes, name + ".csv"))
        return self.lists[name]

    def read(self, table):
        path = os.path.join(self.folder, table + ".csv")
        if not os.path.exists(path):
            return None
        drop = LEAVE_OUT.get(table, {})
        with open(path, encoding="utf-8-sig", newline="") as file:
            return [self.record(table, line, row) for line, row in enumerate(csv.DictReader(file))
                    if not any(normal(row[header]) in map(normal, texts) for header, texts in drop.items())]

    def record(self, table, line, row):
        record = {"line": line}
        for field, header in COLUMNS[table].items():
            text = row[header]
            if field in LIST_OF:
                record[field] = self.code(table, field, text)
                record[field + " text"] = text.strip()
            else:
                record[field] = " ".join(text.split())
        for field in ("snapshot_date", "date", "date_entered"):
            if field in record:
                record["day"] = day_of(record[field])
        return record

    def code(self, table, field, text):
        key = (table, field, text)
        if key not in self.seen:
            added = {normal(a): b for a, b in VALUES.get(table, {}).get(field, {}).items()}
            self.seen[key] = self.list(LIST_OF[field]).look_up(added.get(normal(text), text))
        return self.seen[key]

    def is_given(self, field, member):
        """Neither a blank cell nor a text in no list."""
        codes = self.list(LIST_OF[field])
        return member is not codes.blank and member is not codes.unmapped


def is_filled(record, field):
    """Something stands in the cell, whether a list knows it or not."""
    return normal(record[field + " text"]) not in ("", "(blank)")


def first_attribute(member):
    return next(iter(member.values()))


def name_of(member):
    return normal(first_attribute(member))


# --------------------------------------------------------------------------------------------------------------------- people

def is_known(ethnicity):
    return ethnicity["group2"] != "Unknown"


class Person:
    """Somebody in a snapshot, an application, a respondent, a board member: an ethnicity and where they stand."""

    def __init__(self, ethnicity, fields, row="", section=""):
        self.ethnicity, self.fields, self.row, self.section = ethnicity, fields, row, section


class Workforce:
    def __init__(self, data, by_fields):
        self.data, self.by_fields = data, by_fields
        rows = {}
        for record in data.tables["workforce"] or []:
            person = record["person_id"] or "line %d" % record["line"]
            rows.setdefault(record["day"], {}).setdefault(person, []).append(record)
        self.rows = rows                                       # snapshot -> person -> rows
        self.counted = {day: self.resolve(people) for day, people in rows.items()}

    def resolve(self, people):
        counted = {}
        for person, rows in people.items():
            rows = [row for row in rows if self.is_staff(row)]
            if rows:
                counted[person] = self.person(rows)
        return counted

    def is_staff(self, record):
        if name_of(record["assignment_category"]) in NOT_STAFF:
            return False
        field, member = self.deciding(record)
        return not (field == "pay_band" and member["row"] == "Non-executive")

    def deciding(self, record):
        """The field that decides the row of indicator 1, and its member."""
        band, grade = is_filled(record, "pay_band"), is_filled(record, "medical_grade")
        if band and grade:
            group = record["staff_group"]
            if self.data.is_given("staff_group", group) and normal(group["section"]) != "medical":
                return "pay_band", record["pay_band"]
            return "medical_grade", record["medical_grade"]
        if grade:
            return "medical_grade", record["medical_grade"]
        return ("pay_band", record["pay_band"]) if band else (None, None)

    def place(self, record):
        """Row and section of one assignment."""
        field, member = self.deciding(record)
        row = member["row"] if field else "Unmapped"
        if field == "medical_grade":
            return row, "medical"
        section = normal(record["staff_group"].get("section") or "")
        return row, section if section in SECTIONS[1:] else "unknown"

    def person(self, rows):
        def rank(record):
            row, section = self.place(record)
            ethnicity = record["ethnicity"]
            return (name_of(record["primary_assignment"]) != "yes", PREFERENCE.index(row), SECTIONS.index(section),
                    not is_known(ethnicity), ethnicity["place"], record["team"], name_of(record["sex"]))

        chosen = min(rows, key=rank)
        ethnicity = chosen["ethnicity"]
        if not is_known(ethnicity):
            known = [row["ethnicity"] for row in rows if is_known(row["ethnicity"])]
            ethnicity = min(known, key=lambda member: member["place"]) if known else ethnicity
        row, section = self.place(chosen)
        return Person(ethnicity, by_values(self.data, chosen, self.by_fields), row, section)

    def link(self, person_id, as_at):
        """The person an event belongs to: a Person, 'left out', or None if found nowhere."""
        for day in sorted((day for day in self.rows if day <= as_at), reverse=True):
            if person_id and person_id in self.rows[day]:
                return self.counted[day].get(person_id, "left out")
        return None


def by_values(data, record, by_fields):
    """Of each breakdown the value this record has, None where its table lacks the field."""
    values = {}
    for field in {part for by in by_fields for part in by.split(",")}:
        if field not in record:
            continue
        if field in LIST_OF:
            name = first_attribute(record[field])
            values[field] = "unknown" if normal(name) == "unknown" else name
        else:
            values[field] = record[field] or "unknown"
    return values


# -------------------------------------------------------------------------------------------------------------------- results

class Run:
    def __init__(self, options):
        self.data = Data(options.data, options.codes)
        self.options = options
        self.by_fields = options.by
        self.workforce = Workforce(self.data, options.by)
        self.as_at = self.choose_as_at(options.as_at)
        self.staff = list(self.workforce.counted.get(self.as_at, {}).values())
        self.nobody = Person(self.data.list("ethnicity").blank, {})
        self.out = []
        self.organisation = self.only_organisation()
        self.set_groups(options.groups)

    def choose_as_at(self, wanted):
        rows = {day: sum(map(len, people.values())) for day, people in self.workforce.rows.items()}
        if wanted:
            if rows and wanted not in rows:
                sys.exit("no snapshot on %s; there are %s" % (wanted, ", ".join(map(str, sorted(rows)))))
            return wanted
        return max(day for day in rows if 100 * rows[day] >= max(rows.values()))

    # -- groups of ethnicity

    def set_groups(self, level):
        def two(member):
            return normal(member["group2"])

        if level == 2:
            self.groups = [(name, lambda m, name=name: two(m) == name) for name in ("white", "bme", "unknown")]
            self.compared = ["bme"]
            return
        column, names, self.compared = "group%d" % level, [], []
        members = {id(m): m for m in self.data.list("ethnicity").by_spelling.values()}.values()
        for member in sorted(members, key=lambda m: m["place"]):
            name = member[column].lower()
            if is_known(member) and name and name not in names:
                names.append(name)
                if two(member) != "white":
                    self.compared.append(name)
        self.groups = [("white", lambda m: two(m) == "white")] if "white" not in names else []
        self.groups += [(name, lambda m, name=name: is_known(m) and m[column].lower() == name) for name in names]
        self.groups.append(("unknown", lambda m: not is_known(m) or not m[column]))

    def tally(self, people):
        """Heads by group, `all` with them."""
        counts = {name: 0 for name, _ in self.groups}
        seen = {}
        for person in people:
            seen.setdefault(id(person.ethnicity), [person.ethnicity, 0])[1] += 1
        for ethnicity, number in seen.values():
            for name, holds in self.groups:
                counts[name] += number * holds(ethnicity)
        counts["all"] = len(people)
        return counts

    # -- breakdowns

    @staticmethod
    def value_in(by, person):
        return ",".join(person.fields.get(part, "unknown") for part in by.split(","))

    def subsets(self, *populations):
        """(by, by_value, each population's people in it), the whole first."""
        yield "all", "all", populations
        for by in self.by_fields:
            values = sorted({self.value_in(by, person) for people in populations for person in people})
            for value in values:
                yield by, value, [[p for p in people if self.value_in(by, p) == value] for people in populations]

    # -- rows of output

    def decimals(self, usual):
        return usual if self.options.decimals is None else self.options.decimals

    def emit(self, indicator, by, group, statistic, value, unit, section="all", row="all", part=None, flag=""):
        numerator, denominator = part if part else ("", "")
        self.out.append({"standard": "wres-2025", "indicator": indicator, "organisation": self.organisation,
                         "period": self.as_at.isoformat(), "section": section, "row": row, "by": by[0], "by_value": by[1],
                         "group": group, "statistic": statistic, "value": "" if value is None else value,
                         "lower": "", "upper": "", "numerator": numerator, "denominator": denominator, "unit": unit,
                         "flag": flag, "status": "not calculable" if value is None else "ok", "note": ""})

    def not_supplied(self, indicator):
        self.emit(indicator, ("all", "all"), "all", "all", None, "all")
        self.out[-1]["status"] = "not supplied"

    def only_organisation(self):
        codes = {record["organisation"] for record in self.data.tables["workforce"] or []}
        return codes.pop() if len(codes) == 1 else "all"

    def percent(self, fraction):
        return None if fraction is None else fixed(100 * fraction, self.decimals(1))

    def proportion(self, indicator, by, group, statistic, x, n, section="all", row="all"):
        self.emit(indicator, by, group, statistic, self.percent(over(x, n)), "percent", section, row, part=(x, n))

    def points(self, indicator, by, group, first, second, section="all", row="all"):
        value = None if first is None or second is None else first - second
        self.emit(indicator, by, group, "difference", self.percent(value), "percentage points", section, row)

    # -- shares of indicators 1 and 9

    def base(self, counts):
        return counts["all"] - (counts["unknown"] if self.options.unknown == "exclude" else 0)

    def share(self, counts, group):
        return over(counts[group], self.base(counts))

    def shares(self, indicator, by, counts, section, row):
        for group, _ in self.groups:
            if group != "unknown" or self.options.unknown == "include":
                self.proportion(indicator, by, group, "share", counts[group], self.base(counts), section, row)

    def indicator_1(self):
        if self.data.tables["workforce"] is None:
            return self.not_supplied("1")
        for by, value, (people,) in self.subsets(self.staff):
            overall = self.tally(people)
            for section in SECTIONS:
                inside = [p for p in people if section in ("all", p.section)]
                for row in ROWS:
                    cell = [p for p in inside if row in ("all", p.row)]
                    if cell or (section, row) == ("all", "all"):
                        self.band(by, value, section, row, self.tally(cell), overall)

    def band(self, by, value, section, row, counts, overall):
        by = (by, value)
        for group in [name for name, _ in self.groups] + ["all"]:
            self.emit("1", by, group, "count", str(counts[group]), "people", section, row)
        self.shares("1", by, counts, section, row)
        for group in self.compared:
            self.points("1", by, group, self.share(counts, group), self.share(overall, group), section, row)

    def indicator_9(self):
        board = self.data.tables["board"]
        dates = [record["day"] for record in board or [] if record["day"] <= self.as_at]
        if not dates or self.data.tables["workforce"] is None:
            return self.not_supplied("9")
        latest = max(dates)
        members = [record for record in board if record["day"] == latest]
        parts = {"all": members, "voting": [m for m in members if name_of(m["voting"]) == "yes"],
                 "executive": [m for m in members if name_of(m["executive"]) == "yes"]}
        made = {row: [Person(m["ethnicity"], by_values(self.data, m, self.by_fields)) for m in part]
                for row, part in parts.items()}
        for by, value, (staff, *lists) in self.subsets(self.staff, *made.values()):
            by = (by, value)
            workforce = self.tally(staff)
            self.shares("9", by, workforce, "workforce", "all")
            for row, part in zip(made, lists):
                counts = self.tally(part)
                self.shares("9", by, counts, "board", row)
                for group in self.compared:
                    self.points("9", by, group, self.share(counts, group), self.share(workforce, group), "all", row)

    # -- rates and likelihoods of indicators 2 to 8

    def rates(self, indicator, events, base, compare):
        for by, value, (above, below) in self.subsets(events, base):
            by = (by, value)
            x, n = self.tally(above), self.tally(below)
            for group, _ in self.groups:
                self.proportion(indicator, by, group, "rate", x[group], n[group])
            for group in self.compared:
                compare(indicator, by, x, n, group)

    def likelihood(self, indicator, by, x, n, upper, lower):
        group = "%s/%s" % (upper, lower)
        first, second = over(x[upper], n[upper]), over(x[lower], n[lower])
        ratio = None if first is None or not second else first / second
        flag = ""
        if ratio is not None:
            a, b, c, d = x[upper], n[upper], x[lower], n[lower]         # (a/b) / (c/d) in whole numbers
            flag = "below" if 5 * a * d < 4 * b * c else "above" if 4 * a * d > 5 * b * c else "within"
        value = None if ratio is None else fixed(ratio, self.decimals(2))
        self.emit(indicator, by, group, "ratio", value, "ratio", flag=flag)

    def white_over(self, indicator, by, x, n, group):
        self.likelihood(indicator, by, x, n, "white", group)

    def over_white(self, indicator, by, x, n, group):
        self.likelihood(indicator, by, x, n, group, "white")

    def minus_white(self, indicator, by, x, n, group):
        self.points(indicator, by, group + "-white", over(x[group], n[group]), over(x["white"], n["white"]))

    # -- events

    def window(self):
        """First and last day of the 12 months to the as-at date."""
        day = self.as_at
        if (day + datetime.timedelta(days=1)).month != day.month:
            following = day + datetime.timedelta(days=1)
            return datetime.date(following.year - 1, following.month, 1), day
        return day.replace(year=day.year - 1) + datetime.timedelta(days=1), day

    def in_window(self, table):
        first, last = self.window()
        return [record for record in self.data.tables[table] if first <= record["day"] <= last]

    def indicator_2(self):
        if self.data.tables["recruitment"] is None:
            return self.not_supplied("2")
        applications = {}
        for record in self.in_window("recruitment"):
            key = (record["vacancy_id"], record["person_id"])
            applications.setdefault(key if all(key) else record["line"], []).append(record)
        order = {name_of(m): int(m["order"]) for m in self.data.list("stages").by_spelling.values() if m["order"]}
        reached = {"shortlisted": [], "appointed": []}
        for rows in applications.values():
            furthest = max(order.get(name_of(row["stage"]), -1) for row in rows)
            person = self.applicant(rows, [row for row in rows if order.get(name_of(row["stage"]), -1) == furthest])
            for stage, people in reached.items():
                if furthest >= order[stage]:
                    people.append(person)
        self.rates("2", reached["appointed"], reached["shortlisted"], self.white_over)

    def applicant(self, rows, furthest):
        fields = {}
        ethnicities = []
        for row in furthest + rows:
            linked = self.workforce.link(row["person_id"], self.as_at)
            linked = linked if isinstance(linked, Person) else None
            given = is_filled(row, "ethnicity") or not linked
            ethnicities.append(row["ethnicity"] if given else linked.ethnicity)
            fields = fields or dict(linked.fields if linked else {}, **by_values(self.data, row, self.by_fields))
        for among in (ethnicities[:len(furthest)], ethnicities):
            known = [e for e in among if is_known(e)]
            if known:
                return Person(min(known, key=lambda e: e["place"]), fields)
        return Person(ethnicities[0], fields)

    def people_of(self, records):
        """The distinct people of event records; those the standard leaves out are left out."""
        people, nameless = {}, []
        for record in records:
            linked = self.workforce.link(record["person_id"], self.as_at) or self.nobody
            if linked == "left out":
                continue
            if record["person_id"]:
                people[record["person_id"]] = linked
            else:
                nameless.append(linked)
        return list(people.values()) + nameless

    def indicator_3(self):
        if self.data.tables["cases"] is None or not self.staff:
            return self.not_supplied("3")
        records = [record for record in self.in_window("cases")
                   if name_of(record["formal"]) == "yes" and name_of(record["case_type"]) == "disciplinary"]
        self.rates("3", self.people_of(records), self.staff, self.over_white)

    def indicator_4(self):
        if self.data.tables["training"] is None or not self.staff:
            return self.not_supplied("4")
        records = [r for r in self.in_window("training") if name_of(r["training_type"]) == "non-mandatory"]
        self.rates("4", self.people_of(records), self.staff, self.white_over)

    # -- the staff survey

    def survey_indicator(self, indicator):
        survey = self.data.tables["survey"]
        years = [int(record["survey_year"]) for record in survey or [] if int(record["survey_year"]) < self.as_at.year]
        if not years:
            return self.not_supplied(indicator)
        respondents, year = {}, max(years)
        for record in survey:
            if int(record["survey_year"]) == year and normal(record["question"]) in QUESTIONS[indicator]:
                respondents.setdefault(record["respondent_id"] or record["line"], []).append(record)
        yes, base = [], []
        for rows in respondents.values():
            answers = [self.answer(indicator, row["answer"]) for row in rows]
            person = Person(rows[0]["ethnicity"], by_values(self.data, rows[0], self.by_fields))
            if "yes" in answers:
                yes.append(person)
            if any(answers):
                base.append(person)
        self.rates(indicator, yes, base, self.minus_white)

    def answer(self, indicator, member):
        """'yes', 'other', or None where the answer is not in the base."""
        if name_of(member) in ("yes", "no"):
            return "yes" if name_of(member) == "yes" else "other"
        counts_too = indicator == "7" and self.data.is_given("answer", member) and name_of(member) != "unknown"
        return "other" if counts_too else None

    def all(self):
        self.indicator_1()
        self.indicator_2()
        self.indicator_3()
        self.indicator_4()
        for indicator in "5678":
            self.survey_indicator(indicator)
        self.indicator_9()
        return without_empty_groups(self.out) if self.options.groups != 2 else self.out


def without_empty_groups(rows):
    """Finer groups to which nobody belongs in any file are not printed; neither are comparisons with them."""
    people = {}
    for row in rows:
        if row["group"] in ("all", "white", "unknown") or row["statistic"] not in ("count", "share", "rate"):
            continue
        number = row["value"] if row["statistic"] == "count" else row["denominator"] if row["statistic"] == "rate" else row["numerator"]
        people[row["group"]] = people.get(row["group"], 0) + int(number or 0)
    empty = {group for group, number in people.items() if number == 0}
    gone = empty | {joint for group in empty for joint in (f"white/{group}", f"{group}/white", f"{group}-white")}
    return [row for row in rows if row["group"] not in gone]


# ----------------------------------------------------------------------------------------------------------------- arithmetic

def over(x, n):
    return Fraction(x, n) if n else None


def fixed(value, decimals):
    """The exact fraction with that many decimals, half away from zero."""
    scaled = abs(value) * 10 ** decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    text = digits[:-decimals] + "." + digits[-decimals:] if decimals else digits
    return "-" + text if value < 0 and whole else text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=os.path.join(ROOT, "data", "examples", "trust"), help="folder of the exports")
    parser.add_argument("--codes", default=os.path.join(ROOT, "data", "codes"), help="folder of the code lists")
    parser.add_argument("--by", action="append", default=[], help="sex, team, or a crossing: sex,team; repeatable")
    parser.add_argument("--groups", type=int, choices=(2, 5, 16), default=2)
    parser.add_argument("--unknown", choices=("include", "exclude"), default="include")
    parser.add_argument("--as-at", type=datetime.date.fromisoformat)
    parser.add_argument("--decimals", type=int)
    run = Run(parser.parse_args())
    writer = csv.DictWriter(sys.stdout, OUTPUT, lineterminator="\n")
    writer.writeheader()
    writer.writerows(run.all())


if __name__ == "__main__":
    main()
