/* The shapes in which people keep CloudTrail: how records become a document. */
#ifndef TRAIL_FORM_H
#define TRAIL_FORM_H

#include "trail.h"

/* A form of document: head, records with something between them, tail. */
typedef struct trail_form {
    const char *name;      /* for --format */
    const char *extension; /* of the file, dot included */
    const char *head, *between, *tail;
    /* Appends one record in this form; NULL: as it is. */
    void (*put)(const trail_entry *entry, const trail_text *record, trail_text *out);
} trail_form;

/* By name; NULL when there is none. index 0 is the delivery file. */
const trail_form *trail_form_find(const char *name);
const trail_form *trail_form_at(size_t index);

/* Appends n entries as one document. Returns -1 when memory ran out. */
int trail_document(const trail_form *form, const trail_entry *entries, size_t n, trail_text *out);

#endif
