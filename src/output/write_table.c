/* The report on a terminal: for each standard its organisations side by side, if there are several; for it, or each organisation, the
 * summary, the tables and the breakdowns; then the foot. */
#include <string.h>

#include "output/sheet.h"
#include "output/writers.h"

static const char *title_of(const wres_document *document, const char *standard) {
    for (size_t i = 0; i < document->standard_count; i++)
        if (strcmp(document->standards[i].id, standard) == 0) return document->standards[i].title;
    return standard;
}

static void put_title(wres_sheet *sheet, const wres_sheet_block *block, bool several) {
    const wres_published *row = &sheet->document->results.rows[block->rows.index[0]];
    const char *who = "";
    if (strcmp(block->organisation, "all") != 0)
        who = wres_print(sheet->run, ", %s", block->organisation);
    else if (several)
        who = ", all organisations together";
    wres_page_style(&sheet->page, WRES_STYLE_BOLD);
    wres_page_wrap(&sheet->page, 0,
                   wres_print(sheet->run, "%s%s, at %s", title_of(sheet->document, block->standard), who,
                              wres_column_text(row, WRES_COLUMN_PERIOD)));
    wres_page_style(&sheet->page, WRES_STYLE_PLAIN);
    wres_page_end_line(&sheet->page);
}

/* The document's order of the indicators, then those it does not describe. */
static wres_dictionary *indicators_of(wres_sheet *sheet, const wres_sheet_block *block) {
    const wres_document *document = sheet->document;
    wres_dictionary *met = wres_dictionary_new(sheet->run), *ids = wres_dictionary_new(sheet->run);
    for (size_t i = 0; i < block->rows.count; i++)
        wres_dictionary_add(met,
                            wres_text_of(wres_column_text(&document->results.rows[block->rows.index[i]], WRES_COLUMN_INDICATOR)));
    for (size_t i = 0; i < document->indicator_count; i++) {
        const wres_text id = wres_text_of(document->indicators[i].id);
        if (strcmp(document->indicators[i].standard, block->standard) == 0 && wres_dictionary_find(met, id) != WRES_NOWHERE)
            wres_dictionary_add(ids, id);
    }
    for (uint32_t i = 0; i < wres_dictionary_count(met); i++) wres_dictionary_add(ids, wres_dictionary_bytes(met, i));
    return ids;
}

/* Of several organisations the pooled block comes behind all of them side by side; true where they are, and need no blocks. */
static bool write_block(wres_sheet *sheet, const char *standard, const char *organisation, const wres_dictionary *organisations) {
    const wres_sheet_block block = wres_sheet_block_of(sheet, standard, organisation);
    if (block.rows.count == 0) return false;
    const wres_dictionary *ids = indicators_of(sheet, &block);
    const uint32_t count = wres_dictionary_count(ids);
    wres_sheet_view *views = wres_alloc(sheet->run, count * sizeof *views);
    wres_sheet_view *others = wres_alloc(sheet->run, count * sizeof *others);
    uint32_t other_count = 0;
    for (uint32_t i = 0; i < count; i++) views[i] = wres_sheet_view_of(sheet, &block, wres_dictionary_text(ids, i));
    const bool beside = strcmp(organisation, "all") == 0 && wres_sheet_beside(sheet, views, count, organisations);
    put_title(sheet, &block, wres_dictionary_count(organisations) > 1);
    for (uint32_t i = 0; i < count; i++) /* goals are a report of their own */
        if (views[i].kind != WRES_KIND_GOALS) others[other_count++] = views[i];
    if (other_count) wres_sheet_summary(sheet, others, other_count);
    for (uint32_t i = 0; i < count; i++) wres_sheet_goals(sheet, &views[i]);
    for (uint32_t i = 0; i < other_count; i++) wres_sheet_bands(sheet, &others[i]);
    for (uint32_t i = 0; i < other_count; i++) wres_sheet_breakdowns(sheet, &others[i]);
    wres_sheet_others(sheet, &block);
    return beside;
}

/* The distinct values of a column in order of first appearance, "all" first. */
static wres_dictionary *distinct(wres_sheet *sheet, wres_column column) {
    const wres_published_list *results = &sheet->document->results;
    wres_dictionary *values = wres_dictionary_new(sheet->run);
    for (size_t i = 0; i < results->count; i++)
        if (wres_column_is(&results->rows[i], column, "all")) {
            wres_dictionary_add(values, wres_text_of("all"));
            break;
        }
    for (size_t i = 0; i < results->count; i++)
        wres_dictionary_add(values, wres_text_of(wres_column_text(&results->rows[i], column)));
    return values;
}

void wres_write_table(wres_run *run, const wres_document *document, const wres_write_options *options, wres_sink *sink) {
    wres_sheet sheet;
    wres_document whole = *document; /* whose results are looked up in any order */
    whole.results = wres_published_expand(run, &document->results);
    wres_sheet_begin(&sheet, run, &whole, options);
    const wres_dictionary *standards = distinct(&sheet, WRES_COLUMN_STANDARD),
                          *organisations = distinct(&sheet, WRES_COLUMN_ORGANISATION);
    for (uint32_t s = 0; s < wres_dictionary_count(standards); s++) {
        bool beside = false;
        for (uint32_t o = 0; o < wres_dictionary_count(organisations) && !beside; o++)
            beside = write_block(&sheet, wres_dictionary_text(standards, s), wres_dictionary_text(organisations, o), organisations);
    }
    if (document->results.count == 0) wres_page_wrap(&sheet.page, 0, "No results.");
    wres_sheet_foot(&sheet);
    wres_page_flush(&sheet.page, sink);
}
