/* The metric filters of CIS AWS Foundations Benchmark v1.2, section 3, as AWS Security Hub publishes them for its controls
 * CloudWatch.1 to CloudWatch.14; beside them the benchmark's own text where that asks for something else. */
#include <stddef.h>

#include "cis.h"

const cis_rule cis_rules[CIS_RULES] = {
    {"3.1", "CloudWatch.2", "unauthorized API calls",
     {"{($.errorCode=\"*UnauthorizedOperation\") || ($.errorCode=\"AccessDenied*\")}",
      NULL}},
    {"3.2", "CloudWatch.3", "console sign-in without MFA",
     {"{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") &&"
      " ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }",
      "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") }"}},
    {"3.3", "CloudWatch.1", "use of the root user",
     {"{$.userIdentity.type=\"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType"
      " !=\"AwsServiceEvent\"}",
      NULL}},
    {"3.4", "CloudWatch.4", "IAM policy changes",
     {"{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy) ||"
      " ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) ||"
      " ($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) ||"
      " ($.eventName=CreatePolicy) || ($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion)"
      " || ($.eventName=DeletePolicyVersion) || ($.eventName=AttachRolePolicy) ||"
      " ($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) ||"
      " ($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) ||"
      " ($.eventName=DetachGroupPolicy))}",
      ""
      "{($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DeleteUserPolicy)||($.eventName=PutGroupPolicy)||($.eventName=PutRolePolicy)||($.eventName=PutUserPolicy)||($.eventName=CreatePolicy)||($.eventName=DeletePolicy)||($.eventName=CreatePolicyVersion)||($.eventName=DeletePolicyVersion)||($.eventName=AttachRolePolicy)||($.eventName=DetachRolePolicy)||($.eventName=AttachUserPolicy)||($.eventName=DetachUserPolicy)||($.eventName=AttachGroupPolicy)||($.eventName=DetachGroupPolicy)}"}},
    {"3.5", "CloudWatch.5", "CloudTrail configuration changes",
     {"{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) ||"
      " ($.eventName=StartLogging) || ($.eventName=StopLogging)}",
      NULL}},
    {"3.6", "CloudWatch.6", "console authentication failures",
     {"{($.eventName=ConsoleLogin) && ($.errorMessage=\"Failed authentication\")}",
      NULL}},
    {"3.7", "CloudWatch.7", "customer managed keys disabled or to be deleted",
     {"{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) ||"
      " ($.eventName=ScheduleKeyDeletion))}",
      NULL}},
    {"3.8", "CloudWatch.8", "S3 bucket policy changes",
     {"{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) ||"
      " ($.eventName=PutBucketPolicy) || ($.eventName=PutBucketCors) ||"
      " ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) ||"
      " ($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) ||"
      " ($.eventName=DeleteBucketLifecycle) || ($.eventName=DeleteBucketReplication))}",
      NULL}},
    {"3.9", "CloudWatch.9", "AWS Config changes",
     {"{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) ||"
      " ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) ||"
      " ($.eventName=PutConfigurationRecorder))}",
      NULL}},
    {"3.10", "CloudWatch.10", "security group changes",
     {"{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) ||"
      " ($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) ||"
      " ($.eventName=CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup)}",
      NULL}},
    {"3.11", "CloudWatch.11", "network ACL changes",
     {"{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) ||"
      " ($.eventName=DeleteNetworkAcl) || ($.eventName=DeleteNetworkAclEntry) ||"
      " ($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}",
      NULL}},
    {"3.12", "CloudWatch.12", "network gateway changes",
     {"{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) ||"
      " ($.eventName=AttachInternetGateway) || ($.eventName=CreateInternetGateway) ||"
      " ($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}",
      NULL}},
    {"3.13", "CloudWatch.13", "route table changes",
     {"{($.eventSource=ec2.amazonaws.com) && (($.eventName=CreateRoute) ||"
      " ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) ||"
      " ($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) ||"
      " ($.eventName=DeleteRoute) || ($.eventName=DisassociateRouteTable))}",
      "{($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) ||"
      " ($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) ||"
      " ($.eventName=DeleteRoute) || ($.eventName=DisassociateRouteTable)}"}},
    {"3.14", "CloudWatch.14", "VPC changes",
     {"{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) ||"
      " ($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) ||"
      " ($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) ||"
      " ($.eventName=AttachClassicLinkVpc) || ($.eventName=DetachClassicLinkVpc) ||"
      " ($.eventName=DisableVpcClassicLink) || ($.eventName=EnableVpcClassicLink)}",
      NULL}},
};
