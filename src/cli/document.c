#include "cli/document.h"

#include <string.h>

#include "wres/goals.h"

static const char *or_else(const char *text, const char *otherwise) { return text ? text : otherwise; }

static const char *joined(wres_run *run, const wres_list_setting *list, const char *otherwise) {
    const char *text = list->count ? list->all[0] : otherwise;
    for (size_t i = 1; i < list->count; i++) text = wres_print(run, "%s; %s", text, list->all[i]);
    return text;
}

typedef struct shown_list {
    wres_setting_shown all[32];
    size_t count;
} shown_list;

static void show(shown_list *list, const char *name, const char *value) {
    list->all[list->count++] = (wres_setting_shown){name, value};
}

static const char *date_text(wres_run *run, wres_date date) {
    char *text = wres_alloc(run, WRES_DATE_SIZE);
    if (date != WRES_NO_DATE) wres_date_print(date, text);
    return text;
}

/* What is only asked of indicators. */
static void show_calc(const document_parts *parts, shown_list *list) {
    const wres_settings *s = parts->settings;
    show(list, "groups", or_else(s->groups, "2"));
    show(list, "chinese", or_else(s->chinese, "other"));
    show(list, "correct", or_else(s->correct, "none"));
    show(list, "stratify", or_else(s->stratify, "none"));
    show(list, "unknown", or_else(s->unknown, "as the standard says"));
    show(list, "weight", or_else(s->weight, "head"));
}

/* What is only asked of goals. */
static void show_goals(wres_run *run, const document_parts *parts, shown_list *list) {
    const wres_settings *s = parts->settings;
    const wres_goals *goals = parts->request->goals;
    const char *bands = "";
    for (size_t i = 0; i < goals->band_count; i++) bands = wres_print(run, "%s%s%s", bands, i ? "; " : "", goals->bands[i].label);
    show(list, "bands", bands);
    show(list, "baseline", parts->frame->has_baseline ? date_text(run, parts->frame->baseline) : "the as-at date");
    show(list, "by_date", date_text(run, goals->by_date));
    show(list, "every", or_else(s->every, "year"));
    show(list, "reference_base", or_else(s->reference_base, "all"));
    show(list, "reference_scope", or_else(s->reference_scope, "all"));
    show(list, "goal_rounding", or_else(s->goal_rounding, "half-up"));
    const char *counted = "as the movements of the 12 months to the as-at date say, by band";
    show(list, "turnover", or_else(s->turnover, parts->counts_leavers ? counted : "not given"));
    show(list, "turnover_bme", or_else(s->turnover_bme, parts->counts_leavers ? counted : "as turnover"));
    show(list, "growth", or_else(s->growth, "0"));
    show(list, "shortlist_share", or_else(s->shortlist_share, "as the recruitment data say"));
    show(list, "likelihood", or_else(s->likelihood, "as the recruitment data say"));
}

/* Every option in force that has to do with the figures; names of files, never paths. */
static void add_settings(wres_run *run, const document_parts *parts, wres_document *document) {
    shown_list *list = wres_alloc(run, sizeof *list);
    const wres_settings *s = parts->settings;
    const char *standards = "";
    for (size_t i = 0; i < parts->request->standard_count; i++)
        standards = wres_print(run, "%s%s%s", standards, i ? "; " : "", parts->request->standards[i]->id);
    show(list, "settings", or_else(s->name, ""));
    show(list, "standard", standards);
    show(list, "as_at", date_text(run, parts->frame->as_at));
    show(list, "by", joined(run, &s->by, "all"));
    show(list, "organisation", or_else(s->organisation, "all"));
    if (parts->request->goals)
        show_goals(run, parts, list);
    else
        show_calc(parts, list);
    show(list, "decimals", or_else(s->decimals, "ratios 2, percentages and points 1, probabilities 4"));
    show(list, "dates", or_else(s->dates, "as each file tells"));
    show(list, "allow_unmapped", or_else(s->allow_unmapped, "no"));
    show(list, "strict", or_else(s->strict, "no"));
    document->settings = list->all;
    document->setting_count = list->count;
}

static void add_standards(wres_run *run, const document_parts *parts, wres_document *document) {
    wres_standard_shown *all = wres_alloc(run, (parts->request->standard_count + 1) * sizeof *all);
    for (size_t i = 0; i < parts->request->standard_count; i++) {
        const wres_standard *s = parts->request->standards[i];
        all[i] = (wres_standard_shown){s->id, s->title, s->owner, s->source, s->certainty};
    }
    document->standards = all;
    document->standard_count = parts->request->standard_count;
}

static void add_inputs(wres_run *run, const document_parts *parts, wres_document *document) {
    wres_input_shown *all = wres_alloc(run, (parts->account_count + 1) * sizeof *all);
    for (size_t i = 0; i < parts->account_count; i++) {
        const wres_account *account = &parts->accounts[i];
        wres_reason_shown *reasons = wres_alloc(run, WRES_REASON_COUNT * sizeof *reasons);
        all[i] = (wres_input_shown){account->table->name, account->file, account->sha256, account->read, account->used, reasons, 0};
        for (int r = 0; r < WRES_REASON_COUNT; r++)
            if (account->left_out[r])
                reasons[all[i].left_out_count++] = (wres_reason_shown){wres_reason_text((wres_reason)r), account->left_out[r]};
    }
    document->inputs = all;
    document->input_count = parts->account_count;
}

/* The latest national figure of each kind on or before the year of the as-at date. */
static void add_national(wres_run *run, const wres_indicator *indicator, const wres_benchmark *figures, size_t count, int year,
                         wres_indicator_shown *shown) {
    wres_national_shown *all = wres_alloc(run, (count + 1) * sizeof *all);
    shown->national = all;
    for (size_t i = 0; i < count; i++) {
        const wres_benchmark *f = &figures[i];
        if (strcmp(f->indicator, indicator->id) != 0 || strcmp(f->organisation, "England") != 0 || strcmp(f->row, "all") != 0 ||
            f->year > year)
            continue;
        size_t n = 0;
        while (n < shown->national_count && (strcmp(all[n].group, f->group) != 0 || strcmp(all[n].statistic, f->statistic) != 0))
            n++;
        if (n < shown->national_count && all[n].year >= f->year) continue;
        all[n] = (wres_national_shown){f->group, f->statistic, f->unit, f->year, f->value, f->certainty};
        if (n == shown->national_count) shown->national_count++;
    }
}

static void add_nested(wres_run *run, const wres_parts *parts, wres_indicator_shown *shown) {
    wres_nested_row *all = wres_alloc(run, (parts->count + 1) * sizeof *all);
    shown->nested = all;
    for (size_t i = 0; i < parts->count; i++)
        if (parts->all[i].of_which != WRES_OF_ALL)
            all[shown->nested_count++] = (wres_nested_row){parts->all[i].row, wres_part_depth(parts, i)};
}

static wres_status add_indicators(wres_run *run, const document_parts *parts, wres_document *document) {
    size_t room = 0;
    int year = 9999, month, day;
    for (size_t i = 0; i < parts->request->standard_count; i++) room += parts->request->standards[i]->indicator_count;
    wres_indicator_shown *all = wres_alloc(run, (room + 1) * sizeof *all);
    if (parts->frame->as_at != WRES_NO_DATE) wres_date_split(parts->frame->as_at, &year, &month, &day);
    for (size_t i = 0; i < parts->request->standard_count; i++) {
        const wres_standard *standard = parts->request->standards[i];
        const wres_benchmark *figures;
        size_t count;
        const wres_status status = wres_benchmarks_load(run, standard->family, &figures, &count);
        if (status != WRES_OK) return status;
        for (size_t n = 0; n < standard->indicator_count; n++) {
            const wres_indicator *a = &standard->indicators[n];
            wres_indicator_shown *shown = &all[document->indicator_count++];
            *shown = (wres_indicator_shown){.standard = standard->id,
                                            .id = a->id,
                                            .title = a->title,
                                            .measure = *a->off ? "off" : wres_measure_name(a->measure),
                                            .direction = a->direction,
                                            .definition = a->definition,
                                            .numerator = a->numerator,
                                            .denominator = a->denominator,
                                            .window = a->window,
                                            .source = a->source,
                                            .certainty = a->certainty};
            if (*a->certainty_note) shown->source = wres_print(run, "%s Certainty: %s", a->source, a->certainty_note);
            add_nested(run, &a->parts, shown);
            add_national(run, a, figures, count, year, shown);
        }
    }
    document->indicators = all;
    return WRES_OK;
}

wres_status document_make(wres_run *run, const document_parts *parts, const wres_published_list *published,
                          wres_document *document) {
    *document = (wres_document){.disclosure = wres_disclosure_statement(), .results = *published};
    add_settings(run, parts, document);
    add_standards(run, parts, document);
    add_inputs(run, parts, document);
    return add_indicators(run, parts, document);
}
