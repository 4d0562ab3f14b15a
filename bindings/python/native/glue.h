/* What the Python package calls beside the library's own functions: loops over many messages, so that they run
 * without the interpreter and its lock, and lists that such loops fill.
 *
 * Everything here stands on the public headers. Functions answer a ctf_status unless they say otherwise. */
#ifndef CTFPY_GLUE_H
#define CTFPY_GLUE_H

#include <ctfilter/ctfilter.h>

/* ---- one message ---------------------------------------------------------------------------------- */

/* A scratch and what its last message gave. For one thread at a time. */
typedef struct ctfpy_worker {
    ctf_scratch *scratch;
    ctf_hits hits;
} ctfpy_worker;

/* How many patterns matched, or a ctf_status as a negative number. */
int64_t ctfpy_match(ctfpy_worker *worker, const char *message, size_t length);

/* ---- what loops find ------------------------------------------------------------------------------ */

/* Bytes that grow. Starts as {0}. */
typedef struct ctfpy_bytes {
    char *data;
    size_t length, room;
} ctfpy_bytes;

/* A ctf_write_fn whose context is a ctfpy_bytes. */
int ctfpy_collect(void *context, const char *data, size_t length);
void ctfpy_bytes_free(ctfpy_bytes *bytes);

/* Texts one behind the other: text i is text[offsets[i] .. offsets[i + 1]), of type types[i], a
 * ctf_value_type. Starts as {0}; offsets[0] is 0 once there is one. */
typedef struct ctfpy_texts {
    ctfpy_bytes text;
    int64_t *offsets;
    uint8_t *types;
    size_t n, room;
} ctfpy_texts;

int ctfpy_texts_add(ctfpy_texts *texts, uint8_t type, ctf_text text);
void ctfpy_texts_free(ctfpy_texts *texts);

/* A message that matched: where it is, which patterns (patterns[first_pattern ..)), and the values that
 * these patterns extract, pattern by pattern (values from first_value). */
typedef struct ctfpy_hit {
    uint64_t offset, length, first_pattern, n_patterns, first_value;
} ctfpy_hit;

/* Starts as {0}. */
typedef struct ctfpy_found {
    ctfpy_hit *hits;
    size_t n_hits, hit_room;
    uint32_t *patterns;
    size_t n_patterns, pattern_room;
    ctfpy_texts values;
    const size_t *wanted; /* for each pattern, how many values it extracts; NULL: none extracts any */
} ctfpy_found;

/* Empties it and keeps its room. */
void ctfpy_found_clear(ctfpy_found *found);
void ctfpy_found_free(ctfpy_found *found);

/* ---- a buffer of messages ------------------------------------------------------------------------- */

/* Asked between messages; anything but 0 stops. */
typedef int (*ctfpy_tick_fn)(void *context, uint64_t offset);

/* ctf_scan into a list. Stops with CTF_E_STOPPED when `most` hits (0: no bound) were found, or `tick` said so; it is
 * asked about every `every` bytes, with options->all set by the caller. */
ctf_status ctfpy_scan(ctfpy_worker *worker, const char *buffer, size_t length, const ctf_scan_options *options,
                      size_t most, ctfpy_tick_fn tick, void *context, uint64_t every, ctfpy_found *found,
                      ctf_error *error);

/* ---- a column of messages ------------------------------------------------------------------------- */

typedef enum ctfpy_layout {
    CTFPY_OFFSETS_32 = 0, /* Arrow's utf8 and binary */
    CTFPY_OFFSETS_64,     /* large_utf8, large_binary */
    CTFPY_VIEWS           /* string_view, binary_view */
} ctfpy_layout;

/* The keys of a dictionary's rows, whole numbers of `width` bytes; a row's text is the dictionary's at its key. */
typedef struct ctfpy_keys {
    const void *values;
    const uint8_t *validity; /* a bit a key, NULL: all are valid */
    int64_t offset;          /* row i has key `offset` + i */
    int width;               /* 1, 2, 4 or 8; read as unsigned */
    uint64_t end;            /* keys from here on are none */
} ctfpy_keys;

/* An Arrow array of texts that somebody else owns; row i of it is its element `offset` + i, or `offset` + the row's key. */
typedef struct ctfpy_column {
    ctfpy_layout layout;
    const void *rows; /* offsets, or views of 16 bytes */
    const char *data; /* offsets only */
    const char *const *buffers; /* views only: what long ones point into */
    const int64_t *buffer_lengths;
    size_t n_buffers;
    const uint8_t *validity; /* a bit an element, NULL: all are valid */
    const uint8_t *outer_validity; /* of the struct that the column stands in, NULL: none; bit i + outer_offset */
    int64_t offset, outer_offset;
    const ctfpy_keys *keys; /* NULL: it is no dictionary */
} ctfpy_column;

/* Row i: 1 and its text, 0 for a null, -1 where the row points outside of what it may. */
int ctfpy_column_row(const ctfpy_column *column, int64_t i, ctf_text *out);

/* The hits of rows [from, to), ctfpy_hit.offset being the row. CTF_E_DOCUMENT and *bad for a row that points outside. */
ctf_status ctfpy_column_find(ctfpy_worker *worker, const ctfpy_column *column, int64_t from, int64_t to,
                             ctfpy_found *found, int64_t *bad);

/* Sets any[i] where a pattern matches row i, and masks[p][i] for pattern p (masks may be NULL); the others stay. For
 * each request, the value of row i, or a missing one where the pattern does not match, is added to it. */
typedef struct ctfpy_request {
    size_t pattern, k;
    ctfpy_texts values;
} ctfpy_request;
ctf_status ctfpy_column_match(ctfpy_worker *worker, const ctfpy_column *column, int64_t from, int64_t to, uint8_t *any,
                              uint8_t *const *masks, ctfpy_request *requests, size_t n_requests, int64_t *bad);

/* ---- metrics of messages -------------------------------------------------------------------------- */

/* What events are recorded into. With a clock the last filter of `metrics` is one of ours that matches no event
 * with a time, and extracts its time, account and region. */
typedef struct ctfpy_recorder {
    const ctf_metrics *metrics;
    ctf_series *series;
    size_t n_filters; /* without the clock */
    int has_clock;
    int64_t delay; /* ms from an event to its arrival; 0: it arrives when it happens */
    ctf_text account, region; /* instead of the record's where not empty */
    uint64_t events, matched, untimed; /* counted; an event without a time is recorded nowhere */
    int64_t first, last; /* times of the events; last < first when there was none */
} ctfpy_recorder;

/* One message; `timestamp` is not looked at where there is a clock. */
ctf_status ctfpy_record(ctfpy_recorder *recorder, ctfpy_worker *worker, const char *message, size_t length,
                        int64_t timestamp, int64_t arrival);

/* Every message of a buffer; needs a clock. `tick` as in ctfpy_scan. */
ctf_status ctfpy_record_scan(ctfpy_recorder *recorder, ctfpy_worker *worker, const char *buffer, size_t length,
                             const ctf_scan_options *options, ctfpy_tick_fn tick, void *context, uint64_t every,
                             ctf_error *error);

/* Times of the rows, in units of 1/per_second s; NULL values: ask the clock. A null is untimed. */
typedef struct ctfpy_times {
    const int64_t *values;
    const uint8_t *validity;
    int64_t offset, per_second;
} ctfpy_times;
ctf_status ctfpy_record_column(ctfpy_recorder *recorder, ctfpy_worker *worker, const ctfpy_column *column,
                               const ctfpy_times *times, int64_t from, int64_t to, int64_t *bad);

/* Reads RFC 3339 as CloudTrail's eventTime is written; 1 and milliseconds, or 0. */
int ctfpy_time_read(const char *text, size_t length, int64_t *time);

/* ---- Arrow's C data interface ---------------------------------------------------------------------- */

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

/* An Arrow array over buffers of its own, which are copied: 64-bit offsets, text, a validity bit a row. NULL when
 * memory is out. Freed by the destructor of the capsule that it goes into. */
struct ArrowArray *ctfpy_arrow_texts(const ctfpy_texts *texts);
struct ArrowSchema *ctfpy_arrow_schema(const char *format);

/* What a capsule of either calls when it goes, a PyCapsule_Destructor; and its name, which lives for ever. */
void *ctfpy_array_destructor(const char **name);
void *ctfpy_schema_destructor(const char **name);

/* Give back what a producer handed out; nothing where it has been given back already. */
void ctfpy_release_array(struct ArrowArray *array);
void ctfpy_release_schema(struct ArrowSchema *schema);

#endif
