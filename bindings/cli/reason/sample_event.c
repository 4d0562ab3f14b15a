#include "sample_event.h"

#include <stdio.h>
#include <string.h>

const sample_event sample_events[] = {
#define EVENT(name, service, reads) {name, service, reads},
#include "sample_events.def"
#undef EVENT
};
const size_t sample_event_count = sizeof sample_events / sizeof *sample_events;

const char *const sample_identities[] = {"IAMUser", "Root", "AssumedRole", "AWSService"};
const size_t sample_identity_count = sizeof sample_identities / sizeof *sample_identities;

/* The members behind the type, by sample_identities. */
static const char *const identities[] = {
    "\"principalId\":\"AIDAEXAMPLEALICE\",\"arn\":\"arn:aws:iam::123456789012:user/alice\",\"accountId\":\"123456789012\","
    "\"accessKeyId\":\"ASIAEXAMPLEALICE\",\"userName\":\"alice\",\"sessionContext\":{\"attributes\":{\"creationDate\":"
    "\"2026-01-15T09:58:12Z\",\"mfaAuthenticated\":\"false\"}}",
    "\"principalId\":\"123456789012\",\"arn\":\"arn:aws:iam::123456789012:root\",\"accountId\":\"123456789012\","
    "\"accessKeyId\":\"ASIAEXAMPLEROOT\",\"sessionContext\":{\"attributes\":{\"creationDate\":\"2026-01-15T09:58:12Z\","
    "\"mfaAuthenticated\":\"false\"}}",
    "\"principalId\":\"AROAEXAMPLEADMIN:alice\",\"arn\":\"arn:aws:sts::123456789012:assumed-role/admin/alice\",\"accountId\":"
    "\"123456789012\",\"accessKeyId\":\"ASIAEXAMPLEADMIN\",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\","
    "\"principalId\":\"AROAEXAMPLEADMIN\",\"arn\":\"arn:aws:iam::123456789012:role/admin\",\"accountId\":\"123456789012\","
    "\"userName\":\"admin\"},\"attributes\":{\"creationDate\":\"2026-01-15T09:58:12Z\",\"mfaAuthenticated\":\"false\"}}",
    "\"invokedBy\":\"config.amazonaws.com\"",
};

static void raw(json_out *out, const char *key, const char *text)
{
    json_key(out, key);
    json_raw(out, (ctf_text){text, strlen(text)});
}

static void words(json_out *out, const char *key, const char *text)
{
    json_key(out, key);
    json_words(out, text);
}

static void write_identity(size_t identity, json_out *out)
{
    char text[1024];
    snprintf(text, sizeof text, "{\"type\":\"%s\",%s}", sample_identities[identity], identities[identity]);
    raw(out, "userIdentity", text);
}

static void write_call(const sample_event *event, json_out *out)
{
    char source[64];
    snprintf(source, sizeof source, "%s.amazonaws.com", event->service);
    words(out, "eventTime", "2026-01-15T10:00:00Z");
    words(out, "eventSource", source);
    words(out, "eventName", event->name);
    words(out, "awsRegion", "us-east-1");
}

static void write_answer(bool login, bool fails, json_out *out)
{
    raw(out, "requestParameters", "null");
    raw(out, "responseElements", !login ? "null" : fails ? "{\"ConsoleLogin\":\"Failure\"}" : "{\"ConsoleLogin\":\"Success\"}");
    if (login)
        raw(out, "additionalEventData", "{\"LoginTo\":\"https://console.aws.amazon.com/console/home\",\"MobileVersion\":\"No\","
                                        "\"MFAUsed\":\"No\"}");
    else
        words(out, "requestID", "3b2c1a60-0000-4000-8000-00000000c0de");
}

void sample_event_write(const sample_event *event, size_t identity, bool fails, json_out *out)
{
    bool console = strcmp(event->service, "signin") == 0, login = console && strcmp(event->name, "ConsoleLogin") == 0;
    json_open(out, '{');
    words(out, "eventVersion", "1.09");
    write_identity(identity, out);
    write_call(event, out);
    words(out, "sourceIPAddress", "192.0.2.17");
    words(out, "userAgent", console ? "Mozilla/5.0" : "aws-cli/2.15.30");
    write_answer(login, fails, out);
    words(out, "eventID", "7d9e5f10-0000-4000-8000-00000000cafe");
    raw(out, "readOnly", event->reads ? "true" : "false");
    words(out, "eventType", console ? "AwsConsoleSignIn" : "AwsApiCall");
    raw(out, "managementEvent", "true");
    words(out, "recipientAccountId", "123456789012");
    words(out, "eventCategory", "Management");
    json_close(out, '}');
}
