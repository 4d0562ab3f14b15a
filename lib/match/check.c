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
 * well-formed for the same reasons, up to the root. The other direction is plain.
 *
 * What a token asks the next one for is a bit that runs through the text as the borrow of a subtraction:
 * `off - on - bit` has, where `on` has a token, the opposite of the bit before it, and the bit is 1 behind it;
 * where `off` has one, the opposite, and the bit is 0 behind it; elsewhere the bit. */
#include "match/check.h"

#include "match/check_text.h"

typedef const unsigned char *place;

/* What the tokens so far ask for. */
typedef struct asking {
    uint64_t value; /* 1: a value, by rule 2 */
    uint64_t colon; /* 1: in an object, a colon as the next token that is no string, by rule 3 */
} asking;

typedef struct check {
    place start, end;
    ctfi_nesting nesting;
    place behind_escape; /* of the last escape read */
    asking asked;
} check;

/* ---- a block ---- */

/* The tokens that break rule 2 or 3 in a block of an object with nothing but strings and separators. */
static inline uint64_t plain_misfits(const ctfi_block *block, asking *asked)
{
    uint64_t separators = block->comma | block->colon, strings = block->quote & block->string;
    uint64_t value = strings - separators - asked->value, colon = block->colon - block->comma - asked->colon;
    asked->value = value >> 63;
    asked->colon = colon >> 63;
    return ((value ^ separators) & (separators | strings)) | ((colon ^ block->comma) & separators);
}

/* The same for any block. `empty` has the closing brackets directly behind opening ones: they break no rule.
 * An opening bracket leaves the bit of rule 2 on as it must find it, a closing one off, so the subtraction
 * does without them. In an array the bit of rule 3 means nothing, and its brackets may find it either way. */
static inline uint64_t misfits(const ctfi_block *block, uint64_t scalars, uint64_t in_object, uint64_t empty,
                               asking *asked)
{
    uint64_t separators = block->comma | block->colon, tokens = separators | block->open | block->close;
    uint64_t values = (block->quote & block->string) | scalars;
    uint64_t value = (values | empty) - separators - asked->value;
    uint64_t colon = (block->colon | block->close) - (block->comma | block->open) - asked->colon;
    uint64_t found = (value ^ (separators | block->open)) & (tokens | values);
    found |= ((colon ^ tokens) & (tokens | scalars) & in_object) ^ block->colon;
    asked->value = value >> 63;
    asked->colon = ((colon | block->open) & ~block->close) >> 63;
    return found & ~empty;
}

/* The block's closing brackets directly behind opening ones, whatever blanks are between. */
static uint64_t empty_closes(const check *c, const ctfi_block *block, place p)
{
    uint64_t empty = 0;
    for (uint64_t left = block->close; left != 0; left &= left - 1) {
        place before = p + ctfi_lowest(left);
        do
            before--;
        while (before > c->start && ctfi_is_blank(*before));
        if (*before == '{' || *before == '[')
            empty |= left & (0 - left);
    }
    return empty;
}

/* Where scalars begin, given where their bytes are. */
static uint64_t scalar_starts(const check *c, place p, uint64_t bytes)
{
    uint64_t starts = bytes & ~(bytes << 1);
    bool goes_on = (bytes & 1) != 0 && p > c->start && !ctfi_ends_scalar(p[-1]);
    return goes_on ? starts & (starts - 1) : starts;
}

static bool are_scalars(const check *c, place p, uint64_t starts)
{
    for (; starts != 0; starts &= starts - 1)
        if (!ctfi_check_scalar(p + ctfi_lowest(starts), c->end))
            return false;
    return true;
}

static bool are_escapes(check *c, place p, uint64_t backslashes)
{
    for (; backslashes != 0; backslashes &= backslashes - 1) {
        place at = p + ctfi_lowest(backslashes);
        if (at < c->behind_escape) /* the other half of a pair */
            continue;
        if ((c->behind_escape = ctfi_check_escape(at + 1, c->end)) == NULL)
            return false;
    }
    return true;
}

/* ---- all blocks ---- */

/* Applies the rules to n blocks whose first byte is at p, up to the one in which the root ends. Returns how
 * many were read; c->nesting.state tells the rest. */
static size_t read_blocks(check *c, const ctfi_block *blocks, size_t n, place p)
{
    asking asked = c->asked;
    const ctfi_block *block = blocks, *end = blocks + n;
    uint64_t in_object = ctfi_nesting_here(&c->nesting);
    do {
        uint64_t plain = block->comma | block->colon | block->blank | block->quote | block->string;
        if ((plain & in_object) == UINT64_MAX) {
            if (plain_misfits(block, &asked) != 0)
                goto misfit;
        } else {
            uint64_t brackets = block->open | block->close, scalars = 0, next = in_object;
            if (brackets != 0) {
                in_object = ctfi_nesting_read(&c->nesting, block);
                next = ctfi_nesting_here(&c->nesting);
                if (c->nesting.state != CTFI_INSIDE)
                    end = block + 1;
            }
            if ((plain | brackets) != UINT64_MAX) {
                place at = p + (block - blocks) * CTFI_BLOCK;
                scalars = scalar_starts(c, at, ~(plain | brackets));
                if (!are_scalars(c, at, scalars))
                    goto misfit;
            }
            asking before = asked;
            if (misfits(block, scalars, in_object, block->close & block->open << 1, &asked) != 0) {
                uint64_t empty = empty_closes(c, block, p + (block - blocks) * CTFI_BLOCK);
                asked = before;
                if (misfits(block, scalars, in_object, empty, &asked) != 0)
                    goto misfit;
            }
            in_object = next;
        }
        if (block->escape != 0 && !are_escapes(c, p + (block - blocks) * CTFI_BLOCK, block->escape))
            goto misfit;
    } while (++block < end);
    c->asked = asked;
    return (size_t)(block - blocks);
misfit:
    c->nesting.state = CTFI_MISFIT;
    return n;
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
    check c = {start, end, ctfi_nesting_begin(depth), start, {.value = 1, .colon = 0}};
    if (reads_as_object(&c, index) && index->state.control == 0)
        *proved = index->state.high == 0 || index->kernel->utf8_end(first, end) == end;
    return c.nesting.status;
}
