/* Which bands have goals: lists of bands as they are written, to grade rows. */
#include <string.h>

#include "wres/goals.h"

/* ---- one band ----------------------------------------------------------------------------------------------- */

enum { MOST_BANDS = 64 };

/* The bands from the lowest to the highest: pay bands that have a place in the order. */
typedef struct band_run {
    uint16_t rows[MOST_BANDS]; /* grade rows */
    const char *names[MOST_BANDS];
    size_t count;
} band_run;

static bool is_named(const band_run *run, const char *name) {
    for (size_t i = 0; i < run->count; i++)
        if (strcmp(run->names[i], name) == 0) return true;
    return false;
}

static wres_status all_bands(const wres_reading *reading, band_run *run) {
    const wres_list *list = wres_codes_find(reading->codes, "pay_bands"), *groups = wres_codes_find(reading->codes, "staff_groups");
    int32_t order[MOST_BANDS];
    run->count = 0;
    for (uint16_t m = 0; m < wres_list_members(list); m++) {
        const char *name = wres_list_member_name(list, m);
        const int32_t place = wres_list_order(list, m);
        if (place == WRES_NO_ORDER || is_named(run, name)) continue; /* members of one name differ in treatment */
        if (run->count == MOST_BANDS) {
            wres_find(reading->run, WRES_ERROR, "code-list", (wres_place){0}, 0,
                      "goals take at most %d bands that have an order: the code list pay_bands has more", (int)MOST_BANDS);
            return WRES_USAGE;
        }
        size_t at = run->count++;
        for (; at > 0 && order[at - 1] > place; at--)
            run->rows[at] = run->rows[at - 1], run->names[at] = run->names[at - 1], order[at] = order[at - 1];
        run->rows[at] = wres_grades_place(reading->grades, &m, NULL, wres_list_blank(groups)).row;
        run->names[at] = name;
        order[at] = place;
    }
    return WRES_OK;
}

/* The place of a band among all, by any of its spellings; its number of bands where there is none. */
static size_t find_band(const wres_reading *reading, const band_run *all, wres_text text) {
    wres_found found;
    const wres_list *list = wres_codes_find(reading->codes, "pay_bands");
    const uint16_t member = wres_list_look_up(list, reading->run, text, &found);
    size_t at = 0;
    if (found != WRES_FOUND) return all->count;
    while (at < all->count && strcmp(all->names[at], wres_list_member_name(list, member)) != 0) at++;
    return at;
}

static wres_status no_band(const wres_reading *reading, const band_run *all, const wres_place *asked, wres_text text) {
    const char *word = wres_visible(reading->run, text), *names = "";
    const char *near = wres_nearest(reading->run, word, all->names, all->count);
    for (size_t i = 0; i < all->count; i++) names = wres_print(reading->run, "%s%s%s", names, i ? ", " : "", all->names[i]);
    wres_find(reading->run, WRES_ERROR, asked->file ? "settings" : "usage", *asked, 0, "'%s' is no band%s%s; the bands are %s",
              word, near ? ": did you mean " : "", near ? near : "", names);
    return WRES_USAGE;
}

/* ---- lists of bands ----------------------------------------------------------------------------------------- */

/* Which of all bands a text names: "8a", "8a,8b", "8c+". */
static wres_status mark_bands(const wres_reading *reading, const band_run *all, const wres_place *asked, const char *text,
                              unsigned char *marked) {
    for (;;) {
        wres_text part = wres_text_trim((wres_text){text, strcspn(text, ",")});
        const bool upwards = part.length > 1 && part.bytes[part.length - 1] == '+';
        const wres_text name = {part.bytes, part.length - upwards};
        const size_t at = find_band(reading, all, name);
        if (at == all->count) return no_band(reading, all, asked, part);
        for (size_t i = at; i < (upwards ? all->count : at + 1); i++) marked[i] = 1;
        text += strcspn(text, ",");
        if (*text++ == '\0') return WRES_OK;
    }
}

/* "8a+" for Band 8a and all above, else the names in their order. */
static const char *label_of(const wres_reading *reading, const band_run *all, const unsigned char *marked) {
    size_t first = 0, count = 0;
    const char *label = "";
    while (!marked[first]) first++;
    for (size_t i = first; i < all->count; i++) count += marked[i];
    if (count > 1 && count == all->count - first) {
        const char *name = all->names[first];
        return wres_print(reading->run, "%s+", strncmp(name, "Band ", 5) == 0 ? name + 5 : name);
    }
    for (size_t i = first; i < all->count; i++)
        if (marked[i]) label = wres_print(reading->run, "%s%s%s", label, *label ? ", " : "", all->names[i]);
    return label;
}

static void add_bands(const wres_reading *reading, const band_run *all, const unsigned char *marked, wres_goals *goals) {
    const char *label = label_of(reading, all, marked);
    for (size_t i = 0; i < goals->band_count; i++)
        if (strcmp(goals->bands[i].label, label) == 0) return;
    unsigned char *holds = wres_alloc(reading->run, wres_grades_rows(reading->grades) + 1);
    for (size_t i = 0; i < all->count; i++)
        if (marked[i]) holds[all->rows[i]] = 1;
    wres_goal_bands *longer = wres_alloc(reading->run, (goals->band_count + 1) * sizeof *longer);
    if (goals->band_count) memcpy(longer, goals->bands, goals->band_count * sizeof *longer);
    longer[goals->band_count++] = (wres_goal_bands){label, holds};
    goals->bands = longer;
}

wres_status wres_goals_set_bands(const wres_reading *reading, const wres_settings *settings, wres_goals *goals) {
    static const char *const usual_bands[] = {"8a,8b,8c,8d,9,VSM"};
    static const wres_list_setting usual = {usual_bands, 1};
    const wres_list_setting *bands = settings->bands.count ? &settings->bands : &usual, *pools = &settings->pools;
    band_run all;
    unsigned char asked[MOST_BANDS] = {0};
    goals->band_count = 0;
    if (all_bands(reading, &all) != WRES_OK) return WRES_USAGE;
    for (size_t i = 0; i < bands->count; i++) {
        const wres_place place = wres_setting_place(reading->run, settings, "bands", bands->all[i]);
        const wres_status status = mark_bands(reading, &all, &place, bands->all[i], asked);
        if (status != WRES_OK) return status;
    }
    for (size_t i = 0; i < all.count; i++) {
        unsigned char one[MOST_BANDS] = {0};
        one[i] = 1;
        if (asked[i]) add_bands(reading, &all, one, goals);
    }
    if (goals->band_count > 1) add_bands(reading, &all, asked, goals);
    for (size_t i = 0; i < pools->count; i++) {
        unsigned char pool[MOST_BANDS] = {0};
        const wres_place place = wres_setting_place(reading->run, settings, "pool", pools->all[i]);
        const wres_status status = mark_bands(reading, &all, &place, pools->all[i], pool);
        if (status != WRES_OK) return status;
        add_bands(reading, &all, pool, goals);
    }
    return WRES_OK;
}

/* ---- defaults ----------------------------------------------------------------------------------------------- */

static wres_status rows_between(const wres_reading *reading, const band_run *all, const char *first, const char *last,
                                const unsigned char **out) {
    const size_t from = find_band(reading, all, wres_text_of(first)), to = find_band(reading, all, wres_text_of(last));
    unsigned char *holds = wres_alloc(reading->run, wres_grades_rows(reading->grades) + 1);
    *out = holds;
    if (from == all->count || to == all->count) {
        wres_find(reading->run, WRES_ERROR, "code-list", (wres_place){0}, 0,
                  "goals need the bands from Band 1 to VSM in their order: the code list pay_bands lacks %s",
                  from < all->count ? last : first);
        return WRES_USAGE;
    }
    for (size_t i = from; i <= to; i++) holds[all->rows[i]] = 1;
    return WRES_OK;
}

wres_status wres_goals_default(const wres_reading *reading, wres_goals *goals) {
    band_run all;
    *goals = (wres_goals){.by_date = wres_date_of(2028, 3, 31), .step_months = 12};
    wres_status status = all_bands(reading, &all);
    if (status == WRES_OK) status = rows_between(reading, &all, "Band 1", "VSM", &goals->afc);
    if (status == WRES_OK) status = rows_between(reading, &all, "Band 1", "Band 7", &goals->afc_1_7);
    if (status == WRES_OK) status = wres_goals_set_bands(reading, &(wres_settings){0}, goals);
    return status;
}

const char *wres_reference_scope_text(wres_reference_scope scope) {
    static const char *const texts[] = {"all staff, medical staff included", "Agenda for Change bands 1 to 9 and VSM",
                                        "Agenda for Change bands 1 to 7",    "staff of the same section",
                                        "staff of the same staff group",     "a fixed percentage"};
    return texts[scope];
}
