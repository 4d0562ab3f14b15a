/* An error that points: what was refused, where in whose text, and in whose words. */
#ifndef CTFILTER_ERROR_H
#define CTFILTER_ERROR_H

#include <ctfilter/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What kind of refusal (spec: filter-patterns.md section 2). */
typedef enum ctf_error_kind {
    CTF_ERROR_NONE = 0,
    CTF_ERROR_LEXICAL,    /* characters that form no term of the language */
    CTF_ERROR_GRAMMAR,    /* good terms in an order the grammar has no rule for */
    CTF_ERROR_UNBALANCED, /* starts with {, [ or % and does not end with its partner */
    CTF_ERROR_REGEX,      /* allowed characters, but no regular expression */
    CTF_ERROR_LIMIT,      /* a limit of the service or of the library; the message names it */
    CTF_ERROR_DUPLICATE,  /* a field of a space-delimited pattern named twice */
    CTF_ERROR_VARIABLES,  /* a field's condition speaks of another field */
    CTF_ERROR_SELECTOR,   /* a value to extract is no selector, or one this kind of pattern cannot serve */
    CTF_ERROR_PROGRAM,    /* the bytes are no sealed program */
    CTF_ERROR_DOCUMENT,   /* a buffer or stream is not framed as the caller said */
    CTF_ERROR_ARGUMENT,   /* misuse of the interface */
    CTF_ERROR_MEMORY,     /* out of memory */
    CTF_ERROR_STATISTIC,  /* a statistic's name is none that CloudWatch has */
    CTF_ERROR_VALIDATION, /* a metric filter's or an alarm's settings, as the service refuses them */
    CTF_ERROR_RULE        /* a composite alarm's rule */
} ctf_error_kind;

/* Filled by the call that failed, owned by the caller, needs no release and no initialisation. The
 * first error wins. offset and length count bytes: of the pattern (kinds LEXICAL to VARIABLES), of the
 * selector (SELECTOR), of the image (PROGRAM), of the document (DOCUMENT), of the statistic's name
 * (STATISTIC) or of the rule (RULE); offset + length never passes the end of that text, and length may be 0 at its
 * end. Texts are NUL-terminated UTF-8, cut at a code point where they would not fit. A value that the service's text
 * quotes stands there as a whole, 1024 bytes at least (256 characters of any alphabet); a longer one is cut with dots
 * where it does not fit, the words around it are not. Control characters of the value are blanks. */
typedef struct ctf_error {
    ctf_status status;
    ctf_error_kind kind;
    size_t pattern;    /* index of the pattern at fault in the call's array; 0 elsewhere */
    size_t offset;
    size_t length;
    char message[256]; /* in the words of the person who wrote the pattern; never empty on failure */
    char service[1536]; /* the service's own text, "" where it is not known */
} ctf_error;

/* A short constant word for a kind ("lexical", "grammar", ...), as the line protocol uses it. */
CTF_API const char *ctf_error_kind_name(ctf_error_kind kind);

/* Renders the error with the line of `text` it points into and a caret under the place:
 *
 *   pattern:1:15: expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)
 *     { $.eventName "ConsoleLogin" }
 *                   ^^^^^^^^^^^^^^
 *
 * `text` is what offset and length refer to, `name` stands before the first colon (a file, "pattern").
 * Line and column count from 1, columns in code points; control characters of the line print as
 * blanks and a long line is cut around the place. Writes at most size bytes into buffer, NUL included
 * (buffer may be NULL when size is 0), and returns the length the whole text needs without the NUL,
 * as snprintf does. The text ends with a newline. */
CTF_API size_t ctf_error_render(const ctf_error *error, ctf_text text, const char *name,
                                char *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif
