import {
  accessLogsHoldNoSecrets,
  alarmsWatchEverything,
  authorizersAreNotCached,
  type Check,
  deploymentComesLast,
  doorsAreAlike,
  doorsAreShut,
  logsAreKeptForATime,
  rightsAreExact,
  rolesAreNotShared,
  stagesAreThrottled,
} from './checks.ts';
import { functionsMayDoTheirOwnPart, rightsAreNarrowed } from './function-rights.ts';
import { refusalsAreProblems } from './gateway-responses.ts';
import { set, statement } from './plant.ts';
import { AUDIT_DEFECTS } from './planted-audit-defects.ts';
import {
  auditLogIsKept,
  queueKeepsWhatFails,
  secretsStayInTheirStore,
  streamIsNeverBlocked,
} from './telling-checks.ts';
import type { Template } from './template.ts';

const STREAM = 'AnnounceEventSourceMappingDynamodbTable';
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills it in
const AUDIT_LOG = { 'Fn::Sub': '${AuditLogBucket.Arn}/*' };

/** Each check with a defect that it must find when somebody makes it. */
export const CHECKS: readonly (readonly [Check, string, (template: Template) => void])[] = [
  [doorsAreShut, 'a method without authorizer', set('ApiGatewayMethodV1MeGet.AuthorizationType', 'NONE')],
  [
    doorsAreShut,
    'an OIDC route at the IAM authorizer',
    set('ApiGatewayMethodV1MeGet.AuthorizationType', 'AWS_IAM'),
  ],
  [doorsAreAlike, 'a route at one door only', remove('ApiGatewayMethodIamV1ElevationsIdVarRevocationPost')],
  [
    authorizersAreNotCached,
    'an authorizer with a cache',
    set('AuthorizeApiGatewayAuthorizer.AuthorizerResultTtlInSeconds', 300),
  ],
  [
    authorizersAreNotCached,
    'the default cache',
    set('AuthorizeApiGatewayAuthorizer.AuthorizerResultTtlInSeconds', undefined),
  ],
  [
    rightsAreExact,
    'a right on everything',
    set('CredentialsRole.Policies.0.PolicyDocument.Statement.3.Resource', '*'),
  ],
  [
    rightsAreExact,
    'a right on every role of an account',
    set('CredentialsRole.Policies.0.PolicyDocument.Statement.3.Resource', [
      'arn:aws:iam::999999999999:role/*',
    ]),
  ],
  [
    rightsAreExact,
    'every action of a service',
    set('ElevationsRole.Policies.0.PolicyDocument.Statement.1.Action', 'dynamodb:*'),
  ],
  [
    rolesAreNotShared,
    'two functions behind one role',
    set('ElevationsLambdaFunction.Role', { 'Fn::GetAtt': ['CredentialsRole', 'Arn'] }),
  ],
  [logsAreKeptForATime, 'a log kept for ever', set('CredentialsLogGroup.RetentionInDays', undefined)],
  [logsAreKeptForATime, 'a function without log group', remove('CredentialsLogGroup')],
  [
    accessLogsHoldNoSecrets,
    'a token in the access log',
    set('ApiStage.AccessLogSetting.Format', '{"t":"$context.authorizer.token"}'),
  ],
  [
    stagesAreThrottled,
    'a stage without throttling',
    set('ApiStage.MethodSettings.0.ThrottlingRateLimit', undefined),
  ],
  [stagesAreThrottled, 'a stage that traces bodies', set('ApiStage.MethodSettings.0.DataTraceEnabled', true)],
  [alarmsWatchEverything, 'a function without alarm', remove('CredentialsErrors')],
  [alarmsWatchEverything, 'an alarm that tells nobody', set('ApiServerErrors.AlarmActions', [])],
  [
    refusalsAreProblems,
    'a refusal without challenge',
    set('RefuseUnauthorized.ResponseParameters', {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    }),
  ],
  [
    refusalsAreProblems,
    'a refusal in plain JSON',
    set('RefuseThrottled.ResponseTemplates', { 'application/json': '{"message":"no"}' }),
  ],
  [refusalsAreProblems, 'a refusal of AWS itself', remove('RefuseWafFiltered')],
  [deploymentComesLast, 'a refusal that comes after the deployment', late('RefuseUnauthorized')],
  [alarmsWatchEverything, 'dead letters that nobody hears of', remove('StreamDeadLettersFilled')],
  [
    functionsMayDoTheirOwnPart,
    'an announce that seals',
    set(statement('AnnounceRole', 4, 'Action'), ['kms:VerifyMac', 'kms:GenerateMac']),
  ],
  [
    functionsMayDoTheirOwnPart,
    'a sweep that reads',
    set(statement('SweepRole', 1, 'Action'), ['dynamodb:Query', 'dynamodb:GetItem']),
  ],
  [
    functionsMayDoTheirOwnPart,
    'a Slack that writes the log',
    set(statement('SlackRole', 4, 'Action'), ['secretsmanager:GetSecretValue', 's3:PutObject']),
  ],
  [
    functionsMayDoTheirOwnPart,
    'a Slack that assumes',
    set(statement('SlackRole', 4, 'Action'), ['secretsmanager:GetSecretValue', 'sts:AssumeRole']),
  ],
  [functionsMayDoTheirOwnPart, 'a right that is missing', set(statement('SweepRole', 2, 'Action'), [])],
  [rightsAreNarrowed, 'events of any source', set(statement('AnnounceRole', 6, 'Condition'), undefined)],
  [
    rightsAreNarrowed,
    'a sweep that reads elevations',
    set(statement('SweepRole', 1, 'Condition'), undefined),
  ],
  [rightsAreExact, 'a right on the whole bucket', set(statement('AnnounceRole', 5, 'Resource'), AUDIT_LOG)],
  [streamIsNeverBlocked, 'batches that are not bisected', set(`${STREAM}.BisectBatchOnFunctionError`, false)],
  [streamIsNeverBlocked, 'retries without end', set(`${STREAM}.MaximumRetryAttempts`, -1)],
  [
    streamIsNeverBlocked,
    'records older than the stream',
    set(`${STREAM}.MaximumRecordAgeInSeconds`, 604_800),
  ],
  [streamIsNeverBlocked, 'records given up in silence', set(`${STREAM}.DestinationConfig`, undefined)],
  [streamIsNeverBlocked, 'a function that wakes itself', set(`${STREAM}.FilterCriteria`, undefined)],
  [streamIsNeverBlocked, 'whole batches that fail', set(`${STREAM}.FunctionResponseTypes`, [])],
  [queueKeepsWhatFails, 'a queue without dead letters', set('AnnounceQueue.RedrivePolicy', undefined)],
  [queueKeepsWhatFails, 'messages that are seen twice', set('AnnounceQueue.VisibilityTimeout', 60)],
  [queueKeepsWhatFails, 'a function that takes longer', set('AnnounceLambdaFunction.Timeout', 61)],
  [
    queueKeepsWhatFails,
    'short-lived dead letters',
    set('AnnounceDeadLetters.MessageRetentionPeriod', 345_600),
  ],
  [queueKeepsWhatFails, 'a queue in plain text', set('StreamDeadLetters.SqsManagedSseEnabled', false)],
  [
    secretsStayInTheirStore,
    'a token in an environment',
    set('SlackLambdaFunction.Environment.Variables.DRAWBRIDGE_SLACK_BOT_TOKEN', 'xoxb-1'),
  ],
  [
    secretsStayInTheirStore,
    'a secret that is resolved at deployment',
    set(
      'SlackLambdaFunction.Environment.Variables.DRAWBRIDGE_TABLE',
      '{{resolve:secretsmanager:drawbridge}}',
    ),
  ],
  [secretsStayInTheirStore, 'a secret in the template', set('SlackBotToken.GenerateSecretString', undefined)],
  [
    auditLogIsKept,
    'a log without versions',
    set('AuditLogBucket.VersioningConfiguration.Status', 'Suspended'),
  ],
  [auditLogIsKept, 'a log without a lock', set('AuditLogBucket.ObjectLockConfiguration', undefined)],
  [
    auditLogIsKept,
    'a log that could be public',
    set('AuditLogBucket.PublicAccessBlockConfiguration.BlockPublicPolicy', false),
  ],
  ...AUDIT_DEFECTS,
];

function remove(id: string): (template: Template) => void {
  return (template) => {
    if (!(id in template.Resources)) throw new Error(`The template has no ${id}.`);
    Reflect.deleteProperty(template.Resources, id);
  };
}

function late(id: string): (template: Template) => void {
  return (template) => {
    for (const resource of Object.values(template.Resources)) {
      const before: unknown = Reflect.get(resource, 'DependsOn');
      if (Array.isArray(before))
        Reflect.set(
          resource,
          'DependsOn',
          before.filter((name) => name !== id),
        );
    }
  };
}
