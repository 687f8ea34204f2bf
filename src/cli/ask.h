/* Questions on a terminal: numbered answers, and none where nothing is answered. */
#ifndef WRES_CLI_ASK_H
#define WRES_CLI_ASK_H

#include "wres/base.h"

typedef struct dialogue {
    wres_run *run;
    bool open; /* false: nothing is asked, and no question has an answer */
    const void *context;
} dialogue;

/* Standard input and standard error are a terminal. */
bool dialogue_is_possible(void);

/* The place of the answer among the choices, or -1. accept NULL = a number only; else also a text that it accepts, which goes to *text
 * (the answer is then the number of choices). */
int ask(dialogue *d, const char *question, const char *const *choices, size_t count,
        bool (*accept)(const void *context, const char *text), const char **text);

#endif
