/* What the loops share. */
#ifndef CTFPY_GLUE_LISTS_H
#define CTFPY_GLUE_LISTS_H

#include "glue.h"

/* Adds the worker's hits, with the values that their patterns extract. CTF_E_NOMEM leaves the list as it was, but
 * for values that belong to no hit. */
ctf_status ctfpy_found_add(ctfpy_found *found, const ctfpy_worker *worker, uint64_t offset, uint64_t length);

#endif
