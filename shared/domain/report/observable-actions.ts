/**
 * Data events by IAM action: the resource type by which advanced event selectors name them, or `never` where CloudTrail
 * has no event at all. What is not here is a management event, or taken for one.
 * Sources: "Logging data events" in the CloudTrail User Guide
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html) and the pages of
 * the services, as "Amazon S3 CloudTrail events" and "Logging DynamoDB operations by using AWS CloudTrail".
 */
const DATA_EVENTS: readonly (readonly [type: string, service: string, names: RegExp])[] = [
  [
    'AWS::S3::Object',
    's3',
    /^((Get|Put|Delete|Restore|Replicate)Object|AbortMultipartUpload$|ListBucket$|ListBucketVersions$|ListBucketMultipartUploads$|ListMultipartUploadParts$|Replicate(Delete|Tags)$|Update\w*Object)/,
  ],
  ['AWS::S3ObjectLambda::AccessPoint', 's3-object-lambda', /./],
  ['AWS::S3Outposts::Object', 's3-outposts', /Object|ListBucket|MultipartUpload/],
  ['AWS::S3Express::Object', 's3express', /^CreateSession$/],
  ['AWS::DynamoDB::Stream', 'dynamodb', /^Get(Records|ShardIterator)$/],
  [
    'AWS::DynamoDB::Table',
    'dynamodb',
    /^(Batch(Get|Write)Item|(Get|Put|Update|Delete|ConditionCheck)Item|Query|Scan|PartiQL\w+)$/,
  ],
  ['AWS::Lambda::Function', 'lambda', /^Invoke/],
  ['AWS::SNS::Topic', 'sns', /^Publish/],
  ['AWS::SQS::Queue', 'sqs', /^((Send|Receive|Delete)Message|ChangeMessageVisibility)/],
  ['AWS::Kinesis::Stream', 'kinesis', /^(PutRecords?|GetRecords|GetShardIterator|SubscribeToShard)$/],
  ['AWS::KinesisVideo::Stream', 'kinesisvideo', /^(GetMedia|PutMedia|GetClip|GetImages|GetHLS|GetDASH)/],
  ['AWS::EC2::Snapshot', 'ebs', /./],
  ['AWS::SSMMessages::ControlChannel', 'ssmmessages', /./],
  [
    'AWS::CloudWatch::Metric',
    'cloudwatch',
    /^(PutMetricData|GetMetric(Data|Statistics|WidgetImage)|ListMetrics)$/,
  ],
  [
    'AWS::XRay::Trace',
    'xray',
    /^(Put(TraceSegments|TelemetryRecords)|GetSampling\w+|BatchGetTraces|GetTrace\w+)$/,
  ],
  ['AWS::RDS::DBCluster', 'rds-data', /./],
  ['AWS::Cassandra::Table', 'cassandra', /^(Select|Modify)/],
  ['AWS::Timestream::Database', 'timestream', /^(WriteRecords|Select|CancelQuery)$/],
  ['AWS::SageMaker::Endpoint', 'sagemaker', /^InvokeEndpoint/],
  ['AWS::Bedrock::AgentAlias', 'bedrock', /^Invoke(Agent|InlineAgent)$/],
  ['AWS::Bedrock::KnowledgeBase', 'bedrock', /^Retrieve/],
  ['AWS::Cognito::IdentityPool', 'cognito-identity', /^Get(Id|CredentialsForIdentity|OpenIdToken\w*)$/],
  ['never', 'ec2messages', /./],
  ['never', 'es', /^ESHttp/],
  ['never', 'events', /^PutEvents$/],
  ['never', 'execute-api', /./],
  ['never', 'firehose', /^PutRecord/],
  ['never', 'kafka-cluster', /./],
  ['never', 'logs', /^PutLogEvents$/],
  ['never', 'neptune-db', /./],
];

/**
 * Permissions that are checked inside other calls and have no call of their own: "[permission only]" in the Service
 * Authorization Reference, and PassRole ("Grant a user permissions to pass a role to an AWS service", IAM User Guide).
 * The versions of S3's objects are here too: the call is that of the object itself (DeleteObject with a versionId).
 */
const PERMISSION_ONLY: readonly (readonly [service: string, names: RegExp])[] = [
  ['iam', /^PassRole$/],
  ['sts', /^(TagSession|SetSourceIdentity|SetContext|TagGetFederationToken)$/],
  ['s3', /^(BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner|Replicate\w+|InitiateReplication)$/],
  ['s3', /^(Get|Put|Delete)ObjectVersion/],
  ['rds-db', /^connect$/],
  ['elasticfilesystem', /^Client/],
  ['states', /^(InvokeHTTPEndpoint|RevealSecrets)$/],
  [
    'dynamodb',
    /^(StartAwsBackupJob|RestoreTableFromAwsBackup|ReadDataForReplication|WriteDataForReplication)$/,
  ],
  ['aps', /^RemoteWrite$/],
  ['aoss', /^(API|Dashboards)AccessAll$/],
  ['kms', /^ReEncrypt(From|To)$/],
  ['lambda', /^(EnableReplication|DisableReplication|PassCapacityProvider)$/],
  ['ecs', /^(Poll|StartTelemetrySession)$/],
];

/** The resource type of the data event of an action, or that there is never an event; undefined for management events. */
export function dataEventOf(action: string): string | undefined {
  const [service, name] = parts(action);
  return DATA_EVENTS.find(([, of, names]) => of === service && names.test(name))?.[0];
}

/** Whether the permission is only ever checked inside other calls. */
export function isPermissionOnly(action: string): boolean {
  const [service, name] = parts(action);
  return PERMISSION_ONLY.some(([of, names]) => of === service && names.test(name));
}

/** The service prefix of an action, and its name. */
export function parts(action: string): readonly [service: string, name: string] {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
}
