"""Fisher's test and the tails against R's own library of distributions (Debian r-mathlib: libRmath.so.1), where it is installed.

    STATS_CLI=build/tests/support/stats_cli python3 tests/backtest/test_r_fisher.py

Fisher's test as R's fisher.test has it: the densities dhyper of all tables with the same margins, summed where they are at most the
observed one times 1 + 1e-7. Where there are too many tables to sum, from the first such table on either side outwards until nothing
is added. Tables with a density closer to the limit than dhyper itself is exact are drawn again: there, either answer is right.
"""
import ctypes
import math
import os
import random
import subprocess
import sys

TABLES = 12000
LARGE_TABLES = 400
TAILS = 4000
TOLERANCE = 1e-9
TIE = 1 + 1e-7
# dhyper is good to about this, relatively; at 1e-300 and under it loses digits to small doubles.
DENSITY_ERROR = 1e-10
SMALLEST = 1e-290
MOST_SUMMED = 3000


def load():
    try:
        library = ctypes.CDLL("libRmath.so.1")
    except OSError:
        return None
    number, flag = ctypes.c_double, ctypes.c_int
    signatures = {"dhyper": [number] * 4 + [flag], "pbinom": [number] * 3 + [flag] * 2, "pchisq": [number] * 2 + [flag] * 2}
    for name, arguments in signatures.items():
        function = getattr(library, name)
        function.argtypes = arguments
        function.restype = number
    return library


class Margins:
    """The tables with the margins of one: j events of a_trials, the rest of the events of b_trials."""

    def __init__(self, library, a_events, a_trials, b_events, b_trials):
        self.events = a_events + b_events
        self.a_trials, self.b_trials, self.observed = a_trials, b_trials, a_events
        self.lowest, self.highest = max(0, self.events - b_trials), min(a_trials, self.events)
        self.dhyper = library.dhyper

    def density(self, j):
        return self.dhyper(j, self.a_trials, self.b_trials, self.events, 0)

    def whole(self):
        """The p-value from all tables, and whether a density is too close to the limit to tell."""
        densities = [self.density(j) for j in range(self.lowest, self.highest + 1)]
        limit = densities[self.observed - self.lowest] * TIE
        close = any(abs(d - limit) <= DENSITY_ERROR * limit for d in densities)
        return min(1.0, math.fsum(d for d in densities if d <= limit)), close

    def tail(self, mode, step, end, limit):
        """From the first table at the limit outwards; densities fall away on both sides of the mode."""
        above, within = 0, abs(end - mode) + 1
        while within - above > 1:
            middle = (above + within) // 2
            if self.density(mode + step * middle) <= limit:
                within = middle
            else:
                above = middle
        close = any(abs(self.density(mode + step * k) - limit) <= DENSITY_ERROR * limit for k in (above, within))
        total, terms = 0.0, []
        for j in range(mode + step * within, end + step, step):
            terms.append(self.density(j))
            total += terms[-1]
            if terms[-1] < 1e-17 * total:
                break
        return math.fsum(terms), close

    def sides(self):
        mode = (self.a_trials + 1) * (self.events + 1) // (self.a_trials + self.b_trials + 2)
        limit = self.density(self.observed) * TIE
        if self.density(mode) <= limit:
            return 1.0, False
        low, low_close = self.tail(mode, -1, self.lowest, limit)
        high, high_close = self.tail(mode, +1, self.highest, limit)
        return low + high, low_close or high_close

    def p_value(self):
        return self.whole() if self.highest - self.lowest <= MOST_SUMMED else self.sides()


def near(rng, trials, rate):
    deviation = (trials * rate * (1 - rate)) ** 0.5
    return min(trials, max(0, round(trials * rate + rng.gauss(0, 3) * deviation)))


def small_table(rng):
    most = rng.choice((3, 10, 30, 100, 300))
    a_trials, b_trials = rng.randint(1, most), rng.randint(1, most)
    if rng.random() < 0.5:
        a_events, b_events = rng.randint(0, a_trials), rng.randint(0, b_trials)
    else:
        rate = rng.choice((0.01, 0.1, 0.3, 0.5, 0.9))
        a_events, b_events = near(rng, a_trials, rate), near(rng, b_trials, rate)
    if rng.random() < 0.1:
        a_events = rng.choice((0, a_trials))
    if rng.random() < 0.1:
        b_events = rng.choice((0, b_trials))
    return a_events, a_trials, b_events, b_trials


def large_table(rng):
    a_trials, b_trials = (round(10 ** rng.uniform(3, 6)) for _ in range(2))
    if rng.random() < 0.3:
        a_trials = b_trials = 1000000
    rate = 10 ** rng.uniform(-5.5, -0.1)
    a_events = 0 if rng.random() < 0.1 else near(rng, a_trials, rate)
    return a_events, a_trials, near(rng, b_trials, rate), b_trials


def fisher_cases(library, rng):
    for count, draw in ((TABLES, small_table), (LARGE_TABLES, large_table)):
        made = 0
        while made < count:
            table = draw(rng)
            p, close = Margins(library, *table).p_value()
            if not close and p > SMALLEST:
                made += 1
                yield "fisher %d %d %d %d" % table, p


def tail_cases(library, rng):
    made = 0
    while made < TAILS:
        n = round(10 ** rng.uniform(0, 6))
        p = rng.choice((rng.random(), 10 ** rng.uniform(-5, -1)))
        x = near(rng, n, p)
        degrees = round(10 ** rng.uniform(0, 4))
        statistic = max(0.001, degrees + rng.gauss(0, 4) * (2 * degrees) ** 0.5)
        cases = ((f"binomial_at_most {x} {n} {p!r}", library.pbinom(x, n, p, 1, 0)),
                 (f"binomial_at_least {x} {n} {p!r}", library.pbinom(x - 1, n, p, 0, 0)),
                 (f"chi_squared_above {statistic!r} {degrees}", library.pchisq(statistic, degrees, 0, 0)))
        for case in cases:
            if case[1] > SMALLEST:
                made += 1
                yield case


def main():
    library = load()
    if library is None:
        print("skipped: libRmath.so.1 (Debian r-mathlib) is not installed")
        return
    rng = random.Random(1934)
    cases = [*fisher_cases(library, rng), *tail_cases(library, rng)]
    cli = os.environ.get("STATS_CLI", "build/tests/support/stats_cli")
    answers = subprocess.run([cli], input="".join(line + "\n" for line, _ in cases), capture_output=True, text=True, check=True)
    values = answers.stdout.split()
    assert len(values) == len(cases), f"{len(values)} answers to {len(cases)} lines"
    worst = {}
    failed = []
    for (line, want), value in zip(cases, values):
        error = abs(float(value) - want) / want if value != "undefined" else math.inf
        kind = line.split()[0]
        worst[kind] = max(worst.get(kind, (0, "")), (error, line))
        if error > TOLERANCE:
            failed.append(f"{line}: {value}, R has {want!r}")
    for kind, (error, line) in worst.items():
        print(f"{kind}: largest relative difference {error:.2g} ({line})")
    print("\n".join(failed))
    print(f"{len(cases)} cases")
    sys.exit(1 if failed else 0)


main()
