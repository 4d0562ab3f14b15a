/* Numbers to try for wishes, as they are spelled: those that the wishes speak of, what is around and between them, and a few
 * usual ones. */
#ifndef CTFI_REASON_CANDIDATES_H
#define CTFI_REASON_CANDIDATES_H

#include "program/list.h"
#include "reason/wish.h"

#define CTFI_WRITTEN_OUT 2000 /* digits before or behind the point; beyond, an exponent is written */

typedef struct ctfi_candidates {
    ctfi_job *job;
    CTFI_LIST(ctfi_bytes) texts;
} ctfi_candidates;

ctfi_candidates ctfi_candidates_of(ctfi_job *job, ctfi_wishes wishes);

#endif
