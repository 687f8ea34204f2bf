/* Counts that the input hides: what is known of a sum of them, and between which numbers a figure lies that rests on them.
 *
 * A hidden count is known to lie between two numbers, and nothing else is known of it: every such count can be anything in its range,
 * whatever the others are. A figure that rises or falls with each of the counts it is made of lies between its values at the ends. */
#ifndef WRES_INDICATOR_HIDDEN_H
#define WRES_INDICATOR_HIDDEN_H

#include "indicator/fold.h"

/* A sum of counts: the least that it can be, and what the hidden ones among them can add. */
typedef struct amount {
    uint64_t least;
    wres_hidden_part hidden;
} amount;

amount amount_of(const slice *s, size_t g);
amount amount_sum(amount a, amount b);
/* What is left of the whole without a part of it. */
amount amount_rest(amount whole, amount part);
static inline bool amount_is_hidden(amount a) { return a.hidden.counts > 0; }
static inline bool amount_is_nothing(amount a) { return a.least == 0 && a.hidden.counts == 0; }

/* How the counts above the line stand to those below: part of them, counted in another table, or neither for certain. */
typedef enum kinship { KIN_PART, KIN_APART, KIN_UNSURE } kinship;
kinship kinship_of(const planned_count *above, const planned_count *below);

/* One sum over another. */
typedef struct fraction {
    amount above, below;
    kinship kin;
} fraction;

/* How many hidden counts a figure rests on: 0, a number, or WRES_HIDDEN_SOME. */
uint32_t fraction_hidden(const fraction *f);
uint32_t hidden_more(uint32_t a, uint32_t b);

typedef struct span {
    wres_rational lower, upper;
} span;

/* Where the fraction lies, of all that its counts can be, as long as it is over something and at least so many are above the line.
 * False where it cannot be said. */
bool fraction_range(const fraction *f, uint64_t least_above, span *out);
/* The same of one divided by the other, and of one minus the other; no count is in both. */
bool ratio_range(const fraction *a, const fraction *b, span *out);
bool difference_range(const fraction *a, const fraction *b, span *out);

/* A result that rests on hidden counts, with its bounds where there are any: result_add makes it a suppressed one. */
struct scope;
void result_add_hidden(const struct scope *s, wres_result result, uint32_t hidden, const span *bounds);
/* A share or rate in percent, its bounds divided by so many years. */
void percent_add_hidden(const struct scope *s, wres_result result, const fraction *f, uint64_t years);

#endif
