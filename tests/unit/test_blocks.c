/* What kernels make of the blocks of a JSON text: indexing and passing over brackets, against loops over
 * single bytes, whole and in pieces, and with walls around the text. */
#define _DEFAULT_SOURCE
#include "kernel_kit.h"

#define LONGEST 400
#define BLOCKS ((LONGEST + CTFI_BLOCK - 1) / CTFI_BLOCK)

static const char soup[] = "{}[]\"\\\\\",:a\n \xC3{}\r\t\x1F\x7F\0";
static const char strings[] = "\"\"\"\\\\\\ab";
static const char escapes[] = "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"";

static void fill_somehow(unsigned char *text, size_t n)
{
    switch (below(4)) {
    case 0:
        fill(text, n, strings, sizeof strings - 1);
        return;
    case 1:
        fill(text, n, escapes, sizeof escapes - 1);
        return;
    default:
        fill(text, n, soup, sizeof soup - 1);
    }
}

/* ---- indexing ---- */

typedef struct indexed {
    ctfi_block block[BLOCKS];
    ctfi_indexing state;
} indexed;

static void slow_outside(ctfi_block *block, unsigned char c, uint64_t bit)
{
    block->open |= c == '{' || c == '[' ? bit : 0;
    block->close |= c == '}' || c == ']' ? bit : 0;
    block->curly |= c == '{' || c == '}' ? bit : 0;
    block->comma |= c == ',' ? bit : 0;
    block->colon |= c == ':' ? bit : 0;
    block->blank |= c == ' ' || c == '\t' || c == '\n' || c == '\r' ? bit : 0;
}

static void slow_byte(indexed *out, unsigned char c, size_t at)
{
    ctfi_block *block = &out->block[at / 64];
    uint64_t bit = UINT64_C(1) << (at % 64);
    bool hidden = out->state.escaped != 0, quote = c == '"' && !hidden;
    out->state.escaped = c == '\\' && !hidden;
    out->state.in_string ^= quote ? UINT64_MAX : 0;
    out->state.high |= c >= 0x80;
    out->state.control |= c < 0x20 && out->state.in_string != 0;
    block->quote |= quote ? bit : 0;
    block->string |= bit & out->state.in_string;
    block->escape |= out->state.escaped != 0 ? bit : 0;
    if (!quote && out->state.in_string == 0)
        slow_outside(block, c, bit);
}

static void slow_index(indexed *out, place text, size_t n)
{
    *out = (indexed){.state = {0}};
    for (size_t at = 0; at < n || at % 64 != 0; at++)
        slow_byte(out, at < n ? text[at] : ' ', at);
}

static void check_indexed(const indexed *got, const indexed *wanted, size_t n)
{
    for (size_t i = 0; i < (n + 63) / 64; i++) {
        const ctfi_block *a = &got->block[i], *b = &wanted->block[i];
        assert_int_equal(a->quote, b->quote);
        assert_int_equal(a->string, b->string);
        assert_int_equal(a->escape, b->escape);
        assert_int_equal(a->open, b->open);
        assert_int_equal(a->close, b->close);
        assert_int_equal(a->comma, b->comma);
        assert_int_equal(a->colon, b->colon);
        assert_int_equal(a->blank, b->blank);
        assert_int_equal(a->curly & (b->open | b->close), b->curly);
    }
    assert_int_equal(got->state.in_string, wanted->state.in_string);
    assert_int_equal(got->state.escaped, wanted->state.escaped);
    assert_int_equal(got->state.high != 0, wanted->state.high != 0);
    assert_int_equal(got->state.control != 0, wanted->state.control != 0);
}

/* The whole text, or pieces of a few blocks. */
static void index_in_pieces(const ctfi_kernel *kernel, indexed *out, place text, size_t n, unsigned blocks)
{
    size_t at = 0, piece;
    memset(out, 0xA5, sizeof *out);
    out->state = (ctfi_indexing){0};
    for (; at < n; at += piece) {
        piece = CTFI_BLOCK * (1 + (size_t)below(blocks));
        piece = n - at < piece ? n - at : piece;
        kernel->index(&out->state, text + at, piece, &out->block[at / 64]);
    }
}

static void check_index(const ctfi_kernel *kernel, place text, size_t n)
{
    indexed wanted, got;
    place spot[SPOTS];
    slow_index(&wanted, text, n);
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++) {
        index_in_pieces(kernel, &got, spot[i], n, i == 0 ? 1000 : 3);
        check_indexed(&got, &wanted, n);
    }
}

static void every_kernel_indexes_as_a_loop_does(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(20000); round++) {
            size_t n = below(LONGEST + 1);
            fill_somehow(text, n);
            check_index(kernel, text, n);
        }
    }
}

static void every_kernel_indexes_every_byte_value_alike(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (unsigned c = 0; c < 256; c++) {
            memset(text, (int)c, sizeof text);
            check_index(kernel, text, sizeof text);
            text[0] = '"';
            check_index(kernel, text, sizeof text);
            memset(text, 'a', sizeof text);
            text[below(64)] = (unsigned char)c;
            check_index(kernel, text, 64);
        }
    }
}

/* Backslashes in a run of every length from every place on, and a quote behind them. */
static void every_kernel_knows_what_a_run_of_backslashes_hides(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (size_t at = 0; at < 130; at++) {
            for (size_t run = 0; run < 140; run++) {
                size_t n = at + run + 1 + below(70);
                memset(text, 'a', n);
                memset(text + at, '\\', run);
                text[at + run] = '"';
                check_index(kernel, text, n);
                check_index(kernel, text, at + run);
            }
        }
    }
}

static void nothing_to_index_changes_nothing(void **state)
{
    (void)state;
    EACH_KERNEL(kernel) {
        ctfi_indexing inside = {.in_string = UINT64_MAX, .escaped = 1};
        kernel->index(&inside, (place)"", 0, NULL);
        assert_true(inside.in_string == UINT64_MAX && inside.escaped == 1 && inside.high == 0);
    }
}

/* ---- passing over brackets ---- */

/* A backslash hides a quote, never a bracket. */
static size_t slow_skip(place text, size_t n, size_t depth)
{
    bool inside = false, escaped = false;
    for (size_t at = 0; at < n; at++) {
        unsigned char c = text[at];
        bool hidden = escaped;
        escaped = !hidden && c == '\\';
        if (!hidden && c == '"')
            inside = !inside;
        else if (!inside && (c == '{' || c == '['))
            depth++;
        else if (!inside && (c == '}' || c == ']') && --depth == 0)
            return at + 1;
    }
    return SIZE_MAX;
}

static place skip_in_pieces(const ctfi_kernel *kernel, place p, place end, size_t depth, unsigned piece)
{
    ctfi_skip skip = {.depth = depth};
    while (p < end) {
        size_t n = below(piece + 1);
        place stop = (size_t)(end - p) < n ? end : p + n;
        place behind = kernel->skip_brackets(&skip, p, stop);
        if (behind != NULL)
            return behind;
        p = stop;
    }
    return NULL;
}

static void check_skip(const ctfi_kernel *kernel, place text, size_t n, size_t depth)
{
    static const unsigned pieces[SPOTS] = {100000, 7, 200};
    size_t at = slow_skip(text, n, depth);
    place spot[SPOTS];
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++) {
        place wanted = at == SIZE_MAX ? NULL : spot[i] + at;
        ctfi_skip whole = {.depth = depth};
        assert_ptr_equal(kernel->skip_brackets(&whole, spot[i], spot[i] + n), wanted);
        assert_ptr_equal(skip_in_pieces(kernel, spot[i], spot[i] + n, depth, pieces[i]), wanted);
    }
}

static void every_kernel_passes_over_brackets_as_a_loop_does(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(15000); round++) {
            size_t n = below(LONGEST + 1);
            fill_somehow(text, n);
            check_skip(kernel, text, n, 1 + below(below(8) == 0 ? 100 : 5));
        }
    }
}

static void every_kernel_finds_the_closing_bracket_at_every_place(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (size_t at = 0; at < 200; at++) {
            memset(text, 'a', sizeof text);
            text[at] = below(2) == 0 ? '}' : ']';
            check_skip(kernel, text, at + 1, 1);
            check_skip(kernel, text, at, 1);
            check_skip(kernel, text, at + 1 + below(90), 1);
            text[at / 2] = '{';
            check_skip(kernel, text, at + 1, 1 + (at < 2));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_indexes_as_a_loop_does),
        cmocka_unit_test(every_kernel_indexes_every_byte_value_alike),
        cmocka_unit_test(every_kernel_knows_what_a_run_of_backslashes_hides),
        cmocka_unit_test(nothing_to_index_changes_nothing),
        cmocka_unit_test(every_kernel_passes_over_brackets_as_a_loop_does),
        cmocka_unit_test(every_kernel_finds_the_closing_bracket_at_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
