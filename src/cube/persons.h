/* The set of persons: one entry for everyone (or every application, or respondent), and which of their rows counts. */
#ifndef WRES_CUBE_PERSONS_H
#define WRES_CUBE_PERSONS_H

#include "wres/cube.h"

/* A person as counted so far: what many have in common, and so kept once. */
typedef struct person {
    uint32_t rank;
    uint16_t organisation, time;
    uint16_t group; /* of the row that decides */
    uint16_t known; /* the first known one of any counted row, + 1; 0 = none */
    bool group_known;
    bool counted;  /* false: met, but only in rows that do not count */
    bool conflict; /* two counted rows say different known things */
    uint16_t axis[];
} person;

/* How two rows of one person are compared where their rank is the same. */
typedef struct person_order {
    size_t axes;
    const wres_dictionary *vocabulary[WRES_MOST_AXES]; /* of axes that are texts */
    uint16_t blank[WRES_MOST_AXES];                    /* comes last */
} person_order;

/* One row of a person, ready to be counted. */
typedef struct person_row {
    uint32_t rank;
    uint16_t organisation, time, group;
    bool group_known, counts;
    const uint16_t *axis;
} person_row;

wres_persons *persons_new(wres_run *run, const person_order *order);
/* True where the row is the first of its person that counts, or the first at all and does not count. */
bool persons_add(wres_persons *persons, wres_hash key, const person_row *row);
/* The same in steps, for rows of which many are alike: the number of what somebody is who has such a row alone; memory that is asked for
 * before it is needed; and the row. */
uint32_t persons_kind(wres_persons *persons, const person_row *row);
void persons_expect(const wres_persons *persons, wres_hash key);
bool persons_add_kind(wres_persons *persons, wres_hash key, uint32_t kind);
const person *persons_find(const wres_persons *persons, wres_hash key); /* or NULL */
size_t persons_count(const wres_persons *persons);
/* How many of them have two counted rows that say different known things, so far. */
size_t persons_conflicts(const wres_persons *persons);
const person *persons_at(const wres_persons *persons, size_t index);
/* What people are, each once, and how many there are of it. */
size_t persons_kinds(const wres_persons *persons);
const person *persons_kind_at(const wres_persons *persons, size_t kind);
void persons_count_kinds(const wres_persons *persons, uint64_t *counts);
/* Only the people of these kinds stay. numbers: of each kind, what it is then; WRES_NOWHERE where it is gone. */
void persons_keep(wres_persons *persons, bool (*stays)(const void *context, const person *kind), const void *context,
                  uint32_t *numbers);
/* The group to count a person in: the deciding row's where it is known, else a known one of another row. */
uint16_t person_group(const person *p);

#endif
