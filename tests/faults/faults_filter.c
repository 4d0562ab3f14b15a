/* filter.h: compiling, loading, printing. */
#include "faults.h"

/* One of everything that the compile side makes room for. */
static const char *const patterns[] = {
    "{ $.a = x && $.a != yy && ($.b[3] < 2.5 || $.b[1] > -7 || $.b[*].c = *z) && $.d.* = 1 }",
    "{ ($.a IS NULL) || $.d IS TRUE || $.['k.x'] IS FALSE || $.e NOT EXISTS || $.c = \"\\\"q\\\"*\" }",
    "{ $.r = %^[0-9]{2,4}x?\\d+$|b% || $.r = %[^a-z]{40}.*\\x41% }",
    "[a = 1, b != \"q*\", ..., c = %x+%, d > 0]",
    "[w1, w2, w3, w4, w5, w6, w7, w8, w9, w10 = 7]",
    "[]",
    "{ $.a = %b1% || $.a = %b2% }",
    "{ $.a = %b3% || $.a = %b4% }",
    "{ $.a = %b5% || $.a = %b6% }",
    "ERROR \"two words\" -warn ?some ?other",
    "%a+.b{0,3}%",
    "",
};

static ctf_status compile(void *subject, const ctf_allocator *allocator)
{
    static const char *const names[] = {"first", "", "third"};
    ctf_text json[] = {view("$.a.b[0]"), view("$.a")}, fields[] = {view("$a"), view("$3")};
    ctf_pattern list[COUNT_OF(patterns)];
    ctf_options options = {sizeof options, allocator};
    ctf_filter *filter;
    ctf_error error;
    (void)subject;
    for (size_t i = 0; i < COUNT_OF(patterns); i++)
        list[i] = (ctf_pattern){.text = view(patterns[i]), .name = view(names[i % 3])};
    list[0].extract = json;
    list[0].n_extract = COUNT_OF(json);
    list[3].extract = fields;
    list[3].n_extract = COUNT_OF(fields);
    ctf_status status = ctf_filter_compile(list, COUNT_OF(list), &options, &filter, &error);
    if (status == CTF_E_PATTERN)
        fail_msg("%s: %s", patterns[error.pattern], error.message);
    assert_true((filter != NULL) == (status == CTF_OK));
    ctf_filter_free(filter);
    return fault_told(status, &error);
}

static void *prepare_image(const ctf_allocator *allocator)
{
    const ctf_pattern pattern = {.text = view("{ $.a = x && $.b = %a+% }")};
    ctf_options options = {sizeof options, allocator};
    ctf_filter *filter;
    assert_int_equal(ctf_filter_compile(&pattern, 1, &options, &filter, NULL), CTF_OK);
    return filter;
}

static void release_image(void *subject)
{
    ctf_filter_free(subject);
}

static ctf_status load(void *subject, const ctf_allocator *allocator)
{
    ctf_text image = ctf_filter_image(subject);
    ctf_options options = {sizeof options, allocator};
    ctf_filter *filter;
    ctf_error error;
    ctf_status status = ctf_filter_load(image.data, image.length, &options, &filter, &error);
    assert_true((filter != NULL) == (status == CTF_OK));
    ctf_filter_free(filter);
    return fault_told(status, &error);
}

static int drop(void *context, const char *data, size_t length)
{
    (void)context, (void)data, (void)length;
    return 0;
}

static ctf_status print(void *subject, const ctf_allocator *allocator)
{
    ctf_options options = {sizeof options, allocator};
    ctf_error error;
    ctf_status status = CTF_OK;
    (void)subject;
    for (size_t i = 0; i < COUNT_OF(patterns) && status == CTF_OK; i++)
        status = ctf_pattern_print(view(patterns[i]), &options, drop, NULL, &error);
    return fault_told(status, &error);
}

const fault faults_filter[] = {
    {"ctf_filter_compile", NULL, compile, NULL, NULL, NULL},
    {"ctf_filter_load", prepare_image, load, NULL, release_image, NULL},
    {"ctf_pattern_print", NULL, print, NULL, NULL, NULL},
};
const size_t n_faults_filter = COUNT_OF(faults_filter);
