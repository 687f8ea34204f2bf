/* Places that are refilled as they fall vacant.
 *
 * Every place goes its own way: its holder stays with the chance 1 - leaving, a member's or another's, and otherwise a member
 * follows with the chance share. The chain from year to year of the number of members (binomial leavers of both kinds, binomial
 * entrants) is therefore the sum of `places` independent chains of one place, and each of these has two states and a closed form.
 * In a year a member's place is lost to the group with the chance lost = member_leaving (1 - share), and another's won with the
 * chance won = other_leaving share. With r = (1 - lost - won)^years and e = won/(lost + won), a place is held by a member at the end
 * with the chance e + (1 - e) r where one held it at first, and e (1 - r) where none did. So the number is the sum of two binomial
 * counts. tests/unit/test_stats_renewal.c goes through the chain year by year to the same chances, tests/backtest/test_renewal.py
 * in exact fractions. */
#include <math.h>

#include "stats/density.h"
#include "stats/domain.h"

bool wres_renewal_chances(const wres_renewal *from, double *chance, double *scratch) {
    bool defined = is_share(from->member_leaving) && is_share(from->other_leaving) && is_share(from->share);
    if (!defined || from->places == 0 || from->places > WRES_MOST_PLACES || from->held > from->places) {
        return false;
    }
    double moved = from->member_leaving * (1 - from->share) + from->other_leaving * from->share;
    double end = moved > 0 ? from->other_leaving * from->share / moved : 0;
    double stayed = pow(1 - moved, from->years);
    double kept = end + (1 - end) * stayed;
    double won = end * (1 - stayed);
    unsigned held = from->held;
    unsigned open = from->places - held;

    for (unsigned k = 0; k <= open; k++) {
        scratch[k] = density_binomial(k, open, won);
    }
    for (unsigned k = 0; k <= from->places; k++) {
        chance[k] = 0;
    }
    for (unsigned i = 0; i <= held; i++) {
        double first = density_binomial(i, held, kept);
        for (unsigned k = 0; k <= open; k++) {
            chance[i + k] += first * scratch[k];
        }
    }
    return true;
}
