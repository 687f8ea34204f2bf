/* The as-at date, and which rows of a table belong to it. */
#include <stdio.h>
#include <string.h>

#include "cube/frame.h"

enum { FIRST_DAY = -25567 /* 1900-01-01 */, DAYS = 73414 /* to 2100-12-31 */ };

wres_date wres_frame_date(const wres_frame *frame, uint16_t time) { return frame->dates[time]; }

bool frame_number(wres_run *run, wres_frame *frame, wres_date date, uint16_t *number) {
    if (date < FIRST_DAY || date >= FIRST_DAY + DAYS) return false;
    if (!frame->number_of_day) frame->number_of_day = wres_grow(run, NULL, 0, DAYS * sizeof *frame->number_of_day);
    uint16_t *place = &frame->number_of_day[date - FIRST_DAY];
    if (!*place) {
        if (frame->date_count == frame->date_room) {
            const size_t room = frame->date_room ? 2 * frame->date_room : 64;
            frame->dates = wres_grow(run, frame->dates, frame->date_room * sizeof *frame->dates, room * sizeof *frame->dates);
            frame->date_rows =
                wres_grow(run, frame->date_rows, frame->date_room * sizeof *frame->date_rows, room * sizeof *frame->date_rows);
            frame->date_room = room;
        }
        if (frame->date_count == UINT16_MAX) return false;
        frame->dates[frame->date_count++] = date;
        *place = (uint16_t)frame->date_count;
    }
    *number = (uint16_t)(*place - 1);
    return true;
}

static const char *dates_text(wres_run *run, const wres_frame *frame) {
    const char *text = "";
    char shown[WRES_DATE_SIZE];
    wres_date last = WRES_NO_DATE;
    for (int n = 0; n < 40; n++) { /* in order of time, whatever their order in the file */
        wres_date next = WRES_NO_DATE;
        for (size_t i = 0; i < frame->date_count; i++)
            if (frame->date_rows[i] && frame->dates[i] > last && (next == WRES_NO_DATE || frame->dates[i] < next))
                next = frame->dates[i];
        if (next == WRES_NO_DATE) return text;
        wres_date_print(next, shown);
        text = wres_print(run, "%s%s%s", text, *text ? ", " : "", shown);
        last = next;
    }
    return wres_print(run, "%s, ...", text);
}

static wres_status date_missing(wres_run *run, const wres_frame *frame, const wres_table *table, wres_date date,
                                const char *option) {
    char shown[WRES_DATE_SIZE];
    wres_date_print(date, shown);
    wres_find(run, WRES_ERROR, option, (wres_place){.table = table->name}, 0,
              "there is no snapshot of %s in the workforce. Its dates are %s. Give one of them with --%s", shown,
              dates_text(run, frame), option);
    return WRES_DATA;
}

static bool has_rows(wres_run *run, wres_frame *frame, wres_date date) {
    uint16_t number;
    return frame_number(run, frame, date, &number) && frame->date_rows[number];
}

static wres_status settle_baseline(wres_run *run, wres_frame *frame, const wres_table *table) {
    char shown[WRES_DATE_SIZE], as_at[WRES_DATE_SIZE];
    if (!frame->has_baseline) return WRES_OK;
    wres_date_print(frame->baseline, shown);
    wres_date_print(frame->as_at, as_at);
    if (frame->baseline > frame->as_at) {
        wres_find(run, WRES_ERROR, "baseline", (wres_place){.table = table->name}, 0,
                  "the baseline %s lies after the as-at date %s: give an earlier one with --baseline", shown, as_at);
        return WRES_DATA;
    }
    return has_rows(run, frame, frame->baseline) ? WRES_OK : date_missing(run, frame, table, frame->baseline, "baseline");
}

static wres_status settle_as_at(wres_run *run, wres_frame *frame, const wres_table *table) {
    uint64_t largest = 0;
    size_t best = SIZE_MAX, passed = SIZE_MAX;
    if (frame->as_at_given)
        return has_rows(run, frame, frame->as_at) ? WRES_OK : date_missing(run, frame, table, frame->as_at, "as-at");
    for (size_t i = 0; i < frame->date_count; i++)
        if (frame->date_rows[i] > largest) largest = frame->date_rows[i];
    for (size_t i = 0; i < frame->date_count; i++) {
        if (frame->date_rows[i] == 0) continue;
        const bool thin = 100 * frame->date_rows[i] < largest && frame->date_rows[i] < WRES_SURE_SNAPSHOT;
        size_t *place = thin ? &passed : &best;
        if (*place == SIZE_MAX || frame->dates[i] > frame->dates[*place]) *place = i;
    }
    if (best == SIZE_MAX) {
        wres_find(run, WRES_ERROR, "no-rows", (wres_place){.table = table->name}, 0,
                  "no row is left: all are blank or left out by the settings ('leave_out')");
        return WRES_DATA;
    }
    frame->as_at = frame->dates[best];
    if (passed != SIZE_MAX && frame->dates[passed] > frame->as_at) {
        char thin[WRES_DATE_SIZE], taken[WRES_DATE_SIZE];
        wres_date_print(frame->dates[passed], thin);
        wres_date_print(frame->as_at, taken);
        wres_find(
            run, WRES_WARNING, "thin-snapshot", (wres_place){.table = table->name}, frame->date_rows[passed],
            "the latest date, %s, holds under a hundredth of the largest snapshot's rows and is not taken for a snapshot: as at %s. Ask for it with --as-at if it is one",
            thin, taken);
    }
    return WRES_OK;
}

/* Snapshots so near to one another, or so far, that a date is most likely mistyped. Half of the staff under another day, or a year that
 * is none, would change every figure. */
static void doubt_dates(wres_run *run, const wres_frame *frame, const wres_table *table) {
    enum { NEAR_DAYS = 20, FAR_MONTHS = 24 };
    wres_date before = WRES_NO_DATE;
    char as_at[WRES_DATE_SIZE], other[WRES_DATE_SIZE];
    wres_date_print(frame->as_at, as_at);
    for (size_t i = 0; i < frame->date_count; i++) {
        const wres_date date = frame->dates[i];
        const wres_date days = date > frame->as_at ? date - frame->as_at : frame->as_at - date;
        if (frame->date_rows[i] == 0 || days == 0) continue;
        if (date < frame->as_at && (before == WRES_NO_DATE || date > before)) before = date;
        if (days > NEAR_DAYS) continue;
        wres_date_print(date, other);
        wres_find(
            run, WRES_WARNING, "near-snapshots", (wres_place){.table = table->name}, frame->date_rows[i],
            "rows are dated %s, and the snapshot that is taken is %s: if both dates are of one snapshot, half of it is missing here. "
            "Give all its rows one date",
            other, as_at);
    }
    if (frame->as_at_given || before == WRES_NO_DATE || wres_date_add_months(before, FAR_MONTHS) >= frame->as_at) return;
    wres_date_print(before, other);
    wres_find(
        run, WRES_WARNING, "far-snapshot", (wres_place){.table = table->name}, 0,
        "the latest snapshot, %s, lies over two years after the one before it, %s: is its year mistyped? Say --as-at %s if it is right",
        as_at, other, as_at);
}

wres_status frame_settle(wres_run *run, wres_frame *frame, const wres_table *table) {
    wres_status status = settle_as_at(run, frame, table);
    if (status == WRES_OK) status = settle_baseline(run, frame, table);
    if (status == WRES_OK) doubt_dates(run, frame, table);
    return status;
}

wres_status frame_check(wres_run *run, wres_frame *frame, const wres_table *table) {
    if (!has_rows(run, frame, frame->as_at)) return date_missing(run, frame, table, frame->as_at, "as-at");
    return settle_baseline(run, frame, table);
}

int frame_window(const wres_frame *frame, wres_date date, int months, int years) {
    wres_date end = frame->as_at;
    for (int year = 0; year < years; year++) {
        const wres_date start = wres_date_add_months(frame->as_at, -months * (year + 1));
        if (date > start && date <= end) return year;
        end = start;
    }
    return -1;
}

int wres_tally_time(const wres_frame *frame, const wres_tally *tally, uint16_t organisation) {
    const struct wres_table_times *times = tally->times;
    if (!times) return -1;
    if (tally->table->time == WRES_TIME_SNAPSHOT) {
        for (size_t i = 0; i < frame->date_count; i++)
            if (frame->dates[i] == frame->as_at) return (int)i;
        return -1;
    }
    if (tally->table->time == WRES_TIME_WINDOW) return 0;
    const size_t place = tally->table->time == WRES_TIME_YEAR ? 0 : organisation;
    return place < times->room && times->latest[place] ? times->latest[place] - 1 : -1;
}

void times_note(wres_run *run, struct wres_table_times *times, const wres_frame *frame, size_t place, uint16_t number) {
    if (place >= times->room) {
        const size_t room = place + 64;
        times->latest = wres_grow(run, times->latest, times->room * sizeof *times->latest, room * sizeof *times->latest);
        times->room = room;
    }
    uint16_t *latest = &times->latest[place];
    if (!*latest || frame->dates[number] > frame->dates[*latest - 1]) *latest = (uint16_t)(number + 1);
}

bool frame_count_rows(wres_frame *frame, uint16_t time, uint64_t rows) {
    const uint64_t before = frame->date_rows[time];
    frame->date_rows[time] += rows;
    if (!frame->is_alone || frame->as_at_given || before >= WRES_SURE_SNAPSHOT || before + rows < WRES_SURE_SNAPSHOT) return false;
    if (frame->sure && frame->dates[time] <= frame->dates[frame->sure - 1]) return false;
    frame->sure = (uint16_t)(time + 1);
    return true;
}

bool frame_keeps(const wres_frame *frame, uint16_t time) {
    if (!frame->is_alone) return true;
    if (frame->as_at_given) return frame->dates[time] >= frame->as_at;
    return !frame->sure || frame->dates[time] >= frame->dates[frame->sure - 1];
}

bool frame_is_asked_for(const wres_frame *frame, uint16_t time) {
    if (frame->has_baseline && frame->dates[time] == frame->baseline) return true;
    if (frame->has_opening && frame->dates[time] == wres_date_add_months(frame->as_at, -12)) return true;
    return frame->dates[time] == frame->as_at;
}

typedef struct settling {
    const wres_frame *frame;
    const wres_tally *tally;
} settling;

static bool belongs(const void *context, uint32_t tag) {
    const settling *s = context;
    const uint16_t time = (uint16_t)(tag & 0xffff);
    if (s->tally->table->time == WRES_TIME_SNAPSHOT) return frame_is_asked_for(s->frame, time);
    return wres_tally_time(s->frame, s->tally, (uint16_t)(tag >> 16)) == (int)(tag & 0xffff);
}

void wres_accounts_settle(const wres_frame *frame, const wres_tally *tally, wres_account *accounts, size_t count) {
    const settling context = {frame, tally};
    for (size_t i = 0; i < count; i++) wres_account_settle(&accounts[i], belongs, &context, WRES_REASON_SNAPSHOT);
}
