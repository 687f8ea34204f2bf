/* Code lists. The first byte chooses which list the text is in the place of ('0' the first); it is looked up in, grouped by, and used on
 * the samples. */
#include "codes/list.h"
#include "support.h"

typedef struct list_text {
    const char *name;
    wres_text content;
} list_text;

static void require_member(const wres_list *list, uint16_t member, trace *out) {
    REQUIRE(member < wres_list_members(list), "member %u of %zu", member, wres_list_members(list));
    for (int a = 0; a < (int)wres_list_attributes(list); a++)
        REQUIRE(wres_list_value_of(list, a, member) < wres_list_values(list, a), "value %u of %zu",
                wres_list_value_of(list, a, member), wres_list_values(list, a));
    trace_text(out, wres_list_member_name(list, member));
}

static void look_up(wres_run *run, const wres_list *list, wres_text text, trace *out) {
    wres_found found;
    const uint16_t member = wres_list_look_up(list, run, text, &found);
    require_member(list, member, out);
    trace_number(out, found);
    REQUIRE(found != WRES_BLANK || member == wres_list_blank(list), "a blank that is none");
    trace_text(out, wres_list_nearest(list, run, text));
}

/* Each cell of the text, whatever column it is in. */
static wres_status look_up_cells(void *context, const wres_text *cells, size_t count, uint64_t line) {
    const struct {
        wres_run *run;
        const wres_list *list;
        trace *out;
    } *asked = context;
    (void)line;
    for (size_t i = 0; i < count; i++) look_up(asked->run, asked->list, cells[i], asked->out);
    return WRES_OK;
}

static wres_status read_list(wres_run *run, void *context, trace *out) {
    enum { MUCH = 4096 };
    const list_text *text = context;
    wres_list *list;
    const wres_status status = list_read(run, text->name, "list.csv", text->content, &list);
    if (status != WRES_OK) return status;
    for (size_t m = 0; m < wres_list_members(list); m++) require_member(list, (uint16_t)m, out);
    for (int a = 0; a < (int)wres_list_attributes(list); a++)
        for (uint16_t v = 0; v < wres_list_values(list, a); v++) {
            const char *value = wres_list_value(list, a, v);
            REQUIRE(wres_list_value_find(list, a, wres_text_of(value)) >= 0, "a value that is not found: %s", value);
        }
    if (text->content.length > MUCH) return status; /* each look for the nearest goes through the whole list */
    struct {
        wres_run *run;
        const wres_list *list;
        trace *out;
    } asked = {run, list, out};
    wres_csv *csv = wres_csv_new(run, "list.csv", &(wres_csv_options){0}, look_up_cells, &asked);
    REQUIRE(wres_csv_feed(csv, text->content.bytes, text->content.length) == WRES_OK && wres_csv_end(csv) == WRES_OK,
            "read once, but not twice");
    return status;
}

static wres_status use_list(wres_run *run, void *context, trace *out) {
    static const char *const ids[] = {"wres-2025"};
    const list_text *text = context;
    const char *const files[] = {wres_print(run, FOLDER "%s.csv", text->name)};
    calculation c = {.run = run};
    operand_list operands = {0};
    use_definitions(&c, definitions_built_in());
    c.settings.codes = (wres_list_setting){files, 1};
    wres_status status = calculation_load_definitions(&c);
    if (status == WRES_OK) status = calculation_load_standards(&c, ids, 1);
    if (status != WRES_OK) return status;
    c.reading.allow_unmapped = true;
    add_sample_operands(run, &operands);
    return calculate(&c, &(arguments){.command = CALC, .operands = operands.all, .operand_count = operands.count}, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1) return -1;
    definitions_renew();
    const definitions *d = definitions_built_in();
    static char file[128], name[120];
    const size_t which = (size_t)(uint8_t)(bytes[0] - '0') % wres_codes_count(d->codes);
    snprintf(name, sizeof name, "%s", wres_list_name(wres_codes_at(d->codes, which)));
    snprintf(file, sizeof file, "%s.csv", name);
    list_text text = {name, {(const char *)bytes + 1, length - 1}};
    files_clear();
    files_add_samples();
    files_add(file, text.content.bytes, text.content.length);
    const bool seldom = !fuzz_thorough && length % 4 != 0; /* all lists are loaded for it */
    const bool readable = is_utf8(text.content.bytes, text.content.length);
    if (readable && run_twice(read_list, &text) != WRES_OK && seldom) return 0;
    if (!seldom) run_twice(use_list, &text);
    return 0;
}
