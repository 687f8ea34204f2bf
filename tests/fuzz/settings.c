/* Settings: the text of a wres.yaml to a calculation with the samples. The first byte chooses the command: '0' calc, '1' goals,
 * '2' check. What the settings say of the inputs is also written as `wres init` writes it, and must be read again as the same. */
#include "support.h"
#include "wres/goals.h"

static const char settings_path[] = FOLDER "wres.yaml";

static wres_status begin(calculation *c, const arguments *asked) {
    const wres_status status = calculation_begin(c, asked);
    return status == WRES_OK ? calculation_load_definitions(c) : status;
}

/* ---- written again ----------------------------------------------------------------------------------------------- */

static void write_pairs(wres_entry *parent, const char *key, const wres_pairs *pairs) {
    if (pairs->count == 0) return;
    wres_entry *map = wres_entry_map(parent, key);
    for (size_t i = 0; i < pairs->count; i++) wres_entry_text(map, pairs->all[i].name, pairs->all[i].value);
}

static void write_input(wres_entry *entry, const wres_input_setting *input) {
    if (input->file_count == 1)
        wres_entry_text(entry, "file", input->files[0]);
    else
        wres_entry_list(entry, "files", input->files, input->file_count);
    write_pairs(entry, "columns", &input->columns);
    if (input->map_count == 0) return;
    wres_entry *values = wres_entry_map(entry, "values");
    for (size_t m = 0; m < input->map_count; m++) write_pairs(values, input->maps[m].field, &input->maps[m].values);
}

/* Inputs of one table that are set differently are a list. */
static void write_inputs(wres_entry *parent, const wres_settings *settings) {
    const wres_input_setting *all = settings->inputs;
    for (size_t i = 0, end; i < settings->input_count; i = end) {
        wres_entry *entry = wres_entry_map(parent, all[i].table);
        for (end = i + 1; end < settings->input_count && strcmp(all[end].table, all[i].table) == 0; end++) continue;
        for (size_t n = i; n < end; n++) write_input(end - i == 1 ? entry : wres_entry_item(entry), &all[n]);
    }
}

static void require_same_pairs(const wres_pairs *a, const wres_pairs *b) {
    REQUIRE(a->count == b->count, "%zu pairs, %zu when read again", a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        REQUIRE(strcmp(a->all[i].name, b->all[i].name) == 0 && strcmp(a->all[i].value, b->all[i].value) == 0,
                "'%s: %s' is read as '%s: %s'", a->all[i].name, a->all[i].value, b->all[i].name, b->all[i].value);
}

static void require_same_input(const wres_input_setting *a, const wres_input_setting *b) {
    REQUIRE(strcmp(a->table, b->table) == 0 && a->file_count == b->file_count && a->map_count == b->map_count, "%s is read as %s",
            a->table, b->table);
    for (size_t i = 0; i < a->file_count; i++)
        REQUIRE(strcmp(a->files[i], b->files[i]) == 0, "'%s' is read as '%s'", a->files[i], b->files[i]);
    require_same_pairs(&a->columns, &b->columns);
    for (size_t m = 0; m < a->map_count; m++) {
        REQUIRE(strcmp(a->maps[m].field, b->maps[m].field) == 0, "'%s' is read as '%s'", a->maps[m].field, b->maps[m].field);
        require_same_pairs(&a->maps[m].values, &b->maps[m].values);
    }
}

static bool is_empty_map(const wres_input_setting *input) {
    for (size_t m = 0; m < input->map_count; m++)
        if (input->maps[m].values.count == 0) return true;
    return false;
}

static wres_status write_again(wres_run *run, void *context, trace *out) {
    wres_settings settings = {0}, again = {0};
    (void)context;
    wres_status status = wres_settings_load(run, settings_path, &settings);
    if (status != WRES_OK || settings.input_count == 0) return status;
    wres_entry *file = wres_entries_new(run), *inputs = wres_entry_map(file, "inputs");
    for (size_t i = 0; i < settings.input_count; i++)
        if (is_empty_map(&settings.inputs[i])) return WRES_OK; /* cannot be written: a map without entries is a comment */
    write_inputs(inputs, &settings);
    size_t length;
    const char *text = entries_text(run, file, &length);
    files_add("again.yaml", text, length);
    status = wres_settings_load(run, FOLDER "again.yaml", &again);
    REQUIRE(status == WRES_OK, "what was written cannot be read:\n%s", text);
    REQUIRE(settings.input_count == again.input_count, "%zu inputs, %zu when read again:\n%s", settings.input_count,
            again.input_count, text);
    for (size_t i = 0; i < settings.input_count; i++) require_same_input(&settings.inputs[i], &again.inputs[i]);
    files_remove_last();
    trace_add(out, text, length);
    return WRES_OK;
}

/* ---- one input ---------------------------------------------------------------------------------------------------- */

static wres_status load_standards(calculation *c, const char *otherwise) {
    const wres_list_setting *ids = &c->settings.standards;
    return ids->count ? calculation_load_standards(c, ids->all, ids->count) : calculation_load_standards(c, &otherwise, 1);
}

static wres_status act(wres_run *run, void *context, trace *out) {
    const char which = *(const char *)context;
    calculation c = {.run = run};
    arguments asked = {.command = which == '2' ? CHECK : which == '1' ? GOALS : CALC, .settings = settings_path, .quiet = true};
    asked.given.output = "-";
    wres_status status = begin(&c, &asked);
    if (status == WRES_OK && asked.command == GOALS) {
        status = wres_goals_default(&c.reading, &c.goals);
        if (status == WRES_OK) status = wres_goals_set_bands(&c.reading, &c.settings, &c.goals);
        c.request.goals = &c.goals;
    }
    if (status == WRES_OK) status = load_standards(&c, asked.command == GOALS ? "model-employer" : "wres-2025");
    if (status != WRES_OK) return status;
    return asked.command == CHECK ? check(&c, &asked, out) : calculate(&c, &asked, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1) return -1;
    definitions_renew();
    char which = (char)bytes[0];
    files_clear();
    files_add_samples();
    files_add("wres.yaml", bytes + 1, length - 1);
    if (run_twice(write_again, NULL) != WRES_OK) return 0; /* it would be the same mistake */
    run_twice(act, &which);
    return 0;
}
