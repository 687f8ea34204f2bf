/* Published rows in a few bytes each: what comes out is what went in, in its order. */
#include "fixture.h"

#include "disclosure/pack.h"

static packed_row plain_row(void) {
    return (packed_row){.head = {"s", "1", "RX1", "2025-03-31"}, .tail = {"all", "all", "all", "all"}, .group = "bme", .statistic = "share",
                        .note = "", .unit = "percent", .flag = "", .status = "ok", .decimals = 1};
}

static packed_number fixed(int64_t number) { return (packed_number){.is_there = true, .fixed = number}; }

static packed_row row_of(const char *organisation, const char *band, const char *statistic, int64_t value) {
    packed_row row = plain_row();
    row.head[2] = organisation;
    row.tail[1] = band;
    row.statistic = statistic;
    row.numbers[0] = fixed(value);
    return row;
}

static void assert_cells(const wres_published *row, const char *const *cells) {
    for (size_t c = 0; c < WRES_COLUMN_COUNT; c++) assert_string_equal(row->column[c], cells[c]);
}

static void a_row_comes_out_as_it_went_in(void **state) {
    packed *pack = pack_new(run_of(state));
    packed_row row = plain_row(), bare = plain_row();
    row.numbers[0] = fixed(-5), row.numbers[1] = fixed(-123456789012345678), row.numbers[2] = fixed(0);
    row.numbers[3] = fixed(12), row.numbers[4] = fixed(34);
    row.note = "a note";
    row.flag = "above";
    bare.status = "not supplied";
    bare.unit = "";
    bare.decimals = 0;
    pack_add(pack, &row);
    pack_add(pack, &bare);
    const wres_published_list list = pack_end(pack);
    assert_null(list.rows);
    assert_int_equal(list.count, 2);
    wres_published_cursor cursor = wres_published_begin(&list);
    assert_cells(wres_published_next(&cursor), (const char *const[]){"s", "1", "RX1", "2025-03-31", "all", "all", "all", "all", "bme", "share", "-0.5",
                                               "-12345678901234567.8", "0.0", "12", "34", "percent", "above", "ok", "a note"});
    assert_cells(wres_published_next(&cursor), (const char *const[]){"s", "1", "RX1", "2025-03-31", "all", "all", "all", "all", "bme", "share", "", "", "", "",
                                               "", "", "", "not supplied", ""});
    assert_null(wres_published_next(&cursor));
    assert_null(wres_published_next(&cursor));
    assert_true(wres_published_is_fixed(&list));
}

/* Each text is there once; an address that holds another text by then is not taken for the one before. */
static void texts_are_kept_once(void **state) {
    packed *pack = pack_new(run_of(state));
    char name[8] = "first", group[8] = "white", statistic[8] = "count";
    packed_row row = plain_row();
    row.head[2] = row.note = name;
    row.group = group, row.statistic = statistic;
    pack_add(pack, &row);
    memcpy(name, "other", 6);
    pack_add(pack, &row);
    memcpy(group, "black", 6);
    pack_add(pack, &row);
    memcpy(statistic, "share", 6);
    pack_add(pack, &row);
    const wres_published_list list = pack_end(pack), rows = wres_published_expand(run_of(state), &list);
    static const char *const names[] = {"first", "other", "other", "other"}, *const groups[] = {"white", "white", "black", "black"},
                             *const statistics[] = {"count", "count", "count", "share"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(rows.rows[i].column[WRES_COLUMN_ORGANISATION], names[i]);
        assert_string_equal(rows.rows[i].column[WRES_COLUMN_NOTE], names[i]);
        assert_string_equal(rows.rows[i].column[WRES_COLUMN_GROUP], groups[i]);
        assert_string_equal(rows.rows[i].column[WRES_COLUMN_STATISTIC], statistics[i]);
    }
    assert_ptr_equal(rows.rows[1].column[WRES_COLUMN_NOTE], rows.rows[2].column[WRES_COLUMN_ORGANISATION]);
    size_t others = 0;
    for (size_t i = 0; i < wres_published_texts(&list); i++) others += wres_text_same(wres_published_text(&list, i), TEXT("other"));
    assert_int_equal(others, 1);
}

/* The constants of a row tell kinds apart, each by itself. */
static void rows_differ_in_one_thing(void **state) {
    packed *pack = pack_new(run_of(state));
    packed_row rows[5];
    for (size_t i = 0; i < COUNT(rows); i++) rows[i] = row_of("RX1", "all", "share", 15);
    rows[1].unit = "ratio";
    rows[2].flag = "below";
    rows[3].status = "suppressed";
    rows[4].decimals = 0;
    for (int twice = 0; twice < 2; twice++)
        for (size_t i = 0; i < COUNT(rows); i++) pack_add(pack, &rows[i]);
    const wres_published_list list = pack_end(pack);
    wres_published_cursor cursor = wres_published_begin(&list);
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        const wres_published *row = wres_published_next(&cursor);
        assert_string_equal(row->column[WRES_COLUMN_UNIT], rows[i % 5].unit);
        assert_string_equal(row->column[WRES_COLUMN_FLAG], rows[i % 5].flag);
        assert_string_equal(row->column[WRES_COLUMN_STATUS], rows[i % 5].status);
        assert_string_equal(row->column[WRES_COLUMN_VALUE], i % 5 == 4 ? "15" : "1.5");
    }
}

/* Many organisations, bands, notes and large numbers, over many pieces of memory, expanded and shown one by one. */
static void many_rows_come_out_as_they_went_in(void **state) {
    enum { ROWS = 60000 };
    wres_run *run = run_of(state);
    packed *pack = pack_new(run);
    for (int i = 0; i < ROWS; i++) {
        packed_row row = row_of(wres_print(run, "organisation %d", i / 100), wres_print(run, "band %d", i % 7 * (i / 3 % 50)), i % 2 ? "count" : "share",
                                (int64_t)i * i * i * (i % 3 - 1));
        if (i % 11 == 0) row.note = wres_print(run, "note %d", i);
        if (i % 5 == 0) row.numbers[4] = fixed(i);
        pack_add(pack, &row);
    }
    const wres_published_list list = pack_end(pack), rows = wres_published_expand(run, &list);
    assert_int_equal(list.count, ROWS);
    assert_int_equal(rows.count, ROWS);
    wres_published_cursor cursor = wres_published_begin(&list), other = wres_published_begin(&rows);
    for (int i = 0; i < ROWS; i++) {
        const wres_published *row = wres_published_next(&cursor);
        char text[WRES_FIXED_SIZE];
        assert_cells(row, wres_published_next(&other)->column);
        snprintf(text, sizeof text, "organisation %d", i / 100);
        assert_string_equal(row->column[WRES_COLUMN_ORGANISATION], text);
        snprintf(text, sizeof text, "band %d", i % 7 * (i / 3 % 50));
        assert_string_equal(row->column[WRES_COLUMN_ROW], text);
        const int64_t value = (int64_t)i * i * i * (i % 3 - 1);
        snprintf(text, sizeof text, "%s%lld.%lld", value < 0 ? "-" : "", llabs((long long)value) / 10, llabs((long long)value) % 10);
        assert_string_equal(row->column[WRES_COLUMN_VALUE], text);
        snprintf(text, sizeof text, "note %d", i);
        assert_string_equal(row->column[WRES_COLUMN_NOTE], i % 11 == 0 ? text : "");
        snprintf(text, sizeof text, "%d", i);
        assert_string_equal(row->column[WRES_COLUMN_DENOMINATOR], i % 5 == 0 ? text : "");
    }
    assert_null(wres_published_next(&cursor));
}

/* From any row on as from the first, packed or not; beyond the last there is nothing. */
static void rows_are_passed_over(void **state) {
    enum { ROWS = 4000 };
    wres_run *run = run_of(state);
    packed *pack = pack_new(run);
    for (int i = 0; i < ROWS; i++) {
        const packed_row row = row_of(wres_print(run, "organisation %d", i / 100), wres_print(run, "band %d", i / 10), i % 2 ? "count" : "share", i);
        pack_add(pack, &row);
        if (i % 50) continue;
        pack_begin_behind(pack, (size_t)i);
        const packed_row more = row_of(wres_print(run, "organisation %d", i / 100), "all", "funnel", -i);
        pack_add_behind(pack, &more);
        pack_add_behind(pack, &more);
    }
    const wres_published_list list = pack_end(pack), rows = wres_published_expand(run, &list);
    const wres_published_list *const lists[] = {&list, &rows};
    for (size_t which = 0; which < COUNT(lists); which++) {
        wres_published_cursor passing = wres_published_begin(lists[which]);
        for (size_t at = 0; at < list.count; at += 37) {
            wres_published_cursor cursor = passing;
            assert_int_equal(cursor.number, at);
            for (size_t i = at; i < at + 40 && i < list.count; i++) assert_cells(wres_published_next(&cursor), rows.rows[i].column);
            wres_published_skip(&passing, 37);
        }
        wres_published_skip(&passing, 1000);
        assert_int_equal(passing.number, list.count);
        assert_null(wres_published_next(&passing));
    }
}

/* Behind the rows of their numbers, whatever the order in which they came, and also behind the last. */
static void rows_stand_behind_others(void **state) {
    enum { ROWS = 3000, BEHIND = 100 };
    packed *pack = pack_new(run_of(state));
    for (int i = 0; i < ROWS; i++) {
        const packed_row row = row_of(i < 1500 ? "A" : "B", "all", "share", 10 * i);
        pack_add(pack, &row);
    }
    static const int order[] = {2999, 0, 7, 8, 1500, 1499};
    for (size_t k = 0; k < COUNT(order); k++) {
        pack_begin_behind(pack, (size_t)order[k]);
        for (int i = 0; i < BEHIND; i++) {
            const packed_row row = row_of(k % 2 ? "C" : "A", i < 50 ? "all" : "half", "limits", -10 * (1000 * order[k] + i));
            pack_add_behind(pack, &row);
        }
    }
    for (int i = 0; i < BEHIND; i++) { /* of the places before nothing is left */
        pack_begin_behind(pack, (size_t)(100 + i));
        const packed_row row = row_of("A", "all", "limits", -10 * 1000 * (100 + i));
        pack_add_behind(pack, &row);
    }
    const wres_published_list list = pack_end(pack);
    wres_published_cursor cursor = wres_published_begin(&list);
    assert_int_equal(list.count, ROWS + (COUNT(order) + 1) * BEHIND);
    for (int i = 0; i < ROWS; i++) {
        const wres_published *row = wres_published_next(&cursor);
        size_t k = 0;
        assert_int_equal(atoi(row->column[WRES_COLUMN_VALUE]), i);
        assert_string_equal(row->column[WRES_COLUMN_ORGANISATION], i < 1500 ? "A" : "B");
        assert_string_equal(row->column[WRES_COLUMN_STATISTIC], "share");
        while (k < COUNT(order) && order[k] != i) k++;
        for (int b = 0; b < (k < COUNT(order) ? BEHIND : i >= 100 && i < 200); b++) {
            row = wres_published_next(&cursor);
            assert_int_equal(atoi(row->column[WRES_COLUMN_VALUE]), -(1000 * i + b));
            assert_string_equal(row->column[WRES_COLUMN_ORGANISATION], k % 2 && k < COUNT(order) ? "C" : "A");
            assert_string_equal(row->column[WRES_COLUMN_ROW], b < 50 ? "all" : "half");
            assert_string_equal(row->column[WRES_COLUMN_STATISTIC], "limits");
        }
    }
    assert_null(wres_published_next(&cursor));
}

/* Numbers that are no fixed ones are texts, and the list says that it has such. */
static void numbers_may_be_texts(void **state) {
    packed *pack = pack_new(run_of(state));
    packed_row row = plain_row();
    row.numbers[0] = fixed(1);
    row.numbers[4] = (packed_number){.is_there = true, .is_text = true, .fixed = pack_text(pack, "0.333333333")};
    pack_add(pack, &row);
    row.numbers[4] = fixed(3);
    pack_add(pack, &row);
    assert_string_equal(pack_text_at(pack, pack_text(pack, "0.333333333")), "0.333333333");
    const wres_published_list list = pack_end(pack);
    wres_published_cursor cursor = wres_published_begin(&list);
    assert_string_equal(wres_published_next(&cursor)->column[WRES_COLUMN_DENOMINATOR], "0.333333333");
    assert_string_equal(wres_published_next(&cursor)->column[WRES_COLUMN_DENOMINATOR], "3");
    assert_false(wres_published_is_fixed(&list));
}

static void rows_that_are_not_packed_are_shown_too(void **state) {
    static const wres_published rows[] = {{{"a"}}, {{"b"}}};
    const wres_published_list list = {rows, 2, NULL}, same = wres_published_expand(run_of(state), &list);
    wres_published_cursor cursor = wres_published_begin(&list);
    assert_ptr_equal(same.rows, rows);
    assert_ptr_equal(wres_published_next(&cursor), &rows[0]);
    assert_ptr_equal(wres_published_next(&cursor), &rows[1]);
    assert_null(wres_published_next(&cursor));
    assert_int_equal(wres_published_texts(&list), 0);
}

static void nothing_is_no_rows(void **state) {
    packed *pack = pack_new(run_of(state));
    const wres_published_list list = pack_end(pack);
    wres_published_cursor cursor = wres_published_begin(&list);
    size_t number;
    assert_null(wres_published_next(&cursor));
    assert_false(pack_finds_double(pack, &number));
    assert_int_equal(wres_published_expand(run_of(state), &list).count, 0);
}

/* Any of the ten columns of the key makes another key; what is no part of it does not. A row behind another counts at its place. */
static void doubles_are_found(void **state) {
    for (size_t change = 0; change <= 10; change++) {
        packed *pack = pack_new(run_of(state));
        packed_row row = plain_row(), other = plain_row();
        size_t number;
        const char **columns[] = {&row.head[0], &row.head[1], &row.head[2], &row.head[3], &row.tail[0], &row.tail[1],
                                  &row.tail[2], &row.tail[3], &row.group,   &row.statistic};
        pack_add(pack, &row);
        if (change < 10) *columns[change] = "x";
        row.note = "another", row.unit = "ratio", row.numbers[0] = fixed(7);
        pack_add(pack, &row);
        other.head[1] = "2";
        pack_add(pack, &other);
        pack_end(pack);
        assert_int_equal(pack_finds_double(pack, &number), change == 10);
        if (change == 10) assert_int_equal(number, 1);
    }
    packed *pack = pack_new(run_of(state));
    size_t number;
    for (int i = 0; i < 2000; i++) {
        const packed_row row = row_of(wres_print(run_of(state), "%d", i), "all", "share", 1);
        pack_add(pack, &row);
    }
    const packed_row again = row_of("1234", "all", "share", 2);
    pack_begin_behind(pack, 600);
    pack_add_behind(pack, &again);
    pack_end(pack);
    assert_true(pack_finds_double(pack, &number));
    assert_int_equal(number, 1235);
}

/* Also of many pairs of group and statistic at one place, whose rows need not stand together. */
static void doubles_are_found_among_many_at_a_place(void **state) {
    enum { STATISTICS = 200 };
    for (int again = -1; again < STATISTICS; again += 67) {
        packed *pack = pack_new(run_of(state));
        size_t number;
        for (int i = 0; i < STATISTICS; i++)
            for (int band = 0; band < 2; band++) {
                const packed_row row = row_of("RX1", band ? "5" : "6", wres_print(run_of(state), "%d", i), 1);
                pack_add(pack, &row);
            }
        const packed_row row = row_of("RX1", "5", wres_print(run_of(state), "%d", again), 1);
        pack_add(pack, &row);
        pack_end(pack);
        assert_int_equal(pack_finds_double(pack, &number), again >= 0);
        if (again >= 0) assert_int_equal(number, 2 * STATISTICS);
    }
}

/* Who says that a row stands at the place of the one before need not give it. */
static void the_place_of_the_row_before_is_taken(void **state) {
    packed *pack = pack_new(run_of(state));
    packed_row first = row_of("RX1", "5", "count", 1), second = {.is_same_place = true, .group = "bme", .statistic = "share", .note = "",
                                                                 .unit = "percent", .flag = "", .status = "ok"};
    second.numbers[0] = fixed(2);
    pack_add(pack, &first);
    pack_add(pack, &second);
    first = row_of("RX2", "5", "count", 3);
    pack_add(pack, &first);
    const wres_published_list list = pack_end(pack);
    wres_published_cursor cursor = wres_published_begin(&list);
    for (int i = 0; i < 3; i++) {
        const wres_published *row = wres_published_next(&cursor);
        assert_string_equal(row->column[WRES_COLUMN_ORGANISATION], i < 2 ? "RX1" : "RX2");
        assert_string_equal(row->column[WRES_COLUMN_ROW], "5");
        assert_string_equal(row->column[WRES_COLUMN_STATISTIC], i == 1 ? "share" : "count");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_row_comes_out_as_it_went_in), CASE(texts_are_kept_once),   CASE(rows_differ_in_one_thing),
        CASE(many_rows_come_out_as_they_went_in), CASE(rows_are_passed_over), CASE(rows_stand_behind_others), CASE(numbers_may_be_texts),
        CASE(rows_that_are_not_packed_are_shown_too), CASE(nothing_is_no_rows), CASE(doubles_are_found),
        CASE(doubles_are_found_among_many_at_a_place), CASE(the_place_of_the_row_before_is_taken),
    };
    RUN_CASES(tests);
}
