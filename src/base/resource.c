/* Looking up the files of data/ that are built in; the list itself is generated when the program is built. */
#include <string.h>

#include "wres/base.h"

const wres_resource *wres_resource_find(const char *path) {
    for (size_t i = 0; i < wres_resource_count; i++)
        if (strcmp(wres_resources[i].path, path) == 0) return &wres_resources[i];
    return NULL;
}
