/* The way from CSV text to the report of a check, on a pipeline's inputs. */
#ifndef WRES_TESTS_CHECKING_H
#define WRES_TESTS_CHECKING_H

#include "pipeline.h"

#include "wres/check.h"

static inline wres_status checking_table(pipeline *p, wres_check *check, const wres_table *table) {
    static const wres_input_setting none;
    struct wres_table_file *files = wres_alloc(p->run, PIPELINE_MOST_INPUTS * sizeof *files);
    wres_table_input input = {table, files, 0};
    for (size_t i = 0; i < p->input_count; i++)
        if (strcmp(p->inputs[i].table, table->name) == 0)
            files[input.file_count++] = (struct wres_table_file){p->inputs[i].path, p->inputs[i].loaded.input_count ? p->inputs[i].loaded.inputs : &none};
    const wres_status status = input.file_count ? wres_check_table(check, &input, &p->accounts[p->account_count]) : WRES_OK;
    p->account_count += input.file_count;
    return status;
}

/* Checks the inputs: workforce, movements, the others. */
static inline wres_status checking_run(pipeline *p, wres_check_report *report) {
    static const char *const first[] = {"workforce", "movements"};
    const pipeline_folder folder = pipeline_folder_new();
    wres_check *check;
    p->reading.look = p->reading.hash = true;
    pipeline_write_inputs(p, &folder);
    assert_int_equal(wres_plan_new(&p->reading, &p->request, &p->plan), WRES_OK);
    assert_int_equal(wres_check_new(&p->reading, &p->frame, &p->request, p->plan, &check), WRES_OK);
    for (size_t i = 0; i < 2; i++) assert_int_equal(checking_table(p, check, wres_table_find(&p->tables, first[i])), WRES_OK);
    for (size_t t = 0; t < p->tables.count; t++)
        if (strcmp(p->tables.all[t]->name, first[0]) != 0 && strcmp(p->tables.all[t]->name, first[1]) != 0)
            assert_int_equal(checking_table(p, check, p->tables.all[t]), WRES_OK);
    const wres_status status = wres_check_end(check, report);
    pipeline_remove_inputs(p, &folder);
    return status;
}

/* The only row of a check; NULL where there is none. */
static inline const wres_check_row *row_of(const wres_check_report *report, const char *check) {
    const wres_check_row *found = NULL;
    for (size_t i = 0; i < report->count; i++) {
        if (strcmp(report->rows[i].check, check) != 0) continue;
        assert_null(found);
        found = &report->rows[i];
    }
    return found;
}

static inline void assert_row(const wres_check_report *report, const char *check, wres_severity severity, uint64_t line, const char *field, uint64_t count) {
    const wres_check_row *row = row_of(report, check);
    assert_non_null(row);
    assert_int_equal(row->severity, severity);
    assert_int_equal(row->place.line, line);
    assert_int_equal(row->count, count);
    if (field)
        assert_string_equal(row->place.field, field);
    else
        assert_null(row->place.field);
    assert_true(*row->what_to_do);
}

#endif
