#include "cli/ask.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_ANSWER = 200 };

bool dialogue_is_possible(void) { return wres_is_terminal(0) && wres_is_terminal(2); }

/* One line of standard input, trimmed; NULL at its end. What goes on longer than any answer is cut off. */
static const char *read_line(wres_run *run) {
    char line[LONGEST_ANSWER];
    if (!fgets(line, sizeof line, stdin)) return NULL;
    size_t length = strlen(line);
    if (length + 1 == sizeof line && line[length - 1] != '\n')
        for (int c = getchar(); c != '\n' && c != EOF;) c = getchar();
    const wres_text text = wres_text_trim((wres_text){line, length});
    return wres_copy(run, text.bytes, text.length);
}

int ask(dialogue *d, const char *question, const char *const *choices, size_t count,
        bool (*accept)(const void *context, const char *text), const char **text) {
    if (!d->open) return -1;
    fprintf(stderr, "\n%s\n", question);
    for (size_t i = 0; i < count; i++) fprintf(stderr, "  %zu  %s\n", i + 1, choices[i]);
    for (;;) {
        uint64_t number;
        fprintf(stderr, "%s, Enter to leave it open, q to leave all: ", accept ? "A number or a value" : "A number");
        (void)fflush(stderr);
        const char *answer = read_line(d->run);
        if (!answer || strcmp(answer, "q") == 0) {
            d->open = false;
            if (!answer) fputs("\n", stderr);
            return -1;
        }
        if (!*answer) return -1;
        if (wres_count_parse(wres_text_of(answer), &number) && number >= 1 && number <= count) return (int)number - 1;
        if (accept && accept(d->context, answer)) {
            *text = answer;
            return (int)count;
        }
        fprintf(stderr, "%s\n", accept ? "Neither one of the numbers nor a value of the list." : "That is none of the numbers.");
    }
}
