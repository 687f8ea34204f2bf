/* Looking things up in the results: by place, by group, by comparison. */
#include <stdio.h>
#include <string.h>

#include "output/sheet.h"

const char *wres_column_text(const wres_published *row, wres_column column) { return row->column[column]; }

bool wres_column_is(const wres_published *row, wres_column column, const char *text) {
    return strcmp(row->column[column], text) == 0;
}

bool wres_published_is_suppressed(const wres_published *row) { return wres_column_is(row, WRES_COLUMN_STATUS, "suppressed"); }
bool wres_published_is_ok(const wres_published *row) { return wres_column_is(row, WRES_COLUMN_STATUS, "ok"); }

/* The parts of a key are joined by NUL, which none of them holds. */
static wres_text make_key(wres_sheet *sheet, const char *const *parts, size_t count) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++) length += strlen(parts[i]) + 1;
    if (length > sheet->key_room) {
        sheet->key = wres_grow(sheet->run, sheet->key, sheet->key_room, 2 * length);
        sheet->key_room = 2 * length;
    }
    char *end = sheet->key;
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(parts[i]) + 1;
        memcpy(end, parts[i], size);
        end += size;
    }
    return (wres_text){sheet->key, length};
}

enum { KEY_PARTS = 9 };

static wres_text key_of(wres_sheet *sheet, const wres_published *row) {
    static const wres_column columns[KEY_PARTS] = {WRES_COLUMN_STANDARD, WRES_COLUMN_INDICATOR, WRES_COLUMN_ORGANISATION,
                                                   WRES_COLUMN_SECTION,  WRES_COLUMN_ROW,       WRES_COLUMN_BY,
                                                   WRES_COLUMN_BY_VALUE, WRES_COLUMN_GROUP,     WRES_COLUMN_STATISTIC};
    const char *parts[KEY_PARTS];
    for (size_t i = 0; i < KEY_PARTS; i++) parts[i] = wres_column_text(row, columns[i]);
    return make_key(sheet, parts, KEY_PARTS);
}

/* The period is no part of the key: of results that differ in it alone, the first is found and the rest is listed in the end. */
void wres_sheet_begin(wres_sheet *sheet, wres_run *run, const wres_document *document, const wres_write_options *options) {
    enum { NARROWEST = 72, DEFAULT_WIDTH = 100 };
    const size_t count = document->results.count;
    const int width = options->width <= 0 ? DEFAULT_WIDTH : options->width < NARROWEST ? NARROWEST : options->width;
    *sheet = (wres_sheet){.run = run, .document = document};
    sheet->page = (wres_page){.run = run, .width = (size_t)width, .colour = options->colour};
    sheet->keys = wres_dictionary_new(run);
    sheet->result_of_key = wres_alloc(run, (count + 1) * sizeof *sheet->result_of_key);
    sheet->shown = wres_alloc(run, (count + 1) * sizeof *sheet->shown);
    for (size_t i = 0; i < count; i++) {
        const uint32_t known = wres_dictionary_count(sheet->keys);
        const uint32_t number = wres_dictionary_add(sheet->keys, key_of(sheet, &document->results.rows[i]));
        if (number == known) sheet->result_of_key[number] = i;
    }
}

wres_sheet_block wres_sheet_block_of(wres_sheet *sheet, const char *standard, const char *organisation) {
    const wres_published_list *results = &sheet->document->results;
    wres_sheet_block block = {.standard = standard, .organisation = organisation};
    block.rows.index = wres_alloc(sheet->run, (results->count + 1) * sizeof *block.rows.index);
    for (size_t i = 0; i < results->count; i++)
        if (wres_column_is(&results->rows[i], WRES_COLUMN_STANDARD, standard) &&
            wres_column_is(&results->rows[i], WRES_COLUMN_ORGANISATION, organisation))
            block.rows.index[block.rows.count++] = i;
    return block;
}

static bool has_group(const wres_published *row) {
    return (wres_column_is(row, WRES_COLUMN_STATISTIC, "rate") || wres_column_is(row, WRES_COLUMN_STATISTIC, "share") ||
            wres_column_is(row, WRES_COLUMN_STATISTIC, "count")) &&
           !wres_column_is(row, WRES_COLUMN_GROUP, "all");
}

static void find_groups(wres_sheet *sheet, wres_sheet_view *view) {
    static const char first[] = "white", last[] = "unknown";
    wres_dictionary *seen = wres_dictionary_new(sheet->run);
    const wres_published *results = sheet->document->results.rows;
    for (size_t i = 0; i < view->rows.count; i++)
        if (has_group(&results[view->rows.index[i]]))
            wres_dictionary_add(seen, wres_text_of(wres_column_text(&results[view->rows.index[i]], WRES_COLUMN_GROUP)));
    view->groups = wres_dictionary_new(sheet->run);
    if (wres_dictionary_find(seen, wres_text_of(first)) != WRES_NOWHERE) wres_dictionary_add(view->groups, wres_text_of(first));
    for (uint32_t i = 0; i < wres_dictionary_count(seen); i++)
        if (strcmp(wres_dictionary_text(seen, i), last) != 0) wres_dictionary_add(view->groups, wres_dictionary_bytes(seen, i));
    if (wres_dictionary_find(seen, wres_text_of(last)) != WRES_NOWHERE) wres_dictionary_add(view->groups, wres_text_of(last));
}

static wres_sheet_kind kind_of(const wres_sheet *sheet, const wres_sheet_view *view) {
    wres_sheet_kind kind = WRES_KIND_COMPARED;
    for (size_t i = 0; i < view->rows.count; i++) {
        const wres_published *row = &sheet->document->results.rows[view->rows.index[i]];
        const bool nothing = wres_column_is(row, WRES_COLUMN_STATISTIC, "all") && wres_column_is(row, WRES_COLUMN_GROUP, "all");
        if ((nothing || wres_column_is(row, WRES_COLUMN_STATUS, "not supplied")) && view->rows.count == 1)
            return WRES_KIND_NOT_SUPPLIED;
        if (wres_column_is(row, WRES_COLUMN_SECTION, "board")) return WRES_KIND_BOARD;
        if (wres_column_is(row, WRES_COLUMN_STATISTIC, "reference_share")) return WRES_KIND_GOALS;
        if (wres_column_is(row, WRES_COLUMN_STATISTIC, "count")) kind = WRES_KIND_BANDED;
    }
    return kind;
}

wres_sheet_view wres_sheet_view_of(wres_sheet *sheet, const wres_sheet_block *block, const char *id) {
    const wres_document *document = sheet->document;
    wres_sheet_view view = {.block = block, .id = id};
    for (size_t i = 0; i < document->indicator_count && !view.about; i++)
        if (strcmp(document->indicators[i].standard, block->standard) == 0 && strcmp(document->indicators[i].id, id) == 0)
            view.about = &document->indicators[i];
    view.rows.index = wres_alloc(sheet->run, (block->rows.count + 1) * sizeof *view.rows.index);
    for (size_t i = 0; i < block->rows.count; i++)
        if (wres_column_is(&document->results.rows[block->rows.index[i]], WRES_COLUMN_INDICATOR, id))
            view.rows.index[view.rows.count++] = block->rows.index[i];
    find_groups(sheet, &view);
    view.kind = kind_of(sheet, &view);
    return view;
}

const wres_published *wres_sheet_find(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot, const char *group,
                                      const char *statistic) {
    const char *const parts[KEY_PARTS] = {view->block->standard, view->id, view->block->organisation,
                                          spot.section,          spot.row, spot.by,
                                          spot.by_value,         group,    statistic};
    const uint32_t number = wres_dictionary_find(sheet->keys, make_key(sheet, parts, KEY_PARTS));
    return number == WRES_NOWHERE ? NULL : &sheet->document->results.rows[sheet->result_of_key[number]];
}

void wres_sheet_note(wres_sheet *sheet, const wres_published *row, wres_sheet_shown shown) {
    if (row) sheet->shown[row - sheet->document->results.rows] = shown;
}

const wres_published *wres_sheet_take(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot, const char *group,
                                      const char *statistic) {
    const wres_published *row = wres_sheet_find(sheet, view, spot, group, statistic);
    wres_sheet_note(sheet, row, WRES_SHOWN_PRINTED);
    return row;
}

/* ---- comparisons ------------------------------------------------------------------------------------------- */

static const char *known_group(const wres_sheet_view *view, wres_text group) {
    const uint32_t number = wres_dictionary_find(view->groups, group);
    return number == WRES_NOWHERE ? NULL : wres_dictionary_text(view->groups, number);
}

static void join_groups(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_comparison *comparison, size_t joint) {
    const wres_text left = {comparison->group, joint}, right = wres_text_of(comparison->group + joint + 1);
    const char *one = wres_copy(sheet->run, left.bytes, left.length), *other = wres_copy(sheet->run, right.bytes, right.length);
    /* An unknown number is beyond every known one. */
    const bool in_order = wres_dictionary_find(view->groups, left) <= wres_dictionary_find(view->groups, right);
    comparison->joint = comparison->group[joint];
    comparison->first = in_order ? one : other;
    comparison->second = in_order ? other : one;
}

/* Group names may hold '/' and '-' themselves: the joint is where a known group stands on both sides, else on one, else '/'. */
wres_sheet_comparison wres_sheet_comparison_of(wres_sheet *sheet, const wres_sheet_view *view, const char *group,
                                               const char *statistic) {
    wres_sheet_comparison comparison = {.group = group, .statistic = statistic, .second = group};
    if (known_group(view, wres_text_of(group))) return comparison;
    for (int needed = 2; needed >= 0; needed--)
        for (size_t i = 0; group[i] != '\0'; i++) {
            if (group[i] != '/' && group[i] != '-') continue;
            const int known =
                (known_group(view, (wres_text){group, i}) != NULL) + (known_group(view, wres_text_of(group + i + 1)) != NULL);
            if (known < needed || (needed == 0 && group[i] != '/')) continue; /* names often hold '-', rarely '/' */
            join_groups(sheet, view, &comparison, i);
            return comparison;
        }
    return comparison;
}

bool wres_sheet_is_comparison(const wres_published *row) {
    return wres_column_is(row, WRES_COLUMN_STATISTIC, "ratio") || wres_column_is(row, WRES_COLUMN_STATISTIC, "difference");
}

static bool compares(const wres_published *row, wres_sheet_spot place) {
    return wres_sheet_is_comparison(row) && wres_column_is(row, WRES_COLUMN_SECTION, place.section) &&
           wres_column_is(row, WRES_COLUMN_ROW, place.row) && wres_column_is(row, WRES_COLUMN_BY, place.by);
}

static bool is_listed(const wres_sheet_comparisons *list, const wres_published *row) {
    for (size_t i = 0; i < list->count; i++)
        if (wres_column_is(row, WRES_COLUMN_GROUP, list->all[i].group) &&
            wres_column_is(row, WRES_COLUMN_STATISTIC, list->all[i].statistic))
            return true;
    return false;
}

wres_sheet_comparisons wres_sheet_comparisons_of(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot place) {
    wres_sheet_comparisons list = {0};
    size_t room = 0;
    for (size_t i = 0; i < view->rows.count; i++) {
        const wres_published *row = &sheet->document->results.rows[view->rows.index[i]];
        if (!compares(row, place) || is_listed(&list, row)) continue;
        if (list.count == room) {
            const size_t more = room ? 2 * room : 4;
            list.all = wres_grow(sheet->run, list.all, room * sizeof *list.all, more * sizeof *list.all);
            room = more;
        }
        list.all[list.count++] = wres_sheet_comparison_of(sheet, view, wres_column_text(row, WRES_COLUMN_GROUP),
                                                          wres_column_text(row, WRES_COLUMN_STATISTIC));
    }
    return list;
}

const wres_published *wres_sheet_take_rate(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot,
                                           const char *group) {
    const wres_sheet_spot board = {"board", "all", spot.by, spot.by_value};
    const wres_published *row = wres_sheet_take(sheet, view, spot, group, "rate");
    if (!row) row = wres_sheet_take(sheet, view, spot, group, "share");
    return row ? row : wres_sheet_take(sheet, view, board, group, "share");
}

const wres_published *wres_sheet_find_p(wres_sheet *sheet, const wres_sheet_view *view, wres_sheet_spot spot,
                                        const wres_sheet_comparison *comparison) {
    const wres_published *row = wres_sheet_find(sheet, view, spot, comparison->group, "p_value");
    if (!comparison->first) return row;
    for (int turn = 0; turn < 4 && !row; turn++) {
        const char *left = turn & 1 ? comparison->second : comparison->first;
        const char *right = turn & 1 ? comparison->first : comparison->second;
        row = wres_sheet_find(sheet, view, spot, wres_print(sheet->run, "%s%c%s", left, turn & 2 ? '-' : '/', right), "p_value");
    }
    return row;
}

/* ---- words ------------------------------------------------------------------------------------------------- */

const char *wres_sheet_label(wres_sheet *sheet, const char *name) {
    if (strcmp(name, "bme") == 0) return "BME";
    char *label = wres_copy(sheet->run, name, strlen(name));
    if (label[0] >= 'a' && label[0] <= 'z') label[0] = (char)(label[0] - 'a' + 'A');
    return label;
}

const char *wres_sheet_comparison_label(wres_sheet *sheet, const wres_sheet_comparison *comparison) {
    if (!comparison->first) return wres_sheet_label(sheet, comparison->second);
    const bool turned = strncmp(comparison->group, comparison->first, strlen(comparison->first)) != 0 ||
                        comparison->group[strlen(comparison->first)] != comparison->joint;
    const char *left = turned ? comparison->second : comparison->first, *right = turned ? comparison->first : comparison->second;
    return wres_print(sheet->run, "%s%c%s", wres_sheet_label(sheet, left), comparison->joint, wres_sheet_label(sheet, right));
}

static const char hidden_mark[] = "[c]";

/* Full-time equivalents are published exactly; on a page one decimal of them is read. */
static const char *fte_shown(wres_sheet *sheet, const char *exact) {
    char text[WRES_DECIMAL_SIZE];
    wres_rational value;
    if (!wres_decimal_parse(wres_text_of(exact), &value)) return exact;
    wres_rational_print(value, 1, text);
    return wres_copy(sheet->run, text, strlen(text));
}

const char *wres_sheet_count_shown(wres_sheet *sheet, const wres_published *row, wres_column column) {
    const char *text = wres_column_text(row, column);
    if (text[0] == '\0') return wres_published_is_suppressed(row) ? hidden_mark : text;
    return wres_sheet_is_fte(sheet) ? fte_shown(sheet, text) : text;
}

static const char *status_mark(const wres_published *row) {
    if (wres_published_is_suppressed(row)) return hidden_mark;
    return wres_column_is(row, WRES_COLUMN_STATUS, "not supplied") ? "n/s" : "n/c";
}

/* A probability whose decimals are all zero is small, but not 0: "<0.0001". */
static const char *probability_shown(wres_sheet *sheet, const char *value) {
    const size_t length = strlen(value);
    if (length < 3 || strpbrk(value, "123456789")) return value;
    return wres_print(sheet->run, "<%.*s1", (int)length - 1, value);
}

const char *wres_sheet_number_shown(wres_sheet *sheet, const wres_published *row) {
    if (!row) return "";
    if (!wres_published_is_ok(row)) return status_mark(row);
    const char *value = wres_column_text(row, WRES_COLUMN_VALUE);
    if (wres_column_is(row, WRES_COLUMN_UNIT, "percent")) return wres_print(sheet->run, "%s%%", value);
    if (wres_column_is(row, WRES_COLUMN_UNIT, "FTE")) return fte_shown(sheet, value);
    if (wres_column_is(row, WRES_COLUMN_UNIT, "probability")) return probability_shown(sheet, value);
    const bool is_points = wres_column_is(row, WRES_COLUMN_UNIT, "percentage points");
    const bool is_positive = value[0] != '-' && strpbrk(value, "123456789") != NULL;
    return is_points && is_positive ? wres_print(sheet->run, "+%s", value) : value;
}

const char *wres_sheet_value_shown(wres_sheet *sheet, const wres_published *row) {
    const char *number = wres_sheet_number_shown(sheet, row);
    const bool is_points = row && wres_published_is_ok(row) && wres_column_is(row, WRES_COLUMN_UNIT, "percentage points");
    return is_points ? wres_print(sheet->run, "%s pts", number) : number;
}

bool wres_sheet_is_fte(const wres_sheet *sheet) {
    const char *weight = wres_sheet_setting(sheet, "weight");
    return weight && strcmp(weight, "fte") == 0;
}

const char *wres_sheet_small_mark(wres_sheet *sheet, const char *count) {
    const bool people = !wres_sheet_is_fte(sheet),
               small = people && count[0] >= '0' && count[0] <= '9' && (count[1] == '\0' || count[1] == '.');
    sheet->has_small = sheet->has_small || small;
    return small ? "*" : "";
}

/* The bounds of a suppressed figure are no interval: its note says them. */
const char *wres_sheet_interval_shown(wres_sheet *sheet, const wres_published *row) {
    if (!wres_published_is_ok(row)) return "";
    const char *lower = wres_column_text(row, WRES_COLUMN_LOWER), *upper = wres_column_text(row, WRES_COLUMN_UPPER);
    return lower[0] == '\0' && upper[0] == '\0' ? "" : wres_print(sheet->run, "%s to %s", lower, upper);
}

const char *wres_sheet_outcome_shown(const wres_published *row) {
    static const char *const words[] = {"never", "out of reach"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!wres_published_is_ok(row) && strncmp(wres_column_text(row, WRES_COLUMN_NOTE), words[i], strlen(words[i])) == 0)
            return words[i];
    return NULL;
}

wres_sheet_word wres_sheet_range_shown(const wres_published *row) {
    static const struct {
        const char *flag;
        wres_sheet_word word;
    } marks[] = {{"above", {"\xe2\x96\xb2 above", WRES_STYLE_ABOVE}},
                 {"within", {"\xe2\x97\x8f within", WRES_STYLE_PLAIN}},
                 {"below", {"\xe2\x96\xbc below", WRES_STYLE_BELOW}}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (wres_column_is(row, WRES_COLUMN_FLAG, marks[i].flag)) return marks[i].word;
    return (wres_sheet_word){"", WRES_STYLE_PLAIN};
}

const char *wres_sheet_setting(const wres_sheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->document->setting_count; i++)
        if (strcmp(sheet->document->settings[i].name, name) == 0) return sheet->document->settings[i].value;
    return NULL;
}

/* Figures that rest on hidden counts have each a number of them and bounds of its own: one reason does for all. */
static const char *reason_of(const wres_published *row) {
    static const char resting[] = "rests on ";
    const char *note = wres_column_text(row, WRES_COLUMN_NOTE);
    if (!wres_published_is_suppressed(row) || strncmp(note, resting, sizeof resting - 1) != 0) return note;
    return "rests on counts that are hidden in the input; bounds, where they follow, are in the csv and json formats";
}

void wres_sheet_reasons_add(wres_sheet *sheet, wres_dictionary *reasons, const wres_published *row) {
    if (!row || wres_published_is_ok(row)) return;
    const char *reason =
        wres_print(sheet->run, "%s = %s: %s", status_mark(row), wres_column_text(row, WRES_COLUMN_STATUS), reason_of(row));
    wres_dictionary_add(reasons, wres_text_of(reason));
}

void wres_sheet_reasons_print(wres_sheet *sheet, const wres_dictionary *reasons) {
    for (uint32_t i = 0; i < wres_dictionary_count(reasons); i++) wres_page_wrap(&sheet->page, 2, wres_dictionary_text(reasons, i));
}
