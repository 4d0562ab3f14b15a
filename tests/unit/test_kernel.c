/* What kernels find in texts: each against a loop over single bytes, at every length, and with walls
 * around the text. */
#define _DEFAULT_SOURCE
#include "kernel_kit.h"

#include "base/utf8.h"

#define LONGEST 400
#define LONGEST_LINES 2000

static const char soup[] = "{}[]\"\\\\\",:a\n \xC3{}\r\t\x1F\x7F\0";

/* ---- single bytes ---- */

static size_t slow_string_stop(place text, size_t n)
{
    size_t at = 0;
    while (at < n && text[at] != '"' && text[at] != '\\')
        at++;
    return at;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static size_t slow_plain_end(place text, size_t n)
{
    size_t at = 0;
    while (at < n && is_plain(text[at]))
        at++;
    return at;
}

static size_t slow_line_end(place text, size_t n)
{
    size_t at = 0;
    while (at < n && text[at] != '\n')
        at++;
    return at;
}

static void check_stops(const ctfi_kernel *kernel, place text, size_t n)
{
    place spot[SPOTS];
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++) {
        place p = spot[i], end = p + n;
        assert_int_equal(kernel->string_stop(p, end) - p, slow_string_stop(text, n));
        assert_int_equal(kernel->plain_end(p, end) - p, slow_plain_end(text, n));
        assert_int_equal(kernel->line_end(p, end) - p, slow_line_end(text, n));
    }
}

static void every_kernel_stops_at_each_byte_of_interest_wherever_it_stands(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (size_t n = 0; n < 160; n++) {
            memset(text, 'a', n);
            check_stops(kernel, text, n);
            for (size_t at = 0; at < n; at++) {
                memset(text, 'a', n);
                text[at] = (unsigned char)soup[below(sizeof soup - 1)];
                check_stops(kernel, text, n);
            }
        }
    }
}

static void every_kernel_knows_every_byte_value(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (unsigned c = 0; c < 256; c++) {
            memset(text, 'a', sizeof text);
            text[below(sizeof text)] = (unsigned char)c;
            text[below(sizeof text)] = (unsigned char)c;
            check_stops(kernel, text, sizeof text);
        }
    }
}

/* ---- needles ---- */

static void every_kernel_finds_as_a_loop_does(void **state)
{
    (void)state;
    unsigned char text[LONGEST], needle[80];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(15000); round++) {
            size_t n = below(LONGEST), m = 1 + below(below(4) == 0 ? sizeof needle : 4), at = 0;
            place spot[SPOTS];
            fill(text, n, soup, sizeof soup - 1);
            fill(needle, m, soup, sizeof soup - 1);
            if (m <= n && below(2) == 0)
                memcpy(text + below((unsigned)(n - m + 1)), needle, m);
            while (at + m <= n && memcmp(text + at, needle, m) != 0)
                at++;
            lay(text, n, spot);
            for (size_t i = 0; i < SPOTS; i++)
                assert_ptr_equal(kernel->find((ctfi_bytes){spot[i], n}, (ctfi_bytes){needle, m}),
                                 at + m <= n ? spot[i] + at : NULL);
        }
    }
}

static unsigned slow_pairs_at(const ctfi_pairs *set, place text, size_t at, size_t n)
{
    unsigned found = 0;
    for (unsigned i = 0; i < set->n; i++) {
        size_t second = at + set->pair[i].distance;
        if (second < n && text[at] == set->pair[i].first && text[second] == set->pair[i].second)
            found |= 1u << i;
    }
    return found;
}

static void check_pairs(const ctfi_kernel *kernel, const ctfi_pairs *set, place text, size_t n)
{
    place spot[SPOTS];
    size_t at = 0;
    while (at < n && slow_pairs_at(set, text, at, n) == 0)
        at++;
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++) {
        assert_int_equal(kernel->pairs(set, spot[i], spot[i] + n) - spot[i], at);
        if (at < n)
            assert_int_equal(ctfi_pairs_at(set, spot[i] + at, spot[i] + n), slow_pairs_at(set, text, at, n));
    }
}

static ctfi_pairs random_pairs(const char *alphabet, unsigned letters)
{
    ctfi_pairs set = {.n = 1 + below(CTFI_PAIRS)};
    unsigned farthest = 1 + below(CTFI_BLOCK);
    for (unsigned i = 0; i < set.n; i++) {
        ctfi_pair *pair = &set.pair[i];
        pair->distance = (unsigned char)below(farthest);
        pair->first = (unsigned char)alphabet[below(letters)];
        pair->second = pair->distance == 0 ? pair->first : (unsigned char)alphabet[below(letters)];
    }
    return set;
}

static void every_kernel_finds_pairs_as_a_loop_does(void **state)
{
    (void)state;
    static const char letters[] = "bcdefghi\0\xFF";
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(20000); round++) {
            size_t n = below(LONGEST);
            ctfi_pairs set = random_pairs(letters, sizeof letters - 1);
            fill(text, n, letters, sizeof letters - 1);
            check_pairs(kernel, &set, text, n);
        }
    }
}

/* One pair of a set stands at one place of a text that holds nothing else of the set. */
static void every_kernel_finds_each_pair_of_a_set_at_every_place(void **state)
{
    (void)state;
    static const unsigned char distances[] = {0, 1, 7, 8, 31, 32, 33, 62, 63};
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (unsigned n = 1; n <= CTFI_PAIRS; n++) {
            ctfi_pairs set = {.n = n};
            for (unsigned i = 0; i < n; i++)
                set.pair[i] = (ctfi_pair){(unsigned char)('A' + i), (unsigned char)('A' + i), distances[below(9)]};
            for (unsigned at = 0; at < 200; at++) {
                unsigned which = below(n), far = set.pair[which].distance;
                memset(text, 0, sizeof text);
                text[at] = text[at + far] = set.pair[which].first;
                check_pairs(kernel, &set, text, at + far + below(80));
                check_pairs(kernel, &set, text, at + far);
                check_pairs(kernel, &set, text, at + far + 1);
            }
        }
    }
}

static void a_pair_of_zeros_is_not_seen_behind_the_end(void **state)
{
    (void)state;
    unsigned char text[LONGEST];
    memset(text, 'a', sizeof text);
    EACH_KERNEL(kernel) {
        for (unsigned distance = 0; distance < CTFI_BLOCK; distance++) {
            ctfi_pairs set = {1, {{0, 0, (unsigned char)distance}}};
            ctfi_pairs half = {2, {{'a', 0, (unsigned char)distance}, {0, 'b', (unsigned char)distance}}};
            for (size_t n = 0; n < 200; n++) {
                check_pairs(kernel, &set, text, n);
                if (distance != 0)
                    check_pairs(kernel, &half, text, n);
            }
        }
    }
}

/* ---- lines ---- */

/* ended[i]: how many lines end before byte i. */
static void slow_lines(place text, size_t n, size_t ended[])
{
    size_t length = 0;
    bool carriage = false;
    ended[0] = 0;
    for (size_t i = 0; i < n; i++) {
        bool ends = text[i] == '\n';
        ended[i + 1] = ended[i] + (ends && length - carriage != 0);
        length = ends ? 0 : length + 1;
        carriage = text[i] == '\r';
    }
}

/* From pair to pair, as a search goes on behind each place that it finds. */
static void check_lines_by(const ctfi_kernel *kernel, const ctfi_pairs *set, place text, size_t n,
                           const size_t ended[])
{
    ctfi_lines lines = {0};
    place p = text, end = text + n, found;
    for (;; p = found + 1) {
        found = kernel->pairs_lines(set, &lines, p, end);
        assert_ptr_equal(found, kernel->pairs(set, p, end));
        assert_int_equal(lines.count, ended[found - text]);
        if (found == end)
            return;
        ctfi_lines_byte(&lines, found);
    }
}

static void check_lines(const ctfi_kernel *kernel, place text, size_t n)
{
    static const ctfi_pairs none = {1, {{'z', 'z', 40}}}, some = {2, {{'\r', 'a', 3}, {'a', '\n', 7}}};
    static const ctfi_pairs feeds = {2, {{'\n', 'a', 1}, {'\n', '\n', 0}}};
    static const ctfi_pairs three = {3, {{'a', 'a', 9}, {'z', 'z', 1}, {'\n', 'z', 2}}};
    static const ctfi_pairs many = {5, {{'z', 'z', 1}, {'z', 'a', 2}, {'a', '\r', 11}, {'a', 'z', 3}, {'\r', 'z', 4}}};
    place spot[SPOTS];
    size_t ended[LONGEST_LINES + 1];
    slow_lines(text, n, ended);
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++) {
        check_lines_by(kernel, &none, spot[i], n, ended);
        check_lines_by(kernel, &some, spot[i], n, ended);
        check_lines_by(kernel, &feeds, spot[i], n, ended);
        check_lines_by(kernel, &three, spot[i], n, ended);
        check_lines_by(kernel, &many, spot[i], n, ended);
    }
}

static void every_kernel_counts_lines_as_a_loop_does(void **state)
{
    (void)state;
    static const char letters[] = "\n\n\n\r\ra";
    unsigned char text[LONGEST_LINES];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(6000); round++) {
            size_t n = below(below(10) == 0 ? sizeof text : LONGEST);
            fill(text, n, letters, sizeof letters - 1);
            check_lines(kernel, text, n);
        }
    }
}

static void every_kernel_tells_lines_without_bytes_at_every_place(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\n\n", "\n\r\n", "\r\n", "\r\r\n", "\n\r\r\n", "\n\r", "\n\n\n\r\n\r\n"};
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            size_t m = strlen(ends[i]);
            for (size_t at = 0; at < 200; at++) {
                memset(text, 'a', sizeof text);
                memcpy(text + at, ends[i], m);
                check_lines(kernel, text, at + m);
                check_lines(kernel, text, at + m + below(90));
            }
        }
    }
}

/* ---- UTF-8 ---- */

static size_t slow_utf8_end(place text, size_t n)
{
    uint32_t point;
    size_t at = 0, length = 0;
    while (at < n && (length = ctfi_utf8_read(text + at, n - at, &point)) != 0)
        at += length;
    return at;
}

static void check_utf8(const ctfi_kernel *kernel, place text, size_t n)
{
    place spot[SPOTS];
    lay(text, n, spot);
    for (size_t i = 0; i < SPOTS; i++)
        assert_int_equal(kernel->utf8_end(spot[i], spot[i] + n) - spot[i], slow_utf8_end(text, n));
}

/* The edges of every range of RFC 3629 and what lies just beyond them, whole and cut short. */
static const char *const sequences[] = {
    "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xE0\xBF\xBF", "\xE1\x80\x80", "\xEC\xBF\xBF", "\xED\x80\x80",
    "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF0\xBF\xBF\xBF", "\xF1\x80\x80\x80",
    "\xF3\xBF\xBF\xBF", "\xF4\x80\x80\x80", "\xF4\x8F\xBF\xBF",
    "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x7F", "\xC2\xC0", "\xDF\xFF", "\xC2\x80\x80",
    "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE0\xA0", "\xE0", "\xE1\x80", "\xE1\x80\x7F", "\xE1\x80\xC0", "\xE1\x7F\x80",
    "\xED\xA0\x80", "\xED\xBF\xBF", "\xEF\xBF", "\xEF\xBF\xBF\x80",
    "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80", "\xF0\x90", "\xF0", "\xF1\x80\x80\x7F", "\xF1\x80\x7F\x80",
    "\xF1\x7F\x80\x80", "\xF1\x80\x80\xC0", "\xF1\x80\xC0\x80", "\xF1\xC0\x80\x80", "\xF4\x90\x80\x80",
    "\xF4\xBF\xBF\xBF", "\xF5\x80\x80\x80", "\xF7\xBF\xBF\xBF", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF",
    "\xF4\x8F\xBF\xBF\x80", "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80\xC2", "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80\x7F"};

/* Appends a sequence as often as it fits below a length. */
static size_t append(unsigned char *text, size_t n, size_t most, const char *sequence)
{
    size_t width = strlen(sequence);
    for (; n + width <= most; n += width)
        memcpy(text + n, sequence, width);
    return n;
}

static void every_kernel_reads_every_edge_of_utf8_at_every_place(void **state)
{
    (void)state;
    static const char *const around[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    unsigned char text[LONGEST];
    EACH_KERNEL(kernel) {
        for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
            for (size_t most = 0; most < 150; most++) {
                const char *filling = around[most % 4];
                size_t at = append(text, 0, most, filling);
                size_t end = append(text, at, at + strlen(sequences[i]), sequences[i]);
                check_utf8(kernel, text, end);
                check_utf8(kernel, text, append(text, end, end + below(100), filling));
            }
        }
    }
}

static void every_kernel_reads_every_three_bytes_alike(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    unsigned char text[70];
    EACH_KERNEL(kernel) {
        for (unsigned lead = 0x80; lead < 0x100; lead++)
            for (unsigned second = 0; second < 0x100; second++)
                for (size_t i = 0; i < sizeof edges; i++) {
                    size_t at = below(62);
                    memset(text, 'a', sizeof text);
                    text[at] = (unsigned char)lead;
                    text[at + 1] = (unsigned char)second;
                    text[at + 2] = edges[i];
                    text[at + 3] = 0x80;
                    place end = text + sizeof text;
                    assert_int_equal(kernel->utf8_end(text, end) - text, slow_utf8_end(text, sizeof text));
                }
    }
}

static void every_kernel_reads_chains_of_sequences_alike(void **state)
{
    (void)state;
    unsigned char text[1200];
    EACH_KERNEL(kernel) {
        for (int round = 0; round < ROUNDS(6000); round++) {
            size_t n = 0, most = below(sizeof text - 16);
            unsigned flaws = below(4) == 0 ? 1 : 0;
            while (n < most) {
                const char *next = below(3) == 0 ? "plain ascii" : sequences[below(17)];
                if (flaws != 0 && below(100) == 0)
                    next = sequences[below(sizeof sequences / sizeof *sequences)];
                memcpy(text + n, next, strlen(next));
                n += strlen(next);
            }
            check_utf8(kernel, text, n - below(n < 4 ? 1 : 4));
        }
    }
}

static void a_kernel_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_null(ctfi_kernel_named("no such kernel"));
    assert_non_null(ctfi_kernel_named(NULL));
    assert_null(ctf_kernel_name(100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_stops_at_each_byte_of_interest_wherever_it_stands),
        cmocka_unit_test(every_kernel_knows_every_byte_value),
        cmocka_unit_test(every_kernel_finds_as_a_loop_does),
        cmocka_unit_test(every_kernel_finds_pairs_as_a_loop_does),
        cmocka_unit_test(every_kernel_finds_each_pair_of_a_set_at_every_place),
        cmocka_unit_test(a_pair_of_zeros_is_not_seen_behind_the_end),
        cmocka_unit_test(every_kernel_counts_lines_as_a_loop_does),
        cmocka_unit_test(every_kernel_tells_lines_without_bytes_at_every_place),
        cmocka_unit_test(every_kernel_reads_every_edge_of_utf8_at_every_place),
        cmocka_unit_test(every_kernel_reads_every_three_bytes_alike),
        cmocka_unit_test(every_kernel_reads_chains_of_sequences_alike),
        cmocka_unit_test(a_kernel_that_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
