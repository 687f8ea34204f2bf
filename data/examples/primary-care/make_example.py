#!/usr/bin/env python3
"""Makes survey.csv beside this script, always the same. Nobody in it exists."""
import csv
import os
import random

FOLDER = os.path.dirname(os.path.abspath(__file__))
TEXTS = {"white": ["White - English / Welsh / Scottish / Northern Irish / British"] * 7 + ["Any other White background"],
         "bme": ["Indian", "Pakistani", "Any other Asian background", "Black/African/Caribbean/Black British - African"],
         "unknown": ["Prefer not to say"]}
ITEMS = [("harassment_public", .34, .40), ("harassment_managers", .06, .09), ("harassment_colleagues", .11, .16), ("equal_opportunity", .60, .47),
         ("discrimination", .05, .12)]
random_of = random.Random(32).random


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


def answer(item, likely):
    yes, other = chance(likely), random_of()
    if chance(.02):
        return ""
    if item.startswith("harassment"):
        return ("1-2" if other < .6 else "3-5") if yes else "Never"
    if yes:
        return "Yes"
    return "Don't know" if item == "equal_opportunity" and other < .5 else "No"


def main():
    rows = []
    for number in range(1, 421):
        group = group_of(.7, .93)
        text = pick(TEXTS[group])
        for item, white, bme in ITEMS:
            rows.append([2024, "Y%05d" % (1 + number % 2), "G%04d" % number, text, item, answer(item, bme if group == "bme" else white)])
    write("survey.csv", ["Survey Year", "Org Code", "Respondent ID", "Ethnicity", "Question", "Answer"], rows)


main()
