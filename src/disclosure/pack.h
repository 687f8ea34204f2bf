/* Published rows kept in a few bytes each, as a national run has a hundred thousand of them: every text once, and a row as the numbers of
 * its texts and its decimals as whole numbers. Not public. */
#ifndef WRES_DISCLOSURE_PACK_H
#define WRES_DISCLOSURE_PACK_H

#include "wres/disclosure.h"

enum { PACKED_PLACE = 4, PACKED_NUMBERS = WRES_COLUMN_DENOMINATOR - WRES_COLUMN_VALUE + 1, NO_UNIT = 0xff };

/* A number of a row; its decimals are those of the row, or none of a numerator or denominator. */
typedef struct packed_number {
    bool is_there, is_text; /* text: what no fixed number holds */
    int64_t fixed;          /* or the number of the text */
} packed_number;

typedef struct packed_row {
    bool is_same_place;             /* head and tail are those of the row that was added before, and need not be looked at */
    const char *head[PACKED_PLACE]; /* standard to period */
    const char *tail[PACKED_PLACE]; /* section to by_value */
    const char *group, *statistic, *note;
    const char *unit, *flag, *status; /* constants */
    int decimals;
    packed_number numbers[PACKED_NUMBERS];
} packed_row;

typedef struct wres_packed packed;

packed *pack_new(wres_run *run);
/* Behind all that were added. */
void pack_add(packed *pack, const packed_row *row);
/* From here on rows stand behind the row of this number, of those that were added otherwise; before the first of them, each number once. */
void pack_begin_behind(packed *pack, size_t number);
void pack_add_behind(packed *pack, const packed_row *row);
/* The text as the pack keeps it, and its number. */
uint32_t pack_text(packed *pack, const char *text);
const char *pack_text_at(const packed *pack, uint32_t number);
wres_published_list pack_end(packed *pack);

/* The place in the list of the first row that has the key of an earlier one; false where all keys differ. */
bool pack_finds_double(const packed *pack, size_t *number);

#endif
