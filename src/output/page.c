#include "output/page.h"

#include <stdio.h>
#include <string.h>

/* One character as it is shown: its bytes, and how many columns they take. */
typedef struct glyph {
    char bytes[12];
    size_t length, columns;
} glyph;

static bool is_unseen(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0xad || (point >= 0x200b && point <= 0x200f) ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
}

typedef struct points {
    uint32_t first, last;
} points;

static bool is_among(uint32_t point, const points *ranges, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (point >= ranges[i].first && point <= ranges[i].last) return true;
    return false;
}

/* Marks that stand on the character before them take no column; East Asian characters and pictures take two. */
static size_t columns_of_point(uint32_t point) {
    static const points marks[] = {{0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f}};
    static const points wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},
                                  {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
    if (point < 0x300) return 1;
    if (is_among(point, marks, sizeof marks / sizeof *marks)) return 0;
    return is_among(point, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

static size_t sequence_length(unsigned char first) { return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4; }

static uint32_t point_of(const char *at, size_t length) {
    const unsigned char first = (unsigned char)at[0];
    uint32_t point = length == 1 ? first : first & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) point = point << 6 | ((unsigned char)at[i] & 0x3fU);
    return point;
}

/* Returns how many bytes of the text the glyph stands for. */
static size_t glyph_at(const char *at, bool utf8, glyph *shown) {
    const size_t length = utf8 ? sequence_length((unsigned char)at[0]) : 1;
    const uint32_t point = point_of(at, length);
    *shown = (glyph){.length = length, .columns = 1};
    if (!utf8 && point > 0x7f) {
        shown->bytes[0] = '?';
    } else if (is_unseen(point)) {
        shown->length = shown->columns = (size_t)snprintf(shown->bytes, sizeof shown->bytes, "U+%04X", (unsigned)point);
    } else {
        memcpy(shown->bytes, at, length);
        shown->columns = columns_of_point(point);
    }
    return length;
}

static size_t columns_of(wres_text text, bool utf8) {
    size_t columns = 0;
    glyph shown;
    for (size_t at = 0; at < text.length; columns += shown.columns) at += glyph_at(text.bytes + at, utf8, &shown);
    return columns;
}

size_t wres_page_columns(const char *text) {
    const wres_text whole = wres_text_of(text);
    return columns_of(whole, wres_text_is_utf8(whole));
}

static void put_bytes(wres_page *page, const char *bytes, size_t length) {
    if (page->room - page->length < length) {
        size_t room = page->room ? page->room : 4096;
        while (room - page->length < length) room *= 2;
        page->text = wres_grow(page->run, page->text, page->room, room);
        page->room = room;
    }
    memcpy(page->text + page->length, bytes, length);
    page->length += length;
}

void wres_page_flush(wres_page *page, wres_sink *sink) {
    wres_sink_write(sink, page->text, page->length);
    wres_drop(page->run, page->text);
    page->text = NULL;
    page->length = page->room = 0;
}

static void put_padding(wres_page *page) {
    static const char blanks[] = "                                ";
    while (page->column < page->due) {
        const size_t missing = page->due - page->column, most = sizeof blanks - 1;
        const size_t some = missing < most ? missing : most;
        put_bytes(page, blanks, some);
        page->column += some;
    }
}

static void put_part(wres_page *page, wres_text text, bool utf8) {
    glyph shown;
    if (text.length) put_padding(page);
    for (size_t at = 0; at < text.length; page->column += shown.columns) {
        at += glyph_at(text.bytes + at, utf8, &shown);
        put_bytes(page, shown.bytes, shown.length);
    }
}

void wres_page_put(wres_page *page, const char *text) {
    const wres_text whole = wres_text_of(text);
    put_part(page, whole, wres_text_is_utf8(whole));
}

void wres_page_put_cut(wres_page *page, size_t room, const char *text) {
    const wres_text whole = wres_text_of(text);
    const bool utf8 = wres_text_is_utf8(whole);
    if (columns_of(whole, utf8) <= room) {
        put_part(page, whole, utf8);
        return;
    }
    size_t end = 0, columns = 0;
    glyph shown;
    for (size_t at = 0; room > 0; end = at, columns += shown.columns) {
        at += glyph_at(text + at, utf8, &shown);
        if (columns + shown.columns > room - 1) break;
    }
    put_part(page, (wres_text){text, end}, utf8);
    wres_page_put(page, "\xe2\x80\xa6");
}

void wres_page_to(wres_page *page, size_t column) {
    const size_t least = page->column ? page->column + 1 : 0;
    page->due = column > least ? column : least;
}

void wres_page_put_right(wres_page *page, size_t end, const char *text) {
    const size_t columns = wres_page_columns(text);
    wres_page_to(page, end > columns ? end - columns : 0);
    wres_page_put(page, text);
}

void wres_page_end_line(wres_page *page) {
    put_bytes(page, "\n", 1);
    page->column = page->due = 0;
}

void wres_page_wrap(wres_page *page, size_t indent, const char *text) {
    const bool utf8 = wres_text_is_utf8(wres_text_of(text));
    bool begun = false;
    for (text += strspn(text, " \n"); text[0] != '\0'; text += strspn(text, " \n")) {
        const wres_text word = {text, strcspn(text, " \n")};
        if (begun && page->column + 1 + columns_of(word, utf8) > page->width) {
            wres_page_end_line(page);
            begun = false;
        }
        wres_page_to(page, begun ? 0 : indent);
        put_part(page, word, utf8);
        begun = true;
        text += word.length;
    }
    if (begun) wres_page_end_line(page);
}

void wres_page_rule(wres_page *page, size_t length) {
    while (length-- > 0) wres_page_put(page, "-");
    wres_page_end_line(page);
}

void wres_page_style(wres_page *page, wres_style style) {
    static const char *const codes[] = {"\033[0m", "\033[1m", "\033[1;31m", "\033[1;34m"};
    if (page->colour && style != page->style) put_bytes(page, codes[style], strlen(codes[style]));
    page->style = style;
}
