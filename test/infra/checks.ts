import * as z from 'zod';
import { functions, ofType, type Route, rights, routes, Statement, type Template } from './template.ts';

/** Each check returns what is wrong, one line a finding; an empty list is a pass. */
export type Check = (template: Template) => string[];

/** The only methods that may have no authorizer. */
const OPEN = [
  'GET /v1/healthz',
  'GET /v1/openapi.json',
  'POST /v1/slack/commands', // these three verify Slack's signature themselves
  'POST /v1/slack/interactions',
  'POST /v1/slack/options',
];

/** Methods that anybody may call though they are not meant to be open, and the other way round. */
export const doorsAreShut: Check = (template) =>
  routes(template)
    .filter((route) => route.door !== expectedDoor(route))
    .map((route) => `${name(route)} has the door "${route.door}", not "${expectedDoor(route)}"`);

/** Authenticated methods that exist at one door only, or are answered by another function there. */
export const doorsAreAlike: Check = (template) => {
  const atTheDoor = (door: Route['door'], prefix: string) =>
    routes(template)
      .filter((route) => route.door === door)
      .map((route) => `${route.method} ${route.path.slice(prefix.length)} by ${route.answers}`);
  const oidc = atTheDoor('oidc', '/v1');
  const iam = atTheDoor('iam', '/iam/v1');
  return [
    ...oidc.filter((route) => !iam.includes(route)).map((route) => `only at the OIDC door: ${route}`),
    ...iam.filter((route) => !oidc.includes(route)).map((route) => `only at the IAM door: ${route}`),
  ];
};

/** Authorizers whose answers are kept: a token would go on working after its proof has aged. */
export const authorizersAreNotCached: Check = (template) =>
  ofType(
    template,
    'AWS::ApiGateway::Authorizer',
    z.object({ AuthorizerResultTtlInSeconds: z.number().optional() }),
  )
    .filter(([, { AuthorizerResultTtlInSeconds: seconds }]) => seconds !== 0)
    .map(([id]) => `${id} caches its answers`);

/** Rights of a role over everything, or over actions nobody listed. */
export const rightsAreExact: Check = (template) =>
  rights(template)
    .filter(({ statement }) => statement.Effect === 'Allow')
    .flatMap(({ role, statement }) => [
      ...statement.Action.filter((action) => action.includes('*')).map((action) => `${role} may ${action}`),
      ...statement.Resource.filter(isOpenEnded).map((on) => `${role} may act on ${JSON.stringify(on)}`),
    ]);

/** Roles that stand behind more than one function, or behind none that we know. */
export const rolesAreNotShared: Check = (template) => {
  const roles = functions(template).map(({ role }) => role);
  return roles.filter((role, index) => roles.indexOf(role) !== index).map((role) => `${role} is shared`);
};

/** Log groups that keep forever, and functions whose log is nobody's. */
export const logsAreKeptForATime: Check = (template) => {
  const groups = ofType(
    template,
    'AWS::Logs::LogGroup',
    z.object({ RetentionInDays: z.number().optional() }),
  );
  const missing = functions(template)
    .map(({ logicalId }) => logicalId.replace(/LambdaFunction$/, 'LogGroup'))
    .filter((id) => !groups.some(([group]) => group === id));
  return [
    ...groups
      .filter(([, { RetentionInDays: days }]) => days === undefined)
      .map(([id]) => `${id} never forgets`),
    ...missing.map((id) => `${id} does not exist`),
  ];
};

/** Access logs that could hold a token, a body or a query. */
export const accessLogsHoldNoSecrets: Check = (template) =>
  ofType(template, 'AWS::ApiGateway::Stage', z.object({ AccessLogSetting: z.object({ Format: z.string() }) }))
    .flatMap(([, stage]) => stage.AccessLogSetting.Format.match(/\$[\w.]+/g) ?? [])
    .filter((variable) => !LOGGED.has(variable))
    .map((variable) => `${variable} is logged`);

const LOGGED = new Set(
  ['requestId', 'requestTime', 'httpMethod', 'resourcePath', 'status', 'responseLatency', 'responseLength']
    .concat(['identity.sourceIp', 'identity.accountId', 'identity.userArn', 'error.responseType'])
    .map((variable) => `$context.${variable}`),
);

/** Stages that take any number of requests, or trace bodies. */
export const stagesAreThrottled: Check = (template) => {
  const stages = ofType(
    template,
    'AWS::ApiGateway::Stage',
    z.object({ MethodSettings: z.array(MethodSettings) }),
  );
  const complaints = stages
    .filter(([, stage]) => !stage.MethodSettings.some(limitsEverything))
    .map(([id]) => `${id} is not throttled`);
  return stages.length === 1 ? complaints : [...complaints, `there are ${stages.length} stages`];
};

const MethodSettings = z.object({
  HttpMethod: z.string(),
  ResourcePath: z.string(),
  DataTraceEnabled: z.boolean(),
  ThrottlingRateLimit: z.number().optional(),
  ThrottlingBurstLimit: z.number().optional(),
});

function limitsEverything(settings: z.infer<typeof MethodSettings>): boolean {
  const { ThrottlingRateLimit: rate = 0, ThrottlingBurstLimit: burst = 0 } = settings;
  const all = settings.HttpMethod === '*' && settings.ResourcePath === '/*';
  return all && rate > 0 && burst > 0 && !settings.DataTraceEnabled;
}

/** Functions without an alarm on their errors or throttles, and the API's and the table's own. */
export const alarmsWatchEverything: Check = (template) => {
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm', z.unknown()).map(([, alarm]) =>
    JSON.stringify(alarm),
  );
  const watched = (...words: string[]) =>
    alarms.some(
      (alarm) => words.every((word) => alarm.includes(`"${word}"`)) && alarm.includes('AlarmTopic'),
    );
  const wanted = [
    ...functions(template).flatMap(({ logicalId }) => [
      [logicalId, 'Errors'],
      [logicalId, 'Throttles'],
    ]),
    ['AWS/ApiGateway', '5XXError'],
    ['AuthorizerFailures'],
    ['AWS/DynamoDB', 'ReadThrottleEvents'],
    ['AWS/DynamoDB', 'WriteThrottleEvents'],
    ['AWS/DynamoDB', 'SystemErrors'],
    ['AnnounceLambdaFunction', 'IteratorAge'],
    ['AnnounceDeadLetters', 'ApproximateNumberOfMessagesVisible'],
    ['StreamDeadLetters', 'ApproximateNumberOfMessagesVisible'],
    ['SlackSignaturesRefused'],
  ];
  return wanted.filter((words) => !watched(...words)).map((words) => `no alarm on ${words.join(' ')}`);
};

/** What a deployment freezes must exist before it; what is missing here would be live one deployment late. */
export const deploymentComesLast: Check = (template) => {
  const [found] = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::ApiGateway::Deployment',
  );
  const before = z.object({ DependsOn: z.array(z.string()) }).parse(found).DependsOn;
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => /^AWS::ApiGateway::(Method|GatewayResponse|Authorizer)$/.test(Type))
    .filter(([id]) => !before.includes(id))
    .map(([id]) => `the deployment does not wait for ${id}`);
};

/** The statements of the API's resource policy. */
export function resourcePolicy(template: Template): Statement[] {
  const api = z.object({ Policy: z.object({ Statement: z.array(Statement) }) });
  return ofType(template, 'AWS::ApiGateway::RestApi', api).flatMap(([, { Policy }]) => Policy.Statement);
}

/** Functions whose role may do the action, on anything. */
export function whoMay(template: Template, action: string): string[] {
  const roles = rights(template)
    .filter(
      ({ statement }) => statement.Effect === 'Allow' && statement.Action.some((a) => matches(a, action)),
    )
    .map(({ role }) => role);
  return functions(template)
    .filter(({ role }) => roles.includes(role))
    .map(({ name }) => name);
}

/** Whether a pattern of a policy, with its * and ?, takes in a text; * runs across slashes. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(text);
}

function expectedDoor(route: Route): Route['door'] {
  if (OPEN.includes(name(route))) return 'open';
  return route.path.startsWith('/iam/v1/') ? 'iam' : 'oidc';
}

function name(route: Route): string {
  return `${route.method} ${route.path}`;
}

/** Resources that are many things of one kind: entries of the audit log, reports, and log files (the test names no bucket). */
const OF_ONE_KIND = [
  /^\{"Fn::Sub":"\$\{AuditLogBucket\.Arn\}\/entries\/\*"\}$/,
  /^\{"Fn::Sub":"\$\{ReportsBucket\.Arn\}\/reports\/\*"\}$/,
  /^\{"Fn::If":\["MakesTrailBucket",\{"Fn::Sub":"\$\{TrailBucket\.Arn\}\/AWSLogs\/\*"\},\{"Fn::Sub":"[^"]+:s3:::\/\*"\}\]\}$/,
];

/** A resource that is a bare * or has one in its account or first part; references are exact by themselves. */
function isOpenEnded(resource: unknown): boolean {
  const text = JSON.stringify(resource);
  return text.includes('*') && !OF_ONE_KIND.some((kind) => kind.test(text));
}
