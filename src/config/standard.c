/* Standards: data/standards/ID.yaml, or a file of the analyst's own. */
#include <string.h>

#include "config/condition.h"
#include "config/yaml.h"
#include "wres/config.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const measure_names[] = {"share", "likelihood", "rate", "gap", "disparity", "goal"};
static const char *const certainties[] = {"C", "S", "U"};

const char *wres_measure_name(wres_measure measure) { return measure_names[measure]; }

static wres_counted read_counted(yaml_reader *reader, const yaml_node *map, const char *key, bool needed) {
    static const char *const keys[] = {"table", "where"};
    const yaml_node *node = yaml_get(map, key);
    wres_counted counted = {NULL, {NULL, 0}};
    if (!node && needed) yaml_mistake(reader, map->line, key, "this key is missing");
    if (!node || !yaml_check_keys(reader, node, key, keys, COUNT(keys))) return counted;
    counted.table = yaml_get_text(reader, node, "table", true);
    counted.where = condition_list(reader, node, "where");
    return counted;
}

static wres_parts read_parts(yaml_reader *reader, const yaml_node *map, const char *key, const char *name) {
    const char *const keys[] = {name, "where"};
    const yaml_node *list = yaml_get_list(reader, map, key, true);
    wres_part *all = wres_alloc(reader->run, (list->count + 1) * sizeof *all);
    wres_parts parts = {all, 0};
    if (list->count == 0 && yaml_get(map, key)) yaml_mistake(reader, map->line, key, "at least one line is expected here");
    for (size_t i = 0; i < list->count; i++) {
        if (!yaml_check_keys(reader, list->items[i], key, keys, COUNT(keys))) continue;
        const char *row = yaml_get_text(reader, list->items[i], name, true);
        all[parts.count++] = (wres_part){row ? row : "", condition_list(reader, list->items[i], "where")};
    }
    return parts;
}

static void read_tiers(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    indicator->of = read_counted(reader, map, "of", true);
    indicator->tiers = read_parts(reader, map, "tiers", "tier");
    indicator->scopes = read_parts(reader, map, "scopes", "scope");
    if (indicator->tiers.count < 2 || indicator->tiers.count > 3)
        yaml_mistake(reader, map->line, "tiers", "a disparity ratio compares two or three tiers, from the lowest to the highest");
    if (indicator->scopes.count == 0) yaml_mistake(reader, map->line, "scopes", "at least one scope is expected here");
}

static void read_steps(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    static const char *const keys[] = {"row", "events", "over", "event"};
    const yaml_node *list = yaml_get_list(reader, map, "steps", true);
    wres_step *steps = wres_alloc(reader->run, (list->count + 1) * sizeof *steps);
    indicator->steps = steps;
    for (size_t i = 0; i < list->count; i++) {
        const yaml_node *item = list->items[i];
        if (!yaml_check_keys(reader, item, "a step", keys, COUNT(keys))) continue;
        const char *row = yaml_get_text(reader, item, "row", true);
        steps[indicator->step_count++] =
            (wres_step){row ? row : "", read_counted(reader, item, "events", true), read_counted(reader, item, "over", true),
                        yaml_get_words(reader, item, "event")};
    }
}

/* One step, or several of which each has its own events and people. */
static void read_likelihood(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    if (yaml_get(map, "steps")) {
        read_steps(reader, map, indicator);
        return;
    }
    indicator->events = read_counted(reader, map, "events", true);
    indicator->over = read_counted(reader, map, "over", true);
}

static void read_ratio(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    static const char *const orders[] = {"reference / group", "group / reference"};
    const char *ratio = yaml_get_text(reader, map, "ratio", true);
    if (ratio) indicator->group_first = yaml_choice(reader, yaml_get(map, "ratio")->line, "ratio", ratio, orders, 2) == 1;
    indicator->four_fifths = yaml_get_yes(reader, map, "four_fifths", true);
}

static void read_measure(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    static const char *const row_kinds[] = {"grades"};
    const char *rows = yaml_get_text(reader, map, "rows", false);
    if (rows) indicator->by_grade = yaml_choice(reader, yaml_get(map, "rows")->line, "rows", rows, row_kinds, 1) == 0;
    switch (indicator->measure) {
    case WRES_SHARE:
        indicator->of = read_counted(reader, map, "of", true);
        if (yaml_get(map, "parts")) indicator->parts = read_parts(reader, map, "parts", "row");
        break;
    case WRES_GAP:
        indicator->of = read_counted(reader, map, "of", true);
        indicator->against = read_counted(reader, map, "against", true);
        indicator->parts = read_parts(reader, map, "parts", "row");
        break;
    case WRES_DISPARITY: read_tiers(reader, map, indicator); break;
    case WRES_GOAL: /* who leaves, and who is appointed from shortlists, may be there, too: it tells how a band will change */
        indicator->of = read_counted(reader, map, "of", true);
        if (yaml_get(map, "leavers") || yaml_get(map, "movers")) {
            indicator->leavers = read_counted(reader, map, "leavers", true);
            indicator->movers = read_counted(reader, map, "movers", true);
        }
        if (!yaml_get(map, "events") && !yaml_get(map, "over")) break;
        indicator->events = read_counted(reader, map, "events", true);
        indicator->over = read_counted(reader, map, "over", true);
        break;
    case WRES_LIKELIHOOD:
        read_ratio(reader, map, indicator);
        read_likelihood(reader, map, indicator);
        break;
    case WRES_RATE:
        indicator->events = read_counted(reader, map, "events", true);
        indicator->over = read_counted(reader, map, "over", true);
        break;
    }
}

static const char *read_certainty(yaml_reader *reader, const yaml_node *map) {
    const char *certainty = yaml_get_text(reader, map, "certainty", true);
    if (certainty) yaml_choice(reader, yaml_get(map, "certainty")->line, "certainty", certainty, certainties, 3);
    return certainty ? certainty : "U";
}

static void read_words(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    static const char *const keys[] = {"people", "event"};
    const yaml_node *words = yaml_get(map, "words");
    indicator->people = indicator->event = "";
    const bool needed = indicator->measure == WRES_LIKELIHOOD || indicator->measure == WRES_RATE;
    if (!words && needed)
        yaml_mistake(reader, map->line, "words",
                     "this key is missing: the people and the event of the sentence that says the result");
    if (!words || !yaml_check_keys(reader, words, "words", keys, COUNT(keys))) return;
    const char *people = yaml_get_text(reader, words, "people", needed), *event = yaml_get_text(reader, words, "event", needed);
    if (people) indicator->people = people;
    if (event) indicator->event = event;
}

/* The keys that every indicator may have, and those of its measure: a key that is not read would be believed. */
static void check_indicator_keys(yaml_reader *reader, const yaml_node *map, int measure) {
    static const char *const common[] = {"id",        "title",          "measure",   "words",  "definition",
                                         "numerator", "denominator",    "direction", "window", "source",
                                         "certainty", "certainty_note", "off"};
    static const char *const own[][8] = {{"of", "rows", "parts", "months"},
                                         {"events", "over", "months", "years", "ratio", "four_fifths", "steps"},
                                         {"events", "over", "months", "joined"},
                                         {"of", "against", "parts"},
                                         {"of", "tiers", "scopes"},
                                         {"of", "events", "over", "months", "leavers", "movers"}};
    const char *keys[COUNT(common) + COUNT(own[0])];
    size_t count = COUNT(common);
    memcpy(keys, common, sizeof common);
    for (size_t i = 0; measure >= 0 && i < COUNT(own[0]) && own[measure][i]; i++) keys[count++] = own[measure][i];
    if (measure >= 0) yaml_check_keys(reader, map, "an indicator", keys, count);
}

static wres_indicator read_indicator(yaml_reader *reader, const yaml_node *map) {
    wres_indicator indicator = {.file = reader->file, .line = map->line, .months = 12, .years = 1};
    indicator.definition = indicator.people = indicator.event = indicator.off = "";
    if (!yaml_check_keys(reader, map, "an indicator", NULL, 0)) return indicator;
    indicator.off = yaml_get_words(reader, map, "off");
    const char *measure = yaml_get_text(reader, map, "measure", !*indicator.off);
    const int choice =
        measure ? yaml_choice(reader, yaml_get(map, "measure")->line, "measure", measure, measure_names, COUNT(measure_names)) : -1;
    check_indicator_keys(reader, map, choice);
    indicator.id = yaml_get_text(reader, map, "id", true);
    indicator.title = yaml_get_text(reader, map, "title", true);
    indicator.months = yaml_get_number(reader, map, "months", 1, 120, 12);
    indicator.years = yaml_get_number(reader, map, "years", 1, 10, 1);
    indicator.joined = yaml_get_text(reader, map, "joined", false);
    indicator.definition = yaml_get_words(reader, map, "definition");
    indicator.numerator = yaml_get_words(reader, map, "numerator");
    indicator.denominator = yaml_get_words(reader, map, "denominator");
    indicator.direction = yaml_get_words(reader, map, "direction");
    indicator.window = yaml_get_words(reader, map, "window");
    indicator.source = yaml_get_words(reader, map, "source");
    indicator.certainty = read_certainty(reader, map);
    indicator.certainty_note = yaml_get_words(reader, map, "certainty_note");
    if (choice >= 0 && !*indicator.off) {
        indicator.measure = (wres_measure)choice;
        read_measure(reader, map, &indicator);
        read_words(reader, map, &indicator);
    }
    return indicator;
}

static void read_indicators(yaml_reader *reader, const yaml_node *map, wres_standard *standard) {
    const yaml_node *list = yaml_get_list(reader, map, "indicators", true);
    wres_indicator *all = wres_alloc(reader->run, (list->count + 1) * sizeof *all);
    standard->indicators = all;
    for (size_t i = 0; i < list->count; i++) {
        const wres_indicator indicator = read_indicator(reader, list->items[i]);
        for (size_t j = 0; j < i; j++)
            if (indicator.id && all[j].id && strcmp(all[j].id, indicator.id) == 0)
                yaml_mistake(reader, list->items[i]->line, "id", "the indicator %s is here twice", indicator.id);
        all[standard->indicator_count++] = indicator;
    }
}

static void read_compare(yaml_reader *reader, const yaml_node *map, wres_standard *standard) {
    static const char *const keys[] = {"field", "reference", "group", "unknown"};
    const yaml_node *compare = yaml_get(map, "compare");
    if (!compare) {
        yaml_mistake(reader, map->line, "compare", "this key is missing");
        return;
    }
    if (!yaml_check_keys(reader, compare, "compare", keys, COUNT(keys))) return;
    standard->compare_field = yaml_get_text(reader, compare, "field", true);
    standard->reference = yaml_get_text(reader, compare, "reference", true);
    standard->group = yaml_get_text(reader, compare, "group", true);
    standard->unknown = yaml_get_text(reader, compare, "unknown", true);
}

static const char *family_of(wres_run *run, const char *id) {
    const char *dash = strrchr(id, '-');
    return dash ? wres_copy(run, id, (size_t)(dash - id)) : id;
}

static const wres_standard *read_standard(yaml_reader *reader, wres_text content) {
    static const char *const keys[] = {"standard",       "title",   "owner",           "source",     "certainty", "note",
                                       "certainty_note", "compare", "unknown_in_base", "population", "indicators"};
    wres_standard *standard = wres_alloc(reader->run, sizeof *standard);
    const yaml_node *map = yaml_parse(reader, content);
    if (!map || !yaml_check_keys(reader, map, "a standard", keys, COUNT(keys))) return NULL;
    standard->file = reader->file;
    standard->id = yaml_get_text(reader, map, "standard", true);
    standard->title = yaml_get_text(reader, map, "title", true);
    standard->owner = yaml_get_words(reader, map, "owner");
    standard->source = yaml_get_words(reader, map, "source");
    standard->certainty = read_certainty(reader, map);
    standard->certainty_note = yaml_get_words(reader, map, "certainty_note");
    standard->unknown_in_base = yaml_get_yes(reader, map, "unknown_in_base", true);
    standard->population = condition_list(reader, map, "population");
    read_compare(reader, map, standard);
    read_indicators(reader, map, standard);
    if (reader->failed) return NULL;
    standard->family = family_of(reader->run, standard->id);
    return standard;
}

static bool is_built_in(const char *path) { return strncmp(path, "standards/", 10) == 0; }

wres_status wres_standard_list(wres_run *run, const char *const **ids, size_t *count) {
    const char **found = wres_alloc(run, (wres_resource_count + 1) * sizeof *found);
    *count = 0;
    for (size_t i = 0; i < wres_resource_count; i++) {
        const char *path = wres_resources[i].path;
        if (is_built_in(path)) found[(*count)++] = wres_copy(run, path + 10, strlen(path) - 10 - strlen(".yaml"));
    }
    *ids = found;
    return WRES_OK;
}

static wres_status load_built_in(wres_run *run, const char *id, const wres_standard **standard) {
    const wres_resource *resource = wres_resource_find(wres_print(run, "standards/%s.yaml", id));
    const char *const *ids;
    size_t count;
    if (!resource) {
        wres_standard_list(run, &ids, &count);
        const char *near = wres_nearest(run, id, ids, count);
        wres_find(run, WRES_ERROR, "standard", (wres_place){0}, 0,
                  "there is no standard '%s'%s%s; 'wres standards' lists them, and a file of your own must end in .yaml",
                  wres_visible(run, wres_text_of(id)), near ? ": did you mean " : "", near ? near : "");
        return WRES_USAGE;
    }
    yaml_reader reader = {run, resource->path, false};
    *standard = read_standard(&reader, (wres_text){(const char *)resource->bytes, resource->length});
    return *standard ? WRES_OK : WRES_USAGE;
}

static bool ends_in(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

wres_status wres_standard_load(wres_run *run, const char *id_or_file, const wres_standard **standard) {
    if (!ends_in(id_or_file, ".yaml") && !ends_in(id_or_file, ".yml")) return load_built_in(run, id_or_file, standard);
    yaml_reader reader = {run, wres_visible_name(run, id_or_file), false};
    wres_text content;
    const wres_status status = wres_file_load(run, id_or_file, &content);
    if (status != WRES_OK) return status;
    *standard = read_standard(&reader, content);
    return *standard ? WRES_OK : WRES_USAGE;
}
