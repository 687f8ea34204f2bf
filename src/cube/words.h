/* Codes as the texts that stand in a cube file, and back. */
#ifndef WRES_CUBE_WORDS_H
#define WRES_CUBE_WORDS_H

#include "wres/cube.h"

typedef struct cube_words cube_words;

cube_words *words_new(wres_reading *reading);

/* The text of a member of a list. Members of one name are told apart by what else they differ in: "Not known {treatment=discontinued code}". */
const char *words_member(cube_words *words, const wres_list *list, uint16_t member);
/* False where the list has no such member. */
bool words_find_member(cube_words *words, const wres_list *list, const char *text, uint16_t *member);

/* The code list of an axis of a table: its own, else that of its people, else that of any table. NULL for texts and grades. */
const wres_list *words_list(const wres_reading *reading, const wres_table *table, const char *axis);
/* The code list of the groups. */
const wres_list *words_groups(const wres_reading *reading, const wres_tally *tally);

/* The text of a code of an axis, "" where nothing is known of a grade or an open vocabulary. */
const char *words_of(cube_words *words, const wres_table *table, const char *axis, uint16_t code);
bool words_find(cube_words *words, const wres_table *table, const char *axis, const char *text, uint16_t *code);

#endif
