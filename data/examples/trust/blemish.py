"""Exports without anything wrong in them, and with one of each blemish that `wres check` looks for.

Used by make_example.py (--clean, --blemishes). Two folders come of it: `trust`, records as in the example beside this script, and
`counted`, tables that are counted already. Each has its settings, wres.yaml; where blemishes are planted, planted.csv says where: severity,
check, table, file, line, field.
"""

import csv
import os
import shutil

import make_example

LAST = "2025-03-31"


class Table:
    """A CSV file in memory: its rows, and the line of each as long as no cell has a line break."""

    def __init__(self, folder, name):
        self.path, self.name, self.table = os.path.join(folder, name), name, name.split(".")[0].split("-")[0]
        with open(self.path, encoding="utf-8-sig", newline="") as file:
            self.rows = list(csv.reader(file))
        self.header = self.rows[0]

    def column(self, name):
        return self.header.index(name)

    def lines(self, **wanted):
        """Lines whose cells are these (blanks for underscores in the names of columns)."""
        wanted = {self.column(name.replace("_", " ")): value for name, value in wanted.items()}
        return [n + 1 for n, row in enumerate(self.rows) if n and all(row[at].strip() == value for at, value in wanted.items())]

    def get(self, line, name):
        return self.rows[line - 1][self.column(name)]

    def set(self, line, name, value):
        self.rows[line - 1][self.column(name)] = value

    def add(self, row=None, like=None, **changes):
        """Appends a row, or a copy of a line with changes; returns its line."""
        self.rows.append(list(row) if row else list(self.rows[like - 1]))
        for name, value in changes.items():
            self.set(len(self.rows), name.replace("_", " "), value)
        return len(self.rows)

    def save(self):
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(self.rows)


class Planted:
    def __init__(self):
        self.rows = []

    def __call__(self, severity, check, table, line="", field="", file=None):
        self.rows.append([severity, check, table.table, table.name if file is None else file, line, field])

    def save(self, folder):
        with open(os.path.join(folder, "planted.csv"), "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["severity", "check", "table", "file", "line", "field"])
            rows.writerows(sorted(self.rows, key=str))


# ---------------------------------------------------------------------------------------------------------------- records

def write_trust(folder, staff, quarters, blemished):
    make_example.make(folder, staff, quarters, clean=True)
    shutil.copy(os.path.join(os.path.dirname(os.path.abspath(__file__)), "wres.yaml"), folder)
    if not blemished:
        return
    plant = Planted()
    tables = {name: Table(folder, name + ".csv") for name in ("workforce", "cases", "training", "recruitment", "board")}
    plant_staff(plant, tables["workforce"])
    plant_cases(plant, tables["cases"], tables["workforce"], Table(folder, "movements.csv"))
    plant_training(plant, tables["training"])
    plant_recruitment(plant, tables["recruitment"])
    plant_board(plant, tables["board"])
    for table in tables.values():
        table.save()
    plant.save(folder)


def single_rows(table, date):
    """Lines of staff of a snapshot who have one row in it."""
    rows = {}
    for line in table.lines(Effective_Date=date):
        rows.setdefault(table.get(line, "Employee Number"), []).append(line)
    return [lines[0] for lines in rows.values() if len(lines) == 1 and table.get(lines[0], "Assignment Category") == "Permanent"]


def plant_staff(plant, table):
    free = iter(single_rows(table, LAST))
    known = (line for line in free if table.get(line, "Ethnic Origin").startswith(("A ", "H ", "N ")))
    line = next(known)
    table.set(line, "Ethnic Origin", "Martian")
    plant("warning", "unmapped-value", table, line, "ethnicity")
    line = next(line for line in known if table.get(line, "Grade") and not table.get(line, "Medical Grade"))
    table.set(line, "Grade", "Band 8")
    plant("warning", "unmapped-value", table, line, "pay_band")
    line = next(known)
    table.set(line, "FTE", "1.50")
    plant("warning", "fte-range", table, line, "fte")
    line = next(known)
    table.set(line, "FTE", "full time")
    plant("warning", "no-number", table, line, "fte")
    plant("warning", "duplicate-row", table, table.add(like=next(known)))
    line = next(known)
    other = "N" if table.get(line, "Ethnic Origin")[0] == "A" else "A"
    plant("warning", "conflicting-groups", table, table.add(like=line, Ethnic_Origin=other, Team="Elsewhere"), "ethnicity")
    plant("warning", "blank-identifier", table, table.add(like=next(known), Employee_Number="", Team="Elsewhere"))
    line = next(known)
    for post in range(4):
        added = table.add(like=line, Team="Post %d" % post, Primary_Assignment="No")
    plant("warning", "many-assignments", table, added, "person_id")
    line = table.add(like=next(known), Effective_Date="2025-02-20")
    plant("warning", "no-month-end", table, line, "snapshot_date")
    table.add(like=next(known), Effective_Date="2025-06-30")
    plant("warning", "thin-snapshot", table, file="")
    for count, line in enumerate(known):        # five in a hundred who do not say any more
        if count * 100 >= 5 * len(table.lines(Effective_Date=LAST)):
            break
        table.set(line, "Ethnic Origin", "Not Stated")
    plant("warning", "unknown-rise", table, field="ethnicity")
    table.header[table.column("Assignment Status")] = "State of things"
    plant("warning", "condition-not-tested", table, field="assignment_status")


def plant_cases(plant, table, staff, movements):
    employee = staff.get(single_rows(staff, LAST)[-1], "Employee Number")
    case = ["", "", employee, "Disciplinary", "Y", "Ongoing"]
    joiner = next(row for row in movements.rows if row[2] == "Joiner" and row[0] > "2024-10-10")

    def add(date, who):
        return table.add([date, "ER9%04d" % len(table.rows), who] + case[3:])

    plant("warning", "person-not-found", table, add("08/01/2025", "20999991"), "person_id")
    plant("warning", "before-start", table, add("02/10/2024", joiner[1]), "date_entered")
    plant("warning", "after-as-at", table, add("01/06/2026", employee), "date_entered")
    plant("warning", "blank-date", table, add("", employee), "date_entered")


def plant_training(plant, table):
    line = table.lines(Training_Type="Non-mandatory")[5]
    plant("warning", "duplicate-row", table, table.add(like=line))
    line = table.lines(Training_Type="Mandatory")[5]
    table.set(line, "Training Type", "Some course or other")
    plant("warning", "unmapped-value", table, line, "training_type")


def plant_recruitment(plant, table):
    table.rows.pop()                            # the total, which the settings leave out
    plant("warning", "leave-out-not-met", table)
    for line in range(2, len(table.rows) + 1):
        table.set(line, "International Recruit", "")
    plant("warning", "empty-column", table, field="international_recruit")


def plant_board(plant, table):
    first = len(table.rows) + 1
    for place in range(41):
        table.add(["2024-02-29", "White - British" if place < 35 else "Indian", "Y", "N", "No"])
    plant("warning", "board-size", table, first)
    plant("warning", "board-groups", table, table.add(["2022-03-31", "Indian", "Y", "Y", "No"]), "ethnicity")


# ----------------------------------------------------------------------------------------------------------------- counts

BANDS = ("Band 3", "Band 5", "Band 7", "Band 8a")
SETTINGS = """\
inputs:
  workforce: workforce.csv
  recruitment: recruitment.csv
  survey: survey.csv
  cases: cases.csv
"""


def write_file(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def write_counted(folder, blemished):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "wres.yaml"), "w", encoding="utf-8") as file:
        file.write(SETTINGS)
    write_file(folder, "workforce.csv", ["Snapshot Date", "Organisation", "Ethnicity", "Pay Band", "Assignment Category", "Assignment Status", "Count"],
               [[date, "RZZ", group, band, "Permanent", "Active", people]
                for date, more in (("2024-03-31", 0), (LAST, 4)) for band in BANDS
                for group, people in (("White", 200 + more), ("BME", 50 + more), ("Not Stated", 5))])
    flags = (("N", "N", "N"), ("N", "N", "N"), ("Y", "Y", "N"), ("Y", "Y", "Y"), ("Y", "N", "N"), ("Y", "", ""))
    write_file(folder, "recruitment.csv", ["Date", "Vacancy ID", "Applicant ID", "Ethnicity", "Pay Band", "Applied", "Shortlisted", "Interviewed", "Appointed"],
               [["2024-%02d-15" % (5 + vacancy % 6), "V%02d" % vacancy, "AP%03d" % (vacancy * 10 + place), ("White - British", "African", "Indian")[place % 3],
                 BANDS[vacancy % 4], "Y"] + list(flags[place % len(flags)]) for vacancy in range(12) for place in range(9)])
    write_file(folder, "survey.csv", ["Survey Year", "Organisation", "Question", "Ethnicity", "Percent", "Base"],
               [[year, "RZZ", question, group, percent + (.5 if year == 2024 else 0), base]
                for year in (2023, 2024) for question, percents in (("Q14a", (25.0, 31.0)), ("Q14bc", (22.0, 27.0)), ("Q15", (57.0, 46.5)), ("Q16b", (6.5, 15.5)))
                for group, percent, base in zip(("White", "BME"), percents, (600, 200))])
    write_file(folder, "cases.csv", ["Date Entered", "Ethnicity", "Case Type", "Formal", "Count"],
               [["2024-%02d-10" % month, group, "Disciplinary", "Y", 1 + month % 2] for month in range(5, 11) for group in ("White", "BME")])
    if blemished:
        plant_counted(folder)


def plant_counted(folder):
    plant = Planted()
    staff, recruitment, survey, cases = (Table(folder, name + ".csv") for name in ("workforce", "recruitment", "survey", "cases"))
    for line in staff.lines(Snapshot_Date=LAST):        # the wrong way round
        group = staff.get(line, "Ethnicity")
        staff.set(line, "Ethnicity", {"White": "BME", "BME": "White"}.get(group, group))
    plant("warning", "groups-swapped", staff, field="ethnicity")

    line = recruitment.lines(Vacancy_ID="V03", Shortlisted="N")[0]
    recruitment.set(line, "Appointed", "Y")
    plant("warning", "flags-contradict", recruitment, line, "shortlisted")
    lines = recruitment.lines(Vacancy_ID="V05")
    for line in lines:
        recruitment.set(line, "Shortlisted", "")
        recruitment.set(line, "Interviewed", "")
        recruitment.set(line, "Appointed", "Y" if line == lines[4] else "N")
    plant("warning", "more-appointed-than-shortlisted", recruitment, lines[4], "appointed")
    line = recruitment.lines(Vacancy_ID="V07")[2]
    recruitment.set(line, "Date", "2024-02-31")
    plant("error", "date", recruitment, line, "date")
    line = recruitment.lines(Vacancy_ID="V08")[2]
    recruitment.rows[line - 1].pop()
    plant("error", "row", recruitment, line)

    def answers(question):
        return survey.lines(Survey_Year="2024", Question=question)

    plant("warning", "percent-impossible", survey, survey.add(["2024", "RZZ", "Q14b", "BME", "27.5", "3"]), "percent")
    white, bme = answers("Q14bc")
    survey.set(white, "Base", "1600")
    plant("warning", "more-answers-than-staff", survey, white, "question")
    white, bme = answers("Q15")                         # by their percentages
    survey.set(white, "Percent", "46.5")
    survey.set(bme, "Percent", "57.0")
    plant("warning", "groups-swapped", survey, white, "ethnicity")
    white, bme = answers("Q16b")                        # by their bases
    survey.set(white, "Base", "200")
    survey.set(bme, "Base", "600")
    plant("warning", "groups-swapped", survey, white, "ethnicity")
    plant("error", "percent", survey, survey.add(["2024", "RZZ", "Q14b", "White", "101", "600"]), "percent")
    plant("error", "year", survey, survey.add(["24", "RZZ", "Q14b", "White", "12", "600"]), "survey_year")
    plant("error", "count", cases, cases.add(["2024-12-10", "BME", "Disciplinary", "Y", "<5"]), "count")
    for table in (staff, recruitment, survey, cases):
        table.save()
    plant.save(folder)


def write(folder, staff, quarters, blemished):
    write_trust(os.path.join(folder, "trust"), staff, quarters, blemished)
    write_counted(os.path.join(folder, "counted"), blemished)
