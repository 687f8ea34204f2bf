/* The terminal report: whole reports byte for byte, and the rules of layout one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/page.h"
#include "output/writers.h"

#define ABOVE "\xe2\x96\xb2"
#define WITHIN "\xe2\x97\x8f"
#define BELOW "\xe2\x96\xbc"
#define ELLIPSIS "\xe2\x80\xa6"

/* ---- support ----------------------------------------------------------------------------------------------- */

typedef struct job {
    void (*make)(wres_run *run, wres_sink *sink, void *what);
    void *what;
    char path[32];
} job;

static wres_status run_job(wres_run *run, void *context) {
    const job *j = context;
    wres_sink *sink;
    const wres_status status = wres_sink_open(run, j->path, &sink);
    if (status != WRES_OK) return status;
    j->make(run, sink, j->what);
    return wres_sink_commit(sink);
}

static const char *captured(wres_run *run, void (*make)(wres_run *, wres_sink *, void *), void *what) {
    static char text[65536];
    job j = {make, what, "/tmp/wres-test-XXXXXX"};
    close(mkstemp(j.path));
    assert_int_equal(wres_run_try(run, run_job, &j), WRES_OK);
    FILE *file = fopen(j.path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    unlink(j.path);
    return text;
}

typedef struct report {
    wres_document document;
    int width;
    bool colour;
} report;

static void make_report(wres_run *run, wres_sink *sink, void *what) {
    const report *r = what;
    const wres_write_options options = {.format = WRES_FORMAT_TABLE, .colour = r->colour, .width = r->width};
    assert_int_equal(wres_write(run, &r->document, &options, sink), WRES_OK);
}

enum { MOST_ROWS = 64, PARTS = 16 };

/* Results written as "indicator|section|row|by|by_value|group|statistic|value|lower|upper|numerator|denominator|unit|flag|status|
 * note"; what is missing at the end is empty. An organisation may stand in front: "RX1:2|…". */
static wres_published_list results_of(wres_run *run, const char *const *lines) {
    wres_published *rows = wres_alloc(run, MOST_ROWS * sizeof *rows);
    size_t count = 0;
    for (; lines[count]; count++) {
        assert_true(count < MOST_ROWS);
        const char *at = lines[count], *colon = strchr(at, ':'), *organisation = "all";
        if (colon && colon < strchr(at, '|')) {
            organisation = wres_copy(run, at, (size_t)(colon - at));
            at = colon + 1;
        }
        const char *parts[PARTS];
        for (size_t i = 0; i < PARTS; i++) {
            const size_t length = strcspn(at, "|");
            parts[i] = wres_copy(run, at, length);
            at += length + (at[length] == '|');
        }
        rows[count].column[WRES_COLUMN_STANDARD] = "wres-2025";
        rows[count].column[WRES_COLUMN_INDICATOR] = parts[0];
        rows[count].column[WRES_COLUMN_ORGANISATION] = organisation;
        rows[count].column[WRES_COLUMN_PERIOD] = "2025-03-31";
        for (size_t i = 1; i < PARTS; i++) rows[count].column[WRES_COLUMN_PERIOD + i] = parts[i];
    }
    return (wres_published_list){rows, count, NULL};
}

static const wres_standard_shown standards[] = {
    {"wres-2025", "Workforce Race Equality Standard 2025", "NHS England", "guidance", "C"}};
static const wres_national_shown national_2[] = {{"white/bme", "ratio", "ratio", 2024, "1.62", "U"}};
static const wres_national_shown national_6[] = {{"bme", "rate", "percent", 2024, "24.9", "C"},
                                                 {"white", "rate", "percent", 2024, "20.7", "C"}};
static const wres_indicator_shown indicators[] = {
    {"wres-2025", "1", "Staff by band", "share", "", "", "", "", "", "", "C", NULL, 0, NULL, 0},
    {"wres-2025", "2", "Appointment from shortlisting", "likelihood", "", "", "", "", "", "", "C", national_2, 1, NULL, 0},
    {"wres-2025", "4", "Access to training", "likelihood", "", "", "", "", "", "", "C", NULL, 0, NULL, 0},
    {"wres-2025", "6", "Harassment by staff", "gap", "", "", "", "", "", "", "C", national_6, 2, NULL, 0},
    {"wres-2025", "9", "Board membership", "gap", "", "", "", "", "", "", "C", NULL, 0, NULL, 0},
};

static const char *report_of(wres_run *run, const char *const *lines, int width, bool colour) {
    report r = {.document = {.standards = standards,
                             .standard_count = 1,
                             .indicators = indicators,
                             .indicator_count = sizeof indicators / sizeof *indicators,
                             .disclosure = "none",
                             .results = results_of(run, lines)},
                .width = width,
                .colour = colour};
    return captured(run, make_report, &r);
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("missing:\n%s\nin:\n%s", part, text);
}

static void assert_has_not(const char *text, const char *part) {
    if (strstr(text, part)) fail_msg("there is:\n%s\nin:\n%s", part, text);
}

static size_t longest_line(const char *text) {
    size_t longest = 0, columns = 0;
    for (; *text; text++) {
        columns = *text == '\n' ? 0 : columns + (((unsigned char)*text & 0xc0) != 0x80);
        if (columns > longest) longest = columns;
    }
    return longest;
}

static void assert_no_blank_at_end(const char *text) {
    if (strstr(text, " \n")) fail_msg("a line ends in a blank in:\n%s", text);
}

static int make_run(void **state) {
    *state = wres_run_new();
    return *state ? 0 : -1;
}

static int free_run(void **state) {
    wres_run_free(*state);
    return 0;
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static void make_page(wres_run *run, wres_sink *sink, void *what) {
    (void)what;
    wres_page page = {.run = run, .width = 20};
    wres_page_put(&page, "a");
    wres_page_put_right(&page, 8, "caf\xc3\xa9");
    wres_page_to(&page, 10);
    wres_page_put_cut(&page, 5, "abcdefgh");
    wres_page_end_line(&page);
    wres_page_put(&page, "wide");
    wres_page_to(&page, 2); /* passed already: one blank */
    wres_page_put_cut(&page, 5, "abcde");
    wres_page_put_right(&page, 3, "r");
    wres_page_to(&page, 40); /* nothing follows: no blanks */
    wres_page_end_line(&page);
    wres_page_put_cut(&page, 4, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9");
    wres_page_put_cut(&page, 0, "x");
    wres_page_end_line(&page);
    wres_page_put(&page, "\x1b[31m\x7f\xe2\x80\x8b\xc2\x9b");
    wres_page_end_line(&page);
    wres_page_put(&page, "broken \xff!");
    wres_page_end_line(&page);
    wres_page_wrap(&page, 4, "  one two  three four\nfive averyveryverylongword six ");
    wres_page_wrap(&page, 4, "   ");
    wres_page_rule(&page, 3);
    wres_page_flush(&page, sink);
    wres_page_flush(&page, sink); /* nothing more */
}

static void page_pads_cuts_wraps_and_shows_control_characters(void **state) {
    assert_string_equal(captured(*state, make_page, NULL), "a   caf\xc3\xa9  abcd" ELLIPSIS "\n"
                                                           "wide abcde r\n"
                                                           "\xc3\xa9\xc3\xa9\xc3\xa9" ELLIPSIS ELLIPSIS "\n"
                                                           "U+001B[31mU+007FU+200BU+009B\n"
                                                           "broken ?!\n"
                                                           "    one two three\n"
                                                           "    four five\n"
                                                           "    averyveryverylongword\n"
                                                           "    six\n"
                                                           "---\n");
    assert_int_equal(wres_page_columns("caf\xc3\xa9"), 4);
    assert_int_equal(wres_page_columns("\t"), 6);
    assert_int_equal(wres_page_columns("\xf0\x9f\x98\x80"), 2); /* a picture */
    assert_int_equal(wres_page_columns("\xe6\x9d\xb1\xe4\xba\xac"), 4);
    assert_int_equal(wres_page_columns("cafe\xcc\x81"), 4); /* e and an accent of its own */
    assert_int_equal(wres_page_columns(""), 0);
}

/* ---- whole reports ----------------------------------------------------------------------------------------- */

static void empty_document_says_so(void **state) {
    report r = {.document = {.disclosure = "none: contains small numbers"}, .width = 100};
    assert_string_equal(captured(*state, make_report, &r), "No results.\n"
                                                           "Disclosure: none: contains small numbers.\n"
                                                           "No warnings about the data.\n");
}

static const char *const likelihood[] = {
    "2|all|all|all|all|white|rate|17.3|15.4|19.4|243|1402|percent||ok|",
    "2|all|all|all|all|bme|rate|11.4|9.0|14.4|61|535|percent||ok|",
    "2|all|all|all|all|unknown|rate|12.1|8.8|16.4|34|281|percent||ok|",
    "2|all|all|all|all|white/bme|ratio|1.52|1.17|1.98|||ratio|above|ok|White applicants were 1.52 times as likely as BME "
    "applicants to be "
    "appointed from shortlisting",
    "2|all|all|all|all|white/bme|p_value|0.0011|||||probability||ok|",
    "4|all|all|all|all|all|all||||||||not supplied|no training table was given",
    NULL,
};

#define RULE_90 "------------------------------------------------------------------------------------------"

static void summary_has_exact_bytes(void **state) {
    wres_run *run = *state;
    static const wres_reason_shown reasons[] = {{"bank only", 12}, {"honorary", 10}};
    static const wres_input_shown inputs[] = {{"recruitment", "jobs.csv", "", 2240, 2218, reasons, 2},
                                              {"cases", "cases.csv", "", 5, 5, NULL, 0}};
    for (int i = 0; i < WRES_FINDINGS_A_CHECK + 2; i++) wres_find(run, WRES_WARNING, "unmapped-value", (wres_place){0}, 0, "w");
    wres_find(run, WRES_INFORMATION, "other", (wres_place){0}, 0, "i");
    report r = {.document = {.standards = standards,
                             .standard_count = 1,
                             .inputs = inputs,
                             .input_count = 2,
                             .indicators = indicators,
                             .indicator_count = 5,
                             .disclosure = "none",
                             .results = results_of(run, likelihood)},
                .width = 90};
    assert_string_equal(
        captured(run, make_report, &r),
        "Workforce Race Equality Standard 2025, at 2025-03-31\n"
        "\n"
        "#  Indicator                    White     BME  Comparison           Range     National\n" RULE_90 "\n"
        "2  Appointment from shortlis" ELLIPSIS "   17.3%   11.4%  White/BME      1.52  " ABOVE " above   1.62? (2024)\n"
        "   White applicants were 1.52 times as likely as BME applicants to be appointed from\n"
        "   shortlisting\n"
        "   White 243 of 1402, BME 61 of 535, Unknown 34 of 281 (12.1%). Interval 1.17 to 1.98; p\n"
        "   0.0011\n"
        "4  Access to training                          not supplied\n"
        "   Not supplied: no training table was given\n"
        "\n"
        "Range: " ABOVE " above, " WITHIN " within, " BELOW " below the four-fifths range. From 0.80 to 1.25, both ends\n"
        "included, a ratio is non-adverse.\n"
        "National figures with ? are not confirmed in a text of the owning body.\n"
        "Intervals and p-values are not part of WRES.\n"
        "Disclosure: none.\n"
        "Inputs:\n"
        "  recruitment (jobs.csv): 2240 rows read = 2218 used + 22 left out: bank only 12, honorary\n"
        "  10\n"
        "  cases (cases.csv): 5 rows read = 5 used + 0 left out\n"
        "Warnings about the data: 12, on standard error and in the JSON output.\n");
}

static const char *const bands[] = {
    "1|clinical|Band 5|all|all|white|count|80|||||people||ok|",
    "1|clinical|Band 5|all|all|white|share|80.0|||80|100|percent||ok|",
    "1|clinical|Band 5|all|all|bme|count|18|||||people||ok|",
    "1|clinical|Band 5|all|all|bme|share|18.0|||18|100|percent||ok|",
    "1|clinical|Band 5|all|all|unknown|count|2|||||people||ok|",
    "1|clinical|Band 5|all|all|unknown|share|2.0|||2|100|percent||ok|",
    "1|clinical|Band 5|all|all|all|count|100|||||people||ok|",
    "1|clinical|Band 5|all|all|bme|difference|3.1|-4.5|10.7|||percentage points||ok|",
    "1|clinical|Band 5|all|all|bme|p_value|0.4321|||||probability||ok|",
    "1|clinical|VSM|all|all|white|count|0|||||people||ok|",
    "1|clinical|VSM|all|all|white|share||||0|0|percent||not calculable|no staff in the row",
    "1|clinical|VSM|all|all|bme|count|0|||||people||ok|",
    "1|clinical|VSM|all|all|bme|share||||0|0|percent||not calculable|no staff in the row",
    "1|clinical|VSM|all|all|all|count|0|||||people||ok|",
    "1|clinical|VSM|all|all|bme|difference||||||percentage points||not calculable|no staff in the row",
    "1|all|all|all|all|white|count|800|||||people||ok|",
    "1|all|all|all|all|white|share|80.0|||800|1000|percent||ok|",
    "1|all|all|all|all|bme|count|149|||||people||ok|",
    "1|all|all|all|all|bme|share|14.9|||149|1000|percent||ok|",
    "1|all|all|all|all|unknown|share|5.1|||51|1000|percent||ok|",
    "1|all|all|all|all|all|count|1000|||||people||ok|",
    "1|all|all|all|all|bme|difference|0.0|||||percentage points||ok|",
    NULL,
};

static void bands_have_exact_bytes(void **state) {
    const char *text = report_of(*state, bands, 80, false);
    assert_string_equal(text, "Workforce Race Equality Standard 2025, at 2025-03-31\n"
                              "\n"
                              "#  Indicator                        White     BME  Comparison           Range\n"
                              "--------------------------------------------------------------------------------\n"
                              "1  Staff by band                    80.0%   14.9%  by row below\n"
                              "   White 800 of 1000, BME 149 of 1000, Unknown 51 of 1000 (5.1%)\n"
                              "\n"
                              "Indicator 1: Staff by band (people and shares of the row)\n"
                              "All staff               White          BME      Unknown   All  BME pts       p\n"
                              "  Total           800   80.0%  149   14.9%   51    5.1%  1000      0.0\n"
                              "\n"
                              "Clinical                White          BME      Unknown   All  BME pts       p\n"
                              "  Band 5           80   80.0%   18   18.0%    2*   2.0%   100     +3.1  0.4321\n"
                              "  VSM               0*    n/c    0*    n/c                  0*     n/c\n"
                              "\n"
                              "  n/c = not calculable: no staff in the row\n"
                              "\n"
                              "n/c: not calculable; [c]: suppressed; n/s: not supplied.\n"
                              "pts: percentage points.\n"
                              "*: a count under 10; one person more or less changes what is made of it visibly.\n"
                              "Intervals and p-values are not part of WRES.\n"
                              "Disclosure: none.\n"
                              "No warnings about the data.\n");
    assert_no_blank_at_end(text);
}

static const char *const board[] = {
    "9|workforce|all|all|all|white|share|70.1|||701|1000|percent||ok|",
    "9|workforce|all|all|all|bme|share|29.9|||299|1000|percent||ok|",
    "9|board|all|all|all|white|share|80.0|||8|10|percent||ok|",
    "9|board|all|all|all|bme|share|20.0|||2|10|percent||ok|",
    "9|board|voting|all|all|white|share|75.0|||6|8|percent||ok|",
    "9|board|voting|all|all|bme|share|25.0|||2|8|percent||ok|",
    "9|all|all|all|all|bme|difference|-9.9|||||percentage points||ok|The board's BME share is 9.9 points below the workforce's",
    "9|all|voting|all|all|bme|difference|-4.9|||||percentage points||ok|",
    NULL,
};

static void board_stands_beside_the_workforce(void **state) {
    const char *text = report_of(*state, board, 80, false);
    assert_has(text, "9  Board membership                 80.0%   20.0%  BME        -9.9 pts\n"
                     "   The board's BME share is 9.9 points below the workforce's\n"
                     "   White 8* of 10, BME 2* of 10\n"
                     "\n"
                     "Indicator 9: Board membership (people and shares of the row)\n"
                     "Board and workforce           White          BME   All  BME pts\n"
                     "  Whole workforce       701   70.1%  299   29.9%  1000\n"
                     "  Board                   8*  80.0%    2*  20.0%    10     -9.9\n"
                     "  Voting members          6*  75.0%    2*  25.0%     8*    -4.9\n"
                     "\n"
                     "pts: percentage points.\n");
    assert_has_not(text, "Other figures");
    assert_has_not(text, "for want of room");
}

static void differences_carry_a_sign_and_points(void **state) {
    static const char *const lines[] = {
        "6|all|all|all|all|white|rate|20.0|||20|100|percent||ok|",
        "6|all|all|all|all|bme|rate|24.5||||612|percent||ok|",
        "6|all|all|all|all|bme-white|difference|4.5|-2.0|11.0|||percentage points||ok|",
        "6|all|all|all|all|white/bme|p_value||||||probability||not calculable|percents only",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text, "6  Harassment by staff                    20.0%   24.5%  BME-White  +4.5 pts\n"
                     "   White 20 of 100, BME base 612. Interval -2.0 to 11.0; p not calculable: percents only\n"
                     "   National: BME rate 24.9% (2024), White rate 20.7% (2024)\n");
    assert_has_not(text, "Range: ");
    assert_has_not(text, "for want of room");
}

static void what_is_not_calculable_gives_its_reason(void **state) {
    static const char *const lines[] = {
        "4|all|all|all|all|white|rate||||0|0|percent||not calculable|no White staff",
        "4|all|all|all|all|bme|rate|0.0|||0|20|percent||ok|",
        "4|all|all|all|all|white/bme|ratio||||||ratio||not calculable|nobody had training",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text, "4  Access to training                       n/c    0.0%  White/BME not calculable\n"
                     "   Not calculable: nobody had training\n"
                     "   White 0* of 0, BME 0* of 20\n");
    assert_has(text, "\nn/c: not calculable; [c]: suppressed; n/s: not supplied.\n");
}

static void flags_have_marks_and_words(void **state) {
    static const char *const lines[] = {
        "2|all|all|all|all|white|rate|10.0|||1|10|percent||ok|",
        "2|all|all|all|all|bme|rate|10.0|||1|10|percent||ok|",
        "2|all|all|all|all|white/bme|ratio|1.00||||||within|ok|",
        "4|all|all|all|all|white|rate|10.0|||1|10|percent||ok|",
        "4|all|all|all|all|bme|rate|20.0|||2|10|percent||ok|",
        "4|all|all|all|all|white/bme|ratio|0.50||||||below|ok|",
        NULL,
    };
    const char *plain = report_of(*state, lines, 100, false);
    assert_has(plain, "White/BME      1.00  " WITHIN " within  1.62? (2024)\n");
    assert_has(plain, "White/BME      0.50  " BELOW " below\n");
    assert_has_not(plain, "\033");
    const char *coloured = report_of(*state, lines, 100, true);
    assert_has(coloured, "\033[1mWorkforce Race Equality Standard 2025, at 2025-03-31\n\033[0m\n");
    assert_has(coloured, "1.00  " WITHIN " within  1.62? (2024)\n");
    assert_has(coloured, "0.50\033[1;34m  " BELOW " below\033[0m\n");
    assert_has(report_of(*state, likelihood, 100, true), "1.52\033[1;31m  " ABOVE " above\033[0m   1.62? (2024)\n");
}

static void finer_groups_have_a_line_each(void **state) {
    static const char *const lines[] = {
        "2|all|all|all|all|asian|rate|11.0|||11|100|percent||ok|",
        "2|all|all|all|all|unknown|rate|14.0|||14|100|percent||ok|",
        "2|all|all|all|all|white|rate|22.0|||22|100|percent||ok|",
        "2|all|all|all|all|mixed/other|rate|12.5|||10|80|percent||ok|",
        "2|all|all|all|all|white/asian|ratio|2.00|||||ratio|above|ok|W 2.00 A",
        "2|all|all|all|all|white/mixed/other|ratio|1.76|||||ratio|above|ok|W 1.76 M",
        "2|all|all|all|all|white/bme|ratio|1.90|||||ratio|above|ok|",
        "2|all|all|all|all|asian-white|p_value|0.0500|||||probability||ok|",
        NULL,
    };
    const char *text = report_of(*state, lines, 110, false);
    assert_has(text,
               "#  Indicator                                White   Group  Comparison                   Range     National\n");
    assert_has(text, "2  Appointment from shortlisting            22.0%   11.0%  White/Asian            2.00  " ABOVE " above\n"
                     "   W 2.00 A\n"
                     "   p 0.0500\n"
                     "                                            22.0%   12.5%  White/Mixed/other      1.76  " ABOVE " above\n"
                     "   W 1.76 M\n"
                     "                                            22.0%          White/BME              1.90  " ABOVE
                     " above   1.62? (2024)\n"
                     "   White 22 of 100, Asian 11 of 100, Mixed/other 10 of 80, Unknown 14 of 100 (14.0%)\n"
                     "\n");
    assert_has_not(text, "Other figures");
    assert_has_not(text, "for want of room");
}

static void breakdowns_are_compact(void **state) {
    static const char *const lines[] = {
        "2|all|all|all|all|white|rate|20.0|||20|100|percent||ok|",
        "2|all|all|all|all|bme|rate|10.0|||10|100|percent||ok|",
        "2|all|all|all|all|white/bme|ratio|2.00|||||ratio|above|ok|",
        "2|all|all|sex|Female|white|rate|30.0|||15|50|percent||ok|",
        "2|all|all|sex|Female|bme|rate|10.0|||5|50|percent||ok|",
        "2|all|all|sex|Female|white/bme|ratio|3.00|1.18|7.63|||ratio|above|ok|said in words",
        "2|all|all|sex|Female|white/bme|p_value|0.0224|||||probability||ok|",
        "2|all|all|sex|unknown|white/bme|ratio||||||ratio||not calculable|nobody was shortlisted",
        "2|all|all|team|Ward 7\033[2J|white|rate|10.0|||5|50|percent||ok|",
        "2|all|Band 5|team|Ward 7\033[2J|white|rate|10.0|||5|50|percent||ok|",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text,
               "Indicator 2: Appointment from shortlisting, by sex\n"
               "Sex                             White     BME  Comparison           Range     Interval             p\n"
               "----------------------------------------------------------------------------------------------------\n"
               "Female                          30.0%   10.0%  White/BME      3.00  " ABOVE " above   1.18 to 7.63    0.0224\n"
               "unknown                                        White/BME not calculable\n"
               "  n/c = not calculable: nobody was shortlisted\n"
               "\n"
               "Indicator 2: Appointment from shortlisting, by team\n");
    assert_has(text, "\nWard 7U+001B[2J                 10.0%\n");
    assert_has_not(text, "\033");
    assert_has(text, "In the csv and json formats only, for want of room here: 1 of 10 figures.\n");
    const char *narrow = report_of(*state, lines, 72, false);
    assert_has(narrow, "\nFemale                      30.0%   10.0%  White/BME      3.00  " ABOVE " above\nunknown ");
    assert_has(narrow, "for want of room here: 2 of 10");
    assert_true(longest_line(narrow) <= 72);
}

static void organisations_come_one_after_another_pooled_first(void **state) {
    static const char *const lines[] = {
        "RX1:4|all|all|all|all|all|all||||||||not supplied|none given",
        "all:4|all|all|all|all|all|all||||||||not supplied|none given",
        "RX2:4|all|all|all|all|all|all||||||||not supplied|none given",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    const char *pooled = strstr(text, "Workforce Race Equality Standard 2025, all organisations together, at 2025-03-31\n");
    const char *first = strstr(text, "Workforce Race Equality Standard 2025, RX1, at 2025-03-31\n");
    const char *second = strstr(text, "Workforce Race Equality Standard 2025, RX2, at 2025-03-31\n");
    assert_ptr_equal(pooled, text);
    assert_true(first > pooled);
    assert_true(second > first);
}

static void tiers_and_steps_have_a_line_each(void **state) {
    static const char *const lines[] = {
        "disparity|clinical|lower-middle|all|all|white/bme|ratio|1.23|1.10|1.40|||ratio|within|ok|It measures stock, not promotion",
        "disparity|clinical|middle-upper|all|all|white/bme|ratio||||||ratio||not calculable|a cell is zero",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text, "disparity                                                by line below\n"
                     "   clinical: lower-middle                                White/BME      1.23  " WITHIN " within\n"
                     "   It measures stock, not promotion\n"
                     "   Interval 1.10 to 1.40\n"
                     "   clinical: middle-upper                                White/BME not calculable\n"
                     "   Not calculable: a cell is zero\n");
    assert_has_not(text, "Other figures");
    assert_has_not(text, "for want of room");
}

static void what_fits_no_table_is_listed(void **state) {
    static const char *const lines[] = {
        "odd|clinical|lower|all|all|white|spread|1.23|1.10|1.40|||ratio||ok|A figure that no table knows",
        "odd|clinical|upper|all|all|white|spread||||||ratio||not calculable|a cell is zero",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text, "odd                                                      other figures below\n");
    assert_has(text, "Other figures\n"
                     "  odd         clinical / lower        white spread                  1.23\n"
                     "              Interval 1.10 to 1.40. A figure that no table knows\n"
                     "  odd         clinical / upper        white spread        not calculable\n"
                     "              a cell is zero\n");
    assert_has_not(text, "for want of room");
}

/* Results that differ in the period alone: the first stands in its sheet, the others in the list, each under its date. */
static void other_periods_are_listed_under_their_dates(void **state) {
    static const char *const lines[] = {
        "goals|all|VSM|all|all|bme|trajectory|4|||||people||ok|",
        "goals|all|VSM|all|all|bme|trajectory|5|||||people||ok|",
        NULL,
    };
    report r = {.document = {.disclosure = "none", .results = results_of(*state, lines)}, .width = 100};
    wres_published rows[2] = {r.document.results.rows[0], r.document.results.rows[1]};
    rows[1].column[WRES_COLUMN_PERIOD] = "2026-03-31";
    r.document.results.rows = rows;
    const char *text = captured(*state, make_report, &r);
    assert_has(text, "wres-2025, at 2025-03-31\n\n"); /* no title is known */
    assert_has(text, "Other figures\n"
                     "  goals       all / VSM               bme trajectory                   4\n"
                     "  2026-03-31\n"
                     "  goals       all / VSM               bme trajectory                   5\n");
}

/* Neither side is a group with a rate of its own: the comparison is shown as it is named. */
static void comparisons_of_unknown_groups_are_shown(void **state) {
    static const char *const lines[] = {
        "2|all|all|all|all|x/y|ratio||||||ratio||suppressed|fewer than five",
        "6|all|all|all|all|a|rate|1.0||||10|percent||suppressed|fewer than five",
        "6|all|all|all|all|b-a|difference|-2.0|||||percentage points||ok|",
        NULL,
    };
    const char *text = report_of(*state, lines, 100, false);
    assert_has(text, "X/Y      suppressed\n   Suppressed: fewer than five\n");
    assert_has(text, "[c]          B-A        -2.0 pts\n");
    assert_has_not(text, "Other figures");
}

static void many_groups_continue_in_a_second_table(void **state) {
    static const char *const lines[] = {
        "1|all|Band 5|all|all|white|share|10.0|||1|10|percent||ok|",
        "1|all|Band 5|all|all|asian|share|20.0|||2|10|percent||ok|",
        "1|all|Band 5|all|all|black|share|30.0|||3|10|percent||ok|",
        "1|all|Band 5|all|all|mixed|share|20.0|||2|10|percent||ok|",
        "1|all|Band 5|all|all|other|share|20.0|||2|10|percent||ok|",
        "1|all|Band 5|all|all|all|count|10|||||people||ok|",
        NULL,
    };
    const char *text = report_of(*state, lines, 72, false);
    assert_has(text, "All staff               White        Asian        Black        Mixed\n"
                     "  Band 5            1*  10.0%    2*  20.0%    3*  30.0%    2*  20.0%\n"
                     "\n"
                     "All staff               Other   All\n"
                     "  Band 5            2*  20.0%    10\n");
}

static void long_words_and_narrow_pages(void **state) {
    const char *text = report_of(*state, bands, 20, false); /* narrower than can be: 72 */
    assert_int_equal(longest_line(text), 72);
    assert_no_blank_at_end(text);
    assert_has(text, "All staff               White          BME      Unknown   All  BME pts\n");
    assert_has(text, "In the csv and json formats only, for want of room here: 1 of 22\nfigures.\n"); /* the p-value */
    const char *summary = report_of(*state, likelihood, 72, false);
    assert_true(longest_line(summary) <= 72);
    assert_has(summary, "   National: White/BME ratio 1.62? (2024)\n");
    assert_has(summary, "2  Appointment from shor" ELLIPSIS "   17.3%   11.4%  White/BME      1.52  " ABOVE " above\n");
    assert_int_equal(longest_line(report_of(*state, likelihood, 0, false)), 100); /* the default */
}

/* A part stands under its row, further in; what it is said to be a part of is what counts, not its name. */
static void parts_of_a_row_are_indented(void **state) {
    static const wres_nested_row nested[] = {{"executive", 1}, {"chair", 2}};
    static const wres_indicator_shown about[] = {
        {"wres-2025", "1", "Members", "share", "", "", "", "", "", "", "C", NULL, 0, nested, 2}};
    static const char *const lines[] = {"1|all|all|all|all|all|count|9||||||people|ok|",       "1|all|voting|all|all|all|count|5||||||people|ok|",
                                        "1|all|executive|all|all|all|count|3||||||people|ok|", "1|all|chair|all|all|all|count|1||||||people|ok|",
                                        "1|all|other|all|all|all|count|4||||||people|ok|",     NULL};
    report r = {.document = {.standards = standards, .standard_count = 1, .indicators = about, .indicator_count = 1, .disclosure = "none", .results = results_of(*state, lines)},
                .width = 72};
    const char *text = captured(*state, make_report, &r);
    assert_has(text, "\n  voting ");
    assert_has(text, "\n    executive ");
    assert_has(text, "\n      chair ");
    assert_has(text, "\n  other ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(page_pads_cuts_wraps_and_shows_control_characters, make_run, free_run),
        cmocka_unit_test_setup_teardown(empty_document_says_so, make_run, free_run),
        cmocka_unit_test_setup_teardown(summary_has_exact_bytes, make_run, free_run),
        cmocka_unit_test_setup_teardown(bands_have_exact_bytes, make_run, free_run),
        cmocka_unit_test_setup_teardown(board_stands_beside_the_workforce, make_run, free_run),
        cmocka_unit_test_setup_teardown(differences_carry_a_sign_and_points, make_run, free_run),
        cmocka_unit_test_setup_teardown(what_is_not_calculable_gives_its_reason, make_run, free_run),
        cmocka_unit_test_setup_teardown(flags_have_marks_and_words, make_run, free_run),
        cmocka_unit_test_setup_teardown(finer_groups_have_a_line_each, make_run, free_run),
        cmocka_unit_test_setup_teardown(breakdowns_are_compact, make_run, free_run),
        cmocka_unit_test_setup_teardown(organisations_come_one_after_another_pooled_first, make_run, free_run),
        cmocka_unit_test_setup_teardown(tiers_and_steps_have_a_line_each, make_run, free_run),
        cmocka_unit_test_setup_teardown(what_fits_no_table_is_listed, make_run, free_run),
        cmocka_unit_test_setup_teardown(other_periods_are_listed_under_their_dates, make_run, free_run),
        cmocka_unit_test_setup_teardown(comparisons_of_unknown_groups_are_shown, make_run, free_run),
        cmocka_unit_test_setup_teardown(many_groups_continue_in_a_second_table, make_run, free_run),
        cmocka_unit_test_setup_teardown(long_words_and_narrow_pages, make_run, free_run),
        cmocka_unit_test_setup_teardown(parts_of_a_row_are_indented, make_run, free_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
