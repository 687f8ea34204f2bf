/* What only the whole can tell: files beside each other, snapshots, survey years, boards. */
#include <string.h>

#include "check/check.h"

/* ---- files ---------------------------------------------------------------------------------------------------- */

static void check_columns(wres_check *check, const wres_account *account) {
    const wres_file_seen *seen = wres_account_seen(account);
    for (size_t i = 0; seen && i < seen->column_count; i++) {
        const wres_column_seen *column = &seen->columns[i];
        wres_place place = {seen->table->name, seen->file, 0, seen->table->fields[column->field].name};
        if (column->rows && !column->filled)
            issue(check, WRES_WARNING, "empty-column", place, column->rows, NULL, "nothing stands in this column");
        place.line = column->first_unread_line;
        if (column->unread && seen->table->fields[column->field].type == WRES_TYPE_DECIMAL)
            issue(check, WRES_WARNING, "no-number", place, column->unread, NULL, "no decimal number as 0.8 stands here");
    }
}

/* Under two tables; twice under one was said when it was read. */
static void check_same_files(wres_check *check) {
    for (size_t i = 0; i < check->account_count; i++)
        for (size_t k = 0; k < i; k++) {
            const wres_account *one = check->accounts[k], *other = check->accounts[i];
            const bool same = one->text.high == other->text.high && one->text.low == other->text.low;
            if (!same || one->table == other->table || !one->layout || !other->layout) continue;
            issue(check, WRES_WARNING, "same-file", (wres_place){other->table->name, other->file, 0, NULL}, 0, NULL,
                  "this file is given as %s=%s too", one->table->name, one->file);
            break;
        }
}

/* ---- snapshots ------------------------------------------------------------------------------------------------ */

static void check_snapshots(wres_check *check) {
    const wres_table *staff = wres_table_find(check->reading->tables, "workforce");
    for (size_t i = 0; i < keyed_count(check->snapshots); i++) {
        const snapshot_seen *s = keyed_entry(check->snapshots, i);
        char date[WRES_DATE_SIZE];
        int year, month, day;
        if (s->date == WRES_NO_DATE) continue;
        wres_date_print(s->date, date);
        wres_date_split(s->date, &year, &month, &day);
        const wres_place place = {staff->name, s->file, s->line, staff->date < 0 ? NULL : staff->fields[staff->date].name};
        if (day == 1)
            issue(check, WRES_INFORMATION, "no-month-end", place, 0, NULL, "a snapshot of the first day of a month");
        else if (!wres_date_is_month_end(s->date))
            issue(check, WRES_WARNING, "no-month-end", place, 0, NULL, "a snapshot of %s, which is no month's end", date);
        if (s->several && s->date == check->frame->as_at)
            issue(check, WRES_INFORMATION, "several-assignments",
                  (wres_place){staff->name, NULL, 0, staff->person < 0 ? NULL : staff->fields[staff->person].name}, s->several,
                  NULL, "people with more than one row in the snapshot of %s: each counts once", date);
    }
}

/* People of one organisation in one snapshot: reference, group, unknown. */
typedef struct head_count {
    uint16_t organisation, time;
    uint64_t of[3];
} head_count;

static keyed *count_heads(wres_check *check, const wres_tally *tally, const wres_list *list, const wres_standard *standard) {
    keyed *heads = keyed_new(check->run, sizeof(head_count));
    size_t count;
    const wres_cell *cells = wres_cube_cells(tally->cube, &count);
    const int a = tally->known_attribute, reference = wres_list_value_find(list, a, wres_text_of(standard->compare.reference)),
              group = wres_list_value_find(list, a, wres_text_of(standard->compare.group));
    for (size_t i = 0; i < count; i++) {
        const uint16_t *key = cells[i].key;
        const int value = wres_list_value_of(list, a, key[WRES_KEY_GROUP]);
        const int place = value == reference ? 0 : value == group ? 1 : value == tally->unknown ? 2 : -1;
        bool is_new;
        head_count *h =
            keyed_at(heads, number_key(key[WRES_KEY_TIME], number_key(key[WRES_KEY_ORGANISATION], (wres_hash){0, 0})), &is_new);
        h->organisation = key[WRES_KEY_ORGANISATION];
        h->time = key[WRES_KEY_TIME];
        if (place >= 0) h->of[place] += cells[i].count;
    }
    return heads;
}

static uint64_t people_in(const head_count *h) { return h->of[0] + h->of[1] + h->of[2]; }

static wres_rational percent_of(uint64_t part, uint64_t whole) {
    return (wres_rational){(wres_int128)100 * part, (wres_int128)(whole ? whole : 1)};
}

/* The latest snapshot on or before a day of the organisation whose people now are given, or NULL. */
static const head_count *heads_at(const wres_check *check, const keyed *heads, const head_count *now, wres_date day) {
    const head_count *best = NULL;
    for (size_t i = 0; i < keyed_count(heads); i++) {
        const head_count *h = keyed_entry(heads, i);
        const wres_date date = wres_frame_date(check->frame, h->time);
        if (h->organisation != now->organisation || date > day) continue;
        if (people_in(h) == 0 || 100 * people_in(h) < check->limits[WHOLE_SNAPSHOT] * people_in(now)) continue;
        if (!best || date > wres_frame_date(check->frame, best->time)) best = h;
    }
    return best;
}

static wres_int128 absolute(wres_int128 n) { return n < 0 ? -n : n; }

/* |a - b| in units of 1/(a.denominator * b.denominator). */
static wres_int128 apart(wres_rational a, wres_rational b) {
    return absolute(a.numerator * b.denominator - b.numerator * a.denominator);
}

bool looks_swapped(const wres_check *check, const wres_rational then[2], const wres_rational now[2], threshold move) {
    const double crossed = wres_rational_real((wres_rational){apart(now[1], then[0]), now[1].denominator * then[0].denominator}) +
                           wres_rational_real((wres_rational){apart(now[0], then[1]), now[0].denominator * then[1].denominator});
    double straight = 0;
    for (int g = 0; g < 2; g++) {
        const wres_int128 unit = now[g].denominator * then[g].denominator, moved = apart(now[g], then[g]);
        if (moved <= (wres_int128)check->limits[move] * unit) return false;
        straight += wres_rational_real((wres_rational){moved, unit});
    }
    return crossed * (double)check->limits[SWAP_FIT] < straight;
}

static void shares_of(const uint64_t of[2], wres_rational shares[2]) {
    for (int g = 0; g < 2; g++) shares[g] = percent_of(of[g], of[0] + of[1]);
}

static void check_swapped(wres_check *check, const wres_standard *standard, const head_count *now, const head_count *then,
                          wres_place place) {
    wres_rational shares_now[2], shares_then[2];
    char date[WRES_DATE_SIZE], was[WRES_DECIMAL_SIZE], is[WRES_DECIMAL_SIZE];
    shares_of(now->of, shares_now);
    shares_of(then->of, shares_then);
    if (!looks_swapped(check, shares_then, shares_now, SWAP_MOVE)) return;
    wres_date_print(wres_frame_date(check->frame, then->time), date);
    wres_rational_print(shares_then[1], 1, was);
    wres_rational_print(shares_now[1], 1, is);
    issue(check, WRES_WARNING, "groups-swapped", place, people_in(now), &shares_now[1],
          "%s%s was %s%% of those known on %s and is %s%% now: %s and %s seem to have changed places",
          organisation_prefix(check, now->organisation), standard->compare.group, was, date, is, standard->compare.reference,
          standard->compare.group);
}

static void check_unknown(wres_check *check, const wres_standard *standard, const head_count *now, const head_count *before,
                          wres_place place) {
    const wres_rational share = percent_of(now->of[2], people_in(now));
    const char *prefix = organisation_prefix(check, now->organisation);
    char is[WRES_DECIMAL_SIZE], was[WRES_DECIMAL_SIZE], date[WRES_DATE_SIZE];
    wres_rational_print(share, 1, is);
    const bool high = share.numerator > (wres_int128)check->limits[UNKNOWN_SHARE] * share.denominator;
    if (now->of[2])
        issue(check, high ? WRES_WARNING : WRES_INFORMATION, "unknown-share", place, now->of[2], &share,
              "%s%s of %s%% of staff is not known", prefix, standard->compare.field, is);
    if (!before) return;
    const wres_rational earlier = percent_of(before->of[2], people_in(before));
    const wres_int128 risen = share.numerator * earlier.denominator - earlier.numerator * share.denominator;
    if (risen < (wres_int128)check->limits[UNKNOWN_RISE] * share.denominator * earlier.denominator) return;
    wres_rational_print(earlier, 1, was);
    wres_date_print(wres_frame_date(check->frame, before->time), date);
    issue(check, WRES_WARNING, "unknown-rise", place, now->of[2], &share,
          "%s%s of %s%% of staff is not known, and it was %s%% on %s", prefix, standard->compare.field, is, was, date);
}

static void check_heads(wres_check *check, const wres_standard *standard, const keyed *heads) {
    const wres_date as_at = check->frame->as_at;
    const wres_place place = {"workforce", check->staff_file, 0, standard->compare.field};
    for (size_t i = 0; i < keyed_count(heads); i++) {
        const head_count *now = keyed_entry(heads, i);
        if (wres_frame_date(check->frame, now->time) != as_at || people_in(now) == 0) continue;
        const head_count *before = heads_at(check, heads, now, as_at - 1),
                         *year = heads_at(check, heads, now, wres_date_add_months(as_at, -12));
        check_unknown(check, standard, now, before, place);
        if (before) check_swapped(check, standard, now, before, place);
        if (year && year != before) check_swapped(check, standard, now, year, place);
    }
}

/* The tally that counts the staff of a standard, each person once. */
static const wres_tally *tally_of(const wres_check *check, const wres_standard *standard) {
    size_t count;
    const wres_table *staff = wres_table_find(check->reading->tables, "workforce");
    wres_tally *const *tallies = wres_plan_tallies(check->plan, staff, &count);
    for (size_t i = 0; i < count; i++)
        if (!tallies[i]->population && strcmp(tallies[i]->group_field, standard->compare.field) == 0) return tallies[i];
    return NULL;
}

static void check_people(wres_check *check) {
    const wres_table *staff = wres_table_find(check->reading->tables, "workforce");
    for (size_t s = 0; s < check->request->standard_count; s++) {
        const wres_standard *standard = check->request->standards[s];
        bool done = false;
        for (size_t k = 0; k < s; k++)
            done = done || strcmp(check->request->standards[k]->compare.field, standard->compare.field) == 0;
        const wres_tally *tally = tally_of(check, standard);
        const int field = wres_field_find(staff, standard->compare.field);
        if (done || !tally || field < 0 || !staff->fields[field].list) continue;
        check_heads(check, standard,
                    count_heads(check, tally, wres_codes_find(check->reading->codes, staff->fields[field].list), standard));
    }
}

/* ---- surveys -------------------------------------------------------------------------------------------------- */

static const char *question_name(const wres_check *check, const question_seen *q) {
    const wres_table *survey = wres_table_find(check->reading->tables, "survey");
    const int field = survey ? wres_field_find(survey, "question") : -1;
    const wres_list *list = field < 0 ? NULL : wres_codes_find(check->reading->codes, survey->fields[field].list);
    return list ? wres_list_member_name(list, q->question) : "";
}

/* The same question in the latest year before. */
static const question_seen *year_before(const wres_check *check, const question_seen *q) {
    const question_seen *best = NULL;
    for (size_t i = 0; i < keyed_count(check->questions); i++) {
        const question_seen *other = keyed_entry(check->questions, i);
        if (other->organisation == q->organisation && other->question == q->question && other->year < q->year &&
            (!best || other->year > best->year))
            best = other;
    }
    return best;
}

static void check_question(wres_check *check, const question_seen *now, const question_seen *then) {
    const wres_place place = {"survey", now->file, now->line, compare_field(check)};
    const char *prefix = organisation_prefix(check, now->organisation), *name = question_name(check, now);
    wres_rational shares_now[2], shares_then[2];
    shares_of(now->base, shares_now);
    shares_of(then->base, shares_then);
    if (now->base[0] + now->base[1] && then->base[0] + then->base[1] && looks_swapped(check, shares_then, shares_now, SWAP_MOVE))
        issue(check, WRES_WARNING, "groups-swapped", place, 0, NULL,
              "%s%s: %s and %s seem to have changed places against the survey before, by the numbers of answers", prefix, name,
              group_name(check, 0), group_name(check, 1));
    else if (now->has_percent[0] && now->has_percent[1] && then->has_percent[0] && then->has_percent[1] &&
             looks_swapped(check, then->percent, now->percent, SWAP_RATE_MOVE))
        issue(check, WRES_WARNING, "groups-swapped", place, 0, NULL,
              "%s%s: %s and %s seem to have changed places against the survey before, by their percentages", prefix, name,
              group_name(check, 0), group_name(check, 1));
}

/* People of an organisation in the as-at snapshot, or of all, whether the standard counts them or not: a survey may ask them all. */
static uint64_t staff_of(const wres_check *check, uint16_t organisation) {
    uint64_t people = 0;
    for (size_t i = 0; i < keyed_count(check->crowds); i++) {
        const crowd *c = keyed_entry(check->crowds, i);
        if (c->date == check->frame->as_at && (!organisation || c->organisation == organisation)) people += c->people;
    }
    return people;
}

static void check_questions(wres_check *check) {
    for (size_t i = 0; i < keyed_count(check->questions); i++) {
        const question_seen *now = keyed_entry(check->questions, i), *then = year_before(check, now);
        if (then) check_question(check, now, then);
        const uint64_t staff = staff_of(check, now->organisation), answers = now->base[0] + now->base[1];
        if (staff && answers > staff)
            issue(check, WRES_WARNING, "more-answers-than-staff", (wres_place){"survey", now->file, now->line, "question"}, answers,
                  NULL, "%s%s: more people answered than the %llu in the workforce", organisation_prefix(check, now->organisation),
                  question_name(check, now), (unsigned long long)staff);
    }
}

/* ---- boards --------------------------------------------------------------------------------------------------- */

static void check_boards(wres_check *check) {
    for (size_t i = 0; i < keyed_count(check->boards); i++) {
        const board_seen *board = keyed_entry(check->boards, i);
        const char *prefix = organisation_prefix(check, board->organisation);
        char date[WRES_DATE_SIZE] = "";
        wres_place place = {"board", board->file, board->line, NULL};
        if (board->date != WRES_NO_DATE) wres_date_print(board->date, date);
        if (board->members > check->limits[MOST_BOARD_MEMBERS])
            issue(check, WRES_WARNING, "board-size", place, board->members, NULL, "%sa board of so many members%s%s", prefix,
                  *date ? " on " : "", date);
        place.field = compare_field(check);
        for (int g = 0; board->grouped && g < 2; g++)
            if (!board->of_group[g])
                issue(check, g ? WRES_INFORMATION : WRES_WARNING, "board-groups", place, 0, NULL, "%snobody of the group %s%s%s",
                      prefix, group_name(check, g), *date ? " on " : "", date);
    }
}

void whole_check(wres_check *check) {
    for (size_t i = 0; i < check->account_count; i++) check_columns(check, check->accounts[i]);
    check_same_files(check);
    check_snapshots(check);
    if (check->has_people && check->frame->as_at != WRES_NO_DATE) check_people(check);
    check_questions(check);
    check_boards(check);
}
