/* What happens when, where and by whom: ordinary days drawn by weight, the baseline of watched changes,
 * and the login story. */
#include "trail_parts.h"

#include <stdlib.h>
#include <string.h>

/* Shares of an hour in a working day and of a machine's day, in percent of its busiest. */
static const unsigned char office[24] = {1, 1, 1, 1,  1,  2,  8,  35, 80, 100, 95, 85,
                                         55, 75, 95, 90, 75, 45, 18, 8,  5,  3,  2,  1};
static const unsigned char machine[24] = {60, 60, 100, 65, 60, 60, 65, 75, 85, 90, 90, 90,
                                          85, 90, 90, 90, 85, 80, 75, 70, 65, 65, 60, 60};

typedef struct planner {
    const trail_options *options;
    trail_random random;
    trail_plan *plan;
    size_t capacity;
    unsigned total_weight;
} planner;

static void add(planner *p, trail_entry entry)
{
    if (p->plan->n >= p->capacity)
        return;
    entry.seed = trail_next(&p->random);
    p->plan->entries[p->plan->n++] = entry;
}

/* Draws from weights by turning away: take x of n, keep it with weights[x] percent. */
static unsigned draw_hour(planner *p, const unsigned char *weights)
{
    unsigned hour = trail_below(&p->random, 24);
    while (trail_below(&p->random, 100) >= weights[hour])
        hour = trail_below(&p->random, 24);
    return hour;
}

/* Offices send a fifth on weekend days. */
static unsigned draw_day(planner *p, int by_day)
{
    unsigned day = trail_below(&p->random, p->options->days);
    while (by_day && trail_date_of(p->options->start + (int64_t)day * 86400).weekday >= 5 &&
           trail_below(&p->random, 5) && p->options->days > 2)
        day = trail_below(&p->random, p->options->days);
    return day;
}

static int64_t draw_time(planner *p, const trail_actor *actor)
{
    unsigned day = draw_day(p, actor->office != 0);
    unsigned hour = draw_hour(p, actor->office ? office : machine);
    return p->options->start + (int64_t)day * 86400 + hour * 3600 + trail_below(&p->random, 3600);
}

/* One of the actors that may do this kind of thing, by their shares. */
static unsigned draw_actor(planner *p, unsigned who)
{
    unsigned total = 0, i = 0;
    for (; i < trail_actors_n; i++)
        total += trail_actors[i].who & who ? trail_actors[i].share : 0;
    unsigned left = trail_below(&p->random, total);
    for (i = 0; !(trail_actors[i].who & who) || left >= trail_actors[i].share; i++)
        left -= trail_actors[i].who & who ? trail_actors[i].share : 0;
    return i;
}

static unsigned draw_kind(planner *p)
{
    unsigned left = trail_below(&p->random, p->total_weight), i = 0;
    for (; left >= trail_kinds[i].weight; i++)
        left -= trail_kinds[i].weight;
    return i;
}

/* The scanner is refused a quarter of its looks, others now and then. */
static unsigned draw_outcome(planner *p, const trail_kind *kind, const trail_actor *actor)
{
    unsigned luck = trail_below(&p->random, 100), denied = 4;
    if (actor->who & (WHO_SERVICE | WHO_NOBODY | WHO_FEDERATED))
        return OUTCOME_DONE;
    if (actor->who == WHO_AUDITOR)
        denied = 25;
    if (luck < denied)
        return OUTCOME_DENIED;
    if (luck < denied + 2 && (kind->traits & EVENT_READ) && !(kind->traits & EVENT_S3))
        return OUTCOME_THROTTLED;
    return kind->oops && luck >= 88 ? OUTCOME_OOPS : OUTCOME_DONE;
}

/* Something of this kind at a time that suits who does it. */
static trail_entry draw(planner *p, unsigned kind)
{
    trail_entry entry = {0};
    entry.event = (uint16_t)kind;
    entry.actor = (uint16_t)draw_actor(p, trail_kinds[kind].who);
    entry.time = draw_time(p, trail_actors + entry.actor);
    entry.account = (uint8_t)trail_below(&p->random, p->options->accounts);
    entry.outcome = (uint8_t)draw_outcome(p, trail_kinds + kind, trail_actors + entry.actor);
    if (!(trail_kinds[kind].traits & EVENT_GLOBAL))
        entry.region = (uint8_t)trail_below(&p->random, p->options->regions);
    return entry;
}

/* A moment of the story: by whom, what, with what end, in which account and when. */
static void tell(planner *p, const char *actor, const char *source, const char *name, unsigned outcome,
                 unsigned account, int64_t time)
{
    trail_entry entry = {0};
    entry.time = time;
    entry.event = (uint16_t)trail_kind_find(source, name);
    entry.actor = (uint16_t)trail_actor_find(actor);
    entry.account = (uint8_t)(account % p->options->accounts);
    entry.outcome = (uint8_t)outcome;
    add(p, entry);
}

/* Half an hour in which the first account is busy, whoever does it. */
static void tell_rush(planner *p, int64_t from, size_t n)
{
    while (n--) {
        trail_entry entry = draw(p, draw_kind(p));
        entry.account = 0;
        entry.time = from + trail_below(&p->random, 1800);
        add(p, entry);
    }
}

/* Three days: on the second a lone login without MFA amid a busy half hour of the first account, and what
 * its user then does; on the third four failed logins within three minutes in the second account, then its owner logs in with MFA and
 * tidies up. */
static void tell_logins(planner *p, int64_t day)
{
    int64_t second = day + 86400 + 9 * 3600 + 12 * 60, third = day + 2 * 86400 + 14 * 3600 + 31 * 60;
    static const unsigned char failed[] = {4, 41, 77, 156};
    tell_rush(p, second - 12 * 60, p->options->events / p->options->days / 6);
    tell(p, "dave", "signin", "ConsoleLogin", OUTCOME_DONE, 0, second + 47);
    tell(p, "dave", "iam", "GetUser", OUTCOME_DONE, 0, second + 58);
    tell(p, "dave", "ec2", "AuthorizeSecurityGroupIngress", OUTCOME_DONE, 0, second + 181);
    for (size_t i = 0; i < sizeof failed; i++)
        tell(p, "erin", "signin", "ConsoleLogin", OUTCOME_DENIED, 1, third + failed[i]);
    tell(p, "root", "signin", "ConsoleLogin", OUTCOME_DONE, 1, third + 1322);
    tell(p, "root", "iam", "GetUser", OUTCOME_DONE, 1, third + 1361);
    tell(p, "root", "iam", "UpdateAccountPasswordPolicy", OUTCOME_DONE, 1, third + 1430);
    tell(p, "root", "iam", "CreateAccessKey", OUTCOME_DONE, 1, third + 1502);
}

static void tell_baseline(planner *p)
{
    for (unsigned i = 0; i < trail_kinds_n; i++)
        if (trail_kinds[i].traits & EVENT_BASELINE)
            add(p, draw(p, i));
}

/* By time; the seed decides between equals, so that sorting is the same everywhere. */
static int by_time(const void *left, const void *right)
{
    const trail_entry *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->seed < b->seed ? -1 : a->seed > b->seed;
}

static int in_range(const trail_options *o)
{
    return o->days > 0 && o->days <= 3660 && o->events > 0 && o->events <= 100000000 && o->start >= 0 &&
           o->accounts > 0 && o->accounts <= TRAIL_ACCOUNTS && o->regions > 0 && o->regions <= TRAIL_REGIONS;
}

int trail_plan_make(const trail_options *options, trail_plan *out)
{
    planner p = {options, {options->seed}, out, options->events, 0};
    *out = (trail_plan){0};
    if (!in_range(options) || !(out->entries = calloc(options->events, sizeof *out->entries)))
        return -1;
    for (unsigned i = 0; i < trail_kinds_n; i++)
        p.total_weight += trail_kinds[i].weight;
    for (unsigned day = 0; day + 3 <= options->days; day += 3)
        tell_logins(&p, options->start + (int64_t)day * 86400);
    tell_baseline(&p);
    while (out->n < options->events)
        add(&p, draw(&p, draw_kind(&p)));
    qsort(out->entries, out->n, sizeof *out->entries, by_time);
    return 0;
}

void trail_plan_free(trail_plan *plan)
{
    free(plan->entries);
    *plan = (trail_plan){0};
}
