"""Every kind of mistake in a file of definitions, one line of the table each: exit status 2, nothing on standard output, and one
message that has the file, the line, the key, and the near miss or what is allowed.

The line that the message must name is the one that ends in the mark `#<`.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from cli import Case, main  # noqa: E402

MARK = "#<"

HEAD = """standard: mine
title: Mine
certainty: U
compare:
  field: ethnicity
  reference: White
  group: BME
  unknown: Unknown
"""

SHARE = """indicators:
  - id: x
    title: X
    measure: share
    certainty: U
    of:
      table: workforce
      where:
        - staff_group.section in clinical
    parts:
      - row: women
        where:
          - sex in Female
      - row: band 5
        where:
          - band in Band 5
"""

LIKELIHOOD = """indicators:
  - id: x
    title: X
    measure: likelihood
    certainty: U
    events:
      table: cases
      where:
        - formal in yes
    over:
      table: workforce
    months: 12
    ratio: group / reference
    four_fifths: yes
    words:
      people: staff
      event: to enter
"""

STEPS = """indicators:
  - id: x
    title: X
    measure: likelihood
    certainty: U
    ratio: group / reference
    words: {people: applicants, event: to be appointed}
    steps:
      - row: shortlisted
        events:
          table: recruitment
          where:
            - stage >= shortlisted
        over: {table: recruitment}
      - row: appointed
        events:
          table: recruitment
          where:
            - stage >= appointed
        over: {table: recruitment}
"""

RATE = """indicators:
  - id: x
    title: X
    measure: rate
    certainty: U
    events:
      table: survey
      where:
        - question in harassment_managers, harassment_colleagues, harassment_staff
        - answer in yes
    over:
      table: survey
    joined: harassment_staff
    words: {people: staff, event: who said so}
"""

GAP = """indicators:
  - id: x
    title: X
    measure: gap
    certainty: U
    of: {table: board}
    against: {table: workforce}
    parts:
      - row: all
      - row: voting
        of_which: all
        where:
          - voting in yes
"""

TIERS = """indicators:
  - id: x
    title: X
    measure: disparity
    certainty: U
    of: {table: workforce}
    tiers:
      - tier: lower
        where: [band in Band 5]
      - tier: upper
        where: [band in Band 6]
    scopes:
      - scope: all
"""

OFF = """indicators:
  - id: x
    title: X
    off: not known
    certainty: U
"""

TABLE = """table: ward
title: Patients
rows_are: admissions
people: patients
once_per: [patient_id]
time: window
date: date
needs:
  - [ethnicity]
fields:
  - name: date
    type: date
  - name: patient_id
    type: id
  - name: ethnicity
    type: code
    list: ethnicity
    headers: [Ethnicity]
"""

OVER_WARD = LIKELIHOOD.replace("table: workforce", "table: ward")

# What is wrong: base, what is replaced, by what, the key that the message names, what it must say.
CASES = [
    # ---- the file as a whole
    ("an empty file", None, "", f"{MARK}\n", "", ["the file is empty"]),
    ("a list for a standard", None, "", f"- a {MARK}\n- b\n", "a standard", ["lines of the form 'key: value'"]),
    ("no end of a list", None, "", HEAD + f"indicators: [ {MARK}\n", "", ["no valid YAML"], +1),
    ("a quote that is not closed", HEAD + SHARE, "title: Mine\n", 'title: "Mine\n', "", ["no valid YAML"], "last"),
    ("a tab", HEAD + SHARE, "    measure: share\n", f"\tmeasure: share {MARK}\n", "", ["no valid YAML"]),
    ("indented otherwise", HEAD + SHARE, "    measure: share\n", f"     measure: share {MARK}\n", "", ["no valid YAML"]),
    ("an unknown alias", HEAD + SHARE, "title: Mine\n", f"title: *mine {MARK}\n", "", ["no valid YAML", "undefined alias"]),
    ("bytes that are no text", (HEAD + SHARE), "title: Mine\n", f"title: \udc81 {MARK}\n", "", ["neither UTF-8 nor Windows-1252"]),
    ("a second document", HEAD + SHARE, "          - band in Band 5\n", f"          - band in Band 5\n---\nstandard: other {MARK}\n",
     "", ["a second YAML document"]),
    ("a key twice", HEAD + SHARE, "title: Mine\n", f"title: Mine\ntitle: Yours {MARK}\n", "title", ["this key is here twice"]),
    ("a key that is a list", HEAD + SHARE, "title: Mine\n", f"title: Mine\n? [a, b] {MARK}\n: c\n", "", ["a key must be a text"]),
    # ---- keys of a standard
    ("an unknown key", HEAD + SHARE, "title: Mine\n", f"title: Mine\nownr: me {MARK}\n", "ownr",
     ["not a key of a standard: did you mean owner", "the keys are standard, title, owner"]),
    ("no id", HEAD + SHARE, "standard: mine\ntitle: Mine\n", f"title: Mine {MARK}\n", "standard", ["this key is missing"]),
    ("no title", HEAD + SHARE, "standard: mine\ntitle: Mine\n", f"standard: mine {MARK}\n", "title", ["this key is missing"]),
    ("an empty title", HEAD + SHARE, "title: Mine\n", f"title: {MARK}\n", "title", ["this key is empty: a text is expected here"]),
    ("a list for a text", HEAD + SHARE, "title: Mine\n", f"title: [Mine] {MARK}\n", "title", ["one text is expected here"]),
    ("lines for a text", HEAD + SHARE, "title: Mine\n", f"title:\n  en: Mine {MARK}\n", "title", ["one text is expected here"]),
    ("an id with a blank", HEAD + SHARE, "standard: mine\n", f"standard: my own {MARK}\n", "standard",
     ["'my own' is no id: letters, digits, '-', '_' and '.'"]),
    ("a bad certainty", HEAD + SHARE, "title: Mine\ncertainty: U\n", f"title: Mine\ncertainty: X {MARK}\n", "certainty",
     ["'X' is not allowed here", "allowed: C, S, U"]),
    ("neither yes nor no", HEAD + SHARE, "title: Mine\n", f"title: Mine\nunknown_in_base: maybe {MARK}\n", "unknown_in_base",
     ["'maybe' is not allowed here", "allowed: yes, no, true, false"]),
    ("no compare", None, "", f"standard: mine {MARK}\ntitle: Mine\ncertainty: U\n" + SHARE, "compare", ["this key is missing"]),
    ("no group", HEAD + SHARE, "  field: ethnicity\n  reference: White\n  group: BME\n",
     f"  field: ethnicity {MARK}\n  reference: White\n", "group", ["this key is missing"]),
    ("reference and group are one", HEAD + SHARE, "  group: BME\n", f"  group: White {MARK}\n", "group",
     ["'White' is the reference already"]),
    ("group and unknown are one", HEAD + SHARE, "  unknown: Unknown\n", f"  unknown: BME {MARK}\n", "unknown", ["'BME' is the group already"]),
    ("an unknown group", HEAD + SHARE, "  group: BME\n", f"  group: BAME {MARK}\n", "group",
     ["'BAME' is no value of the code list ethnicity (group2): did you mean BME", "its values are White, BME, Unknown"]),
    ("an unknown reference", HEAD + SHARE, "  reference: White\n", f"  reference: Whyte {MARK}\n", "reference",
     ["did you mean White", "its values are White, BME, Unknown"]),
    ("no such unknown", HEAD + SHARE, "  unknown: Unknown\n", f"  unknown: Not known {MARK}\n", "unknown",
     ["'Not known' is no value", "White, BME, Unknown"]),
    ("an unknown field to compare by", HEAD + SHARE, "  field: ethnicity\n", f"  field: etnicity {MARK}\n", "field",
     ["did you mean ethnicity", "there are ethnicity, disability, sex"]),
    ("a field without a code list to compare by", HEAD + SHARE, "  field: ethnicity\n", f"  field: team {MARK}\n", "field",
     ["no field 'team' with a code list", "there are ethnicity, disability, sex"]),
    ("no indicators", HEAD, "title: Mine\n", "title: Mine\n", "indicators", ["this key is missing"], 1),
    ("an empty list of indicators", HEAD, "title: Mine\n", f"title: Mine\nindicators: [] {MARK}\n", "indicators", ["this list is empty"]),
    ("a text for a list", HEAD, "title: Mine\n", f"title: Mine\nindicators: all {MARK}\n", "indicators", ["a list is expected here"]),
    ("an empty population", HEAD + SHARE, "title: Mine\n", f"title: Mine\npopulation: [] {MARK}\n", "population", ["this list is empty"]),
    ("a field of no table in the population", HEAD + SHARE, "title: Mine\n", f"title: Mine\npopulation:\n  - contract in bank {MARK}\n",
     "contract", ["the table workforce has no field of this name", "there are organisation, ethnicity"]),
    # ---- keys of an indicator
    ("an indicator that is a text", HEAD, "title: Mine\n", f"title: Mine\nindicators:\n  - x {MARK}\n", "an indicator",
     ["lines of the form 'key: value'"]),
    ("an unknown key of an indicator", HEAD + SHARE, "    title: X\n", f"    title: X\n    colour: red {MARK}\n", "colour",
     ["not a key of an indicator", "the keys are id, title, measure"]),
    ("a key of another measure", HEAD + SHARE, "    title: X\n", f"    title: X\n    ratio: group / reference {MARK}\n", "ratio",
     ["not a key of an indicator", "of, rows, parts, months"]),
    ("an unknown measure", HEAD + SHARE, "    measure: share\n", f"    measure: shares {MARK}\n", "measure",
     ["'shares' is not allowed here: did you mean share", "allowed: share, likelihood, rate, gap, disparity, goal"]),
    ("no measure", HEAD + SHARE, "  - id: x\n    title: X\n    measure: share\n", f"  - id: x {MARK}\n    title: X\n", "measure",
     ["this key is missing"]),
    ("no id of an indicator", HEAD + SHARE, "  - id: x\n    title: X\n", f"  - title: X {MARK}\n", "id", ["this key is missing"]),
    ("an id of an indicator with a blank", HEAD + SHARE, "  - id: x\n", f"  - id: x 1 {MARK}\n", "id", ["'x 1' is no id"]),
    ("a bad certainty of an indicator", HEAD + SHARE, "    certainty: U\n    of", f"    certainty: u {MARK}\n    of", "certainty",
     ["'u' is not allowed here", "allowed: C, S, U"]),
    ("an id twice", HEAD + SHARE + SHARE.partition("\n")[2].replace("id: x", f"id: x {MARK}"), "", "", "id",
     ["the indicator x is here twice"]),
    ("months that are none", HEAD + LIKELIHOOD, "months: 12\n", f"months: 0 {MARK}\n", "months", ["a whole number from 1 to 120"]),
    ("months in words", HEAD + LIKELIHOOD, "months: 12\n", f"months: twelve {MARK}\n", "months", ["a whole number from 1 to 120"]),
    ("years that are too many", HEAD + LIKELIHOOD, "months: 12\n", f"years: 11 {MARK}\n", "years", ["a whole number from 1 to 10"]),
    ("off and a measure", HEAD + OFF, "    title: X\n", f"    title: X\n    measure: share {MARK}\n", "measure",
     ["an indicator that is off is not computed: remove 'off', or the measure with its keys"]),
    ("off and what is counted", HEAD + OFF, "    title: X\n", f"    title: X\n    of: {{table: workforce}} {MARK}\n", "of",
     ["not a key of an indicator"]),
    ("rows that are none", HEAD + SHARE, "    certainty: U\n    of", f"    certainty: U\n    rows: grade {MARK}\n    of", "rows",
     ["'grade' is not allowed here: did you mean grades"]),
    # ---- what is counted
    ("an unknown table", HEAD + LIKELIHOOD, "      table: cases\n", f"      table: cazes {MARK}\n", "table",
     ["there is no table 'cazes': did you mean cases", "the tables are awards, board, cases"]),
    ("an unknown table of the denominator", HEAD + LIKELIHOOD, "      table: workforce\n", f"      table: staff {MARK}\n", "table",
     ["there is no table 'staff'", "the tables are awards, board, cases"]),
    ("an unknown table of a step", HEAD + STEPS, "          table: recruitment\n          where:\n            - stage >= appointed\n",
     f"          table: recruitmnt {MARK}\n", "table", ["did you mean recruitment"]),
    ("an unknown table of a body", HEAD + GAP, "{table: board}\n", f"{{table: bord}} {MARK}\n", "table", ["did you mean board"]),
    ("no table", HEAD + LIKELIHOOD, "      table: cases\n      where:\n        - formal in yes\n",
     f"      where: {MARK}\n        - formal in yes\n", "table", ["this key is missing"]),
    ("no denominator", HEAD + LIKELIHOOD, "  - id: x\n    title: X\n    measure: likelihood\n    certainty: U\n",
     f"  - id: x {MARK}\n    title: X\n    measure: likelihood\n    certainty: U\n", "over", ["this key is missing"],
     "    over:\n      table: workforce\n"),
    ("a text for what is counted", HEAD + GAP, "of: {table: board}\n", f"of: board {MARK}\n", "of", ["lines of the form 'key: value'"]),
    ("an unknown key of what is counted", HEAD + LIKELIHOOD, "      table: cases\n      where:\n",
     f"      table: cases\n      were: {MARK}\n", "were", ["not a key of events: did you mean where", "the keys are table, where"]),
    ("an empty list of conditions", HEAD + LIKELIHOOD, "      where:\n        - formal in yes\n", f"      where: [] {MARK}\n", "where",
     ["this list is empty"]),
    # ---- conditions
    ("an unknown operator", HEAD + LIKELIHOOD, "formal in yes\n", f"formal = yes {MARK}\n", "where",
     ["'formal = yes' is no condition; write 'field in A, B', 'field not in A, B', 'field >= A' or 'field <= A'"]),
    ("an operator that is misspelt", HEAD + LIKELIHOOD, "formal in yes\n", f"formal notin yes {MARK}\n", "where", ["is no condition; write"]),
    ("a condition without a value", HEAD + LIKELIHOOD, "formal in yes\n", f"formal in {MARK}\n", "where", ["is no condition; write"]),
    ("a condition with an empty value", HEAD + LIKELIHOOD, "formal in yes\n", f"formal in yes, , no {MARK}\n", "where", ["is no condition"]),
    ("an order of two", HEAD + STEPS, "stage >= shortlisted\n", f"stage >= shortlisted, appointed {MARK}\n", "where", ["is no condition"]),
    ("a condition that is a map", HEAD + LIKELIHOOD, "- formal in yes\n", f"- formal: yes {MARK}\n", "where",
     ["a text or a list of texts is expected here"]),
    ("an unknown field", HEAD + LIKELIHOOD, "formal in yes\n", f"fromal in yes {MARK}\n", "fromal",
     ["the table cases has no field of this name", "did you mean formal", "there are organisation, ethnicity"]),
    ("a field of another table", HEAD + GAP, "voting in yes\n", f"stage in appointed {MARK}\n", "stage",
     ["the table board has no field of this name", "voting, executive"]),
    ("a field that tells persons apart", HEAD + LIKELIHOOD, "formal in yes\n", f"person_id in 7 {MARK}\n", "person_id",
     ["no field of this name that conditions can use"]),
    ("an unknown attribute", HEAD + SHARE, "staff_group.section in", f"staff_group.sektion in clinical {MARK}\n#", "staff_group",
     ["the code list staff_groups has no attribute 'sektion': did you mean section", "it has"]),
    ("a value that is in no code list", HEAD + SHARE, "sex in Female\n", f"sex in Femal {MARK}\n", "sex",
     ["'Femal' is no value of the code list sex", "did you mean Female", "its values are"]),
    ("a value of another attribute", HEAD + SHARE, "staff_group.section in clinical\n", f"staff_group.section in nurses {MARK}\n",
     "staff_group", ["'nurses' is no value of the code list staff_groups (section)", "clinical"]),
    ("a band that there is none of", HEAD + SHARE, "band in Band 5\n", f"band in Band 5, Band 10 {MARK}\n", "band",
     ["there is no band 'Band 10'", "there are", "Band 8a"]),
    ("a section that there is none of", HEAD + SHARE, "band in Band 5\n", f"section in clinic {MARK}\n", "section",
     ["there is no section 'clinic': did you mean clinical", "there are non-clinical, clinical, medical"]),
    ("an order where there is none", HEAD + LIKELIHOOD, "formal in yes\n", f"formal >= yes {MARK}\n", "formal",
     ["'yes' has no place in the order of the code list yes_no: use 'in'"]),
    ("an order of texts", HEAD + SHARE, "sex in Female\n", f"team >= A {MARK}\n", "team", ["this field has no order: use 'in'"]),
    # ---- the ratio and its words
    ("no ratio", HEAD + LIKELIHOOD, "  - id: x\n", f"  - id: x {MARK}\n", "ratio", ["this key is missing"], "    ratio: group / reference\n"),
    ("a ratio of one group", HEAD + LIKELIHOOD, "ratio: group / reference\n", f"ratio: reference / reference {MARK}\n", "ratio",
     ["is not allowed here", "allowed: reference / group, group / reference"]),
    ("a ratio of one word", HEAD + LIKELIHOOD, "ratio: group / reference\n", f"ratio: group {MARK}\n", "ratio",
     ["'group' is not allowed here", "allowed: reference / group, group / reference"]),
    ("a ratio by names", HEAD + LIKELIHOOD, "ratio: group / reference\n", f"ratio: BME / White {MARK}\n", "ratio",
     ["allowed: reference / group, group / reference"]),
    ("no words", HEAD + LIKELIHOOD, "  - id: x\n", f"  - id: x {MARK}\n", "words", ["this key is missing: the people and the event"],
     "    words:\n      people: staff\n      event: to enter\n"),
    ("half the words", HEAD + LIKELIHOOD, "      people: staff\n      event: to enter\n", f"      people: staff {MARK}\n", "event",
     ["this key is missing"]),
    ("an item that is joined and none", HEAD + RATE, "joined: harassment_staff\n", f"joined: harassment_staf {MARK}\n", "joined",
     ["'harassment_staf' is no value of the code list questions", "did you mean harassment_staff"]),
    ("an item joined of no questions", HEAD + RATE.replace("survey", "cases").replace(
        "question in harassment_managers, harassment_colleagues, harassment_staff", "formal in yes").replace("        - answer in yes\n", ""),
     "joined: harassment_staff\n", f"joined: harassment_staff {MARK}\n", "joined", ["the table cases has no questions to join"]),
    # ---- steps
    ("no steps", HEAD + STEPS.partition("    steps:\n")[0], "    ratio: group / reference\n", f"    ratio: group / reference\n    steps: [] {MARK}\n",
     "steps", ["this list is empty"]),
    ("steps, and events beside them", HEAD + STEPS, "    steps:\n", f"    events: {{table: cases}} {MARK}\n    steps:\n", "events",
     ["the steps have their own: remove this key, or 'steps'"]),
    ("two steps of one name", HEAD + STEPS, "      - row: appointed\n", f"      - row: shortlisted {MARK}\n", "row",
     ["'shortlisted' is here twice"]),
    ("a step without its people", HEAD + STEPS, "      - row: shortlisted\n", f"      - row: shortlisted {MARK}\n", "over", ["this key is missing"],
     "          where:\n            - stage >= shortlisted\n        over: {table: recruitment}\n"),
    # ---- parts
    ("no parts of a gap", HEAD + GAP.partition("    parts:\n")[0], "  - id: x\n", f"  - id: x {MARK}\n", "parts", ["this key is missing"]),
    ("an empty list of parts", HEAD + GAP.partition("    parts:\n")[0], "    of: {table: board}\n",
     f"    of: {{table: board}}\n    parts: [] {MARK}\n", "parts", ["this list is empty"]),
    ("a part without a row", HEAD + SHARE, "      - row: band 5\n        where:\n", f"      - where: {MARK}\n", "row", ["this key is missing"]),
    ("two parts of one name", HEAD + SHARE, "      - row: band 5\n", f"      - row: women {MARK}\n", "row", ["'women' is here twice"]),
    ("a part called all", HEAD + SHARE, "      - row: band 5\n", f"      - row: all {MARK}\n", "row", ["'all' is the row of everybody"]),
    ("an unknown key of a part", HEAD + SHARE, "      - row: band 5\n", f"      - row: band 5\n        ofwhich: women {MARK}\n", "ofwhich",
     ["not a key of parts: did you mean of_which", "the keys are row, where, of_which"]),
    ("a part of an unknown row", HEAD + SHARE, "      - row: band 5\n", f"      - row: band 5\n        of_which: woman {MARK}\n", "of_which",
     ["'woman' is not allowed here: did you mean women; allowed: women, band 5"]),
    ("a part of itself", HEAD + SHARE, "      - row: band 5\n", f"      - row: band 5\n        of_which: band 5 {MARK}\n", "of_which",
     ["'band 5' cannot be a part of itself"]),
    ("parts in a circle", HEAD + SHARE.replace("      - row: women\n", "      - row: women\n        of_which: band 5\n"), "      - row: band 5\n",
     f"      - row: band 5\n        of_which: women {MARK}\n", "of_which", ["parts that are parts of one another: band 5 of women of band 5"]),
    ("a part of two", HEAD + SHARE, "      - row: band 5\n", f"      - row: band 5\n        of_which: [women] {MARK}\n", "of_which",
     ["one text is expected here"]),
    # ---- tiers and scopes
    ("one tier", HEAD + TIERS, "    tiers:\n      - tier: lower\n        where: [band in Band 5]\n", "    tiers:\n", "tiers",
     ["a disparity ratio compares two or three tiers"], "- tier: upper"),
    ("four tiers", HEAD + TIERS, "    tiers:\n", "    tiers:\n      - tier: a\n        where: [band in Band 2]\n      - tier: b\n"
     "        where: [band in Band 3]\n", "tiers", ["a disparity ratio compares two or three tiers"], "- tier: a"),
    ("no tiers", HEAD + TIERS, "    tiers:\n      - tier: lower\n        where: [band in Band 5]\n      - tier: upper\n        where: [band in Band 6]\n",
     f"    tiers: [] {MARK}\n", "tiers", ["this list is empty"]),
    ("no scopes", HEAD + TIERS, "    scopes:\n      - scope: all\n", f"    scopes: [] {MARK}\n", "scopes", ["this list is empty"]),
    ("a tier of a tier", HEAD + TIERS, "      - tier: upper\n", f"      - tier: upper\n        of_which: lower {MARK}\n", "of_which",
     ["not a key of tiers", "the keys are tier, where"]),
    ("two scopes of one name", HEAD + TIERS, "      - scope: all\n", f"      - scope: all\n      - scope: all {MARK}\n", "scope",
     ["'all' is here twice"]),
]

TABLE_CASES = [
    ("a field of an unknown type", "    type: id\n", f"    type: ident {MARK}\n", "type",
     ["'ident' is not allowed here", "allowed: date, year, text, id, code"]),
    ("a list that is none", "    list: ethnicity\n", f"    list: etnicity {MARK}\n", "list",
     ["there is no code list 'etnicity': did you mean ethnicity", "there are"]),
    ("a code without a list", "    type: code\n    list: ethnicity\n", f"    type: code {MARK}\n", "list", ["a field of type code, and no other"]),
    ("a list without a code", "    type: id\n", f"    type: id\n    list: ethnicity {MARK}\n", "list", ["a field of type code, and no other"]),
    ("an unknown key", "title: Patients\n", f"titel: Patients {MARK}\n", "titel", ["not a key of a table: did you mean title"]),
    ("an unknown key of a field", "    headers:", f"    header: [x] {MARK}\n    headers:", "header", ["not a key of a field: did you mean headers"]),
    ("an unknown time", "time: window\n", f"time: windows {MARK}\n", "time", ["did you mean window", "allowed: snapshot, window, latest, year"]),
    ("no time", "table: ward\n", f"table: ward {MARK}\n", "time", ["this key is missing"], "time: window\n"),
    ("no name", "table: ward\ntitle: Patients\n", f"title: Patients {MARK}\n", "table", ["this key is missing"]),
    ("a name with a blank", "table: ward\n", f"table: the ward {MARK}\n", "table", ["'the ward' is no id"]),
    ("once per what is no field", "once_per: [patient_id]\n", f"once_per: [patient] {MARK}\n", "once_per",
     ["'patient' is not allowed here", "allowed: date, patient_id, ethnicity"]),
    ("a date that is no field", "date: date\n", f"date: dates {MARK}\n", "date", ["did you mean date", "allowed: date, patient_id, ethnicity"]),
    ("a date that is no date", "date: date\n", f"date: patient_id {MARK}\n", "date", ["a field of type date is expected here"]),
    ("a need that is no field", "  - [ethnicity]\n", f"  - [etnicity] {MARK}\n", "needs", ["did you mean ethnicity"]),
    ("a name of a field that no condition can use", "  - name: patient_id\n", f"  - name: Patient ID {MARK}\n", "name",
     ["'Patient ID' cannot be in a condition: lower case letters, digits and '_' can"], "once_per: [patient_id]\n"),
    ("once per what tells nobody apart", "once_per: [patient_id]\n", f"once_per: [ethnicity] {MARK}\n", "once_per",
     ["fields of type id are expected here"]),
    ("a field twice", "  - name: patient_id\n", f"  - name: date {MARK}\n", "name", ["'date' is here twice"], "once_per: [patient_id]\n"),
    ("a field without a name", "  - name: patient_id\n    type: id\n", f"  - type: id {MARK}\n", "name", ["this key is missing"],
     "once_per: [patient_id]\n"),
    ("a header of two fields", "    headers: [Ethnicity]\n", f"    headers: [Date] {MARK}\n", "headers", ["the header 'Date' belongs to field date already"]),
    ("no fields", TABLE[TABLE.index("fields:"):], f"fields: [] {MARK}\n", "fields", ["this list is empty"],
     "once_per: [patient_id]\n", "date: date\n", "needs:\n  - [ethnicity]\n"),
    ("a tab", "    type: id\n", f"\ttype: id {MARK}\n", "", ["no valid YAML"]),
]


class Mistakes(Case):
    def setUp(self):
        super().setUp()
        self.write("staff.csv", "Date,Ethnicity\n2025-03-31,A\n")

    def refused(self, text, file, line, key, parts, *more, arguments=()):
        """calc, and explain where it reads the same files, refuse with this one error."""
        self.write(file, text.encode("utf-8", "surrogateescape"))
        commands = [("calc", "workforce=staff.csv") + arguments]
        if not arguments:
            commands = [("calc", "workforce=staff.csv", "--standard", file), ("explain", file)]
        for command in commands:
            outcome = self.wres(*command)
            self.assertEqual(outcome.status, 2, outcome)
            self.assertEqual(outcome.out, b"", outcome)
            errors = outcome.err.splitlines()
            self.assertEqual(len(errors), 1, outcome)
            start = "wres: error: %s:%d: %s" % (file, line, key + ": " if key else "")
            self.assertEqual(errors[0][:len(start)], start, outcome)
            for part in parts:
                self.assertIn(part, errors[0], outcome)

    def marked(self, text, base, old, new, more, key):
        """The text with its mistake, and the line of the mark. more: texts that are taken out, or where the line is without a mark."""
        if base is not None:
            self.assertIn(old, base, "the case replaces what is not there")
            text = base.replace(old, new, 1)
        where = None
        for word in more:
            if isinstance(word, int) or word == "last":
                where = word
            elif word.startswith("- tier"):
                where = next(n for n, line in enumerate(text.splitlines(), 1) if word in line)
            else:
                self.assertIn(word, text, "the case takes out what is not there")
                text = text.replace(word, "", 1)
        lines = text.splitlines()
        marked = [n for n, line in enumerate(lines, 1) if line.endswith(MARK)]
        if where == "last":
            return text, len(lines) + 1
        if marked:
            self.assertEqual(len(marked), 1, "one mark a case")
            return text, marked[0] + (where or 0)
        self.assertIsNotNone(where, "no mark")
        return text, where

    def test_good_files_are_taken(self):
        """The bases of the table are good: what is refused is refused for its mistake."""
        for base in (SHARE, LIKELIHOOD, STEPS, RATE, GAP, TIERS, OFF):
            self.write("mine.yaml", HEAD + base)
            outcome = self.wres("explain", "mine.yaml")
            self.assertEqual((outcome.status, outcome.err), (0, ""), outcome)
            self.assertEqual(self.wres("calc", "workforce=staff.csv", "--standard", "mine.yaml").status, 0)
        self.write("mine.yaml", HEAD + OVER_WARD)
        self.write("ward.yaml", TABLE)
        outcome = self.wres("calc", "workforce=staff.csv", "--standard", "mine.yaml", "--table", "ward.yaml")
        self.assertEqual(outcome.status, 0, outcome)

    def test_standards(self):
        for name, base, old, new, key, parts, *more in CASES:
            with self.subTest(name):
                text, line = self.marked(new, base, old, new, more, key)
                self.refused(text, "mine.yaml", line, key, parts)

    def test_tables(self):
        self.write("mine.yaml", HEAD + OVER_WARD)
        for name, old, new, key, parts, *more in TABLE_CASES:
            with self.subTest(name):
                text, line = self.marked(new, TABLE, old, new, more, key)
                self.refused(text, "ward.yaml", line, key, parts, arguments=("--standard", "mine.yaml", "--table", "ward.yaml"))

    def test_a_table_of_ones_own_that_is_called_otherwise(self):
        self.write("ward.yaml", TABLE)
        text = HEAD + LIKELIHOOD.replace("      table: workforce", "      table: wardd " + MARK)
        line = next(n for n, row in enumerate(text.splitlines(), 1) if row.endswith(MARK))
        self.refused(text, "mine.yaml", line, "table", ["there is no table 'wardd': did you mean ward; the tables are awards", "workforce, ward"],
                     arguments=("--standard", "mine.yaml", "--table", "ward.yaml"))

    def test_aliases_that_unfold_without_end(self):
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for n in range(1, 9):
            bomb += "a%d: &a%d [%s]\n" % (n, n, ", ".join(["*a%d" % (n - 1)] * 9))
        self.write("mine.yaml", bomb)
        for command in (("calc", "workforce=staff.csv", "--standard", "mine.yaml"), ("explain", "mine.yaml")):
            outcome = self.wres(*command)
            self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
            self.assertRegex(outcome.err, r"\Awres: error: mine\.yaml:1: too deep or too large for a file of settings\n\Z")

    def test_an_alias_of_itself(self):
        self.refused("a: &a [*a]\n", "mine.yaml", 1, "", ["too deep or too large"])

    def test_an_alias_is_no_mistake(self):
        self.write("mine.yaml", HEAD + GAP.replace("against: {table: workforce}", "against: &staff {table: workforce}") +
                   LIKELIHOOD.partition("\n")[2].replace("id: x", "id: y").replace("    over:\n      table: workforce\n", "    over: *staff\n"))
        self.assertEqual(self.wres("explain", "mine.yaml").status, 0)

    def test_every_mistake_of_a_file_is_said_at_once(self):
        self.write("mine.yaml", (HEAD + SHARE).replace("title: Mine", "titel: Mine").replace("measure: share", "measure: sharp")
                   .replace("certainty: U\n    of", "certainty: V\n    of"))
        outcome = self.wres("explain", "mine.yaml")
        self.assertEqual(outcome.status, 2, outcome)
        for place in ("mine.yaml:2: titel: ", "mine.yaml:1: title: ", "mine.yaml:12: measure: ", "mine.yaml:13: certainty: "):
            self.assertIn("wres: error: " + place, outcome.err, outcome)
        self.write("mine.yaml", (HEAD + SHARE).replace("sex in Female", "sx in Female").replace("band in Band 5", "band in Band 55"))
        outcome = self.wres("explain", "mine.yaml")
        for place in ("mine.yaml:21: sx: ", "mine.yaml:24: band: "):
            self.assertIn("wres: error: " + place, outcome.err, outcome)

    def test_two_standards_of_one_id(self):
        for file in ("mine.yaml", "other.yaml"):
            self.write(file, HEAD + SHARE)
        outcome = self.wres("calc", "workforce=staff.csv", "--standard", "mine.yaml", "--standard", "other.yaml")
        self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
        self.assertEqual(outcome.err, "wres: error: other.yaml:1: standard: 'mine' is the id of mine.yaml too: give this one another\n")
        self.write("wres.yaml", "standard: [mine.yaml, other.yaml]\ninputs: {workforce: staff.csv}\n")
        self.assertIn("wres: error: other.yaml:1: standard: ", self.wres("calc").err)
        outcome = self.wres("calc", "workforce=staff.csv", "--standard", "mine.yaml", "--standard", "mine.yaml")
        self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
        self.assertIn("each standard once", outcome.err)

    def test_settings(self):
        """The same of a settings file."""
        good = "standard: mine.yaml\ninputs:\n  workforce:\n    file: staff.csv\n    columns:\n      ethnicity: Ethnicity\n"
        self.write("mine.yaml", HEAD + SHARE)
        self.write("wres.yaml", good)
        self.assertEqual(self.wres("calc").status, 0)
        for name, old, new, key, parts, *more in (
                ("an unknown key", "standard: mine.yaml\n", f"standrd: mine.yaml {MARK}\n", "standrd", ["did you mean standard"]),
                ("a list for a text", "standard: mine.yaml\n", f"as_at: [2025-03-31] {MARK}\n", "as_at", ["one text is expected here"]),
                ("an unknown key of an input", "    columns:\n", f"    column: {MARK}\n", "column", ["did you mean columns", "file, files"]),
                ("no file", "    file: staff.csv\n    columns:\n", f"    columns: {MARK}\n", "file", ["this key is missing"]),
                ("an empty list of files", "    file: staff.csv\n", f"    files: [] {MARK}\n", "files", ["at least one file is expected here"]),
                ("a tab", "    file: staff.csv\n", f"\tfile: staff.csv {MARK}\n", "", ["no valid YAML"]),
                ("a value that is not allowed", "standard: mine.yaml\n", f"groups: 3 {MARK}\n", "groups", ["'3' is not allowed; allowed: 2, 5, 16"]),
                ("a table that there is none of", "  workforce:\n    file", f"  workforse:\n    file", "", ["did you mean workforce"], 3)):
            with self.subTest(name):
                text, line = self.marked(new, good, old, new, more, key)
                self.write("wres.yaml", text)
                outcome = self.wres("calc")
                self.assertEqual((outcome.status, outcome.out), (2, b""), outcome)
                self.assertEqual(len(outcome.err.splitlines()), 1, outcome)
                self.assertTrue(outcome.err.startswith("wres: error: wres.yaml:%d: %s" % (line, key + ": " if key else "")), outcome)
                for part in parts:
                    self.assertIn(part, outcome.err, outcome)


main()
