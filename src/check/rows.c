/* What a row says, with what came before it. */
#include <string.h>

#include "check/check.h"

enum { MOST_FLAGS = 16 };

struct row_watch {
    wres_check *check;
    const wres_table *table;
    const wres_layout *layout;
    keyed *contents;       /* of rows with identifiers */
    keyed *vacancies;      /* of recruitment by flags */
    int flags[MOST_FLAGS]; /* fields that say yes or no to a stage, in the order of the stages */
    size_t flag_count;
    int shortlisted, appointed; /* fields, or -1 */
    const wres_list *yes_no;
    int compare, kind, vacancy, question;
    int parts[2]; /* fields that break a survey's percentages down */
    bool of_staff, is_board, is_movements;
};

/* ---- a table begins ------------------------------------------------------------------------------------------- */

static bool is_flag_of(const wres_table *table, int field, const wres_list *stages, int32_t *order) {
    for (uint16_t m = 0; m < wres_list_members(stages); m++) {
        *order = wres_list_order(stages, m);
        if (*order != WRES_NO_ORDER && strcmp(table->fields[field].name, wres_list_member_name(stages, m)) == 0) return true;
    }
    return false;
}

static void find_flags(row_watch *w) {
    const int stage = wres_field_find(w->table, "stage");
    const wres_list *stages = stage < 0 ? NULL : wres_codes_find(w->check->reading->codes, w->table->fields[stage].list);
    int32_t orders[MOST_FLAGS], order;
    w->yes_no = wres_codes_find(w->check->reading->codes, "yes_no");
    for (int f = 0; stages && w->yes_no && f < (int)w->table->field_count && w->flag_count < MOST_FLAGS; f++) {
        if (f == stage || w->table->fields[f].type != WRES_TYPE_CODE || !is_flag_of(w->table, f, stages, &order)) continue;
        size_t at = w->flag_count++;
        for (; at > 0 && orders[at - 1] > order; at--) orders[at] = orders[at - 1], w->flags[at] = w->flags[at - 1];
        orders[at] = order;
        w->flags[at] = f;
    }
}

row_watch *watch_new(wres_check *check, const wres_table *table) {
    row_watch *w = wres_alloc(check->run, sizeof *w);
    *w = (row_watch){.check = check, .table = table};
    w->contents = keyed_new(check->run, 0);
    w->vacancies = keyed_new(check->run, sizeof(vacancy_seen));
    w->of_staff = strcmp(table->people, "staff") == 0;
    w->is_board = strcmp(table->name, "board") == 0;
    w->is_movements = strcmp(table->name, "movements") == 0;
    w->shortlisted = wres_field_find(table, "shortlisted");
    w->appointed = wres_field_find(table, "appointed");
    w->compare = wres_field_find(table, compare_field(check));
    w->kind = wres_field_find(table, "kind");
    w->vacancy = wres_field_find(table, "vacancy_id");
    w->question = wres_field_find(table, "question");
    w->parts[0] = wres_field_find(table, "staff_group");
    w->parts[1] = wres_field_find(table, "disability");
    find_flags(w);
    return w;
}

void watch_file(row_watch *w, const wres_layout *layout) { w->layout = layout; }

/* ---- a row ---------------------------------------------------------------------------------------------------- */

static wres_place place_at(const row_watch *w, const wres_row *row, int field) {
    return (wres_place){w->table->name, row->file, row->line, field < 0 ? NULL : w->table->fields[field].name};
}

static void warn(row_watch *w, const wres_row *row, const char *name, int field, const char *message) {
    issue(w->check, WRES_WARNING, name, place_at(w, row, field), 0, NULL, "%s", message);
}

static bool has(const row_watch *w, const wres_row *row, int field) {
    return field >= 0 && w->layout->has[field] && row->given[field];
}

static uint16_t organisation_of(const row_watch *w, const wres_row *row) {
    return has(w, row, w->table->organisation) ? row->code[w->table->organisation] : w->check->frame->only_organisation;
}

/* Whether the row names what it is about, so that a second one like it is no second person. */
static bool is_identified(const row_watch *w, const wres_row *row) {
    if (has(w, row, w->table->person)) return true;
    for (size_t i = 0; i < w->table->once_per.count; i++)
        if (!has(w, row, w->table->once_per.fields[i])) return false;
    return w->table->once_per.count > 0;
}

static bool is_duplicate(row_watch *w, const wres_row *row) {
    bool is_new = true;
    if (is_identified(w, row)) keyed_at(w->contents, row->content, &is_new);
    if (!is_new) warn(w, row, "duplicate-row", -1, "a row with the same identifiers and the same content stands before this one");
    return !is_new;
}

static void watch_staff(row_watch *w, const wres_row *row) {
    wres_check *check = w->check;
    const wres_date date = row->date == WRES_NO_DATE ? check->frame->as_at : row->date;
    const uint16_t organisation = organisation_of(w, row);
    bool is_new;
    snapshot_seen *snapshot = keyed_at(check->snapshots, number_key((uint64_t)date, (wres_hash){0, 0}), &is_new);
    if (is_new) *snapshot = (snapshot_seen){.date = date, .file = row->file, .line = row->line};
    snapshot->rows++;
    crowd *everybody = keyed_at(check->crowds, number_key((uint64_t)date, number_key(organisation, (wres_hash){0, 0})), &is_new);
    if (is_new) *everybody = (crowd){organisation, date, 0};
    if (!has(w, row, w->table->person)) everybody->people += wres_row_people(row);
    if (!has(w, row, w->table->person)) return;
    const wres_hash id = row->id[w->table->person];
    staff_member *member = keyed_at(check->staff, id, &is_new);
    if (is_new || date < member->first) member->first = date;
    post_holder *holder = keyed_at(check->posts, number_key((uint64_t)date, id), &is_new);
    if (is_new) holder->organisation = organisation, everybody->people++;
    if (!is_new && !holder->elsewhere && organisation != holder->organisation) {
        holder->elsewhere = true;
        warn(w, row, "several-organisations", w->table->organisation,
             "somebody is in another organisation too in the same snapshot: counted in each");
    }
    if (++holder->rows == 2) snapshot->several++;
    if (holder->rows == check->limits[MOST_ASSIGNMENTS] + 1)
        warn(w, row, "many-assignments", w->table->person,
             wres_print(check->run, "somebody has more than %llu rows in one snapshot",
                        (unsigned long long)check->limits[MOST_ASSIGNMENTS]));
    const wres_int128 most = (wres_int128)check->limits[MOST_FTE] * row->decimal.denominator;
    if (!row->has_decimal || (row->decimal.numerator > 0 && row->decimal.numerator <= most)) return;
    for (int f = 0; f < (int)w->table->field_count; f++)
        if (w->table->fields[f].type == WRES_TYPE_DECIMAL)
            warn(w, row, "fte-range", f, row->decimal.numerator > 0 ? "over one whole-time post in one row" : "0 or less");
}

/* The latest snapshot of everybody before a day, or WRES_NO_DATE. */
static wres_date snapshot_before(const wres_check *check, wres_date day) {
    wres_date best = WRES_NO_DATE;
    uint64_t largest = 0;
    for (size_t i = 0; i < keyed_count(check->snapshots); i++) {
        const snapshot_seen *s = keyed_entry(check->snapshots, i);
        if (s->rows > largest) largest = s->rows;
    }
    for (size_t i = 0; i < keyed_count(check->snapshots); i++) {
        const snapshot_seen *s = keyed_entry(check->snapshots, i);
        if (100 * s->rows >= check->limits[WHOLE_SNAPSHOT] * largest && s->date < day && (best == WRES_NO_DATE || s->date > best))
            best = s->date;
    }
    return best;
}

static void watch_start(row_watch *w, const wres_row *row) {
    const wres_check *check = w->check;
    const wres_hash id = row->id[w->table->person];
    const staff_member *member = keyed_find(check->staff, id);
    const wres_date *joined = keyed_find(check->joiners, id);
    if (!member) return;
    const wres_date before = snapshot_before(check, member->first);
    if (joined && *joined <= member->first) {
        if (row->date < *joined)
            warn(w, row, "before-start", w->table->date, "dated before the person joined, as 'movements' has it");
    } else if (before != WRES_NO_DATE && row->date <= before) {
        warn(w, row, "before-start", w->table->date,
             "dated on or before a snapshot that does not have the person, who comes in later ones only");
    }
}

static void watch_event(row_watch *w, const wres_row *row) {
    wres_check *check = w->check;
    const wres_date as_at = check->frame->as_at;
    if (row->date == WRES_NO_DATE) return;
    if (as_at != WRES_NO_DATE && row->date > as_at &&
        row->date <= wres_date_add_months(as_at, 12)) /* further ahead: said when it is counted */
        issue(check, WRES_INFORMATION, "after-as-at", place_at(w, row, w->table->date), 0, NULL,
              "dated after the as-at date: left out");
    if (!w->of_staff || !has(w, row, w->table->person)) return;
    if (!w->is_movements) {
        watch_start(w, row);
        return;
    }
    if (!has(w, row, w->kind)) return;
    const wres_list *kinds = wres_codes_find(check->reading->codes, w->table->fields[w->kind].list);
    if (strcmp(wres_list_member_name(kinds, row->code[w->kind]), "joiner") != 0) return;
    bool is_new;
    wres_date *joined = keyed_at(check->joiners, row->id[w->table->person], &is_new);
    if (is_new || row->date < *joined) *joined = row->date;
}

static bool says(const row_watch *w, const wres_row *row, int field, const char *word) {
    return has(w, row, field) && strcmp(wres_list_member_name(w->yes_no, row->code[field]), word) == 0;
}

static bool contradicts(row_watch *w, const wres_row *row) {
    for (size_t late = w->flag_count; late-- > 0;) {
        if (!says(w, row, w->flags[late], "yes")) continue;
        for (size_t early = 0; early < late; early++) {
            if (!says(w, row, w->flags[early], "no")) continue;
            issue(w->check, WRES_WARNING, "flags-contradict", place_at(w, row, w->flags[early]), 0, NULL, "%s is yes, and %s is no",
                  w->table->fields[w->flags[late]].name, w->table->fields[w->flags[early]].name);
            return true;
        }
    }
    return false;
}

static void watch_flags(row_watch *w, const wres_row *row) {
    bool is_new;
    const bool wrong = contradicts(w, row);
    if (w->shortlisted < 0 || w->appointed < 0 || !w->layout->has[w->shortlisted] || !w->layout->has[w->appointed]) return;
    const wres_hash key = has(w, row, w->vacancy) ? row->id[w->vacancy] : (wres_hash){0, 0};
    vacancy_seen *vacancy = keyed_at(w->vacancies, key, &is_new);
    vacancy->contradicts = vacancy->contradicts || wrong;
    if (says(w, row, w->shortlisted, "yes")) vacancy->shortlisted += wres_row_people(row);
    if (!says(w, row, w->appointed, "yes")) return;
    vacancy->appointed += wres_row_people(row);
    if (vacancy->line) return;
    vacancy->line = row->line;
    vacancy->file = row->file;
}

/* Whether a whole number of people makes this percentage of the base, rounded as it is given. */
static bool is_possible(wres_rational percent, uint64_t base) {
    if (base == 0) return percent.numerator == 0;
    const wres_int128 share = percent.numerator * (wres_int128)base, whole = 100 * percent.denominator;
    const wres_int128 nearest = (2 * share + whole) / (2 * whole);
    const wres_int128 off = nearest * whole - share;
    return 2 * (off < 0 ? -off : off) <= (wres_int128)base;
}

static void watch_answer(row_watch *w, const wres_row *row) {
    wres_check *check = w->check;
    const bool known = row->has_percent && !row->percent_hidden;
    if (known && !is_possible(row->percent, row->base))
        warn(w, row, "percent-impossible", w->table->percent, "no whole number of people makes this percentage of its base");
    if (!has(w, row, w->question) || !has(w, row, w->compare) || row->date == WRES_NO_DATE) return;
    if (row->has_percent && (has(w, row, w->parts[0]) || has(w, row, w->parts[1]))) return; /* a part of the whole */
    const int group = group_of(check, row->code[w->compare]);
    if (group < 0) return;
    const uint16_t organisation = organisation_of(w, row), question = row->code[w->question];
    bool is_new;
    const wres_hash key = number_key(question, number_key((uint64_t)row->date, number_key(organisation, (wres_hash){0, 0})));
    question_seen *seen = keyed_at(check->questions, key, &is_new);
    if (is_new)
        *seen = (question_seen){
            .organisation = organisation, .question = question, .year = row->date, .file = row->file, .line = row->line};
    seen->base[group] += row->has_percent ? row->base : wres_row_people(row);
    if (!known) return;
    seen->has_percent[group] = true;
    seen->percent[group] = row->percent;
}

static void watch_member(row_watch *w, const wres_row *row) {
    const uint16_t organisation = organisation_of(w, row);
    const wres_date date = row->date == WRES_NO_DATE ? w->check->frame->as_at : row->date;
    bool is_new;
    board_seen *seen = keyed_at(w->check->boards, number_key((uint64_t)date, number_key(organisation, (wres_hash){0, 0})), &is_new);
    if (is_new) *seen = (board_seen){.organisation = organisation, .date = date, .line = row->line, .file = row->file};
    seen->members += wres_row_people(row);
    seen->grouped = seen->grouped || (w->compare >= 0 && w->layout->has[w->compare]);
    const int group = has(w, row, w->compare) ? group_of(w->check, row->code[w->compare]) : -1;
    if (group >= 0) seen->of_group[group] += wres_row_people(row);
}

void watch_row(row_watch *w, const wres_row *row) {
    const wres_frame *frame = w->check->frame;
    if (frame->organisation && organisation_of(w, row) != frame->organisation_number) return;
    if (is_duplicate(w, row)) return; /* the first was looked at */
    if (w->table->time == WRES_TIME_SNAPSHOT) watch_staff(w, row);
    if (w->table->time == WRES_TIME_WINDOW) watch_event(w, row);
    if (w->flag_count) watch_flags(w, row);
    if (w->question >= 0) watch_answer(w, row);
    if (w->is_board) watch_member(w, row);
}

/* ---- the table is read ---------------------------------------------------------------------------------------- */

void watch_end(row_watch *w) {
    for (size_t i = 0; i < keyed_count(w->vacancies); i++) {
        const vacancy_seen *vacancy = keyed_entry(w->vacancies, i);
        if (vacancy->contradicts || vacancy->appointed <= vacancy->shortlisted) continue;
        issue(w->check, WRES_WARNING, "more-appointed-than-shortlisted",
              (wres_place){w->table->name, vacancy->file, vacancy->line, w->table->fields[w->appointed].name}, 0, NULL,
              "more people were appointed than shortlisted");
    }
    keyed_drop(w->contents);
    keyed_drop(w->vacancies);
}
