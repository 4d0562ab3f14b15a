/* Texts by what is asked of them: is there one that has these properties and lacks those?
 *
 * Each property is a machine that reads the text a character at a time; all run side by side, and the states that they
 * come to together are searched from the shortest text up. Characters that no property tells apart are one. */
#ifndef CTFI_REASON_LANGUAGE_H
#define CTFI_REASON_LANGUAGE_H

#include "base/bytes.h"
#include "base/job.h"
#include "pattern/regex.h"

/* What is known of a question. */
typedef enum ctfi_answer { CTFI_NO, CTFI_YES, CTFI_UNDECIDED } ctfi_answer;

typedef enum ctfi_property_type {
    CTFI_PROPERTY_TEXT,     /* is this text */
    CTFI_PROPERTY_GLOB,     /* matches it as match/glob.h has it */
    CTFI_PROPERTY_CONTAINS, /* contains it */
    CTFI_PROPERTY_REGEX     /* contains a match */
} ctfi_property_type;

typedef struct ctfi_property {
    ctfi_property_type type;
    ctfi_bytes text;         /* UTF-8; a literal or a wildcard's pattern */
    const ctfi_regex *regex; /* REGEX */
    bool want;
} ctfi_property;

typedef struct ctfi_language {
    const ctfi_property *properties;
    size_t n;
    const char *without; /* characters that the text must not have; "" for none */
    bool (*take)(void *context, ctfi_bytes text); /* is it one that does? NULL: any does */
    void *context;
} ctfi_language;

/* Finds a text, one of the shortest. CTFI_NO is certain: there is none that is taken. CTFI_UNDECIDED where the search is
 * given up, or where none of the first texts is taken. */
ctfi_answer ctfi_language_find(ctfi_job *job, const ctfi_language *language, ctfi_bytes *out);

/* Does the text have the property (whatever `want`)? By the functions that matching uses. */
bool ctfi_property_holds(ctfi_job *job, const ctfi_property *property, ctfi_bytes text);

#endif
