/* Organisations side by side: a table for each indicator and compared group, a line for each organisation, all of them pooled in the
 * end. */
#include <string.h>

#include "output/sheet.h"

enum { GIVES_WAY_LAST = 1, GIVES_WAY_FIRST };
enum { MOST_COLUMNS = 10, GAP = 2, LEAST_NAME = 6, FULL_HEADING = 12, MOST_REASONS = 8 };

/* A column with its cell in every line. Where the page is narrow, those with the highest number that is not 0 give way first. */
typedef struct beside_column {
    const char *upper, *lower; /* the heading's two lines */
    bool is_text;              /* aligned left */
    int gives_way;
    size_t width;
    wres_sheet_word *cells;
} beside_column;

/* An organisation; the last line is that of all of them. */
typedef struct beside_line {
    const char *name;
    wres_sheet_block block;
    wres_sheet_view view; /* without rows: for looking things up */
} beside_line;

/* Why values are missing, and whose. */
typedef struct reason {
    const char *text, *name;
    size_t count;
} reason;

typedef struct beside {
    wres_sheet *sheet;
    const wres_sheet_view *pooled;
    beside_line *lines;
    size_t line_count;
    beside_column columns[MOST_COLUMNS];
    size_t column_count;
    wres_dictionary *reasons;
    reason *reason_of;
    bool is_begun; /* the title stands */
} beside;

/* What a table compares: the result that names it, and the place where its rates and limits stand. */
typedef struct subject {
    const wres_published *first;
    wres_sheet_spot spot;
    const char *group;
    wres_sheet_comparison comparison; /* of a ratio or a difference */
} subject;

/* ---- cells -------------------------------------------------------------------------------------------------- */

static beside_column *add_column(beside *b, const char *upper, const char *lower, bool is_text, int gives_way) {
    beside_column *column = &b->columns[b->column_count++];
    *column = (beside_column){.upper = upper, .lower = lower, .is_text = is_text, .gives_way = gives_way};
    column->cells = wres_alloc(b->sheet->run, b->line_count * sizeof *column->cells);
    for (size_t i = 0; i < b->line_count; i++) column->cells[i] = (wres_sheet_word){"", WRES_STYLE_PLAIN};
    return column;
}

static void add_reason(beside *b, size_t line, const wres_published *row) {
    wres_dictionary *one = wres_dictionary_new(b->sheet->run);
    wres_sheet_reasons_add(b->sheet, one, row);
    if (wres_dictionary_count(one) == 0) return;
    const uint32_t number = wres_dictionary_add(b->reasons, wres_dictionary_bytes(one, 0));
    reason *r = &b->reason_of[number];
    if (r->count++ == 0) *r = (reason){wres_dictionary_text(b->reasons, number), b->lines[line].name, 1};
}

/* What an organisation has in the place of the figures of an indicator that it lacks. */
static const wres_published *missing_of(beside *b, size_t line, const subject *s) {
    const wres_sheet_spot step = {"all", s->spot.row, "all", "all"}, whole = {"all", "all", "all", "all"};
    const wres_published *row = wres_sheet_take(b->sheet, &b->lines[line].view, step, "all", "all");
    return row ? row : wres_sheet_take(b->sheet, &b->lines[line].view, whole, "all", "all");
}

static const wres_published *taken(beside *b, size_t line, wres_sheet_spot spot, const char *group, const char *statistic) {
    return wres_sheet_take(b->sheet, &b->lines[line].view, spot, group, statistic);
}

static void put_cell(beside *b, beside_column *column, size_t line, const wres_published *row) {
    if (!row) return;
    const char *word = wres_sheet_outcome_shown(row);
    if (!word) add_reason(b, line, row);
    column->cells[line].text = word ? word : wres_sheet_number_shown(b->sheet, row);
}

/* A column of one statistic; the main one says what an organisation lacks. */
static void add_statistic(beside *b, const subject *s, const char *upper, const char *lower, wres_sheet_spot spot,
                          const char *group, const char *statistic, bool is_main) {
    beside_column *column = add_column(b, upper, lower, false, 0);
    for (size_t i = 0; i < b->line_count; i++) {
        const wres_published *row = taken(b, i, spot, group, statistic);
        put_cell(b, column, i, row || !is_main ? row : missing_of(b, i, s));
    }
}

static const char *counts_shown(wres_sheet *sheet, const wres_published *row) {
    const char *numerator = row ? wres_sheet_count_shown(sheet, row, WRES_COLUMN_NUMERATOR) : "";
    if (row && wres_published_is_suppressed(row) && !*wres_column_text(row, WRES_COLUMN_NUMERATOR) &&
        !*wres_column_text(row, WRES_COLUMN_DENOMINATOR))
        return numerator;
    return *numerator ? wres_print(sheet->run, "%s%s/%s", numerator, wres_sheet_small_mark(sheet, numerator),
                                   wres_sheet_count_shown(sheet, row, WRES_COLUMN_DENOMINATOR))
                      : "";
}

/* The rate of a group and what it is made of. */
static void add_rate(beside *b, const subject *s, const char *group) {
    const char *label = wres_sheet_label(b->sheet, group);
    beside_column *counts = add_column(b, label, "n/N", false, GIVES_WAY_FIRST), *rate = add_column(b, label, "rate", false, 0);
    for (size_t i = 0; i < b->line_count; i++) {
        const wres_published *row = wres_sheet_take_rate(b->sheet, &b->lines[i].view, s->spot, group);
        put_cell(b, rate, i, row);
        counts->cells[i].text = counts_shown(b->sheet, row);
    }
}

static void add_counts(beside *b, wres_sheet_spot spot, const char *group, const char *statistic) {
    beside_column *column = add_column(b, "", "n/N", false, 0);
    for (size_t i = 0; i < b->line_count; i++)
        column->cells[i].text = counts_shown(b->sheet, wres_sheet_find(b->sheet, &b->lines[i].view, spot, group, statistic));
}

static void add_interval(beside *b, const subject *s, const char *statistic, int gives_way) {
    beside_column *column = add_column(b, "", "95% interval", false, gives_way);
    for (size_t i = 0; i < b->line_count; i++) {
        const wres_published *row = wres_sheet_find(b->sheet, &b->lines[i].view, s->spot, s->group, statistic);
        if (row) column->cells[i].text = wres_sheet_interval_shown(b->sheet, row);
    }
}

static void add_range(beside *b, const subject *s) {
    beside_column *column = add_column(b, "", "Range", true, 0);
    for (size_t i = 0; i < b->line_count; i++) {
        const wres_published *row = wres_sheet_find(b->sheet, &b->lines[i].view, s->spot, s->group, s->comparison.statistic);
        if (row) column->cells[i] = wres_sheet_range_shown(row);
    }
}

/* ---- the funnel mark ---------------------------------------------------------------------------------------- */

/* Which side of the limits; NULL inside of them. */
static const char *side_of(const wres_published *limits) {
    return wres_column_is(limits, WRES_COLUMN_FLAG, "within") ? NULL : wres_column_text(limits, WRES_COLUMN_FLAG);
}

static wres_sheet_word mark_of(beside *b, const wres_published *wide, const wres_published *narrow) {
    const wres_published *given = wide ? wide : narrow;
    const wres_published *beyond = wide && side_of(wide) ? wide : narrow && side_of(narrow) ? narrow : NULL;
    const wres_sheet_word inside = {"inside", WRES_STYLE_PLAIN};
    if (wres_published_is_suppressed(given)) return (wres_sheet_word){wres_sheet_number_shown(b->sheet, given), WRES_STYLE_PLAIN};
    if (!beyond) return inside;
    const char *side = side_of(beyond);
    return (wres_sheet_word){wres_print(b->sheet->run, "%s %s", side, beyond == wide ? "99.8%" : "95%"),
                             strcmp(side, "above") == 0 ? WRES_STYLE_ABOVE : WRES_STYLE_BELOW};
}

static const char *adjusted_mark(beside *b, const wres_published *limits) {
    if (wres_published_is_suppressed(limits)) return wres_sheet_number_shown(b->sheet, limits);
    return side_of(limits) ? side_of(limits) : "inside";
}

static void add_marks(beside *b, const subject *s) {
    beside_column *mark = add_column(b, "", "Funnel", true, 0), *adjusted = add_column(b, "", "Adj.", true, GIVES_WAY_LAST);
    for (size_t i = 0; i + 1 < b->line_count; i++) {
        const wres_published *narrow = taken(b, i, s->spot, s->group, "funnel_95"),
                             *wide = taken(b, i, s->spot, s->group, "funnel_998"),
                             *scattered = taken(b, i, s->spot, s->group, "funnel_998_overdispersed");
        if (narrow || wide) mark->cells[i] = mark_of(b, wide, narrow);
        if (scattered) adjusted->cells[i].text = adjusted_mark(b, scattered);
    }
}

/* ---- a table ------------------------------------------------------------------------------------------------ */

static size_t most(size_t a, size_t b) { return a > b ? a : b; }

/* Also whether there is anything in it. */
static bool measure_column(const beside *b, beside_column *column) {
    size_t widest = 0;
    for (size_t i = 0; i < b->line_count; i++) widest = most(widest, wres_page_columns(column->cells[i].text));
    column->width = GAP + most(widest, most(wres_page_columns(column->upper), wres_page_columns(column->lower)));
    return widest > 0;
}

static void remove_column(beside *b, size_t at) {
    b->column_count--;
    memmove(&b->columns[at], &b->columns[at + 1], (b->column_count - at) * sizeof *b->columns);
}

static size_t widths(const beside *b) {
    size_t sum = 0;
    for (size_t i = 0; i < b->column_count; i++) sum += b->columns[i].width;
    return sum;
}

/* False where no column can give way. */
static bool give_way(beside *b) {
    int first = 0;
    for (size_t i = 0; i < b->column_count; i++)
        if (b->columns[i].gives_way > first) first = b->columns[i].gives_way;
    for (size_t i = b->column_count; i-- > 0 && first;)
        if (b->columns[i].gives_way == first) remove_column(b, i);
    return first != 0;
}

/* Returns the width of the names: that of the widest if there is room for it. A longer one has a line of its own. */
static size_t fit_columns(beside *b) {
    size_t widest = LEAST_NAME;
    for (size_t i = b->column_count; i-- > 0;)
        if (!measure_column(b, &b->columns[i])) remove_column(b, i);
    for (size_t i = 0; i < b->line_count; i++) widest = most(widest, wres_page_columns(b->lines[i].name));
    const size_t page = b->sheet->page.width, wanted = widest < FULL_HEADING ? widest : FULL_HEADING;
    while (wanted + widths(b) > page && give_way(b)) continue;
    const size_t room = page > widths(b) + LEAST_NAME ? page - widths(b) : LEAST_NAME;
    return most(widest < room ? widest : room, room >= FULL_HEADING ? FULL_HEADING : LEAST_NAME);
}

static void put_heading(const beside *b, size_t name_width, bool upper) {
    wres_page *page = &b->sheet->page;
    size_t at = name_width;
    wres_page_style(page, WRES_STYLE_BOLD);
    if (!upper) wres_page_put(page, name_width >= FULL_HEADING ? "Organisation" : "Code");
    for (size_t i = 0; i < b->column_count; at += b->columns[i++].width) {
        const beside_column *column = &b->columns[i];
        const char *text = upper ? column->upper : column->lower;
        wres_page_to(page, at + GAP);
        if (column->is_text)
            wres_page_put(page, text);
        else
            wres_page_put_right(page, at + column->width, text);
    }
    wres_page_style(page, WRES_STYLE_PLAIN);
    wres_page_end_line(page);
}

static void put_name(const beside *b, size_t line, size_t name_width) {
    wres_page *page = &b->sheet->page;
    const char *name = b->lines[line].name;
    wres_page_put_cut(page, page->width, name);
    if (wres_page_columns(name) > name_width) wres_page_end_line(page);
}

static void put_line(const beside *b, size_t line, size_t name_width) {
    wres_page *page = &b->sheet->page;
    size_t at = name_width;
    put_name(b, line, name_width);
    for (size_t i = 0; i < b->column_count; at += b->columns[i++].width) {
        const wres_sheet_word *cell = &b->columns[i].cells[line];
        if (!*cell->text) continue;
        if (b->columns[i].is_text)
            wres_page_to(page, at + GAP);
        else
            wres_page_to(page, at + b->columns[i].width - wres_page_columns(cell->text));
        wres_page_style(page, cell->style);
        wres_page_put(page, cell->text);
        wres_page_style(page, WRES_STYLE_PLAIN);
    }
    wres_page_end_line(page);
}

static void put_reasons(const beside *b) {
    const uint32_t count = wres_dictionary_count(b->reasons);
    for (uint32_t i = 0; i < count && i < MOST_REASONS; i++) {
        const reason *r = &b->reason_of[i];
        wres_page_wrap(&b->sheet->page, 2, r->count > 1 ? r->text : wres_print(b->sheet->run, "%s (%s)", r->text, r->name));
    }
    if (count > MOST_REASONS)
        wres_page_wrap(
            &b->sheet->page, 2,
            wres_print(b->sheet->run, "and %u more reasons, in the csv and json formats", (unsigned)(count - MOST_REASONS)));
}

static void put_table(beside *b, const char *title) {
    wres_page *page = &b->sheet->page;
    const size_t name_width = fit_columns(b);
    bool has_upper = false;
    for (size_t i = 0; i < b->column_count; i++) has_upper = has_upper || *b->columns[i].upper;
    wres_page_style(page, WRES_STYLE_BOLD);
    wres_page_wrap(page, 0, title);
    wres_page_style(page, WRES_STYLE_PLAIN);
    if (has_upper) put_heading(b, name_width, true);
    put_heading(b, name_width, false);
    const size_t rule = name_width + widths(b);
    for (size_t i = 0; i < b->line_count; i++) {
        if (i == 0 || i + 1 == b->line_count) wres_page_rule(page, rule < page->width ? rule : page->width);
        put_line(b, i, name_width);
    }
    put_reasons(b);
    wres_page_end_line(page);
}

/* ---- what is compared --------------------------------------------------------------------------------------- */

static void put_title(beside *b) {
    const char *standard = b->pooled->block->standard, *title = standard;
    const wres_document *document = b->sheet->document;
    if (b->is_begun) return;
    b->is_begun = true;
    for (size_t i = 0; i < document->standard_count; i++)
        if (strcmp(document->standards[i].id, standard) == 0) title = document->standards[i].title;
    wres_page_style(&b->sheet->page, WRES_STYLE_BOLD);
    wres_page_wrap(&b->sheet->page, 0,
                   wres_print(b->sheet->run, "%s, %zu organisations side by side, at %s", title, b->line_count - 1,
                              wres_column_text(&document->results.rows[b->pooled->rows.index[0]], WRES_COLUMN_PERIOD)));
    wres_page_style(&b->sheet->page, WRES_STYLE_PLAIN);
    wres_page_end_line(&b->sheet->page);
}

static void begin_table(beside *b) {
    put_title(b);
    b->column_count = 0;
    b->reasons = wres_dictionary_new(b->sheet->run);
    /* A cell has one reason at most. */
    b->reason_of = wres_alloc(b->sheet->run, MOST_COLUMNS * b->line_count * sizeof *b->reason_of);
}

/* "Indicator 2: Appointment from shortlisting"; the part of it where there are several. */
static const char *title_of(const beside *b, const subject *s, const char *compared) {
    wres_run *run = b->sheet->run;
    const wres_indicator_shown *about = b->pooled->about;
    const char *title = wres_print(run, "Indicator %s%s%s", b->pooled->id, about ? ": " : "", about ? about->title : "");
    if (strcmp(s->spot.section, "all") != 0) title = wres_print(run, "%s, %s", title, s->spot.section);
    if (strcmp(s->spot.row, "all") != 0) title = wres_print(run, "%s, %s", title, s->spot.row);
    return *compared ? wres_print(run, "%s: %s", title, compared) : title;
}

static void put_shares(beside *b, const subject *s) {
    const char *label = wres_sheet_label(b->sheet, s->group);
    begin_table(b);
    add_statistic(b, s, label, "share", s->spot, s->group, "share", true);
    add_counts(b, s->spot, s->group, "share");
    add_interval(b, s, "share", GIVES_WAY_FIRST);
    add_statistic(b, s, "Points from", "pooled", s->spot, s->group, "difference_from_pooled", false);
    add_marks(b, s);
    put_table(b, title_of(b, s, wres_print(b->sheet->run, "%s share of all staff", label)));
}

static void put_comparison(beside *b, const subject *s) {
    const wres_sheet_comparison *c = &s->comparison;
    const char *label = wres_sheet_comparison_label(b->sheet, c);
    begin_table(b);
    if (c->first) add_rate(b, s, c->first);
    if (c->first) add_rate(b, s, c->second);
    add_statistic(b, s, c->first ? label : "", c->joint == '-' || strcmp(c->statistic, "ratio") != 0 ? "points" : "ratio", s->spot,
                  s->group, c->statistic, true);
    add_interval(b, s, c->statistic, 0);
    add_range(b, s);
    add_marks(b, s);
    put_table(b, title_of(b, s, wres_dictionary_count(b->pooled->groups) > 3 ? label : ""));
}

/* A board is too small for limits. */
static void put_board(beside *b, const subject *s) {
    const wres_sheet_spot board = {"board", s->spot.row, "all", "all"}, staff = {"workforce", "all", "all", "all"};
    begin_table(b);
    add_statistic(b, s, "Board", wres_sheet_label(b->sheet, s->group), board, s->group, "share", false);
    add_counts(b, board, s->group, "share");
    add_statistic(b, s, "Workforce", wres_sheet_label(b->sheet, s->group), staff, s->group, "share", false);
    add_statistic(b, s, "", "points", s->spot, s->group, "difference", true);
    put_table(b, title_of(b, s, wres_dictionary_count(b->pooled->groups) > 3 ? wres_sheet_label(b->sheet, s->group) : ""));
}

/* The band's counts as two columns: people in post, and those of the group. */
static void add_band(beside *b, const subject *s) {
    beside_column *staff = add_column(b, "", "Staff", false, GIVES_WAY_FIRST),
                  *members = add_column(b, wres_sheet_label(b->sheet, s->group), "now", false, 0);
    for (size_t i = 0; i < b->line_count; i++) {
        const wres_published *share = wres_sheet_find(b->sheet, &b->lines[i].view, s->spot, s->group, "share");
        if (!share) continue;
        staff->cells[i].text = wres_sheet_count_shown(b->sheet, share, WRES_COLUMN_DENOMINATOR);
        members->cells[i].text = wres_sheet_count_shown(b->sheet, share, WRES_COLUMN_NUMERATOR);
    }
}

static void put_goals(beside *b, const subject *s) {
    const wres_sheet_spot reference = {s->spot.section, "all", "all", "all"};
    begin_table(b);
    add_statistic(b, s, "Reference", "share", reference, s->group, "reference_share", false);
    add_band(b, s);
    add_statistic(b, s, "Share", "now", s->spot, s->group, "share", false);
    add_statistic(b, s, "", "Goal", s->spot, s->group, "goal", true);
    add_statistic(b, s, "", "Gap", s->spot, s->group, "gap", false);
    add_statistic(b, s, "Share", "needed", s->spot, s->group, "share_needed", false);
    add_marks(b, s);
    const char *section = strcmp(s->spot.section, "all") == 0 ? "" : wres_print(b->sheet->run, ", %s", s->spot.section);
    put_table(b, wres_print(b->sheet->run, "Goals: %s share of %s%s", wres_sheet_label(b->sheet, s->group), s->spot.row, section));
}

/* ---- subjects ----------------------------------------------------------------------------------------------- */

static bool is(const wres_published *row, const char *statistic) { return wres_column_is(row, WRES_COLUMN_STATISTIC, statistic); }

/* Without --bands and --pool there are the senior bands one by one, and all of them in a list: the list alone is compared. */
static bool is_asked_band(const beside *b, const wres_published *row) {
    static const char usual[] = "Band 8a; Band 8b; Band 8c; Band 8d; Band 9; VSM; 8a+";
    const char *bands = wres_sheet_setting(b->sheet, "bands");
    return (bands && strcmp(bands, usual) != 0) || wres_column_is(row, WRES_COLUMN_ROW, "8a+");
}

static bool is_whole(const subject *s) { return strcmp(s->spot.section, "all") == 0 && strcmp(s->spot.row, "all") == 0; }

/* A result of the pooled rows that begins a table. */
static void (*table_for(beside *b, const subject *s))(beside *, const subject *) {
    const bool is_comparison = is(s->first, "ratio") || is(s->first, "difference");
    switch (b->pooled->kind) {
    case WRES_KIND_BANDED: return is(s->first, "difference") && is_whole(s) ? put_shares : NULL;
    case WRES_KIND_BOARD: return is(s->first, "difference") ? put_board : NULL;
    case WRES_KIND_COMPARED: return is_comparison ? put_comparison : NULL;
    case WRES_KIND_GOALS:
        return is(s->first, "goal") && is_asked_band(b, s->first) &&
                       wres_column_is(
                           s->first, WRES_COLUMN_PERIOD,
                           wres_column_text(&b->sheet->document->results.rows[b->pooled->rows.index[0]], WRES_COLUMN_PERIOD))
                   ? put_goals
                   : NULL;
    case WRES_KIND_NOT_SUPPLIED: break;
    }
    return NULL;
}

static void compare_indicator(beside *b) {
    for (size_t i = 0; i < b->pooled->rows.count; i++) {
        const wres_published *row = &b->sheet->document->results.rows[b->pooled->rows.index[i]];
        subject s = {row,
                     {wres_column_text(row, WRES_COLUMN_SECTION), wres_column_text(row, WRES_COLUMN_ROW), "all", "all"},
                     wres_column_text(row, WRES_COLUMN_GROUP),
                     {0}};
        if (!wres_column_is(row, WRES_COLUMN_BY, "all")) continue;
        void (*put)(beside *, const subject *) = table_for(b, &s);
        if (put == put_comparison)
            s.comparison = wres_sheet_comparison_of(b->sheet, b->pooled, s.group, wres_column_text(row, WRES_COLUMN_STATISTIC));
        if (put) put(b, &s);
    }
}

/* ---- all of it ---------------------------------------------------------------------------------------------- */

static void put_words(beside *b) {
    wres_page *page = &b->sheet->page;
    wres_page_wrap(page, 0,
                   "Funnel: whether the organisation lies inside the limits between which 95% and 99.8% of organisations of its "
                   "size would lie around the pooled value if only chance made them differ. Adj.: the 99.8% limits, widened by how "
                   "much these organisations differ beyond chance. Organisations differ for many reasons; a mark asks a question, "
                   "it does not answer it. Not part of the standard.");
    wres_page_wrap(page, 0,
                   "All figures of one organisation: --organisation CODE; of each of them: --format csv or --format json.");
    wres_page_end_line(page);
}

/* The organisations that a standard's results name. */
static void find_lines(beside *b, const wres_sheet_block *pooled, const wres_dictionary *organisations) {
    const wres_published_list *results = &b->sheet->document->results;
    unsigned char *seen = wres_alloc(b->sheet->run, wres_dictionary_count(organisations) + 1);
    b->lines = wres_alloc(b->sheet->run, (wres_dictionary_count(organisations) + 1) * sizeof *b->lines);
    for (size_t i = 0; i < results->count; i++)
        if (wres_column_is(&results->rows[i], WRES_COLUMN_STANDARD, pooled->standard))
            seen[wres_dictionary_find(organisations, wres_text_of(wres_column_text(&results->rows[i], WRES_COLUMN_ORGANISATION)))] =
                1;
    for (uint32_t i = 0; i < wres_dictionary_count(organisations); i++) {
        const char *name = wres_dictionary_text(organisations, i);
        if (!seen[i] || strcmp(name, "all") == 0) continue;
        b->lines[b->line_count++] = (beside_line){.name = name, .block = {.standard = pooled->standard, .organisation = name}};
    }
    b->lines[b->line_count++] = (beside_line){.name = "Pooled", .block = {.standard = pooled->standard, .organisation = "all"}};
}

bool wres_sheet_beside(wres_sheet *sheet, const wres_sheet_view *pooled, size_t count, const wres_dictionary *organisations) {
    beside b = {.sheet = sheet};
    if (count == 0) return false;
    find_lines(&b, pooled->block, organisations);
    if (b.line_count < 3) return false;
    for (size_t v = 0; v < count; v++) {
        b.pooled = &pooled[v];
        for (size_t i = 0; i < b.line_count; i++)
            b.lines[i].view = (wres_sheet_view){.block = &b.lines[i].block, .id = pooled[v].id, .groups = pooled[v].groups};
        compare_indicator(&b);
    }
    if (b.is_begun) put_words(&b);
    return b.is_begun;
}
