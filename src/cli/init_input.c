/* wres init: one input of the settings. */
#include <string.h>

#include "cli/init.h"

enum { MOST_NAMED = 30, LONGEST_KEY = 200 };

static const char *shown(const init *all, const init_file *file, int column) {
    return wres_visible(all->run, file->guess.probe.headers[column]);
}

static const char *text_of(const init *all, wres_text text) { return wres_copy(all->run, text.bytes, text.length); }

static void question(init_file *file, wres_entry *entry, const char *text) {
    wres_entry_note(entry, "Question: %s", text);
    file->questions++;
}

/* ---- columns ------------------------------------------------------------------------------------------------ */

static const char *reason_text(const init *all, const wres_field *field, wres_guess_reason reason) {
    switch (reason) {
    case WRES_GUESS_DOUBLE:
        return wres_print(all->run,
                          "several columns can be meant by %s, and the file is not read before it is known which:", field->name);
    case WRES_GUESS_NUMBERS: return "how many people does a row stand for? Without a column of counts each is one:";
    case WRES_GUESS_YEARS: return "is this the date? It holds years: the day they stand for is under 'values':";
    default:
        return wres_print(all->run, "%s (%s) has no column that is called so. Is it this, by its values?", field->name,
                          field->title);
    }
}

static void write_question(const init *all, init_file *file, const wres_guessed_field *guessed, wres_entry *columns) {
    const wres_field *field = &file->as->table->fields[guessed->field];
    if (guessed->reason == WRES_GUESS_NAMED) {
        question(
            file, wres_entry_map(columns, field->name),
            wres_print(all->run,
                       "two columns are called '%s', and both mean %s: rename one in the file, as settings cannot tell them apart",
                       shown(all, file, guessed->candidates[0]), field->name));
        return;
    }
    for (size_t i = 0; i < guessed->candidate_count; i++) {
        wres_entry *entry = wres_entry_text(columns, field->name, init_header(all, file, guessed->candidates[i]));
        if (i == 0) question(file, entry, reason_text(all, field, guessed->reason));
        wres_entry_comment_out(entry);
    }
}

static void write_alternatives(const init *all, const init_file *file, const wres_guessed_field *guessed, wres_entry *entry) {
    const char *others = "";
    for (size_t i = 0; i < guessed->candidate_count; i++)
        if (guessed->candidates[i] != guessed->column)
            others = wres_print(all->run, "%s%s%s", others, *others ? ", " : "", shown(all, file, guessed->candidates[i]));
    if (guessed->reason == WRES_GUESS_VALUES && file->group_before >= 0 && guessed->candidates[0] == file->group_before)
        wres_entry_remark(entry, "found by its values: %s has no doctors", shown(all, file, file->group_before));
    else if (guessed->reason == WRES_GUESS_VALUES)
        wres_entry_remark(entry, "found by its values");
    else if (guessed->reason == WRES_GUESS_SAME)
        wres_entry_remark(entry, "not %s, which says the same", others);
    else if (guessed->reason == WRES_GUESS_PREFERRED)
        wres_entry_remark(entry, "or %s", others);
}

/* Doctors are told by the staff group: where it has none, the grades that one column holds beside the bands are read as bands. */
static void write_groups(const init *all, init_file *file, wres_entry *columns) {
    for (size_t i = 0; i < file->group_count && file->doubts.medical_rows; i++) {
        wres_entry *entry = wres_entry_text(columns, "staff_group", init_header(all, file, file->groups[i]));
        if (i == 0)
            question(
                file, entry,
                wres_print(
                    all->run,
                    "%llu rows have a medical grade, but a staff group without doctors, so that their grade is read as a band. "
                    "If another column tells doctors, name it in the place of the one above:",
                    (unsigned long long)file->doubts.medical_rows));
        wres_entry_comment_out(entry);
    }
}

static bool is_used(const init_file *file, int column) {
    for (size_t i = 0; i < file->field_count; i++) {
        if (file->fields[i].column == column) return true;
        for (size_t c = 0; c < file->fields[i].candidate_count; c++)
            if (file->fields[i].candidates[c] == column) return true;
    }
    return false;
}

static void write_unused(const init *all, const init_file *file, wres_entry *input) {
    const char *names = "";
    size_t count = 0;
    for (size_t c = 0; c < file->guess.probe.header_count; c++) {
        if (is_used(file, (int)c) || file->guess.probe.headers[c].length == 0) continue;
        if (count++ < MOST_NAMED) names = wres_print(all->run, "%s%s%s", names, *names ? ", " : "", shown(all, file, (int)c));
    }
    if (count == 0) return;
    wres_entry *note = wres_entry_map(input, "");
    if (count > MOST_NAMED)
        wres_entry_note(note, "Columns that are not used: %s, and %zu more", names, count - MOST_NAMED);
    else
        wres_entry_note(note, "Columns that are not used: %s", names);
}

/* ---- what a column of this table may be called, for one that is missing -------------------------------------- */

static void write_missing(const init *all, init_file *file, wres_entry *columns) {
    const wres_table *table = file->as->table;
    for (size_t n = 0; n < table->needs_count; n++) {
        const char *names = "";
        bool met = false, asked = false;
        for (size_t i = 0; i < table->needs[n].count; i++) {
            names = wres_print(all->run, "%s%s%s", names, i ? " or " : "", table->fields[table->needs[n].fields[i]].name);
            for (size_t f = 0; f < file->field_count; f++)
                if (file->fields[f].field == table->needs[n].fields[i]) met = met || file->fields[f].column >= 0, asked = true;
        }
        if (met || asked) continue;
        wres_entry *entry = wres_entry_text(columns, table->fields[table->needs[n].fields[0]].name, INIT_OPEN);
        question(file, entry,
                 wres_print(all->run, "the table needs %s, and no column is called so or holds such values. Which is it?", names));
        wres_entry_comment_out(entry);
    }
}

static void write_columns(const init *all, init_file *file, wres_entry *input) {
    wres_entry *columns = wres_entry_map(input, "columns");
    write_missing(all, file, columns);
    for (size_t i = 0; i < file->field_count; i++) {
        const wres_guessed_field *guessed = &file->fields[i];
        const char *name = file->as->table->fields[guessed->field].name;
        if (guessed->column < 0) {
            write_question(all, file, guessed, columns);
            continue;
        }
        const char *header = init_header(all, file, guessed->column);
        write_alternatives(all, file, guessed, wres_entry_text(columns, name, header));
        if (file->doubts.band_is_grade && strcmp(name, "pay_band") == 0)
            wres_entry_remark(wres_entry_text(columns, "medical_grade", header), "it holds medical grades, too");
        if (strcmp(name, "staff_group") == 0) write_groups(all, file, columns);
    }
    write_unused(all, file, input);
}

/* ---- values ------------------------------------------------------------------------------------------------- */

static wres_entry *values_of_field(const init *all, init_file *file, wres_entry *values, int field) {
    const wres_field *about = &file->as->table->fields[field];
    wres_entry *map = wres_entry_map(values, about->name);
    bool open = false;
    for (size_t i = 0; i < file->doubts.value_count; i++)
        open = open || (file->doubts.values[i].field == field && !file->doubts.values[i].total && !file->meanings[i]);
    if (open)
        question(file, map,
                 wres_print(all->run, "what do these stand for? They are not in the list ('wres codes %s'), and count as unknown",
                            about->list));
    return map;
}

static void write_field_values(const init *all, init_file *file, wres_entry *values, int field) {
    wres_entry *map = NULL;
    size_t written = 0, left = 0;
    for (size_t i = 0; i < file->doubts.value_count; i++) {
        const wres_open_value *value = &file->doubts.values[i];
        if (value->field != field || value->total) continue;
        if (!map) map = values_of_field(all, file, values, field);
        if (written++ >= MOST_VALUES) {
            left++;
            continue;
        }
        const char *meaning = file->meanings[i] ? file->meanings[i] : value->near ? value->near : INIT_OPEN;
        wres_entry *entry = wres_entry_text(map, text_of(all, value->text), meaning);
        wres_entry_remark(entry, "%llu row%s", (unsigned long long)value->rows, value->rows == 1 ? "" : "s");
        if (!file->meanings[i]) wres_entry_comment_out(entry);
    }
    left += (size_t)file->doubts.hidden_values[field];
    if (left == 0) return;
    if (written == 0) {
        map = wres_entry_map(values, file->as->table->fields[field].name);
        wres_entry_note(map, "%s: %zu values of this column are in no list; they are not shown here",
                        file->as->table->fields[field].name, left);
    } else
        wres_entry_note(wres_entry_map(map, ""), "and %zu more; 'wres check --values' shows those that may be shown", left);
}

/* A column of years that is a question, or was answered: those that the file has. */
static void write_years(const init *all, const init_file *file, wres_entry *values) {
    for (size_t i = 0; file->years && i < file->field_count; i++) {
        const wres_guessed_field *guessed = &file->fields[i];
        const wres_column_seen *seen = init_column(file, guessed->field);
        if (guessed->reason != WRES_GUESS_YEARS || !seen || seen->earliest == WRES_NO_DATE) continue;
        wres_entry *map = wres_entry_map(values, file->as->table->fields[guessed->field].name);
        const wres_pairs *days = &file->years->values;
        for (size_t d = 0; d < days->count; d++) {
            const wres_date day = wres_date_parse(wres_text_of(days->all[d].value), WRES_DAY_FIRST);
            if (day < seen->earliest || day > seen->latest) continue;
            wres_entry *entry = wres_entry_text(map, days->all[d].name, days->all[d].value);
            if (guessed->column < 0) wres_entry_comment_out(entry);
        }
    }
    (void)all;
}

static void write_values(const init *all, init_file *file, wres_entry *input) {
    wres_entry *values = wres_entry_map(input, "values");
    write_years(all, file, values);
    for (size_t f = 0; f < file->as->table->field_count; f++) write_field_values(all, file, values, (int)f);
}

/* ---- rows and counts ---------------------------------------------------------------------------------------- */

/* Values that are called like totals, by the header of their column. */
static void write_totals(const init *all, init_file *file, wres_entry *input) {
    wres_entry *choice = wres_entry_map(input, "leave_out");
    const wres_doubts *doubts = &file->doubts;
    const char **texts = wres_alloc(all->run, (doubts->value_count + 1) * sizeof *texts);
    bool any = false;
    for (size_t i = 0; i < file->field_count; i++) {
        const int column = file->fields[i].column;
        size_t count = 0;
        const char **of_column = texts;
        for (size_t v = 0; v < doubts->value_count && column >= 0; v++)
            if (doubts->values[v].total && doubts->values[v].field == file->fields[i].field)
                of_column[count++] = text_of(all, doubts->values[v].text);
        texts += count;
        if (count == 0 || file->guess.probe.headers[column].length > LONGEST_KEY) continue;
        any = true;
        wres_entry *entry = wres_entry_list(choice, init_header(all, file, column), of_column, count);
        if (!file->totals_told) wres_entry_comment_out(entry);
    }
    if (any && !file->totals_told)
        question(file, choice, "are these totals beside the detail? With them everybody is counted again:");
}

/* "<5" stands for 1 to 4 where zeros are written as such. */
static const char *bounds_of(const init *all, wres_text mark) {
    uint64_t number;
    if (mark.length < 2 || *mark.bytes != '<' || !wres_count_parse((wres_text){mark.bytes + 1, mark.length - 1}, &number) ||
        number < 2)
        return NULL;
    return wres_print(all->run, "1-%llu", (unsigned long long)number - 1);
}

static bool may_be_zero(wres_text mark) { return mark.length == 1 && strchr("-.:", *mark.bytes); }

static void write_hidden(const init *all, const init_file *file, wres_entry *input, const bool *hidden, size_t count, bool open) {
    const wres_open_mark *marks = file->doubts.marks;
    const char **texts = wres_alloc(all->run, (count + 1) * sizeof *texts);
    bool bounded = false;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!hidden[i]) continue;
        texts[found++] = text_of(all, marks[i].text);
        bounded = bounded || bounds_of(all, marks[i].text);
    }
    if (found == 0) return;
    if (!bounded) {
        wres_entry *list = wres_entry_list(input, "hidden", texts, found);
        if (open) wres_entry_comment_out(list);
        return;
    }
    wres_entry *map = wres_entry_map(input, "hidden");
    for (size_t i = 0; i < count; i++) {
        if (!hidden[i]) continue;
        const char *bounds = bounds_of(all, marks[i].text);
        wres_entry *entry = wres_entry_text(map, text_of(all, marks[i].text), bounds ? bounds : INIT_OPEN);
        if (!bounds) wres_entry_remark(entry, "the least and the most it can stand for");
        if (open) wres_entry_comment_out(entry);
    }
}

static void write_marks(const init *all, init_file *file, wres_entry *input) {
    const size_t count = file->doubts.mark_count;
    const char **zeros = wres_alloc(all->run, 2 * (count + 1) * sizeof *zeros), **may = zeros + count + 1;
    bool *hidden = wres_alloc(all->run, count + 1), *may_hide = wres_alloc(all->run, count + 1), open = false;
    size_t zero_count = 0, may_count = 0;
    uint64_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const char *mark = text_of(all, file->doubts.marks[i].text);
        hidden[i] = file->marks[i] == MARK_HIDDEN;
        if (file->marks[i] == MARK_ZERO) zeros[zero_count++] = mark;
        if (file->marks[i] != MARK_OPEN) continue;
        open = may_hide[i] = true;
        rows += file->doubts.marks[i].rows;
        if (may_be_zero(file->doubts.marks[i].text)) may[may_count++] = mark;
    }
    if (zero_count) wres_entry_list(input, "zero", zeros, zero_count);
    write_hidden(all, file, input, hidden, count, false);
    if (open)
        question(file, wres_entry_map(input, ""),
                 wres_print(all->run, "what stands in the place of %llu counts? %s:", (unsigned long long)rows,
                            may_count ? "None ('zero'), or a number that is hidden" : "A number that is hidden"));
    if (may_count) wres_entry_comment_out(wres_entry_list(input, "zero", may, may_count));
    write_hidden(all, file, input, may_hide, count, true);
    if (file->doubts.other_marks)
        wres_entry_note(wres_entry_map(input, ""),
                        "Other cells of the column of counts are no numbers: 'wres check' says in which lines");
}

static void write_dates(const init *all, init_file *file, wres_entry *input) {
    if (file->setting.dates != WRES_DATES_INFERRED) {
        wres_entry_text(input, "dates", file->setting.dates == WRES_DATES_DAY_FIRST ? "d/m/y" : "m/d/y");
        return;
    }
    if (!file->doubts.dates_line) return;
    wres_entry *entry = wres_entry_text(input, "dates", "d/m/y");
    wres_entry_comment_out(entry);
    question(file, entry, "how are the dates of this file written? None of them tells:");
    wres_entry_remark(entry, "or m/d/y: line %llu could be either", (unsigned long long)file->doubts.dates_line);
    (void)all;
}

/* ---- inputs ------------------------------------------------------------------------------------------------- */

static const char *delimiter_name(char delimiter) {
    switch (delimiter) {
    case '\t': return "tabs";
    case ';': return "semicolons";
    case '|': return "'|'";
    case '~': return "'~'";
    default: return "commas";
    }
}

static void note_layout(const init *all, const init_file *file, wres_entry *entry) {
    const wres_probe *probe = &file->guess.probe;
    const char *text = wres_print(all->run, "%llu rows", (unsigned long long)file->doubts.rows);
    if (probe->delimiter != ',') text = wres_print(all->run, "%s; cells separated by %s", text, delimiter_name(probe->delimiter));
    if (probe->header_line > 1)
        text = wres_print(all->run, "%s; header in line %llu", text, (unsigned long long)probe->header_line);
    if (file->doubts.encoding) text = wres_print(all->run, "%s; %s", text, file->doubts.encoding);
    wres_entry_note(entry, "%s: %s", wres_visible_name(all->run, file->name), text);
}

static void note_doubt(init *all, init_file *file, wres_entry *entry) {
    const char *table = file->as->table->name, *others = "";
    switch (file->doubt) {
    case TABLE_UNSURE:
        for (size_t i = 1; i < file->guess.table_count; i++)
            others = wres_print(all->run, "%s%s%s", others, i > 1 ? ", " : "", file->guess.tables[i].table->name);
        question(file, entry,
                 wres_print(all->run, "is this the table %s? Most speaks for it. It could be %s, too.", table, others));
        break;
    case NEEDS_UNMET:
        wres_entry_note(entry, "It looks like the table %s, but what that needs is not there.%s", table,
                        file->for_check ? " 'wres check' reads it; nothing can be computed of it." : "");
        break;
    case ROWS_AGAIN:
        question(file, entry,
                 wres_print(all->run,
                            "are these other rows of the table %s than those of %s? If they are the same everybody counts twice.",
                            table, wres_visible_name(all->run, file->beside->name)));
        break;
    case ROWS_DIFFER:
        question(file, entry,
                 wres_print(
                     all->run,
                     "the rows of %s stand for something else (they have other identifiers or counts): which of the two is meant?",
                     wres_visible_name(all->run, file->beside->name)));
        break;
    case NO_TABLE:
    case NO_DOUBT: break;
    }
}

void init_write_input(init *all, init_file *file, wres_entry *entry, const char *path) {
    wres_entry_note(entry, "%s", "");
    note_layout(all, file, entry);
    note_doubt(all, file, entry);
    if (file->doubt != NO_DOUBT && !file->for_check) wres_entry_comment_out(entry);
    wres_entry_text(entry, "file", path);
    write_columns(all, file, entry);
    write_dates(all, file, entry);
    write_marks(all, file, entry);
    write_totals(all, file, entry);
    write_values(all, file, entry);
}
