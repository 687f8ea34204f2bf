/* What follows the tables: results that fit into none of them, what the marks mean, and where the rows of the input went. */
#include <inttypes.h>
#include <string.h>

#include "output/sheet.h"

static void put_other(wres_sheet *sheet, const wres_published *row) {
    wres_page *page = &sheet->page;
    const char *lower = wres_column_text(row, WRES_COLUMN_LOWER), *flag = wres_column_text(row, WRES_COLUMN_FLAG), *more = "";
    wres_page_to(page, 2);
    wres_page_put(page, wres_column_text(row, WRES_COLUMN_INDICATOR));
    wres_page_to(page, 14);
    wres_page_put(page, wres_print(sheet->run, "%s / %s", wres_column_text(row, WRES_COLUMN_SECTION),
                                   wres_column_text(row, WRES_COLUMN_ROW)));
    wres_page_to(page, 38);
    wres_page_put(page, wres_print(sheet->run, "%s %s", wres_column_text(row, WRES_COLUMN_GROUP),
                                   wres_column_text(row, WRES_COLUMN_STATISTIC)));
    wres_page_put_right(page, 72,
                        wres_published_is_ok(row) ? wres_sheet_value_shown(sheet, row) : wres_column_text(row, WRES_COLUMN_STATUS));
    wres_page_end_line(page);
    if (lower[0] && wres_published_is_ok(row))
        more = wres_print(sheet->run, "Interval %s to %s. ", lower, wres_column_text(row, WRES_COLUMN_UPPER));
    if (flag[0]) more = wres_print(sheet->run, "%sFour-fifths range: %s. ", more, flag);
    wres_page_wrap(page, 14, wres_print(sheet->run, "%s%s", more, wres_column_text(row, WRES_COLUMN_NOTE)));
}

/* Values of a breakdown beyond the compact tables are left; everything else that no table took is listed. */
void wres_sheet_others(wres_sheet *sheet, const wres_sheet_block *block) {
    const char *period = "";
    bool begun = false;
    for (size_t i = 0; i < block->rows.count; i++) {
        const wres_published *row = &sheet->document->results.rows[block->rows.index[i]];
        if (i == 0) period = wres_column_text(row, WRES_COLUMN_PERIOD);
        if (sheet->shown[block->rows.index[i]] != WRES_SHOWN_UNMET || !wres_column_is(row, WRES_COLUMN_BY, "all")) continue;
        if (!begun) {
            wres_page_style(&sheet->page, WRES_STYLE_BOLD);
            wres_page_put(&sheet->page, "Other figures");
            wres_page_style(&sheet->page, WRES_STYLE_PLAIN);
            wres_page_end_line(&sheet->page);
            begun = true;
        }
        if (!wres_column_is(row, WRES_COLUMN_PERIOD, period)) {
            period = wres_column_text(row, WRES_COLUMN_PERIOD);
            wres_page_wrap(&sheet->page, 2, period);
        }
        put_other(sheet, row);
        wres_sheet_note(sheet, row, WRES_SHOWN_PRINTED);
    }
    if (begun) wres_page_end_line(&sheet->page);
}

/* ---- the foot ---------------------------------------------------------------------------------------------- */

static bool any_filled(const wres_document *document, wres_column column) {
    for (size_t i = 0; i < document->results.count; i++)
        if (document->results.rows[i].column[column][0]) return true;
    return false;
}

static bool any_is(const wres_document *document, wres_column column, const char *text) {
    for (size_t i = 0; i < document->results.count; i++)
        if (wres_column_is(&document->results.rows[i], column, text)) return true;
    return false;
}

static bool any_range(const wres_document *document) {
    for (size_t i = 0; i < document->results.count; i++)
        if (wres_column_is(&document->results.rows[i], WRES_COLUMN_STATISTIC, "ratio") &&
            document->results.rows[i].column[WRES_COLUMN_FLAG][0])
            return true;
    return false;
}

static void put_legend(wres_sheet *sheet) {
    const wres_document *document = sheet->document;
    wres_page *page = &sheet->page;
    if (wres_sheet_is_fte(sheet))
        wres_page_wrap(
            page, 0,
            "FTE: counts and shares are of full-time equivalents, not of people. One decimal is shown; CSV and JSON have all.");
    if (any_range(document))
        wres_page_wrap(page, 0,
                       "Range: \xe2\x96\xb2 above, \xe2\x97\x8f within, \xe2\x96\xbc below the four-fifths range. From 0.80 to "
                       "1.25, both ends "
                       "included, a ratio is non-adverse.");
    if (any_is(document, WRES_COLUMN_STATUS, "not calculable") || any_is(document, WRES_COLUMN_STATUS, "suppressed"))
        wres_page_wrap(page, 0, "n/c: not calculable; [c]: suppressed; n/s: not supplied.");
    if (any_is(document, WRES_COLUMN_UNIT, "percentage points")) wres_page_wrap(page, 0, "pts: percentage points.");
    if (sheet->has_unconfirmed) wres_page_wrap(page, 0, "National figures with ? are not confirmed in a text of the owning body.");
    if (sheet->has_small)
        wres_page_wrap(page, 0, "*: a count under 10; one person more or less changes what is made of it visibly.");
    if (any_filled(document, WRES_COLUMN_LOWER) || any_is(document, WRES_COLUMN_STATISTIC, "p_value"))
        wres_page_wrap(page, 0, "Intervals and p-values are not part of WRES.");
}

static void put_left(wres_sheet *sheet) {
    const size_t count = sheet->document->results.count;
    size_t left = 0;
    for (size_t i = 0; i < count; i++) left += sheet->shown[i] != WRES_SHOWN_PRINTED;
    if (left == 0) return;
    wres_page_wrap(
        &sheet->page, 0,
        wres_print(sheet->run, "In the csv and json formats only, for want of room here: %zu of %zu figures.", left, count));
}

static void put_input(wres_sheet *sheet, const wres_input_shown *input) {
    uint64_t left_out = 0;
    const char *reasons = "";
    for (size_t i = 0; i < input->left_out_count; i++) {
        left_out += input->left_out[i].rows;
        reasons =
            wres_print(sheet->run, "%s%s%s %" PRIu64, reasons, i ? ", " : "", input->left_out[i].reason, input->left_out[i].rows);
    }
    wres_page_wrap(&sheet->page, 2,
                   wres_print(sheet->run, "%s (%s): %" PRIu64 " rows read = %" PRIu64 " used + %" PRIu64 " left out%s%s",
                              input->table, input->file, input->read, input->used, left_out, reasons[0] ? ": " : "", reasons));
    if (input->sha256[0]) wres_page_wrap(&sheet->page, 4, wres_print(sheet->run, "sha256 %s", input->sha256));
}

static uint64_t count_warnings(const wres_run *run) {
    uint64_t count = 0;
    for (size_t i = 0; i < wres_finding_count(run); i++) {
        const wres_finding *finding = wres_finding_at(run, i);
        bool first = true;
        if (finding->severity != WRES_WARNING) continue;
        for (size_t k = 0; k < i && first; k++) first = strcmp(wres_finding_at(run, k)->check, finding->check) != 0;
        count += 1 + (first ? wres_findings_dropped(run, finding->check) : 0);
    }
    return count;
}

void wres_sheet_foot(wres_sheet *sheet) {
    const wres_document *document = sheet->document;
    put_legend(sheet);
    put_left(sheet);
    wres_page_wrap(&sheet->page, 0, wres_print(sheet->run, "Disclosure: %s.", document->disclosure));
    if (document->input_count) wres_page_wrap(&sheet->page, 0, "Inputs:");
    for (size_t i = 0; i < document->input_count; i++) put_input(sheet, &document->inputs[i]);
    const uint64_t warnings = count_warnings(sheet->run);
    if (warnings)
        wres_page_wrap(
            &sheet->page, 0,
            wres_print(sheet->run, "Warnings about the data: %" PRIu64 ", on standard error and in the JSON output.", warnings));
    else
        wres_page_wrap(&sheet->page, 0, "No warnings about the data.");
}
