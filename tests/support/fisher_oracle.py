"""Exact two-sided Fisher p-values for tests/backtest/fisher_exact.csv, with nothing but integers.

    python3 tests/support/fisher_oracle.py > tests/backtest/fisher_exact.csv

A table is a_events of a_trials against b_events of b_trials; the p-value is the share of the tables with the same margins that
are no likelier than the observed one, times 1 + 1e-7 (the rule of R's fisher.test). Small tables: exact weights and a Fraction.
Large ones: the weights from the mode outwards in fixed point with 2500 bits, each rounded down, so that a million steps leave more
than 700 right decimals next to the mode and more than 300 at a probability of 1e-400. Every small table is done both ways.
"""

import random
import sys
from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb

POINT_BITS = 2500
EXACT_EVENTS = 2000


def counted(weights, observed):
    """The sum of the weights at most (1 + 1e-7) times the observed one."""
    limit = weights[observed] * (10**7 + 1)
    return sum(weight for weight in weights.values() if weight * 10**7 <= limit)


def exact_weights(a_trials, b_trials, events):
    lowest, highest = max(0, events - b_trials), min(a_trials, events)
    return {j: comb(a_trials, j) * comb(b_trials, events - j) for j in range(lowest, highest + 1)}


def fixed_point_weights(a_trials, b_trials, events):
    lowest, highest = max(0, events - b_trials), min(a_trials, events)
    mode = (a_trials + 1) * (events + 1) // (a_trials + b_trials + 2)
    weights = {mode: 1 << POINT_BITS}
    weight = weights[mode]
    for j in range(mode, highest):
        weight = weight * (a_trials - j) * (events - j) // ((j + 1) * (b_trials - events + j + 1))
        if weight == 0:
            break
        weights[j + 1] = weight
    weight = weights[mode]
    for j in range(mode, lowest, -1):
        weight = weight * j * (b_trials - events + j) // ((a_trials - j + 1) * (events - j + 1))
        if weight == 0:
            break
        weights[j - 1] = weight
    return weights


def p_value(a_events, a_trials, b_events, b_trials):
    events = a_events + b_events
    rounded = fixed_point_weights(a_trials, b_trials, events)
    if a_events not in rounded:
        return None
    p = Fraction(counted(rounded, a_events), sum(rounded.values()))
    if min(events, a_trials + b_trials - events, a_trials, b_trials) <= EXACT_EVENTS and a_trials + b_trials < 20000:
        weights = exact_weights(a_trials, b_trials, events)
        exact = Fraction(counted(weights, a_events), sum(weights.values()))
        assert abs(p - exact) <= exact / 10**50, (a_events, a_trials, b_events, b_trials)
        p = exact
    return p


def near(rng, trials, rate, spread):
    """Events of so many trials, some standard deviations from what the rate gives."""
    deviation = (trials * rate * (1 - rate)) ** 0.5
    return min(trials, max(0, round(trials * rate + rng.gauss(0, spread) * deviation)))


def tables(rng):
    for most, count in ((6, 50), (40, 70), (400, 70), (5000, 60)):
        for _ in range(count):
            a_trials, b_trials = rng.randint(1, most), rng.randint(1, most)
            if rng.random() < 0.5:
                yield rng.randint(0, a_trials), a_trials, rng.randint(0, b_trials), b_trials
            else:
                rate = rng.choice((0.01, 0.1, 0.3, 0.5, 0.9))
                yield near(rng, a_trials, rate, 2), a_trials, near(rng, b_trials, rate, 2), b_trials
    for trials in (1, 2, 9, 50, 1000):
        yield 0, trials, 0, trials
        yield trials, trials, 0, trials
        yield 0, trials, trials, 3 * trials
        yield trials, trials, 2 * trials, 2 * trials
        yield trials // 2, trials, trials // 2, trials
    for most in (100000, 1000000):
        for rate in (0.00002, 0.001, 0.02, 0.2, 0.5, 0.97):
            for spread in (0.5, 3, 12):
                a_trials, b_trials = rng.randint(most // 10, most), rng.randint(most // 2, most)
                yield near(rng, a_trials, rate, spread), a_trials, near(rng, b_trials, rate, spread), b_trials


def digits(p):
    with localcontext() as context:
        context.prec = 17
        return f"{Decimal(p.numerator) / Decimal(p.denominator):.17g}"


def main():
    rng = random.Random(1978)
    print("a_events,a_trials,b_events,b_trials,p")
    for table in tables(rng):
        p = p_value(*table)
        if p is not None and p > Fraction(1, 10**300):
            print(*table, digits(p), sep=",")
        else:
            print("left out, under 1e-300:", table, file=sys.stderr)


if __name__ == "__main__":
    main()
