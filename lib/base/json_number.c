/* JSON numbers by the service's rules (spec: filter-patterns 5.4): integers as they stand, anything
 * else as the double that Java would read and print. */
#include "base/digits.h"

/* What a JSON number that is no integer comes to. */
typedef enum reading { NUMBER, OVERFLOW } reading;

/* Up to 15 digits no two decimals read as the same normal double, so these digits are its shortest. */
static bool is_its_own_double(const ctfi_decimal *decimal)
{
    return decimal->count <= 15 && decimal->exponent >= -306 && decimal->exponent <= 308;
}

static void copy_digits(const ctfi_decimal *decimal, ctfi_digits *out)
{
    *out = (ctfi_digits){.exponent = (int)decimal->exponent, .negative = decimal->negative};
    for (uint32_t i = 0; i < decimal->span; i++)
        if (decimal->digits[i] != '.')
            out->digits[out->count++] = decimal->digits[i];
}

static reading read_digits(const ctfi_decimal *decimal, ctfi_digits *out)
{
    if (is_its_own_double(decimal)) {
        copy_digits(decimal, out);
        return NUMBER;
    }
    double value = ctfi_decimal_to_double(decimal);
    if (value - value != 0)
        return OVERFLOW;
    ctfi_double_digits(value, 2, out);
    return NUMBER;
}

bool ctfi_json_number(const unsigned char *text, size_t length, unsigned char room[CTFI_DOUBLE_TEXT],
                      ctfi_decimal *out)
{
    ctfi_digits digits;
    if (!ctfi_decimal_read(text, length, true, out))
        return false;
    if (out->integer || is_its_own_double(out))
        return true;
    if (read_digits(out, &digits) == OVERFLOW)
        return false;
    memcpy(room, digits.digits, digits.count);
    out->digits = room;
    out->span = digits.count;
    out->count = digits.count;
    out->exponent = digits.exponent;
    return true;
}

static ctfi_bytes word(const char *text)
{
    return (ctfi_bytes){(const unsigned char *)text, strlen(text)};
}

ctfi_bytes ctfi_json_number_text(const unsigned char *text, size_t length,
                                 unsigned char room[CTFI_DOUBLE_TEXT])
{
    ctfi_decimal decimal;
    ctfi_digits digits;
    if (!ctfi_decimal_read(text, length, true, &decimal))
        return (ctfi_bytes){text, length};
    if (decimal.integer)
        return decimal.count == 0 ? word("0") : (ctfi_bytes){text, length};
    if (read_digits(&decimal, &digits) == OVERFLOW)
        return word(decimal.negative ? "-Infinity" : "Infinity");
    return (ctfi_bytes){room, ctfi_digits_print_java(&digits, room)};
}
