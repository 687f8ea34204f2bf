/* Dates: the calendar against a count day by day, months, and the forms that exports write. */
#include "fixture.h"

static void assert_date(const char *text, wres_date_order order, int year, int month, int day) {
    char shown[WRES_DATE_SIZE], expected[32];
    const wres_date date = wres_date_parse(wres_text_of(text), order);
    if (date == WRES_NO_DATE) fail_msg("'%s' is not read", text);
    wres_date_print(date, shown);
    snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
    assert_string_equal(shown, expected);
}

static void assert_no_date(const char *text) {
    if (wres_date_parse(wres_text_of(text), WRES_DAY_FIRST) != WRES_NO_DATE) fail_msg("'%s' is read as a date", text);
    if (wres_date_parse(wres_text_of(text), WRES_MONTH_FIRST) != WRES_NO_DATE)
        fail_msg("'%s' is read as a date, month first", text);
}

static void known_days(void **state) {
    (void)state;
    assert_int_equal(wres_date_of(1970, 1, 1), 0);
    assert_int_equal(wres_date_of(1969, 12, 31), -1);
    assert_int_equal(wres_date_of(2000, 3, 1), 11017);
    assert_int_equal(wres_date_of(2025, 3, 31), 20178);
    assert_int_equal(wres_date_of(1900, 1, 1), -25567);
    assert_int_equal(wres_date_of(1600, 2, 29), -135081);
    assert_int_equal(wres_date_of(1, 1, 1), -719162);
    assert_int_equal(wres_date_of(4712, 12, 31), 1001859);
}

/* Independent of the code: a day is counted after the other. */
static void every_day_of_two_centuries(void **state) {
    (void)state;
    wres_date date = -25567;
    for (int year = 1900; year <= 2100; year++)
        for (int month = 1; month <= 12; month++) {
            int length = month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
            if (month == 2) length = year % 4 == 0 && year != 1900 && year != 2100 ? 29 : 28;
            for (int day = 1; day <= length; day++, date++) {
                int y, m, d;
                assert_int_equal(wres_date_of(year, month, day), date);
                wres_date_split(date, &y, &m, &d);
                assert_true(y == year && m == month && d == day);
                assert_int_equal(wres_date_is_month_end(date), day == length);
            }
            assert_int_equal(wres_date_of(year, month, length + 1), WRES_NO_DATE);
        }
    assert_int_equal(date, 47847);
}

static void days_that_are_none(void **state) {
    (void)state;
    assert_int_equal(wres_date_of(2025, 2, 29), WRES_NO_DATE);
    assert_int_equal(wres_date_of(1900, 2, 29), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, 4, 31), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, 13, 1), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, 0, 1), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, -1, 1), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, 1, 0), WRES_NO_DATE);
    assert_int_equal(wres_date_of(2025, 1, -1), WRES_NO_DATE);
}

static void days_before_year_1(void **state) {
    (void)state;
    for (wres_date date = -800000; date < -718000; date++) {
        int year, month, day;
        wres_date_split(date, &year, &month, &day);
        assert_int_equal(wres_date_of(year, month, day), date);
    }
}

static void assert_months(const char *from, int months, const char *to) {
    char shown[WRES_DATE_SIZE];
    wres_date_print(wres_date_add_months(wres_date_parse(wres_text_of(from), WRES_DAY_FIRST), months), shown);
    assert_string_equal(shown, to);
}

static void months_keep_the_end_of_a_month(void **state) {
    (void)state;
    assert_months("2025-03-31", -12, "2024-03-31");
    assert_months("2025-03-31", -1, "2025-02-28");
    assert_months("2025-02-28", 1, "2025-03-31");
    assert_months("2024-02-29", 12, "2025-02-28");
    assert_months("2023-02-28", 12, "2024-02-29");
    assert_months("2024-02-28", 12, "2025-02-28");
    assert_months("2025-04-30", 1, "2025-05-31");
    assert_months("2024-02-29", 0, "2024-02-29");
}

static void other_days_are_cut_to_the_month(void **state) {
    (void)state;
    assert_months("2025-01-15", 1, "2025-02-15");
    assert_months("2025-01-30", 1, "2025-02-28");
    assert_months("2024-01-30", 1, "2024-02-29");
    assert_months("2024-02-28", -12, "2023-02-28");
    assert_months("2025-01-15", -1, "2024-12-15");
    assert_months("2025-12-15", 1, "2026-01-15");
    assert_months("2025-06-15", -600, "1975-06-15");
    assert_int_equal(wres_date_add_months(wres_date_of(0, 1, 15), -13), wres_date_of(-2, 12, 15));
}

static void the_forms_of_exports(void **state) {
    static const char *const same[] = {"2025-03-31",
                                       "31/03/2025",
                                       "31-03-2025",
                                       "31.03.2025",
                                       "31-Mar-2025",
                                       "31-MAR-2025",
                                       "31 March 2025",
                                       "31 march 2025",
                                       "20250331",
                                       " 2025-03-31 ",
                                       "\xc2\xa0"
                                       "31/03/2025\t",
                                       "31/3/2025",
                                       "31/Mar/2025"};
    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) assert_date(same[i], WRES_DAY_FIRST, 2025, 3, 31);
    assert_date("1/2/2025", WRES_DAY_FIRST, 2025, 2, 1);
    assert_date("29/02/2024", WRES_DAY_FIRST, 2024, 2, 29);
    assert_date("29-Feb-2000", WRES_DAY_FIRST, 2000, 2, 29);
}

static void every_month_has_its_names(void **state) {
    static const char *const names[][2] = {{"Jan", "January"},   {"Feb", "February"}, {"Mar", "March"},    {"Apr", "April"},
                                           {"May", "May"},       {"Jun", "June"},     {"Jul", "July"},     {"Aug", "August"},
                                           {"Sep", "September"}, {"Oct", "October"},  {"Nov", "November"}, {"Dec", "December"}};
    for (int month = 1; month <= 12; month++)
        for (int form = 0; form < 2; form++)
            assert_date(wres_print(run_of(state), "7 %s 2025", names[month - 1][form]), WRES_DAY_FIRST, 2025, month, 7);
    assert_date("7-Sept-2025", WRES_DAY_FIRST, 2025, 9, 7);
}

static void a_time_of_day_is_passed_over(void **state) {
    static const char *const same[] = {"2025-03-31 00:00", "2025-03-31 9:15 AM", "2025-03-31 9:15 am", "2025-03-31 9:15 pm", "2025-03-31 09:15 PM ", "2025-03-31T00:00:00", "2025-03-31T09:15:00.000Z",
                                       "31/03/2025 00:00", "31-Mar-2025 9:15:30", "31 March 2025 23:59:59",
                                       "20250331 12:00",   "20250331T12:00:00"};
    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) assert_date(same[i], WRES_DAY_FIRST, 2025, 3, 31);
}

static void the_month_comes_first_only_when_told(void **state) {
    (void)state;
    assert_date("03/04/2025", WRES_DAY_FIRST, 2025, 4, 3);
    assert_date("03/04/2025", WRES_MONTH_FIRST, 2025, 3, 4);
    assert_date("12/31/2025", WRES_MONTH_FIRST, 2025, 12, 31);
    assert_int_equal(wres_date_parse(TEXT("12/31/2025"), WRES_DAY_FIRST), WRES_NO_DATE);
    assert_int_equal(wres_date_parse(TEXT("31/12/2025"), WRES_MONTH_FIRST), WRES_NO_DATE);
    /* Forms that say it themselves. */
    assert_date("2025-03-04", WRES_MONTH_FIRST, 2025, 3, 4);
    assert_date("4-Mar-2025", WRES_MONTH_FIRST, 2025, 3, 4);
    assert_date("20250304", WRES_MONTH_FIRST, 2025, 3, 4);
}

static void years_have_limits(void **state) {
    (void)state;
    assert_date("1900-01-01", WRES_DAY_FIRST, 1900, 1, 1);
    assert_date("31/12/2100", WRES_DAY_FIRST, 2100, 12, 31);
    assert_date("31 Dec 4712", WRES_DAY_FIRST, 4712, 12, 31);
    assert_date("47121231", WRES_DAY_FIRST, 4712, 12, 31);
    assert_date("12/31/4712", WRES_MONTH_FIRST, 4712, 12, 31);
    static const char *const out[] = {"1899-12-31", "2101-01-01", "18991231",   "0025-03-31",
                                      "4712-12-30", "4712-11-30", "31/12/4711", "9999-12-31"};
    for (size_t i = 0; i < COUNT(out); i++) assert_no_date(out[i]);
}

/* A month without a day is the state at its end. */
static void months_are_their_last_day(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int year, month, day;
    } months[] = {{"2017-SEP", 2017, 9, 30}, {"Sep 2017", 2017, 9, 30}, {"SEP-2017", 2017, 9, 30}, {"Sep/2017", 2017, 9, 30}, {"September 2017", 2017, 9, 30}, {" Sept.2017 ", 2017, 9, 30},
                  {"2024 feb", 2024, 2, 29}, {"Feb-2025", 2025, 2, 28}, {"Dec 2100", 2100, 12, 31}, {"2025.Mar", 2025, 3, 31}};
    for (size_t i = 0; i < COUNT(months); i++)
        for (wres_date_order order = WRES_DAY_FIRST; order <= WRES_MONTH_FIRST; order++) {
            const wres_date wanted = wres_date_of(months[i].year, months[i].month, months[i].day);
            if (wres_date_parse(wres_text_of(months[i].text), order) != wanted) fail_msg("%s", months[i].text);
        }
}

static void what_a_date_tells_of_the_order(void **state) {
    (void)state;
    static const struct {
        const char *text;
        wres_date_evidence tells;
    } dates[] = {{"31/03/2025", WRES_TELLS_DAY_FIRST},   {"13-12-2025", WRES_TELLS_DAY_FIRST},  {"31.03.2025 00:00", WRES_TELLS_DAY_FIRST}, {"03/31/2025", WRES_TELLS_MONTH_FIRST},
                 {"12-13-2025", WRES_TELLS_MONTH_FIRST}, {"04/03/2025", WRES_IN_DOUBT},         {"1/12/2025", WRES_IN_DOUBT},               {"12.11.2025", WRES_IN_DOUBT},
                 {"03/03/2025", WRES_TELLS_NOTHING},     {"2025-03-04", WRES_TELLS_NOTHING},    {"4-Mar-2025", WRES_TELLS_NOTHING},         {"20250304", WRES_TELLS_NOTHING},
                 {"Mar 2025", WRES_TELLS_NOTHING},       {"31/02/2025", WRES_TELLS_NOTHING},    {"31/31/2025", WRES_TELLS_NOTHING},         {"00/03/2025", WRES_TELLS_NOTHING},
                 {"", WRES_TELLS_NOTHING},               {"123/03/2025", WRES_TELLS_NOTHING},               {"04/03/25", WRES_TELLS_NOTHING},      {"04/03/1899", WRES_TELLS_NOTHING},         {"Mar/04/2025", WRES_TELLS_NOTHING}};
    for (size_t i = 0; i < COUNT(dates); i++)
        if (wres_date_order_of(wres_text_of(dates[i].text)) != dates[i].tells) fail_msg("%s", dates[i].text);
}

static void what_is_no_date(void **state) {
    static const char *const junk[] = {
        "",
        " ",
        "n/a",
        "2025",
        "2025-03",
        "2025-03-",
        "2025-09-SEP",
        "SEP-25",
        "25-SEP",
        "SEP-SEP",
        "SEP",
        "SEP/2025x",
        "SEP 2025 00:00",
        "SEP-1899",
        "09-2025",
        "31",
        "2025-02-29",
        "31/04/2025",
        "00/01/2025",
        "01/00/2025",
        "2025-13-01",
        "20250229",
        "20251301",
        "2025033",
        "202503311",
        "31/03/25",
        "31-Mar-25",
        "1/2/3",
        "2025-03/31",
        "31/03-2025",
        "31//03/2025",
        "/31/03/2025",
        "31/03/2025x",
        "2025-03-31x",
        "2025-03-31 9.15",
        "2025-03-31 123:00",
        "2025-03-31 :00",
        "2025-03-31 00:00:00:00",
        "2025-03-31 00:00 in",
        "2025-03-31 00:",
        "31-oops-2025",
        "2025-031-31",
        "31-Mrz-2025",
        "31-Ma-2025",
        "7-Mayx-2025",
        "31-Mar{2025",
        "31-Mar`2025",
        "31-Marchy-2025",
        "31-abcdefghijk-2025",
        "45747",
        "45747.0",
        "-2025-03-31",
        "+31/03/2025",
        "2025-03-31-01",
        "31,03,2025",
        "Mar-31-2025",
        "2025-03-Mar",
        "123/03/2025",
        "2025-03-031",
        "20250-03-31",
        "31/03/20250",
        "\xe2\x80\x8b"
        "2025-03-31",
        "2025\xe2\x80\x93"
        "03\xe2\x80\x93"
        "31",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(junk); i++) assert_no_date(junk[i]);
    assert_int_equal(wres_date_parse(TEXT("2025-03-31\0"), WRES_DAY_FIRST), WRES_NO_DATE);
}

static void what_is_no_time(void **state) {
    static const char *const junk[] = {"2025-03-31 ",      "2025-03-31 x",      "2025-03-31 1234",     "2025-03-31T",
                                       "2025-03-31T1",     "2025-03-31 noon",   "2025-03-31 12/30:00", "2025-03-31 12:30~",
                                       "2025-03-31_00:00", "2025-03-31 00:00h", "20250331 x",          "2025033112:00",
                                       "31/03/2025 0000"};
    (void)state;
    assert_date(junk[0], WRES_DAY_FIRST, 2025, 3, 31); /* a blank alone is none */
    for (size_t i = 1; i < COUNT(junk); i++) assert_no_date(junk[i]);
}

static void a_text_need_not_be_terminated(void **state) {
    (void)state;
    assert_int_equal(wres_date_parse((wres_text){"20250331", 8}, WRES_DAY_FIRST), 20178);
    assert_int_equal(wres_date_parse((wres_text){"2025-03-319", 10}, WRES_DAY_FIRST), 20178);
    assert_int_equal(wres_date_parse((wres_text){"2025-03-31", 9}, WRES_DAY_FIRST), wres_date_of(2025, 3, 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(known_days),
        CASE(every_day_of_two_centuries),
        CASE(days_that_are_none),
        CASE(days_before_year_1),
        CASE(months_keep_the_end_of_a_month),
        CASE(other_days_are_cut_to_the_month),
        CASE(the_forms_of_exports),
        CASE(every_month_has_its_names),
        CASE(a_time_of_day_is_passed_over),
        CASE(the_month_comes_first_only_when_told),
        CASE(years_have_limits),
        CASE(months_are_their_last_day),
        CASE(what_a_date_tells_of_the_order),
        CASE(what_is_no_date),
        CASE(what_is_no_time),
        CASE(a_text_need_not_be_terminated),
    };
    RUN_CASES(tests);
}
