#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: bench [OPTION...]\n"
    "\n"
    "Counts matches with every engine, refuses to report where counts differ, and tells the speeds.\n"
    "\n"
    "  --corpus DIR      events of the files below DIR, repeated up to --events; default: made from the seed\n"
    "  --events N        events, and 16 lines of access log each; default 50000\n"
    "  --seed N          of what is made; default 1\n"
    "  --engines LIST    names with commas; default all; --list shows them\n"
    "  --queries LIST    Q1,...,Q12; default all\n"
    "  --only LIST       parts of queries,costs,processes,archives; default all\n"
    "  --seconds S       CPU time for each engine and query; default 1\n"
    "  --passes N        exactly N passes instead, one engine after another\n"
    "  --command FILE    the ctfilter command, for processes and archives\n"
    "  --json FILE       write all numbers\n"
    "  --markdown FILE   write the tables\n"
    "  --svg FILE        write the chart\n"
    "  --export DIR      write corpora, queries and expected counts for the scripts in peers/, and stop\n"
    "  --list            show engines and queries, and stop\n";

static int complain(const char *what, const char *name)
{
    fprintf(stderr, "bench: %s: %s\n%s", what, name, usage);
    return 2;
}

static const char **text_option(bench_options *o, const char *name)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {{"--corpus", &o->corpus},   {"--json", &o->json},       {"--markdown", &o->markdown},
                   {"--svg", &o->svg},         {"--export", &o->export},   {"--engines", &o->engines},
                   {"--queries", &o->queries}, {"--command", &o->command}, {"--only", &o->only}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i].name, name) == 0)
            return options[i].value;
    return NULL;
}

static int read_number(bench_options *o, const char *name, const char *value)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end != 0 || !(number >= 0) || number > 1e9)
        return complain("not a number", value);
    if (strcmp(name, "--events") == 0)
        o->events = (size_t)number;
    else if (strcmp(name, "--seed") == 0)
        o->seed = (uint64_t)number;
    else if (strcmp(name, "--seconds") == 0)
        o->seconds = number;
    else if (strcmp(name, "--passes") == 0)
        o->passes = (unsigned)number;
    else
        return complain("no such option", name);
    return o->events == 0 ? complain("out of range", "--events") : 0;
}

int bench_options_read(int argc, char **argv, bench_options *out)
{
    *out = (bench_options){.seed = 1, .events = 50000, .seconds = 1};
    for (int i = 1; i < argc; i++) {
        const char **text = text_option(out, argv[i]);
        int failed = 0;
        if (strcmp(argv[i], "--help") == 0)
            return fputs(usage, stdout), 1;
        if (strcmp(argv[i], "--list") == 0)
            out->list = 1;
        else if (i + 1 == argc)
            return complain("no such option, or a value is missing", argv[i]);
        else if (text != NULL)
            *text = argv[++i];
        else
            failed = read_number(out, argv[i], argv[i + 1]), i++;
        if (failed)
            return failed;
    }
    return 0;
}

int bench_listed(const char *list, const char *word)
{
    size_t n = strlen(word);
    if (list == NULL)
        return 1;
    for (const char *p = list; p != NULL; p = strchr(p, ','), p = p == NULL ? NULL : p + 1)
        if (strncmp(p, word, n) == 0 && (p[n] == 0 || p[n] == ','))
            return 1;
    return 0;
}
