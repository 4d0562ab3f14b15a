/* Numbers: reading, comparing, rounding and printing, against the C library in the C locale and against
 * exact arithmetic on small cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static uint64_t random_state = 88172645463325252u;

static uint64_t random_word(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static unsigned below(unsigned n)
{
    return (unsigned)(random_word() >> 33) % n;
}

/* ---- reading ---- */

/* Reads a heap copy of exactly the text; the digits then are not to be looked at. */
static bool reads(const char *text, bool json, ctfi_decimal *out)
{
    size_t length = strlen(text);
    unsigned char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    bool ok = ctfi_decimal_read(copy, length, json, out);
    free(copy);
    return ok;
}

static ctfi_decimal decimal(const char *text)
{
    ctfi_decimal out;
    assert_true(ctfi_decimal_read((const unsigned char *)text, strlen(text), false, &out));
    return out;
}

static void read_takes_the_pattern_grammar(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "7", "+7", "-7", "007", "1.5", "00.50", "1e5", "1E+5", "1e-5", "1.25e10",
                                       "-0", "1e0000000000000000000000000000001", "9007199254740993"};
    static const char *const bad[] = {"", "+", "-", ".", ".5", "5.", "1.e5", "1e", "1e+", "e5", "1.5.5", " 1", "1 ",
                                      "--1", "+-1", "0x10", "1e5.0", "1f", "inf", "nan", "1,5", "-.5", "1e5e5"};
    ctfi_decimal out;
    for (size_t i = 0; i < LENGTH(good); i++)
        assert_true(reads(good[i], false, &out));
    for (size_t i = 0; i < LENGTH(bad); i++)
        assert_false(reads(bad[i], false, &out));
}

static void read_takes_the_json_grammar(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "-0", "7", "-7", "10", "0.5", "0e5", "1.50", "1e+05", "1E-5", "-0.0e-0"};
    static const char *const bad[] = {"+7", "07", "-07", "00", "00.5", "", "-", "1.", ".1", "1e", "01e1"};
    ctfi_decimal out;
    for (size_t i = 0; i < LENGTH(good); i++)
        assert_true(reads(good[i], true, &out));
    for (size_t i = 0; i < LENGTH(bad); i++)
        assert_false(reads(bad[i], true, &out));
}

static void check_decimal(const char *text, const char *digits, int64_t exponent, bool negative, bool integer)
{
    ctfi_decimal got = decimal(text);
    char seen[64];
    size_t n = 0;
    for (uint32_t i = 0; i < got.span; i++)
        if (got.digits[i] != '.')
            seen[n++] = (char)got.digits[i];
    seen[n] = '\0';
    assert_string_equal(seen, digits);
    assert_int_equal(got.count, n);
    assert_true(got.exponent == exponent);
    assert_int_equal(got.negative, negative);
    assert_int_equal(got.integer, integer);
}

static void nothing_is_no_number(void **state)
{
    (void)state;
    ctfi_decimal out;
    assert_false(ctfi_decimal_read(NULL, 0, false, &out));
    assert_false(ctfi_decimal_read(NULL, 0, true, &out));
}

static void read_drops_the_zeros_around_the_digits(void **state)
{
    (void)state;
    check_decimal("0", "", 0, false, true);
    check_decimal("-0.000e5", "", 0, true, false);
    check_decimal("120", "12", 3, false, true);
    check_decimal("-00120", "12", 3, true, true);
    check_decimal("1.20", "12", 1, false, false);
    check_decimal("100.0", "1", 3, false, false);
    check_decimal("100.5", "1005", 3, false, false);
    check_decimal("0.0012", "12", -2, false, false);
    check_decimal("0.12", "12", 0, false, false);
    check_decimal("0.0012e4", "12", 2, false, false);
    check_decimal("12e-4", "12", -2, false, false);
    check_decimal("1e2", "1", 3, false, false);
}

static void read_saturates_exponents(void **state)
{
    (void)state;
    assert_true(decimal("1e99999999999999999999").exponent == (int64_t)1 << 62);
    assert_true(decimal("0.1e-99999999999999999999").exponent == -((int64_t)1 << 62));
    assert_true(decimal("1000e99999999999999999999").exponent == (int64_t)1 << 62);
    assert_true(decimal("0.0001e-99999999999999999999").exponent == -((int64_t)1 << 62));
    assert_true(decimal("1e1000000000000").exponent == 1000000000001);
    assert_int_equal(decimal("0e99999999999999999999").count, 0);
}

static bool overflows(const char *text)
{
    return ctfi_exponent_overflows((const unsigned char *)text, strlen(text));
}

static void exponents_beyond_32_bits_are_told(void **state)
{
    (void)state;
    assert_true(overflows("1e2147483648"));
    assert_true(overflows("1.5E+2147483648"));
    assert_true(overflows("1e-2147483649"));
    assert_true(overflows("0e99999999999999999999999"));
    assert_false(overflows("1e2147483647"));
    assert_false(overflows("1e-2147483648"));
    assert_false(overflows("1e00000000000000000005"));
    assert_false(overflows("99999999999999999999999"));
    assert_false(overflows(""));
}

/* ---- comparing ---- */

static int compare(const char *a, const char *b)
{
    ctfi_decimal x = decimal(a);
    ctfi_decimal y = decimal(b);
    int order = ctfi_decimal_compare(&x, &y);
    assert_int_equal(ctfi_decimal_compare(&y, &x), -order);
    return order;
}

static void compare_is_exact(void **state)
{
    (void)state;
    assert_int_equal(compare("9007199254740993", "9007199254740992"), 1);
    assert_int_equal(compare("3", "3.0"), 0);
    assert_int_equal(compare("-0.0", "0"), 0);
    assert_int_equal(compare("-1", "1"), -1);
    assert_int_equal(compare("-2", "-1"), -1);
    assert_int_equal(compare("0", "-1e-400"), 1);
    assert_int_equal(compare("0", "1e-400"), -1);
    assert_int_equal(compare("98.76", "9876e-2"), 0);
    assert_int_equal(compare("98.760000000000000000000000000000001", "98.76"), 1);
    assert_int_equal(compare("1e400", "1e401"), -1);
    assert_int_equal(compare("12.5", "12.45"), 1);
    assert_int_equal(compare("1.25", "12.5"), -1);
}

/* Exponents whose digits before the last are a number below 2^58 are exact; all above are alike. */
static void compare_tells_exponents_apart_until_they_saturate(void **state)
{
    (void)state;
    assert_int_equal(compare("1e2800000000000000000", "1e2800000000000000001"), -1);
    assert_int_equal(compare("1e2882303761517117439", "1e2882303761517117440"), -1);
    assert_int_equal(compare("1e2882303761517117440", "1e2882303761517117441"), 0);
    assert_int_equal(compare("1e-2882303761517117439", "1e-2882303761517117440"), 1);
}

/* Spells value * 10^-6 in one of many ways. */
static void spell(int64_t millionths, char *out, size_t size)
{
    int64_t magnitude = millionths < 0 ? -millionths : millionths;
    const char *minus = millionths < 0 ? "-" : below(4) == 0 ? "+" : "";
    switch (below(4)) {
    case 0:
        snprintf(out, size, "%s%" PRId64 ".%06" PRId64, minus, magnitude / 1000000, magnitude % 1000000);
        break;
    case 1:
        snprintf(out, size, "%s%" PRId64 "e-6", minus, magnitude);
        break;
    case 2:
        snprintf(out, size, "%s00%" PRId64 "000E-9", minus, magnitude);
        break;
    default:
        snprintf(out, size, "%s0.%015" PRId64 "e9", minus, magnitude);
    }
}

static void compare_agrees_with_whole_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char a[64], b[64];
        int64_t scale = below(2) ? 1000000 : 1;
        int64_t x = ((int64_t)below(4000) - 2000) * scale;
        int64_t y = below(3) ? ((int64_t)below(4000) - 2000) * scale : x;
        spell(x, a, sizeof a);
        spell(y, b, sizeof b);
        assert_int_equal(compare(a, b), (x > y) - (x < y));
    }
}

/* ---- text to double ---- */

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The next double away from zero. */
static double after(double value)
{
    return from_bits(bits_of(value) + 1);
}

static void check_double(const char *text)
{
    ctfi_decimal read = decimal(text);
    double got = ctfi_decimal_to_double(&read);
    if (bits_of(got) != bits_of(strtod(text, NULL)))
        fail_msg("%s reads as %.17g", text, got);
}

static void known_hard_texts_round_as_the_c_library_rounds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0", "-0", "0.0", "-0e99999", "1", "-1", "0.1", "1e22", "1e23", "1e-22", "1e-23", "123456789012345e22",
        "9007199254740993", "9007199254740992.5", "9007199254740993.00000000000000000000000000001",
        "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "1.8e308", "1e309", "-1e309",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286"
        "416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571"
        "366959622842914819860834936475292719074168444365510704342711559699508093042880",
        "2.2250738585072014e-308", "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9e-324", "5e-324", "2e-324",
        "2.4703282292062327e-324", "2.4703282292062328e-324", "3e-324", "7.4e-324", "1e-323", "1e-324", "1e-400",
        "1e99999999999999999999", "1e-99999999999999999999", "0.000000000000000000000000000000000000001e39",
        "8.41e21", "6.02214076e23", "1.00000000000000011102230246251565404", "1.00000000000000011102230246251565405",
        "1.00000000000000011102230246251565403", "4503599627370496.5", "4503599627370497.5", "72057594037927945"};
    for (size_t i = 0; i < LENGTH(texts); i++)
        check_double(texts[i]);
}

static void random_texts_round_as_the_c_library_rounds(void **state)
{
    (void)state;
    for (int i = 0; i < 60000; i++) {
        char text[128];
        size_t n = 0;
        unsigned digits = 1 + below(i % 8 == 0 ? 60 : 22);
        unsigned point = below(digits + 1);
        text[n++] = below(2) ? '-' : '+';
        for (unsigned d = 0; d < digits; d++) {
            if (d == point && d > 0)
                text[n++] = '.';
            text[n++] = (char)('0' + below(10));
        }
        snprintf(text + n, sizeof text - n, "e%d", i % 2 ? (int)below(700) - 350 : (int)below(50) - 25);
        check_double(text);
    }
}

/* The exact decimal half-way between a double and the next one, and a hair to both sides of it. */
static void check_half_way(double value)
{
    char text[1200];
    double next = after(value);
    if (value == 0 || isinf(next))
        return;
    /* Both are exact in long double only where that is wider; printing halves digit by digit is not. */
    long double half = ((long double)value + (long double)next) / 2;
    if (half == (long double)value || half == (long double)next)
        return;
    int n = snprintf(text, sizeof text, "%.800Le", half);
    char *exponent = strchr(text, 'e');
    assert_true(n > 0 && exponent != NULL);
    check_double(text);
    exponent[-1] = '1';
    check_double(text);
}

static void half_way_texts_round_to_even_and_a_hair_more_rounds_up(void **state)
{
    (void)state;
    for (int i = 0; i < 3000; i++) {
        double value = from_bits(random_word() >> 1);
        if (isfinite(value))
            check_half_way(value);
        check_half_way(from_bits(random_word() >> 12 >> below(52)));
    }
    check_half_way(1);
    check_half_way(from_bits(1));
    check_half_way(from_bits((uint64_t)1 << 52));
    check_half_way(from_bits(((uint64_t)1 << 52) - 1));
}

/* `digits` copies of a digit with a tail, so long that a quadratic reader would be seen. */
static char *long_text(char digit, size_t digits, const char *head, const char *tail)
{
    size_t before = strlen(head);
    char *text = malloc(before + digits + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, before);
    memset(text + before, digit, digits);
    strcpy(text + before + digits, tail);
    return text;
}

static void very_long_texts_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        char digit;
        const char *head, *tail;
    } cases[] = {{'0', "1", "e-100000"},   {'0', "0.", "1e100001"},  {'0', "9007199254740993.", "1"},
                 {'0', "9007199254740993.", ""}, {'9', "0.", ""},    {'9', "", "e-100000"},
                 {'3', "0.", "e-300"},     {'0', "1.", "1e-400"},    {'9', "1.797693134862315", "e308"},
                 {'0', "1", "e99999999999999999999"}, {'0', "2.4703282292062327208299489", "e-324"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *text = long_text(cases[i].digit, 100000, cases[i].head, cases[i].tail);
        check_double(text);
        free(text);
    }
}

static void the_digit_that_breaks_a_tie_may_stand_anywhere(void **state)
{
    (void)state;
    char *tie = long_text('0', 100000, "9007199254740993.", "");
    char *more = long_text('0', 100000, "9007199254740993.", "1");
    ctfi_decimal a = decimal(tie);
    ctfi_decimal b = decimal(more);
    assert_true(ctfi_decimal_to_double(&a) == 9007199254740992.0);
    assert_true(ctfi_decimal_to_double(&b) == 9007199254740994.0);
    assert_int_equal(ctfi_decimal_compare(&a, &b), -1);
    free(tie);
    free(more);
}

/* ---- double to text ---- */

static void check_java(double value, const char *want)
{
    unsigned char out[CTFI_DOUBLE_TEXT + 1];
    size_t n = ctfi_double_print_java(value, out);
    assert_true(n <= CTFI_DOUBLE_TEXT);
    out[n] = '\0';
    assert_string_equal((const char *)out, want);
}

static void java_form_is_that_of_double_to_string(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.0, "0.0"}, {-0.0, "-0.0"}, {1, "1.0"}, {-1, "-1.0"}, {12, "12.0"}, {7000, "7000.0"},
                 {0.1, "0.1"}, {98.76, "98.76"}, {0.001, "0.001"}, {0.00099, "9.9E-4"}, {1e-5, "1.0E-5"},
                 {9999999, "9999999.0"}, {1e7, "1.0E7"}, {12345678, "1.2345678E7"}, {1e10, "1.0E10"}, {1e21, "1.0E21"},
                 {1e22, "1.0E22"}, {1e23, "1.0E23"}, {2e23, "2.0E23"}, {1e308, "1.0E308"}, {-1.5e-300, "-1.5E-300"},
                 {1.7976931348623157e308, "1.7976931348623157E308"}, {2.2250738585072014e-308, "2.2250738585072014E-308"},
                 {5e-324, "4.9E-324"}, {1e-323, "9.9E-324"}, {1.5e-323, "1.5E-323"}, {2e-323, "2.0E-323"},
                 {0.1 + 0.2, "0.30000000000000004"}, {1.0 / 3, "0.3333333333333333"}, {123456.789, "123456.789"},
                 {5.684341886080802E-14, "5.684341886080802E-14"}, {9007199254740993.0, "9.007199254740992E15"},
                 {2.0e-3, "0.002"}, {0.0012345678901234567, "0.0012345678901234567"}};
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_java(cases[i].value, cases[i].text);
    check_java(INFINITY, "Infinity");
    check_java(-INFINITY, "-Infinity");
    check_java(NAN, "NaN");
}

static void check_json(double value, const char *want)
{
    unsigned char out[CTFI_DOUBLE_TEXT + 1];
    size_t n = ctfi_double_print_json(value, out);
    assert_true(n <= CTFI_DOUBLE_TEXT);
    out[n] = '\0';
    assert_string_equal((const char *)out, want);
}

static void json_form_is_that_of_ecmascript(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.0, "0"}, {-0.0, "0"}, {1, "1"}, {-1.5, "-1.5"}, {100, "100"}, {1e20, "100000000000000000000"},
                 {1e21, "1e+21"}, {1.5e21, "1.5e+21"}, {0.000001, "0.000001"}, {1e-7, "1e-7"}, {-1.25e-7, "-1.25e-7"},
                 {5e-324, "5e-324"}, {123456789012345680000.0, "123456789012345680000"}, {1e-323, "1e-323"},
                 {-0.0000012345678901234567, "-0.0000012345678901234567"}, {1.7976931348623157e308, "1.7976931348623157e+308"}};
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_json(cases[i].value, cases[i].text);
}

/* Digits and scientific exponent of a text of any form, "123e4". */
static void canonical(const char *text, size_t length, char *out)
{
    ctfi_decimal read;
    size_t n = 0;
    assert_true(ctfi_decimal_read((const unsigned char *)text, length, false, &read));
    for (uint32_t i = 0; i < read.span; i++)
        if (read.digits[i] != '.')
            out[n++] = (char)read.digits[i];
    sprintf(out + n, "e%" PRId64, read.exponent);
}

/* The C library's fewest correctly rounded digits that read back. */
static void search(double value, int least, char *out)
{
    char text[64];
    int digits = least;
    do {
        snprintf(text, sizeof text, "%.*e", digits++ - 1, value);
    } while (strtod(text, NULL) != value);
    canonical(text, strlen(text), out);
}

/* The search is the shortest wherever the interval around the value is symmetric, that is but for powers of
 * two, where a decimal above may read back though a closer one below does not. */
static void check_shortest(double value)
{
    char text[CTFI_DOUBLE_TEXT + 1], got[64], want[64];
    uint64_t fraction = bits_of(value) << 12;
    if (!isfinite(value) || value == 0)
        return;
    for (int least = 1; least <= 2; least++) {
        size_t n = least == 1 ? ctfi_double_print_json(value, (unsigned char *)text)
                              : ctfi_double_print_java(value, (unsigned char *)text);
        assert_true(n <= CTFI_DOUBLE_TEXT);
        text[n] = '\0';
        assert_true(strtod(text, NULL) == value);
        canonical(text, n, got);
        search(value, least, want);
        if (fraction == 0 ? strlen(got) > strlen(want) : strcmp(got, want) != 0)
            fail_msg("%.17g prints as %s, shortest is %s", value, got, want);
    }
}

static void printed_digits_are_the_shortest_that_read_back(void **state)
{
    (void)state;
    for (int i = 0; i < 30000; i++) {
        check_shortest(from_bits(random_word()));
        check_shortest(from_bits(random_word() >> 12 >> below(52)));
        check_shortest((double)(random_word() >> below(64)));
        check_shortest((double)below(1000000) / 100);
    }
    for (uint64_t power = 0; power < 2047 + 52; power++) {
        uint64_t bits = power < 52 ? (uint64_t)1 << power : (power - 51) << 52;
        check_shortest(from_bits(bits));
        check_shortest(from_bits(bits - 1));
        check_shortest(from_bits(bits + 1));
    }
}

/* ---- JSON numbers ---- */

static void check_text(const char *text, const char *want)
{
    unsigned char room[CTFI_DOUBLE_TEXT];
    ctfi_bytes got = ctfi_json_number_text((const unsigned char *)text, strlen(text), room);
    assert_int_equal(got.length, strlen(want));
    assert_memory_equal(got.data, want, got.length);
}

static void json_text_keeps_integers_and_prints_the_rest_as_java(void **state)
{
    (void)state;
    check_text("7", "7");
    check_text("-12", "-12");
    check_text("0", "0");
    check_text("-0", "0");
    check_text("9007199254740993", "9007199254740993");
    check_text("123456789012345678901234567890", "123456789012345678901234567890");
    check_text("12.0", "12.0");
    check_text("12.50", "12.5");
    check_text("7e3", "7000.0");
    check_text("1e0", "1.0");
    check_text("1.0E+308", "1.0E308");
    check_text("-0.0", "-0.0");
    check_text("-0e5", "-0.0");
    check_text("1e-999", "0.0");
    check_text("-1e-999", "-0.0");
    check_text("1e309", "Infinity");
    check_text("-1e309", "-Infinity");
    check_text("0.1000000000000000055511151231257827", "0.1");
    check_text("4.9e-324", "4.9E-324");
    check_text("1e99999999999999999999", "Infinity");
}

/* The order of a JSON number and a literal; 9 when the number has no order. */
static int against(const char *number, const char *literal)
{
    unsigned char room[CTFI_DOUBLE_TEXT];
    ctfi_decimal a;
    ctfi_decimal b = decimal(literal);
    if (!ctfi_json_number((const unsigned char *)number, strlen(number), room, &a))
        return 9;
    return ctfi_decimal_compare(&a, &b);
}

static void json_numbers_compare_by_their_shortest_decimal(void **state)
{
    (void)state;
    assert_int_equal(against("9007199254740993", "9007199254740992"), 1);
    assert_int_equal(against("9007199254740993", "9007199254740993"), 0);
    assert_int_equal(against("9007199254740993.0", "9007199254740992"), 0);
    assert_int_equal(against("98.76", "98.76"), 0);
    assert_int_equal(against("98.7600000000000000001", "98.76"), 0);
    assert_int_equal(against("98.76", "98.7600000000000000001"), -1);
    assert_int_equal(against("1e-999", "0"), 0);
    assert_int_equal(against("1e-999", "1e-999"), -1);
    assert_int_equal(against("-0.0", "0"), 0);
    assert_int_equal(against("-0", "0"), 0);
    assert_int_equal(against("3", "3.0"), 0);
    assert_int_equal(against("3.0", "3"), 0);
    assert_int_equal(against("1e309", "1e309"), 9);
    assert_int_equal(against("-1e309", "0"), 9);
    assert_int_equal(against("1.7976931348623157e308", "17976931348623157e292"), 0);
    assert_int_equal(against("-123456789012345678.5", "-123456789012345680"), 0);
}

/* The short way (15 digits stand for themselves) and the long way through the double agree. */
static void json_text_agrees_with_printing_the_double(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[64], want[CTFI_DOUBLE_TEXT + 1];
        size_t n = (size_t)snprintf(text, sizeof text, "%d.", (int)below(2000) - 1000);
        for (unsigned digits = 1 + below(16); digits > 0; digits--)
            text[n++] = (char)('0' + below(10));
        snprintf(text + n, sizeof text - n, "e%d", i % 2 ? (int)below(640) - 330 : (int)below(20) - 10);
        want[ctfi_double_print_java(strtod(text, NULL), (unsigned char *)want)] = '\0';
        check_text(text, want);
    }
}

static void json_numbers_of_any_length_are_handled(void **state)
{
    (void)state;
    char *nines = long_text('9', 100000, "", "");
    char *fraction = long_text('9', 100000, "0.", "");
    assert_int_equal(against(nines, nines), 0);
    assert_int_equal(against(nines, "1e100000"), -1);
    assert_int_equal(against(nines, "1e99999"), 1);
    check_text(nines, nines);
    assert_int_equal(against(fraction, "1"), 0);
    check_text(fraction, "1.0");
    free(nines);
    free(fraction);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_takes_the_pattern_grammar),
        cmocka_unit_test(read_takes_the_json_grammar),
        cmocka_unit_test(nothing_is_no_number),
        cmocka_unit_test(read_drops_the_zeros_around_the_digits),
        cmocka_unit_test(read_saturates_exponents),
        cmocka_unit_test(exponents_beyond_32_bits_are_told),
        cmocka_unit_test(compare_is_exact),
        cmocka_unit_test(compare_tells_exponents_apart_until_they_saturate),
        cmocka_unit_test(compare_agrees_with_whole_numbers),
        cmocka_unit_test(known_hard_texts_round_as_the_c_library_rounds),
        cmocka_unit_test(random_texts_round_as_the_c_library_rounds),
        cmocka_unit_test(half_way_texts_round_to_even_and_a_hair_more_rounds_up),
        cmocka_unit_test(very_long_texts_are_read_exactly),
        cmocka_unit_test(the_digit_that_breaks_a_tie_may_stand_anywhere),
        cmocka_unit_test(java_form_is_that_of_double_to_string),
        cmocka_unit_test(json_form_is_that_of_ecmascript),
        cmocka_unit_test(printed_digits_are_the_shortest_that_read_back),
        cmocka_unit_test(json_text_keeps_integers_and_prints_the_rest_as_java),
        cmocka_unit_test(json_numbers_compare_by_their_shortest_decimal),
        cmocka_unit_test(json_text_agrees_with_printing_the_double),
        cmocka_unit_test(json_numbers_of_any_length_are_handled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
