#include "nearest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LONGEST_NAME 32

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many insertions, deletions, replacements and swaps of neighbours turn a into b; both are at most
 * LONGEST_NAME long. */
static size_t distance(const char *a, const char *b)
{
    size_t d[LONGEST_NAME + 1][LONGEST_NAME + 1];
    size_t m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= n; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++) {
            size_t replaced = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            d[i][j] = smaller(smaller(d[i - 1][j] + 1, d[i][j - 1] + 1), replaced);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = smaller(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[m][n];
}

const char *nearest(const char *word, const char *const *names, size_t n)
{
    size_t length = strlen(word);
    size_t best = length / 3 + 2; /* worse than this is another word */
    const char *found = NULL;
    if (length == 0 || length > LONGEST_NAME)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        bool begins = length > 1 && strncmp(names[i], word, length) == 0;
        size_t far = strlen(names[i]) > LONGEST_NAME ? SIZE_MAX : begins ? 0 : distance(word, names[i]);
        if (far < best) {
            best = far;
            found = names[i];
        }
    }
    return found;
}
