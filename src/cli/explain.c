/* wres explain: what an indicator is, in the words of its standard file, and what is counted for it. */
#include <string.h>

#include "cli/calculation.h"
#include "cli/commands.h"
#include "wres/indicator.h"

enum { WIDTH = 92, LABEL = 14 };

/* "Label         text …", wrapped under the text. */
static void print_wrapped(wres_sink *sink, const char *label, const char *text) {
    size_t column = LABEL;
    if (!*text) return;
    wres_sink_print(sink, "%-*s", LABEL, label);
    for (bool first = true; *text; first = false) {
        const size_t length = strcspn(text, " ");
        if (!first && column + 1 + length > WIDTH) {
            wres_sink_print(sink, "\n%*s", LABEL, "");
            column = LABEL;
        } else if (!first) {
            wres_sink_text(sink, " ");
            column++;
        }
        wres_sink_write(sink, text, length);
        column += length;
        text += length;
        while (*text == ' ') text++;
    }
    wres_sink_text(sink, "\n");
}

static const char *conditions_text(wres_run *run, const wres_conditions *conditions) {
    const char *text = "";
    for (size_t i = 0; i < conditions->count; i++)
        text = wres_print(run, "%s%s%s", text, i ? " and " : " where ", wres_condition_text(run, &conditions->all[i]));
    return text;
}

static void print_counted(wres_run *run, wres_sink *sink, const char *label, const wres_counted *counted) {
    if (counted->table) print_wrapped(sink, label, wres_print(run, "%s%s", counted->table, conditions_text(run, &counted->where)));
}

static void print_parts(wres_run *run, wres_sink *sink, const char *label, const wres_parts *parts) {
    for (size_t p = 0; p < parts->count; p++) {
        const wres_part *part = &parts->all[p];
        const char *whole =
            part->of_which == WRES_OF_ALL ? "" : wres_print(run, "of %s, of which ", parts->all[part->of_which].row);
        print_wrapped(sink, p ? "" : label, wres_print(run, "%s%s%s", whole, part->row, conditions_text(run, &part->where)));
    }
}

static const char *certainty_text(wres_run *run, const char *mark, const char *note) {
    const char *meaning = *mark == 'C'   ? "confirmed in a text of the owning body or in several that agree"
                          : *mark == 'S' ? "one secondary source"
                                         : "unconfirmed: commonly known, not seen in a source";
    return wres_print(run, "%s (%s)%s%s", mark, meaning, *note ? ". " : "", note);
}

static void print_indicator(wres_run *run, wres_sink *sink, const wres_standard *standard, const wres_indicator *i) {
    wres_sink_print(sink, "\nIndicator %s: %s\n", i->id, i->title);
    print_wrapped(sink, "  definition", i->definition);
    print_wrapped(sink, "  numerator", i->numerator);
    print_wrapped(sink, "  denominator", i->denominator);
    print_wrapped(sink, "  direction", i->direction);
    if (i->measure == WRES_LIKELIHOOD) {
        print_wrapped(sink, "  ratio",
                      wres_print(run, "%s / %s", i->group_first ? standard->compare.group : standard->compare.reference,
                                 i->group_first ? standard->compare.reference : standard->compare.group));
        if (i->years > 1)
            print_wrapped(sink, "  years", wres_print(run, "the events of %d years, divided by %d", i->years, i->years));
    }
    print_wrapped(sink, "  window", i->window);
    print_counted(run, sink, "  counts", &i->events);
    print_counted(run, sink, "  over", &i->over);
    print_counted(run, sink, "  counts", &i->of);
    print_counted(run, sink, "  against", &i->against);
    print_counted(run, sink, "  leavers", &i->leavers);
    print_counted(run, sink, "  movers", &i->movers);
    for (size_t t = 0; t < i->step_count; t++) {
        print_wrapped(sink, t ? "" : "  steps", i->steps[t].row);
        print_counted(run, sink, "    counts", &i->steps[t].events);
        print_counted(run, sink, "    over", &i->steps[t].over);
    }
    print_parts(run, sink, "  parts", &i->parts);
    print_parts(run, sink, "  tiers", &i->tiers);
    print_parts(run, sink, "  scopes", &i->scopes);
    if (*i->off)
        print_wrapped(sink, "  off", i->off);
    else
        print_wrapped(sink, "  measure", wres_measure_name(i->measure));
    print_wrapped(sink, "  source", i->source);
    print_wrapped(sink, "  certainty", certainty_text(run, i->certainty, i->certainty_note));
}

static wres_status no_indicator(wres_run *run, const wres_standard *standard, const char *id) {
    const char *all = "";
    for (size_t i = 0; i < standard->indicator_count; i++)
        all = wres_print(run, "%s%s%s", all, i ? ", " : "", standard->indicators[i].id);
    wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "the standard %s has no indicator '%s'; it has %s", standard->id,
              wres_visible(run, wres_text_of(id)), all);
    return WRES_USAGE;
}

/* A standard that calc would refuse is refused here too: this is where one looks at a file of one's own. */
static wres_status check_standard(wres_run *run, const wres_standard *standard, const wres_settings *given) {
    wres_tables *tables = wres_alloc(run, sizeof *tables);
    wres_reading *reading = wres_alloc(run, sizeof *reading);
    wres_request *request = wres_alloc(run, sizeof *request);
    wres_codes *codes = NULL;
    wres_grades *grades = NULL;
    wres_plan *plan;
    const wres_status status = definitions_load(run, given, tables, &codes, &grades);
    if (status != WRES_OK) return status;
    const wres_standard **standards = wres_alloc(run, sizeof *standards);
    *standards = standard;
    *reading = (wres_reading){.run = run, .tables = tables, .codes = codes, .grades = grades};
    *request = (wres_request){.standards = standards, .standard_count = 1, .unknown_in_base = -1};
    return wres_plan_new(reading, request, &plan);
}

wres_status explain_run(wres_run *run, const arguments *asked) {
    const wres_standard *standard;
    const wres_indicator *only = NULL;
    wres_sink *sink;
    const char *wanted = asked->operand_count > 1 ? asked->operands[1] : NULL;
    if (asked->operand_count > 2) {
        wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "one word too many: wres explain STANDARD INDICATOR");
        return WRES_USAGE;
    }
    wres_status status = wres_standard_load(run, asked->operand_count ? asked->operands[0] : latest_standard(run), &standard);
    if (status != WRES_OK) return status;
    status = check_standard(run, standard, &asked->given);
    if (status != WRES_OK) return status;
    for (size_t i = 0; wanted && i < standard->indicator_count; i++)
        if (strcmp(standard->indicators[i].id, wanted) == 0) only = &standard->indicators[i];
    if (wanted && !only) return no_indicator(run, standard, wanted);
    status = wres_sink_open(run, NULL, &sink);
    if (status != WRES_OK) return status;
    wres_sink_print(sink, "%s: %s\n", standard->id, standard->title);
    print_wrapped(sink, "owner", standard->owner);
    print_wrapped(sink, "source", standard->source);
    print_wrapped(sink, "certainty", certainty_text(run, standard->certainty, standard->certainty_note));
    print_wrapped(sink, "groups",
                  wres_print(run, "%s: %s and %s; %s apart", standard->compare.field, standard->compare.reference,
                             standard->compare.group, standard->compare.unknown));
    print_wrapped(sink, "staff", wres_print(run, "rows of workforce%s", conditions_text(run, &standard->population)));
    for (size_t i = 0; i < standard->indicator_count; i++)
        if (!only || only == &standard->indicators[i]) print_indicator(run, sink, standard, &standard->indicators[i]);
    wres_sink_text(
        sink,
        "\nIntervals, p-values and the word 'significant' are no part of the standard: where this program prints them, it says so.\n");
    return wres_sink_commit(sink);
}
