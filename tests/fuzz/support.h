/* What the fuzz targets share: files that are nowhere on a disk, a body that is run twice, and what must hold of everything that is said
 * and written, whatever the bytes.
 *
 * A target is LLVMFuzzerTestOneInput over bytes. Under libFuzzer (make fuzz) it is given what nobody thought of; with replay.c it is a
 * test program that goes through the files of tests/fuzz/seeds and tests/fuzz/corpus. */
#ifndef WRES_TESTS_FUZZ_SUPPORT_H
#define WRES_TESTS_FUZZ_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/calculation.h"
#include "wres/base.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Ends the program where it does not hold. */
#define REQUIRE(holds, ...) ((holds) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #holds, __VA_ARGS__))
void fuzz_fail(const char *file, int line, const char *what, const char *format, ...)
    __attribute__((noreturn, format(printf, 4, 5)));

/* ---- files -------------------------------------------------------------------------------------------------- */

#define FOLDER "/fuzz/"

/* Only these files, and those of data/ by their names alone, can be opened, in FOLDER; nothing can be written but standard output.
 * bytes must live until files_clear. */
void files_clear(void);
void files_add(const char *name, const void *bytes, size_t length);
void files_remove_last(void);
void files_add_samples(void); /* a few rows of each table of the example trust, TABLE.csv */

/* ---- running ------------------------------------------------------------------------------------------------ */

/* Everything that was said and written, to be compared. */
typedef struct trace {
    char *bytes;
    size_t length, room;
} trace;
void trace_add(trace *out, const char *bytes, size_t length);
void trace_text(trace *out, const char *text);
void trace_number(trace *out, uint64_t number);

/* WRES_OK comes without an error, everything else with one, and what is said can be shown. */
typedef wres_status fuzz_body(wres_run *run, void *context, trace *out);
/* Runs the body in a run of its own, and again where reading brings the bytes in other pieces: both must say and write the same. While
 * fuzzing, which lives by its speed, half of the inputs are run again, and results are written in one of the formats. */
wres_status run_twice(fuzz_body *body, void *context);
extern bool fuzz_thorough; /* and always in all formats: the tests */
bool is_second_run(void);

/* What entries are as a settings file; terminated. */
const char *entries_text(wres_run *run, const wres_entry *file, size_t *length);

/* ---- what must hold ----------------------------------------------------------------------------------------- */

bool is_utf8(const char *bytes, size_t length);
void require_shown(const char *text, const char *what); /* nothing that a terminal obeys, hides or cannot show; NULL is fine */

/* ---- the way of a calculation -------------------------------------------------------------------------------- */

/* Built-in tables, code lists and standards, loaded once for many runs. */
typedef struct definitions {
    wres_run *run;
    wres_tables tables;
    wres_codes *codes;
    wres_grades *grades;
    const wres_standard **standards;
    const char *const *ids;
    size_t standard_count;
} definitions;
const definitions *definitions_built_in(void);
/* Once in a while loads them anew: at the beginning of an input, when nothing points at them. */
void definitions_renew(void);
void use_definitions(calculation *c, const definitions *built_in);

/* The operands "TABLE=file" of an invocation. */
typedef struct operand_list {
    const char *all[16];
    size_t count;
} operand_list;
void add_operand_of(wres_run *run, operand_list *list, const char *table, const char *file);
/* Those of the samples, but for tables that have one already. */
void add_sample_operands(wres_run *run, operand_list *list);

/* From the inputs to all three formats: as `wres calc` ends, and as `wres check` does. Plans, reads, computes, writes. */
wres_status calculate(calculation *c, const arguments *asked, trace *out);
wres_status check(calculation *c, const arguments *asked, trace *out);

#endif
