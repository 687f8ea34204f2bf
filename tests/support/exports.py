"""Exports to be spoilt: two small sets of files that make good figures, and a table that remembers where its rows stand.

`trust` is the example trust with fewer people (data/examples/trust/make_example.py), every table in it, its free text marked.
`counted` is the same subject as counts and percentages, without identifiers, under headers that need no settings.
"""
import csv
import io
import os
import re
import subprocess
import sys

from cli import EXAMPLE, table_text

SECRET = "SECRET123"            # stands in all free text, which no message may quote
LATEST = "2025-03-31"
STANDARDS = "standard: [wres-2025, mwres-2021, wdes-2023, positive-action]"
IDENTIFIER = re.compile(r"(?<!\d)20(?!\d\d-)\d{6}(?!\d)|AP\d{6}|365-RZZ-\d+|(?<![\d-])2[34]-\d{5}|ER\d{5}|7000000000\d+")


class Table:
    """A CSV file in the hands of whoever spoils it."""

    def __init__(self, content):
        text = content.decode("utf-8-sig")
        self.bom = content.startswith(b"\xef\xbb\xbf")
        self.end = "\r\n" if "\r\n" in text else "\n"
        records = list(csv.reader(io.StringIO(text, newline="")))
        self.header, self.rows = records[0], records[1:]

    def at(self, name):
        return self.header.index(name)

    def get(self, row, name):
        return self.rows[row][self.at(name)]

    def set(self, row, name, value):
        self.rows[row][self.at(name)] = value

    def change(self, name, function, rows=None):
        """Gives the cells of a column (in these rows) what the function makes of them."""
        place = self.at(name)
        for row in range(len(self.rows)) if rows is None else rows:
            self.rows[row][place] = function(self.rows[row][place])

    def where(self, **wanted):
        """Numbers of the rows whose cells are these; `_` in a name stands for a blank."""
        places = [(self.at(name.replace("_", " ")), value) for name, value in wanted.items()]
        return [n for n, row in enumerate(self.rows) if all(row[place] == value for place, value in places)]

    def line(self, row):
        """The physical line on which a row begins, where the header is the first line."""
        return 2 + sum(1 + sum(cell.count("\n") for cell in cells) for cells in self.rows[:row])

    def text(self, delimiter=",", quoting=csv.QUOTE_MINIMAL, end=None):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end or self.end)
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return out.getvalue()

    def content(self, **how):
        return (b"\xef\xbb\xbf" if self.bom else b"") + self.text(**how).encode()


def trust(folder):
    """Writes the exports of a trust of 300 people at two snapshots, and their settings."""
    subprocess.run([sys.executable, os.path.join(EXAMPLE, "make_example.py"), "--out", folder, "--staff", "300", "--quarters", "2"], check=True)
    path = os.path.join(folder, "workforce.csv")
    with open(path, "rb") as file:
        table = Table(file.read())
    for name in ("Team", "Position Title"):
        table.change(name, lambda cell: SECRET + " " + cell)
    with open(path, "wb") as file:
        file.write(table.content())
    with open(os.path.join(EXAMPLE, "wres.yaml"), encoding="utf-8") as file:
        settings = file.read()
    with open(os.path.join(folder, "wres.yaml"), "w", encoding="utf-8") as file:
        file.write(re.sub("(?m)^standard: .*$", STANDARDS, settings))


GROUPS = [("White - British", 41), ("Indian", 17), ("African", 13), ("Not Stated", 4)]
POSTS = [("Nursing and Midwifery Registered", "Band 5", "", 9), ("Nursing and Midwifery Registered", "Band 6", "", 5),
         ("Nursing and Midwifery Registered", "Band 8a", "", 2), ("Administrative and Clerical", "Band 3", "", 6),
         ("Administrative and Clerical", "VSM", "", 1), ("Medical and Dental", "", "Consultant", 3)]
QUESTIONS = [("Q14a", 27, 33), ("Q14bc", 22, 29), ("Q15", 58, 44), ("Q16b", 6, 15)]       # of 100 White and of 100 BME respondents
RESPONDENTS = [("White", 640), ("BME", 360)]


def counted_rows():
    """The files of the counted set: name, header, rows."""
    staff = []
    for date, more in (("2024-03-31", 0), (LATEST, 1)):
        for ethnicity, weight in GROUPS:
            for staff_group, band, grade, size in POSTS:
                staff.append([date, "RZZ", ethnicity, band, grade, staff_group, str(weight * size * 5 + more * 3)])
    staff[staff.index([LATEST, "RZZ", "White - British", "Band 5", "", POSTS[0][0], "1848"])][-1] = "1976"
    yield "workforce", ["Snapshot Date", "Organisation Code", "Ethnic Group", "AfC Band", "Medical Grade", "Staff Group", "Headcount"], staff
    yield "recruitment", ["Ethnic Group", "Stage", "Number of Applicants"], [
        [ethnicity, stage, str(weight * size)] for ethnicity, weight in GROUPS
        for stage, size in (("Applied", 9), ("Shortlisted", 4 if weight > 20 else 5), ("Appointed", 2 if weight > 20 else 1))]
    yield "cases", ["Date Entered", "Ethnic Group", "Case Type", "Formal", "Number of Cases"], [
        [date, ethnicity, kind, "Y", str(weight // 4 + (weight < 20))] for date in ("2024-06-30", "2024-11-15", "2025-02-28")
        for ethnicity, weight in GROUPS for kind in ("Disciplinary", "Grievance")]
    yield "training", ["Ethnic Group", "Training Type", "Number of Staff"], [
        [ethnicity, kind, str(weight * 21 + extra)] for ethnicity, weight in GROUPS for kind, extra in (("Non-mandatory", 2), ("Mandatory", 40))]
    yield "survey", ["Survey Year", "Ethnic Group", "Question", "Percent", "Base"], [
        [year, group, question, percent_of((white if group == "White" else bme) + more, base), str(base)] for year, more in (("2023", 1), ("2024", 0))
        for group, base in RESPONDENTS for question, white, bme in QUESTIONS]
    yield "board", ["Ethnic Group", "Voting", "Executive", "Members"], [
        ["White - British", "Y", "Y", "5"], ["White - British", "Y", "N", "4"], ["Indian", "Y", "N", "2"], ["African", "N", "Y", "1"],
        ["Pakistani", "N", "Y", "0"], ["Not Stated", "Y", "N", "1"]]


def percent_of(percent, base):
    """The percentage, to a decimal, that the whole number of people nearest to `percent` is of the base."""
    people = (percent * base + 50) // 100
    return "%.1f" % (100 * people / base)


def counted(folder):
    """Writes counts and percentages of one organisation, and the shortest settings."""
    settings = "inputs:\n"
    for name, header, rows in counted_rows():
        with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8") as file:
            file.write(table_text(header, rows))
        settings += "  %s:\n    file: %s.csv\n" % (name, name)
    with open(os.path.join(folder, "wres.yaml"), "w", encoding="utf-8") as file:
        file.write(settings)
