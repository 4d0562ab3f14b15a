#include "match/probe.h"

#include <ctfilter/match.h>

#include "match/glob.h"
#include "program/table.h"

#define TURN 64u    /* messages before it is judged */
#define REST 4096u  /* messages that it rests for */
#define LOOKS 16u   /* a message, before they cost more than reading it */
#define PATIENCE 1024u /* looks in vain within one search of lines */

typedef const unsigned char *place;

void ctfi_prober_init(ctfi_prober *prober, const ctf_filter *filter, const ctfi_kernel *kernel, unsigned flags)
{
    const ctfi_probe *probe = &filter->probe;
    *prober = (ctfi_prober){.filter = filter, .kernel = kernel};
    if ((flags & CTF_NO_PROBE) != 0)
        return;
    prober->pairs.n = probe->n;
    for (uint32_t i = 0; i < probe->n; i++) {
        const ctfi_needle *needle = &probe->needles[i];
        prober->pairs.pair[i] = (ctfi_pair){needle->text[needle->first], needle->text[needle->second],
                                            (unsigned char)(needle->second - needle->first)};
    }
}

/* ---- looks ---- */

static bool is_trigger(const ctfi_image *image, uint32_t fact)
{
    const uint32_t *starts = ctfi_image_TRIGGER_STARTS(image);
    return fact != CTFI_NONE && starts[fact] != starts[fact + 1];
}

static bool is_wanted_text(const ctfi_image *image, uint32_t index, ctfi_bytes text)
{
    const ctfi_image_leaf *leaf = &ctfi_image_LEAVES(image)[index];
    if ((leaf->text_classes & ctfi_classes_of(text)) == 0)
        return false;
    uint32_t found = ctfi_table_find(image, CTFI_SECTION_TEXT_SLOTS, ctfi_image_TEXTS(image), index, text);
    if (found == CTFI_NONE)
        return false;
    const ctfi_image_text *facts = &ctfi_image_TEXT_FACTS(image)[found];
    return is_trigger(image, facts->always) || is_trigger(image, facts->strings);
}

static bool fits_glob(const ctfi_image *image, uint32_t index, ctfi_bytes text)
{
    const ctfi_image_leaf *leaf = &ctfi_image_LEAVES(image)[index];
    const ctfi_image_search *glob = ctfi_image_GLOBS(image) + leaf->globs.first;
    for (uint32_t i = 0; i < leaf->globs.count; i++)
        if (is_trigger(image, glob[i].fact) && ctfi_glob_match(ctfi_image_bytes(image, glob[i].text), text))
            return true;
    return false;
}

/* The string behind the quote before p. One that does not end is none of a message. */
static bool string_passes(const ctfi_prober *prober, const ctfi_needle *needle, place p, place end)
{
    const ctfi_image *image = prober->filter->image;
    place stop = prober->kernel->string_stop(p, end);
    ctfi_bytes text = {p, (size_t)(stop - p)};
    if (stop == end || *stop == '\\')
        return stop != end;
    unsigned class = ctfi_probe_class(text);
    bool exact = (needle->classes[class / 64] >> (class % 64) & 1) != 0, passes = false;
    for (uint32_t i = 0; exact && !passes && i < needle->n_leaves; i++)
        passes = is_wanted_text(image, needle->leaves[i], text);
    for (uint32_t i = 0; needle->wildcards && !passes && i < needle->n_leaves; i++)
        passes = fits_glob(image, needle->leaves[i], text);
    return passes;
}

static unsigned kind_at(unsigned char c)
{
    switch (c) {
    case '"':
        return CTFI_SEES_STRING;
    case '{':
        return CTFI_SEES_OBJECT;
    case '[':
        return CTFI_SEES_ARRAY;
    case 't':
        return CTFI_SEES_TRUE;
    case 'f':
        return CTFI_SEES_FALSE;
    case 'n':
        return CTFI_SEES_NULL;
    default:
        return CTFI_SEES_NUMBER; /* or nothing */
    }
}

static place skip_blanks(place p, place end)
{
    while (p < end && ctfi_is_blank(*p))
        p++;
    return p;
}

/* Behind the key's quote. */
static bool value_passes(const ctfi_prober *prober, const ctfi_needle *needle, place p, place end)
{
    p = skip_blanks(p, end);
    if (p == end || *p != ':')
        return false;
    p = skip_blanks(p + 1, end);
    if (p == end)
        return false;
    if ((needle->kinds & kind_at(*p)) != 0)
        return true;
    return *p == '"' && string_passes(prober, needle, p + 1, end);
}

/* 16 or more for a byte that is no digit. */
static unsigned hex_value(unsigned char c)
{
    if (ctfi_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10u : 0x100;
}

static bool escape_passes(const ctfi_probe *probe, place p, place end)
{
    return end - p >= 2 && ctfi_probe_has(probe, hex_value(p[0]) * 16 + hex_value(p[1]));
}

/* Does the needle stand around p, where its first rare byte is to be? */
static bool stands(const ctfi_prober *prober, const ctfi_needle *needle, ctfi_bytes text, place p)
{
    place end = text.data + text.length;
    if (*p != needle->text[needle->first] || p - text.data < needle->first ||
        end - p < needle->length - needle->first)
        return false;
    p -= needle->first;
    if (memcmp(p, needle->text, needle->length) != 0)
        return false;
    p += needle->length;
    if (needle->type == CTFI_NEEDLE_KEY)
        return value_passes(prober, needle, p, end);
    return needle->type == CTFI_NEEDLE_LITERAL || escape_passes(&prober->filter->probe, p, end);
}

static bool any_stands(const ctfi_prober *prober, ctfi_bytes text, place p)
{
    const ctfi_probe *probe = &prober->filter->probe;
    for (uint32_t i = 0; i < probe->n; i++)
        if (stands(prober, &probe->needles[i], text, p))
            return true;
    return false;
}

/* ---- the search ---- */

place ctfi_prober_find(ctfi_prober *prober, ctfi_bytes text)
{
    place p = text.data, end = p + text.length;
    for (; (p = prober->kernel->pairs(&prober->pairs, p, end)) < end; p++, prober->looks++)
        if (any_stands(prober, text, p))
            return p;
    return end;
}

place ctfi_prober_find_lines(ctfi_prober *prober, ctfi_bytes text, ctfi_lines *lines, place p)
{
    place end = text.data + text.length;
    uint32_t patience = prober->looks + PATIENCE;
    for (; (p = prober->kernel->pairs_lines(&prober->pairs, lines, p, end)) < end; p++, prober->looks++) {
        if (any_stands(prober, text, p) || prober->looks == patience)
            return p;
        ctfi_lines_byte(lines, p);
    }
    return end;
}

void ctfi_prober_note(ctfi_prober *prober, uint64_t messages, uint64_t passed)
{
    if (prober->rest > 0) {
        prober->rest -= messages < prober->rest ? (uint32_t)messages : prober->rest;
        return;
    }
    prober->seen += messages < TURN ? (uint32_t)messages : TURN;
    prober->passed += (uint32_t)passed;
    if (prober->seen < TURN)
        return;
    bool idle = prober->passed * 4 > prober->seen * 3 || prober->looks > prober->seen * LOOKS;
    prober->rest = idle ? REST : 0;
    prober->seen = prober->passed = prober->looks = 0;
}

bool ctfi_prober_passes(ctfi_prober *prober, ctfi_bytes message)
{
    bool passes = true;
    if (prober->pairs.n == 0)
        return true;
    if (prober->rest == 0) {
        passes = ctfi_prober_find(prober, message) != message.data + message.length;
    }
    ctfi_prober_note(prober, 1, passes);
    return passes;
}
