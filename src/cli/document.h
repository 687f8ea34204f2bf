/* What is said around the results. */
#ifndef WRES_CLI_DOCUMENT_H
#define WRES_CLI_DOCUMENT_H

#include "wres/indicator.h"
#include "wres/output.h"

typedef struct document_parts {
    const wres_settings *settings;
    const wres_request *request;
    const wres_frame *frame;
    const wres_account *accounts;
    size_t account_count;
    bool counts_leavers; /* leaving rates come from movements */
} document_parts;

wres_status document_make(wres_run *run, const document_parts *parts, const wres_published_list *published,
                          wres_document *document);

#endif
