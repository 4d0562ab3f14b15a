/* The generator's dice and its vocabulary. */
#include "random/make.h"

#include <stdlib.h>
#include <string.h>

uint64_t make_setting(const char *said, const char *variable, uint64_t otherwise)
{
    const char *text = said != NULL ? said : getenv(variable);
    return text == NULL || *text == 0 ? otherwise : strtoull(text, NULL, 10);
}

void make_begin(maker *m, uint64_t seed)
{
    m->state = seed;
    m->length = 0;
}

/* splitmix64 */
static uint64_t next(maker *m)
{
    uint64_t z = m->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

unsigned make_below(maker *m, unsigned n)
{
    return (unsigned)((next(m) >> 32) * n >> 32);
}

bool make_chance(maker *m, unsigned percent)
{
    return make_below(m, 100) < percent;
}

void make_byte(maker *m, unsigned char c)
{
    if (m->length < MAKE_ROOM)
        m->text[m->length++] = c;
}

void make_put(maker *m, const char *string)
{
    while (*string != 0)
        make_byte(m, (unsigned char)*string++);
}

static void insert(maker *m, size_t at, unsigned char c)
{
    if (m->length == MAKE_ROOM)
        return;
    memmove(m->text + at + 1, m->text + at, m->length - at);
    m->text[at] = c;
    m->length++;
}

static void erase(maker *m, size_t at, size_t n)
{
    memmove(m->text + at, m->text + at + n, m->length - at - n);
    m->length -= n;
}

static unsigned char odd_byte(maker *m)
{
    static const char bytes[] =
        "{}[]()\"'\\%$.,:*-+?=!<>&|_ \t\n\r~#/@^;`019abxeEnNuUtT\xc3\xa9\xe2\xff\x80\x01\x7f\v\f";
    return (unsigned char)bytes[make_below(m, sizeof bytes)]; /* its NUL too */
}

void make_damage(maker *m)
{
    for (unsigned edits = 1 + make_below(m, 2); edits > 0; edits--) {
        size_t at = make_below(m, (unsigned)m->length + 1);
        size_t left = m->length - at;
        switch (make_below(m, 5)) {
        case 0:
            insert(m, at, odd_byte(m));
            break;
        case 1:
            erase(m, at, left > 0);
            break;
        case 2:
            erase(m, at, left > 0 ? make_below(m, (unsigned)left) : 0);
            break;
        case 3:
            if (left > 0)
                m->text[at] = odd_byte(m);
            break;
        default:
            m->length = make_chance(m, 20) ? at : m->length;
            break;
        }
    }
}

const char *make_key(maker *m)
{
    static const char *const keys[] = {
        "a", "a", "a", "b", "b", "c", "é", "a-b", "0", "_", "ab", "eventName"};
    return make_one_of(m, keys);
}

const char *make_word(maker *m)
{
    static const char *const words[] = {
        "a", "b", "ab", "aa", "abab", "aab", "ba", "x", "7", "7.0", "07", "7e0", "1e3", "true", "null.",
        "False", "é", "aé", "10", "100", "0", "0.1", "Infinity", "1.0E7", "a.b", "a_b", "a-b", "10.5",
        "-0.0", "-7", "ConsoleLogin"};
    return make_one_of(m, words);
}

const char *make_number(maker *m)
{
    static const char *const numbers[] = {
        "0", "-0", "0.0", "-0.0", "0e9", "1", "7", "7.0", "70e-1", "0.7E+1", "7e0", "-7", "-7.0", "8",
        "6.9999999", "10", "1e1", "100", "1E+2", "1000", "1e3", "1e3", "0.1", "0.10", "1e-1",
        "0.1000000000000000055", "0.30000000000000004", "0.3", "9007199254740992", "9007199254740993",
        "9007199254740993.0", "18446744073709551616", "18446744073709551617", "1e19",
        "10000000000000000000", "1e23", "100000000000000000000000", "99999999999999991611392", "1e308",
        "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "-1e309", "1e400", "5e-324",
        "4.9e-324", "2e-324", "1e-400", "1e-999", "-1e-999", "2.2250738585072014e-308",
        "5.684341886080802e-14", "9999999.0", "1e7", "10000000.0", "0.001", "0.00099", "1e-3",
        "123456789012345678901234567890", "1.5", "1.50", "15e-1", "0.000001e6", "4503599627370497.5",
        "72057594037927945", "72057594037927936.0", "1e22", "1e21", "3", "13", "133", "1.3",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587"
        "207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711"
        "531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093"
        "042880"};
    return make_one_of(m, numbers);
}
