/* Stars at the wrong end of a literal, ends of a text that are other ones, and stars that take too little. */
#include "reason/hint.h"

#include "reason/words.h"

ctfi_bytes ctfi_hint_starred(ctfi_job *job, ctfi_bytes core, bool before, bool behind)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_say_words(&say, before ? "*" : "");
    ctfi_say_bytes(&say, core);
    ctfi_say_words(&say, behind ? "*" : "");
    return ctfi_hint_quote(job, ctfi_said(&say));
}

bool ctfi_hint_try_value(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_bytes value)
{
    ctfi_bytes instead = ctfi_hint_with_value(h, value);
    if (!ctfi_hint_holds(h, instead))
        return false;
    ctfi_hint_propose(h, id, words, instead);
    return true;
}

/* How many bytes stand before the first star, or behind the last one. */
static size_t before_star(ctfi_bytes glob)
{
    const unsigned char *star = memchr(glob.data, '*', glob.length);
    return star == NULL ? glob.length : (size_t)(star - glob.data);
}

static size_t behind_star(ctfi_bytes glob)
{
    size_t n = 0;
    while (n < glob.length && glob.data[glob.length - 1 - n] != '*')
        n++;
    return n;
}

/* At most n bytes of an end of the text, whole characters. */
static ctfi_bytes end_of(ctfi_bytes text, size_t n, bool tail)
{
    size_t at = n >= text.length ? 0 : tail ? text.length - n : n;
    if (n >= text.length)
        return text;
    while (at < text.length && (text.data[at] & 0xc0) == 0x80)
        at++;
    return tail ? (ctfi_bytes){text.data + at, text.length - at} : (ctfi_bytes){text.data, at};
}

static ctfi_bytes quoted(ctfi_job *job, ctfi_bytes text)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_say_quoted(&say, text, CTFI_SAY_MOST);
    return ctfi_said(&say);
}

/* What the literal wants an end of the text to be, and what it is. */
typedef struct ends {
    bool tail;
    ctfi_bytes wanted, own;
} ends;

/* The first end that is not as wanted; false where both are. */
static bool find_end(ctfi_bytes glob, ctfi_bytes text, ends *out)
{
    for (int tail = 0; tail < 2; tail++) {
        size_t n = tail ? behind_star(glob) : before_star(glob);
        *out = (ends){tail != 0, {tail ? glob.data + glob.length - n : glob.data, n}, end_of(text, n, tail != 0)};
        if (!ctfi_bytes_equal(out->wanted, out->own))
            return true;
    }
    return false;
}

static ctfi_bytes say_end(ctfi_job *job, const ends *e)
{
    ctfi_say say = ctfi_say_begin(job);
    const ctfi_bytes texts[] = {quoted(job, e->wanted), quoted(job, e->own)};
    ctfi_say_filled(&say, e->tail ? "It must end in %s, and ends in %s." : "It must begin with %s, and begins with %s.",
                    texts);
    return ctfi_said(&say);
}

#define NEAR 3u /* bytes in common from where a text is not just another one */

/* Is it nearly the end that is wanted? */
static bool is_near(const ends *e)
{
    size_t n = 0, a = e->wanted.length, b = e->own.length;
    while (n < a && n < b && (e->tail ? e->wanted.data[a - 1 - n] == e->own.data[b - 1 - n]
                                      : e->wanted.data[n] == e->own.data[n]))
        n++;
    return n >= NEAR;
}

static bool try_stars(const ctfi_hinting *h, const char *id, ctfi_bytes words, ctfi_bytes core)
{
    ctfi_job *job = h->e->job;
    return ctfi_hint_try_value(h, id, words, ctfi_hint_starred(job, core, false, true)) ||
           ctfi_hint_try_value(h, id, words, ctfi_hint_starred(job, core, true, false)) ||
           ctfi_hint_try_value(h, id, words, ctfi_hint_starred(job, core, true, true));
}

void ctfi_hint_stars(const ctfi_hinting *h, ctfi_bytes text)
{
    ctfi_bytes core;
    ctfi_stars stars = ctfi_stars_of(&h->test->literal, &core);
    if (stars == CTFI_STARS_NONE && core.length > 0)
        try_stars(h, "part-of-text", ctfi_bytes_of("= compares the whole text unless there is a * in it."), core);
    if (stars == CTFI_STARS_NONE)
        return;
    ends end;
    if (!find_end(h->test->literal.text, text, &end))
        return;
    ctfi_bytes words = say_end(h->e->job, &end);
    bool outer = stars == CTFI_STARS_BEHIND || stars == CTFI_STARS_BEFORE;
    if (!(outer && try_stars(h, "star-elsewhere", words, core)) && (is_near(&end) || (end.tail && !outer)))
        ctfi_hint_tell(h, "other-end", words);
}

/* Would * match if it took as much as it needs, as elsewhere? Two places to go back to are enough. */
static bool fits_freely(ctfi_bytes pattern, ctfi_bytes text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, from = 0;
    while (t < text.length) {
        if (p < pattern.length && pattern.data[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.length && pattern.data[p] == text.data[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.length && pattern.data[p] == '*')
        p++;
    return p == pattern.length;
}

bool ctfi_hint_first_occurrence(const ctfi_hinting *h, ctfi_bytes text)
{
    if (!h->test->literal.glob || !fits_freely(h->test->literal.text, text))
        return false;
    ctfi_hint_tell(h, "star-takes-least",
                   ctfi_bytes_of("A * takes as little as it can: what follows it is found where it first occurs, and "
                                 "the last piece must end the text there. The service does not look further."));
    return true;
}
