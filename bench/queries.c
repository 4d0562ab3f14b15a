/* What each query asks, in the language and for those who have none. */
#include "queries_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char name_rule[] = "{\"eventName\":[\"StopLogging\"]}";
static const char version_rule[] = "{\"eventVersion\":[{\"prefix\":\"1.\"}]}";

typedef struct outline {
    const char *id, *title;
    enum bench_data data;
    enum bench_predicate predicate;
    const char *pattern; /* NULL: a set */
    const char *rule;    /* NULL: none, or a set */
    const char *literals[5];
    const char *jq, *shell;
} outline;

static const outline outlines[BENCH_QUERIES] = {
    {"Q1",
     "one rare value",
     DATA_EVENTS,
     PREDICATE_NAME,
     "{ $.eventName = \"StopLogging\" }",
     name_rule,
     {"\"StopLogging\"", "\\u00"},
     ".eventName==\"StopLogging\"",
     "rg -c -F '\"eventName\":\"StopLogging\"' \"$1\""},
    {"Q2",
     "root used",
     DATA_EVENTS,
     PREDICATE_ROOT,
     bench_root,
     bench_root_rule,
     {"\"Root\"", "\\u00"},
     ".userIdentity.type==\"Root\" and (.userIdentity|has(\"invokedBy\")|not) and "
     ".eventType!=\"AwsServiceEvent\"",
     NULL},
    {"Q3",
     "refused calls",
     DATA_EVENTS,
     PREDICATE_DENIED,
     bench_denied,
     bench_denied_rule,
     {"UnauthorizedOperation\"", "\"AccessDenied", "\\u00"},
     "(.errorCode//\"\")|(endswith(\"UnauthorizedOperation\") or startswith(\"AccessDenied\"))",
     "rg -c '\"errorCode\":\"([^\"]*UnauthorizedOperation|AccessDenied[^\"]*)\"' \"$1\""},
    {"Q4", "14 patterns of a baseline", DATA_EVENTS, PREDICATE_BASELINE, NULL, NULL, {"\\u00"}, NULL, NULL},
    {"Q5",
     "1,000 patterns, each event matches",
     DATA_EVENTS,
     PREDICATE_PAIRS,
     NULL,
     NULL,
     {"\\u00"},
     NULL,
     NULL},
    {"Q6",
     "number, element, regex",
     DATA_EVENTS,
     PREDICATE_MIXED,
     "{ ($.requestParameters.maxResults >= 100) || ($.resources[0].type = \"AWS::KMS::Key\") || "
     "($.sourceIPAddress = %^203\\.0\\.113\\.[0-9]+$%) }",
     NULL,
     {"\"maxResults\"", "\"AWS::KMS::Key\"", "\"203.0.113.", "\\u00", "\\/"},
     "((.requestParameters|if type==\"object\" then .maxResults else null end)|type==\"number\" and .>=100) or "
     "(.resources//[])[0].type==\"AWS::KMS::Key\" or "
     "((.sourceIPAddress//\"\")|test(\"^203\\\\.0\\\\.113\\\\.[0-9]+$\"))",
     NULL},
    {"Q7",
     "only negatives",
     DATA_EVENTS,
     PREDICATE_ABSENT,
     "{ ($.errorCode NOT EXISTS) && ($.additionalEventData NOT EXISTS) && ($.userIdentity.invokedBy NOT "
     "EXISTS) && "
     "($.userIdentity.type != \"AssumedRole\") }",
     NULL,
     {NULL},
     "(has(\"errorCode\") or has(\"additionalEventData\") or (.userIdentity|has(\"invokedBy\"))|not) and "
     "(.userIdentity.type|type==\"string\" and .!=\"AssumedRole\")",
     NULL},
    {"Q8",
     "text terms",
     DATA_EVENTS,
     PREDICATE_NONE,
     "AccessDenied \"is not authorized\" -auditor",
     NULL,
     {"AccessDenied"},
     NULL,
     "rg -F AccessDenied \"$1\" | rg -F 'is not authorized' | rg -v -c -F auditor"},
    {"Q9",
     "access log by fields",
     DATA_LOG,
     PREDICATE_NONE,
     "[ip, id, user, time, request, status = 5*, bytes > 1000]",
     NULL,
     {" 5"},
     NULL,
     "rg -c ' 5[0-9]* (100[1-9]|10[1-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-9][0-9]{4,})$' \"$1\""},
    {"Q10",
     "10,000 patterns, few events match",
     DATA_EVENTS,
     PREDICATE_BASELINE_PAIRS,
     NULL,
     NULL,
     {"\\u00"},
     NULL,
     NULL},
    {"Q11",
     "everything matches",
     DATA_EVENTS,
     PREDICATE_VERSION,
     "{ $.eventVersion = \"1.*\" }",
     version_rule,
     {"\"1.", "\\u00"},
     ".eventVersion|startswith(\"1.\")",
     "rg -c '\"eventVersion\":\"1\\.' \"$1\""},
    {"Q12",
     "traps and escapes",
     DATA_TRAPS,
     PREDICATE_NAME,
     "{ $.eventName = \"StopLogging\" }",
     name_rule,
     {"\"StopLogging\"", "\\u00"},
     ".eventName==\"StopLogging\"",
     NULL},
};

static int fill(const outline *from, const bench_corpus *events, bench_query *query)
{
    int failed = 0;
    *query = (bench_query){.id = from->id,
                           .title = from->title,
                           .data = from->data,
                           .predicate = from->predicate,
                           .jq = from->jq,
                           .shell = from->shell};
    if (from->pattern != NULL)
        bench_add_pattern(query, bench_keep(query, "%s", from->pattern));
    if (from->rule != NULL)
        bench_add_rule(query, (ctf_text){from->rule, strlen(from->rule)});
    if (from->predicate == PREDICATE_BASELINE || from->predicate == PREDICATE_BASELINE_PAIRS)
        bench_add_baseline(query);
    if (from->predicate == PREDICATE_PAIRS)
        failed = bench_gather_pairs(events, query, 1000);
    if (from->predicate == PREDICATE_PAIRS || from->predicate == PREDICATE_BASELINE_PAIRS)
        bench_fill_up(query, from->predicate == PREDICATE_PAIRS ? 1000 : 10000);
    for (size_t i = 0; i < 5 && from->literals[i] != NULL; i++)
        bench_add_literal(query, (ctf_text){from->literals[i], strlen(from->literals[i])});
    return failed;
}

int bench_queries_make(const bench_corpus *events, bench_query *queries)
{
    int failed = 0;
    for (size_t i = 0; i < BENCH_QUERIES; i++)
        failed |= fill(&outlines[i], events, &queries[i]);
    if (failed)
        fputs("bench: cannot make the queries: out of memory\n", stderr);
    return failed ? -1 : 0;
}

void bench_queries_free(bench_query *queries)
{
    for (size_t i = 0; i < BENCH_QUERIES; i++) {
        bench_table_free(&queries[i].table);
        for (size_t k = 0; k < queries[i].n_kept; k++)
            free(queries[i].kept[k]);
        free(queries[i].kept);
        free(queries[i].patterns);
        free(queries[i].literals);
        free(queries[i].rules);
        queries[i] = (bench_query){0};
    }
}
