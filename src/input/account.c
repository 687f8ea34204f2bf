/* read = used + left out. */
#include "input/input.h"

static const char *const texts[] = {
#define WRES_REASON_TEXT(id, text) text,
    WRES_REASONS(WRES_REASON_TEXT)
#undef WRES_REASON_TEXT
};

const char *wres_reason_text(wres_reason reason) { return texts[reason]; }

static wres_tag_rows *tag_slot(wres_tag_rows *tags, size_t room, uint32_t tag, int outcome) {
    const uint64_t mixed = (tag ^ (uint64_t)(outcome + 1) << 32) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(mixed >> 32) & (room - 1);
    while (tags[at].taken && (tags[at].tag != tag || tags[at].outcome != outcome)) at = (at + 1) & (room - 1);
    return &tags[at];
}

static void double_tags(wres_run *run, wres_account *account) {
    const size_t room = account->tag_room ? 2 * account->tag_room : 64;
    wres_tag_rows *tags = wres_grow(run, NULL, 0, room * sizeof *tags);
    for (size_t i = 0; i < account->tag_room; i++)
        if (account->tags[i].taken) *tag_slot(tags, room, account->tags[i].tag, account->tags[i].outcome) = account->tags[i];
    wres_drop(run, account->tags);
    account->tags = tags;
    account->tag_room = room;
}

static void add_outcome(wres_account *account, int outcome, uint64_t rows) {
    if (outcome == WRES_USED)
        account->used += rows;
    else
        account->left_out[outcome] += rows;
}

void account_row(wres_run *run, wres_account *account, const wres_disposition *disposition) {
    account_rows(run, account, disposition, 1);
}

void account_rows(wres_run *run, wres_account *account, const wres_disposition *disposition, uint64_t rows) {
    account->read += rows;
    if (!disposition->tagged) {
        add_outcome(account, disposition->outcome, rows);
        return;
    }
    if (2 * (account->tag_count + 1) > account->tag_room) double_tags(run, account);
    wres_tag_rows *slot = tag_slot(account->tags, account->tag_room, disposition->tag, disposition->outcome);
    account->tag_count += !slot->taken;
    slot->taken = true;
    slot->tag = disposition->tag;
    slot->outcome = disposition->outcome;
    slot->rows += rows;
}

void wres_account_settle(wres_account *account, bool (*belongs)(const void *context, uint32_t tag), const void *context,
                         wres_reason otherwise) {
    for (size_t i = 0; i < account->tag_room; i++) {
        wres_tag_rows *slot = &account->tags[i];
        if (!slot->taken) continue;
        add_outcome(account, belongs(context, slot->tag) ? slot->outcome : (int)otherwise, slot->rows);
        slot->rows = 0;
    }
}
