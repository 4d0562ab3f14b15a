/* The kinds of events in the generated trail: weights, who does them and what they carry. The shape
 * of parameters follows what the services log; values are drawn by trail_expand. */
#include "trail_parts.h"

#include <string.h>

#define READ EVENT_READ
#define GLOBAL EVENT_GLOBAL
#define BASELINE EVENT_BASELINE
#define STAFF (WHO_PERSON | WHO_PIPELINE)
#define LOOK (WHO_PERSON | WHO_PIPELINE | WHO_AUDITOR)

static const char policy[] = "{'roleName':'@r','policyName':'@w-access','policyDocument':'{`Version`:"
                             "`2012-10-17`,`Statement`:[{`Sid`:`@w`,`Effect`:`Allow`,"
                             "`Action`:[`s3:GetObject`,`s3:PutObject`],`Resource`:`arn:aws:s3:::@b/*`}]}'}";

const trail_kind trail_kinds[] = {
    /* reading, most of any trail */
    {"ec2", "DescribeInstances", READ, 70, LOOK | WHO_APP,
     .request = "{'instancesSet':{'items':[{'instanceId':'@i'},{'instanceId':'@i'}]},"
                "'filterSet':{'items':[{'name':'instance-state-name','valueSet':{'items':[{'value':'running'"
                "},{'value':'pending'}]}}]}}"},
    {"ec2", "DescribeRouteTables", READ, 40, LOOK,
     .request = "{'routeTableIdSet':{'items':[{'routeTableId':'rtb-0@x'}]},'filterSet':{}}",
     .oops = "Client.InvalidRouteTableID.NotFound|The routeTable ID @'rtb-0@x@' does not exist"},
    {"ec2", "DescribeSecurityGroups", READ, 35, LOOK,
     .request = "{'securityGroupSet':{},'securityGroupIdSet':{'items':[{'groupId':'@q'}]},'filterSet':{}}"},
    {"ec2", "DescribeSubnets", READ, 25, LOOK,
     .request = "{'subnetSet':{},'filterSet':{'items':[{'name':'vpc-id','valueSet':{'items':[{'value':'@v'}]"
                "}}]}}"},
    {"ec2", "DescribeVpcs", READ, 25, LOOK,
     .request = "{'vpcSet':{'items':[{'vpcId':'@v'}]},'filterSet':{}}"},
    {"ec2", "DescribeVolumes", READ, 18, LOOK,
     .request = "{'maxResults':1000,'volumeSet':{},'filterSet':{}}",
     .oops = "Client.InvalidVolume.NotFound|The volume @'vol-0@x@' does not exist."},
    {"ec2", "DescribeNetworkInterfaces", READ, 18, WHO_SERVICE | LOOK,
     .request = "{'networkInterfaceIdSet':{},'filterSet':{'items':[{'name':'group-id',"
                "'valueSet':{'items':[{'value':'@q'}]}}]}}"},
    {"iam", "GetUser", READ | GLOBAL, 22, LOOK,
     .request = "{'userName':'bob'}"},
    {"iam", "GetRole", READ | GLOBAL, 22, LOOK,
     .request = "{'roleName':'@r'}",
     .oops = "NoSuchEntityException|The role with name @r cannot be found."},
    {"iam", "ListAttachedRolePolicies", READ | GLOBAL, 20, LOOK,
     .request = "{'roleName':'@r','marker':null,'maxItems':100}"},
    {"iam", "GetPolicyVersion", READ | GLOBAL, 12, LOOK,
     .request = "{'policyArn':'arn:aws:iam::@a:policy/@w-access','versionId':'v@n'}"},
    {"iam", "SimulatePrincipalPolicy", READ | GLOBAL, 45, WHO_AUDITOR | WHO_PERSON,
     .request = "{'policySourceArn':'arn:aws:iam::@a:role/@r','policyInputList':['{`Version`:`2012-10-17`,"
                "`Statement`:[{`Effect`:`Allow`,`Action`:`dynamodb:*`,`Resource`:`*`}]}'],"
                "'actionNames':['dynamodb:Query'],'resourceArns':['*']}"},
    {"sts", "GetCallerIdentity", READ, 30, STAFF | WHO_APP,
     .request = NULL},
    {"s3", "GetBucketAcl", READ | EVENT_S3, 30, LOOK | WHO_FOREIGN,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','acl':''}"},
    {"s3", "GetBucketPolicy", READ | EVENT_S3, 20, LOOK,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','policy':''}",
     .oops = "NoSuchBucketPolicy|The bucket policy does not exist"},
    {"s3", "GetBucketEncryption", READ | EVENT_S3, 16, LOOK,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','encryption':''}"},
    {"s3", "GetBucketLifecycle", READ | EVENT_S3, 14, LOOK,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','lifecycle':''}",
     .oops = "NoSuchLifecycleConfiguration|The lifecycle configuration does not exist"},
    {"s3", "ListBuckets", READ | EVENT_S3, 16, LOOK,
     .request = "{'Host':'s3.amazonaws.com'}"},
    {"kms", "Decrypt", READ, 120, WHO_FORWARD | WHO_APP,
     .request = "{'encryptionContext':{'aws:lambda:FunctionArn':'arn:aws:lambda:@g:@a:function:@w-worker'},"
                "'keyId':'arn:aws:kms:@g:@a:key/@k','encryptionAlgorithm':'SYMMETRIC_DEFAULT'}",
     .resources = "arn:aws:kms:@g:@a:key/@k",
     .resource_type = "AWS::KMS::Key"},
    {"kms", "GenerateDataKey", READ, 50, WHO_FORWARD | WHO_APP | WHO_FOREIGN,
     .request = "{'keySpec':'AES_256','encryptionContext':{'aws:s3:arn':'arn:aws:s3:::@b'},"
                "'keyId':'arn:aws:kms:@g:@a:key/@k'}",
     .resources = "arn:aws:kms:@g:@a:key/@k",
     .resource_type = "AWS::KMS::Key"},
    {"ssm", "GetParameter", READ, 50, WHO_APP | WHO_PIPELINE,
     .request = "{'name':'/shop/@w/endpoint','withDecryption':true}",
     .resources = "arn:aws:ssm:@g:@a:parameter/shop/endpoint",
     .oops = "ParameterNotFound|"},
    {"ssm", "DescribeParameters", READ, 30, LOOK,
     .request = "{'maxResults':50,'filters':[{'key':'Name','values':['/shop/@w']}]}"},
    {"secretsmanager", "GetSecretValue", READ, 40, WHO_APP,
     .request = "{'secretId':'arn:aws:secretsmanager:@g:@a:secret:shop/@w-@s'}",
     .oops = "ResourceNotFoundException|Secrets Manager can@'t find the specified secret."},
    {"secretsmanager", "DescribeSecret", READ, 14, LOOK,
     .request = "{'secretId':'shop/@w'}"},
    {"rds", "DescribeDBInstances", READ, 25, LOOK | WHO_APP,
     .request = "{'maxRecords':100}"},
    {"dynamodb", "DescribeTable", READ, 30, WHO_APP | WHO_PIPELINE,
     .request = "{'tableName':'shop-@w'}",
     .resources = "arn:aws:dynamodb:@g:@a:table/shop-@w",
     .resource_type = "AWS::DynamoDB::Table",
     .oops = "ResourceNotFoundException|Requested resource not found: Table: shop-@w not found"},
    {"lambda", "GetFunction20150331v2", READ, 16, LOOK,
     .request = "{'functionName':'@w-worker','qualifier':'$LATEST'}"},
    {"logs", "DescribeLogGroups", READ, 20, LOOK,
     .request = "{'logGroupNamePrefix':'/aws/lambda/@w','limit':50}"},
    {"logs", "FilterLogEvents", READ, 5, WHO_PERSON,
     .request = "{'logGroupName':'/aws/cloudtrail','startTime':@N,'filterPattern':'{ $.eventName \\u003d "
                "`ConsoleLogin` \\u0026\\u0026 $.errorCode NOT EXISTS }','interleaved':false}"},
    {"monitoring", "GetMetricData", READ, 25, WHO_APP | WHO_PERSON,
     .request = "{'startTime':'@j','endTime':'@j','metricDataQueries':[{'id':'m@n',"
                "'metricStat':{'metric':{'namespace':'AWS/EC2','metricName':'CPUUtilization'},'period':300,"
                "'stat':'Average'},'returnData':true}]}"},
    {"monitoring", "DescribeAlarms", READ, 25, LOOK,
     .request = "{'alarmNames':['shop-@w-errors'],'maxRecords':100}"},
    {"cloudtrail", "LookupEvents", READ | EVENT_NEW, 18, WHO_PERSON | WHO_AUDITOR,
     .request = "{'startTime':'@j','endTime':'@j','lookupAttributes':[{'attributeKey':'EventName',"
                "'attributeValue':'ConsoleLogin'}],'maxResults':50}"},
    {"cloudtrail", "DescribeTrails", READ | EVENT_NEW, 14, LOOK,
     .request = "{'trailNameList':[],'includeShadowTrails':true}"},
    {"health", "DescribeEventAggregates", READ | GLOBAL, 14, WHO_PERSON,
     .request = "{'aggregateField':'eventTypeCategory','filter':{'eventStatusCodes':['open','upcoming'],"
                "'startTimes':[{'from':@e}]}}"},
    {"guardduty", "ListFindings", READ, 12, WHO_PERSON | WHO_AUDITOR,
     .request = "{'detectorId':'@x@x','findingCriteria':{'criterion':{'severity':{'greaterThanOrEqual':4.0},"
                "'updatedAt':{'greaterThan':@e}}},'maxResults':50}"},
    {"elasticloadbalancing", "DescribeTargetHealth", READ, 40, WHO_APP | WHO_PIPELINE,
     .request = "{'targetGroupArn':'arn:aws:elasticloadbalancing:@g:@a:targetgroup/shop-@w/@x'}"},
    /* changing things, day by day */
    {"sts", "AssumeRole", READ, 110, WHO_SERVICE,
     .request = "{'roleArn':'arn:aws:iam::@a:role/aws-service-role/@u/AWSServiceRoleForShop',"
                "'roleSessionName':'AutoSession-@N','durationSeconds':3600,'policy':'{`Version`:`2012-10-17`"
                ",`Statement`:[{`Effect`:`Allow`,`Action`:`*`,`Resource`:`*`}]}'}",
     .response = "{'credentials':{'accessKeyId':'ASIA@yEXAMPLE','sessionToken':'@l','expiration':'@j'},"
                 "'assumedRoleUser':{'assumedRoleId':'AROA@X:AutoSession','arn':'arn:aws:sts::@a:assumed-rol"
                 "e/AWSServiceRoleForShop/AutoSession'}}",
     .resources = "arn:aws:iam::@a:role/aws-service-role/AWSServiceRoleForShop",
     .resource_type = "AWS::IAM::Role"},
    {"sts", "AssumeRole", READ, 20, WHO_FOREIGN | WHO_PERSON,
     .request = "{'roleArn':'arn:aws:iam::@a:role/@r','roleSessionName':'sync-@N','externalId':'ex-@N',"
                "'durationSeconds':900}",
     .response = "{'credentials':{'accessKeyId':'ASIA@yEXAMPLE','sessionToken':'@l','expiration':'@j'},"
                 "'assumedRoleUser':{'assumedRoleId':'AROA@X:sync','arn':'arn:aws:sts::@a:assumed-role/@r/sy"
                 "nc'}}",
     .resources = "arn:aws:iam::@a:role/app-server",
     .resource_type = "AWS::IAM::Role"},
    {"sts", "AssumeRoleWithWebIdentity", READ, 20, WHO_FEDERATED,
     .request = "{'roleArn':'arn:aws:iam::@a:role/deploy-pipeline','roleSessionName':'deploy-@N'}",
     .response = "{'subjectFromWebIdentityToken':'@u','credentials':{'accessKeyId':'ASIA@yEXAMPLE',"
                 "'sessionToken':'@l','expiration':'@j'},'provider':'arn:aws:iam::@a:oidc-provider/token.act"
                 "ions.githubusercontent.com','audience':'sts.amazonaws.com'}",
     .resources = "arn:aws:iam::@a:role/deploy-pipeline",
     .resource_type = "AWS::IAM::Role"},
    {"ec2", "RunInstances", 0, 8, STAFF,
     .request = "{'instancesSet':{'items':[{'imageId':'ami-0@x','minCount':1,'maxCount':@n}]},"
                "'groupSet':{'items':[{'groupId':'@q'}]},'instanceType':'t3.micro','blockDeviceMapping':{},"
                "'monitoring':{'enabled':false},'subnetId':'@z','disableApiTermination':false,"
                "'clientToken':'@U','tagSpecificationSet':{'items':[{'resourceType':'instance',"
                "'tags':[{'key':'Name','value':'shop-@w'},{'key':'aws:cloudformation:stack-name',"
                "'value':'shop'}]}]}}",
     .response = "{'requestId':'@U','reservationId':'r-0@x','ownerId':'@a','groupSet':{},"
                 "'instancesSet':{'items':[{'instanceId':'@i','imageId':'ami-0@x',"
                 "'currentInstanceBootMode':'legacy-bios','instanceState':{'code':0,'name':'pending'},"
                 "'privateDnsName':'ip-10-0-@n-@n.ec2.internal','amiLaunchIndex':0,'productCodes':{},"
                 "'instanceType':'t3.micro','placement':{'availabilityZone':'@ga','tenancy':'default'},"
                 "'subnetId':'@z','vpcId':'@v'}]}}",
     .oops = "Client.VcpuLimitExceeded|You have requested more vCPU capacity than your current vCPU limit "
             "of 0 allows for the instance bucket that the specified instance type belongs to."},
    {"ec2", "TerminateInstances", 0, 6, STAFF,
     .request = "{'instancesSet':{'items':[{'instanceId':'@i'}]}}",
     .response = "{'requestId':'@U','instancesSet':{'items':[{'instanceId':'@i','currentState':{'code':32,"
                 "'name':'shutting-down'},'previousState':{'code':16,'name':'running'}}]}}"},
    {"ec2", "CreateTags", 0, 12, STAFF,
     .request = "{'resourcesSet':{'items':[{'resourceId':'@i'}]},'tagSet':{'items':[{'key':'cost.center',"
                "'value':'@N'}]}}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ssm", "PutParameter", 0, 12, WHO_PIPELINE,
     .request = "{'name':'/shop/@w/release','value':'HIDDEN_DUE_TO_SECURITY_REASONS','type':'SecureString',"
                "'overwrite':true,'tier':'Standard'}",
     .response = "{'version':@n,'tier':'Standard'}"},
    {"ssm", "UpdateInstanceInformation", 0, 60, WHO_APP,
     .request = "{'instanceId':'@i','agentVersion':'3.3.859.0','platformType':'Linux',"
                "'agentName':'amazon-ssm-agent','availabilityZone':'@ga'}"},
    {"ssm", "PutComplianceItems", 0, 14, WHO_APP,
     .request = "{'resourceId':'@i','resourceType':'ManagedInstance','complianceType':'Association',"
                "'executionSummary':{'executionTime':@e},'items':[{'id':'@U','title':'agent `update` @n',"
                "'severity':'UNSPECIFIED','status':'COMPLIANT'}]}"},
    {"logs", "CreateLogStream", 0, 40, WHO_APP | WHO_SERVICE,
     .request = "{'logGroupName':'/aws/lambda/@w-worker','logStreamName':'[$LATEST]@x@x'}",
     .oops = "ResourceAlreadyExistsException|The specified log stream already exists"},
    {"monitoring", "PutMetricAlarm", 0, 12, STAFF,
     .request = "{'alarmName':'shop-@w-errors','metricName':'Errors','namespace':'Shop','statistic':'Sum',"
                "'period':300,'evaluationPeriods':@n,'threshold':0.0,'comparisonOperator':'GreaterThanThresh"
                "old','treatMissingData':'notBreaching','dimensions':[]}"},
    {"dynamodb", "UpdateTable", 0, 6, WHO_PIPELINE,
     .request = "{'tableName':'shop-@w','provisionedThroughput':{'readCapacityUnits':@n,"
                "'writeCapacityUnits':@n}}",
     .response = "{'tableDescription':{'tableName':'shop-@w','tableStatus':'UPDATING','creationDateTime':@e,"
                 "'itemCount':@N,'tableArn':'arn:aws:dynamodb:@g:@a:table/shop-@w'}}",
     .resources = "arn:aws:dynamodb:@g:@a:table/shop-@w",
     .resource_type = "AWS::DynamoDB::Table"},
    {"iam", "CreateRole", GLOBAL, 8, STAFF,
     .request = "{'roleName':'@w-runner','path':'/','assumeRolePolicyDocument':'{`Version`:`2012-10-17`,"
                "`Statement`:[{`Action`:`sts:AssumeRole`,`Effect`:`Allow`,`Principal`:{`Service`:`lambda.ama"
                "zonaws.com`}}]}','maxSessionDuration':3600,'tags':[{'key':'team','value':'@w'}]}",
     .response = "{'role':{'path':'/','roleName':'@w-runner','roleId':'AROA@X',"
                 "'arn':'arn:aws:iam::@a:role/@w-runner','createDate':'@j','assumeRolePolicyDocument':'%7B%2"
                 "2Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Action%22%3A%22sts%3AAssumeRol"
                 "e%22%7D%5D%7D'}}",
     .oops = "EntityAlreadyExistsException|Role with name @w-runner already exists."},
    {"kms", "RotateKey", 0, 6, WHO_NOBODY,
     .extra = "{'keyId':'arn:aws:kms:@g:@a:key/@k'}",
     .resources = "arn:aws:kms:@g:@a:key/@k",
     .resource_type = "AWS::KMS::Key"},
    {"secretsmanager", "EndSecretVersionDelete", 0, 8, WHO_NOBODY,
     .extra = "{'SecretId':'arn:aws:secretsmanager:@g:@a:secret:shop/@w-@s','SecretVersionId':'@U'}"},
    {"organizations", "DescribeOrganization", READ | GLOBAL, 6, LOOK,
     .oops = "AWSOrganizationsNotInUseException|Your account is not a member of an organization."},
    {"cloudformation", "CreateChangeSet", BASELINE, 4, WHO_PIPELINE,
     .request = "{'stackName':'shop','changeSetName':'release-@N','templateURL':'https://example-templates.s"
                "3.amazonaws.com/shop.json?versionId\\u003d@X\\u0026part\\u003d@n',"
                "'capabilities':['CAPABILITY_NAMED_IAM'],'parameters':[{'parameterKey':'A',"
                "'parameterValue':'@l@l'},{'parameterKey':'B','parameterValue':'@l@l@l'}]}",
     .response = "{'id':'arn:aws:cloudformation:@g:@a:changeSet/release/@U','stackId':'arn:aws:cloudformatio"
                 "n:@g:@a:stack/shop/@U'}"},
    /* what a monitoring baseline watches */
    {"iam", "PutRolePolicy", GLOBAL | BASELINE, 3, STAFF,
     .request = policy},
    {"iam", "CreatePolicy", GLOBAL | BASELINE, 2, STAFF,
     .request = policy,
     .response = "{'policy':{'policyName':'@w-access','policyId':'ANPA@X','arn':'arn:aws:iam::@a:policy/@w-a"
                 "ccess','attachmentCount':0,'isAttachable':true,'createDate':'@j'}}"},
    {"iam", "AttachRolePolicy", GLOBAL | BASELINE, 3, STAFF,
     .request = "{'roleName':'@r','policyArn':'arn:aws:iam::aws:policy/ReadOnlyAccess'}"},
    {"iam", "DetachRolePolicy", GLOBAL | BASELINE, 2, STAFF,
     .request = "{'roleName':'@r','policyArn':'arn:aws:iam::aws:policy/AdministratorAccess'}"},
    {"iam", "DeletePolicy", GLOBAL | BASELINE, 1, STAFF,
     .request = "{'policyArn':'arn:aws:iam::@a:policy/@w-access'}"},
    {"cloudtrail", "UpdateTrail", EVENT_NEW | BASELINE, 1, STAFF,
     .request = "{'name':'management-events','isMultiRegionTrail':true,'includeGlobalServiceEvents':true}",
     .response = "{'name':'management-events','s3BucketName':'example-audit-logs-@a',"
                 "'includeGlobalServiceEvents':true,'isMultiRegionTrail':true,"
                 "'trailARN':'arn:aws:cloudtrail:@g:@a:trail/management-events',"
                 "'logFileValidationEnabled':false,'isOrganizationTrail':false}"},
    {"cloudtrail", "StartLogging", EVENT_NEW | BASELINE, 1, STAFF,
     .request = "{'name':'arn:aws:cloudtrail:@g:@a:trail/management-events'}"},
    {"cloudtrail", "StopLogging", EVENT_NEW | BASELINE, 1, STAFF,
     .request = "{'name':'arn:aws:cloudtrail:@g:@a:trail/management-events'}",
     .oops = "TrailNotFoundException|Unknown trail: arn:aws:cloudtrail:@g:@a:trail/old-trail for the user: "
             "@a"},
    {"kms", "DisableKey", BASELINE, 1, STAFF,
     .request = "{'keyId':'@k'}",
     .resources = "arn:aws:kms:@g:@a:key/@k",
     .resource_type = "AWS::KMS::Key"},
    {"kms", "ScheduleKeyDeletion", BASELINE, 1, STAFF,
     .request = "{'keyId':'@k','pendingWindowInDays':30}",
     .response = "{'keyId':'arn:aws:kms:@g:@a:key/@k','deletionDate':'@j','keyState':'PendingDeletion',"
                 "'pendingWindowInDays':30}",
     .resources = "arn:aws:kms:@g:@a:key/@k",
     .resource_type = "AWS::KMS::Key"},
    {"s3", "PutBucketPolicy", EVENT_S3 | BASELINE, 2, STAFF,
     .request = "{'bucketPolicy':{'Version':'2012-10-17','Statement':[{'Sid':'@w','Effect':'Allow',"
                "'Principal':{'Service':'cloudtrail.amazonaws.com'},'Action':'s3:GetBucketAcl',"
                "'Resource':'arn:aws:s3:::@b','Condition':{'StringEquals':{'s3:x-amz-acl':'bucket-owner-full"
                "-control'}}}]},'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','policy':''}"},
    {"s3", "PutBucketAcl", EVENT_S3 | BASELINE, 1, STAFF,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','acl':'','x-amz-acl':'private'}"},
    {"s3", "DeleteBucketLifecycle", EVENT_S3 | BASELINE, 1, STAFF,
     .request = "{'bucketName':'@b','Host':'@b.s3.@g.amazonaws.com','lifecycle':''}"},
    {"config", "StopConfigurationRecorder", BASELINE, 1, STAFF,
     .request = "{'configurationRecorderName':'default'}"},
    {"config", "PutConfigurationRecorder", BASELINE, 1, STAFF,
     .request = "{'configurationRecorder':{'name':'default','roleARN':'arn:aws:iam::@a:role/config',"
                "'recordingGroup':{'allSupported':true,'includeGlobalResourceTypes':true,"
                "'resourceTypes':[]}}}"},
    {"ec2", "AuthorizeSecurityGroupIngress", BASELINE, 4, STAFF,
     .request = "{'groupId':'@q','ipPermissions':{'items':[{'ipProtocol':'tcp','fromPort':22,'toPort':22,"
                "'groups':{},'ipRanges':{'items':[{'cidrIp':'@p/32'}]},'ipv6Ranges':{},"
                "'prefixListIds':{}}]}}",
     .response = "{'requestId':'@U','_return':true,'securityGroupRuleSet':{'items':[{'groupOwnerId':'@a',"
                 "'groupId':'@q','securityGroupRuleId':'sgr-0@x','isEgress':false,'ipProtocol':'tcp',"
                 "'fromPort':22,'toPort':22,'cidrIpv4':'@p/32'}]}}",
     .oops = "Client.InvalidPermission.Duplicate|the specified rule \\\"peer: 203.0.113.7/32, TCP,"
             " from port: 22, to port: 22, ALLOW\\\" already exists"},
    {"ec2", "RevokeSecurityGroupIngress", BASELINE, 2, STAFF,
     .request = "{'groupId':'@q','ipPermissions':{'items':[{'ipProtocol':'tcp','fromPort':3389,"
                "'toPort':3389,'ipRanges':{'items':[{'cidrIp':'0.0.0.0/0'}]}}]}}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateSecurityGroup", BASELINE, 1, STAFF,
     .request = "{'groupName':'shop-@w','groupDescription':'made by deploy','vpcId':'@v'}",
     .response = "{'requestId':'@U','_return':true,'groupId':'@q'}"},
    {"ec2", "DeleteSecurityGroup", BASELINE, 1, STAFF,
     .request = "{'groupId':'@q'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateNetworkAclEntry", BASELINE, 1, STAFF,
     .request = "{'networkAclId':'acl-0@x','ruleNumber':100,'egress':false,'ruleAction':'allow',"
                "'icmpTypeCode':{},'portRange':{'from':443,'to':443},'aclProtocol':'6',"
                "'cidrBlock':'198.51.100.0/24'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "DeleteNetworkAcl", BASELINE, 1, STAFF,
     .request = "{'networkAclId':'acl-0@x'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateCustomerGateway", BASELINE, 1, STAFF,
     .request = "{'type':'ipsec.1','ipAddress':'@p','bgpAsn':65000}",
     .response = "{'requestId':'@U','customerGateway':{'customerGatewayId':'cgw-0@x','state':'available',"
                 "'type':'ipsec.1','ipAddress':'@p','bgpAsn':65000,'tagSet':{}}}"},
    {"ec2", "AttachInternetGateway", BASELINE, 1, STAFF,
     .request = "{'internetGatewayId':'igw-0@x','vpcId':'@v'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "DetachInternetGateway", BASELINE, 1, STAFF,
     .request = "{'internetGatewayId':'igw-0@x','vpcId':'@v'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateRoute", BASELINE, 2, STAFF,
     .request = "{'routeTableId':'rtb-0@x','destinationCidrBlock':'0.0.0.0/0','gatewayId':'igw-0@x'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "ReplaceRouteTableAssociation", BASELINE, 1, STAFF,
     .request = "{'associationId':'rtbassoc-0@x','routeTableId':'rtb-0@x'}",
     .response = "{'requestId':'@U','newAssociationId':'rtbassoc-0@x','associationState':{'state':'associate"
                 "d'}}"},
    {"ec2", "DeleteRoute", BASELINE, 1, STAFF,
     .request = "{'routeTableId':'rtb-0@x','destinationCidrBlock':'198.51.100.0/24'}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateVpc", BASELINE, 1, STAFF,
     .request = "{'cidrBlock':'10.0.0.0/16','instanceTenancy':'default','amazonProvidedIpv6CidrBlock':false}",
     .response = "{'requestId':'@U','vpc':{'vpcId':'@v','state':'pending','ownerId':'@a',"
                 "'cidrBlock':'10.0.0.0/16','cidrBlockAssociationSet':{'items':[{'cidrBlock':'10.0.0.0/16',"
                 "'associationId':'vpc-cidr-assoc-0@x','cidrBlockState':{'state':'associated'}}]},"
                 "'dhcpOptionsId':'dopt-0@x','instanceTenancy':'default','isDefault':false}}"},
    {"ec2", "ModifyVpcAttribute", BASELINE, 1, STAFF,
     .request = "{'vpcId':'@v','enableDnsHostnames':{'value':true}}",
     .response = "{'requestId':'@U','_return':true}"},
    {"ec2", "CreateVpcPeeringConnection", BASELINE, 1, STAFF,
     .request = "{'vpcId':'@v','peerVpcId':'vpc-0@x','peerOwnerId':'@o'}",
     .response = "{'requestId':'@U','vpcPeeringConnection':{'vpcPeeringConnectionId':'pcx-0@x',"
                 "'status':{'code':'initiating-request','message':'Initiating Request to @o'}}}"},
    {"organizations", "InviteAccountToOrganization", GLOBAL | BASELINE, 1, STAFF,
     .request = "{'target':{'id':'@o','type':'ACCOUNT'},'notes':'HIDDEN_DUE_TO_SECURITY_REASONS'}",
     .response = "{'handshake':{'id':'h-@x','arn':'arn:aws:organizations::@a:handshake/o-exampleorg/invite/h"
                 "-@x','state':'OPEN','action':'INVITE','requestedTimestamp':'@j'}}"},
    {"organizations", "AttachPolicy", GLOBAL | BASELINE, 1, STAFF,
     .request = "{'policyId':'p-FullAWSAccess','targetId':'@o'}"},
    {"organizations", "CreatePolicy", GLOBAL | BASELINE, 1, STAFF,
     .request = "{'name':'guard-@w','description':'','type':'SERVICE_CONTROL_POLICY',"
                "'content':'{`Version`:`2012-10-17`,`Statement`:{`Effect`:`Deny`,"
                "`Action`:`cloudtrail:StopLogging`,`Resource`:`*`}}'}"},
    /* the story */
    {"signin", "ConsoleLogin", EVENT_SCRIPTED | GLOBAL, 0, 0,
     .request = NULL},
    {"iam", "CreateAccessKey", EVENT_SCRIPTED | GLOBAL, 0, 0,
     .request = "{'userName':'bob'}",
     .response = "{'accessKey':{'userName':'bob','accessKeyId':'AKIA@yEXAMPLE','status':'Active',"
                 "'createDate':'@j'}}"},
    {"iam", "UpdateAccountPasswordPolicy", EVENT_SCRIPTED | GLOBAL, 0, 0,
     .request = "{'minimumPasswordLength':14,'requireSymbols':true,'requireNumbers':true,"
                "'maxPasswordAge':90,'passwordReusePrevention':24}"},
};
const unsigned trail_kinds_n = sizeof trail_kinds / sizeof *trail_kinds;

unsigned trail_kind_find(const char *source, const char *name)
{
    unsigned i = 0;
    while (strcmp(trail_kinds[i].source, source) || strcmp(trail_kinds[i].name, name))
        i++;
    return i;
}
