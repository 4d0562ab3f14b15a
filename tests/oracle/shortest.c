/* The shortest decimal of a double, by trying: for each length the rounded decimal and its neighbours. */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* value to n digits: digits[0..n), d1.d2d3... * 10^*exponent. */
static void rounded(double value, int n, char digits[18], int *exponent)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", n - 1, value);
    digits[0] = text[0];
    if (n > 1)
        memcpy(digits + 1, text + 2, (size_t)n - 1);
    digits[n] = 0;
    *exponent = atoi(strchr(text, 'e') + 1);
}

static bool reads_back(double value, const char *digits, int exponent)
{
    char text[64];
    snprintf(text, sizeof text, "%c.%se%d", digits[0], digits[1] ? digits + 1 : "0", exponent);
    return strtod(text, NULL) == value;
}

/* One up (or down) in the last digit, where no carry leaves the first. At a power of two the doubles
 * below are closer than those above, and the nearest decimal of a length may fail where the next
 * one reads back. */
static bool neighbour(double value, char digits[18], int exponent, int step)
{
    char other[18];
    memcpy(other, digits, 18);
    size_t i = strlen(other) - 1;
    while (i > 0 && other[i] == (step > 0 ? '9' : '0'))
        other[i--] = step > 0 ? '0' : '9';
    if (other[i] == (step > 0 ? '9' : '0'))
        return false;
    other[i] = (char)(other[i] + step);
    if (other[0] == '0' || !reads_back(value, other, exponent))
        return false;
    memcpy(digits, other, 18);
    return true;
}

static bool fits(double value, int n, char digits[18], int *exponent)
{
    rounded(value, n, digits, exponent);
    return reads_back(value, digits, *exponent) || neighbour(value, digits, *exponent, 1) ||
           neighbour(value, digits, *exponent, -1);
}

void oracle_shortest(double value, char digits[18], int *exponent)
{
    int n = 1;
    while (n < 17 && !fits(value, n, digits, exponent))
        n++;
    if (n == 1 || n == 17)
        rounded(value, n == 1 ? 2 : n, digits, exponent);
    for (size_t i = strlen(digits) - 1; i > 0 && digits[i] == '0'; i--)
        digits[i] = 0;
}
