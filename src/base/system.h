/* What sink.c asks of system.c: the unfinished output that a signal must remove. Not public. */
#ifndef WRES_BASE_SYSTEM_H
#define WRES_BASE_SYSTEM_H

/* NULL = none. The text must live until the next call. */
void wres_unfinished_file(const char *path);

#endif
