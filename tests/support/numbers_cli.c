/* What the indicator and disclosure layers make of two groups in two tiers, for tests that are not in C. Takes the file of a standard
 * that counts the workforce by pay band, and reads
 *     WHOLE DECIMALS A M B N        A of M White people, B of N BME people are in band 7, the others in band 5; DECIMALS -1 = the default
 * and prints for each line every result of both groups, where WHOLE is 0 without intervals, p-values and fragility,
 *     INDICATOR ROW GROUP STATISTIC VALUE LOWER UPPER NUMERATOR DENOMINATOR FLAG STATUS
 * between bars, and an empty line.
 *
 * The counts do not come through a file: a template is read, whose four rows count 1, 2, 4 and 8 people, so that each cell's count says
 * which of the four are in it; then the cells are given the counts of the line. */
#include "pipeline.h"

#include <inttypes.h>
#include <sys/wait.h>

enum { LINES = 500, KINDS = 4 };

typedef struct table {
    int whole, decimals;
    uint64_t count[KINDS]; /* White in band 7 and 5, BME in band 7 and 5 */
} table;

static pipeline *template(const char *standard) {
    pipeline *p = pipeline_new(NULL);
    if (wres_standard_load(p->run, standard, &p->standards[p->request.standard_count++]) != WRES_OK) return NULL;
    pipeline_add(p, "workforce",
                 "Effective Date,Ethnicity,Pay Band,Count\n2025-03-31,A,Band 7,1\n2025-03-31,A,Band 5,2\n"
                 "2025-03-31,H,Band 7,4\n2025-03-31,H,Band 5,8\n");
    return pipeline_run(p) == WRES_OK ? p : NULL;
}

static void count_cells(const wres_tally *tally, const table *t) {
    size_t cells;
    const wres_cell *all = wres_cube_cells(tally->cube, &cells);
    for (size_t i = 0; i < cells; i++) {
        uint64_t count = 0;
        for (unsigned k = 0; k < KINDS; k++)
            if (all[i].count >> k & 1) count += t->count[k];
        ((wres_cell *)all)[i].count = count; /* not constant in the cube */
    }
}

static bool is_left_out(wres_column column, const char *statistic) {
    if (column == WRES_COLUMN_VALUE) return strcmp(statistic, "p_value") == 0 || strcmp(statistic, "fragility") == 0;
    return column == WRES_COLUMN_LOWER || column == WRES_COLUMN_UPPER;
}

static void print_results(pipeline *p, const table *t) {
    static const wres_column shown[] = {WRES_COLUMN_INDICATOR,   WRES_COLUMN_ROW,   WRES_COLUMN_GROUP, WRES_COLUMN_STATISTIC,
                                        WRES_COLUMN_VALUE,       WRES_COLUMN_LOWER, WRES_COLUMN_UPPER, WRES_COLUMN_NUMERATOR,
                                        WRES_COLUMN_DENOMINATOR, WRES_COLUMN_FLAG,  WRES_COLUMN_STATUS};
    wres_published_list list;
    p->results.count = 0;
    if (wres_compute(p->plan, &p->frame, &p->results) != WRES_OK) exit(1);
    if (wres_disclose(p->run, &p->results, &(wres_disclosure_options){t->decimals}, &list) != WRES_OK) exit(1);
    for (size_t i = 0; i < list.count; i++) {
        const char *const *column = list.rows[i].column, *statistic = column[WRES_COLUMN_STATISTIC];
        if (!t->whole && is_left_out(WRES_COLUMN_VALUE, statistic)) continue;
        for (size_t c = 0; c < COUNT_OF(shown); c++)
            printf("%s%c", !t->whole && is_left_out(shown[c], "") ? "" : column[shown[c]], c + 1 < COUNT_OF(shown) ? '|' : '\n');
    }
    putchar('\n');
}

/* In a process of its own: what it asks for is freed with it, and the template is as it was. */
static void answer(pipeline *p, const table *tables, size_t count) {
    int status;
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0) exit(1);
    if (child > 0) {
        if (waitpid(child, &status, 0) != child || status != 0) exit(1);
        return;
    }
    size_t tallies;
    wres_tally *const *all = wres_plan_tallies(p->plan, wres_table_find(&p->tables, "workforce"), &tallies);
    wres_cell *first[WRES_MOST_KEYS];
    if (tallies > COUNT_OF(first)) exit(1);
    for (size_t t = 0; t < tallies; t++) { /* the bits are kept beside the cells */
        size_t cells;
        const wres_cell *from = wres_cube_cells(all[t]->cube, &cells);
        first[t] = memcpy(wres_alloc(p->run, (cells + 1) * sizeof *from), from, cells * sizeof *from);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t t = 0; t < tallies; t++) {
            size_t cells;
            const wres_cell *of = wres_cube_cells(all[t]->cube, &cells);
            memcpy((wres_cell *)of, first[t], cells * sizeof *of);
            count_cells(all[t], &tables[i]);
        }
        print_results(p, &tables[i]);
    }
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv) {
    static table tables[LINES];
    char line[256];
    size_t count = 0;
    pipeline *p = argc == 2 ? template(argv[1]) : NULL;
    if (!p) return 1;
    while (fgets(line, sizeof line, stdin)) {
        uint64_t a, m, b, n;
        table *t = &tables[count];
        if (sscanf(line, "%d %d %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &t->whole, &t->decimals, &a, &m, &b, &n) != 6)
            return 1;
        memcpy(t->count, (uint64_t[]){a, m - a, b, n - b}, sizeof t->count);
        if (++count < LINES) continue;
        answer(p, tables, count);
        count = 0;
    }
    answer(p, tables, count);
    pipeline_end(p);
    return 0;
}
