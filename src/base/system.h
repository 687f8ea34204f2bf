/* What the files of base that deal with the system ask of each other. Not public. */
#ifndef WRES_BASE_SYSTEM_H
#define WRES_BASE_SYSTEM_H

#include "wres/base.h"

/* The unfinished output that a signal must remove; NULL = none. The text must live until the next call. */
void wres_unfinished_file(const char *path);

/* The folder in which wres_sink_open makes this output, behind links; NULL where it is written straight. */
const char *wres_output_folder(wres_run *run, const char *path);

#endif
