#!/usr/bin/env python3
"""Makes patients.csv and restraints.csv beside this script, always the same. Nobody in them exists."""
import csv
import datetime
import os
import random

FOLDER = os.path.dirname(os.path.abspath(__file__))
TEXTS = {"white": ["A White - British", "White - British", "A", "White - Irish"],
         "bme": ["N African", "Black or Black British - Caribbean", "M", "Indian", "Pakistani", "G"],
         "unknown": ["Not Stated", ""]}
TYPES = ["Standing hold", "Seated hold", "Prone", "Rapid tranquillisation"]
random_of = random.Random(31).random


def chance(p):
    return random_of() < p


def pick(items):
    return items[int(random_of() * len(items))]


def group_of(white, bme):
    return "white" if chance(white) else "bme" if chance(bme) else "unknown"


def write(name, header, rows):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def main():
    first, last = datetime.date(2024, 4, 1), datetime.date(2025, 3, 31)
    patients, events = [], []
    for number in range(1, 241):
        group = group_of(.62, .9)
        patient, text = "P%04d" % number, pick(TEXTS[group])
        day = first + datetime.timedelta(days=int(random_of() * 350))
        patients.append([day.isoformat(), patient, text])
        if chance(.08):             # admitted again
            patients.append([(day + datetime.timedelta(days=int(random_of() * 14) + 1)).isoformat(), patient, text])
        if chance({"white": .14, "bme": .26, "unknown": .2}[group]):
            for _ in range(1 + int(random_of() * 3)):
                when = min(day + datetime.timedelta(days=int(random_of() * 20)), last)
                events.append([when.isoformat(), patient, text, pick(TYPES)])
    events.append(["2024-03-31", "P0002", patients[1][2], "Seated hold"])       # a day too early
    write("patients.csv", ["Admission Date", "Patient ID", "Ethnic Origin"], sorted(patients))
    write("restraints.csv", ["Event Date", "Patient ID", "Ethnic Origin", "Restraint Type"], sorted(events))


main()
