/* Exports: bytes to text to records to counts to results in every format; the same as a check, and as the guesses of `wres init`.
 *
 * The first bytes choose: table, what is done, standard, options, how the file is said to be read; '0' is the first of each. Behind them
 * stands the file. A line "#@" and a letter begins another file, of the table of that letter ('0' the first). */
#include "support.h"
#include "wres/goals.h"

enum { CHOICES = 5, MOST_PARTS = 4 };

typedef enum action { CALCULATE, CHECK_DATA, GUESS, REACH_GOALS, ACTIONS } action;

typedef enum option_bit {
    WITH_DATE = 1,
    WITH_SAMPLES = 2,
    BY_FIELD = 4,
    MANY_GROUPS = 8,
    LENIENT = 16,
    STRICT_CODES = 32
} option_bit;

typedef struct part {
    const wres_table *table;
    const char *name;
    const uint8_t *bytes;
    size_t length;
} part;

typedef struct asked_for {
    action action;
    size_t standard;
    unsigned options, reading;
    part parts[MOST_PARTS];
    size_t part_count;
} asked_for;

static unsigned choice(uint8_t byte, unsigned count) { return (unsigned)(uint8_t)(byte - '0') % count; }

static void add_part(asked_for *a, const wres_table *table, const uint8_t *bytes, size_t length) {
    static const char *const names[MOST_PARTS] = {"one.csv", "two.csv", "three.csv", "four.csv"};
    if (a->part_count == MOST_PARTS) return;
    a->parts[a->part_count] = (part){table, names[a->part_count], bytes, length};
    files_add(names[a->part_count], bytes, length);
    a->part_count++;
}

static void cut_parts(asked_for *a, const definitions *d, uint8_t first, const uint8_t *bytes, size_t length) {
    const wres_table *table = d->tables.all[choice(first, (unsigned)d->tables.count)];
    size_t begin = 0;
    for (size_t i = 0; i + 4 < length; i++) {
        if (memcmp(bytes + i, "\n#@", 3) != 0 || bytes[i + 4] != '\n') continue;
        add_part(a, table, bytes + begin, i + 1 - begin);
        table = d->tables.all[choice(bytes[i + 3], (unsigned)d->tables.count)];
        begin = i + 5;
    }
    add_part(a, table, bytes + begin, length - begin);
}

/* ---- settings ------------------------------------------------------------------------------------------------ */

static const wres_input_setting *setting_of(unsigned number) {
    static const char *const zero[] = {"-", "nil"}, *const total[] = {"Total"};
    static const wres_hidden hidden[] = {{.text = "<5", .least = 1, .most = 4}, {.text = "*", .most = WRES_COUNT_LIMIT}};
    static const wres_choice left_out = {.column = "Stage", .values = total, .value_count = 1};
    static wres_pair column[] = {{.name = "ethnicity", .value = "Group"}};
    static const wres_input_setting all[] = {
        {0},
        {.dates = WRES_DATES_DAY_FIRST},
        {.dates = WRES_DATES_MONTH_FIRST},
        {.encoding = "Windows-1252"},
        {.encoding = "UTF-16LE"},
        {.encoding = "UTF-8", .delimiter = ';'},
        {.zero = zero, .zero_count = 2, .hidden = hidden, .hidden_count = 2},
        {.header_line = 2, .delimiter = '\t'},
        {.leave_out = &left_out, .leave_out_count = 1},
        {.columns = {column, 1}},
    };
    return &all[number % COUNT_OF(all)];
}

static void set_inputs(calculation *c, const asked_for *a) {
    wres_input_setting *all = wres_alloc(c->run, MOST_PARTS * sizeof *all);
    for (size_t i = 0; i < a->part_count; i++) {
        all[i] = *setting_of(a->reading);
        all[i].table = a->parts[i].table->name;
    }
    c->settings.inputs = all;
    c->settings.input_count = a->part_count;
}

static void set_request(calculation *c, const definitions *d, const asked_for *a) {
    const size_t first = a->standard % d->standard_count;
    c->request.standards = &d->standards[first];
    c->request.standard_count = 1;
    if (a->options & WITH_DATE) {
        c->frame.as_at = wres_date_of(2025, 3, 31);
        c->frame.as_at_given = true;
    }
    if (a->options & BY_FIELD)
        c->request.breakdowns[c->request.breakdown_count++] = (wres_breakdown){.name = "sex", .fields = {"sex"}, .count = 1};
    if (a->options & MANY_GROUPS) c->request.groups = "group5";
    if (a->options & MANY_GROUPS)
        c->request.strata = (wres_breakdown){.name = "staff_group", .fields = {"staff_group"}, .count = 1};
    c->reading.allow_unmapped = a->options & LENIENT;
    c->reading.strict = a->options & STRICT_CODES;
    c->correction = a->options & BY_FIELD ? WRES_HOLM : WRES_UNCORRECTED;
}

static wres_status set_goals(calculation *c, const definitions *d) {
    const wres_status status = wres_goals_default(&c->reading, &c->goals);
    c->request.goals = &c->goals;
    c->request.groups = NULL;
    c->request.strata = (wres_breakdown){0};
    for (size_t i = 0; i < d->standard_count; i++)
        if (strcmp(d->ids[i], "model-employer") == 0) c->request.standards = &d->standards[i];
    return status;
}

/* ---- guesses -------------------------------------------------------------------------------------------------- */

static void require_probe(const wres_probe *probe, trace *out) {
    for (size_t i = 0; i < probe->header_count; i++) {
        REQUIRE(is_utf8(probe->headers[i].bytes, probe->headers[i].length), "a header");
        trace_add(out, probe->headers[i].bytes, probe->headers[i].length);
    }
    for (size_t i = 0; i < probe->row_count; i++)
        for (size_t k = 0; k < probe->header_count; k++)
            REQUIRE(is_utf8(probe->rows[i][k].bytes, probe->rows[i][k].length), "a cell");
    trace_number(out, probe->header_line);
    trace_number(out, (unsigned char)probe->delimiter);
}

static wres_status find_doubts(calculation *c, const char *path, const wres_guess *guess, trace *out) {
    const wres_table_guess *best = &guess->tables[0];
    wres_input_setting setting = {.table = best->table->name};
    wres_doubts doubts = {0};
    setting.columns.all = wres_alloc(c->run, (best->field_count + 2) * sizeof *setting.columns.all);
    for (size_t i = 0; i < best->field_count; i++) {
        const wres_guessed_field *field = &best->fields[i];
        REQUIRE(field->field >= 0 && (size_t)field->field < best->table->field_count, "field %d", field->field);
        REQUIRE(field->column < (int)guess->probe.header_count, "column %d", field->column);
        trace_number(out, (uint64_t)field->column);
        trace_number(out, field->reason);
        if (field->column < 0) continue;
        const wres_text header = guess->probe.headers[field->column];
        setting.columns.all[setting.columns.count++] =
            (wres_pair){best->table->fields[field->field].name, wres_copy(c->run, header.bytes, header.length), 0};
    }
    const wres_status status = wres_doubts_find(&c->reading, best->table, path, &setting, &doubts);
    trace_number(out, status); /* what is wrong was heard there, and is in no finding */
    require_shown(doubts.first_error, "the first error");
    REQUIRE((doubts.errors > 0) == (doubts.first_error != NULL), "%llu errors", (unsigned long long)doubts.errors);
    for (size_t i = 0; i < doubts.value_count; i++) trace_add(out, doubts.values[i].text.bytes, doubts.values[i].text.length);
    trace_number(out, doubts.rows);
    trace_text(out, doubts.first_error);
    return WRES_OK;
}

static wres_status guess(calculation *c, const asked_for *a, trace *out) {
    wres_status status = WRES_OK;
    for (size_t i = 0; i < a->part_count && status == WRES_OK; i++) {
        const char *path = wres_print(c->run, FOLDER "%s", a->parts[i].name);
        wres_guess found = {0};
        status = wres_guess_file(&c->reading, path, &found);
        if (status != WRES_OK) return status;
        require_probe(&found.probe, out);
        trace_number(out, found.table_count);
        if (found.table_count) status = find_doubts(c, path, &found, out);
    }
    return status;
}

/* ---- text and records alone ------------------------------------------------------------------------------------ */

/* As text, in blocks of another size each time it is read. */
static wres_status read_text(wres_run *run, void *context, trace *out) {
    const asked_for *a = context;
    const size_t block = is_second_run() ? 16 : 4096;
    char buffer[4096];
    wres_source *source;
    size_t got;
    wres_status status = wres_source_open(
        run, FOLDER "one.csv", &(wres_source_options){.encoding = setting_of(a->reading)->encoding, .hash = true}, &source);
    if (status != WRES_OK) return status;
    do {
        status = wres_source_read(source, buffer, block, &got);
        if (status != WRES_OK) {
            out->length = 0; /* how much of the text came before the error is not said */
            return status;
        }
        REQUIRE(got <= block && is_utf8(buffer, got), "%zu bytes that are no text", got);
        trace_add(out, buffer, got);
    } while (got > 0);
    trace_text(out, wres_source_sha256(source));
    wres_source_close(source);
    return WRES_OK;
}

static wres_status add_record(void *context, const wres_text *cells, size_t count, uint64_t line) {
    trace_number(context, line);
    for (size_t i = 0; i < count; i++) {
        trace_number(context, cells[i].length);
        trace_add(context, cells[i].bytes, cells[i].length);
    }
    return WRES_OK;
}

/* As records, cut into other pieces the second time. */
static wres_status read_records(wres_run *run, void *context, trace *out) {
    const asked_for *a = context;
    const char *bytes = (const char *)a->parts[0].bytes;
    const size_t length = a->parts[0].length;
    wres_status status = WRES_OK;
    wres_csv *csv =
        wres_csv_new(run, "one.csv", &(wres_csv_options){.delimiter = setting_of(a->reading)->delimiter}, add_record, out);
    for (size_t at = 0, piece, step = 1; at < length && status == WRES_OK; at += piece, step = step * 5 % 37) {
        piece = is_second_run() && step < length - at ? step : length - at;
        char *copy = malloc(piece); /* so that a sanitizer sees a look beyond the piece */
        REQUIRE(copy, "memory");
        memcpy(copy, bytes + at, piece);
        status = wres_csv_feed(csv, copy, piece);
        free(copy);
    }
    return status == WRES_OK ? wres_csv_end(csv) : status;
}

/* ---- one input -------------------------------------------------------------------------------------------------- */

/* The first time in blocks of some size, seldom on two threads; the second time row by row, through libcsv. */
static void set_way(calculation *c, const asked_for *a) {
    static const size_t blocks[] = {0, 1, 40, 300, 4096};
    c->reading.block = blocks[(a->standard + a->options) % COUNT_OF(blocks)];
    c->reading.threads = a->standard % 16 == 0 ? 2 : 1;
    c->reading.row_by_row = is_second_run();
}

static wres_status act(wres_run *run, void *context, trace *out) {
    const asked_for *a = context;
    const definitions *d = definitions_built_in();
    calculation c = {.run = run};
    operand_list operands = {0};
    use_definitions(&c, d);
    set_way(&c, a);
    if (a->action == GUESS) return guess(&c, a, out);
    set_inputs(&c, a);
    set_request(&c, d, a);
    for (size_t i = 0; i < a->part_count; i++) add_operand_of(run, &operands, a->parts[i].table->name, a->parts[i].name);
    if (a->options & WITH_SAMPLES) add_sample_operands(run, &operands);
    const arguments asked = {.command = CALC, .operands = operands.all, .operand_count = operands.count};
    const wres_status status = a->action == REACH_GOALS ? set_goals(&c, d) : WRES_OK;
    if (status != WRES_OK) return status;
    return a->action == CHECK_DATA ? check(&c, &asked, out) : calculate(&c, &asked, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < CHOICES) return -1;
    definitions_renew();
    const definitions *d = definitions_built_in();
    asked_for a = {.action = (action)choice(bytes[1], ACTIONS),
                   .standard = choice(bytes[2], 64),
                   .options = choice(bytes[3], 64),
                   .reading = choice(bytes[4], 64)};
    files_clear();
    if (a.options & WITH_SAMPLES) files_add_samples();
    cut_parts(&a, d, bytes[0], bytes + CHOICES, length - CHOICES);
    run_twice(act, &a);
    if (a.part_count == 1 && a.action == GUESS) {
        run_twice(read_text, &a);
        run_twice(read_records, &a);
    }
    return 0;
}
