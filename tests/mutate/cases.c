/* Linked into the test programs that mutate.py builds: cmocka's runner with the cases alone that MUTATE_CASES names, with a comma before and
 * behind each; "?" lists them all and runs none. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef int runner(const char *group, const struct CMUnitTest *tests, size_t count, CMFixtureFunction set_up,
                   CMFixtureFunction tear_down);

static int is_named(const char *names, const char *name) {
    const size_t length = strlen(name);
    for (const char *at = strstr(names, name); at; at = strstr(at + 1, name)) {
        if (at > names && at[-1] == ',' && at[length] == ',') return 1;
    }
    return 0;
}

runner _cmocka_run_group_tests; /* in the place of cmocka's */
int _cmocka_run_group_tests(const char *group, const struct CMUnitTest *tests, size_t count, CMFixtureFunction set_up,
                            CMFixtureFunction tear_down) {
    runner *const run = (runner *)dlsym(RTLD_NEXT, "_cmocka_run_group_tests");
    const char *names = getenv("MUTATE_CASES");
    struct CMUnitTest *named = malloc(count * sizeof *named);
    size_t kept = 0;
    if (!run || !named) abort();
    if (!names) return run(group, tests, count, set_up, tear_down);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names, "?") == 0) printf("case %s\n", tests[i].name);
        if (is_named(names, tests[i].name)) named[kept++] = tests[i];
    }
    return kept > 0 ? run(group, named, kept, set_up, tear_down) : 0;
}
