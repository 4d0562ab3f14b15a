/* A JSON value is built from the outside in (spec: filter-patterns 5.3 to 5.5).
 *
 * Wishes about a value speak of itself or of what is below. Each type that it may have is tried: what a type rules out
 * decides most; the members of an object are independent of each other, and so are the elements of an array. Under a
 * wildcard a wanted trait is that of some member, one that is not wanted is that of none: every wanted one gets a member
 * of its own, which has only to respect what none may have. Only where elements with a number of their own stand in the
 * way, as $.a[3] NOT EXISTS does, are wanted traits shared out among the elements, as far as that goes.
 *
 * Recursion is as deep as a selector is long. */
#include "reason/model.h"

#include "reason/say.h"

#define MOST_ELEMENTS 64u /* of an array that is built */
#define MOST_WAYS 4096u   /* to share traits out among elements */

typedef CTFI_LIST(ctfi_wish) wish_list;

static ctfi_answer build(ctfi_job *job, ctfi_wishes wishes, ctfi_say *out);

static bool is_own(const ctfi_wish *wish)
{
    return wish->at == wish->trait->n_steps;
}

static const ctfi_step *step_of(const ctfi_wish *wish)
{
    return &wish->trait->steps[wish->at];
}

static ctfi_wishes as_wishes(const wish_list *list)
{
    return (ctfi_wishes){list->at, list->n};
}

/* The worse answer of two parts that are both needed. */
static ctfi_answer and_answer(ctfi_answer a, ctfi_answer b)
{
    if (a == CTFI_NO || b == CTFI_NO)
        return CTFI_NO;
    return a == CTFI_YES && b == CTFI_YES ? CTFI_YES : CTFI_UNDECIDED;
}

/* ---- values without members ---- */

/* Nothing is below: whatever is wanted there rules the type out. */
static bool wants_below(ctfi_wishes wishes)
{
    for (size_t i = 0; i < wishes.n; i++)
        if (!is_own(&wishes.at[i]) && wishes.at[i].want)
            return true;
    return false;
}

static ctfi_wishes own_of(ctfi_job *job, ctfi_wishes wishes)
{
    wish_list own = {NULL, 0, 0};
    for (size_t i = 0; i < wishes.n; i++)
        if (is_own(&wishes.at[i]))
            *CTFI_APPEND(job, &own) = wishes.at[i];
    return as_wishes(&own);
}

static ctfi_answer build_string(ctfi_job *job, ctfi_wishes own, ctfi_say *out)
{
    ctfi_bytes text;
    ctfi_answer answer = ctfi_wish_string(job, own, &text);
    if (answer == CTFI_YES)
        ctfi_say_quoted(out, text, SIZE_MAX);
    return answer;
}

static ctfi_answer build_number(ctfi_job *job, ctfi_wishes own, ctfi_say *out)
{
    ctfi_bytes text;
    ctfi_answer answer = ctfi_wish_number(job, own, &text);
    if (answer == CTFI_YES)
        ctfi_say_bytes(out, text);
    return answer;
}

/* true, false or null: has it just what is wanted? `mark` is the trait of that value. */
static ctfi_answer build_word(ctfi_wishes own, const char *word, ctfi_trait_type mark, ctfi_say *out)
{
    for (size_t i = 0; i < own.n; i++) {
        ctfi_trait_type type = own.at[i].trait->type;
        bool has = type == CTFI_TRAIT_PRESENT || type == mark ||
                   (mark == CTFI_TRAIT_NULL && type == CTFI_TRAIT_NULL_INSIDE);
        if (has != own.at[i].want)
            return CTFI_NO;
    }
    ctfi_say_words(out, word);
    return CTFI_YES;
}

/* ---- members and elements ---- */

/* What is wished of what stands in a container. */
typedef struct inside {
    ctfi_wishes wishes;
    wish_list bans;    /* what no member may have */
    wish_list demands; /* what some member must have */
    wish_list placed;  /* of a member by its key, or an element by its number; at their step still */
} inside;

static ctfi_wish stepped(const ctfi_wish *wish)
{
    return (ctfi_wish){wish->trait, wish->at + 1, wish->want};
}

/* Sorts the wishes of a container's inside; false where one cannot be had there. */
static bool look_inside(ctfi_job *job, ctfi_wishes wishes, ctfi_step_type placed, inside *in)
{
    *in = (inside){.wishes = wishes};
    for (size_t i = 0; i < wishes.n; i++) {
        const ctfi_wish *wish = &wishes.at[i];
        if (is_own(wish))
            continue;
        if (step_of(wish)->type == CTFI_STEP_ANY)
            *CTFI_APPEND(job, wish->want ? &in->demands : &in->bans) = stepped(wish);
        else if (step_of(wish)->type == placed)
            *CTFI_APPEND(job, &in->placed) = *wish;
        else if (wish->want)
            return false;
    }
    return true;
}

/* What is wished of one member: the bans, its own wishes, and a demand that falls to it (NULL: none). */
static ctfi_wishes member_wishes(ctfi_job *job, const inside *in, const wish_list *own, const ctfi_wish *demand)
{
    wish_list all = {NULL, 0, 0};
    for (size_t i = 0; i < in->bans.n; i++)
        *CTFI_APPEND(job, &all) = in->bans.at[i];
    for (size_t i = 0; own != NULL && i < own->n; i++)
        *CTFI_APPEND(job, &all) = own->at[i];
    if (demand != NULL)
        *CTFI_APPEND(job, &all) = *demand;
    return as_wishes(&all);
}

static bool wants_any(const wish_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].want)
            return true;
    return false;
}

/* ---- objects ---- */

/* Takes the wishes of the first key that is left, and counts it out. */
static wish_list take_key(ctfi_job *job, wish_list *placed, ctfi_bytes *key)
{
    wish_list own = {NULL, 0, 0};
    size_t kept = 0;
    *key = step_of(&placed->at[0])->key;
    for (size_t i = 0; i < placed->n; i++)
        if (ctfi_bytes_equal(step_of(&placed->at[i])->key, *key))
            *CTFI_APPEND(job, &own) = stepped(&placed->at[i]);
        else
            placed->at[kept++] = placed->at[i];
    placed->n = kept;
    return own;
}

static ctfi_answer build_member(ctfi_job *job, ctfi_bytes key, ctfi_wishes wishes, ctfi_say *out)
{
    size_t before = out->length;
    ctfi_say_words(out, out->data[out->length - 1] == '{' ? "" : ",");
    ctfi_say_quoted(out, key, SIZE_MAX);
    ctfi_say_words(out, ":");
    ctfi_answer answer = build(job, wishes, out);
    if (answer != CTFI_YES)
        out->length = before;
    return answer;
}

/* A key that no selector names. */
static ctfi_bytes fresh_key(ctfi_job *job, const inside *in, size_t number)
{
    for (;; number++) {
        ctfi_say say = ctfi_say_begin(job);
        bool named = false;
        ctfi_say_words(&say, "k");
        ctfi_say_number(&say, number);
        for (size_t i = 0; i < in->wishes.n && !named; i++)
            named = !is_own(&in->wishes.at[i]) && step_of(&in->wishes.at[i])->type == CTFI_STEP_KEY &&
                    ctfi_bytes_equal(step_of(&in->wishes.at[i])->key, ctfi_said(&say));
        if (!named)
            return ctfi_said(&say);
    }
}

static ctfi_answer build_members(ctfi_job *job, inside *in, ctfi_say *out)
{
    ctfi_answer answer = CTFI_YES;
    ctfi_bytes key;
    while (in->placed.n > 0 && answer != CTFI_NO) {
        wish_list own = take_key(job, &in->placed, &key);
        if (wants_any(&own)) /* else it need not be there */
            answer = and_answer(answer, build_member(job, key, member_wishes(job, in, &own, NULL), out));
    }
    for (size_t i = 0; i < in->demands.n && answer != CTFI_NO; i++)
        answer = and_answer(answer, build_member(job, fresh_key(job, in, 1000 * i + 1),
                                                 member_wishes(job, in, NULL, &in->demands.at[i]), out));
    return answer;
}

static ctfi_answer build_object(ctfi_job *job, ctfi_wishes wishes, ctfi_say *out)
{
    inside in;
    ctfi_say ignored = ctfi_say_begin(job);
    if (build_word(own_of(job, wishes), "", CTFI_TRAIT_PRESENT, &ignored) == CTFI_NO)
        return CTFI_NO;
    if (!look_inside(job, wishes, CTFI_STEP_KEY, &in))
        return CTFI_NO;
    ctfi_say_words(out, "{");
    ctfi_answer answer = build_members(job, &in, out);
    ctfi_say_words(out, "}");
    return answer;
}

/* ---- arrays ---- */

/* An array of so many elements: which element each demand falls to. */
typedef struct sharing {
    ctfi_job *job;
    inside *in;
    uint32_t length;
    uint32_t *falls_to; /* of each demand */
} sharing;

static wish_list element_wishes(const sharing *s, uint32_t index)
{
    wish_list own = {NULL, 0, 0};
    for (size_t i = 0; i < s->in->placed.n; i++)
        if (step_of(&s->in->placed.at[i])->index == index)
            *CTFI_APPEND(s->job, &own) = stepped(&s->in->placed.at[i]);
    for (size_t i = 0; i < s->in->demands.n; i++)
        if (s->falls_to[i] == index)
            *CTFI_APPEND(s->job, &own) = s->in->demands.at[i];
    return own;
}

static ctfi_answer build_elements(const sharing *s, ctfi_say *out)
{
    ctfi_answer answer = CTFI_YES;
    size_t before = out->length;
    ctfi_say_words(out, "[");
    for (uint32_t i = 0; i < s->length && answer != CTFI_NO; i++) {
        wish_list own = element_wishes(s, i);
        ctfi_say_words(out, i == 0 ? "" : ",");
        answer = and_answer(answer, build(s->job, member_wishes(s->job, s->in, &own, NULL), out));
    }
    ctfi_say_words(out, "]");
    if (answer != CTFI_YES)
        out->length = before;
    return answer;
}

/* The next way to share out; false behind the last. */
static bool next_way(const sharing *s)
{
    for (size_t i = 0; i < s->in->demands.n; i++) {
        if (++s->falls_to[i] < s->length)
            return true;
        s->falls_to[i] = 0;
    }
    return false;
}

/* Tries all ways for arrays of one length. */
static ctfi_answer build_length(sharing *s, unsigned *ways, ctfi_say *out)
{
    ctfi_answer best = CTFI_NO;
    if (s->length == 0 && s->in->demands.n > 0)
        return CTFI_NO;
    memset(s->falls_to, 0, s->in->demands.n * sizeof *s->falls_to);
    do {
        if (++*ways > MOST_WAYS)
            return CTFI_UNDECIDED;
        ctfi_answer answer = build_elements(s, out);
        if (answer == CTFI_YES)
            return answer;
        best = answer == CTFI_UNDECIDED ? answer : best;
    } while (next_way(s));
    return best;
}

/* Elements that must be there, and those that any wish names; false where one is wanted that no selector finds. */
static bool needed(const inside *in, uint32_t *least, uint32_t *named)
{
    *least = *named = 0;
    for (size_t i = 0; i < in->placed.n; i++) {
        uint32_t index = step_of(&in->placed.at[i])->index;
        bool found = index != UINT32_MAX, want = in->placed.at[i].want;
        if (!found && want)
            return false;
        if (found && index >= *named)
            *named = index + 1;
        if (want && index >= *least)
            *least = index + 1;
    }
    return true;
}

/* Elements that nobody names come last, one for each demand: the most room there is. */
static ctfi_answer build_with_room(sharing *s, uint32_t least, ctfi_say *out)
{
    s->length = least + (uint32_t)s->in->demands.n;
    for (size_t i = 0; i < s->in->demands.n; i++)
        s->falls_to[i] = least + (uint32_t)i;
    return build_elements(s, out);
}

static ctfi_answer build_sharing(sharing *s, uint32_t least, uint32_t named, ctfi_say *out)
{
    ctfi_answer best = CTFI_NO;
    unsigned ways = 0;
    uint32_t most = named + (uint32_t)s->in->demands.n;
    if (most > MOST_ELEMENTS)
        return CTFI_UNDECIDED;
    for (s->length = least; s->length <= most; s->length++) {
        ctfi_answer answer = build_length(s, &ways, out);
        if (answer == CTFI_YES)
            return answer;
        best = answer == CTFI_UNDECIDED ? answer : best;
    }
    return best;
}

/* IS NULL of an array is about its elements. */
static void add_null_wishes(ctfi_job *job, inside *in)
{
    static const ctfi_trait null_itself = {.type = CTFI_TRAIT_NULL};
    for (size_t i = 0; i < in->wishes.n; i++) {
        const ctfi_wish *wish = &in->wishes.at[i];
        if (is_own(wish) && wish->trait->type == CTFI_TRAIT_NULL_INSIDE)
            *CTFI_APPEND(job, wish->want ? &in->demands : &in->bans) = (ctfi_wish){&null_itself, 0, wish->want};
    }
}

static bool may_be_array(ctfi_wishes own)
{
    for (size_t i = 0; i < own.n; i++) {
        ctfi_trait_type type = own.at[i].trait->type;
        if (type != CTFI_TRAIT_NULL_INSIDE && own.at[i].want != (type == CTFI_TRAIT_PRESENT))
            return false;
    }
    return true;
}

static ctfi_answer build_array(ctfi_job *job, ctfi_wishes wishes, ctfi_say *out)
{
    inside in;
    uint32_t least, named;
    if (!may_be_array(own_of(job, wishes)) || !look_inside(job, wishes, CTFI_STEP_INDEX, &in))
        return CTFI_NO;
    add_null_wishes(job, &in);
    if (!needed(&in, &least, &named))
        return CTFI_NO;
    sharing s = {job, &in, 0, ctfi_job_zero(job, in.demands.n + 1, sizeof(uint32_t))};
    if (least > MOST_ELEMENTS)
        return CTFI_UNDECIDED;
    ctfi_answer answer = build_with_room(&s, least, out);
    if (answer == CTFI_YES || (in.demands.n == 0 && answer == CTFI_NO && named <= least))
        return answer;
    if (named <= least && answer == CTFI_NO)
        return CTFI_NO;
    return build_sharing(&s, least, named, out);
}

/* ---- any value ---- */

/* The types in the order in which they are tried; what is plainest comes first. */
static ctfi_answer build_as(ctfi_job *job, unsigned type, ctfi_wishes wishes, ctfi_say *out)
{
    if (type >= 5)
        return (type == 5 ? build_object : build_array)(job, wishes, out);
    if (wants_below(wishes))
        return CTFI_NO;
    ctfi_wishes own = own_of(job, wishes);
    switch (type) {
    case 0:
        return build_string(job, own, out);
    case 1:
        return build_number(job, own, out);
    case 2:
        return build_word(own, "true", CTFI_TRAIT_TRUE, out);
    case 3:
        return build_word(own, "false", CTFI_TRAIT_FALSE, out);
    default:
        return build_word(own, "null", CTFI_TRAIT_NULL, out);
    }
}

static ctfi_answer build(ctfi_job *job, ctfi_wishes wishes, ctfi_say *out)
{
    ctfi_answer best = CTFI_NO;
    size_t before = out->length;
    for (unsigned type = 0; type < 7; type++) {
        ctfi_answer answer = build_as(job, type, wishes, out);
        if (answer == CTFI_YES)
            return answer;
        out->length = before;
        best = answer == CTFI_UNDECIDED ? answer : best;
    }
    return best;
}

ctfi_answer ctfi_model_json(ctfi_job *job, ctfi_wishes wishes, ctfi_bytes *out)
{
    ctfi_say say = ctfi_say_begin(job);
    ctfi_answer answer = build_object(job, wishes, &say);
    *out = ctfi_said(&say);
    return answer;
}
