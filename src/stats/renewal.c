/* Places that are refilled as they fall vacant.
 *
 * Every place goes its own way: its holder stays with the chance 1 - leaving, and otherwise a member follows with the chance share.
 * The chain from year to year of the number of members (binomial leavers of both kinds, binomial entrants) is therefore the sum
 * of `places` independent chains of one place, and each of these has a closed form: with r = (1 - leaving)^years, a place is held
 * by a member at the end with the chance share + (1 - share) r where one held it at first, and share (1 - r) where none did. So the
 * number is the sum of two binomial counts. tests/unit/test_stats_renewal.c goes through the chain year by year to the same
 * chances. */
#include <math.h>

#include "stats/density.h"
#include "stats/domain.h"

bool wres_renewal_chances(const wres_renewal *from, double *chance, double *scratch) {
    bool defined = is_share(from->leaving) && is_share(from->share);
    if (!defined || from->places == 0 || from->places > WRES_MOST_PLACES || from->held > from->places) {
        return false;
    }
    double stayed = pow(1 - from->leaving, from->years);
    double kept = from->share + (1 - from->share) * stayed;
    double won = from->share * (1 - stayed);
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
