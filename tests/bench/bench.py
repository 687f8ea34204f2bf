"""wres beside other tools that do the same work on the same file (make bench; docs/performance.md).

    python3 bench.py [--cases NAME,...] [--tools NAME,...] [--rows N] [--runs N] [--write-docs] [--report-only]

Every case is run with its tools in turns, so that a machine that gets slower gets slower for all. An answer that is not, cell for cell, that of
a count with nothing but Python's csv is reported as such. --rows N (over 1.5 million, up to 15 million) runs the cases of that many rows
and nothing else. What was measured is kept in results.json in the folder BENCH (build/bench), where the generated files are, too; a run
replaces the cases it measured. --write-docs puts all that is kept into docs/performance.md, --report-only measures nothing.
"""
import argparse
import datetime
import gzip
import json
import os
import shutil
import subprocess
import sys

import answer
import report
import tools

BENCH = os.path.abspath(os.environ.get("BENCH", os.path.join(answer.ROOT, "build", "bench")))
PROGRAMS = os.path.join(os.path.dirname(BENCH), "tests", "bench")
GENERATOR, TIMED = os.path.join(PROGRAMS, "staff"), os.path.join(PROGRAMS, "timed")
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "staff.c")
LOOKUP = os.path.join(BENCH, "lookup.csv")
RESULTS = os.path.join(BENCH, "results.json")
FULL, QUARTERS = 1500000, 15000000     # rows of one snapshot, and of as many as can be


class Case:
    """rows of organisations, in no order or one after another; with persons (identifiers that are recognised), every field quoted, packed, or
    through a pipe."""

    def __init__(self, name, title, rows, organisations=212, ordered=False, persons=False, quoted=False, packed=False, through_pipe=False,
                 threads=2, runs=5, only=None):
        self.name, self.title, self.rows, self.organisations, self.persons, self.quoted = name, title, rows, organisations, persons, quoted
        self.ordered = ordered
        self.packed, self.through_pipe, self.threads, self.runs, self.only = packed, through_pipe, threads, runs, only

    def has(self, tool):
        return ((not self.only or tool.name in self.only) and (tool.persons or not self.persons) and (tool.any_quoting or not self.quoted)
                and (self.threads > 1 or tool.threads > 1))


WRES = ["wres calc", "wres cube"]
WITH_DUCKDB = WRES + ["DuckDB"]
FASTER = WITH_DUCKDB + ["polars", "data.table", "pandas"]


def cases(rows):
    if rows > FULL:
        words = "%g million rows in quarters of 1.5 million" % (rows / 1e6)
        only = FASTER[:-1]
        return [Case("large", words, rows, only=only), Case("large-persons", words + ", persons told apart", rows, persons=True, only=only)]
    return [
        Case("10k", "10,000 rows, one trust", 10000, 1, runs=11),
        Case("10k-212", "10,000 rows, 212 trusts", 10000, runs=7, only=WITH_DUCKDB),
        Case("full", "1.5 million rows", FULL),
        Case("persons", "1.5 million rows, persons told apart", FULL, persons=True, only=FASTER),
        Case("quoted", "1.5 million rows, every field quoted", FULL, quoted=True, only=FASTER),
        Case("ordered", "1.5 million rows, trust after trust", FULL, ordered=True, only=WITH_DUCKDB),
        Case("one", "1.5 million rows, one organisation", FULL, 1, only=WITH_DUCKDB),
        Case("thread", "1.5 million rows, one thread", FULL, threads=1, only=WITH_DUCKDB),
        Case("half", "750,000 rows", FULL // 2, only=WITH_DUCKDB),
        Case("quarter", "375,000 rows", FULL // 4, only=WITH_DUCKDB),
        Case("packed", "1.5 million rows, packed by gzip", FULL, packed=True, only=WRES),
        Case("pipe", "1.5 million rows through a pipe", FULL, through_pipe=True, only=WRES),
    ]


# ---------------------------------------------------------------------------------------------------------------------- files

def is_fresh(path, *made_from):
    return os.path.exists(path) and all(os.path.getmtime(path) >= os.path.getmtime(source) for source in made_from)


def staff_file(case):
    """The generated file of a case, made if it is not there."""
    words = [str(case.rows), str(case.organisations)] + ["ordered"] * case.ordered + ["ids"] * case.persons + ["quoted"] * case.quoted
    path = os.path.join(BENCH, "staff-%s.csv" % "-".join(words))
    if not is_fresh(path, SOURCE):
        with open(path + ".new", "wb") as file:
            subprocess.run([GENERATOR] + words, stdout=file, check=True)
        os.replace(path + ".new", path)
    if not case.packed:
        return path
    if not is_fresh(path + ".gz", path):
        with open(path, "rb") as plain, gzip.open(path + ".gz.new", "wb", 6) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)
        os.replace(path + ".gz.new", path + ".gz")
    return path + ".gz"


def expected_answer(case):
    """What Python counts in the file, counted once for a file."""
    plain = staff_file(Case("", "", case.rows, case.organisations, case.ordered, case.persons, case.quoted))
    path = plain[:-len(".csv")] + ".answer"
    if not is_fresh(path, plain, LOOKUP):
        with open(path + ".new", "w", newline="") as file:
            answer.write(answer.count(plain, answer.read_lookup(LOOKUP), case.persons), file)
        os.replace(path + ".new", path)
    return answer.read_peer(path)


def bring_into_memory(path):
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


# ------------------------------------------------------------------------------------------------------------------ measuring

class Job:
    """One case for one tool."""

    def __init__(self, case, file, out):
        self.file, self.lookup, self.out, self.distinct, self.threads = file, LOOKUP, out, case.persons, case.threads
        self.through_pipe = case.through_pipe


def measure(command, out, messages):
    done = subprocess.run([TIMED, out, messages, *command], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=True)
    wall, user, system, peak, status = done.stdout.split()
    return {"wall": float(wall), "cpu": float(user) + float(system), "peak": int(peak), "status": int(status)}


def verdict(tool, case, out, messages, status, expected):
    """'' if the answer is right, else what is wrong with it."""
    if status != 0:
        with open(messages, errors="replace") as file:
            lines = [line.strip() for line in file if line.strip()] or [""]
        return "failed (%d): %s" % (status, next((line for line in lines if "rror" in line), lines[0])[:200])
    try:
        found = answer.differences(tool.read(out), expected)
    except (OSError, ValueError, KeyError, IndexError, StopIteration) as error:
        return "no answer: %s" % error
    return "differs in %d cells: %s" % (len(found), found[0]) if found else ""


def processor_time():
    """Seconds that the processors were busy since the start of the machine, whoever kept them so."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq, *steal = map(int, file.readline().split()[1:])
    return (user + nice + system + irq + softirq + (steal[0] if steal else 0)) / os.sysconf("SC_CLK_TCK")


def run_case(case, chosen, runs, nothing):
    file = staff_file(case)
    expected = expected_answer(case)
    bring_into_memory(file)
    taking_part = [tool for tool in chosen if case.has(tool)]
    jobs = {tool.name: Job(case, file, os.path.join(BENCH, "out-%s" % tool.name.replace(" ", "-"))) for tool in taking_part}
    measured = {tool.name: [] for tool in taking_part}
    messages = os.path.join(BENCH, "messages")
    faults = dict.fromkeys(measured, "")
    busy, began, own = processor_time(), datetime.datetime.now(), sum(os.times()[:4])
    for turn in range(runs):
        first = turn % len(taking_part)
        for tool in taking_part[first:] + taking_part[:first]:
            job = jobs[tool.name]
            printed = job.out if tool.name.startswith("wres") else os.path.join(BENCH, "printed")
            if os.path.exists(job.out):
                os.remove(job.out)
            outcome = measure(tool.command(job), printed, messages)
            measured[tool.name].append(outcome)
            if not faults[tool.name] and turn in (0, runs - 1):
                faults[tool.name] = verdict(tool, case, job.out, messages, outcome["status"], expected)
    elapsed = (datetime.datetime.now() - began).total_seconds()
    others = processor_time() - busy - (sum(os.times()[:4]) - own)
    for job in jobs.values():
        if os.path.exists(job.out):
            os.remove(job.out)
    return {"title": case.title, "rows": case.rows, "bytes": os.path.getsize(file), "threads": case.threads, "runs": runs,
            "date": datetime.date.today().isoformat(), "machine": report.machine(), "others": max(0.0, others / elapsed / os.cpu_count()),
            "cells": len(expected.counts), "nothing": nothing, "versions": {tool.name: tool.version for tool in taking_part},
            "tools": {name: report.summary(runs_of, faults[name]) for name, runs_of in measured.items()}}


def run_nothing(runs):
    """How long programs take that do nothing, and how large they are."""
    there = {name: command for name, command in tools.NOTHING.items() if shutil.which(command[0])}
    measured = {name: [] for name in there}
    for _ in range(runs):
        for name, command in there.items():
            measured[name].append(measure(command, os.devnull, os.devnull))
    return {name: report.summary(outcomes, "") for name, outcomes in measured.items()}


def kept_results():
    if not os.path.exists(RESULTS):
        return {"cases": {}}
    with open(RESULTS) as file:
        return json.load(file)


def keep(results):
    order = [case.name for rows in (FULL, QUARTERS) for case in cases(rows)]
    results["cases"] = {name: results["cases"][name] for name in order if name in results["cases"]}
    with open(RESULTS + ".new", "w") as file:
        json.dump(results, file, indent=1)
    os.replace(RESULTS + ".new", RESULTS)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", default="", help="names, with commas between")
    parser.add_argument("--tools", default="", help="names, with commas between")
    parser.add_argument("--rows", type=int, default=FULL)
    parser.add_argument("--runs", type=int, default=0, help="runs of each tool in each case (default: 5 to 11)")
    parser.add_argument("--write-docs", action="store_true")
    parser.add_argument("--report-only", action="store_true")
    return parser.parse_args()


def listed(words, known):
    names = [word for word in words.split(",") if word]
    for name in names:
        if name not in known:
            sys.exit("there is no %s; there are %s" % (name, ", ".join(known)))
    return names


def main():
    options = arguments()
    results, faulty = kept_results(), False
    if not options.report_only:
        os.makedirs(BENCH, exist_ok=True)
        if not is_fresh(LOOKUP, SOURCE, answer.__file__, *answer.code_lists()):
            answer.write_lookup(GENERATOR, LOOKUP)
        known = tools.all_tools()
        wanted = listed(options.tools, [tool.name for tool in known])
        chosen = [tool for tool in known if tool.is_there() and (not wanted or tool.name in wanted)]
        missing = [tool.name for tool in known if not tool.is_there()]
        if missing:
            print("not there, left out: %s\n" % ", ".join(missing))
        planned = cases(options.rows)
        names = listed(options.cases, [case.name for case in planned])
        nothing = run_nothing(11)
        for case in planned:
            if (not names or case.name in names) and any(case.has(tool) for tool in chosen):
                results["cases"][case.name] = run_case(case, chosen, options.runs or case.runs, nothing)
                keep(results)
                faulty = faulty or any(tool["fault"] for tool in results["cases"][case.name]["tools"].values())
                print(report.case_as_text(results["cases"][case.name]), flush=True)
    print(report.bars_as_text(results))
    if options.write_docs:
        report.write_docs(results, os.path.join(answer.ROOT, "docs", "performance.md"))
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
