/* Comparison of doubles to a relative tolerance. (cmocka's assert_float_equal casts to float: seven digits.) */
#ifndef WRES_TESTS_CLOSE_H
#define WRES_TESTS_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A wanted 0 asks for 0 exactly; a NaN on either side fails. */
static inline void assert_close(double got, double want, double relative) {
    if (!(fabs(got - want) <= relative * fabs(want))) {
        fail_msg("got %.17g, want %.17g: relative difference %.3g, allowed %.3g", got, want, fabs(got - want) / fabs(want),
                 relative);
    }
}

#endif
