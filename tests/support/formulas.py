"""The intervals and the test of the methods page, written out a second time for the tests; checked against published figures below."""
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Z = 1.959963984540054


def wilson(x, n):
    root = Z * math.sqrt(Z * Z + 4 * x * (1 - x / n))
    middle, scale = 2 * x + Z * Z, 2 * (n + Z * Z)
    return max(0.0, (middle - root) / scale), min(1.0, (middle + root) / scale)


def newcombe(x1, n1, x2, n2):
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = wilson(x1, n1), wilson(x2, n2)
    d = p1 - p2
    return d - math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def katz(x1, n1, x2, n2):
    """Of x1/n1 divided by x2/n2; with no event above the line the counts are raised by a half."""
    if x1 == 0:
        x1, n1, x2, n2 = x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5
    ratio = (x1 / n1) / (x2 / n2)
    spread = Z * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
    return ratio * math.exp(-spread), ratio * math.exp(spread)


def part_of_whole(x, n, all_x, all_n):
    """The distance of a part from the whole is (1 - n/N) times its distance from the rest; so is the interval."""
    share = 1 - n / all_n
    lower, upper = newcombe(x, n, all_x - x, all_n - n)
    return share * lower, share * upper


def fisher(x1, n1, x2, n2):
    """Two-sided: the probabilities of all tables no likelier than this one, in exact fractions."""
    events = x1 + x2
    ways = [math.comb(n1, k) * math.comb(n2, events - k) for k in range(max(0, events - n2), min(n1, events) + 1)]
    own = math.comb(n1, x1) * math.comb(n2, x2)
    return Fraction(sum(w for w in ways if w <= own), sum(ways))


def rounded(number, decimals):
    """A real number with that many decimals, half away from zero, no sign on a zero."""
    exact = Decimal(number.numerator) / number.denominator if isinstance(number, Fraction) else Decimal(number)
    text = str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def check():
    """Published figures for each of them."""
    def near(got, wanted):
        for a, b in zip(got, wanted):
            assert abs(a - b) < 1e-6, (got, wanted)
    near(wilson(65, 100), (0.552544432969, 0.736357517569))
    near(wilson(1, 100), (0.001767432064, 0.054486196179))
    near(newcombe(56, 70, 48, 80), (0.052431472402, 0.333872654037))
    near(newcombe(0, 10, 0, 20), (-0.16112516, 0.27753280))
    near(katz(36, 40, 16, 80), (2.868550198603, 7.059315193389))
    near([float(fisher(12, 40, 48, 80)), float(fisher(7, 34, 1, 34))], (0.00340922177, 0.0544001305))


check()
