/* Organisations beside each other: limits around the pooled value between which one of its size would lie by chance alone. Not part of
 * the standards. Spiegelhalter DJ (2005), Stat Med 24:1185-1202; formulas: docs/output.md. */
#include <math.h>
#include <string.h>

#include "indicator/compute.h"

/* The results of all organisations at one place of the output. */
typedef struct spot {
    const wres_result *pooled;
    const wres_result **own; /* of each organisation */
    size_t *numbers, count;
} spot;

/* A value on the scale on which its error is nearly normal: the logarithm of a ratio, a difference; of a share the share. */
typedef struct point {
    bool is_placed;
    wres_estimate at;
} point;

typedef struct funnel {
    wres_run *run;
    const spot *spot;
    point *points;
    double centre;
    bool is_scattered;
    double tau2;
} funnel;

/* ---- values with their errors ------------------------------------------------------------------------------- */

static double share_of(wres_proportion p) { return (double)p.events / (double)p.trials; }

/* The error is that of the pooled rates with the organisation's own numbers, as a share's is. */
static bool difference_at(const wres_result *own, const wres_result *pooled, wres_estimate *out) {
    double variance = 0;
    for (int i = 0; i < 2; i++) {
        const double rate = share_of(pooled->pair[i]);
        variance += rate * (1 - rate) / (double)own->pair[i].trials;
    }
    *out = (wres_estimate){share_of(own->pair[0]) - share_of(own->pair[1]), sqrt(variance)};
    return variance > 0;
}

static bool estimate_of(const wres_result *own, const wres_result *pooled, wres_estimate *out) {
    const wres_proportion a = own->pair[0], b = own->pair[1];
    *out = (wres_estimate){share_of(a), 0};
    if (own->beside == WRES_BESIDE_RATIO) return wres_log_ratio(a, b, out);
    if (own->beside == WRES_BESIDE_ODDS) return wres_log_odds(a.events, a.trials - a.events, b.events, b.trials - b.events, out);
    return own->beside == WRES_BESIDE_SHARE || difference_at(own, pooled, out);
}

static bool centre_of(const wres_result *pooled, double *centre) {
    const double value = wres_rational_real(pooled->exact);
    const bool is_ratio = pooled->beside == WRES_BESIDE_RATIO || pooled->beside == WRES_BESIDE_ODDS;
    *centre = is_ratio ? log(value) : value / 100; /* of an average over years the years cancel out */
    return isfinite(*centre);
}

/* ---- the scatter of the organisations ----------------------------------------------------------------------- */

enum { WINSORISED_PERCENT = 10 };

static void find_scatter(funnel *f) {
    const size_t count = f->spot->count;
    wres_proportion *shares = wres_alloc(f->run, (count + 1) * sizeof *shares);
    wres_estimate *estimates = wres_alloc(f->run, (count + 1) * sizeof *estimates);
    double *score = wres_alloc(f->run, (count + 1) * sizeof *score);
    size_t *order = wres_alloc(f->run, (count + 1) * sizeof *order), used = 0;
    wres_dispersion dispersion = {0};
    for (size_t i = 0; i < count; i++) {
        if (!f->points[i].is_placed) continue;
        shares[used] = f->spot->own[i]->pair[0];
        estimates[used++] = f->points[i].at;
    }
    const double winsorised = WINSORISED_PERCENT / 100.0;
    f->is_scattered = f->spot->pooled->beside == WRES_BESIDE_SHARE
                          ? wres_overdispersion(shares, used, winsorised, score, order, &dispersion)
                          : wres_scatter(estimates, used, f->centre, winsorised, score, order, &dispersion);
    f->tau2 = dispersion.tau2;
}

/* ---- limits ------------------------------------------------------------------------------------------------- */

typedef struct limits_kind {
    const char *statistic, *name;
    double z;
    bool is_overdispersed;
} limits_kind;

static bool limits_of(const funnel *f, size_t i, const limits_kind *kind, wres_interval *limits) {
    const uint64_t trials = f->spot->own[i]->pair[0].trials;
    if (kind->is_overdispersed && !f->is_scattered) return false;
    if (f->spot->pooled->beside != WRES_BESIDE_SHARE)
        return wres_funnel_of(f->centre, f->points[i].at.error, kind->is_overdispersed ? f->tau2 : 0, kind->z, limits);
    return kind->is_overdispersed ? wres_funnel_overdispersed(f->centre, f->tau2, trials, kind->z, limits)
                                  : wres_funnel(f->centre, trials, kind->z, limits);
}

/* Back from the scale of the errors to that of the values. */
static wres_interval shown_of(wres_beside beside, wres_interval limits) {
    if (beside == WRES_BESIDE_RATIO || beside == WRES_BESIDE_ODDS) return (wres_interval){exp(limits.lower), exp(limits.upper)};
    return (wres_interval){100 * limits.lower, 100 * limits.upper};
}

static wres_result beside_result(const wres_result *own, const char *statistic) {
    wres_result result = *own;
    result.statistic = statistic;
    result.beside = WRES_BESIDE_NOTHING;
    result.has_counts = result.denominator_only = result.has_interval = result.has_flag = false;
    return result;
}

static bool is_half_added(const wres_result *own) { return own->beside == WRES_BESIDE_RATIO && own->pair[0].events == 0; }

static void add_limits(const funnel *f, size_t i, const limits_kind *kind, wres_result_list *added) {
    static const char *const places[] = {"below", "inside", "above"};
    const wres_result *own = f->spot->own[i];
    const double value = f->points[i].at.value;
    wres_result result = beside_result(own, kind->statistic);
    wres_interval limits;
    if (!limits_of(f, i, kind, &limits)) return;
    const wres_interval shown = shown_of(own->beside, limits);
    result.exact = f->spot->pooled->exact;
    result.has_interval = result.has_flag = true;
    result.lower = shown.lower;
    result.upper = shown.upper;
    result.flag = value < limits.lower ? WRES_BELOW : value > limits.upper ? WRES_ABOVE : WRES_WITHIN;
    result.note =
        wres_print(f->run, "%s the %s limits around all organisations together%s; not part of the standard",
                   places[result.flag - WRES_BELOW], kind->name, is_half_added(own) ? " (a ratio of 0: half an event added)" : "");
    added->all[added->count++] = result;
}

static void add_difference(const spot *at, size_t i, wres_result_list *added) {
    const wres_proportion own = at->own[i]->pair[0], all = at->pooled->pair[0];
    wres_result result = beside_result(at->own[i], "difference_from_pooled");
    result.unit = WRES_POINTS;
    result.exact = (wres_rational){100 * ((wres_int128)own.events * all.trials - (wres_int128)all.events * own.trials),
                                   (wres_int128)own.trials * all.trials};
    result.note = "the share minus that of all organisations together; not part of the standard";
    added->all[added->count++] = result;
}

/* ---- spots -------------------------------------------------------------------------------------------------- */

enum { MOST_ROWS = 4 }; /* behind one result */

static const limits_kind kinds[] = {{"funnel_95", "95%", WRES_Z95, false},
                                    {"funnel_998", "99.8%", WRES_Z998, false},
                                    {"funnel_998_overdispersed", "overdispersed 99.8%", WRES_Z998, true}};

static bool is_compared(const wres_result *result) {
    return result->beside != WRES_BESIDE_NOTHING && (result->status == WRES_CALCULATED || result->hidden);
}

/* How many hidden counts the pooled value or one beside it rests on: then so do the limits and the scatter, and with them every row. */
static uint32_t hidden_at(const spot *at) {
    uint32_t hidden = at->pooled->hidden;
    for (size_t i = 0; i < at->count && !hidden; i++) hidden = at->own[i]->hidden;
    return hidden;
}

/* All rows there can be: which of them there would be depends on the counts. */
static void add_hidden(wres_run *run, const spot *at, size_t i, uint32_t hidden, wres_result_list *added) {
    const bool is_share = at->pooled->beside == WRES_BESIDE_SHARE;
    for (size_t k = is_share ? 0 : 1; k <= sizeof kinds / sizeof *kinds; k++) {
        wres_result result = beside_result(at->own[i], k == 0 ? "difference_from_pooled" : kinds[k - 1].statistic);
        if (k == 0) result.unit = WRES_POINTS;
        result.hidden = hidden;
        result.has_lower_bound = result.has_upper_bound = false;
        result_hide(run, &result);
        added->all[added->count++] = result;
    }
}

/* The rows of each organisation belong behind its result. */
static void place_organisations(wres_run *run, const spot *at, const wres_result_receiver *receiver) {
    funnel f = {.run = run, .spot = at};
    const uint32_t hidden = hidden_at(at);
    const bool has_centre = !hidden && centre_of(at->pooled, &f.centre);
    f.points = wres_alloc(run, (at->count + 1) * sizeof *f.points);
    for (size_t i = 0; i < at->count && has_centre; i++)
        f.points[i].is_placed = estimate_of(at->own[i], at->pooled, &f.points[i].at);
    if (has_centre) find_scatter(&f);
    for (size_t i = 0; i < at->count; i++) {
        wres_result rows[MOST_ROWS];
        wres_result_list added = {rows, 0, MOST_ROWS};
        if (hidden)
            add_hidden(run, at, i, hidden, &added);
        else if (at->pooled->beside == WRES_BESIDE_SHARE)
            add_difference(at, i, &added);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds && f.points[i].is_placed; k++) add_limits(&f, i, &kinds[k], &added);
        if (added.count) receiver->take_behind(receiver->context, at->numbers[i], added.all, added.count);
    }
}

static const char *spot_name(wres_run *run, const wres_result *r) {
    return wres_print(run, "%s\x1f%s\x1f%s\x1f%s", r->section, r->row, r->group, r->statistic);
}

/* The results at a spot; false where there is no pooled one. */
static bool spot_find(const compared_results *compared, const uint32_t *spot_of, uint32_t number, spot *at) {
    at->pooled = NULL;
    at->count = 0;
    for (size_t i = 0; i < compared->list.count; i++) {
        const wres_result *r = &compared->list.all[i];
        if (spot_of[i] != number) continue;
        if (strcmp(r->organisation, "all") == 0) {
            at->pooled = r;
        } else {
            at->numbers[at->count] = compared->numbers[i];
            at->own[at->count++] = r;
        }
    }
    return at->pooled != NULL;
}

/* The text in memory that stays. */
static const char *kept_text(const compared_results *compared, const char *text) {
    return wres_dictionary_text(compared->texts, wres_dictionary_add(compared->texts, wres_text_of(text)));
}

void beside_keep(compared_results *compared, const wres_result *result, size_t number) {
    wres_result_list *list = &compared->list;
    if (!is_compared(result)) return;
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 4, size = sizeof *list->all;
        list->all = wres_grow(compared->run, list->all, list->room * size, room * size);
        compared->numbers = wres_grow(compared->run, compared->numbers, list->room * sizeof number, room * sizeof number);
        list->room = room;
    }
    wres_result kept = *result;
    kept.small = false; /* said of the value, not of its limits */
    kept.section = kept_text(compared, kept.section);
    kept.row = kept_text(compared, kept.row);
    kept.by_value = kept_text(compared, kept.by_value);
    kept.group = kept_text(compared, kept.group);
    kept.note = "";
    compared->numbers[list->count] = number;
    list->all[list->count++] = kept;
}

void beside_add(wres_run *run, compared_results *compared, const wres_result_receiver *receiver) {
    const size_t count = compared->list.count;
    wres_dictionary *names = wres_dictionary_new(run);
    uint32_t *spot_of = wres_alloc(run, (count + 1) * sizeof *spot_of);
    spot at = {.own = wres_alloc(run, (count + 1) * sizeof *at.own), .numbers = wres_alloc(run, (count + 1) * sizeof *at.numbers)};
    for (size_t i = 0; i < count; i++)
        spot_of[i] = wres_dictionary_add(names, wres_text_of(spot_name(run, &compared->list.all[i])));
    for (uint32_t n = 0; n < wres_dictionary_count(names); n++)
        if (spot_find(compared, spot_of, n, &at)) place_organisations(run, &at, receiver);
    compared->list.count = 0;
}
