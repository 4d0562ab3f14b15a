#include "queries_build.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One block more for an array of n; NULL when memory ran out, and the array is as it was. */
static void *extend(void *array, size_t n, size_t size)
{
    return (n & (n - 1)) != 0 ? array : realloc(array, (n == 0 ? 1 : 2 * n) * size);
}

/* A text that lives as long as the query; empty when memory ran out, which ends in a refused pattern. */
__attribute__((format(printf, 2, 3))) ctf_text bench_keep(bench_query *query, const char *format, ...)
{
    char room[2048];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(room, sizeof room, format, arguments);
    va_end(arguments);
    char **kept = extend(query->kept, query->n_kept, sizeof *kept);
    char *copy = kept == NULL ? NULL : malloc((size_t)n + 1);
    query->kept = kept != NULL ? kept : query->kept;
    if (copy == NULL)
        return (ctf_text){"", 0};
    memcpy(copy, room, (size_t)n + 1);
    query->kept[query->n_kept++] = copy;
    return (ctf_text){copy, (size_t)n};
}

void bench_add_pattern(bench_query *query, ctf_text text)
{
    ctf_pattern *patterns = extend(query->patterns, query->n, sizeof *patterns);
    if (patterns == NULL)
        return;
    query->patterns = patterns;
    patterns[query->n++] = (ctf_pattern){.text = text};
}

void bench_add_literal(bench_query *query, ctf_text text)
{
    ctf_text *literals = extend(query->literals, query->n_literals, sizeof *literals);
    if (literals == NULL)
        return;
    query->literals = literals;
    literals[query->n_literals++] = text;
}

void bench_add_rule(bench_query *query, ctf_text text)
{
    ctf_text *rules = extend(query->rules, query->n_rules, sizeof *rules);
    if (rules == NULL)
        return;
    query->rules = rules;
    rules[query->n_rules++] = text;
}

void bench_add_name(bench_query *query, ctf_text name, ctf_text source)
{
    bench_table_add(&query->table, name.data, name.length, source.data, source.length);
    bench_add_literal(query, bench_keep(query, "\"%s\"", name.data));
}

/* A pattern that asks for a name of a source. */
void bench_add_pair(bench_query *query, const char *name, const char *source)
{
    ctf_text kept_name = bench_keep(query, "%s", name), kept_source = bench_keep(query, "%s", source);
    bench_add_pattern(
        query, bench_keep(query, "{ ($.eventName = \"%s\") && ($.eventSource = \"%s\") }", name, source));
    bench_add_rule(query, bench_keep(query, "{\"eventName\":[\"%s\"],\"eventSource\":[\"%s\"]}", name, source));
    bench_add_name(query, kept_name, kept_source);
}
