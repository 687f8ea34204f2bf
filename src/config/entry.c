/* Settings to be written: a tree of entries, each in force or commented out. */
#include <stdio.h>
#include <string.h>

#include "wres/config.h"

typedef enum entry_kind { ENTRY_MAP, ENTRY_TEXT, ENTRY_LIST, ENTRY_ITEM } entry_kind;

typedef struct line_list {
    const char **all;
    size_t count, room;
} line_list;

struct wres_entry {
    wres_run *run;
    entry_kind kind;
    const char *key;
    const char *const *values; /* of a text one */
    size_t value_count;
    bool out; /* commented out */
    line_list notes;
    const char *remark;
    struct wres_entry *first, *last, *next;
};

/* ---- making ------------------------------------------------------------------------------------------------- */

static wres_entry *entry_new(wres_entry *parent, entry_kind kind, const char *key) {
    wres_entry *entry = wres_alloc(parent->run, sizeof *entry);
    *entry = (wres_entry){.run = parent->run, .kind = kind, .key = key};
    if (parent->last)
        parent->last->next = entry;
    else
        parent->first = entry;
    parent->last = entry;
    return entry;
}

wres_entry *wres_entries_new(wres_run *run) {
    wres_entry *file = wres_alloc(run, sizeof *file);
    *file = (wres_entry){.run = run, .kind = ENTRY_MAP};
    return file;
}

wres_entry *wres_entry_map(wres_entry *parent, const char *key) { return entry_new(parent, ENTRY_MAP, key); }
wres_entry *wres_entry_item(wres_entry *parent) { return entry_new(parent, ENTRY_ITEM, NULL); }

wres_entry *wres_entry_list(wres_entry *parent, const char *key, const char *const *values, size_t count) {
    wres_entry *entry = entry_new(parent, ENTRY_LIST, key);
    entry->values = values;
    entry->value_count = count;
    return entry;
}

wres_entry *wres_entry_text(wres_entry *parent, const char *key, const char *value) {
    const char **values = wres_alloc(parent->run, sizeof *values);
    *values = value;
    wres_entry *entry = wres_entry_list(parent, key, values, 1);
    entry->kind = ENTRY_TEXT;
    return entry;
}

void wres_entry_comment_out(wres_entry *entry) { entry->out = true; }

static __attribute__((format(printf, 2, 0))) const char *print_list(wres_run *run, const char *format, va_list arguments) {
    va_list again;
    char none[1];
    va_copy(again, arguments);
    const int length = vsnprintf(none, 0, format, arguments);
    char *text = wres_alloc(run, (size_t)(length > 0 ? length : 0) + 1);
    vsnprintf(text, (size_t)(length > 0 ? length : 0) + 1, format, again);
    va_end(again);
    return text;
}

void wres_entry_note(wres_entry *entry, const char *format, ...) {
    line_list *notes = &entry->notes;
    va_list arguments;
    if (notes->count == notes->room) {
        const size_t room = notes->room ? 2 * notes->room : 4;
        notes->all = wres_grow(entry->run, notes->all, notes->room * sizeof *notes->all, room * sizeof *notes->all);
        notes->room = room;
    }
    va_start(arguments, format);
    notes->all[notes->count++] = print_list(entry->run, format, arguments);
    va_end(arguments);
}

void wres_entry_remark(wres_entry *entry, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    entry->remark = print_list(entry->run, format, arguments);
    va_end(arguments);
}

/* ---- scalars ------------------------------------------------------------------------------------------------ */

static bool is_plain_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(" _-./()+%&;", c));
}

/* Texts that need no quotation marks for any reader of YAML: they begin with a letter, hold nothing that has a meaning, and are none of the
 * words for yes, no and nothing. A date is one, and so is a path. */
static bool is_plain(const char *text) {
    static const char *const words[] = {"y", "n", "yes", "no", "true", "false", "on", "off", "null"};
    char lower[8] = "";
    const size_t length = strlen(text);
    const char first = *text;
    const bool number = first >= '0' && first <= '9';
    if (length == 0 || text[length - 1] == ' ' || (!number && !(first >= 'A' && first <= 'Z') && !(first >= 'a' && first <= 'z')))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_plain_byte(text[i])) return false;
    if (number) return length == 10 && strspn(text, "0123456789-") == length && text[4] == '-' && text[7] == '-';
    for (size_t i = 0; length < sizeof lower && i < length; i++) lower[i] = (char)(text[i] | 0x20);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(lower, words[i]) == 0) return false;
    return true;
}

/* A code point as three bytes at most that may not stand as it is: what no one can see, and what ends a line for some readers. */
static bool is_unseen(const unsigned char *bytes, size_t left, unsigned *point, size_t *length) {
    *point = bytes[0];
    *length = 1;
    if (bytes[0] < 0x20 || bytes[0] == 0x7f) return true;
    if (left >= 2 && bytes[0] == 0xc2 && (bytes[1] <= 0xa0 || bytes[1] == 0xad)) {
        *point = bytes[1];
        *length = 2;
        return true;
    }
    if (left >= 3 && (bytes[0] == 0xe2 || bytes[0] == 0xef || bytes[0] == 0xe1 || bytes[0] == 0xe3)) {
        *point = (bytes[0] & 0x0fU) << 12 | (bytes[1] & 0x3fU) << 6 | (bytes[2] & 0x3fU);
        *length = 3;
        return *point == 0x1680 || *point == 0x180e || (*point >= 0x2000 && *point <= 0x200f) ||
               (*point >= 0x2028 && *point <= 0x202f) || (*point >= 0x205f && *point <= 0x206f) || *point == 0x3000 ||
               *point == 0xfeff || (*point >= 0xfff0 && *point <= 0xffff);
    }
    return false;
}

static void write_quoted(wres_sink *sink, const char *text) {
    const size_t size = strlen(text);
    wres_sink_text(sink, "\"");
    for (size_t at = 0, length; at < size; at += length) {
        unsigned point;
        if (is_unseen((const unsigned char *)text + at, size - at, &point, &length))
            wres_sink_print(sink, point < 0x100 ? "\\x%02X" : "\\u%04X", point);
        else {
            length = 1;
            if (text[at] == '"' || text[at] == '\\') wres_sink_text(sink, "\\");
            wres_sink_write(sink, text + at, 1);
        }
    }
    wres_sink_text(sink, "\"");
}

static void write_scalar(wres_sink *sink, const char *text) {
    if (is_plain(text))
        wres_sink_text(sink, text);
    else
        write_quoted(sink, text);
}

/* A comment ends with its line, so that nothing that ends one may stand in it. */
static void write_comment(wres_sink *sink, const char *text, size_t size) {
    for (size_t at = 0, length; at < size; at += length) {
        unsigned point;
        if (is_unseen((const unsigned char *)text + at, size - at, &point, &length))
            wres_sink_print(sink, "U+%04X", point);
        else {
            length = 1;
            wres_sink_write(sink, text + at, 1);
        }
    }
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

enum { DEEPEST_COMMENT = 8 };

/* Where a line begins: its column, and those of the "# " before it. */
typedef struct margin {
    int indent;
    int comments[DEEPEST_COMMENT];
    int comment_count;
    bool dash; /* the first line behind "- " */
    bool dead; /* below what has nothing in force, and so is a comment already */
} margin;

static void write_margin(wres_sink *sink, const margin *m) {
    const int dash = m->dash ? 2 : 0;
    int column = 0;
    for (int i = 0; i < m->comment_count; i++) {
        wres_sink_print(sink, "%*s# ", m->comments[i] - column, "");
        column = m->comments[i];
    }
    wres_sink_print(sink, "%*s%s", m->indent - dash - column, "", m->dash ? "- " : "");
}

static void comment_out(margin *m) {
    if (m->comment_count < DEEPEST_COMMENT) m->comments[m->comment_count++] = m->indent - (m->dash ? 2 : 0);
}

static bool is_in_force(const wres_entry *entry) {
    if (entry->out) return false;
    if (entry->kind == ENTRY_TEXT || entry->kind == ENTRY_LIST) return true;
    for (const wres_entry *child = entry->first; child; child = child->next)
        if (is_in_force(child)) return true;
    return false;
}

/* Wrapped at blanks; the lines that go on are set in. */
static void write_note(wres_sink *sink, const char *text, const margin *m) {
    enum { WIDTH = 118, LEAST_WIDTH = 40 };
    const size_t width = m->indent < WIDTH - LEAST_WIDTH ? (size_t)(WIDTH - m->indent) : LEAST_WIDTH;
    for (bool first = true; *text; first = false) {
        size_t length = strlen(text), end = length;
        if (length > width) {
            for (end = width; end > 0 && text[end] != ' ';) end--;
            if (end == 0) end = strcspn(text, " ");
        }
        write_margin(sink, m);
        wres_sink_text(sink, first ? "# " : "#   ");
        write_comment(sink, text, end);
        wres_sink_text(sink, "\n");
        text += end;
        while (*text == ' ') text++;
    }
}

static void write_notes(wres_sink *sink, const wres_entry *entry, margin m) {
    m.indent -= m.dash ? 2 : 0;
    m.dash = false;
    for (size_t i = 0; i < entry->notes.count; i++) {
        if (*entry->notes.all[i])
            write_note(sink, entry->notes.all[i], &m);
        else
            wres_sink_text(sink, "\n");
    }
}

static void write_values(wres_sink *sink, const wres_entry *entry) {
    wres_sink_text(sink, entry->kind == ENTRY_LIST ? " [" : " ");
    for (size_t i = 0; i < entry->value_count; i++) {
        if (i) wres_sink_text(sink, ", ");
        write_scalar(sink, entry->values[i]);
    }
    if (entry->kind == ENTRY_LIST) wres_sink_text(sink, "]");
}

static void write_children(wres_sink *sink, const wres_entry *parent, margin m) {
    for (const wres_entry *child = parent->first; child; child = child->next, m.dash = false) {
        margin own = m;
        write_notes(sink, child, own);
        if (child->kind == ENTRY_MAP && !child->first) continue; /* notes alone */
        if (child->out && !m.dead)
            comment_out(&own);
        else if (!m.dead && !is_in_force(child)) {
            comment_out(&own);
            own.dead = true;
        } else if (m.dead && child->out && (child->kind == ENTRY_MAP || child->kind == ENTRY_ITEM))
            own.dead = false; /* a whole of its own: what is in force in it would be so without the "# " */
        if (child->kind == ENTRY_ITEM) {
            own.dash = true;
            own.indent += 2;
            write_children(sink, child, own);
            continue;
        }
        write_margin(sink, &own);
        write_scalar(sink, child->key);
        wres_sink_text(sink, ":");
        if (child->kind != ENTRY_MAP) write_values(sink, child);
        if (child->remark) {
            wres_sink_text(sink, "   # ");
            write_comment(sink, child->remark, strlen(child->remark));
        }
        wres_sink_text(sink, "\n");
        own.indent += 2;
        own.dash = false;
        write_children(sink, child, own);
    }
}

void wres_entries_write(const wres_entry *file, wres_sink *sink) { write_children(sink, file, (margin){.indent = 0}); }
