/* Organisations of one indicator computed beside each other. Each has memory of its own, and what is shared is only read: that holds of shares
 * that are not broken down, most of all results; other measures may add to vocabularies and say findings. */
#include "indicator/compute.h"

enum { FEWEST = 8, MOST_THREADS = 4, SLOTS_A_THREAD = 4 }; /* one thread gives on what some make */

/* What is computed in a slot, and what for. */
typedef struct workplace {
    wres_run *run, *scratch; /* scratch: for one organisation at a time, made for the first */
    wres_plan plan;          /* with that memory */
    outlet out;
    scope scope;
} workplace;

typedef struct several {
    const scope *scope;
    const uint16_t *organisations;
    const wres_dictionary *names;
    workplace *places; /* by slot */
} several;

static size_t threads_of(const scope *s) {
    const wres_reading *reading = s->fold.plan->reading;
    const size_t threads = reading->threads ? reading->threads : wres_processors();
    return threads < MOST_THREADS ? threads : MOST_THREADS;
}

bool is_for_threads(const scope *s, size_t organisations) {
    const bool leaves_texts = s->run != s->out->run; /* else they must live as long as the run */
    return leaves_texts && s->planned->about->measure == WRES_SHARE && s->fold.plan->request->breakdown_count == 0 &&
           organisations >= FEWEST && threads_of(s) > 1;
}

static wres_status compute_one(wres_run *run, void *context) {
    workplace *place = context;
    if (!place->scratch) place->scratch = place->plan.run = place->scope.run = wres_scratch_new(run);
    wres_scratch_clear(place->scratch);
    place->out.waiting.count = place->out.count = 0;
    share_compute(&place->scope);
    small_mark(&place->out.waiting);
    return WRES_OK;
}

static bool make(void *context, size_t number, size_t slot) {
    const several *all = context;
    workplace *place = &all->places[slot];
    place->scope.fold.organisation = number ? all->organisations[number - 1] : ALL_ORGANISATIONS;
    place->scope.organisation_name = number ? wres_dictionary_text(all->names, all->organisations[number - 1]) : "all";
    return wres_run_try(place->run, compute_one, place) == WRES_OK;
}

static void take(void *context, size_t number, size_t slot) {
    const several *all = context;
    const wres_result_list *results = &all->places[slot].out.waiting;
    outlet *out = all->scope->out;
    (void)number;
    outlet_give(out, results, out->count);
    out->count += results->count;
}

static void make_place(const scope *s, workplace *place) {
    place->run = place->out.run = wres_run_beside(s->run);
    place->plan = *s->fold.plan;
    place->scope = *s;
    place->scope.out = &place->out;
    place->scope.results = &place->out.waiting;
    place->scope.fold.plan = &place->plan;
    place->scope.fold.breakdown = NULL;
}

void compute_on_threads(const scope *s, const uint16_t *organisations, size_t count) {
    const size_t threads = threads_of(s), slots = threads * SLOTS_A_THREAD;
    several all = {.scope = s, .organisations = organisations, .names = wres_vocabulary(s->fold.plan->reading, "organisation")};
    all.places = wres_alloc(s->run, slots * sizeof *all.places);
    for (size_t i = 0; i < slots; i++) make_place(s, &all.places[i]);
    wres_in_order_do(
        s->out->run,
        &(wres_in_order){.count = count + 1, .threads = threads, .slots = slots, .context = &all, .make = make, .take = take});
    for (size_t i = 0; i < slots; i++) wres_release(s->run, all.places[i].run);
}
