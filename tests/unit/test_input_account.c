/* read = used + left out, also where only the whole table can tell what was used. */
#include "pipeline.h"

#include "input/input.h"

static void add(wres_run *run, wres_account *account, int outcome) {
    const wres_disposition disposition = {outcome, false, 0};
    account_row(run, account, &disposition);
}

static void add_tagged(wres_run *run, wres_account *account, int outcome, uint32_t tag) {
    const wres_disposition disposition = {outcome, true, tag};
    account_row(run, account, &disposition);
}

static bool is_even(const void *context, uint32_t tag) {
    (void)context;
    return tag % 2 == 0;
}

static bool is_the_one(const void *context, uint32_t tag) { return tag == *(const uint32_t *)context; }

static void every_reason_has_its_words(void **state) {
    (void)state;
    assert_string_equal(wres_reason_text(WRES_REASON_BLANK_ROW), "blank row");
    assert_string_equal(wres_reason_text(WRES_REASON_SAME_AGAIN), "the same person again");
    for (int i = 0; i < WRES_REASON_COUNT; i++)
        for (int j = 0; j < i; j++) assert_string_not_equal(wres_reason_text((wres_reason)i), wres_reason_text((wres_reason)j));
}

static void outcomes_are_counted(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_account account = {0};
    add(run, &account, WRES_USED);
    add(run, &account, WRES_REASON_WINDOW);
    add(run, &account, WRES_REASON_WINDOW);
    add(run, &account, WRES_REASON_SAME_AGAIN);
    assert_int_equal(account.read, 4);
    assert_int_equal(account.used, 1);
    assert_int_equal(account.left_out[WRES_REASON_WINDOW], 2);
    assert_int_equal(account.left_out[WRES_REASON_SAME_AGAIN], 1);
    wres_run_free(run);
}

/* Rows of tags that belong keep their outcome, the others are left out: used 1, said again 1, another snapshot 3. */
static void tagged_rows_wait_until_it_is_settled(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_account account = {0};
    add_tagged(run, &account, WRES_USED, 2);
    add_tagged(run, &account, WRES_REASON_SAME_AGAIN, 2);
    add_tagged(run, &account, WRES_USED, 3);
    add_tagged(run, &account, WRES_USED, 3);
    add_tagged(run, &account, WRES_REASON_NOT_STAFF, 5);
    assert_int_equal(account.read, 5);
    assert_int_equal(account.used, 0);
    assert_int_equal(pipeline_left_out(&account), 0);
    wres_account_settle(&account, is_even, NULL, WRES_REASON_SNAPSHOT);
    assert_int_equal(account.used, 1);
    assert_int_equal(account.left_out[WRES_REASON_SAME_AGAIN], 1);
    assert_int_equal(account.left_out[WRES_REASON_SNAPSHOT], 3);
    assert_int_equal(account.left_out[WRES_REASON_NOT_STAFF], 0);
    wres_run_free(run);
}

static void settling_twice_counts_once(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_account account = {0};
    const uint32_t tag = UINT32_MAX;
    add_tagged(run, &account, WRES_USED, tag);
    wres_account_settle(&account, is_the_one, &tag, WRES_REASON_SNAPSHOT);
    wres_account_settle(&account, is_the_one, &tag, WRES_REASON_SNAPSHOT);
    assert_int_equal(account.used, 1);
    wres_run_free(run);
}

/* 3,000 tags with two outcomes each: many times the first room. */
static void many_tags(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_account account = {0};
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 3000; i++) {
            add_tagged(run, &account, WRES_USED, i << 16 | 7);
            add_tagged(run, &account, WRES_REASON_NOT_COUNTED, i << 16 | 7);
        }
    const uint32_t tag = 2999U << 16 | 7;
    wres_account_settle(&account, is_the_one, &tag, WRES_REASON_SNAPSHOT);
    assert_int_equal(account.read, 12000);
    assert_int_equal(account.used, 2);
    assert_int_equal(account.left_out[WRES_REASON_NOT_COUNTED], 2);
    assert_int_equal(account.left_out[WRES_REASON_SNAPSHOT], 11996);
    wres_run_free(run);
}

static void an_account_without_tags_is_settled_as_it_stands(void **state) {
    (void)state;
    wres_run *run = wres_run_new();
    wres_account account = {0};
    add(run, &account, WRES_USED);
    wres_account_settle(&account, is_even, NULL, WRES_REASON_SNAPSHOT);
    assert_int_equal(account.used, 1);
    assert_int_equal(pipeline_left_out(&account), 0);
    wres_run_free(run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_its_words),
        cmocka_unit_test(outcomes_are_counted),
        cmocka_unit_test(tagged_rows_wait_until_it_is_settled),
        cmocka_unit_test(settling_twice_counts_once),
        cmocka_unit_test(many_tags),
        cmocka_unit_test(an_account_without_tags_is_settled_as_it_stands),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
