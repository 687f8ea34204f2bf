/* Lines of text for a terminal: columns counted as a terminal shows them, wrapping, colour, and nothing that a terminal would obey. Not
 * public. */
#ifndef WRES_OUTPUT_PAGE_H
#define WRES_OUTPUT_PAGE_H

#include "wres/base.h"

typedef enum wres_style { WRES_STYLE_PLAIN, WRES_STYLE_BOLD, WRES_STYLE_ABOVE, WRES_STYLE_BELOW } wres_style;

typedef struct wres_page {
    wres_run *run;
    size_t width;
    bool colour;
    wres_style style;
    size_t column; /* where the line stands */
    size_t due;    /* where the next text begins; blanks are written only in front of a text, never at the end of a line */
    char *text;    /* kept until the page is complete: memory that runs out must not leave half a report on a terminal */
    size_t length, room;
} wres_page;

/* Writes what the page holds, and empties it. */
void wres_page_flush(wres_page *page, wres_sink *sink);

/* How many columns a text takes on the page. */
size_t wres_page_columns(const char *text);

/* Control characters, and others that are not seen, come out as U+0007; a byte that is no UTF-8 as '?'. */
void wres_page_put(wres_page *page, const char *text);
/* As much of the text as fits, the last place an ellipsis where it is cut. */
void wres_page_put_cut(wres_page *page, size_t room, const char *text);
/* The next text begins at this column, or one blank behind what is there already. */
void wres_page_to(wres_page *page, size_t column);
/* A text that ends before this column where there is room. */
void wres_page_put_right(wres_page *page, size_t end, const char *text);
void wres_page_end_line(wres_page *page);
/* Whole lines, every one beginning at indent and none, but for a long word, beyond the width. Empty text: no line. */
void wres_page_wrap(wres_page *page, size_t indent, const char *text);
void wres_page_rule(wres_page *page, size_t length);
/* Holds until the next call; nothing without colour. */
void wres_page_style(wres_page *page, wres_style style);

#endif
