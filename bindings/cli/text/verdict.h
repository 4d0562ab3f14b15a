/* One pattern, one message, one verdict: through each of the library's ways of reading. */
#ifndef CLI_VERDICT_H
#define CLI_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include <ctfilter/error.h>

/* How to read: a READER_ of commands.h, the size of the pieces that the stream reader gets, a kernel (NULL:
 * the best). */
typedef struct verdict_reader {
    int reader;
    size_t chunk;
    const char *kernel;
} verdict_reader;

/* status CTF_OK: match says which. Anything else: error says why; with READER_ALL its status is
 * CTF_E_ARGUMENT and kind CTF_ERROR_NONE when the readers disagree, the message naming them. */
typedef struct verdict {
    ctf_status status;
    bool match;
    ctf_error error;
} verdict;

/* Compiles the pattern and asks. A message of length 0 is a message. */
void verdict_find(const verdict_reader *reader, ctf_text pattern, ctf_text message, verdict *out);

#endif
