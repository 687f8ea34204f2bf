/* A body against the workforce: the group's share of its members minus its share of staff, in points (WRES indicator 9). */
#include <string.h>

#include "indicator/compute.h"

static const slice nobody;

static amount base_of(const scope *s, const slice *count) {
    const group_set *groups = &s->standard->groups;
    amount all = amount_of(count, 0);
    if (s->standard->unknown_in_base) all = amount_sum(all, amount_of(count, groups->unknown));
    for (size_t g = 1; g < groups->unknown; g++)
        if (groups->all[g].compared) all = amount_sum(all, amount_of(count, g));
    return all;
}

static fraction share_of(const scope *s, const slice *count, size_t g) {
    return (fraction){amount_of(count, g), base_of(s, count), KIN_PART};
}

static void add_shares(const scope *s, const char *by_value, const char *section, const char *row, const slice *count,
                       const char *note) {
    const group_set *groups = &s->standard->groups;
    for (size_t g = 0; g < groups->count; g++) {
        wres_result result = result_new(s, by_value, groups->all[g].label, "share", WRES_PERCENT);
        if (g == groups->unknown && !s->standard->unknown_in_base) continue;
        result.section = section;
        result.row = row;
        const fraction share = share_of(s, count, g);
        if (fraction_hidden(&share)) {
            percent_add_hidden(s, result, &share, 1);
            continue;
        }
        percent_set(&result, share.above.least, share.below.least);
        result.note = result.status == WRES_CALCULATED || *note ? note : "nobody here";
        result_add(s, &result);
    }
}

static void add_gap_hidden(const scope *s, wres_result result, const fraction *members, const fraction *staff) {
    span bounds;
    const bool apart = s->planned->of.tally->table != s->planned->against.tally->table;
    const bool bounded = apart && difference_range(members, staff, &bounds);
    if (bounded) bounds.lower.numerator *= 100, bounds.upper.numerator *= 100;
    result_add_hidden(s, result, apart ? hidden_more(fraction_hidden(members), fraction_hidden(staff)) : WRES_HIDDEN_SOME,
                      bounded ? &bounds : NULL);
}

static void add_gaps(const scope *s, const char *by_value, const char *row, const slice *members, const slice *staff) {
    const group_set *groups = &s->standard->groups;
    const uint64_t body = base_of(s, members).least, all = base_of(s, staff).least;
    for (size_t g = 1; g < groups->count; g++) {
        if (!groups->all[g].compared) continue;
        wres_result result = result_new(s, by_value, groups->all[g].label, "difference", WRES_POINTS);
        result.row = row;
        const fraction of_body = share_of(s, members, g), of_staff = share_of(s, staff, g);
        if (fraction_hidden(&of_body) || fraction_hidden(&of_staff)) {
            add_gap_hidden(s, result, &of_body, &of_staff);
            continue;
        }
        if (body == 0 || all == 0) {
            result_add_missing(s, result, WRES_NOT_CALCULABLE, body ? "no staff at the as-at date" : "no members");
            continue;
        }
        result.kind = WRES_VALUE_EXACT;
        result.exact = (wres_rational){100 * ((wres_int128)members->count[g] * all - (wres_int128)staff->count[g] * body),
                                       (wres_int128)body * all};
        result.note = wres_print(s->run, "%s share of the %s minus %s share of the workforce", groups->all[g].name,
                                 s->planned->of.tally->table->name, groups->all[g].name);
        result_add(s, &result);
    }
}

/* Lists have dates of their own, which need not be the as-at date. There are members. */
static const char *dates_note(const scope *s) {
    const wres_tally *tally = s->planned->of.tally;
    size_t cells;
    const wres_cell *all = wres_cube_cells(tally->cube, &cells);
    char first[WRES_DATE_SIZE] = "", shown[WRES_DATE_SIZE];
    for (size_t i = 0; i < cells; i++) {
        if (!cell_belongs(s->fold.frame, tally, all[i].key, s->fold.organisation)) continue;
        wres_date_print(wres_frame_date(s->fold.frame, all[i].key[WRES_KEY_TIME]), shown);
        if (!*first)
            memcpy(first, shown, sizeof first);
        else if (strcmp(first, shown) != 0)
            return "lists of several dates";
    }
    return wres_print(s->run, "list of %s", first);
}

static void compute_parts(const scope *s, const char *by_value, const slice *staff) {
    const wres_indicator *about = s->planned->about;
    const char *section = s->planned->of.tally->table->name, *dates = dates_note(s);
    for (size_t p = 0; p < about->parts.count; p++) {
        const planned_part *part = &s->planned->parts[p];
        const char *missing = part_lacks(s, &s->planned->of, part), *inside = part_note(s, &about->parts, p);
        const char *note = *inside ? wres_print(s->run, "%s; %s", dates, inside) : dates;
        const slices list = fold(&s->fold, &s->planned->of, part->tests, part->test_count);
        const slice *members = slices_find(&list, by_value);
        if (missing) {
            part_add_lacking(s, by_value, part->row, missing);
            continue;
        }
        add_shares(s, by_value, section, part->row, members ? members : &nobody, members ? note : "no members");
    }
    add_shares(s, by_value, s->planned->against.tally->table->name, "all", staff, "");
    for (size_t p = 0; p < about->parts.count; p++) {
        const planned_part *part = &s->planned->parts[p];
        if (part_lacks(s, &s->planned->of, part)) continue;
        const slices list = fold(&s->fold, &s->planned->of, part->tests, part->test_count);
        const slice *members = slices_find(&list, by_value);
        add_gaps(s, by_value, part->row, members ? members : &nobody, staff);
    }
}

void gap_compute(const scope *s) {
    const slices members = fold(&s->fold, &s->planned->of, NULL, 0), staff = fold(&s->fold, &s->planned->against, NULL, 0);
    const by_values values = by_values_of(s, &members, &staff);
    const char *lacks = count_lacks(s, &s->planned->of, NULL, 0);
    if (!lacks) lacks = count_lacks(s, &s->planned->against, NULL, 0);
    if (lacks) {
        if (!s->fold.breakdown) result_add_lacking(s, "all", "all", lacks);
        return;
    }
    if (members.count == 0) {
        if (!s->fold.breakdown)
            result_add_missing(s, result_new(s, "all", "all", "all", WRES_PEOPLE), WRES_NOT_SUPPLIED,
                               wres_print(s->run, "no %s list on or before the as-at date", s->planned->of.tally->table->name));
        return;
    }
    for (size_t v = 0; v < values.count; v++) {
        const slice *all = slices_find(&staff, values.all[v]);
        compute_parts(s, values.all[v], all ? all : &nobody);
    }
}
