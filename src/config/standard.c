/* Standards: data/standards/ID.yaml, or a file of the analyst's own. */
#include <string.h>

#include "config/condition.h"
#include "config/yaml.h"
#include "wres/config.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_NAMED = 8 };

static const char *const measure_names[] = {"share", "likelihood", "rate", "gap", "disparity", "goal"};
static const char *const certainties[] = {"C", "S", "U"};

const char *wres_measure_name(wres_measure measure) { return measure_names[measure]; }

static wres_counted read_counted(yaml_reader *reader, const yaml_node *map, const char *key, bool needed) {
    static const char *const keys[] = {"table", "where"};
    const yaml_node *node = yaml_get(map, key);
    wres_counted counted = {.line = map->line};
    if (!node && needed) yaml_mistake(reader, map->line, key, "this key is missing");
    if (!node || !yaml_check_keys(reader, node, key, keys, COUNT(keys))) return counted;
    counted.table = yaml_get_text(reader, node, "table", true);
    counted.line = counted.table ? yaml_get(node, "table")->line : node->line;
    counted.where = condition_list(reader, node, "where");
    return counted;
}

/* ---- parts of parts ------------------------------------------------------------------------------------------- */

size_t wres_part_depth(const wres_parts *parts, size_t part) {
    size_t depth = 0;
    for (int at = parts->all[part].of_which; at != WRES_OF_ALL; at = parts->all[at].of_which) depth++;
    return depth;
}

static int find_row(yaml_reader *reader, const yaml_node *item, const char *const *rows, size_t count, size_t self) {
    const char *wanted = yaml_get_text(reader, item, "of_which", false);
    if (!wanted) return WRES_OF_ALL;
    const uint64_t line = yaml_get(item, "of_which")->line;
    const int found = yaml_choice(reader, line, "of_which", wanted, rows, count);
    if (found >= 0 && (size_t)found == self) {
        yaml_mistake(reader, line, "of_which", "'%s' cannot be a part of itself", wres_visible(reader->run, wres_text_of(wanted)));
        return WRES_OF_ALL;
    }
    return found < 0 ? WRES_OF_ALL : found;
}

static bool is_in_circle(const wres_part *all, size_t count, size_t part) {
    int at = all[part].of_which;
    for (size_t steps = 0; at != WRES_OF_ALL && steps < count; steps++, at = all[at].of_which)
        if ((size_t)at == part) return true;
    return false;
}

/* Said once, of its last line, and cut there. */
static void cut_circle(yaml_reader *reader, const yaml_node *const *items, wres_part *all, size_t part) {
    const char *way = wres_visible(reader->run, wres_text_of(all[part].row));
    int at = all[part].of_which;
    for (int steps = 0; steps < MOST_NAMED; steps++, at = all[at].of_which) {
        way = wres_print(reader->run, "%s of %s", way, wres_visible(reader->run, wres_text_of(all[at].row)));
        if ((size_t)at == part) break;
    }
    yaml_mistake(reader, yaml_get(items[part], "of_which")->line, "of_which", "parts that are parts of one another: %s%s", way,
                 (size_t)at == part ? "" : " ...");
    all[part].of_which = WRES_OF_ALL;
}

/* Behind each part those that lie in it. */
static void put_in_order(const wres_part *from, size_t count, int parent, int new_parent, wres_part *to, size_t *filled) {
    for (size_t i = 0; i < count; i++) {
        if (from[i].of_which != parent) continue;
        const int place = (int)*filled;
        to[(*filled)++] = (wres_part){from[i].row, from[i].where, new_parent};
        put_in_order(from, count, (int)i, place, to, filled);
    }
}

static void nest_parts(yaml_reader *reader, const yaml_node *const *items, const char *const *rows, wres_parts *parts) {
    wres_part *all = wres_alloc(reader->run, (parts->count + 1) * sizeof *all);
    wres_part *ordered = wres_alloc(reader->run, (parts->count + 1) * sizeof *ordered);
    size_t filled = 0;
    if (parts->count) memcpy(all, parts->all, parts->count * sizeof *all);
    for (size_t i = 0; i < parts->count; i++) all[i].of_which = find_row(reader, items[i], rows, parts->count, i);
    for (size_t i = parts->count; i-- > 0;)
        if (is_in_circle(all, parts->count, i)) cut_circle(reader, items, all, i);
    put_in_order(all, parts->count, WRES_OF_ALL, WRES_OF_ALL, ordered, &filled);
    parts->all = ordered;
}

/* Two results of one name could not be told apart. */
static const char *read_row(yaml_reader *reader, const yaml_node *item, const char *name, const char *const *earlier,
                            size_t count) {
    const char *row = yaml_get_text(reader, item, name, true);
    for (size_t i = 0; row && i < count; i++)
        if (strcmp(earlier[i], row) == 0)
            yaml_mistake(reader, yaml_get(item, name)->line, name, "'%s' is here twice",
                         wres_visible(reader->run, wres_text_of(row)));
    return row ? row : "";
}

static wres_parts read_parts(yaml_reader *reader, const yaml_node *map, const char *key, const char *name, bool beside_all) {
    const char *const keys[] = {name, "where", "of_which"};
    const bool nested = strcmp(key, "parts") == 0;
    const yaml_node *list = yaml_get_items(reader, map, key);
    wres_part *all = wres_alloc(reader->run, (list->count + 1) * sizeof *all);
    const char **rows = wres_alloc(reader->run, (list->count + 1) * sizeof *rows);
    const yaml_node **items = wres_alloc(reader->run, (list->count + 1) * sizeof *items);
    wres_parts parts = {all, 0};
    for (size_t i = 0; i < list->count; i++) {
        if (!yaml_check_keys(reader, list->items[i], key, keys, nested ? 3 : 2)) continue;
        rows[parts.count] = read_row(reader, list->items[i], name, rows, parts.count);
        items[parts.count] = list->items[i];
        if (beside_all && strcmp(rows[parts.count], "all") == 0)
            yaml_mistake(reader, yaml_get(list->items[i], name)->line, name,
                         "'all' is the row of everybody, which is there without it");
        all[parts.count] = (wres_part){rows[parts.count], condition_list(reader, list->items[i], "where"), WRES_OF_ALL};
        parts.count++;
    }
    if (nested) nest_parts(reader, items, rows, &parts);
    return parts;
}

static void read_tiers(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    indicator->of = read_counted(reader, map, "of", true);
    indicator->tiers = read_parts(reader, map, "tiers", "tier", false);
    indicator->scopes = read_parts(reader, map, "scopes", "scope", false);
    if (indicator->tiers.count == 1 || indicator->tiers.count > 3)
        yaml_mistake(reader, yaml_get(map, "tiers")->line, "tiers",
                     "a disparity ratio compares two or three tiers, from the lowest to the highest");
}

static void read_steps(yaml_reader *reader, const yaml_node *map, wres_indicator *indicator) {
    static const char *const keys[] = {"row", "events", "over", "event"}, *const single[] = {"events", "over"};
    const yaml_node *list = yaml_get_items(reader, map, "steps");
    wres_step *steps = wres_alloc(reader->run, (list->count + 1) * sizeof *steps);
    const char **rows = wres_alloc(reader->run, (list->count + 1) * sizeof *rows);
    indicator->steps = steps;
    for (size_t i = 0; i < COUNT(single); i++)
        if (yaml_get(map, single[i]))
            yaml_mistake(reader, yaml_get(map, single[i])->line, single[i],
                         "the steps have their own: remove this key, or 'steps'");
    for (size_t i = 0; i < list->count; i++) {
        const yaml_node *item = list->items[i];
        if (!yaml_check_keys(reader, item, "a step", keys, COUNT(keys))) continue;
        rows[indicator->step_count] = read_row(reader, item, "row", rows, indicator->step_count);
        steps[indicator->step_count] = (wres_step){rows[indicator->step_count], read_counted(reader, item, "events", true),
                                                   read_counted(reader, item, "over", true), yaml_get_words(reader, item, "event")};
        indicator->step_count++;
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
        if (yaml_get(map, "parts")) indicator->parts = read_parts(reader, map, "parts", "row", true);
        break;
    case WRES_GAP:
        indicator->of = read_counted(reader, map, "of", true);
        indicator->against = read_counted(reader, map, "against", true);
        indicator->parts = read_parts(reader, map, "parts", "row", false);
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
static void check_indicator_keys(yaml_reader *reader, const yaml_node *map, int measure, bool off) {
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
    if (measure >= 0 || off) yaml_check_keys(reader, map, "an indicator", keys, count);
}

/* What is not computed has nothing that would be: it would be believed, and nobody has checked it. */
static void check_off(yaml_reader *reader, const yaml_node *map) {
    const yaml_node *measure = yaml_get(map, "measure");
    if (measure)
        yaml_mistake(reader, measure->line, "measure",
                     "an indicator that is off is not computed: remove 'off', or the measure with its keys");
}

static wres_indicator read_indicator(yaml_reader *reader, const yaml_node *map) {
    wres_indicator indicator = {.file = reader->file, .line = map->line, .months = 12, .years = 1};
    indicator.definition = indicator.people = indicator.event = indicator.off = "";
    if (!yaml_check_keys(reader, map, "an indicator", NULL, 0)) return indicator;
    indicator.off = yaml_get_words(reader, map, "off");
    if (*indicator.off) check_off(reader, map);
    const char *measure = yaml_get_text(reader, map, "measure", !*indicator.off);
    const int choice =
        measure ? yaml_choice(reader, yaml_get(map, "measure")->line, "measure", measure, measure_names, COUNT(measure_names)) : -1;
    check_indicator_keys(reader, map, choice, *indicator.off);
    indicator.id = yaml_get_id(reader, map, "id");
    indicator.title = yaml_get_text(reader, map, "title", true);
    indicator.months = yaml_get_number(reader, map, "months", 1, 120, 12);
    indicator.years = yaml_get_number(reader, map, "years", 1, 10, 1);
    indicator.joined = yaml_get_text(reader, map, "joined", false);
    if (indicator.joined) indicator.joined_line = yaml_get(map, "joined")->line;
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
    const yaml_node *list = yaml_get_items(reader, map, "indicators");
    wres_indicator *all = wres_alloc(reader->run, (list->count + 1) * sizeof *all);
    standard->indicators = all;
    for (size_t i = 0; i < list->count; i++) {
        const wres_indicator indicator = read_indicator(reader, list->items[i]);
        for (size_t j = 0; j < i; j++)
            if (indicator.id && all[j].id && strcmp(all[j].id, indicator.id) == 0)
                yaml_mistake(reader, yaml_get(list->items[i], "id")->line, "id", "the indicator %s is here twice", indicator.id);
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
    wres_compare *c = &standard->compare;
    const char **const texts[] = {&c->field, &c->reference, &c->group, &c->unknown};
    uint64_t *const lines[] = {&c->field_line, &c->reference_line, &c->group_line, &c->unknown_line};
    for (size_t i = 0; i < COUNT(keys); i++) {
        *texts[i] = yaml_get_text(reader, compare, keys[i], true);
        *lines[i] = *texts[i] ? yaml_get(compare, keys[i])->line : compare->line;
        for (size_t k = 1; k < i && *texts[i]; k++)
            if (*texts[k] && strcmp(*texts[k], *texts[i]) == 0)
                yaml_mistake(reader, *lines[i], keys[i],
                             "'%s' is the %s already: two groups are compared, and a third is not known",
                             wres_visible(reader->run, wres_text_of(*texts[i])), keys[k]);
    }
}

static const char *family_of(wres_run *run, const char *id) {
    const char *dash = strrchr(id, '-');
    return dash ? wres_copy(run, id, (size_t)(dash - id)) : id;
}

static const wres_standard *read_standard(yaml_reader *reader, const yaml_node *map) {
    static const char *const keys[] = {"standard",       "title",   "owner",           "source",     "certainty", "note",
                                       "certainty_note", "compare", "unknown_in_base", "population", "indicators"};
    wres_standard *standard = wres_alloc(reader->run, sizeof *standard);
    if (!map || !yaml_check_keys(reader, map, "a standard", keys, COUNT(keys))) return NULL;
    standard->file = reader->file;
    standard->id = yaml_get_id(reader, map, "standard");
    standard->id_line = standard->id ? yaml_get(map, "standard")->line : map->line;
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

static wres_status load_built_in(wres_run *run, const char *id, const wres_place *named, const wres_standard **standard) {
    const wres_resource *resource = wres_resource_find(wres_print(run, "standards/%s.yaml", id));
    const char *const *ids;
    size_t count;
    if (!resource) {
        wres_standard_list(run, &ids, &count);
        const char *near = wres_nearest(run, id, ids, count);
        wres_find(run, WRES_ERROR, "standard", *named, 0,
                  "there is no standard '%s'%s%s; 'wres standards' lists them, and a file of your own must end in .yaml",
                  wres_visible(run, wres_text_of(id)), near ? ": did you mean " : "", near ? near : "");
        return WRES_USAGE;
    }
    yaml_reader reader = {run, resource->path, false};
    *standard = read_standard(&reader, yaml_built_in(&reader, resource));
    return *standard ? WRES_OK : WRES_USAGE;
}

static bool ends_in(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

wres_status wres_standard_load(wres_run *run, const char *id_or_file, const wres_standard **standard) {
    return wres_standard_load_named(run, id_or_file, &(wres_place){0}, standard);
}

wres_status wres_standard_load_named(wres_run *run, const char *id_or_file, const wres_place *named,
                                     const wres_standard **standard) {
    if (!ends_in(id_or_file, ".yaml") && !ends_in(id_or_file, ".yml")) return load_built_in(run, id_or_file, named, standard);
    yaml_reader reader = {run, wres_visible_name(run, id_or_file), false};
    wres_text content;
    const wres_status status = wres_file_load(run, id_or_file, &content);
    if (status != WRES_OK) return status;
    *standard = read_standard(&reader, yaml_parse(&reader, content));
    return *standard ? WRES_OK : WRES_USAGE;
}
