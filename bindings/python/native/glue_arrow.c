/* Columns of extracted texts as Arrow arrays, in capsules as the PyCapsule protocol wants them. */
#include <Python.h>

#include "glue.h"

#include <stdlib.h>
#include <string.h>

/* What an array of ours holds. */
typedef struct owned {
    const void *buffers[3]; /* validity, offsets, text */
    uint8_t *validity;
    int64_t *offsets;
    char *text;
} owned;

static void drop(owned *o)
{
    free(o->validity);
    free(o->offsets);
    free(o->text);
    free(o);
}

static void release_array(struct ArrowArray *array)
{
    drop(array->private_data);
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static int fill(owned *o, const ctfpy_texts *texts)
{
    o->validity = calloc(texts->n / 8 + 1, 1);
    o->offsets = calloc(texts->n + 1, sizeof *o->offsets);
    o->text = malloc(texts->text.length + 1);
    if (o->validity == NULL || o->offsets == NULL || o->text == NULL)
        return 0;
    if (texts->n > 0)
        memcpy(o->offsets, texts->offsets, (texts->n + 1) * sizeof *o->offsets);
    if (texts->text.length > 0)
        memcpy(o->text, texts->text.data, texts->text.length);
    return 1;
}

/* Booleans, numbers and strings have a text; the others are null. */
static int64_t fill_validity(owned *o, const ctfpy_texts *texts)
{
    int64_t nulls = 0;
    for (size_t i = 0; i < texts->n; i++) {
        int valid = texts->types[i] >= CTF_VALUE_BOOLEAN && texts->types[i] <= CTF_VALUE_STRING;
        o->validity[i >> 3] |= (uint8_t)(valid << (i & 7));
        nulls += !valid;
    }
    return nulls;
}

struct ArrowArray *ctfpy_arrow_texts(const ctfpy_texts *texts)
{
    struct ArrowArray *array = calloc(1, sizeof *array);
    owned *o = calloc(1, sizeof *o);
    if (array == NULL || o == NULL || !fill(o, texts)) {
        if (o != NULL)
            drop(o);
        free(array);
        return NULL;
    }
    array->length = (int64_t)texts->n;
    array->null_count = fill_validity(o, texts);
    o->buffers[0] = o->validity;
    o->buffers[1] = o->offsets;
    o->buffers[2] = o->text;
    array->n_buffers = 3;
    array->buffers = o->buffers;
    array->private_data = o;
    array->release = release_array;
    return array;
}

struct ArrowSchema *ctfpy_arrow_schema(const char *format)
{
    struct ArrowSchema *schema = calloc(1, sizeof *schema);
    if (schema == NULL)
        return NULL;
    schema->format = strcmp(format, "U") == 0 ? "U" : "Z";
    schema->name = "";
    schema->flags = 2; /* nullable */
    schema->release = release_schema;
    return schema;
}

static const char array_name[] = "arrow_array", schema_name[] = "arrow_schema";

static void destroy_array(PyObject *capsule)
{
    struct ArrowArray *array = PyCapsule_GetPointer(capsule, array_name);
    if (array != NULL && array->release != NULL)
        array->release(array);
    free(array);
}

static void destroy_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, schema_name);
    if (schema != NULL && schema->release != NULL)
        schema->release(schema);
    free(schema);
}

void *ctfpy_array_destructor(const char **name)
{
    void (*f)(PyObject *) = destroy_array;
    void *pointer;
    *name = array_name;
    memcpy(&pointer, &f, sizeof pointer);
    return pointer;
}

void *ctfpy_schema_destructor(const char **name)
{
    void (*f)(PyObject *) = destroy_schema;
    void *pointer;
    *name = schema_name;
    memcpy(&pointer, &f, sizeof pointer);
    return pointer;
}

/* Calls what a producer gave. */
void ctfpy_release_array(struct ArrowArray *array)
{
    if (array->release != NULL)
        array->release(array);
}

void ctfpy_release_schema(struct ArrowSchema *schema)
{
    if (schema->release != NULL)
        schema->release(schema);
}
