#include "cli/options.h"

#include <getopt.h>
#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- commands ----------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    command command;
    const char *operands, *summary, *examples;
} commands[] = {
    {"init", INIT, "[options] FOLDER", "a settings file from a folder of exports: start here",
     "  wres init exports/\n"
     "  wres init exports/ -o -\n"
     "  wres init . && wres check && wres calc\n"},
    {"calc", CALC, "[options] [TABLE=FILE | FOLDER]...", "the indicators",
     "  wres calc workforce=staff.csv recruitment=trac.csv --as-at 2025-03-31\n"
     "  wres calc --settings wres.yaml -o board-paper.json\n"
     "  wres calc exports/ --by sex --by band --format csv > wres.csv\n"},
    {"goals", GOALS, "[options] [TABLE=FILE | FOLDER]...", "Model Employer Goals: goal, gap, trajectory, appointments needed",
     "  wres goals workforce=staff.csv --as-at 2025-03-31 --turnover 10\n"
     "  wres goals --settings wres.yaml --baseline 2023-03-31 --turnover 10 --every quarter -o goals.json\n"
     "  wres goals workforce=staff.csv --bands 8a,8b,8c,8d,9,VSM --pool 8c+ --pool 7+ --reference-scope afc\n"},
    {"check", CHECK, "[options] [TABLE=FILE | FOLDER]...", "what is wrong with the data, and nothing else",
     "  wres check workforce=staff.csv recruitment=trac.csv --as-at 2025-03-31\n"
     "  wres check exports/ --values --format table | less\n"
     "  wres check --settings wres.yaml --fail-on warning -o findings.csv\n"},
    {"cube", CUBE, "[options] [TABLE=FILE | FOLDER]...", "the counts alone: no person in them, and they add up",
     "  wres cube workforce=staff.csv recruitment=trac.csv --as-at 2025-03-31 -o trust.csv\n"
     "  wres calc cube=trust-a.csv cube=trust-b.csv\n"
     "  wres cube cube=trust-a.csv cube=trust-b.csv -o system.csv\n"},
    {"sql", SQL, "--dialect DATABASE [options] [TABLE=NAME]...", "the query that makes the same cube inside a database",
     "  wres sql --dialect postgres --settings wres.yaml --as-at 2025-03-31 workforce=hr.staff -o cube.sql\n"
     "  psql -X -q --csv -f cube.sql | wres calc cube=-\n"},
    {"explain", EXPLAIN, "[options] [STANDARD [INDICATOR]]", "definition, formula, direction, source and certainty",
     "  wres explain\n  wres explain wres-2025 2\n"},
    {"standards", STANDARDS, "[STANDARD]", "the standards that are built in, or the text of one",
     "  wres standards\n  wres standards wres-2025 > my-standard.yaml\n"},
    {"codes", CODES, "[LIST]", "the code lists, or the text of one", "  wres codes\n  wres codes ethnicity > ethnicity.csv\n"},
    {"tables", TABLES, "[TABLE]", "the tables, or the fields of one with the headers that are understood",
     "  wres tables\n  wres tables workforce\n"},
    {"schema", SCHEMA, "[result | check]", "the JSON Schema of the JSON output",
     "  wres schema > wres-result.schema.json\n  wres schema check > wres-check.schema.json\n"},
};

/* ---- options ------------------------------------------------------------------------------------------------ */

typedef enum option_kind {
    TEXT,
    LIST,
    SWITCH,
    SETTINGS_FILE,
    DIALECT,
    FLAG_QUIET,
    FLAG_VERBOSE,
    FLAG_VALUES,
    FLAG_FORCE,
    FLAG_HELP,
    FLAG_VERSION
} option_kind;

#define AT(member) offsetof(wres_settings, member)
#define COMPUTING  (CALC | GOALS)
#define READING    (COMPUTING | CHECK)
#define COUNTING   (READING | CUBE)
#define PLANNING   (COUNTING | SQL)
#define ALL        (PLANNING | EXPLAIN | STANDARDS | CODES | TABLES | SCHEMA | INIT)

static const struct option_row {
    const char *name;
    char letter;
    option_kind kind;
    size_t place; /* in wres_settings */
    int commands;
    const char *value, *text;
} options[] = {
    {"settings", 0, SETTINGS_FILE, 0, PLANNING, "FILE", "settings file (default: wres.yaml of this folder, if there is one)"},
    {"standard", 0, LIST, AT(standards), PLANNING, "ID|FILE",
     "standard to compute, or to check for; repeatable (default: the latest WRES; of goals: model-employer)"},
    {"dialect", 0, DIALECT, 0, SQL, "DATABASE", "duckdb, postgres, clickhouse or spark (Databricks)"},
    {"as-at", 0, TEXT, AT(as_at), PLANNING, "DATE", "snapshot date (default: the latest in the workforce)"},
    {"by", 0, LIST, AT(by), COMPUTING | CUBE | SQL, "FIELD", "break down by sex, team, band ...; repeatable; sex,team crosses"},
    {"organisation", 0, TEXT, AT(organisation), PLANNING, "CODE", "this organisation only"},
    {"groups", 0, TEXT, AT(groups), CALC, "2|5|16", "ethnic groups that are told apart (default 2: White and BME)"},
    {"chinese", 0, TEXT, AT(chinese), CALC, "other|asian|apart",
     "where Chinese stands in --groups 5 (default other, as in the 2001 census)"},
    {"unknown", 0, TEXT, AT(unknown), CALC, "include|exclude",
     "unknown ethnicity in the base of shares (default: as the standard says)"},
    {"decimals", 0, TEXT, AT(decimals), COMPUTING, "N",
     "decimals of ratios, percentages, points and trajectories (default 2 and 1)"},
    {"correct", 0, TEXT, AT(correct), CALC, "none|holm|bh",
     "p-values corrected over all that are printed (Holm, Benjamini-Hochberg)"},
    {"stratify", 0, TEXT, AT(stratify), CALC | CUBE | SQL, "FIELDS", "ratios of likelihoods pooled over strata too: band,section"},
    {"weight", 0, TEXT, AT(weight), PLANNING, "head|fte",
     "what is summed: people, or their full-time equivalents (default head, the standards' rule); fte: calc, cube and check only"},
    {"codes", 0, LIST, AT(codes), PLANNING | EXPLAIN, "FILE", "code list that replaces the one of its name; repeatable"},
    {"table", 0, LIST, AT(tables), PLANNING | TABLES | EXPLAIN, "FILE",
     "table description that replaces the one of its name, or adds one; repeatable"},
    {"dates", 0, TEXT, AT(dates), COUNTING, "d/m/y|m/d/y",
     "how dates such as 04/03/2025 are written, in all files (default: as a file's own dates tell)"},
    {"threads", 0, TEXT, AT(threads), COMPUTING | CUBE, "N",
     "threads that read an input (default: one for each processor); results do not depend on it"},
    {"format", 0, TEXT, AT(format), READING, "table|json|csv", "output (default: table on a terminal, csv elsewhere)"},
    {"output", 'o', TEXT, AT(output), PLANNING | INIT, "FILE",
     "write there; .json, .csv or .txt sets the format (of init: settings; default wres.yaml in the folder)"},
    {"force", 0, FLAG_FORCE, 0, INIT, NULL, "replace a settings file that is there already"},
    {"hash", 0, SWITCH, AT(hash), COMPUTING, NULL, "sha256 of every input (always made for JSON)"},
    {"raw", 0, SWITCH, AT(raw), READING, NULL, "CSV for machines: texts that a spreadsheet would run are left as they are"},
    {"allow-unmapped", 0, SWITCH, AT(allow_unmapped), PLANNING, NULL,
     "go on where over 5% of ethnicities or bands are in no code list"},
    {"strict", 0, SWITCH, AT(strict), PLANNING, NULL, "stop at any value that is in no code list"},
    {"values", 0, FLAG_VALUES, 0, CHECK, NULL, "each value of every column with a code list: people, first line, sum of FTE"},
    {"fail-on", 0, TEXT, AT(fail_on), READING, "CONDITION",
     "exit status 1 if a ratio lies outside the four-fifths range (outside), a goal is not met (behind), or at any warning (warning); of check: warning or error"},
    {"bands", 0, LIST, AT(bands), GOALS, "BAND,...", "bands with a goal each, and one together (default 8a,8b,8c,8d,9,VSM)"},
    {"pool", 0, LIST, AT(pools), GOALS, "BAND,...", "bands with one goal together: 8c,8d or 8c+ for 8c and above; repeatable"},
    {"baseline", 0, TEXT, AT(baseline), GOALS, "DATE", "earlier snapshot at which the goals were set (default: the as-at date)"},
    {"by-date", 0, TEXT, AT(by_date), GOALS, "DATE", "when the goals are to be reached (default 2028-03-31)"},
    {"every", 0, TEXT, AT(every), GOALS, "year|quarter", "steps of the trajectory (default year)"},
    {"reference-base", 0, TEXT, AT(reference_base), GOALS, "all|known",
     "unknown ethnicity in the base of all shares, or left out (default all)"},
    {"reference-scope", 0, TEXT, AT(reference_scope), GOALS, "SCOPE",
     "whose BME share is the goal: all, afc, afc-1-7, section, staff-group, or a percentage (default all)"},
    {"goal-rounding", 0, TEXT, AT(goal_rounding), GOALS, "RULE",
     "goals to whole people: half-up, least (that reaches the share) or none (default half-up)"},
    {"turnover", 0, TEXT, AT(turnover), GOALS, "PERCENT", "staff who leave a band in a year; default as the movements say"},
    {"turnover-bme", 0, TEXT, AT(turnover_bme), GOALS, "PERCENT", "the same of BME staff, where it differs; with --turnover only"},
    {"growth", 0, TEXT, AT(growth), GOALS, "PERCENT", "growth of a band's headcount in a year (default 0)"},
    {"shortlist-share", 0, TEXT, AT(shortlist_share), GOALS, "PERCENT",
     "BME share of shortlists (default: as the recruitment data say)"},
    {"likelihood", 0, TEXT, AT(likelihood), GOALS, "RATIO", "indicator 2, White / BME (default: as the recruitment data say)"},
    {"quiet", 'q', FLAG_QUIET, 0, ALL, NULL, "errors only"},
    {"verbose", 'v', FLAG_VERBOSE, 0, ALL, NULL, "information too, not only warnings"},
    {"help", 'h', FLAG_HELP, 0, ALL, NULL, "this help"},
    {"version", 'V', FLAG_VERSION, 0, ALL, NULL, "the version"},
};

static const char **text_at(wres_settings *settings, size_t place) { return (const char **)(void *)((char *)settings + place); }
static wres_list_setting *list_at(wres_settings *settings, size_t place) {
    return (wres_list_setting *)(void *)((char *)settings + place);
}

void settings_override(wres_settings *settings, const wres_settings *given) {
    wres_settings source = *given;
    for (size_t i = 0; i < COUNT(options); i++) {
        const size_t place = options[i].place;
        if (options[i].kind == LIST && list_at(&source, place)->count) *list_at(settings, place) = *list_at(&source, place);
        if ((options[i].kind == TEXT || options[i].kind == SWITCH) && *text_at(&source, place))
            *text_at(settings, place) = *text_at(&source, place);
    }
}

static void add_to_list(wres_run *run, wres_list_setting *list, const char *value) {
    const char **longer = wres_alloc(run, (list->count + 1) * sizeof *longer);
    if (list->count) memcpy(longer, list->all, list->count * sizeof *longer);
    longer[list->count++] = value;
    list->all = longer;
}

static wres_status usage_error(wres_run *run, const char *what, const char *word, const char *near, const char *advice) {
    wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "%s '%s'%s%s%s", what, wres_visible(run, wres_text_of(word)),
              near ? ": did you mean " : "", near ? near : "", advice);
    return WRES_USAGE;
}

static wres_status unknown_option(wres_run *run, const char *word, command which) {
    const char *names[COUNT(options)], *plain = word;
    size_t count = 0;
    for (size_t i = 0; i < COUNT(options); i++)
        if (options[i].commands & (int)which) names[count++] = options[i].name;
    while (*plain == '-') plain++;
    const char *equals = strchr(plain, '=');
    if (equals) plain = wres_copy(run, plain, (size_t)(equals - plain));
    const char *near = wres_nearest(run, plain, names, count);
    return usage_error(run, "this command has no option", word, near ? wres_print(run, "--%s", near) : NULL,
                       "; 'wres COMMAND --help' lists them");
}

static void take_option(wres_run *run, arguments *out, const struct option_row *row, const char *value) {
    switch (row->kind) {
    case TEXT: *text_at(&out->given, row->place) = value; break;
    case LIST: add_to_list(run, list_at(&out->given, row->place), value); break;
    case SWITCH: *text_at(&out->given, row->place) = "yes"; break;
    case SETTINGS_FILE: out->settings = value; break;
    case DIALECT: out->dialect = value; break;
    case FLAG_QUIET: out->quiet = true; break;
    case FLAG_VERBOSE: out->verbose = true; break;
    case FLAG_VALUES: out->values = true; break;
    case FLAG_FORCE: out->force = true; break;
    case FLAG_HELP: out->help = true; break;
    case FLAG_VERSION: out->version = true; break;
    }
}

static wres_status find_command(wres_run *run, int argc, char **argv, arguments *out) {
    const char *names[COUNT(commands)];
    const char *word = argc > 1 ? argv[1] : NULL;
    for (size_t i = 0; i < COUNT(commands); i++) names[i] = commands[i].name;
    if (!word || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        out->help = true;
        if (word) return WRES_OK;
        wres_find(run, WRES_ERROR, "usage", (wres_place){0}, 0, "say what to do: 'wres --help' lists the commands");
        return WRES_USAGE;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        out->version = true;
        return WRES_OK;
    }
    for (size_t i = 0; i < COUNT(commands); i++)
        if (strcmp(word, names[i]) == 0) out->command = commands[i].command;
    if (out->command) return WRES_OK;
    return usage_error(run, "there is no command", word, wres_nearest(run, word, names, COUNT(commands)),
                       "; 'wres --help' lists them");
}

static wres_status read_options(wres_run *run, int argc, char **argv, arguments *out) {
    struct option longs[COUNT(options) + 1] = {{0}};
    char letters[2 * COUNT(options) + 2] = ":";
    for (size_t i = 0; i < COUNT(options); i++) {
        const size_t length = strlen(letters);
        longs[i] = (struct option){options[i].name, options[i].value ? required_argument : no_argument, NULL, 256 + (int)i};
        if (options[i].letter) letters[length] = options[i].letter, letters[length + 1] = options[i].value ? ':' : '\0';
    }
    opterr = 0;
    optind = 2;
    for (int found; (found = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        const char *word = argv[optind - 1];
        if (found == ':') return usage_error(run, "a value is missing behind", word, NULL, "");
        size_t row = 0;
        while (row < COUNT(options) && found != 256 + (int)row && found != options[row].letter) row++;
        if (found == '?' || row == COUNT(options)) return unknown_option(run, word, out->command);
        if (!(options[row].commands & (int)out->command)) /* word may be its value */
            return unknown_option(run, wres_print(run, "--%s", options[row].name), out->command);
        take_option(run, out, &options[row], optarg);
    }
    out->operands = (const char *const *)(argv + optind);
    out->operand_count = (size_t)(argc - optind);
    return WRES_OK;
}

wres_status arguments_read(wres_run *run, int argc, char **argv, arguments *out) {
    const wres_status status = find_command(run, argc, argv, out);
    return status == WRES_OK && out->command ? read_options(run, argc, argv, out) : status;
}

/* ---- help --------------------------------------------------------------------------------------------------- */

static const char exit_statuses[] = "Exit status:\n"
                                    "  0  done\n"
                                    "  1  done, and a --fail-on condition is met\n"
                                    "  2  the command line, the settings, a standard or a code list is wrong\n"
                                    "  3  the input data are invalid\n"
                                    "  4  a file cannot be read or written, or there is not enough memory\n";

static void print_options(wres_sink *sink, command which) {
    wres_sink_text(sink, "\nOptions:\n");
    for (size_t i = 0; i < COUNT(options); i++) {
        char left[64] = "";
        if (!(options[i].commands & (int)which)) continue;
        const char letter[] = {'-', options[i].letter, ',', ' ', '\0'};
        size_t used = 0;
        const char *const parts[] = {options[i].letter ? letter : "    ", "--", options[i].name, options[i].value ? " " : "",
                                     options[i].value ? options[i].value : ""};
        for (size_t p = 0; p < COUNT(parts); p++) {
            const size_t length = strlen(parts[p]);
            memcpy(left + used, parts[p], length + 1);
            used += length;
        }
        wres_sink_print(sink, "  %-34s %s\n", left, options[i].text);
    }
}

void help_print(wres_sink *sink, const arguments *asked) {
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (commands[i].command != asked->command) continue;
        wres_sink_print(sink, "Examples:\n%s\nwres %s %s\n  %s\n", commands[i].examples, commands[i].name, commands[i].operands,
                        commands[i].summary);
        if (asked->command & COUNTING)
            wres_sink_text(
                sink,
                "\nAn input is TABLE=FILE ('wres tables' lists the tables), '-' is standard input, and a FOLDER stands for every\n"
                "TABLE*.csv in it. cube=FILE is a file of counts ('wres cube'); cubes add up. Inputs given here replace those of the settings file. Files may be packed (gzip); their encoding,\n"
                "delimiter and the line of their header are found out.\n");
        print_options(sink, asked->command);
        wres_sink_print(sink, "\n%s", exit_statuses);
        return;
    }
    wres_sink_text(
        sink,
        "Examples:\n  wres init exports/\n  wres calc workforce=staff.csv recruitment=trac.csv cases=er.csv --as-at 2025-03-31\n  wres explain wres-2025 2\n\n"
        "wres COMMAND [options]\n  The NHS Workforce Race Equality Standard from a trust's own exports.\n\nCommands:\n");
    for (size_t i = 0; i < COUNT(commands); i++) wres_sink_print(sink, "  %-10s %s\n", commands[i].name, commands[i].summary);
    wres_sink_print(sink, "\n'wres COMMAND --help' says more; 'wres --version' names the version.\n\n%s", exit_statuses);
}
