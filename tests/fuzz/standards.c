/* Standards and table descriptions. The first byte chooses: 't' a table description, else a standard. Both are put to use on the samples,
 * where they can be loaded. */
#include "config/yaml.h"
#include "support.h"

/* Whether the text is YAML at all: most inputs are not, and need no tables and lists to be loaded for them. */
static wres_status parse(wres_run *run, void *context, trace *out) {
    const wres_text *text = context;
    yaml_reader reader = {.run = run, .file = "fuzz.yaml"};
    const yaml_node *root = is_utf8(text->bytes, text->length) ? yaml_parse(&reader, *text) : NULL;
    if (root) trace_number(out, root->line);
    if (!root && !reader.failed) yaml_mistake(&reader, 1, NULL, "no text");
    return root && !reader.failed ? WRES_OK : WRES_USAGE;
}

static void require_condition(wres_run *run, const wres_condition *condition, trace *out) {
    const char *text = wres_condition_text(run, condition);
    REQUIRE(is_utf8(text, strlen(text)), "a condition");
    trace_text(out, text);
}

static void require_conditions(wres_run *run, const wres_conditions *conditions, trace *out) {
    for (size_t i = 0; i < conditions->count; i++) require_condition(run, &conditions->all[i], out);
}

static void require_standard(wres_run *run, const wres_standard *standard, trace *out) {
    require_conditions(run, &standard->population, out);
    for (size_t i = 0; i < standard->indicator_count; i++) {
        const wres_indicator *indicator = &standard->indicators[i];
        const wres_counted *const counted[] = {&indicator->of,   &indicator->against, &indicator->events,
                                               &indicator->over, &indicator->leavers, &indicator->movers};
        for (size_t k = 0; k < COUNT_OF(counted); k++) require_conditions(run, &counted[k]->where, out);
        for (size_t p = 0; p < indicator->parts.count; p++) {
            REQUIRE(indicator->parts.all[p].of_which < (int)p, "a part of one behind it");
            trace_number(out, wres_part_depth(&indicator->parts, p));
        }
        trace_text(out, indicator->id);
        trace_text(out, wres_measure_name(indicator->measure));
    }
}

static wres_status use_standard(wres_run *run, void *context, trace *out) {
    calculation c = {.run = run};
    operand_list operands = {0};
    const wres_standard *standard;
    (void)context;
    const wres_status status = wres_standard_load(run, FOLDER "fuzz.yaml", &standard);
    if (status != WRES_OK) return status;
    require_standard(run, standard, out);
    use_definitions(&c, definitions_built_in());
    c.request.standards = &standard;
    c.request.standard_count = 1;
    add_sample_operands(run, &operands);
    return calculate(&c, &(arguments){.command = CALC, .operands = operands.all, .operand_count = operands.count}, out);
}

static wres_status use_table(wres_run *run, void *context, trace *out) {
    static const char *const files[] = {FOLDER "fuzz.yaml"}, *const ids[] = {"wres-2025"};
    calculation c = {.run = run};
    operand_list operands = {0};
    (void)context;
    use_definitions(&c, definitions_built_in());
    c.settings.tables = (wres_list_setting){files, 1};
    wres_status status = calculation_load_definitions(&c);
    if (status == WRES_OK) status = calculation_load_standards(&c, ids, 1);
    if (status != WRES_OK) return status;
    for (size_t t = 0; t < c.tables.count; t++) {
        REQUIRE(c.tables.all[t]->field_count <= WRES_MOST_FIELDS, "%zu fields", c.tables.all[t]->field_count);
        trace_text(out, c.tables.all[t]->name);
    }
    add_sample_operands(run, &operands);
    return calculate(&c, &(arguments){.command = CALC, .operands = operands.all, .operand_count = operands.count}, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1) return -1;
    definitions_renew();
    wres_text text = {(const char *)bytes + 1, length - 1};
    files_clear();
    files_add_samples();
    files_add("fuzz.yaml", text.bytes, text.length);
    if (run_twice(parse, &text) != WRES_OK && !fuzz_thorough && length % 8 != 0) return 0;
    run_twice(bytes[0] == 't' ? use_table : use_standard, NULL);
    return 0;
}
