/* What equiv, implies and sample share. */
#ifndef CLI_PROVE_H
#define CLI_PROVE_H

#include <ctfilter/prove.h>

#include "options.h"

#define EXIT_UNDECIDED 3

/* The pattern that an operand is. */
ctf_text prove_pattern(const cli_options *options, size_t operand);

ctf_proof_info prove_info(const ctf_proof *proof);

#endif
