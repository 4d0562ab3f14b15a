#include "replay_pile.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"

static int compare_text(ctf_text a, ctf_text b)
{
    size_t n = a.length < b.length ? a.length : b.length;
    int order = n == 0 ? 0 : memcmp(a.data, b.data, n);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* By time, then by place. */
static int compare(const replay_event *a, const replay_event *b)
{
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    int order = compare_text(a->file, b->file);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static int by_time(const void *a, const void *b)
{
    return compare(a, b);
}

/* An event's texts are one block, which `id` begins. */
static void *texts_of(const replay_event *event)
{
    return (void *)(uintptr_t)event->id.data; /* NOLINT(clang-analyzer-unix.Malloc): put() overwrites what it frees */
}

static void free_event(const replay_event *event)
{
    free(texts_of(event));
}

static void swap(replay_event *a, replay_event *b)
{
    replay_event t = *a;
    *a = *b;
    *b = t;
}

static void sift_up(replay_event *events, size_t at)
{
    for (; at > 0 && compare(&events[(at - 1) / 2], &events[at]) < 0; at = (at - 1) / 2)
        swap(&events[(at - 1) / 2], &events[at]);
}

static void sift_down(replay_event *events, size_t n)
{
    for (size_t at = 0, child = 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && compare(&events[child], &events[child + 1]) < 0)
            child++;
        if (compare(&events[at], &events[child]) >= 0)
            return;
        swap(&events[at], &events[child]);
        at = child;
    }
}

static size_t most_of(const replay_pile *p)
{
    return p->most > 0 ? p->most : REPLAY_MOST_EVENTS;
}

/* Is there room for the event, or is it earlier than one that is there? */
static bool wants(const replay_pile *p, const replay_event *event)
{
    return p->n < most_of(p) || (p->n > 0 && compare(event, &p->events[0]) < 0);
}

/* Takes the event over. */
static void put(replay_pile *p, const replay_event *event)
{
    if (p->n == most_of(p)) {
        free_event(&p->events[0]);
        p->events[0] = *event;
        sift_down(p->events, p->n);
        return;
    }
    p->events = need_more(p->events, &p->room, p->n + 1, sizeof *p->events);
    p->events[p->n++] = *event;
    sift_up(p->events, p->n - 1);
}

static ctf_text pack(char **at, ctf_text text)
{
    char *to = *at;
    if (text.length > 0)
        memcpy(to, text.data, text.length);
    *at += text.length;
    return (ctf_text){to, text.length};
}

/* A copy of an event's texts. */
static replay_event pack_event(const replay_event *event)
{
    replay_event copy = *event;
    char *at = need(event->id.length + event->name.length + event->principal.length + event->source.length +
                        event->message.length + event->file.length + event->filters[0].length +
                        event->filters[1].length,
                    1);
    copy.id = pack(&at, event->id);
    copy.name = pack(&at, event->name);
    copy.principal = pack(&at, event->principal);
    copy.source = pack(&at, event->source);
    copy.message = pack(&at, event->message);
    copy.file = pack(&at, event->file);
    copy.filters[0] = pack(&at, event->filters[0]);
    copy.filters[1] = pack(&at, event->filters[1]);
    return copy;
}

void replay_pile_add(replay_pile *pile, const replay_event *event)
{
    pile->n_all++;
    if (!wants(pile, event))
        return;
    replay_event copy = pack_event(event);
    put(pile, &copy);
}

void replay_pile_merge(replay_pile *into, replay_pile *from)
{
    into->n_all += from->n_all;
    for (size_t i = 0; i < from->n; i++)
        if (wants(into, &from->events[i]))
            put(into, &from->events[i]);
        else
            free_event(&from->events[i]);
    free(from->events);
    *from = (replay_pile){.most = from->most};
}

const replay_event *replay_pile_sort(replay_pile *pile, replay_model *model)
{
    if (pile->n > 0)
        qsort(pile->events, pile->n, sizeof *pile->events, by_time);
    for (size_t i = 0; i < pile->n; i++)
        replay_keep(model, texts_of(&pile->events[i]));
    return replay_keep(model, pile->events);
}
