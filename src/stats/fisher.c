/* Fisher's exact test of a 2x2 table, two-sided.
 *
 * With the margins held, the table is known by one cell: j, the events of a. Its probability is hypergeometric, falls away on
 * both sides of its mode, and the p-value is the two tails in which it is no larger than the observed one. Each tail's first table
 * is found by bisection, from a guess on, its probability calculated from logarithms, and the rest added by the ratio of one table to
 * the next.
 *
 * Work: at most about 160 probabilities (mostly fewer than ten), and in each tail the terms down to 1e-18 of the sum. These are fewer than 10 standard
 * deviations and some tens; the standard deviation is at most sqrt(total) / 4, so fewer than 4 million terms in a tail at the
 * largest counts (1e12), 4 thousand at margins of a million. */
#include <math.h>
#include <stdlib.h>

#include "stats/density.h"
#include "stats/domain.h"

/* Products of two counts reach 4e24: beyond 64 bits. */
__extension__ typedef __int128 wide;

/* Tables this close in probability to the observed one count as equal to it, as in R's fisher.test. */
static const double TIE_TOLERANCE = 1e-7;
static const double NEGLIGIBLE = 1e-18;

typedef struct margins {
    int64_t a_trials, b_trials, events, total;
    double remainders; /* of the five */
} margins;

static double remainders_of(const margins *m) {
    return density_remainder((double)m->a_trials) + density_remainder((double)m->b_trials) + density_remainder((double)m->events) +
           density_remainder((double)(m->total - m->events)) - density_remainder((double)m->total);
}

static double cell_term(int64_t count, double expected, double excess) {
    return density_remainder((double)count) + density_deviance((double)count, expected, excess);
}

/* ln of a! b! e! f! / (N! and the four cells'), after the parts n ln n - n of the nine factorials are gathered into the deviances
 * of the cells. All four cells lie equally far from their expected counts, and that distance, the determinant of the table over N,
 * is exact but for its last rounding: this is where a plain difference of lgamma loses eight digits at a million. */
static double log_probability(const margins *m, int64_t j) {
    double total = (double)m->total;
    double rate = (double)m->events / total;
    double other_rate = (double)(m->total - m->events) / total;
    double excess = (double)((wide)j * m->total - (wide)m->a_trials * m->events) / total;

    double a_trials = (double)m->a_trials;
    double b_trials = (double)m->b_trials;
    double cells = cell_term(j, a_trials * rate, excess) + cell_term(m->a_trials - j, a_trials * other_rate, -excess) +
                   cell_term(m->events - j, b_trials * rate, -excess) +
                   cell_term(m->b_trials - m->events + j, b_trials * other_rate, excess);
    return m->remainders - cells;
}

/* The cells of a table: on the way outwards two shrink and two grow. */
typedef struct cells {
    double shrinking[2], growing[2];
} cells;

static cells cells_of(const margins *m, int64_t j, int step) {
    double a_events = (double)j;
    double a_rest = (double)(m->a_trials - j);
    double b_events = (double)(m->events - j);
    double b_rest = (double)(m->b_trials - m->events + j);

    if (step > 0) {
        return (cells){{a_rest, b_events}, {a_events, b_rest}};
    }
    return (cells){{a_events, b_rest}, {a_rest, b_events}};
}

/* Goes one step outwards; returns the probability of the table there over that of the one before. Counts are exact in a double. */
static double step_outwards(cells *c) {
    double above = c->shrinking[0]-- * c->shrinking[1]--;
    return above / (++c->growing[0] * ++c->growing[1]);
}

/* A tail that begins so many steps from the mode, and the log probability of its first table. */
typedef struct edge {
    int64_t steps;
    double first;
} edge;

/* The steps from the mode to the nearest table of at most this log probability, or reach + 1 if none is. The mode itself is above.
 * Where the guess is good, few tables are looked at: from it on twice as far each time, until the edge lies between two. */
static edge find_edge(const margins *m, int64_t mode, int step, int64_t reach, double limit, int64_t guess) {
    int64_t above = 0;
    int64_t within = reach + 1;
    int64_t middle = guess < within ? guess : reach;
    int64_t stride = 1;
    double first = 0;
    while (within - above > 1) {
        double here = log_probability(m, mode + step * middle);
        if (here <= limit) {
            within = middle;
            first = here;
        } else {
            above = middle;
        }
        middle = above + (within - above) / 2;
        if (above == 0 && within - stride > middle) {
            middle = within - stride;
        } else if (within > reach && above + stride < middle) {
            middle = above + stride;
        }
        if (stride < within) stride *= 2; /* further than that means nothing, and would not end in a number */
    }
    edge found = {within, first};
    return found;
}

/* The probability of the tables from the edge outwards to the end of the range. */
static double tail(const margins *m, int64_t mode, int step, int64_t reach, double limit, int64_t guess) {
    edge from = find_edge(m, mode, step, reach, limit, guess);
    if (from.steps > reach) {
        return 0;
    }
    cells at = cells_of(m, mode + step * from.steps, step);
    double sum = 1;
    double term = 1;
    /* Behind the last table the ratio, and with it the term, is 0. */
    while (term > NEGLIGIBLE * sum) {
        term *= step_outwards(&at);
        sum += term;
    }
    /* In logarithms, because the first term alone can be below the smallest double of full precision. */
    return exp(from.first + log(sum));
}

bool wres_fisher(wres_proportion a, wres_proportion b, double *out) {
    if (!is_proportion(a) || !is_proportion(b)) {
        return false;
    }
    margins m = {
        .a_trials = (int64_t)a.trials,
        .b_trials = (int64_t)b.trials,
        .events = (int64_t)(a.events + b.events),
        .total = (int64_t)(a.trials + b.trials),
    };
    m.remainders = remainders_of(&m);
    int64_t lowest = m.events > m.b_trials ? m.events - m.b_trials : 0;
    int64_t highest = m.events < m.a_trials ? m.events : m.a_trials;
    int64_t mode = (int64_t)((wide)(m.a_trials + 1) * (m.events + 1) / (m.total + 2));
    double limit = log_probability(&m, (int64_t)a.events) + log1p(TIE_TOLERANCE);

    /* No table is likelier than the mode: if it counts, all do. */
    if (log_probability(&m, mode) <= limit) {
        *out = 1;
        return true;
    }
    /* The observed table is the edge of its tail or next to it, and not the mode; the other edge is about as far away. The mode is in
     * neither tail, and likelier than 1e-6: the sum stays under 1. */
    int64_t guess = llabs((int64_t)a.events - mode);
    *out = tail(&m, mode, -1, mode - lowest, limit, guess) + tail(&m, mode, +1, highest - mode, limit, guess);
    return true;
}
