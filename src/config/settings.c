/* Settings: wres.yaml. Its keys are the long options of the command line with '_' for '-', and the inputs. */
#include <string.h>

#include "config/yaml.h"
#include "wres/config.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static wres_pairs read_pairs(yaml_reader *reader, const yaml_node *map, const char *key) {
    wres_pairs pairs = {NULL, 0};
    if (!map) return pairs;
    if (map->kind != YAML_MAP) {
        yaml_mistake(reader, map->line, key, "lines of the form 'name: value' are expected here");
        return pairs;
    }
    pairs.all = wres_alloc(reader->run, (map->count + 1) * sizeof *pairs.all);
    for (size_t i = 0; i < map->count; i++) {
        if (map->items[i]->kind != YAML_TEXT) {
            yaml_mistake(reader, map->items[i]->line, map->keys[i], "one text is expected here");
            continue;
        }
        pairs.all[pairs.count++] = (wres_pair){map->keys[i], map->items[i]->text, map->items[i]->line};
    }
    return pairs;
}

/* Spellings are compared as they are in the file, without regard to case and spaces: of two the second would never be met. */
static void check_spellings(yaml_reader *reader, const wres_pairs *values) {
    wres_dictionary *seen = wres_dictionary_new(reader->run);
    uint64_t *lines = wres_alloc(reader->run, (values->count + 1) * sizeof *lines);
    for (size_t i = 0; i < values->count; i++) {
        const wres_pair *value = &values->all[i];
        const uint32_t count = wres_dictionary_count(seen);
        const uint32_t at = wres_dictionary_add(seen, wres_text_of(wres_normalised(reader->run, wres_text_of(value->name))));
        if (at < count)
            yaml_mistake(reader, value->line, wres_visible(reader->run, wres_text_of(value->name)),
                         "this spelling is here twice: line %llu has it in other letters or spaces", (unsigned long long)lines[at]);
        else
            lines[at] = value->line;
    }
}

static void read_maps(yaml_reader *reader, const yaml_node *node, wres_input_setting *input) {
    if (!node) return;
    if (node->kind != YAML_MAP) {
        yaml_mistake(reader, node->line, "values",
                     "field names are expected here, each with 'as in the file: as in the code list'");
        return;
    }
    wres_value_map *maps = wres_alloc(reader->run, (node->count + 1) * sizeof *maps);
    input->maps = maps;
    for (size_t i = 0; i < node->count; i++) {
        wres_value_map *map = &maps[input->map_count++];
        *map = (wres_value_map){node->keys[i], read_pairs(reader, node->items[i], node->keys[i]), node->items[i]->line};
        check_spellings(reader, &map->values);
    }
}

/* Columns, each with the values that choose rows. */
static const wres_choice *read_choices(yaml_reader *reader, const yaml_node *map, const char *key, size_t *count) {
    const yaml_node *node = yaml_get(map, key);
    *count = 0;
    if (!node) return NULL;
    if (node->kind != YAML_MAP || node->count == 0) {
        yaml_mistake(reader, node->line, key, "columns are expected here, each with its values");
        return NULL;
    }
    wres_choice *all = wres_alloc(reader->run, (node->count + 1) * sizeof *all);
    for (size_t i = 0; i < node->count; i++) {
        wres_choice *line = &all[(*count)++];
        line->column = node->keys[i];
        line->line = node->items[i]->line;
        line->values = yaml_texts(reader, node->items[i], node->keys[i], &line->value_count);
        if (node->items[i]->kind == YAML_LIST && node->items[i]->count == 0)
            yaml_mistake(
                reader, line->line, node->keys[i],
                "this list under '%s' is empty: at least one value of the column is expected here (\"\" for an empty cell)", key);
    }
    return all;
}

/* "1-4" */
static bool read_bounds(const char *text, wres_hidden *hidden) {
    const char *dash = strchr(text, '-');
    return dash && wres_count_parse((wres_text){text, (size_t)(dash - text)}, &hidden->least) &&
           wres_count_parse(wres_text_of(dash + 1), &hidden->most) && hidden->least <= hidden->most;
}

/* hidden: ["*", "[c]"], where nothing is known of the counts, or hidden: {"<5": 1-4}. */
static void read_hidden(yaml_reader *reader, const yaml_node *map, wres_input_setting *input) {
    const yaml_node *node = yaml_get(map, "hidden");
    if (!node) return;
    const bool bounded = node->kind == YAML_MAP;
    size_t count = node->count;
    const char *const *texts = bounded ? node->keys : yaml_texts(reader, node, "hidden", &count);
    wres_hidden *all = wres_alloc(reader->run, (count + 1) * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        const yaml_node *item = bounded || node->kind == YAML_LIST ? node->items[i] : node;
        wres_hidden *hidden = &all[input->hidden_count++];
        *hidden = (wres_hidden){texts[i], 0, WRES_COUNT_LIMIT, item->line};
        if (bounded && (item->kind != YAML_TEXT || !read_bounds(item->text, hidden)))
            yaml_mistake(reader, item->line, texts[i], "the least and the most that this can stand for are expected here, as 1-4");
    }
    input->hidden = all;
}

/* Where the text of a list stands, or the one text, or the key of a map. */
static uint64_t line_of_text(const yaml_node *node, size_t i) {
    return node->kind == YAML_TEXT ? node->line : node->items[i]->line;
}

static bool is_same_mark(yaml_reader *reader, const char *a, const char *b) {
    return strcmp(wres_normalised(reader->run, wres_text_of(a)), wres_normalised(reader->run, wres_text_of(b))) == 0;
}

/* A number would be read as one before any mark is looked for. */
static void check_mark(yaml_reader *reader, const char *key, const char *text, uint64_t line, bool declared) {
    wres_rational number;
    if (wres_decimal_parse(wres_text_trim(wres_text_of(text)), &number))
        yaml_mistake(reader, line, key, "'%s' is a number, and never stands for another",
                     wres_visible(reader->run, wres_text_of(text)));
    else if (declared)
        yaml_mistake(reader, line, key, "'%s' is declared twice: it can stand for one thing only",
                     wres_visible(reader->run, wres_text_of(text)));
}

static void check_marks(yaml_reader *reader, const yaml_node *map, const wres_input_setting *input) {
    const yaml_node *zero = yaml_get(map, "zero");
    for (size_t i = 0; i < input->zero_count; i++) {
        bool declared = false;
        for (size_t k = 0; k < i; k++) declared = declared || is_same_mark(reader, input->zero[k], input->zero[i]);
        check_mark(reader, "zero", input->zero[i], line_of_text(zero, i), declared);
    }
    for (size_t i = 0; i < input->hidden_count; i++) {
        bool declared = false;
        for (size_t k = 0; k < i; k++) declared = declared || is_same_mark(reader, input->hidden[k].text, input->hidden[i].text);
        for (size_t k = 0; k < input->zero_count; k++)
            declared = declared || is_same_mark(reader, input->zero[k], input->hidden[i].text);
        check_mark(reader, "hidden", input->hidden[i].text, input->hidden[i].line, declared);
    }
}

static char read_delimiter(yaml_reader *reader, const yaml_node *map) {
    static const char *const names[] = {"comma", "tab", "semicolon", "pipe", "tilde"};
    static const char delimiters[] = ",\t;|~";
    const char *text = yaml_get_text(reader, map, "delimiter", false);
    if (text && strlen(text) == 1 && strchr(delimiters, *text)) return *text;
    const int choice = text ? yaml_choice(reader, yaml_get(map, "delimiter")->line, "delimiter", text, names, COUNT(names)) : -1;
    return choice < 0 ? '\0' : delimiters[choice];
}

static const char *read_encoding(yaml_reader *reader, const yaml_node *map) {
    static const char *const names[] = {"UTF-8", "Windows-1252", "UTF-16LE", "UTF-16BE", "Macintosh"};
    const char *text = yaml_get_text(reader, map, "encoding", false);
    const int choice = text ? yaml_choice(reader, yaml_get(map, "encoding")->line, "encoding", text, names, COUNT(names)) : -1;
    return choice < 0 ? NULL : names[choice];
}

static const char *const *read_files(yaml_reader *reader, const yaml_node *map, const char *settings, size_t *count) {
    const yaml_node *node = yaml_get(map, "file");
    if (node && yaml_get(map, "files")) yaml_mistake(reader, map->line, "files", "either 'file' or 'files', not both");
    if (!node) node = yaml_get(map, "files");
    *count = 0;
    if (!node) {
        yaml_mistake(reader, map->line, "file", "this key is missing: the file to read");
        return NULL;
    }
    const char *const *names = yaml_texts(reader, node, "file", count);
    const char **paths = wres_alloc(reader->run, (*count + 1) * sizeof *paths);
    if (node->kind == YAML_LIST && node->count == 0)
        yaml_mistake(reader, node->line, "files", "at least one file is expected here");
    for (size_t i = 0; i < *count; i++) {
        if (!*names[i])
            yaml_mistake(reader, line_of_text(node, i), "file", "this name is empty: the file to read is expected here");
        paths[i] = wres_path_join(reader->run, settings, names[i]);
    }
    return paths;
}

static wres_input_setting read_input(yaml_reader *reader, const char *table, uint64_t table_line, const yaml_node *node,
                                     const char *settings) {
    static const char *const keys[] = {"file",  "files",    "columns",   "values",      "leave_out", "keep",
                                       "dates", "encoding", "delimiter", "header_line", "zero",      "hidden"};
    static const char *const orders[] = {"d/m/y", "m/d/y"};
    wres_input_setting input = {.table = table, .settings_file = reader->file, .line = node->line, .table_line = table_line};
    if (node->kind == YAML_TEXT) { /* `workforce: file.csv` */
        const char **path = wres_alloc(reader->run, sizeof *path);
        if (!*node->text)
            yaml_mistake(reader, node->line, table, "nothing stands here: a file, or keys as 'file' and 'columns', are expected");
        *path = wres_path_join(reader->run, settings, node->text);
        input.files = path;
        input.file_count = 1;
        return input;
    }
    if (!yaml_check_keys(reader, node, "an input", keys, COUNT(keys))) return input;
    input.files = read_files(reader, node, settings, &input.file_count);
    input.columns = read_pairs(reader, yaml_get(node, "columns"), "columns");
    read_maps(reader, yaml_get(node, "values"), &input);
    input.leave_out = read_choices(reader, node, "leave_out", &input.leave_out_count);
    input.keep = read_choices(reader, node, "keep", &input.keep_count);
    const char *dates = yaml_get_text(reader, node, "dates", false);
    if (dates)
        input.dates = yaml_choice(reader, yaml_get(node, "dates")->line, "dates", dates, orders, 2) == 1 ? WRES_DATES_MONTH_FIRST
                                                                                                         : WRES_DATES_DAY_FIRST;
    input.encoding = read_encoding(reader, node);
    input.delimiter = read_delimiter(reader, node);
    input.header_line = (uint64_t)yaml_get_number(reader, node, "header_line", 1, 1000, 0);
    if (yaml_get(node, "zero")) input.zero = yaml_texts(reader, yaml_get(node, "zero"), "zero", &input.zero_count);
    read_hidden(reader, node, &input);
    check_marks(reader, node, &input);
    return input;
}

static void read_inputs(yaml_reader *reader, const yaml_node *node, const char *path, wres_settings *settings) {
    size_t room = 1;
    if (!node) return;
    if (node->kind != YAML_MAP) {
        yaml_mistake(reader, node->line, "inputs", "tables are expected here, each with its file");
        return;
    }
    for (size_t i = 0; i < node->count; i++) room += node->items[i]->kind == YAML_LIST ? node->items[i]->count : 1;
    wres_input_setting *inputs = wres_alloc(reader->run, room * sizeof *inputs);
    settings->inputs = inputs;
    for (size_t i = 0; i < node->count; i++) {
        const yaml_node *item = node->items[i], *const *entries = item->kind == YAML_LIST ? item->items : &node->items[i];
        const size_t count = item->kind == YAML_LIST ? item->count : 1;
        if (count == 0) yaml_mistake(reader, item->line, node->keys[i], "this list is empty: at least one file is expected here");
        for (size_t j = 0; j < count; j++)
            inputs[settings->input_count++] = read_input(reader, node->keys[i], node->key_lines[i], entries[j], path);
    }
}

static void note_place(wres_settings *settings, const char *key, const char *value, uint64_t line) {
    settings->places.all[settings->places.count++] = (wres_pair){key, value, line};
}

/* The readers of one setting note its place. */
static const char *read_text(yaml_reader *reader, const yaml_node *map, const char *key, wres_settings *settings) {
    const char *text = yaml_get_text(reader, map, key, false);
    if (text) note_place(settings, key, text, yaml_get(map, key)->line);
    return text;
}

/* Files, which are named beside the settings, or ids and fields (beside NULL). */
static wres_list_setting read_list(yaml_reader *reader, const yaml_node *map, const char *key, const char *beside,
                                   wres_settings *settings) {
    const yaml_node *node = yaml_get(map, key);
    wres_list_setting list = {NULL, 0};
    if (!node) return list;
    const char *const *texts = yaml_texts(reader, node, key, &list.count);
    const char **all = wres_alloc(reader->run, (list.count + 1) * sizeof *all);
    for (size_t i = 0; i < list.count; i++) {
        all[i] = beside && strchr(texts[i], '.') ? wres_path_join(reader->run, beside, texts[i]) : texts[i];
        note_place(settings, key, all[i], line_of_text(node, i));
    }
    list.all = all;
    return list;
}

wres_place wres_setting_place(wres_run *run, const wres_settings *settings, const char *option, const char *value) {
    for (size_t i = 0; i < settings->places.count; i++) {
        const wres_pair *place = &settings->places.all[i];
        if (place->value == value) return (wres_place){.file = settings->name, .line = place->line, .field = place->name};
    }
    return (wres_place){.field = wres_print(run, "--%s", option)};
}

static const char *read_switch(yaml_reader *reader, const yaml_node *map, const char *key) {
    if (!yaml_get(map, key)) return NULL;
    return yaml_get_yes(reader, map, key, false) ? "yes" : "no";
}

static void read_goals(yaml_reader *reader, const yaml_node *map, wres_settings *settings) {
    settings->bands = read_list(reader, map, "bands", NULL, settings);
    settings->pools = read_list(reader, map, "pool", NULL, settings);
    settings->baseline = read_text(reader, map, "baseline", settings);
    settings->by_date = read_text(reader, map, "by_date", settings);
    settings->every = read_text(reader, map, "every", settings);
    settings->reference_base = read_text(reader, map, "reference_base", settings);
    settings->reference_scope = read_text(reader, map, "reference_scope", settings);
    settings->goal_rounding = read_text(reader, map, "goal_rounding", settings);
    settings->turnover = read_text(reader, map, "turnover", settings);
    settings->turnover_bme = read_text(reader, map, "turnover_bme", settings);
    settings->growth = read_text(reader, map, "growth", settings);
    settings->shortlist_share = read_text(reader, map, "shortlist_share", settings);
    settings->likelihood = read_text(reader, map, "likelihood", settings);
}

wres_status wres_settings_load(wres_run *run, const char *path, wres_settings *settings) {
    static const char *const keys[] = {"standard",      "codes",
                                       "table",         "by",
                                       "as_at",         "organisation",
                                       "groups",        "unknown",
                                       "decimals",      "chinese",
                                       "correct",       "stratify",
                                       "format",        "output",
                                       "fail_on",       "allow_unmapped",
                                       "strict",        "hash",
                                       "raw",           "inputs",
                                       "bands",         "pool",
                                       "baseline",      "by_date",
                                       "every",         "reference_base",
                                       "turnover",      "turnover_bme",
                                       "growth",        "reference_scope",
                                       "goal_rounding", "shortlist_share",
                                       "likelihood",    "dates",
                                       "threads",       "weight"};
    wres_text content;
    yaml_reader reader = {run, wres_visible_name(run, wres_path_last(path)), false};
    const wres_status status = wres_file_load(run, path, &content);
    if (status != WRES_OK) return status;
    *settings = (wres_settings){.file = path, .name = reader.file};
    const yaml_node *map = yaml_parse(&reader, content);
    if (!map || !yaml_check_keys(&reader, map, "the settings", keys, COUNT(keys))) return WRES_USAGE;
    size_t room = 1;
    for (size_t i = 0; i < map->count; i++) room += map->items[i]->kind == YAML_LIST ? map->items[i]->count : 1;
    settings->places.all = wres_alloc(run, room * sizeof *settings->places.all);
    settings->standards = read_list(&reader, map, "standard", path, settings);
    settings->codes = read_list(&reader, map, "codes", path, settings);
    settings->tables = read_list(&reader, map, "table", path, settings);
    settings->by = read_list(&reader, map, "by", NULL, settings);
    settings->as_at = read_text(&reader, map, "as_at", settings);
    settings->organisation = read_text(&reader, map, "organisation", settings);
    settings->groups = read_text(&reader, map, "groups", settings);
    settings->unknown = read_text(&reader, map, "unknown", settings);
    settings->decimals = read_text(&reader, map, "decimals", settings);
    settings->chinese = read_text(&reader, map, "chinese", settings);
    settings->correct = read_text(&reader, map, "correct", settings);
    settings->stratify = read_text(&reader, map, "stratify", settings);
    settings->weight = read_text(&reader, map, "weight", settings);
    settings->dates = read_text(&reader, map, "dates", settings);
    settings->threads = read_text(&reader, map, "threads", settings);
    settings->format = read_text(&reader, map, "format", settings);
    settings->fail_on = read_text(&reader, map, "fail_on", settings);
    const char *output = yaml_get_text(&reader, map, "output", false);
    if (output) settings->output = wres_path_join(run, path, output);
    settings->allow_unmapped = read_switch(&reader, map, "allow_unmapped");
    settings->strict = read_switch(&reader, map, "strict");
    settings->hash = read_switch(&reader, map, "hash");
    settings->raw = read_switch(&reader, map, "raw");
    read_goals(&reader, map, settings);
    read_inputs(&reader, yaml_get(map, "inputs"), path, settings);
    return reader.failed ? WRES_USAGE : WRES_OK;
}
