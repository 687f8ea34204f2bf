/* Of several conditions, the first whose column is missing is said, wherever it stands. */
#include "pipeline.h"

static void the_second_condition_may_be_the_one(void **state) {
    static const char *const orders[] = {"role in Nurse, sex in Female", "role in Nurse, role in Nurse, sex in Female"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(orders); i++) {
        pipeline *p = pipeline_new(NULL);
        assert_int_equal(pipeline_standard(p, wres_print(p->run,
                                                         "standard: s\ntitle: s\ncertainty: U\ncompare: {field: ethnicity, reference: White, group: BME, unknown: "
                                                         "Unknown}\nindicators:\n- id: x\n  title: x\n  certainty: U\n  measure: share\n  of: {table: workforce, where: "
                                                         "[%s]}\n",
                                                         orders[i])),
                         WRES_OK);
        pipeline_add(p, "workforce", "Date,Ethnicity,Role,Count\n2025-03-31,A,Nurse,60\n2025-03-31,H,Nurse,40\n");
        assert_int_equal(pipeline_run(p), WRES_OK);
        assert_missing(result(p, .indicator = "x"), WRES_NOT_SUPPLIED, "the workforce data has no column sex");
        pipeline_end(p);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_condition_may_be_the_one),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("%zu cases\n", COUNT_OF(tests));
    return failed;
}
