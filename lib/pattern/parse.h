/* The parsers of the four kinds; parse.c chooses. Each gets the whole pattern, whose first and last
 * characters are those of its kind, and fills the tree. All leave through the job. */
#ifndef CTFI_PATTERN_PARSE_H
#define CTFI_PATTERN_PARSE_H

#include "pattern/tree.h"

void ctfi_parse_json(ctfi_job *job, ctfi_tree *tree);
void ctfi_parse_fields(ctfi_job *job, ctfi_tree *tree);
void ctfi_parse_regex(ctfi_job *job, ctfi_tree *tree);
void ctfi_parse_terms(ctfi_job *job, ctfi_tree *tree);

#endif
