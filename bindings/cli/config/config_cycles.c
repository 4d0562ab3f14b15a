/* Tarjan's search for strongly connected components, with a stack of its own. */
#include "config_cycles.h"

#include <stdio.h>
#include <stdlib.h>

#include "config_store.h"
#include "diag.h"

#define LONGEST 512
#define NONE SIZE_MAX

typedef struct node {
    size_t number; /* in the order of the search, from 1; 0: not yet met */
    size_t low;    /* the least number that can be reached */
    size_t child;  /* the child to look at next */
    size_t caller; /* the composite that led here, NONE at the start of a search */
    size_t group;  /* which component it is in, from 1 */
    size_t mark;   /* the walk that passed it, from 1 */
} node;

typedef struct search {
    cli_config *config;
    node *nodes;   /* one a composite */
    size_t *stack; /* met, and in no component yet */
    size_t depth;
    size_t numbers;
    size_t groups;
} search;

/* The composite that the next child of a composite is; NONE for a metric alarm or none. */
static size_t child_of(const search *s, size_t at, size_t child)
{
    cli_alarm_ref found = cli_config_find(s->config, ctf_rule_child(s->config->composites[at].rule, child));
    return found.kind == CLI_COMPOSITE_ALARM ? found.index : NONE;
}

/* The next composite of the same component that a composite depends on. */
static size_t inner_child(const search *s, size_t at)
{
    for (size_t i = 0; i < ctf_rule_count(s->config->composites[at].rule); i++) {
        size_t child = child_of(s, at, i);
        if (child != NONE && s->nodes[child].group == s->nodes[at].group)
            return child;
    }
    return NONE;
}

/* Tells one way around within a component, which starts somewhere in it. */
static void tell(search *s, size_t at)
{
    char path[LONGEST];
    size_t length = 0;
    for (; s->nodes[at].mark != s->groups; at = inner_child(s, at))
        s->nodes[at].mark = s->groups; /* runs into the way around */
    size_t start = at;
    do {
        if (length < sizeof path)
            length += (size_t)snprintf(path + length, sizeof path - length, "%.*s -> ",
                                       TEXT_SHOWN(s->config->composites[at].name));
        at = inner_child(s, at);
    } while (at != start);
    const cli_composite_alarm *first = &s->config->composites[start];
    char text[LONGEST * 2];
    snprintf(text, sizeof text, "composite alarms depend on themselves: %s%.*s", path, TEXT_SHOWN(first->name));
    config_tell(s->config, &(cli_message){config_refusal(s->config), first->rule_place, text, "", ""});
}

/* Takes a component off the stack; `at` was met first of it. */
static void close_group(search *s, size_t at)
{
    size_t top = s->depth;
    s->groups++;
    do
        s->nodes[s->stack[--s->depth]].group = s->groups;
    while (s->stack[s->depth] != at);
    if (inner_child(s, at) == NONE)
        return;
    for (size_t i = s->depth; i < top; i++)
        s->config->composites[s->stack[i]].cyclic = true;
    tell(s, at);
}

static void meet(search *s, size_t at, size_t caller)
{
    s->numbers++;
    s->nodes[at] = (node){.number = s->numbers, .low = s->numbers, .caller = caller};
    s->stack[s->depth++] = at;
}

static void lower(node *n, size_t low)
{
    n->low = low < n->low ? low : n->low;
}

static void search_from(search *s, size_t start)
{
    meet(s, start, NONE);
    for (size_t at = start; at != NONE;) {
        node *here = &s->nodes[at];
        if (here->child < ctf_rule_count(s->config->composites[at].rule)) {
            size_t child = child_of(s, at, here->child++);
            if (child != NONE && s->nodes[child].number == 0) {
                meet(s, child, at);
                at = child;
            } else if (child != NONE && s->nodes[child].group == 0) {
                lower(here, s->nodes[child].number);
            }
            continue;
        }
        if (here->low == here->number)
            close_group(s, at);
        at = here->caller;
        if (at != NONE)
            lower(&s->nodes[at], here->low);
    }
}

void config_find_cycles(cli_config *config)
{
    search s = {.config = config, .nodes = need(config->n_composites, sizeof *s.nodes),
                .stack = need(config->n_composites, sizeof *s.stack)};
    for (size_t i = 0; i < config->n_composites; i++)
        if (s.nodes[i].number == 0)
            search_from(&s, i);
    free(s.nodes);
    free(s.stack);
}
