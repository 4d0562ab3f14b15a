#include "engine_request.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/time.h"

#define TWO_TO_63 0x1p63

static ctfi_bytes bytes_of(ctf_text text)
{
    return (ctfi_bytes){(const unsigned char *)text.data, text.length};
}

bool request_has(const json_value *value)
{
    return value != NULL && value->type != JSON_NULL;
}

bool request_number(const json_value *value, double *out)
{
    ctfi_decimal decimal;
    if (!json_is(value, JSON_NUMBER) ||
        !ctfi_decimal_read(bytes_of(value->text).data, value->text.length, true, &decimal))
        return false;
    double number = ctfi_decimal_to_double(&decimal);
    if (!isfinite(number))
        return false;
    *out = number;
    return true;
}

/* A whole number that is written with a fraction or an exponent: 2.0, 3e2. */
static bool whole_of_double(const json_value *value, int64_t *out)
{
    double number;
    if (!request_number(value, &number) || number != trunc(number) || number < -TWO_TO_63 || number >= TWO_TO_63)
        return false;
    *out = (int64_t)number;
    return true;
}

bool request_whole(const json_value *value, int64_t least, int64_t most, int64_t *out)
{
    int64_t number;
    if ((!json_whole(value, &number) && !whole_of_double(value, &number)) || number < least || number > most)
        return false;
    *out = number;
    return true;
}

bool request_text(const json_value *value, ctf_text *out)
{
    if (!json_is(value, JSON_STRING))
        return false;
    *out = value->text;
    return true;
}

bool request_state(const json_value *value, ctf_state *out)
{
    for (int s = CTF_STATE_INSUFFICIENT_DATA; s <= CTF_STATE_ALARM; s++)
        if (json_is_text(value, ctf_state_name((ctf_state)s))) {
            *out = (ctf_state)s;
            return true;
        }
    return false;
}

bool request_comparison(const json_value *value, ctf_comparison *out)
{
    for (int c = CTF_GREATER_OR_EQUAL; c <= CTF_ABOVE_BAND; c++)
        if (json_is_text(value, ctf_comparison_name((ctf_comparison)c))) {
            *out = (ctf_comparison)c;
            return true;
        }
    return false;
}

bool request_treatment(const json_value *value, ctf_treat_missing *out)
{
    for (int t = CTF_TREAT_MISSING; t <= CTF_TREAT_NOT_BREACHING; t++)
        if (json_is_text(value, ctf_treat_missing_name((ctf_treat_missing)t))) {
            *out = (ctf_treat_missing)t;
            return true;
        }
    return false;
}

bool request_time(const json_value *value, int64_t *out)
{
    return json_is(value, JSON_STRING) && ctfi_time_read(bytes_of(value->text), out);
}

void engine_fail(json_out *out, const ctf_error *error)
{
    json_key(out, "error");
    json_open(out, '{');
    json_key(out, "kind");
    json_words(out, error->kind == CTF_ERROR_NONE ? "disagreement" : ctf_error_kind_name(error->kind));
    json_key(out, "offset");
    json_unsigned(out, error->offset);
    json_key(out, "length");
    json_unsigned(out, error->length);
    json_key(out, "message");
    json_words(out, error->message);
    if (error->service[0] != '\0') {
        json_key(out, "service");
        json_words(out, error->service);
    }
    json_close(out, '}');
}

void engine_invalid(json_out *out, const char *service, const char *name, const char *must)
{
    ctf_error error = {.status = CTF_E_ARGUMENT, .kind = CTF_ERROR_VALIDATION};
    snprintf(error.message, sizeof error.message, "%s must be %s", name, must);
    snprintf(error.service, sizeof error.service, "%s", service);
    engine_fail(out, &error);
}

void engine_number(json_out *out, double value)
{
    unsigned char text[CTFI_DOUBLE_TEXT];
    size_t length = ctfi_double_print_json(value, text);
    json_raw(out, (ctf_text){(const char *)text, length});
}

void engine_state(json_out *out, ctf_state state)
{
    json_words(out, ctf_state_name(state));
}
