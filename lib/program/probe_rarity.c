/* Counted over 43,000 events of the project's own generated trail (bench/trail, seed 1), of which two are the
 * sample. */
#include "program/probe_rarity.h"

/* An apostrophe stands for a quote. */
static const char sample[] =
    "{'eventVersion':'1.08','userIdentity':{'type':'AssumedRole','principalId':'AROAT25EQKMW2PEXAMPLE:i-0a1b2"
    "c3d4e5f60718','arn':'arn:aws:sts::111122223333:assumed-role/app-server/i-0a1b2c3d4e5f60718','accountId':"
    "'111122223333','accessKeyId':'ASIARENVPHNKYEXAMPLE','sessionContext':{'sessionIssuer':{'type':'Role','pr"
    "incipalId':'AROAT25EQKMW2PEXAMPLE','arn':'arn:aws:iam::111122223333:role/app-server','accountId':'111122"
    "223333','userName':'app-server'},'webIdFederationData':{},'attributes':{'creationDate':'2026-01-11T23:32"
    ":34Z','mfaAuthenticated':'false'},'ec2RoleDelivery':'2.0'},'invokedBy':'ssm.amazonaws.com'},'eventTime':"
    "'2026-01-12T00:01:35Z','eventSource':'kms.amazonaws.com','eventName':'Decrypt','awsRegion':'us-east-1','"
    "sourceIPAddress':'ssm.amazonaws.com','userAgent':'ssm.amazonaws.com','requestParameters':{'encryptionCon"
    "text':{'aws:lambda:FunctionArn':'arn:aws:lambda:us-east-1:111122223333:function:orders-worker'},'keyId':"
    "'arn:aws:kms:us-east-1:111122223333:key/54a1483f-fb48-42df-8557-120f2b7158bb','encryptionAlgorithm':'SYM"
    "METRIC_DEFAULT'},'responseElements':null,'requestID':'f7be6b02-8524-499b-a140-f606202ae8e8','eventID':'1"
    "621e271-3981-458a-910d-4adaf73e3625','readOnly':true,'resources':[{'accountId':'111122223333','type':'AW"
    "S::KMS::Key','ARN':'arn:aws:kms:us-east-1:111122223333:key/6cc7edfe-bbe9-401f-8c4f-240d9cd249b0'}],'even"
    "tType':'AwsApiCall','managementEvent':true,'recipientAccountId':'111122223333','eventCategory':'Manageme"
    "nt'}"
    "{'eventVersion':'1.08','userIdentity':{'type':'IAMUser','principalId':'AIDAX2RO2AG2J5EXAMPLE','arn':'arn"
    ":aws:iam::444455556666:user/auditor','accountId':'444455556666','accessKeyId':'AKIAM4VT5YBJAEXAMPLE','us"
    "erName':'auditor'},'eventTime':'2026-01-12T00:00:43Z','eventSource':'iam.amazonaws.com','eventName':'Sim"
    "ulatePrincipalPolicy','awsRegion':'us-east-1','sourceIPAddress':'203.0.113.9','userAgent':'Boto3/1.35.7 "
    "md/Botocore#1.35.7 ua/2.0 os/linux#6.8.0-40-generic md/arch#x86_64 lang/python#3.10.12 md/pyimpl#CPython"
    " cfg/retry-mode#standard Botocore/1.35.7','errorCode':'ThrottlingException','errorMessage':'Rate exceede"
    "d','requestParameters':{'policySourceArn':'arn:aws:iam::444455556666:role/service-catalog-launch','polic"
    "yInputList':['{\\'Version\\':\\'2012-10-17\\',\\'Statement\\':["
    "{\\'Effect\\':\\'Allow\\',\\'Action\\':\\'dynamodb:*\\'"
    ",\\'Resource\\':\\'*\\'}]}'],'actionNames':['dynamodb:Query'],'resourceArns':['*']},'responseElements':null,"
    "'requestID':'fabf1d69-eafc-4108-8ac3-732fe595b094','eventID':'0b680ce7-452c-424b-8f9f-7682d91f9118','rea"
    "dOnly':true,'eventType':'AwsApiCall','managementEvent':true,'recipientAccountId':'444455556666','eventCa"
    "tegory':'Management','tlsDetails':{'tlsVersion':'TLSv1.3','cipherSuite':'TLS_AES_128_GCM_SHA256','client"
    "ProvidedHostHeader':'iam.amazonaws.com'}}";

unsigned ctfi_rarity_byte(unsigned char c)
{
    static const unsigned short printable[] = {
        /* from the blank to the tilde */
        378, 0, 6162, 130, 2, 5, 0, 1, 24, 24, 12, 86, 1464, 1172, 877, 530, 916, 1606, 1465, 1118, 1077,
        974, 1066, 471, 536, 409, 2567, 27, 0, 3, 0, 0, 7, 992, 151, 318, 366, 504, 159, 196, 237, 715,
        112, 183, 313, 390, 247, 216, 382, 116, 304, 581, 401, 136, 219, 149, 223, 110, 172, 52, 106, 52,
        0, 239, 0, 2876, 521, 1573, 1425, 5043, 492, 509, 306, 1593, 78, 177, 1114, 1236, 2362, 1874, 876,
        169, 2348, 2622, 2605, 1202, 695, 562, 217, 623, 213, 364, 0, 364, 0
    };
    if (c < 0x20 || c > 0x7E)
        return c == '\n' ? 47 : 0;
    return printable[c - 0x20];
}

#define UNKNOWN 50

unsigned ctfi_rarity_key(ctfi_bytes key)
{
    static const struct {
        const char *key;
        unsigned percent;
    } known[] = {
        {"ARN", 30}, {"AuthenticationMethod", 7}, {"CipherSuite", 7}, {"Host", 7}, {"SignatureVersion", 7},
        {"accessKeyId", 96}, {"accountId", 99}, {"additionalEventData", 7}, {"agentName", 5},
        {"agentVersion", 5}, {"arn", 95}, {"assumedRoleId", 9}, {"assumedRoleUser", 9}, {"attributes", 40},
        {"availabilityZone", 5}, {"aws:lambda:FunctionArn", 9}, {"aws:s3:arn", 4}, {"awsRegion", 100},
        {"bucketName", 6}, {"bytesTransferredIn", 7}, {"bytesTransferredOut", 7}, {"cipherSuite", 86},
        {"clientProvidedHostHeader", 86}, {"creationDate", 40}, {"credentials", 11},
        {"durationSeconds", 10}, {"ec2RoleDelivery", 10}, {"encryptionAlgorithm", 9},
        {"encryptionContext", 13}, {"errorCode", 10}, {"errorMessage", 10}, {"eventCategory", 100},
        {"eventID", 100}, {"eventName", 100}, {"eventSource", 100}, {"eventTime", 100}, {"eventType", 100},
        {"eventVersion", 100}, {"expiration", 11}, {"filterSet", 16}, {"instanceId", 11},
        {"instancesSet", 6}, {"invokedBy", 14}, {"items", 18}, {"key", 4}, {"keyId", 13}, {"keySpec", 4},
        {"managementEvent", 100}, {"maxResults", 5}, {"mfaAuthenticated", 40}, {"name", 14},
        {"platformType", 5}, {"policy", 10}, {"principalId", 90}, {"readOnly", 100},
        {"recipientAccountId", 100}, {"requestID", 99}, {"requestParameters", 100}, {"resources", 30},
        {"responseElements", 100}, {"roleArn", 11}, {"roleName", 4}, {"roleSessionName", 11},
        {"secretId", 4}, {"sessionContext", 40}, {"sessionCredentialFromConsole", 7},
        {"sessionIssuer", 40}, {"sessionToken", 11}, {"sharedEventID", 11}, {"sourceIPAddress", 100},
        {"tlsDetails", 86}, {"tlsVersion", 86}, {"type", 99}, {"userAgent", 100}, {"userIdentity", 100},
        {"userName", 88}, {"value", 11}, {"valueSet", 8}, {"webIdFederationData", 40},
        {"withDecryption", 4}, {"x-amz-id-2", 7}
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ctfi_bytes_equal((ctfi_bytes){(const unsigned char *)known[i].key, strlen(known[i].key)}, key))
            return known[i].percent;
    return UNKNOWN;
}

static int in_sample(unsigned char c)
{
    return c == '"' ? '\'' : c;
}

/* Goes from one of the rarer byte to the next. */
unsigned ctfi_rarity_pair(unsigned char first, unsigned char second, size_t distance)
{
    bool by_second = ctfi_rarity_byte(second) < ctfi_rarity_byte(first);
    const char *p = by_second ? sample + distance : sample;
    const char *end = p + sizeof sample - 1 - distance;
    int sought = in_sample(by_second ? second : first), other = in_sample(by_second ? first : second);
    unsigned count = 0;
    for (; (p = memchr(p, sought, (size_t)(end - p))) != NULL; p++)
        count += (unsigned char)(by_second ? *(p - distance) : p[distance]) == other;
    return count;
}
