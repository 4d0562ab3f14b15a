#include "reason/cloudtrail.h"

#include "reason/say.h"

#define S CTFI_TYPE_STRING
#define B CTFI_TYPE_BOOLEAN
#define O CTFI_TYPE_OBJECT
#define A CTFI_TYPE_ARRAY
#define Z CTFI_TYPE_NULL

static const ctfi_cloudtrail_field fields[] = {
#define FIELD(path, types, strong) {path, types, strong},
#include "reason/cloudtrail.def"
#undef FIELD
};

#define N_FIELDS (sizeof fields / sizeof *fields)
#define LONGEST 96 /* of a path */

bool ctfi_cloudtrail_field_at(size_t n, ctfi_cloudtrail_field *out)
{
    if (n >= N_FIELDS)
        return false;
    *out = fields[n];
    return true;
}

/* A way down the table. */
typedef struct path {
    char text[LONGEST];
    size_t length;
} path;

/* Makes the path one step longer; false when it is longer than any. */
static bool append(path *to, const ctfi_step *step)
{
    bool key = step->type == CTFI_STEP_KEY;
    size_t dot = key && to->length > 0, n = key ? step->key.length : 2;
    if (to->length + dot + n > LONGEST)
        return false;
    if (dot)
        to->text[to->length++] = '.';
    memcpy(to->text + to->length, key ? (const char *)step->key.data : "[]", n);
    to->length += n;
    return true;
}

static const ctfi_cloudtrail_field *find(const path *at)
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (strlen(fields[i].path) == at->length && memcmp(fields[i].path, at->text, at->length) == 0)
            return &fields[i];
    return NULL;
}

/* Are fields listed below it? The record itself has some. */
static bool is_closed(const path *at)
{
    for (size_t i = 0; i < N_FIELDS; i++) {
        const char *below = fields[i].path;
        size_t n = at->length;
        if (n == 0 || (strlen(below) > n && memcmp(below, at->text, n) == 0 && (below[n] == '.' || below[n] == '[')))
            return true;
    }
    return false;
}

/* May the step be taken from a value of these types? */
static bool leads_on(unsigned types, const ctfi_step *step)
{
    if (step->type == CTFI_STEP_KEY)
        return (types & CTFI_TYPE_OBJECT) != 0;
    if (step->type == CTFI_STEP_INDEX)
        return (types & CTFI_TYPE_ARRAY) != 0;
    return (types & (CTFI_TYPE_OBJECT | CTFI_TYPE_ARRAY)) != 0;
}

ctfi_cloudtrail_place ctfi_cloudtrail_find(const ctfi_selector *selector)
{
    path at = {.length = 0};
    ctfi_cloudtrail_place place = {0, CTFI_TYPE_OBJECT, false};
    for (; place.known < selector->n_steps; place.known++) {
        const ctfi_step *step = &selector->steps[place.known];
        bool closed = is_closed(&at), member = step->type == CTFI_STEP_ANY && (place.types & CTFI_TYPE_OBJECT) != 0;
        place.missing = !leads_on(place.types, step);
        if (place.missing)
            return place;
        const ctfi_cloudtrail_field *field = !member && append(&at, step) ? find(&at) : NULL;
        place.missing = field == NULL && closed && !member;
        place.types = field == NULL ? 0 : field->types;
        if (field == NULL)
            return place;
    }
    return place;
}
