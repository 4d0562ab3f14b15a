/* The wildcard of values, leftmost and never going back (spec: filter-patterns 5.6). */
#include "tree.h"

/* The first occurrence of part at or after `from`; length + 1 if there is none. */
static size_t find(oracle_text text, size_t from, oracle_text part)
{
    for (; from + part.length <= text.length; from++)
        if (oracle_equal((oracle_text){text.data + from, part.length}, part))
            return from;
    return text.length + 1;
}

static size_t piece_end(oracle_text pattern, size_t from)
{
    while (from < pattern.length && pattern.data[from] != '*')
        from++;
    return from;
}

bool oracle_glob(oracle_text pattern, oracle_text text)
{
    size_t end = piece_end(pattern, 0);
    if (end == pattern.length)
        return oracle_equal(pattern, text);
    if (end > text.length || !oracle_equal((oracle_text){text.data, end}, (oracle_text){pattern.data, end}))
        return false;
    for (size_t at = end;;) {
        size_t start = end + 1;
        end = piece_end(pattern, start);
        oracle_text piece = {pattern.data + start, end - start};
        bool last = end == pattern.length;
        if (last && piece.length == 0)
            return true;
        at = find(text, at, piece);
        if (at > text.length)
            return false;
        at += piece.length;
        if (last)
            return at == text.length;
    }
}
