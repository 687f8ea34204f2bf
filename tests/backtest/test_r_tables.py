"""Intervals, ratios and tests of random tables against R, whose answers are in random_tables.csv (random_tables.R made it, R is not needed).

    R=2026 STATS_CLI=build/tests/support/stats_cli python3 tests/backtest/test_r_tables.py       with R: other tables, of this seed

Agreement: nine digits and more (LRE >= 9). Where R subtracts two numbers that are nearly equal (the lower limit of Wilson's interval,
differences), it has no more digits than 1e-15 absolutely.
"""
import collections
import math
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STATS_CLI = os.environ.get("STATS_CLI", "build/tests/support/stats_cli")
SEED = os.environ.get("R")
TABLES = os.environ.get("R_TABLES", "3000")
DIGITS = 9
SUBTRACTS = {"wilson": 1e-15, "newcombe": 1e-15}
LEAST = {"fisher": 500, "wilson": 500, "newcombe": 500, "katz": 400, "katz_adjusted": 10, "woolf": 300, "pooled_odds": 100, "holm": 30, "benjamini_hochberg": 30, "binomial_at_most": 100,
         "binomial_at_least": 100, "chi_squared_above": 100}


def lines():
    if not SEED:
        with open(os.path.join(HERE, "random_tables.csv"), encoding="utf-8") as file:
            return file.read().splitlines()
    if not shutil.which("Rscript"):
        sys.exit("R=%s asks for other tables, but Rscript is not installed" % SEED)
    return subprocess.run(["Rscript", os.path.join(HERE, "random_tables.R"), SEED, TABLES], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def digits(name, got, want):
    """The logarithmic relative error: how many digits agree."""
    difference = max(0.0, abs(got - want) - SUBTRACTS.get(name, 0))
    if difference == 0:
        return 17.0
    return -math.log10(difference / abs(want)) if want else 0.0


def main():
    cases = [line.split(",") for line in lines()]
    asked = "".join(call + "\n" for call, _ in cases)
    answers = subprocess.run([STATS_CLI], input=asked, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    assert len(answers) == len(cases), "%d answers to %d lines" % (len(answers), len(cases))
    worst, found, failed = {}, collections.Counter(), []
    for (call, want), answer in zip(cases, answers):
        name, wanted = call.split()[0], [float(value) for value in want.split()]
        got = [] if answer == "undefined" else [float(value) for value in answer.split()]
        agree = min((digits(name, *pair) for pair in zip(got, wanted)), default=0.0) if len(got) == len(wanted) else 0.0
        worst[name] = min(worst.get(name, (99, "")), (agree, call))
        found[name] += 1
        if not agree >= DIGITS:
            failed.append("%s: %s, R has %s" % (call, answer, want))
    for name, (agree, call) in sorted(worst.items()):
        print("%s: %d calls, at least %.1f digits agree (%.100s)" % (name, found[name], agree, call))
    print("\n".join(failed[:20]))
    for name, least in LEAST.items():
        if found[name] < least:
            failed.append(name)
            print("only %d calls of %s" % (found[name], name))
    print("%d cases" % len(cases))
    sys.exit(1 if failed else 0)


main()
