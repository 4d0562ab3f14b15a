/* Series as bytes: what is saved loads again, and nothing else does. */
#include "series_kit.h"

#include "metric/exact.h"
#include "metric/identity.h"

#include "metric/series_bytes.h"

static ctf_series *load(const bytes *image)
{
    ctf_series *series;
    ctf_error error;
    if (ctf_series_load(image->data, image->length, NULL, &series, &error) != CTF_OK)
        fail_msg("at %zu: %s", error.offset, error.message);
    return series;
}

static ctf_status load_status(const unsigned char *data, size_t length, ctf_error *error)
{
    ctf_series *series;
    ctf_status status = ctf_series_load(data, length, NULL, &series, error);
    assert_true((status == CTF_OK) == (series != NULL));
    ctf_series_free(series);
    return status;
}

/* Writes the checksum that the bytes need. */
static void seal(unsigned char *data, size_t length)
{
    uint64_t checksum = 0;
    for (size_t at = 0; at < length - 8; at += CTFI_SERIES_PIECE) {
        size_t left = length - 8 - at;
        checksum = ctfi_series_checksum(checksum, data + at, left < CTFI_SERIES_PIECE ? left : CTFI_SERIES_PIECE);
    }
    for (size_t i = 0; i < 8; i++)
        data[length - 8 + i] = (unsigned char)(checksum >> (8 * i) & 0xFF);
}

static ctf_series *random_series(uint64_t seed, int samples, unsigned metrics, uint32_t max_metrics,
                                 uint32_t max_values)
{
    ctf_series *series = new_series(seed % 2 == 0 ? 60 : 10, max_metrics, max_values);
    for (int i = 0; i < samples; i++) {
        sample s = random_sample(&seed, metrics);
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    return series;
}

static void what_is_saved_loads_as_it_was(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 60; seed++) {
        ctf_series *series = random_series(seed, (int)(seed * seed % 700), 1 + (unsigned)seed % 30,
                                           seed % 3 == 0 ? 4 : 0, (uint32_t)(seed % 4));
        bytes image = saved(series);
        ctf_series *loaded = load(&image);
        ctf_series_info a = info_of(series), b = info_of(loaded);
        assert_memory_equal(&a, &b, sizeof a);
        assert_same_series(series, loaded);
        free(image.data);
        ctf_series_free(series);
        ctf_series_free(loaded);
    }
}

static void a_loaded_series_merges_as_the_saved_one_does(void **state)
{
    (void)state;
    ctf_series *a = random_series(3, 300, 5, 0, 2), *b = random_series(5, 300, 5, 0, 2);
    bytes image = saved(b);
    ctf_series *loaded = load(&image), *twin = load(&image);
    assert_int_equal(ctf_series_merge(twin, a), CTF_OK);
    assert_int_equal(ctf_series_merge(a, loaded), CTF_OK);
    assert_same_series(a, twin);
    free(image.data);
    ctf_series_free(a);
    ctf_series_free(b);
    ctf_series_free(loaded);
    ctf_series_free(twin);
}

static void an_empty_series_has_bytes_too(void **state)
{
    (void)state;
    ctf_series *series = new_series(10, 0, 7);
    bytes image = saved(series);
    assert_int_equal(image.length, CTFI_SERIES_HEADER + CTFI_SERIES_TRAILER);
    ctf_series *loaded = load(&image);
    assert_int_equal(info_of(loaded).resolution, 10);
    assert_int_equal(info_of(loaded).max_values, 7);
    assert_int_equal(info_of(loaded).n_metrics, 0);
    free(image.data);
    ctf_series_free(series);
    ctf_series_free(loaded);
}

static void the_bytes_are_the_same_everywhere(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    const ctf_dimension dimension = {text_of("d"), text_of("v")};
    const ctf_metric metric = {text_of("N"), text_of("M"), &dimension, 1, text_of("Count")};
    assert_int_equal(ctf_series_add(series, &metric, 60000, CTF_ON_TIME, 1.5, 2), CTF_OK);
    bytes image = saved(series);
    static const unsigned char expected[] = {
        0x89, 'C', 'T', 'F', 's', 'e', 'r', '\n', 1, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        124, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 0, 0, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 'N', 'M', 'd', 'v',
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0x80, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F};
    assert_int_equal(image.length, sizeof expected + 8);
    assert_memory_equal(image.data, expected, sizeof expected);
    free(image.data);
    ctf_series_free(series);
}

/* What is loaded is what was saved. Frees it. */
static void assert_survives_saving(ctf_series *series)
{
    bytes image = saved(series);
    ctf_series *loaded = load(&image);
    assert_same_series(series, loaded);
    free(image.data);
    ctf_series_free(series);
    ctf_series_free(loaded);
}

static void what_is_as_long_as_may_be_loads(void **state)
{
    (void)state;
    static char name[CTFI_MAX_IDENTITY_TEXT];
    char names[CTF_MAX_DIMENSIONS][8];
    ctf_dimension dimensions[CTF_MAX_DIMENSIONS];
    memset(name, 'n', sizeof name);
    for (unsigned i = 0; i < CTF_MAX_DIMENSIONS; i++) {
        snprintf(names[i], sizeof names[i], "d%02u", i);
        dimensions[i] = (ctf_dimension){text_of(names[i]), text_of("v")};
    }
    const ctf_metric metric = {text_of("S"), {name, sizeof name}, dimensions, CTF_MAX_DIMENSIONS, {NULL, 0}};
    ctf_series *series = new_series(0, 0, 0);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
    assert_survives_saving(series);
}

static void bytes_cut_anywhere_are_refused(void **state)
{
    (void)state;
    ctf_series *series = random_series(4, 60, 3, 0, 2);
    bytes image = saved(series);
    ctf_error error;
    for (size_t length = 0; length < image.length; length++) {
        unsigned char *cut = malloc(length + 1);
        memcpy(cut, image.data, length);
        assert_int_equal(load_status(cut, length, &error), CTF_E_PROGRAM);
        assert_int_equal(error.kind, CTF_ERROR_PROGRAM);
        assert_true(error.offset <= length && error.message[0] != '\0');
        if (length < CTFI_SERIES_HEADER + CTFI_SERIES_TRAILER) {
            assert_int_equal(error.offset, length);
            assert_string_equal(error.message, "the bytes end before those of a series do");
        }
        if (length >= CTFI_SERIES_HEADER + CTFI_SERIES_TRAILER) {
            for (size_t i = 0; i < 8; i++)
                cut[24 + i] = (unsigned char)(length >> (8 * i) & 0xFF);
            seal(cut, length);
            assert_int_equal(load_status(cut, length, &error), CTF_E_PROGRAM);
            assert_true(error.offset <= length);
        }
        free(cut);
    }
    free(image.data);
    ctf_series_free(series);
}

static void a_damaged_byte_is_noticed(void **state)
{
    (void)state;
    ctf_series *series = random_series(4, 400, 3, 0, 0);
    bytes image = saved(series);
    ctf_error error;
    for (size_t at = 0; at < image.length; at++) {
        image.data[at] ^= 0x10;
        assert_int_equal(load_status(image.data, image.length, &error), CTF_E_PROGRAM);
        image.data[at] ^= 0x10;
    }
    free(image.data);
    ctf_series_free(series);
}

/* Whoever forges the checksum gets a refusal, or a series that is what its bytes say. */
/* Also where the last byte is a piece of its own. */
static void a_damaged_last_byte_is_noticed_whatever_the_length(void **state)
{
    (void)state;
    static char name[CTFI_MAX_IDENTITY_TEXT];
    memset(name, 'n', sizeof name);
    size_t rest = 0;
    for (size_t n = 3800; rest != 2; n++) {
        const ctf_metric metric = {text_of("S"), {name, n}, NULL, 0, {NULL, 0}};
        ctf_series *series = new_series(0, 0, 0);
        assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, 1), CTF_OK);
        bytes image = saved(series);
        rest = (image.length - 8) % CTFI_SERIES_PIECE;
        assert_int_equal(load_status(image.data, image.length, NULL), CTF_OK);
        image.data[image.length - 9] ^= 1;
        assert_int_equal(load_status(image.data, image.length, NULL), CTF_E_PROGRAM);
        free(image.data);
        ctf_series_free(series);
    }
}

static void forged_bytes_are_refused_or_canonical(void **state)
{
    (void)state;
    static const unsigned char flips[] = {0x01, 0x80, 0xFF, 0x10};
    ctf_series *series = random_series(6, 60, 4, 0, 3);
    bytes image = saved(series);
    size_t accepted = 0, refused = 0;
    for (size_t at = 0; at < image.length - 8; at++)
        for (size_t k = 0; k < sizeof flips; k++) {
            ctf_series *loaded;
            ctf_error error;
            image.data[at] ^= flips[k];
            seal(image.data, image.length);
            ctf_status status = ctf_series_load(image.data, image.length, NULL, &loaded, &error);
            if (status == CTF_OK) {
                bytes again = saved(loaded);
                assert_int_equal(again.length, image.length);
                assert_memory_equal(again.data, image.data, image.length);
                free(again.data);
                accepted++;
            } else {
                assert_int_equal(status, CTF_E_PROGRAM);
                refused++;
            }
            ctf_series_free(loaded);
            image.data[at] ^= flips[k];
        }
    assert_true(accepted > 100 && refused > 500);
    free(image.data);
    ctf_series_free(series);
}

static void random_edits_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = 11;
    ctf_series *series = random_series(8, 40, 4, 0, 2);
    bytes image = saved(series);
    unsigned char *copy = malloc(image.length);
    for (int round = 0; round < 20000; round++) {
        ctf_error error;
        memcpy(copy, image.data, image.length);
        for (uint64_t i = 1 + next_random(&seed) % 4; i-- > 0;)
            copy[next_random(&seed) % image.length] = (unsigned char)next_random(&seed);
        seal(copy, image.length);
        load_status(copy, image.length, &error);
    }
    free(copy);
    free(image.data);
    ctf_series_free(series);
}

/* ---- one thing wrong at a time ------------------------------------------------------------------------- */

static void set(bytes *image, size_t at, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        image->data[at + i] = (unsigned char)(value >> (8 * i) & 0xFF);
    seal(image->data, image->length);
}

static void expect_refusal(bytes *image, size_t offset)
{
    ctf_error error;
    assert_int_equal(load_status(image->data, image->length, &error), CTF_E_PROGRAM);
    if (error.offset != offset)
        fail_msg("refused at %zu: %s", error.offset, error.message);
}

static bytes one_metric(uint32_t max_values)
{
    ctf_series *series = new_series(0, 0, max_values);
    for (int i = 0; i < 4; i++) {
        sample s = {0, 60000 * (i / 2), CTF_ON_TIME, 1 + i % 2, 1};
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    bytes image = saved(series);
    ctf_series_free(series);
    return image;
}

static void each_field_is_checked(void **state)
{
    (void)state;
    static const struct change {
        size_t at;
        uint64_t value;
        size_t n, offset;
    } changes[] = {
        {0, 0, 1, 0},                       /* magic */
        {8, 2, 4, 8},                       /* version */
        {12, 30, 4, 12},                    /* resolution */
        {20, 1, 4, 20},                     /* zero */
        {24, 1, 8, 24},                     /* length */
        {32, 0, 8, 56},                     /* metrics: bytes are left */
        {32, 2, 8, 187},                    /* metrics: one is missing */
        {40, UINT64_C(1) << 54, 8, 40},     /* skipped */
        {48, UINT64_MAX, 8, 40},            /* dropped */
        {56, 0, 4, 56},                     /* namespace */
        {56, UINT32_MAX, 4, 56},
        {60, 5000, 4, 56},                  /* name */
        {64, 27, 4, 56},                    /* unit */
        {68, 31, 4, 56},                    /* dimensions */
        {83, 0, 8, 83},                     /* points */
        {83, 5, 8, 187},
        {83, UINT64_MAX, 8, 187},
        {115, UINT64_C(0x8000000000000000) - 1, 8, 115}, /* key before the one before */
        {99, UINT64_C(1) << 53, 8, 139},    /* count: too many with the next */
        {99, 0, 8, 107},                    /* no summary without max_values */
        {107, UINT64_C(0x7FF8000000000000), 8, 91},  /* NaN */
        {107, UINT64_C(0x8000000000000000), 8, 91},  /* negative zero */
        {107, UINT64_C(0x7FE0000000000000), 8, 91},  /* too large */
        {107, UINT64_C(0x4000000000000000), 8, 115}, /* the same as the next */
    };
    bytes good = one_metric(0);
    ctf_error error;
    assert_int_equal(good.length, 195);
    assert_int_equal(load_status(good.data, good.length, &error), CTF_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        bytes image = {malloc(good.length), good.length, good.length};
        memcpy(image.data, good.data, good.length);
        set(&image, changes[i].at, changes[i].value, changes[i].n);
        expect_refusal(&image, changes[i].offset);
        free(image.data);
    }
    set(&good, 16, 1, 4); /* max_values: two in a bucket */
    expect_refusal(&good, 115);
    free(good.data);
}

/* Where the bytes end within or right behind the number of points. */
static void a_metric_has_points_behind_their_number(void **state)
{
    (void)state;
    bytes image = one_metric(0);
    ctf_error error;
    for (size_t end = 83; end <= 91; end++) {
        set(&image, 24, end + 8, 8);
        seal(image.data, end + 8);
        assert_int_equal(load_status(image.data, end + 8, &error), CTF_E_PROGRAM);
        assert_int_equal(error.offset, end < 91 ? 83 : 91);
        assert_string_equal(error.message, end < 91 ? "a metric without samples" : "the bytes end within a point");
    }
    free(image.data);
}

static void a_summary_is_one_that_samples_can_have(void **state)
{
    (void)state;
    bytes good = one_metric(1);
    ctf_error error;
    assert_int_equal(load_status(good.data, good.length, &error), CTF_OK);
    const size_t count = 107, least = 115, largest = 123, limbs = 131; /* of the first bucket */
    static const struct change {
        size_t at;
        uint64_t value;
    } changes[] = {
        {107, 1},                              /* as many as are kept singly */
        {107, UINT64_MAX},
        {115, UINT64_C(0x4000000000000000)},   /* the least is the largest */
        {123, UINT64_C(0x7FF8000000000000)},   /* NaN */
        {115, UINT64_C(0x8000000000000000)},   /* negative zero */
        {131 + 24 * 8, UINT64_C(1) << 63},     /* a sum below, and above, all samples */
        {131 + 24 * 8, UINT64_MAX >> 1},
        {131 + 16 * 8, 0},
    };
    assert_int_equal(good.data[count], 2);
    assert_int_equal(good.data[least + 7], 0x3F);
    assert_int_equal(good.data[largest + 7], 0x40);
    assert_true(limbs + 25 * 8 < good.length);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        bytes image = {malloc(good.length), good.length, good.length};
        memcpy(image.data, good.data, good.length);
        set(&image, changes[i].at, changes[i].value, 8);
        expect_refusal(&image, 107);
        free(image.data);
    }
    set(&good, 16, 0, 4); /* max_values: everything is kept singly */
    expect_refusal(&good, 107);
    free(good.data);
}

/* Of three samples from 1 to 2: 4 and 5 can be their sums, and what lies between. */
static void the_sum_of_a_summary_is_one_of_its_least_and_its_largest(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 1);
    const double values[] = {1, 1.5, 2}, sums[] = {4, 5};
    for (int i = 0; i < 3; i++) {
        sample s = {0, 0, CTF_ON_TIME, values[i], 1};
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    bytes image = saved(series);
    for (int side = 0; side < 2; side++)
        for (int beyond = 0; beyond < 2; beyond++) {
            ctf_error error;
            ctfi_exact sum = {{0}};
            ctfi_exact_add(&sum, sums[side], 1);
            ctfi_exact_add(&sum, side == 0 ? -0x1p-1074 : 0x1p-1074, (uint64_t)beyond);
            for (size_t i = 0; i < CTFI_EXACT_LIMBS; i++)
                set(&image, 131 + 8 * i, sum.limbs[i], 8);
            seal(image.data, image.length);
            assert_int_equal(load_status(image.data, image.length, &error), beyond ? CTF_E_PROGRAM : CTF_OK);
        }
    free(image.data);
    ctf_series_free(series);
}

/* Two equal values would be one that is kept singly. */
static void a_summary_is_of_different_values(void **state)
{
    (void)state;
    bytes image = one_metric(1);
    const uint64_t two = UINT64_C(0x4000000000000000);
    ctfi_exact sum = {{0}};
    ctfi_exact_add(&sum, 2, 2);
    set(&image, 115, two, 8);
    set(&image, 123, two, 8);
    for (size_t i = 0; i < CTFI_EXACT_LIMBS; i++)
        set(&image, 131 + 8 * i, sum.limbs[i], 8);
    expect_refusal(&image, 107);
    free(image.data);
}

static void a_summary_may_be_of_all_samples_that_are_counted(void **state)
{
    (void)state;
    const ctf_metric metric = {text_of("S"), text_of("M"), NULL, 0, {NULL, 0}};
    ctf_series *series = new_series(0, 0, 1);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 1, CTF_MAX_SAMPLES - 1), CTF_OK);
    assert_int_equal(ctf_series_add(series, &metric, 0, CTF_ON_TIME, 2, 1), CTF_OK);
    assert_survives_saving(series);
}

static void the_largest_of_a_summary_is_no_negative_zero(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 1);
    for (int i = 0; i < 2; i++) {
        sample s = {0, 0, CTF_ON_TIME, -i, 1};
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    bytes image = saved(series);
    ctf_error error;
    assert_int_equal(load_status(image.data, image.length, &error), CTF_OK);
    set(&image, 123, UINT64_C(0x8000000000000000), 8);
    expect_refusal(&image, 91 + 16);
    free(image.data);
    ctf_series_free(series);
}

static void a_summary_is_of_more_values_than_are_kept(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 2);
    for (int i = 1; i <= 3; i++) {
        sample s = {0, 0, CTF_ON_TIME, i, 1};
        assert_int_equal(add_sample(series, &s), CTF_OK);
    }
    bytes image = saved(series);
    set(&image, 107, 2, 8); /* two may have this sum, but two would be kept */
    expect_refusal(&image, 107);
    free(image.data);
    ctf_series_free(series);
}

static void metrics_and_dimensions_are_in_order(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0);
    const ctf_dimension ab[2] = {{text_of("a"), text_of("1")}, {text_of("b"), text_of("2")}};
    const ctf_metric metrics[2] = {{text_of("N"), text_of("A"), ab, 2, text_of("")},
                                   {text_of("N"), text_of("B"), NULL, 0, text_of("")}};
    for (int i = 0; i < 2; i++)
        assert_int_equal(ctf_series_add(series, &metrics[i], 0, CTF_ON_TIME, 1, 1), CTF_OK);
    bytes image = saved(series);
    const size_t texts = 56 + 16 + 16, second = texts + 6 + 8 + 24;
    assert_memory_equal(image.data + texts, "NAa1b2", 6);
    assert_memory_equal(image.data + second + 16, "NB", 2);
    set(&image, second + 17, '@', 1);
    expect_refusal(&image, second);
    set(&image, second + 17, 'B', 1);
    set(&image, texts + 2, 'b', 1);
    expect_refusal(&image, 56);
    set(&image, texts + 2, 'c', 1);
    expect_refusal(&image, 56);
    free(image.data);
    ctf_series_free(series);
}

static void loading_holds_to_the_limit_of_metrics(void **state)
{
    (void)state;
    ctf_series *all = random_series(6, 300, 30, 0, 0), *few = random_series(6, 300, 30, 5, 0), *loaded;
    bytes image = saved(all);
    const ctf_series_options options = {.size = sizeof options, .max_metrics = 5};
    assert_int_equal(ctf_series_load(image.data, image.length, &options, &loaded, NULL), CTF_OK);
    assert_same_series(few, loaded);
    free(image.data);
    ctf_series_free(all);
    ctf_series_free(few);
    ctf_series_free(loaded);
}

static int stop(void *context, const char *data, size_t length)
{
    (void)data;
    size_t *left = context;
    if (*left < length)
        return 1;
    *left -= length;
    return 0;
}

static void counters_do_not_run_over_when_merged(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0), *other = new_series(0, 0, 0);
    bytes image = saved(series);
    set(&image, 40, CTF_MAX_SAMPLES, 8);
    ctf_series *full = load(&image);
    set(&image, 40, 1, 8);
    ctf_series *one = load(&image);
    assert_int_equal(ctf_series_merge(full, one), CTF_E_LIMIT);
    assert_int_equal(ctf_series_merge(full, series), CTF_OK);
    set(&image, 48, CTF_MAX_SAMPLES, 8);
    ctf_series *dropped = load(&image);
    sample s = {0, 0, CTF_ON_TIME, 1, 1};
    assert_int_equal(add_sample(dropped, &s), CTF_E_LIMIT);
    assert_int_equal(add_sample(other, &s), CTF_OK);
    assert_int_equal(ctf_series_merge(dropped, other), CTF_E_LIMIT);
    assert_int_equal(ctf_series_merge(other, dropped), CTF_E_LIMIT);
    free(image.data);
    ctf_series_free(series);
    ctf_series_free(other);
    ctf_series_free(full);
    ctf_series_free(one);
    ctf_series_free(dropped);
}

static void a_writer_may_stop(void **state)
{
    (void)state;
    ctf_series *series = random_series(2, 1500, 5, 0, 0);
    bytes image = saved(series);
    assert_true(image.length > 3 * CTFI_SERIES_PIECE);
    for (size_t room = 0; room < image.length; room += 1000) {
        size_t left = room;
        assert_int_equal(ctf_series_save(series, stop, &left), CTF_E_STOPPED);
    }
    size_t left = image.length;
    assert_int_equal(ctf_series_save(series, stop, &left), CTF_OK);
    free(image.data);
    ctf_series_free(series);
}

static void misuse_is_refused(void **state)
{
    (void)state;
    ctf_series *series = new_series(0, 0, 0), *out = series;
    bytes image = saved(series);
    ctf_error error;
    const ctf_series_options fine = {.size = sizeof fine, .resolution = 10}, unknown = {.size = 4000},
                             same = {.size = sizeof same, .resolution = 60}, bare = {.size = sizeof bare.size};
    assert_int_equal(ctf_series_save(NULL, append, &image), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_save(series, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_load(NULL, 0, NULL, &out, &error), CTF_E_ARGUMENT);
    assert_null(out);
    assert_int_equal(error.kind, CTF_ERROR_ARGUMENT);
    assert_true(error.offset == 0 && error.length == 0);
    assert_int_equal(ctf_series_load(image.data, image.length, NULL, NULL, NULL), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_load(image.data, image.length, &unknown, &out, &error), CTF_E_ARGUMENT);
    assert_int_equal(ctf_series_load(image.data, image.length, &fine, &out, &error), CTF_E_ARGUMENT);
    assert_true(error.offset == 12 && error.length == 4); /* the resolution */
    assert_int_equal(ctf_series_load(image.data, 0, NULL, &out, NULL), CTF_E_PROGRAM);
    assert_int_equal(ctf_series_load(image.data, image.length, &same, &out, &error), CTF_OK);
    ctf_series_free(out);
    assert_int_equal(ctf_series_load(image.data, image.length, &bare, &out, &error), CTF_OK);
    ctf_series_free(out);
    free(image.data);
    ctf_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_loads_as_it_was),
        cmocka_unit_test(a_loaded_series_merges_as_the_saved_one_does),
        cmocka_unit_test(an_empty_series_has_bytes_too),
        cmocka_unit_test(the_bytes_are_the_same_everywhere),
        cmocka_unit_test(what_is_as_long_as_may_be_loads),
        cmocka_unit_test(bytes_cut_anywhere_are_refused),
        cmocka_unit_test(a_damaged_byte_is_noticed),
        cmocka_unit_test(a_damaged_last_byte_is_noticed_whatever_the_length),
        cmocka_unit_test(forged_bytes_are_refused_or_canonical),
        cmocka_unit_test(random_edits_do_no_harm),
        cmocka_unit_test(each_field_is_checked),
        cmocka_unit_test(a_metric_has_points_behind_their_number),
        cmocka_unit_test(a_summary_is_one_that_samples_can_have),
        cmocka_unit_test(the_sum_of_a_summary_is_one_of_its_least_and_its_largest),
        cmocka_unit_test(a_summary_is_of_different_values),
        cmocka_unit_test(a_summary_may_be_of_all_samples_that_are_counted),
        cmocka_unit_test(the_largest_of_a_summary_is_no_negative_zero),
        cmocka_unit_test(a_summary_is_of_more_values_than_are_kept),
        cmocka_unit_test(metrics_and_dimensions_are_in_order),
        cmocka_unit_test(loading_holds_to_the_limit_of_metrics),
        cmocka_unit_test(counters_do_not_run_over_when_merged),
        cmocka_unit_test(a_writer_may_stop),
        cmocka_unit_test(misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
