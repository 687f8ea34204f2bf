#!/usr/bin/env python3
"""Writes docs/methods/: one page for each indicator of a standard, and an index. Everything comes from the standard file and from the
national figures beside it, so a corrected definition is corrected in its page too.

usage: python3 docs/make_methods.py [--check] [STANDARD.yaml]

Without a file the latest WRES in data/standards, as in the program; the index is always of that one. --check writes nothing and ends with
status 1 where a page is not what the standard file says. PyYAML is needed.
"""
import csv
import glob
import os
import sys

import yaml

DOCS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(DOCS)
FOLDER = os.path.join(DOCS, "methods")

CERTAINTY = {
    "C": "confirmed in a text of the owning body, or in several that agree",
    "S": "one secondary source",
    "U": "unconfirmed: commonly known, not seen in a source",
}
MEASURE = {
    "share": "share of each group in a section and row",
    "likelihood": "relative likelihood: a rate for each group, and one rate divided by another",
    "rate": "percentage of answers for each group, and the difference in points",
    "gap": "share in one body minus share in another, in points",
}
# The rows of the output that a measure makes; the columns are those of docs/output.md.
ROWS = {
    "share": [
        ("white, bme, unknown, all", "count", "people", "headcount of the row"),
        ("white, bme, unknown", "share", "percent", "with numerator, denominator and Wilson interval"),
        ("bme", "difference", "percentage points", "share of the row minus share of the whole; interval"),
        ("bme", "p_value", "probability", "Fisher's exact test, the row against all other staff"),
    ],
    "likelihood": [
        ("white, bme, unknown", "rate", "percent", "with numerator, denominator and Wilson interval"),
        ("{ratio}", "ratio", "ratio", "with interval, four-fifths flag and a sentence"),
        ("{ratio}", "p_value", "probability", "Fisher's exact test"),
    ],
    "rate": [
        ("white, bme, unknown", "rate", "percent", "with numerator, denominator and Wilson interval"),
        ("bme-white", "difference", "percentage points", "with Newcombe interval and a sentence"),
        ("bme-white", "p_value", "probability", "Fisher's exact test"),
    ],
    "gap": [
        ("white, bme, unknown", "share", "percent", "of the board's parts and of the workforce, with numerator and denominator"),
        ("bme", "difference", "percentage points", "board minus workforce, for each part"),
    ],
}


def counted(node):
    """`recruitment where stage >= appointed`."""
    where = node.get("where", [])
    return f"`{node['table']}`" + (" where " + " and ".join(f"`{line}`" for line in where) if where else "")


def formula(standard, indicator):
    compare, measure = standard["compare"], indicator["measure"]
    reference, group = compare["reference"], compare["group"]
    if measure == "likelihood":
        first, second = (reference, group) if indicator["ratio"] == "reference / group" else (group, reference)
        line = f"rate of a group = events of the group / people of the group\n{first} ÷ {second} = rate of {first} / rate of {second}"
        years = indicator.get("years", 1)
        return line + (f"\nevents = the events of {years} windows / {years}" if years > 1 else "")
    if measure == "rate":
        return f"percentage of a group = 100 × events of the group / answers of the group\n{group} − {reference}, in percentage points"
    if measure == "gap":
        return (f"{group} share of the body = 100 × {group} members / all members\n"
                f"{group} share of the body − {group} share of the workforce, in percentage points")
    return (f"share of a group in a row = 100 × the group's people in the row / all people in the row\n"
            f"{group} points of a row = {group} share of the row − {group} share of the whole workforce")


def counted_lines(indicator):
    keys = {"share": [("Whose composition", "of")], "gap": [("The body", "of"), ("Set against", "against")]}
    lines = [f"- {label}: {counted(indicator[key])}"
             for label, key in keys.get(indicator["measure"], [("Events", "events"), ("Over", "over")])]
    if indicator.get("joined"):
        lines.append(f"- Several questions are joined per respondent, or come as one item, `{indicator['joined']}`.")
    if "months" in indicator:
        years = indicator.get("years", 1)
        lines.append(f"- Months in a window: {indicator['months']}; windows averaged: {years}")
    for part in indicator.get("parts", []):
        where = " and ".join(f"`{line}`" for line in part.get("where", []))
        whole = f" of `{part['of_which']}`" if "of_which" in part else ""
        lines.append(f"- Part `{part['row']}`{whole}" + (f": members where {where}" if where else ": all members"))
    if indicator.get("four_fifths"):
        lines.append("- The ratio is set against the four-fifths range, 0.80 to 1.25, both ends within.")
    return lines


def national(standard, indicator):
    path = os.path.join(ROOT, "data", "benchmarks", standard["standard"].rpartition("-")[0] + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["indicator"] == indicator["id"]]
    if not rows:
        return []
    lines = ["", "## Published figures", "", "For comparison; the certainty is that of the figure.", "",
             "| organisation | year | row | group | statistic | value | certainty |", "|---|---|---|---|---|---|---|"]
    return lines + [f"| {r['organisation']} | {r['year']} | {r['row']} | {r['group']} | {r['statistic']} | {r['value']} | "
                    f"{r['certainty']} |" for r in rows]


def rows_made(indicator):
    ratio = "white/bme" if indicator.get("ratio") == "reference / group" else "bme/white"
    lines = ["", "## Rows in the output", "", "| group | statistic | unit | |", "|---|---|---|---|"]
    lines += [f"| {group.format(ratio=ratio)} | `{name}` | {unit} | {text} |" for group, name, unit, text in ROWS[indicator["measure"]]]
    return lines + ["", "Intervals and p-values are not part of the standard; see [methods](../methods.md)."]


def page(standard, indicator, source_file):
    mark = indicator["certainty"]
    note = indicator.get("certainty_note", "")
    lines = [f"# {standard['standard']}, indicator {indicator['id']}: {indicator['title']}", "",
             f"Made from `data/standards/{source_file}` by `docs/make_methods.py`: to correct this page, correct that file.", "",
             indicator["definition"], "", "| | |", "|---|---|",
             f"| numerator | {indicator['numerator']} |", f"| denominator | {indicator['denominator']} |",
             f"| direction | {indicator['direction']} |", f"| window | {indicator['window']} |",
             f"| measure | `{indicator['measure']}`: {MEASURE[indicator['measure']]} |", "",
             "## Formula", "", "```", formula(standard, indicator), "```", "", "## What is counted", ""]
    lines += counted_lines(indicator)
    lines += ["", "Who is staff: rows of `workforce` where " + " and ".join(f"`{line}`" for line in standard["population"]) + "."]
    lines += rows_made(indicator)
    lines += ["", "## Source and certainty", "", indicator["source"], "", f"**{mark}** ({CERTAINTY[mark]})." + (f" {note}" if note else "")]
    lines += national(standard, indicator)
    return "\n".join(lines) + "\n"


def index(standard, source_file):
    lines = [f"# {standard['title']}: a page for each indicator", "",
             f"Made from `data/standards/{source_file}` by `docs/make_methods.py`. `wres explain {standard['standard']}` prints the same",
             "definitions from the program itself.", "", "| indicator | | direction | certainty |", "|---|---|---|---|"]
    for indicator in standard["indicators"]:
        direction = indicator["direction"].split(":")[0]
        name = f"{standard['standard']}-{indicator['id']}.md"
        lines.append(f"| {indicator['id']} | [{indicator['title']}]({name}) | {direction} | {indicator['certainty']} |")
    lines += ["", f"Owner of the standard: {standard['owner']}. {standard['source']}", "",
              f"Certainty of the whole: **{standard['certainty']}** ({CERTAINTY[standard['certainty']]}). {standard.get('certainty_note', '')}".rstrip(),
              "", "The formulas of the intervals and tests are in [methods](../methods.md)."]
    return "\n".join(lines) + "\n"


def latest():
    return max(glob.glob(os.path.join(ROOT, "data", "standards", "wres-*.yaml")))


def pages_of(path):
    with open(path, encoding="utf-8") as file:
        standard = yaml.safe_load(file)
    source_file = os.path.basename(path)
    pages = {f"{standard['standard']}-{i['id']}.md": page(standard, i, source_file) for i in standard["indicators"]}
    if os.path.realpath(path) == os.path.realpath(latest()):
        pages["README.md"] = index(standard, source_file)
    return pages


def read(path):
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(arguments):
    check = "--check" in arguments
    files = [a for a in arguments if a != "--check"]
    pages = pages_of(files[0] if files else latest())
    stale = [name for name, text in sorted(pages.items()) if read(os.path.join(FOLDER, name)) != text]
    if check:
        for name in stale:
            print(f"docs/methods/{name} is not what the standard file says: run docs/make_methods.py", file=sys.stderr)
        return 1 if stale else 0
    os.makedirs(FOLDER, exist_ok=True)
    for name in stale:
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(pages[name])
    print(f"{len(pages)} pages, {len(stale)} written")
    return 0


sys.exit(main(sys.argv[1:]))
