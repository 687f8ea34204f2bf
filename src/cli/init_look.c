/* wres init, file by file: what the first rows tell, what is asked, and what reading the whole leaves open. */
#include <stdlib.h>
#include <string.h>

#include "cli/init.h"
#include "wres/disclosure.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool init_is_active(const init_file *file) { return !file->refused && file->doubt == NO_DOUBT; }
const wres_table *init_table(const init_file *file) { return file->as ? file->as->table : NULL; }

const wres_column_seen *init_column(const init_file *file, int field) {
    const wres_file_seen *seen = file->doubts.seen;
    for (size_t i = 0; seen && field >= 0 && i < seen->column_count; i++)
        if (seen->columns[i].field == field) return &seen->columns[i];
    return NULL;
}

const char *init_header(const init *all, const init_file *file, int column) {
    const wres_text header = file->guess.probe.headers[column];
    return wres_copy(all->run, header.bytes, header.length);
}

static const char *shown_header(const init *all, const init_file *file, int column) {
    return wres_visible(all->run, file->guess.probe.headers[column]);
}

static const char *shown_name(const init *all, const init_file *file) { return wres_visible_name(all->run, file->name); }

/* ---- questions before the reading --------------------------------------------------------------------------- */

static void choose_table(init *all, init_file *file) {
    const wres_guess *guessed = &file->guess;
    if (guessed->table_count == 0) {
        file->doubt = NO_TABLE;
        return;
    }
    file->as = &guessed->tables[0];
    if (guessed->sure) return;
    const char **choices = wres_alloc(all->run, guessed->table_count * sizeof *choices);
    for (size_t i = 0; i < guessed->table_count; i++)
        choices[i] = wres_print(all->run, "%s: %s", guessed->tables[i].table->name, guessed->tables[i].table->title);
    const int answer =
        ask(&all->dialogue, wres_print(all->run, "%s: which table is it? The likeliest first.", shown_name(all, file)), choices,
            guessed->table_count, NULL, NULL);
    file->doubt = answer < 0 ? TABLE_UNSURE : NO_DOUBT;
    if (answer >= 0) file->as = &guessed->tables[answer];
}

static const char *question_of(const init *all, const init_file *file, const wres_guessed_field *guessed) {
    const wres_field *field = &file->as->table->fields[guessed->field];
    const char *about = wres_print(all->run, "%s: %s (%s)", shown_name(all, file), field->name, field->title);
    switch (guessed->reason) {
    case WRES_GUESS_DOUBLE: return wres_print(all->run, "%s: several columns are called so. Which is it?", about);
    case WRES_GUESS_NUMBERS:
        return wres_print(all->run, "%s: does this column say how many each row stands for? Without it each is one.", about);
    case WRES_GUESS_YEARS: return wres_print(all->run, "%s: is it this column of years?", about);
    default: return wres_print(all->run, "%s: no column is called so. Is it this, by its values?", about);
    }
}

static bool is_question(const wres_guessed_field *guessed) { return guessed->column < 0; }

static void ask_fields(init *all, init_file *file) {
    for (size_t i = 0; i < file->field_count; i++) {
        wres_guessed_field *guessed = &file->fields[i];
        const char *choices[WRES_MOST_CANDIDATES];
        if (!is_question(guessed) || guessed->reason == WRES_GUESS_NAMED) continue;
        for (size_t c = 0; c < guessed->candidate_count; c++) choices[c] = shown_header(all, file, guessed->candidates[c]);
        const int answer = ask(&all->dialogue, question_of(all, file, guessed), choices, guessed->candidate_count, NULL, NULL);
        if (answer >= 0) guessed->column = guessed->candidates[answer];
    }
}

static bool is_fed(const init_file *file, int field) {
    for (size_t i = 0; i < file->field_count; i++)
        if (file->fields[i].field == field && file->fields[i].column >= 0) return true;
    return false;
}

/* Or the reader itself asks which of several columns it is. */
static bool is_fed_or_asked(const init_file *file, int field) {
    for (size_t i = 0; i < file->field_count; i++)
        if (file->fields[i].field == field && (file->fields[i].column >= 0 || file->fields[i].reason <= WRES_GUESS_NAMED))
            return true;
    return false;
}

static bool needs_met(const init_file *file) {
    const wres_table *table = file->as->table;
    for (size_t n = 0; n < table->needs_count; n++) {
        bool met = false;
        for (size_t i = 0; i < table->needs[n].count; i++) met = met || is_fed_or_asked(file, table->needs[n].fields[i]);
        if (!met) return false;
    }
    return true;
}

/* ---- the setting -------------------------------------------------------------------------------------------- */

/* "As at 31 March...": the day that is meant by a year, 31 March where the header does not say. */
static void day_of_header(const char *header, int *month, int *day) {
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    *month = 3, *day = 31;
    for (const char *c = header; *c; c++) {
        int number = 0, length = 0;
        if (*c < '0' || *c > '9' || (c > header && c[-1] >= '0' && c[-1] <= '9')) continue;
        while (c[length] >= '0' && c[length] <= '9' && length < 3) number = 10 * number + c[length++] - '0';
        while (c[length] == ' ') length++;
        for (int m = 0; m < 12; m++) {
            const char *word = c + length;
            if ((word[0] | 0x20) != months[m][0] || (word[1] | 0x20) != months[m][1] || (word[2] | 0x20) != months[m][2]) continue;
            if (wres_date_of(2001, m + 1, number) != WRES_NO_DATE) *month = m + 1, *day = number;
            return;
        }
    }
}

/* Which day each year of the column stands for, from 1990 to 2100 as the guess takes them. */
static const wres_value_map *map_years(init *all, const init_file *file, const wres_guessed_field *guessed) {
    enum { FIRST = 1990, LAST = 2100 };
    wres_value_map *map = wres_alloc(all->run, sizeof *map);
    int month, day;
    day_of_header(init_header(all, file, guessed->candidates[0]), &month, &day);
    *map = (wres_value_map){.field = file->as->table->fields[guessed->field].name};
    map->values.all = wres_alloc(all->run, (LAST - FIRST + 1) * sizeof *map->values.all);
    for (int year = FIRST; year <= LAST; year++) {
        char date[WRES_DATE_SIZE];
        wres_date_print(wres_date_of(year, month, day), date);
        map->values.all[map->values.count++] =
            (wres_pair){wres_print(all->run, "%d", year), wres_copy(all->run, date, strlen(date)), 0};
    }
    return map;
}

static void make_setting(init *all, init_file *file) {
    wres_input_setting *setting = &file->setting;
    *setting = (wres_input_setting){.table = file->as->table->name};
    setting->columns.all = wres_alloc(all->run, (file->field_count + 2) * sizeof *setting->columns.all);
    for (size_t i = 0; i < file->field_count; i++) {
        const wres_guessed_field *guessed = &file->fields[i];
        const bool years = guessed->reason == WRES_GUESS_YEARS; /* also where it is a question, to know which years there are */
        const int column = years && guessed->column < 0 ? guessed->candidates[0] : guessed->column;
        if (column < 0) continue;
        setting->columns.all[setting->columns.count++] =
            (wres_pair){file->as->table->fields[guessed->field].name, init_header(all, file, column), 0};
        if (!years) continue;
        setting->maps = file->years = map_years(all, file, guessed);
        setting->map_count = 1;
    }
}

/* ---- questions after the reading ---------------------------------------------------------------------------- */

static wres_status read_again(init *all, init_file *file) {
    return wres_doubts_find(&all->reading, file->as->table, file->path, &file->setting, &file->doubts);
}

static wres_guessed_field *staff_group(init_file *file) {
    for (size_t i = 0; i < file->field_count; i++)
        if (strcmp(file->as->table->fields[file->fields[i].field].name, "staff_group") == 0) return &file->fields[i];
    return NULL;
}

static wres_status take_group(init *all, init_file *file, int column) {
    staff_group(file)->column = column;
    make_setting(all, file);
    return read_again(all, file);
}

/* A column that holds staff groups, and tells every doctor who has a medical grade, is meant. */
static wres_status try_group(init *all, init_file *file) {
    wres_guessed_field *guessed = staff_group(file);
    const int before = guessed->column;
    wres_status status = take_group(all, file, file->groups[0]);
    if (status == WRES_OK && file->doubts.medical_rows > 0) return take_group(all, file, before);
    guessed->reason = WRES_GUESS_VALUES;
    file->group_before = before;
    return status;
}

/* A staff group without doctors, beside bands that hold their grades: another column may tell them. */
static wres_status find_group(init *all, init_file *file) {
    const char *choices[WRES_MOST_CANDIDATES];
    wres_status status = WRES_OK;
    bool sure;
    if (file->doubts.medical_rows == 0 || !staff_group(file)) return WRES_OK;
    file->group_count = wres_guess_groups(&all->reading, &file->guess, file->as, file->groups, &sure);
    if (sure) status = try_group(all, file);
    if (status != WRES_OK || file->doubts.medical_rows == 0 || file->group_count == 0) return status;
    for (size_t i = 0; i < file->group_count; i++) choices[i] = shown_header(all, file, file->groups[i]);
    const int answer =
        ask(&all->dialogue,
            wres_print(all->run,
                       "%s: staff_group: %llu rows have a medical grade, but a staff group that has none. Does another "
                       "column tell doctors from other staff?",
                       shown_name(all, file), (unsigned long long)file->doubts.medical_rows),
            choices, file->group_count, NULL, NULL);
    return answer < 0 ? WRES_OK : take_group(all, file, file->groups[answer]);
}

static wres_status ask_dates(init *all, init_file *file) {
    static const char *const orders[] = {"day/month/year", "month/day/year"};
    if (!file->doubts.dates_line) return WRES_OK;
    const int answer = ask(&all->dialogue,
                           wres_print(all->run, "%s: how are its dates written? Line %llu could be either.", shown_name(all, file),
                                      (unsigned long long)file->doubts.dates_line),
                           orders, 2, NULL, NULL);
    if (answer < 0) return WRES_OK;
    file->setting.dates = answer == 1 ? WRES_DATES_MONTH_FIRST : WRES_DATES_DAY_FIRST;
    return read_again(all, file);
}

static void ask_marks(init *all, init_file *file) {
    static const char *const meanings[] = {"none: it means 0", "a number that is hidden"};
    for (size_t i = 0; i < file->doubts.mark_count; i++) {
        const char *mark = wres_visible(all->run, file->doubts.marks[i].text);
        const int answer = ask(&all->dialogue,
                               wres_print(all->run, "%s: what does '%s' stand for in the place of %llu counts?",
                                          shown_name(all, file), mark, (unsigned long long)file->doubts.marks[i].rows),
                               meanings, COUNT(meanings), NULL, NULL);
        file->marks[i] = answer == 0 ? MARK_ZERO : answer == 1 ? MARK_HIDDEN : MARK_OPEN;
    }
}

static void ask_totals(init *all, init_file *file) {
    const char *names = "", *const choices[] = {"leave these rows out"};
    for (size_t i = 0; i < file->doubts.value_count; i++)
        if (file->doubts.values[i].total)
            names =
                wres_print(all->run, "%s%s'%s'", names, *names ? ", " : "", wres_visible(all->run, file->doubts.values[i].text));
    if (*names)
        file->totals_told =
            ask(&all->dialogue, wres_print(all->run, "%s: are these totals beside the detail? %s", shown_name(all, file), names),
                choices, 1, NULL, NULL) == 0;
}

typedef struct wanted {
    const init *all;
    const wres_list *list;
} wanted;

static bool is_value(const void *context, const char *text) {
    const wanted *w = context;
    wres_found found;
    wres_list_look_up(w->list, w->all->run, wres_text_of(text), &found);
    return found == WRES_FOUND;
}

static void ask_values(init *all, init_file *file) {
    for (size_t i = 0; i < file->doubts.value_count && i < MOST_VALUES; i++) {
        const wres_open_value *value = &file->doubts.values[i];
        const wres_field *field = &file->as->table->fields[value->field];
        const wanted w = {all, wres_codes_find(all->codes, field->list)};
        if (value->total) continue;
        all->dialogue.context = &w;
        const int answer =
            ask(&all->dialogue,
                wres_print(all->run,
                           "%s: %s: '%s' (%llu rows) is in no list. What does it stand for? ('wres codes %s' lists the values)",
                           shown_name(all, file), field->name, wres_visible(all->run, value->text), (unsigned long long)value->rows,
                           field->list),
                &value->near, value->near ? 1 : 0, is_value, &file->meanings[i]);
        if (answer == 0 && value->near) file->meanings[i] = value->near;
    }
    all->dialogue.context = NULL;
}

/* ---- one file ----------------------------------------------------------------------------------------------- */

typedef struct first_error {
    wres_run *run;
    const char *message;
} first_error;

static void hear_error(void *context, const wres_finding *finding) {
    first_error *error = context;
    if (finding->severity == WRES_ERROR && !error->message)
        error->message = wres_copy(error->run, finding->message, strlen(finding->message));
}

/* Results and findings that were written into the folder of the exports. */
static bool is_own_output(const init_file *file) {
    static const char *const of_check[] = {"severity", "check", "table", "file", "line"};
    const wres_probe *probe = &file->guess.probe;
    bool result = probe->header_count == WRES_COLUMN_COUNT, check = probe->header_count > COUNT(of_check);
    for (size_t c = 0; c < WRES_COLUMN_COUNT && result; c++)
        result = wres_text_same(probe->headers[c], wres_text_of(wres_column_name((wres_column)c)));
    for (size_t c = 0; c < COUNT(of_check) && check; c++) check = wres_text_same(probe->headers[c], wres_text_of(of_check[c]));
    return result || check;
}

static wres_status guess(init *all, init_file *file) {
    first_error error = {all->run, NULL};
    wres_status status = WRES_DATA;
    if (!wres_text_is_utf8(wres_text_of(file->name)))
        error.message = "its name is no UTF-8 and cannot stand in the settings: rename it";
    else {
        wres_findings_divert(all->run, hear_error, &error);
        status = wres_guess_file(&all->reading, file->path, &file->guess);
        wres_findings_divert(all->run, NULL, NULL);
    }
    if (status == WRES_OK && !file->guess.probe.headers) {
        status = WRES_DATA;
        error.message = "it is empty";
    }
    if (status == WRES_OK && is_own_output(file)) {
        status = WRES_DATA;
        error.message = "it is a result of wres, and no export";
        file->guess.table_count = 0;
    }
    if (status != WRES_OK) file->refused = error.message ? error.message : "it cannot be read";
    return status;
}

static wres_status refuse_broken(init_file *file) {
    file->refused = "it cannot be read to its end";
    return WRES_IO;
}

wres_status init_look(init *all, init_file *file) {
    wres_status status = guess(all, file);
    file->group_before = -1;
    if (status != WRES_OK) return status;
    choose_table(all, file);
    if (!file->as) return WRES_OK;
    file->field_count = file->as->field_count;
    file->fields = wres_alloc(all->run, (file->field_count + 1) * sizeof *file->fields);
    memcpy(file->fields, file->as->fields, file->field_count * sizeof *file->fields);
    if (file->doubt == NO_DOUBT) ask_fields(all, file);
    if (file->doubt == NO_DOUBT && !needs_met(file)) file->doubt = NEEDS_UNMET;
    make_setting(all, file);
    status = read_again(all, file);
    if (status == WRES_IO) return refuse_broken(file);
    if (init_is_active(file)) status = find_group(all, file);
    if (init_is_active(file) && status != WRES_IO) status = ask_dates(all, file);
    if (status == WRES_IO) return refuse_broken(file);
    file->meanings = wres_alloc(all->run, (file->doubts.value_count + 1) * sizeof *file->meanings);
    file->marks = wres_alloc(all->run, (file->doubts.mark_count + 1) * sizeof *file->marks);
    if (!init_is_active(file)) return WRES_OK;
    ask_marks(all, file);
    ask_totals(all, file);
    ask_values(all, file);
    return WRES_OK;
}

/* ---- all files ---------------------------------------------------------------------------------------------- */

static bool has_all_of(const init_file *file, const wres_alternatives *fields) {
    for (size_t i = 0; i < fields->count; i++)
        if (!is_fed(file, fields->fields[i])) return false;
    return fields->count > 0;
}

/* As the reader asks it of the files of a table. */
static bool is_alike(const init_file *a, const init_file *b) {
    const wres_table *table = init_table(a);
    bool same = is_fed(a, table->count) == is_fed(b, table->count) && is_fed(a, table->person) == is_fed(b, table->person);
    for (size_t i = 0; i < table->once_per.count; i++)
        same = same && is_fed(a, table->once_per.fields[i]) == is_fed(b, table->once_per.fields[i]);
    return same;
}

static const wres_column_seen *dates_of(const init_file *file) {
    const int date = init_table(file)->date;
    const wres_column_seen *seen = is_fed(file, date) ? init_column(file, date) : NULL;
    return seen && seen->latest != WRES_NO_DATE ? seen : NULL;
}

/* Rows that cannot be those of the other file, or are recognised where they are. */
static bool stand_apart(const init_file *a, const init_file *b) {
    const wres_column_seen *one = dates_of(a), *other = dates_of(b);
    if (has_all_of(a, &init_table(a)->once_per) && has_all_of(b, &init_table(b)->once_per)) return true;
    return one && other && !a->doubts.dates_line && !b->doubts.dates_line &&
           (one->latest < other->earliest || other->latest < one->earliest);
}

static void ask_beside(init *all, init_file *file) {
    static const char *const choices[] = {"yes, they are other rows of the same table"};
    const int answer = ask(&all->dialogue,
                           wres_print(all->run, "%s and %s are both %s, and nothing tells their rows apart. Do both count?",
                                      shown_name(all, file->beside), shown_name(all, file), init_table(file)->name),
                           choices, 1, NULL, NULL);
    if (answer == 0) file->doubt = NO_DOUBT, file->stands_beside = true;
}

/* The likeliest first, then the one with more rows, then by name. */
static int by_weight(const void *a, const void *b) {
    const init_file *one = *(init_file *const *)a, *other = *(init_file *const *)b;
    const uint64_t points[] = {one->as ? one->as->points : 0, other->as ? other->as->points : 0};
    if (points[0] != points[1]) return points[0] < points[1] ? 1 : -1;
    if (one->doubts.rows != other->doubts.rows) return one->doubts.rows < other->doubts.rows ? 1 : -1;
    return strcmp(one->name, other->name);
}

static void compare(init *all, init_file *file, const init_file *earlier) {
    if (!init_is_active(earlier) || init_table(earlier) != init_table(file)) return;
    if (is_alike(earlier, file) && stand_apart(earlier, file)) return;
    file->doubt = is_alike(earlier, file) ? ROWS_AGAIN : ROWS_DIFFER;
    file->beside = earlier;
    if (file->doubt == ROWS_AGAIN) ask_beside(all, file);
}

/* Nothing can be computed of what is there: then at least a check can read it. */
static void leave_for_check(init *all) {
    bool active = false;
    for (size_t i = 0; i < all->file_count; i++) active = active || init_is_active(&all->files[i]);
    for (size_t i = 0; i < all->file_count && !active; i++)
        all->files[i].for_check = !all->files[i].refused && all->files[i].doubt == NEEDS_UNMET;
}

void init_compare(init *all) {
    init_file **order = wres_alloc(all->run, (all->file_count + 1) * sizeof *order);
    for (size_t i = 0; i < all->file_count; i++) order[i] = &all->files[i];
    if (all->file_count) qsort(order, all->file_count, sizeof *order, by_weight);
    for (size_t i = 0; i < all->file_count; i++)
        for (size_t k = 0; k < i && init_is_active(order[i]) && !order[i]->stands_beside; k++) compare(all, order[i], order[k]);
    leave_for_check(all);
}

/* ---- the date ----------------------------------------------------------------------------------------------- */

/* The 31 March that closes the year of the day; of a survey's year, the next. */
static wres_date closing_day(wres_date date, bool of_year) {
    int year, month, day;
    wres_date_split(date, &year, &month, &day);
    const wres_date end = wres_date_of(year, 3, 31);
    return of_year || date > end ? wres_date_of(year + 1, 3, 31) : end;
}

static bool is_date(const void *context, const char *text) {
    (void)context;
    return wres_date_parse(wres_text_of(text), WRES_DAY_FIRST) != WRES_NO_DATE;
}

/* The answer tells the date. */
static bool is_date_asked(const init_file *file) {
    for (size_t i = 0; i < file->field_count; i++)
        if (file->fields[i].field == init_table(file)->date && file->fields[i].column < 0)
            return init_table(file)->time == WRES_TIME_SNAPSHOT;
    return false;
}

void init_choose_date(init *all) {
    wres_date proposed = WRES_NO_DATE;
    char text[WRES_DATE_SIZE] = "";
    bool any = false;
    for (size_t i = 0; i < all->file_count; i++) {
        const init_file *file = &all->files[i];
        if (!init_is_active(file)) continue;
        if (is_date_asked(file)) return;
        any = true;
        const bool snapshot = init_table(file)->time == WRES_TIME_SNAPSHOT;
        const wres_date latest = file->doubts.latest;
        if (latest == WRES_NO_DATE || !is_fed(file, init_table(file)->date)) continue;
        if (snapshot && (all->latest == WRES_NO_DATE || latest > all->latest)) all->latest = latest;
        const wres_date closing = closing_day(latest, init_table(file)->time == WRES_TIME_YEAR);
        if (!snapshot && (proposed == WRES_NO_DATE || closing > proposed)) proposed = closing;
    }
    if (all->latest != WRES_NO_DATE || !any) return;
    if (proposed != WRES_NO_DATE) wres_date_print(proposed, text);
    all->as_at = wres_copy(all->run, text, strlen(text));
    const char *typed = NULL;
    const int answer =
        ask(&all->dialogue, "as_at: no snapshot of the workforce says which date the indicators are for. Which is it?", &all->as_at,
            *text ? 1 : 0, is_date, &typed);
    all->as_at_told = answer >= 0;
    if (typed) all->as_at = typed;
}
