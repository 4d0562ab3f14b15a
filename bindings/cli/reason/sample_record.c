/* The message is put over a record, key by key; fields that the pattern wants missing are left out, and of the message's own
 * values those give way without which the verdict is the same. The record is the first call and the first identity for
 * which the message's own eventName, eventSource and userIdentity.type do. */
#include "sample_record.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "explain.h"
#include "json_in.h"
#include "json_out.h"
#include "sample_event.h"

/* Values of either tree that are left out. */
typedef struct omitted {
    const json_value **at;
    size_t n;
    size_t room;
} omitted;

static void omit(omitted *list, const json_value *value)
{
    list->at = need_more(list->at, &list->room, list->n + 1, sizeof *list->at);
    list->at[list->n++] = value;
}

static bool is_omitted(const omitted *list, const json_value *value)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == value)
            return true;
    return false;
}

static const json_value *member(const json_value *object, ctf_text key)
{
    for (const json_value *m = json_is(object, JSON_OBJECT) ? object->first : NULL; m != NULL; m = m->next)
        if (m->key.length == key.length && (key.length == 0 || memcmp(m->key.data, key.data, key.length) == 0))
            return m;
    return NULL;
}

/* The record's objects are few levels deep, and where it ends the message's value is taken whole. over may be NULL. */
static void merge(const omitted *out_of, const json_value *base, const json_value *over, json_out *out)
{
    json_open(out, '{');
    for (const json_value *m = base->first; m != NULL; m = m->next) {
        const json_value *own = member(over, m->key);
        if (own != NULL && is_omitted(out_of, own))
            own = NULL;
        if (own == NULL && is_omitted(out_of, m))
            continue;
        json_key_text(out, m->key);
        if (json_is(m, JSON_OBJECT) && (own == NULL || json_is(own, JSON_OBJECT)))
            merge(out_of, m, own, out);
        else
            json_tree(out, own != NULL ? own : m);
    }
    for (const json_value *m = over == NULL ? NULL : over->first; m != NULL; m = m->next)
        if (member(base, m->key) == NULL) {
            json_key_text(out, m->key);
            json_tree(out, m);
        }
    json_close(out, '}');
}

/* ---- fields that the pattern wants missing ---- */

/* The next key of a selector in canonical form; false at its end and at what is no key. */
static bool next_key(const char **at, const char *end, ctf_text *key)
{
    if (end - *at > 3 && memcmp(*at, ".['", 3) == 0) {
        const char *close = memchr(*at + 3, '\'', (size_t)(end - *at) - 3);
        *key = (ctf_text){*at + 3, (size_t)(close - *at) - 3};
        *at = close + 2;
        return true;
    }
    if (end - *at < 2 || **at != '.' || (*at)[1] == '*')
        return false;
    const char *from = ++*at;
    while (*at < end && **at != '.' && **at != '[')
        ++*at;
    *key = (ctf_text){from, (size_t)(*at - from)};
    return true;
}

/* Omits what the record has at a selector and the message has not. */
static void omit_missing(omitted *list, const json_value *base, const json_value *over, ctf_text selector)
{
    const char *at = selector.data + 1, *end = selector.data + selector.length;
    ctf_text key;
    const json_value *found = base, *own = over;
    while (found != NULL && next_key(&at, end, &key)) {
        found = member(found, key);
        own = member(own, key);
        if (found != NULL && own == NULL) {
            if (at == end)
                omit(list, found);
            own = NULL;
        }
    }
}

static void omit_all_missing(omitted *list, const json_value *base, const json_value *over, const ctf_explanation *words)
{
    ctf_explanation_info info = explain_info(words);
    for (size_t i = 0; i < info.n_clauses; i++) {
        ctf_clause clause = explain_clause(words, i);
        if (clause.type == CTF_CLAUSE_TEST && clause.subject.length > 1)
            omit_missing(list, base, over, clause.subject);
    }
}

/* ---- how the tests come out ---- */

struct sample_dresser {
    const ctf_explanation *words;
    ctf_filter *filter; /* the pattern, then each test alone */
    ctf_scratch *scratch;
    bool *wanted; /* one a pattern of the filter */
    bool *got;
    size_t n;
};

static void add_pattern(ctf_pattern **list, size_t *n, size_t *room, ctf_text text)
{
    *list = need_more(*list, room, *n + 1, sizeof **list);
    (*list)[(*n)++] = (ctf_pattern){.text = text};
}

sample_dresser *sample_dresser_new(ctf_text pattern, const ctf_explanation *words)
{
    sample_dresser *d = need(1, sizeof *d);
    ctf_explanation_info info = explain_info(words);
    ctf_pattern *list = NULL;
    size_t room = 0;
    d->words = words;
    add_pattern(&list, &d->n, &room, pattern);
    for (size_t i = 0; i < info.n_clauses; i++) {
        ctf_clause clause = explain_clause(words, i);
        if (clause.type == CTF_CLAUSE_TEST)
            add_pattern(&list, &d->n, &room, clause.alone);
    }
    if (ctf_filter_compile(list, d->n, NULL, &d->filter, NULL) != CTF_OK ||
        ctf_scratch_new(d->filter, NULL, &d->scratch) != CTF_OK)
        need_failed();
    d->wanted = need(d->n, sizeof *d->wanted);
    d->got = need(d->n, sizeof *d->got);
    free(list);
    return d;
}

void sample_dresser_free(sample_dresser *d)
{
    ctf_scratch_free(d->scratch);
    ctf_filter_free(d->filter);
    free(d->wanted);
    free(d->got);
    free(d);
}

static void judge(sample_dresser *d, ctf_text message, bool *out)
{
    ctf_hits hits;
    if (ctf_match(d->scratch, message.data, message.length, &hits) != CTF_OK)
        need_failed();
    memset(out, 0, d->n * sizeof *out);
    for (size_t i = 0; i < hits.n; i++)
        out[hits.patterns[i]] = true;
}

/* ---- values that may give way ---- */

typedef struct dressing {
    sample_dresser *dresser;
    const json_value *base, *over;
    omitted out_of;
    json_out text;
} dressing;

static bool holds(dressing *d)
{
    sample_dresser *by = d->dresser;
    json_out_clear(&d->text);
    merge(&d->out_of, d->base, d->over, &d->text);
    judge(by, (ctf_text){d->text.data, d->text.length}, by->got);
    return memcmp(by->got, by->wanted, by->n * sizeof *by->got) == 0;
}

/* Tries every value of the message that the record has, too. */
static void give_way(dressing *d, const json_value *base, const json_value *over)
{
    for (const json_value *m = over->first; m != NULL; m = m->next) {
        const json_value *theirs = member(base, m->key);
        if (theirs == NULL || is_omitted(&d->out_of, theirs))
            continue;
        omit(&d->out_of, m);
        if (holds(d))
            continue;
        d->out_of.n--;
        if (json_is(m, JSON_OBJECT) && json_is(theirs, JSON_OBJECT))
            give_way(d, theirs, m);
    }
}

static bool dress(dressing *d)
{
    omit_all_missing(&d->out_of, d->base, d->over, d->dresser->words);
    if (!holds(d))
        return false;
    give_way(d, d->base, d->over);
    return holds(d);
}

/* ---- the record that fits ---- */

/* Values of the message that must give way. */
enum { WAY_NAME = 1, WAY_SOURCE = 2, WAY_IDENTITY = 4, WAY_ALL = 7 };

static const json_value *way_at(const dressing *d, int way)
{
    if (way == WAY_IDENTITY)
        return json_get(json_get(d->over, "userIdentity"), "type");
    return json_get(d->over, way == WAY_NAME ? "eventName" : "eventSource");
}

static json_document *make_record(const dressing *d, const sample_event *event, size_t identity)
{
    json_out text = {0};
    json_error error;
    bool fails = json_get(d->over, "errorMessage") != NULL || json_get(d->over, "errorCode") != NULL;
    sample_event_write(event, identity, fails, &text);
    json_document *made = json_read(text.data, text.length, &error);
    json_out_free(&text);
    return made;
}

/* Dresses the message with one record, if it can be done without the values that must give way. */
static bool dress_with(dressing *d, const sample_event *event, size_t identity, int ways)
{
    json_document *made = make_record(d, event, identity);
    d->base = json_root(made);
    d->out_of.n = 0;
    for (int way = WAY_NAME; way <= WAY_IDENTITY; way *= 2)
        if ((ways & way) != 0 && way_at(d, way) != NULL)
            omit(&d->out_of, way_at(d, way));
    bool good = dress(d);
    json_free(made);
    return good;
}

static bool find_record(dressing *d, int ways)
{
    size_t identities = (ways & WAY_IDENTITY) != 0 ? sample_identity_count : 1;
    for (size_t identity = 0; identity < identities; identity++)
        for (size_t i = 0; i < sample_event_count; i++)
            if (dress_with(d, &sample_events[i], identity, ways))
                return true;
    return false;
}

/* First as nothing of the message stands out, at last as all of it does. */
static bool find_dress(dressing *d)
{
    static const int ways[] = {WAY_ALL, WAY_NAME | WAY_SOURCE, WAY_NAME | WAY_IDENTITY, WAY_SOURCE | WAY_IDENTITY};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (find_record(d, ways[i]))
            return true;
    return dress_with(d, &sample_events[0], 0, 0);
}

void sample_dress(sample_dresser *dresser, ctf_text message, blob *out)
{
    json_error error;
    json_document *over = json_read(message.data, message.length, &error);
    bool object = over != NULL && json_is(json_root(over), JSON_OBJECT);
    dressing d = {.dresser = dresser, .over = object ? json_root(over) : NULL};
    judge(dresser, message, dresser->wanted);
    if (object && find_dress(&d))
        blob_append(out, d.text.data, d.text.length);
    else
        blob_append(out, message.data, message.length);
    free(d.out_of.at);
    json_out_free(&d.text);
    json_free(over);
}
