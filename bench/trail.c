/* Writes one record, in CloudTrail's order of keys. */
#include "trail_parts.h"

#include <string.h>

static const char *const accounts[] = {"111122223333", "444455556666", "123456789012"};
static const char *const regions[] = {"us-east-1", "eu-west-1", "us-west-2", "ap-southeast-2"};

const char *trail_account(unsigned index)
{
    return index < TRAIL_ACCOUNTS ? accounts[index] : NULL;
}

const char *trail_region(unsigned index)
{
    return index < TRAIL_REGIONS ? regions[index] : NULL;
}

/* "Denied" in the words of EC2, with the opaque text that only its owner can decode, or of the
 * others. */
static void put_denial(trail_scene *scene)
{
    if (!strcmp(scene->kind->source, "ec2")) {
        trail_expand(scene, "'errorCode':'Client.UnauthorizedOperation','errorMessage':'You are not authorized "
                            "to perform this operation. User: @A is not authorized to perform: ec2:");
        trail_put(scene->out, scene->kind->name);
        trail_expand(scene, " with an explicit deny. Encoded authorization failure message: @l',");
        return;
    }
    trail_expand(scene, "'errorCode':'AccessDenied','errorMessage':'User: @A is not authorized to perform: ");
    trail_put(scene->out, scene->kind->source);
    trail_put(scene->out, ":");
    trail_put(scene->out, scene->kind->name);
    trail_expand(scene, " because no identity-based policy allows the ");
    trail_put(scene->out, scene->kind->source);
    trail_put(scene->out, ":");
    trail_put(scene->out, scene->kind->name);
    trail_expand(scene, " action',");
}

/* The kind's own error, "Code|message". */
static void put_oops(trail_scene *scene)
{
    const char *bar = strchr(scene->kind->oops, '|');
    trail_expand(scene, "'errorCode':'");
    trail_put_bytes(scene->out, scene->kind->oops, (size_t)(bar - scene->kind->oops));
    if (bar[1]) {
        trail_expand(scene, "','errorMessage':'");
        trail_expand(scene, bar + 1);
    }
    trail_expand(scene, "',");
}

static int is_login(const trail_scene *scene)
{
    return !strcmp(scene->kind->source, "signin");
}

static void put_error(trail_scene *scene)
{
    switch (scene->entry->outcome) {
    case OUTCOME_DENIED:
        if (is_login(scene))
            trail_expand(scene, "'errorMessage':'Failed authentication',");
        else
            put_denial(scene);
        break;
    case OUTCOME_THROTTLED:
        trail_expand(scene, "'errorCode':'ThrottlingException','errorMessage':'Rate exceeded',");
        break;
    case OUTCOME_OOPS: put_oops(scene); break;
    default: break;
    }
}

static void put_value(trail_scene *scene, const char *key, const char *template)
{
    trail_expand(scene, key);
    trail_expand(scene, template ? template : "null");
    trail_put(scene->out, ",");
}

static const char *response_of(const trail_scene *scene)
{
    if (is_login(scene))
        return scene->entry->outcome ? "{'ConsoleLogin':'Failure'}" : "{'ConsoleLogin':'Success'}";
    return scene->entry->outcome ? NULL : scene->kind->response;
}

static const char *extra_of(const trail_scene *scene)
{
    if (is_login(scene))
        return scene->actor->who == WHO_ROOT
                   ? "{'LoginTo':'https://console.aws.amazon.com/console/home','MobileVersion':'No',"
                     "'MFAIdentifier':'arn:aws:iam::@a:mfa/root-account-mfa-device','MFAUsed':'Yes'}"
                   : "{'LoginTo':'https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true',"
                     "'MobileVersion':'No','MFAUsed':'No'}";
    if (scene->kind->traits & EVENT_S3)
        return "{'SignatureVersion':'SigV4','CipherSuite':'ECDHE-RSA-AES128-GCM-SHA256','bytesTransferredIn':0,"
               "'AuthenticationMethod':'AuthHeader','x-amz-id-2':'@m','bytesTransferredOut':@N}";
    return scene->kind->who == WHO_NOBODY ? NULL : scene->kind->extra;
}

static void put_head(trail_scene *scene)
{
    trail_expand(scene, scene->kind->traits & EVENT_NEW ? "{'eventVersion':'1.09','userIdentity':"
                                                        : "{'eventVersion':'1.08','userIdentity':");
    trail_put_identity(scene);
    trail_expand(scene, ",'eventTime':'@t','eventSource':'");
    trail_put(scene->out, scene->kind->source);
    trail_expand(scene, ".amazonaws.com','eventName':'");
    trail_put(scene->out, scene->kind->name);
    trail_expand(scene, "','awsRegion':'@g','sourceIPAddress':'");
    trail_put(scene->out, scene->actor->address);
    trail_expand(scene, scene->kind->traits & EVENT_S3 ? "','userAgent':'[" : "','userAgent':'");
    trail_put(scene->out, scene->actor->agent);
    trail_expand(scene, scene->kind->traits & EVENT_S3 ? "]'," : "',");
}

static void put_middle(trail_scene *scene)
{
    const char *extra = extra_of(scene);
    put_error(scene);
    put_value(scene, "'requestParameters':", scene->kind->request);
    put_value(scene, "'responseElements':", response_of(scene));
    if (extra)
        put_value(scene, "'additionalEventData':", extra);
    if (scene->actor->who != WHO_NOBODY && !is_login(scene))
        trail_expand(scene, scene->kind->traits & EVENT_S3 ? "'requestID':'@X'," : "'requestID':'@U',");
    trail_expand(scene, "'eventID':'@U',");
    trail_expand(scene, scene->kind->traits & EVENT_READ ? "'readOnly':true," : "'readOnly':false,");
}

static void put_resources(trail_scene *scene)
{
    if (!scene->kind->resources)
        return;
    trail_expand(scene, "'resources':[{'accountId':'@a',");
    if (scene->kind->resource_type) {
        trail_expand(scene, "'type':'");
        trail_put(scene->out, scene->kind->resource_type);
        trail_expand(scene, "',");
    }
    trail_expand(scene, "'ARN':'");
    trail_expand(scene, scene->kind->resources);
    trail_expand(scene, "'}],");
}

static const char *type_of(const trail_scene *scene)
{
    if (is_login(scene))
        return "'eventType':'AwsConsoleSignIn',";
    return scene->actor->who == WHO_NOBODY ? "'eventType':'AwsServiceEvent'," : "'eventType':'AwsApiCall',";
}

/* The connection of a caller from outside; services within have none. */
static void put_connection(trail_scene *scene)
{
    if (scene->actor->who & (WHO_SERVICE | WHO_FORWARD | WHO_NOBODY))
        return;
    trail_expand(scene, ",'tlsDetails':{'tlsVersion':'TLSv1.3','cipherSuite':'TLS_AES_128_GCM_SHA256',"
                        "'clientProvidedHostHeader':'");
    trail_put(scene->out, is_login(scene) ? "signin.aws.amazon" : scene->kind->source);
    if (!(scene->kind->traits & EVENT_GLOBAL))
        trail_expand(scene, ".@g");
    trail_put(scene->out, is_login(scene) ? ".com\"}" : ".amazonaws.com\"}");
    if ((scene->actor->session & SESSION_CONSOLE) && !is_login(scene))
        trail_expand(scene, ",'sessionCredentialFromConsole':'true'");
}

static void put_tail(trail_scene *scene)
{
    unsigned who = scene->actor->who;
    trail_expand(scene, type_of(scene));
    trail_expand(scene, "'managementEvent':true,'recipientAccountId':'@a',");
    if (who == WHO_SERVICE || who == WHO_FOREIGN)
        trail_expand(scene, "'sharedEventID':'@U',");
    if (who == WHO_NOBODY)
        put_value(scene, "'serviceEventDetails':", scene->kind->extra);
    trail_expand(scene, "'eventCategory':'Management'");
    put_connection(scene);
}

void trail_record(const trail_entry *entry, trail_text *out)
{
    trail_scene scene = {entry,
                         trail_kinds + entry->event,
                         trail_actors + entry->actor,
                         accounts[entry->account],
                         regions[entry->region],
                         {entry->seed},
                         out};
    put_head(&scene);
    put_middle(&scene);
    put_resources(&scene);
    put_tail(&scene);
    trail_put(out, "}");
}
