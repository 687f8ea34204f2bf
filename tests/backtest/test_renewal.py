"""The chances of a small band against its chain in exact fractions: members and others leave by a binomial law each, vacancies are
filled by another, and the law of next year's number is the sum over all of them. Nothing here knows the closed form.

    STATS_CLI=build/tests/support/stats_cli python3 tests/backtest/test_renewal.py
"""
import os
import subprocess
import sys
from fractions import Fraction
from math import comb

#        places, held, years, leaving of members, of others, share of entrants
CASES = ((15, 2, 3, "0.12", "0.12", "0.25"),    # the check value of the definitions: mean 2.557424, 0.190414 for 4 and more
         (15, 2, 3, "0.20", "0.10", "0.25"), (15, 2, 3, "0", "0.15", "0.25"), (15, 2, 3, "0.25", "0", "0.25"),
         (8, 8, 4, "0.05", "0.5", "0.1"), (8, 0, 4, "0.5", "0.05", "0.9"), (20, 3, 3, "0.333", "0.0588", "0.4"),
         (1, 0, 5, "0.3", "0.2", "0.5"), (10, 4, 2, "1", "0.1", "0.3"), (10, 4, 2, "0.1", "1", "0.3"), (10, 4, 3, "1", "1", "1"))


def binomial(n, p):
    return [comb(n, k) * p ** k * (1 - p) ** (n - k) for k in range(n + 1)]


def chain(places, held, years, members, others, share):
    law = [Fraction(int(k == held)) for k in range(places + 1)]
    filled = [binomial(vacancies, share) for vacancies in range(places + 1)]
    for _ in range(years):
        after = [Fraction(0)] * (places + 1)
        for k, chance in enumerate(law):
            for gone, a in enumerate(binomial(k, members)):
                for left, b in enumerate(binomial(places - k, others)):
                    for won, c in enumerate(filled[gone + left]):
                        after[k - gone + won] += chance * a * b * c
        law = after
    return law


def main():
    lines, exact = [], []
    for case in CASES:
        places, held, years = case[:3]
        law = chain(places, held, years, *map(Fraction, case[3:]))
        assert sum(law) == 1
        if case == CASES[0]:
            assert round(float(sum(k * p for k, p in enumerate(law))), 6) == 2.557424
            assert round(float(sum(law[4:])), 6) == 0.190414
        for least in range(places + 1):
            lines.append("renewal_at_least %d %d %d %d %s %s %s" % (least, *case))
            exact.append(sum(law[least:]))
    cli = os.environ.get("STATS_CLI", "build/tests/support/stats_cli")
    got = subprocess.run([cli], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True).stdout.split()
    faults = [f"{line}: {value}, expected {float(want)!r}" for line, value, want in zip(lines, got, exact)
              if value == "undefined" or abs(float(value) - float(want)) > 1e-12 * max(float(want), 1e-3)]
    print("\n".join(faults))
    print(f"{len(got)} cases")
    sys.exit(1 if faults or len(got) != len(lines) or len(got) < 100 else 0)


main()
