#!/usr/bin/env python3
"""Makes docs/checks.md from data/checks. --check tells whether it agrees."""
import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(os.path.dirname(HERE), "data", "checks")
PAGE = os.path.join(HERE, "checks.md")

HEAD = """\
# Checks

What `wres check` finds, what it means, and what to do. Made by `docs/make_checks.py` from `data/checks`; change it there.

An *error* is what a calculation stops at. A *warning* says that a result may be wrong, *information* what is good to know. Where two
are named, the message says which and why. A check says what `wres calc` would say of the same files, and more.

No message holds an identifier, a name or free text. Findings that agree in everything but the line are one row with their count and
their first ten lines. Of the values of a column, those of most people are listed and the rest are counted together.
"""


def read(name):
    with open(os.path.join(DATA, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(text):
    return text.replace("|", "\\|")


def page():
    lines = [HEAD, "| check | | means | what to do |", "|---|---|---|---|"]
    for row in read("checks.csv"):
        lines.append("| `%s` | %s | %s | %s |" % (row["check"], row["severity"], cell(row["means"]), cell(row["what_to_do"])))
    lines += ["", "## Thresholds", "", "| | value | why |", "|---|---|---|"]
    for row in read("thresholds.csv"):
        lines.append("| `%s` | %s %s | %s |" % (row["name"], row["value"], row["unit"], cell(row["reason"])))
    lines += ["", "Two groups count as exchanged where both have moved by more than `swap-move` and, with the sides changed, they lie nearer to",
              "before: |BME now - White then| + |White now - BME then| is less than a third (`swap-fit`) of",
              "|BME now - BME then| + |White now - White then|. For snapshots these are shares of the people whose group is known, against the",
              "snapshot before and the one a year before; for surveys the shares of the answers, and the percentages, of each question.", ""]
    return "\n".join(lines)


def main():
    if "--check" in sys.argv[1:]:
        with open(PAGE, encoding="utf-8") as file:
            if file.read() != page():
                sys.exit("docs/checks.md does not agree with data/checks: run docs/make_checks.py")
        return
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(page())


if __name__ == "__main__":
    main()
