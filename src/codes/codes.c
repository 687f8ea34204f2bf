/* All the code lists of a run. */
#include <string.h>

#include "codes/list.h"

struct wres_codes {
    const wres_list **lists;
    size_t count;
};

const wres_list *wres_codes_find(const wres_codes *codes, const char *name) {
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->lists[i]->name, name) == 0) return codes->lists[i];
    return NULL;
}

size_t wres_codes_count(const wres_codes *codes) { return codes->count; }
const wres_list *wres_codes_at(const wres_codes *codes, size_t index) { return codes->lists[index]; }

static void put_list(wres_codes *codes, const wres_list *list) {
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->lists[i]->name, list->name) == 0) {
            codes->lists[i] = list;
            return;
        }
    codes->lists[codes->count++] = list;
}

const char *wres_codes_name_of(wres_run *run, const char *path) {
    const char *name = wres_path_last(path);
    const size_t length = strlen(name);
    return wres_copy(run, name, length > 4 && strcmp(name + length - 4, ".csv") == 0 ? length - 4 : length);
}

wres_status wres_codes_load(wres_run *run, const char *const *files, size_t file_count, wres_codes **out) {
    wres_codes *codes = wres_alloc(run, sizeof *codes);
    codes->lists = wres_alloc(run, (wres_resource_count + file_count + 1) * sizeof *codes->lists);
    *out = codes;
    for (size_t i = 0; i < wres_resource_count; i++) {
        const wres_resource *resource = &wres_resources[i];
        if (strncmp(resource->path, "codes/", 6) == 0)
            put_list(codes, list_of_prepared(run, wres_codes_name_of(run, resource->path), resource->prepared));
    }
    for (size_t i = 0; i < file_count; i++) {
        wres_text content;
        wres_list *list;
        wres_status status = wres_file_load(run, files[i], &content);
        if (status == WRES_OK)
            status = list_read(run, wres_codes_name_of(run, files[i]), wres_visible_name(run, files[i]), content, &list);
        if (status != WRES_OK) return status;
        put_list(codes, list);
    }
    return WRES_OK;
}
