/* From a text to its member. */
#include <string.h>

#include "codes/list.h"

static bool find_key(const wres_list *list, wres_text key, uint16_t *member) {
    const uint32_t number = wres_dictionary_find(list->spellings, key);
    if (number == WRES_NOWHERE) return false;
    *member = list->of_spelling[number];
    return true;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_code_byte(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/* "a white-british", "a-white-british": a code of one or two characters, then a spelling of that very code. */
static bool find_code_and_label(const wres_list *list, wres_run *run, wres_text text, uint16_t *member) {
    const size_t length = text.length > 1 && is_code_byte(text.bytes[1]) ? 2 : 1;
    if (text.length < length + 2 || !is_code_byte(text.bytes[0]) || (text.bytes[length] != ' ' && text.bytes[length] != '-'))
        return false;
    const char *code = wres_copy(run, text.bytes, length);
    const char *label = wres_copy(run, text.bytes + length + 1, text.length - length - 1);
    return find_key(list, wres_text_of(list_pair_key(run, code, label)), member);
}

/* "nhs|xr05|review body band 5": the description, the last part, says it; a code only where nothing stands behind it. */
static bool find_segments(const wres_list *list, wres_text text, uint16_t *member) {
    size_t end = text.length;
    while (end > 0) {
        size_t start = end;
        while (start > 0 && text.bytes[start - 1] != '|') start--;
        const wres_text part = wres_text_trim((wres_text){text.bytes + start, end - start});
        if (part.length) return find_key(list, part, member);
        end = start ? start - 1 : 0;
    }
    return false;
}

/* Listed so that it is known to fit no one member: "Band 8". */
static bool is_ambiguous(const wres_list *list, uint16_t member) {
    return strncmp(list->members[member].treatment, "ambiguous", 9) == 0;
}

static bool find_text(const wres_list *list, wres_run *run, wres_text text, uint16_t *member) {
    if (find_key(list, text, member) || find_code_and_label(list, run, text, member)) return true;
    return memchr(text.bytes, '|', text.length) && find_segments(list, text, member);
}

uint16_t wres_list_look_up(const wres_list *list, wres_run *run, wres_text raw, wres_found *found) {
    uint16_t member = list->unmapped;
    const bool has_nul = raw.length && memchr(raw.bytes, '\0', raw.length);
    const wres_text text = wres_text_of(has_nul ? "" : wres_normalised(run, raw));
    *found = WRES_UNMAPPED;
    if (has_nul) return list->unmapped;
    if (text.length == 0 || wres_text_same(text, wres_text_of("(blank)"))) {
        *found = WRES_BLANK;
        return list->blank;
    }
    if (find_text(list, run, text, &member)) {
        if (!is_ambiguous(list, member)) *found = WRES_FOUND;
        return member;
    }
    if (list->one_letter_codes && text.length == 2 && is_letter(text.bytes[0]) && is_code_byte(text.bytes[1]) &&
        find_key(list, (wres_text){text.bytes, 1}, &member)) {
        *found = WRES_FIRST_LETTER;
        return member;
    }
    return list->unmapped;
}

size_t wres_list_keys(const wres_list *list) { return wres_dictionary_count(list->spellings); }

const char *wres_list_key(const wres_list *list, size_t index, uint16_t *member, const char **label, bool *ambiguous) {
    const char *key = wres_dictionary_text(list->spellings, (uint32_t)index), *end = strchr(key, '\n');
    *member = list->of_spelling[index];
    *label = end ? end + 1 : NULL;
    *ambiguous = is_ambiguous(list, *member);
    return end ? wres_copy(list->run, key, (size_t)(end - key)) : key;
}

bool wres_list_takes_first_letters(const wres_list *list) { return list->one_letter_codes; }

/* Whether both hold the same digits: band 5 is no slip of the pen for band 6. */
static bool same_digits(const char *a, const char *b) {
    for (;; a++, b++) {
        while (*a && (*a < '0' || *a > '9')) a++;
        while (*b && (*b < '0' || *b > '9')) b++;
        if (*a != *b || !*a) return *a == *b;
    }
}

/* Codes are not looked at: of one or two characters every other is near. Nor is there a nearest where the list itself says that a text is
 * ambiguous. */
const char *wres_list_nearest(const wres_list *list, wres_run *run, wres_text text) {
    enum { SHORTEST = 4 };
    const uint32_t count = wres_dictionary_count(list->spellings);
    const char **candidates = wres_grow(run, NULL, 0, (count + 1) * sizeof *candidates), *word = wres_normalised(run, text);
    size_t found = 0;
    const uint32_t listed = wres_dictionary_find(list->spellings, wres_text_of(word));
    for (uint32_t i = 0; i < count && listed == WRES_NOWHERE; i++) {
        const char *spelling = wres_dictionary_text(list->spellings, i);
        const uint16_t member = list->of_spelling[i];
        if (strlen(spelling) < SHORTEST || strchr(spelling, '\n') || member == list->blank || member == list->unmapped ||
            is_ambiguous(list, member) || !same_digits(word, spelling))
            continue;
        candidates[found++] = spelling;
    }
    const char *near = wres_nearest(run, word, candidates, found);
    wres_drop(run, candidates);
    if (!near) return NULL;
    wres_found how;
    const uint16_t member = list->of_spelling[wres_dictionary_find(list->spellings, wres_text_of(near))];
    const char *name = wres_list_member_name(list, member);
    return wres_list_look_up(list, run, wres_text_of(name), &how) == member && how == WRES_FOUND ? name : near;
}

const char *wres_list_name(const wres_list *list) { return list->name; }
size_t wres_list_members(const wres_list *list) { return list->member_count; }
const char *wres_list_member_name(const wres_list *list, uint16_t member) {
    return wres_dictionary_text(list->values[0], list->members[member].value[0]);
}
int32_t wres_list_order(const wres_list *list, uint16_t member) { return list->members[member].order; }
const char *wres_list_treatment(const wres_list *list, uint16_t member) { return list->members[member].treatment; }
uint16_t wres_list_blank(const wres_list *list) { return list->blank; }
uint16_t wres_list_unmapped(const wres_list *list) { return list->unmapped; }

size_t wres_list_attributes(const wres_list *list) { return list->attributes; }
const char *wres_list_attribute_name(const wres_list *list, int attribute) { return list->attribute[attribute]; }
int wres_list_attribute(const wres_list *list, const char *name) {
    for (size_t i = 0; i < list->attributes; i++)
        if (strcmp(list->attribute[i], name) == 0) return (int)i;
    return WRES_NO_ATTRIBUTE;
}
size_t wres_list_values(const wres_list *list, int attribute) { return wres_dictionary_count(list->values[attribute]); }
const char *wres_list_value(const wres_list *list, int attribute, uint16_t value) {
    return wres_dictionary_text(list->values[attribute], value);
}
uint16_t wres_list_value_of(const wres_list *list, int attribute, uint16_t member) {
    return list->members[member].value[attribute];
}

int wres_list_value_find(const wres_list *list, int attribute, wres_text text) {
    const char *wanted = wres_normalised(list->run, text);
    for (uint16_t i = 0; i < wres_list_values(list, attribute); i++)
        if (strcmp(wres_normalised(list->run, wres_text_of(wres_list_value(list, attribute, i))), wanted) == 0) return i;
    return -1;
}
