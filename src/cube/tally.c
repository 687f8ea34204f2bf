/* From rows to cells: which window, whose organisation, which person, which conditions, which key. */
#include <string.h>

#include "cube/frame.h"
#include "cube/persons.h"

/* Where the code of an axis comes from, for the file being read. */
typedef struct origin {
    enum { OF_FIELD, OF_SECTION, OF_BAND, OF_PERSON, OF_NOWHERE } kind;
    int index;      /* of the field, or of the population's axis */
    uint16_t blank; /* where it is not known */
} origin;

/* By the number of a snapshot's date: what is said of rows is said of those that are asked for. 0 for other tables. */
typedef struct noted_times {
    wres_noted *all;
    size_t room;
} noted_times;

typedef struct tally_plan {
    wres_tally *tally;
    origin axis[WRES_MOST_AXES];
    origin *test;    /* by test */
    bool *vacuous;   /* by test: the file cannot say, so that every row passes */
    bool *of_answer; /* by test: rows with a percent have no answer */
    int group_field;
    const wres_list *groups; /* the code list of the group field */
    bool links;              /* rows have person_id and there is a population */
    bool once_per;           /* all identifiers are there */
    noted_times without_id, conflicts;
} tally_plan;

/* What a row rests on but for who it is. */
typedef struct row_kind {
    uint16_t organisation, time;
    bool lacks_organisation, counts_date;
    bool settled;         /* whoever it is */
    wres_disposition out; /* its tag; its outcome where it is settled */
} row_kind;

typedef struct plan_kind {
    uint32_t person;
    bool counts;
} plan_kind;

/* Rows that add their FTE, and those of them that have none. */
typedef struct weighed {
    uint64_t rows, blank;
    const char *file; /* the first that has a blank one */
} weighed;

typedef struct wres_tallying {
    wres_reading *reading;
    wres_run *run;
    wres_frame *frame;
    const wres_table *table;
    tally_plan *plans;
    size_t plan_count;
    struct wres_table_times *times;
    bool weighs;                /* rows add their FTE */
    bool of_staff;              /* the rows are about staff: who is none under the standard is left out */
    const wres_list *primaries; /* the code list of the primary assignment, where the file has it */
    uint16_t undated;           /* the number of the as-at date, for files without a date column */
    wres_noted no_date, no_organisation, far_ahead, alike;
    wres_hash_set *events;      /* of a table whose rows have persons and count every time */
    wres_date earliest, latest; /* of events */
    struct weighed *weighed;    /* by the number of their date; where rows add their FTE */
    size_t weighed_room;
    bool in_window; /* one of them, at least */
    bool failed;
    row_kind *kinds; /* of the file at hand */
    plan_kind *plan_kinds;
    size_t kind_count, kind_room;
    bool is_over; /* kinds are of snapshots that are not asked for any more */
} table_reader;

static void note(wres_noted *noted, const wres_row *row) {
    const bool first = noted->count == 0;
    noted->count += 1 + row->again;
    if (!first) return;
    noted->file = row->file;
    noted->line = row->line;
}

static void note_of(table_reader *reader, noted_times *noted, uint16_t time, const wres_row *row) {
    const size_t at = reader->table->time == WRES_TIME_SNAPSHOT ? time : 0;
    if (at >= noted->room) {
        const size_t room = at + 16;
        noted->all = wres_grow(reader->run, noted->all, noted->room * sizeof *noted->all, room * sizeof *noted->all);
        noted->room = room;
    }
    note(&noted->all[at], row);
}

/* All of them; the first in the file has the place. */
static wres_noted noted_in_all(const table_reader *reader, const noted_times *noted) {
    wres_noted sum = {0};
    for (size_t i = 0; i < noted->room; i++) {
        const wres_noted *n = &noted->all[i];
        if (n->count == 0 || (reader->table->time == WRES_TIME_SNAPSHOT && !frame_is_asked_for(reader->frame, (uint16_t)i)))
            continue;
        const uint64_t count = sum.count + n->count;
        if (sum.count == 0 || (n->file == sum.file && n->line < sum.line)) sum = *n;
        sum.count = count;
    }
    return sum;
}

/* ---- axes --------------------------------------------------------------------------------------------------- */

/* The field of an axis in whatever table has it: one axis has one set of codes. */
static const wres_field *field_of_axis(const wres_reading *reading, const char *axis) {
    for (size_t i = 0; i < reading->tables->count; i++) {
        const wres_table *table = reading->tables->all[i];
        const int field = wres_field_find(table, axis);
        if (field != WRES_NO_FIELD) return &table->fields[field];
    }
    return NULL;
}

static const wres_list *list_of_axis(const wres_reading *reading, const char *axis) {
    const wres_field *field = field_of_axis(reading, axis);
    return field && field->list ? wres_codes_find(reading->codes, field->list) : NULL;
}

bool wres_axis_is_text(const wres_reading *reading, const char *axis) {
    const wres_field *field = field_of_axis(reading, axis);
    return field && field->type == WRES_TYPE_TEXT;
}

uint16_t wres_axis_blank(const wres_reading *reading, const char *axis) {
    if (strcmp(axis, WRES_AXIS_SECTION) == 0) return WRES_SECTION_UNKNOWN;
    if (strcmp(axis, WRES_AXIS_BAND) == 0) return (uint16_t)wres_grades_rows(reading->grades); /* not even `Unmapped` */
    const wres_list *list = list_of_axis(reading, axis);
    return list ? wres_list_blank(list) : 0;
}

static origin find_origin(table_reader *reader, const tally_plan *plan, const wres_layout *layout, const char *axis) {
    origin from = {OF_NOWHERE, 0, wres_axis_blank(reader->reading, axis)};
    /* Staff without a grade have a row of indicator 1; an event without one has no grade at all. */
    if (strcmp(axis, WRES_AXIS_BAND) == 0 && reader->table->time == WRES_TIME_SNAPSHOT)
        from.blank = wres_grades_unmapped(reader->reading->grades);
    const bool graded = strcmp(axis, WRES_AXIS_SECTION) == 0 || strcmp(axis, WRES_AXIS_BAND) == 0;
    const int field = wres_field_find(reader->table, axis);
    if (!graded && field != WRES_NO_FIELD && reader->table->fields[field].list) /* the table's own list comes first */
        from.blank = wres_list_blank(wres_codes_find(reader->reading->codes, reader->table->fields[field].list));
    if (strcmp(axis, WRES_AXIS_SECTION) == 0 && layout->has_section) from.kind = OF_SECTION;
    if (strcmp(axis, WRES_AXIS_BAND) == 0 && layout->has_grade) from.kind = OF_BAND;
    if (!graded && field != WRES_NO_FIELD && layout->has[field]) from = (origin){OF_FIELD, field, from.blank};
    if (from.kind != OF_NOWHERE || !plan->links) return from;
    const wres_tally *population = plan->tally->population;
    for (size_t i = 0; i < population->axis_count; i++)
        if (strcmp(population->axes[i], axis) == 0 && population->axis_there[i]) return (origin){OF_PERSON, (int)i, from.blank};
    return from;
}

static uint16_t code_at(const origin *from, const wres_row *row, const person *who) {
    switch (from->kind) {
    case OF_FIELD: return row->code[from->index];
    case OF_SECTION: return row->place.section;
    case OF_BAND: return row->place.row;
    case OF_PERSON: return who ? who->axis[from->index] : from->blank;
    case OF_NOWHERE: break;
    }
    return from->blank;
}

/* ---- one file begins ---------------------------------------------------------------------------------------- */

/* Whether an axis tells who somebody is, not what happened. A file of disciplinary cases need not say that they are some; a file
 * without staff groups cannot tell doctors from others. */
static bool says_who(const wres_tally *tally, const char *axis) {
    if (!tally->population) return false;
    return strcmp(axis, WRES_AXIS_SECTION) == 0 || strcmp(axis, WRES_AXIS_BAND) == 0 ||
           wres_field_find(tally->population->table, axis) != WRES_NO_FIELD;
}

static void plan_tests(table_reader *reader, tally_plan *plan, const wres_layout *layout, const char *file) {
    const wres_tally *tally = plan->tally;
    for (size_t i = 0; i < tally->test_count; i++) {
        plan->test[i] = find_origin(reader, plan, layout, tally->tests[i].axis);
        plan->vacuous[i] = plan->test[i].kind == OF_NOWHERE;
        plan->of_answer[i] = strcmp(tally->tests[i].axis, "answer") == 0;
        if (plan->vacuous[i] && says_who(tally, tally->tests[i].axis) && !plan->tally->untested)
            plan->tally->untested = tally->tests[i].axis;
        else if (plan->vacuous[i] && !plan->of_answer[i])
            wres_find(reader->run, WRES_WARNING, "condition-not-tested",
                      (wres_place){reader->table->name, file, 0, tally->tests[i].axis}, 0,
                      "the file has no such column: every row is taken to meet '%s'", tally->tests[i].text);
    }
}

/* Rows that have no group of their own and no person to take it from would all be Unknown: a result, but of nothing. */
static wres_status check_group(table_reader *reader, const tally_plan *plan, const char *file) {
    if (plan->group_field >= 0 || plan->links || reader->reading->ungrouped)
        return WRES_OK; /* nobody's is known: said in the end */
    const bool is_population = !plan->tally->population;
    wres_find(
        reader->run, WRES_ERROR, "no-group", (wres_place){reader->table->name, file, 0, plan->tally->group_field}, 0,
        is_population
            ? "the file has no such column: nobody would belong to a group. Name the column under 'columns' in the settings"
            : "the file has no such column, and there is no workforce with person_id to take it from. Add the column, or give the "
              "workforce with person_id");
    return WRES_DATA;
}

static const char *fte_headers(wres_run *run, const wres_table *table) {
    const int field = wres_fte_field(table);
    const char *all = "fte";
    for (size_t i = 0; field >= 0 && i < table->fields[field].header_count; i++)
        all = wres_print(run, "%s, %s", all, table->fields[field].headers[i]);
    return all;
}

static wres_status check_fte(table_reader *reader, const wres_layout *layout, const char *file) {
    const int field = wres_fte_field(reader->table);
    if (!reader->weighs || (field >= 0 && layout->has[field])) return WRES_OK;
    wres_find(reader->run, WRES_ERROR, "no-fte", (wres_place){reader->table->name, file, 0, "fte"}, 0,
              "the file has no such column, and --weight fte sums it. Accepted headers: %s. Name the column under 'columns' in the "
              "settings if it is called otherwise, or ask for --weight head",
              fte_headers(reader->run, reader->table));
    return WRES_DATA;
}

static bool has_all(const wres_layout *layout, const wres_alternatives *fields) {
    for (size_t i = 0; i < fields->count; i++)
        if (!layout->has[fields->fields[i]]) return false;
    return fields->count > 0;
}

static void plan_file(table_reader *reader, tally_plan *plan, const wres_layout *layout, const char *file) {
    wres_tally *tally = plan->tally;
    const int identifier = reader->table->person;
    plan->links = tally->population && tally->population->persons && identifier >= 0 && layout->has[identifier];
    plan->once_per = !tally->fte && has_all(layout, &reader->table->once_per);
    plan->group_field = wres_field_find(reader->table, tally->group_field);
    if (plan->group_field >= 0 && !layout->has[plan->group_field]) plan->group_field = WRES_NO_FIELD;
    for (size_t i = 0; i < tally->axis_count; i++) {
        plan->axis[i] = find_origin(reader, plan, layout, tally->axes[i]);
        if (plan->axis[i].kind != OF_NOWHERE)
            tally->axis_there[i] = true;
        else if (!tally->lacked_by[i])
            tally->lacked_by[i] = file;
    }
    tally->has_staff_group |= layout->has_staff_group || (plan->links && tally->population->has_staff_group);
    plan_tests(reader, plan, layout, file);
    tally->once_per = plan->once_per && (tally->once_per || !tally->has_table);
    tally->has_table = true;
    tally->undated = tally->undated || (reader->table->date >= 0 && !layout->has[reader->table->date]);
    if (!plan->once_per || tally->persons) return;
    person_order order = {.axes = tally->axis_count};
    for (size_t i = 0; i < tally->axis_count; i++) {
        order.blank[i] = plan->axis[i].blank;
        order.vocabulary[i] =
            wres_axis_is_text(reader->reading, tally->axes[i]) ? wres_vocabulary(reader->reading, tally->axes[i]) : NULL;
    }
    tally->persons = persons_new(reader->run, &order);
}

static void say_columns(table_reader *reader, const wres_layout *layout, const char *file) {
    const wres_place place = {reader->table->name, file, 0, NULL};
    const wres_table *table = reader->table;
    if (reader->weighs)
        wres_find(reader->run, WRES_INFORMATION, "fte-of-rows", place, 0,
                  "the FTE of every row counts in the row's own section and band: a person's rows are not put together");
    if (!reader->weighs && table->once_per.count && !has_all(layout, &table->once_per)) {
        const char *names = "";
        for (size_t i = 0; i < table->once_per.count; i++)
            if (!layout->has[table->once_per.fields[i]])
                names = wres_print(reader->run, "%s%s%s", names, *names ? ", " : "", table->fields[table->once_per.fields[i]].name);
        const bool counted =
            (table->count >= 0 && layout->has[table->count]) || (table->percent >= 0 && layout->has[table->percent]);
        wres_find(reader->run, counted ? WRES_INFORMATION : WRES_WARNING, "rows-are-people", place, 0,
                  "no column %s: every row is counted as it stands, and nobody is recognised in two rows", names);
    }
    if (table->date >= 0 && !layout->has[table->date] && table->time != WRES_TIME_SNAPSHOT)
        wres_find(reader->run, WRES_INFORMATION, "no-date-column", place, 0,
                  "no column %s: every row is taken to belong to the as-at date", table->fields[table->date].name);
}

static bool rests_on_axis(const char *axis, const char *field) {
    const bool band = strcmp(axis, WRES_AXIS_BAND) == 0, section = strcmp(axis, WRES_AXIS_SECTION) == 0;
    const bool grade = strcmp(field, "pay_band") == 0 || strcmp(field, "medical_grade") == 0;
    if (band || section) return grade || strcmp(field, "staff_group") == 0;
    return strcmp(axis, field) == 0;
}

/* What a condition tests, a group or a breakdown tells apart: a value of it that is in no list changes a result. */
static bool rests_on(void *context, int number) {
    const table_reader *reader = context;
    const char *field = reader->table->fields[number].name;
    for (size_t i = 0; i < reader->plan_count; i++) {
        const wres_tally *tally = reader->plans[i].tally;
        if (strcmp(tally->group_field, field) == 0) return true;
        for (size_t t = 0; t < tally->test_count; t++)
            if (rests_on_axis(tally->tests[t].axis, field)) return true;
        for (size_t a = 0; a < tally->axis_count; a++)
            if (rests_on_axis(tally->axes[a], field)) return true;
    }
    return false;
}

static wres_status begin_file(void *context, const wres_layout *layout, const char *file) {
    table_reader *reader = context;
    reader->kind_count = 0;
    const wres_table *table = reader->table;
    if (table->date >= 0 && !layout->has[table->date] && reader->frame->as_at == WRES_NO_DATE) {
        wres_find(reader->run, WRES_ERROR, "as-at", (wres_place){table->name, file, 0, table->fields[table->date].name}, 0,
                  "there is no such column, so that the date must be given with --as-at (or 'as_at' in the settings)");
        return WRES_USAGE;
    }
    if (table->time != WRES_TIME_WINDOW) {
        int year, month, day;
        wres_date date = reader->frame->as_at;
        if (table->time == WRES_TIME_YEAR) {
            wres_date_split(date, &year, &month, &day);
            date = wres_date_of(year - 1, 1, 1);
        }
        if (date != WRES_NO_DATE) frame_number(reader->run, reader->frame, date, &reader->undated);
    }
    const wres_status weighable = check_fte(reader, layout, file);
    if (weighable != WRES_OK) return weighable;
    reader->primaries = table->primary >= 0 && layout->has[table->primary]
                            ? wres_codes_find(reader->reading->codes, table->fields[table->primary].list)
                            : NULL;
    for (size_t i = 0; i < reader->plan_count; i++) {
        plan_file(reader, &reader->plans[i], layout, file);
        const wres_status status = check_group(reader, &reader->plans[i], file);
        if (status != WRES_OK) return status;
    }
    say_columns(reader, layout, file);
    return WRES_OK;
}

/* ---- one row ------------------------------------------------------------------------------------------------ */

static uint16_t organisation_of(table_reader *reader, const wres_row *row) {
    const int field = reader->table->organisation;
    wres_frame *frame = reader->frame;
    if (field < 0 || !row->layout->has[field]) return frame->only_organisation;
    const uint16_t number = row->code[field];
    if (number == 0) note(&reader->no_organisation, row);
    if (reader->table->time == WRES_TIME_SNAPSHOT && number) {
        if (!frame->only_seen)
            frame->only_seen = number;
        else if (frame->only_seen != number)
            frame->several_organisations = true;
    }
    return number;
}

static bool is_kept_cell(const void *frame, const uint16_t *key) { return frame_keeps(frame, key[WRES_KEY_TIME]); }
static bool is_kept_kind(const void *frame, const person *kind) { return frame_keeps(frame, kind->time); }

static plan_kind *plans_of(const table_reader *reader, size_t kind);

/* Of the snapshots that are not asked for any more. */
static void let_go(table_reader *reader) {
    reader->is_over = true;
    for (size_t k = 0; k < reader->kind_count; k++) {
        row_kind *kind = &reader->kinds[k];
        if (kind->settled || frame_keeps(reader->frame, kind->time)) continue;
        kind->settled = true;
        kind->out = (wres_disposition){WRES_REASON_SNAPSHOT, false, 0};
    }
    for (size_t i = 0; i < reader->plan_count; i++) {
        const wres_tally *tally = reader->plans[i].tally;
        wres_cube_keep(tally->cube, is_kept_cell, reader->frame);
        if (!tally->persons) continue;
        uint32_t *numbers = wres_grow(reader->run, NULL, 0, (persons_kinds(tally->persons) + 1) * sizeof *numbers);
        persons_keep(tally->persons, is_kept_kind, reader->frame, numbers);
        for (size_t k = 0; k < reader->kind_count; k++) {
            uint32_t *number = &plans_of(reader, k)[i].person;
            if (!reader->kinds[k].settled) *number = numbers[*number];
        }
        wres_drop(reader->run, numbers);
    }
}

static void count_date(table_reader *reader, uint16_t time, uint64_t rows) {
    if (frame_count_rows(reader->frame, time, rows)) let_go(reader);
}

static bool row_fails(table_reader *reader, const wres_row *row, const char *message) {
    const wres_table *table = reader->table;
    wres_find(reader->run, WRES_ERROR, "date", (wres_place){table->name, row->file, row->line, table->fields[table->date].name}, 0,
              "%s", message);
    reader->failed = true;
    return false;
}

/* Places a row in time. False: it is settled already (out->outcome). */
static bool time_of(table_reader *reader, const wres_row *row, uint16_t organisation, uint16_t *time, wres_disposition *out) {
    wres_frame *frame = reader->frame;
    const wres_table *table = reader->table;
    const bool has_date = table->date >= 0 && row->layout->has[table->date];
    *time = reader->undated;
    if (table->time == WRES_TIME_WINDOW) return true; /* each tally has its own window */
    if (has_date && row->date == WRES_NO_DATE) {
        if (table->time == WRES_TIME_SNAPSHOT)
            return row_fails(reader, row,
                             "no date stands in this row, so that it belongs to no snapshot. Fill it in or remove the row");
        note(&reader->no_date, row);
        out->outcome = WRES_REASON_NO_DATE;
        return false;
    }
    if (has_date && !frame_number(reader->run, frame, row->date, time))
        return row_fails(reader, row, "this date is none that a row can stand for (1900 to 2100)");
    if (table->time == WRES_TIME_SNAPSHOT) {
        if (has_date || frame->as_at_given) count_date(reader, *time, 1 + row->again);
        if (frame->as_at_given && frame->dates[*time] > frame->as_at) {
            out->outcome = WRES_REASON_SNAPSHOT;
            return false;
        }
    } else {
        int as_at_year, year, month, day;
        wres_date_split(frame->as_at, &as_at_year, &month, &day);
        wres_date_split(frame->dates[*time], &year, &month, &day);
        if (table->time == WRES_TIME_YEAR ? year >= as_at_year : frame->dates[*time] > frame->as_at) {
            out->outcome = WRES_REASON_SNAPSHOT;
            return false;
        }
        times_note(reader->run, reader->times, frame, table->time == WRES_TIME_YEAR ? 0 : organisation, *time);
    }
    out->tagged = true;
    out->tag = (uint32_t)organisation << 16 | *time;
    return true;
}

static wres_hash person_key(uint16_t organisation, uint16_t time, wres_hash id) {
    const uint16_t place[] = {organisation, time};
    return wres_hash_bytes(place, sizeof place, id);
}

/* The person in the as-at snapshot, else in the latest one before it; of_past: in the latest in which they are staff, if any. */
static const person *find_in_snapshots(const table_reader *reader, const wres_tally *tally, uint16_t organisation, wres_hash id) {
    const wres_tally *population = tally->population;
    const wres_frame *frame = reader->frame;
    const person *best = NULL;
    wres_date best_date = WRES_NO_DATE;
    for (size_t i = 0; i < frame->date_count; i++) {
        if (!frame->date_rows[i] || frame->dates[i] > frame->as_at) continue;
        const bool later = frame->dates[i] > best_date;
        if (!later && (!tally->of_past || best->counted)) continue;
        const person *found = persons_find(population->persons, person_key(organisation, (uint16_t)i, id));
        if (!found || (tally->of_past && best && best->counted != found->counted ? !found->counted : !later)) continue;
        best = found, best_date = frame->dates[i];
    }
    return best;
}

static const person *find_person(table_reader *reader, const wres_tally *tally, uint16_t organisation, wres_hash id) {
    const person *found = find_in_snapshots(reader, tally, organisation, id);
    if (!found && organisation) found = find_in_snapshots(reader, tally, 0, id);
    if (found || organisation) return found;
    /* Of several organisations the one whose name comes first, so that the order of rows decides nothing. */
    const wres_dictionary *names = wres_vocabulary(reader->reading, "organisation");
    const char *best = NULL;
    for (uint32_t number = 1; number < wres_dictionary_count(names); number++) {
        const person *there = find_in_snapshots(reader, tally, (uint16_t)number, id);
        const char *name = wres_dictionary_text(names, number);
        if (there && (!best || strcmp(name, best) < 0)) found = there, best = name;
    }
    return found;
}

static bool passes(const wres_test *test, uint16_t code) { return code < test->size ? test->passes[code] : test->beyond; }

static bool meets(const tally_plan *plan, const wres_row *row, const person *who) {
    for (size_t i = 0; i < plan->tally->test_count; i++) {
        if (plan->of_answer[i] && (row->has_percent || plan->vacuous[i])) {
            if (!row->has_percent) return false; /* neither an answer nor a percentage */
            continue;
        }
        if (plan->vacuous[i]) continue;
        if (!passes(&plan->tally->tests[i], code_at(&plan->test[i], row, who))) return false;
    }
    return true;
}

static bool is_known(const tally_plan *plan, uint16_t group) {
    return wres_list_value_of(plan->groups, plan->tally->known_attribute, group) != plan->tally->unknown;
}

static void add_given(table_reader *reader, wres_tally *tally, const uint16_t *key, const wres_row *row) {
    if (tally->given_count == tally->given_room) {
        const size_t room = tally->given_room ? 2 * tally->given_room : 64, size = sizeof *tally->given;
        tally->given = wres_grow(reader->run, tally->given, tally->given_room * size, room * size);
        tally->given_room = room;
    }
    wres_given *given = &tally->given[tally->given_count++];
    memcpy(given->key, key, sizeof given->key);
    given->hidden = row->percent_hidden;
    given->base_hidden = row->base_hidden;
    given->percent = row->percent;
    given->base = row->base;
}

static uint16_t alike_group(const wres_tally *tally, uint16_t group) { return tally->alike ? tally->alike[group] : group; }

/* What so many rows of one FTE add; what is too large stays over the limit. */
static wres_status add_fte(wres_tally *tally, const uint16_t *key, const wres_row *row) {
    const uint64_t rows = 1 + row->again;
    uint16_t joined[WRES_MOST_KEYS];
    memcpy(joined, key, sizeof joined);
    joined[WRES_KEY_GROUP] = alike_group(tally, key[WRES_KEY_GROUP]);
    return wres_cube_add(tally->cube, joined, row->fte <= WRES_FTE_LIMIT / rows ? row->fte * rows : WRES_FTE_LIMIT, NULL);
}

/* What a row adds to the cells: its count; of a percentage the base, where the answers themselves are not asked for. */
static wres_status add_counted(wres_tally *tally, const uint16_t *key, const wres_row *row) {
    if (tally->fte) return add_fte(tally, key, row);
    if (row->has_percent && tally->takes_percent) return wres_cube_add(tally->cube, key, 0, NULL);
    const uint64_t count = row->has_percent ? row->base : row->count, largest = row->has_percent ? row->base_most : row->most;
    if (!(row->has_percent ? row->base_hidden : row->hidden)) {
        uint16_t joined[WRES_MOST_KEYS];
        memcpy(joined, key, sizeof joined);
        if (!row->has_percent) joined[WRES_KEY_GROUP] = alike_group(tally, key[WRES_KEY_GROUP]);
        return wres_cube_add(tally->cube, joined, count * (1 + row->again), NULL);
    }
    const wres_hidden_part hidden = wres_hidden_count(count, largest);
    return wres_cube_add(tally->cube, key, count, &hidden);
}

/* The identifiers that rows must agree in to be counted once. False where one of them is empty. */
static bool once_key(const wres_table *table, const wres_row *row, uint16_t organisation, uint16_t time, wres_hash *key) {
    *key = (wres_hash){0, 0};
    for (size_t i = 0; i < table->once_per.count; i++) {
        const int field = table->once_per.fields[i];
        if (!row->given[field]) return false;
        *key = i ? wres_hash_bytes(&row->id[field], sizeof row->id[field], *key) : row->id[field];
    }
    *key = person_key(organisation, time, *key);
    return true;
}

static uint32_t rank_of(const table_reader *reader, const wres_row *row) {
    enum { NOT_PRIMARY = 1 << 24 };
    const uint32_t rank = row->layout->has_grade ? wres_grades_rank(reader->reading->grades, row->place) : 0;
    if (!reader->primaries) return rank;
    return strcmp(wres_list_member_name(reader->primaries, row->code[reader->table->primary]), "yes") == 0 ? rank
                                                                                                           : rank + NOT_PRIMARY;
}

static person_row entry_of(const table_reader *reader, const tally_plan *plan, const wres_row *row, const uint16_t *key,
                           bool counts) {
    return (person_row){
        .rank = reader->table->time == WRES_TIME_SNAPSHOT ? rank_of(reader, row) : 0,
        .organisation = key[WRES_KEY_ORGANISATION],
        .time = key[WRES_KEY_TIME],
        .group = key[WRES_KEY_GROUP],
        .group_known = is_known(plan, key[WRES_KEY_GROUP]),
        .counts = counts,
        .axis = key + WRES_KEY_AXES,
    };
}

static int add_once(table_reader *reader, tally_plan *plan, const wres_row *row, wres_hash once, const uint16_t *key, bool counts) {
    wres_tally *tally = plan->tally;
    const person_row entry = entry_of(reader, plan, row, key, counts);
    const size_t conflicts = persons_conflicts(tally->persons);
    const bool first = persons_add(tally->persons, once, &entry);
    if (persons_conflicts(tally->persons) > conflicts) note_of(reader, &plan->conflicts, key[WRES_KEY_TIME], row);
    return !counts ? (int)WRES_REASON_NOT_COUNTED : first ? WRES_USED : (int)WRES_REASON_SAME_AGAIN;
}

/* The group of the row, else of its person; blank means Unknown. */
static uint16_t group_of(table_reader *reader, tally_plan *plan, const wres_row *row, const person *who) {
    if (plan->group_field >= 0 && row->given[plan->group_field]) return row->code[plan->group_field];
    if (who) return person_group(who);
    if (plan->links) note(&plan->tally->not_found, row);
    return wres_axis_blank(reader->reading, plan->tally->group_field);
}

static wres_status tally_row(table_reader *reader, tally_plan *plan, const wres_row *row, uint16_t organisation, uint16_t time,
                             int *outcome) {
    wres_tally *tally = plan->tally;
    const wres_table *table = reader->table;
    const person *who = NULL;
    uint16_t key[WRES_MOST_KEYS] = {organisation, time};
    wres_hash once;
    if (plan->links && row->given[table->person]) who = find_person(reader, tally, organisation, row->id[table->person]);
    if (who && !who->counted && reader->of_staff) {
        note(&tally->left_out_persons, row);
        *outcome = WRES_REASON_NOT_STAFF;
        return WRES_OK;
    }
    const bool counts = meets(plan, row, who);
    const bool population = !tally->population && table->time == WRES_TIME_SNAPSHOT;
    *outcome = population ? WRES_REASON_NOT_STAFF : WRES_REASON_NOT_COUNTED;
    if (!counts && !population) return WRES_OK;
    for (size_t i = 0; i < tally->axis_count; i++) key[WRES_KEY_AXES + i] = code_at(&plan->axis[i], row, who);
    key[WRES_KEY_GROUP] = group_of(reader, plan, row, who);
    if (plan->once_per && once_key(table, row, organisation, time, &once) && !row->has_percent) {
        if (row->count != 1 && !row->hidden && table->count >= 0 && row->layout->has[table->count]) {
            wres_find(
                reader->run, WRES_ERROR, "count", (wres_place){table->name, row->file, row->line, table->fields[table->count].name},
                0,
                "a row with an identifier stands for one, but its count is another. Remove the identifiers from counted rows, or the count");
            reader->failed = true;
        }
        if (row->hidden) {
            wres_find(reader->run, WRES_ERROR, "count",
                      (wres_place){table->name, row->file, row->line, table->fields[table->count].name}, 0,
                      "a row with an identifier stands for one, but its count is hidden. Remove the identifiers from counted rows");
            reader->failed = true;
        }
        const int added = add_once(reader, plan, row, once, key, counts);
        if (counts) *outcome = added;
        return WRES_OK;
    }
    if (!counts) return WRES_OK;
    if (plan->once_per) note_of(reader, &plan->without_id, time, row);
    *outcome = WRES_USED;
    if (row->has_percent && tally->takes_percent) add_given(reader, tally, key, row);
    return add_counted(tally, key, row);
}

/* From when to when events are, and which lie so far ahead that a year is most likely mistyped. */
static void note_time(table_reader *reader, const wres_row *row) {
    const wres_table *table = reader->table;
    const wres_date as_at = reader->frame->as_at;
    int year, month, day;
    if (table->time == WRES_TIME_SNAPSHOT || row->date == WRES_NO_DATE) return;
    if (reader->earliest == WRES_NO_DATE || row->date < reader->earliest) reader->earliest = row->date;
    if (reader->latest == WRES_NO_DATE || row->date > reader->latest) reader->latest = row->date;
    if (as_at == WRES_NO_DATE) return;
    wres_date_split(as_at, &year, &month, &day);
    const wres_date bound = table->time == WRES_TIME_YEAR ? wres_date_of(year, 12, 31) : wres_date_add_months(as_at, 12);
    if (row->date > bound) note(&reader->far_ahead, row);
}

/* A person may move twice, so that every row counts; not on one day in one way. */
static void note_alike(table_reader *reader, const wres_row *row) {
    const wres_table *table = reader->table;
    if (table->once_per.count || table->person < 0 || !row->given[table->person] || row->date == WRES_NO_DATE) return;
    if (!reader->events) reader->events = wres_hash_set_new(reader->run);
    wres_hash event = wres_hash_bytes(&row->date, sizeof row->date, row->id[table->person]);
    for (size_t f = 0; f < table->field_count; f++)
        if (row->layout->has[f] && (table->fields[f].type == WRES_TYPE_CODE || table->fields[f].type == WRES_TYPE_TEXT))
            event = wres_hash_bytes(&row->code[f], sizeof row->code[f], event);
    if (!wres_hash_set_add(reader->events, event)) note(&reader->alike, row);
}

/* A row of this date that counts. */
static void note_fte(table_reader *reader, const wres_row *row, uint16_t time) {
    if (time >= reader->weighed_room) {
        const size_t room = time + 16U, size = sizeof *reader->weighed;
        reader->weighed = wres_grow(reader->run, reader->weighed, reader->weighed_room * size, room * size);
        reader->weighed_room = room;
    }
    reader->weighed[time].rows += 1 + row->again;
    if (row->given[wres_fte_field(reader->table)]) return;
    reader->weighed[time].blank += 1 + row->again;
    if (!reader->weighed[time].file) reader->weighed[time].file = row->file;
}

/* Of a row in several tallies. */
static int better_outcome(int best, int outcome) {
    const bool better = best != WRES_USED && (outcome == WRES_USED || best == WRES_REASON_COUNT || best == WRES_REASON_NOT_COUNTED);
    return better ? outcome : best;
}

static wres_status count_row(void *context, const wres_row *row, wres_disposition *out) {
    table_reader *reader = context;
    const wres_frame *frame = reader->frame;
    note_time(reader, row);
    note_alike(reader, row);
    const uint16_t organisation = organisation_of(reader, row);
    const bool dated = reader->table->date >= 0 && row->layout->has[reader->table->date];
    uint16_t time;
    *out = (wres_disposition){WRES_REASON_NOT_COUNTED, false, 0};
    if (reader->plan_count == 0) return WRES_OK; /* no indicator asks for this table */
    if (!time_of(reader, row, organisation, &time, out)) return WRES_OK;
    if (frame->organisation && organisation != frame->organisation_number) {
        *out = (wres_disposition){WRES_REASON_ORGANISATION, false, 0};
        return WRES_OK;
    }
    if (reader->table->time == WRES_TIME_SNAPSHOT && !frame_keeps(frame, time)) {
        *out = (wres_disposition){WRES_REASON_SNAPSHOT, false, 0};
        return WRES_OK;
    }
    int best = WRES_REASON_COUNT;
    for (size_t i = 0; i < reader->plan_count; i++) {
        const wres_tally *tally = reader->plans[i].tally;
        int outcome = WRES_REASON_WINDOW;
        if (reader->table->time == WRES_TIME_WINDOW && dated) {
            const int window = row->date == WRES_NO_DATE ? -1 : frame_window(frame, row->date, tally->months, tally->years);
            if (row->date == WRES_NO_DATE) outcome = WRES_REASON_NO_DATE;
            time = (uint16_t)window;
            reader->in_window = reader->in_window || window >= 0;
            if (window < 0) {
                if (best == WRES_REASON_COUNT) best = outcome;
                continue;
            }
        }
        const wres_status status = tally_row(reader, &reader->plans[i], row, organisation, time, &outcome);
        if (status != WRES_OK) return status;
        best = better_outcome(best, outcome);
    }
    if (best == WRES_REASON_NO_DATE) note(&reader->no_date, row);
    if (best == WRES_USED && reader->weighs) note_fte(reader, row, time);
    out->outcome = best == WRES_REASON_COUNT ? (int)WRES_REASON_NOT_COUNTED : best;
    return WRES_OK;
}

/* ---- rows that count alike ------------------------------------------------------------------------------------ */

static bool tells(void *context, int field) {
    const table_reader *reader = context;
    const wres_table *table = reader->table;
    return field == table->organisation || field == table->date || field == table->primary || rests_on(context, field);
}

static bool is_text_field(const table_reader *reader, const origin *from) {
    return from->kind == OF_FIELD && reader->table->fields[from->index].type == WRES_TYPE_TEXT;
}

/* Of one way of counting: whether the row passes, where it is placed, and its group. */
static size_t fold_plan(const table_reader *reader, const tally_plan *plan, const wres_row *row, uint16_t *numbers) {
    const wres_tally *tally = plan->tally;
    size_t count = 1;
    numbers[0] = 1;
    for (size_t i = 0; i < tally->test_count; i++)
        if (!plan->vacuous[i] && !is_text_field(reader, &plan->test[i]) &&
            !passes(&tally->tests[i], code_at(&plan->test[i], row, NULL)))
            numbers[0] = 0;
    for (size_t i = 0; i < tally->axis_count; i++)
        if (!is_text_field(reader, &plan->axis[i])) numbers[count++] = code_at(&plan->axis[i], row, NULL);
    const bool given = plan->group_field >= 0 && row->given[plan->group_field];
    numbers[count++] = given;
    const uint16_t group = given ? row->code[plan->group_field] : 0;
    numbers[count++] = plan->once_per ? group : alike_group(tally, group);
    const uint32_t rank = plan->once_per ? rank_of(reader, row) : 0;
    numbers[count++] = (uint16_t)(rank >> 16);
    numbers[count++] = (uint16_t)rank;
    return count;
}

static size_t fold(void *context, const wres_row *row, uint16_t numbers[WRES_MOST_FOLDED]) {
    const table_reader *reader = context;
    size_t count = 0;
    for (size_t i = 0; i < reader->plan_count; i++) {
        const tally_plan *plan = &reader->plans[i];
        bool simple = !plan->links && (!plan->once_per || reader->table->time == WRES_TIME_SNAPSHOT) &&
                      count + WRES_MOST_AXES + 5 <= WRES_MOST_FOLDED;
        for (size_t t = 0; t < plan->tally->test_count; t++) simple = simple && !plan->of_answer[t];
        if (!simple) return 0;
        count += fold_plan(reader, plan, row, numbers + count);
    }
    return count;
}

/* ---- persons of whom rows are alike ---------------------------------------------------------------------------- */

/* Who is told apart by one identifier within a snapshot, and is linked to nobody. */
static bool are_people(const table_reader *reader) {
    const wres_table *table = reader->table;
    if (table->time != WRES_TIME_SNAPSHOT || table->once_per.count != 1 || table->once_per.fields[0] != table->person) return false;
    for (size_t i = 0; i < reader->plan_count; i++)
        if (!reader->plans[i].once_per || reader->plans[i].links) return false;
    return reader->plan_count > 0;
}

static row_kind *new_kind(table_reader *reader) {
    if (reader->kind_count == reader->kind_room) {
        /* By a quarter: there may be a hundred thousand, and what has room but is not there takes memory, too. */
        const size_t room = reader->kind_room ? reader->kind_room + reader->kind_room / 4 : 256, size = sizeof *reader->kinds;
        const size_t each = reader->plan_count * sizeof *reader->plan_kinds;
        reader->kinds = wres_grow(reader->run, reader->kinds, reader->kind_room * size, room * size);
        reader->plan_kinds = wres_grow(reader->run, reader->plan_kinds, reader->kind_room * each, room * each);
        reader->kind_room = room;
    }
    row_kind *kind = &reader->kinds[reader->kind_count];
    *kind = (row_kind){0};
    reader->kind_count++;
    return kind;
}

/* What a kind of rows is to each plan. */
static plan_kind *plans_of(const table_reader *reader, size_t kind) { return &reader->plan_kinds[kind * reader->plan_count]; }

static plan_kind kind_of_plan(table_reader *reader, tally_plan *plan, const wres_row *row, const row_kind *kind) {
    uint16_t key[WRES_MOST_KEYS] = {kind->organisation, kind->time};
    for (size_t i = 0; i < plan->tally->axis_count; i++) key[WRES_KEY_AXES + i] = code_at(&plan->axis[i], row, NULL);
    key[WRES_KEY_GROUP] = group_of(reader, plan, row, NULL);
    const bool counts = meets(plan, row, NULL);
    const person_row entry = entry_of(reader, plan, row, key, counts);
    return (plan_kind){persons_kind(plan->tally->persons, &entry), counts};
}

/* As count_row decides, for a row that it had before. */
static uint32_t keep(void *context, const wres_row *row) {
    table_reader *reader = context;
    const wres_frame *frame = reader->frame;
    const wres_table *table = reader->table;
    if (!are_people(reader)) return WRES_NOWHERE;
    if (!row) return 0;
    const size_t number = reader->kind_count;
    row_kind *kind = new_kind(reader);
    const bool named = table->organisation >= 0 && row->layout->has[table->organisation];
    const bool dated = table->date >= 0 && row->layout->has[table->date];
    kind->organisation = named ? row->code[table->organisation] : frame->only_organisation;
    kind->lacks_organisation = named && kind->organisation == 0;
    kind->time = reader->undated;
    if (dated) frame_number(reader->run, reader->frame, row->date, &kind->time);
    kind->counts_date = dated || frame->as_at_given;
    kind->out = (wres_disposition){WRES_REASON_NOT_COUNTED, true, (uint32_t)kind->organisation << 16 | kind->time};
    const bool later = frame->as_at_given && frame->dates[kind->time] > frame->as_at;
    const bool other = frame->organisation && kind->organisation != frame->organisation_number;
    kind->settled = later || other || !frame_keeps(frame, kind->time);
    if (kind->settled) kind->out = (wres_disposition){other && !later ? WRES_REASON_ORGANISATION : WRES_REASON_SNAPSHOT, false, 0};
    for (size_t i = 0; i < reader->plan_count && !kind->settled; i++)
        plans_of(reader, number)[i] = kind_of_plan(reader, &reader->plans[i], row, kind);
    return (uint32_t)number;
}

static int add_again(table_reader *reader, size_t kind, wres_hash key, const wres_row *row) {
    int best = WRES_REASON_COUNT;
    for (size_t i = 0; i < reader->plan_count; i++) {
        tally_plan *plan = &reader->plans[i];
        wres_tally *tally = plan->tally;
        const plan_kind *of_plan = &plans_of(reader, kind)[i];
        const size_t conflicts = persons_conflicts(tally->persons);
        const bool first = persons_add_kind(tally->persons, key, of_plan->person);
        if (persons_conflicts(tally->persons) > conflicts) note_of(reader, &plan->conflicts, reader->kinds[kind].time, row);
        const int outcome = !of_plan->counts ? (int)WRES_REASON_NOT_STAFF : first ? WRES_USED : (int)WRES_REASON_SAME_AGAIN;
        best = better_outcome(best, outcome);
    }
    return best;
}

/* Many at once, as most of what they are looked up in is memory behind the caches, which is asked for before it is needed. */
static void again(void *context, const wres_again *rows, size_t count, wres_disposition *dispositions) {
    table_reader *reader = context;
    wres_hash keys[WRES_MOST_AGAIN];
    for (size_t i = 0; i < count; i++) {
        WRES_EXPECT(&reader->kinds[rows[i].kind]);
        WRES_EXPECT(plans_of(reader, rows[i].kind));
    }
    for (size_t i = 0; i < count; i++) {
        const row_kind *kind = &reader->kinds[rows[i].kind];
        keys[i] = person_key(kind->organisation, kind->time, rows[i].id);
        for (size_t p = 0; p < reader->plan_count; p++) persons_expect(reader->plans[p].tally->persons, keys[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const row_kind *kind = &reader->kinds[rows[i].kind];
        const wres_row row = {.file = rows[i].file, .line = rows[i].line};
        if (kind->lacks_organisation) note(&reader->no_organisation, &row);
        if (kind->counts_date) count_date(reader, kind->time, 1);
        dispositions[i] = kind->out;
        if (!kind->settled) dispositions[i].outcome = add_again(reader, rows[i].kind, keys[i], &row);
    }
}

static bool is_over(void *context) {
    const table_reader *reader = context;
    return reader->is_over;
}

static void forget(void *context) {
    table_reader *reader = context;
    reader->kind_count = 0;
    reader->is_over = false;
}

/* ---- the table is read -------------------------------------------------------------------------------------- */

static wres_status close_tally(wres_run *run, wres_tally *tally) {
    wres_status status = WRES_OK;
    const size_t kinds = tally->persons ? persons_kinds(tally->persons) : 0;
    uint64_t *counts = wres_grow(run, NULL, 0, (kinds + 1) * sizeof *counts);
    if (kinds) persons_count_kinds(tally->persons, counts);
    for (size_t i = 0; i < kinds && status == WRES_OK; i++) {
        const person *p = persons_kind_at(tally->persons, i);
        uint16_t key[WRES_MOST_KEYS] = {p->organisation, p->time, alike_group(tally, person_group(p))};
        if (!p->counted || !counts[i]) continue;
        if (tally->axis_count) memcpy(key + WRES_KEY_AXES, p->axis, tally->axis_count * sizeof *key);
        status = wres_cube_add(tally->cube, key, counts[i], NULL);
    }
    wres_drop(run, counts);
    wres_cube_sort(tally->cube);
    return status;
}

/* Several tallies meet the same rows: what is said of them is said once, of the tally that met most. */
static wres_noted most(wres_noted a, wres_noted b) { return a.count >= b.count ? a : b; }

static wres_place place_of(const table_reader *reader, const wres_noted *noted, const char *field) {
    return (wres_place){reader->table->name, noted->file, noted->line, field};
}

static const char *name_of(const wres_table *table, int field) { return field < 0 ? NULL : table->fields[field].name; }

static void say_persons(table_reader *reader) {
    const wres_table *table = reader->table;
    const char *identifier = name_of(table, table->person), *group = "";
    wres_noted not_found = {0}, left_out = {0}, without_id = {0}, conflicts = {0};
    for (size_t i = 0; i < reader->plan_count; i++) {
        const wres_tally *tally = reader->plans[i].tally;
        /* Applicants are no staff: that they are not in the workforce says nothing. */
        if (reader->of_staff || reader->plans[i].group_field < 0) not_found = most(not_found, tally->not_found);
        left_out = most(left_out, tally->left_out_persons);
        without_id = most(without_id, noted_in_all(reader, &reader->plans[i].without_id));
        conflicts = most(conflicts, noted_in_all(reader, &reader->plans[i].conflicts));
        group = tally->group_field;
    }
    if (not_found.count)
        wres_find(reader->run, WRES_WARNING, "person-not-found", place_of(reader, &not_found, identifier), not_found.count,
                  "rows whose person is in no snapshot of the workforce up to the as-at date: counted with %s unknown", group);
    if (left_out.count)
        wres_find(
            reader->run, WRES_INFORMATION, "not-staff", place_of(reader, &left_out, identifier), left_out.count,
            "rows whose person is in the workforce but not staff under the standard (bank only, honorary and the like): left out");
    if (without_id.count)
        wres_find(reader->run, WRES_WARNING, "blank-identifier", place_of(reader, &without_id, NULL), without_id.count,
                  "rows with an empty identifier: each is counted as one of its own");
    if (conflicts.count)
        wres_find(reader->run, WRES_WARNING, "conflicting-groups", place_of(reader, &conflicts, group), conflicts.count,
                  "people whose rows give different known values of %s: the row that decides where they are counted has the word",
                  group);
}

/* What one file has and another has not is a zero in the latter's figures, and no zero. */
static void say_lacking(const table_reader *reader) {
    wres_dictionary *said = wres_dictionary_new(reader->run);
    for (size_t t = 0; t < reader->plan_count; t++) {
        const wres_tally *tally = reader->plans[t].tally;
        for (size_t i = 0; i < tally->axis_count; i++) {
            if (!tally->axis_there[i] || !tally->lacked_by[i]) continue;
            const uint32_t before = wres_dictionary_count(said);
            if (wres_dictionary_add(said, wres_text_of(tally->axes[i])) != before) continue;
            wres_find(reader->run, WRES_WARNING, "column-in-some-files",
                      (wres_place){reader->table->name, tally->lacked_by[i], 0, tally->axes[i]}, 0,
                      "another file of this table says it and this one does not: its rows are in no line that asks for it");
        }
    }
}

static void say_time(const table_reader *reader) {
    const wres_table *table = reader->table;
    const char *field = name_of(table, table->date);
    if (reader->far_ahead.count)
        wres_find(reader->run, WRES_WARNING, "after-as-at", place_of(reader, &reader->far_ahead, field), reader->far_ahead.count,
                  table->time == WRES_TIME_YEAR
                      ? "of a year after that of the as-at date: left out. Is the year mistyped, or the as-at date another?"
                      : "dated over a year after the as-at date: left out. Is the year mistyped, or the as-at date another?");
    if (table->time != WRES_TIME_WINDOW || reader->in_window || reader->latest == WRES_NO_DATE || reader->plan_count == 0) return;
    char as_at[WRES_DATE_SIZE], earliest[WRES_DATE_SIZE], latest[WRES_DATE_SIZE];
    wres_date_print(reader->frame->as_at, as_at);
    wres_date_print(reader->earliest, earliest);
    wres_date_print(reader->latest, latest);
    wres_find(reader->run, WRES_WARNING, "no-row-in-window", (wres_place){.table = table->name, .field = field}, 0,
              "no row lies in the window that ends with the as-at date %s: they are dated from %s to %s", as_at, earliest, latest);
}

/* Whose group nobody's row says, though rows count: a column left empty, or a code that all have. */
static bool is_nobody_known(const table_reader *reader, const tally_plan *plan) {
    const wres_tally *tally = plan->tally;
    const bool is_snapshot = reader->table->time == WRES_TIME_SNAPSHOT;
    size_t count;
    const wres_cell *cells = wres_cube_cells(tally->cube, &count);
    for (size_t i = 0; i < count; i++)
        if ((!is_snapshot || frame_is_asked_for(reader->frame, cells[i].key[WRES_KEY_TIME])) &&
            wres_list_value_of(plan->groups, tally->known_attribute, cells[i].key[WRES_KEY_GROUP]) != tally->unknown)
            return false;
    return count > 0;
}

static void say_nobody_known(const table_reader *reader) {
    for (size_t i = 0; i < reader->plan_count; i++) {
        if (!reader->plans[i].groups || !is_nobody_known(reader, &reader->plans[i])) continue;
        wres_find(
            reader->run, WRES_WARNING, "nobody-known",
            (wres_place){.table = reader->table->name, .field = reader->plans[i].tally->group_field}, 0,
            "unknown in every row that counts: no group can be compared with another. Is the right column mapped, and is it filled?");
        return;
    }
}

/* A row without an FTE adds nothing: many of them, and the shares are of others. */
static wres_status check_blank_fte(const table_reader *reader) {
    wres_status status = WRES_OK;
    for (size_t i = 0; i < reader->weighed_room; i++) {
        const weighed *w = &reader->weighed[i];
        if (w->blank == 0 || reader->frame->dates[i] != reader->frame->as_at) continue;
        const bool many = wres_is_too_many(w->blank, w->rows), fails = many && !reader->reading->allow_unmapped;
        wres_find(reader->run, fails ? WRES_ERROR : WRES_WARNING, "blank-fte",
                  (wres_place){reader->table->name, w->file, 0, name_of(reader->table, wres_fte_field(reader->table))}, w->blank,
                  "%llu of %llu rows that count have no FTE: they add nothing%s", (unsigned long long)w->blank,
                  (unsigned long long)w->rows,
                  fails  ? ". Over 5%: fill the column in, or allow it with --allow-unmapped"
                  : many ? ". Over 5%, allowed by --allow-unmapped"
                         : "");
        if (fails) status = WRES_DATA;
    }
    return status;
}

static void say_table(table_reader *reader) {
    say_time(reader);
    if (reader->alike.count)
        wres_find(
            reader->run, WRES_WARNING, "same-event", place_of(reader, &reader->alike, NULL), reader->alike.count,
            "a row of the same person, date and kind stands before this one, and both count: was an export given or pasted twice?");
    say_nobody_known(reader);
    say_lacking(reader);
    const wres_table *table = reader->table;
    if (reader->no_date.count)
        wres_find(reader->run, WRES_WARNING, "blank-date", place_of(reader, &reader->no_date, name_of(table, table->date)),
                  reader->no_date.count, "rows without a date: left out, as they cannot be placed in time");
    if (reader->no_organisation.count)
        wres_find(reader->run, WRES_WARNING, "blank-organisation",
                  place_of(reader, &reader->no_organisation, name_of(table, table->organisation)), reader->no_organisation.count,
                  "rows without an organisation: counted in the figures of all organisations only");
}

wres_tallying *wres_tallies_begin(wres_reading *reading, wres_frame *frame, const wres_table *table, wres_tally *const *tallies,
                                  size_t tally_count) {
    table_reader *reader = wres_alloc(reading->run, sizeof *reader);
    *reader = (table_reader){.reading = reading,
                             .run = reading->run,
                             .frame = frame,
                             .table = table,
                             .plan_count = tally_count,
                             .earliest = WRES_NO_DATE,
                             .latest = WRES_NO_DATE};
    reader->plans = wres_alloc(reading->run, (tally_count + 1) * sizeof *reader->plans);
    reader->times = wres_alloc(reading->run, sizeof *reader->times);
    if (tally_count == 0)
        wres_find(reading->run, WRES_INFORMATION, "table-not-used", (wres_place){.table = table->name}, 0,
                  "no indicator of the standards asked for uses this table");
    reader->of_staff = strcmp(table->people, "staff") == 0;
    for (size_t i = 0; i < tally_count; i++) {
        tally_plan *plan = &reader->plans[i];
        plan->tally = tallies[i];
        plan->groups = list_of_axis(reading, tallies[i]->group_field);
        plan->test = wres_alloc(reading->run, (tallies[i]->test_count + 1) * sizeof *plan->test);
        plan->vacuous = wres_alloc(reading->run, tallies[i]->test_count + 1);
        plan->of_answer = wres_alloc(reading->run, tallies[i]->test_count + 1);
        const size_t keys = WRES_KEY_AXES + tallies[i]->axis_count;
        tallies[i]->cube = tallies[i]->fte ? wres_cube_new_fte(reading->run, keys) : wres_cube_new(reading->run, keys);
        reader->weighs = reader->weighs || tallies[i]->fte;
        tallies[i]->times = reader->times;
    }
    return reader;
}

wres_receiver wres_tallies_receiver(wres_tallying *reader) {
    return (wres_receiver){.context = reader,
                           .begin = begin_file,
                           .row = count_row,
                           .rests_on = rests_on,
                           .tells = tells,
                           .fold = fold,
                           .keep = keep,
                           .again = again,
                           .is_over = is_over,
                           .forget = forget};
}

wres_status wres_tallies_end(wres_tallying *reader) {
    wres_frame *frame = reader->frame;
    wres_status status = WRES_OK;
    if (reader->failed && !reader->reading->look) return WRES_DATA;
    if (reader->table->time == WRES_TIME_SNAPSHOT) {
        frame->has_workforce = true;
        frame->only_organisation = frame->several_organisations ? 0 : frame->only_seen;
        status = frame_settle(reader->run, frame, reader->table);
    }
    for (size_t i = 0; i < reader->plan_count && status == WRES_OK; i++) status = close_tally(reader->run, reader->plans[i].tally);
    if (status != WRES_OK) return status;
    say_persons(reader);
    say_table(reader);
    status = check_blank_fte(reader);
    return reader->failed ? WRES_DATA : status;
}

wres_status wres_tallies_read(wres_reading *reading, wres_frame *frame, const wres_table_input *input, wres_tally *const *tallies,
                              size_t tally_count, wres_account *accounts) {
    wres_tallying *reader = wres_tallies_begin(reading, frame, input->table, tallies, tally_count);
    const wres_receiver receiver = wres_tallies_receiver(reader);
    const wres_status status = wres_input_read(reading, input, &receiver, accounts);
    return status == WRES_OK ? wres_tallies_end(reader) : status;
}
