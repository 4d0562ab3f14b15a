/* Characters that are not seen. */
#ifndef CLI_INVISIBLE_H
#define CLI_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

/* Has the code point no looks of its own, but hides, reorders or changes how others look? Control characters below
 * U+00A0 are not asked for, nor are variation selectors, which emoji need. */
bool is_invisible(uint32_t point);

#endif
