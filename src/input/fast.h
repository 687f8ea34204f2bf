/* What the parts of the fast way through a file share: fast.c (a file, and what its blocks say in order), fast_block.c (one block, on any
 * thread), fast_texts.c (texts to numbers), fast_groups.c (rows that count alike). */
#ifndef WRES_INPUT_FAST_H
#define WRES_INPUT_FAST_H

#include <string.h>

#include "input/input.h"

/* How many of a row's texts have a property: eight bits for each, so that what the texts of a row say is a sum. */
enum {
    ODD = 0,      /* what may lead to a word about the row itself */
    NAMED = 8,    /* names a group */
    BEGINS = 16,  /* the first cell of the file's rows, filled, and not called a total */
    FOLLOWS = 24, /* the second, filled */
    NEW = 32,     /* not met in a plain record yet */
    LARGE = 40,   /* its number does not fit a packed key */
    UNMAPPED = 48 /* code lists that it is not in */
};
#define SAYS(property)      (UINT64_C(1) << (property))
#define SAID(sum, property) ((sum) >> (property)&0xff)

/* Columns that feed a profile (codes that tell), the rest of a group's key (what else tells), and nothing that tells. */
typedef enum part { PROFILE, KEY, BESIDE } part;

/* What the bytes of a cell are known by: the first and the last eight of them. Of up to sixteen that is all. */
typedef struct ends {
    uint64_t head, last;
} ends;

/* One cell of a column, by its bytes as they stand in the file: what every row of it needs, and the rest. */
typedef struct value {
    ends ends;
    uint64_t said, packed; /* packed: what it adds to a packed key */
    uint32_t length, hash;
} value;

typedef struct value_more {
    const char *bytes;
    wres_text text; /* without quotation marks and blanks around */
} value_more;

/* Values by their bytes, numbered in the order in which they came. */
typedef struct values {
    value *all;                             /* before the first stands one that no cell has */
    value_more *more;                       /* of each */
    uint64_t *rows;                         /* of each, that were put together */
    uint32_t *slots;                        /* by hash: number + 1, 0 = free; SPARSE times as many as there is room for */
    uint32_t count, room, most, slot_shift; /* most: values that are kept */
} values;

/* What it is in a code list. */
typedef struct looked_up {
    uint16_t code;
    wres_found found;
} looked_up;

enum { DIFFERENT = 128 };
typedef struct column {
    size_t index; /* in the file */
    size_t place; /* of its numbers in a packed key: how many bytes stand before */
    feed *feeds[WRES_MOST_FIELDS];
    size_t feed_count;
    part part;
    bool idle;      /* see fast.c */
    bool pairs;     /* it and the next make a pair */
    bool graded;    /* feeds a grade: it is counted by profile, as two of them decide together */
    bool uncounted; /* feeds nothing else: the rows of its values mean nothing */
    values values;
    looked_up *codes; /* by value * feed_count + feed; of feeds that have a code list */
    uint32_t *alike;  /* of a PROFILE that is not graded: of each value, the first one that has the same codes */
    uint32_t different[DIFFERENT], different_count; /* these first ones, as many as are looked through */
    uint32_t *numbers; /* in order: of feeds[n]->seen, + 1, by value * feed_count + n; 0 = not asked yet */
    size_t number_room;
} column;

/* The cells of a column and of the one beside it, looked up as one text as long as few pairs of texts are met: half the looks. Its values say
 * what both say. */
typedef struct pair {
    part part; /* of the key to which they add */
    bool left; /* too many are met */
    values values;
    uint32_t (*numbers)[2]; /* of each: of the values of the two */
    uint32_t *rests;        /* of each, where the two are all of a key's rest: its number + 1, 0 = not asked yet */
    uint32_t number_room;
    uint64_t looked, missed;
} pair;

/* Keys of a fixed size, each with its number, in the order in which they came. Those that are known to be new get their slots when a key is
 * looked for. */
typedef struct keys {
    uint32_t *all, *slots; /* slots: number + 1, 0 = free */
    size_t size, room;
    uint32_t count, slotted, slot_count;
} keys;

/* The same for keys of 64 bits, in whatever order. */
typedef struct packed_key {
    uint64_t key;
    uint32_t number; /* + 1, 0 = free */
    uint32_t alike;  /* of a profile */
} packed_key;

typedef struct packed_keys {
    packed_key *slots;
    uint32_t count, bits; /* of the slots */
} packed_keys;

/* Texts of the columns of codes that tell, and how many rows have them. */
typedef struct profile {
    uint32_t alike; /* the number of those whose rows count alike */
    uint64_t rows;
} profile;

/* Rows that count alike. */
typedef struct group {
    uint64_t rows;
} group;

/* A group where it is looked up, with the rows that are not added to it yet. */
typedef struct near_group {
    uint32_t number, rows; /* number + 1, 0 = not known */
} near_group;

/* A row that goes by itself. */
typedef struct lone {
    uint32_t line, count; /* line: of the block */
    size_t cells;
    size_t people; /* that stand before it */
} lone;

/* A row that is put together with others but for its identifier. */
typedef struct person_row {
    uint32_t group, line; /* of the worker; of the block */
    wres_hash id;
} person_row;

typedef struct result {
    bool regular, ascii;
    person_row *people;
    size_t person_count, person_room;
    uint32_t *new_values; /* of groups that the worker met first here: of each column that tells, in their order */
    wres_text *new_texts;
    size_t new_count, new_room;
    size_t lines;
    lone *rows;
    size_t row_count, row_room;
    wres_text *cells;
    size_t cell_count, cell_room;
    char *undoubled;
    size_t undoubled_length, undoubled_room;
} result;

/* Rows that are looked up together, column by column. */
enum { ROWS_AT_ONCE = 128 };
typedef struct batch {
    struct {
        size_t first, count; /* its cells */
        uint32_t line;       /* of the block */
        bool fits;           /* as many cells as the header has */
    } rows[ROWS_AT_ONCE];
    size_t count;
    /* of those that fit */
    size_t first[ROWS_AT_ONCE], fitting;
    uint64_t said[ROWS_AT_ONCE], packed[3][ROWS_AT_ONCE]; /* packed: by part */
    uint32_t numbers[WRES_MOST_FIELDS][ROWS_AT_ONCE];     /* of its texts, by column; WRES_NOWHERE where it has none */
    uint32_t pairs[WRES_MOST_FIELDS][ROWS_AT_ONCE]; /* by first column; WRES_NOWHERE where the two were looked up by themselves */
    /* As they are looked up by packed keys; WRES_NOWHERE where they are not known. */
    uint32_t profiles[ROWS_AT_ONCE], rests[ROWS_AT_ONCE];
} batch;

/* One thread's; nothing of it is another's. */
typedef struct worker {
    const struct fast *fast;
    wres_run *run;
    column *columns;
    pair *pairs;                          /* by first column */
    keys profile_keys, group_keys, folds; /* of folds: what the receiver counts a profile by */
    profile *profiles;
    group *groups;
    uint32_t *first_alike; /* the first profile of those that are alike, where the receiver folds */
    /* Of texts with small numbers profiles and groups are looked up here first: groups by the number of the packed rest of their key (a row for
     * each) and that of their profiles. Where there would be too many, that is left. */
    packed_keys near_profiles, near_rests;
    near_group *near_groups;
    uint32_t rests, rest_room, alike_room;
    bool far_profiles, far_groups; /* some are not among those near at hand */
    uint32_t most_groups;          /* with more it asks for a rest */
    uint64_t rows;                 /* since the last one */
    uint16_t code[WRES_MOST_FIELDS];
    bool given[WRES_MOST_FIELDS];
    batch batch;
    uint32_t profile_key[WRES_MOST_FIELDS], group_key[WRES_MOST_FIELDS + 1]; /* of the row at hand */
    uint32_t *kinds;                                                         /* in order: of groups, as the receiver keeps them */
    size_t kind_count, kind_room;
    wres_split split;
    result results[WRES_BLOCKS_A_WORKER];
    wres_block *block;
} worker;

typedef struct fast {
    file_reader *reader;
    wres_source *source;
    wres_csv *csv;
    char delimiter, last;
    column columns[WRES_MOST_FIELDS]; /* in the order of the file */
    size_t column_count, profile_size, key_size;
    const feed *person; /* the identifiers, where there are any */
    int rest_pair;      /* the first column of the pair that is all of a group's key but for its profile, or -1 */
    bool packs;         /* numbers of a profile, and those of a group's key, fit 64 bits as long as they are small */
    worker *workers;
    size_t worker_count;
} fast;

enum { PROFILE_BITS = 8, KEY_BITS = 16 /* of a number in a packed key */, SPARSE = 4 };
#define MOST_TOGETHER (UINT32_MAX / SPARSE) /* values of all workers */

/* Bits of 64 and more, spread well. */
#define HASH_1 UINT64_C(0x9e3779b97f4a7c15)
#define HASH_2 UINT64_C(0xff51afd7ed558ccd)

/* ---- a cell's value: asked for every cell, and so here ------------------------------------------------------ */

/* More can be read behind every block. */
static inline uint64_t eight_bytes(const char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Without branches, as lengths come in no order. */
static inline ends ends_of(const char *bytes, size_t length) {
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    static const uint64_t low_bytes[] = {0,
                                         UINT64_C(0xff),
                                         UINT64_C(0xffff),
                                         UINT64_C(0xffffff),
                                         UINT64_C(0xffffffff),
                                         UINT64_C(0xffffffffff),
                                         UINT64_C(0xffffffffffff),
                                         UINT64_C(0xffffffffffffff),
                                         UINT64_C(0xffffffffffffffff)};
    const size_t few = length < 8 ? length : 8;
    return (ends){eight_bytes(bytes) & low_bytes[few], eight_bytes(bytes + length - few) & low_bytes[few]};
#else
    const size_t few = length < 8 ? length : 8;
    ends e = {0, 0};
    memcpy(&e.head, bytes, few);
    memcpy(&e.last, bytes + length - few, few);
    return e;
#endif
}

/* Its highest bits are those on which every byte has a say. Of long cells the middle is not looked at: few columns hold many that differ there
 * alone. */
static inline uint32_t hash_of_ends(ends e, size_t length) {
    return (uint32_t)(((e.head ^ (e.last << 29 | e.last >> 35) ^ length) * HASH_1) >> 32);
}

static inline bool has_ends(const value *v, size_t length, ends e) {
    return ((v->ends.head ^ e.head) | (v->ends.last ^ e.last) | (v->length ^ length)) == 0;
}

/* The same bytes, where the ends and the length are the same. */
static inline bool is_same_between(const value_more *more, const char *bytes, size_t length) {
    if (length <= 16) return true;
    if (length > 48) return memcmp(more->bytes + 8, bytes + 8, length - 16) == 0;
    const size_t back = length - 16;
    uint64_t differ =
        (eight_bytes(more->bytes + 8) ^ eight_bytes(bytes + 8)) | (eight_bytes(more->bytes + back) ^ eight_bytes(bytes + back));
    if (length > 32)
        differ |= (eight_bytes(more->bytes + 16) ^ eight_bytes(bytes + 16)) |
                  (eight_bytes(more->bytes + back - 8) ^ eight_bytes(bytes + back - 8));
    return differ == 0;
}

static inline uint32_t first_slot(const values *v, uint32_t hash) { return hash >> v->slot_shift; }

/* fast_texts.c: room for the first values of a column and of the pair that it begins. */
void values_begin(worker *w, size_t i);

/* fast_texts.c: the number of the value of a cell of the block, made where it is new; WRES_NOWHERE where the column has more than are kept, or too many that look alike. The
 * worker's run says where there is not enough memory. */
uint32_t value_of(worker *w, column *c, const char *bytes, size_t length);

/* fast_texts.c: the number of a pair of cells; WRES_NOWHERE where it is not known: *crowded where it cannot be kept, either. */
uint32_t pair_find(pair *p, const char *bytes, size_t length, bool *crowded);
/* fast_texts.c: a pair that is not known is kept, if there is room: of column i and the next, which have the values of these numbers. */
void pair_add(worker *w, size_t i, const char *bytes, size_t length, uint32_t first, uint32_t second);

/* What stands for a value in a key. */
static inline uint32_t number_in_key(const column *c, uint32_t number) { return c->alike ? c->alike[number] : number; }

/* The number of a row's value in a column of the batch. */
static inline uint32_t number_at(const worker *w, size_t i, size_t fitting) {
    const bool second = i > 0 && w->columns[i - 1].pairs;
    if (!second && !w->columns[i].pairs) return w->batch.numbers[i][fitting];
    const uint32_t number = w->batch.pairs[i - second][fitting];
    return number == WRES_NOWHERE ? w->batch.numbers[i][fitting] : w->pairs[i - second].numbers[number][second];
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

/* fast_groups.c: before the groups of a batch are asked for: its packed keys are looked up. */
void expect_groups(worker *w);
/* fast_groups.c: the number of the group of a row of the batch, counted one more; *is_new where it has just been made. */
uint32_t group_of_row(worker *w, size_t fitting, bool *is_new);

/* fast_groups.c: all that one has counted is added to another's, under the run of that one. */
void merge_workers(worker *to, worker *from);
/* fast_groups.c: all rows are added to their groups, and to their values; before these are asked for. */
void settle_groups(worker *w);
void settle_values(worker *w);
/* fast_groups.c: no row was put together with another yet. Values and profiles stay. */
void forget_groups(worker *w);

/* fast_block.c: splits a block, and leaves in its slot's result what is to be done in order. */
bool look_at_block(void *context, wres_block *block);

#endif
