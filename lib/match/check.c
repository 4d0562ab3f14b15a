/* Proves the grammar 64 bytes at a time, by the masks of the index. Below, a token is a bracket, a comma, a
 * colon, a whole string, or a whole run of the other bytes outside strings that are no blanks (a scalar, if
 * it is well-formed); a string or scalar stands in a mask where it begins. The text is one object if
 *
 *  1. its first token is `{`, brackets pair up, and the first one's partner is the last token;
 *  2. a token begins a value (string, scalar, opening bracket) if and only if the token before it asks for
 *     one (comma, colon, opening bracket); only a closing bracket may stand behind its opening one instead;
 *  3. no colon stands in an array, and a token of an object that is no string is a colon if and only if the
 *     token before it, strings left out, is a comma or an opening bracket; only a closing bracket directly
 *     behind its opening one is none (an inner container's first bracket counts as a token of the outer one);
 *  4. scalars, escapes, the characters in strings and UTF-8 are well-formed.
 *
 * Why: look at a container without containers inside. If it is not empty then by 2 values and separators
 * (commas and colons) take turns in it, from a value to a value. In an array all separators are commas, by 3,
 * so it is well-formed. In an object the first token that is no string is a colon, so it is the second token
 * and the first one is a string. What follows a colon is a value that is no string, and then a token that is
 * no colon, or a string, and again a token that is no colon: a comma or the `}`. Behind a comma the same
 * begins anew. So members are a string, a colon and a value, with commas between. Now take the container for
 * a scalar. For the tokens around it nothing changes: its brackets are tokens other than strings, which are no
 * separators; its first one begins a value, its last one asks for none. So the next outer container is
 * well-formed for the same reasons, up to the root. The other direction is plain. */
#include "match/check.h"

#include "match/check_text.h"

typedef const unsigned char *place;

typedef struct check {
    place start, end;
    ctfi_nesting nesting;
    place behind_escape; /* of the last escape read */
    uint64_t value_due;  /* 1 when the last token asks for a value */
    uint64_t colon_due;  /* 1 when a colon must be the next token that is no string: rule 3, in an object */
    uint64_t apart;      /* 1 when the last byte belongs to no scalar */
} check;

/* The tokens whose predecessor, the next lower token, is in `set`. *due: is that so for the first one, whose
 * predecessor is in another block? And then the same for the next block. Each bit of the set goes up to the
 * next token as the borrow of a subtraction. */
static inline uint64_t behind(uint64_t set, uint64_t tokens, uint64_t *due)
{
    uint64_t next = set << 1 | *due, others = tokens - next;
    *due = set >> 63 | (tokens < next);
    return tokens & ~others;
}

/* Are these closing brackets directly behind opening ones? The kinds are compared elsewhere. */
static bool close_nothing(const check *c, place block, uint64_t brackets)
{
    for (; brackets != 0; brackets &= brackets - 1) {
        place p = block + ctfi_lowest(brackets);
        do
            p--;
        while (p > c->start && ctfi_is_blank(*p));
        if (*p != '{' && *p != '[')
            return false;
    }
    return true;
}

static bool are_scalars(const check *c, place block, uint64_t starts)
{
    for (; starts != 0; starts &= starts - 1)
        if (!ctfi_check_scalar(block + ctfi_lowest(starts), c->end))
            return false;
    return true;
}

static bool are_escapes(check *c, place block, uint64_t backslashes)
{
    for (; backslashes != 0; backslashes &= backslashes - 1) {
        place p = block + ctfi_lowest(backslashes);
        if (p < c->behind_escape) /* the other half of a pair */
            continue;
        if ((c->behind_escape = ctfi_check_escape(p + 1, c->end)) == NULL)
            return false;
    }
    return true;
}

/* Applies the rules to n blocks whose first byte is at p, up to the one in which the root ends. Returns how
 * many were read; c->nesting.state tells the rest. */
static size_t read_blocks(check *c, const ctfi_block *block, size_t n, place p)
{
    uint64_t value_due = c->value_due, colon_due = c->colon_due, last_apart = c->apart;
    size_t i = 0;
    while (i < n && c->nesting.state == CTFI_INSIDE) {
        uint64_t brackets = block->open | block->close, separators = block->comma | block->colon;
        uint64_t in_object = brackets == 0 ? ctfi_nesting_here(&c->nesting) : ctfi_nesting_read(&c->nesting, block);
        uint64_t apart = brackets | separators | block->blank | block->quote | block->string;
        uint64_t scalars = ~apart & (apart << 1 | last_apart);
        uint64_t tokens = brackets | separators | scalars, all = tokens | (block->quote & block->string);
        uint64_t values = all & ~(separators | block->close);
        uint64_t bad = behind(separators | block->open, all, &value_due) ^ values;
        bad |= (behind(block->comma | block->open, tokens, &colon_due) & in_object) ^ block->colon;
        last_apart = apart >> 63;
        if ((bad != 0 && ((bad & ~block->close) != 0 || !close_nothing(c, p, bad))) ||
            (scalars != 0 && !are_scalars(c, p, scalars)) || (block->escape != 0 && !are_escapes(c, p, block->escape)))
            c->nesting.state = CTFI_MISFIT;
        i++, block++, p += CTFI_BLOCK;
    }
    c->value_due = value_due, c->colon_due = colon_due, c->apart = last_apart;
    return i;
}

/* Rules 1 to 3, scalars and escapes. */
static bool reads_as_object(check *c, ctfi_index *index)
{
    size_t at = 0;
    while (c->nesting.state == CTFI_INSIDE && at < index->total) {
        const ctfi_block *block = ctfi_index_block(index, at);
        at += read_blocks(c, block, index->end - at, c->start + at * CTFI_BLOCK);
    }
    while (c->nesting.state == CTFI_CLOSED && at < index->total)
        if (~ctfi_index_block(index, at++)->blank != 0)
            return false;
    return c->nesting.state == CTFI_CLOSED;
}

static place skip_blanks(place p, place end)
{
    while (p < end && ctfi_is_blank(*p))
        p++;
    return p;
}

ctf_status ctfi_check_event(ctfi_index *index, ctfi_depth *depth, bool *proved)
{
    place start = index->text.data, end = start + index->text.length, first = skip_blanks(start, end);
    *proved = false;
    if (first == end || *first != '{')
        return CTF_OK;
    if (!ctfi_index_is_whole(index))
        ctfi_index_begin(index, index->kernel, index->text);
    check c = {start, end, ctfi_nesting_begin(depth), start, 1, 0, 1};
    if (reads_as_object(&c, index) && index->state.control == 0)
        *proved = index->state.high == 0 || index->kernel->utf8_end(first, end) == end;
    return c.nesting.status;
}
