/* The columns of a cube file, and what may stand in the first. */
#ifndef WRES_CUBE_LAYOUT_H
#define WRES_CUBE_LAYOUT_H

#include "wres/cube.h"

/* record: what the row is; id: the tally, input or finding it belongs to; name, value: something said of it. The rest is of cells. */
#define CUBE_COLUMNS(X)                                                                                                            \
    X(RECORD, "record")                                                                                                            \
    X(ID, "id")                                                                                                                    \
    X(NAME, "name")                                                                                                                \
    X(VALUE, "value")                                                                                                              \
    X(ORGANISATION, "organisation")                                                                                                \
    X(DATE, "date")                                                                                                                \
    X(GROUP, "group")                                                                                                              \
    X(COUNT, "count")                                                                                                              \
    X(HIDDEN_COUNTS, "hidden_counts")                                                                                              \
    X(HIDDEN_OPEN, "hidden_open")                                                                                                  \
    X(HIDDEN_ROOM, "hidden_room")                                                                                                  \
    X(HIDDEN_LEAST, "hidden_least")                                                                                                \
    X(PERCENT, "percent")                                                                                                          \
    X(AXIS, "axis_1") /* to axis_13 */

typedef enum cube_column {
#define CUBE_COLUMN_ENUM(id, name) CUBE_##id,
    CUBE_COLUMNS(CUBE_COLUMN_ENUM)
#undef CUBE_COLUMN_ENUM
} cube_column;

enum { CUBE_COLUMN_COUNT = CUBE_AXIS + WRES_MOST_AXES };

/* The name of a column, in the order in which they are written. */
const char *cube_column_name(wres_run *run, size_t column);

#define CUBE_RECORD_CUBE       "cube"       /* of the whole: format, version, as_at, cells, contains */
#define CUBE_RECORD_DEFINITION "definition" /* id: kind, name: its name, value: sha256 */
#define CUBE_RECORD_TALLY      "tally"      /* what it counts, and what its files had */
#define CUBE_RECORD_SNAPSHOT   "snapshot"   /* a date of the workforce and how many rows have it */
#define CUBE_RECORD_LATEST     "latest"     /* id: the table; an organisation's latest list, or the latest survey */
#define CUBE_RECORD_INPUT      "input"      /* what the cube was made from */
#define CUBE_RECORD_FINDING    "finding"    /* what was found wrong there */
#define CUBE_RECORD_CELL       "cell"
#define CUBE_RECORD_PERCENT    "percent"       /* a percentage that came without its counts; count is its base */
#define CUBE_ENDLESS           "1000000000000" /* hidden_room: so large that nobody knows the most */
#define CUBE_HIDDEN            "hidden"        /* in the place of a percentage */

/* An apostrophe stands before a text that a spreadsheet would run, and before one that begins with an apostrophe. */
bool cube_is_guarded(const char *text);

#endif
