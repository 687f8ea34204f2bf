/* goals: what the measure `goal` (Model Employer Goals) is computed with. Part of the layer indicator.
 *
 * The policy says that every senior band should have the organisation's own BME share by 2028. It was not seen to say how a goal is
 * rounded, which staff make the share, who leaves and how the bands grow: each of these is a setting here, and none has been
 * confirmed. Formulas and statistics: docs/goals.md. */
#ifndef WRES_GOALS_H
#define WRES_GOALS_H

#include "wres/base.h"
#include "wres/config.h"
#include "wres/input.h"

typedef enum wres_goal_rounding {
    WRES_GOAL_HALF_UP, /* the nearest whole number, halves up */
    WRES_GOAL_LEAST,   /* the least whole number whose share reaches the reference share */
    WRES_GOAL_UNROUNDED
} wres_goal_rounding;

/* Whose BME share the bands are to reach. */
typedef enum wres_reference_scope {
    WRES_REFERENCE_ALL,         /* all staff, medical staff included */
    WRES_REFERENCE_AFC,         /* Band 1 to Band 9 and VSM */
    WRES_REFERENCE_AFC_1_7,     /* Band 1 to Band 7 */
    WRES_REFERENCE_SECTION,     /* each section has its own; its bands are set against it */
    WRES_REFERENCE_STAFF_GROUP, /* each staff group, likewise */
    WRES_REFERENCE_FIXED        /* none: a fixed share */
} wres_reference_scope;

/* A band, or several taken together. */
typedef struct wres_goal_bands {
    const char *label;          /* "Band 8a", "8a+", "Band 8c, Band 8d" */
    const unsigned char *holds; /* by grade row (wres_grades_row_name) */
} wres_goal_bands;

typedef struct wres_goals {
    const wres_goal_bands *bands; /* single bands first, then the lists */
    size_t band_count;
    const unsigned char *afc, *afc_1_7; /* by grade row */
    wres_goal_rounding rounding;
    wres_reference_scope scope;
    wres_rational fixed; /* of WRES_REFERENCE_FIXED: a percentage */
    wres_date by_date;   /* when the goal is to be reached */
    int step_months;     /* of the trajectory: 12 or 3 */
    /* Fractions a year. Where none is set, leaving rates are those of the movements; without either nothing is said of
     * appointments. */
    bool has_turnover, has_group_turnover;
    double turnover, group_turnover, growth; /* of all staff in the band, of its BME staff; of the band's headcount */
    /* In the place of what recruitment data say. */
    bool has_shortlist_share, has_likelihood;
    double shortlist_share, likelihood; /* a fraction; White / BME */
} wres_goals;

/* Bands 8a to 9 and VSM with all of them together; rounded half up; all staff; by 31 March 2028, yearly; nothing known of leavers. */
wres_status wres_goals_default(const wres_reading *reading, wres_goals *goals);

/* Sets the bands. Each text is a band or several with commas ("8a", "8a,8b"); those of the setting `bands` are set one by one and
 * together (none = 8a to 9 and VSM), each of `pools` together only; "8c+" is Band 8c and every band above. WRES_USAGE with a finding
 * where the setting stands. */
wres_status wres_goals_set_bands(const wres_reading *reading, const wres_settings *settings, wres_goals *goals);

/* "all staff, medical staff included" */
const char *wres_reference_scope_text(wres_reference_scope scope);

#endif
