"""What is published, against an oracle of whole numbers, over random tables of two groups and two tiers.

    make numbers TABLES=1000000 SEED=2

tests/support/numbers_cli hands the counts to the layers that compute and publish (some of them the program reads from a file, too); they
make counts, shares, rates, differences in points, ratios, odds ratios, intervals, p-values and the place in the four-fifths range, with
every number of decimals that is allowed. Each of them is made here again: exact ones by division of integers, rounded half away from zero;
intervals with 40 digits; Fisher's test with binomial coefficients. Not a line is shared with it.

Kinds of tables: small, medium and large counts up to the limit; empty cells; equal rates; values exactly on a rounding half and next to it;
ratios exactly on the four-fifths edges and next to them.
"""
import collections
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
from decimal import Decimal, localcontext

WRES = os.environ.get("WRES", "build/wres")
TABLES = int(os.environ.get("TABLES", "3000" if "asan" in WRES or "tsan" in WRES else "12000"))
SEED = int(os.environ.get("SEED", "1863"))
NUMBERS_CLI = os.environ.get("NUMBERS_CLI", os.path.join(os.path.dirname(WRES), "tests", "support", "numbers_cli"))
EXACT_FISHER = 150              # trials up to which the coefficients are summed
MANY = TABLES > 100000
WHOLE = 50 if MANY else 10      # of every so manieth table intervals, p-values and fragility are asked, too
LIMIT = 10 ** 12                # of the sum of all counts in a file
FULL = 40                       # tables of a file
THROUGH_FILES = 100 if MANY else 20     # every so manieth batch goes the whole way
DEFAULT = -1
STANDARD = """standard: numbers
title: Random counts
certainty: U
compare: {field: ethnicity, reference: White, group: BME, unknown: Unknown}
indicators:
  - {id: share, title: Shares, certainty: U, measure: share, of: {table: workforce}, parts: [{row: upper, where: [pay_band >= Band 7]}]}
"""
LIKELIHOOD = """  - id: %s
    title: Ratios
    certainty: U
    measure: likelihood
    ratio: %s
    events: {table: workforce, where: [pay_band >= Band 7]}
    over: {table: workforce}
    words: {people: staff, event: to be in the upper tier}
"""
STANDARD += LIKELIHOOD % ("ratio", "reference / group") + LIKELIHOOD % ("inverse", "group / reference") + """  - id: rate
    title: Rates
    certainty: U
    measure: rate
    events: {table: workforce, where: [pay_band >= Band 7]}
    over: {table: workforce}
    words: {people: staff, event: in the upper tier}
  - id: odds
    title: Odds
    certainty: U
    measure: disparity
    of: {table: workforce}
    tiers: [{tier: lower, where: [pay_band <= Band 6]}, {tier: upper, where: [pay_band >= Band 7]}]
    scopes: [{scope: all}]
"""

ANY = (None,) * 5               # a row whose value is not made here
Table = collections.namedtuple("Table", "a m b n")              # a of m White, b of n BME in the upper tier


# ---- tables --------------------------------------------------------------------------------------------------------------------

def clipped(a, m, b, n):
    return Table(min(max(a, 0), m), m, min(max(b, 0), n), n)


def any_of(rng, most):
    m, n = rng.randint(0, most), rng.randint(0, most)
    return Table(rng.randint(0, m), m, rng.randint(0, n), n)


def small(rng, _):
    return any_of(rng, rng.choice((2, 6, 20, 60)))


def medium(rng, _):
    m, n = rng.randint(50, 9000), rng.randint(10, 5000)
    rate = rng.random()
    return clipped(round(m * rate), m, round(n * rate * rng.uniform(0.5, 1.5)), n)


def large(rng, _):
    return any_of(rng, round(10 ** rng.uniform(4, 11.3)))


def empty(rng, _):
    table = list(any_of(rng, 30))
    for place in rng.sample(range(4), rng.randint(1, 3)):
        table[place] = 0
    return clipped(*table)


def equal(rng, _):
    m, k, j = rng.randint(1, 500), rng.randint(1, 9), rng.randint(1, 9)
    a = rng.randint(0, m)
    return Table(a * k, m * k, a * j, m * j)


def half(rng, decimals):
    """A share, a rate, a difference or a ratio whose first digit behind those published is a 5, and nothing or next to nothing after it."""
    step = rng.choice((0, 0, 0, 1, -1))
    if rng.random() < 0.5:                                          # (odd) / (2 * 10^decimals) percent
        base = 200 * 10 ** decimals
        while base % 2 == 0 and rng.random() < 0.3:
            base //= 2
        while base % 5 == 0 and base > 20 and rng.random() < 0.3:
            base //= 5
        scale = rng.choice((1, 1, 3, 7, 1000)) if base < 10 ** 8 else 1
        odd = 2 * rng.randrange((base + 1) // 2) + 1
        return clipped(odd * scale + step, base * scale, rng.randrange(base + 1) * scale, base * scale)
    below = 2 * 10 ** min(decimals, 9)                              # a/b with equal trials: (odd) / (2 * 10^decimals)
    while below % 2 == 0 and rng.random() < 0.2:
        below //= 2
    scale = rng.choice((1, 1, 3, 11, 500)) if below < 10 ** 8 else 1
    above = 2 * rng.randrange(below) + 1
    trials = max(above, below) * scale + rng.randrange(100)
    return clipped(above * scale + step, trials, below * scale, trials)


def edge(rng, _):
    """Ratios of 4/5 and 5/4, and one event beside."""
    g, t = rng.randint(1, 40), rng.randint(1, 400)
    rate = 5 * g * t
    top = rate + rng.randrange(0, 200)
    u, v = (round(10 ** rng.uniform(0, rng.choice((1, 3, 5)))) for _ in range(2))
    pair = [(4 * g * t * u, top * u), (5 * g * t * v, top * v)]
    rng.shuffle(pair)
    (a, m), (b, n) = pair
    move = rng.choice(((0, 0), (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)))
    return clipped(a + move[0], m, b + move[1], n)


KINDS = ((small, 22), (medium, 22), (large, 6), (empty, 8), (equal, 8), (half, 20), (edge, 14))


def batches(rng, count):
    """(decimals, tables): as many as fit into a file."""
    kinds, weights = zip(*KINDS)
    made = 0
    while made < count:
        decimals = rng.choice((DEFAULT,) + tuple(range(10)))
        tables, people = [], 0
        while len(tables) < min(FULL, count - made):
            table = rng.choices(kinds, weights)[0](rng, 1 if decimals == DEFAULT else decimals)
            if people + table.m + table.n >= LIMIT:
                if tables:
                    break
                continue
            people += table.m + table.n
            tables.append(table)
        made += len(tables)
        yield decimals, tables


# ---- the oracle ----------------------------------------------------------------------------------------------------------------

def text(above, below, decimals):
    """above/below, below > 0."""
    scaled, rest = divmod(abs(above) * 10 ** decimals, below)
    scaled += 2 * rest >= below
    digits = str(scaled).rjust(decimals + 1, "0")
    if decimals:
        digits = digits[:-decimals] + "." + digits[-decimals:]
    return "-" + digits if above < 0 and scaled else digits


def place(above, below):
    """Of a ratio in the four-fifths range."""
    return "below" if 5 * above < 4 * below else "above" if 4 * above > 5 * below else "within"


def fisher(t):
    """Numerator and denominator, or None where a table is as good as equally likely by the rule's tolerance, or too large."""
    if not t.m or not t.n or t.m + t.n > EXACT_FISHER:
        return None
    events = t.a + t.b
    ways = [math.comb(t.m, k) * math.comb(t.n, events - k) for k in range(max(0, events - t.n), min(t.m, events) + 1)]
    own = math.comb(t.m, t.a) * math.comb(t.n, t.b)
    return sum(w for w in ways if w * 10 ** 7 <= own * (10 ** 7 + 1)), sum(ways)


def fragility(t):
    """By how many events of one group, in one direction, the place changes at the least; None where it cannot. Tried one by one."""
    now = place(t.a * t.n, t.m * t.b)
    for events in range(1, max(t.m, t.n) + 1):
        for a, b in ((t.a - events, t.b), (t.a + events, t.b), (t.a, t.b - events), (t.a, t.b + events)):
            if 0 <= a <= t.m and 1 <= b <= t.n and place(a * t.n, t.m * b) != now:
                return events
    return None


Z = Decimal("1.959963984540054")


def wilson(x, n):
    x, n = Decimal(x), Decimal(n)
    root = Z * (Z * Z + 4 * x * (1 - x / n)).sqrt()
    return (2 * x + Z * Z - root) / (2 * (n + Z * Z)), (2 * x + Z * Z + root) / (2 * (n + Z * Z))


def newcombe(x1, n1, x2, n2):
    p1, p2 = Decimal(x1) / n1, Decimal(x2) / n2
    (l1, u1), (l2, u2) = wilson(x1, n1), wilson(x2, n2)
    return p1 - p2 - ((p1 - l1) ** 2 + (u2 - p2) ** 2).sqrt(), p1 - p2 + ((u1 - p1) ** 2 + (p2 - l2) ** 2).sqrt()


def log_interval(ratio, variance):
    spread = (Z * variance.sqrt()).exp()
    return ratio / spread, ratio * spread


def katz(a, m, b, n):
    a, m, b, n = map(Decimal, (a, m, b, n))
    if a == 0:
        a, m, b, n = (x + Decimal("0.5") for x in (a, m, b, n))
        return Decimal(0), log_interval(a * n / (m * b), 1 / a - 1 / m + 1 / b - 1 / n)[1]
    return log_interval(a * n / (m * b), 1 / a - 1 / m + 1 / b - 1 / n)


def woolf(a, b, c, d):
    a, b, c, d = map(Decimal, (a, b, c, d))
    return log_interval(a * d / (b * c), 1 / a + 1 / b + 1 / c + 1 / d)


class Expected:
    """What is to be published of a table: by (indicator, row, group, statistic), value, numerator, denominator, flag, interval."""

    def __init__(self, table, decimals, whole):
        self.rows, self.whole = {}, whole
        self.percent, self.ratios = (1, 2) if decimals == DEFAULT else (decimals, decimals)
        t = table
        self.composition("share", "all", t.m, t.n, t.m, t.n)
        self.composition("share", "upper", t.a, t.b, t.m, t.n)
        for indicator in ("ratio", "inverse", "rate"):
            self.fraction(indicator, "all", "white", "rate", t.a, t.m)
            self.fraction(indicator, "all", "bme", "rate", t.b, t.n)
            self.fraction(indicator, "all", "unknown", "rate", 0, 0)
        self.ratio("ratio", "white/bme", t)
        self.ratio("inverse", "bme/white", Table(t.b, t.n, t.a, t.m))
        self.difference("rate", "bme-white", t)
        self.odds(t)

    def put(self, key, value, numerator="", denominator="", flag="", interval=None, scale=1):
        self.rows[key] = (value, numerator, denominator, flag, interval and [scale * limit for limit in interval()] if self.whole else None)

    def fraction(self, indicator, row, group, statistic, above, below):
        value = text(100 * above, below, self.percent) if below else None
        self.put((indicator, row, group, statistic), value, str(above), str(below), interval=below and (lambda: wilson(above, below)), scale=100)

    def chances(self, key, t):
        if self.whole:
            exact = fisher(t)
            self.rows[key] = (Decimal(exact[0]) / exact[1], "", "", "", None) if exact else ANY

    def composition(self, indicator, row, white, bme, all_white, all_bme):
        people, whole = white + bme, all_white + all_bme
        if not people and row == "all":
            return
        for group, count in (("white", white), ("bme", bme), ("unknown", 0), ("all", people)):
            self.put((indicator, row, group, "count"), str(count))
        for group, count in (("white", white), ("bme", bme), ("unknown", 0)):
            self.fraction(indicator, row, group, "share", count, people)
        key, rest = (indicator, row, "bme", "difference"), whole - people
        if not people:
            self.put(key, None)
            return
        part = Decimal(rest) / whole
        self.put(key, text(100 * (bme * whole - all_bme * people), people * whole, self.percent),
                 interval=rest and (lambda: [part * limit for limit in newcombe(bme, people, all_bme - bme, rest)]), scale=100)
        if rest:
            self.chances((indicator, row, "bme", "p_value"), Table(bme, people, all_bme - bme, rest))

    def ratio(self, indicator, group, t):
        if not t.m or not t.n or not t.b:
            self.put((indicator, "all", group, "ratio"), None)
            return
        across, back = t.a * t.n, t.m * t.b
        self.put((indicator, "all", group, "ratio"), text(across, back, self.ratios), flag=place(across, back), interval=lambda: katz(*t))
        self.chances((indicator, "all", group, "p_value"), t)
        if not self.whole:
            return
        if t.m + t.n > EXACT_FISHER:
            self.rows[(indicator, "all", group, "fragility")] = ANY
        elif fragility(t):
            self.put((indicator, "all", group, "fragility"), str(fragility(t)))

    def difference(self, indicator, group, t):
        if not t.m or not t.n:
            self.put((indicator, "all", group, "difference"), None)
            return
        self.put((indicator, "all", group, "difference"), text(100 * (t.b * t.m - t.a * t.n), t.m * t.n, self.percent),
                 interval=lambda: newcombe(t.b, t.n, t.a, t.m), scale=100)
        self.chances((indicator, "all", group, "p_value"), t)

    def odds(self, t):
        upper, lower = (t.a, t.b), (t.m - t.a, t.n - t.b)
        for row, (white, bme) in (("lower", lower), ("upper", upper)):
            self.fraction("odds", row, "white", "share", white, white + bme)
            self.fraction("odds", row, "bme", "share", bme, white + bme)
        key = ("odds", "lower-upper", "white/bme", "ratio")
        if not all(upper + lower):
            self.put(key, None)
            return
        self.put(key, text(upper[0] * lower[1], lower[0] * upper[1], self.ratios), interval=lambda: woolf(upper[0], lower[0], upper[1], lower[1]))
        self.chances(key[:3] + ("p_value",), t)


# ---- the comparison ------------------------------------------------------------------------------------------------------------

OTHER = ("funnel_",)            # between teams, with tests of their own


class Tally:
    def __init__(self):
        self.values = self.limits = self.fishers = self.tables = 0
        self.by_decimals, self.flags, self.faults = collections.Counter(), collections.Counter(), []

    def note(self, decimals, t, values):
        self.tables += 1
        self.values += values
        self.by_decimals[decimals] += 1
        if t.m and t.n and t.b:
            self.flags[place(t.a * t.n, t.m * t.b)] += 1

    def fault(self, decimals, table, key, got, want):
        self.faults.append("--decimals %s %s %s: published %s, expected %s" % (decimals, table, key, got, want))
        if len(self.faults) > 20:
            self.end()

    def end(self):
        print("\n".join(self.faults))
        print("%d cases" % self.values)
        sys.exit(1)


def near(limit, published):
    """Whether this is the limit rounded: of a double with some 15 right digits, so that next to a half either side will do."""
    step = Decimal(1).scaleb(Decimal(published).as_tuple().exponent)
    return abs(Decimal(published) - limit) <= step / 2 + abs(limit) * Decimal("2e-13") + Decimal("2e-14")


def check_chance(tally, decimals, table, key, want, value):
    """A p-value, of a double as limits are: 3/32 may be 0.0937 or 0.0938."""
    tally.fishers += 1
    places = 4 if decimals == DEFAULT else max(4, decimals)
    if len(value) != places + 2 or not near(want, value):
        tally.fault(decimals, table, key, value, want)


def check_row(tally, decimals, table, key, want, row):
    value, lower, upper, numerator, denominator, flag, status = row
    tally.values += 1
    if want is ANY:
        return
    if key[3] == "p_value":
        check_chance(tally, decimals, table, key, want[0], value)
        return
    if want[0] is None:
        if value or status != "not calculable" or flag:
            tally.fault(decimals, table, key, row, "not calculable")
    elif (value, numerator, denominator, flag, status) != want[:4] + ("ok",):
        tally.fault(decimals, table, key, row, want)
    if want[4]:
        tally.limits += 2
        if not lower or not upper or not near(want[4][0], lower) or not near(want[4][1], upper):
            tally.fault(decimals, table, key, (lower, upper), want[4])


def line_of(item):
    """As the library prints it."""
    (indicator, row, group, statistic), (value, numerator, denominator, flag, _) = item
    return "%s|%s|%s|%s|%s|||%s|%s|%s|%s\n" % (indicator, row, group, statistic, value or "", numerator, denominator, flag, "not calculable" if value is None else "ok")


def read_line(line):
    cells = line[:-1].split("|")
    return tuple(cells[:4]), tuple(cells[4:])


def through_a_file(folder, decimals, tables):
    """The tables are teams of one organisation: the results of each, by its number."""
    lines = ["Effective Date,Ethnicity,Pay Band,Team,Count\n"]
    for number, t in enumerate(tables):
        for ethnicity, band, count in (("A", "7", t.a), ("A", "5", t.m - t.a), ("H", "7", t.b), ("H", "5", t.n - t.b)):
            lines.append("2025-03-31,%s,Band %s,T%04d,%d\n" % (ethnicity, band, number, count))
    words = [WRES, "calc", "workforce=-", "--standard", os.path.join(folder, "numbers.yaml"), "--by", "team", "--format", "csv", "-q"]
    words += [] if decimals == DEFAULT else ["--decimals", str(decimals)]
    done = subprocess.run(words, input="".join(lines).encode(), stdout=subprocess.PIPE, check=True)
    found = [{} for _ in tables]
    for line in done.stdout.decode().splitlines()[1:]:
        cells = line.split(",", 18)                                     # no comma but in the note, the last
        if cells[6] == '"team"':
            names = tuple(cells[n][1:-1] for n in (1, 5, 8, 9))
            found[int(cells[7][2:-1])][names] = tuple(cells[n] for n in (10, 11, 12, 13, 14)) + (cells[16][1:-1], cells[17][1:-1])
    return found


class Library:
    """The layers below the program, asked through a pipe."""

    def __init__(self, folder):
        self.asked = subprocess.Popen([NUMBERS_CLI, os.path.join(folder, "numbers.yaml")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answers(self, batches):
        """(whole, decimals, table, lines) of each, in order. A thread writes, so that neither pipe fills up."""
        kept = collections.deque()

        def write():
            number = 0
            for decimals, tables in batches:
                for t in tables:
                    number += 1
                    kept.append((number % WHOLE == 0, decimals, t))
                    self.asked.stdin.write("%d %d %d %d %d %d\n" % ((number % WHOLE == 0, decimals) + t))
            self.asked.stdin.close()
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        lines = []
        for line in self.asked.stdout:
            if line == "\n":
                yield kept.popleft() + (lines,)
                lines = []
            else:
                lines.append(line)
        writer.join()
        assert self.asked.wait() == 0 and not kept, "the library did not answer all"


def compare_lines(tally, whole, decimals, t, lines):
    """The quick way: the lines of the library are the lines that are expected. What is left is looked at one by one."""
    if not whole and (t.m or t.n):
        want = [line_of(item) for item in Expected(t, decimals, False).rows.items()]
        if sorted(want) == sorted(lines):
            tally.note(decimals, t, len(want))
            return
    compare(tally, whole, decimals, t, dict(map(read_line, lines)))


def compare(tally, whole, decimals, t, rows):
    tally.note(decimals, t, 0)
    if not t.m and not t.n:
        return                                                          # nobody: no row says anything of the team
    expected = Expected(t, decimals, whole).rows
    for key, row in rows.items():
        want = expected.pop(key, None)
        if want:
            check_row(tally, decimals, t, key, want, row)
        elif not key[3].startswith(OTHER):
            tally.fault(decimals, t, key, row, "no such row")
    for key in expected:
        if expected[key] is ANY:
            continue
        tally.fault(decimals, t, key, "nothing", expected[key])


def check_the_oracle():
    """It is right where the answer is known, and half goes away from zero."""
    assert [text(1, 8, 2), text(-1, 8, 2), text(-1, 800, 2), text(200, 3, 0), text(1, 2, 0), text(0, 5, 3), text(-1, 3, 0)] == ["0.13", "-0.13", "0.00", "67", "1", "0.000", "0"]
    assert [place(4, 5), place(5, 4), place(79, 100), place(126, 100)] == ["within", "within", "below", "above"]
    assert text(*fisher(Table(7, 34, 1, 34)), 7) == "0.0544001"
    assert near(wilson(65, 100)[0], "0.552544432969") and near(katz(36, 40, 16, 80)[1], "7.059315193389") and not near(Decimal("0.125"), "0.14")


def main():
    tally = Tally()
    with localcontext() as context, tempfile.TemporaryDirectory(prefix="wres-test-") as folder:
        context.prec = 40
        check_the_oracle()
        with open(os.path.join(folder, "numbers.yaml"), "w", encoding="utf-8") as file:
            file.write(STANDARD)
        whole_way = []

        def all_batches():
            for number, (decimals, tables) in enumerate(batches(random.Random(SEED), TABLES)):
                if number % THROUGH_FILES == 0:
                    whole_way.append((decimals, tables))
                yield decimals, tables
        for answer in Library(folder).answers(all_batches()):
            compare_lines(tally, *answer)
        of_library = tally.tables
        for decimals, tables in whole_way:
            for t, rows in zip(tables, through_a_file(folder, decimals, tables)):
                compare(tally, True, decimals, t, rows)
    print("seed %d: %d tables, %d through files; %d values, %d p-values, %d limits; tables by decimals %s; ratios %s" %
          (SEED, of_library, tally.tables - of_library, tally.values, tally.fishers, tally.limits, dict(sorted(tally.by_decimals.items())), dict(tally.flags)))
    if tally.faults or of_library != TABLES or tally.tables < of_library + TABLES // (2 * THROUGH_FILES) or tally.values < 20 * TABLES or min(tally.flags[f] for f in ("below", "within", "above")) < TABLES // 20:
        tally.end()
    print("%d cases" % tally.values)


main()
