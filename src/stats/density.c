/* The parts of which the densities of counts are made. */
#include <math.h>

#include "stats/density.h"

/* ln(2 pi n)/2 and the Stirling error of Loader: exact values at 0, 1/2, 1, ... while n is small, then Stirling's series
 * (Abramowitz & Stegun 6.1.41), of which the first term left out is under 1.1e-16. */
double density_remainder(double n) {
    static const double small[] = {
        0.0000000000000000000, 0.7257913526447274324, 1.0000000000000000000, 1.1764852083106725867, 1.3068528194400546906,
        1.4102467726616865619, 1.4959226032237259267, 1.5690661811086542356, 1.6328763858683831443, 1.6894656821254829637,
        1.7403021806115441212, 1.7864475525458027380, 1.8286943966417709902, 1.8676500868983886820, 1.9037903176782211644,
        1.9374946032340120374, 1.9690705693065628024, 1.9987710310789669305, 2.0268062840554951661, 2.0533531326420597025,
        2.0785616431350584550, 2.1025602763507256059, 2.1254598450918098546, 2.1473566051905953157, 2.1683346982058824268,
        2.1884681023915081441, 2.2078222061234453169, 2.2264550881899040818, 2.2444185681250608968, 2.2617590744309472163,
        2.2785183673077405761, 2.2947341442002000445,
    };
    static const double two_pi = 6.283185307179586477;

    if (n < 16) {
        return small[(int)(2 * n)];
    }
    double y = 1 / (n * n);
    double series = 1.0 / 1260 - y * (1.0 / 1680 - y / 1188);
    series = 1.0 / 12 - y * (1.0 / 360 - y * series);
    return 0.5 * log(two_pi * n) + series / n;
}

/* Loader's bd0. When x and e are close the terms cancel, so there ln(x/e) = 2(v + v^3/3 + v^5/5 + ...) with v = (x - e)/(x + e). */
double density_deviance(double x, double expected, double excess) {
    if (x == 0) {
        return expected;
    }
    double v = excess / (x + expected);
    if (fabs(v) > 0.25) {
        return x * log(x / expected) - excess;
    }
    double sum = excess * v;
    double power = 2 * x * v;
    for (int odd = 3;; odd += 2) {
        power *= v * v;
        double next = sum + power / odd;
        if (next == sum) {
            return sum;
        }
        sum = next;
    }
}

double density_binomial(double x, double n, double p) {
    /* Rounded once: rounding n p first would cost digits at large counts. Where p is 0 or 1, a deviance is infinite, or both are 0. */
    double excess = fma(-n, p, x);
    double cells = density_remainder(x) + density_deviance(x, n * p, excess) + density_remainder(n - x) +
                   density_deviance(n - x, n * (1 - p), -excess);
    return exp(density_remainder(n) - cells);
}
