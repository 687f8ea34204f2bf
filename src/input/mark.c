/* What stands in the place of a count: the texts that the settings declare to mean none, or to hide how many. */
#include <inttypes.h>
#include <string.h>

#include "input/input.h"

static void add_mark(file_reader *reader, const char *text, uint64_t least, uint64_t most, bool hidden) {
    reader->marks[reader->mark_count++] =
        (count_mark){.text = text, .normal = wres_normalised(reader->run, wres_text_of(text)), .stands_for = {least, most, hidden}};
}

void marks_prepare(file_reader *reader) {
    const wres_input_setting *setting = reader->setting;
    const size_t count = setting->zero_count + setting->hidden_count;
    if (count == 0) return;
    reader->marks = wres_alloc(reader->run, count * sizeof *reader->marks);
    for (size_t i = 0; i < setting->zero_count; i++) add_mark(reader, setting->zero[i], 0, 0, false);
    for (size_t i = 0; i < setting->hidden_count; i++)
        add_mark(reader, setting->hidden[i].text, setting->hidden[i].least, setting->hidden[i].most, true);
}

bool mark_find(file_reader *reader, wres_text cell, uint64_t line, known_count *count) {
    char normal[64];
    if (reader->mark_count == 0) return false;
    const size_t length = wres_text_normalise(cell, normal, sizeof normal);
    if (length > sizeof normal) return false;
    for (size_t i = 0; i < reader->mark_count; i++) {
        count_mark *mark = &reader->marks[i];
        if (strlen(mark->normal) != length || memcmp(mark->normal, normal, length) != 0) continue;
        mark->cells++;
        *count = mark->stands_for;
        if (count->hidden && reader->hidden_cells++ == 0) reader->hidden_line = line;
        return true;
    }
    return false;
}

/* "'<5' 1 to 4 (12 cells), '*' anything (3 cells)" */
static const char *met_marks(file_reader *reader) {
    const char *text = "";
    for (size_t i = 0; i < reader->mark_count; i++) {
        const count_mark *mark = &reader->marks[i];
        const known_count *c = &mark->stands_for;
        if (!c->hidden || mark->cells == 0) continue;
        const char *range =
            c->most >= WRES_COUNT_LIMIT ? "any number" : wres_print(reader->run, "%" PRIu64 " to %" PRIu64, c->least, c->most);
        text = wres_print(reader->run, "%s%s'%s' %s (%" PRIu64 ")", text, *text ? ", " : "",
                          wres_visible(reader->run, wres_text_of(mark->text)), range, mark->cells);
    }
    return text;
}

void marks_report(file_reader *reader) {
    if (reader->hidden_cells)
        wres_find(reader->run, WRES_INFORMATION, "hidden-counts",
                  (wres_place){reader->table->name, reader->file, reader->hidden_line, NULL}, reader->hidden_cells,
                  "counts that the input hides, from this line on: %s. Figures that rest on them are suppressed",
                  met_marks(reader));
    for (size_t i = 0; i < reader->mark_count; i++) {
        const count_mark *mark = &reader->marks[i];
        /* One file of several may well have none. */
        if (mark->cells || reader->setting->file_count > 1) continue;
        wres_find(
            reader->run, WRES_WARNING, "mark-not-met", (wres_place){reader->table->name, reader->file, 0, NULL}, 0,
            "%s says under '%s' what '%s' stands for in the place of a count, but no count is written so. Is it spelt as in the file?",
            settings_name(reader), mark->stands_for.hidden ? "hidden" : "zero",
            wres_visible(reader->run, wres_text_of(mark->text)));
    }
}
