/* The inside of a code list, shared by its reader and its look-up. */
#ifndef WRES_CODES_LIST_H
#define WRES_CODES_LIST_H

#include "wres/codes.h"

enum { MOST_ATTRIBUTES = 12 };

typedef struct list_member {
    uint16_t value[MOST_ATTRIBUTES];
    int32_t order;
    const char *treatment;
} list_member;

struct wres_list {
    wres_run *run;
    const char *name;
    const char *attribute[MOST_ATTRIBUTES];
    wres_dictionary *values[MOST_ATTRIBUTES]; /* of each attribute */
    size_t attributes;
    list_member *members;
    size_t member_count, member_room;
    wres_dictionary *spellings;  /* normalised; "code\n spelling" for the pair of both */
    const uint16_t *of_spelling; /* its member */
    uint16_t blank, unmapped;
    bool one_letter_codes;
};

/* A built-in list as constants of the program: what list_read made of its file when the program was built (src/embed.c). */
typedef struct list_prepared {
    wres_frozen spellings, attributes, treatments;
    const wres_frozen *values; /* of each attribute */
    const uint16_t *of_spelling;
    const uint16_t *members; /* of each: the number of its treatment, and its value of each attribute */
    const int32_t *orders;   /* of members */
    size_t member_count;
    uint16_t blank, unmapped;
    bool one_letter_codes;
} list_prepared;

wres_list *list_of_prepared(wres_run *run, const char *name, const list_prepared *prepared);

/* Writes the key of a spelling together with its code. */
char *list_pair_key(wres_run *run, const char *code, const char *spelling);

wres_status list_read(wres_run *run, const char *name, const char *file, wres_text content, wres_list **list);

#endif
