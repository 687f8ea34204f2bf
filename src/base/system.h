/* What the files of base that deal with the system ask of each other. Not public. */
#ifndef WRES_BASE_SYSTEM_H
#define WRES_BASE_SYSTEM_H

#include "wres/base.h"

/* The unfinished output that a signal must remove; NULL = none. The text must live until the next call. */
void wres_unfinished_file(const char *path);

/* Where wres_sink_open puts the output: behind links, in whose folder it is made; straight where it is no regular file. */
const char *wres_output_target(wres_run *run, const char *path, bool *straight);

#endif
