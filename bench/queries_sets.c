/* Patterns by the dozen and by the thousand: a baseline, invented names of calls, those that events hold. */
#include "queries_build.h"

#include <stdio.h>
#include <string.h>

/* A pattern of the baseline that asks for names of calls. */
typedef struct watch {
    const char *source;    /* that the names need, or NULL */
    const char *names[16]; /* ends with NULL */
} watch;

/* The part of the baseline that asks for names of calls. */
static const watch watches[] = {
    {"iam.amazonaws.com",
     {"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
      "PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion",
      "AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy"}}, /* iam policies */
    {NULL,
     {"CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"}}, /* cloudtrail changes */
    {"kms.amazonaws.com", {"DisableKey", "ScheduleKeyDeletion"}},                   /* keys disabled */
    {"s3.amazonaws.com",
     {"PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
      "DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle",
      "DeleteBucketReplication"}}, /* s3 policies */
    {"config.amazonaws.com",
     {"StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel",
      "PutConfigurationRecorder"}}, /* config changes */
    {NULL,
     {"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"}}, /* security groups */
    {NULL,
     {"CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"}}, /* network acls */
    {NULL,
     {"CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway",
      "DeleteInternetGateway", "DetachInternetGateway"}}, /* gateways */
    {"ec2.amazonaws.com",
     {"CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable",
      "DeleteRoute", "DisassociateRouteTable"}}, /* route tables */
    {NULL,
     {"CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection", "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection"}}, /* vpcs */
};
#define WATCHES (sizeof watches / sizeof *watches)

static void add_literals(bench_query *query, const char *const *words)
{
    for (; *words != NULL; words++)
        bench_add_literal(query, (ctf_text){*words, strlen(*words)});
}

static void add_watch_rule(bench_query *query, const watch *asked)
{
    char room[1100];
    size_t n = 0;
    for (const char *const *name = asked->names; *name != NULL; name++)
        n += (size_t)snprintf(room + n, sizeof room - n, "%s\"%s\"", name == asked->names ? "" : ",", *name);
    if (asked->source != NULL)
        bench_add_rule(query,
                       bench_keep(query, "{\"eventName\":[%s],\"eventSource\":[\"%s\"]}", room, asked->source));
    else
        bench_add_rule(query, bench_keep(query, "{\"eventName\":[%s]}", room));
}

static void add_watch(bench_query *query, const watch *asked)
{
    char room[1100];
    ctf_text source = asked->source == NULL ? (ctf_text){"", 0} : bench_keep(query, "%s", asked->source);
    size_t n = (size_t)(source.length == 0
                            ? snprintf(room, sizeof room, "{ (")
                            : snprintf(room, sizeof room, "{ ($.eventSource = \"%s\") && (", source.data));
    for (const char *const *name = asked->names; *name != NULL; name++) {
        n += (size_t)snprintf(room + n, sizeof room - n, "%s($.eventName = %s)",
                              name == asked->names ? "" : " || ", *name);
        bench_add_name(query, (ctf_text){*name, strlen(*name)}, source);
    }
    snprintf(room + n, sizeof room - n, ") }");
    bench_add_pattern(query, bench_keep(query, "%s", room));
    add_watch_rule(query, asked);
}

const char bench_denied[] =
    "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }";
const char bench_root[] = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && "
                          "$.eventType != \"AwsServiceEvent\" }";

const char bench_denied_rule[] =
    "{\"errorCode\":[{\"wildcard\":\"*UnauthorizedOperation\"},{\"prefix\":\"AccessDenied\"}]}";
const char bench_root_rule[] = "{\"userIdentity\":{\"type\":[\"Root\"],\"invokedBy\":[{\"exists\":false}]},"
                               "\"eventType\":[{\"anything-but\":[\"AwsServiceEvent\"]}]}";
static const char weak_login_rule[] =
    "{\"eventName\":[\"ConsoleLogin\"],\"additionalEventData\":{\"MFAUsed\":"
    "[{\"anything-but\":[\"Yes\"]}]},\"userIdentity\":{\"type\":[\"IAMUser\"]},"
    "\"responseElements\":{\"ConsoleLogin\":[\"Success\"]}}";
static const char failed_login_rule[] =
    "{\"eventName\":[\"ConsoleLogin\"],\"errorMessage\":[\"Failed authentication\"]}";

void bench_add_baseline(bench_query *query)
{
    static const char *const rules[] = {bench_denied_rule, bench_root_rule, weak_login_rule, failed_login_rule};
    for (size_t i = 0; i < 4; i++)
        bench_add_rule(query, (ctf_text){rules[i], strlen(rules[i])});
    static const char *const others[] = {"UnauthorizedOperation\"", "\"AccessDenied", "\"Root\"",
                                         "\"ConsoleLogin\"", NULL};
    bench_add_pattern(query, bench_keep(query, "%s", bench_denied));
    bench_add_pattern(query, bench_keep(query, "%s", bench_root));
    bench_add_pattern(
        query,
        bench_keep(query,
                   "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && "
                   "($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }"));
    bench_add_pattern(
        query,
        bench_keep(query,
                   "{ ($.eventName = \"ConsoleLogin\") && ($.errorMessage = \"Failed authentication\") }"));
    for (size_t i = 0; i < WATCHES; i++)
        add_watch(query, &watches[i]);
    add_literals(query, others);
}

/* The i-th of many names that look like calls and are none. */
static void add_invented(bench_query *query, unsigned i)
{
    static const char *const verbs[] = {"Describe", "Create", "Delete", "Update",
                                        "List",     "Put",    "Get",    "Start"};
    static const char *const nouns[] = {"ReplicationTask", "Gateway",     "Fleet",     "Snapshot",
                                        "Pipeline",        "Model",       "Portfolio", "Queue",
                                        "Workspace",       "Certificate", "Channel",   "Dataset"};
    static const char *const sources[] = {"dms",        "iot", "sagemaker", "glue", "servicecatalog",
                                          "workspaces", "acm"};
    char name[96], source[64];
    snprintf(name, sizeof name, "%s%sV%u", verbs[i % 8], nouns[i / 8 % 12], i / 96 + 1);
    snprintf(source, sizeof source, "%s.amazonaws.com", sources[i % 7]);
    bench_add_pair(query, name, source);
}

void bench_fill_up(bench_query *query, size_t n)
{
    for (unsigned i = 0; query->n < n && i < 2 * n; i++)
        add_invented(query, i);
}

/* ---- the pairs that the events hold --------------------------------------------------------------- */

typedef struct gathering {
    bench_query *query;
    ctf_scratch *scratch;
    size_t most;
} gathering;

static int gather(void *context, const ctf_message *message, const ctf_hits *hits)
{
    gathering *g = context;
    ctf_value name, source;
    char a[256], b[256];
    (void)message, (void)hits;
    if (ctf_scratch_value(g->scratch, 0, 0, &name) != CTF_OK ||
        ctf_scratch_value(g->scratch, 0, 1, &source) != CTF_OK || name.text.length >= sizeof a ||
        source.text.length >= sizeof b || source.text.length == 0)
        return 0;
    snprintf(a, sizeof a, "%.*s", (int)name.text.length, name.text.data);
    snprintf(b, sizeof b, "%.*s", (int)source.text.length, source.text.data);
    if (g->query->table.n == 0 || bench_table_hits(&g->query->table, a, strlen(a), b, strlen(b)) == 0)
        bench_add_pair(g->query, a, b);
    return g->query->n >= g->most;
}

int bench_gather_pairs(const bench_corpus *events, bench_query *query, size_t most)
{
    static const ctf_text wanted[] = {{"$.eventName", 11}, {"$.eventSource", 13}};
    ctf_pattern any = {.text = {"{ $.eventName = \"*\" }", 21}, .extract = wanted, .n_extract = 2};
    ctf_scan_options lines = {.size = sizeof lines, .framing = CTF_FRAME_LINES};
    ctf_filter *filter = NULL;
    gathering g = {query, NULL, most};
    int failed = ctf_filter_compile(&any, 1, NULL, &filter, NULL) != CTF_OK ||
                 ctf_scratch_new(filter, NULL, &g.scratch) != CTF_OK;
    if (!failed)
        ctf_scan(g.scratch, events->data, events->length, &lines, gather, &g, NULL);
    ctf_scratch_free(g.scratch);
    ctf_filter_free(filter);
    return failed;
}
