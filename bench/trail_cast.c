/* Who acts in the generated trail, and how CloudTrail writes each of them down as userIdentity. Ids of
 * principals are the same in every record of an account; session keys change by the day. */
#include "trail_parts.h"

#include <string.h>

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static const char browser[] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
static const char command_line[] =
    "aws-cli/2.17.40 md/awscrt#0.21.2 ua/2.0 os/linux#6.1.0-23-amd64 md/arch#x86_64 lang/python#3.11.9 "
    "md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off";
static const char terraform[] =
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.64.0 "
    "(+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.4 os/linux lang/go#1.22.6";

const trail_actor trail_actors[] = {
    {WHO_PERSON, 3, "alice", NULL, command_line, "192.0.2.17", SESSION_MFA, 1},
    {WHO_PERSON, 8, "bob", NULL, command_line, "192.0.2.44", 0, 1},
    {WHO_PERSON, 4, "carol@example.com", "AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6071", browser,
     "198.51.100.23", SESSION_CONSOLE | SESSION_MFA, 1},
    {WHO_PIPELINE, 6, "deploy-7314", "deploy-pipeline", terraform, "198.51.100.60", 0, 1},
    {WHO_APP, 6, "i-0a1b2c3d4e5f60718", "app-server",
     "aws-sdk-java/2.26.31 Linux/6.1.97-104.177.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4+7-LTS "
     "Java/21.0.4 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard", "203.0.113.80", 0, 0},
    {WHO_APP, 14, "svc-orders", NULL, "aws-sdk-go/1.55.5 (go1.22.6; linux; amd64) S3Manager", "203.0.113.80", 0, 0},
    {WHO_APP, 3, "nightly-report", "report-runner",
     "Boto3/1.35.7 md/Botocore#1.35.7 ua/2.0 os/linux#5.10.223-211.872.amzn2.x86_64 md/arch#x86_64 "
     "lang/python#3.12.5 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 cfg/retry-mode#legacy Botocore/1.35.7",
     "203.0.113.91", 0, 0},
    {WHO_AUDITOR, 9, "auditor", NULL, "Boto3/1.35.7 md/Botocore#1.35.7 ua/2.0 os/linux#6.8.0-40-generic "
     "md/arch#x86_64 lang/python#3.10.12 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.35.7",
     "203.0.113.9", 0, 0},
    {WHO_FORWARD, 5, "bob", NULL, "secretsmanager.amazonaws.com", "secretsmanager.amazonaws.com", 0, 0},
    {WHO_FORWARD, 4, "i-0a1b2c3d4e5f60718", "app-server", "ssm.amazonaws.com", "ssm.amazonaws.com", 0, 0},
    {WHO_SERVICE, 4, "ec2.amazonaws.com", NULL, "ec2.amazonaws.com", "ec2.amazonaws.com", 0, 0},
    {WHO_SERVICE, 3, "config.amazonaws.com", NULL, "config.amazonaws.com", "config.amazonaws.com", 0, 0},
    {WHO_SERVICE, 3, "lambda.amazonaws.com", NULL, "lambda.amazonaws.com", "lambda.amazonaws.com", 0, 0},
    {WHO_FOREIGN, 9, "partner-sync", NULL, "aws-sdk-go/1.55.5 (go1.22.6; linux; amd64)", "198.51.100.142", 0, 0},
    {WHO_ROOT, 1, "root", NULL, browser, "192.0.2.200", SESSION_CONSOLE | SESSION_MFA, 1},
    {WHO_LONE, 1, "dave", NULL, browser, "203.0.113.24", SESSION_CONSOLE, 1},
    {WHO_NOBODY, 1, "AWS Internal", NULL, "AWS Internal", "AWS Internal", 0, 0},
    {WHO_FEDERATED, 2, "repo:example/shop:ref:refs/heads/main", NULL,
     "aws-sdk-nodejs/3.637.0 ua/2.0 os/linux#6.5.0-1025-azure lang/js md/nodejs#20.16.0", "203.0.113.140", 0, 1},
    {WHO_STRANGER, 1, "erin", NULL, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
     "Gecko) Chrome/127.0.0.0 Safari/537.36", "203.0.113.66", 0, 0},
};
const unsigned trail_actors_n = sizeof trail_actors / sizeof *trail_actors;

unsigned trail_actor_find(const char *name)
{
    unsigned i = 0;
    while (strcmp(trail_actors[i].name, name))
        i++;
    return i;
}

/* A generator that always draws the same for this account and purpose. */
static trail_random steady(const trail_scene *scene, uint64_t purpose)
{
    uint64_t name = 0;
    const char *c = scene->actor->role ? scene->actor->role : scene->actor->name;
    for (; *c; c++)
        name = trail_mix(name, (unsigned char)*c);
    return (trail_random){trail_mix(trail_mix(name, scene->entry->account), purpose)};
}

/* AIDA..., AROA...: ids of documentation end in EXAMPLE. */
static void put_id(trail_scene *scene, const char *prefix, uint64_t purpose, size_t drawn)
{
    trail_random random = steady(scene, purpose);
    trail_put(scene->out, prefix);
    trail_put_drawn(scene->out, &random, base32, drawn);
    trail_put(scene->out, "EXAMPLE");
}

static void put_session_key(trail_scene *scene)
{
    put_id(scene, "ASIA", (uint64_t)(scene->entry->time / 86400), 9);
}

void trail_put_arn(trail_scene *scene)
{
    const trail_actor *actor = scene->actor;
    if (actor->who == WHO_ROOT)
        trail_expand(scene, "arn:aws:iam::@a:root");
    else if (actor->role) {
        trail_expand(scene, "arn:aws:sts::@a:assumed-role/");
        trail_put(scene->out, actor->role);
        trail_put(scene->out, "/");
        trail_put(scene->out, actor->name);
    } else {
        trail_expand(scene, "arn:aws:iam::@a:user/");
        trail_put(scene->out, actor->name);
    }
}

/* The role behind a session; empty braces for a user's own session. */
static void put_issuer(trail_scene *scene)
{
    if (!scene->actor->role) {
        trail_expand(scene, "'sessionContext':{'sessionIssuer':{},'webIdFederationData':{},'attributes':");
        return;
    }
    trail_expand(scene, "'sessionContext':{'sessionIssuer':{'type':'Role','principalId':'");
    put_id(scene, "AROA", 2, 10);
    trail_expand(scene, "','arn':'arn:aws:iam::@a:role/");
    trail_put(scene->out, scene->actor->role);
    trail_expand(scene, "','accountId':'@a','userName':'");
    trail_put(scene->out, scene->actor->role);
    trail_expand(scene, "'},'webIdFederationData':{},'attributes':");
}

/* Sessions began up to an hour ago, at a time that is the same for the whole hour. */
static void put_session(trail_scene *scene)
{
    int64_t hour = scene->entry->time / 3600;
    int64_t began = hour * 3600 - (int64_t)(trail_mix((uint64_t)hour, scene->entry->actor) % 3600);
    put_issuer(scene);
    trail_expand(scene, "{'creationDate':'");
    trail_put_time(scene->out, began);
    trail_expand(scene, "','mfaAuthenticated':'");
    trail_put(scene->out, scene->actor->session & SESSION_MFA ? "true" : "false");
    trail_expand(scene, "'}");
    if (!strncmp(scene->actor->name, "i-", 2))
        trail_expand(scene, ",'ec2RoleDelivery':'2.0'");
    trail_put(scene->out, "}");
}

static void put_user(trail_scene *scene)
{
    int session = scene->actor->session || scene->actor->who == WHO_FORWARD;
    trail_expand(scene, "{'type':'IAMUser','principalId':'");
    put_id(scene, "AIDA", 1, 10);
    trail_expand(scene, "','arn':'@A','accountId':'@a','accessKeyId':'");
    if (session)
        put_session_key(scene);
    else
        put_id(scene, "AKIA", 3, 9);
    trail_expand(scene, "','userName':'@u'");
    if (session) {
        trail_put(scene->out, ",");
        put_session(scene);
    }
}

static void put_role(trail_scene *scene)
{
    trail_expand(scene, "{'type':'AssumedRole','principalId':'");
    put_id(scene, "AROA", 2, 10);
    trail_expand(scene, ":@u','arn':'@A','accountId':'@a','accessKeyId':'");
    put_session_key(scene);
    trail_expand(scene, "',");
    put_session(scene);
}

static void put_root(trail_scene *scene)
{
    trail_expand(scene, "{'type':'Root','principalId':'@a','arn':'@A','accountId':'@a','accessKeyId':'");
    put_session_key(scene);
    trail_expand(scene, "',");
    put_session(scene);
}

/* Who stands before the login page has no session yet. */
static void put_visitor(trail_scene *scene)
{
    if (scene->actor->who == WHO_ROOT) {
        trail_expand(scene, "{'type':'Root','principalId':'@a','arn':'@A','accountId':'@a','accessKeyId':''}");
        return;
    }
    trail_expand(scene, "{'type':'IAMUser','principalId':'");
    put_id(scene, "AIDA", 1, 10);
    if (scene->actor->who == WHO_STRANGER)
        trail_expand(scene, "','accountId':'@a','accessKeyId':'','userName':'@u'}");
    else
        trail_expand(scene, "','arn':'@A','accountId':'@a','userName':'@u'}");
}

static void put_foreign(trail_scene *scene)
{
    trail_expand(scene, "{'type':'AWSAccount','principalId':'");
    put_id(scene, "AROA", 2, 10);
    trail_expand(scene, ":@u','accountId':'@o'}");
}

static void put_federated(trail_scene *scene)
{
    static const char provider[] = "arn:aws:iam::@a:oidc-provider/token.actions.githubusercontent.com";
    trail_expand(scene, "{'type':'WebIdentityUser','principalId':'");
    trail_expand(scene, provider);
    trail_expand(scene, ":sts.amazonaws.com:@u','userName':'@u','identityProvider':'");
    trail_expand(scene, provider);
    trail_expand(scene, "'}");
}

static void put_caller(trail_scene *scene)
{
    const trail_actor *actor = scene->actor;
    if (actor->who == WHO_ROOT)
        put_root(scene);
    else if (actor->role)
        put_role(scene);
    else
        put_user(scene);
    if (actor->who == WHO_FORWARD) {
        trail_expand(scene, ",'invokedBy':'");
        trail_put(scene->out, actor->agent);
        trail_expand(scene, "'");
    }
    trail_put(scene->out, "}");
}

void trail_put_identity(trail_scene *scene)
{
    unsigned who = scene->actor->who;
    if (!strcmp(scene->kind->source, "signin"))
        put_visitor(scene);
    else if (who == WHO_SERVICE)
        trail_expand(scene, "{'type':'AWSService','invokedBy':'@u'}");
    else if (who == WHO_NOBODY)
        trail_expand(scene, "{'accountId':'@a','invokedBy':'@u'}");
    else if (who == WHO_FOREIGN)
        put_foreign(scene);
    else if (who == WHO_FEDERATED)
        put_federated(scene);
    else
        put_caller(scene);
}
